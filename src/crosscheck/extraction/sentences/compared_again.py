"""What is told for comparison: "operating profit was $5 million, against a loss of $1 million", "that compares with"."""

from __future__ import annotations

from crosscheck.claims.model import INDICATOR, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Name
from crosscheck.extraction.sentences.frame import Frame, carry
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL
from crosscheck.extraction.sentences.state import Walk
from crosscheck.inputs.values import replace

FIRST = 6  # tokens of a sentence in which it says that it compares
PLAIN = ("loss", "losses", "profit", "profits")


def read_again(state: Walk) -> None:
    """Gives the figures that are told for comparison what the ones before them were of: the kind of profit, the part of a
    company, where they name neither."""
    tokens = state.tokens
    points_back = tokens[0].text in words_of("pointer") and any(
        token.text in words_of("compares") for token in tokens[1:FIRST]
    )
    if not points_back and not any(word in tokens.texts for word in PLAIN):
        return
    for at in sorted(state.frames):
        measured, frame = state.measured.get(at), state.frames[at]
        if measured is None or measured.measure not in (LEVEL, GROWTH, CHANGE) or not (points_back or measured.is_base):
            continue
        told = [state.frames[number] for number in sorted(state.frames) if number < at]
        before = [*state.context.wholes, *told] if points_back else told
        frame = _of_that_kind(state, frame, before)
        if points_back and not frame.other:
            alike = next((one for one in reversed(state.context.wholes) if _is_of(one, frame)), None)
            frame = frame if alike is None else replace(frame, other=carry(alike).other, area=alike.area or frame.area)
        state.frames[at] = frame


def _of_that_kind(state: Walk, frame: Frame, before: list[Frame]) -> Frame:
    """A frame of a "loss" or "profit" without more, as of the kind of profit that was told just before."""
    own = frame.indicator
    token = state.tokens.begins_with(own.start) if own is not None else None
    if own is None or token is None or token.text.lower() not in PLAIN or not isinstance(token.mention, Name):
        return frame
    if token.mention.code != own.value:
        return frame  # "profit rose to $778 million, or $0.47 a share"
    told = (one.indicator for one in reversed(before) if one.indicator is not None)
    kind = next((known for known in told if known.value in words_of("profits")), None)
    if kind is None or kind.value == own.value or state.lists.find(INDICATOR, kind.value) is None:
        return frame
    return replace(frame, indicator=replace(own, value=kind.value, how=INFERRED))


def _is_of(one: Frame, other: Frame) -> bool:
    return one.indicator is not None and other.indicator is not None and one.indicator.value == other.indicator.value
