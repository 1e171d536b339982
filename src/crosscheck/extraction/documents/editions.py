"""The year of the count that a text tells of: of its census, of the crop that it estimates; and the day of a count."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, EXPLICIT, INDICATOR, INFERRED
from crosscheck.extraction.model import Calendar, Known
from crosscheck.extraction.periods.fiscal import fiscal_year
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, Measured
from crosscheck.extraction.sentences.times_beside import first_day, last_day
from crosscheck.extraction.sentences.times_compared import Times
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, year_before
from crosscheck.inputs.values import replace

OPENING = 900  # characters from the beginning in which a text names the count that it tells of
_YEAR = r"(?P<{}>(?:19|20)[0-9]{{2}})"
CENSUS = re.compile(
    rf"\b{_YEAR.format('before')} (?:[A-Z][a-z]+ (?:and )?){{0,4}}(?i:census)\b"
    rf"|\b(?i:census)(?: of| for)? {_YEAR.format('behind')}\b(?![-/–][0-9])"
)
# "5% more than the 2022 crop": what is estimated is the crop after it.
CROP_BEFORE = re.compile(
    rf"\b(?:than|from|over|on|above|below|against|with) (?:the )?{_YEAR.format('before')} (?:[a-z]+ )?(?:crop|harvest)\b"
)
COMPARED = re.compile(r"\b(?:than|since|from|against|compared|previous|earlier)\b[^.!?;]*\Z")
# "The 2024 budget was adopted", "presented the Budget 2022-23": what it sets is of that year.
BUDGET = re.compile(
    rf"\b{_YEAR.format('before')}(?:[-/–](?P<second>[0-9]{{2}}))? (?:[a-z]+ )?budget\b|\bbudget (?:for |of )?(?:the )?"
    rf"(?:(?:fiscal|financial) )?(?:year )?{_YEAR.format('behind')}(?:[-/–](?P<two>[0-9]{{2}}))?\b",
    re.IGNORECASE,
)
HEAD = 600  # characters in which a text names the budget that it tells of
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def edition_of(text: str, published: datetime.date | None, calendar: Calendar) -> Known | None:
    """The year of what a text tells of: its census, its budget, or the crop that it estimates; None where it names none."""
    years = {
        int(match["before"] or match["behind"]): match
        for match in CENSUS.finditer(text, 0, OPENING)
        if (published is None or int(match["before"] or match["behind"]) <= published.year)
        and COMPARED.search(text, max(match.start() - 60, 0), match.start()) is None
    }
    if years:
        return Known(str(max(years)), INFERRED, years[max(years)].start(), years[max(years)].end())
    budget = BUDGET.search(text, 0, HEAD)
    if budget is not None and published is not None and int(budget["before"] or budget["behind"]) >= published.year:
        first, second = int(budget["before"] or budget["behind"]), budget["second"] or budget["two"]
        year = str(first) if second is None else fiscal_year(first + 1, calendar)
        return Known(year, INFERRED, budget.start(), budget.end())
    found = CROP_BEFORE.search(text)
    if found is None or published is None or int(found["before"]) != published.year - 1:
        return None
    return Known(str(published.year), INFERRED, found.start(), found.end())


def of_that_day(
    when: dict[int, Times],
    frames: Mapping[int, Frame],
    measured: Mapping[int, Measured],
    day: Known | None,
    lists: CodeLists,
) -> Known | None:
    """Gives what was counted on a day that the text has told its time, where only a year or nothing is said of it.

    "The population was 5.2 million on 1 January. … In 2023 it fell by 12,000": to what it was on that day, from a year
    before. Returns the day that holds for the next sentence.
    """
    last = day
    for at, told in when.items():
        frame = frames.get(at)
        code = lists.find(INDICATOR, frame.indicator.value) if frame is not None and frame.indicator is not None else None
        if code is None or code.nature != "stock" or at not in measured:
            continue
        period = told.period
        if period is not None and period.how == EXPLICIT and DAY.fullmatch(period.value):
            last = period if measured[at].measure == LEVEL and not measured[at].is_base else last
        elif day is not None and period is not None and not told.is_base and _ends_then(period.value, day.value):
            known = replace(day, how=CARRIED)
            compared = measured[at].measure in (GROWTH, CHANGE) and (told.base is None or told.base.how != EXPLICIT)
            when[at] = replace(told, period=known, base=_year_before(known) if compared else told.base)
    return last


def _ends_then(period: str, day: str) -> bool:
    """Whether a year ends with a day, or just before it, or holds it."""
    if len(period) != len("2024"):
        return False
    then = first_day(day)
    return first_day(period) <= then <= last_day(period) + 1


def _year_before(day: Known) -> Known | None:
    try:
        return replace(day, value=normal_form(year_before(parse_period(day.value))), how=INFERRED)
    except PeriodError:
        return None
