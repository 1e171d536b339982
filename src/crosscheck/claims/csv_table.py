"""A CSV table being read: its text, which column is which field, and the faults found so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from crosscheck.claims.csv_rows import Row
from crosscheck.claims.fields import CodeUse, printable, quoted
from crosscheck.claims.keys import DIMENSION_KEYS
from crosscheck.claims.model import Document
from crosscheck.claims.table_mapping import FIELDS, VALUE, TableMapping, canonical, field_trouble
from crosscheck.inputs.faults import Fault, did_you_mean

MAXIMUM_COLUMNS = 1_000
MAXIMUM_FAULTS = 200
IGNORED = ("note",)  # for people
LIKELY_VALUES = ("value", "obs_value", "amount", "figure", "total")
OWN_COLUMNS = 'name the columns that matter in the configuration: [tables."…"] columns = {…}'
Resolve = Callable[[str, str], str]  # the code that the text of a dimension stands for


@dataclass(frozen=True, slots=True)
class Table:
    """What the reading of one table shares; the collections grow with it.

    `columns` leads from fields to the places of their columns. Beyond MAXIMUM_FAULTS faults are only counted.
    """

    file: str
    text: str
    delimiter: str
    mapping: TableMapping
    document: Document
    resolve: Resolve
    columns: dict[str, int] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    codes: dict[tuple[str, str], CodeUse] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def fault_count(self) -> int:
        """How many faults were found, shown or not."""
        return self.found["faults"]

    def complain(self, offset: int, message: str, hint: str | None = None) -> None:
        """Records a fault at an offset of the text."""
        if self._is_shown():
            before = self.text.rfind("\n", 0, offset) + 1
            line = self.text.count("\n", 0, offset) + 1
            shown = None if hint is None else printable(hint)
            self.faults.append(Fault(self.file, line, offset - before + 1, printable(message), shown))

    def complain_of_mapping(self, name: str, message: str, hint: str) -> None:
        """Records a fault of what the configuration says of a field."""
        if self._is_shown():
            line = self.mapping.lines.get(name)
            file, column = self.mapping.file or self.file, 1 if line else None
            self.faults.append(Fault(file, line, column, printable(message), printable(hint)))

    def _is_shown(self) -> bool:
        self.found["faults"] += 1
        return len(self.faults) < MAXIMUM_FAULTS

    def at(self, row: Row, name: str, message: str, hint: str | None = None) -> None:
        """Records a fault of a field of a row: at its cell, or at the row where it has no column."""
        index = self.columns.get(name)
        if index is None:
            self.complain(row.start, message, hint)
        else:
            self.complain(row.span(index)[0], f"column {quoted(self.headers[index])}: {message}", hint)

    def cell(self, row: Row, name: str) -> str:
        """The text of a field in a row, from its column or as a constant; "" when there is none."""
        index = self.columns.get(name)
        return self.mapping.constants.get(name, "") if index is None else row.texts[index]


def read_header(table: Table, header: Row) -> bool:
    """Finds out which column is which field; False, with faults, when rows cannot be read."""
    table.headers.extend(header.texts)
    if len(header.texts) > MAXIMUM_COLUMNS:
        hint = "keep those with dimensions and values; is a table of one row a year laid on its side?"
        table.complain(header.start, f"{len(header.texts):,} columns; at most {MAXIMUM_COLUMNS:,} are read", hint)
        return False
    map_columns(table, header)
    taken = set(table.columns.values())
    for index, name in enumerate(header.texts):
        if index not in taken:
            _take_column(table, header, index, name)
    if VALUE not in table.columns and not table.fault_count:
        near = next((text for text in header.texts if text.lower() in LIKELY_VALUES), "…")
        hint = f'columns = {{value = "{near}"}} under [tables."…"] in the configuration says which does'
        table.complain(header.start, "no column holds the values", hint)
    return not table.fault_count


def map_columns(table: Table, header: Row) -> None:
    """Finds the columns that the mapping names; those that are not there are faults."""
    for name, column in table.mapping.columns.items():
        places = [index for index, text in enumerate(header.texts) if text == column]
        if len(places) == 1:
            table.columns[name] = places[0]
        elif places:
            table.complain(header.span(places[1])[0], f"two columns are called {quoted(column)}", "rename one of them")
        else:
            hint = did_you_mean(column, header.texts) or f"its columns are {_listed(header.texts)}"
            table.complain_of_mapping(name, f"`{name}`: {table.file} has no column {quoted(column)}", hint)


def _listed(names: list[str]) -> str:
    shown = ", ".join(name for name in names[:12] if name)
    return f"{shown}, …" if len(names) > 12 else shown


def _take_column(table: Table, header: Row, index: int, name: str) -> None:
    """A column that the mapping does not name: a field of that name or, in a table without a mapping, a dimension."""
    is_field = name in FIELDS or name in DIMENSION_KEYS
    if name in IGNORED or (table.mapping.columns and (not is_field or name in table.mapping.columns)):
        return
    start = header.span(index)[0]
    trouble = field_trouble(name) if name else ("a column without a name", None)
    if trouble is not None:
        table.complain(start, trouble[0], trouble[1] or OWN_COLUMNS)
    elif canonical(name) in map(canonical, table.mapping.constants):
        table.complain(start, f"{quoted(name)} is a column, and a constant in the configuration", "keep one of the two")
    elif canonical(name) in map(canonical, table.columns):
        hint = "rename one of them, or name the one that counts in the configuration"
        table.complain(start, f"two columns give {quoted(canonical(name))}", hint)
    else:
        table.columns[name] = index
