"""All mentions of a block of text, and the unit that a heading gives to bare numbers under it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import AREA
from crosscheck.extraction.model import BARE, MEASURE, MONEY, PERCENT, Mentions, Name, Number, Period
from crosscheck.extraction.names.finding import find_names_and_sources
from crosscheck.extraction.numbers.finding import find_numbers
from crosscheck.extraction.numbers.lengths import compared_lengths
from crosscheck.extraction.numbers.skips import LIMIT, LIMITED
from crosscheck.extraction.periods.finding import find_periods
from crosscheck.extraction.source import CAPTION, HEADING, TITLE, Block
from crosscheck.extraction.tables.units import UnitSaid, unit_said
from crosscheck.figures.exact import Fraction
from crosscheck.figures.quantities import Quantities

SCALES = {0: "", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
BEFORE = 40  # characters before an area in which a war is told
REACH = 20  # characters between the name of an amount and the limit of it
SPELT_OUT = re.compile(r"(?i:earnings before interest,? tax(?:es|ation)?,? depreciation,? (?:and|&) amorti[sz]ation)")
JOINED = re.compile(r"[-–/]| and (?:the )?|, ")
QUARREL = re.compile(r"[ \n](?:trade[ \n])?(?:wars?|tensions?|disputes?|conflicts?|frictions?|spat|row|truce|feud)\b")
WAR_IN = re.compile(
    r"\b(?:wars?|invasion|conflict|fighting|hostilities|loss|absence)[ \n](?:in|of|on|with|between)[ \n](?:the[ \n])?\Z"
)
M = TypeVar("M", Number, Period, Name)


def mentions_of(text: str, block: Block, lists: CodeLists, table: Quantities) -> Mentions:
    """The mentions of a block, with spans in the whole text."""
    part, by = text[block.start : block.end], block.start
    periods = find_periods(part, by)
    names = find_names_and_sources(part, lists, by)
    with_digits = [one for one in names if any(map(str.isdigit, text[one.start : one.end]))]
    taken = sorted([(one.start, one.end) for one in periods] + [(one.start, one.end) for one in with_digits])
    numbers, skipped = find_numbers(part, taken, table, offset=by)
    lengths, without = compared_lengths(text, block.start, block.end, skipped, table)
    if lengths:
        taken_by = [(one.start, one.end) for one in lengths]
        numbers = tuple(n for n in numbers if not any(n.start < end and start < n.end for start, end in taken_by))
        numbers, skipped = tuple(sorted([*numbers, *lengths], key=attrgetter("start"))), tuple(without)
    signs = [(number.start, number.end) for number in numbers if number.kind == MONEY]
    limits = [one.start for one in skipped if one.reason == LIMIT]
    no_parties = _fought_over(text, names)
    names = tuple(
        one
        for one in names
        if not (_is_sign(one, signs) or (limits and _is_of_limit(text, one, limits)) or one.start in no_parties)
    )
    return Mentions(numbers, periods, _with_spelt_out(text, block, names), skipped)


def _fought_over(text: str, names: Sequence[Name]) -> set[int]:
    """Where areas begin that are only those of a quarrel or of what is lost: "the US-China trade war", "the loss of
    the Russian market"."""
    found: set[int] = set()
    beside: list[Name] = []
    for one in [name for name in names if name.dimension == AREA]:
        if beside and JOINED.fullmatch(text, beside[-1].end, one.start) is None:
            beside = []
        beside.append(one)
        if QUARREL.match(text, one.end) or WAR_IN.search(text, max(beside[0].start - BEFORE, 0), beside[0].start):
            found |= {name.start for name in beside}
    return found


def _with_spelt_out(text: str, block: Block, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """The names with EBITDA for its words, of which a list of names, told apart by commas, can have none."""
    for match in SPELT_OUT.finditer(text, block.start, block.end) if "amorti" in text[block.start : block.end] else ():
        own = Name(match.start(), match.end(), "indicator", "ebitda")
        rest = [name for name in names if name.end <= own.start or name.start >= own.end]
        names = tuple(sorted([*rest, own], key=lambda name: name.start))
    return names


def _is_sign(name: Name, amounts: Sequence[tuple[int, int]]) -> bool:
    """Whether an area's name is only that of the money: "US $ 3 billion"."""
    at = bisect_left(amounts, (name.start, 0))
    return at < len(amounts) and amounts[at][0] == name.start and name.end <= amounts[at][1]


def _is_of_limit(text: str, name: Name, limits: Sequence[int]) -> bool:
    """Whether an indicator only says of whom something is told: "firms with revenue of over $500 million"."""
    at = bisect_left(limits, name.end)
    near = name.dimension == "indicator" and at < len(limits) and limits[at] - name.end <= REACH
    return near and re.fullmatch(LIMITED, text[name.start : name.end], re.IGNORECASE) is not None


def with_heading_unit(text: str, block: Block, mentions: Mentions, said: UnitSaid | None) -> Mentions:
    """Bare numbers under a heading that gives their unit: "Trade, billions of US dollars … Kazakhstan: 43.82"."""
    scale = SCALES.get(said.power) if said is not None else None
    if said is None or scale is None or not said.unit:
        return mentions
    kind = MONEY if len(said.unit) == 3 and said.unit.isupper() else PERCENT if said.unit == "percent" else MEASURE
    factor = Fraction(10) ** said.power
    numbers = []
    for number in mentions.numbers:
        if number.kind == BARE and not number.word:
            figure = f"{number.figure} {scale} {said.unit}".replace("  ", " ")
            number = replace(number, figure=figure, unit=said.unit, kind=kind, value=number.value * factor)
        numbers.append(number)
    return replace(mentions, numbers=tuple(numbers))


def heading_unit(text: str, block: Block, before: UnitSaid | None) -> UnitSaid | None:
    """The unit that a heading, or a line in front of a list, gives for what follows."""
    if block.kind not in (TITLE, HEADING, CAPTION) and block.end - block.start > 200:
        return before
    for part in re.split(r"[(),;:|]", text[block.start : block.end]):
        said = unit_said(part)
        if said is not None and said.unit:
            return said
    return None if block.kind in (TITLE, HEADING, CAPTION) else before


def meets(items: Sequence[M], start: int, end: int) -> bool:
    """Whether any of the mentions, which are in the order of the text, has a character of a stretch."""
    after = bisect_left(items, end, key=attrgetter("start"))
    return any(one.end > start for one in items[max(after - 2, 0) : after])


def within(mentions: Mentions, start: int, end: int) -> Mentions:
    return Mentions(
        _between(mentions.numbers, start, end), _between(mentions.periods, start, end), _between(mentions.names, start, end)
    )


def _between(items: Sequence[M], start: int, end: int) -> tuple[M, ...]:
    low = bisect_left(items, start, key=attrgetter("start"))
    high = bisect_left(items, end, key=attrgetter("start"))
    return tuple(items[low:high])
