"""Claims and documents: an observation in the sense of SDMX, with its provenance.

Dimensions are what matching looks at; an absent dimension means "not broken down" and matches only absent, the value
UNSTATED means that the text does not say. Properties (measure, base_period, whole, modality) tell claims apart but are
never matched between the roles of a rule.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure

UNSTATED = "_U"
MEASURES = ("level", "growth", "change", "share", "multiple", "rate")
HIGHEST, LOWEST = "highest", "lowest"
RECORDS = (HIGHEST, LOWEST)
MODALITIES = ("fact", "plan", "offer", "estimate")
EXPLICIT, CARRIED, INFERRED, NOT_STATED, CORRECTED = (
    "explicit",
    "carried",
    "inferred",
    "unstated",
    "corrected",
)
WAYS_OF_KNOWING = (EXPLICIT, CARRIED, INFERRED, NOT_STATED, CORRECTED)
# The dimensions that have a name of their own in claim files; any other lower-case key is an open dimension.
INDICATOR, AREA, COUNTERPART, PERIOD, SOURCE = (
    "indicator",
    "reference_area",
    "counterpart_area",
    "time_period",
    "source",
)
NAMED_DIMENSIONS = (INDICATOR, AREA, COUNTERPART, PERIOD, SOURCE)


@dataclass(frozen=True, slots=True)
class Document:
    """Where claims come from. `published` is None when the document carries no date."""

    id: str
    path: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    sha256: str | None = None
    given: bool = False  # trust: given, never the suspect, never reported against
    supersedes: tuple[str, ...] = ()
    claim_file: str | None = None
    area_unstated: bool = False  # a claim without an area is of one that the text does not name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: code points of the decoded file, line and column from 1, or a page, sheet or cell."""

    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    printed: str | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How a dimension is known, the span of the words that show it, and what was printed where a person corrected it."""

    how: str = EXPLICIT
    start: int | None = None
    end: int | None = None
    printed: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class ListItem:
    """This claim is one item of the list that `of` (a full claim id) counts or totals."""

    of: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What the text calls a record: the highest or lowest of its series so far, or of all that came after a period.

    With `among`, the dimension in which those differ that it is the first or last of: the largest of all partners. `place`
    is its place in that order, from 1.
    """

    order: str  # one of RECORDS
    since: str | None = None  # normal form; None: ever
    among: str | None = None
    place: int = 1  # 3 for the third-largest


@dataclass(frozen=True, slots=True)
class Claim:
    """One stated figure. `id` is `document-id#id`; `dimensions` hold codes, periods in their normal form."""

    id: str
    document: Document
    figure: Figure
    dimensions: Mapping[str, str]
    measure: str = "level"
    base_period: str | None = None  # growth, change, multiple: normal form; None where it cannot be told
    whole: Mapping[str, str | None] | None = None  # share: the dimensions in which the whole differs (None: absent)
    modality: str = "fact"
    list_item: ListItem | None = None
    beside: Mapping[str, str] = field(default_factory=dict)  # what its text sets it beside: full ids by role in a rule
    direction_unstated: bool = False  # a growth or change whose text does not say up or down
    record: Record | None = None
    place: Place = field(default_factory=Place)
    known: Mapping[str, Knowledge] = field(default_factory=dict)  # also "base_period"; explicit when not named
    weight: Fraction | None = Fraction(1)  # None: not to be doubted (inf)
    home: frozenset[str] | None = None  # ids of the only documents that it may be compared within; None: any
    suppress: tuple[str, ...] = ()  # ids of rules whose findings on this claim are not reported
    note: str | None = None
    written: tuple[int, int] | None = field(default=None, compare=False)  # line and column of its entry in the claim file

    @property
    def printed(self) -> str:
        """The figure as it stands in the document, or its figure text."""
        return self.place.printed or self.figure.printed

    def how(self, dimension: str) -> str:
        """How a dimension (or `base_period`) of this claim is known."""
        known = self.known.get(dimension)
        return known.how if known else EXPLICIT

    def printed_dimensions(self) -> dict[str, str]:
        """The dimensions as the document prints them, before a person, or the reader, took them for something else."""
        printed = dict(self.dimensions)
        for dimension, known in self.known.items():
            if known.printed is not None and dimension in printed:
                printed[dimension] = known.printed
        return printed
