"""The state of the way through one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE, Context, Frame, is_bilateral
from crosscheck.extraction.sentences.measures import Measured
from crosscheck.extraction.sentences.phrases import EXPORTS, IMPORTS, Phrase, frame_of, known_name, read_phrase
from crosscheck.extraction.sentences.tokens import NUMBERS, Row, letters
from crosscheck.inputs.values import replace

OUTPUT = re.compile(r".-(?:production|generation)$")


@dataclass(slots=True)
class Walk:
    """The state of the way through one sentence."""

    text: str
    tokens: Row
    measured: dict[int, Measured]
    lists: CodeLists
    context: Context
    frame: Frame
    subject: Known | None = None
    owner: Known | None = None
    varying: str = ""
    frames: dict[int, Frame] = field(default_factory=dict)
    wholes: dict[int, Frame] = field(default_factory=dict)  # the whole that a share names, by number
    whole_end: int | None = None  # the last token of the phrase of the whole that a share named last
    subject_other: dict[str, Known] = field(default_factory=dict)  # a product that is the subject of the sentence
    subject_is_segment: bool = False
    phrases: list[Phrase] = field(default_factory=list)
    ahead: set[int] = field(default_factory=set)  # last tokens of phrases that belong to the number before them
    counted: int | None = None  # the last number of things counted
    consumed: set[int] = field(default_factory=set)
    pair: tuple[Known, Known] | None = None
    between: tuple[Known, Known] | None = None  # "between A and B", apart from any indicator
    group: Known | None = None
    partner: Known | None = None  # "Russia is the country's third trade partner"
    nameless: set[int] = field(default_factory=set)  # shares of which the text does not name the part
    same_named: set[int] = field(default_factory=set)  # shares whose part is named like the whole
    of_people: set[int] = field(default_factory=set)  # shares of people who say something
    votes: set[int] = field(default_factory=set)  # shares and points that parties or candidates have of the voters
    population: Frame | None = None  # the people of whom shares are told: "of respondents"
    among: dict[int, int] = field(default_factory=dict)  # counts of those who do something, by the number of all of them
    items: dict[int, Known] = field(default_factory=dict)  # of a list, by the number behind each
    acts: dict[str, str] = field(default_factory=dict)  # indicators of what somebody does, with the words for who does it
    of_things: bool = False  # the sentence points back at what was counted just before
    rates: dict[str, str] = field(default_factory=dict)  # by indicator, the unit of its last level; "" for no rate
    pending_whole: Frame | None = None  # "China's share in imports": what the next share is of

    row: str = field(init=False)  # the letters of the tokens

    def __post_init__(self) -> None:
        self.row = letters(self.tokens)


def set_pair(state: Walk, one: Known, other: Known) -> None:
    """Remembers two areas as a pair; one that the document has put first before stays first."""
    before = state.pair
    if before is not None and before[0].value == other.value:
        one, other = other, one
    state.pair = (one, other)


def last_number(state: Walk, at: int) -> int | None:
    """The last number before index `at` that has a frame: frames come in the order of the sentence."""
    for number in reversed(state.frames):
        if number < at:
            return number
    return None


def context_of(state: Walk) -> Context:
    """The context with what the sentence has said so far."""
    return replace(
        state.context,
        frame=state.frame,
        varying=state.varying,
        owner=state.owner,
        pair=state.pair or state.context.pair,
        group=state.group,
    )


def _goes_with(state: Walk, first: int) -> bool:
    """Whether a phrase tells more of what the number before it is of: "a profit of $2 million on revenue of $40m"."""
    before = [number for number in state.frames if number < first]
    return bool(before) and compiled(r"(?:i?P)?,?[iw][.]?").fullmatch(state.row[max(before) + 1 : first]) is not None


def _margin_of(state: Walk, phrase: Phrase, before: Known | None) -> str | None:
    """ "An operating profit of $84 million, a margin of 29%": a margin that is not named is that of the profit before."""
    word = state.text[phrase.indicator.start or 0 : phrase.indicator.end or 0].lower().rstrip("s")
    code = state.lists.find("indicator", phrase.indicator.value)
    if before is None or word != "margin" or code is None or not code.ratio:
        return None
    wanted = (before.value, *code.ratio[1:])
    return next((other.id for other in state.lists.codes["indicator"].values() if other.ratio == wanted), None)


def _of_the_same_crop(state: Walk, phrase: Phrase, frame: Frame) -> Frame:
    """ "Wheat production rose on a higher average yield of …, while the harvested area fell": of the same crop."""
    before, crops = state.frame, words_of("of_crops")
    if phrase.other or phrase.is_total or "product" not in before.other or before.indicator is None:
        return frame
    code = state.lists.find("indicator", phrase.indicator.value)
    if code is not None and code.nature == "price" and before.indicator.value == phrase.indicator.value:
        # "Used car prices rose by 8%. The average price was €19,440"
        return replace(frame, other={**frame.other, "product": replace(before.other["product"], how=INFERRED)})
    if phrase.indicator.value not in crops or before.indicator.value not in crops:
        return frame
    if phrase.area is not None and state.context.outline.goods is not None:
        return frame  # "Robusta rose to 13 million bags. Output in Bahia …": of the crop that the text is about
    return replace(frame, other={**frame.other, "product": replace(before.other["product"], how=INFERRED)})


def goods_again(state: Walk, indicator: Known) -> dict[str, Known]:
    """ "The average mark in physics was 51; the highest mark was 68": what was told in the same words was of it."""
    before = state.frame
    same = before.indicator is not None and before.indicator.value == indicator.value and "product" in before.other
    if not same:
        return {}
    thing = before.other["product"]
    is_beside = thing.start is not None and thing.start >= state.tokens[0].start
    return {"product": replace(thing, how=CARRIED if is_beside else INFERRED)}


def of_topic(state: Walk, indicator: Known) -> Known:
    """What a broad word means in a text on something narrower: the "earnings" of a country, where it is on what it exports,
    are its exports, as are "shipments", "sales" in one on retail are retail's, "visitors" in one on foreign ones such."""
    topic = state.context.outline.topic
    word = state.text[indicator.start or 0 : indicator.end or 0].lower()
    if state.context.main is not None or topic is None:
        return indicator
    sent = word == "shipments" or (topic.value != IMPORTS and word in words_of("goods_sent"))
    if topic.value in words_of("traded") and sent and not _is_at_home(state, indicator):
        behind = next((token for token in state.tokens if token.start >= (indicator.end or 0)), None)
        comes = topic.value == IMPORTS and behind is not None and behind.letter == "f"
        return replace(indicator, value=IMPORTS if comes else EXPORTS, how=INFERRED)
    meant = (
        (topic.value == "exports" and word in words_of("earnings"))
        or (topic.value == "retail-sales" and word == "sales")
        or f"{indicator.value} {topic.value}" in words_of("in_topic")
    )
    return replace(indicator, value=topic.value, how=INFERRED) if meant else indicator


def _is_at_home(state: Walk, indicator: Known) -> bool:
    """ "Domestic sales", "retail sales": not to other countries."""
    before = [token.text for token in state.tokens if token.end <= (indicator.start or 0)]
    return not words_of("home_sales").isdisjoint(before[-3:])


def take_phrase(state: Walk, at: int, indicator: Known | None = None) -> tuple[Phrase, Frame]:
    """Reads the phrase at `at`, of the indicator that is named there or given, and marks its tokens as used."""
    context = context_of(state)
    indicator = indicator or of_topic(state, known_name(state.tokens[at]))
    phrase = read_phrase(state.tokens, at, indicator, context, state.lists, state.text)
    before = state.frame.indicator
    if before is not None and phrase.indicator.value == "production" and not phrase.other and OUTPUT.search(before.value):
        phrase.indicator = replace(phrase.indicator, value=before.value, how=CARRIED)  # "Oil production … US output"
    margin = _margin_of(state, phrase, before)
    if margin is not None:
        phrase.indicator = replace(phrase.indicator, value=margin)
    frame = frame_of(phrase, context, state.subject, state.lists)
    whose = state.subject_is_segment or is_bilateral(state.lists, frame.indicator)
    if state.subject_other and not phrase.other and whose:
        frame = replace(frame, other={**frame.other, **state.subject_other})
    if not phrase.other and not is_bilateral(state.lists, frame.indicator) and _goes_with(state, phrase.first):
        frame = replace(frame, area=phrase.area or state.frame.area, other={**state.frame.other})
    frame = _of_the_same_crop(state, phrase, frame)
    state.consumed |= {
        index for index in range(phrase.first, phrase.last + 1) if state.tokens[index].letter not in NUMBERS + "PB"
    }
    told_before = re.fullmatch(r"o[.]?T?", state.row[: phrase.first + 1]) or state.row[: phrase.first] in ("o", "o.")
    if told_before and phrase.area is None and phrase.is_total:
        phrase.is_total = False  # "Of the total turnover, exports were …": of that which was just told
        frame = frame_of(phrase, context, state.subject, state.lists)
    if phrase.area is None and any(told.area is not None and told.counterpart is not None for told in state.phrases):
        phrase.is_total = False  # "trade between A and B …, reaching a total turnover": of the two
        frame = frame_of(phrase, context, state.subject, state.lists)
    state.phrases.append(phrase)
    if phrase.area is not None and phrase.counterpart is not None:
        set_pair(state, phrase.area, phrase.counterpart)
    if phrase.area is not None and state.subject is None:
        state.owner = phrase.area
    if state.subject is not None and phrase.area is None and phrase.counterpart is None:
        for role, known in ((REFERENCE, frame.area), (COUNTERPART, frame.counterpart)):
            if known is not None and known.start == state.subject.start:
                state.varying = role
    for known in (phrase.area, phrase.counterpart):
        code = state.lists.find(REFERENCE, known.value) if known is not None else None
        if code is not None and code.members:
            state.group = known
    return phrase, frame
