"""The packs of rules that ship: what is left out for speed, what a fact of a claim is, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path

import pytest
from commands import write

from crosscheck.checking.particulars import days_of, months_of, periods_a_year, year_of, years_of
from crosscheck.figures.periods import Period, parse_period
from crosscheck.inputs.faults import InputFaults
from crosscheck.inputs.shipped import shipped
from crosscheck.rules.expression import Number, parse_condition, show
from crosscheck.rules.files import read_rule_files

RULE = """rules:
  - id: own-rule
    title: It is wrong
    why: It is.
    variables:
      a: {{measure: growth}}
      b: {{measure: level}}
      c: {{measure: level, product: any, collect: [product]}}
    assert: {assertion}
    subject: a
"""


def test_without_examples_nothing_else_is_lost() -> None:
    """A run that only checks leaves the examples of shipped files unread."""
    whole = read_rule_files([shipped("rules")], shipped=True)
    spare = read_rule_files([shipped("rules")], shipped=True, examples=False)
    assert [replace(rule, examples=()) for rule in whole] == list(spare)
    assert all(rule.examples for rule in whole)


def test_packs_stand_in_files_of_their_own() -> None:
    names = {Path(rule.file).stem for rule in read_rule_files([shipped("rules")], shipped=True)}
    assert names == {"demography", "economy", "energy", "finance", "general", "sport", "trade"}


def period(text: str) -> Period:
    return parse_period(text)


def value(found: Number | None) -> F | None:
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("text", "days", "months", "a_year", "year"),
    [
        ("2023", 365, 12, 1, 2023),
        ("2024", 366, 12, 1, 2024),
        ("2024-Q1", 91, 3, 4, 2024),
        ("2023-02", 28, 1, 12, 2023),
        ("2023-01/2023-05", 151, 5, None, 2023),
        ("2023-07/2024-06", 366, 12, 1, None),
        ("2023-W07", 7, None, None, 2023),
        ("FY2023", None, None, None, None),
    ],
)
def test_facts_of_periods(text: str, days: int | None, months: int | None, a_year: int | None, year: int | None) -> None:
    found = period(text)
    assert value(days_of(found)) == (None if days is None else days * 24 * 60 * 60)
    assert value(months_of(found)) == months
    assert value(periods_a_year(found)) == a_year
    assert value(year_of(found)) == year


def test_years_from_a_base() -> None:
    assert value(years_of(period("2018"), period("2023"))) == 5
    assert value(years_of(period("2018-Q2"), period("2023-Q2"))) == 5
    apart = (("2023", "2018"), ("2023", "2023"), ("2018-Q1", "2023-Q2"), ("2018", "2023-Q1"), ("FY2018", "2023"))
    for base, later in apart:
        assert years_of(period(base), period(later)) is None, (base, later)


@pytest.mark.parametrize(
    ("assertion", "reason"),
    [
        ("b == (1 + a) ^ b", "an exponent must be a whole number"),
        ("b == (1 + a) ^ days_of(b + a)", "days_of() takes the name of a variable"),
        ("a == days_of(c)", "c stands for several claims"),
        ("not whole_number(a * b)", "numbers that are not whole lie everywhere"),
        ("whole_number(a * b + a)", "each variable may occur once"),
        ("a <= max(c)", "may be greater than max(c)"),
        ("a >= min(c)", "may be less than min(c)"),
        ("min(c) <= a", "may be less than min(c)"),
        ("a == sum(c)", "needs a closed list"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_the_reason(tmp_path: Path, assertion: str, reason: str) -> None:
    write(tmp_path, {"own.yaml": RULE.format(assertion=assertion)})
    with pytest.raises(InputFaults) as caught:
        read_rule_files([tmp_path / "own.yaml"])
    assert reason in " ".join(fault.message for fault in caught.value.faults)


@pytest.mark.parametrize("assertion", ["a >= max(c)", "min(c) >= a", "a <= min(c)", "a * b == b", "whole_number(a * b)"])
def test_what_can_be_decided_is_not(tmp_path: Path, assertion: str) -> None:
    write(tmp_path, {"own.yaml": RULE.format(assertion=assertion)})
    (rule,) = read_rule_files([tmp_path / "own.yaml"], shipped=True, examples=False)
    assert show(rule.condition) == show(parse_condition(assertion))
