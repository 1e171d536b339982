"""What a text as a whole says before its sentences are read: its date, the pair of areas and the parts it names."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INDICATOR, INFERRED, NOT_STATED, UNSTATED
from crosscheck.extraction.documents.topic import MANY, OPENING, SURVEY, Read
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.periods.finding import published_in, resolve
from crosscheck.extraction.sentences.about import main_indicator
from crosscheck.extraction.sentences.frame import REFERENCE, Outline, is_bilateral
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.sentences.splitting import sentences
from crosscheck.extraction.sentences.surveys import DETAIL, RESPONDENTS
from crosscheck.extraction.sentences.times_beside import last_day
from crosscheck.extraction.source import ASIDE, PARAGRAPH, Source
from crosscheck.inputs.values import replace

PRODUCT, TIME = "product", "time_period"
# "Spain, Italy and Poland", "exports to Italy and Poland": before the last two of a list, and before partners of another
LISTED = re.compile(r"(?:[^\W_](?:\)|%)?,| to| from) (?:the )?$")
ASKED = re.compile(
    r"\b(?:conducted|carried out|took place|fieldwork|polled|surveyed|surveying|interviewed|interviewing|questioned|"
    r"(?:survey|poll) (?:of|from|on)|asked)\b"
)


def outline_of(text: str, read: Read, lists: CodeLists, home: str | None) -> Outline:
    """What a text is about as a whole, but for what is asked of whole texts elsewhere: its poll, its edition."""
    trade = titled_trade(read, lists)
    goods = main_product(text, read, lists, trade)
    return Outline(
        home=home,
        parts=only_parts(read, lists),
        topic=main_indicator(read),
        goods=goods,
        traded=trade[0] if trade is not None and trade[1] == goods else None,
        of_goods_alone=is_of_goods_alone(read),
    )


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
            listed = LISTED.search(text, max(one.start - 12, 0), one.start) is not None
            if one.code != other.code and not within and not listed and between in ("-", "–", "and", "and the"):
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


def main_product(text: str, read: Read, lists: CodeLists, trade: tuple[str, str] | None) -> str | None:
    """The goods that a text is about where its figures name none: those in its title or first sentences, and hardly any
    others after them. `trade` is the trade, and its goods, of which the title tells."""
    told: Counter[str] = Counter()
    first: set[str] = set()
    begin = next((block.start for block, _ in read if block.kind != ASIDE), 0)
    for block, mentions in read:
        for name in mentions.names:
            if name.dimension == PRODUCT and name.code not in (None, "goods", "services") and block.kind != ASIDE:
                told[name.code or ""] += 1
                first |= {name.code or ""} if name.start < begin + OPENING else set()
    best = max(sorted(first), key=lambda code: told[code], default=None)
    if best is None:
        return None
    of_it = sum(count for code, count in told.items() if code == best or lists.within(PRODUCT, code, best))
    others = sum(count for code, count in told.items() if code != best) - (of_it - told[best])
    others -= sum(count for code, count in told.items() if code != best and lists.within(PRODUCT, best, code))
    enough = 2 if others == 0 and trade is not None and best == trade[1] else 3
    return best if of_it >= enough and told[best] >= 2 and others * 4 <= of_it else None


def titled_trade(read: Read, lists: CodeLists) -> tuple[str, str] | None:
    """The trade, and the goods, of which a text is by its title: "Exports of wine recover"; None where it names several."""
    block, mentions = next(((block, mentions) for block, mentions in read if block.kind != ASIDE), (None, None))
    if block is None or mentions is None or block.kind == PARAGRAPH:
        return None
    goods = {name.code for name in mentions.names if name.dimension == PRODUCT and name.code is not None}
    traded = {name.code for name in mentions.names if name.dimension == INDICATOR and name.code is not None}
    if len(goods) != 1 or len(traded) != 1 or not is_bilateral(lists, Known(min(traded), INFERRED)):
        return None
    return traded.pop(), goods.pop()


def is_of_goods_alone(read: Read) -> bool:
    """Whether the trade that a text tells of is in its goods alone: it names no balance and no turnover of a country."""
    told = {name.code for block, mentions in read if block.kind != ASIDE for name in mentions.names}
    return told.isdisjoint(("trade-balance", "trade-turnover"))


def dated(source: Source) -> Source:
    """The source with the date that its text carries, where the format gave none."""
    if source.published is not None:
        return source
    found = published_in(source.text)
    return dataclasses.replace(source, published=found[0]) if found is not None else source


def is_on_survey(text: str) -> bool:
    """Whether a text is on a survey: its beginning names one, and it speaks of it again."""
    found = [match.start() for match in SURVEY.finditer(text)]
    return len(found) >= MANY or (len(found) > 1 and found[0] < OPENING)


def with_fieldwork(source: Source, read: Read, statements: Sequence[Statement]) -> list[Statement]:
    """The statements of a text on a survey, with those that nothing dates of the days on which people were asked, as the
    text says, or else of the day on which it was published."""
    published = source.published
    when = Known(published.isoformat(), INFERRED) if published is not None else None
    samples = {one.value for one in statements if one.measure == LEVEL and one.dimensions[INDICATOR].value == RESPONDENTS}
    best = 0
    for block, mentions in read:
        for start, end in sentences(source.text, block.start, block.end) if mentions.periods else ():
            if published is None or ASKED.search(source.text, start, end) is None:
                continue
            for mention in mentions.periods:
                found = resolve(mention, published, None) if start <= mention.start < end and not mention.compares else None
                last = last_day(found.period) if found is not None else 0
                if found is not None and best < last <= published.toordinal():
                    best, when = last, Known(found.period, INFERRED, mention.start, mention.end)
    return [_dated_by(one, when, len(samples) > 1) for one in statements]


def _dated_by(one: Statement, when: Known | None, of_several: bool) -> Statement:
    """A statement with its time; where a text tells of several surveys, of which it is, no name tells."""
    dimensions = dict(one.dimensions)
    people = (one.whole or {}).get(INDICATOR) is not None or dimensions[INDICATOR].value == RESPONDENTS
    if of_several and people:
        dimensions.setdefault(DETAIL, Known(UNSTATED, NOT_STATED))
    period = dimensions.get(TIME)
    if when is not None and (period is None or period.how == NOT_STATED):
        dimensions[TIME] = when
    return replace(one, dimensions=dimensions)
