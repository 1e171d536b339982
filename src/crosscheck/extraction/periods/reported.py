"""The period whose results a release tells, by its title: "Fiscal 2019 Fourth-Quarter Results", "Q2FY26", "H1 2024"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.claims.model import CARRIED
from crosscheck.extraction.model import Calendar, Known, Mentions, Period, Reported
from crosscheck.extraction.periods.fiscal import fiscal_period
from crosscheck.extraction.source import ASIDE, Block
from crosscheck.figures.periods import PeriodError, parse_period

TITLES, HEAD = 2, 6  # paragraphs in which a period is that of the release, and in which its days are told
_ENDED = re.compile(r"\bend(?:ed|ing)\b", re.IGNORECASE)
_SPAN = re.compile(r"\d{4}-(?:Q\d|S\d)|\d{4}|FY\d{4}(?:-[QS]\d)?|\d{4}-\d\d/\d{4}-\d\d")
_DAYS = {"Q": (80, 100), "S": (170, 200), "": (350, 380)}
_PARTS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_OF_QUARTER = re.compile(
    r"(?:its |the |our |this )?fiscal (?P<which>first|second|third|fourth)[ -]quarter\b", re.IGNORECASE
)


def meant_by(reported: Reported, mention: Period, said: str) -> str | None:
    """The fiscal period of a release that a mention means, which is printed as `said`: by its days, or a quarter or half
    without a year; else None."""
    whole = reported.period.value
    if not whole.startswith("FY"):
        return None
    if mention.value is not None and mention.value == reported.days:
        return whole
    part = whole[7:]
    named = _OF_QUARTER.match(said)
    what = mention.pointing.what if mention.pointing is not None and not mention.compares else ""
    if part and (what in (part, f"{part}@fiscal") or (named and f"Q{_PARTS[named['which'].lower()]}" == part)):
        return whole
    return None


def reported_in(text: str, read: Sequence[tuple[Block, Mentions]], calendar: Calendar) -> Reported | None:
    """What the title of a release says of its period, or None; `calendar` is how it counts."""
    told = [(block, mentions) for block, mentions in read if block.kind != ASIDE]
    period = None
    for block, mentions in told[:TITLES]:
        for mention in mentions.periods:
            named = fiscal_period(mention, None, calendar) if mention.value is None else mention.value
            if period is None and named is not None and not mention.compares and _SPAN.fullmatch(named):
                period = Known(named, CARRIED, mention.start, mention.end)
        if any(number.unit for number in mentions.numbers) and block is not told[0][0]:
            break
    if period is None:
        return None
    low, high = _DAYS[period.value[7:8]] if period.value.startswith("FY") else (1, 0)
    for _, mentions in told[:HEAD]:
        for mention in mentions.periods:
            ended = _ENDED.search(text, mention.start, mention.end) is not None and mention.value is not None
            if ended and low <= _length(mention.value or "") <= high:
                return Reported(period, mention.value)
    return Reported(period)


def _length(period: str) -> int:
    try:
        found = parse_period(period)
    except PeriodError:
        return 0
    return found.last - found.first + 1
