"""The sections of an explained check: its figures, the rule, the arithmetic, the comparison, the verdict, what would fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from crosscheck.checking.assessment import (
    CONSISTENT,
    CONTRADICTION,
    RECONCILABLE,
    UNVERIFIABLE,
    box_of,
    find_witness,
)
from crosscheck.checking.checks import Check
from crosscheck.checking.levels import NONE, reasons
from crosscheck.checking.ranges import Box, Undecidable
from crosscheck.checking.solving import Operand, solve
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.model import Claim
from crosscheck.figures.figure import BOUND, HEDGE, STRICT, Figure
from crosscheck.figures.interval import EVERYTHING, Interval, hull, intersect
from crosscheck.reports.concise import place
from crosscheck.reports.derivation import Extreme, Given, Inputs, Term, extreme, inline, near, steps, worked_out
from crosscheck.reports.meaning import amount, how_known, limits, readings, subject, what
from crosscheck.reports.number_line import number_line
from crosscheck.reports.numbers import fixed, gap_like, interval_like, value_like
from crosscheck.reports.page import VERDICT_WORDS, Page, listed
from crosscheck.reports.terminal import cells
from crosscheck.reports.wording import (
    READING_WORDS,
    formula,
    missing_figure,
    operand_at,
    printed,
    printed_claim,
    shown_figure,
)
from crosscheck.rules.algebra import Relation
from crosscheck.rules.expression import Expression, Variable, show, variables

MAXIMUM_SHOWN = 12  # members of a collection that are shown one by one
VERDICT_MEANING = {
    CONSISTENT: "what the other figures give as printed is a value that the figure in doubt may stand for.",
    RECONCILABLE: "the figures as printed do not fit, but there are true values behind the digits that do.",
    CONTRADICTION: "no true values behind the digits, however they are read, satisfy the rule.",
    UNVERIFIABLE: "there is not enough to decide.",
}
WITHIN_BOUNDS = "the rule looks at this figure alone, and the figure is within the bounds."
RELATION_WORDS = {"<=": "at most", "<": "less than", ">=": "at least", ">": "more than"}
HOLDS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "==": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
}


def sections(check: Check, page: Page) -> Iterator[tuple[str, Iterator[str]]]:
    """Title and lines of each section; those without lines are left out by who shows them."""
    yield "The figures", _figures(check, page)
    yield "The rule", _rule(check, page)
    if check.binding.missing is not None:
        yield "What is missing", _missing(check, page)
    elif check.assessment.relation is not None:
        yield "With the figures as printed", _as_printed(check, page)
        yield "With all values that the printed digits allow", _with_rounding(check, page)
        yield "The comparison", _comparison(check, page)
    yield "The verdict", _verdict(check, page)
    yield "What each figure would have to be, given the others", _implied(check, page)
    yield "True values that fit", _witness(check, page)
    yield "Other checks with the figure in doubt", _others(check, page)


# --- figures and rule ------------------------------------------------------------------------------------------------


def _figures(check: Check, page: Page) -> Iterator[str]:
    left: dict[str, int] = {}
    for number, (role, operand) in enumerate(check.binding.operands()):
        left[role] = left.get(role, 0) + 1
        if left[role] > MAXIMUM_SHOWN:
            continue
        if number:
            yield ""
        yield from _figure(role, operand, check, page)
    for role, count in left.items():
        if count > MAXIMUM_SHOWN:
            yield from page.text(f"and {count - MAXIMUM_SHOWN} more of {role}")


def _figure(role: str, operand: Stated, check: Check, page: Page) -> Iterator[str]:
    mark = ", the figure in doubt" if operand is check.subject else ""
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
    together, figure = operand.strict, operand.narrowest.figure
    if together is not None:
        yield from page.text(f"together: {limits(together, figure)}", 6, 2)
    elif operand.any_reading is not None:
        loose = limits(operand.any_reading, figure)
        yield from page.text(f"together: nothing, read strictly; in some reading {loose}", 6, 2)


def claim_lines(claim: Claim, page: Page, indent: int) -> Iterator[str]:
    """Place, how the dimensions are known, and the readings of a figure."""
    for line in (where(claim), *how_known(claim, page.sources), *readings(claim.figure)):
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


# --- arithmetic ------------------------------------------------------------------------------------------------------


def _inputs(check: Check, values: Mapping[Operand, Fraction] | None = None) -> Inputs:
    """The operands for the arithmetic: as printed, or with values of their own."""

    def given(operand: Stated, address: Operand) -> Given:
        like = shown_figure(operand)
        if values is None:
            return Given(printed(operand), operand.face, like)
        value = values[address]
        return Given(near(value, like, _places(value, like)).removeprefix("about "), value, like)

    return {
        role: given(found, Operand(role))
        if isinstance(found, Stated)
        else tuple(given(member, Operand(role, i)) for i, member in enumerate(found))
        for role, found in check.binding.roles.items()
    }


def _places(value: Fraction, like: Figure) -> int | None:
    """Decimal places that tell a true value from its neighbours; None where a few show all of it."""
    scaled = value / (like.unit.factor * like.scale)
    if like.unit.offset or any((scaled * 10**p).denominator == 1 for p in range(5)):
        return None
    return max(like.decimals + 3, 4)


def _side(relation: Relation, name: str) -> Expression | None:
    """The side that computes the subject, where it stands alone on the other and nowhere else."""
    for alone, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if isinstance(alone, Variable) and alone.name == name:
            return None if any(variable.name == name for variable in variables(other)) else other
    return None


def _relations(check: Check) -> tuple[Relation, ...]:
    """The relations that were decided together."""
    relation = check.assessment.relation
    for alternative in check.rule.alternatives:
        if any(one is relation for one in alternative.relations):
            return alternative.relations
    return () if relation is None else (relation,)


def _as_printed(check: Check, page: Page) -> Iterator[str]:
    inputs, like = _inputs(check), shown_figure(check.subject)
    for relation in _relations(check):
        side = _side(relation, check.rule.subject)
        if side is None or relation.operator != "==" or not any(True for _ in variables(side)):
            yield from _both_sides(relation, inputs, page)
            continue
        term = worked_out(side, inputs)
        for line in list(steps(term, like)) or [_alone(term)]:
            yield from page.text(line, 3, 2)
        yield from page.text(f"{check.rule.subject} is given as {printed(check.subject)}")
    others = [operand for _, operand in check.binding.operands() if operand is not check.subject]
    hedged = [printed(operand) for operand in others if operand.narrowest.figure.kind in (BOUND, HEDGE)]
    face = check.assessment.computed_face
    if hedged and face is not None:
        gives = interval_like(face, like)
        verb = "stands" if len(hedged) == 1 else "stand"
        yield from page.text(f"{' and '.join(hedged)} {verb} for a window, all of which counts: that gives {gives}", 3, 2)


def _alone(term: Term) -> str:
    return f"{term.label} is {term.text}" if term.label != term.text else term.text


def _both_sides(relation: Relation, inputs: Inputs, page: Page) -> Iterator[str]:
    """A relation at face values: the arithmetic of both of its sides, and whether it holds."""
    left, right = worked_out(relation.left, inputs), worked_out(relation.right, inputs)
    for term in (left, right):
        for line in steps(term):
            yield from page.text(line, 3, 2)
    if left.value is None or right.value is None:
        return
    holds = "holds" if HOLDS[relation.operator](left.value, right.value) else "does not hold"
    names = f"{show(relation.left)} {relation.operator} {show(relation.right)}"
    yield from page.text(f"{names}: {left.text} {relation.operator} {right.text} {holds}", 3, 2)


def _strict(operand: Stated) -> Interval:
    own = operand.strict or operand.any_reading
    assert own is not None, "no check is made of an operand that contradicts itself"
    return own


def _addressed(check: Check, names: set[str]) -> dict[Operand, Stated]:
    """The operands of some roles by their addresses."""
    found: dict[Operand, Stated] = {}
    for role, operands in check.binding.roles.items():
        if role in names:
            members = [(None, operands)] if isinstance(operands, Stated) else list(enumerate(operands))
            found |= {Operand(role, index): operand for index, operand in members}
    return found


def _with_rounding(check: Check, page: Page) -> Iterator[str]:
    found, name = check.assessment, check.rule.subject
    relation = found.relation
    if relation is None or len(check.rule.variables) == 1:
        return
    if found.computed is None:
        yield from page.text("What the other figures give cannot be put into one range.")
        return
    side = _side(relation, name)
    if side is not None:
        yield from _ends(check, side, found.computed, page)
    yield from _conclusion(check, relation, found.computed, page)
    is_loose = any(claim.figure.loose for _, operand in check.binding.operands() for claim in operand.claims)
    if is_loose and (found.verdict == CONTRADICTION or found.reading != STRICT):
        yield from _loosely(check, relation, page)


def _ends(check: Check, side: Expression, computed: Interval, page: Page) -> Iterator[str]:
    """Which ends of the figures give the least and the most."""
    operands = _addressed(check, {variable.name for variable in variables(side)})
    intervals = {address: _strict(operand) for address, operand in operands.items()}
    like = shown_figure(check.subject)
    if all(own.is_point for own in intervals.values()):
        yield from page.text(f"No other figure leaves any room, so they give exactly {interval_like(computed, like)}.")
        return
    for word, wanted, closed in (
        ("least", computed.low, computed.low_closed),
        ("most", computed.high, computed.high_closed),
    ):
        if wanted is None:
            endless = [operands[a] for a, own in intervals.items() if own.low is None or own.high is None]
            why = f", as {' and '.join(map(printed, endless))} has no end on one side" if endless else ""
            yield from page.text(f"at the {word}: there is no end{why}", 3, 2)
            continue
        corner = extreme(side, intervals, wanted)
        if corner is not None:
            values = {a: own.low if own.is_point else _at(corner, a, own) for a, own in intervals.items()}
            yield from _corner(check, side, word, corner, values, closed, page)


def _at(corner: Extreme, address: Operand, own: Interval) -> Fraction | None:
    return own.high if corner.at_high[address] else own.low


def _corner(
    check: Check,
    side: Expression,
    word: str,
    corner: Extreme,
    values: Mapping[Operand, Fraction | None],
    closed: bool,
    page: Page,
) -> Iterator[str]:
    faces = {a: operand.face for a, operand in _addressed(check, set(check.binding.roles)).items()}
    true = {address: value for address, value in values.items() if value is not None}
    filled = inline(worked_out(side, _inputs(check, {**faces, **true})))
    gives = near(corner.value, shown_figure(check.subject))
    open_end = "" if closed else ", which is approached and not reached"
    gives = "" if filled == gives else f" = {gives}"
    yield from page.text(f"at the {word}: {_moved(corner)}: {filled}{gives}{open_end}", 3, 2)


def _moved(corner: Extreme) -> str:
    """Which figures stand at which end, role by role."""
    by_role: dict[str, list[bool]] = {}
    for address, high in corner.at_high.items():
        by_role.setdefault(address.name, []).append(high)
    parts = []
    for role, ends in by_role.items():
        which = "each at its own end" if len(set(ends)) > 1 else f"at its {'highest' if ends[0] else 'lowest'}"
        parts.append(f"{'each of ' if len(ends) > 1 and len(set(ends)) == 1 else ''}{role} {which}")
    return " and ".join(parts)


def _conclusion(check: Check, relation: Relation, computed: Interval, page: Page) -> Iterator[str]:
    found, like = check.assessment, shown_figure(check.subject)
    own = printed(check.subject)
    stands = f"{own} stands for {limits(found.stated, like)}"
    if relation.operator != "==":
        is_left = isinstance(relation.left, Variable) and relation.left.name == check.rule.subject
        words = RELATION_WORDS[relation.operator if is_left else _turned(relation.operator)]
        yield from page.text(f"The others give {limits(computed, like)}; {stands}, and must be {words} that.")
        return
    both = intersect(found.stated, computed)
    common = "They have nothing in common." if both is None else f"In common: {limits(both, like)}."
    yield from page.text(f"So the others give {limits(computed, like)}, and {stands}. {common}")
    face = found.computed_face
    value = face.low if face is not None and face.is_point else None
    rows: list[tuple[str, Interval, Fraction | None]] = [("stated", found.stated, check.subject.face)]
    drawn = list(number_line([*rows, ("computed", computed, value)], like, page.style.unicode))
    if drawn and all(cells(row) + 3 <= page.style.width for row in drawn):
        yield from (f"   {row}" for row in drawn)


def _turned(operator: str) -> str:
    return operator.translate(str.maketrans("<>", "><"))


def _loosely(check: Check, relation: Relation, page: Page) -> Iterator[str]:
    """What the others give when each figure may be read in any way."""
    loose = {id(operand): operand.any_reading or EVERYTHING for _, operand in check.binding.operands()}
    like, name = shown_figure(check.subject), check.rule.subject
    pieces = _solved(relation, Operand(name), box_of(check.binding.roles, loose))
    if pieces is not None and check.subject.any_reading is not None:
        own = check.subject.any_reading
        meet = intersect(own, pieces)
        common = "still nothing in common" if meet is None else f"in common {limits(meet, like)}"
        yield from page.text(
            f"Read as loosely as prose may be read (zeros that are no digits, digits cut instead of rounded) the others "
            f"allow {limits(pieces, like)}, and {printed(check.subject)} stands for {limits(own, like)}: {common}."
        )
    if check.verdict == CONTRADICTION and len(check.rule.alternatives) > 1:
        yield from page.text("No other form of the rule holds either.")
    for loosening in check.assessment.loosened:
        how = READING_WORDS.get(loosening.reading, loosening.reading)
        yield from page.item(f"it takes {printed_claim(loosening.claim)} {how}")


def _solved(relation: Relation, operand: Operand, box: Box) -> Interval | None:
    try:
        pieces = solve(relation, operand, box)
    except Undecidable:
        return None
    return hull(pieces) if pieces else None


# --- comparison and verdict ------------------------------------------------------------------------------------------


def _comparison(check: Check, page: Page) -> Iterator[str]:
    found, rule = check.assessment, check.rule
    if len(rule.variables) == 1:
        return
    like, own = shown_figure(check.subject), printed(check.subject)
    gives = found.computed_face or found.computed
    if found.gap is not None and gives is not None:
        shown = interval_like(gives, like)
        if found.gap:
            yield from page.text(f"As printed, {own} is {gap_like(found.gap, like)} away from {shown}.")
        elif found.relation is not None and found.relation.operator == "==":
            yield from page.text(f"{shown} is among the values that {own} stands for: there is no gap.")
        else:
            yield from page.text("As printed, the rule holds.")
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
        if rule.material.relative:
            threshold *= abs(check.subject.face)
            base = f"{rule.material.text} of the stated figure, {amount(threshold, like)},"
        else:
            base = amount(threshold, like)
        yield from page.text(
            f"The rule calls a gap material from {base} on: this one is{'' if found.material else ' not'}."
        )
    if found.strain is not None:
        yield from page.text(
            f"Strain {fixed(found.strain, 3)}: for the rule to hold, figures must be off by up to "
            f"{fixed(100 * found.strain, 0)}% of what their rounding allows (0% is as printed, 100% is all of it). "
            f"From {fixed(rule.strain, 2)} on that counts as strained: this {'is' if found.strained else 'is not'}."
        )


def _missing(check: Check, page: Page) -> Iterator[str]:
    missing, found = check.binding.missing, check.assessment
    assert missing is not None
    about = subject(missing.dimensions, page.names) if missing.dimensions else "no description"
    yield from page.text(f"{missing.role}: {about}. No figure of this run states it.")
    figure = missing_figure(check)
    at_face = _missing_at_face(check)
    if at_face is not None:
        yield from page.text(f"With the other figures as printed it would have to be {interval_like(at_face, figure)}.")
    if found.missing is not None and found.missing != at_face:
        yield from page.text(f"With all that their digits allow, it would have to be {limits(found.missing, figure)}.")


def _missing_at_face(check: Check) -> Interval | None:
    """What the missing operand would have to be with the others at face value."""
    missing, relation = check.binding.missing, check.assessment.relation
    if missing is None or relation is None:
        return None
    faces = {id(operand): operand.face_range for _, operand in check.binding.operands()}
    box = dict(box_of(check.binding.roles, faces))
    if missing.role not in check.rule.collections:
        return _solved(relation, Operand(missing.role), {**box, missing.role: EVERYTHING})
    members = box.get(missing.role, ())
    assert isinstance(members, tuple)
    at = len(members) if missing.place is None else missing.place
    box[missing.role] = (*members[:at], EVERYTHING, *members[at:])
    return _solved(relation, Operand(missing.role, at), box)


def _verdict(check: Check, page: Page) -> Iterator[str]:
    found = check.assessment
    meaning = WITHIN_BOUNDS if check.is_within_bounds else VERDICT_MEANING[found.verdict]
    if found.reason is not None:
        meaning = f"{found.reason}."
    elif found.verdict == RECONCILABLE and found.reading != STRICT:
        meaning = "the figures fit in a loose reading only, as said above."
    elif check.binding.missing is not None:
        meaning = "one figure that the rule needs is not stated."
    yield from page.text(f"{VERDICT_WORDS[found.verdict]}: {meaning}")
    level = "none, it is not reported" if check.level == NONE else check.level
    yield from page.text(f"level: {level}")
    for reason in reasons(check.binding, found):
        yield from page.item(reason, 6)
    if check.suppressed is not None:
        yield from page.text(f"suppressed on {check.suppressed}: counted, not shown", 3, 2)


def _implied(check: Check, page: Page) -> Iterator[str]:
    implied = list(check.assessment.implied.items())
    for address, needed in implied[:MAXIMUM_SHOWN]:
        operand = operand_at(check.binding, address)
        like = shown_figure(operand)
        own = operand.strict
        text = f"{address.name}: {limits(needed, like)}"
        if own is not None:
            both = intersect(own, needed)
            fits = "nothing in common" if both is None else f"in common {limits(both, like)}"
            text = f"{text}; {printed(operand)} stands for {limits(own, like)}: {fits}"
        yield from page.item(text)
    if len(implied) > MAXIMUM_SHOWN:
        yield from page.text(f"and {len(implied) - MAXIMUM_SHOWN} more")


def _witness(check: Check, page: Page) -> Iterator[str]:
    if check.verdict not in (CONSISTENT, RECONCILABLE) or len(check.rule.variables) == 1:
        return
    values = find_witness(check.binding, check.assessment)
    if values is None:
        return
    shown = list(values.items())
    for address, value in sorted(shown, key=lambda item: (item[0].name, item[0].index or 0))[:MAXIMUM_SHOWN]:
        operand = operand_at(check.binding, address)
        like = shown_figure(operand)
        own = operand.any_reading
        allowed = f"within {limits(own, like)}" if own is not None and value in own else "within the rule's own slack"
        exact = near(value, like, _places(value, like))
        yield from page.text(f"{address.name} = {exact}, for {printed(operand)}: {allowed}", 3, 2)
    if len(shown) > MAXIMUM_SHOWN:
        yield from page.text(f"and {len(shown) - MAXIMUM_SHOWN} more")
    yield from _witness_checked(check, values, page)


def _witness_checked(check: Check, values: Mapping[Operand, Fraction], page: Page) -> Iterator[str]:
    """The rule with these values in it, decided in exact fractions."""
    inputs, name = _inputs(check, values), check.rule.subject
    like = shown_figure(check.subject)
    for relation in _relations(check):
        left, right = worked_out(relation.left, inputs), worked_out(relation.right, inputs)
        if left.value is None or right.value is None:
            continue
        side = _side(relation, name)
        if HOLDS[relation.operator](left.value, right.value):
            ending = "in exact fractions too"
        else:
            ending = "within the slack that the rule allows"
        if relation.operator == "==" and side is not None:
            term = right if relation.right is side else left
            assert term.value is not None
            result = value_like(term.value, like, _places(term.value, like))
            formed = inline(term) if inline(term) != result else term.label
            yield from page.text(f"check: {formed} = {result}, which is {name}, {ending}", 3, 2)
        else:
            yield from page.text(f"check: {inline(left)} {relation.operator} {inline(right)}, {ending}", 3, 2)


def _others(check: Check, page: Page) -> Iterator[str]:
    own = {claim.id for claim in check.subject.claims}
    others = [
        other
        for other in page.run.checks
        if other.id != check.id and any(c.id in own for _, operand in other.binding.operands() for c in operand.claims)
    ]
    return listed(others, page)
