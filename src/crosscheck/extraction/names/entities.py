"""Proper names: organisations of which an area is only a part of the name, and companies and others that no list has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from crosscheck.extraction.model import Name
from crosscheck.extraction.names.lexicon import OFFICE, Found, Pieces, ordinary_words, words_of
from crosscheck.inputs.values import value

ENTITY = "entity"
# No name goes on for more words than this: what looks longer is a headline or a list.
LONGEST = 24
_SPACE = re.compile(r"[ \t\xa0]+(?:\r?\n[ \t]*)?|\r?\n[ \t]*")
_JOINT = re.compile(r"[ \t\xa0]+|[-\u2010\u2011]| ?& ?")
_SENTENCE_END = re.compile('[.!?:;\n"“”«»(\u2022|]')
_ADVERB = re.compile("[a-z]{3,}ly")
_CONNECTORS = ("of", "for", "on", "under", "de", "du", "des", "and", "&")
# So long a word in capitals may be short for anything.
_ABBREVIATION = 4
# How far a headline is looked for on either side of a word.
_WINDOW = 20


@value
class Organisation:
    """The words `first` to `last` name an organisation."""

    first: int
    last: int
    reports: bool  # it can have results of its own to report, as a company has
    is_title: bool  # "President of Kazakhstan": the area is named as such


def is_joint(gap: str) -> bool:
    """Whether words on both sides of a gap can be of one name."""
    return gap == " " or _JOINT.fullmatch(gap) is not None


def possessive_after(pieces: Pieces, last: int) -> bool:
    """Whether 's, or the apostrophe alone after an s, follows a word."""
    gap = pieces.gap_after(last)
    if gap in ("'", "’") and pieces.word(last + 2) == "s":
        return True
    return gap[:1] in ("'", "’") and pieces.lower[last].endswith("s") and gap[1:2].isspace()


def is_sentence_start(pieces: Pieces, index: int) -> bool:
    """Whether a word is the first of a sentence, a line, a quotation or a parenthesis."""
    return index <= 1 or _SENTENCE_END.search(pieces.gap_before(index)) is not None


def headline_at(pieces: Pieces, index: int) -> bool:
    """Whether nearly all longer words around one, on its line and in its sentence, are capitalised: these tell nothing."""
    long = capitals = 0
    words, ordinary = pieces.words, words_of("words")["function"]
    for step in (-1, 1):
        place = index
        for _ in range(_WINDOW):
            if not 0 <= place < len(words):
                break
            word = words[place]
            if len(word) > 3 and place != index and word.isalpha() and word.lower() not in ordinary:
                long += 1
                capitals += word[0].isupper()
                if (long - capitals) * 10 > 2 * _WINDOW:
                    return False  # whatever follows
            gap = words[place + step] if 0 <= place + step < len(words) else "\n"
            if gap != " " and ("\n" in gap or ". " in gap):
                break
            place += 2 * step
    return long >= 3 and capitals * 10 >= long * 9


def organisations_in(pieces: Pieces, found: Sequence[Found]) -> list[Organisation]:
    """The names of organisations, offices and what persons are responsible for, from left to right."""
    kinds, heads = words_of("words"), _heads()
    named = bytearray(len(pieces.words))
    for one in found:
        if len(one.phrase.words) > 1 and one.phrase.meanings[0].dimension != OFFICE:
            named[one.first : one.last + 1] = b"\1" * (one.last + 1 - one.first)
    areas = {one.first for one in found if one.phrase.cased} | {one.last for one in found if one.phrase.cased}
    spans: list[Organisation] = []
    for index in [index for index, word in pieces.numbered() if word in heads]:
        if not pieces.is_capitalised(index) or named[index] or (spans and index <= spans[-1].last):
            continue
        is_title = pieces.lower[index] in kinds["title"]
        if is_title and pieces.word(index + 2) not in ("of", "for"):
            continue
        title_case = headline_at(pieces, index)
        first = index if is_title else _leftmost(pieces, index, 1 if title_case else LONGEST)
        last = _rightmost(pieces, index, areas, title_case)
        if first < last:
            words = pieces.lower[first : last + 1 : 2]
            reports = not is_title and not any(word in kinds["office"] for word in words)
            spans.append(Organisation(first, last, reports, is_title))
    return spans


@cache
def _heads() -> frozenset[str]:
    """The words that make a name one of an organisation, an office or a person responsible for something."""
    kinds = words_of("words")
    return kinds["organisation"] | kinds["office"] | kinds["title"]


def _leftmost(pieces: Pieces, head: int, most: int) -> int:
    """The first word of the capitalised run that ends at a word."""
    ordinary, first = words_of("words")["function"], head
    for _ in range(most):
        before = first - 2
        if not is_joint(pieces.gap_before(first)) or not pieces.is_capitalised(before):
            break
        small = pieces.word(before) in ordinary and not pieces.words[before].isupper()
        if small and not _is_inside(pieces, before, head):
            break
        first = before
    return first


def _is_inside(pieces: Pieces, index: int, head: int) -> bool:
    """Whether a small word with a capital is part of a name that ends in a legal form, and begins no sentence."""
    form = pieces.lower[head].rstrip(".") in words_of("words")["company_form"]
    return form and not is_sentence_start(pieces, index) and pieces.is_capitalised(index - 2)


def _rightmost(pieces: Pieces, head: int, areas: set[int], title_case: bool) -> int:
    """The last word of the run that begins at a word, over "of the Republic of" and the like."""
    last, connected = head, False
    for _ in range(LONGEST):
        after = last + 2
        if not is_joint(pieces.gap_after(last)):
            break
        if pieces.is_capitalised(after):
            if (title_case and not connected) or pieces.word(after) in words_of("words")["title"]:
                break
            last = after
            continue
        word, further = pieces.word(after), after + 2
        if word not in _CONNECTORS or (word == "and" and not connected):
            break
        if pieces.word(further) == "the":
            further += 2
        if not pieces.is_capitalised(further) or not _SPACE.fullmatch(pieces.gap_before(further)):
            break
        if word == "and" and further in areas:
            break
        connected, last = True, further
    return last


def entities_in(pieces: Pieces, organisations: Sequence[Organisation], taken: bytearray) -> list[Name]:
    """Proper names that no list has, of what is not a person, as far as the words around tell.

    `taken` marks the words that names of the lists, organisations and sources hold.
    """
    names = [_entity(pieces, one.first, one.last) for one in organisations if one.reports]
    firms = {pieces.words[one.first] for one in organisations if one.reports}
    titles = {one.last for one in organisations if one.is_title}
    capitals = [index for index in _capitals(pieces) if not taken[index]]
    runs = [(index, _run_end(pieces, index, taken)) for index in capitals if not _continues(pieces, index, taken)]
    known = {pieces.words[index] for index in capitals if not is_sentence_start(pieces, index)}
    common = set(pieces.words)
    persons: set[str] = set()
    for index, last in runs:
        if pieces.words[index] not in firms and (index - 2 in titles or _is_person(pieces, index, last)):
            persons.update(pieces.lower[index : last + 1 : 2])
    for index, last in runs:
        first = _trimmed(pieces, index, last)
        if first is None or pieces.word(last) in persons:
            continue
        if first == last and ((pieces.lower[first] in common and pieces.lower[first].islower()) or _goes_on(pieces, last)):
            continue  # a common noun with a capital letter: "Heads of State"
        if pieces.words[first] in firms or _is_entity(pieces, first, last, known):
            names.append(_entity(pieces, first, last))
    return names


def _goes_on(pieces: Pieces, last: int) -> bool:
    return pieces.word(last + 2) in ("of", "for") and pieces.is_capitalised(last + 4)


def _capitals(pieces: Pieces) -> list[int]:
    words = pieces.words
    return [index for index, lower in pieces.numbered() if words[index] != lower and words[index][0].isupper()]


def _continues(pieces: Pieces, index: int, taken: bytearray) -> bool:
    """Whether a capitalised word goes on a run of such words."""
    before = index - 2
    if not pieces.is_capitalised(index):
        return False
    gap = pieces.gap_before(index)
    joined = is_joint(gap) or (gap == ". " and pieces.word(before) in words_of("words")["saint"])
    return pieces.is_capitalised(before) and not taken[before] and joined


def _run_end(pieces: Pieces, index: int, taken: bytearray) -> int:
    last = index
    while last + 2 < len(pieces.words) and not taken[last + 2] and _continues(pieces, last + 2, taken):
        last += 2
    return last


def _trimmed(pieces: Pieces, first: int, last: int) -> int | None:
    """Where a run begins without ordinary words; nothing where no other is left, or where it is a title of something."""
    dates, at_start = words_of("words")["dates"], is_sentence_start(pieces, first)
    while first <= last and (pieces.word(first) in ordinary_words() or _ADVERB.fullmatch(pieces.word(first))):
        if not at_start and pieces.word(first) not in dates and not pieces.words[first].isupper():
            return None
        first += 2
    return first if first <= last else None


def _is_person(pieces: Pieces, first: int, last: int) -> bool:
    """Whether a run has a title in it or before it, or somebody speaks."""
    titles = words_of("words")["title"]
    words = pieces.lower[first : last + 1 : 2]
    return pieces.word(first - 2) in titles or any(word in titles for word in words) or _is_said(pieces, first, last)


def _is_entity(pieces: Pieces, first: int, last: int, known: set[str]) -> bool:
    kinds = words_of("words")
    words = pieces.lower[first : last + 1 : 2]
    if len(words) > 6 or not (kinds["title"].isdisjoint(words) and ordinary_words().isdisjoint(words)):
        return False
    if not kinds["outlet"].isdisjoint((words[0], " ".join(words))):
        return False
    if _is_person(pieces, first, last) or not _looks_proper(pieces, first, last, known):
        return False
    return not headline_at(pieces, first)


def _looks_proper(pieces: Pieces, first: int, last: int, known: set[str]) -> bool:
    """Whether a run is written, or does something, as only names are; a single capital letter tells little."""
    kinds = words_of("words")
    printed = pieces.words[first : last + 1 : 2]
    if len(printed) > 1:
        return True
    if pieces.gap_before(first).endswith(":"):
        return False  # a share's symbol: "NYSE:XYZ"
    word, acts = printed[0], pieces.word(last + 2) in kinds["acts"] and pieces.gap_after(last) == " "
    if len(word) < 2 or any(character.isdigit() for character in word) or _is_line_head(pieces, first, last):
        return False
    if word.isupper() and len(word) <= _ABBREVIATION:
        return acts or possessive_after(pieces, last)
    if len(word) == 2:
        return False
    shaped = any(character.isupper() for character in word[1:])
    acts = acts and not word.endswith(("s", "ed", "ing", "ly"))
    acts = acts or possessive_after(pieces, last)
    return shaped or acts or not is_sentence_start(pieces, first) or word in known


def _is_line_head(pieces: Pieces, first: int, last: int) -> bool:
    """ "CLEVELAND - …": capitals at the head of a line say where, not who."""
    return (
        pieces.words[first].isupper()
        and (first <= 1 or "\n" in pieces.gap_before(first))
        and pieces.gap_after(last).strip()[:1] in ("-", "–", "—", "(", ",", ".", ":")
    )


def _is_said(pieces: Pieces, first: int, last: int) -> bool:
    """Whether what follows or precedes shows that a person speaks, or is introduced."""
    kinds = words_of("words")
    gap, word = pieces.gap_after(last), pieces.word(last + 2)
    if word in kinds["said"] and gap.strip(' "”,') == "":
        return True
    if pieces.word(first - 2) in kinds["said"]:
        return True
    return gap == ", " and (word in kinds["title"] or pieces.word(last + 4) in kinds["title"])


def _entity(pieces: Pieces, first: int, last: int) -> Name:
    return Name(pieces.at[first], pieces.at[last + 1], ENTITY, None, possessive_after(pieces, last))
