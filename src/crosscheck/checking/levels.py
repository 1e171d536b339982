"""How loudly a check speaks: error, warning, note or none (DESIGN: verdicts, and what softens them)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from crosscheck.checking.assessment import CONTRADICTION, RECONCILABLE, UNVERIFIABLE, Assessment, assess
from crosscheck.checking.binding import Binding, Role
from crosscheck.checking.stated import Stated
from crosscheck.claims.model import INFERRED, Claim, Document
from crosscheck.figures.figure import STRICT
from crosscheck.figures.periods import PeriodError, months, parse_period
from crosscheck.rules.model import Computed, Rule

ERROR, WARNING, NOTE, NONE = "error", "warning", "note", "none"
ORDER = (NONE, NOTE, WARNING, ERROR)
# A bound that is true by such a factor says so little that it is worth a look.
WEAK, VERY_WEAK = Fraction(2), Fraction(10)


def level_of(binding: Binding, assessment: Assessment) -> str:
    """The level of a check, after everything that softens it."""
    level = _raw(binding, assessment)
    if assessment.verdict in (CONTRADICTION, RECONCILABLE):
        if _agrees_by_inference(binding):
            level = ORDER[max(ORDER.index(level) - 1, 0)]
        level = _capped(level, _cap(binding, assessment))
    return level


def is_given(operand: Stated) -> bool:
    """True when a document that is not to be doubted states the operand."""
    return any(claim.document.given for claim in operand.claims)


def at_least(level: str, threshold: str) -> bool:
    """True when `level` is as grave as `threshold` or graver."""
    return ORDER.index(level) >= ORDER.index(threshold)


def _capped(level: str, cap: str) -> str:
    return level if ORDER.index(level) <= ORDER.index(cap) else cap


def _raw(binding: Binding, assessment: Assessment) -> str:
    rule, verdict = binding.rule, assessment.verdict
    if verdict == CONTRADICTION:
        return rule.level or ERROR
    if verdict == RECONCILABLE:
        loud = assessment.reading != STRICT or (assessment.material and assessment.strained)
        return _capped(WARNING if loud else NOTE, rule.level or ERROR)
    if verdict == UNVERIFIABLE:
        about_absence = any(selector.unstated for selector in rule.variables.values())
        return (rule.level or NONE) if about_absence else NONE
    if assessment.weakness is not None and assessment.weakness >= WEAK:
        return WARNING if assessment.weakness >= VERY_WEAK else NOTE
    return NONE


def _cap(binding: Binding, assessment: Assessment) -> str:
    """The gravest level that the provenance of the operands allows."""
    if binding.subject.assumed is not None:
        return WARNING
    documents = list(_documents(binding))
    alone = assessment.verdict == CONTRADICTION and len(documents) > 1
    if alone and any(_contradicts_alone(binding, document) for document in documents):
        return ERROR
    if _source_known_on_one_side(binding):
        return WARNING
    if binding.rule.duplicates and _is_revision(documents):
        return NOTE
    return WARNING if any(_may_be_revised(a, b) for a in documents for b in documents) else ERROR


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


def _agrees_by_inference(binding: Binding) -> bool:
    """True when the subject agrees with an operand only because a dimension of one of them was inferred."""
    subject = binding.subject
    rule = binding.rule
    if _base_is_guessed(rule, subject):
        return True
    for role, operand in binding.operands():
        if operand is not subject and rule.variables[role].items_of is None:
            for dimension in set(subject.dimensions) | set(operand.dimensions):
                if not any(_surely_agree(a, b, dimension) for a in subject.claims for b in operand.claims):
                    return True
    return False


def _surely_agree(a: Claim, b: Claim, dimension: str) -> bool:
    if INFERRED not in (a.how(dimension), b.how(dimension)):
        return True
    if a.document.id != b.document.id or a.how(dimension) != b.how(dimension):
        return False
    if a.dimensions.get(dimension) != b.dimensions.get(dimension):
        return False
    known_a, known_b = a.known[dimension], b.known[dimension]
    return (known_a.start, known_a.end) == (known_b.start, known_b.end)


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
