"""Units as headings and captions say them: "USD million", "$ mn", "in thousand tonnes", "€'000", "% of GDP"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from crosscheck.extraction.model import MONEY
from crosscheck.extraction.numbers.finding import find_numbers
from crosscheck.extraction.tables.words import currency_words, plain, words
from crosscheck.figures.quantities import shipped_quantities
from crosscheck.figures.unit_table import CURRENCY_SYMBOLS
from crosscheck.figures.units import UnknownUnit, parse_unit

PERCENT, POINT = "percent", "percentage_point"
MAXIMUM_WORDS = 9
_LEAD = re.compile(
    r"(?:(?:all )?(?:figures|values|amounts|data|numbers|sums|units?|measured|expressed|shown|stated|presented|currency)"
    r"(?: are)?(?: of measure(?:ment)?)?(?: expressed| shown| given| stated)?(?: in|:| in:)? |in |unit: ?)",
    re.IGNORECASE,
)
_SYMBOLS = "|".join(re.escape(symbol) for symbol in sorted(CURRENCY_SYMBOLS, key=len, reverse=True))
_GLUED = re.compile(
    rf"(?P<currency>[A-Z]{{3}}|[A-Z]{{1,3}}\$|{_SYMBOLS})[ ]?"
    r"(?P<scale>m|mn|mln|mm|bn|bln|b|k|tn|trn|M|B|K|Bn|Mn|MM|'?000s?|thousand|million|billion)"
)
_PERCENT_OF = re.compile(
    r"(?:%|percent|per cent|pct|percentage|as % |share)[ ]*(?:of|in|to|from)[ ](?:the )?(?P<of>.{1,60})", re.IGNORECASE
)
_INDEX = re.compile(r"(?:index[ ,:(]*)?(?P<base>[^=()]{3,20}?)[ ]?=[ ]?100(?:[.,]0+)?%?\)?", re.IGNORECASE)
# What stands behind a unit and says nothing of it: "million ISK at current exchange rates", "$ million, f.o.b."
_TAIL = re.compile(
    r",? \(?(?:(?:at|in) (?:current |constant |market |average )?(?:exchange rates?|rates of exchange)|"
    r"f\.?o\.?b\.?|c\.?i\.?f\.?|(?:not )?seasonally adjusted|unadjusted|unaudited)\)?$",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r",?\s*\(?(?:except|unless|excluding) [^;)]{0,120}\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnitSaid:
    """A unit with the power of ten that figures are given in; `of` is the whole of "% of GDP"."""

    unit: str  # the canonical name; "" for a scale alone ("in thousands")
    power: int = 0
    of: str | None = None
    prices: str | None = None  # "constant 2015", kept as a dimension
    alone: bool = False  # a scale without a unit


@lru_cache(maxsize=4096)
def unit_said(text: str) -> UnitSaid | None:
    """The unit that the whole of a phrase says, or None where it says something else too."""
    said = plain(_EXCEPT.sub("", plain(text))).strip(" .:;,–—-()[]*")
    if not said or len(said) > 80:
        return None
    said = _TAIL.sub("", said)
    lead = _LEAD.match(said)
    if lead and said[lead.end() :]:
        said = said[lead.end() :]
    percent = _percent(said)
    if percent:
        return percent
    return _tokens(said)


def _percent(said: str) -> UnitSaid | None:
    lower = said.lower()
    if lower in words("percent"):
        return UnitSaid(PERCENT)
    if lower in words("points"):
        return UnitSaid(POINT)
    if lower in ("bp", "bps", "basis points", "basis point"):
        return UnitSaid("basis_point")
    of = _PERCENT_OF.fullmatch(said)
    if of and not re.match(r"share", said, re.IGNORECASE):
        return UnitSaid(PERCENT, of=of["of"].strip())
    return None


@cache
def _scales() -> Mapping[str, int]:
    found = {word: len(str(value)) - 1 for word, value in shipped_quantities().scales.items()}
    for power in (2, 3, 4, 5, 6, 7, 9, 12):
        found.update(dict.fromkeys(words(f"scale_{power}"), power))
    return found


def _tokens(said: str) -> UnitSaid | None:
    prices, said = _prices(said)
    if prices and not said:
        return UnitSaid("", prices=prices, alone=True)
    glued = _GLUED.fullmatch(said)
    if glued:
        unit = _unit(glued["currency"]) or _money_of_prose(glued["currency"])
        power = _scales().get(glued["scale"].lower(), {"b": 9}.get(glued["scale"].lower(), 0))
        return UnitSaid(unit, power, prices=prices) if unit and power else None
    glued = _GLUED.match(said)
    if glued and said[glued.end() : glued.end() + 1] == " " and glued["scale"] in ("'000", "000"):
        said = f"{glued['currency']} {glued['scale']} {said[glued.end() :]}"
    tokens = re.sub(r"\b100 (?=million|mn|mln)", "hundred ", said).split()
    if len(tokens) > MAXIMUM_WORDS:
        return None
    power, rest = _scaled(tokens)
    name = " ".join(rest).strip(" .,:;()")
    if not name:
        return UnitSaid("", power, prices=prices, alone=True) if power else None
    unit = _unit(name)
    if unit is None:
        unit, more = _glued_inside(name)
        power += more
    if unit is None and power:
        unit = _money_of_prose(name)
    return UnitSaid(unit, power, prices=prices) if unit else None


@lru_cache(maxsize=4096)
def _money_of_prose(name: str) -> str | None:
    """The currency that words mean which name one beside a number: "N$" before one, "Norwegian kroner" behind it."""
    if (len(name) == 1 and name != "R") or any(letter.isdigit() for letter in name):
        return None  # a column of letters; "Rs 2023"
    for said in (f"{name}1 million", f"1 million {name}"):
        found, _ = find_numbers(said)
        if len(found) == 1 and found[0].kind == MONEY and (found[0].start, found[0].end) == (0, len(said)):
            return found[0].unit
    return None


def _prices(said: str) -> tuple[str | None, str]:
    """Words about prices ("constant 2015", "at current prices", "PPP") apart from the rest."""
    kept: list[str] = []
    found: list[str] = []
    tokens = said.split()
    for i, token in enumerate(tokens):
        lower = token.lower().strip(",.()")
        year = re.fullmatch(r"(?:19|20)[0-9]{2}", lower)
        near = {t.lower().strip(",.()") for t in tokens[max(0, i - 1) : i + 2]}
        if lower in words("prices") or (year and near & ({"prices", "us$", "usd", "$"} | words("prices"))):
            found.append(lower)
        elif (lower == "prices" and found) or (
            lower in ("at", "in") and i + 1 < len(tokens) and tokens[i + 1].lower() in words("prices")
        ):
            continue
        else:
            kept.append(token)
    return (" ".join(found) or None), " ".join(kept).strip(" ,()") if found else said


def _scaled(tokens: list[str]) -> tuple[int, list[str]]:
    """The power of ten that words of scale say together, and the other words."""
    joined = " ".join(tokens).lower()
    for phrase in words("scale_4"):
        if joined.startswith(phrase + " of ") or joined == phrase or joined.startswith(phrase + " "):
            return 4, [t for t in tokens[len(phrase.split()) :] if t.lower() != "of"]
    if joined.startswith(("1 000 ", "1,000 ")):
        tokens = ["1000", *tokens[2 if joined.startswith("1 000") else 1 :]]
    power = 0
    rest: list[str] = []
    for i, token in enumerate(tokens):
        lower = token.lower().strip(",.()")
        scale = _scales().get(lower, _scales().get(token.lower().strip(",()")))
        after = tokens[i + 1].lower().strip(",.()") if i + 1 < len(tokens) else ""
        if lower in ("of", "in", "the") and (power or not rest or after in _scales()):
            continue
        if scale is not None and not (len(lower) == 1 and not _beside_unit(tokens, i)):
            power += scale
        else:
            rest.append(token)
    return power, rest


def _beside_unit(tokens: list[str], i: int) -> bool:
    """Whether a single letter stands beside a currency or before a unit, so that it is a scale ("USD m", "m tonnes")."""
    before = tokens[i - 1] if i else ""
    after = tokens[i + 1] if i + 1 < len(tokens) else ""
    return bool((before and _currency(before)) or (after and _unit(after.strip(",.()"))))


def _currency(token: str) -> bool:
    unit = _unit(token.strip(",.()"))
    return unit is not None and len(unit) == 3 and unit.isupper()


def _glued_inside(name: str) -> tuple[str | None, int]:
    """ "€m", "$bn", "USDm", "£'000" with more around."""
    glued = _GLUED.fullmatch(name.replace(" ", ""))
    if glued is None:
        return None, 0
    scale = glued["scale"].lower()
    return _unit(glued["currency"]), _scales().get(scale, {"b": 9}.get(scale, 0))


@lru_cache(maxsize=4096)
def _unit(name: str) -> str | None:
    """The canonical name of a unit in words that stand alone, or None; nothing that may be an ordinary word or a letter."""
    lower = name.lower()
    if lower in currency_words():
        return currency_words()[lower]
    if lower in words("counted"):
        return "" if lower in ("number", "units", "unit") else f"{{{lower}}}"
    if lower in words("no_units"):
        return None
    if re.fullmatch(r"[a-z]{3}", name) and name not in ("eur", "usd", "bbl"):
        return None if name not in words("small_units") else _parsed(name)
    if not re.search(r"[^\W\d_]|[%‰$€£¥₸₽₹₩₺₴₫₪₱₦฿₼₾֏₮°]", name) or "{" in name:
        return None
    return _parsed(name)


def _parsed(name: str) -> str | None:
    try:
        return parse_unit(name.replace(" per ", "/") if " per " in name else name).name
    except UnknownUnit:
        return None


def index_base(text: str) -> str | None:
    """What an index is 100 in ("2010=100"), or None."""
    found = _INDEX.fullmatch(plain(text).strip("()[] "))
    return found["base"].strip() if found else None
