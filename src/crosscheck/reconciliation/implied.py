"""Implied intervals: the least and the greatest value of each unknown, what that follows from, and true values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, hull
from crosscheck.reconciliation.conflicts import Atoms, Oracle


@dataclass(frozen=True, slots=True)
class Extremes:
    """What one unknown can be, the statements that it follows from, and a true value of a common solution."""

    unknown: int
    interval: Interval
    atoms: Atoms
    witness: Fraction | None


def extremes(oracle: Oracle, believed: Atoms, unknowns: Iterable[int]) -> Iterator[Extremes]:
    """The exact range of each unknown when the statements in `believed` hold; nothing when they cannot.

    Where there are cases, a range is the hull over those that are possible. Raises PivotLimit.
    """
    found: dict[int, list[tuple[Interval, Atoms]]] = {}
    witness: dict[int, Fraction] = {}
    for case in oracle.cases(believed):
        if oracle.tableau.solve(case) is not None:
            continue
        witness = witness or oracle.tableau.point()
        for unknown in unknowns:
            if unknown in oracle.tableau.number:
                found.setdefault(unknown, []).append(_range(oracle, unknown))
    for unknown, ranges in found.items():
        atoms = frozenset(atom for _, own in ranges for atom in own)
        yield Extremes(unknown, hull(interval for interval, _ in ranges), atoms, witness.get(unknown))


def _range(oracle: Oracle, unknown: int) -> tuple[Interval, Atoms]:
    low, low_closed, below = oracle.tableau.extreme(unknown, -1)
    high, high_closed, above = oracle.tableau.extreme(unknown, 1)
    atoms = frozenset(atom for index, _ in (*below, *above) for atom in oracle.rows[index].support)
    return Interval(low, high, low_closed, high_closed), atoms
