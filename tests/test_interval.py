"""Intervals: every operation against brute force over points, its ends against points that attain them, and its laws."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from itertools import combinations_with_replacement, product
from operator import add as plus
from operator import mul as times
from operator import sub as minus
from operator import truediv as over

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import HUGE, TINY, holds, intervals, rationals, samples, small_intervals

from crosscheck.figures.interval import (
    EVERYTHING,
    NEGATIVE,
    NON_NEGATIVE,
    POSITIVE,
    Interval,
    absolute,
    add,
    divide,
    hull,
    intersect,
    intersect_all,
    is_within,
    maximum,
    minimum,
    multiply,
    nearest,
    negate,
    nth_largest,
    point,
    power,
    reciprocal,
    subtract,
    without_zero,
)

SMALL = tuple(small_intervals((-2, 0, 3)))
# An end that is approached is met to this; an infinite one is exceeded by this.
NEAR, FAR = F(1, 10**5), F(10**5)


def check_exact(found: Interval, values: list[F], note: object) -> None:
    """`values`, taken from everything that an operation yields, show that `found` is its exact range."""
    outside = [value for value in values if not holds(found, value)]
    assert not outside, (note, found, outside)
    for end, closed, extreme in (
        (found.low, found.low_closed, min(values)),
        (found.high, found.high_closed, max(values)),
    ):
        if end is None:
            assert abs(extreme) > FAR, (note, found, "is not that far out")
        else:
            assert (end in values) == closed, (note, found, "attained" if end in values else "never attained")
            assert abs(extreme - end) < NEAR, (note, found, "ends beyond what is reached")


BINARY: dict[str, tuple[Callable[[Interval, Interval], Interval], Callable[[F, F], F]]] = {
    "add": (add, plus),
    "subtract": (subtract, minus),
    "multiply": (multiply, times),
    "minimum": (minimum, min),
    "maximum": (maximum, max),
}


@pytest.mark.parametrize("name", BINARY)
def test_operations_on_two_intervals_are_exact(name: str) -> None:
    operation, of_points = BINARY[name]
    for a, b in product(SMALL, repeat=2):
        ends = [end for end in (a.low, a.high, b.low, b.high) if end is not None]
        values = [of_points(x, y) for x in samples(a, ends) for y in samples(b, ends)]
        check_exact(operation(a, b), values, (name, str(a), str(b)))


@pytest.mark.parametrize("place", [1, 2, 3])
def test_the_nth_largest_is_exact(place: int) -> None:
    few = tuple(small_intervals((0, 2)))
    for found in combinations_with_replacement(few, 3):
        ends = [end for one in found for end in (one.low, one.high) if end is not None]
        values = [sorted(points, reverse=True)[place - 1] for points in product(*(samples(one, ends) for one in found))]
        check_exact(nth_largest(found, place), values, (place, *map(str, found)))


def test_division_is_exact_and_refuses_zero() -> None:
    for a, b in product(SMALL, repeat=2):
        if holds(b, F(0)):
            with pytest.raises(ZeroDivisionError):
                divide(a, b)
            continue
        values = [over(x, y) for x in samples(a) for y in samples(b)]
        check_exact(divide(a, b), values, ("divide", str(a), str(b)))


@pytest.mark.parametrize("exponent", [0, 1, 2, 3, 4, 5])
def test_powers_are_exact(exponent: int) -> None:
    for a in SMALL:
        check_exact(power(a, exponent), [F(x**exponent) for x in samples(a)], (str(a), exponent))


def test_operations_on_one_interval_are_exact() -> None:
    for a in SMALL:
        inside = samples(a)
        check_exact(negate(a), [-x for x in inside], ("negate", str(a)))
        check_exact(absolute(a), [abs(x) for x in inside], ("absolute", str(a)))
        if not holds(a, F(0)):
            check_exact(reciprocal(a), [1 / x for x in inside], ("reciprocal", str(a)))


def test_intersection_and_hull_hold_what_they_should() -> None:
    for a, b in product(SMALL, repeat=2):
        probes = [p for end in range(-3, 5) for p in (F(end), end - TINY, end + TINY)] + [HUGE, -HUGE]
        both, around = intersect(a, b), hull([a, b])
        for x in probes:
            in_both = holds(a, x) and holds(b, x)
            assert in_both == (both is not None and holds(both, x)), (str(a), str(b), x)
            assert holds(around, x) or not (holds(a, x) or holds(b, x)), (str(a), str(b), x)
        assert both == intersect(b, a)
        assert around == hull([b, a])
        check_exact(around, [*samples(a), *samples(b)], ("hull", str(a), str(b)))
        assert is_within(a, b) == all(holds(b, x) for x in [*probes, *samples(a)] if holds(a, x))
        assert is_within(a, around)


def test_without_zero_leaves_out_just_zero() -> None:
    for a in SMALL:
        parts = without_zero(a)
        for x in [*samples(a), F(0), -TINY, TINY]:
            assert any(holds(part, x) for part in parts) == (holds(a, x) and x != 0), (str(a), x)
        for part in parts:
            assert is_within(part, NEGATIVE) or is_within(part, POSITIVE)


def test_intersections_and_hulls_of_many() -> None:
    assert intersect_all([]) == EVERYTHING
    assert intersect_all([Interval(F(0), F(3)), Interval(F(1), None), Interval(None, F(2))]) == Interval(F(1), F(2))
    assert intersect_all([point(1), point(2), EVERYTHING]) is None
    assert hull([point(3), Interval(F(0), F(1), False), Interval(F(-1), F(0), False)]) == Interval(F(-1), F(3), False)
    with pytest.raises(ValueError, match="nothing"):
        hull([])


def test_empty_intervals_cannot_be_made() -> None:
    for low, high, low_closed, high_closed in [(1, 0, True, True), (1, 1, False, True), (1, 1, True, False)]:
        with pytest.raises(ValueError, match="empty"):
            Interval(F(low), F(high), low_closed, high_closed)
    with pytest.raises(ValueError, match="empty"):
        Interval(F(2), F(2), False, False)


def test_an_end_at_infinity_is_never_closed() -> None:
    assert Interval(None, None, True, True) == EVERYTHING
    assert not EVERYTHING.low_closed
    assert not EVERYTHING.high_closed
    assert not Interval(F(0), None).high_closed


def test_how_they_are_written() -> None:
    assert str(Interval(F(1, 3), F(2), False)) == "(1/3, 2]"
    assert str(Interval(None, F(-1), high_closed=False)) == "(-inf, -1)"
    assert str(EVERYTHING) == "(-inf, inf)"
    assert str(point(F(5, 2))) == "[5/2, 5/2]"


def test_only_points_are_points() -> None:
    assert point(3).is_point
    assert point(3) == Interval(F(3), F(3))
    assert not EVERYTHING.is_point
    assert not Interval(F(0), F(1)).is_point


@given(intervals(), rationals(-9, 9))
def test_membership(a: Interval, x: F) -> None:
    assert (x in a) == holds(a, x)


@given(intervals(), rationals(-9, 9))
def test_nearest_is_inside_and_near(a: Interval, x: F) -> None:
    found = nearest(a, x)
    assert holds(a, found)
    if holds(a, x):
        assert found == x
    closed = [end for end, inside in ((a.low, a.low_closed), (a.high, a.high_closed)) if inside]
    if not holds(a, x) and a.low is not None and x <= a.low and a.low in closed:
        assert found == a.low
    if not holds(a, x) and a.high is not None and x >= a.high and a.high in closed:
        assert found == a.high


@given(intervals(), intervals(), intervals())
def test_laws(a: Interval, b: Interval, c: Interval) -> None:
    for operation in (add, multiply, minimum, maximum):
        assert operation(a, b) == operation(b, a)
        assert operation(operation(a, b), c) == operation(a, operation(b, c))
    assert negate(negate(a)) == a
    assert subtract(a, b) == negate(subtract(b, a))
    assert negate(multiply(a, b)) == multiply(negate(a), b) == multiply(a, negate(b))
    assert add(a, point(0)) == multiply(a, point(1)) == a
    assert multiply(a, point(0)) == point(0)
    assert minimum(a, b) == negate(maximum(negate(a), negate(b)))
    assert maximum(a, a) == minimum(a, a) == a
    assert absolute(negate(a)) == absolute(absolute(a)) == absolute(a)
    assert is_within(absolute(a), NON_NEGATIVE)
    assert is_within(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))


@given(intervals(), rationals(), intervals())
def test_what_a_number_does_can_be_undone(a: Interval, x: F, b: Interval) -> None:
    assert subtract(add(a, point(x)), point(x)) == a
    if x:
        assert divide(multiply(a, point(x)), point(x)) == a
        assert multiply(add(a, b), point(x)) == add(multiply(a, point(x)), multiply(b, point(x)))


@given(intervals())
def test_dividing_twice_comes_back(a: Interval) -> None:
    assume(not holds(a, F(0)))
    assert reciprocal(reciprocal(a)) == a
    assert is_within(point(1), divide(a, a))


@given(st.lists(intervals(), min_size=1, max_size=4), intervals(), st.randoms(use_true_random=False))
def test_order_of_terms_is_no_matter(terms: list[Interval], a: Interval, random: object) -> None:
    shuffled = list(terms)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert hull(terms) == hull(shuffled)
    assert intersect_all(terms) == intersect_all(shuffled)


@given(intervals(), intervals(), intervals())
def test_narrower_operands_give_narrower_results(a: Interval, b: Interval, c: Interval) -> None:
    inner = intersect(a, b)
    assume(inner is not None)
    assert inner is not None
    for operation in (add, subtract, multiply, minimum, maximum):
        assert is_within(operation(inner, c), operation(a, c))
    assert is_within(absolute(inner), absolute(a))
    assert is_within(power(inner, 2), power(a, 2))


def test_the_edges_that_binary_floats_get_wrong() -> None:
    tenth, fifth = F(1, 10), F(1, 5)
    assert add(point(tenth), point(fifth)) == point(F(3, 10))
    assert holds(Interval(F(24) - F(3, 10), F(24) + F(3, 10)), F("24.3"))
    assert intersect(Interval(F(0), F(3, 10), True, False), point(F(3, 10))) is None
