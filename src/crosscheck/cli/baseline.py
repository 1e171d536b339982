"""`baseline write|update|prune|show`: findings that are accepted for now, and what became of them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crosscheck.cli.check import INPUT, OK, configuration_of, outcome_of, request_of
from crosscheck.cli.options import Options
from crosscheck.cli.output import complain, say, show_faults
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_text
from crosscheck.project.baseline import (
    NEW,
    RESOLVED,
    STILL,
    UNCHECKED,
    WORSE,
    Entry,
    baseline_text,
    findings,
    read_baseline,
    states,
    updated,
)
from crosscheck.project.pipeline import Outcome
from crosscheck.reports.concise import plural

ORDER = (NEW, WORSE, UNCHECKED, STILL, RESOLVED)


@dataclass(frozen=True, slots=True)
class BaselineOptions:
    """What a baseline command was asked to do."""

    paths: tuple[str, ...]
    file: Path | None
    config: Path | None
    published: str | None
    notes: bool  # notes too, not just errors and warnings
    reason: str = ""
    author: str = ""
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """The run that a baseline is about, without what the baseline itself silences; and where the baseline stands."""

    outcome: Outcome
    path: Path
    lowest: str


def _found(options: BaselineOptions) -> _Found:
    settings = configuration_of(options.config, False)
    path = options.file or settings.baseline
    assert path is not None  # every configuration that is not isolated has one
    checking = Options(config=options.config, published=options.published)
    request, settings = request_of(options.paths, checking, documents_too=True)
    outcome = outcome_of(request, settings, checking, accepted=False)
    return _Found(outcome, path, "note" if options.notes else "warning")


def _entries(path: Path) -> tuple[Entry, ...]:
    if not path.is_file():
        raise InputFaults(
            [Fault(str(path), None, None, "there is no such baseline", "`crosscheck baseline write` makes one")]
        )
    return read_baseline(path)


def _fresh(options: BaselineOptions) -> Entry:
    """What new entries say beside their finding; raises InputFaults."""
    expires = None
    if options.expires is not None:
        try:
            expires = datetime.date.fromisoformat(options.expires)
        except ValueError:
            text = f'"{options.expires[:40]}" is no date'
            raise InputFaults([Fault("--expires", None, None, text, "write YYYY-MM-DD")]) from None
    today = datetime.date.today().isoformat()
    return Entry("", "", "", since=today, reason=options.reason, author=options.author, expires=expires)


def _save(path: Path, entries: Sequence[Entry]) -> None:
    try:
        write_text(path, baseline_text(entries))
    except OSError as error:
        raise InputFaults([Fault(str(path), None, None, f"cannot be written: {error.strerror or error}")]) from None


def run_write(options: BaselineOptions) -> int:
    """Accepts every finding of the project; a baseline that there is stays as it is."""
    try:
        new = _fresh(options)
        found = _found(options)
        if found.path.exists():
            hint = "`crosscheck baseline update` adds what is new to it"
            raise InputFaults([Fault(str(found.path), None, None, "this file exists, and is not overwritten", hint)])
        entries = updated((), findings(found.outcome, found.lowest), new)
        _save(found.path, entries)
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    say(f"{found.path}: {plural(len(entries), 'finding')} accepted\n")
    return OK


def run_update(options: BaselineOptions) -> int:
    """Accepts what is new too, and brings what is said of the others up to date."""
    try:
        new = _fresh(options)
        found = _found(options)
        before = _entries(found.path)
        entries = updated(before, findings(found.outcome, found.lowest), new)
        _save(found.path, entries)
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    say(f"{found.path}: {plural(len(entries) - len(before), 'finding')} more accepted, {len(entries)} in all\n")
    return OK


def run_prune(options: BaselineOptions) -> int:
    """Takes out what is resolved and what has expired."""
    try:
        if options.paths:
            hint = "a run over a part of the project cannot tell what is resolved"
            raise InputFaults([Fault("baseline prune", None, None, "takes no documents", hint)])
        found = _found(options)
        before = _entries(found.path)
        gone = {entry.fingerprint for state, entry in states(before, found.outcome) if state == RESOLVED}
        today = datetime.date.today()
        entries = [
            entry for entry in before if entry.fingerprint not in gone and (entry.expires is None or entry.expires > today)
        ]
        _save(found.path, entries)
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    say(f"{found.path}: {plural(len(before) - len(entries), 'finding')} taken out, {len(entries)} left\n")
    return OK


def run_show(options: BaselineOptions) -> int:
    """Compares the findings of now with the baseline: new, worse, newly unverifiable, still there, resolved."""
    try:
        found = _found(options)
        listed = list(states(_entries(found.path), found.outcome, found.lowest))
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    for remark in found.outcome.remarks:
        complain(f"crosscheck: {remark.text}")
    for state in ORDER:
        for entry in sorted((e for s, e in listed if s == state), key=lambda e: (e.path, e.rule, e.figure)):
            say(f"{state}: {entry.path}: {entry.says or entry.figure} [{entry.rule}]{_said(entry)}\n")
    counts = Counter(state for state, _ in listed)
    say(", ".join(f"{counts[state]} {state}" for state in ORDER) + "\n")
    return OK


def _said(entry: Entry) -> str:
    parts = [entry.reason, entry.author and f"by {entry.author}", entry.expires and f"until {entry.expires}"]
    text = ", ".join(str(part) for part in parts if part)
    return f"\n    {text}" if text else ""
