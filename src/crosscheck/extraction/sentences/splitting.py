"""Sentences of a block of text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.patterns import compiled

_END = re.compile(r"[.!?…][\"”»’')\]]*(?=\s|$)|\n[ \t]*\n")
# Nobody writes longer sentences; what is longer is a list or a table without its lines, and is read in pieces, because
# the way through a sentence looks back to its beginning.
LONGEST = 1500


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, without the white space around them; the longest ones in pieces."""
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends(text, match, end):
            yield from _pieces(text, begin, match.end())
            begin = match.end()
    yield from _pieces(text, begin, end)


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut behind the last line, semicolon, comma or word of each `LONGEST` characters where it has more."""
    while end - begin > LONGEST:
        places = (text.rfind(mark, begin + LONGEST // 2, begin + LONGEST) for mark in ("\n", "; ", ", ", " "))
        cut = next((place + 1 for place in places if place >= 0), begin + LONGEST)
        yield from _trimmed(text, begin, cut)
        begin = cut
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        yield begin, end


def _ends(text: str, match: re.Match[str], end: int) -> bool:
    """Whether a mark ends the sentence: not after an abbreviation or initial, not before a small letter or a digit."""
    if match[0][0] == "\n" or match[0][0] in "!?…":
        return True
    after = text[match.end() : match.end() + 40].lstrip()
    if match.end() >= end or not after:
        return True
    first = after.lstrip("\"“«‘'(")[:2]
    word = compiled(r"([\w.]+)$").search(text[max(match.start() - 12, 0) : match.start()])
    before = word[1].lower() if word else ""
    degrees = word is not None and text[max(match.start() - 12, 0) : match.start()].endswith(("°C", "°F", "° C", "° F"))
    is_initial = len(before) == 1 and before.isalpha() and not degrees
    if before in words_of("abbreviation") or is_initial or (("." in before) and before.replace(".", "").isalpha()):
        # "in the U.S. Exports rose": a capital after an abbreviation of places may still begin a sentence
        return "\n" in text[match.end() : match.end() + 3]
    return bool(first) and not (first[0].islower() and not first[1:].isupper())  # "eBay" begins one
