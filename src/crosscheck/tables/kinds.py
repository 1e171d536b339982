"""Whether the kinds of unit of a binding go together, as SQL: `checking.dimensions`, compiled.

Figures of one kind of unit share a column `kind`; a variable that names units has its own, as nothing says that it agrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod

from crosscheck.checking.dimensions import dimension_trouble
from crosscheck.figures.unit_table import Dimension
from crosscheck.rules.model import Rule, Selector
from crosscheck.tables.facts import Facts
from crosscheck.tables.matching import Role
from crosscheck.tables.polynomial import Refused
from crosscheck.tables.selecting import units_of

MAXIMUM_KINDS = 5_000  # kinds of unit that figures of a rule may have together


def kind_columns(rule: Rule, roles: Sequence[Role]) -> list[str]:
    """The columns of a binding that tell its kinds of unit."""
    own, shared = _by_column(rule, roles)
    columns = [f"coalesce({', '.join(f'{role.alias}.kind' for role in shared)}) AS kind"] if shared else []
    return [*columns, *(f"{role.alias}.kind AS {role.alias}_kind" for role in own)]


def trouble_of(rule: Rule, roles: Sequence[Role], facts: Facts) -> str | None:
    """Where kinds of unit do not go together with one another and the rule's own numbers, over those columns.

    None where they always do. Raises Refused for very many kinds.
    """
    own, shared = _by_column(rule, roles)
    columns = [f"{role.alias}_kind" for role in own] + ["kind"] * bool(shared)
    every = list(range(len(facts.dimensions)))
    choices = [_kinds(rule.variables[role.name], facts) or every for role in own] + [every] * bool(shared)
    if prod(map(len, choices)) > MAXIMUM_KINDS:
        raise Refused("very many kinds of unit")
    fit, apart = [], 0
    for numbers in product(*choices):
        known: dict[str, Dimension | None] = {role.name: () for role in roles}
        known |= {role.name: facts.dimensions[number] for role, number in zip(own, numbers, strict=False)}
        known |= {role.name: facts.dimensions[numbers[-1]] for role in shared}
        if dimension_trouble(rule.condition, known) is None:
            fit.append(f"({', '.join(map(str, numbers))})")
        else:
            apart += 1
    if not apart or not fit:
        return "TRUE" if apart else None
    return f"({', '.join(columns)}) NOT IN ({', '.join(fit)})"


def _by_column(rule: Rule, roles: Sequence[Role]) -> tuple[list[Role], list[Role]]:
    """The roles of figures in units: those with a kind of their own, and those that share one."""
    in_units = [role for role in roles if not role.ratio]
    return (
        [role for role in in_units if rule.variables[role.name].any_unit],
        [role for role in in_units if not rule.variables[role.name].any_unit],
    )


def _kinds(selector: Selector, facts: Facts) -> list[int]:
    """The numbers of the kinds of unit that a selector lets in."""
    names = {facts.units[number][0] for number in units_of(selector, facts)} if selector.unit_kinds else set(facts.kinds)
    return [number for number, kind in enumerate(facts.kinds) if kind in names]
