"""Figures without a period that are told together, so that they are of one time, whichever it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from crosscheck.claims.model import INFERRED, NOT_STATED
from crosscheck.extraction.model import MEASURE, MONEY, Known, Number, Statement
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.sentences.measures import LEVEL, SHARE
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import replace

TIME, INDICATOR = "time_period", "indicator"
REACH = 20  # statements looked back on
RATES = re.compile(r"[^;!u$%#xph]{0,8}(?:\(|r)[.]{0,2}")  # "£2 million a month on security, or £24 million a year"
BESIDE = re.compile(r"\(|,?r[.]{0,2}")


def of_one_time(
    tokens: Sequence[Token], numbers: Sequence[int], statements: list[Statement], stated: Mapping[int, int]
) -> None:
    """Takes the unknown period from the figures of a sentence that another without one is told of: the same in another
    unit ("420 kilometres (261 miles)"), a share of those counted ("of the 17 patients, 41%")."""
    row = letters(tokens)
    pairs: list[int] = []
    for one, other in pairwise(numbers):
        rates = one in stated and other in stated and all("/" in statements[stated[at]].unit for at in (one, other))
        if one in stated and other in stated and (RATES if rates else BESIDE).fullmatch(row[one + 1 : other]):
            first, second = tokens[one].mention, tokens[other].mention
            kinds = [number.kind for number in (first, second) if isinstance(number, Number)]
            units = {statements[stated[at]].unit for at in (one, other)}
            alike = statements[stated[one]].measure == statements[stated[other]].measure
            if alike and len(units) == 2 and kinds in ([MEASURE, MEASURE], [MONEY, MONEY]):
                pairs += [one, other]
    _undate_each(statements, stated)
    _undate_extremes(statements, stated)
    together = [at for at in pairs if _is_undated(statements[stated[at]])]
    for at in together:
        begin = statements[stated[together[0]]]
        told = Known(begin.place.printed or begin.figure, INFERRED, begin.start, begin.end)
        _undate(statements, stated[at], told)
    _undate_shares(statements, stated)


def _undate_each(statements: list[Statement], stated: Mapping[int, int]) -> None:
    """ "$36 million to 1,800 families, $20,000 each": the number has no period, nor has what they got."""
    for at, index in stated.items():
        each = statements[index].dimensions
        if "per" not in each:
            continue
        for other, before in stated.items():
            if other < at and statements[before].dimensions.get(INDICATOR) == each.get(INDICATOR):
                _undate(statements, before)
                _undate(statements, index)


def _undate_extremes(statements: list[Statement], stated: Mapping[int, int]) -> None:
    """ "The average mark was 51; the highest mark was 68": the mean and the ends of one series, told of one time."""
    told = [index for index in stated.values() if {"statistic", "basis"} & statements[index].dimensions.keys()]
    apart = {"statistic" if "statistic" in statements[index].dimensions else "basis" for index in told}
    if len(apart) > 1 and len({statements[index].dimensions[INDICATOR].value for index in told}) == 1:
        for index in told:
            _undate(statements, index)


def _undate_shares(statements: list[Statement], stated: Mapping[int, int]) -> None:
    """ "Of the 17 patients, 41% …": a share of those counted is told of the time of their number."""
    for index in stated.values():
        share = statements[index]
        whole = (share.whole or {}).get(INDICATOR) if share.measure == SHARE else None
        if whole is None or not _is_undated(share):
            continue
        for before in range(index - 1, max(index - REACH, -1), -1):
            level = statements[before]
            if level.measure == LEVEL and level.dimensions[INDICATOR].value == whole:
                if TIME not in level.dimensions:
                    _undate(statements, index)
                break


def _is_undated(one: Statement) -> bool:
    period = one.dimensions.get(TIME)
    return period is not None and period.how == NOT_STATED


def _undate(statements: list[Statement], index: int, together: Known | None = None) -> None:
    """Takes the unknown period away; `together` keeps figures of one sentence apart from those of every other."""
    one = statements[index]
    if _is_undated(one):
        dimensions = {name: known for name, known in one.dimensions.items() if name != TIME}
        own = {} if together is None or DETAIL in dimensions else {DETAIL: together}
        statements[index] = replace(one, dimensions={**dimensions, **own})
