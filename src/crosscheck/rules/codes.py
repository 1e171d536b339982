"""Names in rules that nothing knows: codes that no claim uses and no list has, dimensions that are nearly one in use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INDICATOR, NAMED_DIMENSIONS, PERIOD, SOURCE, Claim
from crosscheck.inputs.faults import Fault, did_you_mean
from crosscheck.rules.model import Not, OneOf, Rule

SHORT = 3  # characters of a code that has too many neighbours two edits away


def unknown_names(
    rules: Iterable[Rule], claims: Sequence[Claim], lists: CodeLists, only_near: bool = False
) -> Iterator[Fault]:
    """A fault for each code or dimension of a rule that nothing in the run knows; none without claims.

    With `only_near`, and without claims, just for those that are nearly a known one.
    """
    used: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for dimension, value in claim.dimensions.items():
            used[dimension].add(value)
    if claims or only_near:
        yield from unknown_among(rules, used, lists, only_near)


def unknown_among(
    rules: Iterable[Rule], values: Mapping[str, Set[str]], lists: CodeLists, only_near: bool = False
) -> Iterator[Fault]:
    """The same, given the values that occur of each dimension."""
    used: defaultdict[str, Set[str]] = defaultdict(set, values)
    for rule in rules:
        for selector in rule.variables.values():
            for dimension, test in selector.dimensions.items():
                place = selector.places.get(dimension, (rule.line, rule.column))
                if dimension not in used and dimension not in NAMED_DIMENSIONS:
                    hint = did_you_mean(dimension, used)
                    if hint:
                        yield Fault(rule.file, *place, f'no claim has the dimension "{dimension}"', hint)
                        continue
                if isinstance(test, OneOf | Not) and dimension not in (PERIOD, SOURCE):
                    unknown = _unknown_codes(rule, dimension, test, place, used[dimension], lists)
                    yield from (fault for fault in unknown if not only_near or fault.hint)


def _unknown_codes(
    rule: Rule, dimension: str, test: OneOf | Not, place: tuple[int, int], used: Set[str], lists: CodeLists
) -> Iterator[Fault]:
    for value in test.values:
        if value is None or value in used or lists.find(dimension, value) is not None:
            continue
        what = "indicator" if dimension == INDICATOR else f"code of {dimension}"
        hint = did_you_mean(value, [*sorted(used), *lists.names(dimension)], 2 if len(value) > SHORT else 1)
        if hint is None and not lists.names(dimension) and dimension not in NAMED_DIMENSIONS:
            continue  # no list says what there may be: an item that nobody states is missing, not misspelt
        yield Fault(rule.file, *place, f'nothing knows the {what} "{value}"', hint)
