"""Where the data that comes with crosscheck lies: inside the wheel, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path


def shipped(folder: str) -> Path:
    """The folder `rules` or `codelists` that belongs to this installation."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data" / folder
    return inside if inside.is_dir() else package.parent.parent / folder
