"""Which operands a selector selects by its own conditions, before they are held against those of other variables."""

from __future__ import annotations

from fnmatch import fnmatchcase

from crosscheck.checking.index import Index
from crosscheck.checking.relations import shifted
from crosscheck.checking.stated import Stated, base_of
from crosscheck.claims.model import PERIOD, SOURCE, Claim
from crosscheck.rules.model import Not, OneOf, Selector, Test, is_pattern


def selects(selector: Selector, operand: Stated, index: Index) -> bool:
    """True when the selector's own conditions hold for the operand; agreement with others is not looked at."""
    if operand.first.modality not in selector.modalities:
        return False
    return suits(selector, operand, index)


def suits(selector: Selector, operand: Stated, index: Index) -> bool:
    """The same for a plan, too: what a sentence plans must add up as what it reports does."""
    claim = operand.first
    if selector.measures and claim.measure not in selector.measures:
        return False
    if selector.unit_kinds and not is_of_kind(selector, (claim.figure.unit.kind, claim.figure.unit.name)):
        return False
    if selector.based is not None and base_of(operand) != _base(selector.based, operand):
        return False
    if not all(_passes(test, operand, name) for name, test in selector.dimensions.items()):
        return False
    return _properties_hold(selector, operand, index)


def is_of_kind(selector: Selector, own: tuple[str, str]) -> bool:
    """Whether the unit, or its kind, is one of those that the selector names; with * for anything and ? for a character."""
    return any(
        fnmatchcase(name, kind) if is_pattern(kind) else name == kind for kind in selector.unit_kinds for name in own
    )


def _base(function: str, operand: Stated) -> str | None:
    """The period before that of the operand, or a year before it; "" where it has none, which is nobody's base."""
    period = operand.dimensions.get(PERIOD)
    return ("" if period is None else shifted(function, period)) or ""


def _properties_hold(selector: Selector, operand: Stated, index: Index) -> bool:
    claim = operand.first
    listed = (c.list_item.complete for c in operand.claims if c.list_item is not None)
    if selector.complete is not None and selector.complete not in listed:
        return False
    if selector.record is not None and not any(
        c.record
        and (c.record.order, c.record.among, c.record.place > 1) == (selector.record, selector.among, selector.placed)
        for c in operand.claims
    ):
        return False
    if selector.named_like_whole and not _is_named_like_whole(claim):
        return False
    if not (selector.nature or selector.non_negative is not None or selector.additive is not None):
        return True
    code = index.code(operand)
    if code is None:
        return False
    if selector.nature and code.nature not in selector.nature:
        return False
    return selector.non_negative in (None, code.non_negative) and selector.additive in (None, code.additive)


def _is_named_like_whole(claim: Claim) -> bool:
    """A share whose part is printed with the very dimensions of its whole."""
    if claim.whole is None:
        return False
    printed = claim.printed_dimensions()
    return all(printed.get(name) == value for name, value in claim.whole.items())


def _passes(test: Test, operand: Stated, name: str) -> bool:
    value = operand.source if name == SOURCE else operand.dimensions.get(name)
    if isinstance(test, OneOf):
        return value in test.values
    return not (isinstance(test, Not) and value in test.values)
