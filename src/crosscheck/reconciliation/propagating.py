"""Bounds of thousands of unknowns by propagation, in floating point: where to look, never what to believe.

Each row narrows an unknown given the bounds of the others, and remembers what it used. Where an unknown is left no value,
the rows that led there are handed out; an exact solver then says whether they are a conflict. Statements can be taken
back: what rested on them goes, the rest stays.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.reconciliation.system import Row

WORTH = 0.02  # a bound is moved when it gains so much of the width that is left; else chains would never end
NOISE = 1e-9  # of a value: what floating point may have made
MAXIMUM_TRACE = 400  # rows; a longer way to a contradiction is not followed


@dataclass(frozen=True, slots=True)
class Move:
    """One end of an unknown moved by a row; `needs` are the moves that gave the ends of the others."""

    unknown: int
    is_upper: bool
    value: float
    row: int
    needs: tuple[int, ...]


class Propagator:
    """The bounds of all unknowns under rows whose statements are believed."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.terms = [[(u, rounded(f)) for u, f in row.coefficients] for row in rows]
        self.limits = [rounded(row.limit) for row in rows]
        self.users: dict[int, list[int]] = {}
        for index, row in enumerate(rows):
            for unknown, _ in row.coefficients:
                self.users.setdefault(unknown, []).append(index)
        self.moves: list[Move] = []
        self.ends: dict[tuple[int, bool], list[int]] = {}  # the moves of each end, the last one counts
        self.waiting: deque[int] = deque(range(len(rows)))
        self.queued = [True] * len(rows)
        self.gone: set[int] = set()  # rows whose statements are not believed
        self.valid: list[bool] = []

    def conflicts(self, is_late: Callable[[], bool]) -> Iterator[list[int]]:
        """Rows that together leave some unknown no value, one list after another, until nothing moves any more.

        A row that ends in a contradiction is left alone from then on, so that the rest can go on.
        """
        steps = 0
        while self.waiting:
            steps += 1
            if steps % 1000 == 0 and is_late():
                return
            index = self.waiting.popleft()
            self.queued[index] = False
            if index not in self.gone:
                found = self._narrow(index)
                if found is not None:
                    yield found

    def bounds(self, unknown: int) -> tuple[float, float]:
        """The least and the greatest value that propagation leaves an unknown, rounded."""
        return self._value(unknown, False)[0], self._value(unknown, True)[0]

    def _value(self, unknown: int, is_upper: bool) -> tuple[float, int]:
        stack = self.ends.get((unknown, is_upper))
        if not stack:
            return (math.inf if is_upper else -math.inf), -1
        return self.moves[stack[-1]].value, stack[-1]

    def _narrow(self, index: int) -> list[int] | None:
        terms = self.terms[index]
        total, open_at, needs = 0.0, -1, []
        for position, (unknown, factor) in enumerate(terms):
            value, move = self._value(unknown, factor < 0)
            if move < 0:
                if open_at >= 0:
                    return None
                open_at = position
            else:
                total += factor * value
            needs.append(move)
        spare = self.limits[index] - total
        scale = abs(total) + abs(self.limits[index])
        if open_at < 0 and spare < -NOISE * scale:
            return self._trace(needs, index)
        for position, (unknown, factor) in enumerate(terms):
            if open_at in (-1, position):
                own = 0.0 if open_at == position else factor * self._value(unknown, factor < 0)[0]
                others = tuple(n for i, n in enumerate(needs) if i != position)
                self._move(unknown, factor > 0, (spare + own) / factor, index, others, scale / abs(factor))
        return None

    def _move(self, unknown: int, is_upper: bool, value: float, index: int, needs: tuple[int, ...], scale: float) -> None:
        old, _ = self._value(unknown, is_upper)
        other, _ = self._value(unknown, not is_upper)
        gain = old - value if is_upper else value - old
        width = abs(old - other) if math.isfinite(old) and math.isfinite(other) else 0.0
        if not gain > max(WORTH * width, NOISE * max(scale, abs(value))):
            return
        self.moves.append(Move(unknown, is_upper, value, index, needs))
        self.valid.append(True)
        self.ends.setdefault((unknown, is_upper), []).append(len(self.moves) - 1)
        for user in self.users[unknown]:
            self._queue(user)

    def _queue(self, index: int) -> None:
        if not self.queued[index]:
            self.queued[index] = True
            self.waiting.append(index)

    def _trace(self, needs: Iterable[int], index: int) -> list[int] | None:
        rows, seen, stack = {index: None}, set(), list(needs)
        while stack:
            move = stack.pop()
            if move not in seen:
                seen.add(move)
                rows[self.moves[move].row] = None
                stack += self.moves[move].needs
                if len(rows) > MAXIMUM_TRACE:
                    return None
        return list(rows)

    def withdraw(self, atoms: Collection[int]) -> None:
        """Takes statements back: rows that rest on them, and every bound that came from one of these."""
        withdrawn = {i for i, row in enumerate(self.rows) if i not in self.gone and not row.support.isdisjoint(atoms)}
        self.gone |= withdrawn
        touched: set[int] = set()
        for index, move in enumerate(self.moves):
            if self.valid[index] and (move.row in withdrawn or not all(self.valid[n] for n in move.needs)):
                self.valid[index] = False
                touched.add(move.unknown)
        for unknown in touched:
            for is_upper in (False, True):
                stack = self.ends.get((unknown, is_upper))
                while stack and not self.valid[stack[-1]]:
                    stack.pop()
                if stack:
                    stack[:] = [move for move in stack if self.valid[move]]
            for user in self.users[unknown]:
                self._queue(user)

    def intervals(self) -> dict[int, Interval]:
        """The bounds found, recomputed exactly: an unknown lies within its interval, which may be wider than it need be."""
        known: list[tuple[Fraction, bool] | None] = [None] * len(self.moves)
        for index in self._wanted():  # a move comes after those that it needs
            known[index] = self._exactly(self.moves[index], known)
        found: dict[int, Interval] = {}
        for unknown in self.users:
            low, high = (self._best(unknown, is_upper, known) for is_upper in (False, True))
            if low[0] is None or high[0] is None or low[0] < high[0] or (low[0] == high[0] and low[1] and high[1]):
                found[unknown] = Interval(low[0], high[0], low[1], high[1])
        return found

    def _wanted(self) -> list[int]:
        """The moves that gave the ends as they are, and those that these rest on, in order."""
        wanted = [False] * len(self.moves)
        for stack in self.ends.values():
            if stack:
                wanted[stack[-1]] = True
        for index in range(len(self.moves) - 1, -1, -1):
            if wanted[index]:
                for need in self.moves[index].needs:
                    wanted[need] = True
        return [index for index, is_wanted in enumerate(wanted) if is_wanted]

    def _best(
        self, unknown: int, is_upper: bool, known: Sequence[tuple[Fraction, bool] | None]
    ) -> tuple[Fraction | None, bool]:
        stack = self.ends.get((unknown, is_upper))
        found = known[stack[-1]] if stack else None
        return found or (None, False)

    def _exactly(self, move: Move, known: Sequence[tuple[Fraction, bool] | None]) -> tuple[Fraction, bool]:
        row = self.rows[move.row]
        limit, closed, own = row.limit, not row.strict, Fraction(1)
        needs = iter(move.needs)
        for unknown, factor in row.coefficients:
            if unknown == move.unknown:
                own = factor
                continue
            value = known[next(needs)]
            assert value is not None, "what a valid move rests on is valid"
            limit -= factor * value[0]
            closed = closed and value[1]
        return limit / own, closed


def rounded(value: Fraction) -> float:
    """The nearest double; infinite for what is too large."""
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf
