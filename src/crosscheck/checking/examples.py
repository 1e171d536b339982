"""The examples in rule files, run: each becomes a binding of made-up claims and must get the verdict that it states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosscheck.checking.assessment import Assessment, assess
from crosscheck.checking.binding import Binding, Missing, Role
from crosscheck.checking.diagnosis import diagnose
from crosscheck.checking.duplicates import agreement
from crosscheck.checking.levels import NONE, level_of
from crosscheck.checking.particulars import particular
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.model import Claim, Document, Record
from crosscheck.figures.figure import STRICT
from crosscheck.rules.model import Example, ExampleFigure, Rule

DOCUMENT = Document("example")
NO_DIAGNOSIS = "none"
NO_CHECK = "more than one operand is missing, or the period of one that the rule asks for: no check is made"


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What one example got. `differences` is empty when it got what it states."""

    rule: Rule
    example: Example
    verdict: str
    level: str
    reading: str
    differences: tuple[str, ...]
    found: Assessment | None = None


def run_examples(rules: Iterable[Rule]) -> Iterator[ExampleResult]:
    """Every example of the rules, but those marked `todo`."""
    for rule in rules:
        for example in rule.examples:
            if example.todo is None:
                yield run_example(rule, example)


def run_example(rule: Rule, example: Example) -> ExampleResult:
    """One example: its figures bound by role, decided as any check is."""
    binding = example_binding(rule, example)
    if binding is None:
        return ExampleResult(
            rule,
            example,
            "none",
            NONE,
            "",
            (NO_CHECK,),
        )
    found = assess(binding)
    slips = diagnose(binding, found)
    level = level_of(binding, found, any(slip.exact for slip in slips))
    differences = tuple(_differences(example, found, level, [slip.slip for slip in slips]))
    return ExampleResult(rule, example, found.verdict, level, found.reading, differences, found)


def _differences(example: Example, found: Assessment, level: str, slips: Sequence[str]) -> Iterator[str]:
    if found.verdict != example.verdict:
        because = f" ({found.reason})" if found.reason else ""
        if found.reading != STRICT:
            because += f" (in the reading {found.reading})"
        yield f"verdict {found.verdict}{because}, expected {example.verdict}"
    if example.level is not None and level != example.level:
        yield f"level {level}, expected {example.level}"
    if example.reading is not None and found.reading != example.reading:
        yield f"reading {found.reading}, expected {example.reading}"
    diagnosis = " and ".join(slips) or NO_DIAGNOSIS
    if example.diagnosis not in (None, diagnosis):
        got = f"diagnosis {diagnosis}" if slips else "no diagnosis"
        yield f"{got}, expected {example.diagnosis}"


def example_binding(rule: Rule, example: Example) -> Binding | None:
    """The binding that an example describes; None when more than one operand is missing, or a period."""
    if rule.duplicates:
        claims = [c for name, figures in example.figures.items() for c in _claims(rule, name, figures)]
        return agreement(rule, claims) if len(claims) > 1 else None
    roles: dict[str, Role] = {}
    missing = []
    for name, selector in rule.variables.items():
        figures = example.figures.get(name)
        if figures is None and selector.is_collection:
            roles[name] = ()
        elif figures is None:
            missing.append(name)
        else:
            members: tuple[Stated, ...] = tuple(stated([claim]) for claim in _claims(rule, name, figures))
            missing += [name for figure in figures if figure.figure is None]
            if selector.is_collection:
                roles[name] = members
            elif members:
                roles[name] = members[0]
    if len(missing) > 1 or (missing and rule.subject not in roles):
        return None
    return particular(Binding(rule, roles, Missing(missing[0], {}) if missing else None), {})


def _claims(rule: Rule, name: str, figures: tuple[ExampleFigure, ...]) -> Iterator[Claim]:
    measures = rule.variables[name].measures
    for number, example in enumerate(figures):
        if example.figure is not None:
            measure = measures[0] if measures else "level"
            dimensions = dict(example.dimensions)
            base = dimensions.pop("base_period", None)
            selector, place = rule.variables[name], dimensions.pop("place", None)
            record = Record(selector.record, None, selector.among, int(place)) if selector.record and place else None
            identifier = f"example#{name}-{number}"
            yield Claim(identifier, DOCUMENT, example.figure, dimensions, measure, base, whole={}, record=record)


def never_firing(rules: Iterable[Rule], results: Iterable[ExampleResult]) -> list[Rule]:
    """The rules that no example makes speak."""
    firing = {result.rule.id for result in results if result.level != NONE}
    return [rule for rule in rules if rule.id not in firing]
