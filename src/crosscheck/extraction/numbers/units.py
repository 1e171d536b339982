"""Units and currencies around a number: "US$" before it, "million" scales, "tonnes per hectare" after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from crosscheck.extraction.numbers.compounds import letter_before, money_after
from crosscheck.extraction.numbers.currencies import (
    CODES,
    COMMON_WORDS,
    COUNTRIES,
    LETTERS,
    NAMES,
    SHARED_NAMES,
    SYMBOLS,
    WORDS_TOO,
)
from crosscheck.figures.exact import Fraction
from crosscheck.figures.quantities import Quantities
from crosscheck.figures.unit_table import COMPOUNDS, ROWS
from crosscheck.figures.units import UnknownUnit, parse_unit

PERCENT, POINT, BASIS_POINT = "percent", "percentage_point", "basis_point"
# Scale words by value, as figure text has them.
SCALE_NAMES: dict[Fraction, str] = {
    Fraction(100): "hundred",
    Fraction(10**3): "thousand",
    Fraction(10**5): "lakh",
    Fraction(10**6): "million",
    Fraction(10**7): "crore",
    Fraction(10**9): "billion",
    Fraction(10**12): "trillion",
}
# After a currency or a decimal these letters are scales as well.
MONEY_SCALES: dict[str, int] = {
    "M": 10**6, "B": 10**9, "T": 10**12, "K": 10**3, "MM": 10**6, "mil": 10**6, "bil": 10**9, "Mio": 10**6, "mio": 10**6,
    "Mrd": 10**9, "mrd": 10**9, "mlrd": 10**9, "Bn": 10**9, "BN": 10**9, "Mn": 10**6, "MN": 10**6, "cr": 10**7,
    "Cr": 10**7, "tril": 10**12, "b": 10**9, "t": 10**12, "MLN": 10**6, "BLN": 10**9, "TRN": 10**12, "TN": 10**12,
}  # fmt: skip
# Symbols that are a scale and a unit in one.
SCALED_UNITS: dict[str, tuple[int, str]] = {
    "MMT": (10**6, "t"), "mmt": (10**6, "t"), "MMt": (10**6, "t"), "KMT": (10**3, "t"), "MHA": (10**6, "ha"),
    "Mha": (10**6, "ha"), "mha": (10**6, "ha"), "KHA": (10**3, "ha"), "kha": (10**3, "ha"), "tcm": (10**12, "m3"),
    "tcf": (10**12, "ft3"), "Tcf": (10**12, "ft3"), "bcf": (10**9, "ft3"), "Bcf": (10**9, "ft3"),
    "mb/d": (10**6, "barrel/day"), "kb/d": (10**3, "barrel/day"), "kbpd": (10**3, "barrel/day"),
    "Mtpa": (10**6, "t"),
    "mtpa": (10**6, "t"),
    "mbpd": (10**6, "barrel/day"), "mln bpd": (10**6, "barrel/day"),
    "bcm": (10**9, "m3"), "BCM": (10**9, "m3"), "Bcm": (10**9, "m3"), "mcm": (10**6, "m3"), "LMT": (10**5, "t"),
    "MnT": (10**6, "t"), "kboe/d": (10**3, "{boe}/day"), "kboepd": (10**3, "{boe}/day"),
    "Bcf/d": (10**9, "ft3/day"), "bcf/d": (10**9, "ft3/day"), "MMboe": (10**6, "{boe}"),
    "MMcf/d": (10**6, "ft3/day"), "mmcf/d": (10**6, "ft3/day"),
    "mmboe": (10**6, "{boe}"), "MMbbl": (10**6, "barrel"), "kbbl": (10**3, "barrel"),
}  # fmt: skip
# A hundredth of a currency.
CENTS: dict[str, str] = {
    "euro cents": "EUR", "euro cent": "EUR", "eurocents": "EUR", "eurocent": "EUR", "us cents": "USD", "u.s. cents": "USD",
    "us cent": "USD", "pence": "GBP", "kopecks": "RUB", "tiyn": "KZT", "australian cents": "AUD", "canadian cents": "CAD",
    "sen": "MYR",
}  # fmt: skip
# Symbols of the registry that are words or letters of prose.
_NOT_IN_PROSE = frozenset(("in", "m", "K", "ac", "d", "h", "s", "min", "pp", "x", "×", "bp", "C", "F", "lb/day", "A"))
_LETTER_UNITS = frozenset(("t", "g", "l", "L", "W", "J", "%", "‰"))
_PINT_SYMBOLS = (
    "hp",
    "Hz",
    "kHz",
    "MHz",
    "GHz",
    "kB",
    "MB",
    "GB",
    "TB",
    "PB",
    "MMBtu",
    "Btu",
    "MVA",
    "kVA",
    "GVA",
    "MPa",
    "kPa",
)
_PINT_WORDS = ("horsepower", "gigabyte", "terabyte", "megabyte", "hertz", "megahertz", "gigahertz", "therm")
_OWN_WORDS = {
    "centner": "quintal", "centners": "quintal", "barrels of oil": "barrel", "metric tonnes": "t", "metric tons": "t",
    "barrels of crude": "barrel", "barrels of crude oil": "barrel", "tons of oil equivalent": "toe",
    "tonnes of oil equivalent": "toe", "cu. m": "m3", "cu m": "m3", "cub. m": "m3", "sq. km": "km2", "sq. m": "m2",
    "sq. ft": "ft2", "square feet": "ft2", "cubic feet": "ft3", "sq. metres": "m2", "sq. meters": "m2",
    "sq metres": "m2", "sq meters": "m2", "cu. metres": "m3", "troy ounces": "troy_ounce", "kw": "kW", "kwh": "kWh",
    "mwh": "MWh", "gwh": "GWh", "twh": "TWh", "kms": "km", "kgs": "kg", "kilowatts": "kW", "kws": "kW",
}  # fmt: skip
_MILLION_TONS = re.compile(r" mt(?![A-Za-z0-9])")  # "3.1 mt": with decimals nobody means tons
_POWER = ("kW", "MW", "GW", "TW")
_PER_MILLE = re.compile(
    r"[ ]per[ ](?:1[,.]?000|thousand|mille)(?=[ ](?:people|persons|inhabitants|residents|population|of|live|births"
    r"|women|men|children|adults|employees|workers|households)|[,.;)]|[ ](?:in|last|this|from|a|per)[ ])"
)
_TOKEN = re.compile(r"[‰A-Za-zµμ°$€£¥₸₽₹₩₺₴₫₪][A-Za-z0-9²³µμ°$]*(?:/[A-Za-z]+[0-9²³]?)?")
_WORDS = re.compile(r"[a-z](?:[a-z]|\.(?=[a-z]))*\.?(?:[ \n-][a-z]+){0,4}")
_PER = re.compile(
    r"(?:[ \n](?:per|a|an|for each|for every|each)[ \n]|[ ]?/[ ]?)(?P<words>(?:metric |troy |square |cubic |short "
    r"|long )?[A-Za-z]+)(?![\w])"
)
_PERCENT = re.compile(
    r"(?:[ \n]?[ \n]?|-)(?P<points>percentage[ \n-]points?|percent[ \n-]points?|per[ \n]cent[ \n]points?|pct[ \n]points?"
    r"|%[ -]?points?|%[ ]?pts?|p\.p\.|pps?\b|ppts?\b|pct[ ]pts?\b|percentage[ ]pts?\b)"
    r"|(?:[ \n]?[ \n]?|-)(?P<basis>basis[ \n-]points?|bps?\b)"
    r"|[ \n]{0,2}-?(?P<percent>%|percents?\b|per[ \n-]cents?\b|pct\b\.?|pc\b|p\.c\.|procent\b)"
)
_SCALE = re.compile(r"([ \n]{0,2}|-)([A-Za-z]+)")
_DOLLARS = frozenset((*SHARED_NAMES["dollar"].values(), "XCD", "BZD", "SRD", "ZWL"))
_TIME_BELOW = frozenset(("day", "hour", "minute", "second"))
_BEFORE = re.compile(
    "(?:"
    + "|".join(
        (r"(?<![A-Za-z])" if symbol[0].isalpha() else "") + re.escape(symbol)
        for symbol in sorted(SYMBOLS, key=len, reverse=True)
    )
    + r"|(?<![A-Za-z])(?P<code>[A-Z]{3})|(?P<other>(?<![A-Za-z])[A-Z]{1,3})?\$)(?P<gap>[ \n]?)\Z"
)

_NAME_BEFORE = re.compile(r"(?<![a-z0-9.])(?:[a-z.]{2,14} )?(?P<last>[a-z]{3,9})[ \n]\Z")
_WITH_SCALE = re.compile(
    r"[0-9][0-9,.]{0,14}[ -]?(?:(?:million|billion|trillion|thousand|crore|lakh)(?![a-z])|(?:mn|mln|bn|m|b)(?![a-z0-9]))"
)
_LAST = frozenset({symbol[-1] for symbol in (*SYMBOLS, *LETTERS)} | set("$ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit as figure text has it, and where its words end; `common` where its name is a common word too."""

    unit: str
    end: int
    common: bool = False


@cache
def canonical(unit: str) -> tuple[str, str]:
    """The registry's name and kind of a unit that is known to exist."""
    found = parse_unit(unit)
    return found.name, found.kind


@cache
def _tables() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Units of the registry for prose: by symbol as written, by words in lower case."""
    symbols: dict[str, str] = {}
    words: dict[str, str] = dict(_OWN_WORDS)
    for kind, rows in ROWS.items():
        if kind in ("time", "calendar", "ratio"):
            continue
        for row in rows:
            for symbol in (row.name, *row.symbols.split(",")):
                if (symbol := symbol.strip()) and symbol not in _NOT_IN_PROSE:
                    symbols[symbol] = row.name
                    if " " in symbol:
                        words[symbol] = row.name
            for word in row.words.split(","):
                if word := word.strip():
                    words[word] = words[word + "s"] = row.name
    for word in ("stone", "stones", "in", "inches", "inch", "foot", "yard", "yards", "billion cubic metre", "long ton",
                 "billion cubic meter", "billion cubic metres", "billion cubic meters", "c", "f", "lb", "lbs"):  # fmt: skip
        words.pop(word, None)
    words.update({"inches": "in", "yards": "yd", "lb": "lb", "lbs": "lb", "long tons": "long_ton"})
    symbols.update({symbol: symbol for symbol in _PINT_SYMBOLS})
    symbols.update({spelling: spelling for spelling in COMPOUNDS})
    symbols.update({"m²": "m2", "m³": "m3", "km²": "km2", "km³": "km3", "cm²": "cm2", "ft²": "ft2", "kWt": "kW",
                    "MWt": "MW",
                    "kw": "kW", "kw/h": "kWh", "kW/h": "kWh",
                    "mln t": "Mt", "‰": "permille", "°C": "degC", "°F": "degF", "ºC": "degC"})  # fmt: skip
    for word in _PINT_WORDS:
        words[word] = words[word + "s"] = word
    symbols.update({"boe": "{boe}", "boepd": "{boe}/day", "bopd": "barrel/day", "q": "quintal"})
    words.update({"bpd": "barrel/day", "barrels of oil equivalent": "{boe}", "kg": "kg", "km": "km", "ha": "ha"})
    return symbols, words


@cache
def _currency_words() -> tuple[Mapping[str, tuple[str, str | None]], int]:
    """Names after a number: what they mean, as (name, code), with the words that may stand before them."""
    found: dict[str, tuple[str, str | None]] = {}
    for name, code in NAMES.items():
        found[name] = found[f"{name}s"] = (name, code)
    for name, kinds in SHARED_NAMES.items():
        for ending in (name, f"{name}s"):
            found.setdefault(ending, (name, None))
            for adjective, code in kinds.items():
                found[f"{adjective} {ending}"] = (name, code)
    for name, own in NAMES.items():  # "Swedish kronor" as "Swedish crowns"
        for adjective, code in ((a, c) for kinds in SHARED_NAMES.values() for a, c in kinds.items() if c == own):
            for ending in (name, f"{name}s"):
                found.setdefault(f"{adjective} {ending}", (name, code))
    return found, 4


class Units:
    """Reads units in one text; `dollar` is what "$" and "dollars" mean."""

    def __init__(self, text: str, lower: str, dollar: str, table: Quantities) -> None:
        self.text, self.lower, self.dollar, self.table = text, lower, dollar, table
        self.symbols, self.words = _tables()
        self.names = _currency_words()[0]
        self._by_country: dict[str, str | None] = {}
        self._tons: int | None = None  # what the text says that "MT" is; 0 where it does not
        self._dollars: bool | None = None

    def before(self, start: int, floor: int) -> tuple[str, int] | None:
        """The currency that ends right before `start` and where it begins, not before `floor`."""
        text = self.text
        if start == floor:
            return None
        last = text[start - 1]
        if last in " \n" and start - 1 > floor:
            last = text[start - 2]
        if last not in _LAST:
            return self._name_before(start, floor)
        begin = max(floor, start - 9)
        match = _BEFORE.search(text, begin, start)
        if not match:
            return letter_before(text, start, floor) or self._name_before(start, floor)
        if match["code"]:
            if match["code"] not in CODES:
                return None
            return match["code"], match.start()
        symbol = match[0].rstrip(" \n")
        at = match.start()
        if symbol in SYMBOLS:
            if symbol[0].isalpha() and at and (text[at - 1].isalnum() or text[at - 1] in "_-"):
                return None
            return SYMBOLS[symbol], at
        if match["other"]:
            return None
        if at and text[at - 1].isalpha() and not text[at - 1].islower():
            return None
        return self.dollar, at

    def _name_before(self, start: int, floor: int) -> tuple[str, int] | None:
        """The currency whose name stands before an amount with a scale: "US dollars 39 million", "Taka 500 crore"."""
        match = _NAME_BEFORE.search(self.lower, max(floor, start - 24), start)
        if match is None or not _WITH_SCALE.match(self.lower, start):
            return None
        for begin in (match.start(), match.start("last")):
            form = self.lower[begin : match.end("last")]
            if form in self.names and self.names[form][0] not in COMMON_WORDS:
                named = self._named(form, start, 1)
                return (named.unit, begin) if named is not None else None
        return None

    def scale(self, at: int, limit: int, money: bool, decimals: bool) -> tuple[Fraction, str, int] | None:
        """The scale word at `at` (after a space or a hyphen, or glued): its value, the word and its end."""
        match = _SCALE.match(self.text, at, limit)
        if not match:
            return None
        glue, word = match[1], match[2]
        lower = word.lower()
        if money and word in MONEY_SCALES and (len(word) > 1 or not glue or word in "MBTK" or (word == "b" and decimals)):
            return Fraction(MONEY_SCALES[word]), word, match.end()
        singular = lower.removesuffix("s") if len(lower) > 4 else lower
        by = self.table.scales.get(lower) or self.table.scales.get(singular)
        if by is None:
            return None
        if len(word) <= 2 and word.isupper() and lower not in ("bn", "mn", "tn"):
            return None
        if len(word) == 3 and word.isupper():
            return None
        if match.end() < limit and _ABBREVIATED.match(self.text, match.end()) and 1 < len(word) < 6:
            return by, lower, match.end() + 1
        if len(word) == 1 and not money:
            return self._letter(word, by, match.end(), glue, decimals)
        if glue == "-" and len(word) < 4 and lower not in ("bn", "mln", "bln"):
            return None
        return by, lower, match.end()

    def _letter(self, word: str, by: Fraction, end: int, glue: str, decimals: bool) -> tuple[Fraction, str, int] | None:
        """ "m" or "k" without a currency: a scale only where what follows is counted or a unit."""
        if glue and word != "m":
            return None
        if _LENGTH_AFTER.match(self.lower, end):
            return None
        follows = self.after(end, len(self.text), scaled=2)
        if follows or _COUNTED_AFTER.match(self.lower, end) or (decimals and not glue):
            return by, word, end
        return None

    def scaled_unit(self, at: int, limit: int) -> tuple[int, str, int] | None:
        """A symbol that is a scale and a unit in one at `at` ("MMT"): the scale, the unit, the end."""
        match = _SCALED_UNIT.match(self.text, at, limit)
        if match:
            return (*SCALED_UNITS[match[1]], match.end())
        if _MILLION_TONS.match(self.text, at, limit) and self.text[max(at - 3, 0) : at].find(".") >= 0:
            return 10**6, "t", at + len(" mt")
        found = money_after(self.text, at, limit, self.dollar)
        if found or not self.text.startswith("MT", at + (self.text[at : at + 1] in (" ", "\n"))):
            return found
        return self._defined(at, limit)

    def _defined(self, at: int, limit: int) -> tuple[int, str, int] | None:
        """ "MT" where the text says what it stands for: tonnes or millions of them."""
        match = _METRIC_TONS.match(self.text, at, limit)
        if not match:
            return None
        if self._tons is None:
            said = _TONS_SAID.search(self.lower)
            self._tons = 0 if not said else 10**6 if said["many"] or said["more"] else 1
        return (self._tons, "t", match.end()) if self._tons else None

    def cents(self, at: int, limit: int) -> UnitFound | None:
        """The currency of which a hundredth is named at `at`: "euro cents", "45.6p"."""
        match = _CENTS.match(self.lower, at, limit)
        if match:
            return UnitFound(CENTS[match[1]], match.end())
        match = _CENTS_OF_DOLLARS.match(self.lower, at, limit)
        if match and (_A_SHARE.match(self.lower, match.end()) or (match["word"] and self._in_dollars())):
            return UnitFound(self.dollar if "€" not in self.text else "EUR", match.end())
        if (self.text[at : at + 1] == "p" or (self.text[at : at + 1] == "P" and "£" in self.text)) and not self.text[
            at + 1 : at + 2
        ].isalnum():
            return UnitFound("GBP", at + 1)
        return None

    def _in_dollars(self) -> bool:
        """Whether dollars are the only currency with cents that the text speaks of."""
        if self._dollars is None:
            others = "€" in self.text or "euro" in self.lower or "rand" in self.lower
            self._dollars = ("$" in self.text or "dollar" in self.lower) and not others
        return self._dollars

    def percent(self, at: int, limit: int) -> UnitFound | None:
        """Percent, percentage points or basis points at `at`."""
        match = _PERCENT.match(self.lower, at, limit)
        if not match:
            return None
        unit = POINT if match["points"] else BASIS_POINT if match["basis"] else PERCENT
        if match[0].endswith("pct.") and not self.text[match.end() : match.end() + 2].strip()[:1].islower():
            return UnitFound(unit, match.end() - 1)
        return UnitFound(unit, match.end())

    def after(self, at: int, limit: int, scaled: int) -> UnitFound | None:
        """The unit of the registry or the currency at `at`, after a space or hyphen or glued to the number."""
        text = self.text
        if at >= limit:
            return None
        glue = text[at]
        begin = at
        if glue in " \n-":
            begin = at + 1
            if text[begin : begin + 1] in (" ", "\n"):
                begin += 1
        found = self._single(begin, limit, glued=begin == at, scaled=scaled, hyphen=glue == "-")
        return self._per(found, limit) if found else None

    def per_mille(self, at: int, limit: int) -> bool:
        """Whether a number is told for each thousand: "7.4 per 1,000 people"."""
        return _PER_MILLE.match(self.lower, at, limit) is not None

    def price(self, unit: str, at: int, limit: int) -> UnitFound | None:
        """ "per barrel" after an amount of money in `unit` that ends at `at`."""
        found = self._per(UnitFound(unit, at), limit)
        return found if found.end > at else None

    def is_dollar(self, unit: str) -> bool:
        """Whether a currency is one of the dollars, which "$" before a number leaves open."""
        return unit in _DOLLARS

    def _single(self, begin: int, limit: int, glued: bool, scaled: int, hyphen: bool) -> UnitFound | None:
        match = _TOKEN.match(self.text, begin, limit)
        if not match:
            return None
        token = match[0]
        found = None if hyphen and len(token) == 1 else self._symbol(token, match.end(), glued, scaled)
        return found or self._word(begin, limit, scaled)

    def _symbol(self, token: str, end: int, glued: bool, scaled: int) -> UnitFound | None:
        following = self.text[end : end + 1]
        code = token.partition("/")[0]
        if code in CODES:
            if code in WORDS_TOO and not scaled:
                return None
            return UnitFound(code, end - len(token) + len(code))
        if token == "$":
            return UnitFound(self.dollar, end)
        if token == "mt" and scaled:
            return UnitFound("t", end)  # "144.8 million mt"
        if token in SYMBOLS and not (token.isalpha() and len(token) <= 2):
            return UnitFound(SYMBOLS[token], end)
        if "/" in token and token not in self.symbols:
            above, _, below = token.partition("/")
            numerator = self.symbols.get(above) or self.words.get(above.lower())
            denominator = self.symbols.get(below) or self.words.get(below.lower())
            if below in _TIME_BELOW or below in ("h", "s", "d"):
                denominator = {"h": "hour", "s": "second", "d": "day"}.get(below, below)
            if numerator in _POWER and below == "h":
                return UnitFound(f"{numerator}h", end)  # "1.1 billion kw/h": energy, whatever the stroke says
            if numerator and denominator:
                return UnitFound(f"{numerator}/{denominator}", end)
        for spelling in (token, token.rpartition("/")[0] if "/" in token else ""):
            unit = self.symbols.get(spelling)
            if unit is not None:
                if len(spelling) == 1 and spelling not in _LETTER_UNITS:
                    continue
                if following in ("-", "'", "’") and len(spelling) == 1:
                    continue
                return UnitFound(unit, end - len(token) + len(spelling))
        return None

    def _word(self, begin: int, limit: int, scaled: int) -> UnitFound | None:
        match = _WORDS.match(self.lower, begin, limit)
        if not match:
            return None
        phrase, end = match[0], match.end()
        while phrase:
            spelt = phrase.replace("-", " ").replace("\n", " ")
            for form in (spelt, spelt.rstrip(".")) if spelt.endswith(".") else (spelt,):
                cut = end - (len(spelt) - len(form))
                unit = self.words.get(form)
                if unit is not None and not self.text[cut : cut + 1].isalnum():
                    return UnitFound(unit, cut)
                if form in self.names and not self.text[cut : cut + 1].isalnum():
                    named = self._named(form, cut, scaled)
                    if named:
                        return named
            shorter = max(phrase.rfind(" "), phrase.rfind("-"), phrase.rfind("\n"))
            if shorter < 0:
                return None
            end -= len(phrase) - shorter
            phrase = phrase[:shorter]
        return None

    def _named(self, form: str, end: int, scaled: int) -> UnitFound | None:
        name, code = self.names[form]
        if form in COMMON_WORDS and not scaled:
            return None
        if name == "dollar" and code is None:
            code = self.dollar
        if code is None:
            code = self._by_mention(name)
        if code is None and name == "pound" and scaled > 1:
            code = "GBP"
        return UnitFound(code, end) if code else None

    def _by_mention(self, name: str) -> str | None:
        """The currency of the one country that the text speaks of, for a name that several share."""
        if name not in self._by_country:
            codes = {code for stem, code in COUNTRIES.get(name, {}).items() if stem in self.lower}
            self._by_country[name] = codes.pop() if len(codes) == 1 else None
        return self._by_country[name]

    def _per(self, found: UnitFound, limit: int) -> UnitFound:
        """`found` with a physical unit or a day below it: "per barrel", "a tonne", "/t"."""
        match = _PER.match(self.text, found.end, limit)
        if not match:
            return found
        words, end = match["words"], match.end()
        below = self.symbols.get(words) or self.words.get(words.lower())
        if below is None and words.lower() in _TIME_BELOW and found.unit not in CODES:
            below = words.lower()
        if below is None or (below == found.unit) or (match[0].strip() in ("a", "an") and len(words) < 3):
            return found
        if len(words) == 1 and "/" not in match[0]:
            return found
        unit = f"{found.unit}/{below}"
        try:
            canonical(unit)
        except UnknownUnit:
            return found
        return UnitFound(unit, end)


_METRIC_TONS = re.compile(r"[ \n]?MT(?![A-Za-z0-9])")
_TONS_SAID = re.compile(
    r"(?:(?P<many>million |mln |mega)|metric )?ton(?:ne)?s? \(mt\)"
    r"|(?<![a-z])mt \((?P<more>million |mln |mega)?(?:metric )?ton"
)
_CENTS_OF_DOLLARS = re.compile(r"(?:[ \n](?P<word>cents?)|-cents?|[ ]?[c¢])(?![a-z0-9])")
_A_SHARE = re.compile(r"[ \n](?:a|per|each|for each)[ \n](?:[a-z]+[ \n])?(?:share|unit|ads)(?![a-z])|/share")
_ABBREVIATED = re.compile(r"\.[ ][a-z]")
_LENGTH_AFTER = re.compile(
    r"[ -]?(?:long|high|tall|wide|deep|away|sprint|race|run|freestyle|backstroke|hurdles|dash|relay|below|above sea"
    r"|in length|in"
    r" height|from the|swimming)\b"
)
_COUNTED_AFTER = re.compile(r"[ -](?:[a-z]+[ -]){0,2}(?:people|women|men|children|staff|[a-z]{3,}(?<![su])s)\b")
_SCALED_UNIT = re.compile(
    rf"[ \n]?({'|'.join(map(re.escape, sorted(SCALED_UNITS, key=len, reverse=True)))})(?![A-Za-z0-9/])"
)
_CENTS = re.compile(rf"[ \n]({'|'.join(map(re.escape, sorted(CENTS, key=len, reverse=True)))})(?![a-z])")
