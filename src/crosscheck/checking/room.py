"""What the others leave of an operand's rounding range, and from which strain on that is worth a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from crosscheck.checking.bound import Binding
from crosscheck.checking.solving import Operand
from crosscheck.checking.stated import Stated
from crosscheck.figures.interval import Interval, intersect
from crosscheck.rules.model import NEXT_DIGIT, STRAIN_OF_ONE, STRAIN_OF_SEVERAL, Rule


@dataclass(frozen=True, slots=True)
class Room:
    """An operand, the true values that the others leave it, and which part of its rounding range that is."""

    operand: Stated
    left: Interval
    part: Fraction


def rooms(binding: Binding, implied: Mapping[Operand, Interval]) -> Iterator[Room]:
    """The room of each operand that has a range; `implied` is what each would have to be, given the others."""
    for address, needed in implied.items():
        operand = operand_at(binding, address)
        own = operand.strict
        if own is None or own.is_point or own.low is None or own.high is None:
            continue
        left = intersect(own, needed)
        if left is not None and left.low is not None and left.high is not None:
            yield Room(operand, left, (left.high - left.low) / (own.high - own.low))


def strain_from(rule: Rule, room: Fraction | None) -> Fraction:
    """The strain from which on a gap is strained: what the rule says, else by whether one figure alone must give way."""
    if rule.strain is not None:
        return rule.strain
    return STRAIN_OF_ONE if room is not None and room <= NEXT_DIGIT else STRAIN_OF_SEVERAL


def operand_at(binding: Binding, address: Operand) -> Stated:
    """The operand of a binding at an address of the box."""
    found = binding.roles[address.name]
    if isinstance(found, Stated):
        return found
    assert address.index is not None
    return found[address.index]
