"""Numbers for people, in the unit and scale of a printed figure."""

from __future__ import annotations

from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure, from_base
from crosscheck.figures.interval import Interval

SCALE_WORDS = {10**12: "trillion", 10**9: "billion", 10**6: "million", 10**3: "thousand"}
MAXIMUM_PLACES = 9


def digits_of(value: int) -> str:
    """The digits of a whole number from 0 on, however many: Python itself stops at some thousands."""
    if value.bit_length() <= 10_000:
        return str(value)
    half = value.bit_length() * 3 // 20  # about half of its digits, as a bit is 0.3 of one
    above, below = divmod(value, 10**half)
    return digits_of(above) + digits_of(below).rjust(half, "0")


def fixed(value: Fraction, places: int) -> str:
    """The value rounded to a number of decimal places, halves away from zero, without grouping."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = digits_of(whole).rjust(places + 1, "0")
    text = digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}"
    return f"-{text}" if value < 0 and whole else text


def grouped(value: Fraction, places: int) -> str:
    """Like `fixed`, with commas between thousands from five digits on."""
    text = fixed(value, places)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, rest = digits.partition(".")
    if len(whole) <= 4:
        return text
    first = len(whole) % 3 or 3
    parts = [whole[:first], *(whole[start : start + 3] for start in range(first, len(whole), 3))]
    return f"{sign}{','.join(parts)}{dot}{rest}"


def places_for(interval: Interval | None, figure: Figure) -> int:
    """Decimal places that tell an interval's ends apart: two digits of its width, and one more than was printed."""
    places = max(figure.decimals + 1, 2) if figure.scale > 1 or figure.unit.kind != "count" else figure.decimals
    if interval is None or interval.low is None or interval.high is None or interval.is_point:
        return places
    width = (interval.high - interval.low) / (figure.unit.factor * figure.scale)
    needed = 1
    while width * 10**needed < 10 and needed < MAXIMUM_PLACES:
        needed += 1
    return min(max(places, needed), MAXIMUM_PLACES)


def value_like(value: Fraction, figure: Figure, places: int | None = None) -> str:
    """A value in base units as the figure is printed: unit and scale of the figure, with places to match."""
    scaled = from_base(value, figure.unit) / figure.scale
    if places is None:
        places = next((p for p in range(5) if (scaled * 10**p).denominator == 1), max(figure.decimals + 1, 2))
    return _with_unit(grouped(scaled, places), figure)


def interval_like(interval: Interval, figure: Figure) -> str:
    """An interval in base units for people: `24.164–24.260 billion USD`, `at least …`, `more than …`, one value."""
    if interval.is_point:
        assert interval.low is not None
        return value_like(interval.low, figure)
    places = places_for(interval, figure)
    ends = [None if end is None else from_base(end, figure.unit) / figure.scale for end in (interval.low, interval.high)]
    low, high = (None if end is None else grouped(end, places) for end in ends)
    if low is None and high is None:
        return "anything"
    if low is None:
        return f"{'at most' if interval.high_closed else 'less than'} {_with_unit(high or '', figure)}"
    if high is None:
        return f"{'at least' if interval.low_closed else 'more than'} {_with_unit(low, figure)}"
    dash = " to " if low.startswith("-") or high.startswith("-") else "–"
    return _with_unit(f"{low}{dash}{high}", figure)


def _with_unit(number: str, figure: Figure) -> str:
    unit = figure.unit.name
    scale = SCALE_WORDS.get(int(figure.scale), "") if figure.scale > 1 else ""
    if unit == "percent":
        return f"{number}%"
    words = {"percentage_point": "points", "basis_point": "basis points"}
    name = unit.strip("{}") if unit.startswith("{") else words.get(unit, unit)
    return " ".join(part for part in (number, scale, name) if part)


def gap_like(gap: Fraction, figure: Figure) -> str:
    """A difference in base units: percentages differ by points."""
    scaled = gap / (figure.unit.factor * figure.scale)
    places = next((p for p in range(4) if (scaled * 10**p).denominator == 1), 2)
    if figure.unit.name == "percent":
        return f"{grouped(scaled, places)} points"
    return _with_unit(grouped(scaled, places), figure)
