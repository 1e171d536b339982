"""Amounts that a sentence adds up behind them: "3,120 in May and 2,880 in June, making 6,000"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from crosscheck.claims.model import INFERRED, NOT_STATED, PERIOD, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Number, Statement
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL
from crosscheck.extraction.sentences.tokens import Row
from crosscheck.inputs.values import replace

BETWEEN = re.compile(r"[.TXAEIoiftwPBLjG12-]{0,12}(?:,|a|,a)[.XAEILoiftwPj12]{0,4}")
LAST = re.compile(r"[.TXAEIoiftwPBLjG12-]{0,12}a[.XAEILoiftwPj12]{0,4}")
BEFORE_SUM = re.compile(r"[.TXAEIoiftwPBLjG12-]{0,12}[,a-]{1,2}[.TPjw]{0,4}o?[.]?")
MOST = 8


def close_sums(tokens: Row, numbers: Sequence[int], statements: list[Statement], stated: Mapping[int, int]) -> None:
    """Ties amounts to the one behind them that is said to be all of them together."""
    if len(numbers) < 3:
        return
    row = tokens.letters
    for place in range(2, len(numbers)):
        at, before = numbers[place], numbers[place - 1]
        if BEFORE_SUM.fullmatch(row[before + 1 : at]) is None or not _adds_up(tokens, before, at):
            continue
        run = [before]
        for one, other in reversed([*pairwise(numbers[:place])][-MOST:]):
            between = row[one + 1 : other]
            if not (LAST if len(run) == 1 else BETWEEN).fullmatch(between):
                break
            run.insert(0, one)
        if len(run) > 1 and all(one in stated for one in (*run, at)) and _are_alike(tokens, [*run, at]):
            _tie([stated[one] for one in run], stated[at], statements)


def _adds_up(tokens: Row, before: int, at: int) -> bool:
    """Whether words before or behind an amount say that it is all of those before it."""
    words = [token.text for token in tokens[before + 1 : at]]
    comma = max((index for index, word in enumerate(words) if word in (",", "-", "–", "—")), default=-1)
    near = set(words[comma + 1 :])
    behind = " ".join(token.text for token in tokens[at + 1 : at + 5])
    said = not near.isdisjoint(words_of("sum_before"))
    return comma >= 0 and (said or any(re.search(rf"\b{one}\b", behind) for one in words_of("sum_behind")))


def _are_alike(tokens: Row, run: Sequence[int]) -> bool:
    numbers = [token.mention for token in (tokens[at] for at in run)]
    kinds = {token.letter for token in (tokens[at] for at in run)}
    units = {one.unit for one in numbers if isinstance(one, Number) and one.unit and not one.unit.startswith("{")}
    return len(kinds) == 1 and kinds <= {"$", "#"} and len(units) <= 1


def _tie(items: Sequence[int], total: int, statements: list[Statement]) -> None:
    every = [statements[index] for index in (*items, total)]
    if any(one.measure not in (LEVEL, CHANGE) or one.list_of is not None for one in every):
        return
    if any(one.value > statements[total].value for one in every[:-1]) or len({one.measure for one in every}) > 1:
        return
    own = statements[total].dimensions
    if any(_told(one.dimensions) == _told(own) for one in every[:-1]):  # what the last of them is of was carried on
        statements[total] = replace(statements[total], dimensions={**own, DETAIL: Known("together", INFERRED)})
    unit = statements[total].unit
    for index in items:
        one = statements[index]
        figure = one.figure if one.unit == unit else f"{one.figure.removesuffix(one.unit).strip()} {unit}"
        counted = one.unit in ("", unit) or (one.unit.startswith("{") and unit.startswith("{"))
        if counted:
            one = replace(one, unit=unit, figure=figure)
        statements[index] = replace(one, list_of=total)
    _of_one_time(statements, (*items, total))


def _of_one_time(statements: list[Statement], run: Sequence[int]) -> None:
    """Where nobody says when for any of them, it is not known for all: they are one list of one time, whichever."""
    periods = [statements[index].dimensions.get(PERIOD) for index in run]
    if all(one is None or one.how == NOT_STATED for one in periods) and any(periods):
        for index in run:
            dimensions = {**statements[index].dimensions, PERIOD: Known(UNSTATED, NOT_STATED)}
            statements[index] = replace(statements[index], dimensions=dimensions)


def _told(dimensions: Mapping[str, Known]) -> dict[str, str]:
    return {name: known.value for name, known in dimensions.items() if name not in (DETAIL, PERIOD)}
