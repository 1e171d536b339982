"""Names behind "non-": "non-oil exports" are those of all other goods, and no exports of oil."""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.claims.codelists import CodeLists
from crosscheck.extraction.model import Name
from crosscheck.extraction.names.lexicon import Found, Pieces
from crosscheck.inputs.values import replace

INDICATOR, PRODUCT = "indicator", "product"
_NON = "non"
_JOINTS = ("-", "\u2010", "\u2011", " ")


def is_negated(pieces: Pieces, found: Found) -> bool:
    """Whether "non-" stands before a phrase."""
    return pieces.word(found.first - 2) == _NON and pieces.gap_before(found.first) in _JOINTS


def as_others(pieces: Pieces, found: Found, name: Name, lists: CodeLists) -> Iterator[Name]:
    """What a name means behind "non-": goods in words of their own ("non-oil"), with the indicator that the rest names."""
    if name.dimension not in (INDICATOR, PRODUCT):
        yield name
        return
    words = [pieces.word(index) for index in range(found.first, found.last + 1, 2)]
    start = pieces.at[found.first - 2]
    if name.dimension == PRODUCT:
        yield Name(start, name.end, PRODUCT, f"{_NON}-{' '.join(words)}")
        return
    rest = lists.named(INDICATOR, " ".join(words[1:])) if len(words) > 1 else None
    if rest is not None:
        yield Name(start, pieces.at[found.first + 1], PRODUCT, f"{_NON}-{words[0]}")
        yield replace(name, start=pieces.at[found.first + 2], code=rest.id)
