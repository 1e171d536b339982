"""Figures that a text itself sets beside one another: "from £1.60 to £2.00, an increase of 25%".

Whatever the three are figures of, and whenever that was: the sentence says which of them belong together. So no dimension
is asked whether it agrees. A claim names the others by what they are in a rule (`beside: {now: …, then: …}`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crosscheck.checking.bound import Binding
from crosscheck.checking.dimensions import unit_trouble
from crosscheck.checking.index import Index
from crosscheck.checking.particulars import particular
from crosscheck.checking.selecting import suits
from crosscheck.checking.stated import Stated, is_operand, stated
from crosscheck.claims.model import PERIOD, UNSTATED, Claim
from crosscheck.rules.model import Rule


def set_beside(claims: Sequence[Claim]) -> list[Mapping[str, Stated]]:
    """By role, the figures of each sentence that sets some beside another; that other one has the role ""."""
    if not any(claim.beside for claim in claims):
        return []
    known = {claim.id: claim for claim in claims}
    alone: dict[str, Stated] = {}
    found: list[Mapping[str, Stated]] = []
    for claim in sorted(claims, key=lambda one: one.id):
        named = {"": claim.id, **claim.beside}
        if len(named) > 1 and not claim.direction_unstated and all(one in known for one in named.values()):
            found.append({role: alone.setdefault(one, stated([known[one]])) for role, one in named.items()})
    return found


def bind_beside(rule: Rule, together: Sequence[Mapping[str, Stated]], index: Index) -> Iterator[Binding]:
    """The checks of a rule about figures that a text sets beside one another: those that have just its variables."""
    for roles in together:
        named = {role or rule.subject: operand for role, operand in roles.items()}
        if len(named) < len(roles) or named.keys() != rule.variables.keys():
            continue
        if any(one.is_collection or not suits(one, named[role], index) for role, one in rule.variables.items()):
            continue
        found = particular(Binding(rule, named), index.particulars)
        if found is not None and unit_trouble(found) is None:
            yield found


def is_dated(binding: Binding) -> bool:
    """Whether every operand is a quantity that other claims may be about, too; else the binding holds for itself alone."""
    firsts = [operand.first for _, operand in binding.operands()]
    return all(is_operand(claim) and claim.dimensions.get(PERIOD) != UNSTATED for claim in firsts)
