"""From a binding to a verdict: consistent, reconcilable, contradiction or unverifiable, with the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crosscheck.checking.binding import Binding
from crosscheck.checking.corners import root_range, side_range
from crosscheck.checking.deciding import alternative_feasible, feasible, relation_feasible, witness
from crosscheck.checking.dimensions import unit_trouble
from crosscheck.checking.loosening import Loosening, fewest_loose
from crosscheck.checking.ranges import Box, Pieces, Undecidable, can_hold, value_range
from crosscheck.checking.room import rooms, strain_from
from crosscheck.checking.solving import Operand, solve, takes_root
from crosscheck.checking.stated import Stated
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, EXACT, HEDGE, STRICT, Figure
from crosscheck.figures.interval import EVERYTHING, Interval, hull, intersect, intersect_all, point
from crosscheck.rules.algebra import Alternative, Relation
from crosscheck.rules.expression import WHOLE, Expression, Variable
from crosscheck.rules.model import Rule

CONSISTENT, RECONCILABLE, CONTRADICTION, UNVERIFIABLE = (
    "consistent",
    "reconcilable",
    "contradiction",
    "unverifiable",
)
STRAIN_PRECISION = Fraction(1, 2**20)
MAXIMUM_IMPLIED = 40


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict and what led to it. Values are in base units; `computed` is what the others give for the subject."""

    verdict: str
    reading: str = STRICT
    loosened: tuple[Loosening, ...] = ()
    stated: Interval = EVERYTHING
    computed: Interval | None = None
    computed_face: Interval | None = None
    gap: Fraction | None = None
    material: bool = False
    strain: Fraction | None = None
    strained: bool = False
    room: Fraction | None = None  # the least part that is left of an operand's rounding range
    implied: Mapping[Operand, Interval] = field(default_factory=dict)
    missing: Interval | None = None  # what the missing operand would have to be
    missing_besides: tuple[Interval, ...] = ()  # or what, by the further alternatives of the assertion
    weakness: Fraction | None = None  # by what factor a true bound is exceeded
    relation: Relation | None = None
    reason: str | None = None  # why a check with all operands is unverifiable


@dataclass(frozen=True, slots=True)
class Boxes:
    """The intervals of a binding's operands: read strictly, in any reading, and as printed (the subject strictly)."""

    strict: Box | None  # None when claims of one operand agree only in a loose reading
    loose: Box
    face: Box


def assess(binding: Binding, boxes: Boxes | None = None) -> Assessment:
    """The verdict of one binding; `boxes` are its own, where they are at hand."""
    trouble = unit_trouble(binding)
    if trouble is not None:
        return Assessment(UNVERIFIABLE, stated=_subject_interval(binding), reason=trouble)
    if binding.missing is not None:
        return _missing(binding)
    boxes = boxes or boxes_of(binding)
    rule = binding.rule
    stated = _subject_interval(binding)
    try:
        verdict, alternative = _verdict(rule, boxes)
    except Undecidable as error:
        return Assessment(UNVERIFIABLE, stated=stated, reason=str(error))
    relation = _main(alternative, rule.subject)
    computed = computed_by(relation, rule.subject, boxes.strict or boxes.loose)
    at_face = computed_by(relation, rule.subject, boxes.face)
    gap = _gap(relation, rule.subject, binding.subject.face_range, at_face)
    found = Assessment(
        verdict=verdict,
        stated=stated,
        computed=computed,
        computed_face=at_face,
        gap=gap,
        relation=relation,
        weakness=_weakness(binding, computed) if verdict == CONSISTENT and rule.is_equality else None,
    )
    if verdict == CONSISTENT:
        return found
    return _with_reconciliation(found, binding, boxes)


def _with_reconciliation(found: Assessment, binding: Binding, boxes: Boxes) -> Assessment:
    """The assessment with materiality, strain, readings and implied values of something that does not simply fit."""
    rule, relation = binding.rule, found.relation
    assert relation is not None
    strict_helps = found.verdict == RECONCILABLE and boxes.strict is not None and _holds(rule, boxes.strict)
    strain = room = None
    loosened: tuple[Loosening, ...] = ()
    if strict_helps:
        strain = _strain(binding)
    elif found.verdict == RECONCILABLE:
        loosened = fewest_loose(dict(binding.roles), lambda box: _holds(rule, box))
    names = sorted({loosening.reading for loosening in loosened})
    use_strict = boxes.strict is not None and (strict_helps or found.verdict == CONTRADICTION)
    assert boxes.strict is not None or not use_strict
    implied = _implied(relation, boxes.strict if use_strict and boxes.strict is not None else boxes.loose)
    if strict_helps:
        room = min((one.part for one in rooms(binding, implied)), default=None)
    return Assessment(
        verdict=found.verdict,
        reading="+".join(names) if names else STRICT,
        loosened=loosened,
        stated=found.stated,
        computed=found.computed,
        computed_face=found.computed_face,
        gap=found.gap,
        material=_is_material(rule, binding.subject, found.gap),
        strain=strain,
        strained=strain is not None and strain >= strain_from(rule, room),
        room=room,
        implied=implied,
        relation=relation,
    )


def _verdict(rule: Rule, boxes: Boxes) -> tuple[str, Alternative]:
    """The verdict, and the alternative that earned it (the first one for a contradiction)."""
    undecided: Undecidable | None = None
    for verdict, box in ((CONSISTENT, boxes.face), (RECONCILABLE, boxes.loose)):
        for alternative in rule.alternatives:
            try:
                if alternative_feasible(alternative, tolerant(rule, box)):
                    return verdict, alternative
            except Undecidable as error:
                undecided = error if verdict == RECONCILABLE else undecided
    if undecided is not None:
        raise undecided
    return CONTRADICTION, rule.alternatives[0]


def _holds(rule: Rule, box: Box) -> bool:
    try:
        return feasible(rule.alternatives, tolerant(rule, box))
    except Undecidable:
        return False


def tolerant(rule: Rule, box: Box) -> Box:
    """The box with the subject widened by the rule's own tolerance."""
    tolerance = rule.tolerance
    own = box[rule.subject]
    if tolerance is None or not isinstance(own, Interval):
        return box
    ends = [abs(end) for end in (own.low, own.high) if end is not None]
    slack = tolerance.amount * max(ends, default=Fraction(0)) if tolerance.relative else tolerance.amount
    low = None if own.low is None else own.low - slack
    high = None if own.high is None else own.high + slack
    return {
        **box,
        rule.subject: Interval(low, high, own.low_closed or slack > 0, own.high_closed or slack > 0),
    }


def box_of(roles: Mapping[str, Stated | tuple[Stated, ...]], interval: Mapping[int, Interval]) -> Box:
    """A box of intervals by operand identity."""
    return {
        role: interval[id(found)] if isinstance(found, Stated) else tuple(interval[id(member)] for member in found)
        for role, found in roles.items()
    }


def boxes_of(binding: Binding) -> Boxes:
    """The boxes that a binding is decided on."""
    strict: dict[str, Interval | tuple[Interval, ...]] = {}
    loose: dict[str, Interval | tuple[Interval, ...]] = {}
    face: dict[str, Interval | tuple[Interval, ...]] = {}
    empty = False
    for role, found in binding.roles.items():
        if isinstance(found, Stated):
            own = found.strict
            loose[role] = any_reading = _any_reading(found)
            strict[role] = own or any_reading
            face[role] = (own or found.face_range) if role == binding.rule.subject else found.face_range
            empty = empty or own is None
        else:
            strictly = [member.strict for member in found]
            loose[role] = readings = tuple(map(_any_reading, found))
            strict[role] = tuple(own or reading for own, reading in zip(strictly, readings, strict=True))
            face[role] = tuple(member.face_range for member in found)
            empty = empty or None in strictly
    return Boxes(None if empty else strict, loose, face)


def _any_reading(operand: Stated) -> Interval:
    found = operand.any_reading
    assert found is not None, "bindings never hold an operand that contradicts itself"
    return found


def _subject_interval(binding: Binding) -> Interval:
    subject = binding.subject
    return subject.strict or subject.narrowest.figure.strict


def _main(alternative: Alternative, subject: str) -> Relation:
    """The relation that computes the subject: the first with it alone on one side, else the first with it."""
    for relation in alternative.relations:
        if relation.gathered is None and any(
            isinstance(side, Variable) and side.name == subject for side in (relation.left, relation.right)
        ):
            return relation
    return next((r for r in alternative.relations if subject in r.names), alternative.relations[0])


def computed_by(relation: Relation, subject: str, box: Box) -> Interval | None:
    """What the other operands give for the subject: the other side where it stands alone, else what solving leaves."""
    if subject not in relation.names:  # only a fact of it counts
        return None
    try:
        pieces: Pieces | None
        other = other_side(relation, subject)
        if other is None:
            pieces = solve(relation, Operand(subject), box)
        elif relation.gathered is None:
            pieces = value_range(other, box)
        else:
            found = side_range(other, box)
            pieces = solve(relation, Operand(subject), box) if found is None else (found,)
    except Undecidable:
        return None
    return _hull_of(relation, Operand(subject), pieces) if pieces else None


def _hull_of(relation: Relation, operand: Operand, pieces: Pieces) -> Interval:
    """What an operand may be, as one interval; of the two roots of an even power the upper one, as in compound growth."""
    return pieces[-1] if takes_root(relation, operand) else hull(pieces)


def other_side(relation: Relation, subject: str) -> Expression | None:
    """The side that computes the subject, where it stands alone on the other and nowhere else."""
    if relation.operator == WHOLE:
        return None
    for alone, other in ((relation.left, relation.right), (relation.right, relation.left)):
        if isinstance(alone, Variable) and alone.name == subject:
            return None if subject in other.names else other
    return None


def _gap(relation: Relation, subject: str, own: Interval, computed: Interval | None) -> Fraction | None:
    """How far the stated figure is from what the others give, at face values; 0 where it fits."""
    if computed is None:
        return None
    operator = "==" if relation.operator == WHOLE else relation.operator
    if isinstance(relation.right, Variable) and relation.right.name == subject:
        own, computed = computed, own
    if can_hold(operator, own, computed):
        return Fraction(0)
    distances = [
        abs(a - b) for a, b in ((own.low, computed.high), (own.high, computed.low)) if a is not None and b is not None
    ]
    return min(distances, default=Fraction(0))


def _is_material(rule: Rule, subject: Stated, gap: Fraction | None) -> bool:
    if rule.material is None or gap is None:
        return True
    amount = rule.material.amount
    return gap >= (amount * abs(subject.face) if rule.material.relative else amount)


def strained_interval(figure: Figure, part: Fraction) -> Interval:
    """The figure with just a part of its rounding slack; bounds and hedges keep their window, exact ones are fixed."""
    if figure.kind in (BOUND, HEDGE, EXACT):
        return figure.strict
    own, face = figure.strict, figure.face
    assert own.low is not None and own.high is not None
    if part == 0:
        return point(face)
    low, high = face + part * (own.low - face), face + part * (own.high - face)
    return Interval(low, high, own.low_closed or part < 1, own.high_closed or part < 1)


def _strain(binding: Binding) -> Fraction:
    """The least part of the slack of all rounded figures with which the rule holds, to a millionth.

    By halving; a straight line between the ends, where the slack that is missing is known, often tells it at once.
    """
    low, high = Fraction(0), Fraction(1)
    for guess in _guesses(binding):
        if low < guess < high:
            if _holds_at(binding, guess):
                high = guess
            else:
                low = guess
    while high - low > STRAIN_PRECISION:
        middle = (low + high) / 2
        if _holds_at(binding, middle):
            high = middle
        else:
            low = middle
    return high


def _guesses(binding: Binding) -> Iterator[Fraction]:
    """Points just below and above where the slack that is missing seems to end, by the secant rule."""
    a, b = Fraction(0), Fraction(1)
    lacking_a, lacking_b = _lacking_at(binding, a), _lacking_at(binding, b)
    for _ in range(3):
        if lacking_a is None or lacking_b is None or lacking_a == lacking_b:
            return
        guess = (a * lacking_b - b * lacking_a) / (lacking_b - lacking_a)
        guess = Fraction(round(guess * 2**24), 2**24)
        if not 0 <= guess <= 1:
            return
        yield guess - STRAIN_PRECISION / 4
        yield guess + STRAIN_PRECISION / 4
        a, lacking_a = b, lacking_b
        b, lacking_b = guess, _lacking_at(binding, guess)


def _lacking_at(binding: Binding, part: Fraction) -> Fraction | None:
    """How much slack an equality lacks at a part of it (negative: to spare); None where that is not one number."""
    box = _box_at(binding, part)
    relation = _main(binding.rule.alternatives[0], binding.rule.subject)
    if box is None or relation.operator != "==":
        return None
    own, computed = box[binding.rule.subject], computed_by(relation, binding.rule.subject, box)
    if computed is None or not isinstance(own, Interval):
        return None
    gaps = [a - b for a, b in ((own.low, computed.high), (computed.low, own.high)) if a is not None and b is not None]
    return max(gaps, default=None)


def _holds_at(binding: Binding, part: Fraction) -> bool:
    box = _box_at(binding, part)
    return box is not None and _holds(binding.rule, box)


def _box_at(binding: Binding, part: Fraction) -> Box | None:
    """The box with a part of the slack of every rounded figure; None when claims of one operand exclude one another."""
    intervals = {}
    for _, operand in binding.operands():
        common = intersect_all(strained_interval(figure, part) for figure in operand.figures)
        if common is None:
            return None
        intervals[id(operand)] = common
    return box_of(binding.roles, intervals)


def _implied(relation: Relation, box: Box) -> dict[Operand, Interval]:
    """What each operand would have to be, given the others; not where it takes a search for each of them."""
    if relation.gathered is not None:
        return {}
    found: dict[Operand, Interval] = {}
    for operand in _operands(box):
        if len(found) >= MAXIMUM_IMPLIED or operand.name not in relation.names:
            continue
        try:
            pieces = solve(relation, operand, box)
        except Undecidable:
            continue
        if pieces:
            found[operand] = _hull_of(relation, operand, pieces)
    return found


def _operands(box: Box) -> Iterator[Operand]:
    for name, interval in box.items():
        if isinstance(interval, Interval):
            yield Operand(name)
        else:
            yield from (Operand(name, index) for index in range(len(interval)))


def _weakness(binding: Binding, computed: Interval | None) -> Fraction | None:
    """For a bound that is true: the least factor by which what the others give is beyond it; None for other figures."""
    subject = binding.subject
    if computed is None or any(figure.kind != BOUND for figure in subject.figures):
        return None
    own = subject.strict
    if own is None:
        return None
    threshold = own.low if own.low is not None else own.high
    if not threshold or computed.low is None or computed.high is None:
        return None
    nearest = computed.low if own.low is not None else computed.high
    if nearest == 0 or (nearest > 0) != (threshold > 0):
        return None
    factor = nearest / threshold
    return factor if factor >= 1 else 1 / factor


def _missing(binding: Binding) -> Assessment:
    """An unverifiable check: what the missing operand would have to be."""
    assert binding.missing is not None
    role = binding.missing.role
    intervals = {id(operand): operand.strict or operand.any_reading for _, operand in binding.operands()}
    box = dict(box_of(binding.roles, {k: v for k, v in intervals.items() if v is not None}))
    operand = Operand(role)
    if role in binding.rule.collections:
        members = box.get(role, ())
        assert isinstance(members, tuple)
        at = len(members) if binding.missing.place is None else binding.missing.place
        box[role] = (*members[:at], EVERYTHING, *members[at:])
        operand = Operand(role, at)
    else:
        box[role] = EVERYTHING
    alternatives = binding.rule.alternatives
    found = [interval for alternative in alternatives if (interval := allowed_by(alternative, operand, box)) is not None]
    return Assessment(
        UNVERIFIABLE,
        stated=_subject_interval(binding),
        missing=found[0] if found else None,
        missing_besides=tuple(found[1:]),
        relation=_main(alternatives[0], binding.rule.subject),
    )


def allowed_by(alternative: Alternative, operand: Operand, box: Box) -> Interval | None:
    """What an operand would have to be by one alternative; None for nothing, or where that cannot be told."""
    pieces: Pieces = (EVERYTHING,)
    try:
        for relation in alternative.relations:
            if operand.name not in relation.names:
                if not relation_feasible(relation, box):
                    return None
                continue
            root = root_range(relation, operand, box) if relation.gathered is not None else None
            solved = solve(relation, operand, box) if root is None else (root,)
            if solved is None:
                return None
            solved = solved[-1:] if takes_root(relation, operand) else solved
            pieces = tuple(both for a in pieces for b in solved if (both := intersect(a, b)) is not None)
    except Undecidable:
        return None
    return hull(pieces) if pieces else None


def find_witness(binding: Binding, assessment: Assessment) -> dict[Operand, Fraction] | None:
    """True values behind the digits that satisfy the rule; None for a contradiction and an unverifiable check."""
    if assessment.verdict not in (CONSISTENT, RECONCILABLE):
        return None
    boxes = boxes_of(binding)
    faces, counts = {}, set()
    for role, found in binding.roles.items():
        for index, operand in enumerate(found if isinstance(found, tuple) else (found,)):
            key = Operand(role, index if isinstance(found, tuple) else None)
            faces[key] = operand.face
            if all(figure.counts for figure in operand.figures):
                counts.add(key)
    rule = binding.rule
    for box in (boxes.face, boxes.strict, boxes.loose):
        if box is None or not _holds(rule, box):
            continue
        found_values = witness(rule.alternatives, tolerant(rule, box), faces, frozenset(counts), rule.subject)
        if found_values is not None:
            return found_values
    return None
