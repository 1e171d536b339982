"""The pages of the reference about claims: claim files, code lists, configuration, and what reading notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reference_parts import code, keyed, listed, matching, page, table

from crosscheck.checking.levels import VERY_WEAK, WEAK
from crosscheck.checking.noticed import NOTICED, OBSERVED
from crosscheck.claims import codelists, keys
from crosscheck.claims.model import MEASURES, MODALITIES, WAYS_OF_KNOWING
from crosscheck.extraction.readers.reading import FORMATS, REFUSED
from crosscheck.extraction.readers.reading import MAXIMUM_BYTES as MAXIMUM_DOCUMENT
from crosscheck.figures.periods import FORMS
from crosscheck.figures.quantities import Qualifier, shipped_quantities
from crosscheck.figures.unit_table import AMBIGUOUS, COMMON_CURRENCIES, CURRENCY_SYMBOLS, EXTRAS, ROWS
from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.yaml_tree import MAXIMUM_BYTES, MAXIMUM_DEPTH
from crosscheck.project import configuration
from crosscheck.project.lists import lists_codes
from crosscheck.reports.reading_rules import READING_RULES
from crosscheck.rules import model

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
FILE_KEY_WORDS = {
    "codelist": "`dimension`, one or a list of them; `title` and `source` for people",
    "codes": "a mapping from code to properties, or a list",
    "table": "codes again as text, one a line with bars between the cells, under a line that names the columns",
    "aliases": "more names for codes of any list, by code",
}
WORD_TABLES = {
    "cities.yaml": "large cities by country, from which reports are dated",
    "cues.yaml": "words that say what a figure is: a rise, a fall, a level, a share, a plan",
    "headings.yaml": "words of headings, captions and cells of tables",
    "proper_names.yaml": "words that tell an organisation or a person from an area, and phrases that name no figure",
    "quantities.yaml": "hedges, bounds, number words, fractions in words, scales",
}
CODE_KEY_WORDS = {
    "id": "the code itself, where `codes` is a list",
    "name": "what people call it",
    "part_of": "the next larger code",
    "mirror": "the code of the other side: what one exports the other imports",
    "nature": f"{', '.join(codelists.NATURES)}",
    "note": "for people",
    "aliases": "other names",
    "adjectives": "other names that stand before a noun: Kazakh, Chinese",
    "generic": "words that name the code only where the text is about it already: sales, output",
    "negative": "words that name the code below zero: a trade deficit is a negative trade balance",
    "area": "of a source: the country whose office it is",
    "capital": "a city that stands for its country where something is said to be its: Beijing's imports",
    "sum": "the codes that add up to it; a leading `-` takes away",
    "ratio": "the two codes that it is the quotient of: `[gdp, population]`",
    "members": 'the codes of a group; `["*"]` is everything',
    "symmetric": "`true`: the same when reference and counterpart area change places",
    "non_negative": "`true`: it cannot be below zero, ever",
    "additive": "figures of parts add up to that of the whole; by default unless the nature is price, index or rate",
}


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
        f"A dimension is text, or a mapping with {listed(keys.VALUE_KEYS)}. Its value may be `{keys.UNSTATED_WORD}`, or "
        f"{' or '.join(map(code, keys.NO_VALUES))} for “not broken down” where a default says otherwise. `known` takes, by "
        f"dimension, one of the words above or a mapping with {listed(keys.KNOWN_KEYS)}.",
        f"`at` takes {listed((*keys.AT_NUMBERS, *keys.AT_TEXTS))}; `start` and `end` count code points of the decoded "
        f"document, `line` and `column` count from 1. `list` takes {listed(keys.LIST_KEYS)}. `suppress` takes the id of a "
        f"rule, or a mapping with {listed(keys.SUPPRESS_KEYS)}, or a list of those. `readings` takes "
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
    rows = [[listed(found), value] for value, found in by_value.items()]
    yield table(["words", "value"], [*rows, *([code(word), str(window)] for word, window in words.ranges.items())])
    yield f"Whole numbers: {', '.join(words.numbers)}."
    yield "### Scales"
    scales: dict[int, list[str]] = {}
    for word, value in words.scales.items():
        scales.setdefault(int(value), []).append(word)
    yield table(["words", "times"], ([listed(found), f"{value:,}"] for value, found in sorted(scales.items())))
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
        yield [listed(words.get(key, [])), meaning]


def _units() -> Iterator[str]:
    yield (
        "Plain numbers need no unit, and things that are counted stand in braces: `16 {documents}`. Units of one row "
        "convert into each other exactly; USD and EUR do not. Compounds such as `USD/t` and `kWh/m2` are understood, and "
        "spellings in full (`tons`, `square km`, `US dollars`)."
    )
    rows = [[kind, listed(row.name for row in units)] for kind, units in ROWS.items()]
    known = {row.name for units in ROWS.values() for row in units} | {"s"}
    rarer = listed(extra.symbol for extra in EXTRAS if extra.symbol not in known)
    yield table(["kind", "units"], [*rows, ["rarer", rarer]])
    symbols = ", ".join(f"`{symbol}` {currency}" for symbol, currency in CURRENCY_SYMBOLS.items())
    yield f"Currencies are codes of ISO 4217 ({listed(COMMON_CURRENCIES[:6])} …), or symbols: {symbols}."
    yield "Refused, since each means different things to different readers: " + listed(AMBIGUOUS) + "."


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
    """Keys of code lists, the codes that ship, and the tables of words beside them."""
    paths = [path for path in sorted(shipped("codelists").glob("*.yaml")) if lists_codes(path)]
    lists = codelists.load_codelists(paths)
    indicators = [
        [code(c.id), c.name, c.nature or "", "yes" if c.non_negative else "", " ".join(_terms(c))]
        for c in lists.codes["indicator"].values()
    ]
    areas = lists.codes["reference_area"].values()
    groups = [[code(c.id), c.name, " ".join(c.members)] for c in areas if c.members]
    parts = [[code(c.id), c.name, code(c.part_of)] for c in areas if c.part_of]
    products = [[code(c.id), c.name, code(c.part_of) if c.part_of else ""] for c in lists.codes["product"].values()]
    sources = [[code(c.id), c.name] for c in lists.codes["source"].values()]
    return page(
        "Code lists",
        "A code list is YAML with the keys below. A worked example: "
        "[add a code list](../how-to/add-a-code-list.md). Names, aliases, adjectives and words in capitals are what the "
        "reader of documents looks for. A name stands for one code: a second code that claims it is an error.",
        "## Keys of the file",
        keyed(matching(FILE_KEY_WORDS, codelists._FILE_KEYS)),
        "## Keys of a code",
        "In a `table` these are the names of the columns.",
        keyed(matching(CODE_KEY_WORDS, codelists._CODE_KEYS)),
        "## Tables of words",
        "Beside the code lists lie tables of words by which documents are read. Only the last can be added to, by the key "
        "`quantities` of the configuration.",
        table(["file", "what stands in it"], _word_tables()),
        "## Indicators that ship",
        "Indicators that are in no list can be used freely; rules that ask for a property (`non_negative`, `nature`, "
        "`additive`, `=terms(x)`) pass them by.",
        table(["code", "name", "nature", "never negative", "sum of"], indicators),
        "## Areas that ship",
        f"Countries and their subdivisions come from ISO 3166; {len(groups)} groups and these parts are added.",
        table(["code", "name", "members"], groups),
        table(["code", "name", "part of"], parts),
        "## Products that ship",
        table(["code", "name", "part of"], products),
        "## Sources that ship",
        "Customs, statistics offices, central banks and ministries that a text names with their country need no entry.",
        table(["code", "name"], sources),
    )


def _word_tables() -> Iterator[list[str]]:
    """Every file of `codelists/` that is no code list, with what it is for."""
    words = [path.name for path in sorted(shipped("codelists").glob("*.yaml")) if not lists_codes(path)]
    for name in matching(WORD_TABLES, words):
        yield [f"[{name}](../../codelists/{name})", WORD_TABLES[name]]


def _terms(found: codelists.Code) -> Iterator[str]:
    for position, (term, sign) in enumerate(found.terms):
        yield (("+ " if position else "") if sign > 0 else "− ") + term


def reading_page() -> str:
    """The formats that are read, the measures that prose states, and what reading notices."""
    formats: dict[str, list[str]] = {}
    for suffix, what in FORMATS.items():
        formats.setdefault(what, []).append(suffix)
    findings = matching(READING_RULES, (*NOTICED, *OBSERVED))
    return page(
        "What is read",
        "How documents are read is told in [how reading works](../reading.md), and how to use it in "
        "[read documents](../how-to/read-documents.md).",
        "## Formats",
        f"A file of {MAXIMUM_DOCUMENT // 2**20} MiB at most. What its first bytes say counts before its name, and a name "
        "that nothing here has is read as text, or as HTML where it begins like that.",
        table(["endings", "read as"], ([listed(suffixes), what] for what, suffixes in formats.items())),
        "Not read, with a hint how to save it: "
        + ", ".join(f"{code(s)} ({what})" for s, (what, _) in REFUSED.items())
        + ".",
        "## What reading notices",
        "Findings of reading have ids like rules. `--select` and `--ignore` take them, and `suppress` of a claim does.",
        table(["finding", "level", "it says that"], ([code(name), *words] for name, words in findings.items())),
    )
