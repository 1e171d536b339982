"""Lengths of time that are figures: two of a sentence are compared, "from 18 weeks to 12", "3 hours, up from 2½"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crosscheck.extraction.model import MEASURE, Number, Skipped
from crosscheck.extraction.numbers.skips import DURATION
from crosscheck.figures.exact import Fraction
from crosscheck.figures.number_words import read_number_words
from crosscheck.figures.quantities import Quantities

_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080}
_MONTHS = {"month": 1, "year": 12}
_LENGTH = re.compile(
    r"(?<![a-z0-9.,])(?P<n>[0-9]{1,5}(?:\.[0-9]{1,2})?|[a-z]+(?:-[a-z]+)?)"
    r"[ \n](?P<unit>minute|hour|day|week|month|year)s?(?![a-z'’-])"
    r"(?:,?[ \n](?:and[ \n])?(?P<m>[0-9]{1,2}|[a-z]+(?:-[a-z]+)?)[ \n](?P<less>minute|hour|day|week|month)s?(?![a-z'’-]))?"
)
# Between two lengths: words that compare them. No other number but a year stands there.
_COMPARES = re.compile(
    r"(?:[^0-9.;:!?]|(?:19|20)[0-9]{2}){0,40}?(?<![a-z])(?:to|(?:up|down)[ \n]from|from"
    r"|than(?:[ \n]the)?|(?:compared[ \n])?(?:with|to)"
    r"|against|instead[ \n]of|rather[ \n]than)[ \n](?:an?[ \n]average[ \n]of[ \n]|the[ \n]|about[ \n]|around[ \n])?\Z"
)
_MOVES = re.compile(
    r"(?<![a-z])(?:fell|fall|falls|fallen|rose|rise|rises|risen|grew|grown|dropped|drop|drops|declined|increased|decreased|cut"
    r"|shortened|lengthened|extended"
    r"|reduced|reducing|cutting|up|down|shorter|longer|faster|slower|more|less|quicker|compared|against|took|takes|take"
    r"|averaged|went|gone|improved|came|shrank|jumped|climbed)(?![a-z])"
)


def compared_lengths(
    text: str, begin: int, end: int, skipped: Sequence[Skipped], table: Quantities
) -> tuple[list[Number], list[Skipped]]:
    """The lengths of time of a block that its sentences compare, as figures, and what is skipped without them."""
    if sum(one.reason == DURATION for one in skipped) < 2:
        return [], [*skipped]
    lower = text[begin:end].lower()
    found: list[Number] = []
    for first, last in _sentences(lower):
        lengths = list(_lengths(lower, first, last, begin, table))
        if len(lengths) > 1 and _are_compared(lower, begin, first, lengths):
            found += lengths
    kept = [one for one in skipped if not any(number.start < one.end and one.start < number.end for number in found)]
    return found, kept


def _sentences(lower: str) -> list[tuple[int, int]]:
    ends = [match.start() for match in re.finditer(r"[.!?](?=[ \n]|\Z)", lower)]
    begins = [0, *(end + 1 for end in ends)]
    return [*zip(begins, [*ends, len(lower)], strict=True)]


def _lengths(lower: str, first: int, last: int, begin: int, table: Quantities) -> Iterator[Number]:
    """The lengths of a sentence; "six hours, two hours longer" are two of them."""
    while (match := _LENGTH.search(lower, first, last)) is not None:
        one = _length(match, begin, table)
        if one is not None:
            yield one
        first = match.end("unit") if one is None else one.end - begin


def _length(match: re.Match[str], begin: int, table: Quantities) -> Number | None:
    """A length of one unit or of two, "3 hours 20 minutes" in the smaller one."""
    value, unit = _value(match["n"], table), match["unit"]
    end = match.end("unit")
    if value is None:
        return None
    more = _value(match["m"], table) if match["m"] else None
    scale = _MINUTES if unit in _MINUTES else _MONTHS
    if more is not None and match["less"] in scale and scale[match["less"]] < scale[unit]:
        value, unit, end = value * scale[unit] / scale[match["less"]] + more, match["less"], match.end("less")
    end += match.string[end : end + 1] == "s"
    figure = match["n"] if more is None and match["n"][0].isdigit() else str(value)
    return Number(begin + match.start(), begin + end, f"{figure} {unit}", value, unit, MEASURE)


def _value(printed: str, table: Quantities) -> Fraction | None:
    if printed[0].isdigit():
        return Fraction(printed)
    read = read_number_words(printed, 0, table, len(printed))
    return Fraction(read.value) if read is not None and read.end == len(printed) and printed != "a" else None


def _are_compared(lower: str, begin: int, first: int, lengths: Sequence[Number]) -> bool:
    """Whether a word of comparison stands between two lengths of the sentence, and a verb of change or of lasting."""
    if _MOVES.search(lower, first, lengths[-1].start - begin) is None:
        return False
    return any(
        _COMPARES.fullmatch(lower, one.end - begin, other.start - begin) is not None
        and (one.unit in _MINUTES) == (other.unit in _MINUTES)
        for at, one in enumerate(lengths)
        for other in lengths[at + 1 : at + 3]
    )
