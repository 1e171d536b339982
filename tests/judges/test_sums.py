"""Weighted sums against outside judges: an XBRL processor, an iXBRL viewer and an exact computation.

Each case becomes a rule file of its own and a claim for each fact; the verdict is compared with what the judges
agreed on. A judge counts an item without a value as zero where we would call the sum unverifiable, so that each
rule is made of the items that have a value.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.checks import Check, Run, check_claims
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.interval import Interval
from crosscheck.figures.text import FigureError, declared
from crosscheck.inputs.shipped import shipped
from crosscheck.rules.files import read_rule_file
from crosscheck.rules.model import Rule

Case = Mapping[str, Any]
BOUND, UNBOUND, DUPLICATES = ("consistent", "inconsistent"), "not-bound", "conflicting-duplicates"
SAME = "same-figure-twice"


@cache
def codelists() -> CodeLists:
    """No code list says anything of the items of a case."""
    return load_codelists([])


@cache
def same_rule() -> Rule:
    """The shipped rule on figures stated twice."""
    rules = read_rule_file(shipped("rules") / "general.yaml")
    return next(rule for rule in rules if rule.id == SAME)


def claims_of(case: Case) -> list[Claim]:
    """A claim for each fact with a value; several facts of one item are claims with equal dimensions."""
    document = Document("case")
    mode = case.get("mode", "round")
    found = []
    for name, facts in (("total", case["total"]), *((f"item-{i}", x["facts"]) for i, x in items(case))):
        for number, fact in enumerate(facts):
            if fact["value"] is not None:
                figure = declared(fact["value"], fact["decimals"], "USD", mode)
                found.append(Claim(f"case#{name}-{number}", document, figure, {"indicator": name}))
    return found


def items(case: Case) -> list[tuple[int, Mapping[str, Any]]]:
    """The items that have a value, by number."""
    return [
        (number, item)
        for number, item in enumerate(case["items"], 1)
        if any(fact["value"] is not None for fact in item["facts"])
    ]


def rule_text(case: Case, identifier: str) -> str | None:
    """The rule of a case as a rule file has it; None when no item has a value."""
    terms, variables = "", ["      total: {measure: level, indicator: total}"]
    for number, item in items(case):
        weight = item["weight"]
        sign, size = ("-", weight[1:]) if weight.startswith("-") else ("+", weight)
        factor = "" if size == "1" else f"{size} * "
        if terms:
            terms += f" {sign} {factor}item_{number}"
        else:
            terms = f"{'-' if sign == '-' else ''}{factor}item_{number}"
        variables.append(f"      item_{number}: {{measure: level, indicator: item-{number}}}")
    if not terms:
        return None
    return "\n".join(
        [
            f"  - id: {identifier}",
            "    title: The total is not the weighted sum of its items",
            "    why: The calculation of the report says so.",
            "    variables:",
            *variables,
            f"    assert: total == {terms}",
        ]
    )


def rules_of(cases: Mapping[str, Case], folder: Path) -> dict[str, Rule]:
    """The rules of the cases that have one, by the name of the case, read from one rule file."""
    texts = [text for name, case in cases.items() if (text := rule_text(case, name))]
    path = folder / "sums.yaml"
    path.write_text("rules:\n" + "\n".join(texts) + "\n", encoding="utf-8")
    return {rule.id: rule for rule in read_rule_file(path)}


def run(case: Case, rule: Rule | None) -> Run:
    """The checks of one case: its sum, and figures stated twice."""
    return check_claims(claims_of(case), [same_rule(), *([rule] if rule else [])], codelists())


def outcome(found: Run) -> str:
    """A run in the words of the judges."""
    if any(check.verdict == CONTRADICTION for check in found.checks if check.rule.id == SAME):
        return DUPLICATES
    checks = sums(found)
    if not checks:
        return UNBOUND
    return {CONSISTENT: "consistent", RECONCILABLE: "consistent", CONTRADICTION: "inconsistent"}.get(
        checks[0].verdict, checks[0].verdict
    )


def sums(found: Run) -> list[Check]:
    """The checks of the rule of the case."""
    return [check for check in found.checks if check.rule.id != SAME]


# --- a thousand random sums ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def random_cases(shared: Path) -> dict[str, Case]:
    lines = (shared / "judges" / "sums-random.jsonl").read_text(encoding="utf-8").splitlines()
    return {case["id"].lower(): case for case in map(json.loads, lines)}


@pytest.fixture(scope="module")
def random_runs(random_cases: dict[str, Case], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    rules = rules_of(random_cases, tmp_path_factory.mktemp("sums"))
    return {name: run(case, rules.get(name)) for name, case in random_cases.items()}


def test_every_random_sum_agrees(random_cases: dict[str, Case], random_runs: dict[str, Run]) -> None:
    expected = Counter(case["expected"] for case in random_cases.values())
    assert expected == {"consistent": 680, "inconsistent": 243, DUPLICATES: 67, UNBOUND: 10}
    wrong = [
        f"{name}: {outcome(random_runs[name])}, not {case['expected']}"
        for name, case in random_cases.items()
        if outcome(random_runs[name]) != case["expected"]
    ]
    assert not wrong, "\n".join(wrong)


def test_a_bound_sum_is_one_check_and_others_are_not_decided(
    random_cases: dict[str, Case], random_runs: dict[str, Run]
) -> None:
    """Beside figures that exclude one another a sum may say what would be needed, and must not be decided."""
    allowed = {DUPLICATES: ([], [UNVERIFIABLE]), UNBOUND: ([],)}
    decided = ([CONSISTENT], [RECONCILABLE], [CONTRADICTION])
    for name, case in random_cases.items():
        verdicts = [check.verdict for check in sums(random_runs[name])]
        assert verdicts in allowed.get(case["expected"], decided), name
        assert not random_runs[name].stopped_rules, name


def test_duplicates_that_agree_are_said_to_agree(random_cases: dict[str, Case], random_runs: dict[str, Run]) -> None:
    pairs = 0
    for name, case in random_cases.items():
        stated = [case["total"], *(item["facts"] for item in case["items"])]
        twice = sum(sum(fact["value"] is not None for fact in facts) > 1 for facts in stated)
        checks = [check for check in random_runs[name].checks if check.rule.id == SAME]
        assert len(checks) == twice, name
        if case["expected"] in BOUND:
            pairs += twice
            assert {check.verdict for check in checks} <= {CONSISTENT, RECONCILABLE}, name
    assert pairs


def test_all_cases_in_one_run_get_the_same_verdicts(
    random_cases: dict[str, Case], random_runs: dict[str, Run], tmp_path: Path
) -> None:
    """A thousand rules beside a thousand documents: neither may look into the other's figures."""
    chosen = dict(list(random_cases.items())[:150])
    texts, claims = [], []
    for name, case in chosen.items():
        text = rule_text(case, name)
        texts.append(text.replace("indicator: ", f"indicator: {name}-") if text else "")
        for claim in claims_of(case):
            dimensions = {"indicator": f"{name}-{claim.dimensions['indicator']}"}
            claims.append(Claim(f"{name}{claim.id}", Document(name), claim.figure, dimensions))
    path = tmp_path / "all.yaml"
    path.write_text("rules:\n" + "\n".join(filter(None, texts)) + "\n", encoding="utf-8")
    together = check_claims(claims, read_rule_file(path), codelists())
    found = {check.rule.id: check.verdict for check in together.checks}
    assert len(found) == len(together.checks)
    assert found == {name: sums(random_runs[name])[0].verdict for name in chosen if sums(random_runs[name])}


# --- nineteen sums to check by hand -------------------------------------------------------------------------------

STOPPED = {"stopped:dup": DUPLICATES}


@pytest.fixture(scope="module")
def vectors(shared: Path) -> list[Case]:
    found = json.loads((shared / "judges" / "sums-vectors.json").read_text(encoding="utf-8"))
    assert len(found) == 19
    assert isinstance(found, list)
    return found


def vector_run(case: Case, folder: Path) -> Run:
    return run(case, rules_of({"vector": case}, folder).get("vector"))


def test_every_vector_agrees(vectors: list[Case], tmp_path: Path) -> None:
    wrong = []
    for case in vectors:
        if case["expected"] == "stopped:excess":
            continue
        found, wanted = outcome(vector_run(case, tmp_path)), STOPPED.get(case["expected"], case["expected"])
        if found != wanted:
            wrong.append(f"{case['name']}: {found}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def test_digits_beyond_the_decimals_are_a_fault(vectors: list[Case]) -> None:
    cases = [case for case in vectors if case["expected"] == "stopped:excess"]
    assert len(cases) == 1
    with pytest.raises(FigureError, match="digits beyond its decimals"):
        claims_of(cases[0])


def test_reported_and_computed_intervals_of_the_vectors(vectors: list[Case], tmp_path: Path) -> None:
    """The ends are those of the judge; all of these cases are in round mode, where both ends are closed."""
    given = [case for case in vectors if "computed" in case]
    assert len(given) == 9
    for case in given:
        (check,) = sums(vector_run(case, tmp_path))
        assert check.assessment.stated == closed(case["reported"]), case["name"]
        assert check.assessment.computed == closed(case["computed"]), case["name"]


def closed(ends: list[str]) -> Interval:
    return Interval(Fraction(ends[0]), Fraction(ends[1]))


# What the items of the cases in truncation mode add up to: ends that cutting never reaches are open.
CUT_SUMS = {
    "TRUNC 5 exact vs 4 (true value in [4,5))": "[4, 5)",
    "TRUNC weight -1: -5 exact vs 4": "(-5, -4]",
    "TRUNC weight -1: -4 exact vs 4": "(-5, -4]",
    "TRUNC 10 exact vs 4+4 in [8,10)": "[8, 10)",
    "TRUNC zero is open on both sides: 0 d0 is (-1,1), total 1 exact": "(-1, 1)",
}


def test_truncation_leaves_ends_open(vectors: list[Case], tmp_path: Path) -> None:
    cases = {case["name"]: case for case in vectors if case["mode"] == "truncate"}
    decided = {name: case for name, case in cases.items() if case["expected"] in BOUND}
    assert decided.keys() == CUT_SUMS.keys()
    for name, case in decided.items():
        (check,) = sums(vector_run(case, tmp_path))
        assert str(check.assessment.computed) == CUT_SUMS[name], name
