"""The words that names are made of, as one index by first word, and the search for them in a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate

from crosscheck.claims.codelists import CodeLists
from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.values import value
from crosscheck.inputs.yaml_tree import Node as YamlNode
from crosscheck.inputs.yaml_tree import read_file

AREA, OTHER_AREA = "reference_area", "counterpart_area"
NO_NAME = "none"  # the code of longer words that only look like a name: "trade war"
OFFICE = "office"  # who compiles statistics; no dimension of claims

# A text in pieces: words, and what stands between them.
_PIECES = re.compile(r"\w+|\W+")
# What may stand between two words of a name: spaces, one line end, a hyphen; a dot or an ampersand where the name has one.
_GAP = re.compile(
    r"(?P<plain>[ \t\xa0\u2007-\u200a\u202f]{1,4}(?:\r?\n[ \t]{0,8})?|\r?\n[ \t]{0,8}|[-\u2010\u2011]|['’] ?)"
    r"|(?P<dot>\. ?)|(?P<and> ?& ?)"
)
_WORD = re.compile(r"\w+")
_LATIN_ACCENTS = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_STROKES = str.maketrans("đĐłŁøØı", "dDlLoOi")
_ENDS_IN_Y = re.compile("[^aeiou]y$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase names."""

    dimension: str
    code: str
    adjective: bool = False
    generic: bool = False
    negative: bool = False
    capital: bool = False  # the capital of the country that is the code


@value
class Phrase:
    """A name as its list writes it. `exact`: in capitals, found as written; `cased`: found with a capital letter only."""

    words: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    exact: bool = False
    cased: bool = False
    suffix: str = ""  # "." of an abbreviation, which may stand there; "+" of OPEC+, which must


@dataclass(slots=True)
class Branch:
    """What may follow the words so far, and the phrases that end here."""

    following: dict[str, Branch] = field(default_factory=dict)
    phrases: list[Phrase] = field(default_factory=list)


# A phrase before it is in the index: as written, its dimension, its code, and what kind of name it is.
_Entry = tuple[str, str, str, str]
_PLAIN, _ADJECTIVE, _GENERIC, _NEGATIVE, _CAPITAL = "plain", "adjective", "generic", "negative", "capital"


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """An index of phrases by their first word, built for a word when a text has it.

    `states` has the word by which the sources of an area are called.
    """

    waiting: Mapping[str, list[_Entry]]
    states: Mapping[str, str]
    built: dict[str, Branch] = field(default_factory=dict)

    def branch(self, word: str) -> Branch:
        """What begins with a word that is one of `waiting`."""
        found = self.built.get(word)
        if found is None:
            found = self.built[word] = _branch(word, self.waiting[word])
        return found


@value
class Found:
    """A phrase at the pieces `first` to `last` (both words) of a text."""

    first: int
    last: int
    phrase: Phrase


@value
class Pieces:
    """A text as words and what stands between them, with the place of each."""

    words: Sequence[str]  # words and gaps by turns, as printed
    lower: Sequence[str]
    at: Sequence[int]

    def gap_before(self, index: int) -> str:
        """What stands between a word and the one before it; a line end at the beginning of the text."""
        return self.words[index - 1] if index > 0 else "\n"

    def gap_after(self, index: int) -> str:
        """What stands between a word and the next; a line end at the end of the text."""
        return self.words[index + 1] if index + 1 < len(self.words) else "\n"

    def numbered(self) -> Iterable[tuple[int, str]]:
        """Each word in lower case with its index, without what stands between."""
        first = 0 if self.words and _WORD.match(self.words[0]) else 1
        return zip(range(first, len(self.lower), 2), self.lower[first::2], strict=True)

    def word(self, index: int) -> str:
        """The word at an index in lower case, or nothing outside of the text."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""

    def is_capitalised(self, index: int) -> bool:
        """Whether the word at an index is there and begins with a capital letter."""
        return 0 <= index < len(self.words) and self.words[index][:1].isupper()


def pieces_of(text: str, offset: int = 0) -> Pieces:
    """The pieces of a text that begins at `offset` of a longer one."""
    words = _PIECES.findall(text)
    lower = list(map(str.lower, words))
    if not text.isascii() and _LATIN_ACCENTS.search(text):
        lower = [word if word.isascii() else without_accents(word) for word in lower]
    return Pieces(words, lower, list(accumulate(map(len, words), initial=offset)))


def scan(pieces: Pieces, lexicon: Lexicon) -> list[Found]:
    """The phrases in a text from left to right, of those that begin with a word the longest, none in another."""
    words, found, free = lexicon.waiting, [], 0
    for index in [index for index, word in pieces.numbered() if word in words]:
        if index >= free:
            match = _longest(pieces, index, lexicon.branch(pieces.lower[index]))
            if match is not None:
                found.append(match)
                free = match.last + 1
    return found


def single(pieces: Pieces, index: int, lexicon: Lexicon) -> Found | None:
    """The phrase that is just the word at an index, or None."""
    if pieces.lower[index] not in lexicon.waiting:
        return None
    phrases = lexicon.branch(pieces.lower[index]).phrases
    return next((Found(index, index, phrase) for phrase in phrases if _fits(pieces, index, index, phrase)), None)


def _longest(pieces: Pieces, start: int, branch: Branch) -> Found | None:
    best: Found | None = None
    index = start
    while True:
        for phrase in branch.phrases:
            if _fits(pieces, start, index, phrase):
                best = Found(start, index, phrase)
                break
        if not branch.following or index + 2 >= len(pieces.words):
            return best
        gap = pieces.words[index + 1]
        joint = "" if gap == " " else _joint(gap)
        if joint is None:
            return best
        index += 2
        following = branch.following.get(joint + pieces.lower[index])
        if following is None:
            return best
        branch = following


@lru_cache(maxsize=1024)
def _joint(gap: str) -> str | None:
    """What a gap adds to the key of the next word of a phrase, or None where it ends any phrase."""
    match = _GAP.fullmatch(gap)
    if match is None:
        return None
    return "" if match["plain"] else "." if match["dot"] else "&"


def _fits(pieces: Pieces, start: int, last: int, phrase: Phrase) -> bool:
    if phrase.suffix == "+" and not pieces.gap_after(last).startswith("+"):
        return False
    if phrase.exact:
        return tuple(pieces.words[start : last + 1 : 2]) == phrase.words
    return not phrase.cased or any(word[:1].isupper() for word in pieces.words[start : last + 1 : 2])


@lru_cache(maxsize=4)
def lexicon_of(lists: CodeLists) -> Lexicon:
    """The index of the names of all dimensions of the lists, and of the offices that compile statistics."""
    waiting: dict[str, list[_Entry]] = {}
    for entry in _entries(lists):
        for written in (entry[0], *_other_beginnings(entry)):
            word = _WORD.search(written)
            if word is not None:
                waiting.setdefault(word[0].lower(), []).append(entry)
    areas = lists.codes.get(AREA, {}).values()
    return Lexicon(waiting, {code.id: next(iter(code.adjectives), code.name) for code in areas})


def _entries(lists: CodeLists) -> Iterator[_Entry]:
    """Each name of the lists with its code."""
    for dimension in lists.written:
        if dimension == OTHER_AREA and AREA in lists.written:
            continue
        kinds = {}
        for code in lists.codes.get(dimension, {}).values():
            kinds.update(dict.fromkeys(code.adjectives, _ADJECTIVE))
            kinds.update(dict.fromkeys(code.generic, _GENERIC))
            if code.name.lower() in code.generic:
                kinds[code.name] = _GENERIC
            for written in code.negative:
                yield written, dimension, code.id, _NEGATIVE
            if code.capital:
                yield code.capital, dimension, code.id, _CAPITAL
        for written, id in lists.phrases(dimension):
            yield written, dimension, id, kinds.get(written, _PLAIN)
    for written in phrases_of("no_name"):
        yield written, "indicator", NO_NAME, _PLAIN
    for kind, names in words_of("offices").items():
        for name in names:
            yield name, OFFICE, kind, _PLAIN


def _is_cased(dimension: str, written: str) -> bool:
    return dimension in (AREA, OTHER_AREA, "source") and written[:1].isupper()


def _other_beginnings(entry: _Entry) -> Iterable[str]:
    """The variants of a name that begin with another word than it does."""
    written, dimension, code, _ = entry
    return _variants(written, dimension, code) if " " not in written or not written.isascii() else ()


def _branch(word: str, entries: Sequence[_Entry]) -> Branch:
    """The phrases that begin with a word; what a list says goes before what is derived from it."""
    root = Branch()
    for entry in entries:
        _add(root, word, entry[0], entry, derived=False)
    for entry in entries:
        for variant in _variants(*entry[:3]):
            _add(root, word, variant, entry, derived=True)
    return root


def _add(branch: Branch, first: str, written: str, entry: _Entry, derived: bool) -> None:
    keys, words = _keys(written)
    if not keys or keys[0] != first:
        return
    for key in keys[1:]:
        branch = branch.following.setdefault(key, Branch())
    _, dimension, code, kind = entry
    generic = kind == _GENERIC or (kind == _NEGATIVE and " " not in written)
    meaning = Meaning(dimension, code, kind == _ADJECTIVE, generic, kind == _NEGATIVE, kind == _CAPITAL)
    cased = _is_cased(dimension, written)
    suffix = written[-1] if written[-1] in ".+" else ""
    exact = written == written.upper() and any(character.isalpha() for character in written)
    for place, phrase in enumerate(branch.phrases):
        if (phrase.exact, phrase.suffix == "+") == (exact, suffix == "+") and (not exact or phrase.words == words):
            if not derived:
                meanings = phrase.meanings
                if (dimension, meaning.capital) not in {(other.dimension, other.capital) for other in meanings}:
                    meanings = (meaning, *meanings) if meaning.capital else (*meanings, meaning)
                branch.phrases[place] = Phrase(words, meanings, exact, phrase.cased and cased, suffix)
            return
    phrase = Phrase(words, (meaning,), exact, cased and not exact, suffix)
    if exact or suffix == "+":
        branch.phrases.insert(0, phrase)
    else:
        branch.phrases.append(phrase)


def _keys(written: str) -> tuple[list[str], tuple[str, ...]]:
    """The keys of the words of a phrase, and the words as written."""
    pieces = _PIECES.findall(written)
    if pieces and not _WORD.match(pieces[0]):
        pieces = pieces[1:]
    words = tuple(pieces[::2])
    keys = [piece.lower() for piece in words]
    for place, gap in enumerate(pieces[1 : 2 * len(words) - 2 : 2], 1):
        keys[place] = (_joint(gap) or "") + keys[place]
    return keys, words


@lru_cache(maxsize=4096)
def without_accents(text: str) -> str:
    """Latin letters without what stands on and below them: "Việt Nam" is Viet Nam. Other scripts stay as they are."""
    if not _LATIN_ACCENTS.search(text):
        return text
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.translate(_STROKES)


def _variants(written: str, dimension: str, code: str) -> list[str]:
    """Other forms of a name: plural or singular, without accents, with an ampersand, without a dot."""
    found = []
    if " and " in written:
        found.append(written.replace(" and ", " & "))
    if not written.isascii():
        found.append(without_accents(written))
    if ". " in written:
        found.append(written.replace(". ", " "))
    if dimension in (AREA, OTHER_AREA, "source", OFFICE) or code == NO_NAME or written.isupper():
        return found
    if not written.endswith("s"):
        found.append(written[:-1] + "ies" if _ENDS_IN_Y.search(written) else written + "s")
    elif " " in written and not written.endswith(("ss", "us", "is")):
        found.append(written[:-3] + "y" if written.endswith("ies") else written[:-1])
    return found


@cache
def words_of(table: str) -> Mapping[str, frozenset[str]]:
    """One of the tables of the words that tell kinds of proper names apart."""
    return {key: frozenset(_texts(node)) for key, _, node in _proper_names(table).pairs()}


@cache
def ordinary_words() -> frozenset[str]:
    """Words that are nobody's name, though they be capitalised."""
    kinds = words_of("words")
    return kinds["dates"] | kinds["function"] | kinds["common"]


@cache
def phrases_of(table: str) -> frozenset[str]:
    """As `words_of`, for a table that is one list."""
    return frozenset(_texts(_proper_names(table)))


@cache
def _file() -> YamlNode:
    return read_file(shipped("codelists") / "proper_names.yaml")


def _proper_names(table: str) -> YamlNode:
    node = _file().get(table)
    assert node is not None
    return node


def _texts(node: YamlNode) -> Iterable[str]:
    return (item.text or "" for item in node.items or ())
