"""What cannot be above or below another: a mean and its extremes, a record and the one before it.

"The youngest was 16 and the oldest 71, the average age 43"; "a record 398. The previous record, 412, was set in 2019".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.claims.model import HIGHEST, INFERRED, LOWEST, Record
from crosscheck.extraction.model import Known, Number
from crosscheck.extraction.relations.slots import AGE, AMOUNT, BREAK, Line, Told
from crosscheck.extraction.sentences.measures import LEVEL, RATE
from crosscheck.extraction.sentences.rates import AVERAGE, BASIS
from crosscheck.inputs.values import replace

STATISTIC = "statistic"
ONE = f"(?:{AMOUNT}|[\ue004{AGE}])"
GAP = rf"[^{BREAK};:\ue000-\ue009]"
NEXT = rf"[^{BREAK}\ue000-\ue009]{{0,24}}?"  # "; the average was …"
LEAST = "(?:youngest|smallest|lightest|shortest|lowest|cheapest|slowest|fewest|coldest|minimum)"
MOST = "(?:oldest|largest|biggest|heaviest|longest|highest|tallest|dearest|most expensive|fastest|warmest|maximum)"
MEAN = rf"(?:(?:an|the|their|its|with an?|at an?) (?:average|mean)|averag(?:e|ed|ing))(?: {GAP}{{0,24}}?)? ?(?P<mean>{ONE})"
EXTREMES = tuple(
    re.compile(one)
    for one in (
        rf"\b{LEAST} {GAP}{{0,40}}?(?P<low>{ONE}){GAP}{{1,24}}?{MOST} {GAP}{{0,24}}?(?P<high>{ONE}){NEXT}{MEAN}",
        rf"\b{MOST} {GAP}{{0,40}}?(?P<high>{ONE}){GAP}{{1,24}}?{LEAST} {GAP}{{0,24}}?(?P<low>{ONE}){NEXT}{MEAN}",
        rf"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying))\b{GAP}{{0,30}}? (?:from|between) (?P<low>{ONE}){GAP}{{0,20}}?"
        rf" (?:to|and) (?P<high>{ONE}){NEXT}{MEAN}",
    )
)
SO_FAR = re.compile(
    rf"\b(?:the|its|their|a) (?:previous|old|former|last|earlier|existing) (?:record|high|peak|best|maximum|low|minimum)\b"
    rf"{GAP}{{0,30}}?(?P<other>{AMOUNT})"
)
IT_HAD = re.compile(
    r"\bhad (?:shown|stood at|been|reached|read|fallen to|dropped to|sunk to|risen to|climbed to|come to|measured"
    rf"|registered) (?P<other>{AMOUNT})"
)
A_RECORD = re.compile(
    r"\b(?:a|an|new|set|broke|breaking|beat|beating) (?:new |all-time |the |its |their |old )*(?:record|high|low)\b"
    r"|\brecord (?:low|high)\b"
    r"|\b(?P<most>lowest|highest|largest|biggest|most|fewest|smallest)\b[^\n,;]{0,40}?\b(?:ever|on record"
    r"|since (?:records|measurements|counting|recording) (?:began|begin|started)"
    r"|in (?:its|their|the) [a-z' -]{0,20}history)\b"
)
FALLING = frozenset(("lowest", "fewest", "smallest"))


def orders_across(lines: Sequence[Line], told: Told) -> None:
    """Sets means beside the extreme they must not pass, and records beside the one before."""
    for line in lines:
        for pattern in EXTREMES:
            for match in pattern.finditer(line.row, line.own):
                _tie_mean(line, match, told)
        _tie_record(line, told)


def _tie_mean(line: Line, match: re.Match[str], told: Told) -> None:
    low, high, mean = (line.number(match.start(name)) for name in ("low", "high", "mean"))
    units = {one.unit for one in (low, high, mean) if one.unit}
    own = told.get(mean)
    if low.value >= high.value or len(units) > 1 or (own is not None and own.beside is not None):
        return
    unit = next(iter(units), "")
    role, other = ("minimum", low) if mean.value < low.value else ("maximum", high)
    like = told.get(low) or told.get(high)
    at = told.as_measure(other, LEVEL, like, unit=unit)
    extreme = told.statements[at]
    told.put(other, replace(extreme, dimensions={**extreme.dimensions, STATISTIC: Known(role, INFERRED)}))
    index = told.as_measure(mean, LEVEL, like, unit=unit)
    one = told.statements[index]
    dimensions = {**one.dimensions, BASIS: Known(AVERAGE, INFERRED)}
    dimensions.pop(STATISTIC, None)
    told.put(mean, replace(one, dimensions=dimensions, beside={role: at}))


def _tie_record(line: Line, told: Told) -> None:
    """A record of one sentence, and what the same or the next says of the one before."""
    begin = line.row.rfind(BREAK, 0, max(line.own - 1, 0)) + 1
    for start, pattern in ((line.own, SO_FAR), (line.own, IT_HAD)):
        found = pattern.search(line.row, start)
        if found is None:
            continue
        other = line.number(found.start("other"))
        record = _record_before(line, begin, found.start(), other, told)
        if record is None:
            continue
        number, order = record
        like = told.get(number)
        if like is None or like.beside is not None or like.value <= 0:
            continue
        index = told.as_measure(other, LEVEL, like, unit=number.unit)
        if told.statements[index].measure in (LEVEL, RATE):
            record_of = like.record or Record(order)
            told.put(number, replace(like, record=record_of, beside={"earlier": index}))
        return


def _record_before(line: Line, begin: int, end: int, other: Number, told: Told) -> tuple[Number, str] | None:
    """The level that the text calls a record before it tells of the one that was: the only one of its unit there."""
    said = A_RECORD.search(line.row, begin, end)
    if said is None:
        return None
    first = line.row.rfind(BREAK, 0, said.start()) + 1
    places = [at for at in line.amounts(first, end) if line.number(at) is not other]
    alike = [at for at in places if _alike(line.number(at), other)]
    if len(alike) != 1:
        return None
    one = told.get(line.number(alike[0]))
    if one is None or one.measure != LEVEL:
        return None
    falls = said["most"] in FALLING or said[0].endswith("low")
    return line.number(alike[0]), LOWEST if falls else HIGHEST


def _alike(one: Number, other: Number) -> bool:
    return one.unit == other.unit or (not other.unit and one.unit.startswith("{"))
