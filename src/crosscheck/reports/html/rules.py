"""The rules with what came of them, and every check under its rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.checks import VERDICT_ORDER, Check
from crosscheck.checking.levels import NONE, ORDER
from crosscheck.reports.html.bodies import check_body, has_body, level_badge, place_link
from crosscheck.reports.html.context import Context
from crosscheck.reports.html.figure_link import figure_link
from crosscheck.reports.html.markup import Markup, element, lazily
from crosscheck.reports.html.names import check_name, rule_name
from crosscheck.reports.page import VERDICT_WORDS
from crosscheck.reports.terminal import harmless
from crosscheck.reports.wording import printed
from crosscheck.rules.model import Rule

COLUMNS = (CONTRADICTION, RECONCILABLE, CONSISTENT, UNVERIFIABLE)
HEADS = {**VERDICT_WORDS, CONTRADICTION: "contradictory", RECONCILABLE: "only by rounding"}


def rules_section(context: Context) -> Markup:
    """A table of rules with counts, then the checks of each."""
    by_rule: dict[str, list[Check]] = defaultdict(list)
    for check in context.checks:
        by_rule[check.rule.id].append(check)
    groups = sorted(by_rule.values(), key=lambda checks: (-_worst(checks), checks[0].rule.title))
    return element(
        "section",
        element("h2", "Rules"),
        _table(groups) if groups else None,
        _unbound(context),
        element("h2", "Checks"),
        (_rule(checks, context) for checks in groups),
        id="rules",
    )


def _worst(checks: Sequence[Check]) -> int:
    return max(ORDER.index(check.level) for check in checks)


def _table(groups: Sequence[Sequence[Check]]) -> Markup:
    heads = (element("th", HEADS[verdict], scope="col", class_="number") for verdict in COLUMNS)
    return element(
        "section",
        element(
            "table",
            element("caption", "Checks by rule and verdict"),
            element("thead", element("tr", element("th", "Rule", scope="col"), heads)),
            element("tbody", (_line(checks) for checks in groups)),
            class_="counts",
        ),
        class_="table",
        aria_label="Checks by rule and verdict",
        tabindex=0,
    )


def _line(checks: Sequence[Check]) -> Markup:
    rule = checks[0].rule
    counts = Counter(check.verdict for check in checks)
    return element(
        "tr",
        element("th", element("a", rule.title, href=f"#{rule_name(rule.id)}"), " ", element("code", rule.id), scope="row"),
        (
            element(
                "td",
                f"{counts[verdict]:,}" if counts[verdict] else "",
                class_=f"number {verdict if counts[verdict] else ''}",
            )
            for verdict in COLUMNS
        ),
    )


def _unbound(context: Context) -> Markup | None:
    """Rules that found nothing to compare: a project's own by name, shipped ones by count."""
    run = context.page.run
    lines = [f"{rule.id} found nothing to compare" for rule in run.unbound_rules if not rule.shipped]
    lines += [f"{rule.id} compares nearly everything with everything and was cut short" for rule in run.stopped_rules]
    shipped = sum(rule.shipped for rule in run.unbound_rules)
    if shipped:
        lines.append(f"{shipped} shipped {'rule' if shipped == 1 else 'rules'} found nothing to compare")
    return element("ul", (element("li", harmless(line)) for line in lines), class_="note") if lines else None


def _rule(checks: Sequence[Check], context: Context) -> Markup:
    rule = checks[0].rule
    ordered = sorted(checks, key=lambda check: (-ORDER.index(check.level), -VERDICT_ORDER.index(check.verdict) % 4))
    return element(
        "div",
        element("h3", rule.title),
        _about(rule),
        (_check(check, context) for check in ordered if has_body(check)),
        _within_bounds([check for check in ordered if not has_body(check)], context),
        class_="rule-group",
        id=rule_name(rule.id),
    )


def _about(rule: Rule) -> Markup:
    return element(
        "p",
        harmless(" ".join(rule.why.split())),
        " It must hold that ",
        element("code", rule.assertion),
        f". {rule.source}" if rule.source else None,
        class_="why",
    )


def _check(check: Check, context: Context) -> Markup:
    return element(
        "article",
        element(
            "h4",
            element("a", context.sentences[check.id], href=f"#{check_name(check)}", class_="open"),
        ),
        element(
            "p",
            level_badge(check.level) if check.level != NONE else VERDICT_WORDS[check.verdict],
            " · ",
            place_link(check.in_doubt.first, context),
            class_="where",
        ),
        lazily(check_body(check, context, context.in_full(check))),
        class_=f"check {check.verdict}",
        id=check_name(check),
    )


def _within_bounds(checks: Sequence[Check], context: Context) -> Markup | None:
    """Figures that lie within the bounds of a rule that looks at one figure alone."""
    if not checks:
        return None
    figures = (
        element("span", figure_link(check.subject.narrowest, printed(check.subject), context), " ", id=check_name(check))
        for check in checks
    )
    return element("p", f"Within the bounds ({len(checks):,}): ", figures, class_="where bounds")
