"""Shares that a sentence lists of one whole, where they cannot all be right: together they are more than all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Observed, Statement
from crosscheck.extraction.sentences.measures import SHARE, Measured
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.figures.exact import Fraction
from crosscheck.figures.text import FigureError, parse_figure

MORE_THAN_ALL = "reading/shares-not-100-percent"
FEWEST = 3
BEFORE = 10  # tokens between a word of dealing out and the first share
IN_BRACKETS = re.compile(r"\(%\)(?:,[.TXAEIoi-]{1,6}\(%\)){0,8},?a[.TXAEIoi-]{1,6}\(%\)")
NEXT = re.compile(r"[^;!u$%#xph]{0,40}?(?:,|a|,a)[^;!u$%#xph,]{0,12}")
GAPPED = re.compile(r"(?:[oi][.TXAEIj-]{1,6})?(?:i?P)?(?:,|a|,a|;|;a)[.]{0,2}[.XAE-]{1,4}[.oi]{0,2}")


# "Of the energy, 46% came from gas, 31% from the grid and 19% from the sun"
THEN_GAPPED = re.compile(r"S?[oif]?[.TXAEIj-]{1,6}(?:,|a|,a)")


def shares_listed(
    tokens: Sequence[Token], measured: Mapping[int, Measured], statements: Sequence[Statement], stated: Mapping[int, int]
) -> Iterator[Observed]:
    """A list of shares of which one is what is left over ("and 21% were undecided"), or that says once what they do
    ("coal generated 41%, gas 38% and wind 24%"): none is counted twice, so together they are no more than all."""
    row = letters(tokens)
    yield from _dealt_out(tokens, row, measured, statements, stated)
    shares = [at for at in stated if row[at] == "%" and at in measured and measured[at].measure == SHARE]
    if len(shares) < FEWEST or any(measured[at].is_base or measured[at].is_to for at in shares):
        return
    between = [row[one + 1 : other] for one, other in pairwise(shares)]
    if not between[-1].count("a") or not all(NEXT.fullmatch(one) for one in between):
        return
    left_over = _says_what_is_left(tokens[shares[-1] : shares[-1] + 8], words_of("left_over")) or _says_what_is_left(
        tokens[max(shares[-1] - 3, 0) : shares[-1]], words_of("left_over")
    )
    once = all(GAPPED.fullmatch(one) for one in between) and _is_put_together(tokens, shares[0])
    once = once or (row[0] == "o" and "S" in between[0] and all(THEN_GAPPED.fullmatch(one) for one in between))
    if not (left_over or once):
        return
    yield from _not_all(shares, left_over, statements, stated)


def _dealt_out(
    tokens: Sequence[Token],
    row: str,
    measured: Mapping[int, Measured],
    statements: Sequence[Statement],
    stated: Mapping[int, int],
) -> Iterator[Observed]:
    """ "Split between plants (55%), furniture (30%) and the café (15%)": all that there is."""
    for match in IN_BRACKETS.finditer(row):
        words = {token.text for token in tokens[max(match.start() - BEFORE, 0) : match.start()]}
        shares = [at + 1 for at in range(match.start(), match.end()) if row[at] == "("]
        ranked = not words.isdisjoint(
            words_of("ranking") | words_of("ranked")
        )  # "the biggest share …, followed by": not all
        if (
            not ranked
            and not words.isdisjoint(words_of("dealing"))
            and all(at in stated and measured[at].measure == SHARE for at in shares)
        ):
            yield from _not_all(shares, True, statements, stated)


def _not_all(
    shares: Sequence[int], left_over: bool, statements: Sequence[Statement], stated: Mapping[int, int]
) -> Iterator[Observed]:
    try:
        intervals = [parse_figure(statements[stated[at]].figure, SHARE).any_reading for at in shares]
    except FigureError:
        return
    low = sum((one.low for one in intervals if one.low is not None), Fraction(0))
    high = sum((one.high for one in intervals if one.high is not None), Fraction(0))
    if low > 1 or (left_over and high < 1 and all(one.high is not None for one in intervals)):
        total = sum((statements[stated[at]].value for at in shares), Fraction(0))
        shown = f"{Decimal(total.numerator) / Decimal(total.denominator)}%"
        printed = [statements[stated[at]].place.printed or "" for at in shares]
        message = f"{', '.join(printed[:-1])} and {printed[-1]} are shares of one whole, and together {shown}"
        last = stated[shares[-1]]
        yield Observed(MORE_THAN_ALL, "warning", message, statements[last].place, last)


def _says_what_is_left(tokens: Sequence[Token], words: frozenset[str]) -> bool:
    spoken = " ".join(token.text for token in tokens)
    return any(re.search(rf"\b{re.escape(word)}\b", spoken) is not None for word in words)


def _is_put_together(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb of the first share is one of what a whole is made up of: "coal generated 41%"."""
    verb = tokens[at - 1] if at else None
    return verb is not None and (verb.letter == "S" or verb.text in words_of("put_out") | words_of("makes_up"))
