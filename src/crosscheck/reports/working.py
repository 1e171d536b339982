"""The arithmetic of an explained check: as printed, with rounding, what each figure would have to be, values that fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, box_of, find_witness
from crosscheck.checking.checks import Check
from crosscheck.checking.ranges import Box, Undecidable
from crosscheck.checking.room import operand_at
from crosscheck.checking.solving import Operand, solve
from crosscheck.checking.stated import Stated, stated
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, HEDGE, STRICT, Figure
from crosscheck.figures.interval import EVERYTHING, Interval, hull, intersect, is_within
from crosscheck.reports.derivation import Given, Inputs, extreme, inline, near, steps, worked_out
from crosscheck.reports.meaning import LOOSE_WORDS, limits
from crosscheck.reports.number_line import number_line
from crosscheck.reports.numbers import interval_like, value_like
from crosscheck.reports.page import Page
from crosscheck.reports.terminal import cells
from crosscheck.reports.wording import printed, shown_figure
from crosscheck.rules.algebra import Relation
from crosscheck.rules.expression import WHOLE, Comparison, Expression, Variable, show, variables

MAXIMUM_SHOWN = 12  # members of a collection that are shown one by one
RELATION_WORDS = {"<=": "at most", "<": "less than", ">=": "at least", ">": "more than"}
HOLDS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "==": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    WHOLE: lambda a, b: a.denominator == 1,
}


def inputs_of(check: Check, values: Mapping[Operand, Fraction] | None = None) -> Inputs:
    """The operands for the arithmetic: as printed, or with values of their own."""

    def given(operand: Stated, address: Operand) -> Given:
        like = shown_figure(operand)
        if values is None:
            return Given(printed(operand), operand.face, like)
        value = values[address]
        return Given(value_like(value, like, _places(value, like)), value, like)

    return {
        role: given(found, Operand(role))
        if isinstance(found, Stated)
        else tuple(given(member, Operand(role, i)) for i, member in enumerate(found))
        for role, found in check.binding.roles.items()
    }


def _places(value: Fraction, like: Figure) -> int | None:
    """Decimal places that tell a true value from its neighbours; None where a few show all of it."""
    scaled = (value - like.unit.offset) / (like.unit.factor * like.scale)
    if any((scaled * 10**p).denominator == 1 for p in range(5)):
        return None
    return max(like.decimals + 3, 4)


def side_of(relation: Relation, name: str) -> Expression | None:
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


# --- as printed ------------------------------------------------------------------------------------------------------


def as_printed(check: Check, page: Page) -> Iterator[str]:
    """The arithmetic at face values, operation by operation."""
    inputs, like = inputs_of(check), shown_figure(check.subject)
    for relation in _relations(check):
        side = side_of(relation, check.rule.subject)
        if side is None or relation.operator != "==" or not any(True for _ in variables(side)):
            yield from _both_sides(check, relation, inputs, page)
            continue
        if isinstance(side, Variable):
            yield from page.text(f"{side.name} is given as {worked_out(side, inputs).text}")
        for line in steps(worked_out(side, inputs), like):
            yield from page.text(line, 3, 2)
        yield from page.text(f"{check.rule.subject} is given as {printed(check.subject)}")
    others = [operand for _, operand in check.binding.operands() if operand is not check.subject]
    hedged = [printed(operand) for operand in others if operand.narrowest.figure.kind in (BOUND, HEDGE)]
    face = check.assessment.computed_face
    if hedged and face is not None:
        verb = "stands" if len(hedged) == 1 else "stand"
        gives = interval_like(face, like)
        yield from page.text(f"{' and '.join(hedged)} {verb} for a window, all of which counts: that gives {gives}", 3, 2)


def _both_sides(check: Check, relation: Relation, inputs: Inputs, page: Page) -> Iterator[str]:
    """A relation at face values: the arithmetic of both of its sides, and whether it holds."""
    left, right = worked_out(relation.left, inputs), worked_out(relation.right, inputs)
    for term in (left, right):
        for line in steps(term):
            yield from page.text(line, 3, 2)
    if left.value is None or right.value is None:
        return
    names = show(Comparison(relation.operator, relation.left, relation.right))
    beside = f" {relation.operator} {right.text}" if relation.operator != WHOLE else ""
    text = f"{names}: {left.text}{beside}"
    if not any(operand.narrowest.figure.kind in (BOUND, HEDGE) for _, operand in check.binding.operands()):
        text += " holds" if HOLDS[relation.operator](left.value, right.value) else " does not hold"
    yield from page.text(text, 3, 2)


# --- with rounding ---------------------------------------------------------------------------------------------------


def with_rounding(check: Check, page: Page) -> Iterator[str]:
    """The arithmetic over all true values: the ends that give the least and the most, and how that meets the stated."""
    found = check.assessment
    relation = found.relation
    if relation is None or len(check.rule.variables) == 1 or check.rule.subject not in relation.names:
        return
    if found.computed is None:
        yield from page.text("What the other figures give cannot be put into one range.")
        return
    side = side_of(relation, check.rule.subject)
    if side is not None and not isinstance(side, Variable) and not found.computed.is_point:
        yield from _ends(check, side, found.computed, page)
    yield from _conclusion(check, relation, found.computed, page)
    if _loose_matters(check):
        yield from _loosely(check, page)


def _addressed(check: Check, names: set[str]) -> dict[Operand, Stated]:
    """The operands of some roles by their addresses."""
    found: dict[Operand, Stated] = {}
    for role, operands in check.binding.roles.items():
        if role in names:
            members = [(None, operands)] if isinstance(operands, Stated) else list(enumerate(operands))
            found |= {Operand(role, index): operand for index, operand in members}
    return found


def _ends(check: Check, side: Expression, computed: Interval, page: Page) -> Iterator[str]:
    """Which ends of the figures give the least and the most."""
    operands = _addressed(check, {variable.name for variable in variables(side)})
    intervals = {address: _strict(operand) for address, operand in operands.items()}
    faces = {address: operand.face for address, operand in _addressed(check, set(check.binding.roles)).items()}
    like = shown_figure(check.subject)
    for word, wanted, closed in (
        ("least", computed.low, computed.low_closed),
        ("most", computed.high, computed.high_closed),
    ):
        if wanted is None:
            endless = [printed(operands[a]) for a, own in intervals.items() if own.low is None or own.high is None]
            why = f", as {' and '.join(endless)} has none on one side" if endless else ""
            yield from page.text(f"at the {word}: there is no end{why}", 3, 2)
            continue
        corner = extreme(side, intervals, wanted)
        if corner is None:
            continue
        ends = {a: own.high if corner.at_high.get(a, False) else own.low for a, own in intervals.items()}
        values = {address: value for address, value in ends.items() if value is not None}
        filled = inline(worked_out(side, inputs_of(check, {**faces, **values})))
        edge = "" if closed else ", which is never quite reached"
        moved = _moved(corner.at_high)
        yield from page.text(f"at the {word}, with {moved}: {filled} = {near(wanted, like)}{edge}", 3, 2)


def _strict(operand: Stated) -> Interval:
    own = operand.strict or operand.any_reading
    assert own is not None, "no check is made of an operand that contradicts itself"
    return own


def _moved(at_high: Mapping[Operand, bool]) -> str:
    """Which figures stand at which end, role by role."""
    by_role: dict[str, list[bool]] = {}
    for address, high in at_high.items():
        by_role.setdefault(address.name, []).append(high)
    parts = []
    for role, ends in by_role.items():
        if len(set(ends)) > 1:
            parts.append(f"each of {role} at an end of its own")
        else:
            parts.append(f"{'each of ' if len(ends) > 1 else ''}{role} at its {'highest' if ends[0] else 'lowest'}")
    return " and ".join(parts)


def _conclusion(check: Check, relation: Relation, computed: Interval, page: Page) -> Iterator[str]:
    found, like = check.assessment, shown_figure(check.subject)
    gives, stands = limits(computed, like), f"{printed(check.subject)} stands for {limits(found.stated, like)}"
    if relation.operator == WHOLE:
        yield from page.text(f"The nearest that a whole number gives is {gives}; {stands}.")
        return
    if relation.operator != "==":
        on_left = isinstance(relation.left, Variable) and relation.left.name == check.rule.subject
        operator = relation.operator if on_left else relation.operator.translate(str.maketrans("<>", "><"))
        yield from page.text(f"The others give {gives}; {stands}, and must be {RELATION_WORDS[operator]} that.")
        return
    if computed.is_point and found.stated.is_point:
        yield from page.text(f"No figure leaves any room: the others give exactly {gives}, and {stands}.")
        return
    both = intersect(found.stated, computed)
    common = "They have nothing in common." if both is None else f"In common: {limits(both, like)}."
    yield from page.text(f"So the others give {gives}, and {stands}. {common}")
    face = found.computed_face
    value = face.low if face is not None and face.is_point else None
    rows: list[tuple[str, Interval, Fraction | None]] = [("stated", found.stated, check.subject.face)]
    drawn = list(number_line([*rows, ("computed", computed, value)], like, page.style.unicode))
    if drawn and all(cells(row) + 3 <= page.style.width for row in drawn):
        yield from (f"   {row}" for row in drawn)


def _loose_matters(check: Check) -> bool:
    """True when no strict reading helps, and some figure has a looser one."""
    found = check.assessment
    is_loose = any(claim.figure.loose for _, operand in check.binding.operands() for claim in operand.claims)
    return is_loose and (found.verdict == CONTRADICTION or found.reading != STRICT)


def allowed_loosely(check: Check) -> Interval | None:
    """What the others allow the subject when each may be read in any way; None where that is not asked or not known."""
    relation = check.assessment.relation
    if relation is None or not _loose_matters(check):
        return None
    loose = {id(operand): operand.any_reading or EVERYTHING for _, operand in check.binding.operands()}
    return solved(relation, Operand(check.rule.subject), box_of(check.binding.roles, loose))


def _loosely(check: Check, page: Page) -> Iterator[str]:
    """What the others allow when each figure may be read in any way, and which readings it takes."""
    like, own = shown_figure(check.subject), check.subject.any_reading
    allowed = allowed_loosely(check)
    if allowed is not None and own is not None:
        both = intersect(own, allowed)
        common = "still nothing in common" if both is None else f"in common {limits(both, like)}"
        yield from page.text(
            f"Read loosely (zeros that are no digits, digits that were cut) the others allow {limits(allowed, like)}, "
            f"and {printed(check.subject)} stands for {limits(own, like)}: {common}."
        )
    if check.verdict == CONTRADICTION and len(check.rule.alternatives) > 1:
        yield from page.text("No other form of the rule holds either.")
    for loosening in check.assessment.loosened:
        how = LOOSE_WORDS.get(loosening.reading, loosening.reading)
        yield from page.item(f"needed: {printed(stated([loosening.claim]))} read so that {how}")


def solved(relation: Relation, operand: Operand, box: Box) -> Interval | None:
    """The values of an operand with which a relation can hold; None when they cannot be told."""
    try:
        pieces = solve(relation, operand, box)
    except Undecidable:
        return None
    return hull(pieces) if pieces else None


# --- what would fit --------------------------------------------------------------------------------------------------


def implied(check: Check, page: Page) -> Iterator[str]:
    """What each figure would have to be, given the others, and what that leaves of it."""
    found = list(check.assessment.implied.items())
    if len(check.rule.variables) == 1:
        return
    for address, needed in found[:MAXIMUM_SHOWN]:
        operand = operand_at(check.binding, address)
        like, own = shown_figure(operand), operand.strict
        text = f"{address.name}: {limits(needed, like)}"
        if own is not None:
            both = intersect(own, needed)
            left = "nothing" if both is None else "all" if is_within(own, needed) else limits(both, like)
            text = f"{text}, which leaves {left} of what {printed(operand)} stands for ({limits(own, like)})"
        yield from page.item(text)
    if len(found) > MAXIMUM_SHOWN:
        yield from page.text(f"and {len(found) - MAXIMUM_SHOWN} more")


def witness(check: Check, page: Page) -> Iterator[str]:
    """True values that satisfy the rule, each within what was printed, and the rule with them in it."""
    if check.verdict not in (CONSISTENT, RECONCILABLE) or len(check.rule.variables) == 1:
        return
    values = find_witness(check.binding, check.assessment)
    if values is None:
        return
    ordered = sorted(values.items(), key=lambda item: (item[0].name, item[0].index or 0))
    for address, value in ordered[:MAXIMUM_SHOWN]:
        operand = operand_at(check.binding, address)
        like = shown_figure(operand)
        shown = near(value, like, _places(value, like))
        yield from page.text(f"{address.name} = {shown}, for {printed(operand)}{_allowed(value, operand, like)}", 3, 2)
    if len(ordered) > MAXIMUM_SHOWN:
        yield from page.text(f"and {len(ordered) - MAXIMUM_SHOWN} more")
    for relation in _relations(check):
        yield from _checked(check, relation, inputs_of(check, values), page)


def _allowed(value: Fraction, operand: Stated, like: Figure) -> str:
    """Which reading of an operand holds a value."""
    if value == operand.face:
        return ", as printed"
    if operand.strict is not None and value in operand.strict:
        return f" ({limits(operand.strict, like)})"
    if operand.any_reading is not None and value in operand.any_reading:
        return f" (read loosely {limits(operand.any_reading, like)})"
    return ", within the slack that the rule allows"


def _checked(check: Check, relation: Relation, inputs: Inputs, page: Page) -> Iterator[str]:
    """A relation with true values in it, decided in exact fractions."""
    left, right = worked_out(relation.left, inputs), worked_out(relation.right, inputs)
    if left.value is None or right.value is None:
        return
    exactly = HOLDS[relation.operator](left.value, right.value)
    how = "exactly" if exactly else "within the slack that the rule allows"
    side, like = side_of(relation, check.rule.subject), shown_figure(check.subject)
    if relation.operator != "==" or side is None or isinstance(side, Variable):
        beside = f" {relation.operator} {inline(right)}" if relation.operator != WHOLE else ", a whole number,"
        yield from page.text(f"check: {inline(left)}{beside} holds {how}", 3, 2)
        return
    term = right if relation.right is side else left
    assert term.value is not None
    result = near(term.value, like, _places(term.value, like))
    yield from page.text(f"check: {inline(term)} = {result}, the {check.rule.subject}; it holds {how}", 3, 2)
