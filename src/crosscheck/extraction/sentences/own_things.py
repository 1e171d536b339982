"""What is counted with a noun of its own is of these things, and not of what another number of the sentence counts."""

from __future__ import annotations

from crosscheck.claims.model import EXPLICIT, INDICATOR
from crosscheck.extraction.model import COUNT, Known, Name, Number
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.subjects import noun_of
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
