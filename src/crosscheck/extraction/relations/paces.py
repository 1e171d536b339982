"""One flow told twice, for a longer and a shorter time: "£850 million a year, or £2.3 million a day"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crosscheck.claims.model import EXPLICIT, INFERRED, PERIOD
from crosscheck.extraction.model import Known, Observed, Statement
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.measures import LEVEL, RATE
from crosscheck.extraction.sentences.tokens import Row
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.figures.text import FigureError, parse_figure
from crosscheck.inputs.values import replace

APART = "reading/paces-apart"
# How often the shorter time is in the longer one, with room for what rests at weekends and in holidays.
TIMES = {
    ("year", "month"): (11, 12),
    ("year", "week"): (44, 53),
    ("year", "day"): (200, 366),
    ("month", "week"): (4, 5),
    ("month", "day"): (20, 31),
    ("week", "day"): (4, 7),
    ("day", "hour"): (4, 24),
    ("week", "hour"): (8, 168),
    ("month", "hour"): (40, 744),
    ("year", "hour"): (400, 8784),
}
PER = re.compile(
    r"(?:[ \n][a-z]+){0,3}?[ \n](?:(?:an?|per|each|every)[ \n](?P<unit>hour|day|week|month|year)"
    r"|(?P<ly>hourly|daily|weekly|monthly|yearly|annually))"
    r"(?![a-z-])(?![ \n](?:earlier|ago|before|later))"
)
LY = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
IN_YEAR = re.compile(
    r"[ \n](?:in|over|during)[ \n](?:its|their|the|a|his|her)[ \n](?:first|last|second|whole|full|final)"
    r"[ \n](?P<unit>year|month|week)(?![a-z])"
)
PRINTED = re.compile(r"[ \n](?:an?|per)[ \n](?:hour|day|week|month|year)\Z")
# "…, or", "… – about", "…, seven days a week, or"
BESIDE = re.compile(
    r"(?:[^;:.!?()0-9]|[.][0-9]){0,60}?(?:,[ \n](?:or|i\.e\.|equal[ \n]to|making"
    r"|(?:which|that)[ \n](?:is|was|makes|made|means|equals"
    r"|(?:works[ \n]out|comes)[ \n](?:at|to)|(?:adds[ \n]up|amounts|corresponds)[ \n]to))|,|[ \n][–-])"
    r"[ \n](?:(?:or|about|around|some|nearly|almost|roughly)[ \n]){0,2}\Z"
)


def paces(
    text: str, tokens: Row, numbers: Sequence[int], statements: list[Statement], stated: Mapping[int, int]
) -> Iterator[Observed]:
    """Flows of a sentence that are told for two times and cannot both be right; amounts without a time are set apart.

    "Pupils pay €120, which is €10 a month": what the first is for is not said, so it is no amount of that month.
    """
    if len(numbers) < 2:
        return
    lower = text[tokens[0].start : tokens[-1].end].lower()
    by = tokens[0].start
    if PER.search(lower) is None:
        return
    for one, other in pairwise(numbers):
        if one not in stated or other not in stated:
            continue
        first, second = statements[stated[one]], statements[stated[other]]
        between = lower[first.end - by : second.start - by]
        short = PER.match(lower, second.end - by - _said_inside(lower, second.end - by))
        if (
            short is None
            or first.measure not in (LEVEL, RATE)
            or not _are_alike(first, second)
            or BESIDE.fullmatch(between) is None
        ):
            continue
        unit = short["unit"] or LY[short["ly"]]
        long = PER.match(between) or IN_YEAR.match(between)
        named = (long.groupdict().get("ly") or long["unit"]) if long is not None else None
        times = (LY.get(named, named), unit) if named is not None else None
        turned = times is not None and (times[1], times[0]) in TIMES
        if turned and times is not None:
            first, second, times = second, first, (times[1], times[0])
        if times not in TIMES or times is None:
            if named is None and DETAIL not in first.dimensions and first.dimensions.get(PERIOD, Known("")).how != EXPLICIT:
                _set_apart(statements, stated[one])
            continue
        if {"month", "year"}.isdisjoint(times) and DETAIL not in statements[stated[other]].dimensions:
            _set_apart(statements, stated[other])  # a week of work is not one of 168 hours
        if times == ("year", "month") and all("/" in statement.unit for statement in (first, second)):
            continue  # one figure in two units, as other ones are
        if (message := told_apart(first, second, times)) is not None:
            yield Observed(APART, "warning", message, second.place, stated[other])


def _set_apart(statements: list[Statement], index: int) -> None:
    one = statements[index]
    told = Known(one.place.printed or one.figure, INFERRED, one.start, one.end)
    statements[index] = replace(one, dimensions={**one.dimensions, DETAIL: told})


def _said_inside(lower: str, end: int) -> int:
    """How many characters of "a day" stand inside the number: "20,000 tonnes a day" may be one unit."""
    found = compiled(r"[ \n](?:an?|per)[ \n](?:hour|day|week|month|year)\Z").search(lower, max(end - 12, 0), end)
    return end - found.start() if found is not None else 0


def _are_alike(one: Statement, other: Statement) -> bool:
    first, second = one.unit.partition("/")[0], other.unit.partition("/")[0]
    return first == second or (not second and first.startswith("{"))


def told_apart(first: Statement, second: Statement, times: tuple[str, str]) -> str | None:
    """What is wrong with a flow of a longer and of a shorter time, or None."""
    try:
        long, short = (parse_figure(_plain(one)).any_reading for one in (first, second))
    except FigureError:
        return None
    low, high = TIMES[times]
    if _is_positive(long) and _is_positive(short):
        assert long.low is not None and long.high is not None and short.low is not None and short.high is not None
        if long.high < short.low * low or long.low > short.high * high:
            one, other = (PRINTED.sub("", each.place.printed or each.figure) for each in (first, second))
            shown = f"{round(first.value / second.value):,}"
            return f"{one} a {times[0]} is {shown} times {other} a {times[1]}, but a {times[0]} has {low} to {high} of them"
    return None


def _plain(one: Statement) -> str:
    unit = one.unit.partition("/")[0]
    figure = one.figure.removesuffix(one.unit).strip()
    return f"{figure} {unit}".strip()


def _is_positive(one: Interval) -> bool:
    return one.low is not None and one.high is not None and one.low > Fraction(0)
