"""Verdict and level of a binding as SQL over whole numbers: `checking.assessment` and `checking.levels`, compiled.

Figures of tables are rounded or exact, in their strict reading alone. Whatever is not certain from that (a divisor that may
be zero, alternatives that share a figure) is left to the reference evaluator: its verdict is ASK.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from crosscheck.checking.levels import ERROR, NONE, NOTE, ORDER, WARNING
from crosscheck.claims.model import PERIOD
from crosscheck.rules.algebra import Alternative
from crosscheck.rules.model import NEXT_DIGIT, STRAIN_OF_ONE, STRAIN_OF_SEVERAL, Rule
from crosscheck.tables.conditions import when_sql
from crosscheck.tables.dialect import NARROW_LIMIT, quoted_text
from crosscheck.tables.duplicates import SURE, UNGAUGED, UNKNOWN, UNSTRAINED
from crosscheck.tables.facts import Facts
from crosscheck.tables.gates import STRAIN_MARGIN, Gates, is_alone, scale_of, uses_base
from crosscheck.tables.kinds import kind_columns, trouble_of
from crosscheck.tables.matching import Joins, Role
from crosscheck.tables.polynomial import (
    Compared,
    Refused,
    Span,
    bound,
    compared,
    extremes,
    is_on_a_line,
    slope,
    value,
)
from crosscheck.tables.selecting import among
from crosscheck.tables.unrolled import PRECISION, YEARS, Answers

CONSISTENT, RECONCILABLE, CONTRADICTION, UNVERIFIABLE, ASK = range(5)
OPEN = 5  # while it is worked out: neither consistent nor beyond checking


@dataclass(frozen=True, slots=True)
class Compiled:
    """The SQL of a rule: rows of `rid` of the subject, `verdict`, `level`, `miss`, and `n`, the bindings that a row is for.

    `miss` only orders findings: how many times the rounding slack the figures are apart. Where that was asked for, `met`
    lists the operands besides the subject, role and row.
    """

    rule: Rule
    sql: str
    wide: bool


_System = list[tuple[Alternative, list[Compared]]]


class Writer:
    """What the parts of a rule's SQL share; `answers` are what its facts of claims were answered by, see `unrolled`."""

    def __init__(self, rule: Rule, facts: Facts, joins: Joins, answers: Answers) -> None:
        self.rule, self.facts, self.joins = rule, facts, joins
        self.roles = {role.name: role for role in joins.roles}
        self.answers = [self._answered(self.roles[name].alias, *answer) for name, answer in answers]
        self.parts, self.slack = self._tolerance()
        own = {name: self._largest(role) for name, role in self.roles.items()}
        self.trouble = trouble_of(rule, joins.roles, facts)
        self.when = None if rule.when is None else when_sql(rule.when, self.roles, facts, own)
        self.largest = {name: size * self.parts for name, size in own.items()}
        if rule.tolerance is not None:
            self.largest[rule.subject] += self.slack * (own[rule.subject] if rule.tolerance.relative else 1)
        self.system = self._system(1)
        limit = self._limit(self.system, 1)
        self.beyond = limit >= facts.dialect.wide_limit
        if self.beyond and not answers:
            raise Refused(f"figures of this size: {len(str(limit))} digits on the way")
        self.wide = limit >= NARROW_LIMIT

    def _answered(self, alias: str, function: str, numbers: Sequence[int]) -> str:
        """Whether an operand is about one of some periods or spans, or has the figures of half that width printed."""
        if function == YEARS:
            return among(self.facts.span(alias), numbers)
        if function != PRECISION:
            return among(f"{alias}.{self.facts.axes[PERIOD].column}", numbers)
        half = self.facts.column(alias, "h")
        if self.facts.repeats:  # what rows that say it differently have in common is narrower than any of them
            half = f"coalesce((SELECT g.h0 FROM groups g WHERE g.rep = {alias}.rid), {half})"
        unknown = f" OR {alias}.doubt >= {UNKNOWN}" if self._has("doubt") else ""
        return f"({among(half, numbers)}{unknown})"

    def _largest(self, role: Role) -> int:
        selector = self.rule.variables[role.name]
        sizes = [self.facts.largest[m] for m in selector.measures or self.facts.measures if m in self.facts.largest]
        return role.members * max(sizes, default=1)

    def _tolerance(self) -> tuple[int, int]:
        """In how many parts figures are counted so that the rule's own tolerance is a whole number of them, and which; of a
        relative one, for each whole of the subject.
        """
        tolerance = self.rule.tolerance
        if tolerance is None:
            return 1, 0
        unit = Fraction(1) if tolerance.relative else self.facts.grains[self.roles[self.rule.subject].ratio]
        amount = tolerance.amount / unit
        return amount.denominator, amount.numerator

    def _wider(self, low: str, high: str, scale: int = 1) -> tuple[str, str]:
        """The subject's ends with the rule's own tolerance; they count `scale` times the parts."""
        tolerance = self.rule.tolerance
        if tolerance is None:
            return low, high
        slack = str(self.slack * scale)
        if tolerance.relative:
            size = self.facts.dialect.divided(f"greatest(abs({low}), abs({high}))", self.parts)
            slack = f"{self.slack} * {size}"
        return f"({low} - {slack})", f"({high} + {slack})"

    def _system(self, parts: int) -> _System:
        """The alternatives in whole numbers, figures counted in `parts` of what one of theirs stands for."""
        units = {name: self.facts.grains[role.ratio] / (parts * self.parts) for name, role in self.roles.items()}
        found = []
        for alternative in self.rule.alternatives:
            relations = []
            for relation in alternative.relations:
                relations.append(compared(relation.operator, relation.left, relation.right, self.rule.collections, units))
            found.append((alternative, relations))
        return found

    def _limit(self, system: _System, parts: int) -> int:
        """What no number on the way exceeds."""
        largest = {name: size * parts for name, size in self.largest.items()}
        return max([*largest.values(), *(one.limit(largest) for _, relations in system for one in relations)])

    # The SQL, from the inside outward: what is bound, whether it holds, the verdict, the level.

    def written(self, every_row: bool, only: str | None) -> Compiled:
        """The whole SQL.

        What is consistent or cannot be checked is counted at once; only what is left goes on to the long expressions of
        the strict reading and of levels. Each step names what the next one needs more than once, as the engine takes
        longer over the text of long expressions than over ten thousand rows.
        """
        names, rows = self._bound(only)
        if self.beyond:  # for this answer, as it may be for a high power: other answers are decided
            met = ", met" if self.joins.told else ""
            sql = f"SELECT rid, {ASK} AS verdict, 0 AS level, CAST(NULL AS DOUBLE) AS miss, 1 AS n{met} FROM ({rows}) b"
            return Compiled(self.rule, sql, self.wide)
        faces = self._any(self.system, self._faces_box())
        apart = [condition for condition in (self.trouble, self._missing()) if condition]
        state = f"WHEN {self._doubt()} >= {UNKNOWN} THEN {ASK} " if self._has("doubt") else ""
        state += " ".join(f"WHEN {condition} THEN {UNVERIFIABLE}" for condition in apart)
        state = f"CASE {state} WHEN {faces} THEN {CONSISTENT} ELSE {OPEN} END"
        kept = [f"CASE WHEN state = {OPEN} THEN {name} END AS {name}" for name in names if name != "rid"]
        kept.append("rid" if every_row else f"CASE WHEN state >= {ASK} THEN rid END AS rid")
        stated = f"SELECT *, {state} AS state FROM ({rows}) b"
        counted = f"SELECT state, {', '.join(kept)}, count(*) AS n FROM ({stated}) c GROUP BY ALL"
        gates = self._gates()
        ended = f"SELECT *, {', '.join(self._ends(gates))} FROM ({counted}) d"
        tried = f"SELECT *, {', '.join(self._tried(faces, gates))} FROM ({ended}) e"
        decided = (
            f"SELECT *, CASE WHEN state <> {OPEN} THEN state WHEN unknown THEN {ASK} WHEN fits THEN {RECONCILABLE} "
            f"WHEN NOT fits THEN {CONTRADICTION} ELSE {ASK} END AS decided FROM ({tried}) g"
        )
        unsure = gates.unsure
        if self._has("doubt"):
            relative = self.rule.material is not None and self.rule.material.relative
            ungauged = f" OR s_doubt = {UNGAUGED}" if relative else ""
            unsure = f"({unsure} OR material AND {self._doubt()} >= {UNSTRAINED}{ungauged})"
        verdict = f"CASE WHEN decided = {RECONCILABLE} AND {unsure} THEN {ASK} ELSE decided END"
        miss = f"CASE WHEN decided IN ({RECONCILABLE}, {CONTRADICTION}) THEN miss END"
        sql = f"SELECT rid, {verdict} AS verdict, {self._level(gates)} AS level, {miss} AS miss, n"
        sql += f"{', met' if self.joins.told else ''} FROM ({decided}) h"
        return Compiled(self.rule, sql, self.wide)

    def _ends(self, gates: Gates) -> list[str]:
        """The ends of each role's interval as columns, and those with the parts of its slack by which strain is told."""
        found = []
        for role in self.roles.values():
            face, half, up = self._raw(role)
            low, high = self._own(role, f"({face} - {half})", f"({face} + {up})")
            found += [f"{low} AS {role.alias}_low", f"{high} AS {role.alias}_high"]
            wide = self.facts.dialect.cast(face, True)
            for number, threshold in enumerate(gates.thresholds):
                scale = scale_of(threshold)
                below = max(threshold - STRAIN_MARGIN, Fraction(0))
                for name, part, told in (("less", below, "loosely"), ("at", threshold, "strained")):
                    if not gates.uses(f"{told}{number}"):
                        continue
                    down, over = (self._times(end, part.numerator * (scale // part.denominator)) for end in (half, up))
                    low, high = self._own(role, f"({wide} * {scale} - {down})", f"({wide} * {scale} + {over})", scale)
                    found.append(f"{low} AS {role.alias}_{name}{number}_low")
                    found.append(f"{high} AS {role.alias}_{name}{number}_high")
        return found

    def _own(self, role: Role, low: str, high: str, scale: int = 1) -> tuple[str, str]:
        return self._wider(low, high, scale) if role.name == self.rule.subject else (low, high)

    def _times(self, text: str, factor: int) -> str:
        """A whole number times another one, in the wide type."""
        if text.lstrip("-").isdigit():
            return str(int(text) * factor)
        return f"{self.facts.dialect.cast(text, True)} * {factor}"

    def _tried(self, faces: str, gates: Gates) -> list[str]:
        """What the verdict and the level of a binding that is not consistent depend on, as columns."""
        found = [f"({faces}) IS NULL AS unknown", f"{self._any(self.system, self._box(''))} AS fits"]
        found += [f"{self._miss()} AS miss", f"{gates.material} AS material"]
        for number, threshold in enumerate(gates.thresholds):
            system = self._system(scale_of(threshold))
            if gates.uses(f"loosely{number}"):
                found.append(f"coalesce({self._any(system, self._box(f'less{number}_'))}, FALSE) AS loosely{number}")
            if gates.uses(f"strained{number}"):
                found.append(f"NOT coalesce({self._any(system, self._box(f'at{number}_'))}, TRUE) AS strained{number}")
        return [*found, f"{gates.alone} AS alone"]

    def _doubt(self) -> str:
        """How much is not known of an operand of a binding, see `duplicates`."""
        found = [f"coalesce({role.alias}_doubt, {SURE})" for role in self.joins.roles]
        return found[0] if len(found) == 1 else f"greatest({', '.join(found)})"

    def _has(self, column: str) -> bool:
        return column in self.facts.columns

    def _bound(self, only: str | None) -> tuple[list[str], str]:
        """The names of the columns of a binding, and the query that gives them."""
        columns, where = ["s.rid AS rid"], [*self.joins.where, *self.answers]
        for role in self.joins.roles:
            a = role.alias
            columns += [f"{self._typed(f'{a}.f', role)} AS {a}_f"]
            columns += [f"{self._typed(f'{a}.h', role)} AS {a}_h"] if role.collection or self._has("h") else []
            columns += [f"{self._typed(f'{a}.u', role)} AS {a}_u"] if self._has("u") else []
            columns += [f"{role.expected} - coalesce({a}.n, 0) AS {a}_lacks"] if role.collection else []
            if self.facts.editions > 1:
                columns += [f"{a}.edition AS {a}_e", f"{a}.edition_to AS {a}_e1"]
                columns += [f"{a}.docs AS {a}_docs"] if self._has("docs") else []
            columns += [f"{a}.doubt AS {a}_doubt"] if self._has("doubt") else []
            columns += [f"{a}.given AS {a}_given"] if self._has("given") else []
        columns += [f"{self._met()} AS met"] if self.joins.told else []
        columns += ["s.guessed AS guessed"] if self._has("guessed") else []
        columns += kind_columns(self.rule, self.joins.roles) if self._has("kind") else []
        where += [only] if only is not None else []
        applies = self._applies()
        if self.joins.turns:
            twins = [self._mirrors(role) for role in self.joins.roles[1:]] if len(self.joins.both) > 1 else ["FALSE"]
            alone = " AND ".join(["s.way = 1", *twins])
            columns += ["s.way AS way", "s.mirrors AS mirrors", f"CASE WHEN {alone} THEN 1 ELSE 0 END AS again"]
            columns += [f"CASE WHEN {applies} THEN 1 ELSE 0 END AS applies"] if applies else []
        elif applies:
            where.append(applies)
        text = f"SELECT {', '.join(columns)} FROM {' '.join(self.joins.sources)}"
        text += f" WHERE {' AND '.join(where)}" if where else ""
        names = [column.rpartition(" AS ")[2] for column in columns]
        kept, given = self._kept(), self._given()
        if self.joins.turns:
            text = self._of_both_ways(f"SELECT * FROM ({text}) a WHERE {' AND '.join([*kept, 'again = 0'])}")
            names = [name for name in names if name not in ("way", "mirrors", "again", "applies")]
            given += ["applies = 1"] if applies else []
            return names, f"SELECT {', '.join(names)} FROM ({text}) o WHERE {' AND '.join(given) or 'TRUE'}"
        kept += given
        return names, f"SELECT * FROM ({text}) a WHERE {' AND '.join(kept)}" if kept else text

    def _met(self) -> str:
        """The operands besides the subject, as a list of roles and rows; of an operand that is missing the row is NULL."""
        lists = ["[]"]
        for role in self.joins.roles[1:]:
            name = quoted_text(role.name.partition("#")[0])  # of a term that was written out
            one = f"list_transform(coalesce({role.alias}.rids, []), lambda x: {{'role': {name}, 'rid': x}})"
            lists.append(one if role.collection else f"[{{'role': {name}, 'rid': {role.alias}.rid}}]")
        return " || ".join(lists)

    def _applies(self) -> str | None:
        """Whether a rule with `when` applies to a binding."""
        if self.when is None:
            return None
        unknown = [f"coalesce({role.alias}.doubt, {SURE}) >= {UNKNOWN}" for role in self.joins.roles]
        return f"({' OR '.join([self.when, *(unknown if self._has('doubt') else [])])})"

    def _mirrors(self, role: Role) -> str:
        """Whether an operand, where it is there, is found in the other order as well."""
        if role.both:
            return f"coalesce({role.alias}.mirrors, 1) = 1"
        return f"{role.alias}.{'n' if role.collection else 'rid'} IS NULL"

    def _of_both_ways(self, bound: str) -> str:
        """The bindings of subjects taken in either order of their areas: an operand is only missing when neither order has
        them all, and then as told in the first order in which there is a check.
        """
        lacks = " + ".join(self._lacks())
        if not lacks or not self.rule.tells_missing:
            return bound
        over = "OVER (PARTITION BY rid)"
        whole = f"max(CASE WHEN {lacks} = 0 THEN 1 ELSE 0 END) {over} AS whole, min(way) {over} AS first"
        kept = f"mirrors = 0 OR {lacks} = 0 OR (whole = 0 AND way = first)"
        return f"SELECT * FROM (SELECT *, {whole} FROM ({bound}) w) w WHERE {kept}"

    def _typed(self, text: str, role: Role) -> str:
        """A whole number in the type in which it is reckoned with; that of an empty list is zero."""
        text = f"coalesce({text}, 0)" if role.collection and not role.is_open else text
        text = self.facts.dialect.cast(text, True) if self.wide else text
        return text if self.parts == 1 else f"{text} * {self.parts}"

    def _kept(self) -> list[str]:
        """What a binding needs besides: one operand missing at most, and nothing that is not to be stated."""
        lacks = self._lacks()
        found = [f"{' + '.join(lacks)} <= {1 if self.rule.tells_missing else 0}"] if lacks else []
        if self.trouble is not None and any(selector.has_unit_pattern for selector in self.rule.variables.values()):
            found.append(f"coalesce(NOT {self.trouble}, TRUE)")  # what a pattern lets in and does not fit is not meant
        for role in self.joins.roles[1:]:
            if self.rule.variables[role.name].unstated:  # it is about what nobody states
                doubt = f" OR {role.alias}_doubt >= {UNKNOWN}" if self._has("doubt") else ""
                found.append(f"({role.alias}_f IS NULL{doubt})")
        return found

    def _given(self) -> list[str]:
        """That not all of the operands are given."""
        found = []
        if self._has("given"):
            given = [f"coalesce({role.alias}_given, 1) = 1" for role in self.joins.roles]
            given += [f"{self._doubt()} < {UNKNOWN}"] if self._has("doubt") else []
            found.append(f"NOT ({' AND '.join(given)})")
        return found

    def _lacks(self) -> list[str]:
        """How many operands of each role are missing."""
        if not self.rule.tells_missing:
            return [f"{role.alias}_lacks" for role in self.joins.roles[1:] if role.collection]
        return [
            f"{role.alias}_lacks" if role.collection else f"CASE WHEN {role.alias}_f IS NULL THEN 1 ELSE 0 END"
            for role in self.joins.roles[1:]
        ]

    def _missing(self) -> str | None:
        lacks = self._lacks()
        return f"{' + '.join(lacks)} > 0" if lacks else None

    def _raw(self, role: Role) -> tuple[str, str, str]:
        """Face value of a role, and how far it reaches down and up, which is as far where no column tells it."""
        has = role.collection or self._has("h")
        down = f"{role.alias}_h" if has else str(self.facts.constants.get("h", 0) * self.parts)
        return f"{role.alias}_f", down, f"{role.alias}_u" if self._has("u") else down

    def _faces_box(self) -> dict[str, Span]:
        """Face values for all but the subject, which has its interval."""
        box = {}
        for name, role in self.roles.items():
            face, half, up = self._raw(role)
            ends = f"({face} - {half})", f"({face} + {up})"
            box[name] = Span(*self._wider(*ends)) if name == self.rule.subject else Span(face, face)
        return box

    def _box(self, part: str) -> dict[str, Span]:
        """Every variable's interval, by the columns that hold its ends."""
        return {name: Span(f"{role.alias}_{part}low", f"{role.alias}_{part}high") for name, role in self.roles.items()}

    def _any(self, system: _System, box: Mapping[str, Span]) -> str:
        parts = [self._all(alternative, relations, box) for alternative, relations in system]
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"

    def _all(self, alternative: Alternative, relations: Sequence[Compared], box: Mapping[str, Span]) -> str:
        """Whether an alternative can hold: TRUE, FALSE, or NULL for not known."""
        parts = [self._holds(relation, box) for relation in relations]
        if alternative.shared is not None and not is_on_a_line(alternative.shared, relations):
            parts.append("NULL")  # together they may still exclude one another
        return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})"

    def _holds(self, relation: Compared, box: Mapping[str, Span]) -> str:
        known, box = [], relation.box(box)
        for divisor in relation.below:
            low, high = extremes(divisor, box)
            signs = f"({low} > 0 OR {high} < 0)" if low != high else f"{low} <> 0"
            known.append(signs if relation.operator == "==" else f"{low} > 0")
        for divisor in relation.beside:
            low, high = extremes(divisor, box)
            known.append(f"({low} > 0 OR {high} < 0)")
        holds = self._within(relation, box)
        return f"CASE WHEN {' AND '.join(known)} THEN {holds} END" if known else holds

    def _within(self, relation: Compared, box: Mapping[str, Span]) -> str:
        """Whether the polynomial can be zero in the box, or less or greater."""
        subject = self.rule.subject
        at_face = all((span.low == span.high) == (name != subject) for name, span in box.items())
        if relation.operator == "==" and at_face and self.rule.tolerance is None and not self._has("u"):
            faces = relation.faces({name: self._raw(role)[0] for name, role in self.roles.items()})
            off = f"abs({value(relation.above, faces)})"
            steep = slope(relation.above, subject)
            half = self._raw(self.roles[subject])[1]
            reach = (
                half
                if set(steep) == {()} and abs(steep[()]) == 1
                else f"abs({self.facts.dialect.cast(value(steep, faces), self.wide)}) * {half}"
            )
            return f"({off} <= {reach})"
        least, greatest = extremes(relation.above, box)
        return {
            "==": f"({least} <= 0 AND {greatest} >= 0)",
            "<=": f"({least} <= 0)",
            "<": f"({least} < 0)",
            ">=": f"({greatest} >= 0)",
            ">": f"({greatest} > 0)",
        }[relation.operator]

    def _level(self, gates: Gates) -> str:
        """The level: 0 none to 3 error."""
        rule = self.rule
        own = ORDER.index(rule.level or ERROR)
        warning, note = min(own, ORDER.index(WARNING)), min(own, ORDER.index(NOTE))
        reconcilable = f"CASE WHEN material AND {gates.strained} THEN {warning} ELSE {note} END"
        speaks = f"CASE WHEN decided = {CONTRADICTION} THEN {own} ELSE {reconcilable} END"
        if uses_base(rule) and self._has("guessed"):
            speaks = f"greatest(0, {speaks} - guessed)"
        if self.facts.editions > 1:
            ends = [f"{role.alias}_{end}" for role in self.joins.roles for end in ("e", "e1")]
            apart = f"least({', '.join(ends)}) <> greatest({', '.join(ends)})"
            if self._has("docs"):  # what one document contradicts by itself is not excused by others that agree with it
                alone = " & ".join(f"coalesce({role.alias}_docs, -1)" for role in self.joins.roles)
                apart += f" AND NOT (decided = {CONTRADICTION} AND ({alone}) <> 0)"
            speaks = f"least({speaks}, CASE WHEN {apart} THEN {ORDER.index(WARNING)} ELSE 3 END)"
        unstated = any(selector.unstated for selector in rule.variables.values())
        missing = ORDER.index(rule.level or NONE) if unstated else 0
        return (
            f"CASE WHEN decided IN ({RECONCILABLE}, {CONTRADICTION}) THEN {speaks} "
            f"WHEN decided = {UNVERIFIABLE} THEN {missing} ELSE 0 END"
        )

    def _gates(self) -> Gates:
        """What makes a reconcilable binding a warning."""
        rule = self.rule
        first, others = self.system[0][1], self.system[1:]
        if len(first) > 1 or any(len(relations) == 1 for _, relations in others):
            return Gates()
        if not is_alone(rule, rule.alternatives[0].relations[0]):
            return Gates()
        material = self._material(first[0])
        thresholds = (STRAIN_OF_ONE, STRAIN_OF_SEVERAL) if rule.strain is None else (rule.strain,)
        limits = (self._limit(self._system(scale_of(one)), scale_of(one)) for one in thresholds)
        if material is None or any(limit >= self.facts.dialect.wide_limit for limit in limits):
            return Gates()
        return Gates(material, thresholds, *self._gives_way_alone(first[0]))

    def _gives_way_alone(self, relation: Compared) -> tuple[str, bool]:
        """Whether the others tell the next digit of one figure (`checking.room`), and whether that is sure where true.

        Of sums and differences only: there each figure is left twice the slack of the others, or what the gap leaves of
        all of it. A member of a collection has at most the slack of them all.
        """
        rule = self.rule
        if rule.alternatives[0].relations[0].gathered is not None:
            return "FALSE", True
        if rule.tolerance is not None:  # what the others leave is told without it
            return "TRUE", False
        slopes = {name: slope(relation.above, name) for name in self.roles}
        if relation.below or relation.powers or any(set(steep) - {()} for steep in slopes.values()):
            return "TRUE", False
        halves = {name: self.facts.dialect.cast(self._raw(role)[1], True) for name, role in self.roles.items()}
        slacks = [f"{abs(steep.get((), 0))} * {halves[name]}" for name, steep in slopes.items()]
        tenth = NEXT_DIGIT.denominator
        whole, gap = f"({' + '.join(slacks)})", f"abs({value(relation.above, self._faces())})"
        found = [f"{tenth} * ({whole} - {gap}) <= 2 * {own}" for own in slacks]
        if relation.operator == "==":  # else the others bound a figure on one side alone
            found += [f"{tenth} * ({whole} - {own}) <= {own}" for own in slacks]
        return f"({' OR '.join(found)})", not rule.collections

    def _material(self, relation: Compared) -> str | None:
        """Whether the gap at face values matters; None where the numbers grow too large to tell."""
        rule = self.rule
        if rule.material is None:
            return "TRUE"
        units = self.facts.grains[self.roles[rule.subject].ratio] / self.parts
        amount = rule.material.amount if rule.material.relative else rule.material.amount / units
        steep = slope(relation.above, rule.subject)
        own = self.largest[rule.subject] if rule.material.relative else 1
        sizes = relation.sizes(self.largest)
        limit = max(bound(relation.above, sizes) * amount.denominator, bound(steep, sizes) * amount.numerator * own)
        if limit >= self.facts.dialect.wide_limit:
            return None
        faces = relation.faces(self._faces())
        right = f"{amount.numerator} * abs({self.facts.dialect.cast(value(steep, faces), True)})"
        right += f" * abs({faces[rule.subject]})" if rule.material.relative else ""
        return f"(abs({value(relation.above, faces)}) * {amount.denominator} >= {right})"

    def _faces(self) -> dict[str, str]:
        """Face values in the wide type."""
        return {name: self.facts.dialect.cast(self._raw(role)[0], True) for name, role in self.roles.items()}

    def _miss(self) -> str:
        """How many times the slack left and right are apart; only to put the worst first."""
        relation = self.system[0][1][0]
        least, greatest = extremes(relation.above, relation.box(self._box("")))
        faces = relation.faces({name: self._raw(role)[0] for name, role in self.roles.items()})
        apart = f"abs(CAST({value(relation.above, faces)} AS {self.facts.dialect.double}))"
        return f"{apart} / greatest(1, CAST({greatest} - {least} AS {self.facts.dialect.double}) / 2)"
