"""Components too large for one exact system: conflicts are looked for in floating point, and decided exactly nearby.

Propagation finds rows that contradict one another. Around each such place a region of some hundred rows is cut out, never
through what hundreds of rows share (a world total that every share is of), and explored exactly. All suspects of a fault
are then taken back, tied ones too, and the search goes on until nothing contradicts. Last, all that is left is decided
exactly, piece by piece (`deciding`). Only where a piece is too large for that does HiGHS look at it, where it is installed:
then every conflict is still proved in rationals, but that the rest can be true is not.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.reconciliation.conflicts import Atoms, Fault, Oracle, explore
from crosscheck.reconciliation.deciding import HUB, Decider
from crosscheck.reconciliation.highs import infeasible_rows
from crosscheck.reconciliation.propagating import Propagator
from crosscheck.reconciliation.simplex import PivotLimit, Tableau
from crosscheck.reconciliation.system import Component, Row

LARGE = 1500  # rows: from there on a component is too large for one exact system
REGION = 120  # rows of a region
PIVOTS = 20_000  # for one region
ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Scaled:
    """What was found of a large component."""

    faults: tuple[Fault, ...]
    intervals: Mapping[int, Interval]
    withdrawn: Atoms
    is_done: bool  # False when the time was up
    is_searched: bool  # HiGHS looked at all that is left, and found nothing
    values: Mapping[int, Fraction] | None  # under which everything but what was withdrawn is true, exactly; None: not known


def search(
    component: Component,
    weights: Mapping[int, Fraction | None],
    is_late: Callable[[], bool],
    withdrawn: Atoms = frozenset(),
) -> Scaled:
    """The faults of a large component without the statements `withdrawn`. Rules with cases take no part in it."""
    rows = component.rows
    work = _Work(rows, weights, is_late)
    work.take_back(withdrawn)
    decider = Decider(rows, work.likely, is_late)
    done = searched = False
    values = None
    for _ in range(ROUNDS):
        found = work.round(work.propagator.conflicts(is_late))
        if is_late():
            break
        if found:
            continue
        decision = decider.decide(work.propagator.gone)
        if decision is not None and decision.values is not None:
            done, values = True, decision.values
            break
        if decision is not None and work.round(map(list, decision.conflicts)):
            continue
        if is_late():
            break
        left = [row for row in rows if row.support.isdisjoint(work.withdrawn)]
        suspicious = infeasible_rows(left)
        if suspicious is None or not suspicious:
            done, searched = True, suspicious is not None
            break
        numbers = {row: index for index, row in enumerate(rows)}
        if not work.round([[numbers[row] for row in suspicious]]):
            done = True
            break
    return Scaled(tuple(work.faults), work.propagator.intervals(), frozenset(work.withdrawn), done, searched, values)


class _Work:
    def __init__(self, rows: Sequence[Row], weights: Mapping[int, Fraction | None], is_late: Callable[[], bool]) -> None:
        self.rows, self.weights, self.is_late = rows, weights, is_late
        self.propagator = Propagator(rows)
        self.users = self.propagator.users
        self.faults: list[Fault] = []
        self.withdrawn: set[int] = set()
        self.hopeless: set[int] = set()  # statements of conflicts in which nothing may be doubted

    def round(self, traces: Iterable[list[int]]) -> bool:
        """Explores the places where rows contradict one another; True when something was taken back."""
        seen: set[int] = set()
        fresh: set[int] = set()
        for trace in traces:
            if self.is_late():
                break
            atoms = {atom for index in trace for atom in self.rows[index].support}
            if atoms & seen:
                continue  # it hangs together with another one of this round
            core = self.proved(trace)
            if core is None:
                continue
            seen |= {atom for index in core for atom in self.rows[index].support}
            fresh |= self.explored(core)
        self.take_back(fresh)
        return bool(fresh)

    def take_back(self, atoms: Collection[int]) -> None:
        """Believes these statements no more."""
        if atoms:
            self.propagator.withdraw(atoms)
            self.withdrawn |= set(atoms)

    def likely(self, unknown: int) -> Fraction:
        """A value in the middle of what propagation leaves an unknown."""
        ends = [end for end in self.propagator.bounds(unknown) if math.isfinite(end)]
        return Fraction(sum(ends) / len(ends)) if ends else Fraction(0)

    def proved(self, trace: Sequence[int]) -> list[int] | None:
        """The rows of a trace that prove a conflict, exactly; None when there is none, or nothing new."""
        rows = [self.rows[index] for index in trace]
        try:
            proof = Tableau(rows, PIVOTS).solve(range(len(rows)))
        except PivotLimit:
            return None
        if proof is None:
            return None
        core = [trace[position] for position, _ in proof]
        atoms = {atom for index in core for atom in self.rows[index].support}
        return None if atoms & self.withdrawn or (atoms and atoms <= self.hopeless) else core

    def explored(self, core: Sequence[int]) -> set[int]:
        """The faults of the region around a conflict; all their suspects."""
        region = self.region(core)
        rows = tuple(self.rows[index] for index in region)
        atoms = frozenset(atom for row in rows for atom in row.support)
        component = Component((), tuple(sorted(atoms)), rows)
        try:
            oracle = Oracle(component, PIVOTS)
            conflict = oracle.refute(atoms)
            assert conflict is not None, "a region holds the conflict that it is about"
        except PivotLimit:
            return set()
        weights = {atom: self.weights[atom] for atom in atoms}
        found = explore(oracle, atoms, weights, conflict, self.is_late, every_conflict=False)
        suspects: set[int] = set()
        for fault in found.faults:
            self.faults.append(fault)
            suspects |= {atom for repair in fault.repairs for atom in repair}
            if not fault.repairs:
                self.hopeless |= {atom for c in fault.conflicts for atom in c.atoms}
        return suspects

    def region(self, core: Sequence[int]) -> list[int]:
        """The rows of a conflict and those around it, nearest first, up to REGION; not beyond unknowns that all share."""
        region = dict.fromkeys(core)
        waiting = deque(dict.fromkeys(u for index in core for u, _ in self.rows[index].coefficients))
        known = set(waiting)
        while waiting and len(region) < REGION:
            unknown = waiting.popleft()
            users = self.users[unknown]
            # The bounds of a hub count, but not the rules that join it with everything else.
            near = [i for i in users if len(users) <= HUB or len(self.rows[i].coefficients) == 1]
            for index in near:
                row = self.rows[index]
                if index in region or not row.support.isdisjoint(self.withdrawn):
                    continue
                region[index] = None
                for other, _ in row.coefficients:
                    if other not in known:
                        known.add(other)
                        waiting.append(other)
        for unknown in waiting:  # what is stated of the outermost ones
            for index in self.users[unknown]:
                row = self.rows[index]
                if len(row.coefficients) == 1 and row.support.isdisjoint(self.withdrawn):
                    region[index] = None
        return list(region)
