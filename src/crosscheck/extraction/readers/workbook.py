"""XLSX workbooks: a table a sheet, numbers exact and as their formats show them, merged cells repeated, hidden ones read.

Read with zipfile and expat as DOCX is: the streaming mode of the usual library shows neither merged cells nor hidden rows,
and which formulas have no value takes it a second reading.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from crosscheck.extraction.readers.archive import Archive, parse_xml
from crosscheck.extraction.readers.delimited import column_name
from crosscheck.extraction.readers.number_formats import BUILT_IN, GENERAL, exact, shown
from crosscheck.extraction.source import Cell, Source, Table
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault

MAXIMUM_BYTES = 64 * 1024 * 1024
MAXIMUM_CELLS = 100_000  # of all sheets
MAXIMUM_SHEETS = 200
MAXIMUM_GRID = 400_000  # cells with the blank ones between them
MAXIMUM_TEXT = 32_767  # of a cell, as in the format
RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
BOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_workbook(path: Path, data: bytes | None = None) -> Source:
    """The workbook at `path`, or in `data`: a table a sheet. Raises InputFaults where it cannot be read.

    What was left out, is hidden, or has no stored value is told in `remarks`.
    """
    file = str(path)
    if data is None:
        data = read_limited(path, MAXIMUM_BYTES, " as a workbook", "split it, or save the sheet that matters")
    archive = Archive(data, file)
    book = _book(archive)
    tables: list[Table] = []
    remarks: list[Fault] = []
    cells = 0
    for number, sheet in enumerate(book.sheets[:MAXIMUM_SHEETS], 1):
        if sheet.part not in archive.parts:
            continue
        if cells >= MAXIMUM_CELLS:
            remarks.append(
                Fault(file, None, None, f'the sheet "{sheet.name[:60]}" is left out: the workbook has too many cells')
            )
            continue
        grid = _Grid(book, sheet, MAXIMUM_CELLS - cells)
        _run(archive, sheet.part, grid.start, grid.end, grid.text)
        cells += len(grid.cells)
        rows = grid.rows()
        remarks += [Fault(file, None, None, f'sheet "{sheet.name[:60]}": {said}') for said in grid.said()]
        if rows:
            tables.append(Table(rows, number=number, sheet=sheet.name))
    if len(book.sheets) > MAXIMUM_SHEETS:
        remarks.append(Fault(file, None, None, f"{len(book.sheets):,} sheets; the first {MAXIMUM_SHEETS} are read"))
    return Source(
        path=file,
        text="",
        tables=tuple(tables),
        title=book.title or None,
        sha256=hashlib.sha256(data).hexdigest(),
        remarks=tuple(remarks),
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Style:
    code: str = GENERAL
    bold: bool = False
    indent: int = 0


@dataclass(slots=True)
class _Book:
    """What all sheets share."""

    sheets: list[_Sheet] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    styles: list[_Style] = field(default_factory=list)
    from_1904: bool = False
    title: str = ""


Handler = Callable[[str, dict[str, str]], None]


class _Full(Exception):
    """Enough has been read."""


def _run(archive: Archive, part: str, start: Handler, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Runs handlers, which get names without namespace, over a part."""

    def opened(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(" ")[2], attributes)

    def closed(name: str) -> None:
        end(name.rpartition(" ")[2])

    try:
        parse_xml(archive.read(part), archive.file, part, opened, closed, text)
    except _Full:
        return


def _nothing(_: str) -> None:
    return


def _book(archive: Archive) -> _Book:
    book = _Book()
    main = _main_part(archive)
    related = _relations(archive, main)
    sheets: list[tuple[str, str, bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            id = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            sheets.append((attributes.get("name", ""), id, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            book.from_1904 = attributes.get("date1904", "0") in ("1", "true")

    _run(archive, main, start, _nothing, _nothing)
    for name, id, hidden in sheets:
        kind, part = related.get(id, ("", ""))
        if kind.endswith("/worksheet"):
            book.sheets.append(_Sheet(name, part, hidden))
    for kind, part in related.values():
        if part in archive.parts and kind.endswith("/sharedStrings"):
            book.strings = _strings(archive, part)
        elif part in archive.parts and kind.endswith("/styles"):
            book.styles = _styles(archive, part)
    book.title = _title(archive)
    return book


def _main_part(archive: Archive) -> str:
    for kind, part in _relations(archive, "").values():
        if kind.endswith("/officeDocument") and part in archive.parts:
            return part
    return BOOK


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """By id, the kind and the name of the parts that a part refers to."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    if listing not in archive.parts:
        return found

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            absolute = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), absolute)

    _run(archive, listing, start, _nothing, _nothing)
    return found


def _title(archive: Archive) -> str:
    pieces: list[str] = []
    inside = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside
        inside = name == "title"

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    def text(said: str) -> None:
        if inside:
            pieces.append(said)

    if "docProps/core.xml" in archive.parts:
        _run(archive, "docProps/core.xml", start, end, text)
    return "".join(pieces).strip()[:300]


class _Text:
    """Collects a text of runs: raised digits become raised characters, phonetic guides are left out."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.raised = self.reads = self.phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.reads = not self.phonetic
        elif name == "rPh":
            self.phonetic = True
        elif name == "r":
            self.raised = False
        elif name == "vertAlign":
            self.raised = attributes.get("val") == "superscript"

    def end(self, name: str) -> None:
        if name == "t":
            self.reads = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "r":
            self.raised = False

    def text(self, said: str) -> None:
        if self.reads and self.length < MAXIMUM_TEXT:
            if self.raised:
                said = (
                    "".join(RAISED.get(c, c) for c in said)
                    if said.strip().isdigit()
                    else f"[{said.strip()}]"
                    if said.strip()
                    else said
                )
            self.pieces.append(said)
            self.length += len(said)

    def take(self) -> str:
        said = "".join(self.pieces)
        self.pieces, self.length = [], 0
        self.raised = self.reads = self.phonetic = False
        return said


def _strings(archive: Archive, part: str) -> list[str]:
    found: list[str] = []
    text = _Text()

    def end(name: str) -> None:
        text.end(name)
        if name == "si":
            found.append(text.take())

    _run(archive, part, text.start, end, text.text)
    return found


def _styles(archive: Archive, part: str) -> list[_Style]:
    codes: dict[int, str] = dict(BUILT_IN)
    fonts: list[bool] = []
    styles: list[_Style] = []
    path: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        above = path[-2] if len(path) > 1 else ""
        if name == "numFmt" and above == "numFmts":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", GENERAL)
        elif name == "font" and above == "fonts":
            fonts.append(False)
        elif name == "b" and above == "font" and fonts:
            fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf" and above == "cellXfs":
            font = _whole(attributes.get("fontId"))
            code = codes.get(_whole(attributes.get("numFmtId")), GENERAL)
            styles.append(_Style(code, fonts[font] if font < len(fonts) else False))
        elif name == "alignment" and above == "xf" and "cellXfs" in path and styles:
            styles[-1] = replace(styles[-1], indent=min(_whole(attributes.get("indent")), 20))

    def end(_: str) -> None:
        path.pop()

    _run(archive, part, start, end, _nothing)
    return styles


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else 0


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Grid:
    """A sheet on its way: the cells that hold something, by row and column."""

    def __init__(self, book: _Book, sheet: _Sheet, limit: int) -> None:
        self.book, self.sheet, self.limit = book, sheet, limit
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows = self.hidden_columns = self.formulas = 0
        self.full = False
        self.row = self.column = 0
        self.kind, self.style = "n", _Style()
        self.formula = self.reads = False
        self.value: list[str] = []
        self.inline = _Text()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = _column(found[1]) if found else self.column + 1
            self.row = int(found[2]) if found else self.row
            self.kind = attributes.get("t", "n")
            style = _whole(attributes.get("s"))
            self.style = self.book.styles[style] if style < len(self.book.styles) else _Style()
            self.formula, self.value = False, []
        elif name == "row":
            self.row = _whole(attributes.get("r")) or self.row + 1
            self.column = 0
            self.hidden_rows += attributes.get("hidden") in ("1", "true")
        elif name == "v":
            self.reads = True
        elif name == "f":
            self.formula = True
        elif name == "col":
            self.hidden_columns += attributes.get("hidden") in ("1", "true")
        elif name == "mergeCell" and len(self.merged) < 20_000:
            ends = [_REFERENCE.fullmatch(end) for end in attributes.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                self.merged.append((int(ends[0][2]), _column(ends[0][1]), int(ends[1][2]), _column(ends[1][1])))
        else:
            self.inline.start(name, attributes)

    def end(self, name: str) -> None:
        if name == "v":
            self.reads = False
        elif name == "c":
            self._cell()
        else:
            self.inline.end(name)

    def text(self, said: str) -> None:
        if self.reads:
            self.value.append(said)
        else:
            self.inline.text(said)

    def _cell(self) -> None:
        stored, inline = "".join(self.value), self.inline.take()
        if not stored and not inline:
            self.formulas += self.formula
            return
        text, number = self._shown(stored, inline)
        if not text.strip():
            return
        if len(self.cells) >= self.limit:
            self.full = True
            raise _Full
        name = f"{column_name(self.column)}{self.row}"
        text = "  " * self.style.indent + text[:MAXIMUM_TEXT]
        code = self.style.code if self.style.code != GENERAL else None
        self.cells[self.row, self.column] = Cell(
            text, self.row, self.column, name, number=number, shown_as=code, bold=self.style.bold
        )

    def _shown(self, stored: str, inline: str) -> tuple[str, str | None]:
        """The text of a cell as it is shown, and its exact value where it holds a number."""
        if self.kind == "s":
            index = _whole(stored)
            return (self.book.strings[index] if index < len(self.book.strings) else ""), None
        if self.kind in ("inlineStr", "str", "e", "d"):
            return inline or stored, None
        if self.kind == "b":
            return ("TRUE" if stored.strip() == "1" else "FALSE"), None
        number = exact(stored)
        if number is None:
            return stored, None
        text, is_number = shown(number, self.style.code, self.book.from_1904)
        return text, format(number, "f") if is_number else None

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The sheet as a grid of the rows and columns that hold something; one blank row stands for several."""
        columns = sorted({column for _, column in self.cells})
        numbers = sorted({row for row, _ in self.cells})
        while columns and len(columns) * len(numbers) > MAXIMUM_GRID:
            columns = columns[: len(columns) // 2]
            self.full = True
        repeated = self._repeated(numbers, columns)
        grid: list[tuple[Cell, ...]] = []
        before = numbers[0] - 1 if numbers else 0
        for row in numbers:
            if row > before + 1:
                grid.append(tuple(Cell("", before + 1, column) for column in columns))
            grid.append(
                tuple(
                    self.cells.get((row, column)) or repeated.get((row, column)) or Cell("", row, column)
                    for column in columns
                )
            )
            before = row
        return tuple(grid)

    def _repeated(self, rows: list[int], columns: list[int]) -> dict[tuple[int, int], Cell]:
        """Merged cells in all the places that they cover."""
        found: dict[tuple[int, int], Cell] = {}
        for top, left, bottom, right in self.merged:
            cell = self.cells.get((top, left))
            if cell is None or len(found) > MAXIMUM_CELLS:
                continue
            inside = [column for column in columns if left <= column <= right]
            if (bottom - top + 1) * len(inside) > MAXIMUM_CELLS:
                continue
            for row in range(top, bottom + 1):
                for column in inside:
                    found.setdefault((row, column), cell)
        return found

    def said(self) -> list[str]:
        """What a person should know of the sheet."""
        told: list[str] = []
        if self.sheet.hidden:
            told.append("it is hidden; its figures are read like others")
        if self.hidden_rows or self.hidden_columns:
            told.append(f"{self.hidden_rows} hidden rows and {self.hidden_columns} hidden columns are read like others")
        if self.formulas:
            told.append(f"{self.formulas} formulas have no stored value and are not read: open the file and save it")
        if self.full:
            told.append(f"too many cells; from row {self.row} on it is left out")
        return told
