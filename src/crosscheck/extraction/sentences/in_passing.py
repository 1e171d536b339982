"""What a sentence puts between commas: parts named in passing, and who or what somebody is."""

from __future__ import annotations

import re

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Name
from crosscheck.extraction.sentences.tokens import NUMBERS, Token, letters, places

LONGEST = 16  # tokens of what stands between commas
_PARTED = re.compile(f"[{NUMBERS};!u]")
VERBS = "LUDCySqeVY"


def set_aside(tokens: list[Token]) -> set[int]:
    """The names that are only named between commas: "sales, including those of stores, fell", "SA, a member, said"."""
    found: set[int] = set()
    row = letters(tokens)
    commas = places(tokens, ",")
    for number, first in enumerate(commas[:-1]):
        for last in commas[number + 1 : number + 5]:
            if last - first - 1 > LONGEST or _PARTED.search(row, first + 1, last):
                break
            if _is_aside(tokens, first, last):
                found |= {at for at in range(first + 1, last) if tokens[at].letter in "IAEX"}
                break
    return found | _referred_to(tokens)


def _referred_to(tokens: list[Token]) -> set[int]:
    """The names in parentheses that only send the reader elsewhere: "(see attached Sales Summary)"."""
    found: set[int] = set()
    row = letters(tokens)
    for first, letter in enumerate(row[:-1] if "(" in row else ""):
        if letter == "(" and tokens[first + 1].text in words_of("refers"):
            last = next((at for at in range(first + 1, len(tokens)) if tokens[at].letter == ")"), first)
            found |= {at for at in range(first + 1, last) if tokens[at].letter in "IAEX"}
    return found


def _is_aside(tokens: list[Token], first: int, last: int) -> bool:
    begin = tokens[first + 1]
    after = tokens[last + 1].letter if last + 1 < len(tokens) else ""
    if after not in VERBS or not after or first == 0:
        return False
    if begin.letter == "W" or begin.text in words_of("in_passing"):
        return True
    owner = isinstance(begin.mention, Name) and begin.mention.possessive  # "Brazil, Latin America's biggest economy, …"
    return (
        (owner or begin.text in ("the", "a", "an")) and tokens[first - 1].letter in "IAE" and tokens[last - 1].letter != "a"
    )
