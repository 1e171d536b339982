"""Assertions as polynomials of whole numbers, and their exact ranges over boxes, written as SQL.

A relation `left == right` becomes a polynomial that is zero where it holds, with the divisors that were multiplied out. In
each variable it is of the first degree, so over a box of closed intervals its extremes lie at corners. Where
no divisor can be zero, the relation can hold in the box just when zero lies between the two. That is the decision of
`checking.deciding`, for figures that are rounded or exact and nothing else. What has no such form is refused.

A power whose variables stand nowhere else is a variable of its own, which lies between the powers of its base's ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from itertools import product
from math import gcd, lcm

from crosscheck.rules.algebra import whole_power, without
from crosscheck.rules.expression import Binary, Call, Expression, Negation, Number, Variable

MAXIMUM_CORNER_VARIABLES = 5
MAXIMUM_TERMS = 64

# From the variables of a term (sorted, each once) to its coefficient; as a divisor, in an order.
Polynomial = Mapping[tuple[str, ...], Fraction]
Divisor = tuple[tuple[tuple[str, ...], Fraction], ...]


class Refused(Exception):
    """What the compiler cannot express; the reason is for people."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator over the product of divisors; those `beside` were divisors of a divisor, and must not be zero either."""

    above: Polynomial
    below: tuple[Divisor, ...] = ()
    beside: tuple[Divisor, ...] = ()


# From the name of the variable that stands for a power to its base and its exponent; a base may hold those before it.
Powers = dict[str, tuple[Polynomial, int]]


def difference(left: Expression, right: Expression, collections: frozenset[str], powers: Powers | None = None) -> Ratio:
    """`left - right` as a ratio. `sum(x)` of a collection counts as one variable, and so does a power, which is added to
    `powers`; without these it is refused. Raises Refused.
    """
    return _plus(ratio(left, collections, powers), ratio(right, collections, powers), -1)


def ratio(node: Expression, collections: frozenset[str], powers: Powers | None = None) -> Ratio:
    """An expression as a ratio of polynomials of the first degree in each variable; raises Refused."""
    if isinstance(node, Number):
        return Ratio({(): node.value} if node.value else {})
    if isinstance(node, Variable):
        return Ratio({(node.name,): Fraction(1)})
    if isinstance(node, Negation):
        inner = ratio(node.operand, collections, powers)
        return Ratio(_scaled(inner.above, Fraction(-1)), inner.below, inner.beside)
    if isinstance(node, Call):
        (argument,) = node.arguments[:1]
        if node.function == "sum" and isinstance(argument, Variable) and argument.name in collections:
            return Ratio({(argument.name,): Fraction(1)})
        raise Refused(f"{node.function}() of this kind")
    if not isinstance(node, Binary):
        raise Refused("text")
    if node.operator == "^":
        return _power(node, ratio(node.left, collections, powers), powers)
    left, right = ratio(node.left, collections, powers), ratio(node.right, collections, powers)
    beside = (*left.beside, *right.beside)
    if node.operator == "*":
        return Ratio(_times(left.above, right.above), (*left.below, *right.below), beside)
    if node.operator == "/":
        if not right.above:
            raise Refused("a division by zero")
        if not (set(right.above) - {()} or right.below):
            return Ratio(_scaled(left.above, 1 / right.above[()]), left.below, beside)
        below = (*left.below, _key(right.above))
        return Ratio(_product(left.above, right.below), below, (*beside, *right.below))
    return _plus(left, right, 1 if node.operator == "+" else -1)


def _power(node: Binary, base: Ratio, powers: Powers | None) -> Ratio:
    if not isinstance(node.right, Number):
        raise Refused("powers of figures")
    exponent = whole_power(node)
    if powers is None or base.below or base.beside:
        raise Refused("powers")
    if exponent < 2:
        return base if exponent else Ratio({(): Fraction(1)})
    if not set(base.above) - {()}:
        return Ratio({term: factor**exponent for term, factor in base.above.items()})
    name = f"^{len(powers)}"
    powers[name] = base.above, exponent
    return Ratio({(name,): Fraction(1)})


def _plus(a: Ratio, b: Ratio, sign: int) -> Ratio:
    only_a, only_b = without(a.below, b.below), without(b.below, a.below)
    left, right = _product(a.above, only_b), _product(b.above, only_a)
    total = dict(left)
    for term, factor in right.items():
        total[term] = total.get(term, Fraction(0)) + sign * factor
    kept = {term: factor for term, factor in total.items() if factor}
    return Ratio(kept, (*a.below, *only_b), (*a.beside, *b.beside))


def _key(polynomial: Polynomial) -> Divisor:
    return tuple(sorted(polynomial.items()))


def _product(first: Polynomial, others: Iterable[Divisor]) -> Polynomial:
    return reduce(_times, (dict(other) for other in others), first)


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    found: dict[tuple[str, ...], Fraction] = {}
    for term_a, factor_a in a.items():
        for term_b, factor_b in b.items():
            if set(term_a) & set(term_b):
                raise Refused("a variable in a higher degree than the first")
            term = tuple(sorted((*term_a, *term_b)))
            found[term] = found.get(term, Fraction(0)) + factor_a * factor_b
    if len(found) > MAXIMUM_TERMS:
        raise Refused("too many terms")
    return {term: factor for term, factor in found.items() if factor}


def _scaled(polynomial: Polynomial, by: Fraction) -> Polynomial:
    return {term: factor * by for term, factor in polynomial.items()}


def in_whole_numbers(polynomial: Polynomial, units: Mapping[str, Fraction]) -> dict[tuple[str, ...], int]:
    """Whole coefficients, the smallest there are, for variables that are counted in `units`; the sign stays the same."""
    scaled = {term: reduce(lambda x, name: x * units[name], term, factor) for term, factor in polynomial.items()}
    if not scaled:
        return {}
    below = lcm(*(factor.denominator for factor in scaled.values()))
    above = gcd(*(int(factor * below) for factor in scaled.values()))
    return {term: int(factor * below) // above for term, factor in scaled.items()}


def bound(polynomial: Mapping[tuple[str, ...], int], largest: Mapping[str, int]) -> int:
    """What no value on the way to the polynomial's exceeds, when each variable is at most `largest` in size."""
    return sum(abs(factor) * reduce(lambda x, name: x * largest[name], term, 1) for term, factor in polynomial.items())


@dataclass(frozen=True, slots=True)
class Compared:
    """A relation as a polynomial of whole numbers: left less right, with its divisors, those of its divisors, and the
    powers that are variables in them.
    """

    operator: str
    above: Mapping[tuple[str, ...], int]
    below: tuple[Mapping[tuple[str, ...], int], ...]
    beside: tuple[Mapping[tuple[str, ...], int], ...]
    powers: Mapping[str, tuple[Mapping[tuple[str, ...], int], int]] = field(default_factory=dict)

    def limit(self, largest: Mapping[str, int]) -> int:
        """What no number on the way to its values exceeds, when each figure is at most `largest` in size."""
        sizes = self.sizes(largest)
        bases = (base for base, _ in self.powers.values())
        polynomials = (self.above, *self.below, *self.beside, *bases)
        return max([*sizes.values(), *(bound(polynomial, sizes) for polynomial in polynomials)])

    def sizes(self, largest: Mapping[str, int]) -> dict[str, int]:
        """The greatest sizes of figures and of powers."""
        sizes = dict(largest)
        for name, (base, exponent) in self.powers.items():
            sizes[name] = bound(base, sizes) ** exponent
        return sizes

    def faces(self, faces: Mapping[str, str]) -> dict[str, str]:
        """The face values of figures and powers, as SQL."""
        found = dict(faces)
        for name, (base, exponent) in self.powers.items():
            found[name] = _multiplied(value(base, found), exponent)
        return found

    def box(self, box: Mapping[str, Span]) -> dict[str, Span]:
        """The intervals of figures and powers."""
        found = dict(box)
        for name, (base, exponent) in self.powers.items():
            found[name] = _raised(*extremes(base, found), exponent)
        return found


def compared(
    operator: str, left: Expression, right: Expression, sums: frozenset[str], units: Mapping[str, Fraction]
) -> Compared:
    """A relation in whole numbers, for variables that are counted in `units`; raises Refused."""
    powers: Powers = {}
    ratio = difference(left, right, sums, powers)
    known, raised = dict(units), {}
    for name, (base, exponent) in powers.items():
        whole = in_whole_numbers(base, known)
        term, factor = next(iter(base.items()))
        known[name] = (reduce(lambda x, n: x * known[n], term, factor) / whole[term]) ** exponent
        raised[name] = whole, exponent
    below, beside = (tuple(in_whole_numbers(dict(one), known) for one in some) for some in (ratio.below, ratio.beside))
    return Compared(operator, in_whole_numbers(ratio.above, known), below, beside, raised)


def _multiplied(text: str, times: int) -> str:
    return f"({' * '.join([text] * times)})"


def _raised(low: str, high: str, exponent: int) -> Span:
    """What a power lies between whose base lies between two ends."""
    below, above = _multiplied(low, exponent), _multiplied(high, exponent)
    if low == high or exponent % 2:
        return Span(below, above)
    return Span(f"CASE WHEN {low} > 0 THEN {below} WHEN {high} < 0 THEN {above} ELSE 0 END", f"greatest({below}, {above})")


@dataclass(frozen=True, slots=True)
class Span:
    """A variable's closed interval in SQL; low and high are one text where it is a single value."""

    low: str
    high: str


def extremes(polynomial: Mapping[tuple[str, ...], int], box: Mapping[str, Span]) -> tuple[str, str]:
    """The least and the greatest value over the box, as SQL; raises Refused for too many corners."""
    crossed = {name for term in polynomial if len(term) > 1 for name in term}
    trials = [name for name in sorted(crossed) if box[name].low != box[name].high]
    if len(trials) > MAXIMUM_CORNER_VARIABLES:
        raise Refused("too many figures multiplied by one another")
    apart = {term: f for term, f in polynomial.items() if len(term) == 1 and term[0] not in trials}
    fixed = {term: f for term, f in polynomial.items() if term not in apart}
    low = _sum((f, [box[name].low if f > 0 else box[name].high]) for (name,), f in apart.items())
    high = _sum((f, [box[name].high if f > 0 else box[name].low]) for (name,), f in apart.items())
    if not fixed:
        return low, high
    corners = []
    for ends in product((False, True), repeat=len(trials)):
        at = {name: box[name].low for name in box}
        at.update((name, box[name].high) for name, end in zip(trials, ends, strict=True) if end)
        corners.append(_sum((f, [at[name] for name in term]) for term, f in fixed.items()))
    least = corners[0] if len(corners) == 1 else f"least({', '.join(corners)})"
    greatest = corners[0] if len(corners) == 1 else f"greatest({', '.join(corners)})"
    return (least, greatest) if not apart else (f"({low} + {least})", f"({high} + {greatest})")


def value(polynomial: Mapping[tuple[str, ...], int], at: Mapping[str, str]) -> str:
    """The value of the polynomial at the texts of the variables, as SQL."""
    return _sum((factor, [at[name] for name in term]) for term, factor in polynomial.items())


def slope(polynomial: Mapping[tuple[str, ...], int], name: str) -> dict[tuple[str, ...], int]:
    """By how much the polynomial grows when the variable grows by one."""
    return {tuple(n for n in term if n != name): factor for term, factor in polynomial.items() if name in term}


def _sum(terms: Iterable[tuple[int, list[str]]]) -> str:
    parts = []
    for factor, names in terms:
        if not names:
            parts.append(str(factor) if factor >= 0 else f"({factor})")
            continue
        text = " * ".join(names if abs(factor) == 1 else [str(abs(factor)), *names])
        parts.append(text if factor > 0 else f"(-({text}))")
    return f"({' + '.join(parts)})" if parts else "0"


def is_on_a_line(name: str, relations: Sequence[Compared]) -> bool:
    """True where each relation bounds one and the same figure by a number, and no two of them exclude one another.

    Intervals on a line have a point in common as soon as any two of them have.
    """
    low: Fraction | None = None
    high: Fraction | None = None
    for relation in relations:
        factor = relation.above.get((name,), 0)
        if not factor or set(relation.above) - {(), (name,)} or relation.below or relation.operator == "==":
            return False
        at = Fraction(-relation.above.get((), 0), factor)
        if (relation.operator[0] == "<") == (factor > 0):
            high = at if high is None else min(high, at)
        else:
            low = at if low is None else max(low, at)
    return low is None or high is None or low < high
