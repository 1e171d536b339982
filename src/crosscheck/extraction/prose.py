"""Prose to statements: every number of a text becomes a statement, is left unresolved, or is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, EXPLICIT, INFERRED, UNSTATED
from crosscheck.extraction.about import main_indicator
from crosscheck.extraction.among import counted_among, give_each, measured_among, read_among
from crosscheck.extraction.apart import Seen, keep_apart
from crosscheck.extraction.assumed import Assumed, assumed_year
from crosscheck.extraction.balances import with_balances
from crosscheck.extraction.bare_lists import bare_items
from crosscheck.extraction.belonging import give_to_headline
from crosscheck.extraction.bodies import bodies_of, tells_of_several, without_passing
from crosscheck.extraction.certainty import Doubts, weigh
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.ellipses import with_units_left_out, with_years
from crosscheck.extraction.fiscal import calendar_of, fiscal_period
from crosscheck.extraction.frame import COUNTERPART, REFERENCE, Context, Frame, carried, comes_from, is_bilateral
from crosscheck.extraction.lives import lives_told
from crosscheck.extraction.measures import (
    GROWTH,
    LEVEL,
    MULTIPLE_OF,
    RATE,
    SHARE,
    Measured,
    give_bases,
    give_bounds,
    measures,
)
from crosscheck.extraction.mentions import heading_unit, mentions_of, with_heading_unit, within
from crosscheck.extraction.modality import FACT
from crosscheck.extraction.model import (
    FRACTION,
    MULTIPLE,
    Calendar,
    Extract,
    Known,
    Mentions,
    Name,
    Number,
    Observed,
    Period,
    Skipped,
    Statement,
    Unresolved,
)
from crosscheck.extraction.observing import observe
from crosscheck.extraction.overview import dated, first_pair, main_product, only_parts
from crosscheck.extraction.per_share import in_shares
from crosscheck.extraction.periods import resolve
from crosscheck.extraction.rates import as_own_rate, prior_base, taken_per
from crosscheck.extraction.reported import meant_by, reported_in
from crosscheck.extraction.respectively import distribute, distribute_again, periods_dealt, refer_back
from crosscheck.extraction.sentences import sentences
from crosscheck.extraction.source import ASIDE, PARAGRAPH, Block, Source, place_of
from crosscheck.extraction.state import Walk
from crosscheck.extraction.statements import is_rate, reason_of, statement_of
from crosscheck.extraction.surveys import is_survey
from crosscheck.extraction.table_units import UnitSaid
from crosscheck.extraction.ties import tie
from crosscheck.extraction.times import Times, compares_with_prior, times
from crosscheck.extraction.times_beside import first_day, is_bygone, is_quoted, last_day
from crosscheck.extraction.tokens import NUMBERS, Token, tokenize
from crosscheck.extraction.topic import home_of
from crosscheck.extraction.units_of_text import with_units
from crosscheck.extraction.walk import walk
from crosscheck.extraction.wholes import give_parts
from crosscheck.figures.quantities import Quantities
from crosscheck.inputs.values import replace

_AT_THE_END = re.compile(r"\b(?:end|close|as of|as at)\b")
_BACK = re.compile(r"(?:same[\w-]*@)?(?:previous|before):|same[\w-]*@year:-1")
HEAD = 3  # tokens: "In 2023", "For the whole of 2023"
REMEMBERED = 256  # indicators with their units, and names of deficits, from the sentences before


@dataclass(slots=True)
class _Found:
    statements: list[Statement]
    unresolved: list[Unresolved]
    skipped: list[Skipped]
    seen: Seen
    doubts: Doubts
    observed: list[Observed]


def read_prose(source: Source, lists: CodeLists, table: Quantities) -> Extract:
    """All figures of the text of a document; tables are read elsewhere."""
    source = dated(source)
    found = _Found([], [], [], Seen(), Doubts(), [])
    whole = () if source.tables else (Block(PARAGRAPH, 0, len(source.text)),)  # what is all tables has no prose
    blocks = source.blocks or whole
    read = [(block, mentions_of(source.text, block, lists, table)) for block in blocks]
    read = with_balances(source.text, read)
    assumed = assumed_year(
        source.text, (period for block, mentions in read if block.kind != ASIDE for period in mentions.periods)
    )
    bodies = bodies_of(source.text, read, lists, source.tables)
    main = bodies.main
    if main is not None and not bodies.labels and tells_of_several(source.text, [block for block, _ in read]):
        main = UNSTATED  # of one of them, and the sentence alone tells of which
    read = [(block, without_passing(source.text, block, mentions, bodies, lists)) for block, mentions in read]
    home = home_of(source.text, read, lists)
    read = with_units(source.text, read, home, lists)
    calendar = calendar_of(source.text, home, main)
    if bodies.is_issuer:
        calendar = replace(calendar, reported=reported_in(source.text, read, calendar))
    context = Context(
        pair=first_pair(source.text, read, lists),
        main=main,
        home=home,
        parts=only_parts(read, lists),
        goods=main_product(source.text, read, lists),
        topic=main_indicator(read),
        calendar=calendar,
        period=calendar.reported.period if calendar.reported is not None else None,
    )
    said: UnitSaid | None = None
    for block, mentions in read:
        mentions = with_heading_unit(source.text, block, mentions, said)
        said = heading_unit(source.text, block, said)
        found.skipped += mentions.skipped
        if block.kind == ASIDE:
            found.skipped += [Skipped(number.start, number.end, "beside the text") for number in mentions.numbers]
            continue
        context = _back_to_now(_at_paragraph(context, lists, bodies.labels.get(block.start, main)))
        for start, end in sentences(source.text, block.start, block.end):
            inside = within(mentions, start, end)
            context = _read_sentence(source, start, end, inside, lists, context, found, assumed)
    give_to_headline(source.text, blocks, found.statements)
    statements = tuple(found.statements)
    observed = (*found.observed, *observe(source, statements, found.skipped))
    return Extract(source, statements, tuple(found.unresolved), tuple(found.skipped), observed, about=bodies.main or home)


def _at_paragraph(context: Context, lists: CodeLists, main: str | None) -> Context:
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
    partner = None if context.varying == COUNTERPART else kept(context.frame.counterpart)
    area, owner = kept(context.frame.area), kept(context.owner)
    if main is None and area is not None and _is_elsewhere(area, partner, context):
        area = None
    if (area, partner, owner, main) == (context.frame.area, context.frame.counterpart, context.owner, context.main):
        return context
    return replace(context, frame=replace(context.frame, area=area, counterpart=partner), owner=owner, main=main)


def _back_to_now(context: Context) -> Context:
    """A paragraph goes on with the time that the text is about, and not with an earlier one that the last told of."""
    period, opening = context.period, context.opening
    if period is None or opening is None or last_day(period.value) >= first_day(opening.value):
        return context
    return replace(context, period=opening)


def _is_elsewhere(area: Known, partner: Known | None, context: Context) -> bool:
    """Whether an area is not the one that the text is about: a paragraph on another one does not speak for the next."""
    sides = [known.value for known in (area, partner) if known is not None]
    return context.home is not None and context.home not in sides


def _read_sentence(
    source: Source,
    start: int,
    end: int,
    mentions: Mentions,
    lists: CodeLists,
    context: Context,
    found: _Found,
    assumed: Assumed | None,
) -> Context:
    """Adds what a sentence states, and gives the context of the next."""
    text = source.text
    if not (mentions.numbers or mentions.periods or mentions.names):
        return context
    tokens = tokenize(text, start, end, mentions, context.main)
    numbers = [at for at, token in enumerate(tokens) if token.letter in NUMBERS]
    of_people = context.population is not None or is_survey(tokens)
    measured = measures(tokens, numbers, context.ratio, of_people)
    measured_among(tokens, numbers, measured)
    state = walk(text, tokens, measured, lists, context)
    _as_rates(state, numbers, measured, of_people)
    give_bases(tokens, measured)
    give_bounds(tokens, numbers, measured)
    dealt = periods_dealt(state.row, numbers)
    when = times(text, tokens, measured, numbers, source.published, context.period, assumed, context.calendar, dealt)
    pair = distribute(state, numbers, measured) or context.two
    distribute_again(state, numbers)
    refer_back(state, numbers, pair)
    give_parts(state, context)
    read_among(state, numbers)
    stated: dict[int, int] = {}
    lost = False  # a figure of this sentence is not understood
    said = _numbers_said(text, end, state, numbers, measured, when)
    for at in numbers:
        number = said[at]
        per = at + 1 < len(tokens) and tokens[at + 1].text == "per" and "/" not in number.unit
        reason = reason_of(number, measured.get(at), state.frames.get(at), context, per)
        if reason is None and number.unit == "" and _of_other_things(state, at):
            reason = "it is not clear what it is a figure of: other things were counted just before"
        if at in state.nameless:
            reason = "a share of which the text does not say in one name what has it"
        if reason is None and lost and _goes_on(state.frames.get(at), measured[at]):
            reason = "it is told of the figure before it, which is not understood"
        lost = lost or reason is not None
        if reason is not None:
            place = place_of(source, number.start, number.end)
            found.unresolved.append(Unresolved(number.start, number.end, text[number.start : number.end], reason, place))
            continue
        stated[at] = len(found.statements)
        found.statements.append(statement_of(source, tokens, at, number, measured[at], state, when[at], context))
    found.observed += tie(text, tokens, numbers, measured, state, stated, found.statements)
    keep_apart(text, tokens, stated, found.statements, found.seen)
    weigh(stated, found.statements, state, found.doubts)
    _take(lives_told(source, start, end), found)
    _take(bare_items(source, end, tokens, found.statements, stated), found)
    context = context if pair is context.two else replace(context, two=pair)
    after = _next(state, when, measured, numbers, context, tokens, source)
    return after if _reports(stated, found, context) else replace(after, period=context.period)


def _reports(stated: dict[int, int], found: _Found, context: Context) -> bool:
    """Whether the next sentence may go on with the period of this one: what a release expects is of another one."""
    facts = [found.statements[index].modality == FACT for index in stated.values()]
    return context.calendar.reported is None or not facts or any(facts)


def _as_rates(state: Walk, numbers: list[int], measured: dict[int, Measured], of_people: bool) -> None:
    """Percentages of what is itself one: inflation, a margin; where nothing says that they measure something else."""
    for at in numbers:
        if state.tokens[at].letter != "%" or at not in state.frames:
            continue
        frame = state.frames[at]
        if at not in measured or (of_people and measured[at].measure == SHARE and at not in state.of_people):
            if is_rate(state.lists, frame):
                measured[at] = replace(measured.get(at, Measured(RATE)), measure=RATE, by_context=True)
        elif at not in state.of_people:
            measured[at] = as_own_rate(state.row, at, measured[at], frame, state.lists)


def _take(told: Iterable[Statement], found: _Found) -> None:
    """Adds statements whose numbers were left aside before, or not understood."""
    for one in told:
        found.statements.append(one)
        found.skipped = [other for other in found.skipped if other.start != one.start]
        found.unresolved = [other for other in found.unresolved if other.start != one.start]


def _numbers_said(
    text: str, end: int, state: Walk, numbers: list[int], measured: dict[int, Measured], when: dict[int, Times]
) -> dict[int, Number]:
    """The numbers with the units that the words around give them; puts what they are taken per into frames and times."""
    said: dict[int, Number] = {}
    counted = state.tokens[state.counted].mention if state.counted is not None else None
    annualised: list[int] = []
    for at in numbers:
        number = state.tokens[at].mention
        assert isinstance(number, Number)
        frame = state.frames.get(at)
        if isinstance(counted, Number) and number.unit == "" and frame is state.frames[state.counted or 0]:
            number = replace(number, unit=counted.unit, figure=f"{number.figure} {counted.unit}", kind=counted.kind)
        if number.kind == FRACTION and at in measured and measured[at].measure == MULTIPLE_OF:
            number = replace(number, figure=f"{number.figure} times", unit="times", kind=MULTIPLE)
        if at in measured and frame is not None:
            number = in_shares(state.tokens, at, number, measured[at], frame)
            taken = taken_per(text, end, number, measured[at], when[at], state.lists)
            number, when[at] = taken.number, taken.when
            if taken.other:
                state.frames[at] = replace(frame, other={**frame.other, **taken.other})
            annualised += [at] if taken.is_annualised else []
        said[at] = number
    counted_among(state, said)
    give_each(text, state, said, measured)
    said = with_years(text, with_units_left_out(state, said, measured))
    for at in numbers if annualised else ():
        if at in measured and measured[at].measure == GROWTH:
            when[at] = prior_base(when[at])
    return said


def _of_other_things(state: Walk, at: int) -> bool:
    """ "The timetable had 9,125 sailings; 147 were cancelled": not passengers, of whom the sentence before spoke."""
    counted, frame = state.counted, state.frames[at]
    if counted is None or counted >= at or frame.indicator is None or frame.indicator.how != CARRIED:
        return False
    things = state.frames[counted].indicator
    return things is not None and things.value != frame.indicator.value


def _goes_on(frame: Frame | None, measured: Measured) -> bool:
    """Whether a figure is told of what came before: a growth or share without a subject of its own."""
    indicator = frame.indicator if frame is not None else None
    return indicator is not None and indicator.how != EXPLICIT and measured.measure != LEVEL


def _next(
    state: Walk,
    when: dict[int, Times],
    measured: dict[int, Measured],
    numbers: list[int],
    context: Context,
    tokens: list[Token],
    source: Source,
) -> Context:
    """The context that a sentence leaves."""
    period = _carried_on(tokens, numbers, measured, when) if numbers else _named_period(tokens, source, context)
    if period is not None and context.period is not None and _is_its_end(tokens, period, context.period):
        period = None
    if period is not None and context.period is not None and is_quoted(source.text, tokens[0].start):
        # what somebody says of a time before is not the time that the text goes on with
        period = None if last_day(period.value) < first_day(context.period.value) else period
    period = period or context.period
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
    return replace(
        context,
        frame=frame,
        period=period,
        opening=period
        if context.opening is None or _turns_to(state, when, levels, tokens, period, context)
        else context.opening,
        pair=state.pair or context.pair,
        group=state.group,
        owner=context.owner if _tells_of_several(state) else state.owner,
        varying=state.varying if frame.counterpart is not None else "",
        population=state.population,
        acts=dict(list(state.acts.items())[-REMEMBERED:]) if state.acts else context.acts,
        trade=state.frame if is_bilateral(state.lists, state.frame.indicator) else context.trade,
        wholes=(*context.wholes, *(state.frames[at] for at in levels))[-12:],
        units=units,
        negative=_negative(context.negative, tokens),
        ratio=ratios[-1] if ratios else context.ratio,
        calendar=_compared(when, context.calendar),
    )


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
        return replace(frame, counterpart=before.counterpart) if len(partners) > 1 else frame
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
    new = {token.start for token in tokens if isinstance(token.mention, Name) and token.mention.negative}
    return frozenset(sorted(before | new)[-REMEMBERED:]) if new else before


def _carried_on(
    tokens: list[Token], numbers: list[int], measured: dict[int, Measured], when: dict[int, Times]
) -> Known | None:
    """The period that the next sentence goes on with: the latest of the figures that are not told for comparison."""
    latest: Known | None = None
    if not words_of("compares").isdisjoint([token.text for token in tokens[: numbers[0]]]):
        return None  # "That compares with a loss of $706 million in 2022": told for comparison, all of it
    for at in numbers:
        told = when.get(at)
        if told is None or told.period is None or told.is_base or measured[at].is_base or _is_day(told.period):
            continue
        verb = next(
            (tokens[index] for index in range(at - 1, max(at - 16, -1), -1) if tokens[index].letter in "LUDS"), None
        )
        if verb is not None and verb.text in words_of("before_that"):
            continue
        if _is_aside_alone(tokens, told.period) or _looks_back(tokens, told.period):
            continue
        if latest is None or last_day(told.period.value) > last_day(latest.value):
            latest = told.period
    return carried(latest)


def _is_its_end(tokens: list[Token], period: Known, before: Known) -> bool:
    """Whether a period is only the day on which the one before it ends: "at the end of June" in a text on half a year.

    What is told next is again of the half-year, unless it says otherwise.
    """
    one, other = last_day(period.value), last_day(before.value)
    if one != other or period.value == before.value:
        return False
    told = (token.mention for token in tokens if token.start == period.start)
    return any(isinstance(mention, Period) and _AT_THE_END.search(mention.cue) for mention in told)


def _is_aside_alone(tokens: list[Token], period: Known) -> bool:
    """ "In March alone 472,000 passengers were carried": what follows is again of the quarter."""
    at = next((at for at, token in enumerate(tokens) if token.start == period.start), None)
    return at is not None and at + 1 < len(tokens) and tokens[at + 1].text == "alone"


def _turns_to(
    state: Walk, when: dict[int, Times], levels: list[int], tokens: list[Token], period: Known | None, context: Context
) -> bool:
    """Whether a text turns to a time, bygone or not: "In 2023, …", or what it is about told anew of that time."""
    if period is None or any(token.start == period.start for token in tokens[:HEAD]):
        return period is not None
    about = {known.value for known in (context.topic, context.frame.indicator) if known is not None}
    for at in levels:
        told, indicator = when[at].period if at in when else None, state.frames[at].indicator
        if told is not None and told.start == period.start and indicator is not None and indicator.value in about:
            return True
    return False


def _looks_back(tokens: list[Token], period: Known) -> bool:
    """ "The deficit booked in the same month last year": what follows is of the time from which was looked back."""
    told = (token.mention for token in tokens if token.start == period.start)
    return any(isinstance(m, Period) and m.pointing is not None and _BACK.match(m.pointing.what) for m in told)


def _inferred(frame: Frame) -> Frame:
    """Areas named in a sentence without figures are a guess for the next one."""

    def guess(known: Known | None) -> Known | None:
        return replace(known, how=INFERRED) if known is not None and known.how == EXPLICIT else known

    return replace(frame, area=guess(frame.area), counterpart=guess(frame.counterpart))


def _named_period(tokens: list[Token], source: Source, context: Context) -> Known | None:
    """The period of a sentence without figures: "2022 was a good year for trade"."""
    for token in tokens:
        if isinstance(token.mention, Period) and not token.mention.compares and not is_bygone(token):
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
                return context.period if _is_day(named) else named
    return context.period


def _is_day(period: Known) -> bool:
    """Whether a period is a date: of an event, and not of the figures that follow."""
    return len(period.value) == len("2024-06-26")
