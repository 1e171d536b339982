"""Lines of a document with figures underlined in place, cropped to the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crosscheck.reports.terminal import Style, cells, harmless

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of one line (code points from 0, end left out) with a label; the figure in doubt is primary."""

    start: int
    end: int
    label: str
    primary: bool = False


def underlined(line: str, marks: Sequence[Mark], width: int, style: Style, level: str) -> Iterator[str]:
    """The line, cropped around its marks, and rows under it with the marks underlined and labelled.

    Marks too far apart for one row get a row of their own, the primary ones first.
    """
    ordered = sorted(marks, key=lambda mark: (not mark.primary, mark.start))
    for group in _groups(line, ordered, width):
        yield from _row(line, group, width, style, level)


def _groups(line: str, marks: Sequence[Mark], width: int) -> list[list[Mark]]:
    groups: list[list[Mark]] = []
    for mark in marks:
        for group in groups:
            low, high = min(m.start for m in [*group, mark]), max(m.end for m in [*group, mark])
            if cells(line[low:high]) <= width - 12:
                group.append(mark)
                break
        else:
            groups.append([mark])
    return groups


def _row(line: str, marks: Sequence[Mark], width: int, style: Style, level: str) -> Iterator[str]:
    low, high = _window(line, min(m.start for m in marks), max(m.end for m in marks), width)
    before, after = ELLIPSIS if low > 0 else "", ELLIPSIS if high < len(line) else ""
    yield before + harmless(line[low:high]) + after
    placed = sorted(marks, key=lambda mark: mark.start)
    columns = [cells(before) + cells(harmless(line[low : mark.start])) for mark in placed]
    widths = [max(cells(harmless(line[mark.start : mark.end])), 1) for mark in placed]
    row, position = "", 0
    for mark, column, length in zip(placed, columns, widths, strict=True):
        row += " " * (column - position) + style.paint(_stroke(mark, style) * length, level if mark.primary else "frame")
        position = max(column, position) + length
    last = placed[-1]
    label = style.paint(last.label, level if last.primary else "frame")
    if position + 1 + cells(last.label) <= width:
        yield f"{row} {label}".rstrip()
    else:
        yield row
        yield " " * max(min(columns[-1], width - cells(last.label)), 0) + label
    for mark, column in reversed(list(zip(placed[:-1], columns[:-1], strict=True))):
        if mark.label:
            yield " " * column + style.paint(mark.label, level if mark.primary else "frame")


def _stroke(mark: Mark, style: Style) -> str:
    if not style.unicode:
        return "^" if mark.primary else "-"
    return "━" if mark.primary else "─"


def _window(line: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The part of a line to show: all of it, or as much around the span as fits, between words where possible."""
    if cells(line) <= width:
        return 0, len(line)
    low, high = start, end
    room = width - 2 - cells(line[start:end])
    while room > 0 and (low > 0 or high < len(line)):
        # Two columns of what comes before for each of what comes after: readers look for the subject on the left.
        if low > 0 and (high >= len(line) or (start - low) <= 2 * (high - end)):
            low -= 1
            room -= cells(line[low])
        else:
            room -= cells(line[high])
            high += 1
    while low > 0 and low < start and line[low - 1] != " ":
        low += 1
    while high < len(line) and high > end and line[high] != " ":
        high -= 1
    return low, high
