"""Dimensions as numbers: the values of each are collected, understood as the reader of tables does, and numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crosscheck.claims.fields import AREAS, CONTROL, LOOKS_LIKE_ISO, MAXIMUM_TEXT, CodeUse, normal_period, quoted
from crosscheck.claims.keys import NO_VALUES, UNSTATED_WORD
from crosscheck.claims.model import PERIOD, SOURCE, UNSTATED
from crosscheck.claims.table_mapping import BASE, FIELDS
from crosscheck.figures.periods import PeriodError
from crosscheck.inputs.faults import Fault
from crosscheck.tables.csv_source import MAXIMUM_SHOWN
from crosscheck.tables.dialect import DUCKDB, Dialect, Engine, quoted_text
from crosscheck.tables.sources import WHOLE, WHOLE_TYPES, Source

# Whole numbers in a range of at most so many are numbered by subtraction.
MAXIMUM_RANGE = 100_000


@dataclass(slots=True)
class Values:
    """The values of one dimension as they grow: texts by number (0 is absent), and the numbers of raw texts."""

    name: str
    texts: list[str | None] = field(default_factory=lambda: [None])
    numbers: dict[str | None, int] = field(default_factory=lambda: {None: 0})
    raw: dict[str, int] = field(default_factory=dict)  # raw text, or a whole number as text, to number

    def add(self, text: str | None) -> int:
        """The number of a value, a new one where it is new."""
        found = self.numbers.get(text)
        if found is None:
            found = self.numbers[text] = len(self.texts)
            self.texts.append(text)
        return found


@dataclass(slots=True)
class Reading:
    """What the reading of the tables of a run collects."""

    connection: Engine
    sources: Sequence[Source]
    faults: list[Fault] = field(default_factory=list)
    found: int = 0
    codes: dict[tuple[str, str], tuple[str, CodeUse]] = field(default_factory=dict)
    dialect: Dialect = DUCKDB

    def complain(self, fault: Fault) -> None:
        """Records a fault; beyond MAXIMUM_SHOWN they are only counted."""
        self.found += 1
        if len(self.faults) < MAXIMUM_SHOWN:
            self.faults.append(fault)

    def rows(self, text: str) -> list[tuple[object, ...]]:
        """All rows of a query."""
        return list(self.connection.execute(text).fetchall())


def dimension_names(sources: Sequence[Source]) -> list[str]:
    """The dimensions that some table gives, in an order."""
    names = {name for source in sources for name in (*source.fields, *source.constants) if name not in FIELDS}
    return sorted(names)


def collect(reading: Reading, name: str, values: Values) -> None:
    """Collects and understands the values of a dimension (or of `base_period`) in all tables; faults are recorded."""
    for source in reading.sources:
        column = source.column(name)
        if column is None:
            texts: list[str | None] = [source.constants[name]] if name in source.constants else []
        else:
            value = source.column("value")
            # Told apart as they are, which is faster than as texts.
            inner = f"SELECT DISTINCT {column} FROM {source.relation} WHERE {value} IS NOT NULL"
            query = f"SELECT DISTINCT {text_sql(source, name)} FROM ({inner}) q"
            found = sorted(str(row[0]) for row in reading.rows(query) if row[0] is not None)
            is_whole = source.types[source.fields[name]] in WHOLE_TYPES
            texts = [*(_with_gaps(found) if is_whole and not values.raw else found)]
        for text in texts:
            if text is None:
                values.texts.append(None)
            elif text not in values.raw:
                values.raw[text] = _number(reading, source, name, text, values)


def _with_gaps(wholes: Sequence[str]) -> Sequence[str | None]:
    """Whole numbers in order, with None for those that lack between, where they are few: then subtraction numbers them."""
    ordered = sorted(map(int, wholes))
    if not ordered or ordered[-1] - ordered[0] > 2 * len(ordered) + 100:
        return [str(whole) for whole in ordered]
    present = set(ordered)
    return [str(whole) if whole in present else None for whole in range(ordered[0], ordered[-1] + 1)]


def _number(reading: Reading, source: Source, name: str, raw: str, values: Values) -> int:
    text = raw.strip()
    if not text or text in NO_VALUES:
        return 0
    if text in (UNSTATED_WORD, UNSTATED):
        return 0 if name == SOURCE else values.add(UNSTATED)  # a source is known or not
    if name in (PERIOD, BASE):
        try:
            return values.add(normal_period(text))
        except PeriodError as error:
            _at_first(reading, source, name, raw, str(error))
            return 0
    if len(text) > MAXIMUM_TEXT:
        _at_first(reading, source, name, raw, f"{quoted(text)} has {len(text):,} characters")
        return 0
    if CONTROL.search(text):
        _at_first(reading, source, name, raw, f"{quoted(text)} holds a line break or another control character")
        return 0
    code = source.table.resolve(name, text)
    if name in AREAS and LOOKS_LIKE_ISO.fullmatch(code):
        reading.codes.setdefault((name, code), (source.path, CodeUse(name, code, 1, 1)))
    return values.add(code)


def _at_first(reading: Reading, source: Source, name: str, raw: str, message: str) -> None:
    """A fault at the first row that holds a text, with how many more do; looked for as long as faults are shown."""
    if len(reading.faults) >= MAXIMUM_SHOWN:
        reading.found += 1
        return
    if source.column(name) is None:
        reading.complain(Fault(source.path, None, None, f"`{name}`: {message}"))
        return
    query = (
        f"SELECT min({source.row}), count(*) FROM {source.relation} WHERE {text_sql(source, name)} = {quoted_text(raw)} "
        f"AND {source.column('value')} IS NOT NULL"
    )
    ((first, count),) = reading.rows(query)
    if first is None:  # what a file says of the texts of a column is not so
        reading.complain(Fault(source.path, None, None, message, WHOLE))
        return
    assert isinstance(first, int)
    assert isinstance(count, int)
    reading.complain(source.at(first, f"{message}{and_more(count)}", None, name))


def text_sql(source: Source, name: str) -> str:
    """The text of a column in SQL: dates for moments, whole numbers without a point."""
    column, kind = source.column(name), source.types[source.fields[name]]
    if kind in ("DOUBLE", "FLOAT"):
        whole = f"CAST(CAST({column} AS HUGEINT) AS VARCHAR)"
        near = f"abs({column}) < 1e36 AND {column} = trunc({column})"
        return f"CASE WHEN isnan({column}) THEN NULL WHEN {near} THEN {whole} ELSE CAST({column} AS VARCHAR) END"
    if kind.startswith("TIMESTAMP"):
        return f"CAST(CAST({column} AS DATE) AS VARCHAR)"
    return f"CAST({column} AS VARCHAR)"


def and_more(rows: int) -> str:
    """Words for what stands in several rows, told at the first."""
    return f" (and in {rows - 1:,} more row{'s' if rows > 2 else ''})" if rows > 1 else ""


def number_sql(reading: Reading, source: Source, name: str, values: Values, tag: str) -> str:
    """The number of a row's value of a dimension, in SQL. `tag` names the type of the engine that numbers texts."""
    column = source.column(name)
    if column is None:
        return str(values.raw.get(source.constants[name], 0)) if name in source.constants else "0"
    if source.types[source.fields[name]] in WHOLE_TYPES:
        wholes = {int(text): number for text, number in values.raw.items() if _is_whole(text)}
        low, high = (min(wholes), max(wholes)) if wholes else (0, 0)
        if all(number == whole - low + wholes[low] for whole, number in wholes.items()):
            return f"coalesce(CAST({column} AS BIGINT) - ({low - (wholes[low] if wholes else 0)}), 0)"
        if high - low < MAXIMUM_RANGE:
            every = [wholes.get(whole, 0) for whole in range(low, high + 1)]
            return f"coalesce({reading.dialect.pick(every, f'(CAST({column} AS BIGINT) - ({low}))')}, 0)"
    raw = sorted(values.raw)
    if reading.dialect.name != "duckdb":
        rows = ", ".join(f"({quoted_text(text)}, {values.raw[text]})" for text in raw) or "('', 0)"
        listed = f"(VALUES {rows}) d(raw, number)"
        return f"coalesce((SELECT max(d.number) FROM {listed} WHERE d.raw = {text_sql(source, name)}), 0)"
    texts = ", ".join(map(quoted_text, raw))
    reading.connection.execute(f"CREATE TYPE {tag} AS ENUM ({texts})")
    at = f"enum_code(CAST({text_sql(source, name)} AS {tag}))"
    numbers = [values.raw[text] for text in raw]
    if numbers == list(range(1, len(raw) + 1)):
        return f"coalesce({at} + 1, 0)"
    return f"coalesce(list_extract({numbers}, {at} + 1), 0)"


def _is_whole(text: str) -> bool:
    return text.lstrip("-").isdigit()
