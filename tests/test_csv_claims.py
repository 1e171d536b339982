"""Claims from CSV: what each cell becomes, every fault at its place, rows as Python's own reader sees them, the mapping."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Mapping
from fractions import Fraction as F
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.checking.checks import check_claims
from crosscheck.claims import csv_files, csv_table
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.claims.csv_rows import Row, delimiter_of, rows
from crosscheck.claims.files import check_codes, read_claim_file
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Claim
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.figures.figure import EXACT, ROUNDED
from crosscheck.figures.interval import Interval
from crosscheck.figures.text import declared
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.configuration import Configuration, load
from crosscheck.project.schema import configuration_schema
from crosscheck.project.tables import clashes, is_table, read_table_claims
from crosscheck.rules.files import read_rule_files

ROOT = Path(__file__).resolve().parents[1]
LISTS = load_codelists([ROOT / "codelists" / f"{name}.yaml" for name in ("areas", "indicators")])
PLAIN = "id,indicator,reference_area,time_period,value,unit\n"

Read = Callable[..., ClaimFile]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The claims of a table given as text or bytes."""

    def read_it(text: str | bytes, mapping: TableMapping | None = None) -> ClaimFile:
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_csv_claims(path, mapping, "table.csv")

    return read_it


Faulty = Callable[..., list[Fault]]


@pytest.fixture
def faulty(read: Read, tmp_path: Path) -> Faulty:
    """The faults of a table."""

    def faults_of(text: str | bytes, mapping: TableMapping | None = None) -> list[Fault]:
        with pytest.raises(InputFaults) as raised:
            read(text, mapping)
        assert all(fault.file in (str(tmp_path / "table.csv"), "c.toml") for fault in raised.value.faults)
        return list(raised.value.faults)

    return faults_of


def only(file: ClaimFile) -> Claim:
    (claim,) = file.claims
    return claim


# --- what a row becomes ---------------------------------------------------------------------------------------------


def test_columns_are_called_like_the_fields(read: Read) -> None:
    header = "id,indicator,reference_area,time_period,product,value,decimals,unit,note\n"
    claim = only(read(f"{header}x,exports,KZ,2023-H1,beef,12.50,1,USD,hm\n"))
    assert claim.id == "table#x"
    assert claim.dimensions == {"indicator": "exports", "reference_area": "KZ", "time_period": "2023-S1", "product": "beef"}
    assert claim.figure.strict == Interval(F("12.45"), F("12.55"))
    assert (claim.measure, claim.modality, claim.base_period, claim.known) == ("level", "fact", None, {})
    assert claim.document.path == "table.csv"


def test_a_mapping_names_columns_and_constants(read: Read) -> None:
    mapping = TableMapping(
        columns={"time_period": "Year", "value": "OBS_VALUE", "indicator": "Flow"},
        constants={"unit": "USD", "reference_area": "KZ", "scale": "million"},
        given=True,
        id="customs-2023",
        published=datetime.date(2024, 2, 1),
    )
    file = read(
        "Year,Flow,Flag,obs,OBS_VALUE\n2022,exports,p,1,13166.1\n2023,exports,,2,\n2023,imports,,3,16850\n", mapping
    )
    first, second = file.claims
    assert (first.id, second.id) == ("customs-2023#row-2", "customs-2023#row-4")
    assert first.dimensions == {"reference_area": "KZ", "time_period": "2022", "indicator": "exports"}
    assert first.how("reference_area") == "carried"
    assert first.how("time_period") == "explicit"
    assert first.figure.face == 13_166_100_000
    assert first.figure.strict == Interval(F(13_166_050_000), F(13_166_150_000))
    assert (first.figure.scale, first.figure.decimals, first.figure.loose) == (10**6, 1, ())
    assert first.figure.printed == "13166.1 million USD"
    assert second.figure.strict == Interval(F(16_849_500_000), F(16_850_500_000))
    assert first.document.given
    assert first.document.published == datetime.date(2024, 2, 1)
    assert (first.place.row, first.place.cell, first.place.line, first.place.column) == (2, "E2", 2, 18)
    assert first.printed == "13166.1"


def test_with_a_mapping_other_columns_are_not_read_but_those_called_like_fields_are(read: Read) -> None:
    mapping = TableMapping(columns={"indicator": "Flow"})
    claim = only(read("Flow,product,weight,value,unit\nexports,beef,3,5,t\n", mapping))
    assert claim.dimensions == {"indicator": "exports"}
    assert claim.figure.unit.name == "t"


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "low", "high"),
    [
        ("31.5", "", "USD", "31.45", "31.55"),
        ("31.50", "", "USD", "31.495", "31.505"),
        ("31500", "-2", "USD", "31450", "31550"),
        ("31500", "INF", "USD", "31500", "31500"),
        ("31500.5", "inf", "USD", "31500.5", "31500.5"),
        ("-3", "0", "USD", "-3.5", "-2.5"),
        ("\u22123.0", "", "USD", "-3.05", "-2.95"),
        ("+7", "1", "USD", "6.95", "7.05"),
        ("7.000", "1", "USD", "6.95", "7.05"),
        ("12.6", "", "percent", "0.1255", "0.1265"),
        ("16", "", "{documents}", "16", "16"),
        ("16", "0", "{documents}", "15.5", "16.5"),
        ("16.0", "", "{documents}", "15.95", "16.05"),
        ("12000", "", "", "12000", "12000"),
    ],
)
def test_values_read_strictly(read: Read, value: str, decimals: str, unit: str, low: str, high: str) -> None:
    figure = only(read(f"value,decimals,unit\n{value},{decimals},{unit}\n")).figure
    assert figure.strict == Interval(F(low), F(high))
    assert figure.loose == ()
    assert figure.kind == (EXACT if low == high else ROUNDED)


@given(
    st.integers(-(10**9), 10**9),
    st.integers(0, 4),
    st.one_of(st.none(), st.integers(-3, 6)),
    st.sampled_from(["USD", "percent", "t", "km2", "degC", ""]),
    st.sampled_from(["level", "change"]),
)
def test_figures_are_those_of_value_and_decimals_in_claim_files(
    tmp_path_factory: pytest.TempPathFactory, digits: int, printed: int, decimals: int | None, unit: str, measure: str
) -> None:
    sign, whole = ("-" if digits < 0 else ""), str(abs(digits)).rjust(printed + 1, "0")
    value = sign + (f"{whole[:-printed]}.{whole[-printed:]}" if printed else whole)
    path = tmp_path_factory.getbasetemp() / "parity.csv"
    said = "" if decimals is None else str(decimals)
    path.write_text(f"value,decimals,unit,measure\n{value},{said},{unit},{measure}\n", encoding="utf-8")
    places = printed if decimals is None else decimals
    if (F(value) * F(10) ** places).denominator != 1:
        with pytest.raises(InputFaults, match="digits beyond its decimals"):
            read_csv_claims(path)
        return
    figure = only(read_csv_claims(path)).figure
    counted = decimals is None and printed == 0 and unit == ""
    same = declared(value, "INF" if counted else str(places), unit, measure=measure)
    assert (figure.face, figure.strict, figure.unit, figure.kind) == (same.face, same.strict, same.unit, same.kind)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"1,234,567"', 1_234_567),
        ('"1,234"', 1234),
        ('"-12,345.5"', F("-12345.5")),
        ("1 234 567", 1_234_567),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("12\u202f345.5", F("12345.5")),
    ],
)
def test_thousands_marks_are_taken_where_they_are_plain(read: Read, cell: str, value: F) -> None:
    assert only(read(f"value\n{cell}\n" if "," not in cell else f"value,unit\n{cell},\n")).figure.face == value


def test_thousands_marks_beside_semicolons_must_be_plain(read: Read, faulty: Faulty) -> None:
    assert only(read("value;unit\n1,234,567;USD\n")).figure.face == 1_234_567
    assert only(read("value;unit\n1,234.5;USD\n")).figure.face == F("1234.5")
    (fault,) = faulty("value;unit\n1,234;USD\n")
    assert "decimal comma" in str(fault.hint)


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ('"1,23"', "decimal comma"),
        ('"31,5"', "decimal comma"),
        ("12 34", "without thousands marks"),
        ("1.5E+09", "write the digits out"),
        ("(28.3)", "minus sign"),
        ("30.1%", "column or constant `unit`"),
        ("$5", "column or constant `unit`"),
        ("31.5 million", "`scale`"),
        (":", "leave the cell empty"),
        ("..", "leave the cell empty"),
        ("n/a", "leave the cell empty"),
        ("1.2.3", "digits with a point"),
        ("--5", "digits with a point"),
        ("x" * 100, "is this the column with the values?"),
    ],
)
def test_other_values_are_refused_with_a_hint(faulty: Faulty, cell: str, hint: str) -> None:
    (fault,) = faulty(f"unit,value\nUSD,{cell}\n")
    assert (fault.line, fault.column) == (2, 5 + cell.startswith('"'))
    assert "is not a plain number" in fault.message
    assert 'column "value"' in fault.message
    assert hint in str(fault.hint)


def test_an_empty_value_is_no_claim_whatever_else_the_row_holds(read: Read) -> None:
    assert read("value,time_period,unit\n,gibberish,what\n ,2023,\n\n,,\n").claims == ()


def test_dimensions(read: Read) -> None:
    header = "time_period,entity,source,region,value\n"
    text = header + "unstated,ACME,_U,none,1\n2023-Q1,, Chinese customs ,_T,2\n"
    first, second = read(text).claims
    assert first.dimensions == {"time_period": "_U", "reference_area": "ACME", "source": "_U"}
    assert first.how("time_period") == "unstated"
    assert second.dimensions == {"time_period": "2023-Q1", "source": "Chinese customs"}


def test_growth_and_its_base(read: Read) -> None:
    text = (
        "time_period,measure,base_period,modality,value,unit\n2023,growth,,fact,12.6,%\n2023-S1,growth,2022-S2,plan,3,%\n"
    )
    text += ",growth,,,1,%\n2023,multiple,unstated,,3,times\n2023,level,,,3,t\n"
    claims = read(text).claims
    assert [claim.base_period for claim in claims] == ["2022", "2022-S2", None, None, None]
    assert [claim.how("base_period") for claim in claims] == ["inferred", "explicit", "inferred", "unstated", "explicit"]
    assert [claim.modality for claim in claims] == ["fact", "plan", "fact", "fact", "fact"]
    mapping = TableMapping(constants={"measure": "growth", "base_period": "2020", "unit": "percent"})
    claim = only(read("time_period,value\n2023,5\n", mapping))
    assert (claim.base_period, claim.how("base_period")) == ("2020", "carried")


def test_scale_may_be_a_column_and_shifts_the_decimals(read: Read) -> None:
    text = "value,scale,unit,decimals\n31.5,billion,USD,\n2,,USD,\n31500,million,USD,-2\n"
    text += "1.5,trillion,KZT,INF\n-0.25,thousand,t,\n"
    strict = [claim.figure.strict for claim in read(text).claims]
    assert strict[0] == Interval(F("31.45e9"), F("31.55e9"))
    assert strict[1] == Interval(F("1.5"), F("2.5"))
    assert strict[2] == Interval(F("31.45e9"), F("31.55e9"))
    assert strict[3] == Interval(F("1.5e12"), F("1.5e12"))
    assert strict[4] == Interval(F(-255_000), F(-245_000))  # in kilograms


# --- faults ---------------------------------------------------------------------------------------------------------


def test_all_faults_at_once_each_at_its_place(faulty: Faulty) -> None:
    text = (
        PLAIN
        + "a,exports,KZ,2023-13,1,USD\n"
        + "a b,exports,KZ,2023,1,USDD\n"
        + "c,exports,KZ,2023,oops,USD\n"
        + "c,exports,KZ,2023,1,USD\n"
        + "c,exports,KZ,2023,1,USD\n"
        + "d,exports,KZ,2023,1\n"
        + 'e,exports,KZ,2023,1,USD,"x,y",z\n'
    )
    found = faulty(text)
    places = [(fault.line, fault.column) for fault in found]
    assert places == [(2, 14), (3, 1), (3, 23), (4, 19), (5, 1), (6, 1), (7, 1), (8, 1)]
    messages = "\n".join(fault.message for fault in found)
    for part in (
        'column "time_period": "2023-13": a year has the months 01 to 12',
        'column "unit": unknown unit "USDD"',
        'column "id": "a b" cannot be an id',
        'column "value": "oops" is not a plain number',
        'column "id": the id "c" is taken',
        "row 7 has 5 cells, the header 6",
        "row 8 has 8 cells, the header 6",
    ):
        assert part in messages, part


@pytest.mark.parametrize(
    ("header", "row", "message", "hint"),
    [
        ("value,measure", "1,grwth", '`measure` cannot be "grwth"', 'did you mean "growth"?'),
        ("value,modality", "1,planned", '`modality` cannot be "planned"', "one of fact"),
        ("value,scale", "1,milion", '`scale` cannot be "milion"', 'did you mean "million"?'),
        ("value,decimals", "1,one", '`decimals` cannot be "one"', "INF"),
        ("value,decimals", "1.25,1", "1.25 has digits beyond its decimals, 1", "raise decimals"),
        ("value,decimals", "1250,-2", "1250 has digits beyond its decimals, -2", "raise decimals"),
        ("value,measure,unit", "1,growth,USD", "a growth is a percentage", "`change`"),
        ("value,measure,unit", "1,share,t", "a share is a percentage", "measure right"),
        ("value,unit,scale", "1,percent,million", "have no scale", "column of its own"),
        ("value,base_period", "1,2022", "a level has no base period", "growth, change, multiple"),
        ("value,measure,base_period", "1,growth,last year", '"last year" is no period', "None"),
        ("value,measure,time_period", "1,growth,1000", "no year before", "give a base_period"),
        ("value,product", f"1,{'x' * 300}", "has 300 characters", "at most 200"),
        ("value,product", '1,"a\nb"', "a line break", "None"),
        ("value,id", "1,#", '"#" cannot be an id', "letters, digits"),
        ("value,product", '1,"open', "a quote is opened and never closed", "doubled"),
        ("value,product", '1,"a"b', "text after a closing quote", "doubled"),
    ],
)
def test_faults_of_rows(faulty: Faulty, header: str, row: str, message: str, hint: str) -> None:
    (fault,) = faulty(f"{header}\n{row}\n")
    assert message in fault.message
    assert hint in str(fault.hint)
    assert fault.line == 2


@pytest.mark.parametrize(
    ("header", "column", "message", "hint"),
    [
        ("valeu,unit", 1, 'unknown field "valeu"', 'did you mean "value"?'),
        ("value,indicater", 7, 'unknown key "indicater"', 'did you mean "indicator"?'),
        ("value,Indicator", 7, '"Indicator" is not a key', 'did you mean "indicator"?'),
        ("value,Share of total", 7, '"Share of total" is not a key', "lower-case"),
        ("value,whole", 7, "`whole` cannot stand in a table", "claim file"),
        ("value,weight", 7, "`weight` cannot stand in a table", "claim file"),
        ("value,collect", 7, '"collect" cannot be a dimension', "variables of a rule"),
        ("value,,unit", 7, "a column without a name", "in the configuration"),
        ("value,product,product", 15, 'two columns give "product"', "rename"),
        ("value,entity,reference_area", 14, 'two columns give "reference_area"', "rename"),
        ("OBSVALUE,TIME_PERIOD", 1, '"OBSVALUE" is not a key', "lower-case"),
        ("indicator,unit", 1, "no column holds the values", "value ="),
    ],
)
def test_faults_of_the_header(faulty: Faulty, header: str, column: int, message: str, hint: str) -> None:
    fault = faulty(f"{header}\n")[0]
    assert (fault.line, fault.column) == (1, column)
    assert message in fault.message
    assert hint in str(fault.hint)


def test_a_mapping_must_fit_the_table(faulty: Faulty) -> None:
    lines = {"value": 4, "time_period": 5}
    mapping = TableMapping(columns={"value": "Totl", "time_period": "Jahr"}, file="c.toml", lines=lines)
    first, second = faulty("Year,Total\n2023,5\n", mapping)
    assert (first.file, first.line) == ("c.toml", 4)
    assert first.hint == 'did you mean "Total"?'
    assert "has no column" in first.message
    assert (second.line, second.hint) == (5, "its columns are Year, Total")
    (fault,) = faulty("Total,Total\n1,2\n", TableMapping(columns={"value": "Total"}))
    assert fault.message == 'two columns are called "Total"'
    (fault,) = faulty("Total,unit\n1,t\n", TableMapping(columns={"value": "Total"}, constants={"unit": "kg"}))
    assert "a constant in the configuration" in fault.message
    (fault,) = faulty("obs_value,Flow\n1,t\n", TableMapping(columns={"indicator": "Flow"}))
    assert 'columns = {value = "obs_value"}' in str(fault.hint)


def test_many_faults_are_counted(faulty: Faulty) -> None:
    found = faulty("value\n" + "oops\n" * 1000)
    assert len(found) == csv_table.MAXIMUM_FAULTS + 1
    assert found[-1].message == "800 more faults of this table are not shown"


def test_limits(faulty: Faulty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "MAXIMUM_ROWS", 3)
    (fault,) = faulty("value\n1\n2\n3\n4\n5\n")
    assert (fault.line, fault.message) == (5, "more than 3 rows; no more are read")
    (fault,) = faulty(",".join(f"c{i}" for i in range(1001)) + "\n")
    assert "1,001 columns" in fault.message
    monkeypatch.setattr(csv_files, "MAXIMUM_BYTES", 5)
    (fault,) = faulty("value\n1\n")
    assert "at most 5 are read as a table" in fault.message
    assert fault.hint == "`crosscheck check TABLE` checks large tables by themselves"


@pytest.mark.parametrize(
    ("data", "message", "place"),
    [
        ("value,product\n1,Käse\n".encode("latin-1"), "this is not UTF-8 text", (2, 4)),
        ("value\n1\n".encode("utf-16"), "this is not UTF-8 text", (1, 1)),
        ("value\n1\n".encode("utf-16-le"), "this is a binary file", (None, None)),
        (b"value\r1\r2\r", "its lines end in a carriage return alone", (None, None)),
        (b"", "the table is empty", (None, None)),
        (b"\xef\xbb\xbf \n\n", "the table is empty", (None, None)),
    ],
)
def test_what_is_no_text(faulty: Faulty, data: bytes, message: str, place: tuple[int | None, int | None]) -> None:
    (fault,) = faulty(data)
    assert (fault.message, (fault.line, fault.column)) == (message, place)
    assert "UTF-8" in str(fault.hint)


def test_control_characters_are_not_repeated(faulty: Faulty) -> None:
    (fault,) = faulty("value\n\x1b[31m\u202e\n")
    assert fault.message.isprintable()


# --- places and rows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfvalue,unit\n12.5,USD\n",
        b"value,unit\r\n12.5,USD\r\n",
        b"value;unit\n12.5;USD",
        b"value\tunit\n12.5\tUSD\n",
        b"\n\nvalue,unit\n\n  12.5 , USD\n",
        b'"value","unit"\n"12.5","USD"\n',
        b'unit,product,value\nUSD,"a;b ""c""",12.5\n',
        b'unit,product,value\nUSD, "a" , "12.5" \n',
    ],
)
def test_a_place_leads_back_to_the_cell(read: Read, data: bytes) -> None:
    claim = only(read(data))
    text = data.decode("utf-8-sig")
    place = claim.place
    assert place.start is not None
    assert place.line is not None
    assert place.column is not None
    assert text[place.start : place.end] == place.printed == "12.5"
    assert text.split("\n")[place.line - 1][place.column - 1 :].startswith("12.5")
    assert claim.figure.unit.name == "USD"


def test_a_cell_may_hold_line_breaks_that_nobody_reads(read: Read) -> None:
    text = 'Remark,value,unit\n"one\ntwo",3,t\n"x",4,"t"\n'
    mapping = TableMapping(columns={"value": "value"})
    first, second = read(text, mapping).claims
    assert [(c.place.line, c.place.column, c.place.row, c.place.cell) for c in (first, second)] == [
        (3, 6, 2, "B2"),
        (4, 5, 3, "B3"),
    ]


def test_columns_beyond_z_are_called_as_spreadsheets_do(read: Read) -> None:
    names = [f"d{i}" for i in range(28)]
    claim = only(read(",".join([*names, "value"]) + "\n" + "," * 28 + "5\n"))
    assert claim.place.cell == "AC2"


CELLS = st.text(st.sampled_from('ab1 ,;\t"\n'), max_size=5)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"), st.booleans())
def test_rows_are_those_of_pythons_own_reader(table: list[list[str]], delimiter: str, all_quoted: bool) -> None:
    written = io.StringIO()
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    csv.writer(written, delimiter=delimiter, lineterminator="\n", quoting=quoting).writerows(table)
    text = written.getvalue()
    complaints: list[str] = []

    def complain(offset: int, message: str, hint: str | None) -> None:
        complaints.append(message)

    found = list(rows(text, delimiter, complain))
    expected = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    kept = [cells for cells in expected if any(cells)]
    # A row in which a writer had to quote blanks is no blank line; those without quotes may be left out.
    assert [row.texts for row in found if any(row.texts)] == kept
    assert complaints == []
    for row in found:
        for index, cell in enumerate(row.texts):
            start, end = row.span(index)
            assert text[start:end].replace('""', '"').strip() == cell
            assert text.count("\n", 0, row.start) == row.line - 1


@given(st.text(st.sampled_from('ab",;\n \r'), max_size=40), st.sampled_from(",;\t"))
def test_any_text_is_read_to_its_end(text: str, delimiter: str) -> None:
    found: list[Row] = []
    complaints: list[int] = []

    def complain(offset: int, message: str, hint: str | None) -> None:
        assert 0 <= offset <= len(text)
        complaints.append(offset)

    found += rows(text, delimiter, complain)
    assert [row.start for row in found] == sorted({row.start for row in found})
    for row in found:
        assert all(0 <= row.span(i)[0] <= row.span(i)[1] <= len(text) for i in range(len(row.texts)))


def test_the_delimiter_is_told_by_the_header_alone() -> None:
    assert delimiter_of("a,b;c,d") == ","
    assert delimiter_of('"a,b,c";d') == ";"
    assert delimiter_of("a\tb\tc, d") == "\t"
    assert delimiter_of("value") == ","


# --- the configuration ----------------------------------------------------------------------------------------------

CONFIGURATION = """
[tables."data/*.csv"]
constants = {unit = "t"}

[tables."data/trade.csv"]
columns = {time_period = "Year", value = "OBS_VALUE", indicator = "Flow", counterpart_area = "Partner"}
constants = {unit = "USD", reference_area = "KZ", scale = "million", decimals = 1}
trust = "given"
document = {id = "customs-2023", title = "Trade", publisher = "Committee", published = 2024-02-01}
"""
TRADE = (
    "Year,Flow,Partner,OBS_VALUE\n2021,Trade turnover,China,18000\n2022,Trade turnover,China,24150.3\n2022,EXPORTS,CHN,\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Configuration:
    """A project with two tables."""
    (tmp_path / "data" / "more").mkdir(parents=True)
    (tmp_path / "data" / "trade.csv").write_text(TRADE, encoding="utf-8")
    (tmp_path / "data" / "more" / "mass.csv").write_text("indicator,value\nexports,3\n", encoding="utf-8")
    (tmp_path / "data" / "readme.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "crosscheck.toml").write_text(CONFIGURATION, encoding="utf-8")
    return load(tmp_path / "crosscheck.toml")


def test_the_last_pattern_that_fits_a_table_counts(project: Configuration) -> None:
    trade = project.table_mapping("data/trade.csv")
    other = project.table_mapping("data/more/mass.csv")
    assert trade is not None
    assert other is not None
    assert (trade.columns["value"], trade.constants["decimals"], trade.given) == ("OBS_VALUE", "1", True)
    assert (trade.id, trade.published) == ("customs-2023", datetime.date(2024, 2, 1))
    assert trade.lines["value"] == 6
    assert (other.columns, other.constants) == ({}, {"unit": "t"})
    assert project.table_mapping("elsewhere.csv") is None


def test_tables_are_found_by_name_and_in_folders(project: Configuration) -> None:
    data = project.root / "data"
    files = read_table_claims([data, data / "trade.csv", data / "readme.txt"], project, LISTS)
    assert [file.document.path for file in files] == ["data/more/mass.csv", "data/trade.csv"]
    trade = files[1]
    assert [claim.id for claim in trade.claims] == ["customs-2023#row-2", "customs-2023#row-3"]
    assert trade.claims[0].dimensions == {
        "reference_area": "KZ",
        "time_period": "2021",
        "indicator": "trade-turnover",  # by its name in the code list
        "counterpart_area": "CN",
    }
    assert read_table_claims([data / "trade.csv"], project)[0].claims[0].dimensions["counterpart_area"] == "China"
    assert [is_table(Path(name)) for name in ("a.csv", "A.CSV", "a.tsv", "a.yaml")] == [True, True, True, False]


def test_documents_of_tables_need_ids_of_their_own(project: Configuration) -> None:
    for name in ("a", "b"):
        (project.root / name).mkdir()
        (project.root / name / "same.csv").write_text("value\n1\n", encoding="utf-8")
    with pytest.raises(InputFaults) as raised:
        read_table_claims([project.root / "a", project.root / "b"], project)
    assert 'the document id "same" is taken' in raised.value.faults[0].message
    assert not list(clashes(read_table_claims([project.root / "a"], project)))


def test_faults_of_all_tables_together(project: Configuration) -> None:
    (project.root / "bad.csv").write_text("value\noops\n", encoding="utf-8")
    (project.root / "worse.csv").write_text("valeu\n1\n", encoding="utf-8")
    with pytest.raises(InputFaults) as raised:
        read_table_claims([project.root / "bad.csv", project.root / "worse.csv", project.root / "none.csv"], project)
    assert len(raised.value.faults) == 3


def test_unknown_areas_are_told_once(read: Read) -> None:
    text = "reference_area,counterpart_area,value\nKZ,CN,1\nKZ,XQ,2\nKZ,XQ,3\n"
    (fault,) = check_codes([read(text)], LISTS)
    assert (fault.line, fault.column) == (3, 4)
    assert 'no code list knows the area "XQ"' in fault.message


@pytest.mark.parametrize(
    ("toml", "message", "hint"),
    [
        ("tables = 3", "`tables` is a table by path pattern", "such as"),
        ('tables = {"a.csv" = 3}', 'what is said of "a.csv" is a table', "such as"),
        ("[tables.a]\ncolums = {}", 'unknown key "colums"', 'did you mean "columns"?'),
        ("[tables.a]\ncolumns = 3", "`columns` of", "such as"),
        ("[tables.a]\ncolumns = {value = 1.5}", "`value` in `columns` is text", "in quotes"),
        ('[tables.a]\ncolumns = {value = ""}', "`value` in `columns` is empty", "None"),
        ('[tables.a]\ncolumns = {valeu = "x"}', 'unknown field "valeu"', 'did you mean "value"?'),
        ('[tables.a]\ncolumns = {Year = "x"}', '"Year" is not a key', "lower-case"),
        ('[tables.a]\ncolumns = {whole = "x"}', "`whole` cannot stand in a table", "claim file"),
        ('[tables.a]\ncolumns = {entity = "x", reference_area = "y"}', "is another name of", "give one"),
        ('[tables.a]\nconstants = {value = "1"}', "cannot be the same for every row", "columns"),
        ('[tables.a]\ncolumns = {unit = "U"}\nconstants = {unit = "t"}', "is a column and a constant", "keep one"),
        ('[tables.a]\nconstants = {scale = "milion"}', '`scale` cannot be "milion"', 'did you mean "million"?'),
        ('[tables.a]\nconstants = {unit = "USDD"}', 'unknown unit "USDD"', 'did you mean "USD"?'),
        ('[tables.a]\nconstants = {measure = "grow"}', '`measure` cannot be "grow"', "one of"),
        ('[tables.a]\nconstants = {time_period = "soon"}', '"soon" is no period', "None"),
        ('[tables.a]\nconstants = {decimals = "many"}', '`decimals` cannot be "many"', "INF"),
        ('[tables.a]\ntrust = "yes"', '`trust` cannot be "yes"', "given"),
        ('[tables.a]\ndocument = {idd = "x"}', 'unknown key "idd"', 'did you mean "id"?'),
        ('[tables.a]\ndocument = {id = "a#b"}', "cannot hold #", "between"),
        ('[tables.a]\ndocument = {published = "May"}', '`published` is "May", not a date', "YYYY-MM-DD"),
    ],
)
def test_faults_of_the_configuration(tmp_path: Path, toml: str, message: str, hint: str) -> None:
    path = tmp_path / "crosscheck.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(InputFaults) as raised:
        load(path)
    (fault,) = raised.value.faults
    assert message in fault.message
    assert hint in str(fault.hint)
    assert fault.line is not None


def test_constants_may_be_numbers_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "crosscheck.toml"
    path.write_text("[tables.a]\nconstants = {time_period = 2023-12-31, decimals = -3, year = 2023}\n", encoding="utf-8")
    mapping = load(path).table_mapping("a")
    assert mapping is not None
    assert mapping.constants == {"time_period": "2023-12-31", "decimals": "-3", "year": "2023"}


def test_tables_of_an_extended_configuration_come_first(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('[tables."*"]\nconstants = {unit = "t"}\n', encoding="utf-8")
    own = tmp_path / "crosscheck.toml"
    own.write_text('extend = "base.toml"\n[tables."x.csv"]\nconstants = {unit = "kg"}\n', encoding="utf-8")
    settings = load(own)
    units = [settings.table_mapping(name) for name in ("x.csv", "y.csv")]
    assert [mapping.constants["unit"] for mapping in units if mapping] == ["kg", "t"]


def test_the_schema_knows_tables() -> None:
    definitions: Mapping[str, object] = configuration_schema()["$defs"]
    assert {"TableSettings", "TableDocument"} <= set(definitions)


# --- against an official table --------------------------------------------------------------------------------------


def test_a_draft_is_checked_against_an_official_table(project: Configuration) -> None:
    draft = project.root / "draft.yaml"
    draft.write_text(
        "document: {id: draft, published: 2024-03-01}\n"
        "defaults: {indicator: trade-turnover, reference_area: KZ, counterpart_area: CN, time_period: 2022}\n"
        "claims:\n  - {id: growth, measure: growth, figure: 50 %}\n  - {id: level, figure: $24.4 billion}\n",
        encoding="utf-8",
    )
    (table,) = read_table_claims([project.root / "data" / "trade.csv"], project, LISTS)
    claims = [*read_claim_file(draft).claims, *table.claims]
    run = check_claims(claims, read_rule_files([ROOT / "rules"], shipped=True), LISTS)
    found = {(check.rule.id, check.verdict, check.level) for check in run.checks if check.level != "none"}
    assert ("same-figure-twice", "contradiction", "warning") in found
    assert ("growth-not-matching-levels", "contradiction", "warning") in found
    for check in run.checks:
        assert any(claim.document.id == "draft" for _, operand in check.binding.operands() for claim in operand.claims)
