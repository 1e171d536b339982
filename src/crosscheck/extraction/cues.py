"""The words that say what a figure is (codelists/cues.yaml), each with the letter that stands for it in a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.yaml_tree import read_file

# One letter a kind of token: a sentence becomes a string of letters, and constructions are patterns over it.
LETTERS = {
    "rise": "U",
    "fall": "D",
    "change": "C",
    "level": "L",
    "share": "S",
    "share_or_level": "l",
    "share_noun": "s",
    "more": "M",
    "less": "m",
    "by": "b",
    "to": "t",
    "from": "f",
    "of": "o",
    "in": "i",
    "with": "w",
    "than": "v",
    "between": "g",
    "and": "a",
    "or": "r",
    "contrast": "u",
    "including": "W",
    "respectively": "R",
    "former": "1",
    "latter": "2",
    "partner": "K",
    "pair": "k",
    "own": "j",
    "group": "G",
    "total": "T",
    "exported": "V",
    "imported": "Y",
    "plan": "q",
    "estimate": "e",
    "verb": "y",
    "of_them": "W",
}
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


@cache
def cue_phrases() -> Phrases:
    """By first word, the phrases that begin with it, the longest first, each with its kind."""
    return phrases_by_first_word(
        (phrase, kind) for kind, phrases in _tables().items() if kind in LETTERS for phrase in phrases
    )


@cache
def generic_words() -> frozenset[str]:
    """Words that say nothing of what is counted or traded: "total", "annual"."""
    return words_of("generic")


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one kind."""
    return frozenset(_tables()[kind])


@cache
def _tables() -> Mapping[str, tuple[str, ...]]:
    root = read_file(shipped("codelists") / "cues.yaml").get("cues")
    assert root is not None
    return {key: tuple(item.text or "" for item in node.items or ()) for key, _, node in root.pairs()}


def phrases_by_first_word(phrases: Iterable[tuple[str, str]]) -> Phrases:
    """Phrases in an index by their first word, the longest first; of equal ones the first given counts."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    for phrase, kind in phrases:
        words = tuple(phrase.replace("’", "'").lower().split())
        found.setdefault(words[0], {}).setdefault(words, kind)
    return {first: tuple(sorted(ways.items(), key=lambda way: -len(way[0]))) for first, ways in found.items()}
