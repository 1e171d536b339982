"""Polls of voters: "Labour is on 31% (down two), the Greens on 12%", "a four-point rise for Labour"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.claims.model import CARRIED, INFERRED, NOT_STATED, UNSTATED
from crosscheck.extraction.model import POINTS, Known, Mentions, Number
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.measures import CHANGE, LEVEL, RATE, SHARE, Measured
from crosscheck.extraction.sentences.phrases import PRODUCT
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.surveys import RESPONDENTS
from crosscheck.extraction.sentences.times_compared import Times
from crosscheck.inputs.values import replace

SUPPORT = "support"
FEWEST, MOST = 3, 40  # of those who stand for election, as one text names them
OF_POLL = re.compile(r"\b[Pp]oll(?:s|sters?|ing)?\b")
VOTING = re.compile(r"\b(?:[Pp]art(?:y|ies)|[Vv]oters?|[Cc]andidates?|[Cc]oalition|[Ee]lections?)\b")
WORD = r"[A-ZÀ-Þ][\w’']{0,30}"
NAME = rf"{WORD}(?:[ /-](?:{WORD}|of|the|for|others)){{0,4}}"
# The name of a party or candidate before its percentage: "Labour 31%", "the Greens are on 12%", "the SPD at 15%".
TOLD = re.compile(
    rf"({NAME})(?:,? (?:is|are|was|were|has|have|stands|stood|remains?|unchanged|steady|stable|still|won|wins|would|now|"
    r"get|gets|win|with|on|at|to|up|down)){0,4} \(?(?=[0-9]{1,2}(?:\.[0-9])? ?(?:%|per ?cent))"
)
POINTS_COUNTED = "{points}"
OPENING = re.compile(r"(?:The|And|But|While|With|In|For|Among|Support|By|As|At|On|Only|Meanwhile|If) ")
JOINED = re.compile(r"(?:,|,? and) (?:the )?")
FOR_WHOM = re.compile(r"[ -](?:percentage )?(?:points? )?[a-z]{3,12} (?:in support )?(?:for|in support of) (?:the )?")
AHEAD = re.compile(rf"(?: points?)? (?:ahead of|clear of|in front of|behind) (?:the )?({NAME})")

BEATEN = re.compile(r"(?:ahead of|clear of|in front of|behind) (?:the )?\Z")


def those_voted_for(text: str, mentions: Sequence[Mentions]) -> tuple[str, ...]:
    """The parties or candidates whose support a text on a poll of voters tells; the longest names first."""
    if OF_POLL.search(text) is None or len(VOTING.findall(text)) < 2:
        return ()
    areas = {text[name.start : name.end] for each in mentions for name in each.names if name.dimension != "entity"}
    names = {OPENING.sub("", match[1]) for match in TOLD.finditer(text)} - areas
    return tuple(sorted(names, key=lambda name: (-len(name), name))) if FEWEST <= len(names) <= MOST else ()


def read_votes(state: Walk, numbers: Sequence[int], measured: dict[int, Measured], names: Sequence[str]) -> None:
    """Puts the party or candidate that a percentage, or so many points, is told of into frames and measures."""
    told = _named(state, names) if names else []
    for at in numbers if told else ():
        number = state.tokens[at].mention
        ahead = AHEAD.match(state.text, state.tokens[at].end)
        if not isinstance(number, Number) or not (state.tokens[at].letter in "%p" or _counts_points(number, ahead)):
            continue
        who = _who(state, at, numbers, told, ahead is not None)
        growth = at in measured and measured[at].measure not in (CHANGE, SHARE, RATE) and not number.sign
        if who is None or growth:
            continue
        other = {PRODUCT: who}
        if state.tokens[at].letter == "%":
            measured[at] = replace(measured.get(at, Measured(SHARE)), measure=SHARE, direction=1)
            state.wholes[at] = Frame(Known(RESPONDENTS, INFERRED))
        elif ahead is not None:
            measured[at] = Measured(LEVEL)
        elif at not in measured:
            continue
        else:
            measured[at] = replace(measured[at], measure=CHANGE)
        indicator = Known(SUPPORT if ahead is None else f"lead over {ahead[1]}", INFERRED, who.start, who.end)
        state.frames[at] = state.frame = Frame(indicator, None, None, other, state.frame.source)
        state.of_people.add(at)
        state.votes.add(at)


def since_last_poll(state: Walk, when: dict[int, Times], last: Known | None) -> Known | None:
    """The time of the poll that others are compared with, as the text tells it; given to the changes that name none.

    Where no sentence tells it, it is left open: support rose or fell since the last poll, and not since a year ago.
    """
    for at in sorted(state.votes & when.keys()):
        base, period = when[at].base, when[at].period
        if base is not None and base.start is not None and (period is None or period.start != base.start):
            last = base
        elif state.measured[at].measure == CHANGE:
            again = last is not None and ("since" not in state.tokens.texts or _is_within(state, last))
            known = replace(last, how=CARRIED) if again and last is not None else Known(UNSTATED, NOT_STATED)
            when[at] = replace(when[at], base=known)
    return last


def _counts_points(number: Number, ahead: re.Match[str] | None) -> bool:
    """ "Four points", and of "11 points ahead of the Greens and 13 ahead of Labour" both."""
    return number.unit == POINTS_COUNTED or (number.unit == "" and ahead is not None)


def _named(state: Walk, names: Sequence[str]) -> list[re.Match[str]]:
    """Where a sentence names those who stand for election."""
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    return list(found.finditer(state.text, state.tokens[0].start, state.tokens[-1].end)) if state.tokens else []


def _who(state: Walk, at: int, numbers: Sequence[int], told: Sequence[re.Match[str]], is_lead: bool) -> Known | None:
    """Whose support a number tells: of those whom "for" names behind it, else of those named last before it."""
    text, token = state.text, state.tokens[at]
    behind = next((match for match in told if match.start() >= token.end), None)
    if behind is not None and FOR_WHOM.fullmatch(text, token.end, behind.start()) is not None:
        return Known(behind[0], start=behind.start(), end=behind.end())
    before = [
        match
        for match in told
        if match.end() <= token.start and BEATEN.search(text, max(match.start() - 20, 0), match.start()) is None
    ]
    if not before:
        return None
    between = [n for n in numbers if before[-1].end() <= state.tokens[n].start < token.start]
    if (
        between
        and not is_lead
        and not (len(between) == 1 and state.tokens[between[0]].letter == "%" and token.letter == "p")
    ):
        return None
    first = len(before) - 1
    while first and JOINED.fullmatch(text, before[first - 1].end(), before[first].start()) is not None:
        first -= 1
    start, end = before[first].start(), before[-1].end()
    return Known(" ".join(text[start:end].split()), start=start, end=end)


def _is_within(state: Walk, known: Known) -> bool:
    """Whether the sentence itself says it."""
    return known.start is not None and known.start >= state.tokens[0].start


def in_points(state: Walk, at: int, number: Number) -> Number:
    """The points that parties gain, lose or lead by in a text on a poll are percentage points."""
    if at not in state.votes or number.unit not in (POINTS_COUNTED, ""):
        return number
    figure = f"{number.figure.removesuffix(number.unit).rstrip()} percentage_point"
    return replace(number, unit="percentage_point", figure=figure, kind=POINTS)
