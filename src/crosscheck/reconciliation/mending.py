"""What would mend a figure: what it would have to be once it is withdrawn, and the nearest value that may be printed.

A level is an unknown of the system, so the simplex tells its range. A rate is put in beside levels; what it would have to
be is what its rule computes from the ranges of the others, which encloses it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crosscheck.checking.assessment import computed_by, other_side
from crosscheck.checking.binding import Binding
from crosscheck.checking.stated import Stated
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure, from_base
from crosscheck.figures.interval import EVERYTHING, Interval, intersect, intersect_all
from crosscheck.figures.showing import fixed
from crosscheck.reconciliation.conflicts import Atoms, Oracle
from crosscheck.reconciliation.implied import extremes
from crosscheck.reconciliation.system import System


class Mender:
    """What withdrawn statements of a system would have to be."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.unknown = {atom: unknown for unknown, said in system.limits.items() for atom, _ in said}
        self.of_claim = {c.id: unknown for unknown, one in enumerate(system.unknowns) for c in one.stated}
        self.subjects: dict[str, list[Binding]] = {}
        for binding in system.bindings:
            if binding.rule.is_equality:
                for claim in binding.subject.claims:
                    self.subjects.setdefault(claim.id, []).append(binding)

    def exactly(self, oracle: Oracle, believed: Atoms, atoms: Sequence[int]) -> tuple[Interval | None, ...]:
        """The range of each statement's quantity when `believed` holds; None where nothing bounds it. Raises PivotLimit."""
        wanted = {self.unknown[atom] for atom in atoms if self.unknown[atom] in oracle.tableau.number}
        for atom in atoms:
            wanted |= {u for u in self._beside(atom) if u in oracle.tableau.number}
        return self.among({one.unknown: one.interval for one in extremes(oracle, believed, sorted(wanted))}, atoms)

    def among(self, ranges: Mapping[int, Interval], atoms: Sequence[int]) -> tuple[Interval | None, ...]:
        """The same from ranges of unknowns that are known."""
        found = []
        for atom in atoms:
            own = ranges.get(self.unknown[atom])
            rates = [one for binding in self._bindings(atom) if (one := self._computed(binding, ranges)) is not None]
            own = own if own != EVERYTHING else None
            found.append(intersect_all([*([own] if own is not None else []), *rates]) if own is not None or rates else None)
        return tuple(found)

    def _bindings(self, atom: int) -> list[Binding]:
        """The bindings that compute a statement, where it is a rate."""
        claim = self.system.atoms[atom].claims[0]
        return [] if claim.measure == "level" else self.subjects.get(claim.id, [])

    def _beside(self, atom: int) -> Iterator[int]:
        """The unknowns that a rate is computed from."""
        for binding in self._bindings(atom):
            yield from (self.of_claim[o.first.id] for _, o in binding.operands() if o.first.id in self.of_claim)

    def _computed(self, binding: Binding, ranges: Mapping[int, Interval]) -> Interval | None:
        """What a rule gives for its subject from the ranges of the others."""
        subject = binding.rule.subject

        def range_of(operand: Stated) -> Interval:
            stated = operand.any_reading or EVERYTHING
            return ranges.get(self.of_claim.get(operand.first.id, -1), stated)

        box: dict[str, Interval | tuple[Interval, ...]] = {
            role: range_of(found) if isinstance(found, Stated) else tuple(map(range_of, found))
            for role, found in binding.roles.items()
            if role != subject
        }
        box[subject] = EVERYTHING
        relation = next(
            (r for a in binding.rule.alternatives for r in a.relations if other_side(r, subject) is not None), None
        )
        return None if relation is None else computed_by(relation, subject, box)


def nearest(figure: Figure, wanted: Interval) -> str | None:
    """The value nearest to a figure that may be printed with its digits where the truth lies in `wanted`, without unit.

    None where the figure is no rounded or exact number, or it may stay as it is.
    """
    own = figure.strict
    if own.low is None or own.high is None or intersect(own, wanted) is not None:
        return None
    half = (own.high - own.low) / 2 / (figure.unit.factor * figure.scale)
    step = 2 * half or Fraction(1, 10**figure.decimals)
    face = from_base(figure.face, figure.unit) / figure.scale
    is_above = wanted.high is not None and figure.face > wanted.high
    end = wanted.high if is_above else wanted.low
    assert end is not None, "a figure lies outside of what it would have to be, so that ends on its side"
    limit = from_base(end, figure.unit) / figure.scale
    closed = (wanted.high_closed if is_above else wanted.low_closed) and own.low_closed and own.high_closed
    steps = (face - limit - half) / step if is_above else (limit - half - face) / step
    count = -(-steps.numerator // steps.denominator)
    if not closed and count == steps:
        count += 1
    return fixed(face - count * step if is_above else face + count * step, _places(step))


def _places(step: Fraction) -> int:
    """The decimal places that multiples of a step need."""
    return next((places for places in range(40) if (step * 10**places).denominator == 1), 40)
