"""Totals with their listed parts: "16 documents …: six agreements, five memoranda and five contracts"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crosscheck.claims.model import NOT_STATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.frame import carried
from crosscheck.extraction.measures import LEVEL
from crosscheck.extraction.model import COUNT, Known, Number, Statement
from crosscheck.extraction.subjects import noun_of
from crosscheck.extraction.tokens import Token

ITEM = "item"
INDICATOR = "indicator"
OPEN = re.compile(r"(?:including|among (?:them|which))")


def close_lists(
    text: str,
    tokens: Sequence[Token],
    numbers: Sequence[int],
    statements: list[Statement],
    stated: Mapping[int, int],
) -> None:
    """Ties the items of a list in this sentence to the count that they break down, here or in a sentence before.

    `stated` gives the index in `statements` of each number of the sentence, by token. A list is closed where the text
    presents it as all: after a colon, or as "the documents included A, B and C"; after "including" it is open.
    """
    counts = [at for at in numbers if at in stated and _is_count(tokens[at])]
    row = "".join(token.letter for token in tokens)
    for start in range(len(counts)):
        run = _run(row, counts[start:])
        if len(run) < 2 or not _joined_last(row, run):
            continue
        total = _total(text, tokens, row, run, statements, stated)
        if total is None:
            continue
        _undate(statements, total)
        for at in run:
            _tie(text, tokens[at], statements, stated[at], total)
        return


def _is_count(token: Token) -> bool:
    return isinstance(token.mention, Number) and token.mention.kind == COUNT


def _run(row: str, counts: Sequence[int]) -> list[int]:
    """Counts in a row with only nouns and list marks between them."""
    run = [counts[0]]
    for at in counts[1:]:
        between = row[run[-1] + 1 : at]
        if not re.fullmatch(r"[.XoiIAEUDCTgtfw-]{1,6}(?:,|a|,a)", between):
            break
        run.append(at)
    return run


def _joined_last(row: str, run: Sequence[int]) -> bool:
    return row[run[-1] - 1] == "a"


def _total(
    text: str,
    tokens: Sequence[Token],
    row: str,
    run: Sequence[int],
    statements: Sequence[Statement],
    stated: Mapping[int, int],
) -> int | None:
    """The index of the statement that the list breaks down: a count of the noun before the list."""
    before = row[: run[0]]
    if re.search(r":[.]?$", before):
        own = [at for at in stated if at < run[0] and _is_count(tokens[at])]
        return stated[own[-1]] if own else None
    verb = tokens[run[0] - 1]
    if verb.text in words_of("comprise"):
        last = statements[-len(stated) - 1] if len(statements) > len(stated) else None
        if last is not None and last.measure == LEVEL and last.unit.startswith("{"):
            return len(statements) - len(stated) - 1  # "… 16 documents. They comprise six …"
    if verb.letter != "W" or OPEN.match(verb.text):
        return None
    subject = {token.text for token in tokens[: run[0] - 1] if token.letter in ".XI"}
    for index in range(len(statements) - 1, -1, -1):
        one = statements[index]
        if index in stated.values() or one.measure != LEVEL or not one.unit.startswith("{"):
            continue
        if one.unit.strip("{}") in subject:
            return index
    return None


def _undate(statements: list[Statement], total: int) -> None:
    """A total whose period nobody tells: it and its items are of one time, whichever."""
    period = statements[total].dimensions.get("time_period")
    if period is not None and period.how == NOT_STATED:
        dimensions = {name: known for name, known in statements[total].dimensions.items() if name != "time_period"}
        statements[total] = replace(statements[total], dimensions=dimensions)


def _tie(text: str, token: Token, statements: list[Statement], index: int, total: int) -> None:
    number = token.mention
    assert isinstance(number, Number)
    noun = noun_of(number, text) or Known(number.unit.strip("{}"), start=number.start, end=number.end)
    whole, item = statements[total], statements[index]
    dimensions = {name: known for name, value in whole.dimensions.items() if (known := carried(value)) is not None}
    dimensions[ITEM] = noun
    statements[index] = replace(item, dimensions=dimensions, list_of=total)
