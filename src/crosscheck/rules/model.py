"""Rules: what a rule file says, read and checked, ready to be bound and decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure
from crosscheck.rules.algebra import Alternative
from crosscheck.rules.expression import Call, Condition

# Functions of a selector's `=…` expressions, and what they say of the value of one dimension.
PERIOD_FUNCTIONS = ("base", "prior", "year_before", "within", "before", "halves", "quarters", "months")
CODE_FUNCTIONS = ("part_of", "terms", "minus_terms", "apart", "numerator", "denominator", "per", "mirror", "opposite")
ANY_FUNCTIONS = ("whole", "same")
# Those that say of a whole which parts it has, so that a collection of them is closed.
CLOSED_FUNCTIONS = ("terms", "minus_terms", "halves", "quarters", "months")
FUNCTIONS = (*PERIOD_FUNCTIONS, *CODE_FUNCTIONS, *ANY_FUNCTIONS)
STATUSES = ("preview", "stable", "deprecated")
VERDICTS = ("consistent", "reconcilable", "contradiction", "unverifiable")
LEVELS = ("error", "warning", "note", "none")
# The part of the rounding slack from which on what fits only by rounding is strained, where a rule does not say: a quarter
# where one figure alone must give way, being so coarse that the others tell its next digit; three quarters where several
# can, as honest rounding reaches a quarter more often than not.
STRAIN_OF_ONE, STRAIN_OF_SEVERAL = Fraction(1, 4), Fraction(3, 4)
NEXT_DIGIT = Fraction(1, 10)  # what is left of a figure's rounding range where the others tell its next digit


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some values; None among them stands for "absent"."""

    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Any value but these; None among them: it must be present."""

    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class AnyValue:
    """Need not agree with the other variables."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that follows from another variable: `=function(variable)`."""

    function: str
    variable: str


Test = OneOf | Not | AnyValue | Computed


def is_pattern(kind: str) -> bool:
    """True for a kind of unit with wildcards: * for anything, ? for one character."""
    return "*" in kind or "?" in kind


@dataclass(frozen=True, slots=True)
class Selector:
    """What a variable selects. Dimensions that it does not name must agree with the other variables that do not."""

    dimensions: Mapping[str, Test] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ("fact",)
    whole_of: str | None = None  # `whole: =of(share)`: the dimensions in which that share's whole differs
    named_like_whole: bool = False  # `whole: printed`: a share printed with the dimensions of its own whole
    same_whole: str | None = None  # `whole: =same(share)`: a share of the same whole as that one
    other_whole: str | None = None  # `whole: =other(share)`: a share that is known to be of another whole than that one
    based: str | None = None  # `base_period: prior` or `year_before`: the base that a growth has
    same_base: str | None = None  # `base_period: =same(growth)`
    items_of: str | None = None  # `list: =items(total)`
    record: str | None = None  # `record: highest` or `lowest`: what the text calls one
    placed: bool = False  # with `record`, `place: any`: the second or one further down, and not the first
    among: str | None = None  # with `record`: the dimension in which those differ that it is the first, or last, of
    complete: bool | None = None  # for `list`: whether the list is closed
    any_unit: bool = False
    unit_kinds: tuple[str, ...] = ()
    nature: tuple[str, ...] = ()  # of the indicator's code
    non_negative: bool | None = None
    additive: bool | None = None
    collect: tuple[str, ...] = ()
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # line and column of each dimension
    unstated: bool = False  # `stated: false`: the rule is about figures for which no such claim exists

    @property
    def is_collection(self) -> bool:
        """True when the variable stands for several claims."""
        return bool(self.collect) or self.items_of is not None

    @property
    def has_unit_pattern(self) -> bool:
        """True when it selects by a pattern of units ("*/day"): figures whose units do not go together are not compared."""
        return any(is_pattern(kind) for kind in self.unit_kinds)

    @property
    def references(self) -> frozenset[str]:
        """The variables that it refers to."""
        named = (self.whole_of, self.same_whole, self.other_whole, self.same_base, self.items_of)
        computed = {test.variable for test in self.dimensions.values() if isinstance(test, Computed)}
        return frozenset(computed | {name for name in named if name is not None})

    @property
    def is_closed(self) -> bool:
        """True when it is known which claims a collection must hold: terms of a total, named values, a complete list."""
        if self.items_of is not None:
            return self.complete is True
        tests = [self.dimensions.get(dimension) for dimension in self.collect]
        return any(
            (isinstance(test, Computed) and test.function in CLOSED_FUNCTIONS)
            or (isinstance(test, OneOf) and None not in test.values)
            for test in tests
        )


@dataclass(frozen=True, slots=True)
class Material:
    """When a gap matters: absolute in the base unit of a kind, or relative to the stated subject."""

    amount: Fraction
    relative: bool
    text: str


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Slack of a rule's own beside the printed digits, with its reason; relative to the computed subject or absolute."""

    amount: Fraction
    relative: bool
    why: str


@dataclass(frozen=True, slots=True)
class ExampleFigure:
    """A figure of an example, with the dimensions in which it differs from the rest; None for one that is missing."""

    figure: Figure | None
    dimensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """Figures by variable (one, or several for a collection) and the verdict that they must get."""

    figures: Mapping[str, tuple[ExampleFigure, ...]]
    verdict: str
    level: str | None
    reading: str | None
    diagnosis: str | None
    todo: str | None
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Rule:
    """An edit rule: variables that select claims, and what must hold between their figures."""

    id: str
    title: str
    why: str
    variables: Mapping[str, Selector]
    assertion: str
    condition: Condition
    alternatives: tuple[Alternative, ...]
    subject: str
    file: str
    line: int
    column: int
    duplicates: bool = False  # the short form `same`: binds claims that are equal in every dimension
    when: Condition | None = None
    source: str | None = None
    tags: tuple[str, ...] = ()
    since: str | None = None
    status: str = "stable"
    replaced_by: str | None = None
    material: Material | None = None
    strain: Fraction | None = None  # None: STRAIN_OF_ONE or STRAIN_OF_SEVERAL
    level: str | None = None
    tolerance: Tolerance | None = None
    examples: tuple[Example, ...] = ()
    message: str | None = None  # the sentence for people, with {variables}; a general one is made without it
    shipped: bool = False
    needs_all: bool = False  # no check where an operand is missing
    facts: tuple[Call, ...] = ()  # what the assertion asks of claims beside figures; put in for each binding
    ordered: tuple[Call, ...] = ()  # the n-th of a collection that it asks for: no check where that holds fewer
    formerly: tuple[str, ...] = ()  # ids of rules that this one replaced: they go on to name it

    @property
    def names(self) -> frozenset[str]:
        """The id, and those that it had before."""
        return frozenset((self.id, *self.formerly))

    @property
    def is_equality(self) -> bool:
        """True when the subject is determined by the other operands, so that a missing one can be told."""
        return any(
            relation.operator == "==" and self.subject in relation.names
            for alternative in self.alternatives
            for relation in alternative.relations
        )

    @property
    def tells_missing(self) -> bool:
        """True when a check with one operand missing says what that would have to be."""
        return self.is_equality and not self.needs_all

    @property
    def collections(self) -> frozenset[str]:
        """The variables that stand for several claims."""
        return frozenset(name for name, selector in self.variables.items() if selector.is_collection)
