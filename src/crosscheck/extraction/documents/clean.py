"""A text without what is none of its words: invisible characters, blanks beyond one between two words, marks of footnotes
("adjusted earnings1", "EBITDA(2)"), and rows of numbers that go on for ever."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from crosscheck.extraction.model import Skipped
from crosscheck.extraction.source import Block, Segment, Source

ROW = "one of a row of numbers without a word"
ROW_NUMBERS = 200  # and more without a word between are no prose, and name nothing that they could be figures of
EDGE = 3
_NO_LETTERS = re.compile(r"(?:\A|(?<=[^\W\d_]))[\W\d_]{1000,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Soft hyphens, spaces and joiners of no width, marks of direction, marks of byte order.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+|(?<=\\S ) +(?=\\S)")
_WORD = re.compile(r"[A-Za-z]{4,}(?![\w\u00b9\u00b2\u00b3\u2074-\u2079])")
# A digit at the end of a word that stands in the text without it as well, a raised one, or one in brackets without a space.
_FOOTNOTE = re.compile(
    r"(?<![\w.@/-])(?P<word>[A-Za-z]{4,})(?P<mark>[1-9]|[\u00b9\u00b2\u00b3\u2074-\u2079]|[(\[][1-9][)\]])(?=[\s,;:)\u201d\"]|\.?(?:\s|$))"
)


def without_unseen(source: Source) -> Source:
    """The document without them; its segments lead back to the file as it is."""
    cuts = sorted([match.span() for match in _UNSEEN.finditer(source.text)] + _footnote_marks(source.text))
    if not cuts:
        return source
    starts, ends = [start for start, _ in cuts], [end for _, end in cuts]
    taken = [0, *accumulate(end - start for start, end in cuts)]

    def moved(place: int) -> int:
        at = bisect_right(ends, place)
        inside = place - starts[at] if at < len(starts) and starts[at] < place else 0
        return place - taken[at] - inside

    blocks = tuple(replace(one, start=moved(one.start), end=moved(one.end)) for one in source.blocks)
    text = "".join(source.text[begin:end] for begin, end in zip([0, *ends], [*starts, len(source.text)], strict=True))
    whole = (Segment(0, 0),) if not source.segments else source.segments
    segments = tuple(
        replace(part, start=moved(part.start))
        for one, until in _bounded(whole, source)
        for part in _cut(one, until, starts, ends)
    )
    file_text = source.text if not source.segments else source.file_text
    return replace(source, text=text, blocks=blocks, segments=segments, file_text=file_text)


def _footnote_marks(text: str) -> list[tuple[int, int]]:
    """Where marks of footnotes stand behind words: only of words that the text has without a mark too, but for brackets."""
    found = list(_FOOTNOTE.finditer(text))
    if not found:
        return []
    words = {word.lower() for word in _WORD.findall(text)}
    return [match.span("mark") for match in found if match["mark"][0] in "([" or match["word"].lower() in words]


def _bounded(segments: tuple[Segment, ...], source: Source) -> Iterator[tuple[Segment, int]]:
    """Each segment with its end."""
    yield from zip(segments, [*(one.start for one in segments[1:]), len(source.text)], strict=True)


def _cut(segment: Segment, until: int, starts: list[int], ends: list[int]) -> Iterator[Segment]:
    """A segment up to `until`, begun anew behind each cut, where text and file run in step."""
    yield segment
    if segment.file_start is None or segment.file_end is not None:
        return
    for at in range(bisect_right(ends, segment.start), bisect_left(starts, until)):
        end = min(ends[at], until)
        yield replace(segment, start=end, file_start=segment.file_start + end - segment.start)


def without_rows(text: str, blocks: Sequence[Block]) -> tuple[Sequence[Block], list[Skipped]]:
    """The blocks without rows of numbers, each of which is told as left out: a million numbers are soon passed over."""
    numbers = [[one.start() for one in _NUMBER.finditer(text, *row.span())] for row in _NO_LETTERS.finditer(text)]
    # those at its ends may belong to the words beside it: "… in 2023. 5 | 5 | …"
    rows = [(row[EDGE], row[-EDGE]) for row in numbers if len(row) >= ROW_NUMBERS]
    left = [part for block in blocks for part in _outside(block, rows)] if rows else blocks
    passed = [(max(row[0], block.start), min(row[1], block.end)) for block in blocks for row in _met(block, rows)]
    return left, [Skipped(*number.span(), ROW) for start, end in passed for number in _NUMBER.finditer(text, start, end)]


def _met(block: Block, rows: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The rows, which are in the order of the text, that have a part of a block."""
    first = bisect_right(rows, block.start, key=lambda row: row[1])
    return rows[first : bisect_left(rows, block.end, key=lambda row: row[0])]


def _outside(block: Block, rows: Sequence[tuple[int, int]]) -> Iterator[Block]:
    """What is left of a block."""
    begin = block.start
    for start, end in _met(block, rows):
        if start > begin:
            yield replace(block, start=begin, end=start)
        begin = end
    if begin < block.end:
        yield replace(block, start=begin) if begin > block.start else block
