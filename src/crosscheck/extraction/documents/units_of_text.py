"""Units as a text uses them: whose dollar "$" is, decimal commas, and short names of units that it gives itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.extraction.model import BARE, MEASURE, MONEY, Mentions, Number, Statement
from crosscheck.extraction.names.finding import offices
from crosscheck.extraction.numbers import currencies
from crosscheck.extraction.numbers.currencies import LOCAL, SHARED_NAMES
from crosscheck.extraction.numbers.decimal_commas import comma_reader
from crosscheck.extraction.source import Block, Table
from crosscheck.figures.exact import Fraction

# Countries whose own writers mean their dollar by "$".
DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"}
AMERICAN = re.compile(r"\bU\.?S\.? ?\$|\bUSD\b|\bU\.?S\.? dollars?\b|\bAmerican dollars?\b")
NAMED = {"canadian": "CAD", "australian": "AUD", "new": "NZD", "singapore": "SGD", "hong": "HKD"}
HEADINGS = 5  # rows of a table that may hold headings
LETTERS = {"A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD"}
# "All amounts are in Canadian dollars unless stated otherwise", "A$3.55 billion", "C$5 million ($3.6 million)".
STATED = re.compile(
    r"(?i:\b(?:amounts|figures|references|values|currency|dollars)\b[^.\n]{0,60}\b(?:in|to)\s(?P<whose>Canadian|Australian|"
    r"New Zealand|Singapore|Hong Kong)\s(?:dollars?|currency)\b)"
)
MARKED = re.compile(r"\b(?:AU?|CA?|NZ|S|HK)\$(?=\s?\d)")
CONVERTED = re.compile(r"\b(?:AU?|CA?|NZ|S|HK)\$[^()\n]{1,30}\((?:about |around )?\$")
PRINTED_US = re.compile(r"U\.?S\.? ?\$|USD")
SIGN = re.compile(r"[A-Z][A-Za-z]*")
SHORT = re.compile(r" ?\(([A-Za-z]{2,5}(?:/[a-z])?)\)")
SCALES = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def with_units(
    text: str, read: Sequence[tuple[Block, Mentions]], home: str | None, lists: CodeLists
) -> list[tuple[Block, Mentions]]:
    """The mentions with their numbers in the units that the text means; `home` is the country that it speaks of."""
    country, _, part = (home or "").partition("-")
    home = country or None  # money is the country's, not the region's
    local = _local_money(home)
    american = AMERICAN.search(text) is not None
    dollar = DOLLARS.get(country) if not american and (part or _cites_office(text, country, lists)) else None
    dollar = _dollar_said(text, american) or dollar
    short, names = _short_names(text, read), _names_of_money(text, read, home)
    as_decimal = comma_reader(text)
    if dollar is None and as_decimal is None and not short and not local and not names:
        return list(read)
    found = []
    for block, mentions in read:
        meant = (_as_meant(text, number, dollar, local | names) for number in mentions.numbers)
        numbers = tuple(_named(text, as_decimal(number) if as_decimal else number, short) for number in meant)
        found.append((block, replace(mentions, numbers=numbers)))
    return found


def _dollar_said(text: str, american: bool) -> str | None:
    """The dollar that a text says "$" to be, or that it prints with its letter where it has no other: "A$3.5 billion"."""
    said = STATED.search(text)
    if said is not None:
        return NAMED[said["whose"].split()[0].lower()]
    marked = {match[0] for match in MARKED.finditer(text)}
    if american or len(marked) != 1 or CONVERTED.search(text):
        return None
    return LETTERS[marked.pop()]


def _cites_office(text: str, home: str, lists: CodeLists) -> bool:
    """Whether an office of the country is named, whose figures are in its own money."""
    pattern, areas = offices(lists)
    return any(areas[match[0]] == home for match in pattern.finditer(text))


def _local_money(home: str | None) -> dict[str, str]:
    """By sign, the code that the country means by one that others have too: "Rs" in Pakistan."""
    return {sign: codes[home] for sign, codes in LOCAL.items() if home in codes}


def money_of_cells(cells: Sequence[Statement], tables: Sequence[Table], home: str | None) -> tuple[Statement, ...]:
    """The figures of tables with money that headings name by a sign ("Rs million") in that of the country of the text."""
    said = " ".join(
        [text for table in tables for text in (table.caption, *(c.text for row in table.rows[:HEADINGS] for c in row))]
    )
    meant = {
        code: codes[home or ""]
        for sign, codes in LOCAL.items()
        if home in codes and (code := _usual(sign)) is not None and code not in said and re.search(rf"\b{sign}\b", said)
    }
    return tuple(
        replace(one, unit=meant[one.unit], figure=one.figure.replace(one.unit, meant[one.unit]))
        if one.unit in meant
        else one
        for one in cells
    )


def _usual(sign: str) -> str | None:
    """What a sign that several countries have means where none is known."""
    return currencies.LETTERS.get(sign) or currencies.SYMBOLS.get(sign)


def _names_of_money(text: str, read: Sequence[tuple[Block, Mentions]], home: str | None) -> dict[str, str]:
    """By unit such as "{crowns}", a name that several currencies share: that of the country of the text, else the one that
    it says elsewhere to be meant."""
    said: dict[str, str] = {}
    unclear: dict[str, str] = {}
    for _, mentions in read:
        for number in mentions.numbers:
            if number.kind == MONEY:
                name = text[number.start : number.end].split()[-1].lower().removesuffix("s")
                if name in SHARED_NAMES and number.unit[0] != "{":
                    said.setdefault(name, number.unit)
                elif name in SHARED_NAMES:
                    unclear[number.unit] = name
    own = {
        name: next((code for code in SHARED_NAMES[name].values() if code[:2] == home), None) for name in unclear.values()
    }
    return {unit: code for unit, name in unclear.items() if (code := own[name] or said.get(name)) is not None}


def _as_meant(text: str, number: Number, dollar: str | None, local: Mapping[str, str]) -> Number:
    unit = None
    if number.kind == MONEY and number.unit == "USD" and PRINTED_US.match(text, number.start) is None:
        unit = dollar
    elif number.kind == MONEY and number.unit[:1] == "{":
        unit = local.get(number.unit)
    elif number.kind == MONEY and local:
        sign = SIGN.match(text, number.start)
        unit = local.get(sign[0].removesuffix("s") if sign[0] != "Rs" else "Rs") if sign is not None else None
    return number if unit is None else replace(number, unit=unit, figure=number.figure.replace(number.unit, unit))


def _short_names(text: str, read: Sequence[tuple[Block, Mentions]]) -> dict[str, tuple[str, str]]:
    """By short name the scale and unit that it stands for: MT after "113.3 million tonnes (MT)", but the unit alone after
    "3.8 million metric tons (MT)". Beside millions of tons, "mt" are such."""
    found: dict[str, tuple[str, str]] = {}
    in_millions = False
    for _, mentions in read:
        for number in mentions.numbers:
            scale = next((word for word in number.figure.split() if word in SCALES), "")
            in_millions |= number.unit == "t" and scale == "million"
            match = SHORT.match(text, number.end) if number.kind == MEASURE else None
            if match is not None:
                words = text[number.start : number.end].lower().split()[-len(match[1]) :]
                of_unit = scale not in words and "".join(word[0] for word in words) == match[1].lower()
                found.setdefault(match[1], ("" if of_unit else scale, number.unit))
    if in_millions:
        found.setdefault("mt", ("million", "t"))
    return found


def _named(text: str, number: Number, short: dict[str, tuple[str, str]]) -> Number:
    """A number of which nothing but its short unit is said: "86.5 MT"."""
    match = re.compile(r" ?([A-Za-z]{2,5}(?:/[a-z])?)\b").match(text, number.end) if number.kind == BARE and short else None
    if match is None or match[1] not in short or number.word:
        return number
    scale, unit = short[match[1]]
    if not SCALES.keys().isdisjoint(number.figure.split()):
        scale = ""  # "3.8 million MT": it has one
    figure = " ".join(part for part in (number.figure, scale, unit) if part)
    value = number.value * Fraction(SCALES.get(scale, 1))
    return replace(number, end=match.end(), figure=figure, value=value, unit=unit, kind=MEASURE)
