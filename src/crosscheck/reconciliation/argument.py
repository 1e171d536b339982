"""A proof as a short argument for people: which figures force which, step by step, up to the one that does not fit.

The rows of a conflict's proof are propagated: each step is one binding that narrows one unknown, given what is known so
far. Steps that nothing after them uses are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crosscheck.checking.binding import Binding
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.reconciliation.simplex import Tableau
from crosscheck.reconciliation.system import Atom, Row, System, Unknown, row

MAXIMUM_ROUNDS = 40
End = tuple[int, bool]  # an unknown, and whether its upper end


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One step of an argument: a binding (or a statement) leaves an unknown this interval, given the steps before."""

    unknown: Unknown
    interval: Interval
    binding: Binding | None
    atoms: tuple[Atom, ...]  # the statements that this step brings in
    given: tuple[tuple[Unknown, Interval], ...] = ()  # what earlier steps left, as far as this one uses it


@dataclass(frozen=True, slots=True)
class _Move:
    """One end of an unknown, moved by a row; `needs` are the ends of others that it used."""

    end: End
    value: Fraction
    closed: bool
    row: Row
    needs: tuple[int, ...]  # earlier moves


def steps_of(rows: Iterable[Row], system: System, suspects: Iterable[int] = ()) -> tuple[Step, ...]:
    """The argument of one proof; empty where it cannot be told as one.

    Where no row after row gets there, all statements but one (one of the `suspects` first) are taken together.
    """
    kept = list(dict.fromkeys(rows))
    used = _contradiction(kept)
    if used is None:
        return _but_one(kept, system, suspects)
    moves, last = used
    ends = sorted(last, key=lambda index: moves[index].row.binding is None)  # what is stated comes last
    shown = [i for i in _told_in_order(ends, moves) if moves[i].row.binding is not None or i in last]
    return tuple(_step(moves[i], moves, system) for i in shown)


def _told_in_order(ends: Sequence[int], moves: Sequence[_Move]) -> list[int]:
    """The moves that lead to each end, one end after the other, each move after those that it needs."""
    found: dict[int, None] = {}
    stack = [(end, False) for end in reversed(ends)]
    while stack:
        index, is_ready = stack.pop()
        if is_ready:
            found.setdefault(index)
        elif index not in found:
            stack.append((index, True))
            stack += [(need, False) for need in reversed(moves[index].needs)]
    return list(found)


def _step(move: _Move, moves: Sequence[_Move], system: System) -> Step:
    """A move with the statements that it takes in directly."""
    atoms = set(move.row.support)
    for index in move.needs:
        if moves[index].row.binding is None:
            atoms |= moves[index].row.support
    binding = None if move.row.binding is None else system.bindings[move.row.binding]
    given = [_left(moves[index], system) for index in move.needs if moves[index].row.binding is not None]
    return Step(*_left(move, system), binding, in_order(system.atoms[a] for a in atoms), tuple(given))


def _left(move: _Move, system: System) -> tuple[Unknown, Interval]:
    """What a move leaves its unknown."""
    unknown, upper = move.end
    interval = Interval(None, move.value, True, move.closed) if upper else Interval(move.value, None, move.closed)
    return system.unknowns[unknown], interval


def in_order(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """Statements in the order in which they are read: document by document, from its top down."""

    def where(atom: Atom) -> tuple[str, int, int, str]:
        first = atom.claims[0]
        return first.document.id, first.place.line or 0, first.place.column or 0, first.id

    return tuple(sorted(atoms, key=where))


def _but_one(rows: Sequence[Row], system: System, suspects: Iterable[int]) -> tuple[Step, ...]:
    """What all statements but one leave, together, to the figures that the last one is about."""
    atoms = {atom for one in rows for atom in one.support}
    for last in dict.fromkeys([*(a for a in suspects if a in atoms), *sorted(atoms)]):
        rest = [one for one in rows if last not in one.support]
        own = [one for one in rows if last in one.support]
        tableau = Tableau(rest)
        if tableau.solve(range(len(rest))) is not None:
            continue
        ends: list[Row] = []
        steps = []
        for unknown in dict.fromkeys(u for one in own for u, _ in one.coefficients if u in tableau.number):
            low, low_closed, _ = tableau.extreme(unknown, -1)
            high, high_closed, _ = tableau.extreme(unknown, 1)
            interval = Interval(low, high, low_closed, high_closed)
            if low is not None or high is not None:
                others = in_order(system.atoms[a] for a in atoms - {last})
                steps.append(Step(system.unknowns[unknown], interval, None, others))
                ends += _ends(unknown, interval)
        found = _contradiction([*ends, *own])
        if found is not None:
            move = next(m for m in reversed(found[0]) if m.row in own)
            return (*steps, _step(move, found[0], system))
    return ()


def _ends(unknown: int, interval: Interval) -> list[Row]:
    found = []
    if interval.high is not None:
        found.append(row({unknown: Fraction(1)}, interval.high, not interval.high_closed))
    if interval.low is not None:
        found.append(row({unknown: Fraction(-1)}, -interval.low, not interval.low_closed))
    return found


def _contradiction(rows: Sequence[Row]) -> tuple[list[_Move], tuple[int, ...]] | None:
    """Moves up to an empty interval, and the two that make it empty. Statements come first, then rules, in rounds."""
    moves: list[_Move] = []
    current: dict[End, int] = {}
    ordered = sorted(rows, key=lambda r: (r.binding is not None, len(r.coefficients)))
    for _ in range(MAXIMUM_ROUNDS):
        changed = False
        for one in ordered:
            for unknown, factor in one.coefficients:
                move = _move(one, unknown, factor, current, moves)
                if move is None:
                    continue
                moves.append(move)
                current[move.end] = len(moves) - 1
                changed = True
                other = current.get((unknown, not move.end[1]))
                if other is not None and _empty(move, moves[other]):
                    return moves, (other, len(moves) - 1)
        if not changed:
            return None
    return None


def _move(one: Row, unknown: int, factor: Fraction, current: dict[End, int], moves: Sequence[_Move]) -> _Move | None:
    """How a row narrows an unknown, given the ends of the others; None when it does not."""
    limit, closed, needs = one.limit, not one.strict, []
    for other, own in one.coefficients:
        if other != unknown:
            known = current.get((other, own < 0))
            if known is None:
                return None
            limit -= own * moves[known].value
            closed = closed and moves[known].closed
            needs.append(known)
    value, end = limit / factor, (unknown, factor > 0)
    before = current.get(end)
    if before is not None:
        old = moves[before]
        tighter = value < old.value if factor > 0 else value > old.value
        if not tighter and not (value == old.value and old.closed and not closed):
            return None
    return _Move(end, value, closed, one, tuple(needs))


def _empty(a: _Move, b: _Move) -> bool:
    upper, lower = (a, b) if a.end[1] else (b, a)
    return upper.value < lower.value or (upper.value == lower.value and not (upper.closed and lower.closed))
