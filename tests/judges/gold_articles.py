"""The marked articles of the corpus as claims: one reasonable way to code what was marked by hand.

The marks name dimensions in words ("turnover", "source: Kyrgyz statistics"); the tables below say which codes of ours
stand for them. A deficit is a negative balance, so that such figures turn their sign (`TURNED`).
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crosscheck.claims.model import UNSTATED, Claim, Document, Place
from crosscheck.figures.figure import Figure
from crosscheck.figures.periods import normal_form, parse_period
from crosscheck.figures.text import parse_figure

# Words of the marks for an indicator: our code, and a dimension of its own where the words hold one.
INDICATORS: Mapping[str, tuple[str, dict[str, str]]] = {
    "turnover": ("trade-turnover", {}),
    "surplus": ("trade-balance", {}),
    "deficit": ("trade-balance", {}),
    "exports (CSA)": ("exports", {"adjustment": "calendar-and-season"}),
    "imports (CSA)": ("imports", {"adjustment": "calendar-and-season"}),
    "surplus (CSA)": ("trade-balance", {"adjustment": "calendar-and-season"}),
    "revenues": ("budget-revenue", {}),
    "outlays": ("budget-expenditure", {}),
    "budget balance": ("budget-balance", {}),
    "budget deficit": ("budget-balance", {}),
    "operating income": ("operating-profit", {}),
    "yield": ("crop-yield", {}),
    "revenue (published)": ("revenue", {}),
    "revenue (comparable)": ("revenue", {"basis": "comparable"}),
    "revenue (organic)": ("revenue", {"basis": "organic"}),
    "revenue (constant rates)": ("revenue", {"basis": "constant-rates"}),
}
TURNED = ("deficit", "budget deficit")
TURNED_MEASURES = ("level", "change", "share")
MEASURES = {"count": "level", "ratio": "multiple"}
MODALITIES = {"target": "plan", "forecast": "estimate"}
QUALIFIERS = {"over": "over", "at_least": "at least", "almost": "almost", "about": "about", "up_to": "up to"}
SCALES = {"1": "", "1000": "thousand", "100000": "lakh", "1000000": "million"}
SCALES |= {"1000000000": "billion", "1000000000000": "trillion"}
UNITS = {"percent": "%", "pp": "percentage_point", "count": ""}
# Numbers in words that mean a window, by what the marks quote.
MULTIPLES = {"doubling": "doubled", "quadrupling": "quadrupled"}
# What "product" stands for besides products: everything, a part of a company, or who says so.
WHOLE = ("group", "federal")
SEGMENTED = ("Air Liquide", "Alphabet", "SEB", "Microsoft")
SOURCES = {
    "source: Kyrgyz statistics": "kyrgyz-statistics",
    "source: Chinese customs": "chinese-customs",
    "government forecast": "government",
    "government forecast of July": "government-july",
    "Focus survey": "focus-survey",
}
# The dimensions in which the whole of a share differs; None is a total that is not broken down.
Whole = dict[str, str | None]
WORLD_TRADE: Whole = {"counterpart_area": None}
WHOLES: Mapping[str, Whole] = {
    "turnover CN-C5": {"indicator": "trade-turnover", "counterpart_area": "C5"},
    "total trade turnover of KZ (as printed; really total exports)": {
        "indicator": "trade-turnover",
        "counterpart_area": None,
    },
    "total exports of KZ": WORLD_TRADE,
    "total imports of KZ": WORLD_TRADE,
    "total foreign trade of UZ": {"reference_area": "UZ", "counterpart_area": None},
    "total foreign trade of C5": WORLD_TRADE,
    "total foreign trade of TM": WORLD_TRADE,
    "total foreign trade of KG": WORLD_TRADE,
    "total foreign trade": WORLD_TRADE,
    "total copper cathode exports": WORLD_TRADE,
    "total fruit and vegetable exports of VN": WORLD_TRADE,
    "total export value of VN (as printed; really total turnover)": {"indicator": "exports", "counterpart_area": None},
    "turnover GE": {"indicator": "trade-turnover"},
    "world electricity generation": {"product": None},
    "world increase in solar generation": {"reference_area": "WLD"},
    "world increase in wind generation": {"reference_area": "WLD"},
    "GDP": {"indicator": "gdp"},
}


@dataclass(frozen=True)
class Relation:
    """What the marks say of some claims: a kind of arithmetic, its target and operands, and the outcome it must get."""

    article: str
    number: int
    kind: str
    target: str
    operands: tuple[str, ...]
    expected: str
    cut_explains: bool

    @property
    def name(self) -> str:
        """Article, kind and figures: short enough to read in a failed test."""
        return f"{self.article} {self.kind} {self.target} {' '.join(self.operands)}"


@dataclass(frozen=True)
class Article:
    """A marked article. `turned` are claims whose sign is the other one than in the marks."""

    name: str
    text: str
    claims: Mapping[str, Claim]
    turned: frozenset[str]
    relations: tuple[Relation, ...]
    marks: Mapping[str, Mapping[str, Any]]


def read_articles(folder: Path) -> list[Article]:
    """All marked articles of the corpus."""
    return [read_article(path) for path in sorted(folder.glob("*.gold.json"))]


def read_article(path: Path) -> Article:
    """One article with its marks."""
    content = json.loads(path.read_text(encoding="utf-8"))
    name = content["doc"]
    date = content["date"] and datetime.date.fromisoformat(content["date"])
    document = Document(name, f"articles/{name}.txt", publisher=name, published=date)
    marks = {mark["id"]: mark for mark in content["claims"]}
    relations = [
        Relation(
            name,
            number,
            entry["rule"],
            entry["target"],
            tuple(entry["operands"]),
            entry["expected"],
            bool(entry.get("truncation_explains")),
        )
        for number, entry in enumerate(content["relations"])
    ]
    return Article(
        name,
        path.with_name(f"{name}.txt").read_text(encoding="utf-8"),
        {identifier: claim(mark, document) for identifier, mark in marks.items()},
        frozenset(identifier for identifier, mark in marks.items() if is_turned(mark)),
        tuple(relations),
        marks,
    )


def is_turned(mark: Mapping[str, Any]) -> bool:
    """True for a deficit, which is a balance below zero."""
    return mark["indicator"] in TURNED and measure(mark) in TURNED_MEASURES


def measure(mark: Mapping[str, Any]) -> str:
    """Our measure of a marked figure; a marked bound is a level or a share by its unit."""
    if mark["kind"] == "bound":
        return "share" if mark["unit"] == "percent" else "level"
    return MEASURES.get(mark["kind"], mark["kind"])


def claim(mark: Mapping[str, Any], document: Document) -> Claim:
    """The claim of one marked figure."""
    kind = measure(mark)
    base = mark["base_period"]
    share_of = mark["share_of"] if kind == "share" else None
    start = mark["start"]
    return Claim(
        id=f"{document.id}#{mark['id']}",
        document=document,
        figure=figure(mark),
        dimensions=dimensions(mark),
        measure=kind,
        base_period=period(base) if base else None,
        whole=WHOLES[share_of] if share_of else None,
        modality=MODALITIES.get(mark["qualifier"], "fact"),
        place=Place(start=start, end=start + len(mark["quote"]), printed=mark["quote"]),
    )


def figure(mark: Mapping[str, Any]) -> Figure:
    """The figure, from the digits and the scale that are printed and the qualifier that was marked."""
    words = next((ours for word, ours in MULTIPLES.items() if word in mark["quote"]), None)
    if mark["number_word"] and words:
        return parse_figure(words, measure(mark))
    value = mark["value"]
    if is_turned(mark):
        value = value[1:] if value.startswith("-") else f"-{value}"
    qualifier = QUALIFIERS.get(mark["qualifier"] or "", "")
    unit = UNITS.get(mark["unit"], mark["unit"])
    return parse_figure(f"{qualifier} {value} {SCALES[mark['scale']]} {unit}".strip(), measure(mark))


def dimensions(mark: Mapping[str, Any]) -> dict[str, str]:
    """Our dimensions of a marked figure; the whole world as a partner means that partners are not told apart."""
    indicator, found = INDICATORS.get(mark["indicator"], (slug(mark["indicator"]), {}))
    found = {"indicator": indicator, **found, "time_period": period(mark["period"])}
    if mark["reference_area"]:
        found["reference_area"] = mark["reference_area"]
    if mark["counterpart_area"] and mark["counterpart_area"] != "WLD":
        found["counterpart_area"] = mark["counterpart_area"]
    product = mark["product"]
    if product in SOURCES:
        found["source"] = SOURCES[product]
    elif product and product not in WHOLE:
        found["segment" if mark["reference_area"] in SEGMENTED else "product"] = slug(product)
    return found


def slug(words: str) -> str:
    """Words as a code."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def period(text: str | None) -> str:
    """The normal form of a marked period; the fiscal years of the marks end in September."""
    if text is None:
        return UNSTATED
    fiscal = re.fullmatch(r"FY(\d{4})", text)
    if fiscal:
        text = f"{int(fiscal[1]) - 1}-10/{fiscal[1]}-09"
    return normal_form(parse_period(text))
