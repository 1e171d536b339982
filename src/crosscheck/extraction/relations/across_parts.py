"""Parts, averages and extremes told of what an earlier sentence counted: "Of these, 900, or one in five, …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crosscheck.claims.model import INFERRED
from crosscheck.extraction.model import BARE, COUNT, MEASURE, Known, Number
from crosscheck.extraction.relations.slots import AMOUNT, BREAK, RATIO, Line, Told
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.sentences.rates import AVERAGE, BASIS
from crosscheck.inputs.values import replace

THEM = "(?:these|those|them|which|whom)"
PART, SHARE_OF = rf"(?P<part>{AMOUNT})", rf"(?P<share>{RATIO})"
WORDS = r"(?: [a-z'-]+){0,6}"
END = rf"(?= ?[,;:.!)–—{BREAK}])"
ALL = "(?:the|its|their) (?:total|whole|area|territory|sum|amount|entire [a-z]+|total [a-z]+)|(?:all of it|it all|the lot)"
SHARES = tuple(
    re.compile(one)
    for one in (
        rf"\bof {THEM},? {PART}{WORDS},? ?(?:or|[(–—,]) ?{SHARE_OF}{END}",  # "of these, 3,150, or 37.5%, …"
        rf"{PART} of {THEM}{WORDS},? ?(?:or|[(–—,]) ?{SHARE_OF}{END}",  # "3,150 of them, or 37.5%, …"
        rf"{SHARE_OF} of {THEM},? ?(?:or|[(–—,]) ?{PART}{END}",  # "nearly a third of them, 780, …"
        rf"{SHARE_OF} of {THEM}{WORDS},? or {PART}{END}",
        rf"\bof {THEM},? {SHARE_OF}{WORDS},? ?(?:or|[(–—]) ?{PART}{END}",
        rf"{PART}{WORDS},? (?:or|which is|that is|which was|which makes|equal to) {SHARE_OF} of (?:{ALL}){END}",
        rf"\bof {THEM},? {PART}{WORDS}(?:: |, (?:which|that) (?:is|was|makes|means) |, i\.e\. ){SHARE_OF}{END}",
        rf"{PART} of {THEM}{WORDS}[.,;] ?{BREAK}?(?:that|which|it) (?:is|was|makes|means|equals) {SHARE_OF}{END}",
    )
)
PER = "(?:an?|per|each|every|for (?:each|every)|to (?:each|every|an?)) (?P<noun>[a-z]+)"
IT_TOOK = "(?:cost|costs|brought|brings|took|takes|paid|earned|came to|needs?)"
EACH = rf"(?P<each>{AMOUNT})"
AVERAGES = tuple(
    re.compile(one)
    for one in (
        rf"\b(?:an|the|on|for an|at an) average(?: of|,)? {EACH} {PER}",
        rf"\b(?:an|the|at an) average (?!age)(?:[a-z]+ ){{0,2}}of {EACH}(?: (?:each|apiece))?{END}",
        rf"{EACH} {PER},? on average",
        rf"\b(?:each|every) (?P<noun>[a-z]+)(?: [a-z]+){{1,3}} {EACH} on average",
        rf"\b(?:each|every) (?P<noun>[a-z]+) {IT_TOOK} {EACH}{END}",
        rf",? (?:which|that) (?:is|makes|means|comes to|works out at|equals) {EACH} {PER}",
    )
)
OF_THE = re.compile(
    "(?P<share>\ue004) of (?:the|its|all|all the|their|these) (?P<noun>[a-z]+)"
    "(?! [a-z]+ing\\b)(?! (?:who|that|with|aged)\\b)"
)
COMPARED = re.compile(r"\b(?:from|against|compared (?:with|to)|after|than)(?: the)? $")
OF_THEM = re.compile(" of (?:them|these|those)\\b")
TIMES = frozenset(("year", "month", "week", "day", "hour", "minute", "second", "kilometre", "litre", "kilo"))


def parts_across(lines: Sequence[Line], told: Told) -> None:
    """Sets shares beside their part and whole, averages beside their total and number, also across sentences."""
    for line in lines:
        for match in _matches(SHARES, line):
            _tie_share(line, match, told)
        for match in _matches(AVERAGES, line):
            _tie_average(line, match, told)


def shares_of_counts(lines: Sequence[Line], told: Told) -> None:
    """ "In a trial with 24 patients … of 70.3% of the patients": a share of those that the sentence itself counts."""
    for line in lines:
        for match in OF_THE.finditer(line.row, line.own):
            share = line.number(match.start("share"))
            alike = [
                at
                for at in line.amounts(line.own, match.start())
                if line.number(at).kind == COUNT and line.number(at).unit == f"{{{match['noun']}}}"
            ]
            own = told.get(share)
            whole = told.get(line.number(alike[0])) if len(alike) == 1 else None
            if (
                whole is None
                or whole.measure != LEVEL
                or (own is not None and own.beside is not None)
                or share.value >= 100
            ):
                continue
            told.put(share, replace(told.as_share(share, whole), beside={"whole": told.by_start[whole.start]}))


def _matches(patterns: Sequence[re.Pattern[str]], line: Line) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from (match for match in pattern.finditer(line.row) if match.end() > line.own)


def _is_free(number: Number, told: Told) -> bool:
    one = told.get(number)
    return one is None or (one.beside is None and one.list_of is None)


def _tie_share(line: Line, match: re.Match[str], told: Told) -> None:
    share, part = line.number(match.start("share")), line.number(match.start("part"))
    whole_at = _antecedent(line, match.start(), part, told)
    if whole_at is None or not _is_free(share, told) or share.value > 100:
        return
    whole = line.number(whole_at)
    like = told.get(whole)
    if like is None or like.measure != LEVEL:
        return
    roles = {"part": told.as_measure(part, LEVEL, like, unit=whole.unit), "whole": told.by_start[whole.start]}
    told.put(share, replace(told.as_share(share, like), beside=roles))


def _antecedent(line: Line, before: int, part: Number, told: Told) -> int | None:
    """What "them" are: the only things counted in the sentence up to there, else the only ones in the one before it."""
    begin = line.row.rfind(BREAK, 0, max(before, line.own)) + 1 if line.own else 0
    end = before
    for _ in range(2):
        found = [
            at for at in line.amounts(begin, end) if line.number(at) is not part and _counts_like(line.number(at), part)
        ]
        if found:
            return found[0] if len(found) == 1 else None
        if begin == 0:
            return None
        end, begin = begin, line.row.rfind(BREAK, 0, begin - 1) + 1
    return None


def _counts_like(number: Number, part: Number) -> bool:
    """Whether a part may be counted of it: things of the same unit, or a part told by its number alone."""
    if number.kind == COUNT:
        return part.unit in ("", number.unit) or part.kind == COUNT
    return number.unit == part.unit


def _tie_average(line: Line, match: re.Match[str], told: Told) -> None:
    each = line.number(match.start("each"))
    noun = match.groupdict().get("noun") or ""
    if not _is_free(each, told) or noun in TIMES:
        return
    found = _total_and_number(line, match, each, noun)
    if found is None:
        return
    total, number = found
    like = told.get(total)
    other = told.get(number)
    if like is None or like.measure != LEVEL or (other is not None and other.measure != LEVEL):
        return
    told.as_measure(number, LEVEL, other or like)
    index = told.as_measure(each, LEVEL, like, unit=each.unit or None)
    one = told.statements[index]
    beside = {"total": told.by_start[total.start], "number": told.by_start[number.start]}
    per = one.dimensions.get("per") or Known(noun or "each", INFERRED)
    told.put(each, replace(one, dimensions={**one.dimensions, "per": per, BASIS: Known(AVERAGE, INFERRED)}, beside=beside))


def _total_and_number(line: Line, match: re.Match[str], each: Number, noun: str) -> tuple[Number, Number] | None:
    """The two amounts that an average is of: the only two in the sentence before it, or with the sentence before that."""
    begin = line.row.rfind(BREAK, 0, match.start() + 1) + 1
    while True:
        places = [at for at in line.amounts(begin, match.start()) if not COMPARED.search(line.row, 0, at)]
        if len(places) >= 2:
            break
        if begin == 0 or begin < line.own:
            return None
        begin = line.row.rfind(BREAK, 0, begin - 1) + 1
    if len(places) != 2:
        return None
    one, other = (line.number(at) for at in places)
    for total, number, place in ((one, other, 1), (other, one, 0)):
        named = noun and number.unit.strip("{}").startswith(noun[:4])
        named = named or (noun and line.row.startswith(f" {noun[:4]}", places[place] + 1))
        of_them = number.kind == BARE and OF_THEM.match(line.row, places[place] + 1) is not None
        if not (number.kind == COUNT or of_them or named) or (not named and total.value <= number.value):
            continue
        if (
            total.unit == each.unit
            or total.kind == each.kind == MEASURE  # 9,200 tonnes and 200 kilograms
            or (total.kind == COUNT and each.unit in ("", total.unit))
            or (not each.unit and total.kind != COUNT and total.unit == "")
        ):
            return total, number
    return None
