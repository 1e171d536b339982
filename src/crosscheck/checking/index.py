"""Look-up of operands: by their dimensions with some left out, by the value of one dimension, by the list they are in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crosscheck.checking.particulars import Particulars
from crosscheck.checking.plans import Plan, plan_of
from crosscheck.checking.relations import Domain
from crosscheck.checking.stated import Stated, by_document, is_symmetric, mirrored
from crosscheck.claims.codelists import Code, CodeLists
from crosscheck.claims.model import INDICATOR, SOURCE, Claim
from crosscheck.rules.model import OneOf, Rule, Selector

# A rule for which more operands are looked at than this for each claim of the run compares everything with everything.
LOOKS_PER_CLAIM = 15
LOOKS_AT_LEAST = 20_000


class TooManyBindings(Exception):
    """A rule binds more often than any run could use."""


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Operands by their dimensions, with some left out of the key; each look-up table is made when first needed."""

    operands: Sequence[Stated]
    codelists: CodeLists
    domain: Domain
    tables: dict[frozenset[str], dict[tuple[object, ...], list[Stated]]] = field(default_factory=dict)
    items: dict[str, list[Stated]] = field(default_factory=lambda: defaultdict(list))
    short_lists: set[str] = field(default_factory=set)  # totals of which some item is no operand
    by_value: dict[str, dict[str | None, list[Stated]]] = field(default_factory=dict)
    by_measure: dict[tuple[str, ...], Sequence[Stated]] = field(default_factory=dict)
    plans: dict[int, Plan] = field(default_factory=dict)  # by identity of the rule, which its plan keeps
    particulars: Particulars = field(default_factory=dict)  # rules with the facts of bindings put in
    voices: dict[int, tuple[Stated, Mapping[str, Stated]]] = field(default_factory=dict)  # by identity, which is kept
    looks: Counter[str] = field(default_factory=Counter)  # by rule, the operands looked at so far
    has_homes: bool = False  # some operand may only be compared within its document

    def look(self, rule: Rule, operands: int) -> None:
        """Counts operands that are looked at for a rule; raises TooManyBindings when they are more than can be meant."""
        self.looks[rule.id] += operands
        if self.looks[rule.id] > max(LOOKS_AT_LEAST, LOOKS_PER_CLAIM * len(self.operands)):
            raise TooManyBindings(rule.id)

    def may_select(self, selector: Selector) -> Sequence[Stated]:
        """Operands among which all are that a selector selects; fewer than all where it names a value.

        With thousands of rules, each about an indicator of its own, only this keeps the time from growing with rules
        times claims.
        """
        fewest = self.operands
        for dimension, test in selector.dimensions.items():
            if isinstance(test, OneOf) and dimension != SOURCE:
                values = self._by_value(dimension)
                found = [operand for value in dict.fromkeys(test.values) for operand in values.get(value, ())]
                fewest = min(fewest, found, key=len)
        if fewest is self.operands and selector.measures:
            fewest = self._of_measures(selector.measures)
        return fewest

    def voices_of(self, operand: Stated) -> Mapping[str, Stated]:
        """An operand whose claims contradict one another, document by document, in the order of their ids."""
        found = self.voices.get(id(operand))
        if found is None:
            found = self.voices[id(operand)] = operand, {o.first.document.id: o for o in by_document(operand)}
        return found[1]

    def plan(self, rule: Rule) -> Plan:
        """How a rule is bound."""
        found = self.plans.get(id(rule))
        if found is None:
            found = self.plans[id(rule)] = plan_of(rule)
        return found

    def _of_measures(self, measures: tuple[str, ...]) -> Sequence[Stated]:
        found = self.by_measure.get(measures)
        if found is None:
            found = self.by_measure[measures] = [o for o in self.operands if o.first.measure in measures]
        return found

    def _by_value(self, dimension: str) -> dict[str | None, list[Stated]]:
        found = self.by_value.get(dimension)
        if found is None:
            found = self.by_value[dimension] = defaultdict(list)
            for operand in self.operands:
                found[operand.dimensions.get(dimension)].append(operand)
        return found

    def table(self, free: frozenset[str]) -> dict[tuple[object, ...], list[Stated]]:
        """Operands by measure and all dimensions but the free ones; symmetric ones stand under both orders of areas."""
        found = self.tables.get(free)
        if found is None:
            found = defaultdict(list)
            for operand in self.operands:
                for dimensions in self.orientations(operand):
                    found[look_up_key(operand.first.measure, dimensions, free)].append(operand)
            self.tables[free] = found
        return found

    def orientations(self, operand: Stated) -> list[Mapping[str, str]]:
        """The operand's dimensions, and those with the areas exchanged where that means the same."""
        if is_symmetric(operand.dimensions, self.codelists):
            return [operand.dimensions, mirrored(operand.dimensions)]
        return [operand.dimensions]

    def code(self, operand: Stated) -> Code | None:
        """The code of the operand's indicator, None when no list knows it."""
        return self.codelists.find(INDICATOR, operand.dimensions.get(INDICATOR, ""))


def look_up_key(measure: str, dimensions: Mapping[str, str], free: frozenset[str]) -> tuple[object, ...]:
    """What operands share that stand together in the table for some free dimensions."""
    return measure, tuple(sorted(item for item in dimensions.items() if item[0] not in free))


def make_index(operands: Sequence[Stated], codelists: CodeLists, claims: Iterable[Claim] = ()) -> Index:
    """An index over the dated operands of a run; `claims` are all claims, also those that are no operands."""
    domain = Domain.of([o.dimensions for o in operands], codelists)
    index = Index(operands, codelists, domain, has_homes=any(o.first.home is not None for o in operands))
    listed: set[str] = set()
    for operand in operands:
        items = {claim.id: claim.list_item.of for claim in operand.claims if claim.list_item is not None}
        listed.update(items)
        for of in dict.fromkeys(items.values()):
            index.items[of].append(operand)
    index.short_lists.update(c.list_item.of for c in claims if c.list_item is not None and c.id not in listed)
    return index
