"""What a number speaks of: what follows it directly, its clause's own words, or the frame in force."""

from __future__ import annotations

import re

from crosscheck.claims.model import EXPLICIT, INFERRED, UNSTATED
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.model import BARE, COUNT, MEASURE, MONEY, PERCENT, Known, Name, Number
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.about import index_again, is_sector, is_short_for, ranked_goods, told_of_topic
from crosscheck.extraction.sentences.acts import act_goes_on, act_named, acted, priced
from crosscheck.extraction.sentences.areas import ranks_partners
from crosscheck.extraction.sentences.extremes import by_statistic, extreme, extreme_named
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE, Frame, carried, is_bilateral
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, MULTIPLE_OF, SHARE, Measured
from crosscheck.extraction.sentences.parts import as_item, as_part, item_of_list, named_item, with_part
from crosscheck.extraction.sentences.per_share import change_of_a_share, goes_on_a_share, indicator_a_share, per_share
from crosscheck.extraction.sentences.phrases import PRODUCT, known_name
from crosscheck.extraction.sentences.state import Walk, goods_again, last_number, of_topic, take_phrase
from crosscheck.extraction.sentences.subjects import BOUNDARIES, has_object, label_before, noun_of, own_indicator
from crosscheck.extraction.sentences.surveys import (
    RESPONDENTS,
    asked,
    note_people,
    predicate,
    read_share_alone,
    share_of_words,
)
from crosscheck.inputs.values import replace

WHOLE_IS = re.compile(r"o|\(|,?[.]?L|,?[.]L[.]")  # what stands between the name of a whole and its level

# "Of that, $12 billion was exports": what an amount that begins its clause is said to be
RISE_OF = re.compile(r"[.][UDC]o$")  # "a decline of"
IS_OF = re.compile(r"(?:^|[,;Wau])[.]?$")
IS_WHAT = re.compile(r"L(?=I[!,;a])")


def _is_whole(state: Walk, at: int, measure: Measured | None) -> bool:
    """ "12% of all exports, which came to $122 billion", "1% of exports of $21 billion": the level of the whole."""
    if state.whole_end is None or measure is None or measure.measure != LEVEL or not state.wholes:
        return False
    return WHOLE_IS.fullmatch(state.row, state.whole_end + 1, at) is not None


def read_number(state: Walk, at: int) -> None:
    """The frame of the number: what follows it directly, the clause's own words, or the frame in force."""
    tokens = state.tokens
    number = tokens[at].mention
    assert isinstance(number, Number)
    measure = state.measured.get(at)
    if _is_whole(state, at, measure):
        state.frames[at] = state.wholes[max(state.wholes)]
        return
    of_a_share = change_of_a_share(tokens, at, state.frames) if measure is not None and measure.measure == GROWTH else None
    if of_a_share is not None:
        state.frames[at] = of_a_share
        return
    moved = item_of_list(state, at) or _moved_to(state, at, measure)
    if moved is not None:
        state.frames[at] = state.frame = moved
        return
    again = _fraction_again(state, at, measure)
    if again is not None:
        _say_again(state, at, again)
        return
    ahead = _ahead(state, at, measure) if not _has_phrase(state, at) or _is_a_rise_in(state, at) else None
    if ahead is not None:
        state.consumed.discard(ahead)
        phrase, frame = take_phrase(state, ahead)
        state.ahead.add(phrase.last)
        state.frame = frame = _of_people(state, at, ahead, _of_doers(state, ahead, frame))
        note_people(state, frame, number)
    elif measure is not None and number.kind == COUNT and (measure.measure == LEVEL or _is_added(state, at, measure)):
        state.frames[at] = _count(state, at, number)
        if measure.measure == CHANGE:
            state.frame = state.frames[at]  # "gained 25 members and now has 95"
        note_people(state, state.frames[at], number)
        state.counted = at
        return
    elif _is_of_counted(state, at, measure) and state.counted is not None:
        state.frames[at] = state.frames[state.counted]
        return
    else:
        _in_own_words(state, at)
    earned = _earned(state, at, measure) if ahead is None else None
    if earned is not None:
        state.frame = Frame(earned, state.subject or state.frame.area, None, {}, state.frame.source)
    state.frame = _as_meant(state, number, measure)
    if tokens[at].letter == "$" and per_share(tokens, at):
        state.frames[at] = replace(state.frame, indicator=indicator_a_share(tokens, at, state.frame.indicator))
        if goes_on_a_share(tokens, at):
            state.frame = state.frames[at]
        return
    state.frames[at] = state.frame
    spoken = _of_what(state, at, measure)
    if spoken is not None and state.frame.indicator is not None:
        state.frames[at] = state.frame = replace(state.frame, other={**state.frame.other, PRODUCT: spoken})
    elif number.kind == MEASURE:
        state.frames[at] = state.frame = _with_goods(state)
    share = measure is not None and measure.measure == SHARE
    if share and not read_share_alone(state, at) and not _has_phrase(state, at):
        share_of_words(state, at)
    if state.pending_whole is not None and share:
        state.wholes[at] = state.pending_whole


def _moved_to(state: Walk, at: int, measure: Measured | None) -> Frame | None:
    """ "Traffic grew 7% to 18 billion seat-miles": what a figure moved to or from is its level, whatever is counted."""
    number, last = state.tokens[at].mention, last_number(state, at)
    if last is None or measure is None or measure.measure != LEVEL or not (measure.is_to or measure.is_base):
        return None
    told, before = state.measured.get(last), state.frames[last]
    if not isinstance(number, Number) or told is None or before.indicator is None or before.indicator.how == UNSTATED:
        return None
    if not (told.measure in (GROWTH, CHANGE) or told.is_to or told.is_base) or _has_phrase(state, at):
        return None
    if any(letter in BOUNDARIES for letter in state.row[last:at]) or not (
        state.tokens[last].letter == "%" or told.is_to or (told.is_base and measure.is_to)
    ):
        return None
    counts = number.kind == COUNT or compiled(r"[.X]{0,2}I[.]").match(state.row[at + 1 :]) is not None
    noun = noun_of(number, state.text)
    named = next((token.mention for token in state.tokens[at + 1 : at + 2]), None)
    if isinstance(named, Name) and named.dimension == "indicator" and named.code and not named.generic:
        state.frames[last] = replace(before, indicator=Known(named.code, EXPLICIT, named.start, named.end))
        return state.frames[last]  # "traffic grew 7% to 18 billion passenger-kilometres"
    listed = state.lists.find("indicator", before.indicator.value) is not None
    return before if counts and (listed or noun is None or state.lists.named("indicator", noun.value) is None) else None


def _fraction_again(state: Walk, at: int, measure: Measured | None) -> int | None:
    """The fraction that a percentage in brackets says again: "half of the tenants (51%)"."""
    if measure is None or measure.measure != SHARE or state.row[at - 1 : at] != "(":
        return None
    last = last_number(state, at)
    if last is None or state.row[last] != "h" or ";" in state.row[last:at] or "," in state.row[last:at]:
        return None
    return last if state.measured[last].measure == SHARE else None


def _say_again(state: Walk, at: int, before: int) -> None:
    """Gives a number all that the one before it is told of."""
    state.frames[at] = state.frames[before]
    if before in state.wholes:
        state.wholes[at] = state.wholes[before]
    for marks in (state.of_people, state.nameless):
        if before in marks:
            marks.add(at)


def _in_own_words(state: Walk, at: int) -> None:
    """Puts what the clause speaks of in its own words into the frame in force, or the label of an item of a list."""
    tokens = state.tokens
    behind = at > 1 and tokens[at - 1].letter in "UD" and tokens[at - 2].letter in ":-"
    label = label_before(tokens, at - behind, state.text)
    counted = _of_the_things_counted(state, at)
    if counted and state.frame.indicator is None:
        state.frame = state.frames[max(state.frames)]  # "12 contracts worth $3 billion"
    told = counted or _has_phrase(state, at)
    done = priced(state, at) or (None if told else acted(state, at))
    if done is not None:
        assert done.indicator is not None
        actor = state.acts.get(done.indicator.value)  # a price has none
        part = _part_by_unit(state, at, replace(done.indicator, value=actor)) if actor is not None else None
        state.frame = part or done
        return
    ranked = None if told else ranked_goods(state, at, state.measured.get(at))
    if ranked is not None:
        state.frame = ranked
        return
    end = extreme_named(state, at) if told else index_again(state, at) or extreme(state, at)
    if end is not None:
        state.frame = end
        return
    named = named_item(state, at, state.measured.get(at))
    if named is not None:
        state.frame = named
        return
    own = None if told else own_indicator(tokens, at, state.text, is_bilateral(state.lists, state.frame.indicator))
    if own is not None and (is_short_for(state, own.indicator) or ranks_partners(state, own.indicator)):
        return
    again = act_named(state, own.indicator) if own is not None else None
    if again is not None:
        state.frame = again
        return
    item = as_item(state, at - behind, label) if label is not None else with_part(state, at)
    part = (
        told_of_topic(state, at, own, state.measured.get(at))
        or as_part(state, at, own.indicator)
        or _part_by_unit(state, at, own.indicator)
        if own is not None
        else None
    )
    if item is not None:
        state.frame = item
    elif label is not None and state.varying and state.frame.indicator is not None:
        # "* All five: 94.82" in a list of areas
        in_counterpart = state.varying == COUNTERPART
        state.frame = replace(state.frame, counterpart=label) if in_counterpart else replace(state.frame, area=label)
    elif own is not None and _is_item(state, at):
        state.frame = replace(state.frame, other={**state.frame.other, PRODUCT: own.indicator})
    elif part is not None:
        state.frame = part
    elif own is not None:
        indicator, other = by_statistic(state, own.indicator)
        other.update({PRODUCT: own.of} if own.of is not None else goods_again(state, indicator))
        state.frame = Frame(indicator, state.subject or own.area or state.frame.area, None, other, state.frame.source)
    elif not told:
        state.frame = act_goes_on(state, at)


def _part_by_unit(state: Walk, at: int, subject: Known) -> Frame | None:
    """ "The country generated 28 TWh. Hydropower plants provided 16 TWh": in the unit of what was told, so a part of it."""
    number, before = state.tokens[at].mention, state.frame.indicator
    if not isinstance(number, Number) or number.kind != MEASURE or before is None or not subject.value:
        return None
    if state.lists.find("indicator", before.value) is None or is_bilateral(state.lists, before):
        return None
    last = subject.value.split()[-1]
    measured = last in words_of("measured") or state.lists.named("indicator", last) is not None
    if measured or number.unit not in state.context.units.get(before.value, ()):
        return None  # "domestic consumption will require 3 million tons": another thing
    return replace(state.frame, indicator=replace(before, how=INFERRED), other={**state.frame.other, PRODUCT: subject})


def _is_of_counted(state: Walk, at: int, measure: Measured | None) -> bool:
    """ "102 countries …, up from 98 in 2022", "41,000 drivers were fined for speeding, 12% more than a year ago"."""
    if measure is None or state.counted is None:
        return False
    if measure.is_base:
        return isinstance(number := state.tokens[at].mention, Number) and number.kind == BARE
    beside = compiled(r"[^,;u!(LUDSC$%#xp]{0,12},[.]?").fullmatch(state.row, state.counted + 1, at)
    return measure.measure == GROWTH and beside is not None and state.row[at + 1 : at + 2] in ("M", "m")


def _of_people(state: Walk, at: int, ahead: int, frame: Frame) -> Frame:
    """People behind a number are a population where they live: "Acme employs 1,240 people", "312 people were killed"."""
    own, words = frame.indicator, [token.text for token in state.tokens[max(at - 3, 0) : at]]
    if own is not None and asked(state.text, state.tokens[at].start) and state.tokens[at].letter == "#":
        return replace(frame, indicator=replace(own, value=RESPONDENTS))
    if own is None or own.value != "population" or state.tokens[ahead].text.lower() not in words_of("people"):
        return frame
    if not words_of("employs").isdisjoint(words[-2:]):
        return replace(frame, indicator=replace(own, value="employees"))
    behind = [token.text for token in state.tokens[ahead + 1 : ahead + 4]]
    if not (words_of("home_to").isdisjoint(words) and words_of("lives").isdisjoint(behind)):
        return frame
    told = predicate(state, ahead + 1)
    return replace(frame, indicator=told or replace(own, value=state.tokens[ahead].text.lower()))


def _earned(state: Walk, at: int, measure: Measured | None) -> Known | None:
    """ "Acme made $342 million, or 50 cents a share", "Acme net up 8%": what it earns, where nothing else is said."""
    if measure is None or _has_phrase(state, at) or state.context.main is None:
        return None
    net = next((token for token in state.tokens[max(at - 3, 0) : at] if token.text == "net"), None)
    if net is not None and compiled(r"[.E][.][LUDb.]{1,2}$").search(state.row[:at]) and state.tokens[at].letter in "$%":
        return Known("net-profit", start=net.start, end=net.end)
    verb = state.tokens[at - 1] if at and state.tokens[at].letter == "$" else None
    subject = compiled(r"(?:^|[,;u\")a]|[Ej])[.)]{0,2}$").search(state.row[: max(at - 1, 0)])
    if verb is None or verb.text not in words_of("earned") or subject is None:
        return None
    return Known("net-profit", start=verb.start, end=verb.end)


def _as_meant(state: Walk, number: Number, measure: Measured | None) -> Frame:
    """The indicator by what the figure is: shares that rise by a percentage are their price, hectares no tons."""
    frame, own = state.frame, state.frame.indicator
    if own is None or measure is None:
        return frame
    if own.value.split()[-1] in words_of("shares") and number.kind in (PERCENT, MONEY) and not _is_stored(state, own):
        return replace(frame, indicator=replace(own, value="share-price"))
    if own.value == "unemployment-rate" and number.kind in (COUNT, BARE):
        return replace(frame, indicator=replace(own, value="unemployed"))  # "unemployment fell by 12,000"
    if own.value in words_of("crops") and number.unit in words_of("land"):
        return replace(frame, indicator=replace(own, value="harvested-area", how=INFERRED))
    return frame


def _is_stored(state: Walk, own: Known) -> bool:
    """ "Copper stocks fell by 30% to 140,000 tonnes": goods that are kept, and no shares."""
    of = own.value.rpartition(" ")[0]
    numbers = (token.mention for token in state.tokens if token.letter == "#")
    weighed = any(isinstance(number, Number) and number.kind == MEASURE for number in numbers)
    return weighed or (bool(of) and state.lists.named(PRODUCT, of) is not None)


def _with_goods(state: Walk) -> Frame:
    """Trade by weight is of the goods told before, where the text names none: tons of everything nobody adds up."""
    frame, before = state.frame, state.context.trade
    goods = before.other.get(PRODUCT)
    same = frame.indicator is not None and before.indicator is not None and frame.indicator.value == before.indicator.value
    if goods is None or not same or PRODUCT in frame.other:
        return frame
    return replace(frame, other={**frame.other, PRODUCT: carried(goods) or goods})


def _of_what(state: Walk, at: int, measure: Measured | None) -> Known | None:
    """The product in "by 23.4% of textiles", "3 million tons of grain", "an increase of 9% in food processing"."""
    tokens = state.tokens
    behind = tokens[at + 1].letter if at + 1 < len(tokens) else ""
    if measure is None or measure.measure == SHARE or tokens[at].letter not in "%#" or behind not in ("o", "i"):
        return None
    last = at + 2
    while last < len(tokens) and last < at + 8 and tokens[last].letter in ".X-a":
        last += 1
    words = tokens[at + 2 : last]
    while words and (words[-1].letter in "a-" or words[-1].text in words_of("abroad")):
        words.pop()
    if not words or (last < len(tokens) and tokens[last].letter in "IAE"):
        return None
    if behind == "i" and not (is_sector(words) and measure.measure == GROWTH):
        return None
    if len(words) == 1 and words[0].letter == "X":
        return known_name(words[0])
    content = [token for token in words if token.text not in words_of("stop")]
    if not content or content[0].text in generic_words():
        return None
    start, end = content[0].start, content[-1].end
    return Known(" ".join(state.text[start:end].split()).lower(), start=start, end=end)


def _has_phrase(state: Walk, at: int) -> bool:
    """Whether an indicator stands in the clause before the number, after the last number."""
    last = last_number(state, at)
    last = -1 if last is None else last
    ends = [phrase.last for phrase in state.phrases if last < phrase.last < at]
    return not state.ahead.issuperset(ends)


def _of_the_things_counted(state: Walk, at: int) -> bool:
    """ "135 products worth over $1 billion": what is worth it are the things counted just before."""
    last = last_number(state, at)
    if last is None:
        return False
    number = state.tokens[last].mention
    if not isinstance(number, Number) or number.kind != COUNT or number.noun is None:
        return False
    between = [token for token in state.tokens[last + 1 : at] if token.start >= number.noun[1]]
    if between and between[-1].text in words_of("amount"):
        return all(token.letter in ".XoaL" for token in between)
    return not any(token.letter in ".XIAE" for token in between)


def _is_item(state: Walk, at: int) -> bool:
    """ "… of grain by 12%, vegetable oil – 7%": a list goes on, with another product."""
    last = last_number(state, at)
    if last is None or state.frame.indicator is None or state.frame.indicator.how != EXPLICIT:
        return False
    measure = state.measured.get(at)
    return (
        measure is not None
        and measure.by_context
        and compiled(r"[,a]{0,2}[.XIa]+[-:b]?").fullmatch(state.row[last + 1 : at]) is not None
    )


def _ahead(state: Walk, at: int, measure: Measured | None) -> int | None:
    """The indicator that follows the number directly: "$306 million in export revenue", "a 12% rise in exports"."""
    if measure is None:
        return _rate_ahead(state, at)
    if measure.measure == SHARE:
        return None
    of_a_level, of_a_change = (
        r"(?:[oi][.TXAEjk-]{0,4}|[.X]{0,2}|f[.TA]{0,2}(?=Io))I",
        # "10% year-on-year (YoY) growth in profit", "4% more passengers"
        r"(?:[.BP]{0,4}(?:\([.B]{1,3}\))?[.B]{0,2}[UDCMm][io][.TXAEjkPa-]{0,6}|[Mm][TXA]?)I",
    )
    if measure.measure == MULTIPLE_OF and state.text.endswith("ing", 0, state.tokens[at].end):
        of_a_change = r"o[.TXAEjkPa-]{0,4}I"  # "a halving of net debt"
    elif measure.measure == MULTIPLE_OF and has_object(state.tokens, at):
        of_a_change = r"[.j][.TXAEjk-]{0,3}I"  # "the insurer doubled its profit"
    if measure.measure == LEVEL and IS_OF.search(state.row[:at]) and (said := IS_WHAT.match(state.row[at + 1 :])):
        return at + 1 + said.end()  # "Of that, $12 billion was exports"
    after = [token.text in words_of("every") for token in state.tokens[at + 1 : at + 3]]
    first = at + 3 if after == [True, True] else at + 1  # "£5 million a day in aid"
    if measure.measure != LEVEL and RISE_OF.search(state.row[:at]):
        of_a_change += r"|i[.TXAEjk-]{0,4}I"  # "a decline of $5 million in imports"
    match = compiled(of_a_level if measure.measure == LEVEL else of_a_change).match(state.row[first:])
    if match is None:
        return None
    index = first + match.end() - 1
    if not words_of("reasons").isdisjoint([token.text for token in state.tokens[first:index]]):
        return None  # "rose to $5 billion as exports of metals gained 13%"
    return index if index not in state.consumed else None


def _is_a_rise_in(state: Walk, at: int) -> bool:
    """ "Prices led to a 7% increase in sales", "and an increase of 7% in sales": it is what is named behind."""
    if RISE_OF.search(state.row[:at]) and compiled(r"i[.T]{0,2}I").match(state.row[at + 1 :]):
        return True
    behind = [token.text for token in state.tokens[at + 1 : at + 2]]
    an = at > 0 and state.tokens[at - 1].text in words_of("article")
    return an and not words_of("change_noun").isdisjoint(behind) and state.row[at + 2 : at + 3] == "i"


def _rate_ahead(state: Walk, at: int) -> int | None:
    """The rate that a percentage stands before: "a 51% market share", "a 4.2% jobless rate"."""
    match = compiled(r"[.X]{0,2}I").match(state.row[at + 1 :])
    last = at + match.end() if match is not None else at
    name = state.tokens[last].mention
    if last == at or not isinstance(name, Name) or last in state.consumed or state.tokens[at].letter != "%":
        return None
    code = state.lists.find("indicator", name.code or "")
    return last if code is not None and code.nature == "rate" else None


def _count(state: Walk, at: int, number: Number) -> Frame:
    """A number of things: the things are the indicator, unless the clause has one that counts them."""
    spoken = noun_of(number, state.text)
    if spoken is None:
        return state.frame
    if spoken.value == "points" and _is_index(state, at):
        _in_own_words(state, at)
        return state.frame
    if asked(state.text, number.start):
        people = Known(RESPONDENTS, start=spoken.start, end=spoken.end)
        return Frame(people, state.subject or state.frame.area, None, {}, state.frame.source)
    own = state.frame.indicator
    if own is not None and spoken.value in words_of("packs") and own.value in words_of("of_goods"):
        return state.frame  # "a harvest of 45 million bags"
    if state.frame.indicator is not None and state.frame.indicator.how == EXPLICIT:
        code = state.lists.find("indicator", state.frame.indicator.value)
        if code is not None and state.lists.named("indicator", spoken.value) is code:
            return state.frame
    traded = _traded(state, at, spoken)
    if traded is not None:
        return traded
    if spoken.value in words_of("folk") and _has_phrase(state, at) and _counts_people(state):
        return state.frame  # "passenger numbers reached 1.8 million people"
    found = None if spoken.value in words_of("folk") else state.lists.named("indicator", spoken.value)
    indicator = of_topic(state, replace(spoken, value=found.id)) if found is not None else spoken
    owner = compiled(r"#[.XI]{0,4}o[.]?([AE])").match(state.row[at:])
    if owner is not None:
        return Frame(indicator, known_name(state.tokens[at + owner.start(1)]), None, {}, state.frame.source)
    return Frame(indicator, state.subject or state.frame.area, state.frame.counterpart, {}, state.frame.source)


def _counts_people(state: Walk) -> bool:
    """Whether what the clause names is one of the lists' and no money, rate or index."""
    own = state.frame.indicator
    code = state.lists.find("indicator", own.value) if own is not None and own.how == EXPLICIT else None
    return code is not None and code.id in words_of("of_folk")


def _is_index(state: Walk, at: int) -> bool:
    """ "The index stood at 106.0 points": of the index, and no points that are counted."""
    code = state.lists.find("indicator", state.frame.indicator.value) if state.frame.indicator is not None else None
    named = any(token.text.lower().endswith(("index", "indices")) for token in state.tokens[:at])
    return named or (code is not None and code.nature == "index")


def _of_doers(state: Walk, ahead: int, frame: Frame) -> Frame:
    """ "60,000 people visited the fair": they are its visitors, and no population."""
    behind = state.tokens[ahead + 1] if ahead + 1 < len(state.tokens) else None
    if behind is None or frame.indicator is None or frame.indicator.value != "population":
        return frame
    done = next((pair.split()[1] for pair in words_of("people_who") if pair.split()[0] == behind.text), None)
    return frame if done is None else replace(frame, indicator=Known(done, start=behind.start, end=behind.end))


def _is_added(state: Walk, at: int, measure: Measured) -> bool:
    """ "It opened 140 shops, bringing the total to 1,260", "gained 25 members": a change in what is counted."""
    if measure.measure == CHANGE and at and state.tokens[at - 1].text in words_of("gains"):
        return True
    return measure.measure == CHANGE and compiled(r"[UDCMm]").search(state.row[:at]) is None and not _has_phrase(state, at)


def _sold(state: Walk, spoken: Known) -> Frame:
    """ "Acme sold 12,000 cars", "sales of 12,000 cars": how many were sold."""
    goods = state.lists.named(PRODUCT, spoken.value)
    product = replace(spoken, value=goods.id) if goods is not None else spoken
    indicator = Known("sales-volume", start=spoken.start, end=spoken.end)
    return Frame(indicator, state.subject or state.frame.area, None, {PRODUCT: product}, state.frame.source)


def _traded(state: Walk, at: int, spoken: Known) -> Frame | None:
    """ "Ready to export 135 products", "exported 120,000 cars": how many are traded, which is not how many there are."""
    verb = state.tokens[at - 1] if at else None
    if verb is not None and verb.letter == "o" and at > 1 and state.tokens[at - 2].text.lower() in words_of("sells"):
        return _sold(state, spoken)
    if verb is not None and verb.letter == "." and verb.text in words_of("sells"):
        return _sold(state, spoken)  # not to another country: see `at_home` of `walk`
    if verb is None or verb.letter not in "VY":
        return None
    own = state.frame
    goods = state.lists.named(PRODUCT, spoken.value)
    kinds = words_of("generic")  # of "90 food products" it is kinds that are counted
    if goods is not None and is_bilateral(state.lists, own.indicator) and spoken.value.split()[-1] not in kinds:
        return replace(own, other={**own.other, PRODUCT: replace(spoken, value=goods.id)})
    seller = state.subject or own.area
    if seller is not None and state.lists.find(REFERENCE, seller.value) is None and verb.text in words_of("sells"):
        return _sold(state, spoken)  # a company's sales, at home or abroad
    word = "exported" if verb.letter == "V" else "imported"
    indicator = replace(spoken, value=f"{word} {spoken.value}", start=verb.start)
    return Frame(indicator, state.subject or own.area, own.counterpart, {}, own.source)
