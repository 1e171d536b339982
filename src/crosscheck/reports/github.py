"""Commands of GitHub Actions that put findings beside the lines of a pull request.

A step shows at most ten errors and ten warnings, so the worst come first and the step summary has all of them. Text goes
into a command escaped, so that no document can give one of its own.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from crosscheck.inputs.faults import Fault
from crosscheck.reports.concise import tally
from crosscheck.reports.findings import Finding, Report, Spot
from crosscheck.reports.inert import log_line, one_line
from crosscheck.reports.markdown import Links

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
MAXIMUM_SHOWN = 10  # of each kind in a step
MAXIMUM_SUMMARY = 1024 * 1024  # bytes that a step summary may have


def report(found: Report, lowest: str, with_tally: bool = True) -> str:
    """The commands, and the findings for which there is no room as plain lines of the log."""
    shown: Counter[str] = Counter()
    commands, rest = [], []
    for finding in found.findings(lowest):
        shown[finding.level] += 1
        if shown[finding.level] <= MAXIMUM_SHOWN:
            commands.append(_command(finding))
        else:
            line = f"{finding.spot.text}: {finding.level}: {finding.message} [{finding.rule}]"
            rest.append(log_line(f"also {line}"))
    lines = [*commands, *rest]
    if with_tally:
        lines += map(log_line, tally(found.run, found.noticed, found.documents, lowest))
    return "".join(f"{line}\n" for line in lines)


def fault_report(faults: Iterable[Fault]) -> str:
    """Faults of the input (exit 2) as errors at their place."""
    lines = []
    for fault in faults:
        where = {"file": fault.file, "line": fault.line, "col": fault.column, "title": "crosscheck"}
        text = fault.message + (f"\nhint: {fault.hint}" if fault.hint else "")
        lines.append(_written("error", where, text))
    return "".join(f"{line}\n" for line in lines)


def _command(finding: Finding) -> str:
    spot = finding.spot
    where: dict[str, object] = {"file": spot.path, "line": spot.line}
    if spot.has_lines:
        where |= {"endLine": spot.end_line}
        # The runner takes columns only where a figure stands on one line.
        where |= {"col": spot.column, "endColumn": spot.end_column} if spot.end_line == spot.line else {}
    where |= {"title": f"crosscheck: {finding.rule}"}
    place = f" ({spot.where})" if spot.where else ""
    text = "\n".join(one_line(line) for line in (finding.message + place, *finding.further))
    return _written(COMMANDS[finding.level], where, text)


def _written(command: str, where: Mapping[str, object], text: str) -> str:
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in where.items() if value is not None)
    return f"::{command} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def links(environment: Mapping[str, str] = os.environ) -> Links | None:
    """Addresses of lines in the commit that a workflow runs on; None outside of a workflow."""
    server, name, commit = (environment.get(f"GITHUB_{key}", "") for key in ("SERVER_URL", "REPOSITORY", "SHA"))
    if not (server and name and commit):
        return None

    def address(spot: Spot) -> str | None:
        if spot.path.startswith(("/", "..")):
            return None
        line = f"#L{spot.line}" if spot.has_lines else ""
        plain = "?plain=1" if line and spot.path.lower().endswith((".md", ".markdown")) else ""
        file = quote(spot.path, errors="replace")
        return f"{quote(server, safe=':/')}/{quote(name)}/blob/{quote(commit)}/{file}{plain}{line}"

    return address
