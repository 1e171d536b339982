"""What is known of a rule before any claim is bound: worked out once for a run, not once for each binding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crosscheck.claims.model import INDICATOR
from crosscheck.rules.expression import Call, Condition, Expression, children
from crosscheck.rules.model import Computed, Rule


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How a rule is bound. It keeps the rule, as plans are found by its identity."""

    rule: Rule
    order: Sequence[str]  # the variables but the subject, see `order_of`
    named: Mapping[str, frozenset[str]]  # by variable, the dimensions that it names
    every: frozenset[str]  # that some variable names
    wholes: bool  # some variable has the whole of a share, so that what is named depends on that
    computed: tuple[tuple[str, str, Computed], ...]  # each `=…`: variable, dimension and test
    terms: tuple[tuple[str, str], ...]  # variable and dimension of totals of which only the terms that are added are taken
    referring: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]  # who refers to it: dimensions and functions
    together: tuple[frozenset[str], ...]  # collections that one sum takes member by member
    has_pattern: bool  # of units
    has_another_indicator: bool  # in a variable that is not the subject


def plan_of(rule: Rule) -> Plan:
    """The plan of a rule."""
    selectors = rule.variables
    named = {name: frozenset(selector.dimensions) for name, selector in selectors.items()}
    tests = [
        (name, dimension, test)
        for name, selector in selectors.items()
        for dimension, test in selector.dimensions.items()
        if isinstance(test, Computed)
    ]
    taken = dict.fromkeys((test.function, test.variable, dimension) for _, dimension, test in tests)
    return Plan(
        rule=rule,
        order=order_of(rule),
        named=named,
        every=frozenset().union(*named.values()),
        wholes=any(selector.whole_of for selector in selectors.values()),
        computed=tuple(tests),
        terms=tuple(
            (variable, dimension)
            for function, variable, dimension in taken
            if function == "terms" and ("minus_terms", variable, dimension) not in taken
        ),
        referring={wanted: _referring(wanted, tests) for wanted in selectors},
        together=tuple(both for names in _taken_together(rule.condition) if len(both := names & rule.collections) > 1),
        has_pattern=any(selector.has_unit_pattern for selector in selectors.values()),
        has_another_indicator=any(INDICATOR in named[name] for name in selectors if name != rule.subject),
    )


def _referring(wanted: str, tests: Sequence[tuple[str, str, Computed]]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, dimension, test in tests:
        if test.variable == wanted:
            found[name] = (*found.get(name, ()), (dimension, test.function))
    return found


def order_of(rule: Rule) -> list[str]:
    """The variables but the subject, in an order in which each knows as much as possible of those that it refers to."""
    order, left = [rule.subject], [name for name in rule.variables if name != rule.subject]
    while left:
        ready = [name for name in left if rule.variables[name].references <= set(order)]
        chosen = (ready or left)[0]
        order.append(chosen)
        left.remove(chosen)
    return order[1:]


def _taken_together(node: Condition | Expression) -> Iterator[frozenset[str]]:
    if isinstance(node, Call) and node.function == "sum":
        yield node.names
    for child in children(node):
        yield from _taken_together(child)
