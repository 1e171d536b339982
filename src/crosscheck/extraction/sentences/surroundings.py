"""The letters around a number, within its clause."""

from __future__ import annotations

from collections.abc import Sequence

from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import value

WINDOW = 60  # tokens looked at on either side of a number


@value
class Surroundings:
    """The letters before and after a number, within its clause; parentheses that are closed are left out."""

    before: str
    after: str
    before_at: tuple[int, ...]  # the token indices of `before`
    after_at: tuple[int, ...]
    in_parentheses: bool = False
    outside: str = ""  # what stands before the parenthesis in which the number is
    at: int = 0  # the token index of the number


def surroundings(tokens: list[Token], at: int) -> Surroundings:
    """What stands around the token at index `at`."""
    row = letters(tokens)
    before, opened = _back(row, at)
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
        tuple(before),
        tuple(after),
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
