"""Where commands speak: reports on stdout, all else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from crosscheck.inputs.faults import Fault


def say(text: str) -> None:
    """Text on stdout; characters that its encoding lacks are escaped instead of failing."""
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def show_faults(faults: Sequence[Fault], format: str = "concise") -> None:
    """All faults of the input: as the report where that is JSON, else on stderr."""
    from crosscheck.reports import concise, json_report

    if format == "json":
        say(json_report.fault_report(faults))
        return
    for line in concise.fault_lines(faults):
        sys.stderr.write(line + "\n")
