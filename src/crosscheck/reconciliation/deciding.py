"""Whether thousands of rows can hold together, exactly: cut where many of them share an unknown, and decided in pieces.

Unknowns that many rows share (a world total that every share is of) are given values, and what is left falls into pieces
that the exact simplex decides one by one. A piece that cannot hold under these values proves a row about the shared
unknowns alone, a cut (Benders 1962). They are given values that satisfy all cuts so far, and so on. It ends with true
values for all unknowns, or with cuts that no values satisfy: then the rows that proved these cuts are a conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crosscheck.figures.exact import Fraction
from crosscheck.reconciliation.certificates import combined
from crosscheck.reconciliation.simplex import Late, PivotLimit, Tableau, exact
from crosscheck.reconciliation.system import Row, holds, row

HUB = 24  # rows that join an unknown with others: one with more joins what has little to do with one another
FEWER = (HUB, 16, 12, 10)  # what counts as a hub where pieces would be large otherwise
LARGE_PIECE = 1500  # rows
ROUNDS = 60
MAXIMUM_PIECE = 6000  # rows; a larger piece is not decided
SHORT = 10**9  # a denominator that is large enough: values with long ones make all reckoning with them slow
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Decision:
    """Rows that cannot hold together, several sets of them; or values of all unknowns under which all hold; or neither."""

    conflicts: tuple[tuple[int, ...], ...] = ()
    values: Mapping[int, Fraction] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """Rows that hang together once the shared unknowns have values."""

    rows: Sequence[int]
    hubs: Sequence[int]
    tableau: Tableau


@dataclass(frozen=True, slots=True)
class _Cut:
    """A row about shared unknowns, and the rows that add up to it."""

    row: Row
    core: frozenset[int]


class Decider:
    """Rows that are decided again and again, each time without a few more of them."""

    def __init__(self, rows: Sequence[Row], guess: Callable[[int], Fraction], is_late: Late) -> None:
        """`guess` gives a likely value of an unknown."""
        self.rows, self.guess, self.is_late = rows, guess, is_late
        self.pieces: list[_Piece] = []
        self.held: dict[int, object] = {}  # by the place of a piece: what it was last found to hold for
        self.own: list[int] = []  # rows about shared unknowns alone
        self.cuts: list[_Cut] = []
        self.at: dict[int, Fraction] = {}  # values of the shared unknowns
        joins: dict[int, int] = defaultdict(int)
        for one in self.rows:
            if len(one.coefficients) > 1:
                for unknown, _ in one.coefficients:
                    joins[unknown] += 1
        for hub in FEWER:
            self.hubs = frozenset(unknown for unknown, count in joins.items() if count > hub)
            groups = self._groups()
            if max(map(len, groups), default=0) <= LARGE_PIECE:
                break
        self.groups = groups

    def decide(self, gone: Collection[int]) -> Decision | None:
        """What holds of the rows but those `gone`; None when that is not known in time, or would take too much."""
        try:
            if not self.pieces:
                self._cut_up()
            self.cuts = [cut for cut in self.cuts if cut.core.isdisjoint(gone)]
            for _ in range(ROUNDS):
                found = self._round(gone)
                if found is not None:
                    return found
        except PivotLimit:
            pass
        return None

    def _groups(self) -> list[list[int]]:
        """The rows that share nothing with those of other groups but hubs; last, those about hubs alone."""
        parent: dict[int, int] = {}

        def root(node: int) -> int:
            parent.setdefault(node, node)
            while parent[node] != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        inner = [[u for u, _ in one.coefficients if u not in self.hubs] for one in self.rows]
        for unknowns in inner:
            for unknown in unknowns[1:]:
                parent[root(unknown)] = root(unknowns[0])
        groups: dict[int, list[int]] = defaultdict(list)
        for index, unknowns in enumerate(inner):
            groups[root(unknowns[0]) if unknowns else -1].append(index)
        own = groups.pop(-1, [])
        return [*groups.values(), own]

    def _cut_up(self) -> None:
        """Makes the pieces; raises PivotLimit when one is too large."""
        *groups, self.own = self.groups
        if max(map(len, groups), default=0) > MAXIMUM_PIECE:
            raise PivotLimit
        self.at = {hub: self.guess(hub) for hub in sorted(self.hubs)}
        for members in groups:
            rows = [self.rows[index] for index in members]
            hubs = sorted({u for one in rows for u, _ in one.coefficients if u in self.hubs})
            fixed = [row({hub: Fraction(sign)}, ZERO) for hub in hubs for sign in (1, -1)]
            self.pieces.append(_Piece(members, hubs, Tableau([*rows, *fixed], is_late=self.is_late)))

    def _round(self, gone: Collection[int]) -> Decision | None:
        """Looks at every piece under the present values: conflicts, or values of all, or further cuts and other values."""
        conflicts, fresh = [], []
        for number in range(len(self.pieces)):
            if self.is_late():
                raise PivotLimit
            cut = self._refuted(number, gone)
            if cut is not None and cut.row.coefficients:
                fresh.append(cut)
            elif cut is not None:
                conflicts.append(tuple(sorted(cut.core)))
        if conflicts:
            return Decision(tuple(conflicts))
        own = [_Cut(self.rows[index], frozenset([index])) for index in self.own if index not in gone]
        if not fresh and all(holds(cut.row, self.at) for cut in own):
            return Decision(values=self._values())
        self.cuts += fresh
        every = [*own, *self.cuts]
        touched = {hub for cut in (*fresh, *own) if not holds(cut.row, self.at) for hub, _ in cut.row.coefficients}
        core = self._moved(every, touched)
        return None if core is None else Decision((core,))

    def _refuted(self, number: int, gone: Collection[int]) -> _Cut | None:
        """None when a piece holds under the present values, else what it proves about the shared unknowns."""
        piece = self.pieces[number]
        active = [place for place, index in enumerate(piece.rows) if index not in gone]
        here = (len(active), tuple(self.at[hub] for hub in piece.hubs))
        if self.held.get(number) == here:
            return None
        tableau, count = piece.tableau, len(piece.rows)
        for place in range(2 * len(piece.hubs)):
            variable, is_upper, _, scale = tableau.bounds[count + place]
            value = exact(self.at[piece.hubs[place // 2]])
            tableau.bounds[count + place] = variable, is_upper, (value, exact(0)), scale
            active.append(count + place)
        proof = tableau.solve(active)
        if proof is None:
            self.held[number] = here
            return None
        weighted = [(self.rows[piece.rows[place]], times) for place, times in proof if place < count]
        coefficients, limit, strict = combined(weighted)
        return _Cut(row(coefficients, limit, strict), frozenset(piece.rows[place] for place, _ in proof if place < count))

    def _moved(self, every: Sequence[_Cut], touched: Collection[int]) -> tuple[int, ...] | None:
        """Gives the shared unknowns values that satisfy all cuts; else the rows that show that there are none.

        Those that no new cut touches stay where they are, if that can be: then their pieces need not be looked at again.
        """
        rows = [cut.row for cut in every]
        rest = [
            row({hub: Fraction(sign)}, sign * self.at[hub]) for hub in self.at if hub not in touched for sign in (1, -1)
        ]
        tableau = Tableau([*rows, *rest], is_late=self.is_late)
        if tableau.solve(range(len(rows) + len(rest))) is not None:
            proof = tableau.solve(range(len(rows)))
            if proof is not None:
                return tuple(sorted(frozenset(index for place, _ in proof for index in every[place].core)))
            touched = tableau.number.keys()
        points = [tableau.point()]
        for hub in sorted(hub for hub in touched if hub in tableau.number):
            for sign in (1, -1):
                tableau.extreme(hub, sign)
                points.append(tableau.point())
        middle = {hub: sum((point[hub] for point in points), ZERO) / len(points) for hub in points[0]}
        short = {hub: value.limit_denominator(SHORT) if hub in touched else value for hub, value in middle.items()}
        self.at |= short if all(holds(one, {**self.at, **short}) for one in rows) else middle
        return None

    def _values(self) -> dict[int, Fraction]:
        """The values under which everything was found to hold."""
        found = dict(self.at)
        for piece in self.pieces:
            found |= {unknown: value for unknown, value in piece.tableau.point().items() if unknown not in self.hubs}
        return found


def satisfied(rows: Iterable[Row], values: Mapping[int, Fraction]) -> bool:
    """True when values satisfy all rows, by inserting them."""
    return all(holds(one, values) for one in rows)
