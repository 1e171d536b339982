"""`reconcile` over large tables: all bad cells with what would mend them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck import __version__
from crosscheck.checking.levels import ORDER
from crosscheck.cli.options import ReconcileOptions
from crosscheck.cli.output import complain, say, show_faults, terminal_style
from crosscheck.cli.tables import bar_of
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import replacing, write_text
from crosscheck.project.configuration import Configuration
from crosscheck.project.large_tables import take_large_tables_together
from crosscheck.project.pipeline import Request
from crosscheck.reports import table_joint
from crosscheck.reports.terminal import folded

if TYPE_CHECKING:
    from crosscheck.tables.bad_cells import Joint

OK, FINDINGS, INPUT = 0, 1, 2


def run_tables(request: Request, settings: Configuration, options: ReconcileOptions) -> int:
    """Takes the tables of a request together, writes the reports, and says what came of it."""
    import duckdb

    from crosscheck.tables.dialect import reason
    from crosscheck.tables.engine import connect

    folder = Path(tempfile.mkdtemp(prefix="crosscheck-"))
    bar = bar_of(False)
    connection = connect(options.memory_limit, folder=folder)
    try:
        found = take_large_tables_together(
            connection, request, settings, bar, table_joint.tell, options.jobs, options.every, options.time_limit
        )
        if not found.run.prepared.rows and not options.allow_empty:
            hint = "name tables with figures"
            raise InputFaults([Fault("crosscheck", None, None, "there are no figures to reconcile", hint)])
        bar("", -1)
        code = _report(found, options)
    except InputFaults as error:
        bar("", -1)
        show_faults(error.faults, options.format)
        return INPUT
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        bar("", -1)
        hint = f"free space for {tempfile.gettempdir()} (TMPDIR names another folder), or give --memory-limit, such as 4GB"
        message = f"the tables could not be taken together: {reason(error)}"
        show_faults([Fault("crosscheck", None, None, message, hint)], options.format)
        return INPUT
    finally:
        connection.close()
        shutil.rmtree(folder, ignore_errors=True)
    return code or _exit_code(found, options.fail_on)


def _report(found: Joint, options: ReconcileOptions) -> int:
    from crosscheck.tables.bad_cells import worst, write_bad_cells

    shown = list(worst(found, options.limit))
    code = OK
    for name, path in options.outputs:
        try:
            if name == "parquet":
                write_bad_cells(found, Path(path))
            elif name == "jsonl":
                with replacing(Path(path)) as part, part.open("w", encoding="utf-8", newline="\n") as file:
                    for line in table_joint.stream(found, worst(found, found.faults), __version__):
                        file.write(line + "\n")
            else:
                write_text(Path(path), table_joint.document(found, shown, __version__))
        except OSError as error:
            complain(f"{path}: error: cannot be written: {error.strerror or error}")
            code = INPUT
    if options.format == "json":
        say(table_joint.document(found, shown, __version__))
    else:
        width = terminal_style(options.color).width
        say("".join(f"{piece}\n" for line in table_joint.lines(found, shown) for piece in folded(line, width)))
    return code


def _exit_code(found: Joint, fail_on: str) -> int:
    if fail_on == "never":
        return OK
    least = ORDER.index(fail_on)
    return FINDINGS if any(count and ORDER.index(level) >= least for level, count in found.levels.items()) else OK
