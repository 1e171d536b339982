"""Amounts of money a share: "$0.37 per diluted share", "EPS of 12.4p", "a dividend of 5 cents a share"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeVar

from crosscheck.claims.model import EXPLICIT
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.model import MONEY, Known, Number
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, Measured
from crosscheck.extraction.sentences.tokens import NUMBERS, Row, Token, lacks, letters
from crosscheck.inputs.values import replace

A_SHARE = "{share}"  # what the unit of an amount is taken per, as the registry names things counted
MOST = 100_000  # of money a share; what is more is no such amount
_ALIAS = re.compile(r"(?:r[.]?|\()$")
# What stands between two amounts of which the second says the first again: "…in 2023, or $0.30", "(…), or $0.30".
_AGAIN = re.compile(r"(?:i?[PB]+)?,?r[.]?|[)],?r[.]?")
T = TypeVar("T")
_RANGE = re.compile(r"[$][ta-][$]")
_CHANGED = re.compile(r",?[.a]?[UDCMm][.o]*")


def per_share(tokens: Row, at: int) -> bool:
    """Whether an amount is said to be one a share: "$0.76 per share", "62 cents a share"."""
    if lacks(tokens, _ends()):
        return False
    range_of = at + 2 if _RANGE.match(letters(tokens)[at : at + 3]) else at  # "$0.99 to $1.09 per share"
    following = [token.text for token in tokens[range_of + 1 : range_of + 4]]
    return not words_of("a_share").isdisjoint((" ".join(following[:2]), " ".join(following)))


@cache
def _ends() -> frozenset[str]:
    """What the last token of such words may be: "per share", or "share" of it."""
    return frozenset(" ".join(words.split()[at:]) for words in words_of("a_share") for at in range(len(words.split())))


def indicator_a_share(tokens: Sequence[Token], at: int, told: Known | None) -> Known:
    """What an amount a share is of: earnings or a dividend, adjusted or not, else what is told, "a share"."""
    start, end = tokens[at + 1].start, tokens[at + 2].end
    if told is not None and told.how == EXPLICIT and told.start is not None and told.end is not None:
        start, end = told.start, told.end  # which says whether it is a loss
    value = told.value if told is not None else "net-profit"
    if value in words_of("money_a_share") and told is not None:
        return told
    if "dividend" in value:
        return Known("dividend-per-share", start=start, end=end)
    if value in words_of("adjusted_a_share"):
        return Known("adjusted-earnings-per-share", start=start, end=end)
    if value in words_of("earned_a_share") or value.split()[-1] in generic_words():
        return Known("earnings-per-share", start=start, end=end)
    if value.split()[-1] in words_of("shares") or value == "share-price":
        return Known("share-price", start=start, end=end)
    return Known(value if value.endswith("share") else f"{value.replace('-', ' ')} per share", start=start, end=end)


def goes_on_a_share(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows is told of the amount a share: not where it only says another figure again, behind "or"."""
    return _ALIAS.search(letters(tokens)[max(at - 3, 0) : at]) is None


def change_of_a_share(tokens: Row, at: int, frames: dict[int, Frame]) -> Frame | None:
    """The frame of the amount a share that a growth right behind it is told of: "$0.30 per share, up 30%"."""
    last = next((index for index in range(at - 1, -1, -1) if tokens[index].letter in NUMBERS), None)
    if last is None or last not in frames or not per_share(tokens, last) or not goes_on_a_share(tokens, last):
        return None
    words = 2 if f"{tokens[last + 1].text} {tokens[last + 2].text}" in words_of("a_share") else 3
    return frames[last] if _CHANGED.fullmatch(letters(tokens)[last + 1 + words : at]) else None


def in_shares(tokens: Row, at: int, number: Number, measured: Measured, frame: Frame) -> Number:
    """The number in money a share, where it is said or where its indicator is always such an amount."""
    told = frame.indicator.value if frame.indicator is not None else ""
    said = per_share(tokens, at) or told in words_of("money_a_share") or told.endswith(" per share")
    if not said or number.kind != MONEY or measured.measure not in (LEVEL, CHANGE) or "/" in number.unit:
        return number
    if number.value > MOST or told == "share-price":
        return number
    unit = f"{number.unit}/{A_SHARE}"
    return replace(number, figure=number.figure.removesuffix(number.unit) + unit, unit=unit)


def said_again(tokens: list[Token], found: dict[int, T], own: Mapping[int, int | None]) -> dict[int, T]:
    """The times of numbers, those of amounts that say another one again by what that has.

    "$28 million a year before, or $0.30 per share", "€201 million ($372 million)".
    """
    outer = None  # the number before the parenthesis in which the last one stands
    for before, at in pairwise(sorted(found)):
        one, other = tokens[before].mention, tokens[at].mention
        row = letters(tokens)[before + 1 : at]
        outer = before if row.endswith("(") else outer if row.startswith(")") else None
        if own[at] is not None or not isinstance(one, Number) or not isinstance(other, Number):
            continue
        if one.kind != MONEY or other.kind != MONEY or other.sign:
            continue
        if _AGAIN.fullmatch(row):
            found[at] = found[before if outer is None else outer]
        elif row == "(" and one.unit != other.unit:
            found[at] = found[before]
    return found
