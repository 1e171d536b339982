"""Words of a page of a PDF with their places, from the characters that the library finds."""

from __future__ import annotations

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

MAXIMUM_CHARACTERS = 300_000  # of one page
SUPERSCRIPT = {"2": "²", "3": "³"}
UNIT = re.compile(r"(?:^|\d)(?:[kcdm]?m|ft|mi)$")


@dataclass(slots=True)
class Word:
    """A word: its text, left and right, baseline (from the bottom of the page), height, and whether it is bold."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """The upright words of a page in the order in which they are drawn."""

    words: list[Word]
    width: float
    height: float
    cut: bool = False  # there were more characters than are read
    turned: int = 0  # characters that do not stand upright
    unknown: int = 0  # characters of which the file does not say what they are
    pictures: bool = False


def page_text(page: Any, raw: Any) -> PageText:
    """Reads a page of pypdfium2; `raw` is its module of bare functions."""
    width, height = page.get_size()
    rotation = page.get_rotation()
    unturned = (height, width) if rotation in (90, 270) else (width, height)
    textpage = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(textpage)
        reader = _Reader(textpage, raw, rotation, unturned)
        for index in range(min(count, MAXIMUM_CHARACTERS)):
            reader.read(index)
        reader.end_word()
    finally:
        textpage.close()
    pictures = not reader.words and raw.FPDFPage_CountObjects(page) > 0
    return PageText(reader.words, width, height, count > MAXIMUM_CHARACTERS, reader.turned, reader.unknown, pictures)


class _Reader:
    """Puts characters together to words: a space, a step in height or a gap ends one."""

    def __init__(self, textpage: Any, raw: Any, rotation: int, size: tuple[float, float]) -> None:
        self.textpage, self.raw, self.rotation, self.size = textpage, raw, rotation, size
        self.box = raw.FS_RECTF()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.words: list[Word] = []
        self.parts: list[str] = []
        self.word: Word | None = None
        self.turned = self.unknown = 0

    def read(self, index: int) -> None:
        """Reads the character at an index of the page."""
        raw, textpage = self.raw, self.textpage
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code == 2 or code == 0xAD:  # a hyphen at the end of a line, as the library marks it
            code = 0x2D
        if code <= 32 or (code == 0xA0 and not self.parts) or code in (0xFFFE, 0xFFFF):
            self.end_word()
            return
        if not raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(self.box)):
            return
        raw.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(self.x), ctypes.byref(self.y))
        angle = math.degrees(raw.FPDFText_GetCharAngle(textpage, index)) % 360
        if min(abs(angle - self.rotation), abs(360 - angle - self.rotation), abs(angle - 360 - self.rotation)) > 8:
            self.turned += 1
            return
        if code == 0xFFFD or 0xE000 <= code <= 0xF8FF:
            self.unknown += 1
        left, right, baseline, height = self._upright()
        text = chr(code) if code < 0x110000 and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        self._add(index, text, left, right, baseline, height)

    def _upright(self) -> tuple[float, float, float, float]:
        """Left, right, baseline and height of the character as the page is shown."""
        box, x, y = self.box, self.x.value, self.y.value
        width, height = self.size
        if self.rotation == 90:
            return box.bottom, box.top, width - x, box.right - box.left
        if self.rotation == 180:
            return width - box.right, width - box.left, height - y, box.top - box.bottom
        if self.rotation == 270:
            return height - box.top, height - box.bottom, x, box.right - box.left
        return box.left, box.right, y, box.top - box.bottom

    def _add(self, index: int, text: str, left: float, right: float, baseline: float, height: float) -> None:
        word = self.word
        if word is not None:
            step, gap = baseline - word.y, left - word.x1
            raised = height < 0.85 * word.size and 0.1 * word.size < step < 0.7 * word.size and abs(gap) < 0.3 * word.size
            if raised and (text.isdigit() or text in "*†‡,()abcde"):
                shown = "".join(self.parts)
                if text in SUPERSCRIPT and UNIT.search(shown):
                    self.parts.append(SUPERSCRIPT[text])
                word.x1 = max(word.x1, right)
                return
            if abs(step) > 0.3 * word.size or gap > 0.22 * word.size or gap < -1.5 * word.size:
                self.end_word()
                word = None
        if word is None:
            self.word = Word("", left, right, baseline, height, self._is_bold(index))
            self.parts = [text]
            return
        word.x1, word.size = max(word.x1, right), max(word.size, height)
        self.parts.append(text)

    def _is_bold(self, index: int) -> bool:
        if self.raw.FPDFText_GetFontWeight(self.textpage, index) >= 600:
            return True
        flags = ctypes.c_int()
        buffer = ctypes.create_string_buffer(128)
        length = self.raw.FPDFText_GetFontInfo(self.textpage, index, buffer, 128, ctypes.byref(flags))
        return 0 < length <= 128 and b"bold" in buffer.value.lower()

    def end_word(self) -> None:
        """Closes the open word."""
        if self.word is not None:
            self.word.text = "".join(self.parts)
            self.words.append(self.word)
        self.word, self.parts = None, []
