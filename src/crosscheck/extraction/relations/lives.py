"""Years of birth and founding beside the age or anniversary that is told with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from crosscheck.claims.model import INDICATOR, INFERRED, PERIOD
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.periods.words import NUMBER_WORDS
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.source import Source, place_of

YEAR = r"(?P<year>1[0-9]{3}|20[0-9]{2})"
BORN = re.compile(rf"\bborn\b[^.;!?]{{0,60}}?\b(?:in|on) (?:[0-9]{{1,2}} )?(?:[A-Z][a-z]+ )?(?:[0-9]{{1,2}},? )?{YEAR}\b")
FOUNDED = re.compile(
    rf"\b(?:founded|established|opened|launched|set up|created|built|incorporated|born)\b[^.;!?]{{0,40}}?"
    rf"\b(?:in|on) (?:[0-9]{{1,2}} )?(?:[A-Z][a-z]+ )?(?:[0-9]{{1,2}},? )?{YEAR}\b"
)
AGED = re.compile(r"\b(?:aged|at the age of|at age|age) (?P<age>[0-9]{1,3})\b|\b(?P<old>[0-9]{1,3})[ -]years?[ -]old\b")
DIED = re.compile(r"\b(?:died|dies|killed|death)\b[^.;!?]{0,60}?\bin (?:[A-Z][a-z]+ )?(?P<when>1[0-9]{3}|20[0-9]{2})\b")
ANNIVERSARY = re.compile(
    r"\b(?:(?P<nth>[0-9]{1,4})(?:st|nd|rd|th)|(?P<word>tenth|twentieth|fiftieth|hundredth))"
    r"(?:[ -]year)? (?:anniversary|birthday|jubilee)\b"
)
IN_YEAR = re.compile(rf"[^.;!?,]{{0,30}}? in {YEAR}\b")  # "had his 247th birthday in 2013"
WORTH_A_LOOK = re.compile(r"\b(?:born|anniversary|birthday|jubilee)\b")
ORDINALS = {"tenth": 10, "twentieth": 20, "fiftieth": 50, "hundredth": 100}
WHO = "person"  # or body: each has its own


def lives_told(source: Source, start: int, end: int) -> Iterator[Statement]:
    """The year and the age of a sentence that gives both, or the year and the anniversary, with the year of it.

    Nothing comes of one of them alone.
    """
    text = source.text[start:end]
    if WORTH_A_LOOK.search(text) is None:
        return
    now = year_told(text, source.published.isoformat() if source.published is not None else None)
    born, aged = BORN.search(text), AGED.search(text)
    if born is not None and aged is not None:
        died = DIED.search(text)
        when = Known(died["when"], start=start + died.start("when"), end=start + died.end("when")) if died else now
        group = "age" if aged["age"] else "old"
        lately = "died" not in text or re.search(r"\bha(?:s|ve) died\b", text) is not None
        if when is not None and (died is not None or lately):
            yield from _pair(source, start, born.span("year"), aged.span(group), ("year-of-birth", "age"), when)
        return
    founded, anniversary = FOUNDED.search(text), ANNIVERSARY.search(text)
    dated = IN_YEAR.match(text, anniversary.end()) if anniversary is not None else None
    if dated is not None and founded is not None and dated.start("year") != founded.start("year"):
        now = Known(dated["year"], start=start + dated.start("year"), end=start + dated.end("year"))
    if founded is not None and anniversary is not None and now is not None:
        group = "nth" if anniversary["nth"] else "word"
        span = anniversary.span(group)
        yield from _pair(source, start, founded.span("year"), span, ("year-of-founding", "anniversary"), now)


def _pair(
    source: Source, start: int, year: tuple[int, int], years: tuple[int, int], names: tuple[str, str], when: Known
) -> Iterator[Statement]:
    who = Known(f"{names[0]} {source.text[start + year[0] : start + year[1]]}", start=start + year[0], end=start + year[1])
    for (begin, end), name, unit in ((year, names[0], ""), (years, names[1], "year")):
        at = (start + begin, start + end)
        printed = source.text[slice(*at)]
        value = Fraction(ORDINALS.get(printed) or NUMBER_WORDS.get(printed) or int(printed))
        dimensions = {INDICATOR: Known(name, start=at[0], end=at[1]), WHO: who, PERIOD: when}
        figure = f"{value} {unit}".strip()
        yield Statement(*at, figure, value, unit, LEVEL, dimensions, place_of(source, *at))


def year_told(text: str, published: str | None) -> Known | None:
    """The year that a sentence tells of when it says "this year" or names no year beside that of birth: publication's."""
    if published is None:
        return None
    now = re.search(r"\b(?:this (?:year|month|week|autumn|spring|summer|winter)|today|on [A-Z][a-z]+day|last week)\b", text)
    others = set(re.findall(r"\b(?:1[5-9]|20)[0-9]{2}\b", text))
    return Known(published[:4], INFERRED) if now is not None or len(others) == 1 else None
