"""Figures that are compared with what is no period: an average, a plan, a forecast, a peak, another quantity.

"Output was 8% above the five-year average" says nothing of the year before. Its base is unstated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.claims.model import INFERRED, NOT_STATED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Period
from crosscheck.extraction.sentences.times_beside import first_day, last_day
from crosscheck.extraction.sentences.tokens import NUMBERS, Token, letters
from crosscheck.figures.periods import normal_form, parse_period, prior, year_before

_BASE = re.compile(r"[.Xr%#]{0,4}[fiv]?B")  # "20,753 persons or 2.99% from the previous week"
_WEEK_BEFORE = ("previous:week", "before:week:1")
DAYS = 7  # of a week
REACH = 9  # tokens behind a number in which it says what it is compared with
ENDS = ",;!au()UDLSCqy" + NUMBERS  # of the noun after "than"


def compares_with_no_period(tokens: Sequence[Token], at: int) -> bool:
    """Whether what the number at index `at` is more or less than is no period."""
    behind = tokens[at + 1 : at + 1 + REACH]
    against = _behind_than(behind)
    if against is not None and against and against[0].text in words_of("same_thing"):
        return not any(token.letter in "PB" for token in against)  # "than that recorded for 2018"
    if against is not None:
        noun = _noun(against)
        ends = against[len(noun)].letter if len(noun) < len(against) else ""
        is_told = (ends != "" and ends in "PB" + NUMBERS) or behind[
            0
        ].text == "over"  # "more than the $470 billion of 2023"
        return bool(noun) and (not is_told or _has_benchmark(noun))
    if behind and (behind[0].letter == "f" or behind[0].text == "on"):  # "down 8% from its high", "up 8% on expectations"
        return _has_benchmark(_noun(behind[1:]))
    # "beat expectations by 3%", "fell short of the target by 3%"
    return at > 1 and tokens[at - 1].letter == "b" and _has_benchmark(tokens[max(at - 4, 0) : at - 1])


def with_what_it_is_compared(
    tokens: Sequence[Token], at: int, period: Known | None, base: Known | None
) -> tuple[Known | None, Known | None]:
    """The period of a change and its base, unknown where the words behind say so: "8% above the five-year average" is not
    from the year before; "2.99% from the previous week" in a text on three weeks is a change of one that is not told."""
    if compares_with_no_period(tokens, at):
        return period, Known(UNSTATED, NOT_STATED)
    behind = _BASE.match(letters(tokens[at + 1 : at + 1 + REACH]))
    mention = tokens[at + behind.end()].mention if behind is not None else None
    what = mention.pointing.what if isinstance(mention, Period) and mention.pointing is not None else ""
    if period is None or what not in _WEEK_BEFORE or last_day(period.value) - first_day(period.value) < DAYS:
        if base is None and period is not None and _is_week(period.value):
            base = Known(usual_base(period.value), INFERRED, period.start, period.end)
        return period, base
    return None, Known(UNSTATED, NOT_STATED)


def usual_base(period: str) -> str:
    """What a period is compared with where nothing is said: the year before, but the week before a week."""
    told = parse_period(period)
    return normal_form(prior(told) if _is_week(period) else year_before(told))


def _is_week(period: str) -> bool:
    return "/" in period and last_day(period) - first_day(period) == DAYS - 1


def _behind_than(behind: Sequence[Token]) -> Sequence[Token] | None:
    """The tokens after "more than", "above", "higher … than", "over" behind a number; None where there is no such word."""
    for place, token in enumerate(behind):
        if place == 0 and token.letter == "v":
            return behind[1:]
        if token.letter in "Mm" and place < 2:
            if token.text.endswith(" than") or token.text in words_of("beyond"):
                return behind[place + 1 :]
            rest = behind[place + 1 :]
            than = next((index for index, one in enumerate(rest) if one.letter == "v"), None)
            if than is None or any(one.letter in ENDS for one in rest[:than]):
                return None
            return rest[than + 1 :]
        if place or token.letter not in ".I":
            return None
    return None


def _noun(tokens: Sequence[Token]) -> Sequence[Token]:
    """What a comparison names, up to the first period, number, verb or mark."""
    for place, token in enumerate(tokens):
        if (token.letter in ENDS and token.text != "at") or token.letter in "PB":
            return tokens[:place]
    return tokens


def _has_benchmark(tokens: Sequence[Token]) -> bool:
    marks = words_of("benchmark")
    return any(part in marks for token in tokens for part in (token.text.lower(), token.text.lower().split(" ")[-1]))
