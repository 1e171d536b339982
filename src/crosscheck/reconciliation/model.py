"""What the joint system of a run says, part by part: whether it can be true, why not, who is suspect, what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crosscheck.checking.binding import Binding
from crosscheck.checking.checks import Check
from crosscheck.checking.levels import ERROR, NONE, NOTE, WARNING
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.reconciliation.argument import Step, steps_of
from crosscheck.reconciliation.certificates import Weighted
from crosscheck.reconciliation.system import Atom, LeftOut, System, Unknown

STRICT, LOOSE = "strict", "loose"
LEVELS = (ERROR, WARNING, NOTE, NONE)


@dataclass(frozen=True, slots=True, eq=False)
class JointConflict:
    """Statements that cannot be true together though each could, with the proof."""

    id: str
    atoms: tuple[Atom, ...]
    bindings: tuple[Binding, ...]
    reading: str  # strict: they fit in a loose reading; loose: in none
    proofs: tuple[tuple[Weighted, ...], ...]
    checks: tuple[Check, ...]  # findings of single rules that it contains
    level: str
    system: System
    suspects: tuple[int, ...] = ()  # numbers of statements, those of the lightest repairs
    suppressed: bool = False

    @property
    def steps(self) -> tuple[Step, ...]:
        """The argument for people, made anew each time: of many conflicts few are shown. Empty where there is none."""
        if len(self.proofs) != 1:
            return ()
        return steps_of([row for row, _ in self.proofs[0]], self.system, self.suspects)

    @property
    def is_told(self) -> bool:
        """True when a finding of a single rule says the same."""
        return bool(self.checks)


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """Statements whose withdrawal restores consistency, none lighter; `tied` when there are others as light."""

    atoms: tuple[Atom, ...]
    weight: Fraction
    tied: bool
    mended: tuple[Interval | None, ...] = ()  # where that was asked for: what each would have to be; None: nothing says


@dataclass(frozen=True, slots=True, eq=False)
class JointFault:
    """Conflicts that hang together, and all their lightest repairs; none when nothing in a conflict may be doubted."""

    conflicts: tuple[JointConflict, ...]
    repairs: tuple[Repair, ...]
    all_conflicts: bool = True
    all_repairs: bool = True

    @property
    def level(self) -> str:
        """The gravest level of its conflicts."""
        return min((c.level for c in self.conflicts), key=LEVELS.index, default=NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Implied:
    """What an unknown would have to be: its interval, and the statements that it follows from."""

    unknown: Unknown
    interval: Interval
    atoms: tuple[Atom, ...]
    stated: Interval | None  # what is said of it, None for a level that nobody states
    witness: Fraction | None = None

    @property
    def narrows(self) -> bool:
        """True when it says more than what is stated."""
        return self.stated != self.interval


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One component of the system."""

    unknowns: tuple[Unknown, ...]
    atoms: tuple[Atom, ...]
    feasible: bool | None  # None when time ran out before that was known
    reading: str  # in which readings it is feasible, or was found not to be
    faults: tuple[JointFault, ...]
    implied: tuple[Implied, ...]
    without: tuple[Atom, ...]  # set aside before `implied` was computed
    helpful: Helpful | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Reconciliation:
    """The joint system of a run, part by part."""

    parts: tuple[Part, ...]
    system: System
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...] = ()
    ended: str | None = None  # "time" or "memory" when a limit ended the search

    @property
    def feasible(self) -> bool | None:
        """Whether all figures can be true together; None when that is not known of some part."""
        if any(part.feasible is False for part in self.parts):
            return False
        is_known = self.system.is_whole and all(part.feasible is not None for part in self.parts)
        return True if is_known else None

    @property
    def faults(self) -> list[JointFault]:
        """All faults, the gravest first."""
        found = [fault for part in self.parts for fault in part.faults]
        return sorted(found, key=lambda fault: LEVELS.index(fault.level))


@dataclass(frozen=True, slots=True, eq=False)
class Helpful:
    """A figure that would be worth looking up: what it would be under each suspicion, or how much it would settle."""

    unknown: Unknown
    under: tuple[tuple[Repair, Interval], ...] = ()
    settles: int = 0  # how many other levels it would narrow to half or less


Limits = Mapping[int, Sequence[tuple[int, Interval]]]
