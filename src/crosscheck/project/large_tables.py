"""Tables that are too large to hold in memory: which they are, and a run over them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.table_kinds import PARQUET_SUFFIXES, is_parquet
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.inputs.disk import files_in, real
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.configuration import Configuration
from crosscheck.project.lists import codelists_of
from crosscheck.project.pipeline import Request, claim_paths, rules_of, selected
from crosscheck.project.rule_status import in_force
from crosscheck.project.tables import CSV_SUFFIXES, clashing_ids, is_claim_table, is_table, name_of, resolver, tables_in
from crosscheck.rules.codes import unknown_among
from crosscheck.rules.model import Rule

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyspark.sql import SparkSession

    from crosscheck.tables.bad_cells import Joint
    from crosscheck.tables.engine import Progress, TableFile, TableRun
    from crosscheck.tables.prepare import Prepared
    from crosscheck.tables.solving import Teller
    from crosscheck.tables.spark import SparkRun

# Tables of more bytes than this together go to the columnar engine; below, the reference evaluator is faster.
MOST = 500_000  # rows that go to the reference evaluator for one rule, unless rules are selected
LARGE = 4 * 1024 * 1024


def takes_columns(request: Request, engine: str, settings: Configuration) -> bool:
    """Whether the columnar engine is to check a request. Raises InputFaults where it is asked for and cannot."""
    paths = claim_paths((*request.claims, *request.against))
    if engine == "auto" and not _are_large([path for path in paths if is_table(path) or os.path.isdir(path)]):
        return False
    tables = [path for path in paths if _has_columns(path, settings)]
    others = [path for path in (*paths, *request.documents) if path not in tables]
    if others and engine != "auto":
        hint = f"name tables in Parquet or CSV with columns of claims alone, or leave out --engine {engine}"
        raise InputFaults([Fault(str(others[0]), None, None, f"the {engine} engine checks tables alone", hint)])
    if engine == "spark" and not tables:
        raise InputFaults([Fault("--engine", None, None, "there is no table for Spark to check", "name one in Parquet")])
    return bool(tables) and not others


def _has_columns(path: Path, settings: Configuration) -> bool:
    """True for Parquet, and for CSV with the columns of claims or of SDMX; reports of XBRL are read as a whole."""
    if is_parquet(path) or os.path.isdir(path):  # a folder here holds the parts of a Parquet table
        return True
    return path.name.lower().endswith(CSV_SUFFIXES) and is_claim_table(path, settings)


def _are_large(tables: Sequence[Path]) -> bool:
    sizes = 0
    for path in tables:
        files = [path]
        if os.path.isdir(path):
            files = files_in(path, [], PARQUET_SUFFIXES)
        for file in files:
            with suppress(OSError, ValueError):
                # Parquet is packed about ten times as tight.
                sizes += os.stat(file).st_size * (10 if is_parquet(file) else 1)
    return sizes > LARGE


def check_large_tables(
    connection: DuckDBPyConnection,
    request: Request,
    settings: Configuration,
    progress: Progress,
    wanted: Callable[[Rule], bool] = lambda rule: True,
) -> TableRun:
    """Every check over the tables of a request by the rules that are wanted.

    Raises InputFaults with all faults of tables, rules and code lists.
    """
    from crosscheck.tables.engine import check_prepared, read_tables

    asked = _asked(request, settings)
    try:
        prepared = read_tables(connection, asked.files, asked.lists, resolver(asked.lists), progress, asked.rules)
    except InputFaults as error:
        raise InputFaults([*asked.faults, *error.faults]) from None
    rules = [rule for rule in _in_force(asked, prepared, request, settings) if wanted(rule)]
    return check_prepared(prepared, rules, progress, most=None if request.select else MOST)


def check_on_cluster(session: SparkSession, request: Request, settings: Configuration, progress: Progress) -> SparkRun:
    """The same on Spark; raises InputFaults, also where more goes to the reference evaluator than the driver holds."""
    from crosscheck.tables.spark import check_on_spark, read_on_spark

    asked = _asked(request, settings)
    others = [file.name for file in asked.files if not (is_parquet(file.path) or file.path.is_dir())]
    asked.faults.extend(Fault(name, None, None, "Spark checks Parquet alone", AS_PARQUET) for name in others)
    if asked.faults:
        raise InputFaults(asked.faults)
    prepared = read_on_spark(session, asked.files, asked.lists, resolver(asked.lists), asked.rules, progress)
    return check_on_spark(session, prepared, _in_force(asked, prepared, request, settings), progress)


AS_PARQUET = "write it with `crosscheck convert TABLE --output TABLE.parquet`"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request is about, with the faults of rules and code lists."""

    files: list[TableFile]
    rules: tuple[Rule, ...]
    lists: CodeLists
    faults: list[Fault]


def _asked(request: Request, settings: Configuration) -> _Asked:
    faults: list[Fault] = []
    rules: tuple[Rule, ...] = ()
    lists = load_codelists([])
    try:
        lists = codelists_of(settings, request.isolated)
    except InputFaults as error:
        faults += error.faults
    try:
        rules = rules_of(settings, request.rules, request.isolated, examples=False)
    except InputFaults as error:
        faults += error.faults
    return _Asked(_files(request, settings), rules, lists, faults)


def _in_force(asked: _Asked, prepared: Prepared, request: Request, settings: Configuration) -> Sequence[Rule]:
    """The rules that were selected; raises InputFaults with what is wrong of them and of the tables together."""
    faults = [*asked.faults, *clashing_ids((source.path, source.document.id) for source in prepared.sources)]
    rules: Sequence[Rule] = asked.rules
    if not faults:
        known = {name: {text for text in axis.texts if text} for name, axis in prepared.facts.axes.items()}
        faults += unknown_among([rule for rule in rules if not rule.shipped], known, asked.lists)
        try:
            rules = in_force(selected(asked.rules, request.select, request.ignore), settings, request.select)
        except InputFaults as error:
            faults += error.faults
    if faults:
        raise InputFaults(faults)
    return rules


def take_large_tables_together(
    connection: DuckDBPyConnection,
    request: Request,
    settings: Configuration,
    progress: Progress,
    tell: Teller,
    jobs: int | None,
    every: bool,
    seconds: int | None,
) -> Joint:
    """The tables of a request taken together: what is wrong in them, part by part; raises InputFaults.

    After so many seconds what was found by then is all.
    """
    from crosscheck.tables.bad_cells import reconcile_tables
    from crosscheck.tables.components import counts

    run = check_large_tables(connection, request, settings, progress, counts)
    return reconcile_tables(run, run.prepared.facts.codelists, resolver, tell, progress, jobs, every, seconds)


def _files(request: Request, settings: Configuration) -> list[TableFile]:
    """The tables of a request with what their columns mean; those of `against` are given."""
    from crosscheck.tables.engine import TableFile

    found: dict[Path, TableFile] = {}
    faults: list[Fault] = []
    for paths, given in ((request.claims, False), (request.against, True)):
        for path in tables_in(paths, faults):
            name = name_of(path, settings)
            mapping = settings.table_mapping(name) or TableMapping()
            if given:
                mapping = replace(mapping, given=True)
            elif request.published is not None and mapping.published is None:
                mapping = replace(mapping, published=request.published)
            found.setdefault(real(path), TableFile(path, mapping, name))
    if faults:
        raise InputFaults(faults)
    return list(found.values())
