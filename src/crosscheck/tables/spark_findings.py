"""What a run on Spark found: the worst and all of it in full, worked out on the driver, or as Parquet by the workers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crosscheck.checking.checks import Check
from crosscheck.checking.levels import ORDER
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.tables.dialect import quoted_text
from crosscheck.tables.engine import VERDICTS
from crosscheck.tables.facts import ROW_BITS
from crosscheck.tables.reference import part_sql
from crosscheck.tables.spark import SparkRun, checks_on_driver

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def worst(session: SparkSession, run: SparkRun, limit: int, lowest: str) -> list[Check]:
    """The `limit` worst findings of level `lowest` and above: errors first, and of a level those farthest apart."""
    least = ORDER.index(lowest)
    rows = run.found.where(f"level >= {least} AND rid IS NOT NULL")
    chosen = _worst_first(rows).limit(limit).select("rule", "rid").collect()
    places = {(int(row[0]), int(row[1])): place for place, row in enumerate(chosen)}
    found: list[tuple[int, Check]] = []
    for number in sorted({rule for rule, _ in places}):
        for check, rid in _full(session, run, number, {rid for rule, rid in places if rule == number}):
            if ORDER.index(check.level) >= least:
                found.append((places[number, rid], check))
    return [check for _, check in sorted(found, key=lambda one: (one[0], one[1].id))]


def briefs(run: SparkRun, lowest: str, full: int) -> Iterator[dict[str, object]]:
    """The findings of level `lowest` and above but about `full` of the worst, which are told in full; not in order."""
    least, row = ORDER.index(lowest), (1 << ROW_BITS) - 1
    rows = run.found.where(f"level >= {least} AND rid IS NOT NULL")
    first = _worst_first(rows).limit(full).select("rule", "rid").distinct()
    for found in rows.join(first, ["rule", "rid"], "left_anti").toLocalIterator():
        source = run.prepared.sources[found["rid"] >> ROW_BITS]
        path = source.document.path or source.path
        file, within = source.part(found["rid"] & row)
        yield {
            "rule": run.rules[found["rule"]].id,
            "verdict": VERDICTS[found["verdict"]],
            "level": ORDER[found["level"]],
            "path": os.path.join(path, file) if file else path,
            "row": within + 1,
            "apart": found["miss"],
        }


def _worst_first(rows: DataFrame) -> DataFrame:
    return rows.orderBy("level", "miss", "rule", "rid", ascending=[False, False, True, True])


def _full(session: SparkSession, run: SparkRun, number: int, rids: set[int]) -> Iterator[tuple[Check, int]]:
    if not rids:
        return
    rule, prepared = run.rules[number], run.prepared
    session.createDataFrame([(rid,) for rid in sorted(rids)], "rid BIGINT").createOrReplaceTempView("subjects")
    parts = f"SELECT {part_sql(rule, prepared, 'x')} FROM rows x WHERE x.rid IN (SELECT rid FROM subjects)"
    for check, rid in checks_on_driver(prepared, session, rule, parts, verdicts_alone=False):
        if rid in rids:
            yield check, rid


def write_parquet(run: SparkRun, path: Path) -> None:
    """What was found, as a folder of Parquet written by the workers: rule, verdict, level, table, row number, `apart`.

    Raises InputFaults.
    """
    from pyspark.errors import PySparkException

    rules = ", ".join(quoted_text(rule.id) for rule in run.rules)
    tables = ", ".join(quoted_text(source.document.path or source.path) for source in run.prepared.sources)
    verdicts, levels = (", ".join(map(quoted_text, words)) for words in (VERDICTS, ORDER))
    row = (1 << ROW_BITS) - 1
    chosen: Any = run.found.where("level > 0 AND rid IS NOT NULL").selectExpr(
        f"element_at(array({rules}), rule + 1) AS rule",
        f"element_at(array({verdicts}), verdict + 1) AS verdict",
        f"element_at(array({levels}), level + 1) AS level",
        f"element_at(array({tables}), CAST(shiftright(rid, {ROW_BITS}) AS INT) + 1) AS table",
        f"(rid & {row}) + 1 AS row",
        "miss AS apart",
    )
    try:
        chosen.write.mode("errorifexists").parquet(os.path.abspath(path))
    except PySparkException as error:
        told = str(error).splitlines()[0][:200]
        raise InputFaults(
            [Fault(str(path), None, None, f"cannot be written: {told}", "name a folder that is not there")]
        ) from None
