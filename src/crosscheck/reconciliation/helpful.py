"""Which single further figure would settle the most: the one that tells tied suspects apart, or that narrows the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, intersect
from crosscheck.reconciliation.conflicts import Atoms, Oracle
from crosscheck.reconciliation.implied import Extremes, extremes
from crosscheck.reconciliation.simplex import Late
from crosscheck.reconciliation.system import Component, Row, row

MAXIMUM_UNKNOWNS = 60
MAXIMUM_REPAIRS = 6


def telling(
    oracle: Oracle, believed: Atoms, repairs: Sequence[Atoms], unknowns: Sequence[int]
) -> tuple[int, tuple[tuple[Atoms, Interval], ...]] | None:
    """The unknown that tied suspects leave most different values, and what it is when each of them is wrong.

    `believed` are all statements but those given up for other faults. None when none tells any two apart.
    """
    by_repair = [(one, ranges(extremes(oracle, believed - one, unknowns))) for one in repairs[:MAXIMUM_REPAIRS]]
    best: tuple[int, int] | None = None
    for unknown in unknowns:
        if all(unknown in found for _, found in by_repair):
            pairs = combinations((found[unknown] for _, found in by_repair), 2)
            apart = sum(intersect(a, b) is None for a, b in pairs)
            if apart and (best is None or apart > best[0]):
                best = apart, unknown
    if best is None:
        return None
    return best[1], tuple((one, found[best[1]]) for one, found in by_repair)


def ranges(found: Iterable[Extremes]) -> dict[int, Interval]:
    """The intervals by unknown."""
    return {one.unknown: one.interval for one in found}


def narrowing(component: Component, believed: Atoms, levels: Sequence[int], is_late: Late) -> tuple[int, int] | None:
    """The level whose exact value would narrow most others to half or less, and how many; None when none would.

    The value is taken to be the middle of what it can be. Raises PivotLimit.
    """
    if len(levels) > MAXIMUM_UNKNOWNS or component.choices:
        return None
    before = ranges(extremes(Oracle(component, is_late=is_late), believed, levels))
    best: tuple[int, int] | None = None
    for unknown in levels:
        own = before.get(unknown)
        if own is None or own.low is None or own.high is None or own.is_point:
            continue
        fixed = _fixed(component, unknown, (own.low + own.high) / 2)
        after = ranges(extremes(Oracle(fixed, is_late=is_late), believed, levels))
        count = sum(_halved(before, after, other) for other in levels if other != unknown)
        if count and (best is None or count > best[1]):
            best = unknown, count
    return best


def _fixed(component: Component, unknown: int, value: Fraction) -> Component:
    rows: list[Row] = [row({unknown: Fraction(1)}, value), row({unknown: Fraction(-1)}, -value)]
    return Component(component.unknowns, component.atoms, (*component.rows, *rows))


def _halved(before: Mapping[int, Interval], after: Mapping[int, Interval], unknown: int) -> bool:
    a, b = before.get(unknown), after.get(unknown)
    if a is None or b is None or b.low is None or b.high is None or a.is_point:
        return False
    return a.low is None or a.high is None or 2 * (b.high - b.low) <= a.high - a.low
