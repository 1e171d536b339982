"""Mentions of areas, indicators, products and other codes of the lists in a text, and proper names that no list has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

from crosscheck.claims.codelists import AREA_DIMENSIONS, CodeLists
from crosscheck.extraction.model import Name
from crosscheck.extraction.names.entities import (
    Organisation,
    entities_in,
    headline_at,
    is_sentence_start,
    organisations_in,
    possessive_after,
)
from crosscheck.extraction.names.lexicon import (
    NO_NAME,
    OFFICE,
    Found,
    Lexicon,
    Meaning,
    Pieces,
    lexicon_of,
    ordinary_words,
    pieces_of,
    scan,
    single,
    words_of,
)
from crosscheck.extraction.names.negated import as_others, is_negated
from crosscheck.extraction.names.sources import SourceSpan, sources_in
from crosscheck.extraction.patterns import any_of
from crosscheck.inputs.values import value

ENTITY, PRODUCT, SOURCE = "entity", "product", "source"
# Long texts are read in stretches, so that the pieces of a whole book do not lie in memory at once.
STRETCH = 1 << 17
# What a word is a part of: an organisation or a source, a title, a name of the lists.
_WHOLE, _TITLE, _NAMED = b"\3", b"\1", b"\2"
_SEVERAL = 3  # areas: one or two can belong to both indicators
_SENTENCE = 120  # words and gaps within which a "respectively" is looked for
_AMOUNT = (
    r"(?:(?:by|at|to|of|about|around|some|over|almost|nearly|roughly|approximately|more than|at least)[ \n])*"
    r"(?:[A-Z]{2,3})?[ $€£¥]?[0-9][0-9.,]*(?:[ \n-]?(?:%|[a-z]+)(?:[ \n](?!and )[a-zA-Z]+){0,2})?"
)
# "(exports and imports) reached $5 billion and $6 billion", "exports and imports rose 5% and 7%".
_TWO_AMOUNTS = re.compile(rf"[^.;:0-9]{{1,60}}?({_AMOUNT}),? and {_AMOUNT}")
_SPACE = re.compile(r"[ \t\xa0]+")
_AFTER_DATELINE = tuple("—–-(.,:/")
_HYPHENS = ("-", "\u2010", "\u2011")


@value
class _Read:
    """A stretch of text with all that was found in it."""

    pieces: Pieces
    found: list[Found]
    organisations: list[Organisation]
    sources: list[SourceSpan]


def find_names(text: str, lists: CodeLists) -> tuple[Name, ...]:
    """Mentions of codes and of proper names that no list has, in the order of the text, none within another.

    Of several names at one place the longest counts. Names within names of offices, of organisations and of units of money
    (Bank of China, US dollars) are left out, and so are persons. Linear in the length of the text.
    """
    return tuple(name for name in find_names_and_sources(text, lists) if name.dimension != SOURCE)


def find_names_and_sources(text: str, lists: CodeLists, begin: int = 0) -> tuple[Name, ...]:
    """What `find_names` and `find_sources` find, in the order of the text, for the price of one.

    `begin` is where `text` begins in a longer one, of which the spans are.
    """
    lexicon = lexicon_of(lists)
    names: list[Name] = []
    for offset, stretch in _stretches(text):
        read = _read(stretch, begin + offset, lexicon)
        found = [*_names(read, lists, lexicon), *(_source(read.pieces, source) for source in read.sources)]
        names += sorted(found, key=attrgetter("start"))
    return tuple(names)


def find_sources(text: str, lists: CodeLists) -> tuple[Name, ...]:
    """Who compiled figures, as the text says: "Chinese customs", "the Statistics Agency of Uzbekistan", "Eurostat".

    The code is that of the list of sources, or an adjective and a kind of office: "Uzbek statistics". News agencies and
    papers are no sources of figures.
    """
    lexicon = lexicon_of(lists)
    names = []
    for offset, stretch in _stretches(text):
        pieces = pieces_of(stretch, offset)
        for source in sources_in(pieces, scan(pieces, lexicon), lexicon):
            names.append(_source(pieces, source))
    return tuple(names)


def _source(pieces: Pieces, source: SourceSpan) -> Name:
    return Name(pieces.at[source.first], pieces.at[source.last + 1], SOURCE, source.code)


def area_of_source(source: str, lists: CodeLists) -> str | None:
    """The area whose office a source is ("Uzbek statistics": UZ), or None."""
    code = lists.codes.get(SOURCE, {}).get(source)
    if code is not None and code.area is not None:
        return code.area
    word = source
    for kind in words_of("offices"):
        word = word.removesuffix(f" {kind}")
    return None if word == source else _areas_by_adjective(lists).get(word)


@lru_cache(maxsize=4)
def offices(lists: CodeLists) -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of the offices of one country, as a pattern, and that country by name."""
    codes = lists.codes.get(SOURCE, {}).values()
    areas = {
        name: area for code in codes if (area := area_of_source(code.id, lists)) for name in (code.name, *code.aliases)
    }
    return re.compile(rf"\b{any_of(areas)}\b" if areas else r"(?!)"), areas


@lru_cache(maxsize=4)
def _areas_by_adjective(lists: CodeLists) -> dict[str, str]:
    return {word: id for id, word in lexicon_of(lists).states.items()}


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """The text in stretches that end at a line end or a space where there is one, each with its place."""
    start = 0
    while len(text) - start > STRETCH:
        end = start + STRETCH
        for mark in ("\n", " "):
            cut = text.rfind(mark, start + STRETCH // 2, end)
            if cut >= 0:
                end = cut + 1
                break
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _read(text: str, offset: int, lexicon: Lexicon) -> _Read:
    pieces = pieces_of(text, offset)
    found = scan(pieces, lexicon)
    sources = sources_in(pieces, found, lexicon)
    return _Read(pieces, found, organisations_in(pieces, found), sources)


def _names(read: _Read, lists: CodeLists, lexicon: Lexicon) -> list[Name]:
    pieces = read.pieces
    names: list[Name] = []
    taken = bytearray(len(pieces.words))
    for named in read.organisations:
        taken[named.first : named.last + 1] = (_TITLE if named.is_title else _WHOLE) * (named.last + 1 - named.first)
    for source in read.sources:
        taken[source.first : source.last + 1] = _WHOLE * (source.last + 1 - source.first)
    blocked = bytes(taken)
    for place, found in enumerate(read.found):
        inside = max(blocked[found.first : found.last + 1])
        if inside == _WHOLE[0] or (inside == _TITLE[0] and not found.phrase.cased):
            continue
        if not inside and found.phrase.cased and _is_part(pieces, found):
            continue  # and may be part of a name that no list has
        if not found.phrase.cased and _is_negated(pieces, found):
            rest = single(pieces, found.last, lexicon) if found.last > found.first else None
            if rest is None:
                continue
            found = rest  # "non-oil exports": exports, of what is told by words of their own
        taken[found.first : found.last + 1] = _NAMED * (found.last + 1 - found.first)
        for one in _apart(pieces, read.found[place:], lexicon) if "and" in found.phrase.words else (found,):
            names += _named(pieces, one, read.found[place + 1 : place + 4], lists)
    names += entities_in(pieces, read.organisations, taken)
    names.sort(key=lambda name: name.start)
    return _merged(pieces, names)


def _merged(pieces: Pieces, names: list[Name]) -> list[Name]:
    """Names of one indicator side by side as one: "bilateral trade" and "turnover"."""
    merged: list[Name] = []
    for name in names:
        last = merged[-1] if merged else None
        if last is not None and last.end + 1 == name.start and name.dimension == PRODUCT and _is_of_it(last):
            merged.pop()  # "cattle feed", "herd management software": what it is for, and no count of them
            last = merged[-1] if merged else None
        if (
            last is not None
            and last.end + 1 == name.start
            and (last.code, last.negative) == (name.code, name.negative)
            and last.dimension == name.dimension == "indicator"
            and _is_space(pieces.words[bisect_left(pieces.at, last.end)])
        ):
            generic = last.generic and name.generic
            both = (name.dimension, name.code, name.possessive, False, generic, name.negative)
            merged[-1] = Name(last.start, name.end, *both)
        else:
            merged.append(name)
    return merged


def _is_negated(pieces: Pieces, found: Found) -> bool:
    """ "Non-oil", "non-gems and jewellery": what something is not."""
    return pieces.gap_before(found.first) in _HYPHENS and pieces.word(found.first - 2) == "non"


def _is_of_it(name: Name) -> bool:
    """Whether a word right before the name of goods only says what these are for."""
    return name.dimension == "indicator" and name.generic and not name.possessive


def _named(pieces: Pieces, found: Found, following: Iterable[Found], lists: CodeLists) -> Iterator[Name]:
    """The mentions that a phrase of the lists stands for, where it does stand for them."""
    possessive = possessive_after(pieces, found.last)
    for meaning in sorted(found.phrase.meanings, key=attrgetter("generic")):
        if meaning.dimension in (OFFICE, SOURCE) or meaning.code == NO_NAME:
            continue  # sources are names where they are cited: `find_sources`
        if meaning.dimension in AREA_DIMENSIONS:
            if not _is_area(pieces, found, meaning, possessive, following, lists):
                continue
        elif _in_title(pieces, found) or (meaning.dimension == PRODUCT and _is_verb(pieces, found)):
            continue
        start, end = pieces.at[found.first], pieces.at[found.last + 1]
        if found.phrase.suffix and pieces.gap_after(found.last).startswith(found.phrase.suffix):
            end += 1
        name = Name(
            start, end, meaning.dimension, meaning.code, possessive, meaning.adjective, meaning.generic, meaning.negative
        )
        yield from as_others(pieces, found, name, lists) if is_negated(pieces, found) else (name,)
        return  # of two meanings the first: the state and not its capital, cars made and not cars counted


def _is_verb(pieces: Pieces, found: Found) -> bool:
    """ "To cement its position", "cements top place": what is done with something follows."""
    done_to = words_of("words")["done_to"]
    alone = found.first == found.last and _is_space(pieces.gap_after(found.last))
    return alone and pieces.word(found.last + 2) in done_to


def _is_area(
    pieces: Pieces, found: Found, meaning: Meaning, possessive: bool, following: Iterable[Found], lists: CodeLists
) -> bool:
    """Whether the name of an area means the area here, and not a part of it, a person, a firm or a unit of money."""
    if meaning.capital and not (possessive and _trades(pieces, found, following, lists)):
        return False
    kinds = words_of("words")
    before, after = pieces.gap_before(found.first), pieces.gap_after(found.last)
    if found.phrase.suffix:
        after = after.removeprefix(found.phrase.suffix)
    earlier, later = pieces.word(found.first - 2), pieces.word(found.last + 2)
    if after.startswith(("$", "¢", "£")):
        return False
    if _is_space(after) and (later in kinds["money"] or (meaning.adjective and later in kinds["money_or_word"])):
        return False
    if after in _HYPHENS and later in kinds["described"]:
        return False
    if before in _HYPHENS and earlier in kinds["prefix"]:
        return False
    if (before in _HYPHENS or _is_space(before)) and earlier in kinds["direction"]:
        return False
    return not _is_dateline(pieces, found)


def _trades(pieces: Pieces, found: Found, following: Iterable[Found], lists: CodeLists) -> bool:
    """Whether what a state trades follows within a few words: "Beijing's imports", not "Beijing's hotels"."""
    for other in following:
        if other.first - found.last > 10 or any("." in gap for gap in pieces.words[found.last + 1 : other.first : 2]):
            return False
        for meaning in other.phrase.meanings:
            code = lists.codes.get(meaning.dimension, {}).get(meaning.code)
            if code is not None and code.part_of:
                code = lists.find(meaning.dimension, code.part_of)
            if code is not None and (code.mirror or code.symmetric):
                return True
            if code is not None and any(lists.codes[meaning.dimension][term].mirror for term, _ in code.terms):
                return True
    return False


def _is_space(gap: str) -> bool:
    return gap == " " or _SPACE.fullmatch(gap) is not None


def _is_dateline(pieces: Pieces, found: Found) -> bool:
    """ "ASTANA, Kazakhstan, October 17": where a report was written, at the beginning of a line."""
    first = found.first
    if pieces.gap_after(found.last).strip()[:1] == "|":  # "Madrid, Spain | AFP | Thursday"
        return any(_begins_line(pieces, index) for index in range(first, max(first - 8, -1), -2))
    if pieces.gap_before(first) == ", ":
        first -= 2
        while first >= 2 and _is_space(pieces.gap_before(first)) and pieces.words[first - 2].isupper():
            first -= 2
        city = pieces.words[first]
        return first >= 0 and city.isupper() and len(city) > 2 and _begins_line(pieces, first)
    is_capitals = pieces.words[first].isupper() and len(pieces.words[first]) > 2
    after = pieces.gap_after(found.last).strip()
    if not (is_capitals and _begins_line(pieces, first) and after[:1] in _AFTER_DATELINE):
        return False
    # "USA — 75.9 million" is an item of a list; "ASTANA, 17 October" is where and when
    following = after[1:].strip() or pieces.word(found.last + 2)
    return after[:1] == "," or not following[:1].isdigit()


def _begins_line(pieces: Pieces, index: int) -> bool:
    return "\n" in pieces.gap_before(index) or index <= 1


def _in_title(pieces: Pieces, found: Found) -> bool:
    """ "Energy Minister": what somebody is responsible for."""
    after = found.last + 2
    if not (pieces.is_capitalised(found.first) and pieces.is_capitalised(after)):
        return False
    return pieces.word(after) in words_of("words")["title"] and _is_space(pieces.gap_after(found.last))


def _is_part(pieces: Pieces, found: Found) -> bool:
    """Whether the name of an area is only a part of a longer name here."""
    if any(meaning.adjective for meaning in found.phrase.meanings) or possessive_after(pieces, found.last):
        return False
    return _in_longer_name(pieces, found)


def _apart(pieces: Pieces, found: Sequence[Found], lexicon: Lexicon) -> list[Found]:
    """ "exports and imports" as two names where a "respectively" later in the sentence means them, else as one.

    With several areas between the two it means these. Two amounts side by side mean the two as well. The phrase is the
    first of those found.
    """
    phrase = found[0]
    if phrase.phrase.meanings[0].dimension != "indicator":
        return [phrase]
    after = pieces.words[phrase.last + 1 : phrase.last + _SENTENCE]
    two = _TWO_AMOUNTS.match("".join(after))
    if two is not None:
        end = pieces.at[phrase.last + 1] + two.start(1)
        areas = sum(1 for other in found[1:_SENTENCE] if other.phrase.cased and pieces.at[other.first] < end)
        if areas < 2:
            return _words_of(pieces, phrase, lexicon) or [phrase]
    for index in range(phrase.last + 2, min(phrase.last + _SENTENCE, len(pieces.words)), 2):
        if any(mark in pieces.gap_before(index) for mark in (". ", ".\n", "\n\n", "; ")):
            break
        if pieces.word(index) == "respectively":
            areas = sum(1 for other in found[1:_SENTENCE] if other.phrase.cased and other.last < index)
            return (_words_of(pieces, phrase, lexicon) if areas < _SEVERAL else []) or [phrase]
    return [phrase]


def _words_of(pieces: Pieces, phrase: Found, lexicon: Lexicon) -> list[Found]:
    """The words of a phrase that are names by themselves."""
    parts = (single(pieces, at, lexicon) for at in range(phrase.first, phrase.last + 1, 2))
    return [part for part in parts if part is not None]


def _in_longer_name(pieces: Pieces, found: Found) -> bool:
    """Whether a capitalised word beside the name makes it part of a name that no list has: "China Evergrande"."""
    kinds = words_of("words")
    plain = ordinary_words() | kinds["title"]
    after, next_word = found.last + 2, pieces.word(found.last + 2)
    follows = (
        not found.phrase.suffix
        and _is_space(pieces.gap_after(found.last))
        and _is_unknown(pieces, after)
        and next_word not in plain
    )
    before = found.first - 2
    precedes = (
        _is_space(pieces.gap_before(found.first))
        and _is_unknown(pieces, before)
        and pieces.word(before) not in plain
        and (not is_sentence_start(pieces, before) or pieces.lower[found.first] in kinds["also_persons"])
    )
    also_person = pieces.lower[found.first] in kinds["also_persons"]
    return (follows or precedes) and (also_person or not headline_at(pieces, found.first))


def _is_unknown(pieces: Pieces, index: int) -> bool:
    """Whether a word is capitalised as a name is, and is not an abbreviation or a number."""
    word = pieces.words[index] if 0 <= index < len(pieces.words) else ""
    return len(word) > 1 and word[0].isupper() and not word.isupper()
