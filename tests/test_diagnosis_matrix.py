"""The matrix of diagnoses: every known slip on every rule on which it can be made.

A slip that was made is told in the end, and never another one in its place, whatever the rule. Nothing here knows a rule.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import pytest
from scenarios import draw_scenario, shipped_rules
from slips_anywhere import is_ordinary, printed_in_full, spoilt
from test_theorem import COMPUTING, complete, run

from crosscheck.checking.assessment import CONTRADICTION
from crosscheck.checking.levels import WARNING, at_least
from crosscheck.checking.slips import OTHER_SOURCE, PLAINER, SLIPS, SWAPPED, WRONG_PERIOD

RULES = {rule.id: rule for rule in shipped_rules()}
# What a note says of is nobody's error, and a rule of one figure has none to compare it with.
EXPLAINED = [name for name in COMPUTING if len(RULES[name].variables) > 1 and RULES[name].level != "note"]
DRAWN, ENOUGH = 200, 10
PLAIN = {(made, told) for told, made in PLAINER}


@cache
def row(name: str) -> Counter[tuple[str, str]]:
    """How often a slip was made with figures of a rule, and what was told: its name, another's, or nothing."""
    rule, cells, tried = RULES[name], Counter[tuple[str, str]](), 0
    for seed in range(DRAWN):
        chance = Random(seed)
        scenario = draw_scenario(chance, rule, strict_only=True)
        if scenario is None or not all(map(is_ordinary, scenario.quantities)):
            continue
        claims = printed_in_full(scenario)
        right = complete(run(claims, rule), scenario)
        if not right or right[0].verdict == CONTRADICTION:
            continue
        for made in spoilt(chance, scenario, claims, right[0].binding):
            if cells[made.slip, made.slip]:
                continue
            for check in complete(run(made.claims, rule), scenario)[:1]:
                if check.verdict == CONTRADICTION and at_least(check.level, WARNING):
                    cells[made.slip, check.diagnosis[0].slip if check.diagnosis else ""] += 1
        tried += 1
        if tried == ENOUGH and cells:
            break
    return cells


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_slip_made_with_figures_of_a_rule_is_told_and_no_other(name: str) -> None:
    cells = row(name)
    assert cells
    others = {(made, told) for made, told in cells if told not in ("", made)}
    assert others <= PLAIN
    assert {made for made, told in cells if told} == {made for made, _ in cells}


def test_every_slip_is_told_of_some_rule() -> None:
    """By its own name, or by that of a plainer one that is the same thing seen from the other figure."""
    told = {made for name in EXPLAINED for made, found in row(name) if found}
    assert told == {*(slip.name for slip in SLIPS), SWAPPED, WRONG_PERIOD, OTHER_SOURCE}
