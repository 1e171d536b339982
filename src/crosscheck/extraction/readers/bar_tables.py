"""Tables in plain text whose cells are parted by bars, as pages are often saved: ragged, with empty and split cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from crosscheck.extraction.readers.text_tables import MAXIMUM_COLUMNS, NUMERIC, Stretch

MAXIMUM_TITLES = 6  # rows with one cell above the headings of the columns
_PIECE = re.compile(r"[^|]+")
_SIGN = re.compile(r"[-+−–(]?\s?(?:[A-Z]{1,3})?[$€£¥₹₽₸]|\(")  # a cell of its own before the number that it belongs to
_CLOSING = re.compile(r"\)?\s?%?\)?|pp|pts?")
_PERIOD = re.compile(
    r"(?:FY ?|Q[1-4] ?|[1-4]Q ?|H[12] ?|[A-Z][a-z]{2,8}\.? )?['’]?(?:(?:19|20)[0-9]{2}|[0-9]{2})[a-z*]?", re.ASCII
)
_CORNER = re.compile(
    r"(?:items?|country|countries|region|year|years|period|month|quarter|indicators?|names?|product|products|category|segment"
    r"|metric|description|type|sector|commodity|rank|no|company|brand|model|crop|unit|source|date)s?(?![a-z])",
    re.IGNORECASE,
)

Row = dict[int, Stretch]


def bar_cells(text: str, start: int, end: int) -> Row:
    """The filled cells of a line with bars by their number; a sign of a currency or percent joins its number."""
    found: Row = {}
    number, at = 0, start
    waiting: tuple[int, str] | None = None
    for match in _PIECE.finditer(text, start, end):
        number += match.start() - at
        at = match.end()
        shown = match[0].strip()
        if not shown or number >= MAXIMUM_COLUMNS:
            continue
        begin = match.start() + match[0].index(shown[0])
        last = next(reversed(found.values()), None)
        if _SIGN.fullmatch(shown):
            waiting = (begin, shown)
        elif _CLOSING.fullmatch(shown) and last is not None and last.text[-1:].isdigit():
            found[last.tabs] = Stretch(last.start, begin + len(shown), last.column, last.text + shown, last.tabs)
        elif any(c.isalnum() or c in "-–—−." for c in shown):
            lead = waiting if waiting and NUMERIC.fullmatch(shown) else None
            begin, shown, finish = (
                (lead[0], lead[1] + shown, begin + len(shown)) if lead else (begin, shown, begin + len(shown))
            )
            found[number] = Stretch(begin, finish, number, shown, number)
            waiting = None
    return found


def find_bar_tables(rows: Sequence[Row | None], chunks: Sequence[int]) -> list[tuple[int, int]]:
    """The first line of each table and the line after it; a line without a bar is None."""
    found, at = [], 0
    while at < len(rows):
        end = at
        while end < len(rows) and rows[end] is not None and (end == at or chunks[end] == chunks[end - 1]):
            end += 1
        numbers = [index for index in range(at, end) if _is_numeric(rows[index] or {})]
        if len(numbers) >= 2:
            several = [index for index in range(at, end) if len(rows[index] or {}) > 1]
            first = next((index for index in several if index >= numbers[0] - 3), numbers[0])
            while first > at and first > numbers[0] - MAXIMUM_TITLES - 3 and len(rows[first - 1] or {}) == 1:
                first -= 1
            last = numbers[-1] + 1
            filled = sum(1 for index in several if first <= index < last)
            if filled >= 2 and 2 * len(numbers) >= filled and last - first >= 3:
                found.append((first, last))
        at = max(end, at + 1)
    return found


def _is_numeric(row: Row) -> bool:
    others = list(row.values())[1:]
    return bool(others) and 2 * sum(1 for cell in others if NUMERIC.fullmatch(cell.text)) >= len(others)


def bar_grid(rows: Sequence[Row]) -> list[list[Stretch | None]]:
    """The cells in columns: where most rows of figures have theirs; rows that are ragged by the order of their cells."""
    shapes = Counter(tuple(row) for row in rows if _is_numeric(row) and not _is_headings(row))
    if not shapes:
        shapes = Counter(tuple(row) for row in rows)
    columns = max(shapes, key=lambda shape: (shapes[shape] * len(shape), len(shape)))
    used = sorted(set(columns).union(*(shape for shape, count in shapes.items() if 3 * count >= shapes[columns])))
    columns = tuple(used) if len(used) <= MAXIMUM_COLUMNS else columns
    return [[placed.get(column) for column in range(len(columns))] for placed in (_placed(row, columns) for row in rows)]


def _is_headings(row: Row) -> bool:
    return all(_PERIOD.fullmatch(cell.text) for cell in row.values())


def _placed(row: Row, columns: Sequence[int]) -> dict[int, Stretch]:
    """The cells of a row by index of their column."""
    cells = list(row.values())
    if len(cells) == 1:
        return {0: cells[0]}
    if len(cells) == len(columns):
        return dict(enumerate(cells))
    if len(cells) == len(columns) - 1 and _lacks_corner(row):
        return dict(enumerate(cells, 1))
    if set(row) <= set(columns):
        return {columns.index(number): cell for number, cell in row.items()}
    placed: dict[int, Stretch] = {}
    for number, cell in row.items():
        near = min(range(len(columns)), key=lambda index: abs(columns[index] - number))
        placed.setdefault(near, cell)
    return placed


def _lacks_corner(row: Row) -> bool:
    """Whether headings of columns begin without one above the names of the rows."""
    cells = list(row.values())
    if _is_headings(row):
        return True
    return (
        not _is_numeric(row)
        and next(iter(row)) == 0
        and not _CORNER.match(cells[0].text)
        and not any(NUMERIC.fullmatch(cell.text) for cell in cells)
    )
