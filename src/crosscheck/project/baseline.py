"""The baseline: findings that are known and accepted for now, in a file that people review.

An entry names its finding by fingerprint, which does not change with figures, lines or claim ids. Where a document more
states an operand, the fingerprint does change; then the figure in doubt, in its document, tells the finding (`subject`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crosscheck.checking.assessment import UNVERIFIABLE
from crosscheck.checking.checks import Check
from crosscheck.checking.levels import NONE, ORDER
from crosscheck.checking.noticed import Noticed, fingerprints
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.yaml_tree import Node, read_file
from crosscheck.project.pipeline import Outcome
from crosscheck.reconciliation.model import JointConflict, JointFault
from crosscheck.reports import joint
from crosscheck.reports.wording import message, noticed_message
from crosscheck.rules.model import LEVELS

KEYS = {
    "fingerprint": "what the finding is called from run to run",
    "rule": "the rule",
    "level": "how grave it was; when it gets worse it is reported again",
    "path": "the document",
    "figure": "the figure in doubt, as it was printed",
    "says": "what was said of it",
    "subject": "what the figure in doubt is called, for when another document states one of the others",
    "since": "when it was accepted",
    "reason": "why it is accepted",
    "author": "by whom",
    "expires": "the day from which on it is reported again",
}
REQUIRED = ("fingerprint", "rule", "level")
HEADING = """\
# Findings that are known and accepted for now: they are counted, and do not fail a run. Written by `crosscheck baseline`,
# which keeps `reason`, `author` and `expires` as you write them.
"""
STILL, RESOLVED, UNCHECKED, WORSE, NEW = "still there", "resolved", "newly unverifiable", "worse", "new"


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding; `file` and `line` say where it stands."""

    fingerprint: str
    rule: str
    level: str
    path: str = ""
    figure: str = ""
    says: str = ""
    subject: str = ""
    since: str = ""
    reason: str = ""
    author: str = ""
    expires: date | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of a run as baselines know it: its entry, and every name of its figure in doubt."""

    entry: Entry
    subjects: frozenset[str] = frozenset()


def read_baseline(path: Path) -> tuple[Entry, ...]:
    """The entries of a baseline file; raises InputFaults with every fault in it."""
    root = read_file(path)
    listed = root.get("baseline")
    faults: list[Fault] = []
    for key, key_node, _ in root.pairs():
        if key != "baseline":
            faults.append(key_node.fault(f'unknown key "{key[:40]}"', "a baseline has one list, `baseline`"))
    if listed is None or (listed.items is None and listed.text != ""):
        faults.append(
            (listed or root).fault("a baseline has a list under `baseline`", "`crosscheck baseline write` makes one")
        )
        raise InputFaults(faults)
    entries = [entry for node in listed.items or () if (entry := _entry(node, str(path), faults)) is not None]
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.fingerprint, entry)
        if first is not entry:
            faults.append(Fault(str(path), entry.line, 5, "this finding stands here twice", f"first on line {first.line}"))
    if faults:
        raise InputFaults(faults)
    return tuple(entries)


def _entry(node: Node, file: str, faults: list[Fault]) -> Entry | None:
    before = len(faults)
    texts = texts_of(node, KEYS, REQUIRED, faults)
    if texts.get("level") and texts["level"] not in LEVELS:
        faults.append(node.fault(f'unknown level "{texts["level"][:40]}"', did_you_mean(texts["level"], LEVELS)))
    expires = day_of(node, texts.pop("expires", ""), faults)
    if len(faults) > before:
        return None
    return Entry(**texts, expires=expires, file=file, line=node.line)


def texts_of(node: Node, keys: Mapping[str, str], required: Sequence[str], faults: list[Fault]) -> dict[str, str]:
    """The texts of an entry by key, of those in `keys`, which tell what each is; adds every fault of it to `faults`."""
    if node.entries is None:
        faults.append(node.fault(f"an entry is a mapping, not {node.kind}", f"with {', '.join(required)}"))
        return {}
    texts: dict[str, str] = {}
    for key, key_node, value in node.pairs():
        if key not in keys:
            faults.append(
                key_node.fault(f'unknown key "{key[:40]}"', did_you_mean(key, keys) or f"one of {', '.join(keys)}")
            )
        elif value.text is None:
            faults.append(value.fault(f"`{key}` is text, not {value.kind}"))
        else:
            texts[key] = value.text
    faults += [node.fault(f"an entry needs `{key}`", keys[key]) for key in required if not texts.get(key)]
    return texts


def day_of(node: Node, text: str, faults: list[Fault]) -> date | None:
    """The day that `expires` of an entry names; None without one, and after a fault."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append((node.get("expires") or node).fault(f'"{text[:40]}" is no date', "write YYYY-MM-DD"))
        return None


def baseline_text(entries: Iterable[Entry]) -> str:
    """The entries as a file, in an order that does not change with what they say."""
    ordered = sorted(entries, key=lambda entry: (entry.path, entry.rule, entry.figure, entry.fingerprint))
    lines = [HEADING + "baseline:"]
    for entry in ordered:
        for number, key in enumerate(KEYS):
            value = getattr(entry, key)
            text = value.isoformat() if isinstance(value, date) else value
            if text:
                plain = key in REQUIRED or key in ("subject", "since", "expires")
                lines.append(
                    f"  {'- ' if not number else '  '}{key}: {text if plain else json.dumps(text, ensure_ascii=False)}"
                )
    if not ordered:
        lines[-1] += " []"
    return "\n".join(lines) + "\n"


def findings(outcome: Outcome, lowest: str = "warning") -> tuple[Finding, ...]:
    """The findings of a run from a level on, those that are silent left out."""
    from_here = ORDER[ORDER.index(lowest) :]
    found = [_of_check(check) for check in outcome.run.checks if check.suppressed is None and check.level in from_here]
    marks = zip(outcome.noticed, fingerprints(outcome.noticed), strict=True)
    found += [_of_noticed(each, mark) for each, mark in marks if not each.is_suppressed and each.level in from_here]
    found += [_of_fault(*told) for told in joint.told(outcome.reconciliation) if told[1].level in from_here]
    return tuple(found)


def names_there(outcome: Outcome) -> frozenset[str]:
    """The fingerprints of everything that a run speaks of, also what is silent for another reason."""
    speaking = (check.fingerprint for check in outcome.run.checks if check.level != NONE)
    together = map(joint.fingerprint, () if outcome.reconciliation is None else outcome.reconciliation.faults)
    return frozenset((*speaking, *fingerprints(outcome.noticed), *together))


def _of_check(check: Check) -> Finding:
    claim = check.in_doubt.first
    marks = subjects(check)
    entry = Entry(
        check.fingerprint,
        check.rule.id,
        check.level,
        claim.document.path or claim.document.id,
        _line(claim.printed),
        _line(message(check)),
        min(marks),
    )
    return Finding(entry, marks)


def _of_noticed(found: Noticed, mark: str) -> Finding:
    path = found.document.path or found.document.id
    return Finding(Entry(mark, found.rule, found.level, path, _line(found.printed), _line(noticed_message(found))))


def _of_fault(fault: JointFault, conflict: JointConflict) -> Finding:
    claim = joint.in_doubt(fault, conflict)
    path, printed = claim.document.path or claim.document.id, _line(claim.printed)
    mark, says = joint.fingerprint(fault), _line(joint.sentence(conflict))
    return Finding(Entry(mark, joint.RULE, conflict.level, path, printed, says))


def _line(text: str) -> str:
    return re.sub(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]", " ", " ".join(text.split()))[:500]


def subjects(check: Check) -> frozenset[str]:
    """What the figure in doubt of a check is called, once for each document that states it: a hash of rule, document,
    dimensions and properties.
    """
    return frozenset(
        hashlib.sha256(
            json.dumps(
                [
                    check.rule.id,
                    claim.document.id,
                    sorted(check.in_doubt.dimensions.items()),
                    claim.measure,
                    claim.base_period,
                    sorted((key, value or "") for key, value in (claim.whole or {}).items()),
                    claim.modality,
                ]
            ).encode()
        ).hexdigest()[:16]
        for claim in check.in_doubt.claims
    )


def covering(entries: Sequence[Entry], found: Sequence[Finding]) -> Mapping[str, Entry]:
    """By fingerprint of a finding, the entry that accepts it: the one of its fingerprint, else one whose own finding is
    gone and that is about the same figure in doubt. An entry accepts one finding, and none that is graver than it was.
    """
    by_mark = {entry.fingerprint: entry for entry in entries}
    covered = {one.entry.fingerprint: by_mark[one.entry.fingerprint] for one in found if one.entry.fingerprint in by_mark}
    free = [entry for entry in entries if entry.fingerprint not in covered and entry.subject]
    for one in found:
        if one.entry.fingerprint not in covered:
            again = next((e for e in free if e.rule == one.entry.rule and e.subject in one.subjects), None)
            if again is not None:
                free.remove(again)
                covered[one.entry.fingerprint] = again
    return {
        one.entry.fingerprint: covered[one.entry.fingerprint]
        for one in found
        if one.entry.fingerprint in covered
        and ORDER.index(one.entry.level) <= ORDER.index(covered[one.entry.fingerprint].level)
    }


def updated(entries: Sequence[Entry], found: Sequence[Finding], new: Entry) -> tuple[Entry, ...]:
    """The entries brought up to date: what is still there as it is now, with what people wrote; and findings that are new,
    with the reason, author, expiry and date of `new`. Entries whose finding is gone stay.
    """
    worse_too = [replace(entry, level=LEVELS[0]) for entry in entries]
    covered = covering(worse_too, found)
    by_mark = {entry.fingerprint: entry for entry in entries}
    again: dict[str, Entry] = {}
    fresh = []
    for one in found:
        old = covered.get(one.entry.fingerprint)
        said = by_mark[old.fingerprint] if old is not None else new
        kept = replace(one.entry, reason=said.reason, author=said.author, expires=said.expires, since=said.since)
        if old is not None:
            again[old.fingerprint] = kept
        else:
            fresh.append(kept)
    return (*(again.get(entry.fingerprint, entry) for entry in entries), *fresh)


def states(entries: Sequence[Entry], outcome: Outcome, lowest: str = "warning") -> Iterator[tuple[str, Entry]]:
    """Each entry with what became of its finding, and each finding that no entry accepts as new or worse."""
    found = findings(outcome, "note")
    covered = covering(entries, found)
    there = {entry.fingerprint for entry in covered.values()}
    known = {entry.fingerprint: entry for entry in entries}
    unchecked = {mark for check in outcome.run.checks if check.verdict == UNVERIFIABLE for mark in subjects(check)}
    present = names_there(outcome)
    for entry in entries:
        if entry.fingerprint in there:
            yield STILL, entry
        elif entry.subject in unchecked:
            yield UNCHECKED, entry
        elif entry.fingerprint not in present:
            yield RESOLVED, entry
    for one in found:
        if one.entry.fingerprint not in covered and ORDER.index(one.entry.level) >= ORDER.index(lowest):
            yield (WORSE if one.entry.fingerprint in known else NEW), one.entry
