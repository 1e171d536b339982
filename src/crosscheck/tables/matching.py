"""Which operands a rule brings together, as joins over the table of operands: `checking.binding`, compiled.

An operand's key packs the numbers of its dimensions into one whole number. What another variable agrees with it in stays as
it is in the key, what it names is exchanged by arithmetic, and what is free is taken out on both sides; so a join is on one
number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from crosscheck.checking.plans import order_of
from crosscheck.checking.relations import PARTS
from crosscheck.claims.model import AREA, COUNTERPART, SOURCE
from crosscheck.rules.model import CLOSED_FUNCTIONS, AnyValue, Computed, Not, OneOf, Rule, Selector, Test
from crosscheck.tables.dialect import NARROW_LIMIT
from crosscheck.tables.facts import Axis, Facts
from crosscheck.tables.mirrors import AREAS, both_ways, taken_both_ways, turns
from crosscheck.tables.polynomial import Refused
from crosscheck.tables.selecting import (
    RELATIONS,
    SHIFTS,
    NeverBinds,
    among,
    check_shape,
    own_conditions,
    pairs_of,
    passes,
    ratio_of,
    shifted,
)

MAXIMUM_TANGLED = 1000  # values of a dimension, some of which overlap, that are looked at pair by pair


@dataclass(frozen=True, slots=True)
class Role:
    """A variable in the SQL: its alias, and whether it is a sum over a closed list."""

    name: str
    alias: str
    ratio: bool
    collection: bool
    expected: str = ""  # of a collection: how many members it should have
    members: int = 1  # at most
    both: bool = False  # figures with areas that may be exchanged stand in either order
    is_open: bool = False  # a list of which nobody says what belongs to it; without a sum where members overlap


@dataclass(slots=True)
class Joins:
    """The FROM and WHERE of a rule's bindings, as they grow."""

    rule: Rule
    facts: Facts
    roles: list[Role] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    both: frozenset[str] = frozenset()  # the variables that are taken in either order of their areas
    told: bool = False  # whether lists name their rows

    @property
    def turns(self) -> bool:
        """Whether the subject is taken in either order: the bindings of both are to be brought together."""
        return self.rule.subject in self.both and turns(self.rule)

    def table(self, name: str) -> str:
        """The operands among which a variable is looked for."""
        return both_ways(self.facts) if name in self.both else "operands"

    def alias(self, name: str) -> Role | None:
        """The role of a variable that is joined already."""
        return next((role for role in self.roles if role.name == name), None)


def joins_of(rule: Rule, facts: Facts, told: bool = False) -> Joins:
    """The joins of a rule; raises NeverBinds, and Refused for what cannot be expressed. If `told`, lists tell rows."""
    check_shape(rule, facts)
    joins = Joins(rule, facts, both=taken_both_ways(rule, facts), told=told)
    subject, both = rule.variables[rule.subject], rule.subject in joins.both
    joins.roles.append(Role(rule.subject, "s", ratio_of(rule.subject, subject), False, both=both))
    joins.sources.append(f"{joins.table(rule.subject)} s")
    joins.where += own_conditions(subject, facts, "s", both)
    if both and not joins.turns:
        joins.where.append("s.way = 0")
    for number, name in enumerate(order_of(rule), 1):
        selector = rule.variables[name]
        if selector.is_collection:
            _collection(joins, name, selector, number)
        else:
            _scalar(joins, name, selector, number)
    return joins


@dataclass(slots=True)
class _Key:
    """How the key of a variable follows from the subject's: what is exchanged, taken out, and tested besides."""

    own: list[str] = field(default_factory=list)  # taken out of the variable's own key
    free: list[str] = field(default_factory=list)  # the dimensions taken out
    expected: list[str] = field(default_factory=list)  # added to the subject's key
    relation: tuple[str, str] | None = None  # FROM of pairs of numbers, and the condition on the first of a pair
    present: list[str] = field(default_factory=list)  # without these there is no binding at all


def _key(joins: Joins, name: str, selector: Selector, table: str, number: int) -> _Key:
    rule, facts = joins.rule, joins.facts
    key = _Key()
    for dimension, axis in facts.axes.items():
        named = [role for role in joins.roles if dimension not in rule.variables[role.name].dimensions]
        own, subject = f"{table}.{axis.column}", f"s.{axis.column}"
        test = selector.dimensions.get(dimension)
        if dimension == SOURCE and test is not None:
            raise Refused("sources that differ")
        if test is None:
            if dimension not in rule.variables[rule.subject].dimensions:
                continue  # agrees with the subject
            inverse = _inverse(joins, name, dimension)
            if named:
                if rule.is_equality:
                    raise Refused(f"{dimension} agrees among operands without the subject")
                _check_order(joins, named[0], dimension)
                key.expected.append(axis.steps(f"({named[0].alias}.{axis.column} - {subject})"))
            elif inverse is not None:
                _related(key, joins, axis, inverse, f"{subject}", number, turned=True)
            else:
                _take_out(key, axis, own, subject)
        elif isinstance(test, Computed):
            _computed(key, joins, axis, test, number)
        elif isinstance(test, OneOf) and len(test.values) == 1 and dimension not in selector.collect:
            chosen = axis.number(test.values[0])
            key.expected.append(axis.steps(f"({axis.nowhere if chosen is None else chosen} - {subject})"))
        else:
            _take_out(key, axis, own, subject)
    return key


def _take_out(key: _Key, axis: Axis, own: str, subject: str) -> None:
    key.free.append(axis.name)
    key.own.append(f" - {axis.steps(own)}")
    key.expected.append(axis.steps(f"(-{subject})"))


def _inverse(joins: Joins, name: str, dimension: str) -> str | None:
    """The function by which the subject refers to a variable on a dimension."""
    test = joins.rule.variables[joins.rule.subject].dimensions.get(dimension)
    if isinstance(test, Computed) and test.variable == name:
        if joins.rule.is_equality or test.function not in (*RELATIONS, *SHIFTS):
            raise Refused(f"`={test.function}` of an operand that the subject refers to")
        return test.function
    return None


def _computed(key: _Key, joins: Joins, axis: Axis, test: Computed, number: int) -> None:
    role = joins.alias(test.variable)
    if role is None or role.collection:
        raise Refused(f"`={test.function}({test.variable})`")
    facts = joins.facts
    _check_order(joins, role, axis.name)
    at = f"{role.alias}.{axis.column}"
    subject = f"s.{axis.column}"
    if test.function == "base":
        base = facts.column(role.alias, "base")
        key.present.append(f"{base} > 0")
        key.expected.append(axis.steps(f"({base} - {subject})"))
    elif test.function == "same":
        if role.alias == "s":
            return
        key.expected.append(axis.steps(f"({at} - {subject})"))
    elif test.function == "opposite":
        other = facts.axes.get(COUNTERPART if axis.name == AREA else AREA)
        if other is None:
            raise NeverBinds
        there = f"{role.alias}.{other.column}"
        numbers = [axis.nowhere if (found := axis.number(text)) is None else found for text in other.texts]
        key.present.append(f"{there} > 0")
        key.expected.append(axis.steps(f"({facts.dialect.pick(numbers, there)} - {subject})"))
    elif test.function in SHIFTS:
        before = facts.dialect.pick([shifted(facts, axis, test.function, text) for text in axis.texts], at)
        key.present.append(f"{before} IS NOT NULL")
        key.expected.append(axis.steps(f"({before} - {subject})"))
    elif test.function in RELATIONS:
        key.present.append(f"{at} > 0")
        _related(key, joins, axis, test.function, at, number, turned=False)
    else:
        raise NeverBinds  # `=whole(x)`: tables tell no whole


def _check_order(joins: Joins, role: Role, dimension: str) -> None:
    """Raises Refused where an area follows from an operand, not the subject, that was found in either order."""
    if role.both and dimension in AREAS and role.alias != "s":
        raise Refused("areas that may be exchanged")


def _related(key: _Key, joins: Joins, axis: Axis, function: str, at: str, number: int, turned: bool) -> None:
    """A dimension that a relation between values ties: a list of pairs is joined between."""
    pairs = pairs_of(joins.facts, axis, function)
    if function == "terms" and not _takes_away(joins.rule, axis.name):
        taken = {n for n, t in enumerate(axis.texts) if t and joins.facts.domain.related("minus_terms", t, axis.name)}
        pairs = [(total, term) for total, term in pairs if total not in taken]
    if turned:
        pairs = [(b, a) for a, b in pairs]
    if key.relation is not None:
        raise Refused("two relations between values at once")
    table = f"p{number}"
    key.relation = _pairs_table(joins.facts, pairs, table), f"{table}.a = {at}"
    key.expected.append(axis.steps(f"({table}.b - s.{axis.column})"))


def _pairs_table(facts: Facts, pairs: Sequence[tuple[int, int]], table: str) -> str:
    rows = ", ".join(f"({a}, {b})" for a, b in pairs) or "(-1, -1)"
    return f"(VALUES {rows}) {table}(a, b)"


def _same_kind(joins: Joins, role: Role, own: str) -> list[str]:
    """Levels and changes agree in kind of unit with the first such operand that is bound, unless a variable names units."""
    named = {name for name, selector in joins.rule.variables.items() if selector.any_unit}
    if role.ratio or len(joins.facts.kinds) < 2 or role.name in named:
        return []
    others = [other.alias for other in joins.roles if not other.ratio and other.name not in named]
    if not others:
        return []
    if others[0] == "s":
        return [f"{own} = s.kind"]
    return [f"{own} = coalesce({', '.join(f'{alias}.kind' for alias in others)}, {own})"]


def _same_base(joins: Joins, selector: Selector, table: str) -> list[str]:
    """The base period of a variable is that of another one, which has one."""
    if selector.same_base is None:
        return []
    other = joins.alias(selector.same_base)
    if other is None or other.collection:
        raise Refused("`base_period` of a list")
    own = joins.facts.column(table, "base")
    return [f"{own} = {joins.facts.column(other.alias, 'base')} AND {own} > 0"]


def _scalar(joins: Joins, name: str, selector: Selector, number: int) -> None:
    facts, rule = joins.facts, joins.rule
    role = Role(name, f"v{number}", ratio_of(name, selector), False, both=name in joins.both)
    table = role.alias
    key = _key(joins, name, selector, table, number)
    conditions = own_conditions(selector, facts, table, role.both)
    if role.both:  # what a variable asks of areas holds in the order that agrees, and in the one that is stated
        conditions += [f"{table}.{axis.column} IN ({listed})" for axis, listed in _areas_listed(selector, facts)]
    if key.relation is not None:
        joins.sources.append(f"{_join(rule)} {key.relation[0]} ON {key.relation[1]}")
    expected = " + ".join(["s.key", *key.expected])
    conditions = [f"{table}.key{''.join(key.own)} = {expected}", *conditions]
    conditions += _same_kind(joins, role, facts.column(table, "kind"))
    conditions += _same_base(joins, selector, table)
    conditions += [
        f"({other.alias}.rid IS NULL OR {table}.rid <> {other.alias}.rid)"
        if other.alias != "s"
        else f"{table}.rid <> s.rid"
        for other in joins.roles
        if other.ratio == role.ratio and not other.collection and not _differ(joins, selector, other)
    ]
    if key.relation is not None and rule.tells_missing:
        raise Refused("a relation between values in an equality")
    joins.where += key.present
    joins.sources.append(f"{_join(rule)} {joins.table(name)} {table} ON {' AND '.join(conditions)}")
    joins.roles.append(role)


def _areas_listed(selector: Selector, facts: Facts) -> Iterator[tuple[Axis, str]]:
    for area in AREAS:
        test = selector.dimensions.get(area)
        if isinstance(test, OneOf):
            axis = facts.axes[area]
            numbers = [n for value in test.values if (n := axis.number(value)) is not None]
            yield axis, ", ".join(map(str, numbers)) or "-1"


def _differ(joins: Joins, selector: Selector, other: Role) -> bool:
    """True where a variable can never be the operand that another one is, so that this need not be looked at."""
    theirs = joins.rule.variables[other.name]
    if selector.measures and theirs.measures and not set(selector.measures) & set(theirs.measures):
        return True
    for dimension, test in selector.dimensions.items():
        against = theirs.dimensions.get(dimension)
        own, others = _values(joins.rule, test, dimension), _values(joins.rule, against, dimension)
        if own is not None and others is not None and not own & others:
            return True
        if isinstance(test, Computed) and test.function in (*SHIFTS, "within", "part_of", "terms", "minus_terms"):
            reference = joins.rule.variables[test.variable]
            if test.variable == other.name or (dimension not in reference.dimensions and against is None):
                return True
        if isinstance(test, Computed) and test.function == "base" and against is None and not joins.facts.own_bases:
            return dimension not in joins.rule.variables[test.variable].dimensions
    return False


def _values(rule: Rule, test: Test | None, dimension: str) -> frozenset[str | None] | None:
    """The values that a selector's test leaves, also where they are those of another variable; None for whatever."""
    if isinstance(test, Computed) and test.function == "same":
        test = rule.variables[test.variable].dimensions.get(dimension)
    return frozenset(test.values) if isinstance(test, OneOf) else None


def _join(rule: Rule) -> str:
    return "LEFT JOIN" if rule.tells_missing else "JOIN"


def _collection(joins: Joins, name: str, selector: Selector, number: int) -> None:
    """A closed list, added up once for all subjects and joined by what its members share."""
    facts, rule = joins.facts, joins.rule
    if len(selector.collect) != 1 or (selector.is_closed and not rule.is_equality):
        raise Refused("a list of this kind")
    (dimension,) = selector.collect
    axis = facts.axes.get(dimension)
    if axis is None:
        raise Refused("a list over a dimension that no figure has")
    role = Role(name, f"v{number}", ratio_of(name, selector), True, both=name in joins.both)
    kinds = [] if role.ratio or len(facts.kinds) < 2 else [facts.column("x", "kind")]
    if kinds and joins.roles[0].ratio:
        raise Refused("a list whose kind of unit the subject does not tell")
    rest = replace(selector, dimensions={**selector.dimensions, dimension: AnyValue()}, collect=())
    key = _key(joins, name, rest, "x", number)
    if key.relation is not None or key.free != [dimension]:
        raise Refused("an open list")
    members = _members(joins, axis, selector, number)
    is_open = not selector.is_closed
    own = f"x.key{''.join(key.own)}"
    bases = [facts.column("x", "base")] if selector.same_base is not None else []
    if bases and (selector.same_base != rule.subject or "base" not in facts.columns):
        raise Refused("`base_period` of a list")
    grouped = [(own, "key"), *([("p.a", "whole")] if members.tie else []), *((kind, "kind") for kind in kinds)]
    grouped += [(base, "base") for base in bases]
    wide = members.most * max(facts.largest.values(), default=1) >= NARROW_LIMIT
    columns = [
        *(f"{text} AS {column}" for text, column in grouped),
        f"{_unless_tangled(axis, members)}{facts.dialect.total('x.f', wide)}{' END' if members.tangled else ''} AS f",
        f"{facts.dialect.total(facts.column('x', 'h'), wide)} AS h",
        *([f"{facts.dialect.total('x.u', wide)} AS u"] if "u" in facts.columns else []),
        "count(*) AS n",
        f"min({facts.column('x', 'edition')}) AS edition",
        f"max({facts.column('x', 'edition_to')}) AS edition_to",
        f"min({facts.column('x', 'given')}) AS given",
    ]
    columns += ["max(x.doubt) AS doubt"] if "doubt" in facts.columns else []
    columns += ["bit_and(x.docs) AS docs"] if "docs" in facts.columns else []
    columns += ["min(x.mirrors) AS mirrors"] if role.both else []
    columns += ["list(x.rid ORDER BY x.rid) AS rids"] if joins.told else []
    conditions = own_conditions(rest, facts, "x", role.both)
    if role.both:
        conditions += [f"x.{other.column} IN ({listed})" for other, listed in _areas_listed(rest, facts)]
        conditions += passes(selector.dimensions[dimension], facts, dimension, "x", True) if dimension in AREAS else []
    text = f"SELECT {', '.join(columns)} FROM {joins.table(name)} x {members.source}"
    text += f" WHERE {' AND '.join(conditions)}" if conditions else ""
    text += f" GROUP BY {', '.join(text for text, _ in grouped)}"
    text += " HAVING count(*) > 1" if is_open else ""
    ties = [f"{role.alias}.key = {' + '.join(['s.key', *key.expected])}"]
    ties += [f"{role.alias}.whole = {members.tie}"] if members.tie else []
    ties += [f"{role.alias}.kind = s.kind"] if kinds else []
    ties += [f"{role.alias}.base = {facts.column('s', 'base')} AND {role.alias}.base > 0"] if bases else []
    joins.where += key.present
    joins.sources.append(f"{'JOIN' if is_open else 'LEFT JOIN'} ({text}) {role.alias} ON {' AND '.join(ties)}")
    count = f"{role.alias}.n" if is_open else members.count
    joins.roles.append(replace(role, expected=count, members=members.most, is_open=is_open))


@dataclass(frozen=True, slots=True)
class _Members:
    """Where the members of a list come from, what ties them to the subject, how many there should be and may be."""

    source: str
    tie: str
    count: str
    most: int
    tangled: tuple[int, ...] = ()  # the numbers of members that overlap others


def _members(joins: Joins, axis: Axis, selector: Selector, number: int) -> _Members:
    facts, rule = joins.facts, joins.rule
    test, subject = selector.dimensions[axis.name], rule.variables[rule.subject]
    if isinstance(test, OneOf) and None not in test.values:
        values = list(dict.fromkeys(v for v in test.values if v is not None))
        _check_apart(facts, axis, values)
        own = subject.dimensions.get(axis.name)
        apart = isinstance(own, OneOf) and not set(own.values) & set(values)
        if not apart and set(subject.measures) & set(selector.measures):
            raise Refused("a list that may hold its own total")
        numbers = ", ".join(f"({n})" for v in values if (n := axis.number(v)) is not None)
        source = f"JOIN (VALUES {numbers or '(-1)'}) p(b) ON x.{axis.column} = p.b"
        return _Members(source, "", str(len(values)), len(values))
    if not selector.is_closed and not rule.is_equality:
        return _open(joins, axis, test)
    if not isinstance(test, Computed) or test.function not in CLOSED_FUNCTIONS or test.variable != rule.subject:
        raise Refused("an open list")
    return _terms(joins, axis, test.function)


def _open(joins: Joins, axis: Axis, test: Test) -> _Members:
    """Whatever there is of a list: all but the values that are left out, or the parts of the subject's value."""
    facts, rule = joins.facts, joins.rule
    if sum(not role.collection for role in joins.roles) < len(joins.roles):
        raise Refused("an open list")
    listed = {text for text in axis.texts if text is not None}
    if isinstance(test, Not) and None in test.values and rule.subject in {role.name for role in joins.roles}:
        own = rule.variables[rule.subject].dimensions.get(axis.name)
        if not isinstance(own, OneOf) or not set(own.values) <= set(test.values):
            raise Refused("a list that may hold its own total")
        left = [n for value in test.values if (n := axis.number(value)) is not None]
        source, tie = f"JOIN (SELECT 1) p ON NOT {among(f'x.{axis.column}', left)}", ""
    elif isinstance(test, Computed) and test.function == "part_of" and test.variable == rule.subject:
        at = f"s.{axis.column}"
        joins.where.append(f"{at} > 0")
        source, tie = f"JOIN {_pairs_table(facts, pairs_of(facts, axis, 'part_of'), 'p')} ON x.{axis.column} = p.b", at
    else:
        raise Refused("an open list")
    return _Members(source, tie, "0", len(axis.texts), _tangled(facts, axis, listed))


def _tangled(facts: Facts, axis: Axis, listed: set[str]) -> tuple[int, ...]:
    """The values of a dimension that overlap others of them, by number; raises Refused where they are very many."""
    if facts.domain.are_apart(axis.name, listed):
        return ()
    if len(listed) > MAXIMUM_TANGLED:
        raise Refused("members of a list that may overlap")
    found = set()
    for one, other in combinations(sorted(listed), 2):
        if facts.domain.overlap({axis.name: one}, {axis.name: other}, (axis.name,)):
            found |= {one, other}
    return tuple(n for text in sorted(found) if (n := axis.number(text)) is not None)


def _unless_tangled(axis: Axis, members: _Members) -> str:
    """Leaves out the sum of a list in which members may overlap: which of them count is for the reference evaluator."""
    if not members.tangled:
        return ""
    return f"CASE WHEN count(CASE WHEN {among(f'x.{axis.column}', members.tangled)} THEN 1 END) < 2 THEN "


def _terms(joins: Joins, axis: Axis, function: str) -> _Members:
    """The terms of the subject's code, by the code list, or the parts of its period."""
    facts, at = joins.facts, f"s.{axis.column}"
    terms = [[v for v in facts.domain.related(function, t, axis.name) or () if v] if t else [] for t in axis.texts]
    for values in terms:
        _check_apart(facts, axis, values)
    joins.where.append(f"{at} > 0")
    if function in PARTS and not joins.rule.tells_missing:
        wholes = [n for n, values in enumerate(terms) if values and all(axis.number(value) is not None for value in values)]
        if not wholes:
            raise NeverBinds
        joins.where.append(among(at, wholes))
    if function == "terms":
        wholes = [number for number, values in enumerate(terms) if values]
        if not _takes_away(joins.rule, axis.name):
            wholes = [n for n in wholes if not facts.domain.related("minus_terms", axis.texts[n] or "", axis.name)]
        if not wholes:
            raise NeverBinds
        joins.where.append(among(at, wholes))
    source = f"JOIN {_pairs_table(facts, pairs_of(facts, axis, function), 'p')} ON x.{axis.column} = p.b"
    counts = [len(values) for values in terms]
    return _Members(source, at, facts.dialect.pick(counts, at) if any(counts) else "0", max(1, *counts))


def _takes_away(rule: Rule, dimension: str) -> bool:
    tests = [selector.dimensions.get(dimension) for selector in rule.variables.values()]
    return any(isinstance(test, Computed) and test.function == "minus_terms" for test in tests)


def _check_apart(facts: Facts, axis: Axis, values: Sequence[str]) -> None:
    """Raises Refused where members of a list overlap: then binding leaves some out."""
    for index, a in enumerate(values):
        for b in values[index + 1 :]:
            if facts.domain.overlap({axis.name: a}, {axis.name: b}, (axis.name,)):
                raise Refused("members of a list that overlap")
