"""A claim in the words of its document."""

from __future__ import annotations

import re
from fractions import Fraction

from crosscheck.claims.model import Claim

SCALE_WORDS = {10**3: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}
PLAIN = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")


def printed_claim(claim: Claim) -> str:
    """A claim as printed; a cell of a table with the unit that its column gives."""
    if claim.place.printed and claim.place.row is None:
        return " ".join(claim.place.printed.split())
    # The nouns of counts stand in braces in figure text, not in sentences.
    whole = " ".join(claim.figure.printed.replace("{", "").replace("}", "").split())
    return _in_scale(claim.place.printed, whole) if claim.place.printed else whole


def _in_scale(cell: str, whole: str) -> str:
    """A cell with the scale and unit of its column: "5,450" and "5450000000 USD" are "5,450 million USD"."""
    number, _, unit = whole.partition(" ")
    digits = cell.replace(",", "").strip()
    for scale, word in SCALE_WORDS.items():
        if PLAIN.fullmatch(digits) and PLAIN.fullmatch(number) and Fraction(digits) * scale == Fraction(number):
            return f"{cell.strip()} {word} {unit}".strip()
    return whole
