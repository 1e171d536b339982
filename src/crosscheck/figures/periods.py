"""Calendar periods: years, semesters, quarters, months, dates, and ranges of them, compared by normal form.

A period is its first and last day, so 2023-S1, 2023-H1 and 2023-01/2023-06 are one value, and containment is
two comparisons. A fiscal year whose end is unknown (FY2023), and a part of one (FY2023-Q2, FY2023-S1), are opaque: equal
only to themselves, with no known days.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

FIRST_YEAR = 1000
LAST_YEAR = 2999
MAXIMUM_LENGTH = 32

FORMS = "2023, 2023-S1, 2023-Q3, 2023-04, 2023-W07, 2023-12-31, 2023-01/2023-04, FY2023 or FY2023-Q2"

_MONTHS_OF = {"year": 12, "semester": 6, "quarter": 3, "month": 1}
_YEAR = re.compile(r"[12][0-9]{3}")
_PART = re.compile(r"(?P<letter>[QSHW])(?P<number>[0-9]{1,2})", re.IGNORECASE)
_MONTH = re.compile(r"[0-9]{2}")
_FISCAL = re.compile(r"FY ?(?P<year>[12][0-9]{3})(?:-(?P<part>[QSH][1-4]))?", re.IGNORECASE)


class PeriodError(ValueError):
    """Text or arithmetic that gives no period between the years 1000 and 2999, and why."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A period in its only form: the ordinals (date.toordinal) of its first and last day, and its grain.

    The grain follows from the days: "year", "semester", "quarter" and "month" are those of the calendar,
    "years" and "months" are longer runs of them, "day" and "days" begin or end within a month. "fiscal" is a
    year, or its part, whose days are unknown; it has those of the calendar only to have a place in an order. Make
    periods with `parse_period`, `from_dates`, `from_months` or `fiscal_year`, which keep the form unique.
    """

    first: int
    last: int
    grain: str

    def __str__(self) -> str:
        return normal_form(self)


@lru_cache(maxsize=4096)  # a text names few periods, and each of them for every one of its figures
def parse_period(text: str) -> Period:
    """The period that `text` names; raises PeriodError with a message that says which forms there are."""
    if len(text) > MAXIMUM_LENGTH:
        raise PeriodError(f"a period has at most {MAXIMUM_LENGTH} characters, such as {FORMS}")
    text = text.strip()
    fiscal = _FISCAL.fullmatch(text)
    if fiscal:
        return fiscal_year(int(fiscal["year"]), (fiscal["part"] or "").upper())
    first, slash, last = (part.strip() for part in text.partition("/"))
    if not slash:
        return from_dates(*_span(text, text))
    begin, end = _span(first, text)[0], _span(last, text)[1]
    if begin > end:
        raise PeriodError(f'"{text}" ends before it begins')
    return from_dates(begin, end)


def _span(text: str, whole: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of one year, part of a year, month or date."""
    year, dash, rest = text.partition("-")
    if not _YEAR.fullmatch(year):
        raise PeriodError(f'"{whole}" is no period; write {FORMS}')
    if not dash:
        return _month_span(int(year), 1, 12)
    part = _PART.fullmatch(rest)
    if part:
        return _part_span(int(year), part["letter"].upper(), int(part["number"]), text)
    month, dash, day = rest.partition("-")
    if not _MONTH.fullmatch(month) or (dash and not _MONTH.fullmatch(day)):
        raise PeriodError(f'"{whole}" is no period; write {FORMS}')
    if not 1 <= int(month) <= 12:
        raise PeriodError(f'"{text}": a year has the months 01 to 12')
    if not dash:
        return _month_span(int(year), int(month), 1)
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        raise PeriodError(f'"{text}" is not in the calendar') from None
    return date, date


def _part_span(year: int, letter: str, number: int, text: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a quarter, semester (S or H) or ISO week."""
    if letter == "W":
        try:
            monday = datetime.date.fromisocalendar(year, number, 1)
        except ValueError:
            raise PeriodError(f'"{text}": {year} has no week {number}') from None
        return monday, monday + datetime.timedelta(days=6)
    count, grain = (4, "quarter") if letter == "Q" else (2, "semester")
    if not 1 <= number <= count:
        raise PeriodError(f'"{text}": a year has the {grain}s {letter}1 to {letter}{count}')
    size = _MONTHS_OF[grain]
    return _month_span(year, (number - 1) * size + 1, size)


def _month_span(year: int, month: int, count: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of `count` months from the given one."""
    return _month_start(year * 12 + month - 1), _month_start(year * 12 + month - 1 + count) - _ONE_DAY


_ONE_DAY = datetime.timedelta(days=1)


def _month_start(index: int) -> datetime.date:
    """The first day of the month with that index, counted from January of the year 0."""
    return datetime.date(index // 12, index % 12 + 1, 1)


def _month_index(date: datetime.date) -> int:
    return date.year * 12 + date.month - 1


def from_dates(first: datetime.date, last: datetime.date) -> Period:
    """The period from `first` to `last`, both included, in normal form; raises PeriodError."""
    if first > last:
        raise PeriodError(f"{first}/{last} ends before it begins")
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise PeriodError(f"periods lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    return Period(first.toordinal(), last.toordinal(), _grain(first, last))


def from_months(year: int, month: int, count: int = 1) -> Period:
    """The period of `count` months that begins with `month` (1 to 12) of `year`; raises PeriodError."""
    if not 1 <= month <= 12 or not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= count <= 12 * (LAST_YEAR + 1 - year):
        raise PeriodError(f"no period of {count} months begins with month {month} of {year}")
    return from_dates(*_month_span(year, month, count))


def fiscal_year(year: int, part: str = "") -> Period:
    """The fiscal year of that name, or its quarter "Q2" or half "S1", whose end is unknown; raises PeriodError."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodError(f"periods lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    name = f"{year}-{part}" if part else f"{year}"
    first, last = _span(name, f"FY{name}")
    return Period(first.toordinal(), last.toordinal(), "fiscal")


def _fiscal_moved(p: Period, count: int) -> Period:
    """A fiscal year or part of one, moved by `count` months."""
    index = _month_index(_first(p)) + count
    size = _month_index(_last(p)) - _month_index(_first(p)) + 1
    if index < FIRST_YEAR * 12:
        raise PeriodError(f"what comes before {normal_form(p)} lies before the year {FIRST_YEAR}")
    return Period(_month_start(index).toordinal(), (_month_start(index + size) - _ONE_DAY).toordinal(), "fiscal")


def _grain(first: datetime.date, last: datetime.date) -> str:
    if first.day != 1 or (last + _ONE_DAY).day != 1:
        return "day" if first == last else "days"
    start, count = _month_index(first), _month_index(last) - _month_index(first) + 1
    for grain, size in _MONTHS_OF.items():
        if count == size and start % size == 0:
            return grain
    return "years" if start % 12 == 0 and count % 12 == 0 else "months"


@lru_cache(maxsize=4096)
def normal_form(p: Period) -> str:
    """The one way to write `p`, which parses back to it.

    2023, 2023-S1, 2023-Q3, 2023-04, 2022/2023, 2023-01/2023-04, 2023-12-31, 2023-03-01/2023-03-15, FY2023 or FY2023-Q2.
    """
    first, last = _first(p), _last(p)
    year = f"{first.year:04d}"
    match p.grain:
        case "fiscal":
            calendar = _grain(first, last)
            return f"FY{year}" if calendar == "year" else f"FY{normal_form(Period(p.first, p.last, calendar))}"
        case "year":
            return year
        case "years":
            return f"{year}/{last.year:04d}"
        case "semester":
            return f"{year}-S{(first.month + 5) // 6}"
        case "quarter":
            return f"{year}-Q{(first.month + 2) // 3}"
        case "month":
            return f"{year}-{first.month:02d}"
        case "months":
            return f"{year}-{first.month:02d}/{last.year:04d}-{last.month:02d}"
        case "day":
            return first.isoformat()
        case _:
            return f"{first.isoformat()}/{last.isoformat()}"


def _first(p: Period) -> datetime.date:
    return datetime.date.fromordinal(p.first)


def _last(p: Period) -> datetime.date:
    return datetime.date.fromordinal(p.last)


def _shifted(p: Period, count: int) -> Period:
    """A period of whole months, moved by `count` months."""
    size = months(p) or 0
    index = _month_index(_first(p)) + count
    if index < FIRST_YEAR * 12:
        raise PeriodError(f"what comes before {normal_form(p)} lies before the year {FIRST_YEAR}")
    return from_dates(_month_start(index), _month_start(index + size) - _ONE_DAY)


def year_before(p: Period) -> Period:
    """The same period a year earlier, 29 February becoming the 28th; raises PeriodError before year 1000."""
    first, last = _first(p), _last(p)
    if p.grain == "fiscal":
        return _fiscal_moved(p, -12)
    if months(p) is not None:
        return _shifted(p, -12)
    return from_dates(_date_year_before(first), _date_year_before(last))


def _date_year_before(date: datetime.date) -> datetime.date:
    leap_day = date.month == 2 and date.day == 29
    return date.replace(year=date.year - 1, day=28 if leap_day else date.day)


def prior(p: Period) -> Period:
    """The period of the same length just before `p`: the month before a month, the week before a week.

    Whole months count as months (before 2023-01/2023-04 comes 2022-09/2022-12), other periods as days.
    Raises PeriodError before the year 1000.
    """
    if p.grain == "fiscal":
        return _fiscal_moved(p, _month_index(_first(p)) - _month_index(_last(p)) - 1)
    size = months(p)
    if size is not None:
        return _shifted(p, -size)
    length = p.last - p.first + 1
    if p.first - length < _EARLIEST:
        raise PeriodError(f"what comes before {normal_form(p)} lies before the year {FIRST_YEAR}")
    return from_dates(datetime.date.fromordinal(p.first - length), datetime.date.fromordinal(p.first - 1))


_EARLIEST = datetime.date(FIRST_YEAR, 1, 1).toordinal()


def contains(longer: Period, shorter: Period) -> bool:
    """Whether every day of `shorter` is one of `longer`; equal periods contain each other.

    A fiscal year contains only itself. A date is a day here; whether a stock on it belongs to a year is for
    the caller to say.
    """
    if longer.grain == "fiscal" or shorter.grain == "fiscal":
        return longer == shorter
    return longer.first <= shorter.first and shorter.last <= longer.last


def months(p: Period) -> int | None:
    """How many calendar months `p` has; None when it is not made of whole months, or is a fiscal year."""
    if p.grain in ("day", "days", "fiscal"):
        return None
    return _month_index(_last(p)) - _month_index(_first(p)) + 1


def days(p: Period) -> int | None:
    """How many days `p` has; None for a fiscal year, which may have 52 or 53 weeks."""
    return None if p.grain == "fiscal" else p.last - p.first + 1


def starts(p: Period) -> datetime.date | None:
    """The first day of `p`; None for a fiscal year."""
    return None if p.grain == "fiscal" else _first(p)


def parts(p: Period, count: int) -> tuple[Period, ...]:
    """The calendar parts of `count` months each that a period of whole months has; none where they do not fit it."""
    length = months(p)
    first = _first(p)
    if length is None or length <= count or length % count or (first.month - 1) % count:
        return ()
    index = _month_index(first)
    starts_of = [_month_start(i) for i in range(index, index + length + count, count)]
    return tuple(from_dates(a, b - _ONE_DAY) for a, b in pairwise(starts_of))


def ends(p: Period) -> datetime.date | None:
    """The last day of `p`; None for a fiscal year."""
    return None if p.grain == "fiscal" else _last(p)


def ends_by(p: Period, date: datetime.date) -> bool:
    """Whether the last day of `p` is `date` or earlier; never for a fiscal year, whose end is unknown."""
    return p.grain != "fiscal" and p.last <= date.toordinal()


def is_date(p: Period) -> bool:
    """Whether `p` is one day, as the date of a stock is."""
    return p.grain == "day"


def last_complete_year(on: datetime.date) -> Period:
    """The last calendar year that was over before the day `on`."""
    return last_complete(on, "year")


def last_complete(on: datetime.date, grain: str) -> Period:
    """The last calendar year, semester, quarter or month that was over before the day `on`.

    Its last day is before `on`: what is published on 31 December knows no figure of that year.
    Raises PeriodError for another grain.
    """
    size = _MONTHS_OF.get(grain)
    if size is None:
        raise PeriodError(f'"{grain}" is not one of {", ".join(_MONTHS_OF)}')
    if on.year <= FIRST_YEAR or on.year > LAST_YEAR:
        raise PeriodError(f"no period between the years {FIRST_YEAR} and {LAST_YEAR} was the last before {on}")
    start = _month_index(on) // size * size
    return from_dates(_month_start(start - size), _month_start(start) - _ONE_DAY)
