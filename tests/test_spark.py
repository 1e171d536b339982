"""The distributed engine gives the verdicts of the reference evaluator, row by row: Spark, started for real."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from test_columnar import COLUMNS, by_reference, own_rules, written

from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.csv_table import Resolve
from crosscheck.claims.parquet_files import read_parquet_claims
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.inputs.faults import InputFaults
from crosscheck.tables.engine import ORDER, VERDICTS, TableFile
from crosscheck.tables.facts import ROW_BITS

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'crosscheck-figures[spark]'")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)

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
    add("imports", "south", "2023", "310.3")
    return found


def as_written(dimension: str, text: str) -> str:
    return text


RESOLVE: Resolve = as_written


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")
def test_spark_gives_the_verdicts_of_the_reference_evaluator(tmp_path: Path) -> None:
    from crosscheck.tables.spark import check_on_spark, session_of, write_findings

    csv = written(tmp_path, trade())
    path = tmp_path / "table.parquet"
    with duckdb.connect() as connection:
        columns = "SELECT * REPLACE (CAST(value AS DECIMAL(18, 3)) AS value)"
        connection.execute(f"COPY ({columns} FROM read_csv('{csv}', all_varchar = true)) TO '{path}' (FORMAT parquet)")
    rules = [rule for rule in own_rules() if rule.id in CHOSEN]
    expected = by_reference(read_parquet_claims(path, TableMapping(), path.name, RESOLVE).claims, rules, tmp_path)
    session = session_of("local[2]")
    try:
        session.sparkContext.setLogLevel("ERROR")
        lists = load_codelists([tmp_path / "codes.yaml", tmp_path / "areas.yaml"])
        run = check_on_spark(session, [TableFile(path, TableMapping(), path.name)], rules, lists, RESOLVE, every_row=True)
        found: Counter[tuple[str, int, str, str]] = Counter()
        for number, verdict, level, rid, n in run.found.collect():
            found[run.rules[number].id, (rid & ((1 << ROW_BITS) - 1)) + 1, VERDICTS[verdict], ORDER[level]] += n
        assert found - expected == Counter()
        assert expected - found == Counter()
        assert run.left == {"of-squares": "powers"}
        assert run.asked < sum(found.values()) / 2
        write_findings(run, str(tmp_path / "found"))
        written_rows = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/found/*.parquet'").fetchall()
        assert written_rows == [(sum(n for (*_, level), n in found.items() if level != "none"),)]
        as_text = tmp_path / "text.parquet"
        duckdb.sql(f"COPY (SELECT '1' AS value) TO '{as_text}' (FORMAT parquet)")
        with pytest.raises(InputFaults, match="is VARCHAR"):
            check_on_spark(session, [TableFile(as_text, TableMapping(), "text")], rules, lists, RESOLVE)
    finally:
        session.stop()
