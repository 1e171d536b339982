"""Rules that say the same as others, less than others, or the opposite; and assertions that say nothing.

Only what can be decided is told: single comparisons over variables with equal selectors. Two differences of sides are
compared at points whose coordinates have nothing to do with one another, in exact numbers: when their ratio is the same at
all of them they are multiples of one another, as rational functions of so few terms that agree there agree everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from crosscheck.checking.ranges import Box, Undecidable, value_range
from crosscheck.checking.solving import Operand, solve, with_interval
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, point
from crosscheck.rules.algebra import Relation
from crosscheck.rules.expression import (
    Binary,
    Call,
    Comparison,
    Condition,
    Expression,
    Logical,
    Negation,
    Number,
    Text,
    Variable,
    variables,
)
from crosscheck.rules.model import Computed, Rule, Selector

SAME, WEAKER, STRONGER, OPPOSITE = "same", "weaker", "stronger", "opposite"
ALWAYS, NEVER, WITHOUT_SUBJECT = "always", "never", "without the subject"
MAXIMUM_VARIABLES = 5  # whose orders are all tried
MEMBERS = 3
POINTS = 7
PRIMES = (101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193, 197, 199, 211, 223)
# The signs of left minus right for which a comparison holds.
SIGNS = {"==": {0}, "!=": {-1, 1}, "<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {0, 1}}


def triviality(rule: Rule) -> str | None:
    """ALWAYS or NEVER where the assertion holds whatever the figures are or for none, WITHOUT_SUBJECT where the subject
    makes no difference to it; None for all else, and where that is not decided.
    """
    relation = _single(rule)
    if relation is None:
        return None
    if rule.subject not in relation.names:
        asked = {variable.name for call in rule.facts for variable in variables(call)}
        return None if rule.subject in asked else WITHOUT_SUBJECT
    differences = [_difference(relation, box) for box in _boxes(rule)]
    if any(difference is None for difference in differences):
        return None
    found = {difference for difference in differences if difference is not None}
    if len(found) == 1:
        return ALWAYS if _sign(found.pop()) in SIGNS[relation.operator] else NEVER
    return WITHOUT_SUBJECT if _is_constant_in(relation, rule) else None


def alike(rule: Rule) -> tuple[str, str] | None:
    """Two variables that always select the same figures, so that a figure is compared with itself."""
    if rule.duplicates or rule.when is not None:  # a condition may keep them apart
        return None
    names = list(rule.variables)
    for index, name in enumerate(names):
        for other in names[index + 1 :]:
            a, b = _plain(rule.variables[name], {}), _plain(rule.variables[other], {})
            if a == b and not a.is_collection and not any(isinstance(t, Computed) for t in a.dimensions.values()):
                return name, other
    return None


def relation_between(rule: Rule, other: Rule) -> str | None:
    """How the assertion of `rule` stands to that of `other`, where they are about the same figures; None where it is
    something else or is not decided.
    """
    if len(rule.variables) != len(other.variables) or rule.duplicates != other.duplicates:
        return None
    if rule.duplicates:
        return SAME if _plain(rule.variables["figure"], {}) == _plain(other.variables["figure"], {}) else None
    for names in _renamings(rule, other):
        if _renamed(rule.when, names) != other.when:
            continue
        if _renamed(rule.condition, names) == other.condition:
            return SAME
        found = _compared(rule, other, names)
        if found is not None:
            return found
    return None


def _single(rule: Rule) -> Relation | None:
    if isinstance(rule.condition, Comparison) and rule.condition.operator == "!=":  # two alternatives, and one comparison
        return Relation("!=", rule.condition.left, rule.condition.right, None, frozenset(rule.variables))
    if len(rule.alternatives) == 1 and len(rule.alternatives[0].relations) == 1:
        return rule.alternatives[0].relations[0]
    return None


def _renamings(rule: Rule, other: Rule) -> Iterator[Mapping[str, str]]:
    """The ways to name the variables of `rule` like those of `other` with which they select the same."""
    mine, theirs = list(rule.variables), list(other.variables)
    orders: Iterator[Sequence[str]] = permutations(theirs) if len(mine) <= MAXIMUM_VARIABLES else iter([mine])
    for order in orders:
        names = dict(zip(mine, order, strict=True))
        if all(_plain(rule.variables[a], names) == _plain(other.variables.get(b), {}) for a, b in names.items()):
            yield names


def _plain(selector: Selector | None, names: Mapping[str, str]) -> Selector:
    """The selector without its places in the file, other variables renamed."""
    if selector is None:
        return Selector()
    dimensions = {
        name: replace(test, variable=names.get(test.variable, test.variable)) if isinstance(test, Computed) else test
        for name, test in selector.dimensions.items()
    }
    whole_of, items_of = (
        None if name is None else names.get(name, name) for name in (selector.whole_of, selector.items_of)
    )
    return replace(selector, dimensions=dimensions, whole_of=whole_of, items_of=items_of, places={})


def _renamed(node: Condition | None, names: Mapping[str, str]) -> Condition | None:
    if node is None:
        return None
    if isinstance(node, Logical):
        operands = tuple(found for each in node.operands if (found := _renamed(each, names)) is not None)
        return replace(node, operands=operands)
    return Comparison(node.operator, _renamed_side(node.left, names), _renamed_side(node.right, names))


def _renamed_side(node: Expression, names: Mapping[str, str]) -> Expression:
    if isinstance(node, Variable):
        return Variable(names.get(node.name, node.name))
    if isinstance(node, Negation):
        return Negation(_renamed_side(node.operand, names))
    if isinstance(node, Binary):
        return Binary(node.operator, _renamed_side(node.left, names), _renamed_side(node.right, names))
    if isinstance(node, Call):
        return Call(node.function, tuple(_renamed_side(argument, names) for argument in node.arguments))
    assert isinstance(node, Number | Text)
    return node


def _boxes(rule: Rule) -> Iterator[Box]:
    """Points at which assertions are evaluated: every operand one value, no two alike."""
    for number in range(POINTS):
        values = (Fraction(prime * prime + number * prime, 7 + number) for prime in PRIMES[number:] + PRIMES[:number])
        yield {
            name: tuple(point(next(values)) for _ in range(MEMBERS)) if selector.is_collection else point(next(values))
            for name, selector in list(rule.variables.items())[:MAXIMUM_VARIABLES]
        }


def _difference(relation: Relation, box: Box) -> Fraction | None:
    """Left less right at a point; None where it is not one value."""
    try:
        left, right = value_range(relation.left, box), value_range(relation.right, box)
    except (Undecidable, KeyError):
        return None
    if len(left) != 1 or len(right) != 1 or not (left[0].is_point and right[0].is_point):
        return None
    assert left[0].low is not None and right[0].low is not None
    return left[0].low - right[0].low


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _is_constant_in(relation: Relation, rule: Rule) -> bool:
    """True when the subject alone never changes the difference."""
    first, second, *_ = _boxes(rule)
    changed = {**first, rule.subject: second[rule.subject]}
    return _difference(relation, first) == _difference(relation, changed) is not None


def _compared(rule: Rule, other: Rule, names: Mapping[str, str]) -> str | None:
    mine, theirs = _single(rule), _single(other)
    if mine is None or theirs is None or rule.tolerance != other.tolerance:
        return None
    ratios = set()
    for box in _boxes(rule):
        a, b = _difference(mine, box), _difference(theirs, {names[name]: found for name, found in box.items()})
        if a is None or b is None or not b:
            return None
        ratios.add(a / b)
    if len(ratios) == 1:
        factor = _sign(ratios.pop())
        if not factor:
            return None
        signs = SIGNS[mine.operator]
        return _between(signs, {sign * factor for sign in SIGNS[theirs.operator]})
    both_equalities = mine.operator == theirs.operator == "=="
    back = {b: a for a, b in names.items()}
    if both_equalities and _solves(mine, theirs, rule, names) and _solves(theirs, mine, other, back):
        return SAME
    return None


def _between(mine: set[int], theirs: set[int]) -> str | None:
    if mine == theirs:
        return SAME
    if not mine & theirs:
        return OPPOSITE
    if mine > theirs:
        return WEAKER
    return STRONGER if mine < theirs else None


def _solves(relation: Relation, other: Relation, rule: Rule, names: Mapping[str, str]) -> bool:
    """True when what satisfies an equality satisfies the other one too, at every point that was tried."""
    operand = Operand(rule.subject)
    for box in _boxes(rule):
        try:
            found = solve(relation, operand, box)
        except Undecidable:
            return False
        if not found or len(found) != 1 or not found[0].is_point:
            return False
        solved = with_interval(box, operand, found[0])
        renamed: dict[str, Interval | tuple[Interval, ...]] = {names[name]: value for name, value in solved.items()}
        if _difference(other, renamed) != 0:
            return False
    return True
