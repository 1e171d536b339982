"""Records: how they are read, how claim files hold them, and what is wrong with one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import INPUT, run, write

HEAD = "Published: 12 February 2024\n\n"


def read(folder: Path, text: str) -> dict[str, object]:
    """By printed figure what is said of it as a record."""
    write(folder, {"a.txt": HEAD + text})
    claims = json.loads(run("extract", folder / "a.txt", "--format", "json").out)["documents"][0]["claims"]
    return {claim["printed"]: claim.get("record") for claim in claims}


@pytest.mark.parametrize(
    ("text", "printed", "order", "since"),
    [
        ("Exports of Peru reached a record $21 billion in 2023.", "$21 billion", "highest", None),
        ("Exports of Peru hit an all-time high of $21 billion in 2023.", "$21 billion", "highest", None),
        ("Exports of Peru were $21 billion in 2023, a new record.", "$21 billion", "highest", None),
        ("Exports of Peru were $21 billion in 2023, their lowest level ever.", "$21 billion", "lowest", None),
        ("Exports of Peru were $21 billion in 2023, the largest amount since 2015.", "$21 billion", "highest", "2015"),
        ("The number of births in Japan hit a record low of 758,631 in 2023.", "758,631", "lowest", None),
    ],
)
def test_what_is_called_a_record(tmp_path: Path, text: str, printed: str, order: str, since: str | None) -> None:
    assert read(tmp_path, text)[printed] == {"is": order, "since": since}


@pytest.mark.parametrize(
    "text",
    [
        "Exports of Peru were $21 billion in 2023, below the record of $23 billion in 2021.",
        "Exports of Peru were $21 billion in 2023, the third-lowest since 2015.",
        "Exports of Peru were $21 billion in 2023, the highest of the region.",
        "Records of the ministry put exports of Peru at $21 billion in 2023.",
    ],
)
def test_what_is_not(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert found
    assert set(found.values()) == {None}


def test_a_rank_among_times(tmp_path: Path) -> None:
    found = read(tmp_path, "Exports of Peru were $21 billion in 2023, the third-largest since 2015.")
    assert found == {"$21 billion": {"is": "highest", "since": "2015", "place": 3}}


def test_claim_files_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "Exports of Peru were $21 billion in 2023, the highest since 2015."
    text += " Imports of Peru reached a record $20 billion in 2023."
    write(tmp_path, {"documents/a.txt": HEAD + text, "crosscheck.toml": ""})
    run("extract", "--write")
    (file,) = (tmp_path / "claims").glob("*.yaml")
    written = file.read_text(encoding="utf-8")
    assert "record: {is: highest, since: 2015}" in written
    assert "record: highest\n" in written
    assert json.loads(run("check", "--format", "json").out)["summary"]["errors"] == 0


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("largest", '`record` cannot be "largest"'),
        ("{since: 2015}", "`record` needs `is`"),
        ("{is: highest, until: 2015}", 'unknown key "until"'),
        ("{is: highest, since: the war}", "the war"),
    ],
)
def test_what_is_wrong_with_one(tmp_path: Path, record: str, message: str) -> None:
    entry = f"{{id: a, indicator: exports, time_period: 2023, figure: 21 billion USD, record: {record}}}"
    write(tmp_path, {"a.yaml": f"claims:\n  - {entry}\n"})
    ran = run("check", tmp_path / "a.yaml")
    assert ran.code == INPUT
    assert message in ran.err
