"""Marks within a paragraph of Markdown: what of it is text, with offsets, in one pass from left to right."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MAXIMUM_PARTS = 1_000_000  # of a paragraph; marks beyond are text
OBJECT = "\ufffc"  # stands for what is not text within a sentence: code, an address
MARK = re.compile(r"[\\`*_~\[\]!<&\n]|https?://|www\.")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
TICKS = re.compile(r"`+")
TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,40}(?:\s[^<>]{0,2000})?/?>")
AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}|[^\s<>@]{1,100}@[^\s<>@]{1,100})>")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]|\"]+(?:\([^\s<>()]*\)[^\s<>()\[\]|\"]*)?")
TARGET = re.compile(
    r"\(\s{0,9}(?:<[^<>\n]{0,2000}>|[^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,9})"
    r"(?:\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,9}\)"
)
LABEL = re.compile(r"\[[^\[\]\n]{0,300}\]")
NOTE = re.compile(r"\[\^[^\[\]\s]{1,100}\]")
BREAK = re.compile(r"(?:[ \t]{2,}|\\)$")
TRAILING = ".,;:!?'*_~"  # marks after an address that belong to the sentence


@dataclass(slots=True)
class Part:
    """A stretch of the raw text: kept as it is (`other` None) or read as `other` ("" for marks)."""

    start: int
    end: int
    other: str | None = None
    code: bool = False


@dataclass(slots=True)
class Run:
    """A run of emphasis marks: where it stands among the parts and how many of it are still unpaired."""

    part: int
    left: int
    opens: bool
    closes: bool
    paired: int = 0


@dataclass(slots=True)
class Scan:
    """A paragraph on its way: the raw text, parts, open marks and brackets."""

    raw: str
    labels: frozenset[str]
    parts: list[Part] = field(default_factory=list)
    at: int = 0
    runs: dict[str, list[Run]] = field(default_factory=dict)  # open ones, by mark
    struck: list[tuple[int, int]] = field(default_factory=list)  # first and last part of what is crossed out
    brackets: list[tuple[int, bool]] = field(default_factory=list)  # part of "[" and whether it is an image
    ticks: dict[int, list[int]] = field(default_factory=dict)  # starts of runs of backticks, by length, last first

    def keep(self, until: int) -> None:
        """What stands before `until` is text."""
        if until > self.at:
            self.parts.append(Part(self.at, until))
        self.at = until

    def put(self, end: int, other: str | None, code: bool = False) -> None:
        """From here to `end` stands `other`."""
        self.parts.append(Part(self.at, end, other, code))
        self.at = end


def scan_inline(raw: str, labels: frozenset[str] = frozenset()) -> Iterator[Part]:
    """The parts of a paragraph in order; `labels` are the names of link targets that the document defines (lower case)."""
    scan = Scan(raw, labels)
    for match in TICKS.finditer(raw):
        scan.ticks.setdefault(len(match[0]), []).append(match.start())
    for starts in scan.ticks.values():
        starts.reverse()
    position = 0
    while len(scan.parts) < MAXIMUM_PARTS and (found := MARK.search(raw, position)):
        scan.keep(found.start())
        HANDLERS[found[0][0]](scan)
        if scan.at == found.start():  # it was no mark
            scan.put(found.end() if found[0] in ("https://", "http://", "www.") else found.start() + 1, None)
        position = scan.at
    scan.keep(len(raw))
    crossed = {index for first, last in scan.struck for index in range(first, last + 1)} if scan.struck else ()
    return (part for index, part in enumerate(scan.parts) if index not in crossed)


def _escape(scan: Scan) -> None:
    if found := ESCAPE.match(scan.raw, scan.at):
        scan.put(scan.at + 1, "")
        scan.put(found.end(), None)
    elif scan.raw.startswith("\\\n", scan.at):
        scan.put(scan.at + 2, "\n")


def _code(scan: Scan) -> None:
    opening = TICKS.match(scan.raw, scan.at)
    assert opening is not None
    starts = scan.ticks[len(opening[0])]
    while starts and starts[-1] < opening.end():
        starts.pop()
    if starts:
        scan.put(starts[-1] + len(opening[0]), OBJECT, code=True)
    else:
        scan.put(opening.end(), None)


def _emphasis(scan: Scan) -> None:
    mark = scan.raw[scan.at]
    end = scan.at
    while end < len(scan.raw) and scan.raw[end] == mark:
        end += 1
    before = scan.raw[scan.at - 1] if scan.at else " "
    after = scan.raw[end] if end < len(scan.raw) else " "
    length = end - scan.at
    left = not after.isspace() and (after.isalnum() or after in "$€£¥₸₽₹~" or before.isspace() or not before.isalnum())
    right = not before.isspace() and (before.isalnum() or before in "%‰" or after.isspace() or not after.isalnum())
    if mark == "_":
        left, right = left and not before.isalnum(), right and not after.isalnum()
    index = len(scan.parts)
    scan.put(end, None)
    if mark == "~" and length != 2:
        return
    run = Run(index, length, left, right)
    stack = scan.runs.setdefault(mark, [])
    if right:
        while stack and run.left and stack[-1].part < index:
            _pair(scan, stack, run, mark)
    if run.left and left:
        stack.append(run)


def _pair(scan: Scan, stack: list[Run], run: Run, mark: str) -> None:
    """Pairs marks of a closing run with the nearest opening one; a run all of whose marks are paired is no text."""
    opener = stack[-1]
    used = min(opener.left, run.left)
    for one in (opener, run):
        one.left -= used
        one.paired += used
        part = scan.parts[one.part]
        part.other = mark * one.left
    if mark == "~":
        scan.struck.append((opener.part, run.part))
    if not opener.left:
        stack.pop()


def _open(scan: Scan) -> None:
    if note := NOTE.match(scan.raw, scan.at):
        scan.put(note.end(), "")
        return
    scan.brackets.append((len(scan.parts), False))
    scan.put(scan.at + 1, None)


def _image(scan: Scan) -> None:
    if scan.raw.startswith("![", scan.at):
        scan.brackets.append((len(scan.parts), True))
        scan.put(scan.at + 2, None)


def _close(scan: Scan) -> None:
    if not scan.brackets:
        return
    opened, image = scan.brackets.pop()
    begin = scan.parts[opened]
    after = scan.at + 1
    target = TARGET.match(scan.raw, after)
    reference = None if target else LABEL.match(scan.raw, after)
    if reference is not None:
        name = reference[0][1:-1].strip() or scan.raw[begin.end : scan.at]
        reference = reference if name.strip().lower() in scan.labels else None
    found = target or reference
    shortcut = (
        not found
        and scan.labels
        and scan.at - begin.end <= 300
        and scan.raw[begin.end : scan.at].strip().lower() in scan.labels
    )
    if not found and not shortcut:
        return
    begin.other = ""
    scan.put(found.end() if found else after, "")
    if image:  # its alternative text is not read
        for part in scan.parts[opened:]:
            part.other = ""
        begin.other = OBJECT


def _angle(scan: Scan) -> None:
    raw, at = scan.raw, scan.at
    if raw.startswith("<!--", at):
        end = raw.find("-->", at + 4)
        scan.put(end + 3 if end >= 0 else len(raw), "")
    elif link := AUTOLINK.match(raw, at):
        scan.put(link.end(), OBJECT)
    elif tag := TAG.match(raw, at):
        name = re.match(r"</?([A-Za-z0-9]+)", tag[0])
        breaks = name is not None and name[1].lower() in ("br", "p", "div", "li", "tr")
        scan.put(tag.end(), "\n" if breaks else "")


def _entity(scan: Scan) -> None:
    if found := ENTITY.match(scan.raw, scan.at):
        shown = html.unescape(found[0])
        if shown != found[0]:
            scan.put(found.end(), shown)


def _newline(scan: Scan) -> None:
    before = scan.parts[-1] if scan.parts else None
    hard = (
        before is not None
        and before.other is None
        and BREAK.search(scan.raw, max(before.start, before.end - 9), before.end)
    )
    scan.put(scan.at + 1, "\n" if hard else " ")


def _address(scan: Scan) -> None:
    before = scan.raw[scan.at - 1] if scan.at else " "
    found = None if before.isalnum() else ADDRESS.match(scan.raw, scan.at)
    if found:
        scan.put(scan.at + len(found[0].rstrip(TRAILING)), OBJECT)


HANDLERS = {
    "\\": _escape,
    "`": _code,
    "*": _emphasis,
    "_": _emphasis,
    "~": _emphasis,
    "[": _open,
    "]": _close,
    "!": _image,
    "<": _angle,
    "&": _entity,
    "\n": _newline,
    "h": _address,
    "w": _address,
}
