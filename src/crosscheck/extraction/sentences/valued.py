"""At whose prices a growth is told: that of an economy is reckoned at constant ones, its amounts of money are not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from crosscheck.claims.model import EXPLICIT, INDICATOR, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.patterns import any_of
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL
from crosscheck.inputs.values import replace

PRICES = "prices"
CONSTANT, EITHER = "constant", "constant or current"
MONEY = re.compile(r"[A-Z]{3}\Z")
# Without a word of these nothing is said of prices. "Real exports" are exports at constant ones.
SAID = re.compile("real|constant|comparable|inflation|fixed|volume", re.IGNORECASE)
REAL, NOMINAL = re.compile(r"\breal[ \n]\Z", re.IGNORECASE), re.compile(r"\bnominal", re.IGNORECASE)
THAN = re.compile(r"\bthan(?: the| its)?[ \n][^\w.,;]?\Z", re.IGNORECASE)
BEFORE = 8  # characters before the name of an indicator in which "real" or "nominal" belongs to it


def with_prices(text: str, start: int, end: int, statements: list[Statement], stated: Collection[int]) -> None:
    """Marks the growths of a sentence that are told at constant prices, by its words or by custom.

    Beside amounts of its own a growth that says neither may be reckoned from them: it is of either kind. `stated` are the
    indices in `statements` of the figures of the sentence, which is `text[start:end]`.
    """
    growths = [index for index in stated if statements[index].measure == GROWTH]
    if not growths:
        return
    said = SAID.search(text, start, end) is not None
    beside = [statements[index] for index in stated]
    for index in growths:
        if said or _by_custom(statements[index]):
            statements[index] = _marked(text, start, end, statements[index], beside)


def told_by_custom(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The figures of tables, with growths at constant prices where that is the custom and no heading says otherwise."""
    known = Known(CONSTANT, INFERRED)
    return tuple(
        replace(one, dimensions={**one.dimensions, PRICES: known})
        if one.measure == GROWTH and _by_custom(one) and PRICES not in one.dimensions
        else one
        for one in statements
    )


def _marked(text: str, first: int, last: int, own: Statement, beside: Sequence[Statement]) -> Statement:
    after = min((one.start for one in beside if one.start > own.start), default=last)
    before = max((one.end for one in beside if one.end <= own.start), default=first)
    prices = _said(text, (before, after), own)
    if prices is None and _by_custom(own):
        levels = [one for one in beside if one.measure in (LEVEL, CHANGE) and MONEY.match(one.unit)]
        amounts = any(_indicator(one) == _indicator(own) for one in levels)
        prices = Known(EITHER) if amounts else Known(CONSTANT, INFERRED)
    if prices is None or not prices.value:
        return own
    return replace(own, dimensions={**own.dimensions, PRICES: prices})


def _said(text: str, around: tuple[int, int], own: Statement) -> Known | None:
    """At whose prices the words around a growth say that it is, "" for current ones; None where they do not."""
    if THAN.search(text, own.end, around[1]):
        return Known("", EXPLICIT)  # "6.4% more than the $470 billion of 2023" says itself what it is reckoned from
    for start, end in ((own.end, around[1]), (around[0], own.start)):
        for kind, prices in (("at_current_prices", ""), ("at_constant_prices", CONSTANT)):
            found = _phrases(kind).search(text, start, end)
            if found is not None:
                return Known(prices, EXPLICIT, found.start(), found.end())
    name = own.dimensions.get(INDICATOR)
    if name is None or name.start is None or name.end is None:
        return None
    if NOMINAL.search(text, max(name.start - BEFORE, 0), name.end):
        return Known("", EXPLICIT)
    if _indicator(own) in words_of("volume_at_constant_prices") and "volume" in text[name.start : name.end].lower():
        return Known(CONSTANT, EXPLICIT)
    found = REAL.search(text, max(name.start - BEFORE, 0), name.start)
    return Known(CONSTANT, EXPLICIT, found.start(), found.end() - 1) if found is not None else None


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    words = (word.replace(" ", "\n") for word in words_of(kind))
    pattern = any_of(words).replace("\\\n", r"[ \n]").replace("\n", r"[ \n]")
    return re.compile(rf"\b{pattern}\b", re.IGNORECASE)


def _by_custom(one: Statement) -> bool:
    return _indicator(one) in words_of("grows_in_real_terms")


def _indicator(one: Statement) -> str:
    return one.dimensions[INDICATOR].value if INDICATOR in one.dimensions else ""
