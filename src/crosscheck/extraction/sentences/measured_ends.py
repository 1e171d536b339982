"""Numbers that are told by the one beside them: the rate of the year before in brackets, the ends of a range."""

from __future__ import annotations

import re
from itertools import pairwise

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Number
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, RATE, SHARE, Measured, alone
from crosscheck.extraction.sentences.surroundings import surroundings
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import replace


def give_ends(tokens: list[Token], numbers: list[int], measured: dict[int, Measured]) -> None:
    """Marks which of the levels of a sentence are those that others are compared with, and which bounds of a range."""
    give_directions(tokens, numbers, measured)
    give_bases(tokens, measured)
    give_compared(tokens, numbers, measured)
    give_bounds(tokens, numbers, measured)


def give_directions(tokens: list[Token], numbers: list[int], found: dict[int, Measured]) -> None:
    """ "Down $13 million and 220 basis points", "down $105 million, or 350 basis points": both the same way."""
    row = letters(tokens)
    for last, at in pairwise(numbers):
        own, before = found.get(at), found.get(last)
        if own is None or before is None or own.measure != CHANGE or own.direction or row[at] != "p":
            continue
        if before.measure in (CHANGE, GROWTH) and re.fullmatch(r",?[ar][.b]?", row[last + 1 : at]):
            found[at] = replace(own, direction=before.direction)


def give_totals(tokens: list[Token], numbers: list[int], found: dict[int, Measured]) -> None:
    """ "It opened 140 shops, bringing the total to 1,260": so many more, and no level; a month's beside "the seven-month
    total" stays one."""
    for one, other in pairwise(numbers):
        words = [token.text for token in tokens[max(other - 5, one) : other]]
        brings = next((word for word in words if word in words_of("bringing")), None)
        if brings is None or words[-1] != "to" or not (found.keys() >= {one, other}) or found[one].is_to:
            continue
        of_span = "P" in letters(tokens[one + 1 : other])[words.index(brings) - len(words) :]
        levels = found[one].measure == LEVEL == found[other].measure
        if levels and not of_span and tokens[one].letter == tokens[other].letter:
            found[one], found[other] = Measured(CHANGE, 1), Measured(LEVEL, 1, is_to=True)


def give_bases(tokens: list[Token], found: dict[int, Measured]) -> None:
    """ "12.3% (11.8)", "12.3% (11.8%)": alone in a parenthesis behind a rate of its kind stands that of the year before."""
    for match in re.finditer(r"%(?=\(%\))", letters(tokens)):
        one, other = found.get(match.start()), match.start() + 2
        number = tokens[other].mention
        if one is None or not isinstance(number, Number) or number.sign:
            continue
        if one.measure in (RATE, SHARE):
            found[other] = Measured(one.measure, 1, is_base=True)
        else:
            found.pop(other, None)  # growth of another period than that of the sentence


def give_bounds(tokens: list[Token], numbers: list[int], found: dict[int, Measured]) -> None:
    """ "Between 3% and 4%", "$10–12 billion", "revenue of $5 to $6 billion": no less and no more than that."""
    for low, high in pairwise(numbers):
        one, other = tokens[low].mention, tokens[high].mention
        assert isinstance(one, Number)
        assert isinstance(other, Number)
        if one.unit != other.unit or one.value >= other.value or one.qualifier or other.qualifier or other.sign:
            continue
        link = letters(tokens[low + 1 : high])
        if link not in ("a", "-", "t"):
            continue
        around = surroundings(tokens, low)
        before = around.before
        between = link == "a" and before.endswith("g")
        dash = link == "-" and tokens[high].start - tokens[low].end == 1
        to = link == "t" and re.search(r"[oLrT][.]?$", before) and not re.search(r"[UDCf]", before)
        if not (between or dash or to):
            continue
        if between:  # the preposition tells nothing of the measure: "rose by between 3% and 4%", "at between 3 and 4"
            bare = replace(around, before=before[:-1], before_at=around.before_at[:-1])
            measure = alone(tokens, low, bare) or found.get(low)
        else:
            measure = found.get(low)
        if measure is None or not measure.is_base or dash:
            measure = measure or found.get(high)
            if measure is not None:
                found[low], found[high] = replace(measure, bound="at least"), replace(measure, bound="at most")


def give_compared(tokens: list[Token], numbers: list[int], found: dict[int, Measured]) -> None:
    """ "That compares with $3.75 million a year earlier": a sentence that tells nothing but what was before."""
    before = tokens[: numbers[0]] if numbers else []
    if not before or before[0].text not in words_of("pointer") or words_of("compares").isdisjoint([t.text for t in before]):
        return
    for at in numbers:
        if at in found and found[at].measure in (LEVEL, RATE, SHARE):
            found[at] = replace(found[at], is_base=True)
