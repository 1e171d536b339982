"""What the functions of selectors say of a dimension: `=base(x)`, `=within(x)`, `=part_of(x)`, both ways round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from crosscheck.checking.stated import Stated
from crosscheck.claims.codelists import AREA_DIMENSIONS, CodeLists
from crosscheck.claims.model import AREA, COUNTERPART, PERIOD
from crosscheck.figures.periods import (
    Period,
    PeriodError,
    contains,
    days,
    is_date,
    months,
    normal_form,
    parse_period,
    parts,
    prior,
    year_before,
)

# The months that the parts of a period have, by the function of selectors that gives them.
OUTSIDE = "NON-"  # begins the codes of all that is not in a union
PARTS = {"halves": 6, "quarters": 3, "months": 1}
# Functions that lead to values which the run has, and to none besides.
WITHIN_RUN = ("within", "before", "part_of", "apart")
Values = tuple[str | None, ...]


@lru_cache(maxsize=65536)
def shifted(function: str, period: str) -> str | None:
    """The normal form of the period before (`prior`) or a year before (`year_before`); None where there is none."""
    try:
        parsed = parse_period(period)
        return normal_form(prior(parsed) if function == "prior" else year_before(parsed))
    except PeriodError:
        return None


@lru_cache(maxsize=262144)
def is_inside(shorter: str, longer: str) -> bool:
    """True when a period lies within another one and is not that one; a date is a stock and lies within none."""
    if shorter == longer:
        return False
    try:
        a, b = parse_period(shorter), parse_period(longer)
    except PeriodError:
        return False
    return not is_date(a) and contains(b, a)


@lru_cache(maxsize=262144)
def is_before(earlier: str, later: str) -> bool:
    """True when a period is over before another one of the same length begins, or before another date."""
    try:
        a, b = parse_period(earlier), parse_period(later)
    except PeriodError:
        return False
    return a.last < b.first and (months(a) == months(b) if months(a) else days(a) == days(b))


def is_after(later: str, earlier: str) -> bool:
    """True when a period begins once another one is over, whatever their lengths."""
    try:
        return parse_period(earlier).last < parse_period(later).first
    except PeriodError:
        return False


@lru_cache(maxsize=65536)
def parts_of(function: str, period: str) -> Values:
    """The halves, quarters or months of a period of whole months, in their order."""
    try:
        return tuple(normal_form(part) for part in parts(parse_period(period), PARTS[function]))
    except PeriodError:
        return ()


@lru_cache(maxsize=65536)
def _parsed(period: str) -> Period:
    return parse_period(period)


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """The values that dimensions take in a run, so that a relation can be read both ways."""

    codelists: CodeLists
    values: dict[str, list[str]]
    cache: dict[tuple[str, str, str], Values] = field(default_factory=dict)

    @staticmethod
    def of(dimensions: Iterable[Mapping[str, str]], codelists: CodeLists) -> Domain:
        """The domain of the dimensions that occur."""
        seen: dict[str, set[str]] = defaultdict(set)
        for mapping in dimensions:
            for name, value in mapping.items():
                seen[name].add(value)
        return Domain(codelists, {name: sorted(values) for name, values in seen.items()})

    def forward(self, function: str, reference: Stated, dimension: str) -> Values | None:
        """The values of `dimension` that `=function(reference)` allows; None when the reference does not tell."""
        value = reference.dimensions.get(dimension)
        if function == "same":
            return (value,)
        if function == "base":
            base = reference.first.base_period
            if reference.assumed is not None:
                base = shifted("year_before", reference.assumed)
            return None if base is None else (base,)
        if function == "whole":
            whole = reference.first.whole
            return None if whole is None else (whole.get(dimension, value),)
        if function == "per":
            named = reference.dimensions.get("per")
            return None if named is None else (named,)
        if function == "opposite":
            other = reference.dimensions.get(COUNTERPART if dimension == AREA else AREA)
            return None if other is None else (other,)
        found = None if value is None else self.related(function, value, dimension)
        since = next((c.record.since for c in reference.claims if c.record and c.record.since), None)
        if function == "before" and found is not None and since is not None:
            return tuple(period for period in found if period is not None and is_after(period, since))
        return found

    def related(self, function: str, value: str, dimension: str) -> Values | None:
        """The values that a function of periods or codes (`prior`, `within`, `part_of`, `terms` …) leads to from `value`;
        None where there is none.
        """
        if function in ("prior", "year_before"):
            found = shifted(function, value)
            return None if found is None else (found,)
        return self._related(function, value, dimension) or (None if function == "mirror" else ())

    def occurs(self, function: str, dimension: str, further: Iterable[str] = ()) -> bool:
        """Whether some value of a dimension, or one of the further ones, leads to others that the run has.

        For PARTS to all of them, as a total is the sum of all its parts.
        """
        known = set(self.values.get(dimension, ()))
        ends = known.union(
            further, *(self.values.get(area, ()) for area in AREA_DIMENSIONS if dimension in AREA_DIMENSIONS)
        )
        related = (self._related(function, value, dimension) for value in ends)
        if function in PARTS:
            return any(found and known.issuperset(found) for found in related)
        return any(related)

    def _related(self, function: str, value: str, dimension: str) -> Values:
        key = (function, dimension, value)
        found = self.cache.get(key)
        if found is None:
            found = self.cache[key] = self._find_related(function, value, dimension)
        return found

    def _find_related(self, function: str, value: str, dimension: str) -> Values:
        if function in ("terms", "minus_terms"):
            code = self.codelists.find(dimension, value)
            sign = 1 if function == "terms" else -1
            return tuple(term for term, weight in code.terms if weight == sign) if code else ()
        if function in ("numerator", "denominator"):
            code = self.codelists.find(dimension, value)
            return (code.ratio[function == "denominator"],) if code and code.ratio else ()
        if function == "mirror":
            code = self.codelists.find(dimension, value)
            return (code.mirror,) if code and code.mirror else ()
        if function in PARTS:
            return parts_of(function, value)
        others = self.values.get(dimension, [])
        if function in ("within", "before"):
            holds = is_inside if function == "within" else is_before
            return tuple(other for other in others if holds(other, value))
        if function == "apart":
            return tuple(other for other in others if not self._values_overlap(dimension, other, value))
        return tuple(other for other in others if other != value and value in self.codelists.ancestors(dimension, other))

    def inverse(self, function: str, value: str | None, dimension: str) -> Values | None:
        """The values v of `dimension` for which `=function(v)` allows `value`; None when that cannot be listed."""
        if function == "same":
            return (value,)
        if value is None or function in ("base", "whole", "per", "opposite"):
            return None
        others = self.values.get(dimension, [])
        key = (f"inverse {function}", dimension, value)
        if key not in self.cache:
            if function in ("prior", "year_before"):
                found = tuple(other for other in others if shifted(function, other) == value)
            elif function == "within":
                found = tuple(other for other in others if is_inside(value, other))
            elif function == "part_of":
                found = tuple(self.codelists.ancestors(dimension, value))
            else:
                found = tuple(other for other in others if value in self._related(function, other, dimension))
            self.cache[key] = found
        return self.cache[key]

    def breadth(self, dimensions: Mapping[str, str], collect: tuple[str, ...]) -> int:
        """A key that puts what may contain others first: longer periods, codes that fewer others hold."""
        total = 0
        for name in collect:
            value = dimensions.get(name)
            if value is None:
                continue
            if name == PERIOD:
                total -= days(_parsed(value)) or 0
            else:
                total += len(self._wholes(name, value))
        return total

    def overlap(self, a: Mapping[str, str], b: Mapping[str, str], collect: tuple[str, ...]) -> bool:
        """True when two members may count the same thing twice in every one of the collected dimensions."""
        return all(self._values_overlap(name, a.get(name), b.get(name)) for name in collect)

    def are_apart(self, dimension: str, values: Set[str | None]) -> bool:
        """True when no two different values of these overlap, as is the rule for codes without parts."""
        present = [value for value in values if value is not None]
        if len(present) < len(values):
            return False
        if dimension == PERIOD:
            spans = sorted((period.first, period.last) for period in map(_parsed, present))
            return all(before[1] < after[0] for before, after in pairwise(spans))
        if len(present) > 1 and any(self._is_unheard_of(dimension, value) for value in present):
            return False
        if any(whole in values for value in present for whole in self._wholes(dimension, value)):
            return False
        parts = [part for value in present for part in self._parts(dimension, value)]
        return len(set(parts)) == len(parts)

    def _values_overlap(self, dimension: str, a: str | None, b: str | None) -> bool:
        if a == b or a is None or b is None:
            return True
        if dimension == PERIOD:
            x, y = _parsed(a), _parsed(b)
            return x.first <= y.last and y.first <= x.last
        if self._is_unheard_of(dimension, a) or self._is_unheard_of(dimension, b):
            return True
        if a in self._wholes(dimension, b) or b in self._wholes(dimension, a):
            return True
        return not set(self._parts(dimension, a)).isdisjoint(self._parts(dimension, b))

    def _is_unheard_of(self, dimension: str, value: str) -> bool:
        """True for a group of areas of which no list has the members ("its neighbours", "non-EU countries", all those
        outside of a union): nobody can tell what it has in common with another."""
        if dimension not in AREA_DIMENSIONS:
            return False
        return value.upper().startswith(OUTSIDE) or self.codelists.find(dimension, value) is None

    def _wholes(self, dimension: str, value: str) -> Values:
        """The codes that hold a value: as a part, a member or a term."""
        key = ("wholes", dimension, value)
        if key not in self.cache:
            self.cache[key] = tuple(self.codelists.wholes(dimension, value))
        return self.cache[key]

    def _parts(self, dimension: str, value: str) -> Values:
        key = ("parts", dimension, value)
        if key not in self.cache:
            self.cache[key] = tuple(self.codelists.parts(dimension, value))
        return self.cache[key]
