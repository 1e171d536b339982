"""The shipped claim files are what the reader writes from the shipped documents, but for a few corrections by hand."""

import json
import re
import shutil
from pathlib import Path

import pytest
from commands import run

ROOT = Path(__file__).resolve().parents[1]
# What a person changed after reading: two periods that an undated text leaves open, two counts that are no statistic.
EDITS = {"commercial-agreements": 2, "xinjiang-meeting-2025-08-26": 1, "xinjiang-visit-2023-10-19": 1}


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's documents and claim files, to write in."""
    for folder in ("documents", "claims"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "crosscheck.toml").write_text('documents = ["documents"]\nclaims = ["claims"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_reading_again_changes_nothing(copy: Path) -> None:
    before = {path.name: path.read_bytes() for path in (copy / "claims").glob("*.yaml")}
    done = run("extract", "documents", "--write", "--again")
    assert done.code == 0, done.err
    assert {path.name: path.read_bytes() for path in (copy / "claims").glob("*.yaml")} == before
    kept = re.findall(r"claims/(\S+)\.yaml: nothing changed(?:: (\d+) edits? of yours kept)?", done.all)
    assert {name: int(count) for name, count in kept if count} == EDITS
    assert len(kept) == len(before) == 5


def test_corrections_are_marked(copy: Path) -> None:
    corrected = [
        line for path in (copy / "claims").glob("*.yaml") for line in path.read_text().splitlines() if "corrected" in line
    ]
    assert len(corrected) == 2
    assert all("why:" in line for line in corrected)


def test_the_documents_alone_give_the_same_warnings(copy: Path) -> None:
    shutil.rmtree(copy / "claims")
    (copy / "claims").mkdir()
    done = run("all", "--format", "json")
    assert done.code == 0, done.err
    report = json.loads(done.out)
    assert report["summary"]["errors"] == 0
    assert report["summary"]["warnings"] == 4
    rules = {check["rule"] for check in report["checks"] if check["level"] == "warning" and not check["related"]}
    named = rules | {finding["rule"] for finding in report["reading"] if finding["level"] == "warning"}
    assert {"growth-not-matching-levels", "part-named-like-its-whole", "reading/no-direction"} <= named
