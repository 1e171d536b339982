"""Binding: which operands each rule compares. Made once, as data, for checking, reconciliation and explanations.

Each variable of a rule selects operands; on each dimension the variables that do not name it must agree. Operands are
found by keyed look-up, so the time grows with the claims and the bindings, not with their product.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from crosscheck.checking.bound import Binding, Missing, Role
from crosscheck.checking.dimensions import unit_trouble
from crosscheck.checking.homes import can_meet, within_home
from crosscheck.checking.index import Index
from crosscheck.checking.particulars import particular
from crosscheck.checking.plans import Plan
from crosscheck.checking.relations import PARTS, WITHIN_RUN
from crosscheck.checking.selecting import selects
from crosscheck.checking.stated import Stated, base_of, identity, is_symmetric, mirrored, unit_kind
from crosscheck.claims.model import PERIOD, SOURCE, UNSTATED, Claim
from crosscheck.rules.model import CLOSED_FUNCTIONS, Computed, OneOf, Rule, Selector, Test

__all__ = ["Binding", "Missing", "Role", "begun", "bind", "can_bind", "one_voice", "settle_sources"]

# The values that a dimension may take: None among them is "absent"; no entry at all is "whatever".
Wanted = dict[str, tuple[str | None, ...]]


def bind(rule: Rule, subject: Stated, index: Index) -> Iterator[Binding]:
    """The checks of a rule about one subject: complete ones, and those with one operand missing for an equality."""
    selector = rule.variables[rule.subject]
    if not selects(selector, subject, index):
        return
    if subject.any_reading is None:
        for part in index.voices_of(subject).values():
            yield from bind(rule, part, index)
        return
    plan = index.plan(rule)
    if plan.has_another_indicator and is_symmetric(subject.dimensions, index.codelists):
        found = _either_way(rule, subject, index, plan.order)
    else:
        found = _extend(begun(rule, subject, index), plan.order)
    if index.has_homes:
        found = (within for binding in found if (within := within_home(binding)) is not None)
    yield from found


def can_bind(rule: Rule, index: Index, assumed: Sequence[Stated] = ()) -> bool:
    """False when so many variables select nothing that the rule binds nothing, whatever its subject.

    Or when no two values of the run are as a variable wants them: no period lies in another, no area is part of another.
    """
    lacking = sum(
        not any(selects(selector, operand, index) for operand in index.may_select(selector))
        for name, selector in rule.variables.items()
        if name != rule.subject and not (selector.is_collection or selector.unstated)
    )
    if lacking > (1 if rule.tells_missing else 0):
        return False
    periods = {operand.assumed for operand in assumed if operand.assumed is not None}
    for name, dimension, test in index.plan(rule).computed:
        selector = rule.variables[name]
        is_needed = test.function in WITHIN_RUN and not (
            selector.is_closed if selector.is_collection else rule.tells_missing
        )
        if selector.is_collection and test.function in PARTS:
            is_needed = rule.needs_all
        if is_needed and not index.domain.occurs(test.function, dimension, periods if dimension == PERIOD else ()):
            return False
    return True


def _either_way(rule: Rule, subject: Stated, index: Index, order: Sequence[str]) -> Iterator[Binding]:
    """Bindings of a subject whose areas may be exchanged, where the other operands' may not: turnover of CN with TM is
    the exports and imports of CN or those of TM. An operand is only missing when neither way has them all.
    """
    turned = replace(subject, dimensions=mirrored(subject.dimensions))
    ways = [list(_extend(begun(rule, own, index), order)) for own in (subject, turned)]
    complete = [binding for way in ways for binding in way if binding.missing is None]
    seen = set()
    for binding in complete or ways[0] or ways[1]:
        roles = {**binding.roles, rule.subject: subject}
        bound = tuple(id(operand) for _, operand in Binding(rule, roles).operands())
        if bound not in seen:
            yield replace(binding, roles=roles)
        seen.add(bound)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """A binding under way: roles bound so far, and the dimensions of those missing."""

    plan: Plan
    index: Index
    roles: Mapping[str, Role]
    missing: Mapping[str, Mapping[str, str]]
    agreeing: tuple[tuple[str, Stated], ...]  # of each role an operand, but of items of lists, which need not agree

    @property
    def rule(self) -> Rule:
        """The rule that is bound."""
        return self.plan.rule

    def bound(self, role: str) -> Stated | None:
        """One operand of a bound role; None for a missing one and for an empty collection."""
        found = self.roles.get(role)
        return found if isinstance(found, Stated) else (found[0] if found else None)

    def with_role(self, name: str, role: Role, missing: Mapping[str, Mapping[str, str]]) -> State:
        """The same with one role more."""
        first = role if isinstance(role, Stated) else (role[0] if role else None)
        agreeing = self.agreeing
        if first is not None and self.plan.rule.variables[name].items_of is None:
            agreeing = (*agreeing, (name, first))
        return State(self.plan, self.index, {**self.roles, name: role}, missing, agreeing)


def begun(rule: Rule, subject: Stated, index: Index) -> State:
    """A binding with nothing but its subject."""
    agreeing = () if rule.variables[rule.subject].items_of is not None else ((rule.subject, subject),)
    return State(index.plan(rule), index, {rule.subject: subject}, {}, agreeing)


def _extend(state: State, order: Sequence[str]) -> Iterator[Binding]:
    if not order:
        yield from _finished(state)
        return
    name, rest = order[0], order[1:]
    selector = state.rule.variables[name]
    if selector.is_collection:
        for members, absent in _collect(state, name, selector):
            missing = {**state.missing, **{f"{name}#{i}": d for i, d in enumerate(absent)}}
            if len(missing) <= (0 if state.rule.needs_all else 1):
                yield from _extend(state.with_role(name, members, missing), rest)
        return
    wanted = _wanted(state, name, selector)
    found = [] if wanted is None else _candidates(state, name, selector, wanted)
    if found and selector.unstated:
        return
    for operand in found:
        yield from _extend(state.with_role(name, operand, state.missing), rest)
    if not found and not state.missing and wanted is not None and not state.rule.needs_all:
        dimensions = {d: values[0] for d, values in wanted.items() if len(values) == 1 and values[0] is not None}
        yield from _extend(State(state.plan, state.index, state.roles, {name: dimensions}, state.agreeing), rest)


def _finished(state: State) -> Iterator[Binding]:
    """The binding, with the facts of its claims put into its rule; none for units that a pattern let in and do not fit."""
    by_pattern = state.plan.has_pattern
    for binding in _bound(state):
        found = particular(binding, state.index.particulars)
        if found is not None and not (by_pattern and unit_trouble(found) is not None):
            yield found


def _bound(state: State) -> Iterator[Binding]:
    rule = state.rule
    if not _sums_are_whole(state) or not _in_step(state):
        return
    if not state.missing:
        if _all_computed_hold(state):
            yield Binding(rule, state.roles)
    elif rule.is_equality and not rule.duplicates:
        ((name, dimensions),) = state.missing.items()
        role = name.partition("#")[0]
        members = state.roles.get(role)
        place = None
        if isinstance(members, tuple):
            own = _collected(rule, role, dimensions)
            place = sum(_collected(rule, role, member.dimensions) < own for member in members)
        yield Binding(rule, state.roles, Missing(role, dimensions, place))


def _sums_are_whole(state: State) -> bool:
    """False where a rule takes the terms of a total, and the code list takes others away of which the rule says nothing."""
    for variable, dimension in state.plan.terms:
        total = state.bound(variable)
        if total is not None and state.index.domain.forward("minus_terms", total, dimension):
            return False
    return True


def _in_step(state: State) -> bool:
    """True when collections that one sum takes member by member (price times quantity) hold the same members."""
    rule = state.rule
    for together in state.plan.together:
        members = {tuple(sorted(_collected(rule, name, d) for d in _member_dimensions(state, name))) for name in together}
        if len(members) > 1 or any(rule.variables[name].items_of is not None for name in together):
            return False
    return True


def _member_dimensions(state: State, name: str) -> Iterator[Mapping[str, str]]:
    members = state.roles[name]
    assert isinstance(members, tuple)
    yield from (member.dimensions for member in members)
    yield from (d for role, d in state.missing.items() if role.partition("#")[0] == name)


def _collected(rule: Rule, name: str, dimensions: Mapping[str, str]) -> tuple[str, ...]:
    """Where a member stands in its collection: by the values of the dimensions in which members differ."""
    return tuple(dimensions.get(dimension, "") for dimension in rule.variables[name].collect)


def _wanted(state: State, name: str, selector: Selector) -> Wanted | None:
    """The values that each dimension of a variable may take; None when that cannot be told (its reference is missing)."""
    wanted: Wanted = {}
    named, tests, agreeing = _named_dimensions(state), selector.dimensions, state.agreeing
    for dimension in state.plan.every.union(
        *(named.values() if state.plan.wholes else ()), *(o.dimensions for _, o in agreeing)
    ):
        if dimension == SOURCE:
            continue
        if dimension in tests:
            values = _tested(state, name, tests[dimension], dimension)
            if values is None:
                return None
            if values is not FREE:
                wanted[dimension] = values
            continue
        for role, operand in agreeing:
            if dimension not in named[role]:
                wanted[dimension] = (operand.dimensions.get(dimension),)
                break
    if selector.whole_of is not None:
        share = state.bound(selector.whole_of)
        if share is None or share.first.whole is None:
            return None
        base = {d: (v,) for d, v in share.dimensions.items()}
        return {**wanted, **base, **{d: (v,) for d, v in share.first.whole.items()}}
    return wanted


FREE: tuple[str | None, ...] = ("\0free",)


def _named_dimensions(state: State) -> Mapping[str, frozenset[str]]:
    if not state.plan.wholes:
        return state.plan.named
    named = dict(state.plan.named)
    for name, selector in state.rule.variables.items():
        share = state.bound(selector.whole_of) if selector.whole_of else None
        if share is not None and share.first.whole is not None:
            named[name] |= set(share.first.whole)
    return named


def _tested(state: State, name: str, test: Test, dimension: str) -> tuple[str | None, ...] | None:
    """The values that a selector's test leaves, narrowed by what bound variables say of this one; FREE for whatever."""
    if isinstance(test, OneOf):
        return test.values
    if isinstance(test, Computed):
        reference = state.bound(test.variable)
        if reference is not None:
            return state.index.domain.forward(test.function, reference, dimension)
        unbound = test.variable not in state.roles and test.variable not in state.missing
        return FREE if unbound else None
    return FREE


def _narrowed(state: State, name: str, wanted: Wanted) -> Wanted:
    """What variables bound before say of the values of this one: those that refer to it by `=…`."""
    referring = state.plan.referring[name]
    if not referring:
        return wanted
    for role, operand in state.agreeing:
        for dimension, function in referring.get(role, ()):
            if dimension not in wanted:
                values = state.index.domain.inverse(function, operand.dimensions.get(dimension), dimension)
                if values is not None:
                    wanted = {**wanted, dimension: values}
    return wanted


def _candidates(state: State, name: str, selector: Selector, wanted: Wanted) -> list[Stated]:
    """Operands that a variable may take, one for each combination of its free dimensions, sources settled."""
    found = _look_up(state, name, selector, wanted)
    if SOURCE not in selector.dimensions:
        found = settle_sources(state, found)
    return [part for operand in found if (part := one_voice(state, operand)) is not None]


def _look_up(state: State, name: str, selector: Selector, wanted: Wanted) -> list[Stated]:
    wanted = _narrowed(state, name, wanted)
    if not all(wanted.values()):
        return []  # nothing has a value that is none
    plan = state.plan
    named = plan.every if not plan.wholes else frozenset().union(*_named_dimensions(state).values())
    table = state.index.table(named.difference(wanted))
    dimensions = sorted(wanted)
    kind = _kind(state, selector)
    found: dict[int, Stated] = {}
    for measure in selector.measures or ("level", "growth", "change", "share", "multiple", "rate"):
        for values in product(*(wanted[d] for d in dimensions)):
            key = measure, tuple((d, v) for d, v in zip(dimensions, values, strict=True) if v is not None)
            operands = table.get(key, ())
            state.index.look(state.rule, 1 + len(operands))
            for operand in operands:
                if _fits(state, selector, operand, kind):
                    found[id(operand)] = operand
    return list(found.values())


def _fits(state: State, selector: Selector, operand: Stated, kind: str | None) -> bool:
    for _, other in state.agreeing:
        if operand.claims is other.claims:
            return False
        if state.index.has_homes and not can_meet(operand, other):
            return False
    if kind is not None and unit_kind(operand.first) not in ("", kind):
        return False
    if not _properties_agree(state, selector, operand):
        return False
    return selects(selector, operand, state.index)


def _properties_agree(state: State, selector: Selector, operand: Stated) -> bool:
    """Whether wholes and base periods are those of the variables that the selector names for them."""
    share = state.bound(selector.same_whole) if selector.same_whole else None
    if selector.same_whole and (share is None or not _is_same_whole(share.first, operand.first)):
        return False
    if selector.other_whole and not _is_of_other_whole(state, selector.other_whole, operand):
        return False
    other = state.bound(selector.same_base) if selector.same_base else None
    return selector.same_base is None or (other is not None and base_of(other) == base_of(operand) is not None)


def _is_of_other_whole(state: State, share: str, item: Stated) -> bool:
    """Whether a share, such as an item of a list, is known to be of another whole than that one: such shares do not add."""
    total = state.bound(share)
    if total is None or _whole_of(total.first) is None or _whole_of(item.first) is None:
        return False
    return not _is_same_whole(total.first, item.first)


def _is_same_whole(a: Claim, b: Claim) -> bool:
    """Whether two shares are of one whole, by its own dimensions or by what they say of it; not where either is unknown."""
    one, other = _whole_of(a), _whole_of(b)
    return one is not None and other is not None and (one == other or a.whole == b.whole)


def _whole_of(share: Claim) -> Mapping[str, str] | None:
    """The dimensions of the whole; None where it is not known."""
    if share.whole is None or UNSTATED in share.whole.values():
        return None
    return {d: value for d, value in {**share.dimensions, **share.whole}.items() if value is not None and d != SOURCE}


def _kind(state: State, selector: Selector) -> str | None:
    """The kind of unit that levels and changes bound so far share, unless a variable names `unit`."""
    if selector.any_unit:
        return None
    for role, operand in state.agreeing:
        kind = unit_kind(operand.first)
        if kind and not state.rule.variables[role].any_unit:
            return kind
    return None


def settle_sources(state: State, found: list[Stated]) -> list[Stated]:
    """Of operands that differ in their source alone, the one that fits the sources bound so far best; or none.

    Different known sources are never each other's operands.
    """
    bound = [o for role, o in state.agreeing if SOURCE not in state.rule.variables[role].dimensions]
    known = next((o.source for o in bound if o.source is not None), None)
    if len(found) < 2:
        return found if known is None else [operand for operand in found if operand.source in (None, known)]
    documents = {claim.document.id for o in bound for claim in o.claims}
    ranked: dict[tuple[object, ...], list[tuple[int, str, Stated]]] = defaultdict(list)
    for operand in found:
        if known is not None and operand.source not in (None, known):
            continue
        near = any(claim.document.id in documents for claim in operand.claims)
        rank = 0 if operand.source == known else (1 if near else 2)
        ranked[identity(operand.first, state.index.codelists)].append((rank, operand.source or "", operand))
    return [min(options, key=lambda option: option[:2])[2] for options in ranked.values()]


def one_voice(state: State, operand: Stated) -> Stated | None:
    """The operand, or where its claims contradict one another those of one document, the subject's first."""
    if id(operand) not in state.index.voices and operand.any_reading is not None:
        return operand
    subject = state.bound(state.rule.subject)
    documents = sorted({claim.document.id for claim in subject.claims}) if subject else []
    voices = state.index.voices_of(operand)
    return next((voices[document] for document in documents if document in voices), next(iter(voices.values()), None))


# The members of a collection, and the dimensions of those that a closed list lacks.
_Collected = tuple[tuple[Stated, ...], list[Mapping[str, str]]]


def _collect(state: State, name: str, selector: Selector) -> list[_Collected]:
    """What a collection may consist of: nothing when there is no list, one for each list of a total."""
    if selector.items_of is not None:
        return [(members, []) for members in _lists(state, selector, selector.items_of)]
    wanted = _wanted(state, name, selector)
    if wanted is None:
        return []
    kept = _without_overlaps(_candidates(state, name, selector, wanted), selector, state.index)
    members = tuple(sorted(kept, key=lambda m: (_collected(state.rule, name, m.dimensions), m.first.id)))
    closed = [d for d in selector.collect if d in wanted and _is_listed(selector.dimensions[d])]
    if not closed:
        return [(members, [])] if len(members) > 1 else []
    (dimension,) = closed[:1]
    present = {member.dimensions.get(dimension) for member in members}
    fixed = {d: v[0] for d, v in wanted.items() if len(v) == 1 and v[0] is not None}
    absent: list[Mapping[str, str]] = [
        {**fixed, dimension: code} for code in wanted[dimension] if code not in present and code is not None
    ]
    if not members and not absent:
        return [((), [])] if _function(selector, dimension) == "minus_terms" else []
    return [(members, absent)]


def _is_listed(test: Test) -> bool:
    """True when a test says which values there are: the terms of a total, or values by name."""
    if isinstance(test, Computed):
        return test.function in CLOSED_FUNCTIONS
    return isinstance(test, OneOf) and None not in test.values


def _function(selector: Selector, dimension: str) -> str:
    test = selector.dimensions[dimension]
    return test.function if isinstance(test, Computed) else ""


def _lists(state: State, selector: Selector, of: str) -> list[tuple[Stated, ...]]:
    """The items of each list that a claim of a bound total counts; they may differ in any dimension.

    A complete list needs all of its items. With one that cannot be added (undated, a plan, of another kind of unit, at
    odds with itself) it is no longer closed, and no equality may be made of it.
    """
    total = state.bound(of)
    found: dict[tuple[int, ...], tuple[Stated, ...]] = {}
    for claim in total.claims if total is not None else ():
        items = state.index.items.get(claim.id, [])
        voices = [
            one_voice(state, item)
            for item in items
            if selects(selector, item, state.index)
            and not (selector.same_whole and _is_of_other_whole(state, selector.same_whole, item))
            and (not selector.other_whole or _is_of_other_whole(state, selector.other_whole, item))
            and unit_kind(item.first) in ("", unit_kind(claim))
        ]
        members = tuple(voice for voice in voices if voice is not None)
        is_short = len(members) < len(items) or claim.id in state.index.short_lists
        if members and not (selector.complete and is_short):
            found.setdefault(tuple(map(id, items)), members)
    return list(found.values())


def _without_overlaps(members: list[Stated], selector: Selector, index: Index) -> list[Stated]:
    """Members of which none is part of another (a region beside its country, a month beside its quarter)."""
    apart = [d for d in selector.collect if index.domain.are_apart(d, {m.dimensions.get(d) for m in members})]
    kept: dict[tuple[str | None, ...], list[Stated]] = defaultdict(list)
    for member in sorted(members, key=lambda m: (index.domain.breadth(m.dimensions, selector.collect), m.first.id)):
        others = kept[tuple(member.dimensions.get(d) for d in apart)]
        if not any(index.domain.overlap(member.dimensions, other.dimensions, selector.collect) for other in others):
            others.append(member)
    return [member for group in kept.values() for member in group]


def _all_computed_hold(state: State) -> bool:
    """A last look: every `=…` of every variable holds between the bound operands."""
    for name, dimension, test in state.plan.computed:
        role = state.roles[name]
        for operand in (role,) if isinstance(role, Stated) else role:
            if not _holds(state, operand, dimension, test):
                return False
    return True


def _holds(state: State, operand: Stated, dimension: str, test: Computed) -> bool:
    reference = state.bound(test.variable)
    if reference is None:
        return True
    for dimensions in state.index.orientations(reference):
        turned = reference if dimensions is reference.dimensions else replace(reference, dimensions=dimensions)
        values = state.index.domain.forward(test.function, turned, dimension)
        if values is not None and any(own.get(dimension) in values for own in state.index.orientations(operand)):
            return True
    return False
