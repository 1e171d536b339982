"""What was noticed while reading, told from the claims: findings about a figure itself, not about a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from crosscheck.claims.model import Claim
from crosscheck.figures.figure import Figure
from crosscheck.figures.interval import Interval, add, divide, negate, point

NO_DIRECTION = "reading/no-direction"
NOTICED = (NO_DIRECTION,)  # the ids of all findings of reading


@dataclass(frozen=True, slots=True)
class Noticed:
    """A finding of reading. `options` are what the base would be if the figure meant a rise and if it meant a fall."""

    rule: str
    level: str
    claim: Claim
    level_claim: Claim | None = None
    if_up: Interval | None = None
    if_down: Interval | None = None

    @property
    def is_suppressed(self) -> bool:
        """True when the claim asks that this is not reported."""
        return self.rule in self.claim.suppress


def noticed(claims: Iterable[Claim]) -> Iterator[Noticed]:
    """A growth or change without a direction, with what either direction would mean for the base period."""
    listed = sorted(claims, key=lambda claim: claim.id)
    levels = {_series(claim): claim for claim in listed if claim.measure == "level" and claim.modality == "fact"}
    for claim in listed:
        if claim.direction_unstated:
            now = levels.get(_series(claim))
            up, down = _bases(claim, now.figure) if now is not None else (None, None)
            yield Noticed(NO_DIRECTION, "warning", claim, now, up, down)


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
