"""The rule of a binding: its facts of claims (`days_of(x)`, see rules/facts) worked out and put into the assertion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from crosscheck.checking.bound import Binding
from crosscheck.checking.ranges import place_among
from crosscheck.checking.stated import Stated, base_of
from crosscheck.claims.model import PERIOD
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import ROUNDED
from crosscheck.figures.periods import Period, PeriodError, days, months, parse_period, starts
from crosscheck.figures.units import parse_unit
from crosscheck.rules.algebra import alternatives
from crosscheck.rules.expression import Call, ExpressionError, Number, Variable
from crosscheck.rules.facts import ordered, put_in
from crosscheck.rules.model import Rule

# By the identity of a rule and the numbers that were put in, what came of it.
Particulars = dict[tuple[object, ...], Rule | None]


def particular(binding: Binding, known: Particulars) -> Binding | None:
    """The binding with a rule that asks for nothing more; None when its claims do not tell a fact.

    A fact is not told where a period has no length of the wanted kind, or the periods lie the wrong way round.
    """
    rule = binding.rule
    if not rule.facts:
        return binding if _has_enough(binding) else None
    values: dict[Call, Number] = {}
    for call in rule.facts:
        (argument,) = call.arguments
        assert isinstance(argument, Variable)
        value = _value(binding, call.function, argument.name)
        if value is None:
            return None
        values[call] = value
    key = (id(rule), *values.values())
    if key not in known:
        known[key] = with_facts(rule, values)
    found = known[key]
    if found is None:
        return None
    made = replace(binding, rule=found)
    return made if _has_enough(made) else None


def _has_enough(binding: Binding) -> bool:
    """Whether each collection of which the n-th is asked for holds so many."""
    for call in binding.rule.ordered:
        (name,) = call.names
        members = binding.roles.get(name, ())
        if place_among(call, len(members) if isinstance(members, tuple) else 1) is None:
            return False
    return True


def with_facts(rule: Rule, values: Mapping[Call, Number]) -> Rule | None:
    """The rule with numbers for its facts; None where they make an exponent that is beyond what is decided."""
    condition = put_in(rule.condition, values)
    try:
        found = alternatives(condition, rule.collections)
    except ExpressionError:
        return None
    when = None if rule.when is None else put_in(rule.when, values)
    return replace(
        rule, condition=condition, alternatives=found, when=when, facts=(), ordered=ordered(rule.assertion, condition)
    )


def _precision(binding: Binding, name: str) -> Number | None:
    """One unit of the last printed digit; only rounded figures have one."""
    operand = binding.roles.get(name)
    if not isinstance(operand, Stated):
        return None
    figure = operand.narrowest.figure
    low, high = figure.strict.low, figure.strict.high
    if figure.kind != ROUNDED or low is None or high is None or low == high:
        return None
    return Number(high - low, figure.unit)


def _place(binding: Binding, name: str) -> Number | None:
    """The place in its rank that the text gives a figure."""
    operand = binding.roles.get(name)
    claims = operand.claims if isinstance(operand, Stated) else ()
    places = {claim.record.place for claim in claims if claim.record is not None}
    return Number(Fraction(places.pop())) if len(places) == 1 else None


def _value(binding: Binding, function: str, name: str) -> Number | None:
    if function == "precision_of":
        return _precision(binding, name)
    if function == "place_of":
        return _place(binding, name)
    operand = binding.roles.get(name)
    text = operand.dimensions.get(PERIOD) if isinstance(operand, Stated) else None
    if operand is None and binding.missing is not None and binding.missing.role == name:
        text = binding.missing.dimensions.get(PERIOD)
    base = base_of(operand) if isinstance(operand, Stated) else None
    try:
        period = None if text is None else parse_period(text)
        since = None if base is None else parse_period(base)
    except PeriodError:
        return None
    if period is None or function != "years_of":
        return None if period is None else OF_A_PERIOD[function](period)
    return None if since is None else years_of(since, period)


def days_of(period: Period) -> Number | None:
    """The days of a period in the calendar, leap days counted."""
    length = days(period)
    return None if length is None else Number(length * parse_unit("day").factor, parse_unit("day"))


def months_of(period: Period) -> Number | None:
    """The months of a period that is a whole number of them."""
    length = months(period)
    return None if not length else Number(Fraction(length), parse_unit("month"))


def periods_a_year(period: Period) -> Number | None:
    """How many periods of that length make up a year: 4 for a quarter."""
    length = months(period)
    return None if not length or 12 % length else Number(Fraction(12 // length))


def years_of(base: Period, period: Period) -> Number | None:
    """The years from a base period to a like one; None for any but whole years, and for none at all."""
    first, last, length = starts(base), starts(period), months(base)
    if first is None or last is None or length is None or length != months(period):
        return None
    between = (last.year - first.year) * 12 + last.month - first.month
    return Number(Fraction(between // 12)) if between > 0 and between % 12 == 0 else None


def year_of(period: Period) -> Number | None:
    """The calendar year that holds the period."""
    first = starts(period)
    same = first is not None and first.year == first.fromordinal(period.last).year
    return Number(Fraction(first.year)) if same and first is not None else None


OF_A_PERIOD: Mapping[str, Callable[[Period], Number | None]] = {
    "days_of": days_of,
    "months_of": months_of,
    "periods_a_year": periods_a_year,
    "year_of": year_of,
}
