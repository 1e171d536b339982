"""What a figure is taken per or over: a day, a head, a year on average. It is kept apart from the plain figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import BARE, COUNT, MEASURE, MONEY, Known, Number
from crosscheck.extraction.periods.words import NUMBER_WORDS
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, RATE, SHARE, Measured
from crosscheck.extraction.sentences.times_compared import Times
from crosscheck.extraction.sentences.times_so_far import up_to
from crosscheck.extraction.sentences.tokens import Token
from crosscheck.figures.periods import Period, PeriodError, months, normal_form, parse_period, prior, year_before
from crosscheck.inputs.values import replace, value

AVERAGE, ANNUAL_AVERAGE, ANNUALISED = "average", "annual-average", "annualised"
BASIS, PER = "basis", "per"
REACH = 90  # characters on either side of a number in which such words belong to it
NOT_BACK = r"(?![a-z-]|[ ](?:basis|earlier|ago|before|later|on(?=[ ]?(?:[,.;:]|from|since|after|\Z))))"
# "46,000 passengers a day", "£0.5 million per day", "an average of 46,000 daily". A year is what most figures are of.
EVERY = re.compile(
    r"(?:[ ]on average)?(?:[ ]of[ ][a-z]+)?(?:[ ]on average)?"
    rf"[ ](?:(?:an?|per|each|every)[ ](?P<unit>hour|day|week|month)|(?P<ly>daily|weekly|monthly)){NOT_BACK}"
)
LY = re.compile(r"(?<![a-z])(?P<ly>daily|weekly|monthly) average (?:[a-z]+ ){0,2}\Z")
# One of these all that stands before a number has.
SAID_BEFORE = re.compile("averag|annual|cagr|daily|weekly|monthly|mean|norm")
TIMES = {"daily": "day", "weekly": "week", "monthly": "month"}
HEAD = re.compile(
    r"[ ](?:per|for each|for every|a)[ ](?P<noun>person|head|capita|inhabitant|resident|employee|worker|household|customer"
    r"|passenger|store|shop|farm|student|pupil|patient)(?![a-z])"
)
YEAR_TO = re.compile(
    r"(?:(?:for|in|over|during|the|full|entire) )*(?:year|(?:12|twelve)[ -]months?)\b.*\b(?:to|through|end\w+)\b", re.I
)
EACH = re.compile(r"[ ](?:each|apiece)(?![a-z])")  # read beside those of whom it is told
PEOPLE = frozenset(("person", "head", "capita", "inhabitant", "resident"))
AVERAGED = re.compile(r"(?<![a-z])(?:averag(?:ed|es|ing)|an average of|on average,?)[ ](?:[a-z]+[ ]){0,2}\Z")
ON_AVERAGE = re.compile(r"(?:[ ][a-z]+){0,2}[ ]on average(?![a-z])")
# "Above the five-year average of 41 tonnes": of years that are not told.
OF_YEARS = re.compile(
    r"(?<![a-z])(?:(?:[a-z]+|[0-9]{1,3})[-‑ ]?years?|long[-‑ ](?:term|run)|multi-?year|multiannual|historical?|historic)[ ]"
    r"(?:annual |seasonal )?(?:average|mean|norm)s?(?:[ ](?:of|at|was|is|stands at|level of))?[ ]"
    r"(?:about |around |some )?\Z"
)
IS_ANNUALISED = re.compile(r"(?<![a-z])annuali[sz]ed(?![a-z])")
ANNUAL_RATE = re.compile(r"(?<![a-z])at an? (?:seasonally[ -]adjusted )?annual (?:rate|pace) of (?:[a-z]+ ){0,2}\Z")
A_YEAR = re.compile(rf"[ ](?:on average[ ])?(?:(?:an?|per|each|every)[ ]year{NOT_BACK}|per annum|p\.a\.)")
ANNUALLY = re.compile(r"[ ](?:on average[ ])?(?:annually|yearly)(?![a-z])")
ON_YEARLY_AVERAGE = re.compile(
    r"(?<![a-z])(?:average (?:annual|yearly)|(?:annual|yearly) average|compound(?:ed)? annual|cagr)(?![a-z])"
)
YEARS = re.compile(
    r"(?<![a-z])(?:for|over|in|during)[ ](?:the[ ](?:past|last|previous)[ ])?(?P<count>[a-z]+|[0-9]{1,2})"
    r"[ ](?:straight |consecutive )?years(?![a-z]|[ ](?:earlier|ago|before|later))"
)
BLANK = re.compile(r"[^\S ]")  # that is no space already
OF_SOMETHING = re.compile(r"o[.Tj]{0,3}[IX]")
# "China's share of exports fell by": the share is what rose or fell.
OF_A_SHARE = re.compile(r"s(?:[oi][.TXAEIPjL]{1,6}){0,2}[.P]{0,2}[UD][.BP]{0,2}b?[.]?$")
BESIDE_RATIO = re.compile(r"I[.P]?[oL][.]?$")
BREAK = re.compile(r"[;:!?()]|[.,](?![0-9])| (?:and|while|but|or|to|from) ")


PER_MANY = re.compile(
    r"[ ](?:per|(?:in|for|out of) every)[ ](?P<many>1,?000|10,?000|100,?000|million|1 million|thousand)(?![a-z0-9,])"
)
THOUSAND = ("1,000", "1000", "thousand")


@value
class Taken:
    """A number with what it is taken per (in its unit, or as dimensions) and the times of such a figure."""

    number: Number
    when: Times
    other: Mapping[str, Known] = field(default_factory=dict)

    @property
    def is_annualised(self) -> bool:
        """Whether it is the growth, or the amount, of a shorter period at a yearly rate."""
        return BASIS in self.other and self.other[BASIS].value == ANNUALISED


def taken_per(text: str, end: int, number: Number, measured: Measured, when: Times, lists: CodeLists) -> Taken:
    """What the words around the number say of it; `end` is that of the sentence."""
    start = number.start if number.qualifier_start is None else number.qualifier_start
    before = text[max(start - REACH, 0) : start]
    before = BREAK.split(_plain(before))[-1] if SAID_BEFORE.search(before.lower()) else ""
    stop = max(number.end, number.noun[1] if number.noun is not None else 0)
    after = _plain(text[stop : min(stop + REACH, end)])
    here = start, number.end
    if measured.measure == GROWTH:
        return _growth(number, when, before, after, here)
    if measured.measure in (LEVEL, RATE, SHARE) and OF_YEARS.search(before):
        return Taken(number, Times(is_base=True), {BASIS: Known(AVERAGE, start=here[0], end=here[1])})
    if measured.measure not in (LEVEL, CHANGE) or number.kind not in (MONEY, MEASURE, COUNT, BARE):
        return Taken(number, when)
    many = PER_MANY.match(after)
    if many is not None and number.kind in (BARE, COUNT):
        unit = "permille" if many["many"] in THOUSAND else f"{{per {many['many']}}}"
        figure = f"{number.figure.removesuffix(number.unit).strip()} {unit}"
        return Taken(replace(number, unit=unit, figure=figure, kind=MEASURE), when)
    head = HEAD.match(after)
    if head is not None and number.kind in (MONEY, MEASURE):
        return Taken(number, when, {PER: Known(_counted(head["noun"], lists), start=stop + 1, end=stop + head.end())})
    every = EVERY.match(after) or LY.search(before)
    if every is not None and number.unit and "/" not in number.unit:
        unit = every.groupdict().get("unit") or TIMES[every["ly"]]
        figure = number.figure.removesuffix(number.unit) + f"{number.unit}/{unit}"
        return Taken(replace(number, figure=figure, unit=f"{number.unit}/{unit}"), when)
    annual = IS_ANNUALISED.search(before) or IS_ANNUALISED.match(after, 1) or ANNUAL_RATE.search(before)
    if annual is not None and (_length(when.period) or 12) < 12:
        return Taken(number, when, {BASIS: Known(ANNUALISED, start=here[0], end=here[1])})
    averaged = (AVERAGED.search(before) or ON_AVERAGE.match(after)) and not EACH.match(after)
    if averaged is not None and "/" not in number.unit and number.kind != BARE:
        return Taken(number, when, {BASIS: Known(AVERAGE, start=here[0], end=here[1])})
    return Taken(number, when)


def _growth(number: Number, when: Times, before: str, after: str, here: tuple[int, int]) -> Taken:
    """ "6% a year for five years", "an annualised 2.4%"."""
    end = BREAK.search(after)
    behind = after[: end.start()] if end is not None else after
    annual = IS_ANNUALISED.search(before) or IS_ANNUALISED.search(behind) or ANNUAL_RATE.search(before)
    if annual is not None and (_length(when.period) or 12) < 12:
        return Taken(number, when, {BASIS: Known(ANNUALISED, start=here[0], end=here[1])})
    sure = A_YEAR.match(after) or ON_YEARLY_AVERAGE.search(before)
    spanned = _years_between(when)
    if sure is None and (ANNUALLY.match(after) is None or not (spanned or AVERAGED.search(before))):
        return Taken(number, when)
    other = {BASIS: Known(ANNUAL_AVERAGE, start=here[0], end=here[1])}
    if spanned:
        return Taken(number, when, other)
    said = YEARS.search(behind)
    count = (NUMBER_WORDS.get(said["count"]) or _digits(said["count"])) if said is not None else None
    now = _period(when.period)
    if count and now is not None and months(now) == 12 and when.period is not None:
        return Taken(number, replace(when, base=replace(when.period, value=_back(now, count), how=INFERRED)), other)
    base = when.base if when.base is not None and when.base.how != INFERRED else None
    # over how many years is not told: like the growth of no year
    return Taken(number, Times(None, base), other)


def as_own_rate(row: str, at: int, measured: Measured, frame: Frame, lists: CodeLists) -> Measured:
    """What a percentage measures that stands right behind the name of a margin: "down 45%, with a margin of 17%"."""
    name = frame.indicator.value if frame.indicator is not None else ""
    code = lists.find("indicator", name)
    is_ratio = name.replace("-", " ").split(" ")[-1:] and name.replace("-", " ").split(" ")[-1] in words_of("rates")
    if not is_ratio and (code is None or not code.ratio):
        return measured
    if measured.measure == SHARE and frame.indicator is not None and not OF_SOMETHING.match(row, at + 1):
        return replace(measured, measure=RATE)
    return replace(measured, measure=RATE) if measured.measure == GROWTH and BESIDE_RATIO.search(row, 0, at) else measured


def of_a_share(row: str, at: int, measured: Mapping[int, Measured], frame: Frame) -> Frame:
    """The frame of a growth that a share is the subject of: "China's share of exports fell by 2%", which exports did not.

    Where the sentence tells the share as a rate of its own, the two go together as they are.
    """
    if measured[at].measure != GROWTH or row[at] != "%" or "basis" in frame.other:
        return frame
    found = OF_A_SHARE.search(row[:at])
    if found is None or any(one.measure == RATE for one in measured.values()):
        return frame
    return replace(frame, other={**frame.other, "basis": Known("share")})


def prior_base(when: Times) -> Times:
    """Beside its annualised rate, a growth without a base of its own compares with the quarter or month before."""
    now = _period(when.period)
    if when.period is None or now is None or (months(now) or 12) >= 12:
        return when
    if when.base is not None and when.base.how != INFERRED:
        return when
    return replace(when, base=replace(when.period, value=normal_form(prior(now)), how=INFERRED))


def at_the_end(text: str, when: Times, measured: Measured, frame: Frame, lists: CodeLists) -> Times:
    """ "Prices rose 8% in the year to February": prices do not add up over a year, so it is February's growth."""
    code = lists.find("indicator", frame.indicator.value) if frame.indicator is not None else None
    period, now = when.period, _period(when.period)
    if code is None or period is None or now is None or period.start is None or measured.measure not in (GROWTH, RATE):
        return when
    of_prices = code.nature in ("price", "index") or code.id.endswith("inflation") or code.id.endswith("inflation-rate")
    if not of_prices or "/" not in period.value or YEAR_TO.match(text, period.start, period.end or len(text)) is None:
        return when
    last = replace(period, value=period.value.split("/")[1])
    base = replace(last, value=normal_form(year_before(parse_period(last.value))), how=INFERRED)
    return replace(when, period=last, base=base if measured.measure == GROWTH else when.base)


def till_then(tokens: Sequence[Token], when: Times, measured: Measured, frame: Frame, lists: CodeLists) -> Times:
    """ "By the end of September exports had reached $5 billion": what flows, since the beginning of the year."""
    code = lists.find("indicator", frame.indicator.value) if frame.indicator is not None else None
    if code is None or code.nature != "flow" or measured.measure != LEVEL:
        return when
    return replace(when, period=up_to(tokens, when.period))


def _plain(text: str) -> str:
    return BLANK.sub(" ", text.lower())


def _counted(noun: str, lists: CodeLists) -> str:
    """The indicator that counts those of whom a figure is told for each."""
    if noun in PEOPLE:
        return "population"
    found = lists.named("indicator", f"{noun}s")
    return found.id if found is not None else f"{noun}s"


def _digits(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _period(known: Known | None) -> Period | None:
    try:
        return parse_period(known.value) if known is not None else None
    except PeriodError:
        return None


def _length(known: Known | None) -> int | None:
    found = _period(known)
    return months(found) if found is not None else None


def _years_between(when: Times) -> int:
    """Over how many years a growth is told where its base says so; 0 where it is one year, or not known."""
    now, base = _period(when.period), _period(when.base)
    if when.base is None or base is None:
        return 0
    if now is None:
        return 2  # "since 2019"
    span = round((now.last - base.last) / 365)
    return span if span > 1 else 0


def _back(now: Period, years: int) -> str:
    for _ in range(years):
        now = prior(now)
    return normal_form(now)
