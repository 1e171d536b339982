"""A reader of prose for tests of what comes after reading: one figure a sentence, in a shape that leaves nothing open.

Exports of KZ in 2023 were 14.7 billion USD.        (a level; "were up 12 %" is a growth)
Exports of KZ were 3 million t.                     (no period: unstated)
Something about 15 things.                          (unresolved)
"""

from __future__ import annotations

import re
from pathlib import Path

import commands
import pytest

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import CARRIED, NOT_STATED, UNSTATED
from crosscheck.extraction import reading
from crosscheck.extraction.model import Extract, Known, Observed, Skipped, Statement, Unresolved
from crosscheck.extraction.source import Source, place_of
from crosscheck.figures.figure import from_base
from crosscheck.figures.quantities import Quantities
from crosscheck.figures.text import parse_figure

SENTENCE = re.compile(
    r"(?P<indicator>[A-Z][a-z-]+) of (?P<area>[A-Z]{2})(?P<when> in (?P<period>[12][0-9]{3}(?:-[0-9]{2})?))? were "
    r"(?P<up>up )?(?P<figure>[^.\n]*?(?:\.[0-9][^.\n]*?)?)\.(?=\s|$)"
)
OPEN = re.compile(r"about (?P<number>[0-9]+) things")
YEARS = re.compile(r"(?P<number>two|three) years")


def read_plain(source: Source, lists: CodeLists, table: Quantities) -> Extract:
    """What the sentences say."""
    statements, observed = [], []
    for match in SENTENCE.finditer(source.text):
        measure = "growth" if match["up"] else "level"
        figure = parse_figure(match["figure"], measure, table)
        period = match["period"]
        dimensions = {
            "indicator": Known(match["indicator"].lower(), start=match.start("indicator"), end=match.end("indicator")),
            "reference_area": Known(match["area"], CARRIED, match.start("area"), match.end("area")),
            "time_period": Known(period, start=match.start("period"), end=match.end("period"))
            if period
            else Known(UNSTATED, NOT_STATED),
        }
        start, end = match.span("figure")
        if "sic" in match["figure"]:
            observed.append(Observed("reading/odd", "warning", "odd", place_of(source, start, end), len(statements)))
        value = from_base(figure.face, figure.unit)
        place = place_of(source, start, end)
        statements.append(Statement(start, end, match["figure"], value, figure.unit.name, measure, dimensions, place))
    unresolved = []
    for found in OPEN.finditer(source.text):
        span = found.span("number")
        unresolved.append(Unresolved(*span, found["number"], "what is counted is not known", place_of(source, *span)))
    for one in unresolved:
        observed.append(Observed("reading/bare-number", "note", f"{one.printed} is bare", one.place))
    skipped = [Skipped(*found.span("number"), "a duration") for found in YEARS.finditer(source.text)]
    return Extract(source, tuple(statements), tuple(unresolved), tuple(skipped), tuple(observed))


@pytest.fixture
def plain_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every command read with `read_plain`."""
    monkeypatch.setattr(reading, "_prose", read_plain)


def repository(folder: Path, monkeypatch: pytest.MonkeyPatch, article: str) -> Path:
    """A repository with one document, worked in and read by the plain reader."""
    monkeypatch.setattr(reading, "_prose", read_plain)
    return commands.repository(folder, monkeypatch, {"documents/a.md": article})
