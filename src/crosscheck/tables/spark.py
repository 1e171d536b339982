"""The distributed engine: the same compiled rules on Spark, for tables that one machine is too small for.

Tables are Parquet that every worker can read. Preparing and matching run on Spark in the SQL of the embedded engine, with
casts and look-ups in its dialect; what the compiled rules leave goes through the reference evaluator on the driver.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crosscheck.checking.checks import Check, check_claims
from crosscheck.checking.levels import ORDER
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.csv_table import Resolve
from crosscheck.claims.fields import printable
from crosscheck.claims.model import Claim
from crosscheck.claims.table_mapping import VALUE
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.rules.model import Rule
from crosscheck.tables.axes import Reading
from crosscheck.tables.compiling import compile_rule
from crosscheck.tables.dialect import SPARK, quoted_text
from crosscheck.tables.duplicates import AT_ODDS, FOLDS, MERGED, OPERAND, UNDATED, Twice, groups_sql, ties
from crosscheck.tables.engine import VERDICTS, Count, Progress, TableFile, TableRun, miss_of, needed_by, silent
from crosscheck.tables.facts import ROW_BITS
from crosscheck.tables.polynomial import Refused
from crosscheck.tables.prepare import Plan, Prepared, planned, prepared_of, varied_columns
from crosscheck.tables.reference import RowReader, part_sql
from crosscheck.tables.selecting import NeverBinds
from crosscheck.tables.sources import PART_BITS, WHOLE_TYPES, Scan, Source, ids_sql, source_of
from crosscheck.tables.verdicts import ASK

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SCHEMA = "rule INT, verdict INT, level INT, rid BIGINT, miss DOUBLE, n BIGINT"
MAXIMUM_ON_DRIVER = 200_000  # rows that the reference evaluator takes at once
# What Spark calls types, in the words of the embedded engine.
NAMES = {"tinyint": "TINYINT", "smallint": "SMALLINT", "int": "INTEGER", "bigint": "BIGINT", "string": "VARCHAR"}


# On one machine most of the time goes into starting and planning: the code that Spark would generate for long expressions
# takes longer to compile than they take to run, and so does planning anew after each step.
LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.sql.autoBroadcastJoinThreshold": "64m",
    "spark.driver.host": "localhost",
}


class Sql:
    """Spark as an engine that runs SQL; types are named in its own words on the way."""

    def __init__(self, session: SparkSession) -> None:
        self.session = session
        self.found: list[tuple[Any, ...]] = []

    def execute(self, query: str, /) -> Sql:
        """Runs a query and fetches its rows."""
        self.found = [tuple(row) for row in self.session.sql(translated(query)).collect()]
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows of the last query."""
        return self.found


def translated(query: str) -> str:
    """SQL of the embedded engine with Spark's names of types."""
    return query.replace(" AS VARCHAR)", " AS STRING)").replace(" AS HUGEINT)", f" AS {SPARK.wide})")


@dataclass(slots=True)
class SparkRun(TableRun):
    """A run on Spark: counts as those of the embedded engine, and what was found row by row, as a data frame.

    `found` has the columns rule, verdict, level (as numbers in the order of VERDICTS and ORDER), rid, miss and n; rows
    without `rid` count what is consistent or cannot be checked.
    """

    found: Any = None


def session_of(master: str | None = None) -> SparkSession:
    """The Spark that is configured (spark-submit, SPARK_CONF_DIR …), or one at `master`, such as `local[4]`."""
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    if master is not None:
        builder = builder.master(master)
    if master is not None and master.startswith("local"):
        for name, value in LOCAL.items():
            builder = builder.config(name, value)
    made: SparkSession = builder.appName("crosscheck").getOrCreate()
    return made


@contextmanager
def running(master: str | None = None) -> Iterator[SparkSession]:
    """A session as of `session_of`, stopped at the end where it was begun here.

    What Spark cannot do, or has no room for, is told by InputFaults.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        hint = "pip install 'crosscheck-figures[spark]'"
        raise InputFaults([Fault("--engine", None, None, "Spark is not installed", hint)]) from None
    before = SparkSession.getActiveSession()
    try:
        session = session_of(master)
    except (PySparkException, OSError, RuntimeError) as error:
        hint = "it needs Java 17 or later on PATH or in JAVA_HOME; CROSSCHECK_SPARK names the master, such as spark://host:7077"
        raise InputFaults([Fault("--engine", None, None, f"Spark does not start: {_line(error)}", hint)]) from None
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    except PySparkException as error:
        raise InputFaults([Fault("crosscheck", None, None, f"Spark could not check the tables: {_line(error)}")]) from None
    finally:
        if before is None:
            session.stop()


def _line(error: Exception) -> str:
    return printable((str(error).splitlines() or [type(error).__name__])[0][:300])


def read_on_spark(
    session: SparkSession,
    files: Sequence[TableFile],
    codelists: CodeLists,
    resolve: Resolve,
    rules: Sequence[Rule],
    progress: Progress = silent,
) -> Prepared:
    """Parquet tables as operands on Spark, for `rules`; raises InputFaults with all faults of all tables."""
    for name, value in (("spark.sql.ansi.enabled", "true"), ("spark.sql.ansi.doubleQuotedIdentifiers", "true")):
        session.conf.set(name, value)  # overflow is an error, and names stand in double quotes
    faults: list[Fault] = []
    sources: list[Source] = []
    for number, file in enumerate(files):
        progress(f"reading {file.name}", 0)
        try:
            sources.append(_source(session, number, file, resolve))
        except InputFaults as error:
            faults += error.faults
    if faults:
        raise InputFaults(faults)
    plan = planned(Reading(Sql(session), sources, dialect=SPARK), codelists, needed_by(rules))
    return _prepared(session, plan, codelists)


def check_on_spark(
    session: SparkSession,
    prepared: Prepared,
    rules: Sequence[Rule],
    progress: Progress = silent,
    every_row: bool = False,
) -> SparkRun:
    """Every check of `rules` over tables that were read; raises InputFaults where too much would go to the driver."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    run = SparkRun(prepared, ordered, found=session.createDataFrame([], SCHEMA))
    for number, rule in enumerate(ordered):
        progress(rule.id, number / len(ordered))
        if not prepared.facts.all_given:
            run.found = run.found.unionByName(_checked(run, session, number, rule, every_row))
    run.found = run.found.persist()
    counted = run.found.groupBy("rule", "verdict", "level").sum("n").collect()
    for number, verdict, level, n in sorted(map(tuple, counted)):
        run.counts.append(Count(ordered[number].id, VERDICTS[verdict], ORDER[level], int(n)))
    bound = {count.rule for count in run.counts}
    run.unbound = [rule for rule in ordered if rule.id not in bound]
    progress("done", 1)
    return run


def _source(session: SparkSession, number: int, file: TableFile, resolve: Resolve) -> Source:
    """A Parquet table as a view; raises InputFaults."""
    from pyspark.errors import PySparkException

    try:
        frame = session.read.parquet(os.path.abspath(file.path))
        types = {name: _type(kind) for name, kind in frame.dtypes}
        parts = sorted(str(row[0]) for row in frame.selectExpr("_metadata.file_path").distinct().collect())
    except PySparkException as error:
        told = f"cannot be read: {_line(error)}"
        raise InputFaults([Fault(str(file.path), None, None, told, "is it whole?")]) from None
    listed = ", ".join(map(quoted_text, parts))
    place = f"shiftleft(CAST(array_position(array({listed}), _metadata.file_path) - 1 AS BIGINT), {PART_BITS})"
    row = "_metadata.row_index" if len(parts) < 2 else f"{place} + _metadata.row_index"
    frame.selectExpr("*", f"{row} AS crosscheck_row").createOrReplaceTempView(f"source_{number}")
    within = tuple(part.rpartition(f"{file.path.name}/")[2] for part in parts) if len(parts) > 1 else ()
    source = source_of(
        number,
        file.path,
        file.mapping,
        file.name,
        resolve,
        types,
        Scan(f"source_{number}", "crosscheck_row", 1, ",", within),
    )
    kind = source.types[source.fields[VALUE]]
    if kind not in WHOLE_TYPES and not kind.startswith("DECIMAL("):
        hint = "write it as DECIMAL, such as DECIMAL(18, 2), so that its digits are exact"
        told = f'column "{source.fields[VALUE]}" with the values is {kind}'
        raise InputFaults([Fault(str(file.path), None, None, told, hint)])
    return source


def _type(kind: str) -> str:
    return NAMES.get(kind, kind.upper())


def _prepared(session: SparkSession, plan: Plan, codelists: CodeLists) -> Prepared:
    """The views `rows` and `operands`; figures that are stated more than once are brought together."""
    sources = plan.reading.sources
    numbers = [plan.numbers(source) for source in sources]
    varied = varied_columns(plan, numbers)
    selects = [plan.select(source, own, varied) for source, own in zip(sources, numbers, strict=True)]
    frame = session.sql(translated(" UNION ALL ".join(selects)))
    none = "CAST(0 AS TINYINT)"
    more = {"status": none, "doubt": none, "h": f"CAST({numbers[0]['h']} AS BIGINT)", "u": "h"}
    for name, text in more.items():
        if name not in varied:
            frame = frame.selectExpr("*", f"{text} AS {name}")
            varied.append(name)
    frame.persist().createOrReplaceTempView("read")
    same = plan.identity(varied)
    listed = ", ".join(same)
    twice = f"SELECT {listed} FROM read WHERE status = {OPERAND} GROUP BY {listed} HAVING count(*) > 1"
    rows = f"read WHERE status = {OPERAND} AND ({listed}) IN ({twice})"
    groups = session.sql(translated(groups_sql(same, varied, rows, ids_sql(sources), "h")))
    groups.persist().createOrReplaceTempView("groups")
    session.sql(_merged(same, varied)).persist().createOrReplaceTempView("rows")
    session.sql(f"SELECT * FROM rows WHERE status = {OPERAND}").createOrReplaceTempView("operands")
    ((count, undated),) = session.sql(
        f"SELECT count(*), count(CASE WHEN status = {UNDATED} THEN 1 END) FROM read"
    ).collect()
    ((repeated, figures),) = session.sql("SELECT coalesce(sum(n), 0), count(*) FROM groups").collect()
    return prepared_of(plan, varied, numbers[0], codelists, Twice(count, undated, int(repeated), figures))


def _merged(same: Sequence[str], columns: Sequence[str]) -> str:
    """The rows with `rep`, the first row of their group: that one is the operand, the others are none."""
    texts = {"f": "g.face", "doubt": "g.doubt", "h": "g.down", "u": "g.up"}
    texts |= {name: f"g.{name}" for name in (*FOLDS, "turned") if name in columns}
    changed = [f"CASE WHEN r.rid = g.rep THEN {text} ELSE r.{name} END AS {name}" for name, text in texts.items()]
    apart = f"g.rep IS NOT NULL AND (r.rid <> g.rep OR g.doubt = {AT_ODDS})"
    changed.append(f"CASE WHEN {apart} THEN {MERGED} ELSE r.status END AS status")
    kept = ", ".join((*texts, "status"))
    return (
        f"SELECT r.* EXCEPT ({kept}), coalesce(g.rep, r.rid) AS rep, {', '.join(changed)} FROM read r "
        f"LEFT JOIN groups g ON r.status = {OPERAND} AND {ties(same)}"
    )


def _checked(run: SparkRun, session: SparkSession, number: int, rule: Rule, every_row: bool) -> DataFrame:
    """What was found for one rule."""
    prepared = run.prepared
    part = part_sql(rule, prepared, "x")
    undated = f"SELECT {part} FROM rows x WHERE x.status = {UNDATED}"
    empty = session.createDataFrame([], run.found.schema)
    if rule.duplicates and not prepared.mixed_sources:
        if not prepared.groups and not prepared.undated:
            return empty
        wanted = _rids(session, "SELECT x.rid FROM rows x WHERE x.rep IN (SELECT rep FROM groups)")
        parts = f"SELECT {part} FROM rows x WHERE x.rep IN (SELECT rep FROM groups) UNION {undated}"
        return _by_reference(run, session, number, rule, parts, wanted)
    try:
        if prepared.mixed_sources:
            raise Refused("sources that are known of some figures only")
        compiled = compile_rule(rule, prepared.facts, every_row=True)
    except NeverBinds:
        return empty if not prepared.undated else _by_reference(run, session, number, rule, undated, set())
    except Refused as error:
        run.left[rule.id] = str(error)
        return _by_reference(run, session, number, rule, f"SELECT {part} FROM rows x", None)
    text = f"SELECT {number} AS rule, CAST(verdict AS INT) AS verdict, CAST(level AS INT) AS level, rid, miss, n"
    made = session.sql(translated(f"{text} FROM ({compiled.sql}) v")).persist()
    made.createOrReplaceTempView("bound")
    asked = _rids(session, f"SELECT DISTINCT rid FROM bound WHERE verdict = {ASK}")
    if asked:
        session.createDataFrame([(rid,) for rid in asked], "rid BIGINT").createOrReplaceTempView("asked")
        made = session.sql("SELECT b.* FROM bound b LEFT ANTI JOIN asked a ON b.rid = a.rid")
    if not every_row:
        made = made.selectExpr("rule", "verdict", "level", "CASE WHEN level > 0 THEN rid END AS rid", "miss", "n")
        made = made.groupBy("rule", "verdict", "level", "rid", "miss").sum("n").withColumnRenamed("sum(n)", "n")
    if not asked and not prepared.undated:
        return made
    parts = undated
    if asked:
        parts = f"SELECT {part} FROM rows x WHERE x.rid IN (SELECT rid FROM asked) UNION {undated}"
        asked = _rids(session, "SELECT rid FROM rows WHERE rep IN (SELECT rid FROM asked)")
    return made.unionByName(_by_reference(run, session, number, rule, parts, asked))


def _rids(session: SparkSession, query: str) -> set[int]:
    return {int(row[0]) for row in session.sql(query).collect()}


def _by_reference(
    run: SparkRun, session: SparkSession, number: int, rule: Rule, parts: str, wanted: set[int] | None
) -> DataFrame:
    """Parts of the data through the reference evaluator, on the driver."""
    rows = []
    for check, rid in checks_on_driver(run.prepared, session, rule, parts, verdicts_alone=True):
        if wanted is None or rid in wanted or check.assumptions:
            rows.append((number, VERDICTS.index(check.verdict), ORDER.index(check.level), rid, miss_of(check), 1))
            run.asked += 1
    return session.createDataFrame(rows, SCHEMA)


def checks_on_driver(
    prepared: Prepared, session: SparkSession, rule: Rule, parts: str, verdicts_alone: bool
) -> Iterator[tuple[Check, int]]:
    """The checks of a rule over the parts of the data that a query gives, with the row of each subject's first claim.

    Raises InputFaults where those are too many rows.
    """
    part = part_sql(rule, prepared, "r")
    claims: dict[str, Claim] = {}
    rids: dict[str, int] = {}
    for source in prepared.sources:
        reader = RowReader(source)
        texts = ", ".join(f"CAST({text} AS VARCHAR) AS t{index}" for index, text in enumerate(reader.columns))
        query = (
            f"SELECT r.rid, t.* FROM (SELECT rid, {part} AS part FROM rows r WHERE rid >= {source.number << ROW_BITS} "
            f"AND rid < {(source.number + 1) << ROW_BITS}) r JOIN (SELECT {source.row} AS row_no, {texts} "
            f"FROM {source.relation}) t ON r.rid - {source.number << ROW_BITS} = t.row_no WHERE r.part IN ({parts})"
        )
        found = session.sql(translated(query)).limit(MAXIMUM_ON_DRIVER + 1).collect()
        if len(found) > MAXIMUM_ON_DRIVER:
            told = f"rule {rule.id}: more than {MAXIMUM_ON_DRIVER:,} rows would go to the reference evaluator on the driver"
            hint = "what is stated twice in different words goes there, and what has no period; or --ignore the rule"
            raise InputFaults([Fault(source.path, None, None, told, hint)])
        for rid, row, *cells in found:
            claim = reader.claim(row, cells)
            if claim is not None:
                claims[claim.id], rids[claim.id] = claim, rid
    run = check_claims(list(claims.values()), [rule], prepared.facts.codelists, verdicts_alone)
    for check in run.checks:
        yield check, min(rids[claim.id] for claim in check.subject.claims)
