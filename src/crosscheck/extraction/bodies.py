"""Companies and other bodies that no code list has: whose figures a document tells, and which it only mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Mentions, Name

ENTITY = "entity"
OFTEN = 3  # mentions from which on a document is about a body


def main_entity(read: Iterable[Mentions]) -> str | None:
    """The code or name of the body that a document mentions most often, when it does so often."""
    counts = Counter(name.code or "" for mentions in read for name in mentions.names if name.dimension == ENTITY)
    counts.pop("", None)
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= OFTEN else None


def without_passing(text: str, mentions: Mentions, main: str | None) -> Mentions:
    """The mentions without proper names of which nothing says that they are bodies with figures of their own."""
    return replace(
        mentions, names=tuple(name for name in mentions.names if name.dimension != ENTITY or _has_figures(text, name, main))
    )


def _has_figures(text: str, name: Name, main: str | None) -> bool:
    words = text[name.start : name.end].lower().replace(".", "").split()
    return name.possessive or (name.code or "") == main or words[-1] in words_of("company")
