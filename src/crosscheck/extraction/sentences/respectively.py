"""Gives the items of "A, B and C reached 1, 2 and 3" to their numbers, and what "the former" and "the latter" stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crosscheck.claims.model import EXPLICIT
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import COUNTERPART, Frame, carry
from crosscheck.extraction.sentences.measures import Measured
from crosscheck.extraction.sentences.phrases import PRODUCT, known_name
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import lacks
from crosscheck.inputs.values import replace

KINDS = "AIXE"
FORMER, LATTER = "1", "2"
# Between the items and their numbers, and between two rows of numbers of the same items.
TO_NUMBERS = re.compile(r"[LUDCSbotfiPTwy.,:j-]{0,12}")
TO_MORE = re.compile(r"[a,b.tofLUDRiP]{1,8}")
IN_PARENTHESES = re.compile(r"\([^()]*\)")
OWN_ITEM = re.compile(r"[.]?[otwfi][.T]{0,2}[AIXE]")  # behind a number: "5% and 7% of exports"
Pair = tuple[Frame, Frame]


def distribute(state: Walk, numbers: list[int], measured: dict[int, Measured]) -> Pair | None:
    """Numbers in a row take the items of the list before them, one each, where there are as many of both.

    "Respectively" says so; without it the numbers must be of one measure and nothing else may stand between them and the
    list. Gives the frames of the last two numbers that were told apart so, for "the former" and "the latter".
    """
    row = state.row
    pair: Pair | None = None
    given: tuple[list[int], list[int], str] | None = None
    for run in _runs(row, numbers):
        said = _is_said(row, run)
        alike = said or len({_kind_of(measured.get(at)) for at in run}) == 1
        found = next(((items, kind) for kind in KINDS if alike and (items := _items(row, kind, run, said))), None)
        again = given is not None and len(given[0]) == len(run) and TO_MORE.fullmatch(row[given[0][-1] + 1 : run[0]])
        if found is None and given is not None and again:
            found = given[1:]  # "revenue and profit rose by 5% and 7%, respectively, to $4 billion and $6 billion"
        if found is None:
            continue
        given = run, *found
        _give(state, run, *found)
        if len(run) == 2:
            pair = state.frames[run[0]], state.frames[run[1]]
    return pair


def refer_back(state: Walk, numbers: list[int], pair: Pair | None) -> None:
    """ "The former rose 12%, the latter fell 3%": the numbers up to the next mark are of the first or second of a pair."""
    if pair is None or not (FORMER in state.row or LATTER in state.row):
        return
    for at, letter in enumerate(state.row):
        if letter not in (FORMER, LATTER):
            continue
        frame = pair[0] if letter == FORMER else pair[1]
        own = {known.start for known in frame.dimensions().values()} & {token.start for token in state.tokens}
        frame = frame if own else carry(frame)
        for number in numbers:
            if number > at and not compiled(r"[;!12IVY]").search(state.row[at + 1 : number]) and number in state.frames:
                state.frames[number] = frame


def distribute_again(state: Walk, numbers: list[int]) -> None:
    """ "A with $5bn and B with $4bn; their respective changes were 3% and 2%": each is of what its fellow is of."""
    for at, token in enumerate(() if lacks(state.tokens, ("respective",)) else state.tokens):
        if token.text != "respective":
            continue
        run = next((run for run in _runs(state.row, numbers) if run[0] > at), [])
        before = [number for number in numbers if number < at and number in state.frames][-len(run) :] if run else []
        if len(run) > 1 and len(before) == len(run):
            for number, fellow in zip(run, before, strict=True):
                state.frames[number] = state.frames[fellow]


def periods_dealt(row: str, numbers: list[int]) -> dict[int, int]:
    """ "In 2022 and 2023 they were 5 and 6, respectively": the token of the period of each number."""
    found: dict[int, int] = {}
    for run in _runs(row, numbers):
        items = _items(row, "P", run, True) if _is_said(row, run) else None
        found |= dict(zip(run, items, strict=True)) if items is not None else {}
    return found


def _runs(row: str, numbers: list[int]) -> Iterator[list[int]]:
    """Two or more numbers of one kind with only commas and "and" between them, from left to right."""
    run: list[int] = []
    for at in numbers:
        between = row[run[-1] + 1 : at] if run else ""
        if run and row[at] == row[run[0]] and between and all(letter in ",a.b" for letter in between):
            run.append(at)
            continue
        if len(run) > 1 and "a" in row[run[-2] : run[-1]]:
            yield run
        run = [at]
    if len(run) > 1 and "a" in row[run[-2] : run[-1]]:
        yield run


def _kind_of(one: Measured | None) -> object:
    return (one.measure, one.direction) if one is not None else None


def _is_said(row: str, run: list[int]) -> bool:
    """Whether "respectively" stands with the numbers."""
    return (
        compiled(r"[^$%#xph;!]{0,12}R").match(row[run[-1] + 1 :]) is not None
        or compiled(r"R[^$%#xph;!]{0,6}$").search(row[: run[0]]) is not None
    )


def _items(row: str, kind: str, run: list[int], said: bool) -> list[int] | None:
    """The mentions of a kind before the numbers, as many as these, when they stand in a list that is no longer."""
    places = [at for at in range(run[0]) if row[at] == kind]
    found = places[-len(run) :]
    if len(found) != len(run):
        return None
    for one, other in pairwise(found):
        between = IN_PARENTHESES.sub("", row[one + 1 : other])  # "visitors from A (1.4 million) and B (1.3 million)"
        if any(letter not in ",a.oTj-" for letter in between):
            return None
    if said:
        return found
    to_numbers = IN_PARENTHESES.sub("", row[found[-1] + 1 : run[0]])
    if kind == "I":  # "exports and imports of Italy rose by 5% and 7%"
        to_numbers = compiled(r"^[oiw][.T]?[AEX]").sub("", to_numbers)
    if not (_joined(row, found[-2], found[-1]) and TO_NUMBERS.fullmatch(to_numbers)):
        return None
    if len(places) > len(run) and compiled(r"[,a.oTj-]*").fullmatch(row[places[-len(run) - 1] + 1 : found[0]]):
        return None  # "A, B and C reached 1 and 2": nobody knows whose they are
    if row[run[0] - 1 : run[0]] == "g" or "g" in row[found[0] : run[0]] or OWN_ITEM.match(row, run[-1] + 1):
        return None
    return found


def _joined(row: str, one: int, other: int) -> bool:
    return "a" in row[one + 1 : other]


def _give(state: Walk, run: list[int], items: list[int], kind: str) -> None:
    for number, item in zip(run, items, strict=True):
        known = known_name(state.tokens[item])
        frame = state.frames[number]
        if kind == "I":
            frame = replace(frame, indicator=known)
        elif kind == "X":
            frame = replace(frame, other={**frame.other, PRODUCT: known})
        elif _in_counterpart(state, frame, items):
            frame = replace(frame, counterpart=known)
        else:
            frame = replace(frame, area=known)
        state.frames[number] = frame


def _in_counterpart(state: Walk, frame: Frame, items: list[int]) -> bool:
    """Whether the areas of a list are partners: one of them was taken for one."""
    starts = {state.tokens[item].start for item in items}
    if frame.counterpart is not None and frame.counterpart.start in starts:
        return True
    if frame.area is not None and frame.area.how == EXPLICIT and frame.area.start in starts:
        return False
    return state.varying == COUNTERPART
