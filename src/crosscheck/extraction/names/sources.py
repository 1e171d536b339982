"""Who compiled figures: offices named with their country, and those that the list of sources has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.extraction.names.entities import possessive_after
from crosscheck.extraction.names.lexicon import AREA, OFFICE, Found, Lexicon, Meaning, Pieces, phrases_of, words_of
from crosscheck.inputs.values import value

SOURCE = "source"
# Offices that do other things than to compile statistics: a source only where the words around say so.
_DOES_MORE = ("central bank", "ministry")
# How many words may stand between a country and its office, and between a cue and the source.
_BETWEEN, _AFTER_CUE, _WITHIN_NAME = 4, 8, 14
_JOINT = re.compile(r"[ \t\xa0]+|\r?\n[ \t]*|[-\u2010\u2011]| ?& ?|['’] ?")
_PREPOSITIONS = ("of", "under", "for", "on")


@value
class SourceSpan:
    """The words `first` to `last` name a source of statistics."""

    first: int
    last: int
    code: str


def sources_in(pieces: Pieces, found: Sequence[Found], lexicon: Lexicon) -> list[SourceSpan]:
    """The sources that a text names, from left to right, none in another."""
    spans: list[SourceSpan] = []
    for place, one in enumerate(found):
        span: SourceSpan | None = None
        for meaning in one.phrase.meanings:
            if meaning.dimension == SOURCE and _is_cited(pieces, one.first, one.last):
                span = SourceSpan(one.first, one.last, meaning.code)
            elif meaning.dimension == OFFICE:
                span = _office(pieces, found, place, meaning.code, lexicon) or span
        if span is None:
            continue
        if spans and span.first <= spans[-1].last:
            if span.last - span.first <= spans[-1].last - spans[-1].first:
                continue
            spans.pop()
        spans.append(span)
    return spans


def _office(pieces: Pieces, found: Sequence[Found], place: int, kind: str, lexicon: Lexicon) -> SourceSpan | None:
    """The office of a state at one of the phrases found, with the name of the state before or after it."""
    office = found[place]
    if pieces.word(office.last + 2) in words_of("words")["no_office"]:
        return None
    first, last, area = office.first, office.last, None
    before = _area_before(pieces, found, place)
    if before is not None:
        first, area = before
    else:
        after = _area_after(pieces, found, place)
        if after is not None:
            last, area = after
            first = _name_start(pieces, first)
    if area is None or (kind in _DOES_MORE and not _is_cited(pieces, first, last)):
        return None
    return SourceSpan(first, last, f"{lexicon.states.get(area, area)} {kind}")


def _area_of(found: Found) -> Meaning | None:
    return next((meaning for meaning in found.phrase.meanings if meaning.dimension == AREA and not meaning.capital), None)


def _area_before(pieces: Pieces, found: Sequence[Found], place: int) -> tuple[int, str] | None:
    """ "the Kyrgyz National Statistical Committee", "China's customs office": where it begins, and the area."""
    index = found[place].first
    for back in range(1, _BETWEEN + 1):
        other = place - back
        if other < 0:
            return None
        area = _area_of(found[other])
        between = range(found[other].last + 2, index, 2)
        if len(between) > _BETWEEN + 1 or not _joined(pieces, found[other].last, index):
            return None
        if area is None:
            continue
        words = [at for at in between if pieces.word(at) != "s" or not possessive_after(pieces, at - 2)]
        plain = all(pieces.is_capitalised(at) or pieces.word(at) in ("state", "national", "official") for at in words)
        return (found[other].first, area.code) if plain else None
    return None


def _area_after(pieces: Pieces, found: Sequence[Found], place: int) -> tuple[int, str] | None:
    """ "the Ministry of Trade and Tourism of the Republic of Kazakhstan": where it ends, and the area."""
    office, connected = found[place], False
    index, steps = office.last, 0
    areas = {}
    for other in found[place + 1 : place + 12]:
        area = _area_of(other)
        if area is not None and not area.adjective:
            areas[other.first] = (other.last, area.code)
    while steps < _WITHIN_NAME and _JOINT.fullmatch(pieces.gap_after(index)):
        index, steps = index + 2, steps + 1
        word = pieces.word(index)
        if index in areas and connected:
            return areas[index]
        if word in _PREPOSITIONS:
            connected = True
        elif not (pieces.is_capitalised(index) or word in ("the", "and", "&")):
            return None
    return None


def _name_start(pieces: Pieces, first: int) -> int:
    """Where the capitalised run begins that ends at a word."""
    ordinary = words_of("words")["function"]
    while pieces.is_capitalised(first - 2) and pieces.word(first - 2) not in ordinary:
        if pieces.gap_before(first) not in (" ", "\xa0", "-"):
            break
        first -= 2
    return first


def _joined(pieces: Pieces, last: int, first: int) -> bool:
    return all(_JOINT.fullmatch(pieces.words[gap]) for gap in range(last + 1, first, 2))


def _is_cited(pieces: Pieces, first: int, last: int) -> bool:
    """Whether words around say that figures come from here: "according to …", "… data", "… reported"."""
    words = words_of("words")
    after = last + 2
    if possessive_after(pieces, last):
        after += 2
    if pieces.word(after) in words["data"] or pieces.word(after) in words["said"] or pieces.word(after) in words["reports"]:
        return True
    cues, index, text = phrases_of("source_cues"), first, ""
    for _ in range(_AFTER_CUE):
        if not _JOINT.fullmatch(pieces.gap_before(index)) and pieces.gap_before(index) != ": ":
            return False
        index -= 2
        text = f"{pieces.word(index)} {text}".strip()
        if any(text == cue or text.startswith(f"{cue} ") for cue in cues):
            return True
    return False
