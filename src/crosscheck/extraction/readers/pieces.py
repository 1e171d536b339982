"""Putting a text together from pieces of a file, in blocks, with the way back from each piece."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from operator import attrgetter

from crosscheck.extraction.source import Block, Segment

GAP = "\n\n"  # between blocks


@dataclass(slots=True)
class Pieces:
    """Collects text and segments; `end_block` closes what was added since the last one."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    segments: list[Segment] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    begun: int | None = None  # where the open block begins
    last: str = ""  # the last character of the open block
    step: int | None = None  # file offset that would continue the last segment

    def add(self, text: str, file_start: int | None, page: int | None = None, paragraph: int | None = None) -> None:
        """Adds text that stands in the file as it is here, from `file_start`."""
        if not text:
            return
        self._open()
        if file_start is None or file_start != self.step or page is not None:
            self.segments.append(Segment(self.length, file_start, page, paragraph))
        self._put(text)
        self.step = None if file_start is None else file_start + len(text)

    def add_other(self, text: str, file_start: int, file_end: int) -> None:
        """Adds text that is written otherwise in the file, between the two offsets (an entity, folded spaces)."""
        if not text:
            return
        self._open()
        self.segments.append(Segment(self.length, file_start, file_end=file_end))
        self._put(text)
        self.step = None

    def _open(self) -> None:
        if self.begun is None:
            if self.length:
                self.parts.append(GAP)
                self.length += len(GAP)
            self.begun, self.step = self.length, None

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        self.last = text[-1]

    def end_block(self, kind: str, level: int = 0) -> None:
        """Closes the open block, if there is one."""
        if self.begun is not None and self.length > self.begun:
            end = self.length - (1 if self.last == " " else 0)
            if end > self.begun:
                self.blocks.append(Block(kind, self.begun, end, level))
        self.begun, self.last, self.step = None, "", None

    def text(self) -> str:
        """All that was added."""
        return "".join(self.parts)

    def file_offset(self, at: int) -> int | None:
        """Where the character at an offset of the text stands in the file."""
        segment = self.segments[bisect.bisect_right(self.segments, at, key=attrgetter("start")) - 1]
        if segment.file_start is None:
            return None
        return segment.file_start + (at - segment.start if segment.file_end is None else 0)
