"""What a report puts in brackets behind the figures of a period: those of the year before, in the same order."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crosscheck.extraction.model import MONEY, Number
from crosscheck.extraction.sentences.measured_ends import give_ends
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, RATE, SHARE, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.inputs.values import replace

# "EUR 53.8 million, or 11.9% of turnover (EUR 40.9 million, 8.2%)"
_PAIRS = re.compile(
    r"(?P<one>[$#%])[^$#%()!;u]{0,12}(?P<other>[$#%])[^$#%()!;u]{0,12}\((?P<first>[$#%]),r?[.]?(?P<last>[$#%])\)"
)
_BELOW_ZERO = re.compile(r"\$(?=\(\$\))")


def read_ends(state: Walk, numbers: list[int], measured: dict[int, Measured]) -> None:
    """Marks which figures of a sentence are those that others are compared with, those in brackets too."""
    give_ends(state.tokens, numbers, measured)
    _read_brackets(state, measured)
    _leave_below_zero(state, measured)


def _read_brackets(state: Walk, measured: dict[int, Measured]) -> None:
    """Gives each of two numbers in brackets what its fellow before them is, as of the time that it is compared with."""
    for match in _PAIRS.finditer(state.row):
        fellows = (("one", "first"), ("other", "last"))
        if all(_are_alike(state, measured, match.start(now), match.start(then)) for now, then in fellows):
            for now, then in fellows:
                _give(state, measured, match.start(now), match.start(then))


def _are_alike(state: Walk, measured: Mapping[int, Measured], now: int, then: int) -> bool:
    one, other = (state.tokens[at].mention for at in (now, then))
    if not (isinstance(one, Number) and isinstance(other, Number)) or now not in measured or now not in state.frames:
        return False
    return one.unit == other.unit and measured[now].measure in (LEVEL, RATE, SHARE)


def _give(state: Walk, measured: dict[int, Measured], now: int, then: int) -> None:
    measured[then] = replace(measured[now], is_base=True, is_to=False)
    state.frames[then] = state.frames[now]
    if now in state.wholes:
        state.wholes[then] = state.wholes[now]
    else:
        state.wholes.pop(then, None)


def _leave_below_zero(state: Walk, measured: dict[int, Measured]) -> None:
    """ "SEK 40 million (-35)": a loss of the year before, or a change; nobody can tell, so it is left alone."""
    for match in _BELOW_ZERO.finditer(state.row):
        at = match.start() + 2
        number = state.tokens[at].mention
        if not isinstance(number, Number) or number.kind != MONEY or not number.shared or number.sign >= 0:
            continue
        if at in measured and measured[at].measure == CHANGE:
            del measured[at]
