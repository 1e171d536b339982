"""What can be decided exactly: assertions as alternatives of relations, each in a form with tight ranges over boxes.

A relation whose variables all occur once is decided by interval arithmetic, which is then exact. One in which some occur
several times must be a ratio of polynomials of degree one in each variable: multiplied out and gathered under one sum,
its extremes lie at the ends of the repeated variables' intervals. Anything else is refused when the rule is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar

from crosscheck.figures.exact import Fraction
from crosscheck.rules.expression import (
    ORDERED,
    WHOLE,
    Binary,
    Call,
    Comparison,
    Condition,
    Expression,
    ExpressionError,
    Negation,
    Number,
    Text,
    Variable,
    children,
    variables,
)

MAXIMUM_ALTERNATIVES = 16
MAXIMUM_EXPANSION = 20_000
OPPOSITE = {"==": "!=", "!=": "==", "<=": ">", ">": "<=", ">=": "<", "<": ">="}
ONE = Number(Fraction(1))
ZERO = Number(Fraction(0))

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gathered:
    """An expression as `scalar + sum(body) + …`, any of which may be missing; `repeated` scalars occur several times.

    Collections of different bodies have nothing to do with one another, and may have different numbers of members.
    """

    scalar: Expression | None
    bodies: tuple[Expression, ...]
    denominators: tuple[Expression, ...]  # what was multiplied out; none of them may be zero
    repeated: tuple[str, ...]  # variables without an index whose ends have to be tried
    repeated_in_body: tuple[str, ...]  # collections whose ends have to be tried member by member


@dataclass(frozen=True, slots=True)
class Relation:
    """One comparison. `gathered` (left minus right, against zero) stands where some variable occurs more than once."""

    operator: str
    left: Expression
    right: Expression
    gathered: Gathered | None
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Relations that must all hold; at most one variable (`shared`) occurs in more than one of them."""

    relations: tuple[Relation, ...]
    shared: str | None = None


def alternatives(condition: Condition, collections: Collection[str]) -> tuple[Alternative, ...]:
    """The assertion as alternatives of which at least one must hold.

    `collections` are the variables that stand for several claims. Raises ExpressionError for what cannot be decided
    exactly, with the reason and the place.
    """
    _check_collections(condition, collections)
    found = []
    for comparisons in _disjuncts(condition, positive=True):
        relations = tuple(_relation(comparison, collections) for comparison in comparisons)
        found.append(Alternative(relations, _shared(relations, comparisons)))
    return tuple(found)


def _disjuncts(node: Condition, positive: bool) -> list[tuple[Comparison, ...]]:
    """Disjunctive normal form, with `not` pushed down to the comparisons."""
    if isinstance(node, Comparison):
        if node.operator == WHOLE and not positive:
            raise ExpressionError(f"`not {WHOLE}()` cannot be decided: numbers that are not whole lie everywhere", node.at)
        operator = node.operator if positive else OPPOSITE[node.operator]
        if operator == "!=":
            return [(_with(node, "<"),), (_with(node, ">"),)]
        return [(_with(node, operator),)]
    if node.operator == "not":
        return _disjuncts(node.operands[0], not positive)
    joined = (node.operator == "or") == positive
    found: list[tuple[Comparison, ...]] = [] if joined else [()]
    for operand in node.operands:
        part = _disjuncts(operand, positive)
        found = [*found, *part] if joined else [(*left, *right) for left in found for right in part]
        if len(found) > MAXIMUM_ALTERNATIVES:  # told before they multiply
            raise ExpressionError(f"more than {MAXIMUM_ALTERNATIVES} alternatives", node.at, "split the rule")
    return found


def _with(node: Comparison, operator: str) -> Comparison:
    return Comparison(operator, node.left, node.right, node.at)


def _shared(relations: tuple[Relation, ...], comparisons: tuple[Comparison, ...]) -> str | None:
    counts = Counter(name for relation in relations for name in relation.names)
    shared = [name for name, count in counts.items() if count > 1]
    if not shared:
        return None
    at = comparisons[1].at
    if len(shared) > 1:
        raise ExpressionError(
            f"conditions joined by `and` share {' and '.join(sorted(shared)[:3])}; only one variable may be shared",
            at,
            "make two rules of it",
        )
    for relation in relations:
        if shared[0] in relation.names and relation.gathered is not None:
            raise ExpressionError(f"{shared[0]} is shared by `and` and repeated in one comparison", at, "make two rules")
    return shared[0]


def _relation(comparison: Comparison, collections: Collection[str]) -> Relation:
    left, right = comparison.left, comparison.right
    names = frozenset(variable.name for variable in variables(comparison))
    if _is_read_once(comparison, collections):
        for side in (left, right):
            _check_read_once(side)
        return Relation(comparison.operator, left, right, None, names)
    if comparison.operator == WHOLE:
        raise ExpressionError(f"in {WHOLE}() each variable may occur once, and in no sum with others", comparison.at)
    gathered = _gather_relation(comparison, collections)
    return Relation(comparison.operator, left, right, gathered, names)


def _is_read_once(comparison: Comparison, collections: Collection[str]) -> bool:
    counts = Counter(variable.name for variable in variables(comparison))
    if any(count > 1 for count in counts.values()):
        return False
    return not any(_scalars_in_sums(side, collections) for side in (comparison.left, comparison.right))


def _scalars_in_sums(node: Expression | Condition, collections: Collection[str]) -> bool:
    """True when a variable without an index stands inside a sum: it is then used once a member."""
    if isinstance(node, Call) and node.function == "sum":
        return any(variable.name not in collections for variable in variables(node))
    return any(_scalars_in_sums(child, collections) for child in children(node))


def _check_read_once(node: Expression | Condition) -> None:
    if isinstance(node, Text):
        raise ExpressionError("text cannot be compared in an assertion", node.at, "use `when` for conditions on dimensions")
    if isinstance(node, Binary) and node.operator == "^":
        whole_power(node)
    for child in children(node):
        _check_read_once(child)


def whole_power(node: Binary) -> int:
    """The exponent of a power; raises ExpressionError unless it is a whole number from 0 to 64."""
    exponent = node.right
    if not isinstance(exponent, Number) or exponent.value.denominator != 1 or not 0 <= exponent.value <= 64:
        raise ExpressionError("an exponent must be a whole number from 0 to 64", node.at)
    return int(exponent.value)


def whole_place(node: Call) -> int:
    """Which of a collection `largest` or `smallest` means; raises ExpressionError unless that is a whole number from 1."""
    place = node.arguments[1]
    if not isinstance(place, Number) or place.value.denominator != 1 or place.value < 1:
        hint = f"such as {node.function}(others, 3)"
        raise ExpressionError(f"{node.function}() takes a collection and a whole number from 1 on", node.at, hint)
    return int(place.value)


def _check_collections(node: Expression | Condition, collections: Collection[str], inside: bool = False) -> None:
    """A collection is used inside `sum`, `min`, `max`, `count`, `largest` or `smallest`; nothing else is summed."""
    if isinstance(node, Variable) and node.name in collections and not inside:
        raise ExpressionError(f"{node.name} stands for several claims", node.at, f"use sum({node.name})")
    if isinstance(node, Call) and node.function in ("sum", "min", "max", "count", *ORDERED):
        argument_names = {variable.name for variable in variables(node)}
        if node.function in ORDERED:
            whole_place(node)
        if node.function in ("sum", "count", *ORDERED) or len(node.arguments) == 1:
            if inside:
                raise ExpressionError(f"{node.function}() stands inside another sum", node.at)
            if not argument_names & set(collections):
                hint = "give a variable `collect:` to let it stand for several claims"
                raise ExpressionError(f"{node.function}() needs a variable that collects claims", node.at, hint)
            if node.function != "sum" and not isinstance(node.arguments[0], Variable):
                raise ExpressionError(f"{node.function}() of a collection takes just its variable", node.at)
            inside = True
    for child in children(node):
        _check_collections(child, collections, inside)


# A ratio of two expressions, and the pieces that were multiplied out of it.
_Ratio = tuple[Expression, tuple[Expression, ...]]


def _gather_relation(comparison: Comparison, collections: Collection[str]) -> Gathered:
    difference = Binary("-", comparison.left, comparison.right, comparison.at)
    _check_affine_operators(difference)
    if sum(_sizes(difference)) > MAXIMUM_EXPANSION:
        raise ExpressionError("too many fractions within fractions to be decided exactly", comparison.at, "split the rule")
    numerator, denominators = _ratio(difference, collections)
    scalar, summed = _gather(numerator, collections)
    bodies = _together(summed, collections)
    parts = bodies if scalar is None else (scalar, *bodies)
    for part in parts:
        _check_degrees(part, comparison.at)
    counts = Counter(variable.name for part in parts for variable in variables(part))
    in_body = {variable.name for body in bodies for variable in variables(body)}
    repeated = [n for n, c in counts.items() if n not in collections and (c > 1 or n in in_body)]
    repeated_in_body = [n for n, c in counts.items() if n in collections and c > 1]
    return Gathered(scalar, bodies, denominators, tuple(sorted(repeated)), tuple(sorted(repeated_in_body)))


def _together(summed: tuple[Expression, ...], collections: Collection[str]) -> tuple[Expression, ...]:
    """What is summed, over one another's collections in one expression: sum(a) - sum(a / b) is a sum of a - a / b."""
    groups: list[tuple[set[str], Expression]] = []
    for body in summed:
        names = {variable.name for variable in variables(body) if variable.name in collections}
        apart = []
        for others, other in groups:
            if names & others:
                names, body = names | others, Binary("+", other, body)
            else:
                apart.append((others, other))
        groups = [*apart, (names, body)]
    return tuple(body for _, body in groups)


def _check_affine_operators(node: Expression | Condition) -> None:
    if isinstance(node, Call) and node.function not in ("sum",):
        raise ExpressionError(
            f"{node.function}() beside a variable that occurs more than once cannot be decided exactly",
            node.at,
        )
    if isinstance(node, Binary) and node.operator == "^" and any(True for _ in variables(node)):
        raise ExpressionError("a power of a variable that occurs more than once cannot be decided exactly", node.at)
    for child in children(node):
        _check_affine_operators(child)


def _has_sum(node: Expression | Condition) -> bool:
    return (isinstance(node, Call) and node.function == "sum") or any(map(_has_sum, children(node)))


def _sizes(node: Expression) -> tuple[int, int]:
    """At most so many parts will numerator and denominators of a ratio have: fractions within fractions multiply."""
    if isinstance(node, Negation):
        above, below = _sizes(node.operand)
        return above + 1, below
    if not isinstance(node, Binary) or node.operator == "^":
        return 1 + sum(1 for _ in variables(node)), 0
    (above_a, below_a), (above_b, below_b) = _sizes(node.left), _sizes(node.right)
    if node.operator == "*":
        return above_a + above_b + 1, below_a + below_b
    if node.operator == "/":
        return above_a + below_b + 1, below_a + above_b
    return above_a + below_b + above_b + below_a + 1, below_a + below_b


def _ratio(node: Expression, collections: Collection[str]) -> _Ratio:
    """Numerator and the denominators multiplied out of it; sums stay whole, with their own divisions inside."""
    if isinstance(node, Negation):
        numerator, below = _ratio(node.operand, collections)
        return Negation(numerator, node.at), below
    if not isinstance(node, Binary) or node.operator == "^":
        return node, ()
    (a, below_a), (b, below_b) = _ratio(node.left, collections), _ratio(node.right, collections)
    if node.operator == "*":
        return _times(a, b), (*below_a, *below_b)
    if node.operator == "/":
        return _product(a, below_b), (*below_a, b)
    only_a, only_b = without(below_a, below_b), without(below_b, below_a)
    return Binary(node.operator, _product(a, only_b), _product(b, only_a), node.at), (*below_a, *only_b)


def without(items: Iterable[T], others: Iterable[T]) -> tuple[T, ...]:
    """Items that are left when each of the others has taken away one that is equal to it."""
    left, kept = list(others), []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            kept.append(item)
    return tuple(kept)


def _times(a: Expression, b: Expression) -> Expression:
    if a == ONE:
        return b
    return a if b == ONE else Binary("*", a, b)


def _product(first: Expression, others: tuple[Expression, ...]) -> Expression:
    for other in others:
        first = _times(first, other)
    return first


def _gather(node: Expression, collections: Collection[str]) -> tuple[Expression | None, tuple[Expression, ...]]:
    """`node` as scalar + sum(body) + sum(body) …"""
    if not _has_sum(node):
        return node, ()
    if isinstance(node, Call):
        return None, (node.arguments[0],)
    if isinstance(node, Negation):
        scalar, bodies = _gather(node.operand, collections)
        return _negated(scalar), tuple(Negation(body) for body in bodies)
    assert isinstance(node, Binary)
    (scalar_a, bodies_a), (scalar_b, bodies_b) = _gather(node.left, collections), _gather(node.right, collections)
    if node.operator in "+-":
        turned = bodies_b if node.operator == "+" else tuple(Negation(body) for body in bodies_b)
        return _plus(node.operator, scalar_a, scalar_b), (*bodies_a, *turned)
    if node.operator == "*" and not (bodies_a and bodies_b):
        factor, scalar, bodies = (scalar_b, scalar_a, bodies_a) if bodies_a else (scalar_a, scalar_b, bodies_b)
        assert factor is not None
        return (None if scalar is None else _times(factor, scalar)), tuple(_times(factor, body) for body in bodies)
    raise ExpressionError("a product of two sums cannot be decided exactly", node.at)


def _negated(node: Expression | None) -> Expression | None:
    return None if node is None else Negation(node)


def _plus(operator: str, a: Expression | None, b: Expression | None) -> Expression | None:
    if b is None:
        return a
    if a is None:
        return b if operator == "+" else Negation(b)
    return Binary(operator, a, b)


def _check_degrees(node: Expression, at: int) -> None:
    above, below = _degrees(node)
    worst = next((name for name, degree in (above | below).items() if degree > 1), None)
    if worst is not None:
        raise ExpressionError(
            f"{worst} occurs more than once, and not only to the first degree: this cannot be decided exactly",
            at,
        )


def _degrees(node: Expression) -> tuple[Counter[str], Counter[str]]:
    """Degrees of numerator and denominator in each variable, once divisions are multiplied out."""
    if isinstance(node, Variable):
        return Counter({node.name: 1}), Counter()
    if isinstance(node, Negation):
        return _degrees(node.operand)
    if isinstance(node, Call):
        return _degrees(node.arguments[0])
    if not isinstance(node, Binary) or node.operator == "^":
        return Counter(), Counter()
    (above_a, below_a), (above_b, below_b) = _degrees(node.left), _degrees(node.right)
    if node.operator == "*":
        return above_a + above_b, below_a + below_b
    if node.operator == "/":
        return above_a + below_b, below_a + above_b
    if below_a == below_b:
        return above_a | above_b, below_a
    return (above_a + below_b) | (above_b + below_a), below_a + below_b
