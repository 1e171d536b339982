"""Figures beside what they are compared with: the amount by which one exceeds another, and those of the time before."""

from __future__ import annotations

from crosscheck.claims.model import INDICATOR, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Name, Number
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, Measured
from crosscheck.extraction.sentences.phrases import Phrase
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.times_beside import first_in_brackets
from crosscheck.inputs.values import replace

BY = compiled(r"[LUyxX.ioftwqeAEPTBj,I]*b[.]?\Z")  # between the verb and the number


def read_differences(state: Walk) -> None:
    """ "Exports exceeded imports by $3 billion", "births outnumbered deaths by 2,000": the frame of the balance of the two.

    A figure is a balance where a code list makes the sum of these two, one taken off the other. What exceeds a target or
    the figure of another year does so by a change, and what lies between any two others is no figure of either.
    """
    verbs = words_of("beats") | words_of("outdoes") | words_of("trails")
    if verbs.isdisjoint(state.tokens.texts):
        return
    for at in [at for at in state.frames if state.tokens[at].letter in "$#" and at in state.measured]:
        verb = next((n for n in range(at - 1, -1, -1) if state.tokens[n].text in verbs), None)
        if verb is None or BY.fullmatch(state.row, verb + 1, at) is None:
            continue
        first = next((phrase for phrase in reversed(state.phrases) if phrase.last < verb), None)
        second = next((phrase for phrase in state.phrases if verb < phrase.last < at), None)
        if first is not None and second is not None:
            _read(state, at, verb, first, second)
        elif not _is_mark(state, verb, at):
            del state.measured[at]
        else:
            below = state.tokens[verb].text in words_of("trails")
            state.measured[at] = Measured(CHANGE, -1 if below else 1)


def read_then(state: Walk) -> None:
    """ "Reached 12% (41 TWh) …, compared to 2022 (11%, 38 TWh)": each is what the first of its kind was."""
    if "B(" not in state.row:
        return
    for at in sorted(state.frames):
        first = first_in_brackets(state.tokens, at)
        if state.row[first - 2 : first] != "B(":
            continue
        like = next((n for n in sorted(state.frames) if n < first and _is_alike(state, n, at)), None)
        if like is None:
            continue
        state.frames[at] = state.frames[like]
        if like in state.wholes:
            state.wholes[at] = state.wholes[like]
        if like in state.measured and at in state.measured:
            state.measured[at] = replace(state.measured[at], measure=state.measured[like].measure)


def _is_alike(state: Walk, one: int, other: int) -> bool:
    """Whether two numbers have one unit."""
    first, second = state.tokens[one].mention, state.tokens[other].mention
    return (
        isinstance(first, Number) and isinstance(second, Number) and (first.kind, first.unit) == (second.kind, second.unit)
    )


def _is_mark(state: Walk, verb: int, at: int) -> bool:
    """Whether what is exceeded is the same at another time, or what it was to be: "those of 2022", "the target"."""
    between = state.tokens[verb + 1 : at]
    marks = words_of("mark") | words_of("benchmark") | words_of("like_then")
    return any(token.letter in "PB" or token.text in marks for token in between)


def _read(state: Walk, at: int, verb: int, first: Phrase, second: Phrase) -> None:
    told = _balance(state, first.indicator.value, second.indicator.value)
    if told is None:
        if first.indicator.value != second.indicator.value:
            del state.measured[at]
        return
    code, sign = told
    below = (sign < 0) is not (state.tokens[verb].text in words_of("trails"))
    token = state.tokens[verb]
    state.tokens[verb] = replace(token, mention=Name(token.start, token.end, INDICATOR, code, negative=below))
    indicator = Known(code, INFERRED, token.start, token.end)
    state.frames[at] = state.frame = replace(
        state.frames[at],
        indicator=indicator,
        area=first.area or state.frames[at].area,
        counterpart=first.counterpart or second.counterpart,
        other={**first.other} if first.other == second.other else {},
    )
    state.measured[at] = Measured(LEVEL)


def _balance(state: Walk, one: str, other: str) -> tuple[str, int] | None:
    """The code that is one indicator less the other, with the sign of the first; None where no list has it."""
    for code in state.lists.codes.get(INDICATOR, {}).values():
        terms = dict(code.terms)
        if len(terms) == 2 and {one, other} == terms.keys() and sum(terms.values()) == 0:
            return code.id, terms[one]
    return None
