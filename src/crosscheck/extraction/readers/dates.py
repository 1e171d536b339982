"""Dates of publication as documents and their metadata write them."""

from __future__ import annotations

import datetime
import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR = r"(?:19|20)\d\d"
ISO = re.compile(rf"({YEAR})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)")
COMPACT = re.compile(rf"({YEAR})(\d\d)(\d\d)(?=$|T)")
DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?({MONTH})\b\.?,?[ -]({YEAR})(?!\d)", re.IGNORECASE)
MONTH_FIRST = re.compile(rf"({MONTH})\b\.?,? (\d{{1,2}})(?:st|nd|rd|th)?,? ({YEAR})(?!\d)", re.IGNORECASE)
DOTTED = re.compile(rf"(\d{{1,2}})\.(\d{{1,2}})\.({YEAR})(?!\d)")
SLASHED = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/({YEAR})(?!\d)")
# A line of time and date, as above an article.
DAY = "|".join(
    (
        rf"{YEAR}[-/.]\d\d?[-/.]\d\d?",
        rf"\d\d?(?:st|nd|rd|th)? (?:{MONTH})\b\.?,? {YEAR}",
        rf"(?:{MONTH})\b\.? \d\d?(?:st|nd|rd|th)?,? {YEAR}",
        rf"\d\d?\.\d\d?\.{YEAR}",
    )
)
DAY = f"(?:{DAY})"
ZONE = r"(?:\s?(?:Z\b|[+-]\d\d:?\d\d))?(?:\s*\(?(?:UTC|GMT|MSK|CES?T|E[SD]?T|IST|BST|[A-Z]{3,4}T)[+\d: A-Z]{0,9}\)?)?"
CLOCK = rf"\d\d?:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s?[ap]\.?m\b\.?)?{ZONE}"
LABEL = r"(?:date|published|posted|updated|last updated|publication date|release date|issued|created)\s*(?:on|at)?\s*:?\s*"
SAID = rf"(?:{LABEL})?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
STAMP = re.compile(rf"{SAID}{DAY}(?:(?:,? at |[,T]?\s*[|–-]?\s*){CLOCK})?", re.IGNORECASE)
NO_YEAR = re.compile(
    rf"{SAID}(?:\d\d? (?:{MONTH})\b\.?|(?:{MONTH})\b\.? \d\d?),?\s*(?:at )?{CLOCK}|{SAID}{CLOCK}(?:[,\s|–-]*{DAY})?",
    re.IGNORECASE,
)
MAXIMUM = 200  # characters looked at
DIGIT = re.compile(r"\d")


def is_stamp(line: str) -> bool:
    """Whether a line is nothing but a date or time, as above or below an article."""
    line = line.strip().rstrip(".|").strip()
    if len(line) > MAXIMUM or DIGIT.search(line) is None:
        return False
    return bool(STAMP.fullmatch(line) or NO_YEAR.fullmatch(line))


def parse_date(text: str) -> datetime.date | None:
    """The first full date in a short text; None where there is none or where day and month cannot be told apart."""
    text = text.strip()[:MAXIMUM].replace("\u00a0", " ")
    for pattern, order in (
        (ISO, "ymd"),
        (COMPACT, "ymd"),
        (DAY_FIRST, "dmy"),
        (MONTH_FIRST, "mdy"),
        (DOTTED, "dmy"),
        (SLASHED, "?"),
    ):
        found = pattern.search(text)
        if found:
            parts = [MONTHS.get(group.lower()) or int(group) for group in found.groups()]
            if order == "?":
                order = "dmy" if parts[0] > 12 else "mdy" if parts[1] > 12 or parts[0] == parts[1] else ""
            return _date(**dict(zip(order, parts, strict=True))) if order else None
    return None


def _date(y: int, m: int, d: int) -> datetime.date | None:
    try:
        return datetime.date(y, m, d)
    except ValueError:
        return None
