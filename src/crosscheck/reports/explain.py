"""`explain`: a rule with its checks, a check step by step, a figure with all that was done with it, as text for people."""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.checking.assessment import UNVERIFIABLE
from crosscheck.checking.assumptions import candidate_periods, series_periods
from crosscheck.checking.checks import Check
from crosscheck.checking.stated import stated
from crosscheck.claims.model import PERIOD, SOURCE, UNSTATED, Claim
from crosscheck.reports.meaning import MODALITY_WORDS, how_known, readings, what
from crosscheck.reports.page import Page, listed
from crosscheck.reports.placing import place
from crosscheck.reports.rule_page import rule_text
from crosscheck.reports.sections import sections, where
from crosscheck.reports.wording import message, noticed_message, printed
from crosscheck.rules.model import Rule


def rule_page(rule: Rule, page: Page) -> Iterator[str]:
    """A rule as `rules show` shows it, and each check of it in the run."""
    for line in rule_text(rule).splitlines():
        indent = len(line) - len(line.lstrip())
        yield from page.text(line.lstrip(), indent, 2 if indent else 0)
    checks = [check for check in page.run.checks if check.rule.id == rule.id]
    yield from page.heading(f"Checks of this rule ({len(checks)})")
    if any(stopped.id == rule.id for stopped in page.run.stopped_rules):
        yield from page.text("None: it compares nearly everything with everything, so it was stopped.")
    elif not checks:
        yield from page.text("None: no figures of this run are what its variables ask for.")
    yield from listed(checks, page)


def noticed_page(rule: str, page: Page) -> Iterator[str]:
    """What reading itself notices: the figures that a finding without a rule file is about."""
    found = [one for one in page.noticed if one.rule == rule]
    yield rule
    yield from page.text("A finding about a figure by itself, made while reading; no rule file holds it.", 0)
    yield from page.heading(f"Figures ({len(found)})")
    for one in found:
        yield from page.item(f"{one.level}: {noticed_message(one)}")
        yield from page.text(place(one), 5)
        yield from page.painted(page.text(one.id, 5), "dim")


def check_page(check: Check, page: Page) -> Iterator[str]:
    """A check step by step, from the figures to the verdict."""
    yield from page.painted(page.text(message(check), 0), "bold")
    yield from page.painted(page.text(check.id, 0), "dim")
    number = 0
    for title, lines in sections(check, page):
        found = list(lines)
        if found:
            number += 1
            yield from page.heading(f"{number}. {title}")
            yield from found


def claim_page(claim: Claim, page: Page) -> Iterator[str]:
    """A figure: what it is, what it may stand for, and every check that it takes part in, or why there is none."""
    yield from page.painted(page.text(f"{printed(stated([claim]))}: {what(claim, page.names)}", 0), "bold")
    yield from page.painted(page.text(claim.id, 0), "dim")
    yield from page.text(where(claim), 0)
    for line in how_known(claim, page.sources):
        yield from page.text(line, 0, 2)
    if claim.note:
        yield from page.text(f"note: {' '.join(claim.note.split())}", 0, 2)
    yield from page.heading("What it may stand for")
    for line in readings(claim):
        yield from page.item(line)
    checks = [
        check
        for check in page.run.checks
        if any(c.id == claim.id for _, operand in check.binding.operands() for c in operand.claims)
    ]
    yield from page.heading(f"Checks with this figure ({len(checks)})")
    yield from listed(checks, page, claim)
    for one in page.noticed:
        if one.claim is not None and one.claim.id == claim.id:
            yield from page.item(f"{one.level}: {noticed_message(one)}")
            yield from page.painted(page.text(one.rule, 5), "dim")
    if not any(len(check.rule.variables) > 1 and check.verdict != UNVERIFIABLE for check in checks):
        yield from page.text(why_none(claim, page))


def why_none(claim: Claim, page: Page) -> str:
    """Why a figure is compared with no other."""
    if claim.modality != "fact":
        return f"It is not compared: only facts are, and this is {MODALITY_WORDS[claim.modality]}."
    if claim.direction_unstated:
        return "It is not compared: the text does not say whether it means a rise or a fall."
    unknown = [name for name, value in claim.dimensions.items() if value == UNSTATED and name not in (PERIOD, SOURCE)]
    if unknown:
        names = " and ".join(name.replace("_", " ") for name in unknown)
        return f"It is not compared: the text does not say the {names}."
    nothing = "no rule finds all the figures that it needs for it"
    if claim.dimensions.get(PERIOD) == UNSTATED:
        tried = candidate_periods(claim, series_periods(page.claims))
        if not tried:
            return "It is not compared: the text does not say when, and there is no period to try."
        return f"It is compared with nothing: the text does not say when. Tried as {' and '.join(tried)}, {nothing}."
    return f"It is compared with no other figure: {nothing}."
