"""A stretch of text as tokens with one letter each, so that constructions are patterns over a string of letters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from crosscheck.extraction.model import (
    BARE,
    COUNT,
    FRACTION,
    MEASURE,
    MONEY,
    MULTIPLE,
    PERCENT,
    POINTS,
    Name,
    Number,
    Period,
)
from crosscheck.extraction.patterns import compiled
from crosscheck.inputs.values import replace, value

NUMBER_LETTERS = {
    MONEY: "$",
    PERCENT: "%",
    POINTS: "p",
    MULTIPLE: "x",
    FRACTION: "h",
    MEASURE: "#",
    COUNT: "#",
    BARE: "#",
}
NUMBERS = "$%px#h"
NAME_LETTERS = {"reference_area": "A", "indicator": "I", "entity": "E", "source": "Z"}
PRODUCT = "X"  # names of all other dimensions


@value
class Token:
    """A word, mark or mention. Letters of numbers are in NUMBERS, of other kinds in LETTERS; "." is any other word."""

    letter: str
    start: int
    end: int
    text: str  # of a word in lower case, with straight apostrophes; of a name as printed; of others nothing
    mention: Number | Period | Name | None = None
    is_span: bool = False  # a period said by its two ends


class Row(list[Token]):
    """The tokens of a sentence, which `mean` alone changes, with what is asked of them again and again found out once."""

    __slots__ = ("_heads", "letters", "starts", "texts")

    def __init__(self, tokens: Iterable[Token]) -> None:
        super().__init__(tokens)
        self.letters = "".join([token.letter for token in self])
        self.starts = [token.start for token in self]
        self.texts = frozenset([token.text for token in self])
        self._heads: frozenset[str] | None = None

    @property
    def heads(self) -> frozenset[str]:
        """The first words of the texts."""
        if self._heads is None:
            self._heads = frozenset([text.partition(" ")[0] for text in self.texts])
        return self._heads

    def mean(self, at: int, letter: str) -> None:
        """Gives a token another letter: here the word means something else."""
        self[at] = replace(self[at], letter=letter)
        self.letters = f"{self.letters[:at]}{letter}{self.letters[at + 1 :]}"

    def begins_with(self, start: int | None) -> Token | None:
        """The token that begins at a place of the text, or None."""
        index = bisect_left(self.starts, start) if start is not None else len(self)
        return self[index] if index < len(self) and self.starts[index] == start else None


def letters(tokens: Sequence[Token]) -> str:
    """The letters of the tokens in a row."""
    return tokens.letters if isinstance(tokens, Row) else "".join([token.letter for token in tokens])


def places(tokens: Sequence[Token], marks: str) -> list[int]:
    """Where tokens with one of some letters stand; `marks` is what stands between the brackets of a pattern."""
    return [match.start() for match in compiled(f"[{marks}]").finditer(letters(tokens))]


def lacks(tokens: Sequence[Token], words: Collection[str]) -> bool:
    """Whether a sentence has none of the words without which a construction cannot be in it: then nobody looks for it.

    It may spare work and nothing else: `tests/test_lacks.py` holds that all is read alike where it always says no.
    """
    texts = tokens.texts if isinstance(tokens, Row) else frozenset([token.text for token in tokens])
    return texts.isdisjoint(words)


def lacks_first(tokens: Sequence[Token], words: Collection[str]) -> bool:
    """The same of words that a token may begin with."""
    return isinstance(tokens, Row) and tokens.heads.isdisjoint(words)


def plain(words: str) -> str:
    """Words in lower case, with straight apostrophes and single spaces."""
    return " ".join(words.replace("’", "'").lower().split())
