"""Fiscal years, quarters and halves, as a text names them and points at them; and years told by two, such as 2023/24.

Their days are known only where it is known in which month the year ends: in texts on a country that counts so. Else each is
equal to itself alone.
"""

from __future__ import annotations

import datetime
import re

from crosscheck.claims.model import INFERRED
from crosscheck.extraction.model import Calendar, Known, Period
from crosscheck.extraction.periods.meaning import moved, place
from crosscheck.extraction.periods.words import MONTHS
from crosscheck.figures import periods
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, prior, year_before
from crosscheck.inputs.values import replace

# The month in which the year ends by which the offices of a country count, and its news when they speak of fiscal years.
# Not of the United States, whose states count otherwise, nor where such a year begins within a month (Nepal, Iran).
YEAR_ENDS = {
    **dict.fromkeys(("IN", "JP", "ZA", "NA", "BW", "LS", "SZ", "HK", "SG", "KW", "JM", "BB", "CA", "GB"), 3),
    **dict.fromkeys(("BD", "PK", "EG", "KE", "TZ", "UG", "RW", "ET", "MU", "AU", "NZ", "BT", "BS", "WS", "TO"), 6),
    "FJ": 7,
    **dict.fromkeys(("TH", "TT", "HT"), 9),
}
YEAR_OF_DAYS = (360, 373)  # days that a year of whole weeks may have
_IN_LAKHS = ("BD", "PK", "NP", "LK", "BT")  # they count in them, too
JUST_OVER = 75  # days after which figures of some months have mostly been told
_INDIAN = re.compile(r"\b(?:lakh|crore)s?\b", re.IGNORECASE)
_DAY = rf"(?:the )?(?:[0-9]{{1,2}}(?:st|nd|rd|th)? )?(?:of )?(?P<month>{'|'.join(sorted(MONTHS))})\b"
_YEAR = r"\b(?:fiscal|financial|budget) years?(?: [0-9][0-9/–-]{3,8})?,?(?: (?:that|which))?"
_BEGINS = re.compile(
    rf"{_YEAR} (?:began|begins|beginning|starts|started|starting|runs from) (?:on |in |at )?{_DAY}", re.IGNORECASE
)
_ENDS = re.compile(rf"{_YEAR} (?:ends|ended|ending) (?:on |in |at )?(?:the end of )?{_DAY}", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:fiscal|budget|financial) years? (?P<first>\d{4})(?:(?:,? and |, |[–-]| to )(?P<last>\d{4}))?\b"
    r"|\bFY ?(?P<short>\d{4})\b",
    re.IGNORECASE,
)
_BY_CALENDAR = re.compile(r"\bcalendar[ -]years?\b", re.IGNORECASE)
_SAID = re.compile(r"\b(?:fiscal|financial year|FY ?\d)", re.IGNORECASE)

# Contexts in which a year is a fiscal one of which the days are not known: FY2023, FY2023-Q2.
_FISCAL = re.compile(r"FY(?P<year>\d{4})(?:-(?P<part>[QS]\d))?")
_NAMED = re.compile(r"(?:(?P<part>[QS]\d)@)?(?:fy|season):(?P<year>\d{4})")
_PART = re.compile(r"(?P<part>[QS]\d)(?:@(?P<anchor>.+))?")
_DATED = re.compile(r"(?P<year>\d{4})(?:-(?P<part>[QS]\d))?")
_BEFORE = ("previous:year", "before:year:1", "fy:previous", "fy:-1", "year:-1")
_THIS = ("fy:+0", "that:year", "the-year", "year:+0", "fiscal", "")
_FROM_SPLIT = ("previous:year", "before:year:1", "same", "same@previous:year", "that:year")
_SPLIT = re.compile(r"\b[12]\d{3}[/–-]\d\d\b")  # the year of a season, a school, a budget
_SAME_BEFORE = re.compile(r"(?:same(?:-quarter|-half)?@(?:previous:year|year:-1)|before:year:1|same)")
_NEIGHBOURS = {
    "before:quarter:1": -1,
    "previous:quarter": -1,
    "previous:period": -1,
    "quarter:-1": -1,
    "that:quarter": 0,
    "quarter:+0": 0,
    "that:period": 0,
}
_YEARS = re.compile(r"(\d{4}) ?[-–] ?(?:\d\d)?\d\d\b")  # "2009-10", "2009-2010"; a season is "2009/10"
_CROPS = re.compile(r"\b(?:crop|marketing|agricultural) year|\bseason|\b(?:kharif|rabi)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:first|initial|opening|last|final)\b.*\bmonths?\b")


def calendar_of(text: str, home: str | None, main: str | None) -> Calendar:
    """How a text counts that speaks of a country, and is about a company or none."""
    country = (home or "").split("-")[0]
    country = "IN" if country not in _IN_LAKHS and _INDIAN.search(text) is not None else country
    fiscal = _SAID.search(text) is not None
    year_end = YEAR_ENDS.get(country, 0) if country == "IN" or (main is None and fiscal) else 0
    year_end = (_told_end(text) if main is None and fiscal else None) or year_end
    split = not fiscal and _SPLIT.search(text) is not None
    in_two = (fiscal or country == "IN") and _CROPS.search(text) is None  # an Indian "2022-23" begins in April
    named = _years_named(text) if fiscal and main is None else frozenset()
    return Calendar(main is not None, year_end, in_two, by_two=split, quarters=country == "IN", named=named)


def _years_named(text: str) -> frozenset[int]:
    """The fiscal years that a text names by their number; none where it tells them from those of the calendar."""
    if _BY_CALENDAR.search(text) is not None:
        return frozenset()
    found = (match[group] for match in _NUMBERED.finditer(text) for group in ("first", "last", "short"))
    return frozenset(int(year) for year in found if year is not None)


def of_the_budget(period: Known | None, calendar: Calendar) -> Known | None:
    """ "In fiscal year 2024 outlays rose. … The 2024 deficit was …": what is of a budget is of the fiscal year."""
    if period is None or not period.value.isdecimal() or int(period.value) not in calendar.named:
        return period
    return replace(period, value=fiscal_year(int(period.value), calendar), how=INFERRED)


def _told_end(text: str) -> int | None:
    """The month in which fiscal years end, where the text says when they begin or end: none of the calendar's year."""
    found = _BEGINS.search(text) or _ENDS.search(text)
    if found is None:
        return None
    month = MONTHS.get(found["month"].lower(), 0)
    month = month if found.re is _ENDS else month - 1
    return month if 0 < month < 12 else None


def fiscal_year(year: int, calendar: Calendar) -> str:
    """The fiscal year that ends in a year: its months, where it is known in which one it ends."""
    return normal_form(_whole(year, calendar.year_end)) if calendar.year_end else f"FY{year}"


def fiscal_period(
    mention: Period, context: str | None, calendar: Calendar, said: str = "", published: datetime.date | None = None
) -> str | None:
    """The fiscal period that a mention means beside the period of its context; None where it means none.

    `calendar` tells in which month the fiscal years of the text end; `said` are the words of the mention, behind those
    before it and a "|".
    """
    what = mention.pointing.what if mention.pointing is not None else ""
    if "calendar" in said:
        return None
    if calendar.year_end:
        return _dated(mention.value, what, context, calendar, said, published)
    named = _NAMED.fullmatch(what)
    if named is not None:
        return _labelled(int(named["year"]), named["part"])
    around = _FISCAL.fullmatch(context or "")
    if around is None and calendar.of_results and what in ("year:+0", "year:-1") and published is not None:
        return _own_year(context, what, published)
    if around is None:
        return f"FY{what[3:]}" if what.startswith("fy:") else None
    if calendar.by_two and what not in _FROM_SPLIT:
        return None  # beside the year 2023/24, "in 2023" and "last year" are of the calendar
    year, part = int(around["year"]), around["part"]
    if mention.value is not None:
        dated = _DATED.fullmatch(mention.value)  # "In fiscal year 2024 …, up from 2023"
        return _labelled(int(dated["year"]), dated["part"]) if dated else None
    if part is not None and (beside := _beside(f"FY{year}-{part}", what, mention.compares)) is not None:
        return beside
    pointed = _pointed(year, what)
    return _labelled(*pointed) if pointed is not None else None


def _own_year(context: str | None, what: str, published: datetime.date) -> str | None:
    """ "In the 52 weeks to 30 June …. This year, …": of the year of its own that a company has just told of."""
    around = _parsed(context)
    if (
        around is None
        or "/" not in (context or "")
        or not YEAR_OF_DAYS[0] <= around.last - around.first + 1 <= YEAR_OF_DAYS[1]
    ):
        return None
    if not 0 <= published.toordinal() - around.last < YEAR_OF_DAYS[0]:
        return None
    return normal_form(around if what == "year:+0" else year_before(around))


def _pointed(year: int, what: str) -> tuple[int, str | None] | None:
    """The fiscal year, and the part of it, that words point at from within one."""
    said = _PART.fullmatch(what)
    anchor = (said["anchor"] or "") if said else what
    if said is None and not what:
        return None
    if anchor in _BEFORE or (said is None and anchor == "same@previous:year"):
        return year - 1, said["part"] if said else None
    if anchor in _THIS:
        return year, said["part"] if said else None
    return None


def _beside(context: str, what: str, compares: bool) -> str | None:
    """The quarter or half that is told of beside one of a fiscal year."""
    try:
        if _SAME_BEFORE.fullmatch(what) or (compares and what in _BEFORE):
            return normal_form(year_before(parse_period(context)))
        steps = _NEIGHBOURS.get(what)
        if steps is not None and "-Q" in context:
            return normal_form(prior(parse_period(context))) if steps else context
    except PeriodError:
        pass
    return None


def _labelled(year: int, part: str | None) -> str:
    return f"FY{year}-{part}" if part else f"FY{year}"


def _dated(
    value: str | None, what: str, context: str | None, calendar: Calendar, said: str, published: datetime.date | None
) -> str | None:
    """The months that a mention means where fiscal years end in a known month."""
    year_end, in_two = calendar.year_end, calendar.in_two and _YEARS.search(said) is not None
    around = _parsed(context)
    now = _year_of(around, year_end) if around is not None else None
    whole = now is not None and around == _whole(now, year_end)
    if value is not None:
        years = re.fullmatch(r"(\d{4})/(\d{4})", value)
        if years is not None and int(years[2]) == int(years[1]) + 1 and in_two:
            return normal_form(_whole(int(years[2]), year_end))  # "the 2008-2009 earnings"
        dated = _DATED.fullmatch(value) if whole else None
        if dated is not None and dated["part"] and not calendar.quarters:
            return None  # "the first quarter of 2024" beside the fiscal year 2023-24
        return _form(_part(int(dated["year"]), dated["part"] or "", year_end, "")) if dated else None
    part, at, anchor = what.partition("@")
    if not at:
        part, anchor = ("", what) if what.startswith(("fy:", "season:")) else (what, "")
    if anchor == "fiscal" and now is None and part and published is not None:
        return _form(_last_ended(part, year_end, published, said))
    year = _year_named(anchor, now, year_end, published) if in_two or not anchor.startswith("season") else None
    if year is not None and part.startswith("same"):
        return _form(_moved_into(around, _whole(year, year_end))) if around is not None else None
    if year is not None:
        return _form(_part(year, part, year_end, said))
    if whole and now is not None and (pointed := _pointed(now, what)) is not None:
        return _form(_part(pointed[0], pointed[1] or "", year_end, ""))
    told_of = said.rpartition("|")[2]
    if re.fullmatch(r"01/\d\d", what) and _COUNTED.search(told_of):
        return _form(_first_months(what, year_end, said, around, published))
    if re.fullmatch(r"[QS]\d", what) and now is None and published is not None and calendar.quarters:
        return _form(_last_ended(what, year_end, published))
    if re.fullmatch(r"[QS]\d", what) and now is None and published is not None:
        return _form(_last_part(what, year_end, published))
    if re.fullmatch(r"[QS]\d", what) and now is not None:
        told = _part(now, what, year_end, "")
        return _form(told) if told == around or (calendar.quarters and _has_ended(told, published)) else None
    return None


def _first_months(
    what: str, year_end: int, said: str, around: periods.Period | None, published: datetime.date | None
) -> periods.Period | None:
    """ "The first six months", after April to September or where these were just over: of the fiscal year."""
    begins = periods.starts(around) if around is not None else None
    year = _year_of(around, year_end) if around is not None else None
    if year is not None and begins is not None and begins.month == year_end + 1:
        return _part(year, what, year_end, said)
    if published is None:
        return None
    told = _last_ended(what, year_end, published, said)
    usual = place(what, published.year)
    return told if _is_just_over(told, published) and not _is_just_over(usual, published) else None


def _is_just_over(period: periods.Period | None, published: datetime.date) -> bool:
    return period is not None and 0 < published.toordinal() - period.last < JUST_OVER


def _last_part(what: str, year_end: int, published: datetime.date) -> periods.Period | None:
    """ "Budget gap widens in first half", told in February: of the fiscal year, as that of the calendar is not over."""
    return None if _has_ended(place(what, published.year), published) else _last_ended(what, year_end, published)


def _last_ended(what: str, year_end: int, published: datetime.date, said: str = "") -> periods.Period | None:
    """The last such part of a fiscal year that was over when the text was published."""
    parts = (_part(year, what, year_end, said) for year in (published.year + 1, published.year, published.year - 1))
    return next((part for part in parts if _has_ended(part, published)), None)


def _year_named(anchor: str, now: int | None, year_end: int, published: datetime.date | None) -> int | None:
    """The fiscal year that an anchor names or points at."""
    kind, _, rest = anchor.partition(":")
    if kind == "fiscal":
        return now  # "the fourth quarter of the financial year" of which the text tells
    if kind not in ("fy", "season"):
        return None
    if rest.isdigit():
        return int(rest)
    today = published.year + (published.month > year_end) if published is not None else None
    if rest == "previous":
        return now - 1 if now is not None else today - 1 if today is not None else None
    return today + int(rest) if today is not None else None


def _parsed(period: str | None) -> periods.Period | None:
    try:
        return parse_period(period) if period else None
    except PeriodError:
        return None


def _form(period: periods.Period | None) -> str | None:
    return normal_form(period) if period is not None else None


def _whole(year: int, year_end: int) -> periods.Period:
    return periods.from_months(year - 1, year_end + 1, 12)


def _year_of(period: periods.Period, year_end: int) -> int | None:
    """The fiscal year in which a period ends."""
    last = periods.ends(period)
    return last.year + (last.month > year_end) if last is not None else None


def _part(year: int, part: str, year_end: int, said: str) -> periods.Period | None:
    """The quarter, half or months of a fiscal year: "the first seven months" from its beginning, "July-January" by name."""
    whole = _whole(year, year_end)
    if not part:
        return whole
    if part[0] in "QS" or _COUNTED.search(said.rpartition("|")[2]):
        piece = place(part, 2001)
        first, size = (periods.starts(piece), periods.months(piece)) if piece is not None else (None, None)
        if first is None or size is None:
            return None
        begin = (year - 1) * 12 + year_end + first.month - 1
        return periods.from_months(begin // 12, begin % 12 + 1, size)
    named = (place(part, other) for other in (year, year - 1))
    return next((piece for piece in named if piece is not None and periods.contains(whole, piece)), None)


def _moved_into(period: periods.Period, whole: periods.Period) -> periods.Period | None:
    """The same months in another fiscal year."""
    for years in range(-5, 6):
        other = moved(period, 12 * years)
        if other is not None and periods.contains(whole, other):
            return other
    return None


def _has_ended(period: periods.Period | None, published: datetime.date | None) -> bool:
    return period is not None and (published is None or period.last < published.toordinal())
