"""The words of `crosscheck reconcile`."""

from __future__ import annotations

import re
import shlex
from typing import Annotated

import typer

from crosscheck.cli.parameters import (
    Add,
    Against,
    AllowEmpty,
    Assume,
    Color,
    ConfigFile,
    Debug,
    Engine,
    Every,
    FailOn,
    Isolated,
    Jobs,
    Limit,
    MemoryLimit,
    Published,
    ReconcileFormat,
    ReconcileOutput,
    Rules,
    Set,
    TimeLimit,
    Verbose,
)

ADDED_KEY = re.compile(r"[a-z][a-z0-9_]*=")


def one_option(words: list[str]) -> list[str]:
    """The words of a command, those of each `--add like=CLAIM time_period=2022 "24.2 billion USD"` made one."""
    made: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        made.append(word)
        if word == "--add" and rest and ADDED_KEY.match(rest[0]) and " " not in rest[0]:
            parts = []
            while rest and ADDED_KEY.match(rest[0]):
                parts.append(rest.pop(0))
            if rest and not rest[0].startswith("--"):
                parts.append(rest.pop(0))
            made.append(shlex.join(parts))
    return made


def reconcile(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Documents, claim files or tables; the configured ones when left out.")
    ] = None,
    assume: Assume = False,
    set: Set = None,
    add: Add = None,
    rules: Rules = None,
    isolated: Isolated = False,
    format: ReconcileFormat = "full",
    output: ReconcileOutput = None,
    fail_on: FailOn = "error",
    against: Against = None,
    published: Published = None,
    time_limit: TimeLimit = None,
    memory_limit: MemoryLimit = None,
    config: ConfigFile = None,
    allow_empty: AllowEmpty = False,
    verbose: Verbose = False,
    color: Color = "auto",
    engine: Engine = "auto",
    limit: Limit = 20,
    jobs: Jobs = None,
    every: Every = False,
    debug: Debug = False,
) -> None:
    """Take all figures together: what cannot be true, who is suspect, what the true values must be."""
    from crosscheck.cli.options import ReconcileOptions
    from crosscheck.cli.reconcile import run_reconcile

    options = ReconcileOptions(
        rules=tuple(rules or ()),
        isolated=isolated,
        format=format,
        output=tuple(output or ()),
        fail_on=fail_on,
        against=tuple(against or ()),
        published=published,
        assume=assume,
        set=tuple(set or ()),
        add=tuple(add or ()),
        time_limit=time_limit,
        memory_limit=memory_limit,
        config=config,
        allow_empty=allow_empty,
        verbose=verbose,
        color=color,
        engine=engine,
        jobs=jobs,
        every=every,
        limit=limit,
    )
    raise typer.Exit(run_reconcile(paths or [], options))
