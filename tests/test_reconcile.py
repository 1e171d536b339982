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
        (("--memory-limit", "much"), '"much" is no size'),
        (("--format", "sarif"), "--format"),
    ],
)
def test_what_if_that_is_not_understood(project: Path, words: tuple[str, ...], message: str) -> None:
    done = run("reconcile", *one_option(list(words)))
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err


EXPORTS = "indicator: exports, reference_area: KZ, counterpart_area: CN"
COPIES = [f"{EXPORTS}, time_period: 2023, figure: 5.2 billion USD"] * 1000


def odd(folder: Path, entries: list[str]) -> tuple[str, dict[str, Any]]:
    """What `reconcile` says of claims, as text and as the key of the JSON report."""
    lines = [f"  - {{id: c{number}, {entry}}}" for number, entry in enumerate(entries)]
    (folder / "odd.yaml").write_text("\n".join(["claims:", *lines, ""]), encoding="utf-8")
    text = run("reconcile", "odd.yaml", "--fail-on", "never")
    report = run("reconcile", "odd.yaml", "--fail-on", "never", "--format", "json")
    assert (text.code, report.code) == (0, 0)
    return text.out, json.loads(report.out)["reconciliation"]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([f"{EXPORTS}, time_period: 2023, measure: growth, figure: 12 %"], "rules bind one figure, and nothing beside it"),
        (
            [
                f"{EXPORTS}, time_period: 2023, figure: over 5 billion USD",
                f"{EXPORTS}, time_period: 2023, measure: growth, figure: more than 10 %",
            ],
            "the 2 figures that rules bind can all be true",
        ),
        (
            [
                f"{EXPORTS}, time_period: 2023, figure: 0 USD",
                f"{EXPORTS}, time_period: 2024, figure: 0 USD",
                f"{EXPORTS}, time_period: 2024, measure: growth, figure: 0 %",
            ],
            "exports KZ–CN 2024: 0.000–0.500 USD",
        ),
        (COPIES, "the 1000 figures that rules bind can all be true"),
    ],
    ids=["unverifiable", "unbounded", "degenerate", "copies"],
)
def test_odd_sets_of_claims_that_can_be_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text, found = odd(tmp_path, entries)
    assert said in text
    assert found["feasible"] is True
    assert found["suspects"] == []


def test_an_empty_set_of_claims_is_an_error_unless_it_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.yaml").write_text("claims: []\n", encoding="utf-8")
    refused = run("reconcile", "empty.yaml")
    assert refused.code == 2
    assert "there are no figures to reconcile" in refused.err
    assert "nothing to reconcile" in run("reconcile", "empty.yaml", "--allow-empty").out
    report = json.loads(run("reconcile", "empty.yaml", "--allow-empty", "--format", "json").out)["reconciliation"]
    assert (report["components"], report["feasible"], report["suspects"]) == ([], True, [])


def test_one_claim_against_a_thousand_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text, found = odd(tmp_path, [*COPIES, f"{EXPORTS}, time_period: 2023, figure: 6.2 billion USD"])
    assert "the 1001 figures that rules bind cannot all be true" in text
    assert "and 997 more" in text, "a thousand places are not told"
    assert [len(suspect["claims"]) for suspect in found["suspects"]] == [1000, 1]
    assert all(suspect["tied"] for suspect in found["suspects"]), "one document says both: it is one against one"


def test_one_document_against_hundreds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(300):
        figure = "6.2 billion USD" if number == 150 else "5.2 billion USD"
        head = f"document: {{id: d{number:03}, publisher: p{number}}}\nclaims:\n"
        text = f"{head}  - {{id: c, {EXPORTS}, time_period: 2023, figure: {figure}}}\n"
        Path(f"d{number:03}.yaml").write_text(text, encoding="utf-8")
    done = run("reconcile", ".", "--fail-on", "never")
    assert "cannot all be true: without 6.2 billion USD" in " ".join(done.out.split())
    assert "stated nowhere" not in done.out


def test_an_argument_says_what_each_step_goes_on_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    entries = [
        f"{EXPORTS}, time_period: 2020, figure: 3.1 billion USD",
        f"{EXPORTS}, time_period: 2021, measure: growth, figure: 12 %",
        f"{EXPORTS}, time_period: 2022, measure: growth, figure: 30 %",
        f"{EXPORTS}, time_period: 2023, measure: growth, figure: -5 %",
        f"{EXPORTS}, time_period: 2023, figure: 4.6 billion USD",
    ]
    text, _ = odd(tmp_path, entries)
    told = " ".join(text.split())
    first = told.index("3.1 billion USD and 12 % force exports KZ–CN 2021 to be less than 3.62 billion USD")
    second = told.index("-5 % and 4.6 billion USD force exports KZ–CN 2022 to be at least 4.76 billion USD")
    last = told.index("but then 30 % forces exports KZ–CN 2021 to be more than 3.64 billion USD")
    assert first < second < last
    assert "look up exports KZ–CN 2021" in told


def test_a_figure_is_named_by_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "Kazakhstan's exports to China were $3.1 billion in 2022. In 2023, they grew by 12%, to $4.0 billion.\n"
    Path("draft.md").write_text(text, encoding="utf-8")
    place = f"draft.md:1:{text.index('12%') + 1}"
    assert "cannot all be true" in run("reconcile", "draft.md", "--fail-on", "never").out
    done = run("reconcile", "draft.md", "--set", f"{place}=29 %", "--fail-on", "never")
    assert "can all be true" in done.out, done.all


def test_limits_end_with_what_was_proved(project: Path) -> None:
    done = run("reconcile", "--memory-limit", "1MB", "--fail-on", "never")
    assert done.code == 0
    assert "the memory was used up" in done.out
    assert "can all be true" not in done.out
    report = json.loads(run("reconcile", "--memory-limit", "1MB", "--format", "json").out)["reconciliation"]
    assert report["feasible"] is None
    assert "can all be true" in run("reconcile", "--memory-limit", "64GB").out


def test_what_follows_does_not_drown_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("crosscheck.reports.joint.MAXIMUM_LEVELS", 1)
    entries = [
        f"{EXPORTS}, time_period: 2023, figure: 4.61 billion USD",
        f"{EXPORTS}, time_period: 2023, measure: growth, figure: 12.4 %",
        f"{EXPORTS}, time_period: 2022, measure: growth, figure: 3.2 %",
    ]
    text, _ = odd(tmp_path, entries)
    assert "and 1 more (--verbose)" in text
    assert "more (--verbose)" not in run("reconcile", "odd.yaml", "--verbose").out
