"""The characters of numbers: a text made plain with the way back to its spans, and numbers in digits."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from crosscheck.extraction.patterns import compiled
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.values import value

MAXIMUM_DIGITS = 60
# Characters that are not seen: zero-width ones, marks of direction, soft hyphens.
UNSEEN = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_UNSEEN = re.compile(f"[{UNSEEN}]")
_SEEN_RUN = re.compile(f"[^{UNSEEN}]+")
SPACES = (
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\v\f\x1c\x1d\x1e\x1f"
)
_PLAIN = {ord(c): " " for c in SPACES}
_PLAIN |= {0xFF10 + d: str(d) for d in range(10)} | {0x0660 + d: str(d) for d in range(10)}
_PLAIN |= {0x06F0 + d: str(d) for d in range(10)} | {0x0966 + d: str(d) for d in range(10)}
_PLAIN |= {
    0xFF05: "%",
    0x066A: "%",
    0xFE6A: "%",
    0xFF04: "$",
    0xFFE1: "£",
    0xFFE5: "¥",
    0x2010: "-",
    0x2011: "-",
    0x2012: "–",
}
_PLAIN |= {0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0x0130: "I", 0x066B: ".", 0x066C: ","}


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(text.split())


@value
class Plain:
    """A text with unseen characters left out and spaces and digits made plain; `lower` is as long as `text`.

    `places` are the positions in the original, None where they are the same.
    """

    text: str
    lower: str
    places: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start], self.places[end - 1] + 1

    def here(self, start: int, end: int) -> tuple[int, int]:
        """A span of the original in this text."""
        if self.places is None:
            return start, end
        return bisect_left(self.places, start), bisect_left(self.places, end)


def plain(text: str) -> Plain:
    """`text` made plain for reading numbers."""
    places: list[int] | None = None
    if not text.isascii() and _UNSEEN.search(text):
        places, kept = [], []
        for run in _SEEN_RUN.finditer(text):
            places.extend(range(run.start(), run.end()))
            kept.append(run[0])
        text = "".join(kept)
    text = text.translate(_PLAIN)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return Plain(text, lower, places)


@value
class Digits:
    """A number in digits ending at `end`: `written` is its text with `.` for decimals and no thousands marks.

    `grouped` says that thousands marks were printed; `fault` why it is no number.
    """

    end: int
    written: str = ""
    grouped: bool = False
    fault: str | None = None

    @property
    def value(self) -> Fraction:
        """Its exact value."""
        whole, dot, places = self.written.partition(".")
        return Fraction(int(whole + places), 10 ** len(places)) if dot else Fraction(int(whole))

    @property
    def shown(self) -> str:
        """Its text with `,` in thousands, as figure text has it."""
        whole, dot, places = self.written.partition(".")
        if len(whole) > 4 or (self.grouped and len(whole) > 3):
            whole = f"{int(whole):,}"
        return whole + dot + places


MALFORMED = "a malformed number"
TOO_LONG = f"a number of more than {MAXIMUM_DIGITS} digits"
_BLOB = re.compile(r"[0-9]+(?:[.,]{1,3}[0-9]+|['’][0-9]{3}(?![0-9]))*")
_SPACED = re.compile(r" [0-9]{3}(?![0-9])(?: [0-9]{3}(?![0-9]))*(?:[.,][0-9]{1,9}(?![0-9]|[.,][0-9]))?")
_SHAPES = re.compile(
    r"(?P<plain>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<comma>0,[0-9]+|[0-9]+,[0-9]{1,2})"
    r"|(?P<grouped>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?)"
    r"|(?P<indian>[0-9]{1,3}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?)"
    r"|(?P<dotted>[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})"
    r"|(?P<quoted>[0-9]{1,3}(?:['’][0-9]{3})+(?:\.[0-9]+)?)"
)


def read_digits(text: str, start: int, limit: int) -> Digits:
    """The number in digits at `start`, where a digit stands; it ends before `limit`.

    A comma before three digits marks thousands ("1,234"), before one or two decimals ("30,1").
    """
    match = _BLOB.match(text, start, limit)
    assert match is not None
    end = match.end()
    spaced = None
    if end - start <= 3 and text[end : end + 1] == " ":
        spaced = _SPACED.match(text, end, limit)
    if spaced and text[start] != "0":
        end = spaced.end()
        if end - start > 2 * MAXIMUM_DIGITS:
            return Digits(end, fault=TOO_LONG)
        if text[end : end + 1] in (".", ",") and text[end + 1 : end + 2].isdigit():
            return Digits(_BLOB.match(text, end + 1, limit).end(), fault=MALFORMED)  # type: ignore[union-attr]
        written = text[start:end].replace(" ", "").replace(",", ".")
        return Digits(end, written, grouped=True)
    if end - start > 2 * MAXIMUM_DIGITS:
        return Digits(end, fault=TOO_LONG)
    blob = match[0]
    shape = _SHAPES.fullmatch(blob)
    if shape is None:
        return Digits(end, fault=MALFORMED)
    if len(blob) > MAXIMUM_DIGITS and sum(c.isdigit() for c in blob) > MAXIMUM_DIGITS:
        return Digits(end, fault=TOO_LONG)
    kind = shape.lastgroup
    if kind == "comma":
        return Digits(end, blob.replace(",", "."))
    if kind == "dotted":
        return Digits(end, blob.replace(".", "").replace(",", "."), grouped=True)
    return Digits(end, compiled("[,'’]").sub("", blob), grouped=kind != "plain")
