"""Where the figures of a run stand in the documents as the page shows them: in the text, or in a cell of a table."""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from crosscheck.claims.model import Claim, Document, Place
from crosscheck.extraction.source import Cell, Source, Table

Span = tuple[int, int]
# A cell by what its format tells of it: code points of the file, a sheet and a name, or a table with row and column.
CellKey = tuple[object, ...]
MAXIMUM_LISTED = 2_000
SENTENCE_END = re.compile(r"[.!?](?=\s+[^a-z\s])|\n")
BEFORE, AFTER = 150, 110  # characters of an excerpt around its figure


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as read, and where its text has what stands at a place of the file. Without a source only its figures."""

    document: Document
    source: Source | None = None
    spans: Mapping[Place, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """The claims of a document by where they stand: in the text in its order, in cells, or nowhere that is shown."""

    sheet: Sheet
    in_text: Sequence[tuple[int, int, Claim]]
    in_cells: Mapping[CellKey, Sequence[Claim]]
    nowhere: Sequence[Claim]
    spans: Mapping[str, Span]  # of the claims in the text, by their ids

    @property
    def listed(self) -> Sequence[Claim]:
        """Claims that stand nowhere, as many as are listed under their document."""
        return self.nowhere[:MAXIMUM_LISTED]

    def located(self) -> Iterator[Claim]:
        """The claims that the page shows with their document."""
        yield from (claim for _, _, claim in self.in_text)
        for claims in self.in_cells.values():
            yield from claims
        yield from self.listed


def placed(sheet: Sheet, claims: Iterable[Claim]) -> Placed:
    """The claims of a document, each at its place; one whose words are not there any more is nowhere."""
    source = sheet.source
    cells = {} if source is None else {key: cell for table in source.tables for key, cell in _keys(table)}
    in_text: list[tuple[int, int, Claim]] = []
    in_cells: dict[CellKey, list[Claim]] = defaultdict(list)
    nowhere: list[Claim] = []
    for claim in claims:
        key = next((key for key in _keys_of(claim.place) if key in cells), None)
        span = sheet.spans.get(claim.place)
        if key is not None:
            in_cells[key].append(claim)
        elif source is not None and span is not None and _stands(source.text, span, claim):
            in_text.append((*span, claim))
        else:
            nowhere.append(claim)
    in_text.sort(key=lambda mark: (mark[0], -mark[1], mark[2].id))
    spans = {claim.id: (start, end) for start, end, claim in in_text}
    return Placed(sheet, in_text, in_cells, nowhere, spans)


def _stands(text: str, span: Span, claim: Claim) -> bool:
    printed = claim.place.printed
    return printed is None or text[span[0] : span[1]].split() == printed.split()


def cell_keys(cell: Cell, table: Table) -> Iterator[CellKey]:
    """What a cell is known by, the surest first."""
    if cell.start is not None and cell.end is not None:
        yield "span", cell.start, cell.end
    if cell.name is not None:
        yield "name", table.sheet, cell.name
    yield "grid", table.number, cell.row, cell.column


def _keys(table: Table) -> Iterator[tuple[CellKey, Cell]]:
    for row in table.rows:
        for cell in row:
            if cell.text:
                yield from ((key, cell) for key in cell_keys(cell, table))


def _keys_of(place: Place) -> Iterator[CellKey]:
    if place.table is None and place.cell is None and place.row is None:
        return
    if place.start is not None and place.end is not None:
        yield "span", place.start, place.end
    if place.cell is not None:
        yield "name", place.sheet, place.cell
    if place.table is not None:
        yield "grid", place.table, place.row, place.column


def excerpt(found: Placed, claim: Claim) -> tuple[str, str, str] | None:
    """The words before a figure, the figure, and those after it; None where it does not stand in the text."""
    span, source = found.spans.get(claim.id), found.sheet.source
    if span is None or source is None:
        return None
    start, end = span
    text = source.text
    at = bisect.bisect_right(source.blocks, start, key=attrgetter("start")) - 1
    low, high = max(start - BEFORE - 20, 0), end + AFTER + 20
    if at >= 0 and source.blocks[at].end >= end:
        low, high = max(low, source.blocks[at].start), min(high, source.blocks[at].end)
    before, after = text[low:start], text[end:high]
    first = low + max((match.end() for match in SENTENCE_END.finditer(before)), default=0)
    stop = SENTENCE_END.search(after)
    last = end + (stop.start() + 1 if stop else len(after))
    head, tail = text[first:start], text[end:last]
    if len(head) > BEFORE or (first == low and low > 0 and text[low - 1 : low].strip()):
        head = f"…{head[-BEFORE:].partition(' ')[2]}"
    if len(tail) > AFTER:
        tail = f"{tail[:AFTER].rpartition(' ')[0]}…"
    return head.lstrip(), text[start:end], tail.rstrip()
