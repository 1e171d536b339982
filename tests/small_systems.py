"""Small systems of rows for the tests of reconciliation, and an independent judge: Fourier-Motzkin elimination."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from crosscheck.reconciliation.system import Component, Row


def holds(rows: Iterable[Row]) -> bool:
    """True when some values satisfy all rows: unknowns are eliminated one after another."""
    left = [(dict(one.coefficients), one.limit, one.strict) for one in rows]
    while True:
        names = {name for coefficients, _, _ in left for name in coefficients}
        if not names:
            return all(limit > 0 or (limit == 0 and not strict) for _, limit, strict in left)
        name = min(names, key=lambda n: sum(n in c for c, _, _ in left))
        above = [one for one in left if one[0].get(name, 0) > 0]
        below = [one for one in left if one[0].get(name, 0) < 0]
        rest = {_key(one): one for one in left if not one[0].get(name)}
        for a in above:
            for b in below:
                one = _eliminated(name, a, b)
                rest[_key(one)] = one
        left = list(rest.values())


Loose = tuple[dict[int, Fraction], Fraction, bool]


def _key(one: Loose) -> object:
    return tuple(sorted(one[0].items())), one[1], one[2]


def _eliminated(name: int, a: Loose, b: Loose) -> Loose:
    by_a, by_b = -b[0][name], a[0][name]
    total: dict[int, Fraction] = {}
    for coefficients, times in ((a[0], by_a), (b[0], by_b)):
        for other, value in coefficients.items():
            total[other] = total.get(other, Fraction(0)) + times * value
    kept = {other: value for other, value in total.items() if value and other != name}
    scale = max((abs(value) for value in kept.values()), default=Fraction(1))
    limit = (by_a * a[1] + by_b * b[1]) / scale
    return {other: value / scale for other, value in kept.items()}, limit, a[2] or b[2]


def believed(component: Component, atoms: frozenset[int]) -> list[Row]:
    """The rows that rest on these statements only."""
    return [one for one in component.rows if one.support <= atoms]


def minimal_conflicts(component: Component) -> set[frozenset[int]]:
    """All minimal sets of statements that cannot hold together, by trying every set."""
    found: list[frozenset[int]] = []
    for size in range(len(component.atoms) + 1):
        for chosen in combinations(component.atoms, size):
            atoms = frozenset(chosen)
            if not any(other <= atoms for other in found) and not holds(believed(component, atoms)):
                found.append(atoms)
    return set(found)


def lightest_repairs(component: Component, weights: dict[int, Fraction | None]) -> set[frozenset[int]]:
    """All sets of least weight whose withdrawal leaves what holds, by trying every set."""
    every = frozenset(component.atoms)
    options = [atom for atom in component.atoms if weights[atom] is not None]
    best: Fraction | None = None
    found: set[frozenset[int]] = set()
    for size in range(len(options) + 1):
        for chosen in combinations(options, size):
            weight = sum((weights[atom] or Fraction(0) for atom in chosen), Fraction(0))
            if (best is None or weight <= best) and holds(believed(component, every - set(chosen))):
                found = (found if weight == best else set()) | {frozenset(chosen)}
                best = weight
    return found


def component_of(rows: Sequence[Row]) -> Component:
    """The rows as one component."""
    unknowns = sorted({unknown for one in rows for unknown, _ in one.coefficients})
    return Component(tuple(unknowns), tuple(sorted({a for one in rows for a in one.support})), tuple(rows))
