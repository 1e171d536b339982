"""`all` and `check`: read, check, report, and say with the exit code what came of it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from crosscheck import __version__
from crosscheck.checking.checks import faults
from crosscheck.checking.levels import ORDER
from crosscheck.cli.options import Options, check_words
from crosscheck.cli.output import complain, say, show_faults, terminal_style
from crosscheck.inputs.disk import YAML_SUFFIXES, files_in, real
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_text
from crosscheck.project.configuration import Configuration, discover, isolated, load
from crosscheck.project.pipeline import Outcome, Request, check_files, claim_paths, document_text
from crosscheck.project.tables import is_table
from crosscheck.reports import concise, full, json_report
from crosscheck.reports.terminal import Style

OK, FINDINGS, INPUT, STRICT = 0, 1, 2, 3


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
        check_words(options)
        settings = configuration_of(options.config, options.isolated)
        told, only = _chosen(paths, settings, documents_too)
        request = Request(
            claims=tuple(told),
            rules=options.rules,
            isolated=options.isolated,
            only=only,
            against=options.against,
            published=_date(options.published),
            select=options.select,
            ignore=options.ignore,
            all_documents=documents_too and not paths,
        )
        outcome = check_files(request, settings)
        empty = _empty(outcome)
        if empty and not options.allow_empty:
            raise InputFaults([Fault("crosscheck", None, None, *empty)])
    except InputFaults as error:
        show_faults(error.faults, options.format)
        return INPUT
    code = _report(outcome, options)
    return code or _exit_code(outcome, options)


def _chosen(
    paths: Sequence[str], settings: Configuration, documents_too: bool
) -> tuple[list[Path], frozenset[Path] | None]:
    """Claim files and folders to read, and the documents to keep (None: all)."""
    if not paths:
        return list(settings.claims), None
    named = [Path(path) for path in paths]
    missing = [path for path in named if not os.path.exists(path)]
    if missing:
        raise InputFaults(Fault(str(path), None, None, "no such file or folder") for path in missing)
    told = [path for path in named if _tells_claims(path)]
    documents = [path for path in named if path not in told]
    if not documents:
        return told, None
    if not documents_too:
        hint = "`crosscheck all` takes documents"
        raise InputFaults(
            Fault(str(path), None, None, "is no claim file and no folder with claim files", hint) for path in documents
        )
    unreadable: list[Fault] = []
    files = [file for path in documents for file in (files_in(path, unreadable) if os.path.isdir(path) else [path])]
    if unreadable:
        raise InputFaults(unreadable)
    return [*told, *settings.claims], frozenset(real(file) for file in files)


def _tells_claims(path: Path) -> bool:
    """True for a claim file or a table, and for a folder with some."""
    return any(is_table(file) or file.name.lower().endswith(YAML_SUFFIXES) for file in claim_paths([path]))


def _empty(outcome: Outcome) -> tuple[str, str] | None:
    if not outcome.claims:
        return "there are no figures to check", 'name claim files, or configure `claims = ["claims"]` in crosscheck.toml'
    if not outcome.rules:
        return "there are no rules to check with", "name rule files with --rules"
    return None


def _report(outcome: Outcome, options: Options) -> int:
    """Writes the reports; 2 when a file cannot be written."""
    say(render(outcome, options.format, options, terminal_style(options.color)))
    for remark in outcome.remarks:
        complain(f"crosscheck: {remark.text}")
    code = OK
    for name, path in options.outputs:
        try:
            write_text(Path(path), render(outcome, name, options, Style()))
        except OSError as error:
            complain(f"{path}: error: cannot be written: {error.strerror or error}")
            code = INPUT
    return code


def render(outcome: Outcome, format: str, options: Options, style: Style) -> str:
    """The report of a run in a format."""
    if format == "json":
        return json_report.report(outcome.run, outcome.noticed, outcome.documents, __version__)
    lowest = "note" if options.verbose else "warning"
    found = (outcome.run, outcome.noticed, outcome.documents, lowest)
    if format == "full":
        texts = cache(lambda path: document_text(outcome, path))
        lines = full.lines(*found, texts, style, with_tally=not options.quiet)
    else:
        lines = concise.lines(*found, with_tally=not options.quiet)
    return "".join(f"{line}\n" for line in lines)


def _exit_code(outcome: Outcome, options: Options) -> int:
    levels = [group[0].level for group in faults(outcome.run.checks)] + [
        found.level for found in outcome.noticed if not found.is_suppressed
    ]
    if options.fail_on != "never" and any(ORDER.index(level) >= ORDER.index(options.fail_on) for level in levels):
        return FINDINGS
    if options.frozen and any(remark.kind == "stale" for remark in outcome.remarks):
        return STRICT
    return STRICT if _broken(outcome) & options.strict_parts else OK


def _broken(outcome: Outcome) -> frozenset[str]:
    """The parts of `--strict` that do not hold."""
    run = outcome.run
    used = {(check.suppressed, check.rule.id) for check in run.checks if check.suppressed is not None}
    used |= {(found.claim.id, found.rule) for found in outcome.noticed if found.is_suppressed}
    parts = {
        "own-rules": any(not rule.shipped for rule in run.unbound_rules),
        "suppressions": any((claim.id, rule) not in used for claim in outcome.claims for rule in claim.suppress),
        "unverifiable": bool(run.verdicts["unverifiable"]),
        "stale-claims": any(remark.kind == "stale" for remark in outcome.remarks),
    }
    return frozenset(name for name, broken in parts.items() if broken)


def _date(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InputFaults([Fault("--published", None, None, f'"{text[:40]}" is no date', "write YYYY-MM-DD")]) from None
