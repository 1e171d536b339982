"""The shape of claim files for people's editors: the JSON Schema that `crosscheck schema claims` prints.

Claim files are checked in `entries` and `fields`, which know every fault's line; an editor needs the shape
only. Keys and their meanings come from `keys`, and a test keeps the two in step. Nothing on the way to a
verdict imports this module, as pydantic takes long to load.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from crosscheck.claims.keys import CLAIM_KEYS, DOCUMENT_KEYS, KEY, RESERVED, ROOT_KEYS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Text = str | int | float  # an unquoted 2023 or 1.50 is a number for an editor, and text for us
Place = Annotated[int, Field(ge=0)]
FromOne = Annotated[int, Field(ge=1)]
How = Literal["explicit", "carried", "inferred", "unstated", "corrected"]
Measure = Literal["level", "growth", "change", "share", "multiple", "rate"]
Modality = Literal["fact", "plan", "offer", "estimate"]
KEY_PATTERN = f"^(?!(?:{'|'.join(RESERVED)})$){KEY.pattern}$"


def _optional(description: str | None = None, key: str | None = None) -> Any:
    """A key that may be left out, though not be null; `key` where it is called otherwise in the file."""
    return Field(default=None, alias=key, description=description)


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SpanOfWords(_Closed):
    """How a dimension is known, and the words of the document that show it."""

    how: How = _optional()
    start: Place = _optional()
    end: Place = _optional()
    printed: Text = _optional("what the document prints, where a person corrected it")
    why: str = _optional()


class DimensionValue(SpanOfWords):
    """The value of a dimension with how it is known."""

    value: Text


Dimension = Text | DimensionValue


class DeclaredFigure(_Closed):
    """A figure whose precision is declared, not read from its digits."""

    value: Text
    decimals: int | Literal["INF", "inf"] = Field(description="places after the point; -3 for thousands; INF: exact")
    unit: str = _optional()
    rounding: Literal["round", "truncate"] = _optional()


class PlaceInDocument(_Closed):
    """Where the figure stands."""

    start: Place = _optional("code points before the figure in the decoded file")
    end: Place = _optional("code points before what follows it")
    line: FromOne = _optional()
    column: FromOne = _optional()
    printed: Text = _optional("the figure as it stands there")
    page: FromOne = _optional()
    sheet: Text = _optional()
    cell: str = _optional()
    table: FromOne = _optional()
    row: FromOne = _optional()


class ItemOf(_Closed):
    """The list that this claim is an item of."""

    of: str = Field(description="id of the total, in this file or in full")
    complete: bool = _optional("whether the list has no other items than those that say so")


class Readings(_Closed):
    """Loose readings switched off or back on."""

    cut: Literal["error", "allow"] = _optional()
    zeros: Literal["exact", "allow"] = _optional()


class SilentRule(_Closed):
    """A rule whose findings on this figure are not reported, and why."""

    rule: str
    reason: str = _optional()
    author: str = _optional()
    expires: str = _optional("YYYY-MM-DD")


class DocumentBlock(_Closed):
    """The document that the figures stand in."""

    id: Text = _optional(DOCUMENT_KEYS["id"])
    path: str = _optional(DOCUMENT_KEYS["path"])
    title: Text = _optional(DOCUMENT_KEYS["title"])
    publisher: Text = _optional(DOCUMENT_KEYS["publisher"])
    published: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = _optional(DOCUMENT_KEYS["published"])
    sha256: Annotated[str, Field(pattern="^[0-9a-fA-F]{64}$")] = _optional(DOCUMENT_KEYS["sha256"])
    trust: Literal["given"] = _optional(DOCUMENT_KEYS["trust"])
    supersedes: str | list[str] = _optional(DOCUMENT_KEYS["supersedes"])
    readings: Readings = _optional(DOCUMENT_KEYS["readings"])


def _open_dimensions(schema: dict[str, Any]) -> None:
    schema["propertyNames"] = {"pattern": KEY_PATTERN}
    schema["not"] = {"required": ["entity", "reference_area"]}


class _Dimensions(BaseModel):
    model_config = ConfigDict(extra="allow", json_schema_extra=_open_dimensions)
    __pydantic_extra__: dict[str, Dimension]

    indicator: Dimension = _optional(CLAIM_KEYS["indicator"])
    reference_area: Dimension = _optional(CLAIM_KEYS["reference_area"])
    entity: Dimension = _optional(CLAIM_KEYS["entity"])
    counterpart_area: Dimension = _optional(CLAIM_KEYS["counterpart_area"])
    time_period: Dimension = _optional(CLAIM_KEYS["time_period"])
    source: Dimension = _optional(CLAIM_KEYS["source"])
    measure: Measure = _optional(CLAIM_KEYS["measure"])
    modality: Modality = _optional(CLAIM_KEYS["modality"])
    base_period: Dimension = _optional(CLAIM_KEYS["base_period"])


class DefaultsBlock(_Dimensions):
    """What holds for every claim that does not say otherwise."""


class ClaimEntry(_Dimensions):
    """One stated figure. Any other lower-case key is an open dimension."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] | int = Field(description=CLAIM_KEYS["id"])
    figure: Text | DeclaredFigure = Field(description=CLAIM_KEYS["figure"])
    whole: dict[str, Text] | Literal["unstated"] = _optional(CLAIM_KEYS["whole"])
    direction: Literal["unstated"] = _optional(CLAIM_KEYS["direction"])
    item_of: ItemOf = _optional(CLAIM_KEYS["list"], "list")
    at: PlaceInDocument = _optional(CLAIM_KEYS["at"])
    known: dict[str, How | SpanOfWords] = _optional(CLAIM_KEYS["known"])
    weight: Annotated[int | float, Field(gt=0)] | str = _optional(CLAIM_KEYS["weight"])
    readings: Readings = _optional(CLAIM_KEYS["readings"])
    suppress: str | SilentRule | list[str | SilentRule] = _optional(CLAIM_KEYS["suppress"])
    note: str = _optional(CLAIM_KEYS["note"])


class ClaimFileShape(_Closed):
    """The claims of one document."""

    document: DocumentBlock = _optional(ROOT_KEYS["document"])
    defaults: DefaultsBlock = _optional(ROOT_KEYS["defaults"])
    claims: list[ClaimEntry] = Field(description=ROOT_KEYS["claims"])


def claim_file_schema() -> dict[str, Any]:
    """The JSON Schema of a claim file."""
    schema: dict[str, Any] = _tidy(ClaimFileShape.model_json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": "crosscheck claim file"}


def _tidy(schema: Any) -> Any:
    """The schema without the titles that repeat a key and the nulls that stand for "left out"."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _tidy(value) for key, value in schema.items() if not (key == "default" and value is None)}
    return {key: value for key, value in kept.items() if not (key == "title" and isinstance(value, str))}
