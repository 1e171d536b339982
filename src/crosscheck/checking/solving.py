"""What one operand may be, given intervals for the others: the projection of a relation on one of its operands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from crosscheck.checking.ranges import (
    Box,
    Pieces,
    Undecidable,
    gathered_range,
    member_boxes,
    merged,
    value_range,
)
from crosscheck.figures.interval import (
    EVERYTHING,
    ZERO,
    Interval,
    add,
    divide,
    intersect,
    maximum,
    minimum,
    multiply,
    negate,
    point,
    without_zero,
)
from crosscheck.rules.algebra import Relation, whole_power
from crosscheck.rules.expression import Binary, Call, Expression, Negation, Variable, variables

MIRRORED = {"==": "==", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}
# A projection found by halving is enclosed outward to this part of its size.
PRECISION = Fraction(1, 10**9)
ANY: Pieces = (EVERYTHING,)


@dataclass(frozen=True, slots=True)
class Operand:
    """One operand of a relation: a variable, or a member (from 0) of a variable that collects claims."""

    name: str
    index: int | None = None


def interval_of(operand: Operand, box: Box) -> Interval:
    """The operand's interval in the box."""
    found = box[operand.name]
    if isinstance(found, Interval):
        return found
    assert operand.index is not None
    return found[operand.index]


def with_interval(box: Box, operand: Operand, interval: Interval) -> Box:
    """The box with another interval for one operand."""
    found = box[operand.name]
    if isinstance(found, Interval):
        return {**box, operand.name: interval}
    assert operand.index is not None
    members = (*found[: operand.index], interval, *found[operand.index + 1 :])
    return {**box, operand.name: members}


def solve(relation: Relation, operand: Operand, box: Box) -> Pieces | None:
    """The values of the operand for which the relation holds with some values of the others in the box.

    The operand's own interval is not looked at. None when this cannot be told (a root, an unbounded search). Exact for
    relations whose variables occur once; for gathered ones enclosed outward (PRECISION).
    """
    if operand.name not in relation.names:
        return ANY
    if relation.gathered is not None:
        return _solve_gathered(relation, operand, box)
    on_left = any(variable.name == operand.name for variable in variables(relation.left))
    side, other = (relation.left, relation.right) if on_left else (relation.right, relation.left)
    operator = relation.operator if on_left else MIRRORED[relation.operator]
    target = tuple(_allowed(operator, piece) for piece in value_range(other, box))
    return _descend(side, merged(list(target)), operand, box)


def _allowed(operator: str, right: Interval) -> Interval:
    """{y : y operator r for some r in `right`}."""
    if operator == "==":
        return right
    if operator in ("<=", "<"):
        return Interval(None, right.high, False, right.high_closed and operator == "<=")
    return Interval(right.low, None, right.low_closed and operator == ">=", False)


def _descend(node: Expression, target: Pieces, operand: Operand, box: Box) -> Pieces | None:
    """The values of the operand for which `node` takes a value of `target`."""
    if isinstance(node, Variable):
        return target
    if isinstance(node, Negation):
        return _descend(node.operand, tuple(negate(piece) for piece in reversed(target)), operand, box)
    if isinstance(node, Call):
        return _descend_call(node, target, operand, box)
    assert isinstance(node, Binary)
    on_left = any(variable.name == operand.name for variable in variables(node.left))
    if node.operator == "^":
        return _descend(node.left, target, operand, box) if whole_power(node) == 1 else None
    other = value_range(node.right if on_left else node.left, box)
    inner = node.left if on_left else node.right
    return _descend(inner, _inverse(node.operator, target, other, on_left), operand, box)


def _inverse(operator: str, target: Pieces, other: Pieces, on_left: bool) -> Pieces:
    """{x : x op o in target} for x on the left, {x : o op x in target} on the right, for some o of `other`."""
    if operator == "+":
        return merged([add(t, negate(o)) for t in target for o in other])
    if operator == "-":
        return merged([add(t, o) if on_left else add(o, negate(t)) for t in target for o in other])
    if operator == "/" and on_left:
        return merged([multiply(t, part) for t in target for o in other for part in without_zero(o)])
    if operator == "/":
        return _without_zero(_inverse_product(other, target))
    return _inverse_product(target, other)


def _inverse_product(target: Pieces, other: Pieces) -> Pieces:
    """{x : x * o = t}: everything where both may be zero."""
    found = [divide(t, part) for t in target for o in other for part in without_zero(o)]
    if any(ZERO in t for t in target) and any(ZERO in o for o in other):
        return ANY
    return merged(found)


def _without_zero(pieces: Pieces) -> Pieces:
    return tuple(part for piece in pieces for part in without_zero(piece))


def _descend_call(node: Call, target: Pieces, operand: Operand, box: Box) -> Pieces | None:
    if node.function == "abs":
        positive = [p for t in target if (p := intersect(t, Interval(ZERO, None))) is not None]
        return _descend(node.arguments[0], merged([*positive, *map(negate, positive)]), operand, box)
    if node.function == "count":
        return ANY
    if node.function in ("min", "max"):
        return _descend_extreme(node, target, operand, box)
    members = list(member_boxes(node, box))
    rest: Pieces = (point(0),)
    body = node.arguments[0]
    for index, member in enumerate(members):
        if index != operand.index:
            rest = merged([add(a, b) for a in rest for b in value_range(body, member)])
    assert operand.index is not None
    return _descend(body, _inverse("+", target, rest, True), operand, members[operand.index])


def _descend_extreme(node: Call, target: Pieces, operand: Operand, box: Box) -> Pieces | None:
    """x in min(x, others) = t: x = t with the others above, or x above with one of the others at t."""
    if len(node.arguments) == 1:
        inner: Expression = node.arguments[0]
        others = [value_range(inner, m) for i, m in enumerate(member_boxes(node, box)) if i != operand.index]
    else:
        inner = next(a for a in node.arguments if any(v.name == operand.name for v in variables(a)))
        others = [value_range(a, box) for a in node.arguments if a is not inner]
    if not others:
        return _descend(inner, target, operand, box)
    is_min = node.function == "min"
    fold = minimum if is_min else maximum
    rest = others[0]
    for pieces in others[1:]:
        rest = merged([fold(a, b) for a in rest for b in pieces])
    operator = "<=" if is_min else ">="
    found = []
    for t in target:
        for r in rest:
            at_target = intersect(t, _allowed(operator, r))
            common = intersect(t, r)
            found += [piece for piece in (at_target, common and _allowed(MIRRORED[operator], common)) if piece]
    return _descend(inner, merged(found), operand, box) if found else ()


def _solve_gathered(relation: Relation, operand: Operand, box: Box) -> Pieces | None:
    """By halving between a value that fits and one that does not; only for equalities."""
    if relation.operator != "==":
        return None
    start = next((v for v in _candidates(interval_of(operand, box)) if _fits(relation, operand, box, v)), None)
    if start is None:
        start = _root(relation, operand, box)
        if start is None or not _fits(relation, operand, box, start):
            return None
    low, high = (_edge(relation, operand, box, start, direction) for direction in (-1, 1))
    return (Interval(low, high),)


def _candidates(interval: Interval) -> list[Fraction]:
    ends = [end for end in (interval.low, interval.high) if end is not None]
    return [sum(ends, ZERO) / len(ends), *ends] if ends else [ZERO]


def _fits(relation: Relation, operand: Operand, box: Box, value: Fraction) -> bool:
    assert relation.gathered is not None
    try:
        return ZERO in gathered_range(relation.gathered, with_interval(box, operand, point(value)))[0]
    except Undecidable:
        return False


def _root(relation: Relation, operand: Operand, box: Box) -> Fraction | None:
    """Where left minus right is zero with the others at the middle of their intervals, were it linear in the operand."""
    assert relation.gathered is not None
    middle: Box = {
        name: _middle(found) if isinstance(found, Interval) else tuple(_middle(member) for member in found)
        for name, found in box.items()
    }
    at = []
    for value in (ZERO, Fraction(1)):
        try:
            found, _ = gathered_range(relation.gathered, with_interval(middle, operand, point(value)))
        except Undecidable:
            return None
        if not found.is_point or found.low is None:
            return None
        at.append(found.low)
    slope = at[1] - at[0]
    return -at[0] / slope if slope else None


def _middle(interval: Interval) -> Interval:
    return point(_candidates(interval)[0])


def _edge(relation: Relation, operand: Operand, box: Box, start: Fraction, direction: int) -> Fraction | None:
    """The farthest fitting value from `start` in a direction, enclosed outward; None when there is no end in sight."""
    step = max(abs(start), Fraction(1)) / 1024
    inside, outside = start, start + direction * step
    for _ in range(80):
        if not _fits(relation, operand, box, outside):
            break
        inside, step = outside, step * 2
        outside = start + direction * step
    else:
        return None
    tolerance = max(abs(start), abs(outside - start)) * PRECISION
    while abs(outside - inside) > tolerance:
        middle = (inside + outside) / 2
        if _fits(relation, operand, box, middle):
            inside = middle
        else:
            outside = middle
    return outside
