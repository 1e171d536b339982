"""rdjson, the format of reviewdog: diagnostics with ranges whose columns count bytes of UTF-8."""

from __future__ import annotations

import json
from typing import Any

from crosscheck.reports.findings import Finding, Report, Spot

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def report(found: Report, lowest: str) -> str:
    """The report as text."""
    content = {
        "source": {"name": "crosscheck"},
        "diagnostics": [_diagnostic(finding) for finding in found.findings(lowest)],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    where = f" ({finding.spot.where})" if finding.spot.where else ""
    # Related figures go into the text: earlier versions of reviewdog refuse a key that they do not know.
    return {
        "message": "\n".join([finding.message + where, *finding.further]),
        "location": _location(finding.spot),
        "severity": SEVERITIES[finding.level],
        "code": {"value": finding.rule},
    }


def _location(spot: Spot) -> dict[str, Any]:
    if not spot.has_lines:
        return {"path": spot.path}
    start = {"line": spot.line, "column": spot.byte_column}
    return {"path": spot.path, "range": {"start": start, "end": {"line": spot.end_line, "column": spot.end_byte_column}}}
