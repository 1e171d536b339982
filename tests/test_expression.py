"""The expression language: positions and hints of its errors, precedence, limits, and what is refused as undecidable."""

from __future__ import annotations

import time
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosscheck.rules.algebra import MAXIMUM_ALTERNATIVES, Alternative, alternatives, whole_power
from crosscheck.rules.expression import (
    MAXIMUM_DEPTH,
    MAXIMUM_LENGTH,
    MAXIMUM_TOKENS,
    Binary,
    Call,
    Comparison,
    Condition,
    ExpressionError,
    Logical,
    Negation,
    Number,
    Text,
    Variable,
    parse_condition,
    show,
    variables,
)


def fault(source: str) -> ExpressionError:
    """What is wrong with the text."""
    with pytest.raises(ExpressionError) as caught:
        parse_condition(source)
    return caught.value


def refusal(source: str, *collections: str) -> ExpressionError:
    """Why the assertion cannot be decided."""
    condition = parse_condition(source)
    with pytest.raises(ExpressionError) as caught:
        alternatives(condition, collections)
    return caught.value


def decided(source: str, *collections: str) -> tuple[Alternative, ...]:
    return alternatives(parse_condition(source), collections)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a == b + c * d", "(a == (b + (c * d)))"),
        ("a == b * c + d", "(a == ((b * c) + d))"),
        ("a == b - c - d", "(a == ((b - c) - d))"),
        ("a == b / c / d", "(a == ((b / c) / d))"),
        ("a == b / c * d", "(a == ((b / c) * d))"),
        ("a == (b + c) * d", "(a == ((b + c) * d))"),
        ("a == -b * c", "(a == (-b * c))"),
        ("a == -b^2", "(a == -(b ^ 2))"),
        ("a == b^2^3", "(a == (b ^ (2 ^ 3)))"),
        ("a == b * c^2", "(a == (b * (c ^ 2)))"),
        ("a == 2 * -b", "(a == (2 * -b))"),
        ("a < b or c < d and e < f", "((a < b) or ((c < d) and (e < f)))"),
        ("not a < b and c < d", "(not (a < b) and (c < d))"),
        ("not not a < b", "not not (a < b)"),
        ("(a < b or c < d) and e < f", "(((a < b) or (c < d)) and (e < f))"),
        ("a == sum(b * c) - d", "(a == (sum((b * c)) - d))"),
        ("max(a, b, c) >= 3", "(max(a, b, c) >= 3)"),
        ("a >= 0.5 percentage_point", "(a >= 1/2 percentage_point)"),
        ("a <= 100%", "(a <= 100 percent)"),
        ("a != 1000 USD", "(a != 1000 USD)"),
        ("a==b", "(a == b)"),
    ],
)
def test_precedence(source: str, shown: str) -> None:
    assert grouped(parse_condition(source)) == shown


def grouped(node: object) -> str:
    """The tree with every grouping written out."""
    match node:
        case Number(value, unit):
            return str(value) if unit is None else f"{value / unit.factor} {unit.name}"
        case Variable(name):
            return name
        case Negation(operand):
            return f"-{grouped(operand)}"
        case Binary(operator, left, right) | Comparison(operator, left, right):
            return f"({grouped(left)} {operator} {grouped(right)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(grouped, arguments))})"
        case Logical("not", (operand,)):
            return f"not {grouped(operand)}"
        case Logical(operator, operands):
            return f"({f' {operator} '.join(map(grouped, operands))})"
    raise AssertionError(node)


@pytest.mark.parametrize(
    "source",
    [
        "a == b + c * d",
        "a == (b + c) * d",
        "a == b - (c - d)",
        "a == b - c - d",
        "a == b / (c / d)",
        "a == -(b + c)",
        "a == -b ^ 2",
        "a == (-b) ^ 2",
        "a == b ^ 2 ^ 3",
        "a == (b ^ 2) ^ 3",
        "a < 1 or b < 1 and not c < 1",
        "(a < 1 or b < 1) and c < 1",
        "not (a < 1 and b < 1)",
        "a == sum(b * c) - max(d, 1)",
        "a >= 0.5 percentage_point",
        "a <= 100 %",
        "a != 1000 USD",
        "a > 0.035",
    ],
)
def test_shown_without_needless_parentheses(source: str) -> None:
    assert show(parse_condition(source)) == source


@pytest.mark.parametrize(
    ("source", "at", "message"),
    [
        ("", 0, "the end"),
        ("   ", 3, "the end"),
        ("a = b", 2, '"=" does not belong here'),
        ("a == b c", 7, '"c" does not belong here'),
        ("a == (b + c", 11, '")" is missing before the end'),
        ("a == b + c)", 10, '")" does not belong here'),
        ("a == ", 5, "the end"),
        ("a == * b", 5, "a number, a variable or a parenthesis is missing"),
        ("a + b", 2, "a value stands where a condition is needed"),
        ("a", 0, "a value stands where a condition is needed"),
        ("a == b and c", 11, "a value stands where a condition is needed"),
        ("not a", 4, "a value stands where a condition is needed"),
        ("a == (b < c)", 8, "a condition stands where a value is needed"),
        ("(a == b) + 1", 3, "a condition stands where a value is needed"),
        ("a < b < c", 6, "comparisons cannot be chained"),
        ("a == 3 parsec_of_gold", 7, 'unknown unit "parsec_of_gold"'),
        ("a == frob(b)", 5, 'unknown function "frob"'),
        ("a == abs(b, c)", 5, "abs() takes 1 argument, not 2"),
        ("a == sum()", 9, "is missing"),
        ("a == b # c", 7, '"#" does not belong here'),
        ("a == b; c", 6, '";" does not belong here'),
        ("a == 'b", 5, '"\'" does not belong here'),
        ("ä == b", 0, '"ä" does not belong here'),
    ],
)
def test_faults_have_a_place_and_say_what_is_wrong(source: str, at: int, message: str) -> None:
    found = fault(source)
    assert message in found.message
    assert found.at == at


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("a = b", "equality is `==`"),
        ("a == summ(b)", 'did you mean "sum"?'),
        ("a == 5 percnt", 'did you mean "percent"?'),
        ("a < b < c", "write `a <= b and b <= c`"),
        ("a", "compare it, for instance with `== 0`"),
    ],
)
def test_hints(source: str, hint: str) -> None:
    assert fault(source).hint == hint


def test_numbers_are_exact_and_in_base_units() -> None:
    comparison = parse_condition("a == 0.1 percentage_point")
    assert isinstance(comparison, Comparison)
    assert isinstance(comparison.right, Number)
    assert comparison.right.value == F(1, 1000)
    plain = parse_condition("a == 0.30")
    assert isinstance(plain, Comparison)
    assert isinstance(plain.right, Number)
    assert plain.right.value == F(3, 10)


def test_places_are_kept_in_the_tree() -> None:
    tree = parse_condition("  total == sum(part) * 2")
    assert isinstance(tree, Comparison)
    assert tree.at == 8
    assert [(v.name, v.at) for v in variables(tree)] == [("total", 2), ("part", 15)]


def test_text_and_dimensions_stand_in_conditions_only() -> None:
    tree = parse_condition("source(now) == \"KZ\" and document(a) != 'x y'", lambda name: name != "sum")
    assert isinstance(tree, Logical)
    assert isinstance(tree.operands[0], Comparison)
    assert tree.operands[0].right == Text("KZ", 15)
    assert 'unknown function "source"' in fault('source(now) == "KZ"').message
    assert "text cannot be compared" in refusal('now == "KZ"').message
    with pytest.raises(ExpressionError, match="takes 1 argument, not 2"):
        parse_condition("source(a, b) == 1", lambda name: True)


# Limits: each of these must be told at once, whatever its size.


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("(" * 10_000 + "a" + ")" * 10_000 + " == b", "characters; at most"),
        ("(" * 900 + "a" + ")" * 900 + " == b", "more than"),
        ("(" * 120 + "a" + ")" * 120 + " == b", "deep"),
        ("(" * 140 + "a", "deep"),
        ("a == " + "-" * 280 + "b", "deep"),
        ("not " * 250 + "a == b", "deep"),
        ("a == b" + "^2" * 100, "deep"),
        ("a == " + "abs(" * 60 + "b" + ")" * 60, "deep"),
        ("a == " + "b + " * 200_000 + "c", "characters; at most"),
        ("a == " + "b + " * 400 + "c", "more than"),
        ("a" * 1_000_000, "characters; at most"),
        ("a == " + "1" * 1_000_000, "characters; at most"),
        (" " * 1_000_000, "characters; at most"),
        ('"' * 1_000_000, "characters; at most"),
        ("a == b or " * 150 + "a == b", "more than"),
    ],
)
def test_what_is_too_large_is_refused_at_once(source: str, message: str) -> None:
    begun = time.monotonic()
    assert message in fault(source).message
    assert time.monotonic() - begun < 5


def test_limits_are_where_they_are_said_to_be() -> None:
    deepest = "(" * (MAXIMUM_DEPTH - 1) + "a" + ")" * (MAXIMUM_DEPTH - 1)
    assert grouped(parse_condition(f"{deepest} == b")) == "(a == b)"
    assert "deep" in fault(f"({deepest}) == b").message
    terms = (MAXIMUM_TOKENS - 4) // 2  # a, ==, b and the end beside pairs of + and b
    parse_condition("a == b" + " + b" * terms)
    assert "words and signs" in fault("a == b" + " + b" * (terms + 1)).message
    assert grouped(parse_condition("a == b" + " " * (MAXIMUM_LENGTH - 6))) == "(a == b)"
    assert "characters" in fault("a == b" + " " * (MAXIMUM_LENGTH - 5)).message


def test_depth_is_counted_down_again() -> None:
    wide = " + ".join(["(b)"] * 50)
    assert len(list(variables(parse_condition(f"a == {wide}")))) == 51


@pytest.mark.parametrize("operator", ["+", "-", "*", "/"])
def test_long_chains_are_decided_without_trouble(operator: str) -> None:
    names = [f"x{i}" for i in range(140)]
    (alternative,) = decided(f"total == {f' {operator} '.join(names)}")
    assert alternative.relations[0].names == {"total", *names}
    assert len(show(parse_condition(f"total == {f' {operator} '.join(names)}"))) < 3000


# What is decided, and in which form.


def test_forms() -> None:
    (once,) = decided("g == a / b - 1")
    assert once.relations[0].gathered is None
    (gathered,) = decided("g == a / (a + b)")
    assert gathered.relations[0].gathered is not None
    assert gathered.relations[0].gathered.repeated == ("a",)
    (inside,) = decided("total == sum(price * n)", "n")
    assert inside.relations[0].gathered is not None
    assert inside.relations[0].gathered.repeated == ("price",)
    (twice,) = decided("g == sum(now) / sum(now / (1 + grown)) - 1", "now", "grown")
    assert twice.relations[0].gathered is not None
    assert twice.relations[0].gathered.repeated == ("g",)
    assert twice.relations[0].gathered.repeated_in_body == ("grown", "now")


def test_and_or_not_become_alternatives() -> None:
    assert [len(a.relations) for a in decided("a == b or c == d and a < 1")] == [1, 2]
    assert [a.relations[0].operator for a in decided("a != b")] == ["<", ">"]
    opposites = {"==": ["<", ">"], "!=": ["=="], "<": [">="], "<=": [">"], ">": ["<="], ">=": ["<"]}
    for operator, opposite in opposites.items():
        assert [a.relations[0].operator for a in decided(f"not a {operator} b")] == opposite
    assert [a.relations[0].operator for a in decided("not (a < b or c >= d)")] == [">="]
    assert [r.operator for r in decided("not (a < b or c >= d)")[0].relations] == [">=", "<"]
    assert [a.relations[0].operator for a in decided("not (a < b and c >= d)")] == [">=", "<"]
    assert [a.shared for a in decided("a == b or a < 1 and a == -b / c")] == [None, "a"]


@pytest.mark.parametrize(
    ("source", "collections", "message", "at"),
    [
        ("a == b * b", "", "not only to the first degree", 2),
        ("a == b^2 + b", "", "a power of a variable that occurs more than once", 6),
        ("a == abs(b) + b", "", "abs() beside a variable that occurs more than once", 5),
        ("a == min(b, c) * b", "", "min() beside a variable that occurs more than once", 5),
        ("a == b^c", "", "an exponent must be a whole number", 6),
        ("a == b^0.5", "", "an exponent must be a whole number", 6),
        ("a == b^-1", "", "an exponent must be a whole number", 6),
        ("a == b^65", "", "an exponent must be a whole number", 6),
        ("a == parts", "parts", "parts stands for several claims", 5),
        ("a == sum(b)", "", "needs a variable that collects claims", 5),
        ("a == sum(sum(parts))", "parts", "stands inside another sum", 9),
        ("a == sum(parts) * sum(others)", "parts others", "", None),
        ("a == sum(parts) * sum(parts)", "parts", "a product of two sums", None),
        ("a == count(parts * 2)", "parts", "takes just its variable", 5),
        ("a == max(parts + 1)", "parts", "takes just its variable", 5),
        ("a >= largest(parts, b)", "parts", "takes a collection and a whole number", 5),
        ("a >= largest(parts, 0)", "parts", "takes a collection and a whole number", 5),
        ("a >= largest(b, 2)", "", "needs a variable that collects claims", 5),
        ("a >= smallest(parts * 2, 2)", "parts", "takes just its variable", 5),
        ("a == b and a < b", "", "share a and b; only one variable may be shared", 13),
        ("a == b / (b + c) and b > 0", "", "b is shared by `and` and repeated", 23),
        ("a == 'text'", "", "text cannot be compared", 5),
    ],
)
def test_refused_with_the_reason_and_the_place(source: str, collections: str, message: str, at: int | None) -> None:
    names = collections.split()
    if not message:
        assert decided(source, *names)
        return
    found = refusal(source, *names)
    assert message in found.message
    if at is not None:
        assert found.at == at


def test_too_many_alternatives_are_refused() -> None:
    most = " or ".join(f"a{i} == b{i}" for i in range(MAXIMUM_ALTERNATIVES))
    assert len(decided(most)) == MAXIMUM_ALTERNATIVES
    assert "alternatives" in refusal(f"{most} or c == d").message
    either = " and ".join(f"(a{i} == 1 or b{i} == 1)" for i in range(20))  # 2 ** 20 of them, if all were made
    begun = time.monotonic()
    assert "alternatives" in refusal(either).message
    assert time.monotonic() - begun < 5


def test_whole_powers_are_from_0_to_64() -> None:
    for exponent in (0, 1, 2, 64):
        tree = parse_condition(f"a == b^{exponent}")
        assert isinstance(tree, Comparison)
        assert isinstance(tree.right, Binary)
        assert whole_power(tree.right) == exponent


# Text and tree, both ways.

NAMES = st.sampled_from(["a", "b", "rate", "_x1"])


def numbers() -> st.SearchStrategy[Number]:
    return st.builds(lambda n, d: Number(F(n) / 10**d), st.integers(0, 999), st.integers(0, 3))


def expressions() -> st.SearchStrategy[object]:
    leaves = st.one_of(numbers(), st.builds(Variable, NAMES))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Negation, inner),
            st.builds(Binary, st.sampled_from("+-*/^"), inner, inner),
            st.builds(lambda a: Call("abs", (a,)), inner),
            st.builds(lambda f, a, b: Call(f, (a, b)), st.sampled_from(["min", "max"]), inner, inner),
            st.builds(lambda a: Call("sum", (a,)), inner),
        ),
        max_leaves=12,
    )


def conditions() -> st.SearchStrategy[Condition]:
    operators = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    comparisons = st.builds(Comparison, operators, expressions(), expressions())
    return st.recursive(
        comparisons,
        lambda inner: st.one_of(
            st.builds(lambda a: Logical("not", (a,)), inner),
            st.builds(
                lambda o, parts: Logical(o, tuple(parts)),
                st.sampled_from(["and", "or"]),
                st.lists(inner, min_size=2, max_size=3),
            ),
        ),
        max_leaves=4,
    )


@given(conditions())
def test_what_is_shown_reads_back_the_same(condition: Condition) -> None:
    shown = show(condition)
    found = attempted(shown)
    if isinstance(found, ExpressionError):
        assert any(limit in found.message for limit in ("deep", "words and signs", "characters")), (shown, found)
    else:
        assert show(found) == shown
        assert without_places(found) == without_places(condition)


def attempted(source: str) -> Condition | ExpressionError:
    """The tree, or what is wrong with the text."""
    try:
        condition = parse_condition(source)
    except ExpressionError as error:
        return error
    return condition


def without_places(node: object) -> object:
    """The tree as nested tuples, and a fraction in it as the division that `show` writes."""
    match node:
        case Number(value):
            return (
                ("/", ("n", F(value.numerator)), ("n", F(value.denominator)))
                if value.denominator > 1
                else (
                    "n",
                    value,
                )
            )
        case Variable(name):
            return name
        case Negation(operand):
            return ("-", without_places(operand))
        case Binary(operator, left, right) | Comparison(operator, left, right):
            return (operator, without_places(left), without_places(right))
        case Call(function, arguments) | Logical(function, arguments):
            return (function, *map(without_places, arguments))
    raise AssertionError(node)


@given(st.text(alphabet="ab01.+-*/^()<>=!, %sumnotandor\"'", max_size=60))
def test_any_text_is_a_condition_or_a_fault_with_a_place(text: str) -> None:
    found = attempted(text)
    if isinstance(found, ExpressionError):
        assert 0 <= found.at <= len(text)
        return
    reason = refused(found)
    assert reason is None or 0 <= reason.at <= len(text)


def refused(condition: Condition) -> ExpressionError | None:
    try:
        assert alternatives(condition, ["a"])
    except ExpressionError as error:
        return error
    return None
