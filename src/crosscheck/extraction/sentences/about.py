"""What a text is about: its main indicator, which figures of sectors and of nothing that is clear are told of.

A text has a main indicator, in its title or first sentences. A subject that is a sector or goods narrows it: "services grew
by 12%" in a text on the GDP is the GDP in services. A subject that says nothing ("the increase was 5%") leaves it as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crosscheck.claims.model import EXPLICIT, INDICATOR, INFERRED
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.model import MONEY, PERCENT, POINTS, Known, Mentions, Number
from crosscheck.extraction.sentences.frame import Frame, carried
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, MULTIPLE_OF, RATE, SHARE, Measured
from crosscheck.extraction.sentences.phrases import PRODUCT, known_name
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.subjects import Own
from crosscheck.extraction.sentences.tokens import Token
from crosscheck.extraction.source import ASIDE, Block

OPENING = 300  # characters from the beginning in which a text names what it is about
# By sectors changes of prices are told, where the text is about their rate: "Food rose 3%".
PRICES = {"inflation-rate": "consumer-price-index", "core-inflation": "consumer-price-index"}

RANKED = re.compile(r"(?:^|[,;ab])([.X-]{1,6}[y]?[.]?)w$")  # goods, with a verb of ranking


def main_indicator(read: Sequence[tuple[Block, Mentions]]) -> Known | None:
    """The indicator that a text is about: of those in its title and first sentences the one that it names most."""
    told: Counter[str] = Counter()
    first: dict[str, Known] = {}
    begin = next((block.start for block, _ in read if block.kind != ASIDE), 0)
    for block, mentions in read:
        for name in mentions.names:
            if name.dimension != INDICATOR or name.code is None or block.kind == ASIDE:
                continue
            told[name.code] += 1
            if name.start < begin + OPENING:
                first.setdefault(name.code, Known(name.code, INFERRED, name.start, name.end))
    best = max(first.values(), key=lambda known: told[known.value], default=None)
    narrow = (known for known in first.values() if best and f"{best.value} {known.value}" in words_of("in_topic"))
    return next(narrow, best)  # "Foreign visitors fell by 2%. … Visitors from Chile"


def is_valuation(tokens: Sequence[Token], at: int) -> bool:
    """Whether prices only say how something is valued: "the GDP at current market prices", "based on the 2014 prices"."""
    if tokens[at].text.lower() not in words_of("valued"):
        return False
    first = at
    while (
        first > 0
        and at - first < 4
        and (tokens[first - 1].text in words_of("valuation") or tokens[first - 1].letter == "P")
    ):
        first -= 1
    told = any(word in words_of("valuation") for token in tokens[first : at + 1] for word in token.text.lower().split())
    dated = any(token.letter == "P" for token in tokens[first:at])
    return (told or dated) and first > 0 and tokens[first - 1].text.split()[-1] in ("at", "in", "on", "by")


def told_of_topic(state: Walk, at: int, own: Own, measure: Measured | None) -> Frame | None:
    """The frame of a figure whose clause speaks of a sector, or in words that say nothing; None where it speaks of another
    thing."""
    start, end = own.indicator.start or 0, own.indicator.end or 0
    words = [token for token in state.tokens if start <= token.start < end and token.letter not in "a-"]
    while words and words[-1].text in words_of("relative"):
        words.pop()
    number = state.tokens[at].mention
    if not words or not isinstance(number, Number):
        return None
    if number.kind in (MONEY, PERCENT, POINTS) and is_sector(words):
        whole = _divided(state, measure)
        if whole is not None:
            spoken = _without_sector(state, words)
            area = state.subject or own.area or whole.area
            return replace(whole, area=area, other={**whole.other, PRODUCT: spoken})
    if not is_hollow(words):
        return None
    before = state.frame
    if before.indicator is None and state.context.outline.topic is not None:
        return replace(before, indicator=state.context.outline.topic, other={})
    topic = state.context.outline.topic
    if words[-1].text in words_of("reporters") and topic is not None and before.indicator is not None:
        both = all(known.value in words_of("of_crops") for known in (topic, before.indicator))
        return replace(before, indicator=topic, other=before.other if both else {})  # "Farmers reported a 12% increase"
    part, last = before.other.get(PRODUCT), words[-1].text
    if part is not None and part.how != EXPLICIT and last not in words_of("change_noun") and _is_topic(state, before):
        return replace(before, other={})  # "The office set a target": for all of what the text is about
    if before.indicator is not None and last in words_of("counts"):
        return replace(before, indicator=replace(before.indicator, how=INFERRED))  # "The number rose to 141,000"
    return before if before.indicator is not None else None


def ranked_goods(state: Walk, at: int, measure: Measured | None) -> Frame | None:
    """ "Chemicals led with $2.6 billion, followed by the car sector with $2.5 billion and clothing with $1.9 billion"."""
    match = RANKED.search(state.row[:at])
    if match is None or measure is None or state.context.main is not None:
        return None
    if words_of("leading").isdisjoint([token.text for token in state.tokens]):
        return None
    words = list(state.tokens[match.start(1) : match.end(1)])
    while words and (words[-1].text in words_of("leading") or words[-1].text in words_of("stop")):
        words.pop()
    while words and words[0].text in words_of("stop"):
        words.pop(0)
    before = state.frame.indicator
    topic = state.context.outline.topic
    if not words or is_hollow(words) or words[-1].text in words_of("buyers") | words_of("sellers"):
        return None
    if (
        before is not None
        and before.value == "trade-balance"
        and topic is not None
        and topic.value in words_of("by_sector")
    ):
        whole: Frame | None = replace(state.frame, indicator=replace(topic, how=INFERRED), other={})
    else:
        whole = _divided(state, measure)
    return replace(whole, other={**whole.other, PRODUCT: _without_sector(state, words)}) if whole is not None else None


def index_again(state: Walk, at: int) -> Frame | None:
    """ "In October the index rose by 2%": the one that the text is about."""
    first = at
    while first and state.row[first - 1] not in ";!uIX$#%":
        first -= 1
    clause = state.tokens[first:at]
    own = next((n for n, token in enumerate(clause) if token.text == "index" and n and clause[n - 1].text == "the"), None)
    if own is None or not _is_index(state):
        return None
    return replace(state.frame, indicator=state.context.outline.topic, other={})


def _is_index(state: Walk) -> bool:
    """Whether what the text is about is told as an index."""
    topic = state.context.outline.topic
    code = state.lists.find(INDICATOR, topic.value) if topic is not None else None
    return code is not None and (code.nature == "index" or code.id in words_of("as_index"))


def _is_topic(state: Walk, frame: Frame) -> bool:
    """Whether a frame is of what the text is about."""
    topic = state.context.outline.topic
    return topic is not None and frame.indicator is not None and frame.indicator.value == topic.value


def is_sector(words: Sequence[Token]) -> bool:
    """Whether words name a part of an economy, of trade or of prices: goods, or what calls itself a sector."""
    return words[-1].letter == "X" or _plain(words[-1]) in words_of("sectors")


def _plain(word: Token) -> str:
    """A word without the mark of a possessive: "the manufacturing sector's growth"."""
    return word.text.removesuffix("'s").removesuffix("’s")


def is_hollow(words: Sequence[Token]) -> bool:
    """Whether words say nothing of what is measured: "the increase", "this afternoon", "the bureau set"."""
    last = words[-1].text
    if any(token.letter != "." for token in words):
        return False
    return last in words_of("hollow") | words_of("reckoned") or all(
        token.text in generic_words() | words_of("hollow") | words_of("records") for token in words
    )


def _divided(state: Walk, measure: Measured | None) -> Frame | None:
    """What is told by sectors here: that of the sentences before, else that which the text is about."""
    if measure is None or measure.measure not in (LEVEL, GROWTH, CHANGE, MULTIPLE_OF, SHARE, RATE):
        return None
    before, topic = state.frame, state.context.outline.topic
    told = before.indicator
    if told is not None and told.value in words_of("by_sector"):
        rest = {name: known for name, known in before.other.items() if name != PRODUCT}
        return replace(before, indicator=carried(_of_prices(told, measure)), other=rest)
    if topic is None or topic.value not in words_of("by_sector"):
        return None
    return Frame(_of_prices(topic, measure), before.area, None, {}, before.source)


def _of_prices(told: Known, measure: Measured) -> Known:
    return replace(told, value=PRICES.get(told.value, told.value)) if measure.measure in (GROWTH, CHANGE) else told


def _without_sector(state: Walk, words: Sequence[Token]) -> Known:
    """The name of a sector without the word for one: "the services sector"."""
    kept = list(words)
    while len(kept) > 1 and _plain(kept[-1]) in words_of("sector_word"):
        kept.pop()
    while len(kept) > 1 and kept[0].text in words_of("stop"):
        kept.pop(0)
    start, end = kept[0].start, kept[-1].end
    if len(kept) == 1 and kept[0].letter == "X":
        return known_name(kept[0])
    return Known(" ".join(state.text[start:end].split()).lower(), start=start, end=end)


def is_short_for(state: Walk, own: Known) -> bool:
    """ "Electricity demand hit 41 gigawatts. … Demand was 43": the last word of what was told of before."""
    before = state.context.frame.indicator
    if before is None or before.start is None or state.frame.indicator is None or " " in own.value:
        return False
    named = state.lists.find("indicator", before.value) is not None and before.value == state.frame.indicator.value
    return named and " ".join(state.text[before.start : before.end].lower().split()).endswith(f" {own.value}")
