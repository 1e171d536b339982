"""Shares of people who say or do something: "56% of respondents said that they …, while 30% …"."""

from __future__ import annotations

import re
from dataclasses import replace

from crosscheck.claims.model import INDICATOR
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Number
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import NUMBERS, Row

RESPONDENTS = "respondents"
DETAIL = "detail"  # what a part does, in the words of the document, where no name tells it from its whole
FEWEST = 50  # people whom a survey asks
LONGEST = 12  # words of what they say
BEGINS = re.compile(r"(?:^|[,;a\"u!])[.]?$")  # what stands before a number that begins a clause
SAYS = r"[.]?[yqeVYLS.j]"


def is_survey(tokens: Row) -> bool:
    """Whether a sentence tells of a survey."""
    return not words_of("survey").isdisjoint(" ".join(tokens.texts).lower().split())


def note_people(state: Walk, frame: Frame, count: Number | None = None) -> None:
    """Remembers the people asked, of whom the shares that follow are told; a survey of eight questions has more."""
    many = count is not None and count.value >= FEWEST and is_survey(state.tokens)
    if frame.indicator is not None and (frame.indicator.value == RESPONDENTS or many):
        state.population = Frame(frame.indicator, frame.area)


def read_people(state: Walk, at: int, after: int, whole: Frame) -> bool:
    """Whether the share at index `at` is one of people, whose words or deeds begin at index `after`: they name the part."""
    first = state.tokens[after] if after < len(state.tokens) else None
    flows = first is not None and first.letter == "S" and first.text not in words_of("saying")  # "63% of exports go to …"
    part = predicate(state, after) if _is_of_people(state, whole) and not flows else None
    if part is None or not (BEGINS.search(state.row[:at]) or state.tokens[at - 1].text == "that"):
        return False
    state.wholes[at] = state.population = whole
    state.of_people.add(at)
    state.frames[at] = state.frame = replace(whole, indicator=part)
    state.nameless.discard(at)
    return True


def _is_of_people(state: Walk, whole: Frame) -> bool:
    """Whether a whole may be people, firms or the like: those that a list names, or a noun that none has."""
    code = state.lists.find(INDICATOR, whole.indicator.value) if whole.indicator is not None else None
    return whole.indicator is not None and (code is None or code.nature == "stock")


def read_share_alone(state: Walk, at: int) -> bool:
    """The same of those told of before: "…, and 12% had not"."""
    whole = state.population
    if whole is None or not BEGINS.search(state.row[:at]) or re.match(SAYS, state.row[at + 1 :]) is None:
        return False
    if not read_people(state, at, at + 1, whole):
        state.nameless.add(at)  # "and 12% had not": what, the words before say
        state.frames[at] = whole
    return True


def predicate(state: Walk, after: int) -> Known | None:
    """What is said of people: the words up to the next mark or number, without "said that they"."""
    tokens = state.tokens
    while after < len(tokens) and (tokens[after].letter in "yj" or tokens[after].text in words_of("saying")):
        after += 1
    last = after
    while last < len(tokens) and last - after < LONGEST and tokens[last].letter not in ",;!u()" + NUMBERS:
        last += 1
    while last > after and (tokens[last - 1].letter in "aPB" or tokens[last - 1].text in words_of("stop") - {"not"}):
        last -= 1
    words = tokens[after:last]
    says = (token.letter in ".XIqeVYUD" and token.text not in words_of("stop") for token in words)
    if not any(says) and not any(token.text == "against" for token in words):
        return None
    start, end = words[0].start, words[-1].end
    return Known(" ".join(state.text[start:end].split()).lower(), start=start, end=end)
