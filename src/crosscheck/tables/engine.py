"""The columnar engine: tables in, counts by rule, verdict and level out, with what is not consistent kept row by row."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck.checking.checks import Check
from crosscheck.checking.levels import NONE, ORDER
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.csv_table import Resolve
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.rules.model import Rule
from crosscheck.tables.compiling import compile_pairs, compile_rule
from crosscheck.tables.conditions import named_in
from crosscheck.tables.dialect import told
from crosscheck.tables.duplicates import PAIRS, SURE, UNDATED
from crosscheck.tables.polynomial import Refused
from crosscheck.tables.prepare import Prepared, prepare
from crosscheck.tables.reference import checks_of, part_sql, rows_of
from crosscheck.tables.selecting import NeverBinds, own_conditions
from crosscheck.tables.sources import WHOLE, Source, broken_file, open_source
from crosscheck.tables.verdicts import ASK, CONSISTENT, Compiled

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VERDICTS = ("consistent", "reconcilable", "contradiction", "unverifiable")
# Says what is being done: a phase, and how far it is (from 0 to 1).
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table to check: where it lies, what its columns mean, and its name in reports."""

    path: Path
    mapping: TableMapping
    name: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many checks of a rule got a verdict and a level."""

    rule: str
    verdict: str
    level: str
    checks: int


@dataclass(slots=True)
class TableRun:
    """A checked run over tables. `left` says by rule why the reference evaluator took all of it, or part of it."""

    prepared: Prepared
    rules: Sequence[Rule]
    counts: list[Count] = field(default_factory=list)
    unbound: list[Rule] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    asked: int = 0  # checks that the reference evaluator made
    most: int | None = None  # so many rows at most go to it for the sake of one rule
    skipped: dict[str, tuple[str, int]] = field(default_factory=dict)  # rules for which there were more: why, rows

    def total(self, verdict: str | None = None, level: str | None = None) -> int:
        """How many checks there are, of a verdict and of a level."""
        return sum(
            count.checks for count in self.counts if verdict in (None, count.verdict) and level in (None, count.level)
        )


def connect(memory: str | None = None, threads: int | None = None, folder: Path | None = None) -> DuckDBPyConnection:
    """A connection to the embedded engine, its memory bounded; what is more spills to `folder`."""
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(folder or Path(tempfile.gettempdir()) / "crosscheck-spill"),
        "preserve_insertion_order": True,
    }
    if memory is not None:
        settings["memory_limit"] = memory
    if threads is not None:
        settings["threads"] = threads
    return duckdb.connect(":memory:", config=settings)


def silent(phase: str, part: float) -> None:
    """Progress that nobody is told of."""
    del phase, part


def read_tables(
    connection: DuckDBPyConnection,
    files: Sequence[TableFile],
    codelists: CodeLists,
    resolve: Resolve,
    progress: Progress = silent,
    rules: Sequence[Rule] | None = None,
) -> Prepared:
    """The tables as operands of the engine, for `rules`; raises InputFaults with all faults of all tables."""
    import duckdb

    faults: list[Fault] = []
    sources: list[Source] = []
    for number, file in enumerate(files):
        progress(f"reading {file.name}", 0)
        try:
            sources.append(open_source(connection, number, file.path, file.mapping, file.name, resolve))
        except InputFaults as error:
            faults += error.faults
    if faults:
        raise InputFaults(faults)
    try:
        return prepare(connection, sources, codelists, None if rules is None else needed_by(rules))
    except duckdb.Error as error:
        broken = None if isinstance(error, duckdb.OutOfMemoryException) else broken_file(connection, sources, error)
        if broken is None:
            raise  # not the fault of a table
        raise InputFaults([Fault(broken, None, None, told(error), WHOLE)]) from None


def needed_by(rules: Sequence[Rule]) -> frozenset[str]:
    """The dimensions that rules name, `when` included, the facts of claims, and "unit" where one names units."""
    selectors = [selector for rule in rules for selector in rule.variables.values()]
    named = {name for selector in selectors for name in selector.dimensions}
    named |= {name for rule in rules if rule.when is not None for name in named_in(rule.when)}
    named |= {call.function for rule in rules for call in rule.facts}
    return frozenset(named | ({"unit"} if any(selector.unit_kinds for selector in selectors) else set()))


def check_prepared(
    prepared: Prepared,
    rules: Sequence[Rule],
    progress: Progress = silent,
    every_row: bool = False,
    most: int | None = None,
) -> TableRun:
    """Every check of `rules` over tables that were read; with `every_row` what is consistent is kept row by row too.

    A rule that cannot be compiled is left out where more than `most` rows would go to the reference evaluator for it.
    """
    connection = prepared.connection
    connection.execute(
        "CREATE OR REPLACE TABLE found (rule SMALLINT, verdict TINYINT, level TINYINT, rid BIGINT, miss DOUBLE, n BIGINT)"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE told (rule SMALLINT, verdict TINYINT, level TINYINT, rid BIGINT, miss DOUBLE, "
        "met STRUCT(role VARCHAR, rid BIGINT)[])"
    )
    run = TableRun(prepared, sorted(rules, key=lambda rule: rule.id), most=most)
    for number, rule in enumerate(run.rules):
        progress(rule.id, number / len(rules))
        if not prepared.facts.all_given:
            _run_rule(run, number, rule, every_row)
    rows = connection.execute("SELECT rule, verdict, level, sum(n) FROM found GROUP BY ALL ORDER BY ALL").fetchall()
    for number, verdict, level, count in rows:
        if not count:
            continue
        run.counts.append(Count(run.rules[number].id, VERDICTS[verdict], ORDER[level], int(count)))
    bound = {count.rule for count in run.counts}
    run.unbound = [rule for rule in run.rules if rule.id not in bound and rule.id not in run.skipped]
    progress("done", 1)
    return run


def _run_rule(run: TableRun, number: int, rule: Rule, every_row: bool) -> None:
    prepared = run.prepared
    if rule.duplicates and not prepared.mixed_sources:
        _twice(run, number, rule)
        return
    try:
        if prepared.mixed_sources:
            raise Refused("sources that are known of some figures only")
        compiled = compile_rule(rule, prepared.facts, every_row)
    except NeverBinds:  # among dated figures; undated ones may bind yet
        _ask(run, number, rule, every_row)
        return
    except Refused as error:
        _whole_rule(run, number, rule, str(error))
        return
    _collect(prepared, number, compiled)
    _ask(run, number, rule, every_row)


def _twice(run: TableRun, number: int, rule: Rule) -> None:
    """Figures that are stated more than once: consistent where all rows say the same; rows of one table that do not are
    decided by whole numbers, others by the reference evaluator.
    """
    prepared, connection = run.prepared, run.prepared.connection
    if not prepared.groups and not prepared.undated:
        return
    groups = "SELECT rep FROM groups"
    if prepared.groups:
        with suppress(Refused):
            conditions = own_conditions(rule.variables[rule.subject], prepared.facts, "r")
            conditions += ["g.all_given = 0"] if "given" in prepared.facts.columns else []
            same = " AND ".join([f"g.doubt = {SURE}", *conditions])
            query = f"SELECT r.rid FROM groups g JOIN rows r ON r.rid = g.rep WHERE {same}"
            connection.execute(f"INSERT INTO found SELECT {number}, {CONSISTENT}, 0, rid, NULL, 1 FROM ({query}) q")
            groups = f"SELECT rep FROM groups WHERE doubt <> {SURE}"
            many = connection.execute("SELECT 1 FROM many LIMIT 1").fetchall() != []
            _collect(prepared, number, compile_pairs(rule, prepared.facts, conditions, many))
            asked = f"SELECT rid FROM found WHERE rule = {number} AND verdict = {ASK}"
            made = f"{PAIRS} OR g.rep IN (SELECT rep FROM many)"
            left = f"g.rep IN (SELECT rep FROM merged WHERE rid IN ({asked}))"
            groups = f"SELECT rep FROM groups g WHERE g.doubt <> {SURE} AND (NOT ({made}) OR {left})"
    wanted = f"SELECT rid FROM merged WHERE rep IN ({groups})" if prepared.groups else "SELECT rid FROM rows WHERE FALSE"
    connection.execute(f"CREATE OR REPLACE TABLE asked AS {wanted}")
    connection.execute(f"DELETE FROM found WHERE rule = {number} AND verdict = {ASK}")
    part = part_sql(rule, prepared, "x")
    parts = f"SELECT {part} FROM rows x WHERE x.rid IN (FROM asked)"
    undated = f" UNION SELECT {part} FROM rows x WHERE x.status = {UNDATED}" if prepared.undated else ""
    _by_reference(run, number, rule, parts + undated, "FROM asked")


def _whole_rule(run: TableRun, number: int, rule: Rule, reason: str) -> None:
    """A rule that cannot be compiled, through the reference evaluator: the parts of the data in which it has a subject.

    Where those are more than `run.most` rows it is not checked, and that is told.
    """
    prepared = run.prepared
    if rule.needs_all and not prepared.undated and _lacks_operands(rule, prepared):
        return
    part = part_sql(rule, prepared, "x")
    subjects = own_conditions(rule.variables[rule.subject], prepared.facts, "x")
    where = f" WHERE {' AND '.join(subjects)}" if subjects and not rule.duplicates else ""
    parts = f"SELECT {part} FROM rows x{where}"
    if run.most is not None:
        count = f"SELECT count(*) FROM rows r WHERE {part_sql(rule, prepared, 'r')} IN ({parts}) {rows_of(rule, prepared)}"
        ((rows,),) = prepared.connection.execute(count).fetchall()
        if rows > run.most:
            run.skipped[rule.id] = reason, int(rows)
            return
        if not rows:
            return
    run.left[rule.id] = reason
    _by_reference(run, number, rule, parts)


def _lacks_operands(rule: Rule, prepared: Prepared) -> bool:
    """True where some variable of a rule that needs them all selects no row."""
    for selector in rule.variables.values():
        conditions = own_conditions(selector, prepared.facts, "x")
        if not selector.unstated and conditions:
            query = f"SELECT 1 FROM rows x WHERE {' AND '.join(conditions)} LIMIT 1"
            if not prepared.connection.execute(query).fetchall():
                return True
    return False


def _ask(run: TableRun, number: int, rule: Rule, every_row: bool) -> None:
    """The reference evaluator takes what the SQL of a rule left: the subjects about which it could not tell all, and
    undated figures. What the SQL told of such a subject besides is taken back.
    """
    prepared, connection = run.prepared, run.prepared.connection
    connection.execute(
        f"CREATE OR REPLACE TABLE asked AS SELECT DISTINCT rid FROM found WHERE rule = {number} AND verdict = {ASK}"
    )
    ((asked,),) = connection.execute("SELECT count(*) FROM asked").fetchall()
    if asked:
        connection.execute(f"DELETE FROM found WHERE rule = {number} AND rid IN (FROM asked)")
        if not every_row:
            again = compile_rule(rule, prepared.facts, only="s.rid IN (FROM asked)").sql
            query = f"SELECT {number}, verdict, level, NULL, NULL, -n FROM ({again}) v WHERE v.rid IS NULL"
            connection.execute(f"INSERT INTO found {query}")
        if prepared.groups:
            repeated = "SELECT m.rid FROM merged m JOIN asked a ON a.rid = m.rep AND m.rid <> m.rep"
            connection.execute(f"INSERT INTO asked {repeated}")
    if asked or prepared.undated:
        part = part_sql(rule, prepared, "x")
        parts = f"SELECT {part} FROM rows x WHERE x.rid IN (FROM asked)"
        undated = f" UNION SELECT {part} FROM rows x WHERE x.status = {UNDATED}" if prepared.undated else ""
        _by_reference(run, number, rule, parts + undated, "SELECT rid FROM asked")


def _collect(prepared: Prepared, number: int, compiled: Compiled) -> None:
    """Runs a compiled rule: what is consistent or cannot be checked is counted, the rest kept row by row."""
    prepared.connection.execute(f"INSERT INTO found SELECT {number}, verdict, level, rid, miss, n FROM ({compiled.sql}) v")


def _by_reference(run: TableRun, number: int, rule: Rule, parts: str, subjects: str | None = None) -> None:
    """Checks parts of the data with the reference evaluator."""
    rows: list[tuple[object, ...]] = []
    told: list[tuple[object, ...]] = []
    for check, row, places in checks_of(rule, run.prepared, parts, subjects, verdicts_alone=True):
        one = (number, VERDICTS.index(check.verdict), ORDER.index(check.level), row, miss_of(check))
        rows.append((*one, 1))
        if check.level != NONE:
            told.append((*one, *_met(check, places)))
        run.asked += 1
        if len(rows) >= 10_000:
            _insert(run.prepared, rows, told)
            rows, told = [], []
    _insert(run.prepared, rows, told)


def _met(check: Check, places: Mapping[str, int]) -> tuple[list[str], list[int]]:
    """The roles and rows of the operands of a check but its subject."""
    others = [(role, one) for role, one in check.binding.operands() if one is not check.subject]
    return [role for role, _ in others], [places[one.first.id] for _, one in others]


def _insert(prepared: Prepared, rows: Sequence[tuple[object, ...]], told: Sequence[tuple[object, ...]]) -> None:
    pairs = "list_transform(list_zip(c5, c6), lambda x: {'role': x[1], 'rid': x[2]})"
    for table, listed, more in (("found", rows, "c5"), ("told", told, pairs)):
        if listed:
            columns = {f"c{index}": list(column) for index, column in enumerate(zip(*listed, strict=True))}
            unnested = ", ".join(f"unnest(${name}) AS {name}" for name in columns)
            query = f"INSERT INTO {table} SELECT c0, c1, c2, c3, c4, {more} FROM (SELECT {unnested})"
            prepared.connection.execute(query, columns)


def miss_of(check: Check) -> float | None:
    """How many times the slack stated and computed are apart; only to put the worst first."""
    found = check.assessment
    if found.gap is None or check.verdict in ("consistent", "unverifiable"):
        return None
    width = sum(
        (interval.high - interval.low) / 2
        for interval in (found.stated, found.computed)
        if interval is not None and interval.high is not None and interval.low is not None
    )
    return min(float(found.gap / width) if width else float(found.gap), 1e300)


def tally(run: TableRun) -> Iterator[tuple[str, Mapping[str, int]]]:
    """By rule, how many checks got each verdict."""
    for rule in run.rules:
        counts = {
            verdict: sum(c.checks for c in run.counts if (c.rule, c.verdict) == (rule.id, verdict)) for verdict in VERDICTS
        }
        if any(counts.values()):
            yield rule.id, counts
