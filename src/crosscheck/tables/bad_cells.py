"""What is wrong in tables taken together: found part by part, kept in the engine, and written as one Parquet file."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from pathlib import Path

from crosscheck.checking.levels import ORDER as LEVELS
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.csv_table import Resolve
from crosscheck.claims.model import MEASURES
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import replacing
from crosscheck.tables.components import BATCH, Parts, batches, counts, parts_of
from crosscheck.tables.dialect import quoted_text, reason
from crosscheck.tables.engine import Progress, TableRun
from crosscheck.tables.places import free, texts_of, where_of
from crosscheck.tables.reference import RowReader
from crosscheck.tables.solving import SECONDS, Cell, Solved, Task, Teller, solve

KEEP = 500  # parts, and then what was found of them goes to the engine
CELLS = {
    "row": "BIGINT", "fault": "BIGINT", "option": "INTEGER", "options": "INTEGER", "together": "INTEGER",
    "weight": "VARCHAR", "stated": "VARCHAR", "unit": "VARCHAR", "value": "DOUBLE", "low": "DOUBLE", "high": "DOUBLE",
    "low_closed": "BOOLEAN", "high_closed": "BOOLEAN", "repair": "VARCHAR",
}  # fmt: skip
FAULTS = {
    "fault": "BIGINT", "part": "BIGINT", "conflict": "VARCHAR", "level": "TINYINT", "rules": "VARCHAR[]",
    "figures": "INTEGER", "conflicts": "INTEGER", "apart": "DOUBLE", "complete": "BOOLEAN", "suppressed": "BOOLEAN",
    "page": "VARCHAR", "entry": "VARCHAR", "options": "INTEGER",
}  # fmt: skip
PARTS = {"part": "BIGINT", "search": "VARCHAR", "components": "INTEGER", "linked": "INTEGER"}


@dataclass(slots=True)
class Joint:
    """Tables taken together. Counts are of faults by level, and of cells; `searches` are parts by how far they were looked
    through. What was found of each stands in the tables `faults`, `cells` and `solved` of the engine."""

    run: TableRun
    parts: Parts
    levels: dict[str, int] = field(default_factory=dict)
    faults: int = 0
    suppressed: int = 0
    certain: int = 0  # faults with one lightest repair
    hopeless: int = 0  # faults in which nothing may be doubted
    certain_cells: int = 0
    tied_cells: int = 0
    searches: dict[str, int] = field(default_factory=dict)
    left_out: int = 0
    components: int = 0
    done: int = 0  # parts that were looked at before the time was up
    seconds: float = 0.0  # of processors, of all workers


def reconcile_tables(
    run: TableRun,
    codelists: CodeLists,
    resolving: Callable[[CodeLists], Resolve],
    tell: Teller,
    progress: Progress,
    jobs: int | None = None,
    every: bool = False,
    seconds: int | None = None,
) -> Joint:
    """Takes a checked run over tables together, part by part, with so many workers; raises InputFaults.

    After so many `seconds` what was found by then is all.
    """
    prepared = run.prepared
    parts = parts_of(run, every)
    joint = Joint(run, parts)
    for name, columns in (("cells", CELLS), ("faults", FAULTS), ("solved", PARTS)):
        listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        prepared.connection.execute(f"CREATE OR REPLACE TABLE {name} ({listed})")
    rules = [rule for rule in run.rules if counts(rule)]
    task = Task(rules, codelists, prepared.sources, resolving, tell, SECONDS if seconds is None else min(SECONDS, seconds))
    kept: list[Solved] = []
    workers = jobs or min(os.cpu_count() or 1, parts.wanted_figures // BATCH)
    readers = [RowReader(source) for source in prepared.sources]
    begun = time.monotonic()
    for solved in solve(task, batches(prepared, readers), workers):
        kept.append(solved)
        joint.done += 1
        progress("taking together what hangs together", joint.done / max(1, parts.wanted))
        if len(kept) >= KEEP:
            _keep(joint, kept)
            kept = []
        if seconds is not None and time.monotonic() - begun > seconds:
            break
    _keep(joint, kept)
    _count(joint)
    progress("done", 1)
    return joint


def _keep(joint: Joint, found: Sequence[Solved]) -> None:
    cells: list[tuple[object, ...]] = []
    faults: list[tuple[object, ...]] = []
    for solved in found:
        joint.left_out += solved.left_out
        joint.components += solved.components
        joint.seconds += solved.seconds
        for one in solved.faults:
            joint.faults += 1
            cells += [astuple(replace(cell, fault=joint.faults)) for cell in one.cells]
            options = max((cell.option for cell in one.cells), default=0)
            faults.append(
                (joint.faults, solved.part, one.conflict, one.level, list(one.rules), one.figures, one.conflicts, one.apart,
                 one.complete, one.suppressed, one.page, one.entry, options)
            )  # fmt: skip
    _insert(joint, "cells", CELLS, cells)
    _insert(joint, "faults", FAULTS, faults)
    _insert(joint, "solved", PARTS, [(one.part, one.search, one.components, one.linked) for one in found])


def _insert(joint: Joint, table: str, columns: dict[str, str], rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        listed = ", ".join(f"unnest(${name}::{kind}[]) AS {name}" for name, kind in columns.items())
        values = {name: [row[place] for row in rows] for place, name in enumerate(columns)}
        joint.run.prepared.connection.execute(f"INSERT INTO {table} SELECT {listed}", values)


def _count(joint: Joint) -> None:
    connection = joint.run.prepared.connection
    levels = connection.execute("SELECT level, count(*) FROM faults WHERE NOT suppressed GROUP BY 1").fetchall()
    joint.levels = {LEVELS[level]: int(count) for level, count in levels}
    query = "SELECT count(*) FILTER (suppressed), count(*) FILTER (options = 1), count(*) FILTER (options = 0) FROM faults"
    ((joint.suppressed, joint.certain, joint.hopeless),) = connection.execute(query).fetchall()
    query = "SELECT count(DISTINCT row) FILTER (options = 1), count(DISTINCT row) FILTER (options > 1) FROM cells"
    ((joint.certain_cells, joint.tied_cells),) = connection.execute(query).fetchall()
    joint.searches = dict(connection.execute("SELECT search, count(*) FROM solved GROUP BY 1").fetchall())


def worst(joint: Joint, limit: int) -> Iterator[tuple[int, str, str]]:
    """The worst faults: number, in words, and as JSON. The gravest first, and of a level those that are farthest off."""
    cursor = joint.run.prepared.connection.cursor()
    cursor.execute(f"SELECT fault, page, entry FROM faults ORDER BY {ORDER} LIMIT {limit}")
    while rows := cursor.fetchmany(1_000):
        yield from rows


ORDER = "suppressed, level DESC, apart DESC, part, fault"
OWN = ("file", "row", "measure", "stated", "unit", "value", "low", "high", "low_closed", "high_closed", "repair", "fault",
       "conflict", "level", "rules", "option", "options", "together", "tied", "weight", "figures", "apart", "complete",
       "search", "linked")  # fmt: skip


def write_bad_cells(joint: Joint, path: Path) -> None:
    """All suspect cells as a Parquet file, a row for each repair that a cell stands in; raises InputFaults, and OSError.

    Cells that break a rule in a part that was not decided are in it as well, without a repair.
    """
    import duckdb

    run = joint.run
    file, row = where_of(run, "c.row")
    dimensions = [f"{text} AS {free(name, OWN)}" for name, text in texts_of(run, "r.key")]
    dimensions.append(f"list_extract({list(MEASURES)}, r.m + 1) AS measure")
    levels = "list_extract(['none', 'note', 'warning', 'error'], f.level + 1)"
    told = [
        "c.stated", "c.unit", "c.value", "c.low", "c.high", "c.low_closed", "c.high_closed", "c.repair", "c.fault",
        "f.conflict", f"{levels} AS level", "f.rules", "c.option", "c.options", "c.together", "c.options > 1 AS tied",
        "c.weight", "f.figures", "f.apart", "f.complete", "s.search", "s.linked",
    ]  # fmt: skip
    listed = ", ".join([f"{file} AS file", f"{row} AS row", *dimensions, *told])
    known = (
        f"SELECT {listed} FROM cells c JOIN faults f ON f.fault = c.fault JOIN solved s ON s.part = f.part "
        f"JOIN rows r ON r.rid = c.row"
    )
    order = "level = 'error' DESC, apart DESC NULLS LAST, fault, option, file, row"
    query = f"SELECT * FROM ({known} UNION ALL BY NAME {_undecided(joint)}) ORDER BY {order}"
    try:
        with replacing(path) as target:
            run.prepared.connection.execute(f"COPY ({query}) TO {quoted_text(str(target))} (FORMAT parquet)")
    except duckdb.Error as error:
        raise InputFaults([Fault(str(path), None, None, f"cannot be written: {reason(error)[:200]}")]) from None


def _undecided(joint: Joint) -> str:
    """Cells at which a rule is broken in parts of which no fault is known, with what is known of them."""
    run = joint.run
    file, row = where_of(run, "r.rid")
    dimensions = [f"{text} AS {free(name, OWN)}" for name, text in texts_of(run, "r.key")]
    dimensions.append(f"list_extract({list(MEASURES)}, r.m + 1) AS measure")
    rules = ", ".join(quoted_text(rule.id) for rule in run.rules)
    listed = ", ".join([f"{file} AS file", f"{row} AS row", *dimensions])
    return (
        f"SELECT {listed}, 'error' AS level, [list_extract([{rules}], o.rule + 1)] AS rules, o.miss AS apart, "
        f"FALSE AS complete, coalesce(s.search, 'not taken together') AS search "
        f"FROM found o JOIN broken b ON b.rid = o.rid JOIN rows r ON r.rid = o.rid "
        f"LEFT JOIN chosen k ON k.rid = o.rid LEFT JOIN solved s ON s.part = k.part "
        f"WHERE o.verdict = 2 AND coalesce(s.search, '') NOT IN ('complete', 'near each conflict') "
        f"AND o.rid NOT IN (SELECT row FROM cells)"
    )


assert list(CELLS) == [one.name for one in fields(Cell)]
