"""Reads a number in digits with what stands right before and after it: currency, sign, scale, unit, noun."""

from __future__ import annotations

import re

from crosscheck.extraction.model import FRACTION
from crosscheck.extraction.numbers import skips
from crosscheck.extraction.numbers.compounds import money_before
from crosscheck.extraction.numbers.nouns import find_noun
from crosscheck.extraction.numbers.raw import Raw, decimal_text
from crosscheck.extraction.numbers.reader import Reader
from crosscheck.extraction.numbers.text import MALFORMED, Digits, read_digits
from crosscheck.figures.exact import Fraction

_SLASH_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10))
_BETWEEN_NUMBERS = re.compile(r"[0-9] [0-9]+(?:\.[0-9]+)? [0-9]")
_WORD_END = re.compile(r"[\w]+(?:-[A-Za-z0-9]+){0,4}")
_BEFORE_YEARS = ("mid-", "pre-", "post-", "end-", "late-", "early-", "since-")
_IN_ACCOUNTS = re.compile(r"\([0-9][0-9.,]{0,20}\)(?:[ ]?%| (?:thousand|million|billion|trillion|mln|bln|bn)(?![a-z]))")
# "EUR 234.5 (212.3) million": a number and, in brackets, that of the year before; what follows is the unit of both.
_THEN_IN_BRACKETS = re.compile(r" \([+−-]?[0-9][0-9.,]{0,20}\)(?=[ ]?[^\W\d]|[ ]?%)")
_NOW_BEFORE = re.compile(r"[0-9] \([+−-]?\Z")
_CLOSED = re.compile(r"\) (?:thousand|million|billion|trillion|mln|bln|bn)(?![a-z])")
_BROKEN = re.compile(  # "975, 000 tons", "1 32 billion": what was one number
    r"[0-9]{1,3}(?:, [0-9]{3})*, 0[0-9]{2}(?![0-9,.]?[0-9])"
    r"|[0-9]{1,3} [0-9]{1,2}(?:\.[0-9]{1,3})? ?(?:(?:thousand|million|billion|trillion|mln|bln|bn)(?![a-z])|%)"
)
# "K8, 841.2 million": behind a currency it can only be one number.
_APART = re.compile(
    r"[0-9]{1,3}(?:, [0-9]{3})+(?:\.[0-9]{1,3})?(?= ?(?:thousand|million|billion|trillion|mln|bln|bn)(?![a-z]))"
)
_LAST_PART = re.compile(r"[0-9]{3}(?![0-9.,%-])")
_SIGNED = re.compile(r"(?<![a-z])(?:(?<!or )minus|negative|(?P<plus>plus|(?<=[a-z:] )\+))[ ]\Z")
_SIGNS = {"+": 1, "-": -1, "\u2212": -1, "\u2013": -1}
VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}


class DigitReader(Reader):
    """Reads numbers that begin with a digit."""

    def _digits(self, start: int, limit: int) -> None:
        text = self.text
        form = skips.written_form(text, start, limit) or skips.phone(text, start, limit)
        if form and not (form[1] == skips.IDENTIFIER and start and text[start - 1] in "$€£"):
            return self._skip(start, *form)
        mark = skips.footnote_end(text, start)
        if mark:
            return self._skip(start, mark, skips.FOOTNOTE)
        if self._slash_or_years(start, limit):
            return None
        digits = read_digits(text, start, limit)
        if digits.fault:
            return self._skip(start, digits.end, digits.fault)
        apart = _APART.match(text, start, limit) if text[digits.end : digits.end + 2] == ", " else None
        if apart and self.units.before(start, self.done):
            digits = Digits(apart.end(), apart[0].replace(", ", ""), grouped=True)
        broken = _BROKEN.match(text, start, limit) if text[digits.end : digits.end + 1] in (" ", ",") else None
        if broken and not skips.is_date(self.lower, start, digits.end) and not self._is_name(start):
            return self._skip(start, broken.end(), MALFORMED)
        raw = Raw(start, digits.end, digits.shown, digits.value)
        if (
            _BETWEEN_NUMBERS.match(text, max(0, start - 2), digits.end + 2)
            and start > 1
            and text.startswith(" ", digits.end)
        ):
            raw.year = skips.looks_like_year(digits.written, digits.grouped)
            raw.soft = skips.YEAR if raw.year else ""
            return self._add(raw)
        if start and text[start - 1] == "." and (start == 1 or text[start - 2] in " \n($€£¥+-−–~<>"):
            if not digits.written.isdigit():
                return self._skip(start, digits.end, MALFORMED)
            below_one = Fraction(int(digits.written), 10 ** len(digits.written))
            raw = Raw(start - 1, digits.end, f"0.{digits.written}", below_one)
        if self._glued_before(raw):
            return None
        self._sign_and_currency(raw)
        return self._digits_after(raw, digits, limit)

    def _is_name(self, start: int) -> bool:
        return skips.named(self.text, self.lower, start, counted=False, marked=False)

    def _slash_or_years(self, start: int, limit: int) -> bool:
        text = self.text
        end = skips.years(text, start, limit)
        if end and not self.units.percent(end, limit) and not self.units.after(end, limit, scaled=0):
            self._skip(start, end, skips.YEAR)
            return True
        slash = skips.slashed(text, start, limit)
        if not slash:
            return False
        end, above, below = slash
        proper = 0 < above < below and below in _SLASH_DENOMINATORS
        if proper and (self.lower.startswith((" of ", " share"), end) or self.lower.endswith(" by ", 0, start)):
            self._add(Raw(start, end, f"{above}/{below}", Fraction(above, below), kind=FRACTION))
        else:
            self._skip(start, end, skips.SLASH)
        return True

    def _glued_before(self, raw: Raw) -> bool:
        """Digits that belong to the letters before them: "G20", "COVID-19"."""
        text, at = self.text, raw.start
        if not at:
            return False
        before = text[at - 1]
        if before.isalpha() or before == "_" or before.isdigit():
            if self.units.before(at, self.done):
                return False
        elif before == "-":
            if at < 2 or not text[at - 2].isalpha() or self.lower.endswith(_BEFORE_YEARS, 0, at):
                return False
            if self.units.percent(raw.end, len(text)):
                return False
        elif before == "(":
            if at < 2 or not text[at - 2].isalnum() or text[raw.end : raw.end + 1] != ")":
                return False
        elif before not in "#№":
            return False
        end = _WORD_END.match(text, raw.start)
        self._skip(raw.start, max(raw.end, end.end() if end and before != "#" else raw.end), skips.NAME)
        return True

    def _sign_and_currency(self, raw: Raw) -> None:
        text, at = self.text, raw.start
        money = self.units.before(at, self.done)
        if not money or text[money[1] - 1 : money[1]] in ("M", "m", "k", "K"):
            scaled = money_before(text, at, self.done, self.units.dollar)
            raw.scale, money = (Fraction(scaled[0]), scaled[1:]) if scaled else (raw.scale, money)
        if money and text[money[1] - 1 : money[1]] == "(" and money[1] - 1 > self.done and _CLOSED.match(text, raw.end):
            raw.sign, raw.end, money = -1, raw.end + 1, (money[0], money[1] - 1)  # "($1.2) million"
        if not money and text[at - 1 : at] == "(" and text[raw.end : raw.end + 1] == ")" and at - 1 > self.done:
            money = self.units.before(at - 1, self.done)
            is_then = not money and _NOW_BEFORE.search(text, max(at - 3, 0), at) is not None
            if (money or _IN_ACCOUNTS.match(text, at - 1)) and not is_then:  # "$(5) million", "(12.3) million", "(28.3)%"
                raw.sign, raw.end, at = -1, raw.end + 1, at - 1
        if money:
            raw.unit, at, raw.prefixed = money[0], money[1], True
        if text[at - 2 : at] == "+ " and at - 2 > self.done and text[at - 3] in " \n(":
            at -= 1  # "by + 0.99%"
        sign = self._sign(at)
        if sign:
            raw.sign, at = sign, at - 1
            money = money or self.units.before(at, self.done)
            if money and not raw.prefixed and not self.units.percent(raw.end, len(text)):  # "EUR -2.4 million"
                raw.unit, at, raw.prefixed = money[0], money[1], True
        elif not raw.sign and (said := _SIGNED.search(self.lower, max(self.done, at - 10), at)):
            raw.sign = 1 if said["plus"] else -1
        raw.start = at

    def _sign(self, at: int) -> int:
        """The sign whose mark stands right before `at`; a dash between words or numbers is none."""
        if at <= self.done and at == 0:
            return 0
        mark = self.text[at - 1] if at > self.done else ""
        if mark not in _SIGNS or not mark:
            return 0
        before = self.text[at - 2] if at > 1 else " "
        if mark == "\u2212":
            return -1 if not before.isalnum() else 0
        if before not in " \n([{\"'“‘«:;,/|~<>=$€£¥₸₽₹":
            return 0
        if before == " " and mark != "+" and at > 2 and self.text[at - 3].isdigit():
            return 0
        return _SIGNS[mark]

    def _digits_after(self, raw: Raw, digits: Digits, limit: int) -> None:
        text, lower = self.text, self.lower
        decimals = "." in digits.written
        following = text[raw.end : raw.end + 1]
        if following and following in VULGAR and not decimals:
            raw.value = (raw.value or Fraction(0)) + VULGAR[following]
            if raw.value.denominator == 3:
                return self._skip(raw.start, raw.end + 1, MALFORMED)
            raw.written = decimal_text(raw.value, 1 if raw.value.denominator == 2 else 2)
            raw.end, decimals = raw.end + 1, True
        if not decimals and not raw.unit:
            end = skips.ordinal_end(text, raw.end)
            if end:
                return self._skip(raw.start, end, skips.ORDINAL)
            end = skips.decade_end(text, raw.end) if not digits.grouped else None
            if end:
                return self._skip(raw.start, end, skips.DECADE)
        if not raw.unit and self._multiple(raw, limit, decimals):
            return None
        if self._unit_behind_brackets(raw, limit, decimals):
            return self._add(raw)
        if not raw.unit and self._unit_of_its_own(raw, digits, limit):
            return self._add(raw)
        self._scale(raw, limit, decimals)
        if raw.scale != 1 and not decimals:
            self._second_part(raw, limit)
        self._unit(raw, limit)
        if not raw.unit and decimals and self.units.per_mille(raw.end, len(text)):
            raw.unit = "permille"
        following = text[raw.end : raw.end + 1]
        if (following.isalpha() or following == "_") and raw.end < limit and text[raw.end - 1] != "%":
            end_of_word = _WORD_END.match(text, raw.end)
            end = end_of_word.end() if end_of_word else raw.end
            reason = skips.SCALE_OR_UNIT if end - raw.end == 1 and following in "mkMK" else skips.NAME
            if skips.is_time(lower, raw.end):
                reason = skips.TIME
            return self._skip(raw.start, end, reason)
        if lower.endswith((" per ", "\nper ", " per\n"), 0, raw.start):  # "per 100,000 people", "per $100 of value"
            return self._skip(raw.start, raw.end, skips.RATE_BASE)
        if not raw.unit and not raw.kind and self._no_figure(raw, digits, limit):
            return None
        if not raw.unit:
            self._count(raw, limit)
        return self._add(raw)

    def _unit_behind_brackets(self, raw: Raw, limit: int, decimals: bool) -> bool:
        """Gives each of "234.5 (212.3) million euros" the scale and unit behind the brackets, where there are any."""
        then = _THEN_IN_BRACKETS.match(self.text, raw.end, limit)
        behind = then.end() if then is not None else 0
        if self.text[raw.end : raw.end + 1] == ")" and _NOW_BEFORE.search(self.text, max(raw.start - 4, 0), raw.start):
            behind = raw.end + 1
        if not behind:
            return False
        end, raw.end = raw.end, behind
        self._scale(raw, limit, decimals)
        self._unit(raw, limit)
        found, raw.end = raw.end > behind, end
        return found

    def _unit_of_its_own(self, raw: Raw, digits: Digits, limit: int) -> bool:
        """Symbols that are scale and unit in one ("21 MMT"), and hundredths of a currency ("45.6p")."""
        scaled = self.units.scaled_unit(raw.end, limit)
        if scaled:
            raw.scale, raw.unit, raw.end = Fraction(scaled[0]), scaled[1], scaled[2]
            return True
        cents = self.units.cents(raw.end, limit)
        if not cents or raw.value is None or digits.written in ("360", "480", "720", "1080"):
            return False
        raw.value /= 100
        raw.written = decimal_text(raw.value, len(digits.written.partition(".")[2]) + 2)
        raw.unit, raw.end = cents.unit, cents.end
        return True

    def _scale(self, raw: Raw, limit: int, decimals: bool) -> None:
        found = self.units.scale(raw.end, limit, money=raw.prefixed, decimals=decimals)
        if not found and not raw.prefixed and self.text[raw.end : raw.end + 1] in ("M", "B", "K", "m", "k", "b"):
            money = self.units.scale(raw.end, limit, money=True, decimals=decimals)
            after = self.units.after(money[2], limit, scaled=2) if money else None
            if after and len(after.unit) == 3 and after.unit.isupper():
                found = money
        while found:
            by, word, end = found
            if raw.scale != 1 and (by * raw.scale > 10**15 or raw.scale == by == 100 or len(word) < 4):
                return
            raw.scale, raw.scale_word, raw.end = raw.scale * by, word, end
            found = self.units.scale(end, limit, money=False, decimals=False)

    def _second_part(self, raw: Raw, limit: int) -> None:
        """ "5 billion 102 million": a second number with a smaller scale right after the first."""
        text = self.text
        while raw.value is not None:
            at = raw.end + 1
            if text[raw.end : at] != " " or not text[at : at + 1].isdigit() or at >= limit:
                return
            digits = read_digits(text, at, limit)
            if digits.fault or skips.looks_like_year(digits.written, digits.grouped):
                return
            found = self.units.scale(digits.end, limit, money=raw.prefixed, decimals=False)
            by, end = (found[0], found[2]) if found else (Fraction(1), digits.end)
            if not found and (raw.scale != 1000 or not _LAST_PART.match(text, at)):
                return
            ratio = raw.scale / by
            if by >= raw.scale or digits.value * by >= raw.scale or ratio.denominator != 1 or str(ratio).strip("0") != "1":
                return
            if by > 1 and self.units.percent(end, limit):
                return
            places = len(str(ratio)) - 1 + len(digits.written.partition(".")[2])
            raw.value += digits.value / ratio
            raw.written, raw.end = decimal_text(raw.value, places), end
            if by == 1 or "." in digits.written:
                return

    def _no_figure(self, raw: Raw, digits: Digits, limit: int) -> bool:
        """Numbers without a unit that what stands around makes durations, dates, ages, ranks, names or years."""
        text, lower, start, end = self.text, self.lower, raw.start, raw.end
        if self._duration(raw, limit):
            return True
        if raw.scale != 1:
            return False
        small = digits.written.isdigit() and not digits.grouped
        if small and len(digits.written) <= 2 and int(digits.written) <= 31 and skips.is_date(lower, start, end):
            raw.soft = skips.DATE
        elif skips.is_time(lower, end):
            raw.soft = skips.TIME
        elif text[end : end + 1] in ("°", "º", "′", "″"):
            raw.soft = skips.ANGLE
        elif small and skips.is_age(text, lower, start, end):
            raw.soft = skips.AGE
        elif small and skips.is_list_mark(text, start, end):
            raw.soft = skips.LISTED
        elif lower.endswith(("=", "= "), 0, start) and skips.INDEX_BASE.search(lower, max(0, start - 10), start):
            raw.soft = skips.BASE_OF_INDEX
        elif skips.is_rank(lower, start):
            raw.soft = skips.RANK
        elif len(digits.written) > 1 and digits.written[0] == "0" and "." not in digits.written:
            raw.soft = skips.IDENTIFIER
        elif text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
            raw.soft = skips.COMPOUND
        if raw.soft:
            self._skip(start, end, raw.soft)
            return True
        if skips.looks_like_year(digits.written, digits.grouped):
            noun = find_noun(text, lower, end, limit)
            if not (noun and noun[2] in skips.PEOPLE):
                raw.year, raw.soft = True, skips.YEAR
        return False

    def _vulgar(self, start: int, limit: int) -> None:
        value = VULGAR[self.text[start]]
        raw = Raw(start, start + 1, f"{value.numerator}/{value.denominator}", value, kind=FRACTION)
        self._unit(raw, limit)
        self._add(raw)
