"""PDF: paragraphs with their pages, tables that line up, running heads set aside."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from crosscheck.extraction.readers.boilerplate import set_aside
from crosscheck.extraction.readers.pdf_layout import BULLET, ENDS, Region, Row, grid, in_columns, regions, rows_of
from crosscheck.extraction.readers.pdf_words import PageText, page_text
from crosscheck.extraction.readers.pieces import Pieces
from crosscheck.extraction.readers.text import dated, stamped
from crosscheck.extraction.source import ASIDE, HEADING, ITEM, PARAGRAPH, TITLE, Cell, Source, Table
from crosscheck.inputs.faults import Fault, InputFaults

MAXIMUM_PAGES = 2_000
MAXIMUM_CHARACTERS = 4_000_000
LARGE = 1.12  # of the height of the running text: headings begin here
EDGE = 0.12  # of the height of a page: where running heads and feet stand
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|стр\.?)?\s*[-–|]?\s*\d{1,4}\s*[-–|]?(?:\s*(?:of|/|von|из)\s*\d{1,4})?", re.IGNORECASE
)
DIGITS = re.compile(r"\d+")
LEADER = re.compile(r"(?:\. ?){5,}|…{3,}|_{5,}")  # of a table of contents
HYPHEN = re.compile(r"([A-Za-zÀ-ÿа-яА-Я]+)-$")
COMPOUND = re.compile(r"\w-\w+-$")  # "year-on-"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+|[^\W\d_]+")
MAXIMUM_HEADING, MAXIMUM_CAPTION = 160, 220
CATALOG = re.compile(rb"(\d{1,9})\s+(\d{1,5})\s+obj\s*<<[^>]{0,500}?/Type\s*/Catalog")
PASSWORD = 4  # the library's code for a missing password


@dataclass(slots=True)
class Part:
    """A paragraph of the document before it is written: its rows, each with its page."""

    rows: list[tuple[int, Row]]
    kind: str
    level: int = 0


@dataclass(slots=True)
class Draft:
    """A document on its way."""

    file: str
    parts: list[Part] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    body: float = 0
    heading: str = ""
    short: str = ""  # the paragraph above, when it is short: perhaps a caption


def read_pdf(data: bytes, file: str) -> Source:
    """The source of a PDF. Raises InputFaults for one that is encrypted, damaged beyond repair, or without any text."""
    draft = Draft(file)
    pages = _pages(data, draft)
    sizes = Counter(round(word.size, 1) for page in pages for word in page.words for _ in word.text)
    if not sizes:
        raise InputFaults([_no_text(file, pages)])
    draft.body = sizes.most_common(1)[0][0]
    layouts = [rows_of(page.words) for page in pages]
    edges = _running(pages, layouts, draft.body)
    for number, (page, rows) in enumerate(zip(pages, layouts, strict=True), 1):
        own = [row for row in rows if not _is_edge(row, page, edges, draft.body)]
        for row in rows:
            if _is_edge(row, page, edges, draft.body):
                draft.parts.append(Part([(number, row)], ASIDE))
        for column in in_columns(own):
            for region in regions(column):
                _add(draft, number, region)
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.words and page.pictures]
    if empty:
        told = ", ".join(empty[:10]) + (" …" if len(empty) > 10 else "")
        draft.remarks.append(Fault(file, None, None, f"no text on page {told}: pictures only", "run OCR over the file"))
    unknown = sum(page.unknown for page in pages)
    if unknown * 20 > sum(sizes.values()):
        draft.remarks.append(
            Fault(file, None, None, "the fonts do not say which characters they show", "save the PDF anew, or as text")
        )
    return _written(draft)


def _pages(data: bytes, draft: Draft) -> list[PageText]:
    import pypdfium2
    from pypdfium2 import raw

    file = draft.file
    document = None
    for content in (data, _with_trailer(data)):
        try:
            document = pypdfium2.PdfDocument(content)
            break
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == PASSWORD or "assword" in str(error):
                raise InputFaults([Fault(file, None, None, "the PDF is encrypted", "save it without a password")]) from None
    if document is None:
        message = "the PDF is damaged and cannot be read"
        raise InputFaults([Fault(file, None, None, message, "fetch it again: it may be cut off")])
    if b"%%EOF" not in data[-4096:]:
        draft.remarks.append(
            Fault(file, None, None, "the PDF is cut off; what could be found in it is read", "fetch it again")
        )
    try:
        return _pages_of(document, raw, pypdfium2.PdfiumError, draft)
    finally:
        document.close()


def _with_trailer(data: bytes) -> bytes:
    """The file with a new trailer for one that was cut off: with it the library finds what objects there are."""
    catalogs = [match.groups() for match in CATALOG.finditer(data)]
    trailer = b"\nendstream endobj\ntrailer\n<< /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n"
    return data + trailer % catalogs[-1] if catalogs else b""


def _pages_of(document: Any, raw: Any, trouble: type[Exception], draft: Draft) -> list[PageText]:
    pages: list[PageText] = []
    total = len(document)
    left = MAXIMUM_CHARACTERS
    for index in range(min(total, MAXIMUM_PAGES)):
        try:
            page = document[index]
        except trouble:
            draft.remarks.append(Fault(draft.file, None, None, f"page {index + 1} is damaged and not read"))
            pages.append(PageText([], 1, 1))
            continue
        try:
            found = page_text(page, raw)
        finally:
            page.close()
        pages.append(found)
        left -= sum(len(word.text) for word in found.words)
        if found.cut:
            draft.remarks.append(
                Fault(draft.file, None, None, f"page {index + 1} has too many characters; the rest of it is not read")
            )
        if left < 0:
            break
    if len(pages) < total:
        message = f"{total:,} pages; only the first {len(pages):,} are read"
        draft.remarks.append(Fault(draft.file, None, None, message, "split the file"))
    return pages


def _no_text(file: str, pages: list[PageText]) -> Fault:
    if any(page.pictures for page in pages):
        return Fault(
            file, None, None, "the PDF has no text, only pictures: is it scanned?", "run OCR over it, such as ocrmypdf"
        )
    return Fault(file, None, None, "the PDF holds no text")


def _running(pages: list[PageText], layouts: list[list[Row]], body: float) -> frozenset[str]:
    """What stands at the edge of most pages, with any number for a number."""
    found: Counter[str] = Counter()
    for page, rows in zip(pages, layouts, strict=True):
        found.update({DIGITS.sub("#", row.text) for row in rows if _at_edge(row, page, body)})
    least = max(2, (len(pages) + 1) // 2) if len(pages) < 6 else max(3, len(pages) // 3)
    return frozenset(text for text, count in found.items() if count >= least)


def _at_edge(row: Row, page: PageText, body: float) -> bool:
    if row.size > LARGE * body:
        return False  # a title
    return row.y < EDGE * page.height or row.y > (1 - EDGE) * page.height


def _is_edge(row: Row, page: PageText, running: frozenset[str], body: float) -> bool:
    if not _at_edge(row, page, body):
        return False
    return DIGITS.sub("#", row.text) in running or bool(PAGE_NUMBER.fullmatch(row.text.strip()))


def _add(draft: Draft, page: int, region: Region) -> None:
    """Adds a paragraph or a table of a page."""
    rows = region.rows
    text = " ".join(row.text for row in rows)
    if region.table:
        _add_table(draft, page, rows)
        return
    if LEADER.search(text):
        draft.parts.append(Part([(page, row) for row in rows], ASIDE))
        return
    if len(rows) == 1 and len(rows[0].pieces) > 3:
        # A row of cells of which nothing is known: no prose.
        draft.parts.append(Part([(page, row) for row in rows], ASIDE))
        said = f"page {page}: words in columns that are neither prose nor a table are not read"
        if not any(said == remark.message for remark in draft.remarks):
            draft.remarks.append(Fault(draft.file, None, None, said))
        return
    size, bold = rows[0].size, all(row.bold for row in rows)
    large = size > LARGE * draft.body
    heading = len(text) <= MAXIMUM_HEADING and (large or bold) and not text.rstrip().endswith((".", ",", ";"))
    kind = HEADING if heading else PARAGRAPH
    if (
        not heading
        and BULLET.match(rows[0].pieces[0].words[0].text)
        and (len(rows[0].pieces[0].words) > 1 or len(rows[0].pieces) > 1)
    ):
        kind = ITEM
    part = Part([(page, row) for row in rows], kind, 0)
    if heading:
        draft.heading, draft.short = text, ""
    else:
        draft.short = text if kind != ITEM and len(text) <= MAXIMUM_CAPTION and not text.endswith(".") else ""
    last = next((one for one in reversed(draft.parts) if one.kind != ASIDE), None)
    if kind == PARAGRAPH and last is not None and last.kind in (PARAGRAPH, ITEM) and _continues(last, part):
        last.rows.extend(part.rows)
        if draft.parts[-1] is not last:  # running heads between the halves go before it
            draft.parts.remove(last)
            draft.parts.append(last)
        return
    draft.parts.append(part)


def _continues(last: Part, part: Part) -> bool:
    """Whether a paragraph goes on from the column or page before: no end there, no capital here."""
    before, row = last.rows[-1][1], part.rows[0][1]
    if abs(before.size - row.size) > 0.12 * row.size or ENDS.search(before.text):
        return False
    first = row.text.lstrip('"“‘(')[:1]
    return first.islower() and len(before.text) > 25


def _add_table(draft: Draft, page: int, rows: list[Row]) -> None:
    cells = grid(rows)
    width = max(map(len, cells))
    bold = [row.bold for row in rows]
    grid_rows = tuple(
        tuple(
            Cell(text, number, column, bold=bold[number - 1])
            for column, text in enumerate(row + [""] * (width - len(row)), 1)
        )
        for number, row in enumerate(cells, 1)
    )
    caption = "\n".join(part for part in (draft.heading, draft.short) if part)
    draft.tables.append(Table(grid_rows, caption, len(draft.tables) + 1, page=page))


def _written(draft: Draft) -> Source:
    pieces = Pieces()
    known = {word.lower() for part in draft.parts for _, row in part.rows for word in WORD.findall(row.text)}
    title = _title(draft)
    sizes = sorted({round(part.rows[0][1].size, 1) for part in draft.parts if part.kind == HEADING}, reverse=True)
    for part in draft.parts:
        _write(pieces, part, known)
        kind = TITLE if part is title else part.kind
        level = 1 + sizes.index(round(part.rows[0][1].size, 1)) if kind == HEADING else 1 if kind == TITLE else 0
        pieces.end_block(kind, min(level, 6))
    text = pieces.text()
    blocks = set_aside(text, pieces.blocks)
    own = [block for block in blocks if block.kind != ASIDE]
    shown = next((text[block.start : block.end] for block in blocks if block.kind == TITLE), None)
    published = stamped(text, blocks) or dated(text, own)
    return Source(
        draft.file,
        text,
        blocks,
        tuple(draft.tables),
        tuple(pieces.segments),
        title=shown,
        published=published,
        remarks=tuple(draft.remarks),
    )


def _title(draft: Draft) -> Part | None:
    """The heading in the largest letters among the first of the document."""
    first = [part for part in draft.parts[:12] if part.kind == HEADING and part.rows[0][0] == draft.parts[0].rows[0][0]]
    best = max(first, key=lambda part: round(part.rows[0][1].size, 1), default=None)
    return best if best is not None and best.rows[0][1].size > LARGE * draft.body else None


def _write(pieces: Pieces, part: Part, known: set[str]) -> None:
    """Adds the rows of a paragraph as one line; a word that was broken at the end of a row is put together."""
    joint = ""
    for index, (page, row) in enumerate(part.rows):
        text = row.text
        if index == 0 and part.kind == ITEM and BULLET.match(row.pieces[0].words[0].text):
            text = text[len(row.pieces[0].words[0].text) :].lstrip()
        if joint:
            pieces.add(joint, None, page)
        following = part.rows[index + 1][1].text if index + 1 < len(part.rows) else ""
        text, joint = _joined(text, following, known)
        pieces.add(text, None, page)


def _joined(text: str, following: str, known: set[str]) -> tuple[str, str]:
    """A row without the hyphen that only breaks its last word, and what stands between it and the next row."""
    broken = HYPHEN.search(text)
    if not broken or not following:
        return text, " "
    if not following[:1].islower():
        return text, " " if following[:1].isspace() or text.endswith(" -") else ""
    first = WORD.match(following)
    end = first[0] if first else ""
    whole, parted = (broken[1] + end).lower(), f"{broken[1]}-{end}".lower()
    stays = bool(COMPOUND.search(text)) or "-" in end or (parted in known and whole not in known)
    return (text, "") if stays else (text[:-1], "")
