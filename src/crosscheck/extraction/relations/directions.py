"""Rises that fall: "attendance dropped from 1.2 million to 1.5 million"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Observed, Statement
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.measures import LEVEL, RATE, SHARE, Measured
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.figures.text import FigureError, parse_figure

AGAINST = "reading/direction-against-levels"
REACH = 6  # tokens between the verb and the first level
FROM_TO = re.compile(r"f(?P<one>[$%#])[iPB,.]{0,4}t(?P<two>[$%#])|t(?P<now>[$%#])[iPB,.]{0,4}f(?P<then>[$%#])")


def against_levels(
    tokens: Sequence[Token], measured: Mapping[int, Measured], statements: Sequence[Statement], stated: Mapping[int, int]
) -> Iterator[Observed]:
    """What is said to rise or fall from one level to another that lies on the other side."""
    row = letters(tokens)
    for match in FROM_TO.finditer(row):
        then = match.start("one") if match["one"] else match.start("then")
        now = match.start("two") if match["one"] else match.start("now")
        verb = next((at for at in range(match.start() - 1, max(match.start() - REACH, -1), -1) if row[at] in "UD"), None)
        if (
            verb is None
            or tokens[verb].text not in words_of("moves")
            or compiled(r"[;!u$%#xphC]").search(row[verb : match.start()])
        ):
            continue
        if then not in stated or now not in stated:
            continue
        one, other = statements[stated[then]], statements[stated[now]]
        up = row[verb] == "U"
        levels = all(measured[at].measure in (LEVEL, RATE, SHARE) for at in (then, now))
        if levels and one.unit == other.unit and one.measure == other.measure and _other_way(one, other, up):
            shown, told = tokens[verb].text, "fall" if up else "rise"
            message = f"{shown} from {one.place.printed} to {other.place.printed}, which is a {told}"
            yield Observed(AGAINST, "warning", message, other.place, stated[now])


def _other_way(then: Statement, now: Statement, up: bool) -> bool:
    """Whether the later level lies on the other side of the earlier one, whatever was rounded."""
    if then.value <= 0 or now.value <= 0:
        return False
    try:
        one, other = (parse_figure(statement.figure).any_reading for statement in (then, now))
    except FigureError:
        return False
    low, high = (other, one) if up else (one, other)
    return low.high is not None and high.low is not None and low.high < high.low
