"""Rules that name units, relate kinds of unit, or ask how precisely a figure is printed: both engines agree."""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import test_columnar_repeats
from hypothesis import given, settings
from hypothesis import strategies as st
from test_columnar import COLUMNS, faults_of
from test_columnar_repeats import again, both, written

from crosscheck.claims.table_mapping import TableMapping
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

CODES = """
codelist: {dimension: indicator}
codes:
  exports: {name: exports, nature: flow}
  price: {name: price, nature: price}
  yield: {name: yield, ratio: [exports, price]}
  load: {name: load, nature: rate}
"""
RULES = """
rules:
  - id: value
    title: t
    why: w
    needs_all: true
    variables:
      price: {measure: [level, rate], indicator: price, unit: ["currency:???/*"]}
      value: {measure: level, indicator: exports, unit: ["currency:???"]}
      quantity: {measure: level, indicator: =same(value), unit: ["*"]}
    assert: value == quantity * price
    subject: price
    material: 1 %
  - id: rate
    title: t
    why: w
    needs_all: true
    variables: {rate: {measure: [level, rate], unit: ["*/day", "*/week"]}, total: {measure: level, unit: ["*"]}}
    assert: total == rate * days_of(total)
    subject: rate
    strain: 0.75
  - id: quotient
    title: t
    why: w
    needs_all: true
    variables:
      ratio: {measure: [rate, level], unit: ["*"]}
      above: {measure: level, indicator: =numerator(ratio), unit: ["*"]}
      below: {measure: level, indicator: =denominator(ratio), unit: ["*"]}
    assert: ratio == above / below
    material: 2 %
  - id: factor
    title: t
    why: w
    variables: {factor: {measure: [rate, share], indicator: load, unit: [ratio, count]}}
    assert: factor <= 100 % and factor >= 0
    subject: factor
  - id: finer
    title: t
    why: w
    level: note
    variables: {growth: {measure: growth}, then: {measure: level, time_period: =base(growth), unit: [count]}}
    when: then * precision_of(growth) < 0.1
    assert: then * precision_of(growth) >= 0.1
    subject: growth
  - id: in-base
    title: t
    why: w
    variables: {index: {measure: level, index_base: {not: none}}}
    when: index_base(index) == time_period(index)
    assert: index == 100
    subject: index
  - id: after-base
    title: t
    why: w
    variables: {index: {measure: level, index_base: {not: none}}}
    when: index_base(index) < time_period(index)
    assert: index >= 60
    subject: index
  - id: above-its-share
    title: t
    why: w
    variables: {any: {measure: [level, share], indicator: exports}, of: {measure: [rate, growth, level], unit: any}}
    assert: any <= 20 * of
    subject: any
"""
UNITS = {
    "exports": ("USD", "kg", "t", "EUR", "{trucks}"),
    "price": ("USD/t", "EUR/t", "kg/day", "t/week", "kg", "USD", "{trucks}"),
    "yield": ("USD/kg", "kg", "{trucks}"),
    "load": ("percent", "permille", "{trucks}"),
}


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of this file."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "rules.yaml")
        path.write_text(RULES)
        return read_rule_files([path], False)


def rows_of(seed: int, size: int) -> list[dict[str, str]]:
    """A table of values, quantities, prices, rates, indices, shares and growths in many units, some stated twice."""
    chance = random.Random(seed)
    found = []
    while len(found) < size:
        product, period = f"p{len(found)}", chance.choice(["2022", "2023", "2023-02"])
        for indicator, units in UNITS.items():
            for unit in chance.sample(units, min(len(units), 4)):
                measure, places = chance.choice(["level"] * 7 + ["rate", "growth", "share"]), chance.randint(0, 2)
                row = {**dict.fromkeys((*COLUMNS, "index_base"), ""), "indicator": indicator, "measure": measure}
                row |= {"product": product, "time_period": period, "unit": unit}
                row["value"] = f"{chance.randint(-5, 1200) / 10**places:.{places}f}" if chance.random() < 0.9 else "100"
                row["unit"] = "percent" if measure in ("growth", "share") else unit
                row["index_base"] = chance.choice(["", "", "2022", "2021"]) if indicator == "price" else ""
                found.append(row)
                if measure == "growth":
                    base = str(int(period[:4]) - 1) + period[4:]
                    found.append({**row, "measure": "level", "time_period": base, "unit": "{trucks}", "value": "70"})
        common = {**dict.fromkeys((*COLUMNS, "index_base"), ""), "product": f"q{len(found)}", "time_period": period}
        common |= {"measure": "level"}
        quantity, price, slip = chance.randint(20, 900), chance.randint(20, 900) / 10, chance.choice([-30, 0, 0, 1, 40])
        told = {"t": str(quantity), "USD": str(round(quantity * price) + slip)}
        found += [{**common, "indicator": "exports", "unit": unit, "value": value} for unit, value in told.items()]
        found.append({**common, "indicator": "price", "unit": "USD/t", "value": f"{price:.1f}"})
        days = {"2022": 365, "2023": 365, "2023-02": 28}[period]
        told = {"kg/day": str(quantity), "t": f"{quantity * days / 1000 + slip / 100:.1f}"}
        found += [{**common, "indicator": "load", "unit": unit, "value": value} for unit, value in told.items()]
    if chance.random() < 0.4:
        found[0] |= {"value": str(chance.randint(10**20, 10**24))}
    if chance.random() < 0.5:
        found += [again(chance, row) for row in chance.sample(found, size // 5)]
    return found


def agreed(folder: Path, monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, str]]) -> Counter[tuple[str, str]]:
    """Both engines on a table; by rule and verdict how many checks, and how many rules went elsewhere as a whole."""
    monkeypatch.setattr(test_columnar_repeats, "CODES", CODES)
    monkeypatch.setattr(test_columnar_repeats, "COLUMNS", (*COLUMNS, "index_base"))
    if any(faults_of(path) for path in written(folder, [rows])):
        return Counter()
    found, expected, run = both(folder, [rows], [TableMapping()], rules())
    assert found - expected == Counter()
    assert expected - found == Counter()
    told = Counter({(rule, verdict): n for (rule, _, verdict, _), n in expected.items()})
    assert all("digits" in reason for reason in run.left.values())
    return told


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**9))
def test_units_and_precisions_decide_as_in_the_reference_evaluator(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        agreed(tmp_path_factory.mktemp("table"), patch, rows_of(seed, 80))


def test_each_rule_binds_and_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: Counter[tuple[str, str]] = Counter()
    for seed in range(2):
        (tmp_path / str(seed)).mkdir()
        told += agreed(tmp_path / str(seed), monkeypatch, rows_of(seed, 110))
    assert {rule for rule, verdict in told if verdict == "contradiction"} == {rule.id for rule in rules()}
    assert {"value", "rate"} <= {rule for rule, verdict in told if verdict == "consistent"}
