"""Small systems of rows for the tests of reconciliation, and an independent judge: Fourier-Motzkin elimination."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import gcd, lcm

from crosscheck.figures.exact import Fraction
from crosscheck.reconciliation.system import Component, Row


def holds(rows: Iterable[Row]) -> bool:
    """True when some values satisfy all rows: unknowns are eliminated one after another, in whole numbers."""
    left = list({_whole(one) for one in rows})
    while True:
        names = Counter(name for terms, _, _ in left for name, _ in terms)
        if not names:
            return all(limit > 0 or (limit == 0 and not strict) for _, limit, strict in left)
        name = min(names, key=lambda n: names[n])
        above, below, rest = [], [], set()
        for one in left:
            factor = dict(one[0]).get(name, 0)
            if factor:
                (above if factor > 0 else below).append((factor, one))
            else:
                rest.add(one)
        rest |= {_added(name, a, -by_a, b, by_b) for by_b, a in above for by_a, b in below}
        left = list(rest)


# A row in whole numbers: coefficients by unknown, limit, whether it is strict.
Whole = tuple[tuple[tuple[int, int], ...], int, bool]


def _whole(one: Row) -> Whole:
    times = lcm(one.limit.denominator, *(value.denominator for _, value in one.coefficients))
    return tuple((u, int(value * times)) for u, value in one.coefficients), int(one.limit * times), one.strict


def _added(name: int, a: Whole, by_a: int, b: Whole, by_b: int) -> Whole:
    """Two rows times whole numbers above zero, added up, so that one unknown is gone."""
    total = {other: by_a * value for other, value in a[0]}
    for other, value in b[0]:
        total[other] = total.get(other, 0) + by_b * value
    assert not total[name]
    kept = {other: value for other, value in total.items() if value}
    limit = by_a * a[1] + by_b * b[1]
    common = gcd(limit, *kept.values()) or 1
    return tuple(sorted((other, value // common) for other, value in kept.items())), limit // common, a[2] or b[2]


def believed(component: Component, atoms: frozenset[int]) -> list[Row]:
    """The rows that rest on these statements only."""
    return [one for one in component.rows if one.support <= atoms]


def minimal_conflicts(component: Component) -> set[frozenset[int]]:
    """All minimal sets of statements that cannot hold together, by trying every set that no other one decides."""
    sets = [frozenset(c) for size in range(len(component.atoms) + 1) for c in combinations(component.atoms, size)]
    fitting: list[frozenset[int]] = []
    for atoms in reversed(sets[len(sets) // 2 :]):  # what is part of a set that fits fits as well
        if not any(atoms <= other for other in fitting) and holds(believed(component, atoms)):
            fitting.append(atoms)
    found: list[frozenset[int]] = []
    for atoms in sets:
        if any(other <= atoms for other in found) or any(atoms <= other for other in fitting):
            continue
        if not holds(believed(component, atoms)):
            found.append(atoms)
    return set(found)


def lightest_repairs(
    component: Component, weights: dict[int, Fraction | None], conflicts: set[frozenset[int]]
) -> set[frozenset[int]]:
    """All sets of least weight whose withdrawal leaves none of all minimal conflicts, by trying every set."""
    every = frozenset(component.atoms)
    options = [atom for atom in component.atoms if weights[atom] is not None]
    best: Fraction | None = None
    found: set[frozenset[int]] = set()
    for size in range(len(options) + 1):
        for chosen in combinations(options, size):
            weight = sum((weights[atom] or Fraction(0) for atom in chosen), Fraction(0))
            left = every - set(chosen)
            if (best is None or weight <= best) and not any(conflict <= left for conflict in conflicts):
                found = (found if weight == best else set()) | {frozenset(chosen)}
                best = weight
    return found


def component_of(rows: Sequence[Row]) -> Component:
    """The rows as one component."""
    unknowns = sorted({unknown for one in rows for unknown, _ in one.coefficients})
    return Component(tuple(unknowns), tuple(sorted({a for one in rows for a in one.support})), tuple(rows))
