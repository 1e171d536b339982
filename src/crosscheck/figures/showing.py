"""Numbers for people, in the unit and scale of a printed figure."""

from __future__ import annotations

import re
from functools import lru_cache

from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure, from_base
from crosscheck.figures.interval import Interval
from crosscheck.figures.unit_table import ROWS

SCALE_WORDS = {10**12: "trillion", 10**9: "billion", 10**6: "million", 10**3: "thousand"}
MAXIMUM_PLACES = 9
MARKED = re.compile(r"[0-9],[0-9]")
# Things whose singular is more than the plural without its last letter.
SINGULAR = {
    **{"people": "person", "men": "man", "women": "woman", "children": "child", "buses": "bus"},
    **{word: word for word in ("series", "species", "gas")},
}
UNIT_WORDS = {"percentage_point": "points", "basis_point": "basis points"}
SPELT_OUT = ("time", "calendar", "length", "mass", "area", "volume")  # kinds that have units without a symbol


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


def grouped(value: Fraction, places: int, least: int = 5) -> str:
    """Like `fixed`, with commas between thousands from so many digits on."""
    text = fixed(value, places)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, rest = digits.partition(".")
    if len(whole) < least:
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
    return _with_unit(_marked(scaled, places, figure), figure)


def _marked(value: Fraction, places: int, figure: Figure) -> str:
    """With thousands marked from four digits on where the figure is printed with marks."""
    return grouped(value, places, 4 if MARKED.search(figure.printed) else 5)


def interval_like(interval: Interval, figure: Figure) -> str:
    """An interval in base units for people: `24.164–24.260 billion USD`, `at least …`, `more than …`, one value."""
    if interval.is_point:
        assert interval.low is not None
        return value_like(interval.low, figure)
    places = places_for(interval, figure)
    ends = [None if end is None else from_base(end, figure.unit) / figure.scale for end in (interval.low, interval.high)]
    low, high = (None if end is None else _marked(end, places, figure) for end in ends)
    if low is not None and low == high:  # around a root, which no decimal is
        assert interval.low is not None
        return value_like(interval.low, figure)
    if low is None and high is None:
        return "anything"
    if low is None:
        return f"{'at most' if interval.high_closed else 'less than'} {_with_unit(high or '', figure)}"
    if high is None:
        return f"{'at least' if interval.low_closed else 'more than'} {_with_unit(low, figure)}"
    dash = " to " if low.startswith("-") or high.startswith("-") else "–"
    return _with_unit(f"{low}{dash}{high}", figure)


def _with_unit(number: str, figure: Figure) -> str:
    scale = SCALE_WORDS.get(int(figure.scale), "") if figure.scale > 1 else ""
    if figure.unit.name == "percent":
        return f"{number}%"
    name = _unit_words(figure.unit.name, is_one=number in ("1", "-1") and not scale)
    return " ".join(part for part in (number, scale, name) if part)


def _unit_words(unit: str, is_one: bool) -> str:
    """The name of a unit as it stands behind a number: `years`, `1 year`, `barrels/day`, `t`."""
    if unit.startswith("{") or unit in UNIT_WORDS:
        words = UNIT_WORDS.get(unit, unit.strip("{}"))
        return singular(words) if is_one else words
    first, slash, rest = unit.partition("/")
    spelt = first.replace("_", " ")
    return f"{spelt if is_one or first not in _spelt_out() else spelt + 's'}{slash}{rest}"


@lru_cache
def _spelt_out() -> frozenset[str]:
    """The units that have no symbol, so that their name is a word, and takes a plural."""
    rows = [row for kind in SPELT_OUT for row in ROWS[kind]]
    return frozenset(row.name for row in rows if f"{row.name.replace('_', ' ')}," in f"{row.words},") - {
        "oz",
        "lb",
        "stone",
    }


def singular(words: str) -> str:
    """One of the things that a plural names: `ship` for `ships`, `person` for `people`."""
    before, _, word = words.rpartition(" ")
    if word in SINGULAR:
        word = SINGULAR[word]
    elif word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith(("sses", "ches", "shes", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return f"{before} {word}".strip()


def gap_like(gap: Fraction, figure: Figure) -> str:
    """A difference in base units: percentages differ by points."""
    scaled = gap / (figure.unit.factor * figure.scale)
    places = next((p for p in range(4) if (scaled * 10**p).denominator == 1), 2)
    if figure.unit.name == "percent":
        return f"{grouped(scaled, places)} {'point' if scaled == 1 else 'points'}"
    return _with_unit(_marked(scaled, places, figure), figure)
