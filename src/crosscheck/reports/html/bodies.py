"""The working of a check: its drawings, its figures, and the derivation that `crosscheck explain` gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from crosscheck.checking.assessment import UNVERIFIABLE
from crosscheck.checking.checks import Check
from crosscheck.checking.levels import NONE
from crosscheck.checking.solving import Operand
from crosscheck.checking.stated import Stated, stated
from crosscheck.claims.model import Claim
from crosscheck.reports.html.charts import chart
from crosscheck.reports.html.context import MARKS, Context
from crosscheck.reports.html.drawing import number_line
from crosscheck.reports.html.figure_link import figure_link, figures_of, with_links
from crosscheck.reports.html.markup import Markup, element
from crosscheck.reports.html.names import check_name, place_name, rule_name
from crosscheck.reports.meaning import limits, what
from crosscheck.reports.page import VERDICT_WORDS
from crosscheck.reports.sections import sections
from crosscheck.reports.terminal import harmless
from crosscheck.reports.wording import printed, shown_figure

MAXIMUM_MEMBERS = 12
# Sections of an explanation that the page shows in another form.
SHOWN_OTHERWISE = (
    "The figures",
    "The rule",
    "What each figure would have to be, given the others",
    "Other checks with the figure in doubt",
)


def check_body(check: Check, context: Context, in_full: bool = True) -> Markup:
    """Everything about a check but its sentence, for readers who want to follow it; the derivation only `in_full`."""
    drawn = (number_line(check), chart(check) if in_full else None)
    drawings = [one for one in drawn if one is not None]
    return element(
        "div",
        _head(check),
        element("div", (element("figure", one) for one in drawings), class_="drawings") if drawings else None,
        (element("p", element("b", "Likely slip: "), harmless(one.message), class_="slip") for one in check.diagnosis),
        element("h4", "The figures"),
        element("ul", _operands(check, context), class_="operands"),
        _rule(check) if in_full else None,
        _derivation(check, context) if in_full else None,
        _related(check, context),
        element(
            "p",
            "In a terminal: " if in_full else "The derivation, in a terminal: ",
            element("code", f"crosscheck explain {check.id}"),
            class_="command",
        ),
        class_="working",
    )


def verdict_badge(check: Check) -> Markup:
    """The verdict as a mark and in words."""
    words = VERDICT_WORDS[check.verdict]
    return element(
        "span", element("span", MARKS[check.verdict], aria_hidden="true"), f" {words}", class_=f"badge {check.verdict}"
    )


def level_badge(level: str) -> Markup:
    """The level of a finding in words, with a mark of its own shape."""
    mark = {"error": "●", "warning": "▲", "note": "○"}.get(level, "")
    return element("span", element("span", mark, aria_hidden="true"), f" {level}", class_=f"level {level}")


def _head(check: Check) -> Markup:
    rule = element("a", check.rule.title, href=f"#{rule_name(check.rule.id)}")
    suppressed = f"suppressed on {check.suppressed}" if check.suppressed is not None else None
    return element(
        "p",
        verdict_badge(check),
        level_badge(check.level) if check.level != NONE else None,
        element("span", "by the rule ", rule),
        element("span", suppressed) if suppressed else None,
        class_="about",
    )


def _operands(check: Check, context: Context) -> Iterator[Markup]:
    """Each figure of the check: its role, what it is, where it stands, what it would have to be given the others."""
    operands: list[tuple[str, Operand, Stated]] = []
    for role, found in check.binding.roles.items():
        members = [(None, found)] if isinstance(found, Stated) else list(enumerate(found))
        operands += [(role, Operand(role, index), operand) for index, operand in members]
    for role, members_of in groupby(operands, key=lambda item: item[0]):
        listed = list(members_of)
        for _, address, operand in listed[:MAXIMUM_MEMBERS]:
            yield _operand(role, address, operand, check, context)
        if len(listed) > MAXIMUM_MEMBERS:
            yield element("li", f"and {len(listed) - MAXIMUM_MEMBERS} more of {role}")
    missing = check.binding.missing
    if missing is not None:
        yield element(
            "li", element("span", _role(missing.role.partition("#")[0]), class_="role"), " is not stated anywhere"
        )


def _operand(role: str, address: Operand, operand: Stated, check: Check, context: Context) -> Markup:
    first = operand.narrowest
    needed = check.assessment.implied.get(address)
    doubt = ", in doubt" if operand is check.in_doubt and check.level != NONE else ""
    assumed = f"; the text does not say when: taken to be {operand.assumed}" if operand.assumed else ""
    return element(
        "li",
        element("span", f"{_role(role)}{doubt}", class_="role"),
        element("span", figure_link(first, printed(operand), context), class_="big"),
        element("span", harmless(what(operand.first, context.page.names)), assumed, class_="what"),
        (place_link(claim, context, also=claim is not first) for claim in operand.claims),
        element("span", "given the others: ", element("b", limits(needed, shown_figure(operand))), class_="needed")
        if needed is not None and len(check.rule.variables) > 1
        else None,
    )


def _role(role: str) -> str:
    return role.replace("_", " ")


def place_link(claim: Claim, context: Context, also: bool = False) -> Markup:
    """Where a claim stands, as a link to its place on the page where the page shows the document."""
    text = harmless(where_words(claim))
    is_shown = claim.id in context.located
    words = f"also {printed(stated([claim]))}, {text}" if also else text
    if not is_shown:
        return element("span", words, class_="place")
    return element("a", words, class_="place", href=f"#{place_name(claim)}")


def where_words(claim: Claim) -> str:
    """Where a claim stands: the file, and the line, page or cell."""
    place, document = claim.place, claim.document
    name = document.path or document.claim_file or document.id
    if place.cell is not None:
        sheet = f"{place.sheet} " if place.sheet else ""
        return f"{name}, {sheet}{place.cell}"
    if place.table is not None and place.row is not None:
        return f"{name}, table {place.table}, row {place.row}"
    if place.page is not None:
        return f"{name}, page {place.page}"
    if place.line is not None:
        return f"{name}, {'paragraph' if name.lower().endswith('.docx') else 'line'} {place.line}"
    return name


def _rule(check: Check) -> Markup:
    rule = check.rule
    return element(
        "p",
        "The rule: ",
        harmless(" ".join(rule.why.split())),
        " It must hold that ",
        element("code", rule.assertion),
        ".",
        class_="rule",
    )


def _derivation(check: Check, context: Context) -> Iterator[Markup]:
    for title, lines in sections(check, context.page):
        if title in SHOWN_OTHERWISE:
            continue
        found = list(lines)
        if found:
            yield element("h4", title)
            yield element("div", _lines(found), class_="lines")


def _lines(lines: Iterable[str]) -> Iterator[Markup]:
    """The lines of an explanation as paragraphs; how far they are indented tells how deep they stand."""
    for line in lines:
        text = line.strip()
        if text:
            depth = (len(line) - len(line.lstrip())) // 3
            is_item = text.startswith("- ")
            kind = "item" if is_item else "deep" if depth > 1 else None
            yield element("p", text[2:] if is_item else text, class_=kind)


def _related(check: Check, context: Context) -> Markup | None:
    """Other checks that speak about the same figure."""
    others = [other for other in context.checks_of.get(check.in_doubt.first.id, ()) if other.id in check.related]
    if not others:
        return None
    links = (element("li", check_link(other, context)) for other in others)
    return element("div", element("h4", "Also about the figure in doubt"), element("ul", links, class_="related"))


def check_link(check: Check, context: Context) -> Markup:
    """A link to a check, with its sentence."""
    return element(
        "a",
        context.sentences[check.id],
        href=f"#{check_name(check)}",
        class_=f"check-link {check.verdict}",
    )


def capital(text: str) -> str:
    """The text with a capital first letter; a figure keeps its own."""
    return f"{text[:1].upper()}{text[1:]}" if text[:2].islower() else text


def sentence(check: Check, context: Context) -> Markup:
    """The sentence of a check with its figures as links."""
    return with_links(capital(context.sentences[check.id]), figures_of(check), context)


def has_body(check: Check) -> bool:
    """False for a figure that merely lies within the bounds of a rule, of which there is nothing more to say."""
    return not check.is_within_bounds or check.verdict == UNVERIFIABLE
