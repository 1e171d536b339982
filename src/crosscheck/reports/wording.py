"""Sentences for people: what is wrong first, then the arithmetic, then what would reconcile it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.binding import Binding
from crosscheck.checking.checks import Check
from crosscheck.checking.levels import WEAK
from crosscheck.checking.noticed import Noticed
from crosscheck.checking.room import Room, rooms
from crosscheck.checking.slips import CUT
from crosscheck.checking.stated import Stated
from crosscheck.checking.stated import printed as printed
from crosscheck.checking.stated import shown_figure as shown_figure
from crosscheck.claims.model import AREA, COUNTERPART, INDICATOR, PERIOD
from crosscheck.claims.printed import printed_claim as printed_claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import STRICT, Figure
from crosscheck.figures.interval import point
from crosscheck.figures.showing import fixed
from crosscheck.figures.units import parse_unit
from crosscheck.reports.numbers import gap_like, interval_like
from crosscheck.rules.expression import Comparison, show
from crosscheck.rules.model import NEXT_DIGIT

READING_WORDS = {
    "zeros": "if the zeros are no digits in",
    "cut": "if digits were cut instead of rounded in",
}


def message(check: Check) -> str:
    """The one sentence that says what a check found."""
    rule, found = check.rule, check.assessment
    subject = printed(check.subject)
    if rule.message is not None and check.level != "none":
        return _filled(rule.message, check)
    if found.verdict == UNVERIFIABLE:
        return _unverifiable(check, subject)
    others = _others(check.binding)
    if found.verdict == CONSISTENT:
        return _consistent(check, subject, others)
    if rule.duplicates:
        return _same(check, subject, others)
    gives = _computed(check)
    if not others:
        return f"{subject} cannot be: {rule.title[0].lower()}{rule.title[1:]}"
    if found.relation is not None and found.relation.operator != "==":
        return f"{subject} does not fit with {others}: it would have to be {_limit(check, gives)}"
    they = "they give" if _count(check.binding) > 1 else "it gives"
    if found.verdict == RECONCILABLE and check.level not in ("error", "warning"):
        return f"{subject} fits {others} by rounding; as printed {they} {gives}"
    return f"{subject} does not follow from {others}: {they} {gives}"


def _limit(check: Check, value: str) -> str:
    """The value as the limit that a comparison makes of it for the subject."""
    relation = check.assessment.relation
    assert relation is not None
    on_left = show(relation.left) == check.rule.subject
    if not on_left and show(relation.right) != check.rule.subject:
        return value
    operator = relation.operator if on_left else {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}[relation.operator]
    if (check.assessment.computed_face or check.assessment.computed) == point(0):
        return {"<=": "zero or less", ">=": "zero or more", "<": "below zero", ">": "above zero"}[operator]
    return f"{ {'<=': 'at most', '>=': 'at least', '<': 'less than', '>': 'more than'}[operator] } {value}"


def _filled(template: str, check: Check) -> str:
    by_role: dict[str, list[Stated]] = {}
    for role, operand in check.binding.operands():
        by_role.setdefault(role, []).append(operand)
    values = {role: _listed([printed(operand) for operand in in_text_order(found)]) for role, found in by_role.items()}
    values["computed"] = _computed(check)
    gap = check.assessment.gap
    values["gap"] = gap_like(gap, shown_figure(check.subject)) if gap is not None else ""
    text = template
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _count(binding: Binding) -> int:
    return sum(1 for _, operand in binding.operands() if operand is not binding.subject)


def _others(binding: Binding) -> str:
    found = [(role, operand) for role, operand in binding.operands() if operand is not binding.subject]
    roles = list(dict.fromkeys(role for role, _ in found))
    return _listed([printed(operand) for role in roles for operand in in_text_order([o for r, o in found if r == role])])


def _listed(names: Sequence[str]) -> str:
    """Figures one after another, no more than six of them: "$23 billion, $9 billion and $5 billion"."""
    if len(names) > 6:
        names = [*names[:5], f"{len(names) - 5} more"]
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def in_text_order(members: Sequence[Stated]) -> Sequence[Stated]:
    """The members of a collection as one document gives them; as they are where several do."""
    places = [(operand.first.document.id, operand.first.place.start) for operand in members]
    if len({document for document, _ in places}) != 1 or any(start is None for _, start in places):
        return members
    return sorted(members, key=lambda operand: operand.first.place.start or 0)


def told_as_well(check: Check, further: Sequence[Check]) -> Iterator[str]:
    """What more rules say of the figure in doubt: a sentence each, but for those that say what was said already."""
    said = message(check)
    for other in further:
        if message(other) != said:
            yield f"{message(other)} [{other.rule.id}]"
    same = [other.rule.id for other in further if message(other) == said]
    if same:
        yield f"the same by {' and '.join(same)}"


def _computed(check: Check) -> str:
    found = check.assessment
    figure = shown_figure(check.subject)
    interval = found.computed_face or found.computed
    return interval_like(interval, figure) if interval is not None else "nothing that can be told"


def _unverifiable(check: Check, subject: str) -> str:
    missing, found = check.binding.missing, check.assessment
    if missing is None:
        return f"{subject} cannot be checked: {found.reason}"
    what = describe(missing.dimensions)
    needed = ""
    if found.missing is not None:
        needed = f"; it would have to be {interval_like(found.missing, missing_figure(check))}"
    return f"{subject} cannot be checked: {missing.role} ({what}) is not stated{needed}"


def missing_figure(check: Check) -> Figure:
    """A figure whose unit and scale suit the missing operand: that of a level where a level is missing."""
    missing = check.binding.missing
    assert missing is not None
    measures = check.rule.variables[missing.role].measures
    options = [operand.narrowest for _, operand in check.binding.operands()]
    fitting = [claim for claim in options if claim.measure in measures]
    unit = {"growth": "percent", "share": "percent", "multiple": "times"}.get(measures[0] if measures else "")
    if not fitting and unit is not None:
        return Figure(Fraction(0), parse_unit(unit), point(0), "", decimals=1)
    return (fitting or options)[0].figure


def _consistent(check: Check, subject: str, others: str) -> str:
    weakness = check.assessment.weakness
    if weakness is not None and weakness >= WEAK:
        give = "give" if _count(check.binding) > 1 else "gives"
        return f"{subject} is true but says little: {others} {give} {_computed(check)}"
    return f"{subject} fits {others}" if others else f"{subject} is within its bounds"


def _same(check: Check, subject: str, others: str) -> str:
    measure = check.subject.first.measure
    what = describe(check.subject.dimensions) if measure == "level" else f"{measure}, {describe(check.subject.dimensions)}"
    if check.assessment.verdict == RECONCILABLE:
        return f"{subject} and {others} are given for the same figure ({what}); they fit only by rounding"
    return f"{subject} and {others} are given for the same figure ({what}); they cannot both be right"


def arithmetic(check: Check) -> Iterator[str]:
    """Lines of arithmetic: the rule, what it gives with rounding, the gap, what would reconcile it, what was assumed."""
    found = check.assessment
    figure = shown_figure(check.subject)
    if found.computed is not None and found.verdict in (CONTRADICTION, RECONCILABLE):
        gap = f", {gap_like(found.gap, figure)} off" if found.gap else ""
        limits = interval_like(found.computed, figure)
        strain = f", strain {float(found.strain):.3f}" if found.strain is not None else ""
        yield f"{formula(check)}: with rounding {limits}; stated {interval_like(found.stated, figure)}{gap}{strain}"
    yield from corrections(check)
    yield from reconciling(check)
    for assumption in check.assumptions:
        yield f"assumed: {assumption.dimension} {assumption.value}, which the text does not say"


def formula(check: Check) -> str:
    """The relation that was decided, as text."""
    relation = check.assessment.relation
    if relation is None:
        return check.rule.assertion
    return show(Comparison(relation.operator, relation.left, relation.right))


def formula_with_values(check: Check) -> str:
    """What the rule computes, in names and in figures: `now / then - 1 = $31.5 billion / $24 billion - 1 = 31.25%`."""
    relation, names = check.assessment.relation, formula(check)
    if relation is None or relation.operator != "==":
        return names
    subject = check.rule.subject
    other = relation.right if show(relation.left) == subject else relation.left
    if {show(relation.left), show(relation.right)}.isdisjoint({subject}):
        return names
    words = {role: printed(found) for role, found in check.binding.roles.items() if isinstance(found, Stated)}
    for role, found in check.binding.roles.items():
        if isinstance(found, tuple):
            words[f"sum({role})"] = " + ".join(printed(member) for member in in_text_order(found)) or "0"
    text = show(other)
    for role, found in check.binding.roles.items():
        if found == ():  # nothing to take away
            text = text.replace(f" - sum({role})", "")
    pattern = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    if text not in words:
        words = {name: f"({value})" if " + " in value else value for name, value in words.items()}
    filled = re.sub(rf"(?<![\w]){{1}}(?:{pattern})(?![\w(])".replace("{1}", ""), lambda match: words[match[0]], text)
    gap = check.assessment.gap
    off = f", {gap_like(gap, shown_figure(check.subject))} off" if gap else ""
    return f"{text} = {filled} = {_computed(check)}{off}"


def corrections(check: Check) -> Iterator[str]:
    """Dimensions that a person, or the reader, took for something else than the text says, on which the check relies."""
    for _, operand in check.binding.operands():
        for claim in operand.claims:
            for name, known in sorted(claim.known.items()):
                if known.printed is not None:
                    value = claim.dimensions.get(name, "")
                    why = f" ({known.why})" if known.why else ""
                    what = name.replace("_", " ")
                    yield f"{printed_claim(claim)}: {what} taken to be {value} where the text says {known.printed}{why}"


def helps(check: Check) -> Iterator[str]:
    """The slip that explains a check, what would reconcile it, and what to look up."""
    yield from reconciling(check)
    others = [operand for _, operand in check.binding.operands() if operand is not check.subject]
    if check.assessment.verdict == CONTRADICTION and others:
        names = dict.fromkeys(describe(operand.dimensions) for operand in (check.subject, *others))
        yield f"look up {'; '.join(list(names)[:4])}"
    tight = tightest(check) if check.assessment.verdict == RECONCILABLE else None
    if tight is not None:
        yield f"look up a more precise figure for {describe(tight.operand.dimensions)}"


def reconciling(check: Check) -> Iterator[str]:
    """The known slip that explains a check; what would reconcile one that fits only by rounding, or in a loose reading."""
    found = check.assessment
    yield from (diagnosis.message for diagnosis in check.diagnosis)
    if found.verdict != RECONCILABLE or any(diagnosis.slip == CUT for diagnosis in check.diagnosis):
        return
    if found.reading != STRICT:
        parts = [
            f"{READING_WORDS.get(loosening.reading, loosening.reading)} {printed_claim(loosening.claim)}"
            for loosening in found.loosened
        ]
        yield f"{'otherwise it' if check.diagnosis else 'it'} holds only {' and '.join(parts)}"
        return
    tight = tightest(check)
    if tight is not None:
        needs = f"{printed(tight.operand)} stands for {interval_like(tight.left, shown_figure(tight.operand))}"
        part = f", {fixed(100 * tight.part, 0)}% of what its digits allow" if tight.part <= NEXT_DIGIT else ""
        yield f"{'otherwise it' if check.diagnosis else 'it'} holds only if {needs}{part}"


def noticed_message(found: Noticed) -> str:
    """The sentence for a finding of reading."""
    claim = found.claim
    if found.message is not None or claim is None:
        return found.message or found.rule
    text = f"{printed_claim(claim)} does not say whether it is a rise or a fall"
    if found.level_claim is None or found.if_up is None or found.if_down is None:
        return text
    figure = found.level_claim.figure
    base = claim.base_period or "the base period"
    up, down = interval_like(found.if_up, figure), interval_like(found.if_down, figure)
    return f"{text}: {base} would have been {up} if up, {down} if down"


def tightest(check: Check) -> Room | None:
    """The operand of which the rule leaves the smallest part, and what it leaves; None where nothing is taken away."""
    found = min(rooms(check.binding, check.assessment.implied), key=lambda room: room.part, default=None)
    return found if found is not None and found.part < 1 else None


def describe(dimensions: Mapping[str, str]) -> str:
    """Dimensions in a few words: `imports KZ–CN 2021, product agricultural`."""
    areas = "–".join(dimensions[name] for name in (AREA, COUNTERPART) if name in dimensions)
    first = " ".join(part for part in (dimensions.get(INDICATOR, ""), areas, dimensions.get(PERIOD, "")) if part)
    rest = [f"{k} {v}" for k, v in sorted(dimensions.items()) if k not in (INDICATOR, AREA, COUNTERPART, PERIOD)]
    return ", ".join([first, *rest] if first else rest)
