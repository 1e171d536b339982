"""The one deciding function: can an assertion hold for some true values in a box? And true values that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from crosscheck.checking.ranges import Box, Pieces, Undecidable, gathered_range, value_range
from crosscheck.checking.solving import Operand, interval_of, solve, with_interval
from crosscheck.figures.interval import Interval, intersect, nearest, point
from crosscheck.rules.algebra import Alternative, Relation


def feasible(alternatives: Sequence[Alternative], box: Box) -> bool:
    """True when some true values in the box satisfy at least one of the alternatives.

    Exact, but where an unbounded figure occurs several times in a relation: there it may be True for a box without
    solution, and `witness` then finds none. Raises Undecidable when no alternative is known to hold and one is beyond
    what is decided.
    """
    reason: Undecidable | None = None
    for alternative in alternatives:
        try:
            if alternative_feasible(alternative, box):
                return True
        except Undecidable as error:
            reason = error
    if reason is not None:
        raise reason
    return False


def alternative_feasible(alternative: Alternative, box: Box) -> bool:
    """True when all relations of the alternative can hold together in the box."""
    shared = alternative.shared
    if shared is None:
        return all(relation_feasible(relation, box) for relation in alternative.relations)
    found = box[shared]
    if not isinstance(found, Interval):
        raise Undecidable(f"{shared} stands for several claims and is shared by conditions joined with `and`")
    pieces: Pieces = (found,)
    for relation in alternative.relations:
        if shared in relation.names:
            pieces = _common(pieces, _projection(relation, Operand(shared), box))
        elif not relation_feasible(relation, box):
            return False
    return bool(pieces)


def _projection(relation: Relation, operand: Operand, box: Box) -> Pieces:
    solved = solve(relation, operand, box)
    if solved is None:
        raise Undecidable(f"{operand.name} cannot be isolated")
    return solved


def _common(a: Pieces, b: Pieces) -> Pieces:
    return tuple(both for x in a for y in b if (both := intersect(x, y)) is not None)


def relation_feasible(relation: Relation, box: Box) -> bool:
    """True when the relation can hold in the box."""
    if relation.gathered is None:
        left, right = value_range(relation.left, box), value_range(relation.right, box)
        return any(can_hold(relation.operator, a, b) for a in left for b in right)
    difference, _ = gathered_range(relation.gathered, box)
    operator = relation.operator
    if operator != "==" and _denominator_sign(relation, box) < 0:
        operator = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}[operator]
    return can_hold(operator, difference, point(0))


def _denominator_sign(relation: Relation, box: Box) -> int:
    """The sign of the product of what was multiplied out; raises Undecidable when it is not the same everywhere."""
    assert relation.gathered is not None
    sign = 1
    for denominator in relation.gathered.denominators:
        for piece in value_range(denominator, box):
            if piece.low is not None and piece.low >= 0:
                continue
            if piece.high is None or piece.high > 0:
                raise Undecidable("the sign of a divisor is not known")
            sign = -sign
    return sign


def can_hold(operator: str, a: Interval, b: Interval) -> bool:
    """True when x operator y for some x of a and y of b."""
    if operator == "==":
        return intersect(a, b) is not None
    if operator in (">", ">="):
        a, b = b, a
    if a.low is None or b.high is None:
        return True
    if a.low == b.high:
        return operator in ("<=", ">=") and a.low_closed and b.high_closed
    return a.low < b.high


def operands(box: Box) -> Iterator[Operand]:
    """Every operand of the box, members of collections one by one."""
    for name, found in box.items():
        if isinstance(found, Interval):
            yield Operand(name)
        else:
            yield from (Operand(name, index) for index in range(len(found)))


def witness(
    alternatives: Sequence[Alternative],
    box: Box,
    faces: Mapping[Operand, Fraction],
    counts: frozenset[Operand] = frozenset(),
    last: str | None = None,
) -> dict[Operand, Fraction] | None:
    """True values in the box that satisfy an alternative, near the `faces`; whole numbers for `counts` where there are any.

    Operands are fixed one by one, counts first and `last` at the end, each at the value nearest to its face that leaves
    the rest a solution. None when none is found.
    """
    order = sorted(operands(box), key=lambda o: (o.name == last, o not in counts, o.name, o.index or 0))
    for alternative in alternatives:
        try:
            if alternative_feasible(alternative, box):
                found = _fix(alternative, box, faces, counts, order)
                if found is not None:
                    return found
        except Undecidable:
            continue
    return None


def _fix(
    alternative: Alternative,
    box: Box,
    faces: Mapping[Operand, Fraction],
    counts: frozenset[Operand],
    order: Sequence[Operand],
) -> dict[Operand, Fraction] | None:
    values: dict[Operand, Fraction] = {}
    for operand in order:
        value = _choice(alternative, operand, box, faces[operand], operand in counts)
        if value is None:
            return None
        values[operand] = value
        box = with_interval(box, operand, point(value))
    return values


def _choice(alternative: Alternative, operand: Operand, box: Box, face: Fraction, whole: bool) -> Fraction | None:
    own = interval_of(operand, box)
    is_candidate = face in own and (not whole or face.denominator == 1)
    if is_candidate and alternative_feasible(alternative, with_interval(box, operand, point(face))):
        return face
    pieces: Pieces = (own,)
    guessing = False
    for relation in alternative.relations:
        if operand.name in relation.names:
            solved = solve(relation, operand, box)
            guessing = guessing or solved is None or relation.gathered is not None
            pieces = pieces if solved is None else _common(pieces, solved)
    candidates = sorted(_candidates(pieces, face, whole), key=lambda v: (whole and v.denominator != 1, abs(v - face)))
    if not guessing and alternative.shared is None and not whole:
        return candidates[0] if candidates else None
    for value in candidates:
        if value in own and alternative_feasible(alternative, with_interval(box, operand, point(value))):
            return value
    return None


def _candidates(pieces: Pieces, face: Fraction, whole: bool) -> list[Fraction]:
    found = []
    for piece in pieces:
        value = nearest(piece, face)
        if whole:
            below = Fraction(value.numerator // value.denominator)
            found += [v for v in (below, below + 1) if v in piece]
        found.append(value)
        if piece.low is not None and piece.high is not None:
            found += [piece.low + (piece.high - piece.low) * Fraction(i, 8) for i in range(9)]
    return [value for value in found if any(value in piece for piece in pieces)]
