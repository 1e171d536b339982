"""What was noticed while reading: findings about a figure itself or its text, not about a rule."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosscheck.claims.model import Claim, Document, Place
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure
from crosscheck.figures.interval import Interval, add, divide, negate, point

NO_DIRECTION = "reading/no-direction"
NOTICED = (NO_DIRECTION,)  # the ids of those that are told from the claims
OBSERVED = (  # and of those that reading the text tells; a test keeps the list in step
    "reading/direction-against-levels",
    "reading/dash-in-table",
    "reading/malformed-number",
    "reading/mixed-number-marks",
    "reading/more-headings-than-columns",
    "reading/no-date",
    "reading/numbers-as-text",
    "reading/paces-apart",
    "reading/same-headings",
    "reading/shares-not-100-percent",
    "reading/two-totals",
)


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding of reading: about a claim, or where it is about none, at a place of a document.

    `if_up` and `if_down` are what the base would be if the figure meant a rise and if it meant a fall; `message` is the
    sentence of a finding that reading the text gave.
    """

    rule: str
    level: str
    claim: Claim | None
    level_claim: Claim | None = None
    if_up: Interval | None = None
    if_down: Interval | None = None
    message: str | None = None
    in_document: Document | None = None
    at: Place | None = None
    suppressed: str | None = None  # where it says that this is not reported, but on the claim

    @property
    def document(self) -> Document:
        """The document that it stands in."""
        found = self.in_document or (self.claim.document if self.claim is not None else None)
        return found or Document("")

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.at or (self.claim.place if self.claim is not None else Place())

    @property
    def id(self) -> str:
        """The id of the claim, or of the document where it is about no claim."""
        return self.document.id if self.claim is None else self.claim.id

    @property
    def printed(self) -> str:
        """The words that it is about."""
        return self.place.printed or (self.claim.printed if self.claim is not None else "")

    @property
    def is_suppressed(self) -> bool:
        """True when the claim, or something else, asks that this is not reported."""
        return self.suppressed is not None or (self.claim is not None and self.rule in self.claim.suppress)


def noticed(claims: Iterable[Claim]) -> Iterator[Noticed]:
    """A growth or change without a direction, with what either direction would mean for the base period."""
    listed = sorted(claims, key=lambda claim: claim.id)
    levels = {_series(claim): claim for claim in listed if claim.measure == "level" and claim.modality == "fact"}
    for claim in listed:
        if claim.direction_unstated:
            now = levels.get(_series(claim))
            up, down = _bases(claim, now.figure) if now is not None else (None, None)
            yield Noticed(NO_DIRECTION, "warning", claim, now, up, down)


def fingerprints(found: Sequence[Noticed]) -> list[str]:
    """For each a hash of the rule, the document, the claim's dimensions and properties, and the ordinal among equals: never
    of a value, a position or a claim id."""
    seen: Counter[str] = Counter()
    marks = []
    for one in found:
        claim = one.claim
        about = (
            None if claim is None else [sorted(claim.dimensions.items()), claim.measure, claim.base_period, claim.modality]
        )
        text = json.dumps([one.rule, one.document.id, about])
        seen[text] += 1
        marks.append(hashlib.sha256(f"{text}#{seen[text]}".encode()).hexdigest())
    return marks


def _series(claim: Claim) -> tuple[object, ...]:
    return claim.document.id, tuple(sorted(claim.dimensions.items()))


def _bases(claim: Claim, now: Figure) -> tuple[Interval | None, Interval | None]:
    """The base level if the figure is a rise, and if it is a fall."""
    size = claim.figure.strict
    results = []
    for signed in (size, negate(size)):
        if claim.measure == "growth":
            factor = add(point(Fraction(1)), signed)
            positive = factor.low is not None and factor.low > 0
            results.append(divide(now.strict, factor) if positive else None)
        else:
            results.append(add(now.strict, negate(signed)))
    return results[0], results[1]
