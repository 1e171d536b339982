"""Finds the numbers of a text: figures with scale, unit, sign and hedge, and numbers that are none, with the reason.

Three passes, each linear: candidates from left to right, each read with what stands right before and after it; scales
and units handed on along ranges and lists; hedges and bounds before the numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crosscheck.extraction.model import Number, Skipped
from crosscheck.extraction.numbers import skips, spelt
from crosscheck.extraction.numbers.digits import VULGAR, DigitReader
from crosscheck.extraction.numbers.finish import finished, qualify, share
from crosscheck.extraction.numbers.phrases import PhraseReader
from crosscheck.extraction.numbers.raw import Raw
from crosscheck.extraction.numbers.text import plain
from crosscheck.extraction.patterns import any_of, compiled
from crosscheck.figures.exact import Fraction
from crosscheck.figures.number_words import read_number_words
from crosscheck.figures.quantities import Quantities, shipped_quantities


def find_numbers(
    text: str,
    taken: Sequence[tuple[int, int]] = (),
    table: Quantities | None = None,
    dollar: str = "USD",
    offset: int = 0,
) -> tuple[tuple[Number, ...], tuple[Skipped, ...]]:
    """Every number of `text`, in digits or words, in the order of the text: as a figure, or with why it is none.

    Spans `taken` (periods, dates, names that hold digits) are left alone. `dollar` is the currency that "$" and "dollars"
    mean. `Number.figure` is figure text that `parse_figure` reads as exactly `Number.value` of `Number.unit`.
    `offset` is where `text` begins in a longer one, of which all spans are.
    """
    source = plain(text)
    spans = [(*source.here(start - offset, end - offset), skips.DATE) for start, end in taken]
    reader = _Reader(source, sorted([*spans, *_addresses(source.text)]), table or shipped_quantities(), dollar)
    raws = reader.read()
    share(raws, source.lower)
    qualify(raws, source.lower, reader.table)
    return finished(raws, source, offset)


class _Reader(DigitReader, PhraseReader):
    """Reads every candidate of a text, in order."""

    def read(self) -> list[Raw]:
        """All candidates in order."""
        for match in _candidates(self.table, self.lower):
            start = match.start()
            if start < self.done:
                continue
            first = self.lower[start]
            held = self._held(start)
            if held:
                if held[2] != skips.DATE or not self._length(start, match.end(), held[1]):
                    self._skip(start, match.end() if match.end() <= held[1] else held[1], held[2])
                continue
            limit = self.taken[self.next_taken][0] if self.next_taken < len(self.taken) else len(self.text)
            if first.isdigit():
                self._digits(start, max(limit, start + 1))
            elif first in VULGAR:
                self._vulgar(start, limit)
            else:
                self._words(start, match[0], max(limit, match.end()))
        if compiled("[IVX]{2}").search(self.text):
            self._romans()
        return self.raws

    def _held(self, start: int) -> tuple[int, int, str] | None:
        """The taken span that holds `start`; spans behind it are passed for good."""
        while self.next_taken < len(self.taken) and self.taken[self.next_taken][1] <= start:
            self.next_taken += 1
        if self.next_taken < len(self.taken) and self.taken[self.next_taken][0] <= start:
            return self.taken[self.next_taken]
        return None

    def _length(self, start: int, end: int, limit: int) -> bool:
        """A duration in the words of a period: "the past two years", "in six months this year"."""
        if self.lower[start].isdigit():
            value = Fraction(int(self.lower[start:end])) if end - start < 4 else None
        else:
            found = read_number_words(self.lower, start, self.table, limit)
            value, end = (found.value, found.end) if found else (None, end)
        if value is None or not skips.duration_unit(self.lower, start, end):
            return False
        return self._duration(Raw(start, end, value=value), limit)

    def _romans(self) -> None:
        found = [Raw(m.start(), m.end(), skip=skips.ROMAN) for m in skips.ROMAN_NUMERAL.finditer(self.text)]
        if found:
            spans = sorted((raw.start, raw.end) for raw in self.raws)
            self.raws = sorted([*self.raws, *_outside(found, spans)], key=lambda raw: raw.start)


def _candidates(table: Quantities, lower: str) -> Iterator[re.Match[str]]:
    """Runs of digits, and words at which a number may begin."""
    if not _LAST or _LAST[0][0] is not table:
        _LAST[:] = [(table, _trigger(table))]
    return _LAST[0][1].finditer(lower)


_LAST: list[tuple[Quantities, re.Pattern[str]]] = []  # the table last used, with its pattern


def _trigger(table: Quantities) -> re.Pattern[str]:
    words = {word for word in table.numbers if " " not in word} | set(spelt.DENOMINATORS) | set(spelt.ORDINALS)
    words |= set(spelt.INDEFINITE) | {word for word in table.multiples if " " not in word} | {"majority", "most"}
    words |= {word for word in table.scales if len(word) > 3}
    return re.compile(rf"[0-9]+|[{''.join(VULGAR)}]|\b{any_of(words)}\b")


def _addresses(text: str) -> list[tuple[int, int, str]]:
    """Addresses on the web and of mail."""
    found = []
    if "://" in text or "www." in text:
        found = [(m.start(), m.end(), skips.ADDRESS) for m in skips.WEB.finditer(text)]
    at = text.find("@")
    while at >= 0:
        begin = end = at
        while begin and at - begin < 64 and not text[begin - 1].isspace():
            begin -= 1
        while end < len(text) and end - at < 255 and not text[end].isspace():
            end += 1
        found.append((begin, end, skips.ADDRESS))
        at = text.find("@", end)
    return found


def _outside(found: list[Raw], spans: list[tuple[int, int]]) -> list[Raw]:
    """Those of `found` that overlap none of the spans, both ascending."""
    kept, at = [], 0
    for raw in found:
        while at < len(spans) and spans[at][1] <= raw.start:
            at += 1
        if at == len(spans) or spans[at][0] >= raw.end:
            kept.append(raw)
    return kept
