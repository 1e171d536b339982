"""Intervals of exact rationals with open and closed ends, and their arithmetic.

Every operation returns the exact range {a op b : a in A, b in B} for operands that vary independently of one another:
the ends carry whether they are attained. None as an end means that the interval is unbounded there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crosscheck.figures.exact import Fraction

# An end is a value and whether it belongs to the interval; None stands for infinity and never belongs.
End = tuple[Fraction | None, bool]


@dataclass(frozen=True, slots=True)
class Interval:
    """A non-empty interval of rationals."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        low, high = self.low, self.high
        if low is None:
            if self.low_closed:
                object.__setattr__(self, "low_closed", False)
        elif low.__class__ is not Fraction:
            low = Fraction(low)
            object.__setattr__(self, "low", low)
        if high is None:
            if self.high_closed:
                object.__setattr__(self, "high_closed", False)
        elif high.__class__ is not Fraction:
            high = Fraction(high)
            object.__setattr__(self, "high", high)
        if low is None or high is None or low < high:
            return
        if low > high or not (self.low_closed and self.high_closed):
            raise ValueError(f"an empty interval: {self}")

    @property
    def is_point(self) -> bool:
        """True when the interval holds exactly one value."""
        return self.low is not None and self.low == self.high

    def __contains__(self, value: Fraction) -> bool:
        if self.low is not None and (value < self.low or (value == self.low and not self.low_closed)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_closed)

    def __str__(self) -> str:
        low = "-inf" if self.low is None else str(self.low)
        high = "inf" if self.high is None else str(self.high)
        return f"{'[' if self.low_closed else '('}{low}, {high}{']' if self.high_closed else ')'}"


# Members as they are set in a frozen class: what arithmetic makes of valid intervals need not be looked at again.
_set_low, _set_high, _set_low_closed, _set_high_closed = (
    Interval.__dict__[name].__set__ for name in ("low", "high", "low_closed", "high_closed")
)


def _made(low: Fraction | None, high: Fraction | None, low_closed: bool, high_closed: bool) -> Interval:
    """An interval that is known to be valid: not empty, and open where it has no end."""
    made: Interval = object.__new__(Interval)
    _set_low(made, low)
    _set_high(made, high)
    _set_low_closed(made, low_closed)
    _set_high_closed(made, high_closed)
    return made


EVERYTHING = Interval(None, None)
ZERO = Fraction(0)
POSITIVE = Interval(ZERO, None, low_closed=False)
NEGATIVE = Interval(None, ZERO, high_closed=False)
NON_NEGATIVE = Interval(ZERO, None)


def point(value: Fraction | int) -> Interval:
    """The interval that holds just `value`."""
    exact = value if value.__class__ is Fraction else Fraction(value)
    return _made(exact, exact, True, True)


def intersect(a: Interval, b: Interval) -> Interval | None:
    """What both hold, or None when they have nothing in common."""
    low, low_closed = _higher((a.low, a.low_closed), (b.low, b.low_closed))
    high, high_closed = _lower((a.high, a.high_closed), (b.high, b.high_closed))
    if low is not None and high is not None and (low > high or (low == high and not (low_closed and high_closed))):
        return None
    return _made(low, high, low_closed, high_closed)


def intersect_all(intervals: Iterable[Interval]) -> Interval | None:
    """What all of them hold, or None; everything when there are none."""
    common: Interval | None = EVERYTHING
    for interval in intervals:
        if common is None:
            return None
        common = intersect(common, interval)
    return common


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all of a non-empty collection; raises ValueError when it is empty."""
    members = list(intervals)
    if not members:
        raise ValueError("the hull of nothing")
    low, low_closed = members[0].low, members[0].low_closed
    high, high_closed = members[0].high, members[0].high_closed
    for other in members[1:]:
        if low is not None and (other.low is None or other.low < low):
            low, low_closed = other.low, other.low_closed
        elif low == other.low:
            low_closed = low_closed or other.low_closed
        if high is not None and (other.high is None or other.high > high):
            high, high_closed = other.high, other.high_closed
        elif high == other.high:
            high_closed = high_closed or other.high_closed
    return Interval(low, high, low_closed, high_closed)


def is_within(inner: Interval, outer: Interval) -> bool:
    """True when `outer` holds everything that `inner` holds."""
    return intersect(inner, outer) == inner


def _higher(a: End, b: End) -> End:
    if a[0] is None:
        return b
    if b[0] is None:
        return a
    if a[0] == b[0]:
        return a[0], a[1] and b[1]
    return a if a[0] > b[0] else b


def _lower(a: End, b: End) -> End:
    if a[0] is None:
        return b
    if b[0] is None:
        return a
    if a[0] == b[0]:
        return a[0], a[1] and b[1]
    return a if a[0] < b[0] else b


def negate(a: Interval) -> Interval:
    """{-x}."""
    return _made(None if a.high is None else -a.high, None if a.low is None else -a.low, a.high_closed, a.low_closed)


def add(a: Interval, b: Interval) -> Interval:
    """{x + y}: the slacks add up, and an end is attained when both its terms are."""
    return _made(
        None if a.low is None or b.low is None else a.low + b.low,
        None if a.high is None or b.high is None else a.high + b.high,
        a.low_closed and b.low_closed,
        a.high_closed and b.high_closed,
    )


def subtract(a: Interval, b: Interval) -> Interval:
    """{x - y}."""
    return _made(
        None if a.low is None or b.high is None else a.low - b.high,
        None if a.high is None or b.low is None else a.high - b.low,
        a.low_closed and b.high_closed,
        a.high_closed and b.low_closed,
    )


def multiply(a: Interval, b: Interval) -> Interval:
    """{x * y}. A product of zero is attained as soon as one factor attains zero."""
    if a.low is not None and a.low == a.high:
        return _scale(b, a.low)
    if b.low is not None and b.low == b.high:
        return _scale(a, b.low)
    if a.low is not None and b.low is not None and a.low > 0 and b.low > 0:
        return _made(
            a.low * b.low,
            None if a.high is None or b.high is None else a.high * b.high,
            a.low_closed and b.low_closed,
            a.high_closed and b.high_closed,
        )
    corners = [
        _product(x, y, x_is_high, y_is_high)
        for x, x_is_high in (((a.low, a.low_closed), False), ((a.high, a.high_closed), True))
        for y, y_is_high in (((b.low, b.low_closed), False), ((b.high, b.high_closed), True))
    ]
    low, high = min(corners)[:2], max(corners)[:2]
    return Interval(
        None if low[0] else low[1],
        None if high[0] else high[1],
        any(attained for side, value, attained in corners if (side, value) == low),
        any(attained for side, value, attained in corners if (side, value) == high),
    )


def _scale(a: Interval, by: Fraction) -> Interval:
    if by == 0:
        return point(0)
    low = None if a.low is None else a.low * by
    high = None if a.high is None else a.high * by
    if by > 0:
        return _made(low, high, a.low_closed, a.high_closed)
    return _made(high, low, a.high_closed, a.low_closed)


def _product(x: End, y: End, x_is_high: bool, y_is_high: bool) -> tuple[int, Fraction, bool]:
    """A corner as (-1, 0 or 1 for minus infinity, finite or infinity; the finite value; attained)."""
    if (x[0] == 0 and x[1]) or (y[0] == 0 and y[1]):
        return 0, ZERO, True  # zero times anything that the other interval holds
    if x[0] == 0 or y[0] == 0:
        return 0, ZERO, False  # approached through finite values
    if x[0] is None or y[0] is None:
        return _sign(x[0], x_is_high) * _sign(y[0], y_is_high), ZERO, False
    return 0, x[0] * y[0], x[1] and y[1]


def _sign(value: Fraction | None, is_high: bool) -> int:
    if value is None:
        return 1 if is_high else -1
    return 1 if value > 0 else -1


def reciprocal(a: Interval) -> Interval:
    """{1 / x} for an interval without zero; raises ZeroDivisionError when it holds zero."""
    if ZERO in a or ((a.low is None or a.low < 0) and (a.high is None or a.high > 0)):
        raise ZeroDivisionError("the interval holds zero")
    low, low_closed = _inverse(a.high, a.high_closed)
    high, high_closed = _inverse(a.low, a.low_closed)
    return Interval(low, high, low_closed, high_closed)


def _inverse(value: Fraction | None, closed: bool) -> End:
    if value is None:
        return ZERO, False
    if value == 0:
        return None, False
    return 1 / value, closed


def divide(a: Interval, b: Interval) -> Interval:
    """{x / y} for a divisor without zero; raises ZeroDivisionError when it holds zero."""
    return multiply(a, reciprocal(b))


def without_zero(a: Interval) -> tuple[Interval, ...]:
    """The interval with zero left out: none, one or two intervals of one sign each."""
    parts = (intersect(a, NEGATIVE), intersect(a, POSITIVE))
    return tuple(part for part in parts if part is not None)


def absolute(a: Interval) -> Interval:
    """{|x|}."""
    if a.low is not None and a.low >= 0:
        return a
    if a.high is not None and a.high <= 0:
        return negate(a)
    mirrored = negate(a)
    high, high_closed = hull([a, mirrored]).high, hull([a, mirrored]).high_closed
    return Interval(ZERO, high, True, high_closed)


def minimum(a: Interval, b: Interval) -> Interval:
    """{min(x, y)}."""
    return negate(maximum(negate(a), negate(b)))


def maximum(a: Interval, b: Interval) -> Interval:
    """{max(x, y)}."""
    low, low_closed = _higher((a.low, a.low_closed), (b.low, b.low_closed))
    if a.high is None or b.high is None:
        return Interval(low, None, low_closed)
    if a.high == b.high:
        return Interval(low, a.high, low_closed, a.high_closed or b.high_closed)
    top = a if a.high > b.high else b
    return Interval(low, top.high, low_closed, top.high_closed)


def nth_largest(intervals: Sequence[Interval], place: int) -> Interval:
    """{the place-th largest of x, y, …}, counted from 1; there are as many intervals at least.

    At equal values an open low end is above a closed one, and an open high end below it: the extreme is attained only where
    enough of the others can go so far.
    """
    lows = sorted(intervals, key=lambda one: (one.low is not None, one.low or ZERO, not one.low_closed), reverse=True)
    highs = sorted(intervals, key=lambda one: (one.high is None, one.high or ZERO, one.high_closed), reverse=True)
    low, high = lows[place - 1], highs[place - 1]
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def power(a: Interval, exponent: int) -> Interval:
    """{x ** n} for a whole n from 0 up; 0 ** 0 is 1."""
    if exponent == 0:
        return point(1)
    if exponent % 2 == 0:
        a = absolute(a)
    return Interval(
        None if a.low is None else a.low**exponent,
        None if a.high is None else a.high**exponent,
        a.low_closed,
        a.high_closed,
    )


def nearest(a: Interval, value: Fraction) -> Fraction:
    """A value of the interval near `value`: itself, the closed end next to it, or a little inside of an open one."""
    if value in a:
        return value
    if a.low is not None and value <= a.low:
        if a.low_closed:
            return a.low
        return a.low + 1 if a.high is None else (a.low + a.high) / 2
    assert a.high is not None
    if a.high_closed:
        return a.high
    return a.high - 1 if a.low is None else (a.low + a.high) / 2
