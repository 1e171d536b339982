"""The shape of crosscheck.toml for people's editors: the JSON Schema that `crosscheck schema config` prints.

The configuration is checked in `configuration`; a test keeps the keys in step. Nothing on the way to a verdict imports
this module, as pydantic takes long to load.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from crosscheck.claims.schema import DIALECT, Closed, Readings, optional, tidy
from crosscheck.claims.table_mapping import DOCUMENT_FIELDS
from crosscheck.project.configuration import KEYS
from crosscheck.project.table_settings import TABLE_KEYS

Paths = list[str]


class RuleSettings(Closed):
    """What a project changes about one rule."""

    level: Literal["error", "warning", "note", "none"] = optional("level of a contradiction")
    material: str | int | float = optional("the gap from which on a merely reconcilable figure is a warning")
    strain: Annotated[float, Field(ge=0, le=1)] | str = optional("the part of the rounding slack from which on it is")


class TableDocument(Closed):
    """A table as a document."""

    id: str = optional(DOCUMENT_FIELDS["id"])
    title: str = optional(DOCUMENT_FIELDS["title"])
    publisher: str = optional(DOCUMENT_FIELDS["publisher"])
    published: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] = optional(DOCUMENT_FIELDS["published"])


class TableSettings(Closed):
    """What the columns of a table mean."""

    columns: dict[str, str] = optional(TABLE_KEYS["columns"])
    constants: dict[str, str | int] = optional(TABLE_KEYS["constants"])
    trust: Literal["given"] = optional(TABLE_KEYS["trust"])
    document: TableDocument = optional(TABLE_KEYS["document"])


class ConfigurationShape(Closed):
    """Settings of a project. Paths start from the folder of the file."""

    documents: Paths = optional(KEYS["documents"])
    claims: Paths = optional(KEYS["claims"])
    rule_files: Paths = optional(KEYS["rule_files"])
    code_lists: Paths = optional(KEYS["code_lists"])
    quantities: str = optional(KEYS["quantities"])
    baseline: str = optional(KEYS["baseline"])
    suppressions: str = optional(KEYS["suppressions"])
    preview: bool = optional(KEYS["preview"])
    rules: dict[str, RuleSettings] = optional(KEYS["rules"])
    readings: dict[str, Readings] = optional(KEYS["readings"])
    tables: dict[str, TableSettings] = optional(KEYS["tables"])
    extend: str = optional(KEYS["extend"])


def configuration_schema() -> dict[str, Any]:
    """The JSON Schema of crosscheck.toml and of [tool.crosscheck]."""
    schema: dict[str, Any] = tidy(ConfigurationShape.model_json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": "crosscheck configuration"}
