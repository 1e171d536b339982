"""The lines of a claim file that a person may have written, so that single fields change and all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crosscheck.claims.keys import ENTITY
from crosscheck.claims.model import AREA
from crosscheck.extraction.claim_files.text import (
    FIRST_KEYS,
    LAST_KEYS,
    Defaults,
    Fields,
    claims_lines,
    entry_lines,
    entry_values,
    key_lines,
    scalar,
)
from crosscheck.inputs.yaml_tree import Node

BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")  # where YAML counts a new line
DOCUMENT_ORDER = ("id", "path", "title", "publisher", "published", "sha256", "without_area")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where an entry stands: lines from `first` on and before `last`; comment lines directly above it begin at `above`.

    `keys` are the lines of its keys; None for an entry in braces.
    """

    node: Node
    above: int
    first: int
    last: int
    keys: Mapping[str, tuple[int, int]] | None
    has_comment: bool


@dataclass(slots=True)
class ClaimLines:
    """A claim file as lines. Changes are collected, and made all at once by `text`."""

    lines: list[str]
    root: Node
    newline: str
    entries: list[Entry]
    in_block: bool  # whether `claims` is a list with a dash a line, so that single entries can be changed
    edits: list[tuple[int, int, int, list[str]]] = field(default_factory=list)  # from, to, order, new lines

    def replace(self, first: int, last: int, new: Iterable[str]) -> None:
        """Puts `new` in the place of the lines from `first` on and before `last`."""
        self.edits.append((first, last, len(self.edits), list(new)))

    @property
    def text(self) -> str:
        """The text after all changes."""
        lines: list[str] = []
        at = 0
        for first, last, _, new in sorted(self.edits):
            lines += self.lines[at:first]  # nothing, where two that go both claim the blank line between them
            lines += new
            at = max(at, last)
        lines += self.lines[at:]
        return self.newline.join(lines)


def read_lines(text: str, root: Node) -> ClaimLines:
    """The lines of a claim file and where its entries stand; `root` is its tree."""
    lines = BREAK.split(text)
    found = ClaimLines(lines, root, "\r\n" if "\r\n" in text else "\n", [], False)
    claims = root.get("claims")
    if claims is None or not claims.items or _character(lines, claims) != "-":
        return found
    found.in_block = True
    end = _section_end(root, "claims", lines)
    starts = [_dash_line(lines, item) for item in claims.items]
    if len(set(starts)) < len(starts):
        found.in_block = False
        return found
    order = sorted(range(len(starts)), key=lambda index: starts[index])
    column = claims.column - 1
    for at, index in enumerate(order):
        first = starts[index]
        bound = starts[order[at + 1]] if at + 1 < len(order) else end
        last = _content_end(lines, first, bound, column)
        floor = found.entries[-1].last if found.entries else first
        above = first
        while at and above > floor and lines[above - 1].lstrip().startswith("#"):
            above -= 1
        if not at:
            while above > 0 and lines[above - 1].lstrip().startswith("#") and _indent(lines[above - 1]) >= column > 0:
                above -= 1
        commented = any(comment_of(line) for line in lines[above:last])
        node = claims.items[index]
        found.entries.append(Entry(node, above, first, last, _key_lines(node, lines, last), commented))
    return found


def _character(lines: Sequence[str], node: Node) -> str:
    """The character that a node begins with."""
    return lines[node.line - 1][node.column - 1 : node.column]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _dash_line(lines: Sequence[str], item: Node) -> int:
    """The line of the dash before an item."""
    line = item.line - 1
    if "-" in lines[line][: item.column - 1]:
        return line
    while line > 0 and not lines[line].lstrip().startswith("-"):
        line -= 1
    return line


def _section_end(root: Node, key: str, lines: Sequence[str]) -> int:
    """The line after the last one that belongs to a key of the root."""
    starts = sorted(key_node.line - 1 for _, key_node, _ in root.pairs())
    own = next(key_node.line - 1 for name, key_node, _ in root.pairs() if name == key)
    return next((start for start in starts if start > own), len(lines))


def _content_end(lines: Sequence[str], first: int, bound: int, column: int) -> int:
    """The line after the last one with content; comments at the column of the dash, or left of it, belong to the next."""
    last = bound
    while last > first + 1:
        line = lines[last - 1]
        if line.strip() and not (line.lstrip().startswith("#") and _indent(line) <= column) and line.strip() != "...":
            break
        last -= 1
    return last


def _key_lines(node: Node, lines: Sequence[str], last: int) -> dict[str, tuple[int, int]] | None:
    """The lines of each key of a mapping in block style; None for one in braces."""
    if node.entries is None or not node.entries or _character(lines, node) == "{":
        return None
    starts = [(key_node.line - 1, name) for name, key_node, _ in node.pairs()]
    if len({start for start, _ in starts}) < len(starts):
        return None
    starts.sort()
    found = {}
    for at, (start, name) in enumerate(starts):
        bound = starts[at + 1][0] if at + 1 < len(starts) else last
        end = bound
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
            end -= 1
        found[name] = (start, end)
    return found


def comment_of(line: str) -> str:
    """The comment of a line of YAML, with its #; empty where there is none."""
    quote = ""
    escaped = False
    for at, character in enumerate(line):
        if quote:
            if escaped:
                escaped = False
            elif character == "\\" and quote == '"':
                escaped = True
            elif character == quote:
                quote = ""
        elif character in "\"'" and (at == 0 or line[at - 1] in " \t{[,:-"):
            quote = character
        elif character == "#" and (at == 0 or line[at - 1] in " \t"):
            return line[at:].rstrip()
    return ""


def _with_comments(old: Sequence[str], new: list[str], indent: str) -> list[str]:
    """New lines with the comments of those that they replace."""
    comments = [comment for line in old if (comment := comment_of(line))]
    if not comments:
        return new
    if new and len(comments) == 1:
        return [f"{new[0]}  {comments[0]}", *new[1:]]
    return [*(f"{indent}{comment}" for comment in comments), *new]


# --- changes ----------------------------------------------------------------------------------------------------------


def change_entry(found: ClaimLines, entry: Entry, identity: str, old: Fields, new: Fields, defaults: Defaults) -> None:
    """Writes the fields of an entry that changed from `old` to `new`; its other lines stay."""
    before, after = entry_values(old, defaults), entry_values(new, defaults)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    whole = {key for key in after if isinstance(after[key], str) and _is_mapping(entry.node, key)}
    if changed & (whole | {"known"}):
        changed |= whole | {"known"}
    if not changed:
        return
    if entry.keys is None:
        column = " " * (_indent(found.lines[entry.first]))
        lines = entry_lines(identity, new, defaults, column)
        found.replace(entry.first, entry.last, _with_comments(found.lines[entry.first : entry.last], lines, column))
        return
    indent = " " * (entry.node.column - 1)
    order = [*FIRST_KEYS, *sorted(_open_keys(after) | _open_keys(before)), *LAST_KEYS]
    where = {(AREA if key == ENTITY else key): key for key in entry.keys}
    at = entry.keys["id"][1] if "id" in entry.keys else entry.first + 1
    for key in order:
        lines = key_lines(key, after[key], indent) if key in after else []
        if key in where:
            first, last = entry.keys[where[key]]
            if key in changed:
                old_lines = found.lines[first:last]
                head = found.lines[first][: entry.node.column - 1]
                if head.strip() and not lines:
                    continue  # the line of the dash: an entry begins with its id, or is written anew
                lines = [head + lines[0][len(head) :], *lines[1:]] if head.strip() else lines
                found.replace(first, last, _with_comments(old_lines, lines, indent))
            at = last
        elif key in changed and lines:
            found.replace(at, at, lines)


def _open_keys(values: Fields) -> set[str]:
    return set(values) - {*FIRST_KEYS, *LAST_KEYS}


def _is_mapping(node: Node, key: str) -> bool:
    value = node.get(key) or (node.get(ENTITY) if key == AREA else None)
    return value is not None and value.entries is not None


def remove_entry(found: ClaimLines, entry: Entry) -> None:
    """Takes an entry out, with the blank line after it (before it, at the end of the file)."""
    last = entry.last
    if not any(line.strip() for line in found.lines[last:]) and not found.lines[entry.above - 1].strip():
        found.replace(entry.above - 1, last, [])
        return
    if last < len(found.lines) and not found.lines[last].strip() and last + 1 < len(found.lines):
        last += 1
    found.replace(entry.above, last, [])


def insert_entries(found: ClaimLines, after: Entry | None, named: Sequence[tuple[str, Fields]], defaults: Defaults) -> None:
    """Puts entries behind another one, or before all."""
    first = found.entries[0]
    indent = " " * _indent(found.lines[first.first])
    for identity, fields in named:
        lines = entry_lines(identity, fields, defaults, indent)
        if after is not None:
            found.replace(after.last, after.last, ["", *lines])
        else:
            found.replace(first.above, first.above, [*lines, ""])


def rewrite_claims(found: ClaimLines, named: Sequence[tuple[str, Fields]], defaults: Defaults) -> None:
    """Writes all entries anew, where they are not one below the other; comments go before them."""
    lines = claims_lines(named, defaults)
    key = next((key_node for name, key_node, _ in found.root.pairs() if name == "claims"), None)
    if key is None:
        found.replace(len(found.lines), len(found.lines), [*lines, ""])
        return
    first, last = key.line - 1, _section_end(found.root, "claims", found.lines)
    last = _content_end(found.lines, first, last, 0)
    comments = [comment for line in found.lines[first:last] if (comment := comment_of(line))]
    found.replace(first, last, [*comments, *lines])


def change_document(found: ClaimLines, changes: Mapping[str, Any]) -> None:
    """Writes keys of `document`; None takes one out."""
    node = found.root.get("document")
    if not changes:
        return
    if node is None or node.entries is None:
        at = next((index for index, line in enumerate(found.lines) if line.strip() and line.lstrip()[0] != "#"), 0)
        lines = [f"  {key}: {scalar(text)}" for key, text in changes.items() if text is not None]
        found.replace(at, at, ["document:", *lines])
        return
    end = _section_end(found.root, "document", found.lines)
    keys = _key_lines(node, found.lines, _content_end(found.lines, node.line - 1, end, 0))
    if keys is None:
        _rewrite_document(found, node, changes, end)
        return
    indent = " " * (node.column - 1)
    at = max(last for _, last in keys.values())
    for key, text in changes.items():
        lines = [] if text is None else [f"{indent}{key}: {scalar(text)}"]
        if key in keys:
            first, last = keys[key]
            found.replace(first, last, _with_comments(found.lines[first:last], lines, indent))
        elif lines:
            found.replace(at, at, lines)


def _rewrite_document(found: ClaimLines, node: Node, changes: Mapping[str, Any], end: int) -> None:
    """A document in braces, written anew below each other; what else it says stays."""
    held = {key: plain(value) for key, _, value in node.pairs()} | dict(changes)
    order = [*DOCUMENT_ORDER, *(key for key in held if key not in DOCUMENT_ORDER)]
    lines = ["document:"]
    for key in order:
        if held.get(key) is not None:
            lines += key_lines(key, held[key], "  ")
    first = next(key_node.line - 1 for name, key_node, _ in found.root.pairs() if name == "document")
    last = _content_end(found.lines, first, end, 0)
    found.replace(first, last, _with_comments(found.lines[first:last], lines, ""))


def plain(node: Node) -> Any:
    """A node as text, a list or a mapping."""
    if node.entries is not None:
        return {key: plain(value) for key, _, value in node.pairs()}
    if node.items is not None:
        return [plain(item) for item in node.items]
    return (node.text or "").strip()
