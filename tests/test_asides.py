"""Quantities that are no statistic: `extract` lists them, no claim file has them, no rule sees them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from commands import OK, run

from crosscheck.reports.schema import extract_schema

TEXT = (
    "Exports of Kazakhstan to China came to $14.7 billion in 2023. "
    "It took three years, and the two countries built nothing for 11 months of 2024.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*arguments: str) -> dict[str, Any]:
    ran = run(*arguments, "--format", "json")
    assert ran.code == OK, ran.all
    document: dict[str, Any] = json.loads(ran.out)
    return document


def test_durations_and_references_are_listed_beside_the_claims(folder: Path) -> None:
    report = found("extract", "a.txt")
    jsonschema.validate(report, extract_schema())
    (document,) = report["documents"]
    asides = [one for one in document["claims"] if one.get("statistic") is False]
    shown = [(one["printed"], one["value"], one["unit"], one["id"], one["indicator"], one["measure"]) for one in asides]
    assert shown == [
        ("three years", "3", "year", None, None, "level"),
        ("two", "2", "{countries}", None, None, "level"),
    ]
    assert all(TEXT[one["start"] : one["end"]] == one["printed"] for one in asides)
    assert [one["printed"] for one in document["claims"] if "statistic" not in one] == ["$14.7 billion"]
    assert document["no_statistic"] == 2


def test_no_claim_file_and_no_rule_has_them(folder: Path) -> None:
    figures = found("all", "a.txt")["summary"]["figures"]
    assert (figures["found"], figures["no_statistic"]) == (3, 2)
    assert run("extract", "a.txt", "--write").code == OK
    (file,) = folder.rglob("a.yaml")
    written = file.read_text(encoding="utf-8")
    assert "$14.7 billion" in written
    assert "three years" not in written
