"""Tables to statements: each number cell with what the headings of its row and column, the caption and the sheet say.

Figures of tables are read strictly: as many decimals as are printed. What stands in a workbook is read as it is shown: a
number format that rounds rounds the figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import AREA, CARRIED, COUNTERPART, EXPLICIT, INDICATOR, INFERRED, Place
from crosscheck.extraction.model import Extract, Known, Observed, Skipped, Statement, Unresolved
from crosscheck.extraction.source import Cell, Source, Table
from crosscheck.extraction.tables.axes import (
    GROUP,
    ITEM,
    OPEN,
    UNDECIDED,
    Axis,
    Role,
    Rows,
    columns_of,
    of_products,
    role_of,
    rows_of,
    settle_words,
    take,
)
from crosscheck.extraction.tables.balances import settle_balances, settle_fiscal_years
from crosscheck.extraction.tables.captions import read_caption
from crosscheck.extraction.tables.cells import (
    COMMA,
    MISSING,
    NUMBER,
    POINT,
    TEXT,
    UNCLEAR,
    YEAR,
    Marks,
    Printed,
    marks_of,
    settled,
)
from crosscheck.extraction.tables.figures import CHANGE, RATIOS, Refused, Run, statement
from crosscheck.extraction.tables.headings import GROWTH, MULTIPLE, Reader
from crosscheck.extraction.tables.layout import DATA, NOTHING, RANK, STUB, Layout, header_text, kind, layouts, value_of
from crosscheck.extraction.tables.totals import link_lists, same_headings
from crosscheck.extraction.tables.words import plain, words
from crosscheck.figures.periods import PeriodError, parse_period
from crosscheck.figures.quantities import Quantities

MIXED, TWO_TOTALS, TEXT_NUMBERS, HEADINGS, DASHES, SAME = (
    "reading/mixed-number-marks",
    "reading/two-totals",
    "reading/numbers-as-text",
    "reading/more-headings-than-columns",
    "reading/dash-in-table",
    "reading/same-headings",
)


@dataclass(slots=True)
class Findings:
    """What has been found so far."""

    statements: list[Statement] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    observed: list[Observed] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place_:
    """A statement's place in its table: for totals and for headings that are alike."""

    statement: int
    row: Axis
    column: int


def read_tables(source: Source, lists: CodeLists, table: Quantities) -> Extract:
    """The statements of all tables of a document, the number cells that are not understood, and what was noticed.

    `list_of` of a statement counts from the first statement here.
    """
    del table  # the words of hedges do not stand in cells
    reader = Reader(lists)
    found = Findings()
    for grid in source.tables:
        if _is_calendar(grid):
            continue
        for layout in layouts(grid):
            _read(layout, grid, source, reader, found)
    return Extract(source, tuple(found.statements), tuple(found.unresolved), tuple(found.skipped), tuple(found.observed))


def _is_calendar(grid: Table) -> bool:
    for row in grid.rows[:4]:
        said = [plain(cell.text).lower().strip(".") for cell in row if cell.text.strip()]
        if len(said) >= 6 and sum(1 for text in said if text in words("weekdays")) >= 6:
            return True
    return False


def _read(layout: Layout, grid: Table, source: Source, reader: Reader, found: Findings) -> None:
    data = layout.of_kind(DATA)
    located = not source.segments and source.file_text is None
    around = _around(layout, grid, reader, located)
    columns = columns_of(layout, data, reader, located)
    roles = _roles(layout, data, reader)
    rows = rows_of(layout, data, reader, located, roles)
    rows = _settled(layout, data, reader, located, roles, rows, columns, around)
    axes = [axis for _, axis in rows.axes]
    settle_balances(axes, reader.lists)
    settle_fiscal_years([*axes, *columns.values()], [*(cell.text for cell in layout.captions), grid.caption])
    _carry(layout, columns)
    cells = _numbers(layout, data, rows, grid, source, found)
    runs = {column: _run(columns, column) for column in data}
    for column in data:
        if _may_be_years(layout, column, columns[column], reader):
            columns[column].trouble = "a year, or a figure: the heading does not say"
    placed: list[Place_] = []
    ratios = _open_ratios(columns, cells)
    for (row, axis), line in zip(rows.axes, cells, strict=True):
        for column, (cell, value) in line.items():
            place = place_of_cell(cell, grid)
            if value.kind == UNCLEAR:
                found.unresolved.append(_unresolved(cell, place, value.reason))
                continue
            own = ratios.get(column, columns[column])
            told = statement(value, axis, own, around, runs[column], place, reader.lists)
            if isinstance(told, Refused):
                if told.skipped:
                    found.skipped.append(Skipped(-1, -1, told.reason))
                else:
                    found.unresolved.append(_unresolved(cell, place, told.reason))
                continue
            placed.append(Place_(len(found.statements), axis, column))
            found.statements.append(told)
        del row
    _ranks(layout, found)
    _headings(layout, grid, found)
    _after(placed, rows, found, columns)


def _after(placed: Sequence[Place_], rows: Rows, found: Findings, columns: dict[int, Axis]) -> None:
    """What only the whole table tells: cells that nothing tells apart, and totals with their parts."""
    first = placed[0].statement if placed else len(found.statements)
    doubtful = same_headings(found.statements[first:])
    if doubtful:
        totals = {p.statement for p in placed if p.row.total}
        keep: list[Statement] = []
        moved: dict[int, int] = {}
        for index in range(first, len(found.statements)):
            told = found.statements[index]
            if index - first in doubtful:
                found.unresolved.append(_unresolved_at(told, "another cell has the same headings and another figure"))
            else:
                moved[index] = first + len(keep)
                keep.append(told)
        at = next(found.statements[first + index] for index in sorted(doubtful))
        two = bool(totals & {first + index for index in doubtful})
        message = (
            "the table gives a total twice, with different figures" if two else "headings do not tell some cells apart"
        )
        found.observed.append(Observed(TWO_TOTALS if two else SAME, "warning" if two else "note", message, at.place))
        del found.statements[first:]
        found.statements += keep
        placed = [replace(p, statement=moved[p.statement]) for p in placed if p.statement in moved]
    by_cell = {(p.row.index, p.column): p.statement for p in placed}
    link_lists(found.statements, by_cell, [axis for _, axis in rows.axes], columns)


def _unresolved(cell: Cell, place: Place, reason: str) -> Unresolved:
    return Unresolved(-1, -1, plain(cell.text), reason, place)


def _unresolved_at(told: Statement, reason: str) -> Unresolved:
    return Unresolved(-1, -1, told.place.printed or told.figure, reason, told.place)


def place_of_cell(cell: Cell, grid: Table) -> Place:
    """Where a cell stands."""
    return Place(
        start=cell.start,
        end=cell.end,
        line=cell.line,
        column=cell.line_column if cell.line is not None else cell.column,
        printed=plain(cell.text),
        page=grid.page,
        sheet=grid.sheet,
        cell=cell.name,
        table=grid.number,
        row=cell.row,
    )


def _around(layout: Layout, grid: Table, reader: Reader, located: bool) -> Axis:
    """What captions, the name of the sheet and the corner of the headings say of the whole table."""
    axis = Axis()
    stub = [index for index, found in enumerate(layout.columns) if found == STUB]
    for row in reversed(layout.header):
        for column in stub:
            cell = row[column] if column < len(row) else None
            if cell is not None and cell.text.strip():
                corner = reader.heading(cell.text)
                kept = replace(
                    corner,
                    words="",
                    indicator=None,
                    area=None,
                    counterpart=None,
                    total=False,
                    measure=corner.measure if corner.unit else None,
                )
                take(axis, kept, cell, CARRIED, located)
    texts = [(cell.text, cell) for cell in reversed(layout.captions)]
    more: list[tuple[str, Cell | None]] = [*texts, (grid.caption, None), (grid.sheet or "", None)]
    subject: list[Known] = []
    for text, cell in more:
        if not text.strip():
            continue
        heading = read_caption(text, reader.lists)
        if heading.words and not subject:
            at = cell if located else None
            subject = [Known(heading.words, CARRIED, at.start if at else None, at.end if at else None)]
            axis.own_words = heading.by
        known_before = INDICATOR in axis.dimensions
        heading = replace(heading, words="", indicator=None if known_before else heading.indicator)
        take(axis, heading, cell, CARRIED, located)
    axis.words = [] if INDICATOR in axis.dimensions else subject
    axis.trouble = None
    return axis


def _roles(layout: Layout, data: Sequence[int], reader: Reader) -> dict[int, Role]:
    roles: dict[int, Role] = {}
    for column in layout.of_kind(STUB):
        headings = [
            reader.heading(text) for text in dict.fromkeys(row[column].text for row in layout.body if _holds(row, data))
        ]
        roles[column] = role_of(layout, column, headings, reader)
    return roles


def _holds(row: Sequence[Cell], data: Sequence[int]) -> bool:
    return any(column < len(row) and row[column].text.strip() for column in data)


def _settled(
    layout: Layout,
    data: Sequence[int],
    reader: Reader,
    located: bool,
    roles: dict[int, Role],
    rows: Rows,
    columns: dict[int, Axis],
    around: Axis,
) -> Rows:
    """Decides what the words of rows and columns are that no list has: what is measured, or a breakdown of it."""
    caption = INDICATOR in around.dimensions or bool(around.words and around.own_words)
    levels = [axis for axis in columns.values() if not axis.measure and not axis.open_ratio]
    by_column = bool(levels) and all(INDICATOR in axis.dimensions for axis in levels)
    axes = [axis for _, axis in rows.axes]
    with_code = [axis for axis in axes if INDICATOR in axis.dimensions]
    undecided = [column for column, role in roles.items() if role.kind == UNDECIDED]
    column_words = any(axis.words for axis in columns.values())
    row_words = any(axis.words for axis in axes)
    if undecided and (caption or by_column) and any(axis.dimensions[INDICATOR].how == EXPLICIT for axis in with_code):
        again = {**roles, **{column: Role(OPEN, ITEM) for column in undecided}}
        rows = rows_of(layout, data, reader, located, again)
        axes = [axis for _, axis in rows.axes]
        with_code, row_words = [axis for axis in axes if INDICATOR in axis.dimensions], False
    if column_words and not by_column:
        units = {axis.unit for axis in levels if axis.words}
        if with_code or caption or (row_words and len(units) < 2):
            used = any(ITEM in axis.dimensions for axis in axes) or (row_words and (caption or bool(with_code)))
            settle_words(columns.values(), GROUP if used else ITEM)
        else:
            for axis in columns.values():
                if axis.words and INDICATOR not in axis.dimensions:
                    first = axis.words.pop(0)
                    axis.dimensions[INDICATOR] = first if len(units) > 1 else replace(first, how=INFERRED)
            by_column = all(INDICATOR in axis.dimensions for axis in levels)
            settle_words(columns.values(), ITEM)
    used = any(ITEM in axis.dimensions for axis in axes) or (row_words and (caption or by_column))
    settle_words(columns.values(), GROUP if used else ITEM)
    both = column_words and row_words and not caption and not by_column
    for axis in axes:
        if axis.words and INDICATOR not in axis.dimensions and not (caption or by_column):
            outer = axis.words[-1].how == CARRIED  # the words of the row that this one is set in under
            first = axis.words.pop(-1 if outer else 0)
            axis.dimensions[INDICATOR] = replace(first, how=INFERRED) if both and first.how == EXPLICIT else first
        if GROUP in axis.dimensions and INDICATOR not in axis.dimensions and not (caption or by_column or axis.words):
            axis.dimensions[INDICATOR] = axis.dimensions.pop(GROUP)  # sections of a table of areas or periods
    settle_words(axes, of_products(axes, reader))
    return rows


def _carry(layout: Layout, columns: dict[int, Axis]) -> None:
    """A column of changes or shares without an indicator speaks of that of the figures to its left."""
    left: Axis | None = None
    for axis in columns.values():
        if not axis.measure and not axis.open_ratio:
            left = axis
            continue
        beside = [columns[other] for other in (axis.index - 1, axis.index + 1) if other in columns]
        told = any(other.measure == GROWTH and other.unit and other.unit.unit in RATIOS for other in beside)
        if told and axis.measure == GROWTH and axis.unit is None and axis.compare is None:
            axis.measure = CHANGE  # "Change" beside "Change, %"
        if left is not None:
            for name in (INDICATOR, COUNTERPART, AREA):
                if name in left.dimensions and name not in axis.dimensions:
                    axis.dimensions[name] = replace(left.dimensions[name], how=CARRIED)
    del layout


def _run(columns: dict[int, Axis], column: int) -> Run:
    """The periods that a column of changes compares, by the columns of levels directly to its left."""
    axis = columns[column]
    if axis.measure not in (GROWTH, CHANGE, MULTIPLE) and not axis.open_ratio:
        return Run()
    run: list[Known] = []
    earlier: list[Known] = []
    target = run
    for other in sorted((index for index in columns if index < column), reverse=True):
        found = columns[other]
        if found.measure or found.open_ratio:
            if run:
                target = earlier
            continue
        if found.periods and all(
            found.dimensions.get(k) == v for k, v in axis.dimensions.items() if k != INDICATOR and v.how == EXPLICIT
        ):
            target.append(found.periods[0])
        if target is earlier and earlier:
            break
    if not run:
        return Run()
    ordered = _in_order(run)
    if ordered is None:
        return Run()
    latest = replace(ordered[-1], how=CARRIED)
    if len(ordered) == 2:
        return Run(latest, replace(ordered[0], how=CARRIED))
    if len(ordered) == 1 and earlier:
        pair = _in_order([earlier[0], ordered[0]])
        if pair is not None and len(pair) == 2 and pair[-1].value == ordered[0].value:
            return Run(latest, replace(pair[0], how=CARRIED))
    if len(ordered) > 2 and axis.base is None and axis.compare is None:
        return Run(latest, Known("_U", "unstated"))
    return Run(latest, None)


def _in_order(periods: Iterable[Known]) -> list[Known] | None:
    """Periods from the earliest on, each once; None where one has no place in an order."""
    by_value = {known.value: known for known in periods}
    try:
        return sorted(by_value.values(), key=lambda known: parse_period(known.value).first)
    except PeriodError:
        return None


def _numbers(
    layout: Layout, data: Sequence[int], rows: Rows, grid: Table, source: Source, found: Findings
) -> list[dict[int, tuple[Cell, Printed]]]:
    """The number cells of each row by column, with the marks of each column decided."""
    taken: set[tuple[int, int]] = set()
    lines: list[dict[int, tuple[Cell, Printed]]] = []
    dashes: list[Cell] = []
    workbook = any(cell.number is not None for row, _ in rows.axes for cell in row)
    for row, _ in rows.axes:
        line: dict[int, tuple[Cell, Printed]] = {}
        for column in data:
            cell = row[column] if column < len(row) else None
            if cell is None or (cell.row, cell.column) in taken:
                continue
            value = value_of(cell)
            if value.kind == MISSING and value.dash:
                dashes.append(cell)
            if value.kind == TEXT and any(character.isdigit() for character in cell.text):
                value = Printed(UNCLEAR, reason="more than a plain number, or a malformed one")
            if value.kind in (NUMBER, UNCLEAR):
                taken.add((cell.row, cell.column))
                line[column] = (cell, value)
        lines.append(line)
    own = {
        column: marks_of(line[column][1] for line in lines if column in line and line[column][0].number is None)
        for column in data
    }
    whole = Marks(
        frozenset().union(*(m.decimals for m in own.values())), frozenset().union(*(m.thousands for m in own.values()))
    )
    default = _default_marks(source, lines)
    for line in lines:
        for column, (cell, value) in line.items():
            if cell.number is not None:
                line[column] = (cell, settled(value, Marks(frozenset(POINT), frozenset(COMMA)), whole, default))
            elif value.open_mark:
                line[column] = (cell, settled(value, own[column], whole, default))
    _observe_cells(layout, lines, own, dashes, workbook, grid, found)
    return lines


def _default_marks(source: Source, lines: Sequence[dict[int, tuple[Cell, Printed]]]) -> Marks:
    """What an open mark means where no cell tells: as the language has it; nothing in a file cut at semicolons."""
    if (source.language or "")[:2].lower() in words("decimal_comma"):
        return Marks(frozenset(COMMA), frozenset(POINT))
    for line in lines[:1]:
        for cell, _ in line.values():
            text = source.text if source.file_text is None else source.file_text
            if (
                cell.start is not None
                and cell.end is not None
                and ";" in (text[cell.start - 1], text[cell.end : cell.end + 1])
            ):
                return Marks()
    return Marks(frozenset(POINT), frozenset(COMMA))


def _observe_cells(
    layout: Layout,
    lines: Sequence[dict[int, tuple[Cell, Printed]]],
    own: dict[int, Marks],
    dashes: Sequence[Cell],
    workbook: bool,
    grid: Table,
    found: Findings,
) -> None:
    for column, marks in own.items():
        if marks.mixed:
            cell = next(line[column][0] for line in lines if column in line)
            name = header_text(layout, column) or f"column {column + 1}"
            message = f'"{name[:60]}": points and commas are decimal marks in some cells and thousands marks in others'
            found.observed.append(Observed(MIXED, "warning", message, place_of_cell(cell, grid)))
        texts = [line[column][0] for line in lines if column in line and line[column][0].number is None]
        if workbook and texts:
            message = f"{len(texts)} numbers of the column are stored as text"
            found.observed.append(Observed(TEXT_NUMBERS, "note", message, place_of_cell(texts[0], grid)))
    if dashes:
        cells = f"{len(dashes)} cells" if len(dashes) > 1 else "1 cell"
        message = f"a dash in {cells} may stand for zero or for nothing: read as missing"
        found.observed.append(Observed(DASHES, "note", message, place_of_cell(dashes[0], grid)))


def _may_be_years(layout: Layout, column: int, axis: Axis, reader: Reader) -> bool:
    """A column that holds nothing but what may be years, under a heading that is in no list ("Founded")."""
    indicator = axis.dimensions.get(INDICATOR)
    if axis.periods or axis.parts or axis.unit or (indicator and indicator.value in reader.lists.codes.get(INDICATOR, {})):
        return False
    kinds = {kind(row[column]) for row in layout.body if column < len(row)}
    return YEAR in kinds and NUMBER not in kinds and UNCLEAR not in kinds


def _open_ratios(columns: dict[int, Axis], lines: Sequence[dict[int, tuple[Cell, Printed]]]) -> dict[int, Axis]:
    """ "2023/2022, %" is growth where figures are below zero, or all are small; percent of the base is never told so."""
    found: dict[int, Axis] = {}
    for column, axis in columns.items():
        if not axis.open_ratio or axis.measure:
            continue
        values = [line[column][1] for line in lines if column in line and line[column][1].kind == NUMBER]
        if values and (any(v.negative or v.signed for v in values) or all(v.value < 50 for v in values)):
            found[column] = replace(axis, measure=GROWTH, open_ratio=False, measure_unit=True)
    return found


def _ranks(layout: Layout, found: Findings) -> None:
    for column in layout.of_kind(RANK):
        found.skipped += [Skipped(-1, -1, "a rank or number of a row") for row in layout.body if row[column].text.strip()]


def _headings(layout: Layout, grid: Table, found: Findings) -> None:
    """Headings of columns that hold nothing."""
    if not layout.header:
        return
    empty = [index for index in layout.of_kind(NOTHING) if layout.header[-1][index : index + 1]]
    named = [layout.header[-1][index] for index in empty if layout.header[-1][index].text.strip()]
    spanned = {(cell.row, cell.column) for index, cell in enumerate(layout.header[-1]) if index not in empty}
    named = [cell for cell in named if (cell.row, cell.column) not in spanned]
    if named:
        message = f'the heading "{plain(named[0].text)[:60]}" stands over an empty column'
        found.observed.append(Observed(HEADINGS, "note", message, place_of_cell(named[0], grid)))
