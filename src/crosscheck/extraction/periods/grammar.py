"""How a period is said: parts of a year, years named or pointed at, dates, ranges.

Every function here reads words from one place on and gives what it found with the place after it, or None; each looks a
bounded number of words ahead. What a mention means is text of a small language, which `period_meaning` resolves:

    part@anchor      part of a year: 03, 01/04, Q1, S2, 03-28, 03-28/04-02, 12>09 (twelve months that end in September)
    anchor           2023 · year:-1 (of the publication) · the-year · previous:year, that:year (of the context) · fy:2023
    same@anchor      the same months as the context
    days:1:7         days of the month in which the context ends
    before:month:2   so many units before the context; month:-1, quarter:0, week:-1, day:0 (of the publication)
"""

from __future__ import annotations

import re

from crosscheck.extraction.periods.meaning import place
from crosscheck.extraction.periods.tokens import Tokens
from crosscheck.extraction.periods.words import (
    CAPITAL_MONTHS,
    DETERMINERS,
    EARLIER,
    ENDING,
    FISCAL,
    MONTHS,
    NUMBER_WORDS,
    ONWARDS,
    ORDINALS,
    RANGE_WORDS,
    ROMAN,
    UNIT_MONTHS,
    UNITS,
    UNSURE_MONTHS,
    WHOLE,
    YEAR_ENDING,
)
from crosscheck.extraction.periods.years import OFFSETS, fiscal_year, split_year, year_number
from crosscheck.figures.periods import normal_form
from crosscheck.inputs.values import value

_BEFORE_YEARS = WHOLE | {"the", "its", "of"}
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@value
class Said:
    """What the words from one place up to `end` say: a part of a year, an anchor, or both."""

    part: str
    anchor: str
    end: int
    unsure: bool = False  # a month's name that may be another word, with nothing beside it that decides

    @property
    def what(self) -> str:
        return f"{self.part}@{self.anchor}" if self.part and self.anchor else self.part or self.anchor


# How a mention takes part in a comparison by its own words: not at all (its cue may still say so); as a base after "from",
# "over", "on", "to", or with no cue before it ("the previous year"); always ("year on year").
NOT_A_BASE, LOOKS_BACK, COMPARES = 0, 1, 2


@value
class Phrase:
    """What the words from `start` up to `end` of the list mean: a value, or what they point at."""

    start: int
    end: int
    value: str | None = None
    what: str = ""
    base: int = NOT_A_BASE
    needs_cue: bool = False  # an unsure word: a period only after a cue of time
    bare_year: bool = False  # digits alone: a year only where they are no count

    @property
    def by(self) -> str:
        """ "publication" or "context": what the words point from."""
        part, _, anchor = self.what.partition("@")
        pointer = anchor or part
        from_context = part.startswith("same") or pointer.startswith(("previous", "that", "before", "months"))
        return "context" if from_context else "publication"


def said_phrase(start: int, said: Said, *, needs_cue: bool = False) -> Phrase | None:
    """The phrase of a part and an anchor: its value where the year is named; None where the calendar has none."""
    if said.anchor.isdecimal():
        found = place(said.part, int(said.anchor))
        return Phrase(start, said.end, normal_form(found), needs_cue=needs_cue) if found else None
    base = LOOKS_BACK if said.anchor.startswith("previous") else NOT_A_BASE
    return Phrase(start, said.end, None, said.what, base, needs_cue) if said.what else None


def year_reference(t: Tokens, i: int, *, after_of: bool = False) -> tuple[str, int] | None:
    """The anchor that the words from `i` name or point at: 2023, "last year", "the previous year", "a year earlier"."""
    fiscal = fiscal_year(t, i)
    if fiscal:
        return fiscal
    split = split_year(t, i)
    if split:
        k = split[1] + (1 if t.next(split[1], "season", "year") else 0)
        return f"season:{split[0]}", k
    j = i
    while t.words[j] in _BEFORE_YEARS and j - i < 5 and t.follows(j + 1):
        j += 1
    if t.words[j] == "year":
        k = j + 2 if t.next(j + 1, "of", glues=" ") else j + 1
        if year_number(t, k) and t.follows(k):
            return t.words[k], k + 1
    if year_number(t, j) is not None:
        k = j + 1
        return t.words[j], k + 2 if t.next(k, "calendar") and t.next(k + 1, "year") else k
    if t.words[j] in {"a", "one"} and t.next(j + 1, "year") and t.next(j + 2, *EARLIER):
        return "previous:year", j + 3
    return _pointed_year(t, j, i, after_of)


def _pointed_year(t: Tokens, j: int, i: int, after_of: bool) -> tuple[str, int] | None:
    """ "last year", "this year", "the previous calendar year", "the year before", "the year"."""
    k, determiner = j, "the" if j > i else None
    while t.words[k] in DETERMINERS and k - j < 3 and (k == j or t.follows(k)):
        here = DETERMINERS[t.words[k]]
        determiner = here if here != "the" or determiner is None else determiner
        k += 1
    if after_of and determiner == "the" and t.words[k] in FISCAL and t.next(k + 1, "year") and t.follows(k):
        return "fiscal", k + 2  # "the fourth quarter of the financial year"
    if t.words[k] != "year" or (k > i and not t.follows(k)) or determiner is None:
        return None
    k += 1
    if determiner in OFFSETS:
        return f"year:{OFFSETS[determiner]:+d}", k
    if determiner in {"previous", "that"}:
        return f"{determiner}:year", k
    if determiner != "the":
        return None
    if t.next(k, "before", "earlier", "prior", "previous", "ago"):
        return ("year:-2", k + 2) if t.next(k + 1, "last") else ("previous:year", k + 1)
    return ("the-year", k) if after_of or t.words[j] in WHOLE or t.words[j - 1] in WHOLE else None


def month(t: Tokens, i: int) -> tuple[int, bool] | None:
    """The month at `i`, and whether its name may be another word here."""
    word = t.words[i]
    number = MONTHS.get(word)
    if number is None or (word in CAPITAL_MONTHS and not t.capital(i)):
        return None
    # DEC and MAR in capitals may be abbreviations of other names.
    capitals = len(word) == 3 and word != "may" and t.text[t.starts[i] : t.ends[i]].isupper()
    return number, capitals or word in UNSURE_MONTHS


def day_number(t: Tokens, i: int) -> int | None:
    """The day of a month at `i`: "25", "25th", "1st"."""
    word = t.words[i]
    if word in {"1st", "2nd", "3rd", "4th"}:
        return ORDINALS[word]
    if word.endswith(".") and word[:-1].isdecimal():
        return int(word[:-1]) if 1 <= int(word[:-1]) <= 31 else None
    if len(word) > 2 or not word.isascii() or not word.isdecimal() or not 1 <= int(word) <= 31 or t.amount(i):
        return None
    return int(word)


_NOT_A_DAY = re.compile(r"(?:[.,/:$€£]|[^\W\d]-)$")  # the 19 of "COVID-19 March"


def day_of_month(t: Tokens, i: int) -> Said | None:
    """ "June 25", "25 June", "the 25th of June", "June 26-30", "26-30 June"; without the year."""
    named = month(t, i)
    if named:
        day = day_number(t, i + 1) if t.follows(i + 1) else None
        if day is None or (t.counts(i + 1) and t.words[i + 1].isdecimal()):
            return None
        k = i + 2
        last = day_number(t, k) if t.follows(k, "-") else None
        if last is None and t.next(k, *RANGE_WORDS, glues=" "):
            last = day_number(t, k + 1) if t.follows(k + 1, " ") and not month(t, k + 2) else None
            k += 1 if last else 0
        return _days(named[0], day, last, k if last is None else k + 1)
    j = t.past_the(i)
    day = day_number(t, j)
    if day is None or _NOT_A_DAY.search(t.text, max(t.starts[j] - 2, 0), t.starts[j]):
        return None
    k, last = j + 1, None
    if t.follows(k, "-") and day_number(t, k) and not month(t, k):
        last, k = day_number(t, k), k + 1
    elif t.next(k, *RANGE_WORDS, glues=" ") and t.follows(k + 1, " ") and day_number(t, k + 1) and month(t, k + 2):
        last, k = day_number(t, k + 1), k + 2
    if t.next(k, "of", glues=" "):
        k += 1
    named = month(t, k) if t.follows(k) else None
    return _days(named[0], day, last, k + 1) if named else None


def _days(month_number: int, day: int, last: int | None, end: int) -> Said | None:
    """A day, or the days up to `last`, of a month."""
    limit = _MONTH_LENGTHS[month_number - 1]
    if day > limit or (last is not None and not day < last <= limit):
        return None
    first = f"{month_number:02d}-{day:02d}"
    return Said(first if last is None else f"{first}/{month_number:02d}-{last:02d}", "", end)


def part(t: Tokens, i: int) -> Said | None:
    """A part of a year, without the year: a quarter, half, months, a month, a day."""
    j = t.past_the(i)
    word = t.words[j]
    if word in MONTHS:
        return day_of_month(t, j) or _month_part(t, j)
    if len(word) == 4 and word.isdecimal():
        return None
    if word[:1] in {"q", "h", "s"} and word[1:].isdecimal():
        return _lettered(word, j)
    if word[:1] == "m" and word[1:].isdecimal() and 1 <= int(word[1:]) <= 12:
        return Said(f"01/{int(word[1:]):02d}", "", j + 1, unsure=True)
    return _ordinal_part(t, j) or _months_so_far(t, j) or day_of_month(t, i)


def _month_part(t: Tokens, j: int) -> Said | None:
    """ "March", "the March quarter"."""
    named = month(t, j)
    if not named:
        return None
    if t.next(j + 1, "quarter", "half", glues=" ") and not _is_other(t, j + 1):
        return Said(f"{3 if t.words[j + 1] == 'quarter' else 6}>{named[0]:02d}", "", j + 2)
    return Said(f"{named[0]:02d}", "", j + 1, unsure=named[1])


def _lettered(word: str, j: int) -> Said | None:
    """ "Q3", "H1"; H2 is a gas and S2 a telephone as well, so without a year they need a cue."""
    number = int(word[1:])
    if word[0] == "q":
        return Said(f"Q{number}", "", j + 1) if 1 <= number <= 4 else None
    return Said(f"S{number}", "", j + 1, unsure=True) if 1 <= number <= 2 else None


def _ordinal_part(t: Tokens, j: int) -> Said | None:
    """ "first half", "third-quarter", "fiscal first quarter", "first six months", "last three months", "first month"."""
    fiscal = "fiscal" if t.words[j] in FISCAL and t.follows(j + 1) else ""
    j += bool(fiscal)
    ordinal = _ordinal(t, j)
    if ordinal is None or (t.words[j - 1] in {"a", "another"} and t.follows(j)):
        return None
    k, through, together = j + 1, ordinal, False
    if t.next(k, "and", *RANGE_WORDS) and t.next(k + 1, "second", "third", "fourth") and ordinal > 0:
        together, through, k = t.words[k] == "and", max(ORDINALS[t.words[k + 1]], ordinal), k + 2
    if t.next(k, *FISCAL, "calendar"):
        fiscal = "" if t.words[k] == "calendar" else "fiscal"
        k += 1
    count = NUMBER_WORDS.get(t.words[k], t.number(k)) if t.follows(k) else None
    k += count is not None
    unit = UNITS.get(t.words[k], "") if t.follows(k) else ""
    size = UNIT_MONTHS.get(unit, 0)
    if size in {0, 12} or t.words[k] == "mo" or _is_other(t, k):
        return None
    k += 2 if unit == "half" and t.next(k + 1, "year") else 1
    if count is None and through == ordinal and t.words[k - 1] in {"quarters", "halves", "months"}:
        return None  # "the first and third quarters": not the third alone
    code = _code(ordinal, through, count, size, together)
    return Said(code, fiscal, k, unsure=ordinal == -1 or (size == 1 and count is None)) if code else None


def _ordinal(t: Tokens, j: int) -> int | None:
    word = t.words[j]
    if word in ROMAN:
        return ORDINALS[word] if t.capital(j) and t.next(j + 1, "quarter", glues=" ") else None
    if t.number(j) in {1, 2, 3, 4} and t.next(j + 1, "quarter", "half", glues=" "):
        return t.number(j)
    return ORDINALS.get(word)


def _code(ordinal: int, through: int, count: int | None, size: int, together: bool) -> str:
    """The part of a year that an ordinal of a unit, or so many units from its start or end, make; empty for none."""
    if count is not None:
        length = count * size
        if length > 12 or ordinal not in {1, -1}:
            return ""
        return f"01/{length:02d}" if ordinal == 1 else f"{13 - length:02d}/12"
    first = 12 // size if ordinal == -1 else ordinal
    if max(first, through) * size > 12 or (together and through != first + 1):
        return ""
    if through > first:
        return f"{(first - 1) * size + 1:02d}/{through * size:02d}"
    return {6: f"S{first}", 3: f"Q{first}", 1: f"{first:02d}"}[size]


_IN_A_ROW = ("in a row", "running")


def _is_other(t: Tokens, k: int) -> bool:
    """Whether a "quarter" or "half" is another thing: a quarter-final, a half-time, a half share."""
    _, dash, word = t.after(k)
    word = word.lower()
    if dash:
        return word not in {"year", "on", "over", "to", "end", "results"} and not word[:1].isdecimal() and len(word) > 1
    if word in {"in", "running"} and t.text[t.ends[k] : t.ends[k] + 12].lower().lstrip().startswith(_IN_A_ROW):
        return True
    return word.startswith("final") or word in {"back", "time", "marathon", "share", "hour", "century", "pounder"}


def _months_so_far(t: Tokens, j: int) -> Said | None:
    """ "eleven months" (of 2024), "nine-month": only with a year after them."""
    count = NUMBER_WORDS.get(t.words[j], t.number(j))
    if count is None or not 1 <= count <= 12 or t.words[j] == "couple" or not t.follows(j + 1):
        return None
    word = t.words[j + 1]
    if word not in {"months", "month", "quarters"}:
        return None
    length = count * (3 if word == "quarters" else 1)
    k = j + 2
    if t.next(k, "period"):
        k += 1
    return Said(f"01/{length:02d}", "", k, unsure=True) if length <= 12 else None


def ending(t: Tokens, i: int) -> Said | None:
    """ "the nine months to September", "three months ended 30 June", "the year to March", "the week ended 5 January",
    "FYE March"."""
    if t.words[i] in YEAR_ENDING:
        last = _last_day(t, i + 1) if t.follows(i + 1) else None
        return Said(f"12>{last.part}", "", last.end) if last is not None else None
    j = t.past_the(i)
    if t.words[i - 1] == "of" and t.words[i - 2] in {"beginning", "start"}:
        return None  # "from the beginning of the year to 24 October"
    if t.words[j] in {"full", "whole", "fiscal", "financial"}:
        j += 1
    if ORDINALS.get(t.words[j]) in {1, 2, 3, 4} and t.next(j + 1, *NUMBER_WORDS, "quarter", "half"):
        j += 1
    count = NUMBER_WORDS.get(t.words[j], t.number(j))
    k = j + 1 if count is not None else j
    unit = UNITS.get(t.words[k]) if k == i or t.follows(k) else None
    if unit not in {"year", "half", "quarter", "month", "week"} or (count is None and unit == "month"):
        return None
    k += 2 if unit == "half" and t.next(k + 1, "year") else 1
    if t.next(k, "period"):
        k += 1
    if t.next(k, "that", glues=" "):
        k += 1
    k += t.next(k, "leading", "running", glues=" ") and t.next(k + 1, "up")  # "leading up to"
    if not t.next(k, *ENDING, glues=" ") or (t.words[k] in ONWARDS and not t.next(k + 1, "to")):
        return None
    k += 2 if t.words[k] in ONWARDS or t.next(k + 1, "in", "on", "at", glues=" ") else 1
    k += 2 if t.next(k, "as", glues=" ") and t.next(k + 1, "of", "at", glues=" ") else 0
    for words in (("the",), ("end",), ("of",)):
        if t.next(k, *words):
            k += 1
    k += t.words[k] in YEAR_ENDING  # "the year ending (FYE) March 2023"
    end = _last_day(t, k)
    if end is None:
        return None
    size = f"{count or 1}w" if unit == "week" else str((count or 1) * UNIT_MONTHS[unit])
    return Said(f"{size}>{end.part}", "", end.end)


def _last_day(t: Tokens, k: int) -> Said | None:
    day = day_of_month(t, k)
    if day and "/" not in day.part:
        return day
    named = month(t, k)
    return Said(f"{named[0]:02d}", "", k + 1) if named else None


def with_year(t: Tokens, said: Said) -> Said:
    """The part with the year after it, if one follows: "of 2023", "2023", ", 2023", "last year", "of the year", and
    "results 2023" in the title of a report."""
    k = said.end
    reported = year_of_results(t, k)
    if reported is not None:
        return Said(said.part, *reported)
    if said.anchor == "fiscal":
        year = fiscal_year(t, k + 1 if t.next(k, "of") else k)
        return Said(said.part, *year) if year else said
    if t.follows(k, "`") and len(t.words[k]) == 2 and t.words[k].isdecimal():
        return Said(said.part, "20" + t.words[k], k + 1)
    of = t.next(k, "of", "in", glues=" ")
    k += of
    bracket = _beyond_bracket(t, said)
    if bracket:
        return bracket
    glues = " ,-'/" if not of and year_number(t, k) is not None else " "
    if not t.follows(k, glues) or (not of and t.words[k] in {"the", "calendar", "its"} and not _points_back(t, k)):
        return _shared_year(t, said)
    anchor = year_reference(t, k, after_of=of)
    if anchor is None or (anchor[0] == "fiscal" and said.part[0] not in "QS"):
        return _shared_year(t, said)
    end = anchor[1] + (1 if re.fullmatch(r"[0-9]{2}", said.part) and t.next(anchor[1], "quarter", glues=" ") else 0)
    return Said(said.part if end == anchor[1] else f"3>{said.part}", anchor[0], end)


_RESULTS = re.compile(
    r"(?:\s(?:interim|financial|trading|earnings|results?|report|figures|statement|update)){1,3}\s(?=(?:19|20)[0-9]{2}\b)",
    re.IGNORECASE,
)


def year_of_results(t: Tokens, k: int) -> tuple[str, int] | None:
    """The year in "half-year financial results 2024", and the word after it; a part of a year ends before word `k`."""
    match = _RESULTS.match(t.text, t.ends[k - 1])
    at = next((j for j in range(k, k + 3) if t.starts[j] == match.end()), None) if match is not None else None
    return (t.words[at], at + 1) if at is not None and year_number(t, at) is not None else None


_BRACKET = re.compile(r"\s?(?:\([^()\n]{1,40}\)|\)|,\s[A-Z][a-z]+\s?[-–]\s?[A-Z][a-z]+,)\s?(?:of\s)?")


def _beyond_bracket(t: Tokens, said: Said) -> Said | None:
    """The year in "the first quarter (January-March) of 2024", for what stands before the bracket and for what is in it.

    What is in the bracket, and what stands before one of commas, takes the year into its span.
    """
    match = _BRACKET.match(t.text, t.ends[said.end - 1])
    if match is None:
        return None
    k = next((k for k in range(said.end, said.end + 6) if t.starts[k] == match.end()), 0)
    anchor = (year_reference(t, k) if year_number(t, k) or split_year(t, k) else fiscal_year(t, k)) if k else None
    inside = match[0].lstrip()[0] in "),"
    return Said(said.part, anchor[0], anchor[1] if inside else said.end) if anchor else None


def _shared_year(t: Tokens, said: Said) -> Said:
    """ "fourth quarter and full year 2023", "in January and March 2024": the year of the second is that of the first."""
    k = said.end
    if not t.next(k, "and", "or", "&", glues=" ") or not t.follows(k + 1, " "):
        return said
    if t.next(k + 1, "in", "of", "for", "during", glues=" ") and t.follows(k + 2, " "):
        k += 1
    second = part(t, k + 1) if t.words[k + 1] not in WHOLE else None
    bare = second is not None and not second.anchor and (not second.unsure or month(t, k + 1) is not None)
    if second and bare and len(second.part) == len(said.part) and second.part > said.part:
        k = second.end + (1 if t.next(second.end, "of", glues=" ") else 0)
        return Said(said.part, t.words[k], said.end) if t.follows(k, " ,") and year_number(t, k) else said
    if t.words[k + 1] in WHOLE | {"the"} and said.part[0] in "QS":
        year = year_reference(t, k + 1)
        return Said(said.part, year[0], said.end) if year and year[0].isdecimal() else said
    return said


def _points_back(t: Tokens, k: int) -> bool:
    """ "the previous year", "the year before" directly after a part: January the year before."""
    reference = year_reference(t, k)
    return reference is not None and reference[0] == "previous:year"
