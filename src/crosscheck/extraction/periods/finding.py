"""Mentions of periods and dates in a text, by name and by pointing, each with its span and the cue before it.

`find_periods` gives the mentions; `resolve` what each means beside a publication date and the period of the context;
`published_in` the date that a text carries itself.

What `Period.compares` says. It is True where the mention can only be the base of a comparison:

- after "compared with/to", "in comparison with", "against", "versus", "relative to", "than", "than in" …, whatever it is;
- for words that compare by themselves: "year on year", "y/y", "a year earlier", "a year ago", "over the year";
- for words that look back ("the previous year", "the year before", "the same period last year", "the same month of
  2023") after "from", "over", "on", "to", or with no cue before them; at the head of a clause ("The previous year, …")
  they are not.

It is False, and open, after "from", "over", "on", "to", "above", "below" before a plain period ("from 2015", "over 2022",
"on 2022", "from last year", "over last year"): the frames decide by `cue` whether a word of change governs it. After "in",
"during", "for", "of", "by", "since", "as of" … a mention says when the figure holds, and is no base; "the previous year"
after "in" is the year of a level. "At the end of", "end-", "mid-", "early" are cues too: the value is the whole period.

A range ("2020-2024", "from 2020 to 2024", "between 2020 and 2024") is one mention, with the value 2020/2024; its cue says
whether the frames may take it as two ends. A fiscal year, a season (2023/24) and a rolling span ("the past two years") are
mentions whose meaning is not known without more.
"""

from __future__ import annotations

import re

from crosscheck.extraction.model import Period, Pointing
from crosscheck.extraction.periods.grammar import COMPARES, LOOKS_BACK, Phrase
from crosscheck.extraction.periods.meaning import Resolved, is_base_cue, looks_back, moved, resolve
from crosscheck.extraction.periods.phrases import phrase
from crosscheck.extraction.periods.publication import published_in
from crosscheck.extraction.periods.tokens import Tokens, tokens
from crosscheck.extraction.periods.words import (
    BASE_CUES,
    CAPITAL_MONTHS,
    COUNTED,
    CUES,
    HEDGES,
    LEVELS,
    LONGEST_CUE,
    MONTHS,
    SEASONS,
    TEMPORAL,
    VOCABULARY,
)
from crosscheck.extraction.periods.years import year_number
from crosscheck.figures.periods import normal_form, parse_period
from crosscheck.inputs.values import replace

__all__ = ["Resolved", "find_periods", "published_in", "resolve"]

_IN = ("in", "since", "during", "until", "throughout")
# A number outside these years is a year only where its place says so: "rose to 1950" is no year, "in 1950" is.
_FIRST_USUAL, _LAST_USUAL = 1990, 2060
# "compared with the level of" before a period is one cue.
_LEVEL = re.compile(
    "|".join(cue.replace(" ", r"\s{1,3}") for cue in sorted(BASE_CUES, key=len, reverse=True)).join(("\\b(?:", ")"))
    + r"\s{1,3}(?:the\s{1,3})?(?:same\s{1,3})?(?:"
    + "|".join(sorted(LEVELS))
    + r")\s{1,3}$",
    re.IGNORECASE,
)
_LOOK_BACK = 60
_BARE_MONTH = re.compile(r"[0-9]{2}")
_SEASON = re.compile(
    rf"\b(?:{'|'.join(sorted(SEASONS))}|season(?:\s{{1,3}}[A-C12])?)(?:\s{{1,3}}of)?\s{{1,3}}$", re.IGNORECASE
)
_COMPARING = re.compile(r"\b[Cc]ompar(?:ing|ed?)\s{1,3}(?:the\s{1,3})?$")
_WITH = re.compile(r"\s{1,3}(?:with|to|and|against)\s{1,3}(?:the\s{1,3})?")
_OWNS = re.compile(r"['’]s\b")


def find_periods(text: str, offset: int = 0) -> tuple[Period, ...]:
    """Every mention of a period or date in the text, in its order; they never overlap. Linear in the text's length.

    A mention begins with its article ("the first half of 2023"), but in "the 2014 level" it is 2014 alone, and a possessive
    's is left out. One whose words name a period that cannot be told ("the past two years", "the summer of 2021", "fiscal
    2024") is a mention too, so that no other reading is tried: `resolve` gives None for it.
    `offset` is where `text` begins in a longer one, of which the spans are.
    """
    words = tokens(text)
    found = []
    i, before = 0, None
    while i < words.count:
        said = _another_year(words, before, i) or phrase(words, i)
        mention = _mention(words, said, offset) if said else None
        if said is None or mention is None:
            i += 1
            continue
        if before is not None and found and _is_compared(words, before, said):
            mention = replace(mention, compares=True)
        found.append(mention)
        i, before = said.end, said
    return tuple(found)


def _is_compared(words: Tokens, before: Phrase, said: Phrase) -> bool:
    """The 2023 of "Comparing 2024 with 2023, exports fell by 4%": what the other period is compared with."""
    first, last = words.starts[before.start], words.ends[before.end - 1]
    between = words.text[last : words.starts[said.start]]
    return bool(_WITH.fullmatch(between)) and bool(_COMPARING.search(words.text, max(first - _LOOK_BACK, 0), first))


def _another_year(words: Tokens, said: Phrase | None, i: int) -> Phrase | None:
    """The 2022 of "the nine months ended 30 June 2023 and 2022": the same part of another year; `said` came before."""
    if said is None or i != said.end + 1 or said.value is None:
        return None
    year = year_number(words, i)
    near = words.next(i - 1, "and", "or", glues=" ,") and words.follows(i, " ")
    if year is None or not near or year_number(words, said.end - 1) is None:
        return None
    first = parse_period(said.value)
    if first.grain in {"year", "years"} or not words.follows(said.end - 1, " ,") or words.after(i)[1]:
        return None
    other = moved(first, 12 * (year - int(words.words[said.end - 1])))
    return Phrase(i, i + 1, normal_form(other)) if other else None


def _mention(words: Tokens, said: Phrase, offset: int) -> Period | None:
    """The mention with its cue; None where the cue tells that the words are no period."""
    cue, first = _cue(words, said.start)
    if said.bare_year and not _is_year(words, said.start, cue):
        return None
    if said.needs_cue and cue not in TEMPORAL and not is_base_cue(cue) and not _is_month(words, said):
        return None
    value, what, base = said.value, said.what, said.base
    if _BARE_MONTH.fullmatch(what) and not cue and _is_name(words, said.end - 1):
        return None
    if said.bare_year and _SEASON.search(
        words.text, max(words.starts[said.start] - _LOOK_BACK, 0), words.starts[said.start]
    ):
        value, what = None, "rolling"
    if what in {"the-year", "that:month", "that:quarter"} and cue in {"over", "on"}:
        unit = "year" if what == "the-year" else what[5:]
        what, base = f"before:{unit}:1", COMPARES
    if what == "year:-1" and cue in {"over", "during"} and words.words[said.start] == "the":
        what, base = "before:year:1", COMPARES  # "over the last year, the rate has fallen by 1.3 points": since a year ago
    if what in {"the-year", "year:+0"} and cue.startswith(("since", "from")) and cue.endswith(("beginning of", "start of")):
        what = "ytd"
    if cue.endswith(("rest of", "remainder of", "part of", "middle of")) or cue in {"most of", "much of"}:
        value, what = None, "rolling"
    start, end = words.starts[said.start], words.ends[said.end - 1]
    compares = is_base_cue(cue) or base == COMPARES
    if base == LOOKS_BACK and not compares:
        compares = looks_back(cue) or (not cue and not _heads_clause(words.text, start, end))
    by = "context" if what.startswith("before") else said.by
    pointing = Pointing(by, what) if what else None
    return Period(start + offset, end + offset, value, pointing, cue, first + offset if cue else None, compares)


def _is_name(words: Tokens, i: int) -> bool:
    """Whether the month is a person's first name: "June Smith"."""
    space, dash, after = words.after(i)
    name = words.words[i] in CAPITAL_MONTHS and space == " " and not dash
    return name and after[:1].isupper() and after[1:].islower() and after.lower() not in VOCABULARY


def _is_month(words: Tokens, said: Phrase) -> bool:
    """Whether "May" or "March" without a cue is a month: "the May figure", "March's", "January, February and March"."""
    i = said.start
    if (
        words.words[said.end - 1] not in MONTHS
        or words.text[words.starts[said.end - 1] : words.ends[said.end - 1]].isupper()
    ):
        return False
    if words.words[i] == "the" or (words.words[i] == "march" and _OWNS.match(words.text, words.ends[i])):
        return True
    if words.words[i - 1] in {"and", "or"} and words.follows(i, " "):
        return words.follows(i - 1, " ,") and words.words[i - 2] in MONTHS
    return words.follows(i, ",") and words.words[i - 1] in MONTHS


def _cue(words: Tokens, i: int) -> tuple[str, int]:
    """The longest cue that ends before the word at `i`, and where it begins; a "the" between is passed over."""
    end = i
    if words.words[i - 1] in {"the", "its"} and words.follows(i, " "):
        end = i - 1
    best, first, cue = "", 0, ""
    for k in range(1, LONGEST_CUE + 1):
        j = end - k
        if j < 0 or not words.follows(j + 1, " -"):
            break
        cue = f"{words.words[j]} {cue}".rstrip()
        if cue in CUES:
            best, first = cue, words.starts[j]
    if best in {"of", "in", "for", "during", "recorded in"}:
        level = _LEVEL.search(words.text, max(first - _LOOK_BACK, 0), first)
        if level:
            return f"{' '.join(level[0].lower().split())} {best}", level.start()
    return best, first


def _is_year(words: Tokens, i: int, cue: str) -> bool:
    """Whether the number is a year, and not a count or a part of a name."""
    if words.named(i):
        return False
    before, (_, dash, after) = words.printed_before(i).lower(), words.after(i)
    number = int(words.words[i])
    if cue in _IN or cue.endswith((" in", " of")):
        return True
    if words.counts(i):
        return before == "the" and after not in COUNTED
    if before in HEDGES:
        return False
    usual = _FIRST_USUAL <= number <= _LAST_USUAL and number != 2000
    return usual or before == "the" or (not cue and (not before or before[-1] in ".;:!?" or not (after or dash)))


def _heads_clause(text: str, start: int, end: int) -> bool:
    """Whether the mention stands first in its clause, or has a comma after it."""
    before = text[max(start - 3, 0) : start].rstrip(" \u00a0“\"'(")
    return not before or before[-1] in ".;:!?\n–—" or text[end : end + 1] == ","
