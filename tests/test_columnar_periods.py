"""Rules about the parts of periods, and with facts of periods: the columnar engine agrees with the reference evaluator."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_columnar import COLUMNS
from test_columnar_mirrors import RULES, compare

from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

NAMES = (
    "halves-not-adding-up-to-year",
    "months-not-adding-up",
    "period-above-longer-period",
    "quarters-not-adding-up",
    "quarters-not-compounding-to-year-on-year",
)


@lru_cache(maxsize=1)
def shipped() -> tuple[Rule, ...]:
    """The shipped rules about parts of periods."""
    found = read_rule_files([RULES / "general.yaml", RULES / "economy.yaml"], False)
    return tuple(rule for rule in found if rule.id in NAMES)


def parts(seed: int) -> list[dict[str, str]]:
    """A table of months, quarters, halves and years that mostly add up, and of growth on the quarter and on the year."""
    chance = random.Random(seed)
    found = []
    for area in ("north", "south"):
        for year in (2022, 2023):
            months = [chance.randint(10, 99) / 10 for _ in range(12)]
            sums = {f"{year}-{month:02d}": value for month, value in enumerate(months, 1)}
            sums |= {f"{year}-Q{n}": sum(months[3 * n - 3 : 3 * n]) for n in range(1, 5)}
            sums |= {f"{year}-S1": sum(months[:6]), f"{year}-S2": sum(months[6:]), str(year): sum(months)}
            for period, value in sums.items():
                if chance.random() < 0.97:
                    off = chance.choice([0.1, 0.3, 5]) if chance.random() < 0.1 else 0
                    found.append(stated(area, period, f"{value + off:.{chance.choice([0, 1, 1])}f}", "level", ""))
            for n in range(1, 5):
                before = f"{year}-Q{n - 1}" if n > 1 else f"{year - 1}-Q4"
                value = chance.randint(-20, 20) / 10
                found.append(stated(area, f"{year}-Q{n}", f"{value:.1f}", "growth", before))
                yearly = chance.choice([4 * value, chance.randint(-50, 50) / 10])
                found.append(stated(area, f"{year}-Q{n}", f"{yearly:.1f}", "growth", f"{year - 1}-Q{n}"))
    return found


def stated(area: str, period: str, value: str, measure: str, base: str) -> dict[str, str]:
    """A row of a table."""
    told = {"indicator": "exports", "reference_area": area, "time_period": period, "value": value, "base_period": base}
    unit = "percent" if measure == "growth" else "USD"
    return {**dict.fromkeys(COLUMNS, ""), **told, "measure": measure, "unit": unit}


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**9))
def test_parts_of_periods_get_the_verdicts_of_the_reference_evaluator(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    compare(tmp_path_factory.mktemp("periods"), parts(seed), shipped())


def test_parts_of_periods_are_compiled(tmp_path: Path) -> None:
    run = compare(tmp_path, parts(1), shipped())
    assert not run.left
    assert {count.rule for count in run.counts} == set(NAMES)
