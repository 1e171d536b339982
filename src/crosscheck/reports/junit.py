"""JUnit's XML, as Jenkins, GitLab and others read it: a suite for each rule, a case for each check, passes included.

A finding at or above the level that fails the run is a failure; one below it passes and says so on its output. What cannot
be checked and what is suppressed is skipped. Names of cases do not change with figures, so that a history can follow them.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass

from crosscheck.checking.assessment import UNVERIFIABLE
from crosscheck.checking.checks import Check
from crosscheck.checking.levels import NONE, at_least
from crosscheck.checking.noticed import fingerprints
from crosscheck.reports import joint
from crosscheck.reports.findings import Report
from crosscheck.reports.inert import one_line, xml
from crosscheck.reports.wording import arithmetic, describe, helps, message, noticed_message, printed_claim

FAILURE, SKIPPED, PASSED = "failure", "skipped", "passed"


@dataclass(frozen=True, slots=True)
class _Case:
    suite: str
    name: str
    result: str
    level: str
    message: str
    details: tuple[str, ...]


def report(found: Report, fail_on: str) -> str:
    """The report as text; `fail_on` is the level from which on a finding is a failure."""
    threshold = "error" if fail_on == "never" else fail_on
    suites: dict[str, list[_Case]] = {}
    for case in (*_checks(found, threshold), *_joint(found, threshold), *_observed(found, threshold)):
        suites.setdefault(case.suite, []).append(case)
    cases = [case for own in suites.values() for case in own]
    root = ElementTree.Element("testsuites", {"name": "crosscheck", **_counts(cases)})
    for name, own in sorted(suites.items()):
        skipped = str(sum(case.result == SKIPPED for case in own))
        suite = ElementTree.SubElement(root, "testsuite", {"name": _text(name), **_counts(own), "skipped": skipped})
        for case in sorted(own, key=lambda case: case.name):
            _write(case, suite)
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _counts(cases: list[_Case]) -> dict[str, str]:
    failures = sum(case.result == FAILURE for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "time": "0"}


def _write(case: _Case, suite: ElementTree.Element) -> None:
    names = {"name": _text(case.name), "classname": _text(f"crosscheck.{case.suite.replace('/', '.')}"), "time": "0"}
    element = ElementTree.SubElement(suite, "testcase", names)
    lines = "\n".join(_text(line) for line in case.details)
    if case.result == FAILURE:
        about = {"type": case.level, "message": _text(case.message)}
        ElementTree.SubElement(element, "failure", about).text = f"{_text(case.message)}\n{lines}".rstrip()
    elif case.result == SKIPPED:
        ElementTree.SubElement(element, "skipped").text = _text(case.message)
    elif case.level != NONE:
        said = f"{case.level}: {_text(case.message)}\n{lines}".rstrip()
        ElementTree.SubElement(element, "system-out").text = said


def _checks(found: Report, threshold: str) -> Iterator[_Case]:
    for check in found.run.checks:
        spot = found.spot(check.in_doubt.narrowest)
        first = check.subject.first
        about = describe(check.subject.dimensions)
        about = about if first.measure == "level" else f"{first.measure} of {about}"
        yield _Case(
            check.rule.id,
            f"{spot.path}: {about} [{check.id.rpartition(':')[2]}]",
            _result(check.level, check.suppressed is not None, threshold, check.verdict == UNVERIFIABLE),
            NONE if check.suppressed is not None else check.level,
            f"suppressed on {check.suppressed}" if check.suppressed is not None else message(check),
            tuple(_details(check, found)),
        )


def _details(check: Check, found: Report) -> Iterator[str]:
    if check.level == NONE:
        return
    for role, operand in check.binding.operands():
        for claim in operand.claims[:10]:
            yield f"{role}: {printed_claim(claim)}, {found.spot(claim).text}"
    yield from dict.fromkeys((*arithmetic(check), *helps(check)))


def _joint(found: Report, threshold: str) -> Iterator[_Case]:
    """Conflicts of figures taken together; one case that passes where there was none to find."""
    if found.reconciliation is None:
        return
    conflicts = [finding for finding in found.findings() if finding.rule == joint.RULE]
    for finding in conflicts:
        name = f"{finding.spot.path} [{finding.fingerprint[:12]}]"
        result = _result(finding.level, False, threshold, False)
        yield _Case(joint.RULE, name, result, finding.level, finding.message, finding.further)
    if not conflicts:
        yield _Case(joint.RULE, "all figures together", PASSED, NONE, "", ())


def _observed(found: Report, threshold: str) -> Iterator[_Case]:
    for one, mark in zip(found.noticed, fingerprints(found.noticed), strict=True):
        spot = found.spot(one)
        said = "suppressed" if one.is_suppressed else noticed_message(one)
        result = _result(one.level, one.is_suppressed, threshold, False)
        level = NONE if one.is_suppressed else one.level
        yield _Case(one.rule, f"{spot.path} [{mark[:12]}]", result, level, said, (spot.text,))


def _result(level: str, is_suppressed: bool, threshold: str, is_unverifiable: bool) -> str:
    if is_suppressed or (is_unverifiable and level == NONE):
        return SKIPPED
    return FAILURE if level != NONE and at_least(level, threshold) else PASSED


def _text(text: str) -> str:
    return xml(one_line(text))
