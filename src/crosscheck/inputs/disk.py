"""Files and folders as users name them: looked at without surprises, read only where reading comes to an end."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from crosscheck.inputs.faults import Fault, InputFaults

YAML_SUFFIXES = (".yaml", ".yml")


def read_limited(path: Path, maximum: int, read_as: str = "", hint: str | None = None) -> bytes:
    """The content of a regular file of at most `maximum` bytes; the other two go into the message about a larger one.

    Raises InputFaults for what cannot be read, and for pipes and devices: they may have no end, or never begin.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise InputFaults([Fault(str(path), None, None, "cannot be read: it is a folder")])
        if not stat.S_ISREG(found.st_mode):
            hint = "save what it gives to a file, and name that"
            raise InputFaults([Fault(str(path), None, None, "cannot be read: it is a pipe or a device", hint)])
        size = found.st_size
        if size <= maximum:
            with path.open("rb") as file:
                data = file.read(maximum + 1)  # a file may grow meanwhile, and some have no size
            size = max(size, len(data))
    except OSError as error:
        raise InputFaults([Fault(str(path), None, None, f"cannot be read: {error.strerror or error}")]) from None
    except ValueError:  # a NUL in the name
        raise InputFaults([Fault(repr(str(path)), None, None, "is not the name of a file")]) from None
    if size > maximum:
        message = f"the file has {size:,} bytes; at most {maximum:,} are read{read_as}"
        raise InputFaults([Fault(str(path), None, None, message, hint)])
    return data


def real(path: Path) -> Path:
    """The path without links and dots; where links go in a circle, or no file can have the name, as far as it goes."""
    try:
        return Path(os.path.realpath(path))
    except ValueError:  # a NUL in the name: said when it is read
        return path


def files_in(folder: Path, faults: list[Fault], suffixes: Iterable[str] = ()) -> list[Path]:
    """The files in a folder, at any depth and sorted, with one of the `suffixes` (any when there are none).

    Hidden files and folders are left out, links to folders not followed. Folders that cannot be read are added to `faults`.
    """
    wanted = tuple(suffixes)
    found: list[Path] = []
    waiting = [str(folder)]
    while waiting:
        inner = waiting.pop()
        try:
            with os.scandir(inner) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif (not wanted or entry.name.lower().endswith(wanted)) and not os.path.isdir(entry.path):
                        found.append(Path(entry.path))
        except OSError as error:
            faults.append(Fault(inner, None, None, f"cannot be read: {error.strerror or error}"))
    return sorted(found)


def yaml_files_in(folder: Path, faults: list[Fault]) -> list[Path]:
    """The `.yaml` and `.yml` files in a folder, as `files_in` gives them."""
    return files_in(folder, faults, YAML_SUFFIXES)
