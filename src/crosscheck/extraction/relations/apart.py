"""Figures that came out as one quantity with two values: then reading lost what tells them apart, and says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from crosscheck.claims.model import EXPLICIT, NOT_STATED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.sentences.measures import GROWTH, LEVEL, MULTIPLE_OF, SHARE
from crosscheck.extraction.sentences.tokens import NUMBERS, Token
from crosscheck.extraction.sentences.valued import PRICES
from crosscheck.figures.exact import Fraction
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, year_before
from crosscheck.inputs.values import replace, value

REACH = 400  # statements looked back on
DIFFERENT = 30  # and of one quantity, different figures
NEAR = Fraction(5, 4)
LEAST_DIGITS = 3
FAR = 50  # no level of a series grows so from one period of a text to another
POINTS_BACK = re.compile(r"(?:They|It|These|This) (?:amounted|came|totalled|totaled|stood|was|were)\b")
TEN = Fraction(10)
CLOSE = Fraction(1, 50)  # a ratio that fits so well but for its power of ten is no chance
DETAIL = "detail"  # the dimension of what tells two figures of one sentence apart, in the words of the document


@value
class _Traits:
    """What is asked of a statement again and again, found out once."""

    statement: Statement
    key: object
    kin: object
    matched: Mapping[str, str]
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

    def traits(self, index: int, one: Statement) -> _Traits:
        """Those of the statement with that index."""
        found = self.known.get(index)
        if found is None or found.statement is not one:
            matched = _matched(one)
            told = frozenset(matched.items())
            found = self.known[index] = _Traits(one, _key(one, told), _kin(one, matched), matched, (one.value, told))
        return found

    def add(self, statements: Sequence[Statement], upto: int) -> None:
        """Takes in the statements before index `upto`."""
        for index in range(self.count, upto):
            one = self.traits(index, statements[index])
            _remember(self.values.setdefault(one.key, {}), one.statement.value, index)
            _remember(self.alike.setdefault(one.kin, {}), one.figure, index)
        self.count = max(self.count, upto)


K = TypeVar("K")
_Ratio = tuple[dict[str, str], Fraction]


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
    for index, key in keys.items():
        own = statements[index]
        before = [
            value
            for value, other in seen.values.get(key, {}).items()
            if other >= low and not _of_other_sources(own, statements[other])
        ]
        beside = [value for value, other in by_key[key].items() if not _of_other_sources(own, statements[other])]
        points_back = POINTS_BACK.match(text, tokens[0].start) is not None
        if not (points_back and _is_near(own, before)) and _loses_something(own, beside, before):
            statements[index] = _detailed(text, tokens, places[index], statements[index])
    alike: dict[object, dict[object, int]] = {}
    changes = [statements[index] for index in places if statements[index].measure in (GROWTH, MULTIPLE_OF)]
    for index in places:
        one = seen.traits(index, statements[index])
        others = [(other, False) for other in seen.alike.get(one.kin, {}).values() if other >= low]
        others += [(other, True) for other in alike.get(one.kin, {}).values()]
        apart = [other for other, ours in others if _cannot_compare(one, seen.traits(other, statements[other]), ours)]
        apart = [other for other in apart if not _are_ends(statements[index], statements[other], changes)]
        ratios = _ratios(statements[max(low, 0) :]) if apart else []
        if any(not _is_slip_of_scale(statements[index], statements[other], ratios) for other in apart):
            statements[index] = _detailed(text, tokens, places[index], statements[index])
            one = seen.traits(index, statements[index])
        _remember(alike.setdefault(one.kin, {}), one.figure, index)
    told: dict[object, Fraction] = {}
    for index in places:
        source = statements[index].dimensions.get("source")
        key = seen.traits(index, statements[index]).key, source.value if source is not None else None
        before_it = told.setdefault(key, statements[index].value)
        if before_it != statements[index].value and not _is_other_scale(before_it, statements[index].value):
            dimensions = {**statements[index].dimensions, DETAIL: Known(UNSTATED, NOT_STATED)}
            statements[index] = replace(statements[index], dimensions=dimensions)


def _is_near(one: Statement, before: Sequence[Fraction]) -> bool:
    """Whether a figure that the sentence tells of what was told before may be meant for it: no other quantity is near."""
    return bool(before) and all(_is_alike(one.value, other) for other in before)


def _of_other_sources(one: Statement, other: Statement) -> bool:
    """Whether two figures come from different compilers, who may well differ."""
    ours, theirs = one.dimensions.get("source"), other.dimensions.get("source")
    return ours is not None and theirs is not None and ours.value != theirs.value


def _are_ends(one: Statement, other: Statement, changes: Iterable[Statement]) -> bool:
    """Whether a growth of the same sentence is told from the one level to the other: "by 99%, from $1,000 to $10"."""
    for now, then in ((one, other), (other, one)):
        period = then.dimensions.get("time_period")
        for change in changes:
            same = change.base_period is not None and period is not None and change.base_period.value == period.value
            if same and _without(change.dimensions) == _without(now.dimensions):
                return True
    return False


def _ratios(statements: Iterable[Statement]) -> list[_Ratio]:
    """Of the growths and shares among statements, what they are of and by what factor two levels then differ."""
    told = [one for one in statements if one.measure in (GROWTH, MULTIPLE_OF, SHARE)]
    return [(_without(one.dimensions), factor) for one in told if (factor := _factor(one)) > 0]


def _is_slip_of_scale(one: Statement, other: Statement, ratios: Iterable[_Ratio]) -> bool:
    """Whether a growth or share that the text states fits two levels but for a factor of a thousand or a million.

    Then million stands for billion, and both are what they seem to be: "rose 5% to $14.7 billion from $14 million".
    """
    for first, second in ((one, other), (other, one)):
        ours = _without(first.dimensions)
        for whose, factor in ratios:
            if second.value == 0 or whose != ours:
                continue
            off = abs(first.value / second.value / factor)
            if any(abs(off / power - 1) < CLOSE for power in (TEN**3, TEN**6, 1 / TEN**3, 1 / TEN**6)):
                return True
    return False


def _factor(ratio: Statement) -> Fraction:
    value = ratio.value / 100 if ratio.unit in ("percent", "percentage_point") else ratio.value
    return 1 + value if ratio.measure == GROWTH else value


def _without(dimensions: Mapping[str, Known]) -> dict[str, str]:
    return {name: known.value for name, known in dimensions.items() if name not in ("source", DETAIL, PRICES)}


def _loses_something(statement: Statement, ours: Iterable[Fraction], before: Iterable[Fraction]) -> bool:
    """Whether a statement is one quantity with others of another value, and reading is likelier to err than the text."""
    one = statement.value
    if any(other != one and not _is_other_scale(one, other) for other in ours):
        return True
    others = [other for other in before if other != one]
    if not others or all(_is_slip(one, other) for other in others):
        return False
    return _is_carried(statement) or not all(_is_alike(one, other) or _is_misprint(one, other) for other in others)


def _kin(one: Statement, matched: Mapping[str, str]) -> object:
    """What two figures share that `_cannot_compare` may hold to be incomparable."""
    same = (matched.get("indicator"), matched.get("reference_area"), matched.get(DETAIL))
    return one.measure, _kind(one.unit), one.modality, *same


def _cannot_compare(mine: _Traits, yours: _Traits, in_sentence: bool) -> bool:
    """Whether two figures of one kin that a rule would compare cannot be meant so: a product that is more than the whole
    trade, a figure without a period and another one of a year."""
    one, other = mine.statement, yours.statement
    ours, theirs = mine.matched, yours.matched
    apart = {name for name, _ in ours.items() ^ theirs.items()}
    if not apart:
        return False
    if apart == {"time_period"} and UNSTATED in (ours.get("time_period"), theirs.get("time_period")):
        return one.value != other.value and (
            in_sentence or not (_is_alike(one.value, other.value) or _is_slip(one.value, other.value))
        )
    if apart == {"time_period"} and one.measure == LEVEL and one.value > 0 < other.value:
        return max(one.value / other.value, other.value / one.value) > FAR
    if len(apart) != 1 or one.measure != LEVEL or apart & {"time_period", "indicator", "reference_area", DETAIL}:
        return False
    name = apart.pop()
    part, whole = (one, other) if name in ours and name not in theirs else (other, one)
    if name in ours and name in theirs:
        return False
    return part.value > whole.value * NEAR > 0


def _matched(one: Statement) -> dict[str, str]:
    return {name: known.value for name, known in one.dimensions.items() if name != "source"}


def _key(one: Statement, told: frozenset[tuple[str, str]]) -> object:
    base = one.base_period.value if one.base_period is not None else None
    period = one.dimensions.get("time_period")
    if period is not None and base is not None and base == _usual_base(period.value):
        base = None
    whole = frozenset(one.whole.items()) if one.whole else None
    return (
        told,
        one.measure,
        base,
        whole,
        one.modality,
        _kind(one.unit),
        one.list_of,
        one.is_end and one.qualifier,
    )


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


def _usual_base(period: str) -> str | None:
    """The same period a year before, with which a growth compares when the text names no other."""
    try:
        return normal_form(year_before(parse_period(period)))
    except PeriodError:
        return None


def _kind(unit: str) -> str:
    """The unit, all things counted as one."""
    return "" if unit.startswith("{") else unit


def _is_carried(one: Statement) -> bool:
    """Whether any of what the figure is of was told in a sentence before, or guessed."""
    return any(known.how != EXPLICIT for known in one.dimensions.values())


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
