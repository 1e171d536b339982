"""Tables with bars in plain text: ragged rows, cells cut in two, titles and sections, and what such a table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.model import AREA, INDICATOR, PERIOD
from crosscheck.extraction.readers.reading import read_document
from crosscheck.extraction.source import Table
from crosscheck.extraction.tables.statements import read_tables
from crosscheck.figures.quantities import shipped_quantities
from crosscheck.inputs.shipped import shipped

BUDGET = """The mayor presented the accounts on Monday.
Table 4. | |||||
Fiscal Years 2021 to 2023 | |||||
Millions of Euros | |||||
2021 | 2022 | 2023 | ||||
Receipts | 310 | 325 | 341 | |
Outlays | 330 | 321 | 360 | |
Deficit (−) | ||||
Amount | −20 | 4 | −19 | |
Percentage of Gross Domestic Product | −2.1 | 0.4 | −1.9 | |
Source: the town hall. | |||||
The next accounts are due in spring.
"""


def tables(text: str) -> tuple[Table, ...]:
    return read_document(Path("a.txt"), text.encode()).tables


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_a_ragged_table_with_titles_units_and_sections() -> None:
    source = read_document(Path("a.txt"), BUDGET.encode())
    (table,) = source.tables
    assert cells(table)[3:6] == [
        ["", "2021", "2022", "2023"],
        ["Receipts", "310", "325", "341"],
        ["Outlays", "330", "321", "360"],
    ]
    assert [row[0].text for row in table.rows if not row[1].text] == [
        "Table 4.",
        "Fiscal Years 2021 to 2023",
        "Millions of Euros",
        "Deficit (−)",
    ]
    assert all(BUDGET[cell.start : cell.end] == cell.text for row in table.rows for cell in row if cell.text)
    kept = [BUDGET[block.start : block.end] for block in source.blocks]
    assert not any("Receipts" in block for block in kept)
    assert any(block.startswith("The next accounts") for block in kept)
    folder = shipped("codelists")
    lists = load_codelists([folder / name for name in ("areas.yaml", "indicators.yaml")])
    found = read_tables(source, lists, shipped_quantities())
    told = [
        (one.dimensions[INDICATOR].value, one.dimensions[PERIOD].value, int(10 * one.value), one.unit, one.measure)
        for one in found.statements
    ]
    assert not found.unresolved
    assert told[0] == ("budget-revenue", "FY2021", 3_100_000_000, "EUR", "level")
    assert told[5] == ("budget-expenditure", "FY2023", 3_600_000_000, "EUR", "level")
    assert told[6:8] == [
        ("budget-balance", "FY2021", -200_000_000, "EUR", "level"),
        ("budget-balance", "FY2022", 40_000_000, "EUR", "level"),
    ]
    assert told[9] == ("budget-balance", "FY2021", -21, "percent", "share")
    assert found.statements[9].whole == {INDICATOR: "gdp"}
    assert AREA not in found.statements[9].dimensions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # signs in cells of their own
            "Year | | 2023 | | | 2022 | |\nSales | $ | 12.5 | | $ | 11.0 | |\nMargin | | 35 | % | | 36 | % |\n"
            "Loss | | (4.5 | ) | | (1.2 | ) |\n",
            [["Year", "2023", "2022"], ["Sales", "$12.5", "$11.0"], ["Margin", "35%", "36%"], ["Loss", "(4.5)", "(1.2)"]],
        ),
        (  # a blank cell within, and fewer bars at the end of a row
            "| 2021 | 2022 | 2023 |\nNorth | 12 | 13 | 14\nSouth | 8 | | 9\nWest | 1 | 2 | 3 |\n",
            [["", "2021", "2022", "2023"], ["North", "12", "13", "14"], ["South", "8", "", "9"], ["West", "1", "2", "3"]],
        ),
        (  # headings in words without one above the names
            "Wheat | Maize | ||\nNorth | 12 | 13 |\nSouth | 8 | 9 |\n",
            [["", "Wheat", "Maize"], ["North", "12", "13"], ["South", "8", "9"]],
        ),
        (
            "| Region | Wheat |\n| North | 12 |\n| South | 8 |\n",
            [["Region", "Wheat"], ["North", "12"], ["South", "8"]],
        ),
    ],
)
def test_cells_parted_by_bars(text: str, expected: list[list[str]]) -> None:
    (table,) = tables(text)
    assert cells(table) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Home | News | About us\nBy A. Writer | 3 May 2024 | Trade\n\nExports rose.\n",
        "Sales rose 5% | Profit fell 3%\nRead on.\n",
        "|||||\n|||\n",
    ],
)
def test_bars_that_are_no_table(text: str) -> None:
    assert tables(text) == ()


def test_many_bars_are_read_in_linear_time() -> None:
    text = "North | 1 | 2" + " |" * 50_000 + "\n"
    (table,) = tables(text * 4)
    assert cells(table)[0] == ["North", "1", "2"]
