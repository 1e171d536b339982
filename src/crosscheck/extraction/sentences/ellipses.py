"""Units that a writer leaves out: "exports came to 6.1 billion dollars and imports to 2.3 billion"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from crosscheck.claims.model import CARRIED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import BARE, MEASURE, MONEY, PERCENT, Number
from crosscheck.extraction.sentences.frame import Frame, is_bilateral
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, RATE, SHARE, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.inputs.values import replace

A_YEAR = re.compile(r"\s(?:an?|per|each|every)\s(?:whole\s)?year(?!\s(?:earlier|ago|before|later))")
OWN_RATE = re.compile(
    r"\s(?:(?:an?|per|for each|for every|each|every)\s(?!time|further|total)|each|apiece|annually|yearly)"
)
OF_RATE = re.compile(r"%[PBi.,UD]{0,6}[fv][.]?$")  # "5.1 percent in May, down from 5.4"
NEAR = 8  # times that two figures of one rate differ
MOST = 20  # times that two figures of one kind differ, where the one has the scale of the other


def with_units_left_out(state: Walk, said: Mapping[int, Number], measured: dict[int, Measured]) -> dict[int, Number]:
    """The numbers of a sentence, bare ones with the unit of the amount of the same kind before them.

    What is a rate like the one before it becomes so in `measured`: "8.7 percent in March from 7.9 in February".
    """
    found = dict(said)
    last: int | None = None
    _give_percent(state, found, measured)
    for at in sorted(said):
        number, measure, frame = found[at], measured.get(at), state.frames.get(at)
        if measure is None or frame is None or measure.measure not in (LEVEL, CHANGE):
            continue
        if number.kind == MONEY and last is not None and _lost_its_scale(state, at, last, found, measured):
            found[at] = _like(replace(number, unit="", figure=number.figure.split()[0]), found[last])
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


def _give_percent(state: Walk, found: dict[int, Number], measured: dict[int, Measured]) -> None:
    """ "Recorded at 8.7 percent, from 7.9 in February": what a rate is compared with is one, whatever sign is left out."""
    for one, other in pairwise(sorted(found)):
        rate, number = measured.get(one), found[other]
        told = measured.get(other)
        if rate is None or told is None or rate.measure not in (RATE, SHARE) or found[one].kind != PERCENT:
            continue
        if number.kind != BARE or number.unit or not told.is_base or " " in number.figure:
            continue
        if "I" in state.row[one:other] or not OF_RATE.search(state.row[:other]) or one not in state.frames:
            continue  # told of something else
        if number.value < NEAR * found[one].value and found[one].value < NEAR * number.value and number.value <= 100:
            found[other] = replace(number, unit="percent", figure=f"{number.figure} %", kind=PERCENT)
            measured[other] = replace(rate, is_base=True, is_to=False, by_context=True)
            state.frames[other] = state.frames[one]


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


def with_rates_left_out(
    text: str, state: Walk, said: Mapping[int, Number], measured: Mapping[int, Measured]
) -> dict[int, Number]:
    """ "€1,350 a month, up from €1,200", "from 30 to 40 dollars a ton": one that is compared with a rate is one itself.

    So is what "they" are told to be in a sentence that goes on with what had a rate before.
    """
    found = dict(said)
    for at, number in said.items():
        frame, measure = state.frames.get(at), measured.get(at)
        if not number.unit or frame is None or frame.indicator is None or measure is None:
            continue
        if "/" in number.unit:
            state.rates[frame.indicator.value] = number.unit
            continue
        if number.kind not in (MONEY, MEASURE) or measure.measure not in (LEVEL, CHANGE) or "per" in frame.other:
            continue
        if measure.measure == CHANGE:
            unit = _rate_that_changed(state, at, said)
            if unit is not None:
                found[at] = replace(number, figure=number.figure.removesuffix(number.unit) + unit, unit=unit)
            continue
        state.rates[frame.indicator.value] = ""
        if OWN_RATE.match(text, number.end) is not None and not text.startswith(" a year earlier", number.end):
            continue
        unit = _rate_beside(state, at, said, measured) or _rate_before(state, frame, number.unit)
        if unit is not None:
            figure = number.figure.removesuffix(number.unit) + unit
            found[at] = replace(number, figure=figure, unit=unit)
            state.rates[frame.indicator.value] = unit
            state.frames[at] = replace(frame, other={name: known for name, known in frame.other.items() if name != "basis"})
    return found


def _rate_beside(state: Walk, at: int, said: Mapping[int, Number], measured: Mapping[int, Measured]) -> str | None:
    """The unit of the other figure of the sentence that the one at index `at` is compared with."""
    own, measure, frame = said[at], measured[at], state.frames[at]
    for other, number in said.items():
        beside = state.frames.get(other)
        if beside is None or other not in measured or not number.unit.startswith(f"{own.unit}/"):
            continue
        compared = measured[other].is_base != measure.is_base
        near = own.value < NEAR * number.value and number.value < NEAR * own.value
        if not (compared and near) or beside.indicator is None or frame.indicator is None:
            continue
        if beside.indicator.value == frame.indicator.value:
            return number.unit
    return None


def _rate_that_changed(state: Walk, at: int, said: Mapping[int, Number]) -> str | None:
    """ "It averaged $64.71 a barrel, up by $1.79": the unit of the rate right before, of which the change is told."""
    last = max((other for other in said if other < at), default=None)
    if last is None or not said[last].unit.startswith(f"{said[at].unit}/") or ";" in state.row[last:at]:
        return None
    one, other = state.frames[at].indicator, state.frames[last].indicator if last in state.frames else None
    same = one is not None and other is not None and one.value == other.value
    return said[last].unit if same and said[at].value < said[last].value else None


def _rate_before(state: Walk, frame: Frame, unit: str) -> str | None:
    """The unit in which the indicator was stated last, where it is only carried and that was a rate."""
    if frame.indicator is None or frame.indicator.how != CARRIED:
        return None
    rate = state.context.rates.get(frame.indicator.value, "")
    return rate if rate.startswith(f"{unit}/") else None


def _lost_its_scale(state: Walk, at: int, last: int, found: Mapping[int, Number], measured: Mapping[int, Measured]) -> bool:
    """ "From Rs 2,303.35 crore to Rs 2,973.91": an amount that is told beside another, without its scale."""
    one, other = found[last], found[at]
    frames = state.frames[last].indicator, state.frames[at].indicator
    same = frames[0] is not None and frames[1] is not None and frames[0].value == frames[1].value
    moved = measured[at].is_to and measured[last].is_base
    bare = same and moved and one.unit == other.unit and len(one.figure.split()) == 3 and len(other.figure.split()) == 2
    if not bare or not (printed := _plain(one.figure.split()[0])):
        return False
    return other.value < MOST * printed and printed < MOST * other.value  # but "from £2.8 million to £320,000"


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
