"""Tables in plain text: lines whose cells stand apart by tabs, bars or several spaces, and line up."""

from __future__ import annotations

import re
from dataclasses import dataclass

CELL = re.compile(r"[^\s|]+(?:[ \u00a0](?=[^\s|])[^\s|]+)*")  # words with single spaces between them
NUMERIC = re.compile(r"[-+−–(]?\s?[$€£¥]?\s?\d[\d.,\u00a0 ]*%?\)?[*†a-z]?|[-–—]+|\.{1,3}|n/?a", re.IGNORECASE)
LEADERS = re.compile(r"(?:\s?\.){3,}\s*$")  # dots that lead to the number
MINIMUM_ROWS = 3
MAXIMUM_HEAD = 3  # lines without numbers above the first with some
MAXIMUM_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Stretch:
    """A cell of a line: where it stands in the text, and at which column of its line."""

    start: int
    end: int
    column: int
    text: str
    tabs: int  # before it in its line, bars too


def cells_of(text: str, start: int, end: int, line_start: int) -> list[Stretch]:
    """The cells of a line; one for a line of prose."""
    found = []
    tabs, at = 0, start
    column, counted = 0, line_start
    for match in CELL.finditer(text, start, end):
        between = text[at : match.start()]
        tabs += between.count("\t") + between.count("|")
        column += len(text[counted : match.start()].expandtabs(8))
        counted, at = match.start(), match.end()
        shown = LEADERS.sub("", match[0])
        if shown and any(c.isalnum() or c in "-–—." for c in shown):
            found.append(Stretch(match.start(), match.start() + len(shown), column, shown, tabs))
    return found[:MAXIMUM_COLUMNS]


def find_tables(rows: list[list[Stretch]], chunks: list[int]) -> list[tuple[int, int]]:
    """The first line of each table and the line after it; `chunks` tells lines with a blank one between them apart."""
    full = [_is_numeric(row) for row in rows]
    found, at = [], 0
    while at < len(rows):
        end = at
        while end < len(rows) and len(rows[end]) >= 2:
            # A blank line within a table stands between two rows of numbers.
            if end > at and chunks[end] != chunks[end - 1] and not (full[end] and full[end - 1]):
                break
            end += 1
        numbers = [index for index in range(at, end) if full[index]]
        if len(numbers) >= 2:
            first, last = max(at, numbers[0] - MAXIMUM_HEAD), numbers[-1] + 1
            if last - first >= MINIMUM_ROWS and len(numbers) * 2 >= last - numbers[0]:
                found.append((first, last))
        at = max(end, at + 1)
    return found


def _is_numeric(row: list[Stretch]) -> bool:
    others = row[1:]
    return bool(others) and sum(1 for cell in others if NUMERIC.fullmatch(cell.text)) * 2 >= len(others)


def grid(rows: list[list[Stretch]]) -> list[list[Stretch | None]]:
    """The cells in columns: by their tabs or bars where every line has some, else by where they stand."""
    if all(row[-1].tabs for row in rows):
        least = min(row[0].tabs for row in rows)
        return _filled([{cell.tabs - least: cell for cell in row} for row in rows])
    spans: list[list[int]] = []
    for column, end in sorted(
        (cell.column, cell.column + len(cell.text)) for row in rows for cell in row[1:] if NUMERIC.fullmatch(cell.text)
    ):
        if spans and column <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([column, end])
    return _filled([{_column(cell, spans): cell for cell in reversed(row)} for row in rows])


def _column(cell: Stretch, spans: list[list[int]]) -> int:
    """The column of a cell: that of the numbers it stands over, 0 for what is left of them all."""
    end = cell.column + len(cell.text)
    if not spans or end <= spans[0][0]:
        return 0
    overlap, index = max((min(end, right) - max(cell.column, left), index) for index, (left, right) in enumerate(spans, 1))
    if overlap > 0:
        return index
    return min((abs(left + right - cell.column - end), index) for index, (left, right) in enumerate(spans, 1))[1]


def _filled(rows: list[dict[int, Stretch]]) -> list[list[Stretch | None]]:
    width = min(max(max(row) for row in rows) + 1, MAXIMUM_COLUMNS)
    return [[row.get(column) for column in range(width)] for row in rows]
