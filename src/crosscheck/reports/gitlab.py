"""GitLab's code quality report: a list of issues, each with a fingerprint of its own, shown in the merge request."""

from __future__ import annotations

import json

from crosscheck.reports.findings import Report
from crosscheck.reports.inert import one_line

SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def report(found: Report, lowest: str) -> str:
    """The report as text."""
    issues = [
        {
            "description": one_line(". ".join([finding.message, *finding.further])),
            "check_name": finding.rule,
            "fingerprint": finding.fingerprint,
            "severity": SEVERITIES[finding.level],
            "location": {"path": finding.spot.path, "lines": {"begin": finding.spot.line, "end": finding.spot.end_line}},
        }
        for finding in found.findings(lowest)
    ]
    return json.dumps(issues, indent=1, ensure_ascii=False) + "\n"
