"""A stretch of text made into tokens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

from crosscheck.extraction.cues import cue_phrases, words_of
from crosscheck.extraction.model import Mentions, Name
from crosscheck.extraction.sentences.meant import as_meant
from crosscheck.extraction.sentences.tokens import NAME_LETTERS, NUMBER_LETTERS, PRODUCT, Row, Token, plain

WORD = re.compile(r"\w+(?:[-'’]\w+)*(?:['’](?!\w))?|[^\w\s]")
BEFORE_TRADE = re.compile(r"[ \n-](?:exports?|imports?|trade|deficit|surplus|balance)\b")
AFTER_GOODS = re.compile(r"\b[Gg]oods(?: and |, | & )$")
DASHES = "-–—‒−"  # signs before a number among them
SPAN = re.compile(r"\b(?:through|to|until|till)\b|\w\s?[-–—]\s?\w")
QUOTES = "\"“”„«»‘’'"


def tokenize(text: str, start: int, end: int, mentions: Mentions, main: str | None = None) -> Row:
    """The tokens of `text[start:end]`; mentions count as one token each, words of a hedge before a number as none.

    `main` is the company that the document is about: other names with a capital letter are parts of it.
    """
    spans = sorted(_mention_tokens(text, start, end, mentions), key=lambda token: (token.start, -token.end))
    hedges = [
        (number.qualifier_start, number.start)
        for number in mentions.numbers
        if number.qualifier_start is not None and start <= number.start < end
    ]
    tokens: list[Token] = []
    position = start
    for mention in spans:
        if mention.start < position:
            continue
        if mention.start > position:
            tokens += _words(text, position, mention.start)
        tokens.append(mention)
        position = mention.end + _possessive(text, mention)
    tokens += _words(text, position, end)
    if hedges:
        tokens = [token for token in tokens if not _is_hedge(token, hedges)]
    return Row(as_meant(text, tokens, mentions, main))


def _possessive(text: str, mention: Token) -> int:
    """The length of what makes a name possessive behind it: "China's", "the Netherlands' trade"."""
    if text[mention.end : mention.end + 2] in ("'s", "’s"):
        return 2
    is_own = isinstance(mention.mention, Name) and mention.mention.possessive
    return 1 if is_own and text[mention.end : mention.end + 1] in ("'", "’") else 0


def _mention_tokens(text: str, start: int, end: int, mentions: Mentions) -> Iterator[Token]:
    for number in mentions.numbers:
        if start <= number.start < end:
            yield Token(NUMBER_LETTERS[number.kind], number.start, number.end, "", number)
    for period in mentions.periods:
        if start <= period.start < end:
            is_span = SPAN.search(text[period.start : period.end]) is not None and not period.is_one_year
            yield Token("B" if period.compares else "P", period.start, period.end, "", period, is_span)
    for name in mentions.names:
        if start <= name.start < end:
            letter = NAME_LETTERS.get(name.dimension, PRODUCT)
            generic = letter == PRODUCT and plain(text[name.start : name.end]) in words_of("generic")
            if generic and not BEFORE_TRADE.match(text, name.end):
                continue  # "goods" is no product of its own, but in "the goods deficit"
            if letter == PRODUCT and AFTER_GOODS.search(text, max(name.start - 12, 0), name.start):
                continue  # "goods and services": all that is traded
            yield Token(letter, name.start, name.end, " ".join(text[name.start : name.end].split()), name)


def _is_hedge(token: Token, hedges: list[tuple[int, int]]) -> bool:
    if token.mention is not None or (token.letter == "L" and token.text != "at"):  # "at least"
        return False
    nearest = bisect_right(hedges, token.start, key=itemgetter(0)) - 1  # in the order of the text, as the numbers are
    return nearest >= 0 and token.start < hedges[nearest][1]


def _words(text: str, start: int, end: int) -> list[Token]:
    """Words and marks between mentions, phrases of cues as one token each."""
    found = list(WORD.finditer(text, start, end))
    words = [_word(match[0]) for match in found]
    tokens: list[Token] = []
    free = 0
    for at, (word, letter, longer) in enumerate(words):
        if at < free:
            continue
        begin, finish = found[at].span()
        if longer and at + 1 < len(words):
            for phrase, kind in longer.get(words[at + 1][0], ()):
                if phrase == [word for word, _, _ in words[at : at + len(phrase)]]:
                    letter, free = kind, at + len(phrase)
                    finish = found[free - 1].end()
                    word = plain(text[begin:finish])
                    break
        tokens.append(Token(letter, begin, finish, word))
    return tokens


@lru_cache(maxsize=4096)
def _word(printed: str) -> tuple[str, str, Mapping[str, list[tuple[list[str], str]]]]:
    """A word as tokens have it, its letter, and the longer phrases that it begins, by their second word."""
    word = printed.lower().replace("’", "'")
    letter = "." if word[0].isalnum() else _mark(word)
    ways = cue_phrases().get(word)
    return (word, letter, {}) if ways is None else (word, ways.letter or letter, ways.longer)


def _mark(mark: str) -> str:
    if mark in DASHES:
        return "-"
    if mark in QUOTES:
        return '"'
    if mark in ",;:()":
        return mark
    return "!" if mark in ".?!" else "_"
