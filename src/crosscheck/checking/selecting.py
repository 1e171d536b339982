"""Which operands a selector selects by its own conditions, before they are held against those of other variables."""

from __future__ import annotations

from crosscheck.checking.index import Index
from crosscheck.checking.stated import Stated
from crosscheck.claims.model import SOURCE, Claim
from crosscheck.rules.model import Not, OneOf, Selector, Test


def selects(selector: Selector, operand: Stated, index: Index) -> bool:
    """True when the selector's own conditions hold for the operand; agreement with others is not looked at."""
    claim = operand.first
    if selector.measures and claim.measure not in selector.measures:
        return False
    if claim.modality not in selector.modalities:
        return False
    if selector.unit_kinds and not ({claim.figure.unit.kind, claim.figure.unit.name} & set(selector.unit_kinds)):
        return False
    if not all(_passes(test, operand, name) for name, test in selector.dimensions.items()):
        return False
    return _properties_hold(selector, operand, index)


def _properties_hold(selector: Selector, operand: Stated, index: Index) -> bool:
    claim = operand.first
    listed = (c.list_item.complete for c in operand.claims if c.list_item is not None)
    if selector.complete is not None and selector.complete not in listed:
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
