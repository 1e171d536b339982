"""Levels that nobody states and that rules bind all the same: the unknowns between stated figures.

A check with one operand missing names it; a rate is about two levels, stated or not. Each becomes an operand that may have
any value, so that rules bind it like a stated one: turnover, exports and imports of a year of which only growth is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from crosscheck.checking.binding import Binding, bind
from crosscheck.checking.conditions import applies
from crosscheck.checking.index import Index, TooManyBindings, make_index
from crosscheck.checking.stated import Stated, identity, stated, unit_kind
from crosscheck.claims.model import AREA, INDICATOR, PERIOD, SOURCE, Claim, Document
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, Figure
from crosscheck.figures.interval import EVERYTHING
from crosscheck.rules.model import AnyValue, Computed, Not, OneOf, Rule, Selector

NOWHERE = Document("unstated")
ROUNDS = 3


def is_unstated(claim: Claim) -> bool:
    """True for the stand-in of a level that nobody states."""
    return claim.document is NOWHERE


def with_unstated(bindings: Iterable[Binding], index: Index, rules: Iterable[Rule]) -> tuple[list[Binding], list[Stated]]:
    """Complete bindings of the rules, those with unstated levels among them, and these levels."""
    wanted = {rule.id: rule for rule in rules}
    own = [binding for binding in bindings if binding.rule.id in wanted]
    complete = [binding for binding in own if binding.missing is None]
    done = {(binding.rule.id, binding.subject.first.id) for binding in complete}
    known = {_key(operand, index) for operand in index.operands}
    unstated: list[Stated] = []
    proposals = [*_missing(own), *_of_rates(index)]
    for _ in range(ROUNDS):
        fresh = []
        for proposal in proposals:
            key = _key(proposal, index)
            if key not in known:
                known.add(key)
                fresh.append(proposal)
        if not fresh:
            break
        unstated += fresh
        index = make_index([*index.operands, *fresh], index.codelists, [c for o in index.operands for c in o.claims])
        found = [binding for rule in wanted.values() for binding in _bound(rule, index, done)]
        new = [binding for binding in found if binding.missing is None]
        complete += new
        done |= {(binding.rule.id, binding.subject.first.id) for binding in new}
        proposals = _missing(binding for binding in found if binding.missing is not None)
    return complete, unstated


def _key(operand: Stated, index: Index) -> tuple[object, ...]:
    return (*identity(operand.first, index.codelists), operand.source)


def _bound(rule: Rule, index: Index, done: set[tuple[str, str]]) -> Iterator[Binding]:
    """Bindings of subjects that had none; a rule that is bound too often is left as it was."""
    found = []
    try:
        for subject in index.may_select(rule.variables[rule.subject]):
            if (rule.id, subject.first.id) not in done:
                found += list(bind(rule, subject, index))
    except TooManyBindings:
        return
    yield from (binding for binding in found if rule.when is None or applies(rule.when, binding))


def _missing(bindings: Iterable[Binding]) -> list[Stated]:
    """The missing levels of checks, where the check says all that tells them from others."""
    found = []
    for binding in bindings:
        missing = binding.missing
        if missing is None:
            continue
        role = missing.role.partition("#")[0]
        selector = binding.rule.variables[role]
        like = _like(binding, selector)
        if like is None or "level" not in (selector.measures or ("level",)) or not _is_told(selector, missing.dimensions):
            continue
        sources = {operand.source for _, operand in binding.operands() if operand.source is not None}
        homes = [operand.first.home for _, operand in binding.operands() if operand.first.home is not None]
        source = min(sources) if len(sources) == 1 else None
        found.append(_stand_in(missing.dimensions, like.figure, source, home=homes[0] if homes else None))
    return found


def _is_told(selector: Selector, dimensions: Mapping[str, str]) -> bool:
    for name, test in selector.dimensions.items():
        if isinstance(test, AnyValue | Not):
            return False
        if isinstance(test, OneOf | Computed) and name not in dimensions and test != OneOf((None,)):
            return False
    return INDICATOR in dimensions or not dimensions


def _like(binding: Binding, selector: Selector) -> Claim | None:
    """A level of the binding whose unit the missing one shares."""
    if selector.any_unit:
        return None
    for role, operand in binding.operands():
        claim = operand.narrowest
        if claim.measure in ("level", "change") and not binding.rule.variables[role].any_unit:
            return claim
    return None


def _of_rates(index: Index) -> list[Stated]:
    """The levels that growths, multiples, changes and shares are about, where it is known in which kind of unit."""
    by_series: dict[object, dict[str, Claim]] = defaultdict(dict)
    by_area: dict[object, dict[str, Claim]] = defaultdict(dict)
    relatives = _relatives(index)
    for operand in index.operands:
        if operand.first.measure == "level":
            claim = operand.narrowest
            by_series[_series(operand)].setdefault(unit_kind(claim), claim)
            for indicator in relatives.get(operand.dimensions.get(INDICATOR, ""), ()):
                by_area[operand.dimensions.get(AREA), operand.first.home, indicator].setdefault(unit_kind(claim), claim)
    found = []
    for operand in index.operands:
        measure, dimensions = operand.first.measure, operand.dimensions
        if measure in ("growth", "multiple", "change", "share"):
            home, own = operand.first.home, dimensions.get(INDICATOR, "")
            kinds = by_series.get(_series(operand)) or by_area.get((dimensions.get(AREA), home, own))
            if measure == "change":
                kinds = {unit_kind(operand.first): operand.narrowest}
            if kinds is not None and len(kinds) == 1:
                (like,) = kinds.values()
                found.append(_stand_in(dimensions, like.figure, operand.source, operand.first.modality, home))
    return found


def _relatives(index: Index) -> dict[str, set[str]]:
    """Indicators that stand in one sum: what one is counted in, the others are."""
    found: dict[str, set[str]] = defaultdict(set)
    codes = index.codelists.codes.get(INDICATOR, {})
    for code in codes.values():
        family = {code.id, *(term for term, _ in code.terms)}
        for member in family if code.terms else ():
            found[member] |= family
    return found


def _series(operand: Stated) -> object:
    return operand.first.home, tuple(sorted(item for item in operand.dimensions.items() if item[0] != PERIOD))


def _stand_in(
    dimensions: Mapping[str, str],
    like: Figure,
    source: str | None,
    modality: str = "fact",
    home: frozenset[str] | None = None,
) -> Stated:
    figure = Figure(Fraction(0), like.unit, EVERYTHING, "", BOUND, scale=like.scale, decimals=like.decimals)
    own = {**dimensions, SOURCE: source} if source is not None else dict(dimensions)
    name = " ".join(f"{key}={value}" for key, value in sorted(own.items()))
    name += "" if home is None else f" in {min(home)}"
    claim = Claim(f"unstated#{like.unit.kind} {name}", NOWHERE, figure, own, modality=modality, home=home)
    return replace(stated([claim]), dimensions=dict(dimensions))
