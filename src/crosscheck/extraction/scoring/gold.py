"""Documents marked by hand: the two shapes of file, read into one kind of expected claim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crosscheck.figures.exact import Fraction
from crosscheck.figures.periods import PeriodError, normal_form, parse_period

_MEASURES = {
    "level": ("level", "rate"),
    "count": ("level",),
    "duration": ("level",),
    "rate": ("rate", "level"),
    "growth": ("growth",),
    "growth_factor": ("multiple",),
    "ratio": ("multiple",),
    "multiple": ("multiple",),
    "change": ("change",),
    "share": ("share",),
    "bound": ("level", "share", "rate"),
}
_PLANNED, _FORECAST = ("plan", "offer"), ("estimate", "plan")
_AHEAD = {"target": _PLANNED, "plan": _PLANNED, "offer": _PLANNED, "forecast": _FORECAST, "estimate": _FORECAST}
_NO_PART = ("group", "total", "all", "federal")  # "products" that are the whole, or a level of government
_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Expected:
    """One figure as a person marked it. `start` and `end` are where its number must stand in the decoded file.

    `value` has its scale applied and is in `unit`; a fall is negative. What is None in `measures`, `modalities` or
    `base_period` is not marked, hence not asked. A figure that is no `statistic` is asked for value and unit alone.
    """

    id: str
    document: str
    start: int
    end: int
    printed: str
    value: Fraction
    unit: str
    statistic: bool = True
    measures: tuple[str, ...] | None = None
    qualifier: str | None = None
    modalities: tuple[str, ...] | None = None
    indicator: str | None = None
    product: str | None = None
    source: str | None = None
    areas: tuple[str | None, str | None] = (None, None)
    corrected_counterpart: str | None = None  # what the printed counterpart was meant to be
    period: str | None = None
    base_period: str | None = None
    share_of: str | None = None
    direction_unstated: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """The marks of one document; `distractors` are the numbers that are no figures, where the file lists them."""

    document: str
    expected: tuple[Expected, ...]
    distractors: tuple[tuple[int, int], ...] | None = None


def read_gold(gold: Mapping[str, Any], text: str | None = None) -> dict[str, Gold]:
    """The marks by document, from either shape: many documents by offsets, or one by quotations.

    Quotations are looked for in `text`; without it the offsets of the file are taken as they are. Raises ValueError
    for a mapping of neither shape.
    """
    if "quantities" in gold:
        marks = [_by_offset(entry) for entry in gold["quantities"]]
        files = {str(key): str(value["file"]) for key, value in gold["documents"].items()}
        return {name: Gold(name, tuple(m for m in marks if m.document == key)) for key, name in files.items()}
    if "claims" not in gold:
        raise ValueError("a marked file has `quantities` and `documents`, or `claims`")
    name = str(gold.get("doc", ""))
    places = _Places(text)
    found = tuple(_by_quote(name, entry, places) for entry in gold["claims"])
    numbers = gold.get("distractor_numbers")
    distractors = None if numbers is None else tuple(places.number(d["start"], d["text"]) for d in numbers)
    return {name: Gold(name, found, distractors)}


def _by_offset(entry: Mapping[str, Any]) -> Expected:
    kind, indicator = str(entry["kind"]), _plain(entry["indicator"])
    name, _, product = (indicator or "").partition(":")
    partner = entry.get("partner")
    meant = re.search(r"intended ([A-Z-]+)", partner or "")
    planned = entry.get("modality") is not None
    return Expected(
        id=str(entry["id"]),
        document=str(entry["doc"]),
        start=int(entry["start"]),
        end=int(entry["end"]),
        printed=str(entry["surface"]),
        value=Fraction(str(entry["value"])),
        unit=str(entry["unit"] or ""),
        statistic=indicator is not None and kind != "duration",
        measures=_MEASURES[kind],
        qualifier=_plain(entry.get("qualifier")),
        modalities=_PLANNED if planned else ("fact",),
        indicator=name.replace("_", "-") or None,
        product=product or None,
        areas=(_plain(entry.get("area")), _plain(partner)),
        corrected_counterpart=meant[1] if meant else None,
        period=_period(entry.get("period")),
        base_period=_period(entry.get("base")),
        share_of=entry.get("whole"),
        direction_unstated="not stated" in (entry.get("change") or ""),
    )


def _by_quote(document: str, entry: Mapping[str, Any], places: _Places) -> Expected:
    kind, qualifier, product = str(entry["kind"]), entry.get("qualifier"), entry.get("product")
    source = None
    if product and product.startswith("source:"):
        source, product = product.removeprefix("source:").strip(), None
    elif product and product.lower() in _NO_PART:
        product = None
    start, end = places.figure(entry)
    return Expected(
        id=str(entry["id"]),
        document=document,
        start=start,
        end=end,
        printed=str(entry["quote"]),
        value=Fraction(str(entry["value"])) * Fraction(str(entry["scale"])),
        unit=str(entry["unit"] or ""),
        measures=_MEASURES.get(kind),
        qualifier=None if qualifier is None or qualifier in _AHEAD else str(qualifier).replace("_", " "),
        modalities=_AHEAD.get(str(qualifier), ("fact", "estimate")),
        indicator=_plain(entry.get("indicator")),
        product=product,
        source=source,
        areas=(_plain(entry.get("reference_area")), _plain(entry.get("counterpart_area"))),
        period=_period(entry.get("period")),
        base_period=_period(entry.get("base_period")),
        share_of=entry.get("share_of"),
    )


def _plain(text: str | None) -> str | None:
    """`text` without what a person noted in brackets; None where nothing is left."""
    return _BRACKETS.sub("", text).strip() or None if text else None


def _period(text: str | None) -> str | None:
    plain = _plain(text)
    if plain is None:
        return None
    try:
        return normal_form(parse_period(plain.replace("..", "/")))
    except PeriodError:
        return plain


class _Places:
    """Finds the quotations of a marked file in the text that they were taken from.

    The offsets of such a file may count each run of white space as one character; they are led back to the text.
    """

    def __init__(self, text: str | None) -> None:
        self._text = text
        self._offsets = list(_collapsed(text)) if text is not None else None

    def figure(self, entry: Mapping[str, Any]) -> tuple[int, int]:
        """Where the number of the entry stands: its digits within the quotation, or the whole of it for words."""
        quote = str(entry["quote"])
        if self._text is None:
            return int(entry["start"]), int(entry["start"]) + len(quote) + 8
        start, end = self._quotation(quote, int(entry.get("occurrence", 1)), int(entry["start"]))
        digits = _digits(str(entry["value"])).search(self._text, start, end)
        return digits.span() if digits else (start, end)

    def number(self, start: int, text: str) -> tuple[int, int]:
        """Where the number of the distractor stands."""
        at = self._led_back(start)
        if self._text is not None and not self._text.startswith(text, at):
            around = self._text.find(text, max(at - 10, 0), at + 10 + len(text))
            at = at if around < 0 else around
        return at, at + len(text)

    def _led_back(self, offset: int) -> int:
        return self._offsets[offset] if self._offsets and offset < len(self._offsets) else offset

    def _quotation(self, quote: str, occurrence: int, near: int) -> tuple[int, int]:
        pattern = re.compile(r"\s+".join(re.escape(word) for word in quote.split()))
        found = [match.span() for match in pattern.finditer(self._text or "")]
        if occurrence <= len(found):
            return found[occurrence - 1]
        start = self._led_back(near)
        return start, start + len(quote)


def _collapsed(text: str) -> Sequence[int]:
    """Where each character stands of the text in which every run of white space is one character."""
    return [i for i, c in enumerate(text) if not (c.isspace() and i and text[i - 1].isspace())]


def _digits(value: str) -> re.Pattern[str]:
    """The number as it may be printed: with marks between thousands and either decimal mark."""
    whole, _, decimals = value.lstrip("+-").partition(".")
    pattern = r"[,\s]?".join(whole) + (rf"[.,]{decimals}0*" if decimals else r"(?:[.,]0+)?")
    return re.compile(rf"(?<![\d.,]){pattern}(?!\d|[.,]\d)")
