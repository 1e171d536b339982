"""Figures of which the text does not say whose they are: compared within their document, and with no other's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import repository, run, write

# Two ports, or one? Neither text says.
FIRST = "In 2023 freight was 377,998 tonnes. In 2022 freight was 400,000 tonnes, and output in 2023 was 5,210 tonnes."
SECOND = "In 2023 freight was 251,593 tonnes."
ITSELF = "In 2023 freight was 377,998 tonnes. Traffic grew.\n\nTogether, in 2023 freight was 312,400 tonnes."
TABLE = "Year,Freight (tonnes)\n2023,377998\n2022,400000\n"
CLAIMS = """\
document: {{id: {name}, published: 2024-01-0{day}{more}}}
claims:
  - {{id: freight, indicator: freight, time_period: 2023, figure: "{figure} t"}}
"""


def findings(*arguments: str) -> list[tuple[str, str, set[str]]]:
    ran = run("all" if not arguments[0].endswith("yaml") else "check", *arguments, "--format", "json", "--fail-on", "never")
    report: dict[str, Any] = json.loads(ran.out)
    return [
        (check["rule"], check["verdict"], {claim["document"] for claim in check["claims"]})
        for check in report["checks"]
        if check["verdict"] != "unverifiable" and len(check["claims"]) > 1
    ]


def test_two_texts_that_do_not_say_whose_are_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, monkeypatch, {"first.md": FIRST, "second.md": SECOND})
    assert not findings("first.md", "second.md")


def test_within_one_text_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, monkeypatch, {"itself.md": ITSELF, "second.md": SECOND})
    assert ("same-figure-twice", "contradiction", {"itself"}) in findings("itself.md", "second.md")


def test_texts_that_say_whose_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        f"{name}.md": text.replace("freight was", "freight in Norway was", 1)
        for name, text in (("first", FIRST), ("second", SECOND))
    }
    repository(tmp_path, monkeypatch, texts)
    assert ("same-figure-twice", "contradiction", {"first", "second"}) in findings(*texts)


def test_a_figure_that_two_share_to_three_digits_tells_that_they_speak_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(tmp_path, monkeypatch, {"first.md": FIRST, "table.csv": TABLE.replace("400000", "410000")})
    found = findings("first.md", "table.csv")
    assert ("same-figure-twice", "consistent", {"first", "table"}) in found
    assert ("same-figure-twice", "contradiction", {"first", "table"}) in found
    write(tmp_path, {"table.csv": TABLE.replace("377998", "300000")})  # 400,000 in both has one digit that tells
    assert not findings("first.md", "table.csv")


def test_written_claims_say_that_their_area_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, monkeypatch, {"documents/first.md": FIRST, "documents/second.md": SECOND, "crosscheck.toml": ""})
    assert run("extract", "--write", "documents").code == 0
    assert "  without_area: unstated\n" in (tmp_path / "claims" / "first.yaml").read_text("utf-8")
    assert not findings("claims/first.yaml", "claims/second.yaml")
    write(tmp_path, {"documents/first.md": FIRST + " Imports fell by 2%."})
    assert run("extract", "--write", "documents").code == 0
    assert (tmp_path / "claims" / "first.yaml").read_text("utf-8").count("without_area: unstated") == 1


@pytest.mark.parametrize(("more", "are_compared"), [("", True), (", without_area: unstated", False)])
def test_claims_of_a_person_are_compared_as_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, are_compared: bool
) -> None:
    files = {
        f"{name}.yaml": CLAIMS.format(name=name, day=day, figure=figure, more=more)
        for day, (name, figure) in enumerate((("one", "377,998"), ("two", "251,593")), 1)
    }
    repository(tmp_path, monkeypatch, files)
    assert bool(findings(*files)) is are_compared


def test_what_else_without_area_could_be_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(
        tmp_path, monkeypatch, {"one.yaml": CLAIMS.format(name="one", day=1, figure="2", more=", without_area: none")}
    )
    ran = run("check", "one.yaml")
    assert ran.code == 2
    assert "`without_area`" in ran.err
    assert "unstated" in ran.err


def test_growths_of_two_texts_are_no_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken together, each would fix the level of 2022 that the other denies."""
    first = "In 2023 freight was 377,998 tonnes, down 10% on 2022."
    second = "In 2022 freight was 12,345 tonnes, up 50% on 2021."
    repository(tmp_path, monkeypatch, {"first.md": first, "second.md": second})
    assert run("all", "first.md", "second.md", "--fail-on", "note").code == 0
    write(tmp_path, {"both.md": f"{first} {second}"})
    assert "[growth-not-matching-levels]" in run("all", "both.md", "--format", "concise").out
