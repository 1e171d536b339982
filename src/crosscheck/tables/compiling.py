"""A rule as one query of the columnar engine: as it stands, or written out as several."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from crosscheck.claims.model import MEASURES
from crosscheck.rules.model import Rule
from crosscheck.tables.duplicates import PAIRS, SURE
from crosscheck.tables.facts import RATIOS, Facts, is_ratio
from crosscheck.tables.matching import Joins, Role, joins_of
from crosscheck.tables.polynomial import Refused
from crosscheck.tables.selecting import NeverBinds, check_shape
from crosscheck.tables.unrolled import MAXIMUM_ANSWERS, Answers, unrolled, with_answers
from crosscheck.tables.verdicts import Compiled, Writer


def compile_rule(
    rule: Rule, facts: Facts, every_row: bool = False, only: str | None = None, told: bool = False
) -> Compiled:
    """The SQL of a rule. `only` is a condition on the subject `s`, where not all of them are wanted.

    Rows that are consistent or cannot be checked are counted together, without their number unless `every_row`. If `told`,
    the rows of the other operands are told as `met`.

    Raises NeverBinds where no claims of the run can meet it, and Refused with the reason for what cannot be expressed.
    """
    if rule.duplicates:
        raise Refused("figures that are stated twice")
    found: list[Compiled] = []
    classes = _by_class(rule)
    if len(classes) > 1:
        for one in classes:
            with suppress(NeverBinds):
                found.append(compile_rule(one, facts, every_row, only, told))
    elif rule.facts:
        with suppress(NeverBinds):
            check_shape(replace(rule, facts=()), facts)
            for number, (own, answers) in enumerate(with_answers(rule, facts)):
                if number >= MAXIMUM_ANSWERS:
                    raise Refused("periods of very many lengths, or figures of very many precisions")
                found += _written_out(own, facts, every_row, only, answers, told)
    else:
        found = _written_out(rule, facts, every_row, only, (), told)
    if not found:
        raise NeverBinds
    if len(found) == 1:
        return found[0]
    return Compiled(rule, " UNION ALL ".join(f"({one.sql})" for one in found), any(one.wide for one in found))


def _by_class(rule: Rule) -> list[Rule]:
    """A rule of which a figure may be in units or in plain numbers, as one for each; not where that one may be missing."""
    for name, selector in rule.variables.items():
        mixed = is_ratio(selector.measures) is None and not selector.is_collection
        if mixed and (name == rule.subject or not rule.tells_missing):
            classes = [[m for m in selector.measures or MEASURES if (m in RATIOS) == ratio] for ratio in (False, True)]
            variables = [{**rule.variables, name: replace(selector, measures=tuple(own))} for own in classes]
            return [two for one in variables for two in _by_class(replace(rule, variables=one))]
    return [rule]


def compile_pairs(rule: Rule, facts: Facts, conditions: Sequence[str], many: bool) -> Compiled:
    """The SQL of a rule for figures that are stated twice, over the groups that are two rows of one table, or `many`.

    `conditions` are further ones on the group `g` and the row `r` of its operand. Raises Refused for what of the rule
    asks for more than the two figures.
    """
    absolute = [one for one in (rule.material, rule.tolerance) if one is not None and not one.relative]
    if rule.when is not None or absolute or len(rule.variables) != 2:
        raise Refused("figures that are stated twice, under a condition or in units")
    (again,) = (name for name in rule.variables if name != rule.subject)
    of = "FROM groups g JOIN rows r ON r.rid = g.rep"
    pairs = f"{of} WHERE {' AND '.join([PAIRS, *conditions])}"
    larger = f"{of} JOIN many n ON n.rep = g.rep{' WHERE ' if conditions else ''}{' AND '.join(conditions)}"
    subjects = f"SELECT g.widest AS rid, g.fs AS f, g.hs AS h, g.hs AS u, {SURE} AS doubt {pairs}"
    others = f"SELECT g.widest AS rid, g.fa AS f, g.ha AS h, g.ha AS u, {SURE} AS doubt {pairs}"
    if many:
        subjects += f" UNION ALL SELECT n.widest, n.fs, n.hs, n.hs, {SURE} {larger}"
        others += f" UNION ALL SELECT n.widest, n.fa, n.down, n.up, n.doubt {larger}"
    joins = Joins(rule, facts)
    joins.roles += [Role(rule.subject, "s", False, False), Role(again, "v1", False, False)]
    joins.sources.append(f"({subjects}) s")
    joins.sources.append(f"JOIN ({others}) v1 ON v1.rid = s.rid")
    columns = frozenset(("rid", "f", "h", "u", "doubt") if many else ("rid", "f", "h"))
    own = replace(facts, columns=columns, editions=1, dimensions=[()])
    return Writer(rule, own, joins, ()).written(True, None)


def _written_out(
    rule: Rule,
    facts: Facts,
    every_row: bool,
    only: str | None,
    answers: Answers,
    told: bool,
) -> list[Compiled]:
    """The SQL of a rule, or of what it is when written out; none where it never binds."""
    found: list[Compiled] = []
    try:
        with suppress(NeverBinds):
            found.append(Writer(rule, facts, joins_of(rule, facts, told), answers).written(every_row, only))
    except Refused as refused:
        for own in unrolled(rule, facts, refused):
            with suppress(NeverBinds):
                found.append(Writer(own, facts, joins_of(own, facts, told), answers).written(every_row, only))
    return found
