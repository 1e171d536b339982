"""The arithmetic of a check, written out for people: one operation after another, and which ends make the extremes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

from crosscheck.checking.ranges import Undecidable, place_among, value_at, value_range
from crosscheck.checking.solving import Operand
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure, from_base
from crosscheck.figures.interval import Interval, point
from crosscheck.figures.units import difference_unit, parse_unit
from crosscheck.reports.numbers import value_like
from crosscheck.rules.expression import ORDERED, Binary, Call, Expression, Negation, Number, Variable, show, variables

MAXIMUM_TERMS = 12  # as many terms of a sum are written out
MAXIMUM_CORNERS = 2**10
MAXIMUM_MOVED = 200  # each figure that may stand at either end is tried, and each trial takes all of them
PLAIN = Figure(Fraction(0), parse_unit(""), point(0), "", decimals=3)  # how a number without a unit is shown
FUNCTIONS = ("min", "max", "abs")
CHAIN, TIMES, POWER, LEAF = 1, 2, 3, 4  # how closely an operation binds


@dataclass(frozen=True, slots=True)
class Given:
    """An operand as it goes into the arithmetic: its words, its value in the base unit, a figure to show values like."""

    text: str
    value: Fraction
    like: Figure


# By role: an operand, or the members of a collection.
Inputs = Mapping[str, Given | tuple[Given, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """A part of the arithmetic with its value; `signs` are those of the parts of a sum, "" marks what is not computed."""

    label: str
    text: str
    value: Fraction | None
    like: Figure | None
    operator: str = ""
    parts: tuple[Term, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def binding(self) -> int:
        """How closely the operation binds."""
        return {"": LEAF, "+": CHAIN, "*": TIMES, "/": TIMES, "^": POWER}.get(self.operator, LEAF)


def worked_out(node: Expression, given: Inputs) -> Term:
    """The arithmetic of an expression over values."""
    return _term(node, given, None)


def _term(node: Expression, given: Inputs, member: int | None) -> Term:
    if isinstance(node, Variable):
        found = given[node.name]
        if isinstance(found, Given):
            return Term(node.name, found.text, found.value, found.like)
        own = found[member or 0]
        return Term(node.name, own.text, own.value, own.like)
    if isinstance(node, Number):
        like = PLAIN if node.unit is None else replace(PLAIN, unit=node.unit)
        return Term(show(node), show(node), node.value, like)
    if isinstance(node, Negation):
        inner = _term(node.operand, given, member)
        return _made(show(node), "+", (inner,), ("-",))
    if isinstance(node, Call):
        return _call(node, given, member)
    assert isinstance(node, Binary)
    left, right = _term(node.left, given, member), _term(node.right, given, member)
    if node.operator in "+-":
        if isinstance(node.right, Call) and right == _nothing(node.right):
            return replace(left, label=show(node))
        if left.operator == "+" and isinstance(node.left, Binary):
            return _made(show(node), "+", (*left.parts, right), (*left.signs, node.operator))
        return _made(show(node), "+", (left, right), ("+", node.operator))
    return _made(show(node), node.operator, (left, right))


def _call(node: Call, given: Inputs, member: int | None) -> Term:
    names = {variable.name for variable in variables(node)}
    sizes = {len(found) for name in names if isinstance(found := given[name], tuple)}
    if node.function == "count":
        return Term(show(node), str(max(sizes, default=1)), Fraction(max(sizes, default=1)), PLAIN)
    if node.function in ("sum", "min", "max") and len(node.arguments) == 1 and member is None:
        parts = tuple(_term(node.arguments[0], given, i) for i in range(max(sizes, default=1)))
        if not parts:
            return _nothing(node)
    elif node.function in ORDERED:
        return _nth(node, tuple(_term(node.arguments[0], given, i) for i in range(max(sizes, default=1))))
    else:
        parts = tuple(_term(argument, given, member) for argument in node.arguments)
    if len(parts) == 1 and node.function != "abs":
        return replace(parts[0], label=show(node))
    if node.function == "sum":
        return _made(show(node), "+", parts, ("+",) * len(parts))
    return _made(show(node), node.function, parts)


def _nth(node: Call, parts: tuple[Term, ...]) -> Term:
    """The one of a collection that is the n-th by size."""
    place = place_among(node, len(parts))
    if place is None or any(part.value is None for part in parts):
        return _nothing(node)
    ordered = sorted(parts, key=lambda part: part.value or Fraction(0), reverse=True)
    return replace(ordered[place - 1], label=show(node))


def _nothing(node: Call) -> Term:
    """A sum over a collection that is empty."""
    return Term(show(node), "0", Fraction(0), PLAIN)


def _made(label: str, operator: str, parts: tuple[Term, ...], signs: tuple[str, ...] = ()) -> Term:
    """What an operation gives; a result whose unit cannot be named keeps the operation as its text."""
    values = [part.value for part in parts]
    value = None if None in values else _value(operator, [v for v in values if v is not None], signs)
    like = _like(operator, parts, signs)
    made = Term(label, "", value, like, operator, parts, signs)
    if value is None or like is None:
        return replace(made, text=f"({inline(made)})")
    return replace(made, text=value_like(value, like))


def _value(operator: str, values: list[Fraction], signs: tuple[str, ...]) -> Fraction | None:
    if operator == "+":
        return sum((-v if sign == "-" else v for v, sign in zip(values, signs, strict=True)), Fraction(0))
    if operator in ("min", "max"):
        return min(values) if operator == "min" else max(values)
    if operator == "abs":
        return abs(values[0])
    left, right = values
    if operator == "*":
        return left * right
    if operator == "/":
        return left / right if right else None
    return Fraction(left ** int(right))


def _like(operator: str, parts: tuple[Term, ...], signs: tuple[str, ...]) -> Figure | None:
    """A figure to show the result like; None where its unit has no name that people would know."""
    likes = [part.like for part in parts]
    first, last = likes[0], likes[-1]
    if first is None or last is None or None in likes:
        return None
    if operator in ("+", *FUNCTIONS):
        return _like_of_sum([like for like in likes if like is not None], signs)
    if operator == "^":
        return PLAIN if not first.unit.dimension else None
    if first.unit.offset or last.unit.offset:
        return None
    if not last.unit.dimension:
        return PLAIN if not first.unit.dimension and not _counts_by(first, last) else first
    if operator == "*":
        return last if not first.unit.dimension else None
    return PLAIN if first.unit.dimension == last.unit.dimension else None


def _counts_by(first: Figure, last: Figure) -> bool:
    """True for things counted times or over a bare number, which are things counted still."""
    return first.unit.kind == "count" and first is not PLAIN and last is PLAIN


def _like_of_sum(likes: list[Figure], signs: tuple[str, ...]) -> Figure | None:
    if any(like.unit.dimension != likes[0].unit.dimension for like in likes):
        return None
    if not likes[0].unit.dimension and len({like.unit.kind for like in likes}) > 1:
        return PLAIN  # 1 + 13.6%
    widest = max(likes, key=lambda like: like.scale)
    if not widest.unit.offset:
        return widest
    return replace(widest, unit=difference_unit(widest.unit)) if signs == ("+", "-") else None


def inline(term: Term) -> str:
    """The whole arithmetic on one line, with the words of the operands in it."""
    if not term.operator:
        return term.text
    return _joined(term, [_within(part, term) for part in term.parts])


def _within(part: Term, around: Term) -> str:
    text = inline(part)
    closer = part.binding > around.binding or (part.binding == around.binding and part is around.parts[0])
    return text if closer else f"({text})"


def _joined(term: Term, texts: list[str]) -> str:
    """The texts of the parts with the operation between them."""
    if term.operator in FUNCTIONS:
        return f"{term.operator}({', '.join(texts)})"
    if term.operator != "+":
        return f" {term.operator} ".join(_guarded(text, i > 0) for i, text in enumerate(texts))
    shown = texts if len(texts) <= MAXIMUM_TERMS else texts[: MAXIMUM_TERMS - 2]
    words = [f"{sign} {_guarded(text, True)}" for sign, text in zip(term.signs, shown, strict=False)]
    if len(shown) < len(texts):
        words.append(f"+ {len(texts) - len(shown)} more")
    line = " ".join(words)
    return line[2:] if line.startswith("+ ") else line


def _guarded(text: str, is_further: bool) -> str:
    """The text, in parentheses where its sign would meet another."""
    return f"({text})" if is_further and text.startswith("-") else text


def steps(term: Term, result: Figure | None = None) -> Iterator[str]:
    """A line for each operation, the innermost first: `now / then = $31.5 billion / $24 billion = 1.3125`.

    `result` is a figure to show the last value like, when people expect it so (a growth in percent).
    """
    seen: set[tuple[str, str]] = set()
    for inner in _operations(term):
        if inner is not term and (inner.like is None or inner.value is None):
            continue
        filled = _joined(inner, [part.text for part in inner.parts])
        ending = _result(inner, result if inner is term else None)
        if (filled, ending) not in seen:
            seen.add((filled, ending))
            label = "" if inner.label == filled else f"{inner.label} = "
            yield f"{label}{filled} = {ending}" if filled != ending else f"{label}{filled}"


def _operations(term: Term) -> Iterator[Term]:
    for part in term.parts[:MAXIMUM_TERMS]:
        yield from _operations(part)
    if len(term.parts) > 1 or term.operator == "abs" or "-" in term.signs[:1]:
        yield term


def _result(term: Term, result: Figure | None) -> str:
    if term.value is None:
        return "nothing, as it divides by zero"
    if term.like is None:
        return "…" if result is None else near(term.value, result)
    own = near(term.value, term.like)
    if result is None:
        return own
    asked = near(term.value, result)
    is_other_unit = result.unit.factor != term.like.unit.factor
    return f"{own}, that is {asked.removeprefix('about ')}" if is_other_unit else asked


def near(value: Fraction, like: Figure, places: int | None = None) -> str:
    """The value shown like a figure, with "about" where digits are left out."""
    text = value_like(value, like, places)
    scaled = from_base(value, like.unit) / like.scale
    exact = any((scaled * 10**p).denominator == 1 for p in range(5 if places is None else places + 1))
    return text if exact else f"about {text}"


@dataclass(frozen=True, slots=True)
class Extreme:
    """An end of what the operands give: the end of each that leads there (true: the upper one), and the value."""

    value: Fraction
    at_high: Mapping[Operand, bool]


def extreme(side: Expression, intervals: Mapping[Operand, Interval], wanted: Fraction) -> Extreme | None:
    """The corner of the operands' intervals at which the expression takes the wanted value; None when none is found.

    `intervals` hold every operand of the expression, members of collections one by one.
    """
    loose = [operand for operand, own in intervals.items() if not own.is_point]
    options = [[at for at in (False, True) if _end(intervals[operand], at) is not None] for operand in loose]
    if not all(options) or len(loose) > MAXIMUM_MOVED:
        return None

    @cache
    def value(corner: tuple[bool, ...]) -> Fraction | None:
        ends = {operand: _end(intervals[operand], at) for operand, at in zip(loose, corner, strict=True)}
        return _value_at(side, {o: ends.get(o, own.low) for o, own in intervals.items()})

    guess = _greedy(options, value, wanted)
    if guess is None:
        count = 1
        for choices in options:
            count *= len(choices)
        corners = product(*options) if count <= MAXIMUM_CORNERS else iter(())
        guess = next((corner for corner in corners if value(corner) == wanted), None)
    return None if guess is None else Extreme(wanted, dict(zip(loose, guess, strict=True)))


def _greedy(
    options: list[list[bool]], value: Callable[[tuple[bool, ...]], Fraction | None], wanted: Fraction
) -> tuple[bool, ...] | None:
    """The corner reached by moving each operand in turn to the end that brings the value nearer; None when it is not."""
    corner = [choices[0] for choices in options]
    for _ in range(2):
        for i, choices in enumerate(options):
            tried = []
            for choice in choices:
                found = value((*corner[:i], choice, *corner[i + 1 :]))
                if found is not None:
                    tried.append((abs(found - wanted), choice))
            corner[i] = min(tried)[1] if tried else corner[i]
    return tuple(corner) if value(tuple(corner)) == wanted else None


def _end(interval: Interval, at_high: bool) -> Fraction | None:
    return interval.high if at_high else interval.low


def _value_at(side: Expression, values: Mapping[Operand, Fraction | None]) -> Fraction | None:
    box: dict[str, Interval | tuple[Interval, ...]] = {variable.name: () for variable in variables(side)}
    for operand, value in values.items():
        assert value is not None
        own = box.get(operand.name, ())
        if operand.index is None:
            box[operand.name] = point(value)
        elif isinstance(own, tuple):
            box[operand.name] = (*own, point(value))
    found = value_at(side, box)
    if found is not None:
        return found
    try:
        pieces = value_range(side, box)
    except Undecidable:
        return None
    return pieces[0].low if len(pieces) == 1 and pieces[0].is_point else None
