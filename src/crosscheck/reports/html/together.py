"""The figures taken together: conflicts that no single rule shows, as short arguments, and what follows for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from crosscheck.checking.stated import stated
from crosscheck.claims.model import Claim
from crosscheck.reconciliation.model import JointConflict, JointFault, Reconciliation
from crosscheck.reports import joint
from crosscheck.reports.html.bodies import capital, level_badge, place_link
from crosscheck.reports.html.context import Context
from crosscheck.reports.html.figure_link import figure_link, with_links
from crosscheck.reports.html.markup import Markup, element
from crosscheck.reports.html.names import conflict_name, document_name
from crosscheck.reports.terminal import harmless
from crosscheck.reports.wording import printed


def conflict_findings(level: str, context: Context) -> Iterator[Markup]:
    """The conflicts of a level that no finding of a single rule tells."""
    for fault, conflict in joint.told(context.reconciliation):
        if conflict.level == level:
            yield _finding(fault, conflict, context)


def _finding(fault: JointFault, conflict: JointConflict, context: Context) -> Markup:
    claims = [(printed(stated([claim])), claim) for claim in joint.every_claim(conflict.atoms)]
    doubt = joint.in_doubt(fault, conflict)
    more = [capital(harmless(line)) for line in joint.further(fault, conflict)]
    return element(
        "article",
        element(
            "div",
            level_badge(conflict.level),
            element("h3", with_links(capital(harmless(joint.sentence(conflict))), claims, context)),
            element("ul", (_figure(claim, context) for _, claim in claims), class_="conflict"),
            element("ol", (element("li", capital(harmless(line))) for line in joint.argument(conflict)), class_="argument"),
            element("ul", (element("li", capital(harmless(line))) for line in joint.suspects(fault)), class_="help"),
            element("ul", (element("li", text) for text in more), class_="also") if more else None,
            element("p", element("a", "Taken together", href="#together"), class_="more"),
            class_="told",
        ),
        class_=f"finding {conflict.level}",
        id=conflict_name(conflict.id),
        data_document=document_name(doubt.document),
        data_rule=joint.RULE,
    )


def _figure(claim: Claim, context: Context) -> Markup:
    shown = figure_link(claim, printed(stated([claim])), context)
    return element("li", shown, " ", harmless(joint.about_claim(claim)), ", ", place_link(claim, context))


def together_section(context: Context) -> Markup | None:
    """What the figures say jointly, as `crosscheck reconcile` tells it; None where that was not asked for."""
    found: Reconciliation | None = context.reconciliation
    if found is None or not found.parts:
        return None
    return element("section", element("h2", "Taken together"), _blocks(joint.page(found, verbose=False)), id="together")


def _blocks(lines: Iterator[str]) -> Iterator[Markup]:
    """Lines in blocks with a blank line between them: the first line leads, those under it are its list."""
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        if blank:
            continue
        for is_item, part in groupby(group, key=lambda line: line.startswith(" ")):
            texts = [capital(harmless(line.strip())) for line in part]
            if is_item:
                yield element("ul", (element("li", text) for text in texts), class_="joint")
            else:
                yield from (element("p", text, class_="joint-lead") for text in texts)
