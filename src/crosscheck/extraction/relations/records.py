"""Records: "a record $21 billion", "$21 billion, the second-highest since 2015", "an all-time low of 3.4%"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crosscheck.claims.model import HIGHEST, LOWEST, Record
from crosscheck.extraction.model import Statement
from crosscheck.extraction.sentences.measures import LEVEL, RATE
from crosscheck.extraction.sentences.tokens import Token

REACH = 60  # characters to either side of a figure
SAID = ("record", "all-time", "ever", "history", "since")  # each of the patterns below holds one
ORDERS = {
    **dict.fromkeys(("high", "highest", "largest", "biggest", "greatest", "most"), HIGHEST),
    **dict.fromkeys(("low", "lowest", "smallest", "fewest"), LOWEST),
}
# Not "the previous record of $22.4 billion", nor "below its record": what is told for comparison is no record now.
BEFORE = re.compile(
    r"\b(?:a|an|new|reached|reaching|hit|hitting|set|to|at)\s+(?:new\s+)?(?:all-time|record)\b"
    r"(?:[ -](?P<order>high|low)\b)?(?:\s+[a-z]+){0,4}\s*$",
    re.IGNORECASE,
)
_MOST = "|".join(word for word in ORDERS if word not in ("high", "low"))
PLACES = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
PLACE = rf"(?:(?P<place>{'|'.join(PLACES)}|[2-9](?:nd|rd|th)|1[0-9]th)[ -])?"
_EVER = r"(?:ever|on\s+record|in\s+history|since\s+(?:[A-Z][a-z]+\s+)?(?P<since>(?:19|20)[0-9]{2}))"
PEAK = re.compile(rf"\b(?:the|its|their)\s+{PLACE}(?P<most>{_MOST})\s+{_EVER},?\s+(?:at|with)\s*$", re.IGNORECASE)
AFTER = re.compile(
    r"^[^.;:]{0,30}?\b(?:an?\s+(?:new\s+)?(?:all-time|record)(?:[ -](?P<order>high|low)\b)?(?=\s*[,.;)])"
    rf"|(?:the|its|their)\s+{PLACE}(?P<most>{_MOST})\b(?:\s+[a-z-]+){{0,3}}?\s+{_EVER}\b)",
    re.IGNORECASE,
)


def mark_records(
    text: str, tokens: Sequence[Token], numbers: Sequence[int], statements: list[Statement], stated: Mapping[int, int]
) -> None:
    """Marks the levels of a sentence that it calls records; what the words stand nearest to, and no figure between."""
    told = text[tokens[0].start : tokens[-1].end + 1].lower()
    for position, at in enumerate(numbers if any(word in told for word in SAID) else ()):
        if at not in stated or statements[stated[at]].measure not in (LEVEL, RATE):
            continue
        one = statements[stated[at]]
        before = tokens[numbers[position - 1]].end if position else tokens[0].start
        after = tokens[numbers[position + 1]].start if position + 1 < len(numbers) else tokens[-1].end
        found = BEFORE.search(text[max(before, one.start - REACH) : one.start])
        found = found or PEAK.search(text[max(before, one.start - REACH) : one.start])
        found = found or AFTER.match(text[one.end : min(after, one.end + REACH) + 1])
        if found is None:
            continue
        parts = found.groupdict()
        word = parts.get("most") or parts.get("order") or "high"
        order = ORDERS[word.lower()] if one.value >= 0 else {HIGHEST: LOWEST, LOWEST: HIGHEST}[ORDERS[word.lower()]]
        rank = place_of(parts.get("place"))
        if rank == 1 or order == HIGHEST:
            statements[stated[at]] = replace(one, record=Record(order, parts.get("since"), place=rank))


def place_of(words: str | None) -> int:
    """3 for "third" and for "3rd"; 1 where no words say which."""
    if not words:
        return 1
    return PLACES.index(words.lower()) + 2 if words.lower() in PLACES else int(words[:-2])
