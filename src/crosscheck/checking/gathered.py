"""Relations in which something occurs more than once: tight ranges by trying the ends of what is repeated.

Such a relation is left minus right against zero, multiplied out (see rules/algebra). It is of degree one in each repeated
variable, so its extremes lie at their ends; a point between open ends settles whether an extreme is attained, and where
there is no end the slope tells. What was multiplied out may not be zero, nor may a divisor inside a sum: the box is split
where a single variable divides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from crosscheck.checking.ranges import (
    Box,
    Undecidable,
    ZeroDivisor,
    can_hold,
    member_boxes,
    value_at,
    value_range,
)
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import ZERO, Interval, add, point, without_zero
from crosscheck.rules.algebra import ONE, Gathered
from crosscheck.rules.expression import Binary, Expression, Negation, Variable, children

MAXIMUM_CORNERS = 3**7
MAXIMUM_PARTS = 16
MIRRORED = {"==": "==", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}


def gathered_can_hold(gathered: Gathered, operator: str, box: Box) -> bool:
    """True when left minus right can be `operator` zero in the box, no divisor being zero.

    Raises ZeroDivisor when a divisor can only be zero; Undecidable when one that is no single variable may be, and when too
    many corners would have to be tried.
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
    return can_hold(operator, gathered_range(gathered, box), point(0))


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


@dataclass(frozen=True, slots=True)
class _Sum:
    """`scalar + sum(body) + …`. Each body comes with the expression whose members it is taken for."""

    scalar: Expression | None
    bodies: tuple[tuple[Expression, Expression], ...] = ()


def gathered_range(gathered: Gathered, box: Box) -> Interval:
    """The exact range of left minus right of a gathered relation over the box.

    Raises Undecidable when a divisor inside a sum may be zero, or when there are too many corners to try.
    """
    for body in gathered.bodies:
        for member in member_boxes(body, box):
            for divisor in _divisors(body):
                _sign(divisor, member)  # between two corners there may be a pole
    terms = _Sum(gathered.scalar, tuple((body, body) for body in gathered.bodies))
    return _range(terms, gathered.repeated, gathered.repeated_in_body, box)


def _range(terms: _Sum, names: tuple[str, ...], in_bodies: tuple[str, ...], box: Box) -> Interval:
    """The range with the named variables at their ends; for one without an end from an anchor on, along the slope."""
    endless = next((name for name in names if _has_no_end(_own(box, name))), None)
    if endless is None:
        return _over_corners(terms, names, in_bodies, box)
    own, others = _own(box, endless), tuple(name for name in names if name != endless)
    near = _hull(
        (_range(terms, others, in_bodies, {**box, endless: point(value)}), attained) for value, attained in _anchors(own)
    )
    slope = _range(_slope_of_sum(terms, endless), others, in_bodies, box)
    rises, falls = slope.high is None or slope.high > 0, slope.low is None or slope.low < 0
    no_top = (own.high is None and rises) or (own.low is None and falls)
    no_bottom = (own.high is None and falls) or (own.low is None and rises)
    return Interval(None if no_bottom else near.low, None if no_top else near.high, near.low_closed, near.high_closed)


def _own(box: Box, name: str) -> Interval:
    interval = box[name]
    assert isinstance(interval, Interval)
    return interval


def _has_no_end(interval: Interval) -> bool:
    return interval.low is None or interval.high is None


def _anchors(interval: Interval) -> list[tuple[Fraction, bool]]:
    """The one end of an interval, or zero, and whether it is attained; where it is not, a value inside as well."""
    if interval.low is not None:
        return [(interval.low, True)] if interval.low_closed else [(interval.low, False), (interval.low + 1, True)]
    if interval.high is not None:
        return [(interval.high, True)] if interval.high_closed else [(interval.high, False), (interval.high - 1, True)]
    return [(ZERO, True)]


def _over_corners(terms: _Sum, names: tuple[str, ...], in_bodies: tuple[str, ...], box: Box) -> Interval:
    """The hull of the ranges with the named variables at each corner of their intervals.

    At a corner that is approached and never reached nothing is attained; the point between the ends then tells whether
    the extreme does not depend on the variable, and so is attained after all.
    """
    trials = [_trials(_own(box, name)) for name in names]
    corners = prod(map(len, trials))
    if corners > MAXIMUM_CORNERS:
        raise Undecidable(f"{corners} corners would have to be tried")
    return _hull(
        (
            _at(terms, in_bodies, {**box, **{n: point(value) for n, (value, _) in zip(names, corner, strict=True)}}),
            all(attained for _, attained in corner),
        )
        for corner in product(*trials)
    )


def _trials(interval: Interval) -> list[tuple[Fraction, bool]]:
    """The ends of an interval, and whether they are attained; where one is not, the point between them as well."""
    low, high = interval.low, interval.high
    assert low is not None
    assert high is not None
    if low == high:
        return [(low, True)]
    ends = [(low, interval.low_closed), (high, interval.high_closed)]
    if not (interval.low_closed and interval.high_closed):
        ends.append(((low + high) / 2, True))
    return ends


def _at(terms: _Sum, in_bodies: tuple[str, ...], box: Box) -> Interval:
    """The range with the repeated scalars fixed: each member of a sum varies by itself."""
    total = point(0) if terms.scalar is None else _single(terms.scalar, box)
    for members, body in terms.bodies:
        for member in member_boxes(members, box):
            repeated = tuple(name for name in in_bodies if isinstance(member[name], Interval))
            total = add(total, _range(_Sum(body), repeated, (), member))
    return total


def _hull(ranges: Iterable[tuple[Interval, bool]]) -> Interval:
    """The smallest interval around all; the ends of a range are those of the hull only if it is attained."""
    found = list(ranges)
    lows, highs = [r.low for r, _ in found], [r.high for r, _ in found]
    low = None if None in lows else min(end for end in lows if end is not None)
    high = None if None in highs else max(end for end in highs if end is not None)
    return Interval(
        low,
        high,
        any(r.low == low and r.low_closed and attained for r, attained in found),
        any(r.high == high and r.high_closed and attained for r, attained in found),
    )


def _slope_of_sum(terms: _Sum, name: str) -> _Sum:
    """By how much the sum grows when a variable grows by one; it is of the first degree in it."""
    scalar = None if terms.scalar is None else _slope(terms.scalar, name)
    slopes = ((members, _slope(body, name)) for members, body in terms.bodies)
    return _Sum(scalar, tuple((members, slope) for members, slope in slopes if slope is not None))


def _slope(node: Expression, name: str) -> Expression | None:
    """The slope of an expression in a variable; None when it does not depend on it. Raises Undecidable for a divisor."""
    if isinstance(node, Variable):
        return ONE if node.name == name else None
    if isinstance(node, Negation):
        inner = _slope(node.operand, name)
        return None if inner is None else Negation(inner)
    if not isinstance(node, Binary):
        return None
    left, right = _slope(node.left, name), _slope(node.right, name)
    if node.operator in "+-":
        turned = right if right is None or node.operator == "+" else Negation(right)
        return turned if left is None else (left if turned is None else Binary("+", left, turned))
    if right is None:
        return None if left is None else Binary(node.operator, left, node.right)
    if left is None and node.operator == "*":
        return Binary("*", node.left, right)
    raise Undecidable(f"{name} has no end and divides")


def _single(node: Expression, box: Box) -> Interval:
    value = value_at(node, box)
    if value is not None:
        return point(value)
    pieces = value_range(node, box)
    if len(pieces) != 1:
        raise Undecidable("a divisor may be zero")
    return pieces[0]


def divides(gathered: Gathered, name: str) -> bool:
    """True when a variable stands in a divisor inside a sum."""
    return any(name in divisor.names for body in gathered.bodies for divisor in _divisors(body))


def may_divide_by_zero(gathered: Gathered, operand: str, index: int | None, box: Box) -> bool:
    """True when a divisor inside a sum may be zero, those with the operand itself left out: between ends lies a pole."""
    for body in gathered.bodies:
        for number, member in enumerate(member_boxes(body, box)):
            for divisor in _divisors(body):
                is_own = operand in divisor.names and index in (None, number)
                if not is_own and any(ZERO in piece for piece in value_range(divisor, member)):
                    return True
    return False


def _divisors(node: Expression) -> Iterator[Expression]:
    if isinstance(node, Binary) and node.operator == "/":
        yield node.right
    for child in children(node):
        yield from _divisors(child)  # type: ignore[arg-type]
