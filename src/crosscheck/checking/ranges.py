"""Tight ranges of expressions over boxes: every operand an interval of true values, independent of the others.

A range is a tuple of intervals (`Pieces`), because a quotient whose divisor changes sign has two; zero itself is left out
of a divisor. Expressions whose variables all occur once get their exact range by interval arithmetic. Gathered relations
get it by trying the ends of the variables that occur several times (and a point between open ends, which settles whether
an extreme is attained).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from crosscheck.figures.interval import (
    ZERO,
    Interval,
    absolute,
    add,
    divide,
    hull,
    maximum,
    minimum,
    multiply,
    negate,
    point,
    power,
    without_zero,
)
from crosscheck.rules.algebra import Gathered, whole_power
from crosscheck.rules.expression import Binary, Call, Expression, Negation, Number, Variable, variables

Pieces = tuple[Interval, ...]
# The intervals of the operands: one a variable, or one a member for a variable that collects claims.
Box = Mapping[str, Interval | tuple[Interval, ...]]

MAXIMUM_PIECES = 16
MAXIMUM_CORNERS = 3**7


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
    operation = {"+": add, "-": _subtract, "*": multiply, "/": divide}[node.operator]
    if len(left) == len(right) == 1:
        return (operation(left[0], right[0]),)
    return merged([operation(a, b) for a in left for b in right])


def _subtract(a: Interval, b: Interval) -> Interval:
    return add(a, negate(b))


def _call(node: Call, box: Box) -> Pieces:
    if node.function == "count":
        (name,) = {variable.name for variable in variables(node)}
        members = box[name]
        return (point(1 if isinstance(members, Interval) else len(members)),)
    if node.function == "sum":
        return _fold(add, [value_range(node.arguments[0], member) for member in member_boxes(node, box)], point(0))
    if node.function == "abs":
        return merged([absolute(piece) for piece in value_range(node.arguments[0], box)])
    operation = minimum if node.function == "min" else maximum
    if len(node.arguments) == 1:
        return _fold(operation, [value_range(node.arguments[0], member) for member in member_boxes(node, box)])
    return _fold(operation, [value_range(argument, box) for argument in node.arguments])


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
    """A box for each member of the collections that occur in `node`: the member's interval in place of the tuple."""
    names = {variable.name for variable in variables(node) if isinstance(box[variable.name], tuple)}
    size = max((len(_members(box, name)) for name in names), default=0)
    for index in range(size):
        yield {**box, **{name: _members(box, name)[index] for name in names}}


def _members(box: Box, name: str) -> tuple[Interval, ...]:
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


@dataclass(frozen=True, slots=True)
class _Trial:
    """A value tried for a repeated variable; None keeps its interval whole (an end at infinity)."""

    value: Fraction | None
    attained: bool


def gathered_range(gathered: Gathered, box: Box) -> tuple[Interval, bool]:
    """The range of left minus right of a gathered relation over the box, and whether it is exact.

    Where a repeated variable is unbounded the range is an enclosure that may be too wide (False). Raises Undecidable
    when a divisor inside a sum may be zero, or when there are too many corners to try.
    """
    return _over_corners(gathered.repeated, box, lambda tried: _gathered_at(gathered, tried))


def _gathered_at(gathered: Gathered, box: Box) -> tuple[Interval, bool]:
    total, exact = point(0), True
    if gathered.scalar is not None:
        total = add(total, _single(gathered.scalar, box))
    body = gathered.body
    if body is not None:
        for member in member_boxes(body, box):
            found, is_exact = _over_corners(gathered.repeated_in_body, member, lambda t: (_single(body, t), True))
            total, exact = add(total, found), exact and is_exact
    return total, exact


def _over_corners(
    names: tuple[str, ...], box: Box, range_at: Callable[[Box], tuple[Interval, bool]]
) -> tuple[Interval, bool]:
    """The hull of the ranges with the named variables at each corner of their intervals.

    At a corner that is approached and never reached nothing is attained; the point between the ends then tells whether
    the extreme does not depend on the variable, and so is attained after all.
    """
    trials = [_trials(box, name) for name in names]
    corners = 1
    for choices in trials:
        corners *= len(choices)
    if corners > MAXIMUM_CORNERS:
        raise Undecidable(f"{corners} corners would have to be tried")
    exact = True
    lows: list[tuple[Fraction | None, bool]] = []
    highs: list[tuple[Fraction | None, bool]] = []
    for corner in product(*trials):
        tried = dict(box)
        for name, trial in zip(names, corner, strict=True):
            if trial.value is None:
                exact = False
            else:
                tried[name] = point(trial.value)
        found, is_exact = range_at(tried)
        exact = exact and is_exact
        attained = all(trial.attained for trial in corner)
        lows.append((found.low, found.low_closed and attained))
        highs.append((found.high, found.high_closed and attained))
    low = None if any(end is None for end, _ in lows) else min(end for end, _ in lows if end is not None)
    high = None if any(end is None for end, _ in highs) else max(end for end, _ in highs if end is not None)
    low_closed = any(closed for end, closed in lows if end == low)
    high_closed = any(closed for end, closed in highs if end == high)
    return Interval(low, high, low_closed, high_closed), exact


def _trials(box: Box, name: str) -> list[_Trial]:
    interval = box[name]
    assert isinstance(interval, Interval)
    low, high = interval.low, interval.high
    if low is None or high is None:
        return [_Trial(None, True)]
    if low == high:
        return [_Trial(low, True)]
    ends = [_Trial(low, interval.low_closed), _Trial(high, interval.high_closed)]
    if not (interval.low_closed and interval.high_closed):
        ends.append(_Trial((low + high) / 2, True))
    return ends


def _single(node: Expression, box: Box) -> Interval:
    pieces = value_range(node, box)
    if len(pieces) != 1:
        raise Undecidable("a divisor may be zero")
    return pieces[0]
