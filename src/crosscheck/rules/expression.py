"""The expression language of rules: its tree, and a parser whose errors have positions.

Numbers with units, variables, `+ - * / ^`, `== != <= >= < >`, `and or not`, `abs min max sum count largest smallest`,
parentheses. In
conditions (`when`) also quoted text and the dimensions of a variable, as in `source(now) == source(then)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from crosscheck.figures.exact import Fraction
from crosscheck.figures.units import Unit, UnknownUnit, parse_unit
from crosscheck.inputs.faults import did_you_mean

MAXIMUM_LENGTH = 2000
MAXIMUM_TOKENS = 300
MAXIMUM_DEPTH = 40
FUNCTIONS = {"abs": 1, "min": None, "max": None, "sum": 1, "count": 1, "largest": 2, "smallest": 2}
# The n-th of a collection by size: `largest(others, 3)`.
ORDERED = ("largest", "smallest")
# What people write who know other notations, and how it is written here.
INSTEAD = {
    "=": "equality is `==`",
    "×": "a product is written with `*`",
    "x": "a product is written with `*`",
    "·": "a product is written with `*`",
    "÷": "a quotient is written with `/`",
    "−": "a minus is written with `-`",
    "–": "a minus is written with `-`",
    "≤": "at most is `<=`",
    "≥": "at least is `>=`",
    "≠": "unequal is `!=`",
    "≈": "equality is `==`: rounding of the printed digits is allowed for anyhow",
    "~": "equality is `==`: rounding of the printed digits is allowed for anyhow",
    "!": "write `not`, or `!=` for unequal",
    "&": "write `and`",
    "|": "write `or`",
    ",": "join conditions with `and`; numbers have no commas: 1000",
    "[": "a rule names its figures under `variables`",
    "if": "say under `when` for which figures the rule is meant",
    "then": "say under `when` for which figures the rule is meant",
    **dict.fromkeys("{}", "a variable stands by its name alone, without braces"),
    "*": "a power is written with ^, such as x ^ 2",
    "%": "a percentage is a number with its sign: 5 %",
    **dict.fromkeys("$€£", "the currency stands behind its number, by its code: 8 EUR"),
}
AVERAGE = "an average is sum(x) / count(x)"
INSTEAD_OF_FUNCTIONS = {
    **dict.fromkeys(("avg", "average", "mean"), AVERAGE),
    **dict.fromkeys(("round", "rounded"), "leave it out: rounding of the printed digits is allowed for anyhow"),
    "total": "sum(x) adds the claims that one variable collects",
    "if": INSTEAD["if"],
}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "bn": 10**9, "mln": 10**6, "trillion": 10**12}
# What may be asked of a claim beside its figure (see rules/facts), with the number of variables.
FACTS = dict.fromkeys(("days_of", "months_of", "periods_a_year", "years_of", "year_of", "precision_of", "place_of"), 1)
# A condition and no value: its argument may be a whole number.
WHOLE = "whole_number"
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")


@dataclass(frozen=True, slots=True)
class Number:
    """A constant in the base unit of its dimension."""

    names: ClassVar[frozenset[str]] = frozenset()  # of the variables in a node

    value: Fraction
    unit: Unit | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Text:
    """Quoted text, in conditions only."""

    names: ClassVar[frozenset[str]] = frozenset()

    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the rule."""

    name: str
    at: int = field(default=0, compare=False)
    names: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset((self.name,)))


@dataclass(frozen=True, slots=True)
class Negation:
    """`-x`."""

    operand: Expression
    at: int = field(default=0, compare=False)
    names: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.operand.names)


@dataclass(frozen=True, slots=True)
class Binary:
    """`+ - * / ^`."""

    operator: str
    left: Expression
    right: Expression
    at: int = field(default=0, compare=False)
    names: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.left.names | self.right.names)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of expressions, or a dimension of a variable (in conditions)."""

    function: str
    arguments: tuple[Expression, ...]
    at: int = field(default=0, compare=False)
    names: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", frozenset().union(*(argument.names for argument in self.arguments)))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two expressions compared; with the operator WHOLE the left one is a whole number, and the right one is zero."""

    operator: str
    left: Expression
    right: Expression
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Logical:
    """`and`, `or` (two or more operands) and `not` (one)."""

    operator: str
    operands: tuple[Condition, ...]
    at: int = field(default=0, compare=False)


Expression = Number | Text | Variable | Negation | Binary | Call
Condition = Comparison | Logical


class ExpressionError(ValueError):
    """What is wrong with an expression, at which character (from 0), and a hint."""

    def __init__(self, message: str, at: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message, self.at, self.hint = message, at, hint


TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<text>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<operator>==|!=|<=|>=|[-+*/^()<>,%$€£]))"
)
WORDS = ("and", "or", "not")


def _tokens(source: str) -> Iterator[tuple[str, str, int]]:
    position = 0
    while position < len(source):
        match = TOKEN.match(source, position)
        if match is None:
            rest = source[position:]
            if not rest.strip():
                break
            at = position + len(rest) - len(rest.lstrip())
            raise ExpressionError(f'"{source[at]}" does not belong here', at, INSTEAD.get(source[at]))
        kind = str(match.lastgroup)
        text = match[kind]
        yield ("operator" if text in WORDS else kind), text, match.start(kind)
        position = match.end()
    yield "end", "", len(source)


class _Parser:
    """Precedence climbing over the tokens; the depth of nesting is bounded."""

    def __init__(self, source: str, dimensions: Callable[[str], bool] | None) -> None:
        if len(source) > MAXIMUM_LENGTH:
            raise ExpressionError(f"an expression of {len(source):,} characters; at most {MAXIMUM_LENGTH:,}", 0)
        self.tokens = list(_tokens(source))
        if len(self.tokens) > MAXIMUM_TOKENS:
            raise ExpressionError(f"an expression of more than {MAXIMUM_TOKENS} words and signs", 0)
        self.position = 0
        self.depth = 0
        self.is_dimension = dimensions

    @property
    def token(self) -> tuple[str, str, int]:
        return self.tokens[self.position]

    def take(self) -> tuple[str, str, int]:
        token = self.tokens[self.position]
        self.position += 1
        return token

    def accept(self, *operators: str) -> tuple[str, int] | None:
        kind, text, at = self.token
        if kind == "operator" and text in operators:
            self.position += 1
            return text, at
        return None

    def expect(self, operator: str) -> None:
        if self.accept(operator) is None:
            _, text, at = self.token
            found = f'"{text}"' if text else "the end"
            raise ExpressionError(f'"{operator}" is missing before {found}', at)

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise ExpressionError(f"nested more than {MAXIMUM_DEPTH} deep", self.token[2])

    def condition(self) -> Condition | Expression:
        self.enter()
        first = self.conjunction()
        operands = [first]
        at = self.token[2]
        while self.accept("or"):
            operands.append(self.conjunction())
        self.depth -= 1
        return first if len(operands) == 1 else Logical("or", tuple(map(_as_condition, operands)), at)

    def conjunction(self) -> Condition | Expression:
        operands = [self.inversion()]
        at = self.token[2]
        while self.accept("and"):
            operands.append(self.inversion())
        return operands[0] if len(operands) == 1 else Logical("and", tuple(map(_as_condition, operands)), at)

    def inversion(self) -> Condition | Expression:
        found = self.accept("not")
        if not found:
            return self.comparison()
        self.enter()
        operand = _as_condition(self.inversion())
        self.depth -= 1
        return Logical("not", (operand,), found[1])

    def comparison(self) -> Condition | Expression:
        left = self.additive()
        found = self.accept(*COMPARISONS)
        if not found:
            return left
        right = _as_expression(self.additive())
        chained = self.accept(*COMPARISONS)
        if chained:
            raise ExpressionError("comparisons cannot be chained", chained[1], "write `a <= b and b <= c`")
        return Comparison(found[0], _as_expression(left), right, found[1])

    def additive(self) -> Condition | Expression:
        left = self.multiplicative()
        while found := self.accept("+", "-"):
            left = Binary(found[0], _as_expression(left), _as_expression(self.multiplicative()), found[1])
        return left

    def multiplicative(self) -> Condition | Expression:
        left = self.unary()
        while found := self.accept("*", "/"):
            left = Binary(found[0], _as_expression(left), _as_expression(self.unary()), found[1])
        return left

    def unary(self) -> Condition | Expression:
        found = self.accept("-")
        if not found:
            return self.power()
        self.enter()
        operand = _as_expression(self.unary())
        self.depth -= 1
        return Negation(operand, found[1])

    def power(self) -> Condition | Expression:
        base = self.primary()
        found = self.accept("^")
        if not found:
            return base
        self.enter()
        exponent = _as_expression(self.unary())
        self.depth -= 1
        return Binary("^", _as_expression(base), exponent, found[1])

    def primary(self) -> Condition | Expression:
        kind, text, at = self.take()
        if kind == "number":
            return self.number(text, at)
        if kind == "text":
            return Text(text[1:-1], at)
        if kind == "name":
            return self.name(text, at)
        if text == "(":
            inner = self.condition()
            self.expect(")")
            return inner
        found = f'"{text}"' if text else "the end"
        raise ExpressionError(f"a number, a variable or a parenthesis is missing before {found}", at, INSTEAD.get(text))

    def number(self, text: str, at: int) -> Number:
        kind, unit_text, unit_at = self.token
        if kind == "name" or (kind == "operator" and unit_text == "%"):
            self.take()
            try:
                unit = parse_unit(unit_text)
            except UnknownUnit as error:
                scale = SCALES.get(unit_text)
                meant = error.suggestion if scale is None else f"write the number out: {Fraction(text) * scale}"
                raise ExpressionError(f'unknown unit "{unit_text}"', unit_at, meant) from None
            return Number(Fraction(text) * unit.factor, unit, at)
        return Number(Fraction(text), None, at)

    def name(self, text: str, at: int) -> Condition | Expression:
        if not (self.token[0] == "operator" and self.token[1] == "("):
            return Variable(text, at)
        known = {**FUNCTIONS, **FACTS, WHOLE: 1}
        is_dimension = text not in known and self.is_dimension is not None and self.is_dimension(text)
        if text not in known and not is_dimension:
            near = INSTEAD_OF_FUNCTIONS.get(text.lower()) or did_you_mean(text.lower(), known)
            meant = f'did you mean "{text.lower()}"?' if text.lower() in known else near or f"one of {', '.join(known)}"
            raise ExpressionError(f'unknown function "{text}"', at, meant)
        self.take()
        self.enter()
        arguments = [_as_expression(self.additive())]
        while self.accept(","):
            arguments.append(_as_expression(self.additive()))
        self.depth -= 1
        self.expect(")")
        wanted = 1 if is_dimension else known[text]
        if wanted is not None and len(arguments) != wanted:
            hint = "write a + b; sum() adds the claims that one variable collects" if text == "sum" else None
            plural = "" if wanted == 1 else "s"
            raise ExpressionError(f"{text}() takes {wanted} argument{plural}, not {len(arguments)}", at, hint)
        if text == WHOLE:
            return Comparison(WHOLE, arguments[0], Number(Fraction(0)), at)
        return Call(text, tuple(arguments), at)


def _as_expression(node: Condition | Expression) -> Expression:
    if isinstance(node, Comparison | Logical):
        raise ExpressionError("a condition stands where a value is needed", node.at)
    return node


def _as_condition(node: Condition | Expression) -> Condition:
    if isinstance(node, Comparison | Logical):
        return node
    raise ExpressionError("a value stands where a condition is needed", node.at, "compare it, for instance with `== 0`")


def parse_condition(source: str, is_dimension: Callable[[str], bool] | None = None) -> Condition:
    """The tree of an assertion or, with `is_dimension`, of a condition on dimensions. Raises ExpressionError."""
    parser = _Parser(source, is_dimension)
    tree = parser.condition()
    kind, text, at = parser.token
    if kind != "end":
        before = parser.tokens[parser.position - 1][1] if parser.position else ""
        raise ExpressionError(f'"{text}" does not belong here', at, INSTEAD.get(text) or INSTEAD.get(before))
    return _as_condition(tree)


def variables(node: Expression | Condition) -> Iterator[Variable]:
    """Every occurrence of a variable, left to right."""
    if isinstance(node, Variable):
        yield node
    for child in children(node):
        yield from variables(child)


def children(node: Expression | Condition) -> tuple[Expression | Condition, ...]:
    """The parts of a node."""
    kind = node.__class__  # asked for thousands of nodes whenever rules are read: one look at the kind, leaves first
    if kind is Variable or kind is Number or kind is Text:
        return ()
    if isinstance(node, Binary | Comparison):
        return node.left, node.right
    if isinstance(node, Negation):
        return (node.operand,)
    if isinstance(node, Call):
        return node.arguments
    return node.operands if isinstance(node, Logical) else ()


BINDING = {"or": 1, "and": 2, "not": 3, "==": 4, "!=": 4, "<=": 4, ">=": 4, "<": 4, ">": 4}
BINDING |= {"+": 5, "-": 5, "*": 6, "/": 6, "^": 8}


def show(node: Expression | Condition, above: int = 0) -> str:
    """The node as text that reads back as the same tree, with no more parentheses than that takes."""
    if isinstance(node, Number):
        if node.unit is None or node.unit.offset:
            return _decimal(node.value)
        return f"{_decimal(node.value / node.unit.factor)} {'%' if node.unit.name == 'percent' else node.unit.name}"
    if isinstance(node, Variable):
        return node.name
    if isinstance(node, Text):
        return f'"{node.value}"'
    if isinstance(node, Call):
        return f"{node.function}({', '.join(show(argument) for argument in node.arguments)})"
    if isinstance(node, Negation):
        text, own = f"-{show(node.operand, 7)}", 7
    elif isinstance(node, Logical) and node.operator == "not":
        text, own = f"not {show(node.operands[0], 3)}", 3
    elif isinstance(node, Comparison) and node.operator == WHOLE:
        return f"{WHOLE}({show(node.left)})"
    elif isinstance(node, Logical):
        own = BINDING[node.operator]
        text = f" {node.operator} ".join(show(operand, own + 1) for operand in node.operands)
    else:
        own = BINDING[node.operator]
        text = f"{show(node.left, own + (own == 8))} {node.operator} {show(node.right, own + (own != 8))}"
    return f"({text})" if own < above else text


def _decimal(value: Fraction) -> str:
    """A constant as it can be written: numbers of the language are finite decimals."""
    digits = next((d for d in range(31) if (value * 10**d).denominator == 1), None)
    if digits is None:
        return f"{value.numerator} / {value.denominator}"
    text = str(abs(value.numerator * 10**digits // value.denominator)).rjust(digits + 1, "0")
    return ("-" if value < 0 else "") + (f"{text[:-digits]}.{text[-digits:]}" if digits else text)
