"""The keys of claim files, in one place: for the check at the border, its hints, and the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from crosscheck.claims.model import AREA, NAMED_DIMENSIONS
from crosscheck.inputs.faults import did_you_mean, edit_distance

ENTITY = "entity"  # another name of reference_area
# "Not broken down", where a default says otherwise; in `whole`: absent from the whole. SDMX writes it _T.
NO_VALUES = ("none", "_T")
UNSTATED_WORD = "unstated"

ROOT_KEYS: Mapping[str, str] = {
    "document": "where the figures stand; without it the document is named like the file",
    "defaults": "dimensions (and measure, modality, base_period) of every claim that does not give its own",
    "claims": "the figures, one each",
}
DOCUMENT_KEYS: Mapping[str, str] = {
    "id": "name of the document, unique in a run; the stem of the file's name when left out",
    "path": "the document that was read, relative to the project",
    "title": "its title",
    "publisher": "who published it",
    "published": "the date it carries, YYYY-MM-DD; left out when it carries none",
    "sha256": "hash of the document when its figures were read",
    "trust": "`given`: never the suspect, never reported against",
    "without_area": "`unstated`: of claims without an area the text does not say whose they are; only its own are compared",
    "supersedes": "ids of documents that this one replaces; their claims leave matching",
    "readings": "house style: `cut: error` and `zeros: exact` switch that loose reading off, `allow` back on",
}
CLAIM_KEYS: Mapping[str, str] = {
    "id": "unique in the file; elsewhere `document-id#id`",
    "indicator": "what is measured",
    "reference_area": "the area or entity that the figure is about",
    ENTITY: "another name of reference_area",
    "counterpart_area": "the area on the other side of a flow",
    "time_period": "year, quarter, semester, month, range or date",
    "source": "who compiled the figure",
    "measure": "what the figure says: level (default), growth, change, share, multiple, rate",
    "base_period": "what a growth, change or multiple compares with; by default the period a year earlier",
    "whole": "share: just the dimensions in which the whole differs; `none` is absent from the whole",
    "modality": "fact (default), plan, offer, estimate",
    "figure": "text such as `31.5 billion USD`, or value, decimals and unit",
    "direction": "`unstated`: the text of a growth or change does not say up or down",
    "record": "`highest` or `lowest` of its series so far; `{is: highest, since: 2015}` of what came after 2015; "
    "`{is: highest, among: counterpart_area}` of all partners, with `place: 3` the third-largest of them",
    "list": "this claim is one item of a total",
    "beside": "the figures that the text itself sets this one beside, by what they are in a rule: `{now: id, then: id}` "
    "of a growth or change, `{part: id, whole: id}` of a share; they are checked whatever their dimensions",
    "at": "where the figure stands in the document",
    "known": "by dimension, how it is known and where the words stand that show it",
    "weight": "how much the figure is trusted in reconciliation; `inf` is not to be doubted",
    "readings": "`cut: error` and `zeros: exact` switch a loose reading off, `allow` back on",
    "suppress": "rules whose findings on this figure are not reported",
    "note": "anything for people",
}
FIGURE_KEYS = ("value", "decimals", "unit", "rounding")
LIST_KEYS = ("of", "complete")
BESIDE_KEYS = ("now", "then", "part", "whole", "total", "number")
RECORD_KEYS = ("is", "since", "among", "place")
SPAN_KEYS = ("start", "end")
AT_NUMBERS = ("start", "end", "line", "column", "page", "table", "row")
AT_TEXTS = ("printed", "sheet", "cell")
KNOWN_KEYS = ("how", *SPAN_KEYS, "printed", "why")
VALUE_KEYS = ("value", *KNOWN_KEYS)
SUPPRESS_KEYS = ("rule", "reason", "author", "expires")
READINGS: Mapping[str, tuple[str, str]] = {
    "cut": ("error", "allow"),
    "zeros": ("exact", "allow"),
}  # (off, on)
ROUNDINGS = ("round", "truncate")
DEFAULT_PROPERTIES = ("measure", "modality", "base_period")  # besides dimensions, what `defaults` may hold
# Keys that mean something beside dimensions, so that a dimension of that name could never be matched by a
# rule.
RESERVED: Mapping[str, str] = {
    "unit": "the unit is part of the figure: `31.5 billion USD`, or `{value, decimals, unit}`",
    "value": "a value goes under `figure`: `{value, decimals, unit}`",
    "decimals": "decimals go under `figure`: `{value, decimals, unit}`",
    "collect": "`collect` belongs to the variables of a rule",
}
DIMENSION_KEYS = (*NAMED_DIMENSIONS, ENTITY)
KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
COMMA = 'inside braces a comma ends a value: put quotes around text that holds one, such as "24,600 EUR"'


def dimension_of(key: str) -> str | None:
    """The dimension that a key of a claim names: `entity` is reference_area; None when it is another key's
    name.
    """
    if key == ENTITY:
        return AREA
    return key if key in NAMED_DIMENSIONS or key not in CLAIM_KEYS else None


@lru_cache(maxsize=4096)
def key_trouble(key: str) -> tuple[str, str | None] | None:
    """What is wrong with a key of a claim, and a hint; None for the keys of the table and for open
    dimensions.

    An open dimension may not be within two edits of a key of the table. Two edits turn most short words into
    one another, so they must be a third of the longer word at most; of short words only those with the same
    initial are near, and none is near `id` and `at`.
    """
    if key in CLAIM_KEYS:
        return None
    shown = key if len(key) <= 40 else key[:37] + "..."
    if key[:1].isdigit():  # {figure: 24,600 EUR}
        return f'"{shown}" is not a key', COMMA
    if not KEY.fullmatch(key):
        lower = key.strip().lower().replace("-", "_").replace(" ", "_")
        near = lower if lower in CLAIM_KEYS else near_key(lower, tuple(CLAIM_KEYS))
        hint = f'did you mean "{near}"?' if near else "a key is lower-case letters, digits and _, from a letter on"
        return f'"{shown}" is not a key', hint
    if key in RESERVED:
        return f'"{key}" cannot be a dimension', RESERVED[key]
    near = near_key(key, tuple(CLAIM_KEYS))
    return (f'unknown key "{shown}"', f'did you mean "{near}"?') if near else None


def suggestion(word: str, choices: Iterable[str]) -> str | None:
    """A "did you mean" for a word that should be one of a few; a short word must be one edit away, a letter is itself."""
    return did_you_mean(word, choices, (len(word) > 1) + (len(word) > 4))


@lru_cache(maxsize=1024)
def near_key(word: str, keys: tuple[str, ...]) -> str | None:
    """The key that `word` is most likely a misspelling of, or None."""
    best: tuple[int, str] | None = None
    for key in keys:
        longer = max(len(word), len(key))
        if len(key) <= 2 or (len(key) <= 5 and word[:1] != key[0]):
            continue
        distance = edit_distance(word, key, 2)
        if distance <= 2 and 3 * distance <= longer and (best is None or distance < best[0]):
            best = (distance, key)
    return best[1] if best else None
