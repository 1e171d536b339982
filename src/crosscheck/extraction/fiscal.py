"""Fiscal years, quarters and halves, as a text names them and points at them.

Their days are known only where the text counts as India does; else each is equal to itself alone.
"""

from __future__ import annotations

import re

from crosscheck.extraction.model import Period
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, prior, year_before

# Contexts in which a year is a fiscal one: FY2023, FY2023-Q2, or the Indian year 2020-04/2021-03.
_FISCAL = re.compile(r"FY(?P<year>\d{4})(?:-(?P<part>[QS]\d))?|\d{4}-04/(?P<march>\d{4})-03")
_NAMED = re.compile(r"(?:(?P<part>[QS]\d)@)?fy:(?P<year>\d{4})")
_PART = re.compile(r"(?P<part>[QS]\d)(?:@(?P<anchor>.+))?")
_DATED = re.compile(r"(?P<year>\d{4})(?:-(?P<part>[QS]\d))?")
_BEFORE = ("previous:year", "before:year:1", "fy:previous", "fy:-1", "year:-1")
_THIS = ("fy:+0", "that:year", "the-year", "year:+0", "fiscal", "")
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


def fiscal_period(mention: Period, context: str | None, to_march: bool) -> str | None:
    """The fiscal period that a mention means beside the period of its context; None where it means none."""
    what = mention.pointing.what if mention.pointing is not None else ""
    named = _NAMED.fullmatch(what)
    if named is not None:
        return _of(int(named["year"]), named["part"], to_march)
    around = _FISCAL.fullmatch(context or "")
    if around is None:
        return f"FY{what[3:]}" if what.startswith("fy:") else None
    year, part = int(around["year"] or around["march"]), around["part"]
    if mention.value is not None:
        dated = _DATED.fullmatch(mention.value)  # "In fiscal year 2024 …, up from 2023"
        return _of(int(dated["year"]), dated["part"], to_march) if dated else None
    if part is not None and (moved := _beside(f"FY{year}-{part}", what, mention.compares)) is not None:
        return moved
    said = _PART.fullmatch(what)
    anchor = (said["anchor"] or "") if said else what
    if said is None and not what:
        return None
    if anchor in _BEFORE or (said is None and anchor == "same@previous:year"):
        return _of(year - 1, said["part"] if said else None, to_march)
    if anchor in _THIS:
        return _of(year, said["part"] if said else None, to_march)
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


def _of(year: int, part: str | None, to_march: bool) -> str:
    if not to_march:
        return f"FY{year}-{part}" if part else f"FY{year}"
    if part is None:
        return f"{year - 1}-04/{year}-03"
    size = 3 if part[0] == "Q" else 6
    first = 4 + size * (int(part[1]) - 1)  # months from January of the year in which it begins
    begin, end = divmod(first - 1, 12), divmod(first + size - 2, 12)
    span = f"{year - 1 + begin[0]}-{begin[1] + 1:02d}/{year - 1 + end[0]}-{end[1] + 1:02d}"
    return normal_form(parse_period(span))
