"""The reports of a run by format: one flat table of names, each module imported when its format is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck import __version__
from crosscheck.cli.options import Options
from crosscheck.inputs.disk import real
from crosscheck.inputs.faults import Fault
from crosscheck.inputs.writing import append_bytes
from crosscheck.project.pipeline import Outcome, document_text
from crosscheck.reports.terminal import Style

if TYPE_CHECKING:
    from crosscheck.reports.findings import Report

SUMMARY = "GITHUB_STEP_SUMMARY"


def render(outcome: Outcome, format: str, options: Options, style: Style, path: str = "") -> str | bytes:
    """The report of a run in a format; `path` is where it will go, as its suffix may choose between two shapes."""
    if format in ("full", "concise", "json", "jsonl"):
        return _plain(outcome, format, options, style)
    if format == "html":
        return _page(outcome)
    return RENDERERS[format](report_of(outcome, format), options, path)


def _plain(outcome: Outcome, format: str, options: Options, style: Style) -> str:
    from crosscheck.reports import concise, full, json_report

    everything = (outcome.run, outcome.noticed, outcome.documents)
    if format == "json":
        return json_report.report(*everything, __version__, outcome.reconciliation)
    found = (*everything, lowest(options))
    if format == "jsonl":
        lines = json_report.entries(*everything, __version__, outcome.reconciliation)
    elif format == "full":
        texts = cache(lambda path: document_text(outcome, path))
        lines = full.lines(*found, texts, style, not options.quiet, outcome.reconciliation)
    else:
        lines = concise.lines(*found, not options.quiet, outcome.reconciliation)
    return "".join(f"{line}\n" for line in lines)


def _page(outcome: Outcome) -> str:
    """The page. It reads the documents once more, to show them as they are."""
    from crosscheck.claims.codelists import load_codelists
    from crosscheck.project.sheets import sheets_of
    from crosscheck.reports.html.report import html_report
    from crosscheck.reports.page import names_of

    return html_report(
        outcome.run,
        outcome.noticed,
        outcome.claims,
        list(sheets_of(outcome)),
        outcome.documents,
        names_of(outcome.codelists or load_codelists([])),
        cache(lambda path: document_text(outcome, path)),
        [remark.text for remark in outcome.remarks],
        __version__,
        outcome.reconciliation,
    )


def lowest(options: Options) -> str:
    """The least level that is shown to people: what a run may fail for is never hidden."""
    return "note" if options.verbose or options.fail_on == "note" else "warning"


def report_of(outcome: Outcome, format: str) -> Report:
    """What the formats for machines are written from; paths start at the root of the repository, where that is not said
    otherwise by who reads the format."""
    from crosscheck.reports.findings import Report

    return Report(
        outcome.run,
        outcome.noticed,
        outcome.documents,
        cache(lambda path: document_text(outcome, path)),
        cache(_naming(outcome, real(Path.cwd()) if format == "rdjson" else repository())),
        __version__,
        outcome.claims,
        outcome.open_figures,
        tuple(remark.text for remark in outcome.remarks),
        outcome.reconciliation,
    )


def repository() -> Path:
    """The root of the repository that the working folder lies in; the working folder itself outside of one."""
    here = real(Path.cwd())
    return next((folder for folder in (here, *here.parents) if os.path.exists(folder / ".git")), here)


def _naming(outcome: Outcome, root: Path) -> Callable[[str], str]:
    def named(path: str) -> str:
        file = outcome.sources.get(path) or real(Path(path))
        inside = file.is_relative_to(root) and os.path.exists(file)
        return (file.relative_to(root) if inside else Path(path)).as_posix()

    return named


def _sarif(found: Report, options: Options, path: str) -> str:
    from crosscheck.reports import sarif

    return sarif.report(found)


def _junit(found: Report, options: Options, path: str) -> str:
    from crosscheck.reports import junit

    return junit.report(found, options.fail_on)


def _github(found: Report, options: Options, path: str) -> str:
    from crosscheck.reports import github

    return github.report(found, lowest(options), with_tally=not options.quiet)


def _gitlab(found: Report, options: Options, path: str) -> str:
    from crosscheck.reports import gitlab

    return gitlab.report(found, lowest(options))


def _rdjson(found: Report, options: Options, path: str) -> str:
    from crosscheck.reports import rdjson

    return rdjson.report(found, lowest(options))


def _markdown(found: Report, options: Options, path: str) -> str:
    from crosscheck.reports import github, markdown

    return markdown.report(found, lowest(options), github.links())


def _csv(found: Report, options: Options, path: str) -> str:
    from crosscheck.reports import csv_report

    return csv_report.report(found)


def _ticks(found: Report, options: Options, path: str) -> str | bytes:
    from crosscheck.reports import ticks

    return ticks.workbook(found) if path.lower().endswith(".xlsx") else ticks.csv_report(found)


RENDERERS: Mapping[str, Callable[[Report, Options, str], str | bytes]] = {
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "gitlab": _gitlab,
    "rdjson": _rdjson,
    "markdown": _markdown,
    "csv": _csv,
    "ticks": _ticks,
}


def step_summary(outcome: Outcome, options: Options) -> None:
    """In a workflow of GitHub adds what was found to the step's summary, as far as there is room. Raises OSError."""
    from crosscheck.reports import github, markdown

    target = os.environ.get(SUMMARY)
    if not target:
        return
    used = os.path.getsize(target) if os.path.isfile(target) else 0
    room = github.MAXIMUM_SUMMARY - used
    text = markdown.report(report_of(outcome, "github"), lowest(options), github.links(), room)
    data = f"\n{text}".encode("utf-8", "backslashreplace")
    if len(data) <= room:
        append_bytes(Path(target), data)


def fault_text(faults: Sequence[Fault], format: str) -> str | None:
    """Faults of the input as the report of a machine format; None for formats that have no place for them."""
    if format == "github":
        from crosscheck.reports import github

        return github.fault_report(faults)
    if format == "sarif":
        from crosscheck.reports import sarif

        return sarif.fault_report(faults, __version__)
    if format in ("json", "jsonl"):
        from crosscheck.reports import json_report

        lines = json_report.fault_entries(faults)
        return json_report.fault_report(faults) if format == "json" else "".join(f"{line}\n" for line in lines)
    return None
