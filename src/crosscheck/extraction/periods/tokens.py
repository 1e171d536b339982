"""The words of a text that can belong to a period, with what stands between each and the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from crosscheck.extraction.periods.words import (
    ABBREVIATIONS,
    AFTER_AMOUNTS,
    COUNTED,
    DATED,
    NAMED_BEFORE,
    VOCABULARY,
)

_LEXEME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])|[0-9]+(?:[.,/][0-9]+)+|\w+")
_DASHES = frozenset("-–—‑‐−")
_AFTER = re.compile(r"(\s*)([-–‑]?)\s*(\w+|[%°$€£¥₽₸])?")
_MIXED = re.compile(
    r"(?P<ordinal>[0-9]{1,2})(?:st|nd|rd|th)|(?P<decade>[12][0-9]{2}0)s"
    r"|(?P<letter>[qhs])(?P<part>[1-4])(?:(?P<year>[12][0-9]{3})|fy(?P<short>[0-9]{2}|[12][0-9]{3}))?"
    r"|(?P<first>[0-9]{1,2})(?P<unit>[qhm])(?:fy)?(?P<then>[12][0-9]{3}|[0-9]{2})?"
    r"|fy(?P<fiscal>[12][0-9]{3}|[0-9]{2})(?P<to>[0-9]{2})?"
    r"|(?P<before>[12][0-9]{3})(?P<what>[qh])(?P<which>[1-4])"
)
_SIGNS = "$€£¥₽₸₹+±~<>№#−"
_BEFORE_LENGTH = 24
_AHEAD = 32  # more than any mention has words
_DIGITS = frozenset("0123456789")


@dataclass(slots=True)
class Tokens:
    """Parallel lists: the word in lower case, its span, and the glue before it; after `count` words come empty ones.

    The glue is what stands between a word and the one before in the list: " " white space, "-" a dash with or without
    spaces, "/" "," "'" (with or without s), "`" an apostrophe before a short year, or None where they are apart.
    """

    text: str
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    glues: list[str | None] = field(default_factory=list)
    count: int = 0
    amounts: dict[int, bool] = field(default_factory=dict)  # asked for by many readings

    def follows(self, i: int, glues: str = " -") -> bool:
        """Whether the word at `i` stands after the one before with one of these glues between them."""
        glue = self.glues[i]
        return glue is not None and glue in glues

    def next(self, i: int, *words: str, glues: str = " -") -> bool:
        """Whether the word at `i` is one of `words` and follows."""
        return self.words[i] in words and self.follows(i, glues)

    def capital(self, i: int) -> bool:
        """Whether the word at `i` begins with a capital letter."""
        return self.text[self.starts[i]].isupper()

    def past_the(self, i: int) -> int:
        """The place after a "the" at `i`, or `i`."""
        return i + 1 if self.words[i] == "the" and self.follows(i + 1, " ") else i

    def printed_before(self, i: int) -> str:
        """The word before the token at `i`, as printed; empty where something else than a space stands between."""
        words = self.text[max(self.starts[i] - _BEFORE_LENGTH, 0) : self.starts[i]]
        return words.split()[-1] if words[-1:].isspace() and words.strip() else ""

    def number(self, i: int) -> int | None:
        """The whole number at `i`, where it has up to four digits and no separators."""
        word = self.words[i]
        return int(word) if word[:1] in _DIGITS and len(word) <= 4 and word.isascii() and word.isdecimal() else None

    def after(self, i: int) -> tuple[str, str, str]:
        """White space, dash and word (as printed) after the token at `i`."""
        match = _AFTER.match(self.text, self.ends[i])
        assert match is not None
        return match[1], match[2], match[3] or ""

    def amount(self, i: int) -> bool:
        """Whether the number at `i` is money or has a unit or a scale, so that it is no year and no day."""
        found = self.amounts.get(i)
        if found is None:
            found = self.amounts[i] = self._is_amount(i)
        return found

    def _is_amount(self, i: int) -> bool:
        before = self.text[max(self.starts[i] - 2, 0) : self.starts[i]]
        if before[-1:] and (before[-1:] in _SIGNS or before in {"$ ", "€ ", "£ "}):
            return True
        _, dash, word = self.after(i)
        return word in {"%", "°", "$", "€", "£", "¥", "₽", "₸"} or (word.lower() in AFTER_AMOUNTS and not dash)

    def counts(self, i: int) -> bool:
        """Whether a noun for things counted, or a plural that no year goes with, follows the number at `i`."""
        space, dash, word = self.after(i)
        if not space or dash or not word.islower():
            return False
        return word in COUNTED or (len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in DATED)

    def named(self, i: int) -> bool:
        """Whether the number at `i` belongs to a name ("Expo 2017", "Kazakhstan-2050")."""
        before = self.text[max(self.starts[i] - _BEFORE_LENGTH, 0) : self.starts[i]]
        if before[-1:] in _DASHES or before[-1:] in {"/", "_", ".", "@"}:
            last = before[:-1][-1:]
            return last.isalpha() and not before[:-1].lower().endswith(("end", "mid", "early", "late", "pre", "year"))
        words = before.split()
        return bool(words) and words[-1].strip("(“\"'").rstrip(".").lower() in NAMED_BEFORE


def tokens(text: str) -> Tokens:
    """The words and numbers of the text that can belong to a period or to the cue before one."""
    found = Tokens(text)
    end = 0
    for match in _LEXEME.finditer(text):
        pieces = _pieces(match[0])
        if not pieces:
            continue
        start = match.start()
        gap = text[end:start]
        glue = " " if gap == " " else _glue(gap, found)
        end = match.end()
        for piece in pieces:
            found.words.append(piece)
            found.starts.append(start)
            found.ends.append(end)
            found.glues.append(glue)
            glue = " "
    found.count = len(found.words)
    found.words += [""] * _AHEAD
    found.starts += [len(text)] * _AHEAD
    found.ends += [len(text)] * _AHEAD
    found.glues += [None] * _AHEAD
    return found


@lru_cache(maxsize=4096)
def _pieces(printed: str) -> tuple[str, ...]:
    """A word or number as it can belong to a period, in pieces; none where it cannot."""
    word = printed.lower()
    if word in VOCABULARY:
        return (word,)
    if not word[0].isdecimal() and not ("1" <= word[1:2] <= "4" or word[:2] == "fy"):
        return ()
    return (word,) if word.isdecimal() or not word.isalnum() else _mixed(word)


def _mixed(word: str) -> tuple[str, ...]:
    """The words of a run of letters and digits: "1h2023" is h1 2023; a day "28th" becomes "28."."""
    match = _MIXED.fullmatch(word)
    if match is None:
        return (word,)
    if match["ordinal"]:
        return (word if int(match["ordinal"]) <= 4 else match["ordinal"] + ".",)
    if match["decade"]:
        return (word,)
    if match["fiscal"]:
        return ("fy", _century(match["fiscal"])) if not match["to"] else ("fy", f"{match['fiscal']}/{match['to']}")
    if match["before"]:
        return (match["what"] + match["which"], match["before"])
    letter, part = match["letter"] or match["unit"], match["part"] or match["first"]
    year = match["year"] or match["short"] or match["then"]
    name = f"{letter}{int(part)}"
    middle = ("fy",) if "fy" in word else ()
    return (name, *middle, _century(year)) if year else (name,)


def _century(year: str) -> str:
    return year if len(year) == 4 else "20" + year


def _glue(gap: str, found: Tokens) -> str | None:
    core = gap.strip() if len(gap) <= 6 and found.words else None
    if core is None or gap.count("\n") > 1 or (core and "\n" in gap[: gap.index(core)]):
        return None  # after a line break, a dash begins an item
    if not core:
        return " " if gap else None
    if core in _DASHES:
        return "-"
    if core in {"/", ","}:
        return core
    if core in {"'", "’", "‘"} and not gap[-1].isspace():
        return "`"
    if core in {"'s", "’s", "'", "’"} and gap[0] in "'’":
        return "'"
    if core[0] == "." and found.words[-1] in ABBREVIATIONS:
        rest = core[1:].strip()
        return " " if not rest else "-" if rest in _DASHES else rest if rest in {",", "/"} else None
    return None
