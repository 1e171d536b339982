"""How surely the dimensions of a figure are known: `explicit` and `carried` stand only where the words bind them to it.

Reading finds the likeliest meaning of each figure; whether that is what the text says or a guess is asked here, once a
sentence is read, by what stands in it: words of the phrase that no dimension took in, another candidate that stands nearer,
a subject that goes on over words that may be another one. What is a guess becomes `inferred`; no value is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crosscheck.claims.model import AREA, CARRIED, COUNTERPART, EXPLICIT, INDICATOR, INFERRED, NAMED_DIMENSIONS, PERIOD
from crosscheck.extraction.apart import DETAIL
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.frame import is_bilateral
from crosscheck.extraction.measures import RATE
from crosscheck.extraction.model import Known, Number, Statement
from crosscheck.extraction.state import Walk
from crosscheck.extraction.tokens import Token

CLAUSE = ";u!"  # marks and words between clauses
IN_PHRASE = re.compile(r"[.XTPGU-]{0,6}")
BINDS = re.compile(r"[LUDCSlVYyqejKI]")  # a verb, "its", what the area is a partner in
PHRASE = ".XIAEjkTGU"  # what a noun phrase is made of
BEHIND = PHRASE + "ofiwtga-PB"  # what may follow its noun in it
SURE = (EXPLICIT, CARRIED)
NEAR = 8  # tokens behind a figure in which its verb may stand

Span = tuple[int, int]


@dataclass(slots=True)
class Doubts:
    """Where the words stand, by dimension, that were found to be a guess: what is carried from them is one too."""

    of: set[tuple[str, int]] = field(default_factory=set)


def weigh(stated: Mapping[int, int], statements: list[Statement], state: Walk, doubts: Doubts) -> None:
    """Sets how the dimensions of the figures of a sentence are known; `stated` gives their indices by token."""
    placed = sorted(_placed(state, [statements[index] for index in stated.values()]))
    for at, index in stated.items():
        statement = statements[index]
        unsure = set(_unsure(state, at, statement, placed))
        for name, known in statement.dimensions.items():
            if known.start is not None and (name, known.start) in doubts.of:
                unsure.add(name)
            elif name in unsure and known.start is not None and name in WORDED:
                doubts.of.add((name, known.start))
        if unsure:
            dimensions = {n: _guessed(k) if n in unsure else k for n, k in statement.dimensions.items()}
            statements[index] = replace(statement, dimensions=dimensions)


WORDED = (INDICATOR,)


def _guessed(known: Known) -> Known:
    return replace(known, how=INFERRED) if known.how in SURE else known


def _placed(state: Walk, statements: Iterable[Statement]) -> Iterator[Span]:
    """Where the words stand that some figure of the sentence has taken in."""
    for statement in statements:
        for name, known in statement.dimensions.items():
            if name != DETAIL and known.start is not None and known.end is not None:
                yield known.start, known.end
        if statement.base_period is not None and statement.base_period.start is not None:
            yield statement.base_period.start, statement.base_period.end or statement.base_period.start
    for frame in state.wholes.values():
        for known in frame.dimensions().values():
            if known.start is not None and known.end is not None:
                yield known.start, known.end
    for token in state.tokens:
        if isinstance(token.mention, Number) and token.mention.noun is not None:
            yield token.mention.noun


def _unsure(state: Walk, at: int, one: Statement, placed: Sequence[Span]) -> Iterator[str]:
    """The dimensions of a figure that are a guess."""
    known = one.dimensions
    indicator = known.get(INDICATOR)
    if DETAIL in known:  # what tells it apart from another figure was lost
        yield DETAIL
        yield INDICATOR
    if indicator is not None:
        span = _tokens_of(state, indicator)
        if span is not None:
            if any(_unplaced(state.tokens[index], placed) for index in _told_with(state, at, span)):
                yield INDICATOR
        elif any(_unplaced(state.tokens[index], placed) for index in range(_clause(state, at), at)):
            yield INDICATOR
        if span is not None and _is_own(state, at, indicator):
            yield INDICATOR
        if span is not None and (_points_back(state) or _is_aside(state, at, span)):
            yield INDICATOR
        if span is not None and AREA in known and not _belongs(state, known[AREA], span):
            yield AREA
        if _may_be_a_part(state, at, known) or _by_default(state, at):
            yield INDICATOR
    for name in (AREA, COUNTERPART):
        if name in known and _points(state, known[name]):
            yield name
    if PERIOD in known and _may_be_now(state, at, known[PERIOD]):
        yield PERIOD
    if AREA not in known:
        yield INDICATOR
    if COUNTERPART in known and not is_bilateral(state.lists, indicator) and known[COUNTERPART].how == CARRIED:
        yield COUNTERPART


def _is_own(state: Walk, at: int, indicator: Known) -> bool:
    """Whether the indicator stands in words that no list has, and that are not those counted."""
    if state.lists.find(INDICATOR, indicator.value) is not None:
        return False
    number = state.tokens[at].mention
    return not (isinstance(number, Number) and number.noun is not None and number.noun[0] == indicator.start)


def _points_back(state: Walk) -> bool:
    """ "That compares with a loss of $5m on revenue of $40m": of whom and what, the sentence before says."""
    return state.tokens[0].text in words_of("pointer")


def _is_aside(state: Walk, at: int, span: tuple[int, int]) -> bool:
    """ "The ministry, which counts exports otherwise, put it at $5 billion": the clause of the indicator is another one."""
    first, last = span
    opened = max(state.row.rfind(mark, 0, first) for mark in CLAUSE + ",")
    return "," in state.row[last + 1 : at] and opened >= 0 and state.tokens[opened + 1].text in words_of("aside")


def _belongs(state: Walk, area: Known, span: Span) -> bool:
    """Whether something binds an area to an indicator behind it: it is in its phrase, or does what is told.

    "Norway: a busy year, and exports of $5 billion" only has it nearby.
    """
    found = _tokens_of(state, area)
    if found is None or found[0] > span[0]:
        return True
    between = state.row[found[1] + 1 : span[0]]
    return IN_PHRASE.fullmatch(between) is not None or BINDS.search(between) is not None


def _by_default(state: Walk, at: int) -> bool:
    """A percentage that is only taken for a rate because nothing says what else it is."""
    measured = state.measured[at]
    return measured.measure == RATE and measured.by_context


def _may_be_a_part(state: Walk, at: int, known: Mapping[str, Known]) -> bool:
    """ "Sales of the Medical division rose 5% to $3 billion. Profit doubled.": its own, or that of the whole company.

    Trade by value may well be that in everything, whatever goods the sentence before spoke of.
    """
    if not state.context.frame.other or is_bilateral(state.lists, known.get(INDICATOR)):
        return False
    if any(name not in NAMED_DIMENSIONS and name != DETAIL for name in known):
        return False
    return "T" not in state.row[_clause(state, at) : at]


def _points(state: Walk, area: Known) -> bool:
    """ "The countries of the region": words that stand for an area, not its name."""
    span = _tokens_of(state, area)
    if span is None or state.lists.find(AREA, area.value) is not None:
        return False
    return not any(state.row[index] in "AE" for index in range(span[0], span[1] + 1))


def _may_be_now(state: Walk, at: int, period: Known) -> bool:
    """ "Trade rose in 2023. … Work on 52 projects continues": what is told in the present may not be of the year before."""
    return period.how == CARRIED and any(
        token.text in words_of("now") for token in state.tokens[_clause(state, at) : at + NEAR]
    )


def _clause(state: Walk, at: int) -> int:
    """Where the clause of the token at index `at` begins."""
    first = at
    while first > 0 and state.row[first - 1] not in CLAUSE:
        first -= 1
    return first


def _tokens_of(state: Walk, known: Known) -> tuple[int, int] | None:
    """The first and last token of the words that show a dimension; None when they stand in another sentence."""
    if known.start is None or known.end is None:
        return None
    found = [i for i, token in enumerate(state.tokens) if token.start < known.end and known.start < token.end]
    return (found[0], found[-1]) if found else None


def _told_with(state: Walk, at: int, span: tuple[int, int]) -> Iterator[int]:
    """The tokens of the phrase of an indicator, and those between it and the figure."""
    first, last = span
    row = state.row
    index = first - 1
    while index >= 0 and row[index] in PHRASE and index != at:
        yield index
        index -= 1
    if at > last:
        yield from range(last + 1, at)
        return
    yield from range(at + 1, first)
    index = last + 1
    while index < len(row) and row[index] in BEHIND:
        yield index
        index += 1


def _unplaced(token: Token, placed: Sequence[Span]) -> bool:
    """Whether a token says something of what a figure is of that no dimension has taken in."""
    if token.letter not in ".XI" or any(start < token.end and token.start < end for start, end in placed):
        return False
    word = token.text.lower()
    if token.letter == "." and (not word[0].isalpha() or (word.endswith("ly") and word not in words_of("noun_in_ly"))):
        return False
    return word not in words_of("stop") and word not in generic_words() and word not in words_of("light")
