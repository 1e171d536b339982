"""A run taken together: undated claims assumed where that is wanted, figures changed or added to see what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crosscheck.checking.assumptions import Assumption, candidate_periods, series_periods
from crosscheck.checking.checks import Run, check_claims
from crosscheck.checking.relations import shifted
from crosscheck.checking.stated import BASED, is_operand
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import PERIOD, UNSTATED, Claim
from crosscheck.reconciliation.model import Reconciliation
from crosscheck.rules.model import Rule


@dataclass(frozen=True, slots=True)
class Joint:
    """How to take a run together."""

    assume: bool = False  # undated claims are taken to be about the period that fits best
    helpful: bool = False  # look for the figure that would settle the most
    seconds: int | None = None  # then what is proved by then is all
    memory: int | None = None  # bytes; beyond that too
    set: tuple[str, ...] = ()
    add: tuple[str, ...] = ()


def reconciled(
    wanted: Joint, run: Run, claims: Sequence[Claim], rules: Sequence[Rule], codelists: CodeLists
) -> Reconciliation:
    """The joint system of a run."""
    from crosscheck.reconciliation.budget import Budget
    from crosscheck.reconciliation.reconciling import reconcile

    budget = Budget(wanted.seconds, wanted.memory)
    assumptions: dict[str, Assumption] = {}
    if wanted.assume:
        assumptions = assumed_periods(run, claims)
        if assumptions:
            dated = [_dated(claim, assumptions[claim.id].value) if claim.id in assumptions else claim for claim in claims]
            run = replace(check_claims(dated, rules, codelists), checks=run.checks)
    return reconcile(run, rules, assumptions, budget, wanted.helpful)


def assumed_periods(run: Run, claims: Sequence[Claim]) -> dict[str, Assumption]:
    """The period that each undated claim is taken to be about: the one of the best verdict, else the likeliest."""
    best: dict[str, Assumption] = {}
    for check in run.checks:
        for assumption in check.assumptions:
            best.setdefault(assumption.claim, assumption)
    series = series_periods(sorted(claims, key=lambda claim: claim.id))
    for claim in claims:
        if claim.id not in best and claim.dimensions.get(PERIOD) == UNSTATED and is_operand(claim):
            for period in candidate_periods(claim, series)[:1]:
                best[claim.id] = Assumption(claim.id, PERIOD, period)
    return best


def _dated(claim: Claim, period: str) -> Claim:
    """The claim with a period, the base a year before where a base is wanted and none is known."""
    base = claim.base_period
    if base is None and claim.measure in BASED:
        base = shifted("year_before", period)
    dimensions: Mapping[str, str] = {**claim.dimensions, PERIOD: period}
    return replace(claim, dimensions=dimensions, base_period=base)
