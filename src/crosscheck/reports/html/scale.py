"""From exact values to places on a drawing, and the ticks of an axis.

Where in the drawing a value stands is decided exactly, and only the place itself is a float: nothing else comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure, from_base, to_base
from crosscheck.figures.interval import Interval
from crosscheck.figures.showing import SCALE_WORDS, fixed, value_like

MAXIMUM_TICKS = 5
MARGIN = Fraction(1, 12)  # of the width, on either side of what is drawn


def spot(place: float) -> str:
    """A place on a drawing: to a tenth of its unit, which nobody sees."""
    return f"{place:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of values and the stretch of a drawing that they are laid upon."""

    low: Fraction
    high: Fraction
    start: int
    end: int

    def at(self, value: Fraction) -> float:
        """Where a value stands, no further than the ends of the drawing."""
        part = (value - self.low) / (self.high - self.low)
        if part <= 0 or part >= 1:
            return float(self.start if part <= 0 else self.end)
        return self.start + float(part) * (self.end - self.start)

    def ends(self, interval: Interval) -> tuple[float, float]:
        """Where an interval begins and ends; the end of the drawing where it has none."""
        return (
            float(self.start) if interval.low is None else self.at(interval.low),
            float(self.end) if interval.high is None else self.at(interval.high),
        )


def scale_for(values: Iterable[Fraction], start: int, end: int, zero: bool = False) -> Scale | None:
    """A scale that holds all values with a margin, from zero on where asked; None for no values."""
    found = list(values)
    if not found:
        return None
    low, high = min(found), max(found)
    if zero:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    margin = (high - low) * MARGIN or abs(low) * MARGIN or Fraction(1)
    return Scale(low if zero and not low else low - margin, high if zero and not high else high + margin, start, end)


def ends_of(intervals: Iterable[Interval]) -> Iterator[Fraction]:
    """The finite ends of intervals."""
    for interval in intervals:
        yield from (end for end in (interval.low, interval.high) if end is not None)


def ticks(scale: Scale, like: Figure, most: int = MAXIMUM_TICKS) -> list[tuple[Fraction, str]]:
    """Round values within a scale, in the unit and scale of a figure: each with its label, without the unit."""
    low, high = (from_base(end, like.unit) / like.scale for end in (scale.low, scale.high))
    step = _step((high - low) / most)
    first = -(-low // step)
    found = []
    value = first * step
    while value <= high:
        found.append((to_base(value * like.scale, like.unit), _label(value, step)))
        value += step
    return found


def axis_figure(scale: Scale, like: Figure) -> Figure:
    """A figure to label an axis like: in thousands, millions and so on where the figure itself is written out."""
    if like.scale != 1 or like.unit.offset or not like.unit.dimension:
        return like
    most = max(abs(scale.low), abs(scale.high)) / like.unit.factor
    fitting = [one for one in SCALE_WORDS if one >= 10**6 and one <= most]
    return replace(like, scale=Fraction(max(fitting))) if fitting else like


def _step(least: Fraction) -> Fraction:
    """The smallest of 1, 2 and 5 times a power of ten that is no smaller."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


def _label(value: Fraction, step: Fraction) -> str:
    places = 0
    while (step * 10**places).denominator != 1:
        places += 1
    return short_number(value, places)


def short_number(value: Fraction, places: int) -> str:
    """A number for an axis: with commas, and as a power of ten where it is very large."""
    text = fixed(value, places)
    whole = text.lstrip("-").partition(".")[0]
    if len(whole) > 9:
        lead = whole[0] if not whole[1:2].strip("0") else f"{whole[0]}.{whole[1]}"
        return f"{'-' if value < 0 else ''}{lead}e{len(whole) - 1}"
    sign = "−" if text.startswith("-") else ""
    grouped = f"{int(whole):,}" if len(whole) > 4 else whole
    rest = text.partition(".")[2]
    return f"{sign}{grouped}.{rest}" if rest else f"{sign}{grouped}"


def unit_words(like: Figure) -> str:
    """The words of a figure's unit and scale: `billion USD`, `%`; nothing for a bare number."""
    return value_like(Fraction(0), like, 0).removeprefix("0").strip()
