"""Plain text: its text is the file itself; blocks are found by blank lines, line lengths and what lines look like."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crosscheck.extraction.readers.bar_tables import bar_cells, bar_grid, find_bar_tables
from crosscheck.extraction.readers.boilerplate import set_aside
from crosscheck.extraction.readers.dates import DAY, SAID, STAMP, is_stamp, parse_date
from crosscheck.extraction.readers.decode import Decoded, place_in
from crosscheck.extraction.readers.text_tables import Stretch, cells_of, find_tables, grid
from crosscheck.extraction.source import ASIDE, HEADING, ITEM, PARAGRAPH, TITLE, Block, Cell, Source, Table
from crosscheck.inputs.faults import Fault

MAXIMUM_LINES = 1_500_000
TOO_MANY_LINES = f"more than {MAXIMUM_LINES:,} lines; the rest is not read"
MAXIMUM_TITLE, MAXIMUM_HEADING = 220, 110
NEEDS_MORE = re.compile(
    r"(?:,|\b(?:an?|the|of|to|and|or|in|on|at|by|for|with|from|than|between|as|its|their|bn|mln|million|billion|trillion))\Z"
)
AMOUNT = re.compile(
    r"(?:19|20)[0-9]{2}[.,;)]"
    r"|(?:US)?[$€£¥₸₹]?[0-9][0-9.,]* ?(?:%|per ?cent|pct|million|billion|trillion|thousand|bn|mln|US|[A-Z]{3}\b)"
)
MAXIMUM_WIDTH, MINIMUM_WIDTH = 110, 40  # of lines that a program has wrapped
LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
BREAK = re.compile(r"\r\n|[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]")
BULLET = re.compile(r"[ \t]*(?:[•▪◦●‣■□–—*+·-][ \t]+|\(?(?:\d{1,2}|[a-z])[.)][ \t]+(?=\S))")
LABEL = re.compile(r"(?:date|published|posted|updated|publication date|release date|issued)\b", re.IGNORECASE)
# A dateline: "ASTANA, 18 October 2023." or "BEIJING (own report), 22 Jan 2024 - ".
DATELINE = re.compile(rf"[^\d!?\n]{{2,70}}?[,(]\s*(?P<date>{DAY})\)?\s*(?:[.:–—/(-])", re.IGNORECASE)
# The same as a line of its own: "LIMA, 14 October 2025", "Geneva, Switzerland – 3 May 2024"; no "Stocks on 31 March 2025".
PLACE_AND_DAY = re.compile(
    rf"(?:(?:[A-Z][^\W\d_]*[.'’]?|\([^()\n]{{1,40}}\))[ ,–-]+){{1,6}}(?i:{SAID})(?P<date>(?i:{DAY}))\)?\.?"
)
LABELLED = re.compile(r"[A-Za-z]{3,12}(?: [a-z]{2,12})?: ")  # "source: …"
APART = re.compile(r"\S(?: {2,}| ?\t[\t ]*| ?\| ?)\S")
ENDS = re.compile(r"[.!?…;:,][\"”’»)\]]*$")
NO_HEADING = re.compile(r"[.…;,][\"”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the space around it."""

    start: int
    end: int
    text: str
    chunk: int  # lines of one chunk have no blank line between them


@dataclass(frozen=True, slots=True)
class Outline:
    """What a plain text is made of."""

    blocks: list[Block]
    published: datetime.date | None = None
    tables: list[tuple[str, list[list[Stretch | None]]]] = field(default_factory=list)  # caption and grid
    cut: int | None = None  # where reading stopped, as there are too many lines


def read_text(decoded: Decoded, path: str) -> Source:
    """The source of a plain text: paragraphs, headings, list items, and what is not the text's own set aside."""
    text = decoded.text
    found = outline(text)
    blocks = found.blocks
    title = next((text[block.start : block.end] for block in blocks if block.kind == TITLE), None)
    published = found.published or dated(text, blocks)
    tables = tuple(to_table(text, caption, rows, number) for number, (caption, rows) in enumerate(found.tables, 1))
    remarks = list(decoded.remarks)
    if found.cut is not None:
        remarks.append(Fault(path, *place_in(text, found.cut), TOO_MANY_LINES, "split the file"))
    return Source(path, text, set_aside(text, blocks), tables, title=title, published=published, remarks=tuple(remarks))


def to_table(text: str, caption: str, rows: list[list[Stretch | None]], number: int) -> Table:
    """The table of a grid that stands in a text."""
    cells = []
    first = next(cell.start for row in rows for cell in row if cell)
    line, at = text.count("\n", 0, first) + 1, first
    for index, row in enumerate(rows, 1):
        begin = next((cell.start for cell in row if cell), at)
        line, at = line + text.count("\n", at, begin), begin
        line_start = text.rfind("\n", 0, begin) + 1
        cells.append(
            tuple(
                Cell(cell.text, index, column, None, cell.start, cell.end, line, cell.start - line_start + 1)
                if cell
                else Cell("", index, column)
                for column, cell in enumerate(row, 1)
            )
        )
    return Table(tuple(cells), caption, number)


def outline(text: str) -> Outline:
    """The blocks of a plain text in their order, and the date at its head."""
    found = _lines(text)
    cut = found[-1].end if len(found) >= MAXIMUM_LINES else None
    published, lines, stamps = _stamped(found)
    lines, tables = _without_tables(text, lines)
    wrapped = _is_wrapped(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, wrapped):
            groups[-1].append(line)
        else:
            groups.append([line])
    return Outline([*stamps, *_kinds(text, groups)], published, tables, cut)


def _without_tables(text: str, lines: list[Line]) -> tuple[list[Line], list[tuple[str, list[list[Stretch | None]]]]]:
    """The lines that are in no table, and the tables with the line above each."""
    chunks = [line.chunk for line in lines]
    found = _barred(text, lines, chunks)
    within = {index for first, end, _ in found for index in range(first, end)}
    rows = []
    for index, line in enumerate(lines):
        apart = APART.search(line.text) and not BULLET.match(line.text) and index not in within
        line_start = text.rfind("\n", 0, line.start) + 1
        rows.append(cells_of(text, line.start, line.end, line_start) if apart else [])
    found += [(first, end, grid(rows[first:end])) for first, end in find_tables(rows, chunks)]
    if not found:
        return lines, []
    kept: list[Line] = []
    tables: list[tuple[str, list[list[Stretch | None]]]] = []
    at = 0
    for first, end, cells in sorted(found, key=lambda one: one[0]):
        # What stands before and after a table is not one paragraph.
        kept += [replace(line, chunk=line.chunk + len(tables)) for line in lines[at:first]]
        above = kept[-1].text if first > at else ""
        is_caption = len(above) <= MAXIMUM_TITLE and not above.endswith((".", ";", ",")) and "|" not in above
        caption = above if is_caption else ""
        tables.append((caption, cells))
        at = end
    kept += [replace(line, chunk=line.chunk + len(tables)) for line in lines[at:]]
    return kept, tables


def _barred(text: str, lines: list[Line], chunks: list[int]) -> list[tuple[int, int, list[list[Stretch | None]]]]:
    """The tables whose cells are parted by bars: their first line, the line after them, and their cells."""
    if "|" not in text:
        return []
    rows = [bar_cells(text, line.start, line.end) if "|" in line.text else None for line in lines]
    return [(first, end, bar_grid([row or {} for row in rows[first:end]])) for first, end in find_bar_tables(rows, chunks)]


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    chunk, at = 0, 0
    for match in LINE.finditer(text):
        if found and len(BREAK.findall(text, at, match.start())) > 1:
            chunk += 1
        at = match.end()
        stripped = match[0].strip()
        if not stripped or not any(c.isalnum() for c in stripped):
            # a rule of dashes parts as a blank line does; one with bars only parts the headings of a table from its figures
            chunk += "|" not in stripped
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        found.append(Line(start, start + len(stripped), stripped, chunk))
        if len(found) >= MAXIMUM_LINES:
            break
    return found


def _stamped(lines: list[Line]) -> tuple[datetime.date | None, list[Line], list[Block]]:
    """The date that stands before the text or at its head, the lines without it, and what of them is date and time."""
    stamps: list[Block] = []
    published = None
    while lines and is_stamp(lines[0].text):
        published = published or parse_date(lines[0].text)
        stamps.append(Block(ASIDE, lines[0].start, lines[0].end))
        lines = lines[1:]
    found = STAMP.match(lines[0].text) if lines and LABEL.match(lines[0].text) else None
    if found and lines[0].text[found.end() : found.end() + 1].isspace():
        published = published or parse_date(found[0])
        rest = lines[0].text[found.end() :]
        first = _cut(lines[0], found.end() + len(rest) - len(rest.lstrip(" \t|–—-")))
        stamps.append(Block(ASIDE, lines[0].start, lines[0].start + found.end()))
        again, lines, more = _stamped_once([first, *lines[1:]])
        return published or again, lines, stamps + more
    if published is None:
        for line in lines[1:6]:
            published = published or (parse_date(line.text) if is_stamp(line.text) else None)
    return published, lines, stamps


def _stamped_once(lines: list[Line]) -> tuple[datetime.date | None, list[Line], list[Block]]:
    if lines and is_stamp(lines[0].text):
        return parse_date(lines[0].text), lines[1:], [Block(ASIDE, lines[0].start, lines[0].end)]
    return None, lines, []


def _cut(line: Line, width: int) -> Line:
    return Line(line.start + width, line.end, line.text[width:], line.chunk)


def dated(text: str, blocks: Sequence[Block]) -> datetime.date | None:
    """The date of a dateline at the head, or of a line at the foot that is nothing but a date (and a source)."""
    for block in blocks[:4]:
        head = text[block.start : min(block.end, block.start + 140)].strip()
        found = (DATELINE.match(head) or PLACE_AND_DAY.fullmatch(head)) if block.kind != TITLE else None
        if found and (date := parse_date(found["date"])):
            return date
    for block in reversed(blocks[-3:]):
        line = text[block.start : block.end].strip()
        if is_stamp(line) and (date := parse_date(line)):
            return date
    if blocks:
        tail = text[blocks[-1].start : blocks[-1].end][-60:].rpartition("///")
        return parse_date(tail[2]) if tail[1] else None
    return None


def stamped(text: str, blocks: Sequence[Block]) -> datetime.date | None:
    """The date of the first of the blocks at the head that is nothing but a date."""
    for block in blocks[:8]:
        line = text[block.start : block.end]
        if is_stamp(line) and (date := parse_date(line)):
            return date
    return None


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether a program has wrapped the lines: nearly every break within a chunk stands where no further word had room."""
    breaks = [(a, b) for a, b in itertools.pairwise(lines) if a.chunk == b.chunk and not BULLET.match(b.text)]
    if len(breaks) < 3:
        return False
    width = max((len(line.text) for line in lines if " " in line.text), default=0)
    if not MINIMUM_WIDTH <= width <= MAXIMUM_WIDTH:
        return False
    full = sum(1 for a, b in breaks if len(a.text) + 1 + len(b.text[:MAXIMUM_WIDTH].split(maxsplit=1)[0]) > width - 2)
    within = sum(1 for a, _ in breaks if not ENDS.search(a.text[-20:]))  # lines that end within a sentence
    return full * 10 >= 6 * len(breaks) and within * 10 >= 4 * len(breaks)


def _continues(group: list[Line], line: Line, wrapped: bool) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    last = group[-1]
    if last.chunk != line.chunk or BULLET.match(line.text) or LABELLED.match(line.text) or is_stamp(line.text):
        return False
    if not ENDS.search(last.text[-20:]) and (line.text[0].islower() or _is_unfinished(last.text, line.text)):
        return True
    if not wrapped:
        return False
    return len(last.text) >= MINIMUM_WIDTH or (len(group) > 1 and not ENDS.search(last.text[-20:]))


def _is_unfinished(last: str, following: str) -> bool:
    """Whether a long line ends where no title or item does: on a word that needs another, or before an amount."""
    if len(last) < MINIMUM_WIDTH:
        return False
    return NEEDS_MORE.search(last[-20:]) is not None or AMOUNT.match(following) is not None


def _kinds(text: str, groups: list[list[Line]]) -> list[Block]:
    blocks: list[Block] = []
    # A title may be looked for only at the head.
    bodies = [not _looks_like_heading(group) for group in groups]
    for index, group in enumerate(groups):
        start, end = group[0].start, group[-1].end
        bullet = BULLET.match(group[0].text)
        followed = any(bodies[index + 1 : index + 4])
        if bullet and bullet.end() < len(group[0].text):
            blocks.append(Block(ITEM, start + bullet.end(), end))
        elif not blocks and followed and _looks_like_title(group):
            blocks.append(Block(TITLE, start, end))
        elif not bodies[index] and followed:
            blocks.append(Block(HEADING, start, end))
        else:
            blocks.append(Block(PARAGRAPH, start, end))
    return blocks


def _looks_like_heading(group: list[Line]) -> bool:
    line = group[0].text
    return (
        len(group) == 1
        and len(line) <= MAXIMUM_HEADING
        and not NO_HEADING.search(line[-20:])
        and (line[0].isupper() or line[0].isdigit() or line[0] in "\"“‘'«")
    )


def _looks_like_title(group: list[Line]) -> bool:
    line = " ".join(line.text for line in group)
    return len(line) <= MAXIMUM_TITLE and not NO_HEADING.search(line[-20:])
