"""The options that several commands share, as typer knows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[list[str] | None, typer.Argument(help="Documents or claim files; the configured ones when left out.")]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="PATH", help="Rule files or folders, added to the others.", envvar="CROSSCHECK_RULES"),
]
Isolated = Annotated[
    bool,
    typer.Option(
        "--isolated",
        help="No configuration, no shipped rules or code lists: only what is named.",
        envvar="CROSSCHECK_ISOLATED",
    ),
]
Format = Annotated[
    str,
    typer.Option("--format", help="full, html, json, sarif, or another of the formats.", envvar="CROSSCHECK_FORMAT"),
]
Output = Annotated[
    list[str] | None,
    typer.Option("--output", metavar="FORMAT=PATH", help="Also write a report to a file.", envvar="CROSSCHECK_OUTPUT"),
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on", help="error, warning, note or never: from which level on to exit with 1.", envvar="CROSSCHECK_FAIL_ON"
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The configuration file to use.", envvar="CROSSCHECK_CONFIG"),
]
Frozen = Annotated[
    bool,
    typer.Option(
        "--frozen", help="Exit with 3 when a document changed since its claims were written.", envvar="CROSSCHECK_FROZEN"
    ),
]
AllowEmpty = Annotated[
    bool, typer.Option("--allow-empty", help="Nothing to check is no error.", envvar="CROSSCHECK_ALLOW_EMPTY")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No tally.", envvar="CROSSCHECK_QUIET")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Show notes too.", envvar="CROSSCHECK_VERBOSE")]
Against = Annotated[
    list[Path] | None,
    typer.Option(
        "--against",
        metavar="PATH",
        help="Documents or claim files to compare with; findings wholly among them are not reported.",
        envvar="CROSSCHECK_AGAINST",
    ),
]
Published = Annotated[
    str | None,
    typer.Option("--published", metavar="DATE", help="The date of documents without one.", envvar="CROSSCHECK_PUBLISHED"),
]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="RULE", help="Only rules with this id, prefix or tag.", envvar="CROSSCHECK_SELECT"),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="RULE", help="No rules with this id, prefix or tag.", envvar="CROSSCHECK_IGNORE"),
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Findings that are accepted for now; crosscheck.baseline.yaml when left out.",
        envvar="CROSSCHECK_BASELINE",
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why these findings are accepted.", envvar="CROSSCHECK_REASON")
]
Author = Annotated[str, typer.Option("--author", metavar="NAME", help="Who accepts them.", envvar="CROSSCHECK_AUTHOR")]
Expires = Annotated[
    str | None,
    typer.Option(
        "--expires", metavar="DATE", help="The day from which on they are reported again.", envvar="CROSSCHECK_EXPIRES"
    ),
]
Strict = Annotated[
    list[str] | None,
    typer.Option(
        "--strict",
        metavar="PART",
        help="Exit with 3 for own-rules that bound nothing, unused or expired suppressions, unverifiable checks, "
        "stale-claims; bare --strict for all of them.",
        envvar="CROSSCHECK_STRICT",
    ),
]
Open = Annotated[bool, typer.Option("--open", help="Open the page (html) in a browser.", envvar="CROSSCHECK_OPEN")]
Color = Annotated[str, typer.Option("--color", help="auto, always or never.", envvar="CROSSCHECK_COLOR")]
Engine = Annotated[
    str,
    typer.Option("--engine", help="auto, reference, columnar or spark: what checks tables.", envvar="CROSSCHECK_ENGINE"),
]
Limit = Annotated[
    int, typer.Option("--limit", min=0, help="So many findings of a large table are shown.", envvar="CROSSCHECK_LIMIT")
]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug.", envvar="CROSSCHECK_DEBUG")]
Assume = Annotated[
    bool,
    typer.Option("--assume", help="Take undated figures to be about the likeliest period.", envvar="CROSSCHECK_ASSUME"),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="CLAIM=FIGURE", help="What if a figure were another one?", envvar="CROSSCHECK_SET"),
]
Add = Annotated[
    list[str] | None,
    typer.Option(
        "--add",
        metavar="like=CLAIM [KEY=VALUE …] FIGURE",
        help="What if one more figure were known? It is like another one, but for the keys named.",
        envvar="CROSSCHECK_ADD",
    ),
]
ReconcileFormat = Annotated[str, typer.Option("--format", help="full or json.", envvar="CROSSCHECK_RECONCILE_FORMAT")]
ReconcileOutput = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        metavar="PATH",
        help="Also write JSON to a file; of large tables parquet=PATH, jsonl=PATH or json=PATH.",
        envvar="CROSSCHECK_RECONCILE_OUTPUT",
    ),
]
TimeLimit = Annotated[
    int | None,
    typer.Option(
        "--time-limit", metavar="SECONDS", help="End with what is proved by then.", envvar="CROSSCHECK_TIME_LIMIT"
    ),
]
MemoryLimit = Annotated[
    str | None,
    typer.Option(
        "--memory-limit",
        metavar="SIZE",
        help="End with what is proved when more memory is in use, such as 2GB; large tables spill to disk.",
        envvar="CROSSCHECK_MEMORY",
    ),
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", min=1, help="Processes for large tables; one a core.", envvar="CROSSCHECK_JOBS")
]
Every = Annotated[
    bool,
    typer.Option(
        "--every", help="In large tables also take together what breaks no single rule.", envvar="CROSSCHECK_EVERY"
    ),
]
