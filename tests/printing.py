"""True values printed in every way that a figure may be: any precision, rounded or cut, with any fitting hedge."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as F
from random import Random

from strategies import holds

from crosscheck.figures.figure import Figure, from_base
from crosscheck.figures.quantities import Qualifier, shipped_quantities
from crosscheck.figures.text import declared, parse_figure
from crosscheck.figures.units import Unit, difference_unit, parse_unit

UNITS = {
    "currency:USD": ("USD", "USD", "USD"),
    "mass": ("t", "kg"),
    "area": ("ha", "km2"),
    "volume": ("m3", "L"),
    "length": ("km", "cm"),
    "temperature": ("degC", "K"),
    "currency:KZT": ("KZT",),
    "currency:KZT/currency:USD": ("KZT/USD",),
    "currency:USD/mass": ("USD/t", "USD/kg"),
    "currency:USD/time": ("USD/day", "USD/week"),
    "currency:USD/calendar": ("USD/month", "USD/year"),
    "mass/time": ("t/day", "kg/week"),
    "energy": ("MWh", "GJ"),
    "power": ("MW", "kW"),
    "calendar": ("year",),
    "count": ("", "{things}", "{documents}"),
    "ratio": ("%", "percentage_point", "basis_point"),
    "multiple": ("times",),
}
SCALES = {"": 1, " thousand": 10**3, " million": 10**6, " billion": 10**9, " trillion": 10**12}
RATIO_MEASURES = ("growth", "share", "multiple")
TABLE = shipped_quantities()


@dataclass(frozen=True, slots=True)
class Printed:
    """A true value in print. `is_strict`: it was rounded and no more, or lies in the window of its hedge."""

    figure: Figure
    is_strict: bool


def print_value(chance: Random, value: F, kind: str, measure: str, strict_only: bool = False) -> Printed:
    """The value (in its base unit) as some document could print it."""
    if measure in RATIO_MEASURES:
        kind = "multiple" if measure == "multiple" else "ratio"
        if chance.random() < 0.15 and (figure := _in_words(chance, value, measure)) is not None:
            return Printed(figure, True)
    name = kind if kind not in UNITS else chance.choice(UNITS[kind])
    unit = difference_unit(parse_unit(name)) if measure == "change" else parse_unit(name)
    scaled = unit.kind != "ratio" and name != "times" and kind != "temperature"
    scale = chance.choice(list(SCALES)) if scaled and chance.random() < 0.6 else ""
    amount = from_base(value, unit) / SCALES[scale]
    way = chance.choice(["nearest", "nearest", "cut", "hedge", "declared"])
    if way == "declared":
        return _declared(chance, value, unit, measure, strict_only)
    if way == "cut" and strict_only:
        way = "nearest"
    if way == "hedge":
        found = _hedged(chance, amount, f"{scale} {name}".rstrip(), measure)
        if found is not None:
            return Printed(found, True)
    return _plain(chance, amount, scale, unit, name, measure, way == "cut", strict_only)


def _plain(
    chance: Random, amount: F, scale: str, unit: Unit, name: str, measure: str, cut: bool, strict_only: bool
) -> Printed:
    """Rounded half either way, or cut towards zero; trailing zeros dropped where a reader may take them for that."""
    exponent = _last_digit(chance, amount)
    counts = unit.kind == "count" and not scale and measure in ("level", "change")
    zeros = unit.kind not in ("ratio", "calendar") and measure not in RATIO_MEASURES and not strict_only
    if exponent > 0:
        digits = len(str(_rounded(chance, amount, exponent, False) * 10**exponent))
        if not zeros or cut or exponent > digits - 2:
            exponent = 0
    if counts and exponent == 0 and amount.denominator > 1:
        exponent = -1
    if counts and exponent == 0:
        cut = False
    whole = _rounded(chance, amount, exponent, cut)
    text = _digits(whole, exponent)
    if not scale and chance.random() < 0.5:
        text = _with_commas(text)
    text += scale
    if amount < 0:
        text = f"({text})" if chance.random() < 0.2 else f"-{text}"
    return Printed(parse_figure(f"{text} {name}".strip(), measure), exponent <= 0 and not cut)


def _last_digit(chance: Random, amount: F) -> int:
    """The power of ten of the last digit that is printed: up to six digits after the first."""
    size = abs(amount)
    if not size:
        return -chance.randint(0, 3)
    leading = len(str(size.numerator)) - len(str(size.denominator))
    return max(leading - chance.randint(0, 6), -30)


def _rounded(chance: Random, amount: F, exponent: int, cut: bool) -> int:
    """The magnitude in units of the last digit."""
    steps = abs(amount) / F(10) ** exponent
    below = steps.numerator // steps.denominator
    if cut or steps - below < F(1, 2):
        return below
    return below if steps - below == F(1, 2) and chance.random() < 0.5 else below + 1


def _digits(whole: int, exponent: int) -> str:
    if exponent >= 0:
        return str(whole * 10**exponent)
    text = str(whole).rjust(1 - exponent, "0")
    return f"{text[:exponent]}.{text[exponent:]}"


def _with_commas(text: str) -> str:
    before, dot, after = text.partition(".")
    return f"{int(before):,}{dot}{after}"


def _hedged(chance: Random, amount: F, rest: str, measure: str) -> Figure | None:
    """With a hedge or bound that the magnitude satisfies; None where the one that came up does not fit."""
    words, qualifier = chance.choice(sorted(TABLE.qualifiers.items()))
    size, exponent = abs(amount), _last_digit(chance, amount)
    if qualifier.kind == "bound":
        up = qualifier.side in ("below", "upto")
        away = chance.choice([F(1), F(1), F(101, 100), F(3, 2), F(20)])
        size = size * away if up else size / away
    else:
        up = qualifier.side == "below"
    exponent = min(exponent, 0) if exponent > 6 else exponent
    steps = size / F(10) ** exponent
    whole = -(-steps.numerator // steps.denominator) if up else steps.numerator // steps.denominator
    text = _digits(whole, exponent)
    step = F(10) ** min(exponent, 0)
    digits = "" if exponent < 0 else text
    significant = step * 10 ** (len(digits) - len(digits.rstrip("0"))) if whole else step
    printed = whole * F(10) ** exponent
    if not says(qualifier, printed, significant, step, abs(amount)):
        return None
    sign = "-" if amount < 0 else ""
    return parse_figure(f"{words} {sign}{text}{rest if rest[:1] == ' ' else ' ' + rest}".strip(), measure)


def says(qualifier: Qualifier, printed: F, significant: F, step: F, size: F) -> bool:
    """Whether a magnitude may be said so; written out once more, as the table is meant."""
    if qualifier.kind == "bound":
        sides = {"above": size > printed, "from": size >= printed, "below": size < printed, "upto": size <= printed}
        return sides[qualifier.side]
    reach = max(min(printed / 10, 5 * significant), step / 2)
    if qualifier.side == "around":
        return abs(size - printed) <= reach
    away = printed - size if qualifier.side == "below" else size - printed
    return 0 < away <= reach


def _in_words(chance: Random, value: F, measure: str) -> Figure | None:
    """As a fraction or a multiple in words, hedged or not."""
    words = [*TABLE.multiples] if measure == "multiple" else [*TABLE.fractions, *TABLE.ranges]
    chance.shuffle(words)
    for word in words:
        for hedge in chance.sample(["", "almost ", "about ", "more than ", "under "], 5):
            figure = parse_figure(f"{hedge}{word}", measure)
            if holds(figure.strict, value):
                return figure
    return None


def _declared(chance: Random, value: F, unit: Unit, measure: str, strict_only: bool) -> Printed:
    """As value, decimals and unit."""
    amount = from_base(value, unit)
    exponent = _last_digit(chance, amount)
    cut = chance.random() < 0.3
    whole = _rounded(chance, amount, exponent, cut)
    sign = "-" if amount < 0 else ""
    exact = whole * F(10) ** exponent == abs(amount)
    decimals = "INF" if exact and chance.random() < 0.5 else str(-exponent)
    mode = "truncate" if cut else "round"
    figure = declared(f"{sign}{_digits(whole, exponent)}", decimals, unit.name, mode, measure)
    return Printed(figure, True)
