"""Numbers spelt out: "twenty-five", "one hundred and twenty thousand", "one and a half million"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosscheck.figures.exact import Fraction
from crosscheck.figures.quantities import Quantities

MAXIMUM_WORDS = 24
_PART = re.compile(r"(?P<join>\s{1,2}|-)?(?P<word>[a-z]+)(?![a-z0-9_])")
_AND_A_PART = re.compile(r" and (?:a (?P<half>half)|a (?P<quarter>quarter)|(?P<three>three)[ -]quarters)(?![\w-])")


@dataclass(frozen=True, slots=True)
class SpeltNumber:
    """A number in words: `step` is the unit of its last part, `scale` the largest scale word; it ends at `end`.

    `words` counts the words read; a single number word with one scale word after it is not `compound`.
    """

    value: Fraction
    step: Fraction
    scale: Fraction
    end: int
    words: int
    compound: bool


class _Sum:
    """What has been said so far: finished groups, the group in progress and the unit of its last word."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.group = Fraction(0)
        self.group_step = Fraction(1)
        self.step = Fraction(1)
        self.limit: Fraction | None = None  # the last scale: the next one must be smaller
        self.scale = Fraction(1)
        self.plain = 0  # number words
        self.multipliers = 0

    def add(self, value: Fraction) -> bool:
        """A word below a hundred; False where it cannot follow what was said."""
        low = self.group % 100
        if value == 0:
            return False
        fits = low == 0 or (value < 10 and low >= 20 and low % 10 == 0)
        if not fits or self.group.denominator != 1:
            return False
        if self.limit is not None and self.limit <= 100 and self.multipliers and self.total:
            return False
        self.group += value
        self.group_step = self.step = Fraction(1)
        self.plain += 1
        return True

    def multiply(self, by: Fraction) -> bool:
        """A scale word; False where it cannot follow."""
        if self.group == 0 or by <= 1:
            return False
        if by == 100 and self.group < 100 and self.group.denominator == 1:
            self.group *= 100
            self.group_step = self.step = Fraction(100)
        elif by > 100 or by == 12:
            if self.limit is not None and by >= self.limit:
                return False
            self.total += self.group * by
            self.step = self.group_step * by
            self.limit = by
            self.group, self.group_step = Fraction(0), Fraction(1)
        else:
            return False
        self.scale = max(self.scale, by)
        self.multipliers += 1
        return True


def read_number_words(lower: str, start: int, table: Quantities, limit: int | None = None) -> SpeltNumber | None:
    """The longest number in words that `lower` (text in lower case) has at `start`, or None.

    It begins with a number word or with "a" before a scale word. At most `MAXIMUM_WORDS` words are read.
    """
    stop = len(lower) if limit is None else limit
    said, end, count, at = _Sum(), start, 0, start
    article = False
    while count < MAXIMUM_WORDS:
        match = _PART.match(lower, at, stop)
        if not match or (match["join"] is None) != (at == start):
            break
        word = match["word"]
        if word == "and":
            if not said.multipliers or article_next(lower, match.end()):
                break
            following = _PART.match(lower, match.end(), stop)
            if not following or not _is_small(following["word"], table):
                break
            at = match.end()
            continue
        if word in ("a", "an") and count == 0:
            following = _PART.match(lower, match.end(), stop)
            if not following or _multiplier(following["word"], table) is None:
                break
            said.group, article = Fraction(1), True
        elif not _take(said, word, table):
            break
        at = end = match.end()
        count += 1
        added = _AND_A_PART.match(lower, end, stop) if not article and said.group > 0 else None
        if added and said.group.denominator == 1 and said.group < 1000:
            said.group += Fraction(1, 2) if added["half"] else Fraction(1, 4) if added["quarter"] else Fraction(3, 4)
            said.group_step = said.step = Fraction(1, 2) if added["half"] else Fraction(1, 4)
            said.plain += 1
            at = end = added.end()
    value = said.total + said.group
    if count == 0 or (article and count == 1):
        return None
    compound = article or said.plain > 1 or said.multipliers > 1 or said.limit == 12
    return SpeltNumber(value, said.step, said.scale, end, count, compound)


def article_next(lower: str, at: int) -> bool:
    """Whether "a half" or the like follows: "and" then belongs to a fraction."""
    return lower.startswith((" a ", " an "), at)


def _take(said: _Sum, word: str, table: Quantities) -> bool:
    by = _multiplier(word, table)
    if by is not None:
        return said.multiply(by)
    return said.add(table.numbers[word]) if _is_small(word, table) else False


def _is_small(word: str, table: Quantities) -> bool:
    value = table.numbers.get(word)
    return value is not None and 0 < value < 100 and value.denominator == 1 and word != "dozen"


def _multiplier(word: str, table: Quantities) -> Fraction | None:
    if word == "dozen":
        return Fraction(12)
    return table.scales.get(word) if len(word) > 3 else None
