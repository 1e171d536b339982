"""Figures that came out as one quantity with two values: then reading lost what tells them apart, and says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from crosscheck.claims.model import CARRIED, EXPLICIT, NOT_STATED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.sentences.measures import GROWTH, LEVEL, MULTIPLE_OF, SHARE
from crosscheck.extraction.sentences.tokens import NUMBERS, Token
from crosscheck.extraction.sentences.valued import PRICES
from crosscheck.figures.exact import Fraction
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, year_before
from crosscheck.inputs.values import replace, value

RATIOS = (GROWTH, MULTIPLE_OF, SHARE)
REACH = 400  # statements looked back on
DIFFERENT = 30  # and of one quantity, different figures
NEAR = Fraction(5, 4)
LEAST_DIGITS = 3
BORNE_OUT = Fraction(3, 2)  # how far a multiple and a growth of one thing may be apart
FAR = 50  # no level of a series grows so from one period of a text to another
POINTS_BACK = re.compile(r"(?:They|It|These|This) (?:amounted|came|totalled|totaled|stood|was|were)\b")
TEN = Fraction(10)
SLIPS = tuple(power for size in (1, 2, 3, 6) for power in (TEN**size, 1 / TEN**size))
CLOSE = Fraction(1, 50)  # a ratio that fits so well but for its power of ten is no chance
DETAIL = "detail"  # the dimension of what tells two figures of one sentence apart, in the words of the document


@value
class _Traits:
    """What is asked of a statement again and again, found out once.

    `rest` are its dimensions but for its period, who compiled it, and the words that tell it apart; `thing` is the same
    without the prices at which it is told.
    """

    statement: Statement
    key: object
    kin: object
    rest: frozenset[tuple[str, str]]
    thing: frozenset[tuple[str, str]]
    period: str | None
    figure: object


@dataclass(slots=True)
class Seen:
    """The statements of the sentences before, by what they are figures of: asked for every figure of a text, so kept.

    Of each quantity the last different figures alone, so that a text that goes on for ever is read in linear time.
    """

    count: int = 0
    values: dict[object, dict[Fraction, int]] = field(default_factory=dict)
    alike: dict[object, dict[object, int]] = field(default_factory=dict)
    known: dict[int, _Traits] = field(default_factory=dict)
    ratios: list[int] = field(default_factory=list)  # those that may tell how two levels are to one another

    def traits(self, index: int, one: Statement) -> _Traits:
        """Those of the statement with that index."""
        found = self.known.get(index)
        if found is None or found.statement is not one:
            found = self.known[index] = _traits(one)
        return found

    def all_traits(self, indices: Iterable[int], statements: Sequence[Statement]) -> list[_Traits]:
        """Those of statements that were asked for before; of one that has changed since, anew."""
        known = self.known
        return [
            found if (found := known[index]).statement is statements[index] else self.traits(index, statements[index])
            for index in indices
        ]

    def add(self, statements: Sequence[Statement], upto: int) -> None:
        """Takes in the statements before index `upto`."""
        for index in range(self.count, upto):
            one = self.traits(index, statements[index])
            if one.statement.measure in RATIOS:
                self.ratios.append(index)
            _remember(self.values.setdefault(one.key, {}), one.statement.value, index)
            _remember(self.alike.setdefault(one.kin, {}), one.figure, index)
        self.count = max(self.count, upto)

    def told(self, statements: Sequence[Statement], low: int) -> list[_Traits]:
        """The ratios from index `low` on, those of the sentence that is read among them."""
        indices = [*self.ratios[bisect_left(self.ratios, low) :], *range(max(self.count, low), len(statements))]
        return [self.traits(index, statements[index]) for index in indices if statements[index].measure in RATIOS]


K = TypeVar("K")


def _traits(one: Statement) -> _Traits:
    matched = {name: known.value for name, known in one.dimensions.items()}
    matched.pop("source", None)
    period, detail = matched.pop("time_period", None), matched.pop(DETAIL, None)
    rest = frozenset(matched.items())
    thing = frozenset([known for known in rest if known[0] != PRICES]) if PRICES in matched else rest
    kind = _kind(one.unit)
    base = one.base_period.value if one.base_period is not None else None
    if period is not None and base is not None and base == usual_base(period):
        base = None
    whole = frozenset(one.whole.items()) if one.whole else None
    told = rest, period, detail
    key = told, one.measure, base, whole, one.modality, kind, one.list_of, one.is_end and one.qualifier
    kin = one.measure, kind, one.modality, matched.get("indicator"), matched.get("reference_area"), detail
    return _Traits(one, key, kin, rest, thing, period, (one.value, told))


def _remember(found: dict[K, int], what: K, index: int) -> None:
    found.pop(what, None)
    found[what] = index
    if len(found) > DIFFERENT:
        del found[next(iter(found))]


def keep_apart(
    text: str, tokens: Sequence[Token], stated: Mapping[int, int], statements: list[Statement], seen: Seen
) -> None:
    """Gives figures of this sentence that would contradict one another the words that stand before each.

    No writer contradicts himself within a sentence. Where no words of its own stand before a figure, what it is of is
    unstated. A later figure that contradicts an earlier sentence is treated alike when its subject was only carried, or
    when the two are too far apart to be meant for one quantity (a slip of a factor of ten is not).
    `stated` gives the index in `statements` of each number of the sentence, by token; `seen` is kept from sentence to
    sentence.
    """
    places = {index: at for at, index in stated.items()}
    if not places:
        return
    first = min(places)
    seen.add(statements, first)
    low = first - REACH
    by_key: dict[object, dict[Fraction, int]] = {}
    keys = {index: seen.traits(index, statements[index]).key for index in places}
    for index, key in keys.items():
        by_key.setdefault(key, {}).setdefault(statements[index].value, index)
    points_back = POINTS_BACK.match(text, tokens[0].start) is not None
    for index, key in keys.items():
        own = statements[index]
        if DETAIL in own.dimensions and own.dimensions[DETAIL].value == UNSTATED:
            continue  # like no other already
        before = [
            value
            for value, other in seen.values.get(key, {}).items()
            if other >= low and not _of_other_sources(own, statements[other])
        ]
        beside = [value for value, other in by_key[key].items() if not _of_other_sources(own, statements[other])]
        if not (points_back and _is_near(own, before)) and _loses_something(own, beside, before):
            statements[index] = _detailed(text, tokens, places[index], statements[index])
    _part_incomparable(text, tokens, places, statements, seen, low)
    _part_multiples(text, tokens, places, statements, seen, low)
    _part_shares(text, tokens, places, statements, seen)
    told: dict[object, Fraction] = {}
    for index in places:
        source = statements[index].dimensions.get("source")
        which = seen.traits(index, statements[index]).key, source.value if source is not None else None
        before_it = told.setdefault(which, statements[index].value)
        if before_it != statements[index].value and not _is_other_scale(before_it, statements[index].value):
            dimensions = {**statements[index].dimensions, DETAIL: Known(UNSTATED, NOT_STATED)}
            statements[index] = replace(statements[index], dimensions=dimensions)


def _part_incomparable(
    text: str, tokens: Sequence[Token], places: Mapping[int, int], statements: list[Statement], seen: Seen, low: int
) -> None:
    """Gives words of their own to those figures of a sentence that no rule may compare with others of their kin."""
    alike: dict[object, dict[object, int]] = {}
    for index in places:
        one = seen.traits(index, statements[index])
        ours = alike.setdefault(one.kin, {})
        before = [other for other in seen.alike.get(one.kin, {}).values() if other >= low]
        kin = seen.all_traits([*before, *ours.values()], statements)
        apart = [
            yours
            for place, yours in enumerate(kin)
            if (one.rest == yours.rest) != (one.period == yours.period)
            and _cannot_compare(one, yours, in_sentence=place >= len(before))
        ]
        if apart:
            told = seen.told(statements, low)
            changes = [seen.traits(at, statements[at]) for at in places]
            apart = [other for other in apart if not _are_ends(one, other, changes)]
            if any(not _is_slip_of_scale(one, other, told) for other in apart):
                statements[index] = _detailed(text, tokens, places[index], statements[index])
                one = seen.traits(index, statements[index])
                ours = alike.setdefault(one.kin, {})
        _remember(ours, one.figure, index)


def _part_multiples(
    text: str, tokens: Sequence[Token], places: Mapping[int, int], statements: list[Statement], seen: Seen, low: int
) -> None:
    """Gives a multiple words of its own that no growth of a sentence before bears out, where its subject is not told:
    "Registrations of this make fell 12% in March. …. Another saw a doubling"."""
    for index, at in places.items():
        own = statements[index]
        if own.measure != MULTIPLE_OF or own.value <= 0 or not _is_carried(own):
            continue
        ours = seen.traits(index, own)
        before = [seen.traits(other, statements[other]) for other in seen.ratios if low <= other < min(places)]
        growths = [one for one in before if one.statement.measure == GROWTH and _is_of_the_same(one, ours)]
        factors = [_factor(one.statement) for one in growths]
        if any(factor <= 0 or max(factor / own.value, own.value / factor) > BORNE_OUT for factor in factors):
            statements[index] = _detailed(text, tokens, at, own)


def _part_shares(
    text: str, tokens: Sequence[Token], places: Mapping[int, int], statements: list[Statement], seen: Seen
) -> None:
    """Gives a percentage words of its own where another clause of the sentence told a fraction far from it of the same:
    "half of them are married; however, 67.3% of those who are not live together"."""
    shares = [index for index in places if statements[index].measure == SHARE]
    for one, other in pairwise(sorted(shares, key=lambda index: places[index])):
        (first, second), clause = (statements[one], statements[other]), tokens[places[one] : places[other]]
        apart = (first.unit, second.unit) == ("", "percent") and any(token.letter in ";u" for token in clause)
        if not apart or not first.value > 0 or first.whole != second.whole:
            continue
        ratio = second.value / 100 / first.value
        same = seen.traits(one, first).rest == seen.traits(other, second).rest
        if same and not 1 / NEAR <= ratio <= NEAR:
            dimensions = {**second.dimensions, DETAIL: Known(UNSTATED, NOT_STATED)}
            statements[other] = replace(second, dimensions=dimensions)


def _is_near(one: Statement, before: Sequence[Fraction]) -> bool:
    """Whether a figure that the sentence tells of what was told before may be meant for it: no other quantity is near."""
    return bool(before) and all(_is_alike(one.value, other) for other in before)


def _of_other_sources(one: Statement, other: Statement) -> bool:
    """Whether two figures come from different compilers, who may well differ."""
    ours, theirs = one.dimensions.get("source"), other.dimensions.get("source")
    return ours is not None and theirs is not None and ours.value != theirs.value


def _are_ends(one: _Traits, other: _Traits, beside: Iterable[_Traits]) -> bool:
    """Whether a growth of the same sentence is told from the one level to the other: "by 99%, from $1,000 to $10"."""
    for now, then in ((one, other), (other, one)):
        for change in beside:
            base = change.statement.base_period
            is_change = change.statement.measure in (GROWTH, MULTIPLE_OF) and base is not None
            if is_change and base is not None and base.value == then.period and _is_of_the_same(change, now):
                return True
    return False


def _is_slip_of_scale(one: _Traits, other: _Traits, told: Iterable[_Traits]) -> bool:
    """Whether a growth or share among what is told fits two levels but for a factor of ten, a hundred, a thousand or a
    million.

    Then million stands for billion, and both are what they seem to be: "rose 5% to $14.7 billion from $14 million".
    """
    for first, second in ((one, other), (other, one)):
        for ratio in told if second.statement.value != 0 else ():
            factor = _factor(ratio.statement) if _is_of_the_same(ratio, first) else Fraction(0)
            if factor <= 0:
                continue
            off = abs(first.statement.value / second.statement.value / factor)
            if any(abs(off / power - 1) < CLOSE for power in SLIPS):
                return True
    return False


def _is_of_the_same(one: _Traits, other: _Traits) -> bool:
    """Whether two figures are told of one thing and time, at whichever prices."""
    return one.period == other.period and one.thing == other.thing


def _factor(ratio: Statement) -> Fraction:
    value = ratio.value / 100 if ratio.unit in ("percent", "percentage_point") else ratio.value
    return 1 + value if ratio.measure == GROWTH else value


def _loses_something(statement: Statement, ours: Iterable[Fraction], before: Iterable[Fraction]) -> bool:
    """Whether a statement is one quantity with others of another value, and reading is likelier to err than the text."""
    one = statement.value
    if any(other != one and not _is_other_scale(one, other) for other in ours):
        return True
    others = [other for other in before if other != one]
    if not others or all(_is_slip(one, other) for other in others):
        return False
    return _is_carried(statement, all(_is_misprint(one, other) for other in others)) or not all(
        _is_alike(one, other) or _is_misprint(one, other) for other in others
    )


def _cannot_compare(mine: _Traits, yours: _Traits, in_sentence: bool) -> bool:
    """Whether two figures of one kin, either of one thing or of one time, that a rule would compare cannot be meant so: a
    product that is more than the whole trade, a figure without a period and another one of a year."""
    if mine.rest == yours.rest:
        one, other = mine.statement.value, yours.statement.value
        if UNSTATED in (mine.period, yours.period):
            return one != other and (in_sentence or not (_is_alike(one, other) or _is_slip(one, other)))
        return mine.statement.measure == LEVEL and one > 0 < other and max(one / other, other / one) > FAR
    if mine.statement.measure != LEVEL or abs(len(mine.rest) - len(yours.rest)) != 1:
        return False
    part, whole = (mine, yours) if len(mine.rest) > len(yours.rest) else (yours, mine)
    if not in_sentence and _is_sure(part.statement) and _is_sure(whole.statement):
        return False  # each in words of its own, so what is wrong is in the text
    return whole.rest < part.rest and part.statement.value > whole.statement.value * NEAR > 0


def _is_sure(one: Statement) -> bool:
    """Whether a figure tells by itself of what and when it is; whose it is may go on from before."""
    told = (known.how for dimension, known in one.dimensions.items() if dimension not in ("reference_area", "source"))
    area = one.dimensions.get("reference_area")
    return all(how == EXPLICIT for how in told) and area is not None and area.how in (EXPLICIT, CARRIED)


def _is_slip(one: Fraction, other: Fraction) -> bool:
    """Whether two values have the same digits: 100 million and 100 billion."""
    if one == 0 or other == 0:
        return False
    ratio = max(one / other, other / one)
    return ratio in (TEN, TEN**2, TEN**3, TEN**4)


def _is_other_scale(one: Fraction, other: Fraction) -> bool:
    """Whether two values have the same digits, two at least, and differ by a thousand or a million: none writes so."""
    if one == 0 or other == 0 or max(one / other, other / one) not in (TEN**3, TEN**6):
        return False
    digits = str(max(abs(one), abs(other)).numerator).strip("0")
    return len(digits) > 1


def _is_alike(one: Fraction, other: Fraction) -> bool:
    """Whether two values may be meant for one quantity: near one another, or apart by a factor of ten, a hundred …"""
    if one == 0 or other == 0 or (one > 0) != (other > 0):
        return False
    ratio = max(one / other, other / one)
    return any(1 / NEAR <= ratio / TEN**power <= NEAR for power in range(5))


def _is_misprint(one: Fraction, other: Fraction) -> bool:
    """Whether one digit of three or more is another, or two beside one another stand in each other's place."""
    ours, theirs = (str((value * 1000).numerator).rstrip("0") for value in (one, other))
    if len(ours) != len(theirs) or len(ours) < LEAST_DIGITS or (one > 0) != (other > 0):
        return False
    apart = [at for at, (mine, yours) in enumerate(zip(ours, theirs, strict=True)) if mine != yours]
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and ours[apart[0]] == theirs[apart[1]]
    return len(apart) == 1 or (swapped and ours[apart[1]] == theirs[apart[0]])


@lru_cache(maxsize=1024)
def usual_base(period: str) -> str | None:
    """The same period a year before, with which a growth compares when the text names no other."""
    try:
        return normal_form(year_before(parse_period(period)))
    except PeriodError:
        return None


def _kind(unit: str) -> str:
    """The unit, all things counted as one."""
    return unit.partition("}")[2] if unit.startswith("{") else unit


def _is_carried(one: Statement, misprint: bool = False) -> bool:
    """Whether any of what the figure is of was told in a sentence before, or guessed; whose it is may be, of what looks
    like a misprint."""
    whose = ("reference_area", "counterpart_area") if misprint else ()
    return any(
        known.how != EXPLICIT and not (name in whose and known.how == CARRIED) for name, known in one.dimensions.items()
    )


def _detailed(text: str, tokens: Sequence[Token], at: int, one: Statement) -> Statement:
    words: list[Token] = []
    for token in reversed(tokens[max(at - 12, 0) : at]):
        if token.letter in NUMBERS or token.letter in ";!":
            break
        if token.letter in ".XAEI" and token.text.lower() not in words_of("stop"):
            words.insert(0, token)
        elif words and token.letter in ",()LUDSC":
            break
    if any(token.letter != "I" for token in words):  # the name of the indicator tells no two figures of it apart
        spoken = " ".join(text[words[0].start : words[-1].end].split()).lower()
        detail = Known(spoken, start=words[0].start, end=words[-1].end)
    else:
        detail = Known(UNSTATED, NOT_STATED)
    return replace(one, dimensions={**one.dimensions, DETAIL: detail})
