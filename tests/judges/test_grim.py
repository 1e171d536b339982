"""Percentages of counted things against an outside judge: can x% of n be a whole number?"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from crosscheck.checking.assessment import CONTRADICTION, assess, find_witness
from crosscheck.checking.binding import Binding
from crosscheck.checking.deciding import feasible
from crosscheck.checking.stated import stated
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.figure import STRICT, Figure
from crosscheck.figures.interval import point
from crosscheck.figures.text import parse_figure
from crosscheck.inputs.shipped import shipped
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

ROWS = 17_376  # a judge that lost rows judges less
DOCUMENT = Document("survey")


@cache
def rule() -> Rule:
    return next(rule for rule in read_rule_files([shipped("rules")]) if rule.id == "impossible-percentage-of-count")


@cache
def share(percent: str) -> Figure:
    return parse_figure(f"{percent} %", "share")


def binding(percent: str, count: str) -> Binding:
    part = Claim("survey#share", DOCUMENT, share(percent), {}, "share", whole={})
    whole = Claim("survey#whole", DOCUMENT, parse_figure(f"{count} {{people}}"), {})
    return Binding(rule(), {"share": stated([part]), "whole": stated([whole])})


def rows_of(shared: Path) -> list[dict[str, str]]:
    with (shared / "judges" / "grim-percent.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == ROWS
    return rows


def test_every_row_agrees(shared: Path) -> None:
    """The judge knows rounding alone, as the strict reading does."""
    wrong = []
    for row in rows_of(shared):
        box = {"share": share(row["percent"]).strict, "whole": point(int(row["n"]))}
        possible = feasible(rule().alternatives, box)
        if possible != (row["achievable"] == "true"):
            wrong.append(f"{row['percent']}% of {row['n']}: the judge says {row['achievable']}")
    assert not wrong, "\n".join(wrong[:20])


def test_verdicts_are_what_the_judge_says(shared: Path) -> None:
    """As claims: what only digits that were cut explain is never silent, and so never passes for rounding."""
    for row in rows_of(shared)[::23]:
        found = assess(binding(row["percent"], row["n"]))
        possible = found.verdict != CONTRADICTION and found.reading == STRICT
        assert possible == (row["achievable"] == "true"), row


def test_what_is_achievable_has_a_whole_number_that_shows_it(shared: Path) -> None:
    rows = [row for row in rows_of(shared) if row["achievable"] == "true"][::40]
    for row in rows:
        bound = binding(row["percent"], row["n"])
        values = find_witness(bound, assess(bound))
        assert values is not None, row
        by_role = {operand.name: value for operand, value in values.items()}
        assert (by_role["share"] * by_role["whole"]).denominator == 1, row
        assert by_role["whole"] == int(row["n"])
