"""Power: how likely a check would have caught a wrong figure. A check that can hardly fail is no evidence.

The errors of reference are of 1% to 100% either way: a figure v printed as v * (1 + e) or as v / (1 + e), where e runs
through the preferred numbers R10 of ISO 3, whose steps are even in ratio like a log-uniform distribution. An error is
caught when the figure, printed wrong in the same manner, would have been a contradiction. Power is the share of the errors
that are. It is exact, and it decides nothing but how a check is told of, and whether a slip is worth naming.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from crosscheck.checking.assessment import (
    CONSISTENT,
    CONTRADICTION,
    RECONCILABLE,
    UNVERIFIABLE,
    Assessment,
    Boxes,
    allowed_by,
    boxes_of,
    computed_by,
    other_side,
    tolerant,
)
from crosscheck.checking.binding import Binding
from crosscheck.checking.deciding import feasible
from crosscheck.checking.ranges import Box, Undecidable
from crosscheck.checking.solving import Operand, interval_of, with_interval
from crosscheck.checking.stated import Stated
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import EXACT, HEDGE, ROUNDED
from crosscheck.figures.interval import EVERYTHING, Interval, intersect, nearest, negate, point
from crosscheck.rules.algebra import Alternative

R10 = ("1", "1.25", "1.6", "2", "2.5", "3.15", "4", "5", "6.3", "8")
SIZES = (*(Fraction(n) * scale / 100 for scale in (1, 10) for n in R10), Fraction(1))
# From which power on a check is evidence: then errors of 10% are about where it begins to see.
STRONG = Fraction(1, 2)
COMPARISONS = ("==", "<=", "<", ">=", ">")


# An error, and whether it itself is caught; None where none is.
Threshold = tuple[Fraction, bool] | None


@dataclass(frozen=True, slots=True)
class Print:
    """A right figure in print: its face value, the true values that it stands for, and what the other figures allow.

    In base units. A wrong figure stands for as wide an interval, or for one that grows with it where the window of a hedge
    `scales`.
    """

    face: Fraction
    own: Interval
    allowed: tuple[Interval, ...]
    scales: bool = False


def power_of(shown: Print) -> Fraction | None:
    """The share of the reference errors that leave a figure nothing in common with what is allowed.

    None for a figure of zero, of which no error is a percentage.
    """
    if shown.face == 0:
        return None
    found = thresholds(shown)
    if found is not None:
        return Fraction(sum(map(_caught, found)), 2 * len(SIZES))
    wrong = [interval for size in SIZES for interval in _misprinted(shown, size)]
    count = sum(all(intersect(interval, piece) is None for piece in shown.allowed) for interval in wrong)
    return Fraction(count, len(wrong))


def thresholds(shown: Print) -> tuple[Threshold, Threshold] | None:
    """The error from which on a figure that is too large, and one that is too small (by amount), is caught.

    None where what is allowed falls into several ranges or leaves out the figure itself, and for a figure of zero.
    """
    if shown.face == 0 or len(shown.allowed) != 1 or intersect(shown.own, shown.allowed[0]) is None:
        return None
    face, own, allowed = shown.face, shown.own, shown.allowed[0]
    if face < 0:
        face, own, allowed = -face, negate(own), negate(allowed)
    up = down = None
    if own.low is not None and allowed.high is not None:
        room = (allowed.high - own.low) / (own.low if shown.scales and own.low > 0 else face)
        up = (max(room, Fraction(0)), room < 0 or not (own.low_closed and allowed.high_closed))
    if own.high is not None and allowed.low is not None:
        room = (own.high - allowed.low) / (own.high if shown.scales and own.high > 0 else face)
        if room < 1:  # v / (1 + e) is v less e / (1 + e) of it
            itself = room < 0 or not (own.high_closed and allowed.low_closed)
            room = max(room, Fraction(0))
            down = (room / (1 - room), itself)
    return up, down


def _caught(threshold: Threshold) -> int:
    if threshold is None:
        return 0
    error, itself = threshold
    return len(SIZES) - (bisect_left(SIZES, error) if itself else bisect_right(SIZES, error))


def _misprinted(shown: Print, size: Fraction) -> Iterator[Interval]:
    for factor in (1 + size, 1 / (1 + size)):
        low, high = (
            None if end is None else end * factor if shown.scales else end + shown.face * (factor - 1)
            for end in (shown.own.low, shown.own.high)
        )
        yield Interval(low, high, shown.own.low_closed, shown.own.high_closed)


def allowed_for(binding: Binding, operand: Operand, box: Box) -> tuple[Interval, ...]:
    """What an operand may be, given the others in a box, a range for each alternative of the assertion that tells one."""
    open_box = with_interval(box, operand, EVERYTHING)
    found = (_allowed_by(alternative, operand, open_box) for alternative in binding.rule.alternatives)
    return tuple(interval for interval in found if interval is not None)


def _allowed_by(alternative: Alternative, operand: Operand, box: Box) -> Interval | None:
    relation = alternative.relations[0]
    if len(alternative.relations) == 1 and relation.operator == "==" and other_side(relation, operand.name) is not None:
        return computed_by(relation, operand.name, box)
    return allowed_by(alternative, operand, box)


def in_print(
    binding: Binding, assessment: Assessment, address: Operand | None = None, boxes: Boxes | None = None
) -> Print | None:
    """An operand of a check (the subject where none is given) and what the others allow, in any reading.

    None where nothing was compared or that cannot be told. For the subject of a contradiction the right figure is taken to
    be what the others give, printed to as many digits.
    """
    relation = assessment.relation
    if assessment.verdict == UNVERIFIABLE or binding.missing is not None:
        return None
    if relation is not None and relation.operator not in COMPARISONS:
        return None  # not a range: there are gaps between whole numbers
    address = address or Operand(binding.rule.subject)
    box = (boxes or boxes_of(binding)).loose
    allowed = allowed_for(binding, address, box)
    if not allowed:
        return None
    found = binding.roles[address.name]
    operand = found if isinstance(found, Stated) else found[address.index or 0]
    face, own = operand.face, interval_of(address, tolerant(binding.rule, box))
    if assessment.verdict == CONTRADICTION and operand is binding.subject:
        right = nearest(assessment.computed_face or allowed[0], face)
        own, face = _printed_like(own, face, right), right
    return Print(face, own, allowed, is_hedge(operand))


def power(
    binding: Binding, assessment: Assessment, address: Operand | None = None, boxes: Boxes | None = None
) -> Fraction | None:
    """The power of a check as to its subject, or as to another operand; None where that cannot be told.

    `boxes` are those of the binding, where they are at hand.
    """
    shown = in_print(binding, assessment, address, boxes)
    if shown is not None:
        return power_of(shown)
    fits = assessment.verdict in (CONSISTENT, RECONCILABLE)
    return _by_trying(binding) if fits and address is None and assessment.relation is not None else None


def _by_trying(binding: Binding) -> Fraction | None:
    """Power where what is allowed is no range, as for whole numbers: each wrong figure decided, to the digits printed.

    An error that is too small to change the printed digits is not caught.
    """
    subject = binding.subject
    own, face, kind = subject.narrowest.figure.any_reading, subject.face, subject.narrowest.figure.kind
    strict = subject.narrowest.figure.strict
    if face == 0 or kind not in (ROUNDED, EXACT) or strict.low is None or strict.high is None:
        return None
    step, address, box = strict.high - strict.low, Operand(binding.rule.subject), boxes_of(binding).loose
    caught = 0
    for size in SIZES:
        for factor in (1 + size, 1 / (1 + size)):
            wrong = face * factor
            wrong = face + round((wrong - face) / step) * step if step else wrong
            low, high = (None if end is None else end + wrong - face for end in (own.low, own.high))
            moved = Interval(low, high, own.low_closed, own.high_closed)
            try:
                holds = feasible(binding.rule.alternatives, tolerant(binding.rule, with_interval(box, address, moved)))
            except Undecidable:
                return None
            caught += not holds
    return Fraction(caught, 2 * len(SIZES))


def is_hedge(operand: Stated) -> bool:
    """True when a hedge gives the operand its window."""
    return operand.narrowest.figure.kind == HEDGE


def _printed_like(own: Interval, face: Fraction, right: Fraction) -> Interval:
    """The true values that the right figure would stand for, were it printed to as many digits."""
    if not right and face:
        return point(right)  # with as many digits nothing else would be printed as zero
    size = abs(right / face) if face else Fraction(1)
    low, high = (None if end is None else right + (end - face) * size for end in (own.low, own.high))
    return Interval(low, high, own.low_closed, own.high_closed)
