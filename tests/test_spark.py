"""The distributed engine gives the verdicts of the reference evaluator, row by row: Spark, started for real."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from commands import run as run_command
from test_columnar import COLUMNS, by_reference, own_rules, written
from test_large_tables import RULES

from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.csv_table import Resolve
from crosscheck.claims.parquet_files import read_parquet_claims
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.tables.engine import ORDER, VERDICTS, TableFile
from crosscheck.tables.facts import ROW_BITS

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'crosscheck-figures[spark]'")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

quiet = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
CHOSEN = ("growth", "total", "of-squares")  # most of the time goes into planning, a rule at a time


def trade() -> list[dict[str, str]]:
    """Exports, imports, turnover and growth of two areas: right, wrong, right by rounding alone, lacking, stated twice."""
    found = []

    def add(indicator: str, area: str, period: str, value: str, measure: str = "level") -> None:
        told = {"indicator": indicator, "reference_area": area, "time_period": period, "value": value, "measure": measure}
        found.append({**dict.fromkeys(COLUMNS, ""), **told, "unit": "percent" if measure == "growth" else "USD"})

    for number, area in enumerate(("north", "south", "land")):
        for period in ("2022", "2023"):
            exports, imports = 240.4 + 31 * number, 310.3 + int(period) % 7 * 11
            add("exports", area, period, f"{exports + int(period) % 5:.1f}")
            add("imports", area, period, f"{imports:.1f}")
            off = (0, 0.1, 9)[number]
            add("turnover", area, period, f"{exports + int(period) % 5 + imports + off:.1f}")
        add("exports", area, "2023", ("0.4", "0.5", "7.1")[number], "growth")
        add("imports", area, "2022", "3.0", "growth")
    add("imports", "south", "2023", "310.3")  # the same once more
    add("exports", "land", "2022", "400.0")  # at odds with what stands above
    return found


def as_written(dimension: str, text: str) -> str:
    return text


RESOLVE: Resolve = as_written


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """One Spark for all tests. Compiling its own code as far as it goes takes it longer than the tests do."""
    from crosscheck.tables.spark import session_of

    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    made = session_of("local[2]")
    made.sparkContext.setLogLevel("ERROR")
    yield made
    made.stop()
    del os.environ["JAVA_TOOL_OPTIONS"]


def as_parquet(folder: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """The rows as a Parquet file, with the code lists beside it."""
    path = folder / "table.parquet"
    with duckdb.connect() as connection:
        columns = "SELECT * REPLACE (CAST(value AS DECIMAL(18, 3)) AS value)"
        text = f"{columns} FROM read_csv('{written(folder, rows)}', all_varchar = true)"
        connection.execute(f"COPY ({text}) TO '{path}' (FORMAT parquet)")
    return path


@quiet
def test_spark_gives_the_verdicts_of_the_reference_evaluator(tmp_path: Path, session: Any) -> None:
    from crosscheck.tables.spark import check_on_spark, read_on_spark

    path = as_parquet(tmp_path, trade())
    rules = [rule for rule in own_rules() if rule.id in CHOSEN]
    expected = by_reference(read_parquet_claims(path, TableMapping(), path.name, RESOLVE).claims, rules, tmp_path)
    lists = load_codelists([tmp_path / "codes.yaml", tmp_path / "areas.yaml"])
    prepared = read_on_spark(session, [TableFile(path, TableMapping(), path.name)], lists, RESOLVE, rules)
    assert (prepared.groups, prepared.twice) == (2, 4)
    run = check_on_spark(session, prepared, rules, every_row=True)
    found: Counter[tuple[str, int, str, str]] = Counter()
    for number, verdict, level, rid, n in run.found.select("rule", "verdict", "level", "rid", "n").collect():
        found[run.rules[number].id, (rid & ((1 << ROW_BITS) - 1)) + 1, VERDICTS[verdict], ORDER[level]] += n
    assert found - expected == Counter()
    assert expected - found == Counter()
    assert not run.left
    assert run.asked < sum(found.values()) / 2


@quiet
def test_spark_from_the_command_line(tmp_path: Path, session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    as_parquet(tmp_path, [row for row in trade() if row["indicator"] == "exports"])
    (tmp_path / "rules.yaml").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("commands.SECONDS_ON_THE_CLOCK", 900)
    monkeypatch.setattr("commands.SECONDS", 60)
    arguments = ("check", "--isolated", "--rules", "rules.yaml", "table.parquet", "--format", "json")
    ours = run_command(*arguments, "--engine", "spark", "--output", "parquet=found")
    theirs = json.loads(run_command(*arguments, "--engine", "columnar").out)
    assert ours.code == 1, ours.err
    told = json.loads(ours.out)
    assert {key: told[key] for key in ("levels", "checks", "rules", "findings")} == {
        key: theirs[key] for key in ("levels", "checks", "rules", "findings")
    }
    rows = duckdb.sql("SELECT rule, verdict FROM 'found/*.parquet'").fetchall()
    assert rows == [("own-growth", "contradiction")] * told["levels"]["error"]


def test_tables_that_spark_does_not_take(tmp_path: Path, session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text("value,unit\n1,USD\n")
    assert "Spark checks Parquet alone" in run_command("check", "--engine", "spark", "table.csv").err
    duckdb.sql("COPY (SELECT '1' AS value) TO 'text.parquet' (FORMAT parquet)")
    (tmp_path / "rules.yaml").write_text(RULES)
    told = run_command("check", "--isolated", "--rules", "rules.yaml", "--engine", "spark", "text.parquet").err
    assert "is VARCHAR" in told
