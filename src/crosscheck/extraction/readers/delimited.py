"""CSV and TSV files as documents: tables made for people, with titles, headings of several rows, sections and notes.

Everything in such a file is of the table, so the source has no text of its own: `file_text` is the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crosscheck.extraction.readers.decode import decode
from crosscheck.extraction.source import Cell, Source, Table
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault

MAXIMUM_BYTES = 64 * 1024 * 1024
MAXIMUM_CELLS = 100_000  # that are read; a table for people has hundreds
MAXIMUM_COLUMNS = 2_000
DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 60
QUOTE = '"'
MAXIMUM_QUOTED = 20_000  # characters of a quoted cell; a longer one begins with a quote that is never closed


def read_delimited(path: Path, data: bytes | None = None) -> Source:
    """The table at `path`, or in `data`; beyond MAXIMUM_CELLS cells the rest is left out, and told.

    Raises InputFaults for what is no text.
    """
    file = str(path)
    if data is None:
        data = read_limited(path, MAXIMUM_BYTES, " as a table", "split it into several tables")
    decoded = decode(data, file)
    text = decoded.text
    remarks = list(decoded.remarks)
    table, left_out = _table(text, file, path.suffix.lower() == ".tsv", remarks)
    if left_out:
        message = f"a table of more than {MAXIMUM_CELLS:,} cells: from line {left_out} on it is left out"
        remarks.append(Fault(file, left_out, 1, message, "read it as a table of claims, with a mapping of its columns"))
    return Source(
        path=file,
        text="",
        file_text=text,
        tables=(table,) if table.rows else (),
        sha256=hashlib.sha256(data).hexdigest(),
        remarks=tuple(remarks),
    )


@dataclass(frozen=True, slots=True)
class _Field:
    """A cell as it stands in the file: its text without quotes, and where that begins and ends."""

    text: str
    start: int
    end: int


def _table(text: str, file: str, is_tsv: bool, remarks: list[Fault]) -> tuple[Table, int | None]:
    """The table of a text, and the line from which on it was left out."""
    delimiter = "\t" if is_tsv and "\t" in text[:100_000] else sniffed(text)
    rows: list[tuple[Cell, ...]] = []
    count, width, left_out = 0, 0, None
    first = _first_line(text)
    wide = 0
    for number, (line, line_start, fields, cells) in enumerate(_records(text, delimiter, first), 1):
        if count >= MAXIMUM_CELLS:
            left_out = line
            break
        if cells > MAXIMUM_COLUMNS:
            wide += 1
            if wide == 1:
                message = f"a row of {cells:,} cells; the first {MAXIMUM_COLUMNS:,} are read"
                remarks.append(Fault(file, line, 1, message))
        rows.append(_cells(text, fields, number, line, line_start))
        count += len(fields) + 1
        width = max(width, len(fields))
    width = _usable_width(rows, width)
    padded = tuple(_padded(row, width, index) for index, row in enumerate(rows, 1))
    return Table(padded), left_out


def _usable_width(rows: list[tuple[Cell, ...]], width: int) -> int:
    """The width of the table; a few rows that are far wider than the others do not blow it up."""
    while width > 1 and width * len(rows) > 4 * MAXIMUM_CELLS:
        width = max((len(row) for row in rows if len(row) < width), default=1)
    return width


def _padded(row: tuple[Cell, ...], width: int, number: int) -> tuple[Cell, ...]:
    if len(row) >= width:
        return row[:width]
    return row + tuple(Cell("", number, column) for column in range(len(row) + 1, width + 1))


def _cells(text: str, fields: list[_Field], number: int, line: int, line_start: int) -> tuple[Cell, ...]:
    cells = []
    begin, at_line, seen = line_start, line, line_start
    for column, found in enumerate(fields, 1):
        start = found.start
        breaks = text.count("\n", seen, start)
        if breaks:
            at_line += breaks
            begin = text.rfind("\n", seen, start) + 1
        seen = start
        name = f"{column_name(column)}{number}"
        cells.append(Cell(found.text, number, column, name, start, found.end, at_line, start - begin + 1))
    return tuple(cells)


def column_name(column: int) -> str:
    """The letters of a column, counted from 1: A, B … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def sniffed(text: str) -> str:
    """What separates the cells: what stands outside quotes in the most lines, as often in each of them as in the others."""
    counts: dict[str, list[int]] = {mark: [] for mark in DELIMITERS}
    for line in _sample(text):
        bare = _outside_quotes(line)
        for mark in DELIMITERS:
            counts[mark].append(bare.count(mark))
    said = text[:200].lstrip().lower()
    if said.startswith("sep=") and len(said) > 4 and said[4] in DELIMITERS:
        return said[4]

    def fitness(mark: str) -> tuple[float, int]:
        found = [count for count in counts[mark] if count]
        if not found:
            return 0.0, 0
        usual = max(set(found), key=found.count)
        share = found.count(usual) / len(counts[mark])
        # Commas in numbers and in sentences make ragged lines; a separator is regular and never rarer than they are.
        return share * (
            1.0 if mark != "," else 0.75 if max(map(max, (counts[";"], counts["\t"])), default=0) else 1.0
        ), usual

    return max(DELIMITERS, key=fitness)


def _sample(text: str) -> Iterator[str]:
    position = 0
    for _ in range(SAMPLE_LINES):
        if position >= len(text):
            return
        end = text.find("\n", position, position + 20_000)
        end = min(len(text), position + 20_000) if end < 0 else end
        line = text[position:end]
        if line.strip():
            yield line
        position = end + 1


def _outside_quotes(line: str) -> str:
    return "".join(line.split(QUOTE)[::2])


def _first_line(text: str) -> int:
    """Where the table begins: after a line `sep=;` that spreadsheets write."""
    head = text[:10].lower()
    if head.startswith("sep="):
        end = text.find("\n")
        return end + 1 if end >= 0 else len(text)
    return 0


def _records(text: str, delimiter: str, first: int) -> Iterator[tuple[int, int, list[_Field], int]]:
    """Line, offset, cells and number of cells of each record, blank ones among them (a blank row divides tables)."""
    position = first
    line = 1 + text.count("\n", 0, first)
    quotes = _Quotes(text, delimiter)
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if text.find(QUOTE, position, end) < 0:
            fields = _plain_fields(text, position, end, delimiter)
            yield line, position, fields, text.count(delimiter, position, end) + 1
            position, line = end + 1, line + 1
            continue
        fields, count, after = _quoted_fields(quotes, position, end)
        yield line, position, fields, count
        line += text.count("\n", position, after)
        position = after


def _plain_fields(text: str, position: int, end: int, delimiter: str) -> list[_Field]:
    fields = []
    for part in text[position:end].split(delimiter, MAXIMUM_COLUMNS)[:MAXIMUM_COLUMNS]:
        fields.append(_trimmed(part, position))
        position += len(part) + 1
    return fields


def _trimmed(part: str, start: int) -> _Field:
    """A cell without blanks after it; those before it may set a row in under another."""
    kept = part.rstrip()
    blanks = len(kept) - len(kept.lstrip())
    return _Field(kept, start + blanks, start + len(kept))


def _quoted_fields(quotes: _Quotes, position: int, line_end: int) -> tuple[list[_Field], int, int]:
    """The cells of a record that has quotes, their number, and where the next one begins.

    A quote that is never closed is a mark like others.
    """
    text, delimiter = quotes.text, quotes.delimiter
    fields: list[_Field] = []
    count = 0
    while True:
        begin = position
        while begin < len(text) and text[begin] in " \t" and text[begin] != delimiter:
            begin += 1
        count += 1
        closing = quotes.closing(begin) if text[begin : begin + 1] == QUOTE else None
        if closing is not None:
            found = _Field(text[begin + 1 : closing].replace(QUOTE * 2, QUOTE).rstrip(), begin + 1, closing)
            position = closing + 1
            while position < len(text) and text[position] in " \t\r" and text[position] != delimiter:
                position += 1
            if position > line_end:
                line_end = text.find("\n", closing)
                line_end = len(text) if line_end < 0 else line_end
        else:
            last = text.find(delimiter, position, line_end)
            last = line_end if last < 0 else last
            found = _trimmed(text[position:last], position)
            position = last
        if count <= MAXIMUM_COLUMNS:
            fields.append(found)
        if position >= len(text):
            return fields, count, len(text)
        if text[position] == "\n":
            return fields, count, position + 1
        position += 1


@dataclass(slots=True)
class _Quotes:
    """Where quotes close, in one walk over the text: what was looked through in vain is not looked through again."""

    text: str
    delimiter: str
    none_before: int = 0

    def closing(self, opening: int) -> int | None:
        """The quote that closes the one at `opening`, before a delimiter or the end of a line; None without one near."""
        text = self.text
        limit = min(len(text), opening + MAXIMUM_QUOTED)
        position = text.find(QUOTE, max(opening + 1, self.none_before), limit)
        while position >= 0:
            after = text[position + 1 : position + 2]
            if after == QUOTE:
                position = text.find(QUOTE, position + 2, limit)
                continue
            rest = text[position + 1 : position + 8].lstrip(" \t\r") if after != self.delimiter else after
            if after != self.delimiter and rest[:1] not in ("", self.delimiter, "\n"):
                position = text.find(QUOTE, position + 1, limit)
                continue
            return position
        self.none_before = limit
        return None
