"""The one way from a file to what is read from it: format, prose, tables."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INFERRED
from crosscheck.extraction.documents.clean import without_unseen
from crosscheck.extraction.model import Extract, Known, Statement
from crosscheck.extraction.source import Source
from crosscheck.figures.quantities import Quantities


def read(
    path: Path,
    data: bytes | None,
    lists: CodeLists,
    table: Quantities,
    published: datetime.date | None = None,
) -> Extract:
    """All that is read from the document at `path`, or from `data` (of standard input, say) under that name.

    `published` is the date of a document that carries none. Raises InputFaults where nothing can be read.
    """
    from crosscheck.extraction.readers.reading import read_document

    return read_source(read_document(path, data), lists, table, published)


def read_source(source: Source, lists: CodeLists, table: Quantities, published: datetime.date | None = None) -> Extract:
    """All that is read from a document whose format has been read."""
    source = without_unseen(source)
    if source.published is None and published is not None and not _says_its_date(source.text):
        source = replace(source, published=published)
    extract = _prose(source, lists, table) if source.text.strip() else Extract(source)
    return _joined(extract, _tables(extract.source, lists, table)) if source.tables else extract


def _says_its_date(text: str) -> bool:
    """Whether the prose itself says when it was published, which then counts."""
    from crosscheck.extraction.periods.finding import published_in

    return published_in(text) is not None


def _prose(source: Source, lists: CodeLists, table: Quantities) -> Extract:
    from crosscheck.extraction.documents.prose import read_prose

    return read_prose(source, lists, table)


def _tables(source: Source, lists: CodeLists, table: Quantities) -> Extract:
    from crosscheck.extraction.sentences.valued import told_by_custom
    from crosscheck.extraction.tables.statements import read_tables

    found = read_tables(source, lists, table)
    return replace(found, statements=told_by_custom(found.statements))


def _joined(prose: Extract, cells: Extract) -> Extract:
    """Prose first, then tables, whose figures are of what the prose is about where they name nothing else; what refers to
    a statement by its index goes on doing so."""
    from crosscheck.extraction.documents.units_of_text import money_of_cells

    shift = len(prose.statements)
    about = Known(prose.about, INFERRED) if prose.about is not None else None
    figures = money_of_cells(cells.statements, prose.source.tables, prose.about) if cells.statements else ()
    statements = tuple(
        _of(about, one if one.list_of is None else replace(one, list_of=one.list_of + shift)) for one in figures
    )
    observed = tuple(
        one if one.statement is None else replace(one, statement=one.statement + shift) for one in cells.observed
    )
    return Extract(
        prose.source,
        prose.statements + statements,
        prose.unresolved + cells.unresolved,
        prose.skipped + cells.skipped,
        prose.observed + observed,
        prose.faults + cells.faults,
        prose.about,
    )


def _of(about: Known | None, cell: Statement) -> Statement:
    if about is None or "reference_area" in cell.dimensions or "counterpart_area" in cell.dimensions:
        return cell
    return replace(cell, dimensions={**cell.dimensions, "reference_area": about})
