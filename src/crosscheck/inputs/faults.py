"""Faults of what a user gave us: where, what, and a hint. They are values, collected and shown all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of an input file: its place (line and column count from 1), what is wrong, and what may help."""

    file: str
    line: int | None
    column: int | None
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class InputFaults(Exception):
    """Raised at a border with every fault that was found there, never with just the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults[:5]))


def did_you_mean(word: str, candidates: Iterable[str], within: int = 2) -> str | None:
    """The nearest candidate at most `within` edits away, as a hint; None when nothing is near."""
    near = nearest(word, candidates, within)
    return f'did you mean "{near}"?' if near is not None else None


def nearest(word: str, candidates: Iterable[str], within: int = 2) -> str | None:
    """The candidate with the fewest edits to `word`, at most `within`; the first in order on a tie."""
    best: tuple[int, str] | None = None
    for candidate in candidates:
        distance = edit_distance(word, candidate, within)
        if distance <= within and (best is None or distance < best[0]):
            best = (distance, candidate)
    return best[1] if best else None


def edit_distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) from a to b, or limit + 1 when there are more.

    Optimal string alignment distance, in bounded time: words over 64 characters are never near.
    """
    if abs(len(a) - len(b)) > limit or max(len(a), len(b)) > 64:
        return 0 if a == b else limit + 1
    return _edits(a, b, limit)


@lru_cache(maxsize=65536)  # a mistake is seldom made once
def _edits(a: str, b: str, limit: int) -> int:
    before: list[int] = []
    previous = list(range(len(b) + 1))
    least = 0
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if least > limit and min(current) > limit:  # two rows, as a swap reaches over one
            return limit + 1
        least = min(current)
        before, previous = previous, current
    return min(previous[-1], limit + 1)
