"""Parts of what is told: "Wholesale down 25%", "yellow maize rose", "Soft Red, at 5 million", "Domestic: 6 million"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import EXPLICIT
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.model import MEASURE, PERCENT, POINTS, Known, Name, Number
from crosscheck.extraction.sentences.frame import Frame, is_bilateral
from crosscheck.extraction.sentences.measures import GROWTH, SHARE, Measured
from crosscheck.extraction.sentences.phrases import known_name
from crosscheck.extraction.sentences.state import Walk, last_number
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import replace

PRODUCT = "product"
LONGEST = 9  # tokens of the name of an item of a list
IN_LISTS = {"mainly", "notably", "namely", "mostly", "largely"}
IN_ITEM = ".XIao,-i"  # what stands in the name of an item of a list
HEAD_OF_LIST = re.compile(r"(?:[.]?[ioL.]{0,3}[.T]?I[fio](?=[.XIT]))?")
WITH = re.compile(r"w([.XE-]{1,4})([UD])[.]?b?[.]?$")
UP_OR_DOWN = ("up", "down", "rising", "falling", "growing", "declining", "increasing", "decreasing")
BESIDE = re.compile(r"(?:^|[,;wau])[.XE-]{1,4}[UD][.]?b?[.]?$")  # "with Wholesale down by 25%"


def as_part(state: Walk, at: int, own: Known) -> Frame | None:
    """The frame of a figure whose clause names a part of what was told before, and not something else to measure."""
    frame, number = state.frame, state.tokens[at].mention
    if frame.indicator is None or is_bilateral(state.lists, frame.indicator) or not isinstance(number, Number):
        return None
    words = [token for token in state.tokens if own.start is not None and own.start <= token.start < (own.end or 0)]
    of_goods = frame.indicator.value in words_of("of_goods") and number.kind in (MEASURE, PERCENT, POINTS)
    goods = of_goods and bool(words) and words[-1].letter == "X"
    named = (of_goods or state.context.main is not None) and _is_name(state, words)
    beside = frame.indicator.how == EXPLICIT and BESIDE.search(state.row[max(at - 12, 0) : at]) is not None
    beside = beside and any(token.text in ("up", "down") for token in state.tokens[max(at - 3, 0) : at])
    if not (goods or named or (beside and len(words) <= 3)):
        return None
    return replace(frame, other={**frame.other, PRODUCT: own})


def as_item(state: Walk, at: int, label: Known) -> Frame | None:
    """The frame of an item of a list of parts, which begins with the label: "Domestic: 67.9 million"."""
    frame = state.frame
    if frame.indicator is None or is_bilateral(state.lists, frame.indicator):
        return None
    begins = all(token.letter in ".-_T" for token in state.tokens[: max(at - 1, 0)])
    return replace(frame, other={PRODUCT: label}) if begins and frame.indicator.how != EXPLICIT else None


def _is_name(state: Walk, words: list[Token]) -> bool:
    """Whether words are written as a name: with capital letters, and not only because a sentence begins."""
    capitals = [state.text[token.start].isupper() for token in words]
    first = bool(words) and words[0].start == state.tokens[0].start
    return bool(capitals) and all(capitals) and (not first or len(capitals) > 1)


def _is_whole(token: Token, lists: CodeLists) -> bool:
    """Whether what is named is told of for itself, and is no item of anything: trade, results."""
    name = token.mention
    assert isinstance(name, Name)
    return is_bilateral(lists, Known(name.code or "")) or name.code in words_of("results")


def items_in(
    text: str, tokens: list[Token], measured: Mapping[int, Measured], lists: CodeLists
) -> dict[int, tuple[Known, range]]:
    """By number, the item of a list that stands before it, with its tokens: "housing and utilities (1.3%)", "food with 4%".

    What begins the list stays out: "increases in spending on benefits ($27 million), wages …". A name of an area is none.
    """
    found: dict[int, tuple[Known, range]] = {}
    for at, measure in measured.items():
        if not measure.is_item:
            continue
        last = at - 1 if tokens[at - 1].letter in "(wb" else at - 2
        first = last
        while first and last - first < LONGEST and tokens[first - 1].letter in IN_ITEM and tokens[first - 1].text != ")":
            first -= 1
        head = HEAD_OF_LIST.match(letters(tokens[first:last]))
        first += head.end() if head is not None and head[0] else 0
        while first < last and (tokens[first].letter in "aoi,-" or tokens[first].text in words_of("stop") | IN_LISTS):
            first += 1
        if first + 1 < last and tokens[first].text in words_of("observed") and tokens[first + 1].letter == "i":
            first += 2  # "the largest rises were seen in food with 4%"
        words = tokens[first:last]
        bounded = first == 0 or tokens[first - 1].letter in ";:io),fUDayb(" + "L" * (tokens[last].letter == "w")
        if (
            not words
            or words[-1].letter not in ".XI"
            or not bounded
            or (letters(words) == "I" and _is_whole(words[0], lists))
        ):
            continue
        start, end = words[0].start, words[-1].end
        known = Known(" ".join(text[start:end].split()).lower(), start=start, end=end)
        found[at] = known, range(first, last)
    return found


def item_of_list(state: Walk, at: int) -> Frame | None:
    """The frame of a figure behind an item of a list: a part of what the list is of."""
    item = state.items.get(at)
    topic = state.context.outline.topic
    frame = state.frame if state.frame.indicator is not None else replace(state.frame, indicator=topic)
    if item is None or frame.indicator is None or is_bilateral(state.lists, frame.indicator):
        return None
    return replace(frame, other={**frame.other, PRODUCT: item})


def named_item(state: Walk, at: int, measure: Measured | None) -> Frame | None:
    """The frame of an item of a list that is told with its name before it: "health with 2.8%, transport with 1.9%"."""
    frame, tokens = state.frame, state.tokens
    number = tokens[at].mention
    signed = isinstance(number, Number) and number.sign != 0 and state.row[at - 2 : at] == "b_"  # "fishing by + 0.5%"
    listed = measure is not None and measure.by_context and measure.measure in (GROWTH, SHARE)
    if measure is None or at < 2 or not (listed or signed):
        return None
    if is_bilateral(state.lists, frame.indicator):
        return None
    last = at - 1 - signed
    if tokens[last].text in ("with", "at") and tokens[last - 1].letter == ",":
        last -= 1
    elif tokens[last].letter not in ("b" if signed else "w,L("):
        return None
    first = last
    while first and last - first < LONGEST and tokens[first - 1].letter in ".XAEa-":
        first -= 1
    while first < last and (tokens[first].letter == "a" or tokens[first].text in words_of("stop")):
        first += 1
    words = tokens[first:last]
    if not words or words[-1].letter not in ".XAE" or all(token.text in generic_words() for token in words):
        return None
    if len(words) == 1 and words[0].letter in "AE" and isinstance(words[0].mention, Name):
        return replace(frame, area=known_name(words[0])) if measure.measure == GROWTH else None
    item = Known(
        " ".join(state.text[words[0].start : words[-1].end].split()).lower(), start=words[0].start, end=words[-1].end
    )
    named = known_name(words[0]) if len(words) == 1 and words[0].letter == "X" else item
    if measure.measure == SHARE:
        return _beside_share(state, at, named)
    own = frame.indicator is None or state.lists.find("indicator", frame.indicator.value) is None
    last_told = max(state.frames, default=-1)
    if frame.indicator is None or (own and ";" in state.row[max(last_told, 0) : first]):
        return Frame(item, frame.area, None, {}, frame.source)  # "energy grew by 2%; mining, 6%": each in its own words
    return replace(frame, other={**frame.other, PRODUCT: named})


def _beside_share(state: Walk, at: int, item: Known) -> Frame | None:
    """ "Swedes made up 22% of guests, followed by Danes at 10%": another part of the same whole."""
    last = last_number(state, at)
    if last is None or last not in state.wholes or state.frames[last].indicator is None:
        return None
    before = state.frames[last]
    if before.indicator is None or state.lists.find("indicator", before.indicator.value) is not None:
        return None
    state.wholes[at] = state.wholes[last]
    return replace(before, indicator=item)


def with_part(state: Walk, at: int) -> Frame | None:
    """The frame of a figure of a part that comes along: "sales slipped to $8 million, with Retail up by 26%"."""
    frame = state.frame
    if frame.indicator is None or frame.indicator.how != EXPLICIT or is_bilateral(state.lists, frame.indicator):
        return None
    match = WITH.search(state.row[:at])
    if match is None or state.tokens[match.start(2)].text not in UP_OR_DOWN:
        return None
    words = state.tokens[match.start(1) : match.end(1)]
    words = [token for token in words if token.text not in words_of("stop")]
    if not words:
        return None
    start, end = words[0].start, words[-1].end
    part = Known(" ".join(state.text[start:end].split()).lower(), start=start, end=end)
    return replace(frame, other={**frame.other, PRODUCT: part})
