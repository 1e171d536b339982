"""YAML as a tree of nodes with positions, in which every plain scalar is its source text.

Read from the parser's events, so nothing is ever constructed: `1.50` keeps its zero, `NO` is Norway, and
anchors, aliases, merge keys, tags and duplicate keys are refused where they stand instead of being expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import Fault, InputFaults

MAXIMUM_BYTES = 32 * 1024 * 1024
MAXIMUM_DEPTH = 64
# What YAML does not let stand in a file. Looked for beforehand, as the parsers tell its place in bytes or not
# at all.
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HINTS = (
    (
        "that cannot start any token",
        "indent with spaces, and quote text that begins with @ % or `",
    ),
    ("found a tab character", "indent with spaces"),
    (
        "mapping values are not allowed",
        "quote text that holds a colon and a space, and let keys that belong together begin in one column",
    ),
    ("expected ',' or '}'", "inside braces quote text that holds braces, commas or colons"),
    ("expected ',' or ']'", "inside brackets quote text that holds brackets, commas or colons"),
    ("could not find expected ':'", "is a colon missing, or a space after it?"),
    ("did not find expected '-' indicator", "align the items of the list"),
    ("did not find expected key", "align the keys of the mapping, and close every quote"),
    ("found unexpected end of stream", "a quote or a bracket is not closed"),
)

Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A scalar (`text`), a list (`items`) or a mapping (`entries`, key node and value node by key text)."""

    file: str
    line: int
    column: int
    text: str | None = None
    quoted: bool = False
    items: list[Node] | None = None
    entries: dict[str, tuple[Node, Node]] | None = None

    def fault(self, message: str, hint: str | None = None) -> Fault:
        """A fault at this node's place."""
        return Fault(self.file, self.line, self.column, message, hint)

    def get(self, key: str) -> Node | None:
        """The value under `key` of a mapping, or None."""
        pair = (self.entries or {}).get(key)
        return pair[1] if pair else None

    def pairs(self) -> Iterator[tuple[str, Node, Node]]:
        """Key text, key node and value node of each entry, in the order of the file."""
        for key, (key_node, value) in (self.entries or {}).items():
            yield key, key_node, value

    @property
    def kind(self) -> str:
        """ "a mapping", "a list", "nothing" or "text", for messages."""
        if self.entries is not None:
            return "a mapping"
        if self.items is not None:
            return "a list"
        return "nothing" if is_null(self) else "text"


def is_null(node: Node) -> bool:
    """True for an empty plain scalar and for `null` or `~`."""
    return node.text is not None and not node.quoted and node.text in ("", "~", "null")


@dataclass(slots=True)
class _Builder:
    file: str
    faults: list[Fault] = field(default_factory=list)
    roots: list[Node] = field(default_factory=list)
    open: list[tuple[Node, Node | None]] = field(default_factory=list)  # container, pending key

    def add(self, node: Node) -> None:
        if not self.open:
            self.roots.append(node)
            return
        parent, key = self.open[-1]
        if parent.items is not None:
            parent.items.append(node)
        elif key is None:
            self.open[-1] = (parent, self._as_key(node))
        else:
            self.open[-1] = (parent, None)
            assert parent.entries is not None and key.text is not None
            if key.text in parent.entries:
                first = parent.entries[key.text][0]
                shown = "".join(c if c.isprintable() else "\ufffd" for c in key.text[:40])
                self.faults.append(key.fault(f'duplicate key "{shown}"', f"first given on line {first.line}"))
            else:
                parent.entries[key.text] = (key, node)

    def _as_key(self, node: Node) -> Node:
        if node.text is None:
            self.faults.append(node.fault("a key must be text"))
            return Node(node.file, node.line, node.column, text=f"\0{len(self.faults)}")
        if node.text == "<<" and not node.quoted:
            self.faults.append(node.fault("merge keys are not allowed", "write the entries out"))
        return node


def read_file(path: Path) -> Node:
    """The tree of the YAML file at `path`.

    Raises InputFaults when the file cannot be read, is too large, not UTF-8 text, empty, or not plain YAML.
    """
    data = read_limited(path, MAXIMUM_BYTES, " as YAML", "split it, or keep large sets of figures in tables")
    return read_bytes(data, str(path))


def read_bytes(data: bytes, file: str) -> Node:
    """The tree of UTF-8 bytes (with or without byte-order mark); raises InputFaults."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" not in data:
            message, hint = "this is not UTF-8 text", "save the file as UTF-8"
        else:
            message, hint = "this is a binary file", "claims, rules and code lists are YAML text"
        raise InputFaults([Fault(file, *_place_after(before), message, hint)]) from None
    return read_text(text, file)


def read_text(text: str, file: str) -> Node:
    """The tree of YAML text; raises InputFaults with everything found up to the first syntax error."""
    forbidden = FORBIDDEN.search(text)
    if forbidden:
        message = f"the character U+{ord(forbidden[0]):04X} may not stand in YAML"
        hint = "is this a binary file?" if "\0" in text else "remove it"
        raise InputFaults([Fault(file, *_place_after(text[: forbidden.start()]), message, hint)])
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=Loader):
            _handle(builder, event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(part for part in (error.problem, error.context) if part) or "not YAML"
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        near = next((hint for problem, hint in HINTS if problem in message), None)
        builder.faults.append(Fault(file, line, column, f"not readable as YAML: {message}", near))
    except yaml.YAMLError as error:
        builder.faults.append(Fault(file, None, None, f"not readable as YAML: {error}"))
    if not builder.faults and not builder.roots:
        builder.faults.append(Fault(file, 1, 1, "the file is empty"))
    if builder.faults:
        raise InputFaults(builder.faults)
    return builder.roots[0]


def _place_after(before: str) -> tuple[int, int]:
    """Line and column of what follows the text `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _handle(builder: _Builder, event: yaml.Event) -> None:
    if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:  # nearly all of a file
        mark = event.start_mark
        assert mark is not None
        builder.add(Node(builder.file, mark.line + 1, mark.column + 1, event.value, bool(event.style)))
        return
    if not isinstance(event, yaml.NodeEvent):
        if isinstance(event, yaml.CollectionEndEvent):
            builder.open.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and builder.roots:
            fault = _at(builder.file, event).fault("only one YAML document a file", "remove the `---`")
            raise InputFaults([*builder.faults, fault])
        return
    node = _at(builder.file, event)
    if isinstance(event, yaml.AliasEvent):
        builder.faults.append(node.fault(f"aliases (*{event.anchor}) are not allowed", "write the value out"))
        node.text = ""
        builder.add(node)
        return
    tag: str | None = getattr(event, "tag", None)
    if event.anchor is not None:
        builder.faults.append(node.fault(f"anchors (&{event.anchor}) are not allowed", "write the value out"))
    if tag is not None and tag != "!":
        builder.faults.append(node.fault(f"tags ({tag[:40]}) are not allowed", "write plain text"))
    if isinstance(event, yaml.ScalarEvent):
        node.text, node.quoted = event.value, bool(event.style)
        builder.add(node)
        return
    if isinstance(event, yaml.SequenceStartEvent):
        node.items = []
    else:
        node.entries = {}
    builder.add(node)
    builder.open.append((node, None))
    if len(builder.open) > MAXIMUM_DEPTH:
        raise InputFaults([*builder.faults, node.fault(f"nested more than {MAXIMUM_DEPTH} deep")])


def _at(file: str, event: yaml.Event) -> Node:
    mark = event.start_mark
    assert mark is not None  # parsers always give one
    return Node(file, mark.line + 1, mark.column + 1)
