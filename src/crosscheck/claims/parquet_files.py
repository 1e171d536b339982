"""Claims from Parquet: a file, or a folder of parts (year=2023/…), read by DuckDB and understood like CSV.

Every figure leads back to its file and row. Whole numbers in floating point lose the point that they do not mean.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck.claims.csv_files import MAXIMUM_ROWS, claims_of_text, document_of
from crosscheck.claims.csv_table import Resolve
from crosscheck.claims.fields import printable
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Claim, Place
from crosscheck.claims.table_kinds import PARQUET_SUFFIXES
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.inputs.faults import Fault, InputFaults

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE, ROW = "crosscheck_file", "crosscheck_row"
WHOLE = "is it whole? write it again"
# Where a figure stands: file within the folder, "" for a table of one file, and the row from 1.
Origin = tuple[str, int]


def read_parquet_claims(path: Path, mapping: TableMapping | None, name: str, resolve: Resolve) -> ClaimFile:
    """The claims of the table at `path`, one a row whose value is not null; raises InputFaults with all faults of it."""
    mapping = mapping or TableMapping()
    headers, rows, origins = _read(path)
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([" ".join(cell.splitlines()) for cell in row] for row in rows)
    document = document_of(path, mapping, name)
    try:
        found = claims_of_text(text.getvalue(), document, mapping, resolve)
    except InputFaults as error:
        raise InputFaults(_placed(fault, origins, str(path)) for fault in error.faults) from None
    claims = tuple(_with_origin(claim, origins) for claim in found.claims)
    return replace(found, claims=claims)


def _with_origin(claim: Claim, origins: Sequence[Origin]) -> Claim:
    """The claim with the file and row of the table in the place of those of the text between."""
    file, row = origins[(claim.place.row or 2) - 2]
    name = claim.id.partition("#")[2]
    identity = f"row-{row_identity(file, row)}" if name == f"row-{claim.place.row}" else name
    place = Place(printed=claim.place.printed, sheet=file or None, row=row)
    return replace(claim, id=f"{claim.document.id}#{identity}", place=place)


def row_identity(file: str, row: int) -> str:
    """What tells a row of a Parquet table in the id of its claim."""
    plain = "".join(c if c.isalnum() or c in "._-" else "-" for c in file)
    return f"{plain}-{row}" if file else str(row)


def _placed(fault: Fault, origins: Sequence[Origin], path: str) -> Fault:
    """A fault of the text between as one of the table: with file and row."""
    if fault.file != path or fault.line is None or not 2 <= fault.line < len(origins) + 2:
        return fault if fault.file != path else replace(fault, line=None, column=None)
    file, row = origins[fault.line - 2]
    whole = os.path.join(path, file) if file else path
    return Fault(whole, None, None, f"row {row}: {fault.message}", fault.hint)


def _read(path: Path) -> tuple[list[str], list[list[str]], list[Origin]]:
    """Names of the columns, cells as texts, and where each row stands; raises InputFaults."""
    try:
        import duckdb
    except ModuleNotFoundError:
        hint = "install the package duckdb"
        raise InputFaults([Fault(str(path), None, None, "Parquet is read by DuckDB", hint)]) from None
    is_folder = path.is_dir()
    files = (
        sorted(str(file) for file in path.rglob("*") if file.suffix.lower() in PARQUET_SUFFIXES)
        if is_folder
        else [str(path)]
    )
    if not files:
        raise InputFaults([Fault(str(path), None, None, "no Parquet file in this folder")])
    connection = duckdb.connect()
    try:
        connection.execute("SET preserve_insertion_order = true")
        return _rows(connection, path, files, is_folder)
    except duckdb.Error as error:
        raise InputFaults([Fault(str(path), None, None, _told(error), WHOLE)]) from None
    finally:
        connection.close()


def _rows(
    connection: DuckDBPyConnection, path: Path, files: Sequence[str], is_folder: bool
) -> tuple[list[str], list[list[str]], list[Origin]]:
    relation = (
        f"read_parquet($files, file_row_number = true, filename = '{FILE}', union_by_name = true, "
        f"hive_partitioning = {'true' if is_folder else 'false'}, hive_types_autocast = false)"
    )
    described = connection.execute(f"DESCRIBE SELECT * FROM {relation}", {"files": list(files)}).fetchall()
    types = {str(name): str(kind) for name, kind, *_ in described if name not in (FILE, "file_row_number")}
    faults = [
        Fault(str(path), None, None, printable(f'column "{name}" holds {kind.partition("(")[0].lower()} values'), HINT)
        for name, kind in types.items()
        if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "BLOB"))
    ]
    if faults:
        raise InputFaults(faults)
    cells = ", ".join(_text_sql(name, kind) for name, kind in types.items())
    query = f'SELECT "{FILE}", file_row_number, {cells} FROM {relation} LIMIT {MAXIMUM_ROWS + 1}'
    found = connection.execute(query, {"files": list(files)}).fetchall()
    if len(found) > MAXIMUM_ROWS:
        raise InputFaults([Fault(str(path), None, None, f"more than {MAXIMUM_ROWS:,} rows", "split the table")])
    origins = [(os.path.relpath(file, path).replace(os.sep, "/") if is_folder else "", row + 1) for file, row, *_ in found]
    return list(types), [[cell or "" for cell in row[2:]] for row in found], origins


HINT = "a field takes a text, a number or a date"


def _text_sql(name: str, kind: str) -> str:
    """A column as text in SQL; whole numbers in floating point without a point."""
    doubled = name.replace('"', '""')
    column = f'"{doubled}"'
    shown = f"CAST({column} AS VARCHAR)"
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"abs({column}) < 1e36 AND {column} = trunc({column})"
        without = f"CAST(CAST({column} AS HUGEINT) AS VARCHAR)"
        shown = f"CASE WHEN isnan({column}) THEN NULL WHEN {whole} THEN {without} ELSE {shown} END"
    elif kind.startswith("TIMESTAMP"):
        shown = f"CAST(CAST({column} AS DATE) AS VARCHAR)"
    return shown


def _told(error: Exception) -> str:
    line = str(error).splitlines()[0] if str(error) else type(error).__name__
    return printable(f"cannot be read: {line.partition(': ')[2] or line}"[:300])
