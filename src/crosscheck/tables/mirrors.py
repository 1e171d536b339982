"""Figures whose two areas may be exchanged: turnover of A with B is that of B with A.

Such rows stand in the table of operands with the area of the lower number first, so that both orders meet; `turned` says
whether the table has them the other way round. Where a rule looks at areas, or relates such figures to others (turnover to
exports and imports), they are joined in both orders, as `checking.binding` does. There `way` is 0 in the order in which a
figure is stated and 1 in the other one, and `mirrors` is 1 where the areas may be exchanged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from crosscheck.checking.stated import is_symmetric
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import AREA, COUNTERPART, INDICATOR
from crosscheck.rules.model import Computed, OneOf, Rule, Selector
from crosscheck.tables.facts import Axis, Facts

AREAS = (AREA, COUNTERPART)


def exchangeable(texts: Sequence[str | None], codelists: CodeLists) -> frozenset[int]:
    """The numbers of the indicators whose areas may be exchanged."""
    return frozenset(
        number
        for number, text in enumerate(texts)
        if text is not None and is_symmetric({INDICATOR: text, AREA: "", COUNTERPART: ""}, codelists)
    )


def in_order(rows: str, axes: Mapping[str, Axis], symmetric: Collection[int], columns: Sequence[str]) -> str:
    """Rows with the two areas in one order where they may be exchanged; `columns` are the others that rows have."""
    if not symmetric:
        return rows
    indicator, one, other = (axes[name].column for name in (INDICATOR, AREA, COUNTERPART))
    turned = f"{indicator} IN ({_listed(symmetric)}) AND {other} > 0 AND {one} > {other}"
    swapped = [f"CASE WHEN {turned} THEN {b} ELSE {a} END AS {a}" for a, b in ((one, other), (other, one))]
    others = [axis.column for axis in axes.values() if axis.column not in (one, other)]
    told = f"CASE WHEN {turned} THEN 1 ELSE 0 END AS turned"
    return f"SELECT {', '.join((*columns, *others, *swapped, told))} FROM ({rows}) o"


def _listed(numbers: Collection[int]) -> str:
    return ", ".join(map(str, sorted(numbers)))


def place_sql(facts: Facts, free: Collection[str], table: str) -> str:
    """What rows share that agree in every dimension but the free ones, in SQL: figures whose areas may be exchanged with
    those of either order, also where only one of the two areas is free."""
    named = {*free, *AREAS} if facts.symmetric and set(free) & set(AREAS) else set(free)
    parts = [f"{table}.key", *(a.steps(f"{table}.{a.column}") for name, a in facts.axes.items() if name in named)]
    text = " - ".join(parts)
    if not facts.symmetric or named & set(AREAS):
        return text
    one, other = (facts.axes[name] for name in AREAS)
    a, b = f"{table}.{one.column}", f"{table}.{other.column}"
    return f"{text} - {one.steps(f'({a} - least({a}, {b}))')} - {other.steps(f'({b} - greatest({a}, {b}))')}"


def taken_both_ways(rule: Rule, facts: Facts) -> frozenset[str]:
    """The variables that may be figures with areas that may be exchanged, where a rule has to see them in both orders."""
    if not facts.symmetric or len(rule.variables) < 2:
        return frozenset()
    named = {dimension for selector in rule.variables.values() for dimension in selector.dimensions}
    if not named & {*AREAS, INDICATOR}:
        return frozenset()  # all operands have one indicator and the same areas
    return frozenset(name for name in rule.variables if _may_mirror(rule, name, facts))


def turns(rule: Rule) -> bool:
    """Whether a rule takes a subject in both orders: where another variable names its indicator."""
    return any(INDICATOR in s.dimensions for name, s in rule.variables.items() if name != rule.subject)


def names_areas(rule: Rule) -> bool:
    """Whether some variable names an area."""
    return any(set(AREAS) & set(selector.dimensions) for selector in rule.variables.values())


def _may_mirror(rule: Rule, name: str, facts: Facts) -> bool:
    selector = rule.variables[name]
    if any(selector.dimensions.get(area) == OneOf((None,)) for area in AREAS):
        return False
    return bool(facts.symmetric & _indicators(rule, name, selector, facts))


def _indicators(rule: Rule, name: str, selector: Selector, facts: Facts) -> frozenset[int]:
    """The numbers of the indicators that a variable may have; more than these do no harm."""
    axis = facts.axes[INDICATOR]
    test = selector.dimensions.get(INDICATOR)
    if test is None and name != rule.subject and INDICATOR not in rule.variables[rule.subject].dimensions:
        return _indicators(rule, rule.subject, rule.variables[rule.subject], facts)
    if isinstance(test, OneOf):
        return frozenset(number for text in test.values if (number := axis.number(text)) is not None)
    if isinstance(test, Computed) and test.function in ("terms", "minus_terms", "mirror"):
        terms = (facts.domain.related(test.function, text, INDICATOR) or () for text in axis.texts if text)
        return frozenset(n for values in terms for text in values if (n := axis.number(text)) is not None)
    return frozenset(range(len(axis.texts)))


def both_ways(facts: Facts) -> str:
    """The operands, those with areas that may be exchanged in either order."""
    one, other = (facts.axes[name] for name in AREAS)
    a, b = one.column, other.column
    mirrors = f"{facts.axes[INDICATOR].column} IN ({_listed(facts.symmetric)}) AND {a} > 0 AND {b} > 0"
    kept = [name for name in (*sorted(facts.columns), *facts.kept) if name not in ("key", "turned", a, b)]
    turned = "turned" if "turned" in facts.columns else "0"
    stated = [*kept, "key", a, b, f"{turned} AS way", f"CASE WHEN {mirrors} THEN 1 ELSE 0 END AS mirrors"]
    key = f"key + {one.steps(f'({b} - {a})')} + {other.steps(f'({a} - {b})')} AS key"
    swapped = [*kept, key, f"{b} AS {a}", f"{a} AS {b}", f"1 - {turned} AS way", "1 AS mirrors"]
    return (
        f"(SELECT {', '.join(stated)} FROM operands UNION ALL "
        f"SELECT {', '.join(swapped)} FROM operands WHERE {mirrors} AND {a} <> {b})"
    )


def stated_number(facts: Facts, dimension: str, table: str, both: bool) -> str:
    """The number of an area as the table states it; `both` where `table` has figures in both orders."""
    axis = facts.axes[dimension]
    other = facts.axes[COUNTERPART if dimension == AREA else AREA]
    way = f"{table}.way" if both else facts.column(table, "turned")
    return f"CASE WHEN {way} = 1 THEN {table}.{other.column} ELSE {table}.{axis.column} END"
