"""Words that point at a period: "a year earlier", "the same period of 2023", "year on year", "last month", "now"."""

from __future__ import annotations

from crosscheck.extraction.numbers.text import word_set
from crosscheck.extraction.periods.grammar import (
    COMPARES,
    LOOKS_BACK,
    NOT_A_BASE,
    Phrase,
    Said,
    part,
    said_phrase,
    year_reference,
)
from crosscheck.extraction.periods.tokens import Tokens
from crosscheck.extraction.periods.words import (
    DETERMINERS,
    EARLIER,
    GOES_ON,
    LAST,
    MONTHS,
    NEXT,
    NUMBER_WORDS,
    SAME,
    THIS,
    UNIT_MONTHS,
    UNITS,
)
from crosscheck.extraction.periods.years import year_number

_CORRESPONDING = ("period", "half", "quarter", "half-year")
_SHORT = {"yoy": "year", "mom": "month", "qoq": "quarter"}
_LETTERS = {"y": "year", "m": "month", "q": "quarter", "yr": "year"}
_BASES = {"monthly": "month", "quarterly": "quarter", "annual": "year", "yearly": "year"}
_PERIODS = frozenset({"period", "quarter", "half", "month", "week", "semester"})


def comparison(t: Tokens, i: int) -> Phrase | None:
    """ "year on year", "y/y", "q-o-q", "MoM", "on year", on a "monthly basis", "sequentially"."""
    word, unit, end = t.words[i], "", i + 1
    if (word == "sequentially" and _figure_before(t, i)) or (word == "sequential" and t.next(i + 1, "basis")):
        return Phrase(i, end + (word == "sequential"), None, "previous:period", COMPARES)
    if word in _SHORT:
        printed = t.text[t.starts[i] : t.ends[i]]
        unit = _SHORT[word] if word != "mom" or printed in {"MoM", "MOM"} else ""
    elif word in _LETTERS and t.next(i + 1, word, glues="/-"):
        unit, end = _LETTERS[word], i + 2
    elif word in _LETTERS and t.next(i + 1, "o", "on", glues="-") and t.next(i + 2, word, glues="-"):
        unit, end = _LETTERS[word], i + 3
    elif word in {"year", "half", "month", "quarter", "week"} and t.next(i + 1, "on", "over") and t.next(i + 2, word):
        unit, end = word, i + 3
    elif word in {"month", "quarter"} and t.next(i + 1, "to") and t.next(i + 2, word) and _figure_before(t, i):
        unit, end = word, i + 3  # "up 16.7% month to month"
    elif word in _BASES and t.next(i + 1, "basis", "terms", glues=" "):
        unit, end = _BASES[word], i + 2
    elif word == "on" and t.next(i + 1, "year", "month", "quarter") and not t.next(i + 2, "on", "over", "end", "to"):
        unit, end = (t.words[i + 1], i + 2) if year_number(t, i + 2) is None else ("", end)
    return Phrase(i, end, None, f"before:{unit}:1", COMPARES) if unit else None


def _figure_before(t: Tokens, i: int) -> bool:
    return any(character.isdecimal() for character in t.text[max(t.starts[i] - 40, 0) : t.starts[i]])


def earlier(t: Tokens, i: int) -> Phrase | None:
    """ "a year earlier", "12 months ago", "the year before", "the year-ago quarter", "the prior-year period"."""
    word = t.words[i]
    j = i + 1 if word in {"a", "the", "one"} and t.follows(i + 1) else i
    count = NUMBER_WORDS.get(t.words[j], t.number(j)) if j == i or word == "the" else None
    if count is not None and t.follows(j + 1):
        return _counted_back(t, i, j, count)
    unit = t.words[j]
    if unit in {"prior", "previous"} and t.next(j + 1, "year"):
        k = j + 2
        k += t.follows(k, " -'") and t.words[k] in SAME
        if t.words[k] not in _PERIODS or not t.follows(k, " -'"):
            return None
        return Phrase(i, k + 1, None, f"{_same_part(t.words[k])}@previous:year", LOOKS_BACK)
    if unit not in {"year", "quarter", "month", "week"} or not t.next(j + 1, *EARLIER) or _leads_on(t, j + 1):
        return None
    end = j + 2
    if t.next(end, *_PERIODS):
        what = f"{_same_part(t.words[end])}@previous:year" if unit == "year" else f"before:{unit}:1"
        return Phrase(i, end + 1, None, what, LOOKS_BACK)
    if word == "the" and unit == "year" and t.follows(j + 1, "-"):
        return Phrase(i, end, None, "before:year:1", COMPARES)  # "above the year-earlier level"
    if word == "the" and t.words[j + 1] not in {"ago", "back"} and t.follows(j + 1, " "):
        if unit == "year" and t.next(end, "last"):
            return Phrase(i, end + 1, None, "year:-2")
        return Phrase(i, end, None, f"previous:{unit}", LOOKS_BACK)
    if word in {"a", "one"} or (j == i and t.words[j + 1] in {"ago", "earlier"}):
        return Phrase(i, end, None, f"before:{unit}:1", COMPARES)
    return None


def _counted_back(t: Tokens, i: int, j: int, count: int) -> Phrase | None:
    """ "five years earlier", "12 months ago"; not the five of "twenty-five years ago"."""
    unit = UNITS.get(t.words[j + 1])
    if unit not in {"year", "quarter", "month", "week", "day"} or not t.next(j + 2, *EARLIER) or _leads_on(t, j + 2):
        return None
    if t.starts[i] and t.text[t.starts[i] - 1] in "-–":
        return None
    if unit == "month" and count % 12 == 0 and count:
        unit, count = "year", count // 12
    return Phrase(i, j + 3, None, f"before:{unit}:{count}", COMPARES if count == 1 else NOT_A_BASE)


def _leads_on(t: Tokens, i: int) -> bool:
    """Whether "before" or "prior" leads on to something else: "a year before the war"."""
    if t.words[i] not in {"before", "prior", "previous", "back"}:
        return False
    space, _, word = t.after(i)
    return bool(space) and (word.lower() in GOES_ON or word.lower().endswith("ing"))


def _same_part(unit: str | None) -> str:
    """ "same", with the unit that the context must have where one is named."""
    unit = UNITS.get(unit or "", "period")
    return f"same-{unit}" if unit in {"year", "half", "quarter", "month", "week", "day"} else "same"


def same(t: Tokens, i: int) -> Phrase | None:
    """ "the same period of 2023", "the corresponding month a year ago", "the same twelve months", "the like quarter"."""
    j = t.past_the(i)
    if t.words[i] == "this" and t.next(i + 1, "time"):
        return _same_when(t, i, i + 2, "same", None)
    if t.words[i] == "pcp":
        return Phrase(i, i + 1, None, "same@previous:year", LOOKS_BACK)
    if (
        t.words[j] in {"previous", "prior", "preceding"}
        and t.next(j + 1, "corresponding")
        and t.next(j + 2, *_CORRESPONDING)
    ):
        return Phrase(i, j + 3, None, "same@previous:year", LOOKS_BACK)
    if t.words[j] not in SAME or (t.words[j] == "like" and not t.next(j + 1, *_PERIODS)):
        return None
    k = j + 1
    k += t.next(k, "calendar", "reporting")
    count = NUMBER_WORDS.get(t.words[k], t.number(k)) if t.follows(k) else None
    named = part(t, k) if count is None and t.follows(k) else None
    if named and (named.unsure or named.anchor):
        named = None
    k = named.end if named else k + (count is not None)
    unit = UNITS.get(t.words[k]) if t.follows(k) else None
    if unit is None and not named:
        return None
    if unit == "year" and t.next(k + 1, *EARLIER) and t.follows(k + 1, "-"):
        return Phrase(i, k + 2, None, "before:year:1", COMPARES)  # "the comparable year-earlier volume"
    k += unit is not None
    if t.next(k, "period") or (unit == "time" and t.next(k, "frame", "span")):
        k, unit = k + 1, "period"
    months = (count or 0) * UNIT_MONTHS.get(unit or "", 1 if unit == "period" else 0)
    kind = f"same-{months}" if months else "same" if t.words[k - 1].endswith("s") else _same_part(unit)
    found = _same_when(t, i, k, kind, named)
    if found:
        return found
    if named:
        return Phrase(i, k, None, named.part)
    if unit in {"time", "date", "day", "season", "week"} or (j == i and t.capital(i)):
        return None
    if unit == "year":
        return Phrase(i, k, None, "that:year")
    if months:
        return Phrase(i, k, None, f"months:{months}")
    return Phrase(i, k, None, "that:period" if kind == "same" else f"that:{unit}")


def _same_when(t: Tokens, i: int, k: int, kind: str, named: Said | None) -> Phrase | None:
    """The phrase with the year that follows "the same period", if one does."""
    of = t.next(k, "of", "in", "from", "for", glues=" ")
    j = k + of
    if not t.follows(j, " " if of else " ,"):
        return None
    back = earlier(t, j)
    if back and back.what in {"before:year:1", "previous:year", "same@previous:year"}:
        return Phrase(i, back.end, None, f"{kind}@previous:year", LOOKS_BACK)
    anchor = year_reference(t, j, after_of=of)
    season = anchor is not None and anchor[0].startswith("season") and "/" in t.words[anchor[1] - 1]
    if anchor is None or season or (t.glues[j] == "," and not anchor[0].isdecimal()):
        return None
    if named and not anchor[0].startswith("fy"):
        return said_phrase(i, Said(named.part, *anchor))
    what = "previous:year" if anchor[0] in {"fy:-1", "fy:previous"} else anchor[0]
    return Phrase(i, anchor[1], None, f"{kind}@{what}", NOT_A_BASE if what.startswith(("that", "the")) else LOOKS_BACK)


def to_date(t: Tokens, i: int) -> Phrase | None:
    """ "year to date", "so far this year", "this year so far"."""
    if t.words[i] == "ytd":
        return Phrase(i, i + 1, None, "ytd")
    if t.words[i] == "y" and t.next(i + 1, "t", glues="-") and t.next(i + 2, "d", glues="-"):
        return Phrase(i, i + 3, None, "ytd")
    j = t.past_the(i)
    if t.words[j] == "year" and t.next(j + 1, "to") and t.next(j + 2, "date"):
        return Phrase(i, j + 3, None, "ytd")
    if t.words[i] == "so" and t.next(i + 1, "far") and t.next(i + 2, "this") and t.next(i + 3, "year"):
        return Phrase(i, i + 4, None, "ytd")
    if t.words[j] in {"this", "year"}:
        k = j + (t.words[j] == "this")
        if k > i and t.words[k] == "year" and t.next(k + 1, "so") and t.next(k + 2, "far"):
            return Phrase(i, k + 3, None, "ytd")
    return None


def units(t: Tokens, i: int) -> Phrase | None:
    """ "last month", "the previous quarter", "the reporting period", "the past two years"."""
    j = t.past_the(i)
    determiner = DETERMINERS.get(t.words[j])
    if determiner is None:
        return _the_months(t, i, j) if j > i else None
    if determiner == "the" or not t.follows(j + 1):
        return None
    k = j + 1
    count = NUMBER_WORDS.get(t.words[k], t.number(k))
    if count is not None and t.follows(k + 1) and UNITS.get(t.words[k + 1]) in {"year", "quarter", "month", "week", "day"}:
        months = count * UNIT_MONTHS.get(UNITS[t.words[k + 1]], 0)
        if determiner == "previous" and months:
            return Phrase(i, k + 2, None, f"previous:{months}", LOOKS_BACK)
        past = UNITS[t.words[k + 1]] == "month" and determiner in {LAST, "past"} and 2 <= count < 12
        return Phrase(i, k + 2, None, f"past:{count}" if past else "rolling") if determiner != "that" else None
    unit = UNITS.get(t.words[k])
    if unit in {"half", "quarter", "month", "week", "day", "period", "year"} and not t.words[k].endswith("s"):
        return _pointed_unit(i, k, unit, determiner)
    return None


def _pointed_unit(i: int, k: int, unit: str, determiner: str) -> Phrase | None:
    offsets = {LAST: -1, THIS: 0, NEXT: 1}
    if determiner == "past":
        return Phrase(i, k + 1, None, "rolling")
    if determiner == "previous":
        return Phrase(i, k + 1, None, f"previous:{unit}", LOOKS_BACK)
    if determiner in offsets and unit in {"year", "half", "quarter", "month", "week"}:
        return Phrase(i, k + 1, None, f"{unit}:{offsets[determiner]:+d}")
    if determiner == THIS and unit == "period":
        return Phrase(i, k + 1, None, "that:period")
    if determiner in offsets:
        return None
    return Phrase(i, k + 1, None, f"that:{unit}", needs_cue=unit in {"day", "week"})


def _the_months(t: Tokens, i: int, j: int) -> Phrase | None:
    """ "the nine months", after a cue: those of the context."""
    count = NUMBER_WORDS.get(t.words[j], t.number(j))
    if count is None or not t.next(j + 1, "months", "month") or not 2 <= count <= 12:
        return None
    return Phrase(i, j + 2, None, f"months:{count}", needs_cue=True)


# What is told for so many months, as "the five-month total".
_TOLD_FOR = word_set(
    "figure figures total tally sum value turnover volume revenue revenues earnings income export exports import imports "
    "trade deficit surplus shipments sales"
)


def so_many_months(t: Tokens, i: int) -> Phrase | None:
    """ "The five-month period", "six-month exports": so many months of the year, up to that of the context."""
    j = t.past_the(i)
    count = NUMBER_WORDS.get(t.words[j], t.number(j))
    if count is None or not 2 <= count <= 12 or not t.next(j + 1, "month", glues="-") or t.printed_before(i) in ("a", "an"):
        return None
    if t.next(j + 2, "period", glues=" "):
        return Phrase(i, j + 3, None, f"months:{count}")
    space, _, word = t.after(j + 1)
    return Phrase(i, j + 2, None, f"months:{count}") if space and word.lower() in _TOLD_FOR else None


def the_unit(t: Tokens, i: int) -> Phrase | None:
    """ "the year", "the month", "the period" of the context, after a cue."""
    unit = t.words[i + 1]
    if t.words[i] != "the" or unit not in {"year", "quarter", "month", "period"} or not t.follows(i + 1, " "):
        return None
    if t.next(i + 2, "of", "on", "over", "end", "ended", "from", "between"):
        return None
    if t.follows(i + 2, " ") and (t.words[i + 2] in MONTHS or (unit == "period" and year_number(t, i + 2))):
        return None
    if t.after(i + 1)[1] or t.after(i + 1)[2] in {"when", "that", "which", "since"}:
        return None
    return Phrase(i, i + 2, None, "the-year" if unit == "year" else f"that:{unit}", needs_cue=True)


def moment(t: Tokens, i: int) -> Phrase | None:
    """ "now", "today", "currently", "at present", "at the moment"."""
    if t.words[i] in {"now", "today", "currently"}:
        return Phrase(i, i + 1, None, "day:+0")
    if t.words[i] == "at" and t.next(i + 1, "present"):
        return Phrase(i, i + 2, None, "day:+0")
    if t.words[i] == "at" and t.next(i + 1, "the") and t.next(i + 2, "moment"):
        return Phrase(i, i + 3, None, "day:+0")
    return None
