"""CSV files as the engine parses them: into a table of texts, with rows that are counted as a spreadsheet counts them."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crosscheck.claims.csv_rows import delimiter_of, rows
from crosscheck.claims.fields import printable
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.tables.dialect import quoted_name, quoted_text, told

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MAXIMUM_SHOWN = 200
MAXIMUM_HEAD = 256 * 1024
AS_UTF8 = "save the table as CSV in UTF-8"
IN_QUOTES = "a cell that holds the delimiter stands in quotes"
RETURNS_ALONE = "its lines end in a carriage return alone"


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a CSV file: what separates cells, names of columns, and how many lines stand before and in it."""

    delimiter: str
    names: Sequence[str]
    before: int
    lines: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Where rows stand when cells hold line breaks: from each of `rows` on, `shifts` lines further down than numbered."""

    rows: Sequence[int] = ()
    shifts: Sequence[int] = ()

    def shift(self, row: int) -> int:
        """How many lines further down than its number a row stands."""
        at = bisect_right(self.rows, row)
        return self.shifts[at - 1] if at else 0


def head_of(path: Path) -> Head:
    """The header of a CSV file; raises InputFaults."""
    try:
        with path.open("rb") as file:
            head = file.read(MAXIMUM_HEAD)
    except OSError as error:
        raise InputFaults([Fault(str(path), None, None, f"cannot be read: {error.strerror or error}")]) from None
    if b"\0" in head:
        raise InputFaults([Fault(str(path), None, None, "this is a binary file", AS_UTF8)])
    if b"\r" in head and b"\n" not in head:
        raise InputFaults([Fault(str(path), None, None, RETURNS_ALONE, AS_UTF8)])
    text = head.decode("utf-8-sig", "ignore")
    if not text.strip():
        raise InputFaults([Fault(str(path), None, None, "the table is empty", None)])
    faults: list[Fault] = []

    def complain(offset: int, message: str, hint: str | None) -> None:
        faults.append(Fault(str(path), text.count("\n", 0, offset) + 1, None, message, hint))

    delimiter = delimiter_of(text.lstrip().partition("\n")[0])
    row = next(rows(text, delimiter, complain), None)
    if row is None or faults:
        raise InputFaults(faults[:1] or [Fault(str(path), None, None, "no header", AS_UTF8)])
    end = row.span(len(row.texts) - 1)[1]
    return Head(delimiter, row.texts, row.line - 1, 1 + text.count("\n", row.start, end))


def parse(connection: DuckDBPyConnection, table: str, path: Path, head: Head, used: Mapping[int, str]) -> Lines:
    """Makes the table that holds the rows of a CSV file as texts: `row_number` from 0, and the columns `used`, by their
    place in the file. Raises InputFaults with every bad row.

    Blank lines count, as in a spreadsheet, so that a number leads to the row.
    """
    ends = _line_ends(path, head.delimiter)
    if ends.open:
        _check_widths(path, head)
    if not ends.is_mixed:
        _read(connection, table, path, head, used, path, ends)
    else:  # the engine would lose rows without a word
        with tempfile.TemporaryDirectory(prefix="crosscheck-") as folder:
            copy = Path(folder, "table.csv")
            try:
                _with_line_feeds(path, copy)
            except OSError as error:
                hint = f"free space for {folder}, or write the table with line ends of one kind"
                raise InputFaults([Fault(str(path), None, None, f"cannot be copied: {error.strerror}", hint)]) from None
            _read(connection, table, path, head, used, copy, replace(ends, windows=0))
    ((count,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return _numbered(connection, table, path, head, int(count), ends)


def _read(
    connection: DuckDBPyConnection,
    table: str,
    path: Path,
    head: Head,
    used: Mapping[int, str],
    file: Path,
    ends: _Ends,
) -> None:
    """Reads the rows of `file`, which is `path` or a copy of it, into a table; raises InputFaults."""
    import duckdb

    columns = ", ".join(f"c{index}: 'VARCHAR'" for index in range(len(head.names)))
    names = "".join(f", c{index} AS {quoted_name(name)}" for index, name in used.items())
    line_end = "\\r\\n" if ends.windows else "\\n"
    text = (
        f"CREATE TABLE {table} AS SELECT row_number() OVER () - 1 AS row_number{names} FROM read_csv("
        f"{quoted_text(str(file))}, auto_detect = false, header = true, skip = {head.before}, "
        f"delim = {quoted_text(head.delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}}, "
        f"store_rejects = true, rejects_limit = {MAXIMUM_SHOWN + 1}, rejects_scan = '{table}_scan', "
        f"rejects_table = '{table}_bad', new_line = '{line_end}')"
    )
    try:
        connection.execute(text)
        query = (
            f"SELECT byte_position, min_by(error_type, coalesce(column_idx, 0)), "
            f"min_by(error_message, coalesce(column_idx, 0)) FROM {table}_bad "
            f"WHERE trim(csv_line, e' \\t\\r\\n') <> '' GROUP BY 1 ORDER BY 1"
        )
        bad = connection.execute(query).fetchall()
    except duckdb.OutOfMemoryException:
        raise  # not the fault of the table
    except duckdb.Error as error:
        raise InputFaults([Fault(str(path), None, None, told(error), AS_UTF8)]) from None
    if bad:
        faults = [_bad_row(path, file, int(at or 0), str(kind), str(words), len(head.names)) for at, kind, words in bad]
        if len(faults) > MAXIMUM_SHOWN:
            del faults[MAXIMUM_SHOWN:]
            faults.append(Fault(str(path), None, None, "more faults of this table are not shown"))
        raise InputFaults(faults)


@dataclass(frozen=True, slots=True)
class _Ends:
    """How many line feeds a file has, how many of them follow a carriage return, and how many lines there are.

    `open` is whether some line ends with what separates cells.
    """

    feeds: int
    windows: int
    lines: int
    open: bool

    @property
    def is_mixed(self) -> bool:
        """True where lines end in two ways, also where one is inside of a quoted cell."""
        return 0 < self.windows < self.feeds


def _line_ends(path: Path, delimiter: str) -> _Ends:
    """Counts the line ends of a file; raises InputFaults for what the engine would not read as rows."""
    feeds = windows = returns = 0
    last, is_open = b"", False
    opened = [delimiter.encode() + end for end in (b"\n", b"\r\n")]
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            if b"\0" in part:
                line = feeds + part.count(b"\n", 0, part.index(b"\0")) + 1
                raise InputFaults([Fault(str(path), line, None, "this is a binary file", AS_UTF8)])
            feeds += part.count(b"\n")
            windows += part.count(b"\r\n") + (last == b"\r" and part[:1] == b"\n")
            returns += part.count(b"\r")
            is_open = is_open or any(end in part for end in opened) or last + part[:1] == opened[0]
            last = part[-1:]
    is_open = is_open or last == delimiter.encode()
    if returns > windows:
        if not feeds:
            raise InputFaults([Fault(str(path), None, None, RETURNS_ALONE, AS_UTF8)])
        told = f"{returns - windows:,} carriage returns that end no line"
        raise InputFaults([Fault(str(path), _lone_return(path), None, told, "write the table with line ends of one kind")])
    return _Ends(feeds, windows, feeds + (last != b"\n"), is_open)


def _check_widths(path: Path, head: Head) -> None:
    """Raises InputFaults for rows with one cell too many that is empty: the engine passes over it, though it may be what
    another cell pushed out that holds the delimiter.
    """
    faults: list[Fault] = []
    width, delimiter, inside = len(head.names), head.delimiter.encode(), False
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not inside and line.count(delimiter) < width and b'"' not in line:
                continue
            pieces = line.split(b'"')
            begun, inside = inside, inside != (len(pieces) % 2 == 0)
            if begun or inside or number <= head.before + head.lines:
                continue
            cells = 1 + sum(piece.count(delimiter) for piece in pieces[::2])
            if cells > width and line.rstrip(b"\r\n").endswith(delimiter):
                faults.append(Fault(str(path), number, None, f"the row has {cells} cells, the header {width}", IN_QUOTES))
                if len(faults) == MAXIMUM_SHOWN:
                    break
    if faults:
        raise InputFaults(faults)


def _lone_return(path: Path) -> int:
    """The line of the first carriage return that no line feed follows."""
    with path.open("rb") as file:
        return next(number for number, line in enumerate(file, 1) if b"\r" in line.replace(b"\r\n", b""))


def _with_line_feeds(path: Path, copy: Path) -> None:
    with path.open("rb") as file, copy.open("wb") as other:
        for line in file:
            other.write(line[:-2] + b"\n" if line.endswith(b"\r\n") else line)


def _numbered(connection: DuckDBPyConnection, table: str, path: Path, head: Head, count: int, ends: _Ends) -> Lines:
    """Counts blank lines among the rows of a table, and gives where cells hold line breaks."""
    if ends.lines == head.before + head.lines + count:
        return Lines()
    blanks, breaks = _irregular(path, count)
    if blanks:
        rows, shifts = list(blanks), list(blanks.values())
        connection.execute(f"ALTER TABLE {table} RENAME TO {table}_parsed")
        connection.execute(
            f"CREATE TABLE {table} AS SELECT t.* REPLACE (t.row_number + coalesce(b.shift, 0) AS row_number) "
            f"FROM {table}_parsed t ASOF LEFT JOIN (SELECT unnest($rows) AS at, unnest($shifts) AS shift) b "
            f"ON t.row_number >= b.at",
            {"rows": rows, "shifts": shifts},
        )
        connection.execute(f"DROP TABLE {table}_parsed")
    return Lines(tuple(breaks), tuple(breaks.values()))


def _irregular(path: Path, count: int) -> tuple[dict[int, int], dict[int, int]]:
    """By row as parsed, from which on so many blank lines were passed over; by row as numbered, from which on so many line
    breaks in cells. Nothing where quotes that are no quotes leave it open.
    """
    blanks: dict[int, int] = {}
    breaks: dict[int, int] = {}
    row, blank, broken, inside = -2, 0, 0, False  # the header is row -1
    with path.open("rb") as file:
        for line in file:
            if inside:
                broken += 1
            elif not line.strip():
                blank += row >= -1  # those before the header are known
                continue
            else:
                row += 1
                if row >= 0 and blank != (next(reversed(blanks.values())) if blanks else 0):
                    blanks[row] = blank
                if row >= 0 and broken != (next(reversed(breaks.values())) if breaks else 0):
                    breaks[row + blank] = broken
            if line.count(b'"') % 2:
                inside = not inside
    return (blanks, breaks) if row + 1 == count else ({}, {})


def _bad_row(path: Path, file: Path, position: int, kind: str, message: str, width: int) -> Fault:
    """A fault at the line in which a byte of `file` stands."""
    line = 1
    left = max(position - 1, 0)
    with file.open("rb") as opened:
        while left > 0:
            part = opened.read(min(left, 1 << 20))
            if not part:
                break
            line, left = line + part.count(b"\n"), left - len(part)
    if "COLUMNS" in kind:
        found = message.rpartition("Found: ")[2].strip()
        hint = IN_QUOTES if kind.startswith("TOO MANY") else None
        return Fault(str(path), line, None, f"the row has {found} cells, the header {width}", hint)
    hint = (
        AS_UTF8
        if "unicode" in message.lower()
        else "is a quote opened and never closed? one inside of a quoted cell is doubled"
    )
    return Fault(str(path), line, None, printable(message.splitlines()[0][:200]), hint)
