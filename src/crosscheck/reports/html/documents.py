"""The documents with every figure underlined by its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from crosscheck.claims.model import Claim
from crosscheck.extraction.source import ASIDE, CAPTION, HEADING, ITEM, TITLE, Block, Cell, Source, Table, place_of
from crosscheck.reports.html.context import MARKS, STATES, Context
from crosscheck.reports.html.figure_link import figure_link
from crosscheck.reports.html.markup import Markup, element, together
from crosscheck.reports.html.names import document_name
from crosscheck.reports.html.placing import CellKey, Placed, cell_keys
from crosscheck.reports.meaning import what
from crosscheck.reports.terminal import harmless
from crosscheck.reports.wording import printed_claim

MAXIMUM_ROWS = 400  # of a table; of a longer one its head, and the rows with figures in doubt
MAXIMUM_COLUMNS = 60

Marked = tuple[int, int, Claim]


def documents_section(context: Context) -> Markup | None:
    """Every document of the run."""
    if not context.placed:
        return None
    return element(
        "section",
        element("h2", "Documents"),
        _legend(context),
        (_document(found, context) for found in context.placed),
        id="documents",
    )


def _legend(context: Context) -> Markup:
    """What the lines under figures mean; each can be switched off, without a script too."""
    present = {context.state(claim) for claim in context.claims}
    boxes = (
        element(
            "label",
            element("input", type="checkbox", checked=True, name=f"show-{state}", id=f"show-{state}"),
            element("span", MARKS[state], class_=f"mark {state}", aria_hidden="true"),
            element("span", words, class_=f"fig {state}"),
        )
        for state, words in STATES.items()
        if state in present
    )
    return element("fieldset", element("legend", "Underlined: what became of each figure"), boxes, class_="legend")


def _document(found: Placed, context: Context) -> Markup:
    document, source = found.sheet.document, found.sheet.source
    titled = source is not None and any(block.kind == TITLE for block in source.blocks)
    about = [document.publisher, None if document.published is None else document.published.isoformat()]
    given = ["taken as given"] if document.given else []
    name = document.path or document.claim_file or document.id
    facts = [*filter(None, about), *given, name]
    return element(
        "article",
        element("p", harmless(" · ".join(facts)), class_="source"),
        None if titled else element("h3", harmless(document.title or name)),
        element("div", _body(found, source, context), class_="text", lang=_language(source))
        if source is not None
        else None,
        _nowhere(found, context),
        class_="document",
        id=document_name(document),
    )


def _language(source: Source) -> str | None:
    language = source.language or ""
    return language if language.replace("-", "").isalnum() and language.isascii() and len(language) <= 12 else None


def _body(found: Placed, source: Source, context: Context) -> Iterator[Markup]:
    """Blocks and tables in the order of the document; text between blocks is shown where it holds figures."""
    marks, at, number = found.in_text, 0, 0
    pieces: list[tuple[str, Markup]] = []
    tables = [(place, source.tables[index]) for place, index in sorted(_tables(source), reverse=True)]

    def until(end: int) -> list[Marked]:
        """The marks up to a place of the text, of those that were not asked for yet."""
        nonlocal number
        first = number
        while number < len(marks) and marks[number][1] <= end:
            number += 1
        return list(marks[first:number])

    for block in sorted(source.blocks, key=lambda block: block.start) or _paragraphs(source):
        while tables and tables[-1][0] <= block.start:
            pieces.append(("table", _table(tables.pop()[1], found, context)))
        between = until(block.start)
        if between:
            pieces.append(("paragraph", element("p", _marked(source.text, at, block.start, between, context))))
        text = _marked(source.text, block.start, block.end, until(block.end), context)
        pieces.append((block.kind, _block(block, text)))
        at = block.end
    left = until(len(source.text))
    if left:
        pieces.append(("paragraph", element("p", _marked(source.text, at, len(source.text), left, context))))
    pieces += [("table", _table(table, found, context)) for _, table in reversed(tables)]
    for kind, group in groupby(pieces, key=lambda piece: piece[0]):
        content = [markup for _, markup in group]
        if kind == ITEM:
            yield element("ul", content)
        elif kind == ASIDE:
            yield element("details", element("summary", "Set aside: not the document's own text"), content, class_="aside")
        else:
            yield together(content)


def _paragraphs(source: Source) -> list[Block]:
    """The paragraphs of a text without blocks."""
    blocks, at = [], 0
    for part in source.text.split("\n\n"):
        if part.strip():
            blocks.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    return blocks


def _block(block: Block, content: Markup) -> Markup:
    if block.kind == TITLE:
        return element("h3", content)
    if block.kind == HEADING:
        return element("h4", content)
    if block.kind == ITEM:
        return element("li", content)
    return element("p", content, class_="caption" if block.kind == CAPTION else None)


def _marked(text: str, low: int, high: int, marks: Sequence[Marked], context: Context) -> Markup:
    """A stretch of text with its figures as links; of figures that lie within one another the further ones follow."""
    parts: list[str] = []
    at = low
    for start, end, claim in marks:
        if start < at:  # inside of a figure that is marked already
            parts.append(element("sup", figure_link(claim, printed_claim(claim), context, in_place=True)))
            continue
        parts += [_plain(text[at:start]), figure_link(claim, " ".join(text[start:end].split()), context, in_place=True)]
        at = end
    return together(parts, _plain(text[at:high]))


def _plain(text: str) -> str:
    return harmless(text.replace("\r", "").replace("\n", " ").replace("\t", " "))


# --- tables ----------------------------------------------------------------------------------------------------------


def _tables(source: Source) -> Iterator[tuple[int, int]]:
    """Up to which place of the text each table comes, as far as the file tells; after all of it else. And its index."""
    places = [(block.start, place_of(source, block.start, block.end)) for block in source.blocks] if source.tables else []
    for index, table in enumerate(source.tables):
        start = next((cell.start for row in table.rows for cell in row if cell.start is not None), None)
        later = (
            at
            for at, place in places
            if (start is not None and place.start is not None and place.start > start)
            or (start is None and table.page is not None and place.page is not None and place.page > table.page)
        )
        yield next(later, len(source.text) + 1), index


def _table(table: Table, found: Placed, context: Context) -> Markup:
    claims = {id(cell): found.in_cells[key] for row in table.rows for cell in row if (key := _key(cell, table, found))}
    seen: set[CellKey] = set()
    name = table.sheet or (table.caption.strip().rpartition("\n")[2] if table.caption else f"Table {table.number}")
    heads = table.header_rows or 0
    left_out = 0
    rows: list[Markup] = []
    for index, row in enumerate(table.rows):
        doubted = any(claim.id in context.in_doubt for cell in row for claim in claims.get(id(cell), ()))
        if index >= MAXIMUM_ROWS and not doubted:
            left_out += 1
            continue
        rows.append(
            element("tr", (_cell(c, claims.get(id(c), ()), index < heads, context) for c in _once(row, table, seen)))
        )
    more = element("p", f"{left_out:,} further rows without a finding are not shown.", class_="more") if left_out else None
    label = harmless(name)
    return element(
        "section",
        element("table", element("caption", label), element("tbody", rows)),
        more,
        class_="table",
        aria_label=label[:120],
        tabindex=0,
    )


def _key(cell: Cell, table: Table, found: Placed) -> CellKey | None:
    return next((key for key in cell_keys(cell, table) if key in found.in_cells), None)


def _once(row: Sequence[Cell], table: Table, seen: set[CellKey]) -> Iterator[Cell]:
    """The cells of a row; one that spans others is repeated by the readers, and shown empty from the second time on."""
    for cell in row[:MAXIMUM_COLUMNS]:
        key = next(cell_keys(cell, table))
        yield Cell("", cell.row, cell.column) if key in seen and cell.text else cell
        seen.add(key)


def _cell(cell: Cell, claims: Sequence[Claim], head: bool, context: Context) -> Markup:
    text = _plain(cell.text)
    if not claims:
        return element(
            "th" if (head or cell.bold) and text.strip() else "td", text, scope="col" if head and text.strip() else None
        )
    first, *further = claims
    others = (element("sup", figure_link(claim, printed_claim(claim), context, in_place=True)) for claim in further)
    return element("td", figure_link(first, text.strip(), context, in_place=True), others, class_="number")


def _nowhere(found: Placed, context: Context) -> Markup | None:
    """Figures that stand in no text of the page: of claim files without a document, or that changed since."""
    if not found.nowhere:
        return None
    items = (
        element(
            "li",
            figure_link(claim, printed_claim(claim), context, in_place=True),
            " ",
            harmless(what(claim, context.page.names)),
        )
        for claim in found.listed
    )
    more = len(found.nowhere) - len(found.listed)
    return element(
        "div",
        element("p", "Figures by their claims, as no text is shown for them:", class_="note"),
        element("ul", items, element("li", f"and {more:,} more, listed under Figures") if more > 0 else None),
        class_="nowhere",
    )
