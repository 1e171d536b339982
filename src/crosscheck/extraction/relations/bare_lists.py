"""Items of a count that are told by their number alone: "14 agreements: five on energy, four on transport and …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from crosscheck.extraction.model import COUNT, Known, Number, Statement
from crosscheck.extraction.periods.words import NUMBER_WORDS
from crosscheck.extraction.relations.lists import ITEM, undate_total
from crosscheck.extraction.sentences.frame import carried
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.extraction.source import Source, place_of

ITEMS = re.compile(r":[ \n](?P<items>[^.;:!?()\n]{8,300})")
NEXT = re.compile(r",[ \n](?:and[ \n])?|[ \n]and[ \n](?=[a-z0-9]+[ \n](?:on|in|for|from|of|to|with|by|at|about)[ \n])")
BARE = re.compile(r"(?P<count>[a-z]+|[0-9]{1,3})[ \n](?:on|in|for|from|of|to|with|by|at|about)[ \n](?P<what>[^,]+)")
FEWEST = 2


def bare_items(
    source: Source, end: int, tokens: Sequence[Token], statements: list[Statement], stated: Mapping[int, int]
) -> Iterator[Statement]:
    """The items behind the colon of a sentence, each a number with a preposition, a closed list of the count before."""
    first = letters(tokens).find(":")
    if first < 0:
        return
    colon = tokens[first]
    counts = [at for at in stated if tokens[at].start < colon.start and _is_count(tokens[at])]
    match = ITEMS.match(source.text, colon.start, end)
    if len(counts) != 1 or match is None or any(tokens[at].start > colon.start for at in stated):
        return
    items, at = [], match.start("items")
    for part in NEXT.split(match["items"]):
        item = BARE.fullmatch(part.strip())
        begin = source.text.index(part, at, match.end()) if part else at
        value = (
            None
            if item is None
            else NUMBER_WORDS.get(item["count"]) or (int(item["count"]) if item["count"].isdecimal() else None)
        )
        if item is None or not value:
            return
        items.append((begin, begin + len(item["count"]), Fraction(value), item["what"]))
        at = begin + len(part)
    if len(items) < FEWEST or not re.search(r"[ \n]and[ \n]", match["items"]):
        return
    undate_total(statements, stated[counts[0]])
    total = statements[stated[counts[0]]]
    plain = {name: known for name, value in total.dimensions.items() if (known := carried(value)) is not None}
    for begin, stop, number, what in items:
        label = Known(" ".join(what.split()).lower(), start=stop, end=stop + len(what))
        yield Statement(
            begin,
            stop,
            f"{number} {total.unit}",
            number,
            total.unit,
            LEVEL,
            {**plain, ITEM: label},
            place_of(source, begin, stop),
            modality=total.modality,
            list_of=stated[counts[0]],
        )


def _is_count(token: Token) -> bool:
    return isinstance(token.mention, Number) and token.mention.kind == COUNT
