"""The joint system of a run, solved: part by part whether it can be true, what conflicts, who is suspect, what follows."""

from __future__ import annotations

import gc
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from crosscheck.checking.assessment import CONTRADICTION, RECONCILABLE
from crosscheck.checking.assumptions import Assumption
from crosscheck.checking.checks import Check, Run
from crosscheck.checking.levels import level_together
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, intersect_all
from crosscheck.reconciliation.argument import in_order
from crosscheck.reconciliation.budget import MEMORY, TIME, Budget
from crosscheck.reconciliation.building import build
from crosscheck.reconciliation.choices import settled
from crosscheck.reconciliation.conflicts import Atoms, Conflict, Fault, Oracle, explore, weight_of
from crosscheck.reconciliation.helpful import MAXIMUM_UNKNOWNS, narrowing, telling
from crosscheck.reconciliation.implied import extremes
from crosscheck.reconciliation.mending import Mender
from crosscheck.reconciliation.model import (
    LOOSE,
    STRICT,
    Helpful,
    Implied,
    JointConflict,
    JointFault,
    Part,
    Reconciliation,
    Repair,
)
from crosscheck.reconciliation.scaled import LARGE, Scaled, search
from crosscheck.reconciliation.simplex import Late, PivotLimit
from crosscheck.reconciliation.system import Atom, Component, System, all_rows, components
from crosscheck.rules.model import Rule

T = TypeVar("T")
CONFLICT = "joint-conflict"  # what these findings are called, in reports and where a claim suppresses them
ENDED = {
    TIME: "the time was up: what was proved by then is all",
    MEMORY: "the memory was used up: what was proved by then is all",
}
Checks = Mapping[str, Sequence[Check]]  # by claim


def reconcile(
    run: Run,
    rules: Sequence[Rule],
    assumptions: Mapping[str, Assumption] | None = None,
    budget: Budget | None = None,
    helpful: bool = False,
    mending: bool = False,
) -> Reconciliation:
    """The joint system of a run's dated facts under the rules that must hold.

    `assumptions` are those that claims of the run rely on, by claim. Beyond the `budget` what is proved so far is all.
    `helpful` also looks for the figure that would be worth looking up. With `mending` it is told what each suspect would
    have to be, instead of what follows for everything, and no more conflicts are looked for once all suspects are known.
    """
    budget = budget or Budget()
    is_late = budget.is_over
    with _uncollected():
        strict = build(run, rules, True, assumptions, is_late)
        work = _Work(
            strict,
            lambda: build(run, rules, False, assumptions, is_late),
            _by_claim(run.checks),
            is_late,
            helpful,
            mending,
        )
        parts = [work.part(component) for component in work.components]
    remarks = [*strict.remarks, *([ENDED[budget.ended]] if budget.ended is not None else [])]
    return Reconciliation(tuple(parts), strict, tuple(strict.left_out), tuple(remarks), budget.ended)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: rows and fractions have none, and to look through millions takes a quarter more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _by_claim(checks: Iterable[Check]) -> Checks:
    """The checks that a conflict may repeat, by each claim of theirs."""
    found: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        if check.verdict in (CONTRADICTION, RECONCILABLE):
            for name in {claim.id for _, operand in check.binding.operands() for claim in operand.claims}:
                found[name].append(check)
    return found


class _Work:
    """The two systems of a run, and what all parts need."""

    def __init__(
        self,
        strict: System,
        loosely: Callable[[], System],
        checks: Checks,
        is_late: Late,
        helpful: bool,
        mending: bool,
    ) -> None:
        self.strict, self.loosely, self.checks, self.is_late, self.helpful = strict, loosely, checks, is_late, helpful
        self.mending = mending
        self.menders: dict[int, Mender] = {}
        self.components = components(strict)
        self.loose: System | None = None
        self.wider: dict[int, Component] = {}  # the loose component of each unknown

    def part(self, component: Component) -> Part:
        """One component: in strict readings, and where these cannot all be true, in the hull of all readings."""
        if self.is_late():
            return self.solved(self.strict, component, None, STRICT, None)
        if len(component.rows) + len(all_rows(component.choices)) > 2 * LARGE or len(component.rows) > LARGE:
            return self.large(component)
        try:
            return self.exact(component)
        except PivotLimit:
            return self.solved(self.strict, component, None, STRICT, None)

    def exact(self, component: Component) -> Part:
        """A component that one exact system holds; raises PivotLimit when the time was up before anything was proved."""
        oracle, every = Oracle(component, is_late=self.is_late), frozenset(component.atoms)
        conflict = oracle.refute(every)
        if conflict is None:
            return self.solved(self.strict, component, oracle, STRICT, None)
        loose, same = self.in_any_reading(component)
        wide = Oracle(same, is_late=self.is_late)
        hard = wide.refute(frozenset(same.atoms))
        if hard is not None:
            return self.solved(loose, same, wide, LOOSE, hard, component)
        # What only a loose reading reconciles is told with the strict readings, and what follows with the loose ones.
        told = self.solved(self.strict, component, oracle, STRICT, conflict)
        follows: tuple[Implied, ...] | None = None
        if not self.mending:
            follows = self.in_time(lambda: _implied(loose, same, wide, frozenset(same.atoms)))
        return replace(told, feasible=True, reading=LOOSE, implied=follows or (), without=())

    def large(self, component: Component) -> Part:
        """A component too large for one exact system: in the hull of all readings, and what fits there strictly as well.

        What follows is enclosed, and may be wider than it need be.
        """
        system, same = self.in_any_reading(component)
        component, same = settled(component), settled(same)
        wide = search(same, _weights(system, same), self.is_late)
        faults = [_fault(fault, system, self.checks, LOOSE, False, True) for fault in wide.faults]
        found, reading = wide, LOOSE
        if system is self.strict:
            reading = STRICT
        elif not self.is_late():
            strictly = search(component, _weights(self.strict, component), self.is_late, wide.withdrawn)
            faults += [_fault(fault, self.strict, self.checks, STRICT, False, True) for fault in strictly.faults]
            if strictly.is_done and not strictly.faults:
                found, reading = strictly, STRICT  # statements are numbered alike in both systems
        if self.mending and wide.faults:
            faults = _with_ranges(faults, self.enclosed(system, wide))
        values = found.values or {}
        is_true = None if wide.values is None or same.choices else True
        return Part(
            tuple(system.unknowns[u] for u in same.unknowns),
            tuple(system.atoms[a] for a in same.atoms),
            False if wide.faults else is_true,
            LOOSE if wide.faults else reading,
            tuple(faults),
            tuple(
                Implied(system.unknowns[u], interval, (), _stated(system, u), values.get(u))
                for u, interval in found.intervals.items()
            ),
            tuple(system.atoms[a] for a in sorted(wide.withdrawn)),
            remarks=tuple(_remarks(same, wide, reading)),
        )

    def in_any_reading(self, component: Component) -> tuple[System, Component]:
        """The system of all readings, and the parts of it that are about the same unknowns, as one."""
        if self.loose is None:
            loosely = any(c.figure.loose for atom in self.strict.atoms for c in atom.claims)
            self.loose = self.loosely() if loosely else self.strict
            wider = components(self.loose) if loosely else self.components
            self.wider = {unknown: found for found in wider for unknown in found.unknowns}
        found = list({id(part): part for u in component.unknowns if (part := self.wider.get(u)) is not None}.values())
        if len(found) == 1:
            return self.loose, found[0]
        same = Component(
            tuple(sorted({u for part in found for u in part.unknowns})),
            tuple(sorted({a for part in found for a in part.atoms})),
            tuple(row for part in found for row in part.rows),
            tuple(choice for part in found for choice in part.choices),
        )
        return self.loose, same

    def solved(
        self,
        system: System,
        component: Component,
        oracle: Oracle | None,
        reading: str,
        conflict: Conflict | None,
        strictly: Component | None = None,
    ) -> Part:
        """What is to be told of a component; without an oracle there was no time to look."""
        faults: tuple[JointFault, ...] = ()
        without: Atoms = frozenset()
        helpful: Helpful | None = None
        implied: tuple[Implied, ...] = ()
        if oracle is not None:
            every = frozenset(component.atoms)
            found: tuple[Fault, ...] = ()
            if conflict is not None:
                weights = _weights(system, component)
                explored = explore(oracle, every, weights, conflict, self.is_late, not self.mending)
                found = explored.faults
                without = frozenset(atom for fault in found for repair in fault.repairs for atom in repair)
                complete = explored.all_conflicts, explored.all_repairs
                faults = tuple(_fault(fault, system, self.checks, reading, *complete) for fault in found)
            believing = oracle  # which is not None
            if self.mending:
                faults = self.in_time(lambda: self.mended(system, believing, every, found, faults)) or faults
            if self.helpful:
                helpful = self.in_time(lambda: _helpful(system, component, believing, found, self.is_late))
            if not self.mending:
                implied = self.in_time(lambda: self.implied(system, component, believing, every - without, strictly)) or ()
        return Part(
            tuple(system.unknowns[u] for u in component.unknowns),
            tuple(system.atoms[a] for a in component.atoms),
            None if oracle is None else conflict is None,
            reading,
            faults,
            implied,
            tuple(system.atoms[a] for a in sorted(without)),
            helpful,
        )

    def mender(self, system: System) -> Mender:
        """What tells what statements of a system would have to be; made once."""
        if id(system) not in self.menders:
            self.menders[id(system)] = Mender(system)
        return self.menders[id(system)]

    def mended(
        self, system: System, oracle: Oracle, every: Atoms, found: Sequence[Fault], faults: Sequence[JointFault]
    ) -> tuple[JointFault, ...]:
        """The faults with what each suspect would have to be, the others believed. Raises PivotLimit."""
        mender, made = self.mender(system), []
        for own, fault in zip(found, faults, strict=True):
            others = frozenset(a for other in found if other is not own for one in other.repairs[:1] for a in one)
            repairs = []
            for atoms, repair in zip(own.repairs, fault.repairs, strict=True):
                ranges = mender.exactly(oracle, every - others - atoms, sorted(atoms))
                repairs.append(replace(repair, mended=ranges))
            made.append(replace(fault, repairs=tuple(repairs)))
        return tuple(made)

    def enclosed(self, system: System, found: Scaled) -> list[tuple[Interval | None, ...]]:
        """What each suspect of a large component would have to be at most, all suspects withdrawn; repair by repair."""
        mender = self.mender(system)
        return [mender.among(found.intervals, sorted(one)) for fault in found.faults for one in fault.repairs]

    def in_time(self, made: Callable[[], T]) -> T | None:
        """What a function makes; None when the time is up before."""
        try:
            return None if self.is_late() else made()
        except PivotLimit:
            return None

    def implied(
        self, system: System, component: Component, oracle: Oracle, believed: Atoms, strictly: Component | None
    ) -> tuple[Implied, ...]:
        """What follows from what is believed, read strictly again where that can be."""
        if strictly is not None:
            # Statements are numbered alike in both systems.
            strict, rest = Oracle(strictly, is_late=self.is_late), believed & frozenset(strictly.atoms)
            if strict.refute(rest) is None:
                return _implied(self.strict, strictly, strict, rest)
        return _implied(system, component, oracle, believed)


def _with_ranges(faults: Sequence[JointFault], ranges: Sequence[tuple[Interval | None, ...]]) -> list[JointFault]:
    """The faults with what their suspects would have to be; the ranges are those of the first repairs, in order."""
    left, made = list(ranges), []
    for fault in faults:
        own, left = left[: len(fault.repairs)], left[len(fault.repairs) :]
        repairs = [replace(one, mended=found) for one, found in zip(fault.repairs, own, strict=False)]
        made.append(replace(fault, repairs=(*repairs, *fault.repairs[len(repairs) :])))
    return made


def _helpful(
    system: System, component: Component, oracle: Oracle, faults: Sequence[Fault], is_late: Late
) -> Helpful | None:
    """The level worth looking up: one that tells tied suspects apart, else one that narrows most others."""
    levels = [u for u in component.unknowns if system.unknowns[u].measure == "level"]
    every = frozenset(component.atoms)
    if not faults:
        narrow = narrowing(component, every, levels, is_late)
        return None if narrow is None else Helpful(system.unknowns[narrow[0]], settles=narrow[1])
    tied = next((fault for fault in faults if len(fault.repairs) > 1), None)
    if tied is None or len(levels) > MAXIMUM_UNKNOWNS or not all(fault.repairs for fault in faults):
        return None
    believed = every - frozenset(a for fault in faults if fault is not tied for a in fault.repairs[0])
    found = telling(oracle, believed, tied.repairs, levels)
    if found is None:
        return None
    under = tuple((_repair(one, tied, system), interval) for one, interval in found[1])
    return Helpful(system.unknowns[found[0]], under)


def _repair(repair: Atoms, fault: Fault, system: System) -> Repair:
    weights = {a: system.atoms[a].weight for a in repair}
    return Repair(tuple(system.atoms[a] for a in sorted(repair)), weight_of(repair, weights), len(fault.repairs) > 1)


def _implied(system: System, component: Component, oracle: Oracle, believed: Atoms) -> tuple[Implied, ...]:
    """What each unknown of a part would have to be when these statements hold; nothing when they cannot."""
    found = []
    for one in extremes(oracle, believed, component.unknowns):
        atoms = tuple(system.atoms[a] for a in sorted(one.atoms))
        found.append(Implied(system.unknowns[one.unknown], one.interval, atoms, _stated(system, one.unknown), one.witness))
    return tuple(found)


def _stated(system: System, unknown: int) -> Interval | None:
    """What all statements about an unknown leave; None when there are none, or nothing is left."""
    said = system.limits.get(unknown, ())
    return intersect_all(interval for _, interval in said) if said else None


def _weights(system: System, component: Component) -> dict[int, Fraction | None]:
    return {atom: system.atoms[atom].weight for atom in component.atoms}


def _remarks(component: Component, found: Scaled, reading: str) -> Iterator[str]:
    """What was not proved of a large component."""
    size = f"{len(component.atoms):,} figures hang together"
    if not found.is_done:
        yield f"{size}: it ended early, so there may be more faults"
        return
    if found.values is not None:
        left = "the rest can all be true, which is proved" if found.faults else "all can be true, which is proved"
    elif found.is_searched:
        left = "HiGHS finds none among the rest, which is no proof"
    else:
        left = "more than propagation shows was not looked for"
    near = "suspects were looked for near each conflict, and what follows may be narrower than it says; "
    yield f"{size}, too many for one exact system: {near}{left}"
    if reading == LOOSE:
        yield "what follows takes digits loosely where that may be (cut, or with zeros that are no digits)"
    if component.choices:
        yield f"{len(component.choices):,} checks whose base may have either sign took no part in that"


def _fault(
    fault: Fault, system: System, checks: Checks, reading: str, all_conflicts: bool, all_repairs: bool
) -> JointFault:
    repairs = tuple(_repair(one, fault, system) for one in fault.repairs)
    suspects = [atom for one in fault.repairs for atom in sorted(one)]
    conflicts = tuple(_conflict(one, system, checks, reading, suspects) for one in fault.conflicts)
    return JointFault(conflicts, repairs, all_conflicts, all_repairs)


def _conflict(conflict: Conflict, system: System, checks: Checks, reading: str, suspects: Sequence[int]) -> JointConflict:
    atoms = in_order(system.atoms[a] for a in conflict.atoms)
    numbers = sorted({row.binding for row in conflict.rows if row.binding is not None})
    bindings = tuple(system.bindings[number] for number in numbers)
    claims = {claim.id for atom in atoms for claim in atom.claims}
    near = checks.get(min(claims), ()) if claims else ()
    told = tuple(check for check in near if _tells(check, claims, reading))
    level = level_together(
        bindings,
        [atom.claims for atom in atoms],
        is_loose=reading == STRICT,
        assumed=any(atom.assumptions for atom in atoms),
    )
    suppressed = any(CONFLICT in claim.suppress for atom in atoms for claim in atom.claims)
    suppressed = suppressed or (bool(told) and all(check.suppressed is not None for check in told))
    name = f"{CONFLICT}:{_mark(atoms, [binding.rule.id for binding in bindings])}"
    return JointConflict(name, atoms, bindings, reading, conflict.proofs, told, level, system, tuple(suspects), suppressed)


def _tells(check: Check, claims: set[str], reading: str) -> bool:
    """True when the finding of a single rule is about all of these claims, so that the conflict says nothing new."""
    found = check.assessment
    wrong = found.verdict == CONTRADICTION or (
        reading == STRICT and found.verdict == RECONCILABLE and found.reading != STRICT
    )
    return wrong and claims <= {claim.id for _, operand in check.binding.operands() for claim in operand.claims}


def _mark(atoms: Iterable[Atom], rules: Iterable[str]) -> str:
    """A hash of documents, dimensions, properties and rules: never of a value, a position or a claim id."""
    said = []
    for atom in atoms:
        claim = atom.claims[0]
        documents = sorted({c.document.id for c in atom.claims})
        said.append(
            json.dumps([documents, sorted(claim.dimensions.items()), claim.measure, claim.base_period, claim.modality])
        )
    text = json.dumps([sorted(said), sorted(set(rules))])
    return hashlib.sha256(text.encode()).hexdigest()[:12]
