"""The fractions of the package are those of the standard library, in what they do and in what they leave alone."""

from __future__ import annotations

import copy
import operator
import pickle
from fractions import Fraction as Plain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, point

numbers = st.builds(Plain, st.integers(-(10**30), 10**30), st.integers(1, 10**12)) | st.fractions(max_denominator=50)
OPERATIONS = (operator.add, operator.sub, operator.mul, operator.truediv)
COMPARISONS = (operator.eq, operator.lt, operator.le, operator.gt, operator.ge)


@given(numbers, numbers)
def test_the_same_numbers(a: Plain, b: Plain) -> None:
    x, y = Fraction(a), Fraction(b)
    assert x == a
    assert hash(x) == hash(a)
    assert (str(x), int(x), round(x), float(x)) == (str(a), int(a), round(a), float(a))
    for operation in OPERATIONS:
        if operation is operator.truediv and b == 0:
            continue
        right = operation(a, b)
        for found in (operation(x, y), operation(x, b), operation(a, y)):
            assert found == right
            assert type(found) is Fraction
            assert (found.numerator, found.denominator) == (right.numerator, right.denominator)
    for compare in COMPARISONS:
        assert compare(x, y) == compare(x, b) == compare(a, y) == compare(a, b)
    for exponent in (0, 1, 3, *((-1, -2) if a else ())):
        assert x**exponent == a**exponent
    assert bool(x) is bool(a)
    assert x + 1 == 1 + x == a + 1
    assert (x - 3, 3 - x, x * 7, 7 * x, x / 9) == (a - 3, 3 - a, a * 7, a * 7, a / 9)
    assert x == copy.deepcopy(x) == pickle.loads(pickle.dumps(x))
    assert float(x) * 2.0 == x * 2.0
    assert (x // 1, abs(x), -x, x.numerator) == (a // 1, abs(a), -a, a.numerator)


@given(numbers)
def test_intervals_hold_one_kind_of_number(a: Plain) -> None:
    for interval in (point(a), Interval(a, None), Interval(a, a + 1)):
        assert all(type(end) is Fraction for end in (interval.low, interval.high) if end is not None)


def test_numbers_of_one_digit_leave_bytes_alone() -> None:
    for digit in "0123456789":
        assert Fraction(digit) == int(digit)
        assert [bytes([byte])[0] for byte in range(256)] == list(range(256))


def test_a_quotient_by_zero_is_none() -> None:
    for zero in (0, Fraction(0), Plain(0)):
        with pytest.raises(ZeroDivisionError):
            Fraction(1, 3) / zero
