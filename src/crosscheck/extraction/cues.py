"""The words that say what a figure is (codelists/cues.yaml), each with the letter that stands for it in a pattern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Ways:
    """What phrases begin with a word: the letter of the word alone, and longer phrases by their second word."""

    letter: str | None = None
    longer: dict[str, list[tuple[list[str], str]]] = field(default_factory=dict)  # the longest first, with their letters


@cache
def cue_phrases() -> Mapping[str, Ways]:
    """The phrases of all kinds that have a letter, by first word; of equal ones the first given counts."""
    ways: dict[str, Ways] = {}
    told: dict[tuple[str, ...], str] = {}
    for kind, phrases in _tables().items():
        for phrase in phrases if kind in LETTERS else ():
            told.setdefault(tuple(phrase.replace("’", "'").lower().split()), LETTERS[kind])
    for words, letter in sorted(told.items(), key=lambda one: -len(one[0])):
        way = ways.setdefault(words[0], Ways())
        if len(words) == 1:
            way.letter = letter
        else:
            way.longer.setdefault(words[1], []).append((list(words), letter))
    return ways


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


@cache
def irregular() -> Mapping[str, str]:
    """The past tense of verbs that do not end in -ed, by the other forms that stand before an amount."""
    found: dict[str, str] = {}
    for entry in words_of("irregular"):
        base, tense = entry.split()
        found[base] = found[f"{base}s"] = found[f"{base}es"] = tense
    return found
