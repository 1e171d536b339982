"""What a ratio was a time before, told behind the one of now: "18% in January, after 12% a year earlier"."""

from __future__ import annotations

import re
from itertools import pairwise

from crosscheck.claims.model import INFERRED
from crosscheck.extraction.model import Known
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, RATE, Measured
from crosscheck.extraction.sentences.tokens import Token, lacks, letters
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, prior, year_before
from crosscheck.inputs.values import replace

AFTER = ("after", "following")
# From the ratio of now to the one behind "after": its period, a comma.
_BETWEEN = re.compile(r"[.]?(?:i?[.T]{0,2}[PB])?,?(?P<after>[.])[.]?")


def measure_told_after(tokens: list[Token], numbers: list[int], measured: dict[int, Measured]) -> None:
    """Gives a ratio behind "after" the measure of the one before it: no rise since then; puts it into `measured`."""
    if lacks(tokens, AFTER):
        return
    row = letters(tokens)
    for now, then in pairwise(numbers):
        between = _BETWEEN.fullmatch(row, now + 1, then)
        if row[now] != "%" or row[then] != "%" or between is None or tokens[between.start("after")].text not in AFTER:
            continue
        if compiled(r"[.]?B").match(row, then + 1) is None:
            continue
        told = measured.get(now)
        if told is not None and told.measure in (RATE, GROWTH):
            measured[then] = replace(told, is_base=True, is_to=False, by_context=True)


def is_growth_of_then(measure: Measured) -> bool:
    """Whether a growth is told of a time before, beside that of now."""
    return measure.is_base and measure.measure == GROWTH


def growth_before(found: Known | None, now: Known | None, measure: Measured) -> Known | None:
    """What a growth of a time before was counted from: as far back as that time is from now."""
    if found is None or now is None or measure.measure not in (GROWTH, CHANGE):
        return None
    try:
        then = parse_period(found.value)
        step = year_before if normal_form(year_before(parse_period(now.value))) == found.value else prior
        return Known(normal_form(step(then)), INFERRED, found.start, found.end)
    except PeriodError:
        return None
