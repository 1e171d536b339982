"""Statements of a text to claims, the same as loading a claim file with them would give.

A statement that no claim file could hold (a growth in dollars, a figure that does not parse) is not forced: it is
unresolved, with the reason.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from crosscheck.claims.entries import COMPARED, DIRECTED, RATIOS
from crosscheck.claims.fields import CONTROL_BUT_BREAKS, MAXIMUM_TEXT, normal_period
from crosscheck.claims.keys import NO_VALUES, UNSTATED_WORD, dimension_of, key_trouble
from crosscheck.claims.model import (
    AREA,
    COUNTERPART,
    INDICATOR,
    INFERRED,
    MEASURES,
    MODALITIES,
    NAMED_DIMENSIONS,
    NOT_STATED,
    PERIOD,
    UNSTATED,
    WAYS_OF_KNOWING,
    Claim,
    Document,
    Knowledge,
    ListItem,
    Place,
)
from crosscheck.extraction.model import Extract, Known, Statement, Unresolved
from crosscheck.extraction.numbers.skips import AGE, DURATION, FREQUENCY, INDEFINITE, LIMIT, NO_COUNT, REFERENCE
from crosscheck.extraction.source import Source, place_of
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure, without_readings
from crosscheck.figures.periods import PeriodError, normal_form, parse_period, year_before
from crosscheck.figures.quantities import Quantities, shipped_quantities
from crosscheck.figures.text import FigureError, declared, parse_figure

MAXIMUM_ID = 120
MAXIMUM_PART = 40  # of an id
SHORTEST = 8  # what an id's part keeps at least
# Skipped numbers that are quantities all the same, though nothing could be compared with them: "two years", "both".
NO_STATISTIC = frozenset({AGE, DURATION, FREQUENCY, INDEFINITE, LIMIT, NO_COUNT, REFERENCE})


@dataclass(frozen=True, slots=True)
class DeclaredText:
    """What a claim file says of a figure whose precision is declared."""

    value: str
    decimals: int
    unit: str


FigureText = str | DeclaredText


@dataclass(frozen=True, slots=True)
class Aside:
    """A quantity that is no statistic: "two years", "the two countries"; no claim, and no rule ever sees it."""

    place: Place
    value: Fraction
    unit: str


@dataclass(frozen=True, slots=True)
class ReadClaims:
    """The claims of a document as read, in the order of the text.

    `texts` are their figures as a claim file writes them, `of_statement` the index of the claim of each statement (None for
    one that is unresolved after all), `no_statistic` how many numbers stand for nothing that could be compared.
    """

    document: Document
    claims: tuple[Claim, ...] = ()
    texts: tuple[FigureText, ...] = ()
    of_statement: tuple[int | None, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    no_statistic: int = 0
    asides: tuple[Aside, ...] = ()  # those of them that have a value and a unit


class _NoClaim(ValueError):
    """Why a statement cannot be a claim."""


def claims_of(
    extract: Extract,
    document: Document,
    table: Quantities | None = None,
    off: Collection[str] = (),
    taken: Iterable[str] = (),
) -> ReadClaims:
    """The claims of what was read from a document.

    `off` are the loose readings that house style switches off, `taken` are ids that no claim may get.
    """
    maker = _Maker(extract.source, document, table or shipped_quantities(), frozenset(off), {})
    made: list[tuple[Claim, FigureText]] = []
    indices: list[int | None] = []
    unresolved = list(extract.unresolved)
    for statement in extract.statements:
        try:
            made.append(maker.claim(statement))
            indices.append(len(made) - 1)
        except _NoClaim as error:
            indices.append(None)
            place = clean_place(statement.place)
            printed = place.printed or statement.figure
            unresolved.append(Unresolved(statement.start, statement.end, printed, str(error), place))
    claims = _numbered([claim for claim, _ in made], document, taken)
    claims = _beside(_listed(claims, extract.statements, indices), extract.statements, indices)
    skipped = sum(skip.reason in NO_STATISTIC for skip in extract.skipped)
    unresolved.sort(key=lambda one: one.start)
    texts = tuple(text for _, text in made)
    asides = tuple(_asides(extract))
    return ReadClaims(document, claims, texts, tuple(indices), tuple(unresolved), skipped, asides)


def _asides(extract: Extract) -> Iterator[Aside]:
    """The quantities of the text that are no statistic."""
    for one in extract.skipped:
        if one.value is not None and one.start >= 0:
            yield Aside(clean_place(place_of(extract.source, one.start, one.end)), one.value, one.unit)


@dataclass(frozen=True, slots=True)
class _Maker:
    source: Source
    document: Document
    table: Quantities
    off: frozenset[str]
    figures: dict[tuple[FigureText, str], Figure]  # texts parsed before

    def claim(self, statement: Statement) -> tuple[Claim, FigureText]:
        """The claim of a statement, without its id; raises _NoClaim."""
        measure, modality = statement.measure, statement.modality
        if measure not in MEASURES or modality not in MODALITIES:
            raise _NoClaim(f"{measure} {modality} is no kind of figure")
        dimensions: dict[str, str] = {}
        known: dict[str, Knowledge] = {}
        for key, value in statement.dimensions.items():
            name = dimension_of(key)
            code = self._code(name, value.value) if name is not None and key_trouble(key) is None else None
            if name is None or code is None:
                continue
            dimensions[name] = code
            knowledge = self._knowledge(value, code)
            if knowledge != Knowledge():
                known[name] = knowledge
        base = self._base(statement, dimensions, known)
        text = figure_text(statement)
        figure = self._figure(text, measure)
        claim = Claim(
            id="",
            document=self.document,
            figure=figure,
            dimensions=dimensions,
            measure=measure,
            base_period=base,
            whole=self._whole(statement),
            modality=modality,
            direction_unstated=statement.direction_unstated and measure in DIRECTED,
            record=statement.record,
            place=self._place(statement.place),
            known=known,
        )
        return claim, text

    def _place(self, place: Place) -> Place:
        """The place as a claim file can hold it, with its line where it has a span in a text."""
        if place.start is not None and place.end is not None and place.line is None and place.page is None:
            text = self.source.text if self.source.file_text is None else self.source.file_text
            found = place_of(Source(self.source.path, text), place.start, place.end)
            place = replace(place, line=found.line, column=found.column)
        return clean_place(place)

    def _code(self, dimension: str, value: str) -> str | None:
        """The value as a claim file can hold it; None where it cannot, or is empty."""
        if value in (UNSTATED, UNSTATED_WORD):
            return UNSTATED
        text = _short(value)
        if dimension in (PERIOD, "base_period"):
            try:
                return normal_period(text)
            except PeriodError:
                return UNSTATED
        return text if text and text not in NO_VALUES else None

    def _knowledge(self, value: Known, code: str) -> Knowledge:
        how = value.how if value.how in WAYS_OF_KNOWING else INFERRED
        if code == UNSTATED:
            how = NOT_STATED
        elif how == NOT_STATED:
            how = INFERRED
        start, end = span_in_file(self.source, value.start, value.end)
        return Knowledge(how, start, end, None if value.printed is None else _short(value.printed))

    def _base(self, statement: Statement, dimensions: Mapping[str, str], known: dict[str, Knowledge]) -> str | None:
        """The base period as loading a claim file has it; `known` gets how it is known."""
        if statement.measure not in COMPARED:
            return None
        given = statement.base_period
        code = self._code("base_period", given.value) if given is not None else None
        if given is not None and code is not None:
            knowledge = self._knowledge(given, code)
            if knowledge != Knowledge():
                known["base_period"] = knowledge
            return None if code == UNSTATED else code
        period = dimensions.get(PERIOD)
        known["base_period"] = Knowledge(INFERRED)
        if period is None or period == UNSTATED:
            return None
        try:
            return normal_form(year_before(parse_period(period)))
        except PeriodError as error:
            raise _NoClaim(str(error)) from None

    def _whole(self, statement: Statement) -> dict[str, str | None] | None:
        if statement.measure != "share" or statement.whole is None:
            return None
        whole: dict[str, str | None] = {}
        for key, value in statement.whole.items():
            name = dimension_of(key)
            if name is not None and key_trouble(key) is None:
                whole[name] = None if value is None or value in NO_VALUES else self._code(name, value)
        return whole

    def _figure(self, text: FigureText, measure: str) -> Figure:
        figure = self.figures.get((text, measure))
        if figure is None:
            try:
                if isinstance(text, DeclaredText):
                    figure = declared(text.value, str(text.decimals), text.unit, measure=measure)
                else:
                    figure = parse_figure(text, measure, self.table)
            except FigureError as error:
                raise _NoClaim(error.message) from None
            if measure in RATIOS and figure.unit.kind != "ratio" and figure.unit.name:
                raise _NoClaim(f"a {measure} in {figure.unit.name} is not understood")
            figure = without_readings(figure, self.off) if self.off else figure
            self.figures[text, measure] = figure
        return figure


def figure_text(statement: Statement) -> FigureText:
    """The figure of a statement as a claim file writes it: text, or a cell's value with its decimals."""
    if statement.decimals is None:
        return _short(statement.figure)
    value = decimal(statement.value)
    step = Fraction(10) ** -statement.decimals
    if value is None or (statement.value / step).denominator != 1:
        return _short(statement.figure)
    return DeclaredText(value, statement.decimals, statement.unit)


def decimal(value: Fraction) -> str | None:
    """The value in digits, with a point where needed; None for one whose digits do not end."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    return ("-" if value < 0 else "") + whole + (f".{part}" if part else "")


def _short(text: str) -> str:
    """Text that a field of a claim file can hold: on one line, without control characters, not too long."""
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") else c for c in text)
    return " ".join(text.split())[:MAXIMUM_TEXT].strip()


def clean_place(place: Place) -> Place:
    """The place as a claim file can hold it."""
    printed = place.printed
    if printed is not None:
        safe = CONTROL_BUT_BREAKS.sub(" ", "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in printed))
        printed = safe.strip()[:MAXIMUM_TEXT].strip() or None
    start, end = (place.start, place.end) if place.start is not None and place.end is not None else (None, None)
    return (
        place
        if (start, end, printed) == (place.start, place.end, place.printed)
        else replace(place, start=start, end=end, printed=printed)
    )


def span_in_file(source: Source, start: int | None, end: int | None) -> tuple[int | None, int | None]:
    """A span of the source's text as code points of its file, where that is text; else as it is."""
    if start is None or end is None or start < 0 or end < start:
        return None, None
    if not source.segments or source.file_text is None:
        return start, end
    first = source.segments[max(bisect.bisect_right(source.segments, start, key=attrgetter("start")) - 1, 0)]
    last = source.segments[max(bisect.bisect_left(source.segments, end, key=attrgetter("start")) - 1, 0)]
    if first.file_start is None or last.file_start is None:
        return start, end
    begin = first.file_start + (start - first.start if first.file_end is None else 0)
    finish = last.file_start + end - last.start if last.file_end is None else last.file_end
    return (begin, finish) if begin <= finish else (None, None)


# --- ids --------------------------------------------------------------------------------------------------------------


def slug(text: str, limit: int = MAXIMUM_PART) -> str:
    """The text in lower-case ASCII letters, digits and hyphens; empty where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) <= limit:
        return words
    cut = words[: limit + 1].rpartition("-")[0]
    return cut if len(cut) >= SHORTEST else words[:limit]


def readable_id(claim: Claim) -> str:
    """A name for a claim from what it says, which other claims have no part in: `exports-kz-cn-2023-growth`."""
    held = claim.dimensions
    order = (INDICATOR, AREA, COUNTERPART, *sorted(set(held) - set(NAMED_DIMENSIONS)), "source", PERIOD)
    parts = [slug(held[name]) for name in order if held.get(name, UNSTATED) != UNSTATED]
    parts += [word for word, usual in ((claim.measure, "level"), (claim.modality, "fact")) if word != usual]
    return "-".join(part for part in parts if part)[:MAXIMUM_ID].strip("-") or "figure"


def _numbered(claims: Iterable[Claim], document: Document, taken: Iterable[str]) -> tuple[Claim, ...]:
    """The claims with ids; of those that say the same the second is called -2."""
    used, next_number = set(taken), dict[str, int]()
    named = []
    for claim in claims:
        name = base = readable_id(claim)
        number = next_number.get(base, 1)
        while name in used or (number > 1 and name == base):
            number += 1
            name = f"{base}-{number}"
        next_number[base] = max(number, 2) if name != base else 1
        used.add(name)
        named.append(replace(claim, id=f"{document.id}#{name}"))
    return tuple(named)


def _listed(claims: tuple[Claim, ...], statements: Iterable[Statement], indices: list[int | None]) -> tuple[Claim, ...]:
    """The claims with the lists that they are items of; a list that would hold itself is left out."""
    linked = list(claims)
    totals: dict[int, int] = {}
    for statement, index in zip(statements, indices, strict=True):
        total = statement.list_of
        if index is None or total is None or not 0 <= total < len(indices) or (of := indices[total]) is None:
            continue
        above: int | None = of
        seen = {index}
        while above is not None and above not in seen:
            seen.add(above)
            above = totals.get(above)
        if above is None:
            totals[index] = of
            linked[index] = replace(linked[index], list_item=ListItem(claims[of].id, complete=not statement.list_open))
    return tuple(linked)


def _beside(claims: tuple[Claim, ...], statements: Iterable[Statement], indices: list[int | None]) -> tuple[Claim, ...]:
    """The claims with the others that their sentence sets them beside, where all of these became claims."""
    linked = list(claims)
    for statement, index in zip(statements, indices, strict=True):
        if index is None or statement.beside is None:
            continue
        found = {role: at for role, one in statement.beside.items() if (at := indices[one]) is not None}
        if len(found) == len(statement.beside):
            linked[index] = replace(linked[index], beside={role: claims[at].id for role, at in found.items()})
    return tuple(linked)
