"""What figures leave out: "exports other than oil", "countries except China", "the index, which excludes food"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crosscheck.extraction.model import Known, Mentions, Name
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.phrases import Phrase
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import Row
from crosscheck.extraction.source import Block
from crosscheck.inputs.values import replace

EXCLUDING = "excluding"
_LEAVES_OUT = re.compile(
    r"\b(?:other than|except(?:ing)?(?: for| from| to)?|exclud(?:ing|es?)|exclusive of|with the exception of|apart from"
    r"|aside from|not (?:including|counting)|(?:leav|stripp?)(?:es|s|ing)? out)(?![a-z])",
    re.IGNORECASE,
)
# From there to the first name, and from one name to the next of the list.
_TO_FIRST = re.compile(r"(?:[ \n][a-z-]+){0,4}[ \n](?:U\.?S\.? )?")
_JOINED = re.compile(r" (?:and|or|of) (?:the |its )?")  # "Excluding tea, coffee rose": behind the comma is what rose
_TO_NEXT = re.compile(r"(?:,? (?:and|or) |, | of (?:[a-z-]+ ){0,2})(?:the |its |those of )?")


def without_left_out(text: str, read: Sequence[tuple[Block, Mentions]]) -> list[tuple[Block, Mentions]]:
    """The mentions without the names of what is left out: no figure is of these."""
    return [(block, _without_names(text, block, mentions)) for block, mentions in read]


def _without_names(text: str, block: Block, mentions: Mentions) -> Mentions:
    dropped: set[int] = set()
    for found in _LEAVES_OUT.finditer(text, block.start, block.end):
        begins = text[block.start : found.start()].rstrip()[-1:] in ("", ".", "!", "?")
        dropped |= {name.start for name in _names_behind(text, found.end(), mentions, _JOINED if begins else _TO_NEXT)}
    return (
        replace(mentions, names=tuple(name for name in mentions.names if name.start not in dropped))
        if dropped
        else mentions
    )


def _names_behind(text: str, at: int, mentions: Mentions, to_next: re.Pattern[str]) -> Iterator[Name]:
    """The names of a list that begins at a place."""
    gap = _TO_FIRST
    for name in mentions.names:
        if name.start < at:
            continue
        if gap.fullmatch(text, at, name.start) is None:
            return
        yield name
        at, gap = name.end, to_next


def without(state: Walk, phrase: Phrase, frame: Frame) -> Frame:
    """ "The index excluding food, energy and gold rose by 0.8%": not all of it, and so not the figure of all."""
    tokens, before = state.tokens, state.frame
    told = before.indicator
    again = told is not None and told.start is not None and told.start >= tokens[0].start and not state.frames
    if again and told is not None and EXCLUDING in before.other and told.value == phrase.indicator.value:
        return replace(frame, other={**frame.other, EXCLUDING: before.other[EXCLUDING]})  # "… was recorded in the index"
    begins = _LEAVES_OUT.match(state.text, tokens[0].start) if phrase is state.phrases[0] else None
    first = _first_left_out(state.text, tokens, phrase.first) if begins is None else _behind(tokens, begins.end())
    last = first or 0
    while first is not None and last < len(tokens) and tokens[last].letter in (".Xaot" if begins else ".X,aot"):
        last += 1
    if first is None or last in (first, len(tokens)) or tokens[last].letter not in ("," if begins else "LUDC"):
        return frame
    said = " ".join(state.text[tokens[first].start : tokens[last - 1].end].split()).lower()
    return replace(frame, other={**frame.other, EXCLUDING: Known(said, start=tokens[first].start)})


def _first_left_out(text: str, tokens: Row, at: int) -> int | None:
    """The token behind the words that leave out, where they follow a phrase: "to countries other than"."""
    found = _LEAVES_OUT.search(text, tokens[at].start, tokens[-1].end)
    if found is None or found[0].lower() == "excludes":
        return None  # "core inflation, which excludes food": what it is, whoever tells it
    before = "".join(one.letter for one in tokens[at:] if one.end <= found.start())
    told = compiled(r"[.AXTG]{0,4}I[.,fotwiAGX]{0,5}").fullmatch(before)
    return _behind(tokens, found.end()) if told is not None else None


def _behind(tokens: Row, place: int) -> int | None:
    return next((index for index, token in enumerate(tokens) if token.start >= place), None)
