"""Gives the items of "A, B and C reached 1, 2 and 3, respectively" to their numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from crosscheck.extraction.frame import COUNTERPART
from crosscheck.extraction.measures import Measured
from crosscheck.extraction.phrases import known_name
from crosscheck.extraction.state import Walk


def distribute(state: Walk, numbers: list[int], measured: dict[int, Measured]) -> None:
    """Where "respectively" stands, the last numbers in a row take the items of the list before them, one each."""
    row = state.row
    for at, letter in enumerate(row):
        if letter != "R":
            continue
        run = _run(row, numbers, at)
        if len(run) < 2:
            continue
        for kind in ("A", "I", "X"):
            items = _items(row, kind, run[0], len(run))
            if items is not None:
                _give(state, run, items, kind)
                break


def distribute_again(state: Walk, numbers: list[int]) -> None:
    """ "A with $5bn and B with $4bn; their respective changes were 3% and 2%": each is of what its fellow is of."""
    for at, token in enumerate(state.tokens):
        if token.text != "respective":
            continue
        after = [number for number in numbers if number > at]
        run = _run(state.row, after, at) if after else []
        before = [number for number in numbers if number < at and number in state.frames][-len(run) :]
        if len(run) > 1 and len(before) == len(run):
            for number, fellow in zip(run, before, strict=True):
                state.frames[number] = state.frames[fellow]


def _run(row: str, numbers: list[int], at: int) -> list[int]:
    """The numbers nearest to "respectively" with only commas, "and" and the like between them."""
    side = [number for number in numbers if number < at] or [number for number in numbers if number > at]
    found: list[int] = []
    for number in reversed(side) if side and side[0] < at else side:
        if found:
            low, high = sorted((number, found[-1]))
            between = row[low + 1 : high]
            if row[number] != row[found[0]] or any(letter not in ",a.b" for letter in between):
                break
        found.append(number)
    return sorted(found)


def _items(row: str, kind: str, before: int, count: int) -> list[int] | None:
    """The last `count` mentions of a kind before the numbers, when they stand in a list."""
    places = [at for at in range(before) if row[at] == kind][-count:]
    if len(places) != count:
        return None
    for one, other in pairwise(places):
        if any(letter not in ",a.oTj-" for letter in row[one + 1 : other]):
            return None
    return places


def _give(state: Walk, run: list[int], items: list[int], kind: str) -> None:
    for number, item in zip(run, items, strict=True):
        known = known_name(state.tokens[item])
        frame = state.frames[number]
        if kind == "I":
            frame = replace(frame, indicator=known)
        elif kind == "X":
            frame = replace(frame, other={**frame.other, "product": known})
        elif state.varying == COUNTERPART:
            frame = replace(frame, counterpart=known)
        else:
            frame = replace(frame, area=known)
        state.frames[number] = frame
