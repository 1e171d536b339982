"""Periods that are not those of the figures around them: of a clause beside, of other times, said twice."""

from __future__ import annotations

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Period
from crosscheck.extraction.tokens import NUMBERS, Token


def is_aside(tokens: list[Token], at: int) -> bool:
    """Whether a period stands in a clause beside the main one, before or behind it: "Since the pact was signed in
    February, trade has …", "the lowest since records began in 1919"."""
    first = at
    while first > 0 and tokens[first - 1].letter not in ",;" and not is_number(tokens[first - 1]):
        first -= 1
    begins = next((index for index in range(first, at) if _is_subordinate(tokens, index)), None)
    if begins is None:
        return False
    if begins > first:
        return any(is_number(token) for token in tokens[:begins]) and at - begins > 1
    return any(token.letter == "," for token in tokens[at:]) or (first > 0 and is_number(tokens[first - 1]))


def _is_subordinate(tokens: list[Token], at: int) -> bool:
    return tokens[at].text.split(" ")[0] in words_of("subordinate")


def is_gloss(tokens: list[Token], at: int) -> bool:
    """Whether a period in parentheses says the one before it again: "fiscal 2023 (FY23)"."""
    return at > 1 and tokens[at - 1].letter == "(" and tokens[at - 2].letter in "PB"


def is_of_record(tokens: list[Token], at: int) -> bool:
    """ "The slowest pace since 2020": how long a record stood, and nothing that the figure is compared with."""
    mention = tokens[at].mention
    if not isinstance(mention, Period) or not mention.cue.startswith("since"):
        return False
    for token in reversed(tokens[max(at - 8, 0) : at]):
        if token.letter in ",;(!" or is_number(token):
            return False
        if any(word in words_of("records") for word in token.text.lower().split()):
            return True
    return False


def points_back(mention: Period) -> bool:
    """ "The same date a year ago", "the year before": said from where the figures of now stand."""
    what = mention.pointing.what if mention.pointing is not None else ""
    return what.startswith(("same", "before", "previous"))


def is_bygone(token: Token) -> bool:
    """ "The highest since April 1980": a period that tells of other times than the figures'."""
    mention = token.mention
    return isinstance(mention, Period) and mention.cue.split(" ")[0] in words_of("bygone")


def is_number(token: Token) -> bool:
    return token.letter in NUMBERS
