"""What the columnar engine says of a table whose figures meet nothing, as those of another office's first table do."""

from __future__ import annotations

from pathlib import Path

from commands import run

HEADER = "STRUCTURE,STRUCTURE_ID,ACTION,freq,unit,{0},geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"


def checked(folder: Path, column: str) -> str:
    """What is told of a table of national accounts in SDMX-CSV."""
    lines = [f"dataflow,X:GDP(1.0),I,A,EUR,{item},DE,2023,{value}.0," for item, value in (("P3", 99), ("B1GQ", 120))]
    path = folder / "gdp.csv"
    path.write_text(HEADER.format(column) + "\n".join(lines) + "\n")
    result = run("check", str(path), "--engine", "columnar")
    assert result.code == 0
    return result.out


def test_a_table_without_an_indicator_is_told_which_columns_it_has(tmp_path: Path) -> None:
    said = checked(tmp_path, "na_item")
    assert "compared with nothing: no column is `indicator`; there are " in said
    assert "na_item" in said


def test_indicators_that_no_list_knows_are_named(tmp_path: Path) -> None:
    assert "no code list knows the indicators B1GQ, P3" in checked(tmp_path, "indicator")
