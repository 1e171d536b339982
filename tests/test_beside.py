"""Figures that a text sets beside one another: in claim files, in checks, in sentences, and written back."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from test_frames import statements

from crosscheck.checking.checks import Run, check_claims
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.files import read_claim_file, read_claim_files
from crosscheck.extraction.claim_files.text import fields_of
from crosscheck.inputs.faults import InputFaults
from crosscheck.project import pipeline
from crosscheck.project.configuration import Configuration

FILE = """document: {id: shop}
claims:
  - {id: then, indicator: price, time_period: unstated, figure: 1.60 GBP}
  - {id: now, indicator: cost of a loaf, time_period: unstated, figure: 2.00 GBP}
  - {id: step, indicator: loaf, measure: growth, time_period: unstated, base_period: unstated, figure: GROWTH,
     beside: {now: now, then: then}}
"""


def _written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _run(tmp_path: Path, growth: str) -> Run:
    claims = read_claim_file(_written(tmp_path, FILE.replace("GROWTH", growth))).claims
    return check_claims(claims, pipeline.rules_of(Configuration(tmp_path), (), False), load_codelists([]))


@pytest.mark.parametrize(("growth", "verdict"), [("25 %", "consistent"), ("20 %", "contradiction")])
def test_what_a_text_sets_side_by_side_is_checked_whatever_it_is_of(tmp_path: Path, growth: str, verdict: str) -> None:
    checks = [check for check in _run(tmp_path, growth).checks if check.rule.id == "growth-not-matching-levels"]
    assert [check.verdict for check in checks] == [verdict]


def test_without_it_nothing_binds_them(tmp_path: Path) -> None:
    claims = [
        replace(claim, beside={}) for claim in read_claim_file(_written(tmp_path, FILE.replace("GROWTH", "20 %"))).claims
    ]
    run = check_claims(claims, pipeline.rules_of(Configuration(tmp_path), (), False), load_codelists([]))
    assert not [check for check in run.checks if check.verdict == "contradiction"]


def test_it_is_written_as_it_was_read(tmp_path: Path) -> None:
    step = read_claim_file(_written(tmp_path, FILE.replace("GROWTH", "20 %"))).claims[2]
    assert dict(step.beside) == {"now": "shop#now", "then": "shop#then"}
    assert fields_of(step, step.figure.printed)["beside"] == {"now": "now", "then": "then"}


def test_a_figure_that_is_none_is_a_fault_with_its_place(tmp_path: Path) -> None:
    path = _written(tmp_path, FILE.replace("GROWTH", "20 %").replace("then: then}", "then: them}"))
    with pytest.raises(InputFaults) as caught:
        read_claim_files([path])
    (fault,) = caught.value.faults
    assert '"shop#them" is no claim' in fault.message
    assert fault.line == 6
    assert "then" in (fault.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        "The fare went up from £2.50 to £2.75, a rise of 10%.",
        "Waste fell by 12 tonnes to 88 tonnes, from 100 tonnes.",
        "The choir has 48 singers, twice the 24 of its first year.",
        "The farm sold 640 tonnes of apples, 28% more than the 500 tonnes of the year before.",
        "The post office handled 5,200 parcels, 300 more than in May, when it handled 4,900.",
    ],
)
def test_two_levels_and_the_step_between_them(text: str) -> None:
    tied = [one for one in statements(text, datetime.date(2025, 6, 16)) if one.beside is not None]
    assert [sorted(one.beside or ()) for one in tied] == [["now", "then"]]


@pytest.mark.parametrize(
    "text",
    [
        "Guests are back to 80% of what they were: 1,600 in May against 2,000 in May 2019.",
        "The choir has 6,000 friends, of whom 1,500, or 25%, live abroad.",
        "Of 40 games the team won 30, three quarters of them.",
        "One in five of the 600 hives, 120, were lost.",
        "Tickets brought the zoo €21 million, 35% of its income of €60 million.",
        "Sixty of the 150 plots, 40 per cent, are let.",
    ],
)
def test_a_part_its_whole_and_the_share(text: str) -> None:
    tied = [one for one in statements(text, datetime.date(2025, 6, 16)) if one.beside is not None]
    assert [sorted(one.beside or ()) for one in tied] == [["part", "whole"]]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The wait fell from 20 weeks in 2022 to 15 weeks in 2024.", ["20 week", "15 week"]),
        (
            "A ride takes 2 hours 10 minutes, 50 minutes less than the 3 hours of 2023",
            ["130 minute", "-50 minute", "3 hour"],
        ),
        ("The walk took six hours, two hours longer than the four hours planned.", ["6 hour", "2 hour", "4 hour"]),
        ("The law was passed after two years, and the ban lasts for three years.", []),
        ("Students wait 3 weeks for a room and then stay 4 years.", []),
    ],
)
def test_lengths_of_time_are_figures_where_they_are_compared(text: str, figures: list[str]) -> None:
    assert [one.figure for one in statements(text, datetime.date(2025, 6, 16))] == figures


@pytest.mark.parametrize(
    "text",
    [
        "Rents rose from £900 in 2019 to £1,200 in 2024, up 4% from 2023.",
        "Rents rose from £900 to £1,200 in ten years, an increase of 3% a year.",
        "Rents rose from £900 to £1,200 in ten years, a rise of 12% in real terms.",
        "The price went from £5 in May to £6 in June, or 3% more than in other towns.",
        "Passengers rose from 4 million to 5 million, 10% more than the airport had planned.",
    ],
)
def test_a_step_with_a_base_of_its_own_lies_between_others(text: str) -> None:
    assert not [one for one in statements(text, datetime.date(2025, 6, 16)) if one.beside is not None]
