"""Units that a writer leaves out: "exports came to 6.1 billion dollars and imports to 2.3 billion"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import BARE, MEASURE, MONEY, Number
from crosscheck.extraction.sentences.frame import Frame, is_bilateral
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.inputs.values import replace

A_YEAR = re.compile(r"\s(?:an?|per|each|every)\s(?:whole\s)?year(?!\s(?:earlier|ago|before|later))")
MOST = 20  # times that two figures of one kind differ, where the one has the scale of the other


def with_units_left_out(state: Walk, said: Mapping[int, Number], measured: Mapping[int, Measured]) -> dict[int, Number]:
    """The numbers of a sentence, bare ones with the unit of the amount of the same kind before them."""
    found = dict(said)
    last: int | None = None
    for at in sorted(said):
        number, measure, frame = found[at], measured.get(at), state.frames.get(at)
        if measure is None or frame is None or measure.measure not in (LEVEL, CHANGE):
            continue
        if number.kind in (MONEY, MEASURE):
            last = at if not number.unit.startswith("/") else None
        elif (
            number.kind == BARE
            and not number.unit
            and last is not None
            and _is_of_one_kind(state, state.frames[last], frame)
        ):
            found[at] = _like(number, found[last])
    return found


def with_years(text: str, said: Mapping[int, Number]) -> dict[int, Number]:
    """ "£2.4 million a month, or £19 million a year": a year is no period where another span stands beside it."""
    found = dict(said)
    rates = {
        number.unit.split("/")[0]
        for number in said.values()
        if number.unit.endswith(("/month", "/week", "/day", "/quarter"))
    }
    for at, number in said.items() if rates else ():
        if number.unit in rates and A_YEAR.match(text, number.end) is not None:
            figure = number.figure.removesuffix(number.unit) + f"{number.unit}/year"
            found[at] = replace(number, figure=figure, unit=f"{number.unit}/year")
    return found


def _is_of_one_kind(state: Walk, one: Frame, other: Frame) -> bool:
    """Whether figures of two frames have one unit: both of trade, or of one indicator."""
    if one.indicator is None or other.indicator is None:
        return False
    same = one.indicator.value == other.indicator.value
    return same or (is_bilateral(state.lists, one.indicator) and is_bilateral(state.lists, other.indicator))


def _like(number: Number, other: Number) -> Number:
    """The number with the unit of another; and with its scale too, where it has none and would be another size."""
    words = other.figure.split()
    own = number.figure.split()
    scales = words_of("scales")
    if len(own) > 1:  # "2.3 billion"
        if other.value > MOST * number.value * 1000 or number.value > MOST * other.value * 1000:
            return number
        return replace(number, unit=other.unit, kind=other.kind, figure=f"{number.figure} {other.unit}")
    if len(words) < 3 or words[1] not in scales:
        return number
    by = other.value / _plain(words[0]) if _plain(words[0]) else Fraction(1)
    value = number.value * by
    if not (value < MOST * other.value and other.value < MOST * value) or "." not in own[0]:
        return number
    return replace(
        number, value=value, unit=other.unit, kind=other.kind, figure=f"{own[0]} {words[1]} {other.unit}", shared=True
    )


def _plain(digits: str) -> Fraction:
    try:
        return Fraction(digits.replace(",", ""))
    except ValueError:
        return Fraction(0)
