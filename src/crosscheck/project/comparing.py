"""Two runs compared by their JSON reports: what is new, worse, newly unverifiable, still there, resolved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosscheck.checking.assessment import UNVERIFIABLE
from crosscheck.checking.levels import NONE, ORDER
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.baseline import NEW, RESOLVED, STILL, UNCHECKED, WORSE
from crosscheck.reports.joint import RULE as JOINT

MAXIMUM_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of a report: what it is called, how grave it is, and what was said at which place."""

    fingerprint: str
    subject: str  # rule, document and dimensions of the figure in doubt
    rule: str
    level: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a run that were reported, and what of it could not be checked."""

    found: Mapping[str, Told]
    unverifiable: frozenset[str]  # the subjects


def read_report(path: Path) -> Report:
    """What a JSON report tells; raises InputFaults for anything else."""
    hint = "write one with `crosscheck all --output json=PATH`"
    try:
        content = json.loads(read_limited(path, MAXIMUM_BYTES, " as a report"))
    except (ValueError, RecursionError):
        raise InputFaults([Fault(str(path), None, None, "this is no JSON report", hint)]) from None
    if isinstance(content, dict) and "errors" in content and "checks" not in content:
        raise InputFaults([Fault(str(path), None, None, "the run of this report ended with faults of its input", hint)])
    try:
        told = [
            *map(_check, content["checks"]),
            *map(_reading, content["reading"]),
            *_together(content.get("reconciliation")),
        ]
        unverifiable = frozenset(_subject(check) for check in content["checks"] if check["verdict"] == UNVERIFIABLE)
        found = {one.fingerprint: one for one, silent in told if one.level in ORDER[1:] and not silent}
    except (KeyError, TypeError, AttributeError):
        raise InputFaults([Fault(str(path), None, None, "this is no JSON report of crosscheck", hint)]) from None
    return Report(found, unverifiable)


def _check(check: Mapping[str, Any]) -> tuple[Told, bool]:
    claim: Mapping[str, Any] = next((claim for claim in check["claims"] if claim["role"] == check["subject"]), {})
    told = Told(check["fingerprint"], _subject(check), check["rule"], check["level"], _place(claim), check["message"])
    return told, check["suppressed"] is not None


def _reading(found: Mapping[str, Any]) -> tuple[Told, bool]:
    told = Told(found["fingerprint"], "", found["rule"], found["level"], _place(found), found["message"])
    return told, found["suppressed"] is not None


def _together(found: Mapping[str, Any] | None) -> Iterator[tuple[Told, bool]]:
    """What no rule finds by itself. A report of a version that did not tell which of it was a finding has none."""
    for part in found["components"] if found is not None else ():
        for one in part["conflicts"]:
            if one.get("reported"):
                yield Told(one["fingerprint"], "", JOINT, one["level"], _place(one), one["message"]), one["suppressed"]


def _place(at: Mapping[str, Any]) -> str:
    parts = (at.get("path") or at.get("document") or at.get("id") or "", at.get("line"), at.get("column"))
    return ":".join(str(part) for part in parts if part is not None)


def _subject(check: Mapping[str, Any]) -> str:
    claims = [claim for claim in check["claims"] if claim["role"] == check["subject"]]
    names = sorted(json.dumps([claim["document"], sorted(claim["dimensions"].items())]) for claim in claims)
    return json.dumps([check["rule"], names])


def compared(old: Report, new: Report) -> Iterator[tuple[str, Told]]:
    """Every finding of the two runs with what became of it; of one that is in both the newer words."""
    for mark, one in new.found.items():
        before = old.found.get(mark)
        if before is None:
            yield NEW, one
        else:
            yield (WORSE if ORDER.index(one.level) > ORDER.index(before.level) else STILL), one
    for mark, one in old.found.items():
        if mark not in new.found:
            yield (UNCHECKED if one.subject in new.unverifiable else RESOLVED), one


def is_grave(state: str, level: str, fail_on: str) -> bool:
    """True for what fails a comparison: new or worse, and at or above a level."""
    return state in (NEW, WORSE) and fail_on != "never" and level != NONE and ORDER.index(level) >= ORDER.index(fail_on)
