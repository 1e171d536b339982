"""Tables of a page as grids of cells; tables that only lay out the page are text."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from crosscheck.extraction.readers.html_notes import as_power, footnote_runs
from crosscheck.extraction.readers.html_tokens import pieces_of
from crosscheck.extraction.readers.html_tree import Element, Run
from crosscheck.extraction.source import Cell, Table

MAXIMUM_CELLS = 500_000  # of a table, repeated ones counted
MAXIMUM_COLUMNS = 2_000
LONG = 240  # characters on average in a cell from which it is text that a table lays out
NUMERIC = re.compile(r"[-+−–(]?\s*[$€£¥]?\s*\d[\d\s.,\u00a0\u202f]*\s*(?:%|[a-z]{0,4})\)?\W{0,3}", re.IGNORECASE)


@dataclass(slots=True)
class RawCell:
    """A cell before it is put into the grid."""

    text: str
    start: int | None
    end: int | None
    head: bool
    bold: bool
    columns: int
    rows: int


@dataclass(slots=True)
class RawTable:
    """The rows of a table as written, with what its parts say."""

    rows: list[list[RawCell]] = field(default_factory=list)
    in_head: list[bool] = field(default_factory=list)
    caption: str = ""


def is_layout(element: Element, raw: RawTable) -> bool:
    """Whether a table holds no data."""
    if element.attrs.get("role", "").lower() in ("presentation", "none"):
        return True
    cells = [cell for row in raw.rows for cell in row]
    filled = [cell for cell in cells if cell.text]
    if len(raw.rows) < 2 or max(map(len, raw.rows), default=0) < 2 or len(filled) < 3:
        return True
    if sum(len(cell.text) for cell in filled) > LONG * len(filled):
        return True
    numeric = sum(1 for cell in filled if NUMERIC.fullmatch(cell.text))
    return not (any(cell.head for cell in cells) or raw.caption or numeric * 5 >= len(filled))


def raw_table(text: str, element: Element) -> RawTable:
    """What stands in the rows and cells of a table."""
    found = RawTable()
    waiting: list[tuple[Element, bool]] = [(element, False)]
    rows: list[tuple[Element, bool]] = []
    while waiting:
        parent, head = waiting.pop()
        inner = []
        for child in parent.children:
            if isinstance(child, Run):
                continue
            if child.tag == "tr":
                inner.append((child, head))
            elif child.tag == "caption":
                found.caption = cell_text(text, child)[0]
            elif child.tag in ("thead", "tbody", "tfoot", "form", "div", "center"):
                inner.append((child, child.tag == "thead"))
        for child, of_head in reversed(inner):
            if child.tag == "tr":
                rows.append((child, of_head))
            else:
                waiting.append((child, of_head))
    rows.sort(key=lambda pair: pair[0].start)
    for row, head in rows:
        cells = [child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")]
        found.rows.append([_raw_cell(text, cell) for cell in cells])
        found.in_head.append(head)
    return found


def _raw_cell(text: str, cell: Element) -> RawCell:
    shown, start, end, bold = cell_text(text, cell)
    return RawCell(shown, start, end, cell.tag == "th", bold, _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Element, name: str) -> int:
    value = cell.attrs.get(name, "1").strip()
    return min(max(int(value), 1), MAXIMUM_COLUMNS) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def cell_text(text: str, cell: Element) -> tuple[str, int | None, int | None, bool]:
    """The text of a cell on one line, where it stands, and whether all of it is bold."""
    parts: list[str] = []
    start: int | None = None
    end: int | None = None
    bold = plain = False
    marks: set[int] = set()
    for child in cell.walk():
        if isinstance(child, Element):
            if child.tag == "sup":
                marks.update(id(run) for run in footnote_runs(text, child) or ())
            elif child.tag in ("del", "s", "strike"):
                marks.update(id(one) for one in itertools.islice(child.walk(), 50))
            elif child.tag in ("br", "p", "div", "li"):
                parts.append(" ")
            continue
        shown = "".join(piece for piece, _, _ in pieces_of(text, child.start, child.end))
        if id(child) in marks:
            parts.append(as_power("".join(parts[-3:]).rstrip(), shown) or "")
            continue
        parts.append(shown)
        stripped = text[child.start : child.end].strip()
        if stripped:
            lead = len(text[child.start : child.end]) - len(text[child.start : child.end].lstrip())
            start = child.start + lead if start is None else start
            end = child.start + lead + len(stripped)
            bold, plain = bold or child.bold, plain or not child.bold
    return " ".join("".join(parts).replace("\u00a0", "\u00a0").split(" ")).strip(), start, end, bold and not plain


def to_table(raw: RawTable, number: int, caption: str) -> tuple[Table, bool]:
    """The grid, spanning cells repeated in all that they cover; False when it had to be cut."""
    grid: list[dict[int, RawCell]] = []
    total, complete = 0, True
    pending: dict[int, tuple[RawCell, int]] = {}  # by column: a cell from above and how many more rows it covers
    for row in raw.rows:
        placed: dict[int, RawCell] = {}
        for column, (cell, left) in list(pending.items()):
            placed[column] = cell
            if left > 1:
                pending[column] = (cell, left - 1)
            else:
                del pending[column]
        column = 0
        for cell in row:
            while column in placed:
                column += 1
            for at in range(column, min(column + cell.columns, MAXIMUM_COLUMNS)):
                placed[at] = cell
                if cell.rows > 1:
                    pending[at] = (cell, cell.rows - 1)
            column += cell.columns
        total += len(placed)
        if total > MAXIMUM_CELLS:
            complete = False
            break
        grid.append(placed)
    width = max((max(row) + 1 for row in grid if row), default=0)
    if width * len(grid) > 4 * MAXIMUM_CELLS:
        grid, complete = grid[: 4 * MAXIMUM_CELLS // width], False
    rows = tuple(
        tuple(_cell(row.get(column), number_of_row, column + 1) for column in range(width))
        for number_of_row, row in enumerate(grid, 1)
    )
    return Table(rows, caption, number, header_rows=_header_rows(raw)), complete


def _cell(raw: RawCell | None, row: int, column: int) -> Cell:
    if raw is None:
        return Cell("", row, column)
    return Cell(raw.text, row, column, start=raw.start, end=raw.end, bold=raw.bold or raw.head)


def _header_rows(raw: RawTable) -> int | None:
    if any(raw.in_head):
        count = 0
        while count < len(raw.in_head) and raw.in_head[count]:
            count += 1
        if count:
            return count
    count = 0
    for row in raw.rows:
        if not row or not all(cell.head or not cell.text for cell in row) or not any(cell.text for cell in row):
            break
        count += 1
    return count or None
