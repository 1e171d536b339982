"""What the others leave of a figure, and what follows from it for the strain that a warning needs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scenarios import shipped_rules

from crosscheck.checking.assessment import RECONCILABLE, assess, boxes_of
from crosscheck.checking.binding import Binding
from crosscheck.checking.deciding import feasible
from crosscheck.checking.levels import NOTE, WARNING, level_of
from crosscheck.checking.room import rooms
from crosscheck.checking.solving import Operand, with_interval
from crosscheck.checking.stated import stated
from crosscheck.claims.model import Claim, Document
from crosscheck.figures.figure import ROUNDED
from crosscheck.figures.interval import point
from crosscheck.figures.text import parse_figure
from crosscheck.rules.model import Rule

RULES = {rule.id: rule for rule in shipped_rules()}
GROWTH, TOTAL = RULES["growth-not-matching-levels"], RULES["change-not-matching-levels"]
PAGE = Document("page")


def bound(rule: Rule, **figures: str) -> Binding:
    """A binding of figures as text, in one document."""
    measures = {name: selector.measures[0] for name, selector in rule.variables.items()}
    return Binding(
        rule,
        {
            name: stated([Claim(f"page#{name}", PAGE, parse_figure(text, measures[name]), {}, measures[name])])
            for name, text in figures.items()
        },
    )


@pytest.mark.parametrize(
    ("growth", "now", "then", "room", "level"),
    [
        ("30.1 %", "31.5 billion USD", "24 billion USD", "0.095", WARNING),  # 24 stands for 24.2
        ("30 %", "31.5 billion USD", "24 billion USD", "0.263", NOTE),  # it may be 24.1, 24.2 or 24.3
        ("30.1 %", "32 billion USD", "24 billion USD", "0.297", NOTE),  # or 32 may be 31.9
        ("37.9 %", "32 billion USD", "24 billion USD", "0.076", WARNING),  # only if both are rounded as far as can be
        ("37.2 %", "32 billion USD", "24 billion USD", "0.197", WARNING),  # three quarters of what rounding allows
    ],
)
def test_what_one_figure_alone_must_give_is_worth_a_look(growth: str, now: str, then: str, room: str, level: str) -> None:
    binding = bound(GROWTH, growth=growth, now=now, then=then)
    found = assess(binding)
    assert found.verdict == RECONCILABLE
    assert found.room is not None
    assert f"{float(found.room):.3f}" == room
    assert level_of(binding, found) == level


def test_a_strain_that_a_rule_asks_for_counts_whatever_could_give_way() -> None:
    tight = {"growth": "30.1 %", "now": "31.5 billion USD", "then": "24 billion USD"}  # a strain of 0.387
    wide = {"growth": "30.1 %", "now": "32 billion USD", "then": "24 billion USD"}
    for figures in (tight, wide):
        strain = assess(bound(GROWTH, **figures)).strain
        assert strain is not None
        for asked, strained in ((strain, True), (strain + Fraction(1, 10**9), False)):
            assert assess(bound(replace(GROWTH, strain=asked), **figures)).strained is strained


def near(draw: st.DrawFn, value: Fraction, places: int) -> Fraction:
    """A value of so many decimals that true figures could be printed as, or nearly."""
    off = draw(st.fractions(-1, 1, max_denominator=20))
    return Fraction(round((value + off / 10**places) * 10**places), 10**places)


@st.composite
def bindings(draw: st.DrawFn) -> Binding:
    """Two levels, and a growth or a change that may be theirs by rounding."""
    rule = draw(st.sampled_from([GROWTH, TOTAL]))
    now, then = (Fraction(draw(st.integers(10, 999))) for _ in range(2))
    unit, value = ("%", (now / then - 1) * 100) if rule is GROWTH else ("USD", now - then)
    told = {name: near(draw, level, places) for name, level, places in (("now", now, 0), ("then", then, 0))}
    places = draw(st.integers(0, 1))
    stated_as = near(draw, value + draw(st.integers(-3, 3)) * (10 / then if unit == "%" else Fraction(1, 4)), places)
    texts = {name: f"{level} USD" for name, level in told.items()}
    return bound(rule, **{rule.subject: f"{float(stated_as):.{places}f} {unit}"}, **texts)


@given(bindings(), st.data())
def test_what_is_left_of_a_figure_is_just_what_it_can_be(binding: Binding, data: st.DataObject) -> None:
    rule = binding.rule
    found = assess(binding)
    assume(found.room is not None)
    box = boxes_of(binding).strict
    assert box is not None
    listed = {id(one.operand): one for one in rooms(binding, found.implied)}
    assert found.room == min(one.part for one in listed.values())
    for role, operand in binding.operands():
        own, one = operand.strict, listed[id(operand)]
        assert operand.narrowest.figure.kind == ROUNDED
        assert own is not None
        assert own.low is not None
        assert own.high is not None
        value = own.low + (own.high - own.low) * data.draw(st.fractions(0, 1, max_denominator=50), role)
        possible = feasible(found_alternatives(rule), with_interval(box, Operand(role), point(value)))
        assert possible == (value in one.left)


def found_alternatives(rule: Rule) -> tuple[object, ...]:
    """What is decided of bases that are not negative."""
    return rule.alternatives[:1]
