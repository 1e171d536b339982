"""The fewest figures that must be read loosely (`zeros`, `cut`) for a rule to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from crosscheck.checking.ranges import Box
from crosscheck.checking.stated import Stated
from crosscheck.claims.model import Claim
from crosscheck.figures.interval import Interval, intersect_all

# As many combinations are tried before it settles for a set from which nothing can be left out.
BUDGET = 1500

Roles = Mapping[str, Stated | tuple[Stated, ...]]


@dataclass(frozen=True, slots=True)
class Loosening:
    """A figure that has to be read loosely, and how."""

    claim: Claim
    reading: str


def fewest_loose(roles: Roles, holds: Callable[[Box], bool]) -> tuple[Loosening, ...]:
    """A smallest set of figures with loose readings for which `holds`; a minimal one where there are too many to try."""
    claims = [claim for operand in _operands(roles) for claim in operand.claims if claim.figure.loose]
    tried = 0
    for size in range(1, len(claims) + 1):
        for chosen in combinations(claims, size):
            for readings in product(*(claim.figure.loose for claim in chosen)):
                tried += 1
                if tried > BUDGET:
                    return _minimal(roles, claims, holds)
                picked = {claim.id: reading.interval for claim, reading in zip(chosen, readings, strict=True)}
                box = _box(roles, picked)
                if box is not None and holds(box):
                    pairs = zip(chosen, readings, strict=True)
                    return tuple(Loosening(claim, reading.name) for claim, reading in pairs)
    return ()


def _minimal(roles: Roles, claims: Sequence[Claim], holds: Callable[[Box], bool]) -> tuple[Loosening, ...]:
    """All figures loose, then each made strict again unless the rule fails without its looseness."""
    picked = {claim.id: claim.figure.any_reading for claim in claims}
    for claim in claims:
        rest = {key: interval for key, interval in picked.items() if key != claim.id}
        box = _box(roles, rest)
        if box is not None and holds(box):
            picked = rest
    found = []
    for claim in claims:
        if claim.id in picked:
            name = claim.figure.loose[0].name
            for reading in claim.figure.loose:
                box = _box(roles, {**picked, claim.id: reading.interval})
                if box is not None and holds(box):
                    name = reading.name
                    break
            found.append(Loosening(claim, name))
    return tuple(found)


def _operands(roles: Roles) -> Iterator[Stated]:
    for found in roles.values():
        yield from (found,) if isinstance(found, Stated) else found


def _box(roles: Roles, picked: Mapping[str, Interval]) -> Box | None:
    """Strict intervals, but for the picked figures; None when the claims of one operand exclude one another."""
    box: dict[str, Interval | tuple[Interval, ...]] = {}
    for role, found in roles.items():
        intervals = []
        for operand in (found,) if isinstance(found, Stated) else found:
            common = intersect_all(picked.get(claim.id, claim.figure.strict) for claim in operand.claims)
            if common is None:
                return None
            intervals.append(common)
        box[role] = intervals[0] if isinstance(found, Stated) else tuple(intervals)
    return box
