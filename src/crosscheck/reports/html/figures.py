"""Every figure with what is known of it: the coverage of the run, and the card that choosing a figure shows."""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.checking.stated import stated
from crosscheck.claims.model import CORRECTED, EXPLICIT, Claim
from crosscheck.reports.concise import FIGURE_WORDS
from crosscheck.reports.explain import why_none
from crosscheck.reports.html.bodies import check_link, level_badge, place_link
from crosscheck.reports.html.context import FIGURES_IN_FULL, STATES, Context
from crosscheck.reports.html.figure_link import figure_link
from crosscheck.reports.html.markup import Markup, element, lazily
from crosscheck.reports.html.names import document_name, figure_name
from crosscheck.reports.html.scale import spot
from crosscheck.reports.meaning import how_known, readings, what
from crosscheck.reports.terminal import harmless
from crosscheck.reports.wording import noticed_message, printed

HOW = {
    EXPLICIT: "said in the sentence",
    "carried": "from the text around",
    "inferred": "inferred",
    "unstated": "not stated",
    CORRECTED: "corrected by a person",
}
COVERAGE = ("checked", "size_only", "nothing_to_compare", "alone", "plans", "no_statistic", "unresolved")
WIDTH = 1000


def figures_section(context: Context) -> Markup:
    """What became of the figures, in numbers and one by one."""
    return element(
        "section",
        element("h2", "Figures"),
        element(
            "p", "What became of every figure that was found. A figure that nothing was compared with may still be wrong."
        ),
        coverage(context),
        element(
            "div",
            (_figure(claim, context, n < FIGURES_IN_FULL) for n, claim in enumerate(_ordered(context))),
            class_="figures",
            id="every-figure",
        ),
        id="figures",
    )


def _ordered(context: Context) -> list[Claim]:
    def key(claim: Claim) -> tuple[str, int, int, str]:
        place = claim.place
        return claim.document.path or claim.document.id, place.start or 0, place.row or 0, claim.id

    return sorted(context.claims, key=key)


def coverage(context: Context) -> Markup:
    """A bar of all figures by what was done with them, and the same as a list."""
    figures = context.page.run.figures
    total = max(figures["found"], 1)
    shares = [(kind, figures[kind]) for kind in COVERAGE if figures.get(kind)]
    parts, at = [], 0
    for kind, count in shares:
        width = count * WIDTH / total
        parts.append(
            element("rect", x=spot(round(at * WIDTH / total)), y=0, width=spot(round(width)), height=28, class_=kind)
        )
        at += count
    items = (
        element(
            "li",
            element("span", class_=f"swatch {kind}", aria_hidden="true"),
            element("b", f"{count:,}"),
            f" {FIGURE_WORDS[kind]}",
        )
        for kind, count in shares
    )
    title = element("title", f"{figures['found']:,} figures: " + ", ".join(f"{n:,} {FIGURE_WORDS[k]}" for k, n in shares))
    bar = element("svg", title, parts, viewBox=f"0 0 {WIDTH} 28", class_="coverage", role="img", preserveAspectRatio="none")
    return element("div", bar, element("ul", items, class_="swatches"), class_="coverage-box")


def _figure(claim: Claim, context: Context, in_full: bool) -> Markup:
    state = context.state(claim)
    return element(
        "article",
        element(
            "h3",
            figure_link(claim, printed(stated([claim])), context),
            element("span", harmless(what(claim, context.page.names)), class_="what"),
        ),
        element("p", STATES[state], " · ", place_link(claim, context), class_="where"),
        lazily(figure_body(claim, context) if in_full else _brief(claim, context)),
        class_=f"figure {state}",
        id=figure_name(claim),
        data_document=document_name(claim.document),
    )


def figure_body(claim: Claim, context: Context) -> Markup:
    """What a figure is, how that is known, what it may stand for, and the checks that it is in."""
    page = context.page
    checks = context.checks_of.get(claim.id, ())
    noticed = context.noticed_of.get(claim.id, ())
    order = sorted(checks, key=lambda check: check.is_within_bounds)
    remarks = [*how_known(claim, page.sources), *([f"note: {' '.join(claim.note.split())}"] if claim.note else [])]
    compared = any(len(check.rule.variables) > 1 and check.verdict != "unverifiable" for check in checks)
    return element(
        "div",
        element("h4", "What it says"),
        element("dl", _facts(claim, context)),
        element("ul", (element("li", harmless(text)) for text in remarks), class_="remarks") if remarks else None,
        element("h4", "What it may stand for"),
        element("ul", (element("li", harmless(text)) for text in readings(claim)), class_="readings"),
        element("h4", f"Checks with this figure ({len(checks) + len(noticed)})"),
        element("ul", (element("li", level_badge(f.level), " ", harmless(noticed_message(f))) for f in noticed))
        if noticed
        else None,
        element("ul", (element("li", check_link(check, context)) for check in order), class_="in-checks")
        if order
        else None,
        None if compared else element("p", harmless(why_none(claim, page)), class_="note"),
        class_="card",
    )


def _brief(claim: Claim, context: Context) -> Markup:
    """The checks of a figure on a page with very many."""
    checks = context.checks_of.get(claim.id, ())
    return element(
        "div",
        element("h4", f"Checks with this figure ({len(checks)})"),
        element("ul", (element("li", check_link(check, context)) for check in checks), class_="in-checks")
        if checks
        else None,
        element(
            "p", "All that is known, in a terminal: ", element("code", f"crosscheck explain {claim.id}"), class_="command"
        ),
        class_="card",
    )


def _facts(claim: Claim, context: Context) -> Iterator[Markup]:
    """Dimensions and properties, and how each is known."""
    names = context.page.names
    facts: list[tuple[str, str, str | None]] = []
    facts += [(name, names(name, value), claim.how(name)) for name, value in sorted(claim.dimensions.items())]
    facts.append(("measure", claim.measure, None))
    if claim.base_period is not None:
        facts.append(("base_period", claim.base_period, claim.how("base_period")))
    if claim.whole is not None:
        whole = ", ".join(f"{name.replace('_', ' ')} {value or 'all'}" for name, value in sorted(claim.whole.items()))
        facts.append(("whole", whole or "the same", None))
    if claim.modality != "fact":
        facts.append(("modality", claim.modality, None))
    for name, value, how in facts:
        shown = "not stated" if value == "_U" else value
        chip = element("span", HOW[how], class_=f"how {how}") if how is not None and how in HOW else None
        yield element("div", element("dt", name.replace("_", " ")), element("dd", harmless(shown), " ", chip))
