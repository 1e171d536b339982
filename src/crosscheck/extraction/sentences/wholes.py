"""What a share is a share of: the dimensions in which the whole differs from the part."""

from __future__ import annotations

from crosscheck.claims.model import EXPLICIT, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE, Context, Frame, carry, differences, is_bilateral
from crosscheck.extraction.sentences.measures import LEVEL, SHARE
from crosscheck.extraction.sentences.phrases import known_name
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.surveys import DETAIL, predicate
from crosscheck.inputs.values import replace


def whole_of(state: Walk, at: int, context: Context) -> dict[str, str | None]:
    """The mapping `whole` of the share at token index `at`; empty when the text names the part like its whole."""
    part = state.frames[at]
    if at in state.same_named:
        return {}
    whole = told_before(state, at, context) or state.wholes.get(at)
    if whole is None and state.measured[at].is_base:
        whole = next((state.wholes[number] for number in sorted(state.wholes, reverse=True) if number < at), None)
    if whole is None and state.row.startswith("(%)", at + 1):
        whole = state.wholes.get(at + 2)  # "5.3% (6.6%) of net sales"
    if whole is None:
        whole = _enclosing(state, at, context)
    found = differences(part, whole) if whole is not None else {}
    return found or _by_default(state, part)


def points_back(state: Walk, at: int) -> bool:
    """Whether the number at index `at` is a share of what was told before: "of it", "of them", "of this amount"."""
    after = state.tokens[at + 1 : at + 4]
    if not after:
        return False
    if after[0].letter == "W":
        return after[0].text.startswith("of ") and after[0].text != "of which"
    if after[0].letter != "o" or len(after) < 2:
        return False
    ends = len(after) < 3 or after[2].letter not in ".XIAE"
    return after[1].text in words_of("it") and (ends or after[2].text in words_of("sum"))


def told_before(state: Walk, at: int, context: Context) -> Frame | None:
    """The level that such a share is of: the last one told."""
    levels = [
        number
        for number in state.frames
        if number < at and number in state.measured and state.measured[number].measure == LEVEL
    ]
    if points_back(state, at):
        if levels:
            return state.frames[levels[-1]]
        return context.wholes[-1] if context.wholes else None
    which = [index for index, token in enumerate(state.tokens[:at]) if token.text == "of which"]
    before = [number for number in levels if which and number < which[-1]]
    return state.frames[before[-1]] if before and not compiled(r"[;!]").search(state.row[before[-1] : at]) else None


def give_amounts(state: Walk) -> None:
    """ "The deficit was 2% of GDP, amounting to $5 billion": a participle behind the whole goes on with the part."""
    for found in compiled(r"%o[.Tj]{0,2}I(?:i?P)?,(L)[.T]?[$#]").finditer(state.row):
        share, amount = found.start(), found.end() - 1
        goes_on = state.tokens[found.start(1)].text.split(" ")[0].endswith("ing")
        if goes_on and share in state.frames and amount in state.frames and share in state.measured:
            state.frames[amount] = state.frames[share]


def give_parts(state: Walk, context: Context) -> None:
    """The part that such a share is: a partner of the trade that it is of; one that is not named is not known."""
    give_amounts(state)
    for at in state.frames:
        measured = state.measured.get(at)
        whole = told_before(state, at, context) if measured is not None and measured.measure == SHARE else None
        if whole is None:
            continue
        part = state.frames[at]
        area = part.area
        where = compiled(r"[%h](?:W|o[.j])i[.]?([AE])").match(state.row[at:])
        if where is not None and not is_bilateral(state.lists, whole.indicator):
            part = state.frames[at] = replace(carry(whole), area=known_name(state.tokens[at + where.start(1)]))
        elif (
            is_bilateral(state.lists, whole.indicator)
            and area is not None
            and area.how == EXPLICIT
            and whole.counterpart is None
            and (whole.area is None or whole.area.value != area.value)
            and part.counterpart is None
        ):
            part = state.frames[at] = replace(carry(whole), counterpart=area)  # "Germany took 28% of them"
        if not differences(part, whole):
            told = predicate(state, at + 2 if state.row[at + 1 : at + 2] == "W" else at + 3)
            if told is None:
                state.nameless.add(at)
            else:  # "almost half of it was lost"
                part = state.frames[at] = replace(part, other={**part.other, DETAIL: told})
        for beside in state.frames:  # "62% of it, or 1.9 million tonnes"
            if beside > at and state.row[at:beside].count("r") == 1 and not compiled(r"[;!u]").search(state.row[at:beside]):
                state.frames[beside] = part


def _enclosing(state: Walk, at: int, context: Context) -> Frame | None:
    """The frame of a level stated before that holds the part: without its product, or with a group for its member."""
    part = state.frames[at]
    earlier = [frame for index, frame in state.frames.items() if index < at]
    for frame in reversed((*context.wholes, *earlier)):
        for turned in (frame, _turned(state, frame)):
            if turned is not None and _holds(state, turned, part):
                return turned
    return None


def _turned(state: Walk, frame: Frame) -> Frame | None:
    """The frame with its areas in each other's place, where that is the same figure."""
    code = state.lists.find("indicator", frame.indicator.value) if frame.indicator is not None else None
    if code is None or not code.symmetric or frame.area is None or frame.counterpart is None:
        return None
    return replace(frame, area=frame.counterpart, counterpart=frame.area)


def _holds(state: Walk, whole: Frame, part: Frame) -> bool:
    if whole.indicator is None or part.indicator is None or whole.indicator.value != part.indicator.value:
        return False
    differing = differences(part, whole)
    if not differing:
        return False
    ours = part.dimensions()
    for name, value in differing.items():
        if name not in ours:
            return False
        if value is not None and not (
            name in (REFERENCE, COUNTERPART)
            and (state.lists.within(REFERENCE, ours[name].value, value) or state.lists.find(REFERENCE, value) is None)
        ):
            return False
    return True


def _by_default(state: Walk, part: Frame) -> dict[str, str | None]:
    """Nothing says of what, except that it is more than the part."""
    if part.other:
        return dict.fromkeys(part.other, UNSTATED)
    if part.counterpart is not None:
        return {COUNTERPART: UNSTATED}
    parent = state.lists.part_of(REFERENCE, part.area.value) if part.area is not None else None
    return {REFERENCE: parent or UNSTATED}
