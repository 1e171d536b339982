"""Tables of company reports as text: ruled by dashes and bars, with abbreviations, people, and the name in the title."""

from __future__ import annotations

from pathlib import Path

from test_about import statements
from test_frames import lists

from crosscheck.extraction.model import Extract
from crosscheck.extraction.reading import read
from crosscheck.figures.quantities import shipped_quantities

TABLE = b"""Ambra key figures 2022

in EUR million | 2022 | 2021 |
---|---|---|
Net sales | 4,230 | 3,912 |
Earnings before interest, taxes, depreciation and amortisation (EBITDA) | 381.3 | 396.7 |
Net profit (Group share) | 182.5 | 216.7 |
Headcount | 9,368 | 9,230 |
"""


def extract(text: bytes) -> Extract:
    return read(Path("a.txt"), text, lists(), shipped_quantities())


def test_a_rule_of_dashes_and_bars_parts_headings_from_figures_and_the_company_is_that_of_the_title() -> None:
    told = {
        (one.dimensions["indicator"].value, one.dimensions["time_period"].value, one.dimensions["reference_area"].value)
        for one in extract(TABLE).statements
    }
    assert told == {(code, year, "Ambra") for code in ("revenue", "ebitda", "net-profit") for year in ("2021", "2022")}


def test_people_in_a_table_of_money_are_no_money() -> None:
    assert {one.reason for one in extract(TABLE).unresolved} == {
        "people, in a table of money: the headings do not say in what"
    }


def test_group_share_is_no_share() -> None:
    assert {one.measure for one in extract(TABLE).statements} == {"level"}


def test_the_goods_deficit_beside_services_is_a_part() -> None:
    text = (
        "The trade deficit was $62 billion in May. The goods deficit was $89 billion and the services surplus $27 billion."
    )
    assert [one.dimensions["indicator"].value for one in statements(text)] == [
        "trade-balance",
        "goods-balance",
        "services-balance",
    ]
