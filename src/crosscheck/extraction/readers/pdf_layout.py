"""From words with places to rows, columns and paragraphs of a page."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from crosscheck.extraction.readers.pdf_words import Word

SAME_ROW = 0.35  # of the height: difference of baselines within a row
GAP = 1.0  # of the height: from here on a gap parts two columns or cells
PROSE = 18  # characters from which one side of a gutter looks like prose
BULLET = re.compile(r"(?:[•▪◦●‣■□–—*·-]|\(?(?:\d{1,2}|[a-z])[.)])$")
ENDS = re.compile(r"[.!?…:;][\"”’»)\]]*$")
MAXIMUM_DEPTH = 3  # columns within columns
NUMERIC = re.compile(r"[-+−–(]?\s*[$€£¥]?\s*\d[\d\s.,]*\s*(?:%|[a-z]{0,3})\)?[*†]?|[-–—]|n/?a|\.\.\.?", re.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """Words of one row without a wide gap between them."""

    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1


@dataclass(slots=True)
class Row:
    """A row of a page or column, its pieces from left to right."""

    pieces: list[Piece]
    y: float
    size: float

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def bold(self) -> bool:
        return all(word.bold for piece in self.pieces for word in piece.words)


@dataclass(slots=True)
class Region:
    """A run of rows that is a paragraph (`rows`) or a table."""

    rows: list[Row] = field(default_factory=list)
    table: bool = False
    left: float = 0
    right: float = 0


def rows_of(words: list[Word]) -> list[Row]:
    """The rows of a page from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (-one.y, one.x0)):
        last = rows[-1] if rows else None
        if last is not None and last[0].y - word.y <= SAME_ROW * min(last[0].size, max(word.size, 1)):
            last.append(word)
        else:
            rows.append([word])
    return [_row(row) for row in rows]


def _row(words: list[Word]) -> Row:
    words.sort(key=lambda one: one.x0)
    size = Counter(round(word.size, 1) for word in words).most_common(1)[0][0] or 1.0
    pieces = [Piece([words[0]])]
    for word in words[1:]:
        if word.x0 - pieces[-1].x1 > GAP * size:
            pieces.append(Piece([word]))
        else:
            pieces[-1].words.append(word)
    return Row(pieces, words[0].y, size)


def in_columns(rows: list[Row], depth: int = 0) -> list[list[Row]]:
    """The rows in reading order: what stands in columns of prose is taken a column at a time."""
    gutter = _gutter(rows) if depth < MAXIMUM_DEPTH else None
    if gutter is None:
        return [rows] if rows else []
    result: list[list[Row]] = []
    left: list[Row] = []
    right: list[Row] = []

    def close() -> None:
        for side in (left, right):
            result.extend(in_columns(list(side), depth + 1))
            side.clear()

    across: list[Row] = []
    for row in rows:
        crosses = any(piece.x0 < gutter - 1 and piece.x1 > gutter + 1 for piece in row.pieces)
        if crosses:
            close()
            across.append(row)
            continue
        if across:
            result.append(across)
            across = []
        for side, pieces in (
            (left, [piece for piece in row.pieces if piece.x1 <= gutter + 1]),
            (right, [piece for piece in row.pieces if piece.x0 >= gutter - 1]),
        ):
            if pieces:
                side.append(Row(pieces, row.y, row.size))
    close()
    if across:
        result.append(across)
    return result


def _gutter(rows: list[Row]) -> float | None:
    """Where a gap between two columns of prose runs down the page."""
    gaps: Counter[int] = Counter()
    for row in rows:
        for a, b in itertools.pairwise(row.pieces):
            if len(a.text) >= PROSE and len(b.text) >= PROSE:
                for x in range(int(a.x1) + 1, int(b.x0) + 1):
                    gaps[x] += 1
    if not gaps:
        return None
    most = max(gaps.values())
    if most < 4 or most * 4 < len(rows):
        return None
    best = [x for x, count in gaps.items() if count == most]
    return float(sorted(best)[len(best) // 2])


def regions(rows: list[Row]) -> list[Region]:
    """Paragraphs and tables of one column."""
    if not rows:
        return []
    left = min(row.pieces[0].x0 for row in rows)
    right = max(row.pieces[-1].x1 for row in rows)
    result: list[Region] = []
    spacing = _spacing(rows)
    at = 0
    while at < len(rows):
        end = _table_end(rows, at)
        if end > at:
            result.append(Region(rows[at:end], True, left, right))
            at = end
            continue
        row = rows[at]
        last = result[-1] if result and not result[-1].table else None
        if last is not None and _goes_on(last.rows, row, spacing, left, right):
            last.rows.append(row)
        else:
            result.append(Region([row], False, left, right))
        at += 1
    return result


def _spacing(rows: list[Row]) -> float:
    steps = Counter(round(a.y - b.y) for a, b in itertools.pairwise(rows) if 0 < a.y - b.y < 3 * a.size)
    return float(steps.most_common(1)[0][0]) if steps else 14.0


def _goes_on(paragraph: list[Row], row: Row, spacing: float, left: float, right: float) -> bool:
    """Whether a row goes on with the paragraph above it."""
    above = paragraph[-1]
    step = above.y - row.y
    if step > max(1.3 * spacing, 1.2 * above.size) and step > 1.25 * _own_step(paragraph, spacing):
        return False
    if abs(above.size - row.size) > 0.12 * max(above.size, row.size) or (
        above.bold != row.bold and (above.bold or row.bold) and len(paragraph) == 1
    ):
        return False
    if BULLET.match(row.pieces[0].words[0].text):
        return False
    if row.pieces[0].x0 > paragraph[0].pieces[0].x0 + 0.3 * (right - left):  # a heading of columns
        return False
    ended = bool(ENDS.search(above.text))
    if ended and row.pieces[0].x0 > paragraph[-1].pieces[0].x0 + 0.7 * row.size and len(paragraph) > 1:
        return False
    short = above.pieces[-1].x1 < right - 0.18 * (right - left)
    return not (ended and short)


def _own_step(paragraph: list[Row], spacing: float) -> float:
    return paragraph[-2].y - paragraph[-1].y if len(paragraph) > 1 else spacing


def _table_end(rows: list[Row], at: int) -> int:
    """The end of a table that begins at a row; `at` when none does."""
    end, misses, numeric, cells, full = at, 0, 0, 0, 0
    last_full = at
    while end < len(rows):
        row = rows[end]
        many = len(row.pieces) >= 2 and not BULLET.match(row.pieces[0].text)
        if not many:
            misses += 1
            far = end > at and rows[end - 1].y - row.y > 3 * row.size
            if misses > 1 or end == at or far or len(row.text) > 90:
                break
        else:
            misses = 0
            full += 1
            last_full = end + 1
            cells += len(row.pieces) - 1
            numeric += sum(1 for piece in row.pieces[1:] if NUMERIC.fullmatch(piece.text))
        end += 1
    return last_full if full >= 3 and numeric * 10 >= 4 * cells else at


def grid(rows: list[Row]) -> list[list[str]]:
    """The cells of a table by the columns that its pieces line up in."""
    spans = sorted(
        (piece.x0, piece.x1)
        for row in rows
        if len(row.pieces) > 1
        for piece in row.pieces[1:]
        if NUMERIC.fullmatch(piece.text)
    )
    columns: list[list[float]] = []
    for x0, x1 in spans:
        if columns and x0 <= columns[-1][1] + 1:
            columns[-1][1] = max(columns[-1][1], x1)
        else:
            columns.append([x0, x1])
    result = []
    for row in rows:
        cells: list[list[str]] = [[] for _ in range(len(columns) + 1)]
        for piece in row.pieces:
            cells[_column(piece, columns)].append(piece.text)
        result.append([" ".join(cell) for cell in cells])
    return result


def _column(piece: Piece, columns: list[list[float]]) -> int:
    """The column in which a piece stands, 0 for what is left of all numbers."""
    overlaps = [(min(piece.x1, x1) - max(piece.x0, x0), index) for index, (x0, x1) in enumerate(columns, 1)]
    best = max(overlaps, default=(0.0, 0))
    if best[0] > 0:
        return best[1]
    middle = (piece.x0 + piece.x1) / 2
    if columns and middle < columns[0][0]:
        return 0
    return min(((abs((x0 + x1) / 2 - middle), index) for index, (x0, x1) in enumerate(columns, 1)), default=(0.0, 0))[1]
