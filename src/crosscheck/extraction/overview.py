"""What a text as a whole says before its sentences are read: its date, the pair of areas and the parts it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INFERRED, SOURCE
from crosscheck.extraction.frame import REFERENCE
from crosscheck.extraction.model import MONEY, Known, Mentions
from crosscheck.extraction.names import area_of_source, offices
from crosscheck.extraction.periods import published_in
from crosscheck.extraction.source import ASIDE, Block, Source

PRODUCT = "product"
OPENING = 300  # characters from the beginning in which a text names what it is about
# Money in which figures of many countries are told, and what is nobody's.
EVERYBODYS = ("USD", "EUR", "XAF", "XOF", "XCD", "XDR", "XAU", "BTC")
Read = Sequence[tuple[Block, Mentions]]


def first_pair(text: str, read: Read, lists: CodeLists) -> tuple[Known, Known] | None:
    """The two areas that the text names together most often: what "the two countries" are before it has said so."""
    found: dict[frozenset[str], list[tuple[Known, Known]]] = {}
    for block, mentions in read:
        areas = [name for name in mentions.names if name.dimension == REFERENCE and name.code and block.kind != ASIDE]
        for one, other in pairwise(areas):
            between = text[one.end : other.start].strip().lower()
            if one.code != other.code and between in ("-", "–", "and", "and the"):
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


def home_of(text: str, read: Read, lists: CodeLists) -> str | None:
    """The country that a text speaks of where it names none: the one that it names most by far, with its offices, else
    the one whose money it counts in."""
    told: Counter[str] = Counter()
    exact: Counter[str] = Counter()
    early: set[str] = set()
    begin = next((block.start for block, _ in read if block.kind != ASIDE), 0)
    currencies: Counter[str] = Counter()
    pattern, areas = offices(lists)
    for block, mentions in read:
        if block.kind == ASIDE:
            continue
        for name in mentions.names:
            if name.code is None:
                continue
            if name.dimension == REFERENCE and not _is_group(lists, name.code):
                told[name.code.split("-")[0]] += 1
                exact[name.code] += 1
                early |= {name.code} if name.start < begin + OPENING else set()
            elif name.dimension == SOURCE and (area := area_of_source(name.code, lists)) is not None:
                told[area] += 1
        for match in pattern.finditer(text, block.start, block.end):
            told[areas[match[0]]] += 1
        for number in mentions.numbers:
            if number.kind == MONEY:
                currencies[number.unit] += 1
    best = told.most_common(1)
    part, times = next(iter(exact.most_common(1)), ("", 0))
    if "-" in part and lists.part_of(REFERENCE, part) and part in early and times >= 2 and times * 2 >= sum(told.values()):
        return part  # of a text on California's budget, and not on that of the United States
    if best and best[0][1] < 2 and "-" not in best[0][0] and len(best[0][0]) > 2:
        return None  # "Asia" once, in a text on the world
    if best and (len(told) == 1 or (best[0][1] >= 2 and best[0][1] * 10 >= sum(told.values()) * 6)):
        return best[0][0]
    used = currencies.most_common(1)
    if used and used[0][0] not in EVERYBODYS and used[0][1] >= 2 and used[0][1] * 3 >= sum(currencies.values()) * 2:
        country = used[0][0][:2]  # ISO 4217 begins with the country's code
        return country if not told or country in told else None
    return None


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


def _is_group(lists: CodeLists, code: str) -> bool:
    found = lists.find(REFERENCE, code)
    return found is not None and bool(found.members)


def dated(source: Source) -> Source:
    """The source with the date that its text carries, where the format gave none."""
    if source.published is not None:
        return source
    found = published_in(source.text)
    return replace(source, published=found[0]) if found is not None else source
