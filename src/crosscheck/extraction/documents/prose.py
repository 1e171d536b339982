"""Prose to statements: every number of a text becomes a statement, is left unresolved, or is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, EXPLICIT, INFERRED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.documents.across import tie_across
from crosscheck.extraction.documents.balances import as_surplus, with_balances
from crosscheck.extraction.documents.bodies import bodies_of, tells_of_several, without_passing
from crosscheck.extraction.documents.certainty import Doubts, weigh
from crosscheck.extraction.documents.clean import without_rows
from crosscheck.extraction.documents.editions import edition_of, of_that_day
from crosscheck.extraction.documents.mentions import heading_unit, mentions_of, with_heading_unit, within
from crosscheck.extraction.documents.observing import observe
from crosscheck.extraction.documents.onward import at_paragraph, back_to_now, next_context
from crosscheck.extraction.documents.overview import dated, first_pair, is_on_survey, outline_of, with_fieldwork
from crosscheck.extraction.documents.regions import region_of, with_regions
from crosscheck.extraction.documents.statements import is_rate, reason_of, statement_of
from crosscheck.extraction.documents.topic import home_of
from crosscheck.extraction.documents.units_of_text import with_units
from crosscheck.extraction.model import (
    BARE,
    FRACTION,
    MEASURE,
    MULTIPLE,
    Extract,
    Known,
    Mentions,
    Number,
    Observed,
    Skipped,
    Statement,
    Unresolved,
)
from crosscheck.extraction.periods.fiscal import calendar_of
from crosscheck.extraction.periods.reported import reported_in
from crosscheck.extraction.relations.among import (
    counted_among,
    give_each,
    measured_among,
    read_among,
    read_shares_of_counts,
)
from crosscheck.extraction.relations.apart import Seen, keep_apart
from crosscheck.extraction.relations.bare_lists import bare_items
from crosscheck.extraction.relations.between_levels import between_levels
from crosscheck.extraction.relations.comparisons import with_units_compared
from crosscheck.extraction.relations.fronted import tell_of_whom
from crosscheck.extraction.relations.lives import lives_told
from crosscheck.extraction.relations.numbered import Numbered, name_apart, series_of
from crosscheck.extraction.relations.of_units import keep_to_their_units, kinds_beside
from crosscheck.extraction.relations.partners import leave_partner
from crosscheck.extraction.relations.portions import tie_beside, told_beside
from crosscheck.extraction.relations.ties import tie
from crosscheck.extraction.sentences.assumed import Assumed, assumed_year
from crosscheck.extraction.sentences.ellipses import with_rates_left_out, with_units_left_out, with_years
from crosscheck.extraction.sentences.frame import Context, Frame
from crosscheck.extraction.sentences.left_out import without_left_out
from crosscheck.extraction.sentences.measures import (
    GROWTH,
    LEVEL,
    MULTIPLE_OF,
    RATE,
    SHARE,
    Measured,
    measures,
)
from crosscheck.extraction.sentences.modality import FACT
from crosscheck.extraction.sentences.own_things import count_own_things
from crosscheck.extraction.sentences.per_share import in_shares
from crosscheck.extraction.sentences.rates import as_own_rate, at_the_end, of_a_share, prior_base, taken_per, till_then
from crosscheck.extraction.sentences.reckoned import with_basis
from crosscheck.extraction.sentences.respectively import distribute, distribute_again, periods_dealt, refer_back
from crosscheck.extraction.sentences.splitting import sentences
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.surveys import RESPONDENTS, is_survey
from crosscheck.extraction.sentences.then_in_brackets import read_ends
from crosscheck.extraction.sentences.times import times
from crosscheck.extraction.sentences.times_compared import Times
from crosscheck.extraction.sentences.tokenizing import tokenize
from crosscheck.extraction.sentences.tokens import NUMBERS, places
from crosscheck.extraction.sentences.told_after import measure_told_after
from crosscheck.extraction.sentences.unmeasured import compare_rates, measure_rest
from crosscheck.extraction.sentences.votes import in_points, read_votes, since_last_poll, those_voted_for
from crosscheck.extraction.sentences.walk import walk
from crosscheck.extraction.sentences.wholes import give_parts
from crosscheck.extraction.source import ASIDE, PARAGRAPH, Block, Source, place_of
from crosscheck.extraction.tables.units import UnitSaid
from crosscheck.figures.quantities import Quantities
from crosscheck.inputs.values import replace

NEAR = 20  # tokens
REACH = 160  # characters
PER_AREA = re.compile(r"\b(?:per|an?) (hectare|acre)\b")


@dataclass(slots=True)
class _Found:
    statements: list[Statement]
    unresolved: list[Unresolved]
    skipped: list[Skipped]
    seen: Seen
    doubts: Doubts
    observed: list[Observed]
    taken: set[int]  # where numbers begin that are statements after all
    series: list[Numbered]
    kinds: dict[int, str]  # of unit, of the levels that growths stand beside


def read_prose(source: Source, lists: CodeLists, table: Quantities) -> Extract:
    """All figures of the text of a document; tables are read elsewhere."""
    source = dated(source)
    whole = () if source.tables else (Block(PARAGRAPH, 0, len(source.text)),)  # what is all tables has no prose
    blocks, rows = without_rows(source.text, source.blocks or whole)
    read = [(block, mentions_of(source.text, block, lists, table)) for block in blocks]
    series = series_of(source.text, (one for _, mentions in read for one in mentions.skipped))
    found = _Found([], [], rows, Seen(), Doubts(), [], set(), series, {})
    read = with_balances(source.text, without_left_out(source.text, read))
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
    on_survey = is_on_survey(source.text)
    main = None if main in (voted := those_voted_for(source.text, [mentions for _, mentions in read])) else main
    edition = edition_of(source.text, source.published, calendar) if main is None else None
    context = Context(
        outline=replace(outline_of(source.text, read, lists, home), voted=voted, edition=edition),
        population=Frame(Known(RESPONDENTS, INFERRED)) if on_survey else None,
        pair=first_pair(source.text, read, lists),
        group=region_of([mentions for _, mentions in read], lists, source.text),
        main=main,
        calendar=calendar,
        period=calendar.reported.period if calendar.reported is not None else edition,
        opening=edition,
    )
    said: UnitSaid | None = None
    for block, mentions in read:
        mentions = with_heading_unit(source.text, block, mentions, said)
        said = heading_unit(source.text, block, said)
        found.skipped += mentions.skipped
        if block.kind == ASIDE:
            found.skipped += [Skipped(number.start, number.end, "beside the text") for number in mentions.numbers]
            continue
        context = back_to_now(at_paragraph(context, lists, bodies.labels.get(block.start, main)))
        for start, end in sentences(source.text, block.start, block.end):
            inside = within(mentions, start, end)
            context = _read_sentence(source, start, end, inside, lists, context, found, assumed)
    known = len(found.statements)
    found.observed += tie_across(source, read, found.statements)
    found.taken |= {one.start for one in found.statements[known:]}
    keep_to_their_units(found.statements, found.kinds)
    with_regions([mentions for _, mentions in read], lists, found.statements)
    statements = tuple(with_fieldwork(source, read, found.statements) if on_survey else found.statements)
    skipped = tuple([one for one in found.skipped if one.start not in found.taken])
    unresolved = tuple([one for one in found.unresolved if one.start not in found.taken])
    observed = (*found.observed, *observe(source, statements, skipped))
    return Extract(source, statements, unresolved, skipped, observed, about=bodies.main or home)


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
    numbers = places(tokens, NUMBERS)
    of_people = context.population is not None or is_survey(tokens)
    measured = measures(tokens, numbers, context.ratio, of_people)
    measured_among(tokens, numbers, measured)
    measure_rest(tokens, numbers, measured)
    state = walk(text, tokens, measured, lists, context)
    _as_rates(state, numbers, measured, of_people)
    read_votes(state, numbers, measured, context.outline.voted)
    count_own_things(state, numbers, measured)
    read_ends(state, numbers, measured)
    beside = told_beside(state, numbers, measured)
    dealt = periods_dealt(state.row, numbers)
    when = times(text, tokens, measured, numbers, source.published, context.period, assumed, context.calendar, dealt)
    context = _timed(state, when, measured, context)
    pair = distribute(state, numbers, measured) or context.two
    distribute_again(state, numbers)
    refer_back(state, numbers, pair)
    give_parts(state, context)
    read_among(state, numbers)
    read_shares_of_counts(state)
    stated: dict[int, int] = {}
    lost = False  # a figure of this sentence is not understood
    said = with_units_compared(beside.comparisons, _numbers_said(text, end, state, numbers, measured, when))
    for at in numbers:
        number = said[at]
        reason = _reason(state, at, number, measured.get(at), context)
        if reason is None and lost and _goes_on(state.frames.get(at), measured[at]):
            reason = "it is told of the figure before it, which is not understood"
        lost = lost or reason is not None
        if reason is not None:
            found.unresolved.append(_unresolved(source, number, reason))
            continue
        stated[at] = len(found.statements)
        found.statements.append(statement_of(source, tokens, at, number, measured[at], state, when[at], context))
    tie_beside(text, tokens, beside, found.statements, stated)
    found.observed += tie(text, tokens, numbers, measured, state, stated, found.statements)
    with_basis(text, start, end, found.statements, stated.values())
    between_levels(tokens, found.statements, stated)
    _tell_apart(source, (start, end), state, stated, found)
    weigh(stated, found.statements, state, found.doubts)
    _take(lives_told(source, start, end), found)
    _take(bare_items(source, end, tokens, found.statements, stated), found)
    context = context if pair is context.two else replace(context, two=pair)
    after = next_context(state, when, measured, numbers, context, tokens, source)
    return after if _reports(stated, found, context) else replace(after, period=context.period)


def _tell_apart(source: Source, span: tuple[int, int], state: Walk, stated: dict[int, int], found: _Found) -> None:
    """Keeps figures of a sentence apart that seem to be of one thing and are not."""
    tell_of_whom(source.text, state.tokens, stated, found.statements)
    name_apart(source.text, *span, found.series, stated, found.statements)
    found.kinds |= kinds_beside(state.tokens, stated, found.statements)
    if leave_partner(stated, found.statements, found.seen):
        state.frame = replace(state.frame, counterpart=None)
    keep_apart(source.text, state.tokens, stated, found.statements, found.seen)


def _unresolved(source: Source, number: Number, reason: str) -> Unresolved:
    place = place_of(source, number.start, number.end)
    return Unresolved(number.start, number.end, source.text[number.start : number.end], reason, place)


def _reason(state: Walk, at: int, number: Number, measure: Measured | None, context: Context) -> str | None:
    """Why a number cannot become a statement, or None."""
    tokens = state.tokens
    per = at + 1 < len(tokens) and tokens[at + 1].text == "per" and "/" not in number.unit
    before = tokens[max(at - NEAR, 0) : at] if "number" in tokens.texts else ()
    # "the number rose to 141,000", "that is 30 more than in 2023, when it had 194"
    of_things = state.of_things or any(token.text == "number" for token in before)
    reason = reason_of(number, measure, _as_named(state, at), context, per, of_things)
    if reason is None and number.unit == "" and _of_other_things(state, at):
        reason = "it is not clear what it is a figure of: other things were counted just before"
    return reason


def _as_named(state: Walk, at: int) -> Frame | None:
    """The frame of a number; an indicator that the sentence names, if only in short, is no carried one."""
    frame = state.frames.get(at)
    own = frame.indicator if frame is not None else None
    if frame is None or own is None or own.how != CARRIED or own.start is None or own.start < state.tokens[0].start:
        return frame
    return replace(frame, indicator=replace(own, how=EXPLICIT))


def _reports(stated: dict[int, int], found: _Found, context: Context) -> bool:
    """Whether the next sentence may go on with the period of this one: what a release expects is of another one."""
    facts = [found.statements[index].modality == FACT for index in stated.values()]
    return context.calendar.reported is None or not facts or any(facts)


def _as_rates(state: Walk, numbers: list[int], measured: dict[int, Measured], of_people: bool) -> None:
    """Percentages of what is itself one: inflation, a margin; where nothing says that they measure something else."""
    for at in numbers:
        own = state.frames[at].indicator if at in state.frames else None
        if state.tokens[at].letter == "p" and own is not None and own.value in words_of("in_points"):
            measured[at] = Measured(RATE)
        if state.tokens[at].letter != "%" or at not in state.frames:
            continue
        frame = state.frames[at]
        if at not in measured or (of_people and measured[at].measure == SHARE and at not in state.of_people):
            if is_rate(state.lists, frame):
                measured[at] = replace(measured.get(at, Measured(RATE)), measure=RATE, by_context=True)
        elif at not in state.of_people:
            measured[at] = as_own_rate(state.row, at, measured[at], frame, state.lists)
    as_surplus(state, numbers, measured)
    measure_told_after(state.tokens, numbers, measured)
    compare_rates(state.row, numbers, measured)


def _timed(state: Walk, when: dict[int, Times], measured: dict[int, Measured], context: Context) -> Context:
    """Puts the days of counts and the time of the last poll into times; the context with those that are told here."""
    poll = since_last_poll(state, when, context.last_poll) if state.votes else context.last_poll
    counted = of_that_day(when, state.frames, measured, context.counted, state.lists)
    if poll is context.last_poll and counted is context.counted:
        return context
    return replace(context, last_poll=poll, counted=counted)


def _take(told: Iterable[Statement], found: _Found) -> None:
    """Adds statements whose numbers were left aside before, or not understood."""
    for one in told:
        found.statements.append(one)
        found.taken.add(one.start)


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
        if (
            isinstance(counted, Number)
            and number.kind == BARE
            and number.unit == ""
            and frame is state.frames[state.counted or 0]
        ):
            number = replace(number, unit=counted.unit, figure=f"{number.figure} {counted.unit}", kind=counted.kind)
        if number.kind == FRACTION and at in measured and measured[at].measure == MULTIPLE_OF:
            number = replace(number, figure=f"{number.figure} times", unit="times", kind=MULTIPLE)
        if at in measured and frame is not None:
            frame = state.frames[at] = of_a_share(state.row, at, measured, frame)
            number = in_shares(state.tokens, at, in_points(state, at, number), measured[at], frame)
            number = _per_area(text, end, number, frame)
            taken = taken_per(text, end, number, measured[at], when[at], state.lists)
            number, when[at] = taken.number, at_the_end(text, taken.when, measured[at], frame, state.lists)
            if taken.other:
                state.frames[at] = replace(frame, other={**frame.other, **taken.other})
            when[at] = till_then(state.tokens, when[at], measured[at], frame, state.lists)
            annualised += [at] if taken.is_annualised else []
        said[at] = number
    counted_among(state, said)
    give_each(text, state, said, measured)
    said = with_years(text, with_units_left_out(state, said, measured))
    said = with_rates_left_out(text, state, said, measured)
    for at in numbers if annualised else ():
        if at in measured and measured[at].measure == GROWTH:
            when[at] = prior_base(when[at])
    return said


def _per_area(text: str, end: int, number: Number, frame: Frame) -> Number:
    """ "The yield per hectare rose to 4.1 tons": tons a hectare."""
    if number.kind != MEASURE or "/" in number.unit or frame.indicator is None or frame.indicator.value != "crop-yield":
        return number
    found = PER_AREA.search(text, max(number.start - REACH, text.rfind("\n", 0, number.start) + 1), end)
    if found is None or number.unit in words_of("land"):
        return number
    unit = f"{number.unit}/{found[1].replace('hectare', 'ha')}"
    return replace(number, figure=number.figure.removesuffix(number.unit) + unit, unit=unit)


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
