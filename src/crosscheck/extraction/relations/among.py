"""Sentences that begin with those of whom they tell: "Of the 8,400 people employed, 1,260 work at night, or 15%"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crosscheck.claims.model import NOT_STATED, PERIOD
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import BARE, COUNT, MEASURE, Known, Number, Statement
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import Frame, carried
from crosscheck.extraction.sentences.measures import LEVEL, SHARE, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.surveys import predicate
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import replace

BEFORE = -1  # those of the sentence before: "Of these, …"
IN_WORDS = -2  # those that the sentence begins with in words alone: "Of the roads inspected, 62% were …"
OF_THEM = re.compile(r"\"?(?:o|i|\.o)[.TjIX]{0,4}o?[.T]?#[^,;!$%xp#h]{0,12}?,")
OF_WORDS = re.compile(r"\"?o[.TXAEIjPLitVUDq-]{2,12}?,(?=[.]{0,2}[%h])")
EACH = re.compile(r"[ \n](?:each|apiece)(?![a-z])|[ \n](?:per|a|an|for each|for every|each)[ \n](?P<noun>[a-z]+)(?![a-z-])")
BEGINS = re.compile(r"(?:^W|[,au;])[.]{0,2}$")
OF_COUNT = re.compile(r"[%h](\([%h]\))?o[.Tj]{0,3}#")
KIND = re.compile(r"L[.X],")
INDICATOR = "indicator"


def told_of(tokens: list[Token]) -> tuple[int, int] | None:
    """The token of the number of those that a sentence begins with, and that of the comma behind them; None for none."""
    if not _begins(tokens):
        them = len(tokens) > 1 and tokens[0].letter == "W" and tokens[0].text in words_of("of_which")
        return (BEFORE, them and tokens[1].letter == ",") if them and tokens[1].letter in ",#" else None
    if len(tokens) > 2 and tokens[1].text in ("these", "those") and tokens[2].letter == ",":
        return BEFORE, 2
    if len(tokens) > 3 and tokens[1].text == "the" and tokens[2].letter in ".I" and tokens[3].letter == ",":
        return BEFORE, 3  # "Of the mayors, 55% said …"
    row = letters(tokens)[:24]
    match = OF_THEM.match(row)
    if match is None:
        words = OF_WORDS.match(row)
        return (IN_WORDS, words.end() - 1) if words is not None else None
    at = match[0].index("#")
    number = tokens[at].mention
    counts = isinstance(number, Number) and (number.kind == MEASURE or (number.kind == COUNT and number.noun is not None))
    return (at, match.end() - 1) if counts else None


def _begins(tokens: list[Token]) -> bool:
    """Whether a sentence begins with those of whom it tells, a quotation mark before them or not."""
    first = next((token for token in tokens[:2] if token.letter != '"'), None)
    return first is not None and first.text in ("of", "out", "among", "amongst")


def _in_words(state: Walk, comma: int) -> Frame | None:
    """The frame of those that a sentence names in words alone."""
    end = next((at for at, token in enumerate(state.tokens[:comma]) if token.letter in "iP"), comma)
    words = [token for token in state.tokens[:end] if token.letter in ".XTLIVtUD"]
    while words and words[0].text in words_of("stop"):
        words.pop(0)
    if not words:
        return None
    start, end = words[0].start, words[-1].end
    spoken = Known(" ".join(state.text[start:end].split()).lower(), start=start, end=end)
    return Frame(spoken, state.frame.area, None, {}, state.frame.source)


def measured_among(tokens: list[Token], numbers: list[int], measured: dict[int, Measured]) -> None:
    """In such a sentence a ratio that begins a clause, or stands beside a number that does, is a share of them."""
    found = told_of(tokens)
    if found is None:
        return
    row = letters(tokens)
    for place, at in enumerate(numbers):
        if at < found[1] or row[at] not in "%h":
            continue
        beside = place and compiled(r"[^;!u]{0,12}?(?:,?r|\()[.]?").fullmatch(row[numbers[place - 1] + 1 : at])
        if BEGINS.search(row[:at]) or beside:
            measured[at] = Measured(SHARE)


def read_among(state: Walk, numbers: list[int]) -> None:
    """Puts what is said of them into the frames: "1,260 work at night", "or 15%"."""
    found = told_of(state.tokens)
    if found is None or (found[0] == BEFORE and not state.context.wholes):
        return
    if found[0] == IN_WORDS:
        whole = _in_words(state, found[1])
    else:
        whole = state.context.wholes[-1] if found[0] == BEFORE else state.frames.get(found[0])
    last: int | None = None
    if whole is None or whole.indicator is None:
        return
    for place, at in enumerate(numbers):
        measure = state.measured.get(at)
        if at < found[1] or measure is None:
            continue
        number = state.tokens[at].mention
        assert isinstance(number, Number)
        if not BEGINS.search(state.row[:at]):
            ratio = measure.measure == SHARE and last is not None and numbers[place - 1] == last
            if ratio and last is not None and compiled(r"[r(][.]?$").search(state.row[:at]):
                state.frames[at], state.wholes[at] = state.frames[last], whole
            continue
        part = predicate(state, at + 1)
        if part is None or not ((number.kind in (BARE, COUNT) and found[0] != IN_WORDS) or measure.measure == SHARE):
            continue
        state.frames[at] = Frame(part, whole.area, whole.counterpart, whole.other, whole.source)
        state.nameless.discard(at)
        last = at
        if measure.measure == SHARE:
            state.wholes[at] = whole
            state.of_people.add(at)
        elif found[0] != IN_WORDS:
            state.among[at] = found[0]


def read_shares_of_counts(state: Walk) -> None:
    """ "40% of the 12,000 residents voted", "one fifth (20%) of the 4,500 pupils walk to school": as said the other way."""
    for match in OF_COUNT.finditer(state.row):
        share, at = match.start(), match.end() - 1
        number, whole = state.tokens[at].mention, state.frames.get(at)
        if not isinstance(number, Number) or number.kind != COUNT or number.noun is None or whole is None:
            continue
        noun_end = number.noun[1]
        first = next((index for index in range(at + 1, len(state.tokens)) if state.tokens[index].start >= noun_end), None)
        if first is None:
            continue
        if state.row[first] in "oftiwgbP":  # "visitors to the park in 2023 came from abroad"
            first = next((n for n in range(first, len(state.tokens)) if state.row[n] in "SLyqVUD,;!"), first)
        part = predicate(state, first) if state.row[first] not in "oftiwgbP,;!" else None
        if part is None:
            continue
        for ratio in (share, share + 2) if match[1] else (share,):
            state.frames[ratio] = Frame(part, whole.area, whole.counterpart, whole.other, whole.source)
            state.wholes[ratio] = whole
            state.measured[ratio] = Measured(SHARE)
            state.of_people.add(ratio)
            state.nameless.discard(ratio)


def counted_among(state: Walk, said: dict[int, Number]) -> None:
    """Those who do something are of the things counted: "1,260 work night shifts" are people, and no shifts."""
    for at, whole in state.among.items():
        number = said[at]
        if whole == BEFORE:
            indicator = state.context.wholes[-1].indicator
            units = state.context.units.get(indicator.value, frozenset()) - {""} if indicator is not None else frozenset()
            if number.unit or len(units) != 1:
                continue
            (unit,) = units
        else:
            unit = said[whole].unit
        figure = number.figure.removesuffix(number.unit).strip()
        said[at] = replace(number, unit=unit, figure=f"{figure} {unit}", kind=COUNT)


def tie_among(state: Walk, statements: list[Statement], stated: Mapping[int, int]) -> None:
    """The largest of those who do something is no more than all of them; several may overlap, so no other is tied."""
    tied = [at for at in state.among if at in stated and statements[stated[at]].measure == LEVEL]
    total = _total(state, statements, stated) if tied else None
    if total is None or any(statements[stated[at]].unit != statements[total].unit for at in tied):
        return
    gapped = all(_has_no_verb(state, at) for at in tied[1:]) or _are_kinds(state, tied)
    most = max(tied, key=lambda at: statements[stated[at]].value)
    for at in tied if gapped else [most]:
        _tie(statements, stated[at], total)


def _total(state: Walk, statements: list[Statement], stated: Mapping[int, int]) -> int | None:
    """The index of the statement that counts all of them: of the same time, where several count them one after another."""
    first = next(iter(state.among.values()))
    if first != BEFORE:
        return stated.get(first)
    wanted = state.context.wholes[-1].indicator
    begin = min(stated.values())
    own, unit = statements[begin].dimensions.get(PERIOD), statements[begin].unit
    found = [
        index
        for index in range(begin - 1, max(begin - 6, -1), -1)
        if statements[index].measure == LEVEL
        and statements[index].unit == unit
        and wanted is not None
        and statements[index].dimensions[INDICATOR].value == wanted.value
    ]
    periods = {index: statements[index].dimensions.get(PERIOD) for index in found}
    same = (index for index, one in periods.items() if one is not None and own is not None and one.value == own.value)
    return next(same, next(iter(found), None))


def _has_no_verb(state: Walk, at: int) -> bool:
    """ "… on the northern lines, 15.1 million on the southern lines": what they do is said once, so none does both."""
    return state.row[at + 1 : at + 2] in ("i", "o", "t", "f", "w", "b")


def _are_kinds(state: Walk, tied: list[int]) -> bool:
    """ "17 were gold, 14 silver and 15 bronze": what they were is said once, and each is of one kind."""
    first = KIND.match(state.row, tied[0] + 1)
    if first is None or state.tokens[tied[0] + 1].text not in words_of("passive"):
        return False
    words = [state.tokens[at + 1] for at in tied[1:]]
    kinds = all(compiled(r"[.X](?:[,a!;])").match(state.row, at + 1) for at in tied[1:])
    return kinds and not any(word.text.endswith("ed") for word in words)


def _tie(statements: list[Statement], index: int, total: int) -> None:
    one, period = statements[index], statements[total].dimensions.get(PERIOD)
    own = one.dimensions.get(PERIOD)
    dimensions = {name: known for name, known in one.dimensions.items() if name != PERIOD}
    if period is not None and (own is None or own.how == NOT_STATED):
        dimensions[PERIOD] = carried(period) or period
    elif own is not None and own.how != NOT_STATED:
        dimensions[PERIOD] = own
    statements[index] = replace(one, dimensions=dimensions, list_of=total, list_open=True)


def give_each(text: str, state: Walk, said: Mapping[int, Number], measured: Mapping[int, Measured]) -> None:
    """ "$36 million to 1,800 families, or $20,000 each", "42,000 tickets for $1.3 million, $30 a ticket"."""
    for at, number in said.items():
        each = EACH.match(text, number.end)
        if each is None or at not in measured or measured[at].measure != LEVEL or "/" in number.unit:
            continue
        before = [other for other in said if other < at and other in state.frames]
        counts = [other for other in before if said[other].kind == COUNT]
        if each["noun"]:
            counts = [other for other in counts if said[other].unit in (f"{{{each['noun']}s}}", f"{{{each['noun']}}}")]
        totals = [other for other in before if said[other].unit == number.unit]
        things = state.frames[counts[-1]].indicator if counts else None
        if things is not None and totals:
            per = Known(things.value, start=number.end, end=each.end())
            frame = state.frames[totals[-1]]
            state.frames[at] = replace(frame, other={**frame.other, "per": per})
