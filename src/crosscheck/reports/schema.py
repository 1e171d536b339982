"""The shape of the JSON report: the JSON Schema that `crosscheck schema output` prints.

Other keys may come in a later version, so readers ignore what they do not know; a test holds this module to what
`json_report` writes. Nothing on the way to a verdict imports this module, as pydantic takes long to load.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from crosscheck.claims.schema import DIALECT, How, Measure, Modality, optional, tidy
from crosscheck.rules.schema import Level, Verdict

# Exact: a decimal, p/q where the decimal does not end, or infinity.
Number = Annotated[str, Field(pattern=r"^-?(?:[0-9]+(?:\.[0-9]+)?|[0-9]+/[0-9]+|inf)$")]
Finite = Annotated[str, Field(pattern=r"^-?(?:[0-9]+(?:\.[0-9]+)?|[0-9]+/[0-9]+)$")]
Count = Annotated[int, Field(ge=0)]
FromOne = Annotated[int, Field(ge=1)]
# Several loose readings at once are joined: cut+zeros.
Reading = Annotated[str, Field(pattern=r"^(?:strict|(?:cut|zeros)(?:\+zeros)?)$")]


class Limits(BaseModel):
    """An interval of true values, in `unit`."""

    low: Number
    high: Number
    low_closed: bool = Field(description="whether `low` itself belongs to it")
    high_closed: bool
    unit: str = Field(description='a unit of the registry; "" for plain numbers')


class StatedFigure(Limits):
    """The figure in doubt as printed: its face value, and the true values that its digits allow."""

    value: Finite
    printed: str


class ComputedFigure(Limits):
    """What the other operands give: at face values where that is one value, and with rounding."""

    value: Finite | None


class ClaimOfCheck(BaseModel):
    """A claim that a check compares, and where it stands."""

    role: str = Field(description="the variable of the rule")
    id: str
    document: str
    path: str | None
    line: FromOne | None
    column: FromOne | None
    start: Count | None = Field(description="code points before it in the decoded file")
    end: Count | None
    printed: str
    dimensions: dict[str, str]
    known: dict[str, str] = Field(description="by dimension, how it is known where it is not explicit")


class Loosened(BaseModel):
    """A claim that a loose reading was used for."""

    id: str
    reading: Reading


class Implied(Limits):
    """What an operand would have to be, given the others."""

    role: str
    id: str


class MissingOperand(BaseModel):
    """The operand that is not stated, and what it would have to be where that can be told."""

    role: str
    dimensions: dict[str, str]
    low: Number = optional()
    high: Number = optional()
    low_closed: bool = optional()
    high_closed: bool = optional()
    unit: str = optional()


class AssumedDimension(BaseModel):
    """What was taken for a dimension that the text does not say."""

    id: str
    dimension: str
    value: str


class Slip(BaseModel):
    """A known slip that alone, on one operand, makes the check consistent."""

    slip: str
    role: str = Field(description="the variable whose figure is explained by it")
    message: str


class CheckShape(BaseModel):
    """One rule applied to one set of claims."""

    id: str
    rule: str
    verdict: Verdict
    level: Level
    reading: Reading
    message: str
    subject: str = Field(description="the role of the figure in doubt")
    stated: StatedFigure
    computed: ComputedFigure | None
    gap: Finite | None = Field(description="between stated and computed face values, in the unit of the subject")
    material: bool | None
    strain: Annotated[str, Field(pattern=r"^[01]\.[0-9]{3}$")] | None
    room: Annotated[str, Field(pattern=r"^[01]\.[0-9]{3}$")] | None = Field(
        default=None, description="the least part that the others leave of the rounding range of one figure"
    )
    power: Annotated[str, Field(pattern=r"^[01]\.[0-9]{3}$")] | None = Field(
        description="how likely a wrong figure would have been a contradiction; null where that cannot be told"
    )
    claims: list[ClaimOfCheck]
    loosened: list[Loosened]
    implied: list[Implied]
    missing: Annotated[list[MissingOperand], Field(max_length=1)]
    assumptions: list[AssumedDimension]
    witness: dict[str, Finite | list[Finite]] | None = Field(description="true values by role that satisfy the rule")
    diagnosis: list[Slip]
    related: list[str] = Field(description="ids of checks about the same figure in doubt")
    suppressed: str | None = Field(
        description="the claim that suppresses this finding, or the place of the comment or entry that does"
    )
    fingerprint: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] = Field(
        description="the same from run to run while rule, documents and dimensions stay; never of a value or position"
    )


class ReadingFinding(BaseModel):
    """What reading itself noticed."""

    rule: str
    level: Level
    id: str | None = Field(description="the claim; null for what is about the text")
    path: str | None
    line: FromOne | None
    column: FromOne | None
    start: Count | None
    end: Count | None
    message: str
    suppressed: str | None = None
    fingerprint: str | None = Field(
        None, description="names the finding from run to run; of its rule, document and claim, never of a value"
    )


class VerdictCounts(BaseModel):
    """Checks by verdict."""

    consistent: Count
    reconcilable: Count
    contradiction: Count
    unverifiable: Count


class FigureCounts(BaseModel):
    """What became of each figure."""

    found: Count
    checked: Count
    size_only: Count
    nothing_to_compare: Count
    alone: Count
    plans: Count
    no_statistic: Count
    unresolved: Count


class Summary(BaseModel):
    """The tally; errors, warnings and notes count messages, one for each figure in doubt."""

    documents: Count
    errors: Count
    warnings: Count
    notes: Count
    suppressed: Count
    checks: VerdictCounts
    within_bounds: Count
    strong: Count = Field(description="consistent checks that would have caught most wrong figures: power 0.5 or more")
    figures: FigureCounts
    rules_without_binding: list[str] = Field(description="rules of the project's own that found nothing to compare")
    shipped_rules_without_binding: Count
    rules_stopped: list[str] = Field(description="rules that compare nearly everything with everything")


class Report(BaseModel):
    """A run. Numbers are exact strings: a decimal, or p/q where the decimal does not end."""

    schema_id: Literal["crosscheck/output/1"] = Field(alias="schema")
    version: str
    summary: Summary
    checks: list[CheckShape]
    reading: list[ReadingFinding]
    reconciliation: dict[str, Any] | None


class InputError(BaseModel):
    """A fault of an input file."""

    file: str
    line: FromOne | None
    column: FromOne | None
    message: str
    hint: str | None


class FaultReport(BaseModel):
    """A run that ended with faults of its input (exit 2)."""

    schema_id: Literal["crosscheck/output/1"] = Field(alias="schema")
    errors: Annotated[list[InputError], Field(min_length=1)]


def _open_claim(schema: dict[str, Any]) -> None:
    schema["additionalProperties"] = {"type": "string", "description": "any other dimension"}


class ReadClaim(BaseModel):
    """A figure as read. Dimensions are null where the figure is not broken down, `_U` where the text does not say."""

    model_config = ConfigDict(json_schema_extra=_open_claim)

    id: str | None = Field(description="null for a quantity that is no statistic")
    start: Count | None = Field(description="code points before the number in the decoded file")
    end: Count | None
    line: FromOne | None
    column: FromOne | None
    page: FromOne = optional()
    sheet: str = optional()
    cell: str = optional()
    table: FromOne = optional()
    row: FromOne = optional()
    printed: str
    figure: str = Field(description="as a claim file writes it, with qualifier and sign")
    value: Finite = Field(description="with its scale applied; a fall is negative")
    unit: str
    measure: Measure
    qualifier: str | None
    modality: Modality
    indicator: str | None
    reference_area: str | None
    counterpart_area: str | None
    time_period: str | None
    source: str | None
    base_period: str | None
    whole: dict[str, str | None] | None
    direction: Literal["unstated"] = optional()
    item_of: dict[str, str | bool] = optional("the list that it is an item of", "list")
    known: dict[str, How]
    statistic: Literal[False] = optional("of a duration or a reference such as two countries: no claim, seen by no rule")


class UnresolvedFigure(BaseModel):
    """A figure whose meaning is not known."""

    start: Count | None
    end: Count | None
    line: FromOne | None
    column: FromOne | None
    printed: str
    reason: str


class ReadDocument(BaseModel):
    """What was read from one document."""

    path: str | None
    id: str
    title: str | None
    publisher: str | None
    published: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
    sha256: str | None
    claims: list[ReadClaim]
    unresolved: list[UnresolvedFigure]
    no_statistic: Count = Field(description="numbers that stand for nothing that could be compared")


class ExtractReport(BaseModel):
    """What `extract` read."""

    schema_id: Literal["crosscheck/extract/1"] = Field(alias="schema")
    version: str
    documents: list[ReadDocument]
    reading: list[ReadingFinding]


def extract_schema() -> dict[str, Any]:
    """The JSON Schema of what `extract` prints."""
    schema: dict[str, Any] = tidy(ExtractReport.model_json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": "crosscheck extract"}


def output_schema() -> dict[str, Any]:
    """The JSON Schema of the JSON report."""
    schema: dict[str, Any] = tidy(TypeAdapter(Report | FaultReport).json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": "crosscheck report"}
