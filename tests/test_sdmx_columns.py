"""SDMX-CSV through the columnar engine: each row is the claim that the reader of tables makes of it."""

from __future__ import annotations

import random
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st
from test_large_tables import RULES, check, folder

from crosscheck.claims.csv_files import read_csv_claims
from crosscheck.claims.model import Claim
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.tables.engine import connect
from crosscheck.tables.reference import RowReader
from crosscheck.tables.sources import open_source

__all__ = ["folder"]
VALUES = ("12", "-3.50", "1E3", "+4.25e-2", "NaN", "", "1,234", "0", "99999.9", "1.5E+07", "7")


def written(seed: int) -> str:
    """A random SDMX-CSV table; some columns are absent from some tables."""
    chance = random.Random(seed)
    labels = chance.random() < 0.3
    codes = {
        "DATAFLOW": ["X:Y(1.0)"],
        "ACTION": ["I", "I", "I", "D"],
        "FREQ": ["A"],
        "REF_AREA": ["KZ", "CN: China" if labels else "CN", "_T", "_Z"],
        "INDICATOR": ["exports", "imports", "_X"],
        "SECTOR": ["S1", "S13", "_Z"],
        "TIME_PERIOD": ["2022", "2023-A1", "2023-M05", "2023-Q1"],
        "OBS_VALUE": VALUES,
        "UNIT_MEASURE": ["USD", "PC", "T", "PERSONS", "XYZ 1", "", "_Z", "PP"],
        "UNIT_MULT": ["0", "", "3", "6", "9", "2", "-1", "1"],
        "DECIMALS": ["0", "1", "2", "", "-2", "INF"],
        "OBS_STATUS": ["A", "", "e", "F", "M", "L", "Q"],
        "STATED_AS": ["level", "growth", "", "odd"],
    }
    kept = [n for n in codes if n in ("OBS_VALUE", "TIME_PERIOD", "INDICATOR", "REF_AREA") or chance.random() < 0.7]
    rows = [[chance.choice(list(codes[name])) for name in kept] for _ in range(chance.randint(1, 25))]
    heads = [f"{name}: {name.title()}" if labels and name != "OBS_VALUE" else name for name in kept]
    lines = [heads, *rows]
    return "\n".join(";".join(f'"{cell}"' if "," in cell else cell for cell in line) for line in lines) + "\n"


def told(claim: Claim) -> tuple[object, ...]:
    figure = claim.figure
    return (
        claim.id,
        figure.face,
        figure.strict,
        figure.unit,
        dict(claim.dimensions),
        claim.measure,
        claim.base_period,
        claim.modality,
        claim.place.row,
    )


@cache
def engine() -> DuckDBPyConnection:
    """One connection for all tables, as starting takes longest."""
    return connect(threads=1)


NUMBERS = count()


def by_columns(path: Path) -> list[Claim]:
    source = open_source(engine(), next(NUMBERS), path, TableMapping(), path.name, lambda dimension, text: text)
    reader = RowReader(source)
    rows = engine().execute(f"SELECT {source.row}, {', '.join(reader.columns)} FROM {source.relation}").fetchall()
    return [claim for row, *texts in sorted(rows) if (claim := reader.claim(row, texts)) is not None]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_a_row_is_the_same_claim(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    path = tmp_path_factory.mktemp("table") / "table.csv"
    path.write_text(written(seed))
    faults: tuple[Fault, ...] = ()
    expected: list[Claim] = []
    try:
        expected = list(read_csv_claims(path).claims)
    except InputFaults as error:
        faults = error.faults
    if faults:
        with pytest.raises(InputFaults) as found:
            by_columns(path)
        assert {fault.line for fault in found.value.faults} <= {fault.line for fault in faults}
    else:
        assert [told(claim) for claim in by_columns(path)] == [told(claim) for claim in expected]


def test_checked_by_the_command(folder: Path) -> None:
    (folder / "table.csv").write_text(
        "REF_AREA,INDICATOR,STATED_AS,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS\n"
        "KZ,exports,level,2022,100.0,USD,6,A\nKZ,exports,level,2023,1.5E2,USD,6,A\nKZ,exports,growth,2023,20,PC,0,A\n"
        "CN,exports,level,2022,100.0,USD,6,A\nCN,exports,level,2023,0,USD,6,L\nCN,exports,growth,2023,20,PC,0,A\n"
    )
    assert "own-growth" in RULES
    result = check("table.csv", "--format", "concise")
    assert result.code == 1, result.all
    assert "table.csv:4:1: error: 20" in result.out
    assert "own-growth           0            0              1                  1" in result.out


def test_a_multiplier_that_is_none(folder: Path) -> None:
    (folder / "table.csv").write_text("INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT\na,2022,1,6\n\na,2023,1,million\n")
    result = check("table.csv")
    assert result.code == 2
    assert 'table.csv:4: error: column "UNIT_MULT": "million" is no power of ten' in result.err
