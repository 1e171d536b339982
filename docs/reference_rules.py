"""The pages of the reference about rules: those that ship, and how rule files are written."""

from __future__ import annotations

from reference_parts import code, keyed, matching, page, table

from crosscheck.inputs.faults import Fault
from crosscheck.inputs.yaml_tree import read_text
from crosscheck.rules import algebra, examples, expression, files, model, short_forms
from crosscheck.rules.schema import rule_file_schema

SELECTOR_FUNCTIONS = {
    "base": "the base period of that growth, change or multiple",
    "prior": "the period of the same length just before that variable's",
    "year_before": "the same period a year earlier",
    "within": "a period that lies within that variable's and is not the same; a date lies within none",
    "before": "an earlier period of the same length, or an earlier date; for a record since a period, one after that",
    "halves": "the halves of that variable's period",
    "quarters": "the quarters of that variable's period",
    "months": "the months of that variable's period",
    "part_of": "a code that is part of that variable's, by the code list",
    "terms": "the codes that the code list adds up to that variable's",
    "minus_terms": "the codes that the code list takes away from them",
    "apart": "another code, which by the code list has nothing in common with that variable's",
    "numerator": "the code that the code list puts above the line in that ratio",
    "denominator": "the code that the code list puts below it",
    "mirror": "the code that the code list makes the mirror of that variable's: what one side exports the other imports",
    "opposite": "of areas: the one on the other side of that variable's flow, its counterpart or its own",
    "per": "the value of that variable's dimension `per`",
    "whole": "the value that the whole of that share has in this dimension",
    "same": "the same value, where a variable names the dimension for another reason",
}
EXPRESSION_FUNCTIONS = {
    "abs": "the value without its sign",
    "min": "the least of several values, or of a collection",
    "max": "the greatest of several values, or of a collection",
    "sum": "the sum over a collection; inside it an expression such as `now / (1 + growth)` is taken member by member",
    "count": "how many claims a collection holds",
    "largest": "the n-th largest of a collection: `largest(others, 3)`; no check is made where it holds fewer",
    "smallest": "the n-th smallest of a collection",
}
FACTS = {
    "days_of": "the days of the period of a variable, as a duration: `rate * days_of(total)`",
    "months_of": "its months, as a duration; the period is made of whole months",
    "periods_a_year": "how many periods of that length make up a year: 4 for a quarter",
    "years_of": "the years from the base period of a growth to its period, where they are whole years",
    "year_of": "the calendar year that holds its period",
    "place_of": "the place in its rank that the text gives it: 3 for the third-largest",
    "precision_of": "one unit of the last printed digit; only for figures that are rounded",
}
SHORT_FORM_SAMPLES = {
    "sum": "{total: {indicator: staff}, parts: [{indicator: nurses}, {indicator: doctors}]}",
    "share": "{part: {indicator: exports, product: beef}, whole: {indicator: exports, product: none}}",
    "growth": "{}",
    "bound": "{figure: {indicator: turnout}, lower: 0 %, upper: 100 %}",
    "same": "{}",
}


def rule_files_page() -> str:
    """Keys of rule files, selectors, expressions, examples."""
    shape = rule_file_schema()["$defs"]["SelectorShape"]["properties"]
    functions = matching(SELECTOR_FUNCTIONS, model.FUNCTIONS)
    required = "`id`, `title`, `why`, and either `variables` with `assert` or one short form are required."
    return page(
        "Rule files",
        "A rule file is YAML with one key, `rules`, a list. `crosscheck schema rules` prints its JSON Schema for editors. "
        "A worked example: [add a rule](../how-to/add-a-rule.md).",
        "## Keys of a rule",
        required,
        keyed(files.RULE_KEYS),
        "## Keys of a selector",
        "On each dimension the variables that do not name it must agree. Any other lower-case key is an open dimension.",
        keyed({key: value.get("description", "") for key, value in shape.items()}),
        "The value of a dimension is a code or period; a list (any of them); `{not: …}`; `none` (absent); `any` (need not "
        "agree); or `=function(variable)`:",
        table(["function", "the value is", "for"], ([code(f"={f}(x)"), w, _fits(f)] for f, w in functions.items())),
        "## Short forms",
        _short_forms(),
        "## Expressions",
        _expressions(),
        "## Amounts",
        "`material` and `within` of a tolerance are a number with a unit: `0.5 percentage_point`, `1000 USD`; with `%` "
        "they are relative to the subject. `strain` is a number from 0 to 1.",
        "## Examples",
        _examples_text(),
    )


def _fits(function: str) -> str:
    if function in model.PERIOD_FUNCTIONS:
        return "`time_period`"
    return "codes" if function in model.CODE_FUNCTIONS else "any dimension"


def _short_forms() -> str:
    rows = []
    for form, sample in matching(SHORT_FORM_SAMPLES, short_forms.SHORT_FORMS).items():
        faults: list[Fault] = []
        expansion = short_forms.expand(form, read_text(sample, form), faults)
        if expansion is None or faults:
            raise SystemExit(f"docs/generate_reference.py: {form}: {faults}")
        rows.append([code(f"{form}: {sample}"), ", ".join(map(code, expansion.selectors)), code(expansion.assertion)])
    return table(["written", "variables", "must hold"], rows)


def _expressions() -> str:
    functions = matching(EXPRESSION_FUNCTIONS, expression.FUNCTIONS)
    facts = matching(FACTS, expression.FACTS)
    texts = ", ".join(map(code, files.TEXTS_OF_CLAIMS))
    return "\n\n".join(
        [
            "Variables, numbers with or without a unit (`0.5 percentage_point`, `1000 USD`), parentheses, and:",
            table(
                ["operator", ""],
                [
                    ["`+` `-` `*` `/` `^`", "arithmetic; an exponent is a whole number from 0 to 64"],
                    [" ".join(map(code, expression.COMPARISONS)), "comparisons; they cannot be chained"],
                    [" ".join(map(code, expression.WORDS)), "conditions together"],
                    *([code(f"{name}()"), words] for name, words in functions.items()),
                    [
                        code(f"{expression.WHOLE}(x)"),
                        "a condition: x may be a whole number; each variable occurs once in it",
                    ],
                ],
            ),
            "What a claim says beside its figure is a number of the binding. Where it cannot be told no check is made:",
            table(["of a claim", ""], ([code(f"{name}(x)"), words] for name, words in facts.items())),
            "`when` may compare figures at face value, and texts in quotes with what a claim says: "
            f'`product(part) == "beef"`. Names for that are {texts} and every open dimension; an absent one is `""`.',
            "An assertion must be decidable exactly. It is when each variable occurs once in a comparison, or when the "
            "comparison, with its divisions multiplied out, has no product or power of a variable with itself. "
            "An exponent may be a fact of a claim, such as `years_of(average)`. "
            "Conditions joined by `and` share one variable at most. Anything else is refused when the rule is loaded, "
            "with the reason.",
            f"Limits: {expression.MAXIMUM_LENGTH:,} characters, {expression.MAXIMUM_TOKENS} words and signs, nested "
            f"{expression.MAXIMUM_DEPTH} deep, {algebra.MAXIMUM_ALTERNATIVES} alternatives.",
        ]
    )


def _examples_text() -> str:
    outcomes = {
        "verdict": ", ".join(model.VERDICTS) + "; required",
        "level": ", ".join(model.LEVELS),
        "reading": ", ".join(examples.READINGS),
        "diagnosis": "the [slip](../method.md#diagnoses) that must be told, by name; `none` where there must not be one",
        "todo": "why the example does not hold yet; it is not run",
    }
    return "\n\n".join(
        [
            "An example gives a figure for each variable: figure text, a list of them for a collection, or a mapping with "
            "`figure` and the dimensions that differ. A variable that is left out is missing, and so is an item written "
            f"`{examples.MISSING}` in a collection. All other keys say what must come of it:",
            keyed(matching(outcomes, examples.OUTCOME_KEYS)),
        ]
    )
