"""The pages of the reference about the command line and what it writes for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import typer
from reference_parts import code, listed, page, table

from crosscheck.cli import app as cli
from crosscheck.cli import check as exits
from crosscheck.cli import ending
from crosscheck.cli.options import FORMATS
from crosscheck.reports import csv_report, ticks
from crosscheck.reports.schema import extract_schema, output_schema

EXIT_WORDS = {
    ending.BUG: "a bug of crosscheck (`--debug` shows the details)",
    exits.INPUT: "a usage, configuration, rule or claim file error; nothing to check; a report that cannot be written",
    exits.FINDINGS: "findings at or above `--fail-on`; for `test`, examples that do not hold",
    exits.STRICT: "what `--strict` or `--frozen` asks for does not hold",
    exits.OK: "none of these",
    ending.INTERRUPTED: "stopped with Ctrl-C",
}


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


FORMAT_WORDS: Mapping[str, tuple[str, str]] = {
    "full": ("for people: the figures underlined, the arithmetic, what would reconcile it", "a terminal"),
    "concise": ("a few lines a finding", "a terminal, a log, an editor that knows `path:line:column:`"),
    "html": ("[the page](../how-to/the-page.md): findings, documents, every check and figure", "people, with a browser"),
    "json": ("every check and everything about it, numbers exact", "scripts; [its keys](json-report.md)"),
    "jsonl": (
        "the same, an object a line: the run, each check, each finding of reading, what holds together",
        "streams, `jq`, loaders of data",
    ),
    "sarif": (
        "findings with related places, a code flow from claim to claim to what they give, and the pages of their rules",
        "GitHub code scanning, Azure DevOps, editors with a SARIF viewer",
    ),
    "junit": (
        "a suite for each rule, a case for each check, passes included; a failure is what fails the run",
        "Jenkins, GitLab, Azure DevOps and other test reports",
    ),
    "github": (
        "commands that put findings beside the lines of a pull request, ten errors and ten warnings; the rest as plain "
        "lines, and all of them in the step summary",
        "GitHub Actions",
    ),
    "gitlab": ("a code quality report", "GitLab merge requests"),
    "rdjson": ("diagnostics, columns in bytes, paths from the working folder on", "reviewdog"),
    "markdown": ("a list with the arithmetic folded away, of 65,000 bytes at most", "comments, wikis, step summaries"),
    "csv": ("a row for each check and each finding of reading, numbers rounded for reading", "spreadsheets, data frames"),
    "ticks": (
        "the auditor's tick list: a row for each figure and each check that it is in. A workbook where the path ends in "
        "`.xlsx`, else CSV",
        "spreadsheets, audit files",
    ),
}


FORMAT_NOTES = (
    "One fault is one finding: further rules about the same figure are notes of it. `json`, `jsonl`, `junit`, `csv` "
    "and `ticks` "
    "list checks one by one.",
    "`json`, `jsonl`, `sarif`, `junit`, `csv` and `ticks` hold findings of every level. The others hold errors and "
    "warnings, and "
    "notes with `--verbose` or `--fail-on note`.",
    "A finding leads to the figure in doubt in its document, not to the claim file; a figure that only a claim file "
    "holds, to "
    "its entry there. Paths start at the root of the repository.",
    "Lines and columns count from 1, columns in characters (Unicode code points). PDF, DOCX and XLSX have no lines: "
    "there the "
    "line is 1, and the text says the page, the paragraph or the cell.",
    "`fingerprint` (in SARIF `partialFingerprints`) depends on rule, documents and dimensions, not on values or "
    "places. It names "
    "a finding from run to run.",
    "What is suppressed is left out of `sarif`, `github`, `gitlab`, `rdjson` and `markdown`, skipped in `junit`, and "
    "told in the "
    "others.",
    "Text of documents is data everywhere: no formula in a cell, no markup, no command to a CI runner.",
)


def formats_page() -> str:
    """What each format holds, who reads it, and the columns of the tables."""
    rows = [[code(name), *FORMAT_WORDS[name]] for name in FORMATS]
    tables = {"csv": csv_report.COLUMNS, "ticks": {name: words for name, (words, _) in ticks.COLUMNS.items()}}
    columns = [
        part
        for name, found in tables.items()
        for part in (f"## The columns of `{name}`", table(["column", ""], [[code(key), found[key]] for key in found]))
    ]
    return page(
        "Formats",
        "`--format NAME` writes to standard output, `--output NAME=PATH` to a file; one run can write many. A file is "
        "replaced "
        "in one step, so that a reader finds the old report or the new one. The same claims and rules give the same bytes. "
        "[Reports for other tools](../how-to/reports-for-other-tools.md) shows where they are plugged in.",
        table(["format", "what it holds", "who reads it"], rows),
        "## What holds for all of them",
        "\n".join(f"- {note}" for note in FORMAT_NOTES),
        "## Faults of the input",
        "After exit code 2 no report is written to a file. On standard output `json`, `jsonl`, `sarif` and `github` "
        "say the faults "
        "in their own way; with the other formats they stand on standard error.",
        *columns,
    )


def report_page() -> str:
    """Keys of the JSON reports, from their schemas."""
    extract = extract_schema()
    shapes = {**output_schema()["$defs"], **extract["$defs"], "ExtractReport": extract}
    order = ["Report", "FaultReport", "ExtractReport"]
    for name in order:  # grows with the shapes that each of them names
        order += [other for other in _named(shapes[name]["properties"]) if other not in order]
    parts = []
    for name in order:
        shape = shapes[name]
        rows = [[code(k), _type(v), v.get("description", "")] for k, v in shape["properties"].items()]
        parts += [f"## {name}", shape.get("description", ""), table(["key", "type", ""], rows)]
    return page(
        "The JSON reports",
        "`--format json` and `--output json=PATH` write one object: a [Report](#report), or after exit code 2 a "
        "[FaultReport](#faultreport). `crosscheck extract` writes an [ExtractReport](#extractreport). Numbers are text and "
        "exact: `30.1`, `1390/49`, `-inf`. Later versions may add keys. `crosscheck schema output` and `crosscheck schema "
        "extract` print the JSON Schemas.",
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
        return listed(shape["enum"])
    if "const" in shape:
        return code(str(shape["const"]).lower() if isinstance(shape["const"], bool) else shape["const"])
    if shape.get("type") == "array":
        return f"list of {_type(shape['items'])}"
    if isinstance(shape.get("additionalProperties"), dict):
        return f"{_type(shape['additionalProperties'])} by name"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null", "object": "object"}
    return names[shape["type"]]
