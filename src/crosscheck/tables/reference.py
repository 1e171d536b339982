"""Rows that the compiled rules leave out, through the reference evaluator: part by part of the data, so memory is bounded.

On each dimension that no variable of a rule names all operands of a binding agree. So the data fall into parts that have
nothing to do with one another, and a part can be checked by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from crosscheck.checking.checks import Check, check_claims
from crosscheck.claims.csv_files import claim_of_row, dimensions_of
from crosscheck.claims.csv_rows import Row
from crosscheck.claims.keys import dimension_of
from crosscheck.claims.model import MEASURES, PERIOD, SOURCE, Claim, Place
from crosscheck.claims.parquet_files import row_identity
from crosscheck.claims.table_mapping import FIELDS, VALUE
from crosscheck.inputs.faults import InputFaults
from crosscheck.rules.model import Rule
from crosscheck.tables.amounts import cell_of
from crosscheck.tables.axes import text_sql
from crosscheck.tables.facts import ROW_BITS, measure_number
from crosscheck.tables.mirrors import place_sql
from crosscheck.tables.prepare import Prepared
from crosscheck.tables.sources import Source

# So many claims are checked at once; a part that is larger is still checked as a whole.
BATCH = 20_000


def part_sql(rule: Rule, prepared: Prepared, table: str) -> str:
    """The part of the data that a row belongs to for a rule, as SQL: its key without what the rule names."""
    return place_sql(prepared.facts, free_names(rule, prepared), table)


def rows_of(rule: Rule, prepared: Prepared) -> str:
    """A further condition on the rows `r` of a part: only measures that some variable of the rule selects.

    Undated figures are tried on every period that a document gives for a series, so with them all measures are kept.
    """
    measures = {measure for selector in rule.variables.values() for measure in selector.measures or MEASURES}
    if prepared.undated or prepared.facts.measures <= measures:
        return ""
    return f"AND r.m IN ({', '.join(str(measure_number(measure)) for measure in sorted(measures))})"


def free_names(rule: Rule, prepared: Prepared) -> frozenset[str]:
    """The dimensions in which operands of a rule may differ."""
    named = {dimension for selector in rule.variables.values() for dimension in selector.dimensions}
    return frozenset(named & set(prepared.facts.axes) | {SOURCE} | ({PERIOD} if prepared.undated else set()))


def checks_of(
    rule: Rule,
    prepared: Prepared,
    parts: str,
    subjects: str | None,
    verdicts_alone: bool = False,
    alone: str | None = None,
) -> Iterator[tuple[Check, int, Mapping[str, int]]]:
    """The checks of a rule over the parts that a query gives, with the row of the subject's first claim, and of all claims.

    With `subjects`, a query of rows, only checks of those and of undated figures are wanted; with `verdicts_alone` nothing
    is told beyond verdicts and levels. Of the parts only the rows `alone` are read, where that query is given.
    """
    wanted = None if subjects is None else {int(row[0]) for row in prepared.connection.execute(subjects).fetchall()}
    for claims in _batches(rule, prepared, parts, alone):
        rows = {claim.id: number for number, claim in claims}
        listed = [claim for _, claim in claims]
        for check in check_claims(listed, [rule], prepared.facts.codelists, verdicts_alone).checks:
            row = min(rows[claim.id] for claim in check.subject.claims)
            if wanted is None or row in wanted or check.assumptions:
                yield check, row, rows


def _batches(rule: Rule, prepared: Prepared, parts: str, alone: str | None) -> Iterator[list[tuple[int, Claim]]]:
    """The claims of parts, as many parts at once as make a batch."""
    part = part_sql(rule, prepared, "r")
    query = f"SELECT {part} AS part, r.rid AS rid FROM rows r WHERE {part} IN ({parts}) {rows_of(rule, prepared)}"
    query += f" AND r.rid IN ({alone})" if alone is not None else ""
    prepared.connection.execute(f"CREATE OR REPLACE TABLE chosen AS {query}")
    batch: list[tuple[int, Claim]] = []
    last = None
    for part_key, number, claim in _read(prepared):
        if part_key != last and len(batch) >= BATCH:
            yield batch
            batch = []
        last = part_key
        batch.append((number, claim))
    if batch:
        yield batch


def _read(prepared: Prepared) -> Iterator[tuple[object, int, Claim]]:
    """The claims of the rows in `chosen`, part by part."""
    readers = [RowReader(source) for source in prepared.sources]
    for part, rid, texts in raw_rows(prepared, readers):
        claim = readers[rid >> ROW_BITS].claim(rid & ((1 << ROW_BITS) - 1), texts)
        if claim is not None:
            yield part, rid, claim


def raw_rows(prepared: Prepared, readers: Sequence[RowReader]) -> Iterator[tuple[Any, int, Sequence[str | None]]]:
    """Part, row and texts of the rows in `chosen`, part by part, for a reader of each source to make claims of."""
    width = max(len(reader.columns) for reader in readers)
    selects = []
    for reader in readers:
        source = reader.source
        texts = [*reader.columns, *["NULL"] * (width - len(reader.columns))]
        listed = ", ".join(f"CAST({text} AS VARCHAR) AS t{index}" for index, text in enumerate(texts))
        selects.append(
            f"SELECT c.part AS part, c.rid AS rid, t.* EXCLUDE (row_no) FROM chosen c JOIN (SELECT {source.row} AS row_no, "
            f"{listed} FROM {source.relation}) t ON c.rid - {source.number << ROW_BITS} = t.row_no "
            f"WHERE c.rid >> {ROW_BITS} = {source.number}"
        )
    cursor = prepared.connection.cursor()
    cursor.execute(f"{' UNION ALL '.join(selects)} ORDER BY 1, 2")
    while rows := cursor.fetchmany(5_000):
        for part, rid, *texts in rows:
            yield part, rid, texts


class RowReader:
    """Claims of the rows of one table, read as the reader of tables reads them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.names = list(source.table.columns)
        shown = cell_of(source).shown
        self.columns = [shown if name == VALUE else text_sql(source, _field(name)) for name in self.names]
        self.dimensions = dimensions_of(source.table)

    def claim(self, row: int, texts: Sequence[str | None]) -> Claim | None:
        """The claim of a row; raises InputFaults."""
        cells = [""] * len(self.source.headers)
        for name, text in zip(self.names, texts, strict=False):
            cells[self.source.table.columns[name]] = (text or "").strip()
        number = row + self.source.first_row
        made = Row(number, self.source.line(row), 0, cells, [(0, 0)] * len(cells))
        table = self.source.table
        claim = claim_of_row(table, made, self.dimensions)
        if table.faults:
            raise InputFaults(self.source.at(row, fault.message, fault.hint) for fault in table.faults)
        if claim is None:
            return None
        printed = cells[self.source.table.columns[VALUE]]
        if self.source.first_row != 1:
            return replace(claim, place=Place(line=made.line, printed=printed, row=number))
        file, within = self.source.part(row)
        name = claim.id.partition("#")[2]
        own = f"row-{row_identity(file, within + 1)}" if name == f"row-{number}" else name
        place = Place(printed=printed, sheet=file or None, row=within + 1)
        return replace(claim, id=f"{claim.document.id}#{own}", place=place)


def _field(name: str) -> str:
    return name if name in FIELDS else dimension_of(name) or name
