"""A rise told of the two levels before it: "Rents were €1,350 in 2023. In 2013 they were €900. That is a rise of 50%"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crosscheck.claims.model import CARRIED, EXPLICIT, PERIOD
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.sentences.frame import carried
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, MULTIPLE_OF
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.figures.periods import PeriodError, parse_period
from crosscheck.inputs.values import replace

REACH = 4  # statements looked back on
POINTS = re.compile(r"[.j]L[.T]{0,2}[UDC]")


def between_levels(tokens: Sequence[Token], statements: list[Statement], stated: Mapping[int, int]) -> None:
    """Gives a change that "That is …" points back with the period and base of the last two levels of one series."""
    if not stated or tokens[0].text not in words_of("pointer") or POINTS.match(letters(list(tokens[:6]))) is None:
        return
    at = min(stated)
    change = statements[stated[at]]
    period = change.dimensions.get(PERIOD)
    explicit = (period is not None and period.how == EXPLICIT) or (
        change.base_period is not None and change.base_period.how == EXPLICIT
    )
    if change.measure not in (GROWTH, CHANGE, MULTIPLE_OF) or explicit:
        return
    levels = [one for one in reversed(statements[max(stated[at] - REACH, 0) : stated[at]]) if one.measure == LEVEL][:2]
    if len(levels) < 2 or levels[0].unit != levels[1].unit or _series(levels[0]) != _series(levels[1]):
        return
    then, now = sorted(levels, key=lambda one: _end(one.dimensions.get(PERIOD)))
    first, last = (one.dimensions.get(PERIOD) for one in (then, now))
    if first is None or last is None or not 0 < _end(first) < _end(last):
        return
    dimensions = {name: known for name, value in now.dimensions.items() if (known := carried(value)) is not None}
    statements[stated[at]] = replace(change, dimensions=dimensions, base_period=replace(first, how=CARRIED))


def _series(one: Statement) -> dict[str, str]:
    return {name: known.value for name, known in one.dimensions.items() if name != PERIOD}


def _end(known: Known | None) -> int:
    try:
        return parse_period(known.value).last if known is not None else 0
    except PeriodError:
        return 0
