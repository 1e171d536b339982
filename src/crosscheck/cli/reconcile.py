"""`reconcile`: all figures taken together: what cannot be true, who is suspect, what the true values must be."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crosscheck import __version__
from crosscheck.checking.levels import ORDER
from crosscheck.cli.check import FINDINGS, INPUT, OK, configuration_of, date_of_option, with_inputs
from crosscheck.cli.options import COLORS, ENGINES, FAIL_LEVELS, ReconcileOptions, unknown_word
from crosscheck.cli.output import complain, progress, say, show_faults, terminal_style
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_text
from crosscheck.project.joint import Joint
from crosscheck.project.large_tables import takes_columns
from crosscheck.project.pipeline import Outcome, Request, check_files
from crosscheck.project.silencing import with_silences
from crosscheck.reports import joint, json_report
from crosscheck.reports.terminal import folded

FORMATS = ("full", "json")
SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,3})?) ?([kKmMgGtT])i?[bB]?", re.ASCII)
SCALES = " KMGT"


def run_reconcile(paths: Sequence[str], options: ReconcileOptions) -> int:
    """Takes the figures of documents and claim files together, and shows what that says."""
    try:
        faults = [
            *unknown_word(options.format, FORMATS, "--format"),
            *unknown_word(options.fail_on, FAIL_LEVELS, "--fail-on"),
            *unknown_word(options.color, COLORS, "--color"),
            *unknown_word(options.engine, ENGINES, "--engine"),
        ]
        if options.time_limit is not None and options.time_limit < 1:
            faults.append(Fault("--time-limit", None, None, f"{options.time_limit} seconds are no time", "write 1 or more"))
        memory = None if options.memory_limit is None else _bytes(options.memory_limit)
        if memory is not None and not memory:
            hint = "write 500MB, 2GB or the like"
            faults.append(Fault("--memory-limit", None, None, f'"{options.memory_limit}" is no size', hint))
        if faults:
            raise InputFaults(faults)
        settings = configuration_of(options.config, options.isolated)
        request = Request(
            claims=(),
            rules=options.rules,
            isolated=options.isolated,
            against=options.against,
            published=date_of_option(options.published),
            joint=Joint(options.assume, True, options.time_limit, memory, options.set, options.add),
            today=datetime.date.today(),
            whole=False,  # what is assumed, set and added here says nothing of what silences nothing
        )
        request = with_inputs(request, paths, settings, documents_too=True)
        if options.engine != "reference" and takes_columns(request, options.engine, settings):
            _check_for_tables(options)
            from crosscheck.cli.reconcile_tables import run_tables  # loads the engine

            return run_tables(request, settings, options)
        _check_for_documents(options)
        with progress() as tell:
            request = replace(request, progress=tell)
            outcome = check_files(request, settings)
        outcome = with_silences(outcome, settings, None, request.today, request.whole)
        if not outcome.claims and not options.allow_empty:
            hint = "name documents or claim files, or configure them in crosscheck.toml"
            raise InputFaults([Fault("crosscheck", None, None, "there are no figures to reconcile", hint)])
    except InputFaults as error:
        show_faults(error.faults, options.format if options.format in FORMATS else "full")
        return INPUT
    say(_report(outcome, options, options.format))
    for remark in outcome.remarks:
        complain(f"crosscheck: {remark.text}")
    code = OK
    for _, path in options.outputs:
        try:
            write_text(Path(path), _report(outcome, options, "json"))
        except OSError as error:
            complain(f"{path}: error: cannot be written: {error.strerror or error}")
            code = INPUT
    return code or _exit_code(outcome, options.fail_on)


def _check_for_tables(options: ReconcileOptions) -> None:
    """Raises InputFaults for what is not for tables of this size."""
    hint = "--engine reference takes tables of up to 200,000 rows"
    told = (
        ("--assume", options.assume),
        ("--set", bool(options.set)),
        ("--add", bool(options.add)),
    )
    faults = [Fault(name, None, None, "is not for large tables", hint) for name, is_given in told if is_given]
    if faults:
        raise InputFaults(faults)


def _check_for_documents(options: ReconcileOptions) -> None:
    """Raises InputFaults for files that are only written of large tables."""
    hint = "--engine columnar takes tables of any size"
    faults = [
        Fault("--output", None, None, f"{name} is for large tables", hint) for name, _ in options.outputs if name != "json"
    ]
    if faults:
        raise InputFaults(faults)


def _bytes(text: str) -> int:
    """A size such as 2GB in bytes; 0 for what is none."""
    match = SIZE.fullmatch(text.strip())
    return 0 if match is None else int(float(match[1]) * 1024 ** SCALES.index(match[2].upper()))


def _report(outcome: Outcome, options: ReconcileOptions, format: str) -> str:
    found = outcome.reconciliation
    assert found is not None
    if format == "json":
        return json_report.report(outcome.run, outcome.noticed, outcome.documents, __version__, found)
    style = terminal_style(options.color)
    return "".join(f"{piece}\n" for line in joint.page(found, options.verbose) for piece in folded(line, style.width))


def _exit_code(outcome: Outcome, fail_on: str) -> int:
    assert outcome.reconciliation is not None
    if fail_on == "never":
        return OK
    levels = [c.level for fault in outcome.reconciliation.faults for c in fault.conflicts if not c.suppressed]
    return FINDINGS if any(ORDER.index(level) >= ORDER.index(fail_on) for level in levels) else OK
