"""Units as a text uses them: whose dollar "$" is, and short names of units that it gives itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import SOURCE
from crosscheck.extraction.model import BARE, MEASURE, MONEY, Mentions, Number
from crosscheck.extraction.names import area_of_source
from crosscheck.extraction.source import Block
from crosscheck.figures.exact import Fraction

# Countries whose own writers mean their dollar by "$".
DOLLARS = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"}
AMERICAN = re.compile(r"\bU\.?S\.? ?\$|\bUSD\b|\bU\.?S\.? dollars?\b|\bAmerican dollars?\b")
SHORT = re.compile(r" ?\(([A-Za-z]{2,5}(?:/[a-z])?)\)")
SCALES = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def with_units(
    text: str, read: Sequence[tuple[Block, Mentions]], home: str | None, lists: CodeLists
) -> list[tuple[Block, Mentions]]:
    """The mentions with their numbers in the units that the text means; `home` is the country that it speaks of."""
    dollar = DOLLARS.get(home or "") if AMERICAN.search(text) is None and _cites_office(read, home, lists) else None
    short = _short_names(text, read)
    if dollar is None and not short:
        return list(read)
    found = []
    for block, mentions in read:
        numbers = tuple(_named(text, _in_dollars(text, number, dollar), short) for number in mentions.numbers)
        found.append((block, replace(mentions, numbers=numbers)))
    return found


def _cites_office(read: Sequence[tuple[Block, Mentions]], home: str | None, lists: CodeLists) -> bool:
    """Whether an office of the country is cited, whose figures are in its own money."""
    sources = {name.code for _, mentions in read for name in mentions.names if name.dimension == SOURCE and name.code}
    return any(area_of_source(code, lists) == home for code in sources)


def _in_dollars(text: str, number: Number, dollar: str | None) -> Number:
    if dollar is None or number.kind != MONEY or number.unit != "USD":
        return number
    return replace(number, unit=dollar, figure=number.figure.replace("USD", dollar))


def _short_names(text: str, read: Sequence[tuple[Block, Mentions]]) -> dict[str, tuple[str, str]]:
    """By short name the scale and unit that it stands for: MT after "113.3 million tonnes (MT)"."""
    found: dict[str, tuple[str, str]] = {}
    for _, mentions in read:
        for number in mentions.numbers:
            match = SHORT.match(text, number.end) if number.kind == MEASURE else None
            if match is not None:
                scale = next((word for word in number.figure.split() if word in SCALES), "")
                found.setdefault(match[1], (scale, number.unit))
    return found


def _named(text: str, number: Number, short: dict[str, tuple[str, str]]) -> Number:
    """A number of which nothing but its short unit is said: "86.5 MT"."""
    match = re.compile(r" ?([A-Za-z]{2,5}(?:/[a-z])?)\b").match(text, number.end) if number.kind == BARE and short else None
    if match is None or match[1] not in short or number.word:
        return number
    scale, unit = short[match[1]]
    figure = " ".join(part for part in (number.figure, scale, unit) if part)
    value = number.value * Fraction(SCALES.get(scale, 1))
    return replace(number, end=match.end(), figure=figure, value=value, unit=unit, kind=MEASURE)
