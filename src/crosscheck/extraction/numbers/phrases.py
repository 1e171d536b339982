"""Reads a number in words with what stands right after it: number words, fractions, multiples."""

from __future__ import annotations

import re

from crosscheck.extraction.model import FRACTION, MULTIPLE
from crosscheck.extraction.numbers import skips, spelt
from crosscheck.extraction.numbers.raw import Raw
from crosscheck.extraction.numbers.reader import Reader
from crosscheck.figures.exact import Fraction
from crosscheck.figures.number_words import read_number_words

_INDEFINITE_BEFORE = re.compile(
    r"(?<![a-z])(?:several|few|many|couple of|couple|per|each|the|some|any|that|this|these|next)[ \n]\Z"
)
_DETERMINERS = re.compile(r"(?<![a-z])(?:the|these|those|our|both|all|other)[ \n]\Z")
_ORDINAL_AFTER = re.compile(r"-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?![a-z])")
# Behind a number in words without a noun: it is a figure all the same.
_COMPARED = re.compile(
    r"[ \n](?:(?:more|fewer|less)[ \n]than|of[ \n](?:the|its|their|our|his|her)[ \n](?:[0-9]|(?:ten|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred)(?![a-z])))"
)


class PhraseReader(Reader):
    """Reads numbers that begin with a word."""

    def _words(self, start: int, word: str, limit: int) -> None:
        lower = self.lower
        if word in spelt.INDEFINITE:
            return self._skip(start, start + len(word), skips.INDEFINITE)
        if word in ("majority", "most"):
            found = spelt.most(lower, start)
            return self._spelt(found, limit) if found else None
        found = spelt.multiple(lower, start, word, self.table) or spelt.fraction(lower, start, limit, self.table)
        if found:
            return self._spelt(found, limit)
        if word in spelt.ORDINALS:
            return self._skip(start, start + len(word), skips.ORDINAL)
        return self._number_words(start, word, limit)

    def _spelt(self, found: spelt.Spelt, limit: int) -> None:
        if found.reason or found.value is None:
            return self._skip(max(found.start, self.done), found.end, found.reason or skips.NO_COUNT)
        raw = Raw(max(found.start, self.done), found.end, found.figure, found.value, word=True, direction=found.direction)
        if found.scale is not None:
            if found.scale == 12 and found.value == Fraction(1, 2):
                raw.written, raw.value = "six", Fraction(6)
            else:
                raw.scale, raw.scale_word = found.scale, found.scale_word
            self._after_words(raw, limit)
            return None
        raw.kind = MULTIPLE if found.multiple else FRACTION
        if found.multiple:
            raw.unit = "times"
        else:
            at = spelt.half_point(self.lower, raw.end)
            percent = self.units.percent(at, limit) if at else None
            if percent:
                raw.unit, raw.end, raw.kind = percent.unit, percent.end, ""
        return self._add(raw)

    def _number_words(self, start: int, word: str, limit: int) -> None:
        lower = self.lower
        begin = start
        if lower[max(0, start - 2) : start] == "a " and (start < 3 or not lower[start - 3].isalnum()):
            begin = max(start - 2, self.done)
        found = read_number_words(lower, begin, self.table, limit) or read_number_words(lower, start, self.table, limit)
        if found is None:
            if word == "zero":
                raw = Raw(start, start + 4, "zero", Fraction(0), word=True, soft=skips.NO_COUNT)
                return self._after_words(raw, limit)
            return self._skip(start, start + len(word), skips.INDEFINITE)
        begin = begin if (lower[begin : begin + 2] == "a " and word in self.table.scales) or word == "dozen" else start
        if begin != start and _INDEFINITE_BEFORE.search(lower, max(0, begin - 12), begin):
            return self._skip(start, found.end, skips.INDEFINITE)
        written = " ".join(lower[begin : found.end].split())
        raw = Raw(begin, found.end, written, found.value, word=True, soft=skips.NO_COUNT)
        ordinal = _ORDINAL_AFTER.match(lower, found.end)
        if ordinal:
            return self._skip(begin, ordinal.end(), skips.ORDINAL)
        if self._multiple(raw, limit, decimals=False):
            return None
        return self._after_words(raw, limit)

    def _after_words(self, raw: Raw, limit: int) -> None:
        lower, text = self.lower, self.text
        self._unit(raw, limit)
        if raw.unit:
            raw.soft = ""
            return self._add(raw)
        if self._duration(raw, limit):
            return None
        if raw.magnitude == 1:
            return self._skip(raw.start, raw.end, skips.PRONOUN)
        if text[raw.end : raw.end + 1] == "-" and text[raw.end + 1 : raw.end + 2].isalpha():
            return self._skip(raw.start, raw.end, skips.COMPOUND)
        if raw.start and text[raw.start - 1] == "-":
            return self._skip(raw.start, raw.end, skips.COMPOUND)
        if skips.is_rank(lower, raw.start) or lower.endswith(("group of ", "big "), 0, raw.start):
            return self._skip(raw.start, raw.end, skips.RANK)
        self._count(raw, limit)
        if (
            raw.magnitude <= 12
            and _DETERMINERS.search(lower, max(0, raw.start - 13), raw.start)
            and (raw.magnitude == 2 or not raw.noun or raw.head in skips.PARTIES)
        ) or raw.head in ("sides", "parties"):
            counted = raw.head in skips.NAMED_BEFORE
            unit = f"{{{raw.head}}}" if counted else ""
            return self._skip(raw.start, raw.end, skips.REFERENCE, raw.magnitude if counted else None, unit)
        if raw.noun or raw.magnitude >= 100 or _COMPARED.match(lower, raw.end, limit):
            raw.soft = ""
        return self._add(raw)
