"""Ranges of expressions in which variables occur several times, over boxes with open ends and without ends."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.checking.gathered import gathered_range
from crosscheck.figures.interval import Interval
from crosscheck.rules.algebra import Gathered
from crosscheck.rules.expression import Comparison, parse_condition

NAMES = ("x", "y", "z")
# Mostly nothing: only then does an expression have an end where a variable has none.
COEFFICIENTS = st.lists(st.sampled_from((0, 0, 0, 0, 1, -1, 2, -3)), min_size=8, max_size=8)
FAR, NEAR = Fraction(10**7), Fraction(1, 10**6)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted(draw(st.lists(st.integers(-4, 4), min_size=2, max_size=2, unique=True)))
    closed = draw(st.tuples(st.booleans(), st.booleans()))
    shape = draw(st.sampled_from(("bounded", "from", "up to", "any")))
    return Interval(
        Fraction(low) if shape in ("bounded", "from") else None,
        Fraction(high) if shape in ("bounded", "up to") else None,
        *closed,
    )


BOXES = st.fixed_dictionaries({name: intervals() for name in NAMES})


def gathered(coefficients: list[int]) -> Gathered:
    """a + b x + c y + d x y + …: of the first degree in each variable, and each occurs four times."""
    terms = [
        "*".join([f"({c})" if c >= 0 else f"(-{-c})", *(name for j, name in enumerate(NAMES) if i >> j & 1)])
        for i, c in enumerate(coefficients)
    ]
    comparison = parse_condition(f"{' + '.join(terms)} == 0")
    assert isinstance(comparison, Comparison)
    return Gathered(comparison.left, (), (), NAMES, ())


def value(coefficients: list[int], at: tuple[Fraction, ...]) -> Fraction:
    total = Fraction(0)
    for i, coefficient in enumerate(coefficients):
        term = Fraction(coefficient)
        for j in range(len(NAMES)):
            term *= at[j] if i >> j & 1 else 1
        total += term
    return total


def towards_ends(interval: Interval) -> list[Fraction]:
    """Values of the interval at its ends, next to those that are open, and far out where there is none."""
    low, high = interval.low, interval.high
    return [
        (high or Fraction(0)) - FAR if low is None else (low if interval.low_closed else low + NEAR),
        (low or Fraction(0)) + FAR if high is None else (high if interval.high_closed else high - NEAR),
    ]


def attained(interval: Interval) -> list[Fraction]:
    """The closed ends of the interval, and a value inside."""
    low, high = interval.low, interval.high
    ends = [end for end, closed in ((low, interval.low_closed), (high, interval.high_closed)) if closed and end is not None]
    if low is not None and high is not None:
        return [*ends, (2 * low + high) / 3]
    return [*ends, low + 2 if low is not None else (high - 2 if high is not None else Fraction(1, 2))]


@settings(max_examples=150)
@given(COEFFICIENTS, BOXES)
def test_the_range_ends_where_the_values_do(coefficients: list[int], box: dict[str, Interval]) -> None:
    found = gathered_range(gathered(coefficients), box)
    values = [value(coefficients, at) for at in product(*(towards_ends(box[name]) for name in NAMES))]
    assert all(reached in found for reached in values)
    assert min(values) < -1000 if found.low is None else abs(min(values) - found.low) < Fraction(1, 100)
    assert max(values) > 1000 if found.high is None else abs(max(values) - found.high) < Fraction(1, 100)


@settings(max_examples=150)
@given(COEFFICIENTS, BOXES)
def test_an_end_is_closed_when_it_is_attained(coefficients: list[int], box: dict[str, Interval]) -> None:
    """An extreme is attained at closed ends, or inside where it does not depend on the variable."""
    found = gathered_range(gathered(coefficients), box)
    values = {value(coefficients, at) for at in product(*(attained(box[name]) for name in NAMES))}
    assert found.low is None or found.low_closed == (found.low in values)
    assert found.high is None or found.high_closed == (found.high in values)
