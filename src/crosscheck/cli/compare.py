"""`compare`: what changed between two runs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from crosscheck.cli.baseline import ORDER as STATES
from crosscheck.cli.check import FINDINGS, INPUT, OK
from crosscheck.cli.options import FAIL_LEVELS, unknown_word
from crosscheck.cli.output import say, show_faults, shown
from crosscheck.inputs.faults import InputFaults
from crosscheck.project.comparing import compared, is_grave, read_report


def run_compare(old: Path, new: Path, fail_on: str, verbose: bool) -> int:
    """Tells what became of each finding; 1 when something new or worse is at or above a level."""
    faults = unknown_word(fail_on, FAIL_LEVELS, "--fail-on")
    reports = []
    for path in (old, new):
        try:
            reports.append(read_report(path))
        except InputFaults as error:
            faults += error.faults
    if faults:
        show_faults(faults)
        return INPUT
    listed = [(state, one) for state, one in compared(*reports) if verbose or one.level != "note"]
    for state in STATES:
        for one in sorted((o for s, o in listed if s == state), key=lambda o: (o.place, o.rule, o.fingerprint)):
            say(f"{state}: {shown(one.place)}: {one.level}: {shown(one.message)} [{one.rule}]\n")
    counts = Counter(state for state, _ in listed)
    say(", ".join(f"{counts[state]} {state}" for state in STATES) + "\n")
    return FINDINGS if any(is_grave(state, one.level, fail_on) for state, one in listed) else OK
