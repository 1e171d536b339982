"""What a text as a whole says before its sentences are read: its date, the pair of areas and the parts it names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INFERRED
from crosscheck.extraction.documents.topic import OPENING, Read
from crosscheck.extraction.model import Known
from crosscheck.extraction.periods.finding import published_in
from crosscheck.extraction.sentences.frame import REFERENCE
from crosscheck.extraction.source import ASIDE, Source

PRODUCT = "product"


def first_pair(text: str, read: Read, lists: CodeLists) -> tuple[Known, Known] | None:
    """The two areas that the text names together most often: what "the two countries" are before it has said so."""
    found: dict[frozenset[str], list[tuple[Known, Known]]] = {}
    for block, mentions in read:
        areas = [name for name in mentions.names if name.dimension == REFERENCE and name.code and block.kind != ASIDE]
        for one, other in pairwise(areas):
            between = text[one.end : other.start].strip().lower()
            within = lists.within(REFERENCE, one.code or "", other.code or "") or lists.within(
                REFERENCE, other.code or "", one.code or ""
            )
            if one.code != other.code and not within and between in ("-", "–", "and", "and the"):
                pair = tuple(Known(name.code or "", INFERRED, name.start, name.end) for name in (one, other))
                found.setdefault(frozenset((one.code or "", other.code or "")), []).append((pair[0], pair[1]))
    best = max(found.values(), key=len, default=None)
    return best[0] if best else None


def only_parts(read: Read, lists: CodeLists) -> dict[str, Known]:
    """By area, the part of it that the document names, where it names one alone."""
    found: dict[str, dict[str, Known]] = {}
    for block, mentions in read:
        for name in mentions.names:
            parent = lists.part_of(REFERENCE, name.code) if name.code and name.dimension == REFERENCE else None
            if parent is not None and block.kind != ASIDE:
                found.setdefault(parent, {}).setdefault(
                    name.code or "", Known(name.code or "", INFERRED, name.start, name.end)
                )
    return {parent: next(iter(parts.values())) for parent, parts in found.items() if len(parts) == 1}


def main_product(text: str, read: Read, lists: CodeLists) -> str | None:
    """The goods that a text is about where its figures name none: those in its title or first sentences, and hardly any
    others after them."""
    told: Counter[str] = Counter()
    first: set[str] = set()
    begin = next((block.start for block, _ in read if block.kind != ASIDE), 0)
    for block, mentions in read:
        for name in mentions.names:
            if name.dimension == PRODUCT and name.code is not None and block.kind != ASIDE:
                told[name.code] += 1
                first |= {name.code} if name.start < begin + OPENING else set()
    best = next(iter(told.most_common(1)), None)
    if best is None or best[0] not in first or best[1] < 3:
        return None
    others = sum(count for code, count in told.items() if not lists.within(PRODUCT, best[0], code) and code != best[0])
    return best[0] if others * 4 <= best[1] else None


def dated(source: Source) -> Source:
    """The source with the date that its text carries, where the format gave none."""
    if source.published is not None:
        return source
    found = published_in(source.text)
    return replace(source, published=found[0]) if found is not None else source
