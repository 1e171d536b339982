"""`explain`: a rule, a finding or a figure of the configured documents, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from crosscheck.checking.checks import Check
from crosscheck.claims.model import Claim
from crosscheck.cli.check import INPUT, OK, configuration_of, date_of_option, with_inputs
from crosscheck.cli.options import COLORS
from crosscheck.cli.output import complain, say, show_faults, terminal_style
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.project.lists import codelists_of
from crosscheck.project.pipeline import Outcome, Request, check_files, document_text, rules_of
from crosscheck.reports.explain import check_page, claim_page, noticed_page, rule_page
from crosscheck.reports.page import Page, names_of
from crosscheck.rules.model import Rule

T = TypeVar("T")

PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?")
MAXIMUM_CANDIDATES = 8
MAXIMUM_SEARCHED = 20_000
LEAST_HASH = 4


def run_explain(
    name: str,
    rules: Sequence[Path] = (),
    isolated: bool = False,
    config: Path | None = None,
    color: str = "auto",
    paths: Sequence[str] = (),
    published: str | None = None,
) -> int:
    """Explains what a name stands for: a rule, a check, a claim, or the place of one; 2 when it is none or several.

    `paths` are documents and claim files as `all` takes them; the configured ones when there are none.
    """
    try:
        if color not in COLORS:
            hint = did_you_mean(color, COLORS) or f"one of {', '.join(COLORS)}"
            raise InputFaults([Fault("--color", None, None, f'unknown value "{color[:60]}"', hint)])
        settings = configuration_of(config, isolated)
        request = Request((), tuple(rules), isolated, published=date_of_option(published))
        outcome = check_files(with_inputs(request, paths, settings, documents_too=True), settings)
        explain = _found(name.strip(), outcome, lambda: rules_of(settings, tuple(rules), isolated))
        lists = codelists_of(settings, isolated)
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    for remark in outcome.remarks:
        complain(f"crosscheck: {remark.text}")
    texts = cache(lambda path: document_text(outcome, path))
    page = Page(outcome.run, outcome.noticed, outcome.claims, names_of(lists), texts, terminal_style(color))
    for line in explain(page):
        say(f"{line.rstrip()}\n")
    return OK


def _found(name: str, outcome: Outcome, rules: Callable[[], Sequence[Rule]]) -> Callable[[Page], Iterator[str]]:
    """What to write about the thing with this name; raises InputFaults for none and for several.

    `rules` gives the rules with their examples, which a run does without.
    """
    if any(rule.id == name for rule in outcome.rules):
        (whole,) = [rule for rule in rules() if rule.id == name]
        return lambda page: rule_page(whole, page)
    if any(one.rule == name for one in outcome.noticed):
        return lambda page: noticed_page(name, page)
    checks = _checks(name, outcome.run.checks)
    if checks:
        check = _only(name, "checks", {check.id: check for check in checks})
        return lambda page: check_page(check, page)
    claims = _claims(name, outcome.claims)
    if claims:
        claim = _only(name, "figures", {claim.id: claim for claim in claims})
        return lambda page: claim_page(claim, page)
    message = f'no rule, finding or figure is called "{name[:80]}"'
    raise InputFaults([Fault("explain", None, None, message, _near(name, outcome))])


def _checks(name: str, checks: Sequence[Check]) -> list[Check]:
    """The checks with this id; else those whose ids begin so, or whose ids' second parts do."""
    exact = [check for check in checks if check.id == name]
    if exact or not name:
        return exact
    if ":" in name:
        return [check for check in checks if check.id.startswith(name)]
    if re.fullmatch(rf"[0-9a-f]{{{LEAST_HASH},}}(-\d+)?", name):
        return [check for check in checks if check.id.rpartition(":")[2].startswith(name)]
    return []


def _claims(name: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with this id, with or without the document's, or at this place."""
    exact = [claim for claim in claims if claim.id == name]
    short = exact or [claim for claim in claims if claim.id.partition("#")[2] == name]
    place = PLACE.fullmatch(name)
    if short or place is None:
        return short
    line, column = int(place["line"]), place["column"]
    there = [claim for claim in claims if claim.place.line == line and _is_at(claim, place["path"])]
    return [claim for claim in there if column is None or claim.place.column == int(column)]


def _is_at(claim: Claim, path: str) -> bool:
    own, named = claim.document.path or claim.document.claim_file or "", path.replace("\\", "/").removeprefix("./")
    return own == named or own.endswith(f"/{named}") or named.endswith(f"/{own}")


def _only(name: str, kind: str, found: dict[str, T]) -> T:
    """The one thing found; raises InputFaults with the names of several."""
    if len(found) == 1:
        return next(iter(found.values()))
    message = f'{len(found)} {kind} are called "{name[:80]}"'
    raise InputFaults([Fault("explain", None, None, message, f"name one of them: {_some(list(found))}")])


def _some(names: list[str]) -> str:
    shown = names[:MAXIMUM_CANDIDATES]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"{', '.join(shown)}{more}"


def _near(name: str, outcome: Outcome) -> str:
    """What may have been meant, or where the names are."""
    full = [claim.id for claim in outcome.claims]
    words = dict.fromkeys([rule.id for rule in outcome.rules] + [claim.partition("#")[2] for claim in full] + full)
    candidates = [*words, *(one.rule for one in outcome.noticed), *(check.id for check in outcome.run.checks)]
    longer = [word for word in words if word.startswith(name)] if len(name) >= LEAST_HASH else []
    if longer:
        return f"did you mean {_some(longer)}?"
    # Looking for what was meant takes time for each candidate.
    near = did_you_mean(name, candidates[:MAXIMUM_SEARCHED], min(4, max(1, len(name) // 4)))
    return near or "`crosscheck rules list` names the rules, `--format json` the findings and figures"
