"""Why a check fails, where one known slip explains it (DESIGN: verdicts).

Each slip is tried on each figure that it may be made with, and decided again by the function that decided the check, in
the strict reading. It is named only if no other slip fits as well, and if its fitting says something: with what was meant
in place the figures agree as printed, or the check would catch most wrong figures (`power`). Of figures that a slip fits
alike, those that another check bears out are left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from crosscheck.checking import slips
from crosscheck.checking.assessment import (
    CONTRADICTION,
    RECONCILABLE,
    Assessment,
    Boxes,
    boxes_of,
    tolerant,
)
from crosscheck.checking.binding import Binding
from crosscheck.checking.deciding import feasible
from crosscheck.checking.index import Index, look_up_key
from crosscheck.checking.levels import WARNING, at_least, earned_level
from crosscheck.checking.power import Print, allowed_for, is_hedge, power_of
from crosscheck.checking.ranges import Box, Undecidable, value_range
from crosscheck.checking.reach import Reach, reach_of
from crosscheck.checking.slip_words import sentence
from crosscheck.checking.slips import Fit, Slip, base_role, suits, transposed, with_slip
from crosscheck.checking.solving import Operand, interval_of, solve, with_interval
from crosscheck.checking.stated import Stated, identity
from crosscheck.claims.model import INDICATOR, PERIOD
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, EXACT, ROUNDED, STRICT
from crosscheck.figures.figure import CUT as CUT_READING
from crosscheck.figures.interval import EVERYTHING, Interval, nearest, point
from crosscheck.rules.algebra import Alternative

MAXIMUM_OPERANDS = 40  # with more, one of them fits by chance
# As many wrong figures of the kind that was tried may fit by chance, at most.
CHANCE = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A known slip that alone, on one operand, makes a check consistent: its name, the operand's role, a sentence."""

    slip: str
    role: str
    message: str
    exact: bool = False  # what was meant gives the figures as printed, without any rounding
    blamed: Stated | None = None  # the one operand that is wrong, where the slip is of one figure by itself


@dataclass(frozen=True, slots=True, eq=False)
class _Trial:
    """A slip on one operand: what is decided in place of the check, and what the operand would stand for."""

    slip: str
    address: Operand
    operand: Stated
    own: Interval  # the true values that were meant, strictly read
    at_face: Interval  # and as printed
    meant: Fraction
    tried: int = 1  # how many of the kind are tried on this operand
    other: Stated | None = None
    data: Slip | None = None
    instead: tuple[Sequence[Alternative], Box, Box] | None = None  # where more than the operand's own values changes


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """A check whose slips are looked for, with what is worked out once for each of its operands."""

    binding: Binding
    assessment: Assessment
    boxes: Boxes
    base: str | None  # the role of the level of the base period
    reaches: dict[tuple[Operand, bool], Reach] = field(default_factory=dict)
    allowed: dict[Operand, tuple[Interval, ...]] = field(default_factory=dict)

    @property
    def strict(self) -> Box:
        """The operands as strictly read."""
        assert self.boxes.strict is not None
        return self.boxes.strict

    def holds(self, trial: _Trial, at_face: bool) -> bool:
        """Whether the check holds with what was meant, as printed or in the strict reading."""
        if trial.instead is not None:
            alternatives, strict, face = trial.instead
            return _holds(self.binding, alternatives, face if at_face else strict)
        key = trial.address, at_face
        if key not in self.reaches:
            self.reaches[key] = reach_of(self.binding, self.boxes.face if at_face else self.strict, trial.address)
        return self.reaches[key].holds(trial.at_face if at_face else trial.own)

    def allowed_for(self, trial: _Trial) -> tuple[Interval, ...]:
        """What the others allow the operand to be."""
        if trial.instead is not None:
            return allowed_for(self.binding, trial.address, trial.instead[1])
        if trial.address not in self.allowed:
            self.allowed[trial.address] = allowed_for(self.binding, trial.address, self.strict)
        return self.allowed[trial.address]


def diagnose(
    binding: Binding, assessment: Assessment, index: Index | None = None, borne_out: Collection[str] = ()
) -> tuple[Diagnosis, ...]:
    """The known slip that explains a check that fails, or fits only in a way that earns a warning; at most one.

    `index` holds the other figures of the run, for slips of the period and the source; `borne_out` the ids of claims that
    some other check bears out.
    """
    return _told(binding, _doubtful(binding, assessment, index, borne_out))


def diagnose_all(
    found: Sequence[tuple[Binding, Assessment]], index: Index, borne_out: Collection[str]
) -> list[tuple[Diagnosis, ...]]:
    """The diagnosis of each check. A figure that one of them finds wrong also explains others that it takes part in.

    So one figure that is out by a factor is one fault, however many totals and bounds it breaks.
    """
    doubtful = [_doubtful(binding, assessment, index, borne_out) for binding, assessment in found]
    certain = [fits[0] for fits in doubtful if len(fits) == 1 and _is_of_one_figure(fits[0])]
    wrong = {claim.id: fit for fit in certain if fit.data is not None for claim in fit.operand.claims}
    diagnoses = []
    for (binding, assessment), fits in zip(found, doubtful, strict=True):
        if wrong and len(fits) != 1 and _may_be_slip(binding, assessment):
            fits = _explained(binding, assessment, wrong) or fits
        diagnoses.append(_told(binding, fits))
    return diagnoses


def _doubtful(binding: Binding, assessment: Assessment, index: Index | None, borne_out: Collection[str]) -> list[Fit]:
    """The one slip that explains a check, on each figure that may have it."""
    named = _named(_fits(binding, assessment, index))
    doubtful = [fit for fit in named if _is_plausible(fit)] or named
    return [fit for fit in doubtful if not any(c.id in borne_out for c in fit.operand.claims)] or doubtful


def _is_of_one_figure(fit: Fit) -> bool:
    return fit.slip in (slips.CUT, slips.TRANSPOSED) or (fit.data is not None and not fit.data.takes_base)


def _explained(binding: Binding, assessment: Assessment, wrong: Mapping[str, Fit]) -> list[Fit]:
    """The slip of a figure, by claim, that was told from another check, where it makes this one hold as well."""
    boxes = boxes_of(binding)
    if boxes.strict is None or assessment.relation is None:
        return []
    case = _Case(binding, assessment, boxes, base_role(binding.rule))
    for address, operand in addressed(binding):
        cause = next((wrong[claim.id] for claim in operand.claims if claim.id in wrong), None)
        if cause is None or cause.data is None:
            continue
        trial = _substitution(case, address, operand, cause.data)
        if trial is not None and case.holds(trial, at_face=False):
            exact = case.holds(trial, at_face=True)
            return [Fit(cause.slip, address, operand, trial.meant, exact, True, None, cause.data)]
    return []


def _told(binding: Binding, fits: Sequence[Fit]) -> tuple[Diagnosis, ...]:
    if not fits:
        return ()
    first = fits[0]
    exact = all(fit.exact for fit in fits) and first.slip != slips.CUT
    blamed = first.operand if len(fits) == 1 and _is_of_one_figure(first) else None
    return (Diagnosis(first.slip, first.address.name, sentence(fits, binding), exact, blamed),)


def _named(fits: Sequence[Fit]) -> list[Fit]:
    """The fits of the one slip that is worth naming: on one figure, or on several in the same way."""
    names = {fit.slip for fit in fits}
    plainer = names - {fit.slip for fit in fits if fit.operand.first.measure == "growth" and fit.slip == slips.LOST_SIGN}
    names -= {less for plain, less in slips.PLAINER if plain in plainer}
    if len(names) > 1:
        names.discard(slips.CUT)  # a slip of rounding, where something larger explains it too
    if len(names) != 1:
        return []
    found = [fit for fit in fits if fit.slip in names]
    addresses = [fit.address for fit in found]
    if len(addresses) > len(set(addresses)):  # up as well as down: it proves nothing
        return []
    if len(found) > 1 and any(fit.data is None and fit.slip != slips.TRANSPOSED for fit in found):
        return []
    return found if any(fit.tells for fit in found) else []


def _is_plausible(fit: Fit) -> bool:
    """False for a share beyond the whole."""
    return fit.operand.first.measure != "share" or 0 <= fit.meant <= 1


def _fits(binding: Binding, assessment: Assessment, index: Index | None) -> list[Fit]:
    """The slips with which a check holds in the strict reading; for one that rounding explains, only those without any."""
    relation = assessment.relation
    if relation is None or relation.operator != "==" or not _may_be_slip(binding, assessment):
        return []
    boxes = boxes_of(binding)
    if boxes.strict is None:
        return []
    case = _Case(binding, assessment, boxes, base_role(binding.rule))
    found = []
    for trial in _trials(case, index):
        fit = _fit(case, trial, only_exact=assessment.verdict != CONTRADICTION or trial.slip == slips.TRANSPOSED)
        if fit is not None:
            found.append(fit)
    if assessment.reading == CUT_READING and len(assessment.loosened) == 1:
        found += [
            Fit(slips.CUT, address, operand, operand.face, exact=False, tells=True)
            for address, operand in addressed(binding)
            if any(claim.id == assessment.loosened[0].claim.id for claim in operand.claims)
        ]
    return found


def _may_be_slip(binding: Binding, assessment: Assessment) -> bool:
    """A contradiction, or what only a strained or a loose reading reconciles; not what a rule merely notes."""
    if assessment.verdict not in (CONTRADICTION, RECONCILABLE) or len(binding.rule.variables) == 1:
        return False
    if sum(1 for _ in binding.operands()) > MAXIMUM_OPERANDS:
        return False
    return at_least(earned_level(binding, assessment), WARNING)


def _fit(case: _Case, trial: _Trial, only_exact: bool) -> Fit | None:
    """What becomes of a check with the slip undone; None where it does not hold strictly, or would with any figure.

    A figure that is so small beside the others that twice as much would fit as well is no explanation.
    """
    exact = case.holds(trial, at_face=True)
    if not (exact or (not only_exact and case.holds(trial, at_face=False))):
        return None
    allowed = case.allowed_for(trial)
    seen = power_of(Print(trial.meant, trial.own, allowed, is_hedge(trial.operand))) if allowed else None
    if not seen:
        return None
    by_chance = trial.tried * (1 - seen)
    is_plain = exact and trial.tried == 1 and case.binding.subject.narrowest.figure.kind != BOUND
    return Fit(
        trial.slip,
        trial.address,
        trial.operand,
        trial.meant,
        exact,
        is_plain or by_chance <= CHANCE,
        trial.other,
        trial.data,
    )


def _holds(binding: Binding, alternatives: Sequence[Alternative], box: Box) -> bool:
    try:
        return feasible(alternatives, tolerant(binding.rule, box))
    except Undecidable:
        return False


def addressed(binding: Binding) -> Iterator[tuple[Operand, Stated]]:
    """The operands by their addresses, the subject first."""
    subject = binding.rule.subject
    for role, found in sorted(binding.roles.items(), key=lambda item: item[0] != subject):
        members = [(None, found)] if isinstance(found, Stated) else list(enumerate(found))
        yield from ((Operand(role, index), operand) for index, operand in members)


# --- what is tried ---------------------------------------------------------------------------------------------------


def _trials(case: _Case, index: Index | None) -> Iterator[_Trial]:
    rule = case.binding.rule
    for address, operand in addressed(case.binding):
        for slip in slips.SLIPS:
            if suits(slip, address.name, operand, case.binding, case.base) and not (
                slip.name == slips.LOST_SIGN and _never(operand, index)
            ):
                trial = _substitution(case, address, operand, slip)
                if trial is not None:
                    yield trial
        yield from _cut(case, address, operand)
        yield from _transposed(case, address, operand)
        if index is not None and not rule.duplicates:
            yield from _other_claims(case, address, operand, index)
    if not rule.duplicates:
        yield from _exchanges(case)


def _never(operand: Stated, index: Index | None) -> bool:
    """True for levels that would be negative with the other sign, of what cannot be."""
    code = index.code(operand) if index is not None and operand.first.measure == "level" else None
    return code is not None and bool(code.non_negative) and operand.face > 0


def _substitution(case: _Case, address: Operand, operand: Stated, slip: Slip) -> _Trial | None:
    """What was meant in place of what was printed; None where it is not one range of values."""
    relation = case.assessment.relation
    assert relation is not None
    strict, face = _meant(slip, case.strict, address, case.base), _meant(slip, case.boxes.face, address, case.base)
    if strict is None or face is None:
        return None
    meant, instead = nearest(face, _middle(face)), None
    if slip.takes_base:
        instead = with_slip(relation, slip, address.name, case.binding.rule), case.strict, case.boxes.face
    return _Trial(slip.name, address, operand, strict, face, meant, data=slip, instead=instead)


def _meant(slip: Slip, box: Box, address: Operand, base: str | None) -> Interval | None:
    """The values that were meant, for those that an operand and its base have in a box."""
    inner: dict[str, Interval | tuple[Interval, ...]] = {"x": interval_of(address, box)}
    if slip.root is not None:
        roots = solve(slip.root, Operand("meant"), {**inner, "meant": EVERYTHING})
        return roots[-1] if roots else None
    if base is not None and slip.takes_base:
        inner["base"] = box[base]
    try:
        pieces = value_range(slip.expression, inner)
    except Undecidable:
        return None
    return pieces[0] if len(pieces) == 1 else None


def _middle(interval: Interval) -> Fraction:
    """A value to name an interval by: its middle, or the end that it has."""
    ends = [end for end in (interval.low, interval.high) if end is not None]
    return sum(ends, Fraction(0)) / len(ends) if ends else Fraction(0)


def _cut(case: _Case, address: Operand, operand: Stated) -> Iterator[_Trial]:
    """Digits cut instead of rounded, where that is not a reading of the figure anyway."""
    figure = operand.narrowest.figure
    own = operand.strict
    is_reading = any(reading.name == CUT_READING for reading in figure.loose)
    if case.assessment.reading != STRICT or is_reading or figure.kind != ROUNDED or own is None or len(operand.claims) > 1:
        return
    if own.low is None or own.high is None or own.is_point:
        return
    step = own.high - own.low
    meant = Interval(figure.face, figure.face + step, True, False)
    if figure.face < 0:
        meant = Interval(figure.face - step, figure.face, False, True)
    at_face = meant if operand is case.binding.subject else interval_of(address, case.boxes.face)
    yield _Trial(slips.CUT, address, operand, meant, at_face, figure.face)


def _transposed(case: _Case, address: Operand, operand: Stated) -> Iterator[_Trial]:
    """Two digits in each other's place, where no rounding could hide whether that is so: elsewhere too much would fit."""
    figure = operand.narrowest.figure
    kinds = {one.kind for _, found in addressed(case.binding) for one in found.figures}
    is_sharp = kinds <= {ROUNDED, EXACT} if case.binding.rule.duplicates else kinds == {EXACT}
    if not is_sharp or figure.unit.offset or len(operand.claims) > 1:
        return
    options = list(transposed(figure))
    for meant in options:
        own, by = figure.strict, meant - figure.face
        assert own.low is not None and own.high is not None
        moved = Interval(own.low + by, own.high + by, own.low_closed, own.high_closed)
        at_face = moved if operand is case.binding.subject else point(meant)
        yield _Trial(slips.TRANSPOSED, address, operand, moved, at_face, meant, len(options))


def _exchanges(case: _Case) -> Iterator[_Trial]:
    """Two figures of one kind in each other's place."""
    for (here, one), (there, other) in combinations(addressed(case.binding), 2):
        a, b = one.first, other.first
        if here.name == there.name or a.measure != b.measure or a.figure.unit.kind != b.figure.unit.kind:
            continue
        strict, face = (
            with_interval(with_interval(box, here, interval_of(there, box)), there, interval_of(here, box))
            for box in (case.strict, case.boxes.face)
        )
        own, at_face = interval_of(here, strict), interval_of(here, face)
        instead = case.binding.rule.alternatives, strict, face
        yield _Trial(slips.SWAPPED, here, one, own, at_face, other.face, other=other, instead=instead)


def _other_claims(case: _Case, address: Operand, operand: Stated, index: Index) -> Iterator[_Trial]:
    """Another period's figure of the series, or another source's, in place of an operand."""
    bound = {claim.id for _, found in case.binding.operands() for claim in found.claims}
    for name, free in ((slips.WRONG_PERIOD, frozenset({PERIOD})), (slips.OTHER_SOURCE, frozenset[str]())):
        key = look_up_key(operand.first.measure, operand.dimensions, free)
        others = [
            other
            for other in index.table(free).get(key, ())
            if bound.isdisjoint(claim.id for claim in other.claims)
            and other.strict is not None
            and _is_other(name, operand, other, index)
        ]
        for other in others:
            assert other.strict is not None
            own = other.strict
            at_face = own if operand is case.binding.subject else other.face_range
            yield _Trial(name, address, operand, own, at_face, other.face, len(others), other)


def _is_other(name: str, operand: Stated, other: Stated, index: Index) -> bool:
    """True for a figure that tells the same of another period, or of the same period from another source."""
    if identity(operand.first, index.codelists)[2:] != identity(other.first, index.codelists)[2:]:
        base = operand.first.measure in ("growth", "change", "multiple")
        same = (
            identity(replace(operand.first, base_period=None), index.codelists)[2:]
            == (identity(replace(other.first, base_period=None), index.codelists)[2:])
        )
        if not (base and same and name == slips.WRONG_PERIOD):
            return False
    if operand.dimensions.get(INDICATOR) is None:
        return False
    if name == slips.WRONG_PERIOD:
        return operand.dimensions.get(PERIOD) != other.dimensions.get(PERIOD) and operand.source == other.source
    return operand.source != other.source
