"""Totals of a table and their parts, and cells that nothing tells apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crosscheck.claims.model import INDICATOR, PERIOD
from crosscheck.extraction.model import Statement
from crosscheck.extraction.tables.axes import Axis
from crosscheck.figures.exact import Fraction

OTHERS = re.compile(
    r"^(?:all )?other|^others|^rest of|^remaining|^unallocated|^miscellaneous|^elsewhere|^not specified", re.IGNORECASE
)
# A list of parts that says nothing of "others" is closed where the parts come to the total but for this much: a list of the
# ten largest does not.
NEAR = Fraction(2, 100)


def same_headings(statements: Sequence[Statement]) -> set[int]:
    """The indices of statements that are alike in all but the figure: their headings do not tell them apart."""
    groups: dict[object, list[int]] = {}
    for index, told in enumerate(statements):
        base = told.base_period.value if told.base_period else None
        dimensions = frozenset((name, known.value) for name, known in told.dimensions.items())
        groups.setdefault((dimensions, told.measure, base, told.unit, told.modality), []).append(index)
    found: set[int] = set()
    for group in groups.values():
        if len(group) > 1 and len({(statements[i].value, statements[i].qualifier) for i in group}) > 1:
            found.update(group)
    return found


def link_lists(
    statements: list[Statement], by_cell: Mapping[tuple[int, int], int], rows: Sequence[Axis], columns: Mapping[int, Axis]
) -> None:
    """Makes the rows above (or below) a total its closed list, where the table says so, a column at a time."""
    children: dict[int, list[Axis]] = {}
    for row in rows:
        if row.parent is not None and not row.of_which:
            children.setdefault(row.parent, []).append(row)
    for total in rows:
        if not total.total or total.of_which:
            continue
        parts = _parts(total, rows, children.get(total.index, []))
        if len(parts) < 2:
            continue
        for column in columns:
            _link(statements, by_cell, total, parts, column)


def _parts(total: Axis, rows: Sequence[Axis], under: list[Axis]) -> list[Axis]:
    """The rows that a total adds up: those set in under it, or those of its section on one side of it."""
    if under:
        return under
    above: list[Axis] = []
    for index in range(total.index - 1, -1, -1):
        row = rows[index]
        if row.section != total.section or row.total:
            break
        if row.parent == total.parent and row.level >= total.level:
            above.append(row)
    if above:
        return _usable(above[::-1])
    below: list[Axis] = []
    for index in range(total.index + 1, len(rows)):
        row = rows[index]
        if row.section != total.section or row.total:
            break
        if row.parent == total.parent:
            below.append(row)
    return _usable(below)


def _usable(parts: list[Axis]) -> list[Axis]:
    """The parts, or none where one of them is itself a subtotal of others or a selection."""
    return [] if any(row.subtotal or row.of_which for row in parts) else parts


def _link(
    statements: list[Statement], by_cell: Mapping[tuple[int, int], int], total: Axis, parts: Sequence[Axis], column: int
) -> None:
    at = by_cell.get((total.index, column))
    if at is None:
        return
    whole = statements[at]
    found = [by_cell.get((part.index, column)) for part in parts]
    if whole.measure != "level" or whole.qualifier or any(index is None for index in found):
        return
    items = [index for index in found if index is not None]
    dimension = _dimension(whole, [statements[index] for index in items])
    if dimension is None or dimension in (INDICATOR, PERIOD):
        return
    if any(statements[index].list_of is not None for index in items):
        return
    told = [statements[index] for index in items]
    if any(
        item.unit != whole.unit or item.measure != "level" or item.modality != whole.modality or item.qualifier
        for item in told
    ):
        return
    if _is_closed(whole, told, dimension):
        for index in items:
            statements[index] = replace(statements[index], list_of=at)


def _dimension(whole: Statement, items: Sequence[Statement]) -> str | None:
    """The one dimension that the items have and the total has not; None where they differ otherwise."""
    outer = {name: known.value for name, known in whole.dimensions.items()}
    found: set[str] = set()
    for item in items:
        inner = {name: known.value for name, known in item.dimensions.items()}
        more = [name for name in inner if name not in outer]
        if len(more) != 1 or any(inner.get(name) != value for name, value in outer.items()):
            return None
        found.add(more[0])
    return found.pop() if len(found) == 1 else None


def _is_closed(whole: Statement, items: Sequence[Statement], dimension: str) -> bool:
    values = [item.value for item in items]
    slack = sum((_step(told) for told in (whole, *items)), Fraction(0)) / 2
    excess = sum(values, Fraction(0)) - whole.value
    if abs(excess) <= slack:
        return True
    if any(abs(excess - value) <= slack for value in values if value) or _is_nested(values, excess, slack):
        return False  # a part that is a part of another part
    if any(OTHERS.match(item.dimensions[dimension].value) for item in items):
        return abs(excess) <= abs(whole.value) / 2
    return abs(excess) <= abs(whole.value) * NEAR


def _is_nested(values: Sequence[Fraction], excess: Fraction, slack: Fraction) -> bool:
    """Whether some rows that follow each other add up to the excess: they stand below their own subtotal."""
    if len(values) > 60:
        return True  # not looked into
    for first in range(len(values)):
        total = Fraction(0)
        for value in values[first:]:
            total += value
            if abs(total - excess) <= slack:
                return True
    return False


def _step(told: Statement) -> Fraction:
    return Fraction(10) ** -(told.decimals or 0) if told.decimals is not None else Fraction(0)
