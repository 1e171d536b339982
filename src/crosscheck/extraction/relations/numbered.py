"""Things of a series that their number tells apart: "Line 4 carried 5.2 million passengers and line 5 3.1 million"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from crosscheck.claims.model import CARRIED
from crosscheck.extraction.model import Known, Skipped, Statement
from crosscheck.extraction.numbers.skips import NAME
from crosscheck.extraction.numbers.text import word_set
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.measures import SHARE
from crosscheck.inputs.values import replace

_NUMBERED = re.compile(r"(?P<noun>[^\W\d_]{3,})[ \n](?P<number>[0-9]{1,3})\Z")
_GOES_ON = re.compile(r"(?:It|Its|There|That|This)\b")
# Where something is told, or when, and nothing that a figure is of: "Table 2 shows …", "in week 3".
_NO_THINGS = word_set(
    "article section chapter resolution number table fig figure page para paragraph clause annex appendix note exhibit "
    "schedule form rule decree directive protocol law act bill issue volume version step episode season day week month "
    "year quarter half round stage agenda vision horizon expo covid top rank place least most"
)
REACH = 40  # characters of a name and its number
BACK = 300  # characters of the sentence before, which a pronoun goes on with


class Numbered(NamedTuple):
    """Where a thing is named by a noun and a number."""

    start: int
    end: int
    name: str


def series_of(text: str, skipped: Iterable[Skipped]) -> list[Numbered]:
    """The things of a text that share their noun and differ by their number, in order.

    One that stands alone is no series: "under Article 5" and "Route 66" tell no figures apart.
    """
    found: dict[str, list[Numbered]] = defaultdict(list)
    for one in skipped:
        match = _NUMBERED.search(text, max(one.start - REACH, 0), one.end) if one.reason == NAME else None
        if match is not None and (noun := match["noun"].lower()) not in _NO_THINGS:
            found[noun].append(Numbered(match.start(), match.end(), f"{noun} {match['number']}"))
    return sorted(one for ones in found.values() if len({each.name for each in ones}) > 1 for one in ones)


def name_apart(
    text: str, start: int, end: int, series: list[Numbered], stated: Mapping[int, int], statements: list[Statement]
) -> None:
    """Gives the figures of a sentence the numbered thing that they are told of.

    That is the last one named before a figure, or the next one behind it where the sentence begins with a figure
    ("5.2 million used line 4 and 3.1 million line 5"); the one before the sentence where it goes on with "it".
    `stated` gives the index in `statements` of each number of the sentence, by token.
    """
    first = bisect_left(series, (start,))
    inside = series[first : bisect_left(series, (end,))]
    figures = [statements[index] for index in stated.values()]
    before = series[first - 1] if first and start - series[first - 1].end < BACK else None
    if not inside and (before is None or not _GOES_ON.match(text, start) or "\n\n" in text[before.end : start]):
        return
    begins = bool(inside) and bool(figures) and figures[0].start < inside[0].start
    for index, one in zip(stated.values(), figures, strict=True):
        named = before if not inside else _of(one, inside, figures, begins)
        if named is None or DETAIL in one.dimensions or _says(one, named.name):
            continue
        known = Known(named.name, start=named.start, end=named.end)
        known = known if inside else replace(known, how=CARRIED)
        whole = {**(one.whole or {}), DETAIL: None} if one.measure == SHARE else one.whole
        statements[index] = replace(one, dimensions={**one.dimensions, DETAIL: known}, whole=whole)


def _of(one: Statement, inside: list[Numbered], figures: list[Statement], begins: bool) -> Numbered | None:
    if not begins:
        return next((named for named in reversed(inside) if named.start < one.start), None)
    behind = min((figure.start for figure in figures if figure.start > one.start), default=inside[-1].end)
    return next((named for named in inside if one.start < named.start < behind), None)


def _says(one: Statement, name: str) -> bool:
    """Whether a figure has the name already: "the cost of phase 1"."""
    return any(name in known.value.lower() for known in one.dimensions.values())
