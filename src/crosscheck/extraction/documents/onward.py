"""What a sentence or paragraph leaves to the next: the time, the areas and the frame that it goes on with."""

from __future__ import annotations

import re

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, EXPLICIT, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import (
    Calendar,
    Known,
    Name,
    Number,
    Period,
)
from crosscheck.extraction.periods.finding import resolve
from crosscheck.extraction.periods.fiscal import fiscal_period
from crosscheck.extraction.periods.reported import meant_by
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE, Context, Frame, carried, comes_from, is_bilateral
from crosscheck.extraction.sentences.measures import (
    LEVEL,
    SHARE,
    Measured,
)
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.times_beside import (
    first_day,
    is_behind_than,
    is_bygone,
    is_of_event,
    is_quoted,
    last_day,
)
from crosscheck.extraction.sentences.times_compared import Times
from crosscheck.extraction.sentences.times_so_far import compares_with_prior, is_to_date, last_of_span
from crosscheck.extraction.sentences.tokens import Row, Token, lacks, letters, places
from crosscheck.extraction.source import Source
from crosscheck.figures.periods import PeriodError, months, parse_period
from crosscheck.inputs.values import replace

_AT_THE_END = re.compile(r"\b(?:end|close|as of|as at)\b")
_CHANGED = re.compile(r"[UDC]")
_BACK = re.compile(r"(?:same[\w-]*@)?(?:previous|before):|same[\w-]*@year:-1")
HEAD = 3  # tokens: "In 2023", "For the whole of 2023"
REMEMBERED = 256  # indicators with their units, and names of deficits, from the sentences before


def at_paragraph(context: Context, lists: CodeLists, main: str | None) -> Context:
    """A paragraph begins without the bodies that the last one spoke of, unless the document is about them."""

    told = context.frame.indicator
    of_results = told is not None and told.value in words_of("results")

    def kept(known: Known | None) -> Known | None:
        if known is not None and known.value == "WORLD":
            return None
        if known is not None and main is not None and known.value != main and of_results:
            return None  # the region of a paragraph on a company is not that of the next
        if known is None or known.value == main or lists.find(REFERENCE, known.value) is not None:
            return known
        return None

    # the last item of a list of partners is not the partner of what the next paragraph tells
    partner = None if context.varying == COUNTERPART and not context.paired else kept(context.frame.counterpart)
    if partner is not None and context.begun is not None and context.begun.counterpart is None and context.pair is None:
        partner = None
    area, owner = kept(context.frame.area), kept(context.owner)
    if main is None and area is not None and _is_elsewhere(area, partner, context):
        area = None
    if (area, partner, owner, main) == (context.frame.area, context.frame.counterpart, context.owner, context.main):
        return context
    return replace(context, frame=replace(context.frame, area=area, counterpart=partner), owner=owner, main=main)


def back_to_now(context: Context) -> Context:
    """A paragraph goes on with the time that the text is about, and not with an earlier one, a part of it or all of its
    year so far, that the last told of in passing."""
    period, opening = context.period, context.opening
    if period is None or opening is None or period.value == opening.value:
        return context
    earlier = last_day(period.value) < first_day(opening.value)
    so_far = last_day(period.value) == last_day(opening.value) and first_day(period.value) <= first_day(opening.value)
    part = so_far or _within(period.value, opening.value)
    if part and not context.calendar.of_results:
        return replace(context, period=replace(opening, how=INFERRED))  # it may as well go on with the part
    return replace(context, period=opening) if earlier else context


def _within(one: str, other: str) -> bool:
    """Whether a period lies within another."""
    return first_day(other) <= first_day(one) and last_day(one) <= last_day(other)


def _is_elsewhere(area: Known, partner: Known | None, context: Context) -> bool:
    """Whether an area is not the one that the text is about: a paragraph on another one does not speak for the next."""
    sides = [known.value for known in (area, partner) if known is not None]
    return context.outline.home is not None and context.outline.home not in sides


def _period_left(
    when: dict[int, Times],
    measured: dict[int, Measured],
    numbers: list[int],
    context: Context,
    tokens: Row,
    source: Source,
) -> Known | None:
    """The period in which the text goes on after a sentence."""
    period = (
        _carried_on(tokens, numbers, measured, when, context.period) if numbers else _named_period(tokens, source, context)
    )
    if period is not None and context.period is not None and _is_its_end(tokens, period, context.period):
        period = None
    if period is not None and numbers and _is_only_beside(source.text, tokens, period, numbers, measured, context):
        period = None
    if period is not None and context.period is not None and is_quoted(source.text, tokens[0].start):
        # what somebody says of a time before is not the time that the text goes on with
        period = None if last_day(period.value) < first_day(context.period.value) else period
    edition = context.outline.edition
    if period is not None and edition is not None and last_day(period.value) < first_day(edition.value):
        period = None  # a census before, that this one is compared with
    return period or context.period


def next_context(
    state: Walk,
    when: dict[int, Times],
    measured: dict[int, Measured],
    numbers: list[int],
    context: Context,
    tokens: Row,
    source: Source,
) -> Context:
    """The context that a sentence leaves."""
    period = _period_left(when, measured, numbers, context, tokens, source)
    units = context.units
    ratios = [measured[at].measure for at in numbers if at in measured and tokens[at].letter in "%ph"]
    levels = [at for at in state.frames if at in measured and measured[at].measure == LEVEL]
    for at in levels:
        indicator, number = state.frames[at].indicator, tokens[at].mention
        if indicator is not None and isinstance(number, Number) and number.unit not in units.get(indicator.value, ()):
            units = {**units, indicator.value: units.get(indicator.value, frozenset()) | {number.unit}}
            if len(units) > REMEMBERED:
                del units[next(iter(units))]
    frame = _after_list(state, context) if numbers else _inferred(state.frame)
    if numbers and all(at in measured and measured[at].measure == SHARE for at in numbers):
        frame = _of_the_part(frame, context.frame, state.lists)
    return replace(
        context,
        frame=frame,
        period=period,
        opening=period
        if _is_guess(context.opening) or _turns_to(state, when, levels, tokens, period, context)
        else context.opening,
        pair=state.pair or context.pair,
        group=state.group,
        owner=context.owner if _tells_of_several(state) else state.owner,
        varying=state.varying if frame.counterpart is not None else "",
        paired=_names_one_pair(state) or (context.paired and frame.counterpart == carried(context.frame.counterpart)),
        begun=context.begun or _first_trade(state),
        population=state.population,
        acts=dict(list(state.acts.items())[-REMEMBERED:]) if state.acts else context.acts,
        trade=state.frame if is_bilateral(state.lists, state.frame.indicator) else context.trade,
        wholes=(*context.wholes, *(state.frames[at] for at in levels))[-12:],
        units=units,
        rates={**context.rates, **state.rates} if len(context.rates) < REMEMBERED else dict(state.rates),
        negative=_negative(context.negative, tokens),
        ratio=ratios[-1] if ratios else context.ratio,
        calendar=_compared(when, context.calendar),
    )


def _of_the_part(frame: Frame, before: Frame, lists: CodeLists) -> Frame:
    """ "Its share in the total trade of Oman was 21%. Exports were $3 billion": those of the two of whom the text told."""
    sides = (before.area, before.counterpart)
    if frame.counterpart is not None or frame.area is None or not is_bilateral(lists, frame.indicator):
        return frame
    other = next((side for side in sides if side is not None and side.value != frame.area.value), None)
    told = any(side is not None and side.value == frame.area.value for side in sides)
    return replace(frame, counterpart=carried(other)) if told and other is not None else frame


def _names_one_pair(state: Walk) -> bool:
    """Whether a sentence names both of those who trade: "between Peru and Chile", with no list of partners."""
    told = {one.counterpart.value for one in state.frames.values() if one.counterpart is not None}
    return len(told) == 1 and any("g" in state.row[one.first : one.last] for one in state.phrases)


def _is_guess(opening: Known | None) -> bool:
    """Whether the time that a text is about is not known so far, or only guessed: "in the first half" of a title."""
    return opening is None or opening.how == INFERRED


def _first_trade(state: Walk) -> Frame | None:
    """What the first figure of trade is of."""
    return next((one for one in state.frames.values() if is_bilateral(state.lists, one.indicator)), None)


def _after_list(state: Walk, context: Context) -> Frame:
    """The frame that is carried on: after a list of parts none of them, but what they are parts of.

    "Sales in Sweden were 6 million and sales in Norway 2 million. Profit rose": the profit is not Norway's.
    """
    frame, before = _left(state), context.frame
    told = [one for one in state.frames.values() if one.indicator is not None]
    if is_bilateral(state.lists, frame.indicator):
        partners = {
            one.counterpart.value for one in told if one.counterpart is not None and one.counterpart.how == EXPLICIT
        }
        frame = replace(frame, counterpart=before.counterpart) if len(partners) > 1 else frame
        goods = {
            one.other["product"].value for one in told if "product" in one.other and one.other["product"].how == EXPLICIT
        }
        rest = {key: known for key, known in frame.other.items() if key != "product"}
        return replace(frame, other=rest) if len(goods) > 1 else frame
    if state.varying == COUNTERPART and comes_from(frame.indicator):
        frame = replace(frame, counterpart=None)
    if len({one.area.value for one in told if one.area is not None and one.area.how == EXPLICIT}) > 1:
        frame = replace(frame, area=before.area)
    for name in [*frame.other]:
        several = len({one.other[name].value for one in told if name in one.other}) > 1
        if several or any(name not in one.other and _is_of(one, frame) for one in told):
            rest = {key: known for key, known in frame.other.items() if key != name}
            frame = replace(frame, other={**rest, name: before.other[name]} if name in before.other else rest)
    return frame


def _is_of(one: Frame, other: Frame) -> bool:
    """Whether two frames are of one indicator."""
    return one.indicator is not None and other.indicator is not None and one.indicator.value == other.indicator.value


def _tells_of_several(state: Walk) -> bool:
    """Whether a sentence gives what is not traded for two areas and more: "sales in Sweden …, in Norway …"."""
    if is_bilateral(state.lists, state.frame.indicator):
        return False
    return len({phrase.area.value for phrase in state.phrases if phrase.area is not None}) > 1


def _left(state: Walk) -> Frame:
    """The frame that the next sentence goes on with: that of the last figure, and not what is named behind it."""
    last = max(state.frames, default=None)
    if last is None or all(phrase.first < last for phrase in state.phrases if phrase.last not in state.ahead):
        return state.frame
    told = state.frames[last]
    return state.frame if is_bilateral(state.lists, told.indicator) else told


def _compared(when: dict[int, Times], before: Calendar) -> Calendar:
    """How the text counts, with whether it compares with the month or quarter before: as it did last."""
    told = [(one.period, one.base) for one in when.values() if one.period is not None and one.base is not None]
    said = [compares_with_prior(period, base) for period, base in told if base.how != INFERRED]
    with_prior = said[-1] if said else before.with_prior
    return before if with_prior == before.with_prior else replace(before, with_prior=with_prior)


def _negative(before: frozenset[int], tokens: list[Token]) -> frozenset[int]:
    """Where names that are below nothing stand, with those of the last sentences; not of all, as a text may go on."""
    named = [tokens[at] for at in places(tokens, "I")]
    new = {token.start for token in named if isinstance(token.mention, Name) and token.mention.negative}
    return frozenset(sorted(before | new)[-REMEMBERED:]) if new else before


def _carried_on(
    tokens: Row, numbers: list[int], measured: dict[int, Measured], when: dict[int, Times], before: Known | None
) -> Known | None:
    """The period that the next sentence goes on with: the latest of the figures that are not told for comparison."""
    latest: Known | None = None
    compares = words_of("compares")
    if not lacks(tokens, compares) and not compares.isdisjoint([token.text for token in tokens[: numbers[0]]]):
        return None  # "That compares with a loss of $706 million in 2022": told for comparison, all of it
    for at in numbers:
        told = when.get(at)
        if told is None or told.period is None or told.is_base or measured[at].is_base or _is_day(told.period):
            continue
        verb = next(
            (tokens[index] for index in range(at - 1, max(at - 16, -1), -1) if tokens[index].letter in "LUDS"), None
        )
        if verb is not None and verb.text in words_of("before_that") and before is not None:
            continue  # "in May they had a surplus of …" is before what the text has told of, where it has
        if _is_aside_alone(tokens, told.period) or _looks_back(tokens, told.period):
            continue
        if latest is None or last_day(told.period.value) > last_day(latest.value):
            latest = told.period
    return carried(latest)


def _is_its_end(tokens: Row, period: Known, before: Known) -> bool:
    """Whether a period is only the day on which the one before it ends: "at the end of June" in a text on half a year.

    What is told next is again of the half-year, unless it says otherwise.
    """
    one, other = last_day(period.value), last_day(before.value)
    if one != other or period.value == before.value:
        return False
    told = tokens.begins_with(period.start)
    return told is not None and isinstance(told.mention, Period) and bool(_AT_THE_END.search(told.mention.cue))


def _is_only_beside(
    text: str, tokens: Row, period: Known, numbers: list[int], measured: dict[int, Measured], context: Context
) -> bool:
    """Whether a sentence in the middle of a paragraph only tells what stood before what the text is about: "The surplus in
    March was $4.5 billion" in a text on April. A growth of that time, or a paragraph that begins with it, turns to it."""
    now = context.period
    if now is None or context.opening is None or now.value != context.opening.value:
        return False
    if any(at not in measured or measured[at].measure != LEVEL for at in numbers):
        return False
    return not _begins_line(text, tokens[0].start) and _is_like_before(period.value, now.value)


def _begins_line(text: str, start: int) -> bool:
    """Whether nothing stands before a place in its line."""
    return text[text.rfind("\n", 0, start) + 1 : start].strip() == ""


def _is_like_before(one: str, other: str) -> bool:
    """Whether a period is an earlier one of the same length: the month or quarter before, another year."""
    try:
        earlier, now = parse_period(one), parse_period(other)
    except PeriodError:
        return False
    return earlier.last < now.last and months(earlier) == months(now)


def _is_aside_alone(tokens: Row, period: Known) -> bool:
    """ "In March alone 472,000 passengers were carried": what follows is again of the quarter."""
    if lacks(tokens, ("alone",)):
        return False
    at = next((at for at, start in enumerate(tokens.starts) if start == period.start), None)
    return at is not None and at + 1 < len(tokens) and tokens[at + 1].text == "alone"


def _turns_to(
    state: Walk, when: dict[int, Times], levels: list[int], tokens: list[Token], period: Known | None, context: Context
) -> bool:
    """Whether a text turns to a time, bygone or not: "In 2023, …", or what it is about told anew of that time."""
    if period is None or any(token.start == period.start and not is_to_date(token) for token in tokens[:HEAD]):
        return period is not None
    about = {known.value for known in (context.outline.topic, context.frame.indicator) if known is not None}
    for at in levels:
        of_some = state.frames[at].other.keys() - (context.begun.other.keys() if context.begun is not None else ())
        if of_some and is_bilateral(state.lists, state.frames[at].indicator):
            continue  # "steel, valued at $7 million last year": only looked back on
        dated, indicator = when[at].period if at in when else None, state.frames[at].indicator
        if dated is not None and dated.start == period.start and indicator is not None and indicator.value in about:
            return True
    return False


def _looks_back(tokens: Row, period: Known) -> bool:
    """ "The deficit booked in the same month last year": what follows is of the time from which was looked back."""
    told = tokens.begins_with(period.start)
    pointing = told.mention.pointing if told is not None and isinstance(told.mention, Period) else None
    return pointing is not None and _BACK.match(pointing.what) is not None


def _inferred(frame: Frame) -> Frame:
    """Areas named in a sentence without figures are a guess for the next one."""

    def guess(known: Known | None) -> Known | None:
        return replace(known, how=INFERRED) if known is not None and known.how == EXPLICIT else known

    return replace(frame, area=guess(frame.area), counterpart=guess(frame.counterpart))


def _named_period(tokens: list[Token], source: Source, context: Context) -> Known | None:
    """The period of a sentence without figures: "2022 was a good year for trade", "the increase from 2021 to 2022"."""
    row = letters(tokens)
    for at, token in enumerate(tokens):
        if isinstance(token.mention, Period) and not _is_of_another_time(tokens, at, token.mention):
            around = context.period.value if context.period else None
            release = context.calendar.reported
            said = " ".join(source.text[token.start : token.end].lower().split())
            meant = meant_by(release, token.mention, said) if release is not None else None
            fiscal = meant or fiscal_period(token.mention, around, context.calendar)
            if fiscal is not None:
                return Known(fiscal, CARRIED, token.start, token.end)  # the title of a report: "Fiscal 2019 fourth quarter"
            found = resolve(token.mention, source.published, around)
            if found is not None:
                named = Known(found.period, CARRIED, token.start, token.end)
                if _CHANGED.search(row):
                    named = replace(named, value=last_of_span(named.value))
                return context.period if _is_day(named) else named
    return context.period


def _is_of_another_time(tokens: list[Token], at: int, mention: Period) -> bool:
    """Whether a period of a sentence without figures is none of what comes after: what it compares with, a time limit, when
    something began, what a clause on something else is about ("because the holidays fell in February")."""
    aside = any(token.text in words_of("subordinate") for token in tokens[:at])
    compared = mention.compares or is_behind_than(tokens, at)
    return aside or compared or mention.cue.startswith("by") or is_bygone(tokens[at]) or is_of_event(tokens, at)


def _is_day(period: Known) -> bool:
    """Whether a period is a date: of an event, and not of the figures that follow."""
    return len(period.value) == len("2024-06-26")
