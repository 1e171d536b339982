"""Rules written out as several that the compiler knows: over the terms of a total, and with facts of periods put in.

A rule that asks how many periods make up a year, or how many days one has, is one rule for each answer. A sum whose terms
are not plain figures (each now / (1 + its growth)), or the greatest and the least of a list, has no form over a list as a
whole: for each total of a code list that occurs there is then one rule, with a variable for each term.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from crosscheck.checking.particulars import OF_A_PERIOD, with_facts, years_of
from crosscheck.claims.model import INDICATOR, PERIOD, UNSTATED
from crosscheck.figures.periods import parse_period
from crosscheck.rules.algebra import alternatives
from crosscheck.rules.expression import (
    Binary,
    Call,
    Comparison,
    Condition,
    Expression,
    ExpressionError,
    Logical,
    Negation,
    Number,
    Variable,
)
from crosscheck.rules.model import Computed, OneOf, Rule, Selector
from crosscheck.tables.facts import Facts, is_ratio
from crosscheck.tables.polynomial import Refused

MAXIMUM_TERMS = 6
MAXIMUM_ANSWERS = 40  # rules with other facts of periods
MAXIMUM_SPANS = 10_000  # pairs of periods that are listed in a condition


PRECISION, YEARS = "precision_of", "years_of"
# By variable, what its facts were answered by: "" and the numbers of its periods, PRECISION and half the widths of its
# figures, or YEARS and its spans (see Facts).
Answers = Sequence[tuple[str, tuple[str, Sequence[int]]]]


def with_answers(rule: Rule, facts: Facts) -> Iterator[tuple[Rule, Answers]]:
    """A rule for each combination of answers to what it asks of claims, with the operands of its variables that it is for.

    Raises Refused for facts that follow from more than a period or a precision, or of an operand that may be missing.
    """
    calls: dict[tuple[str, str], list[Call]] = {}
    for call in rule.facts:
        (argument,) = call.arguments
        name = argument.name if isinstance(argument, Variable) else ""
        precise = call.function == PRECISION and name in rule.variables and is_ratio(rule.variables[name].measures)
        known = precise or call.function in (*OF_A_PERIOD, YEARS)
        if not known or name in rule.collections or (rule.tells_missing and name != rule.subject):
            raise Refused(f"{call.function}()")
        calls.setdefault((name, "" if call.function in OF_A_PERIOD else call.function), []).append(call)
    asked = {(name, function): _told(rule, name, function, own, facts) for (name, function), own in calls.items()}
    for answer in product(*(asked[key].items() for key in calls)):
        put = {
            c: v for (values, _), own in zip(answer, calls.values(), strict=True) for c, v in zip(own, values, strict=True)
        }
        found = with_facts(rule, put)
        if found is not None and not (found.when is not None and _never(found.when)):
            yield found, [(name, (function, numbers)) for (name, function), (_, numbers) in zip(calls, answer, strict=True)]


def _told(rule: Rule, name: str, function: str, calls: Sequence[Call], facts: Facts) -> dict[tuple[Number, ...], list[int]]:
    """What is asked of a variable, and the periods, spans or half widths of its operands that answer so."""
    if function == PRECISION:
        return _precisions(rule, name, facts)
    return _years(facts) if function == YEARS else _periods(calls, facts)


def _periods(calls: Sequence[Call], facts: Facts) -> dict[tuple[Number, ...], list[int]]:
    """What is asked of a period, and the numbers of the periods that answer so."""
    asked: dict[tuple[Number, ...], list[int]] = {}
    for number, text in enumerate(facts.axes[PERIOD].texts):
        told = [] if text in (None, UNSTATED) else [OF_A_PERIOD[c.function](parse_period(str(text))) for c in calls]
        values = tuple(value for value in told if value is not None)
        if len(values) == len(calls):
            asked.setdefault(values, []).append(number)
    return asked


def _years(facts: Facts) -> dict[tuple[Number, ...], list[int]]:
    """How many years lie between the periods and base periods that occur together, with the spans that are so long."""
    asked: dict[tuple[Number, ...], list[int]] = {}
    texts = facts.axes[PERIOD].texts
    for span in facts.spans:
        at, since = (texts[number] for number in divmod(span, len(texts)))
        if at is None or since is None or UNSTATED in (at, since):
            continue
        years = years_of(parse_period(since), parse_period(at))
        if years is not None:
            asked.setdefault((years,), []).append(span)
    if sum(map(len, asked.values())) > MAXIMUM_SPANS:
        raise Refused("very many pairs of periods")
    return asked


def _precisions(rule: Rule, name: str, facts: Facts) -> dict[tuple[Number, ...], list[int]]:
    """The units of the last digits of growths, shares or multiples that occur, with half their widths."""
    halves = {half for measure in rule.variables[name].measures for half in facts.widths.get(measure, ())}
    if "doubt" in facts.columns and not halves:
        raise Refused("figures of very many digits")  # else they go to the reference evaluator with those that fit
    if facts.repeats and facts.dialect.name == "spark":
        raise Refused(f"{PRECISION}() of figures that are stated more than once")
    return {(Number(2 * half * facts.grains[True]),): [half] for half in sorted(halves)}


def _never(when: Condition) -> bool:
    """True for a condition on numbers alone that does not hold."""
    if isinstance(when, Logical):
        return when.operator == "and" and any(map(_never, when.operands))
    if not isinstance(when.left, Number) or not isinstance(when.right, Number):
        return False
    return when.operator == "==" and when.left.value != when.right.value


def unrolled(rule: Rule, facts: Facts, refused: Refused) -> Iterator[Rule]:
    """A rule for each total that occurs; raises what the rule was refused for where it cannot be written out so."""
    lists = [rule.variables[name] for name in rule.collections]
    functions = {_function(selector, rule.subject) for selector in lists}
    others = [s for name, s in rule.variables.items() if name not in rule.collections]
    axis = facts.axes.get(INDICATOR)
    if not lists or not functions <= {"terms", "minus_terms"} or axis is None:
        raise refused
    if any(INDICATOR in selector.dimensions for selector in others):
        raise refused
    if (
        len(facts.kinds) > 1
        and is_ratio(rule.variables[rule.subject].measures)
        and not all(is_ratio(s.measures) for s in lists)
    ):
        raise refused  # the subject does not tell their kind of unit
    for code in filter(None, axis.texts):
        terms = {f: [t for t in facts.domain.related(f, code, INDICATOR) or () if t] for f in ("terms", "minus_terms")}
        taken = [term for function in sorted(functions) for term in terms[function]]
        if not terms["terms"] or (terms["minus_terms"] and "minus_terms" not in functions):
            continue
        together = (facts.domain.overlap({INDICATOR: a}, {INDICATOR: b}, (INDICATOR,)) for a, b in combinations(taken, 2))
        if len(taken) > MAXIMUM_TERMS or any(together):
            raise refused
        yield _written(rule, code, terms, refused)


def _function(selector: Selector, subject: str) -> str:
    test = selector.dimensions.get(INDICATOR)
    told = isinstance(test, Computed) and test.variable == subject and selector.collect == (INDICATOR,)
    return test.function if told and isinstance(test, Computed) else ""


def _written(rule: Rule, code: str, terms: Mapping[str, list[str]], refused: Refused) -> Rule:
    names: dict[str, list[str]] = {}
    variables: dict[str, Selector] = {}
    for name, selector in rule.variables.items():
        values, own = [code], [name]
        if name in rule.collections:
            values = terms[_function(selector, rule.subject)]
            own = names[name] = [f"{name}#{number}" for number in range(len(values))]
        for one, value in zip(own, values, strict=True):
            dimensions = {**selector.dimensions, INDICATOR: OneOf((value,))}
            variables[one] = replace(selector, dimensions=dimensions, collect=())
    condition = _condition(rule.condition, names, refused)
    try:
        found = alternatives(condition, ())
    except ExpressionError:
        raise refused from None
    return replace(rule, variables=variables, condition=condition, alternatives=found)


def _condition(node: Condition, names: Mapping[str, list[str]], refused: Refused) -> Condition:
    if isinstance(node, Logical):
        return replace(node, operands=tuple(_condition(operand, names, refused) for operand in node.operands))
    right = node.right
    if isinstance(right, Call) and (node.operator, right.function) in (("<=", "max"), (">=", "min")):
        members = [Comparison(node.operator, node.left, one, node.at) for one in _members(right, names, refused)]
        return members[0] if len(members) == 1 else Logical("or", tuple(members))
    left, right = _expression(node.left, names, refused), _expression(right, names, refused)
    return Comparison(node.operator, left, right, node.at)


def _members(call: Call, names: Mapping[str, list[str]], refused: Refused) -> list[Expression]:
    (argument,) = call.arguments[:1]
    if len(call.arguments) > 1 or not argument.names & set(names):
        raise refused
    counts = {len(names[name]) for name in argument.names & set(names)}
    if len(counts) != 1 or 0 in counts:
        raise refused
    return [_member(argument, names, number) for number in range(counts.pop())]


def _member(node: Expression, names: Mapping[str, list[str]], number: int) -> Expression:
    if isinstance(node, Variable):
        return Variable(names[node.name][number], node.at) if node.name in names else node
    if isinstance(node, Negation):
        return Negation(_member(node.operand, names, number), node.at)
    if isinstance(node, Binary):
        return Binary(node.operator, _member(node.left, names, number), _member(node.right, names, number), node.at)
    return node


def _expression(node: Expression, names: Mapping[str, list[str]], refused: Refused) -> Expression:
    if isinstance(node, Call):
        if node.function != "sum":
            raise refused
        first, *others = _members(node, names, refused)
        for other in others:
            first = Binary("+", first, other, node.at)
        return first
    if isinstance(node, Negation):
        return Negation(_expression(node.operand, names, refused), node.at)
    if isinstance(node, Binary):
        return Binary(
            node.operator, _expression(node.left, names, refused), _expression(node.right, names, refused), node.at
        )
    return node
