"""`when` of a rule as SQL over its joined operands: `checking.conditions`, compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crosscheck.checking.conditions import holds_between
from crosscheck.claims.model import MEASURES, PERIOD, SOURCE, UNSTATED
from crosscheck.rules.expression import (
    FUNCTIONS,
    Call,
    Comparison,
    Condition,
    Expression,
    Logical,
    Text,
    Variable,
    children,
)
from crosscheck.tables.dialect import NARROW_LIMIT
from crosscheck.tables.facts import Facts
from crosscheck.tables.matching import Role
from crosscheck.tables.mirrors import AREAS, stated_number
from crosscheck.tables.polynomial import Refused, bound, difference, in_whole_numbers, value
from crosscheck.tables.selecting import among, number_of

MAXIMUM_TEXTS = 5_000  # values that are listed in one condition
SIGNS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(frozen=True, slots=True)
class _Word:
    """A text: a column with a number, and the texts that the numbers stand for. Without a column one text alone."""

    texts: Sequence[str]
    column: str = ""


def named_in(node: Condition | Expression) -> set[str]:
    """The dimensions and properties that a condition asks for."""
    own = {node.function} if isinstance(node, Call) else set()
    return own.union(*map(named_in, children(node)))


def when_sql(condition: Condition, roles: Mapping[str, Role], facts: Facts, largest: Mapping[str, int]) -> str:
    """Whether a rule applies to a binding, never NULL: a comparison with an operand that is missing does not hold.

    `largest` gives the greatest size of each role's whole numbers. Raises Refused for what cannot be expressed.
    """
    if isinstance(condition, Logical):
        parts = [when_sql(operand, roles, facts, largest) for operand in condition.operands]
        if condition.operator == "not":
            return f"NOT {parts[0]}"
        return f"({f' {condition.operator.upper()} '.join(parts)})"
    left, right = _word(condition.left, roles, facts), _word(condition.right, roles, facts)
    if left is None and right is None:
        return f"coalesce({_figures(condition, roles, facts, largest)}, FALSE)"
    if left is None or right is None:
        return "FALSE"
    return f"coalesce({_compared(condition.operator, left, right, facts)}, FALSE)"


def _word(node: Expression, roles: Mapping[str, Role], facts: Facts) -> _Word | None:
    """The text of a quoted word, or of a dimension or property of an operand; None for a figure. Raises Refused."""
    if isinstance(node, Text):
        return _Word((node.value,))
    if not isinstance(node, Call) or node.function in FUNCTIONS or not isinstance(node.arguments[0], Variable):
        return None
    role = roles[node.arguments[0].name]
    name = node.function
    if role.collection or name in ("document", "publisher", "unit"):
        raise Refused(f"{name}() in `when`")
    if name == "measure":
        return _Word(MEASURES, f"{role.alias}.m")
    of = PERIOD if name == "base_period" else name
    axis = facts.axes.get(of)
    if axis is None:  # absent everywhere, but the operand has to be there
        return _Word(("",), f"CASE WHEN {role.alias}.rid IS NOT NULL THEN 0 END")
    texts = ["" if text is None or (of == SOURCE and text == UNSTATED) else text for text in axis.texts]
    column = facts.column(role.alias, "base") if name == "base_period" else number_of(facts, of, role.alias)
    if name in AREAS and facts.symmetric:
        column = stated_number(facts, name, role.alias, role.both)
    if name == "base_period" and "base" not in facts.columns:
        column = f"CASE WHEN {role.alias}.rid IS NOT NULL THEN {column} END"
    return _Word(texts, column)


def _compared(operator: str, left: _Word, right: _Word, facts: Facts) -> str:
    if not left.column and not right.column:
        return "TRUE" if holds_between(operator, left.texts[0], right.texts[0]) else "FALSE"
    if not left.column or not right.column:
        word = left if left.column else right
        if len(word.texts) > MAXIMUM_TEXTS:
            raise Refused("a condition on very many values")
        numbers = [
            number
            for number, text in enumerate(word.texts)
            if (
                holds_between(operator, text, right.texts[0])
                if left.column
                else holds_between(operator, left.texts[0], text)
            )
        ]
        return f"({word.column} IS NOT NULL AND {among(word.column, numbers)})"
    alike = list(left.texts) == list(right.texts) and len(set(left.texts)) == len(left.texts)
    if alike and operator in ("==", "!="):
        return f"{left.column} {SIGNS[operator]} {right.column}"
    if len(left.texts) + len(right.texts) > 2 * MAXIMUM_TEXTS:
        raise Refused("a condition on very many values")
    places = {text: place for place, text in enumerate(sorted({*left.texts, *right.texts}))}
    one, other = (facts.dialect.pick([places[text] for text in word.texts], word.column) for word in (left, right))
    return f"{one} {SIGNS[operator]} {other}"


def _figures(condition: Comparison, roles: Mapping[str, Role], facts: Facts, largest: Mapping[str, int]) -> str:
    """A comparison of figures at face value; NULL where one is missing or a divisor is zero."""
    collections = frozenset(name for name, role in roles.items() if role.collection)
    found = difference(condition.left, condition.right, collections)
    units = {name: facts.grains[role.ratio] for name, role in roles.items()}
    above = in_whole_numbers(found.above, units)
    below = [in_whole_numbers(dict(divisor), units) for divisor in found.below]
    limit = max([*largest.values(), *(bound(polynomial, largest) for polynomial in (above, *below))])
    if limit >= facts.dialect.wide_limit:
        raise Refused(f"figures of this size: {len(str(limit))} digits on the way")
    texts = {n: f"coalesce({r.alias}.f, 0)" if r.collection else f"{r.alias}.f" for n, r in roles.items()}
    faces = {name: facts.dialect.cast(text, limit >= NARROW_LIMIT) for name, text in texts.items()}
    divisors = [value(polynomial, faces) for polynomial in below]
    signs = "".join(f" * sign({divisor})" for divisor in divisors)
    holds = f"{value(above, faces)}{signs} {SIGNS[condition.operator]} 0"
    named = sorted(condition.left.names | condition.right.names)
    present = [f"{roles[name].alias}.f IS NOT NULL" for name in named if not roles[name].collection]
    needed = [*present, *(f"{divisor} <> 0" for divisor in divisors)]
    return f"CASE WHEN {' AND '.join(needed)} THEN {holds} END" if needed else holds
