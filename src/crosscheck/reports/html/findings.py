"""The first screen: each fault in a sentence, where it stands, and what to look up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosscheck.checking.assessment import RECONCILABLE
from crosscheck.checking.checks import Check
from crosscheck.checking.levels import ERROR, NOTE, WARNING
from crosscheck.checking.noticed import Noticed
from crosscheck.claims.model import Claim
from crosscheck.reports.html.bodies import capital, level_badge, place_link, sentence, where_words
from crosscheck.reports.html.context import Context
from crosscheck.reports.html.drawing import number_line
from crosscheck.reports.html.figure_link import with_links
from crosscheck.reports.html.markup import Markup, element, lazily
from crosscheck.reports.html.names import check_name, document_name, figure_name, finding_name
from crosscheck.reports.html.placing import excerpt
from crosscheck.reports.html.together import conflict_findings
from crosscheck.reports.terminal import harmless
from crosscheck.reports.wording import corrections, helps, noticed_message, printed_claim

DRAWN = 60  # findings whose number line stands beside them; of further ones it is shown with their working
TITLES = {ERROR: "Errors", WARNING: "Warnings", NOTE: "Notes"}


def findings_section(context: Context) -> Markup:
    """All findings by level; notes are folded away."""
    levels = {
        level: [*conflict_findings(level, context), *_of_checks(level, context), *_of_reading(level, context)]
        for level in TITLES
    }
    return element(
        "section",
        element("h2", "Findings", class_="vh"),
        (_level(level, found) for level, found in levels.items() if found),
        element("p", "Nothing here disagrees.", class_="empty") if not any(levels.values()) else None,
        _suppressed(context),
        id="findings",
    )


def _level(level: str, found: Sequence[Markup]) -> Markup:
    title = f"{TITLES[level]} ({len(found)})"
    if level == NOTE:
        return element("details", element("summary", title), element("div", found), class_="level-group note", id="notes")
    return element("div", element("h2", title, class_="level-title"), found, class_=f"level-group {level}")


def _of_checks(level: str, context: Context) -> Iterator[Markup]:
    for number, group in enumerate(group for group in context.groups if group[0].level == level):
        yield _fault(group, context, drawn=level != NOTE and number < DRAWN)


def _fault(group: Sequence[Check], context: Context, drawn: bool) -> Markup:
    check, *further = group
    line = number_line(check) if drawn else None
    return element(
        "article",
        element(
            "div",
            level_badge(check.level),
            element("h3", sentence(check, context)),
            _excerpt(check.in_doubt.narrowest, context),
            element("p", place_link(check.in_doubt.first, context), class_="where"),
            (element("p", "Likely slip: ", harmless(one.message), class_="slip") for one in check.diagnosis),
            _look_up(check),
            element("ul", _notes(check, further, context), class_="also") if further or _assumed(check) else None,
            element("p", element("a", "Show the working", href=f"#{check_name(check)}", class_="open"), class_="more"),
            class_="told",
        ),
        element("figure", line) if line is not None else None,
        class_=f"finding {check.level}",
        id=finding_name(check),
        data_document=document_name(check.in_doubt.first.document),
        data_rule=check.rule.id,
    )


def _excerpt(claim: Claim, context: Context) -> Markup | None:
    """The sentence that the figure stands in."""
    found = context.located.get(claim.id)
    words = None if found is None else excerpt(found, claim)
    if words is None:
        return None
    before, figure, after = (harmless(" ".join(part.split())) for part in words)
    gap = (" " if part[-1:].isspace() else "" for part in words[:1])
    lead = " " if words[2][:1].isspace() else ""
    return element("blockquote", before, *gap, element("mark", figure), lead, after)


def _look_up(check: Check) -> Markup | None:
    """What would mend it, and what to look up."""
    found = list(dict.fromkeys(helps(check)))
    if not found:
        return None
    return element("ul", (element("li", capital(harmless(text))) for text in found), class_="help")


def _assumed(check: Check) -> list[str]:
    said = [f"Taken to be about {a.value}, as the text does not say when." for a in check.assumptions]
    return [*said, *(capital(text) for text in corrections(check))]


def _notes(check: Check, further: Sequence[Check], context: Context) -> Iterator[Markup]:
    for text in _assumed(check):
        yield element("li", harmless(text))
    for other in further:
        words = "Also" if other.verdict != RECONCILABLE else "Only by rounding"
        link = element("a", context.sentences[other.id], href=f"#{check_name(other)}")
        yield element("li", f"{words}: ", link)


def _of_reading(level: str, context: Context) -> Iterator[Markup]:
    for name, found in context.noticed:
        if found.level == level:
            yield _noticed(name, found, context)


def _noticed(name: str, found: Noticed, context: Context) -> Markup:
    claim, text = found.claim, capital(harmless(noticed_message(found)))
    where = place_link(claim, context) if claim is not None else _document_link(found)
    return element(
        "article",
        element(
            "div",
            level_badge(found.level),
            element("h3", text if claim is None else with_links(text, [(printed_claim(claim), claim)], context)),
            None if claim is None else _excerpt(claim, context),
            element("p", where, class_="where"),
            element("p", element("a", "Show the figure", href=f"#{figure_name(claim)}", class_="open"), class_="more")
            if claim is not None
            else None,
            class_="told",
        ),
        class_=f"finding {found.level}",
        id=name,
        data_document=document_name(found.document),
        data_rule=found.rule,
    )


def _document_link(found: Noticed) -> Markup:
    document = found.document
    text = document.path or document.title or document.id
    line = f", line {found.place.line}" if found.place.line is not None else ""
    return element("a", harmless(f"{text}{line}"), class_="place", href=f"#{document_name(document)}")


def _suppressed(context: Context) -> Markup | None:
    """What a person asked not to be told, for who wants to see it all the same."""
    found = [check for check in context.checks if check.suppressed is not None and check.level != "none"]
    if not found:
        return None
    items = (
        element(
            "li",
            element("a", context.sentences[check.id], href=f"#{check_name(check)}"),
            f", {where_words(check.in_doubt.first)}",
        )
        for check in found
    )
    return element(
        "details",
        element("summary", f"Suppressed ({len(found)})"),
        lazily(element("ul", items)),
        class_="level-group suppressed lazy",
    )
