"""Who is called the first of all, or the third: "China was the largest trading partner, with $31 billion"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crosscheck.claims.model import AREA, COUNTERPART, HIGHEST, INDICATOR, LOWEST, Record
from crosscheck.extraction.model import Statement
from crosscheck.extraction.relations.records import PLACE, place_of
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.sentences.tokens import NUMBERS, Token
from crosscheck.inputs.values import replace

_AMONG = {
    **dict.fromkeys(("partner", "market", "buyer", "destination", "supplier", "customer", "source"), COUNTERPART),
    **dict.fromkeys(("exporter", "importer", "producer", "economy"), AREA),
}
MOST = ("largest", "biggest", "top", "number one", "smallest")
# Not "one of the largest", nor "the largest market in Europe": a place among all that there are.
FIRST = re.compile(
    rf"(?<!one of )(?:\bthe|\bits|\btheir|['’]s) (?:single )?"
    rf"{PLACE}(?P<most>{'|'.join(MOST)}) "
    rf"(?:(?:foreign|overseas|trade|trading|export|import) ){{0,2}}(?P<what>{'|'.join(_AMONG)})\b"
    r"(?! (?:among|outside|within|after|behind|on|from|by|at|per|for) )(?! in (?!\d))",
    re.IGNORECASE,
)
# Behind these another one is told of.
_ANOTHER = re.compile(r"\b(?:followed|ahead|behind|then|after|while|whereas|but|second|third|next|and)\b", re.IGNORECASE)
REACH = 120  # characters before a figure
ONE_WAY = ("exports", "imports")


def mark_first(
    text: str, tokens: Sequence[Token], numbers: Sequence[int], statements: list[Statement], stated: Mapping[int, int]
) -> None:
    """Marks the level of whom a sentence calls the first of all, where no other stands between the words and the figure."""
    told = text[tokens[0].start : tokens[-1].end].lower()
    for at in numbers if any(word in told for word in MOST) else ():
        if at not in stated or statements[stated[at]].measure != LEVEL:
            continue
        one = statements[stated[at]]
        start = max(
            max((token.end for token in tokens[:at] if token.letter in NUMBERS), default=tokens[0].start), one.start - REACH
        )
        found = next(iter(FIRST.finditer(text, start, one.start)), None)
        if found is None or one.record is not None or one.value < 0 or _ANOTHER.search(text, found.end(), one.start):
            continue
        if found["place"] and found["most"].lower() not in MOST[:2]:
            continue  # "the second top partner", "the third smallest"
        among = _AMONG[found["what"].lower()]
        if among == COUNTERPART and not _is_ranked_by(one, found[0].lower()):
            continue
        if _is_meant(tokens, at, one, among, start, found):
            order = LOWEST if found["most"].lower() == "smallest" else HIGHEST
            statements[stated[at]] = replace(one, record=Record(order, None, among, place_of(found["place"])))


def _is_ranked_by(one: Statement, words: str) -> bool:
    """Partners are ranked by all that is traded: a figure of what goes one way alone does not tell who is the larger."""
    indicator = one.dimensions.get(INDICATOR)
    one_way = indicator is not None and indicator.value in ONE_WAY
    return not one_way or not words.endswith("partner") or any(way in words for way in ("export", "import"))


def _is_meant(tokens: Sequence[Token], at: int, one: Statement, among: str, start: int, found: re.Match[str]) -> bool:
    """Whether the figure is that of the one who is called the first: named just before the words, or just behind them."""
    own = one.dimensions.get(among)
    if own is None or own.start is None:
        return False
    areas = [token for token in tokens[:at] if token.letter == "A" and token.start >= start]
    before = [token for token in areas if token.end <= found.start()]
    behind = [token for token in areas if token.start >= found.end()]
    names = {known.start for name in (AREA, COUNTERPART) if (known := one.dimensions.get(name)) is not None}
    if not all(token.start in names for token in behind):
        return False
    has_owner = bool(before) and before[-1].start in names  # "China was Peru's largest partner"
    return own.start in {token.start for token in (*(before[-2:] if has_owner else before[-1:]), *behind)}
