"""Which part of a page is its content: what tags, roles and names say, and where the running text stands."""

from __future__ import annotations

import re

from crosscheck.extraction.readers.html_tree import Element, Page, Run

MINIMUM_RUN = 25  # characters from which a run of text outside links counts as prose
# A part of the page that holds more of its prose than this is its content, whatever it is called.
MAXIMUM_ASIDE = 0.4
MAXIMUM_TEASER = 600  # characters of prose beside a headline that points elsewhere
SHARE = 0.9  # of the prose that the content has to hold
ASIDE_TAGS = frozenset(("nav", "aside", "dialog", "address", "search", "menu"))
ASIDE_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "dialog",
        "alertdialog",
        "alert",
        "menu",
        "menubar",
        "toolbar",
        "tablist",
        "tooltip",
        "form",
    ]
)
# Parts of the names in `class` and `id`.
ASIDE_WORDS = frozenset(
    [
        "related",
        "sidebar",
        "share",
        "sharing",
        "sharethis",
        "addthis",
        "social",
        "comment",
        "comments",
        "respond",
        "newsletter",
        "subscribe",
        "subscription",
        "promo",
        "promotion",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "popup",
        "modal",
        "overlay",
        "breadcrumb",
        "breadcrumbs",
        "recommended",
        "recommendation",
        "recommendations",
        "recommend",
        "recirc",
        "trending",
        "popular",
        "mostread",
        "mostpopular",
        "advert",
        "advertisement",
        "advertising",
        "adverts",
        "ads",
        "adsbygoogle",
        "sponsored",
        "sponsor",
        "tags",
        "taglist",
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "footer",
        "masthead",
        "topbar",
        "pagination",
        "pager",
        "login",
        "paywall",
        "disqus",
        "outbrain",
        "taboola",
        "signup",
        "carousel",
        "ticker",
        "reflist",
        "navbox",
        "toc",
        "catlinks",
        "editsection",
        "byline",
        "skip",
        "skiplink",
        "bio",
    ]
)
# Names that only count whole: parts of them are common in names of content.
ASIDE_NAMES = frozenset(
    [
        "ad",
        "widget",
        "widget-area",
        "header",
        "site-header",
        "page-header-top",
        "banner",
        "site-footer",
        "post-tags",
        "entry-footer",
        "post-navigation",
        "read-more",
        "readmore",
        "read-also",
        "readalso",
        "see-also",
        "also-read",
        "more-news",
        "more-stories",
        "latest-news",
        "top-news",
        "last-news",
        "other-news",
        "follow-us",
        "post-meta",
        "entry-meta",
        "references",
        "mw-editsection",
        "hatnote",
        "noprint",
        "rellinks",
        "story-more",
    ]
)
NO_ASIDE = frozenset(("price", "prices", "capital"))  # "share-price"
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
ARTICLE_BODY = frozenset(("articlebody", "reviewbody"))


def settle(page: Page) -> Element:
    """Marks what is aside and gives the element that holds the content."""
    elements = [page.root, *(child for child in page.root.walk() if isinstance(child, Element))]
    _count(elements, leave_out=False)
    total = page.root.prose
    for element in elements[1:]:
        element.aside = _is_aside(element) and element.prose <= MAXIMUM_ASIDE * max(total, 1)
    teasers = [one for one in map(_teaser, elements) if one is not None and not one.aside]
    if sum(one.prose for one in teasers) <= MAXIMUM_ASIDE * total:
        for element in teasers:
            element.aside = True
    _count(elements, leave_out=True)
    return _descend(_start(page.root, elements))


def _count(elements: list[Element], leave_out: bool) -> None:
    """The prose of each element: its own and, from the innermost outwards, that of its children."""
    for element in elements:
        element.prose = 0
    for element in reversed(elements):
        if leave_out and element.aside:
            element.prose = 0
            continue
        cell = element.tag in ("td", "th")
        for child in element.children:
            if isinstance(child, Element):
                element.prose += child.prose
            elif not child.link and (cell or child.end - child.start >= MINIMUM_RUN):
                element.prose += child.end - child.start


def _teaser(heading: Element) -> Element | None:
    """What a heading that is nothing but a link stands in, when that is short: it points to another article."""
    parent = heading.parent
    if heading.tag not in ("h2", "h3", "h4", "h5", "h6") or parent is None or parent.prose > MAXIMUM_TEASER:
        return None
    runs = [child for child in heading.walk() if isinstance(child, Run)]
    linked = sum(run.end - run.start for run in runs if run.link)
    if not linked or linked * 10 < 8 * sum(run.end - run.start for run in runs):
        return None
    return parent if parent.tag in ("article", "div", "li", "section", "td") and parent.parent is not None else None


def _is_aside(element: Element) -> bool:
    tag, attrs = element.tag, element.attrs
    if tag in ASIDE_TAGS or attrs.get("role", "").lower() in ASIDE_ROLES:
        return True
    if tag in ("header", "footer"):
        return not _within_article(element)
    if tag in ("table", "td", "tr", "tbody", "thead", "th", "time", "code"):
        return False
    names = f"{attrs.get('class', '')} {attrs.get('id', '')}".split()
    return any(_names_aside(name) for name in names)


def _names_aside(name: str) -> bool:
    if name.lower() in ASIDE_NAMES:
        return True
    words = [word.lower() for word in WORD.findall(name)]
    # "has-sidebar", "no-comments", "with-nav" speak of the page, not of the part.
    if not words or words[0] in ("has", "no", "with", "without", "is") or not NO_ASIDE.isdisjoint(words):
        return False
    return not ASIDE_WORDS.isdisjoint(words)


def _within_article(element: Element) -> bool:
    parent = element.parent
    for _ in range(50):
        if parent is None:
            return False
        if parent.tag in ("article", "main") or parent.attrs.get("role") == "main":
            return True
        parent = parent.parent
    return False


def _start(root: Element, elements: list[Element]) -> Element:
    """The element that says it is the article or the main part, if it holds most of the prose; else the page."""

    def says(element: Element) -> int:
        if element.attrs.get("itemprop", "").lower() in ARTICLE_BODY:
            return 3
        if element.tag == "article" or element.attrs.get("role", "").lower() == "article":
            return 2
        return 1 if element.tag == "main" or element.attrs.get("role", "").lower() == "main" else 0

    for level in (3, 2, 1):
        best = max(
            (one for one in elements if not one.aside and says(one) == level), key=lambda one: one.prose, default=None
        )
        if best is not None and best.prose * 2 >= root.prose and best.prose:
            return best
    return root


def _descend(element: Element) -> Element:
    """The innermost element that still holds nearly all of the prose."""
    total = element.prose
    while total:
        inner = [child for child in element.children if isinstance(child, Element) and not child.aside]
        best = max(inner, key=lambda one: one.prose, default=None)
        if (
            best is None
            or best.prose < SHARE * total
            or best.tag in ("p", "li", "td", "tr", "tbody", "table", "ul", "ol", "pre")
        ):
            return element
        element = best
    return element


def text_length(runs: list[Run]) -> tuple[int, int]:
    """Characters of the file in these runs, and how many of them in links."""
    return sum(run.end - run.start for run in runs), sum(run.end - run.start for run in runs if run.link)
