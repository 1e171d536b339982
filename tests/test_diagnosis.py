"""Diagnoses, both ways: the slip that was made is told, and one that was not made is not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from slips_made import CHANGE, GROWTH, LIST, MADE, SHARE, TOTAL, TWICE, Texts, another_error, bound, honest

from crosscheck.checking import slips
from crosscheck.checking.assessment import CONTRADICTION, RECONCILABLE, assess
from crosscheck.checking.diagnosis import Diagnosis, diagnose
from crosscheck.checking.levels import level_of
from crosscheck.checking.slips import PLAINER

chances = st.integers(0, 2**64).map(Random)


def diagnosed(name: str, texts: Texts) -> tuple[str, tuple[Diagnosis, ...]]:
    """The verdict on figures, and the slip that explains it."""
    binding = bound(name, texts)
    found = assess(binding)
    return found.verdict, diagnose(binding, found)


@pytest.mark.parametrize("slip", MADE)
@settings(max_examples=30)
@given(chance=chances)
def test_a_slip_that_was_made_is_never_taken_for_another(slip: str, chance: Random) -> None:
    verdict, found = diagnosed(*MADE[slip](chance))
    assume(verdict == CONTRADICTION)
    plainer = {first for first, second in PLAINER if second == slip}
    assert {diagnosis.slip for diagnosis in found} <= {slip, *plainer}


@pytest.mark.parametrize("slip", MADE)
def test_a_slip_that_was_made_is_told(slip: str) -> None:
    """Of forty that made a contradiction; in the rest another slip would explain it as well."""
    chance, outcomes = Random(1), Counter[bool]()
    while outcomes.total() < 40:
        verdict, found = diagnosed(*MADE[slip](chance))
        if verdict == CONTRADICTION:
            outcomes[[diagnosis.slip for diagnosis in found] == [slip]] += 1
    assert outcomes[True] >= 36


def test_another_error_is_hardly_ever_taken_for_a_slip() -> None:
    chance, outcomes = Random(1), Counter[bool]()
    while outcomes.total() < 120:
        verdict, found = diagnosed(*another_error(chance))
        if verdict == CONTRADICTION:
            outcomes[bool(found)] += 1
    assert outcomes[True] <= 1


@given(chance=chances)
def test_figures_that_fit_have_no_slip(chance: Random) -> None:
    binding = bound(*honest(chance))
    found = assess(binding)
    assert found.verdict != CONTRADICTION
    if level_of(binding, found) in ("none", "note"):
        assert diagnose(binding, found) == ()


SENTENCES: list[tuple[str, Texts, str, str, str]] = [
    (
        GROWTH,
        {"growth": "nearly 250 %", "now": "25,500", "then": "10,250"},
        "ratio-for-growth",
        "growth",
        "nearly 250 % is the ratio, not the growth: 25,500 is nearly 250 % of 10,250",
    ),
    (
        GROWTH,
        {"growth": "-20 %", "now": "1,000", "then": "1,200"},
        "reversed-base",
        "growth",
        "-20 % is reckoned on the later figure, 1,000, instead of the earlier one, 1,200",
    ),
    (
        GROWTH,
        {"growth": "-2 %", "now": "4.2 %", "then": "6.2 %"},
        "percent-for-points",
        "growth",
        "-2 % fits if percentage points were meant: from 6.2 % to 4.2 % is a change in points, not in percent",
    ),
    (
        CHANGE,
        {"change": "6,000", "now": "6,000", "then": "4,500"},
        "by-for-to",
        "change",
        "6,000 fits as the level that was reached, not as the change: “to”, not “by”",
    ),
    (
        TOTAL,
        {"total": "24.1 billion USD", "terms": ["11.0 billion USD", "13.1 million USD"]},
        "factor-1000",
        "terms",
        "13.1 million USD fits if billion was meant",
    ),
    (
        TWICE,
        {"figure": "4.78 million USD", "again": "4.781 billion USD"},
        "factor-1000",
        "figure",
        "one figure is out by a factor of 1,000: it fits with 4.781 million USD for 4.781 billion USD, or with "
        "4.78 billion USD for 4.78 million USD",
    ),
    (
        TWICE,
        {"figure": "68.9 billion USD", "again": "69.8 billion USD"},
        "transposed-digits",
        "figure",
        "two digits of one figure changed places: it fits with 69.8 billion USD for 68.9 billion USD, or with "
        "68.9 billion USD for 69.8 billion USD",
    ),
    (
        LIST,
        {"total": "2,711", "items": ["657", "561", "953"]},
        "transposed-digits",
        "total",
        "2,711 fits if two digits changed places: 2,171",
    ),
    (
        GROWTH,
        {"growth": "31.2 %", "now": "24.0 billion USD", "then": "31.5 billion USD"},
        "swapped",
        "now",
        "it fits if 24.0 billion USD and 31.5 billion USD change places",
    ),
    (
        GROWTH,
        {"growth": "-31.2 %", "now": "31.5 billion USD", "then": "24.0 billion USD"},
        "lost-sign",
        "growth",
        "-31.2 % fits as a rise, not a fall",
    ),
]


@pytest.mark.parametrize(("name", "texts", "slip", "role", "message"), SENTENCES, ids=[case[2] for case in SENTENCES])
def test_what_is_said(name: str, texts: Texts, slip: str, role: str, message: str) -> None:
    _, found = diagnosed(name, texts)
    assert [(d.slip, d.role, d.message) for d in found] == [(slip, role, message)]


def test_the_method_names_every_slip() -> None:
    page = (Path(__file__).parents[1] / "docs" / "method.md").read_text(encoding="utf-8")
    names = {slip.name for slip in slips.SLIPS} | {slips.CUT, slips.SWAPPED, slips.TRANSPOSED}
    names |= {slips.WRONG_PERIOD, slips.OTHER_SOURCE}
    assert [name for name in sorted(names) if f"`{name}`" not in page] == []
    assert {slip.name for slip in slips.SLIPS} <= set(MADE)


def test_a_factor_on_a_wide_figure_proves_nothing() -> None:
    """From half to one and a half of something, times ten or times twenty: both would fit."""
    verdict, found = diagnosed(SHARE, {"share": "2 %", "part": "3 billion USD", "whole": "9 billion USD"})
    assert verdict == CONTRADICTION
    assert found == ()


def test_digits_of_a_figure_beside_a_hedge_are_left_in_their_places() -> None:
    """46% would be almost half."""
    assert diagnosed(TWICE, {"figure": "almost 1/2", "again": "64 %"}) == (CONTRADICTION, ())


def test_figures_that_only_nearly_are_the_other_with_two_digits_exchanged() -> None:
    assert diagnosed(TWICE, {"figure": "68.9 billion USD", "again": "69.9 billion USD"}) == (CONTRADICTION, ())


def test_a_part_too_small_to_matter_explains_nothing() -> None:
    """Divided by a thousand the base is nothing beside the others, and nearly anything fits."""
    texts = {"change": "268 billion USD", "now": "268.2 billion USD", "then": "256.9 billion USD"}
    verdict, found = diagnosed(CHANGE, texts)
    assert verdict == CONTRADICTION
    assert [diagnosis.slip for diagnosis in found] == ["by-for-to"]


def test_a_share_beyond_the_whole_is_not_what_was_meant() -> None:
    _, found = diagnosed(SHARE, {"share": "64 %", "part": "2.03 billion USD", "whole": "31.5 billion USD"})
    assert [(d.slip, d.role) for d in found] == [("factor-10", "share")]
    _, found = diagnosed(SHARE, {"share": "64 %", "part": "203 billion USD", "whole": "31.5 billion USD"})
    assert [(d.slip, d.role) for d in found] == [("factor-10", "part")]


def test_a_slip_that_gives_the_figures_as_printed_is_an_error_where_only_a_loose_reading_would_help() -> None:
    binding = bound(GROWTH, {"growth": "-20 %", "now": "1,000", "then": "1,200"})
    found = assess(binding)
    assert (found.verdict, found.reading) == (RECONCILABLE, "zeros")
    assert level_of(binding, found) == "warning"
    (slip,) = diagnose(binding, found)
    assert slip.exact
    assert level_of(binding, found, slip.exact) == "error"


def test_cut_digits_are_told_and_stay_a_warning() -> None:
    binding = bound(TWICE, {"figure": "2.19 billion USD", "again": "2,195.5 million USD"})
    found = assess(binding)
    (slip,) = diagnose(binding, found)
    assert (slip.slip, slip.message) == ("cut", "2.19 billion USD fits if digits were cut off instead of rounded")
    assert level_of(binding, found, slip.exact) == "warning"
