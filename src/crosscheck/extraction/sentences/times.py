"""The period and the base period of each number of a sentence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import field
from itertools import pairwise

from crosscheck.claims.model import CARRIED, EXPLICIT, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Calendar, Known, Period, Pointing
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.periods.finding import resolve
from crosscheck.extraction.periods.fiscal import fiscal_period
from crosscheck.extraction.periods.meaning import is_base_cue
from crosscheck.extraction.periods.reported import meant_by
from crosscheck.extraction.sentences.assumed import Assumed
from crosscheck.extraction.sentences.benchmarks import with_what_it_is_compared
from crosscheck.extraction.sentences.frame import carried
from crosscheck.extraction.sentences.measures import LEVEL, RATE, SHARE, Measured, times_of
from crosscheck.extraction.sentences.per_share import said_again
from crosscheck.extraction.sentences.times_beside import (
    BASE_CUES,
    BETWEEN,
    COMPARED,
    base_within,
    counted_from,
    cut_off,
    first_in_brackets,
    from_earlier,
    has_own_base,
    in_the_same_part,
    is_base,
    is_beyond,
    is_bygone,
    is_label,
    is_long_before,
    is_number,
    is_of_number_before,
    is_of_something_else,
    is_since,
    is_span_of_change,
    is_told_of,
    is_told_of_two,
    is_unusual_base,
    named_at_start,
    year_beside,
)
from crosscheck.extraction.sentences.times_compared import Times, as_long_as_bases, now_of, with_base_levels
from crosscheck.extraction.sentences.times_so_far import (
    DAY,
    SPAN,
    ends_of_step,
    is_rolling,
    is_to_date,
    of_two_months,
    since_new_year,
    so_far,
)
from crosscheck.extraction.sentences.tokens import NUMBERS, Token, lacks, letters, places
from crosscheck.extraction.sentences.told_after import growth_before, is_growth_of_then
from crosscheck.figures.periods import PeriodError, months, normal_form, parse_period, prior
from crosscheck.inputs.values import replace, value

USUAL = Calendar()
ALIAS = re.compile(r"(?:,?r[.]?[$#%](?:o[.Tj]{0,2}I)?)?[.]{0,3},?i?P")
PART = re.compile(r"Q[1-4]|S[12]")
BARE_PART = re.compile(r"[QS]\d|\d\d(?:/\d\d)?|\d+>\d\d")
QUARTER = re.compile(r"\d{4}-Q\d")
SAME_PART = re.compile(r"same|year:-1$")


@value
class _Setting:
    text: str
    tokens: list[Token]
    published: datetime.date | None
    assumed: Assumed | None
    before: Known | None  # the period carried from the sentences before
    calendar: Calendar = USUAL
    asked: dict[tuple[int, str | None, bool], Known | None] = field(default_factory=dict)  # asked for by many numbers

    def known(self, at: int, context: str | None, of_base: bool = False) -> Known | None:
        """The period that the token at index `at` means; `of_base` where it is that of a figure told for comparison."""
        key = at, context, of_base
        if key not in self.asked:
            self.asked[key] = self._found(at, context, of_base)
        return self.asked[key]

    def _found(self, at: int, context: str | None, of_base: bool) -> Known | None:
        mention = (token := self.tokens[at]).mention
        assert isinstance(mention, Period)
        if of_base and mention.pointing is not None and SAME_PART.match(mention.pointing.what):
            mention = replace(mention, compares=True)  # "compared with $8.3 million last year": in the same quarter of it
        release = self.calendar.reported
        meant = meant_by(release, mention, self.said(token)) if release is not None else None
        if meant is not None:
            return Known(meant, EXPLICIT, token.start, token.end)
        beside = f"{self.text[max(token.start - 20, 0) : token.start].lower()}|{self.said(token)}"
        if (fiscal := fiscal_period(mention, context, self.calendar, beside, self.published)) is not None:
            guess = self.published is None and mention.pointing and mention.pointing.by == "publication"  # "last year"
            return Known(fiscal, INFERRED if guess else EXPLICIT, token.start, token.end)
        if (to_date := so_far(token, context)) is not None:
            return to_date
        running = mention.pointing == Pointing("publication", "quarter:+0")
        if running and (self.calendar.of_results or self._is_told_after(context)):
            mention = replace(mention, pointing=Pointing("publication", "quarter:-1"))
        what = mention.pointing.what if mention.pointing is not None else ""
        if what.startswith("past:") and self.calendar.of_results:
            return None  # a company's months are those that it reports, not those before the text
        found = resolve(mention, self.published, context)
        if found is None and self.published is None and PART.fullmatch(what):
            # "Interim report, January to September 2018: Q3 revenue": of the one year that the sentence names
            told = [other.mention.value or "" for other in self.tokens if isinstance(other.mention, Period)]
            years = {value[:4] for value in told if value[:4].isdecimal()}
            if len(years) == 1:
                return Known(f"{years.pop()}-{what}", INFERRED, token.start, token.end)
        if found is None and self.published is None and self.assumed is not None:
            if self.assumed.is_sure and compiled(r"\d\d-\d\d").fullmatch(what):
                return Known(f"{self.assumed.year}-{what}", INFERRED, token.start, token.end)
            if self.assumed.is_sure or "last year" in self.said(token):
                found = resolve(mention, datetime.date(self.assumed.year, 12, 31), context)
            named = {other.mention.value for other in self.tokens if isinstance(other.mention, Period)}
            if found is not None and found.period in (context, *named):
                return Known(found.period, CARRIED, token.start, token.end)  # "2022 was a good year. Last year …"
            return None if found is None else Known(found.period, INFERRED, token.start, token.end)
        return None if found is None else Known(found.period, found.how, token.start, token.end)

    def _is_told_after(self, context: str | None) -> bool:
        """Whether the text is on the quarter before that in which it was published: "this quarter" is that one."""
        if context is None or self.published is None or not QUARTER.fullmatch(context):
            return False
        quarter = f"{self.published.year}-Q{(self.published.month + 2) // 3}"
        return normal_form(prior(parse_period(quarter))) == context

    def is_day(self, at: int, context: str | None) -> bool:
        """Whether the period at index `at` is a single day, as of a date line."""
        known = self.known(at, context)
        return known is not None and len(known.value) == len("2024-06-26") and known.value.count("-") == 2

    def said(self, token: Token) -> str:
        """The words of a mention, in lower case."""
        return " ".join(self.text[token.start : token.end].lower().split())


def times(
    text: str,
    tokens: list[Token],
    measured: Mapping[int, Measured],
    numbers: list[int],
    published: datetime.date | None,
    before: Known | None,
    assumed: Assumed | None = None,
    calendar: Calendar = USUAL,
    dealt: Mapping[int, int] | None = None,
) -> dict[int, Times]:
    """Times by token index of the number.

    `before` is the period in force where the sentence begins, `dealt` the token of a number's period by "respectively".
    """
    if not numbers:
        return {}
    setting = _Setting(text, tokens, published, assumed, before, calendar)
    periods = places(tokens, "PB")
    bases = {at for at in periods if is_base(tokens, at, tokens[at], measured, numbers)}
    mentioned = [at for at in periods if at not in bases and not is_of_something_else(tokens, at)]
    mentioned = [at for at in mentioned if not _is_year_of_day(setting, at, mentioned)]
    own = {at: (dealt or {}).get(at) or _right_beside(tokens, at, measured, numbers) for at in numbers}
    then = {at for at in own if own[at] in bases and at in measured and is_growth_of_then(measured[at])}
    bases -= {own[at] for at in then}  # "up 3.1%, after 2.4% a year earlier": when it was 2.4%, and no base of the 3.1%
    own.update({at: None for at in own if own[at] in bases and at in measured and measured[at].measure in COMPARED})
    found: dict[int, Times] = {}
    for at in numbers:
        if at not in measured:
            continue
        if at in then:
            found[at] = _growth_of_then(setting, own[at], measured[at], found, measured)
            continue
        found[at] = _times(setting, at, measured[at], mentioned, bases, own, numbers, now_of(found, measured), measured)
    return said_again(tokens, with_base_levels(tokens, as_long_as_bases(found), measured, numbers, own), own)


def _is_year_of_day(setting: _Setting, at: int, mentioned: list[int]) -> bool:
    """ "In the 2023/24 season as of June 1, down 18%": the figures are of that day, and the season is only the year's."""
    following = next((index for index in mentioned if at < index < at + 4), None)
    if following is None or "#" in letters(setting.tokens)[at:following]:
        return False
    known = setting.known(at, None)
    return known is not None and known.value.startswith("FY") and setting.is_day(following, None)


def _growth_of_then(
    setting: _Setting, place: int | None, measure: Measured, found: dict[int, Times], measured: Mapping[int, Measured]
) -> Times:
    """The time of a growth that one of now is told beside, and what it was counted from itself."""
    now = now_of(found, measured) or setting.before
    period = _here(setting, place, None, now) if place is not None else None
    return Times(period, growth_before(period, now, measure), True)


def _right_beside(tokens: list[Token], at: int, measured: Mapping[int, Measured], numbers: list[int]) -> int | None:
    """The period directly after a number: "$1.6 billion in October", "$4.3 billion of exports in May"."""
    if at in measured and measured[at].is_base:
        beside = ALIAS.match(letters(tokens)[at + 1 : at + 10])
        if beside is not None:
            return at + beside.end()  # "up from $38 million, or 51 cents a share, in 2022"
    for index in range(at + 1, min(at + 9, len(tokens))):
        token = tokens[index]
        if token.letter in "PB":
            mention = token.mention
            assert isinstance(mention, Period)
            compared = at in measured and measured[at].measure in COMPARED
            is_base = mention.compares or (compared and mention.cue in BASE_CUES)
            if times_of(tokens, at) == index:
                return None
            if at in measured and measured[at].is_base and mention.compares:
                return index  # "compared with $197.3 million a year ago"
            row = letters(tokens)
            if "a" in row[at + 1 : index] and compiled(r"[.j]{1,2}[LUD]").match(row, index + 1):
                return None  # "stood at $19 million, and in 2019 it was $29 million"
            return None if is_base or is_bygone(token) else index
        change = token.letter in "UD" and index == at + 1 and token.text in words_of("change_noun")  # "a 4.9% rise in July"
        told = is_told_of(tokens, at, index)  # "14,100 registered in May", "the 336 deaths recorded in 2015"
        its = index == at + 2 and tokens[at + 1].text in words_of("it_earned")  # "the $5 million it earned in 2022"
        if token.letter not in "oiXI.AETVYwtgjka" and not (change or told or its):
            return None
    return None


def _times(
    setting: _Setting,
    at: int,
    measure: Measured,
    mentioned: list[int],
    bases: set[int],
    own: Mapping[int, int | None],
    numbers: list[int],
    now: Known | None,
    measured: Mapping[int, Measured],
) -> Times:
    context = setting.before.value if setting.before else None
    if measure.is_base and now is not None:
        context = now.value  # "… in 2023, compared with $197 million a year earlier"
    by_itself = own[at] is None and measure.measure in (LEVEL, RATE, SHARE)
    direct = _directly_before(setting, at, context, now) if by_itself else None
    direct = direct or _when_it_was(setting, at, now.value if now is not None else context)
    if direct is not None:
        return Times(direct, None, True)
    place = own[at]
    told_then = _told_then(setting, at, bases, measure) if place is None else None
    if told_then is not None:
        before = setting.known(told_then, now.value if now is not None else context)
        if before is not None:
            return Times(before, *((_prior(setting, None, before),) if measure.measure in COMPARED else (None, True)))
    if place is None and not mentioned and measure.measure == LEVEL:
        place = named_at_start(setting.tokens, at, bases)
    if place is None and mentioned:
        others = {number: index for number, index in own.items() if index is not None and number != at}
        taken = set(others.values())
        against = {index for number, index in others.items() if number in measured and measured[number].is_base}
        free = [index for index in mentioned if not is_label(setting.tokens, index, at) and index not in against]
        place = _nearest(setting, at, free, taken, context, now)
    period = _here(setting, place, context, now, measure.is_base) if place is not None else carried(setting.before)
    if measure.is_base and place is not None and period and now and not DAY.fullmatch(now.value):
        # "141,517 in October 2022, compared to 92,345 in 2021": in October as well; a stock "in 2021" is of its end
        period = base_within(setting.text, setting.tokens[place], period, now)
    if place is None and any(is_rolling(setting.tokens[index]) for index in mentioned if index < at):
        period = None  # "over the past eight months, …": not the month of the sentence before
    if (period is None or period.value.startswith("FY")) and place is not None and own[at] == place:
        later = _right_beside(setting.tokens, place, {}, numbers)  # "in the 2026/27 season as of 1 October"
        day = setting.known(later, context) if later is not None else None
        period = day if period is None or (day is not None and DAY.fullmatch(day.value)) else period
    period = since_new_year(setting.tokens, period)
    base = None
    step = ends_of_step(setting.tokens, setting.tokens[place], period) if place is not None else None
    if step is not None and (measure.is_to or measure.is_base):
        return Times(step[measure.is_base], None, measure.is_base)
    if measure.measure in COMPARED:
        spanned = _from_to_ends(setting, at, place, measured, own)
        if spanned is not None:
            return spanned
        start = counted_from(setting.tokens, at, measured, own)
        period, base = _with_base(setting, at, place, period, bases, start)
        period, base = with_what_it_is_compared(setting.tokens, at, period, base)
    elif period is not None and place is not None and (measure.is_to or is_span_of_change(setting.tokens, place)):
        period = _ends(setting, place, period)[0]
    elif measure.is_base and now is not None and "/" in now.value and months(parse_period(now.value)) == 12:
        period = in_the_same_part(period, now)  # of parts of a year `base_within` has told
    return Times(period, base)


def _with_base(
    setting: _Setting, at: int, place: int | None, period: Known | None, bases: set[int], start: int | None
) -> tuple[Known | None, Known | None]:
    """The period of a change, and what it is compared with; `start` is the period told of the level it is counted from."""
    period, base = _ends(setting, place, period)
    then = setting.known(start, period.value if period is not None else None) if start is not None else None
    if then is not None and (period is None or is_long_before(then.value, period.value)):
        return period, then
    if base is None and place is not None:
        period, base = of_two_months(setting.tokens[place], period)
    base = base or _base(setting, at, bases, period)
    if base is None and then is not None and period is not None and is_unusual_base(then.value, period.value):
        base = then
    if base is None or (period is not None and base.value == period.value):  # nothing grows from itself
        base = _prior(setting, place, period)
    return period, base


def _from_to_ends(
    setting: _Setting, at: int, place: int | None, measured: Mapping[int, Measured], own: Mapping[int, int | None]
) -> Times | None:
    """ "Fell by 7%, from $84 billion in 2022 to $78 billion in 2023": the change is that of the two levels beside it."""
    levels = [other for other in measured if own.get(other) is not None and measured[other].measure in (LEVEL, RATE, SHARE)]
    for left, right in pairwise(levels):
        first, last = (left, right) if measured[left].is_base else (right, left)
        if is_told_of_two(setting.tokens, left, right, at):
            ends = from_earlier(*(setting.known(own[level] or 0, None) for level in (left, right)))
            return Times(*ends) if ends is not None else None
        if not (measured[first].is_base and measured[last].is_to) or has_own_base(setting.tokens, at):
            continue
        low, high = (at, left) if at < left else (right, at)
        between = letters(setting.tokens[low + 1 : high])
        if left < at < right or BETWEEN.fullmatch(between) is None or (place is not None and place not in own.values()):
            continue
        then, now = own[first] or 0, own[last] or 0
        period = setting.known(now, setting.before.value if setting.before else None)
        base = setting.known(then, period.value if period is not None else None, of_base=True)
        return Times(period, base) if period is not None and base is not None else None
    return None


def _here(setting: _Setting, place: int, context: str | None, now: Known | None, of_base: bool = False) -> Known | None:
    """The period at a place; "in the same period of the previous year" is said from the one told before it."""
    mention = setting.tokens[place].mention
    pointing = mention.pointing if isinstance(mention, Period) else None
    if pointing is not None and BARE_PART.fullmatch(pointing.what):
        context = year_beside(setting.tokens, place) or context
    if pointing is None or pointing.by != "context" or now is None:
        return setting.known(place, context, of_base)
    return now if now.start == setting.tokens[place].start else setting.known(place, now.value, of_base)


def _prior(setting: _Setting, place: int | None, period: Known | None) -> Known | None:
    """The period before, where the text has compared with that so far: monthly figures in a text on a month."""
    if period is None or not setting.calendar.with_prior or (place is not None and is_to_date(setting.tokens[place])):
        return None
    try:
        told = parse_period(period.value)
        before = normal_form(prior(told))
    except PeriodError:
        return None
    if months(told) not in (1, 3):
        return None  # nobody compares five months with the five before
    return Known(before, CARRIED, period.start, period.end)


def _told_then(setting: _Setting, at: int, bases: set[int], measure: Measured) -> int | None:
    """ "A year earlier they had been $84 billion": a period before, at the beginning of a clause that tells of it."""
    tokens = setting.tokens
    for index in sorted((index for index in bases if index < at), reverse=True):
        mention, before = tokens[index].mention, tokens[index - 1].letter if index else "!"
        if before == "i" and index > 1:
            before = tokens[index - 2].letter
        between = tokens[index + 1 : at]
        if not isinstance(mention, Period) or mention.cue in BASE_CUES or is_base_cue(mention.cue):
            return None
        if before not in '!,;u:a"(' or any(token.letter in NUMBERS + ";!" for token in between):
            return None
        had = any(token.text.split(" ")[0] == "had" for token in between)
        level = measure.measure not in COMPARED and any(token.letter in "LSy" for token in between)
        return index if had or level else None
    return None


def _nearest(
    setting: _Setting, at: int, mentioned: list[int], taken: set[int], context: str | None, now: Known | None
) -> int | None:
    """The period that a number without one of its own stands under: before it, else behind it; a day only for want of more.

    One that belongs to another number counts where nothing parts the two.
    """
    left = [index for index in reversed(mentioned) if index < at]
    right = [index for index in mentioned if index > at and index not in taken]
    right = [index for index in right if not is_beyond(setting.tokens, at, index)]
    others = [index for index in mentioned if index > at and index in taken and not cut_off(setting.tokens, at, index)]
    order = [*left, *right, *others]
    if len(order) < 2:
        return order[0] if order and _here(setting, order[0], context, now) is not None else None
    days = [index for index in order if setting.is_day(index, context)]
    order = [index for index in order if index not in days] + days
    return next((index for index in order if _here(setting, index, context, now) is not None), None)


def _directly_before(setting: _Setting, at: int, context: str | None, now: Known | None) -> Known | None:
    """ "2022 ($24.2 billion)", "the previous year's level of $70.2 billion": the number is that period's.

    After nine months of 2024 "(2023: 16.1)" is of the same months.
    """
    at = first_in_brackets(setting.tokens, at)
    row = letters(setting.tokens)[max(at - 5, 0) : at]
    match = compiled(r"([PB])(?:\(|:|[.]*o?-?)$").search(row)
    if match is None or (match[1] == "P" and not row.endswith(("(", ":"))):
        return None
    index = at - (len(row) - match.start())
    labelled = row.endswith(":") and "(" in row[: match.start()][-2:]
    known = setting.known(index, now.value if now is not None and (labelled or match[1] == "B") else context)
    return in_the_same_part(known, now) if labelled else known


def _when_it_was(setting: _Setting, at: int, context: str | None) -> Known | None:
    """ "More than in the first half of 2022, when 3.4 million came": the number is of the period that "when" follows."""
    if lacks(setting.tokens, ("when",)):
        return None
    first = next((index + 1 for index in range(at - 1, 0, -1) if is_number(setting.tokens[index])), 0)
    for index in range(at - 1, first, -1):
        if setting.tokens[index].text == "when":
            before = index - 1 - (setting.tokens[index - 1].letter == ",")
            return setting.known(before, context) if before >= 0 and setting.tokens[before].letter in "PB" else None
    return None


def _ends(setting: _Setting, place: int | None, period: Known | None) -> tuple[Known | None, Known | None]:
    """The end and the beginning of a span over which something changed; any other period as it is."""
    if place is None or period is None or not SPAN.fullmatch(period.value):
        return period, None
    first, last = period.value.split("/")
    return (
        Known(last, period.how, period.start, period.end),
        Known(first, period.how, period.start, period.end),
    )


def _base(setting: _Setting, at: int, bases: set[int], period: Known | None) -> Known | None:
    """The nearest comparison after the number within its clause, else the last one before it in the sentence."""
    index = _base_place(setting, at, bases)
    if index is None:
        return None
    base = setting.known(index, period.value if period else None)
    if base is not None and period is not None and is_of_number_before(setting.tokens, index, at, base.value, period.value):
        return None
    return base if base is None or period is None else base_within(setting.text, setting.tokens[index], base, period)


def _base_place(setting: _Setting, at: int, bases: set[int]) -> int | None:
    """The token of the period that a change is compared with; of "since 2019" where nothing else is told."""
    tokens = setting.tokens
    if at > 1 and tokens[at - 1].letter == "b" and at - 2 in bases:
        return at - 2  # "on the previous month by 0.6%, on the same month of the previous year by 11.9%"
    for index in sorted([index for index in bases if index > at]) if bases else ():
        if not any(tokens[other].letter in ";u!" for other in range(at + 1, index)):
            return index
    ended = letters(tokens).rfind(";", 0, at)  # "since 2019 it has doubled; in 2024 alone it rose 9%"
    earlier = [index for index in bases if index < at and not (index < ended and is_since(tokens, index))]
    if earlier:
        return max(earlier)
    return next((index for index in places(tokens, "P") if index > ended and is_since(tokens, index)), None)
