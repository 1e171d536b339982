"""Claims made up for a rule: dimensions that its selectors bind, and true values that satisfy it.

Nothing here knows a rule by name: dimensions follow from the selectors, values from the assertion.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction as F
from functools import cache
from itertools import product
from pathlib import Path
from random import Random

from printing import Printed, print_value
from strategies import NoValue, Values, evaluate, satisfied

from crosscheck.checking.ranges import Box
from crosscheck.checking.relations import is_inside, shifted
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
)
from crosscheck.figures.interval import point
from crosscheck.rules.expression import (
    Call,
    Comparison,
    Condition,
    Expression,
    Logical,
    Text,
    Variable,
    variables,
)
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import AnyValue, Computed, Not, OneOf, Rule, Selector

ROOT = Path(__file__).resolve().parents[1]
VALUES = {
    INDICATOR: ("trade-turnover", "exports", "imports", "trade-balance", "assets", "gross-profit", "population",
                "labour-force", "documents-signed", "price", "inflation-rate", "consumer-price-index"),
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


@dataclass(frozen=True, slots=True)
class Scenario:
    """Quantities whose true values satisfy a rule, and the claims that print them."""

    rule: Rule
    quantities: tuple[Quantity, ...]
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
    for values in product(*(VALUES[d] for d in (INDICATOR, AREA, COUNTERPART, PERIOD))):
        base = dict(zip((INDICATOR, AREA, COUNTERPART, PERIOD), values, strict=True))
        if base[AREA] == base[COUNTERPART]:
            continue
        for more in product_base:
            found += _extended(rule, list(_order(rule)), {**base, **more}, Layout())
            if len(found) > 4000:
                return tuple(found)
    assert found, f"no layout for {rule_id}"
    return tuple(found)


def document_of(rule: Rule, role: str) -> Document:
    """Where a role of a rule with `when` is stated: each in a document of its own."""
    return DOCUMENTS[list(rule.variables).index(role) % len(DOCUMENTS)]


def _applies(condition: Condition, rule: Rule, layout: Layout) -> bool:
    """Whether a `when` about dimensions and documents holds."""
    if isinstance(condition, Logical):
        found = [_applies(operand, rule, layout) for operand in condition.operands]
        return not found[0] if condition.operator == "not" else (all if condition.operator == "and" else any)(found)
    sides = []
    for side in (condition.left, condition.right):
        if isinstance(side, Text):
            sides.append(side.value)
        else:
            assert isinstance(side, Call)
            assert isinstance(side.arguments[0], Variable)
            role = side.arguments[0].name
            dimensions = layout.dimensions[role][0]
            own = document_of(rule, role).id if side.function == "document" else dimensions.get(side.function, "")
            sides.append(own)
    left, right = sides
    return {"==": left == right, "!=": left != right, "<": left < right, ">": left > right}[condition.operator]


def _order(rule: Rule) -> Iterator[str]:
    """Variables after those that they refer to."""
    left = dict(rule.variables)
    while left:
        for name, selector in left.items():
            references = {t.variable for t in selector.dimensions.values() if isinstance(t, Computed)}
            references |= {n for n in (selector.whole_of, selector.items_of) if n is not None}
            if not references & (set(left) - {name}):
                break
        yield name
        del left[name]


def _extended(rule: Rule, order: list[str], base: Dimensions, layout: Layout) -> list[Layout]:
    """The layouts with the remaining variables placed, each dimension that a selector does not name as in the base."""
    if not order:
        return [layout] if rule.when is None or _applies(rule.when, rule, layout) else []
    name, rest = order[0], order[1:]
    selector = rule.variables[name]
    if selector.unstated:
        return _extended(rule, rest, base, layout)
    found = []
    for members in _placed(rule, name, selector, base, layout):
        if not all(_has_properties(selector, d) for d in members) or _takes_a_part(rule, name, members):
            continue
        measure = (selector.measures or ("level",))[0]
        extended = Layout(
            {**layout.dimensions, name: members},
            {**layout.measures, name: measure},
            dict(layout.bases),
            dict(layout.wholes),
        )
        if measure in BASED:
            base_period = shifted("year_before", members[0][PERIOD])
            assert base_period is not None
            extended.bases[name] = base_period
        if measure == "share":
            whole = _whole(selector, members[0], rule)
            if whole is None:
                continue
            extended.wholes[name] = whole
        found += _extended(rule, rest, base, extended)
    return found


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
        closed = isinstance(test, Computed) and test.function in ("terms", "minus_terms")
        if closed and not members and isinstance(test, Computed) and test.function == "terms":
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
    world = [*VALUES.get(dimension, OTHERS), None]
    if isinstance(test, OneOf):
        return list(test.values)
    if isinstance(test, Not):
        return [v for v in world if v not in test.values]
    if isinstance(test, AnyValue):
        return list(dict.fromkeys([base.get(dimension), *world]))
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
    if value is None:
        return []
    if test.function in ("prior", "year_before"):
        return [shifted(test.function, value)]
    if test.function == "within":
        return [v for v in VALUES[PERIOD] if is_inside(v, value)]
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
    if dimensions[AREA] == dimensions.get(COUNTERPART):
        return False
    code = shipped_codes().find(INDICATOR, dimensions[INDICATOR])
    assert code is not None
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


def subject_value(chance: Random, rule: Rule, values: Values) -> F | None:
    """A value of the subject that satisfies the rule with the others; None where there is none at hand."""
    found = []
    for other in alone(rule.condition, rule.subject):
        try:
            found.append(evaluate(other, values))
        except NoValue:
            continue
    box: Box = {n: point(v) if isinstance(v, F) else tuple(map(point, v)) for n, v in values.items()}
    box = {**box, rule.subject: point(0)}
    for relation in (relation for alternative in rule.alternatives for relation in alternative.relations):
        if relation.operator == "==" or rule.subject not in relation.names:
            continue
        for piece in solve(relation, Operand(rule.subject), box) or ():
            for end in (piece.low, piece.high):
                if end is not None:  # at the limit itself, hard by it, and well inside
                    reach = max(abs(end), F(1)) * F(1, 10 ** chance.randint(0, 7))
                    found += [end, end + reach, end - reach]
    chance.shuffle(found)
    return next((v for v in found if satisfied(rule.condition, {**values, rule.subject: v})), None)


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
    else:
        found = F(chance.randint(1, 10**5), chance.choice([1, 1, 3, 7, 100])) * F(10) ** (size - 3)
    return found if non_negative or chance.random() < 0.8 else -found


# Claims.


def draw_scenario(chance: Random, rule: Rule, strict_only: bool = False) -> Scenario | None:
    """Quantities that satisfy the rule, printed; None where what came up admits no value of the subject."""
    layout = chance.choice(layouts(rule.id))
    kind, size = chance.choice(KINDS), chance.randint(1, 7)
    measure_of_same = chance.choice(["level", "growth", "change", "share", "multiple"])
    quantities: list[Quantity] = []
    for name, members in layout.dimensions.items():
        selector = rule.variables[name]
        measure = layout.measures[name] if selector.measures else measure_of_same
        for index, dimensions in enumerate(members):
            own = chance.choice(selector.unit_kinds or KINDS) if selector.any_unit else kind
            quantities.append(
                Quantity(
                    name,
                    index if name in rule.collections else None,
                    draw_value(chance, own, measure, size, selector.non_negative is True),
                    own,
                    measure,
                    dimensions,
                    shifted("year_before", dimensions[PERIOD]) if measure in BASED else None,
                    (layout.wholes.get(name) or {"item": None}) if measure == "share" else None,
                )
            )
    values = {k: v for k, v in values_by_role(rule, tuple(quantities)).items() if k != rule.subject}
    unstated = {name for name, selector in rule.variables.items() if selector.unstated}
    if not unstated:
        value = subject_value(chance, rule, values)
        if value is None:
            return None
        quantities = [replace(q, value=value) if q.role == rule.subject else q for q in quantities]
    return state(chance, rule, tuple(quantities), strict_only)


def state(chance: Random, rule: Rule, quantities: tuple[Quantity, ...], strict_only: bool = False) -> Scenario:
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
        copies = 1 if rule.when is not None or rule.duplicates else chance.choice([1, 1, 1, 2, 3])
        for copy in range(copies):
            document = document_of(rule, quantity.role) if rule.when is not None else chance.choice(documents)
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
                place=Place(start=chance.randint(0, 999)),
                note=f"{quantity.role}/{quantity.index}",
            )
            if quantity.role == rule.subject and total is None:
                total = identifier
            claims.append(claim)
            printed[identifier] = in_print
    return Scenario(rule, quantities, tuple(claims), printed)


def without(scenario: Scenario, quantity: Quantity) -> tuple[Claim, ...]:
    """The claims of a scenario but those about one quantity."""
    return tuple(claim for claim in scenario.claims if claim.note != f"{quantity.role}/{quantity.index}")
