"""The head of a Markdown file between lines of dashes: title, publisher, date and language of the document."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from crosscheck.extraction.readers.dates import parse_date
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.yaml_tree import Node, is_null, read_text

HEAD = re.compile(r"---[ \t]*\r?\n")
FOOT = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)
MAXIMUM = 64 * 1024
TITLES, DATES = (
    ("title", "headline"),
    ("published", "date", "publication_date", "publishdate", "pubdate", "datepublished", "created"),
)
PUBLISHERS, LANGUAGES = (
    ("publisher", "source", "site", "site_name", "organization", "organisation", "author"),
    ("language", "lang", "locale"),
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head says, and where the text after it begins."""

    end: int = 0
    title: str | None = None
    title_start: int | None = None  # where it stands in the file, letter by letter
    publisher: str | None = None
    published: datetime.date | None = None
    language: str | None = None


def read_front_matter(text: str, file: str) -> tuple[FrontMatter, list[Fault]]:
    """The front matter at the head of a text, and what is wrong with it; without one its end is 0."""
    head = HEAD.match(text)
    foot = FOOT.search(text, head.end(), head.end() + MAXIMUM) if head else None
    if head is None or foot is None:
        return FrontMatter(), []
    inner = text[head.end() : foot.start()]
    if inner.strip() and not re.search(r"^[\w-]+[ \t]*:", inner, re.MULTILINE):
        return FrontMatter(), []  # a rule between two paragraphs
    end = foot.end()
    if not inner.strip():
        return FrontMatter(end), []
    try:
        root = read_text("\n" + inner, file)  # one line on, as in the file
    except InputFaults as faults:
        return FrontMatter(end), [
            Fault(f.file, f.line, f.column, f"front matter: {f.message}", f.hint) for f in faults.faults
        ]
    if root.entries is None:
        return FrontMatter(end), []
    entries = {key.lower().replace("-", "_"): node for key, _, node in root.pairs()}
    remarks: list[Fault] = []
    title = _first(entries, TITLES)
    published = _date(_first(entries, DATES), remarks)
    publisher, language = _first(entries, PUBLISHERS), _first(entries, LANGUAGES)
    return (
        FrontMatter(
            end,
            title.text if title else None,
            _place(text, title),
            publisher.text if publisher else None,
            published,
            language.text if language else None,
        ),
        remarks,
    )


def _first(entries: dict[str, Node], names: tuple[str, ...]) -> Node | None:
    for name in names:
        node = entries.get(name)
        if node is not None and node.items:
            node = node.items[0]
        if node is not None and node.text and not is_null(node):
            return node
    return None


def _date(node: Node | None, remarks: list[Fault]) -> datetime.date | None:
    if node is None or node.text is None:
        return None
    date = parse_date(node.text)
    if date is None:
        remarks.append(node.fault(f'"{node.text[:40]}" is no date that can be read', "write it as 2024-06-26"))
    return date


def _place(text: str, node: Node | None) -> int | None:
    if node is None or not node.text:
        return None
    start = 0
    for _ in range(node.line - 1):
        start = text.index("\n", start) + 1
    start += node.column - 1 + (1 if node.quoted else 0)
    return start if text.startswith(node.text, start) else None
