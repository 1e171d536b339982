"""The format for people: figures underlined where they stand, whatever the width, the script and the terminal."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from crosscheck.figures.interval import Interval
from crosscheck.figures.text import parse_figure
from crosscheck.project.configuration import load
from crosscheck.project.pipeline import Outcome, Request, check_files, document_text
from crosscheck.reports import full
from crosscheck.reports.excerpt import Mark, underlined
from crosscheck.reports.number_line import number_line
from crosscheck.reports.terminal import Style, cells, harmless, wrapped

ROOT = Path(__file__).parent.parent
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    settings = load(ROOT / "crosscheck.toml")
    return check_files(Request(claims=settings.claims), settings)


def report(outcome: Outcome, style: Style, lowest: str = "warning") -> str:
    found = (outcome.run, outcome.noticed, outcome.documents, lowest)
    return "\n".join(full.lines(*found, lambda path: document_text(outcome, path), style))


def test_four_messages_for_four_warnings(outcome: Outcome) -> None:
    text = report(outcome, Style())
    assert re.findall(r"^(\w+)\[", text, re.MULTILINE) == ["warning"] * 4
    assert "they\n  give 31.25%" in text
    assert "24.164–24.260 billion USD" in text
    assert "1.15 points off" in text
    assert len(text.splitlines()) <= 56, "all four on one tall screen"


@pytest.mark.parametrize("width", [60, 80, 160])
@pytest.mark.parametrize("unicode", [True, False])
def test_no_line_is_wider_than_the_terminal(outcome: Outcome, width: int, unicode: bool) -> None:
    for line in report(outcome, Style(width, False, unicode), "note").splitlines():
        assert cells(line) <= width, line


def test_colour_changes_nothing_but_colour(outcome: Outcome) -> None:
    plain, coloured = report(outcome, Style(80)), report(outcome, Style(80, colour=True))
    assert "\x1b" not in plain
    assert coloured != plain
    assert ESCAPE.sub("", coloured) == plain


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("turnover rose by 30.1% to $31.5 billion", "30.1%"),
        ("贸易额达到 31.5 亿美元，同比增长 30.1%，创新高", "30.1%"),
        ("cafe\u0301 e\u0301te\u0301 30.1% naïve", "30.1%"),
        ("\u200bzero\u200b width 30.1%", "30.1%"),
        ("ends with 30.1%", "30.1%"),
        ("30.1% begins", "30.1%"),
    ],
)
@pytest.mark.parametrize("width", [24, 80])
def test_the_stroke_lies_under_the_figure(line: str, marked: str, width: int) -> None:
    start = line.index(marked)
    text, stroke = list(underlined(line, [Mark(start, start + len(marked), "", True)], width, Style(width), "error"))[:2]
    assert cells(text) <= width
    before = cells(text[: text.index(marked)])
    assert stroke == " " * before + "━" * cells(marked)


def test_marks_too_far_apart_get_rows_of_their_own() -> None:
    line = "10% " + "word " * 60 + "20%"
    marks = [Mark(0, 3, "first", True), Mark(len(line) - 3, len(line), "second")]
    rows = list(underlined(line, marks, 60, Style(60), "error"))
    assert all(cells(row) <= 60 for row in rows)
    assert rows[0].startswith("10%")
    assert rows[1] == "━━━ first"
    assert rows[2].endswith("20%")
    assert rows[-1].strip() == "second"


def test_what_a_document_holds_does_nothing_to_a_terminal() -> None:
    assert harmless("a\x1b[31mb\u202ec\td\x00") == "a\ufffd[31mb\ufffdc d\ufffd"


def test_a_figure_of_a_changed_document_is_shown_without_its_line(outcome: Outcome) -> None:
    found = (outcome.run, outcome.noticed, outcome.documents, "warning")
    text = "\n".join(full.lines(*found, lambda path: "another text", Style()))
    assert "30.1%  growth, 2023" in text
    assert "another text" not in text


def test_a_number_line_shows_gap_and_overlap() -> None:
    figure = parse_figure("30.1 %")
    one, two = Interval(Fraction(1, 10), Fraction(2, 10)), Interval(Fraction(3, 10), Fraction(4, 10))
    first, second = number_line([("a", one, None), ("b", two, Fraction(35, 100))], figure)
    assert first.index("┤") < second.index("├")
    assert "●" in second
    assert list(number_line([("a", Interval(Fraction(1), None), None)], figure)) == []


def test_wrapping_keeps_words_and_indents() -> None:
    assert wrapped("one two three", 8, "  ") == ["one two", "  three"]
    assert wrapped("longer-than-the-line", 5, "") == ["longer-than-the-line"]
