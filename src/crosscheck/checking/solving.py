"""What one operand may be, given intervals for the others: the projection of a relation on one of its operands."""

from __future__ import annotations

from dataclasses import dataclass

from crosscheck.checking.gathered import MIRRORED, divides, gathered_can_hold, gathered_range
from crosscheck.checking.ranges import (
    Box,
    Pieces,
    Undecidable,
    member_boxes,
    members_of,
    merged,
    place_among,
    value_range,
)
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import (
    EVERYTHING,
    NON_NEGATIVE,
    ZERO,
    Interval,
    add,
    divide,
    intersect,
    maximum,
    minimum,
    multiply,
    negate,
    nth_largest,
    point,
    without_zero,
)
from crosscheck.rules.algebra import Relation, whole_power
from crosscheck.rules.expression import ORDERED, WHOLE, Binary, Call, Expression, Negation, Variable

# A projection found by halving is enclosed outward to this part of its size.
PRECISION = Fraction(1, 10**9)
DOUBLINGS = 80
ANY: Pieces = (EVERYTHING,)
SOME_WHOLES = 8  # to either side, of the infinitely many values of an operand that make a whole number


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

    The operand's own interval is not looked at, but for a whole number, which is one near it. None when this cannot be
    told. Exact for relations whose variables occur once; enclosed outward (PRECISION) for gathered ones and where a root
    has to be taken (`takes_root`).
    """
    if operand.name not in relation.names:
        return ANY
    if relation.gathered is not None:
        # Where the operand divides inside a sum, its values fall apart at a pole, and a search may miss one side.
        return None if divides(relation.gathered, operand.name) else search(relation, operand, box)
    if relation.operator == WHOLE:
        return _descend(relation.left, _wholes_near(value_range(relation.left, box)), operand, box)
    on_left = operand.name in relation.left.names
    side, other = (relation.left, relation.right) if on_left else (relation.right, relation.left)
    operator = relation.operator if on_left else MIRRORED[relation.operator]
    target = tuple(_allowed(operator, piece) for piece in value_range(other, box))
    return _descend(side, merged(list(target)), operand, box)


def _wholes_near(pieces: Pieces) -> Pieces:
    """The whole numbers in a range, some at its middle or its one end where they are many; the nearest where none is."""
    low, high = pieces[0].low, pieces[-1].high
    ends = [end for end in (low, high) if end is not None] or [ZERO]
    nearest_one = Fraction(round(sum(ends) / len(ends)))
    found = [nearest_one]
    for step in range(1, SOME_WHOLES):
        found += [nearest_one - step, nearest_one + step]
    inside = [value for value in found if any(value in piece for piece in pieces)]
    return merged([point(value) for value in inside or [nearest_one]])


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
    on_left = operand.name in node.left.names
    if node.operator == "^":
        roots = [piece for part in target for piece in _roots(part, whole_power(node))]
        return _descend(node.left, merged(roots), operand, box) if roots else ()
    other = value_range(node.right if on_left else node.left, box)
    inner = node.left if on_left else node.right
    return _descend(inner, _inverse(node.operator, target, other, on_left), operand, box)


def takes_root(relation: Relation, operand: Operand) -> bool:
    """True when the operand stands under a power, so that what `solve` finds is an enclosure."""
    return any(_under_power(side, operand.name) for side in (relation.left, relation.right))


def _under_power(node: Expression, name: str) -> bool:
    if name not in node.names:
        return False
    if isinstance(node, Binary):
        if node.operator == "^" and whole_power(node) > 1:
            return name in node.left.names
        return _under_power(node.left, name) or _under_power(node.right, name)
    if isinstance(node, Negation):
        return _under_power(node.operand, name)
    return isinstance(node, Call) and any(_under_power(argument, name) for argument in node.arguments)


def _roots(target: Interval, exponent: int) -> list[Interval]:
    """{x : x ** exponent in target}, enclosed outward where a root is no rational number."""
    if exponent == 0:
        return [EVERYTHING] if Fraction(1) in target else []
    if exponent % 2:
        return [_root(target, exponent)]
    positive = intersect(target, NON_NEGATIVE)
    if positive is None:
        return []
    roots = _root(positive, exponent)
    return [negate(roots), roots]


def _root(target: Interval, exponent: int) -> Interval:
    low, low_exact = _root_below(target.low, exponent)
    above, high_exact = _root_below(None if target.high is None else -target.high, exponent)
    return Interval(
        low, None if above is None else -above, target.low_closed and low_exact, target.high_closed and high_exact
    )


def _root_below(value: Fraction | None, exponent: int) -> tuple[Fraction | None, bool]:
    """The root, or a number a little below it, and whether it is exact; odd roots of negative numbers are negative."""
    if value is None:
        return None, False
    size = abs(value)
    whole = Fraction(_whole_root(size.numerator, exponent), _whole_root(size.denominator, exponent))
    if whole**exponent == size:
        return (whole if value >= 0 else -whole), True
    scale = 10 ** (30 + max(0, len(str(size.denominator)) - len(str(size.numerator))))
    below = Fraction(_whole_root(size.numerator * scale**exponent // size.denominator, exponent), scale)
    return (below if value >= 0 else -below - Fraction(1, scale)), False


def _whole_root(value: int, exponent: int) -> int:
    """The largest whole number whose power is not above a whole number from 0 up."""
    low, high = 0, 1 << (value.bit_length() // exponent + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**exponent <= value else (low, middle)
    return low


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
        counted = value_range(node, box)
        return ANY if any(intersect(a, b) is not None for a in counted for b in target) else ()
    if node.function in ("min", "max"):
        return _descend_extreme(node, target, operand, box)
    if node.function in ORDERED:
        return _descend_nth(node, target, operand, box)
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
        inner = next(a for a in node.arguments if operand.name in a.names)
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


def _descend_nth(node: Call, target: Pieces, operand: Operand, box: Box) -> Pieces | None:
    """x among others, the n-th of all being t: x itself between two of the others, or one of them with x beyond it."""
    others = [interval for index, interval in enumerate(members_of(box, operand.name)) if index != operand.index]
    place = place_among(node, len(others) + 1)
    if place is None:
        return None
    below = nth_largest(others, place) if place <= len(others) else None
    above = nth_largest(others, place - 1) if place > 1 else None
    found: list[Interval | None] = []
    for t in target:
        at_target: Interval | None = t
        for rest, operator in ((below, ">="), (above, "<=")):
            if rest is None:
                continue
            at_target = at_target and intersect(at_target, _allowed(operator, rest))
            common = intersect(t, rest)
            found.append(common and _allowed(MIRRORED[operator], common))
        found.append(at_target)
    return merged([piece for piece in found if piece])


def search(relation: Relation, operand: Operand, box: Box) -> Pieces | None:
    """As `solve`, but of a relation in which something occurs several times perhaps not all values.

    By halving between a value that fits and one that does not.
    """
    if relation.gathered is None:
        return solve(relation, operand, box)
    at_hand = _candidates(interval_of(operand, box))
    start = next((value for value in at_hand if _fits(relation, operand, box, value)), None)
    if start is None:
        root = middle_root(relation, operand, box)
        if root is None:
            return None
        near = max(abs(root), Fraction(1)) / 1000
        # At the root itself a strict inequality does not hold, and a divisor may be zero.
        beside = (root, root - near, root + near, root - 1, root + 1)
        start = next((value for value in beside if _fits(relation, operand, box, value)), None)
        if start is None:
            return None
    low, below = _edge(relation, operand, box, start, -1)
    high, above = _edge(relation, operand, box, start, 1)
    found = [Interval(low, high)]
    if below is not None:
        found.append(Interval(None, below))
    if above is not None:
        found.append(Interval(above, None))
    return merged(found)


def _candidates(interval: Interval) -> list[Fraction]:
    """Values to begin with, one inside of open ends first."""
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        return [(low + high) / 2, low, high]
    if low is not None:
        return [low + 1, low]
    return [ZERO] if high is None else [high - 1, high]


def _fits(relation: Relation, operand: Operand, box: Box, value: Fraction) -> bool:
    assert relation.gathered is not None
    try:
        return gathered_can_hold(relation.gathered, relation.operator, with_interval(box, operand, point(value)))
    except Undecidable:
        return False


def middle_root(relation: Relation, operand: Operand, box: Box) -> Fraction | None:
    """Where left minus right is zero with the others at the middle of their intervals.

    In one operand it is (p + q x) / (1 + r x), found from its values at 0, 1 and 2.
    """
    assert relation.gathered is not None
    middle: Box = {
        name: _middle(found) if isinstance(found, Interval) else tuple(_middle(member) for member in found)
        for name, found in box.items()
    }
    at = []
    for value in (0, 1, 2):
        try:
            found = gathered_range(relation.gathered, with_interval(middle, operand, point(value)))
        except Undecidable:
            return None
        if not found.is_point or found.low is None:
            return None
        at.append(found.low)
    p, one, two = at
    bend = p - 2 * one + two
    if bend and one == two:
        return None
    r = bend / (2 * (one - two)) if bend else ZERO
    q = one * (1 + r) - p
    return -p / q if q else None


def _middle(interval: Interval) -> Interval:
    return point(_candidates(interval)[0])


def _edge(
    relation: Relation, operand: Operand, box: Box, start: Fraction, direction: int
) -> tuple[Fraction | None, Fraction | None]:
    """An outward bound of the fitting values in a direction, and from where on they fit again; None for no such end."""
    step = max(abs(start), Fraction(1)) / 1023  # whose doubles never meet zero or another round number exactly
    inside, outside = start, start + direction * step
    for _ in range(DOUBLINGS):
        if not _fits(relation, operand, box, outside):
            break
        inside, step = outside, step * 2
        outside = start + direction * step
    else:
        return None, None
    again = None
    if _fits(relation, operand, box, start + direction * step * 2**DOUBLINGS):
        before, after = outside, start + direction * step * 2
        while not _fits(relation, operand, box, after):
            step *= 2
            before, after = after, start + direction * step * 2
        again = _halved(relation, operand, box, after, before)
    return _halved(relation, operand, box, inside, outside), again


def _halved(relation: Relation, operand: Operand, box: Box, inside: Fraction, outside: Fraction) -> Fraction:
    """A value that does not fit, hard by one that does, between the two."""
    tolerance = max(abs(inside), abs(outside - inside)) * PRECISION
    while abs(outside - inside) > tolerance:
        middle = (inside + outside) / 2
        if _fits(relation, operand, box, middle):
            inside = middle
        else:
            outside = middle
    return outside
