"""Who is called the first of all: read from the sentence, and held against the others that are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import repository, run, write
from test_frames import statements

FIRST = [
    ("China was Peru's largest trading partner in 2023, with turnover of $31.5 billion.", "counterpart_area"),
    ("China was the largest trading partner of Peru in 2023, with a turnover of $31.5 billion.", "counterpart_area"),
    ("In 2023 the largest buyer of Peru's exports was Italy ($14.9 billion).", "counterpart_area"),
    ("Norway was the largest exporter of salmon in 2023, with exports of 1.2 million tonnes.", "reference_area"),
]
NOT_FIRST = [
    "China was one of the largest trading partners of Peru in 2023, with a turnover of $31.5 billion.",
    "China was one of the second largest trading partners of Peru in 2023, with a turnover of $31.5 billion.",
    "China was the largest trading partner of Peru in 2023, with exports of $23.5 billion.",
    "In 2023 China remained the largest trading partner in Asia of Peru, with a turnover of $31.5 billion.",
    "China was the largest partner of Peru, followed by Chile with a turnover of $31.5 billion in 2023.",
    "Trade of Peru with China was $31.5 billion in 2023.",
]


@pytest.mark.parametrize(("text", "among"), FIRST)
def test_who_is_called_the_first(text: str, among: str) -> None:
    (one,) = statements(text)
    assert one.record is not None
    assert (one.record.order, one.record.since, one.record.among) == ("highest", None, among)


FURTHER_DOWN = [
    (
        "China was the second largest trading partner of Peru in 2023, with a turnover of $31.5 billion.",
        "counterpart_area",
        2,
    ),
    ("Italy was Peru's third-biggest trading partner in 2023, with turnover of $3.5 billion.", "counterpart_area", 3),
    ("Peru's exports to Italy, its 4th largest market, were $4 billion in 2023.", "counterpart_area", 4),
    ("Norway was the tenth-largest exporter of salmon in 2023, with exports of 1.2 million tonnes.", "reference_area", 10),
]


@pytest.mark.parametrize(("text", "among", "place"), FURTHER_DOWN)
def test_who_comes_further_down(text: str, among: str, place: int) -> None:
    (one,) = statements(text)
    assert one.record is not None
    assert (one.record.order, one.record.among, one.record.place) == ("highest", among, place)


@pytest.mark.parametrize("text", NOT_FIRST)
def test_who_is_not(text: str) -> None:
    assert [one.record for one in statements(text)] == [None]


@pytest.mark.parametrize(
    ("other", "finding"),
    [
        ("Russia with $36.2 billion", "$31.5 billion does not fit with $36.2 billion"),
        ("Russia with $26.2 billion", ""),
        ("Russia with $31.5 billion", ""),  # equal ones decide nothing
        ("the European Union with $36.2 billion", "$31.5 billion does not fit with $36.2 billion"),
    ],
)
def test_the_first_is_no_less_than_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str, finding: str
) -> None:
    text = f"China was Peru's largest trading partner in 2023, with turnover of $31.5 billion, followed by {other}."
    repository(tmp_path, monkeypatch, {"a.md": text})
    found = [line for line in run("all", "a.md", "--format", "concise").out.splitlines() if "[largest-partner" in line]
    assert len(found) == bool(finding)
    assert all(finding in line for line in found)


def test_a_group_that_holds_it_may_be_larger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "In 2023 the largest buyer of Peru's exports was Italy ($14.9 billion). Exports of Peru to the EU were $40 billion."
    )
    repository(tmp_path, monkeypatch, {"a.md": text})
    assert "[largest-partner" not in run("all", "a.md", "--format", "concise").out


CLAIM = (
    "{{claims: [{{id: a, indicator: exports, reference_area: PE, time_period: 2023, figure: 2 USD, record: {record}}}]}}"
)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("{is: highest, among: time_period}", "`among` is"),
        ("{is: highest, among: [a]}", "`among` is"),
        ("{is: highest, since: 2015, among: product}", "a record has one of the two"),
        ("{is: highest, along: product}", 'did you mean "among"?'),
        ("{is: highest, among: product, place: third}", "`place`"),
        ("{is: highest, among: product, place: 0}", "`place`"),
    ],
)
def test_what_is_wrong_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: str, message: str) -> None:
    repository(tmp_path, monkeypatch, {"a.yaml": CLAIM.format(record=record)})
    ran = run("check", "a.yaml")
    assert ran.code == 2
    assert message in ran.err


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("{among: product}", "`among` without `record`"),
        ("{place: any}", "`place` without `record`"),
        ("{record: highest, place: 3}", "`place` is `any`"),
    ],
)
def test_a_selector_with_a_rank_needs_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, selector: str, message: str
) -> None:
    rule = (
        "rules:\n  - id: own\n    title: t\n    why: w\n"
        f"    variables: {{a: {selector}, b: {{product: =apart(a)}}}}\n    assert: a >= b\n    subject: a\n"
    )
    repository(tmp_path, monkeypatch, {"rules/own.yaml": rule, "a.yaml": CLAIM.format(record="highest")})
    ran = run("check", "a.yaml", "--rules", "rules")
    assert ran.code == 2
    assert message in ran.err


def test_it_is_written_and_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(tmp_path, monkeypatch, {"documents/a.md": FIRST[0][0], "crosscheck.toml": ""})
    assert run("extract", "--write", "documents").code == 0
    assert "record: {is: highest, among: counterpart_area}" in (tmp_path / "claims" / "a.yaml").read_text("utf-8")
    write(tmp_path, {"documents/b.md": FURTHER_DOWN[1][0]})
    assert run("extract", "--write", "documents").code == 0
    assert "record: {is: highest, among: counterpart_area, place: 3}" in (tmp_path / "claims" / "b.yaml").read_text("utf-8")
    assert run("extract", "--write", "documents").code == 0
