"""The one deciding function: can an assertion hold for some true values in a box? And true values that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from crosscheck.checking.gathered import gathered_can_hold
from crosscheck.checking.ranges import Box, Pieces, Undecidable, can_hold, value_range
from crosscheck.checking.solving import Operand, interval_of, middle_root, search, solve, takes_root, with_interval
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, intersect, nearest, point
from crosscheck.rules.algebra import Alternative, Relation

# Where values of figures without an end are looked for, in multiples of the end that they have.
FAR_OUT = (1, 10, 1000)


def feasible(alternatives: Sequence[Alternative], box: Box) -> bool:
    """True when some true values in the box satisfy at least one of the alternatives.

    Exact. Raises Undecidable when no alternative is known to hold and one is beyond what is decided.
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
            if not pieces:
                return False
        elif not relation_feasible(relation, box):
            return False
    return True


def _projection(relation: Relation, operand: Operand, box: Box) -> Pieces:
    solved = solve(relation, operand, box)
    if solved is None or takes_root(relation, operand):
        raise Undecidable(f"{operand.name} cannot be isolated")
    return solved


def _common(a: Pieces, b: Pieces) -> Pieces:
    return tuple(both for x in a for y in b if (both := intersect(x, y)) is not None)


def relation_feasible(relation: Relation, box: Box) -> bool:
    """True when the relation can hold in the box."""
    if relation.gathered is None:
        left, right = value_range(relation.left, box), value_range(relation.right, box)
        return any(can_hold(relation.operator, a, b) for a in left for b in right)
    return gathered_can_hold(relation.gathered, relation.operator, box)


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
    for alternative in alternatives:
        if not _can_hold(alternative, box):
            continue
        rooted = {o for o in operands(box) if any(takes_root(relation, o) for relation in alternative.relations)}
        # What two relations share comes first: with it fixed they no longer depend on one another. What stands under a
        # power never comes last: what is left for it may be no rational number.
        order = sorted(
            operands(box),
            key=lambda o: (
                o.name != alternative.shared,
                o.name == last and o not in rooted,
                o not in counts,
                o not in rooted,
                o.name,
                o.index or 0,
            ),
        )
        found = _fix(alternative, box, faces, counts, order)
        if found is not None:
            return found
    return None


def _can_hold(alternative: Alternative, box: Box) -> bool:
    try:
        return alternative_feasible(alternative, box)
    except Undecidable:
        return False


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
    """The value nearest to the face with which the others can still satisfy the alternative; whole where that is wanted."""
    own = interval_of(operand, box)
    for value in (face, *_roots(alternative, operand, box)):  # before a search for all that there is
        suits = value in own and (not whole or value.denominator == 1)
        if suits and _can_hold(alternative, with_interval(box, operand, point(value))):
            return value
    pieces: Pieces = (own,)
    for relation in alternative.relations:
        if operand.name in relation.names:
            try:
                solved = search(relation, operand, box)
            except Undecidable:
                solved = None
            pieces = pieces if solved is None else _common(pieces, solved)
    candidates = sorted(
        {face, *_candidates(pieces, face, whole)},
        key=lambda v: (whole and v.denominator != 1, abs(v - face), v),
    )
    for value in candidates:
        if value in own and _can_hold(alternative, with_interval(box, operand, point(value))):
            return value
    return None


def _roots(alternative: Alternative, operand: Operand, box: Box) -> Iterator[Fraction]:
    """The one value that is left where all others are fixed, of relations in which something occurs several times."""
    if all(interval_of(other, box).is_point for other in operands(box) if other != operand):
        for relation in alternative.relations:
            if relation.gathered is not None and operand.name in relation.names:
                root = middle_root(relation, operand, box)
                if root is not None:
                    yield root


def _candidates(pieces: Pieces, face: Fraction, whole: bool) -> list[Fraction]:
    found = []
    for piece in pieces:
        value = nearest(piece, face)
        if whole:
            below = Fraction(value.numerator // value.denominator)
            found += [v for v in (below, below + 1) if v in piece]
        found.append(value)
        # Of what occurs several times a value here or there may not do, such as one that leaves a divisor zero.
        found += [nearest(piece, other) for other in (Fraction(0), face - 1, face + 1, 2 * face, face / 2, -face)]
        if piece.low is not None and piece.high is not None:
            found += [piece.low + (piece.high - piece.low) * Fraction(i, 8) for i in range(9)]
        elif piece.low is not None:
            found += [piece.low + times * max(Fraction(1), abs(piece.low)) for times in FAR_OUT]
        elif piece.high is not None:
            found += [piece.high - times * max(Fraction(1), abs(piece.high)) for times in FAR_OUT]
    return [value for value in found if any(value in piece for piece in pieces)]
