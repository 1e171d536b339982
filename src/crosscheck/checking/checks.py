"""Checks: every binding decided, with its level, grouped by the figure in doubt; and what was done with each figure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crosscheck.checking.assessment import (
    CONSISTENT,
    CONTRADICTION,
    RECONCILABLE,
    UNVERIFIABLE,
    Assessment,
    Boxes,
    assess,
    boxes_of,
)
from crosscheck.checking.assumptions import Assumption, candidate_periods, series_periods
from crosscheck.checking.beside import bind_beside, set_beside
from crosscheck.checking.binding import Binding, bind, can_bind
from crosscheck.checking.bound import Role
from crosscheck.checking.conditions import applies
from crosscheck.checking.diagnosis import Diagnosis, addressed, diagnose_all
from crosscheck.checking.duplicates import bind_assumed_duplicate, bind_duplicates
from crosscheck.checking.homes import at_home
from crosscheck.checking.index import Index, TooManyBindings, make_index
from crosscheck.checking.levels import NONE, ORDER, is_given, level_of
from crosscheck.checking.power import STRONG, power
from crosscheck.checking.solving import Operand
from crosscheck.checking.stated import Stated, assume_period, group, is_operand
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import PERIOD, UNSTATED, Claim
from crosscheck.figures.exact import Fraction
from crosscheck.rules.model import Rule

CHECKED, SIZE_ONLY, NOTHING_TO_COMPARE, ALONE, PLANS = (
    "checked",
    "size_only",
    "nothing_to_compare",
    "alone",
    "plans",
)
# By identity of an operand, which is kept with it: what it adds to the fingerprints of its checks.
Parts = dict[int, tuple[Stated, str]]
VERDICT_ORDER = (CONSISTENT, RECONCILABLE, CONTRADICTION, UNVERIFIABLE)


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """One rule applied to one binding, and what came of it."""

    id: str
    rule: Rule
    binding: Binding
    assessment: Assessment
    level: str
    fingerprint: str
    assumptions: tuple[Assumption, ...] = ()
    suppressed: str | None = None
    related: tuple[str, ...] = ()
    diagnosis: tuple[Diagnosis, ...] = ()
    power: Fraction | None = None  # how likely a wrong figure would have been caught; None where that cannot be told

    @property
    def verdict(self) -> str:
        """consistent, reconcilable, contradiction or unverifiable."""
        return self.assessment.verdict

    @property
    def is_within_bounds(self) -> bool:
        """True when the rule looked at this figure alone and found nothing."""
        return self.verdict == CONSISTENT and len(self.rule.variables) == 1

    @property
    def subject(self) -> Stated:
        """The operand that the rule computes."""
        return self.binding.subject

    @property
    def in_doubt(self) -> Stated:
        """The operand that the finding is about: one that a slip was made on, else the subject, unless that is given."""
        blamed = (diagnosis.blamed for diagnosis in self.diagnosis if diagnosis.blamed is not None)
        others = (operand for _, operand in self.binding.operands())
        return next((operand for operand in (*blamed, self.subject, *others) if not is_given(operand)), self.subject)


@dataclass(frozen=True, slots=True)
class Run:
    """All checks of a run, in a stable order, and the tallies."""

    checks: tuple[Check, ...]
    figures: Mapping[str, int]
    unbound_rules: tuple[Rule, ...]
    stopped_rules: tuple[Rule, ...]  # bound too often, so that none of their checks were made
    bindings: tuple[Binding, ...] = ()  # all that apply, also those wholly among what is given
    index: Index | None = None  # over the operands that were bound
    uses: Mapping[str, str] = field(default_factory=dict)  # by claim id: what was done with the figure

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many checks got each verdict; a figure that merely lies within its bounds was compared with nothing."""
        counts = Counter(check.verdict for check in self.checks if not check.is_within_bounds)
        return {verdict: counts[verdict] for verdict in VERDICT_ORDER}

    @property
    def strong(self) -> int:
        """How many consistent checks would have caught most wrong figures, and so are evidence."""
        return sum(
            check.verdict == CONSISTENT and not check.is_within_bounds and check.power is not None and check.power >= STRONG
            for check in self.checks
        )

    @property
    def within_bounds(self) -> int:
        """How many figures were found within the bounds of a rule that looks at one figure alone."""
        return sum(check.is_within_bounds for check in self.checks)


def check_claims(claims: Sequence[Claim], rules: Sequence[Rule], codelists: CodeLists, verdicts_alone: bool = False) -> Run:
    """Every check of `rules` over `claims`. The order of claims and rules makes no difference to the result.

    With `verdicts_alone` nothing is told beyond verdicts and levels, for figures of tables: slips are not looked for, which
    only bear on the level where a loose reading helps, nor how likely a wrong figure would have been caught.
    """
    claims = at_home(claims, codelists)
    operands = group(claims, codelists)
    index = make_index(operands, codelists, claims)
    together = set_beside(claims)
    assumed = list(_assumed(claims))
    checks: list[Check] = []
    bindings: list[Binding] = []
    unbound, stopped = [], []
    parts: Parts = {}
    for rule in sorted(rules, key=lambda rule: rule.id):
        try:
            found = _with_those_beside(rule, together, list(_bindings(rule, operands, assumed, index)), index)
        except TooManyBindings:
            stopped.append(rule)  # a part of its checks would be an arbitrary one
            continue
        applying = [b for b in found if b.rule.when is None or applies(b.rule.when, b)]
        made = [c for binding in applying if (c := _check(rule, binding, parts, not verdicts_alone)) is not None]
        checks += _best_assumptions(made)
        bindings += applying
        if not found:
            unbound.append(rule)
    if verdicts_alone:
        return Run(tuple(checks), {}, tuple(unbound), tuple(stopped), tuple(bindings), index)
    ordered = _related(_numbered(_diagnosed(checks, index)))
    uses = _best_uses(claims, ordered)
    return Run(tuple(ordered), _tally(uses), tuple(unbound), tuple(stopped), tuple(bindings), index, uses)


def _assumed(claims: Iterable[Claim]) -> Iterator[Stated]:
    """Undated claims with each period that they may be about."""
    listed = sorted(claims, key=lambda claim: claim.id)
    series = series_periods(listed)
    for claim in listed:
        if claim.dimensions.get(PERIOD) == UNSTATED and is_operand(claim):
            for period in candidate_periods(claim, series):
                yield assume_period(claim, period)


def _bindings(rule: Rule, operands: Sequence[Stated], assumed: Sequence[Stated], index: Index) -> Iterator[Binding]:
    if rule.duplicates:
        yield from bind_duplicates(rule, operands, index)
        for subject in assumed:
            yield from bind_assumed_duplicate(rule, subject, index)
        return
    if not can_bind(rule, index, assumed):
        return
    for subject in (*index.may_select(rule.variables[rule.subject]), *assumed):
        yield from bind(rule, subject, index)


def _with_those_beside(
    rule: Rule, together: Sequence[Mapping[str, Role]], bound: list[Binding], index: Index
) -> list[Binding]:
    """The bindings of a rule with those that a text makes itself, which stand for what was only tried of their subject."""
    own = list(bind_beside(rule, together, index)) if together else []
    if not own:
        return bound
    complete = {
        frozenset(claim.id for _, operand in binding.operands() for claim in operand.claims)
        for binding in bound
        if binding.missing is None and binding.subject.assumed is None
    }
    own = [one for one in own if not any({o.first.id for _, o in one.operands()} <= ids for ids in complete)]
    settled = {one.subject.first.id for one in own}
    return [*(one for one in bound if not (settled & {c.id for c in one.subject.claims} and _is_tried(one))), *own]


def _is_tried(binding: Binding) -> bool:
    """Whether a binding is one of what might belong together: with a period assumed, a figure missing, or of one text.

    What a text sets beside one another is not held against its other figures as well: they are of something else.
    """
    documents = {claim.document.id for _, operand in binding.operands() for claim in operand.claims}
    return binding.missing is not None or binding.subject.assumed is not None or len(documents) == 1


def _check(rule: Rule, binding: Binding, parts: Parts, with_power: bool) -> Check | None:
    if binding.roles and all(is_given(operand) for _, operand in binding.operands()):
        return None  # it stands among what is given, whatever else repeats it
    boxes = None if binding.missing is not None else boxes_of(binding)
    assessment = assess(binding, boxes)
    subject = binding.subject
    assumptions: tuple[Assumption, ...] = ()
    if subject.assumed is not None:
        assumptions = (Assumption(subject.first.id, PERIOD, subject.assumed),)
    mark = fingerprint(binding, parts)
    suppressed = next(
        (claim.id for _, operand in binding.operands() for claim in operand.claims if rule.names & set(claim.suppress)),
        None,
    )
    return Check(
        id=f"{rule.id}:{mark[:12]}",
        rule=rule,
        binding=binding,
        assessment=assessment,
        level=level_of(binding, assessment),
        fingerprint=mark,
        assumptions=assumptions,
        suppressed=suppressed,
        power=power(binding, assessment, boxes=boxes) if with_power else None,
    )


def _diagnosed(checks: Sequence[Check], index: Index) -> Iterator[Check]:
    """The checks with the slips that explain them."""
    borne_out = {
        claim.id
        for check in checks
        if check.verdict == CONSISTENT and check.rule.is_equality and not check.rule.duplicates
        if check.power is not None and check.power >= STRONG
        for _, operand in check.binding.operands()
        for claim in operand.claims
    }
    diagnoses = diagnose_all([(check.binding, check.assessment) for check in checks], index, borne_out)
    for check, found in zip(checks, diagnoses, strict=True):
        if found:
            level = level_of(check.binding, check.assessment, any(diagnosis.exact for diagnosis in found))
            check = replace(check, diagnosis=found, level=level)
        yield check


def fingerprint(binding: Binding, known: Parts) -> str:
    """A hash of the rule and, by role, documents, dimensions and properties: never a value, a position or a claim id.

    What operands add to it is kept in `known`, as most are in several checks.
    """
    roles: dict[str, list[str]] = {}
    for role, operand in binding.operands():
        found = known.get(id(operand))
        if found is None:
            found = known[id(operand)] = operand, _part(operand)
        roles.setdefault(role, []).append(found[1])
    text = json.dumps([binding.rule.id, {role: sorted(parts) for role, parts in sorted(roles.items())}])
    return hashlib.sha256(text.encode()).hexdigest()


def _part(operand: Stated) -> str:
    claim = operand.first
    return json.dumps(
        {
            "documents": sorted({c.document.id for c in operand.claims}),
            "dimensions": sorted(operand.dimensions.items()),
            "properties": [
                claim.measure,
                claim.base_period,
                sorted((k, v or "") for k, v in (claim.whole or {}).items()),
                claim.modality,
            ],
        }
    )


def _best_assumptions(checks: Sequence[Check]) -> Iterator[Check]:
    """Of the periods tried for one undated claim the best verdict counts; those that cannot be checked come last."""
    by_claim: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        if check.assumptions:
            by_claim[check.assumptions[0].claim].append(check)
        else:
            yield check
    for options in by_claim.values():
        yield min(options, key=lambda check: VERDICT_ORDER.index(check.verdict))


def _numbered(checks: Iterable[Check]) -> list[Check]:
    """In a stable order, with an ordinal where several checks share an id."""
    ordered = sorted(checks, key=lambda check: (-ORDER.index(check.level), check.rule.id, _place(check), check.id))
    seen: Counter[str] = Counter()
    numbered = []
    for check in ordered:
        seen[check.id] += 1
        count = seen[check.id]
        if count > 1:
            mark = hashlib.sha256(f"{check.fingerprint}#{count}".encode()).hexdigest()
            check = replace(check, id=f"{check.id}-{count}", fingerprint=mark)
        numbered.append(check)
    return numbered


def _place(check: Check) -> tuple[str, int, str]:
    claim = check.in_doubt.first
    return claim.document.path or claim.document.id, claim.place.start or 0, claim.id


def _related(checks: Sequence[Check]) -> list[Check]:
    """Each check that speaks with the ids of the others about the same figure in doubt."""
    about: dict[str, list[str]] = defaultdict(list)
    for check in checks:
        if check.level != NONE:
            for claim in check.in_doubt.claims:
                about[claim.id].append(check.id)
    found = []
    for check in checks:
        ids = {i for claim in check.in_doubt.claims for i in about[claim.id]} if check.level != NONE else set()
        found.append(replace(check, related=tuple(sorted(ids - {check.id}))))
    return found


def faults(checks: Sequence[Check]) -> list[list[Check]]:
    """Checks that speak, grouped by the figure in doubt; the gravest of each group first, suppressed ones left out."""
    groups: dict[str, list[Check]] = {}
    for check in checks:
        if check.level == NONE or check.suppressed is not None:
            continue
        key = next((c.id for c in check.in_doubt.claims if c.id in groups), check.in_doubt.first.id)
        groups.setdefault(key, []).append(check)
    return [sorted(group, key=_gravity) for group in groups.values()]


def _gravity(check: Check) -> tuple[int, int, bool]:
    """What a fault is told by first: of equal level and verdict, the check that computes a figure rather than bounds it."""
    return -ORDER.index(check.level), -VERDICT_ORDER.index(check.verdict) % 4, not check.rule.is_equality


def _rank(check: Check, address: Operand, boxes: Boxes) -> int:
    """3 for a figure that a check compares with others, 2 for size only, 1 where it cannot.

    A part so small that twice as much would not have shown in the total was compared for its size only.
    """
    if check.verdict == UNVERIFIABLE:
        return 1
    if not check.rule.is_equality:
        return 2
    relation = check.assessment.relation
    if relation is not None and relation.gathered is not None:
        return 3  # a search for each figure would take longer than all checks
    if check.verdict != CONSISTENT:
        return 3
    is_subject = address == Operand(check.rule.subject)
    own = check.power if is_subject else power(check.binding, check.assessment, address, boxes)
    return 2 if own == 0 else 3


def _best_uses(claims: Iterable[Claim], checks: Iterable[Check]) -> dict[str, str]:
    """What was done with each figure, by claim id: compared, for size only, nothing to compare with, alone, a plan.

    The best use counts. What stands in given documents is left out.
    """
    best: dict[str, int] = {}
    for check in checks:
        if len(check.rule.variables) == 1:
            continue
        boxes: Boxes | None = None
        for address, operand in addressed(check.binding):
            if all(best.get(claim.id, 0) == 3 for claim in operand.claims):
                continue
            boxes = boxes or boxes_of(check.binding)
            rank = _rank(check, address, boxes)
            for claim in operand.claims:
                best[claim.id] = max(best.get(claim.id, 0), rank)
    found: dict[str, str] = {}
    for claim in claims:
        if claim.document.given:
            continue
        if claim.modality in ("plan", "offer"):
            found[claim.id] = PLANS
        elif claim.direction_unstated:
            found[claim.id] = NOTHING_TO_COMPARE
        else:
            found[claim.id] = (ALONE, NOTHING_TO_COMPARE, SIZE_ONLY, CHECKED)[best.get(claim.id, 0)]
    return found


def _tally(uses: Mapping[str, str]) -> dict[str, int]:
    """How many figures came to each use."""
    counts = Counter(uses.values())
    kinds = (CHECKED, SIZE_ONLY, NOTHING_TO_COMPARE, ALONE, PLANS)
    return {
        "found": len(uses),
        **{kind: counts[kind] for kind in kinds},
        "no_statistic": 0,
        "unresolved": 0,
    }
