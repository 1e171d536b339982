"""SARIF 2.1.0, for code scanning and editors: places in the documents, related figures linked from the message, a code flow
from claim to claim to what they give, fingerprints that outlive an edit. What is suppressed is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from crosscheck.checking.checks import Check
from crosscheck.inputs.faults import Fault
from crosscheck.reports.findings import Finding, Report, Spot
from crosscheck.reports.inert import markdown, one_line
from crosscheck.reports.json_report import SCHEMA
from crosscheck.reports.numbers import fixed, interval_like
from crosscheck.reports.wording import formula, printed, shown_figure

VERSION = "2.1.0"
SCHEMA_URI = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
SPECIAL = re.compile(r"[\\\[\]]")
MAXIMUM_STEPS = 100


def report(found: Report) -> str:
    """The whole log as text, the same from run to run."""
    findings = found.findings()
    rules = {finding.rule: finding for finding in reversed(findings)}
    order = {rule: index for index, rule in enumerate(sorted(rules))}
    notices = [_notice(remark, "warning") for remark in found.remarks]
    return _log(
        found.version,
        [_rule(rules[name]) for name in order],
        [_result(finding, order[finding.rule], found) for finding in findings],
        {"executionSuccessful": True, **({"toolExecutionNotifications": notices} if notices else {})},
    )


def fault_report(faults: Iterable[Fault], version: str) -> str:
    """The log of a run that ended with faults of its input (exit 2): no results, each fault a notification."""
    notices = []
    for fault in faults:
        hint = f" ({fault.hint})" if fault.hint else ""
        line, column = fault.line or 1, fault.column or 1
        spot = Spot(fault.file, line, column, line, column)
        notices.append({**_notice(fault.message + hint, "error"), "locations": [_location(spot)]})
    done = {"executionSuccessful": False, "exitCode": 2, "toolConfigurationNotifications": notices}
    return _log(version, [], [], done)


def _log(version: str, rules: Sequence[Any], results: Sequence[Any], invocation: dict[str, Any]) -> str:
    driver = {"name": "crosscheck", "version": version, "semanticVersion": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
        "properties": {"schema": SCHEMA},
    }
    return json.dumps({"$schema": SCHEMA_URI, "version": VERSION, "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _rule(finding: Finding) -> dict[str, Any]:
    rule = None if finding.check is None else finding.check.rule
    why = finding.title if rule is None else rule.why
    lines = [f"**{markdown(finding.title)}**", "", markdown(why)]
    if rule is not None:
        lines += ["", f"Must hold: <code>{markdown(rule.assertion)}</code>"]
        lines += ["", f"More: <code>crosscheck explain {markdown(rule.id)}</code>"]
    tags = ["reading"] if rule is None else list(rule.tags)
    words = "".join(part.capitalize() for part in re.split(r"[-/_ ]", finding.rule))
    return {
        "id": finding.rule,
        "name": words,
        "shortDescription": {"text": _text(finding.title)},
        "fullDescription": {"text": _text(why)},
        "help": {"text": _text(why), "markdown": "\n".join(lines)},
        "defaultConfiguration": {"level": finding.level if rule is None else rule.level or "error"},
        "properties": {"tags": sorted({"figures", *tags})},
    }


def _result(finding: Finding, index: int, found: Report) -> dict[str, Any]:
    links = ", ".join(
        f"[{_text(f'{other.role}: {other.printed}')}]({number})" for number, other in enumerate(finding.related, 1)
    )
    where = f" ({_text(finding.spot.where)})" if finding.spot.where else ""
    text = f"{_text(finding.message)}{where}." + (f" Compared with {links}." if links else "")
    lines = [_text(line) for line in (*finding.notes, *(f"Help: {line}" for line in finding.helps))]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.level,
        "message": {"text": "\n".join([text, *lines])},
        "locations": [_location(finding.spot)],
        "partialFingerprints": {
            "primaryLocationLineHash": finding.fingerprint,
            "crosscheck/v1": finding.fingerprint,
        },
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(other.spot), "message": {"text": _text(f"{other.role}: {other.printed}")}}
            for number, other in enumerate(finding.related, 1)
        ]
    check = finding.check
    if check is not None:
        if len(check.rule.variables) > 1:
            result["codeFlows"] = [{"threadFlows": [{"locations": _steps(check, finding, found)}]}]
        strain = check.assessment.strain
        result["properties"] = {
            "verdict": check.verdict,
            "check": check.id,
            **({} if strain is None else {"strain": fixed(strain, 3)}),
        }
    return result


def _steps(check: Check, finding: Finding, found: Report) -> list[dict[str, Any]]:
    """The operands with what each may stand for, then what they give, at the place of the figure in doubt."""
    steps = []
    for role, operand in [*check.binding.operands()][:MAXIMUM_STEPS]:
        common = operand.strict or operand.any_reading
        means = f", that is {interval_like(common, shown_figure(operand))}" if common is not None else ""
        steps.append((found.spot(operand.narrowest), f"{role}: {printed(operand)}{means}"))
    computed = check.assessment.computed
    gives = "nothing that can be told" if computed is None else interval_like(computed, shown_figure(check.subject))
    steps.append((finding.spot, f"{formula(check)}: the others give {gives} with rounding"))
    return [{"location": {**_location(spot), "message": {"text": _text(words)}}} for spot, words in steps]


def _location(spot: Spot) -> dict[str, Any]:
    """A place; a page or a cell is a logical location, as SARIF knows lines only."""
    region = {
        "startLine": spot.line,
        "startColumn": spot.column,
        "endLine": spot.end_line,
        "endColumn": spot.end_column,
    }
    absolute = spot.path.startswith("/")
    uri = f"file://{quote(spot.path, errors='replace')}" if absolute else quote(spot.path, errors="replace")
    artifact = {"uri": uri} if absolute else {"uri": uri, "uriBaseId": ROOT}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    if spot.where:
        location["logicalLocations"] = [{"name": one_line(spot.where), "kind": "element"}]
    return location


def _notice(text: str, level: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": _text(text)}}


def _text(text: str) -> str:
    """Text as a message of SARIF: brackets would be links, braces placeholders."""
    shown = SPECIAL.sub(lambda found: f"\\{found[0]}", one_line(text))
    return shown.replace("{", "{{").replace("}", "}}")
