"""What a reader of a format hands on: the text of a document with its parts, its tables, and the way back to the file."""

from __future__ import annotations

import bisect
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from crosscheck.claims.model import Place
from crosscheck.inputs.faults import Fault

# Kinds of block. What stands in an ASIDE (navigation, related articles, repeated boilerplate) is not the document's own
# statement: its figures are counted as left out.
TITLE, HEADING, PARAGRAPH, ITEM, CAPTION, ASIDE = "title", "heading", "paragraph", "item", "caption", "aside"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text that holds together: `start` and `end` are code points of `Source.text`."""

    kind: str
    start: int
    end: int
    level: int = 0  # of a heading, from 1


@dataclass(frozen=True, slots=True)
class Segment:
    """Where a stretch of the text stands in the file: it begins at `start` of the text.

    `file_start` is in code points of the decoded file, for formats that are text; `page` or `paragraph` for others.
    Within a segment, text and file run in step, unless `file_end` says that the whole segment is what the file writes
    otherwise up to there ("&euro;" for "€", a line break with its indentation for a space).
    """

    start: int
    file_start: int | None = None
    page: int | None = None
    paragraph: int | None = None
    file_end: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `start` and `end` are code points of the file where it is text, `name` is such as "B7"."""

    text: str
    row: int  # from 1, in the file's own counting
    column: int
    name: str | None = None
    start: int | None = None
    end: int | None = None
    line: int | None = None
    line_column: int | None = None
    number: str | None = None  # the exact value as a decimal, of a cell that holds a number (workbooks)
    shown_as: str | None = None  # its number format, such as "0.0%"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, every row as long as the longest; a spanning cell is repeated in all that it covers."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""  # captions, headings and notes around it: "Foreign trade, USD million"
    number: int = 1  # of the tables of a document
    sheet: str | None = None
    page: int | None = None
    header_rows: int | None = None  # where the format says so


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read. Without segments its text is the decoded file itself."""

    path: str
    text: str
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    segments: tuple[Segment, ...] = ()  # ascending by start
    file_text: str | None = None  # the decoded file, where `text` is not it: lines are counted in it
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    language: str | None = None
    sha256: str = ""
    remarks: tuple[Fault, ...] = ()  # what could not be read, or was left out


def place_of(source: Source, start: int, end: int) -> Place:
    """Where `source.text[start:end]` stands in the file."""
    printed = source.text[start:end]
    if not source.segments:
        return _in_text(source.text, start, end, printed)
    at = bisect.bisect_right(source.segments, start, key=attrgetter("start")) - 1
    segment = source.segments[max(at, 0)]
    if segment.file_start is not None and source.file_text is not None:
        begin = segment.file_start + (start - segment.start if segment.file_end is None else 0)
        last = source.segments[max(bisect.bisect_left(source.segments, end, key=attrgetter("start")) - 1, 0)]
        finish = last.file_end if last.file_end is not None else (last.file_start or 0) + end - last.start
        return _in_text(source.file_text, begin, finish, printed)
    return Place(start=start, end=end, printed=printed, page=segment.page, line=segment.paragraph)


def _in_text(text: str, start: int, end: int, printed: str) -> Place:
    lines = _line_starts(text)
    line = bisect.bisect_right(lines, start)
    return Place(start, end, line, start - lines[line - 1] + 1, printed)


@lru_cache(maxsize=4)
def _line_starts(text: str) -> list[int]:
    """Where lines begin: asked for every figure, so a scan each time would make long texts quadratic."""
    return [0, *(match.end() for match in re.finditer("\n", text))]
