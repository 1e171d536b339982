"""How loudly a check speaks: error, warning, note or none (DESIGN: verdicts, and what softens them)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crosscheck.checking.assessment import CONTRADICTION, RECONCILABLE, UNVERIFIABLE, Assessment, assess
from crosscheck.checking.beside import is_beside
from crosscheck.checking.binding import Binding, Role
from crosscheck.checking.stated import BASED, Stated, source_of
from crosscheck.claims.model import AREA, INDICATOR, INFERRED, Claim, Document
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import STRICT
from crosscheck.figures.periods import PeriodError, months, parse_period
from crosscheck.rules.model import Computed, Rule

ERROR, WARNING, NOTE, NONE = "error", "warning", "note", "none"
ORDER = (NONE, NOTE, WARNING, ERROR)
# A bound that is true by such a factor says so little that it is worth a look.
WEAK, VERY_WEAK = Fraction(2), Fraction(10)

TOGETHER = 400  # characters, of two or three sentences

# A level, and why the check has it so far.
Step = tuple[str, str]


def level_of(binding: Binding, assessment: Assessment, exact_slip: bool = False) -> str:
    """The level of a check, after everything that softens it; `exact_slip`: a known slip gives the figures as printed."""
    return [*_steps(binding, assessment, exact_slip)][-1][0]


def earned_level(binding: Binding, assessment: Assessment) -> str:
    """The level that the verdict earns before anything softens it."""
    return _raw(binding, assessment, False)[0]


def reasons(binding: Binding, assessment: Assessment, exact_slip: bool = False) -> Iterator[str]:
    """Why a check has its level, for people: what the verdict alone would earn, then each thing that softens it."""
    return (why for _, why in _steps(binding, assessment, exact_slip))


def _steps(binding: Binding, assessment: Assessment, exact_slip: bool) -> Iterator[Step]:
    """What bears on the level, one thing after another; the level of the last step counts."""
    level, why = _raw(binding, assessment, exact_slip)
    yield level, why
    if assessment.verdict not in (CONTRADICTION, RECONCILABLE) or level == NONE:
        return
    inferred = list(_inferred(binding))
    if inferred and (level == ERROR or not is_beside(binding)):  # that they belong together is no inference
        level = ORDER[ORDER.index(level) - 1]
        yield level, f"{' and '.join(inferred)}: one step lower, {_called(level)}"
    earned = level
    for cap, why in _caps(binding, assessment):
        if ORDER.index(earned) > ORDER.index(cap):
            level = _capped(level, cap)
            yield level, f"{why}: no more than {_called(cap)}"


def level_together(
    bindings: Iterable[Binding], statements: Sequence[Sequence[Claim]], is_loose: bool, assumed: bool
) -> str:
    """How loudly statements speak that cannot be true together, each given by the claims that make it.

    As a contradiction of one rule: an error within one document or one date, a warning across, one step lower where
    dimensions agree by inference only; a warning at most where a loose reading helps or something was assumed.
    """
    level = WARNING if any(True for binding in bindings for _ in _inferred(binding)) else ERROR
    documents = {claim.document.id: claim.document for claims in statements for claim in claims}
    alone = any(all(any(c.document.id == name for c in claims) for claims in statements) for name in documents)
    sources = {source_of(claim) for claims in statements for claim in claims}
    apart = any(_may_be_revised(a, b) for a in documents.values() for b in documents.values())
    mixed = len(documents) > 1 and len(sources) > 1 and None in sources
    capped = is_loose or assumed or (not alone and (apart or mixed))
    return _capped(level, WARNING) if capped else level


def is_given(operand: Stated) -> bool:
    """True when a document that is not to be doubted states the operand."""
    return any(claim.document.given for claim in operand.claims)


def at_least(level: str, threshold: str) -> bool:
    """True when `level` is as grave as `threshold` or graver."""
    return ORDER.index(level) >= ORDER.index(threshold)


def _capped(level: str, cap: str) -> str:
    return level if ORDER.index(level) <= ORDER.index(cap) else cap


def _called(level: str) -> str:
    return {ERROR: "an error", WARNING: "a warning", NOTE: "a note", NONE: "not reported"}[level]


def _raw(binding: Binding, assessment: Assessment, exact_slip: bool) -> Step:
    """The level that a verdict earns before anything softens it."""
    rule, verdict = binding.rule, assessment.verdict
    if verdict == CONTRADICTION:
        if rule.level is not None:
            return rule.level, f"the rule says how loudly its contradictions speak: {_called(rule.level)}"
        return ERROR, "a contradiction is an error"
    if verdict == RECONCILABLE:
        level, why = _of_reconcilable(assessment, exact_slip)
        capped = _capped(level, rule.level or ERROR)
        return capped, why if capped == level else f"{why}; but the rule says no more than {_called(capped)}"
    if verdict == UNVERIFIABLE:
        if any(selector.unstated for selector in rule.variables.values()):
            level = rule.level or NONE
            return level, f"the rule is about what nobody states, and says how loudly: {_called(level)}"
        return NONE, "what cannot be checked is counted, not reported"
    if assessment.weakness is not None and assessment.weakness >= WEAK:
        level, factor = (WARNING, "ten") if assessment.weakness >= VERY_WEAK else (NOTE, "two")
        return level, f"a bound that holds by a factor of {factor} or more says so little that it is {_called(level)}"
    return NONE, "what fits is counted, not reported"


def _of_reconcilable(assessment: Assessment, exact_slip: bool) -> Step:
    if assessment.reading != STRICT and exact_slip:
        return ERROR, "a known slip gives the figures as printed, where otherwise only a loose reading would: an error"
    if assessment.reading != STRICT:
        return WARNING, "what only a loose reading of the digits explains is never silent: a warning"
    if not assessment.material:
        return NOTE, "the gap is smaller than what the rule calls material, so it is only a note"
    if not assessment.strained:
        return NOTE, "rounding explains the gap with little strain, so it is only a note"
    return WARNING, "the gap is material, and rounding explains it only under strain: a warning"


def _caps(binding: Binding, assessment: Assessment) -> Iterator[Step]:
    """The gravest levels that the provenance of the operands allows, and why."""
    assumed = binding.subject.assumed
    documents = list(_documents(binding))
    alone = len([*binding.operands()]) == 1  # a fall of more than all of it is none at any time
    if (
        assumed is not None
        and not alone
        and all(c.measure in BASED and c.base_period is None for c in binding.subject.claims)
    ):
        yield NOTE, f"the text says neither when nor compared with what; {assumed} and the year before it are assumptions"
    elif assumed is not None:
        yield WARNING, f"the text does not say when; {assumed} is an assumption"
    elif (
        assessment.verdict == CONTRADICTION
        and len(documents) > 1
        and any(_contradicts_alone(binding, document) for document in documents)
    ):
        return
    if _source_known_on_one_side(binding):
        yield WARNING, "whose statistics these are is said of some of the figures only"
    elif assumed is None and binding.rule.duplicates and _is_revision(documents):
        yield NOTE, "the later document of one publisher may revise the earlier"
        return
    if any(_may_be_revised(a, b) for a in documents for b in documents):
        yield WARNING, "the figures stand in documents of different dates or publishers, or of unknown date"


def _contradicts_alone(binding: Binding, document: Document) -> bool:
    """True when what one document says is enough for the contradiction; that others agree with it excuses nothing."""
    roles: dict[str, Role] = {}
    for role, found in binding.roles.items():
        members = found if isinstance(found, tuple) else (found,)
        own = [tuple(c for c in member.claims if c.document.id == document.id) for member in members]
        if not all(own):
            return False
        parts = tuple(replace(member, claims=claims) for member, claims in zip(members, own, strict=True))
        roles[role] = parts if isinstance(found, tuple) else parts[0]
    return assess(Binding(binding.rule, roles)).verdict == CONTRADICTION


def _documents(binding: Binding) -> Iterator[Document]:
    seen = set()
    for _, operand in binding.operands():
        for claim in operand.claims:
            if claim.document.id not in seen:
                seen.add(claim.document.id)
                yield claim.document


def _may_be_revised(a: Document, b: Document) -> bool:
    """Figures of another date or publisher may be revised or from elsewhere; within one document or date they may not."""
    if a.id == b.id:
        return False
    return a.publisher != b.publisher or a.published != b.published or a.published is None


def _is_revision(documents: list[Document]) -> bool:
    """Two documents of one publisher with different known dates: the later one revises the earlier."""
    publishers = {document.publisher for document in documents}
    dates = {document.published for document in documents}
    return len(documents) > 1 and len(publishers) == 1 and None not in publishers | dates and len(dates) > 1


def _source_known_on_one_side(binding: Binding) -> bool:
    operands = [operand for _, operand in binding.operands()]
    if len({claim.document.id for operand in operands for claim in operand.claims}) < 2:
        return False
    sources = {operand.source for operand in operands}
    return len(sources) > 1 and None in sources


def _inferred(binding: Binding) -> Iterator[str]:
    """What the subject agrees with its operands by inference only, each thing once."""
    subject = binding.subject
    rule = binding.rule
    if _base_is_guessed(rule, subject):
        yield "the text does not name the base period of a comparison over less than a year"
    found: dict[str, None] = {}
    for role, operand in binding.operands():
        if operand is not subject and rule.variables[role].items_of is None:
            for dimension in sorted(set(subject.dimensions) | set(operand.dimensions)):
                if not any(_surely_agree(a, b, dimension) for a in subject.claims for b in operand.claims):
                    found[f"the {dimension.replace('_', ' ')} of {rule.subject} and {role} agrees by inference only"] = None
    yield from found


def _surely_agree(a: Claim, b: Claim, dimension: str) -> bool:
    if INFERRED not in (a.how(dimension), b.how(dimension)):
        return True
    if dimension == INDICATOR and AREA not in {*a.dimensions, *b.dimensions} and _are_told_together(a, b):
        return True  # what makes both a guess is that the text does not name whom they are of: it is the same for both
    if a.document.id != b.document.id or a.how(dimension) != b.how(dimension):
        return False
    if a.dimensions.get(dimension) != b.dimensions.get(dimension):
        return False
    known_a, known_b = a.known[dimension], b.known[dimension]
    return (known_a.start, known_a.end) == (known_b.start, known_b.end)


def _are_told_together(a: Claim, b: Claim) -> bool:
    """Whether two figures stand within a few sentences of one document: farther apart, each may be of somebody else."""
    first, last = a.place.start, b.place.start
    return a.document.id == b.document.id and (first is None or last is None or abs(first - last) <= TOGETHER)


def _base_is_guessed(rule: Rule, subject: Stated) -> bool:
    """A growth whose base the text does not name, of less than a year: it may be against the period before."""
    uses_base = any(
        isinstance(test, Computed) and test.function == "base" and test.variable == rule.subject
        for selector in rule.variables.values()
        for test in selector.dimensions.values()
    )
    if not uses_base or any(claim.how("base_period") != INFERRED for claim in subject.claims):
        return False
    try:
        length = months(parse_period(subject.dimensions.get("time_period", "")))
    except PeriodError:
        return True
    return length is None or length < 12
