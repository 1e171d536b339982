"""Which files are tables of claims, told without loading what reads them: Parquet, SDMX-CSV, xBRL-JSON, XBRL."""

from __future__ import annotations

import re
from pathlib import Path

PARQUET_SUFFIXES = (".parquet", ".pq")
XBRL_JSON = re.compile(r"https?://(?:www\.)?xbrl\.org/[^\"]*/xbrl-json")
XBRL_CSV = re.compile(r"https?://(?:www\.)?xbrl\.org/[^\"]*/xbrl-csv")
XBRL_SUFFIXES = (".xbrl", ".xml")
XBRL = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?xbrl[\s>]")
MAXIMUM_HEAD = 64 * 1024


def is_parquet(path: Path) -> bool:
    """True for the name of a Parquet file or of a folder with the parts of one."""
    return path.name.lower().endswith(PARQUET_SUFFIXES)


def dataset_of(file: Path, top: Path) -> Path:
    """The table that a file below the folder `top` is a part of: the folder above `key=value` or called `….parquet`, else
    the file itself."""
    for folder in reversed(file.parents):
        if folder.is_relative_to(top):
            inner = file.relative_to(folder).parts
            if is_parquet(folder) or (len(inner) > 1 and "=" in inner[0]):
                return folder
    return file


def is_xbrl_json(path: Path) -> bool:
    """True for a file that begins like a report in xBRL-JSON, and for one that cannot be looked at."""
    return _begins(path, XBRL_JSON)


def is_xbrl_csv(path: Path) -> bool:
    """True for the description of a report in xBRL-CSV, which has its figures in tables beside it."""
    return path.name.lower().endswith(".json") and _begins(path, XBRL_CSV)


def is_xbrl(path: Path) -> bool:
    """True for a file that begins like an XBRL report, and for one that cannot be looked at."""
    return path.name.lower().endswith(XBRL_SUFFIXES) and _begins(path, XBRL)


def _begins(path: Path, pattern: re.Pattern[str]) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(MAXIMUM_HEAD).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return True  # what is wrong with it is said when it is read
    return pattern.search(head.replace("\\/", "/")) is not None


def bare(text: str) -> str:
    """A code of SDMX-CSV without the label that may follow it ("A: Annual")."""
    return text.partition(": ")[0].strip() if ": " in text else text
