"""What numbers have from their neighbours: scale and unit along ranges and lists, hedges and bounds before them."""

from __future__ import annotations

import re

from crosscheck.extraction.model import BARE, COUNT, FRACTION, MEASURE, MONEY, MULTIPLE, PERCENT, POINTS, Number, Skipped
from crosscheck.extraction.numbers import skips
from crosscheck.extraction.numbers.currencies import COUNTRIES
from crosscheck.extraction.numbers.raw import Raw
from crosscheck.extraction.numbers.text import Plain
from crosscheck.extraction.numbers.units import canonical
from crosscheck.extraction.patterns import compiled
from crosscheck.figures.exact import Fraction
from crosscheck.figures.quantities import Quantities
from crosscheck.figures.text import FigureError, parse_figure

LEAST_MONEY = 100  # of a currency whose name may be something else, without a scale: "two crowns"
LONGEST_QUALIFIER = 40  # characters
MAXIMUM_RATIO = 20  # of the ends of a range that share a scale
_HEDGES = r"(?:(?:about|around|almost|nearly|some|over|roughly|approximately|up to|as much as|more than)[ \n])?"
_DASH = re.compile(r"[ \n]?[-–—−][ \n]?\Z")
_TO = re.compile(rf"(?:[ \n](?:in|of)[ \n](?:19|20)[0-9]{{2}})?[ \n]to[ \n]{_HEDGES}\Z")
_AND = re.compile(rf",?[ \n](?:and|or)[ \n]{_HEDGES}\Z")
_COMPARED = re.compile(r",?[ \n](?:(?:up|down)[ \n])?(?:compared[ \n](?:to|with)|from|against|versus)[ \n]")
_COMMA = re.compile(r",[ \n]\Z")
_BETWEEN = re.compile(r"(?<![a-z])between[ \n](?:about |around |some )?\Z")
_AFTER = re.compile(
    r"(?P<least>\+(?![0-9])|-plus(?![a-z])|[ \n]or[ \n](?:more|higher|above|greater|better|over)(?![a-z])"
    r"|[ \n]and[ \n](?:more|above|over)(?![a-z]|[ \n]than|[ \n][^ \n]{0,4}[ \n]?[0-9]))"
    r"|(?P<about>[ \n]or[ \n]so(?![a-z])|-odd(?![a-z])|[ \n]give or take)"
    r"|(?P<most>[ \n]or[ \n](?:less|fewer|lower|below)(?![a-z])|[ \n]at[ \n]most(?![a-z]))"
)
_MARKS = {"~": "about", "≈": "about", ">": "more than", "<": "less than", "≥": "at least", "≤": "at most", "∼": "about"}
_COMPARATIVES = frozenset(("more than", "less than", "above", "below", "over", "fewer than", "up to", "under"))


def share(raws: list[Raw], lower: str) -> None:
    """Hands scale and unit along ranges ("$3-4 billion") and lists ("3.9, 35.2 and 33.1 percent")."""
    for i in range(len(raws) - 2, -1, -1):
        first, second = raws[i], raws[i + 1]
        if first.skip or first.unit or first.kind or first.noun:
            continue
        link = _link(lower, first, second)
        if link:
            _backwards(first, second, link)
    for i in range(1, len(raws)):
        first, second = raws[i - 1], raws[i]
        if first.skip == skips.DURATION and second.bare and _COMPARED.fullmatch(lower, first.end, second.start):
            second.soft = skips.DURATION  # "33.3 years, compared to 33.1 in 2020"
            continue
        if first.skip or second.skip or second.unit or second.kind or second.noun or first.kind:
            continue
        if lower[first.end : second.start] == " (" and lower[second.end : second.end + 1] == ")":
            _of_year_before(first, second)
            continue
        link = _link(lower, first, second)
        if link and len(first.unit) == 3 and first.unit.isupper():
            _from_previous(first, second, link)


def _backwards(first: Raw, second: Raw, link: str) -> None:
    """What a bare number takes from the next one: its unit, its scale, or the reason why it is none."""
    tight = second.start - first.end == 1
    if second.skip:
        if second.skip == skips.DURATION and link in ("dash", "to", "and") and first.bare and not first.soft:
            first.soft = skips.DURATION
    elif link == "dash" and tight and first.bare and second.bare and second.scale == 1:
        first.soft = second.soft = skips.SCORE
    elif second.kind == MULTIPLE and second.unit == "times" and link in ("dash", "to") and not second.word:
        first.unit, first.kind, first.shared = "times", MULTIPLE, True
    elif not second.kind and (second.unit or second.noun or second.scale != 1):
        _from_next(first, second, link, tight)


def _link(lower: str, first: Raw, second: Raw) -> str:
    """What joins two neighbouring numbers: dash, to, between, and, comma, or "" where nothing does."""
    gap = second.start - first.end
    if gap < 1 or gap > 40:
        return ""
    between = lower[first.end : second.start]
    if _DASH.match(between):
        return "dash"
    if _TO.match(between):
        return "to"
    if _AND.match(between):
        return "between" if _BETWEEN.search(lower, max(0, first.start - 20), first.start) else "and"
    return "comma" if _COMMA.match(between) else ""


def _from_next(first: Raw, second: Raw, link: str, tight: bool) -> None:
    if first.year and (link not in ("dash", "between") or second.magnitude < 1000 or second.scale != 1):
        return
    if link == "dash" and not tight and (second.word or second.noun):
        return
    if first.soft and first.soft not in (skips.YEAR, skips.NO_COUNT):
        return
    if second.noun and (link == "comma" or second.scale != first.scale != 1):
        return
    if first.word and first.magnitude == 1:
        return
    if link == "dash" and second.sign:
        return
    if second.unit in ("percent", "percentage_point") and (
        first.scale != 1 or (link == "and" and first.magnitude >= 1000) or (link == "comma" and second.sign)
    ):
        return  # "down by 110,674, or 0.47 percent", "77.4 million, +5.0%"
    if first.scale == 1 and second.scale != 1 and _same_size(first, second):
        first.scale, first.scale_word = second.scale, second.scale_word
    elif (link in ("comma", "and") and first.scale == 1 and second.scale != 1) or (
        second.noun and first.magnitude.denominator != 1
    ):
        return
    first.shared = bool(second.unit or second.noun) or first.scale != 1
    first.unit, first.noun, first.head = second.unit, second.noun, second.head
    first.soft, first.year = "", False


def _same_size(first: Raw, second: Raw) -> bool:
    """Whether the scale of the second makes both of a size, and its lack would not."""
    if not first.value or not second.value or first.value >= 1000:
        return False
    ratio = first.value / second.value
    return Fraction(1, MAXIMUM_RATIO) <= ratio <= MAXIMUM_RATIO


def _from_previous(first: Raw, second: Raw, link: str) -> None:
    if second.year or (second.soft and second.soft != skips.NO_COUNT):
        return
    if link in ("and", "comma") and second.scale == 1:
        return
    second.unit, second.shared, second.soft = first.unit, True, ""


def _of_year_before(first: Raw, second: Raw) -> None:
    """ "SEK 1,234 million (1,150)", "12.3% (11.8)": in accounts the same in the year before, with the same unit."""
    if second.year or not second.bare or second.soft or not first.unit or not first.value or not second.value:
        return
    if first.scale == second.scale != 1:  # "EUR 234.5 (212.3) million"
        second.unit, second.shared = first.unit, True
        return
    digits = (len(compiled(r"[^0-9]").sub("", one.written)) for one in (first, second))
    if min(digits) > 1 and first.value < 5 * second.value and second.value < 5 * first.value:
        second.unit, second.scale, second.scale_word, second.shared = first.unit, first.scale, first.scale_word, True


def share_scales(raws: list[Raw], lower: str) -> None:
    """Scale and price of "$3-4 billion" and "$2-$3 a barrel" for a first number that has its currency already."""
    for i in range(len(raws) - 2, -1, -1):
        first, second = raws[i], raws[i + 1]
        if first.skip or second.skip or not first.prefixed or second.kind:
            continue
        link = _link(lower, first, second)
        apart = link == "to" and compiled(r"[ \n](?:in|of)[ \n]").search(lower[first.end : second.start])
        if link not in ("dash", "between", "to") or apart:
            continue
        if second.unit.startswith(f"{first.unit}/"):
            first.unit, first.shared = second.unit, True
        elif first.scale == 1 != second.scale and second.unit in ("", first.unit) and _same_size(first, second):
            first.scale, first.scale_word, first.shared = second.scale, second.scale_word, True


def qualify(raws: list[Raw], lower: str, table: Quantities) -> None:
    """Sets the hedge or bound before or after each number."""
    end = 0
    for raw in raws:
        if not raw.skip:
            _qualify(raw, end, lower, table)
        end = raw.end


def _qualify(raw: Raw, floor: int, lower: str, table: Quantities) -> None:
    start = raw.start
    if start > floor and lower[start - 1] in " \n":
        begin = max(floor, start - LONGEST_QUALIFIER)
        words = lower[begin:start].split()
        if begin and not lower[begin - 1].isspace() and not lower[begin].isspace():
            words = words[1:]
        for count in range(min(len(words), 5), 0, -1):
            words[-count] = words[-count].lstrip("([{\"'“‘«—–-")
            phrase = " ".join(words[-count:])
            if phrase in table.qualifiers:
                at = start
                for word in reversed(words[-count:]):
                    at = lower.rfind(word, begin, at)
                if not (phrase in _COMPARATIVES and floor and at - floor <= 1 and lower[floor:at].strip() == ""):
                    raw.qualifier, raw.qualifier_start = phrase, at
                    return
                break
    mark = lower[start - 1 : start] if start > floor else ""
    if mark == " " and start - 1 > floor:
        mark = lower[start - 2]
        start -= 1
    if mark in _MARKS:
        raw.qualifier, raw.qualifier_start = _MARKS[mark], start - 1
        return
    after = _AFTER.match(lower, raw.end)
    if after:
        raw.qualifier = "at least" if after["least"] else "about" if after["about"] else "at most"
        raw.qualifier_start = after.start() + (lower[after.start()] in " \n-")


def finished(raws: list[Raw], source: Plain, offset: int) -> tuple[tuple[Number, ...], tuple[Skipped, ...]]:
    """The numbers and the skipped ones, with the spans of the original text, which begins at `offset` of a longer one."""
    share_scales(raws, source.lower)
    numbers: list[Number] = []
    skipped: list[Skipped] = []
    for raw in raws:
        start, end = source.span(raw.start, raw.end)
        start, end = start + offset, end + offset
        reason = raw.skip or (raw.soft if raw.bare else "")
        begun = raw.qualifier_start
        if not reason and begun is not None and skips.limit_from(source.lower, begun, raw.qualifier) is not None:
            reason = skips.LIMIT
        if not reason and raw.bare and skips.INDEX_BEFORE.search(source.lower, max(raw.start - 8, 0), raw.start):
            reason = skips.INDEX
        if not reason:
            number = _number(raw, start, end, source, offset)
            if number is not None:
                numbers.append(number)
                continue
            reason = skips.NO_COUNT
        valued = raw.skip and raw.unit
        skipped.append(Skipped(start, end, reason, raw.value if valued else None, raw.unit if valued else ""))
    return tuple(numbers), tuple(skipped)


def _number(raw: Raw, start: int, end: int, source: Plain, offset: int) -> Number | None:
    unit, kind = _unit_and_kind(raw)
    if raw.noun is not None and kind == MONEY:
        end = source.span(*raw.noun)[1] + offset
    shown = {"percent": "%", "m": "metre"}.get(unit, unit)  # "12 m" may be 12 million
    said_by_word = (
        raw.kind == MULTIPLE and raw.word and raw.written.isalpha() and raw.magnitude in (2, 3, 4, 5, Fraction(1, 2))
    )
    own = said_by_word and _stands(raw.written)
    figure = raw.written if own else f"{raw.with_scale()} {shown}".strip()
    return Number(
        start,
        end,
        figure,
        raw.magnitude,
        unit,
        kind,
        raw.sign,
        raw.qualifier,
        None if raw.qualifier_start is None else source.span(raw.qualifier_start, raw.qualifier_start + 1)[0] + offset,
        None
        if raw.noun is None or kind == MONEY
        else (source.span(*raw.noun)[0] + offset, source.span(*raw.noun)[1] + offset),
        raw.word,
        raw.direction,
        raw.shared,
    )


def _stands(written: str) -> bool:
    """Whether a word is figure text of a multiple by itself."""
    try:
        return parse_figure(written).unit.name == "times"
    except FigureError:
        return False


def _unit_and_kind(raw: Raw) -> tuple[str, str]:
    if raw.noun and raw.head.removesuffix("s") in COUNTRIES and (raw.scale != 1 or raw.magnitude >= LEAST_MONEY):
        return f"{{{raw.head}}}", MONEY  # "47 billion shillings", where the text does not say whose
    if raw.noun:
        return f"{{{raw.head}}}", COUNT
    if not raw.unit:
        return "", raw.kind or BARE
    name, kind = canonical(raw.unit)
    if kind.startswith("currency:"):
        return name, MONEY
    if name == "percent":
        return name, PERCENT
    if name in ("percentage_point", "basis_point"):
        return name, POINTS
    if name == "times":
        return name, MULTIPLE
    return name, raw.kind if raw.kind == FRACTION else MEASURE
