"""`all` and `check`: read, check, report, and say with the exit code what came of it."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crosscheck.checking.checks import faults
from crosscheck.checking.levels import ORDER
from crosscheck.claims.table_kinds import disguise_of, is_xbrl_csv
from crosscheck.cli.opening import HTML, open_page, with_page
from crosscheck.cli.options import Options, check_words
from crosscheck.cli.output import complain, progress, say, show_faults, terminal_style
from crosscheck.cli.rendering import SUMMARY, render, step_summary
from crosscheck.inputs.disk import files_in, real
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_bytes, write_text
from crosscheck.project.configuration import Configuration, discover, isolated, load
from crosscheck.project.joint import Joint
from crosscheck.project.large_tables import takes_columns
from crosscheck.project.pipeline import SUPPRESSION, Outcome, Request, check_files, claim_paths, tells_claims
from crosscheck.project.read import DOCUMENT_SUFFIXES
from crosscheck.project.silencing import with_silences
from crosscheck.project.tables import is_claim_table, is_table
from crosscheck.reports import joint
from crosscheck.reports.terminal import Style

OK, FINDINGS, INPUT, STRICT = 0, 1, 2, 3
STANDARD_INPUT = "-"
JOINT_SECONDS = 10  # that taking all figures together may take; `reconcile` takes what it needs
MAXIMUM_INPUT = 64 * 1024 * 1024


def configuration_of(config: Path | None, is_isolated: bool) -> Configuration:
    """The configuration that a command works with; raises InputFaults."""
    try:
        here = Path.cwd()
    except OSError as error:  # the folder is gone
        raise InputFaults([Fault("crosscheck", None, None, f"no working folder: {error.strerror}")]) from None
    if is_isolated:
        return isolated(here)
    return load(config) if config else discover(here)


def run_all(paths: Sequence[str], options: Options) -> int:
    """Checks the configured documents, or the named ones among them."""
    return _run(paths, options, documents_too=True)


def run_check(paths: Sequence[str], options: Options) -> int:
    """Checks the configured claim files, or the named ones."""
    return _run(paths, options, documents_too=False)


def _run(paths: Sequence[str], options: Options, documents_too: bool) -> int:
    try:
        request, settings = request_of(paths, options, documents_too)
        if options.engine != "reference" and takes_columns(request, options.engine, settings):
            from crosscheck.cli.tables import run_tables  # loads the engine

            return run_tables(request, settings, options)
        outcome = outcome_of(request, settings, options)
    except InputFaults as error:
        show_faults(error.faults, options.format)
        return INPUT
    code = _report(outcome, options)
    return code or _exit_code(outcome, options)


def request_of(paths: Sequence[str], options: Options, documents_too: bool) -> tuple[Request, Configuration]:
    """What the command line asks for; raises InputFaults."""
    check_words(options)
    settings = configuration_of(options.config, options.isolated)
    request = Request(
        claims=(),
        rules=options.rules,
        isolated=options.isolated,
        against=options.against,
        published=date_of_option(options.published),
        select=options.select,
        ignore=options.ignore,
        joint=Joint(seconds=JOINT_SECONDS),
        frozen=options.frozen,
        today=datetime.date.today(),
        whole=not (paths or options.select or options.ignore),
    )
    return with_inputs(request, paths, settings, documents_too), settings


def outcome_of(request: Request, settings: Configuration, options: Options, accepted: bool = True) -> Outcome:
    """The checked run of a request; raises InputFaults. With `accepted` False the baseline is left aside."""
    if not accepted:
        settings = replace(settings, baseline=None)
    with progress() as tell:
        outcome = check_files(replace(request, progress=tell), settings)
    empty = _empty(outcome, options.select)
    if empty and not options.allow_empty:
        raise InputFaults([Fault("crosscheck", None, None, *empty)])
    return with_silences(outcome, settings, options.baseline, request.today, request.whole)


def with_inputs(request: Request, paths: Sequence[str], settings: Configuration, documents_too: bool) -> Request:
    """The request with its claim files, and the documents to read; raises InputFaults for what is not there."""
    if not paths:
        documents = settings.documents if documents_too else ()
        folders = tuple(path for path in documents if os.path.isdir(path))
        return replace(request, claims=settings.claims, documents=documents_in(documents, settings), folders=folders)
    named = [Path(path) for path in paths]
    missing = [path for path in named if str(path) != STANDARD_INPUT and not os.path.exists(path)]
    if missing:
        raise InputFaults(Fault(str(path), None, None, "no such file or folder") for path in missing)
    told = [path for path in named if str(path) != STANDARD_INPUT and tells_claims(path, settings)]
    if not documents_too:
        wrong = [path for path in named if path not in told]
        if wrong:
            raise InputFaults(Fault(str(path), None, None, *_is_none(path)) for path in wrong)
        return replace(request, claims=tuple(told))
    folders = tuple(path for path in named if os.path.isdir(path))
    documents = documents_in([path for path in named if path not in told or path in folders], settings)
    if not documents:
        return replace(request, claims=tuple(told))
    only = frozenset(real(path) for path in (*documents, *claim_paths((*told, *request.against))))
    data = standard_input() if any(str(path) == STANDARD_INPUT for path in documents) else None
    return replace(request, claims=(*told, *settings.claims), only=only, documents=documents, folders=folders, data=data)


def _is_none(path: Path) -> tuple[str, str]:
    """Why a path is nothing that `check` takes, and what may help."""
    if is_xbrl_csv(path):
        return "is the description of a report in xBRL-CSV", "xBRL-JSON is read: Arelle saves any report as that"
    disguised = disguise_of(path)
    if disguised is not None:
        return disguised
    if is_table(path):
        hint = (
            f'its first line names columns such as indicator,time_period,value,unit, or [tables."{path.name}"] says which; '
            "`crosscheck all` reads tables as they are printed, with a column a year"
        )
        return "is no table of claims: no column holds the values", hint
    return "is no claim file and no folder with claim files", "`crosscheck all` takes documents"


def documents_of(paths: Sequence[str], settings: Configuration) -> tuple[Path, ...]:
    """The documents that a command was given, the configured ones when none; raises InputFaults for what is not there."""
    named = [Path(path) for path in paths] or list(settings.documents)
    missing = [path for path in named if str(path) != STANDARD_INPUT and not os.path.exists(path)]
    if missing:
        raise InputFaults(Fault(str(path), None, None, "no such file or folder") for path in missing)
    found = documents_in(named, settings)
    if not found:
        hint = 'name documents, or configure `documents = ["documents"]` in crosscheck.toml'
        raise InputFaults([Fault("crosscheck", None, None, "there are no documents to read", hint)])
    return found


def documents_in(paths: Sequence[Path], settings: Configuration) -> tuple[Path, ...]:
    """Documents among files and in folders; those of configured claim folders, and tables of claims, are left out."""
    faults: list[Fault] = []
    claims = [real(path) for path in settings.claims]
    found: list[Path] = []
    for path in paths:
        inside = files_in(path, faults, DOCUMENT_SUFFIXES) if os.path.isdir(path) else [path]
        found += [
            file
            for file in inside
            if file is path
            or (
                not any(real(file).is_relative_to(folder) for folder in claims)
                and not (is_table(file) and is_claim_table(file, settings))
            )
        ]
    if faults:
        raise InputFaults(faults)
    return tuple({real(file): file for file in found}.values())


def standard_input() -> bytes:
    """What standard input holds; raises InputFaults where that is too much."""
    data = sys.stdin.buffer.read(MAXIMUM_INPUT + 1) if sys.stdin is not None else b""
    if len(data) > MAXIMUM_INPUT:
        raise InputFaults([Fault(STANDARD_INPUT, None, None, f"more than {MAXIMUM_INPUT:,} bytes on standard input")])
    return data


def _empty(outcome: Outcome, select: Sequence[str]) -> tuple[str, str] | None:
    if not outcome.claims and not outcome.noticed:  # what reading noticed is told though nothing can be compared
        if outcome.texts:
            return "there are no figures to check", "`crosscheck extract` tells what was found and was not understood"
        return "there are no figures to check", "name documents or claim files, or configure them in crosscheck.toml"
    if not outcome.rules and not select:  # what is selected may be findings of reading alone
        return "there are no rules to check with", "name rule files with --rules"
    return None


def _report(outcome: Outcome, options: Options) -> int:
    """Writes the reports, files first, as standard output may be closed or full; 2 when one cannot be written."""
    shown = render(outcome, options.format, options, terminal_style(options.color))
    code, outputs = OK, options.outputs
    if options.open:
        try:
            outputs = with_page(outputs)
        except OSError as error:
            complain(f"--open: error: there is no place for the page: {error.strerror or error}")
            code = INPUT
    files = [(path, render(outcome, name, options, Style(), path)) for name, path in outputs]
    for path, content in files:
        try:
            if isinstance(content, bytes):
                write_bytes(Path(path), content)
            else:
                write_text(Path(path), content)
        except OSError as error:
            complain(f"{path}: error: cannot be written: {error.strerror or error}")
            code = INPUT
    if "github" in (options.format, *(name for name, _ in options.outputs)):
        try:
            step_summary(outcome, options)
        except OSError as error:
            complain(f"{SUMMARY}: error: cannot be written: {error.strerror or error}")
            code = INPUT
    assert isinstance(shown, str)
    say(shown)
    for remark in outcome.remarks:
        complain(f"crosscheck: {remark.text}")
    if options.open and code == OK:
        open_page(next(path for name, path in outputs if name == HTML))
    return code


def _exit_code(outcome: Outcome, options: Options) -> int:
    levels = [group[0].level for group in faults(outcome.run.checks)] + [
        found.level for found in outcome.noticed if not found.is_suppressed
    ]
    levels += [conflict.level for _, conflict in joint.told(outcome.reconciliation)]
    if options.fail_on != "never" and any(ORDER.index(level) >= ORDER.index(options.fail_on) for level in levels):
        return FINDINGS
    if options.frozen and any(remark.kind == "stale" for remark in outcome.remarks):
        return STRICT
    return STRICT if _broken(outcome) & options.strict_parts else OK


def _broken(outcome: Outcome) -> frozenset[str]:
    """The parts of `--strict` that do not hold."""
    run = outcome.run
    used = {(check.suppressed, name) for check in run.checks if check.suppressed is not None for name in check.rule.names}
    used |= {(found.id, found.rule) for found in outcome.noticed if found.is_suppressed}
    used |= joint.silenced(outcome.reconciliation)
    parts = {
        "own-rules": any(not rule.shipped for rule in run.unbound_rules),
        "suppressions": any((claim.id, rule) not in used for claim in outcome.claims for rule in claim.suppress)
        or any(remark.kind == SUPPRESSION for remark in outcome.remarks),
        "unverifiable": bool(run.verdicts["unverifiable"]),
        "stale-claims": any(remark.kind == "stale" for remark in outcome.remarks),
    }
    return frozenset(name for name, broken in parts.items() if broken)


def date_of_option(text: str | None) -> datetime.date | None:
    """The date that `--published` gives; raises InputFaults."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InputFaults([Fault("--published", None, None, f'"{text[:40]}" is no date', "write YYYY-MM-DD")]) from None
