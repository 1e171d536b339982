"""What keeps a finding silent: a comment in its document, an entry of the suppressions file, an entry of the baseline.

A silent finding is counted. Entries that have expired silence nothing; those, and entries that silence nothing, are told.
"""

from __future__ import annotations

import bisect
import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crosscheck.checking.checks import Check
from crosscheck.checking.levels import NONE
from crosscheck.checking.noticed import NOTICED, OBSERVED, Noticed, fingerprints
from crosscheck.claims.model import Place
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.yaml_tree import Node, read_file
from crosscheck.project.baseline import Entry, covering, day_of, findings, names_there, read_baseline, texts_of
from crosscheck.project.configuration import Configuration
from crosscheck.project.pipeline import SUPPRESSION, Outcome, Remark, document_text
from crosscheck.reconciliation.model import JointConflict, JointFault
from crosscheck.reports import joint
from crosscheck.rules.model import Rule

KEYS = {
    "rule": "the id of a rule or of a finding of reading",
    "path": "a pattern of paths of documents; all when left out",
    "figure": "the figure in doubt, as it is printed; any when left out",
    "reason": "why nothing shall be said",
    "author": "who says so",
    "expires": "the day from which on it is reported again",
}
COMMENT = re.compile(
    r"<!--\s*crosscheck:\s*(?P<word>ignore-file|ignore)\s+(?P<rules>[a-z0-9/-]+(?:\s*,\s*[a-z0-9/-]+)*)"
    r"(?:\s+until\s+(?P<until>\S+))?(?:\s+--\s+(?P<reason>[^\n]*?))?\s*-->"
)
BEGINNING, END = re.compile(r"<!--\s{0,9}crosscheck:"), "-->"
MAXIMUM_COMMENT = 1_000  # characters
MAXIMUM_COMMENTS = 1_000  # of a document
SYNTAX = "write `<!-- crosscheck: ignore RULE -- the reason -->`, also with `until YYYY-MM-DD` before the reason"
TEXT_SUFFIXES = (".md", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".text")


@dataclass(frozen=True, slots=True)
class Silence:
    """Findings that are not reported: of a rule, where the rest is given in some documents, lines, about some figure."""

    kind: str  # "inline" or "file"
    file: str
    line: int
    rule: str
    path: str | None = None
    lines: range | None = None
    figure: str | None = None
    expires: date | None = None

    @property
    def where(self) -> str:
        """Its place, for people and reports."""
        return f"{self.file}:{self.line}"


def read_silences(path: Path) -> tuple[Silence, ...]:
    """The entries of a suppressions file; raises InputFaults with every fault in it."""
    root = read_file(path)
    listed = root.get("suppressions")
    faults = [
        node.fault(f'unknown key "{key[:40]}"', "the file has one list, `suppressions`")
        for key, node, _ in root.pairs()
        if key != "suppressions"
    ]
    if listed is None or listed.items is None:
        faults.append(
            (listed or root).fault("the file has a list under `suppressions`", "each item with `rule` and `reason`")
        )
        raise InputFaults(faults)
    found = [_silence(node, str(path), faults) for node in listed.items]
    if faults:
        raise InputFaults(faults)
    return tuple(found)


def _silence(node: Node, file: str, faults: list[Fault]) -> Silence:
    texts = texts_of(node, KEYS, ("rule", "reason"), faults)
    expires = day_of(node, texts.get("expires", ""), faults)
    rule, path, figure = texts.get("rule", ""), texts.get("path"), texts.get("figure")
    return Silence("file", file, node.line, rule, path, None, None if figure is None else " ".join(figure.split()), expires)


def comments(text: str, path: str) -> Iterator[Silence | Remark]:
    """What comments of a document silence; a remark for one that is not understood.

    On a line with other text a comment is about that line, alone on its line about the paragraph below it, up to the next
    empty line; `ignore-file` about the whole document.
    """
    if "crosscheck:" not in text:
        return
    lines = text.split("\n")
    layout, count = _lines(lines), 0
    for number, line in enumerate(lines, 1):
        for match in BEGINNING.finditer(line):
            count += 1
            if count > MAXIMUM_COMMENTS:
                yield Remark(SUPPRESSION, f"{path}:{number}: more than {MAXIMUM_COMMENTS:,} comments; the rest is not read")
                return
            end = line.find(END, match.start(), match.start() + MAXIMUM_COMMENT)
            found = COMMENT.fullmatch(line, match.start(), end + len(END)) if end >= 0 else None
            until = None
            try:
                until = date.fromisoformat(found["until"]) if found and found["until"] else None
            except ValueError:
                found = None
            if found is None:
                yield Remark(SUPPRESSION, f"{path}:{number}: this comment is not understood: {SYNTAX}")
                continue
            about = _about(layout, line, number, found)
            for rule in re.split(r"\s*,\s*", found["rules"]):
                yield Silence("inline", path, number, rule, path, about, expires=until)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The numbers of the lines of a document that are empty, and of those that are not; each in order."""

    empty: Sequence[int]
    full: Sequence[int]
    count: int

    def paragraph_below(self, number: int) -> range:
        """From a line on to the end of the paragraph that follows it."""
        at = bisect.bisect_right(self.full, number)
        first = self.full[at] if at < len(self.full) else number
        after = bisect.bisect_left(self.empty, first)
        return range(number, self.empty[after] if after < len(self.empty) else self.count + 1)


def _lines(lines: Sequence[str]) -> _Lines:
    empty = [number for number, line in enumerate(lines, 1) if not line.strip()]
    full = [number for number, line in enumerate(lines, 1) if line.strip()]
    return _Lines(empty, full, len(lines))


def _about(layout: _Lines, line: str, number: int, found: re.Match[str]) -> range | None:
    """The lines that a comment on a line is about; None for all."""
    if found["word"] == "ignore-file":
        return None
    if (line[: found.start()] + line[found.end() :]).strip():
        return range(number, number + 1)
    return layout.paragraph_below(number)


def in_documents(outcome: Outcome) -> tuple[list[Silence], list[Remark]]:
    """What comments in the documents of a run silence, and remarks on those that are not understood."""
    silences: list[Silence] = []
    remarks: list[Remark] = []
    for path in sorted({*outcome.sources, *outcome.texts}):
        if path in outcome.texts or path.lower().endswith(TEXT_SUFFIXES):
            for found in comments(document_text(outcome, path) or "", path):
                if isinstance(found, Silence):
                    silences.append(found)
                else:
                    remarks.append(found)
    return silences, remarks


def silenced(
    outcome: Outcome, silences: Sequence[Silence], entries: Sequence[Entry], today: date | None, whole: bool
) -> Outcome:
    """The outcome with what is to be kept silent marked so, and remarks on what has expired or silences nothing.

    `whole` is False for a run over a part of the project, which cannot tell what silences nothing.
    """
    live = [one for one in silences if not _expired(one.expires, today)]
    used: set[Silence] = set()
    checks = tuple(_quiet_check(check, live, used) for check in outcome.run.checks)
    seen = tuple(_quiet_noticed(found, live, used) for found in outcome.noticed)
    outcome = replace(outcome, run=replace(outcome.run, checks=checks), noticed=seen)
    quiet = {id(f): one for f, c in joint.told(outcome.reconciliation) if (one := _of_joint(f, c, live)) is not None}
    used |= set(quiet.values())
    outcome = _with_joint(outcome, lambda fault: id(fault) in quiet)
    accepted = [entry for entry in entries if not _expired(entry.expires, today)]
    found = findings(outcome, "note")
    covered = covering(accepted, found)
    outcome = _with_baseline(outcome, covered)
    remarks = [
        Remark(SUPPRESSION, f"{one.file}:{one.line}: expired on {one.expires}") for one in silences if one not in live
    ]
    remarks += [Remark(SUPPRESSION, f"{e.file}:{e.line}: expired on {e.expires}") for e in entries if e not in accepted]
    if whole:
        there = {entry.fingerprint for entry in covered.values()} | names_there(outcome)
        remarks += [Remark(SUPPRESSION, _unused(one, outcome.rules)) for one in live if one not in used]
        gone = [entry for entry in accepted if entry.fingerprint not in there]
        if gone:
            hint = "`crosscheck baseline show` tells which, `crosscheck baseline prune` removes them"
            many = f"{len(gone)} entries are" if len(gone) > 1 else "1 entry is"
            remarks.append(Remark(SUPPRESSION, f"{gone[0].file}: {many} about findings that are gone: {hint}"))
    return replace(outcome, remarks=(*outcome.remarks, *remarks))


def _expired(day: date | None, today: date | None) -> bool:
    return day is not None and today is not None and day <= today


def _unused(one: Silence, rules: Iterable[Rule]) -> str:
    names = [name for rule in rules for name in rule.names] + [*NOTICED, *OBSERVED, joint.RULE]
    if one.rule not in names:
        hint = did_you_mean(one.rule, names, 4)
        return f'{one.file}:{one.line}: no rule has the id "{one.rule[:60]}"' + (f" ({hint})" if hint else "")
    return f"{one.file}:{one.line}: silences no finding of {one.rule}: take it out"


def _quiet_check(check: Check, live: Sequence[Silence], used: set[Silence]) -> Check:
    if check.level == NONE or check.suppressed is not None:
        return check
    for claim in check.in_doubt.claims:
        one = _first(live, check.rule.names, claim.document.path, claim.place, claim.printed)
        if one is not None:
            used.add(one)
            return replace(check, suppressed=one.where)
    return check


def _quiet_noticed(found: Noticed, live: Sequence[Silence], used: set[Silence]) -> Noticed:
    one = _first(live, {found.rule}, found.document.path, found.place, found.printed)
    if one is None or found.is_suppressed:
        return found
    used.add(one)
    return replace(found, suppressed=one.where)


def _of_joint(fault: JointFault, conflict: JointConflict, live: Sequence[Silence]) -> Silence | None:
    """What silences figures that cannot be true together: where the first suspect of them stands."""
    claim = joint.in_doubt(fault, conflict)
    return _first(live, {joint.RULE}, claim.document.path, claim.place, claim.printed)


def _with_joint(outcome: Outcome, is_quiet: Callable[[JointFault], bool]) -> Outcome:
    """The outcome with the faults of all figures together that are to be quiet marked so, and those that single checks
    tell which all are.
    """
    found = outcome.reconciliation
    if found is None or not found.faults:
        return outcome
    checks = {check.id: check for check in outcome.run.checks}

    def marked(conflict: JointConflict, quiet: bool) -> JointConflict:
        told = tuple(checks.get(check.id, check) for check in conflict.checks)
        every = bool(told) and all(check.suppressed is not None for check in told)
        return replace(conflict, checks=told, suppressed=conflict.suppressed or quiet or every)

    def one(fault: JointFault) -> JointFault:
        quiet = is_quiet(fault)
        return replace(fault, conflicts=tuple(marked(conflict, quiet) for conflict in fault.conflicts))

    parts = tuple(replace(part, faults=tuple(map(one, part.faults))) for part in found.parts)
    return replace(outcome, reconciliation=replace(found, parts=parts))


def _first(live: Sequence[Silence], names: Iterable[str], path: str | None, place: Place, printed: str) -> Silence | None:
    return next((one for one in live if one.rule in names and _is_about(one, path or "", place, printed)), None)


def _is_about(one: Silence, path: str, place: Place, printed: str) -> bool:
    if one.kind == "inline":
        return path == one.path and (one.lines is None or place.line in one.lines)
    fits = one.path is None or fnmatch.fnmatch(path, one.path)
    return fits and (one.figure is None or one.figure == " ".join(printed.split()))


def _with_baseline(outcome: Outcome, covered: Mapping[str, Entry]) -> Outcome:
    places = {mark: f"{entry.file}:{entry.line}" for mark, entry in covered.items()}
    checks = tuple(
        replace(check, suppressed=places[check.fingerprint])
        if check.suppressed is None and check.fingerprint in places
        else check
        for check in outcome.run.checks
    )
    marks = fingerprints(outcome.noticed)
    seen = tuple(
        replace(found, suppressed=places[mark]) if not found.is_suppressed and mark in places else found
        for found, mark in zip(outcome.noticed, marks, strict=True)
    )
    outcome = replace(outcome, run=replace(outcome.run, checks=checks), noticed=seen)
    return _with_joint(outcome, lambda fault: joint.fingerprint(fault) in places)


def with_silences(
    outcome: Outcome, settings: Configuration, baseline: Path | None, today: date | None, whole: bool
) -> Outcome:
    """The outcome with everything that a project keeps silent marked so: by comments in documents, the suppressions file,
    and the baseline (`baseline`, else the configured one).

    `whole` is False for a run over a part of the project, which cannot tell what silences nothing. Raises InputFaults with
    the faults of both files.
    """
    faults: list[Fault] = []
    silences, remarks = in_documents(outcome)
    entries: tuple[Entry, ...] = ()
    try:
        if settings.suppressions is not None:
            silences += read_silences(settings.suppressions)
    except InputFaults as error:
        faults += error.faults
    accepted = baseline or settings.baseline
    try:
        if accepted is not None and (baseline is not None or accepted.is_file()):
            entries = read_baseline(accepted)
    except InputFaults as error:
        faults += error.faults
    if faults:
        raise InputFaults(faults)
    if not (silences or remarks or entries):
        return outcome
    outcome = replace(outcome, remarks=(*outcome.remarks, *remarks))
    return silenced(outcome, silences, entries, today, whole)
