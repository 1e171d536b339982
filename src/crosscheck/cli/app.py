"""The command `crosscheck`: one module a command, imported when the command runs, so that `--help` stays instant."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from crosscheck import __version__
from crosscheck.cli.baseline_commands import baseline_app
from crosscheck.cli.ending import LastResort, stop
from crosscheck.cli.options import Options
from crosscheck.cli.output import flush, open_streams
from crosscheck.cli.parameters import (
    Against,
    AllowEmpty,
    Baseline,
    Color,
    ConfigFile,
    Debug,
    Engine,
    FailOn,
    Format,
    Frozen,
    Ignore,
    Inputs,
    Isolated,
    Limit,
    Open,
    Output,
    Published,
    Quiet,
    Rules,
    Select,
    Strict,
    Verbose,
)
from crosscheck.cli.reconcile_words import one_option, reconcile

app = typer.Typer(
    name="crosscheck",
    help="Finds reported figures that cannot all be true, and shows the arithmetic.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich would double the time that `--help` takes
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(
    name="rules",
    help="Look at rules, write new ones, and review them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
app.add_typer(rules_app)
app.add_typer(baseline_app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"crosscheck {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Finds reported figures that cannot all be true, and shows the arithmetic.

    Figures are read from documents, or stand in claim files (YAML): docs/tutorial.md starts from an empty folder.
    """


@app.command("all")
def all_command(
    paths: Inputs = None,
    rules: Rules = None,
    isolated: Isolated = False,
    format: Format = "full",
    output: Output = None,
    fail_on: FailOn = "error",
    against: Against = None,
    published: Published = None,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = None,
    baseline: Baseline = None,
    config: ConfigFile = None,
    frozen: Frozen = False,
    allow_empty: AllowEmpty = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    open: Open = False,
    color: Color = "auto",
    watch: Annotated[
        bool, typer.Option("--watch", help="Run again whenever a file changes.", envvar="CROSSCHECK_WATCH")
    ] = False,
    engine: Engine = "auto",
    limit: Limit = 20,
    debug: Debug = False,
) -> None:
    """Check all documents; report what cannot be true."""
    from crosscheck.cli.check import run_all

    options = Options(
        rules=tuple(rules or ()),
        isolated=isolated,
        format=format,
        output=tuple(output or ()),
        fail_on=fail_on,
        against=tuple(against or ()),
        published=published,
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        strict=tuple(strict or ()),
        config=config,
        frozen=frozen,
        allow_empty=allow_empty,
        quiet=quiet,
        verbose=verbose,
        color=color,
        engine=engine,
        limit=limit,
        baseline=baseline,
        open=open,
    )
    if watch:
        from crosscheck.cli.watch import watch_all

        raise typer.Exit(watch_all(paths or [], options))
    raise typer.Exit(run_all(paths or [], options))


@app.command()
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Claim files or folders; the configured ones when left out.")
    ] = None,
    rules: Rules = None,
    isolated: Isolated = False,
    format: Format = "full",
    output: Output = None,
    fail_on: FailOn = "error",
    against: Against = None,
    published: Published = None,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = None,
    baseline: Baseline = None,
    config: ConfigFile = None,
    frozen: Frozen = False,
    allow_empty: AllowEmpty = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    open: Open = False,
    color: Color = "auto",
    engine: Engine = "auto",
    limit: Limit = 20,
    debug: Debug = False,
) -> None:
    """Check claim files as they stand."""
    from crosscheck.cli.check import run_check

    options = Options(
        rules=tuple(rules or ()),
        isolated=isolated,
        format=format,
        output=tuple(output or ()),
        fail_on=fail_on,
        against=tuple(against or ()),
        published=published,
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        strict=tuple(strict or ()),
        config=config,
        frozen=frozen,
        allow_empty=allow_empty,
        quiet=quiet,
        verbose=verbose,
        color=color,
        engine=engine,
        limit=limit,
        baseline=baseline,
        open=open,
    )
    raise typer.Exit(run_check(paths or [], options))


app.command()(reconcile)


@app.command()
def extract(
    documents: Annotated[
        list[str] | None,
        typer.Argument(help="Documents or folders, - for standard input; the configured ones when left out."),
    ] = None,
    write: Annotated[
        bool,
        typer.Option("--write", help="Write claim files, or merge into those there are.", envvar="CROSSCHECK_WRITE"),
    ] = False,
    again: Annotated[
        bool,
        typer.Option("--again", help="With --write, also read what has not changed.", envvar="CROSSCHECK_AGAIN"),
    ] = False,
    format: Annotated[str, typer.Option("--format", help="json or yaml.", envvar="CROSSCHECK_EXTRACT_FORMAT")] = "json",
    published: Published = None,
    gold: Annotated[
        Path | None,
        typer.Option("--gold", metavar="FILE", help="Score against a file marked by hand.", envvar="CROSSCHECK_GOLD"),
    ] = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Read documents and print their figures as claims."""
    from crosscheck.cli.extract import ExtractOptions, run_extract

    options = ExtractOptions(format, write, again, published, gold, isolated, config)
    raise typer.Exit(run_extract(documents or [], options))


@app.command()
def convert(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Claim files, tables or documents; the configured ones when left out.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="csv, sdmx-csv, parquet or xbrl-json; by default what the name of the file says, else csv.",
            envvar="CROSSCHECK_TO",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Where to write.", envvar="CROSSCHECK_CONVERT_OUTPUT")
    ] = None,
    published: Published = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Write claims as a table for other tools."""
    from crosscheck.cli.convert import run_convert

    raise typer.Exit(run_convert(paths or [], to, output, published, isolated, config))


@app.command()
def review(
    documents: Annotated[
        list[str] | None, typer.Argument(help="Documents or folders; the configured ones when left out.")
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also what was accepted before.", envvar="CROSSCHECK_REVIEW_ALL"),
    ] = False,
    published: Published = None,
    config: ConfigFile = None,
    color: Color = "auto",
    debug: Debug = False,
) -> None:
    """Accept or mend what was read, one figure at a time."""
    from crosscheck.cli.review import run_review

    raise typer.Exit(run_review(documents or [], everything, published, config, color))


@app.command()
def test(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Rule files, cases (.md) or folders; shipped and configured rules when left out."),
    ] = None,
    rules: Rules = None,
    isolated: Isolated = False,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help="Fail a rule that no example makes speak, and examples that prove nothing.",
            envvar="CROSSCHECK_COVERAGE",
        ),
    ] = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Run the examples of rules, and cases.

    A case is a text with the findings that it must lead to.
    """
    from crosscheck.cli.examples import run_test

    raise typer.Exit(run_test(paths or [], rules or [], isolated, coverage, config))


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="A rule, a finding or a figure by its id, or the place of a figure.")],
    paths: Inputs = None,
    rules: Rules = None,
    isolated: Isolated = False,
    published: Published = None,
    config: ConfigFile = None,
    color: Color = "auto",
    debug: Debug = False,
) -> None:
    """Explain a rule, a finding or a figure, step by step."""
    from crosscheck.cli.explain import run_explain

    raise typer.Exit(run_explain(name, rules or [], isolated, config, color, paths or [], published))


@rules_app.command("list")
def rules_list(rules: Rules = None, isolated: Isolated = False, config: ConfigFile = None, debug: Debug = False) -> None:
    """List the rules: id and title."""
    from crosscheck.cli.rules import run_list

    raise typer.Exit(run_list(rules or [], isolated, config))


@rules_app.command("show")
def rules_show(
    rule: Annotated[str, typer.Argument(help="The id of a rule.")],
    rules: Rules = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Show one rule: what it compares, why, and its examples."""
    from crosscheck.cli.rules import run_show

    raise typer.Exit(run_show(rule, rules or [], isolated, config))


@rules_app.command("new")
def rules_new(
    rule: Annotated[str, typer.Argument(metavar="ID", help="The id of the rule, such as takings-not-tickets-times-price.")],
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", metavar="PATH", help="The file to write; rules/ID.yaml when left out.", envvar="CROSSCHECK_RULE_FILE"
        ),
    ] = None,
    add: Annotated[
        bool,
        typer.Option("--add", help="Put the rule at the end of the file, which stays as it is.", envvar="CROSSCHECK_ADD"),
    ] = False,
    like: Annotated[
        str | None, typer.Option("--like", metavar="RULE", help="The id of a rule to copy.", envvar="CROSSCHECK_LIKE")
    ] = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Write a rule to change into your own: commented, with examples that hold."""
    from crosscheck.cli.authoring import run_new

    raise typer.Exit(run_new(rule, file, add, like, isolated, config))


@rules_app.command("lint")
def rules_lint(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Rule files or folders; those of the project when left out.")
    ] = None,
    isolated: Isolated = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Review rules: untested, trivial, doubled, or contradicting one another."""
    from crosscheck.cli.authoring import run_lint

    raise typer.Exit(run_lint(paths or [], isolated, config))


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder of the project.")] = Path(),
    documents: Annotated[
        list[str] | None,
        typer.Option(
            "--documents",
            metavar="PATH",
            help="A folder or file with documents that are there, in the folder.",
            envvar="CROSSCHECK_DOCUMENTS",
        ),
    ] = None,
    ci: Annotated[
        str, typer.Option("--ci", help="github, gitlab or none: which CI to write a file for.", envvar="CROSSCHECK_CI_KIND")
    ] = "github",
    debug: Debug = False,
) -> None:
    """Begin a project: configuration, a document, a rule, CI.

    It passes, and nothing is overwritten.
    """
    from crosscheck.cli.init import run_init

    raise typer.Exit(run_init(folder, documents or [], ci))


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="The JSON report of a run.")],
    new: Annotated[Path, typer.Argument(help="That of a later one.")],
    fail_on: FailOn = "error",
    verbose: Verbose = False,
    debug: Debug = False,
) -> None:
    """Compare two runs: what is new, resolved, and so on.

    In the words new, worse, newly unverifiable, still there, resolved.
    """
    from crosscheck.cli.compare import run_compare

    raise typer.Exit(run_compare(old, new, fail_on, verbose))


@app.command()
def schema(
    what: Annotated[str, typer.Argument(help="rules, claims, config, output or extract.")],
    debug: Debug = False,
) -> None:
    """Print the JSON Schema of a file format."""
    from crosscheck.cli.schema import run_schema

    raise typer.Exit(run_schema(what))


# A run makes many values that last and hardly a cycle: looking for cycles every 700 new ones takes a fifth of its time.
GARBAGE = 50_000


def main() -> None:
    """The console script."""
    gc.set_threshold(GARBAGE)
    signal.signal(signal.SIGTERM, stop)
    open_streams()
    with LastResort():
        # Bare `--strict` asks for everything; the library knows no option with an optional word.
        words = ["--strict=all" if word == "--strict" else word for word in one_option(sys.argv[1:])]
        try:
            app(args=words)
        finally:
            flush()
