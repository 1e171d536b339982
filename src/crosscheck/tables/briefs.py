"""Findings in brief, straight from the columns: which rule, how grave, which row, and the rows that it was compared with.

A finding in full (its argument, what each figure would have to be, slips) is work for the reference evaluator, a few
milliseconds each; of a hundred thousand nobody reads more than where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crosscheck.checking.levels import ORDER
from crosscheck.claims.table_mapping import MEASURE, SCALE, UNIT
from crosscheck.tables.amounts import cell_of, word_sql
from crosscheck.tables.compiling import compile_rule
from crosscheck.tables.dialect import quoted_text
from crosscheck.tables.engine import VERDICTS, TableRun
from crosscheck.tables.facts import ROW_BITS
from crosscheck.tables.places import WORST_FIRST, texts_of, where_of
from crosscheck.tables.polynomial import Refused
from crosscheck.tables.selecting import NeverBinds

CELL = ("path", "row", "measure", "value", "scale", "unit")


def met_of(run: TableRun, number: int, subjects: str, least: int) -> str:
    """The findings of a rule from a level on about some subjects, a query of rows, in SQL: rule, verdict, level, rid, miss,
    and `met`, the rows of the other operands with their roles.
    """
    rule = run.rules[number]
    told = f"SELECT * FROM told WHERE rule = {number} AND level >= {least} AND rid IN ({subjects})"
    by_reference = f"SELECT rid FROM told WHERE rule = {number}"
    chosen = f"rule = {number} AND level >= {least} AND rid IN ({subjects}) AND rid NOT IN ({by_reference})"
    if not run.prepared.connection.execute(f"SELECT 1 FROM found WHERE {chosen} LIMIT 1").fetchall():
        return told
    if rule.duplicates:
        (again,) = (name for name in rule.variables if name != rule.subject)
        pairs = "SELECT m.rid AS rid, n.rid AS other FROM merged m JOIN merged n ON n.rep = m.rep AND n.rid <> m.rid"
        met = f"SELECT rid, list({{'role': {quoted_text(again)}, 'rid': other}}) AS met FROM ({pairs}) p GROUP BY rid"
        found = f"SELECT rule, verdict, level, rid, miss FROM found WHERE {chosen}"
        return f"{told} UNION ALL SELECT f.*, m.met FROM ({found}) f JOIN ({met}) m ON m.rid = f.rid"
    only = f"s.rid IN (SELECT rid FROM found WHERE {chosen})"
    try:
        made = compile_rule(rule, run.prepared.facts, only=only, told=True).sql
    except (NeverBinds, Refused):
        return told
    columns = f"{number}, verdict, level, rid, miss, met"
    return f"{told} UNION ALL SELECT {columns} FROM ({made}) v WHERE rid IS NOT NULL AND level >= {least}"


def briefs(run: TableRun, lowest: str, full: int) -> Iterator[dict[str, object]]:
    """The findings of level `lowest` and above but the `full` worst, the worst first, as entries of JSON.

    Each has its rule, verdict and level, file, row, cells and dimensions of its subject, how many times the slack of
    rounding it is `apart`, and the same of the figures that it was compared with.
    """
    connection, least = run.prepared.connection, ORDER.index(lowest)
    count = f"SELECT count(*) FROM found WHERE rid IS NOT NULL AND level >= {least}"
    if int(connection.execute(count).fetchall()[0][0]) <= full:
        return
    every = f"SELECT rid FROM found WHERE rid IS NOT NULL AND level >= {least}"
    connection.execute("CREATE OR REPLACE TABLE briefs AS FROM told LIMIT 0")
    for number in range(len(run.rules)):
        told = met_of(run, number, f"{every} AND rule = {number}", least)
        connection.execute(f"INSERT INTO briefs {told}")
    first = f"SELECT rule, rid FROM found WHERE rid IS NOT NULL AND level >= {least} {WORST_FIRST} LIMIT {full}"
    connection.execute(
        f"CREATE OR REPLACE TABLE others AS SELECT row_number() OVER ({WORST_FIRST}) AS n, * FROM briefs b "
        f"WHERE (rule, rid) NOT IN ({first})"
    )
    cells = _cells(run, "SELECT rid FROM others UNION SELECT unnest(met).rid FROM others")
    connection.execute(f"CREATE OR REPLACE TABLE cells AS {cells}")
    unnested = "SELECT n, unnest(met) AS m, generate_subscripts(met, 1) AS place FROM others"
    met = (
        "SELECT n, list({'role': o.m.role, 'cell': c} ORDER BY place) AS met "
        f"FROM ({unnested}) o JOIN cells c ON c.rid = o.m.rid GROUP BY n"
    )
    query = (
        f"SELECT o.rule, o.verdict, o.level, o.miss, c, m.met FROM others o JOIN cells c ON c.rid = o.rid "
        f"LEFT JOIN ({met}) m ON m.n = o.n ORDER BY o.n"
    )
    cursor = connection.cursor()
    cursor.execute(query)
    names = list(run.prepared.facts.axes)
    while rows := cursor.fetchmany(2_000):
        for rule, verdict, level, miss, cell, others in rows:
            yield {
                "rule": run.rules[rule].id,
                "verdict": VERDICTS[verdict],
                "level": ORDER[level],
                **_entry(cell, names),
                "apart": miss,
                "claims": [{"role": one["role"], **_entry(one["cell"], names)} for one in others or ()],
            }


def _entry(cell: Mapping[str, Any], names: list[str]) -> dict[str, object]:
    own = {name: cell[name] for name in CELL}
    own["dimensions"] = {name: text for place, name in enumerate(names) if (text := cell[f"d{place}"]) is not None}
    return own


def _cells(run: TableRun, rids: str) -> str:
    """File, row, cells and dimensions of some rows, in SQL."""
    file, row = where_of(run, "w.rid")
    dimensions = [f"{text} AS d{place}" for place, (_, text) in enumerate(texts_of(run, "r.key"))]
    selects = []
    for source in run.prepared.sources:
        own = {"row_no": source.row, "value": f"trim({cell_of(source).shown})"}
        own |= {name: f"nullif({word_sql(source, name)}, '')" for name in (MEASURE, SCALE, UNIT)}
        table = f"SELECT {', '.join(f'{text} AS {name}' for name, text in own.items())} FROM {source.relation}"
        columns = ["w.rid AS rid", f"{file} AS path", f"{row} AS row", "t.* EXCLUDE (row_no)", *dimensions]
        selects.append(
            f"SELECT {', '.join(columns)} FROM ({rids}) w JOIN rows r ON r.rid = w.rid JOIN ({table}) t "
            f"ON t.row_no = w.rid - {source.number << ROW_BITS} WHERE w.rid >> {ROW_BITS} = {source.number}"
        )
    return " UNION ALL ".join(selects)
