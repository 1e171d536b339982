"""What one figure of a check may be for it to hold: worked out once, then asked of many values that may have been meant."""

from __future__ import annotations

from dataclasses import dataclass

from crosscheck.checking.assessment import tolerant
from crosscheck.checking.bound import Binding
from crosscheck.checking.deciding import feasible, relation_feasible
from crosscheck.checking.ranges import Box, Pieces, Undecidable
from crosscheck.checking.solving import Operand, interval_of, solve, takes_root, with_interval
from crosscheck.figures.interval import Interval, intersect
from crosscheck.rules.algebra import Alternative


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The values of an operand with which some alternatives hold, exactly, and those that have to be decided each time."""

    binding: Binding
    box: Box
    address: Operand
    pieces: Pieces
    others: tuple[Alternative, ...]

    def holds(self, meant: Interval) -> bool:
        """Whether the check holds with these values in place of the operand's own; False where that is not decided."""
        rule = self.binding.rule
        if self.address.name == rule.subject and rule.tolerance is not None:
            meant = interval_of(self.address, tolerant(rule, with_interval(self.box, self.address, meant)))
        if any(intersect(meant, piece) is not None for piece in self.pieces):
            return True
        try:
            return bool(self.others) and feasible(self.others, with_interval(self.box, self.address, meant))
        except Undecidable:
            return False


def reach_of(binding: Binding, box: Box, address: Operand) -> Reach:
    """The reach of an operand, given the others in a box (the subject not yet widened by the rule's tolerance)."""
    if address.name != binding.rule.subject:
        box = tolerant(binding.rule, box)
    pieces: list[Interval] = []
    others = []
    for alternative in binding.rule.alternatives:
        found = _exactly(alternative, address, box)
        if found is None:
            others.append(alternative)
        else:
            pieces += found
    return Reach(binding, box, address, tuple(pieces), tuple(others))


def _exactly(alternative: Alternative, address: Operand, box: Box) -> Pieces | None:
    """The values of an operand with which an alternative holds; None where they are not known exactly."""
    try:
        about = [relation for relation in alternative.relations if address.name in relation.names]
        if not all(relation_feasible(relation, box) for relation in alternative.relations if relation not in about):
            return ()
        if len(alternative.relations) > 1 or not about:
            return None
        (relation,) = about
        if relation.gathered is not None or relation.operator != "==" or takes_root(relation, address):
            return None
        return solve(relation, address, box)
    except Undecidable:
        return None
