"""Text on a terminal: how wide it is shown, and colours where they are wanted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

CODES = {"error": "1;31", "warning": "1;33", "note": "1;36", "help": "1;32", "frame": "34", "bold": "1", "dim": "2"}
INVISIBLE = ("Mn", "Me", "Cf", "Cc")


@dataclass(frozen=True, slots=True)
class Style:
    """How to write for one terminal: columns, colour, and whether it shows more than ASCII."""

    width: int = 100
    colour: bool = False
    unicode: bool = True

    def paint(self, text: str, kind: str) -> str:
        """The text in the colour of a kind (error, warning, note, help, frame, bold, dim)."""
        return f"\x1b[{CODES[kind]}m{text}\x1b[0m" if self.colour and text else text


def cells(text: str) -> int:
    """Columns that a text takes: two for wide characters, none for combining and invisible ones."""
    return len(text) if text.isascii() else sum(cell(character) for character in text)


def cell(character: str) -> int:
    """Columns that one character takes."""
    if character.isascii():
        return 1
    if unicodedata.category(character) in INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def harmless(text: str) -> str:
    """The text with tabs as spaces and control characters (escape sequences, direction marks) made visible."""
    if text.isprintable():
        return text
    return "".join(
        c
        if c.isprintable() or c in "\u00a0\u202f\u2009\u3000" or unicodedata.category(c) in ("Mn", "Me")
        else (" " if c == "\t" else "\ufffd")
        for c in text
    )


def wrapped(text: str, width: int, indent: str) -> list[str]:
    """The text in lines of at most `width` columns, further lines indented; words longer than that stay whole."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        if line and cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line = indent + word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def folded(line: str, width: int) -> list[str]:
    """A line in pieces that fit, as far in as it begins."""
    text = line.lstrip(" ")
    margin = " " * (len(line) - len(text))
    return [f"{margin}{piece}" for piece in wrapped(text, width - len(margin), "    ")]
