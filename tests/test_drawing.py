"""What the theorem draws is no empty show: every rule is bound and judged, and what is wrong is found to be."""

from __future__ import annotations

from collections import Counter
from random import Random

from scenarios import draw_scenario
from test_theorem import BY_ID, EVERY_RULE, UNSTATED, beside, complete, run

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE


@EVERY_RULE
def test_every_rule_judges_what_is_drawn_and_can_fail(name: str) -> None:
    """True values fit, in at least every fourth drawing, and those of a subject that is off do not."""
    rule, seen, drawings = BY_ID[name], Counter[str](), 0
    while drawings < 60 and not {"right", "wrong"} <= set(seen):
        chance, drawings = Random(drawings), drawings + 1
        scenario = draw_scenario(chance, rule)
        if scenario is None:
            continue
        if any(c.verdict in (CONSISTENT, RECONCILABLE) for c in complete(run(scenario.claims, rule), scenario)):
            seen["right"] += 1
        moved = beside(chance, rule, scenario)
        if any(c.verdict == CONTRADICTION for c in complete(run(moved.claims, rule), moved)):
            seen["wrong"] += 1
    if name in UNSTATED:  # it asks for what the text does not say, so nothing is told but that
        return
    assert set(seen) == {"right", "wrong"}
    assert 2 * seen["right"] >= drawings // 2
