"""Power: the share of wrong figures that a check would have caught, against checks of the wrong figures themselves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from random import Random

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from slips_made import CHANGE, GROWTH, SHARE, TOTAL, Texts, bound, honest

from crosscheck.checking.assessment import CONTRADICTION, assess
from crosscheck.checking.binding import Binding
from crosscheck.checking.power import SIZES, Print, power, power_of, thresholds
from crosscheck.checking.stated import Stated
from crosscheck.figures.figure import Reading
from crosscheck.figures.interval import EVERYTHING, Interval, intersect, point

chances = st.integers(0, 2**64).map(Random)


def power_of_check(name: str, texts: Texts) -> F | None:
    binding = bound(name, texts)
    return power(binding, assess(binding))


def misprinted(binding: Binding, factor: F) -> Binding:
    """The binding with a wrong figure for its subject, printed to as many digits."""
    claim = binding.subject.first
    figure = claim.figure
    by = figure.face * (factor - 1)

    def moved(own: Interval) -> Interval:
        low, high = (None if end is None else end + by for end in (own.low, own.high))
        return Interval(low, high, own.low_closed, own.high_closed)

    loose = tuple(Reading(reading.name, moved(reading.interval)) for reading in figure.loose)
    wrong = replace(figure, face=figure.face * factor, strict=moved(figure.strict), loose=loose, whole=None)
    subject = Stated((replace(claim, figure=wrong),), binding.subject.dimensions, None)
    return replace(binding, roles={**binding.roles, binding.rule.subject: subject})


@settings(max_examples=40)
@given(chance=chances)
def test_power_is_the_share_of_wrong_figures_that_are_contradictions(chance: Random) -> None:
    binding = bound(*honest(chance))
    assume(binding.subject.face != 0)
    factors = [factor for size in SIZES for factor in (1 + size, 1 / (1 + size))]
    caught = sum(assess(misprinted(binding, factor)).verdict == CONTRADICTION for factor in factors)
    assert power(binding, assess(binding)) == F(caught, len(factors))


def intervals() -> st.SearchStrategy[Interval]:
    ends = st.tuples(st.integers(-8, 8), st.integers(1, 6), st.booleans(), st.booleans())
    return ends.map(lambda e: Interval(F(e[0], 2), F(e[0] + e[1], 2), e[2], e[3]))


@given(own=intervals(), allowed=intervals(), at=st.integers(1, 7), scales=st.booleans())
def test_one_range_and_the_same_in_pieces_have_the_same_power(
    own: Interval, allowed: Interval, at: int, scales: bool
) -> None:
    """The thresholds of one range, against trying every error."""
    assert own.low is not None
    assert own.high is not None
    face = own.low + (own.high - own.low) * F(at, 8)
    assume(face != 0)
    event(f"in common: {intersect(own, allowed) is not None}")
    shown = Print(face, own, (allowed,), scales and own.low * own.high > 0)
    in_pieces = replace(shown, allowed=(allowed, point(F(10**6))))
    assert thresholds(in_pieces) is None
    assert power_of(in_pieces) == power_of(shown)


KNOWN = [
    # Nothing leaves room: every error shows.
    (TOTAL, {"total": "16", "terms": ["6", "5", "5"]}, F(1)),
    # 30.1% may be anything from 25.7% to 34.5%: errors of 16% and more show upwards, of 20% and more downwards.
    (GROWTH, {"growth": "30.1 %", "now": "31.5 billion USD", "then": "24 billion USD"}, F(9 + 8, 42)),
    # A part of a hundredth: twice as much does not show.
    (SHARE, {"share": "1 %", "part": "1 billion USD", "whole": "100 billion USD"}, F(0)),
    # Small differences of large figures tell little.
    (CHANGE, {"change": "1 billion USD", "now": "45 billion USD", "then": "44 billion USD"}, F(0)),
    (CHANGE, {"change": "0 USD", "now": "45 billion USD", "then": "45 billion USD"}, None),
    ("period-above-longer-period", {"shorter": "8.5 billion USD", "longer": "20.3 billion USD"}, F(0)),
    ("period-above-longer-period", {"shorter": "8.5 billion USD", "longer": "9.0 billion USD"}, F(12, 42)),
]


@pytest.mark.parametrize(("name", "texts", "expected"), KNOWN)
def test_known_powers(name: str, texts: Texts, expected: F | None) -> None:
    assert power_of_check(name, texts) == expected


@pytest.mark.parametrize(("patients", "low", "high"), [("8", 0.8, 0.9), ("20", 0.7, 0.8), ("100", 0, 0), ("400", 0, 0)])
def test_a_percentage_of_a_count_tells_something_of_small_counts_only(patients: str, low: float, high: float) -> None:
    """Of 20 every fifth percentage is one; of 100 and more all are."""
    found = power_of_check("impossible-percentage-of-count", {"share": "50 %", "whole": f"{patients} {{patients}}"})
    assert found is not None
    assert low <= found <= high


def test_what_could_be_anything_has_no_power() -> None:
    assert power_of(Print(F(5), point(F(5)), (EVERYTHING,))) == 0


def test_a_bound_is_seen_from_one_side_only() -> None:
    over = Print(F(5), Interval(F(5), None, low_closed=False), (point(F(6)),))
    up, down = thresholds(over) or (None, None)
    assert up == (F(1, 5), True)
    assert down is None
