"""Sentences with a sign for each number: what they set beside one another can be looked for in plain words.

Beside the letters of a sentence (`sentences/tokens.py`), which tell constructions inside of it: here a few sentences are
one line, so that what the second tells of the first can be found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from crosscheck.claims.model import INDICATOR, INFERRED, NOT_STATED, PERIOD, UNSTATED
from crosscheck.extraction.model import (
    BARE,
    COUNT,
    FRACTION,
    MEASURE,
    MONEY,
    MULTIPLE,
    PERCENT,
    POINTS,
    Known,
    Mentions,
    Number,
    Period,
    Statement,
)
from crosscheck.extraction.numbers.skips import AGE as IS_AGE
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.measures import SHARE
from crosscheck.extraction.sentences.splitting import sentences
from crosscheck.extraction.source import ASIDE, Block, Source, place_of
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.values import replace, value

SIGNS = {
    MONEY: "\ue000",
    MEASURE: "\ue001",
    COUNT: "\ue002",
    BARE: "\ue003",
    PERCENT: "\ue004",
    FRACTION: "\ue005",
    POINTS: "\ue006",
    MULTIPLE: "\ue007",
}
WHEN = "\ue008"  # a period
AGE = "\ue009"  # "a woman aged 43"
BREAK = "\n"  # between two sentences
AMOUNT, RATIO, ANY = "[\ue000-\ue003]", "[\ue004\ue005]", "[\ue000-\ue007]"
BACK = 2  # sentences before one that are looked at with it
PRIVATE = re.compile("[\ue000-\ue009]")


@value
class Line:
    """A sentence and up to two before it, in small letters, each number and period a sign; `own` is where it begins."""

    row: str
    own: int
    at: Mapping[int, Number | Period]  # by place in `row`

    def number(self, at: int) -> Number:
        """The number whose sign stands there."""
        found = self.at[at]
        assert isinstance(found, Number)
        return found

    def amounts(self, start: int, end: int) -> list[int]:
        """Where amounts stand between two places."""
        return [match.start() for match in re.compile(AMOUNT).finditer(self.row, start, end)]


def lines_of(source: Source, read: Sequence[tuple[Block, Mentions]]) -> Iterator[Line]:
    """A line for each sentence with a number, with the sentences of its paragraph before it."""
    for block, mentions in read:
        if block.kind == ASIDE or not mentions.numbers:
            continue
        marks: list[Number | Period] = sorted(
            [*mentions.numbers, *mentions.periods, *_ages(source.text, mentions)], key=lambda one: one.start
        )
        starts = [one.start for one in marks]
        rows: list[tuple[str, dict[int, Number | Period]]] = []
        for start, end in sentences(source.text, block.start, block.end):
            rows.append(_row(source.text, start, end, marks[bisect_left(starts, start) : bisect_left(starts, end)]))
            if any(isinstance(one, Number) for one in rows[-1][1].values()):
                yield _joined(rows[-1 - BACK :])


def _ages(text: str, mentions: Mentions) -> Iterator[Number]:
    """The ages of a text in digits, which are no figures where they stand alone."""
    for one in mentions.skipped:
        printed = text[one.start : one.end]
        if one.reason == IS_AGE and printed.isdecimal():
            yield Number(one.start, one.end, printed, Fraction(int(printed)), "", AGE)


def _row(text: str, start: int, end: int, marks: Sequence[Number | Period]) -> tuple[str, dict[int, Number | Period]]:
    found: dict[int, Number | Period] = {}
    row, free = "", start
    for one in marks:
        hedged = isinstance(one, Number) and one.qualifier_start is not None and free <= one.qualifier_start < one.start
        begin = one.qualifier_start if hedged and isinstance(one, Number) and one.qualifier_start is not None else one.start
        if one.start < free:
            continue
        row += _plain(text[free:begin])
        found[len(row)] = one
        row += WHEN if isinstance(one, Period) else AGE if one.kind == AGE else SIGNS[one.kind]
        free = one.end
    return row + _plain(text[free:end]), found


def _plain(words: str) -> str:
    return re.sub(r"\s", " ", PRIVATE.sub(" ", words)).replace("’", "'").lower()


def _joined(rows: Sequence[tuple[str, dict[int, Number | Period]]]) -> Line:
    row, at = "", {}
    own = 0
    for line, marks in rows:
        own = len(row)
        at.update({own + index: one for index, one in marks.items()})
        row += line + BREAK
    return Line(row, own, at)


class Told:
    """The statements of a text by where they begin, and those that are made for numbers that were not understood."""

    def __init__(self, source: Source, statements: list[Statement]) -> None:
        self.source, self.statements = source, statements
        self.by_start = {one.start: index for index, one in enumerate(statements)}

    def has(self, number: Number) -> bool:
        """Whether a number is a statement."""
        return number.start in self.by_start

    def get(self, number: Number) -> Statement | None:
        """The statement of a number, if there is one."""
        index = self.by_start.get(number.start)
        return self.statements[index] if index is not None else None

    def put(self, number: Number, one: Statement) -> int:
        """Keeps the statement of a number; its index."""
        index = self.by_start.get(number.start)
        if index is None:
            index = self.by_start[number.start] = len(self.statements)
            self.statements.append(one)
        else:
            self.statements[index] = one
        return index

    def add(self, one: Statement) -> None:
        """Takes in a statement of a number that was none."""
        self.by_start[one.start] = len(self.statements)
        self.statements.append(one)

    def as_measure(
        self, number: Number, measure: str, like: Statement | None, sign: int = 1, unit: str | None = None
    ) -> int:
        """The index of the statement of a number as a figure of that measure; of what `like` is, where nothing is known."""
        one = self.get(number)
        figure, own = number.figure, number.unit
        if unit is not None and unit != own:
            figure, own = f"{figure.removesuffix(own).strip()} {unit}".strip(), unit
        shown = " ".join([*([number.qualifier] if number.qualifier else []), f"-{figure}" if sign < 0 else figure])
        signed = -number.value if sign < 0 else number.value
        if one is None:
            named = like.dimensions.get(INDICATOR) if like is not None else None
            printed = self.source.text[number.start : number.end]
            dimensions = {
                INDICATOR: replace(named, how=INFERRED)
                if named is not None
                else Known("figure told beside others", INFERRED),
                DETAIL: Known(printed, INFERRED, number.start, number.end),
                PERIOD: Known(UNSTATED, NOT_STATED),
            }
            place = place_of(self.source, number.start, number.end)
            modality = like.modality if like is not None else "fact"
            one = Statement(number.start, number.end, shown, signed, own, measure, dimensions, place, modality=modality)
        elif one.measure != measure or one.unit != own:
            one = replace(one, figure=shown, value=signed, unit=own, measure=measure, whole=None, base_period=None)
        return self.put(number, one)

    def as_share(self, number: Number, like: Statement) -> Statement:
        """The statement of a number as a share of what `like` is, as it is told: the part has no name of its own."""
        one = self.get(number)
        if one is not None and one.measure == SHARE and one.whole is not None:
            return one
        one = self.statements[self.as_measure(number, SHARE, like)]
        printed = Known(self.source.text[number.start : number.end], INFERRED, number.start, number.end)
        return replace(
            one,
            figure=" ".join([*([number.qualifier] if number.qualifier else []), number.figure]),
            value=number.value,
            dimensions={**one.dimensions, DETAIL: printed},
            whole={DETAIL: None},
            direction_unstated=False,
        )
