"""All minimal conflicts of a component, and all lightest repairs: which statements cannot be true together, and which
ones are the least to give up.

Conflicts and repairs are found against one another (Reiter 1987; implicit hitting sets): a lightest set that hits every
known conflict either is a repair, or what it leaves proves one more conflict. It ends with every lightest repair; going
on with all minimal sets instead of the lightest ends with every minimal conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from math import lcm

from crosscheck.figures.exact import Fraction
from crosscheck.reconciliation.certificates import Weighted, proves_conflict
from crosscheck.reconciliation.choices import Open, Option, Proof, excluding, options_of
from crosscheck.reconciliation.simplex import Late, PivotLimit, Tableau
from crosscheck.reconciliation.system import Component, Row, holds

MAXIMUM_CONFLICTS = 50  # minimal conflicts of a component that are looked for
MAXIMUM_SETS = 150  # minimal hitting sets that are kept while looking for them
MAXIMUM_NODES = 20_000  # of the search for the lightest hitting sets, once there is one
MAXIMUM_LIGHTEST = 2_000  # sets of the same least weight that are kept
MANY = 50  # conflicts still to be hit: so many more cost as much as a node
MAXIMUM_CASES = 500  # combinations of signs that are tried for one answer
MAXIMUM_HULL = 6  # choices of which all combinations are looked at for what an unknown can be
MAXIMUM_TOGETHER = 64  # combinations of repairs of independent faults that are tried
Atoms = frozenset[int]
# The weight of an atom; None for what is not to be doubted.
Weights = Mapping[int, Fraction | None]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A minimal set of statements that cannot be true together, with a proof for each case of the choices."""

    atoms: Atoms
    proofs: tuple[tuple[Weighted, ...], ...]

    @property
    def rows(self) -> list[Row]:
        """The rows of all proofs."""
        return [row for proof in self.proofs for row, _ in proof]


@dataclass(frozen=True, slots=True)
class Fault:
    """Conflicts that share statements, and every lightest set of statements whose withdrawal ends them."""

    conflicts: tuple[Conflict, ...]
    repairs: tuple[Atoms, ...]
    weight: Fraction | None  # None when everything in some conflict is not to be doubted


@dataclass(frozen=True, slots=True)
class Exploration:
    """What was found of a component: independent faults, and whether these are all conflicts and all repairs."""

    faults: tuple[Fault, ...]
    all_conflicts: bool = True
    all_repairs: bool = True


class Oracle:
    """Answers whether a component can be true when only some of its statements are believed; exact.

    A choice has one option left where what is stated excludes the others: a base that is stated as 24 is not negative. Of
    choices that stay open, those are tried that the values found so far violate.
    """

    def __init__(self, component: Component, pivots: int | None = None, is_late: Late | None = None) -> None:
        self.plain = range(len(component.rows))
        self.rows, self.choices = options_of(component)
        self.tableau = Tableau(self.rows, pivots, is_late)
        self.asked = 0

    def refute(self, believed: Atoms) -> Conflict | None:
        """None when it can be true, with the tableau left at true values; else a conflict, not yet a minimal one.

        Raises PivotLimit.
        """
        self.asked += 1
        active, forced, still_open = self._left(believed)
        proofs = excluding(still_open) or self._tried(active, forced, still_open, [MAXIMUM_CASES])
        if proofs is None:
            return None
        told = tuple(tuple((self.rows[index], times) for index, times in proof) for proof in proofs)
        return Conflict(frozenset(a for proof in told for row, _ in proof for a in row.support), told)

    def cases(self, believed: Atoms) -> Iterator[list[int]]:
        """The rows that hold, for each combination of options; of more than MAXIMUM_HULL choices the rest take no part."""
        active, _, still_open = self._left(believed)
        for chosen in product(*(options for options, _ in still_open[:MAXIMUM_HULL])):
            yield [*active, *chain.from_iterable(option.rows for option in chosen)]

    def _left(self, believed: Atoms) -> tuple[list[int], dict[int, list[Proof]], list[Open]]:
        """The rows that hold, by row of a choice's last option what excludes the others, and the choices that are open."""
        rows = self.rows
        active = [index for index in self.plain if rows[index].support <= believed]
        forced: dict[int, list[Proof]] = {}
        still_open: list[Open] = []
        for options in self.choices:
            if not all(rows[index].support <= believed for option in options for index in option.rows):
                continue  # what it was made of is not believed
            left, why = [], []
            for option in options:
                proof = next((p for p in option.excluded if rows[p[1][0]].support <= believed), None)
                if proof is None:
                    left.append(option)
                else:
                    why.append(proof)
            if len(left) == 1:
                active += left[0].rows
                forced.update(dict.fromkeys(left[0].rows, why))
            else:
                still_open.append((tuple(left), why))
        return active, forced, still_open

    def _tried(
        self, active: list[int], forced: Mapping[int, list[Proof]], still_open: Sequence[Open], left: list[int]
    ) -> list[Proof] | None:
        """Proofs that together exclude all cases; None when one is possible. Raises PivotLimit after `left` cases."""
        left[0] -= 1
        if left[0] < 0:
            raise PivotLimit
        proof = self.tableau.solve(active)
        if proof is not None:
            whys = {id(forced[index]): forced[index] for index, _ in proof if index in forced}
            return [tuple(proof), *chain.from_iterable(whys.values())]
        if not still_open:
            return None
        point = self.tableau.point()
        wrong = next((one for one in still_open if not any(self._holds(option, point) for option in one[0])), None)
        if wrong is None:
            return None
        found = list(wrong[1])
        rest = [one for one in still_open if one is not wrong]
        for option in wrong[0]:
            proofs = self._tried([*active, *option.rows], forced, rest, left)
            if proofs is None:
                return None
            if not any(index in option.rows for one in proofs for index, _ in one):
                return proofs  # whichever option is taken
            found += proofs
        return found

    def _holds(self, option: Option, point: Mapping[int, Fraction]) -> bool:
        return all(holds(self.rows[index], point) for index in option.rows)

    def minimal(self, conflict: Conflict) -> Conflict:
        """A minimal conflict inside of one: atoms are left out one by one as long as there is a proof."""
        needed: set[int] = set()
        while True:
            atom = next((a for a in sorted(conflict.atoms) if a not in needed), None)
            if atom is None:
                return conflict
            smaller = self.refute(conflict.atoms - {atom})
            if smaller is None:
                needed.add(atom)
            else:
                conflict = smaller


def explore(
    oracle: Oracle,
    atoms: Iterable[int],
    weights: Weights,
    found: Conflict,
    is_late: Late = lambda: False,
    every_conflict: bool = True,
) -> Exploration:
    """All lightest repairs of a component and its minimal conflicts, from a first conflict on.

    `is_late` ends the search early with what is proved so far. Without `every_conflict` it ends with the repairs.
    """
    search = _Search(oracle, frozenset(atoms), weights, is_late)
    search.add(found)
    all_repairs = search.lightest()
    all_conflicts = every_conflict and all_repairs and search.all_minimal()
    return Exploration(tuple(search.faults()), all_conflicts, all_repairs)


class _Search:
    def __init__(self, oracle: Oracle, atoms: Atoms, weights: Weights, is_late: Late) -> None:
        self.oracle, self.atoms, self.weights, self.is_late = oracle, atoms, weights, is_late
        self.conflicts: list[Conflict] = []
        self.repairs: set[Atoms] = set()  # sets known to leave what can be true
        self.is_complete = True  # False when the lightest sets were too many to be looked through

    def add(self, conflict: Conflict) -> None:
        smallest = self.oracle.minimal(conflict)
        for proof in smallest.proofs:
            assert proves_conflict(proof), "a conflict without a proof that adds up"
        self.conflicts.append(smallest)

    def is_repair(self, removed: Atoms) -> bool:
        """True when giving up `removed` leaves what can be true; else a further conflict is added."""
        if removed in self.repairs:
            return True
        conflict = self.oracle.refute(self.atoms - removed)
        if conflict is None:
            self.repairs.add(removed)
            return True
        self.add(conflict)
        return False

    def are_repairs(self, sets: Iterable[Atoms], most: int | None = None) -> bool:
        """True when giving up any of these sets leaves what can be true; else adds conflicts, all that show or `most`."""
        known = len(self.conflicts)
        for removed in sets:
            if any(conflict.atoms.isdisjoint(removed) for conflict in self.conflicts[known:]):
                continue  # a conflict that was just found says that this is none
            self.is_repair(removed)
            if self.is_late() or (most is not None and len(self.conflicts) >= most):
                return False
        return len(self.conflicts) == known

    def groups(self) -> list[list[Conflict]]:
        return together(self.conflicts)

    def lightest(self) -> bool:
        """Adds conflicts until every lightest hitting set is a repair; False when that was too much."""
        try:
            while True:
                if self.is_late():
                    return False
                sets = [self.hitting(group) for group in self.groups()]
                if not self.is_complete:
                    return False
                if not all(sets):
                    return True  # some conflict has nothing that may be doubted
                if self.are_repairs(_combinations(sets)):
                    return True
        except PivotLimit:
            return False

    def hitting(self, group: Sequence[Conflict]) -> list[Atoms]:
        found, is_complete = lightest_hitting_sets([conflict.atoms for conflict in group], self.weights)
        self.is_complete = self.is_complete and is_complete
        return found

    def all_minimal(self) -> bool:
        """Adds conflicts until every minimal hitting set is a repair: then these are all; False when there are too many."""
        try:
            while not self.is_late() and len(self.conflicts) < MAXIMUM_CONFLICTS:
                groups = self.groups()
                sets = [hitting_sets([c.atoms for c in group], self.weights) for group in groups]
                if any(not own or len(own) > MAXIMUM_SETS for own in sets):
                    return False
                if self.are_repairs(_combinations(sets), MAXIMUM_CONFLICTS):
                    return True
        except PivotLimit:
            pass
        return False

    def faults(self) -> Iterator[Fault]:
        for group in self.groups():
            ordered = tuple(sorted(group, key=lambda c: (len(c.atoms), sorted(c.atoms))))
            repairs = tuple(sorted(self.hitting(group), key=sorted))
            yield Fault(ordered, repairs, weight_of(repairs[0], self.weights) if repairs else None)


def together(conflicts: Sequence[Conflict]) -> list[list[Conflict]]:
    """Conflicts in groups that share no statement with one another."""
    groups: list[tuple[set[int], list[Conflict]]] = []
    for conflict in conflicts:
        atoms, members = set(conflict.atoms), [conflict]
        apart = []
        for others, found in groups:
            if atoms & others:
                atoms, members = atoms | others, [*found, *members]
            else:
                apart.append((others, found))
        groups = [*apart, (atoms, members)]
    return [members for _, members in groups]


def _combinations(sets: Sequence[Sequence[Atoms]]) -> Iterator[Atoms]:
    """Sets that hit the conflicts of all groups: each set of each group once, and all combinations when they are few."""
    count = 1
    for own in sets:
        count *= len(own)
    if count <= MAXIMUM_TOGETHER:
        for chosen in product(*sets):
            yield frozenset().union(*chosen)
        return
    first = [own[0] for own in sets]
    for index, own in enumerate(sets):
        rest = frozenset().union(*(other for i, other in enumerate(first) if i != index))
        for one in own:
            yield rest | one


def weight_of(atoms: Iterable[int], weights: Weights) -> Fraction:
    """The sum of the weights of atoms that may be doubted."""
    total = Fraction(0)
    for atom in atoms:
        weight = weights[atom]
        assert weight is not None
        total += weight
    return total


def lightest_hitting_sets(conflicts: Sequence[Atoms], weights: Weights) -> tuple[list[Atoms], bool]:
    """Every set of least weight that has something of each conflict, and whether all were looked through.

    None when one of the conflicts cannot be doubted at all.
    """
    priced = {atom: own for conflict in conflicts for atom in conflict if (own := weights[atom]) is not None}
    atoms = sorted(priced, key=lambda atom: (priced[atom], atom))
    bit = {atom: 1 << place for place, atom in enumerate(atoms)}  # a set of atoms as bits, light ones first
    whole = lcm(*(own.denominator for own in priced.values()))
    costs = [int(priced[atom] * whole) for atom in atoms]
    best: int | None = None
    found: set[int] = set()
    nodes = 0
    start = sorted((sum(bit.get(atom, 0) for atom in conflict) for conflict in conflicts), key=int.bit_count)
    todo = [(0, 0, 0, start, 0)]  # a stack of its own: as deep as atoms are many
    while todo and nodes <= MAXIMUM_NODES and len(found) <= MAXIMUM_LIGHTEST:
        chosen, one, barred, still, weight = todo.pop()
        still = [conflict for conflict in still if not conflict & one]  # what is still to be hit
        if barred:  # by the sets before this one
            still = sorted((conflict & ~barred for conflict in still), key=int.bit_count)
        if best is not None:
            nodes += 1 + len(still) // MANY
            if not _fits(still, costs, best - weight):
                continue
        if not still:
            found = found if weight == best else set()
            found.add(chosen)
            best = weight
        elif still[0]:
            options = [1 << place for place in range(len(atoms)) if still[0] >> place & 1]
            for option in reversed(options):
                heavier = weight + costs[option.bit_length() - 1]
                todo.append((chosen | option, option, still[0] & (option - 1), still, heavier))
    smallest = [one for one in found if 0 not in costs or not any(other & one == other != one for other in found)]
    return sorted((frozenset(a for a in atoms if one & bit[a]) for one in smallest), key=sorted), not todo


def _fits(conflicts: Sequence[int], costs: Sequence[int], room: int) -> bool:
    """Whether hitting conflicts may cost no more: those that share nothing are each hit by an atom of their own."""
    used = 0
    for conflict in conflicts:
        if not conflict & used:
            used |= conflict
            room -= costs[(conflict & -conflict).bit_length() - 1] if conflict else 0
    return room >= 0


def hitting_sets(conflicts: Sequence[Atoms], weights: Weights) -> list[Atoms]:
    """Every minimal set that has something of each conflict (Berge); it stops growing beyond MAXIMUM_SETS."""
    atoms = sorted({atom for conflict in conflicts for atom in conflict})
    bit = {atom: 1 << place for place, atom in enumerate(atoms)}  # a set of atoms is a whole number of bits
    found = [0]
    for conflict in sorted(conflicts, key=len):
        whole = sum(bit[atom] for atom in conflict)
        options = [bit[atom] for atom in conflict if weights[atom] is not None]
        hit = {one for one in found if one & whole}
        hit |= {one | option for one in found if not one & whole for option in options}
        found = []
        for one in sorted(hit, key=lambda one: (one.bit_count(), one)):
            if not any(other & one == other for other in found):
                found.append(one)
        if len(found) > MAXIMUM_SETS:
            break
    sets = [frozenset(atom for atom in atoms if one & bit[atom]) for one in found]
    return sorted(sets, key=lambda one: (weight_of(one, weights), sorted(one)))
