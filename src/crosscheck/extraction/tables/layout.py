"""How a table is laid out: titles, rows of headings, columns of headings (the stub), figures, sections, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crosscheck.extraction.source import Cell, Table
from crosscheck.extraction.tables.cells import EMPTY, MISSING, NUMBER, PERIOD, TEXT, UNCLEAR, YEAR, Printed, printed
from crosscheck.extraction.tables.units import PERCENT, unit_said
from crosscheck.extraction.tables.words import plain, words

MAXIMUM_HEADER_ROWS = 6
FIGURES = (NUMBER, UNCLEAR)
STUB, DATA, UNIT, RANK, NOTE, NOTHING = "stub", "data", "unit", "rank", "note", "nothing"

Row = tuple[Cell, ...]


@dataclass(slots=True)
class Layout:
    """A table, or one of several that stand in one grid. Rows of `header` and `body` are rows of the grid."""

    captions: list[Cell] = field(default_factory=list)
    header: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)  # the kind of each column
    spans: bool = False  # the format says which headings span columns

    def of_kind(self, kind: str) -> list[int]:
        """The columns of a kind."""
        return [index for index, found in enumerate(self.columns) if found == kind]


def layouts(table: Table) -> Iterator[Layout]:
    """The tables in a grid, from the top down; those without figures are left out."""
    spans = _has_spans(table.rows)
    declared = table.header_rows or 0
    declared_rows = {id(row) for row in table.rows[:declared]}
    for captions, rows in _blocks(table.rows):
        for layout in _layouts_of(captions, rows, declared_rows):
            layout.spans = spans
            layout.columns = _kinds_of_columns(layout)
            if layout.body and DATA in layout.columns:
                yield layout


def kind(cell: Cell) -> str:
    """What stands in a cell."""
    return printed(cell.text).kind


def _has_spans(rows: Sequence[Row]) -> bool:
    return any(
        row[j].row == row[j + 1].row and row[j].column == row[j + 1].column and row[j].text.strip() and row[j].column
        for row in rows[: MAXIMUM_HEADER_ROWS * 2]
        for j in range(len(row) - 1)
    )


def filled(row: Row) -> list[Cell]:
    """The cells of a row that are not empty, a spanning one once."""
    found: dict[tuple[int, int, str], Cell] = {}
    for cell in row:
        if cell.text and not cell.text.isspace():
            found.setdefault((cell.row, cell.column, cell.text), cell)
    return list(found.values())


def _is_title(row: Row, wide: bool) -> bool:
    """A row with a single text in its first column, or a unit anywhere."""
    cells = filled(row)
    if len(cells) != 1 or kind(cells[0]) in FIGURES:
        return False
    first = next(iter(row))
    return (
        cells[0] is first
        or (cells[0].row, cells[0].column) == (first.row, first.column)
        or unit_said(cells[0].text) is not None
        or not wide
    )


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[list[Cell], list[Row]]]:
    """Groups of rows between blank ones, joined where the later one has no headings of its own."""
    groups: list[list[Row]] = [[]]
    for row in rows:
        if filled(row):
            groups[-1].append(row)
        elif groups[-1]:
            groups.append([])
    current: list[Row] = []
    captions: list[Cell] = []
    waiting: list[Row] = []
    for group in filter(None, groups):
        titles = 0
        while titles < len(group) and _is_title(group[titles], wide=True):
            titles += 1
        if titles == len(group):
            waiting += group
            continue
        if _begins(group[titles:]) or not current:
            if current:
                yield captions, current
            captions = [cell for row in (*waiting, *group[:titles]) for cell in filled(row)]
            current = list(group[titles:])
        else:
            current += [*waiting, *group]
        waiting = []
    if current:
        yield captions, current


def _begins(rows: Sequence[Row]) -> bool:
    """Whether rows begin with headings of columns, and figures follow."""
    kinds = [kind(cell) for cell in rows[0]]
    if any(found in FIGURES or found == MISSING for found in kinds) or len(filled(rows[0])) < 2:
        return False
    return any(kind(cell) in FIGURES for row in rows[1:4] for cell in row[1:])


def _layouts_of(captions: list[Cell], rows: list[Row], declared: set[int]) -> Iterator[Layout]:
    """A block, cut again where headings of columns stand between its rows."""
    layout = Layout(list(captions))
    in_header = True
    for index, row in enumerate(rows):
        if (
            in_header
            and (id(row) in declared or _is_header(row, layout.header))
            and len(layout.header) < MAXIMUM_HEADER_ROWS
        ):
            layout.header.append(row)
            continue
        if in_header:
            in_header = False
            if layout.header and _is_numbering(row):
                continue
        if layout.body and _is_new_header(row, layout, rows[index + 1 : index + 4]):
            last = layout.body[-1]
            moved = [layout.body.pop()] if _is_title(last, wide=True) and len(filled(last)) == 1 else []
            yield layout
            layout = Layout([*captions, *(cell for title in moved for cell in filled(title))], [row])
            in_header = True
            continue
        layout.body.append(row)
    yield layout


def _is_header(row: Row, header: list[Row]) -> bool:
    kinds = [kind(cell) for cell in row]
    if any(found in FIGURES for found in kinds):
        return False
    cells = filled(row)
    if not header:
        return len(cells) > 1 or bool(cells and cells[0] is not row[0])
    if len(cells) == 1 and kinds[0] != EMPTY and cells[0] is row[0]:
        return False  # the heading of a section
    if MISSING in kinds[1:] and kinds[0] in (TEXT, PERIOD, YEAR):
        return False
    first = row[0].text.strip()
    above = [old[0] for old in header if old[0].text.strip()]
    return not first or not above or any((cell.row, cell.column) == (row[0].row, row[0].column) for cell in above)


def _is_numbering(row: Row) -> bool:
    """A row that numbers the columns: "1 2 3", "A 1 2", "(1) (2) (3)"."""
    found = [plain(cell.text).strip("().") for cell in row if cell.text.strip()]
    digits = found if found and found[0].isdecimal() else found[1:]
    if len(digits) < 2 or (digits is not found and len(found[0]) > 2):
        return False
    if not all(text.isdecimal() and len(text) <= 3 for text in digits):
        return False
    first = int(digits[0])
    return first in (1, 2) and [int(text) for text in digits] == list(range(first, first + len(digits)))


def _is_new_header(row: Row, layout: Layout, following: Sequence[Row]) -> bool:
    """Headings of columns in the middle: several texts or years where figures stand, and figures below."""
    if not layout.header:
        return False
    kinds = [kind(cell) for cell in row]
    if any(found in FIGURES or found == MISSING for found in kinds):
        return False
    if len(filled(row[1:])) < 2 or not any(kind(cell) in FIGURES for later in following for cell in later[1:]):
        return False
    first = row[0].text.strip()
    tops = {old[0].text.strip() for old in layout.header}
    same = [cell.text.strip() for cell in row] in [[cell.text.strip() for cell in old] for old in layout.header]
    years = all(found in (YEAR, PERIOD, EMPTY) for found in kinds[1:])
    return same or first in tops or (years and not first)


def header_text(layout: Layout, column: int) -> str:
    """The lowest heading of a column."""
    for row in reversed(layout.header):
        if column < len(row) and row[column].text.strip():
            return plain(row[column].text)
    return ""


def _kinds_of_columns(layout: Layout) -> list[str]:
    width = max((len(row) for row in (*layout.header, *layout.body)), default=0)
    rows = [row for row in layout.body if len(filled(row)) > 1]
    counts = [dict.fromkeys((EMPTY, MISSING, NUMBER, YEAR, PERIOD, TEXT, UNCLEAR), 0) for _ in range(width)]
    for row in rows:
        for index, cell in enumerate(row):
            counts[index][kind(cell)] += 1
    kinds: list[str] = []
    for index in range(width):
        before = DATA in kinds
        kinds.append(_kind_of_column(layout, rows, index, counts[index], before))
    return _stub_first(layout, kinds, counts)


def _kind_of_column(layout: Layout, rows: Sequence[Row], index: int, count: dict[str, int], after_data: bool) -> str:
    heading = header_text(layout, index).lower().strip(" .:*")
    numbers = count[NUMBER] + count[UNCLEAR]
    texts = count[TEXT] + count[PERIOD]
    if not numbers and not texts and not count[YEAR]:
        return DATA if count[MISSING] and index else NOTHING
    if (index and heading in words("notes")) or heading.endswith((" code", " codes")):
        return NOTE
    if (index and heading in words("units")) or _holds_units(rows, index, texts, numbers):
        return UNIT if texts >= numbers else DATA
    if numbers and not texts and _is_rank(layout, rows, index, heading):
        return RANK
    if count[YEAR] and not numbers and not count[TEXT]:
        periods = heading in words("periods") or index == 0 or count[PERIOD] > 0
        return STUB if periods and not after_data else DATA
    if texts > numbers + count[YEAR]:
        if after_data and 2 * (texts + count[YEAR]) <= count[EMPTY]:
            return NOTE
        return STUB
    return DATA


def _holds_units(rows: Sequence[Row], index: int, texts: int, numbers: int) -> bool:
    if numbers or not texts or index == 0:
        return False
    found = 0
    for row in rows[:200]:
        unit = unit_said(row[index].text) if row[index].text.strip() else None
        found += unit is not None and (bool(unit.power) or unit.unit == PERCENT or bool(unit.unit))
    return found * 4 >= 3 * min(texts, 200)


def _is_rank(layout: Layout, rows: Sequence[Row], index: int, heading: str) -> bool:
    values = [plain(row[index].text).rstrip(".)") for row in rows if row[index].text.strip()]
    if not all(value.isdecimal() and len(value) <= 5 for value in values):
        return False
    ordered = [int(value) for value in values] == list(range(int(values[0]), int(values[0]) + len(values)))
    if heading in words("ranks"):
        return ordered or all(a <= b for a, b in zip(map(int, values), map(int, values[1:]), strict=False))
    if index:
        return False
    others = [[kind(row[other]) for row in rows] for other in range(1, len(rows[0]))]
    if not any(found in FIGURES for column in others for found in column) and any(TEXT in column for column in others):
        return True  # numbers of steps, trains, rooms
    return not heading and ordered and len(values) > 1 and values[0] in ("0", "1")


def _stub_first(layout: Layout, kinds: list[str], counts: list[dict[str, int]]) -> list[str]:
    """Without a stub, a first column of figures under a heading for periods is none either."""
    heading = header_text(layout, 0).lower()
    if kinds and kinds[0] == DATA and STUB not in kinds and heading in words("periods") and len(kinds) > 1:
        return [STUB, *kinds[1:]]
    return kinds


def value_of(cell: Cell) -> Printed:
    """A cell of a column of figures: a year there is a number."""
    found = printed(cell.text)
    return Printed(NUMBER, found.digits) if found.kind == YEAR else found
