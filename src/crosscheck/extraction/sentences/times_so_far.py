"""Spans of time that no calendar names: the year so far, past months, from one month to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.claims.model import EXPLICIT, INFERRED
from crosscheck.extraction.model import Known, Period
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.figures.periods import PeriodError, ends, from_months, months, normal_form, parse_period, prior
from crosscheck.inputs.values import replace

TWO_MONTHS = re.compile(r"\d{4}-\d\d/\d{4}-\d\d")
SPAN = re.compile(r"\d{4}/\d{4}")
SO_FAR = re.compile(r"\d{4}-(?:\d\d|Q\d)")
_BY = re.compile(r"by(?P<end>(?: the)?(?: end| close)(?:[ -]of)?|[ -]end[ -]?)?\Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def so_far(token: Token, context: str | None) -> Known | None:
    """ "March exports …. Year-to-date, they fell": up to the end of the days, month or quarter that the text is on."""
    mention = token.mention
    if not isinstance(mention, Period) or mention.pointing is None or mention.pointing.what != "ytd":
        return None
    try:
        told = parse_period(context or "")
    except PeriodError:
        return None
    last, year = ends(told), (context or "")[:4]
    if last is None or (months(told) or 0) >= 12 or str(last.year) != year or context == f"{year}-01":
        return None
    day = f"{year}-01-01/{last.isoformat()}"
    how = EXPLICIT if SO_FAR.fullmatch(context or "") else INFERRED
    return Known(normal_form(parse_period(day)), how, token.start, token.end)


def since_new_year(tokens: Sequence[Token], period: Known | None) -> Known | None:
    """ "Have risen since the beginning of the year, to $26 billion as of 24 October": from January to that day."""
    if period is None or not DAY.fullmatch(period.value) or not any(is_to_date(token) for token in tokens):
        return period
    year, month, day = (int(part) for part in period.value.split("-"))
    if day == 1 and month > 1:  # "as of 1 October": nine months
        return replace(period, value=normal_form(from_months(year, 1, month - 1)))
    value = normal_form(parse_period(f"{year}-01-01/{period.value}"))
    return replace(period, value=value, how=INFERRED)  # or up to the month before that day


def is_to_date(token: Token) -> bool:
    """Whether a token is a period from the beginning of a year: "so far this year"."""
    mention = token.mention
    if not isinstance(mention, Period):
        return False
    since = mention.cue.startswith("since") and mention.cue.endswith(("beginning of", "start of"))
    return (mention.pointing is not None and mention.pointing.what == "ytd") or (since and mention.value is not None)


def is_rolling(token: Token) -> bool:
    """Whether a period is a span that no calendar tells: "the past eight months"."""
    mention = token.mention
    what = mention.pointing.what if isinstance(mention, Period) and mention.pointing is not None else ""
    return what == "rolling" or what.startswith("past:") or compiled(r"\d\d/\d\d@fy").match(what) is not None


def of_two_months(token: Token, period: Known | None) -> tuple[Known | None, Known | None]:
    """ "Rose by 5% from February to March", "between February and March": March, compared with February; two months of
    which neither is the first."""
    mention = token.mention
    if period is None or not isinstance(mention, Period) or mention.cue not in ("from", "between"):
        return period, None
    first, _, last = period.value.partition("/")
    if not TWO_MONTHS.fullmatch(period.value) or months(parse_period(period.value)) != 2 or first.endswith("-01"):
        return period, None
    return replace(period, value=last), replace(period, value=first)


def ends_of_step(tokens: Sequence[Token], token: Token, period: Known | None) -> tuple[Known, Known] | None:
    """ "From 210 to 231 tons between March and May": the months at which the two levels stand, the later first."""
    mention = token.mention
    if period is None or not isinstance(mention, Period) or mention.cue not in ("from", "between"):
        return None
    if not TWO_MONTHS.fullmatch(period.value) or not compiled(r"f[.]?[$#%][.]{0,2}t[.]?[$#%]").search(letters(tokens)):
        return None
    first, _, last = period.value.partition("/")
    return replace(period, value=last), replace(period, value=first)


def compares_with_prior(period: Known, base: Known) -> bool:
    """Whether a figure of a month or quarter is compared with the one before."""
    try:
        one = parse_period(period.value)
        return months(one) in (1, 3) and normal_form(prior(one)) == base.value
    except PeriodError:
        return False


def last_of_span(period: str) -> str:
    """The year in which a span of years ends over which something changed; any other period as it is."""
    return period.split("/")[1] if SPAN.fullmatch(period) else period


def up_to(tokens: Sequence[Token], period: Known | None) -> Known | None:
    """ "By the end of September exports had reached $5 billion": what flows, from the beginning of the year till then.

    The period as it is where it is a year or no end of a span. The year is a guess: it may as well be a season.
    """
    token = next((one for one in tokens if period is not None and one.start == period.start), None)
    mention = token.mention if token is not None else None
    said = _BY.match(mention.cue) if isinstance(mention, Period) else None
    if period is None or said is None:
        return period
    if not any(one.text.startswith(("had", "has", "have")) for one in tokens):
        return period
    try:
        told = parse_period(period.value)
    except PeriodError:
        return period
    last = ends(told)
    if last is None or (months(told) or 12) >= 12 or DAY.fullmatch(period.value):
        return period
    if said["end"] is None:
        return None  # "by October": with it or without
    return replace(period, value=normal_form(parse_period(f"{last.year}-01-01/{last.isoformat()}")), how=INFERRED)
