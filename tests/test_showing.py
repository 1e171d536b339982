"""Figures for people: in the unit, scale and marks of a printed one, one thing as one and several as several."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from crosscheck.figures.interval import Interval, point
from crosscheck.figures.showing import gap_like, interval_like, singular, value_like
from crosscheck.figures.text import parse_figure


@pytest.mark.parametrize(
    ("value", "printed", "shown"),
    [
        (2060, "2,140 {people}", "2,060 people"),  # marked as the text marks
        (2060, "2140 {people}", "2060 people"),
        (2060, "950 {people}", "2060 people"),
        (12060, "9500 {people}", "12,060 people"),
        (1, "40 {ships}", "1 ship"),
        (-1, "40 {ships}", "-1 ship"),
        (2, "40 {ships}", "2 ships"),
        (1, "300 {cargo ships}", "1 cargo ship"),
        (10**6, "40 million {ships}", "1 million ships"),
        (92 * 12, "82 year", "92 years"),
        (12, "82 year", "1 year"),
        (F(1, 100), "6%", "1%"),
    ],
)
def test_a_value_is_shown_as_a_printed_one(value: F | int, printed: str, shown: str) -> None:
    assert value_like(F(value), parse_figure(printed)) == shown


@pytest.mark.parametrize(
    ("gap", "printed", "shown"),
    [
        (6000, "184,300 {items}", "6,000 items"),
        (1, "16 {ships}", "1 ship"),
        (F(1, 100), "30%", "1 point"),
        (F(3, 200), "30%", "1.5 points"),
    ],
)
def test_a_gap_is_shown_as_a_printed_figure(gap: F | int, printed: str, shown: str) -> None:
    assert gap_like(F(gap), parse_figure(printed)) == shown


@pytest.mark.parametrize(
    ("things", "one"),
    [
        ("ships", "ship"), ("countries", "country"), ("people", "person"), ("boxes", "box"), ("buses", "bus"),
        ("matches", "match"), ("staff", "staff"), ("series", "series"), ("trade unions", "trade union"), ("ties", "tie"),
        ("houses", "house"), ("gas", "gas"),
    ],
)  # fmt: skip
def test_one_of_several(things: str, one: str) -> None:
    assert singular(things) == one


def test_an_interval_around_a_root_is_one_value() -> None:
    """What no decimal can be is enclosed more narrowly than anybody prints."""
    root, step = F(10147339774, 10**11), F(1, 10**20)
    assert interval_like(Interval(root - step, root + step), parse_figure("5%")) == "10.15%"
    assert interval_like(point(root), parse_figure("5%")) == "10.15%"


def test_a_rate_counts_in_its_unit() -> None:
    figure = parse_figure("90,000 barrel/day")
    assert value_like(figure.face, figure) == "90,000 barrels/day"
