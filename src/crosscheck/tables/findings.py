"""What a run over tables found: the worst in full, all of it in brief, or as a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crosscheck.checking.checks import Check
from crosscheck.checking.levels import ORDER
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import replacing
from crosscheck.tables.briefs import met_of
from crosscheck.tables.dialect import quoted_text, reason
from crosscheck.tables.engine import TableRun
from crosscheck.tables.places import WORST_FIRST, free, texts_of, where_of
from crosscheck.tables.reference import checks_of, part_sql, rows_of

# So many rows are read at most to tell the findings of a rule in full. Where the parts of the data that they stand in have
# more, only the figures that they compare are read: slips that others would tell (another period's figure) are not seen.
MOST = 20_000
OWN = ("rule", "verdict", "level", "file", "row", "apart")  # columns of the Parquet file beside the dimensions


def worst(run: TableRun, limit: int, lowest: str) -> list[Check]:
    """The `limit` worst findings of level `lowest` and above: errors first, and of a level those farthest apart."""
    least = ORDER.index(lowest)
    rows = run.prepared.connection.execute(
        f"SELECT rule, rid FROM found WHERE rid IS NOT NULL AND level >= {least} {WORST_FIRST} LIMIT {limit}"
    ).fetchall()
    places = {(int(rule), int(rid)): place for place, (rule, rid) in reversed(list(enumerate(rows)))}
    found: list[tuple[int, Check]] = []
    for number in dict.fromkeys(int(rule) for rule, _ in rows):
        listed = ", ".join(str(rid) for rule, rid in rows if rule == number)
        for check, rid in _full(run, number, f"SELECT rid FROM found WHERE rid IN ({listed})"):
            if ORDER.index(check.level) >= least and (number, rid) in places:
                found.append((places[number, rid], check))
    return [check for _, check in sorted(found, key=lambda one: (one[0], one[1].id))]


def _full(run: TableRun, number: int, subjects: str) -> Iterator[tuple[Check, int]]:
    """The checks of a rule about some subjects, by the reference evaluator, with the row of the subject."""
    rule, connection = run.rules[number], run.prepared.connection
    connection.execute(f"CREATE OR REPLACE TABLE subjects AS {subjects}")
    part = part_sql(rule, run.prepared, "r")
    parts = f"SELECT {part_sql(rule, run.prepared, 'x')} FROM rows x WHERE x.rid IN (FROM subjects)"
    count = f"SELECT count(*) FROM rows r WHERE {part} IN ({parts}) {rows_of(rule, run.prepared)}"
    alone = None
    if int(connection.execute(count).fetchall()[0][0]) > MOST:
        met = f"SELECT unnest(met).rid FROM ({met_of(run, number, 'FROM subjects', 1)}) t"
        alone = f"SELECT rid FROM subjects UNION {met}"
        if run.prepared.groups:
            alone += f" UNION SELECT m.rid FROM merged m JOIN merged n ON m.rep = n.rep WHERE n.rid IN ({alone})"
    for check, rid, _ in checks_of(rule, run.prepared, parts, "FROM subjects", alone=alone):
        yield check, rid


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
