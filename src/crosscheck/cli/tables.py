"""`check` and `all` over large tables: the columnar engine, its progress, and reports that do not drown."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck import __version__
from crosscheck.checking.levels import ORDER
from crosscheck.cli.options import TABLE_OUTPUTS, Options
from crosscheck.cli.output import complain, say, show_faults, terminal_style
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.spilling import spill_folder
from crosscheck.inputs.writing import replacing, write_text
from crosscheck.project.configuration import Configuration
from crosscheck.project.large_tables import check_large_tables, check_on_cluster
from crosscheck.project.pipeline import Request
from crosscheck.reports import concise, full, table_report
from crosscheck.reports.terminal import Style

if TYPE_CHECKING:
    from crosscheck.checking.checks import Check
    from crosscheck.tables.engine import Progress, TableRun

OK, FINDINGS, INPUT, STRICT = 0, 1, 2, 3
SHOWN_AS = ("full", "concise", "json", "jsonl")
WIDTH = 24
IN_FULL = 1_000  # findings that JSON Lines tell in full, unless --limit is more; the others are told in brief


@dataclass(frozen=True, slots=True)
class Findings:
    """How an engine tells what it found: the worst, those from a level on but the worst in brief, and all as Parquet."""

    worst: Callable[[int, str], list[Check]]
    briefs: Callable[[str, int], Iterator[Mapping[str, object]]]
    write_parquet: Callable[[Path], None]


def run_tables(request: Request, settings: Configuration, options: Options) -> int:
    """Checks the tables of a request by columns or on Spark, writes the reports, and says what came of it."""
    bar = bar_of(options.quiet)
    try:
        _check_formats(options)
        return (
            _on_spark(request, settings, options, bar)
            if options.engine == "spark"
            else _by_columns(request, settings, options, bar)
        )
    except InputFaults as error:
        bar("", -1)
        show_faults(error.faults, options.format)
        return INPUT


def _by_columns(request: Request, settings: Configuration, options: Options, bar: Progress) -> int:
    import duckdb

    from crosscheck.tables.briefs import briefs
    from crosscheck.tables.dialect import reason
    from crosscheck.tables.engine import connect
    from crosscheck.tables.findings import worst, write_parquet

    with spill_folder() as folder:
        connection = connect(os.environ.get("CROSSCHECK_MEMORY"), folder=folder)
        try:
            run = check_large_tables(connection, request, settings, bar)
            found = Findings(partial(worst, run), partial(briefs, run), partial(write_parquet, run))
            return _told(run, found, options, bar)
        except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
            hint = (
                f"free space for {tempfile.gettempdir()} (TMPDIR names another folder), or give CROSSCHECK_MEMORY, "
                "such as 4GB"
            )
            told = f"the tables could not be checked: {reason(error)}"
            raise InputFaults([Fault("crosscheck", None, None, told, hint)]) from None
        finally:
            connection.close()


def _on_spark(request: Request, settings: Configuration, options: Options, bar: Progress) -> int:
    from crosscheck.tables.spark import running

    with running(os.environ.get("CROSSCHECK_SPARK")) as session:
        from crosscheck.tables.spark_findings import briefs, worst, write_parquet

        run = check_on_cluster(session, request, settings, bar)
        found = Findings(partial(worst, session, run), partial(briefs, run), partial(write_parquet, run))
        return _told(run, found, options, bar)


def _told(run: TableRun, found: Findings, options: Options, bar: Progress) -> int:
    """Writes the reports of a run; raises InputFaults where there was nothing to check."""
    if not run.prepared.rows and not options.allow_empty:
        raise InputFaults([Fault("crosscheck", None, None, "there are no figures to check", "name tables with figures")])
    bar("writing", 1)
    return _report(run, found, options) or _exit_code(run, options)


def _check_formats(options: Options) -> None:
    """Raises InputFaults for reports that are not made of tables of this size."""
    faults = []
    if options.format not in SHOWN_AS:
        hint = f"one of {', '.join(SHOWN_AS)}; --engine reference takes tables of up to 200,000 rows"
        faults.append(Fault("--format", None, None, f"{options.format} is not for large tables", hint))
    for name, _ in options.outputs:
        if name not in (*TABLE_OUTPUTS, *SHOWN_AS):
            hint = f"one of {', '.join(TABLE_OUTPUTS)}"
            faults.append(Fault("--output", None, None, f"{name} is not for large tables", hint))
    if faults:
        raise InputFaults(faults)


def _report(run: TableRun, found: Findings, options: Options) -> int:
    lowest = "note" if options.verbose else "warning"
    checks = found.worst(options.limit, lowest)
    code = OK
    for name, path in options.outputs:
        try:
            if name == "parquet":
                found.write_parquet(Path(path))
            elif name == "jsonl":
                with replacing(Path(path)) as part, part.open("w", encoding="utf-8", newline="\n") as file:
                    for line in _stream(run, found, "note", options):
                        file.write(line + "\n")
            elif name == "json":
                write_text(Path(path), table_report.document(run, checks, __version__))
            else:
                write_text(Path(path), "".join(f"{line}\n" for line in _lines(run, checks, name, options, plain=True)))
        except OSError as error:
            complain(f"{path}: error: cannot be written: {error.strerror or error}")
            code = INPUT
    _progress_ends(options)
    if options.format == "json":
        say(table_report.document(run, checks, __version__))
    elif options.format == "jsonl":
        for line in _stream(run, found, lowest, options):
            say(line + "\n")
    else:
        say("".join(f"{line}\n" for line in _lines(run, checks, options.format, options, plain=False)))
    return code


def _stream(run: TableRun, found: Findings, lowest: str, options: Options) -> Iterator[str]:
    full = max(options.limit, IN_FULL)
    return table_report.stream(run, found.worst(full, lowest), found.briefs(lowest, full), __version__)


def _lines(run: TableRun, checks: list[Check], format: str, options: Options, plain: bool) -> list[str]:
    lowest = "note" if options.verbose else "warning"
    found = table_report.as_run(checks)
    if format == "full":
        style = Style() if plain else terminal_style(options.color)
        text = list(full.lines(found, (), len(run.prepared.sources), lowest, lambda path: None, style, with_tally=False))
    else:
        text = list(concise.lines(found, (), len(run.prepared.sources), lowest, with_tally=False))
    if not options.quiet:
        text += [""] if text and text[-1] else []
        text += table_report.lines(run, len(checks), lowest)
    return text


def _exit_code(run: TableRun, options: Options) -> int:
    if options.fail_on != "never":
        least = ORDER.index(options.fail_on)
        if any(count.checks and ORDER.index(count.level) >= least for count in run.counts):
            return FINDINGS
    if "own-rules" in options.strict_parts and any(not rule.shipped for rule in run.unbound):
        return STRICT
    return STRICT if "unverifiable" in options.strict_parts and run.total("unverifiable") else OK


def bar_of(quiet: bool) -> Progress:
    """Shows on a terminal how far a run is; nothing elsewhere, and nothing in the first second."""
    begun = time.monotonic()
    if quiet or not sys.stderr.isatty():
        return lambda phase, part: None

    def show(phase: str, part: float) -> None:
        if part < 0:
            sys.stderr.write("\r\033[K")
        elif time.monotonic() - begun > 1:
            full_part = round(WIDTH * part)
            sys.stderr.write(f"\r\033[K[{'#' * full_part}{' ' * (WIDTH - full_part)}] {phase[:60]}")
        sys.stderr.flush()

    return show


def _progress_ends(options: Options) -> None:
    bar_of(options.quiet)("", -1)
