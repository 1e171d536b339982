"""Writes docs/reference/: what the code and the shipped rules say of themselves, as pages.

`python docs/generate_reference.py` writes the pages, `--check` only says which of them are out of date (exit 1). A test
does the same, so a page cannot fall behind what it describes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from crosscheck.checking.levels import VERY_WEAK, WEAK
from crosscheck.claims import codelists, keys
from crosscheck.claims.model import MEASURES, MODALITIES, WAYS_OF_KNOWING
from crosscheck.cli import app as cli
from crosscheck.cli import check as exits
from crosscheck.cli.options import FORMATS
from crosscheck.figures.periods import FORMS
from crosscheck.figures.quantities import Qualifier, shipped_quantities
from crosscheck.figures.unit_table import AMBIGUOUS, COMMON_CURRENCIES, CURRENCY_SYMBOLS, EXTRAS, ROWS
from crosscheck.inputs.faults import Fault
from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.yaml_tree import MAXIMUM_BYTES, MAXIMUM_DEPTH, Node, read_file, read_text
from crosscheck.project import configuration
from crosscheck.project.lists import lists_codes
from crosscheck.reports.rule_page import selector_text
from crosscheck.reports.schema import output_schema
from crosscheck.rules import algebra, examples, expression, files, model, short_forms
from crosscheck.rules.schema import rule_file_schema

FOLDER = Path(__file__).resolve().parent / "reference"
MARK = "<!-- Written by docs/generate_reference.py from code and rules: do not edit by hand. -->"

SELECTOR_FUNCTIONS = {
    "base": "the base period of that growth, change or multiple",
    "prior": "the period of the same length just before that variable's",
    "year_before": "the same period a year earlier",
    "within": "a period that lies within that variable's and is not the same; a date lies within none",
    "part_of": "a code that is part of that variable's, by the code list",
    "terms": "the codes that the code list adds up to that variable's",
    "minus_terms": "the codes that the code list takes away from them",
    "whole": "the value that the whole of that share has in this dimension",
    "same": "the same value, where a variable names the dimension for another reason",
}
EXPRESSION_FUNCTIONS = {
    "abs": "the value without its sign",
    "min": "the least of several values, or of a collection",
    "max": "the greatest of several values, or of a collection",
    "sum": "the sum over a collection; inside it an expression such as `now / (1 + growth)` is taken member by member",
    "count": "how many claims a collection holds",
}
SHORT_FORM_SAMPLES = {
    "sum": "{total: {indicator: staff}, parts: [{indicator: nurses}, {indicator: doctors}]}",
    "share": "{part: {indicator: exports, product: beef}, whole: {indicator: exports, product: none}}",
    "growth": "{}",
    "bound": "{figure: {indicator: turnout}, lower: 0 %, upper: 100 %}",
    "same": "{}",
}
FIGURE_KEY_WORDS = {
    "value": "digits with a `.`, without thousands marks",
    "decimals": "decimal places that are right: 0 for units, -3 for thousands, `INF` for exact",
    "unit": "as in figure text; left out for plain numbers",
    "rounding": f"{' or '.join(keys.ROUNDINGS)}; the first when left out",
}
WAY_WORDS = {
    "explicit": "the sentence says it",
    "carried": "the text around the sentence says it",
    "inferred": "a person or a rule of reading concluded it; findings that rest on it are one level lower",
    "unstated": "the text does not say",
    "corrected": "a person mended it; `printed` keeps what the document says",
}
MEASURE_WORDS = {
    "level": "a quantity: a value, a count, a stock",
    "growth": "a relative change against a base period, negative for a fall",
    "change": "an absolute change against a base period, negative for a fall",
    "share": "a part of a whole",
    "multiple": "how many times the base period's level: tripled is 3",
    "rate": "a quantity that does not add up, such as an interest rate",
}
MODALITY_WORDS = {
    "fact": "what was",
    "plan": "what somebody wants to reach",
    "offer": "what somebody offers",
    "estimate": "what somebody takes to be the case",
}
CODE_KEY_WORDS = {
    "id": "the code itself, where `codes` is a list",
    "name": "what people call it",
    "part_of": "the next larger code",
    "mirror": "the code of the other side: what one exports the other imports",
    "nature": f"{', '.join(codelists.NATURES)}",
    "note": "for people",
    "aliases": "other names",
    "sum": "the codes that add up to it; a leading `-` takes away",
    "members": 'the codes of a group; `["*"]` is everything',
    "symmetric": "`true`: the same when reference and counterpart area change places",
    "non_negative": "`true`: it cannot be below zero, ever",
    "additive": "figures of parts add up to that of the whole; by default unless the nature is price, index or rate",
}
EXIT_WORDS = {
    cli.BUG: "a bug of crosscheck (`--debug` shows the details)",
    exits.INPUT: "a usage, configuration, rule or claim file error; nothing to check; a report that cannot be written",
    exits.FINDINGS: "findings at or above `--fail-on`; for `test`, examples that do not hold",
    exits.STRICT: "what `--strict` or `--frozen` asks for does not hold",
    exits.OK: "none of these",
    cli.INTERRUPTED: "stopped with Ctrl-C",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`"


def page(title: str, *parts: str) -> str:
    """A page of parts with a blank line between them."""
    return "\n\n".join([f"# {title}", MARK, *parts]) + "\n"


def keyed(words: Mapping[str, str]) -> str:
    """A table of keys and what they mean."""
    return table(["key", "meaning"], ([code(key), meaning] for key, meaning in words.items()))


def flow(node: Node) -> str:
    """A YAML node on one line, as somebody would write it."""
    if node.entries is not None:
        return "{" + ", ".join(f"{key}: {flow(value)}" for key, _, value in node.pairs()) + "}"
    if node.items is not None:
        return "[" + ", ".join(map(flow, node.items)) + "]"
    return f'"{node.text}"' if node.quoted else node.text or ""


def matching(words: Mapping[str, str], names: Iterable[str]) -> Mapping[str, str]:
    """The words, when they tell of exactly these names: a page cannot forget one."""
    if set(words) != set(names):
        raise SystemExit(f"docs/generate_reference.py tells of {sorted(words)}, the code has {sorted(names)}")
    return words


# --- rules ---------------------------------------------------------------------------------------------------------


def rules_page() -> str:
    """Every shipped rule: why, formula, selectors, examples."""
    nodes = {node.get("id").text: node for node in _rule_nodes()}  # type: ignore[union-attr]
    rules = sorted(files.read_rule_files([shipped("rules")], shipped=True), key=lambda rule: rule.id)
    index = table(
        ["rule", "it speaks when", "tags"],
        ([f"[{rule.id}](#{rule.id})", rule.title, ", ".join(rule.tags)] for rule in rules),
    )
    intro = (
        f"These {len(rules)} rules ship with crosscheck. `crosscheck rules list` and `crosscheck rules show RULE` print "
        "the same. How to read selectors and formulas: [rule files](rule-files.md). What verdicts and levels mean: "
        "[the method](../method.md)."
    )
    return page("The rules that ship", intro, index, *(_rule(rule, nodes[rule.id]) for rule in rules))


def _rule_nodes() -> Iterator[Node]:
    for path in sorted(shipped("rules").glob("*.yaml")):
        yield from read_file(path).get("rules").items or []  # type: ignore[union-attr]


def _rule(rule: model.Rule, node: Node) -> str:
    facts = [f"Must hold: {code(rule.assertion)}"]
    if rule.when is not None:
        facts.append(f"Applies when: {code(expression.show(rule.when))}")
    if rule.source:
        facts.append(f"Formula: {rule.source}")
    facts.append(f"The figure in doubt: {code(rule.subject)}")
    facts.append(f"A contradiction is reported as {rule.level or 'error'}")
    if rule.material is not None:
        facts.append(
            f"A figure that fits only by rounding is a warning from a gap of {rule.material.text} and a strain of "
            f"{float(rule.strain):g} on, else a note"
        )
    if rule.message:
        facts.append(f"Says: “{rule.message}”")
    file = f"rules/{Path(rule.file).name}"
    facts.append(f"{rule.status}, since {rule.since}; in [{file}](../../{file})")
    parts = [f"## {rule.id}", f"{rule.title}.", rule.why, "\n".join(f"- {fact}" for fact in facts), _selectors(rule, node)]
    listed = node.get("examples")
    if listed is not None and listed.items:
        parts.append(table(["example", "verdict", "level", "reading"], map(_example, listed.items)))
    return "\n\n".join(parts)


def _selectors(rule: model.Rule, node: Node) -> str:
    written = node.get("variables")
    if written is not None:
        rows = [[code(name), code(flow(selector))] for name, _, selector in written.pairs()]
    else:
        form = next(form for form in short_forms.SHORT_FORMS if node.get(form) is not None)
        origin = f"(from the short form {code(form)})"
        rows = [[code(name), f"{selector_text(selector)} {origin}"] for name, selector in rule.variables.items()]
    return table(["variable", "selects"], rows)


def _example(node: Node) -> list[str]:
    figures = [f"{key}: {flow(value)}" for key, _, value in node.pairs() if key not in examples.OUTCOME_KEYS]
    outcomes = [node.get(key) for key in ("verdict", "level", "reading")]
    return [code(", ".join(figures)), *("" if outcome is None else outcome.text or "" for outcome in outcomes)]


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
                ],
            ),
            "`when` may compare figures at face value, and texts in quotes with what a claim says: "
            f'`product(part) == "beef"`. Names for that are {texts} and every open dimension; an absent one is `""`.',
            "An assertion must be decidable exactly. It is when each variable occurs once in a comparison, or when the "
            "comparison, with its divisions multiplied out, has no product or power of a variable with itself. "
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
        "diagnosis": "the slip that must be recognised; no slip is recognised in this version",
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


# --- claims --------------------------------------------------------------------------------------------------------


def claim_files_page() -> str:
    """Keys of claim files, figure text, periods."""
    limit = f"{MAXIMUM_BYTES // 2**20} MiB at most, nested {MAXIMUM_DEPTH} deep at most"
    return page(
        "Claim files",
        "A claim file is YAML in which every value is read as its source text: `1.50` keeps its zero and `NO` stays "
        f"Norway. Anchors, aliases, tags and duplicate keys are refused. {limit}. `crosscheck schema claims` prints the "
        "JSON Schema. A worked example: [write a claim file](../how-to/write-a-claim-file.md).",
        "## The file",
        keyed(keys.ROOT_KEYS),
        "## `document`",
        keyed(keys.DOCUMENT_KEYS),
        "## A claim",
        "`id` and `figure` are required. Any other lower-case key is a dimension of its own, such as `product` or `team`; "
        "one that looks like a misspelt key of this table is refused with a suggestion.",
        keyed(keys.CLAIM_KEYS),
        "### Values",
        table(["`measure`", ""], ([code(k), v] for k, v in matching(MEASURE_WORDS, MEASURES).items())),
        table(["`modality`", ""], ([code(k), v] for k, v in matching(MODALITY_WORDS, MODALITIES).items())),
        table(["`known`: how", ""], ([code(k), v] for k, v in matching(WAY_WORDS, WAYS_OF_KNOWING).items())),
        "Facts are only compared with facts: plans, offers and estimates are counted and never operands.",
        f"A dimension is text, or a mapping with {_listed(keys.VALUE_KEYS)}. Its value may be `{keys.UNSTATED_WORD}`, or "
        f"{' or '.join(map(code, keys.NO_VALUES))} for “not broken down” where a default says otherwise. `known` takes, by "
        f"dimension, one of the words above or a mapping with {_listed(keys.KNOWN_KEYS)}.",
        f"`at` takes {_listed((*keys.AT_NUMBERS, *keys.AT_TEXTS))}; `start` and `end` count code points of the decoded "
        f"document, `line` and `column` count from 1. `list` takes {_listed(keys.LIST_KEYS)}. `suppress` takes the id of a "
        f"rule, or a mapping with {_listed(keys.SUPPRESS_KEYS)}, or a list of those. `readings` takes "
        + "; ".join(f"`{name}`: `{off}` or `{on}`" for name, (off, on) in keys.READINGS.items())
        + ".",
        f"A period is written {FORMS}.",
        "## A figure",
        "Figure text is `[qualifier] [sign] number [scale] [unit]`: `31.5 billion USD`, `$24bn`, `-0.3 percentage_point`, "
        "`almost 1/2`, `over 100 million USD`, `16 {documents}`, `tripled`, `(28.3) %`. It is read as prose, with loose "
        "readings. A mapping declares the precision instead, and is read strictly:",
        keyed(matching(FIGURE_KEY_WORDS, keys.FIGURE_KEYS)),
        *_figure_words(),
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(code, names))


def _figure_words() -> Iterator[str]:
    words = shipped_quantities()
    reach = f"{words.share * 100}% of the figure and {words.units} units of its last significant digit"
    yield "### Qualifiers"
    yield f"A hedge before digits reaches as far as the smaller of {reach}; before words as far as {words.share * 100}%."
    yield table(["words", "what the figure then means"], _qualifiers(words.qualifiers.values()))
    yield (
        f"A bound that holds by a factor of {WEAK} or more is a note, by a factor of {VERY_WEAK} or more a warning: it is "
        "true and says little."
    )
    yield "### Numbers in words"
    by_value: dict[str, list[str]] = {}
    for word, value in (*words.fractions.items(), *words.multiples.items()):
        by_value.setdefault(str(value), []).append(word)
    rows = [[_listed(found), value] for value, found in by_value.items()]
    yield table(["words", "value"], [*rows, *([code(word), str(window)] for word, window in words.ranges.items())])
    yield f"Whole numbers: {', '.join(words.numbers)}."
    yield "### Scales"
    scales: dict[int, list[str]] = {}
    for word, value in words.scales.items():
        scales.setdefault(int(value), []).append(word)
    yield table(["words", "times"], ([_listed(found), f"{value:,}"] for value, found in sorted(scales.items())))
    yield "### Units"
    yield from _units()


def _qualifiers(found: Iterable[Qualifier]) -> Iterator[list[str]]:
    meanings = {
        ("window", "below"): "a little less than the figure, never as much",
        ("window", "above"): "a little more than the figure, never as little",
        ("window", "around"): "near the figure, either way",
        ("bound", "above"): "more than the figure",
        ("bound", "from"): "the figure or more",
        ("bound", "below"): "less than the figure",
        ("bound", "upto"): "the figure or less",
    }
    words: dict[tuple[str, str], list[str]] = {}
    for qualifier in found:
        words.setdefault((qualifier.kind, qualifier.side), []).append(qualifier.words)
    for key, meaning in meanings.items():
        yield [_listed(words.get(key, [])), meaning]


def _units() -> Iterator[str]:
    yield (
        "Plain numbers need no unit, and things that are counted stand in braces: `16 {documents}`. Units of one row "
        "convert into each other exactly; USD and EUR do not. Compounds such as `USD/t` and `kWh/m2` are understood, and "
        "spellings in full (`tons`, `square km`, `US dollars`)."
    )
    rows = [[kind, _listed(row.name for row in units)] for kind, units in ROWS.items()]
    known = {row.name for units in ROWS.values() for row in units} | {"s"}
    rarer = _listed(extra.symbol for extra in EXTRAS if extra.symbol not in known)
    yield table(["kind", "units"], [*rows, ["rarer", rarer]])
    symbols = ", ".join(f"`{symbol}` {currency}" for symbol, currency in CURRENCY_SYMBOLS.items())
    yield f"Currencies are codes of ISO 4217 ({_listed(COMMON_CURRENCIES[:6])} …), or symbols: {symbols}."
    yield "Refused, since each means different things to different readers: " + _listed(AMBIGUOUS) + "."


# --- configuration, code lists, commands, report -------------------------------------------------------------------


def configuration_page() -> str:
    """Keys of the configuration, and where it is found."""
    names = configuration.FILES
    folders = ", ".join(f"`{key}` = `{folder}/`" for key, folder in configuration.DEFAULT_FOLDERS.items())
    config = {
        "level": f"the level of a contradiction: {', '.join(model.LEVELS)}",
        "material": "the gap from which on a figure that fits only by rounding is a warning",
        "strain": "the part of the rounding slack from which on it is one",
    }
    return page(
        "Configuration",
        f"The nearest {' or '.join(map(code, names[:2]))}, or `[tool.crosscheck]` in `{names[2]}`, from the working "
        "folder upwards to the root of the repository, or the file that `--config` names. Paths start from the folder of "
        f"the file. An unknown key is an error. Without any configuration these folders are used where they exist: "
        f"{folders}. `crosscheck schema config` prints the JSON Schema.",
        keyed(configuration.KEYS),
        "## `[rules.ID]`",
        keyed(matching(config, configuration.RULE_KEYS)),
        "## `[readings.PATTERN]`",
        "The pattern is matched with the `path` of a document; `*` stands for any characters, also `/`. When several "
        "patterns fit, the last one counts.",
        table(["reading", "off", "allowed"], ([code(n), code(a), code(b)] for n, (a, b) in keys.READINGS.items())),
    )


def code_lists_page() -> str:
    """Keys of code lists, and the codes that ship."""
    paths = [path for path in sorted(shipped("codelists").glob("*.yaml")) if lists_codes(path)]
    lists = codelists.load_codelists(paths)
    indicators = [
        [code(c.id), c.name, c.nature or "", "yes" if c.non_negative else "", " ".join(_terms(c))]
        for c in lists.codes["indicator"].values()
    ]
    areas = lists.codes["reference_area"].values()
    groups = [[code(c.id), c.name, " ".join(c.members)] for c in areas if c.members]
    parts = [[code(c.id), c.name, code(c.part_of)] for c in areas if c.part_of]
    return page(
        "Code lists",
        "A code list is YAML with the keys `codelist` (`dimension`: one or a list; `title` and `source` for people), "
        "`codes` (a mapping from code to properties, or a list) and `aliases` (more names for codes of any list). A "
        "worked example: [add a code list](../how-to/add-a-code-list.md).",
        "## Keys of a code",
        keyed(matching(CODE_KEY_WORDS, codelists._CODE_KEYS)),
        "## Indicators that ship",
        "Indicators that are in no list can be used freely; rules that ask for a property (`non_negative`, `nature`, "
        "`additive`, `=terms(x)`) pass them by.",
        table(["code", "name", "nature", "never negative", "sum of"], indicators),
        "## Areas that ship",
        f"Countries and their subdivisions come from ISO 3166; {len(groups)} groups and these parts are added.",
        table(["code", "name", "members"], groups),
        table(["code", "name", "part of"], parts),
    )


def _terms(found: codelists.Code) -> Iterator[str]:
    for position, (term, sign) in enumerate(found.terms):
        yield (("+ " if position else "") if sign > 0 else "− ") + term


def commands_page() -> str:
    """Commands and their options, from typer's own metadata."""
    root = typer.main.get_command(cli.app)
    exit_rows = [[str(number), words] for number, words in EXIT_WORDS.items()]
    return page(
        "Commands",
        "`crosscheck --help` and `crosscheck COMMAND --help` say the same in a terminal. An option on the command line "
        "counts before its variable. The report goes to standard output, everything else to standard error. Formats are "
        f"{' and '.join(map(code, FORMATS))}.",
        *_command(root, "crosscheck"),
        "## Exit codes",
        "When several apply, the one further up in this table counts.",
        table(["exit code", "meaning"], exit_rows),
    )


def _command(command: Any, path: str) -> Iterator[str]:
    children = getattr(command, "commands", None)
    if path != "crosscheck":
        yield f"{'#' * (1 + len(path.split()))} {path}"
    if command.help:
        yield command.help
    rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
    if rows:
        yield table(["", "meaning", "variable", "default"], rows)
    for name, child in (children or {}).items():
        yield from _command(child, f"{path} {name}")


def _parameter(parameter: Any) -> list[str]:
    if parameter.param_type_name == "argument":
        name = parameter.name.upper() + ("…" if parameter.nargs == -1 else "")
        return [code(name if parameter.required else f"[{name}]"), parameter.help or "", "", ""]
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper().replace('_', '-')}"
    if parameter.name == "strict":  # the one option whose value may be left out
        value = f"[={value.strip()}]"
    names = ", ".join(code(f"{option}{value}") for option in parameter.opts)
    repeatable = " Repeatable." if parameter.multiple else ""
    default = "" if parameter.is_flag or parameter.default is None else code(str(parameter.default))
    return [names, (parameter.help or "") + repeatable, code(parameter.envvar) if parameter.envvar else "", default]


def report_page() -> str:
    """Keys of the JSON report, from its schema."""
    shapes = output_schema()["$defs"]
    order = ["Report", "FaultReport"]
    for name in order:  # grows with the shapes that each of them names
        order += [other for other in _named(shapes[name]) if other not in order]
    parts = []
    for name in order:
        shape = shapes[name]
        rows = [[code(k), _type(v), v.get("description", "")] for k, v in shape["properties"].items()]
        parts += [f"## {name}", shape.get("description", ""), table(["key", "type", ""], rows)]
    return page(
        "The JSON report",
        "`--format json` and `--output json=PATH` write one object: a [Report](#report), or after exit code 2 a "
        "[FaultReport](#faultreport). Numbers are text and exact: `30.1`, `1390/49`, `-inf`. Later versions may add keys. "
        "`crosscheck schema output` prints the JSON Schema.",
        *parts,
    )


def _named(shape: object) -> Iterator[str]:
    """The shapes that a schema refers to, in the order of its keys."""
    if isinstance(shape, list):
        for item in shape:
            yield from _named(item)
    elif isinstance(shape, dict):
        for key, value in shape.items():
            yield from [value.rpartition("/")[2]] if key == "$ref" else _named(value)


def _type(shape: Mapping[str, Any]) -> str:
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(_type(option) for option in shape["anyOf"]))
    if "enum" in shape:
        return _listed(shape["enum"])
    if "const" in shape:
        return code(shape["const"])
    if shape.get("type") == "array":
        return f"list of {_type(shape['items'])}"
    if isinstance(shape.get("additionalProperties"), dict):
        return f"{_type(shape['additionalProperties'])} by name"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null", "object": "object"}
    return names[shape["type"]]


PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "rules.md": ("the rules that ship: why, formula, selectors, examples", rules_page),
    "rule-files.md": ("keys of rule files, selectors, expressions", rule_files_page),
    "claim-files.md": ("keys of claim files, figure text, units, periods", claim_files_page),
    "code-lists.md": ("keys of code lists, and the codes that ship", code_lists_page),
    "configuration.md": ("keys of the configuration, and where it is found", configuration_page),
    "commands.md": ("commands, options, variables, exit codes", commands_page),
    "json-report.md": ("keys of the JSON report", report_page),
}


def pages() -> dict[str, str]:
    """Every reference page by its file name."""
    index = "\n".join(f"- [{name.removesuffix('.md')}]({name}): {what}" for name, (what, _) in PAGES.items())
    intro = "What code and rules say of themselves. These pages are generated, and a test fails when they are out of date."
    return {"README.md": page("Reference", intro, index), **{name: make() for name, (_, make) in PAGES.items()}}


def main() -> None:
    """Writes the pages, or with `--check` names those that are out of date."""
    stale = []
    for name, text in pages().items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                FOLDER.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    print("\n".join(stale) or "nothing to do")
    sys.exit(1 if stale and "--check" in sys.argv else 0)


if __name__ == "__main__":
    main()
