"""Whole mentions of periods that name a year, a part of one, a date or a range; and which reading goes first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from crosscheck.extraction.periods.grammar import (
    LOOKS_BACK,
    Phrase,
    Said,
    day_number,
    ending,
    month,
    part,
    said_phrase,
    with_year,
    year_of_results,
    year_reference,
)
from crosscheck.extraction.periods.meaning import place
from crosscheck.extraction.periods.pointing import (
    comparison,
    earlier,
    moment,
    same,
    so_many_months,
    the_unit,
    to_date,
    units,
)
from crosscheck.extraction.periods.tokens import Tokens
from crosscheck.extraction.periods.words import (
    DETERMINERS,
    LAST,
    MONTHS,
    NEXT,
    NUMBER_WORDS,
    ORDINALS,
    RANGE_WORDS,
    STARTS,
    THIS,
    UNITS,
)
from crosscheck.extraction.periods.years import year_number
from crosscheck.figures.periods import PeriodError, ends, normal_form, parse_period, starts

_DECADE = re.compile(r"(?:19|20)[0-9]0s")
_MONTH_AND_YEAR = re.compile(r"(?P<month>[0-9]{1,2})/(?P<year>(?:19|20)[0-9]{2})")
_RESPECTIVELY = re.compile(r"(?:[^.;]|\.(?=[0-9])){0,120}?\brespectively")


def phrase(t: Tokens, i: int) -> Phrase | None:
    """The longest mention that begins with the word at `i`."""
    word = t.words[i]
    first = word[:1]
    is_number = first.isdecimal()
    if not (is_number or word in STARTS or (first in "qhsm" and word[1:].isdecimal())):
        return None
    if t.glues[i + 1] is None:  # nothing follows that it could go with
        if is_number:
            return None if len(word) < 4 or t.amount(i) else _numeric(t, i) or _years(t, i)
        if word in STARTS and word not in _ALONE:
            return None
    readings = _OF_MONTHS if word in MONTHS else _READINGS
    if is_number:
        if t.amount(i):
            return None
        readings = _OF_YEARS if len(word) == 4 and word.isdecimal() else _OF_DIGITS
    for read in readings:
        found = read(t, i)
        if found is not None:
            return found
    return None


def numeric_date(word: str) -> str | None:
    """A date in digits, 2024-06-26, 26.06.2024, 26/06/2024; None for others and where day and month may be swapped."""
    separator = next((mark for mark in "-./" if mark in word), "")
    pieces = word.split(separator) if separator else []
    if len(pieces) != 3 or not all(piece.isascii() and piece.isdecimal() for piece in pieces):
        return None
    if len(pieces[0]) == 4:
        year, middle, last = pieces
    elif len(pieces[2]) == 4 and separator != "-":
        last, middle, year = pieces
        if separator == "/" and int(last) <= 12:
            if int(middle) <= 12 and last != middle:
                return None
            last, middle = middle, last
    else:
        return None
    if len(middle) > 2 or len(last) > 2:
        return None
    try:
        return normal_form(parse_period(f"{year}-{int(middle):02d}-{int(last):02d}"))
    except PeriodError:
        return None


def _numeric(t: Tokens, i: int) -> Phrase | None:
    """A date in digits, or a decade: "26.06.2024", "the 1990s"."""
    word = t.words[i]
    if len(word) < 5 or not word[0].isdecimal() or t.amount(i) or (t.starts[i] and t.text[t.starts[i] - 1] in "/-_."):
        return None
    if _DECADE.fullmatch(word):
        return Phrase(i, i + 1, f"{word[:4]}/{word[:3]}9")
    value = numeric_date(word)
    return Phrase(i, i + 1, value) if value else None


def _months_in_digits(t: Tokens, i: int) -> Phrase | None:
    """ "7-9/2018", as accounts of the north have it: July to September."""
    match = _MONTH_AND_YEAR.fullmatch(t.words[i + 1]) if t.follows(i + 1, "-") else None
    first = t.number(i)
    if match is None or first is None or not 1 <= first < int(match["month"]) <= 12 or t.amount(i + 1):
        return None
    year = match["year"]
    return Phrase(i, i + 2, normal_form(parse_period(f"{year}-{first:02d}/{year}-{int(match['month']):02d}")))


def _ended(t: Tokens, i: int) -> Phrase | None:
    """ "the nine months to September 2023"; what two counts share ("the three and six months ended") is not known."""
    said = ending(t, i)
    if said is None:
        return None
    count = NUMBER_WORDS.get(t.words[i], t.number(i))
    if count is not None and t.words[i - 1] in {"and", "or"} and t.follows(i, " "):
        return Phrase(i, with_year(t, said).end, None, "rolling")
    return said_phrase(i, with_year(t, said))


def _half_year(t: Tokens, i: int) -> Phrase | None:
    """ "Half-year results 2024": the first half, as the title of a report has it."""
    if t.words[i] != "half" or not t.next(i + 1, "year", "yearly"):
        return None
    year = year_of_results(t, i + 2)
    return Phrase(i, year[1], f"{year[0]}-S1") if year is not None else None


def _year_end(t: Tokens, i: int) -> Phrase | None:
    """ "year-end 2023": a date."""
    if t.words[i] != "year" or not t.next(i + 1, "end"):
        return None
    said = with_year(t, Said("12-31", "", i + 2))
    return said_phrase(i, said if said.anchor else Said("12-31", "the-year", i + 2))


def _piece(t: Tokens, i: int) -> Said | None:
    """One end of a range: a part of a year, or a year."""
    said = part(t, i)
    if said:
        return with_year(t, said)
    j = t.past_the(i)
    return Said("", t.words[j], j + 1) if year_number(t, j) and not t.named(j) else None


def _range(t: Tokens, i: int) -> Phrase | None:
    """ "January-April 2024", "from January 2023 to April 2024", "2020-2024", "Q1 to Q3 2024", "25 June - 3 July"."""
    first = _piece(t, i)
    if first is None or first.end <= i:
        return None
    k = first.end
    adjacent = False
    if not t.follows(k, "-") and not (t.follows(k, "/") and first.part):
        adjacent = t.next(k, "and", glues=" ") and t.words[i - 1] != "between"
        leads = t.next(k, *RANGE_WORDS, glues=" ") and _may_lead(t, i, first)
        joins = t.next(k, "and", glues=" ") and (not adjacent or (len(first.part) == 2 and not _in_list(t, i)))
        k += 1
        if not (leads or joins) or not t.follows(k, " "):
            return None
        if t.words[k] == "the" and t.next(k + 1, "end", "close") and t.next(k + 2, "of"):
            k += 3
    short = _short_year(t, first, k) if not first.part else None
    last = short or _piece(t, k)
    if last is None or bool(first.part) != bool(last.part):
        return None
    if adjacent and _RESPECTIVELY.match(t.text, t.ends[last.end - 1]):
        return None
    if first.part and last.part == f"3>{last.part[2:]}" and len(first.part) == 2:
        last = Said(last.part[2:], last.anchor, last.end)
    if first.part and first.part == last.part and t.words[k - 1] in RANGE_WORDS:
        return None  # "from July 2022 to July 2023" are two months
    if last.part and not last.anchor and t.next(last.end, "quarter", "period", "half", glues=" "):
        last = with_year(t, Said(last.part, "", last.end + 1))
    said = _between(first, last, adjacent)
    return said_phrase(i, said) if said and said.part else Phrase(i, last.end, said.anchor) if said else None


def _in_list(t: Tokens, i: int) -> bool:
    """Whether another month stands before: "January, February and March" are three."""
    return t.follows(i, ",") and t.words[i - 1] in MONTHS


def _may_lead(t: Tokens, i: int, first: Said) -> bool:
    """Whether "2020 to 2024" is a range of years: not in "rose in 2020 to 2024 tons"."""
    return bool(first.part) or t.words[i - 1] in {"from", "between", "for", "over", "during", "of", "the", "period"}


def _short_year(t: Tokens, first: Said, k: int) -> Said | None:
    """The end of "2020-24"; "2023-24" is a season or a fiscal year and none."""
    word = t.words[k]
    if len(word) != 2 or not word.isdecimal() or not t.follows(k, "-") or t.amount(k):
        return None
    if int(word) > int(first.anchor[2:]) + 1:
        return Said("", first.anchor[:2] + word, k + 1)
    return None


def _between(first: Said, last: Said, adjacent: bool) -> Said | None:
    """What a range says; without a part its anchor is the value. `adjacent` ends must be months that follow one another."""
    if not first.part:
        return Said("", f"{first.anchor}/{last.anchor}", last.end) if int(first.anchor) < int(last.anchor) else None
    if ">" in first.part + last.part:
        return None
    if first.anchor not in {"", last.anchor}:
        return _between_years(first, last)
    begin, finish = place(first.part, 2000), place(last.part, 2000)
    if begin is None or finish is None or (begin.grain in {"day", "days"}) != (finish.grain in {"day", "days"}):
        return None
    if begin.grain in {"day", "days"}:
        days = f"{first.part.partition('/')[0]}/{last.part.rpartition('/')[2]}"
        return Said(days, last.anchor, last.end) if begin.first < finish.first else None
    a, b = (datetime.date.fromordinal(ordinal).month for ordinal in (begin.first, finish.last))
    if a == b or (adjacent and (b - a != 1 or len(last.part) != 2)):
        return None
    return Said(f"{a:02d}/{b:02d}" if a < b else f"{b - a + 13}>{b:02d}", last.anchor, last.end)


def _between_years(first: Said, last: Said) -> Said | None:
    """ "January 2023 to April 2024"."""
    if not (first.anchor.isdecimal() and last.anchor.isdecimal()):
        return None
    begin, finish = place(first.part, int(first.anchor)), place(last.part, int(last.anchor))
    if begin is None or finish is None or begin.first > finish.first:
        return None
    return Said("", normal_form(parse_period(f"{starts(begin)}/{ends(finish)}")), last.end)


def _of_a_year(t: Tokens, i: int) -> Phrase | None:
    """A part of a year with or without its year: "the third quarter", "March 2023", "eleven months of 2024"."""
    said = part(t, i)
    if said is None:
        return None
    whole = with_year(t, said)
    if whole.anchor:
        return said_phrase(i, whole)
    if t.next(said.end, "of", glues=" ") and said.part[0] in "QS0" and not month(t, t.past_the(i)):
        return None
    if said.unsure:
        lettered = said.part[0] == "S" and t.words[said.end - 1][1:].isdecimal()
        return said_phrase(i, whole, needs_cue=True) if month(t, t.past_the(i)) or lettered else None
    return said_phrase(i, whole)


def _part_of_month(t: Tokens, i: int) -> Phrase | None:
    """ "the first half of March 2024", "the last week of June": days of a month, most of them not known."""
    j = t.past_the(i)
    if t.words[j] not in ORDINALS and t.number(j) is None:
        return None
    k = j + 1
    while t.follows(k) and t.words[k] in _DAYS_OF_MONTH and k - j < 3:
        k += 1
    if k == j + 1 or not t.next(k, "of", glues=" "):
        return None
    k = t.past_the(k + 1)
    named = month(t, k)
    if not named or not t.follows(k, " "):
        return None
    said = with_year(t, Said(f"{named[0]:02d}", "", k + 1))
    if t.words[j + 1] == "half" and t.words[j] in {"first", "second"}:
        last = {2: "28"}.get(named[0], "30") if not said.anchor.isdecimal() else _last_of(said)
        days = f"{said.part}-01/{said.part}-15" if t.words[j] == "first" else f"{said.part}-16/{said.part}-{last}"
        exact = t.words[j] == "first" or said.anchor.isdecimal()
        return said_phrase(i, Said(days, said.anchor, said.end)) if exact else Phrase(i, said.end, None, "rolling")
    within = t.words[j] == "first" or t.printed_before(i).lower() == "in"  # "up to the third week": all until then
    span = _days(t, j) if within else None
    if span is not None:
        return said_phrase(i, Said(f"{said.part}-{span[0]:02d}/{said.part}-{span[1]:02d}", said.anchor, said.end))
    return Phrase(i, said.end, None, "rolling")


def _days_of_the_month(t: Tokens, i: int) -> Phrase | None:
    """ "the month's first week", "the first ten days of the month": of the month that was told of."""
    owned = t.words[i] == "the" and t.words[i + 1] == "month" and t.follows(i + 2, "'")
    j = i + 2 if owned else t.past_the(i)
    span = _days(t, j) if t.words[j] in ORDINALS and t.follows(j + 1) else None
    if span is None:
        return None
    k = j + 2 if t.words[j + 1] in UNITS else j + 3
    if not owned:
        if not (t.next(k, "of", glues=" ") and t.next(k + 1, "the") and t.next(k + 2, "month")):
            return None
        k += 3
    return Phrase(i, k, None, f"days:{span[0]}:{span[1]}")


def _days(t: Tokens, j: int) -> tuple[int, int] | None:
    """The days of "the first 20 days", "the first three weeks", "the second week" of a month."""
    ordinal = ORDINALS.get(t.words[j])
    count = NUMBER_WORDS.get(t.words[j + 1], t.number(j + 1)) or 1
    unit = UNITS.get(t.words[j + 1 if t.words[j + 1] in UNITS else j + 2])
    if ordinal is None or unit not in {"week", "day"} or (ordinal > 1 and (count > 1 or unit == "day")):
        return None
    length = count * (7 if unit == "week" else 1)
    last = (ordinal - 1) * 7 + length
    return (last - length + 1, last) if last <= 28 else None


_DAYS_OF_MONTH = frozenset({"half", "week", "weeks", "day", "days", *NUMBER_WORDS, *map(str, range(1, 31))})


def _last_of(said: Said) -> str:
    found = place(said.part, int(said.anchor))
    last = ends(found) if found else None
    return f"{last.day:02d}" if last else "28"


def _years(t: Tokens, i: int) -> Phrase | None:
    """A year, named or pointed at, with a part of it after it or without: "2023's first quarter", "last year"."""
    reference = year_reference(t, i, after_of=t.follows(i + 2, "'"))
    if reference is None or t.words[i] in {"a", "one"}:
        return None
    anchor, k = reference
    season = anchor.startswith("season")
    if t.follows(k, " '-") and not season and not t.named(k - 1):
        said = part(t, k)
        if (
            said
            and (not said.unsure or t.glues[k] == "'" or said.part[0] == "S")
            and not said.anchor
            and not with_year(t, said).anchor
        ):
            return said_phrase(i, Said(said.part, anchor, said.end))
        as_before = same(t, k) if t.glues[k] == "'" else None
        if as_before and as_before.what.startswith("that"):
            kind = "same" if as_before.what == "that:period" else f"same-{as_before.what[5:]}"
            return Phrase(i, as_before.end, None, f"{kind}@{anchor}", LOOKS_BACK)
    if t.follows(k, "'") and t.words[k] == "period":
        return Phrase(i, k + 1, None, f"same@{anchor}")
    if anchor == "the-year":
        adjective = t.follows(i + 2, "'") or t.glues[k - 1] == "-"  # "the full-year target" names no period
        return None if adjective else said_phrase(i, Said("", anchor, k), needs_cue=True)
    if not anchor.isdecimal():
        return said_phrase(i, Said("", anchor, k))
    if t.follows(k, "-") and day_number(t, k) is not None:
        return _iso_month(t, i, k, anchor)
    if t.words[i] == "the" and k == i + 2:
        return None  # "the 2014 level": the article is the level's
    return Phrase(i, k, anchor, bare_year=k == i + 1)


def _iso_month(t: Tokens, i: int, k: int, year: str) -> Phrase | None:
    """ "2024-06", "the year 2024-06": a month where the two digits cannot be a later year."""
    word = t.words[k]
    if (
        len(word) == 2
        and word.isdecimal()
        and 1 <= int(word) <= 12
        and int(word) <= int(year[2:])
        and t.ends[k - 1] + 1 == t.starts[k]
    ):
        return Phrase(i, k + 1, f"{year}-{word}")
    return None


def _pointed_part(t: Tokens, i: int) -> Phrase | None:
    """ "this January", "last December", "this June 26-30"."""
    j = t.past_the(i)
    determiner = DETERMINERS.get(t.words[j])
    said = part(t, j + 1) if determiner in {LAST, THIS, NEXT, "past"} and t.follows(j + 1) else None
    if said is None or said.part[0] not in "01QS" or (said.part[0] in "QS" and determiner != THIS):
        return None
    if said.unsure and not month(t, j + 1):
        return None  # "the last 12 months" count back from today
    determiner = LAST if determiner == "past" else determiner
    spanned = _range(t, j + 1)
    if spanned and spanned.what and "@" not in spanned.what:
        return Phrase(i, spanned.end, None, f"{determiner}:{spanned.what}")
    return Phrase(i, said.end, None, f"{determiner}:{said.part}")


# Of the words at which a mention begins those that may be one by themselves.
_ALONE = frozenset({*MONTHS, "now", "today", "currently", "ytd", "pcp", "yoy", "mom", "qoq", "sequentially"})
_Readings = tuple[Callable[[Tokens, int], Phrase | None], ...]
_READINGS: _Readings = (
    _numeric,
    comparison,
    earlier,
    same,
    to_date,
    _year_end,
    _half_year,
    _ended,
    _range,
    _part_of_month,
    _days_of_the_month,
    _of_a_year,
    _years,
    so_many_months,
    the_unit,
    _pointed_part,
    units,
    moment,
)
_OF_DIGITS: _Readings = (
    _months_in_digits,
    so_many_months,
    _numeric,
    earlier,
    _ended,
    _range,
    _part_of_month,
    _of_a_year,
    _years,
)
_OF_MONTHS: _Readings = (_range, _of_a_year)
_OF_YEARS: _Readings = (_range, _years)
