"""The commands `crosscheck baseline …`, as typer knows them; what they do is imported when one runs."""

from __future__ import annotations

import typer

from crosscheck.cli.parameters import Author, Baseline, ConfigFile, Debug, Expires, Inputs, Published, Reason, Verbose

baseline_app = typer.Typer(
    name="baseline", help="Accept findings for now.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)


@baseline_app.command("write")
def baseline_write(
    documents: Inputs = None,
    baseline: Baseline = None,
    reason: Reason = "",
    author: Author = "",
    expires: Expires = None,
    published: Published = None,
    verbose: Verbose = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Accept every finding that there is, in a new baseline."""
    from crosscheck.cli.baseline import BaselineOptions, run_write

    options = BaselineOptions(tuple(documents or ()), baseline, config, published, verbose, reason, author, expires)
    raise typer.Exit(run_write(options))


@baseline_app.command("update")
def baseline_update(
    documents: Inputs = None,
    baseline: Baseline = None,
    reason: Reason = "",
    author: Author = "",
    expires: Expires = None,
    published: Published = None,
    verbose: Verbose = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Accept new findings too.

    What people wrote stays, what is said of findings is brought up to date.
    """
    from crosscheck.cli.baseline import BaselineOptions, run_update

    options = BaselineOptions(tuple(documents or ()), baseline, config, published, verbose, reason, author, expires)
    raise typer.Exit(run_update(options))


@baseline_app.command("prune")
def baseline_prune(
    documents: Inputs = None,
    baseline: Baseline = None,
    published: Published = None,
    verbose: Verbose = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Take out of the baseline what is resolved or has expired."""
    from crosscheck.cli.baseline import BaselineOptions, run_prune

    options = BaselineOptions(tuple(documents or ()), baseline, config, published, verbose)
    raise typer.Exit(run_prune(options))


@baseline_app.command("show")
def baseline_show(
    documents: Inputs = None,
    baseline: Baseline = None,
    published: Published = None,
    verbose: Verbose = False,
    config: ConfigFile = None,
    debug: Debug = False,
) -> None:
    """Compare the findings of now with the baseline."""
    from crosscheck.cli.baseline import BaselineOptions, run_show

    options = BaselineOptions(tuple(documents or ()), baseline, config, published, verbose)
    raise typer.Exit(run_show(options))
