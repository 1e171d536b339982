"""Proofs that rows cannot hold together, checked in rationals by adding them up: nothing else decides a conflict."""

from __future__ import annotations

from collections.abc import Iterable

from crosscheck.figures.exact import Fraction
from crosscheck.reconciliation.system import Row

Weighted = tuple[Row, Fraction]


def combined(proof: Iterable[Weighted]) -> tuple[dict[int, Fraction], Fraction, bool]:
    """The sum of rows times their multipliers: coefficients, limit, and whether it is strict.

    Raises ValueError for a multiplier that is not positive: a row turned round says something else.
    """
    total: dict[int, Fraction] = {}
    limit, strict = Fraction(0), False
    for row, multiplier in proof:
        if multiplier <= 0:
            raise ValueError("a multiplier must be positive")
        for unknown, value in row.coefficients:
            total[unknown] = total.get(unknown, Fraction(0)) + multiplier * value
        limit += multiplier * row.limit
        strict = strict or row.strict
    return {unknown: value for unknown, value in total.items() if value}, limit, strict


def proves_conflict(proof: Iterable[Weighted]) -> bool:
    """True when the rows add up to `0 <= a negative number`, or to `0 < 0` (Farkas; with open ends Motzkin)."""
    coefficients, limit, strict = combined(proof)
    return not coefficients and (limit < 0 or (limit == 0 and strict))
