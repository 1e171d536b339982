"""What variables select by themselves, in SQL, and whether the claims of a run can meet a rule at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import combinations

from crosscheck.checking.relations import PARTS, is_inside
from crosscheck.checking.selecting import is_of_kind
from crosscheck.claims.model import INDICATOR, PERIOD, UNSTATED
from crosscheck.figures.periods import is_date, parse_period
from crosscheck.rules.expression import Call, Comparison, Logical
from crosscheck.rules.model import Computed, Not, OneOf, Rule, Selector, Test
from crosscheck.tables.facts import Axis, Facts, is_ratio, measure_number, modality_number
from crosscheck.tables.mirrors import AREAS, names_areas, stated_number, taken_both_ways, turns
from crosscheck.tables.polynomial import Refused

SHIFTS = ("prior", "year_before", "mirror")  # these lead from a value to one other
RELATIONS = ("within", "part_of", "terms", "minus_terms", "numerator", "denominator")
MAXIMUM_PAIRS = 100_000


class NeverBinds(Exception):
    """No claims of the run can meet the rule."""


def check_shape(rule: Rule, facts: Facts) -> None:
    """Raises NeverBinds or Refused for what can be told from the rule and what occurs at all."""
    for selector in rule.variables.values():
        if selector.items_of is not None or selector.whole_of is not None or selector.complete is not None:
            raise NeverBinds  # rows of tables are no items of lists, and tell no whole
        if selector.named_like_whole or selector.same_whole or selector.other_whole or selector.record:
            raise NeverBinds
        if any(isinstance(test, Computed) and _leads_nowhere(test, d, facts) for d, test in selector.dimensions.items()):
            raise NeverBinds
    if any(_relates_nothing(rule, name, facts) for name in rule.variables) or _needs_two_documents(rule, facts):
        raise NeverBinds
    voids = [name for name, selector in rule.variables.items() if _is_void(selector, facts)]
    if rule.subject in voids or (voids and not rule.tells_missing) or len(voids) > 1:
        raise NeverBinds
    if _needs_two_kinds(rule, facts):
        raise NeverBinds
    for name, selector in rule.variables.items():
        if selector.any_unit and rule.collections and len(facts.kinds) > 1:
            raise Refused(f"`unit` of {name} beside a list")
        if selector.any_unit and name != rule.subject and rule.tells_missing and len(facts.kinds) > 1:
            raise Refused(f"`unit` of {name}, which may be missing")
        if name == rule.subject and selector.same_base is not None:
            raise Refused(f"`base_period` of {name}")
    if rule.facts:
        raise Refused(f"{rule.facts[0].function}()")
    both = taken_both_ways(rule, facts)
    if both and names_areas(rule):
        own = set(rule.variables[rule.subject].dimensions)
        if any(set(AREAS) <= own | set(rule.variables[name].dimensions) for name in rule.variables):
            raise Refused("areas that may be exchanged, and agree with none")
        if turns(rule) and len(both) > 1:
            raise Refused("several figures with areas that may be exchanged")


def _leads_nowhere(test: Computed, dimension: str, facts: Facts) -> bool:
    """True for the terms of a ratio, or the parts of a period, where no value of the run has any that occur."""
    axis = facts.axes.get(dimension)
    if test.function not in ("numerator", "denominator", *PARTS) or axis is None:
        return False
    found = [facts.domain.related(test.function, text, dimension) or () for text in axis.texts if text]
    return not any(axis.number(value) is not None for values in found for value in values)


def _relates_nothing(rule: Rule, name: str, facts: Facts) -> bool:
    """True where a variable is found by a relation between values, and none of the run's values are so related."""
    selector = rule.variables[name]
    for dimension, test in selector.dimensions.items():
        if not isinstance(test, Computed) or test.function not in ("within", "part_of", "terms"):
            continue
        if name == rule.subject and rule.tells_missing:
            continue  # without the other operand there is still a check
        axis = facts.axes.get(dimension)
        if axis is None:
            return True
        related = (facts.domain.related(test.function, text, dimension) for text in axis.texts if text)
        found = any(related) if test.function == "terms" else bool(pairs_of(facts, axis, test.function))
        if not found and (selector.is_collection or not rule.tells_missing):
            return True
    return False


def _needs_two_documents(rule: Rule, facts: Facts) -> bool:
    """True where a rule is about figures of different documents, and there is one."""
    when = rule.when
    parts = when.operands if isinstance(when, Logical) and when.operator == "and" else (when,)
    return facts.documents < 2 and any(
        isinstance(part, Comparison)
        and part.operator == "!="
        and all(isinstance(side, Call) and side.function == "document" for side in (part.left, part.right))
        for part in parts
    )


def _needs_two_kinds(rule: Rule, facts: Facts) -> bool:
    """True where two variables can only differ in their kind of unit, and no two kinds that they may have occur."""
    named = [selector for selector in rule.variables.values() if selector.unit_kinds]
    for one, other in combinations(named, 2):
        if (one.dimensions, one.measures, one.unit_kinds) == (other.dimensions, other.measures, other.unit_kinds):
            return len({facts.units[number][0] for number in units_of(one, facts)}) < 2
    return False


def _is_void(selector: Selector, facts: Facts) -> bool:
    """True when no operand can be selected."""
    if selector.measures and not facts.measures & set(selector.measures):
        return True
    if not facts.modalities & set(selector.modalities):
        return True
    for dimension, test in selector.dimensions.items():
        axis = facts.axes.get(dimension)
        if isinstance(test, OneOf) and not any(
            v is None if axis is None else axis.number(v) is not None for v in test.values
        ):
            return True
        if isinstance(test, Not) and axis is None and None in test.values:
            return True
    if selector.unit_kinds and not units_of(selector, facts):
        return True
    return _coded(selector) and not _codes(selector, facts)


def ratio_of(name: str, selector: Selector) -> bool:
    """Whether a variable is a ratio or in units; raises Refused where it may be either."""
    found = is_ratio(selector.measures)
    if found is None:
        raise Refused(f"{name} may be in units or in plain numbers")
    return found


def _coded(selector: Selector) -> bool:
    return bool(selector.nature) or selector.non_negative is not None or selector.additive is not None


def _codes(selector: Selector, facts: Facts) -> list[int]:
    """The indicators with the properties that a selector asks for."""
    axis = facts.axes.get(INDICATOR)
    found = []
    for number, text in enumerate(axis.texts if axis is not None else ()):
        code = facts.codelists.find(INDICATOR, text) if text is not None else None
        if (
            code is not None
            and (not selector.nature or code.nature in selector.nature)
            and selector.non_negative in (None, code.non_negative)
            and selector.additive in (None, code.additive)
        ):
            found.append(number)
    return found


def units_of(selector: Selector, facts: Facts) -> list[int]:
    """The numbers of the units that a selector names."""
    return [number for number, names in enumerate(facts.units) if is_of_kind(selector, names)]


def own_conditions(selector: Selector, facts: Facts, table: str, both: bool = False) -> list[str]:
    """What a selector asks of an operand by itself; `both` where figures stand in either order of their areas."""
    found = []
    if selector.measures and facts.measures - set(selector.measures):
        found.append(among(facts.column(table, "m"), sorted(map(measure_number, selector.measures))))
    if facts.modalities - set(selector.modalities):
        found.append(among(facts.column(table, "modality"), sorted(map(modality_number, selector.modalities))))
    if selector.unit_kinds:
        found.append(among(facts.column(table, "unit"), units_of(selector, facts)))
    if _coded(selector):
        found.append(among(number_of(facts, INDICATOR, table), _codes(selector, facts)))
    if selector.based is not None:
        axis, base = facts.axes[PERIOD], facts.column(table, "base")
        before = [shifted(facts, axis, selector.based, text) for text in axis.texts]
        found.append(f"{base} > 0 AND {base} = {facts.dialect.pick(before, f'{table}.{axis.column}')}")
    for dimension, test in selector.dimensions.items():
        found += passes(test, facts, dimension, table, both)
    return found


def passes(test: Test, facts: Facts, dimension: str, table: str, both: bool) -> list[str]:
    """What a selector asks of one dimension of an operand by itself."""
    if not isinstance(test, OneOf | Not):
        return []
    axis = facts.axes.get(dimension)
    if axis is None:  # absent everywhere; what cannot be is void
        return [] if (None in test.values) == isinstance(test, OneOf) else ["FALSE"]
    numbers = [number for value in test.values if (number := axis.number(value)) is not None]
    column = number_of(facts, dimension, table)
    if dimension in AREAS and facts.symmetric:  # as the table states them
        column = stated_number(facts, dimension, table, both)
    if isinstance(test, Not):
        return [f"NOT {among(column, numbers)}"] if numbers else []
    return [among(column, numbers)]


def among(column: str, numbers: Sequence[int]) -> str:
    """Whether a column has one of some numbers."""
    if not numbers:
        return "FALSE"
    if len(numbers) == 1:
        return f"{column} = {numbers[0]}"
    return f"{column} IN ({', '.join(map(str, numbers))})"


def number_of(facts: Facts, dimension: str, table: str) -> str:
    """The column with the number of a dimension; 0 where no figure has it."""
    axis = facts.axes.get(dimension)
    return "0" if axis is None else f"{table}.{axis.column}"


def shifted(facts: Facts, axis: Axis, function: str, text: str | None) -> int | None:
    """The number of the period before or a year before; one that no claim has is nowhere, None where there is none."""
    values = facts.domain.related(function, text, axis.name) if text is not None else None
    if values is None or values[0] is None:
        return None
    found = axis.number(values[0])
    return axis.nowhere if found is None else found


def pairs_of(facts: Facts, axis: Axis, function: str) -> list[tuple[int, int]]:
    """(reference, value) for all that `=function(reference)` allows among the values of the run."""
    if function == "within":
        return _within(axis)
    pairs = []
    for number, text in enumerate(axis.texts):
        if function == "part_of":  # the other way round, as the wholes of a code are few
            wholes = facts.codelists.ancestors(axis.name, text) if text is not None else ()
            pairs += [(whole, number) for code in wholes if (whole := axis.number(code)) not in (None, number)]
            continue
        for value in facts.domain.related(function, text, axis.name) or () if text is not None else ():
            other = axis.number(value)
            if other is not None:
                pairs.append((number, other))
        if len(pairs) > MAXIMUM_PAIRS:
            raise Refused(f"`={function}` relates very many values")
    return pairs


def _within(axis: Axis) -> list[tuple[int, int]]:
    """Longer periods with each shorter one inside them; found by order, as there may be thousands of dates."""
    periods = [(number, text, parse_period(text)) for number, text in enumerate(axis.texts) if text and text != UNSTATED]
    shorter = sorted((p.first, number, text) for number, text, p in periods if not is_date(p))
    starts = [first for first, _, _ in shorter]
    pairs = []
    for number, text, period in periods:
        for at in range(bisect_left(starts, period.first), bisect_left(starts, period.last + 1)):
            _, other, inside = shorter[at]
            if is_inside(inside, text):
                pairs.append((number, other))
        if len(pairs) > MAXIMUM_PAIRS:
            raise Refused("very many periods lie within others")
    return pairs
