"""Claims written as tables: what is read back is what was written, what no table can hold is told and left out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from commands import INPUT, OK, run, write
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.claims.model import Claim, Document
from crosscheck.claims.parquet_files import read_parquet_claims
from crosscheck.claims.plain_rows import plain_table
from crosscheck.claims.write_tables import csv_text, parquet_bytes, sdmx_csv_text
from crosscheck.claims.write_xbrl_json import xbrl_json_text
from crosscheck.claims.xbrl_json import read_xbrl_json
from crosscheck.figures.text import declared, parse_figure
from crosscheck.inputs.writing import write_bytes, write_text

Read = Callable[[Path], Sequence[Claim]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository to work in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


UNITS = ("USD", "{shares}", "percent", "t", "", "USD/{shares}", "kg")
PERIODS = ("2023", "2023-Q3", "2023-04", "2023-12-31", "2023-01/2023-04", "2022-01-30/2023-01-28", "_U", None)
CODES = ("KZ", "CN-XJ", "trade turnover, all", 'a "b"', "us-gaap:Assets", "中文", "=1+1", "0", "_U", "A: b")


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    places = draw(st.integers(-9, 6))
    digits = draw(st.integers(-(10**6), 10**6))
    value = f"{'-' if digits < 0 else ''}{abs(digits)}{'0' * -places}" if places <= 0 else shifted(digits, places)
    measure = draw(st.sampled_from(["level", "level", "growth", "change", "rate"]))
    unit = draw(st.sampled_from(["percent", ""] if measure == "growth" else UNITS))
    dimensions = {"indicator": draw(st.sampled_from(["exports", "us-gaap:Assets", "x_1"]))}
    for name in ("reference_area", "counterpart_area", "segment", "sector_2"):
        code = draw(st.sampled_from([None, *CODES]))
        if code is not None:
            dimensions[name] = code
    period = draw(st.sampled_from(PERIODS))
    if period is not None:
        dimensions["time_period"] = period
    base = draw(st.sampled_from(["2021", None])) if measure in ("growth", "change") else None
    modality = draw(st.sampled_from(["fact", "fact", "estimate", "plan"]))
    decimals = draw(st.sampled_from([str(places), "INF"]))
    figure = declared(value, decimals, unit, measure=measure)
    return Claim("d#x", Document("d"), figure, dimensions, measure, base, modality=modality)


def shifted(digits: int, places: int) -> str:
    text = str(abs(digits)).rjust(places + 1, "0")
    return f"{'-' if digits < 0 else ''}{text[:-places]}.{text[-places:]}"


def told(found: Sequence[Claim]) -> list[tuple[object, ...]]:
    """What a claim says, whatever it is called and wherever it stands."""
    return [
        (
            dict(sorted(claim.dimensions.items())),
            claim.measure,
            claim.base_period,
            claim.modality,
            claim.figure.face,
            claim.figure.strict,
            claim.figure.unit.name,
        )
        for claim in found
    ]


def read_csv(path: Path) -> Sequence[Claim]:
    return read_csv_claims(path).claims


def read_parquet(path: Path) -> Sequence[Claim]:
    return read_parquet_claims(path, None, path.name, lambda dimension, text: text).claims


@given(st.lists(claims(), min_size=1, max_size=4))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, found: list[Claim]) -> None:
    folder = tmp_path_factory.getbasetemp()
    table = plain_table(found)
    assert table.left_out == {}
    write_text(folder / "a.csv", csv_text(table))
    assert told(read_csv(folder / "a.csv")) == told(found)
    text, left = sdmx_csv_text(table)
    write_text(folder / "b.csv", text)
    assert left == {}
    assert told(read_csv(folder / "b.csv")) == told(found)
    text, left = xbrl_json_text(table)
    write_text(folder / "c.json", text)
    kept = [claim for claim in found if claim.figure.unit.name or claim.figure.strict.low != claim.figure.strict.high]
    assert sum(left.values()) == len(found) - len(kept)
    assert told(read_xbrl_json(folder / "c.json").claims) == told(kept)


def test_parquet_is_read_back(folder: Path) -> None:
    figures = [("31500000000", "-8", "USD"), ("0.125", "3", "USD"), ("16", "INF", "{documents}"), ("-2.5", "1", "percent")]
    found = [
        Claim(f"d#c{n}", Document("d"), declared(*figure), {"indicator": "x", "time_period": "2023", "team": f"t{n}"})
        for n, figure in enumerate(figures)
    ]
    write_bytes(folder / "a.parquet", parquet_bytes(plain_table(found)))
    assert told(read_parquet(folder / "a.parquet")) == told(found)
    huge = [Claim("d#c", Document("d"), declared("1" * 39 + ".5", "1", "USD"), {"indicator": "x"})]
    write_bytes(folder / "b.parquet", parquet_bytes(plain_table(huge)))
    assert told(read_parquet(folder / "b.parquet")) == told(huge)
    first = parquet_bytes(plain_table(found))
    assert first == parquet_bytes(plain_table(found))


CLAIMS = """\
document: {id: d}
defaults: {indicator: exports, reference_area: KZ}
claims:
  - {id: a, time_period: 2023, figure: 14.7 billion USD}
  - {id: b, time_period: 2022, figure: over 13 billion USD}
  - {id: c, time_period: 2023, measure: share, whole: {reference_area: none}, figure: 64 %}
  - {id: d, time_period: 2023, measure: growth, figure: 12.6 %}
  - {id: e, time_period: 2024, modality: offer, figure: 15 billion USD}
"""


def test_the_command(folder: Path) -> None:
    write(folder, {"claims/a.yaml": CLAIMS})
    ran = run("convert", "claims")
    assert ran.code == OK
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert [row["id"] for row in rows] == ["a", "d", "e"]
    assert (rows[0]["value"], rows[0]["decimals"], rows[0]["unit"]) == ("14700000000", "-8", "USD")
    assert rows[1]["base_period"] == "2022"
    assert "1 left out: a bound, a hedge or a figure in words" in ran.err
    assert "1 left out: a share, which needs its whole" in ran.err
    ran = run("convert", "claims", "--to", "sdmx-csv")
    assert "1 left out: an offer, or a dimension that SDMX means otherwise" in ran.err
    for name in ("out/a.parquet", "out/a.csv", "out/a.json"):
        assert run("convert", "claims", "--output", name).code == OK
        again = run("convert", name)
        assert [row["value"] for row in csv.DictReader(again.out.splitlines())] == ["14700000000", "12.6", "15000000000"]
    assert json.loads((folder / "out/a.json").read_text(encoding="utf-8"))["facts"]["a"]["decimals"] == -8


def test_documents_are_converted_too(folder: Path) -> None:
    write(folder, {"a.md": "---\ndate: 2024-02-01\n---\nExports of Kazakhstan to China were $10.5 billion in 2022.\n"})
    ran = run("convert", "a.md")
    (row,) = csv.DictReader(ran.out.splitlines())
    assert (row["value"], row["time_period"], row["indicator"]) == ("10500000000", "2022", "exports")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--to", "parqet"], 'did you mean "parquet"?'),
        (["--to", "parquet"], "name a file"),
        (["--output", "a.xlsx"], "--to is one of csv"),
        (["absent"], "no such file or folder"),
        (["--output", "claims"], "cannot be written"),
        (["empty.yaml"], "there are no figures to write"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: list[str], words: str) -> None:
    write(folder, {"claims/a.yaml": CLAIMS, "empty.yaml": "claims: []"})
    ran = run("convert", *arguments, *(["--to", "csv"] if arguments == ["--output", "claims"] else []))
    assert (ran.code, ran.out) == (INPUT, "")
    assert words in ran.err


def test_figures_with_loose_readings_keep_their_strict_one(folder: Path) -> None:
    claim = Claim("d#a", Document("d"), parse_figure("250,000 t"), {"indicator": "x"})
    (row,) = plain_table([claim]).rows
    assert (row.value, row.decimals, row.unit) == ("250000", "0", "t")
