"""Figures that came out as one quantity with two values: then reading lost what tells them apart, and says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crosscheck.claims.model import EXPLICIT, NOT_STATED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.tokens import NUMBERS, Token

DETAIL = "detail"  # the dimension of what tells two figures of one sentence apart, in the words of the document


def keep_apart(text: str, tokens: Sequence[Token], stated: Mapping[int, int], statements: list[Statement]) -> None:
    """Gives figures of this sentence that would contradict one another the words that stand before each.

    No writer contradicts himself within a sentence. Where no words of its own stand before a figure, what it is of is
    unstated. A later figure whose subject was only carried, and that contradicts an earlier sentence, is treated alike.
    `stated` gives the index in `statements` of each number of the sentence, by token.
    """
    by_key: dict[object, list[int]] = {}
    places = {index: at for at, index in stated.items()}
    first = min(places, default=len(statements))
    for index in range(max(first - 400, 0), len(statements)):
        by_key.setdefault(_key(statements[index]), []).append(index)
    for indices in by_key.values():
        ours = [index for index in indices if index in places]
        if not ours or len({statements[index].value for index in indices}) < 2:
            continue
        within = len({statements[index].value for index in ours}) > 1
        for index in ours:
            if within or _is_carried(statements[index]):
                statements[index] = _detailed(text, tokens, places[index], statements[index])


def _key(one: Statement) -> object:
    base = one.base_period.value if one.base_period is not None else None
    whole = tuple(sorted((one.whole or {}).items(), key=str))
    dimensions = tuple(sorted((name, known.value) for name, known in one.dimensions.items()))
    return dimensions, one.measure, base, whole, one.modality, one.unit, one.list_of


def _is_carried(one: Statement) -> bool:
    """Whether what the figure is of was told in a sentence before."""
    return any(one.dimensions[name].how != EXPLICIT for name in ("indicator", "reference_area") if name in one.dimensions)


def _detailed(text: str, tokens: Sequence[Token], at: int, one: Statement) -> Statement:
    words: list[Token] = []
    for token in reversed(tokens[max(at - 12, 0) : at]):
        if token.letter in NUMBERS or token.letter in ";!":
            break
        if token.letter in ".XAEI" and token.text.lower() not in words_of("stop"):
            words.insert(0, token)
        elif words and token.letter in ",()LUDSC":
            break
    if words:
        spoken = " ".join(text[words[0].start : words[-1].end].split()).lower()
        detail = Known(spoken, start=words[0].start, end=words[-1].end)
    else:
        detail = Known(UNSTATED, NOT_STATED)
    return replace(one, dimensions={**one.dimensions, DETAIL: detail})
