"""A draft against its archive and an official table: only what concerns the draft is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosscheck.checking.checks import faults
from crosscheck.inputs.faults import InputFaults
from crosscheck.project.configuration import discover
from crosscheck.project.pipeline import Outcome, Request, check_files

ROOT = Path(__file__).parent.parent

DRAFT = """\
document: {id: draft, published: 2024-07-01}
defaults: {reference_area: KZ, counterpart_area: CN, indicator: trade-turnover, time_period: 2022}
claims:
  - {id: growth, measure: growth, figure: 34 %}
  - {id: level, figure: 24 billion USD}
"""
TABLE = "time_period,indicator,value\n2022,exports,13.1\n2022,imports,11.2\n2022,trade-turnover,24.3\n"
MAPPING = """\
[tables."customs.csv"]
constants = {unit = "USD", reference_area = "KZ", counterpart_area = "CN", scale = "billion"}
document = {id = "customs"}
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def check(folder: Path, **request: object) -> Outcome:
    return check_files(Request(**request), discover(folder))  # type: ignore[arg-type]


def test_only_findings_about_the_draft_are_reported(draft: Path, tmp_path: Path) -> None:
    outcome = check(tmp_path, claims=(draft,), against=(ROOT / "claims",))
    assert outcome.run.checks, "the draft's figures are compared with the archive's"
    for check_ in outcome.run.checks:
        documents = {claim.document.id for _, operand in check_.binding.operands() for claim in operand.claims}
        assert "draft" in documents
        assert {claim.document.id for claim in check_.in_doubt.claims} == {"draft"}
    assert not outcome.noticed
    assert outcome.documents == 1
    assert outcome.run.figures["found"] == 2


def test_without_against_the_archive_has_findings_of_its_own(draft: Path, tmp_path: Path) -> None:
    outcome = check(tmp_path, claims=(draft, ROOT / "claims"))
    assert len(faults(outcome.run.checks)) > 3


def test_the_draft_is_in_doubt_never_the_archive(draft: Path, tmp_path: Path) -> None:
    draft.write_text(DRAFT.replace("24 billion", "26 billion"), encoding="utf-8")
    outcome = check(tmp_path, claims=(draft,), against=(ROOT / "claims",))
    groups = faults(outcome.run.checks)
    assert groups
    assert {check_.in_doubt.first.document.id for group in groups for check_ in group} == {"draft"}


def test_an_official_table_is_given(draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "customs.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "crosscheck.toml").write_text(MAPPING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    draft.write_text(DRAFT.replace("24 billion", "24.6 billion"), encoding="utf-8")
    outcome = check(tmp_path, claims=(Path("draft.yaml"),), against=(Path("customs.csv"),))
    (group,) = faults(outcome.run.checks)
    assert group[0].rule.id == "same-figure-twice"
    assert group[0].in_doubt.first.id == "draft#level"
    assert outcome.documents == 1


def test_one_document_id_in_a_claim_file_and_a_table_is_a_fault(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "customs.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "crosscheck.toml").write_text(MAPPING.replace('"customs"', '"draft"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputFaults, match="is taken"):
        check(tmp_path, claims=(Path("draft.yaml"), Path("customs.csv")))


@pytest.mark.parametrize(("words", "expected"), [(("growth",), True), (("share",), False), (("growth-not",), True)])
def test_rules_are_selected_by_id_prefix_and_tag(words: tuple[str, ...], expected: bool, tmp_path: Path) -> None:
    outcome = check(tmp_path, claims=(ROOT / "claims",), select=words)
    assert any(check_.rule.id == "growth-not-matching-levels" for check_ in outcome.run.checks) is expected
    ignored = check(tmp_path, claims=(ROOT / "claims",), ignore=words)
    assert any(check_.rule.id == "growth-not-matching-levels" for check_ in ignored.run.checks) is not expected


def test_a_selection_that_matches_nothing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="no rule has the id"):
        check(tmp_path, claims=(ROOT / "claims",), select=("grwth",))
