"""The mistakes that newcomers make in rule files: each gets an error that says where, what is wrong, and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import FINDINGS, INPUT, OK, run, write

EXAMPLES = (
    '{takings: 1.2 million EUR, tickets: "150,000", price: 8.00 EUR, verdict: consistent}',
    '{takings: 1.3 million EUR, tickets: "150,000", price: 8 EUR, verdict: reconcilable}',
    '{takings: 2 million EUR, tickets: "150,000", price: 8 EUR, verdict: contradiction}',
    "{takings: 1.2 million EUR, price: 8 EUR, verdict: unverifiable}",
)
RULE = {
    "id": "takings-wrong",
    "title": "Takings are wrong",
    "why": "They must fit.",
    "variables": "{takings: {indicator: takings, unit: any}, tickets: {indicator: tickets, unit: any}, "
    "price: {indicator: price, unit: any}}",
    "assert": "takings == tickets * price",
    "material": "1 %",
}
LEVELS = "{now: {measure: level}, then: {measure: level, time_period: %s}}"


def rule(*examples: str, **changes: str | None) -> str:
    """A rule on lines 2 to 7: id, title, why, variables, assert, material; then changes that are keys of their own, and the
    examples."""
    lines = [f"{key}: {value}" for key, value in {**RULE, **changes}.items() if value is not None]
    listed = ["examples:", *(f"  - {example}" for example in examples or EXAMPLES)]
    return "rules:\n  - " + "\n    ".join([*lines, *listed]) + "\n"


def asserting(text: str, **changes: str | None) -> str:
    """The rule with another assertion, on line 6."""
    return rule(**{**changes, "assert": text})


def levels(period: str) -> str:
    """A rule on two levels, the second with this period."""
    return asserting("now >= then", variables=LEVELS % period, subject="now", material=None, examples="[]").partition(
        "    examples:\n"
    )[0]


MISTAKES = {
    "no line `rules:`": (rule().partition("\n")[2], "1:3", "a list under `rules`", "a line `rules:`"),
    "a rule without its dash": ("rules:\n  id: a-b\n", "2:3", "a list under `rules`", "each begin with `- id:`"),
    "rule for rules": (rule().replace("rules:", "rule:", 1), "1:1", 'unknown key "rule"', '"rules"'),
    "a claim file": ("claims:\n  - {id: a, figure: 5}\n", "1:1", 'unknown key "claims"', "is this a claim file?"),
    "a tab": (rule().replace("    title", "\ttitle"), "3:1", "a tab character", "indent with spaces"),
    "a colon in a title": (rule(title="Takings: wrong"), "3:19", "not readable as YAML", "quote text that holds a colon"),
    "a brace left open": (rule(variables="{a: {indicator: x}"), "6:5", "not readable as YAML", "inside braces quote"),
    "a key twice": (rule() + "    title: again\n", "13:5", 'duplicate key "title"', "first given on line 3"),
    "words as id": (rule(id="Takings are wrong"), "2:9", "is no rule id", "such as takings-are-wrong"),
    "underscores in an id": (rule(id="takings_wrong"), "2:9", "is no rule id", "such as takings-wrong"),
    "no why": (rule(why=None), "2:5", "a rule needs `why`", "why the figures belong together"),
    "a key misspelt": (rule(material=None, materiel="1 %"), "7:5", 'unknown key "materiel"', '"material"'),
    "severity for level": (rule(severity="warning"), "8:5", 'unknown key "severity"', "`level` is the key for that"),
    "description for why": (rule(description="x"), "8:5", 'unknown key "description"', "`why` is the key for that"),
    "another level": (rule(level="critical"), "8:12", 'unknown level "critical"', "one of error, warning, note, none"),
    "one equals sign": (asserting("takings = tickets * price"), "6:21", '"=" does not belong', "equality is `==`"),
    "a variable misspelt": (asserting("takings == ticket * price"), "6:24", 'unknown variable "ticket"', '"tickets"'),
    "an x for times": (asserting("takings == tickets x price"), "6:32", '"x" does not belong', "with `*`"),
    "a count per day": (
        rule("{takings: 1 million EUR, tickets: 410/day, price: 8 EUR, verdict: contradiction}"),
        "9:43",
        'malformed number near "/day"',
        "`400 {things}/day`",
    ),
    "a printed times sign": (asserting("takings == tickets × price"), "6:32", '"×" does not belong', "with `*`"),
    "a printed at most": (asserting("takings ≤ tickets * price", subject="takings"), "6:21", '"≤"', "at most is `<=`"),
    "a product without its sign": (asserting("takings == 2 tickets"), "6:26", 'unknown unit "tickets"', "2 * tickets"),
    "a chain": (asserting("1 < price < 10", subject="price"), "6:23", "cannot be chained", "a <= b and b <= c"),
    "no subject": (asserting("tickets * price <= takings"), "6:13", "a rule needs `subject`", "subject: tickets"),
    "and as in other languages": (
        asserting("takings == tickets && price > 0"),
        "6:32",
        '"&" does not belong',
        "write `and`",
    ),
    "a comma for and": (
        asserting("takings == tickets, price > 0"),
        "6:31",
        '"," does not belong',
        "join conditions with `and`",
    ),
    "if": (asserting("if price > 0 then takings == 1"), "6:16", '"price" does not belong', "say under `when`"),
    "a sum of two": (asserting("takings == sum(tickets, price)"), "6:24", "sum() takes 1 argument", "write a + b"),
    "a sum of one figure": (asserting("takings == sum(tickets)"), "6:24", "needs a variable that collects", "`collect:`"),
    "an average": (asserting("takings == avg(tickets)"), "6:24", 'unknown function "avg"', "sum(x) / count(x)"),
    "a function in capitals": (asserting("takings == SUM(tickets)"), "6:24", 'unknown function "SUM"', '"sum"'),
    "an average in capitals": (asserting("takings == AVG(tickets)"), "6:24", 'unknown function "AVG"', "sum(x) / count(x)"),
    "braces around variables": (asserting('"{takings} == {tickets}"'), "6:14", '"{" does not belong', "without braces"),
    "a power of other languages": (asserting("takings == tickets ** 2"), "6:33", 'missing before "*"', "x ^ 2"),
    "a list of assertions": (asserting("[takings == tickets]"), "6:13", "a rule needs `assert`", "join several with `and`"),
    "a star for any": (
        asserting("a == b", variables="{a: {indicator: x, product: '*'}, b: {indicator: y}}"),
        "5:44",
        '"*" is no value',
        "`any` for whatever",
    ),
    "an equals sign in a selector": (
        asserting("a == b", variables="{a: {indicator = x}, b: {indicator: y}}"),
        "5:21",
        '"indicator = x" is not a key',
        "`indicator: x`",
    ),
    "a period in words": (
        asserting("a == b", variables="{a: {indicator: x}, b: {time_period: last_year}}"),
        "5:53",
        '"last_year" is no period',
        "`=year_before(now)`",
    ),
    "rounding by hand": (asserting("takings == round(tickets)"), "6:24", 'unknown function "round"', "leave it out"),
    "about equal": (
        asserting("takings ~ tickets * price"),
        "6:21",
        '"~" does not belong',
        "rounding of the printed digits",
    ),
    "a currency sign": (asserting("takings == tickets * €8"), "6:34", 'missing before "€"', "8 EUR"),
    "commas in a number": (asserting("takings >= 1,000 EUR", subject="takings"), "6:25", '","', "numbers have no commas"),
    "a scale word": (asserting("takings >= 2 million", subject="takings"), "6:26", 'unknown unit "million"', "2000000"),
    "a variable for nothing": (asserting("takings == tickets * 8 EUR"), "5:101", '"price" is used nowhere', "leave it out"),
    "a hyphen in a variable": (
        asserting("ticket-price == a", variables="{ticket-price: {indicator: x}, a: {indicator: y}}"),
        "5:17",
        "cannot name a variable",
        "such as ticket_price",
    ),
    "a variable called sum": (
        asserting("sum == a", variables="{sum: {indicator: x}, a: {indicator: y}}"),
        "5:17",
        '"sum" cannot name a variable',
        "none of abs, min",
    ),
    "an open list as a sum": (
        asserting("total == sum(parts)", variables="{total: {indicator: x}, parts: {region: any, collect: region}}"),
        "6:13",
        "needs a closed list",
        "compare with `<=`",
    ),
    "a selector as text": (
        rule(variables="{takings: takings, tickets: {indicator: x}, price: {indicator: y}}"),
        "5:26",
        "a selector is a mapping",
        "{indicator: takings}",
    ),
    "a selector's key misspelt": (
        rule(variables="{takings: {indicater: x}, tickets: {indicator: x}, price: {indicator: y}}"),
        "5:27",
        'unknown key "indicater"',
        '"indicator"',
    ),
    "a function without its sign": (levels("prior(now)"), "5:76", "is no period", "`=prior(now)`, with `=`"),
    "a function in quotes": (levels("'=prior(now)'"), "5:76", "is no period", "without quotes"),
    "a function that is none": (levels("=earlier(now)"), "5:76", 'unknown function "earlier"', "one of base, prior"),
    "material in words": (
        rule(material="one percent"),
        "7:15",
        "an amount is a number with a unit",
        "1 % (of the subject)",
    ),
    "a bare tolerance": (rule(tolerance="0.05"), "8:16", "a tolerance needs `within` and `why`", "{within: 2 %, why:"),
    "one sign in when": (rule(when="product(takings) = beef"), "8:28", '"=" does not belong', "equality is `==`"),
    "text without quotes in when": (rule(when="product(takings) == beef"), "8:31", '"beef"', "text stands in quotes"),
    "a comma in braces": (
        rule("{takings: 5, tickets: 150,000, price: 8, verdict: consistent}"),
        "9:35",
        '"000"',
        "put quotes",
    ),
    "ok for consistent": (
        rule("{takings: 5, tickets: 1, price: 8, verdict: ok}"),
        "9:53",
        '"ok"',
        "consistent is the word",
    ),
    "no verdict": (rule("{takings: 5, tickets: 1, price: 8}"), "9:9", "needs a `verdict`", "one of consistent"),
    "expected for verdict": (rule("{takings: 5, expected: consistent}"), "9:22", '"expected"', "`verdict` is the key"),
    "an example as text": (rule("takings 5, tickets 1"), "9:9", "an example is a mapping", "such as `- {total: 16"),
    "examples without dashes": (rule("x").replace("- x", "a: 5"), "9:7", "examples are a list", "such as `- {total: 16"),
    "an empty file": ("", "1:1", "the file is empty", ""),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository to work in."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_its_place_its_reason_and_a_way_out(folder: Path, mistake: str) -> None:
    text, place, what, remedy = MISTAKES[mistake]
    write(folder, {"own.yaml": text})
    ran = run("test", "own.yaml")
    assert ran.code == INPUT, ran.all
    told = [
        one
        for one in ran.err.replace("\n    hint: ", " hint: ").splitlines()
        if one.startswith(f"own.yaml:{place}: error: ")
    ]
    assert any(what in one and remedy in one for one in told), ran.err


def test_the_rule_without_mistakes_is_one(folder: Path) -> None:
    write(folder, {"own.yaml": rule()})
    assert run("test", "own.yaml", "--coverage").code == OK
    assert run("rules", "lint", "own.yaml").code == OK


# What is no error, but will not do what was meant: told by lint.
WEAK = {
    "no `unit: any`": (
        rule(variables="{takings: {indicator: a}, tickets: {indicator: b}, price: {indicator: c}}"),
        "unit: any",
    ),
    "two codes in one text": (
        rule(variables="{takings: {indicator: 'x, y', unit: any}, tickets: {indicator: t, unit: any}, price: {unit: any}}"),
        "several codes are a list: [x, y]",
    ),
    "material without a unit": (rule(material="1"), "`1 %` of the subject"),
    "the same figure twice": (levels("=same(now)").replace(", time_period: =same(now)", ""), "compared with itself"),
    "a base of a level": (levels("=base(now)"), "`=year_before(now)`"),
    "no examples": (levels("=prior(now)"), "give one for each verdict"),
}


@pytest.mark.parametrize("mistake", WEAK)
def test_what_is_weak_is_told_by_lint(folder: Path, mistake: str) -> None:
    text, words = WEAK[mistake]
    write(folder, {"own.yaml": text})
    ran = run("rules", "lint", "own.yaml")
    assert ran.code == FINDINGS, ran.all
    assert words in ran.out


def test_a_wrong_example_says_what_the_others_give(folder: Path) -> None:
    wrong = '{takings: 5 million EUR, tickets: "150,000", price: 8 EUR, verdict: consistent}'
    units = '{takings: 5 million EUR, tickets: "150,000", price: 8 USD, verdict: consistent}'
    write(folder, {"own.yaml": rule(wrong, units)})
    told = run("test", "own.yaml").out.splitlines()
    assert told[0].endswith("verdict contradiction, expected consistent; the others give 1.13–1.28 million EUR for takings")
    assert "verdict unverifiable (takings is EUR and tickets * price is USD), expected consistent" in told[1]
