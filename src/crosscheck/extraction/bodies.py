"""Companies and other bodies that no code list has: whose figures a document tells, and which it only mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Mentions, Name
from crosscheck.extraction.phrases import without_legal_form
from crosscheck.extraction.source import ASIDE, Block

ENTITY = "entity"
OFTEN = 4  # weight of mentions from which on a document is about a body


def main_entity(text: str, read: Sequence[tuple[Block, Mentions]]) -> str | None:
    """The body that a document is about: told of often, above all at its beginning, by a name that says what it is."""
    counts: Counter[str] = Counter()
    first: set[str] = set()
    for place, mentions in enumerate(mentions for block, mentions in read if block.kind != ASIDE):
        for name in mentions.names:
            if name.dimension == ENTITY:
                first |= {name_of(text, name)} if place < 3 else set()
                words = text[name.start : name.end].lower().replace(".", "").split()
                counts[name_of(text, name)] += 1 + 2 * (place < 2) + (words[-1] in words_of("company"))
    best = [(name, count) for name, count in counts.most_common() if name in first][:1]
    return best[0][0] if best and best[0][1] >= OFTEN else None


def name_of(text: str, name: Name) -> str:
    """The name of a body, without its legal form."""
    return name.code or without_legal_form(" ".join(text[name.start : name.end].split()))


def without_passing(text: str, mentions: Mentions, main: str | None) -> Mentions:
    """The mentions without proper names of which nothing says that they are bodies with figures of their own."""
    return replace(
        mentions, names=tuple(name for name in mentions.names if name.dimension != ENTITY or _has_figures(text, name, main))
    )


def _has_figures(text: str, name: Name, main: str | None) -> bool:
    words = text[name.start : name.end].lower().replace(".", "").split()
    return name.possessive or name_of(text, name) == main or words[-1] in words_of("company")
