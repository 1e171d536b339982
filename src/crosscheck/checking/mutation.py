"""Examples put to the test: each figure in turn is moved beyond its readings, and the verdict must change.

An example whose verdict stays whatever its figures are proves nothing. A variable that no example listens to could be left
out of the assertion, and all examples would still hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from crosscheck.checking.assessment import CONTRADICTION, UNVERIFIABLE, assess
from crosscheck.checking.examples import example_binding, run_example
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import EXACT, ROUNDED, Figure, Reading
from crosscheck.figures.interval import Interval
from crosscheck.rules.expression import variables
from crosscheck.rules.model import Example, ExampleFigure, Rule

# How far a figure is moved: widths of its readings, and parts of its value (a slip of scale, half, twice, a lost sign).
WIDTHS = (Fraction(2), Fraction(-2), Fraction(20), Fraction(-20))
PARTS = (
    Fraction(-999, 1000),
    Fraction(999),
    Fraction(-1, 2),
    Fraction(1),
    Fraction(-2),
    Fraction(10**6),
    Fraction(-(10**6)),
)


@dataclass(frozen=True, slots=True)
class Deaf:
    """An example whose verdict stays whatever its figures are; or, without one, variables that no example listens to."""

    rule: Rule
    example: Example | None
    variables: tuple[str, ...]


def deaf_examples(rules: Iterable[Rule]) -> Iterator[Deaf]:
    """Examples that prove nothing, and variables of rules that no example proves anything about.

    An example that does not hold, or lacks a figure, is left out: what it misses is told elsewhere.
    """
    for rule in rules:
        unheard = {variable.name for variable in variables(rule.condition)}
        tried = False
        for example in rule.examples:
            if example.todo is not None or example.verdict == UNVERIFIABLE:
                continue
            if run_example(rule, example).verdict != example.verdict:
                continue
            tried = True
            names = sorted(_asserted(rule, example), key=lambda name: name not in unheard)
            heard = False
            for name in names:
                if (name in unheard or not heard) and _hears(rule, example, name):
                    heard = True
                    unheard.discard(name)
            if not heard:
                yield Deaf(rule, example, tuple(names))
        if tried and unheard:
            yield Deaf(rule, None, tuple(sorted(unheard)))


def _asserted(rule: Rule, example: Example) -> Iterator[str]:
    """The variables of an example that the assertion speaks of and that have a figure."""
    named = {variable.name for variable in variables(rule.condition)}
    for name, members in example.figures.items():
        if name in named and any(member.figure is not None for member in members):
            yield name


def _hears(rule: Rule, example: Example, name: str) -> bool:
    """True when some other figure for the variable (or for one member of a collection) gives another verdict."""
    members = example.figures[name]
    for index, member in enumerate(members):
        if member.figure is None:
            continue
        for moved in _anywhere(member.figure) if example.verdict == CONTRADICTION else _moved(member.figure):
            changed = (*members[:index], ExampleFigure(moved, member.dimensions), *members[index + 1 :])
            binding = example_binding(rule, replace(example, figures={**example.figures, name: changed}))
            if binding is not None and assess(binding).verdict != example.verdict:
                return True
    return False


def _anywhere(figure: Figure) -> Iterator[Figure]:
    """The figure with a reading so wide that whatever would fit lies in it."""
    reach = max(abs(figure.face), Fraction(1)) * PARTS[-2]
    wide = Interval(figure.face - reach, figure.face + reach)
    yield replace(figure, strict=wide, loose=(), whole=None, kind=ROUNDED, counts=False)


def _moved(figure: Figure) -> Iterator[Figure]:
    """The figure elsewhere, with readings as wide as before."""
    whole = figure.any_reading
    width = (whole.high or figure.face) - (whole.low or figure.face)
    width = abs(width) or abs(figure.face) / 100 or Fraction(1)
    for shift in (*(width * count for count in WIDTHS), *(figure.face * part for part in PARTS)):
        if figure.counts or figure.kind == EXACT:
            shift = Fraction(round(shift)) or Fraction(1)
        if shift:
            yield _shifted(figure, shift)


def _shifted(figure: Figure, shift: Fraction) -> Figure:
    loose = tuple(Reading(reading.name, _shift(reading.interval, shift)) for reading in figure.loose)
    return replace(figure, face=figure.face + shift, strict=_shift(figure.strict, shift), loose=loose, whole=None)


def _shift(interval: Interval, shift: Fraction) -> Interval:
    low = None if interval.low is None else interval.low + shift
    high = None if interval.high is None else interval.high + shift
    return Interval(low, high, interval.low_closed, interval.high_closed)
