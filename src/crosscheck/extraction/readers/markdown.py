"""Markdown: front matter, headings, lists, quotes and tables, each piece of text with its place in the file.

A scanner of our own: parsers tell lines of blocks at best, and never where the words within a paragraph stand.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from crosscheck.extraction.readers.boilerplate import set_aside
from crosscheck.extraction.readers.decode import Decoded
from crosscheck.extraction.readers.front_matter import FrontMatter, read_front_matter
from crosscheck.extraction.readers.markdown_inline import OBJECT, scan_inline
from crosscheck.extraction.readers.pieces import Pieces
from crosscheck.extraction.readers.text import MAXIMUM_LINES, TOO_MANY_LINES, dated, stamped
from crosscheck.extraction.source import ASIDE, HEADING, ITEM, PARAGRAPH, TITLE, Block, Cell, Source, Table
from crosscheck.inputs.faults import Fault

LONGEST_CAPTION = 200
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
INDENT = re.compile(r"[ \t]*")
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
HEAD = re.compile(r"[ ]{0,3}(#{1,6})(?=[ \t]|$)[ \t]*")
HEAD_END = re.compile(r"[ \t]+#+[ \t]*$")
UNDERLINE = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*$")
RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
MARKER = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)[ \t]*(?:\[[ xX]\][ \t]+)?")
DEFINITION = re.compile(r"[ ]{0,3}\[(?!\^)([^\[\]]{1,300})\]:[ \t]*\S")
NOTE = re.compile(r"[ ]{0,3}\[\^[^\[\]\s]{1,100}\]:[ \t]*")
DELIMITER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
HIDDEN = re.compile(r"[ ]{0,3}<(script|style|svg|template|noscript|iframe)\b", re.IGNORECASE)
HTML_TABLE = re.compile(r"[ ]{0,3}<table\b", re.IGNORECASE)
MAXIMUM_QUOTES = 20  # quote marks taken off one line


@dataclass(slots=True)
class Line:
    """A line without its quote marks: `start` and `end` are code points of the file."""

    start: int
    end: int
    text: str
    quotes: int = 0


@dataclass(slots=True)
class Draft:
    """A document on its way."""

    text: str
    lines: list[Line]
    labels: frozenset[str]
    pieces: Pieces = field(default_factory=Pieces)
    tables: list[Table] = field(default_factory=list)
    above: str = ""  # the last heading: it may say what a table is about
    short: str = ""  # the paragraph just read, when it is short: perhaps a caption
    remarks: list[Fault] = field(default_factory=list)
    in_list: bool = False
    file: str = ""
    first_line: int = 1  # the number of the first of `lines` in the file


def read_markdown(decoded: Decoded, path: str) -> Source:
    """The source of a Markdown text: marks, addresses and code are no text, and pipe tables become tables."""
    text = decoded.text
    front, remarks = read_front_matter(text, path)
    lines = _lines(text, front.end)
    labels = frozenset(match[1].strip().lower() for line in lines if (match := DEFINITION.match(line.text)))
    before = text.count("\n", 0, front.end)
    draft = Draft(text, lines, labels, remarks=[*decoded.remarks, *remarks], file=path, first_line=before + 1)
    if len(lines) >= MAXIMUM_LINES:
        draft.remarks.append(Fault(path, draft.first_line + len(lines), None, TOO_MANY_LINES, "split the file"))
    if front.title and front.title_start is not None:
        draft.pieces.add(front.title, front.title_start)
        draft.pieces.end_block(TITLE)
    at = 0
    while at < len(lines):
        at = _block(draft, at)
    blocks, title = _titled(draft, front)
    full = draft.pieces.text()
    return Source(
        path,
        full,
        set_aside(full, blocks),
        tuple(draft.tables),
        tuple(draft.pieces.segments),
        text,
        title=title,
        publisher=front.publisher,
        published=front.published or stamped(full, blocks) or dated(full, blocks),
        language=front.language,
        remarks=tuple(draft.remarks),
    )


def _lines(text: str, start: int) -> list[Line]:
    found = []
    for match in LINE.finditer(text, start):
        if not match[0]:
            break
        content = match[0].rstrip("\r\n")
        begin, quotes = 0, 0
        while quotes < MAXIMUM_QUOTES and (quote := QUOTE.match(content, begin)):
            begin, quotes = quote.end(), quotes + 1
        found.append(Line(match.start() + begin, match.start() + len(content), content[begin:], quotes))
        if len(found) >= MAXIMUM_LINES:
            break
    return found


def _block(draft: Draft, at: int) -> int:
    """Reads the block that begins at a line; the line after it."""
    line = draft.lines[at]
    if not line.text.strip():
        return at + 1
    indent = INDENT.match(line.text)
    assert indent is not None
    width = len(indent[0].expandtabs(4))
    if fence := FENCE.match(line.text.lstrip() if draft.in_list else line.text):
        return _fenced(draft, at, fence[1])
    if line.text.lstrip().startswith("<!--"):
        return _comment(draft, at)
    if hidden := HIDDEN.match(line.text):
        return _until(draft, at, f"</{hidden[1].lower()}")
    if HTML_TABLE.match(line.text):
        return _html_table(draft, at)
    if RULE.match(line.text):
        draft.in_list = False
        return at + 1
    if width < 4 and (head := HEAD.match(line.text)):
        draft.in_list = False
        end = HEAD_END.search(line.text, head.end())
        content = (line.start + head.end(), line.start + (end.start() if end else len(line.text)))
        _write(draft, [content], HEADING, len(head[1]))
        return at + 1
    if at + 1 < len(draft.lines) and "|" in line.text and _is_table(line.text, draft.lines[at + 1].text):
        return _table(draft, at)
    if DEFINITION.match(line.text) and width < 4:
        return at + 1
    nested = line.text.lstrip() if draft.in_list else line.text
    if marker := MARKER.match(nested):
        draft.in_list = True
        return _paragraph(draft, at, len(line.text) - len(nested) + marker.end(), ITEM)
    if width >= 4 and not draft.in_list:
        return _indented(draft, at)
    if width == 0:
        draft.in_list = False
    note = NOTE.match(line.text)
    return _paragraph(draft, at, note.end() if note else 0, PARAGRAPH)


def _paragraph(draft: Draft, at: int, skip: int, kind: str) -> int:
    first = draft.lines[at]
    stretches = [(first.start + skip, first.end)]
    at += 1
    while at < len(draft.lines):
        line = draft.lines[at]
        if not line.text.strip():
            break
        under = UNDERLINE.match(line.text)
        if under and kind == PARAGRAPH and line.quotes == first.quotes:
            _write(draft, stretches, HEADING, 1 if under[1][0] == "=" else 2)
            return at + 1
        if line.quotes > first.quotes or _interrupts(draft, at):
            break
        stretches.append((line.start, line.end))
        at += 1
    _write(draft, stretches, kind)
    return at


def _interrupts(draft: Draft, at: int) -> bool:
    text = draft.lines[at].text
    if (
        HEAD.match(text)
        or FENCE.match(text)
        or RULE.match(text)
        or HTML_TABLE.match(text)
        or HIDDEN.match(text)
        or NOTE.match(text)
        or DEFINITION.match(text)
    ):
        return True
    marker = MARKER.match(text.lstrip() if draft.in_list else text)
    if marker and (draft.in_list or not marker[0].strip()[0].isdigit() or marker[0].strip() in ("1.", "1)")):
        return True
    return at + 1 < len(draft.lines) and "|" in text and _is_table(text, draft.lines[at + 1].text)


def _write(draft: Draft, stretches: list[tuple[int, int]], kind: str, level: int = 0) -> None:
    """Adds a block whose raw text stands in the file in these stretches, one a line."""
    text, pieces = draft.text, draft.pieces
    lines, starts, raw_length = [], [], 0
    for start, end in stretches:
        content = text[start:end]
        stripped = content.lstrip()
        lines.append(stripped)
        starts.append((raw_length, end - len(stripped)))
        raw_length += len(stripped) + 1
    raw = "\n".join(lines)
    if "\n" not in raw:
        raw = raw.rstrip()
    codes: list[tuple[int, int]] = []
    row = 0
    begun = len(pieces.parts)
    for part in scan_inline(raw, draft.labels):
        while row + 1 < len(starts) and starts[row + 1][0] <= part.start:
            row += 1
        begin = starts[row][1] + part.start - starts[row][0]
        if part.other is None:
            _add_text(pieces, raw[part.start : part.end], begin)
            continue
        last = row
        while last + 1 < len(starts) and starts[last + 1][0] < part.end:
            last += 1
        end = starts[last][1] + part.end - starts[last][0]
        if raw[part.start : part.end] == "\n" and row + 1 < len(starts):
            begin, end = stretches[row][1], starts[row + 1][1]
        if part.other in (" ", "\n") and (pieces.begun is None or pieces.last in " \n"):
            continue
        pieces.add_other(part.other, begin, end)
        if part.code and last == row:
            codes.append((begin, end))
    shown = "".join(pieces.parts[begun:]).strip()
    pieces.end_block(kind, level)
    if kind == HEADING:
        draft.above = shown or draft.above
    draft.short = shown if kind == PARAGRAPH and len(shown) <= LONGEST_CAPTION else ""
    for begin, end in codes:
        pieces.add(text[begin:end], begin)
        pieces.end_block(ASIDE)


def _add_text(pieces: Pieces, content: str, begin: int) -> None:
    if pieces.begun is None:
        stripped = content.lstrip()
        begin += len(content) - len(stripped)
        content = stripped
    pieces.add(content, begin)


def _aside(draft: Draft, start: int, end: int) -> None:
    content = draft.text[start:end]
    if content.strip():
        lead = len(content) - len(content.lstrip())
        draft.pieces.add(content.strip(), start + lead)
        draft.pieces.end_block(ASIDE)


def _fenced(draft: Draft, at: int, fence: str) -> int:
    start = at + 1
    end = start
    while end < len(draft.lines):
        text = draft.lines[end].text.strip()
        if text.startswith(fence) and not text.strip(fence[0]):
            break
        end += 1
    else:
        draft.remarks.append(
            Fault(
                draft.file, draft.first_line + at, 1, "this fence of code is never closed; the rest of the file is not read"
            )
        )
    if end > start:
        _aside(draft, draft.lines[start].start, draft.lines[end - 1].end)
    return end + 1


def _indented(draft: Draft, at: int) -> int:
    end = at
    while end < len(draft.lines) and (
        draft.lines[end].text[:4].expandtabs(4).startswith("    ") or not draft.lines[end].text.strip()
    ):
        end += 1
    _aside(draft, draft.lines[at].start, draft.lines[end - 1].end)
    return end


def _comment(draft: Draft, at: int) -> int:
    start = draft.lines[at].start
    close = draft.text.find("-->", start)
    if close < 0:
        return len(draft.lines)
    end = at
    while end < len(draft.lines) and draft.lines[end].end < close + 3:
        end += 1
    rest = draft.text[close + 3 : draft.lines[end].end]
    if rest.strip():
        _write(draft, [(close + 3, draft.lines[end].end)], PARAGRAPH)
    return end + 1


def _until(draft: Draft, at: int, closing: str) -> int:
    end = at
    while end < len(draft.lines) and closing not in draft.lines[end].text.lower():
        end += 1
    return end + 1


def _html_table(draft: Draft, at: int) -> int:
    """A table written in HTML is read by the reader for it."""
    from crosscheck.extraction.readers.html import read_fragment

    end = _until(draft, at, "</table")
    stop = draft.lines[min(end, len(draft.lines)) - 1].end
    found = read_fragment(draft.text, draft.lines[at].start, stop, draft.file)
    for table in found:
        number = len(draft.tables) + 1
        draft.tables.append(Table(table.rows, table.caption or _caption(draft), number, header_rows=table.header_rows))
    if not found:
        message = "a table written in HTML that holds no data is not read"
        draft.remarks.append(Fault(draft.file, draft.first_line + at, 1, message, "write it as text"))
    return end


def _is_table(head: str, under: str) -> bool:
    return "-" in under and bool(DELIMITER.match(under)) and len(_cells(head)) == len(_cells(under))


def _cells(row: str) -> list[tuple[int, int]]:
    """Where the cells of a row of a pipe table stand, without the space around them."""
    bounds, at = [], 0
    while at < len(row):
        if row[at] == "\\":
            at += 2
            continue
        if row[at] == "|":
            bounds.append(at)
        at += 1
    edges = [-1, *bounds, len(row)]
    stretches = [(a + 1, b) for a, b in itertools.pairwise(edges)]
    if stretches and not row[stretches[0][0] : stretches[0][1]].strip():
        stretches = stretches[1:]
    if stretches and len(bounds) and not row[stretches[-1][0] : stretches[-1][1]].strip():
        stretches = stretches[:-1]
    return [_trimmed(row, a, b) for a, b in stretches]


def _trimmed(row: str, start: int, end: int) -> tuple[int, int]:
    content = row[start:end]
    stripped = content.strip()
    begin = start + len(content) - len(content.lstrip()) if stripped else start
    return begin, begin + len(stripped)


def _table(draft: Draft, at: int) -> int:
    head, end = draft.lines[at], at + 2
    while end < len(draft.lines) and "|" in draft.lines[end].text and draft.lines[end].text.strip():
        end += 1
    width = len(_cells(head.text))
    first_line = draft.first_line + at
    rows = []
    for number, index in enumerate([at, *range(at + 2, end)], 1):
        line = draft.lines[index]
        spans = _cells(line.text)[:width]
        cells = [_cell(draft, line, span, number, column, first_line + index - at) for column, span in enumerate(spans, 1)]
        cells += [Cell("", number, column) for column in range(len(spans) + 1, width + 1)]
        rows.append(tuple(cells))
    draft.tables.append(Table(tuple(rows), _caption(draft), len(draft.tables) + 1, header_rows=1))
    return end


def _caption(draft: Draft) -> str:
    """The heading above a table and a short paragraph right before it."""
    return "\n".join(part for part in (draft.above, draft.short) if part)


def _cell(draft: Draft, line: Line, span: tuple[int, int], row: int, column: int, number: int) -> Cell:
    raw = line.text[span[0] : span[1]]
    parts = [raw[part.start : part.end] if part.other is None else part.other for part in scan_inline(raw, draft.labels)]
    shown = "".join(parts).replace(OBJECT, "").strip()
    start = line.start + span[0]
    line_start = draft.text.rfind("\n", 0, start) + 1
    bold = raw.startswith(("**", "__")) and raw.endswith(("**", "__"))
    return Cell(
        shown,
        row,
        column,
        start=start,
        end=line.start + span[1],
        line=number,
        line_column=start - line_start + 1,
        bold=bold,
    )


def _titled(draft: Draft, front: FrontMatter) -> tuple[list[Block], str | None]:
    """The blocks with the title among them: the first heading of level 1, else that of the front matter."""
    blocks, text = draft.pieces.blocks, draft.pieces.text()
    written = bool(blocks) and blocks[0].kind == TITLE
    for index, block in enumerate(blocks):
        if block.kind == HEADING and (block.level == 1 or index == 0):
            blocks[index] = Block(TITLE, block.start, block.end, block.level)
            return blocks[1:] if written else blocks, front.title or text[block.start : block.end]
    return blocks, front.title
