"""Figure text: `[qualifier] [sign] number [scale] [unit]`, as in "over 100 million USD" or "almost 1/2"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import (
    BOUND,
    EXACT,
    HEDGE,
    ROUNDED,
    Figure,
    Reading,
    interval_to_base,
    loose_readings,
    qualified,
    to_base,
    unround,
)
from crosscheck.figures.interval import Interval, negate, point
from crosscheck.figures.number_words import read_number_words
from crosscheck.figures.quantities import Qualifier, Quantities, shipped_quantities
from crosscheck.figures.unit_table import CURRENCY_SYMBOLS
from crosscheck.figures.units import Unit, UnknownUnit, difference_unit, parse_unit
from crosscheck.inputs.faults import did_you_mean

MAXIMUM_LENGTH = 200
MINUS = "-\u2212\u2013"
RATIOS = ("growth", "share", "multiple")  # measures whose figures are ratios even where no unit says so
SIGN = f"[+{re.escape(MINUS)}]?"
NUMBER = re.compile(
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?![0-9])"
    r"(?:/(?P<divisor>[1-9][0-9]*)(?![0-9.,]))?"
)
_SYMBOLS = "|".join(re.escape(symbol) for symbol in sorted(CURRENCY_SYMBOLS, key=len, reverse=True))
CURRENCY_FIRST = re.compile(rf"(?P<unit>[A-Z]{{1,3}}\$|{_SYMBOLS}|[A-Z]{{3}})\s*(?=[0-9({re.escape(MINUS)}])")


class FigureError(ValueError):
    """A figure that cannot be understood: what is wrong, and perhaps a hint.

    `part` says which key of a declared figure is at fault: value, decimals, unit or rounding.
    """

    def __init__(self, message: str, hint: str | None = None, part: str = "value") -> None:
        super().__init__(message)
        self.message, self.hint, self.part = message, hint, part


@dataclass(frozen=True, slots=True)
class _Number:
    magnitude: Fraction
    step: Fraction  # unit of the last printed digit; 0 for words
    digits: str  # of a whole number in digits, else ""
    decimals: int
    window: Interval | None = None  # words that are a window of their own
    is_word: bool = False
    is_fraction: bool = False
    scale: Fraction = Fraction(1)  # of the words read so far: "one hundred and twenty thousand"


def parse_figure(text: str, measure: str = "level", table: Quantities | None = None) -> Figure:
    """The figure that `text` prints, read as prose (loose readings allowed).

    `measure` (level, growth, change, share, multiple, rate) decides what an integer means: counted things are
    exact in a level or a change. Raises FigureError.
    """
    table = table or shipped_quantities()
    if len(text) > MAXIMUM_LENGTH:
        raise FigureError(f"a figure of {len(text):,} characters", f"at most {MAXIMUM_LENGTH} are read")
    rest = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").split())
    if not rest:
        raise FigureError("an empty figure", "write a number with its unit, such as `31.5 billion USD`")
    qualifier, rest = _take_qualifier(rest, table)
    negative, accounts, rest = _take_sign(rest)
    currency = CURRENCY_FIRST.match(rest)
    if currency:
        rest = rest[currency.end() :]
        if not negative:  # "$(5) million" and "$-5 million", as well as "-$5 million"
            negative, accounts, rest = _take_sign(rest)
    number, rest = _take_number(rest, table)
    closed = accounts and rest.lstrip().startswith(")")
    if closed:  # "(31.5) million USD"; in "(31.5 million USD)" it is closed further on
        rest = rest.lstrip()[1:]
    scale, rest = _take_scale(rest, table, scaled_by_currency=currency is not None)
    if number.scale != 1:
        scale = number.scale * (scale or 1)
    if accounts and not closed:
        rest = _close_accounts(rest)
    unit = _unit(currency["unit"] if currency else "", rest, number)
    if measure == "change":
        unit = difference_unit(unit)  # a rise of 2 degrees is not 275.15 kelvins
    return _assemble(text, number, scale, unit, qualifier, negative, measure, table)


def _take_qualifier(text: str, table: Quantities) -> tuple[Qualifier | None, str]:
    lower = text.lower()
    fitting = [words for words in table.qualifiers if lower.startswith(words + " ")]
    if not fitting:
        return None, text
    words = max(fitting, key=len)
    return table.qualifiers[words], text[len(words) + 1 :]


def _take_sign(text: str) -> tuple[bool, bool, str]:
    """(negative, written in the parentheses of accounts, what follows)."""
    if text[:1] == "(":
        return True, True, text[1:].lstrip()
    if text[:1] and text[0] in MINUS:
        return True, False, text[1:].lstrip()
    return False, False, text[1:].lstrip() if text[:1] == "+" else text


def _take_number(text: str, table: Quantities) -> tuple[_Number, str]:
    match = NUMBER.match(text)
    if match:
        return _digits(match), text[match.end() :]
    lower = text.lower()
    word_tables = (table.fractions, table.ranges, table.multiples, table.numbers)
    fitting = [w for words in word_tables for w in words if re.match(_spelt(w) + r"(?![\w-])", lower)]
    spelt = read_number_words(lower, 0, table)
    if spelt and spelt.compound and spelt.end > max(map(len, fitting), default=0):
        digits = spelt.value / spelt.step
        shown = str(digits) if digits.denominator == 1 else ""
        by = spelt.scale
        number = _Number(spelt.value / by, spelt.step / by, shown, 0, is_word=True, scale=by)
        return number, text[spelt.end :]
    if not fitting:
        first = text.split(" ")[0]
        known = [word for words in word_tables for word in words]
        hint = (
            did_you_mean(first.lower(), known)
            or "a number is digits with `.` and `,`, a fraction, or a word such as half; a fall is `-5 %`, a rise `5 %`"
        )
        raise FigureError(f'"{first}" is not a number', hint)
    word = max(fitting, key=len)
    rest = text[len(word) :]
    if word in table.ranges:
        window = table.ranges[word]
        assert window.low is not None and window.high is not None
        middle = (window.low + window.high) / 2
        return _Number(middle, Fraction(0), "", 0, window, is_word=True, is_fraction=True), rest
    if word in table.multiples:
        value = table.multiples[word]
        half = Fraction(1, 2) if value >= 1 else value * table.share  # "halved" is a fraction
        return _Number(value, Fraction(0), "", 0, Interval(value - half, value + half), is_word=True), rest
    if word in table.fractions:
        return _fraction(table.fractions[word]), rest
    return _Number(table.numbers[word], Fraction(1), str(table.numbers[word]), 0, is_word=True), rest


def _spelt(words: str) -> str:
    """A pattern of words that may be joined by hyphens: "two thirds" and "two-thirds"."""
    return re.escape(words).replace("\\ ", "[ -]")


def _digits(match: re.Match[str]) -> _Number:
    written = match["digits"].replace(",", "")
    if match["divisor"]:
        return _fraction(Fraction(written) / Fraction(match["divisor"]))
    whole, _, places = written.partition(".")
    return _Number(Fraction(written), Fraction(1, 10 ** len(places)), "" if places else whole, len(places))


def _fraction(value: Fraction) -> _Number:
    return _Number(value, Fraction(0), "", 0, None, is_word=True, is_fraction=True)


def _take_scale(text: str, table: Quantities, scaled_by_currency: bool) -> tuple[Fraction | None, str]:
    stripped = text.lstrip()
    match = re.match(r"[A-Za-z]+", stripped)
    if (
        not match
        or match[0].lower() not in table.scales
        or (len(match[0]) > 1 and match[0].isupper() and len(match[0]) == 3)
    ):
        return None, text
    word, rest = match[0], stripped[match.end() :]
    if len(word) <= 2 and word not in table.scales and not scaled_by_currency:
        return None, text  # "5 M" or "5 K" without a currency is not ours to guess
    if len(word) == 1 and not rest.strip() and not scaled_by_currency:
        raise FigureError(f'"{word}" may be a scale or a unit here', "write `million`, `thousand` or the unit in full")
    if rest[:1] and rest[0] not in " )":
        if rest[0] in "/^²³*23":
            return None, text  # "5 m/s", "5 m2": a unit
        raise FigureError(f'unexpected "{rest[0]}" after "{word}"')
    return table.scales[word.lower()], rest


def _close_accounts(text: str) -> str:
    before, closed, after = text.partition(")")
    if not closed:
        raise FigureError("a parenthesis is opened and never closed", "a negative in accounts is `(28.3) %`")
    return f"{before} {after}"


def _unit(prefix: str, rest: str, number: _Number) -> Unit:
    name = rest.strip()
    if prefix and re.match(r"/ ?[A-Za-z]|per ", name):
        prefix, name = "", f"{prefix} {name}"  # "$70 per barrel", "$500/t"
    if prefix and name:
        raise FigureError(f'two units, "{prefix}" and "{name}"', "name the unit once")
    if not (prefix or name) and number.window is not None and not number.is_fraction:
        name = "times"
    name = re.sub(r"^-?fold$", "times", name)  # "12-fold"
    malformed = re.match(r"[\d.,/]", name)
    if malformed:
        per = f"what is counted stands before the stroke: `400 {{things}}{name[:20]}`"
        hint = per if re.match(r"/ ?[A-Za-z]", name) else "thousands are `12,345`, decimals `1.5`"
        raise FigureError(f'a malformed number near "{name[:20]}"', hint)
    try:
        return parse_unit(prefix or name)
    except UnknownUnit as error:
        raise FigureError(str(error), error.suggestion) from None


def _assemble(
    text: str,
    number: _Number,
    scale: Fraction | None,
    unit: Unit,
    qualifier: Qualifier | None,
    negative: bool,
    measure: str,
    table: Quantities,
) -> Figure:
    by = scale or Fraction(1)
    magnitude, step = number.magnitude * by, number.step * by
    counts = unit.kind == "count" and scale is None and bool(number.digits) and measure in ("level", "change")
    loose: tuple[Reading, ...] = ()
    if qualifier is not None:
        significant = step * 10 ** (len(number.digits) - len(number.digits.rstrip("0"))) if number.magnitude else step
        strict = qualified(magnitude, step, significant, qualifier, table)
        kind = BOUND if qualifier.kind == "bound" else HEDGE
    elif number.window is not None:
        strict, kind = Interval(*_scaled(number.window, by)), HEDGE
    elif number.is_fraction:
        strict, kind = Interval(magnitude * (1 - table.share), magnitude * (1 + table.share)), HEDGE
    else:
        strict, kind = (point(magnitude), EXACT) if counts else (unround(magnitude, step), ROUNDED)
        zeros = unit.kind != "ratio" and unit.name != "year" and not number.is_word and measure not in RATIOS
        loose = loose_readings(magnitude, step, number.digits, zeros)
        loose = tuple(r for r in loose if not (counts and r.name == "cut"))
    sign = -1 if negative else 1
    turned = [negate(i) if negative else i for i in (strict, *(reading.interval for reading in loose))]
    based = [interval_to_base(interval, unit) for interval in turned]
    return Figure(
        face=to_base(sign * magnitude, unit),
        unit=unit,
        strict=based[0],
        printed=text,
        kind=kind,
        loose=tuple(Reading(r.name, interval) for r, interval in zip(loose, based[1:], strict=True)),
        scale=by,
        decimals=number.decimals,
        counts=counts,
        qualifier=qualifier.words if qualifier else None,
    )


def _scaled(window: Interval, by: Fraction) -> tuple[Fraction | None, Fraction | None, bool, bool]:
    return (
        None if window.low is None else window.low * by,
        None if window.high is None else window.high * by,
        window.low_closed,
        window.high_closed,
    )


def declared(value: str, decimals: str, unit_text: str, mode: str = "round", measure: str = "level") -> Figure:
    """A figure given as value, decimals (an integer, or INF for exact) and unit: the strict reading alone.

    Raises FigureError, also when the value has digits beyond its decimals; its `part` says which of the three
    it means.
    """
    match = re.fullmatch(rf"({SIGN})([0-9]{{1,60}})(\.[0-9]{{1,60}})?", value.strip())
    if not match:
        raise FigureError(f'"{value[:40]}" is not a plain number', "digits with a `.`, without thousands marks")
    sign = -1 if match[1] and match[1] in MINUS else 1
    exact = sign * Fraction(match[2] + (match[3] or ""))
    try:
        unit = parse_unit(unit_text)
    except UnknownUnit as error:
        raise FigureError(str(error), error.suggestion, "unit") from None
    if measure == "change":
        unit = difference_unit(unit)
    printed = f"{value.strip()} {unit.name}".strip()
    base = to_base(exact, unit)
    if decimals.strip().upper() == "INF":
        return Figure(base, unit, point(base), printed, EXACT, counts=unit.kind == "count" and exact.denominator == 1)
    if not re.fullmatch(r"[+-]?[0-9]{1,3}", decimals.strip()):
        message = f'decimals "{decimals[:20]}" is neither a whole number nor INF'
        raise FigureError(message, "-3 when rounded to thousands, 0 to units, 2 to hundredths", "decimals")
    places = int(decimals)
    step = Fraction(10) ** -places
    if (exact / step).denominator != 1:
        raise FigureError(f"{value} has digits beyond its decimals, {places}", "print fewer digits or raise decimals")
    if mode not in ("round", "truncate"):
        raise FigureError(f'unknown rounding "{mode}"', "round or truncate", "rounding")
    strict = interval_to_base(unround(exact, step, mode), unit)
    return Figure(base, unit, strict, printed, ROUNDED, decimals=max(places, 0))
