"""What is told of findings over tables: in brief by the columns, in full by the reference evaluator, the same ones."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from commands import run
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_columnar import faults_of, own_rules, table
from test_columnar_repeats import repeated, written
from test_large_tables import RULES, as_parquet

from crosscheck.checking.checks import Check
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.tables import findings
from crosscheck.tables.briefs import briefs
from crosscheck.tables.engine import TableFile, TableRun, check_prepared, connect, read_tables

EVERY = 10**9
Entry = tuple[str, str, str, int, tuple[tuple[str, int], ...]]


def checked(folder: Path, rows: list[dict[str, str]]) -> TableRun | None:
    """A run over a table under the rules of the tests; None where the table is at fault."""
    (path,) = written(folder, [rows])
    if faults_of(path):
        return None
    lists = load_codelists([folder / "codes.yaml", folder / "areas.yaml"])
    file = TableFile(path, TableMapping(), path.name)
    prepared = read_tables(connect(threads=1), [file], lists, lambda dimension, text: text, rules=own_rules())
    return check_prepared(prepared, own_rules())


def in_full(checks: list[Check]) -> tuple[Counter[Entry], dict[int, int]]:
    """Rule, verdict, level, row and rows of the other operands of checks; and by row the first of its operand's rows."""
    first: dict[int, int] = {}
    for check in checks:
        for _, operand in check.binding.operands():
            rows = [claim.place.row or 0 for claim in operand.claims]
            first |= dict.fromkeys(rows, min(rows))
    found: Counter[Entry] = Counter()
    for check in checks:
        others = [(role, one) for role, one in check.binding.operands() if one is not check.subject]
        met = sorted((role, first[one.first.place.row or 0]) for role, one in others)
        if check.rule.duplicates:
            met = []
        row = first[check.subject.first.place.row or 0]
        found[check.rule.id, check.verdict, check.level, row, tuple(met)] += 1
    return found, first


@settings(max_examples=3, deadline=None)
@example(8, True)
@given(st.integers(0, 10**9), st.booleans())
def test_findings_in_brief_are_those_in_full(tmp_path_factory: pytest.TempPathFactory, seed: int, repeats: bool) -> None:
    run = checked(tmp_path_factory.mktemp("table"), repeated(seed, 120) if repeats else table(seed, 120))
    if run is None:
        return
    expected, first = in_full(findings.worst(run, EVERY, "note"))
    assert seed != 8 or len(expected) > 10
    found: Counter[Entry] = Counter()
    for brief in briefs(run, "note", 0):
        claims = brief["claims"]
        assert isinstance(claims, list)
        met = sorted((one["role"], first.get(one["row"], 0)) for one in claims)
        if brief["rule"] == "twice":
            assert met
            met = []
        row = first.get(int(str(brief["row"])), 0)
        found[str(brief["rule"]), str(brief["verdict"]), str(brief["level"]), row, tuple(met)] += 1
    assert found - expected == Counter()
    assert expected - found == Counter()


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 10**9))
def test_without_the_rest_of_their_part_findings_are_the_same(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    run = checked(tmp_path_factory.mktemp("table"), repeated(seed, 60))
    if run is None:
        return
    whole = findings.worst(run, EVERY, "note")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(findings, "MOST", 0)
        alone = findings.worst(run, EVERY, "note")
    told = [
        Counter((c.fingerprint, c.verdict, c.assessment.gap, c.assessment.strain, c.assessment.computed) for c in checks)
        for checks in (whole, alone)
    ]
    assert told[0] == told[1]


def test_beyond_some_findings_the_others_are_told_in_brief(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("crosscheck.cli.tables.IN_FULL", 2)
    (tmp_path / "rules.yaml").write_text(RULES)
    rows = """SELECT 'g' || g AS indicator, unnest([2023, 2024, 2024]) AS time_period,
        unnest(['level', 'level', 'growth']) AS measure, unnest([100, 110, 20 + g])::DECIMAL(9, 1) AS value,
        unnest(['USD', 'USD', 'percent']) AS unit FROM range(9) r(g)"""
    name = as_parquet(tmp_path, rows)
    command = ("check", "--isolated", "--rules", "rules.yaml", "--engine", "columnar", name, "--output", "jsonl=all.jsonl")
    assert run(*command, "--limit", "0").code == 1
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert [line["type"] for line in lines] == ["run", "check", "check", *["finding"] * 7]
    assert [line["apart"] for line in lines[3:]] == sorted((line["apart"] for line in lines[3:]), reverse=True)
    assert lines[3] == {
        "type": "finding",
        "rule": "own-growth",
        "verdict": "contradiction",
        "level": "error",
        "path": "table.parquet",
        "row": 21,
        "measure": "growth",
        "value": "26.0",
        "scale": None,
        "unit": "percent",
        "dimensions": {"indicator": "g6", "time_period": "2024"},
        "apart": lines[3]["apart"],
        "claims": [
            {"role": "now", "path": "table.parquet", "row": 20, "measure": "level", "value": "110.0", "scale": None,
             "unit": "USD", "dimensions": {"indicator": "g6", "time_period": "2024"}},
            {"role": "then", "path": "table.parquet", "row": 19, "measure": "level", "value": "100.0", "scale": None,
             "unit": "USD", "dimensions": {"indicator": "g6", "time_period": "2023"}},
        ],
    }  # fmt: skip
    assert run(*command, "--limit", "5").code == 1
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert [line["type"] for line in lines] == ["run", *["check"] * 5, *["finding"] * 4]
