"""The known slips, as data: what was meant, as an expression of what was printed.

A slip that changes one figure by itself turns its interval; one that also takes the level of the base period (`base`) goes
into the relation in place of the figure, so that what occurs twice is still decided exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from crosscheck.checking.binding import Binding
from crosscheck.checking.relations import shifted
from crosscheck.checking.solving import Operand
from crosscheck.checking.stated import Stated
from crosscheck.claims.model import PERIOD
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, Figure
from crosscheck.figures.periods import PeriodError, months, parse_period
from crosscheck.figures.showing import fixed
from crosscheck.rules.algebra import Alternative, Relation, alternatives
from crosscheck.rules.expression import (
    Binary,
    Call,
    Comparison,
    Expression,
    ExpressionError,
    Negation,
    Variable,
    parse_condition,
)
from crosscheck.rules.model import Computed, OneOf, Rule

CUT, SWAPPED, TRANSPOSED = "cut", "swapped", "transposed-digits"
WRONG_PERIOD, OTHER_SOURCE, LOST_SIGN = "wrong-period", "other-source", "lost-sign"
BASE_FUNCTIONS = ("base", "year_before", "prior")
RATIO = "ratio"
BASIS, ANNUALISED = "basis", "annualised"  # the dimension that marks growth at a yearly rate
LEVELS = (("level",), ("rate",), ("share",))  # what a variable asks for that stands for a figure of one period


@dataclass(frozen=True, slots=True)
class Slip:
    """A substitution on one operand: `meant` is what was meant, of `x` as printed and `base`, what it is compared with."""

    name: str
    meant: str
    words: str  # the sentence, with {x} as printed, {meant}, {base} and {now} in it
    measures: tuple[str, ...] = ()  # of the figure; none: any
    units: tuple[str, ...] = ()  # of the figure; none: any
    is_ratio: bool | None = None  # whether the figure is a percentage or the like; None: either
    of_ratios: bool = False  # the levels compared are percentages themselves
    factor: Fraction | None = None  # of a slip of magnitude
    a_year: int | None = None  # how many periods of the growth make up a year
    annualised: bool = False  # of a growth that is given at a yearly rate
    undone: str | None = None  # for what takes a root: `x` as printed, of `meant`

    @property
    def expression(self) -> Expression:
        """`meant`, parsed."""
        return _parsed(self.meant)

    @property
    def root(self) -> Relation | None:
        """The relation of `x` and `meant` of which a root has to be taken."""
        return None if self.undone is None else _relation_of(self.undone)

    @property
    def takes_base(self) -> bool:
        """True when the level of the base period goes into what was meant."""
        return "base" in self.expression.names


def _magnitude(name: str, power: int, is_ratio: bool | None = None) -> Iterator[Slip]:
    """A factor either way."""
    for meant, factor in ((f"x * {10**power}", Fraction(10**power)), (f"x / {10**power}", Fraction(1, 10**power))):
        yield Slip(
            name, meant, f"{{x}} is out by a factor of {10**power:,}: {{meant}} fits", is_ratio=is_ratio, factor=factor
        )


def _at_a_yearly_rate(period: str, times: int) -> Iterator[Slip]:
    """The growth of a quarter or month for what it comes to in a year of such, and the other way round."""
    yield Slip(
        f"{period}-for-annualised",
        f"(1 + x) ^ {times} - 1",
        f"{{x}} is the growth of the {period}, not at a yearly rate: that is {{meant}}",
        measures=("growth",),
        a_year=times,
        annualised=True,
    )
    yield Slip(
        f"annualised-for-{period}",
        "x",
        f"{{x}} fits as a yearly rate: the growth of the {period} itself is {{meant}}",
        measures=("growth",),
        a_year=times,
        undone=f"x == (1 + meant) ^ {times} - 1",
    )


SLIPS: tuple[Slip, ...] = (
    *_magnitude("factor-10", 1),
    *_magnitude("factor-100", 2),
    *_magnitude("factor-1000", 3, is_ratio=False),
    Slip(
        "basis-points-for-points",
        "x * 100",
        "{x} fits if percentage points were meant instead of basis points",
        units=("basis_point",),
        is_ratio=True,
    ),
    Slip(
        "points-for-basis-points",
        "x / 100",
        "{x} fits if basis points were meant instead of percentage points",
        units=("percentage_point",),
        is_ratio=True,
    ),
    Slip(
        "percent-for-points",
        "x / base",
        "{x} fits if percentage points were meant: from {base} to {now} is a change in points, not in percent",
        measures=("growth",),
        of_ratios=True,
    ),
    Slip(
        "points-for-percent",
        "x * base",
        "{x} fits if percent was meant: it is the growth from {base} to {now}, not their difference in points",
        measures=("change",),
        is_ratio=True,
        of_ratios=True,
    ),
    Slip(
        "ratio-for-growth",
        "x - 1",
        "{x} is the ratio, not the growth: {now} is {x} of {base}",
        measures=("growth",),
    ),
    Slip(
        "growth-for-ratio",
        "x + 1",
        "{x} fits if {x} more was meant, which is {meant} as much",
        measures=("multiple",),
    ),
    Slip(
        "reversed-base",
        "1 / (1 - x) - 1",
        "{x} is reckoned on the later figure, {now}, instead of the earlier one, {base}",
        measures=("growth",),
    ),
    Slip(
        "by-for-to",
        "x - base",
        "{x} fits as the level that was reached, not as the change: “to”, not “by”",
        measures=("change",),
    ),
    Slip(
        "by-for-to",
        "x / base - 1",
        "{x} fits as the level that was reached, not as the growth: “to”, not “by”",
        measures=("growth",),
        of_ratios=True,
    ),
    Slip(
        "to-for-by",
        "x + base",
        "{x} fits as the change, not as the level that was reached: “by”, not “to”",
        measures=("level", "rate", "share"),
    ),
    *_at_a_yearly_rate("quarter", 4),
    *_at_a_yearly_rate("month", 12),
    Slip(LOST_SIGN, "-x", "{x} fits with the opposite sign", measures=("growth", "change", "level", "rate")),
)
# Where both explain a check they are two views of one thing, and the first is the plainer.
PLAINER = (
    (LOST_SIGN, SWAPPED),  # but of a growth, which falls by less than it rises
    ("by-for-to", "to-for-by"),
    *(("by-for-to", f"factor-{factor}") for factor in (10, 100, 1000)),  # which makes nothing of the base
    ("ratio-for-growth", "to-for-by"),
    ("ratio-for-growth", "growth-for-ratio"),  # "tripled, up 300%"
    *((f"{period}-for-annualised", f"annualised-for-{period}") for period in ("quarter", "month")),
    ("basis-points-for-points", "factor-100"),
    ("points-for-basis-points", "factor-100"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A slip on an operand with which the check holds in the strict reading.

    `meant` is the value that was meant, in base units; `other` the operand that takes the place of this one, or changes
    places with it. `exact`: the figures then agree as printed. `tells`: that it fits is no matter of chance.
    """

    slip: str
    address: Operand
    operand: Stated
    meant: Fraction
    exact: bool
    tells: bool
    other: Stated | None = None
    data: Slip | None = None


@lru_cache
def _parsed(meant: str) -> Expression:
    condition = parse_condition(f"x == {meant}")
    assert isinstance(condition, Comparison)
    return condition.right


@lru_cache
def _relation_of(undone: str) -> Relation:
    (alternative,) = alternatives(parse_condition(undone), frozenset())
    return alternative.relations[0]


def transposed(figure: Figure) -> Iterator[Fraction]:
    """The values that were meant, in base units, where two digits that stand together changed places."""
    unit = figure.unit.factor * figure.scale / 10**figure.decimals
    digits = fixed(abs(figure.face) / unit, 0)
    for place in range(len(digits) - 1):
        a, b = digits[place], digits[place + 1]
        if a != b and not (place == 0 and b == "0"):
            meant = int(f"{digits[:place]}{b}{a}{digits[place + 2 :]}") * unit
            yield meant if figure.face > 0 else -meant


def suits(slip: Slip, role: str, operand: Stated, binding: Binding, base: str | None) -> bool:
    """True when a figure is of the kind that the slip is made with; `base` is the `base_role` of the rule."""
    claim = operand.narrowest
    unit = claim.figure.unit
    if claim.figure.kind == BOUND or claim.figure.face == 0 or unit.offset:
        return False
    if slip.measures and claim.measure not in slip.measures:
        return False
    if slip.units and unit.name not in slip.units:
        return False
    if slip.is_ratio is not None and slip.is_ratio != (unit.kind == RATIO):
        return False
    if slip.a_year is not None and not _is_of_length(slip, role, binding):
        return False
    if slip.name == "ratio-for-growth" and claim.figure.face < 1:  # who writes 30% of something does not call it growth
        return False
    if not slip.takes_base:
        return True
    if base is None or base == role or not isinstance(binding.roles.get(base), Stated):
        return False
    if slip.name == "to-for-by" and role != now_role(binding.rule):
        return False
    other = binding.roles[base]
    assert isinstance(other, Stated)
    return not slip.of_ratios or other.narrowest.figure.unit.kind == RATIO


def _is_of_length(slip: Slip, role: str, binding: Binding) -> bool:
    """Whether a figure is the growth of a period of that length against the one before, or such a one at a yearly rate."""
    test = binding.rule.variables[role].dimensions.get(BASIS)
    annualised = isinstance(test, OneOf) and ANNUALISED in test.values
    if annualised != slip.annualised:
        return False
    dated = [(o.dimensions[PERIOD], o.first.base_period) for _, o in binding.operands() if PERIOD in o.dimensions]
    bases = [(period, base) for period, base in dated if base is not None]
    apart = [period for period, base in bases if shifted("prior", period) == base] if bases else [p for p, _ in dated[:1]]
    return any((_months(period) or 0) * (slip.a_year or 0) == 12 for period in apart)


def _months(period: str) -> int | None:
    try:
        return months(parse_period(period))
    except PeriodError:
        return None


def base_role(rule: Rule) -> str | None:
    """The variable for the level of the base period, where the rule has just one."""
    found = [
        name
        for name, selector in rule.variables.items()
        if not selector.is_collection
        and selector.measures in LEVELS
        and any(isinstance(t, Computed) and t.function in BASE_FUNCTIONS for t in selector.dimensions.values())
    ]
    return found[0] if len(found) == 1 else None


def now_role(rule: Rule) -> str | None:
    """The variable for the level that is compared with the base."""
    base = base_role(rule)
    found = [
        name
        for name, selector in rule.variables.items()
        if selector.measures in LEVELS and not selector.is_collection and name not in (base, rule.subject)
    ]
    return found[0] if base is not None and len(found) == 1 else None


def with_slip(relation: Relation, slip: Slip, role: str, rule: Rule) -> tuple[Alternative, ...]:
    """The relation with what was meant in place of a figure; nothing where that is beyond what is decided."""
    base = base_role(rule) or role
    return _substituted(relation.operator, relation.left, relation.right, slip.meant, role, base, rule.collections)


@lru_cache(maxsize=1024)
def _substituted(
    operator: str, left: Expression, right: Expression, meant: str, role: str, base: str, collections: frozenset[str]
) -> tuple[Alternative, ...]:
    by = {role: _with(_parsed(meant), {"x": Variable(role), "base": Variable(base)})}
    try:
        return alternatives(Comparison(operator, _with(left, by), _with(right, by)), collections)
    except ExpressionError:
        return ()


def _with(node: Expression, by: Mapping[str, Expression]) -> Expression:
    """The expression with others in place of some variables."""
    if isinstance(node, Variable):
        return by.get(node.name, node)
    if isinstance(node, Negation):
        return replace(node, operand=_with(node.operand, by))
    if isinstance(node, Binary):
        return replace(node, left=_with(node.left, by), right=_with(node.right, by))
    if isinstance(node, Call):
        return replace(node, arguments=tuple(_with(argument, by) for argument in node.arguments))
    return node
