"""The one deciding function against brute force: what is feasible has a witness, what is not has no solution."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction as F
from itertools import islice, product

from hypothesis import assume, event, given
from hypothesis import strategies as st
from strategies import TINY, NoValue, Values, evaluate, holds, intervals, lies_in, samples, satisfied, values_of

from crosscheck.checking.deciding import feasible, operands, relation_feasible, witness
from crosscheck.checking.ranges import Box, Undecidable, ZeroDivisor
from crosscheck.checking.solving import interval_of, solve, takes_root, with_interval
from crosscheck.figures.interval import Interval, nearest, point
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
            return draw(st.sampled_from([f"sum({body})"] * 3 + [f"max({name})", f"min({name})", f"count({name})"]))
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
