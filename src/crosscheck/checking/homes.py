"""Figures of which a text does not say whose they are: compared within their document, and not with another's.

"Freight fell to 377,998 tonnes in 2023" in one text and in another is two ports', as far as anybody can tell. Where two
documents state one such figure alike, to three digits or more, they are taken to speak of the same: a report and its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crosscheck.checking.bound import Binding, Role
from crosscheck.checking.stated import Stated, identity, is_operand
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import AREA, PERIOD, UNSTATED, Claim
from crosscheck.figures.figure import EXACT, ROUNDED, Figure

TELLING_DIGITS = 3
_MOST_DIGITS = 40


def is_of_nobody(claim: Claim) -> bool:
    """Whether a document that was read does not say which area or company a figure is about."""
    return claim.document.area_unstated and AREA not in claim.dimensions


def at_home(claims: Sequence[Claim], codelists: CodeLists) -> Sequence[Claim]:
    """The claims, those of nobody with the documents that they may be compared within."""
    own = [claim for claim in claims if claim.home is not None or is_of_nobody(claim)]
    if not own:
        return claims
    together = _together(own, codelists)
    found = {claim.id: together[_document(claim)] for claim in own}
    return [replace(claim, home=found[claim.id]) if claim.id in found else claim for claim in claims]


def _document(claim: Claim) -> str:
    return claim.document.id if claim.home is None else min(claim.home)


def _together(claims: Sequence[Claim], codelists: CodeLists) -> dict[str, frozenset[str]]:
    """By document, all that are taken to speak of the same as it does."""
    group = {_document(claim): {_document(claim)} for claim in claims}
    alike: dict[object, str] = {}
    for claim in sorted(claims, key=lambda claim: claim.id):
        if not (is_operand(claim) and claim.dimensions.get(PERIOD, UNSTATED) != UNSTATED and is_telling(claim.figure)):
            continue
        own = _document(claim)
        other = alike.setdefault((identity(replace(claim, home=None), codelists), claim.figure.face), own)
        if group[own] is not group[other]:
            group[own] |= group[other]
            for document in group[own]:
                group[document] = group[own]
    return {document: frozenset(members) for document, members in group.items()}


def is_telling(figure: Figure) -> bool:
    """Whether a figure has so many digits that two texts hardly print it of different things: 377,998 and not 2,000."""
    if figure.kind not in (ROUNDED, EXACT) or figure.qualifier:
        return False
    value = abs(figure.face)
    for _ in range(_MOST_DIGITS):
        if value.denominator == 1:
            break
        value *= 10
    return value.denominator == 1 and len(str(value.numerator).rstrip("0")) >= TELLING_DIGITS


def can_meet(one: Stated, other: Stated) -> bool:
    """Whether two operands may stand in one comparison."""
    home, there = one.first.home, other.first.home
    if home is None and there is None:
        return True
    if home is not None and there is not None:
        return home == there
    said = other if there is None else one
    return any(claim.document.id in (home or there or ()) for claim in said.claims)


def within_home(binding: Binding) -> Binding | None:
    """The binding with what the documents say that its figures of nobody stand in; None where those are not the same."""
    homes = {operand.first.home for _, operand in binding.operands()} - {None}
    if not homes:
        return binding
    if len(homes) > 1:
        return None
    (home,) = homes
    roles: dict[str, Role] = {}
    for name, role in binding.roles.items():
        members = [_part(operand, home or frozenset()) for operand in ((role,) if isinstance(role, Stated) else role)]
        kept = tuple(member for member in members if member is not None)
        if len(kept) < len(members):
            return None
        roles[name] = kept[0] if isinstance(role, Stated) else kept
    return replace(binding, roles=roles)


def _part(operand: Stated, home: frozenset[str]) -> Stated | None:
    kept = tuple(claim for claim in operand.claims if claim.home is not None or claim.document.id in home)
    if len(kept) == len(operand.claims):
        return operand
    return replace(operand, claims=kept) if kept else None
