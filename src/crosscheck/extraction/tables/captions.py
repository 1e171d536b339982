"""What a caption, the name of a sheet or a title says about all of a table."""

from __future__ import annotations

import re
from dataclasses import replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.extraction.tables.headings import (
    AREA,
    INDICATOR,
    MAXIMUM_LENGTH,
    Heading,
    code_of,
    is_partner,
    with_unit,
    without,
)
from crosscheck.extraction.tables.periods import part_in, period_in
from crosscheck.extraction.tables.units import UnitSaid, unit_said
from crosscheck.extraction.tables.words import plain, words

_NUMBERED = re.compile(
    r"^(?:table|tab\.?|chart|figure|annex|exhibit|appendix)\s*[0-9A-Z]{1,3}(?:[.-][0-9]{1,3}){0,3}\s*[.:–—-]?\s*",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*[,;:|()\[\]\n]\s*|\.\s+|\s+[-–—/]\s+")
_BY = re.compile(
    r"\b(?:by|per) (?:main |major |selected |type of |types of |kind of )?(?P<what>[a-z][a-z -]{2,40})", re.IGNORECASE
)
_SPLIT = re.compile(r"\b(?P<word>by|in|for|from|to|with|between|of|into|at|over|during|as|and)\b", re.IGNORECASE)
# "Production of main types of products" is production by product.
_KINDS = re.compile(
    r"(?P<what>[^\W\d][^\W\d ]{2,30}) of (?:the )?(?:main|major|selected|basic|key|certain|individual|leading) "
    r"(?:types of |kinds of )?(?:[^\W\d]{3,20} )?(?:products|commodities|goods|items|crops|types|services)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+and\s+|\s*&\s*|\s*,\s*", re.IGNORECASE)
_EXCEPT = re.compile(r",?\s(?:except|unless|excluding) [^,;)]{0,120}", re.IGNORECASE)
_SHEET = re.compile(r"(?:sheet|table|tab|лист|page|data|feuil|hoja)[ _-]?[0-9]*", re.IGNORECASE)


def read_caption(text: str, lists: CodeLists) -> Heading:
    """Period, unit, areas and subject of a caption; `words` is its subject, where it has one that is in no list."""
    said = _EXCEPT.sub("", _NUMBERED.sub("", plain(text)[:MAXIMUM_LENGTH]))
    heading = Heading(text)
    if not said or _SHEET.fullmatch(said):
        return heading
    heading, rest = _unit(heading, said)
    found = period_in(rest)
    if found is not None:
        second = period_in(rest[found.end :])
        if second is None or second.value == found.value:
            heading = replace(heading, period=found.value)
        rest = without(rest, found.start, found.end)
    pieces = [piece for piece in (part.strip(" .") for part in _CUT.split(rest)) if piece]
    for piece in pieces:
        heading = _piece(heading, piece, lists)
    return heading


def _unit(heading: Heading, said: str) -> tuple[Heading, str]:
    """The unit of a caption and the rest: a segment of its own, or words after "in" at the end of one."""
    for piece in (part.strip() for part in _CUT.split(said)):
        if not piece:
            continue
        unit = unit_said(piece)
        if unit is not None and (unit.power or not unit.unit.startswith("{") or piece != said):
            return _kept(heading, unit), said.replace(piece, "", 1)
        at = piece.lower().rfind(" in ")
        tail = piece[at + 1 :] if at >= 0 else ""
        unit = unit_said(tail) if tail else None
        if unit is None:
            tokens = piece.split()
            for count in range(min(4, len(tokens) - 1), 1, -1):
                tail = " ".join(tokens[-count:])
                unit = unit_said(tail)
                if unit is not None and unit.power:
                    break
                unit = None
        if unit is not None:
            return _kept(heading, unit), said.replace(tail, "", 1)
    return heading, said


def _kept(heading: Heading, unit: UnitSaid) -> Heading:
    found = with_unit(heading, unit, "")
    return found if unit.unit or unit.power else replace(found, unit=None)


def _piece(heading: Heading, piece: str, lists: CodeLists) -> Heading:
    lower = piece.lower()
    for table, modality in (("plan", "plan"), ("estimate", "estimate")):
        if lower in words(table):
            return replace(heading, modality=modality)
    for table, compare in (("year_on_year", "year"), ("prior_period", "prior")):
        if lower in words(table):
            return replace(heading, compare=compare, measure="growth")
    if lower in words("growth"):
        return replace(heading, measure="growth")
    alone = part_in(piece)
    if alone is not None and not heading.part:
        return replace(heading, part=alone.part)
    by = _BY.search(piece)
    if by:
        heading = replace(heading, by=True)
        piece = piece[: by.start()].strip()
        if not piece:
            return heading
    return _subject(heading, piece, lists)


def _subject(heading: Heading, piece: str, lists: CodeLists) -> Heading:
    """Areas by their prepositions, and what stands before the first of them."""
    indicator = code_of(piece, INDICATOR, lists)
    if indicator:
        return heading if heading.indicator else replace(heading, indicator=indicator)
    area = code_of(piece, AREA, lists)
    if area:
        return replace(heading, area=heading.area or area)
    kinds = _KINDS.match(piece)
    if kinds and code_of(kinds["what"], INDICATOR, lists) and not heading.indicator:
        heading = replace(heading, indicator=code_of(kinds["what"], INDICATOR, lists), by=True)
        return _subject(heading, piece[kinds.end() :].strip(), lists) if piece[kinds.end() :].strip() else heading
    parts = _SPLIT.split(piece)
    first, others = parts[0].strip(), list(zip(parts[1::2], parts[2::2], strict=True))
    heading, first = _possessive(heading, first, lists)
    indicator = code_of(first, INDICATOR, lists)
    left: list[str] = [first] if first else []
    for word, text in others:
        said = re.sub(r"^the ", "", text.strip(), flags=re.IGNORECASE)
        area = code_of(said, AREA, lists) if said else None
        if area is None:
            left.append(f"{word} {text.strip()}".strip())
            continue
        partner = is_partner(indicator or "", word.lower()) or (
            heading.area is not None and word.lower() in ("and", "with", "to", "from")
        )
        if partner:
            heading = replace(heading, counterpart=heading.counterpart or area)
        else:
            heading = replace(heading, area=heading.area or area)
    subject = " ".join(left).strip()
    indicator = code_of(subject, INDICATOR, lists)
    if indicator:
        return heading if heading.indicator else replace(heading, indicator=indicator)
    if (
        subject
        and not heading.words
        and not heading.indicator
        and len(subject.split()) <= 7
        and subject.lower() not in words("generic")
    ):
        return replace(heading, words=subject)
    return heading


def _possessive(heading: Heading, first: str, lists: CodeLists) -> tuple[Heading, str]:
    """ "Kazakhstan's foreign trade", "Chinese exports": the area, and the rest."""
    tokens = first.split()
    for count in range(min(4, len(tokens) - 1), 0, -1):
        left = re.sub(r"['’]s?$", "", " ".join(tokens[:count]))
        area = code_of(left, AREA, lists)
        if area:
            return replace(heading, area=heading.area or area), " ".join(tokens[count:])
    return heading, first
