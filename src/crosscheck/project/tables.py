"""Tables of a project among what is named as claims, read as the configuration says: CSV, SDMX-CSV, Parquet, xBRL-JSON."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.table_kinds import (
    MAXIMUM_HEAD,
    PARQUET_SUFFIXES,
    XBRL_SUFFIXES,
    bare,
    dataset_of,
    is_parquet,
    is_xbrl,
    is_xbrl_json,
)
from crosscheck.claims.table_mapping import TableMapping
from crosscheck.inputs.disk import files_in, real
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.configuration import Configuration

CSV_SUFFIXES, JSON_SUFFIX = (".csv", ".tsv"), ".json"
TABLE_SUFFIXES = (*CSV_SUFFIXES, *PARQUET_SUFFIXES, JSON_SUFFIX, *XBRL_SUFFIXES)
VALUES = {"value", "OBS_VALUE"}  # a column of either name makes a table one of claims


def is_table(path: Path) -> bool:
    """True for the name of a table."""
    return path.name.lower().endswith(TABLE_SUFFIXES)


def is_claim_table(path: Path, settings: Configuration) -> bool:
    """True for a table whose columns are fields of claims: the configuration says so, or its head has a column `value` or,
    in SDMX-CSV, `OBS_VALUE`. Parquet and xBRL-JSON hold nothing else.

    Any other table is a document that is read like a text.
    """
    if is_parquet(path):
        return True
    if path.name.lower().endswith(JSON_SUFFIX):
        return is_xbrl_json(path)
    if path.name.lower().endswith(XBRL_SUFFIXES):
        return is_xbrl(path)
    if settings.table_mapping(name_of(path, settings)) is not None:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(MAXIMUM_HEAD).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return True  # what is wrong with it is said when it is read
    first = next((line for line in head.splitlines() if line.strip()), "")
    return not VALUES.isdisjoint(bare(cell.strip().strip('"').strip()) for cell in re.split("[,;\t|]", first))


def tables_in(paths: Iterable[Path], faults: list[Fault]) -> list[Path]:
    """The tables among files and in folders at any depth, each once, the parts of a Parquet table as their folder.

    Folders that cannot be read are added to `faults`.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if os.path.isdir(path):
            files = files_in(path, faults, TABLE_SUFFIXES)
            inside = [dataset_of(file, path) if is_parquet(file) else file for file in files]
            inside = [file for file in inside if not file.name.lower().endswith(JSON_SUFFIX) or is_xbrl_json(file)]
            inside = [file for file in inside if not file.name.lower().endswith(XBRL_SUFFIXES) or is_xbrl(file)]
        else:
            inside = [path] if is_table(path) else []
        for table in inside:
            found.setdefault(real(table), table)
    return list(found.values())


def read_table_claims(
    paths: Sequence[Path], settings: Configuration, codelists: CodeLists | None = None
) -> tuple[ClaimFile, ...]:
    """The claims of the tables among `paths`, and of those in the folders among them; other files are left alone.

    With `codelists` the names and aliases of codes in cells (Exports, Kazakhstan) become the codes. Raises InputFaults with
    all faults of all tables.
    """
    faults: list[Fault] = []
    files: list[ClaimFile] = []
    resolve = resolver(codelists) if codelists is not None else _as_written
    for path in tables_in(paths, faults):
        name = name_of(path, settings)
        try:
            files.append(_read(path, settings.table_mapping(name), name, resolve))
        except InputFaults as error:
            faults += error.faults
    faults += clashes(files)
    if faults:
        raise InputFaults(faults)
    return tuple(files)


def _read(path: Path, mapping: TableMapping | None, name: str, resolve: Callable[[str, str], str]) -> ClaimFile:
    """The claims of a table; raises InputFaults. A reader loads when there is something for it: most runs have no table."""
    if is_parquet(path) or os.path.isdir(path):
        from crosscheck.claims.parquet_files import read_parquet_claims

        return read_parquet_claims(path, mapping, name, resolve)
    if path.name.lower().endswith(JSON_SUFFIX):
        from crosscheck.claims.xbrl_json import read_xbrl_json

        return read_xbrl_json(path, mapping, name)
    if path.name.lower().endswith(XBRL_SUFFIXES):
        from crosscheck.claims.xbrl_report import read_xbrl_report

        return read_xbrl_report(path, mapping, name)
    from crosscheck.claims.csv_files import read_csv_claims

    return read_csv_claims(path, mapping, name, resolve)


def name_of(path: Path, settings: Configuration) -> str:
    """The path of a table as configuration and reports have it: from the root of the project on, where it lies there."""
    own, root = real(path), real(settings.root)
    return own.relative_to(root).as_posix() if own.is_relative_to(root) else path.as_posix()


def clashes(files: Iterable[ClaimFile]) -> Iterator[Fault]:
    """A fault for each claim file whose document has the id of another's; for claim files and tables together."""
    return clashing_ids((file.path, file.document.id) for file in files)


def clashing_ids(documents: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """A fault for each file, given with the id of its document, that has the id of an earlier one's."""
    seen: dict[str, str] = {}
    for path, identity in documents:
        first = seen.setdefault(identity, path)
        if first != path:
            hint = f"{first} has it; give this one another `id` under `document`"
            yield Fault(path, None, None, f'the document id "{identity[:60]}" is taken', hint)


def _as_written(dimension: str, text: str) -> str:
    return text


def resolver(codelists: CodeLists) -> Callable[[str, str], str]:
    """The code that the text of a dimension stands for."""

    @lru_cache(maxsize=65_536)
    def resolve(dimension: str, text: str) -> str:
        code = codelists.named(dimension, text)
        return text if code is None else code.id

    return resolve
