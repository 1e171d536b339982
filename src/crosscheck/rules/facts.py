"""What an assertion may ask of a claim beside its figure: the length of its period, the year, how finely it is printed,
its rank.

`days_of(x)` and the like are constants of a binding, not operands: once the claims are known a number is put in for each,
and what is left is decided like any other assertion. When a rule is loaded a sample stands in for it, so that what cannot
be decided is refused there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from crosscheck.figures.exact import Fraction
from crosscheck.figures.units import parse_unit
from crosscheck.rules.expression import (
    FACTS,
    ORDERED,
    Binary,
    Call,
    Condition,
    Expression,
    ExpressionError,
    Logical,
    Negation,
    Number,
    Variable,
    children,
)

# No value of a sample makes an assertion easier than any other: exponents above 1, nothing zero.
SAMPLES = {
    "days_of": Number(30 * parse_unit("day").factor, parse_unit("day")),
    "months_of": Number(Fraction(3), parse_unit("month")),
    "periods_a_year": Number(Fraction(4)),
    "years_of": Number(Fraction(5)),
    "year_of": Number(Fraction(2023)),
    "precision_of": Number(Fraction(1, 1000)),
    "place_of": Number(Fraction(3)),
}


def facts(node: Expression | Condition) -> Iterator[Call]:
    """The facts of claims that an assertion or condition asks for, left to right."""
    if isinstance(node, Call) and node.function in FACTS:
        yield node
        return
    for child in children(node):
        yield from facts(child)


def ordered(source: str, node: Expression | Condition) -> tuple[Call, ...]:
    """The calls of an assertion that ask for the n-th of a collection; `source` is its text, most of which have none."""
    return tuple(_ordered(node)) if any(name in source for name in ORDERED) else ()


def _ordered(node: Expression | Condition) -> Iterator[Call]:
    if isinstance(node, Call) and node.function in ORDERED:
        yield node
    for child in children(node):
        yield from _ordered(child)


def check_facts(node: Condition, collections: Collection[str]) -> None:
    """Raises ExpressionError for a fact of anything but a variable that stands for one claim."""
    for call in facts(node):
        for argument in call.arguments:
            if not isinstance(argument, Variable):
                raise ExpressionError(f"{call.function}() takes the name of a variable", argument.at)
            if argument.name in collections:
                raise ExpressionError(f"{argument.name} stands for several claims", argument.at)


def with_samples(node: Condition) -> Condition:
    """The assertion with a sample for each fact: as decidable, or not, as with any other numbers."""
    values = {call: SAMPLES[call.function] for call in facts(node)}
    return put_in(node, values) if values else node


def put_in(node: Condition, values: Mapping[Call, Number]) -> Condition:
    """The assertion with numbers in place of facts."""
    if isinstance(node, Logical):
        return replace(node, operands=tuple(put_in(operand, values) for operand in node.operands))
    return replace(node, left=_put_in(node.left, values), right=_put_in(node.right, values))


def _put_in(node: Expression, values: Mapping[Call, Number]) -> Expression:
    if isinstance(node, Call):
        if node in values:
            return values[node]
        return replace(node, arguments=tuple(_put_in(argument, values) for argument in node.arguments))
    if isinstance(node, Negation):
        return replace(node, operand=_put_in(node.operand, values))
    if isinstance(node, Binary):
        return replace(node, left=_put_in(node.left, values), right=_put_in(node.right, values))
    return node
