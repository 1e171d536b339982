"""From a binding to linear rows: levels stay unknown, rates are put in as the intervals that they stand for.

`growth == now / then - 1` becomes `(1 + g_low) then <= now <= (1 + g_high) then` where `then` cannot be negative. Where the
sign of a base is not known, each sign is a case of its own. What is not linear after that is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from crosscheck.checking.binding import Binding
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval, add
from crosscheck.reconciliation.forms import CONSTANT, Form, Meaning, NotLinear, difference, ratio_of
from crosscheck.reconciliation.simplex import Tableau
from crosscheck.reconciliation.system import Row, row
from crosscheck.rules.algebra import Alternative, Relation
from crosscheck.rules.model import Rule

PUT_IN = ("growth", "share", "multiple")  # measures whose interval is put in beside levels
MAXIMUM_SIGNS = 3  # bases of unknown sign in one binding
TURNED = {"<=": ">=", "<": ">", ">=": "<=", ">": "<", "==": "=="}
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Operand:
    """An operand of a binding as the system knows it: its unknown, and what each statement says of it."""

    unknown: int
    measure: str
    statements: tuple[tuple[int, Interval], ...]  # atom and the true values that it allows
    non_negative: bool


# Operands by role, several for a collection.
Roles = Mapping[str, Operand | tuple[Operand, ...]]
# Cases of which one must hold, each a list of rows; one case where nothing is open.
Cases = list[list[Row]]
# What was made of bindings before, by their form: a thousand growths of 3.1% give the same rows but for the unknowns.
Known = dict[object, Cases | None]


def rows_of(binding: Binding, roles: Roles, number: int, known: Known) -> Iterator[Cases]:
    """The rows that a binding gives, once for each choice of statements that are put in; raises NotLinear.

    `known` remembers forms from one binding to the next.
    """
    members = _members(roles)
    kept = any(m.measure not in PUT_IN for m in members)
    inserted = {m.unknown for m in members if kept and m.measure in PUT_IN}
    for _ in range(4):
        try:
            yield from _choices(binding.rule, roles, members, inserted, number, known)
            return
        except NotLinear as error:
            chosen = _to_put_in(members, error.products - inserted)
            if chosen is None:
                raise
            inserted = inserted | {chosen}
    raise NotLinear("too many unknowns are multiplied with one another")


def _to_put_in(members: Iterable[Operand], products: frozenset[int]) -> int | None:
    """Of unknowns that are multiplied, the stated one that is known best."""
    options = []
    for member in members:
        widths = [_relative_width(interval) for _, interval in member.statements]
        known = [width for width in widths if width is not None]
        if member.unknown in products and known:
            options.append((min(known), member.unknown))
    return min(options)[1] if len(options) > 1 or (options and len(products) > 1) else None


def _relative_width(interval: Interval) -> Fraction | None:
    if interval.low is None or interval.high is None:
        return None
    middle = abs(interval.low + interval.high) / 2
    return (interval.high - interval.low) / middle if middle else None


def _choices(
    rule: Rule, roles: Roles, members: Sequence[Operand], inserted: set[int], number: int, known: Known
) -> Iterator[Cases]:
    """One set of cases for each combination of the statements of what is put in."""
    which = list({m.unknown: m for m in members if m.unknown in inserted}.values())
    if any(not m.statements for m in which):
        return  # a rate that nobody states binds nothing
    count = 1
    for m in which:
        count *= len(m.statements)
    options = [m.statements if count <= 8 else m.statements[:1] for m in which]
    made = []
    for chosen in product(*options):
        put_in = {m.unknown: interval for m, (_, interval) in zip(which, chosen, strict=True)}
        support = frozenset(atom for atom, _ in chosen)
        made.append(_remembered(rule, roles, put_in, support, number, known))
    yield from (cases for cases in made if cases is not None)


def _remembered(
    rule: Rule, roles: Roles, put_in: Mapping[int, Interval], support: frozenset[int], number: int, known: Known
) -> Cases | None:
    """The cases of one binding: made once for each form, with places for unknowns, and then filled in."""
    unknowns = list(dict.fromkeys(m.unknown for m in _members(roles)))
    place = {unknown: index for index, unknown in enumerate(unknowns)}
    form = {
        role: tuple(_placed(m, place, rule) for m in found) if isinstance(found, tuple) else _placed(found, place, rule)
        for role, found in roles.items()
    }
    intervals = {place[unknown]: interval for unknown, interval in put_in.items()}
    key = rule.id, tuple(form.items()), tuple(sorted(intervals.items()))
    if key not in known:
        try:
            known[key] = _cases(rule, form, _members(form), intervals)
        except NotLinear as error:
            raise NotLinear(str(error), frozenset(unknowns[index] for index in error.products)) from None
    found = known[key]
    if found is None:
        return None
    return [[_filled(one, unknowns, support, number) for one in case] for case in found]


def _members(roles: Roles) -> list[Operand]:
    return [m for found in roles.values() for m in (found if isinstance(found, tuple) else (found,))]


def _placed(operand: Operand, place: Mapping[int, int], rule: Rule) -> Operand:
    """An operand with a place for its unknown; what is stated of it counts only beside a tolerance of the rule's own."""
    statements = operand.statements if rule.tolerance is not None else ()
    return Operand(place[operand.unknown], operand.measure, statements, operand.non_negative)


def _filled(one: Row, unknowns: Sequence[int], support: frozenset[int], number: int) -> Row:
    coefficients = tuple(sorted((unknowns[index], value) for index, value in one.coefficients))
    return Row(coefficients, one.limit, one.strict, support, number)


def _cases(rule: Rule, roles: Roles, members: Sequence[Operand], put_in: Mapping[int, Interval]) -> Cases | None:
    """The cases of one binding with these intervals put in; None when it says nothing."""

    def meaning(operand: Operand) -> Meaning:
        return put_in.get(operand.unknown, operand.unknown)

    meanings = {r: tuple(map(meaning, f)) if isinstance(f, tuple) else meaning(f) for r, f in roles.items()}
    positive = {m.unknown for m in members if m.non_negative}
    cases: Cases = []
    for alternative in rule.alternatives:
        cases += _of_alternative(alternative, rule, roles, meanings, positive)
    possible = [case for case in cases if not any(_negative(one, positive) for one in case)]
    if len(possible) > 1:
        bounds = [row({u: Fraction(-1)}, ZERO) for u in sorted(positive)]
        possible = [case for case in possible if _possible([*case, *bounds])]
    if any(not case for case in possible):
        return None
    return possible or [cases[0]]


def _negative(one: Row, positive: set[int]) -> bool:
    """True for a row that wants something negative to be that cannot be."""
    if len(one.coefficients) != 1:
        return False
    ((unknown, factor),) = one.coefficients
    return unknown in positive and factor > 0 and (one.limit < 0 or (one.limit == 0 and one.strict))


def _possible(rows: list[Row]) -> bool:
    return Tableau(rows).solve(range(len(rows))) is None


def _of_alternative(
    alternative: Alternative,
    rule: Rule,
    roles: Roles,
    meanings: Mapping[str, Meaning | tuple[Meaning, ...]],
    positive: set[int],
) -> Iterator[list[Row]]:
    relations = []
    for relation in sorted(alternative.relations, key=lambda r: len(r.names)):
        form, divisors = difference(ratio_of(relation.left, meanings), ratio_of(relation.right, meanings))
        if not divisors and set(form) <= {CONSTANT, *positive}:
            rows = _rows(relation, form, (), dict.fromkeys(positive, 1))
            if rows is None or any(_negative(one, positive) for one in rows):
                return  # such as `then < 0` where that cannot be
        relations.append((relation, form, divisors))
    open_signs: set[int] = set()
    for _, form, divisors in relations:
        needed = {u for u, value in form.items() if u != CONSTANT and not value.is_point}
        needed |= {u for divisor in divisors for u in divisor if u != CONSTANT}
        open_signs |= needed - positive
    if len(open_signs) > MAXIMUM_SIGNS:
        raise NotLinear(f"the signs of {len(open_signs)} figures are not known")
    ordered = sorted(open_signs)
    for signs in product((1, -1), repeat=len(ordered)):
        sign = {**dict.fromkeys(positive, 1), **dict(zip(ordered, signs, strict=True))}
        rows = [row({u: Fraction(-sign[u])}, ZERO) for u in ordered]
        possible = True
        for relation, form, divisors in relations:
            found = _rows(relation, _tolerant(form, rule, roles), divisors, sign)
            if found is None:
                possible = False
                break
            rows += found
        if possible:
            yield rows


def _tolerant(form: Form, rule: Rule, roles: Roles) -> Form:
    """The form with the slack that the rule itself allows its subject."""
    if rule.tolerance is None:
        return form
    subject = roles[rule.subject]
    assert isinstance(subject, Operand)
    factor = form.get(subject.unknown)
    slack = rule.tolerance.amount
    if rule.tolerance.relative:
        ends = [abs(e) for _, i in subject.statements for e in (i.low, i.high) if e is not None]
        if not ends:
            raise NotLinear("the rule's own tolerance is relative to a figure that nobody states")
        slack *= max(ends)
    if factor is None or not factor.is_point or factor.low is None:
        raise NotLinear("the rule's own tolerance cannot be put in")
    reach = slack * abs(factor.low)
    return {**form, CONSTANT: add(form.get(CONSTANT, Interval(ZERO, ZERO)), Interval(-reach, reach))}


def _rows(relation: Relation, form: Form, divisors: Sequence[Form], sign: Mapping[int, int]) -> list[Row] | None:
    """The rows of one comparison, given signs; None when a divisor's sign cannot be. Raises NotLinear."""
    operator = relation.operator
    rows = []
    nonzero: set[int] = set()
    for divisor in divisors:
        own = {u: value for u, value in divisor.items() if u != CONSTANT}
        directions = {_direction(value, sign[u]) for u, value in own.items()}
        constant = divisor.get(CONSTANT)
        if constant is not None and constant != Interval(ZERO, ZERO):
            directions.add(_direction(constant, 1))
        if len(directions) != 1 or 0 in directions:
            if operator != "==":
                raise NotLinear("the sign of a divisor is not known")
            continue
        (direction,) = directions
        if direction < 0:
            operator = TURNED[operator]
        if len(own) == 1 and constant is None:
            nonzero.add(next(iter(own)))
        found = _least({u: _times(value, -direction) for u, value in divisor.items()}, sign, set(), True)
        rows += found
    if operator in ("<=", "<", "=="):
        rows += _least(form, sign, nonzero, operator == "<")
    if operator in (">=", ">", "=="):
        rows += _least({u: _times(value, -1) for u, value in form.items()}, sign, nonzero, operator == ">")
    return None if any(not one.coefficients and not _trivial(one) for one in rows) else [r for r in rows if r.coefficients]


def _trivial(one: Row) -> bool:
    """A row without unknowns: true or false as it stands."""
    return one.limit > 0 or (one.limit == 0 and not one.strict)


def _times(value: Interval, by: int) -> Interval:
    if by > 0:
        return value
    low, high = (None if end is None else -end for end in (value.high, value.low))
    return Interval(low, high, value.high_closed, value.low_closed)


def _direction(value: Interval, sign: int) -> int:
    """Whether a coefficient times something of a sign is up (1), down (-1), or either (0)."""
    if value.low is not None and value.low >= 0:
        return sign
    return -sign if value.high is not None and value.high <= 0 else 0


def _least(form: Form, sign: Mapping[int, int], nonzero: set[int], strict: bool) -> list[Row]:
    """`the least that the form can be <= 0` as a row; none where there is no least."""
    coefficients: dict[int, Fraction] = {}
    limit = ZERO
    for unknown, value in form.items():
        is_low = unknown == CONSTANT or sign.get(unknown, 1) > 0
        end, attained = (value.low, value.low_closed) if is_low else (value.high, value.high_closed)
        if end is None:
            return []
        if not attained and (unknown == CONSTANT or unknown in nonzero):
            strict = True
        if unknown == CONSTANT:
            limit = -end
        else:
            coefficients[unknown] = end
    return [row(coefficients, limit, strict)]
