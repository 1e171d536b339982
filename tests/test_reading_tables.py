"""Tables as people make them, read to statements: headings, units, marks of numbers, totals, files of every kind."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.extraction.model import Extract, Statement
from crosscheck.extraction.readers.decode import decode
from crosscheck.extraction.readers.delimited import MAXIMUM_CELLS, read_delimited, sniffed
from crosscheck.extraction.readers.html import read_html
from crosscheck.extraction.readers.markdown import read_markdown
from crosscheck.extraction.readers.number_formats import exact, shown
from crosscheck.extraction.readers.workbook import read_workbook
from crosscheck.extraction.reading import read as read_any
from crosscheck.extraction.source import Cell, Source, Table
from crosscheck.extraction.tables.cells import printed
from crosscheck.extraction.tables.periods import part_in, period_in
from crosscheck.extraction.tables.statements import read_tables
from crosscheck.extraction.tables.units import unit_said
from crosscheck.figures.quantities import shipped_quantities
from crosscheck.figures.text import parse_figure
from crosscheck.inputs.faults import InputFaults
from crosscheck.inputs.shipped import shipped


@cache
def lists() -> CodeLists:
    folder = shipped("codelists")
    return load_codelists([folder / name for name in ("areas.yaml", "indicators.yaml")])


def grid(text: str, caption: str = "", **more: object) -> Table:
    """A table of lines with bars between the cells."""
    rows = [line.split("|") for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    cells = tuple(
        tuple(Cell(cell, i, j) for j, cell in enumerate([*row, *[""] * (width - len(row))], 1))
        for i, row in enumerate(rows, 1)
    )
    return Table(cells, caption, **more)  # type: ignore[arg-type]


def read(text: str, caption: str = "", language: str | None = None, **more: object) -> Extract:
    source = Source("t", "", tables=(grid(text, caption, **more),), language=language)
    return read_tables(source, lists(), shipped_quantities())


def values(found: Statement) -> dict[str, str]:
    return {name: known.value for name, known in found.dimensions.items()}


def line(found: Statement) -> str:
    """A statement on one line: figure, measure, dimensions in the order of their names."""
    named = " ".join(f"{name}={value}" for name, value in sorted(values(found).items()) if value != "_U")
    base = f" base={found.base_period.value}" if found.base_period else ""
    return f"{found.figure} {found.measure} {named}{base}"


def lines(found: Extract) -> list[str]:
    assert not found.unresolved, found.unresolved
    return [line(one) for one in found.statements]


def test_units_and_scales_of_headings() -> None:
    for text, unit, power in (
        ("USD million", "USD", 6),
        ("$ mn", "USD", 6),
        ("million US dollars", "USD", 6),
        ("thousand tonnes", "t", 3),
        ("in %", "percent", 0),
        ("€'000", "EUR", 3),
        ("USDm", "USD", 6),
        ("₹ crore", "INR", 7),
        ("Rs. in lakhs", "INR", 5),
        ("bn KZT", "KZT", 9),
        ("pp", "percentage_point", 0),
        ("thousand persons", "{persons}", 3),
        ("tens of thousands of tonnes", "t", 4),
        ("billion cubic metres", "m3", 9),
        ("kg per ha", "kg/ha", 0),
        ("million t", "t", 6),
        ("(in millions of euros)", "EUR", 6),
        ("Figures in USD millions", "USD", 6),
        ("£bn", "GBP", 9),
        ("N$ million", "NAD", 6),
        ("R billion", "ZAR", 9),
        ("million Norwegian kroner", "NOK", 6),
        ("million ISK at current exchange rates", "ISK", 6),
        ("US$ million, f.o.b.", "USD", 6),
        ("EUR million, seasonally adjusted", "EUR", 6),
    ):
        found = unit_said(text)
        assert found is not None, text
        assert (found.unit, found.power) == (unit, power), text
    for text in (
        "Exports",
        "North",
        "m",
        "Male",
        "per 1,000 inhabitants",
        "trade",
        "TRY",
        "N million",
        "million of cattle",
        "Rs million, 2023",
    ):
        assert unit_said(text) is None, text
    scale = unit_said("000s")
    assert scale is not None
    assert (scale.alone, scale.power) == (True, 3)


@pytest.mark.parametrize(
    ("title", "said", "unit"),
    [
        ("Pakistan's exports", "Rs million", "PKR"),
        ("India's exports", "Rs million", "INR"),
        ("Pakistan's exports", "INR million", "INR"),
        ("Namibia's exports", "N$ million", "NAD"),
    ],
)
def test_a_sign_of_money_is_that_of_the_country_of_the_text(title: str, said: str, unit: str) -> None:
    text = f"# {title}\n\n| Commodity | {said}, 2023 |\n|---|---|\n| Rice | 6,944 |\n| Cotton | 3,472 |\n"
    found = read_any(Path("t.md"), text.encode(), lists(), shipped_quantities())
    assert [(one.figure, one.unit) for one in found.statements] == [
        (f"6944 million {unit}", unit),
        (f"3472 million {unit}", unit),
    ]


def test_periods_of_headings() -> None:
    for text, value in (
        ("2022", "2022"),
        ("2023-Q1", "2023-Q1"),
        ("Jan–Apr 2024", "2024-01/2024-04"),
        ("January 2024", "2024-01"),
        ("H1 2023", "2023-S1"),
        ("1Q23", "2023-Q1"),
        ("Q1'23", "2023-Q1"),
        ("FY23", "FY2023"),
        ("2022/23", "FY2023"),
        ("9M 2023", "2023-01/2023-09"),
        ("31.12.2023", "2023-12-31"),
        ("As of 31 Dec 2023", "2023-12-31"),
        ("Year ended 31 December 2023", "2023"),
        ("Three months ended March 31, 2024", "2024-Q1"),
        ("Jan-24", "2024-01"),
        ("2019–2023", "2019/2023"),
        ("end of 2023", "2023-12-31"),
        ("First half of 2023", "2023-S1"),
    ):
        found = period_in(text)
        assert found is not None, text
        assert found.value == value, text
    assert all(period_in(text) is None for text in ("2010=100", "1,990", "12.2023", "2023/2022"))
    assert part_in("January") is not None
    assert part_in("March 2") is None


def test_cells() -> None:
    for text, value, places in (
        ("1,234.5", "1234.5", 1),
        ("1.234,5", "1234.5", 1),
        ("12.5*", "12.5", 1),
        ("12.5 (1)", "12.5", 1),
        ("12.5r", "12.5", 1),
        ("(28.3)", "-28.3", 1),
        ("−5.2", "-5.2", 1),
        ("1 234,5", "1234.5", 1),
        ("1\u202f234", "1234", 0),
        ("1,23,456", "123456", 0),
        ("+12.60%", "12.6", 2),
        ("5-", "-5", 0),
        ("$(5)", "-5", 0),
        ("12.5¹", "12.5", 1),
        ("12.5[2]", "12.5", 1),
        (".5", "0.5", 1),
        ("1'234'567", "1234567", 0),
    ):
        found = printed(text)
        assert (found.kind, found.value, found.decimals) == ("number", Fraction(value), places), text
    for text in ("-", "–", "n/a", "..", "c", "x", "…", "#DIV/0!"):
        assert printed(text).kind == "missing", text
    for text in ("6,5000,000", "12 34", "1.2.3"):
        assert printed(text).kind == "unclear", text
    for text in ("15-64", "12.5 (3.1)", "10:30", "1st", "3/4"):
        assert printed(text).kind == "text", text


EXPORTS = """
|2022|2023|Change, %
China|24.0|31.5|31.3
Russia|26.0|26.4|1.5
Other countries|50.0|51.0|2.0
Total|100.0|108.9|8.9
Source: customs of 2023
"""


def test_countries_and_years_with_growth_and_total() -> None:
    found = read(EXPORTS, "Table 1. Kazakhstan's exports by country, USD billion")
    assert lines(found)[:3] == [
        "24.0 billion USD level counterpart_area=CN indicator=exports reference_area=KZ time_period=2022",
        "31.5 billion USD level counterpart_area=CN indicator=exports reference_area=KZ time_period=2023",
        "31.3 % growth counterpart_area=CN indicator=exports reference_area=KZ time_period=2023 base=2022",
    ]
    assert lines(found)[-1] == "8.9 % growth indicator=exports reference_area=KZ time_period=2023 base=2022"
    assert [one.list_of for one in found.statements] == [9, 10, None] * 3 + [None] * 3
    assert found.statements[0].dimensions["reference_area"].how == "carried"
    assert found.statements[0].decimals == -8
    assert found.statements[0].value == 24_000_000_000


def test_transposed_with_two_levels_of_headings() -> None:
    found = read("|Exports||Imports|\n|2022|2023|2022|2023\nOil|1|2|3|4\nMetals|5|6|7|8\nTotal|6|8|10|12\n", "USD million")
    assert lines(found)[1] == "2 million USD level indicator=exports item=Oil time_period=2023"
    assert lines(found)[-1] == "12 million USD level indicator=imports time_period=2023"
    years = read("Year|Exports|Growth, %\n2022|84.4|40.1\n2023|78.7|-6.8\n", "Foreign trade of Kazakhstan, USD billion")
    assert lines(years)[2:] == [
        "78.7 billion USD level indicator=exports reference_area=KZ time_period=2023",
        "-6.8 % growth indicator=exports reference_area=KZ time_period=2023 base=2022",
    ]


def test_accounts_of_a_company() -> None:
    found = read(
        "€ million|Q1 2024|Q1 2023|Change\nRevenue|1,234|1,100|12.2%\n"
        "Operating profit|(56)|100|n/m\n  of which: Cloud|20|10|100%\n"
        "EBITDA margin|12.3%|10.1%|2.2 pp\nOperating margin ratio|4.5|9.1|n/m\n"
    )
    told = [line(one) for one in found.statements]
    assert "-56 million EUR level indicator=operating-profit time_period=2024-Q1" in told
    assert "20 million EUR level indicator=operating-profit item=Cloud time_period=2024-Q1" in told
    assert any(one.startswith("2.2 percentage_point change") and one.endswith("base=2023-Q1") for one in told)
    assert {one.reason for one in found.unresolved} == {"a ratio, whose unit the table does not say"}


def test_a_percentage_of_what_is_counted_says_what_of() -> None:
    found = read("|2022|2023\nExports|12.5%|13.1%\nUnemployment rate|4.9%|4.7%\n")
    assert {one.reason for one in found.unresolved} == {"a percentage: of what, or since when, the headings do not say"}
    assert [one.measure for one in found.statements] == ["rate", "rate"]
    rates = read("|2022|2023|Change, %|Change, pp\nUnemployment rate, %|4.9|4.7|-0.2|-0.2\n")
    assert [one.measure for one in rates.statements] == ["rate", "rate", "change"]


def test_hundreds_of_millions_and_headings_of_units() -> None:
    found = read("Item|April 2024||2023|\n|USD 100 million|y/y %|USD 100 million|y/y %\nExports|2,925|1.5|1,001|2.5\n")
    assert lines(found) == [
        "292500000000 USD level indicator=exports time_period=2024-04",
        "1.5 % growth indicator=exports time_period=2024-04 base=2023-04",
        "100100000000 USD level indicator=exports time_period=2023",
        "2.5 % growth indicator=exports time_period=2023 base=2022",
    ]


def test_rows_set_in_under_others() -> None:
    found = read(
        "Category|2022\nExpenditure, total|120\n  Upkeep|60\n  other|60\nTax revenue|80\n", "State budget, billion tenge"
    )
    told = [{name: value for name, value in values(one).items() if name != "time_period"} for one in found.statements]
    assert told[1] == {"indicator": "Expenditure", "item": "Upkeep"}
    assert told[2] == {"indicator": "Expenditure", "item": "other"}


def test_units_in_rows_in_columns_and_in_a_column_of_their_own() -> None:
    found = read(
        "Indicator|Unit|2022|2024F\nGDP|USD bn|225.5|280\nGDP growth|%|3.2|4.5\nGovernment debt|% of GDP|22.5|24.0\n"
    )
    assert lines(found) == [
        "225.5 billion USD level indicator=gdp time_period=2022",
        "280 billion USD level indicator=gdp time_period=2024",
        "3.2 % growth indicator=gdp time_period=2022 base=2021",
        "4.5 % growth indicator=gdp time_period=2024 base=2023",
        "22.5 % share indicator=government-debt time_period=2022",
        "24.0 % share indicator=government-debt time_period=2024",
    ]
    assert [one.modality for one in found.statements][:2] == ["fact", "estimate"]
    assert found.statements[4].whole == {"indicator": "gdp"}


def test_sections_months_and_shares() -> None:
    found = read(
        "2023|Exports, USD mn|Share, %\nJanuary||\nOil|60|75.0\nMetals|20|25.0\nFebruary||\nOil|66|75.9\nMetals|21|24.1\n"
    )
    assert lines(found)[:2] == [
        "60 million USD level indicator=exports item=Oil time_period=2023-01",
        "75.0 % share indicator=exports item=Oil time_period=2023-01",
    ]
    assert found.statements[1].whole == {"item": None}
    assert values(found.statements[-1])["time_period"] == "2023-02"


def test_restated_columns_are_kept_apart() -> None:
    found = read("|2022 (restated)|2022|2023 budget\nRevenue|10.5|10.2|12.0\n", "EUR million")
    assert [values(one).get("vintage") for one in found.statements] == ["restated", None, None]
    assert [one.modality for one in found.statements] == ["fact", "fact", "plan"]


def test_months_ended_above_dates() -> None:
    found = read(
        "|3 Months Ended|6 Months Ended\n|Jun. 30, 2024|Jun. 30, 2024\nRevenue|€ 753.1|€ 1,536.8\n", "€ in Millions"
    )
    assert [values(one)["time_period"] for one in found.statements] == ["2024-Q2", "2024-S1"]
    assert found.statements[1].value == 1_536_800_000


def test_marks_are_decided_a_column_at_a_time() -> None:
    found = read("|2022, EUR mn|2023, EUR mn\nRevenue|1.234|1,234\nCosts|1.234,5|2,345.6\n")
    assert [one.figure for one in found.statements] == [
        "1234 million EUR",
        "1234 million EUR",
        "1234.5 million EUR",
        "2345.6 million EUR",
    ]
    mixed = read("|2022, EUR mn\nRevenue|1,234.5\nCosts|1.234,5\nTax|1,234\n")
    assert [one.reason for one in mixed.unresolved] == ["its mark may stand before decimals or thousands"]
    assert "reading/mixed-number-marks" in {one.rule for one in mixed.observed}
    assert read("|2022, EUR mn\nRevenue|1,234\n", language="de").statements[0].decimals == 3 - 6
    assert read("|2022, EUR mn\nRevenue|1,234\n").statements[0].decimals == 0 - 6


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("|2022|2023\nChina|24.0|31.5\n", "no heading says what is measured"),
        ("|2023|Change\nRevenue|24.0|31.5\n", "a change in percent or in units: the headings do not say"),
        ("|2023/2022, %\nRevenue|105.3\nCosts|98.1\n", "growth, or percent of the base period: the heading does not say"),
        ("|2022|2022\nRevenue|24.0|31.5\n", "another cell has the same headings and another figure"),
        ("Exports, USD mn|Exports, t\n5.5|6.1\n6.5|7.1\n", "another cell has the same headings and another figure"),
        ("|Revenue, USD mn\nSales, tonnes|5.5\n", "its row and its column name two units"),
        ("Exports|January\nOil|5.5\n", "a part of a year that no heading names"),
    ],
)
def test_what_cannot_be_told_is_unresolved(text: str, reason: str) -> None:
    found = read(text)
    assert reason in {one.reason for one in found.unresolved}, found


def test_missing_is_never_zero_and_dashes_are_said() -> None:
    found = read("|2021|2022|2023\nRevenue|–|n/a|0\nCosts|5|..|x\n", "EUR million")
    assert lines(found) == [
        "0 million EUR level indicator=revenue time_period=2023",
        "5 million EUR level indicator=Costs time_period=2021",
    ]
    assert [one.rule for one in found.observed] == ["reading/dash-in-table"]


def test_tables_that_state_nothing() -> None:
    calendar = "Mon|Tue|Wed|Thu|Fri|Sat|Sun\n1|2|3|4|5|6|7\n8|9|10|11|12|13|14\n"
    prose = "Who|What\nThe minister|said in 2023 that 5 of 7 were right\n"
    for text in (calendar, prose, "a|b\n", "|\n|\n", "1\n"):
        assert not read(text).statements


def test_what_says_too_little_is_not_guessed() -> None:
    league = read("Pos|Team|P|W|Pts\n1|Astana|30|20|65\n2|Tobol|30|18|60\n")
    steps = read("Step|Action\n1|Open the 3 valves\n2|Wait 5 minutes\n")
    votes = read(
        "Candidate|Party|Votes|%\nA|Left|12,345|55.6\nB|Right|9,871|44.4\nTotal||22,216|100.0\n", "Results of 2023"
    )
    founded = read("Company|Founded|Employees\nAcme|1987|1950\nBolt|1999|2010\n")
    assert not league.statements
    assert not steps.statements
    assert [one.figure for one in votes.statements] == ["12345", "9871", "22216"]
    assert "party" not in values(votes.statements[-1])
    assert [one.figure for one in founded.statements] == ["1950", "2010"]


def test_a_rank_is_no_figure() -> None:
    found = read("Rank|Country|Exports, USD bn\n1|China|3380.0\n2|Germany|1688.0\n")
    assert [one.figure for one in found.statements] == ["3380.0 billion USD", "1688.0 billion USD"]
    assert len(found.skipped) == 2


def test_lists_are_closed_only_where_the_table_says_so() -> None:
    def items(text: str) -> list[int | None]:
        return [one.list_of for one in read(text, "Exports by product, USD million").statements]

    head = "Product|2023\n"
    assert items(head + "Oil|60\nMetals|30\nOther|11\nTotal|100\n") == [
        3,
        3,
        3,
        None,
    ]  # a wrong sum stays one to be checked
    assert items(head + "Oil|60\nMetals|30\nTotal|190\n") == [None] * 3  # the largest of many
    assert items(head + "Oil|60\nof which crude|40\nMetals|40\nTotal|100\n")[-1] is None
    assert items(head + "Oil|60\nCrude|40\nMetals|40\nTotal|100\n") == [None] * 4  # crude is in oil
    assert items(head + "Total|100\n  Oil|60\n  Metals|40\n") == [None, 0, 0]


def test_two_totals_are_noticed() -> None:
    found = read("Product|2023\nOil|60\nTotal|100\nTotal|101\n", "Exports, USD million")
    assert "reading/two-totals" in {one.rule for one in found.observed}
    assert [one.figure for one in found.statements] == ["60 million USD"]


def test_a_heading_over_nothing_is_noticed() -> None:
    found = read("|2022|2023|2024\nRevenue|1.5|2.5|\n", "EUR million")
    assert [one.rule for one in found.observed] == ["reading/more-headings-than-columns"]


def test_figures_read_back_as_figure_text() -> None:
    found = read("|2022|2023\nRevenue, Rs crore|1,234.5|<0.1\nTax rate, %|(1.5)|2\nVisitors, tens of thousands|12|13\n")
    for one in found.statements:
        figure = parse_figure(one.figure, one.measure)
        if one.qualifier is None:
            assert figure.face == one.value * figure.unit.factor, one
    assert found.statements[1].figure == "less than 0.1 crore INR"
    assert found.statements[1].decimals is None


# Files


def csv_of(rows: Sequence[Sequence[str]], mark: str = ",") -> bytes:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if mark in cell or '"' in cell or "\n" in cell else cell

    return "\n".join(mark.join(map(quoted, row)) for row in rows).encode()


def from_csv(data: bytes) -> Extract:
    return read_tables(read_delimited(Path("t.csv"), data), lists(), shipped_quantities())


def test_csv_with_title_semicolons_and_places() -> None:
    text = (
        'Exports of Kazakhstan by country;;\n"USD million";;\n;2022;2023\nChina;1.234,5;1.300,25\n'
        'Russia;900,1;"950,0"\n\nNote: of 2024;;\n'
    )
    source = read_delimited(Path("t.csv"), text.encode("utf-8-sig"))
    found = read_tables(source, lists(), shipped_quantities())
    assert (
        lines(found)[0]
        == "1234.5 million USD level counterpart_area=CN indicator=exports reference_area=KZ time_period=2022"
    )
    assert [one.figure for one in found.statements] == [
        "1234.5 million USD",
        "1300.25 million USD",
        "900.1 million USD",
        "950.0 million USD",
    ]
    for one in found.statements:
        assert source.file_text is not None
        assert source.file_text[one.place.start : one.place.end] == one.place.printed
    last = found.statements[-1].place
    assert (last.line, last.column, last.cell, last.row) == (5, 15, "C5", 5)
    open_mark = from_csv(b";2022\nRevenue;1,234\n")
    assert [one.reason for one in open_mark.unresolved] == ["its mark may stand before decimals or thousands"]


def test_delimiters_are_told_apart() -> None:
    assert sniffed("a,b\n1,2\n") == ","
    assert sniffed("a;b\n1,5;2,5\n") == ";"
    assert sniffed("a\tb\n1,5\t2,5\n") == "\t"
    assert sniffed("a|b|c\n1|2|3\n") == "|"
    assert sniffed("sep=;\na,b;c\n") == ";"


@pytest.mark.parametrize(
    "text",
    [
        "Country,"
        + ",".join(str(1900 + i) for i in range(99))
        + "\n"
        + "".join(f"R{j}," + ",".join(str(i + j) for i in range(99)) + "\n" for j in range(10_100)),
        "1," * 1_000_000,
        '"a,' * 300_000,
        '"a\n' * 300_000,
        '"a""' * 300_000,
        "\n" * 1_000_000,
        ",\n" * 500_000,
        "a\n" * 100 + "," * 100_000 + "\n" + "b\n" * 100_000,
    ],
    ids=[
        "million cells",
        "one row",
        "open quotes",
        "open quotes in lines",
        "quotes",
        "blank lines",
        "blank cells",
        "one wide row",
    ],
)
def test_large_and_broken_csv_is_read_within_bounds(text: str) -> None:
    begin = time.perf_counter()
    source = read_delimited(Path("t.csv"), text.encode())
    assert time.perf_counter() - begin < 20
    assert sum(len(row) for table in source.tables for row in table.rows) <= 5 * MAXIMUM_CELLS
    assert len(text) < 2_500_000 or any("left out" in said.message for said in source.remarks)


def test_ragged_rows_and_duplicate_headings() -> None:
    found = from_csv(b"Item,2022,2022\nRevenue,1.5,2.5,3.5,4.5\nCosts,1.5\n")
    assert not [one for one in found.statements if one.figure in ("1.5", "2.5") and values(one)["indicator"] == "revenue"]
    assert found.unresolved


# Workbooks, written here part by part

Value = str | float | int | None


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    formats: Sequence[str] = (),
    more: str = "",
    attributes: str = "",
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """A workbook; a cell is text, a number, (number, index of format) or raw XML that begins with "<"."""
    names = list(sheets)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {
        "_rels/.rels": "<Relationships>"
        f'<Relationship Id="a" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{i}" r:id="r{i}"{attributes}/>' for i, name in enumerate(names))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(f'<Relationship Id="r{i}" Type="{kind}/worksheet" Target="s{i}.xml"/>' for i in range(len(names)))
        + f'<Relationship Id="st" Type="{kind}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>'
        + "".join(
            f'<numFmt numFmtId="{164 + i}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
            for i, code in enumerate(formats)
        )
        + '</numFmts><cellXfs><xf numFmtId="0"/>'
        + "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(formats)))
        + "</cellXfs></styleSheet>",
    }
    for i, rows in enumerate(sheets.values()):
        body = "".join(f'<row r="{r}">' + "".join(map(cell_xml, row)) + "</row>" for r, row in enumerate(rows, 1))
        parts[f"xl/s{i}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData>{more}</worksheet>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def cell_xml(cell: object) -> str:
    if isinstance(cell, str) and cell.startswith("<"):
        return cell
    if isinstance(cell, tuple):
        return f'<c s="{cell[1] + 1}"><v>{cell[0]}</v></c>'
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' if cell else "<c/>"
    return f"<c><v>{cell}</v></c>"


def from_workbook(data: bytes) -> tuple[Source, Extract]:
    source = read_workbook(Path("t.xlsx"), data)
    return source, read_tables(source, lists(), shipped_quantities())


def test_workbook_as_it_is_shown() -> None:
    formats = ["0.0", "#,##0", "0.0%", '#,##0.0;(#,##0.0);"-"', "mmm-yy"]
    rows = [
        ["Exports, USD million"],
        ["Country", (44927, 4), (44958, 4), "Growth, %"],
        ["China", ("31.457100000000001", 0), (1234567.891, 1), (0.1256, 2)],
        ["Russia", 0.30000000000000004, (-5.25, 3), (0, 3)],
    ]
    source, found = from_workbook(workbook({"Trade": rows}, formats))
    assert [[cell.text for cell in row] for row in source.tables[0].rows][2:] == [
        ["China", "31.5", "1,234,568", "12.6%"],
        ["Russia", "0.3", "(5.3)", "-"],
    ]
    assert source.tables[0].rows[2][1].number == "31.4571"
    assert lines(found)[:3] == [
        "31.5 million USD level indicator=exports reference_area=CN time_period=2023-01",
        "1234568 million USD level indicator=exports reference_area=CN time_period=2023-02",
        "12.6 % growth indicator=exports reference_area=CN time_period=2023-02 base=2023-01",
    ]
    assert (found.statements[0].place.sheet, found.statements[0].place.cell) == ("Trade", "B3")


def test_workbook_merged_hidden_and_without_values() -> None:
    rows = [
        ["", 2022, "", 2023, ""],
        ["", "Exports", "Imports", "Exports", "Imports"],
        ["Oil, USD mn", 1.5, 2.5, 3.5, '<c r="E3"><f>B3*2</f></c>'],
    ]
    merged = '<mergeCells><mergeCell ref="B1:C1"/><mergeCell ref="D1:E1"/></mergeCells>'
    source, found = from_workbook(workbook({"Data": rows}, more=merged, attributes=' state="hidden"'))
    assert [values(one)["time_period"] for one in found.statements] == ["2022", "2022", "2023"]
    told = " ".join(said.message for said in source.remarks)
    assert "hidden" in told
    assert "1 formulas have no stored value" in told


def test_workbook_with_numbers_as_text() -> None:
    _, found = from_workbook(workbook({"A": [["USD mn", 2022, 2023], ["Revenue", "1.5", 2.5], ["Costs", "1.1", 2.1]]}))
    assert "reading/numbers-as-text" in {one.rule for one in found.observed}
    assert len(found.statements) == 4


def test_number_formats() -> None:
    for number, code, text in (
        ("31457100", '#,##0.0,,"M"', "31.5M"),
        ("-5", '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)', "$(5.00)"),
        ("0", '_($* #,##0_);_($* (#,##0);_($* "-"??_)', "-"),
        ("1234.5", "[$€-2] #,##0.00", "€ 1,234.50"),
        ("45322", "dd/mm/yyyy", "2024-01-31"),
        ("2.5", "0", "3"),
        ("0.25", "General", "0.25"),
        ("33.333333333333336", "General", "33.33333333"),
        ("7", "+0.0;-0.0", "+7.0"),
        ("1234567", '[>=1000000]0.0,,"M";0', "1.2M"),
        ("1200", "#,##0.##", "1,200"),
    ):
        stored = exact(number)
        assert stored is not None
        assert shown(stored, code)[0] == text, code


def test_bombs_and_broken_workbooks_are_refused() -> None:
    bomb = workbook({"A": [["x", 1]]}, extra={"xl/big.xml": b"0" * 300_000_000})
    broken = workbook({"A": [["x", 1]]})[:-40]
    entity = workbook({"A": [["x", 1]]}, extra={"docProps/core.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})
    for data in (bomb, broken, entity, b"PK\x03\x04", b""):
        with pytest.raises(InputFaults):
            read_workbook(Path("t.xlsx"), data)


def test_hostile_cells_of_a_workbook() -> None:
    far = '<c r="XFD1048576"><v>5</v></c>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    begin = time.perf_counter()
    source = read_workbook(
        Path("t.xlsx"), workbook({"A": [["x", 1, "<c><v>1e999</v></c>", "<c><v>abc</v></c>", far]]}, more=merged)
    )
    assert time.perf_counter() - begin < 5
    assert sum(len(row) for row in source.tables[0].rows) < 50


# A random cube in every layout, read back exactly

AREAS = {"China": "CN", "Russia": "RU", "Germany": "DE", "Kazakhstan": "KZ", "Italy": "IT"}
INDICATORS = {"Exports": "exports", "Imports": "imports", "Population": "population", "Wheat in store": "Wheat in store"}
YEARS = {"2021": "2021", "2022": "2022", "Q1 2023": "2023-Q1", "Jan–Apr 2024": "2024-01/2024-04"}
UNITS = {"USD million": ("USD", 6), "thousand tonnes": ("t", 3), "EUR bn": ("EUR", 9), "TWh": ("TWh", 0)}
Cube = dict[tuple[str, str, str], str]


@st.composite
def numbers(draw: st.DrawFn, places: int) -> str:
    digits = draw(st.integers(1, 9_999_999))
    text = f"{digits / 10**places:,.{places}f}" if draw(st.booleans()) else f"{digits / 10**places:.{places}f}"
    return f"({text})" if draw(st.integers(0, 9)) == 0 else text


@st.composite
def cubes(draw: st.DrawFn) -> tuple[Cube, list[str], list[str], list[str], str]:
    areas = draw(st.lists(st.sampled_from(sorted(AREAS)), min_size=2, max_size=3, unique=True))
    indicators = draw(st.lists(st.sampled_from(sorted(INDICATORS)), min_size=1, max_size=3, unique=True))
    years = draw(st.lists(st.sampled_from(sorted(YEARS)), min_size=1, max_size=3, unique=True))
    unit = draw(st.sampled_from(sorted(UNITS)))
    places = draw(st.sampled_from([1, 2]))
    cube = {(a, i, y): draw(numbers(places)) for a in areas for i in indicators for y in years}
    return cube, areas, indicators, years, unit


def wide(cube: Cube, areas: list[str], indicators: list[str], years: list[str], unit: str) -> list[list[str]]:
    head = [
        ["", *[i if k == 0 else "" for i in indicators for k in range(len(years))]],
        ["Country", *[y for _ in indicators for y in years]],
    ]
    return [[f"Figures in {unit}"], *head, *[[a, *[cube[a, i, y] for i in indicators for y in years]] for a in areas]]


def long(cube: Cube, areas: list[str], indicators: list[str], years: list[str], unit: str) -> list[list[str]]:
    return [
        ["Country", "Indicator", "Period", "Unit", "Value"],
        *[[a, i, y, unit, cube[a, i, y]] for a in areas for i in indicators for y in years],
    ]


def by_unit(cube: Cube, areas: list[str], indicators: list[str], years: list[str], unit: str) -> list[list[str]]:
    """Years in rows, one column an area and indicator, the unit in each heading."""
    head = [["Period", *[a for a in areas for _ in indicators]], ["", *[f"{i}, {unit}" for _ in areas for i in indicators]]]
    return [*head, *[[y, *[cube[a, i, y] for a in areas for i in indicators]] for y in years]]


def sections(cube: Cube, areas: list[str], indicators: list[str], years: list[str], unit: str) -> list[list[str]]:
    """An indicator a section, marks for notes, a note below."""
    rows = [["Country", *[f"{y} ({unit})" for y in years]]]
    for i in indicators:
        rows += [[i], *[[f"{a}¹", *[f"{cube[a, i, y]}*" for y in years]] for a in areas]]
    return [*rows, ["* Figures of 2020 are not final."]]


LAYOUTS: list[Callable[[Cube, list[str], list[str], list[str], str], list[list[str]]]] = [wide, long, by_unit, sections]


def squared(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    held = [list(row) for row in rows]
    width = max(map(len, held))
    return [row + [""] * (width - len(row)) for row in held]


def as_markdown(rows: list[list[str]]) -> Extract:
    text = "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])
    source = read_markdown(decode(f"# A\n\n{text}\n".encode(), "t.md"), "t.md")
    return read_tables(source, lists(), shipped_quantities())


def as_html(rows: list[list[str]]) -> Extract:
    head = "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in rows[0]) + "</tr>"
    body = head + "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:])
    source = read_html(
        decode(f"<html><body><p>A text.</p><table>{body}</table></body></html>".encode(), "t.html"), "t.html"
    )
    return read_tables(source, lists(), shipped_quantities())


def as_grid(rows: list[list[str]]) -> Extract:
    cells = tuple(tuple(Cell(cell, i, j) for j, cell in enumerate(row, 1)) for i, row in enumerate(rows, 1))
    return read_tables(Source("t", "", tables=(Table(cells),)), lists(), shipped_quantities())


FORMS: list[Callable[[list[list[str]]], Extract]] = [
    as_grid,
    lambda rows: from_csv(csv_of(rows)),
    lambda rows: from_csv(csv_of(rows, ";")),
    lambda rows: from_workbook(workbook({"Sheet1": rows}))[1],
]


def expected(cube: Cube, unit: str) -> set[tuple[object, ...]]:
    name, power = UNITS[unit]
    found: set[tuple[object, ...]] = set()
    for (area, indicator, year), text in cube.items():
        negative = text.startswith("(")
        value = Fraction(text.strip("()").replace(",", "")) * 10**power
        found.add((AREAS[area], INDICATORS[indicator], YEARS[year], -value if negative else value, name))
    return found


@settings(max_examples=40)
@given(cubes(), st.sampled_from(LAYOUTS), st.sampled_from(FORMS))
def test_a_cube_is_read_back_from_every_layout(
    drawn: tuple[Cube, list[str], list[str], list[str], str],
    layout: Callable[[Cube, list[str], list[str], list[str], str], list[list[str]]],
    form: Callable[[list[list[str]]], Extract],
) -> None:
    cube, _, _, _, unit = drawn
    found = form(squared(layout(*drawn)))
    read_back = {
        (
            values(one).get("reference_area"),
            values(one).get("indicator"),
            values(one).get("time_period"),
            one.value,
            one.unit,
        )
        for one in found.statements
    }
    assert read_back == expected(cube, unit), found.unresolved[:3]
    assert not found.unresolved


@settings(max_examples=10)
@given(cubes(), st.sampled_from([as_markdown, as_html]))
def test_a_cube_in_markdown_and_html(
    drawn: tuple[Cube, list[str], list[str], list[str], str], form: Callable[[list[list[str]]], Extract]
) -> None:
    found = form(squared(long(*drawn)))
    assert {one.value for one in found.statements} == {row[3] for row in expected(drawn[0], drawn[4])}, found


@settings(max_examples=60)
@given(st.lists(st.lists(st.text("01259,.-–()%*$€ abcExportsChina2023Q/\u00a0", max_size=12), max_size=6), max_size=8))
def test_any_table_is_read_without_a_failure(rows: list[list[str]]) -> None:
    if rows and max(map(len, rows)):
        found = as_grid(squared(rows))
        assert all(one.dimensions for one in found.statements)
