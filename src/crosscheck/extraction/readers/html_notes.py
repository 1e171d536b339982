"""Raised text: marks of footnotes are no text, squares and cubes are."""

from __future__ import annotations

import itertools
import re

from crosscheck.extraction.readers.html_tokens import pieces_of
from crosscheck.extraction.readers.html_tree import Element, Run

MARK = re.compile(  # of one footnote or of several
    r"[\[(]?(?:(?:note|nb) )?(?:\d{1,3}|[a-z]|[*†‡§#]{1,3})[\])]?(?:[,\s–-]{1,2}[\[(]?\d{1,3}[\])]?|\[\d{1,3}\])*|"
    r"\[[a-z ]{3,40}\??\]"
)
MAXIMUM_PARTS, MAXIMUM_LENGTH = 8, 40
AREA_OR_VOLUME = re.compile(r"(?:^|[\s\d])(?:[kcdm]?m|ft|mi|in|yd)$")
POWER_OF_TEN = re.compile(r"[×x·*]\s?10$")
SUPERSCRIPT = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")


def footnote_runs(text: str, raised: Element) -> list[Run] | None:
    """The runs of a `sup` that is no more than a footnote mark or a power; None when it is text."""
    inside = list(itertools.islice(raised.walk(), MAXIMUM_PARTS + 1))
    runs = [one for one in inside if isinstance(one, Run)]
    if len(inside) > MAXIMUM_PARTS or sum(run.end - run.start for run in runs) > 10 * MAXIMUM_LENGTH:
        return None
    shown = "".join(piece for run in runs for piece, _, _ in pieces_of(text, run.start, run.end)).strip()
    return runs if len(shown) <= MAXIMUM_LENGTH and MARK.fullmatch(shown) else None


def as_power(before: str, shown: str) -> str | None:
    """A raised number as its superscript, where it is a power ("km²", "5 × 10⁶") and no mark of a footnote."""
    digits = shown.strip().translate(SUPERSCRIPT)
    if not digits or digits == shown.strip():
        return None
    if (AREA_OR_VOLUME.search(before) and digits in ("²", "³")) or POWER_OF_TEN.search(before):
        return digits
    return None
