"""The built-in units, as data: exact factors to the base unit of each kind, and every spelling understood.

A kind's base unit has factor 1: kg, m, m2, m3, J, W, K, second, month, and each currency. Factors are decimal
or p/q text so that they stay exact; each is a definition, never a measurement.
"""

from __future__ import annotations

from dataclasses import dataclass

Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A unit. `symbols` match as written, `words` (and symbols of two words) in any case and as plurals."""

    name: str
    factor: str
    symbols: str = ""  # separated by commas, as are the words
    words: str = ""
    offset: str = "0"


@dataclass(frozen=True, slots=True)
class Extra:
    """A unit for pint: `definition` in its language over the names here, `prefixes` the ones it takes."""

    name: str
    symbol: str
    definition: str
    prefixes: str = ""
    aliases: str = ""


# The dimension of each named kind. Counts and ratios have none; a currency is a dimension of its own; a year
# is not a fixed number of days, so months and years ("calendar") are apart from seconds ("time").
KIND_DIMENSIONS: dict[str, Dimension] = {
    "count": (),
    "ratio": (),
    "mass": (("mass", 1),),
    "length": (("length", 1),),
    "area": (("length", 2),),
    "volume": (("length", 3),),
    "time": (("time", 1),),
    "calendar": (("calendar", 1),),
    "temperature": (("temperature", 1),),
    "energy": (("length", 2), ("mass", 1), ("time", -2)),
    "power": (("length", 2), ("mass", 1), ("time", -3)),
    "speed": (("length", 1), ("time", -1)),
    "force": (("length", 1), ("mass", 1), ("time", -2)),
    "pressure": (("length", -1), ("mass", 1), ("time", -2)),
    "frequency": (("time", -1),),
    "current": (("current", 1),),
    "voltage": (("current", -1), ("length", 2), ("mass", 1), ("time", -3)),
    "resistance": (("current", -2), ("length", 2), ("mass", 1), ("time", -3)),
    "charge": (("current", 1), ("time", 1)),
    "substance": (("substance", 1),),
    "information": (("information", 1),),
}

ROWS: dict[str, tuple[Row, ...]] = {
    "ratio": (
        Row("percent", "1/100", "%", "percent, per cent, pct"),
        Row("percentage_point", "1/100", "", "percentage point, percent point, pct point, point, pp, ppt"),
        Row("basis_point", "1/10000", "", "basis point, bp, bps"),
        Row("permille", "1/1000", "‰", "permille, per mille, per mil"),
        Row("ppm", "1/1000000", "ppm", "part per million, parts per million"),
        Row("ppb", "1/1000000000", "ppb", "part per billion, parts per billion"),
        Row("times", "1", "×", "times, x"),
    ),
    "mass": (
        Row("t", "1000", "t", "ton, tonne, metric ton, metric tonne"),  # in news a ton is a tonne
        Row("kg", "1", "kg", "kilogram, kilogramme, kilo, kilos"),
        Row("g", "1/1000", "g", "gram, gramme"),
        Row("mg", "1/1000000", "mg", "milligram, milligramme"),
        Row("kt", "1000000", "kt", "kiloton, kilotonne"),
        Row("Mt", "1000000000", "Mt", "megaton, megatonne"),
        Row("lb", "0.45359237", "lb, lbs", "lb, lbs"),
        Row("oz", "0.028349523125", "oz", "oz, ounce"),
        Row("troy_ounce", "0.0311034768", "ozt, oz t", "troy ounce, troy oz"),
        Row("short_ton", "907.18474", "", "short ton, us ton"),
        Row("long_ton", "1016.0469088", "", "long ton, imperial ton"),
        Row("quintal", "100", "", "quintal"),
        Row("carat", "0.0002", "", "carat"),
        Row("stone", "6.35029318", "", "stone"),
    ),
    "length": (
        Row("m", "1", "m", "metre, meter"),
        Row("km", "1000", "km", "kilometre, kilometer"),
        Row("cm", "1/100", "cm", "centimetre, centimeter"),
        Row("mm", "1/1000", "mm", "millimetre, millimeter"),
        Row("mile", "1609.344", "mi", "mile"),
        Row("nautical_mile", "1852", "nmi", "nautical mile, sea mile"),
        Row("ft", "0.3048", "ft", "foot, feet"),
        Row("in", "0.0254", "in", "inch, inches"),
        Row("yd", "0.9144", "yd", "yard"),
    ),
    "area": (
        Row("m2", "1", "m2, m^2, sqm, sq m", "square metre, square meter"),
        Row("km2", "1000000", "km2, km^2, sq km, sqkm", "square kilometre, square kilometer"),
        Row("cm2", "1/10000", "cm2, cm^2, sq cm", "square centimetre, square centimeter"),
        Row("mm2", "1/1000000", "mm2, mm^2, sq mm", "square millimetre, square millimeter"),
        Row("ha", "10000", "ha", "hectare"),
        Row("acre", "4046.8564224", "ac", "acre"),
        Row("ft2", "0.09290304", "ft2, ft^2, sq ft, sqft", "square foot, square feet"),
        Row("in2", "0.00064516", "in2, in^2, sq in", "square inch, square inches"),
        Row("yd2", "0.83612736", "yd2, yd^2, sq yd", "square yard"),
        Row("mile2", "2589988.110336", "mile^2, mi2, mi^2, sq mi", "square mile, sq mile"),
    ),
    "volume": (
        Row("m3", "1", "m3, m^3, cu m, cbm", "cubic metre, cubic meter"),
        Row("km3", "1000000000", "km3, km^3", "cubic kilometre, cubic kilometer"),
        Row("cm3", "1/1000000", "cm3, cm^3", "cubic centimetre, cubic centimeter"),
        Row("bcm", "1000000000", "bcm", "billion cubic metre, billion cubic meter"),
        Row("l", "1/1000", "l, L", "litre, liter"),
        Row("ml", "1/1000000", "ml, mL", "millilitre, milliliter"),
        Row("hl", "1/10", "hl, hL", "hectolitre, hectoliter"),
        Row("barrel", "0.158987294928", "bbl, bbls", "barrel"),
        Row("gallon", "0.003785411784", "gal", "gallon, us gallon"),
        Row("imperial_gallon", "0.00454609", "", "imperial gallon, uk gallon"),
        Row("bushel", "0.03523907016688", "bu", "bushel"),
        Row("ft3", "0.028316846592", "ft3, ft^3, cu ft", "cubic foot, cubic feet"),
        Row("yd3", "0.764554857984", "yd3, yd^3, cu yd", "cubic yard"),
    ),
    "energy": (
        Row("J", "1", "J", "joule"),
        Row("kJ", "1000", "kJ", "kilojoule"),
        Row("MJ", "1000000", "MJ", "megajoule"),
        Row("GJ", "1000000000", "GJ", "gigajoule"),
        Row("TJ", "1000000000000", "TJ", "terajoule"),
        Row("PJ", "1000000000000000", "PJ", "petajoule"),
        Row("Wh", "3600", "Wh", "watt hour"),
        Row("kWh", "3600000", "kWh", "kilowatt hour, kilowatthour"),
        Row("MWh", "3600000000", "MWh", "megawatt hour, megawatthour"),
        Row("GWh", "3600000000000", "GWh", "gigawatt hour, gigawatthour"),
        Row("TWh", "3600000000000000", "TWh", "terawatt hour, terawatthour"),
        Row("cal", "4.184", "cal", "calorie"),  # the thermochemical calorie
        Row("kcal", "4184", "kcal", "kilocalorie"),
        Row("Gcal", "4184000000", "Gcal", "gigacalorie"),
        Row("toe", "41868000000", "toe", "tonne of oil equivalent, tonnes of oil equivalent"),
        Row("ktoe", "41868000000000", "ktoe"),
        Row("Mtoe", "41868000000000000", "Mtoe"),
    ),
    "power": (
        Row("W", "1", "W", "watt"),
        Row("mW", "1/1000", "mW", "milliwatt"),
        Row("kW", "1000", "kW", "kilowatt"),
        Row("MW", "1000000", "MW", "megawatt"),
        Row("GW", "1000000000", "GW", "gigawatt"),
        Row("TW", "1000000000000", "TW", "terawatt"),
    ),
    "temperature": (
        Row("degC", "1", "degC, °C", "celsius, degree celsius, degrees celsius, deg c", "273.15"),
        Row("degF", "5/9", "degF, °F", "fahrenheit, degree fahrenheit, degrees fahrenheit, deg f", "45967/180"),
        Row("K", "1", "K", "kelvin"),
    ),
    "time": (
        Row("second", "1", "s", "second, sec"),
        Row("minute", "60", "min", "minute"),
        Row("hour", "3600", "h", "hour, hr"),
        Row("day", "86400", "d", "day"),
        Row("week", "604800", "", "week"),
    ),
    "calendar": (
        Row("month", "1", "", "month"),
        Row("year", "12", "", "year, yr"),
        Row("decade", "120", "", "decade"),
    ),
}

# Spellings of compounds that are never written out.
COMPOUNDS: dict[str, str] = {
    "mph": "mile/hour",
    "kph": "km/hour",
    "kmh": "km/hour",
    "bpd": "barrel/day",
    "b/d": "barrel/day",
}

# Refused with a reason: each means different things to different readers.
AMBIGUOUS: dict[str, str] = {
    "pound": 'write "GBP" for money or "lb" for mass',
    "pounds": 'write "GBP" for money or "lb" for mass',
    "mt": 'write "t" for tonnes or "Mt" for million tonnes',
    "MT": 'write "t" for tonnes or "Mt" for million tonnes',
    "mcm": 'write thousand or million before "m3"',
    "C": 'write "degC"',
    "F": 'write "degF"',
    "degree": 'write "degC" or "degF"',
    "degrees": 'write "degC" or "degF"',
    "rupee": 'write the currency code, such as "INR" or "PKR"',
    "rupees": 'write the currency code, such as "INR" or "PKR"',
}

# In the table so that pycountry need not load for them.
COMMON_CURRENCIES: tuple[str, ...] = (
    "USD", "EUR", "GBP", "CNY", "RUB", "KZT", "UZS", "JPY", "CHF", "INR", "TRY", "KRW", "CAD", "AUD", "KGS",
    "TJS", "TMT", "AZN", "AMD", "GEL", "BYN", "UAH", "PLN", "CZK", "HUF", "RON", "SEK", "NOK", "DKK", "HKD",
    "SGD", "TWD", "NZD", "BRL", "MXN", "ZAR", "AED", "SAR", "VND", "IDR", "THB", "MYR", "PHP", "PKR", "MNT",
    "ILS",
)  # fmt: skip

# Withdrawn from ISO 4217, so not in the library's list of active codes, but met in older reports.
WITHDRAWN_CURRENCIES: tuple[str, ...] = (
    "BGN", "HRK", "LTL", "LVL", "EEK", "SKK", "SIT", "MTL", "CYP", "ATS", "BEF", "DEM", "ESP", "FIM", "FRF",
    "GRD", "IEP", "ITL", "LUF", "NLG", "PTE", "BYR", "RUR", "TMM", "AZM", "ROL", "TRL", "UAK", "ZWL", "SLL",
    "STD", "MRO", "VEB", "VEF", "CUC", "ANG", "SDD", "GHC", "MZM", "ZMK",
)  # fmt: skip

CURRENCY_SYMBOLS: dict[str, str] = {
    "$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "JP¥": "JPY", "CN¥": "CNY", "RMB": "CNY",
    "₸": "KZT", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₫": "VND", "₪": "ILS",
    "₱": "PHP", "₦": "NGN", "฿": "THB", "₼": "AZN", "₾": "GEL", "֏": "AMD", "₮": "MNT", "C$": "CAD",
    "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "SG$": "SGD",
    "NT$": "TWD", "R$": "BRL", "MX$": "MXN",
}  # fmt: skip

# Symbols that several currencies share. CURRENCY_SYMBOLS has the meaning when nothing around says more.
AMBIGUOUS_SYMBOLS: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN"),
    "¥": ("JPY", "CNY"),
    "£": ("GBP", "EGP"),
}

CURRENCY_WORDS: dict[str, str] = {
    "dollar": "USD", "us dollar": "USD", "euro": "EUR", "yuan": "CNY", "renminbi": "CNY", "tenge": "KZT",
    "ruble": "RUB", "rouble": "RUB", "yen": "JPY", "hryvnia": "UAH", "lira": "TRY", "swiss franc": "CHF",
    "pound sterling": "GBP", "pounds sterling": "GBP", "sterling": "GBP",
}  # fmt: skip

PREFIXES: dict[str, tuple[str, str]] = {
    "n": ("nano", "1e-9"), "µ": ("micro", "1e-6"), "m": ("milli", "1e-3"), "c": ("centi", "1e-2"),
    "d": ("deci", "1e-1"), "h": ("hecto", "1e2"), "k": ("kilo", "1e3"), "M": ("mega", "1e6"),
    "G": ("giga", "1e9"), "T": ("tera", "1e12"), "P": ("peta", "1e15"), "E": ("exa", "1e18"),
}  # fmt: skip

# Units that are too rare for the table; pint knows them, in these words and no others. Base units come first.
EXTRAS: tuple[Extra, ...] = (
    Extra("meter", "m", "[length]", "nµd", "metre"),
    Extra("kilogram", "kg", "[mass]"),
    Extra("second", "s", "[time]", "nµm"),
    Extra("kelvin", "K", "[temperature]", "m"),
    Extra("ampere", "A", "[current]", "µmk", "amp"),
    Extra("mole", "mol", "[substance]", "µmk"),
    Extra("bit", "bit", "[information]", "kMGT"),
    Extra("gram", "g", "kilogram / 1000", "nµcdMG", "gramme"),
    Extra("tonne", "t", "1000 * kilogram", "G"),
    Extra("liter", "l", "meter ** 3 / 1000", "µcdkMG", "litre"),
    Extra("newton", "N", "kilogram * meter / second ** 2", "mkM"),
    Extra("joule", "J", "newton * meter", "mE"),
    Extra("calorie", "cal", "4.184 * joule", "MT"),
    Extra("watt", "W", "joule / second", "µP"),
    Extra("watt_hour", "Wh", "3600 * joule", "mP"),
    Extra("volt_ampere", "VA", "watt", "kMG"),
    Extra("horsepower", "hp", "0.3048 * 550 * 4.4482216152605 * watt"),
    Extra("metric_horsepower", "PS", "75 * 9.80665 * watt"),
    Extra("BTU", "Btu", "1055.05585262 * joule"),
    Extra("MMBtu", "MMBtu", "1000000 * BTU", "", "MMBTU"),
    Extra("therm", "therm", "100000 * BTU"),
    Extra("electronvolt", "eV", "1.602176634e-19 * joule", "kMGT"),
    Extra("pascal", "Pa", "newton / meter ** 2", "hkMG"),
    Extra("bar", "bar", "100000 * pascal", "m"),
    Extra("atmosphere", "atm", "101325 * pascal"),
    Extra("psi", "psi", "4.4482216152605 / 0.00064516 * pascal"),
    Extra("mmHg", "mmHg", "133.322387415 * pascal"),
    Extra("ampere_hour", "Ah", "3600 * ampere * second", "mk"),
    Extra("volt", "V", "watt / ampere", "µmkM"),
    Extra("ohm", "ohm", "volt / ampere", "mkM"),
    Extra("hertz", "Hz", "1 / second", "mkMGT"),
    Extra("becquerel", "Bq", "1 / second", "kMGT"),
    Extra("sievert", "Sv", "joule / kilogram", "µm"),
    Extra("gray", "Gy", "joule / kilogram", "µm"),
    Extra("byte", "B", "8 * bit", "kMGTPE"),
    Extra("kibibyte", "KiB", "1024 * byte"),
    Extra("mebibyte", "MiB", "1048576 * byte"),
    Extra("gibibyte", "GiB", "1073741824 * byte"),
    Extra("tebibyte", "TiB", "1099511627776 * byte"),
    Extra("knot", "kn", "1852 / 3600 * meter / second"),
    Extra("astronomical_unit", "au", "149597870700 * meter"),
    Extra("light_year", "ly", "9460730472580800 * meter"),
    Extra("furlong", "furlong", "201.168 * meter"),
    Extra("fathom", "fathom", "1.8288 * meter"),
    Extra("grain", "gr", "0.00006479891 * kilogram"),
    Extra("hundredweight", "cwt", "45.359237 * kilogram"),
    Extra("quart", "qt", "0.000946352946 * meter ** 3"),
    Extra("us_pint", "us_pint", "0.000473176473 * meter ** 3"),
    Extra("imperial_pint", "imperial_pint", "0.00056826125 * meter ** 3"),
    Extra("fluid_ounce", "fl_oz", "0.0000295735295625 * meter ** 3"),
)
