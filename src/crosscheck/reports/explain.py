"""`explain`: a rule with its checks, a check step by step, a figure with all that was done with it, as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE, find_witness
from crosscheck.checking.assumptions import candidate_periods, series_periods
from crosscheck.checking.checks import Check, Run
from crosscheck.checking.levels import NONE, reasons
from crosscheck.checking.noticed import Noticed
from crosscheck.checking.ranges import Box, Undecidable
from crosscheck.checking.solving import Operand, solve
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.model import PERIOD, SOURCE, UNSTATED, Claim
from crosscheck.figures.figure import BOUND, HEDGE, STRICT, Figure
from crosscheck.figures.interval import EVERYTHING, Interval, hull, intersect, point
from crosscheck.reports.concise import place
from crosscheck.reports.derivation import Extreme, Given, Inputs, Term, extreme, inline, near, steps, worked_out
from crosscheck.reports.meaning import Names, Sources, amount, how_known, limits, readings, subject, what
from crosscheck.reports.number_line import number_line
from crosscheck.reports.numbers import fixed, gap_like, interval_like, value_like
from crosscheck.reports.rule_page import rule_text
from crosscheck.reports.terminal import Style, cells, harmless, wrapped
from crosscheck.reports.wording import (
    READING_WORDS,
    describe,
    formula,
    message,
    missing_figure,
    noticed_message,
    operand_at,
    printed,
    printed_claim,
    shown_figure,
)
from crosscheck.rules.algebra import Relation
from crosscheck.rules.expression import Expression, Variable, variables
from crosscheck.rules.model import Rule

MAXIMUM_WIDTH = 100  # longer lines of prose are hard to read
MAXIMUM_SHOWN = 12  # members of a collection shown one by one
VERDICT_WORDS = {
    CONSISTENT: "consistent",
    RECONCILABLE: "fits only by rounding",
    CONTRADICTION: "contradiction",
    UNVERIFIABLE: "cannot be checked",
}
VERDICT_MEANING = {
    CONSISTENT: "what the other figures give as printed is a value that the figure in doubt may stand for.",
    RECONCILABLE: "the figures as printed do not fit, but there are true values behind the digits that do.",
    CONTRADICTION: "no true values behind the digits, however they are read, satisfy the rule.",
    UNVERIFIABLE: "there is not enough to decide.",
}
RELATION_WORDS = {"<=": "at most", "<": "less than", ">=": "at least", ">": "more than"}


@dataclass(frozen=True, slots=True)
class Page:
    """What an explanation is written with and from."""

    run: Run
    noticed: Sequence[Noticed]
    claims: Sequence[Claim]
    names: Names
    sources: Sources
    style: Style

    @property
    def width(self) -> int:
        """Columns for prose."""
        return min(self.style.width, MAXIMUM_WIDTH)

    def text(self, text: str, indent: int = 3, hang: int = 0) -> Iterator[str]:
        """A paragraph."""
        for line in wrapped(harmless(text), self.width - indent, " " * hang):
            yield f"{' ' * indent}{line}"

    def item(self, text: str, indent: int = 3) -> Iterator[str]:
        """An item of a list."""
        return self.text(f"- {text}", indent, 2)

    def heading(self, text: str) -> Iterator[str]:
        """A heading, with a line before it."""
        yield ""
        yield self.style.paint(text, "bold")


def rule_page(rule: Rule, page: Page) -> Iterator[str]:
    """A rule as `rules show` shows it, and each check of it in the run."""
    for line in rule_text(rule).splitlines():
        indent = len(line) - len(line.lstrip())
        yield from page.text(line.lstrip(), indent, 2 if indent else 0)
    checks = [check for check in page.run.checks if check.rule.id == rule.id]
    yield from page.heading(f"Checks of this rule ({len(checks)})")
    if rule in page.run.stopped_rules:
        yield from page.text("None: it compares nearly everything with everything, so it was stopped.")
    elif not checks:
        yield from page.text("None: no figures of this run are what its variables ask for.")
    yield from _listed(checks, page)


def noticed_page(rule: str, page: Page) -> Iterator[str]:
    """What reading itself notices: the figures that a finding without a rule file is about."""
    found = [one for one in page.noticed if one.rule == rule]
    yield rule
    yield from page.text("A finding about a figure itself. It is made while reading, so no rule file holds it.", 0)
    yield from page.heading(f"Figures ({len(found)})")
    for one in found:
        yield from page.item(f"{one.level}: {noticed_message(one)}")
        yield from page.text(f"{place(one.claim)}  {one.claim.id}", 5)


def _listed(checks: Iterable[Check], page: Page, about: Claim | None = None) -> Iterator[str]:
    """Each check on a line: level, verdict, the sentence, and its id."""
    for check in checks:
        level = f"{check.level}, " if check.level != NONE else ""
        role = _role_of(about, check)
        suppressed = f" (suppressed on {check.suppressed})" if check.suppressed is not None else ""
        yield from page.item(f"{level}{VERDICT_WORDS[check.verdict]}{role}: {message(check)}{suppressed}")
        yield from (page.style.paint(line, "dim") for line in page.text(check.id, 5))


def _role_of(claim: Claim | None, check: Check) -> str:
    if claim is None:
        return ""
    roles = [role for role, operand in check.binding.operands() if any(c.id == claim.id for c in operand.claims)]
    return f", as {roles[0]}" if roles else ""


# --- a figure ------------------------------------------------------------------------------------------------------


def claim_page(claim: Claim, page: Page) -> Iterator[str]:
    """A figure: what it is, what it may stand for, and every check that it takes part in, or why there is none."""
    yield page.style.paint(harmless(f"{claim.id}: {printed(stated([claim]))}"), "bold")
    yield from page.text(f"{what(claim, page.names)}", 3)
    yield from page.text(_where(claim), 3)
    for line in how_known(claim, page.sources):
        yield from page.text(line, 3, 2)
    if claim.note:
        yield from page.text(f"note: {' '.join(claim.note.split())}", 3, 2)
    yield from page.heading("What it may stand for")
    for line in readings(claim.figure):
        yield from page.item(line)
    checks = [check for check in page.run.checks if any(c.id == claim.id for c in _claims(check))]
    yield from page.heading(f"Checks with this figure ({len(checks)})")
    yield from _listed(checks, page, claim)
    for one in page.noticed:
        if one.claim.id == claim.id:
            yield from page.item(f"{one.level}: {noticed_message(one)}")
            yield from (page.style.paint(line, "dim") for line in page.text(one.rule, 5))
    compared = [check for check in checks if len(check.rule.variables) > 1 and check.verdict != UNVERIFIABLE]
    if not compared:
        yield from page.text(_why_none(claim, page, bool(checks)))


def _claims(check: Check) -> Iterator[Claim]:
    for _, operand in check.binding.operands():
        yield from operand.claims


def _why_none(claim: Claim, page: Page, has_checks: bool) -> str:
    """Why a figure is compared with no other."""
    if claim.modality != "fact":
        return f"It is not compared: figures are checked against facts only, and this is {_article(claim.modality)}."
    if claim.direction_unstated:
        return "It is not compared: the text does not say whether it means a rise or a fall."
    unknown = [n for n, v in claim.dimensions.items() if v == UNSTATED and n not in (PERIOD, SOURCE)]
    if unknown:
        return f"It is not compared: the text does not say its {' and '.join(n.replace('_', ' ') for n in unknown)}."
    if claim.document.given and not has_checks:
        return "It is given: figures that are given are compared with those of other documents only, and none needs it."
    nothing = "nothing else that is stated goes with it in any rule"
    if claim.dimensions.get(PERIOD) == UNSTATED:
        tried = candidate_periods(claim, series_periods(page.claims))
        if not tried:
            return "It is not compared: the text does not say when, and there is no period to try."
        return f"It is not compared: the text does not say when; taken to be about {' or '.join(tried)}, {nothing}."
    return f"It is compared with no other figure: {nothing}."


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _where(claim: Claim) -> str:
    """Place, publisher and date."""
    document = claim.document
    date = "no date" if document.published is None else document.published.isoformat()
    given = ", given" if document.given else ""
    return f"{place(claim)} ({', '.join(filter(None, [document.publisher, date]))}{given})"


# --- a check -------------------------------------------------------------------------------------------------------


def check_page(check: Check, page: Page) -> Iterator[str]:
    """A check step by step, from the figures to the verdict."""
    yield page.style.paint(check.id, "dim")
    yield from (page.style.paint(line, "bold") for line in page.text(message(check), 0))
    sections = [
        ("The figures", _figures(check, page)),
        ("The rule", _rule(check, page)),
        ("With the figures as printed", _as_printed(check, page)),
        ("With everything that the printed digits allow", _with_rounding(check, page)),
        ("The comparison", _comparison(check, page)),
        ("What is missing", _missing(check, page)),
        ("The verdict", _verdict(check, page)),
        ("What each figure would have to be, given the others", _implied(check, page)),
        ("True values that fit", _witness(check, page)),
        ("Other checks with the figure in doubt", _others(check, page)),
    ]
    number = 0
    for title, lines in sections:
        found = list(lines)
        if found:
            number += 1
            yield from page.heading(f"{number}. {title}")
            yield from found


def _figures(check: Check, page: Page) -> Iterator[str]:
    for number, (role, operand) in enumerate(check.binding.operands()):
        mark = ", the figure in doubt" if operand is check.subject else ""
        if number:
            yield ""
        yield from page.text(f"{role}: {printed(operand)}{mark}")
        yield from page.text(what(operand.first, page.names), 6, 2)
        if operand.assumed is not None:
            yield from page.text(f"taken to be about {operand.assumed}: an assumption, as the text does not say when", 6, 2)
        if len(operand.claims) == 1:
            yield from _claim_lines(operand.first, page, 6)
            continue
        yield from page.text("stated more than once, so the true value must suit every statement:", 6, 2)
        for claim in operand.claims:
            yield from page.item(printed(stated([claim])), 6)
            yield from _claim_lines(claim, page, 8)
        together, figure = operand.strict, operand.narrowest.figure
        if together is not None:
            yield from page.text(f"together: {limits(together, figure)}", 6, 2)
        elif operand.any_reading is not None:
            loose = limits(operand.any_reading, figure)
            yield from page.text(f"together: nothing in the strict readings; in some reading {loose}", 6, 2)


def _claim_lines(claim: Claim, page: Page, indent: int) -> Iterator[str]:
    for line in (_where(claim), *how_known(claim, page.sources), *readings(claim.figure)):
        yield from page.text(line, indent, 2)


def _rule(check: Check, page: Page) -> Iterator[str]:
    rule = check.rule
    yield from page.text(f"{rule.id}: {rule.title}")
    yield from page.text(rule.why)
    yield from page.text(f"must hold: {rule.assertion}", 3, 2)
    relation = check.assessment.relation
    if relation is not None and len(rule.alternatives) > 1:
        yield from page.text(f"here: {formula(check)}", 3, 2)
    if rule.tolerance is not None:
        yield from page.text(f"the rule itself allows some slack: {rule.tolerance.why}", 3, 2)


def _inputs(check: Check, values: dict[Operand, Fraction] | None = None) -> Inputs:
    """The operands for arithmetic: as printed, or with some true values."""

    def given(operand: Stated, address: Operand) -> Given:
        like = shown_figure(operand)
        if values is None:
            return Given(printed(operand), operand.face, like)
        return Given(near(values[address], like, _places(like)).removeprefix("about "), values[address], like)

    return {
        role: given(found, Operand(role))
        if isinstance(found, Stated)
        else tuple(given(member, Operand(role, i)) for i, member in enumerate(found))
        for role, found in check.binding.roles.items()
    }


def _places(like: Figure) -> int:
    return max(like.decimals + 3, 4) if like.scale > 1 or like.unit.kind != "count" else max(like.decimals, 0)


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
    if check.binding.missing is not None or check.assessment.relation is None:
        return
    inputs = _inputs(check)
    hedged = [o for _, o in check.binding.operands() if o is not check.subject and o.narrowest.figure.kind in (BOUND, HEDGE)]
    for relation in _relations(check):
        side = _side(relation, check.rule.subject)
        if side is None or relation.operator != "==":
            yield from _compared(check, relation, inputs, page)
            continue
        term = worked_out(side, inputs)
        like = shown_figure(check.subject)
        lines = list(steps(term, like)) or [f"{term.label} = {term.text}"]
        for line in lines:
            yield from page.text(line, 3, 2)
        yield from page.text(f"{check.rule.subject} is given as {printed(check.subject)}")
    face = check.assessment.computed_face
    if hedged and face is not None and not face.is_point:
        names = ", ".join(printed(operand) for operand in hedged)
        whole = interval_like(face, shown_figure(check.subject))
        yield from page.text(f"{names} counts with its whole window, so the others give {whole}")


def _compared(check: Check, relation: Relation, inputs: Inputs, page: Page) -> Iterator[str]:
    """A relation at face values, both of its sides worked out."""
    left, right = worked_out(relation.left, inputs), worked_out(relation.right, inputs)
    for term in (left, right):
        for line in steps(term):
            yield from page.text(line, 3, 2)
    if left.value is None or right.value is None:
        return
    holds = {
        "==": left.value == right.value,
        "<=": left.value <= right.value,
        "<": left.value < right.value,
        ">=": left.value >= right.value,
        ">": left.value > right.value,
    }[relation.operator]
    sides = f"{left.text} {relation.operator} {right.text}"
    yield from page.text(f"{formula_of(relation)}: {sides}, which {'holds' if holds else 'does not hold'}", 3, 2)


def formula_of(relation: Relation) -> str:
    """A relation as text."""
    return f"{worked_label(relation.left)} {relation.operator} {worked_label(relation.right)}"
