"""Faults of all figures together are accepted and kept silent like any other finding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import FINDINGS, OK, repository, run, write

from crosscheck.cli.options import FORMATS

BASELINE = "crosscheck.baseline.yaml"
# Each rule by itself lets these pass: 10 and 20 are 30, and 10 at half more than before, with 20 at a quarter more, is a
# total at a third more. That the total grew by half is what cannot be.
CLAIMS = """document: {{id: release, publisher: Office, published: 2024-02-01}}
defaults: {{reference_area: NO, time_period: 2023}}
claims:
  - {{id: exports, indicator: exports, figure: 10.0 billion USD}}
  - {{id: turnover, indicator: trade-turnover, figure: 30.0 billion USD}}
  - {{id: exports-growth, indicator: exports, measure: growth, base_period: 2022, figure: {exports} %}}
  - {{id: imports-growth, indicator: imports, measure: growth, base_period: 2022, figure: 25.0 %}}
  - {{id: turnover-growth, indicator: trade-turnover, measure: growth, base_period: 2022, figure: {turnover} %}}
"""
ANOTHER = """  - {id: turnover-before, indicator: trade-turnover, time_period: 2021, figure: 18.0 billion USD}
  - {id: growth-before, indicator: trade-turnover, time_period: 2022, measure: growth, base_period: 2021, figure: 2.0 %}
"""


def claims(exports: str = "50.0", turnover: str = "45.0") -> str:
    return CLAIMS.format(exports=exports, turnover=turnover)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose figures cannot all be true, which no single rule shows."""
    found = repository(tmp_path, monkeypatch, {"claims/release.yaml": claims()})
    ran = run("check", "--format", "concise")
    assert ran.code == FINDINGS, ran.all
    assert ran.out.count("[joint-conflict]") == 1
    assert " error: " in ran.out
    return found


def told() -> list[str]:
    """The ids of the joint conflicts of a run, and in how many of them each claim is."""
    report = json.loads(run("check", "--format", "json").out)
    return [one["id"] for part in report["reconciliation"]["components"] for one in part["conflicts"]]


def test_what_is_accepted_does_not_fail_and_is_counted(folder: Path) -> None:
    assert run("reconcile").code == FINDINGS
    ran = run("baseline", "write", "--reason", "known")
    assert (ran.code, ran.out) == (OK, f"{BASELINE}: 1 finding accepted\n")
    ran = run("check", "--strict=suppressions")
    assert (ran.code, ran.err) == (OK, "")
    assert "joint-conflict" not in ran.out
    assert "suppressed: 1" in ran.out
    assert json.loads(run("check", "--format", "json").out)["summary"]["suppressed"] == 1
    ran = run("reconcile")
    assert ran.code == OK
    assert "fault 1, suppressed: " in ran.out
    assert run("baseline", "show").out.endswith("0 new, 0 worse, 0 newly unverifiable, 1 still there, 0 resolved\n")
    text = (folder / BASELINE).read_text(encoding="utf-8")
    assert "rule: joint-conflict" in text
    assert "\n    level: error\n" in text


@pytest.mark.parametrize("name", ["sarif", "junit", "github", "html", "csv"])
def test_what_is_accepted_is_in_no_report(folder: Path, name: str) -> None:
    assert run("check", "--output", f"{name}=before").code == FINDINGS
    run("baseline", "write")
    assert run("check", "--output", f"{name}=after").code == OK
    before, after = ((folder / each).read_text(encoding="utf-8") for each in ("before", "after"))
    assert before.count("cannot all be true, though") > after.count("cannot all be true, though")


def test_the_fingerprint_holds_no_value(folder: Path) -> None:
    run("baseline", "write")
    write(folder, {"claims/release.yaml": claims(turnover="46.3").replace("id: exports,", "id: renamed,")})
    assert run("check").code == OK
    write(folder, {"claims/release.yaml": claims().replace("indicator", "product: coal, indicator")})
    assert run("check").code == FINDINGS


def test_what_is_mended_is_told_and_pruned(folder: Path) -> None:
    run("baseline", "write")
    write(folder, {"claims/release.yaml": claims(turnover="32.4")})
    ran = run("check")
    assert ran.code == OK
    assert "1 entry is about findings that are gone" in ran.err
    assert run("baseline", "prune").out == f"{BASELINE}: 1 finding taken out, 0 left\n"


def test_further_suspects_are_another_fault(folder: Path) -> None:
    """More conflicts must not hide behind a fault that was accepted."""
    run("baseline", "write")
    write(folder, {"claims/release.yaml": claims() + ANOTHER})
    before = told()
    assert len(before) > 1
    ran = run("check", "--format", "concise")
    assert ran.code == FINDINGS
    assert "joint-conflict" in ran.out


@pytest.mark.parametrize("kind", ["file", "claim"])
def test_other_ways_to_keep_it_silent(folder: Path, kind: str) -> None:
    if kind == "file":
        entry = "suppressions:\n  - {rule: joint-conflict, reason: known}\n"
        write(folder, {"crosscheck.suppressions.yaml": entry})
    else:
        quiet = "figure: 45.0 %, suppress: [{rule: joint-conflict, expires: 2999-01-01}]"
        write(folder, {"claims/release.yaml": claims().replace("figure: 45.0 %", quiet)})
    for command in ("check", "reconcile"):
        ran = run(command)
        assert (ran.code, ran.err) == (OK, ""), ran.all
    assert "suppressed: 1" in run("check").out


def test_what_is_over_silences_nothing_in_reconcile_either(folder: Path) -> None:
    quiet = "figure: 45.0 %, suppress: [{rule: joint-conflict, expires: 2001-01-01}]"
    write(folder, {"claims/release.yaml": claims().replace("figure: 45.0 %", quiet)})
    for command in ("check", "reconcile"):
        ran = run(command)
        assert ran.code == FINDINGS
        assert "expired on 2001-01-01" in ran.err


def test_an_accepted_finding_of_one_rule_is_accepted_by_reconcile(folder: Path) -> None:
    write(folder, {"claims/release.yaml": claims() + ANOTHER.replace("18.0", "25.0").replace("2.0 %", "90.0 %")})
    run("baseline", "write")
    assert run("check").code == OK
    assert run("reconcile").code == OK


def test_compare_tells_what_no_single_rule_finds(folder: Path) -> None:
    run("check", "--output", "json=wrong.json")
    write(folder, {"claims/release.yaml": claims(turnover="32.4")})
    assert run("check", "--output", "json=right.json").code == OK
    ran = run("compare", "right.json", "wrong.json")
    assert ran.code == FINDINGS
    assert ran.out.startswith("new: release: error: "), ran.out
    assert "[joint-conflict]\n1 new, 0 worse" in ran.out
    assert "1 resolved" in run("compare", "wrong.json", "right.json").out
    assert "1 still there" in run("compare", "wrong.json", "wrong.json").out


SIDES = "{x: {indicator: exports}, y: {indicator: imports}}"
MORE = "{{id: {0}-more, title: T, why: w, variables: {2}, assert: x == y + {1} USD}}"
AT_ODDS = f"rules:\n  - {MORE.format('five', 5000000000, SIDES)}\n  - {MORE.format('six', 6000000000, SIDES)}\n"
FIGURES = (("exports", "10"), ("imports", "5"))


def test_rules_that_contradict_each_other_whatever_the_figures_are(folder: Path) -> None:
    """No statement is in such a conflict: it is told of the rules, at a figure that they bind."""
    figures = "\n".join(f"  - {{id: {name}, indicator: {name}, figure: {value} billion USD}}" for name, value in FIGURES)
    head = CLAIMS.format(exports="", turnover="").partition("claims:\n")[0]
    write(folder, {"claims/release.yaml": f"{head}claims:\n{figures}\n", "own.yaml": AT_ODDS})
    files = [argument for kind in FORMATS for argument in ("--output", f"{kind}=out/{kind}")]
    ran = run("check", "--rules", "own.yaml", "--format", "concise", *files)
    assert (ran.code, ran.err) == (FINDINGS, ""), ran.all
    assert "error: five-more and six-more contradict each other, whatever the figures are" in ran.out
    assert "mend one of the rules" in ran.out
    for kind in set(FORMATS) - {"ticks"}:  # which are of checks
        assert "contradict each other" in (folder / "out" / kind).read_text(encoding="utf-8"), kind
