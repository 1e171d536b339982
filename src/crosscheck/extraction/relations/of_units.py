"""Growths of a thing that a text measures in several kinds of unit: in litres and in dollars, in cars and in euros.

Its litres and its dollars do not grow alike, so a growth is of the level that it stands beside. One that stands beside
none, or beside two of different kinds, may be of either, and is compared with neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crosscheck.claims.model import INFERRED, NOT_STATED, PERIOD, UNSTATED
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.relations.apart import DETAIL, usual_base
from crosscheck.extraction.sentences.measures import GROWTH, LEVEL, MULTIPLE_OF
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.figures.units import UnknownUnit, parse_unit
from crosscheck.inputs.values import replace

MONEY, EITHER = "currency", ""
UP_TO = re.compile(r"[.XAE]{0,2}t[.jT]{0,3}")  # "rose 12% to 560,000 tonnes"
ALIAS = re.compile(r",?[(r][.j]{0,3}")  # "$1.4 billion, or 560,000 tonnes", "$1.4 billion (560,000 tonnes)"


def kinds_beside(tokens: Sequence[Token], stated: Mapping[int, int], statements: list[Statement]) -> dict[int, str]:
    """By index of each growth of a sentence that stands beside a level of its own: what kind of unit that has.

    EITHER where it is told in two kinds at once. Growths of several kinds within the sentence are told apart by it.
    `stated` gives the index in `statements` of each number, by token.
    """
    places = sorted(stated)
    growths = [at for at in places if statements[stated[at]].measure in (GROWTH, MULTIPLE_OF)]
    if not growths or len(places) == len(growths):
        return {}
    row = letters(tokens)
    found: dict[int, str] = {}
    for at in growths:
        growth = statements[stated[at]]
        levels = [place for place in places if _is_level_of(statements[stated[place]], growth)]
        after = next((place for place in levels if place > at), None)
        before = [place for place in levels if place < at and ";" not in row[place:at]]
        if after is not None and UP_TO.fullmatch(row[at + 1 : after]):
            found[stated[at]] = _kind(statements[stated[after]])
        elif before:
            kinds = {_kind(statements[stated[before[-1]]])}
            if len(before) > 1 and ALIAS.fullmatch(row[before[-2] + 1 : before[-1]]):
                kinds.add(_kind(statements[stated[before[-2]]]))
            found[stated[at]] = kinds.pop() if len(kinds) == 1 else EITHER
    told: dict[object, set[str]] = {}
    for index, kind in found.items():
        told.setdefault(_thing(statements[index]), set()).add(kind)
    for index, kind in found.items():
        if kind not in (MONEY, EITHER) and len(told[_thing(statements[index])]) > 1:
            statements[index] = _of_kind(statements[index], kind)
    return found


def keep_to_their_units(statements: list[Statement], beside: Mapping[int, str]) -> None:
    """Takes growths from the levels of another kind of unit of the same thing; `beside` is that of all sentences."""
    levels: dict[object, dict[str, dict[str | None, int]]] = {}  # by thing, kind of unit and period, the first level
    for index, one in enumerate(statements):
        if one.measure == LEVEL:
            levels.setdefault(_thing(one), {}).setdefault(_kind(one), {}).setdefault(_when(one), index)
    for index, one in enumerate(statements):
        kinds = levels.get(_thing(one), {})
        kind = beside.get(index, EITHER)
        if one.measure not in (GROWTH, MULTIPLE_OF) or len(kinds) < 2:
            continue
        if DETAIL in one.dimensions and one.dimensions[DETAIL].value != kind:
            continue
        ends = {name: _ends(one, told) for name, told in kinds.items()}
        if kind == MONEY and not any(len(found) > 1 for name, found in ends.items() if name != kind):
            continue  # most growths of what is told in money are of the money, also beside the figures of other texts
        own = ends.get(kind, {})
        statements[index] = replace(_of_kind(one, kind), beside=own if one.beside is None and len(own) > 1 else one.beside)


def _of_kind(growth: Statement, kind: str) -> Statement:
    detail = Known(kind, INFERRED) if kind else Known(UNSTATED, NOT_STATED)
    return replace(growth, dimensions={**growth.dimensions, DETAIL: detail})


def _ends(growth: Statement, levels: Mapping[str | None, int]) -> dict[str, int]:
    """The two levels between which a growth lies, of those of one kind by period, by their roles in the rule."""
    period = _when(growth)
    if period is None:
        return {}
    base = growth.base_period.value if growth.base_period is not None else usual_base(period)
    ends = {"now": levels.get(period), "then": None if base is None else levels.get(base)}
    return {role: at for role, at in ends.items() if at is not None}


def _is_level_of(level: Statement, growth: Statement) -> bool:
    return level.measure == LEVEL and _thing(level) == _thing(growth) and _when(level) == _when(growth)


def _thing(one: Statement) -> object:
    """What a figure is of, whenever, whoever says so and in whichever unit."""
    told = {name: known.value for name, known in one.dimensions.items() if name not in (PERIOD, DETAIL, "source")}
    return frozenset(told.items()), one.modality


def _when(one: Statement) -> str | None:
    period = one.dimensions.get(PERIOD)
    return period.value if period is not None else None


def _kind(one: Statement) -> str:
    """The kind of unit of a level; all money is one kind, as an amount in one currency is told in another, too."""
    try:
        kind = parse_unit(one.unit).kind
    except UnknownUnit:
        return one.unit
    return MONEY if kind.startswith(MONEY) and "/" not in kind else kind
