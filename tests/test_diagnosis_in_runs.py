"""Diagnoses and power in whole runs: slips of period and source, figures that other checks bear out, and the reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import FINDINGS, OK, run, write

SERIES = """
document: {id: d, published: 2024-06-01}
defaults: {indicator: imports, reference_area: KZ}
claims:
  - {id: y2020, time_period: 2020, figure: 4.05 billion USD}
  - {id: y2021, time_period: 2021, figure: 4.61 billion USD}
  - {id: y2022, time_period: 2022, figure: 5.92 billion USD}
  - {id: y2023, time_period: 2023, figure: 6.17 billion USD}
  - {id: growth, time_period: 2023, base_period: 2022, measure: growth, figure: 33.8 %}
"""
SOURCES = """
document: {id: d, published: 2024-06-01}
defaults: {indicator: imports, reference_area: KZ}
claims:
  - {id: now, time_period: 2023, source: office, figure: 6.17 billion USD}
  - {id: then, time_period: 2022, source: office, figure: 5.92 billion USD}
  - {id: growth, time_period: 2023, base_period: 2022, source: office, measure: growth, figure: -2.1 %}
  - {id: theirs, time_period: 2022, source: customs, figure: 6.30 billion USD}
"""
BORNE_OUT = """
document: {id: d, published: 2024-06-01}
defaults: {indicator: trade-turnover, reference_area: KZ, counterpart_area: CN, time_period: 2023}
claims:
  - {id: whole, figure: 31.52 billion USD}
  - {id: exports, indicator: exports, figure: 14.70 billion USD}
  - {id: imports, indicator: imports, figure: 16.82 billion USD}
  - {id: part, counterpart_area: CN-XJ, figure: 2.03 billion USD}
  - {id: share, measure: share, counterpart_area: CN-XJ, whole: {counterpart_area: CN}, figure: 64.4 %}
"""
SMALL_PART = """
document: {id: d, published: 2024-06-01}
defaults: {reference_area: KZ, time_period: 2023}
claims:
  - {id: all, indicator: trade-turnover, figure: 94.8 billion USD}
  - {id: exports, indicator: exports, figure: 0.02 billion USD}
  - {id: imports, indicator: imports, figure: 94.8 billion USD}
"""
ONE_FAULT = """
document: {id: d, published: 2024-06-01}
defaults: {reference_area: KZ, counterpart_area: CN, time_period: 2023}
claims:
  - {id: all, indicator: trade-turnover, figure: 31.5 million USD}
  - {id: exports, indicator: exports, figure: 14.7 billion USD}
  - {id: imports, indicator: imports, figure: 16.8 billion USD}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {".git/HEAD": ""})
    return tmp_path


def report(folder: Path, claims: str) -> Any:
    write(folder, {"claims.yaml": claims})
    return json.loads(run("check", "claims.yaml", "--format", "json").out)


def slips(folder: Path, claims: str) -> list[tuple[str, str, str]]:
    checks = report(folder, claims)["checks"]
    return [(d["slip"], d["role"], d["message"]) for check in checks for d in check["diagnosis"]]


def test_another_period_of_the_series(folder: Path) -> None:
    message = "it fits with 4.61 billion USD, the figure for 2021, in place of 5.92 billion USD for 2022"
    assert slips(folder, SERIES) == [("wrong-period", "then", message)]


def test_of_many_periods_one_fits_by_chance(folder: Path) -> None:
    """Growths printed to whole percents, against a series of thirty years."""
    years = "".join(
        f"  - {{id: z{year}, time_period: {year}, figure: {4 + (year - 1990) * 0.04:.1f} billion USD}}\n"
        for year in range(1990, 2020)
    )
    claims = SERIES.replace("33.8 %", "34 %").replace("4.61", "4.6").replace("4.05", "3.1").replace("6.17", "6.2")
    assert slips(folder, claims + years) == []


def test_the_figure_of_another_source(folder: Path) -> None:
    message = "it fits with 6.30 billion USD from customs, in place of 5.92 billion USD from office"
    assert slips(folder, SOURCES) == [("other-source", "then", message)]


def test_of_figures_that_a_factor_fits_alike_those_are_left_alone_that_another_check_bears_out(folder: Path) -> None:
    """The whole is what exports and imports add up to."""
    message = (
        "one figure is out by a factor of 10: it fits with 6.44% for 64.4 %, or with 20.3 billion USD for 2.03 billion USD"
    )
    assert slips(folder, BORNE_OUT) == [("factor-10", "share", message)]
    alone = BORNE_OUT.replace("16.82 billion USD", "over 1 billion USD")
    ((_, _, message),) = slips(folder, alone)
    assert message.endswith(", with 20.3 billion USD for 2.03 billion USD, or with 3.152 billion USD for 31.52 billion USD")


def test_a_part_too_small_to_show_is_compared_for_size_only(folder: Path) -> None:
    figures = report(folder, SMALL_PART)["summary"]["figures"]
    assert (figures["checked"], figures["size_only"]) == (2, 1)


def test_every_format_says_it(folder: Path) -> None:
    sentence = "it fits with 4.61 billion USD, the figure for 2021, in place of 5.92 billion USD for 2022"
    write(folder, {"claims.yaml": SERIES})
    for name in ("full", "concise", "json"):
        ran = run("check", "claims.yaml", "--format", name)
        assert ran.code == FINDINGS
        assert sentence in " ".join(ran.out.split()), name
    (check,) = [c for c in report(folder, SERIES)["checks"] if c["diagnosis"]]
    explained = " ".join(run("explain", check["id"], "claims.yaml").out.split())
    assert f"{sentence}." in explained


def test_power_is_told(folder: Path) -> None:
    write(folder, {"claims.yaml": SERIES.replace("33.8 %", "4.2 %")})
    ran = run("check", "claims.yaml", "--format", "json")
    assert ran.code == OK
    found = json.loads(ran.out)
    (check,) = [c for c in found["checks"] if c["rule"] == "growth-not-matching-levels"]
    assert (check["verdict"], check["power"]) == ("consistent", "0.548")
    assert found["summary"]["strong"] == 1
    assert "1 consistent (1 would have caught most errors)" in run("check", "claims.yaml").out


def test_one_figure_out_by_a_factor_is_one_fault(folder: Path) -> None:
    """It breaks the sum and is below both of its terms: three checks, one message, at the figure that is wrong."""
    found = report(folder, ONE_FAULT)
    assert found["summary"]["errors"] == 1
    told = [(check["rule"], check["diagnosis"][0]["role"]) for check in found["checks"] if check["diagnosis"]]
    assert sorted(told) == [("term-above-total", "total")] * 2 + [("total-not-sum-of-terms", "total")]
    assert {check["diagnosis"][0]["message"] for check in found["checks"] if check["diagnosis"]} == {
        "31.5 million USD fits if billion was meant"
    }
    lines = run("check", "claims.yaml", "--format", "concise").out.splitlines()
    assert lines[0].startswith("claims.yaml (all): error: 31.5 million USD does not follow from")


def test_a_tie_is_settled_by_what_another_check_says(folder: Path) -> None:
    """A growth alone cannot say which of its levels is out by a factor; the sum can."""
    growth = "  - {id: growth, indicator: trade-turnover, base_period: 2022, measure: growth, figure: 31.3 %}\n"
    base = "  - {id: base, indicator: trade-turnover, time_period: 2022, figure: 24.0 billion USD}\n"
    ((_, role, message),) = {(s, r, m) for s, r, m in slips(folder, ONE_FAULT + growth + base) if r == "now"}
    assert (role, message) == ("now", "31.5 million USD fits if billion was meant")
