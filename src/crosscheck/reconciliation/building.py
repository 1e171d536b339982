"""The joint system of a run: one unknown a quantity, its statements, and the rows of every binding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from crosscheck.checking.assessment import box_of
from crosscheck.checking.assumptions import Assumption
from crosscheck.checking.beside import is_dated
from crosscheck.checking.binding import Binding
from crosscheck.checking.checks import Run
from crosscheck.checking.dimensions import unit_trouble
from crosscheck.checking.index import Index
from crosscheck.checking.levels import ERROR, is_given
from crosscheck.checking.ranges import ZeroDivisor, value_range
from crosscheck.checking.selecting import selects
from crosscheck.checking.stated import Stated, by_document, identity
from crosscheck.claims.model import CARRIED, INFERRED, NOT_STATED, SOURCE, Claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import HEDGE
from crosscheck.figures.interval import EVERYTHING, Interval
from crosscheck.reconciliation.forms import NotLinear
from crosscheck.reconciliation.linear import PUT_IN, Known, Operand, rows_of
from crosscheck.reconciliation.system import Atom, Choice, LeftOut, Row, System, Unknown, row
from crosscheck.reconciliation.unstated import is_unstated, with_unstated
from crosscheck.rules.model import Rule, Selector

ONE, ZERO, HALF = Fraction(1), Fraction(0), Fraction(1, 2)
BETWEEN = 200  # bindings, and then a look at the clock
UNSURE = (CARRIED, INFERRED, NOT_STATED)


def is_joint(rule: Rule) -> bool:
    """True for a rule that must hold: not for one that only warns, nor for one about what is not stated."""
    return (
        rule.level in (None, ERROR)
        and not rule.duplicates
        and not any(selector.unstated for selector in rule.variables.values())
    )


def build(
    run: Run,
    rules: Sequence[Rule],
    strict: bool = True,
    assumptions: Mapping[str, Assumption] | None = None,
    is_late: Callable[[], bool] = lambda: False,
) -> System:
    """The system of a run: strict readings, or the hull of all readings. `assumptions` by the claim that relies on one.

    Once `is_late` no more bindings are taken in: what the rest says holds all the same.
    """
    assert run.index is not None, "a run keeps the index that it was bound with"
    joint = [rule for rule in rules if is_joint(rule)]
    dated = [binding for binding in run.bindings if binding.roles and binding.subject.assumed is None and is_dated(binding)]
    bindings, unstated = with_unstated(dated, run.index, joint)
    same = [rule.variables[rule.subject] for rule in rules if rule.duplicates]
    made = _Builder(run.index, strict, assumptions or {}, bool(same))
    for operand in _asked(run.index, bindings, same):
        made.know(operand)
    for operand in unstated:
        made.know(operand)
    for number, binding in enumerate(bindings):
        if number % BETWEEN == 0 and is_late():
            made.is_whole = False
            break
        made.bind(binding)
    return made.system()


def _asked(index: Index, bindings: Sequence[Binding], same: Sequence[Selector]) -> Iterator[Stated]:
    """What some rule looks at: two forecasts of a figure may differ, where rules are about facts."""
    bound: set[tuple[object, ...]] | None = None
    for operand in index.operands:
        if not any(selects(selector, operand, index) for selector in same):
            if bound is None:
                bound = {identity(one.first, index.codelists) for binding in bindings for _, one in binding.operands()}
            if identity(operand.first, index.codelists) not in bound:
                continue
        yield operand


class _Builder:
    def __init__(self, index: Index, strict: bool, assumptions: Mapping[str, Assumption], same: bool) -> None:
        self.index, self.strict, self.assumptions = index, strict, assumptions
        self.same = same  # whether some rule says that claims of one quantity must agree
        self.sources = _sources(index)
        self.unknowns: dict[tuple[object, ...], int] = {}
        self.claims: list[list[Claim]] = []
        self.atoms: list[Atom] = []
        self.remarks: list[str] = []
        self.is_whole = True
        self.limits: dict[int, list[tuple[int, Interval]]] = {}
        self.rows: dict[Row, None] = {}
        self.choices: list[Choice] = []
        self.bindings: list[Binding] = []
        self.left_out: list[LeftOut] = []
        self.linear: set[int] = set()  # unknowns that stand in some row
        self.seen: set[tuple[object, ...]] = set()
        self.forms: Known = {}
        self.operands: dict[int, tuple[Stated, Operand]] = {}  # by identity; kept, so that no other takes its place

    def number(self, operand: Stated) -> int:
        """The unknown of an operand: its quantity. A claim without a source joins the only source that there is."""
        key = identity(operand.first, self.index.codelists)
        source = operand.source if len(self.sources.get(key, ())) > 1 else None
        whole = (*key, source)
        if whole not in self.unknowns:
            self.unknowns[whole] = len(self.unknowns)
            self.claims.append([])
        return self.unknowns[whole]

    def know(self, operand: Stated) -> None:
        """Notes what is stated of a quantity."""
        if not self.same and operand.any_reading is None:
            parts = list(by_document(operand))
            operand = min(parts, key=lambda part: (not is_given(part), part.first.document.id), default=operand)
            self.remarks.append(
                f"{operand.first.id} is stated differently elsewhere, and no rule of this run looks at that: "
                "what the other documents state of it was left out"
            )
        self.claims[self.number(operand)] += operand.claims

    def statements(self, unknown: int) -> list[tuple[int, Interval]]:
        """What is stated of an unknown, by atom: one for each voice and figure."""
        if unknown not in self.limits:
            groups: dict[object, list[Claim]] = defaultdict(list)
            for claim in sorted(self.claims[unknown], key=lambda c: c.id):
                if not is_unstated(claim):
                    groups[_voice(claim), claim.figure.strict, claim.figure.any_reading].append(claim)
            found = []
            for members in groups.values():
                figure = members[0].figure
                relied = tuple(self.assumptions[c.id] for c in members if c.id in self.assumptions)
                self.atoms.append(Atom(tuple(members), _weight(members), relied))
                found.append((len(self.atoms) - 1, figure.strict if self.strict else figure.any_reading))
            self.limits[unknown] = found
        return self.limits[unknown]

    def bind(self, binding: Binding) -> None:
        """Adds the rows of a binding, or notes why there are none."""
        reason = unit_trouble(binding) or _divides_by_zero(binding)
        if reason is not None:
            self.left_out.append(LeftOut(binding, reason))
            return
        roles = {
            role: tuple(map(self.operand, found)) if isinstance(found, tuple) else self.operand(found)
            for role, found in binding.roles.items()
        }
        key = (binding.rule.id, *((role, _numbers(found)) for role, found in sorted(roles.items())))
        if key in self.seen:
            return
        self.seen.add(key)
        number = len(self.bindings)
        try:
            found = list(rows_of(binding, roles, number, self.forms))
        except NotLinear as error:
            self.left_out.append(LeftOut(binding, str(error)))
            return
        self.bindings.append(binding)
        for cases in found:
            if len(cases) == 1:
                self.rows.update(dict.fromkeys(cases[0]))
            else:
                self.choices.append(Choice(number, tuple(map(tuple, cases))))
            self.linear |= {u for case in cases for one in case for u, _ in one.coefficients}

    def operand(self, operand: Stated) -> Operand:
        """An operand as the linear form needs it."""
        if id(operand) not in self.operands:
            unknown = self.number(operand)
            said = tuple(self.statements(unknown))
            made = Operand(unknown, operand.first.measure, said, self.is_non_negative(operand))
            self.operands[id(operand)] = operand, made
        return self.operands[id(operand)][1]

    def is_non_negative(self, operand: Stated) -> bool:
        """True when the code list says that the level cannot be negative."""
        code = self.index.code(operand)
        return code is not None and code.non_negative and operand.first.measure == "level"

    def system(self) -> System:
        """The whole system, with the bounds of everything that stands in a row or is stated more than once."""
        unknowns = []
        for key, number in self.unknowns.items():
            claims = self.claims[number]
            first = claims[0]
            statements = self.statements(number)
            operand = Stated((first,), {k: v for k, v in first.dimensions.items() if k != SOURCE}, None)
            non_negative = self.is_non_negative(operand)
            stated = tuple(claim for claim in claims if not is_unstated(claim))
            like = min(stated or claims, key=lambda c: (-c.figure.decimals, c.id)).figure
            source = key[-1]
            unknowns.append(
                Unknown(operand.dimensions, first.measure, like, source if isinstance(source, str) else None, stated,
                        non_negative)
            )  # fmt: skip
            if number in self.linear or len(statements) > 1:
                for atom, interval in statements:
                    self.rows.update(dict.fromkeys(limits(number, interval, frozenset([atom]))))
                if non_negative and number in self.linear:
                    self.rows[row({number: -ONE}, ZERO)] = None
        return System(
            unknowns,
            self.atoms,
            list(self.rows),
            self.choices,
            self.bindings,
            self.left_out,
            {number: tuple(found) for number, found in self.limits.items()},
            tuple(self.remarks),
            self.is_whole,
        )


def limits(unknown: int, interval: Interval, support: frozenset[int]) -> list[Row]:
    """The rows that keep an unknown within an interval."""
    found = []
    if interval.high is not None:
        found.append(row({unknown: ONE}, interval.high, not interval.high_closed, support=support))
    if interval.low is not None:
        found.append(row({unknown: -ONE}, -interval.low, not interval.low_closed, support=support))
    return found


def _numbers(found: Operand | tuple[Operand, ...]) -> tuple[int, ...]:
    return tuple(sorted(m.unknown for m in found)) if isinstance(found, tuple) else (found.unknown,)


def _sources(index: Index) -> dict[tuple[object, ...], set[str]]:
    """The sources that are known to state each quantity."""
    found: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for operand in index.operands:
        if operand.source is not None:
            found[identity(operand.first, index.codelists)].add(operand.source)
    return found


def _voice(claim: Claim) -> str:
    """Who says it: the source that is named, else the publisher, else the document. One voice counts once."""
    source = claim.dimensions.get(SOURCE)
    if source is not None and source != "_U":
        return f"source {source}"
    publisher = claim.document.publisher
    return f"document {claim.document.id}" if publisher is None else f"publisher {publisher}"


def _weight(claims: Sequence[Claim]) -> Fraction | None:
    """How much it takes to doubt a statement: the most that any of its claims weighs; None for what is given."""
    weights = [weight_of(claim) for claim in claims]
    known = [weight for weight in weights if weight is not None]
    return max(known) if len(known) == len(weights) else None


def weight_of(claim: Claim) -> Fraction | None:
    """The weight of one claim: as given, else 1, halved for a hedge and for each dimension that the text does not give
    with the figure. None for what is not to be doubted.
    """
    if claim.weight is None or claim.document.given:
        return None
    if claim.weight != 1:
        return claim.weight
    unsure = sum(claim.how(dimension) in UNSURE for dimension in claim.dimensions)
    hedged = claim.figure.kind == HEDGE and claim.figure.qualifier is not None
    return ONE * HALF ** (unsure + hedged)


def _divides_by_zero(binding: Binding) -> str | None:
    """Why a rule of single figures cannot decide either: a divisor that is exactly zero."""
    ranges = {id(operand): operand.any_reading or EVERYTHING for _, operand in binding.operands()}
    if not any(interval.is_point and interval.low == 0 for interval in ranges.values()):
        return None
    box = box_of(binding.roles, ranges)
    try:
        for alternative in binding.rule.alternatives:
            for relation in alternative.relations:
                value_range(relation.left, box), value_range(relation.right, box)
    except ZeroDivisor as error:
        return str(error)
    return None


__all__ = ["PUT_IN", "build", "is_joint", "limits", "weight_of"]
