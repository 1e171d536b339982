"""Choices between rows: which options what is stated excludes at once, so that few are left to be tried.

A growth on a base of unknown sign holds with a positive base or with a negative one. Where the base is stated as 24 that
settles it: the statement against `base <= 0` is the proof. What is left open is tried by `conflicts.Oracle`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crosscheck.figures.exact import Fraction
from crosscheck.reconciliation.system import Choice, Component, Row

# Rows by their index, with multipliers that add up to a contradiction.
Proof = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """The rows of one option of a choice, and proofs that exclude it: each one of its rows and one that is stated."""

    rows: tuple[int, ...]
    excluded: tuple[Proof, ...]


# A choice with several options left, or none; and what excludes the others.
Open = tuple[tuple[Option, ...], list[Proof]]


def options_of(component: Component) -> tuple[list[Row], list[tuple[Option, ...]]]:
    """All rows of a component, those of options last, and the options of each choice."""
    rows = list(component.rows)
    bounds: dict[int, list[int]] = defaultdict(list)
    for index, one in enumerate(rows if component.choices else ()):
        if len(one.coefficients) == 1:
            bounds[one.coefficients[0][0]].append(index)
    choices = []
    for choice in component.choices:
        own = []
        for option in choice.options:
            indices = tuple(range(len(rows), len(rows) + len(option)))
            rows += option
            own.append(Option(indices, tuple(_excluded(indices, rows, bounds))))
        choices.append(tuple(own))
    return rows, choices


def _excluded(indices: Iterable[int], rows: Sequence[Row], bounds: Mapping[int, Sequence[int]]) -> Iterator[Proof]:
    """What excludes an option at once: a bound of an unknown that it asks for, against one of what is stated."""
    for index in indices:
        own = rows[index].coefficients
        for other in bounds.get(own[0][0], ()) if len(own) == 1 else ():
            proof = _apart((index, rows[index]), (other, rows[other]))
            if proof is not None:
                yield proof


def _apart(one: tuple[int, Row], other: tuple[int, Row]) -> Proof | None:
    """The proof that two bounds of one unknown leave it nothing; None where they leave it something."""
    (index, a), (place, b) = one, other
    by, factor = a.coefficients[0][1], b.coefficients[0][1]
    if (by > 0) == (factor > 0):
        return None
    limit = a.limit / abs(by) + b.limit / abs(factor)
    if limit > 0 or (limit == 0 and not (a.strict or b.strict)):
        return None
    return (index, 1 / abs(by)), (place, 1 / abs(factor))


def excluding(choices: Iterable[Open]) -> list[Proof] | None:
    """What excludes every option of some choice."""
    return next((why for options, why in choices if not options), None)


def settled(component: Component) -> Component:
    """The component with the last option of a choice among its rows, where what is stated excludes the others.

    Such a row rests on that as well, so it is gone where that is not believed: weaker than the choice, never stronger.
    """
    if not component.choices:
        return component
    rows, choices = options_of(component)
    found: list[Row] = []
    still_open: list[Choice] = []
    for options, choice in zip(choices, component.choices, strict=True):
        left = [option for option in options if not option.excluded]
        if len(left) != 1:
            still_open.append(choice)
            continue
        why = (option.excluded[0][1][0] for option in options if option.excluded)
        support = frozenset(atom for index in why for atom in rows[index].support)
        found += [replace(rows[index], support=rows[index].support | support) for index in left[0].rows]
    return Component(component.unknowns, component.atoms, (*component.rows, *dict.fromkeys(found)), tuple(still_open))
