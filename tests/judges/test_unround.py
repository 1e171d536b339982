"""What a printed number may have been before rounding, in every rounding mode, against an outside judge."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

from crosscheck.figures.figure import unround
from crosscheck.figures.interval import Interval

# The judge's names where they are not ours.
MODES = {"up_or_down": "round", "trunc": "truncate"}
ROWS = 112  # 14 printed numbers in each of 8 modes: a judge that lost rows judges less


def ours(printed: str, mode: str) -> Interval | None:
    """What we say of a number as printed; None where nothing is printed so."""
    step = Fraction(1, 10 ** len(printed.partition(".")[2]))
    try:
        return unround(Fraction(printed), step, MODES.get(mode, mode))
    except ValueError:
        return None


def theirs(row: dict[str, str]) -> Interval | None:
    """The judge's interval; None where it has none."""
    if row["low"] == row["high"] == "NA":
        return None
    closed = (row["low_closed"] == "true", row["high_closed"] == "true")
    return Interval(Fraction(row["low"]), Fraction(row["high"]), *closed)


def test_every_row_agrees(shared: Path) -> None:
    with (shared / "judges" / "unround.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == ROWS
    wrong = [
        f"{row['printed']} {row['rounding']}: {ours(row['printed'], row['rounding'])}, not {theirs(row)}"
        for row in rows
        if ours(row["printed"], row["rounding"]) != theirs(row)
    ]
    assert not wrong, "\n".join(wrong)
