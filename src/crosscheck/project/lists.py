"""What a project is read with: code lists and the table of number words, shipped and its own."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from crosscheck.claims.codelists import SDMX_SUFFIXES, CodeLists, load_codelists
from crosscheck.figures.quantities import Quantities, read_quantities, shipped_quantities
from crosscheck.inputs.disk import YAML_SUFFIXES, files_in, read_limited, real
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.shipped import shipped
from crosscheck.project.configuration import Configuration

MAXIMUM_BYTES = 32 * 1024 * 1024
QUANTITIES = "quantities.yaml"


def codelists_of(settings: Configuration, isolated: bool) -> CodeLists:
    """Shipped code lists and the project's own."""
    own = real(shipped("codelists"))
    paths = [path for path in settings.code_lists if isolated or not real(path).is_relative_to(own)]
    faults: list[Fault] = []
    shipped_lists = [] if isolated else [file for file in _yaml_files([own], faults) if lists_codes(file)]
    files = _yaml_files(paths, faults, SDMX_SUFFIXES)
    if faults:
        raise InputFaults(faults)
    skipped = real(settings.quantities) if settings.quantities else None
    own_lists = [file for file in files if file.name != QUANTITIES and real(file) != skipped]
    copies = [file for file in own_lists if (own / file.name).is_file() and not lists_codes(file)]
    if copies and not isolated:
        hint = "in a checkout of crosscheck run its own one, else take the file away"
        told = f"this is no code list, but a table of words that ships with crosscheck as {own / copies[0].name}"
        raise InputFaults([Fault(str(copies[0]), None, None, told, hint)])
    return load_codelists([*shipped_lists, *own_lists], own_lists)


def lists_codes(file: Path) -> bool:
    """True for a code list among the shipped files; beside them lie tables of words that reading looks for."""
    return b"\ncodelist:" in b"\n" + read_limited(file, MAXIMUM_BYTES)


def _yaml_files(paths: Iterable[Path], faults: list[Fault], more: Iterable[str] = ()) -> list[Path]:
    """The files among the paths, and the YAML files (those with `more` suffixes, too) in the folders among them."""
    suffixes = (*YAML_SUFFIXES, *more)
    return [file for path in paths for file in (files_in(path, faults, suffixes) if os.path.isdir(path) else [path])]


def quantities_of(settings: Configuration) -> Quantities:
    """The table of hedges and number words, with the project's additions."""
    base = shipped_quantities()
    return base if settings.quantities is None else read_quantities(settings.quantities, base)
