"""Which files are tables of claims, told without loading what reads them: Parquet, SDMX-CSV, xBRL-JSON, XBRL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

PARQUET_SUFFIXES = (".parquet", ".pq")
XBRL_JSON = re.compile(r"https?://(?:www\.)?xbrl\.org/[^\"]*/xbrl-json")
XBRL_CSV = re.compile(r"https?://(?:www\.)?xbrl\.org/[^\"]*/xbrl-csv")
XBRL_SUFFIXES = (".xbrl", ".xml")
XBRL = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?xbrl[\s>]")
MAXIMUM_HEAD = 64 * 1024
COMPRESSED, UNPACKED = "is compressed", "unpack it first; Parquet is small as it is"
UTF16 = "is a text in UTF-16", "save the table as CSV in UTF-8"
# How files begin that are given for tables and are none, with what they are and what to do.
SIGNATURES: Mapping[bytes, tuple[str, str]] = {
    b"\x1f\x8b": (f"{COMPRESSED} (gzip)", UNPACKED),
    b"\x28\xb5\x2f\xfd": (f"{COMPRESSED} (zstd)", UNPACKED),
    b"BZh": (f"{COMPRESSED} (bzip2)", UNPACKED),
    b"\xfd7zXZ\x00": (f"{COMPRESSED} (xz)", UNPACKED),
    b"PK\x03\x04": ("is a ZIP archive or a workbook", "unpack it, or save the sheet as CSV in UTF-8"),
    b"PAR1": ("is Parquet by its first bytes", "call it ….parquet"),
    b"\xff\xfe": UTF16,
    b"\xfe\xff": UTF16,
}


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


def disguise_of(path: Path) -> tuple[str, str] | None:
    """What a file is by its first bytes that a text never has, and what to do; None where those tell nothing."""
    try:
        with path.open("rb") as file:
            head = file.read(max(map(len, SIGNATURES)))
    except OSError:
        return None
    return next((told for signature, told in SIGNATURES.items() if head.startswith(signature)), None)


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
