"""What a run over tables found: the worst first, all of it as a stream of full checks, or as a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from crosscheck.checking.checks import Check
from crosscheck.checking.levels import ORDER
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import replacing
from crosscheck.tables.dialect import quoted_text, reason
from crosscheck.tables.engine import TableRun
from crosscheck.tables.facts import ROW_BITS
from crosscheck.tables.reference import checks_of, part_sql
from crosscheck.tables.sources import PART_BITS


def worst(run: TableRun, limit: int, lowest: str) -> list[Check]:
    """The `limit` worst findings of level `lowest` and above: errors first, and of a level those farthest apart."""
    least = ORDER.index(lowest)
    rows = run.prepared.connection.execute(
        f"SELECT rule, rid FROM found WHERE rid IS NOT NULL AND level >= {least} "
        f"ORDER BY level DESC, miss DESC NULLS LAST, rule, rid LIMIT {limit}"
    ).fetchall()
    places = {(int(rule), int(rid)): place for place, (rule, rid) in enumerate(rows)}
    found: list[tuple[int, Check]] = []
    for number in dict.fromkeys(int(rule) for rule, _ in rows):
        listed = ", ".join(str(rid) for rule, rid in rows if rule == number)
        for check, rid in _full(run, number, f"SELECT rid FROM found WHERE rid IN ({listed})"):
            if ORDER.index(check.level) >= least and (number, rid) in places:
                found.append((places[number, rid], check))
    return [check for _, check in sorted(found, key=lambda one: (one[0], one[1].id))]


def every(run: TableRun, lowest: str = "note") -> Iterator[Check]:
    """All findings of level `lowest` and above, rule by rule; each is worked out when it is asked for."""
    least = ORDER.index(lowest)
    for number in range(len(run.rules)):
        subjects = f"SELECT rid FROM found WHERE rule = {number} AND level >= {least} AND rid IS NOT NULL"
        for check, _ in _full(run, number, subjects):
            if ORDER.index(check.level) >= least:
                yield check


def _full(run: TableRun, number: int, subjects: str) -> Iterator[tuple[Check, int]]:
    """The checks of a rule about some subjects, by the reference evaluator, with the row of the subject."""
    rule, prepared = run.rules[number], run.prepared
    prepared.connection.execute(f"CREATE OR REPLACE TABLE subjects AS {subjects}")
    if prepared.connection.execute("SELECT count(*) FROM subjects").fetchall() == [(0,)]:
        return
    parts = f"SELECT {part_sql(rule, prepared, 'x')} FROM rows x WHERE x.rid IN (SELECT rid FROM subjects)"
    yield from checks_of(rule, prepared, parts, "SELECT rid FROM subjects")


def write_parquet(run: TableRun, path: Path) -> None:
    """All findings as a Parquet file: rule, verdict, level, file, row and dimensions of the figure in doubt, `apart`.

    `apart` is how many times the slack of rounding stated and computed figure are apart. Raises InputFaults.
    """
    import duckdb

    rules = [quoted_text(rule.id) for rule in run.rules]
    file, row = where_of(run, "f.rid")
    columns = [
        f"list_extract([{', '.join(rules)}], f.rule + 1) AS rule",
        "list_extract(['consistent', 'reconcilable', 'contradiction', 'unverifiable'], f.verdict + 1) AS verdict",
        f"list_extract({list(ORDER)}, f.level + 1) AS level",
        f"{file} AS file",
        f"{row} AS row",
        *(f"{text} AS {free(name, OWN)}" for name, text in texts_of(run, "r.key")),
    ]
    columns.append("f.miss AS apart")
    query = (
        f"SELECT {', '.join(columns)} FROM found f JOIN rows r ON r.rid = f.rid WHERE f.level > 0 "
        f"ORDER BY f.level DESC, f.miss DESC NULLS LAST, f.rule, f.rid"
    )
    try:
        with replacing(path) as target:
            run.prepared.connection.execute(f"COPY ({query}) TO {quoted_text(str(target))} (FORMAT parquet)")
    except duckdb.Error as error:
        raise InputFaults([Fault(str(path), None, None, f"cannot be written: {reason(error)[:200]}")]) from None


OWN = ("rule", "verdict", "level", "file", "row", "apart")


def where_of(run: TableRun, rid: str) -> tuple[str, str]:
    """File and row of a row by its number, in SQL."""
    sources = run.prepared.sources
    tables, table = [], f"CAST({rid} >> {ROW_BITS} AS INT) + 1"
    own = f"({rid} & {(1 << ROW_BITS) - 1})"
    for source in sources:
        path = source.document.path or source.path
        if source.files:
            listed = ", ".join(quoted_text(f"{path}/{file}") for file in source.files)
            tables.append(f"list_extract([{listed}], ({own} >> {PART_BITS}) + 1)")
        else:
            tables.append(quoted_text(path))
    firsts = ", ".join(str(source.first_row) for source in sources)
    row = f"({own} & {(1 << PART_BITS) - 1}) + list_extract([{firsts}], {table})"
    cases = " ".join(f"WHEN {number} THEN {text}" for number, text in enumerate(tables, 1))
    return f"CASE {table} {cases} END", row


def texts_of(run: TableRun, key: str) -> Iterator[tuple[str, str]]:
    """Each dimension with the text of its value by the key of a row, in SQL."""
    for axis in run.prepared.facts.axes.values():
        texts = {"texts": list(axis.texts)}
        table = f"texts_{axis.column}"
        run.prepared.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT unnest($texts) AS t", texts)
        yield axis.name, f"(SELECT t FROM {table} x WHERE x.rowid = {key} // {axis.stride} % {len(axis.texts) + 1})"


def free(name: str, own: Sequence[str]) -> str:
    """The name of a dimension's column, told apart from the file's own columns."""
    return f"dimension_{name}" if name in own else name
