"""Elements of HTML, escaped as they are made: text is text unless it was made here."""

from __future__ import annotations

import re
from collections.abc import Iterable

VOID = frozenset({"meta", "br", "hr", "input", "wbr"})
# Escaped everywhere, in text as in attributes, so that no place needs a rule of its own.
SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": " "})
# Not allowed in HTML, or able to turn the order of what stands beside it: controls, direction marks, halves of pairs.
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)


class Markup(str):
    """Text that is HTML already. Only this module, and what reads the page's own style and script, makes it."""

    __slots__ = ()


Child = str | None | Iterable["Child"]
Attribute = str | int | bool | None


def escaped(text: str) -> str:
    """Text that means itself in an element and in a quoted attribute; what HTML has no room for becomes U+FFFD."""
    return UNFIT.sub("\ufffd", text).translate(SIGNS)


def element(name: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """An element. Of attributes a last `_` is dropped and others become `-`; None and False leave one out."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = key.rstrip("_").replace("_", "-")
        parts.append(f" {shown}" if value is True else f' {shown}="{escaped(str(value))}"')
    parts.append(">")
    if name not in VOID:
        _add(parts, children)
        parts.append(f"</{name}>")
    return Markup("".join(parts))


def together(*children: Child) -> Markup:
    """Children one after another, without an element around them."""
    parts: list[str] = []
    _add(parts, children)
    return Markup("".join(parts))


def _add(parts: list[str], children: Iterable[Child]) -> None:
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            parts.append(child if isinstance(child, Markup) else escaped(child))
        else:
            _add(parts, child)


def lazily(*children: Child) -> Markup:
    """What readers with scripts are shown when they ask, and readers without at once.

    Where scripts run, the inside of `noscript` is one text to the browser, so that thousands of these cost little.
    """
    return element("noscript", *children)
