"""`all` and `check`: read, check, report, and say with the exit code what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from crosscheck import __version__
from crosscheck.checking.checks import faults
from crosscheck.checking.levels import ORDER
from crosscheck.cli.options import Options
from crosscheck.cli.output import say, show_faults
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_text
from crosscheck.project.configuration import Configuration, discover, isolated, load
from crosscheck.project.pipeline import Outcome, check_files
from crosscheck.reports import concise, json_report

YAML = (".yaml", ".yml")
OK, FINDINGS, INPUT, STRICT = 0, 1, 2, 3


def configuration_of(config: str | None, is_isolated: bool) -> Configuration:
    """The configuration that a command works with; raises InputFaults."""
    if is_isolated:
        return isolated(Path.cwd())
    return load(Path(config)) if config else discover(Path.cwd())


def run_all(paths: Sequence[str], options: Options) -> int:
    """Checks the configured documents, or the named ones among them."""
    return _run(paths, options, documents_too=True)


def run_check(paths: Sequence[str], options: Options) -> int:
    """Checks the configured claim files, or the named ones."""
    return _run(paths, options, documents_too=False)


def _run(paths: Sequence[str], options: Options, documents_too: bool) -> int:
    try:
        settings = configuration_of(options.config, options.isolated)
        claim_paths, only = _chosen(paths, settings, documents_too)
        outcome = check_files(claim_paths, settings, [Path(rule) for rule in options.rules], options.isolated, only)
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
    missing = [path for path in named if not path.exists()]
    if missing:
        raise InputFaults(Fault(str(path), None, None, "no such file or folder") for path in missing)
    claim_paths = [path for path in named if path.suffix in YAML or (path.is_dir() and _holds_claims(path))]
    documents = [path for path in named if path not in claim_paths]
    if not documents:
        return claim_paths, None
    if not documents_too:
        hint = "`crosscheck all` takes documents"
        raise InputFaults(
            Fault(str(path), None, None, "is no claim file and no folder with claim files", hint) for path in documents
        )
    files = [file for path in documents for file in ([path] if path.is_file() else _documents_in(path))]
    return [*claim_paths, *settings.claims], frozenset(file.resolve() for file in files)


def _holds_claims(folder: Path) -> bool:
    return any(path.suffix in YAML for path in folder.rglob("*"))


def _documents_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _empty(outcome: Outcome) -> tuple[str, str] | None:
    if not outcome.claims:
        return "there are no figures to check", 'name claim files, or configure `claims = ["claims"]` in crosscheck.toml'
    if not outcome.rules:
        return "there are no rules to check with", "name rule files with --rules"
    return None


def _report(outcome: Outcome, options: Options) -> int:
    """Writes the reports; 2 when a file cannot be written."""
    say(render(outcome, options.format, options))
    for remark in outcome.remarks:
        sys.stderr.write(f"crosscheck: {remark.text}\n")
    code = OK
    for name, path in options.outputs:
        try:
            write_text(Path(path), render(outcome, name, options))
        except OSError as error:
            sys.stderr.write(f"{path}: error: cannot be written: {error.strerror}\n")
            code = INPUT
    return code


def render(outcome: Outcome, format: str, options: Options) -> str:
    """The report of a run in a format."""
    if format == "json":
        return json_report.report(outcome.run, outcome.noticed, outcome.documents, __version__)
    lowest = "note" if options.verbose else "warning"
    lines = concise.lines(outcome.run, outcome.noticed, outcome.documents, lowest, with_tally=not options.quiet)
    return "".join(f"{line}\n" for line in lines)


def _exit_code(outcome: Outcome, options: Options) -> int:
    levels = [group[0].level for group in faults(outcome.run.checks)] + [found.level for found in outcome.noticed]
    if options.fail_on != "never" and any(ORDER.index(level) >= ORDER.index(options.fail_on) for level in levels):
        return FINDINGS
    stale = any(remark.kind == "stale" for remark in outcome.remarks)
    return STRICT if options.frozen and stale else OK
