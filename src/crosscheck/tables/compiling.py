"""A rule as one query of the columnar engine: as it stands, or written out as several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from crosscheck.rules.model import Rule
from crosscheck.tables.facts import Facts
from crosscheck.tables.matching import joins_of
from crosscheck.tables.polynomial import Refused
from crosscheck.tables.selecting import NeverBinds, check_shape
from crosscheck.tables.unrolled import MAXIMUM_ANSWERS, unrolled, with_periods
from crosscheck.tables.verdicts import Compiled, Writer


def compile_rule(rule: Rule, facts: Facts, every_row: bool = False, only: str | None = None) -> Compiled:
    """The SQL of a rule. `only` is a condition on the subject `s`, where not all of them are wanted.

    Rows that are consistent or cannot be checked are counted together, without their number unless `every_row`.

    Raises NeverBinds where no claims of the run can meet it, and Refused with the reason for what cannot be expressed.
    """
    if rule.duplicates:
        raise Refused("figures that are stated twice")
    found: list[Compiled] = []
    if rule.facts:
        with suppress(NeverBinds):
            check_shape(replace(rule, facts=()), facts)
            for number, (own, periods) in enumerate(with_periods(rule, facts)):
                if number >= MAXIMUM_ANSWERS:
                    raise Refused("periods of very many lengths")
                found += _written_out(own, facts, every_row, only, periods)
    else:
        found = _written_out(rule, facts, every_row, only, {})
    if not found:
        raise NeverBinds
    if len(found) == 1:
        return found[0]
    return Compiled(rule, " UNION ALL ".join(f"({one.sql})" for one in found), any(one.wide for one in found))


def _written_out(
    rule: Rule, facts: Facts, every_row: bool, only: str | None, periods: Mapping[str, Sequence[int]]
) -> list[Compiled]:
    """The SQL of a rule, or of what it is when written out; none where it never binds."""
    found: list[Compiled] = []
    try:
        with suppress(NeverBinds):
            found.append(Writer(rule, facts, joins_of(rule, facts), periods).written(every_row, only))
    except Refused as refused:
        for own in unrolled(rule, facts, refused):
            with suppress(NeverBinds):
                found.append(Writer(own, facts, joins_of(own, facts), periods).written(every_row, only))
    return found
