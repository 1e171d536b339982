"""Markdown for a comment, a step summary or a wiki: what was found, the worst first, with the arithmetic folded away.

Everything from documents is shown as it stands: no markup, HTML, mention or link of theirs works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crosscheck.reports.concise import tally
from crosscheck.reports.findings import Finding, Report, Spot
from crosscheck.reports.inert import markdown

MAXIMUM_COMMENT = 65_000  # bytes; GitHub takes comments of 65,536 characters
HEADINGS = {"error": "Errors", "warning": "Warnings", "note": "Notes"}
# The address of a place, None where it has none.
Links = Callable[[Spot], str | None]


def report(found: Report, lowest: str, links: Links | None = None, maximum: int = MAXIMUM_COMMENT) -> str:
    """The report as text of at most `maximum` bytes of UTF-8; what does not fit is counted."""
    head = "".join(f"{line}\n" for line in _head(found, lowest))
    foot = "".join(f"{line}\n" for line in _foot(found, lowest))
    room = maximum - len(head.encode()) - len(foot.encode()) - 200  # for the line that counts the rest
    findings = found.findings(lowest)
    parts: list[str] = []
    level = ""
    for index, finding in enumerate(findings):
        heading = "" if finding.level == level else f"\n### {HEADINGS[finding.level]}\n\n"
        part = heading + _entry(finding, links)
        room -= len(part.encode("utf-8", "backslashreplace"))
        if room < 0:
            parts.append(f"\n… and {len(findings) - index} more, which do not fit here; other formats hold all of them.\n")
            break
        parts.append(part)
        level = finding.level
    return head + "".join(parts) + foot


def _head(found: Report, lowest: str) -> Iterator[str]:
    counts = next(tally(found.run, found.noticed, found.documents, lowest))
    yield f"## crosscheck: {markdown(counts)}"


def _foot(found: Report, lowest: str) -> Iterator[str]:
    _, *lines = tally(found.run, found.noticed, found.documents, lowest)
    yield ""
    yield from (f"- {markdown(line)}" for line in lines[:20])
    yield from (f"- {markdown(remark)}" for remark in found.remarks[:20])


def _entry(finding: Finding, links: Links | None) -> str:
    lines = [f"- **{markdown(finding.message)}**<br>{_place(finding.spot, links)} · <code>{markdown(finding.rule)}</code>"]
    further = [f"{markdown(one.role)}: {markdown(one.printed)}, {_place(one.spot, links)}" for one in finding.related]
    further += [markdown(line) for line in finding.notes]
    further += [f"help: {markdown(line)}" for line in finding.helps]
    if further:
        lines.append(f"  <details><summary>the figures and the arithmetic</summary>{'<br>'.join(further)}</details>")
    return "".join(f"{line}\n" for line in lines)


def _place(spot: Spot, links: Links | None) -> str:
    address = None if links is None else links(spot)
    return markdown(spot.text) if address is None else f'<a href="{address}">{markdown(spot.text)}</a>'
