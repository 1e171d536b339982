"""HTML: the content of a page in blocks, its data tables, its metadata, each piece of text with its place in the file.

The tokenizer is our own: parsers repair a page well, but none of them tells where a word of the result stands in the file.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crosscheck.extraction.readers.boilerplate import set_aside
from crosscheck.extraction.readers.decode import Decoded
from crosscheck.extraction.readers.html_content import settle, text_length
from crosscheck.extraction.readers.html_meta import About, about, date_in
from crosscheck.extraction.readers.html_notes import as_power, footnote_runs
from crosscheck.extraction.readers.html_tables import is_layout, raw_table, to_table
from crosscheck.extraction.readers.html_tokens import pieces_of
from crosscheck.extraction.readers.html_tree import BLOCKS, Element, Page, Run, build
from crosscheck.extraction.readers.pieces import Pieces
from crosscheck.extraction.readers.text import dated, outline, stamped
from crosscheck.extraction.readers.text import to_table as to_text_table
from crosscheck.extraction.source import ASIDE, CAPTION, HEADING, ITEM, PARAGRAPH, TITLE, Block, Cell, Source, Table
from crosscheck.inputs.faults import Fault

CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")
SENTENCE_END = re.compile(r"[.!?…:;][\"”’»)\]]*\s*$")
LINKED, LINKED_SENTENCE = 0.6, 0.9  # shares of a block in links from which it points elsewhere
BULLETS = ("• ", "•\u00a0", "▪ ", "■ ", "● ", "◦ ", "– ", "— ")
MAXIMUM_CAPTION = 220
HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class Bit:
    """A run of a block that is being collected; a `br` is a bit without a run."""

    run: Run | None
    raised: bool = False


@dataclass(slots=True)
class State:
    """What holds at a place of the tree."""

    aside: bool
    inside: bool  # of the content
    kind: str
    level: int = 0


@dataclass(slots=True)
class Draft:
    """A page on its way to a source."""

    text: str
    file: str
    content: Element
    pieces: Pieces = field(default_factory=Pieces)
    bits: list[Bit] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    heads: list[tuple[int, str, bool]] = field(default_factory=list)  # index of the block, its text, whether inside
    heading: str = ""
    short: str = ""  # the block just written, when it is short: perhaps a caption
    remarks: list[Fault] = field(default_factory=list)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in a meta tag or an XML declaration."""
    head = data[:4096]
    found = XML_CHARSET.search(head) or CHARSET.search(head)
    return found[1].decode("ascii") if found else None


def read_html(decoded: Decoded, path: str) -> Source:
    """The source of a page: its content, with navigation and the like set aside, and what its metadata say."""
    text = decoded.text
    page = build(text)
    content = settle(page)
    said = about(text, page)
    draft = Draft(text, path, content, remarks=list(decoded.remarks))
    _write_title(draft, page, said)
    _walk(draft, page.root)
    if not page.complete:
        message = "the page has too many elements; the end of it is not read"
        draft.remarks.append(Fault(path, None, None, message, "save the part that matters"))
    title = _entitled(draft, said)
    full = draft.pieces.text()
    blocks = set_aside(full, draft.pieces.blocks)
    if not any(block.kind not in (ASIDE, TITLE) for block in blocks) and not draft.tables:
        message = "no running text found in the page"
        draft.remarks.append(
            Fault(path, None, None, message, "is it made by a script? save it as text or PDF from a browser")
        )
    own = [block for block in blocks if block.kind != ASIDE]
    return Source(
        path,
        full,
        blocks,
        tuple(draft.tables),
        tuple(draft.pieces.segments),
        text,
        title=title,
        publisher=said.publisher,
        published=(
            said.published
            or date_in(content)
            or date_in(page.root)
            or stamped(full, own)
            or dated(full, own)
            or _aside(full, blocks)
        ),
        language=said.language,
        remarks=tuple(draft.remarks),
    )


def read_fragment(text: str, start: int, end: int, file: str) -> list[Table]:
    """The data tables of a stretch of HTML within another text."""
    page = build(text, start, end)
    draft = Draft(text, file, page.root)
    _walk(draft, page.root)
    return draft.tables


def _aside(text: str, blocks: tuple[Block, ...]) -> datetime.date | None:
    return dated(
        text,
        [
            Block(PARAGRAPH, block.start, block.end)
            for block in blocks
            if block.kind == ASIDE and block.end - block.start < 60
        ],
    )


def _walk(draft: Draft, root: Element) -> None:
    """Goes through the tree and writes a block whenever a block element begins or ends."""
    state = State(False, root is draft.content, PARAGRAPH)
    waiting: list[tuple[Iterator[Element | Run], State, Element]] = [(iter(root.children), state, root)]
    while waiting:
        children, state, parent = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
            if parent.tag in BLOCKS:
                _flush(draft, state)
            continue
        if isinstance(child, Run):
            draft.bits.append(Bit(child))
            continue
        marks = footnote_runs(draft.text, child) if child.tag == "sup" else None
        if marks is not None:
            draft.bits += [Bit(run, raised=True) for run in marks if len(marks) == 1]
            continue
        if child.tag == "br":
            draft.bits.append(Bit(None))
            continue
        if child.tag in ("del", "s", "strike"):
            continue
        if child.tag in BLOCKS or (child.aside and not state.aside):
            _flush(draft, state)
        inner = _state_of(child, state, draft.content)
        if child.tag == "table" and _data_table(draft, child, inner):
            continue
        if child.tag == "pre":
            _preformatted(draft, child, inner)
            continue
        if child.tag not in BLOCKS and child.aside and not state.aside:
            # set aside within a line: a block of its own
            waiting.append((iter(()), inner, Element("div", child.start)))
        waiting.append((iter(child.children), inner, child))
    _flush(draft, state)


def _state_of(element: Element, outer: State, content: Element) -> State:
    kind, level = outer.kind, outer.level
    tag = element.tag
    if tag in HEADINGS:
        kind, level = HEADING, HEADINGS[tag]
    elif tag in ("li", "dt", "dd"):
        kind, level = ITEM, 0
    elif tag in ("figcaption", "caption", "legend") or (
        "caption" in element.attrs.get("class", "").lower() and kind == PARAGRAPH
    ):
        kind, level = CAPTION, 0
    elif tag in ("table", "section", "article", "main", "figure"):
        kind, level = PARAGRAPH, 0
    return State(outer.aside or element.aside, outer.inside or element is content, kind, level)


def _data_table(draft: Draft, element: Element, state: State) -> bool:
    """Reads a table of data; False for one that lays out text. What is aside is passed over."""
    if element.nested:
        return False
    raw = raw_table(draft.text, element)
    if is_layout(element, raw):
        return False
    if state.aside:
        return True
    caption = "\n".join(part for part in dict.fromkeys((draft.heading, draft.short, raw.caption)) if part)
    table, complete = to_table(raw, len(draft.tables) + 1, caption)
    draft.tables.append(table)
    if not complete:
        line = draft.text.count("\n", 0, element.start) + 1
        draft.remarks.append(Fault(draft.file, line, None, "the table has too many cells; the rest of it is not read"))
    return True


def _flush(draft: Draft, state: State) -> None:
    """Writes the block that was collected; a br ends it where a sentence or line of its own ends."""
    if not draft.bits:
        return
    bits, draft.bits = draft.bits, []
    runs = [bit.run for bit in bits if bit.run is not None]
    length, linked = text_length(runs)
    bold = all(run.bold for run in runs if draft.text[run.start : run.end].strip())
    pieces = draft.pieces
    begun = len(pieces.parts)
    if bold and state.kind == PARAGRAPH and length <= MAXIMUM_CAPTION:
        state = State(state.aside, state.inside, HEADING)
    breaks = 0
    tail = ""
    for bit in bits:
        if bit.run is None:
            breaks += 1
            continue
        for shown, start, end in pieces_of(draft.text, bit.run.start, bit.run.end):
            if breaks and shown.strip():
                tail = tail or _tail(pieces)
                if pieces.begun is not None:
                    if breaks > 1 or SENTENCE_END.search(tail) or not shown.lstrip()[0].islower():
                        _end(draft, state, begun, length, linked)
                        begun = len(pieces.parts)
                    elif pieces.last != " ":
                        pieces.add_other(" ", start, start)
                breaks, tail = 0, ""
            _put(draft, shown, start, end, bit.raised)
    _end(draft, state, begun, length, linked)


def _tail(pieces: Pieces) -> str:
    return "".join(pieces.parts[-4:])[-40:] if pieces.begun is not None else ""


def _put(draft: Draft, shown: str, start: int, end: int, raised: bool) -> None:
    """Adds a piece of a line: white space is folded across pieces, raised digits are told from the number before them."""
    pieces = draft.pieces
    if raised:
        power = as_power(_tail(pieces).rstrip(), shown)
        if power:
            pieces.add_other(power, start, end)
        return
    if pieces.begun is None or pieces.last == " ":
        stripped = shown.lstrip(" \t\n\f\r")
        if end - start == len(shown):
            start += len(shown) - len(stripped)
        shown = stripped
    if end - start == len(shown) and draft.text.startswith(shown, start):
        pieces.add(shown, start)
    else:
        pieces.add_other(shown, start, end)


def _end(draft: Draft, state: State, begun: int, length: int, linked: int) -> None:
    pieces = draft.pieces
    if pieces.begun is None:
        return
    shown = "".join(pieces.parts[begun:]).strip()
    full_sentence = bool(SENTENCE_END.search(shown[-8:])) and len(shown) > 40
    points_away = linked >= (LINKED_SENTENCE if full_sentence or state.kind == HEADING else LINKED) * max(length, 1)
    kind = state.kind
    if kind == HEADING and not state.level and shown.endswith((".", ",", ";")):
        kind = PARAGRAPH
    title = kind == HEADING and state.level == 1
    aside = state.aside or not state.inside or (points_away and not title)
    pieces.end_block(ASIDE if aside else kind, state.level if kind == HEADING else 0)
    if kind == PARAGRAPH and not aside and shown.startswith(BULLETS) and pieces.blocks[-1].start < pieces.length - 2:
        kind = ITEM
        _without_bullet(pieces)
    if kind == HEADING and pieces.blocks:
        draft.heads.append((len(pieces.blocks) - 1, shown, not aside))
    if aside:
        return
    if kind == HEADING:
        draft.heading, draft.short = shown, ""
    else:
        draft.short = shown if kind != ITEM and len(shown) <= MAXIMUM_CAPTION and not shown.endswith(".") else ""


def _without_bullet(pieces: Pieces) -> None:
    block = pieces.blocks[-1]
    shown = "".join(pieces.parts[-40:])[-(pieces.length - block.start) :]
    skip = len(shown) - len(shown[1:].lstrip()) if len(shown) == pieces.length - block.start else 1
    pieces.blocks[-1] = Block(ITEM, block.start + skip, block.end)


def _preformatted(draft: Draft, element: Element, state: State) -> None:
    """Text whose lines the author has set: read as plain text is, unless it is code."""
    pieces = draft.pieces
    if any(isinstance(child, Element) and child.tag == "code" for child in element.children):
        state = State(True, state.inside, state.kind)
    written = len(pieces.parts) + (1 if pieces.length else 0)  # the gap before it is a part
    for child in element.walk():
        if isinstance(child, Run):
            for shown, start, end in pieces_of(draft.text, child.start, child.end, keep_space=True):
                if end - start == len(shown) and draft.text.startswith(shown, start):
                    pieces.add(shown, start)
                else:
                    pieces.add_other(shown, start, end)
    if pieces.begun is None:
        return
    begin = pieces.begun
    shown = "".join(pieces.parts[written:])
    pieces.begun, pieces.last = None, ""
    found = outline(shown)
    for caption, rows in [] if state.aside else found.tables:
        table = to_text_table(shown, caption or draft.heading, rows, len(draft.tables) + 1)
        draft.tables.append(
            replace(table, rows=tuple(tuple(_placed(pieces, begin, cell) for cell in row) for row in table.rows))
        )
    for block in found.blocks:
        kind = ASIDE if state.aside or not state.inside else block.kind if block.kind != TITLE else HEADING
        pieces.blocks.append(Block(kind, block.start + begin, block.end + begin, block.level))


def _placed(pieces: Pieces, begin: int, cell: Cell) -> Cell:
    """A cell with its places in the file instead of those in the stretch of text that begins at `begin`."""
    if cell.start is None or cell.end is None:
        return cell
    start, end = pieces.file_offset(begin + cell.start), pieces.file_offset(begin + cell.end - 1)
    return replace(cell, start=start, end=None if end is None else end + 1, line=None, line_column=None)


def _write_title(draft: Draft, page: Page, said: About) -> None:
    """Adds the title of the head, without the name of the site: it is the title where no heading turns out to be."""
    title = said.titles[-1] if said.titles and page.titles else ""
    at = draft.text.find(title, *page.titles[0]) if title else -1
    if at >= 0:
        draft.pieces.add(title, at)
        draft.pieces.end_block(TITLE)


def _entitled(draft: Draft, said: About) -> str | None:
    """Marks the block of the title and gives its text.

    It is the heading that the metadata name, else the one of level 1, else what stands over the first paragraph.
    """
    blocks = draft.pieces.blocks
    named = {_plain(title) for title in said.titles}
    first = [head for head in draft.heads if blocks[head[0]].level == 1]
    inside = [head for head in first if head[2]]
    text = next((index for index, block in enumerate(blocks) if block.kind in (PARAGRAPH, ITEM)), len(blocks))
    over = [head for head in draft.heads if head[2] and head[0] < text]
    like = [head for head in first if len(head[1]) > 12 and any(_plain(head[1])[:60] in name for name in named)]
    same = sorted((head for head in draft.heads if _plain(head[1]) in named), key=lambda head: not head[2])
    chosen = next(iter(same or like or inside or ([] if named and not _is_file_name(said) else first) or over), None)
    if chosen is None:
        return said.titles[-1] if said.titles else None
    index = chosen[0]
    blocks[index] = Block(TITLE, blocks[index].start, blocks[index].end, 1)
    if index and blocks[0].kind == TITLE:
        del blocks[0]
    return chosen[1]


def _is_file_name(said: About) -> bool:
    """Whether a title says nothing: "EX-99.1", "untitled", "page.htm"."""
    return all(" " not in title.strip() for title in said.titles)


def _plain(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())
