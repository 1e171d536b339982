"""The letters around a number, within its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Number
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import value

WINDOW = 60  # tokens looked at on either side of a number
_ENDS = re.compile(r"[;u!()]")
_PARTING = (";", "u", "!")


@value
class Surroundings:
    """The letters before and after a number, within its clause; parentheses that are closed are left out."""

    before: str
    after: str
    before_at: Sequence[int]  # the token indices of `before`
    after_at: Sequence[int]
    in_parentheses: bool = False
    outside: str = ""  # what stands before the parenthesis in which the number is
    at: int = 0  # the token index of the number


def surroundings(tokens: list[Token], at: int) -> Surroundings:
    """What stands around the token at index `at`."""
    row = letters(tokens)
    before, opened = _back(row, at)
    stop = min(at + 1 + WINDOW, len(row))
    ends = _ENDS.search(row, at + 1 + (row[at + 1 : at + 2] in _PARTING), stop)
    if isinstance(before, range) and (ends is None or ends[0] != "("):  # nothing in parentheses, nearly always
        stop = stop if ends is None else ends.start()
        behind = range(at + 1, stop)
        return Surroundings(row[before.start : at], row[at + 1 : stop], before, behind, at=at)
    after: list[int] = []
    depth = 0
    for index in range(at + 1, min(at + 1 + WINDOW, len(row))):
        letter = row[index]
        if letter == "(":
            depth += 1
        elif letter == ")":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0:
            if letter in ";u!" and index > at + 1:
                break
            after.append(index)
    outside = _back(row, opened)[0] if opened is not None else ()
    return Surroundings(
        "".join([row[index] for index in before]),
        "".join([row[index] for index in after]),
        before,
        after,
        opened is not None,
        "".join([row[index] for index in outside]),
        at,
    )


def _back(row: str, at: int) -> tuple[Sequence[int], int | None]:
    """Indices of the tokens of the clause before index `at`, and where an open parenthesis begins it."""
    least = max(at - WINDOW, 0)
    begin = max(row.rfind(";", least, at), row.rfind("u", least, at), row.rfind("!", least, at)) + 1 or least
    if row.find("(", begin, at) < 0 and row.find(")", begin, at) < 0:
        return range(begin, at), None
    found: list[int] = []
    depth = 0
    for index in range(at - 1, least - 1, -1):
        letter = row[index]
        if letter == ")":
            depth += 1
        elif letter == "(":
            if depth == 0:
                return found[::-1], index
            depth -= 1
        elif depth == 0:
            if letter in ";u!":
                break
            found.append(index)
    return found[::-1], None


def outside_brackets(tokens: list[Token], at: int) -> list[Token]:
    """The tokens before the brackets in which one stands, without what is in brackets themselves."""
    found, depth = [], 1  # from within the brackets outward
    for index in range(at - 1, max(at - 4 * WINDOW, -1), -1):
        letter = tokens[index].letter
        depth += (letter == ")") - (letter == "(")
        if depth == 0 and letter != "(":
            found.append(tokens[index])
    return found[::-1]


def passes(number: Number, around: Surroundings) -> bool:
    """ "The price fell below $40", "the share rose above 98%": where it came to, and not by how much."""
    return number.qualifier in ("above", "below", "under") and around.before.endswith(("U", "D"))


def is_gap(tokens: Sequence[Token], around: Surroundings) -> bool:
    """ "A 14-point advantage", "the gap of 3 points": how far two figures lie apart, and no change of one."""
    beside = [*around.before_at[-3:], *around.after_at[:2]]
    return not words_of("gap").isdisjoint([tokens[index].text for index in beside])
