"""The elements of a page as a tree of blocks with runs of text, built without recursion and within bounds.

Inline elements leave no node: their text joins that around it. What cannot be seen is left out here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from crosscheck.extraction.readers.html_tokens import Token, attributes, tokens

MAXIMUM_NODES = 1_000_000
MAXIMUM_CLIMB = 200  # open elements looked through for the one that a tag closes
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
INVISIBLE = frozenset(
    [
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "head",
        "map",
        "math",
        "meter",
        "noframes",
        "noscript",
        "object",
        "optgroup",
        "option",
        "progress",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
        "iframe",
        "noembed",
    ]
)
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
NODES = frozenset(("sup", "code", "del", "s", "strike", "time", "ins"))  # inline elements that mean something
CLOSES_P = BLOCKS - {"td", "th", "tr", "tbody", "thead", "tfoot", "caption"}
# An opening tag ends an open one of the second list, looked for up to one of the third.
IMPLIED = {
    "li": (("li",), ("ul", "ol", "menu", "dir", "table", "td", "th")),
    "dt": (("dt", "dd"), ("dl", "table", "td", "th")),
    "dd": (("dt", "dd"), ("dl", "table", "td", "th")),
    "tr": (("tr",), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "tbody": (("tbody", "thead", "tfoot", "caption"), ("table",)),
    "thead": (("tbody", "thead", "tfoot", "caption"), ("table",)),
    "tfoot": (("tbody", "thead", "tfoot", "caption"), ("table",)),
}
SCOPE = frozenset(("table", "td", "th", "caption", "html"))  # an end tag does not reach out of these
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
FOR_SCREEN_READERS = frozenset(
    ("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader", "hidden-print", "hide-text")
)
SHORT_ATTRIBUTES = ("class", "id", "role", "datetime", "colspan", "rowspan", "itemprop", "scope", "lang")


@dataclass(slots=True)
class Run:
    """A stretch of text in the file; `link` within an anchor, `bold` in b or strong."""

    start: int
    end: int
    link: bool = False
    bold: bool = False


@dataclass(slots=True)
class Element:
    """A node: `children` are elements and runs in their order; a `br` is an element without children."""

    tag: str
    start: int
    parent: Element | None = None
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | Run] = field(default_factory=list)
    prose: int = 0  # characters of running text in it
    aside: bool = False
    nested: bool = False  # a table in which there is another

    def walk(self) -> Iterator[Element | Run]:
        """Everything below, in the order of the file."""
        waiting = [iter(self.children)]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
                continue
            yield child
            if isinstance(child, Element) and child.children:
                waiting.append(iter(child.children))


@dataclass(slots=True)
class Page:
    """A page as a tree, with the tags that carry metadata."""

    root: Element
    metas: list[dict[str, str]] = field(default_factory=list)
    scripts: list[tuple[int, int]] = field(default_factory=list)  # insides of JSON-LD
    titles: list[tuple[int, int]] = field(default_factory=list)
    language: str | None = None
    address: str | None = None  # its own, where it tells it
    complete: bool = True  # False: there was more than is read


@dataclass(slots=True)
class _Builder:
    text: str
    page: Page
    stack: list[Element]
    open: Counter[str] = field(default_factory=Counter)
    links: int = 0
    bolds: int = 0
    invisible: list[str] = field(default_factory=list)  # open elements from the outermost invisible one on
    nodes: int = 0
    json: bool = False
    tables: list[Element] = field(default_factory=list)  # open ones
    inline: dict[str, list[bool]] = field(default_factory=dict)  # of open inline elements, by tag, which are nodes

    def push(self, element: Element) -> None:
        if element.tag == "table":
            if self.tables:
                self.tables[-1].nested = True
            self.tables.append(element)
        self.stack[-1].children.append(element)
        self.stack.append(element)
        self.open[element.tag] += 1

    def pop(self) -> None:
        tag = self.stack.pop().tag
        self.open[tag] -= 1
        if tag == "table":
            self.tables.pop()


def build(text: str, start: int = 0, end: int | None = None) -> Page:
    """The tree of the page in `text`."""
    root = Element("html", start)
    builder = _Builder(text, Page(root), [root])
    for token in tokens(text, start, end):
        if builder.nodes > MAXIMUM_NODES:
            builder.page.complete = False
            break
        if token.raw:
            _raw(builder, token)
        elif not token.tag:
            if not builder.invisible:
                builder.nodes += 1
                builder.stack[-1].children.append(Run(token.start, token.end, builder.links > 0, builder.bolds > 0))
        elif builder.invisible:
            _within_invisible(builder, token)
        elif token.closing:
            _close(builder, token)
        else:
            _open(builder, token)
    return builder.page


def _raw(builder: _Builder, token: Token) -> None:
    if token.tag == "title" and not builder.page.titles and "svg" not in builder.invisible:
        builder.page.titles.append((token.start, token.end))
    elif token.tag == "script" and builder.json:
        builder.page.scripts.append((token.start, token.end))
    builder.json = False


def _within_invisible(builder: _Builder, token: Token) -> None:
    """Waits for the end of what cannot be seen; metadata in it count."""
    tag, invisible = token.tag, builder.invisible
    if token.closing:
        if tag in invisible[-MAXIMUM_CLIMB:]:
            while invisible.pop() != tag:
                pass
        elif tag in BLOCKS and builder.open[tag]:  # the end of what it stands in
            invisible.clear()
            _close(builder, token)
        return
    if len(invisible) == 1 and _ends(invisible[0], tag):
        invisible.clear()
        _open(builder, token)
        return
    _noted(builder, token)
    if tag not in VOID and tag not in ("option", "optgroup") and not _closed_at_once(builder.text, token):
        invisible.append(tag)


def _ends(open_tag: str, tag: str) -> bool:
    """Whether an opening tag ends an element that was left open."""
    if open_tag in ("head", "p"):
        return tag in CLOSES_P
    return tag in IMPLIED and open_tag in IMPLIED[tag][0]


def _noted(builder: _Builder, token: Token) -> dict[str, str]:
    """The attributes of an opening tag; those of metadata are kept."""
    attrs = attributes(builder.text, token) if token.end - token.start > len(token.tag) + 2 else {}
    if token.tag == "meta":
        builder.page.metas.append(attrs)
    elif token.tag == "link" and attrs.get("rel", "").lower() == "canonical":
        builder.page.address = attrs.get("href")
    elif token.tag == "script":
        builder.json = "ld+json" in attrs.get("type", "").lower()
    elif token.tag == "html" and builder.page.language is None:
        builder.page.language = attrs.get("lang") or attrs.get("xml:lang") or None
    return attrs


def _closed_at_once(text: str, token: Token) -> bool:
    return text[token.end - 2] == "/"


def _open(builder: _Builder, token: Token) -> None:
    tag = token.tag
    attrs = _noted(builder, token)
    if tag in ("html", "body"):
        builder.stack[0].attrs.update({key: value for key, value in attrs.items() if key in SHORT_ATTRIBUTES})
        return
    if tag in ("title", "meta", "link", "base", "wbr", "col", "colgroup", "script", "style"):
        if tag in ("script", "style") and not _closed_at_once(builder.text, token):
            builder.invisible.append(tag)
        return
    if tag in ("br", "hr"):
        builder.nodes += 1
        builder.stack[-1].children.append(Element(tag, token.start, builder.stack[-1]))
        return
    hidden = tag in INVISIBLE or _is_hidden(attrs)
    if hidden:
        if tag not in VOID and not (_closed_at_once(builder.text, token) and tag not in BLOCKS):
            builder.invisible.append(tag)
        return
    if tag in VOID:
        return
    if tag in CLOSES_P and builder.open["p"]:
        _close_up_to(builder, ("p",), SCOPE, 3)
    if tag in IMPLIED:
        _close_up_to(builder, *IMPLIED[tag], 50)
    node = tag in BLOCKS or tag in NODES or _means_something(attrs)
    if tag not in BLOCKS:
        builder.inline.setdefault(tag, []).append(node)
    if node:
        builder.nodes += 1
        kept = {key: value[:300] for key, value in attrs.items() if key in SHORT_ATTRIBUTES}
        builder.push(Element(tag, token.start, builder.stack[-1], kept))
    if tag == "a":
        builder.links = 1
    elif tag in ("b", "strong"):
        builder.bolds += 1


def _means_something(attrs: dict[str, str]) -> bool:
    """An inline element that is a node for its class: "share", "related", "date"."""
    return "class" in attrs or "role" in attrs or "itemprop" in attrs


def _is_hidden(attrs: dict[str, str]) -> bool:
    if not attrs:
        return False
    if "hidden" in attrs or attrs.get("aria-hidden", "").lower() == "true" or attrs.get("type", "").lower() == "hidden":
        return True
    if "style" in attrs and HIDING.search(attrs["style"][:2000]):
        return True
    return "class" in attrs and not FOR_SCREEN_READERS.isdisjoint(attrs["class"][:500].lower().split())


def _close_up_to(builder: _Builder, names: tuple[str, ...], until: tuple[str, ...] | frozenset[str], climb: int) -> None:
    """Closes the innermost open element of these names, if it stands within the nearest of `until`."""
    for depth in range(1, min(climb, len(builder.stack) - 1) + 1):
        tag = builder.stack[-depth].tag
        if tag in names:
            for _ in range(depth):
                builder.pop()
            return
        if tag in until:
            return


def _close(builder: _Builder, token: Token) -> None:
    tag = token.tag
    if tag == "a":
        builder.links = 0
    elif tag in ("b", "strong"):
        builder.bolds = max(0, builder.bolds - 1)
    elif tag == "br":
        builder.stack[-1].children.append(Element("br", token.start, builder.stack[-1]))
        return
    if (tag not in BLOCKS and not (builder.inline.get(tag) and builder.inline[tag].pop())) or not builder.open[tag]:
        return
    stop = SCOPE - {tag}
    if tag == "table":
        stop = frozenset(("html",))
    elif tag in ("tr", "tbody", "thead", "tfoot"):
        stop = frozenset(("table", "html"))
    if tag not in BLOCKS:
        stop = stop | BLOCKS
    _close_up_to(builder, (tag,), stop, MAXIMUM_CLIMB)
