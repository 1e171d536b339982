"""A figure as people see it on the page: underlined by its verdict, and leading to what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crosscheck.checking.checks import Check
from crosscheck.checking.stated import stated
from crosscheck.claims.model import Claim
from crosscheck.reports.html.context import STATES, Context
from crosscheck.reports.html.markup import Markup, element, together
from crosscheck.reports.html.names import figure_name, place_name
from crosscheck.reports.terminal import harmless
from crosscheck.reports.wording import printed


def figure_link(claim: Claim, shown: str, context: Context, in_place: bool = False) -> Markup:
    """A link to the figure; `in_place` where it stands in its document, which other links lead to."""
    state = context.state(claim)
    doubted = claim.id in context.in_doubt
    return element(
        "a",
        harmless(shown),
        class_=f"fig {state}{' doubted' if doubted else ''}",
        href=f"#{figure_name(claim)}",
        id=place_name(claim) if in_place else None,
        title=STATES[state],
    )


def with_links(text: str, claims: Iterable[tuple[str, Claim]], context: Context) -> Markup:
    """A sentence with the figures in it as links, each the first time that it occurs; longer ones count first."""
    left = {shown.lower(): claim for shown, claim in claims if len(shown) > 1 or shown.isdigit()}
    if not left:
        return together(text)
    words = sorted(left, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w.,])(?:{'|'.join(map(re.escape, words))})(?![\w])", re.IGNORECASE)
    parts: list[str] = []
    at = 0
    for match in pattern.finditer(text):
        claim = left.pop(match[0].lower(), None)
        if claim is not None:
            parts += [text[at : match.start()], figure_link(claim, match[0], context)]
            at = match.end()
    return together(parts, text[at:])


def figures_of(check: Check) -> Iterable[tuple[str, Claim]]:
    """The figures of a check as its sentences print them; that of the subject first."""
    operands = [check.subject, *(operand for _, operand in check.binding.operands() if operand is not check.subject)]
    found: dict[str, Claim] = {}
    for operand in operands:
        found.setdefault(printed(operand), operand.narrowest)
        for claim in operand.claims:
            found.setdefault(printed(stated([claim])), claim)
    return found.items()
