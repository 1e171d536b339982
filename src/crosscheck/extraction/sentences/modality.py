"""Whether a figure is a fact, a plan or an estimate."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Period
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.figures.periods import PeriodError, ends_by, normal_form, parse_period, starts

# Days by which a quarter of a fiscal year may end before that of the calendar year: "the first quarter of fiscal 2019".
EARLIEST = 335
HALF_A_YEAR = 183  # days before its calendar year by which a fiscal year, or a season told by two years, has mostly begun
REACH = 39  # tokens before a number in which a cue is its own
FACT, PLAN, ESTIMATE = "fact", "plan", "estimate"


def modality_of(tokens: Sequence[Token], at: int, period: Known | None, published: datetime.date | None) -> str:
    """By the last cue before the number in its clause, and by a period that is still to come."""
    row = letters(tokens)
    first = max(row.rfind(mark, max(at - REACH, 0), at) for mark in ";u!") + 1 or max(at - REACH, 0)
    planned, estimated = row.rfind("q", first, at), row.rfind("e", first, at)
    planned = -1 if planned >= 0 and _is_remark(tokens, planned) else planned
    if planned > estimated or (at and tokens[at - 1].text in words_of("planned")):
        return PLAN
    if not is_future(period, published):
        return ESTIMATE if estimated >= 0 else FACT
    by_then = any(
        isinstance(token.mention, Period) and token.mention.cue == "by" for token in tokens[max(estimated, first) : at]
    )
    return ESTIMATE if estimated >= 0 and not by_then else PLAN


def _is_remark(tokens: Sequence[Token], at: int) -> bool:
    """ "It should be noted that turnover was $5 million": no plan."""
    words = " ".join([token.text for token in tokens[at : at + 3]]).split()
    return words[:2] == ["should", "be"] and not words_of("remarked").isdisjoint(words[2:3])


def is_future(period: Known | None, published: datetime.date | None) -> bool:
    """Whether the period begins after the document was published."""
    if period is None or published is None:
        return False
    try:
        parsed = parse_period(period.value)
    except PeriodError:
        return False
    if starts(parsed) is None and normal_form(parsed)[6:]:
        return parsed.last - EARLIEST > published.toordinal()
    if starts(parsed) is None:
        return parsed.first - HALF_A_YEAR > published.toordinal()
    first = datetime.date.fromordinal(parsed.first)
    return first > published and not ends_by(parsed, published)
