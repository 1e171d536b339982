"""The theorem, for every shipped rule: true values, however printed, are never called a contradiction; what is not called
one is shown true values that satisfy the rule; and what cannot be is called one.

Nothing here knows a rule: dimensions come from its selectors, true values from its assertion (see scenarios.py).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from random import Random

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from printing import print_value
from scenarios import (
    Quantity,
    Scenario,
    alone,
    draw_scenario,
    shipped_codes,
    shipped_rules,
    state,
    without,
)
from strategies import holds, lies_in, satisfied, values_of

from crosscheck.checking.assessment import (
    CONSISTENT,
    CONTRADICTION,
    RECONCILABLE,
    UNVERIFIABLE,
    find_witness,
)
from crosscheck.checking.binding import Binding
from crosscheck.checking.checks import Check, Run, check_claims
from crosscheck.checking.deciding import feasible
from crosscheck.checking.ranges import Box, Undecidable
from crosscheck.checking.stated import Stated
from crosscheck.claims.model import SOURCE, Claim
from crosscheck.figures.figure import BOUND, EXACT, HEDGE, STRICT, Figure
from crosscheck.figures.interval import (
    Interval,
    add,
    divide,
    hull,
    intersect,
    intersect_all,
    multiply,
    negate,
    point,
    power,
    subtract,
)
from crosscheck.rules.expression import (
    Binary,
    Call,
    Condition,
    Expression,
    Negation,
    Number,
    Variable,
    children,
)
from crosscheck.rules.model import Rule

RULES = shipped_rules()
BY_ID = {rule.id: rule for rule in RULES}


def calls(node: Condition | Expression) -> set[str]:
    own = {node.function} if isinstance(node, Call) else set()
    return own.union(*map(calls, children(node)))


def is_about_print(rule: Rule) -> bool:
    """Whether a rule speaks of how things are said, not of values: no true values satisfy it or fail to."""
    return bool(calls(rule.condition) & {"count", "precision_of"})


def is_computed(rule: Rule) -> bool:
    return next(alone(rule.condition, rule.subject), None) is not None and not rule.when


TRUE_OR_NOT = [rule.id for rule in RULES if not is_about_print(rule)]
UNSTATED = {rule.id for rule in RULES if any(selector.unstated for selector in rule.variables.values())}
COMPUTING = [rule.id for rule in RULES if rule.is_equality and is_computed(rule) and rule.id not in UNSTATED]
SPEAKING = [BY_ID[name] for name in TRUE_OR_NOT]
EVERY_RULE = pytest.mark.parametrize("name", TRUE_OR_NOT)
COMPUTING_RULES = pytest.mark.parametrize("name", COMPUTING)
STRAIN_PRECISION = F(1, 2**19)
# Of what a profile asks for: there are some sixty rules, each of which is tried in four ways.
HALF = settings(max_examples=settings().max_examples // 2)
# A seed and not a source that Hypothesis steers: drawing thousands of numbers one by one would take most of the time.
chances = st.integers(0, 2**64).map(Random)


def drawn(chance: Random, rule: Rule, strict_only: bool = False) -> Scenario:
    scenario = draw_scenario(chance, rule, strict_only)
    assume(scenario is not None)
    assert scenario is not None
    return scenario


def run(claims: tuple[Claim, ...], *rules: Rule) -> Run:
    return check_claims(claims, rules, shipped_codes())


def told(scenario: Scenario) -> str:
    """The scenario for a person who looks into a failure."""
    values = [f"{q.role}{'' if q.index is None else q.index} = {q.value}" for q in scenario.quantities]
    return "\n".join([scenario.rule.assertion, *values, *(f"{c.note}: {c.id} {c.printed!r}" for c in scenario.claims)])


def complete(found: Run, scenario: Scenario) -> list[Check]:
    """The checks that take in every quantity of the scenario."""
    roles = {f"{q.role}/{q.index}" for q in scenario.quantities}
    return [
        check
        for check in found.checks
        if check.binding.missing is None
        and {str(claim.note) for _, operand in check.binding.operands() for claim in operand.claims} == roles
    ]


def has_twins(scenario: Scenario) -> bool:
    """Whether two quantities are one by all that binding sees, so that the rule rightly takes the one for the other."""
    seen: dict[object, str] = {}
    for claim in scenario.claims:
        key = (claim.measure, frozenset(claim.dimensions.items()), claim.figure.unit.kind, claim.list_item)
        if seen.setdefault(key, str(claim.note)) != claim.note:
            return True
    return False


# What is printed of a true value holds it: without this nothing below means anything.


@given(chances, st.sampled_from(["level", "growth", "change", "share", "multiple", "rate"]), st.booleans())
def test_every_reading_of_what_is_printed_holds_the_true_value(chance: Random, measure: str, strict_only: bool) -> None:
    kind = chance.choice(["currency:USD", "mass", "count", "ratio", "temperature"])
    value = F(chance.randint(-(10**6), 10**6), chance.choice([1, 1, 2, 3, 100])) * F(10) ** chance.randint(-4, 7)
    printed = print_value(chance, value, kind, measure, strict_only)
    assert holds(printed.figure.any_reading, value), (value, printed)
    if printed.is_strict:
        assert holds(printed.figure.strict, value), (value, printed)


# First direction.


@EVERY_RULE
@HALF
@given(chances)
def test_true_values_are_never_a_contradiction(name: str, chance: Random) -> None:
    rule = BY_ID[name]
    scenario = drawn(chance, rule)
    wild = plan_of(chance, scenario)
    found = run((*scenario.claims, *wild), rule)
    checks = complete(found, scenario)
    if any(selector.unstated for selector in rule.variables.values()):
        checks = [check for check in found.checks if check.verdict == UNVERIFIABLE]
    if rule.when is None or calls(rule.when):  # one about figures looks at what is printed
        assert checks, f"no check was made\n{told(scenario)}"
    for check in found.checks:
        assert check.verdict != CONTRADICTION, told(scenario)
        event(check.verdict)
        check_witness(check, scenario)
        check_strain(check)


def plan_of(chance: Random, scenario: Scenario) -> list[Claim]:
    """A plan beside what is stated, and a figure of another source where all is of one: they are nobody's operands."""
    claim = chance.choice(scenario.claims)
    wild = print_value(chance, F(chance.randint(-(10**9), 10**9)), "count", claim.measure).figure
    wild = replace(wild, unit=claim.figure.unit)
    found = [replace(claim, id="alpha#plan", figure=wild, modality="plan", list_item=None)]
    known = {c.dimensions.get(SOURCE) for c in scenario.claims}
    alone_decides = len(scenario.rule.variables) == 1  # such a rule looks at the other source's figure by itself
    takes_any = any(SOURCE in selector.dimensions for selector in scenario.rule.variables.values())
    if known == {"Kazakh statistics"} and not alone_decides and not takes_any:
        dimensions = {**claim.dimensions, SOURCE: "somebody else"}
        found.append(replace(claim, id="alpha#other", figure=wild, dimensions=dimensions, list_item=None))
    return found


@COMPUTING_RULES
@HALF
@given(chances)
def test_a_missing_operand_would_have_to_be_what_it_is(name: str, chance: Random) -> None:
    """With figures that were rounded and no more; what is implied is said in that reading."""
    rule = BY_ID[name]
    scenario = drawn(chance, rule, strict_only=True)
    gone = [q for q in scenario.quantities if q.role != rule.subject and rule.variables[q.role].items_of is None]
    if not gone or rule.duplicates or rule.needs_all:
        return
    quantity = chance.choice(gone)
    checks = [c for c in run(without(scenario, quantity), rule).checks if c.binding.missing is not None]
    assert checks, told(scenario)
    for check in checks:
        assert check.verdict == UNVERIFIABLE
        assert check.binding.missing is not None
        assert check.binding.missing.role == quantity.role
        assert check.binding.missing.dimensions.items() <= quantity.dimensions.items()
        missing = check.assessment.missing
        event("told" if missing is not None else "not told")
        if missing is not None:
            allowed = (missing, *check.assessment.missing_besides)
            assert any(holds(interval, quantity.value) for interval in allowed), (missing, quantity, told(scenario))
        else:
            assert not is_plain(rule.condition), told(scenario)


def is_plain(node: Condition | Expression) -> bool:
    """True where nothing is divided by what may be zero."""
    return not (isinstance(node, Binary) and node.operator == "/") and all(map(is_plain, children(node)))


# Second direction.


@EVERY_RULE
@HALF
@given(chances)
def test_what_is_not_a_contradiction_has_true_values(name: str, chance: Random) -> None:
    """The subject is moved a little, so that checks of every verdict come up."""
    rule = BY_ID[name]
    scenario = drawn(chance, rule)
    moved = beside(chance, rule, scenario)
    for check in complete(run(moved.claims, rule), moved):
        event(check.verdict)
        check_witness(check, moved)
        check_strain(check)


def beside(chance: Random, rule: Rule, scenario: Scenario) -> Scenario:
    """The scenario with a subject that is a little off, printed anew."""
    part = F(chance.randint(-3, 3), 10 ** chance.randint(0, 5))
    quantities = tuple(replace(q, value=nudged(q, part)) if q.role == rule.subject else q for q in scenario.quantities)
    return state(chance, scenario.rule, quantities, scenario.layout)


def nudged(quantity: Quantity, part: F) -> F:
    value = quantity.value + part * max(abs(quantity.value), F(1, 100))
    return F(round(value)) if quantity.kind == "count" and quantity.value.denominator == 1 else value


def check_witness(check: Check, scenario: Scenario) -> None:
    """True values that lie in the readings of what is printed, and satisfy the assertion exactly."""
    found = find_witness(check.binding, check.assessment)
    if check.verdict not in (CONSISTENT, RECONCILABLE):
        assert found is None
        return
    assert found is not None, f"{check.verdict} without a witness\n{told(scenario)}"
    rule = check.binding.rule
    values = values_of(found, rule.variables)
    readings = {role: readings_of(operand) for role, operand in check.binding.roles.items()}
    if rule.tolerance is not None:  # the subject may lie that far beside its digits
        del readings[rule.subject]
    assert lies_in(values, readings), (found, told(scenario))
    if rule.tolerance is None:
        assert satisfied(rule.condition, values), (found, told(scenario))
    figures = [figure for _, operand in check.binding.operands() for figure in operand.figures]
    if all(figure.counts for figure in figures) and only_adds(rule.condition):
        assert all(value.denominator == 1 for value in found.values()), (found, told(scenario))


def readings_of(role: Stated | tuple[Stated, ...]) -> Interval | tuple[Interval, ...]:
    if isinstance(role, tuple):
        return tuple(reading for member in role if isinstance(reading := readings_of(member), Interval))
    common = intersect_all(claim.figure.any_reading for claim in role.claims)
    assert common is not None
    return common


def only_adds(node: Condition | Expression) -> bool:
    """True for comparisons of sums and differences: whole numbers of things stay whole."""
    if isinstance(node, Binary) and node.operator not in "+-":
        return False
    return not isinstance(node, Number) and all(map(only_adds, children(node)))


def check_strain(check: Check) -> None:
    """The rule holds with that part of the rounding slack, and with less it does not."""
    found = check.assessment
    if check.rule.tolerance is not None:
        return  # it is looked for with the tolerance, which `decide` below knows nothing of
    if check.verdict == RECONCILABLE and found.reading != STRICT:
        assert found.strain is None
        assert found.loosened
        readings = {one.claim.id: one.reading for one in found.loosened}
        assert can_hold(check, {claim.id: readings.get(claim.id) for claim in claims_of(check.binding)})
        for claim in readings:
            others = {id: reading for id, reading in readings.items() if id != claim}
            assert not can_hold(check, {claim.id: others.get(claim.id) for claim in claims_of(check.binding)})
    if found.strain is None:
        return
    assert 0 <= found.strain <= 1
    assert strained(check, found.strain)
    if found.strain > STRAIN_PRECISION:
        assert not strained(check, found.strain - STRAIN_PRECISION)


def claims_of(binding: Binding) -> list[Claim]:
    return [claim for _, operand in binding.operands() for claim in operand.claims]


def can_hold(check: Check, readings: dict[str, str | None]) -> bool:
    """Whether the rule can hold with some figures in a loose reading and the others in the strict one."""

    def read(claim: Claim) -> Interval:
        named = readings[claim.id]
        loose = {reading.name: reading.interval for reading in claim.figure.loose}
        return claim.figure.strict if named is None else loose[named]

    box = box_of(check.binding, lambda operand: intersect_all(map(read, operand.claims)))
    return box is not None and decide(check.binding.rule, box)


def strained(check: Check, part: F) -> bool:
    box = box_of(check.binding, lambda operand: intersect_all(narrowed(f, part) for f in operand.figures))
    return box is not None and decide(check.binding.rule, box)


def narrowed(figure: Figure, part: F) -> Interval:
    if figure.kind in (BOUND, HEDGE, EXACT):
        return figure.strict
    own, face = figure.strict, figure.face
    assert own.low is not None
    assert own.high is not None
    low, high = face - part * (face - own.low), face + part * (own.high - face)
    return point(face) if low == high else Interval(low, high, own.low_closed or part < 1, own.high_closed or part < 1)


def box_of(binding: Binding, interval: object) -> Box | None:
    box: dict[str, Interval | tuple[Interval, ...]] = {}
    for role, found in binding.roles.items():
        members = [interval(m) for m in (found if isinstance(found, tuple) else (found,))]  # type: ignore[operator]
        if None in members:
            return None
        box[role] = tuple(members) if isinstance(found, tuple) else members[0]
    return box


def decide(rule: Rule, box: Box) -> bool:
    try:
        return feasible(rule.alternatives, box)
    except Undecidable:
        return False


# Third: contradictions are real, and what is one is called so.


@COMPUTING_RULES
@HALF
@given(chances)
def test_what_lies_beyond_all_readings_is_a_contradiction(name: str, chance: Random) -> None:
    rule = BY_ID[name]
    scenario = drawn(chance, rule)
    others = readings_by_role(scenario)
    ranges = [enclosure(other, others) for other in alone(scenario.rule.condition, rule.subject)]
    assume(ranges)
    ends = [abs(end) for r in ranges if r is not None for end in (r.low, r.high) if end is not None]
    value = (F(round(3 * max([*ends, F(1)]))) + 3) * chance.choice([-1, 1])
    (first, *_) = [c for c in scenario.claims if c.note == f"{rule.subject}/None"]
    unit = first.figure.unit
    figure = print_value(chance, value, "ratio" if unit.kind == "ratio" else "count", "rate", strict_only=True).figure
    far = replace(first, figure=replace(figure, unit=unit))
    for reachable in ranges:
        assume(reachable is not None and intersect(reachable, with_tolerance(rule, figure.any_reading)) is None)
    claims = [c for c in scenario.claims if c.note != f"{rule.subject}/None"]
    checks = complete(run((*claims, far), rule), scenario)
    assert checks or has_twins(scenario), told(scenario)
    for check in checks:
        event(check.verdict)
        if check.verdict == UNVERIFIABLE and not is_plain(rule.condition):
            assert check.assessment.reason is not None
        else:
            assert check.verdict == CONTRADICTION, (figure.printed, told(scenario))


def with_tolerance(rule: Rule, interval: Interval) -> Interval:
    """All that a figure may stand for, with the slack that its rule allows beside the digits."""
    if rule.tolerance is None or interval.low is None or interval.high is None:
        return interval
    reach = rule.tolerance.amount * (max(abs(interval.low), abs(interval.high)) if rule.tolerance.relative else 1)
    return Interval(interval.low - reach, interval.high + reach)


def readings_by_role(scenario: Scenario) -> Box:
    """What the operands but the subject can be at most: each claim may be taken alone, where sources differ."""
    found: dict[str, Interval | tuple[Interval, ...]] = dict.fromkeys(scenario.rule.collections, ())
    for quantity in scenario.quantities:
        own = hull(c.figure.any_reading for c in scenario.claims if c.note == f"{quantity.role}/{quantity.index}")
        members = found.get(quantity.role)
        found[quantity.role] = (*members, own) if isinstance(members, tuple) else own
    return found


def enclosure(node: Expression, box: Box) -> Interval | None:
    """An interval around all that an expression can be, as if no variable occurred twice; None where zero may divide."""
    if isinstance(node, Variable):
        found = box[node.name]
        assert isinstance(found, Interval)
        return found
    if isinstance(node, Number):
        return point(node.value)
    if isinstance(node, Negation):
        inner = enclosure(node.operand, box)
        return None if inner is None else negate(inner)
    if isinstance(node, Call):
        assert node.function == "sum"
        sizes = [len(found) for found in box.values() if isinstance(found, tuple)]
        total: Interval | None = point(0)
        for index in range(max(sizes)):
            member = {n: f[index] if isinstance(f, tuple) and index < len(f) else f for n, f in box.items()}
            if any(isinstance(member[n], tuple) for n in names_in(node)):
                continue  # this collection has fewer members
            term = enclosure(node.arguments[0], member)
            total = None if term is None or total is None else add(total, term)
        return total
    assert isinstance(node, Binary)
    if node.operator == "^":
        inner = enclosure(node.left, box)
        assert isinstance(node.right, Number)
        return None if inner is None else power(inner, int(node.right.value))
    left, right = enclosure(node.left, box), enclosure(node.right, box)
    if left is None or right is None:
        return None
    if node.operator == "/":
        safe = (right.low is not None and right.low > 0) or (right.high is not None and right.high < 0)
        return divide(left, right) if safe else None
    return {"+": add, "-": subtract, "*": multiply}[node.operator](left, right)


def names_in(node: Expression | Condition) -> set[str]:
    if isinstance(node, Variable):
        return {node.name}
    return set().union(*map(names_in, children(node))) if children(node) else set()


# Fourth: order is no matter.


@settings(max_examples=100)
@given(chances)
def test_the_order_of_claims_and_rules_is_no_matter(chance: Random) -> None:
    scenarios = [beside(chance, rule, drawn(chance, rule)) for rule in chance.sample(SPEAKING, 2)]
    claims = [
        replace(claim, id=f"{claim.id}-{number}", list_item=listed(claim, number))
        for number, scenario in enumerate(scenarios)
        for claim in scenario.claims
    ]
    rules = list(RULES)
    first = outcome(run(tuple(claims), *rules))
    chance.shuffle(claims)
    chance.shuffle(rules)
    assert outcome(run(tuple(claims), *rules)) == first


def listed(claim: Claim, number: int) -> object:
    return claim.list_item and replace(claim.list_item, of=f"{claim.list_item.of}-{number}")


def outcome(found: Run) -> list[tuple[object, ...]]:
    """All that a run says, in its order."""
    return [
        (
            check.id,
            check.fingerprint,
            check.verdict,
            check.level,
            check.assessment.computed,
            check.assessment.strain,
            check.assessment.missing,
            [claim.id for claim in claims_of(check.binding)],
            check.related,
        )
        for check in found.checks
    ] + [tuple(found.figures.items()), tuple(rule.id for rule in found.unbound_rules)]


def test_rules_about_print_are_never_errors() -> None:
    """What no true values decide may be a matter of style."""
    found = [rule for rule in RULES if is_about_print(rule)]
    assert found
    assert all(rule.level in ("warning", "note") for rule in found)
    assert {rule.id for rule in RULES} == {*TRUE_OR_NOT, *(rule.id for rule in found)}
