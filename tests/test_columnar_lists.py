"""Lists of which nobody says what belongs to them: the columnar engine adds up what the reference evaluator adds up."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
import test_columnar_repeats
from hypothesis import given, settings
from hypothesis import strategies as st
from test_columnar import COLUMNS, own_rules

from crosscheck.claims.table_mapping import TableMapping
from crosscheck.tables.engine import TableRun

RULES = ("parts-of-whole", "of-no-product", "of-no-partner")
AREAS = """
codelist: {dimension: reference_area}
codes:
  north: {name: north, part_of: land}
  south: {name: south, part_of: land}
  land: {name: land}
  UNION: {name: union, members: [DE, FR]}
"""


def dense(seed: int, overlapping: bool) -> list[dict[str, str]]:
    """Exports and imports of few places with several partners, in which totals now and then fall short of the partners."""
    chance = random.Random(seed)
    partners = ["DE", "FR", "KZ", "CN", *(["UNION", "the neighbours"] if overlapping else [])]
    found = []
    for _ in range(90):
        partner, product = chance.choice(["", "", *partners]), chance.choice(["", "", "", "wine", "wool"])
        whole = not partner and not product
        found.append(
            {
                **dict.fromkeys(COLUMNS, ""),
                "indicator": chance.choice(["exports", "imports", "trade"]),
                "reference_area": chance.choice(["north", "south", "land"]),
                "counterpart_area": partner,
                "time_period": chance.choice(["2022", "2023"]),
                "product": product,
                "measure": "level",
                "value": str(chance.randint(4, 60)) if whole else f"{chance.randint(0, 200) / 10:.1f}",
                "unit": chance.choice(["USD"] * 9 + ["kg"]),
            }
        )
    return found


def agreed(folder: Path, monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, str]]) -> TableRun:
    """Both engines on one table, under the rules about open lists alone."""
    rules = tuple(rule for rule in own_rules() if rule.id in RULES)
    monkeypatch.setattr(test_columnar_repeats, "AREAS", AREAS)
    found, expected, run = test_columnar_repeats.both(folder, [rows], [TableMapping()], rules)
    assert found - expected == Counter()
    assert expected - found == Counter()
    return run


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_what_is_added_up_of_open_lists(tmp_path_factory: pytest.TempPathFactory, seed: int, overlapping: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        agreed(tmp_path_factory.mktemp("table"), patch, dense(seed, overlapping))


def test_open_lists_are_added_up_in_the_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [agreed(tmp_path, monkeypatch, dense(seed, False)) for seed in range(3)]
    told = {(count.rule, count.verdict) for run in runs for count in run.counts}
    assert told >= {*((rule, "contradiction") for rule in RULES), ("of-no-partner", "consistent")}
    assert not any(run.left for run in runs)


def test_what_may_overlap_is_asked_of_the_reference_evaluator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [agreed(tmp_path, monkeypatch, dense(seed, True)) for seed in range(3)]
    assert not any(run.left for run in runs)
    checks = sum(count.checks for run in runs for count in run.counts if count.rule == "of-no-partner")
    assert 0 < sum(run.asked for run in runs) < 3 * checks


def test_sums_beyond_64_bits_are_made_in_the_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each figure fits 64 bits, the sum of several does not; nothing goes to the reference evaluator for that."""
    monkeypatch.setattr("test_columnar_lists.RULES", (*RULES, "total", "named-sum"))
    runs = []
    for seed in range(4):
        chance, rows = random.Random(seed), dense(seed, False)
        for row in rows:
            row["indicator"] = chance.choice(["exports", "imports", "turnover"])
            row["value"] = str(chance.randint(6 * 10**17, 10**18 - 1))
            row["counterpart_area"] = row["counterpart_area"] if seed % 2 else ""
        runs.append(agreed(tmp_path, monkeypatch, rows))
    told = {(count.rule, count.verdict) for run in runs for count in run.counts}
    assert told >= {(rule, "contradiction") for rule in ("total", "named-sum", "of-no-product", "of-no-partner")}
    assert not any(run.left for run in runs)
    assert not any(run.asked for run in runs if not run.prepared.twice)
