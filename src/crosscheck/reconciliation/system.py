"""The joint system as data: unknown quantities, what is said of them, and the linear rows that rules make of it.

A row is `sum(coefficient * unknown) <= limit` (`<` when strict). It holds only as long as everything that it rests on is
believed: its `support` names the statements whose withdrawal takes it away. Rows of definitions rest on nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crosscheck.checking.assumptions import Assumption
from crosscheck.checking.binding import Binding
from crosscheck.claims.model import Claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure
from crosscheck.figures.interval import Interval

Coefficients = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A quantity whose true value is not known: its dimensions, and a figure that shows its unit and scale."""

    dimensions: Mapping[str, str]
    measure: str
    like: Figure
    source: str | None = None
    stated: tuple[Claim, ...] = ()
    non_negative: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """What can be doubted as one: claims of one voice that give one figure for one quantity.

    `weight` is None for what is not to be doubted. `assumptions` are what the claims rely on to be compared at all.
    """

    claims: tuple[Claim, ...]
    weight: Fraction | None = Fraction(1)
    assumptions: tuple[Assumption, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One linear inequality and what it rests on: statements (`support`), and the binding of a rule or None."""

    coefficients: Coefficients
    limit: Fraction
    strict: bool = False
    support: frozenset[int] = frozenset()
    binding: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows of which one group must hold: a rule with several alternatives, or a base of unknown sign."""

    binding: int | None
    options: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """A binding that no linear rows could be made of, and why."""

    binding: Binding
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """Unknowns, statements and rows; bindings are named by their index."""

    unknowns: Sequence[Unknown]
    atoms: Sequence[Atom]
    rows: Sequence[Row]
    choices: Sequence[Choice] = ()
    bindings: Sequence[Binding] = ()
    left_out: Sequence[LeftOut] = ()
    limits: Mapping[int, tuple[tuple[int, Interval], ...]] = field(default_factory=dict)  # of each unknown, by atom
    remarks: tuple[str, ...] = ()
    is_whole: bool = True  # False when time or memory ended before all bindings were taken in


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """Unknowns, statements and rows that hang together, by their indices in the system."""

    unknowns: tuple[int, ...]
    atoms: tuple[int, ...]
    rows: tuple[Row, ...]
    choices: tuple[Choice, ...] = ()


def row(coefficients: Mapping[int, Fraction], limit: Fraction, strict: bool = False, **rest: object) -> Row:
    """A row with its coefficients in order and without zeros."""
    ordered = tuple(sorted((unknown, value) for unknown, value in coefficients.items() if value))
    return Row(ordered, limit, strict, **rest)  # type: ignore[arg-type]


def holds(one: Row, values: Mapping[int, Fraction]) -> bool:
    """True when values satisfy a row."""
    total = sum((factor * values[unknown] for unknown, factor in one.coefficients), Fraction(0))
    return total < one.limit if one.strict else total <= one.limit


def components(system: System) -> list[Component]:
    """The parts of a system that have nothing to do with one another; unknowns that no rule touches are left out."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    groups: list[tuple[Sequence[Row], Row | Choice]] = [((one,), one) for one in system.rows]
    groups += [([r for option in choice.options for r in option], choice) for choice in system.choices]
    for rows, _ in groups:
        nodes = [("x", u) for one in rows for u, _ in one.coefficients] + [("a", a) for one in rows for a in one.support]
        for node in nodes[1:]:
            parent[root(node)] = root(nodes[0])
    found: dict[tuple[str, int], tuple[list[Row], list[Choice]]] = {}
    for rows, whole in groups:
        first = rows[0]
        node = ("x", first.coefficients[0][0]) if first.coefficients else ("a", min(first.support, default=-1))
        own = found.setdefault(root(node), ([], []))
        if isinstance(whole, Row):
            own[0].append(whole)
        else:
            own[1].append(whole)
    made = [_component(rows, choices) for rows, choices in found.values()]
    return [c for c in made if len(c.unknowns) > 1 or len(c.atoms) > 1 or any(r.binding is not None for r in c.rows)]


def _component(rows: Sequence[Row], choices: Sequence[Choice]) -> Component:
    every = [*rows, *all_rows(choices)]
    unknowns = sorted({unknown for one in every for unknown, _ in one.coefficients})
    atoms = sorted({atom for one in every for atom in one.support})
    return Component(tuple(unknowns), tuple(atoms), tuple(rows), tuple(choices))


def all_rows(choices: Iterable[Choice]) -> list[Row]:
    """The rows of all options of some choices."""
    return [one for choice in choices for option in choice.options for one in option]
