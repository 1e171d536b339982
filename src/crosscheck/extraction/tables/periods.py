"""Periods in headings of tables, which are shorter than those of sentences: "1Q23", "Jan-24", "9M 2023", "31.12.2023".

A month, quarter or half without a year is a `Part`, to be joined with a year that stands elsewhere.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from crosscheck.extraction.periods.words import ORDINALS
from crosscheck.extraction.tables.words import numbers, plain
from crosscheck.figures.periods import FIRST_YEAR, PeriodError, fiscal_year, from_dates, from_months, normal_form

MAXIMUM_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Part:
    """Months of a year that is not said: the first one and how many."""

    month: int
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    """A period of a text: its normal form, or a part of a year; and where it stands in the text."""

    start: int
    end: int
    value: str | None = None
    part: Part | None = None
    flag: str = ""  # a letter at the year: "2024f", "2022r"


_M = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_Y = r"(?P<year>(?:1[89]|20|21)[0-9]{2})"
_Y4 = r"(?:1[89]|20|21)[0-9]{2}"
_YY = rf"(?P<year>{_Y4}|['’]?[0-9]{{2}})"
_D = r"(?:-|–|—|−| to | through |/)"
_S = r"[ ,.]{0,3}(?:of )?"
_END = r"(?![0-9A-Za-z])"
_BEGIN = r"(?<![0-9A-Za-z.,])"
_COUNTS = {
    "three": 3,
    "six": 6,
    "nine": 9,
    "twelve": 12,
    "four": 4,
    "five": 5,
    "seven": 7,
    "eight": 8,
    "ten": 10,
    "eleven": 11,
    "two": 2,
}
_MONTHS_ENDED = (
    r"(?:for )?(?:the )?(?P<count>[0-9]{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]months?,? "
    r"(?:period )?(?:ended|ending|to)(?: on)?,? "
)
_YEAR_ENDED = (
    r"(?:for )?(?:the )?(?:financial |fiscal )?(?P<count>year|quarter|half[- ]year) (?:ended|ending|to)(?: on)?,? "
)
_ENDED = re.compile(
    r"(?:for )?(?:the )?(?:(?P<count>[0-9]{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]months?"
    r"|(?:financial |fiscal )?(?P<whole>year|quarter|half[- ]year))(?: period)? (?:ended|ending|to)(?: on)?",
    re.IGNORECASE,
)
_O = r"(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|iv|iii|ii|i)"

Match = re.Match[str]


def _year(text: str) -> int:
    digits = text.strip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits) if int(digits) < 70 else 1900 + int(digits)


def _month(text: str) -> int:
    return numbers("months")[text.lower().strip(".")]


def _months(year: int, month: int, count: int = 1) -> str:
    return normal_form(from_months(year, month, count))


def _iso_date(m: Match) -> str:
    day = datetime.date(int(m["year"]), int(m["month"]), int(m["day"]))
    return normal_form(from_dates(day, day))


def _named_date(m: Match) -> str:
    day = datetime.date(int(m["year"]), _month(m["name"]), int(m["day"]))
    return normal_form(from_dates(day, day))


def _ended(m: Match) -> str:
    """ "Three months ended 31 March 2024", "Year ended 30 June 2023"."""
    count = _COUNTS.get(m["count"].lower()) or (
        int(m["count"])
        if m["count"].isdigit()
        else {"quarter": 3, "half-year": 6, "half year": 6}.get(m["count"].lower(), 12)
    )
    last = _month(m["name"])
    day = int(m["day"]) if m["day"] else 31
    year = int(m["year"])
    if day < 25:
        raise PeriodError("a period that ends within a month")
    first = year * 12 + last - count
    return _months(first // 12, first % 12 + 1, count)


def _edge(m: Match) -> str:
    """ "At the beginning of 2024", "end-2023": a date."""
    year = int(m["year"])
    first = m["edge"].lower() in ("beginning", "start")
    day = datetime.date(year, 1, 1) if first else datetime.date(year, 12, 31)
    return normal_form(from_dates(day, day))


def _range(m: Match) -> str:
    first, last = _month(m["name"]), _month(m["last"])
    year = _year(m["year"])
    if first > last:
        raise PeriodError("a range of months over the end of a year")
    return _months(year, first, last - first + 1)


def _long_range(m: Match) -> str:
    first, last = _month(m["name"]), _month(m["last"])
    begin, end = _year(m["first"]) * 12 + first, _year(m["year"]) * 12 + last
    return _months(_year(m["first"]), first, end - begin + 1)


def _years(m: Match) -> str:
    first, last = int(m["first"]), int(m["year"])
    if not first < last:
        raise PeriodError("years in the wrong order")
    return _months(first, 1, 12 * (last - first + 1))


def _season(m: Match) -> str:
    """ "2022/23": neither year; equal only to itself."""
    first, last = int(m["first"]), int(m["year"])
    if (first + 1) % 100 != last % 100:
        raise PeriodError("not two years that follow each other")
    return normal_form(fiscal_year(first + 1))


def _first_months(m: Match) -> str:
    count = m["count"].lower()
    number = int(count) if count.isdigit() else _COUNTS[count]
    if not 1 <= number <= 12:
        raise PeriodError("not months of a year")
    return _months(_year(m["year"]), 1, number)


def _part_of(size: int, key: str) -> Callable[[Match], str]:
    def period(m: Match) -> str:
        number = ORDINALS.get(m[key].lower()) or int(m[key])
        if number > 12 // size:
            raise PeriodError("not a part of a year")
        return _months(_year(m["year"]), (number - 1) * size + 1, size)

    return period


# The longer forms first: each is tried in this order, and the first that is found counts.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[Match], str]], ...] = tuple(
    (re.compile(_BEGIN + pattern + _END, re.IGNORECASE), read)
    for pattern, read in (
        (rf"{_Y}-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3][0-9])(?: 00:00:00)?", _iso_date),
        (rf"(?P<day>[0-3]?[0-9])\.(?P<month>0[1-9]|1[0-2])\.{_Y}", _iso_date),
        (rf"{_MONTHS_ENDED}(?:(?P<day>[0-3]?[0-9]) )?(?P<name>{_M}){_S}{_Y}", _ended),
        (rf"{_MONTHS_ENDED}(?P<name>{_M}) (?P<day>[0-3]?[0-9]),? {_Y}", _ended),
        (rf"{_YEAR_ENDED}(?:(?P<day>[0-3]?[0-9]) )?(?P<name>{_M}){_S}{_Y}", _ended),
        (rf"{_YEAR_ENDED}(?P<name>{_M}) (?P<day>[0-3]?[0-9]),? {_Y}", _ended),
        (rf"(?:as )?(?:of |at |on )?(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?[ -](?P<name>{_M}),?[ -]{_Y}", _named_date),
        (rf"(?:as )?(?:of |at |on )?(?P<name>{_M}) (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?, ?{_Y}", _named_date),
        (rf"(?:at |as of |by )?(?:the )?(?P<edge>beginning|start|end)(?: of (?:the year )?|-| ){_Y}", _edge),
        (rf"(?P<name>{_M})[ ,-]?['’]?(?P<first>{_Y4}|[0-9]{{2}}) ?{_D} ?(?P<last>{_M})[ ,-]?['’]?{_YY}", _long_range),
        (rf"(?P<name>{_M}) ?{_D} ?(?P<last>{_M}){_S}[-]?{_YY}", _range),
        (rf"{_Y}[ ,:-]{{0,2}}(?P<name>{_M}) ?{_D} ?(?P<last>{_M})", _range),
        (rf"(?P<count>1[0-2]|[2-9])[ -]?m(?:onths?)?{_S}['’]?{_YY}", _first_months),
        (rf"{_Y}[ -]?(?P<count>1[0-2]|[2-9])m(?:onths?)?", _first_months),
        (rf"(?:the )?first (?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven) months{_S}{_Y}", _first_months),
        (rf"q(?P<q>[1-4])[ '’/.,-]{{0,2}}(?:of )?{_YY}", _part_of(3, "q")),
        (rf"(?P<q>[1-4])q[ '’/.,-]{{0,2}}(?:of )?{_YY}", _part_of(3, "q")),
        (rf"{_Y}[ :/-]{{0,2}}q(?P<q>[1-4])", _part_of(3, "q")),
        (rf"{_Y}[ :/-]{{0,2}}(?P<q>[1-4])q", _part_of(3, "q")),
        (rf"(?:the )?{_O} quarter{_S}{_Y}", _part_of(3, "ordinal")),
        (rf"{_Y},? {_O} quarter", _part_of(3, "ordinal")),
        (rf"[hs](?P<h>[12])[ '’/.,-]{{0,2}}(?:of )?{_YY}", _part_of(6, "h")),
        (rf"(?P<h>[12])h[ '’/.,-]{{0,2}}(?:of )?{_YY}", _part_of(6, "h")),
        (rf"{_Y}[ :/-]{{0,2}}[hs](?P<h>[12])", _part_of(6, "h")),
        (rf"(?:the )?{_O} half(?:[- ]year)?{_S}{_Y}", _part_of(6, "ordinal")),
        (rf"{_Y}-(?P<month>0[1-9]|1[0-2])", lambda m: _months(int(m["year"]), int(m["month"]))),
        (rf"{_Y}[ ]?m(?P<month>0?[1-9]|1[0-2])", lambda m: _months(int(m["year"]), int(m["month"]))),
        (rf"(?P<name>{_M})(?:,? |-| ['’]|['’]|/){_YY}", lambda m: _months(_year(m["year"]), _month(m["name"]))),
        (rf"(?P<name>{_M})[ ,]{{0,2}}{_Y}", lambda m: _months(_year(m["year"]), _month(m["name"]))),
        (rf"{_Y}[ ,:-]{{0,2}}(?P<name>{_M})", lambda m: _months(_year(m["year"]), _month(m["name"]))),
        (rf"(?:fy|financial year|fiscal year|fiscal) ?(?P<first>{_Y4})[/–-](?P<year>[0-9]{{2}}|{_Y4})", _season),
        (rf"(?:fy|financial year|fiscal year|fiscal) ?'?{_YY}", lambda m: normal_form(fiscal_year(_year(m["year"])))),
        (rf"(?P<first>{_Y4})[/–-](?P<year>[0-9]{{2}})", _season),
        (rf"(?P<first>{_Y4}) ?(?:-|–|—| to ) ?{_Y}", _years),
    )
)  # fmt: skip
_YEAR = re.compile(rf"(?<![0-9A-Za-z.,/]){_Y}(?P<flag>[A-Za-z])?(?![0-9A-Za-z/=]|[.,][0-9]| ?=|[-–] ?[0-9])", re.IGNORECASE)
_PRICES = re.compile(r" (?:prices|ppp)", re.IGNORECASE)
_PARTS: tuple[tuple[re.Pattern[str], Callable[[Match], Part]], ...] = tuple(
    (re.compile(rf"(?<![0-9A-Za-z]){pattern}{_END}", re.IGNORECASE), read)
    for pattern, read in (
        (rf"(?P<name>{_M}) ?{_D} ?(?P<last>{_M})", lambda m: _run(_month(m["name"]), _month(m["last"]))),
        (r"(?P<count>1[0-2]|[2-9]) ?-?(?:m|months?)", lambda m: Part(1, int(m["count"]))),
        (r"(?:q(?P<a>[1-4])|(?P<b>[1-4])q)", lambda m: Part(int(m["a"] or m["b"]) * 3 - 2, 3)),
        (rf"(?:the )?{_O} quarter", lambda m: Part(ORDINALS[m["ordinal"].lower()] * 3 - 2, 3)),
        (r"(?:h(?P<a>[12])|(?P<b>[12])h)", lambda m: Part(int(m["a"] or m["b"]) * 6 - 5, 6)),
        (rf"(?:the )?{_O} half(?:[- ]year)?", lambda m: _half(ORDINALS[m["ordinal"].lower()])),
        (rf"(?P<name>{_M})", lambda m: Part(_month(m["name"]), 1)),
    )
)


def _run(first: int, last: int) -> Part:
    if last < first:
        raise PeriodError("a range of months over the end of a year")
    return Part(first, last - first + 1)


def _half(number: int) -> Part:
    if number > 2:
        raise PeriodError("a year has two halves")
    return Part(number * 6 - 5, 6)


@lru_cache(maxsize=8192)
def period_in(text: str) -> Said | None:
    """The first period of a heading or caption, in the forms above; None without one."""
    if len(text) > MAXIMUM_LENGTH:
        return None
    for pattern, read in _FORMS:
        for found in pattern.finditer(text):
            try:
                return Said(found.start(), found.end(), read(found))
            except (PeriodError, ValueError):  # the second: 31.02.2023
                continue
    for found in _YEAR.finditer(text):
        if not _PRICES.match(text, found.end()) and not re.search(r"constant $", text[: found.start()], re.IGNORECASE):
            return Said(found.start(), found.end(), found["year"], flag=found["flag"] or "")
    return None


@lru_cache(maxsize=8192)
def part_in(text: str) -> Said | None:
    """A part of a year that is the whole heading but for punctuation ("January", "Q1", "Jan–Apr"), or None."""
    said = text.strip(" .,:;()*")
    if len(said) > 30:
        return None
    for pattern, read in _PARTS:
        found = pattern.fullmatch(said)
        if found:
            try:
                return Said(text.find(said), text.find(said) + len(said), part=read(found))
            except PeriodError:
                return None
    return None


def months_ended(text: str) -> int | None:
    """How many months a heading such as "6 Months Ended" speaks of, whose date stands in another; None for any other."""
    found = _ENDED.fullmatch(plain(text).strip(" .,:;()*"))
    if found is None:
        return None
    if found["whole"]:
        return {"year": 12, "quarter": 3}.get(found["whole"].lower(), 6)
    count = found["count"].lower()
    return _COUNTS.get(count) or int(count)


def ended_on(months: int, date: str) -> str | None:
    """The period of that many months that ends on a date in normal form, near the end of a month; None otherwise."""
    try:
        day = datetime.date.fromisoformat(date)
        if day.day < 25 or not 1 <= months <= 12:
            return None
        first = day.year * 12 + day.month - months
        return _months(first // 12, first % 12 + 1, months)
    except (ValueError, PeriodError):
        return None


def is_year(text: str) -> bool:
    """Whether a cell holds just a year, perhaps with a letter or a mark ("2022", "2023p", "2021*")."""
    said = plain(text).strip("*()[] ")
    found = _YEAR.fullmatch(said)
    return found is not None and int(found["year"]) >= FIRST_YEAR


def joined(part: Part, year: str) -> str | None:
    """The months of a part in a year ("2023"), in normal form; None where the other period is no calendar year."""
    if not re.fullmatch(r"[0-9]{4}", year):
        return None
    return _months(int(year), part.month, part.count)
