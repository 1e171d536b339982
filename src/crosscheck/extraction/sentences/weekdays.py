"""The day of a figure that changes by the day: "shares rose 4% on Tuesday"."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from crosscheck.claims.model import INFERRED
from crosscheck.extraction.model import Known
from crosscheck.extraction.sentences.tokens import NUMBERS, Token

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
REACH = 8  # tokens behind a number, and before it


def day_told(tokens: Sequence[Token], at: int, published: datetime.date | None) -> Known | None:
    """The day of the week beside the number at index `at`: the last one before the text was published, or its own day.

    None where the text has no date, and where two numbers share the words.
    """
    if published is None:
        return None
    behind = _until(tokens[at + 1 : at + 1 + REACH])
    before = _until(list(reversed(tokens[max(at - REACH, 0) : at])))
    token = next((token for token in (*behind, *before) if token.text in DAYS), None)
    if token is None:
        return None
    back = (published.weekday() - DAYS.index(token.text)) % len(DAYS)
    day = published - datetime.timedelta(days=back)
    return Known(day.isoformat(), INFERRED, token.start, token.end)


def _until(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens up to the next number or the end of a clause; a level to which something rose is told with its rise."""
    for place, token in enumerate(tokens):
        reached = place > 0 and tokens[place - 1].letter == "t" and token.letter == "$"
        if token.letter in NUMBERS + ";!u" and not reached:
            return tokens[:place]
    return tokens
