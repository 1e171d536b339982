"""Amounts in rule files: absolute with a unit, or relative to the subject with %."""

from __future__ import annotations

import re

from crosscheck.figures.exact import Fraction
from crosscheck.figures.units import UnknownUnit, parse_unit

AMOUNT = re.compile(r"(\d{1,20}(?:\.\d{1,20})?)\s*(.*)")


def read_amount(text: str) -> tuple[Fraction, bool] | str:
    """(amount, relative): percent is relative to the subject, anything else absolute in the base unit; or what is wrong."""
    match = AMOUNT.fullmatch(text.strip())
    if not match:
        return "an amount is a number with a unit: 0.5 percentage_point, 1 % (of the subject), 1000 USD"
    try:
        unit = parse_unit(match[2])
    except UnknownUnit as error:
        return f'unknown unit "{match[2][:40]}"' + (f" ({error.suggestion})" if error.suggestion else "")
    return Fraction(match[1]) * unit.factor, unit.name == "percent"
