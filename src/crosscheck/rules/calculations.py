"""Rules from the calculation links of an XBRL report: each total is the weighted sum of its items."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from crosscheck.claims.xbrl_report import Calculation, calculations_of
from crosscheck.rules.files import read_rule_file
from crosscheck.rules.model import Rule

MAXIMUM_NAME = 60


def calculation_rules(path: Path) -> tuple[Rule, ...]:
    """The rules that the report at `path` states of itself; raises InputFaults.

    An item of which the report says nothing is missing, as in every rule, and not nought.
    """
    found = calculations_of(path)
    if not found:
        return ()
    text = "rules:\n" + "".join(map(_rule, found))
    return read_rule_file(path, True, text=text)


def _rule(calculation: Calculation) -> str:
    """A rule; its id is the same for the same calculation of another report."""
    mark = hashlib.sha256(repr((calculation.total, sorted(calculation.items))).encode()).hexdigest()[:6]
    name = re.sub(r"[^a-z0-9]+", "-", calculation.total.partition(":")[2].lower())[:MAXIMUM_NAME].strip("-")
    lines = [f"  total: {{measure: level, indicator: {json.dumps(calculation.total)}}}"]
    terms = ""
    for place, (concept, weight) in enumerate(calculation.items, 1):
        lines.append(f"  item_{place}: {{measure: level, indicator: {json.dumps(concept)}}}")
        size = weight.lstrip("-")
        terms += f" {'-' if weight.startswith('-') else '+'} " + (
            f"item_{place}" if size == "1" else f"{size} * item_{place}"
        )
    expression = terms.removeprefix(" + ").replace(" - ", "-", 1) if terms.startswith(" -") else terms.removeprefix(" + ")
    return "\n".join(
        [
            f"  - id: calculation-{name}-{mark}".replace("--", "-"),
            f"    title: {json.dumps(f'{calculation.total} is not the sum of its items')}",
            f"    why: {json.dumps(f'The report says so itself, in its calculation link {calculation.role}.')}",
            "    variables:",
            *(f"    {line}" for line in lines),
            f"    assert: total == {expression}",
            "    tags: [xbrl]",
            "",
        ]
    )
