"""From tables to operands: one row each in the engine, with a packed key, whole numbers, and what levels look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, Any

from crosscheck.checking.relations import Domain
from crosscheck.checking.stated import WITH_KIND
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.entries import COMPARED
from crosscheck.claims.files import check_codes
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import AREA, COUNTERPART, INDICATOR, MEASURES, MODALITIES, PERIOD, SOURCE, UNSTATED, Document
from crosscheck.claims.table_mapping import BASE
from crosscheck.figures.periods import PeriodError, months, normal_form, parse_period, year_before
from crosscheck.figures.units import Unit
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.tables.amounts import (
    WORDS,
    Amounts,
    Combination,
    amounts_of,
    cell_of,
    combinations,
    has_value,
    kept,
    raw_sql,
    widths,
    word_sql,
)
from crosscheck.tables.axes import Reading, Values, collect, dimension_names, number_sql
from crosscheck.tables.dialect import Engine, quoted_text
from crosscheck.tables.duplicates import OPERAND, SURE, UNDATED, UNKNOWN, Twice, merge
from crosscheck.tables.facts import ROW_BITS, Axis, Facts
from crosscheck.tables.mirrors import exchangeable, in_order
from crosscheck.tables.sources import Source, ids_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Prepared:
    """The tables of a run in the engine.

    `undated` and `beside` count the rows that only the reference evaluator takes: without a period, or of more digits than
    whole numbers hold; `twice` those that are stated more than once, `groups` the figures that these are.
    """

    connection: Any
    sources: Sequence[Source]
    facts: Facts
    rows: int
    beside: int
    undated: int
    modalities: Mapping[str, int]  # rows by modality
    mixed_sources: bool = False
    twice: int = 0
    groups: int = 0


def prepare(
    connection: DuckDBPyConnection, sources: Sequence[Source], codelists: CodeLists, needed: frozenset[str] | None = None
) -> Prepared:
    """Reads the tables into the engine's table `rows`, and its view `operands`; raises InputFaults with all faults.

    `needed` are the dimensions that rules name, and "unit" where one names units; others stand in the key alone.
    """
    plan = planned(Reading(connection, sources), codelists, needed)
    numbers = [plan.numbers(source) for source in sources]
    varied = varied_columns(plan, numbers)
    selects = [plan.select(source, own, varied) for source, own in zip(sources, numbers, strict=True)]
    connection.execute(f"CREATE TABLE rows AS {' UNION ALL '.join(selects)}")
    return _finished(plan, varied, numbers[0], codelists)


def planned(reading: Reading, codelists: CodeLists, needed: frozenset[str] | None) -> Plan:
    """How the rows of tables become operands; raises InputFaults with all faults of all tables."""
    sources = reading.sources
    axes = {name: Values(name) for name in dimension_names(sources)}
    for name, values in sorted(axes.items(), key=lambda item: item[0] == COUNTERPART):
        if name == COUNTERPART and _symmetric(axes, codelists):  # areas that may be exchanged have the same numbers
            axes[name] = values = Values(name, axes[AREA].texts, axes[AREA].numbers)
        collect(reading, name, values)
    if SOURCE in axes and len(axes[SOURCE].texts) == 1:
        del axes[SOURCE]
    found = [combination for source in sources for combination in combinations(reading, source)]
    bases, guessed = _bases(reading, axes, found)
    _check_bases(reading)
    _raise(reading, codelists)
    amounts = amounts_of(found)
    units = list(dict.fromkeys(combination.precision.unit for combination in found))
    kinds = list(dict.fromkeys(c.precision.unit.kind for c in found if c.measure in WITH_KIND))
    columns = _axes(axes)
    symmetric = _symmetric(columns, codelists)
    return Plan(reading, axes, columns, found, amounts, units, kinds, bases, guessed, needed, symmetric)


SPANS = "years_of"  # a fact of claims that is told by period and base period together
MAXIMUM_DOCUMENTS = 62  # of which each has its bit in a whole number
OPTIONAL = (
    "h",
    "u",
    "modality",
    "kind",
    "unit",
    "guessed",
    "edition",
    "edition_to",
    "docs",
    "given",
    "base",
    "turned",
    "status",
    "doubt",
)
READ = ("row_no", "cell", "base0")  # of a row besides its words and dimensions


def varied_columns(plan: Plan, numbers: Sequence[Mapping[str, str]]) -> list[str]:
    """The columns that are not one and the same number in all rows, as far as their SQL tells."""
    found = []
    for name in OPTIONAL:
        texts = {own[name] for own in numbers}
        if len(texts) > 1 or not next(iter(texts)).lstrip("-").isdigit():
            found.append(name)
    if plan.needed is not None and "unit" not in plan.needed and "unit" in found:
        found.remove("unit")
    if "edition" not in found:
        found = [name for name in found if name != "docs"]
    return found


def _raise(reading: Reading, codelists: CodeLists) -> None:
    """Raises InputFaults when anything was wrong, codes of areas that nothing knows included."""
    files = [ClaimFile(path, Document(""), (), (), (use,)) for path, use in reading.codes.values()]
    faults = [*reading.faults, *check_codes(files, codelists)]
    more = reading.found - len(reading.faults)
    if more > 0:
        faults.append(Fault(reading.sources[0].path, None, None, f"{more:,} more faults are not shown"))
    if faults:
        raise InputFaults(faults)


@dataclass(frozen=True, slots=True)
class _Guessed:
    """By the number of a period, the number of the one a year earlier (0: none), and whether it is shorter than a year."""

    before: Sequence[int]
    short: Sequence[int]


def _bases(reading: Reading, axes: dict[str, Values], found: Sequence[Combination]) -> tuple[Values, _Guessed]:
    """The base periods that are given, as numbers of periods, and those that are a year earlier."""
    periods = axes.setdefault(PERIOD, Values(PERIOD))
    bases = Values(BASE, periods.texts, periods.numbers)
    if not any(combination.measure in COMPARED for combination in found):
        return bases, _Guessed((), ())
    collect(reading, BASE, bases)
    before, short = [0], [0]
    for text in [*periods.texts][1:]:
        number, is_short = 0, 1
        if text is not None and text != UNSTATED:
            period = parse_period(text)
            length = months(period)
            is_short = int(length is None or length < 12)
            try:
                number = periods.add(normal_form(year_before(period)))
            except PeriodError:
                number = 0
        before.append(number)
        short.append(is_short)
    return bases, _Guessed(before, short)


def _check_bases(reading: Reading) -> None:
    """Records rows that give a base period to what has none."""
    for source in reading.sources:
        column = source.column(BASE)
        if column is None:
            continue
        measure = word_sql(source, "measure")
        listed = ", ".join(f"'{name}'" for name in COMPARED)
        query = (
            f"SELECT {source.row}, {measure}, count(*) OVER () FROM {source.relation} WHERE {has_value(source)} "
            f"AND trim(CAST({column} AS VARCHAR)) <> '' AND {measure} NOT IN ({listed}) ORDER BY 1 LIMIT 20"
        )
        for row, text, _ in reading.rows(query):
            assert isinstance(row, int)
            message = f"a {text or 'level'} has no base period"
            reading.complain(source.at(row, message, f"only {', '.join(COMPARED)} have one", BASE))


def _axes(values: Mapping[str, Values]) -> dict[str, Axis]:
    """The axes with their strides; one number of each stays free for a value that no claim has."""
    found, stride = {}, 1
    kind = "HUGEINT" if prod(len(own.texts) + 1 for own in values.values()) >= 2**62 else "BIGINT"
    for index, (name, own) in enumerate(sorted(values.items())):
        found[name] = Axis(name, f"d{index}", own.texts, stride, own.numbers, kind)
        stride *= len(own.texts) + 1
    return found


def key_space(axes: Mapping[str, Axis]) -> int:
    """How many keys there may be."""
    return prod(len(axis.texts) + 1 for axis in axes.values())


@dataclass(frozen=True, slots=True)
class Plan:
    reading: Reading
    values: Mapping[str, Values]
    axes: Mapping[str, Axis]
    found: Sequence[Combination]
    amounts: Amounts
    units: Sequence[Unit]
    kinds: Sequence[str]
    bases: Values
    guessed: _Guessed
    needed: frozenset[str] | None
    symmetric: frozenset[int] = frozenset()  # numbers of indicators whose areas may be exchanged

    def is_kept(self, name: str) -> bool:
        """True for a dimension that has a column of its own."""
        named = {PERIOD, SOURCE, AREA, COUNTERPART, INDICATOR}
        return self.needed is None or name in self.needed or name in named

    def identity(self, columns: Sequence[str]) -> list[str]:
        """What figures share that are stated more than once, in SQL over the columns of `rows`, which has these besides."""
        own = ["key * 6 + m"]  # measures are six
        own += ["modality"] if len({combination.words[4] or "fact" for combination in self.found}) > 1 else []
        own += ["kind"] if len(self.kinds) > 1 else []
        return [*own, "base"] if "base" in columns and _names_bases(self) else own

    def select(self, source: Source, numbers: Mapping[str, str], varied: Sequence[str]) -> str:
        """The rows of one table as rows of `rows`."""
        cell = cell_of(source)
        names = []
        for name, axis in self.axes.items():
            tag = f"e{source.number}_{axis.column}"
            number = number_sql(self.reading, source, name, self.values[name], tag)
            kind = "SMALLINT" if len(axis.texts) < 2**15 else "INTEGER"
            names.append(f"CAST({number} AS {kind}) AS {axis.column}")
        inner = [f"{source.row} AS row_no", f"{cell.cell} AS cell", *names, *self._words(source)]
        inner.append(f"CAST({self._base(source)} AS INTEGER) AS base0")
        rows = f"SELECT {', '.join(inner)} FROM {source.relation} WHERE {has_value(source)}"
        rows = in_order(rows, self.axes, self.symmetric, (*READ, *(f"w{index}" for index in range(len(WORDS)))))
        coded = f"SELECT *, {cell.digits} AS digits, {self._code(source, cell.printed)} AS code FROM ({rows}) a"
        columns = [f"{numbers[name]} AS {name}" for name in ("rid", "key", "f", "m")]
        columns += [f"CAST({numbers[name]} AS {TYPES[name]}) AS {name}" for name in varied]
        columns += [axis.column for name, axis in self.axes.items() if self.is_kept(name)]
        text = f"SELECT {', '.join(columns)} FROM ({coded}) b"
        unstated = self._unstated()
        return f"{text} WHERE {' AND '.join(unstated)}" if unstated else text

    def numbers(self, source: Source) -> dict[str, str]:
        """The columns of an operand in SQL, over the numbered words and dimensions of a row."""
        amounts, own = self.amounts, [n for n, c in enumerate(self.found) if c.source == source.number]

        def pick(numbers: Sequence[int]) -> str:
            mine = [numbers[n] for n in own] or [0]
            return str(mine[0]) if len(set(mine)) == 1 else self.reading.dialect.pick(mine, "code")

        key = " + ".join(axis.steps(axis.column) for axis in self.axes.values()) or "0"
        period = self.axes[PERIOD]
        fits = cell_of(source).fits
        small = all(self.found[n].largest <= amounts.limits[n] and n not in amounts.apart for n in own)
        fit = f"coalesce({fits} AND abs(digits) <= {pick(amounts.limits)} AND {pick(self._apart())} = 0, FALSE)"
        fit = "" if small and fits == "TRUE" else fit
        face = f"digits * {pick(amounts.times)} + {pick(amounts.plus)}"
        undated = period.number(UNSTATED)
        cases = [f"WHEN {period.column} = {undated} THEN {UNDATED}"] if undated else []
        compared = pick([int(combination.measure in COMPARED) for combination in self.found])
        base = self._base_number(source)
        if compared != "1":
            base = "0" if compared == "0" else f"CASE WHEN {compared} = 1 THEN {base} ELSE 0 END"
        return {
            "rid": f"CAST({source.number << ROW_BITS} + row_no AS BIGINT)",
            "key": key,
            "f": f"CASE WHEN {fit} THEN {face} ELSE 0 END" if fit else face,
            "h": pick(amounts.half),
            "u": "0",
            "m": f"CAST({pick([MEASURES.index(combination.measure) for combination in self.found])} AS TINYINT)",
            "modality": pick([MODALITIES.index(combination.words[4] or "fact") for combination in self.found]),
            "kind": pick([self._kind(combination) for combination in self.found]),
            "unit": pick([self.units.index(c.precision.unit) for c in self.found]),
            "base": base,
            "guessed": self._guessed_sql(source),
            "edition": str(_edition(self.reading.sources, source)),
            "edition_to": str(_edition(self.reading.sources, source)),
            "docs": str(1 << source.number if len(self.reading.sources) <= MAXIMUM_DOCUMENTS else 0),
            "given": str(int(source.document.given)),
            "turned": "turned" if self.symmetric else "0",
            "status": f"CASE {' '.join(cases)} ELSE {OPERAND} END" if cases else str(OPERAND),
            "doubt": f"CASE WHEN {fit} THEN {SURE} ELSE {UNKNOWN} END" if fit else str(SURE),
        }

    def _apart(self) -> list[int]:
        return [int(number in self.amounts.apart) for number in range(len(self.found))]

    def _unstated(self) -> list[str]:
        """What is unknown in a dimension but period and source is no operand."""
        return [
            f"{axis.column} <> {number}"
            for name, axis in self.axes.items()
            if name not in (PERIOD, SOURCE) and (number := axis.number(UNSTATED)) is not None
        ]

    def _kind(self, combination: Combination) -> int:
        return self.kinds.index(combination.precision.unit.kind) if combination.measure in WITH_KIND else 0

    def _words(self, source: Source) -> list[str]:
        return [f"{raw_sql(source, name)} AS w{index}" for index, name in enumerate(WORDS)]

    def _code(self, source: Source, printed: str) -> str:
        """The place of a row's combination among those of its table, told by as few words as tell them all apart."""
        own = [combination for combination in self.found if combination.source == source.number]
        if len(own) < 2:
            return "0"
        told = [(*combination.raw, combination.printed) for combination in own]
        places = _telling(told)
        cases = []
        for number, words in enumerate(told[:-1]):
            tests = [f"{printed} = {words[p]}" if p == len(WORDS) else _is(f"w{p}", words[p]) for p in places]
            cases.append(f"WHEN {' AND '.join(tests)} THEN {number}")
        return f"CASE {' '.join(cases)} ELSE {len(told) - 1} END"

    def _base(self, source: Source) -> str:
        if BASE not in source.fields and BASE not in source.constants:
            return "0"
        return number_sql(self.reading, source, BASE, self.bases, f"e{source.number}_base")

    def _base_number(self, source: Source) -> str:
        if not self.guessed.before:
            return "0"
        before = self.reading.dialect.pick(self.guessed.before, self.axes[PERIOD].column)
        if BASE in source.fields:
            return f"CASE WHEN base0 > 0 THEN base0 ELSE {before} END"
        return "base0" if BASE in source.constants else before

    def _guessed_sql(self, source: Source) -> str:
        """Whether the base of a comparison over less than a year is not given."""
        if not self.guessed.short or not any(self.guessed.short[1:]) or BASE in source.constants:
            return "0"
        short = self.reading.dialect.pick(self.guessed.short, self.axes[PERIOD].column)
        return f"CASE WHEN base0 = 0 THEN {short} ELSE 0 END" if BASE in source.fields else short


def _is(column: str, word: object) -> str:
    if word is None:
        return f"{column} IS NULL"
    return f"({column} IS NOT NULL AND {column} = {quoted_text(str(word))})"


def _telling(told: Sequence[tuple[object, ...]]) -> list[int]:
    """A few places in which all of some tuples differ."""
    width = len(told[0])
    chosen: list[int] = []
    while len({tuple(one[p] for p in chosen) for one in told}) < len(told):
        left = [place for place in range(width) if place not in chosen]
        chosen.append(max(left, key=lambda place: len({tuple(one[p] for p in (*chosen, place)) for one in told})))
    return chosen


TYPES = {
    "h": "BIGINT",
    "u": "BIGINT",
    "modality": "TINYINT",
    "kind": "SMALLINT",
    "unit": "SMALLINT",
    "guessed": "TINYINT",
    "edition": "SMALLINT",
    "edition_to": "SMALLINT",
    "docs": "BIGINT",
    "given": "TINYINT",
    "base": "INTEGER",
    "turned": "TINYINT",
    "status": "TINYINT",
    "doubt": "TINYINT",
}


def _finished(plan: Plan, varied: list[str], numbers: Mapping[str, str], codelists: CodeLists) -> Prepared:
    """What is stated more than once brought together, and the view of operands made."""
    connection = plan.reading.connection
    space = key_space(plan.axes) * 6
    half = "h" if "h" in varied else numbers["h"]
    found = merge(connection, plan.identity(varied), space, varied, ids_sql(plan.reading.sources), half)
    where = f" WHERE status = {OPERAND}" if "status" in varied else ""
    connection.execute(f"CREATE VIEW operands AS SELECT * FROM rows{where}")
    return prepared_of(plan, varied, numbers, codelists, found)


def prepared_of(
    plan: Plan, varied: Sequence[str], numbers: Mapping[str, str], codelists: CodeLists, found: Twice
) -> Prepared:
    """What is known of the operands; `numbers` are the columns of the first table in SQL, `found` counts their rows."""
    connection, axes = plan.reading.connection, plan.axes
    fixed = [name for name in OPTIONAL if name not in varied]
    constants = {name: int(numbers[name]) for name in fixed if numbers[name].lstrip("-").isdigit()}
    texts = {name: sorted({t for t in axis.texts if t is not None}) for name, axis in axes.items()}
    modalities: dict[str, int] = {}
    for combination in plan.found:
        own = combination.words[4] or "fact"
        modalities[own] = modalities.get(own, 0) + combination.rows
    sources = axes.get(SOURCE)
    known = {unit.kind: unit.dimension for unit in plan.units}
    facts = Facts(
        dialect=plan.reading.dialect,
        codelists=codelists,
        axes=axes,
        domain=Domain(codelists, texts),
        kinds=plan.kinds,
        dimensions=[known[kind] for kind in plan.kinds] or [()],
        units=[(unit.kind, unit.name) for unit in plan.units],
        largest=kept(plan.found, plan.amounts),
        grains=plan.amounts.grains,
        modalities=frozenset(modalities),
        kept=[axis.column for name, axis in axes.items() if plan.is_kept(name)],
        columns=frozenset((*varied, "rid", "key", "f", "m")),
        own_bases="base" in varied and _own_bases(plan),
        editions=len({_edition(plan.reading.sources, source) for source in plan.reading.sources}),
        documents=len(plan.reading.sources),
        all_given=all(source.document.given for source in plan.reading.sources),
        symmetric=plan.symmetric,
        sources=sources is not None,
        widths=widths(plan.found, plan.amounts),
        repeats=found.groups > 0,
        constants=constants,
    )
    if "base" in varied and (plan.needed is None or SPANS in plan.needed):
        query = f"SELECT DISTINCT {facts.span('r')} FROM rows r WHERE base > 0"
        facts = replace(facts, spans=sorted(int(span) for (span,) in connection.execute(query).fetchall()))
    mixed = sources is not None and _is_mixed(connection, sources)
    beside = 0
    if "doubt" in varied:
        large = f"SELECT count(*) FROM rows WHERE doubt = {UNKNOWN}"
        large += " AND rid NOT IN (SELECT rep FROM groups)" if found.groups else ""
        ((beside,),) = connection.execute(large).fetchall()
    return Prepared(
        connection,
        plan.reading.sources,
        facts,
        found.rows,
        int(beside),
        found.undated,
        modalities,
        mixed,
        found.repeated,
        found.groups,
    )


def _names_bases(plan: Plan) -> bool:
    """True where a column or a constant gives base periods, so that period and measure do not tell them."""
    return any(BASE in source.fields or BASE in source.constants for source in plan.reading.sources)


def _own_bases(plan: Plan) -> bool:
    """True where some figure is compared with its own period."""
    if not _names_bases(plan):
        return False
    query = f"SELECT count(*) FROM rows WHERE base = {plan.axes[PERIOD].column} AND base > 0"
    return bool(plan.reading.connection.execute(query).fetchall() != [(0,)])


def _edition(sources: Sequence[Source], source: Source) -> int:
    """The number of the first document that cannot be a revision of this one: of the same publisher and date."""
    own = source.document
    for other in sources:
        if other is source:
            break
        same = (other.document.publisher, other.document.published) == (own.publisher, own.published)
        if same and own.published is not None:
            return other.number
    return source.number


def _symmetric(axes: Mapping[str, Axis | Values], codelists: CodeLists) -> frozenset[int]:
    """The indicators whose areas may be exchanged, where there are two areas."""
    return exchangeable(axes[INDICATOR].texts, codelists) if {AREA, COUNTERPART, INDICATOR} <= set(axes) else frozenset()


def _is_mixed(connection: Engine, axis: Axis) -> bool:
    """True where the source of some figures is known and of others not."""
    query = f"SELECT count(*) FILTER (WHERE {axis.column} = 0), count(*) FROM rows"
    ((without, rows),) = connection.execute(query).fetchall()
    return bool(0 < int(without) < int(rows))
