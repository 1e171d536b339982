"""Which figures of a table hang together by the rules that must hold, and which of these components hold a contradiction.

All operands of a rule agree in every dimension that it does not name. What some rule names is taken out of the keys, so
figures whose keys are then alike are a part of the data that has nothing to do with any other: a component of the joint
system lies within one part, also where rules lead to levels that nobody states. The parts are found by the columnar engine,
by arithmetic on keys, and most are never read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crosscheck.checking.assessment import CONTRADICTION
from crosscheck.reconciliation.building import is_joint
from crosscheck.rules.model import Rule
from crosscheck.tables.engine import VERDICTS, TableRun
from crosscheck.tables.mirrors import place_sql
from crosscheck.tables.polynomial import Refused
from crosscheck.tables.prepare import Prepared
from crosscheck.tables.reference import RowReader, free_names, raw_rows
from crosscheck.tables.selecting import NeverBinds, check_shape

# So many figures at most are looked at beside those that hang together with a contradiction, unless all are asked for.
BESIDE = 50_000
# A part of more figures is not taken together: one system of it would not end.
LARGEST = 100_000
BATCH = 4_000  # figures that are handed out at once

# A row of a table: its number in the engine, and the texts of its columns.
Row = tuple[int, Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Lot:
    """A part of the data: its number, and its rows."""

    part: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a run. `wanted` are those to be taken together, `beside` the others of two figures or more."""

    parts: int
    figures: int
    broken: int  # parts that hold a contradiction
    wanted: int
    wanted_figures: int
    beside: int
    beside_figures: int
    too_large: int
    too_large_figures: int


def counts(rule: Rule) -> bool:
    """True for a rule that bears on what is taken together: one that must hold, or that like figures must agree."""
    return is_joint(rule) or rule.duplicates


def joint_names(run: TableRun) -> frozenset[str]:
    """The dimensions in which figures that hang together may differ."""
    found: frozenset[str] = frozenset()
    for rule in run.rules:
        if counts(rule) and _may_bind(rule, run.prepared):
            found |= free_names(rule, run.prepared)
    return found


def _may_bind(rule: Rule, prepared: Prepared) -> bool:
    if rule.duplicates:
        return True
    try:
        check_shape(rule, prepared.facts)
    except NeverBinds:
        return False
    except Refused:
        return True
    return True


def parts_of(run: TableRun, every: bool) -> Parts:
    """Numbers the parts of a checked run, into the tables `parts` and `chosen` of the engine.

    Wanted are those in which a rule that must hold is broken; with `every`, or where they are few, all others too.
    """
    connection = run.prepared.connection
    key = place_sql(run.prepared.facts, joint_names(run), "r")
    rules = [str(number) for number, rule in enumerate(run.rules) if counts(rule)]
    verdict = VERDICTS.index(CONTRADICTION)
    connection.execute(
        f"CREATE OR REPLACE TABLE broken AS SELECT DISTINCT rid FROM found WHERE rid IS NOT NULL AND verdict = {verdict} "
        f"AND rule IN ({', '.join(rules) or '-1'})"
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE parts AS SELECT (row_number() OVER (ORDER BY first)) - 1 AS part, * FROM "
        f"(SELECT {key} AS place, min(r.rid) AS first, count(*) AS n, count(b.rid) AS broken FROM rows r "
        f"LEFT JOIN broken b ON b.rid = r.rid GROUP BY 1)"
    )
    others, large_ones = f"(broken = 0 AND n > 1 AND n <= {LARGEST})", f"(broken > 0 AND n > {LARGEST})"
    sorts = ("TRUE", "broken > 0", f"(broken > 0 AND n <= {LARGEST})", others, large_ones)
    columns = ", ".join(f"count(*) FILTER ({sort}), coalesce(sum(n) FILTER ({sort}), 0)" for sort in sorts)
    ((*numbers,),) = connection.execute(f"SELECT {columns} FROM parts").fetchall()
    parts, figures, broken, _, small, wanted, beside, beside_figures, large, large_figures = map(int, numbers)
    takes_all = every or beside_figures <= BESIDE
    condition = "n > 1" if takes_all else "broken > 0"
    connection.execute(
        f"CREATE OR REPLACE TABLE chosen AS SELECT p.part AS part, r.rid AS rid FROM rows r "
        f"JOIN parts p ON p.place = {key} WHERE (p.broken > 0 OR {condition}) AND p.n <= {LARGEST}"
    )
    if takes_all:
        return Parts(parts, figures, broken, small + beside, wanted + beside_figures, 0, 0, large, large_figures)
    return Parts(parts, figures, broken, small, wanted, beside, beside_figures, large, large_figures)


def batches(prepared: Prepared, readers: Sequence[RowReader]) -> Iterator[list[Lot]]:
    """The rows in `chosen`, as many whole parts at once as make a batch."""
    batch: list[Lot] = []
    size = 0
    for part, rows in groupby(raw_rows(prepared, readers), key=lambda row: row[0]):
        lot = Lot(int(part), [(rid, texts) for _, rid, texts in rows])
        if batch and size + len(lot.rows) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(lot)
        size += len(lot.rows)
    if batch:
        yield batch
