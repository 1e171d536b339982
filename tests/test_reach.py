"""What a figure may be, solved for once, says the same as deciding the check for each value by itself."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenarios import shipped_rules

from crosscheck.checking.assessment import boxes_of, tolerant
from crosscheck.checking.deciding import feasible
from crosscheck.checking.diagnosis import addressed
from crosscheck.checking.examples import example_binding
from crosscheck.checking.ranges import Box, Undecidable
from crosscheck.checking.reach import reach_of
from crosscheck.checking.solving import Operand, interval_of, with_interval
from crosscheck.figures.interval import Interval
from crosscheck.rules.model import Rule

NAMES = (
    "growth-not-matching-levels",  # two alternatives, one of two relations
    "share-not-matching-levels",
    "total-not-sum-of-terms",  # collections
    "growth-of-total-not-from-its-terms",  # something occurs several times
    "growth-of-total-above-all-its-terms",  # a maximum
    "same-figure-twice",
    "amount-not-converted-at-stated-rate",  # a tolerance
)
RULES = [rule for rule in shipped_rules() if rule.id in NAMES]
factors = st.sampled_from([F(1), F(-1), F(0), F(10), F(1, 10), F(1000), F(1001, 1000), F(2), F(1, 2)]) | st.fractions(-3, 3)


def decided(rule: Rule, box: Box, address: Operand, meant: Interval) -> bool:
    try:
        return feasible(rule.alternatives, tolerant(rule, with_interval(box, address, meant)))
    except Undecidable:
        return False


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(data=st.data())
@settings(max_examples=10)
def test_the_same_as_deciding_each(rule: Rule, data: st.DataObject) -> None:
    example = data.draw(st.sampled_from(rule.examples))
    binding = example_binding(rule, example)
    if binding is None or binding.missing is not None:
        return
    boxes = boxes_of(binding)
    for box in (boxes.face, boxes.loose):
        for address, _ in addressed(binding):
            reach = reach_of(binding, box, address)
            own = interval_of(address, box)
            if own.low is None or own.high is None:
                continue
            for _ in range(3):
                low, high = sorted(end * data.draw(factors) + data.draw(st.integers(-1, 1)) for end in (own.low, own.high))
                is_open = low < high and data.draw(st.booleans())
                meant = Interval(low, high, not is_open, not is_open)
                assert reach.holds(meant) is decided(rule, box, address, meant), (address, meant)
