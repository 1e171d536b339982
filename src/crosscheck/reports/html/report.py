"""The whole page: one HTML file with its style and script inside, which asks for nothing else."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.checks import Run
from crosscheck.checking.noticed import Noticed
from crosscheck.claims.model import Claim
from crosscheck.reconciliation.model import Reconciliation
from crosscheck.reports.html.context import MARKS, NO_TERMINAL, Context, Paragraphs, prepared
from crosscheck.reports.html.documents import documents_section
from crosscheck.reports.html.figures import figures_section
from crosscheck.reports.html.findings import findings_section
from crosscheck.reports.html.markup import Markup, element, together
from crosscheck.reports.html.placing import Sheet
from crosscheck.reports.html.rules import rules_section
from crosscheck.reports.html.together import together_section
from crosscheck.reports.json_report import summary
from crosscheck.reports.page import Names, Sources
from crosscheck.reports.terminal import harmless

KEYS = (
    ("j / k", "next, previous finding"),
    ("n / p", "next, previous figure"),
    ("/", "search"),
    ("Esc", "close"),
    ("?", "these keys"),
)


@cache
def asset(name: str) -> Markup:
    """A file of the page's own: its style or its script."""
    return Markup((Path(__file__).parent / "assets" / name).read_text(encoding="utf-8"))


def html_report(
    run: Run,
    noticed: Sequence[Noticed],
    claims: Sequence[Claim],
    sheets: Sequence[Sheet],
    documents: int,
    names: Names,
    sources: Sources,
    remarks: Sequence[str],
    version: str,
    reconciliation: Reconciliation | None = None,
) -> str:
    """The page as text, the same from run to run."""
    page = Paragraphs(run, noticed, claims, names, sources, NO_TERMINAL)
    context = prepared(page, sheets, documents, reconciliation)
    style, script = asset("page.css"), asset("page.js")
    title = f"{headline(context)} · crosscheck"
    return together(
        Markup("<!DOCTYPE html>\n"),
        element(
            "html",
            element(
                "head",
                element("meta", charset="utf-8"),
                element("meta", http_equiv="Content-Security-Policy", content=policy(style, script)),
                element("meta", name="viewport", content="width=device-width, initial-scale=1"),
                element("meta", name="color-scheme", content="light dark"),
                element("meta", name="referrer", content="no-referrer"),
                element("meta", name="generator", content=f"crosscheck {version}"),
                element("title", title),
                element("style", style),
            ),
            element("body", _body(context, remarks, version), element("script", script)),
            lang="en",
        ),
        "\n",
    )


def policy(style: str, script: str) -> str:
    """The content security policy: nothing but the page's own style and script, told by their hashes."""
    hashes = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    own = "; ".join(f"{kind}-src 'sha256-{value}'" for kind, value in zip(("style", "script"), hashes, strict=True))
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def headline(context: Context) -> str:
    """The run in a few words: `2 errors and 4 warnings in 5 documents`."""
    counts = summary(context.page.run, context.page.noticed, context.documents, context.reconciliation)
    found = [_plural(int(str(counts[key])), key[:-1]) for key in ("errors", "warnings") if counts[key]]
    where = _plural(context.documents, "document")
    return f"{' and '.join(found)} in {where}" if found else f"Nothing disagrees in {where}"


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _body(context: Context, remarks: Sequence[str], version: str) -> Iterator[Markup]:
    sections = (
        ("findings", "Findings", findings_section(context)),
        ("documents", "Documents", documents_section(context)),
        ("together", "Together", together_section(context)),
        ("rules", "Rules", rules_section(context)),
        ("figures", "Figures", figures_section(context)),
    )
    yield element("a", "Skip to the findings", href="#findings", class_="skip")
    yield element(
        "header",
        element("a", "crosscheck", href="#top", class_="brand"),
        element(
            "nav",
            (element("a", title, href=f"#{name}") for name, title, content in sections if content is not None),
            aria_label="Parts of the page",
        ),
        _search(),
        class_="masthead",
    )
    yield element(
        "main",
        element(
            "div",
            element("h1", headline(context)),
            element("p", _lead(context), class_="lead"),
            element("ul", _verdicts(context), class_="verdicts"),
            element("ul", (element("li", harmless(text)) for text in remarks), class_="remarks") if remarks else None,
            class_="top",
            id="top",
        ),
        (content for _, _, content in sections),
        id="main",
    )
    yield _inspector()
    yield element(
        "footer", element("p", f"crosscheck {version}. Every figure is read as the interval that its printed digits allow.")
    )


def _lead(context: Context) -> str:
    """What was checked, in a sentence."""
    figures, checks = context.page.run.figures, sum(context.page.run.verdicts.values())
    return (
        f"{figures['checked']:,} of {figures['found']:,} figures were checked against another one. "
        f"What became of {_plural(checks, 'check')}:"
    )


def _verdicts(context: Context) -> Iterator[Markup]:
    """How many checks came to each verdict."""
    words = {CONTRADICTION: "do not hold", RECONCILABLE: "hold only by rounding", CONSISTENT: "hold as printed"}
    for verdict, said in {**words, UNVERIFIABLE: "lack a figure"}.items():
        count = context.page.run.verdicts[verdict]
        if count:
            yield element("li", element("b", f"{count:,}"), element("span", f"{MARKS[verdict]} {said}"), class_=verdict)


def _search() -> Markup:
    """The search, which needs the script and is hidden until that runs."""
    return element(
        "div",
        element("label", "Search", for_="search", class_="vh"),
        element("input", type="search", id="search", placeholder="Search findings and figures", autocomplete="off"),
        element("output", for_="search", id="matches", aria_live="polite"),
        class_="search",
        role="search",
        hidden=True,
    )


def _inspector() -> Markup:
    """Where the script shows what was chosen."""
    keys = ((element("dt", element("kbd", key)), element("dd", words)) for key, words in KEYS)
    return together(
        element(
            "aside",
            element(
                "div",
                element("button", "Previous", type="button", id="previous", title="Previous figure (p)"),
                element("button", "Next", type="button", id="next", title="Next figure (n)"),
                element("button", "Close", type="button", id="close", title="Close (Esc)"),
                class_="tools",
            ),
            element("div", id="chosen", tabindex="-1"),
            id="inspector",
            aria_label="The chosen figure",
            hidden=True,
        ),
        element(
            "dialog",
            element("h2", "Keys"),
            element("dl", (element("div", pair) for pair in keys)),
            element(
                "label",
                element("input", type="checkbox", id="keys-on", checked=True),
                " Single keys are on",
                class_="keys-on",
            ),
            element("button", "Close", type="button"),
            id="keys",
            aria_label="Keys",
        ),
    )
