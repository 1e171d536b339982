"""Large tables from the command line: what is shown, what is written, and what is said of tables that cannot be read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import duckdb
import pytest
from commands import Ran, run

RULES = """
rules:
  - id: own-growth
    title: Growth
    why: w
    variables: {growth: {measure: growth}, now: {measure: level}, then: {measure: level, time_period: =base(growth)}}
    assert: growth == now / then - 1
    material: 0.5 percentage_point
    examples:
      - {growth: 50 %, now: 3 USD, then: 2 USD, verdict: consistent}
"""
HEADER = "indicator,time_period,measure,value,unit\n"
ROWS = [
    "sales,2022,level,100.0,USD",
    "sales,2023,level,150.0,USD",
    "sales,2023,growth,50,percent",
    "sales,2024,level,160.0,USD",
    "sales,2024,growth,20,percent",
    "staff,2024,growth,3,percent",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with a rule of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.yaml").write_text(RULES)
    return tmp_path


def check(*arguments: str) -> Ran:
    """`crosscheck check` with the rule alone, by columns."""
    return run("check", "--isolated", "--rules", "rules.yaml", "--engine", "columnar", *arguments)


def table(folder: Path, *rows: str, name: str = "table.csv", header: str = HEADER) -> str:
    """A CSV file."""
    (folder / name).write_text(header + "".join(f"{row}\n" for row in rows))
    return name


def as_parquet(folder: Path, query: str, name: str = "table.parquet") -> str:
    """A Parquet file from a query."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{folder / name}' (FORMAT parquet)")
    return name


def test_counts_and_the_worst_findings(folder: Path) -> None:
    result = check(table(folder, *ROWS), "--format", "concise")
    assert result.code == 1
    assert "table.csv:6:1: error: 20 percent does not follow from 160.0 USD and 150.0 USD" in result.out
    assert "1 error, 0 warnings, 0 notes in 6 figures of 1 table" in result.out
    assert "own-growth           1            0              1                  0" in result.out


def test_each_figure_of_a_finding_has_its_row(folder: Path) -> None:
    """Tables are not shown, so a person has to find the figures in them."""
    told = check(table(folder, *ROWS)).out
    assert "6 │ 20 percent  growth, 2024" in told
    assert "5 │ 160.0 USD  now, 2024" in told
    rows = ", ".join(f"('{a}', {b}, '{c}', {d}, '{e}')" for a, b, c, d, e in (row.split(",") for row in ROWS))
    query = f"SELECT * FROM (VALUES {rows}) t(indicator, time_period, measure, value, unit)"
    assert "160.0 USD  now, 2024, row 4" in check(as_parquet(folder, query)).out


def test_the_same_as_the_reference_engine(folder: Path) -> None:
    name = table(folder, *ROWS)
    ours = json.loads(check(name, "--format", "json").out)
    theirs = json.loads(
        run("check", "--isolated", "--rules", "rules.yaml", "--engine", "reference", name, "--format", "json").out
    )
    assert ours["checks"] == theirs["summary"]["checks"]
    spoken = [found for found in theirs["checks"] if found["level"] != "none"]
    assert [found["fingerprint"] for found in ours["findings"]] == [found["fingerprint"] for found in spoken]
    assert [found["computed"] for found in ours["findings"]] == [found["computed"] for found in spoken]


def test_the_engine_is_chosen_by_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = table(folder, *ROWS)
    arguments = ("check", "--isolated", "--rules", "rules.yaml", name, "--format", "json")
    assert json.loads(run(*arguments).out)["schema"] == "crosscheck/output/1"
    monkeypatch.setattr("crosscheck.project.large_tables.LARGE", 10)
    assert json.loads(run(*arguments).out)["schema"] == "crosscheck/tables/1"


def test_limit_and_all_of_them_in_files(folder: Path) -> None:
    rows = [f"g{n},2023,level,100,USD\ng{n},2024,level,110,USD\ng{n},2024,growth,{20 + n},percent" for n in range(9)]
    result = check(table(folder, *rows), "--limit", "2", "--format", "concise", "--output", "parquet=a/all.parquet",
                   "--output", "jsonl=all.jsonl")  # fmt: skip
    assert result.out.count(" error: ") == 2
    assert "g8" in result.out or "28 percent" in result.out  # the farthest apart first
    assert "shown: the 2 worst" in result.out
    lines = [json.loads(line) for line in (folder / "all.jsonl").read_text().splitlines()]
    assert [line["type"] for line in lines] == ["run", *["check"] * 9]
    found = duckdb.sql(f"SELECT * FROM '{folder / 'a' / 'all.parquet'}'").fetchall()
    assert len(found) == 9
    assert found[0][:7] == ("own-growth", "contradiction", "error", "table.csv", 28, "g8", "2024")


def test_parquet_of_many_types(folder: Path) -> None:
    query = """
        SELECT 'sales' AS indicator, 2022 AS time_period, 'level' AS measure, 100.0::DOUBLE AS value, 'USD' AS unit
        UNION ALL SELECT 'sales', 2023, 'level', 150.5, 'USD' UNION ALL SELECT 'sales', 2023, 'growth', 50.5, 'percent'
        UNION ALL SELECT 'sales', 2024, 'level', NULL, 'USD' UNION ALL SELECT 'sales', 2024, 'growth', 7, 'percent'
    """
    for kind in ("DOUBLE", "DECIMAL(12, 1)", "VARCHAR", "DECIMAL(38, 1)"):
        name = as_parquet(folder, f"SELECT * REPLACE (value::{kind} AS value) FROM ({query}) t ORDER BY ALL")
        found = json.loads(check(name, "--format", "json").out)
        assert found["checks"] == {"consistent": 1, "reconcilable": 0, "contradiction": 0, "unverifiable": 1}, kind
    small = run("check", "--isolated", "--rules", "rules.yaml", name, "--format", "json")
    assert json.loads(small.out)["summary"]["checks"] == found["checks"]


def test_two_tables_of_different_dates_soften_and_given_ones_are_not_reported(folder: Path) -> None:
    first = table(folder, *ROWS[:4], name="first.csv")
    second = table(folder, *ROWS[4:], name="second.csv")
    found = json.loads(check(first, second, "--format", "json").out)
    assert [one["level"] for one in found["findings"]] == ["warning"]
    given = json.loads(check(first, "--against", second, "--format", "json").out)
    assert [one["claims"][0]["document"] for one in given["findings"]] == ["second"]
    only = json.loads(run("check", "--isolated", "--rules", "rules.yaml", first, "--against", second,
                          "--engine", "reference", "--format", "json").out)  # fmt: skip
    assert [one["level"] for one in only["checks"] if one["level"] != "none"] == [one["level"] for one in given["findings"]]


def test_a_guessed_base_of_less_than_a_year_softens(folder: Path) -> None:
    rows = ["a,2023-01,level,100,USD", "a,2024-01,level,110,USD", "a,2024-01,growth,50,percent"]
    found = json.loads(check(table(folder, *rows), "--format", "json").out)
    assert [one["level"] for one in found["findings"]] == ["warning"]


def test_a_corrupt_parquet_file(folder: Path) -> None:
    name = as_parquet(folder, "SELECT 1 AS value")
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])
    result = check(name)
    assert result.code == 2
    assert "table.parquet: error: cannot be read: " in result.err
    assert "Traceback" not in result.err


def test_a_header_that_lies(folder: Path) -> None:
    result = check(table(folder, "sales,2022,level,100,USD", "sales,2023,level,1,USD,7", "", "sales,2024"))
    assert result.code == 2
    assert "table.csv:3: error: the row has 6 cells, the header 5" in result.err
    assert "table.csv:5: error: the row has 2 cells, the header 5" in result.err


def test_values_that_are_no_numbers_and_mixed_marks(folder: Path) -> None:
    rows = ['a,2022,level,"1.234,5",USD', "a,2023,level,1234.5,USD", "a,2024,level,n/a,USD", 'a,2025,level,"12,345",USD']
    result = check(table(folder, *rows))
    assert result.code == 2
    assert 'table.csv:2: error: column "value": "1.234,5" is not a plain number' in result.err
    assert 'table.csv:4: error: column "value": "n/a" is not a plain number' in result.err
    assert "leave the cell empty" in result.err
    assert "table.csv:5" not in result.err


def test_words_and_periods_that_are_none(folder: Path) -> None:
    rows = [
        "a,2022,level,1,USD",
        "a,Q1 24,level,1,USD",
        "a,Q1 24,level,2,USD",
        "a,2024,lvel,1,USD",
        "a,2023,level,1,gluons",
    ]
    result = check(table(folder, *rows))
    assert result.code == 2
    assert 'table.csv:3: error: column "time_period": "Q1 24" is no period' in result.err
    assert "(and in 1 more row)" in result.err
    assert 'table.csv:5: error: column "measure": `measure` cannot be "lvel"' in result.err
    assert 'table.csv:6: error: column "unit": unknown unit "gluons"' in result.err


def test_digits_beyond_the_decimals(folder: Path) -> None:
    header = "indicator,time_period,measure,value,unit,decimals\n"
    result = check(table(folder, "a,2022,level,1.25,USD,1", "a,2023,level,1.50,USD,1", header=header))
    assert result.code == 2
    assert 'table.csv:2: error: column "value": 1.25 has digits beyond its decimals, 1' in result.err
    assert "table.csv:3" not in result.err


@pytest.mark.skipif(os.name != "posix", reason="/dev/full is needed")
def test_a_full_disk_leaves_nothing_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    name = table(folder, *ROWS)
    (folder / "all.jsonl").write_text("old")
    monkeypatch.setattr("crosscheck.inputs.writing.os.fsync", full)
    result = check(name, "--output", "jsonl=all.jsonl", "--output", "parquet=all.parquet")
    assert result.code == 2
    assert "all.jsonl: error: cannot be written: No space left on device" in result.err
    assert (folder / "all.jsonl").read_text() == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["all.jsonl", "rules.yaml", "table.csv"]


def test_memory_that_does_not_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSCHECK_MEMORY", "1MB")
    result = check(table(folder, *(f"a{n},2022,level,{n},USD" for n in range(20_000))))
    assert result.code == 2
    assert "the tables could not be checked" in result.err


def test_formats_that_are_not_for_tables_and_other_inputs(folder: Path) -> None:
    assert "sarif is not for large tables" in check(table(folder, *ROWS), "--format", "sarif").all
    (folder / "claims.yaml").write_text("claims: []\n")
    assert "the columnar engine checks tables alone" in check("table.csv", "claims.yaml").err


def test_a_folder_of_parts_is_one_table(folder: Path) -> None:
    with duckdb.connect() as connection:
        for year, rows in ((2023, ROWS[:3]), (2024, ROWS[3:])):
            (folder / "facts" / f"time_period={year}").mkdir(parents=True)
            kept = [row.split(",") for row in rows if row.split(",")[1] == str(year)]
            values = ", ".join(f"('{one[0]}', '{one[2]}', {one[3]}, '{one[4]}')" for one in kept)
            query = f"SELECT * FROM (VALUES {values}) t(indicator, measure, value, unit)"
            connection.execute(f"COPY ({query}) TO '{folder}/facts/time_period={year}/part.parquet' (FORMAT parquet)")
    found = json.loads(check("facts", "--format", "json").out)
    assert found["tables"] == [{"path": "facts", "id": "facts"}]
    theirs = json.loads(run("check", "--isolated", "--rules", "rules.yaml", "--engine", "reference", "facts",
                            "--format", "json").out)  # fmt: skip
    assert [one["claims"] for one in found["findings"]] == [
        one["claims"] for one in theirs["checks"] if one["level"] != "none"
    ]
    assert found["findings"][0]["claims"][0]["id"] == "facts#row-time_period-2024-part.parquet-2"
    told = check("facts").out
    assert "┌─ facts/time_period=2024/part.parquet (row-2)" in told
    assert "150.0 USD  then, 2023, time_period=2023/part.parquet row 1" in told
    assert "then: 150.0, facts/time_period=2023/part.parquet (row-1)" in check("facts", "--format", "concise").out
