"""Tight ranges of expressions over boxes: every operand an interval of true values, independent of the others.

A range is a tuple of intervals (`Pieces`), because a quotient whose divisor changes sign has two; zero itself is left out
of a divisor. Expressions whose variables all occur once get their exact range by interval arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import (
    ZERO,
    Interval,
    absolute,
    add,
    divide,
    hull,
    intersect,
    maximum,
    minimum,
    multiply,
    negate,
    nth_largest,
    point,
    power,
    subtract,
    without_zero,
)
from crosscheck.rules.algebra import whole_place, whole_power
from crosscheck.rules.expression import ORDERED, WHOLE, Binary, Call, Expression, Negation, Number, Variable, show

Pieces = tuple[Interval, ...]
# The intervals of the operands: one a variable, or one a member for a variable that collects claims.
Box = Mapping[str, Interval | tuple[Interval, ...]]

MAXIMUM_PIECES = 16
OPERATIONS: Mapping[str, Callable[[Interval, Interval], Interval]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
}


class Undecidable(Exception):
    """This box is beyond what is decided exactly; the reason is for people."""


class ZeroDivisor(Undecidable):
    """A divisor can be nothing but zero."""


def value_range(node: Expression, box: Box) -> Pieces:
    """The exact range of an expression whose variables occur once, zero left out of divisors.

    Raises ZeroDivisor when a divisor can only be zero, Undecidable when the range falls into too many pieces.
    """
    if isinstance(node, Variable):
        found = box[node.name]
        assert isinstance(found, Interval)
        return (found,)
    if isinstance(node, Number):
        return (point(node.value),)
    if isinstance(node, Negation):
        return tuple(negate(piece) for piece in value_range(node.operand, box))
    if isinstance(node, Call):
        return _call(node, box)
    assert isinstance(node, Binary)
    left = value_range(node.left, box)
    if node.operator == "^":
        return merged([power(piece, whole_power(node)) for piece in left])
    right = value_range(node.right, box)
    if node.operator == "/":
        right = tuple(part for piece in right for part in without_zero(piece))
        if not right:
            raise ZeroDivisor("a divisor is exactly zero")
    operation = OPERATIONS[node.operator]
    if len(left) == len(right) == 1:
        return (operation(left[0], right[0]),)
    return merged([operation(a, b) for a in left for b in right])


def value_at(node: Expression, box: Box) -> Fraction | None:
    """The value of arithmetic on operands that are all single values; None for anything else, a zero divisor too."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Variable):
        found = box[node.name]
        return found.low if isinstance(found, Interval) and found.is_point else None
    if isinstance(node, Negation):
        value = value_at(node.operand, box)
        return None if value is None else -value
    if isinstance(node, Call):
        return _call_at(node, box)
    if not isinstance(node, Binary):
        return None
    if node.operator == "^":
        below = value_at(node.left, box)
        return None if below is None else below ** whole_power(node)
    left, right = value_at(node.left, box), value_at(node.right, box)
    if left is None or right is None:
        return None
    if node.operator == "/":
        return left / right if right else None
    if node.operator == "*":
        return left * right
    return left + right if node.operator == "+" else left - right


def _call_at(node: Call, box: Box) -> Fraction | None:
    """The value of a sum over members that are all single values."""
    if node.function != "sum":
        return None
    total = ZERO
    for member in member_boxes(node, box):
        value = value_at(node.arguments[0], member)
        if value is None:
            return None
        total += value
    return total


def _call(node: Call, box: Box) -> Pieces:
    if node.function == "count":
        (name,) = node.names
        members = box[name]
        return (point(1 if isinstance(members, Interval) else len(members)),)
    if node.function == "sum":
        (body,) = node.arguments
        if isinstance(body, Variable):
            total = point(0)
            for member in members_of(box, body.name):
                total = add(total, member)
            return (total,)
        return _fold(add, [value_range(body, member) for member in member_boxes(node, box)], point(0))
    if node.function == "abs":
        return merged([absolute(piece) for piece in value_range(node.arguments[0], box)])
    if node.function in ORDERED:
        return (_nth(node, next(members_of(box, name) for name in node.names)),)
    operation = minimum if node.function == "min" else maximum
    if len(node.arguments) == 1:
        return _fold(operation, [value_range(node.arguments[0], member) for member in member_boxes(node, box)])
    return _fold(operation, [value_range(argument, box) for argument in node.arguments])


def _nth(node: Call, members: tuple[Interval, ...]) -> Interval:
    place = place_among(node, len(members))
    if place is None:
        raise Undecidable(f"there are only {len(members)} of {show(node.arguments[0])}")
    return nth_largest(members, place)


def place_among(node: Call, members: int) -> int | None:
    """Which of so many `largest` or `smallest` means, counted from the largest; None where there are fewer."""
    place = whole_place(node)
    if place > members:
        return None
    return place if node.function == "largest" else members + 1 - place


def _fold(
    operation: Callable[[Interval, Interval], Interval], ranges: list[Pieces], start: Interval | None = None
) -> Pieces:
    total: Pieces = (start,) if start is not None else ranges.pop(0)
    for pieces in ranges:
        if len(total) == len(pieces) == 1:
            total = (operation(total[0], pieces[0]),)
        else:
            total = merged([operation(a, b) for a in total for b in pieces])
    return total


def member_boxes(node: Expression, box: Box) -> Iterator[Box]:
    """A box for each member of the collections that occur in `node`: the member's interval in place of the tuple.

    Raises Undecidable when they have different numbers of members.
    """
    names = {name for name in node.names if isinstance(box[name], tuple)}
    sizes = {len(members_of(box, name)) for name in names}
    if len(sizes) > 1:
        raise Undecidable(f"{' and '.join(sorted(names))} are taken together and have different numbers of members")
    for index in range(max(sizes, default=0)):
        yield {**box, **{name: members_of(box, name)[index] for name in names}}


def members_of(box: Box, name: str) -> tuple[Interval, ...]:
    """The intervals of a variable: one, or those of its members."""
    members = box[name]
    return members if isinstance(members, tuple) else (members,)


def merged(pieces: list[Interval]) -> Pieces:
    """The pieces in order, those that overlap or touch made one."""
    ordered = sorted(pieces, key=lambda p: (p.low is not None, p.low if p.low is not None else ZERO, not p.low_closed))
    found: list[Interval] = []
    for piece in ordered:
        if found and _touches(found[-1], piece):
            found[-1] = hull([found[-1], piece])
        else:
            found.append(piece)
    if len(found) > MAXIMUM_PIECES:
        raise Undecidable("the divisors leave too many separate ranges")
    return tuple(found)


def _touches(left: Interval, right: Interval) -> bool:
    if left.high is None or right.low is None:
        return True
    return right.low < left.high or (right.low == left.high and (right.low_closed or left.high_closed))


def can_hold(operator: str, a: Interval, b: Interval) -> bool:
    """True when x operator y for some x of a and y of b; for WHOLE, when some x of a is a whole number."""
    if operator == WHOLE:
        return a.low is None or a.high is None or any(value in a for value in wholes_around(a.low))
    if operator == "==":
        return intersect(a, b) is not None
    if operator in (">", ">="):
        a, b = b, a
    if a.low is None or b.high is None:
        return True
    if a.low == b.high:
        return operator in ("<=", ">=") and a.low_closed and b.high_closed
    return a.low < b.high


def wholes_around(value: Fraction) -> tuple[Fraction, Fraction]:
    """The whole number that is not below a value, and the next one: an interval that begins there holds one or none."""
    first = Fraction(-(-value.numerator // value.denominator))
    return first, first + 1
