"""Options that several commands share, and what they say together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

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
Format = Annotated[str, typer.Option("--format", help="full, concise or json.", envvar="CROSSCHECK_FORMAT")]
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
Color = Annotated[str, typer.Option("--color", help="auto, always or never.", envvar="CROSSCHECK_COLOR")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of a bug.", envvar="CROSSCHECK_DEBUG")]

FORMATS = ("full", "concise", "json")
COLORS = ("auto", "always", "never")
FAIL_LEVELS = ("error", "warning", "note", "never")


@dataclass(frozen=True, slots=True)
class Options:
    """What a checking command was asked to do."""

    rules: tuple[Path, ...]
    isolated: bool
    format: str
    outputs: tuple[tuple[str, str], ...]
    fail_on: str
    config: Path | None
    frozen: bool
    allow_empty: bool
    quiet: bool
    verbose: bool
    color: str


def settings_of(
    rules: list[Path] | None,
    isolated: bool,
    format: str,
    output: list[str] | None,
    fail_on: str,
    config: Path | None,
    frozen: bool,
    allow_empty: bool,
    quiet: bool,
    verbose: bool,
    color: str,
) -> Options:
    """The options of a run; raises a usage error (exit 2) for words that they do not take."""
    outputs = []
    for text in output or []:
        name, equals, path = text.partition("=")
        if not equals or not path:
            raise typer.BadParameter("write FORMAT=PATH, such as json=report.json", param_hint="--output")
        outputs.append((one_of(name, FORMATS, "--output"), path))
    return Options(
        tuple(rules or ()),
        isolated,
        one_of(format, FORMATS, "--format"),
        tuple(outputs),
        one_of(fail_on, FAIL_LEVELS, "--fail-on"),
        config,
        frozen,
        allow_empty,
        quiet,
        verbose,
        one_of(color, COLORS, "--color"),
    )


def one_of(text: str, allowed: tuple[str, ...], option: str) -> str:
    """The word, if it is allowed; raises a usage error with a suggestion."""
    from crosscheck.inputs.faults import did_you_mean

    if text not in allowed:
        hint = did_you_mean(text, allowed) or f"one of {', '.join(allowed)}"
        raise typer.BadParameter(f'unknown value "{text}"; {hint}', param_hint=option)
    return text
