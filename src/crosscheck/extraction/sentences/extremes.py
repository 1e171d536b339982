"""The mean of a series and its ends: "the average mark was 51; the highest mark was 68 and the lowest 31"."""

from __future__ import annotations

import re

from crosscheck.claims.model import UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import Frame, carry
from crosscheck.extraction.sentences.rates import AVERAGE, BASIS
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import Token
from crosscheck.inputs.values import replace

STATISTIC = "statistic"
EXTREMES = {"highest": "maximum", "maximum": "maximum", "lowest": "minimum", "minimum": "minimum"}
AVERAGES = frozenset(("average", "mean", "median"))


def extreme(state: Walk, at: int) -> Frame | None:
    """ "The highest was 30.2 °C and the lowest 17.5 °C": the ends of what the sentence before gave the mean of."""
    match = compiled(r"(?:^|[,;aui!])(?:P,?)?[.]{1,2}([L.]{0,2})$").search(state.row[:at])
    words = [token.text for token in state.tokens[match.start() : at]] if match else []
    order = next((EXTREMES[word] for word in words if word in EXTREMES), None)
    if order is None or state.frame.indicator is None or state.frame.indicator.how == UNSTATED:
        return None
    head = next(token for token in reversed(state.tokens[:at]) if token.text in EXTREMES)
    if any(
        token.text not in words_of("article") and token.text not in EXTREMES for token in _before_verb(state, match, at)
    ):
        return None
    statistic = Known(order, start=head.start, end=head.end)
    return replace(state.frame, other={**state.frame.other, STATISTIC: statistic})


def extreme_named(state: Walk, at: int) -> Frame | None:
    """ "The highest price was €3.10 and the lowest €1.90": by name, where the sentence tells of both ends."""
    both = {order for word, order in EXTREMES.items() if word in state.tokens.texts}
    if len(both) < 2:
        return None
    statistics = EXTREMES.keys() | AVERAGES
    named = [(token, token.text.lower().split(" ")[0]) for token in state.tokens[:at]]  # "average price" is one name
    ends = [(token, word) for token, word in named if word in statistics]
    phrase = next((phrase for phrase in reversed(state.phrases) if phrase.last < at), None)
    if not ends or phrase is None or not phrase.first <= state.tokens.index(ends[-1][0]) <= phrase.last:
        return None
    token, word = ends[-1]
    name = STATISTIC if word in EXTREMES else BASIS
    statistic = Known(EXTREMES.get(word, AVERAGE if word == "mean" else word), start=token.start, end=token.end)
    before = state.context.frame.other if _is_same(state.context.frame, state.frame) else {}
    other = {**carry(Frame(other=before)).other, **state.frame.other}
    other = {dimension: known for dimension, known in other.items() if dimension not in (STATISTIC, BASIS)}
    return replace(state.frame, other={**other, name: statistic})


def by_statistic(state: Walk, own: Known) -> tuple[Known, dict[str, Known]]:
    """ "The average mark was 51; the highest mark was 68": the mark, where the sentence tells of several of its figures."""
    told = state.tokens.texts & (EXTREMES.keys() | AVERAGES)
    first, _, rest = own.value.partition(" ")
    if not rest or first not in told or len(told) < 2:
        return own, {}
    head = Known(EXTREMES.get(first, AVERAGE), start=own.start, end=own.end)
    return replace(own, value=rest), {STATISTIC if first in EXTREMES else BASIS: head}


def _is_same(one: Frame, other: Frame) -> bool:
    return one.indicator is not None and other.indicator is not None and one.indicator.value == other.indicator.value


def _before_verb(state: Walk, match: re.Match[str] | None, at: int) -> list[Token]:
    first = match.start() if match is not None else at
    return [token for token in state.tokens[first:at] if token.letter == "."]
