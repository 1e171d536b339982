"""Claims from SDMX-CSV, Parquet and xBRL-JSON: what each cell and fact becomes, where it stands, faults at their places."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import pytest
from commands import FINDINGS, INPUT, OK, run, write

from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.claims.model import Claim
from crosscheck.claims.parquet_files import read_parquet_claims
from crosscheck.claims.sdmx_csv import _shifted
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.claims.xbrl_json import period_of, read_xbrl_json
from crosscheck.inputs.faults import Fault, InputFaults

GROWTH = """\
rules:
  - id: growth
    title: growth does not follow
    why: it must
    variables: {now: {measure: level}, then: {measure: level, time_period: =prior(now)}}
    subject: now
    assert: now <= 2 * then
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository to work in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def as_written(dimension: str, text: str) -> str:
    return text


def faults_of(read: Callable[[], object]) -> list[Fault]:
    with pytest.raises(InputFaults) as caught:
        read()
    return list(caught.value.faults)


def interval(claim: Claim) -> tuple[F | None, F | None]:
    return claim.figure.strict.low, claim.figure.strict.high


# SDMX-CSV


def sdmx(folder: Path, text: str, mapping: TableMapping | None = None) -> list[Claim]:
    (folder / "table.csv").write_text(text, encoding="utf-8")
    return list(read_csv_claims(folder / "table.csv", mapping, "table.csv").claims)


HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,"
HEAD += "OBS_VALUE,UNIT_MEASURE,UNIT_MULT,DECIMALS,OBS_STATUS\n"
ROW = "dataflow,A:B(1.0),I,A,{area},{indicator},{period},{value},{unit},{mult},{decimals},{status}\n"


def row(**changes: str) -> str:
    usual = {"area": "KZ", "indicator": "exports", "period": "2023", "value": "14.7", "unit": "USD", "mult": "9"}
    return ROW.format(**{**usual, "decimals": "1", "status": "A", **changes})


def test_an_observation_of_sdmx_is_a_claim(folder: Path) -> None:
    (claim,) = sdmx(folder, HEAD + row())
    assert claim.dimensions == {"reference_area": "KZ", "indicator": "exports", "time_period": "2023"}
    assert claim.figure.face == F("14.7e9")
    assert interval(claim) == (F("14.65e9"), F("14.75e9"))
    assert claim.figure.unit.name == "USD"
    assert (claim.modality, claim.measure) == ("fact", "level")
    assert (claim.place.row, claim.place.line, claim.place.cell, claim.place.printed) == (2, 2, "H2", "14.7")


@pytest.mark.parametrize(
    ("changes", "low", "high"),
    [
        ({"decimals": "0", "value": "15"}, "14.5e9", "15.5e9"),
        ({"decimals": "2", "value": "14.7"}, "14.695e9", "14.705e9"),
        ({"decimals": "0", "value": "14.71"}, "14.705e9", "14.715e9"),  # it shows more digits than it declares
        ({"mult": "0", "value": "147", "decimals": "0"}, "146.5", "147.5"),
        ({"mult": "2", "value": "1.5"}, "145", "155"),
        ({"mult": "-2", "value": "150", "decimals": "0"}, "1.495", "1.505"),
        ({"mult": "6", "value": "-0.5"}, "-550000", "-450000"),
        ({"mult": "", "value": "5", "decimals": ""}, "4.5", "5.5"),
        ({"mult": "0", "value": "1.5E3", "decimals": "0"}, "1499.5", "1500.5"),
    ],
)
def test_multiplier_and_decimals(folder: Path, changes: Mapping[str, str], low: str, high: str) -> None:
    (claim,) = sdmx(folder, HEAD + row(**changes))
    assert interval(claim) == (F(low), F(high))


def test_a_missing_or_suppressed_figure_is_none_and_never_zero(folder: Path) -> None:
    missing = [row(status=status, value="0") for status in "HKLMOQ"] + [row(value="NaN"), row(value="")]
    kept = [row(status=status, period=f"20{n:02}") for n, status in enumerate(("A", "B", "P", "E", "F", "I", ""))]
    claims = sdmx(folder, HEAD + "".join([*missing, *kept]))
    assert [claim.modality for claim in claims] == ["fact", "fact", "fact", "estimate", "plan", "estimate", "fact"]
    deleted = row().replace(",I,A,", ",D,A,")
    assert sdmx(folder, HEAD + deleted) == []


def test_codes_that_say_total_unknown_and_not_applicable(folder: Path) -> None:
    head = "DATAFLOW,REF_AREA,COUNTERPART_AREA,SEX,AGE,ACTIVITY,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
    (claim,) = sdmx(folder, head + "A:B(1.0),KZ,_T,_U,_Z,_X,2023-Q2,5,A\n")
    assert claim.dimensions == {"reference_area": "KZ", "sex": "_U", "activity": "_U", "time_period": "2023-Q2"}
    assert claim.known["sex"].how == "unstated"


def test_labels_units_and_periods_of_sdmx(folder: Path) -> None:
    head = "FREQ: Frequency,NA_ITEM: Item,TIME_PERIOD: Time,OBS_VALUE: Value,UNIT_MEASURE: Unit,NOTE_TEXT: Note\n"
    text = head + "A: Annual,B1GQ: GDP,2023-A1,5.0,PC: Per cent,x\nM: Monthly,B1GQ: GDP,2023-M05,7,XDC: Domestic,y\n"
    first, second = sdmx(folder, text)
    assert first.dimensions == {"na_item": "B1GQ", "time_period": "2023"}
    assert (first.figure.unit.name, second.figure.unit.name) == ("percent", "{XDC}")
    assert second.dimensions["time_period"] == "2023-05"
    mapped = sdmx(folder, text, TableMapping(columns={"indicator": "NA_ITEM: Item"}, constants={"reference_area": "KZ"}))
    assert mapped[0].dimensions == {"indicator": "B1GQ", "reference_area": "KZ", "time_period": "2023"}


def test_a_column_that_the_configuration_names_must_be_there(folder: Path) -> None:
    mapping = TableMapping(columns={"indicator": "NA_ITEM"}, file="crosscheck.toml", lines={"indicator": 5})
    (fault,) = faults_of(lambda: sdmx(folder, HEAD + row(), mapping))
    assert str(fault).startswith("crosscheck.toml:5:1: `indicator`: ")
    assert 'has no column "NA_ITEM"' in fault.message


def test_faults_of_sdmx_stand_at_their_cells(folder: Path) -> None:
    bad = [row(value='"12,5"'), row(mult="many"), row(period="last year"), row(value="n/a", period="2022")]
    found = faults_of(lambda: sdmx(folder, HEAD + "".join(bad)))
    text = "\n".join(map(str, found))
    assert 'table.csv:2:40: column "OBS_VALUE": "12,5" is not a plain number (is that a decimal comma?' in text
    assert 'table.csv:3:48: column "UNIT_MULT": "many" is no power of ten' in text
    assert 'table.csv:4:34: column "TIME_PERIOD": "last year"' in text
    assert 'table.csv:5:39: column "OBS_VALUE": "n/a" is not a plain number (leave the cell empty' in text


def test_shifting_moves_the_point() -> None:
    for number, power, expected in (("1.5", 2, "150"), ("-15", -3, "-0.015"), ("0.05", 1, "0.5"), ("7", 0, "7")):
        assert F(_shifted(number, power)) == F(expected) == F(number) * F(10) ** power


# Parquet


def parquet(path: Path, query: str, options: str = "FORMAT parquet") -> Path:
    duckdb = pytest.importorskip("duckdb")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute(f"COPY ({query}) TO '{path}' ({options})")
    connection.close()
    return path


ROWS = "SELECT * FROM (VALUES ('exports', 2022, 13.0::DOUBLE), ('exports', 2023, 14.7)) AS t(indicator, time_period, value)"


def read_parquet(path: Path) -> list[Claim]:
    return list(read_parquet_claims(path, None, path.name, as_written).claims)


def test_rows_of_parquet_are_claims(folder: Path) -> None:
    query = "SELECT indicator, time_period, value, 'USD' AS unit, 'billion' AS scale, '' AS note FROM (" + ROWS + ")"
    first, second = read_parquet(parquet(folder / "a.parquet", query))
    assert second.dimensions == {"indicator": "exports", "time_period": "2023"}
    assert interval(second) == (F("14.65e9"), F("14.75e9"))
    assert interval(first) == (F("12.5e9"), F("13.5e9")), "a whole number in floating point has no decimals of its own"
    assert (first.id, first.place.row, second.place.row, second.place.printed) == ("a#row-1", 1, 2, "14.7")


def test_types_of_columns(folder: Path) -> None:
    query = (
        "SELECT 'x' AS indicator, DATE '2023-12-31' AS time_period, 12.50::DECIMAL(10, 2) AS value, 'USD' AS unit "
        "UNION ALL SELECT 'x', DATE '2022-12-31', NULL, 'USD'"
    )
    (claim,) = read_parquet(parquet(folder / "a.parquet", query))
    assert claim.dimensions["time_period"] == "2023-12-31"
    assert interval(claim) == (F("12.495"), F("12.505"))
    query = "SELECT 'x' AS indicator, TIMESTAMP '2023-12-31 00:00:00' AS time_period, 'nan'::DOUBLE AS value"
    assert read_parquet(parquet(folder / "b.parquet", query)) == []


def test_a_folder_of_partitions_is_one_table(folder: Path) -> None:
    options = "FORMAT parquet, PARTITION_BY (time_period)"
    parquet(folder / "data/trade", ROWS, options)
    claims = read_parquet(folder / "data/trade")
    assert [claim.dimensions["time_period"] for claim in claims] == ["2022", "2023"]
    assert all(claim.place.row == 1 and (claim.place.sheet or "").startswith("time_period=20") for claim in claims)
    assert len({claim.id for claim in claims}) == 2
    write(folder, {"rule.yaml": GROWTH})
    for path in ("data/trade", "data"):
        ran = run("check", path, "--rules", "rule.yaml", "--isolated", "--format", "json")
        assert ran.code == OK, ran.all
        (check,) = json.loads(ran.out)["checks"]
        assert check["verdict"] == "consistent"
        assert {claim["path"] for claim in check["claims"]} == {"data/trade"}


def test_faults_of_parquet(folder: Path) -> None:
    (folder / "corrupt.parquet").write_bytes(b"PAR1 not really PAR1")
    whole = parquet(folder / "whole.parquet", ROWS).read_bytes()
    (folder / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.parquet").write_bytes(b"")
    for name in ("corrupt", "cut", "empty"):
        (fault,) = faults_of(lambda name=name: read_parquet(folder / f"{name}.parquet"))  # type: ignore[misc]
        assert fault.message.startswith("cannot be read: ")
        assert fault.hint == "is it whole? write it again"
    texts = "SELECT 'x' AS indicator, v AS value FROM (VALUES ('12'), ('twelve'), ('1,5')) AS t(v)"
    found = faults_of(lambda: read_parquet(parquet(folder / "text.parquet", texts)))
    assert [fault.message.partition(":")[0] for fault in found] == ["row 2", "row 3"]
    assert '"twelve" is not a plain number' in found[0].message
    assert found[0].line is None
    nested = "SELECT 'x' AS indicator, [1, 2] AS value"
    (fault,) = faults_of(lambda: read_parquet(parquet(folder / "list.parquet", nested)))
    assert fault.message == 'column "value" holds integer[] values'
    (fault,) = faults_of(lambda: read_parquet(parquet(folder / "none.parquet", "SELECT 1 AS Amount")))
    assert "is not a key" in fault.message
    assert run("check", str(folder / "cut.parquet")).code == INPUT


# xBRL-JSON


def xbrl(facts: Mapping[str, Any], **info: Any) -> str:
    document = {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {"us-gaap": "http://fasb.org/us-gaap"}}
    return json.dumps({"documentInfo": {**document, **info}, "facts": facts}, indent=1)


def fact(value: str | None = "12300", decimals: int | None = -2, **dimensions: str) -> dict[str, Any]:
    usual = {"concept": "us-gaap:Assets", "entity": "cik:0000123", "period": "2024-01-01T00:00:00", "unit": "iso4217:USD"}
    own = {"value": value, "dimensions": {**usual, **{k.replace("__", ":"): v for k, v in dimensions.items()}}}
    return own if decimals is None else {**own, "decimals": decimals}


def read_xbrl(folder: Path, facts: Mapping[str, Any]) -> list[Claim]:
    (folder / "a.json").write_text(xbrl(facts), encoding="utf-8")
    return list(read_xbrl_json(folder / "a.json").claims)


def test_a_numeric_fact_is_a_claim(folder: Path) -> None:
    (claim,) = read_xbrl(folder, {"f1": fact(us_gaap__StatementEquityComponentsAxis="us-gaap:CommonStockMember")})
    assert claim.dimensions == {
        "indicator": "us-gaap:Assets",
        "reference_area": "cik:0000123",
        "time_period": "2023-12-31",
        "us_gaap_statementequitycomponentsaxis": "us-gaap:CommonStockMember",
    }
    assert interval(claim) == (F(12250), F(12350))
    assert claim.id == "a#f1"
    line = (folder / "a.json").read_text(encoding="utf-8").split("\n")[(claim.place.line or 0) - 1]
    assert line[(claim.place.column or 0) - 1 :].startswith('12300"')


def test_what_is_no_figure_is_left_out(folder: Path) -> None:
    text = fact("a note", None)
    del text["dimensions"]["unit"]
    assert read_xbrl(folder, {"a": text, "b": fact(None)}) == []
    pure = fact("0.25", 2)
    del pure["dimensions"]["unit"]
    (claim,) = read_xbrl(folder, {"c": pure})
    assert interval(claim) == (F("0.245"), F("0.255"))


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("85500000.0", -5, ("85450000", "85550000")),
        ("12345", -3, ("11845", "12845")),  # printed finer than it is good for
        ("1.5E3", 0, ("1499.5", "1500.5")),
        ("-7", None, ("-7", "-7")),
        ("0.10", 2, ("0.095", "0.105")),
    ],
)
def test_values_and_decimals(folder: Path, value: str, decimals: int | None, expected: tuple[str, str]) -> None:
    (claim,) = read_xbrl(folder, {"f": fact(value, decimals)})
    assert interval(claim) == (F(expected[0]), F(expected[1]))


def test_units_and_periods_of_xbrl(folder: Path) -> None:
    units = {"iso4217:USD/xbrli:shares": "USD/{shares}", "xbrli:shares": "{shares}", "xbrli:pure": "", "utr:kg": "kg"}
    units |= {"utr:tCO2e": "{tCO2e}", "utr:tCO2e/iso4217:EUR": "{tCO2e}/EUR"}
    for unit, name in units.items():
        (claim,) = read_xbrl(folder, {"f": fact(unit=unit)})
        assert claim.figure.unit.name == name
    moments = {
        "2023-01-01T00:00:00/2024-01-01T00:00:00": "2023",
        "2023-04-01T00:00:00/2023-07-01T00:00:00": "2023-Q2",
        "2022-01-30T00:00:00/2023-01-29T00:00:00": "2022-01-30/2023-01-28",
        "2024-01-01": "2023-12-31",
    }
    for text, period in moments.items():
        assert period_of(text) == period


def test_faults_of_xbrl(folder: Path) -> None:
    bad = {"f1": fact("twelve"), "f2": fact(period="soon"), "f3": {"value": "1"}, "f4": fact(unit="iso4217:QQQ")}
    found = faults_of(lambda: read_xbrl(folder, bad))
    assert [fault.message.partition(":")[0] for fault in found] == ["fact f1", "fact f2", "fact f3", "fact f4"]
    lines = (folder / "a.json").read_text(encoding="utf-8").split("\n")
    assert [lines[(fault.line or 0) - 1].strip()[:4] for fault in found] == ['"f1"', '"f2"', '"f3"', '"f4"']


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "this is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json"}}', "`facts` is no object"),
        ('{"documentInfo": {"documentType": "x"}, "facts": {}}', "this is no xBRL-JSON"),
        ('{"facts": {}, "facts": {}}', '"facts" stands twice'),
        ("\ufeff[]", "a report is an object"),
    ],
)
def test_what_is_no_report(folder: Path, text: str, words: str) -> None:
    (folder / "a.json").write_text(text, encoding="utf-8")
    (fault,) = faults_of(lambda: read_xbrl_json(folder / "a.json"))
    assert words in fault.message


def test_the_description_of_tables_of_xbrl_is_told(folder: Path) -> None:
    write(folder, {"report.json": '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv"}, "tables": {}}'})
    ran = run("check", "report.json")
    assert ran.code == INPUT
    assert "report.json: error: is the description of a report in xBRL-CSV" in ran.err


def test_reports_of_other_tools_beside_claims_are_left_alone(folder: Path) -> None:
    write(folder, {"claims/a.yaml": "claims: [{id: a, indicator: x, figure: 1 USD}]", "claims/report.json": '{"a": 1}'})
    write(folder, {"claims/filing.json": xbrl({"f": fact()}), "rule.yaml": GROWTH})
    ran = run("check", "claims", "--rules", "rule.yaml", "--isolated")
    assert ran.code == OK, ran.all
    assert "figures: 2" in ran.out


def test_against_a_table_of_any_kind(folder: Path) -> None:
    """A table given with `--against` is never the suspect, a folder of partitions included."""
    query = "SELECT 'x' AS indicator, 10 AS value, 'USD' AS unit, 2023 AS time_period"
    parquet(folder / "official", query, "FORMAT parquet, PARTITION_BY (time_period)")
    claim = "claims: [{id: a, indicator: x, time_period: 2023, figure: 12 USD}]"
    same = "rules: [{id: twice, title: t, why: w, same: {}}]"
    write(folder, {"claims/a.yaml": claim, "rule.yaml": same})
    ran = run("check", "claims", "--against", "official", "--rules", "rule.yaml", "--isolated", "--format", "json")
    assert ran.code in (OK, FINDINGS), ran.all
    report = json.loads(ran.out)
    assert report["summary"]["figures"]["found"] == 1
    assert [check["verdict"] for check in report["checks"]] == ["contradiction"]
