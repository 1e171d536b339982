"""A folder for what does not fit into memory: gone when the run ends, and after a run that was killed with the next one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PREFIX = "crosscheck-spill-"
LOCK = "in-use"  # the run that a folder belongs to keeps this file locked; the system lets it go when the run ends


@contextmanager
def spill_folder() -> Iterator[Path]:
    """A folder for this run in that for temporary files; it is taken away at the end.

    Folders that runs left which were killed are taken away first, where the system has locks of files (not on Windows).
    """
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError, ImportError):
            _take_away(path)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with (folder / LOCK).open("wb") as file:
            with suppress(OSError, ImportError):
                _lock(file)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take_away(path: Path) -> None:
    """Removes a folder whose lock nobody holds; raises OSError where somebody does, or where there is none yet."""
    with (path / LOCK).open("r+b") as file:
        _lock(file)
        shutil.rmtree(path, ignore_errors=True)


def _lock(file: BinaryIO) -> None:
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
