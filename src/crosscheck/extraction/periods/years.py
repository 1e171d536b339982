"""How years are said: in digits, with both that one lies in, and as fiscal years."""

from __future__ import annotations

from crosscheck.extraction.numbers.text import word_set
from crosscheck.extraction.periods.tokens import Tokens
from crosscheck.extraction.periods.words import DETERMINERS, FISCAL, LAST, NEXT, THIS

FIRST_YEAR, LAST_YEAR = 1900, 2100
OFFSETS = {LAST: -1, THIS: 0, NEXT: 1}


def year_number(t: Tokens, i: int) -> int | None:
    """The number at `i`, if it can be a year."""
    if len(t.words[i]) != 4:
        return None
    number = t.number(i)
    return number if number is not None and FIRST_YEAR <= number <= LAST_YEAR and not t.amount(i) else None


def split_year(t: Tokens, i: int) -> tuple[int, int] | None:
    """A year such as 2023/24 or 2023-24 (the number that ends it, and the place after it)."""
    first, slash, last = t.words[i].partition("/")
    if slash and len(first) == 4 and first.isdecimal() and last.isdecimal() and FIRST_YEAR <= int(first) <= LAST_YEAR:
        return (int(first) + 1, i + 1) if last in {str(int(first) + 1), f"{(int(first) + 1) % 100:02d}"} else None
    year = year_number(t, i)
    if year is not None and t.follows(i + 1, "-") and t.words[i + 1] == f"{(year + 1) % 100:02d}" and not t.amount(i + 1):
        return year + 1, i + 2
    return None


def fiscal_year(t: Tokens, i: int) -> tuple[str, int] | None:
    """ "fiscal 2024", "FY2024", "FY 2023/24", "financial year 2023-24", "the 2024 fiscal year", "last fiscal year"."""
    j = t.past_the(i)
    if t.words[j] in FISCAL:
        return _named_fiscal(t, j)
    split = _years(t, j)
    year = None if split else year_number(t, j)
    k = split[1] if split else j + 1
    if (split or year) and t.next(k, *FISCAL) and (t.next(k + 1, "year") or (split and _is_noun(t, k))):
        return f"fy:{split[0] if split else year}", k + 1 + t.next(k + 1, "year")
    if t.next(j + 1, *FISCAL) and t.words[j] in _RUNNING:
        named = _named_fiscal(t, j + 1)
        if named:
            return named  # "the current fiscal year 2015-2016"
    determiner = DETERMINERS.get(t.words[j])
    if not t.next(j + 1, *FISCAL) or t.words[j + 1] == "fy":
        return None
    k = j + 2
    if t.next(k, "year"):
        k += 1
    elif not _is_noun(t, j + 1):
        return None
    if determiner in OFFSETS:
        return f"fy:{OFFSETS[determiner]:+d}", k
    return ("fy:previous", k) if determiner == "previous" else None


# "this fiscal" is a year unless what it is fiscal about follows.
_ABOUT_MONEY = word_set(
    "adjustment adjustments aid assistance austerity authority authorities balance balances burden buffer buffers cliff "
    "condition conditions consolidation constraint constraints crisis cost costs deficit deficits discipline effort "
    "efforts expansion framework gap gaps health impact impulse incentive incentives institutions management measure "
    "measures monetary outlook package packages performance plan plans policies policy position pressure pressures "
    "problem problems reform reforms regime relief responsibility revenue revenues risk risks rule rules space stability "
    "stance stimulus sum support surplus surpluses sustainability system target targets transfer transfers trouble"
)
_RUNNING = frozenset(("current", "ongoing", "running", "outgoing", "this", "last", "previous", "past"))


def _is_noun(t: Tokens, k: int) -> bool:
    """Whether the "fiscal" at `k` is a year by itself."""
    return t.words[k] == "fiscal" and t.after(k)[2].lower() not in _ABOUT_MONEY


def _years(t: Tokens, i: int) -> tuple[int, int] | None:
    """The year beside "fiscal" that is said with both it lies in, 2023-24 or 2023-2024: the last, and the place after."""
    year = year_number(t, i)
    if year is not None and t.follows(i + 1, "-/") and year_number(t, i + 1) == year + 1:
        return year + 1, i + 2
    return split_year(t, i)


def _named_fiscal(t: Tokens, j: int) -> tuple[str, int] | None:
    k = j + 2 if t.next(j + 1, "year", "years") else j + 1
    if not t.follows(k, " -`"):
        return None
    split = _years(t, k)
    if split:
        return f"fy:{split[0]}", split[1]
    if year_number(t, k):
        return f"fy:{t.words[k]}", k + 1
    short = t.words[k]
    if t.words[j] == "fy" and len(short) in {2, 5} and short.replace("/", "").isdecimal():
        return f"fy:20{short[-2:]}", k + 1
    return None
