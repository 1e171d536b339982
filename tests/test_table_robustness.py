"""Tables that are broken, disks that are full, runs that are killed: what is said, and what is left behind."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from commands import run
from hypothesis import given, settings
from hypothesis import strategies as st
from test_large_tables import HEADER, ROWS, check, folder, table

from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.tables.engine import connect
from crosscheck.tables.reference import RowReader
from crosscheck.tables.sources import open_source

__all__ = ["folder"]
posix = pytest.mark.skipif(os.name != "posix", reason="limits and signals of POSIX")
COMMAND = (sys.executable, "-m", "crosscheck", "check", "--isolated", "--rules", "rules.yaml", "--engine", "columnar")


def many(folder: Path, count: int) -> str:
    """A table with a contradiction in every series."""
    rows = [
        f"a{n},2022,level,100.0,USD\na{n},2023,level,150.0,USD\na{n},2023,growth,{20 + n % 7},percent" for n in range(count)
    ]
    return table(folder, *rows, name="many.csv")


def irregular(seed: int) -> str:
    """The text of a table with blank lines and cells of several lines, its rows told apart by their values."""
    chance = random.Random(seed)
    end = chance.choice(["\n", "\r\n"])
    lines = [""] * chance.randint(0, 2) + ["note,time_period,value,unit"]
    for number in range(chance.randint(1, 30)):
        lines += [""] * (chance.random() < 0.2) + ["   "] * (chance.random() < 0.05)
        note = chance.choice(["", "plain", '"a, b"', '"two\nlines"', '"three\n\nlines"', '"a ""word"""'])
        lines.append(f"{note},{2000 + number},{number if chance.random() < 0.9 else ''},USD")
    return end.join(lines) + chance.choice(["", end, end + end])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_rows_are_counted_like_those_of_the_reader_of_tables(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    path = tmp_path_factory.mktemp("table") / "table.csv"
    path.write_bytes(irregular(seed).encode())
    expected = {claim.id: (claim.place.line, claim.place.row) for claim in read_csv_claims(path).claims}
    connection = connect(threads=1)
    source = open_source(connection, 0, path, TableMapping(), "table.csv", lambda dimension, text: text)
    reader = RowReader(source)
    rows = connection.execute(f"SELECT {source.row}, {', '.join(reader.columns)} FROM {source.relation}").fetchall()
    claims = [claim for row, *texts in rows if (claim := reader.claim(row, texts)) is not None]
    assert {claim.id: claim.place.row for claim in claims} == {name: row for name, (_, row) in expected.items()}
    for (
        claim
    ) in claims:  # where the row begins; the reader of tables tells the cell, which may stand two lines further down
        assert 0 <= (expected[claim.id][0] or 0) - (claim.place.line or 0) <= 2
    connection.close()


def test_line_ends_of_two_kinds_lose_no_row(folder: Path) -> None:
    for text in (HEADER + "\r\n".join(ROWS), HEADER.replace("\n", "\r\n") + "\n".join(ROWS) + "\n"):
        (folder / "table.csv").write_bytes(text.encode())
        result = check("table.csv", "--format", "concise")
        assert "table.csv:6:1: error: 20 percent does not follow" in result.out
        assert "in 6 figures of 1 table" in result.out


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (HEADER.encode() + b"a,2022,level,1,USD\na,2023\r,level,2,USD\n", "table.csv:3: error: 1 carriage returns that"),
        (HEADER.replace("\n", "\r").encode() + b"a,2022,level,1,USD\r", "its lines end in a carriage return alone"),
        (HEADER.encode() + b"a,2022,level,1,USD\n" * 20_000 + b"a,20\0,level,1,USD\n", "table.csv:20002: error: this is a"),
        (HEADER.encode() + b"a,2022,level,1,USD\na\xe9,2023,level,2,USD\n", "table.csv:3: error: Invalid unicode"),
        (HEADER.encode() + b'a,2022,level,1,USD\n"a,2023,level,2,USD\n', "is a quote opened and never closed?"),
        (HEADER.encode() + b"x" * 3_000_000 + b",2022,level,1,USD\n", "table.csv:2: error: Maximum line"),
    ],
)  # fmt: skip
def test_csv_that_is_broken(folder: Path, data: bytes, told: str) -> None:
    (folder / "table.csv").write_bytes(data)
    result = check("table.csv")
    assert result.code == 2
    assert told in result.err, result.err


def test_a_header_with_a_name_twice_that_nobody_reads(folder: Path) -> None:
    (folder / "crosscheck.toml").write_text(
        '[tables."table.csv"]\ncolumns = {indicator = "what", time_period = "when", value = "how much"}\n'
        'constants = {unit = "USD"}\n'
    )
    name = table(folder, "x,sales,2022,y,100,z", header="skip,what,when,skip,how much,\n")
    result = run("check", "--rules", "rules.yaml", "--engine", "columnar", name)
    assert "in 1 figure of 1 table" in result.all, result.all


def test_more_values_of_a_dimension_than_a_small_number_holds(folder: Path) -> None:
    result = check(many(folder, 20_000), "--limit", "1", "--format", "concise")
    assert "20,000 errors, 0 warnings, 0 notes in 60,000 figures of 1 table" in result.out


@posix
@pytest.mark.parametrize("output", ["jsonl=found", "parquet=found"])
def test_a_full_disk_is_told_and_the_old_file_stays(folder: Path, output: str) -> None:
    name = many(folder, 60)
    (folder / "found").write_text("old")
    ran = subprocess.run(
        [*COMMAND, name, "--limit", "0", "--output", output],
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000)),
    )
    assert ran.returncode == 2, ran.stderr
    assert "found: error: cannot be written: File too large" in ran.stderr
    assert (folder / "found").read_text() == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["found", "many.csv", "rules.yaml"]


@posix
def test_a_run_that_is_killed_leaves_the_old_file_and_nothing_that_is_taken_for_a_table(folder: Path) -> None:
    name, data = many(folder, 400), folder / "data"
    data.mkdir()
    (data / "found.jsonl").write_text("old")
    # A few figures at once, so that it writes for a while.
    script = "import crosscheck.tables.reference as r; r.BATCH = 9; from crosscheck.cli.app import main; main()"
    command = [sys.executable, "-c", script, *COMMAND[3:], name, "--output", "jsonl=data/found.jsonl"]
    with subprocess.Popen(command) as process:
        begun = time.monotonic()
        while not any(path.stat().st_size for path in data.glob(".crosscheck-*")) and time.monotonic() - begun < 120:
            assert process.poll() is None, "it ended before anything was written"
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert (data / "found.jsonl").read_text() == "old"
    assert any(path.stat().st_size for path in data.glob(".crosscheck-*")), "it was killed while it wrote"
    table(data, *ROWS)
    assert "in 6 figures of 1 table" in check("data").out


def test_parquet_that_is_broken(folder: Path) -> None:
    whole = folder / "table.parquet"
    with duckdb.connect() as connection:
        query = (
            "SELECT 'a' AS indicator, 2000 + i AS time_period, i * 7 % 1000 AS value, 'USD' AS unit FROM range(20000) t(i)"
        )
        connection.execute(f"COPY ({query}) TO '{whole}' (FORMAT parquet)")
    data = whole.read_bytes()
    middle = len(data) // 3
    for broken in (b"", b"PAR1", data[:-1], data[: len(data) // 2], data[:middle] + bytes(500) + data[middle + 500 :]):
        whole.write_bytes(broken)
        result = check(whole.name)
        assert result.code == 2, broken[:10]
        assert "table.parquet: error: cannot be read" in result.err
        assert "Traceback" not in result.all
        assert "bug of ours" not in result.all


@pytest.mark.parametrize("seed", [1, 4, 5, 15, 60, 111])
def test_parquet_with_bytes_that_were_changed(folder: Path, seed: int) -> None:
    """The engine tells some of these without the file's name, or with other texts in a second look."""
    chance = random.Random(seed)
    whole = folder / "table.parquet"
    with duckdb.connect() as connection:
        query = (
            "SELECT 'a' || i % 7 AS indicator, 2000 + i AS time_period, i % 90 AS value, 'USD' AS unit FROM range(90) t(i)"
        )
        connection.execute(f"COPY ({query}) TO '{whole}' (FORMAT parquet)")
    data = bytearray(whole.read_bytes())
    for _ in range(20):
        changed = bytearray(data)
        for _ in range(chance.choice([1, 3, 20])):
            changed[chance.randrange(4, len(data) - 8)] = chance.randrange(256)
        whole.write_bytes(changed)
        result = check(whole.name, "--allow-empty")
        assert result.code in (0, 1, 2), result.err
        assert result.code < 2 or result.err.startswith("table.parquet"), result.err


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("t.csv.gz", b"\x1f\x8b\x08\x00", "is compressed (gzip)"),
        ("t.csv", b"\x1f\x8b\x08\x00", "is compressed (gzip)"),
        ("t.csv.zst", b"\x28\xb5\x2f\xfd\x04", "is compressed (zstd)"),
        ("t.zip", b"PK\x03\x04\x14", "is a ZIP archive or a workbook"),
        ("t.csv", "value,unit\n1,USD\n".encode("utf-16"), "is a text in UTF-16"),
        ("t.csv", b"PAR1\x15\x04", "is Parquet by its first bytes"),
    ],
)
def test_a_file_that_is_no_text(folder: Path, name: str, data: bytes, told: str) -> None:
    (folder / name).write_bytes(data)
    result = check(name)
    assert result.code == 2
    assert f"{name}: error: {told}" in result.err


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_empty_cell_too_many_is_a_fault_where_nothing_is_beyond_the_header(folder: Path, end: str) -> None:
    header = f"note,{HEADER.strip()},scale"
    right = ["x,a,2022,level,100,USD,", 'x,a,2023,level,"1,100",USD,', '"x\ny,",a,2024,level,5,USD,']
    pushed = ["sold, and bought,a,2021,level,100,USD,"]  # another cell holds the delimiter
    (folder / "t.csv").write_bytes(f"{end.join([header, *right])}{end}".encode())
    assert check("t.csv", "--allow-empty").code in (0, 1)
    (folder / "t.csv").write_bytes(f"{end.join([header, *right, *pushed])}".encode())
    result = check("t.csv")
    assert result.code == 2
    assert "t.csv:6: error: the row has 8 cells, the header 7" in result.err


def test_very_many_texts_that_are_no_periods_are_not_each_looked_for(folder: Path) -> None:
    rows = (f"a,{number % 28 + 1}.01.{number},level,1,USD" for number in range(1000, 9000))
    result = check(table(folder, *rows))
    assert result.code == 2
    assert result.err.count(" is no period") == 200
    assert "7,800 more faults are not shown" in result.err


@pytest.mark.parametrize("text", ["", "\n\n", "a,2022,level,100,USD\na,2023,level,150,USD\n"])
def test_a_table_without_a_header_is_told_apart_from_what_is_no_table(folder: Path, text: str) -> None:
    (folder / "table.csv").write_text(text)
    result = check("table.csv")
    assert result.code == 2
    assert "table.csv: error: is no table of claims: no column holds the values" in result.err
    assert "indicator,time_period,value,unit" in result.err


def test_more_columns_than_are_read(folder: Path) -> None:
    wide = ",".join(f"c{number}" for number in range(2_000))
    result = check(table(folder, "a,2022,level,1,USD," + "x," * 1_999 + "x", header=f"{HEADER.strip()},{wide}\n"))
    assert "table.csv:1:1: error: 2,005 columns; at most 1,000 are read" in result.err
    assert "hint: keep those" in result.err


def test_names_with_quotes_spaces_and_brackets(folder: Path) -> None:
    name = table(folder, *ROWS, name="it's [a] {b} c?.csv")
    assert "in 6 figures of 1 table" in check(name).out
    (folder / "it's [x]" / "year=1").mkdir(parents=True)
    path = "it''s [x]/year=1/a b.parquet"
    with duckdb.connect() as connection:
        rows = ", ".join(f"('{a}', {b}, '{c}', {d}, '{e}')" for a, b, c, d, e in (row.split(",") for row in ROWS))
        query = f"SELECT * FROM (VALUES {rows}) t(indicator, time_period, measure, value, unit)"
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    assert "in 6 figures of 1 table" in check("it's [x]").out


def test_parts_of_other_types_and_parts_that_are_broken(folder: Path) -> None:
    for part in ("part=1", "part=2"):
        (folder / "parts" / part).mkdir(parents=True)
    rows = ", ".join(f"('{a}', {b}, '{c}', {d}, '{e}')" for a, b, c, d, e in (row.split(",") for row in ROWS))
    query = f"SELECT * FROM (VALUES {rows}) t(indicator, time_period, measure, value, unit)"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO 'parts/part=1/a.parquet' (FORMAT parquet)")
        other = f"SELECT * REPLACE (indicator || '2' AS indicator, CAST(value AS VARCHAR) AS value) FROM ({query})"
        connection.execute(f"COPY ({other}) TO 'parts/part=2/b.parquet' (FORMAT parquet)")
    result = check("parts", "--format", "concise")
    assert "in 12 figures of 1 table" in result.out
    assert result.out.count(" error: ") == 2
    (folder / "parts" / "part=2" / "b.parquet").write_text("garbage")
    result = check("parts")
    assert result.code == 2
    assert "parts/part=2/b.parquet: error: cannot be read" in result.err


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("{'v': value} AS value", 'column "value" for `value` holds struct values'),
        ("[indicator] AS indicator", 'column "indicator" for `indicator` holds varchar[] values'),
        ("true AS value", 'row 1: column "value": "true" is not a plain number'),
        ("TIMESTAMP '2020-01-01' AS value", '"2020-01-01 00:00:00" is not a plain number'),
        ("INTERVAL 1 YEAR AS time_period", '"1 year" is no period'),
        ("'inf'::DOUBLE AS value", '"inf" is not a plain number'),
        ("CASE WHEN time_period = 2022 THEN '1.234,5' ELSE '7' END AS value", "is that a decimal comma?"),
    ],
)
def test_columns_of_types_that_hold_no_figure(folder: Path, column: str, told: str) -> None:
    rows = (
        "SELECT * FROM (VALUES ('a', 2022, 100.0, 'USD'), ('a', 2023, 150.0, 'USD')) t(indicator, time_period, value, unit)"
    )
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * REPLACE ({column}) FROM ({rows})) TO 'table.parquet' (FORMAT parquet)")
    result = check("table.parquet")
    assert result.code == 2
    assert told in result.err


@posix
def test_what_a_killed_run_spilled_is_gone_after_the_next_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "spill").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder / "spill"))
    script = "import tempfile, time; from crosscheck.inputs.spilling import spill_folder\n"
    script += f"tempfile.tempdir = {str(folder / 'spill')!r}\n"
    script += "with spill_folder() as f: (f / 'spilled').write_text('x'); print('begun', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        check(table(folder, *ROWS))
        (left,) = (folder / "spill").iterdir()  # of a run that goes on
        assert (left / "spilled").exists()
        process.kill()
    check("table.csv")
    assert list((folder / "spill").iterdir()) == []
