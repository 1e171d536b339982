"""A claim in the words of its document."""

from __future__ import annotations

import re

from crosscheck.claims.model import Claim
from crosscheck.figures.exact import Fraction

SCALE_WORDS = {10**3: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}
PLAIN = re.compile(r"-?[0-9]{1,60}(?:\.[0-9]{1,60})?")


def printed_claim(claim: Claim) -> str:
    """A claim as printed; a cell of a table with the unit that its column gives."""
    if claim.place.printed and claim.place.row is None:
        return " ".join(claim.place.printed.split())
    # The nouns of counts stand in braces in figure text, not in sentences.
    whole = " ".join(claim.figure.printed.replace("{", "").replace("}", "").split())
    scale = column_scale(claim)
    if claim.place.printed is None or scale is None:
        return whole
    # "5,450" and "5450000000 USD" are "5,450 million USD".
    return f"{claim.place.printed.strip()} {SCALE_WORDS[scale]} {whole.partition(' ')[2]}".strip()


def column_scale(claim: Claim) -> int | None:
    """By what a column multiplies the claim's cell: a thousand, a million and so on; None for nothing of that kind."""
    if claim.place.row is None or claim.place.printed is None or claim.figure.scale != 1:
        return None
    digits, number = claim.place.printed.replace(",", "").strip(), claim.figure.printed.strip().partition(" ")[0]
    if not PLAIN.fullmatch(digits) or not PLAIN.fullmatch(number):
        return None
    return next((scale for scale in SCALE_WORDS if Fraction(digits) * scale == Fraction(number) != 0), None)
