"""Figures whose areas may be exchanged: the columnar engine joins them in both orders, as the reference evaluator does."""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_columnar import COLUMNS, by_columns, by_reference, faults_of, written

from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.inputs.faults import InputFaults
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule
from crosscheck.tables.engine import TableRun

CODES = """
codelist: {dimension: indicator}
codes:
  trade-turnover: {name: turnover, sum: [exports, imports], nature: flow, non_negative: true, symmetric: true}
  trade-balance: {name: balance, sum: [exports, -imports], nature: flow}
  exports: {name: exports, nature: flow, non_negative: true, mirror: imports}
  imports: {name: imports, nature: flow, non_negative: true, mirror: exports}
  distance: {name: distance, nature: stock, symmetric: true}
  all-flows: {name: all flows, sum: [trade-turnover, distance], symmetric: true}
"""
RULES = Path(__file__).parents[1] / "rules"
SHIPPED = (
    "balance-not-following-from-turnover-and-exports",
    "balance-not-following-from-turnover-and-imports",
    "growth-not-matching-levels",
    "growth-of-total-above-all-its-terms",
    "growth-of-total-below-all-its-terms",
    "growth-of-total-not-from-its-terms",
    "part-above-whole",
    "parts-above-whole",
    "partner-above-total",
    "partners-above-total",
    "region-above-country",
    "same-figure-twice",
    "term-above-total",
    "total-not-sum-of-terms",
)


@lru_cache(maxsize=1)
def shipped() -> tuple[Rule, ...]:
    """The shipped rules that may bind figures of trade."""
    found = read_rule_files([RULES / "general.yaml", RULES / "trade.yaml"], False)
    return tuple(rule for rule in found if rule.id in SHIPPED)


def trade(seed: int, size: int) -> list[dict[str, str]]:
    """A table of trade as both sides state it: sums that mostly hold, some wrong, some missing, some stated twice."""
    chance = random.Random(seed)
    areas = ["north", "south", "land", "isle"] if chance.random() < 0.7 else ["north", "south"]
    names = [
        "trade-turnover",
        "trade-turnover",
        "trade-balance",
        "exports",
        "imports",
        *(["distance", "all-flows"] * (chance.random() < 0.4)),
    ]
    off = chance.choice([0.0, 0.2, 1.0])
    found = []
    for _ in range(size):
        one, other = chance.choice(areas), chance.choice([*areas, ""] if chance.random() < 0.2 else areas)
        year, indicator = chance.choice(["2022", "2023"]), chance.choice(names)
        pair = random.Random(f"{sorted((one, other))}{year}{seed}")
        there, back = sorted((pair.randint(10, 400), pair.randint(10, 400)), reverse=one < other)
        value = {"exports": there, "imports": back, "trade-balance": there - back}.get(indicator, there + back) / 10
        value += chance.choice([0.1, 3, -20]) if chance.random() < off / 4 else 0
        ratio = chance.random() < 0.2
        found.append({
            **dict.fromkeys(COLUMNS, ""),
            "indicator": indicator,
            "reference_area": one,
            "counterpart_area": other,
            "time_period": year,
            "measure": "growth" if ratio else "level",
            "value": f"{chance.randint(-90, 150) / 10:.1f}" if ratio else f"{value:.{chance.choice([0, 1, 1, 1])}f}",
            "unit": "percent" if ratio else "USD",
        })  # fmt: skip
    if chance.random() < 0.6:
        keys = ("indicator", "reference_area", "counterpart_area", "time_period", "measure")
        found = list({tuple(one[name] for name in keys): one for one in found}.values())
    return found


SELECTORS = (
    "{measure: level}",
    "{measure: level, indicator: trade-turnover}",
    "{measure: level, indicator: exports}",
    "{measure: level, indicator: any}",
    "{measure: level, indicator: =terms(a)}",
    "{measure: level, counterpart_area: =part_of(a)}",
    "{measure: level, reference_area: land}",
    "{measure: level, counterpart_area: {not: [south]}}",
    "{measure: level, reference_area: any, indicator: trade-balance}",
    "{measure: level, indicator: distance, time_period: =year_before(a)}",
    "{measure: level, indicator: [exports, imports], collect: [indicator]}",
    "{measure: level, counterpart_area: [north, south], collect: [counterpart_area]}",
)
TERMS = ("{0}", "{0} + {1}", "2 * {0} - {1}", "{0} / {1}")
WHEN = ("", "", "    when: reference_area(a) < counterpart_area(a)\n", '    when: counterpart_area(b) != "south"\n')


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule file with one random rule."""
    names = ["a", "b", "c"][: draw(st.integers(2, 3))]
    chosen = {n: draw(st.sampled_from(SELECTORS if n != "a" else (*SELECTORS[:3], *SELECTORS[6:8]))) for n in names}
    used = [f"sum({name})" if "collect" in chosen[name] else name for name in names]
    other = draw(st.sampled_from(TERMS)).format(used[1], used[-1])
    when = draw(st.sampled_from(WHEN))
    when = "" if "collect" in chosen["b"] and "(b)" in when else when
    lines = "".join(f"      {name}: {chosen[name]}\n" for name in names)
    operator = draw(st.sampled_from(["==", "==", "==", "<="]))
    needs = draw(st.sampled_from(["", "", "    needs_all: true\n"])) if operator == "==" else ""
    return (
        f"rules:\n  - id: own\n    title: t\n    why: w\n    variables:\n{lines}"
        f"    assert: a {operator} {other}\n    subject: a\n{needs}{when}"
    )


def placed(found: Counter[tuple[str, int, str, str]]) -> Counter[tuple[str, int, str, str]]:
    """Checks by row, but not where rows say the same, as any of them may then be the subject."""
    told: Counter[tuple[str, int, str, str]] = Counter()
    for (rule, row, verdict, level), count in found.items():
        told[rule, 0 if (rule, verdict) == ("same-figure-twice", "consistent") else row, verdict, level] += count
    return told


def compare(folder: Path, found: list[dict[str, str]], own: tuple[Rule, ...]) -> TableRun:
    """Both engines on one table: the same verdict and level for every row."""
    path = written(folder, found)
    (folder / "codes.yaml").write_text(CODES)
    assert not faults_of(path)
    expected = placed(by_reference(read_csv_claims(path).claims, own, folder))
    told, run = by_columns(path, own, folder)
    actual = placed(told)
    assert actual - expected == Counter()
    assert expected - actual == Counter()
    return run


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**9))
def test_shipped_rules_give_the_verdicts_of_the_reference_evaluator(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    compare(tmp_path_factory.mktemp("trade"), trade(seed, 60), shipped())


@settings(max_examples=20, deadline=None)
@given(rules(), st.integers(0, 10**9))
def test_random_rules_give_the_verdicts_of_the_reference_evaluator(
    tmp_path_factory: pytest.TempPathFactory, text: str, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("trade")
    (folder / "rules.yaml").write_text(text)
    try:
        own = read_rule_files([folder / "rules.yaml"], False)
    except InputFaults:
        assume(False)
    compare(folder, trade(seed, 50), own)


def stated(indicator: str, areas: str, value: str, measure: str = "level", year: str = "2023") -> dict[str, str]:
    """A row of a table: its areas as "north-south"."""
    one, _, other = areas.partition("-")
    told = {"indicator": indicator, "reference_area": one, "counterpart_area": other, "time_period": year, "value": value}
    unit = "percent" if measure == "growth" else "USD"
    return {**dict.fromkeys(COLUMNS, ""), **told, "measure": measure, "unit": unit}


def test_turnover_is_that_of_either_side(tmp_path: Path) -> None:
    found = [
        stated("trade-turnover", "north-south", "30"),
        stated("exports", "south-north", "10"),
        stated("imports", "south-north", "20"),
        stated("exports", "north-south", "21"),
        stated("trade-balance", "south-north", "-10"),
    ]
    run = compare(tmp_path, found, shipped())
    assert set(run.left) <= {"partners-above-total"}
    assert not run.asked
    counts = {(count.rule, count.verdict): count.checks for count in run.counts}
    assert counts["total-not-sum-of-terms", "consistent"] == 2  # of the balance too, and nothing that lacks an import
    assert counts["balance-not-following-from-turnover-and-exports", "consistent"] == 1


def test_growth_of_a_total_from_its_terms_is_compiled(tmp_path: Path) -> None:
    found = [
        stated("trade-turnover", "north-south", "9.4", "growth"),
        stated("exports", "south-north", "244"),
        stated("imports", "south-north", "381"),
        stated("exports", "south-north", "23.8", "growth"),
        stated("imports", "south-north", "24.0", "growth"),
    ]
    run = compare(tmp_path, found, shipped())
    assert set(run.left) <= {"partners-above-total"}
    assert not run.asked
    told = {count.rule: count.verdict for count in run.counts}
    assert told["growth-of-total-not-from-its-terms"] == "contradiction"
    assert told["growth-of-total-below-all-its-terms"] == "contradiction"


def test_a_growth_of_minus_100_percent_divides_by_zero(tmp_path: Path) -> None:
    found = [
        stated("trade-turnover", "north-south", "5", "growth"),
        stated("exports", "north-south", "0"),
        stated("imports", "north-south", "381"),
        stated("exports", "north-south", "-100", "growth"),
        stated("imports", "north-south", "4.0", "growth"),
    ]
    compare(tmp_path, found, shipped())


def test_figures_whose_intervals_meet_are_one_operand_where_all_are_as_coarse(tmp_path: Path) -> None:
    found = [
        stated("trade-turnover", "north-south", "20.0", "growth"),
        stated("trade-turnover", "south-north", "19.9", "growth"),
    ]
    run = compare(tmp_path, [*found, stated("exports", "north-south", "7.0")], shipped_and_bounds())
    counts = {(count.rule, count.verdict): count.checks for count in run.counts}
    assert counts["fall-below-nothing", "consistent"] == 1


@lru_cache(maxsize=1)
def shipped_and_bounds() -> tuple[Rule, ...]:
    """Those of this file, and one about single figures."""
    found = read_rule_files([RULES / "general.yaml"], False)
    return (*shipped(), *(rule for rule in found if rule.id == "fall-below-nothing"))


def test_a_figure_that_is_bounded_on_one_side_keeps_more_room(tmp_path: Path) -> None:
    found = [stated("exports", "south-south", "23.3"), stated("exports", "south", "23")]
    run = compare(tmp_path, [*found, stated("trade-turnover", "north-south", "7")], shipped())
    assert [(c.verdict, c.level) for c in run.counts if c.rule == "partner-above-total"] == [("reconcilable", "note")]


def test_terms_that_others_are_taken_from_are_no_terms_alone(tmp_path: Path) -> None:
    text = """
rules:
  - id: own
    title: t
    why: w
    variables: {a: {measure: level}, b: {measure: level, indicator: =terms(a)}}
    assert: a <= b
    subject: a
"""
    (tmp_path / "rules.yaml").write_text(text)
    found = [
        stated("trade-balance", "north-south", "7"),
        stated("exports", "north-south", "9"),
        stated("trade-turnover", "north-south", "3"),
    ]
    run = compare(tmp_path, found, read_rule_files([tmp_path / "rules.yaml"], False))
    assert sum(count.checks for count in run.counts) == 1
