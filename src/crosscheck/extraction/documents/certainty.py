"""How surely the dimensions of a figure are known: `explicit` and `carried` stand only where words bind them to it.

Reading finds the likeliest meaning of each figure. Whether that is what the text says, or a guess, is asked here once a
sentence is read, by what stands in it: words of the phrase that no dimension took in, another candidate, a subject that
only stands nearby. What is a guess becomes `inferred`; no value is changed, and nothing that reads on depends on it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from crosscheck.claims.model import (
    AREA,
    CARRIED,
    COUNTERPART,
    EXPLICIT,
    INDICATOR,
    INFERRED,
    NAMED_DIMENSIONS,
    PERIOD,
    UNSTATED,
)
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.model import Known, Name, Number, Statement
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.frame import comes_from, is_bilateral
from crosscheck.extraction.sentences.measures import RATE
from crosscheck.extraction.sentences.phrases import PRODUCT
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import NUMBERS, Token, lacks
from crosscheck.inputs.values import replace, value

CLAUSE = ";u!"  # marks and words between clauses
PHRASE = ".XIAEjkTGU"  # what a noun phrase is made of
BEHIND = PHRASE + "ofiwtga-PB"  # what may follow its noun in it
IN_PHRASE = re.compile(r"[.XTPGU-]{0,6}")
BINDS = re.compile(r"[LUDCSlVYyqejKI]")  # a verb, "its", what the area is a partner in
FAR = 200  # tokens: what stands farther away is only nearby
JOINING = "a,"
VERB = re.compile(r"[LUDCSV]")
NEAR = 8  # tokens behind a figure in which its verb may stand

Span = tuple[int, int]  # of tokens, the last included


@dataclass(slots=True)
class Doubts:
    """Where the words of indicators stand that were found to be a guess: what is carried from them is one too."""

    indicators: set[int] = field(default_factory=set)


@value
class _Sentence:
    """A sentence that is read.

    `left_out[n]` is how many of its first n tokens say something that no figure took in, `free` which tokens none took in.
    """

    state: Walk
    starts: Sequence[int]
    left_out: tuple[int, ...]
    taken: bytearray
    free: Sequence[int]

    def names_others(self) -> bool:
        """Whether there is a name among what no figure took in: somebody of whom the figures may be."""
        tokens, row = self.state.tokens, self.state.tokens.letters
        return any(row[at] in ".E" and at > 0 and _is_name(tokens[at], self.state.text) for at in self.free)

    def span(self, known: Known | None) -> Span | None:
        """The tokens that show a dimension; None when they stand in another sentence."""
        if known is None or known.start is None or known.end is None or not self.starts:
            return None
        if not self.starts[0] <= known.start < self.state.tokens[-1].end:
            return None
        return max(bisect_right(self.starts, known.start) - 1, 0), bisect_left(self.starts, known.end) - 1

    def leaves_out(self, first: int, stop: int) -> bool:
        """Whether a word of the tokens from `first` to before `stop` says something that no figure took in."""
        return first < stop and self.left_out[stop] > self.left_out[first]

    def is_other_name(self, at: int, known: Known) -> bool:
        """Whether a token is a name like that which shows a dimension, and no figure took it in."""
        letter, token = self.state.row[at], self.state.tokens[at]
        if self.taken[at] or letter not in ".AEX" or token.start == known.start:
            return False
        return letter != "." or (at > 0 and _is_name(token, self.state.text))

    def clause(self, at: int) -> int:
        """Where the clause of the token at index `at` begins."""
        row, least = self.state.row, max(at - FAR, 0)
        return _last_of(row, CLAUSE, least, at) + 1 or least


def weigh(stated: Mapping[int, int], statements: list[Statement], state: Walk, doubts: Doubts) -> None:
    """Sets how the dimensions of the figures of a sentence are known; `stated` gives their indices by token."""
    if not stated:
        return
    tokens, row = state.tokens, state.tokens.letters
    taken = _taken(state, [statements[index] for index in stated.values()])
    free = [at for at, known in enumerate(taken) if not known]
    says = bytearray(len(taken))
    for at in free:
        says[at] = row[at] in ".XI" and _says(row[at], tokens[at].text)
    sentence = _Sentence(state, state.tokens.starts, tuple(accumulate(says, initial=0)), taken, free)
    for at, index in stated.items():
        dimensions = statements[index].dimensions
        guessed = set(_guessed(sentence, at, dimensions))
        indicator = dimensions.get(INDICATOR)
        if indicator is not None and indicator.start is not None:
            if INDICATOR in guessed:
                doubts.indicators.add(indicator.start)
            elif indicator.start in doubts.indicators:
                guessed.add(INDICATOR)
        if guessed:
            weighed = {name: _inferred(known) if name in guessed else known for name, known in dimensions.items()}
            statements[index] = replace(statements[index], dimensions=weighed)


def _inferred(known: Known) -> Known:
    return replace(known, how=INFERRED) if known.how in (EXPLICIT, CARRIED) else known


def _taken(state: Walk, statements: list[Statement]) -> bytearray:
    """Of each token, whether some figure of the sentence has taken it in: a list names many things for many figures."""
    shown = [known for one in statements for name, known in one.dimensions.items() if name != DETAIL]
    shown += [one.base_period for one in statements if one.base_period is not None]
    shown += [known for frame in state.wholes.values() for known in frame.dimensions().values()]
    spans = {(known.start, known.end) for known in shown if known.start is not None and known.end is not None}
    figures = [token.mention for token in state.tokens if token.letter in NUMBERS]
    spans |= {number.noun for number in figures if isinstance(number, Number) and number.noun is not None}
    starts = state.tokens.starts
    taken = bytearray(len(starts))
    for start, end in spans:
        first = bisect_right(starts, start) - 1
        for at in range(max(first, 0), bisect_left(starts, end)):
            taken[at] = state.tokens[at].end > start
    return taken


@lru_cache(maxsize=4096)
def _says(letter: str, text: str) -> bool:
    """Whether a token may say what a figure is of: a content word, a product, an indicator."""
    if letter not in ".XI":
        return False
    word = text.lower()
    adverb = word.endswith("ly") and word not in words_of("noun_in_ly")
    if letter == "." and (adverb or not word[:1].isalpha()):
        return False
    return word not in words_of("stop") and word not in generic_words() and word not in words_of("light")


def _is_name(token: Token, text: str) -> bool:
    """Whether a word or name that does not begin the sentence is a proper name that may be somebody's."""
    return text[token.start].isupper() and token.text not in words_of("stop") and token.text not in generic_words()


def _guessed(sentence: _Sentence, at: int, dimensions: Mapping[str, Known]) -> Iterator[str]:
    """The dimensions of a figure that nothing in the text binds to it."""
    state, indicator = sentence.state, dimensions.get(INDICATOR)
    span = sentence.span(indicator)
    if DETAIL in dimensions:  # what tells it apart from another figure was lost
        yield DETAIL
        yield INDICATOR
    if AREA not in dimensions:  # whom it is of
        yield INDICATOR
    if span is not None and indicator is not None:
        if _in_own_words(state, at, indicator) or state.tokens[0].text in words_of("pointer"):
            yield INDICATOR  # "That compares with a profit of $5m": of whom and what, the sentence before says
        if _is_narrower(sentence, at, span) or _is_aside(sentence, at, span):
            yield INDICATOR
        if not _belongs(sentence, at, dimensions.get(AREA), span):
            yield AREA
    elif sentence.leaves_out(sentence.clause(at), at):  # another subject than the one that is carried on
        yield INDICATOR
    if _may_be_a_part(sentence, at, dimensions) or _is_rate_by_default(state, at):
        yield INDICATOR
    for name in (AREA, COUNTERPART):
        if _stands_for_an_area(sentence, dimensions.get(name)):
            yield name
    yield from _ambiguous(sentence, at, dimensions)
    area, counterpart, period = (dimensions.get(name) for name in (AREA, COUNTERPART, PERIOD))
    if area is not None and area.how == CARRIED and sentence.span(area) is None and sentence.names_others():
        yield AREA
    goods = span is not None and sentence.span(dimensions.get(PRODUCT)) is not None  # of its own
    other = not is_bilateral(state.lists, indicator) or (goods and _is_on_all_partners(state))
    if counterpart is not None and counterpart.how == CARRIED and other:
        yield COUNTERPART
    if period is not None and period.how == CARRIED and _is_of_now(sentence, at):
        yield PERIOD


def _is_on_all_partners(state: Walk) -> bool:
    """Whether a text on all trade told of a partner just before: "Exports to Chile fell. Exports of tea were $5m"."""
    begun = state.context.begun
    return begun is not None and begun.counterpart is None and state.context.pair is None


def _ambiguous(sentence: _Sentence, at: int, dimensions: Mapping[str, Known]) -> Iterator[str]:
    """The dimensions for which the text has another value just as near, or is of somebody or something else."""
    state = sentence.state
    area, counterpart, period = (dimensions.get(name) for name in (AREA, COUNTERPART, PERIOD))
    for name, known in dimensions.items():
        if name not in (INDICATOR, PERIOD) and _is_one_of_several(sentence, known, dimensions):
            yield name
    if _is_of_others(state, dimensions.get(INDICATOR), area, counterpart):
        yield AREA
        if counterpart is not None:
            yield COUNTERPART
    if _may_be_of_goods(state, dimensions):
        yield INDICATOR
    span = sentence.span(period)
    if span is not None and span[0] > at:
        between = state.row[at + 1 : span[0]]
        if _last_of(between, CLAUSE, 0, len(between)) >= 0 or ("," in between and VERB.search(between)):
            yield PERIOD  # of what the next clause tells


def _is_one_of_several(sentence: _Sentence, known: Known, dimensions: Mapping[str, Known]) -> bool:
    """ "In Peru and Chile the share is 20%", "bus, minibus and midibus exports": one of several names beside one another,
    of which no figure took in the others; of two that trade with one another both are, wherever the other was shown."""
    span = sentence.span(known)
    if span is None:
        return False
    row, (first, last), found = sentence.state.row, span, False
    for at, step in ((last + 1, 1), (first - 1, -1)):
        begin = at
        while 0 <= at < len(row) and row[at] in JOINING:
            at += step
        joined = row[min(begin, at) : max(begin, at) + 1]
        if at != begin and 0 <= at < len(row) and sentence.is_other_name(at, known):
            name = sentence.state.tokens[at].mention
            if isinstance(name, Name) and name.code in [one.value for one in dimensions.values()]:
                continue
            found = found or row[at] in "AEX" or "a" in joined  # "according to Reuters, Peru": no list
    return found


def _may_be_of_goods(state: Walk, dimensions: Mapping[str, Known]) -> bool:
    """Whether a figure of trade without goods may be of those that the text began with: it is not called the total."""
    begun, indicator = state.context.begun, dimensions.get(INDICATOR)
    if begun is None or indicator is None or PRODUCT not in begun.other or PRODUCT in dimensions:
        return False
    total = any(phrase.is_total and phrase.indicator.start == indicator.start for phrase in state.phrases)
    return not total and is_bilateral(state.lists, indicator)


def _is_of_others(state: Walk, indicator: Known | None, area: Known | None, counterpart: Known | None) -> bool:
    """ "In terms of imports, China led with $4 billion" in a text on Turkey: whose figure it is stands somewhere else."""
    context = state.context
    if area is None or area.how not in (EXPLICIT, CARRIED):
        return False
    if context.main is not None:
        return context.main not in (UNSTATED, area.value) and state.lists.find(AREA, area.value) is not None
    home = context.outline.home
    if home is None or state.lists.within(AREA, area.value, home) or home == area.value:
        return False
    if comes_from(indicator):
        return counterpart is None
    if counterpart is None:
        return is_bilateral(state.lists, indicator)
    named = area.how == counterpart.how == EXPLICIT or state.lists.within(AREA, counterpart.value, home)
    return is_bilateral(state.lists, indicator) and not named and counterpart.value != home


def _in_own_words(state: Walk, at: int, indicator: Known) -> bool:
    """Whether the indicator stands in words that no list has, and that are not those counted.

    "135 farm products" may be those sold, made or shown, whichever: a noun that says so little tells a count of nothing.
    """
    if state.lists.find(INDICATOR, indicator.value) is not None:
        return False
    number = state.tokens[at].mention
    counted = isinstance(number, Number) and number.noun is not None and number.noun[0] == indicator.start
    return not counted or indicator.value.split()[-1] in generic_words()


def _last_of(row: str, marks: str, first: int, stop: int) -> int:
    """Where the last of the marks stands between two places of a row; -1 where there is none."""
    return max([row.rfind(mark, first, stop) for mark in marks])


def _is_narrower(sentence: _Sentence, at: int, span: Span) -> bool:
    """ "Imports of parts for lorries were $5 billion": words of the phrase, or on the way to the figure, are left out.

    Not those of a clause between: "For trade it was a good year: its volume reached $5 billion".
    """
    first, last = span
    row = sentence.state.row
    if abs(at - last) > FAR:
        return True
    begin, stop = first, last + 1
    while begin > 0 and first - begin < FAR and row[begin - 1] in PHRASE and begin - 1 != at and row[begin] != "j":
        begin -= 1  # "its" begins a phrase
    while stop < len(row) and stop - last < FAR and row[stop] in BEHIND and stop != at:
        stop += 1
    told = (last + 1, at) if at > last else (at + 1, first)
    parted = _last_of(row, CLAUSE + ":", *told)
    return (
        sentence.leaves_out(begin, first)
        or sentence.leaves_out(last + 1, stop)
        or sentence.leaves_out(max(parted, told[0]), told[1])
    )


def _is_aside(sentence: _Sentence, at: int, span: Span) -> bool:
    """ "The ministry, which counts exports otherwise, put it at $5 billion": the indicator is in a clause of its own."""
    state, (first, last) = sentence.state, span
    least = max(first - FAR, 0)
    opened = _last_of(state.row, CLAUSE + ",", least, first)
    return "," in state.row[last + 1 : at] and opened >= 0 and state.tokens[opened + 1].text in words_of("aside")


def _belongs(sentence: _Sentence, at: int, area: Known | None, span: Span) -> bool:
    """Whether something binds an area to an indicator behind it: it stands in its phrase, or does what is told.

    "Norway: a busy year, and exports of $5 billion" only has it nearby.
    """
    found = sentence.span(area)
    if found is None or found[0] > span[0] or found[1] < at < span[0]:  # "Acme carried 5 million passengers"
        return True
    between = sentence.state.row[found[1] + 1 : span[0]]
    return IN_PHRASE.fullmatch(between) is not None or BINDS.search(between) is not None


def _may_be_a_part(sentence: _Sentence, at: int, dimensions: Mapping[str, Known]) -> bool:
    """ "Sales of the Medical division rose 5% to $3 billion. Profit doubled.": its own, or that of the whole company.

    Trade by value may well be that in everything, whatever goods the sentence before spoke of.
    """
    state = sentence.state
    if not state.context.frame.other or is_bilateral(state.lists, dimensions.get(INDICATOR)):
        return False
    is_part = any(name not in NAMED_DIMENSIONS and name != DETAIL for name in dimensions)
    return not is_part and "T" not in state.row[sentence.clause(at) : at]


def _is_rate_by_default(state: Walk, at: int) -> bool:
    """A percentage that is only taken for a rate because nothing says what else it is."""
    measured = state.measured[at]
    return measured.measure == RATE and measured.by_context


def _stands_for_an_area(sentence: _Sentence, area: Known | None) -> bool:
    """ "The countries of the region": words that stand for an area, not its name."""
    span = sentence.span(area)
    if area is None or span is None or sentence.state.lists.find(AREA, area.value) is not None:
        return False
    return not any(sentence.state.row[index] in "AE" for index in range(span[0], min(span[1] + 1, span[0] + FAR)))


def _is_of_now(sentence: _Sentence, at: int) -> bool:
    """ "Trade rose in 2023. … Work on 52 projects continues": what goes on now may not be of the year before."""
    if lacks(sentence.state.tokens, words_of("now")) and lacks(sentence.state.tokens, ("is", "are")):
        return False
    words = [token.text for token in sentence.state.tokens[sentence.clause(at) : at + NEAR]]
    if not words_of("now").isdisjoint(words):
        return True
    running = [n for n, word in enumerate(words) if word in ("is", "are")]  # "are also working through 52 projects"
    return any(word.endswith("ing") for n in running for word in words[n + 1 : n + 3])
