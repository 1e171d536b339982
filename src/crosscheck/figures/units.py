"""Units of figures: names and spellings to exact factors. USD and KZT, tonnes and kilometres never convert.

Nearly every unit stands in `unit_table`; a compound (`USD/t`, `kWh/m2`) is split here and its parts are
looked up there. Only a part that the table lacks goes to pint, and only when pint is known to define it, so
that text which is no unit at all costs neither the import nor a surprise: pint never sees an expression, only
one of our own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from crosscheck.figures.exact import Fraction
from crosscheck.figures.unit_table import (
    AMBIGUOUS,
    COMMON_CURRENCIES,
    COMPOUNDS,
    CURRENCY_SYMBOLS,
    CURRENCY_WORDS,
    EXTRAS,
    KIND_DIMENSIONS,
    PREFIXES,
    ROWS,
    WITHDRAWN_CURRENCIES,
    Dimension,
    Extra,
)
from crosscheck.inputs.faults import did_you_mean

MAXIMUM_LENGTH = 80
MAXIMUM_EXPONENT = 9

_SYMBOL_CHARACTERS = "".join(sorted({c for symbol in CURRENCY_SYMBOLS for c in symbol if not c.isascii()}))
_ALLOWED = re.compile(rf"(?:[A-Za-z0-9 /*^._%°²³·‰×µμ$-]|[{_SYMBOL_CHARACTERS}]|\{{[^{{}}]*\}})*")
_TOKEN = re.compile(r"\{[^{}]*\}[^*/{}]*|[^*/{}]+|[*/]")
_WRITTEN_OUT = re.compile(r"(?P<noun>\{[^{}]*\})|(?P<per>(?i:\s+per\s+))|(?P<sign>\*\*|[²³·])")
_SIGNS = {"²": "^2", "³": "^3", "·": "*", "**": "^"}
_POWER = re.compile(r"(?P<base>[^^]+)\^\s*(?P<exponent>-?[0-9]+)")
_DIGIT_POWER = re.compile(r"(?P<base>[A-Za-z]+)(?P<exponent>[23])")
_NAMED_KINDS = {dimension: kind for kind, dimension in KIND_DIMENSIONS.items() if dimension}
_PER_TIME = KIND_DIMENSIONS["frequency"]
_PINT_BASES = {
    f"[{base}]": base for base in ("length", "mass", "time", "temperature", "current", "substance", "information")
}


class UnknownUnit(ValueError):
    """Text that is not a unit. `part` is what in it is not known, when that is one of several parts."""

    def __init__(self, text: str, hint: str | None = None, part: str | None = None, reason: str = "unknown unit") -> None:
        shown = text if len(text) <= 40 else text[:37] + "..."
        super().__init__(f'{reason} "{shown}"')
        self.part = part
        self._hint = hint

    @property
    def suggestion(self) -> str | None:
        """What may have been meant, or None; searched for when asked, since a reader tries many words."""
        if self._hint is None and self.part is not None:
            self._hint = _suggestion(self.part)
        return self._hint


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its exact size: a value times `factor` plus `offset` is the value in the base unit.

    `name` is canonical and parses back to the same unit; `kind` is what levels must share to be matched
    ("currency:USD", "mass", "count", "ratio", "currency:USD/mass" …). Units of one dimension convert into
    each other; counts and ratios have the dimension (), so nouns in braces never block arithmetic.
    """

    name: str
    kind: str
    dimension: Dimension
    factor: Fraction
    offset: Fraction = Fraction(0)


NONE = Unit("", "count", (), Fraction(1))


def parse_unit(text: str) -> Unit:
    """The unit that `text` names; the empty text is the unit of plain numbers.

    Raises UnknownUnit, with a suggestion where there is one, and at once for text that no unit can look like.
    """
    if len(text) > MAXIMUM_LENGTH:
        raise UnknownUnit(text, f"a unit has at most {MAXIMUM_LENGTH} characters")
    return _parse(" ".join(text.split()))


def difference_unit(unit: Unit) -> Unit:
    """The unit of a change of something measured in `unit`: a rise of 2 degC is 2 K, not 275.15 K."""
    return replace(unit, offset=Fraction(0)) if unit.offset else unit


def convert(value: Fraction, source: Unit, target: Unit) -> Fraction:
    """`value` of `source` in `target`, exactly; raises ValueError when their dimensions differ.

    For a change of a temperature both must be difference units, or the offset would be added to it.
    """
    if source == target:
        return value
    if source.dimension != target.dimension:
        names = [unit.name or "a plain number" for unit in (source, target)]
        raise ValueError(f"{names[0]} does not convert to {names[1]}")
    return (value * source.factor + source.offset - target.offset) / target.factor


@lru_cache(maxsize=1)
def known_unit_names() -> tuple[str, ...]:
    """The canonical names of single units, sorted: the table's, the commoner currencies' and pint's."""
    names = {row.name for rows in ROWS.values() for row in rows} | set(COMMON_CURRENCIES)
    return tuple(sorted(names | set(_pint_names().values())))


@lru_cache(maxsize=4096)
def _parse(text: str) -> Unit:
    if not text:
        return NONE
    if not _ALLOWED.fullmatch(text) or not text.isprintable():
        raise UnknownUnit(text, "a unit is written with letters, digits and * / ^; a noun stands in braces")
    if text in AMBIGUOUS:
        raise UnknownUnit(text, AMBIGUOUS[text], reason="ambiguous unit")
    spelt = COMPOUNDS.get(text, text)
    whole = _single(spelt)
    return whole if whole is not None else _compound(spelt)


def _single(text: str) -> Unit | None:
    """The unit of a text that is no compound, or None."""
    if text.startswith("{"):
        noun = " ".join(text[1:-1].split())
        alone = noun and text.find("}") == len(text) - 1
        return Unit(f"{{{noun}}}", "count", (), Fraction(1)) if alone else None
    symbols, words, folded = _spellings()
    unit = symbols.get(text)
    if unit is None:
        word = " ".join(text.lower().replace("_", " ").replace("-", " ").replace(".", " ").split())
        compact = word.replace(" ", "") if "." in text else word
        unit = words.get(word) or words.get(word.removesuffix("s")) or words.get(compact)
    if unit is None and len(text) > 1:
        unit = folded.get(text.casefold())
    if unit is None and re.fullmatch("[A-Z]{3}", text) and _is_iso_currency(text):
        unit = _currency(text)
    if unit is None and (name := _pint_names().get(text) or _pint_names().get(_pint_word(text))):
        unit = _from_pint(name)
    return unit


@lru_cache(maxsize=1)
def _spellings() -> tuple[Mapping[str, Unit], Mapping[str, Unit], Mapping[str, Unit]]:
    """Units by symbol as written, by word in lower case, and by symbol in any case where that is safe."""
    symbols: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    folded: dict[str, Unit] = {}
    for kind, rows in ROWS.items():
        for row in rows:
            unit = Unit(row.name, kind, KIND_DIMENSIONS[kind], Fraction(row.factor), Fraction(row.offset))
            symbols[row.name] = unit
            symbols.update((symbol, unit) for symbol in _listed(row.symbols))
            words.update((word, unit) for word in _listed(row.words))
            words.update((symbol.lower(), unit) for symbol in _listed(row.symbols) if " " in symbol)
            # Milli and mega differ by their case alone, so nothing that begins with an m is read in any case.
            for symbol in (row.name, *_listed(row.symbols)):
                if len(symbol) > 1 and not symbol.lower().startswith("m"):
                    folded[symbol.casefold()] = unit
    symbols.update((code, _currency(code)) for code in (*COMMON_CURRENCIES, *WITHDRAWN_CURRENCIES))
    symbols.update((symbol, _currency(code)) for symbol, code in CURRENCY_SYMBOLS.items())
    words.update((word, _currency(code)) for word, code in CURRENCY_WORDS.items())
    return symbols, words, folded


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _currency(code: str) -> Unit:
    kind = f"currency:{code}"
    return Unit(code, kind, ((kind, 1),), Fraction(1))


def _is_iso_currency(code: str) -> bool:
    # XXX and XTS are "no currency" and "for tests".
    return code not in ("XXX", "XTS") and iso_library().currencies.get(alpha_3=code) is not None


def iso_library() -> Any:
    """pycountry, which has ISO 4217 and ISO 3166; imported here alone, and only when it is first asked."""
    import pycountry

    return pycountry


def _compound(text: str) -> Unit:
    """A product or quotient of single units; raises UnknownUnit."""
    spelt = _WRITTEN_OUT.sub(lambda m: m["noun"] or (m["per"] and "/") or _SIGNS[m["sign"]], text)
    tokens = [token for part in _TOKEN.findall(spelt) if (token := part.strip())]
    if len(tokens) % 2 == 0 or any((token in ("*", "/")) != (i % 2 == 1) for i, token in enumerate(tokens)):
        raise _unknown(text, text)
    exponents: dict[str, int] = {}
    units: dict[str, Unit] = {}
    for i, token in enumerate(tokens[::2]):
        if token == "1" and i == 0 and len(tokens) > 1:
            continue
        unit, exponent = _factor(token, text)
        sign = -1 if i and tokens[2 * i - 1] == "/" else 1
        exponents[unit.name] = exponents.get(unit.name, 0) + sign * exponent
        units[unit.name] = unit
    return _product(_powers_named(exponents, units), units, text)


def _factor(token: str, text: str) -> tuple[Unit, int]:
    """A factor of a compound and its exponent; raises UnknownUnit about `text`."""
    unit = _single(token)
    if unit is not None:
        return unit, 1
    match = _POWER.fullmatch(token) or _DIGIT_POWER.fullmatch(token)
    if match:
        unit, exponent = _single(match["base"].strip()), int(match["exponent"])
        if unit is not None and 0 < abs(exponent) <= MAXIMUM_EXPONENT:
            return unit, exponent
        if unit is not None:
            raise UnknownUnit(text, f"an exponent is from 1 to {MAXIMUM_EXPONENT} or negative")
    raise _unknown(text, token)


def _powers_named(exponents: dict[str, int], units: dict[str, Unit]) -> dict[str, int]:
    """The same product with m^2 written m2 where the table names the power, so that one unit has one name."""
    symbols = _spellings()[0]
    changed = True
    while changed:
        changed = False
        for name, exponent in list(exponents.items()):
            named = symbols.get(f"{name}{abs(exponent)}") if abs(exponent) > 1 else None
            if named is not None and named.factor == units[name].factor ** abs(exponent):
                del exponents[name]
                units[named.name] = named
                exponents[named.name] = exponents.get(named.name, 0) + (1 if exponent > 0 else -1)
                changed = True
    return {name: exponent for name, exponent in exponents.items() if exponent}


def _product(exponents: Mapping[str, int], units: Mapping[str, Unit], text: str) -> Unit:
    if not exponents:
        return NONE
    if len(exponents) == 1:
        [(name, exponent)] = exponents.items()
        if exponent == 1:
            return units[name]
    above = [_power_name(name, e) for name, e in exponents.items() if e > 0]
    below = ["/" + _power_name(name, -e) for name, e in exponents.items() if e < 0]
    name = ("*".join(above) or "1") + "".join(below)
    if len(name) > MAXIMUM_LENGTH or max(map(abs, exponents.values())) > MAXIMUM_EXPONENT:
        raise UnknownUnit(text, "this compound is longer than any that means something")
    factor = Fraction(1)
    dimension: dict[str, int] = {}
    for part, exponent in exponents.items():
        factor *= units[part].factor ** exponent
        for base, e in units[part].dimension:
            dimension[base] = dimension.get(base, 0) + e * exponent
    counted = sum(e for part, e in exponents.items() if part.startswith("{"))
    ratio = any(units[part].kind == "ratio" for part, e in exponents.items() if e > 0)
    exact = {base: e for base, e in sorted(dimension.items()) if e}
    return Unit(name, _kind(exact, counted, ratio), tuple(exact.items()), factor)


def _power_name(name: str, exponent: int) -> str:
    return name if exponent == 1 else f"{name}^{exponent}"


def _kind(dimension: Mapping[str, int], counted: int, ratio: bool) -> str:
    """One name for each dimension, so that units of a kind convert (USD/barrel: currency:USD/volume).

    Things counted are told apart too (a level a head is not a level), although they have no dimension.
    """
    physical = tuple((base, e) for base, e in dimension.items() if not _stands_alone(base))
    above: list[str] = []
    below: list[str] = []
    pieces = [((base, e),) for base, e in dimension.items() if _stands_alone(base)]
    for piece in (*pieces, *_physical_pieces(physical)):
        inverse = tuple((base, -e) for base, e in piece)
        if piece in _NAMED_KINDS and (piece != _PER_TIME or not (above or counted)):
            above.append(_NAMED_KINDS[piece])
        elif inverse in _NAMED_KINDS:
            below.append(_NAMED_KINDS[inverse])
        else:
            side = above if piece[0][1] > 0 else below
            side.append("*".join(_power_name(base, abs(e)) for base, e in piece))
    if counted < 0:
        below.append(_power_name("count", -counted))
    elif counted > 0 and (above or counted > 1):
        above.append(_power_name("count", counted))
    first = "*".join(above) or ("ratio" if ratio and not counted else "count")
    return "/".join([first, *below])


def _stands_alone(base: str) -> bool:
    return base.startswith("currency:") or base in ("calendar", "information")


def _physical_pieces(physical: Dimension) -> Iterable[Dimension]:
    """The physical part of a dimension: whole if it has a name, upside down or not; else above, below."""
    if not physical:
        return ()
    if physical in _NAMED_KINDS or tuple((base, -e) for base, e in physical) in _NAMED_KINDS:
        return (physical,)
    above = tuple((base, e) for base, e in physical if e > 0)
    below = tuple((base, e) for base, e in physical if e < 0)
    return tuple(piece for piece in (above, below) if piece)


def _unknown(text: str, part: str) -> UnknownUnit:
    """What to raise about `text`, in which `part` is not known."""
    if part in AMBIGUOUS:
        return UnknownUnit(text, AMBIGUOUS[part], reason="ambiguous unit")
    return UnknownUnit(text, part=part)


def _suggestion(part: str) -> str | None:
    """The unit that differs in case alone, else the nearest one, else braces around what may be a noun."""
    symbols, words, _ = _spellings()
    names = (*symbols, *_pint_names())
    other_case = next((name for name in names if name.casefold() == part.casefold()), None)
    if other_case:
        return f'did you mean "{other_case}"?'
    within = 1 if len(part) < 7 else 2
    near = None
    if len(part) > 2:
        near = did_you_mean(part, (*known_unit_names(), *words), within)
        near = near or did_you_mean(part.lower(), words, within)
    if near is None and re.fullmatch(r"[^\W\d_][\w -]*", part):
        return f"a noun that names what is counted stands in braces: {{{part}}}"
    return near


def _pint_word(text: str) -> str:
    return text.lower().replace(" ", "_").replace("-", "_")


@lru_cache(maxsize=1)
def _pint_names() -> Mapping[str, str]:
    """Every spelling that pint would know under our definitions, and the canonical name of its unit."""
    names: dict[str, str] = {}
    table = _spellings()[0]
    for extra in EXTRAS:
        for prefix in ("", *extra.prefixes):
            name = prefix + extra.symbol if prefix or extra.symbol in table else _plain_name(extra)
            long = PREFIXES[prefix][0] if prefix else ""
            aliases = _listed(extra.aliases)
            for word in (extra.name, *aliases):
                names.setdefault(long + word, name)
                names.setdefault((long + word).lower(), name)
                names.setdefault((long + word).lower() + "s", name)
            for spelling in {prefix, "μ" if prefix == "µ" else prefix}:
                names.setdefault(spelling + extra.symbol, name)
                if extra.symbol == "l":
                    names.setdefault(spelling + "L", name)
    return {spelling: name for spelling, name in names.items() if name not in table}


def _plain_name(extra: Extra) -> str:
    """The name of an unprefixed unit: a symbol that takes prefixes (Pa, Hz), else the word (knot, therm)."""
    return extra.symbol if extra.prefixes else extra.name


@lru_cache(maxsize=1)
def _registry() -> Any:
    """Our own small registry; the only place that imports pint."""
    import pint

    registry: Any = pint.UnitRegistry(None, non_int_type=Fraction)
    prefixes = [f"{name}- = {size} = {symbol}-" for symbol, (name, size) in PREFIXES.items()]
    units = []
    for extra in EXTRAS:
        spellings = [extra.symbol if extra.symbol != extra.name else "_", *_listed(extra.aliases)]
        units.append(" = ".join([extra.name, extra.definition, *spellings]))
    registry.load_definitions([*prefixes, *units])
    return registry


def _from_pint(name: str) -> Unit:
    """The unit that pint defines under one of the canonical names of `_pint_names`."""
    registry = _registry()
    quantity = registry.Quantity(Fraction(1), registry.Unit(name)).to_root_units()
    exponents = {_PINT_BASES[base]: int(exponent) for base, exponent in quantity.dimensionality.items()}
    dimension = dict(sorted(exponents.items()))
    return Unit(name, _kind(dimension, 0, False), tuple(dimension.items()), Fraction(quantity.magnitude))
