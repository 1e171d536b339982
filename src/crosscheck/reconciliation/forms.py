"""Linear forms with intervals for coefficients: what becomes of a rule's expression once rates are put in.

A coefficient that is an interval stands for every value in it. Arithmetic on them is exact for what occurs once and
encloses outward what occurs several times, so that no true values are ever lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from crosscheck.figures.interval import Interval, absolute, add, divide, maximum, minimum, multiply, negate, point, power
from crosscheck.rules.expression import Binary, Call, Expression, Negation, Number, Variable, variables

CONSTANT = -1  # the place of the part without an unknown
ONE, ZERO = point(1), point(0)
# Coefficients by unknown, CONSTANT among them.
Form = Mapping[int, Interval]


class NotLinear(Exception):
    """Not linear in the unknowns; `products` are those that are multiplied with one another, or divided by."""

    def __init__(self, reason: str, products: frozenset[int] = frozenset()) -> None:
        super().__init__(reason)
        self.products = products


@dataclass(frozen=True, slots=True)
class Ratio:
    """A form over another one."""

    above: Form
    below: Form


# What a variable stands for: the index of an unknown, or an interval that is put in; several for a collection.
Meaning = int | Interval
Meanings = Mapping[str, Meaning | tuple[Meaning, ...]]


def ratio_of(node: Expression, meanings: Meanings) -> Ratio:
    """An expression as a ratio of linear forms; raises NotLinear."""
    if isinstance(node, Number):
        return _alone({CONSTANT: point(node.value)})
    if isinstance(node, Variable):
        meaning = meanings[node.name]
        if isinstance(meaning, tuple):
            raise NotLinear(f"{node.name} stands for several figures")
        return _alone({meaning: ONE} if isinstance(meaning, int) else {CONSTANT: meaning})
    if isinstance(node, Negation):
        inner = ratio_of(node.operand, meanings)
        return Ratio(_scaled(inner.above, point(-1)), inner.below)
    if isinstance(node, Call):
        return _call(node, meanings)
    if not isinstance(node, Binary):
        raise NotLinear("text is no number")
    return _binary(node, meanings)


def _binary(node: Binary, meanings: Meanings) -> Ratio:
    left = ratio_of(node.left, meanings)
    right = ratio_of(node.right, meanings)
    if node.operator == "^":
        return _power(left, right)
    if node.operator == "*":
        return _tidy(product(left.above, right.above), product(left.below, right.below))
    if node.operator == "/":
        return _tidy(product(left.above, right.below), product(left.below, right.above))
    turned = right.above if node.operator == "+" else _scaled(right.above, point(-1))
    if left.below == right.below:
        return Ratio(_plus(left.above, turned), left.below)
    return _tidy(_plus(product(left.above, right.below), product(turned, left.below)), product(left.below, right.below))


def _tidy(above: Form, below: Form) -> Ratio:
    """The ratio, with a divisor that is a number put into the coefficients."""
    number = below.get(CONSTANT, ZERO)
    if set(below) <= {CONSTANT} and number != ONE:
        return _alone({unknown: _divided(value, number) for unknown, value in above.items()})
    return Ratio(above, below)


def _power(base: Ratio, exponent: Ratio) -> Ratio:
    times = _number(exponent)
    if times is None or not times.is_point or times.low is None or times.low.denominator != 1 or times.low < 0:
        raise NotLinear("a power with such an exponent")
    if times.low == 1:
        return base
    own = _number(base)
    if own is None:
        raise NotLinear("a power of an unknown", frozenset(_unknowns(base)))
    return _alone({CONSTANT: power(own, int(times.low))})


def _call(node: Call, meanings: Meanings) -> Ratio:
    names = list(dict.fromkeys(variable.name for variable in variables(node)))
    if node.function == "count":
        found = meanings[names[0]]
        return _alone({CONSTANT: point(len(found) if isinstance(found, tuple) else 1)})
    if node.function == "sum":
        total = _alone({})
        for member in _members(names, meanings):
            part = ratio_of(node.arguments[0], member)
            if part.below != total.below:
                raise NotLinear("a sum of quotients of unknowns", frozenset(_unknowns(part)))
            total = Ratio(_plus(total.above, part.above), total.below)
        return total
    operation = {"abs": None, "min": minimum, "max": maximum}.get(node.function, "unknown")
    if operation == "unknown":
        raise NotLinear(f"{node.function}() is not linear")
    several = [member for name in names for member in [meanings[name]] if isinstance(member, tuple)]
    boxes = list(_members(names, meanings)) if several else [meanings]
    values = [(ratio_of(argument, box)) for box in boxes for argument in node.arguments]
    return _alone({CONSTANT: _folded(node.function, values)})


def _folded(function: str, values: list[Ratio]) -> Interval:
    operations: dict[str, Callable[[Interval, Interval], Interval]] = {"min": minimum, "max": maximum}
    numbers = [_number(value) for value in values]
    if any(number is None for number in numbers) or not numbers:
        raise NotLinear(f"{function}() of an unknown", frozenset(u for value in values for u in _unknowns(value)))
    first, *rest = (number for number in numbers if number is not None)
    if function == "abs":
        return absolute(first)
    for number in rest:
        first = operations[function](first, number)
    return first


def _members(names: list[str], meanings: Meanings) -> Iterator[Meanings]:
    """The meanings for each member of the collections that are taken together."""
    several = {name: found for name in names if isinstance(found := meanings[name], tuple)}
    sizes = {len(found) for found in several.values()}
    if len(sizes) != 1:
        raise NotLinear("collections of different sizes are taken together")
    for index in range(sizes.pop()):
        yield {**meanings, **{name: found[index] for name, found in several.items()}}


def _alone(form: Form) -> Ratio:
    return Ratio(form, {CONSTANT: ONE})


def _number(ratio: Ratio) -> Interval | None:
    """The interval that a ratio without unknowns stands for."""
    if set(ratio.above) | set(ratio.below) <= {CONSTANT}:
        return _divided(ratio.above.get(CONSTANT, ZERO), ratio.below.get(CONSTANT, ZERO))
    return None


def _divided(a: Interval, b: Interval) -> Interval:
    try:
        return divide(a, b)
    except ZeroDivisionError:
        raise NotLinear("a divisor may be zero") from None


def _unknowns(ratio: Ratio) -> Iterator[int]:
    yield from (unknown for form in (ratio.above, ratio.below) for unknown in form if unknown != CONSTANT)


def product(a: Form, b: Form) -> Form:
    """The product of two forms of which one has no unknown; raises NotLinear when both have."""
    for one, other in ((a, b), (b, a)):
        if set(one) <= {CONSTANT}:
            factor = one.get(CONSTANT, ZERO)
            return other if factor == ONE else _scaled(other, factor)
    raise NotLinear("unknowns are multiplied with one another", frozenset(u for u in (*a, *b) if u != CONSTANT))


def _scaled(form: Form, factor: Interval) -> Form:
    if factor == point(-1):
        return {unknown: negate(value) for unknown, value in form.items()}
    return {unknown: multiply(value, factor) for unknown, value in form.items()}


def _plus(a: Form, b: Form) -> Form:
    total = dict(a)
    for unknown, value in b.items():
        total[unknown] = add(total[unknown], value) if unknown in total else value
    return total


def difference(left: Ratio, right: Ratio) -> tuple[Form, tuple[Form, ...]]:
    """Left minus right with its divisors multiplied out, and these divisors; raises NotLinear."""
    divisors: tuple[Form, ...] = (left.below,)
    if left.below == right.below:
        above = _plus(left.above, _scaled(right.above, point(-1)))
    else:
        above = _plus(product(left.above, right.below), _scaled(product(right.above, left.below), point(-1)))
        divisors = (left.below, right.below)
    return above, tuple(form for form in divisors if not set(form) <= {CONSTANT})
