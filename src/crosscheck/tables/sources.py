"""Tables as the columnar engine reads them: CSV and Parquet, with the columns that are fields of claims."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck.claims.csv_files import document_of
from crosscheck.claims.csv_rows import Row, delimiter_of, rows
from crosscheck.claims.csv_table import Resolve, Table, read_header
from crosscheck.claims.fields import printable
from crosscheck.claims.keys import dimension_of
from crosscheck.claims.model import Document
from crosscheck.claims.table_kinds import PARQUET_SUFFIXES, is_parquet
from crosscheck.claims.table_mapping import FIELDS, TableMapping
from crosscheck.inputs.faults import Fault, InputFaults

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAXIMUM_SHOWN = 200
PART_BITS = 32  # of the number of a row in one file of a folder
_ROW = f"(CAST(file_index AS BIGINT) << {PART_BITS}) + file_row_number"
WHOLE_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")


@dataclass(frozen=True, slots=True)
class Source:
    """A table: what stands after FROM, and which columns give which fields.

    `row` is the number of a row from 0 in SQL, `first_row` what people call the row 0. `types` are those of the columns.
    """

    number: int
    path: str
    document: Document
    relation: str
    row: str
    first_row: int
    fields: Mapping[str, str]  # field of a claim (dimensions by their own names) to column
    constants: Mapping[str, str]
    types: Mapping[str, str]
    table: Table
    delimiter: str = ","
    headers: Sequence[str] = field(default_factory=tuple)
    files: Sequence[str] = ()  # the parts of a folder, within it

    def column(self, name: str) -> str | None:
        """The column of a field in SQL, None where it has none."""
        column = self.fields.get(name)
        return None if column is None else quoted_name(column)

    def at(self, row: int, message: str, hint: str | None = None, name: str | None = None) -> Fault:
        """A fault of a row, counted from 0."""
        column = self.fields.get(name or "")
        told = f'column "{column}": {message}' if column is not None else message
        if self.first_row == 1:
            file, within = self.part(row)
            whole = os.path.join(self.path, file) if file else self.path
            return Fault(whole, None, None, printable(f"row {within + 1}: {told}"), hint)
        return Fault(self.path, row + self.first_row, None, printable(told), hint)

    def part(self, row: int) -> tuple[str, int]:
        """The file within a folder of parts ("" for a table of one file), and the row in it from 0."""
        if not self.files:
            return "", row
        return self.files[row >> PART_BITS], row & ((1 << PART_BITS) - 1)


def quoted_name(name: str) -> str:
    """A name in SQL."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def quoted_text(text: str) -> str:
    """A text in SQL."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def open_source(
    connection: DuckDBPyConnection, number: int, path: Path, mapping: TableMapping, name: str, resolve: Resolve
) -> Source:
    """The table at a path, its header understood; raises InputFaults.

    A Parquet file is read where it lies. A CSV file is parsed once, into a table of texts of the engine, which may spill.
    """
    if is_parquet(path) or path.is_dir():
        files = _parts_of(path)
        scan = Scan(_scan(path, files), _ROW if files else "file_row_number", 1, ",", files)
        described = _described(connection, path, scan.relation)
        types = {column: kind for column, kind in described.items() if column not in ("file_row_number", "file_index")}
        return source_of(number, path, mapping, name, resolve, types, scan)
    delimiter, headers = header_of(path)
    texts = dict.fromkeys(headers, "VARCHAR")
    # The header is understood before the rows are read.
    source = source_of(number, path, mapping, name, resolve, texts, Scan(f"csv_{number}", "row_number", 2, delimiter))
    _parsed(connection, number, path, delimiter, headers)
    return source


def _parts_of(path: Path) -> tuple[str, ...]:
    """The files of a folder of parts, within it; none for a table of one file. Raises InputFaults."""
    if not path.is_dir():
        return ()
    found = sorted(str(file) for file in path.rglob("*") if file.suffix.lower() in PARQUET_SUFFIXES)
    if not found:
        raise InputFaults([Fault(str(path), None, None, "no Parquet file in this folder")])
    return tuple(os.path.relpath(file, path).replace(os.sep, "/") for file in found)


def _scan(path: Path, files: Sequence[str]) -> str:
    if not files:
        return f"read_parquet({quoted_text(str(path))}, file_row_number = true)"
    listed = ", ".join(quoted_text(str(path / file)) for file in files)
    parts = (
        f"[{listed}], file_row_number = true, union_by_name = true, hive_partitioning = true, hive_types_autocast = false"
    )
    return f"(SELECT *, file_index FROM read_parquet({parts})) q"


def source_of(
    number: int, path: Path, mapping: TableMapping, name: str, resolve: Resolve, types: Mapping[str, str], scan: Scan
) -> Source:
    """A table whose columns are known, its header understood; raises InputFaults."""
    headers = list(types)
    table = Table(str(path), ",".join(headers), ",", mapping, document_of(path, mapping, name), resolve)
    understood = read_header(table, Row(1, 1, 0, headers, [(0, len(header)) for header in headers]))
    if not understood or table.faults:
        raise InputFaults(table.faults)
    columns = {name: headers[index] for name, index in table.columns.items()}
    fields = {(field if field in FIELDS else dimension_of(field) or field): column for field, column in columns.items()}
    constants = {
        (field if field in FIELDS else dimension_of(field) or field): text for field, text in mapping.constants.items()
    }
    own = {column: types[column] for column in fields.values()}
    _check_types(path, fields, own)
    return Source(
        number,
        str(path),
        table.document,
        scan.relation,
        scan.row,
        scan.first_row,
        fields,
        constants,
        own,
        table,
        scan.delimiter,
        tuple(headers),
        scan.files,
    )


@dataclass(frozen=True, slots=True)
class Scan:
    """Where the rows of a table come from in SQL, and how they are numbered."""

    relation: str
    row: str
    first_row: int
    delimiter: str = ","
    files: Sequence[str] = ()


def _described(connection: DuckDBPyConnection, path: Path, relation: str) -> dict[str, str]:
    import duckdb

    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    except duckdb.OutOfMemoryException:
        raise  # not the fault of the table
    except duckdb.Error as error:
        raise InputFaults([Fault(str(path), None, None, _told(error), "is it whole? write it again")]) from None
    return {str(row[0]): str(row[1]) for row in rows}


def _told(error: Exception) -> str:
    """The first line of what the engine says, without its own prefix."""
    line = str(error).splitlines()[0] if str(error) else type(error).__name__
    return printable(f"cannot be read: {line.partition(': ')[2] or line}"[:300])


def _check_types(path: Path, fields: Mapping[str, str], types: Mapping[str, str]) -> None:
    """Raises InputFaults for columns that hold no single values."""
    faults = []
    for name, column in fields.items():
        kind = types[column]
        if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "BLOB")):
            message = f'column "{column}" for `{name}` holds {kind.split("(")[0].lower()} values'
            faults.append(Fault(str(path), None, None, printable(message), "a field takes a text, a number or a date"))
    if faults:
        raise InputFaults(faults)


def header_of(path: Path) -> tuple[str, list[str]]:
    """Delimiter and names of the columns of a CSV file; raises InputFaults."""
    try:
        with path.open("rb") as file:
            head = file.read(256 * 1024)
            if not head.strip():
                raise InputFaults([Fault(str(path), None, None, "the table is empty")])
            if b"\0" in head:
                raise InputFaults([Fault(str(path), None, None, "this is a binary file", "save the table as CSV in UTF-8")])
    except OSError as error:
        raise InputFaults([Fault(str(path), None, None, f"cannot be read: {error.strerror or error}")]) from None
    try:
        first = next(line for line in head.decode("utf-8-sig", "ignore").splitlines() if line.strip())
    except StopIteration:
        raise InputFaults([Fault(str(path), None, None, "the table is empty")]) from None
    delimiter = delimiter_of(first)
    row = next(rows(first, delimiter, lambda *_: None), None)
    return delimiter, list(row.texts) if row is not None else []


def _parsed(connection: DuckDBPyConnection, number: int, path: Path, delimiter: str, headers: Sequence[str]) -> None:
    """Makes the table that holds the rows of a CSV file as texts; raises InputFaults with every bad row."""
    import duckdb

    columns = ", ".join(f"{quoted_text(f'c{index}')}: 'VARCHAR'" for index in range(len(headers)))
    names = ", ".join(f"c{index} AS {quoted_name(name)}" for index, name in enumerate(headers) if name)
    table = f"csv_{number}"
    text = (
        f"CREATE TABLE {table} AS SELECT row_number() OVER () - 1 AS row_number, {names} FROM read_csv("
        f"{quoted_text(str(path))}, auto_detect = false, header = true, delim = {quoted_text(delimiter)}, quote = '\"', "
        f"escape = '\"', columns = {{{columns}}}, store_rejects = true, rejects_limit = {MAXIMUM_SHOWN + 1}, "
        f"rejects_scan = 'scan_{number}', rejects_table = 'bad_{number}', new_line = {_line_end(path)})"
    )
    try:
        connection.execute(text)
        bad = connection.execute(f"SELECT byte_position, error_type, error_message FROM bad_{number} ORDER BY 1").fetchall()
    except duckdb.OutOfMemoryException:
        raise  # not the fault of the table
    except duckdb.Error as error:
        raise InputFaults([Fault(str(path), None, None, _told(error), "save the table as CSV in UTF-8")]) from None
    if bad:
        faults = [_bad_row(path, int(at or 0), str(kind), str(message), len(headers)) for at, kind, message in bad]
        if len(faults) > MAXIMUM_SHOWN:
            del faults[MAXIMUM_SHOWN:]
            faults.append(Fault(str(path), None, None, "more faults of this table are not shown"))
        raise InputFaults(faults)


def _line_end(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    return "'\\r\\n'" if b"\r\n" in head else "'\\n'"


def _bad_row(path: Path, position: int, kind: str, message: str, width: int) -> Fault:
    """A fault at the line in which a byte stands."""
    line = 1
    left = max(position - 1, 0)
    with path.open("rb") as file:
        while left > 0:
            part = file.read(min(left, 1 << 20))
            if not part:
                break
            line, left = line + part.count(b"\n"), left - len(part)
    if "COLUMNS" in kind:
        found = message.rpartition("Found: ")[2].strip()
        told = f"the row has {found} cells, the header {width}"
        hint = "a cell that holds the delimiter stands in quotes" if kind.startswith("TOO MANY") else None
        return Fault(str(path), line, None, told, hint)
    return Fault(str(path), line, None, printable(message.splitlines()[0][:200]), "save the table as CSV in UTF-8")
