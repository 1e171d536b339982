"""`init`: a project that passes, with nothing overwritten."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, OK, run, write

RELEASE = (
    "Published: 2 February 2024\n\nNorthwind Ltd said revenue grew 9% to €8.4 million in 2023 from €8.0 million in 2022.\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_project_passes(folder: Path) -> None:
    ran = run("init")
    assert (ran.code, ran.err) == (OK, "")
    assert set(files(folder)) == {
        "crosscheck.toml",
        "documents/example.md",
        "claims/example.yaml",
        "rules/example.yaml",
        "rules/rules.schema.json",
        ".github/workflows/figures.yml",
    }
    ran = run("all", "--strict", "all", "--fail-on", "note")
    assert (ran.code, ran.err) == (OK, "")
    assert "2 consistent" in ran.out
    assert run("test", "rules", "--coverage").code == OK
    assert run("rules", "lint").code == OK


def test_a_second_time_changes_nothing(folder: Path) -> None:
    run("init")
    before = files(folder)
    ran = run("init", "--ci", "github")
    assert ran.code == OK
    assert files(folder) == before
    assert "crosscheck.toml: there already, left as it is" in ran.out


def test_what_is_there_stays_and_is_completed(folder: Path) -> None:
    mine = {
        "crosscheck.toml": "documents = []\n",
        "rules/mine.yaml": "rules: []\n",
        ".github/workflows/figures.yml": "mine",
    }
    write(folder, mine)
    assert run("init").code == OK
    after = files(folder)
    assert {name: after[name].decode() for name in mine} == mine
    assert set(after) == {*mine, "documents/example.md"}


def test_settings_in_pyproject_count(folder: Path) -> None:
    write(folder, {"pyproject.toml": "[tool.crosscheck]\ndocuments = []\n"})
    assert "pyproject.toml: there already" in run("init").out
    assert "crosscheck.toml" not in files(folder)
    (folder / "pyproject.toml").write_text("[project]\n")
    assert "crosscheck.toml: written" in run("init").out


def test_documents_that_are_there(folder: Path) -> None:
    write(folder, {"my releases/a.md": RELEASE, 'odd"name.md': RELEASE.replace("9%", "5%")})
    assert run("init", "--documents", "my releases", "--documents", 'odd"name.md').code == OK
    settings = tomllib.loads((folder / "crosscheck.toml").read_text(encoding="utf-8"))
    assert settings["documents"] == ["my releases", 'odd"name.md']
    assert "documents/example.md" not in files(folder)
    ran = run("all", "--format", "concise")
    assert ran.code == FINDINGS
    assert "my releases/a.md:3:33: error: 9% does not follow" in ran.out
    write(folder, {"my releases/a.md": RELEASE.replace("9%", "5%")})
    assert run("all").code == OK


def test_another_folder_and_another_ci(folder: Path) -> None:
    ran = run("init", "new/one", "--ci", "gitlab")
    assert ran.out.endswith(
        "next: in new/one: `crosscheck all` checks the documents, `crosscheck test --coverage` the rules\n"
    )
    assert "new/one/.gitlab-ci.yml" in files(folder)
    run("init", "new/two", "--ci", "none")
    assert not [name for name in files(folder) if name.startswith("new/two/.g")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--documents", "none"], "none: error: no such file or folder"),
        (["--ci", "githab"], 'did you mean "github"?'),
        (["file/inside"], "cannot be written"),
    ],
)
def test_what_cannot_be_made(folder: Path, arguments: list[str], words: str) -> None:
    write(folder, {"file": "a file"})
    ran = run("init", *arguments)
    assert (ran.code, ran.out) == (INPUT, "")
    assert words in ran.err
    assert set(files(folder)) == {"file"}
