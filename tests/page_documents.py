"""Documents and claim files for the tests of the page: with contradictions of each kind, hostile, and very many."""

from __future__ import annotations

from pathlib import Path

from commands import run, write

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "</noscript><script>alert(1)</script>",
    "<!-- --!> <style>*{display:none}</style>",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;",
    "javascript:alert(1)",
    "\u202etxet desrever\u202c \u2066x\u2069",
    "</title></style></script><svg onload=alert(1)>",
    "]]> <?xml ?> {{7*7}} ${7*7}",
)

REPORT = """---
title: A year of trade
publisher: Office of Trade
published: 2024-02-01
---

# A year of trade

Exports of Norway rose by 45% to $12.4 billion in 2023. In 2022 exports of Norway were $10.1 billion.
Imports of Norway came to about $9 billion in 2023. Turnover of Norway was $25.9 billion in 2023.

**Table 1. Exports of Denmark, USD million**

| Partner | 2022 | 2023 |
|---|---|---|
| Germany | 4,100 | 4,300 |
| Sweden | 1,000 | 1,050 |
| Total | 5,100 | 5,450 |
"""


def page_of(folder: Path, *arguments: str) -> str:
    """The page of a run in a folder, as written."""
    done = run("all", *arguments, "--output", f"html={folder / 'page.html'}", "--format", "concise", "--fail-on", "never")
    assert done.code == 0, done.all
    return (folder / "page.html").read_text(encoding="utf-8")


def report(folder: Path) -> str:
    """The page of a report with a wrong growth, a wrong sum and a wrong total."""
    write(folder, {"trade.md": REPORT})
    return page_of(folder, "trade.md")


def hostile_claims(text: str) -> str:
    """A claim file in which everything that is text is this text; its figures contradict one another."""
    quoted = "'" + text.replace("'", "''") + "'"
    return "\n".join(
        [
            "document:",
            f"  id: {quoted}",
            f"  title: {quoted}",
            f"  publisher: {quoted}",
            "claims:",
            *(
                f"  - {{id: c{number}, indicator: exports, reference_area: NO, source: {quoted}, product: {quoted}, "
                f"note: {quoted}, time_period: {year}, {rest}}}"
                for number, (year, rest) in enumerate(
                    [
                        (2022, "figure: 10 billion USD"),
                        (2023, "figure: 12 billion USD"),
                        (2023, "figure: 55 %, measure: growth, base_period: 2022"),
                    ]
                )
            ),
            "",
        ]
    )


def many_claims(count: int) -> str:
    """A claim file with `count` wrong growths over twice as many levels."""
    lines = ["document: {id: many, title: Very many figures}", "claims:"]
    for number in range(count):
        common = f"indicator: exports, reference_area: NO, product: p{number}"
        lines += [
            f"  - {{id: then-{number}, {common}, time_period: 2022, figure: 10.{number % 10} billion USD}}",
            f"  - {{id: now-{number}, {common}, time_period: 2023, figure: 12.{number % 7} billion USD}}",
            f"  - {{id: growth-{number}, {common}, measure: growth, base_period: 2022, time_period: 2023, "
            f"figure: 55.{number % 10} %}}",
        ]
    return "\n".join(lines) + "\n"
