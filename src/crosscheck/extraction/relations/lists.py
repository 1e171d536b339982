"""Totals with their listed parts: "16 documents …: six agreements, five memoranda and five contracts"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from crosscheck.claims.model import NOT_STATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import COUNT, Known, Number, Statement
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.frame import carried
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.sentences.subjects import noun_of
from crosscheck.extraction.sentences.tokens import Row, Token, letters
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.values import replace

ITEM = "item"
NEAR = Fraction(1, 50)  # of the total, as in tables: within that the amounts of a list are all of it
MORE = Fraction(1, 4)  # of the total: so much more than all of it cannot be some of many
AFTER_TOTAL = r"[.XAEIoiftwgPTj-]{0,10},?"
TO_NEXT = r"[oftiwg][XAEI.T-]{1,5}(?:,|a|,a)"
SHOWN = 3  # digits of a total that its list may miss by one
SHARE = "share"
ADDED_BEFORE = 5  # words before a share that say that it is a sum
INDICATOR = "indicator"
OPEN = re.compile(r"(?:including|among (?:them|which))")


def close_lists(
    text: str,
    tokens: Row,
    numbers: Sequence[int],
    statements: list[Statement],
    stated: Mapping[int, int],
) -> None:
    """Ties the items of a list in this sentence to the count that they break down, here or in a sentence before.

    `stated` gives the index in `statements` of each number of the sentence, by token. A list is closed where the text
    presents it as all: after a colon, or as "the documents included A, B and C"; after "including" it is open.
    """
    counts = [at for at in numbers if at in stated and _is_count(tokens[at])]
    row = letters(tokens)
    for start in range(len(counts)):
        run = _run(row, counts[start:])
        if len(run) < 2 or not _joined_last(row, run):
            continue
        total = _total(text, tokens, row, run, statements, stated)
        if total is None:
            continue
        undate_total(statements, total)
        for at in run:
            _tie(text, tokens[at], statements, stated[at], total)
        return
    _close_amounts(text, tokens, row, [at for at in numbers if at in stated], statements, stated)


def _close_amounts(
    text: str,
    tokens: Row,
    row: str,
    numbers: Sequence[int],
    statements: list[Statement],
    stated: Mapping[int, int],
) -> None:
    """ "16 documents: 6 from Italy, 5 from Spain and 5 from France", "$24 million: $11 million for schools and …".

    Things that are counted are all there, as they are listed. Amounts are where they come near the total, or where it is
    said to be that of all ("together"): the largest of many are no list of all.
    """
    all_of_it = words_of("comprise_all")
    if len(numbers) < 3 or (":" not in row and all_of_it.isdisjoint(tokens.texts)):
        return
    marks = [at for at, token in enumerate(tokens) if token.letter == ":" or token.text in all_of_it]
    before = [at for at in numbers if marks and at < marks[0]]
    items = [at for at in numbers if marks and at > marks[0] and row.count("(", 0, at) == row.count(")", 0, at)]
    if (
        len(marks) != 1
        or not before
        or len(items) < 2
        or not compiled(AFTER_TOTAL).fullmatch(row[before[-1] + 1 : marks[0]])
    ):
        return
    labels = [row[one + 1 : other] for one, other in pairwise(items)]
    if row[marks[0] + 1 : items[0]] not in ("", ".") or not all(compiled(TO_NEXT).fullmatch(one) for one in labels):
        return
    if not labels[-1].endswith("a") or any(label.endswith("a") and not label.endswith(",a") for label in labels[:-1]):
        return
    total = statements[stated[before[-1]]]
    counted = _is_count(tokens[before[-1]])
    parts = [statements[stated[at]] for at in items]
    if any(one.measure != LEVEL or one.unit not in (total.unit, "" if counted else total.unit) for one in (total, *parts)):
        return
    whole = any(token.letter == "T" or token.text in words_of("together") for token in tokens[: marks[0]])
    beyond = sum(one.value for one in parts) - total.value
    near = -total.value * NEAR <= beyond <= total.value * MORE or _is_one_digit(beyond, total)
    if any(one.list_of is not None for one in parts) or not (counted or whole or near):
        return
    undate_total(statements, stated[before[-1]])
    for at in items:
        _tie_amount(text, tokens, row, at, statements, stated[at], stated[before[-1]])


def _is_one_digit(gap: Fraction, total: Statement) -> bool:
    """Whether a list misses its total by one digit alone, as where one was mistyped: 90.8 for 94.8.

    Of few digits that may be chance, and of a tenth or more the rest that is not told.
    """
    printed = compiled(r"[0-9][0-9.,]*").search(total.figure)
    significant = "".join(letter for letter in printed[0] if letter.isdecimal()).strip("0") if printed else ""
    digits = str((abs(gap) * 1000).limit_denominator(1))
    return len(significant) >= SHOWN and abs(gap) * 10 < total.value and len(digits.strip("0")) == 1


def _tie_amount(
    text: str, tokens: Sequence[Token], row: str, at: int, statements: list[Statement], index: int, total: int
) -> None:
    """Makes a number an item of its total; what it is of are the words behind it, where nothing else tells it apart."""
    whole, item = statements[total], statements[index]
    ours = {name: known for name, known in item.dimensions.items() if name != DETAIL}
    same = (INDICATOR, "time_period")
    plain = {name: known.value for name, known in whole.dimensions.items() if name not in same}
    if ours.get(INDICATOR) == whole.dimensions.get(INDICATOR) and plain != {
        name: known.value for name, known in ours.items() if name not in same
    }:
        dimensions = {**ours, **{name: whole.dimensions[name] for name in same if name in whole.dimensions}}
        if "time_period" not in whole.dimensions:
            dimensions.pop("time_period", None)
    else:
        dimensions = {name: known for name, value in whole.dimensions.items() if (known := carried(value)) is not None}
        behind = compiled(r"[^,a;!$%#(]*").match(row[at + 1 :])
        words = [
            token for token in tokens[at + 1 : at + 1 + (behind.end() if behind else 0)] if token.letter not in "oftiwg"
        ]
        if not words:
            return
        start, end = words[0].start, words[-1].end
        dimensions[ITEM] = Known(" ".join(text[start:end].split()).lower(), start=start, end=end)
    unit = whole.unit if item.unit == "" else item.unit
    figure = item.figure if item.unit == unit else f"{item.figure} {unit}"
    statements[index] = replace(item, dimensions=dimensions, list_of=total, unit=unit, figure=figure)


def close_shares(
    tokens: Sequence[Token], numbers: Sequence[int], statements: list[Statement], stated: Mapping[int, int]
) -> None:
    """Ties shares to the one that adds them up: "24% of exports and 20% of imports, together 44%".

    Two shares before it are what it adds; of more the last ones that give it, if any do.
    """
    shares = [at for at in numbers if at in stated and statements[stated[at]].measure == SHARE]
    for place, at in enumerate(shares):
        near = {token.text for token in tokens[max(at - ADDED_BEFORE, 0) : at]}
        if place == 0 and near & words_of("added_up"):
            _add_up_before(statements, stated[at], min(stated.values()))
        if place < 2 or not near & words_of("together"):
            continue
        total = statements[stated[at]]
        step = max(1, place) * Fraction(1, 2)
        for size in range(2, place + 1):
            items = shares[place - size : place]
            gap = abs(sum((statements[stated[item]].value for item in items), Fraction(0)) - total.value)
            if place == 2 or gap <= step:
                for item in items:
                    statements[stated[item]] = replace(statements[stated[item]], list_of=stated[at])
                break


def _add_up_before(statements: list[Statement], total: int, first: int) -> None:
    """ "Exports to Italy are 12% of all, and imports 14%. Italy thus has 26%": exactly the sum of the shares just told."""
    items: list[int] = []
    wanted, added = _in_percent(statements[total]), Fraction(0)
    for index in range(first - 1, max(first - 4, -1), -1):
        if statements[index].measure != SHARE:
            return
        items.append(index)
        added += _in_percent(statements[index])
        if len(items) > 1 and added == wanted:
            for item in items:
                statements[item] = replace(statements[item], list_of=total)
            return


def _in_percent(share: Statement) -> Fraction:
    return share.value * 100 if share.unit == "" else share.value


def _is_count(token: Token) -> bool:
    return isinstance(token.mention, Number) and token.mention.kind == COUNT


def _run(row: str, counts: Sequence[int]) -> list[int]:
    """Counts in a row with only nouns and list marks between them."""
    run = [counts[0]]
    for at in counts[1:]:
        between = row[run[-1] + 1 : at]
        if not compiled(r"[.XoiIAEUDCTgtfw-]{1,6}(?:,|a|,a)").fullmatch(between):
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
    if compiled(r":[.]?$").search(before):
        own = [at for at in stated if at < run[0] and _is_count(tokens[at])]
        return stated[own[-1]] if own else None
    verb = tokens[run[0] - 1]
    spoken = " ".join(token.text for token in tokens[max(run[0] - 2, 0) : run[0]])
    if verb.text in words_of("comprise") or spoken in words_of("comprise"):
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


def undate_total(statements: list[Statement], total: int) -> None:
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
