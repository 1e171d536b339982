"""Claims written as tables that other tools read, and that are read back as the same claims: CSV, SDMX-CSV, Parquet."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from crosscheck.claims.model import AREA, COUNTERPART, INDICATOR, PERIOD, UNSTATED
from crosscheck.claims.plain_rows import PlainRow, PlainTable
from crosscheck.claims.sdmx_csv import FIELDS, OBS_VALUE, SKIPPED
from crosscheck.claims.table_mapping import BASE, DECIMALS, ID, MEASURE, MODALITY, UNIT, VALUE

STRUCTURE = ("dataflow", "CROSSCHECK:CLAIMS(1.0)", "I")
COMPONENTS = {AREA: "REF_AREA", COUNTERPART: "COUNTERPART_AREA", INDICATOR: "INDICATOR", PERIOD: "TIME_PERIOD"}
STATUSES = {"fact": "A", "estimate": "E", "plan": "F"}
MAXIMUM_DIGITS = 38  # of a decimal number in Parquet


def csv_text(table: PlainTable) -> str:
    """A table of claims as CSV; an empty cell is "not broken down", `_U` is "not said"."""
    return _written([_header(table), *_cells(table)])


def _header(table: PlainTable) -> list[str]:
    return [ID, *table.dimensions, MEASURE, BASE, MODALITY, VALUE, DECIMALS, UNIT]


def _cells(table: PlainTable) -> Iterable[list[str]]:
    for row in table.rows:
        codes = [row.dimensions.get(name, "") for name in table.dimensions]
        base = row.base_period or (UNSTATED if row.measure in ("growth", "change", "multiple") else "")
        yield [row.id, *codes, row.measure, base, row.modality, row.value, row.decimals, row.unit]


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def parquet_bytes(table: PlainTable) -> bytes:
    """The same columns as Parquet; values are decimal numbers where 38 digits hold them all, else texts."""
    import duckdb

    whole = max((len(row.value.lstrip("-").partition(".")[0]) for row in table.rows), default=1)
    places = max((len(row.value.partition(".")[2]) for row in table.rows), default=0)
    value = f"DECIMAL({MAXIMUM_DIGITS}, {places})" if whole + places <= MAXIMUM_DIGITS else "VARCHAR"
    with tempfile.TemporaryDirectory(prefix="crosscheck-") as folder:
        source, target = Path(folder) / "claims.csv", Path(folder) / "claims.parquet"
        source.write_text(csv_text(table), encoding="utf-8")
        with duckdb.connect() as connection:
            connection.execute(
                f"COPY (SELECT * REPLACE (CAST({VALUE} AS {value}) AS {VALUE}) FROM read_csv($source, header = true, "
                f"all_varchar = true, auto_detect = false, columns = $columns, delim = ',', quote = '\"', escape = '\"')) "
                f"TO '{target}' (FORMAT parquet)",
                {"source": str(source), "columns": dict.fromkeys(_header(table), "VARCHAR")},
            )
        return target.read_bytes()


def sdmx_csv_text(table: PlainTable) -> tuple[str, dict[str, int]]:
    """SDMX-CSV 2.0, and by reason how many rows it cannot hold. STATED_AS and OBS_ID are columns of our own."""
    taken = (*SKIPPED, *FIELDS, *COMPONENTS.values())
    clashing = [name for name in table.dimensions if name not in COMPONENTS and name.upper() in taken]
    rows = [row for row in table.rows if row.modality in STATUSES and not any(name in row.dimensions for name in clashing)]
    names = [name for name in table.dimensions if name not in clashing]
    header = ["STRUCTURE", "STRUCTURE_ID", "ACTION", *(COMPONENTS.get(name, name.upper()) for name in names)]
    header += [OBS_VALUE, "STATED_AS", "BASE_PER", "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "OBS_STATUS", "OBS_ID"]
    lines = [[*STRUCTURE, *(row.dimensions.get(name, "_T") for name in names), *_observation(row)] for row in rows]
    left = len(table.rows) - len(rows)
    return _written([header, *lines]), {"an offer, or a dimension that SDMX means otherwise": left} if left else {}


def _observation(row: PlainRow) -> list[str]:
    value, decimals, mult = row.value, row.decimals, 0
    if decimals != "INF" and int(decimals) < 0:
        mult = -int(decimals)
        value, decimals = value[:-mult] if value.strip("-0") else "0", "0"
    unit = {"": "_Z", "percent": "PC"}.get(row.unit, row.unit)
    base = row.base_period or (UNSTATED if row.measure in ("growth", "change", "multiple") else "")
    return [value, row.measure, base, unit, str(mult), decimals, STATUSES[row.modality], row.id]
