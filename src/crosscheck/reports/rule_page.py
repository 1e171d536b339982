"""A rule as text for people: what it compares, why, when it speaks, and its examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crosscheck.rules.expression import show
from crosscheck.rules.model import (
    STRAIN_OF_ONE,
    STRAIN_OF_SEVERAL,
    AnyValue,
    Computed,
    Example,
    ExampleFigure,
    Not,
    Rule,
    Selector,
    Test,
)


def rule_text(rule: Rule) -> str:
    """The rule as plain text."""
    return "".join(f"{line}\n" for line in _lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.id} ({rule.status}{f', since {rule.since}' if rule.since else ''})"
    yield rule.title
    yield ""
    yield f"Why: {rule.why}"
    if rule.source:
        yield f"Source: {rule.source}"
    if rule.replaced_by:
        yield f"Replaced by: {rule.replaced_by}"
    yield ""
    yield f"Must hold: {rule.assertion}"
    if rule.when is not None:
        yield f"Applies when: {show(rule.when)}"
    width = max(len(name) for name in rule.variables)
    for name, selector in rule.variables.items():
        mark = " (the figure in doubt)" if name == rule.subject else ""
        yield f"  {name:{width}}  {selector_text(selector)}{mark}"
    yield ""
    if rule.material is not None:
        gap = f"{rule.material.text} and a strain of {strain_words(rule)}"
        yield f"A gap that rounding can explain is a warning from {gap} on."
    if rule.level is not None:
        yield f"A contradiction is reported as {rule.level}."
    if rule.tolerance is not None:
        yield f"Tolerance of its own: {rule.tolerance.why}"
    yield (
        f"Shipped with crosscheck in rules/{Path(rule.file).name}"
        if rule.shipped
        else f"Defined in {rule.file}:{rule.line}"
    )
    if rule.examples:
        yield ""
        yield "Examples:"
        for example in rule.examples:
            yield f"  {example_text(example)}"


def strain_words(rule: Rule) -> str:
    """From which strain on a gap is strained: "0.75"."""
    if rule.strain is not None:
        return f"{float(rule.strain):g}"
    return f"{float(STRAIN_OF_SEVERAL):g} ({float(STRAIN_OF_ONE):g} where the others tell the next digit of one figure)"


def selector_text(selector: Selector) -> str:
    """A selector in words."""
    parts = [" or ".join(selector.measures)] if selector.measures else ["any figure"]
    parts += [f"{name} {test_text(test)}" for name, test in selector.dimensions.items()]
    if selector.whole_of:
        parts.append(f"the whole of {selector.whole_of}")
    if selector.named_like_whole:
        parts.append("printed like its whole")
    if selector.record:
        rank = "second or further down from the " if selector.placed else ""
        parts.append(f"called the {rank}{selector.record}" + (f" among all {selector.among}" if selector.among else ""))
    if selector.other_whole:
        parts.append(f"of another whole than {selector.other_whole}")
    if selector.same_whole:
        parts.append(f"of the same whole as {selector.same_whole}")
    if selector.based:
        parts.append("on the period before" if selector.based == "prior" else "on a year before")
    if selector.same_base:
        parts.append(f"on the same base as {selector.same_base}")
    if selector.unit_kinds:
        parts.append(f"in {' or '.join(selector.unit_kinds)}")
    if selector.items_of:
        parts.append(f"items of {selector.items_of}'s {'complete' if selector.complete else 'open'} list")
    if selector.non_negative:
        parts.append("of what cannot be negative")
    if selector.unstated:
        parts.append("not stated anywhere")
    if selector.collect:
        parts.append(f"all of them by {', '.join(selector.collect)}")
    return ", ".join(parts)


def test_text(test: Test) -> str:
    """A test of a dimension in words."""
    if isinstance(test, AnyValue):
        return "any"
    if isinstance(test, Computed):
        return f"= {test.function}({test.variable})"
    values = " or ".join(value or "none" for value in test.values)
    return f"not {values}" if isinstance(test, Not) else values


def example_text(example: Example) -> str:
    """An example on one line."""
    figures = [f"{name} {' + '.join(map(_figure_text, members)) or 'none'}" for name, members in example.figures.items()]
    level = f" ({example.level})" if example.level else ""
    return f"{', '.join(figures)}: {example.verdict}{level}"


def _figure_text(member: ExampleFigure) -> str:
    return member.figure.printed if member.figure is not None else "missing"
