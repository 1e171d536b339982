"""What a share is a share of: the dimensions in which the whole differs from the part."""

from __future__ import annotations

from dataclasses import replace

from crosscheck.claims.model import UNSTATED
from crosscheck.extraction.frame import COUNTERPART, REFERENCE, Context, Frame, differences
from crosscheck.extraction.state import Walk


def whole_of(state: Walk, at: int, context: Context) -> dict[str, str | None]:
    """The mapping `whole` of the share at token index `at`; empty when the text names the part like its whole."""
    part = state.frames[at]
    if at in state.same_named:
        return {}
    whole = state.wholes.get(at)
    if whole is None and state.measured[at].is_base:
        whole = next((state.wholes[number] for number in sorted(state.wholes, reverse=True) if number < at), None)
    if whole is None:
        whole = _enclosing(state, at, context)
    found = differences(part, whole) if whole is not None else {}
    return found or _by_default(state, part)


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
