"""`convert`: claims and figures of documents as a table for other tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crosscheck.cli.check import INPUT, OK, configuration_of, date_of_option, with_inputs
from crosscheck.cli.output import complain, say, show_faults
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.writing import write_bytes, write_text
from crosscheck.project.pipeline import Request, gathered

FORMATS = ("csv", "sdmx-csv", "parquet", "xbrl-json")
SUFFIXES = {".csv": "csv", ".parquet": "parquet", ".pq": "parquet", ".json": "xbrl-json"}


def run_convert(
    paths: Sequence[str], to: str | None, output: Path | None, published: str | None, isolated: bool, config: Path | None
) -> int:
    """Writes the claims of claim files, tables and documents as one table; says what no table can hold."""
    try:
        format = _format(to, output)
        settings = configuration_of(config, isolated)
        request = Request(claims=(), isolated=isolated, published=date_of_option(published))
        files = gathered(with_inputs(request, paths, settings, documents_too=True), settings)
        claims = [claim for file in files for claim in file.claims]
        if not claims:
            hint = "name documents or claim files, or configure them in crosscheck.toml"
            raise InputFaults([Fault("crosscheck", None, None, "there are no figures to write", hint)])
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    from crosscheck.claims.plain_rows import plain_table

    table = plain_table(claims)
    content, left = _written(format, table)
    if output is not None:
        try:
            write_text(output, content) if isinstance(content, str) else write_bytes(output, content)
        except OSError as error:
            complain(f"{output}: error: cannot be written: {error.strerror or error}")
            return INPUT
    else:
        assert isinstance(content, str)
        say(content)
    for reason, count in sorted({**table.left_out, **left}.items()):
        complain(f"crosscheck: {count} left out: {reason}")
    return OK


def _format(to: str | None, output: Path | None) -> str:
    """The format asked for, or the one that the name of the file says; raises InputFaults."""
    found = to or SUFFIXES.get(output.suffix.lower() if output is not None else ".csv")
    if found not in FORMATS:
        hint = did_you_mean(found or "", FORMATS) or f"--to is one of {', '.join(FORMATS)}"
        raise InputFaults([Fault("--to", None, None, f'unknown format "{(found or str(output))[:60]}"', hint)])
    if found == "parquet" and output is None:
        raise InputFaults([Fault("--output", None, None, "Parquet is no text", "name a file: --output claims.parquet")])
    return found


def _written(format: str, table: object) -> tuple[str | bytes, dict[str, int]]:
    from crosscheck.claims import write_tables
    from crosscheck.claims.plain_rows import PlainTable
    from crosscheck.claims.write_xbrl_json import xbrl_json_text

    assert isinstance(table, PlainTable)
    if format == "sdmx-csv":
        return write_tables.sdmx_csv_text(table)
    if format == "xbrl-json":
        return xbrl_json_text(table)
    return write_tables.parquet_bytes(table) if format == "parquet" else write_tables.csv_text(table), {}
