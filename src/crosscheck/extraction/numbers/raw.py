"""A number in the making, and the figure text that it will have."""

from __future__ import annotations

from dataclasses import dataclass

from crosscheck.extraction.numbers.units import SCALE_NAMES
from crosscheck.figures.exact import Fraction

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(slots=True)
class Raw:
    """A number while it is read. `written` is its figure text before scale and unit.

    `skip` is the reason why it is no figure whatever follows, `soft` why it is none while it has no unit and no noun.
    """

    start: int
    end: int
    written: str = ""
    value: Fraction | None = None
    scale: Fraction = ONE
    scale_word: str = ""
    unit: str = ""
    kind: str = ""  # where the unit does not say it: multiple, fraction
    prefixed: bool = False  # the currency stands before the number
    sign: int = 0
    word: bool = False
    noun: tuple[int, int] | None = None
    head: str = ""
    soft: str = ""
    skip: str = ""
    direction: int = 0
    year: bool = False
    shared: bool = False
    qualifier: str | None = None
    qualifier_start: int | None = None

    @property
    def bare(self) -> bool:
        """Whether nothing says what it measures."""
        return not self.unit and not self.noun and not self.kind and not self.skip

    @property
    def magnitude(self) -> Fraction:
        """The value with its scale."""
        value = ZERO if self.value is None else self.value
        return value if self.scale is ONE else value * self.scale

    def with_scale(self) -> str:
        """The number with its scale, as figure text."""
        if self.scale == 1:
            return self.written
        name = SCALE_NAMES.get(self.scale)
        if name is None and self.value is not None and self.written[:1].isdigit():
            return rescaled(self.written, self.scale)
        return f"{self.written} {name or self.scale_word}"


def decimal_text(value: Fraction, places: int) -> str:
    """A decimal with that many places, with `,` in thousands; `value` has no more of them."""
    whole, part = divmod(int(value * 10**places), 10**places)
    shown = f"{whole:,}" if whole >= 10000 else str(whole)
    return f"{shown}.{part:0{places}}" if places else shown


def rescaled(written: str, scale: Fraction) -> str:
    """Digits with a scale that has no word of its own, in one that has, keeping the last digit's unit."""
    places = len(written.partition(".")[2])
    larger = [s for s in SCALE_NAMES if s >= max(scale, Fraction(1000)) and s not in (10**5, 10**7)]
    if larger:
        by = min(larger)
        ratio, more = by / scale, 0
        while ratio > 1:
            ratio, more = ratio / 10, more + 1
        if ratio == 1:
            value = Fraction(written.replace(",", "")) / 10**more
            return f"{decimal_text(value, places + more)} {SCALE_NAMES[by]}"
    by = max(SCALE_NAMES)
    value = Fraction(written.replace(",", "")) * scale / by
    return f"{decimal_text(value, places)} {SCALE_NAMES[by]}"
