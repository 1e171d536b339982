"""Of whom or what a sentence says at its head, or before a multiple, that its figures are: "For primary schools, …".

The words are in no list, so they become the detail that keeps these figures apart from those of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from crosscheck.claims.model import EXPLICIT, INDICATOR
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.measures import MULTIPLE_OF
from crosscheck.extraction.sentences.tokens import NUMBERS, Row
from crosscheck.inputs.values import replace

OPENING = re.compile(
    r"(?:(?:For|Among|Amongst|Within|In terms of|As for|When it comes to|With regard to) "
    r"(?P<many>[^,.;:()\d]{0,50}?(?:[a-z]s|women|men|children|people|staff))"
    r"|At (?P<level>(?:the |its |their )?[^,.;:()\d]{2,40}? (?:level|stage|tier|end))), "
)
NO_GROUP = re.compile(
    r"\b(?:times|instances?|others?|us|this|his|its|examples?|reasons|purposes|terms|years|months|days|weeks|the same)\b"
)
NAMED = "PBAE" + NUMBERS  # letters of what reading takes in by other ways
WITH = re.compile(r"\bwith (?P<what>(?:[a-z][a-z-]*[ ]){1,4}?)(?:(?:almost|nearly|more than|roughly|about) )?\Z")
REACH = 60


def tell_of_whom(text: str, tokens: Row, stated: Mapping[int, int], statements: list[Statement]) -> None:
    """Gives the figures of a sentence the words at its head as their detail, where they have none of their own."""
    _tell_fronted(text, tokens, stated, statements)
    _tell_before_multiple(text, stated, statements)


def _tell_fronted(text: str, tokens: Row, stated: Mapping[int, int], statements: list[Statement]) -> None:
    found = OPENING.match(text, tokens[0].start) if stated else None
    if (
        found is None
        or NO_GROUP.search(found[0])
        or any(token.letter in NAMED for token in tokens if token.start < found.end())
    ):
        return
    group = "many" if found["many"] else "level"
    known = Known(" ".join(found[group].split()).lower(), EXPLICIT, found.start(group), found.end(group))
    for index in stated.values():
        one = statements[index]
        taken = any(told.start is not None and told.start < found.end() for told in _said_here(one, tokens[0].start))
        if DETAIL not in one.dimensions and not taken:  # "For exports, growth was 5%"
            statements[index] = replace(one, dimensions={**one.dimensions, DETAIL: known})


def _said_here(one: Statement, begin: int) -> list[Known]:
    """What of a figure's dimensions stands from `begin` on."""
    return [known for known in one.dimensions.values() if known.start is not None and known.start >= begin]


def _tell_before_multiple(text: str, stated: Mapping[int, int], statements: list[Statement]) -> None:
    """ "Fee income rose 9%, with forex income doubling to 27 million": what doubles is another thing than what rose."""
    for at, index in stated.items():
        one = statements[index]
        if one.measure != MULTIPLE_OF or DETAIL in one.dimensions:
            continue
        found = WITH.search(text[max(one.start - REACH, 0) : one.start])
        indicator = one.dimensions.get(INDICATOR)
        begin = max(one.start - REACH, 0) + found.start() if found is not None else 0
        if found is None or indicator is None or (indicator.start is not None and indicator.start >= begin):
            continue
        words = Known(" ".join(found["what"].split()), EXPLICIT, begin + len("with "), one.start)
        for other, place in stated.items():
            beside = statements[place]
            same = beside.dimensions.get(INDICATOR) == indicator and DETAIL not in beside.dimensions
            if other >= at and same:
                statements[place] = replace(beside, dimensions={**beside.dimensions, DETAIL: words})
