"""What is stated of one quantity: claims equal in every dimension, kind of unit and property are one operand.

The operand's true values are those that all its claims allow. When there are none the claims contradict one another;
that is a finding of its own (`same`), and other rules then use the claims of one document only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import AREA, COUNTERPART, INDICATOR, PERIOD, SOURCE, UNSTATED, Claim
from crosscheck.claims.printed import column_scale, printed_claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, HEDGE, Figure
from crosscheck.figures.interval import Interval, intersect_all, nearest
from crosscheck.figures.interval import point as point_interval
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, year_before
from crosscheck.figures.units import parse_unit

BASED = ("growth", "change", "multiple")
WITH_KIND = ("level", "change", "rate")


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """Claims about one quantity. Dimensions leave out the source; `assumed` is the period tried for an undated claim."""

    claims: tuple[Claim, ...]
    dimensions: Mapping[str, str]
    source: str | None
    assumed: str | None = None

    @property
    def first(self) -> Claim:
        """Any of the claims; they share all that matching looks at."""
        return self.claims[0]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the claims."""
        return tuple(claim.figure for claim in self.claims)

    @property
    def strict(self) -> Interval | None:
        """The true values that all claims allow in their strict readings."""
        figures = self.claims
        if len(figures) == 1:
            return figures[0].figure.strict
        return intersect_all(claim.figure.strict for claim in figures)

    @property
    def any_reading(self) -> Interval | None:
        """The true values that all claims allow in some reading."""
        if len(self.claims) == 1:
            return self.claims[0].figure.any_reading
        return intersect_all(claim.figure.any_reading for claim in self.claims)

    @property
    def narrowest(self) -> Claim:
        """The claim that says most: the narrowest strict interval, then the first id."""
        if len(self.claims) == 1:
            return self.claims[0]
        return min(self.claims, key=lambda claim: (width(claim.figure.strict), claim.id))

    @property
    def face(self) -> Fraction:
        """The face value of the narrowest claim."""
        return self.narrowest.figure.face

    @property
    def face_range(self) -> Interval:
        """What the operand contributes at face value: the narrowest figure's, within what the others allow."""
        figure = self.narrowest.figure
        if len(self.claims) == 1:
            return figure.face_range
        common = self.strict or self.any_reading
        if figure.kind in (BOUND, HEDGE):
            return common or figure.strict
        return point_interval(figure.face if common is None else nearest(common, figure.face))


def shown_figure(operand: Stated) -> Figure:
    """The operand's most precise figure as its values are shown: shares and growths without a unit as percentages."""
    claim = operand.narrowest
    if claim.measure in ("share", "growth") and claim.figure.unit.kind == "count":
        return replace(claim.figure, unit=parse_unit("percent"), decimals=0)
    scale = column_scale(claim)
    if scale is None:
        return claim.figure
    # What is computed from a cell in millions is told in millions too.
    cell = claim.printed.strip()
    return replace(claim.figure, scale=Fraction(scale), decimals=len(cell.partition(".")[2]), printed=cell)


def printed(operand: Stated) -> str:
    """The operand's most precise claim, as printed, with a hedge that stands outside of the marked text."""
    claim = operand.narrowest
    text = printed_claim(claim)
    qualifier = claim.figure.qualifier
    return text if not qualifier or qualifier in text.lower() else f"{qualifier} {text}"


def width(interval: Interval) -> tuple[bool, Fraction]:
    """A key that orders intervals by width, unbounded ones last."""
    if interval.low is None or interval.high is None:
        return True, Fraction(0)
    return False, interval.high - interval.low


def base_of(operand: Stated) -> str | None:
    """The base period of a growth, change or multiple; a year before a period that is only assumed."""
    if operand.assumed is None:
        return operand.first.base_period
    try:
        return normal_form(year_before(parse_period(operand.assumed)))
    except PeriodError:
        return None


def unit_kind(claim: Claim) -> str:
    """The kind of unit that matching looks at; growths, shares and multiples agree with whatever they are of."""
    return claim.figure.unit.kind if claim.measure in WITH_KIND else ""


def source_of(claim: Claim) -> str | None:
    """The source, None when it is not known."""
    source = claim.dimensions.get(SOURCE)
    return None if source == UNSTATED else source


def is_symmetric(dimensions: Mapping[str, str], codelists: CodeLists) -> bool:
    """True when the two areas may be exchanged (turnover of A with B is that of B with A)."""
    if AREA not in dimensions or COUNTERPART not in dimensions:
        return False
    code = codelists.find(INDICATOR, dimensions.get(INDICATOR, ""))
    return code is not None and code.symmetric


def mirrored(dimensions: Mapping[str, str]) -> dict[str, str]:
    """The dimensions with the two areas exchanged."""
    return {**dimensions, AREA: dimensions[COUNTERPART], COUNTERPART: dimensions[AREA]}


def identity(claim: Claim, codelists: CodeLists) -> tuple[object, ...]:
    """What two claims share when they state one quantity: dimensions but the source, properties and kind of unit."""
    dimensions = {name: value for name, value in claim.dimensions.items() if name != SOURCE}
    if is_symmetric(dimensions, codelists):
        dimensions = min(dimensions, mirrored(dimensions), key=lambda d: (d[AREA], d[COUNTERPART]))
    whole = None if claim.whole is None else tuple(sorted((k, v or "") for k, v in claim.whole.items()))
    return (
        tuple(sorted(dimensions.items())),
        claim.measure,
        claim.base_period if claim.measure in BASED else None,
        whole,
        claim.modality,
        unit_kind(claim),
        claim.home,
    )


def is_operand(claim: Claim) -> bool:
    """False for figures that no rule can use: without a direction, or unknown in a dimension but period and source."""
    if claim.direction_unstated:
        return False
    return all(value != UNSTATED or name in (PERIOD, SOURCE) for name, value in claim.dimensions.items())


def group(claims: Iterable[Claim], codelists: CodeLists) -> list[Stated]:
    """The operands of dated claims, in the order of their first claims by id. Items of one list are never one operand."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    items: set[tuple[object, ...]] = set()
    for claim in sorted(claims, key=lambda c: c.id):
        if not is_operand(claim) or claim.dimensions.get(PERIOD) == UNSTATED:
            continue
        key = (*identity(claim, codelists), source_of(claim))
        if claim.list_item is not None:
            in_list = (*key, claim.list_item.of)
            if in_list in items:
                key = (*key, claim.id)
            items.add(in_list)
        found.setdefault(key, []).append(claim)
    return [stated(members) for members in found.values()]


def stated(claims: Iterable[Claim]) -> Stated:
    """One operand of claims that share their identity."""
    members = tuple(claims)
    dimensions = {name: value for name, value in members[0].dimensions.items() if name != SOURCE}
    return Stated(members, dimensions, source_of(members[0]))


def assume_period(claim: Claim, period: str) -> Stated:
    """An undated claim taken to be about `period`; a growth's base is then a year before it."""
    alone = stated([claim])
    return replace(alone, dimensions={**alone.dimensions, PERIOD: period}, assumed=period)


def by_document(operand: Stated) -> Iterator[Stated]:
    """The operand document by document, as far as each agrees with itself."""
    documents: dict[str, list[Claim]] = defaultdict(list)
    for claim in operand.claims:
        documents[claim.document.id].append(claim)
    for _, claims in sorted(documents.items()):
        part = replace(operand, claims=tuple(claims))
        if part.any_reading is not None:
            yield part
