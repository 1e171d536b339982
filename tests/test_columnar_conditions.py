"""Rules with `when`, a tolerance or base periods: the columnar engine agrees with the reference evaluator on every row."""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_columnar import COLUMNS, faults_of, table
from test_columnar_repeats import both, repeated, written

from crosscheck.claims.table_mapping import TableMapping
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

GROWTH = "{growth: {measure: growth}, now: {measure: level}, then: {measure: level, time_period: =base(growth)}}"
YEARS = "{now: {measure: level}, before: {measure: level, time_period: =year_before(now)}}"
ASSERTED = {
    "growth-within": (GROWTH, "growth == now / then - 1", "tolerance: {within: 2 percentage_point, why: w}"),
    "growth-near": (GROWTH, "growth == now / then - 1", "tolerance: {within: 30 %, why: w}\n    material: 1 %"),
    "year-near": (YEARS, "now == before", "tolerance: {within: 40 %, why: w}\n    subject: now\n    strain: 0.3"),
    "year-below": (YEARS, "now <= before", "tolerance: {within: 30 USD, why: w}\n    subject: now"),
    "of-wine": (GROWTH, "growth == now / then - 1", 'when: product(now) == "wine"'),
    "of-more": (GROWTH, "growth == now / then - 1", "when: now > 10 USD and then > 10 USD"),
    "of-rises": (YEARS, "now <= 3 * before", "when: now / before >= 1.5 or before == 0\n    subject: now"),
    "not-of-the-north": (YEARS, "now <= 3 * before", 'when: not reference_area(before) == "north"\n    subject: now'),
    "of-two-years": (
        "{now: {measure: level}, other: {measure: level, time_period: any}}",
        "now >= other",
        "when: time_period(now) > time_period(other)\n    subject: now",
    ),
    "by-base": (GROWTH, "growth == now / then - 1", 'when: base_period(growth) == "2021"'),
    "change-of-growth": (
        "{growth: {measure: growth}, now: {measure: level}, change: {measure: change, base_period: =same(growth)}}",
        "growth == change / (now - change)",
        "material: 1 %",
    ),
    "year-on-year": ("{growth: {measure: growth, base_period: year_before}}", "growth <= 20 %", "subject: growth"),
    "terms-by-base": (
        "{change: {measure: change}, "
        "terms: {measure: change, indicator: =terms(change), collect: [indicator], base_period: =same(change)}}",
        "change == sum(terms)",
        "subject: change",
    ),
    "unlike": (
        "{change: {measure: change}, of: {measure: level, modality: [fact, plan]}}",
        "change <= of",
        'when: measure(of) != measure(change) and indicator(of) != "price"\n    subject: change',
    ),
}


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of this file."""
    text = "rules:\n" + "".join(
        f"  - id: {name}\n    title: t\n    why: w\n    variables: {variables}\n    assert: {asserted}\n    {more}\n"
        for name, (variables, asserted, more) in ASSERTED.items()
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, "rules.yaml")
        path.write_text(text)
        return read_rule_files([path], False)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**9))
def test_conditions_tolerances_and_bases_decide_as_in_the_reference_evaluator(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = random.Random(seed)
    rows = repeated(seed, 70) if chance.random() < 0.5 else table(seed, 90)
    folder = tmp_path_factory.mktemp("table")
    if any(faults_of(path) for path in written(folder, [rows])):
        return
    found, expected, run = both(folder, [rows], [TableMapping()], rules())
    assert found - expected == Counter()
    assert expected - found == Counter()
    symmetric = any(row["indicator"] == "trade" and row["counterpart_area"] for row in rows)
    if not run.prepared.mixed_sources and not any("digits on the way" in reason for reason in run.left.values()):
        assert set(run.left) <= ({"not-of-the-north", "terms-by-base", "unlike"} if symmetric else set())


def dense(chance: random.Random) -> list[dict[str, str]]:
    """A table in which nearly every figure has those that rules hold it against."""
    found = []
    for product in ("", "wine"):
        for indicator in ("turnover", "exports", "imports", "price"):
            for year in (2021, 2022, 2023):
                for measure in ("level", "growth", "change"):
                    row = {**dict.fromkeys(COLUMNS, ""), "indicator": indicator, "product": product, "measure": measure}
                    row |= {"time_period": str(year), "modality": "fact", "unit": "USD"}
                    row["value"] = str(chance.randint(5, 40) * (2 if indicator == "turnover" else 1))
                    if measure != "level":
                        row |= {"value": str(chance.randint(-9, 30)), "base_period": str(year - chance.choice([1, 1, 2]))}
                        row["unit"] = "percent" if measure == "growth" else "USD"
                    found.append(row)
    return found


def test_each_rule_finds_and_passes_something(tmp_path: Path) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for seed in range(3):
        (tmp_path / str(seed)).mkdir()
        found, expected, run = both(tmp_path / str(seed), [dense(random.Random(seed))], [TableMapping()], rules())
        assert found == expected
        assert run.left == {}
        seen.update({(rule, verdict): n for (rule, _, verdict, _), n in expected.items()})
    assert {rule for rule, verdict in seen if verdict == "contradiction"} == set(ASSERTED)
    assert len({rule for rule, verdict in seen if verdict == "consistent"}) > len(ASSERTED) / 2
