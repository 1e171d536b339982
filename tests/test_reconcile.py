"""`reconcile` and the joint section of `all`: the project's own documents, what-if, and what a conflict says."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest
from commands import run

from crosscheck.cli.reconcile_words import one_option
from crosscheck.figures.interval import Interval

ROOT = Path(__file__).resolve().parents[1]
GROWTH_OF_2022 = ("--add", "like=turnover-2023-growth", "time_period=2022", "34 %")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the project checks."""
    for name in ("documents", "claims"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "crosscheck.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def joint(*words: str) -> dict[str, Any]:
    """The key `reconciliation` of what `reconcile` says."""
    done = run("reconcile", *one_option(list(words)), "--format", "json", "--fail-on", "never")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)["reconciliation"]
    return found


def implied(found: dict[str, Any], **dimensions: str) -> Interval:
    """The implied interval of one level, in billions."""
    wanted = {"reference_area": "KZ", "counterpart_area": "CN", **dimensions}
    (one,) = [
        one
        for part in found["components"]
        for one in part["implied"]
        if one["measure"] == "level" and one["dimensions"] == wanted
    ]
    assert one["unit"] == "USD"
    return Interval(F(one["low"]) / 10**9, F(one["high"]) / 10**9, one["low_closed"], one["high_closed"])


def names(claims: list[str]) -> set[str]:
    return {claim.partition("#")[2] for claim in claims}


@pytest.mark.parametrize(
    ("indicator", "year", "low", "high"),
    [
        ("trade-turnover", "2022", F("24.164"), F("24.260")),
        ("exports", "2022", F("13.005"), F("13.105")),
        ("imports", "2022", F("11.059"), F("11.255")),
        ("imports", "2023", F("16.70"), F("16.90")),
    ],
)
def test_the_five_documents_imply(project: Path, indicator: str, year: str, low: F, high: F) -> None:
    found = joint()
    assert found["feasible"] is True
    assert found["suspects"] == []
    own = implied(found, indicator=indicator, time_period=year)
    assert own.low is not None
    assert own.high is not None
    assert abs(own.low - low) <= F(1, 2000)
    assert abs(own.high - high) <= F(1, 2000)


def test_undated_figures_are_assumed_only_when_asked(project: Path) -> None:
    found = joint("--assume")
    assert found["feasible"] is False
    (suspect,) = found["suspects"]
    assert names(suspect["claims"]) == {"xinjiang-share"}
    assert suspect["tied"] is False
    assert [a["dimension"] for a in suspect["assumptions"]] == ["time_period"]
    conflicts = [conflict for part in found["components"] for conflict in part["conflicts"]]
    assert names(conflicts[0]["claims"]) == {"xinjiang-share", "xinjiang-share-2023"}
    assert all("xinjiang-share" in names(conflict["claims"]) for conflict in conflicts)
    assert conflicts[0]["checks"], "the single rule's finding is named, not told again"
    own = implied(found, indicator="trade-turnover", time_period="2022")
    assert own.low is not None
    assert abs(own.low - F("24.164")) <= F(1, 2000), "what is left is read strictly again"


def test_a_conflict_that_no_single_rule_shows(project: Path) -> None:
    found = joint(*GROWTH_OF_2022)
    assert found["feasible"] is False
    assert all(suspect["tied"] for suspect in found["suspects"])
    told = [names(suspect["claims"]) for suspect in found["suspects"]]
    assert {"exports-2022-multiple"} in told
    conflicts = [conflict for part in found["components"] for conflict in part["conflicts"]]
    assert all(conflict["checks"] == [] for conflict in conflicts)
    assert min(len(conflict["claims"]) for conflict in conflicts) == 5


def test_certificates_add_up(project: Path) -> None:
    for words in (("--assume",), GROWTH_OF_2022):
        conflicts = [conflict for part in joint(*words)["components"] for conflict in part["conflicts"]]
        assert conflicts
        for conflict in conflicts:
            for proof in (conflict["certificate"], *conflict["further_cases"]):
                total: dict[int, F] = {}
                limit, strict = F(0), False
                for one in proof:
                    times = F(one["multiplier"])
                    assert times > 0
                    assert set(one["claims"]) <= set(conflict["claims"])
                    for term in one["terms"]:
                        total[term["unknown"]] = total.get(term["unknown"], F(0)) + times * F(term["factor"])
                    limit += times * F(one["limit"])
                    strict = strict or one["strict"]
                assert not any(total.values())
                assert limit < 0 or (limit == 0 and strict)


def test_all_tells_a_joint_conflict_once(project: Path) -> None:
    (project / "claims" / "more.yaml").write_text(
        "document: {id: more, publisher: commonspace.eu}\n"
        "claims:\n"
        "  - {id: growth, indicator: trade-turnover, reference_area: KZ, counterpart_area: CN, time_period: 2022,\n"
        "     measure: growth, figure: 34 %}\n",
        encoding="utf-8",
    )
    concise = run("all", "--format", "concise")
    assert concise.code == 0, "across documents it is a warning"
    assert concise.out.count("[joint-conflict]") == 1
    assert "tripled" in concise.out
    assert "suspect: 33.5%" in concise.out
    full = run("all", "--format", "full")
    assert full.out.count("[joint-conflict]") == 1
    report = json.loads(run("all", "--format", "json").out)
    before = json.loads(run("check", "claims", "--format", "json", "--ignore", "growth").out)
    assert report["summary"]["warnings"] > before["summary"]["warnings"]


def test_all_without_conflict_says_so(project: Path) -> None:
    done = run("all", "--format", "concise")
    assert "joint-conflict" not in done.out
    assert "taken together: the 26 figures that rules bind can all be true" in done.out


def test_a_figure_can_be_another_one(project: Path) -> None:
    found = joint("--set", "turnover-2022=24.2 billion USD")
    assert found["feasible"] is True
    own = implied(found, indicator="trade-turnover", time_period="2022")
    assert own.high == F("24.25")
    worse = joint("--set", "turnover-2022=25.2 billion USD")
    assert worse["feasible"] is False


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "turnovr-2022=24 billion USD"), 'did you mean "turnover-2022"?'),
        (("--set", "turnover-2022"), "is not understood"),
        (("--set", "turnover-2022=24 billion bananas!"), "--set: error:"),
        (("--set", "turnover-2023=1 USD"), "name one of them"),
        (("--add", "time_period=2022", "3 USD"), "lacks a figure that it is like"),
        (("--add", "like=turnover-2022"), "lacks the figure itself"),
        (("--add", "like=turnover-2022", "time_period=yesterday", "3 USD"), "is no period"),
        (("--add", "like=turnover-2022", "measure=growht", "3 %"), "did you mean"),
        (("--time-limit", "0"), "--time-limit"),
        (("--format", "sarif"), "--format"),
    ],
)
def test_what_if_that_is_not_understood(project: Path, words: tuple[str, ...], message: str) -> None:
    done = run("reconcile", *one_option(list(words)))
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
