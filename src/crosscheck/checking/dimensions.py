"""Do the units of a rule and of its operands go together? 60 EUR is neither more nor less than 50 USD or 5 km."""

from __future__ import annotations

from collections.abc import Mapping

from crosscheck.checking.bound import Binding
from crosscheck.checking.stated import Stated
from crosscheck.figures.unit_table import Dimension
from crosscheck.rules.algebra import whole_power
from crosscheck.rules.expression import (
    ORDERED,
    Call,
    Comparison,
    Condition,
    Expression,
    Logical,
    Negation,
    Number,
    Text,
    Variable,
    show,
)

# By variable, the dimension of its figures; None fits everything, as zero does, and as what is missing may.
_Known = Mapping[str, Dimension | None]


class _Apart(Exception):
    """Two expressions of different dimensions are added or compared."""


def unit_trouble(binding: Binding) -> str | None:
    """Why the assertion cannot be decided for the units of these operands; None where all go together."""
    known: dict[str, Dimension | None] = {}
    for role, found in binding.roles.items():
        members = (found,) if isinstance(found, Stated) else found
        dimensions = list(dict.fromkeys(claim.figure.unit.dimension for member in members for claim in member.claims))
        if len(dimensions) > 1:
            return f"{role} is {' and '.join(map(_named, dimensions[:3]))}"
        known[role] = dimensions[0] if dimensions else None
    return dimension_trouble(binding.rule.condition, known)


def dimension_trouble(condition: Condition, known: Mapping[str, Dimension | None]) -> str | None:
    """Why an assertion cannot be decided for figures of these dimensions by variable; None where all go together."""
    try:
        _check(condition, known)
    except _Apart as error:
        return str(error)
    return None


def _check(condition: Condition, known: _Known) -> None:
    if isinstance(condition, Logical):
        for operand in condition.operands:
            _check(operand, known)
        return
    assert isinstance(condition, Comparison)
    _common(condition.left, condition.right, known)


def _common(left: Expression, right: Expression, known: _Known) -> Dimension | None:
    a, b = _dimension(left, known), _dimension(right, known)
    if a is not None and b is not None and a != b:
        lengths = (
            "; days that are counted are written `300` or `300 {days}`, "
            "and a length such as days_of() divided by 1 day is a plain number"
            if _is_time(a) != _is_time(b)
            else ""
        )
        raise _Apart(f"{show(left)} is {_named(a)} and {show(right)} is {_named(b)}{lengths}")
    return b if a is None else a


def _is_time(dimension: Dimension) -> bool:
    return [base for base, _ in dimension] == ["time"]


def _dimension(node: Expression, known: _Known) -> Dimension | None:
    if isinstance(node, Variable):
        return known.get(node.name)
    if isinstance(node, Number):
        if not node.value:
            return None
        return node.unit.dimension if node.unit is not None else ()
    if isinstance(node, Negation):
        return _dimension(node.operand, known)
    if isinstance(node, Call):
        return _of_call(node, known)
    if isinstance(node, Text):
        return None
    if node.operator in "+-":
        return _common(node.left, node.right, known)
    if node.operator == "^":
        return _times(_dimension(node.left, known), whole_power(node))
    return _product(_dimension(node.left, known), _dimension(node.right, known), 1 if node.operator == "*" else -1)


def _of_call(node: Call, known: _Known) -> Dimension | None:
    if node.function == "count":
        return ()
    first, *others = node.arguments[:1] if node.function in ORDERED else node.arguments
    found = _dimension(first, known)
    for other in others:
        both = _common(first, other, known)
        found = both if found is None else found
    return found


def _times(dimension: Dimension | None, exponent: int) -> Dimension | None:
    return None if dimension is None else tuple((base, e * exponent) for base, e in dimension if exponent)


def _product(a: Dimension | None, b: Dimension | None, sign: int) -> Dimension | None:
    if a is None or b is None:
        return None
    total = dict(a)
    for base, exponent in b:
        total[base] = total.get(base, 0) + sign * exponent
    return tuple(sorted((base, exponent) for base, exponent in total.items() if exponent))


def _named(dimension: Dimension) -> str:
    """A dimension in words: USD, mass, length^2, USD/mass."""
    names = [(base.removeprefix("currency:"), exponent) for base, exponent in dimension]
    above = [name if e == 1 else f"{name}^{e}" for name, e in names if e > 0]
    below = [f"/{name}" if e == -1 else f"/{name}^{-e}" for name, e in names if e < 0]
    return ("*".join(above) or ("1" if below else "a plain number")) + "".join(below)
