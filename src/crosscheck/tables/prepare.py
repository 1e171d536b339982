"""From tables to operands: one row each in the engine, with a packed key, whole numbers, and what levels look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosscheck.checking.relations import Domain
from crosscheck.checking.stated import WITH_KIND, is_symmetric
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
    word_sql,
)
from crosscheck.tables.axes import Reading, Values, collect, dimension_names, number_sql
from crosscheck.tables.dialect import DUCKDB
from crosscheck.tables.facts import Axis, Facts
from crosscheck.tables.sources import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROW_BITS = 52  # of the number of a row; the number of its table stands above them
OPERAND, BESIDE, UNDATED = range(3)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The tables of a run in the engine. `beside` and `undated` count the rows that only the reference evaluator takes."""

    connection: DuckDBPyConnection
    sources: Sequence[Source]
    facts: Facts
    rows: int
    beside: int
    undated: int
    modalities: Mapping[str, int]  # rows by modality
    mixed_sources: bool = False


def prepare(connection: DuckDBPyConnection, sources: Sequence[Source], codelists: CodeLists) -> Prepared:
    """Reads the tables into the engine's table `rows`, and its view `operands`; raises InputFaults with all faults."""
    reading = Reading(connection, sources)
    axes = {name: Values(name) for name in dimension_names(sources)}
    for name, values in axes.items():
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
    plan = _Plan(reading, axes, columns, found, amounts, units, kinds, bases, guessed)
    connection.execute(f"CREATE TABLE rows AS {' UNION ALL '.join(plan.select(source) for source in sources)}")
    return _finished(plan, codelists)


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
    for index, (name, own) in enumerate(sorted(values.items())):
        found[name] = Axis(name, f"d{index}", own.texts, stride, own.numbers)
        stride *= len(own.texts) + 1
    return found


def key_space(axes: Mapping[str, Axis]) -> int:
    """How many keys there may be."""
    size = 1
    for axis in axes.values():
        size *= len(axis.texts) + 1
    return size


@dataclass(frozen=True, slots=True)
class _Plan:
    reading: Reading
    values: Mapping[str, Values]
    axes: Mapping[str, Axis]
    found: Sequence[Combination]
    amounts: Amounts
    units: Sequence[Unit]
    kinds: Sequence[str]
    bases: Values
    guessed: _Guessed

    @property
    def wide_key(self) -> bool:
        """True where keys do not fit 62 bits."""
        return key_space(self.axes) >= 2**62

    def select(self, source: Source) -> str:
        """The rows of one table as rows of `rows`."""
        cell = cell_of(source)
        names = []
        for name, axis in self.axes.items():
            tag = f"e{source.number}_{axis.column}"
            number = number_sql(self.reading, source, name, self.values[name], tag)
            names.append(f"CAST({number} AS INTEGER) AS {axis.column}")
        inner = [f"{source.row} AS row_no", f"{cell.cell} AS cell", *names, *self._words(source)]
        base = self._base(source)
        inner.append(f"CAST({base} AS INTEGER) AS base0")
        rows = f"SELECT {', '.join(inner)} FROM {source.relation} WHERE {has_value(source)}"
        coded = f"SELECT *, {cell.digits} AS digits, {self._code(source, cell.printed)} AS code FROM ({rows}) a"
        return self._outer(source, coded, cell.fits)

    def _outer(self, source: Source, coded: str, fits: str) -> str:
        amounts, own = self.amounts, [n for n, c in enumerate(self.found) if c.source == source.number]

        def pick(numbers: Sequence[int]) -> str:
            mine = [numbers[n] for n in own] or [0]
            return str(mine[0]) if len(set(mine)) == 1 else DUCKDB.pick(mine, "code")

        keytype = "HUGEINT" if self.wide_key else "BIGINT"
        key = " + ".join(f"CAST({axis.column} AS {keytype}) * {axis.stride}" for axis in self.axes.values()) or "0"
        period = self.axes[PERIOD]
        measures = pick([MEASURES.index(combination.measure) for combination in self.found])
        modalities = pick([MODALITIES.index(combination.words[4] or "fact") for combination in self.found])
        kinds = pick([self._kind(combination) for combination in self.found])
        fit = f"coalesce({fits} AND abs(digits) <= {pick(amounts.limits)} AND {pick(self._apart())} = 0, FALSE)"
        unstated = self._unstated()
        undated = f"{period.column} = {period.number(UNSTATED) or -1}"
        status = f"CASE WHEN {undated} THEN {UNDATED} WHEN {fit} THEN {OPERAND} ELSE {BESIDE} END"
        compared = [int(combination.measure in COMPARED) for combination in self.found]
        numbers = {
            "rid": f"CAST({source.number << ROW_BITS} + row_no AS BIGINT)",
            "key": key,
            "f": f"CASE WHEN {fit} THEN digits * {pick(amounts.times)} + {pick(amounts.plus)} END",
            "h": f"CAST({pick(amounts.half)} AS BIGINT)",
            "m": f"CAST({measures} AS TINYINT)",
            "modality": f"CAST({modalities} AS TINYINT)",
            "kind": f"CAST({kinds} AS SMALLINT)",
            "unit": f"CAST({pick([self.units.index(c.precision.unit) for c in self.found])} AS SMALLINT)",
            "base": f"CASE WHEN {pick(compared)} = 1 THEN {self._base_number(source)} ELSE 0 END",
            "guessed": f"CAST({self._guessed_sql(source)} AS TINYINT)",
            "edition": f"CAST({_edition(self.reading.sources, source)} AS SMALLINT)",
            "given": f"CAST({int(source.document.given)} AS TINYINT)",
            "status": f"CAST({status} AS TINYINT)",
        }
        listed = [f"{text} AS {name}" for name, text in numbers.items()]
        listed += [axis.column for axis in self.axes.values()]
        text = f"SELECT {', '.join(listed)} FROM ({coded}) b"
        return f"{text} WHERE {' AND '.join(unstated)}" if unstated else text

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
        return [f"{word_sql(source, name)} AS w{index}" for index, name in enumerate(WORDS)]

    def _code(self, source: Source, printed: str) -> str:
        """The place of a row's combination among those of its table, told by as few words as tell them all apart."""
        own = [combination for combination in self.found if combination.source == source.number]
        if len(own) < 2:
            return "0"
        told = [(*combination.words, combination.printed) for combination in own]
        places = _telling(told)
        cases = []
        for number, words in enumerate(told[:-1]):
            tests = [f"{printed} = {words[p]}" if p == len(WORDS) else f"w{p} = {_text(words[p])}" for p in places]
            cases.append(f"WHEN {' AND '.join(tests)} THEN {number}")
        return f"CASE {' '.join(cases)} ELSE {len(told) - 1} END"

    def _base(self, source: Source) -> str:
        if BASE not in source.fields and BASE not in source.constants:
            return "0"
        return number_sql(self.reading, source, BASE, self.bases, f"e{source.number}_base")

    def _base_number(self, source: Source) -> str:
        if not self.guessed.before:
            return "0"
        before = DUCKDB.pick(self.guessed.before, self.axes[PERIOD].column)
        if BASE in source.fields:
            return f"CASE WHEN base0 > 0 THEN base0 ELSE {before} END"
        return "base0" if BASE in source.constants else before

    def _guessed_sql(self, source: Source) -> str:
        """Whether the base of a comparison over less than a year is not given."""
        if not self.guessed.short or not any(self.guessed.short[1:]) or BASE in source.constants:
            return "0"
        short = DUCKDB.pick(self.guessed.short, self.axes[PERIOD].column)
        return f"CASE WHEN base0 = 0 THEN {short} ELSE 0 END" if BASE in source.fields else short


def _text(word: object) -> str:
    doubled = str(word).replace("'", "''")
    return f"'{doubled}'"


def _telling(told: Sequence[tuple[object, ...]]) -> list[int]:
    """A few places in which all of some tuples differ."""
    width = len(told[0])
    chosen: list[int] = []
    while len({tuple(one[p] for p in chosen) for one in told}) < len(told):
        left = [place for place in range(width) if place not in chosen]
        chosen.append(max(left, key=lambda place: len({tuple(one[p] for p in (*chosen, place)) for one in told})))
    return chosen


OPTIONAL = ("modality", "kind", "unit", "guessed", "edition", "given", "base")


def _finished(plan: _Plan, codelists: CodeLists) -> Prepared:
    """Duplicates set beside, columns that are the same everywhere known, and the view of operands made."""
    connection, axes = plan.reading.connection, plan.axes
    _set_duplicates_beside(connection)
    counts = dict(connection.execute("SELECT status, count(*) FROM rows GROUP BY ALL").fetchall())
    spans = connection.execute(
        f"SELECT {', '.join(f'min({name}), max({name})' for name in OPTIONAL)} FROM rows"
    ).fetchone() or (0,) * (2 * len(OPTIONAL))
    varied = {name for index, name in enumerate(OPTIONAL) if spans[2 * index] != spans[2 * index + 1]}
    constants = {name: int(spans[2 * index] or 0) for index, name in enumerate(OPTIONAL) if name not in varied}
    where = f" WHERE status = {OPERAND}" if len(counts) > 1 or OPERAND not in counts else ""
    connection.execute(f"CREATE VIEW operands AS SELECT * FROM rows{where}")
    texts = {name: sorted({t for t in axis.texts if t is not None}) for name, axis in axes.items()}
    modalities = connection.execute("SELECT modality, count(*) FROM rows GROUP BY ALL").fetchall()
    sources = axes.get(SOURCE)
    known = {unit.kind: unit.dimension for unit in plan.units}
    facts = Facts(
        dialect=DUCKDB,
        codelists=codelists,
        axes=axes,
        domain=Domain(codelists, texts),
        kinds=plan.kinds,
        dimensions=[known[kind] for kind in plan.kinds] or [()],
        units=[(unit.kind, unit.name) for unit in plan.units],
        largest=kept(plan.found, plan.amounts),
        grains=plan.amounts.grains,
        modalities=frozenset(MODALITIES[number] for number, _ in modalities),
        columns=frozenset((*varied, "rid", "key", "f", "h", "m")),
        editions=len({_edition(plan.reading.sources, source) for source in plan.reading.sources}),
        documents=len(plan.reading.sources),
        all_given=all(source.document.given for source in plan.reading.sources),
        symmetric=_symmetric(axes, codelists),
        sources=sources is not None,
        constants=constants,
    )
    mixed = sources is not None and _is_mixed(connection, sources)
    return Prepared(
        connection,
        plan.reading.sources,
        facts,
        sum(counts.values()),
        counts.get(BESIDE, 0),
        counts.get(UNDATED, 0),
        {MODALITIES[number]: rows for number, rows in modalities},
        mixed,
    )


IDENTITY = ("key", "m", "modality", "kind", "base")


def _set_duplicates_beside(connection: DuckDBPyConnection) -> None:
    """Figures that are stated more than once go to the reference evaluator, with all that they may meet."""
    listed = ", ".join(IDENTITY)
    query = f"SELECT {listed} FROM rows WHERE status < {UNDATED} GROUP BY ALL HAVING count(*) > 1"
    connection.execute(f"CREATE TABLE twice AS {query}")
    if connection.execute("SELECT count(*) FROM twice").fetchall() != [(0,)]:
        same = " AND ".join(f"rows.{name} = twice.{name}" for name in IDENTITY)
        connection.execute(f"UPDATE rows SET status = {BESIDE} FROM twice WHERE {same} AND status < {UNDATED}")


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


def _symmetric(axes: Mapping[str, Axis], codelists: CodeLists) -> frozenset[int]:
    """The indicators whose areas may be exchanged, where there are two areas."""
    if AREA not in axes or COUNTERPART not in axes or INDICATOR not in axes:
        return frozenset()
    return frozenset(
        number
        for number, text in enumerate(axes[INDICATOR].texts)
        if text is not None and is_symmetric({INDICATOR: text, AREA: "", COUNTERPART: ""}, codelists)
    )


def _is_mixed(connection: DuckDBPyConnection, axis: Axis) -> bool:
    """True where the source of some figures is known and of others not."""
    query = f"SELECT count(*) FILTER ({axis.column} = 0), count(*) FROM rows"
    ((without, rows),) = connection.execute(query).fetchall()
    return bool(0 < int(without) < int(rows))


def all_values(axes: Mapping[str, Axis]) -> Iterator[tuple[str, str]]:
    """Each dimension with each value that occurs."""
    for name, axis in axes.items():
        for text in axis.texts:
            if text is not None:
                yield name, text
