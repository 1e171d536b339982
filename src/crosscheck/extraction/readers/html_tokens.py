"""HTML cut into tags and text, with code points of the file: one pass, whatever the file holds."""

from __future__ import annotations

import html
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

TAG = re.compile(r"</?([A-Za-z][^\s/>]{0,80}+)[^>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^>\"']*+)*+>")
BROKEN_TAG = re.compile(r"</?([A-Za-z][^\s/>]{0,80}+)[^>]*+>")  # a quote is never closed
ATTRIBUTE = re.compile(r"([^\s=>\"'/]{1,100})(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"']++)))?")
# What stands in these is not markup.
RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"))
PIECE = re.compile(
    r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)|[ \t\n\f\r]{2,}|[\t\n\f\r]|"
    r"[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
)
SPACES = " \t\n\f\r"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of text (no `tag`), a tag, or the inside of an element that holds no markup (`raw`)."""

    start: int
    end: int
    tag: str = ""  # lower case
    closing: bool = False
    raw: bool = False


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Text, tags and raw content in the order of the file; comments and declarations are left out."""
    stop = len(text) if end is None else end
    at = begun = start  # `begun`: where the open stretch of text begins
    while True:
        at = text.find("<", at, stop)
        if at < 0:
            break
        following = text[at + 1 : at + 2]
        if following in ("!", "?"):
            if begun < at:
                yield Token(begun, at)
            at = begun = _skipped(text, at, stop)
            continue
        found = None
        if following == "/" or following.isalpha():
            found = TAG.match(text, at, stop) or BROKEN_TAG.match(text, at, stop)
            if found is None and text.find(">", at, stop) < 0:  # cut off within a tag
                if begun < at:
                    yield Token(begun, at)
                return
        if found is None:
            at += 1
            continue
        if begun < at:
            yield Token(begun, at)
        name = found[1].lower().removeprefix("html:").removeprefix("xhtml:")
        closing = following == "/"
        yield Token(at, found.end(), name, closing)
        at = begun = found.end()
        if name in RAW and not closing and text[at - 2] != "/":
            at = begun = yield from _raw(text, name, at, stop)
    if begun < stop:
        yield Token(begun, stop)


def _raw(text: str, name: str, at: int, stop: int) -> Generator[Token, None, int]:
    close = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE).search(text, at, stop)
    inner = close.start() if close else stop
    if inner > at:
        yield Token(at, inner, name, raw=True)
    if close is None:
        return stop
    yield Token(close.start(), close.end(), name, closing=True)
    return close.end()


def _skipped(text: str, at: int, stop: int) -> int:
    """The end of a comment, a declaration, a processing instruction or CDATA."""
    if text.startswith("<!--", at):
        end = text.find("-->", at + 2, stop)
        return end + 3 if end >= 0 else stop
    if text.startswith("<![CDATA[", at):
        return at + 9  # its text is read; "]]>" is dropped as a lone bracket would be
    end = text.find(">", at, stop)
    return end + 1 if end >= 0 else stop


def attributes(text: str, token: Token) -> dict[str, str]:
    """The attributes of a tag, names in lower case; the first of two counts."""
    name_end = token.start + 1
    while name_end < token.end and text[name_end] not in " \t\n\f\r/>":
        name_end += 1
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(text, name_end, token.end - 1):
        value = next((group for group in match.group(2, 3, 4) if group is not None), "")
        found.setdefault(match[1].lower(), html.unescape(value) if "&" in value else value)
    return found


def pieces_of(text: str, start: int, end: int, keep_space: bool = False) -> Iterator[tuple[str, int, int]]:
    """The printed pieces of a stretch with their offsets: entities decoded, white space folded, invisible marks dropped."""
    at = start
    for match in PIECE.finditer(text, start, end):
        first = match[0][0]
        if first == "&":
            shown = html.unescape(match[0])
            if shown == match[0]:
                continue
            shown = shown.replace("\u00ad", "").replace("\u200b", "")
        elif first in SPACES:
            if keep_space:
                continue
            shown = " "
        else:
            shown = ""
        if match.start() > at:
            yield text[at : match.start()], at, match.start()
        if shown:
            yield shown, match.start(), match.end()
        at = match.end()
    if end > at:
        yield text[at:end], at, end
