"""Who or what has a share in an indicator: "China's share in imports", "debt as a share of GDP"."""

from __future__ import annotations

from crosscheck.extraction.model import Known, Name
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE, Frame, differences, is_bilateral
from crosscheck.extraction.sentences.phrases import Phrase, known_name
from crosscheck.extraction.sentences.state import Walk
from crosscheck.inputs.values import replace


def part_in(state: Walk, phrase: Phrase, before: Frame) -> Frame | None:
    """The frame of an indicator that is told as a share of the one of `phrase`, which was just read; `before` was in force.

    "Debt as a share of GDP", "exports' share of GDP", "the share of exports in GDP", "the deficit was $3 billion, and its
    share in turnover". None where somebody has the share: "Kenya exported tea; its share of imports".
    """
    told = before.indicator
    if told is None or told.value == phrase.indicator.value:
        return None
    row, tokens = state.row, state.tokens
    earlier = state.phrases[-2] if len(state.phrases) > 1 else None
    of_part = compiled(r"so[.T]?$")
    if earlier is not None and earlier.last < phrase.first:
        between = row[earlier.last + 1 : phrase.first]
        if of_part.search(row[: earlier.first]) and compiled(r"i[.T]?").fullmatch(between):
            return before
    match = compiled(r"s(?:[oi])?[.T]?$").search(row[: phrase.first])
    if match is None or match.start() == 0:
        return None
    if row[match.start() + 1 : match.start() + 2] not in ("o", "i") and not tokens[match.start()].text.endswith(" of"):
        return None
    owner = match.start() - 1
    if tokens[owner].text in ("a", "the") and owner and tokens[owner - 1].text == "as":
        return before
    if row[owner] == "I" and earlier is not None and earlier.last == owner:
        return before
    return before if row[owner] == "j" and _is_told_of_itself(state, owner) else None


def _is_told_of_itself(state: Walk, own: int) -> bool:
    """Whether "its" stands for an indicator: that begins the sentence, and nobody acts in it."""
    row = state.row[:own]
    first = row.find("I")
    if first < 0:
        return False
    return not compiled(r"[AEVYjs]").search(row[:first]) and not compiled(r"[VY]").search(row)


def whole_in(state: Walk, frame: Frame, phrase: Phrase, part: Frame) -> Frame:
    """What such a share is a share of: the other indicator, of the same area and partner where none is named."""
    partner = part.counterpart if is_bilateral(state.lists, frame.indicator) else None
    return replace(
        frame,
        area=phrase.area or part.area or frame.area,
        counterpart=phrase.counterpart or partner,
        source=part.source,
    )


def same_of_another(state: Walk, number: int, whole: Frame) -> Frame | None:
    """ "Spain accounted for 30% of EU exports of olive oil and 12% of EU exports of wine": the same part of another whole.

    The part has of the second whole what it has of the first, but for the dimension in which it is a part.
    """
    earlier = max((index for index in state.wholes if index < number), default=None)
    phrase = state.phrases[-2] if len(state.phrases) > 1 else None
    if earlier is None or phrase is None or earlier not in state.frames or not earlier < phrase.last < number:
        return None
    if compiled(r"[iPB.]{0,4},?[au]{1,2}[.T]?").fullmatch(state.row[phrase.last + 1 : number]) is None:
        return None
    part, of = state.frames[earlier], state.wholes[earlier]
    differing = differences(part, of)
    if not differing or not differing.keys() <= {REFERENCE, COUNTERPART}:
        return None
    area = part.area if REFERENCE in differing else whole.area
    return replace(whole, area=area, counterpart=part.counterpart if COUNTERPART in differing else whole.counterpart)


def share_owner(state: Walk, first: int) -> Known | None:
    """The area in "China's share in imports", "the share of China in imports": directly before the phrase."""
    row = state.row
    match = compiled(r"([AE])[.]{0,2}s[io][.oi]*$").search(row[:first]) or compiled(r"so[.]?([AE])i[.]*$").search(
        row[:first]
    )
    if match is None:
        return None
    name = state.tokens[match.start(1)].mention
    return known_name(state.tokens[match.start(1)]) if isinstance(name, Name) else None


def share_product(state: Walk, first: int) -> dict[str, Known] | None:
    """The product in "the share of renewables in generation", "renewables' share of generation"."""
    row = state.row[:first]
    match = compiled(r"(X)[.\"]{0,2}s[io][.oiT]*$").search(row) or compiled(r"so[.]{0,2}(X)i[.AT]*$").search(row)
    token = state.tokens[match.start(1)] if match else None
    if match is None or token is None or not isinstance(token.mention, Name):
        return None
    known = known_name(token)
    if row[max(match.start(1) - 2, 0) : match.start(1)] == "Xa":  # "wind and solar's share"
        start = state.tokens[match.start(1) - 2].start
        known = Known(" ".join(state.text[start : token.end].split()).lower(), start=start, end=token.end)
    return {token.mention.dimension: known}
