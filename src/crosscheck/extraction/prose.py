"""Prose to statements: every number of a text becomes a statement, is left unresolved, or is no figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, EXPLICIT, INFERRED, NOT_STATED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.bodies import main_entity, without_passing
from crosscheck.extraction.frame import REFERENCE, Context, Frame, carried, is_bilateral
from crosscheck.extraction.apart import keep_apart
from crosscheck.extraction.lists import close_lists
from crosscheck.extraction.measures import CHANGE, GROWTH, LEVEL, MULTIPLE_OF, RATE, SHARE, Measured, measures
from crosscheck.extraction.modality import FACT, PLAN, modality_of
from crosscheck.extraction.model import (
    BARE,
    COUNT,
    MEASURE,
    MONEY,
    PERCENT,
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
from crosscheck.extraction.names import find_names_and_sources
from crosscheck.extraction.numbers import find_numbers
from crosscheck.extraction.observing import observe
from crosscheck.extraction.periods import find_periods, published_in, resolve
from crosscheck.extraction.respectively import distribute
from crosscheck.extraction.sentences import sentences
from crosscheck.extraction.source import ASIDE, CAPTION, HEADING, ITEM, PARAGRAPH, TITLE, Block, Source, place_of
from crosscheck.extraction.state import Walk
from crosscheck.extraction.table_units import UnitSaid, unit_said
from crosscheck.extraction.times import Assumed, Times, assumed_year, is_bygone, times
from crosscheck.extraction.tokens import NUMBERS, Token, tokenize
from crosscheck.extraction.walk import walk
from crosscheck.extraction.wholes import whole_of
from crosscheck.figures.quantities import Quantities

SCALES = {0: "", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
M = TypeVar("M", Number, Period, Name)


@dataclass(slots=True)
class _Found:
    statements: list[Statement]
    unresolved: list[Unresolved]
    skipped: list[Skipped]
    observed: list[Observed]


def read_prose(source: Source, lists: CodeLists, table: Quantities) -> Extract:
    """All figures of the text of a document; tables are read elsewhere."""
    source = _dated(source)
    found = _Found([], [], [], [])
    blocks = source.blocks or (Block(PARAGRAPH, 0, len(source.text)),)
    read = [(block, mentions_of(source.text, block, lists, table)) for block in blocks]
    assumed = assumed_year(source.text, (period for block, mentions in read if block.kind != ASIDE for period in mentions.periods))
    main = main_entity(mentions for _, mentions in read)
    read = [(block, without_passing(source.text, mentions, main)) for block, mentions in read]
    context = Context(pair=_first_pair(source.text, read, lists), main=main, parts=_only_parts(read, lists))
    said: UnitSaid | None = None
    for block, mentions in read:
        mentions = _with_heading_unit(source.text, block, mentions, said)
        said = _heading_unit(source.text, block, said)
        found.skipped += mentions.skipped
        if block.kind == ASIDE:
            found.skipped += [Skipped(number.start, number.end, "beside the text") for number in mentions.numbers]
            continue
        context = _at_paragraph(context, lists, main)
        for start, end in sentences(source.text, block.start, block.end):
            inside = _within(mentions, start, end)
            context = _read_sentence(source, start, end, inside, lists, context, found, assumed)
    statements = tuple(found.statements)
    observed = (*found.observed, *observe(source, statements, found.skipped))
    return Extract(source, statements, tuple(found.unresolved), tuple(found.skipped), observed)


def _first_pair(text: str, read: list[tuple[Block, Mentions]], lists: CodeLists) -> tuple[Known, Known] | None:
    """The two areas that the text names together most often: what "the two countries" are before it has said so."""
    found: dict[frozenset[str], list[tuple[Known, Known]]] = {}
    for block, mentions in read:
        areas = [name for name in mentions.names if name.dimension == REFERENCE and name.code and block.kind != ASIDE]
        for one, other in pairwise(areas):
            between = text[one.end : other.start].strip().lower()
            if one.code != other.code and between in ("-", "–", "and", "and the"):
                pair = tuple(Known(name.code or "", INFERRED, name.start, name.end) for name in (one, other))
                found.setdefault(frozenset((one.code or "", other.code or "")), []).append((pair[0], pair[1]))
    best = max(found.values(), key=len, default=None)
    return best[0] if best else None


def _only_parts(read: list[tuple[Block, Mentions]], lists: CodeLists) -> dict[str, Known]:
    """By area, the part of it that the document names, where it names one alone."""
    found: dict[str, dict[str, Known]] = {}
    for block, mentions in read:
        for name in mentions.names:
            parent = lists.part_of(REFERENCE, name.code) if name.code and name.dimension == REFERENCE else None
            if parent is not None and block.kind != ASIDE:
                found.setdefault(parent, {}).setdefault(name.code or "", Known(name.code or "", INFERRED, name.start, name.end))
    return {parent: next(iter(parts.values())) for parent, parts in found.items() if len(parts) == 1}


def _at_paragraph(context: Context, lists: CodeLists, main: str | None) -> Context:
    """A paragraph begins without the bodies that the last one spoke of, unless the document is about them."""

    def kept(known: Known | None) -> Known | None:
        if known is not None and known.value == "WORLD":
            return None
        if known is None or known.value == main or lists.find(REFERENCE, known.value) is not None:
            return known
        return None

    frame = replace(context.frame, area=kept(context.frame.area), counterpart=kept(context.frame.counterpart))
    return replace(context, frame=frame, owner=kept(context.owner))


def _dated(source: Source) -> Source:
    if source.published is not None:
        return source
    dated = published_in(source.text)
    return replace(source, published=dated[0]) if dated is not None else source


def mentions_of(text: str, block: Block, lists: CodeLists, table: Quantities) -> Mentions:
    """The mentions of a block, with spans in the whole text."""
    part = text[block.start : block.end]
    periods = find_periods(part)
    names = find_names_and_sources(part, lists)
    with_digits = [one for one in names if any(letter.isdigit() for letter in part[one.start : one.end])]
    taken = sorted((one.start, one.end) for one in (*periods, *with_digits))
    numbers, skipped = find_numbers(part, taken, table)
    by = block.start
    return Mentions(
        tuple(_shifted_number(one, by) for one in numbers),
        tuple(
            replace(
                one, start=one.start + by, end=one.end + by, cue_start=None if one.cue_start is None else one.cue_start + by
            )
            for one in periods
        ),
        tuple(replace(one, start=one.start + by, end=one.end + by) for one in names),
        tuple(replace(one, start=one.start + by, end=one.end + by) for one in skipped),
    )


def _with_heading_unit(text: str, block: Block, mentions: Mentions, said: UnitSaid | None) -> Mentions:
    """Bare numbers under a heading that gives their unit: "Trade, billions of US dollars … Kazakhstan: 43.82"."""
    scale = SCALES.get(said.power) if said is not None else None
    if said is None or scale is None or not said.unit:
        return mentions
    kind = MONEY if len(said.unit) == 3 and said.unit.isupper() else PERCENT if said.unit == "percent" else MEASURE
    factor = Fraction(10) ** said.power
    numbers = []
    for number in mentions.numbers:
        if number.kind == BARE and not number.word:
            figure = f"{number.figure} {scale} {said.unit}".replace("  ", " ")
            number = replace(number, figure=figure, unit=said.unit, kind=kind, value=number.value * factor)
        numbers.append(number)
    return replace(mentions, numbers=tuple(numbers))


def _heading_unit(text: str, block: Block, before: UnitSaid | None) -> UnitSaid | None:
    """The unit that a heading, or a line in front of a list, gives for what follows."""
    if block.kind not in (TITLE, HEADING, CAPTION) and block.end - block.start > 200:
        return before
    for part in re.split(r"[(),;:|]", text[block.start : block.end]):
        said = unit_said(part)
        if said is not None and said.unit:
            return said
    return None if block.kind in (TITLE, HEADING, CAPTION) else before


def _shifted_number(number: Number, by: int) -> Number:
    return replace(
        number,
        start=number.start + by,
        end=number.end + by,
        qualifier_start=None if number.qualifier_start is None else number.qualifier_start + by,
        noun=None if number.noun is None else (number.noun[0] + by, number.noun[1] + by),
    )


def _within(mentions: Mentions, start: int, end: int) -> Mentions:
    return Mentions(
        _between(mentions.numbers, start, end), _between(mentions.periods, start, end), _between(mentions.names, start, end)
    )


def _between(items: Sequence[M], start: int, end: int) -> tuple[M, ...]:
    low = bisect_left(items, start, key=attrgetter("start"))
    high = bisect_left(items, end, key=attrgetter("start"))
    return tuple(items[low:high])


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
    tokens = tokenize(text, start, end, mentions)
    numbers = [at for at, token in enumerate(tokens) if token.letter in NUMBERS]
    measured = measures(tokens, numbers, context.ratio)
    state = walk(text, tokens, measured, lists, context)
    for at in numbers:
        if at not in measured and tokens[at].letter == "%" and at in state.frames and _is_rate(lists, state.frames[at]):
            measured[at] = Measured(RATE)
    when = times(text, tokens, measured, numbers, source.published, context.period, assumed)
    distribute(state, numbers, measured)
    stated: dict[int, int] = {}
    for at in numbers:
        number = tokens[at].mention
        assert isinstance(number, Number)
        if number.unit == "" and state.counted is not None and state.frames.get(at) is state.frames[state.counted]:
            counted = tokens[state.counted].mention
            assert isinstance(counted, Number)
            number = replace(number, unit=counted.unit, figure=f"{number.figure} {counted.unit}", kind=counted.kind)
        per = at + 1 < len(tokens) and tokens[at + 1].text == "per"
        reason = _reason(number, measured.get(at), state.frames.get(at), context, per)
        if at in state.nameless:
            reason = "a share of which the text does not say in one name what has it"
        if reason is not None:
            place = place_of(source, number.start, number.end)
            found.unresolved.append(Unresolved(number.start, number.end, text[number.start : number.end], reason, place))
            continue
        stated[at] = len(found.statements)
        found.statements.append(_statement(source, tokens, at, number, measured[at], state, when[at], context))
    close_lists(text, tokens, numbers, found.statements, stated)
    keep_apart(text, tokens, stated, found.statements)
    return _next(state, when, measured, numbers, context, tokens, source)


def _is_rate(lists: CodeLists, frame: Frame) -> bool:
    """Whether figures of the indicator are themselves percentages: inflation, unemployment, margins."""
    code = lists.find("indicator", frame.indicator.value) if frame.indicator is not None else None
    return code is not None and code.nature == "rate"


def _reason(number: Number, measured: Measured | None, frame: Frame | None, context: Context, per: bool) -> str | None:
    """Why a number cannot become a statement, or None."""
    if measured is None:
        return "it is not clear what it measures"
    if per and number.kind in (BARE, COUNT):
        return "a rate whose unit is not known"
    if frame is None or frame.indicator is None:
        return "it is not clear what it is a figure of"
    if frame.indicator.how == CARRIED and measured.measure in (LEVEL, CHANGE):
        units = context.units.get(frame.indicator.value)
        if units and number.unit not in units:
            return (
                f"it is not clear what it is a figure of: not of {frame.indicator.value}, whose figures have another unit"
            )
    return None


def _statement(
    source: Source,
    tokens: list[Token],
    at: int,
    number: Number,
    measured: Measured,
    state: Walk,
    when: Times,
    context: Context,
) -> Statement:
    dimensions = state.frames[at].dimensions()
    if REFERENCE not in dimensions and context.main is not None and not is_bilateral(state.lists, state.frames[at].indicator):
        dimensions[REFERENCE] = Known(context.main, INFERRED)
    modality = FACT if measured.is_base else modality_of(tokens, at, when.period, source.published)
    period = when.period
    if period is not None and period.how == CARRIED and (modality == PLAN or number.kind == COUNT or _is_timeless(tokens, at, number)):
        period = None  # what holds now, or is to come, is not of the year that the sentence before spoke of
    dimensions["time_period"] = period or Known(UNSTATED, NOT_STATED)
    frame = state.frames[at]
    deficit = measured.measure in (LEVEL, CHANGE) and _is_negative(state, frame)
    compared = measured.measure in (GROWTH, CHANGE, MULTIPLE_OF)
    unstated = compared and measured.direction == 0 and not number.sign
    sign = number.sign or (measured.direction if compared and measured.measure != MULTIPLE_OF else 1)
    sign = -sign if deficit else sign
    qualifier = None if measured.is_to and number.qualifier == "up to" else number.qualifier
    figure = f"{qualifier} " if qualifier else ""
    figure += f"-{number.figure}" if sign < 0 else number.figure
    return Statement(
        start=number.start,
        end=number.end,
        figure=figure,
        value=-number.value if sign < 0 else number.value,
        unit=number.unit,
        measure=measured.measure,
        dimensions=dimensions,
        place=place_of(source, number.start, number.end),
        qualifier=qualifier,
        base_period=when.base if compared else None,
        whole=whole_of(state, at, context) if measured.measure == SHARE else None,
        modality=modality,
        direction_unstated=unstated,
    )


def _is_negative(state: Walk, frame: Frame) -> bool:
    """Whether the name of the indicator says that its figures are below nothing: "a trade deficit of $7.3 billion"."""
    indicator = frame.indicator
    if indicator is None or indicator.start is None:
        return False
    for token in state.tokens:
        if token.start == indicator.start:
            return isinstance(token.mention, Name) and token.mention.negative
    return indicator.start in state.context.negative


def _is_timeless(tokens: list[Token], at: int, number: Number) -> bool:
    """Whether a ratio is told in the present tense: "accounts for almost half", "exceeds 40%"."""
    if tokens[at].letter not in "%h":
        return False
    verb = next((tokens[index] for index in range(at - 1, max(at - 4, -1), -1) if tokens[index].letter in "LSl"), None)
    return verb is not None and verb.text in words_of("present")


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
    period = context.period if numbers else _named_period(tokens, source, context)
    units = dict(context.units)
    for at in numbers:
        told = when.get(at)
        if told is not None and told.period is not None and not (told.is_base or measured[at].is_base) and not _is_day(told.period):
            period = carried(told.period)
    ratios = [measured[at].measure for at in numbers if at in measured and tokens[at].letter in "%ph"]
    levels = [at for at in state.frames if at in measured and measured[at].measure == LEVEL]
    for at in levels:
        indicator, number = state.frames[at].indicator, tokens[at].mention
        if indicator is not None and isinstance(number, Number):
            units[indicator.value] = units.get(indicator.value, frozenset()) | {number.unit}
    return Context(
        frame=state.frame if numbers else _inferred(state.frame),
        period=period,
        pair=state.pair or context.pair,
        group=state.group,
        owner=state.owner,
        varying=state.varying,
        trade=state.frame if is_bilateral(state.lists, state.frame.indicator) else context.trade,
        main=context.main,
        parts=context.parts,
        wholes=(*context.wholes, *(state.frames[at] for at in levels))[-12:],
        units=units,
        negative=context.negative | {token.start for token in tokens if isinstance(token.mention, Name) and token.mention.negative},
        ratio=ratios[-1] if ratios else context.ratio,
    )


def _inferred(frame: Frame) -> Frame:
    """Areas named in a sentence without figures are a guess for the next one."""

    def guess(known: Known | None) -> Known | None:
        return replace(known, how=INFERRED) if known is not None and known.how == EXPLICIT else known

    return replace(frame, area=guess(frame.area), counterpart=guess(frame.counterpart))


def _named_period(tokens: list[Token], source: Source, context: Context) -> Known | None:
    """The period of a sentence without figures: "2022 was a good year for trade"."""
    for token in tokens:
        if isinstance(token.mention, Period) and not token.mention.compares and not is_bygone(token):
            found = resolve(token.mention, source.published, context.period.value if context.period else None)
            if found is not None:
                named = Known(found.period, CARRIED, token.start, token.end)
                return context.period if _is_day(named) else named
    return context.period


def _is_day(period: Known) -> bool:
    """Whether a period is a date: of an event, and not of the figures that follow."""
    return len(period.value) == len("2024-06-26")
