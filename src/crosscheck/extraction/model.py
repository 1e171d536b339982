"""Mentions and statements: what reading finds in a text, each with its span in `Source.text`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from crosscheck.claims.model import EXPLICIT, Place, Record
from crosscheck.extraction.source import Source
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.faults import Fault
from crosscheck.inputs.values import value

# Kinds of number. A multiple is "2.5 times" or "tripled"; a fraction "two thirds", "majority"; a measure has a physical or
# other unit ("500 thousand tons"); a count names the things counted ("16 documents"); a bare one has nothing with it.
MONEY, PERCENT, POINTS, MULTIPLE, FRACTION, MEASURE, COUNT, BARE = (
    "money",
    "percent",
    "points",
    "multiple",
    "fraction",
    "measure",
    "count",
    "bare",
)


@value
class Number:
    """A number with its scale and unit, as printed at `start`:`end`.

    `figure` is its figure text without qualifier and sign ("31.5 billion USD", "30.1 %", "16 {documents}", "3 times").
    `sign` is +1 or -1 where one is printed ("(+12.6%)", "−5.2%", accounts' "(28.3%)"), else 0.
    """

    start: int
    end: int
    figure: str
    value: Fraction  # magnitude, scale applied, in `unit`: 30.1 for 30.1 %
    unit: str  # USD, percent, percentage_point, times, t, km, {documents} or ""
    kind: str
    sign: int = 0
    qualifier: str | None = None  # as in the table of quantities: "almost"
    qualifier_start: int | None = None
    noun: tuple[int, int] | None = None  # span of the words counted: "joint projects"
    word: bool = False  # printed in words, not digits
    direction: int = 0  # a multiple that is said by a verb or noun of change: "tripled" +1, "halved" -1
    shared: bool = False  # scale or unit are those of a number further on: "from 28.1 thousand to 40.3 thousand tons"


@value
class Skipped:
    """A number in the text that is no figure, and why ("a date", "part of a name", "an ordinal", …).

    A duration ("two years") and a count of those named before ("the two countries") have a value and a unit all the same,
    though no statistic is stated by them.
    """

    start: int
    end: int
    reason: str
    value: Fraction | None = None
    unit: str = ""  # "year", "month", "{nations}"


@value
class Pointing:
    """A period said by pointing, to be resolved where the publication date or the period of the context is known.

    `by` is "publication" ("last year", "this January") or "context" ("the same period of 2023", "a year earlier", "the
    previous month", "the period"). `what` is the unit or shape, in words that the module `periods` alone understands.
    """

    by: str
    what: str


@value
class Period:
    """A mention of a period. `value` is its normal form where the words alone give it, else None and `pointing` says how.

    `cue` is the word or words directly before it ("in", "from", "to", "by", "than in", "compared to", "over", "since",
    "until"), in lower case; `compares` is True where it can only be a base ("compared with 2022", "year on year", "than a
    year earlier", "from the same period last year").
    """

    start: int
    end: int
    value: str | None = None
    pointing: Pointing | None = None
    cue: str = ""
    cue_start: int | None = None
    compares: bool = False

    @property
    def is_one_year(self) -> bool:
        """ "2021-22", "FY 2021-22": one year that is told by two."""
        return self.pointing is not None and self.pointing.what.startswith(("fy:", "season:"))


@value
class Calendar:
    """How a text counts.

    One of results means the quarter that is over by "this quarter"; `year_end` is the month in which fiscal years end (0:
    not known), and `in_two` whether "2009-10" is one of them; one that compared with the month or quarter before goes on to
    do so; `reported` is the period of a release; `by_two` where "2009/10" is a year and no fiscal one is named; `quarters`
    where a quarter by itself is that of the fiscal year; `named` are the fiscal years that the text names by number.
    """

    of_results: bool = False
    year_end: int = 0
    in_two: bool = False
    with_prior: bool = False
    reported: Reported | None = None
    by_two: bool = False
    quarters: bool = False
    named: frozenset[int] = frozenset()


@value
class Name:
    """Words that name a code of a dimension: "Kazakh" → reference_area KZ, "trade turnover" → indicator trade-turnover.

    Areas come with dimension "reference_area" whatever their role. `code` is None for a proper name that no list has
    ("Acme Corp"), with dimension "entity".
    """

    start: int
    end: int
    dimension: str
    code: str | None
    possessive: bool = False  # followed by 's or ’
    adjective: bool = False  # "Kazakh", "Chinese"
    generic: bool = False  # a word that names this only in context: "sales", "output"
    negative: bool = False  # says this with the other sign: "trade deficit" is a trade balance, "net loss" a net profit


@value
class Known:
    """A value of a dimension, how it is known, and the span of `Source.text` that shows it."""

    value: str
    how: str = EXPLICIT
    start: int | None = None
    end: int | None = None
    printed: str | None = None  # what the document names where something else must be meant


@value
class Reported:
    """The period of a release, where its title says it, and the days that a fiscal one has by the text."""

    period: Known
    days: str | None = None


@value
class Statement:
    """A figure of a document with all that reading found out about it; becomes a claim.

    `figure` is figure text with qualifier and sign ("almost 1/2", "-5.2 %").
    """

    start: int  # in Source.text; -1 for a cell of a table
    end: int
    figure: str
    value: Fraction  # signed, scale applied, in `unit`
    unit: str
    measure: str
    dimensions: Mapping[str, Known]
    place: Place
    qualifier: str | None = None
    base_period: Known | None = None
    whole: Mapping[str, str | None] | None = None
    modality: str = "fact"
    direction_unstated: bool = False
    record: Record | None = None  # the text calls it the highest or lowest
    list_of: int | None = None  # index of the statement that counts or totals the closed list of which this is an item
    beside: Mapping[str, int] | None = None  # indices of statements that the sentence sets this one beside, by role
    list_open: bool = False  # and there may be more items than are told
    is_end: bool = False  # one end of a range, with the other beside it
    decimals: int | None = None  # of a cell of a table: read strictly, as value and decimals


@value
class Unresolved:
    """A figure whose meaning is not known, with the reason."""

    start: int
    end: int
    printed: str
    reason: str
    place: Place


@value
class Observed:
    """What reading noticed: a finding with an id `reading/…`, a level and a place."""

    rule: str
    level: str
    message: str
    place: Place
    statement: int | None = None  # index of the statement that it is about


@value
class Extract:
    """All that was read from one document; every number of the text is in one of the first three."""

    source: Source
    statements: tuple[Statement, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    skipped: tuple[Skipped, ...] = ()  # numbers that are no figures
    observed: tuple[Observed, ...] = ()
    faults: tuple[Fault, ...] = ()
    about: str | None = None  # the body or country that figures are of where nothing is said


@value
class Mentions:
    """All mentions of a stretch of text, each list in the order of the text."""

    numbers: tuple[Number, ...] = ()
    periods: tuple[Period, ...] = ()
    names: tuple[Name, ...] = ()
    skipped: tuple[Skipped, ...] = field(default=())
