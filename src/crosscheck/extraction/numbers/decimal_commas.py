"""Texts that write decimals with a comma throughout: there "16,395 million" is sixteen million and not sixteen billion."""

from __future__ import annotations

import re
from collections.abc import Callable

from crosscheck.extraction.model import Number
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.values import replace

# "5,98%", "8,5 million": no thousands.
_DECIMAL = re.compile(
    r"(?<![\d.,])\d{1,3},\d{1,2}(?=\s?(?:%|(?:per ?cent|million|billion|trillion|thousand|mln|bn|t/ha)\b))"
)
# "1,234,567", "12.5": the marks of English.
_ENGLISH = re.compile(r"(?<![\d.,/])(?:\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:,\d{3})*\.\d+)(?![\d,./])")
_EITHER = re.compile(r"(?P<whole>\d{1,3}),(?P<places>\d{3}) (?P<scale>million|billion|trillion)\b")
LEAST = 2  # numbers that can only have a decimal comma


def comma_reader(text: str) -> Callable[[Number], Number] | None:
    """What a text with decimal commas means by a number of three places and a scale; None for any other text.

    Such a text has at least two numbers of one or two places behind a comma, and none with the marks of English.
    """
    if len(_DECIMAL.findall(text)) < LEAST or _ENGLISH.search(text) is not None:
        return None
    return _as_decimal


def _as_decimal(number: Number) -> Number:
    match = _EITHER.match(number.figure)
    if match is None:
        return number
    figure = f"{match['whole']}.{match['places']} {match['scale']}{number.figure[match.end() :]}"
    return replace(number, figure=figure, value=number.value / Fraction(1000))
