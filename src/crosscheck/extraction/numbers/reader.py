"""What numbers in digits and in words have in common: the unit after them, multiples, and what they count."""

from __future__ import annotations

import re

from crosscheck.extraction.model import FRACTION, MULTIPLE
from crosscheck.extraction.numbers import skips, spelt
from crosscheck.extraction.numbers.nouns import find_noun
from crosscheck.extraction.numbers.raw import Raw
from crosscheck.extraction.numbers.text import Plain
from crosscheck.extraction.numbers.units import Units
from crosscheck.figures.exact import Fraction
from crosscheck.figures.quantities import Quantities

_TIMES = re.compile(r"(?:[ \n]|-)times(?![a-z])")
_FOLD = re.compile(r"[ -]?fold(?![a-z])")
_GLUED_X = re.compile(r"[ ]?[xX×](?![A-Za-z0-9])(?! ?[0-9])")
_POINTS = re.compile(r"[ \n-](points?)(?![a-z])")
_CAPITALS_AFTER = re.compile(r" [A-Z]{3,}(?![\w])")
_SENTENCE_END = re.compile(r"[.!?]\s")
_OF_OPINION = re.compile(r"\b(?:polls?|voters?|support|elections?|approval|popularity|coalition|part(?:y|ies))\b")
_BESIDE_PERCENT = re.compile(r"(?:%|per[ -]?cent) ?\((?:up|down|[+–−-])[ ]?\Z")
_OF_AN_INDEX = re.compile(r"\b(?:index|indices|dow|nikkei|stocks?|shares|s&p|nasdaq|scor\w+|rank\w*|hang seng|ftse)\b")


MANY_NIGHTS = 1000  # and more are no length of a stay


class Reader:
    """A text, the candidates found in it so far, and the place up to which it is read."""

    def __init__(self, source: Plain, taken: list[tuple[int, int, str]], table: Quantities, dollar: str) -> None:
        self.plain, self.text, self.lower, self.table = source, source.text, source.lower, table
        self.units = Units(source.text, source.lower, dollar, table)
        self.raws: list[Raw] = []
        self.done = 0
        self.taken = taken  # ascending: start, end, reason
        self.next_taken = 0

    def _skip(self, start: int, end: int, reason: str, value: Fraction | None = None, unit: str = "") -> None:
        self.raws.append(Raw(start, end, value=value, unit=unit, skip=reason))
        self.done = max(self.done, end)

    def _add(self, raw: Raw) -> None:
        self.raws.append(raw)
        self.done = max(self.done, raw.end)

    def _duration(self, raw: Raw, limit: int) -> bool:
        """ "two years", "within 90 days": skipped with its length, but where it is an age or a part of a longer period."""
        found = skips.duration_end(self.lower, raw.end, limit)
        if not found:
            return False
        end, reason = found
        if raw.magnitude >= MANY_NIGHTS and skips.NIGHTS.match(self.lower, raw.end, limit):
            return False  # "1.9 million nights": those that guests spent
        unit = skips.duration_unit(self.lower, raw.start, raw.end) if reason == skips.DURATION else ""
        self._skip(raw.start, end, reason, raw.magnitude if unit else None, unit)
        return True

    def _multiple(self, raw: Raw, limit: int, decimals: bool) -> bool:
        """ "2.5 times", "2.8-fold", "3x"; "one in five" with digits."""
        fold = _FOLD.match(self.lower, raw.end, limit) or _GLUED_X.match(self.text, raw.end, limit)
        times = _TIMES.match(self.lower, raw.end, limit)
        if not (fold or times) and spelt.BY_A_FACTOR.search(self.lower, max(0, raw.start - 40), raw.start):
            raw.unit, raw.kind = "times", MULTIPLE
            self._add(raw)
            return True
        if fold or (times and spelt.times_is_multiple(self.lower, raw.start, times.end(), decimals)):
            match = fold or times
            assert match is not None
            raw.end, raw.unit, raw.kind = match.end(), "times", MULTIPLE
            raw.direction = spelt.direction_after(self.lower, raw.end)
            self._add(raw)
            return True
        if times:
            self._skip(raw.start, times.end(), skips.FREQUENCY)
            return True
        if not decimals and raw.value is not None:
            share_of = spelt.in_every(self.lower, raw.end, raw.value, self.table)
            if share_of:
                raw.written, raw.value, raw.kind = f"{raw.written}/{share_of[1].denominator}", share_of[1], FRACTION
                raw.written = f"{share_of[1].numerator}/{share_of[1].denominator}"
                raw.end = share_of[0]
                self._add(raw)
                return True
        return False

    def _unit(self, raw: Raw, limit: int) -> None:
        """Percent, a unit of the registry or a currency after the number and its scale."""
        if not raw.prefixed:
            percent = self.units.percent(raw.end, limit)
            if percent:
                raw.unit, raw.end = percent.unit, percent.end
                return
        of_a = spelt.half_point(self.lower, raw.end)
        percent = self.units.percent(of_a, limit) if of_a is not None and raw.magnitude.denominator != 1 else None
        if percent and not raw.prefixed:
            raw.unit, raw.end = percent.unit, percent.end
            return
        scaled = 2 if raw.scale != 1 else int(raw.magnitude >= 100 or raw.magnitude.denominator != 1)
        found = self.units.after(raw.end, limit, scaled)
        if raw.prefixed:
            tail = self.units.price(raw.unit, raw.end, limit)
            if found and len(found.unit) == 3 and found.unit.isupper() and found.unit == raw.unit:
                raw.end = found.end
            elif found and raw.unit == self.units.dollar and self.units.is_dollar(found.unit):
                raw.unit, raw.end = found.unit, found.end
            elif tail:
                raw.unit, raw.end = tail.unit, tail.end
            return
        if found:
            raw.unit, raw.end = found.unit, found.end
        else:
            points = _POINTS.match(self.lower, raw.end, limit)
            if points and self._percent_talk(raw.end):
                raw.unit, raw.end = "percentage_point", points.end()
            elif self._points_again(raw):
                raw.unit = "percentage_point"

    def _points_again(self, raw: Raw) -> bool:
        """ "31% (down two)", "31% (-2)": points, without the word."""
        if self.lower[raw.end : raw.end + 1] != ")":
            return False
        if raw.sign and self.lower[raw.start : raw.start + 1] in "+-–−":
            return self.lower[max(0, raw.start - 3) : raw.start] in ("% (", "nt (")
        return _BESIDE_PERCENT.search(self.lower, max(0, raw.start - 24), raw.start) is not None

    def _percent_talk(self, at: int) -> bool:
        """Whether the sentence around, up to 120 characters either way, speaks of percent and of no index."""
        before = _SENTENCE_END.split(self.lower[max(0, at - 120) : at])[-1]
        around = before + _SENTENCE_END.split(self.lower[at : at + 120])[0]
        talks = "%" in around or "percent" in around or "per cent" in around or _OF_OPINION.search(around) is not None
        return talks and not _OF_AN_INDEX.search(around)

    def _count(self, raw: Raw, limit: int) -> None:
        """The noun that the number counts; else why it may be no figure."""
        plus = self.text[raw.end : raw.end + 1] == "+"
        noun = find_noun(self.text, self.lower, raw.end + plus, limit) if not raw.year else None
        plain_whole = raw.scale == 1 and raw.magnitude.denominator == 1 and not raw.word
        marked = not raw.written.isdigit()
        if not noun and plain_whole and not marked and _CAPITALS_AFTER.match(self.text, raw.end):
            raw.soft = raw.soft or skips.NAME
        counted = noun is not None or raw.magnitude.denominator != 1
        if not raw.word and raw.scale == 1 and skips.named(self.text, self.lower, raw.start, counted, marked):
            raw.soft = raw.soft or skips.NAME
            noun = None
        if noun and raw.magnitude.denominator == 1:
            raw.noun, raw.head = (noun[0], noun[1]), noun[2]
