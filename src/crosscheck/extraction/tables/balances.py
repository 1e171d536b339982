"""What a table tells only together: whose balance a "Deficit (−)" is, and years that its caption calls fiscal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INDICATOR
from crosscheck.extraction.tables.axes import Axis

_WORDS = frozenset({"deficit", "surplus", "balance", "shortfall", "total", "overall", "net", "or", "and"})
_BALANCES = frozenset({"deficit", "surplus", "balance", "shortfall"})
_SIGN_SAID = re.compile(r"[,/ (]*[+]?[ ,/]*[-−–]\)?$")
_FISCAL = re.compile(r"\b(?:fiscal|financial) years?\b", re.IGNORECASE)
_YEAR = re.compile(r"[0-9]{4}")


def settle_balances(axes: Sequence[Axis], lists: CodeLists) -> None:
    """Gives a row that is only called a balance the code whose parts stand beside it: outlays make it the budget's.

    A deficit is meant only where its heading says that it is printed below zero, as the sign would be a guess.
    """
    codes = lists.codes.get(INDICATOR, {})
    said = [axis.dimensions[INDICATOR].value for axis in axes if INDICATOR in axis.dimensions]
    beside = {value for value in said if value in codes}
    found = [
        (code.id, [part for part, _ in code.terms])
        for code in codes.values()
        if any(sign < 0 for _, sign in code.terms)
        and all(any(_stands_for(value, part) for value in beside) for part, _ in code.terms)
    ]
    if len(found) != 1:
        return
    balance, parts = found[0]
    if balance in beside:
        return
    settled = False
    for axis in axes:
        known = axis.dimensions.get(INDICATOR)
        if known is not None and known.value not in codes and _is_balance(known.value):
            axis.dimensions[INDICATOR] = replace(known, value=balance)
            axis.own_words, settled = False, True
    for axis in axes if settled else ():
        known = axis.dimensions.get(INDICATOR)
        if known is not None and known.value not in parts:  # "Receipts" beside "Outlays" are those of the budget
            whole = [part for part in parts if _stands_for(known.value, part)]
            if len(whole) == 1:
                axis.dimensions[INDICATOR] = replace(known, value=whole[0])


def _stands_for(code: str, part: str) -> bool:
    """Whether a code is a part of a balance, or what that part is a kind of: revenue for the budget's."""
    return code == part or part.endswith(f"-{code}")


def _is_balance(text: str) -> bool:
    letters = set(re.findall(r"[a-z]+", text.lower()))
    if not letters or not letters <= _WORDS or not letters & _BALANCES:
        return False
    return bool(letters & {"surplus", "balance"}) or _SIGN_SAID.search(text) is not None


def settle_fiscal_years(axes: Iterable[Axis], texts: Iterable[str]) -> None:
    """Years at the head of rows and columns are fiscal ones where the captions of the table say so."""
    if not any(_FISCAL.search(text) for text in texts):
        return
    for axis in axes:
        axis.periods = [
            replace(known, value=f"FY{known.value}") if _YEAR.fullmatch(known.value) else known for known in axis.periods
        ]
