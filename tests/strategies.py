"""What several test files draw and compute: rationals, intervals, boxes, and an evaluator apart from the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction as F
from itertools import product
from numbers import Rational

from hypothesis import strategies as st

from crosscheck.checking.ranges import Box
from crosscheck.checking.solving import Operand
from crosscheck.figures.interval import Interval
from crosscheck.rules.expression import (
    WHOLE,
    Binary,
    Call,
    Comparison,
    Condition,
    Expression,
    Logical,
    Negation,
    Number,
    Variable,
    variables,
)

TINY, HUGE = F(1, 10**12), F(10**6)

# True values by variable: one, or one a member for a variable that collects claims.
Values = Mapping[str, F | tuple[F, ...]]


def rationals(low: int = -4, high: int = 4) -> st.SearchStrategy[F]:
    """Small rationals, whole numbers first."""
    return st.builds(F, st.integers(low, high), st.sampled_from([1, 1, 1, 2, 3, 7]))


@st.composite
def intervals(draw: st.DrawFn, unbounded: bool = True) -> Interval:
    """Intervals of every shape: points, open and closed ends, ends at infinity."""
    a, b = sorted([draw(rationals()), draw(rationals())])
    if a == b:
        if draw(st.booleans()):
            return Interval(a, b)
        b = a + 1
    no_low = unbounded and draw(st.integers(0, 9)) == 0
    no_high = unbounded and draw(st.integers(0, 9)) == 0
    return Interval(None if no_low else a, None if no_high else b, draw(st.booleans()), draw(st.booleans()))


def small_intervals(ends: Sequence[int]) -> Iterator[Interval]:
    """Every interval with ends among the given whole numbers and the infinities."""
    for low, high in product([None, *ends], [*ends, None]):
        if low is not None and high is not None and low >= high:
            continue
        for low_closed, high_closed in product((False, True), repeat=2):
            if (low is None and low_closed) or (high is None and high_closed):
                continue
            yield Interval(None if low is None else F(low), None if high is None else F(high), low_closed, high_closed)
    for value in ends:
        yield Interval(F(value), F(value))


def samples(interval: Interval, more: Iterable[F] = ()) -> list[F]:
    """Values of the interval: its closed ends, values hard by its open ones, far out, zero, and those of `more` in it."""
    near = [F(0), F(1), F(-1), *more]
    for end in (interval.low, interval.high):
        if end is not None:
            near += [end, end + TINY, end - TINY, end + HUGE, end - HUGE]
    if interval.low is None or interval.high is None:
        near += [HUGE, -HUGE]
    else:
        near.append((interval.low + interval.high) / 2)
    return [value for value in dict.fromkeys(near) if holds(interval, value)]


def holds(interval: Interval, value: F) -> bool:
    """Membership, written out once more."""
    above = interval.low is None or interval.low < value or (interval.low == value and interval.low_closed)
    below = interval.high is None or value < interval.high or (interval.high == value and interval.high_closed)
    return above and below


def values_of(found: Mapping[Operand, F], names: Iterable[str]) -> dict[str, F | tuple[F, ...]]:
    """A witness by variable; the members of collections in their order."""
    values: dict[str, F | tuple[F, ...]] = dict.fromkeys(names, ())
    for operand in sorted(found, key=lambda o: (o.name, o.index or 0)):
        if operand.index is None:
            values[operand.name] = found[operand]
        else:
            members = values[operand.name]
            assert isinstance(members, tuple)
            values[operand.name] = (*members, found[operand])
    return values


def lies_in(values: Values, box: Box) -> bool:
    """True when each value lies in its interval of the box."""
    for name, found in box.items():
        value = values[name]
        if isinstance(found, Interval):
            assert isinstance(value, Rational)
            if not holds(found, value):
                return False
        else:
            assert isinstance(value, tuple)
            if len(found) != len(value) or not all(map(holds, found, value)):
                return False
    return True


class NoValue(Exception):
    """A division by zero on the way."""


def satisfied(condition: Condition, values: Values) -> bool:
    """True when the condition holds at the values; a comparison that divides by zero does not hold, nor its opposite."""
    return _truth(condition, values) is True


def _truth(node: Condition, values: Values) -> bool | None:
    if isinstance(node, Comparison):
        try:
            left, right = evaluate(node.left, values), evaluate(node.right, values)
        except NoValue:
            return None
        return {
            "==": left == right,
            WHOLE: left.denominator == 1,
            "!=": left != right,
            "<": left < right,
            "<=": left <= right,
            ">": left > right,
            ">=": left >= right,
        }[node.operator]
    assert isinstance(node, Logical)
    found = [_truth(operand, values) for operand in node.operands]
    if node.operator == "not":
        return None if found[0] is None else not found[0]
    decisive = node.operator == "or"
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def evaluate(node: Expression, values: Values) -> F:
    """The value of an expression at true values; raises NoValue for a division by zero."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Variable):
        value = values[node.name]
        assert isinstance(value, Rational)
        return value
    if isinstance(node, Negation):
        return -evaluate(node.operand, values)
    if isinstance(node, Call):
        return _evaluate_call(node, values)
    assert isinstance(node, Binary)
    left, right = evaluate(node.left, values), evaluate(node.right, values)
    if node.operator == "/":
        if right == 0:
            raise NoValue
        return left / right
    if node.operator == "^":
        return F(left ** int(right))
    return {"+": left + right, "-": left - right, "*": left * right}[node.operator]


def _evaluate_call(node: Call, values: Values) -> F:
    if node.function == "abs":
        return abs(evaluate(node.arguments[0], values))
    names = {v.name for v in variables(node) if isinstance(values[v.name], tuple)}
    if node.function in ("largest", "smallest"):
        (name,) = names
        place, found = node.arguments[1], sorted(values[name], reverse=node.function == "largest")  # type: ignore[arg-type]
        assert isinstance(place, Number)
        if place.value > len(found):
            raise NoValue
        return found[int(place.value) - 1]
    if node.function == "count":
        (name,) = names
        return F(len(values[name]))  # type: ignore[arg-type]
    if node.function != "sum" and len(node.arguments) > 1:
        terms = [evaluate(argument, values) for argument in node.arguments]
    else:
        size = max((len(values[name]) for name in names), default=0)  # type: ignore[arg-type]
        terms = [
            evaluate(node.arguments[0], {**values, **{name: values[name][i] for name in names}})  # type: ignore[index]
            for i in range(size)
        ]
    return {"sum": lambda: sum(terms, F(0)), "min": lambda: min(terms), "max": lambda: max(terms)}[node.function]()
