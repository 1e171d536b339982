"""Claims from a CSV table: a row is a claim, read strictly, and every fault is told with its line and column.

Which column is which field of a claim says a `TableMapping`. Without one the columns are called like the fields, and any
other column must have a name that a dimension can have.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from crosscheck.claims.csv_figures import read_figure
from crosscheck.claims.csv_rows import Row, delimiter_of, rows
from crosscheck.claims.csv_table import Resolve, Table, map_columns, read_header
from crosscheck.claims.entries import COMPARED, IDENTITY
from crosscheck.claims.fields import AREAS, CONTROL, LOOKS_LIKE_ISO, MAXIMUM_TEXT, CodeUse, normal_period, printable, quoted
from crosscheck.claims.keys import NO_VALUES, UNSTATED_WORD, dimension_of
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import (
    CARRIED,
    INFERRED,
    MEASURES,
    MODALITIES,
    NOT_STATED,
    PERIOD,
    UNSTATED,
    Claim,
    Document,
    Knowledge,
    Place,
)
from crosscheck.claims.sdmx_csv import layout_of, translated
from crosscheck.claims.table_mapping import BASE, FIELDS, ID, MEASURE, MODALITY, VALUE, TableMapping, constant_trouble
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, year_before
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault, InputFaults

MAXIMUM_BYTES = 32 * 1024 * 1024
MAXIMUM_ROWS = 200_000
LARGE_TABLES = "`crosscheck check TABLE` checks large tables by themselves"
AS_UTF8 = "save the table as CSV in UTF-8"


def _as_written(dimension: str, text: str) -> str:
    return text


def read_csv_claims(
    path: Path, mapping: TableMapping | None = None, name: str | None = None, resolve: Resolve = _as_written
) -> ClaimFile:
    """The claims of the table at `path`, one a row whose value is not empty.

    `name` is the path under which the table is shown as a document, `resolve` gives the code that the text of a dimension
    stands for. Raises InputFaults with all faults of the table; beyond a number of them with how many more there are.
    """
    mapping = mapping or TableMapping()
    text = _decoded(read_limited(path, MAXIMUM_BYTES, " as a table", LARGE_TABLES), str(path))
    return claims_of_text(text, document_of(path, mapping, name), mapping, resolve)


def document_of(path: Path, mapping: TableMapping, name: str | None = None) -> Document:
    """The table as a document."""
    return Document(
        id=mapping.id or printable(path.stem).replace("#", "_"),
        path=name or str(path),
        title=mapping.title,
        publisher=mapping.publisher,
        published=mapping.published,
        given=mapping.given,
        claim_file=str(path),
    )


def claims_of_text(text: str, document: Document, mapping: TableMapping, resolve: Resolve) -> ClaimFile:
    """The claims of the text of a table; raises InputFaults."""
    file = document.claim_file or document.id
    begin = len(text) - len(text.lstrip())
    first_line = text[begin:].partition("\n")[0]
    table = Table(file, text, delimiter_of(first_line), mapping, document, resolve)
    claims = tuple(_claims(table))
    table.faults.sort(key=lambda fault: (fault.line or 0, fault.column or 0))
    if table.fault_count > len(table.faults):
        more = table.fault_count - len(table.faults)
        table.faults.append(Fault(table.file, None, None, f"{more:,} more faults of this table are not shown"))
    if table.faults:
        raise InputFaults(table.faults)
    return ClaimFile(file, document, claims, (), tuple(table.codes.values()))


def _decoded(data: bytes, file: str) -> str:
    """The text of UTF-8 bytes, with or without byte-order mark; raises InputFaults."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise InputFaults([Fault(file, line, column, "this is not UTF-8 text", AS_UTF8)]) from None
    message = None
    if "\0" in text:
        message = "this is a binary file"
    elif "\r" in text and "\n" not in text:
        message = "its lines end in a carriage return alone"
    elif not text.strip():
        message = "the table is empty"
    if message is not None:
        raise InputFaults([Fault(file, None, None, message, AS_UTF8)])
    return text


def _claims(table: Table) -> Iterator[Claim]:
    found = rows(table.text, table.delimiter, table.complain)
    header = next(found, None)
    if header is None:
        return
    layout = layout_of(header.texts, table.mapping)
    if layout is not None:
        table.headers.extend(header.texts)
        map_columns(table, header)
        table.columns.update(layout.columns)
        found = (translated(row, layout, table) for row in found)
    elif not read_header(table, header):
        return
    dimensions = dimensions_of(table)
    for count, row in enumerate(found, 1):
        if count > MAXIMUM_ROWS:
            table.complain(row.start, f"more than {MAXIMUM_ROWS:,} rows; no more are read", LARGE_TABLES)
            return
        if not any(row.texts):
            continue
        if len(row.texts) == len(table.headers):
            claim = claim_of_row(table, row, dimensions)
            if claim is not None:
                yield claim
            continue
        more = len(row.texts) > len(table.headers)
        message = f"row {row.number} has {len(row.texts)} cells, the header {len(table.headers)}"
        table.complain(row.start, message, "a cell that holds the delimiter stands in quotes" if more else None)


def dimensions_of(table: Table) -> list[tuple[str, str, int]]:
    """The columns with dimensions: name of the field, dimension, place."""
    return [
        (name, dimension, index)
        for name, index in table.columns.items()
        if name not in FIELDS and (dimension := dimension_of(name)) is not None
    ]


def claim_of_row(table: Table, row: Row, dimensions: list[tuple[str, str, int]]) -> Claim | None:
    """The claim of a row; None when its value is empty, and after a fault."""
    value = table.cell(row, VALUE)
    if not value:
        return None
    before = table.fault_count
    measure = _word(table, row, MEASURE, MEASURES, "level")
    modality = _word(table, row, MODALITY, MODALITIES, "fact")
    codes, known = _dimensions(table, row, dimensions)
    base = _base(table, row, measure, codes.get(PERIOD), known)
    figure = read_figure(table, row, value, measure)
    identity = _identity(table, row)
    if table.fault_count > before or figure is None:
        return None
    return Claim(
        id=f"{table.document.id}#{identity}",
        document=table.document,
        figure=figure,
        dimensions=codes,
        measure=measure,
        base_period=base,
        modality=modality,
        place=_place(table, row, table.columns[VALUE]),
        known=known,
    )


def _place(table: Table, row: Row, index: int) -> Place:
    """Where a cell stands: in the text, and as a spreadsheet calls it."""
    start, end = row.span(index)
    line_start = max(table.text.rfind("\n", row.start, start) + 1, row.start)
    line = row.line + table.text.count("\n", row.start, line_start)
    cell = f"{_letters(index)}{row.number}"
    return Place(start, end, line, start - line_start + 1, table.text[start:end], cell=cell, row=row.number)


def _letters(index: int) -> str:
    """What a spreadsheet calls a column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _word(table: Table, row: Row, name: str, choices: tuple[str, ...], default: str) -> str:
    """One of a few words; the default when there is none, and after a fault."""
    text = table.cell(row, name)
    if not text or text in choices:
        return text or default
    trouble = constant_trouble(name, text)
    assert trouble is not None
    table.at(row, name, *trouble)
    return default


def _identity(table: Table, row: Row) -> str:
    """The id of a row, unique in the table."""
    text = table.cell(row, ID) or f"row-{row.number}"
    if not IDENTITY.fullmatch(text) or len(text) > MAXIMUM_TEXT:
        hint = "it begins with a letter or digit and holds only letters, digits, . _ and -"
        table.at(row, ID, f"{quoted(text)} cannot be an id", hint)
    elif table.ids.setdefault(text, row.number) != row.number:
        table.at(row, ID, f"the id {quoted(text)} is taken", f"first given in row {table.ids[text]}")
    return text


def _dimensions(
    table: Table, row: Row, dimensions: list[tuple[str, str, int]]
) -> tuple[dict[str, str], dict[str, Knowledge]]:
    """The dimensions of a row, and how those are known that no cell of it gives."""
    found: dict[str, str] = {}
    known: dict[str, Knowledge] = {}
    for name, text in table.mapping.constants.items():
        dimension = None if name in FIELDS else dimension_of(name)
        if dimension is not None and (code := _code(table, row, name, dimension, text)) is not None:
            found[dimension] = code
            known[dimension] = Knowledge(CARRIED)
    for name, dimension, index in dimensions:
        code = _code(table, row, name, dimension, row.texts[index])
        if code is not None:
            found[dimension] = code
    for dimension, code in found.items():
        if code == UNSTATED:
            known[dimension] = Knowledge(NOT_STATED)
    return found, known


def _code(table: Table, row: Row, name: str, dimension: str, text: str) -> str | None:
    """The code that a text stands for; None for an empty cell, for "not broken down", and after a fault."""
    if not text or text in NO_VALUES:
        return None
    if text in (UNSTATED_WORD, UNSTATED):
        return UNSTATED
    if dimension in (PERIOD, BASE):
        try:
            return normal_period(text)
        except PeriodError as error:
            table.at(row, name, str(error))
            return None
    if len(text) > MAXIMUM_TEXT:
        table.at(row, name, f"{quoted(text)} has {len(text):,} characters", f"at most {MAXIMUM_TEXT} are read")
        return None
    if CONTROL.search(text):
        table.at(row, name, f"{quoted(text)} holds a line break or another control character")
        return None
    code = table.resolve(dimension, text)
    if dimension in AREAS and LOOKS_LIKE_ISO.fullmatch(code) and (dimension, code) not in table.codes:
        index = table.columns.get(name)
        column = 1 if index is None else row.span(index)[0] - row.start + 1
        table.codes[dimension, code] = CodeUse(dimension, code, row.line, column)
    return code


def _base(table: Table, row: Row, measure: str, period: str | None, known: dict[str, Knowledge]) -> str | None:
    """The base period of a growth, change or multiple: given, or a year earlier."""
    text = table.cell(row, BASE)
    if measure not in COMPARED:
        if text and BASE in table.columns:
            table.at(row, BASE, f"a {measure} has no base period", f"only {', '.join(COMPARED)} have one")
        return None
    if text:
        code = _code(table, row, BASE, BASE, text)
        if code is None or code == UNSTATED:
            known[BASE] = Knowledge(NOT_STATED)
            return None
        if BASE not in table.columns:
            known[BASE] = Knowledge(CARRIED)
        return code
    known[BASE] = Knowledge(INFERRED)
    if period is None or period == UNSTATED:
        return None
    try:
        return _year_before(period)
    except PeriodError as error:
        table.at(row, PERIOD, f"no year before: {error}", "give a base_period")
        return None


@lru_cache(maxsize=4096)
def _year_before(period: str) -> str:
    return normal_form(year_before(parse_period(period)))
