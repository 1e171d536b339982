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


def optional(description: str | None = None, key: str | None = None) -> Any:
    """A key that may be left out, though not be null; `key` where it is called otherwise in the file."""
    return Field(default=None, alias=key, description=description)


class Closed(BaseModel):
    """A mapping with just these keys."""

    model_config = ConfigDict(extra="forbid")


class SpanOfWords(Closed):
    """How a dimension is known, and the words of the document that show it."""

    how: How = optional()
    start: Place = optional()
    end: Place = optional()
    printed: Text = optional("what the document prints, where a person corrected it")
    why: str = optional()


class DimensionValue(SpanOfWords):
    """The value of a dimension with how it is known."""

    value: Text


Dimension = Text | DimensionValue


class DeclaredFigure(Closed):
    """A figure whose precision is declared, not read from its digits."""

    value: Text
    decimals: int | Literal["INF", "inf"] = Field(description="places after the point; -3 for thousands; INF: exact")
    unit: str = optional()
    rounding: Literal["round", "truncate"] = optional()


class PlaceInDocument(Closed):
    """Where the figure stands."""

    start: Place = optional("code points before the figure in the decoded file")
    end: Place = optional("code points before what follows it")
    line: FromOne = optional()
    column: FromOne = optional()
    printed: Text = optional("the figure as it stands there")
    page: FromOne = optional()
    sheet: Text = optional()
    cell: str = optional()
    table: FromOne = optional()
    row: FromOne = optional()


class ItemOf(Closed):
    """The list that this claim is an item of."""

    of: str = Field(description="id of the total, in this file or in full")
    complete: bool = optional("whether the list has no other items than those that say so")


class BesideShape(Closed):
    """The figures that the text sets this one beside."""

    now: str = optional("the level that a growth, change or multiple leads to")
    then: str = optional("the level that it starts from")
    part: str = optional("what a share is of")
    whole: str = optional("what it is a share in")
    total: str = optional("what an average is taken of")
    number: str = optional("by how many it is divided")


class Readings(Closed):
    """Loose readings switched off or back on."""

    cut: Literal["error", "allow"] = optional()
    zeros: Literal["exact", "allow"] = optional()


class SilentRule(Closed):
    """A rule whose findings on this figure are not reported, and why."""

    rule: str
    reason: str = optional()
    author: str = optional()
    expires: str = optional("YYYY-MM-DD")


class DocumentBlock(Closed):
    """The document that the figures stand in."""

    id: Text = optional(DOCUMENT_KEYS["id"])
    path: str = optional(DOCUMENT_KEYS["path"])
    title: Text = optional(DOCUMENT_KEYS["title"])
    publisher: Text = optional(DOCUMENT_KEYS["publisher"])
    published: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = optional(DOCUMENT_KEYS["published"])
    sha256: Annotated[str, Field(pattern="^[0-9a-fA-F]{64}$")] = optional(DOCUMENT_KEYS["sha256"])
    trust: Literal["given"] = optional(DOCUMENT_KEYS["trust"])
    without_area: Literal["unstated"] = optional(DOCUMENT_KEYS["without_area"])
    supersedes: str | list[str] = optional(DOCUMENT_KEYS["supersedes"])
    readings: Readings = optional(DOCUMENT_KEYS["readings"])


def _open_dimensions(schema: dict[str, Any]) -> None:
    schema["propertyNames"] = {"pattern": KEY_PATTERN}
    schema["not"] = {"required": ["entity", "reference_area"]}


class _Dimensions(BaseModel):
    model_config = ConfigDict(extra="allow", json_schema_extra=_open_dimensions)
    __pydantic_extra__: dict[str, Dimension]

    indicator: Dimension = optional(CLAIM_KEYS["indicator"])
    reference_area: Dimension = optional(CLAIM_KEYS["reference_area"])
    entity: Dimension = optional(CLAIM_KEYS["entity"])
    counterpart_area: Dimension = optional(CLAIM_KEYS["counterpart_area"])
    time_period: Dimension = optional(CLAIM_KEYS["time_period"])
    source: Dimension = optional(CLAIM_KEYS["source"])
    measure: Measure = optional(CLAIM_KEYS["measure"])
    modality: Modality = optional(CLAIM_KEYS["modality"])
    base_period: Dimension = optional(CLAIM_KEYS["base_period"])


class DefaultsBlock(_Dimensions):
    """What holds for every claim that does not say otherwise."""


class RecordShape(Closed):
    """A record of the figures that came after a period, or the first or last of a rank."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    order: Literal["highest", "lowest"] = Field(alias="is", description="highest or lowest")
    since: Text = optional("the period that was higher, or lower")
    among: Text = optional("the dimension in which those differ that it is the first, or last, of")
    place: Annotated[int, Field(ge=1)] | str = optional("its place in that order: 3 for the third-largest; 1 when left out")


class ClaimEntry(_Dimensions):
    """One stated figure. Any other lower-case key is an open dimension."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] | int = Field(description=CLAIM_KEYS["id"])
    figure: Text | DeclaredFigure = Field(description=CLAIM_KEYS["figure"])
    whole: dict[str, Text] | Literal["unstated"] = optional(CLAIM_KEYS["whole"])
    direction: Literal["unstated"] = optional(CLAIM_KEYS["direction"])
    record: Literal["highest", "lowest"] | RecordShape = optional(CLAIM_KEYS["record"])
    item_of: ItemOf = optional(CLAIM_KEYS["list"], "list")
    beside: BesideShape = optional(CLAIM_KEYS["beside"])
    at: PlaceInDocument = optional(CLAIM_KEYS["at"])
    known: dict[str, How | SpanOfWords] = optional(CLAIM_KEYS["known"])
    weight: Annotated[float, Field(gt=0)] | str = optional(CLAIM_KEYS["weight"])
    readings: Readings = optional(CLAIM_KEYS["readings"])
    suppress: str | SilentRule | list[str | SilentRule] = optional(CLAIM_KEYS["suppress"])
    note: str = optional(CLAIM_KEYS["note"])


class ClaimFileShape(Closed):
    """The claims of one document."""

    document: DocumentBlock = optional(ROOT_KEYS["document"])
    defaults: DefaultsBlock = optional(ROOT_KEYS["defaults"])
    claims: list[ClaimEntry] = Field(description=ROOT_KEYS["claims"])


def claim_file_schema() -> dict[str, Any]:
    """The JSON Schema of a claim file."""
    schema: dict[str, Any] = tidy(ClaimFileShape.model_json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": "crosscheck claim file"}


def tidy(schema: Any) -> Any:
    """The schema without the titles that repeat a key and the nulls that stand for "left out"."""
    if isinstance(schema, list):
        return [tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: tidy(value) for key, value in schema.items() if not (key == "default" and value is None)}
    return {key: value for key, value in kept.items() if not (key == "title" and isinstance(value, str))}
