"""Undated claims: the periods that they may be about, tried one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crosscheck.claims.model import PERIOD, SOURCE, UNSTATED, Claim
from crosscheck.figures.periods import PeriodError, ends_by, last_complete_year, normal_form, parse_period


@dataclass(frozen=True, slots=True)
class Assumption:
    """A dimension of a claim that a check takes to have a value which the text does not give."""

    claim: str
    dimension: str
    value: str


def series_periods(claims: Iterable[Claim]) -> Mapping[object, list[str]]:
    """The periods that each document gives for each series, by `series_key`."""
    found: dict[object, list[str]] = {}
    for claim in claims:
        period = claim.dimensions.get(PERIOD)
        if period is not None and period != UNSTATED:
            periods = found.setdefault(series_key(claim), [])
            if period not in periods:
                periods.append(period)
    return found


def series_key(claim: Claim) -> object:
    """Document and dimensions but period and source: what a document says over time."""
    rest = sorted(item for item in claim.dimensions.items() if item[0] not in (PERIOD, SOURCE))
    return claim.document.id, tuple(rest)


def candidate_periods(claim: Claim, series: Mapping[object, list[str]]) -> list[str]:
    """The last complete year before the document's date, then the periods that the document gives for the series.

    Never one that ends after the date; only the document's own where it carries none.
    """
    date = claim.document.published
    found = [] if date is None else [normal_form(last_complete_year(date))]
    for period in series.get(series_key(claim), []):
        try:
            over = date is None or ends_by(parse_period(period), date)
        except PeriodError:
            over = False
        if over and period not in found:
            found.append(period)
    return found
