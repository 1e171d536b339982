"""Whether a figure is a fact, a plan or an estimate."""

from __future__ import annotations

import datetime

from crosscheck.extraction.model import Known, Period
from crosscheck.extraction.sentences.tokens import Token
from crosscheck.figures.periods import PeriodError, ends_by, normal_form, parse_period, starts

# Days by which a quarter of a fiscal year may end before that of the calendar year: "the first quarter of fiscal 2019".
EARLIEST = 335
FACT, PLAN, ESTIMATE = "fact", "plan", "estimate"


def modality_of(tokens: list[Token], at: int, period: Known | None, published: datetime.date | None) -> str:
    """By the last cue before the number in its clause, and by a period that is still to come."""
    for index in range(at - 1, max(at - 40, -1), -1):
        token = tokens[index]
        if token.letter in ";u!":
            break
        if token.letter == "q":
            return PLAN
        if token.letter == "e":
            return ESTIMATE
        mention = token.mention if token.letter in "PB" else None
        if isinstance(mention, Period) and mention.cue == "by" and _is_future(period, published):
            return PLAN
    return PLAN if _is_future(period, published) else FACT


def _is_future(period: Known | None, published: datetime.date | None) -> bool:
    """Whether the period begins after the document was published."""
    if period is None or published is None:
        return False
    try:
        parsed = parse_period(period.value)
    except PeriodError:
        return False
    if starts(parsed) is None and normal_form(parsed)[6:]:
        return parsed.last - EARLIEST > published.toordinal()
    first = datetime.date.fromordinal(parsed.first)
    return first > published and not ends_by(parsed, published)
