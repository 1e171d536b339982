"""What a percentage measures of which no word beside it tells: the rest of its sentence does.

"Health with 2.8% and transport with 1.9% were the groups with the largest increases", "a rise was recorded on the previous
month by 0.6%", "grew by 4%; mining, 6.3%; and services, 9.1%", "followed by Danes at 10%", "half of them (51%)".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Number
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.measured_ends import give_totals
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, RATE, SHARE, UP_OR_DOWN, Measured
from crosscheck.extraction.sentences.tokens import NUMBERS, Token, letters
from crosscheck.inputs.values import replace

REACH = 40  # tokens looked back on
NEAR = Fraction(1, 5)  # a percentage in brackets says again what the fraction before it says
RATIOS = "%h"
# Between an item of a list and the one before it, where both have a figure.
NEXT = re.compile(r"[^;!UDCSsMmLu]{0,10};[au]?[.XIAETijoa-]{1,8},[.]?")  # "…; construction, 19%"
# "…, followed by Danes at 10%", "… and housing with 7%"
BESIDE = re.compile(r"[oiIXAETP.jf]{0,8}[,;)]{0,2}a?(?:yb)?[.XIAETj-]{1,8},?[wL][.]?")
AGAINST = re.compile(r"[.]?(?:i?[.T]{0,2}P)?,?[.]?v[.T]?")
AND_THEN = re.compile(r"[.]?(?:i?[.T]{0,2}[PB]),?a[.T]?")
IN_BRACKETS = re.compile(r"[AEX.]\(%\)")
# "A 4% increase (6% at constant rates)", "3% as reported and 7% organically"
BESIDE_GROWTH = re.compile(r"[.iPXUDIL]{0,4}(?:[,(]{1,2}[ar]?|[ar])[.]?")
BY = re.compile(r"b[.]?$")
TOLD_WITH = re.compile(r"(?:[.XIAE]w|[.XIAE],?L|[.XIAE]\(|L[.XIAEa]{1,6},)[.]?$")


def measure_rest(tokens: list[Token], numbers: list[int], found: dict[int, Measured]) -> None:
    """Adds to `found` what the percentages of a sentence measure that are not in it yet, as far as it can be told."""
    give_totals(tokens, numbers, found)
    for at in numbers if not {token.text for token in tokens}.isdisjoint(words_of("beats") | words_of("trails")) else ():
        if found.get(at) == Measured(LEVEL) and (told := _beaten(tokens, letters(tokens), at)) is not None:
            found[at] = replace(told, measure=CHANGE)  # "exceeding last year's volume by 1.5 million tons"
    row = letters(tokens)
    if all(at in found or tokens[at].letter not in RATIOS for at in numbers):
        return
    for place, at in enumerate(numbers):
        if at in found or tokens[at].letter != "%":
            continue
        told = _restated(tokens, at, found) or _beside(tokens, row, at, found) or _told_by_word(tokens, row, at)
        before = numbers[:place]
        for find in _WAYS if told is None else ():
            told = told or find(tokens, row, at)
        told = told or _as_listed(tokens, row, at, before, found) or _spread(tokens, row, at)
        if told is not None:
            found[at] = told
    _ranked(tokens, row, numbers, found)


def compare_rates(row: str, numbers: list[int], found: dict[int, Measured]) -> None:
    """ "The margin was 3.9%, compared to 3.8% in the first quarter and 3.1% a year ago": rates like the one before them."""
    for last, at in pairwise(numbers):
        before, own = found.get(last), found.get(at)
        if row[last] != "%" or row[at] != "%" or before is None or before.measure not in (RATE, SHARE):
            continue
        told = AGAINST.fullmatch(row, last + 1, at) or (before.is_base and AND_THEN.fullmatch(row, last + 1, at))
        if told and (own is None or (own.measure, own.direction) == (GROWTH, 0) or own.measure == before.measure):
            found[at] = replace(before, is_base=True, is_to=False)


def _restated(tokens: list[Token], at: int, found: dict[int, Measured]) -> Measured | None:
    """ "Half of online shoppers (50%)", "one fifth (20%) have …": as the fraction, which is a share if it tells of it."""
    if at < 2 or tokens[at - 1].letter != "(":
        return None
    other = next((index for index in range(at - 2, max(at - 9, -1), -1) if tokens[index].letter in NUMBERS), None)
    behind = letters(tokens)[at + 1 : at + 3]
    if other is None or tokens[other].letter != "h":
        return Measured(SHARE) if behind == ")o" else None  # "a tenth (9.8%) of …"
    fraction, own = tokens[other].mention, tokens[at].mention
    assert isinstance(fraction, Number)
    assert isinstance(own, Number)
    if abs(100 * fraction.value - own.value) > 100 * NEAR * fraction.value:
        return None
    return found.setdefault(other, Measured(SHARE))


def _told_by_word(tokens: list[Token], row: str, at: int) -> Measured | None:
    """ "Of which 41% came from hydro", "the remaining 57% will be lent", "a target range of 6.5% to 7.5%"."""
    before = row[at - 1 : at]
    if (before == "W" and tokens[at - 1].text in words_of("of_which")) or tokens[at - 1].text in words_of("rest"):
        return Measured(SHARE)
    ends = [at] if row[at + 1 : at + 3] in ("t%", "-%") else [at - 2] if row[at - 2 : at] in ("%t", "%-") else []
    if ends and row[ends[0] - 1] == "o" and tokens[ends[0] - 2].text in words_of("band"):
        return Measured(RATE, by_context=True)
    return None


def _beside(tokens: list[Token], row: str, at: int, found: dict[int, Measured]) -> Measured | None:
    """ "37% and 22% up on the year" are both growth, "trust the court (40% against 49%)" are both shares of people."""
    if row[at - 2 : at] == "b_" and tokens[at - 1].text == "+":
        return Measured(GROWTH, 1)
    if row[at : at + 3] == "%a%" and at + 2 in found and found[at + 2].measure == GROWTH:
        return found[at + 2]
    first = at if row[at : at + 4] == "%v%)" else at - 2
    opposed = row[max(first - 1, 0) : first + 4] == "(%v%)" and not compiled(r"[UDC]").search(row)
    return Measured(SHARE, by_context=True) if opposed else None


def _named(tokens: list[Token], row: str, at: int) -> Measured | None:
    """ "The highest monthly fall was 1.9%", "growth for this year stands at 3.1%": a noun of change, and what it is."""
    if at < 2 or row[at - 1] != "L":
        return None
    for index in range(at - 2, max(at - 2 - REACH, -1), -1):
        letter = row[index]
        if letter in "UD":
            noun = tokens[index].text in words_of("change_noun") | words_of("growth_noun")
            clean = row[index + 1] in "LoiPBveb" and (index == 0 or row[index - 1] not in "L")
            return Measured(GROWTH, UP_OR_DOWN[letter]) if noun and clean else None
        if letter not in "oi.TXAEIPBGjve-" and not (letter == "L" and tokens[index].text in words_of("passive")):
            return None
    return None


def _passive(tokens: list[Token], row: str, at: int) -> Measured | None:
    """ "A rise was recorded in the index on the previous month by 0.6%": the noun is told of by a verb that only tells."""
    if BY.search(row[:at]) is None:
        return None
    for index in range(at - 2, max(at - 2 - REACH, -1), -1):
        letter, word = row[index], tokens[index].text
        if letter in "UD":
            return Measured(GROWTH, UP_OR_DOWN[letter]) if word in words_of("change_noun") else None
        light = word in words_of("passive") or word in words_of("observed")
        if letter in "SsMm;!uU" + NUMBERS or (letter == "L" and not light):
            return None
    return None


def _object(tokens: list[Token], row: str, at: int) -> Measured | None:
    """ "Lower volumes reduced sales 4 per cent", "the tax cut imports 5%": what became more or less stands between.

    Without an ending of the past the verb is one behind "to" or "will": "plans to increase output
    4%", "will raise wages 3%".
    """
    low = max(at - 9, 0)
    match = compiled(r"(?P<to>[.XIAEjC)tq])(?P<verb>[UD.])[.jTX]{0,3}[I.]$").search(row[low:at])
    if match is None:
        return None
    verb, before = tokens[low + match.start("verb")].text, tokens[low + match.start("to")]
    infinitive = before.text == "to" or before.letter == "q"
    if match["verb"] == ".":
        raises = infinitive and verb in words_of("raises")
        return Measured(GROWTH, 1) if raises else None
    does = (
        verb.endswith("ed")
        or verb in ("cut", "cuts")
        or (infinitive and not verb.endswith(("th", "ion", "ment", "ing", "s")))
    )
    return Measured(GROWTH, UP_OR_DOWN[match["verb"]]) if does else None


def _beaten(tokens: list[Token], row: str, at: int) -> Measured | None:
    """ "Surpassing by 0.6% the figure of 2019", "beating those of 2019 by 1.9%"."""
    if BY.search(row[:at]) is None:
        return None
    for index in range(at - 2, max(at - 10, -1), -1):
        if tokens[index].text in words_of("beats"):
            return Measured(GROWTH, 1)
        if tokens[index].text in words_of("trails"):
            return Measured(GROWTH, -1)
        if row[index] in ";!uUDSs" + NUMBERS:
            return None
    return None


_WAYS: tuple[Callable[[list[Token], str, int], Measured | None], ...] = (_named, _passive, _object, _beaten)


def _as_listed(tokens: list[Token], row: str, at: int, before: list[int], found: dict[int, Measured]) -> Measured | None:
    """As the percentage before it in a list, or the one that is told in the same way: "… by 13%, and at sea by 20%"."""
    earlier = [other for other in before if row[other] == "%"]
    if not earlier or earlier[-1] not in found:
        return None
    last = earlier[-1]
    told = found[last]
    between = row[last + 1 : at]
    if told.measure == GROWTH and BESIDE_GROWTH.fullmatch(between) and _on_a_basis(tokens, at):
        return replace(told, by_context=True, is_base=False)
    link = tokens[at - 1] if row[at - 1] in "wL" else tokens[at - 2]
    beside = BESIDE.fullmatch(between) is not None and link.text in ("at", "with")
    listed = beside or NEXT.fullmatch(between) is not None
    alike = (
        told.measure == GROWTH
        and BY.search(row[:last])
        and BY.search(between)
        and not compiled(r"[UDSsMm]").search(between)
    )
    if told.is_base or told.is_to or not (listed or alike):
        return None
    return replace(told, by_context=True)


def _on_a_basis(tokens: list[Token], at: int) -> bool:
    """Whether the words behind a percentage tell how a growth is reckoned: "6% at constant rates", "3% as reported"."""
    words = [token.text for token in tokens[at + 1 : at + 5]]
    ends = next((place for place, token in enumerate(tokens[at + 1 : at + 5]) if token.letter in NUMBERS + ";)"), 4)
    return not words_of("reckoned").union(words_of("reckoned_as")).isdisjoint(words[:ends])


def _spread(tokens: list[Token], row: str, at: int) -> Measured | None:
    """ "Health with 2.8% … were the groups with the largest increases", "The largest rises are seen in food, at 3.7%"."""
    if TOLD_WITH.search(row[:at]) is None:
        return None
    first = max(row.rfind(mark, 0, at) for mark in ";!") + 1
    ends = [index for mark in ";!" if (index := row.find(mark, at)) >= 0]
    last = min(ends, default=len(row))
    nouns = words_of("change_noun") | words_of("growth_noun") | words_of("change_nouns")
    cues = {row[index] for index in range(first, last) if row[index] in "UD" and tokens[index].text in nouns}
    others = {row[index] for index in range(first, last) if row[index] in "UDSsMmC"} - cues
    if len(cues) != 1 or others:
        return None
    return Measured(GROWTH, UP_OR_DOWN[cues.pop()], by_context=True)


def _ranked(tokens: list[Token], row: str, numbers: list[int], found: dict[int, Measured]) -> None:
    """ "Most trade was with China (20.5%), Russia (17.8%) and Turkey (9.3%)": shares, where nothing rises or falls."""
    listed = [at for at in numbers if IN_BRACKETS.fullmatch(row, max(at - 2, 0), at + 2)]
    if len(listed) < 3 or any(at in found for at in listed) or compiled(r"[UDC]").search(row):
        return
    if words_of("ranking").union(words_of("records")).isdisjoint([token.text for token in tokens]):
        return
    for at in listed:
        found[at] = Measured(SHARE, by_context=True)
