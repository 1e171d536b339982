"""Where rows stand and what they are about, in SQL: file, row, and the text of each dimension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosscheck.tables.dialect import quoted_text
from crosscheck.tables.engine import TableRun
from crosscheck.tables.facts import ROW_BITS
from crosscheck.tables.sources import PART_BITS

# The worst findings of the table `found` first.
WORST_FIRST = "ORDER BY level DESC, miss DESC NULLS LAST, rule, rid"


def where_of(run: TableRun, rid: str) -> tuple[str, str]:
    """File and row of a row by its number, in SQL."""
    sources = run.prepared.sources
    tables, table = [], f"CAST({rid} >> {ROW_BITS} AS INT) + 1"
    own = f"({rid} & {(1 << ROW_BITS) - 1})"
    for source in sources:
        path = source.document.path or source.path
        if source.files:
            listed = ", ".join(quoted_text(f"{path}/{file}") for file in source.files)
            tables.append(f"list_extract([{listed}], ({own} >> {PART_BITS}) + 1)")
        else:
            tables.append(quoted_text(path))
    firsts = ", ".join(str(source.first_row) for source in sources)
    row = f"({own} & {(1 << PART_BITS) - 1}) + list_extract([{firsts}], {table})"
    cases = " ".join(f"WHEN {number} THEN {text}" for number, text in enumerate(tables, 1))
    return f"CASE {table} {cases} END", row


def texts_of(run: TableRun, key: str) -> Iterator[tuple[str, str]]:
    """Each dimension with the text of its value by the key of a row, in SQL."""
    for axis in run.prepared.facts.axes.values():
        texts = {"texts": list(axis.texts)}
        table = f"texts_{axis.column}"
        run.prepared.connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT unnest($texts) AS t", texts)
        yield axis.name, f"(SELECT t FROM {table} x WHERE x.rowid = {key} // {axis.stride} % {len(axis.texts) + 1})"


def free(name: str, own: Sequence[str]) -> str:
    """The name of a dimension's column, told apart from the file's own columns."""
    return f"dimension_{name}" if name in own else name
