"""What a figure leaves unsaid, from what it belongs to: the things that it is the worth of, the report below a headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from crosscheck.claims.model import EXPLICIT, INDICATOR, INFERRED, NOT_STATED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import COUNT, Known, Number, Statement
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.sentences.modality import FACT
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.extraction.source import Block

TIME, DETAIL = "time_period", "detail"
FEWEST = 3  # figures of one period that make it that of a text
SHARED = 2  # words of a headline, the things counted among them, in the sentence that it is taken from
SPEAKS_OF_TIME = re.compile(
    r"(?i)\b(?:(?:day|week|month|quarter|half|year|season|decade)s?|today|yesterday|now|already|currently?|so far|date|"
    r"ever|(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
WORTH = re.compile(r"[.XIoT]{0,6}[L.](?:[.o]{0,4})")


def give_to_worth(
    tokens: Sequence[Token], numbers: Sequence[int], statements: list[Statement], stated: Mapping[int, int]
) -> None:
    """ "Five contracts totalling $565m": what the amount does not say of areas and time is that of the things counted."""
    for one, other in pairwise(numbers):
        number = tokens[one].mention
        if not (isinstance(number, Number) and number.kind == COUNT and tokens[other].letter == "$"):
            continue
        between = list(tokens[one + 1 : other])
        if not (stated.keys() >= {one, other} and WORTH.fullmatch(letters(between))):
            continue
        if not any(token.text in words_of("amount") for token in between):
            continue
        things, worth = statements[stated[one]], statements[stated[other]]
        dimensions = dict(worth.dimensions)
        for name in (REFERENCE, COUNTERPART, TIME):
            theirs, ours = things.dimensions.get(name), dimensions.get(name)
            if theirs is not None and (ours is None or ours.how != EXPLICIT):
                dimensions[name] = replace(theirs, how=INFERRED)
        statements[stated[other]] = replace(worth, dimensions=dimensions)


def give_to_headline(text: str, blocks: Sequence[Block], statements: list[Statement]) -> None:
    """A headline says when by what stands below it: a figure of its own without a period has that of the same one there."""
    first = next((block for block in blocks if text[block.start : block.end].strip()), None)
    if first is None or text[first.start : first.end].rstrip()[-1:] in ".!?":
        return
    for index, one in enumerate(statements):
        if one.start >= first.end:
            return
        period = one.dimensions.get(TIME)
        if period is None or period.value != UNSTATED or one.measure != LEVEL:
            continue
        below = {known for other in statements[index + 1 :] if (known := _period_of_same(one, other)) is not None}
        if len({known.value for known in below}) == 1:
            found = replace(below.pop(), how=INFERRED)
            statements[index] = replace(one, dimensions={**one.dimensions, TIME: found})


def give_only_one_to_headline(text: str, blocks: Sequence[Block], statements: list[Statement]) -> None:
    """A headline counts what the report below it counts: where that tells of such things once, and in the same words,
    it is that figure which the headline gives, right or wrong."""
    first = next((block for block in blocks if text[block.start : block.end].strip()), None)
    if first is None or text[first.start : first.end].rstrip()[-1:] in ".!?":
        return
    amounts = [one for one in statements if one.measure == LEVEL and one.unit and one.modality == FACT]
    for index, one in enumerate(statements):
        if one.start >= first.end or one not in amounts:
            continue
        same = [other for other in amounts if other.unit == one.unit]
        below = [other for other in same if other.start >= first.end]
        if len(same) != 2 or len(below) != 1 or (other := below[0]).list_of is not None or other.beside is not None:
            continue
        begin = max(text.rfind(mark, 0, other.start) for mark in (". ", "\n"))
        said = _content(text[begin + 1 : text.find(".", other.end)])
        if len(_content(text[first.start : first.end]) & said) >= SHARED:
            named = {name: known for name, known in other.dimensions.items() if known.how != NOT_STATED}
            if len(named) < len(other.dimensions):  # nobody says which: whatever it is, it is that of both
                named[DETAIL] = Known("of the headline", INFERRED)
                statements[statements.index(other)] = replace(other, dimensions=named)
            told = {name: Known(known.value, INFERRED, one.start, one.end) for name, known in named.items()}
            statements[index] = replace(one, dimensions=told)


def _content(words: str) -> set[str]:
    """The beginnings of words that say something, in a headline and in a sentence alike."""
    return {word[:5] for word in re.findall(r"[a-z]{4,}", words.lower()) if word not in words_of("stop")}


def give_to_head(text: str, statements: list[Statement]) -> None:
    """What a text tells before it says of when: figures of its title and first sentences have the period that nearly all
    figures below have, where these tell of the same thing and the sentence itself speaks of no time."""
    dated = [one for one in statements if (known := one.dimensions.get(TIME)) is not None and known.how != NOT_STATED]
    times = Counter(one.dimensions[TIME].value for one in dated)
    main, many = times.most_common(1)[0] if times else ("", 0)
    if many < FEWEST or 3 * many < 2 * len(dated):
        return
    first = min(one.start for one in dated)
    told = [one for one in dated if one.dimensions[TIME].value == main]
    indicators = {one.dimensions[INDICATOR].value for one in told if INDICATOR in one.dimensions}
    for index, one in enumerate(statements):
        period, indicator = one.dimensions.get(TIME), one.dimensions.get(INDICATOR)
        if one.start > first or period is None or period.how != NOT_STATED or indicator is None or one.modality != FACT:
            continue
        begin, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
        if indicator.value not in indicators or SPEAKS_OF_TIME.search(text, begin, end if end >= 0 else len(text)):
            continue
        known = told[0].dimensions[TIME]
        kept = {name: value for name, value in one.dimensions.items() if name != DETAIL or value.how != NOT_STATED}
        statements[index] = replace(one, dimensions={**kept, TIME: replace(known, how=INFERRED)})


def _period_of_same(one: Statement, other: Statement) -> Known | None:
    """The period of another figure that is the same in all but that it says when."""
    period = other.dimensions.get(TIME)
    if (
        period is None
        or period.how == NOT_STATED
        or (one.value, one.unit, one.measure) != (other.value, other.unit, other.measure)
    ):
        return None
    ours, theirs = one.dimensions, other.dimensions
    same = all(
        ours[name].value == theirs[name].value if name in ours and name in theirs else name not in (INDICATOR, REFERENCE)
        for name in (ours.keys() | theirs.keys()) - {TIME}
    )
    return period if same else None
