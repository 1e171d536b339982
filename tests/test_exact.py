"""The compiled fractions and those of the standard library are the same numbers, alone and mixed."""

from __future__ import annotations

import operator
import subprocess
import sys
from fractions import Fraction as Plain
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, point

ROOT = Path(__file__).resolve().parents[1]
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
            assert (found.numerator, found.denominator) == (right.numerator, right.denominator)
    for compare in COMPARISONS:
        assert compare(x, y) == compare(x, b) == compare(a, y) == compare(a, b)
    for exponent in (0, 1, 3):
        assert x**exponent == a**exponent
    assert (x // 1, abs(x), -x, x.numerator) == (a // 1, abs(a), -a, a.numerator)


@given(numbers)
def test_intervals_hold_one_kind_of_number(a: Plain) -> None:
    for interval in (point(a), Interval(a, None), Interval(a, a + 1)):
        assert all(type(end) is Fraction for end in (interval.low, interval.high) if end is not None)


def test_the_package_does_without() -> None:
    code = (
        "import sys; from crosscheck.figures.exact import Fraction; print(Fraction.__module__); "
        "sys.argv = ['crosscheck', 'all', '--format', 'json']; from crosscheck.cli.app import main; sys.exit(main())"
    )
    without, own = (
        subprocess.run([sys.executable, "-c", each], cwd=ROOT, capture_output=True, text=True, timeout=60)
        for each in (code.replace(";", "; sys.modules['quicktions'] = None;", 1), code)
    )
    assert (without.returncode, own.returncode) == (0, 0), without.stderr
    assert without.stdout.partition("\n")[0] == "fractions"
    assert without.stdout.partition("\n")[2] == own.stdout.partition("\n")[2]
