"""The range of one side of a relation in which variables occur several times, for showing what the operands give.

Each variable is of the first degree above and below the line, so with the others fixed the side is monotone in it, and its
extremes lie where the repeated variables are at their ends.
"""

from __future__ import annotations

from collections import Counter
from itertools import product

from crosscheck.checking.ranges import Box, Undecidable, value_range
from crosscheck.checking.solving import Operand, interval_of, with_interval
from crosscheck.figures.interval import Interval, hull, point
from crosscheck.rules.expression import Expression, variables

MAXIMUM_CORNERS = 2**8


def side_range(side: Expression, box: Box) -> Interval | None:
    """The range of an expression over a box; None when a repeated figure has no end or there are too many corners."""
    repeated = _repeated(side, box)
    ends = []
    corners = 1
    for operand in repeated:
        own = interval_of(operand, box)
        if own.low is None or own.high is None:
            return None
        ends.append((own.low,) if own.is_point else (own.low, own.high))
        corners *= len(ends[-1])
    if corners > MAXIMUM_CORNERS:
        return None
    found: list[Interval] = []
    for corner in product(*ends):
        tried = box
        for operand, value in zip(repeated, corner, strict=True):
            tried = with_interval(tried, operand, point(value))
        try:
            found += value_range(side, tried)
        except Undecidable:
            return None
    return hull(found)


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
