"""What a page says about itself: title, publisher, date of publication and language, from its metadata."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crosscheck.extraction.readers.dates import parse_date
from crosscheck.extraction.readers.html_tokens import pieces_of
from crosscheck.extraction.readers.html_tree import Element, Page

MAXIMUM_JSON = 1_000_000
MAXIMUM_OBJECTS = 5_000
DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "article_date_original",
    "date",
)
PUBLISHERS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "publisher",
    "copyright",
)
TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline")
ARTICLE = re.compile(r"article|posting|report|webpage|dataset|statement", re.IGNORECASE)
ADDRESS = re.compile(r"(?<!\d)(20[0-4]\d)([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
SUFFIX = re.compile(r"\s+(?:[|–—»·•:]|-|::)\s+[^|–—»]{1,60}$")


@dataclass(frozen=True, slots=True)
class About:
    """What the metadata say."""

    titles: tuple[str, ...] = ()  # as written, and without the name of the site behind it
    publisher: str | None = None
    published: datetime.date | None = None
    language: str | None = None


def about(text: str, page: Page) -> About:
    """The metadata of a page: JSON-LD, meta tags, the title element."""
    metas: dict[str, str] = {}
    for meta in page.metas:
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and meta.get("content", "").strip():
            metas.setdefault(name, meta["content"].strip()[:500])
    objects = [one for script in page.scripts for one in _objects(text[script[0] : script[1]])]
    articles = [one for one in objects if ARTICLE.search(_type(one))]
    head = page.titles and "".join(piece for piece, _, _ in pieces_of(text, *page.titles[0])).strip()
    titles = [_text(one.get("headline")) for one in articles] + [metas.get(name) for name in TITLES] + [head or None]
    known = [" ".join(title.split()) for title in titles if title]
    cut = [SUFFIX.sub("", title) for title in known]
    published = [_text(one.get("datePublished")) for one in articles] + [metas.get(name) for name in DATES]
    published.append(_in_address(metas.get("og:url") or page.address or ""))
    names = {str(one["@id"]): _text(one.get("name")) for one in objects if "@id" in one and "name" in one}
    publishers = [_name(one.get("publisher"), names) for one in articles] + [metas.get(name) for name in PUBLISHERS]
    languages = [
        page.language,
        *(_text(one.get("inLanguage")) for one in articles),
        metas.get("og:locale"),
        metas.get("content-language"),
    ]
    return About(
        tuple(dict.fromkeys(known + cut)),
        next((publisher for publisher in publishers if publisher), None),
        next((date for one in published if one and (date := parse_date(one))), None),
        next((language.replace("_", "-") for language in languages if language), None),
    )


def _in_address(address: str) -> str | None:
    """The date that the address of an article often has: /2024/03/05/, 20240305."""
    found = ADDRESS.search(address[:500])
    return "-".join(found.group(1, 3, 4)) if found else None


def date_in(content: Element) -> datetime.date | None:
    """The date of the first `time` element, or of one marked as the date of publication."""
    first = None
    for child in content.walk():
        if not isinstance(child, Element) or child.aside or "datetime" not in child.attrs:
            continue
        date = parse_date(child.attrs["datetime"])
        if date and child.attrs.get("itemprop", "").lower() == "datepublished":
            return date
        first = first or date
    return first


def _objects(script: str) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD script at any depth; none when it is no JSON."""
    if len(script) > MAXIMUM_JSON:
        return
    try:
        waiting: list[object] = [json.loads(script.strip().removeprefix("<!--").removesuffix("-->"), strict=False)]
    except (ValueError, RecursionError):
        return
    count = 0
    while waiting and count < MAXIMUM_OBJECTS:
        found = waiting.pop()
        count += 1
        if isinstance(found, dict):
            yield found
            waiting.extend(
                value for key, value in reversed(found.items()) if isinstance(value, dict | list) and key != "comment"
            )
        elif isinstance(found, list):
            waiting.extend(reversed(found))


def _type(one: dict[str, object]) -> str:
    found = one.get("@type")
    return " ".join(str(part) for part in found) if isinstance(found, list) else str(found or "")


def _text(found: object) -> str | None:
    return found.strip()[:500] or None if isinstance(found, str) else None


def _name(found: object, names: dict[str, str | None]) -> str | None:
    """The name of an organisation, given as text, as an object, or by the identifier of one."""
    if isinstance(found, list):
        found = found[0] if found else None
    if isinstance(found, dict):
        return _text(found.get("name")) or names.get(str(found.get("@id")))
    return _text(found)
