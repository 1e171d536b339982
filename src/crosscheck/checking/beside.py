"""Figures that a text itself sets beside one another: "from £1.60 to £2.00, an increase of 25%".

Whatever the three are figures of, and whenever that was: the sentence says which of them belong together. So no dimension
is asked whether it agrees. A claim names the others by what they are in a rule (`beside: {now: …, then: …}`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crosscheck.checking.bound import Binding, Role
from crosscheck.checking.dimensions import unit_trouble
from crosscheck.checking.index import Index
from crosscheck.checking.particulars import particular
from crosscheck.checking.selecting import suits
from crosscheck.checking.stated import Stated, is_operand, stated
from crosscheck.claims.model import PERIOD, UNSTATED, Claim
from crosscheck.rules.model import Rule, Selector

CLOSED, OPEN = "\0closed list", "\0open list"


def set_beside(claims: Sequence[Claim]) -> list[Mapping[str, Role]]:
    """By role, the figures of each sentence that sets some beside another; that other one has the role "".

    So are the items of a list and its total, under the names of closed and of open lists.
    """
    if not any(claim.beside or claim.list_item is not None for claim in claims):
        return []
    known = {claim.id: claim for claim in claims}
    alone: dict[str, Stated] = {}

    def operand(name: str) -> Stated:
        return alone.setdefault(name, stated([known[name]]))

    found: list[Mapping[str, Role]] = []
    lists: dict[tuple[str, bool], list[str]] = {}
    for claim in sorted(claims, key=lambda one: one.id):
        if claim.list_item is not None:
            lists.setdefault((claim.list_item.of, claim.list_item.complete), []).append(claim.id)
        named = {"": claim.id, **claim.beside}
        if len(named) > 1 and not claim.direction_unstated and all(one in known for one in named.values()):
            found.append({role: operand(one) for role, one in named.items()})
    for (total, complete), items in lists.items():
        if total not in known or (total, not complete) in lists:
            continue
        if _are_of_a_kind([known[one] for one in (total, *items)]):
            found.append({"": operand(total), CLOSED if complete else OPEN: tuple(operand(one) for one in items)})
    return found


def _are_of_a_kind(claims: Sequence[Claim]) -> bool:
    """Whether a list is wholly planned, wholly undated, or has items of which it is not known what they are.

    Where all of it is known, it is bound as other figures are; where a part is planned or undated, that is none of it.
    """
    undated = {claim.dimensions.get(PERIOD) == UNSTATED for claim in claims}
    plain = all(is_operand(claim) and claim.modality == "fact" for claim in claims)
    return len(undated) == 1 and len({claim.modality for claim in claims}) == 1 and not (plain and undated == {False})


def bind_beside(rule: Rule, together: Sequence[Mapping[str, Role]], index: Index) -> Iterator[Binding]:
    """The checks of a rule about figures that a text sets beside one another: those that have just its variables."""
    listed = {
        CLOSED if one.complete else OPEN: name for name, one in rule.variables.items() if one.items_of == rule.subject
    }
    for roles in together:
        named = {listed.get(role, role) or rule.subject: bound for role, bound in roles.items()}
        if len(named) < len(roles) or named.keys() != rule.variables.keys():
            continue
        if not all(_suit(one, named[role], index) for role, one in rule.variables.items()):
            continue
        found = particular(Binding(rule, named), index.particulars)
        if found is not None and unit_trouble(found) is None:
            yield found


def _suit(selector: Selector, bound: Role, index: Index) -> bool:
    if selector.is_collection != isinstance(bound, tuple) or selector.other_whole or selector.named_like_whole:
        return False
    return all(suits(selector, one, index) for one in (bound if isinstance(bound, tuple) else (bound,)))


def is_beside(binding: Binding) -> bool:
    """Whether it is the text itself that sets the figures of a binding beside one another."""
    others = {operand.first.id for role, operand in binding.operands() if role != binding.rule.subject}
    return bool(others) and others == set(binding.subject.first.beside.values())


def is_dated(binding: Binding) -> bool:
    """Whether every operand is a quantity that other claims may be about, too; else the binding holds for itself alone."""
    firsts = [operand.first for _, operand in binding.operands()]
    return all(is_operand(claim) and claim.dimensions.get(PERIOD) != UNSTATED for claim in firsts)
