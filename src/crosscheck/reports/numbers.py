"""Exact numbers for machines; those for people are shown by `figures.showing`."""

from __future__ import annotations

from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import interval_from_base
from crosscheck.figures.interval import Interval
from crosscheck.figures.showing import digits_of as digits_of
from crosscheck.figures.showing import fixed as fixed
from crosscheck.figures.showing import gap_like as gap_like
from crosscheck.figures.showing import grouped as grouped
from crosscheck.figures.showing import interval_like as interval_like
from crosscheck.figures.showing import value_like as value_like
from crosscheck.figures.units import Unit


def exact(value: Fraction) -> str:
    """A decimal, or p/q where the decimal does not end."""
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    if denominator != 1:
        sign = "-" if value < 0 else ""
        return f"{sign}{digits_of(abs(value.numerator))}/{digits_of(value.denominator)}"
    return fixed(value, max(twos, fives))


def machine_interval(interval: Interval, unit: Unit) -> dict[str, object]:
    """The interval as exact strings in `unit`."""
    shown = interval_from_base(interval, unit)
    return {
        "low": "-inf" if shown.low is None else exact(shown.low),
        "high": "inf" if shown.high is None else exact(shown.high),
        "low_closed": shown.low_closed,
        "high_closed": shown.high_closed,
        "unit": unit.name,
    }
