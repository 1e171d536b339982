"""Relations in which something occurs more than once: tight ranges by trying the ends of what is repeated.

Such a relation is left minus right against zero, multiplied out (see rules/algebra). It is of degree one in each repeated
variable, so its extremes lie at their ends; a point between open ends settles whether an extreme is attained. What was
multiplied out may not be zero, nor may a divisor inside a sum: the box is split where a single variable divides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from crosscheck.checking.ranges import (
    Box,
    Undecidable,
    ZeroDivisor,
    can_hold,
    member_boxes,
    value_at,
    value_range,
)
from crosscheck.figures.interval import ZERO, Interval, add, point, without_zero
from crosscheck.rules.algebra import Gathered
from crosscheck.rules.expression import Binary, Expression, Variable, children

MAXIMUM_CORNERS = 3**7
MAXIMUM_PARTS = 16
# Where figures without an end are cut off to look for a solution, in multiples of the largest end in the box.
CUT_OFFS = (4, 10**3, 10**9)
MIRRORED = {"==": "==", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}


def gathered_can_hold(gathered: Gathered, operator: str, box: Box) -> bool:
    """True when left minus right can be `operator` zero in the box, no divisor being zero.

    Raises ZeroDivisor when a divisor can only be zero; Undecidable when one that is no single variable may be, when too
    many corners would have to be tried, and when a figure without an end occurs several times and no solution is at hand.
    """
    reason: Undecidable | None = None
    for part in _without_zero_divisors(gathered, box):
        try:
            if _part_can_hold(gathered, operator, part):
                return True
        except Undecidable as error:
            reason = error
    if reason is not None:
        raise reason
    return False


def _without_zero_divisors(gathered: Gathered, box: Box) -> list[Box]:
    """The box in parts in which the variables that divide are not zero."""
    parts = [box]
    for divisor in gathered.denominators:
        if not isinstance(divisor, Variable):
            continue
        name, found = divisor.name, box[divisor.name]
        assert isinstance(found, Interval)
        if ZERO in found:
            parts = [{**part, name: piece} for part in parts for piece in without_zero(found)]
        if not parts:
            raise ZeroDivisor("a divisor is exactly zero")
        if len(parts) > MAXIMUM_PARTS:
            raise Undecidable("too many divisors may be zero")
    return parts


def _part_can_hold(gathered: Gathered, operator: str, box: Box) -> bool:
    if _sign_of_divisors(gathered, box) < 0:
        operator = MIRRORED[operator]
    difference, exact = gathered_range(gathered, box)
    if exact or not can_hold(operator, difference, point(0)):
        return can_hold(operator, difference, point(0))
    for far in CUT_OFFS:  # what holds in a part of the box holds in the box
        difference, _ = gathered_range(gathered, _cut_off(gathered, box, far))
        if can_hold(operator, difference, point(0)):
            return True
    raise Undecidable("a figure without an upper or lower end occurs several times")


def _sign_of_divisors(gathered: Gathered, box: Box) -> int:
    """The sign of the product of what was multiplied out; raises Undecidable when it is not the same everywhere."""
    sign = 1
    for divisor in gathered.denominators:
        sign *= _sign(divisor, box)
    return sign


def _sign(divisor: Expression, box: Box) -> int:
    pieces = value_range(divisor, box)
    if all(piece.low is not None and piece.low >= 0 and ZERO not in piece for piece in pieces):
        return 1
    if all(piece.high is not None and piece.high <= 0 and ZERO not in piece for piece in pieces):
        return -1
    if all(piece == point(0) for piece in pieces):
        raise ZeroDivisor("a divisor is exactly zero")
    raise Undecidable("a divisor may be zero")


def _cut_off(gathered: Gathered, box: Box, far: int) -> Box:
    """The box with ends for the repeated figures that have none."""
    ends = [abs(end) for i in _intervals(box) for end in (i.low, i.high) if end is not None]
    reach = far * max([*ends, Fraction(1)])
    cut: dict[str, Interval | tuple[Interval, ...]] = dict(box)
    for name in (*gathered.repeated, *gathered.repeated_in_body):
        found = box[name]
        cut[name] = _ended(found, reach) if isinstance(found, Interval) else tuple(_ended(m, reach) for m in found)
    return cut


def _intervals(box: Box) -> Iterator[Interval]:
    for found in box.values():
        yield from (found,) if isinstance(found, Interval) else found


def _ended(a: Interval, reach: Fraction) -> Interval:
    low, high = (-reach if a.low is None else a.low), (reach if a.high is None else a.high)
    return Interval(low, high, a.low_closed or a.low is None, a.high_closed or a.high is None)


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
    if gathered.body is not None:
        for member in member_boxes(gathered.body, box):
            for divisor in _divisors(gathered.body):
                _sign(divisor, member)  # between two corners there may be a pole
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
    value = value_at(node, box)
    if value is not None:
        return point(value)
    pieces = value_range(node, box)
    if len(pieces) != 1:
        raise Undecidable("a divisor may be zero")
    return pieces[0]


def _divisors(node: Expression) -> Iterator[Expression]:
    if isinstance(node, Binary) and node.operator == "/":
        yield node.right
    for child in children(node):
        yield from _divisors(child)  # type: ignore[arg-type]
