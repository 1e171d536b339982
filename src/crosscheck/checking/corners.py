"""Relations in which variables occur several times, for showing what the operands give: ranges by trying all corners.

Each variable is of the first degree above and below the line, so with the others fixed every side, and every operand solved
for, is monotone in it, and the extremes lie where the others are at their ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from crosscheck.checking.deciding import operands
from crosscheck.checking.gathered import may_divide_by_zero
from crosscheck.checking.ranges import Box, Undecidable, value_at, value_range
from crosscheck.checking.solving import Operand, interval_of, with_interval
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, hull, point
from crosscheck.rules.algebra import Relation
from crosscheck.rules.expression import Binary, Expression, Negation, variables

MAXIMUM_CORNERS = 2**8


def side_range(side: Expression, box: Box) -> Interval | None:
    """The range of an expression over a box; None when a repeated figure has no end or there are too many corners."""
    found: list[Interval] = []
    corners = _corners(_repeated(side, box), box)
    for tried in corners or ():
        try:
            found += value_range(side, tried)
        except Undecidable:
            return None
    return hull(found) if found else None


def root_range(relation: Relation, operand: Operand, box: Box) -> Interval | None:
    """The values of an operand with which an equality holds for some values of the others in the box.

    None when the others are unbounded or too many, or when the operand may be anything at some corner: then its solution
    is not monotone in the others.
    """
    others = [other for other in operands(box) if other.name in relation.names and other != operand]
    if relation.operator != "==":
        return None
    if relation.gathered is not None and may_divide_by_zero(relation.gathered, operand.name, operand.index, box):
        return None
    difference = Binary("-", relation.left, relation.right)
    if _may_divide_by_zero(difference, with_interval(box, operand, point(0))):
        return None  # between the corners it could pass zero, and the root infinity
    roots: list[Fraction] = []
    signs = set()
    for tried in _corners(others, box) or ():
        found = _root(difference, operand, tried)
        if found is None:
            return None
        roots.append(found[0])
        signs.add(found[1])
    if not roots or len(signs) > 1:
        return None
    return Interval(min(roots), max(roots))


def _may_divide_by_zero(node: Expression, box: Box) -> bool:
    """True when something that is divided by outside of sums may be zero in the box; `gathered` looks into the sums."""
    if isinstance(node, Binary) and node.operator == "/":
        try:
            if any(Fraction(0) in piece for piece in value_range(node.right, box)):
                return True
        except Undecidable:
            return True
    if isinstance(node, Binary):
        return _may_divide_by_zero(node.left, box) or _may_divide_by_zero(node.right, box)
    return isinstance(node, Negation) and _may_divide_by_zero(node.operand, box)


def _root(difference: Expression, operand: Operand, box: Box) -> tuple[Fraction, bool] | None:
    """Where (a + b x) / (1 + d x) is zero, from its values at 0, 1 and 2, and the sign of b; None without a root."""
    values = []
    for x in (0, 1, 2):
        trial = with_interval(box, operand, point(x))
        value = value_at(difference, trial)
        if value is None:
            try:
                (found,) = value_range(difference, trial)
            except (Undecidable, ValueError):
                return None
            if found.low is None or not found.is_point:
                return None
            value = found.low
        values.append(value)
    at_0, at_1, at_2 = values
    if at_1 == at_2:
        return None
    d = (2 * at_1 - at_0 - at_2) / (2 * (at_2 - at_1))
    b = at_1 * (1 + d) - at_0
    return (-at_0 / b, b > 0) if b else None


def _corners(varied: Sequence[Operand], box: Box) -> Iterator[Box] | None:
    """The box with the varied operands at each combination of their ends; None when they are too many or unbounded."""
    ends = []
    count = 1
    for operand in varied:
        own = interval_of(operand, box)
        if own.low is None or own.high is None:
            return None
        ends.append((own.low,) if own.is_point else (own.low, own.high))
        count *= len(ends[-1])
    if count > MAXIMUM_CORNERS:
        return None
    return (_at_corner(varied, corner, box) for corner in product(*ends))


def _at_corner(varied: Sequence[Operand], corner: Sequence[Fraction], box: Box) -> Box:
    for operand, value in zip(varied, corner, strict=True):
        box = with_interval(box, operand, point(value))
    return box


def _repeated(side: Expression, box: Box) -> list[Operand]:
    counts = Counter(variable.name for variable in variables(side))
    repeated: list[Operand] = []
    for name, count in counts.items():
        found = box[name]
        if count > 1 and isinstance(found, Interval):
            repeated.append(Operand(name))
        elif count > 1 and isinstance(found, tuple):
            repeated += [Operand(name, index) for index in range(len(found))]
    return repeated
