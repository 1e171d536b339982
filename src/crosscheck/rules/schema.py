"""The shape of rule files for people's editors: the JSON Schema that `crosscheck schema rules` prints.

Rule files are checked in `files`, `selectors`, `short_forms` and `examples`, which know every fault's line; an editor needs
the shape only. A test keeps the keys in step. Nothing on the way to a verdict imports this module, as pydantic takes
long to load.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from crosscheck.claims.keys import KEY, RESERVED
from crosscheck.claims.schema import DIALECT, Closed, DeclaredFigure, Measure, Modality, Text, optional, tidy
from crosscheck.rules.expression import MAXIMUM_LENGTH
from crosscheck.rules.files import IDENTIFIER, NAME, RESERVED_NAMES, RULE_KEYS
from crosscheck.rules.model import FUNCTIONS
from crosscheck.rules.selectors import BASES, NOT_SELECTED, PROPERTIES
from crosscheck.rules.short_forms import SHORT_FORMS

Nature = Literal["flow", "stock", "price", "index", "rate"]
Level = Literal["error", "warning", "note", "none"]
Verdict = Literal["consistent", "reconcilable", "contradiction", "unverifiable"]
Words = Annotated[str, Field(min_length=1)]
Expression = Annotated[str, Field(min_length=1, max_length=MAXIMUM_LENGTH)]

ARGUMENT = rf"\s*\(\s*{NAME.pattern}\s*\)$"
# A value, or `=function(variable)`.
ValueOrCall = Annotated[str, Field(pattern=rf"^[^=]|^=\s*(?:{'|'.join(FUNCTIONS)}){ARGUMENT}")] | int | float
NO_DIMENSIONS = "|".join(dict.fromkeys((*RESERVED, *NOT_SELECTED)))
SELECTOR_KEYS = f"^(?:{'|'.join(PROPERTIES)}|(?!(?:{NO_DIMENSIONS})$){KEY.pattern})$"
VARIABLE_NAMES = f"^(?!(?:{'|'.join(RESERVED_NAMES)})$){NAME.pattern}$"


class AnyBut(Closed):
    """Any value but these; `not: none` is any value at all, but some."""

    but: Text | list[Text] = Field(alias="not")


Test = ValueOrCall | list[Text] | AnyBut


def _selector_keys(schema: dict[str, Any]) -> None:
    schema["propertyNames"] = {"pattern": SELECTOR_KEYS}
    schema["not"] = {"required": ["entity", "reference_area"]}


class SelectorShape(BaseModel):
    """What a variable selects. Any other lower-case key is an open dimension. Dimensions that are not named must agree."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_selector_keys)
    __pydantic_extra__: dict[str, Test]

    indicator: Test = optional("what is measured")
    reference_area: Test = optional("the area or entity that the figure is about")
    entity: Test = optional("another name of reference_area")
    counterpart_area: Test = optional("the area on the other side of a flow")
    time_period: Test = optional("a period, or such as =base(growth), =prior(now), =year_before(now), =within(year)")
    source: Test = optional("who compiled the figure")
    measure: Measure | list[Measure] = optional("what the figure says; any when left out")
    modality: Modality | list[Modality] = optional("fact when left out")
    unit: Text | list[Text] = optional(
        "`any`, or the units or kinds of them that it may have (`*/day`); else it must agree"
    )
    whole: Annotated[str, Field(pattern=rf"^printed$|^=\s*(?:of|same|other){ARGUMENT}")] = optional(
        "=of(share): the whole of that share; =same(share): a share of the same whole as that one, =other(share): of "
        "another; printed: a share that is printed with the dimensions of its own whole"
    )
    base_period: Annotated[str, Field(pattern=rf"^(?:{'|'.join(BASES)})$|^=\s*same{ARGUMENT}")] = optional(
        "of growths, changes and multiples: prior, year_before, or =same(growth) for that one's"
    )
    items: Annotated[str, Field(pattern=rf"^=\s*items{ARGUMENT}")] = optional(
        "=items(total): the claims that say they are items of it", "list"
    )
    complete: bool = optional("with `list`: whether the list is closed")
    record: Literal["highest", "lowest"] = optional("figures that the text calls the highest, or lowest, of their series")
    among: Text = optional("with `record`: the dimension in which those differ that it is the first, or last, of")
    place: Literal["any"] = optional("with `record`: the second or one further down, and not the first")
    collect: Text | list[Text] = optional("the dimensions that may differ inside of sum(x)")
    nature: Nature | list[Nature] = optional("of the indicator, by its code list")
    non_negative: bool = optional("whether the indicator cannot be negative, by its code list")
    additive: bool = optional("whether the indicator adds up over parts, by its code list")
    stated: Literal[False] = optional("false: the rule is about figures for which no such claim exists")


class SumForm(Closed):
    """A total and its parts."""

    total: SelectorShape
    parts: Annotated[list[SelectorShape], Field(min_length=1)]


class ShareForm(Closed):
    """A share, its part and its whole."""

    part: SelectorShape
    whole: SelectorShape


def _one_limit(schema: dict[str, Any]) -> None:
    schema["anyOf"] = [{"required": ["lower"]}, {"required": ["upper"]}]


class BoundForm(Closed):
    """Limits of a figure."""

    model_config = ConfigDict(json_schema_extra=_one_limit)

    figure: SelectorShape
    lower: Text = optional("the least it may be")
    upper: Text = optional("the most it may be")


class ToleranceShape(Closed):
    """Slack beside the printed digits, with its reason."""

    within: Text
    why: Words


class ExampleFigureShape(BaseModel):
    """A figure with the dimensions in which it differs from the rest."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"propertyNames": {"pattern": f"^{KEY.pattern}$"}})
    __pydantic_extra__: dict[str, Text]

    figure: Text | DeclaredFigure


OneFigure = Text | DeclaredFigure | ExampleFigureShape


class ExampleShape(BaseModel):
    """Figures by variable, and the verdict that they must get. A variable that is left out is missing."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"propertyNames": {"pattern": f"^{NAME.pattern}$"}})
    __pydantic_extra__: dict[str, OneFigure | list[OneFigure]]

    verdict: Verdict
    level: Level = optional("how loudly it must speak")
    reading: Literal["strict", "zeros", "cut"] = optional("the reading that must decide")
    diagnosis: str = optional("the slip that must be recognized")
    todo: str = optional("why the example does not hold yet; it is not run")


def _one_way(schema: dict[str, Any]) -> None:
    """Variables and an assertion, or just one short form."""
    written, forms = ([{"required": [key]} for key in keys] for keys in (("variables", "assert"), SHORT_FORMS))
    in_full = {"required": ["variables", "assert"], "not": {"anyOf": forms}}
    schema["oneOf"] = [in_full, *({**form, "not": {"anyOf": written}} for form in forms)]


class RuleShape(Closed):
    """One rule."""

    model_config = ConfigDict(json_schema_extra=_one_way)

    id: Annotated[str, Field(pattern=f"^{IDENTIFIER.pattern}$")] = Field(description=RULE_KEYS["id"])
    title: Words = Field(description=RULE_KEYS["title"])
    why: Words = Field(description=RULE_KEYS["why"])
    source: Words = optional(RULE_KEYS["source"])
    tags: list[Text] = optional(RULE_KEYS["tags"])
    since: Text = optional(RULE_KEYS["since"])
    status: Literal["preview", "stable", "deprecated"] = optional(RULE_KEYS["status"])
    replaced_by: str = optional(RULE_KEYS["replaced_by"])
    variables: Annotated[
        dict[str, SelectorShape],
        Field(min_length=1, json_schema_extra={"propertyNames": {"pattern": VARIABLE_NAMES}}),
    ] = optional(RULE_KEYS["variables"])
    assertion: Expression = optional(RULE_KEYS["assert"], "assert")
    subject: str = optional(RULE_KEYS["subject"])
    when: Expression = optional(RULE_KEYS["when"])
    needs_all: bool = optional(RULE_KEYS["needs_all"])
    material: Text = optional(RULE_KEYS["material"])
    strain: Annotated[float, Field(ge=0, le=1)] | str = optional(RULE_KEYS["strain"])
    message: Words = optional(RULE_KEYS["message"])
    level: Level = optional(RULE_KEYS["level"])
    tolerance: ToleranceShape = optional(RULE_KEYS["tolerance"])
    examples: list[ExampleShape] = optional(RULE_KEYS["examples"])
    total_of_parts: SumForm = optional(RULE_KEYS["sum"], "sum")
    share: ShareForm = optional(RULE_KEYS["share"])
    growth: SelectorShape = optional(RULE_KEYS["growth"])
    bound: BoundForm = optional(RULE_KEYS["bound"])
    same: SelectorShape = optional(RULE_KEYS["same"])


class RuleFileShape(Closed):
    """Rules; adding one is adding a file."""

    rules: list[RuleShape] = Field(description="the rules of this file")


def rule_file_schema() -> dict[str, Any]:
    """The JSON Schema of a rule file."""
    schema: dict[str, Any] = tidy(RuleFileShape.model_json_schema(by_alias=True))
    return {"$schema": DIALECT, **schema, "title": "crosscheck rule file"}
