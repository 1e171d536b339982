"""What the parts of the page are written from: the run, the documents as read, and what became of each figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.checks import (
    ALONE,
    CHECKED,
    NOTHING_TO_COMPARE,
    PLANS,
    SIZE_ONLY,
    Check,
    faults,
)
from crosscheck.checking.levels import NONE, NOTE, ORDER
from crosscheck.checking.noticed import Noticed, fingerprints
from crosscheck.claims.model import Claim
from crosscheck.reconciliation.model import Reconciliation
from crosscheck.reports import joint
from crosscheck.reports.html.names import noticed_name
from crosscheck.reports.html.placing import Placed, Sheet, placed
from crosscheck.reports.page import Page
from crosscheck.reports.terminal import Style, harmless
from crosscheck.reports.wording import message

IN_FULL = 400  # checks with their derivation; they come with the gravest first
FIGURES_IN_FULL = 3_000
READING = "reading"  # a finding about the figure itself
AGAINST = "against"  # it stands against a figure in doubt, and fits no other one
STATES = {
    CONTRADICTION: "does not fit",
    RECONCILABLE: "fits only by rounding",
    READING: "unclear as it stands",
    AGAINST: "stands against a figure in doubt",
    CHECKED: "fits another figure",
    SIZE_ONLY: "compared for size only",
    NOTHING_TO_COMPARE: "nothing stated to compare with",
    PLANS: "a plan or an offer",
    ALONE: "no rule touched it",
}
MARKS = {
    CONTRADICTION: "✕",
    RECONCILABLE: "≈",
    READING: "?",
    AGAINST: "↔",
    CHECKED: "✓",
    SIZE_ONLY: "≶",
    NOTHING_TO_COMPARE: "·",
    PLANS: "▹",
    ALONE: "·",
    CONSISTENT: "✓",
    UNVERIFIABLE: "·",
}


@dataclass(frozen=True, slots=True)
class Paragraphs(Page):
    """Writes each paragraph as one line, since a browser wraps lines itself. Its indentation tells how deep it stands."""

    def text(self, text: str, indent: int = 3, hang: int = 0) -> Iterator[str]:
        """A paragraph."""
        yield f"{' ' * indent}{harmless(text)}"


# No columns, so that nothing is drawn with letters: the page draws it itself.
NO_TERMINAL = Style(width=0)


@dataclass(frozen=True, slots=True)
class Context:
    """A run, prepared for the page."""

    page: Paragraphs
    placed: Sequence[Placed]  # the documents
    documents: int
    states: Mapping[str, str]  # by claim id: what became of a figure
    in_doubt: frozenset[str]  # the claims that a warning or an error is about
    checks_of: Mapping[str, Sequence[Check]]  # by claim id
    groups: Sequence[Sequence[Check]]  # one a fault, the gravest first
    noticed: Sequence[tuple[str, Noticed]]  # with their addresses
    noticed_of: Mapping[str, Sequence[Noticed]]  # by claim id
    claims: Sequence[Claim]
    full: frozenset[str]  # the checks whose derivation is given
    sentences: Mapping[str, str]  # by check id
    reconciliation: Reconciliation | None
    located: Mapping[str, Placed]  # by claim id: the document that shows its figure

    @property
    def checks(self) -> Sequence[Check]:
        """Every check of the run."""
        return self.page.run.checks

    def in_full(self, check: Check) -> bool:
        """True where the page gives the derivation too: of the gravest checks, as many as a page can carry."""
        return check.id in self.full

    def state(self, claim: Claim) -> str:
        """What became of a figure; one of a given document is as good as its checks."""
        return self.states.get(claim.id, ALONE)


def prepared(
    page: Paragraphs, sheets: Sequence[Sheet], documents: int, reconciliation: Reconciliation | None = None
) -> Context:
    """The run with everything that several parts of the page ask for."""
    checks_of: dict[str, list[Check]] = defaultdict(list)
    for check in page.run.checks:
        for claim_id in dict.fromkeys(claim.id for _, operand in check.binding.operands() for claim in operand.claims):
            checks_of[claim_id].append(check)
    groups = sorted(faults(page.run.checks), key=lambda group: -ORDER.index(group[0].level))
    doubted = {
        claim.id
        for check in page.run.checks
        if check.suppressed is None and ORDER.index(check.level) > ORDER.index(NOTE)
        for claim in check.in_doubt.claims
    }
    doubted |= {f.claim.id for f in page.noticed if f.claim is not None and not f.is_suppressed and f.level != NOTE}
    states = _states(page, checks_of)
    for _, conflict in joint.told(reconciliation):
        for claim in joint.every_claim(conflict.atoms):
            states[claim.id] = CONTRADICTION
            doubted |= {claim.id} if conflict.level != NOTE else set()
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in page.claims:
        by_document[claim.document.id].append(claim)
    noticed = list(_named(page.noticed))
    noticed_of: dict[str, list[Noticed]] = defaultdict(list)
    for _, found in noticed:
        noticed_of[found.id].append(found)
    at = [placed(sheet, by_document[sheet.document.id]) for sheet in sheets]
    return Context(
        page,
        at,
        documents,
        states,
        frozenset(doubted),
        checks_of,
        groups,
        noticed,
        noticed_of,
        page.claims,
        frozenset(check.id for check in page.run.checks[:IN_FULL]),
        {check.id: harmless(message(check)) for check in page.run.checks},
        reconciliation,
        {claim.id: found for found in at for claim in found.located()},
    )


def _states(page: Page, checks_of: Mapping[str, Sequence[Check]]) -> dict[str, str]:
    """The worst that a check says of a figure in doubt; else what was done with it."""
    unclear = {f.claim.id for f in page.noticed if f.claim is not None and not f.is_suppressed and f.level != NOTE}
    states = dict(page.run.uses)
    for claim in page.claims:
        checks = [check for check in checks_of.get(claim.id, ()) if check.suppressed is None]
        verdicts = {check.verdict for check in checks if check.level != NONE and claim in check.in_doubt.claims}
        if CONTRADICTION in verdicts:
            states[claim.id] = CONTRADICTION
        elif RECONCILABLE in verdicts:
            states[claim.id] = RECONCILABLE
        elif claim.id in unclear:
            states[claim.id] = READING
        elif states.get(claim.id, CHECKED) == CHECKED:
            states[claim.id] = _of_operand(checks)
    return states


def _of_operand(checks: Sequence[Check]) -> str:
    """What became of a figure that is compared and not in doubt itself."""
    verdicts = {check.verdict for check in checks if len(check.rule.variables) > 1}
    if CONSISTENT in verdicts:
        return CHECKED
    if RECONCILABLE in verdicts:
        return RECONCILABLE
    return AGAINST if CONTRADICTION in verdicts else ALONE


def _named(noticed: Sequence[Noticed]) -> Iterator[tuple[str, Noticed]]:
    """Findings of reading with their addresses, the gravest first; those that are suppressed are left out."""
    marked = zip(noticed, fingerprints(noticed), strict=True)
    for found, mark in sorted(marked, key=lambda pair: -ORDER.index(pair[0].level)):
        if not found.is_suppressed:
            yield noticed_name(mark), found
