"""Claims made up for a rule: dimensions that its selectors bind, and true values that satisfy it.

Nothing here knows a rule by name: dimensions follow from the selectors, values from the assertion.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from fractions import Fraction as F
from functools import cache
from itertools import product
from numbers import Rational
from pathlib import Path
from random import Random

from printing import UNITS, Printed, print_value
from strategies import NoValue, Values, evaluate, satisfied

from crosscheck.checking.dimensions import dimension_trouble
from crosscheck.checking.particulars import with_facts
from crosscheck.checking.ranges import Box
from crosscheck.checking.relations import is_before, is_inside, parts_of, shifted
from crosscheck.checking.solving import Operand, solve
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.model import (
    AREA,
    COUNTERPART,
    INDICATOR,
    PERIOD,
    SOURCE,
    Claim,
    Document,
    ListItem,
    Place,
    Record,
)
from crosscheck.figures.interval import point
from crosscheck.figures.units import parse_unit
from crosscheck.rules.expression import (
    FACTS,
    Call,
    Comparison,
    Condition,
    Expression,
    Logical,
    Number,
    Text,
    Variable,
    variables,
)
from crosscheck.rules.facts import with_samples
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import CLOSED_FUNCTIONS, AnyValue, Computed, Not, OneOf, Rule, Selector

ROOT = Path(__file__).resolve().parents[1]
VALUES = {
    INDICATOR: ("trade-turnover", "exports", "imports", "trade-balance", "assets", "gross-profit", "population",
                "labour-force", "documents-signed", "price", "inflation-rate", "consumer-price-index",
                "gdp-per-capita", "unemployment-rate", "re-exports", "electricity-generation"),
    "per": ("population", "employees"),
    "index_base": ("2020", "2023"),
    AREA: ("KZ", "CN", "CN-XJ"),
    COUNTERPART: ("CN", "CN-XJ", "CN-GD", "KZ"),
    PERIOD: ("2023", "2023-S1", "2023-Q1", "2023-02", "2022"),
    SOURCE: ("Kazakh statistics", "partner's customs"),
}  # fmt: skip
OTHERS = ("wheat", "steel", "oil")  # values of any other dimension
KINDS = ("currency:USD", "currency:USD", "mass", "area", "count", "count", "ratio", "temperature")
BASED = ("growth", "change", "multiple")
Dimensions = dict[str, str]
DOCUMENTS = (
    Document("alpha", "alpha.md", publisher="Alpha", published=datetime.date(2024, 3, 1)),
    Document("beta", "beta.md", publisher="Alpha", published=datetime.date(2024, 6, 1)),
    Document("gamma", "gamma.md"),
)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    return read_rule_files([ROOT / "rules"], shipped=True)


@cache
def shipped_codes() -> CodeLists:
    return load_codelists([ROOT / "codelists" / name for name in ("areas.yaml", "indicators.yaml")])


@dataclass(frozen=True, slots=True)
class Quantity:
    """A true value and what a claim says it is about."""

    role: str
    index: int | None
    value: F
    kind: str
    measure: str
    dimensions: Dimensions
    base_period: str | None = None
    whole: Mapping[str, str | None] | None = None


@dataclass(slots=True)
class Layout:
    """Dimensions by role, a list of members for each collection; the properties of what others refer to."""

    dimensions: dict[str, list[Dimensions]] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    wholes: dict[str, dict[str, str | None]] = field(default_factory=dict)
    apart: bool = True  # each role of a rule with `when` in a document of its own


@dataclass(frozen=True, slots=True)
class Scenario:
    """Quantities whose true values satisfy a rule, and the claims that print them."""

    rule: Rule
    quantities: tuple[Quantity, ...]
    layout: Layout
    claims: tuple[Claim, ...]
    printed: Mapping[str, Printed]  # by claim id

    @property
    def values(self) -> Values:
        return values_by_role(self.rule, self.quantities)

    def of(self, claims: tuple[Claim, ...]) -> Quantity:
        """The quantity that the claims of an operand state."""
        owner = claims[0].note
        return next(q for q in self.quantities if f"{q.role}/{q.index}" == owner)


def values_by_role(rule: Rule, quantities: tuple[Quantity, ...]) -> Values:
    found: dict[str, F | tuple[F, ...]] = dict.fromkeys(rule.collections, ())
    for quantity in quantities:
        if quantity.index is None:
            found[quantity.role] = quantity.value
        else:
            found[quantity.role] = (*found[quantity.role], quantity.value)  # type: ignore[misc]
    return found


# Dimensions.


@cache
def layouts(rule_id: str) -> tuple[Layout, ...]:
    """Every layout of dimensions that the selectors of a shipped rule allow, from a small world of codes."""
    rule = next(rule for rule in shipped_rules() if rule.id == rule_id)
    found = []
    extra = {d for s in rule.variables.values() for d in s.dimensions} - set(VALUES)
    product_base = [{}, {"product": "wheat"}] if "product" not in extra else [{}]
    tests = [selector.dimensions.get(INDICATOR) for selector in rule.variables.values()]
    named = {value for test in tests if isinstance(test, OneOf) for value in test.values if value is not None}
    indicators = [*sorted(named), *VALUES[INDICATOR]]
    for values in product(indicators, *(VALUES[d] for d in (AREA, COUNTERPART, PERIOD))):
        base = dict(zip((INDICATOR, AREA, COUNTERPART, PERIOD), values, strict=True))
        if base[AREA] == base[COUNTERPART]:
            continue
        for more in product_base:
            found += _extended(rule, list(_order(rule)), {**base, **more}, Layout())
            if len(found) > 4000:
                return tuple(found)
    assert found, f"no layout for {rule_id}"
    return tuple(found)


def document_of(rule: Rule, layout: Layout, role: str) -> Document:
    """Where a role of a rule with `when` is stated: each in a document of its own, or all in one."""
    return DOCUMENTS[list(rule.variables).index(role) % len(DOCUMENTS) if layout.apart else 0]


def _applies(condition: Condition, rule: Rule, layout: Layout, units: Mapping[str, str] | None = None) -> bool:
    """Whether a `when` about dimensions, documents and units holds; one about figures or unknown units may."""
    if isinstance(condition, Logical):
        found = [_applies(operand, rule, layout, units) for operand in condition.operands]
        return not found[0] if condition.operator == "not" else (all if condition.operator == "and" else any)(found)
    if isinstance(condition.left, Number) and isinstance(condition.right, Number):
        left_value, right_value = condition.left.value, condition.right.value
        return {"==": left_value == right_value, ">": left_value > right_value, "<": left_value < right_value}[
            condition.operator
        ]
    sides = []
    for side in (condition.left, condition.right):
        if isinstance(side, Text):
            sides.append(side.value)
        elif isinstance(side, Call) and side.function not in FACTS:
            assert isinstance(side.arguments[0], Variable)
            role = side.arguments[0].name
            if side.function == "unit" and units is None:
                return True
            dimensions = layout.dimensions[role][0]
            known = {
                "document": document_of(rule, layout, role).id,
                "unit": (units or {}).get(role, ""),
                "base_period": layout.bases.get(role, ""),
            }
            sides.append(known.get(side.function, dimensions.get(side.function, "")))
    if len(sides) < 2:
        return True
    left, right = sides
    return {"==": left == right, "!=": left != right, "<": left < right, ">": left > right}[condition.operator]


def particular(rule: Rule, layout: Layout) -> Rule | None:
    """The rule with the facts of a layout put in, worked out here once more; None where one cannot be told."""
    values: dict[Call, Number] = {}
    for call in rule.facts:
        (argument,) = call.arguments
        assert isinstance(argument, Variable)
        period = layout.dimensions[argument.name][0][PERIOD]
        found = fact(call.function, period, layout.bases.get(argument.name))
        if call.function == "place_of":
            found = Number(F(place_of(rule, argument.name)))
        if found is None:
            return None
        values[call] = found
    return with_facts(rule, values) if rule.facts else rule


def place_of(rule: Rule, role: str) -> int:
    """The rank that a figure is given: the second for the first variable that has one, the third for the next."""
    placed = [name for name, selector in rule.variables.items() if selector.placed]
    return placed.index(role) + 2 if role in placed else 1


LENGTHS = {"S": 6, "Q": 3}


def fact(function: str, period: str, base: str | None) -> Number | None:
    """Of the periods of this file: years, halves, quarters and months."""
    if function == "place_of":
        return None
    year, _, part = period.partition("-")
    length = 12 if not part else LENGTHS.get(part[0], 1)
    first = 1 if not part else (int(part[1]) - 1) * length + 1 if part[0] in LENGTHS else int(part)
    if function == "year_of":
        return Number(F(int(year)))
    if function == "periods_a_year":
        return Number(F(12, length))
    if function == "years_of":
        assert base is not None
        return Number(F(int(year) - int(base[:4]))) if base[4:] == period[4:] else None
    if function == "months_of":
        return Number(F(length), parse_unit("month"))
    assert function == "days_of"
    days = sum(calendar.monthrange(int(year), month)[1] for month in range(first, first + length))
    return Number(F(days * 24 * 60 * 60), parse_unit("day"))


def _order(rule: Rule) -> Iterator[str]:
    """Variables after those that they refer to."""
    left = dict(rule.variables)
    while left:
        for name, selector in left.items():
            references = {t.variable for t in selector.dimensions.values() if isinstance(t, Computed)}
            references |= selector.references
            if not references & (set(left) - {name}):
                break
        yield name
        del left[name]


def _extended(rule: Rule, order: list[str], base: Dimensions, layout: Layout) -> list[Layout]:
    """The layouts with the remaining variables placed, each dimension that a selector does not name as in the base."""
    if not order:
        return _finished(rule, layout)
    name, rest = order[0], order[1:]
    selector = rule.variables[name]
    if selector.unstated:
        return _extended(rule, rest, base, layout)
    found = []
    for members in _placed(rule, name, selector, base, layout):
        if not all(_has_properties(selector, d) for d in members) or _takes_a_part(rule, name, members):
            continue
        measure = (selector.measures or ("level",))[0]
        for base_period in _bases(rule, selector, members[0][PERIOD], layout) if measure in BASED else [None]:
            extended = Layout(
                {**layout.dimensions, name: members},
                {**layout.measures, name: measure},
                dict(layout.bases),
                dict(layout.wholes),
            )
            if base_period is not None:
                extended.bases[name] = base_period
            if measure == "share":
                whole = layout.wholes[selector.same_whole] if selector.same_whole else _whole(selector, members[0], rule)
                if selector.other_whole:
                    whole = {"item": None, "counted": "something else"}
                if whole is None and selector.items_of is None and selector.same_whole is None and not _is_list(rule, name):
                    continue
                extended.wholes[name] = whole or {"item": None}
            found += _extended(rule, rest, base, extended)
    return found


def _is_list(rule: Rule, name: str) -> bool:
    return any(selector.items_of == name for selector in rule.variables.values())


def _bases(rule: Rule, selector: Selector, period: str, layout: Layout) -> list[str]:
    """The base periods that a growth may have: a year before, or where it matters further back."""
    if selector.same_base is not None:
        return [layout.bases[selector.same_base]]
    found = shifted(selector.based or "year_before", period)
    assert found is not None
    free = [s for s in rule.variables.values() if set(s.measures) & set(BASED) and not s.based]
    if selector.based or (len(free) < 3 and not any(call.function == "years_of" for call in rule.facts)):
        return [found]
    return [found, *(f"{int(found[:4]) - years}{found[4:]}" for years in (1, 4))]


def _finished(rule: Rule, layout: Layout) -> list[Layout]:
    """The layout where no two roles are one quantity, every base is before its period, and `when` can hold."""
    seen = set()
    for name, members in layout.dimensions.items():
        base = layout.bases.get(name)
        if base is not None and base >= members[0][PERIOD]:
            return []
        for member in members:
            key = (*sorted(member.items()), layout.measures[name], base, str(layout.wholes.get(name)))
            if key in seen and not any(s.any_unit for s in rule.variables.values()) and not rule.duplicates:
                return []
            seen.add(key)
    own = particular(rule, layout)
    if own is None:
        return []
    if own.when is None:
        return [layout]
    return [one for one in (layout, replace(layout, apart=False)) if _applies(own.when, rule, one)][:1]


def _placed(rule: Rule, name: str, selector: Selector, base: Dimensions, layout: Layout) -> Iterator[list[Dimensions]]:
    """What dimensions the members of a variable may have: one for a plain variable."""
    if selector.items_of is not None:
        total = layout.dimensions[selector.items_of][0]
        for size in (2, 3):
            yield [{**total, "item": f"item-{i}"} for i in range(size)]
        return
    if selector.whole_of is not None:
        whole = {**layout.dimensions[selector.whole_of][0], **layout.wholes[selector.whole_of]}
        yield [{d: v for d, v in whole.items() if v is not None}]
        return
    choices: dict[str, list[str | None]] = {}
    for dimension, test in selector.dimensions.items():
        choices[dimension] = _values(dimension, test, base, layout)
    plain = [d for d in choices if d not in selector.collect]
    for values in product(*(choices[d] for d in plain)):
        fixed: dict[str, str | None] = {**base, **dict(zip(plain, values, strict=True))}
        own = {d: v for d, v in fixed.items() if v is not None and d not in selector.collect}
        if not selector.collect:
            yield [own]
            continue
        (dimension,) = selector.collect  # no shipped rule collects over two
        test = selector.dimensions[dimension]
        members = [v for v in choices[dimension] if v is not None]
        closed = isinstance(test, Computed) and test.function in CLOSED_FUNCTIONS
        if closed and not members and isinstance(test, Computed) and test.function != "minus_terms":
            return
        if not closed:
            members = _apart(dimension, members)
            if len(members) < 2:
                return
        yield [{**own, dimension: value} for value in members]


def _takes_a_part(rule: Rule, name: str, members: list[Dimensions]) -> bool:
    """True when the rule adds the terms of this total and the code list takes others away of which the rule is silent."""
    tests = [(d, t) for s in rule.variables.values() for d, t in s.dimensions.items()]
    for dimension, test in tests:
        if isinstance(test, Computed) and test.function == "terms" and test.variable == name:
            code = shipped_codes().find(dimension, members[0][dimension])
            less = Computed("minus_terms", name)
            if code is not None and any(sign < 0 for _, sign in code.terms) and (dimension, less) not in tests:
                return True
    return False


def _apart(dimension: str, values: list[str]) -> list[str]:
    kept: list[str] = []
    for value in values:
        if dimension == PERIOD:
            if not any(is_inside(value, k) or is_inside(k, value) or value == k for k in kept):
                kept.append(value)
        elif not any(shipped_codes().overlaps(dimension, value, k) for k in kept):
            kept.append(value)
    return kept


def _values(dimension: str, test: object, base: Dimensions, layout: Layout) -> list[str | None]:
    world = list(dict.fromkeys([*VALUES.get(dimension, OTHERS), None]))
    if isinstance(test, OneOf):
        return list(test.values)
    if isinstance(test, Not):
        return [v for v in world if v not in test.values]
    if isinstance(test, AnyValue):
        return list(dict.fromkeys([base.get(dimension), world[0], None]))
    assert isinstance(test, Computed)
    (reference, *_) = layout.dimensions.get(test.variable) or [None]
    if reference is None:
        return []
    value = reference.get(dimension)
    if test.function == "same":
        return [value]
    if test.function == "base":
        return [layout.bases[test.variable]]
    if test.function == "whole":
        return [layout.wholes[test.variable].get(dimension, value)]
    if test.function == "per":
        return [reference.get("per")]
    if value is None:
        return []
    if test.function == "mirror":
        mirror = shipped_codes().find(dimension, value)
        return [mirror.mirror] if mirror and mirror.mirror else []
    if test.function == "opposite":
        return [reference.get(COUNTERPART if dimension == AREA else AREA)]
    if test.function in ("numerator", "denominator"):
        ratio = shipped_codes().find(dimension, value)
        return [ratio.ratio[test.function == "denominator"]] if ratio and ratio.ratio else []
    if test.function in ("halves", "quarters", "months"):
        return list(parts_of(test.function, value))
    if test.function == "apart":
        further = ("UZ",) if dimension in (AREA, COUNTERPART) else ()  # of ranks, so that there are three
        return [v for v in (*world, *further) if v is not None and not shipped_codes().overlaps(dimension, v, value)]
    if test.function in ("prior", "year_before"):
        return [shifted(test.function, value)]
    if test.function == "within":
        return [v for v in VALUES[PERIOD] if is_inside(v, value)]
    if test.function == "before":
        return [v for v in (*VALUES[PERIOD], "2021") if is_before(v, value)]
    if test.function == "part_of":
        return [v for v in world if v is not None and value in shipped_codes().ancestors(dimension, v)]
    code, sign = shipped_codes().find(dimension, value), 1 if test.function == "terms" else -1
    return [term for term, weight in code.terms if weight == sign] if code else []


def _whole(selector: Selector, dimensions: Dimensions, rule: Rule) -> dict[str, str | None] | None:
    """A whole for a share: of the larger area, or of all products; its own dimensions where it is named like its whole."""
    if selector.named_like_whole:
        return {COUNTERPART: dimensions[COUNTERPART]}
    parents = shipped_codes().ancestors(COUNTERPART, dimensions[COUNTERPART])
    if parents and parents[0] != dimensions[AREA]:
        return {COUNTERPART: parents[0]}
    return {"product": None} if "product" in dimensions else None


def _has_properties(selector: Selector, dimensions: Dimensions) -> bool:
    if dimensions.get(AREA) == dimensions.get(COUNTERPART) or INDICATOR not in dimensions or PERIOD not in dimensions:
        return False
    code = shipped_codes().find(INDICATOR, dimensions[INDICATOR])
    if code is None:  # an indicator that only rules and claims know
        return not selector.nature and selector.non_negative is None and selector.additive is None
    return (
        (not selector.nature or code.nature in selector.nature)
        and selector.non_negative in (None, code.non_negative)
        and selector.additive in (None, code.additive)
    )


# True values.


def alone(condition: Condition, name: str) -> Iterator[Expression]:
    """What a variable must equal, wherever it stands alone on one side of `==` and nowhere else."""
    if isinstance(condition, Logical):
        for operand in condition.operands:
            yield from alone(operand, name)
    elif isinstance(condition, Comparison) and condition.operator == "==":
        for side, other in ((condition.left, condition.right), (condition.right, condition.left)):
            if isinstance(side, Variable) and side.name == name and name not in {v.name for v in variables(other)}:
                yield other


def completed(chance: Random, rule: Rule, values: Values) -> dict[str, F] | None:
    """A value, for one variable, that satisfies the rule with the others; None where there is none at hand.

    The subject's where it stands alone or is in no equality; else that of a variable which does.
    """
    names = (rule.subject, *rule.variables)
    name = next((n for n in names if next(alone(rule.condition, n), None) is not None), rule.subject)
    found = []
    for other in alone(rule.condition, name):
        try:
            found.append(evaluate(other, values))
        except NoValue:
            continue
    box: Box = {n: point(v) if isinstance(v, Rational) else tuple(map(point, v)) for n, v in values.items()}
    for relation in (relation for alternative in rule.alternatives for relation in alternative.relations):
        if relation.operator == "==" or name not in relation.names:
            continue
        for piece in solve(relation, Operand(name), box) or ():
            for end in (piece.low, piece.high):
                if end is not None:  # at the limit itself, hard by it, and well inside
                    reach = max(abs(end), F(1)) * F(1, 10 ** chance.randint(0, 7))
                    found += [end, end + reach, end - reach]
    chance.shuffle(found)
    return next(({name: v} for v in found if satisfied(rule.condition, {**values, name: v})), None)


def draw_units(chance: Random, rule: Rule, layout: Layout) -> dict[str, str] | None:
    """A kind of unit for each variable: one for all but those that name theirs, and all fit together."""
    common = chance.choice(KINDS)
    if not any(selector.has_unit_pattern for selector in rule.variables.values()):
        selectors = rule.variables.items()
        several = [s.unit_kinds for _, s in selectors if len(s.unit_kinds) > 1]
        if len(several) > 1:  # lists of kinds: things are compared with things, areas with areas
            common = chance.choice(several[0])
            return {
                name: common if len(s.unit_kinds) > 1 else chance.choice(s.unit_kinds or KINDS) for name, s in selectors
            }
        return {name: chance.choice(s.unit_kinds or KINDS) if s.any_unit else common for name, s in selectors}
    for _ in range(40):
        kinds = chance.choice(_fitting_units(rule.id))
        names = {name: parse_unit(UNITS[kind][0]).name for name, kind in kinds.items()}
        alike = [(layout.dimensions[name], layout.measures[name], kind) for name, kind in kinds.items()]
        applies = rule.when is None or _applies(rule.when, rule, layout, names)
        if applies and all(alike.count(each) == 1 for each in alike):
            return kinds
    return None


@cache
def _fitting_units(rule_id: str) -> tuple[dict[str, str], ...]:
    """Every choice of kinds of unit that the selectors of a rule allow and with which its assertion makes sense."""
    rule = next(rule for rule in shipped_rules() if rule.id == rule_id)
    allowed = {
        name: [k for k in UNITS if _allows(s, k)] if s.unit_kinds else KINDS[:1] for name, s in rule.variables.items()
    }
    found = []
    for kinds in product(*allowed.values()):
        chosen = dict(zip(allowed, kinds, strict=True))
        known = {name: parse_unit(UNITS[kind][0]).dimension for name, kind in chosen.items()}
        if dimension_trouble(with_samples(rule.condition), known) is None:
            found.append(chosen)
    return tuple(found)


def _allows(selector: Selector, kind: str) -> bool:
    names = [{kind, parse_unit(name).name} for name in UNITS[kind]]
    return all(any(fnmatchcase(name, p) for name in both for p in selector.unit_kinds) for both in names)


def draw_value(chance: Random, kind: str, measure: str, size: int, non_negative: bool) -> F:
    """A true value: whole for counts, zero now and then, below zero where that is possible."""
    if chance.random() < 0.05:
        return F(0)
    if measure in ("growth", "share", "multiple"):
        found = F(chance.randint(1, 10 ** chance.randint(1, 5)), chance.choice([1, 3, 7, 10])) / 10 ** chance.randint(1, 4)
        lowest = {"growth": F(-3, 4), "share": F(0), "multiple": F(0)}[measure]
        found = min(found, F(50)) + (lowest * chance.randint(0, 1) if not non_negative else 0)
    elif kind == "count":
        found = F(chance.randint(1, 10 ** chance.randint(1, size)))
    elif kind == "ratio":  # a rate: from hundredths of a percent to some hundred percent
        found = F(chance.randint(1, 10**5), chance.choice([1, 3, 7])) / 10 ** chance.randint(4, 7)
    else:
        found = F(chance.randint(1, 10**5), chance.choice([1, 1, 3, 7, 100])) * F(10) ** (size - 3)
    return found if non_negative or chance.random() < 0.8 else -found


# Claims.


def draw_scenario(chance: Random, rule: Rule, strict_only: bool = False) -> Scenario | None:
    """Quantities that satisfy the rule, printed; None where what came up admits no value of the subject."""
    layout = chance.choice(layouts(rule.id))
    size = chance.randint(1, 7)
    own_rule = particular(rule, layout)
    kinds = draw_units(chance, rule if own_rule is None else own_rule, layout)
    if own_rule is None or kinds is None:
        return None
    measure_of_same = chance.choice(["level", "growth", "change", "share", "multiple"])
    quantities: list[Quantity] = []
    for name, members in layout.dimensions.items():
        selector = rule.variables[name]
        measure = layout.measures[name] if selector.measures else measure_of_same
        for index, dimensions in enumerate(members):
            own = kinds[name]
            quantities.append(
                Quantity(
                    name,
                    index if name in rule.collections else None,
                    draw_value(chance, own, measure, size, selector.non_negative is True),
                    own,
                    measure,
                    dimensions,
                    layout.bases.get(name, shifted("year_before", dimensions[PERIOD])) if measure in BASED else None,
                    (layout.wholes.get(name) or {"item": None}) if measure == "share" else None,
                )
            )
    unstated = {name for name, selector in rule.variables.items() if selector.unstated}
    if not unstated:
        found = completed(chance, own_rule, values_by_role(rule, tuple(quantities)))
        if found is None:
            return None
        quantities = [replace(q, value=found.get(q.role, q.value)) for q in quantities]
    return state(chance, own_rule, tuple(quantities), layout, strict_only)


def state(
    chance: Random, rule: Rule, quantities: tuple[Quantity, ...], layout: Layout, strict_only: bool = False
) -> Scenario:
    """The quantities in print: once or several times, in one document or several, from known sources or not."""
    names = [f"c{number}" for number in range(40)]
    chance.shuffle(names)  # the order of ids is nobody's order
    sources = chance.choice([(None,), (None,), ("Kazakh statistics",), (None, "Kazakh statistics")])
    documents = chance.sample(DOCUMENTS, 3)
    claims: list[Claim] = []
    printed: dict[str, Printed] = {}
    total: str | None = None
    for quantity in quantities:
        selector = rule.variables[quantity.role]
        rank = place_of(rule, quantity.role)
        copies = 1 if rule.when is not None or rule.duplicates else chance.choice([1, 1, 1, 2, 3])
        for copy in range(copies):
            document = document_of(rule, layout, quantity.role) if rule.when is not None else chance.choice(documents)
            in_print = print_value(chance, quantity.value, quantity.kind, quantity.measure, strict_only)
            source = chance.choice(sources) if rule.when is None else None
            own = {SOURCE: source} if source and SOURCE not in quantity.dimensions else {}
            identifier = f"{document.id}#{names.pop()}"
            listed = selector.items_of is not None and copy == 0
            claim = Claim(
                identifier,
                document,
                in_print.figure,
                {**quantity.dimensions, **own},
                quantity.measure,
                quantity.base_period,
                quantity.whole,
                list_item=ListItem(total or "", selector.complete is not False) if listed else None,
                record=Record(selector.record, None, selector.among, rank) if selector.record else None,
                place=Place(start=chance.randint(0, 999)),
                note=f"{quantity.role}/{quantity.index}",
            )
            if quantity.role == rule.subject and total is None:
                total = identifier
            claims.append(claim)
            printed[identifier] = in_print
    return Scenario(rule, quantities, layout, tuple(claims), printed)


def without(scenario: Scenario, quantity: Quantity) -> tuple[Claim, ...]:
    """The claims of a scenario but those about one quantity."""
    return tuple(claim for claim in scenario.claims if claim.note != f"{quantity.role}/{quantity.index}")
