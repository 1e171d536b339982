"""Claims as rows of a table that say just what the claims say; those that no table can hold are told with the reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crosscheck.claims.model import NAMED_DIMENSIONS, Claim
from crosscheck.claims.table_mapping import FIELDS
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, EXACT, HEDGE, from_base

HELD_BY_FILES = "write a claim file: `crosscheck extract --write`"
IN_ID = re.compile(r"[^A-Za-z0-9._-]")


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A claim in a table: exact decimal text of the value, decimals (a whole number or INF), the unit's name."""

    id: str
    dimensions: Mapping[str, str]
    measure: str
    base_period: str | None
    modality: str
    value: str
    decimals: str
    unit: str


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Rows, and how many claims are left out for each reason."""

    rows: tuple[PlainRow, ...]
    left_out: Mapping[str, int]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that some row has: those with names of their own first, then by name."""
        found = {name for row in self.rows for name in row.dimensions}
        return (*(name for name in NAMED_DIMENSIONS if name in found), *sorted(found - set(NAMED_DIMENSIONS)))


def plain_table(claims: Iterable[Claim]) -> PlainTable:
    """The rows of claims, in their order; ids of several documents begin with that of the document."""
    listed = list(claims)
    several = len({claim.document.id for claim in listed}) > 1
    rows: list[PlainRow] = []
    left: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for claim in listed:
        told = _row(claim, several)
        if isinstance(told, str):
            left[told] += 1
            continue
        seen[told.id] += 1
        if seen[told.id] > 1:
            told = PlainRow(f"{told.id}-{seen[told.id]}", *_rest(told))
        rows.append(told)
    return PlainTable(tuple(rows), dict(left))


def _rest(row: PlainRow) -> tuple[Mapping[str, str], str, str | None, str, str, str, str]:
    return row.dimensions, row.measure, row.base_period, row.modality, row.value, row.decimals, row.unit


def _row(claim: Claim, several: bool) -> PlainRow | str:
    """The row of a claim, or why it has none."""
    figure = claim.figure
    if claim.direction_unstated:
        return "up or down is not said"
    if claim.list_item is not None:
        return "an item of a list"
    if claim.record is not None:
        return "a record"
    if claim.beside:
        return "a figure set beside others"
    if claim.whole is not None or claim.measure == "share":
        return "a share, which needs its whole"
    if figure.kind in (BOUND, HEDGE):
        return "a bound, a hedge or a figure in words"
    if not FIELDS.keys().isdisjoint(claim.dimensions):
        return "a dimension called like a field"
    face = from_base(figure.face, figure.unit)
    value, decimals = _decimal(face), "INF" if figure.kind == EXACT else _decimals(claim)
    if value is None or decimals is None:
        return "its value or precision is no decimal"
    if decimals != "INF" and (face * Fraction(10) ** int(decimals)).denominator != 1:
        return "it has digits beyond its decimals"
    document, _, local = claim.id.partition("#")
    identity = IN_ID.sub("_", f"{document}.{local}" if several else local)
    identity = identity if identity[:1].isalnum() else f"f{identity}"
    base = claim.base_period
    return PlainRow(
        identity, dict(claim.dimensions), claim.measure, base, claim.modality, value, decimals, figure.unit.name
    )


def _decimal(value: Fraction) -> str | None:
    """The value as a decimal; None where that does not end."""
    places = 0
    rest = value.denominator
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1:
        return None
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    text = digits if not places else f"{digits[:-places]}.{digits[-places:]}"
    return f"-{text}" if value < 0 else text


def _decimals(claim: Claim) -> str | None:
    """The decimals that half a step either way means; None for any other interval."""
    figure = claim.figure
    low, high = figure.strict.low, figure.strict.high
    if low is None or high is None or figure.face - low != high - figure.face:
        return None
    step = (high - low) / figure.unit.factor
    for places in range(-40, 41):
        if step == Fraction(10) ** -places:
            return str(places)
    return None
