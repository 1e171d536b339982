"""Text written so that a reader sees the old file or the new one, never a half."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_text(path: Path, text: str) -> None:
    """Like `write_bytes`, as UTF-8 with the line ends of `text`; what UTF-8 lacks (halves of names of files) is escaped."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`, in one step.

    Folders that lack are made. A link keeps pointing where it pointed, an existing file keeps its
    permissions, and a device or pipe is written to instead of being replaced. Raises OSError, and leaves the
    old file as it was.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        target.write_bytes(data)
        return
    # In the same folder, as a rename is one step only within a file system.
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".crosscheck-", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_new_file_mode() if mode is None else stat.S_IMODE(mode))
        os.replace(name, target)
    finally:
        with suppress(OSError):  # gone when it took the target's place; must not stay after a fault or Ctrl-C
            os.unlink(name)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to be written step by step, which takes the place of `path` when all of it is written and on the disk.

    When the block ends with an error nothing is left of it, and the old file is as it was. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".crosscheck-", suffix=".tmp")
    os.close(descriptor)
    try:
        yield Path(name)
        with open(name, "rb+") as file:
            os.fsync(file.fileno())
        Path(name).chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else _new_file_mode())
        os.replace(name, target)
    finally:
        with suppress(OSError):
            os.unlink(name)


def append_bytes(path: Path, data: bytes) -> None:
    """Adds to a file that others add to as well; what could be written of it only in part is taken back. Raises OSError."""
    with path.open("ab", buffering=0) as file:
        before, written = file.tell(), 0
        try:
            written = file.write(data)
        finally:
            if written < len(data):
                with suppress(OSError):  # a device, or gone
                    file.truncate(before)
    if written < len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _new_file_mode() -> int:
    """What the umask leaves of rw-rw-rw-; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
