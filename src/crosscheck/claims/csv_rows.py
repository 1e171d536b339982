"""Rows of a CSV text with the place of every cell; the module `csv` of Python tells no places.

As in RFC 4180: quotes around a cell, doubled inside it, line breaks allowed there. The delimiter is what the header line
holds most of: comma, semicolon or tab.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t")
QUOTE = '"'

# Says what is wrong at an offset of the text.
Complain = Callable[[int, str, str | None], None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as a spreadsheet counts (the first is 1), its first line, and its cells without blanks around.

    `start` is the offset of the row. `spans` are where the texts begin and end, None for a row without quotes, where the
    cells lie one after another.
    """

    number: int
    line: int
    start: int
    texts: list[str]
    spans: list[tuple[int, int]] | None = None
    raw: str = ""
    delimiter: str = ","

    def span(self, index: int) -> tuple[int, int]:
        """Where a cell's text begins and ends in the whole text."""
        if self.spans is not None:
            return self.spans[index]
        cells = self.raw.split(self.delimiter)
        before = sum(len(cell) + 1 for cell in cells[:index])
        start = self.start + before + len(cells[index]) - len(cells[index].lstrip())
        return start, start + len(self.texts[index])


def delimiter_of(header: str) -> str:
    """What separates the cells of a header line."""
    counts = dict.fromkeys(DELIMITERS, 0)
    inside = False
    for character in header:
        if character == QUOTE:
            inside = not inside
        elif not inside and character in counts:
            counts[character] += 1
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def rows(text: str, delimiter: str, complain: Complain) -> Iterator[Row]:
    """The rows of a text, blank lines left out; ends at a quote that is never closed."""
    position, line, number = 0, 1, 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        raw = text[position:end]
        number += 1
        if QUOTE not in raw:
            if raw.strip():
                texts = [cell.strip() for cell in raw.split(delimiter)]
                yield Row(number, line, position, texts, None, raw, delimiter)
            position, line = end + 1, line + 1
            continue
        cells = _quoted(text, position, delimiter, complain)
        if cells is None:
            return
        texts, spans, after = cells
        yield Row(number, line, position, texts, spans)
        line += text.count("\n", position, after)
        position = after


def _quoted(
    text: str, position: int, delimiter: str, complain: Complain
) -> tuple[list[str], list[tuple[int, int]], int] | None:
    """Texts and spans of the cells of a row that has quotes, and where the next row begins; None for an open quote."""
    texts: list[str] = []
    spans: list[tuple[int, int]] = []
    while True:
        first = _skip_blanks(text, position, delimiter)
        if text[first : first + 1] == QUOTE:
            last = _closing(text, first)
            if last is None:
                complain(first, "a quote is opened and never closed", "a quote inside a quoted cell is doubled")
                return None
            own = text[first + 1 : last]
            texts.append(own.replace(QUOTE * 2, QUOTE).strip())
            spans.append(_trimmed(text, first + 1, last))
            position = _skip_blanks(text, last + 1, delimiter)
            if position < len(text) and text[position] not in (delimiter, "\n"):
                complain(position, "text after a closing quote", "a quote inside a quoted cell is doubled")
                position = _end_of_cell(text, position, delimiter)
        else:
            last = _end_of_cell(text, position, delimiter)
            texts.append(text[position:last].strip())
            spans.append(_trimmed(text, position, last))
            position = last
        if position >= len(text) or text[position] == "\n":
            return texts, spans, position + 1
        position += 1


def _skip_blanks(text: str, position: int, delimiter: str) -> int:
    while position < len(text) and text[position] in " \t\r" and text[position] != delimiter:
        position += 1
    return position


def _closing(text: str, opening: int) -> int | None:
    """The offset of the quote that closes the one at `opening`."""
    position = text.find(QUOTE, opening + 1)
    while position >= 0 and text[position + 1 : position + 2] == QUOTE:
        position = text.find(QUOTE, position + 2)
    return position if position >= 0 else None


def _end_of_cell(text: str, position: int, delimiter: str) -> int:
    line_end = text.find("\n", position)
    line_end = len(text) if line_end < 0 else line_end
    found = text.find(delimiter, position, line_end)
    return line_end if found < 0 else found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
