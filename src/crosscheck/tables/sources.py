"""Tables as the columnar engine reads them: CSV and Parquet, with the columns that are fields of claims."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck.claims.csv_files import document_of
from crosscheck.claims.csv_rows import Row
from crosscheck.claims.csv_table import Resolve, Table, map_columns, read_header
from crosscheck.claims.fields import printable
from crosscheck.claims.keys import dimension_of
from crosscheck.claims.model import Document
from crosscheck.claims.parquet_files import row_identity
from crosscheck.claims.sdmx_csv import Layout, layout_of
from crosscheck.claims.table_kinds import PARQUET_SUFFIXES, is_parquet
from crosscheck.claims.table_mapping import FIELDS, ID, SCALE, TableMapping
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.tables.csv_source import Lines, head_of, parse
from crosscheck.tables.dialect import quoted_name, quoted_text, told
from crosscheck.tables.facts import ROW_BITS
from crosscheck.tables.sdmx_source import translate, used_columns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART_BITS = 32  # of the number of a row in one file of a folder
_ROW = f"(CAST(file_index AS BIGINT) << {PART_BITS}) + file_row_number"
WHOLE = "is it whole? write it again"
POWERS = "0 for units, 3 for thousands, 6 for millions"
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
    lines: Lines = field(default_factory=Lines)

    def column(self, name: str) -> str | None:
        """The column of a field in SQL, None where it has none."""
        column = self.fields.get(name)
        return None if column is None else quoted_name(column)

    def at(self, row: int, message: str, hint: str | None = None, name: str | None = None) -> Fault:
        """A fault of a row, counted from 0."""
        column = self.fields.get(name or "")
        words = f'column "{column}": {message}' if column is not None else message
        if self.first_row == 1:
            file, within = self.part(row)
            whole = os.path.join(self.path, file) if file else self.path
            return Fault(whole, None, None, printable(f"row {within + 1}: {words}"), hint)
        return Fault(self.path, self.line(row), None, printable(words), hint)

    def line(self, row: int) -> int:
        """The line of a file in which a row begins, from 1."""
        return row + self.first_row + self.lines.shift(row)

    def part(self, row: int) -> tuple[str, int]:
        """The file within a folder of parts ("" for a table of one file), and the row in it from 0."""
        if not self.files:
            return "", row
        return self.files[row >> PART_BITS], row & ((1 << PART_BITS) - 1)


def ids_sql(sources: Sequence[Source]) -> str | None:
    """The ids of the claims of rows by `rid`, in SQL; None where a column gives them."""
    if any(ID in source.fields for source in sources):
        return None
    cases = []
    for source in sources:
        own = f"(rid & {(1 << ROW_BITS) - 1})"
        names = [quoted_text(f"{source.document.id}#row-{row_identity(file, 0)[:-1]}") for file in source.files or ("",)]
        number = f"CAST(({own} & {(1 << PART_BITS) - 1}) + {source.first_row} AS VARCHAR)"
        at = f"({own} >> {PART_BITS})" if len(names) > 1 else ""
        name = f"CASE {at} {' '.join(f'WHEN {n} THEN {text}' for n, text in enumerate(names))} END" if at else names[0]
        cases.append(f"WHEN {source.number} THEN concat({name}, {number})")
    return f"CASE rid >> {ROW_BITS} {' '.join(cases)} END"


def open_source(
    connection: DuckDBPyConnection, number: int, path: Path, mapping: TableMapping, name: str, resolve: Resolve
) -> Source:
    """The table at a path, its header understood; raises InputFaults.

    A Parquet file is read where it lies. A CSV file is parsed once, into a table of texts of the engine, which may spill.
    """
    if is_parquet(path) or path.is_dir():
        files = _parts_of(path)
        scan = Scan(_scan(path, files), _ROW if files else "file_row_number", 1, ",", files)
        described = _described(connection, path, scan.relation, files)
        types = {column: kind for column, kind in described.items() if column not in ("file_row_number", "file_index")}
        return source_of(number, path, mapping, name, resolve, types, scan)
    head = head_of(path)
    texts = dict.fromkeys(head.names, "VARCHAR")
    layout = layout_of(head.names, mapping)
    table = f"csv_{number}"
    scan = Scan(table, "row_number", head.before + 2, head.delimiter, (), head.names, head.before)
    # The header is understood before the rows are read.
    source = source_of(number, path, mapping, name, resolve, texts, scan, layout)
    if layout is None:
        used = {index: head.names[index] for index in source.table.columns.values()}
        return replace(source, lines=parse(connection, table, path, head, used))
    source = replace(source, lines=parse(connection, f"{table}_raw", path, head, used_columns(layout)))
    wrong = translate(connection, f"{table}_raw", table, layout, dict(enumerate(head.names)))
    connection.execute(f"DROP TABLE {table}_raw")
    if wrong:
        raise InputFaults(source.at(row, message, POWERS, SCALE) for row, message in wrong)
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
    number: int,
    path: Path,
    mapping: TableMapping,
    name: str,
    resolve: Resolve,
    types: Mapping[str, str],
    scan: Scan,
    layout: Layout | None = None,
) -> Source:
    """A table whose columns are known, its header understood, or `layout` what it means; raises InputFaults."""
    headers = list(scan.headers or types)
    text = "\n" * scan.before + scan.delimiter.join(headers)
    ends = list(accumulate((len(header) + 1 for header in headers), initial=scan.before))
    spans = [(end, end + len(header)) for end, header in zip(ends, headers, strict=False)]
    table = Table(str(path), text, scan.delimiter, mapping, document_of(path, mapping, name), resolve)
    header = Row(1, scan.before + 1, scan.before, headers, spans)
    if layout is not None:
        table.headers.extend(headers)
        map_columns(table, header)
        table.columns.update(layout.columns)
    understood = layout is not None or read_header(table, header)
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
    headers: Sequence[str] = ()  # where several columns may share a name
    before: int = 0  # lines before that of the header


def broken_file(connection: DuckDBPyConnection, sources: Sequence[Source], error: Exception) -> str | None:
    """The Parquet file whose reading failed, None where all can be read: the engine often does not name it.

    Where numbers are out of range a file gives others than it gave or says that it has: it is the first that there is.
    """
    import duckdb

    blamed = isinstance(error, duckdb.OutOfRangeException)

    for source in sources:
        if source.first_row != 1:
            continue  # a parsed CSV file
        for file in (os.path.join(source.path, part) for part in source.files or ("",)):
            path = file.rstrip(os.sep)
            if blamed or path in str(error):
                return path
            columns = ", ".join(map(quoted_name, source.types))
            try:  # of hashes, as the ends of a column may be told without reading it
                connection.execute(f"SELECT bit_xor(hash({columns})) FROM read_parquet({quoted_text(path)})").fetchall()
            except duckdb.BinderException:
                continue  # a column that is told by the folder, or stands in other parts
            except duckdb.Error:
                return path
    return None


def _described(connection: DuckDBPyConnection, path: Path, relation: str, files: Sequence[str]) -> dict[str, str]:
    import duckdb

    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    except duckdb.OutOfMemoryException:
        raise  # not the fault of the table
    except duckdb.Error as error:
        broken = next((file for file in map(str, map(path.joinpath, files)) if file in told(error)), str(path))
        raise InputFaults([Fault(broken, None, None, told(error), WHOLE)]) from None
    return {str(row[0]): str(row[1]) for row in rows}


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
