"""`when`: whether a rule applies to a binding, by dimensions as text and by figures at face value."""

from __future__ import annotations

from crosscheck.checking.binding import Binding
from crosscheck.checking.ranges import Box, Undecidable, can_hold, value_range
from crosscheck.checking.stated import Stated
from crosscheck.rules.expression import (
    FUNCTIONS,
    Call,
    Comparison,
    Condition,
    Expression,
    Logical,
    Text,
    Variable,
)


def applies(condition: Condition, binding: Binding) -> bool:
    """True when the condition holds; a comparison with an operand that is missing does not."""
    if isinstance(condition, Logical):
        if condition.operator == "not":
            return not applies(condition.operands[0], binding)
        combine = all if condition.operator == "and" else any
        return combine(applies(operand, binding) for operand in condition.operands)
    left, right = _text(condition.left, binding), _text(condition.right, binding)
    if left is not None or right is not None:
        return left is not None and right is not None and holds_between(condition.operator, left, right)
    return _figures_hold(condition, binding)


def _text(node: Expression, binding: Binding) -> str | None:
    """The text of a quoted word or of a dimension, "" for an absent one; None for anything else."""
    if isinstance(node, Text):
        return node.value
    if not isinstance(node, Call) or node.function in FUNCTIONS or not isinstance(node.arguments[0], Variable):
        return None
    found = binding.roles.get(node.arguments[0].name)
    operand = found if isinstance(found, Stated) else (found[0] if found else None)
    if operand is None:
        return None
    claim = operand.first
    known = {
        "document": claim.document.id,
        "publisher": claim.document.publisher or "",
        "source": operand.source or "",
        "measure": claim.measure,
        "base_period": claim.base_period or "",
        "unit": claim.figure.unit.name,
    }
    return known.get(node.function, operand.dimensions.get(node.function, ""))


def holds_between(operator: str, left: str, right: str) -> bool:
    """Whether a comparison of two texts of a condition holds."""
    return {
        "==": left == right,
        "!=": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[operator]


def _figures_hold(condition: Comparison, binding: Binding) -> bool:
    box: Box = {
        role: found.face_range if isinstance(found, Stated) else tuple(member.face_range for member in found)
        for role, found in binding.roles.items()
    }
    try:
        left, right = value_range(condition.left, box), value_range(condition.right, box)
    except (Undecidable, KeyError):
        return False
    operator = condition.operator
    if operator == "!=":
        return not any(a == b and a.is_point for a in left for b in right)
    return any(can_hold(operator, a, b) for a in left for b in right)
