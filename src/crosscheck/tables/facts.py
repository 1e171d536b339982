"""What the compiler knows of the figures of a run: their dimensions as numbers, kinds of unit, sizes, documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from crosscheck.checking.relations import Domain
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INDICATOR, MEASURES, MODALITIES, PERIOD
from crosscheck.figures.unit_table import Dimension
from crosscheck.tables.dialect import Dialect

ROW_BITS = 52  # of the number of a row; the number of its table stands above them
RATIOS = ("growth", "share", "multiple")  # measured in plain numbers; all else is in units


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension as numbers: 0 is absent, each other number is the place of its value in `texts`.

    `stride` is what one step is worth in the key of an operand, which packs the numbers of all dimensions.
    """

    name: str
    column: str
    texts: Sequence[str | None]
    stride: int
    numbers: Mapping[str | None, int]
    kind: str = "BIGINT"  # the type of keys

    def steps(self, number: str) -> str:
        """What a number of this dimension, or a difference of two, is worth in a key, as SQL."""
        return f"CAST({number} AS {self.kind}) * {self.stride}"

    @property
    def nowhere(self) -> int:
        """A number that no operand has, for a value that none has."""
        return len(self.texts)

    def number(self, text: str | None) -> int | None:
        """The number of a value, None for one that no claim of the run has."""
        return self.numbers.get(text)


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for all operands of a run. Column names are those of the table of operands."""

    dialect: Dialect
    codelists: CodeLists
    axes: Mapping[str, Axis]
    domain: Domain
    kinds: Sequence[str]  # by number
    dimensions: Sequence[Dimension]  # of each kind
    units: Sequence[tuple[str, str]]  # kind and name of each unit, by number
    largest: Mapping[str, int]  # by measure: the greatest size of a figure or of an end of its interval
    grains: Mapping[bool, Fraction]  # what a whole number stands for, in ratios (True) and in units (False)
    modalities: frozenset[str] = frozenset(("fact",))
    columns: frozenset[str] = frozenset()  # those that the table has; others are the same everywhere
    kept: Sequence[str] = ()  # the columns of dimensions that the table has
    editions: int = 1  # documents of different date or publisher
    documents: int = 1
    all_given: bool = False
    symmetric: frozenset[int] = frozenset()  # numbers of indicators whose areas may be exchanged
    own_bases: bool = True  # whether some figure may be compared with its own period
    sources: bool = False  # whether the source is one of the axes
    widths: Mapping[str, frozenset[int]] = field(default_factory=dict)  # by measure: half the widths of figures that occur
    # Of figures with a base period: the number of their period times how many numbers there are, plus that of the base.
    spans: Sequence[int] = ()
    repeats: bool = False  # whether some figure is stated more than once
    constants: Mapping[str, int] = field(default_factory=dict)  # by column that the table lacks

    @property
    def measures(self) -> frozenset[str]:
        """The measures that occur."""
        return frozenset(self.largest)

    def column(self, table: str, name: str) -> str:
        """A column of the table of operands, or the constant that stands for it."""
        return f"{table}.{name}" if name in self.columns else str(self.constants.get(name, 0))

    def span(self, table: str) -> str:
        """The span of an operand in SQL, see `spans`."""
        period = self.axes[PERIOD]
        return f"{table}.{period.column} * {len(period.texts)} + {self.column(table, 'base')}"

    def coded(self, holds: frozenset[str] | set[str]) -> list[int]:
        """The numbers of the indicators among some codes."""
        axis = self.axes.get(INDICATOR)
        return [] if axis is None else [n for n, text in enumerate(axis.texts) if text in holds]


def measure_number(measure: str) -> int:
    """The number of a measure in the table of operands."""
    return MEASURES.index(measure)


def modality_number(modality: str) -> int:
    """The number of a modality in the table of operands."""
    return MODALITIES.index(modality)


def is_ratio(measures: Sequence[str]) -> bool | None:
    """True for growths, shares and multiples, False for figures in units; None for both together."""
    found = {measure in RATIOS for measure in measures or MEASURES}
    return found.pop() if len(found) == 1 else None
