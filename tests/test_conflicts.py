"""The exact core of reconciliation against brute force and outside judges: conflicts, repairs, proofs, implied values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_systems import believed, component_of, holds, lightest_repairs, minimal_conflicts

from crosscheck.figures.exact import Fraction as F
from crosscheck.figures.interval import Interval
from crosscheck.reconciliation.building import limits
from crosscheck.reconciliation.certificates import combined, proves_conflict
from crosscheck.reconciliation.choices import settled
from crosscheck.reconciliation.conflicts import Exploration, Oracle, explore, lightest_hitting_sets
from crosscheck.reconciliation.deciding import Decider, satisfied
from crosscheck.reconciliation.implied import extremes
from crosscheck.reconciliation.simplex import Tableau
from crosscheck.reconciliation.system import Choice, Component, Row, row


@st.composite
def systems(draw: st.DrawFn) -> tuple[Component, dict[int, F | None]]:
    """A few rules that rest on nothing or on a rate, and statements about a few unknowns: open, exact, or said twice."""
    size = draw(st.integers(2, 4))
    atoms = draw(st.integers(2, 6))
    small = st.integers(-3, 3)
    rows: list[Row] = []
    for _ in range(draw(st.integers(1, 3))):
        coefficients = {u: F(draw(small)) for u in range(size)}
        if not any(coefficients.values()):
            continue
        support = frozenset(draw(st.sets(st.integers(0, atoms - 1), max_size=1)))
        limit, strict = F(draw(small)), draw(st.booleans())
        rows.append(row(coefficients, limit, strict, support=support, binding=0))
        if draw(st.booleans()):  # an equality
            turned = {u: -value for u, value in coefficients.items()}
            rows += [row(coefficients, limit, support=support), row(turned, -limit, support=support)]
        if draw(st.booleans()):  # the same once more, in other numbers: degenerate
            times = draw(st.sampled_from([F(1, 3), F(2)]))
            rows.append(
                row({u: times * value for u, value in coefficients.items()}, times * limit, strict, support=support)
            )
    said: list[tuple[int, Interval]] = []
    for atom in range(atoms):
        if said and draw(st.integers(0, 3)) == 0:  # another voice says what was said before
            said.append(draw(st.sampled_from(said)))
            rows += limits(*said[-1], frozenset([atom]))
            continue
        low, width = F(draw(st.integers(-6, 6))), draw(st.integers(0, 2))
        closed = width == 0 or draw(st.booleans())
        interval = Interval(low, low + width, closed, width == 0 or draw(st.booleans()))
        said.append((draw(st.integers(0, size - 1)), interval))
        rows += limits(*said[-1], frozenset([atom]))
    weights: dict[int, F | None] = {a: draw(st.sampled_from([F(1), F(1), F(2), F(1, 2), None])) for a in range(atoms)}
    return component_of(rows), weights


def satisfies(row: Row, values: dict[int, F]) -> bool:
    """True when true values satisfy a row."""
    total = sum((factor * values[unknown] for unknown, factor in row.coefficients), F(0))
    return total < row.limit if row.strict else total <= row.limit


def explored(component: Component, weights: dict[int, F | None]) -> Exploration | None:
    oracle = Oracle(component)
    first = oracle.refute(frozenset(component.atoms))
    return None if first is None else explore(oracle, component.atoms, weights, first)


@settings(max_examples=400)
@given(systems())
def test_conflicts_and_repairs_are_those_of_brute_force(made: tuple[Component, dict[int, F | None]]) -> None:
    component, weights = made
    found = explored(component, weights)
    expected = minimal_conflicts(component)
    if found is None:
        assert expected == set()
        return
    conflicts = [conflict for fault in found.faults for conflict in fault.conflicts]
    for conflict in conflicts:
        assert conflict.atoms in expected
        for proof in conflict.proofs:
            assert proves_conflict(proof)
            assert {a for one, _ in proof for a in one.support} <= conflict.atoms
    repairs = lightest_repairs(component, weights, expected)
    if not repairs:
        assert any(not fault.repairs for fault in found.faults)
        return
    assert found.all_repairs
    combined_repairs = {frozenset()}
    for fault in found.faults:
        combined_repairs = {one | other for one in combined_repairs for other in fault.repairs}
    assert combined_repairs == repairs
    if found.all_conflicts and all(weights[a] is not None for a in component.atoms):
        assert {conflict.atoms for conflict in conflicts} == expected


@settings(max_examples=60)
@given(systems())
def test_implied_intervals_are_exact(made: tuple[Component, dict[int, F | None]]) -> None:
    component, _ = made
    atoms = frozenset(component.atoms)
    oracle = Oracle(component)
    rows = believed(component, atoms)
    if oracle.refute(atoms) is not None:
        assert list(extremes(oracle, atoms, component.unknowns)) == []
        return
    values = {one.unknown: one.witness for one in extremes(oracle, atoms, component.unknowns)}
    whole = {unknown: value for unknown, value in values.items() if value is not None}
    assert all(satisfies(one, whole) for one in rows), "the witness"
    for one in extremes(oracle, atoms, component.unknowns):
        for end, closed, sign in (
            (one.interval.low, one.interval.low_closed, 1),
            (one.interval.high, one.interval.high_closed, -1),
        ):
            if end is None:
                far = row({one.unknown: F(sign)}, F(-(10**6)))
                assert holds([*rows, far]), "no end"
                continue
            beyond = row({one.unknown: F(sign)}, sign * end, strict=True)
            at = [row({one.unknown: F(sign)}, sign * end), row({one.unknown: F(-sign)}, -sign * end)]
            near = row({one.unknown: F(sign)}, sign * end + F(1, 10**6))
            assert not holds([*rows, beyond]), "nothing beyond the end"
            assert holds([*rows, *at]) == closed, "the end itself"
            assert holds([*rows, near]), "something near the end"


@settings(max_examples=100)
@given(systems(), st.integers(0, 2))
def test_deciding_in_pieces_is_deciding(made: tuple[Component, dict[int, F | None]], shared: int) -> None:
    rows = made[0].rows
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crosscheck.reconciliation.deciding.FEWER", (shared,))  # so that some unknowns are cut at
        decider = Decider(rows, lambda unknown: F(unknown), lambda: False)
        gone: set[int] = set()
        while (found := decider.decide(gone)) is not None and found.values is None:
            for conflict in found.conflicts:
                assert gone.isdisjoint(conflict)
                assert not holds(rows[index] for index in conflict)
                gone.add(conflict[0])
    left = [one for index, one in enumerate(rows) if index not in gone]
    assert found is not None
    assert found.values is not None
    assert satisfied(left, found.values)
    assert holds(left)


def test_a_proof_that_does_not_add_up_is_none() -> None:
    low, high = row({0: F(-1)}, F(-3)), row({0: F(1)}, F(2))
    assert proves_conflict([(low, F(1)), (high, F(1))])
    assert not proves_conflict([(low, F(2)), (high, F(1))])
    assert not proves_conflict([(low, F(1))])
    touching = row({0: F(1)}, F(3))
    assert not proves_conflict([(low, F(1)), (touching, F(1))])
    assert proves_conflict([(low, F(1)), (row({0: F(1)}, F(3), strict=True), F(1))]), "an open end"
    with pytest.raises(ValueError, match="positive"):
        combined([(low, F(-1))])


def test_cases_conflict_only_when_all_of_them_do() -> None:
    now = limits(0, Interval(F(5), F(6)), frozenset([0]))
    negative = (row({0: F(1)}, F(0)),)
    large = (row({0: F(-1)}, F(-10)),)
    fits = (row({0: F(-1)}, F(-5)),)
    refuted = Component((0,), (0,), tuple(now), (Choice(None, (negative, large)),))
    conflict = Oracle(refuted).refute(frozenset([0]))
    assert conflict is not None
    assert len(conflict.proofs) == 2
    assert all(proves_conflict(proof) for proof in conflict.proofs)
    assert Oracle(Component((0,), (0,), tuple(now), (Choice(None, (negative, fits)),))).refute(frozenset([0])) is None


@st.composite
def with_choices(draw: st.DrawFn) -> tuple[Component, dict[int, F | None]]:
    """A small system with choices beside: each a sign, and what holds then."""
    component, weights = draw(systems())
    unknowns = sorted({u for one in component.rows for u, _ in one.coefficients}) or [0]
    choices = []
    for number in range(draw(st.integers(1, 4))):
        base, other = draw(st.sampled_from(unknowns)), draw(st.sampled_from(unknowns))
        support = frozenset(draw(st.sets(st.sampled_from(sorted(weights)), max_size=1)))
        options = []
        for sign in (1, -1):
            options.append(
                (
                    row({base: F(-sign)}, F(0), draw(st.booleans()), support=support, binding=number),
                    row({other: F(draw(st.sampled_from([-1, 1])))}, F(draw(st.integers(-4, 4))), support=support),
                )
            )
        choices.append(Choice(number, tuple(options)))
    return replace(component, choices=tuple(choices)), weights


def possible(rows: Iterable[Row], atoms: frozenset[int]) -> bool:
    """Whether the rows whose statements are believed can hold."""
    found = [one for one in rows if one.support <= atoms]
    return Tableau(found).solve(range(len(found))) is None


@given(with_choices(), st.data())
@settings(max_examples=150)
def test_choices_are_excluded_as_trying_every_combination_excludes_them(
    drawn: tuple[Component, dict[int, F | None]], data: st.DataObject
) -> None:
    component, weights = drawn
    every = [[*component.rows, *chain.from_iterable(case)] for case in product(*(c.options for c in component.choices))]
    oracle, settles = Oracle(component), settled(component)
    for _ in range(3):
        atoms = frozenset(data.draw(st.sets(st.sampled_from(sorted(weights)))))
        conflict = oracle.refute(atoms)
        assert (conflict is None) == any(possible(case, atoms) for case in every)
        if conflict is None:
            assert possible(settles.rows, atoms), "weaker than the choices, never stronger"
        else:
            assert conflict.atoms <= atoms
            assert all(proves_conflict(proof) for proof in conflict.proofs)
            assert not any(possible(case, conflict.atoms) for case in every)


def test_many_bases_of_unknown_sign_are_settled_by_what_is_stated() -> None:
    """A chain of growths: every combination of their signs would be 2 to the power of 60."""
    rows = [one for u in range(61) for one in limits(u, Interval(F(100 + u), F(101 + u)), frozenset([u]))]
    choices = []
    for u in range(60):
        up = (row({u: F(-1)}, F(0)), row({u: F(1), u + 1: F(-1)}, F(0)))
        down = (row({u: F(1)}, F(0)), row({u: F(-1), u + 1: F(1)}, F(0)))
        choices.append(Choice(u, (up, down)))
    every = frozenset(range(61))
    component = Component(tuple(range(61)), tuple(range(61)), tuple(rows), tuple(choices))
    assert Oracle(component).refute(every) is None
    wrong = limits(30, Interval(F(90), F(91)), frozenset([61]))
    conflict = Oracle(replace(component, rows=(*rows, *wrong))).refute(every - {30} | {61})
    assert conflict is not None
    assert conflict.atoms == {29, 61}
    assert len(settled(component).choices) == 0


def test_repairs_are_those_of_the_judges(shared: Path) -> None:
    cases = json.loads((shared / "judges" / "localisation.json").read_text(encoding="utf-8"))
    assert len(cases) >= 8
    for case in cases:
        names = sorted(case["values"])
        weights: dict[int, F | None] = {}
        for number, name in enumerate(names):
            weight = (case["weights"] or {}).get(name, 1)
            weights[number] = None if weight == "inf" else F(weight)
        rows = [made for text in case["rules"] for made in edit(text, names)]
        for number, name in enumerate(names):
            value = F(case["values"][name])
            rows += limits(number, Interval(value, value), frozenset([number]))
        found = explored(component_of(rows), weights)
        assert found is not None, case["id"]
        repairs = {frozenset()}
        for fault in found.faults:
            repairs = {one | other for one in repairs for other in fault.repairs}
        told = {tuple(sorted(names[a] for a in one)) for one in repairs}
        assert told == {tuple(sorted(one)) for one in case["all_minimal_sets"]}, case["id"]


def edit(text: str, names: list[str]) -> list[Row]:
    """An edit rule such as `p-0.6*t>=0` as rows."""
    match = re.fullmatch(r"(.+?)(==|>=|<=)(.+)", text.replace(" ", ""))
    assert match is not None, text
    total: dict[int, F] = {}
    limit = F(0)
    for side, turned in ((match[1], 1), (match[3], -1)):
        for sign, number, name in re.findall(r"([-+]?)(?:([0-9.]+)\*?)?([a-z]\w*)?", side):
            if not number and not name:
                continue
            value = F(number or 1) * (-1 if sign == "-" else 1) * turned
            if name:
                total[names.index(name)] = total.get(names.index(name), F(0)) + value
            else:
                limit -= value
    found = []
    if match[2] in ("==", "<="):
        found.append(row(total, limit, binding=0))
    if match[2] in ("==", ">="):
        found.append(row({u: -value for u, value in total.items()}, -limit, binding=0))
    return found


def test_a_search_for_suspects_that_was_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row({u: F(1) for u in range(6)}, F(1), binding=0)]
    for number in range(6):
        rows += limits(number, Interval(F(1), F(1)), frozenset([number]))
    weights: dict[int, F | None] = dict.fromkeys(range(6), F(1))
    whole = explored(component_of(rows), weights)
    assert whole is not None
    assert whole.all_repairs
    monkeypatch.setattr("crosscheck.reconciliation.conflicts.MAXIMUM_NODES", 2)
    cut = explored(component_of(rows), weights)
    assert cut is not None
    assert not cut.all_repairs


def test_conflicts_by_the_thousand_are_searched_without_running_out_of_stack() -> None:
    pairs = [frozenset((2 * one, 2 * one + 1)) for one in range(1500)]
    weights = {atom: F(1) for pair in pairs for atom in pair}
    found, is_complete = lightest_hitting_sets(pairs, weights)
    assert not is_complete  # two to the power of 1500 sets are as light
    assert found
    assert all(one & pair for one in found for pair in pairs)


def test_what_does_not_conflict_needs_no_repair() -> None:
    assert lightest_hitting_sets([], {}) == ([frozenset()], True)
