"""The words of headings, captions and cells of tables (codelists/headings.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.yaml_tree import read_file

# Marks that are set high beside a heading or a figure and lead to a note below the table.
RAISED = "¹²³⁴⁵⁶⁷⁸⁹⁰ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ†‡§¶"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\u3000\t\r\n"), " ")
_CLEAN = {**INVISIBLE, **SPACES, ord("’"): "'", ord("‘"): "'", ord("`"): "'"}


@cache
def words(table: str) -> frozenset[str]:
    """The words of one table, in lower case."""
    return frozenset(word.lower().replace("’", "'") for word in _lists()[table])


@cache
def written(table: str) -> frozenset[str]:
    """The words of one table as they are written."""
    return frozenset(_lists()[table])


@cache
def numbers(table: str) -> Mapping[str, int]:
    """The words of a table that stand for whole numbers."""
    return {word: int(value) for word, value in _mappings()[table].items()}


@cache
def currency_words() -> Mapping[str, str]:
    """Currencies in words, beside those that figures know."""
    return _mappings()["currency_words"]


@cache
def longest_first(table: str) -> tuple[str, ...]:
    """The words of a table, longer ones before those that they hold."""
    return tuple(sorted(words(table), key=lambda word: (-len(word), word)))


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    return _tables()[0]


@cache
def _mappings() -> Mapping[str, Mapping[str, str]]:
    return _tables()[1]


@cache
def _tables() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, Mapping[str, str]]]:
    root = read_file(shipped("codelists") / "headings.yaml").get("headings")
    assert root is not None
    lists: dict[str, tuple[str, ...]] = {}
    mappings: dict[str, dict[str, str]] = {}
    for key, _, node in root.pairs():
        if node.items is not None:
            lists[key] = tuple(item.text or "" for item in node.items)
        else:
            mappings[key] = {word: value.text or "" for word, _, value in node.pairs()}
    return lists, mappings


def plain(text: str) -> str:
    """A text on one line with ordinary blanks and apostrophes and without invisible characters."""
    return " ".join(text.translate(_CLEAN).split())


def indentation(text: str) -> int:
    """How far a row heading is set in: blanks, dots or dashes before its first word."""
    found = re.match(r"[ \t\u00a0\u2002\u2003\u2009\u202f\u3000]*", text)
    blanks = found[0] if found else ""
    return len(blanks.replace("\t", "    "))
