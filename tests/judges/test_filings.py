"""Sums of real company filings against an XBRL processor and an exact computation.

Concepts are indicators, contexts a dimension, and each calculation of a filing a rule in a rule file. A rule is made
of the items that have a value in the context: a filing says of the others that they are nil, which is no figure.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.checks import Check, Run, check_claims
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.interval import Interval
from crosscheck.figures.text import declared
from crosscheck.rules.files import read_rule_file
from crosscheck.rules.model import Rule

UNITS = {
    "iso4217:USD": "USD",
    "iso4217:TWD": "TWD",
    "xbrli:shares": "{shares}",
    "iso4217:USD/xbrli:shares": "USD/{shares}",
    "xbrli:pure": "",
    "utr:Rate": "",
}
WORDS = {CONSISTENT: "consistent", RECONCILABLE: "consistent", CONTRADICTION: "inconsistent"}
# A total and its items with their weights.
Sum = tuple[str, tuple[tuple[str, str], ...]]
Fact = tuple[str, str, str]  # concept, context, unit
# The judges print the ends of intervals with as many digits; some facts declare 128 decimals, and ours are exact.
JUDGES_DIGITS = 28
SECONDS = 60  # for all filings together, many times of what it takes


@dataclass(frozen=True)
class Filing:
    """Facts with a value, those that are nil, calculations by role and total, and what the judges say."""

    name: str
    facts: Mapping[Fact, Mapping[str, Any]]
    nil: frozenset[Fact]
    sums: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]
    expected: tuple[Mapping[str, Any], ...]

    def sum_of(self, entry: Mapping[str, Any]) -> Sum:
        """The total and the items of an entry that are not nil in its context."""
        items = self.sums[entry["role"], entry["total"]]
        context, unit = entry["context"], entry["unit"]
        return entry["total"], tuple(item for item in items if (item[0], context, unit) not in self.nil)


def read_filing(path: Path) -> Filing:
    content = json.loads(path.read_text(encoding="utf-8"))
    facts, nil = {}, set()
    for fact in content["facts"]:
        key = fact["concept"], fact["context"], fact["unit"]
        if fact["value"] is None:
            nil.add(key)
        else:
            assert key not in facts
            facts[key] = fact
    sums = defaultdict(list)
    for relation in content["relations"]:
        sums[relation["role"], relation["total"]].append((relation["item"], relation["weight"]))
    by_total = {key: tuple(sorted(items)) for key, items in sums.items()}
    return Filing(path.stem, facts, frozenset(nil), by_total, tuple(content["expected"]))


def claims_of(filing: Filing) -> list[Claim]:
    """A claim for each fact with a value."""
    document = Document(filing.name)
    return [
        Claim(
            f"{filing.name}#{number}",
            document,
            declared(fact["value"], fact["decimals"], UNITS[fact["unit"]]),
            {"indicator": fact["concept"], "context": fact["context"]},
        )
        for number, fact in enumerate(filing.facts.values())
    ]


def rules_of(filing: Filing, folder: Path) -> dict[Sum, Rule]:
    """One rule for each distinct sum, read from a rule file."""
    sums = dict.fromkeys(filing.sum_of(entry) for entry in filing.expected)
    names = {f"sum-{number}": found for number, found in enumerate(sums)}
    path = folder / f"{filing.name}.yaml"
    path.write_text("rules:\n" + "\n".join(rule_text(n, s) for n, s in names.items()) + "\n", encoding="utf-8")
    return {names[rule.id]: rule for rule in read_rule_file(path)}


def rule_text(identifier: str, total_and_items: Sum) -> str:
    total, items = total_and_items
    variables = [f'      total: {{measure: level, indicator: "{total}"}}']
    terms = []
    for number, (concept, weight) in enumerate(items):
        variables.append(f'      item_{number}: {{measure: level, indicator: "{concept}"}}')
        sign, size = ("-", weight[1:]) if weight.startswith("-") else ("+", weight)
        terms.append(f"{sign} {size} * item_{number}")
    return "\n".join(
        [
            f"  - id: {identifier}",
            "    title: A total of the filing is not the weighted sum of its items",
            "    why: The filing's own calculation says so.",
            "    variables:",
            *variables,
            f"    assert: total == {' '.join(terms).removeprefix('+ ')}",
        ]
    )


@dataclass(frozen=True)
class Judged:
    """An entry of a judge and the checks of its rule in its context and unit."""

    filing: str
    entry: Mapping[str, Any]
    checks: tuple[Check, ...]

    def __str__(self) -> str:
        verdicts = [check.verdict for check in self.checks]
        return f"{self.filing} {self.entry['total']} {self.entry['context']}: {verdicts}, not {self.entry['verdict']}"


def judged(filing: Filing, folder: Path) -> Iterable[Judged]:
    rules = rules_of(filing, folder)
    found = by_binding(check_claims(claims_of(filing), list(rules.values()), load_codelists([])))
    for entry in filing.expected:
        kind = declared("0", "0", UNITS[entry["unit"]]).unit.kind
        key = rules[filing.sum_of(entry)].id, entry["context"], kind
        yield Judged(filing.name, entry, tuple(found.get(key, ())))


def by_binding(run: Run) -> dict[tuple[str, str, str], list[Check]]:
    assert not run.stopped_rules
    found = defaultdict(list)
    for check in run.checks:
        subject = check.subject
        found[check.rule.id, subject.dimensions["context"], subject.first.figure.unit.kind].append(check)
    return found


@pytest.fixture(scope="module")
def filings(shared: Path) -> list[Filing]:
    found = [read_filing(path) for path in sorted((shared / "judges" / "filings").glob("*.json"))]
    assert len(found) == 36
    return found


@pytest.fixture(scope="module")
def entries(filings: list[Filing], tmp_path_factory: pytest.TempPathFactory) -> list[Judged]:
    """What the judges say of every filing beside our checks."""
    folder = tmp_path_factory.mktemp("filings")
    start = time.monotonic()
    found = [entry for filing in filings if filing.expected for entry in judged(filing, folder)]
    assert time.monotonic() - start < SECONDS
    return found


def strict(entries: Iterable[Judged]) -> list[Judged]:
    """The strict set: every item of the sum is in the filing."""
    return [entry for entry in entries if entry.entry["missing_items"] == 0]


def test_every_strict_entry_agrees(entries: list[Judged]) -> None:
    found = strict(entries)
    assert Counter(entry.entry["verdict"] for entry in found) == {"consistent": 1109, "inconsistent": 58}
    wrong = [
        str(entry) for entry in found if [WORDS.get(check.verdict) for check in entry.checks] != [entry.entry["verdict"]]
    ]
    assert not wrong, "\n".join(wrong)


def test_reported_and_computed_intervals_are_those_of_the_judges(entries: list[Judged]) -> None:
    compared = 0
    for entry in strict(entries):
        (check,) = entry.checks
        if finest(check) > JUDGES_DIGITS:
            continue
        compared += 1
        assert check.assessment.stated == closed(entry.entry["reported"]), str(entry)
        assert check.assessment.computed == closed(entry.entry["computed"]), str(entry)
    assert compared == 1142


def finest(check: Check) -> int:
    """The most decimal places that a figure of the check declares."""
    return max(figure.decimals for _, operand in check.binding.operands() for figure in operand.figures)


def closed(ends: list[str]) -> Interval:
    return Interval(Fraction(ends[0]), Fraction(ends[1]))


def test_a_missing_item_makes_a_sum_unverifiable_and_several_make_it_none(entries: list[Judged]) -> None:
    """Outside the strict set a judge counts what is missing as zero; here nothing is decided."""
    loose = [entry for entry in entries if entry.entry["missing_items"] > 0]
    assert len(loose) == 728
    for entry in loose:
        wanted = [UNVERIFIABLE] if entry.entry["missing_items"] == 1 else []
        assert [check.verdict for check in entry.checks] == wanted, str(entry)


def test_what_is_missing_would_close_the_sum(entries: list[Judged]) -> None:
    """The implied value of a missing item is the difference that the judges' intervals leave, by its weight."""
    for entry in entries:
        if entry.entry["missing_items"] != 1:
            continue
        (check,) = entry.checks
        reported, computed = closed(entry.entry["reported"]), closed(entry.entry["computed"])
        assert reported.low is not None
        assert reported.high is not None
        assert computed.low is not None
        assert computed.high is not None
        ends = reported.low - computed.high, reported.high - computed.low
        missing = check.assessment.missing
        assert missing in (Interval(*ends), Interval(-ends[1], -ends[0])), str(entry)
