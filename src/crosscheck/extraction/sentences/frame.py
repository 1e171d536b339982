"""What a sentence speaks of: indicator, areas and other dimensions, carried from clause to clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, EXPLICIT, INDICATOR
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Calendar, Known
from crosscheck.inputs.values import replace, value

REFERENCE = "reference_area"
COUNTERPART = "counterpart_area"


@value
class Frame:
    """The dimensions in force, periods apart. `None` is not broken down, or not known."""

    indicator: Known | None = None
    area: Known | None = None
    counterpart: Known | None = None
    other: Mapping[str, Known] = field(default_factory=dict)
    source: Known | None = None

    def dimensions(self) -> dict[str, Known]:
        """By dimension, as claims name them."""
        found = {**self.other}
        for name, known in (
            (INDICATOR, self.indicator),
            (REFERENCE, self.area),
            (COUNTERPART, self.counterpart),
            ("source", self.source),
        ):
            if known is not None:
                found[name] = known
        return found


@value
class Outline:
    """What a text as a whole is about, whichever sentence is read."""

    home: str | None = None  # the country that it speaks of where it names none
    parts: Mapping[str, Known] = field(default_factory=dict)  # of an area, the only part of it that it names
    topic: Known | None = None  # its main indicator
    goods: str | None = None  # its product
    traded: str | None = None  # the indicator of which its title tells for this product: "Exports of wine recover"
    of_goods_alone: bool = False  # no trade in everything is told of
    voted: tuple[str, ...] = ()  # the parties or candidates whose support it tells, where it is on a poll
    edition: Known | None = None  # the year of the census or crop of which it tells


@value
class Context:
    """What the sentences before leave to the next one."""

    outline: Outline = Outline()

    frame: Frame = Frame()
    period: Known | None = None
    opening: Known | None = None  # the period that was set first, or last at the head of a sentence
    pair: tuple[Known, Known] | None = None  # the two areas last named together
    two: tuple[Frame, Frame] | None = None  # the last two things told side by side: "the former", "the latter"
    group: Known | None = None  # "the region": the group of areas last named
    owner: Known | None = None  # what "its" and "the country's" stand for
    paired: bool = False  # both of those who trade were named together: "between Peru and Chile"
    varying: str = ""  # the dimension in which a list runs: COUNTERPART or REFERENCE
    wholes: tuple[Frame, ...] = ()  # frames of levels stated so far, the latest last
    trade: Frame = Frame()  # the last frame of an indicator that has a counterpart
    begun: Frame | None = None  # what the first figure of trade was of: of some goods, or of all
    negative: frozenset[int] = frozenset()  # where names stand that say that their figures are below nothing
    population: Frame | None = None  # the people of whom shares were told
    calendar: Calendar = field(default_factory=Calendar)
    main: str | None = None  # the company or other body that the document is about
    last_poll: Known | None = None  # when it was asked before
    counted: Known | None = None  # the day on which the last stock was counted of which the text told
    ratio: str | None = None  # the measure of the last ratio
    acts: Mapping[str, str] = field(default_factory=dict)  # of what somebody did: the indicator, with the words for who did
    rates: Mapping[str, str] = field(default_factory=dict)  # by indicator, the unit of its last level, where that is a rate
    units: Mapping[str, frozenset[str]] = field(default_factory=dict)  # units in which levels of an indicator were stated


def carried(known: Known | None) -> Known | None:
    """As known from the text around."""
    if known is None or known.how != EXPLICIT:
        return known
    return Known(known.value, CARRIED, known.start, known.end, known.printed)


def carry(frame: Frame) -> Frame:
    """The frame for the next sentence."""
    knowns = (frame.indicator, frame.area, frame.counterpart, frame.source, *frame.other.values())
    if EXPLICIT not in [known.how for known in knowns if known is not None]:
        return frame
    return Frame(
        carried(frame.indicator),
        carried(frame.area),
        carried(frame.counterpart),
        {name: known for name, value in frame.other.items() if (known := carried(value)) is not None},
        carried(frame.source),
    )


def is_bilateral(lists: CodeLists, indicator: Known | None) -> bool:
    """Whether figures of the indicator have a counterpart: trade and what trade is made of."""
    return indicator is not None and _has_counterpart(lists, indicator.value)


@lru_cache(maxsize=1024)
def _has_counterpart(lists: CodeLists, indicator: str) -> bool:
    code = lists.find(INDICATOR, indicator)
    if code is None:
        return False
    if code.symmetric or code.mirror:
        return True
    terms = [lists.find(INDICATOR, term) for term, _ in code.terms]
    return any(term is not None and term.mirror for term in terms)


def comes_from(indicator: Known | None) -> bool:
    """Whether figures of the indicator come to one area from another: visitors, remittances, investment."""
    return indicator is not None and indicator.value in words_of("arriving")


def place_area(lists: CodeLists, frame: Frame, area: Known, varying: str) -> tuple[Frame, str]:
    """The frame with an area in the role that the context leaves for it, and that role.

    A member of a group, or a part of an area, takes the group's place ("trade of China with Central Asia … Kazakhstan");
    otherwise a list runs on in the dimension in which it runs.
    """
    if not is_bilateral(lists, frame.indicator):
        if varying == COUNTERPART and frame.counterpart is not None and comes_from(frame.indicator):
            return replace(frame, counterpart=area), COUNTERPART  # "Visitors from Spain …, followed by Germany"
        return replace(frame, area=area), REFERENCE
    reference, counterpart = frame.area, frame.counterpart
    if reference is not None and reference.value == area.value:
        return replace(frame, area=area), varying
    if counterpart is not None and counterpart.value == area.value:
        return replace(frame, area=area, counterpart=reference), REFERENCE
    for role, held in ((COUNTERPART, counterpart), (REFERENCE, reference)):
        if held is not None and lists.within(REFERENCE, area.value, held.value):
            return _in_role(frame, area, role), role
    if varying:
        return _in_role(frame, area, varying), varying
    return replace(frame, area=area), REFERENCE


def _in_role(frame: Frame, area: Known, role: str) -> Frame:
    return replace(frame, counterpart=area) if role == COUNTERPART else replace(frame, area=area)


def differences(part: Frame, whole: Frame) -> dict[str, str | None]:
    """The dimensions in which the whole differs; None is "not broken down"."""
    ours, theirs = part.dimensions(), whole.dimensions()
    found: dict[str, str | None] = {}
    for name in (*ours, *theirs):
        if name == "source":
            continue
        one = ours[name].value if name in ours else None
        other = theirs[name].value if name in theirs else None
        if one != other:
            found[name] = other
    return found
