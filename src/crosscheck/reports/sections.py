"""The sections of an explained check: figures, rule, arithmetic, comparison, verdict, what would fit, other checks."""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE, box_of
from crosscheck.checking.checks import Check
from crosscheck.checking.diagnosis import addressed
from crosscheck.checking.levels import NONE, reasons
from crosscheck.checking.power import Print, Threshold, in_print, thresholds
from crosscheck.checking.room import strain_from
from crosscheck.checking.solving import Operand
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.model import Claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import STRICT
from crosscheck.figures.interval import EVERYTHING, Interval
from crosscheck.figures.showing import fixed, interval_like, places_for, value_like
from crosscheck.reports.meaning import amount, how_known, limits, readings, subject, what
from crosscheck.reports.page import VERDICT_WORDS, Page, listed
from crosscheck.reports.placing import place
from crosscheck.reports.wording import formula, missing_figure, printed, shown_figure, tightest
from crosscheck.reports.working import MAXIMUM_SHOWN, as_printed, implied, solved, with_rounding, witness
from crosscheck.rules.model import NEXT_DIGIT

VERDICT_MEANING = {
    CONSISTENT: "with the other figures as printed the rule holds for a value that {} may stand for.",
    RECONCILABLE: "the figures as printed do not fit, but there are true values behind the digits that do.",
    CONTRADICTION: "no true values behind the digits, however they are read, satisfy the rule.",
    UNVERIFIABLE: "there is not enough to decide.",
}
WEAK_EVIDENCE = Fraction(1, 4)
WITHIN_BOUNDS = "the rule looks at this figure alone, and the figure is within the bounds."


def sections(check: Check, page: Page) -> Iterator[tuple[str, Iterator[str]]]:
    """Title and lines of each section; those without lines are left out by who shows them."""
    yield "The figures", _figures(check, page)
    yield "The rule", _rule(check, page)
    if check.binding.missing is not None:
        yield "What is missing", _missing(check, page)
    elif check.assessment.relation is not None:
        yield "With the figures as printed", as_printed(check, page)
        yield "With all values that the printed digits allow", with_rounding(check, page)
        yield "The comparison", _comparison(check, page)
    yield "The verdict", _verdict(check, page)
    yield "The slip that would explain it", _slip(check, page)
    yield "What each figure would have to be, given the others", implied(check, page)
    yield "True values that fit", witness(check, page)
    yield "What the check would have caught", _sight(check, page)
    yield "Other checks with the figure in doubt", _others(check, page)


def _figures(check: Check, page: Page) -> Iterator[str]:
    seen: dict[str, int] = {}
    for number, (role, operand) in enumerate(check.binding.operands()):
        seen[role] = seen.get(role, 0) + 1
        if seen[role] > MAXIMUM_SHOWN:
            continue
        if number:
            yield ""
        yield from _figure(role, operand, check, page)
    for role, count in seen.items():
        if count > MAXIMUM_SHOWN:
            yield from page.text(f"and {count - MAXIMUM_SHOWN} more of {role}")


def _figure(role: str, operand: Stated, check: Check, page: Page) -> Iterator[str]:
    mark = ", the figure in doubt" if operand is check.in_doubt else ""
    if operand is check.subject and not mark:
        mark = ", which the rule computes"
    yield from page.text(f"{role}: {printed(operand)}{mark}")
    yield from page.text(what(operand.first, page.names), 6, 2)
    if operand.assumed is not None:
        yield from page.text(f"taken to be about {operand.assumed}: an assumption, as the text does not say when", 6, 2)
    if len(operand.claims) == 1:
        yield from claim_lines(operand.first, page, 6)
        return
    yield from page.text("stated more than once, so that the true value must suit each statement:", 6, 2)
    for claim in operand.claims:
        yield from page.item(printed(stated([claim])), 6)
        yield from claim_lines(claim, page, 8)
    figure = shown_figure(operand)
    if operand.strict is not None:
        yield from page.text(f"together: {limits(operand.strict, figure)}", 6, 2)
    elif operand.any_reading is not None:
        loose = limits(operand.any_reading, figure)
        yield from page.text(f"together: nothing, read strictly; in some reading {loose}", 6, 2)


def claim_lines(claim: Claim, page: Page, indent: int) -> Iterator[str]:
    """Place, how the dimensions are known, and the readings of a figure."""
    for line in (where(claim), *how_known(claim, page.sources), *readings(claim)):
        yield from page.text(line, indent, 2)


def where(claim: Claim) -> str:
    """Place, publisher and date of a claim."""
    document = claim.document
    date = "no date" if document.published is None else document.published.isoformat()
    given = ["not to be doubted"] if document.given else []
    return f"{place(claim)} ({', '.join([*filter(None, [document.publisher]), date, *given])})"


def _rule(check: Check, page: Page) -> Iterator[str]:
    rule = check.rule
    yield from page.text(f"{rule.id}: {rule.title}")
    yield from page.text(rule.why)
    yield from page.text(f"must hold: {rule.assertion}", 3, 2)
    if check.assessment.relation is not None and len(rule.alternatives) > 1:
        yield from page.text(f"here: {formula(check)}", 3, 2)
    if rule.tolerance is not None:
        yield from page.text(f"the rule allows some slack of its own: {rule.tolerance.why}", 3, 2)


# --- comparison and verdict ------------------------------------------------------------------------------------------


def _comparison(check: Check, page: Page) -> Iterator[str]:
    found = check.assessment
    if len(check.rule.variables) == 1:
        return
    like, own = shown_figure(check.subject), printed(check.subject)
    gives = found.computed_face or found.computed
    if found.gap is not None and gives is not None:
        shown = interval_like(gives, like)
        if found.gap:
            yield from page.text(f"As printed, {own} is {amount(found.gap, like)} away from {shown}.")
        if found.relation is not None and found.relation.operator != "==":
            yield from page.text(f"As printed, the rule {'does not hold' if found.gap else 'holds'}.")
        elif found.verdict == CONSISTENT:
            yield from page.text(f"{shown} is among the values that {own} stands for, so there is nothing to explain.")
    if found.verdict == RECONCILABLE and found.reading == STRICT:
        yield from _gates(check, page)
    if found.weakness is not None and found.weakness > 1:
        yield from page.text(f"The bound holds by a factor of {fixed(found.weakness, 2)}.")


def _gates(check: Check, page: Page) -> Iterator[str]:
    """Materiality and strain, and what they mean."""
    found, rule = check.assessment, check.rule
    like = shown_figure(check.subject)
    if rule.material is not None:
        threshold = rule.material.amount
        base = amount(threshold, like)
        if rule.material.relative:
            threshold *= abs(check.subject.face)
            base = f"{rule.material.text} of the stated figure, {amount(threshold, like)},"
        this = "this one is" if found.material else "this one is not"
        yield from page.text(f"The rule calls a gap material from {base} on: {this}.")
    if found.strain is not None:
        this = "this one does" if found.strained else "this one does not"
        yield from page.text(
            f"Strain {fixed(found.strain, 3)}: for the rule to hold, figures must be off by up to "
            f"{fixed(100 * found.strain, 0)}% of what their rounding allows (0% is as printed, 100% is all of it). "
            f"A strain from {fixed(strain_from(rule, found.room), 2)} on counts{_because(check)}: {this}."
        )


def _because(check: Check) -> str:
    """Why it is the one threshold of strain or the other, where the rule does not say."""
    found = check.assessment
    if check.rule.strain is not None:
        return ""
    tight = tightest(check)
    if found.room is None or tight is None or found.room > NEXT_DIGIT:
        return ", as several figures can give way"
    part = fixed(100 * found.room, 0)
    return f", as the others leave {printed(tight.operand)} no more than {part}% of what its digits allow"


def _missing(check: Check, page: Page) -> Iterator[str]:
    missing, found = check.binding.missing, check.assessment
    assert missing is not None
    about = f": {subject(missing.dimensions, page.names)}" if missing.dimensions else ""
    yield from page.text(f"{missing.role}{about}. No figure of this run states it.")
    figure = missing_figure(check)
    at_face = _missing_at_face(check)
    if at_face is not None:
        yield from page.text(f"With the other figures as printed it would have to be {interval_like(at_face, figure)}.")
    if found.missing is not None and found.missing != at_face:
        yield from page.text(f"With all that their digits allow, it would have to be {limits(found.missing, figure)}.")
    if at_face is None and found.missing is None:
        yield from page.text("What it would have to be cannot be told.")


def _missing_at_face(check: Check) -> Interval | None:
    """What the missing operand would have to be with the others at face value."""
    missing, relation = check.binding.missing, check.assessment.relation
    if missing is None or relation is None:
        return None
    faces = {id(operand): operand.face_range for _, operand in check.binding.operands()}
    box = dict(box_of(check.binding.roles, faces))
    if missing.role not in check.rule.collections:
        return solved(relation, Operand(missing.role), {**box, missing.role: EVERYTHING})
    members = box.get(missing.role, ())
    assert isinstance(members, tuple)
    at = len(members) if missing.place is None else missing.place
    box[missing.role] = (*members[:at], EVERYTHING, *members[at:])
    return solved(relation, Operand(missing.role, at), box)


def _verdict(check: Check, page: Page) -> Iterator[str]:
    found = check.assessment
    meaning = WITHIN_BOUNDS if check.is_within_bounds else VERDICT_MEANING[found.verdict].format(check.rule.subject)
    if found.reason is not None:
        meaning = f"{found.reason}."
    elif found.verdict == RECONCILABLE and found.reading != STRICT:
        meaning = "the figures fit only when some of them are read loosely, as said above."
    elif check.binding.missing is not None:
        meaning = "one figure that the rule needs is not stated."
    yield from page.text(f"{VERDICT_WORDS[found.verdict]}: {meaning}")
    yield from page.text(f"level: {'none' if check.level == NONE else check.level}")
    for reason in reasons(check.binding, found, any(diagnosis.exact for diagnosis in check.diagnosis)):
        yield from page.item(reason, 6)
    if check.suppressed is not None:
        yield from page.text(f"suppressed on {check.suppressed}: counted, not shown", 3, 2)


def _slip(check: Check, page: Page) -> Iterator[str]:
    for diagnosis in check.diagnosis:
        how = "as printed" if diagnosis.exact else "with rounding"
        yield from page.text(f"{diagnosis.message}.")
        yield from page.text(f"With that the figures agree {how} ({diagnosis.slip}).")


def _sight(check: Check, page: Page) -> Iterator[str]:
    """Beyond which value each figure would not have fitted; the power of the check in a sentence."""
    if check.power is None or check.verdict == CONTRADICTION or check.diagnosis or check.is_within_bounds:
        return
    for address, operand in list(addressed(check.binding))[:MAXIMUM_SHOWN]:
        shown = in_print(check.binding, check.assessment, address)
        found = None if shown is None else thresholds(shown)
        if shown is not None and found is not None:
            yield from page.item(f"{address.name}: {_beyond(shown, *found, operand)}")
    share = fixed(100 * check.power, 0)
    little = " That it fits is little evidence." if check.power < WEAK_EVIDENCE else ""
    yield from page.text(f"Of wrong figures for {check.rule.subject}, 1% to 100% off, {share}% would have shown.{little}")


def _beyond(shown: Print, up: Threshold, down: Threshold, operand: Stated) -> str:
    """From which values on a figure in place of this one would have been a contradiction."""
    like = shown_figure(operand)
    larger, smaller = ("above", "below") if shown.face > 0 else ("below", "above")
    ends = [
        f"{word} {value_like(shown.face * factor, like, places_for(shown.own, like))}"
        for word, factor in (
            (larger, None if up is None else 1 + up[0]),
            (smaller, None if down is None else 1 / (1 + down[0])),
        )
        if factor is not None and Fraction(1, 10) <= factor <= 10
    ]
    what = f"a figure {' or '.join(ends)} would not have fitted"
    if not ends:
        what = "even a figure ten times as large, or as small, would have fitted"
    elif len({end.partition(" ")[2] for end in ends}) < len(ends):
        what = "no other figure would have fitted"
    return f"in place of {printed(operand)}, {what}"


def _others(check: Check, page: Page) -> Iterator[str]:
    own = {claim.id for claim in check.in_doubt.claims}
    others = [
        other
        for other in page.run.checks
        if other.id != check.id and any(c.id in own for _, operand in other.binding.operands() for c in operand.claims)
    ]
    yield from listed(others, page)
