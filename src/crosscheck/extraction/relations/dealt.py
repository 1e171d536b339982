"""Totals that a sentence deals out: "£150,000, split between the High Street (£90,000), the market (£40,000) and …".

The grammar says that the parts are all there is, by a word of dealing out, by "the remaining" before the last of them, or
by what games and accounts are made up of; so they are one closed list, whatever the parts are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Number, Statement
from crosscheck.extraction.relations.comparisons import name_alike
from crosscheck.extraction.relations.listed_shares import IN_BRACKETS
from crosscheck.extraction.relations.lists import ITEM, undate_total
from crosscheck.extraction.sentences.frame import carried
from crosscheck.extraction.sentences.measures import LEVEL, SHARE, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import Row
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.values import replace, value

BRACKETS = re.compile(r"\([$#]\)(?:,?a?[.TXAEIoiKjL-]{1,7}\([$#]\)){1,8}")
GAPPED = re.compile(r"[.TXAEIoijqyLSP-]{0,9}[,;a]{1,2}[.TXAEIoijPaLSK-]{0,6}")
REACH = 12  # tokens between a total and the word that deals it out, or the first of its parts
MOST = Fraction(2)  # times the total: parts that are more are none of it
LEAST = Fraction(1, 2)
BACK = 3  # statements before a sentence whose total it may deal out
RESULT = re.compile(r"[$#][.TXAIPBoi]{0,8}[iv,o][.TXAIPBoij]{0,4}(?P<income>[$#])[.P]{0,2}a[.TXAIoj]{0,4}(?P<costs>[$#])")


@value
class Dealt:
    """Token indices of a total (None: the sentence before tells it) and of the parts that are all of it."""

    total: int | None
    items: Sequence[int]


def dealt_out(state: Walk, numbers: Sequence[int], measured: dict[int, Measured], taken: set[int]) -> list[Dealt]:
    """The totals that a sentence deals out; gives their figures measures and a subject where they have none."""
    shares_dealt_out(state, measured)
    found: list[Dealt] = []
    for one in (
        *_in_brackets(state.tokens),
        *_with_rest(state.tokens, numbers),
        *_games(state.tokens, numbers),
        *_results(state.tokens),
    ):
        told = {*one.items} if one.total is None else {one.total, *one.items}
        if told & taken or len(told) < 3 - (one.total is None) or not _are_alike(state.tokens, sorted(told)):
            continue
        if not name_alike(state, sorted(told)):
            continue
        for at in told:
            if at not in measured or measured[at].measure != LEVEL:
                measured[at] = Measured(LEVEL)
        taken |= told
        found.append(one)
    return found


def shares_dealt_out(state: Walk, measured: dict[int, Measured]) -> None:
    """ "Sales were split between plants (55%), furniture (30%) and the café (15%)": shares of what is dealt out."""
    for match in IN_BRACKETS.finditer(state.row):
        words = {token.text for token in state.tokens[max(match.start() - REACH, 0) : match.start()]}
        shares = [at + 1 for at in range(match.start(), match.end()) if state.row[at] == "("]
        if words.isdisjoint(words_of("dealing")) or not name_alike(state, shares):
            continue
        for at in shares:
            measured.setdefault(at, Measured(SHARE))


def _in_brackets(tokens: Row) -> Iterator[Dealt]:
    """ "Split £150,000 between the High Street (£90,000), the market (£40,000) and the station (£20,000)"."""
    for match in BRACKETS.finditer(tokens.letters):
        before = range(max(match.start() - REACH, 0), match.start())
        words = [at for at in before if tokens[at].text in words_of("dealing")]
        total = next((at for at in reversed(range(words[-1])) if tokens[at].letter in "$#"), None) if words else None
        items = [at + 1 for at in range(match.start(), match.end()) if tokens[at].letter == "("]
        joined = tokens.letters[match.start() : match.end()].rfind("a") > tokens.letters[match.start() : match.end()].rfind(
            ","
        )
        if total is not None and words[-1] - total < REACH and joined:
            yield Dealt(total, items)


def _with_rest(tokens: Row, numbers: Sequence[int]) -> Iterator[Dealt]:
    """ "The state pays £4.5 million and the council the other £1.8 million": of what is told before."""
    row = tokens.letters
    rest = [at for at in numbers if at > 1 and tokens[at - 1].text in words_of("the_rest") and tokens[at - 2].text == "the"]
    if len(rest) != 1 or row[rest[0]] not in "$#":
        return
    run = [rest[0]]
    for one, other in reversed([*pairwise([at for at in numbers if at <= rest[0]])]):
        if GAPPED.fullmatch(row[one + 1 : other]) is None or row[one] != row[other]:
            break
        run.insert(0, one)
    values = [number.value for at in run if isinstance(number := tokens[at].mention, Number)]
    if len(values) == len(run) > 2 and values[0] > max(values[1:]) and row[run[0] + 1 : run[1]].count("o") == 0:
        yield Dealt(run[0], run[1:])
    elif len(values) == len(run) > 1:
        yield Dealt(None, run)


def _games(tokens: Row, numbers: Sequence[int]) -> Iterator[Dealt]:
    """ "Won 14 of its 20 matches, drew four and lost two"."""
    told = {at: tokens[at - 1].text for at in numbers if at and tokens[at].letter == "#"}
    items = [at for at, word in told.items() if word in words_of("results_of_games")]
    kinds = {next(kind for kind in ("won", "drawn", "lost") if kind[0] == tokens[at - 1].text[0]) for at in items}
    played = [
        at
        for at in told
        if at not in items and isinstance(number := tokens[at].mention, Number) and number.unit in ("{matches}", "{games}")
    ]
    if len(items) == 3 == len(kinds) and len(played) == 1:
        yield Dealt(played[0], items)


def _results(tokens: Row) -> Iterator[Dealt]:
    """ "Lost £400,000 on income of £1.1 million and costs of £1.5 million": the larger is made up of the rest."""
    for match in RESULT.finditer(tokens.letters):
        result, income, costs = match.start(), match.start("income"), match.start("costs")
        before = {token.text.lower() for token in tokens[max(result - 4, 0) : result]}
        named = [
            {token.text.lower() for token in tokens[one + 1 : other]} for one, other in ((result, income), (income, costs))
        ]
        if named[0].isdisjoint(words_of("income")) or named[1].isdisjoint(words_of("outlay")):
            continue
        if not before.isdisjoint(words_of("loss")):
            yield Dealt(costs, (income, result))
        elif not before.isdisjoint(words_of("profit")):
            yield Dealt(income, (costs, result))


def _are_alike(tokens: Row, told: Sequence[int]) -> bool:
    numbers = [number for at in told if isinstance(number := tokens[at].mention, Number)]
    units = {number.unit for number in numbers if number.unit}
    return len({tokens[at].letter for at in told}) == 1 and (len(units) <= 1 or all(unit.startswith("{") for unit in units))


def tie_dealt(
    text: str, tokens: Row, found: Sequence[Dealt], statements: list[Statement], stated: Mapping[int, int]
) -> None:
    """Makes the parts of each total a closed list of it."""
    for one in found:
        if not all(at in stated for at in one.items):
            continue
        items = [stated[at] for at in one.items]
        total = _total_before(statements, items, min(stated.values())) if one.total is None else stated.get(one.total)
        if total is None or statements[total].measure != LEVEL or any(statements[at].measure != LEVEL for at in items):
            continue
        whole = statements[total]
        added = sum((statements[at].value for at in items), Fraction(0))
        units = {statements[at].unit for at in items} - {"", whole.unit}
        if not whole.value * LEAST <= added <= whole.value * MOST or (units and not whole.unit.startswith("{")):
            continue
        undate_total(statements, total)
        whole = statements[total]
        for at, index in zip(one.items, items, strict=True):
            _tie(text, tokens, at, statements, index, total)


def _total_before(statements: Sequence[Statement], items: Sequence[int], first: int) -> int | None:
    """The last amount told before a sentence that is larger than each of its parts, and counted like them."""
    largest, unit = max(statements[at].value for at in items), statements[items[0]].unit
    for index in range(first - 1, max(first - 1 - BACK, -1), -1):
        one = statements[index]
        if one.measure == LEVEL and one.unit == unit:
            return index if one.value > largest and one.modality == statements[items[0]].modality else None
    return None


def _tie(text: str, tokens: Row, at: int, statements: list[Statement], index: int, total: int) -> None:
    whole, item = statements[total], statements[index]
    dimensions = {name: known for name, value in whole.dimensions.items() if (known := carried(value)) is not None}
    dimensions[ITEM] = _label(text, tokens, at) or Known(f"{item.place.printed} at {at}", start=item.start, end=item.end)
    unit = whole.unit
    figure = item.figure if item.unit == unit else f"{item.figure.removesuffix(item.unit).strip()} {unit}"
    statements[index] = replace(
        item, dimensions=dimensions, list_of=total, unit=unit, figure=figure, modality=whole.modality
    )


def _label(text: str, tokens: Row, at: int) -> Known | None:
    """The words before a part, back to what parts it from the one before."""
    first = at - (tokens[at - 1].letter == "(")
    begin = first
    while begin and tokens[begin - 1].letter in ".XAEIK" and tokens[begin - 1].text not in words_of("article"):
        begin -= 1
    if begin == first:
        return None
    start, end = tokens[begin].start, tokens[first - 1].end
    return Known(" ".join(text[start:end].split()).lower(), start=start, end=end)
