"""How well a document was read: the claims of `extract` against a file marked by hand.

What counts as the same stands in `sameness`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from crosscheck.extraction.scoring.gold import Expected, Gold, read_gold
from crosscheck.extraction.scoring.sameness import is_money_or_percent, value_and_unit, verdicts
from crosscheck.figures.exact import Fraction

DIMENSIONS = ("indicator", "product", "reference_area", "counterpart_area", "time_period")
FIELDS = ("measure", *DIMENSIONS, "source", "base_period", "whole", "qualifier", "modality")
_ALL_DIMENSIONS = ("measure", *DIMENSIONS)


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that was not read as marked; `wanted` and `got` are for people."""

    document: str
    offset: int
    printed: str
    field: str
    wanted: str
    got: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one or more documents.

    Keys of `right` and `asked` are fields and sums of them; `right` has each a second time with "~" before it, where own
    words count as the same only when they are equal. `by_how` counts dimensions by name, how known, and whether right.
    """

    gold: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    right: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[str, int] = field(default_factory=dict)
    by_how: Mapping[tuple[str, str, bool], int] = field(default_factory=dict)
    misses: tuple[Miss, ...] = ()

    def share(self, key: str) -> Fraction | None:
        """The share right of those asked; None when nothing was."""
        asked = self.asked.get(key.removeprefix("~"), 0)
        return Fraction(self.right.get(key, 0), asked) if asked else None


def score(
    extract: Mapping[str, Any] | Sequence[Mapping[str, Any]], gold: Mapping[str, Any], text: str | None = None
) -> Score:
    """Compares the JSON of `extract` (the whole, or its documents) with a marked file of either shape.

    `text` is the decoded document where the file marks by quotation. Documents that the file does not mark are left out.
    Raises ValueError for a file of neither shape, or when it marks none of the documents.
    """
    whole = extract.get("documents", [extract]) if isinstance(extract, Mapping) else extract
    documents: Sequence[Mapping[str, Any]] = whole
    marks = read_gold(gold, text)
    found = [(document, mark) for document in documents if (mark := _marks_of(document, marks))]
    if not found:
        raise ValueError("the marked file is about none of the documents")
    return total(_score_document(document, mark) for document, mark in found)


def total(scores: Iterable[Score]) -> Score:
    """The sum of scores."""
    counts: Counter[str] = Counter()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    by_how: Counter[tuple[str, str, bool]] = Counter()
    misses: list[Miss] = []
    gold = 0
    for each in scores:
        gold += each.gold
        counts.update(each.counts)
        right.update(each.right)
        asked.update(each.asked)
        by_how.update(each.by_how)
        misses += each.misses
    return Score(gold, counts, right, asked, by_how, tuple(misses))


def _marks_of(document: Mapping[str, Any], marks: Mapping[str, Gold]) -> Gold | None:
    """The marks of a document: by file name, or by its beginning where the file calls it "000"."""
    path = PurePath(str(document.get("path") or ""))
    if path.name in marks:
        return marks[path.name]
    same = [name for name in marks if path.stem == name or path.stem == PurePath(name).stem]
    if same:
        return marks[same[0]]
    return next(iter(marks.values())) if len(marks) == 1 else None


@dataclass(slots=True)
class _Tally:
    """The counts of a document while they are made."""

    counts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    by_how: Counter[tuple[str, str, bool]] = field(default_factory=Counter)

    def count(self, key: str, lenient: bool, strict: bool | None = None) -> None:
        """Counts an answer under `key` and, with own words taken literally, under "~" and the key."""
        self.asked[key] += 1
        self.right[key] += lenient
        self.right["~" + key] += lenient if strict is None else strict


def _score_document(document: Mapping[str, Any], gold: Gold) -> Score:
    claims: list[Mapping[str, Any]] = [c for c in document.get("claims", ()) if c.get("start") is not None]
    pairs = _pair(gold.expected, claims)
    tally = _Tally(Counter(claims=len(claims)))
    misses: list[Miss] = []
    for index, want in enumerate(gold.expected):
        other = None if want.statistic else _listed(document.get("no_statistic"), want)
        if index in pairs or other is not None:
            misses += _judge(gold.document, want, claims[pairs[index]] if index in pairs else other or {}, tally)
        else:
            misses.append(_not_found(gold.document, want, document, tally))
    matched = set(pairs.values())
    misses += [_extra(claim, gold, tally.counts) for number, claim in enumerate(claims) if number not in matched]
    return Score(len(gold.expected), tally.counts, tally.right, tally.asked, tally.by_how, tuple(misses))


def _kind(want: Expected) -> str:
    return "money+percent" if is_money_or_percent(want.unit) else "other"


def _is_fact(want: Expected) -> bool:
    return want.modalities is None or "fact" in want.modalities


def _not_found(document: str, want: Expected, extract: Mapping[str, Any], tally: _Tally) -> Miss:
    """Counts a mark that no claim stands for, and tells whether it was listed as unresolved."""
    listed = _listed(extract.get("unresolved"), want)
    tally.counts["unresolved" if listed else "missed"] += 1
    sums = ["all of gold", "all of facts"][: 1 + _is_fact(want)] if want.statistic else []
    for key in (_kind(want), "value+unit", *sums):
        tally.count(key, False)
    got = f"unresolved: {listed.get('reason')}" if listed else "nothing"
    return Miss(document, want.start, want.printed, "claim", _describe(want), got)


def _judge(document: str, want: Expected, claim: Mapping[str, Any], tally: _Tally) -> list[Miss]:
    """Counts what is right of a claim, and lists what is not."""
    tally.counts["found"] += 1
    value, unit = value_and_unit(want, claim)
    both = value and unit
    for key, right in ((_kind(want), both), ("value+unit", both), ("value", value), ("unit", unit)):
        tally.count(key, right)
    misses = []
    if not both:
        wanted, got = f"{want.value} {want.unit}", f"{claim.get('value')} {claim.get('unit')}"
        misses.append(Miss(document, want.start, want.printed, "value" if unit else "unit", wanted, got))
    return misses + (_judge_fields(document, want, claim, tally) if want.statistic else [])


def _extra(claim: Mapping[str, Any], gold: Gold, counts: Counter[str]) -> Miss:
    """Counts a claim that no mark asks for, and tells it."""
    name = "extra"
    counts["extra"] += 1
    if any(_overlap(claim, start, end) for start, end in gold.distractors or ()):
        name = "extra (distractor)"
        counts["extra distractor"] += 1
    elif claim.get("indicator") in (None, "_U"):
        name = "extra (no statistic)"
        counts["extra without indicator"] += 1
    got = f"{claim.get('value')} {claim.get('unit')} {claim.get('measure')} {claim.get('indicator')}"
    return Miss(gold.document, int(claim["start"]), str(claim.get("printed")), name, "nothing", got)


def _pair(expected: Sequence[Expected], claims: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Which claim stands for which mark: those whose spans meet, equal values first, each used once."""
    candidates = []
    by_start = sorted(range(len(claims)), key=lambda n: int(claims[n]["start"]))
    for index, want in enumerate(expected):
        for number in by_start:
            claim = claims[number]
            if _overlap(claim, want.start, want.end):
                value, unit = value_and_unit(want, claim)
                distance = abs(int(claim["end"]) - want.end)
                candidates.append((not value, not unit, distance, index, number))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, _, index, number in sorted(candidates):
        if index not in pairs and number not in used:
            pairs[index] = number
            used.add(number)
    return pairs


def _listed(things: object, want: Expected) -> Mapping[str, Any] | None:
    """What of a list beside the claims stands where the mark is; None where it is no list."""
    found = things if isinstance(things, Sequence) else ()
    return next((thing for thing in found if _overlap(thing, want.start, want.end)), None)


def _overlap(thing: Mapping[str, Any], start: int, end: int) -> bool:
    return int(thing["start"]) < end and start < int(thing["end"])


def _judge_fields(document: str, want: Expected, claim: Mapping[str, Any], tally: _Tally) -> list[Miss]:
    found = verdicts(want, claim)
    misses = []
    for name, verdict in found.items():
        how = _how(claim, name)
        tally.count(name, verdict.lenient, verdict.strict)
        if name in DIMENSIONS or name == "base_period":
            tally.by_how[name, how, verdict.lenient] += 1
        if not verdict.lenient:
            misses.append(Miss(document, want.start, want.printed, name, verdict.wanted, verdict.got, how))
    named = [verdict for name, verdict in found.items() if name in _ALL_DIMENSIONS]
    lenient, strict = all(v.lenient for v in named), all(v.strict for v in named)
    keys = ["all", "all of gold", *(["all of facts"] if _is_fact(want) else [])]
    if claim.get("statistic") is not False and all(
        _how(claim, name) not in ("inferred", "unstated") for name in DIMENSIONS
    ):
        keys.append("all, explicit or carried")
    if all(_how(claim, name) in ("explicit", "absent") for name in DIMENSIONS):
        keys.append("all, explicit")
    for key in keys:
        tally.count(key, lenient, strict)
    tally.count("everything", all(v.lenient for v in found.values()), all(v.strict for v in found.values()))
    return misses


def _how(claim: Mapping[str, Any], name: str) -> str:
    """How a dimension of the claim is known; "absent" where it is not broken down."""
    known = (claim.get("known") or {}).get(name)
    if isinstance(known, Mapping):
        known = known.get("how")
    value = claim.get(name) or (claim.get("entity") if name == "reference_area" else None)
    if value in ("_U", "unstated"):
        return "unstated"
    return str(known) if known else "explicit" if value else "absent"


def _describe(want: Expected) -> str:
    parts = (str(want.value), want.unit, want.measures[0] if want.measures else "", want.indicator, want.period)
    return " ".join(part for part in parts if part)


# The report


def report(score: Score, misses: bool = True) -> str:
    """The score for a person to read: shares, by how dimensions are known, and the misses one a line."""
    counts = score.counts
    claims, extra = counts.get("claims", 0), counts.get("extra", 0)
    lines = [
        f"marked figures          {score.gold}",
        f"  found                 {_ratio(counts.get('found', 0), score.gold)}"
        f"   unresolved {counts.get('unresolved', 0)}, missed {counts.get('missed', 0)}",
        f"claims read             {claims}",
        f"  extra                 {_ratio(extra, claims)}   on distractors {counts.get('extra distractor', 0)},"
        f" without indicator {counts.get('extra without indicator', 0)}",
    ]
    for key in ("value+unit", "money+percent", "other", "value", "unit"):
        lines.append(f"{key + ' right':<24}{_ratio(score.right.get(key, 0), score.asked.get(key, 0))}")
    lines.append("of the figures found            right        with own words taken literally")
    for key in (*FIELDS, "all", "all of gold", "all of facts", "everything", "all, explicit or carried", "all, explicit"):
        if score.asked.get(key):
            one, other = (_ratio(score.right.get(k, 0), score.asked[key]) for k in (key, "~" + key))
            lines.append(f"  {key:<26}{one:>18}  {other:>18}")
    lines.append("right by how a dimension is known")
    names = sorted({name for name, _, _ in score.by_how}, key=[*DIMENSIONS, "base_period"].index)
    for name in [*names, "together"]:
        cells = [_how_cell(score, None if name == "together" else name, how) for how in _HOWS]
        lines.append(f"  {name:<20}" + "".join(f"{cell:>24}" for cell in cells))
    if misses and score.misses:
        lines.append("misses: document, offset, printed, field, wanted, got")
        ordered = sorted(score.misses, key=lambda miss: (miss.document, miss.offset))
        lines += [_miss_line(miss) for miss in ordered]
    return "\n".join(lines)


_HOWS = ("explicit", "carried", "inferred", "unstated", "absent")


def _how_cell(score: Score, name: str | None, how: str) -> str:
    right, wrong = (
        sum(n for (field, h, ok), n in score.by_how.items() if h == how and ok is state and name in (None, field))
        for state in (True, False)
    )
    return f"{how} {_ratio(right, right + wrong)}"


def _miss_line(miss: Miss) -> str:
    how = f" ({miss.how})" if miss.how else ""
    printed = " ".join(miss.printed.split())
    place = f"{miss.document[:12]} {miss.offset:>6} {printed[:40]!r}"
    return f"  {place}: {miss.field}: wanted {miss.wanted}, got {miss.got}{how}"


def _ratio(part: int, whole: int) -> str:
    return f"{part}/{whole} {100 * part / whole:5.1f}%" if whole else "-"
