"""What figures leave out: "exports other than oil", "countries except China", "the output of OPEC, not including Iraq".

It is a dimension of its own, so that such a figure is never taken for that of all, nor for one of what it leaves out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Mentions, Name
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import NUMBERS, Row, Token, letters
from crosscheck.extraction.source import Block
from crosscheck.inputs.values import replace, value

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

LONGEST = 12  # tokens of what is left out
NOUN = "[.T]{0,3}[.XAEI](?:[.XAEI]|o[.T]{0,2}[XAEI.]|-[XAEI.])*"
# "tea", "tea and coffee", "food, energy and gold"; behind a comma without an "and" the clause goes on with something else
PHRASE = re.compile(f"{NOUN}(?:(?:,{NOUN})*,?a{NOUN})?")
STARTS = ("without",)  # leave something out only at the head of a clause: "Without gold, …"


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
    names = mentions.names
    for index in range(bisect_left(names, at, key=lambda one: one.start), len(names)):
        name = names[index]
        if gap.fullmatch(text, at, name.start) is None:
            return
        yield name
        at, gap = name.end, to_next


@value
class Excluded:
    """Token indices of the words for what is left out, and these words; `upto` is the last token of which that holds."""

    first: int
    last: int
    upto: int
    words: Known


def exclusions(text: str, tokens: Row) -> Iterator[Excluded]:
    """What a sentence says to be left out, in its order."""
    cues = words_of("excluding")
    if tokens.heads.isdisjoint([cue.split(" ")[0] for cue in cues]):
        return
    for at in range(len(tokens)):
        long = max((_length(tokens, at, cue) for cue in cues), default=0)
        if not long or (tokens[at].text in STARTS and at > 0 and tokens[at - 1].letter not in ",;u"):
            continue
        first, last = at + long, _end(tokens, at + long - 1)
        if last >= first:
            spoken = " ".join(text[tokens[first].start : tokens[last].end].split()).lower()
            words = Known(spoken, start=tokens[first].start, end=tokens[last].end)
            yield Excluded(at, last, _upto(tokens, at, last), words)


def _length(tokens: Sequence[Token], at: int, cue: str) -> int:
    """How many tokens from index `at` on say the words of a cue; 0 where they say something else."""
    said = ""
    for place, token in enumerate(tokens[at : at + 4]):
        said = f"{said} {token.text.lower()}".lstrip()
        if said == cue:
            return place + 1
        if not cue.startswith(said):
            return 0
    return 0


def leave_out(state: Walk, found: Sequence[Excluded]) -> None:
    """Gives the figures of a sentence what they leave out; what the sentence goes on with leaves it out as well."""
    for one in found:
        told = None
        for at, frame in state.frames.items():
            if one.last < at <= one.upto:
                told = state.frames[at] = replace(frame, other={**frame.other, EXCLUDING: one.words})
        if told is not None and told.indicator == state.frame.indicator:
            state.frame = replace(state.frame, other={**state.frame.other, EXCLUDING: one.words})


def _end(tokens: Sequence[Token], at: int) -> int:
    """The last token of the noun phrase behind a cue that ends at `at`; that one itself where there is none."""
    row = letters(tokens[at + 1 : at + 1 + LONGEST])
    found = PHRASE.match(row)
    return at + (len(found[0]) if found else 0)


def _upto(tokens: Sequence[Token], first: int, last: int) -> int:
    """The last token of the clause in which something is left out; of what another name comes up, it holds no longer."""
    leads = first == 0 or tokens[first - 1].letter in ";u"
    named = False
    for index in range(last + 1, len(tokens)):
        letter = tokens[index].letter
        if letter in ";u!" or tokens[index].text in ("with", "including"):
            return index
        if letter == "I" and not leads and named:
            return index
        named = named or letter in NUMBERS
    return len(tokens)
