"""The one deciding function against brute force: what is feasible has a witness, what is not has no solution."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction as F
from itertools import islice, product
from operator import eq, ge, gt, le, lt

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from strategies import (
    TINY,
    NoValue,
    Values,
    evaluate,
    holds,
    intervals,
    lies_in,
    samples,
    satisfied,
    small_intervals,
    values_of,
)

from crosscheck.checking.deciding import feasible, operands, relation_feasible, witness
from crosscheck.checking.ranges import Box, Undecidable, ZeroDivisor, can_hold
from crosscheck.checking.solving import Operand, interval_of, solve, takes_root, with_interval
from crosscheck.figures.interval import EVERYTHING, Interval, nearest, point
from crosscheck.rules.algebra import Alternative, alternatives
from crosscheck.rules.expression import Comparison, Condition, parse_condition, variables

POINTS = 300  # so many points of a box are tried before it passes for one without solution
COLLECTIONS = ("n", "w", "r")


def collected(condition: Condition) -> tuple[str, ...]:
    """The variables of a condition that stand for several claims."""
    return tuple(sorted({v.name for v in variables(condition)} & set(COLLECTIONS)))


def read(source: str) -> tuple[Condition, tuple[Alternative, ...]]:
    condition = parse_condition(source)
    return condition, alternatives(condition, collected(condition))


@st.composite
def trees(draw: st.DrawFn, names: list[str], inside: bool = False) -> str:
    """An expression in which each of the names occurs just once."""
    if len(names) == 1:
        (name,) = names
        if name in COLLECTIONS and not inside:
            body = draw(st.sampled_from(["{}", "{} * 2", "1 - {}", "3 / {}", "{} ^ 2"])).format(name)
            others = [f"{function}({name})" for function in ("max", "min", "count")]
            others += [f"{function}({name}, {place})" for function in ("largest", "smallest") for place in (1, 2)]
            return draw(st.sampled_from([f"sum({body})"] * 3 + others))
        shapes = ["{}"] * 6 + ["-{}", "2 * {}", "{} - 1", "{} / 3", "1 / {}", "abs({})", "{} ^ 2", "{} ^ 3"]
        return draw(st.sampled_from(shapes)).format(name)
    cut = draw(st.integers(1, len(names) - 1))
    left, right = draw(trees(names[:cut], inside)), draw(trees(names[cut:], inside))
    shape = draw(st.sampled_from(["({} + {})", "({} - {})", "{} * {}", "{} / ({})", "min({}, {})", "max({}, {})"]))
    if inside and "m" in shape:
        shape = "({} + {})"
    return shape.format(left, right)


@st.composite
def read_once(draw: st.DrawFn) -> str:
    """A comparison in which each variable occurs just once."""
    names = draw(st.permutations(["a", "b", "c", "n"]))[: draw(st.integers(1, 4))]
    cut = draw(st.integers(0, len(names)))
    sides = [draw(trees(part)) if part else str(draw(st.integers(0, 4))) for part in (names[:cut], names[cut:])]
    operator = draw(st.sampled_from(["=="] * 4 + ["<=", "<", ">=", ">"]))
    return f"{sides[0]} {operator} {sides[1]}"


# Comparisons in which something occurs more than once; `?` is a comparison sign.
GATHERED = (
    "s ? a / (a + b)",
    "s ? (a - b) / (a + b)",
    "a * b + c ? a - b",
    "s * (a - b) ? a",
    "a / b ? c / b + 1",
    "a / b + c / b ? 2",
    "(a - b) / a ? (c - b) / c",
    "t ? sum(a * n)",
    "t ? a * sum(n) + a",
    "t ? sum(n * w) / sum(w)",
    "t ? sum(a * n) / (a + 1)",
    "t * sum(n) ? sum(n * w) - b",
    "s ? sum(n) / sum(n / (1 + r)) - 1",
    "s ? sum(n / (2 + r)) - sum(n)",
    "s ? sum((n - a) / 2)",
    "a - a ? b",
    "(a - a) * b ? c",
    "a * b - a * c ? 1",
)
JOINED = (
    "a == b and a < c",
    "a + b == 1 and a * c > 2",
    "a == b or c == 2 * d",
    "a != b",
    "a != b and a != c",
    "not (a <= b)",
    "not (a == b or a < c)",
    "a == b / c - 1 or c < 0 and a == 1 - b / c",
    "a == 2 and b == 3 and a < c",
    "abs(a) == b and a > c",
    "abs(d) == a and d > b",
    "a == d / b and d < c",
    "(a == 1 or a == 2) and a > b / c",
    "a / b == 1 and b / c == 1",
    "max(a, b) == 2 and a > c and a < d",
    "a == b and not (a == c)",
    "s == a / (a + b) or s < 0 and t == 1",
)


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """Assertions of every form that is decided."""
    form = draw(st.integers(0, 3))
    if form == 0:
        return draw(st.sampled_from(JOINED))
    if form == 1:
        operator = draw(st.sampled_from(["=="] * 4 + ["<=", "<", ">=", ">", "!="]))
        return draw(st.sampled_from(GATHERED)).replace("?", operator)
    return draw(read_once())


@st.composite
def boxes(draw: st.DrawFn, condition: Condition) -> dict[str, Interval | tuple[Interval, ...]]:
    """Intervals for the variables; collections of one to three members that are summed together are of one size."""
    size = draw(st.integers(1, 3))
    names = sorted({v.name for v in variables(condition)})
    return {
        name: tuple(draw(intervals()) for _ in range(size)) if name in COLLECTIONS else draw(intervals()) for name in names
    }


@st.composite
def solved(draw: st.DrawFn) -> tuple[str, Box, Values]:
    """An assertion, a box, and a solution in the box, on the rim of it as often as not."""
    source = draw(conditions())
    condition, _ = read(source)
    box = draw(boxes(condition))
    values: dict[str, F | tuple[F, ...]] = {}
    for name, found in box.items():
        if isinstance(found, Interval):
            values[name] = draw(st.sampled_from(samples(found)))
        else:
            values[name] = tuple(draw(st.sampled_from(samples(member))) for member in found)
    alone = _alone(condition)
    if alone is not None:
        name, other = alone
        try:
            value = evaluate(other, values)
        except NoValue:
            assume(False)
        values[name] = value
        low, high = draw(st.sampled_from([(0, 1), (1, 0), (1, 1), (0, 0)]))
        box[name] = Interval(value - low, value + high)
    assume(satisfied(condition, values))
    return source, box, values


def _alone(condition: Condition) -> tuple[str, object] | None:
    """A variable alone on the left of `==`, and what it must equal."""
    if isinstance(condition, Comparison) and condition.operator == "==":
        names = [v.name for v in variables(condition)]
        sides = [(condition.left, condition.right), (condition.right, condition.left)]
        for side, other in sides:
            if type(side).__name__ == "Variable" and names.count(side.name) == 1 and side.name not in COLLECTIONS:
                return side.name, other
    return None


def decide(found: tuple[Alternative, ...], box: Box) -> bool | None:
    """What `feasible` says; None where it says that it cannot tell."""
    try:
        return feasible(found, box)
    except Undecidable:
        return None


def points(box: Box) -> Iterator[Values]:
    """Points of a box: its corners, hard by them, and between them, in a random order."""
    names = list(box)
    each = []
    for name in names:
        found = box[name]
        if isinstance(found, Interval):
            each.append(samples(found))
        else:
            each.append(list(islice(product(*(samples(member)[:6] for member in found)), 200)))
    chance = random.Random(str(box))
    for _ in range(POINTS):
        yield {name: chance.choice(choices) for name, choices in zip(names, each, strict=True)}


@given(solved())
def test_a_box_that_holds_a_solution_is_feasible(drawn: tuple[str, Box, Values]) -> None:
    source, box, values = drawn
    assert lies_in(values, box)
    verdict = decide(read(source)[1], box)
    event(f"{verdict}")
    assert verdict is not False, (source, shown(box), values)


@given(st.data())
def test_feasible_means_witness_and_infeasible_means_no_solution(data: st.DataObject) -> None:
    source = data.draw(conditions())
    condition, found = read(source)
    box = data.draw(boxes(condition))
    verdict = decide(found, box)
    event(f"{verdict}")
    if verdict:
        check_witness(source, box)
    elif verdict is False:
        for values in points(box):
            assert not satisfied(condition, values), (source, shown(box), values)


def check_witness(source: str, box: Box) -> None:
    condition, found = read(source)
    faces = {operand: nearest(interval_of(operand, box), F(1)) for operand in operands(box)}
    shows = witness(found, box, faces, last=next((name for name in ("s", "t") if name in box), None))
    if shows is None and "^" in source:
        return  # true values may be roots that no fraction is
    assert shows is not None, (source, shown(box))
    values = values_of(shows, box)
    assert lies_in(values, box), (source, shown(box), values)
    assert satisfied(condition, values), (source, shown(box), values)


def shown(box: Box) -> str:
    return str({k: str(v) if isinstance(v, Interval) else [str(m) for m in v] for k, v in box.items()})


@given(st.data())
def test_solving_is_the_exact_projection(data: st.DataObject) -> None:
    """Of a comparison whose variables occur once: a value solves it just where it is feasible with that value."""
    source = data.draw(read_once())
    condition, ((relation,),) = read(source)[0], [a.relations for a in read(source)[1]]
    box = data.draw(boxes(condition))
    for operand in operands(box):
        try:
            pieces = solve(relation, operand, box)
        except Undecidable:
            continue
        if pieces is None or takes_root(relation, operand):
            continue
        ends = [end for piece in pieces for end in (piece.low, piece.high) if end is not None]
        probes = [p for end in ends for p in (end, end + TINY, end - TINY, end + 1, end - 1)] + [F(0), F(1), F(10**7)]
        for x in probes:
            inside = any(holds(piece, x) for piece in pieces)
            try:
                fits = relation_feasible(relation, with_interval(box, operand, point(x)))
            except ZeroDivisor:
                fits = False  # this value leaves nothing but zero to divide by
            except Undecidable:
                continue
            assert inside == fits, (source, shown(box), operand, x, [str(p) for p in pieces])


SMALL = tuple(small_intervals((-1, 0, 2)))


@pytest.mark.parametrize("operator", ["==", "<=", ">=", "<", ">"])
def test_two_intervals_compared(operator: str) -> None:
    compare = {"==": eq, "<=": le, ">=": ge, "<": lt, ">": gt}[operator]
    for a, b in product(SMALL, repeat=2):
        ends = [end + d for end in (a.low, a.high, b.low, b.high) if end is not None for d in (0, TINY, -TINY)]
        found = any(compare(x, y) for x in samples(a, ends) for y in samples(b, ends))
        assert can_hold(operator, a, b) == found, (str(a), operator, str(b))


@pytest.mark.parametrize(
    "source",
    [
        "x + b == t", "b - x == t", "x - b <= t", "x * b == t", "b * x < t", "x / b == t", "b / x == t", "t > b / x",
        "min(x, b) == t", "max(b, x) >= t", "abs(x) == t + b", "-x == t * b",
    ],
)  # fmt: skip
def test_solving_each_operation(source: str) -> None:
    (alternative,) = read(source)[1]
    (relation,) = alternative.relations
    for b, t in product(tuple(small_intervals((-1, 0))), SMALL):
        box: Box = {"x": point(0), "b": b, "t": t}
        try:
            pieces = solve(relation, Operand("x"), box)
        except ZeroDivisor:
            pieces = ()
        assert pieces is not None
        ends = [end for piece in pieces for end in (piece.low, piece.high) if end is not None]
        for x in dict.fromkeys([*ends, *(e + d for e in ends for d in (TINY, -TINY)), F(0), F(1, 2), F(-9), F(9)]):
            try:
                fits = relation_feasible(relation, {**box, "x": point(x)})
            except ZeroDivisor:
                fits = False
            assert any(holds(piece, x) for piece in pieces) == fits, (str(b), str(t), x, [str(p) for p in pieces])


def between(low: str, high: str) -> Interval:
    return Interval(F(low), F(high))


@pytest.mark.parametrize(
    ("source", "box", "verdict"),
    [
        # Multiplied out it is 0 == 0 where b is zero, and there nothing is divided by b.
        ("a / b + c / b == 2", {"a": point(0), "c": point(0), "b": between("0", "1")}, False),
        ("a / b + c / b == 2", {"a": point(0), "c": point(0), "b": between("-1", "1")}, False),
        ("a / b + c / b == 2", {"a": point(1), "c": point(1), "b": between("-1", "1")}, True),
        # An inequality turns round where the divisor is negative.
        ("a / b - c / b <= 2", {"a": point(3), "c": point(0), "b": between("-1", "-1/2")}, True),
        ("a / b - c / b >= 2", {"a": point(3), "c": point(0), "b": between("-1", "-1/2")}, False),
        ("a / b - c / b >= 2", {"a": point(3), "c": point(0), "b": between("-1", "1")}, True),
        # Between the ends of r there is a pole, and beyond what the ends give lies a solution.
        (
            "s == sum(n) / sum(n / (1 + r)) - 1",
            {"s": point(F(-9, 11)), "n": (point(1), point(1)), "r": (between("-3/2", "-1/2"), point(0))},
            None,
        ),
        # The extreme is attained although no end of b is, as b makes no difference there.
        ("a * b - a * c >= 0", {"a": point(0), "b": Interval(F(0), F(1), False, False), "c": point(5)}, True),
        (
            "a * b - b <= -1",
            {"a": between("0", "1"), "b": Interval(F(0), F(1), False, False)},
            False,
        ),
        ("a * b - b <= -1", {"a": between("0", "1"), "b": Interval(F(0), F(1), False, True)}, True),
        ("a * b - b >= 0", {"a": between("0", "1"), "b": Interval(F(0), F(1), False, False)}, True),
        # At r = -0.9 it is -9, which lies beyond what the ends of r give, on either side of a pole.
        ("s == sum(r / (1 + r))", {"s": point(-9), "r": (between("-3/2", "-1/2"),)}, None),
        # Without an end: the slope decides.
        ("a * b + c >= a - b", {"a": Interval(None, F(0)), "b": point(0), "c": point(-100)}, True),
        ("a * b + c >= a - b", {"a": Interval(None, F(0)), "b": point(2), "c": point(-100)}, False),
        ("s == a / (a + b)", {"s": point(F(1, 2)), "a": Interval(F(1), None), "b": point(5)}, True),
        ("s == a / (a + b)", {"s": point(F(1, 10)), "a": Interval(F(1), None), "b": point(5)}, False),
        ("s == a / (a + b)", {"s": point(F(1)), "a": Interval(F(1), None), "b": point(5)}, False),
        ("a * b + c <= a - b", {"a": Interval(None, F(0)), "b": point(2), "c": point(100)}, True),
        ("a * b + c <= a - b", {"a": Interval(F(0), None), "b": point(2), "c": point(100)}, False),
        ("a - a == b", {"a": EVERYTHING, "b": point(0)}, True),
        ("a - a == b", {"a": EVERYTHING, "b": point(1)}, False),
    ],
)
def test_what_is_repeated(source: str, box: Box, verdict: bool | None) -> None:
    assert decide(read(source)[1], box) is verdict


def test_a_divisor_that_can_only_be_zero_is_told() -> None:
    for source in ("a == b / c", "a / c == b / c + 1", "a + b == 1 / (c - c)"):
        with pytest.raises(ZeroDivisor):
            feasible(read(source)[1], {"a": between("0", "1"), "b": point(1), "c": point(0)})


def test_members_that_go_together_must_be_as_many() -> None:
    for source in ("t == sum(n * w)", "t == sum(n * w) / sum(w)"):
        box: Box = {"t": point(1), "n": (point(1), point(0)), "w": (point(1),)}
        assert decide(read(source)[1], box) is None


def test_what_divides_inside_a_sum_is_not_solved_for() -> None:
    """Its values fall apart at a pole, and a search that misses one side would bound them wrongly."""
    ((relation,),) = [a.relations for a in read("s == sum(n) / sum(n / (1 + r)) - 1")[1]]
    box: Box = {"s": between("0", "1"), "n": (point(1), point(2)), "r": (between("0", "1"), between("1", "2"))}
    assert solve(relation, Operand("r", 0), box) is None
    assert solve(relation, Operand("s"), box) is not None


def test_one_alternative_that_holds_is_enough_and_one_that_cannot_be_told_is_too_little() -> None:
    both = read("a == b / c or a == 1")[1]
    zero = {"b": point(1), "c": point(0)}
    assert feasible(both, {"a": point(1), **zero})
    with pytest.raises(ZeroDivisor):
        feasible(both, {"a": point(2), **zero})


@pytest.mark.parametrize(
    ("source", "box", "value"),
    [
        ("x ^ 2 == t", {"t": between("4", "9")}, ["[-3, -2]", "[2, 3]"]),
        ("x ^ 3 == t", {"t": between("-8", "27")}, ["[-2, 3]"]),
        ("x ^ 2 == t", {"t": between("-4", "-1")}, []),
        ("x ^ 2 <= t", {"t": point(F(1, 4))}, ["[-1/2, 1/2]"]),
        ("x ^ 0 == t", {"t": point(1)}, ["(-inf, inf)"]),
        ("x ^ 0 == t", {"t": point(2)}, []),
    ],
)
def test_whole_roots_are_exact(source: str, box: Box, value: list[str]) -> None:
    ((relation,),) = [a.relations for a in read(source)[1]]
    pieces = solve(relation, Operand("x"), {**box, "x": point(0)})
    assert pieces is not None
    assert [str(piece) for piece in pieces] == value


@pytest.mark.parametrize("exponent", [2, 3, 5, 64])
@given(value=st.builds(F, st.integers(1, 10**9), st.integers(1, 10**9)))
def test_other_roots_are_enclosed_closely(exponent: int, value: F) -> None:
    ((relation,),) = [a.relations for a in read(f"x ^ {exponent} == t")[1]]
    pieces = solve(relation, Operand("x"), {"x": point(0), "t": point(value)})
    assert pieces
    low, high = pieces[-1].low, pieces[-1].high
    assert low is not None
    assert high is not None
    assert low**exponent <= value <= high**exponent
    assert high - low <= high / 10**9


def test_an_outward_bound_holds_all_solutions_of_what_is_repeated() -> None:
    ((relation,),) = [a.relations for a in read("s == a / (a + b)")[1]]
    box: Box = {"s": between("1/5", "1/4"), "a": EVERYTHING, "b": between("3", "4")}
    pieces = solve(relation, Operand("a"), box)
    assert pieces is not None
    (piece,) = pieces
    assert piece.low is not None
    assert piece.high is not None
    assert F(3, 4) - F(1, 10**6) < piece.low <= F(3, 4)
    assert F(4, 3) <= piece.high < F(4, 3) + F(1, 10**6)


def test_solutions_on_both_sides_of_a_gap_are_found() -> None:
    """x times something between -1 and 1 is 1 from 1 on, and from -1 down."""
    ((relation,),) = [a.relations for a in read("x * a == 1 + a - a")[1]]
    pieces = solve(relation, Operand("x"), {"x": point(5), "a": between("-1", "1")})
    assert pieces is not None
    assert [piece.low is None or piece.high is None for piece in pieces] == [True, True]
    below, above = pieces[0].high, pieces[1].low
    assert below is not None
    assert above is not None
    assert abs(below + 1) < F(1, 10**6)
    assert abs(above - 1) < F(1, 10**6)


def test_a_witness_is_near_the_faces_and_whole_for_counts() -> None:
    found = read("t == sum(n)")[1]
    box: Box = {"t": between("13", "20"), "n": (between("5", "6"), between("7", "9"))}
    faces = {Operand("t"): F(17), Operand("n", 0): F(11, 2), Operand("n", 1): F(7)}
    counted = witness(found, box, faces, frozenset(faces), last="t")
    assert counted is not None
    assert all(value.denominator == 1 for value in counted.values())
    free = witness(found, box, faces, last="t")
    assert free is not None
    assert free[Operand("n", 0)] == F(11, 2)
    assert sum(v for o, v in free.items() if o.name == "n") == free[Operand("t")]
    assert witness(found, {**box, "t": between("50", "60")}, faces, last="t") is None


def test_what_conditions_share_is_fixed_first() -> None:
    """Of the 2 units that a may have, only a two-hundredth leaves d a value."""
    found = read("abs(d) == a and d > b")[1]
    box: Box = {"a": between("1", "3"), "b": point(F("2.005")), "d": between("-5", "2.01")}
    shows = witness(found, box, {Operand(name): F(1) for name in box})
    assert shows is not None
    assert shows[Operand("a")] == shows[Operand("d")] > F("2.005")
