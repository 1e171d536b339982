"""What a reviewer would say of a rule: not wrong, but weak, untested, trivial, or said already by another rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crosscheck.checking.examples import ExampleResult, never_firing
from crosscheck.checking.overlaps import (
    ALWAYS,
    NEVER,
    OPPOSITE,
    SAME,
    STRONGER,
    WEAKER,
    WITHOUT_SUBJECT,
    alike,
    relation_between,
    triviality,
)
from crosscheck.checking.stated import BASED
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import EXACT
from crosscheck.inputs.faults import Fault, did_you_mean
from crosscheck.rules.expression import (
    Binary,
    Call,
    Comparison,
    Condition,
    Expression,
    Negation,
    Number,
    Variable,
    children,
)
from crosscheck.rules.model import VERDICTS, Computed, OneOf, Rule, Selector

OF_THE_KIND = ("level", "change")  # measures whose figures have the kind of unit that the variables share
PURE = ("growth", "share", "multiple")  # and those that are numbers without one
TRIVIAL = {
    ALWAYS: ("`assert` holds whatever the figures are: the rule never speaks", "is a variable written twice?"),
    NEVER: ("`assert` holds for no figures at all: the rule always speaks", "compare figures with one another"),
    WITHOUT_SUBJECT: ("the subject makes no difference to `assert`", "name another `subject`, or use it in `assert`"),
}


def lint(rules: Sequence[Rule], results: Sequence[ExampleResult], others: Sequence[Rule] = ()) -> list[Fault]:
    """What is to be said of `rules`, in the order of files and lines; `others` are rules that they live beside.

    `results` are those of their examples, run.
    """
    silent = {rule.id for rule in never_firing(rules, results)}
    known = {rule.id: rule for rule in (*others, *rules)}
    found: list[Fault] = []
    for rule in rules:
        found += _of_one(rule, silent, known)
    for index, rule in enumerate(rules):
        for other in (*others, *rules[:index]):
            found += _of_two(rule, other)
    return sorted(found, key=lambda fault: (fault.file, fault.line or 0, fault.column or 0))


def _at(rule: Rule, message: str, hint: str) -> Fault:
    return Fault(rule.file, rule.line, rule.column, f"{rule.id}: {message}", hint)


def _of_one(rule: Rule, silent: set[str], known: dict[str, Rule]) -> Iterator[Fault]:
    trivial = triviality(rule)
    if trivial is not None:
        yield _at(rule, *TRIVIAL[trivial])
    twins = alike(rule)
    if twins is not None:
        message = f"{twins[0]} and {twins[1]} select the same figures: each is compared with itself"
        yield _at(rule, message, "give them different values of some dimension, or use the short form `same`")
    yield from _selectors(rule)
    degrees = _kinds(rule.condition, rule)
    if degrees is not None:
        message = (
            f"`assert` compares {_kind(degrees[0])} with {_kind(degrees[1])}, and the variables share one kind of unit"
        )
        yield _at(rule, message, "give each variable that may be of another kind `unit: any`")
    if rule.replaced_by is None:  # what is replaced is not run any more
        yield from _examples(rule, rule.id in silent)
        if "reconcilable" in _possible(rule) and rule.is_equality and not rule.duplicates and rule.material is None:
            message = "without `material` any gap counts, however small, once rounding is strained"
            yield _at(rule, message, "such as `material: 1 %` of the subject, or `0.5 percentage_point`")
    yield from _standing(rule, known)


# What people write who mean a dimension that has a name of its own.
CALLED_OTHERWISE = {
    **dict.fromkeys(("period", "year", "quarter", "month", "date", "time"), "time_period"),
    **dict.fromkeys(("country", "area", "company", "firm"), "reference_area"),
    **dict.fromkeys(("partner", "counterparty"), "counterpart_area"),
    "currency": "unit",
}


def _selectors(rule: Rule) -> Iterator[Fault]:
    """Conditions that no figure meets, or not those that were meant."""
    for name, selector in rule.variables.items():
        for dimension, test in selector.dimensions.items():
            place = selector.places.get(dimension, (rule.line, rule.column))
            if isinstance(test, Computed) and test.function == "base":
                measures = rule.variables[test.variable].measures
                if measures and not set(measures) & set(BASED):
                    message = f"{rule.id}: {test.variable} is a {' or '.join(measures)}, which has no base period"
                    hint = f"`=year_before({test.variable})` or `=prior({test.variable})`"
                    yield Fault(rule.file, *place, message, hint)
            if dimension in CALLED_OTHERWISE:
                message = f"{rule.id}: `{dimension}` is an open dimension, which claims have only where somebody wrote it"
                yield Fault(rule.file, *place, message, f"is `{CALLED_OTHERWISE[dimension]}` meant?")
            if isinstance(test, OneOf) and any(value is not None and "," in value for value in test.values):
                written = next(value for value in test.values if value is not None and "," in value)
                message = f'{rule.id}: "{written[:40]}" is one code with a comma in it, of {name}'
                yield Fault(rule.file, *place, message, f"several codes are a list: [{written[:40]}]")
    material = rule.material
    if material is not None and not material.relative and re.fullmatch(r"[0-9.]+", material.text.strip()):
        figures = [f.figure for e in rule.examples for f in e.figures.get(rule.subject, ()) if f.figure is not None]
        pure = set(rule.variables[rule.subject].measures) & set(PURE) if rule.subject in rule.variables else set()
        if pure or any(figure.unit.kind != "count" for figure in figures):
            yield _at(
                rule, f"`material: {material.text}` has no unit", "`1 %` of the subject, `0.5 percentage_point`, `1000 USD`"
            )


def _examples(rule: Rule, silent: bool) -> Iterator[Fault]:
    if not rule.examples:
        yield _at(rule, "no examples", "give one for each verdict: " + ", ".join(VERDICTS))
        return
    if silent:
        yield _at(rule, "no example makes this rule speak", "add one with `verdict: contradiction`")
    stated = {example.verdict for example in rule.examples}
    lacking = [verdict for verdict in VERDICTS if verdict in _possible(rule) - stated]
    if lacking and not (silent and lacking == ["contradiction"]):
        yield _at(
            rule, f"no example with the verdict {', '.join(lacking)}", "one for each shows where the rule draws its lines"
        )


def _is_of_signs(rule: Rule) -> bool:
    """True where only signs count, or only facts of the subject: what a figure is rounded to has its sign, or is zero."""
    relations = [relation for alternative in rule.alternatives for relation in alternative.relations]
    signs = all(isinstance(r.left, Binary) and r.left.operator == "*" and r.right == Number(Fraction(0)) for r in relations)
    return signs or not any(rule.subject in relation.names for relation in relations)


def _possible(rule: Rule) -> set[str]:
    """The verdicts that a rule can lead to: counts fit or do not, and only an equality tells what a missing figure is.

    One of wording, about a figure by itself and with a sentence of its own, may speak wherever it is met.
    """
    if any(selector.unstated for selector in rule.variables.values()):
        return {"unverifiable"}
    others = [name for name in rule.variables if name != rule.subject]
    found = {"contradiction"} if not others and rule.message and rule.level != "error" else {"consistent", "contradiction"}
    if others and not _all_exact(rule) and not _is_of_signs(rule):
        found.add("reconcilable")
    if rule.tells_missing and rule.when is None and any(name not in rule.collections for name in others):
        found.add("unverifiable")
    return found - {"unverifiable"} if rule.duplicates else found


def _all_exact(rule: Rule) -> bool:
    """True when the examples know exact figures only, as those of rules about counts do."""
    figures = [f.figure for example in rule.examples for members in example.figures.values() for f in members]
    return bool(figures) and all(figure is None or figure.kind == EXACT or figure.counts for figure in figures)


def _standing(rule: Rule, known: dict[str, Rule]) -> Iterator[Fault]:
    """What a rule says of its age and of the rule that took its place."""
    if rule.shipped and not rule.since:
        yield _at(rule, "a rule that ships needs `since`", "the version that brings it")
    if rule.shipped and not rule.tags:
        yield _at(rule, "a rule that ships needs `tags`", "words to select it by, such as `tags: [sum]`")
    if rule.replaced_by is not None and rule.replaced_by not in known:
        hint = did_you_mean(rule.replaced_by, known, 4) or "`crosscheck rules list` names them"
        yield _at(rule, f'no rule has the id "{rule.replaced_by[:60]}" of `replaced_by`', hint)
    elif rule.replaced_by is not None and rule.status != "deprecated":
        yield _at(rule, "a rule that another one replaced is deprecated", "`status: deprecated`")


def _of_two(rule: Rule, other: Rule) -> Iterator[Fault]:
    if rule.replaced_by is not None or other.replaced_by is not None or rule.id == other.id:
        return
    relation = relation_between(rule, other)
    if relation is None:
        return
    named = f"{other.id} ({other.file}:{other.line})" if not other.shipped else f"{other.id}, which ships with crosscheck"
    message, hint = {
        SAME: (f"says the same as {named}: each fault would be told twice", "keep one; the other can say `replaced_by`"),
        WEAKER: (f"says less than {named}, of the same figures: it never tells anything new", "keep the stronger one"),
        STRONGER: (
            f"says more than {named}, of the same figures: that one never tells anything new",
            "keep the stronger one",
        ),
        OPPOSITE: (
            f"contradicts {named}: whatever the figures are, one of the two fails",
            "mend one of the two assertions",
        ),
    }[relation]
    yield _at(rule, message, hint)


def _kinds(condition: Condition, rule: Rule) -> tuple[int, int] | None:
    """The powers of the shared kind of unit on the two sides of a comparison that cannot go together; None where they can
    or where it is not known.
    """
    if isinstance(condition, Comparison):
        left, right = _degree(condition.left, rule), _degree(condition.right, rule)
        return (left, right) if left is not None and right is not None and left != right else None
    return next((found for each in condition.operands if (found := _kinds(each, rule)) is not None), None)


def _degree(node: Expression, rule: Rule) -> int | None:
    """The power in which an expression has the kind of unit that the variables share: 1 for a level, 0 for a share."""
    if isinstance(node, Variable):
        return _degree_of(rule.variables[node.name])
    if isinstance(node, Number):
        return 0 if node.unit is None and node.value else None  # nothing is nothing of every kind
    if isinstance(node, Negation):
        return _degree(node.operand, rule)
    degrees = [_degree(child, rule) for child in children(node) if not isinstance(child, Comparison)]  # type: ignore[arg-type]
    if any(degree is None for degree in degrees):
        return None
    known = [degree for degree in degrees if degree is not None]
    if isinstance(node, Binary) and node.operator == "*":
        return known[0] + known[1]
    if isinstance(node, Binary) and node.operator == "/":
        return known[0] - known[1]
    if isinstance(node, Binary) and node.operator == "^":
        exponent = node.right
        return known[0] * int(exponent.value) if isinstance(exponent, Number) else None
    if isinstance(node, Call) and node.function == "count":
        return 0
    return known[0] if len(set(known)) == 1 else None


def _degree_of(selector: Selector) -> int | None:
    if selector.any_unit:
        return None
    if selector.measures and all(measure in PURE for measure in selector.measures):
        return 0
    if not selector.measures or all(measure in OF_THE_KIND for measure in selector.measures):
        return 1
    return None


def _kind(degree: int) -> str:
    return {0: "a plain number", 1: "an amount", 2: "a product of two amounts"}.get(
        degree, f"an amount to the power {degree}"
    )
