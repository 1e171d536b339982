"""What a heading of a table says: period, indicator, area, unit, measure; what is left are the document's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.extraction.tables.periods import Part, Said, months_ended, part_in, period_in
from crosscheck.extraction.tables.units import PERCENT, POINT, UnitSaid, index_base, unit_said
from crosscheck.extraction.tables.words import RAISED, longest_first, plain, words

GROWTH, SHARE, MULTIPLE = "growth", "share", "multiple"
YEAR_BEFORE, PRIOR = "year", "prior"
MAXIMUM_LENGTH = 400  # of a heading that is looked into
INDICATOR, AREA = "indicator", "reference_area"

_CUT = re.compile(r"\s*[,;:|()\[\]]\s*|\s+[-–—/]\s+|\s*\n\s*")
_SHORT = re.compile(r"(.*\S) ?\(([A-Z][A-Za-z&]{1,9})\)")
_NOTE = re.compile(
    rf"(?:[{RAISED}]|\*+|\[[0-9a-z]{{1,3}}\]|(?<=[^\W\d_]|[)%]) ?\((?:[0-9]{{1,2}}|[a-d])\)|(?<=[a-z]{{4}})[0-9](?![0-9]))+"
    r"(?=$|[ ,.;:)])"
)
_BULLET = re.compile(
    r"^(?:[-–—•·▪*]+\s+|(?:[0-9]{1,2}\.){1,3}[0-9]{0,2}\s+|[a-zA-Z0-9]{1,2}\)\s+|\([a-z0-9]{1,3}\)\s+|[IVX]{1,5}\.\s+)"
)
_Y = r"(?:1[89]|20|21)[0-9]{2}"
# "2023/2022", "2023 vs 2022", "2023 as % of 2022": what stands between a period and its base.
_RATIO = r"as (?:a )?(?:%|percent(?:age)?) of|in (?:%|percent) (?:of|to)|(?:%|percent) (?:of|to)"
_AGAINST = rf"vs\.?|versus|over|against|compared (?:to|with)|{_RATIO}"
_YEARS = re.compile(rf"(?<![0-9])(?P<a>{_Y}) ?(?P<by>/|:|to|{_AGAINST}) ?(?P<b>{_Y}|[0-9]{{2}})(?![0-9])", re.IGNORECASE)
_BETWEEN = re.compile(rf"\s*(?:/|to|{_AGAINST})\s*", re.IGNORECASE)
_BASE_BEFORE = re.compile(rf"(?P<by>{_AGAINST}|from|on|relative to|to|since)\s*$", re.IGNORECASE)
_PERCENT_OF = re.compile(r"%|percent", re.IGNORECASE)
_CHANGES_IN = re.compile(
    r"(?:change|changes|increase|increases|decrease|variation|difference|inc\.?|rise) (?:\([^()]*\) )?(?:in|of) ",
    re.IGNORECASE,
)
_UNIT_LIKE = re.compile(
    r"[^\W\d]{1,8}\.?/ ?(?:[0-9]{1,4} ?)?(?:ha|t|kg|km2?|m2|m3|l|h|day|d|yr|year|capita|head|person|cow|MWh|kWh|bbl)\.?"
)
_PREPOSITION = re.compile(r" (?P<word>to|from|with|into|of|in|for|by|between|per|at) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading says. `words` is what is in no list; `extra` are open dimensions (vintage, prices)."""

    text: str
    period: str | None = None
    part: Part | None = None
    months: int | None = None  # "6 Months Ended", the date of which is in another heading
    base: str | None = None
    compare: str | None = None
    unit: UnitSaid | None = None
    measure: str | None = None
    open_ratio: bool = False  # "2023/2022, %": growth, or percent of the base
    whole: str | None = None  # of a share: "GDP", "total"
    indicator: str | None = None
    area: str | None = None
    counterpart: str | None = None
    modality: str | None = None
    total: bool = False
    subtotal: bool = False
    of_which: bool = False
    by: bool = False  # a caption that says "by country"
    words: str = ""
    trouble: str | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Reader:
    """Reads headings with the code lists of a run, each text once."""

    lists: CodeLists
    known: dict[tuple[str, bool], Heading] = field(default_factory=dict)

    def heading(self, text: str, column: bool = False) -> Heading:
        """What a heading of a row, or of a column, says."""
        key = (text, column)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = _read(text, self.lists, column)
        return found


def cleaned(text: str) -> str:
    """A heading without its marks for notes, bullets and ordinals."""
    said = plain(text)[:MAXIMUM_LENGTH]
    said = _BULLET.sub("", said)
    return _NOTE.sub("", said).strip(" .…*:")


def _read(text: str, lists: CodeLists, column: bool) -> Heading:
    said = cleaned(text)
    heading = Heading(text)
    if not said:
        return heading
    code = code_of(said, INDICATOR, lists)
    if code is None and (short := _SHORT.fullmatch(said)) is not None:
        named = code_of(short[2], INDICATOR, lists)  # "Earnings before interest, taxes … (EBITDA)"
        code = named if code_of(short[1], INDICATOR, lists) in (None, named) else None
    if code:
        return replace(heading, indicator=code)
    months = months_ended(said)
    if months:
        return replace(heading, months=months)
    whole = unit_said(said) if _is_unit(said, True) else None
    if whole and not (whole.unit.startswith("{") and "," in said):
        return with_unit(heading, whole, said)
    heading, rest = _periods(heading, said)
    pieces = [piece for piece in (part.strip(" .-–—/") for part in _CUT.split(rest)) if piece]
    left: list[str] = []
    for i, piece in enumerate(pieces):
        heading, more = _piece(heading, piece, lists, column, first=i == 0)
        if more:
            left.append(more)
    return _settled(replace(heading, words=", ".join(left)))


def _settled(heading: Heading) -> Heading:
    """Whether a growth word stands with a percentage decides what it means."""
    percent = heading.unit is not None and heading.unit.unit in (PERCENT, POINT)
    if heading.base and not heading.measure and percent:
        return replace(heading, open_ratio=True)
    return heading


def _is_unit(said: str, first: bool) -> bool:
    """Whether the words may be a unit here: nouns that are counted may be what the heading is about."""
    found = unit_said(said)
    if found is None or said.lower() in words("periods"):
        return False
    if not first or found.power or found.unit in (PERCENT, POINT, "basis_point") or (found.prices and found.unit):
        return True
    if re.match(r"in |unit", said, re.IGNORECASE):
        return True
    if not found.unit or found.unit.startswith("{"):
        return False
    return len(said) <= 4 or (len(found.unit) == 3 and found.unit.isupper()) or "/" in found.unit or not said[:1].isupper()


def with_unit(heading: Heading, unit: UnitSaid, said: str) -> Heading:
    extra = heading.extra + ((("prices", unit.prices),) if unit.prices else ())
    if unit.alone and unit.prices and not unit.power:
        return replace(heading, extra=extra)
    if unit.of:
        base = period_in(unit.of)
        if base is not None and base.value:
            return replace(heading, unit=UnitSaid(PERCENT), base=base.value, measure=MULTIPLE, extra=extra)
        if unit.of.lower() in words("year_on_year") or re.search(
            r"previous (?:year|period|month|quarter)|year earlier", unit.of, re.IGNORECASE
        ):
            compare = YEAR_BEFORE if "year" in unit.of.lower() else PRIOR
            return replace(heading, unit=UnitSaid(PERCENT), compare=compare, measure=MULTIPLE, extra=extra)
        return replace(heading, unit=UnitSaid(PERCENT), measure=SHARE, whole=unit.of, extra=extra)
    kept = heading.unit if heading.unit and unit.alone else None
    if kept:  # "USD", then "in thousands"
        return replace(heading, unit=replace(kept, power=kept.power + unit.power), extra=extra)
    if heading.unit and heading.unit.alone and not unit.power:
        unit = replace(unit, power=heading.unit.power)
    return replace(heading, unit=unit, extra=extra)


def _periods(heading: Heading, said: str) -> tuple[Heading, str]:
    """Period, base and comparison of a heading, and what is left of it."""
    years = _YEARS.search(said)
    if years:
        later, base = years["a"], years["b"] if len(years["b"]) == 4 else years["a"][:2] + years["b"]
        order = int(later) > int(base)
        if order or (years["by"] != "/" and years["by"].lower() != "to"):
            heading = replace(heading, period=later, base=base)
            return _ratio_words(heading, years["by"]), without(said, years.start(), years.end())
    first = period_in(said)
    if first is None:
        alone = part_in(said)
        if alone is not None and alone.part is not None:
            return replace(heading, part=alone.part), ""
        return _part_inside(heading, said)
    second = period_in(said[first.end :])
    if second is not None:
        between = said[first.end : first.end + second.start]
        if _BETWEEN.fullmatch(between):
            heading = replace(heading, period=first.value, base=second.value)
            return _ratio_words(heading, between.strip()), without(said, first.start, first.end + second.end)
    return _single_period(heading, said, first)


def _single_period(heading: Heading, said: str, found: Said) -> tuple[Heading, str]:
    before = _BASE_BEFORE.search(said[: found.start])
    heading = _flagged(heading, found.flag)
    if before and (before["by"].lower() not in ("to", "on", "from", "over") or _compares(said)):
        heading = replace(heading, base=found.value)
        return _ratio_words(heading, before["by"]), without(said, before.start(), found.end)
    return replace(heading, period=found.value), without(said, found.start, found.end)


def _part_inside(heading: Heading, said: str) -> tuple[Heading, str]:
    """A part of a year as a segment of its own: "Exports, January–April"."""
    for piece in _CUT.split(said):
        found = part_in(piece)
        if found is not None and found.part is not None and piece != said and not piece.islower():
            return replace(heading, part=found.part), said.replace(piece, "", 1)
    return heading, said


def _compares(said: str) -> bool:
    lower = f" {said.lower()} "
    return any(f" {word} " in lower for word in words("growth")) or "%" in said


def _ratio_words(heading: Heading, by: str) -> Heading:
    """ "2023 as % of 2022" is a multiple in percent."""
    if _PERCENT_OF.search(by):
        return replace(heading, measure=MULTIPLE, unit=UnitSaid(PERCENT))
    return heading


def _flagged(heading: Heading, flag: str) -> Heading:
    if flag and flag.lower() in ("e", "f"):
        return replace(heading, modality="estimate")
    if flag.lower() == "r":
        return replace(heading, extra=(*heading.extra, ("vintage", "restated")))
    return heading


def without(said: str, start: int, end: int) -> str:
    before = re.sub(r"\b(?:in|for|during|as of|at|on|the|of|by|as at)\s*$", "", said[:start], flags=re.IGNORECASE)
    return f"{before.rstrip()}, {said[end:].lstrip()}".strip(" ,")


def _piece(heading: Heading, piece: str, lists: CodeLists, column: bool, first: bool) -> tuple[Heading, str]:
    """A segment of a heading: the heading with what it says, and what is left of the segment."""
    lower = piece.lower()
    if lower in words("generic"):
        return (heading, "") if lower not in words("fact") else (replace(heading, modality=heading.modality), "")
    if lower in words("total"):
        return replace(heading, total=True), ""
    if lower in words("subtotal"):
        return replace(heading, subtotal=True), ""
    if lower in words("of_which"):
        return replace(heading, of_which=True), ""
    for table, extra in (("restated", ("vintage", "restated")), ("original", ("vintage", "original"))):
        if lower in words(table):
            return replace(heading, extra=(*heading.extra, extra)), ""
    for table, modality in (("plan", "plan"), ("estimate", "estimate"), ("fact", "fact")):
        if lower in words(table):
            return replace(heading, modality=modality), ""
    if lower in words("prices"):
        return replace(heading, extra=(*heading.extra, ("prices", lower))), ""
    measured = _measure(heading, piece, lower, column)
    if measured is not None:
        heading, piece = measured
        if not piece:
            return heading, ""
    if _is_unit(piece, first and not heading.indicator):
        unit = unit_said(piece)
        if unit is not None:
            return with_unit(heading, unit, piece), ""
    base = index_base(piece)
    if base is not None:
        return replace(heading, extra=(*heading.extra, ("index_base", base))), ""
    heading, piece = _unit_inside(heading, piece)
    if not piece:
        return heading, ""
    if heading.unit is not None and measured is None:
        heading, piece = _measure(heading, piece, piece.lower(), column) or (heading, piece)
        if not piece:
            return heading, ""
    return _names(heading, piece, lists)


def _measure(heading: Heading, piece: str, lower: str, column: bool) -> tuple[Heading, str] | None:
    """Growth, share and comparison words of a segment; None without them."""
    for table, compare in (("year_on_year", YEAR_BEFORE), ("prior_period", PRIOR)):
        for phrase in longest_first(table):
            at = _phrase_at(lower, phrase)
            if at is not None:
                rest = (piece[:at] + " " + piece[at + len(phrase) :]).strip(" ,-–")
                heading = replace(heading, compare=compare, measure=heading.measure or GROWTH)
                if rest.lower().strip(" ,") in words("growth") | {"%", "percent", ""}:
                    unit = UnitSaid(PERCENT) if "%" in rest or "%" in phrase or "percent" in rest.lower() else None
                    return replace(heading, unit=unit or heading.unit), ""
                found = _measure(heading, rest, rest.lower(), column)
                return found or (heading, rest)
    if lower in words("contribution"):
        return replace(heading, measure="contribution"), ""
    if lower in words("share") or lower in ("share of",):
        return replace(
            heading,
            measure=SHARE,
            whole=heading.whole or "total",
            unit=heading.unit or UnitSaid(PERCENT) if "%" in lower else heading.unit,
        ), ""
    share = re.match(r"(?:%|percent(?:age)?|per cent)? ?(?:share|proportion|weight) (?:of|in) (?:the )?", lower)
    if share and share.end() < len(lower):
        of = piece[share.end() :]
        return replace(heading, measure=SHARE, whole=of), ""
    if lower.endswith(" share") and not lower.endswith(("per share", "group share")):
        return replace(heading, measure=SHARE, whole=heading.whole or "total"), piece[:-6].strip()
    if lower in words("growth"):
        percent = "%" in lower or "percent" in lower
        return replace(heading, measure=heading.measure or GROWTH, unit=UnitSaid(PERCENT) if percent else heading.unit), ""
    return _growth_inside(heading, piece, lower)


def _growth_inside(heading: Heading, piece: str, lower: str) -> tuple[Heading, str] | None:
    """ "GDP growth", "Growth of exports", "% change in prices"; "Changes in inventories" is a flow of that name."""
    inside = re.match(
        r"(?:%|percent(?:age)?|per cent|annual|relative) (?:change|growth|increase)(?: rate)? (?:in|of) (?:the )?", lower
    )
    if inside:
        return replace(heading, measure=GROWTH, unit=UnitSaid(PERCENT)), piece[inside.end() :]
    if _CHANGES_IN.match(piece):
        return None
    inside = re.match(r"(?:growth|growth rates?|rates? of growth) (?:in|of) (?:the )?", lower)
    if inside:
        return replace(heading, measure=GROWTH), piece[inside.end() :]
    for word in ("growth rates", "growth rate", "growth", "% change", "% growth", "change"):
        if lower.endswith(" " + word):
            percent = "%" in word
            return replace(heading, measure=GROWTH, unit=UnitSaid(PERCENT) if percent else heading.unit), piece[
                : -len(word) - 1
            ].strip()
    return None


def _phrase_at(lower: str, phrase: str) -> int | None:
    at = lower.find(phrase)
    if at < 0:
        return None
    before, after = lower[at - 1 : at], lower[at + len(phrase) : at + len(phrase) + 1]
    return None if before.isalnum() or after.isalnum() else at


def _unit_inside(heading: Heading, piece: str) -> tuple[Heading, str]:
    """A unit at the end of a segment: "Exports USD million", "Exports in USD million"."""
    tokens = piece.split()
    for count in range(min(len(tokens) - 1, 6), 0, -1):
        tail = " ".join(tokens[-count:])
        unit = unit_said(tail)
        if unit is None or (unit.alone and not tail.lower().startswith("in ")):
            continue
        sure = (
            unit.power
            or unit.unit in (PERCENT,)
            or tail.lower().startswith("in ")
            or re.fullmatch(r"[A-Z]{3}|[$€£¥₸₽₹]|US\$", tail)
        )
        if (sure and not unit.unit.startswith("{")) or (unit.unit.startswith("{") and unit.power):
            return with_unit(heading, unit, tail), " ".join(tokens[:-count])
    return heading, piece


def code_of(text: str, dimension: str, lists: CodeLists) -> str | None:
    """The code that a whole text is a name of in the lists' own files; ids alone do not count ("in", "to")."""
    spellings = lists.spellings.get(dimension, {})
    said = " ".join(text.split())
    found = spellings.get(said) or spellings.get(said.casefold())
    if found is None and said.lower().startswith("the "):
        found = spellings.get(said[4:].casefold())
    if found is None and said.isupper() and len(said) > 3:
        found = spellings.get(said.casefold())
    return found


def _names(heading: Heading, piece: str, lists: CodeLists) -> tuple[Heading, str]:
    """Indicator and areas of a segment."""
    lower = piece.lower()
    for word in longest_first("of_which"):
        if lower.startswith(word + " ") and word not in ("comprising", "selected"):
            heading, piece = replace(heading, of_which=True), piece[len(word) + 1 :].strip(" :")
            lower = piece.lower()
            break
    found = code_of(piece, INDICATOR, lists)
    if found and not heading.indicator:
        return replace(heading, indicator=found), ""
    area = code_of(piece, AREA, lists)
    if area and not heading.area:
        return replace(heading, area=area), ""
    if _UNIT_LIKE.fullmatch(piece):
        return replace(heading, trouble=f'the unit "{piece}" is not known'), ""
    if lower.startswith("total ") and not heading.total:
        rest, more = _names(replace(heading, total=True), piece[6:], lists)
        return (rest, more) if rest.indicator or rest.area else (heading, piece)
    joined = _indicator_and_area(heading, piece, lists)
    return joined if joined is not None else (heading, piece)


def _indicator_and_area(heading: Heading, piece: str, lists: CodeLists) -> tuple[Heading, str] | None:
    """ "Exports to China", "Imports from Kazakhstan", "Chinese exports", "Kazakhstan's exports"."""
    for found in _PREPOSITION.finditer(piece):
        left, right = piece[: found.start()].strip(), piece[found.end() :].strip()
        indicator, area = code_of(left, INDICATOR, lists), code_of(right, AREA, lists)
        if indicator and area and not heading.indicator:
            other = is_partner(indicator, found["word"].lower())
            if other:
                return replace(heading, indicator=indicator, counterpart=area), ""
            if not heading.area:
                return replace(heading, indicator=indicator, area=area), ""
    tokens = piece.split()
    for count in range(1, min(4, len(tokens))):
        left = re.sub(r"['’]s?$", "", " ".join(tokens[:count]))
        area = code_of(left, AREA, lists)
        indicator = code_of(" ".join(tokens[count:]), INDICATOR, lists)
        if area and indicator and not heading.area and not heading.indicator:
            return replace(heading, area=area, indicator=indicator), ""
    return None


def is_partner(indicator: str, word: str) -> bool:
    """Whether an area after a preposition is the other side of a flow."""
    if word == "with":
        return True
    return (indicator == "exports" and word in ("to", "into")) or (indicator == "imports" and word == "from")
