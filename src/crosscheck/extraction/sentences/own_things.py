"""What is counted with a noun of its own is of these things, and not of what another number of the sentence counts."""

from __future__ import annotations

from crosscheck.claims.model import CARRIED, EXPLICIT, INDICATOR, NOT_STATED, UNSTATED
from crosscheck.extraction.model import COUNT, Known, Name, Number
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.subjects import noun_of
from crosscheck.extraction.sentences.surveys import DETAIL
from crosscheck.inputs.values import replace


def count_own_things(state: Walk, numbers: list[int], measured: dict[int, Measured]) -> None:
    """ "766 cases with two deaths, an increase of six cases": the six are cases, whatever was counted last."""
    nouns = {at: noun for at in numbers if (noun := _noun(state, at)) is not None}
    for at, noun in nouns.items():
        frame, told = state.frames.get(at), measured.get(at)
        if frame is None or frame.indicator is None or told is None or told.measure not in (LEVEL, CHANGE):
            continue
        of_others = [
            other
            for other, known in nouns.items()
            if other < at and known.value != noun.value and _lies_in(frame.indicator, known)
        ]
        if of_others:
            state.frames[at] = replace(frame, indicator=_named(state, noun))
    for at in numbers:
        frame = state.frames.get(at)
        if frame is None or at not in measured or measured[at].measure != LEVEL or not _in_own_words(state, frame):
            continue
        if _of_which(state, at) or (at in nouns and _makes_up(state, at)):
            state.frames[at] = replace(frame, other={**frame.other, DETAIL: Known(UNSTATED, NOT_STATED)})


def _in_own_words(state: Walk, frame: Frame) -> bool:
    indicator = frame.indicator
    return indicator is not None and indicator.how != CARRIED and state.lists.find(INDICATOR, indicator.value) is None


def _of_which(state: Walk, at: int) -> bool:
    """ "1.2 million are literate, of which males are 700,000": of those just told of, and not all males."""
    before = [token.text for token in state.tokens[:at] if token.letter in "W;!"]
    return bool(before) and before[-1] in ("of which", "of whom", "of these", "of those")


def _makes_up(state: Walk, at: int) -> bool:
    """ "The rural population comprised 8,100 men and 8,200 women": not all men, but those of that population."""
    whole = compiled(r"I[.]{0,2}L[.oT]{0,2}(?:#[.XI]{0,2}[,a]{1,2})*$").search(state.row[:at])
    name = state.tokens[whole.start()].mention if whole is not None else None
    return isinstance(name, Name) and name.code is not None and name.code.endswith("population")


def _noun(state: Walk, at: int) -> Known | None:
    number = state.tokens[at].mention
    return noun_of(number, state.text) if isinstance(number, Number) and number.kind == COUNT else None


def _lies_in(indicator: Known, noun: Known) -> bool:
    if indicator.start is None or noun.start is None or noun.end is None:
        return False
    return noun.start <= indicator.start < noun.end


def _named(state: Walk, noun: Known) -> Known:
    """The indicator that a noun names, or the noun itself."""
    for token in state.tokens:
        name = token.mention
        if isinstance(name, Name) and name.dimension == INDICATOR and name.code and noun.start == token.start:
            return Known(name.code, EXPLICIT, token.start, token.end)
    return noun
