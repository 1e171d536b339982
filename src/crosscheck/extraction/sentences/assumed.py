"""The year in which an undated text was written, as far as it shows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from crosscheck.extraction.model import Period

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DATED = re.compile(
    r"\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day),? \(?(30|[12]?[0-9]) "
    r"(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


@dataclass(frozen=True, slots=True)
class Assumed:
    """The year in which an undated text was written, as far as it shows; sure where it compares with the year before."""

    year: int
    is_sure: bool


def assumed_year(text: str, periods: Iterable[Period]) -> Assumed | None:
    """From the years that a text names: it was written after those that it tells of and compares with."""
    compared, told = 0, 0
    for period in periods:
        if period.value is None or not period.value[:4].isdigit() or period.cue == "by":
            continue
        year = int(period.value[:4])
        if period.compares:
            compared = max(compared, year)
        elif len(period.value) == 4:
            told = max(told, year)
    if compared and compared >= told:
        return Assumed(compared + 1, True)
    if not told:
        return None
    by_weekday = {year for year in (told, told + 1) if _weekdays_fit(text, year)}
    return Assumed(by_weekday.pop(), True) if len(by_weekday) == 1 else Assumed(told + 1, False)


def _weekdays_fit(text: str, year: int) -> bool:
    """Whether the weekdays that a text gives with dates are those of a year: "Tuesday (28 March)"."""
    found = [
        datetime.date(year, MONTHS.index(month[:3].lower()) + 1, int(day)).weekday() == DAYS.index(weekday[:3].lower())
        for weekday, day, month in DATED.findall(text)
        if int(day) <= 28 or month[:3].lower() != "feb"
    ]
    return bool(found) and all(found)
