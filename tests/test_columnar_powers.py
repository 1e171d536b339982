"""Rules with powers, such as of growth over several years: the columnar engine agrees with the reference evaluator."""

from __future__ import annotations

import random
import re
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
    "annualised-growth-not-matching-growth",
    "average-growth-not-matching-levels",
    "growth-not-compounding-from-average",
)
OWN = """
rules:
  - id: squared
    title: A figure follows from a power of others
    why: To have powers of what may be negative.
    variables: {{square: {{measure: multiple, indicator: squares}}{variables}}}
    assert: square == {right}
    material: 1 %
"""


@lru_cache(maxsize=1)
def shipped() -> tuple[Rule, ...]:
    """The shipped rules with powers."""
    return tuple(rule for rule in read_rule_files([RULES / "economy.yaml"], False) if rule.id in NAMES)


def growths(seed: int) -> list[dict[str, str]]:
    """Levels, growth over some years and on average a year, growth of months and quarters as it is and annualised."""
    chance = random.Random(seed)
    found = []
    for area in ("north", "south", "west"):
        level = chance.choice([12.5, 80, 1250])
        rate = chance.choice([-3.5, 0.4, 6, 11.25])
        for years in chance.sample([1, 2, 3, 5, 7, 30], 3):
            factor = (1 + rate / 100) ** years
            off = chance.choice([0, 0, 0.03, 0.4, 5])
            average = f"{rate + off:.{chance.choice([0, 1, 2])}f}"
            since = str(2024 - years)
            found += [
                stated(area, "2024", average, "growth", since, "annual-average"),
                stated(area, "2024", f"{100 * factor - 100:.{chance.choice([0, 1])}f}", "growth", since),
                stated(area, since, f"{level / factor:.{chance.choice([0, 1, 2])}f}", "level"),
            ]
        if chance.random() < 0.9:
            found.append(stated(area, "2024", f"{level:.1f}", "level"))
        for period, before, often in (
            ("2024-Q2", "2024-Q1", 4),
            ("2024-S1", "2023-S2", 2),
            ("2024-05", "2024-04", 12),
            ("2023", "2022", 1),
        ):
            own = chance.randint(-20, 30) / 10
            off = chance.choice([0, 0, 0.2, 2])
            yearly = 100 * (1 + own / 100) ** often - 100 + off
            found.append(stated(area, period, f"{own:.1f}", "growth", before))
            found.append(stated(area, period, f"{yearly:.1f}", "growth", before, "annualised"))
    repeated = chance.sample(found, 4)
    return [row for row in found if chance.random() < 0.95] + repeated


def stated(area: str, period: str, text: str, measure: str, base: str = "", basis: str = "") -> dict[str, str]:
    """A row of a table."""
    told = {"indicator": "gdp", "reference_area": area, "time_period": period, "value": text, "base_period": base}
    unit = {"growth": "percent", "multiple": ""}.get(measure, "USD")
    return {**dict.fromkeys(COLUMNS, ""), **told, "measure": measure, "unit": unit, "basis": basis}


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**9))
def test_powers_get_the_verdicts_of_the_reference_evaluator(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    compare(tmp_path_factory.mktemp("powers"), growths(seed), shipped())


def test_powers_are_compiled(tmp_path: Path) -> None:
    run = compare(tmp_path, growths(1), shipped())
    assert not run.left
    assert {count.rule for count in run.counts} == set(NAMES)
    verdicts = {count.verdict for count in run.counts}
    assert {"consistent", "contradiction"} <= verdicts
    assert run.asked < run.total()  # a month's growth to the power of twelve is asked for, a quarter's is not


@pytest.mark.parametrize(
    "right",
    [
        *(f"(root - 3) ^ {exponent} / 2 - 2 ^ 3" for exponent in (0, 1, 2, 3, 4)),
        "-((2 - root) ^ 2 / 10 - 4) ^ 2",
        "5 / (root - 3) ^ 2 + 1",
        "(root - other / 2) ^ 2 + (root_too - 1) ^ 3",
        "(root * other) ^ 2 / (1 - root_too)",
    ],
)
def test_powers_of_what_may_be_negative(tmp_path: Path, right: str) -> None:
    names = sorted(set(re.findall("[a-z_]+", right)) | {"root"})
    variables = "".join(f", {name}: {{measure: multiple, indicator: {name}}}" for name in names)
    (tmp_path / "own.yaml").write_text(OWN.format(right=right, variables=variables))
    chance = random.Random(right)
    found = []
    for number in range(80):
        values = {name: chance.choice([-9, -2.5, 2.4, 2.9, 3, 3.1, 3.5, 7]) for name in ("root", "other", "root_too")}
        try:
            square = eval(right.replace("^", "**"), dict(values)) + chance.choice([0, 0, 0.2, 1])
        except ZeroDivisionError:
            square = 1
        for name, amount in {"squares": square, **values}.items():
            row = stated(f"area {number}", "2024", f"{amount:.1f}", "multiple")
            found.append({**row, "indicator": name})
    run = compare(tmp_path, found, read_rule_files([tmp_path / "own.yaml"], False))
    assert not run.left
    assert run.total("consistent")
    assert run.total("contradiction")
