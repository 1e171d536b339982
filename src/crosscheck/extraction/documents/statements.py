"""A number with its measure, frame and times as a statement, or why it cannot be one."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, INDICATOR, INFERRED, NOT_STATED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import BARE, COUNT, MEASURE, MONEY, Known, Name, Number, Statement
from crosscheck.extraction.periods.fiscal import of_the_budget
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE, Context, Frame, comes_from, is_bilateral
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, MULTIPLE_OF, SHARE, Measured
from crosscheck.extraction.sentences.modality import FACT, PLAN, modality_of
from crosscheck.extraction.sentences.per_share import A_SHARE
from crosscheck.extraction.sentences.phrases import PRODUCT
from crosscheck.extraction.sentences.rates import AVERAGE, BASIS
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.times_beside import first_day, last_day
from crosscheck.extraction.sentences.times_compared import Times
from crosscheck.extraction.sentences.times_so_far import is_rolling
from crosscheck.extraction.sentences.tokens import Token, places
from crosscheck.extraction.sentences.weekdays import day_told
from crosscheck.extraction.sentences.wholes import whole_of
from crosscheck.extraction.source import Source, place_of
from crosscheck.figures.periods import normal_form, parse_period, prior

OF_AVERAGE = re.compile(r"(?<![\w-])(?:average|mean|median)[ \n](?:[\w'’-]+[ \n]){0,2}\Z", re.IGNORECASE)
SEGMENT = "segment"  # a part of a company that is an area: "sales in North America"


def is_rate(lists: CodeLists, frame: Frame) -> bool:
    """Whether figures of the indicator are themselves percentages: inflation, unemployment, margins."""
    if frame.indicator is None:
        return False
    code = lists.find("indicator", frame.indicator.value)
    return code.nature == "rate" if code is not None else frame.indicator.value.split()[-1] in words_of("rates")


def reason_of(
    number: Number, measured: Measured | None, frame: Frame | None, context: Context, per: bool, of_things: bool
) -> str | None:
    """Why a number cannot become a statement, or None. `of_things`: it is said to be a number of what was counted."""
    if measured is None:
        return "it is not clear what it measures"
    if per and number.kind in (BARE, COUNT):
        return "a rate whose unit is not known"
    if frame is None or frame.indicator is None:
        return "it is not clear what it is a figure of"
    if frame.indicator.how == CARRIED and measured.measure in (LEVEL, CHANGE):
        units = context.units.get(frame.indicator.value)
        unit = number.unit.removesuffix(f"/{A_SHARE}")
        # "9.5 million", which a heading calls passengers, beside "77.4 million"; the other way round may be something else
        counted = of_things and not number.unit and any(other.startswith("{") for other in units or ())
        weighed = number.kind in (MEASURE, MONEY) and PRODUCT in frame.other  # "wheat for $3 billion … (40,000 tons)"
        if (
            units
            and not {unit, unit.split("/")[0]} & units
            and not (weighed and frame.indicator.value in words_of("traded"))
            and not counted
            and not (number.unit.startswith("{") and "" in units)
        ):
            return (
                f"it is not clear what it is a figure of: not of {frame.indicator.value}, whose figures have another unit"
            )
    return None


def _keep_undated_apart(tokens: list[Token], at: int, dimensions: dict[str, Known]) -> None:
    """What is told of a day or a span that no calendar knows is of no period that the document gives to other figures."""
    periods = reversed(places(tokens, "PB"))
    rolling = next((tokens[index] for index in periods if index < at and is_rolling(tokens[index])), None)
    if _is_of_a_day(dimensions):
        dimensions[DETAIL] = Known(UNSTATED, NOT_STATED)  # of which day is not told: like no other
    elif rolling is not None:
        dimensions[DETAIL] = Known(UNSTATED, NOT_STATED, rolling.start, rolling.end)  # "over the past eight months"


def _keep_averages_apart(text: str, lists: CodeLists, dimensions: dict[str, Known]) -> None:
    """ "Average exports rose to $255 billion in the three months": no sum of what flowed, and so no level of theirs."""
    known = dimensions.get(INDICATOR)
    if known is None or known.start is None:
        return
    code = lists.find(INDICATOR, known.value)
    if code is not None and code.nature != "flow":
        return  # the price of a year is its average
    found = OF_AVERAGE.search(text[max(known.start - 40, 0) : known.start])
    if found is not None:
        dimensions.setdefault(BASIS, Known(AVERAGE, INFERRED))


def _is_named_in(tokens: list[Token], period: Known) -> bool:
    """Whether the sentence itself names a period of which only the year is carried: "in March"."""
    return period.start is not None and period.start >= tokens[0].start


def statement_of(
    source: Source,
    tokens: list[Token],
    at: int,
    number: Number,
    measured: Measured,
    state: Walk,
    when: Times,
    context: Context,
) -> Statement:
    """The statement of the number at token index `at`: its figure signed, its dimensions each with how it is known."""
    dimensions = _with_areas(state, at, context)
    _supply_oil(number, dimensions)
    _supply_goods(state, number, dimensions, context)
    planned = at > 0 and tokens[at - 1].text in words_of("planned")  # "better than the planned deficit of $5 million"
    told = (measured.is_base and not planned) or at in state.of_people  # what people plan is a plan, how many is not
    modality = FACT if told else modality_of(tokens, at, when.period, source.published)
    counted = number.kind == COUNT and measured.measure == LEVEL and not _is_flow(state, dimensions) and not measured.is_to
    holds_now = counted or _is_timeless(tokens, at, number)
    when = _by_fiscal_years(when, dimensions, context)
    period = _period_told(tokens, holds_now, modality, when.period, dimensions, source.published)
    if period is None:
        period = day_told(tokens, at, source.published) if _is_of_a_day(dimensions) else context.outline.edition
    if modality == FACT and not told and _is_to_come(period, context.outline.edition, source.published):
        modality = PLAN  # what the budget of next year sets
    if period is not None:
        dimensions["time_period"] = period
    elif number.kind != COUNT or context.period is not None:  # "the fleet has 16 ships" in a text without any period
        dimensions["time_period"] = Known(UNSTATED, NOT_STATED)
        _keep_undated_apart(tokens, at, dimensions)
    if measured.measure in (LEVEL, CHANGE, GROWTH):
        _keep_averages_apart(source.text, state.lists, dimensions)
    whole = whole_of(state, at, context) if measured.measure == SHARE else None
    if at in state.nameless and measured.measure == SHARE:
        dimensions[DETAIL], whole = Known(UNSTATED, NOT_STATED), {DETAIL: None}  # what has it, is not said in one name
    amounts = measured.measure in (LEVEL, CHANGE) or (whole is not None and INDICATOR in whole)  # "a deficit of 2% of GDP"
    deficit = amounts and _is_negative(state, state.frames[at])
    compared = measured.measure in (GROWTH, CHANGE, MULTIPLE_OF)
    unstated = compared and measured.direction == 0 and not number.sign
    sign = number.sign or (measured.direction if compared and measured.measure != MULTIPLE_OF else 1)
    if deficit and (compared or number.sign >= 0):  # but "a loss of EUR -4 million" is one
        sign = -sign
    qualifier = None if measured.is_to and number.qualifier == "up to" else number.qualifier or measured.bound or None
    figure = " ".join([*([qualifier] if qualifier else []), f"-{number.figure}" if sign < 0 else number.figure])
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
        whole=whole,
        modality=modality,
        direction_unstated=unstated,
        is_end=measured.bound != "",
    )


def _by_fiscal_years(when: Times, dimensions: dict[str, Known], context: Context) -> Times:
    """The times of a figure of a budget, in a text that tells of fiscal years."""
    if not context.calendar.named or indicator_of(dimensions) not in words_of("of_budgets"):
        return when
    period, base = (of_the_budget(known, context.calendar) for known in (when.period, when.base))
    return Times(period, base, when.is_base)


def _with_areas(state: Walk, at: int, context: Context) -> dict[str, Known]:
    """The dimensions of the frame of a number, with the areas that the document leaves to be understood."""
    dimensions = state.frames[at].dimensions()
    if REFERENCE in dimensions:
        _as_segment(state, dimensions, context)
    else:
        _supply_area(state, dimensions, context)
    _as_origin(state, dimensions, context)
    _supply_partner(state, dimensions, context)
    if COUNTERPART in dimensions and _area_of(dimensions) == dimensions[COUNTERPART].value:
        del dimensions[COUNTERPART]  # nobody trades with himself: which of the two was meant, is not known
    return dimensions


def _area_of(dimensions: dict[str, Known]) -> str:
    """The area of a figure, "" for none."""
    return dimensions[REFERENCE].value if REFERENCE in dimensions else ""


def _supply_area(state: Walk, dimensions: dict[str, Known], context: Context) -> None:
    """The company that a document is about, or the country that it speaks of, for a figure that names none."""
    partner, home = dimensions.get(COUNTERPART), context.outline.home
    if context.main is not None and not is_bilateral(state.lists, dimensions.get(INDICATOR)):
        dimensions[REFERENCE] = Known(context.main, INFERRED)
    elif context.main is None and home is not None and (partner is None or partner.value != home):
        dimensions[REFERENCE] = Known(home, INFERRED)


def _as_origin(state: Walk, dimensions: dict[str, Known], context: Context) -> None:
    """ "Kenya led with 15,701 tourists": in a text on arrivals in one country, other areas are where they come from."""
    area, origin, home = dimensions.get(REFERENCE), dimensions.get(COUNTERPART), context.outline.home
    if area is None or home is None or context.main is not None or not comes_from(dimensions.get(INDICATOR)):
        return
    country = state.lists.find(REFERENCE, home)
    if country is None or country.members:
        return
    if area.value == country.id or state.lists.within(REFERENCE, area.value, country.id):
        return
    known = state.lists.find(REFERENCE, origin.value) if origin is not None else None
    if origin is None or known is None or known.members:
        dimensions[REFERENCE] = Known(country.id, INFERRED)
        dimensions[COUNTERPART] = replace(area, how=INFERRED)


def _supply_partner(state: Walk, dimensions: dict[str, Known], context: Context) -> None:
    """ "Its companies signed export contracts": in a text on the trade of two countries, the other is the partner."""
    indicator, area = dimensions.get(INDICATOR), dimensions.get(REFERENCE)
    if indicator is None or area is None or COUNTERPART in dimensions or context.pair is None:
        return
    if is_bilateral(state.lists, indicator):
        return  # whose trade it is, is known already
    words = indicator.value.replace("-", " ").split()
    if len(words) < 2 or words_of("of_trade").isdisjoint(words) or area.value not in (one.value for one in context.pair):
        return
    partner = next((one for one in context.pair if one.value != area.value), None)
    if partner is not None:
        dimensions[COUNTERPART] = Known(partner.value, INFERRED, partner.start, partner.end)


def _supply_oil(number: Number, dimensions: dict[str, Known]) -> None:
    """What is counted in barrels a day and named nowhere is oil: "Iraq pumped 4.1 million barrels a day"."""
    indicator = dimensions.get(INDICATOR)
    if number.unit != "barrel/day" or indicator is None or PRODUCT in dimensions:
        return
    words = indicator.value.replace("-", " ").split()
    if not words_of("of_oil").isdisjoint(words) and {"oil", "crude", "gas", "fuel", "petroleum"}.isdisjoint(words):
        dimensions[PRODUCT] = Known("oil", INFERRED)


def _supply_goods(state: Walk, number: Number, dimensions: dict[str, Known], context: Context) -> None:
    """The goods that a document is about, for output or trade of which it names none; not for the total of all."""
    indicator, text = dimensions.get(INDICATOR), context.outline
    if text.goods is None or indicator is None or indicator.value not in words_of("of_goods") or PRODUCT in dimensions:
        return
    told = indicator.value == text.traded if text.traded is not None else text.of_goods_alone
    if number.kind != MEASURE and is_bilateral(state.lists, indicator) and not told:
        return  # trade by value may well be that in everything, but where the text tells of which it is
    before = next(
        (token for token in reversed(state.tokens) if indicator.start is not None and token.end < indicator.start), None
    )
    if before is None or before.letter != "T":
        dimensions[PRODUCT] = Known(text.goods, INFERRED)


def _as_segment(state: Walk, dimensions: dict[str, Known], context: Context) -> None:
    """In a document about one company, another name without a code is a part of it: a segment, a brand."""
    area = dimensions.get(REFERENCE)
    if (
        area is None
        or context.main in (None, UNSTATED)
        or area.value == context.main
        or is_bilateral(state.lists, dimensions.get(INDICATOR))
    ):
        return
    indicator = dimensions.get(INDICATOR)
    if area.value.startswith(f"{context.main} "):
        dimensions[REFERENCE] = replace(area, value=context.main or area.value)  # "Acme Corp" in a text on Acme
        return
    if state.lists.find(REFERENCE, area.value) is not None:
        of_firms = indicator is not None and indicator.value in words_of("results") | words_of("of_goods")
        if of_firms and area.how != INFERRED:
            dimensions[REFERENCE] = Known(context.main, INFERRED)  # "sales in North America": the company's
            dimensions.setdefault(SEGMENT, area)
        return
    if area.start is None:
        return
    dimensions[REFERENCE] = Known(context.main, INFERRED)
    dimensions.setdefault(PRODUCT, area)


def _is_negative(state: Walk, frame: Frame) -> bool:
    """Whether the name of the indicator says that its figures are below nothing: "a trade deficit of $7.3 billion"."""
    indicator = frame.indicator
    if indicator is None or indicator.start is None:
        return False
    token = state.tokens.begins_with(indicator.start)
    if token is not None:
        return isinstance(token.mention, Name) and token.mention.negative
    return indicator.start in state.context.negative


def _is_flow(state: Walk, dimensions: dict[str, Known]) -> bool:
    """Whether figures of the indicator are of a span of time: visitors, births, and not members or staff."""
    indicator = dimensions.get(INDICATOR)
    code = state.lists.find(INDICATOR, indicator.value) if indicator is not None else None
    return code is not None and code.nature == "flow"


def _period_told(
    tokens: list[Token],
    holds_now: bool,
    modality: str,
    period: Known | None,
    dimensions: dict[str, Known],
    published: datetime.date | None,
) -> Known | None:
    """The period of a figure, without one that is only carried and cannot be meant, and without any longer than its day."""
    if period is not None and _is_of_a_day(dimensions) and len(period.value) != len("2024-06-26"):
        return None  # "shares rose 5% after second-quarter results"
    if period is None or period.how != CARRIED:
        return period
    if modality == FACT and _has_hardly_begun(period.value, published):
        # "guidance for 2021 is kept. Output for the full year was 733,900 tonnes", told in January
        before = normal_form(prior(parse_period(period.value)))
        return replace(period, value=before, how=INFERRED) if _is_named_in(tokens, period) else None
    if _is_named_in(tokens, period):
        return period
    proposed = indicator_of(dimensions) in words_of("money_a_share")  # "a proposed final dividend of 5p": of the year told
    # "the crop of 2018/19 is forecast at 19 million tonnes. Exports will fall": in the season that is to come
    running = period.value.startswith("FY") and published is not None and last_day(period.value) > published.toordinal()
    holds_now = holds_now or (modality == PLAN and not proposed and not running) or _is_of_a_day(dimensions)
    # what holds now, or is to come, is not of the year that the sentence before spoke of
    return None if holds_now else period


def _has_hardly_begun(period: str, published: datetime.date | None) -> bool:
    """Whether a year or half began so short a time before the text that nothing of it can have been counted."""
    if published is None or period.startswith("FY"):
        return False
    passed, to_come = published.toordinal() - first_day(period), last_day(period) - published.toordinal()
    return passed < 45 and to_come > 90


def _is_to_come(period: Known | None, edition: Known | None, published: datetime.date | None) -> bool:
    """Whether a figure is of the year of the budget that a text tells of, and that year is still to come."""
    if period is None or edition is None or published is None or period.value != edition.value:
        return False
    return first_day(edition.value) > published.toordinal()


def indicator_of(dimensions: dict[str, Known]) -> str:
    """The indicator of a figure, "" for none."""
    return dimensions[INDICATOR].value if INDICATOR in dimensions else ""


def _is_of_a_day(dimensions: dict[str, Known]) -> bool:
    """Whether a figure changes by the day, whatever period the sentence before spoke of."""
    indicator = dimensions.get(INDICATOR)
    return indicator is not None and indicator.value in ("share-price", "market-capitalisation")


def _is_timeless(tokens: list[Token], at: int, number: Number) -> bool:
    """Whether a ratio is told in the present tense: "accounts for almost half", "exceeds 40%"."""
    if tokens[at].letter not in "%h":
        return False
    verb = next((tokens[index] for index in range(at - 1, max(at - 4, -1), -1) if tokens[index].letter in "LSl"), None)
    return verb is not None and verb.text in words_of("present")
