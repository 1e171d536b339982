"""DOCX: paragraphs by number, headings, lists, tables, notes and text boxes; deletions are not text, insertions are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from crosscheck.extraction.readers.archive import Archive, parse_xml
from crosscheck.extraction.readers.boilerplate import set_aside
from crosscheck.extraction.readers.docx_body import Body, Grid, Paragraph
from crosscheck.extraction.readers.pieces import Pieces
from crosscheck.extraction.readers.text import dated, stamped
from crosscheck.extraction.source import ASIDE, CAPTION, HEADING, ITEM, PARAGRAPH, TITLE, Cell, Source, Table
from crosscheck.inputs.faults import Fault, InputFaults

Found = TypeVar("Found")
MAIN = "word/document.xml"
HEADING_NAME = re.compile(r"heading (\d)", re.IGNORECASE)
MAXIMUM_STYLES = 20  # that a style is based on, one on another
LONG = 240  # characters on average in a cell from which a table only lays out text
MAXIMUM_CELLS = 500_000
MAXIMUM_CAPTION, MAXIMUM_HEADING = 220, 120


@dataclass(slots=True)
class Style:
    """A paragraph style: its name, outline level, whether it numbers paragraphs, and what it is based on."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    item: bool = False


@dataclass(slots=True)
class Draft:
    """A document on its way."""

    file: str
    styles: dict[str, Style]
    pieces: Pieces = field(default_factory=Pieces)
    tables: list[Table] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    heading: str = ""
    short: str = ""
    titled: bool = False


def read_docx(data: bytes, file: str) -> Source:
    """The source of a Word document. Raises InputFaults when it is damaged, encrypted, or holds something else."""
    archive = Archive(data, file)
    draft = Draft(file, {})
    main = next((name for name in (MAIN, "word/document2.xml") if name in archive.parts), MAIN)
    body = _body(archive, main)
    draft.styles = _optional(archive, "word/styles.xml", draft, _styles) or {}
    for block in body.blocks:
        _add(draft, block)
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = _optional(archive, part, draft, _body)
        for block in notes.blocks if notes else ():
            _add(draft, block)
    title, language = _optional(archive, "docProps/core.xml", draft, _core) or (None, None)
    pieces = draft.pieces
    text = pieces.text()
    blocks = set_aside(text, pieces.blocks)
    shown = next((text[block.start : block.end] for block in blocks if block.kind == TITLE), None)
    if not blocks and not draft.tables:
        raise InputFaults([Fault(file, None, None, "the document holds no text")])
    return Source(
        file,
        text,
        blocks,
        tuple(draft.tables),
        tuple(pieces.segments),
        title=shown or title,
        published=stamped(text, blocks) or dated(text, [block for block in blocks if block.kind != ASIDE]),
        language=language,
        remarks=tuple(draft.remarks),
    )


def _body(archive: Archive, part: str) -> Body:
    body = Body()
    parse_xml(archive.read(part), archive.file, part, body.start, body.end, body.text)
    return body


def _optional(archive: Archive, part: str, draft: Draft, read: Callable[[Archive, str], Found]) -> Found | None:
    """What `read` makes of a part that may be missing; one that is damaged becomes a remark."""
    if part not in archive.parts:
        return None
    try:
        return read(archive, part)
    except InputFaults as faults:
        draft.remarks.extend(faults.faults)
        return None


def _styles(archive: Archive, part: str) -> dict[str, Style]:
    styles: dict[str, Style] = {}
    current = Style()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal current
        local = name.rpartition(" ")[2]
        named = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        value = named.get("val", "")
        if local == "style":
            current = Style()
            styles[named.get("styleId", "")] = current
        elif local == "name":
            current.name = value
        elif local == "basedOn":
            current.based_on = value
        elif local == "numPr":
            current.item = True
        elif local == "outlineLvl" and value.isascii() and value.isdigit() and int(value) < 9:
            current.outline = int(value) + 1

    parse_xml(archive.read(part), archive.file, part, start, lambda _: None, lambda _: None)
    return styles


def _core(archive: Archive, part: str) -> tuple[str | None, str | None]:
    found: dict[str, list[str]] = {}
    current: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal current
        current = found.setdefault(name.rpartition(" ")[2], [])

    parse_xml(archive.read(part), archive.file, part, start, lambda _: None, lambda text: current.append(text))
    title, language = ("".join(found.get(name, ())).strip()[:500] or None for name in ("title", "language"))
    return title, language


def _add(draft: Draft, block: Paragraph | Grid) -> None:
    if isinstance(block, Paragraph):
        _add_paragraph(draft, block)
    elif _is_layout(block):
        for row in block.rows:
            for cell in row:
                for paragraph in cell.paragraphs:
                    _add_paragraph(draft, paragraph)
    else:
        _add_table(draft, block)


def _add_paragraph(draft: Draft, paragraph: Paragraph) -> None:
    text = paragraph.text.replace("\u00ad", "")
    shown = text.strip()
    if not shown:
        return
    kind, level = _kind(draft, paragraph, shown)
    lead = len(text) - len(text.lstrip())
    draft.pieces.add(text[lead:].rstrip(), None, paragraph=paragraph.number)
    draft.pieces.end_block(kind, level)
    if kind in (HEADING, TITLE):
        draft.heading, draft.short = shown, ""
    else:
        draft.short = shown if len(shown) <= MAXIMUM_CAPTION and not shown.endswith(".") else ""


def _kind(draft: Draft, paragraph: Paragraph, shown: str) -> tuple[str, int]:
    """What a paragraph is, by its style and the styles that is based on, then by how it looks."""
    outline, item = paragraph.outline, paragraph.item
    style = draft.styles.get(paragraph.style)
    names = [paragraph.style.lower()]
    for _ in range(MAXIMUM_STYLES):
        if style is None:
            break
        names.append(style.name.lower())
        outline = outline if outline is not None else style.outline
        item = item or style.item
        style = draft.styles.get(style.based_on)
    if any(name.startswith(("toc", "table of", "header", "footer")) for name in names):
        return ASIDE, 0
    if "title" in names and not draft.titled:
        draft.titled = True
        return TITLE, 1
    numbered = next((match for name in names if (match := HEADING_NAME.fullmatch(name))), None)
    outline = int(numbered[1]) if numbered else outline
    if outline and len(shown) <= MAXIMUM_CAPTION:
        if outline == 1 and not draft.titled and not draft.pieces.blocks:
            draft.titled = True
            return TITLE, 1
        return HEADING, outline
    if any(name == "caption" for name in names):
        return CAPTION, 0
    if item or any(name.startswith("list ") for name in names):
        return ITEM, 0
    bold = paragraph.bold * 10 >= 9 * max(paragraph.length, 1)
    if bold and len(shown) <= MAXIMUM_HEADING and not shown.endswith((".", ",", ";")):
        if not draft.titled and not draft.pieces.blocks:
            draft.titled = True
            return TITLE, 1
        return HEADING, 0
    return PARAGRAPH, 0


def _cells(grid: Grid) -> list[str]:
    return [" ".join(paragraph.text.strip() for paragraph in cell.paragraphs) for row in grid.rows for cell in row]


def _is_layout(grid: Grid) -> bool:
    if grid.nested or len(grid.rows) < 2 or max((len(row) for row in grid.rows), default=0) < 2:
        return True
    filled = [text for text in _cells(grid) if text.strip()]
    return len(filled) < 3 or sum(map(len, filled)) > LONG * len(filled)


def _add_table(draft: Draft, grid: Grid) -> None:
    rows: list[tuple[Cell, ...]] = []
    above: list[Cell] = []
    width = max(sum(cell.span for cell in row) for row in grid.rows)
    if width * len(grid.rows) > MAXIMUM_CELLS:
        draft.remarks.append(
            Fault(draft.file, None, None, f"table {len(draft.tables) + 1} has too many cells and is not read")
        )
        return
    for number, row in enumerate(grid.rows, 1):
        cells: list[Cell] = []
        for cell in row:
            text = " ".join(" ".join(paragraph.text.split(" ")).strip() for paragraph in cell.paragraphs).strip()
            bold = any(paragraph.bold for paragraph in cell.paragraphs) and all(
                paragraph.bold * 10 >= 9 * paragraph.length for paragraph in cell.paragraphs
            )
            for _ in range(cell.span):
                column = len(cells) + 1
                over = above[column - 1] if cell.merged and column <= len(above) else None
                cells.append(Cell(over.text if over else text, number, column, bold=over.bold if over else bold))
        cells += [Cell("", number, column) for column in range(len(cells) + 1, width + 1)]
        above = cells
        rows.append(tuple(cells))
    caption = "\n".join(part for part in (draft.heading, draft.short) if part)
    draft.tables.append(Table(tuple(rows), caption, len(draft.tables) + 1, header_rows=grid.heads or None))
