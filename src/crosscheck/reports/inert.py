"""Text of documents made harmless for what reads a report: spreadsheets, XML, Markdown, the log of a CI run."""

from __future__ import annotations

import re

from crosscheck.reports.terminal import harmless

NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Marks of Markdown and HTML, formulas ($), mentions (@), references (#); links without a mark; names of pictures (:100:).
MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~&@$]|:(?=//|[\w+-]+:)|\.(?<=www\.)", re.IGNORECASE)
LEGACY_COMMAND = "##["  # a runner of GitHub takes it for a command wherever it stands in a line


def one_line(text: str) -> str:
    """The text on one line, control characters made visible."""
    return harmless(" ".join(text.split()))


def cell(text: str) -> str:
    """The text for a cell of a spreadsheet: what would be taken for a formula gets an apostrophe before it."""
    shown = one_line(text)
    if shown.startswith(FORMULA) and not NUMBER.fullmatch(shown):
        return f"'{shown}"
    return shown


def xml(text: str) -> str:
    """The text without characters that no XML may hold; escaping is left to who writes the XML."""
    return NOT_IN_XML.sub("\ufffd", text)


def markdown(text: str) -> str:
    """The text as Markdown that shows just it: no markup, no HTML, no mention of a person, no reference, no link."""
    return MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", one_line(text))


def log_line(text: str) -> str:
    """The text as a line of a CI log that no runner takes for a command."""
    shown = one_line(text).replace(LEGACY_COMMAND, "##\u200b[")
    return f"\u200b{shown}" if shown.startswith("::") else shown
