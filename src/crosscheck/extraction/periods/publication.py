"""The publication date that a text carries itself, in its first lines or its last."""

from __future__ import annotations

import datetime
import re

from crosscheck.extraction.periods.words import MONTHS

_HEAD, _TAIL = 1500, 500  # characters looked at
_HEAD_LINES, _TAIL_LINES = 8, 3
_SHORT = 140  # characters of a line that is a byline and no paragraph
_FIRST_YEAR, _LAST_YEAR = 1980, 2100

_MONTH = (
    "(?P<month{0}>jan(?:uary)?|febr?(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s{1,3})?"
_DATE = (
    r"(?:(?P<year0>[12][0-9]{3})(?P<mark0>[-/.])(?P<middle0>[0-9]{2})(?P=mark0)(?P<day0>[0-9]{2})(?![0-9])"
    r"|(?P<one>[0-9]{1,2})(?P<mark1>[/.])(?P<two>[0-9]{1,2})(?P=mark1)(?P<year1>[12][0-9]{3})(?![0-9])"
    + rf"|{_WEEKDAY}{_MONTH.format(2)}\.?\s{{1,3}}(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}"
    r"(?P<year2>[12][0-9]{3})(?![0-9])"
    + rf"|{_WEEKDAY}(?P<day3>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s{{1,3}}of)?[\s-]{{1,3}}{_MONTH.format(3)}\.?,?[\s-]{{1,3}}"
    r"(?P<year3>[12][0-9]{3})(?![0-9]))"
)
_CLOCK = r"\s[0-9]{1,2}:[0-9]{2}\s?(?:[ap]\.?m\.?)?\s?(?:\([^()]{1,20}\)|[a-z]{2,4})?"
_TIME = (
    r"(?:[T,\s|–-]{0,4}(?:at\s)?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,6})?\s?(?:[ap]\.?m\.?)?\s?"
    r"(?:\(?(?:z|[a-z]{2,5}|(?:utc|gmt)?[+-][0-9:]{1,5})(?:\s[a-z]{2,5})?\)?)?)?"
)
_LABEL = (
    r"(?:date(?:\sof\s(?:publication|issue|release))?|published(?:\son|\sat|\sdate)?|publication\sdate|first\spublished(?:\son)?"
    r"|posted(?:\son)?|released(?:\son)?|release\sdate|issued(?:\son)?|press\srelease|news\srelease|media\srelease|dated"
    r"|for\s(?:immediate\s)?release(?:\sat)?|embargoed\suntil)"
)
_FLAGS = re.IGNORECASE
# "date 2024-06-26 …", "Published: 26 June 2024", "For release at 8:30 a.m. EST, Tuesday, February 7, 2017"
_LABELLED = re.compile(
    rf"(?:{_LABEL}[\s*_]{{0,3}}[:,–—-]?[\s*_]{{0,4}}"
    rf"(?:[0-9]{{1,2}}[:.][0-9]{{2}}\s?(?:[ap]\.?m\.?)?(?:\s[a-z]{{2,4}})?,?\s{{1,3}})?)(?P<date>{_DATE})",
    _FLAGS,
)
# "March 26, 2024", "2025-01-24 17:25": the whole line, or all between two bars
_ALONE = re.compile(rf"\(?(?P<date>{_DATE}){_TIME}\s{{0,2}}[.)]?", _FLAGS)
_BYLINE = re.compile(
    rf"(?:by|from)\s[^,;|]{{2,60}}(?:,|\son|\sin\s[^,;|0-9]{{2,30}}\son)?\s{{1,3}}(?P<date>{_DATE}){_TIME}", _FLAGS
)
# "Grain News 23 November 2020 13:42 (UTC +04:00)"
_STAMPED = re.compile(rf"[^.!?0-9]{{1,60}}\s(?P<date>{_DATE})(?:,|\sat)?{_CLOCK}", _FLAGS)
# "ASTANA, Kazakhstan, 18 October 2023.", "BEIJING (agency), 22 Jan 2024 -", "LONDON, March 5, 2024 /Newswire/ --"
_PLACE_LINE = re.compile(
    r"(?-i:[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,40}|[A-ZÀ-Þ][a-zà-ÿ'’-]{1,20}(?:[ -][A-ZÀ-Þ][a-zà-ÿ'’-]{1,20}){0,3})"
    r"(?:,\s(?-i:[A-ZÀ-Þ])[\w .'’-]{1,30})?(?:\s?\([^()]{1,40}\))?\s?[,.:/–—-]?\s?(?:\(|/)?\s?"
    rf"(?P<date>{_DATE})\)?\s?(?:\([^()]{{1,40}}\)\s?|/[^/]{{1,40}}/\s?)?(?:[.:–—/-])(?!\w)",
    _FLAGS,
)
# "/// Agency, 20 January 2023" at the very end
_SIGNED = re.compile(rf"(?:/{{2,3}}|—|–|--|\||\n\()\s?[^,|/()\n]{{1,40}},?\s{{1,3}}(?P<date>{_DATE})\)?\s*\.?$", _FLAGS)
_MARKS = re.compile(r"[\s*_#>\"“”\[\]-]*")


def published_in(text: str) -> tuple[datetime.date, int, int] | None:
    """The date of publication that the text states, with the span of the date; None where no line is a date line.

    Looks at the first lines and the last: a labelled date ("Published: …"), a date line ("ASTANA, 18 October 2023."), a
    line that is a date and nothing else, a signature at the end. A date within a sentence is not taken, nor one without a
    year, nor 03/04/2024, nor any where two date lines of the same kind differ.
    """
    head = _lines(text, 0, _HEAD)[:_HEAD_LINES]
    tail = [line for line in _lines(text, max(len(text) - _TAIL, 0), len(text))[-_TAIL_LINES:] if line not in head]
    last = tail[-1:]
    for pattern, whole, lines in (
        (_LABELLED, False, head),
        (_PLACE_LINE, False, head),
        (_ALONE, True, head),
        (_BYLINE, True, head),
        (_STAMPED, True, head),
        (_LABELLED, False, tail),
        (_ALONE, True, last),
    ):
        found = _found(text, lines, pattern, whole)
        if found:
            return found[0] if len({date for date, _, _ in found}) == 1 else None
    for start, end in last or head[-1:]:
        signed = _SIGNED.search(text, max(start - 1, end - 100, 0), end)
        date = _date(signed) if signed else None
        if signed and date:
            return date, *signed.span("date")
    return None


def _lines(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Spans of the lines that are not blank, without white space and marks at their ends; none that begins before."""
    found = []
    at = start
    if start:
        newline = text.find("\n", start - 1, stop)
        at = newline + 1 if newline >= 0 else start
    for line in text[at : min(stop, len(text))].split("\n"):
        first = at + _mark_length(line)
        last = at + len(line.rstrip(" \t\r\u00a0*_"))
        if first < last:
            found.append((first, last))
        at += len(line) + 1
    return found


def _mark_length(line: str) -> int:
    match = _MARKS.match(line)
    return match.end() if match else 0


def _found(
    text: str, lines: list[tuple[int, int]], pattern: re.Pattern[str], whole: bool
) -> list[tuple[datetime.date, int, int]]:
    """The dates of the lines, or of what stands between bars in short lines, that the pattern fits."""
    found = []
    for start, end in lines:
        pieces = _between_bars(text, start, end) if whole else [(start, end)]
        for first, last in pieces:
            match = pattern.fullmatch(text, first, last) if whole else pattern.match(text, first, last)
            date = _date(match) if match else None
            if match and date:
                found.append((date, *match.span("date")))
    return found


def _between_bars(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if end - start > _SHORT:
        return []
    pieces, at = [], start
    for bar in re.finditer(r"[|·•\t]|\s/(?=\s)|(?<=[0-9])/(?=\s)", text[start:end]):
        pieces.append((at, start + bar.start()))
        at = start + bar.end()
    pieces.append((at, end))
    return [
        (first + len(text[first:last]) - len(text[first:last].lstrip()), first + len(text[first:last].rstrip()))
        for first, last in pieces
    ]


def _date(match: re.Match[str]) -> datetime.date | None:
    """The date of a match; None where the calendar has none, or day and month may be swapped."""
    if match["year0"]:
        year, month, day = match["year0"], int(match["middle0"]), int(match["day0"])
    elif match["year1"]:
        year, first, second = match["year1"], int(match["one"]), int(match["two"])
        if match["mark1"] == "/" and first <= 12 and second <= 12 and first != second:
            return None
        month, day = (first, second) if match["mark1"] == "/" and second > 12 else (second, first)
    elif match["year2"]:
        year, month, day = match["year2"], MONTHS[match["month2"].lower()], int(match["day2"])
    else:
        year, month, day = match["year3"], MONTHS[match["month3"].lower()], int(match["day3"])
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return datetime.date(int(year), month, day)
    except ValueError:
        return None
