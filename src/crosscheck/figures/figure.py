"""What a printed figure means: an exact value with the intervals of true values that could have been printed so.

Intervals are in the base unit of the figure's dimension (percent is 1/100, a tonne is 1,000 kg), so that figures meet
without conversion. The strict reading is half a unit of the last digit either way, both ends closed, as in XBRL
Calculations 1.1. Prose may have loose readings besides: `zeros` (trailing zeros that are no digits) and `cut` (digits cut
instead of rounded). Every reading holds the face value, so the readings of one figure always overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, hull, point
from crosscheck.figures.quantities import Qualifier, Quantities
from crosscheck.figures.units import Unit

STRICT, ZEROS, CUT = "strict", "zeros", "cut"
ROUNDED, EXACT, BOUND, HEDGE = "rounded", "exact", "bound", "hedge"


@dataclass(frozen=True, slots=True)
class Reading:
    """A loose reading: its name and the true values that it allows."""

    name: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure. `face`, `strict`, `loose` and `whole` are in the base unit of `unit`'s dimension."""

    face: Fraction
    unit: Unit
    strict: Interval
    printed: str
    kind: str = ROUNDED  # rounded, exact, bound or hedge
    loose: tuple[Reading, ...] = ()
    whole: Interval | None = None  # the hull of all readings; filled in when left out
    scale: Fraction = Fraction(1)  # 10**9 for "billion": for showing further values the way this one is printed
    decimals: int = 0  # printed decimal places, before the scale
    counts: bool = False  # true values are whole numbers
    qualifier: str | None = None  # the words of a hedge or bound before the number

    def __post_init__(self) -> None:
        if self.face.__class__ is not Fraction:
            object.__setattr__(self, "face", Fraction(self.face))
        if self.whole is None:
            readings = [self.strict, *(reading.interval for reading in self.loose)]
            object.__setattr__(self, "whole", hull(readings) if self.loose else self.strict)

    @property
    def any_reading(self) -> Interval:
        """The true values that some reading allows."""
        assert self.whole is not None
        return self.whole

    @property
    def face_range(self) -> Interval:
        """What the figure contributes at face value: its value, or the whole window of a bound or hedge."""
        return self.strict if self.kind in (BOUND, HEDGE) else point(self.face)


def unround(value: Fraction, step: Fraction, mode: str = "round") -> Interval:
    """The true values that a rounding mode prints as `value`, a multiple of `step`.

    `round` is a half up or down, both ends closed; `up`, `down` and `even` say where a half goes (`even` leaves both
    out, as it depends on the digit); `truncate`, `floor`, `ceiling` and `anti_trunc` (the step towards zero) are
    directed. Raises ValueError for `anti_trunc` of zero, which nothing is printed as, and for an unknown mode.
    """
    half = step / 2
    towards_zero = "floor" if value > 0 else "ceiling"
    if mode == "truncate":
        if value == 0:
            return Interval(-step, step, False, False)
        mode = towards_zero
    elif mode == "anti_trunc":
        if value == 0:
            raise ValueError("nothing is printed as zero when rounding away from zero")
        return Interval(value - step, value, True, False) if value > 0 else Interval(value, value + step, True, False)
    shapes = {
        "round": (half, half, True, True),
        "up": (half, half, True, False),
        "down": (half, half, False, True),
        "even": (half, half, False, False),
        "floor": (Fraction(0), step, True, False),
        "ceiling": (step, Fraction(0), False, True),
    }
    if mode not in shapes:
        raise ValueError(f'unknown rounding mode "{mode}"')
    below, above, low_closed, high_closed = shapes[mode]
    return Interval(value - below, value + above, low_closed, high_closed)


def rounded(value: Fraction, step: Fraction, unit: Unit, printed: str, mode: str = "round") -> Figure:
    """A figure with declared precision: `value` and `step` in `unit`, the strict reading alone; step 0 is exact."""
    if step == 0:
        return Figure(to_base(value, unit), unit, point(to_base(value, unit)), printed, EXACT)
    return Figure(to_base(value, unit), unit, interval_to_base(unround(value, step, mode), unit), printed)


def loose_readings(value: Fraction, step: Fraction, digits: str, zeros_allowed: bool) -> tuple[Reading, ...]:
    """The readings that prose allows beside the strict one, in the printed unit.

    `digits` are those of a whole number as printed, or "" for one with decimals or in words; `step` is the unit of its
    last digit. At least two significant digits are kept for `zeros`.
    """
    readings = []
    zeros = min(len(digits) - len(digits.rstrip("0")), len(digits) - 2)
    if zeros_allowed and zeros > 0:
        readings.append(Reading(ZEROS, unround(value, step * 10**zeros)))
    readings.append(Reading(CUT, unround(value, step, "truncate")))
    return tuple(readings)


def qualified(
    magnitude: Fraction, step: Fraction, significant: Fraction, qualifier: Qualifier, table: Quantities
) -> Interval:
    """The true magnitudes that a qualifier allows before `magnitude` (not negative).

    `step` is the unit of the last printed digit (0 for words), `significant` that of the last significant digit. A hedge
    reaches as far as the smaller of `table.share` and `table.units` significant units, and never less far than rounding
    on a side that it allows.
    """
    if qualifier.kind == "bound":
        return {
            "above": Interval(magnitude, None, low_closed=False),
            "from": Interval(magnitude, None),
            "below": Interval(None, magnitude, high_closed=False),
            "upto": Interval(None, magnitude),
        }[qualifier.side]
    reach = magnitude * table.share
    if step:
        reach = max(min(reach, table.units * significant), step / 2)
    low, high = magnitude - reach, magnitude + reach
    if reach == 0:
        return point(magnitude)
    if qualifier.side == "below":
        return Interval(low, magnitude, True, False)
    if qualifier.side == "above":
        return Interval(magnitude, high, False, True)
    return Interval(low, high)


def to_base(value: Fraction, unit: Unit) -> Fraction:
    """A value in `unit` in the base unit of its dimension."""
    return value * unit.factor + unit.offset


def from_base(value: Fraction, unit: Unit) -> Fraction:
    """A value in the base unit of its dimension in `unit`."""
    return (value - unit.offset) / unit.factor


def interval_to_base(interval: Interval, unit: Unit) -> Interval:
    """An interval in `unit` in the base unit; factors are positive, so the ends keep their places."""
    return Interval(
        None if interval.low is None else to_base(interval.low, unit),
        None if interval.high is None else to_base(interval.high, unit),
        interval.low_closed,
        interval.high_closed,
    )


def interval_from_base(interval: Interval, unit: Unit) -> Interval:
    """An interval in the base unit in `unit`."""
    return Interval(
        None if interval.low is None else from_base(interval.low, unit),
        None if interval.high is None else from_base(interval.high, unit),
        interval.low_closed,
        interval.high_closed,
    )


def without_readings(figure: Figure, names: Iterable[str]) -> Figure:
    """The figure with some loose readings switched off, as a house that rounds properly does."""
    unwanted = frozenset(names)
    kept = tuple(reading for reading in figure.loose if reading.name not in unwanted)
    return figure if len(kept) == len(figure.loose) else replace(figure, loose=kept, whole=None)
