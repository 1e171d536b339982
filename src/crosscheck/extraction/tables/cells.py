"""What stands in a cell of a table: a number with its marks, nothing ("n/a", "–"), or text.

Whether "1,234" holds a decimal comma or a thousands mark is decided a column at a time (`Marks`), never a cell at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from crosscheck.extraction.tables.periods import is_year, part_in, period_in
from crosscheck.extraction.tables.units import UnitSaid, unit_said
from crosscheck.extraction.tables.words import RAISED, plain, words
from crosscheck.figures.exact import Fraction
from crosscheck.figures.unit_table import CURRENCY_SYMBOLS

EMPTY, MISSING, NUMBER, YEAR, PERIOD, TEXT, UNCLEAR = "empty", "missing", "number", "year", "period", "text", "unclear"
POINT, COMMA, SPACE = ".", ",", " "
MAXIMUM_TEXT = 1_000  # of a cell that is looked into
MAXIMUM_LENGTH = 60  # of a cell that can be a number

_SYMBOLS = "|".join(re.escape(symbol) for symbol in sorted(CURRENCY_SYMBOLS, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?P<bound>[<>≤≥]=?|[~≈])? ?(?P<open>\()? ?(?P<sign>[+\-−–])? ?"
    rf"(?P<currency>[A-Z]{{1,3}}\$|{_SYMBOLS}|[A-Z]{{3}}(?= ?[(0-9\-−–]))? ?"
    r"(?P<inner>[-−–(])? ?(?P<digits>[0-9][0-9.,' ]{0,39}[0-9]|[0-9]|[.,][0-9]{1,20})(?P<minus>-)? ?(?P<tail>[^0-9]{0,30})"
)
_NOTE = re.compile(
    rf"(?:[{RAISED}*]|(?<=[0-9%)]) ?\[[^\[\]]{{1,6}}\]|(?<=[0-9%]) \([0-9a-z]\)|(?<=[0-9%])\([a-z]{{1,2}}\)| ?#)$"
)
_FLAG = re.compile(r"(?<=[0-9%)]) ?\(?(?P<flag>[a-zA-Z]{1,6})\)?$")
_COUNTED_IN = re.compile(
    r"(?:in )?(?:[^\W\d]{1,3}|US\$|[$€£¥])? ?100 (?:million|mn|mln)(?: [^\W\d]{2,12}){0,2}", re.IGNORECASE
)  # a unit
_WHOLE = re.compile(r"[0-9]{1,40}")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([ ',.])[0-9]{3})(?:\1[0-9]{3}){0,12}")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2}){1,8},[0-9]{3}")
_BOUNDS = {
    "<": "less than",
    ">": "more than",
    "≤": "at most",
    "≥": "at least",
    "<=": "at most",
    ">=": "at least",
    "~": "about",
    "≈": "about",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as it is printed. Of a number: `digits` without thousands marks, a point before the decimals.

    `open_mark` is a mark that may stand before decimals or thousands ("1,234"); then `digits` are as printed.
    `thousands` and `decimal` are the marks that the cell shows beyond doubt.
    """

    kind: str
    digits: str = ""
    negative: bool = False
    signed: bool = False
    unit: UnitSaid | None = None
    flag: str = ""
    bound: str | None = None
    open_mark: str = ""
    thousands: str = ""
    decimal: str = ""
    reason: str = ""
    dash: bool = False

    @property
    def decimals(self) -> int:
        """Printed decimal places."""
        return len(self.digits.partition(".")[2])

    @property
    def value(self) -> Fraction:
        """The number with its sign, without scale."""
        return -Fraction(self.digits) if self.negative else Fraction(self.digits)


@lru_cache(maxsize=65_536)
def printed(text: str) -> Printed:
    """What a cell of that text is."""
    if len(text) > MAXIMUM_TEXT:
        return Printed(TEXT if text.strip() else EMPTY)
    said = plain(text)
    if not said:
        return Printed(EMPTY)
    if said.lower() in words("missing"):
        return Printed(MISSING, dash=said in ("-", "–", "—", "−", "--"))
    if len(said) > MAXIMUM_LENGTH:
        return Printed(TEXT)
    if is_year(said):
        found = re.search(r"[0-9]{4}", said)
        return Printed(YEAR, found[0] if found else "")
    if any(character.isdigit() for character in said) and not _COUNTED_IN.fullmatch(said):
        number = _number(said)
        if number is not None:
            return number
    if said[0].isdigit() or said[-1:].isdigit() or len(said) < 30:
        found_period = period_in(said) or part_in(said)
        if found_period and not said[: found_period.start].strip(" (") and not said[found_period.end :].strip(" .,:;)*"):
            return Printed(PERIOD)
    return Printed(TEXT)


def _number(said: str) -> Printed | None:
    bare, flag = _without_notes(said)
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return None
    tail = found["tail"].strip()
    if tail.startswith((",", ";", ":", "(")) or (tail and is_year(found["digits"])):
        return None  # "2023, EUR million", "2023 (%)": a heading
    opened = bool(found["open"]) or found["inner"] == "("
    if tail.startswith(")") and opened:
        tail, closed = tail[1:].strip(), True
    elif tail.endswith(")") and opened:
        tail, closed = tail[:-1].strip(), True
    else:
        closed = False
    if opened != closed:
        return None
    unit = _unit(found["currency"], tail)
    if unit is None and (tail or found["currency"]):
        return None
    signs = [sign for sign in (found["sign"], found["inner"], found["minus"]) if sign]
    if len(signs) > 1 or (opened and any(sign != "(" for sign in signs)):
        return Printed(UNCLEAR, reason="a number with two signs")
    negative = opened or any(sign in "-−–" for sign in signs)
    bound = _BOUNDS[found["bound"]] if found["bound"] else None
    told = Printed(NUMBER, negative=negative, signed=bool(signs) or opened, unit=unit, flag=flag, bound=bound)
    return _digits(found["digits"], told)


def _without_notes(said: str) -> tuple[str, str]:
    """A cell without marks that lead to notes, and a letter that says of what kind the figure is ("12.5p")."""
    for _ in range(4):
        found = _NOTE.search(said)
        if found is None:
            break
        said = said[: found.start()].rstrip()
    said = said.lstrip("*" + RAISED).lstrip()
    flag = _FLAG.search(said)
    if flag and flag["flag"] in words("flags"):
        return said[: flag.start()].rstrip(), flag["flag"].lower()
    return said, ""


def _unit(currency: str | None, tail: str) -> UnitSaid | None:
    if currency and tail:
        glued = unit_said(f"{currency}{tail}" if len(tail) <= 3 else f"{currency} {tail}")
        return glued or unit_said(f"{currency} {tail}")
    said = currency or tail
    if said in ("x", "×"):
        return UnitSaid("times")
    return unit_said(said) if said else None


def _digits(text: str, told: Printed) -> Printed:
    """The digits of a number and what their marks say."""
    marks = {mark for mark in text if not mark.isdigit()}
    if not marks:
        return replace(told, digits=text)
    spaced = marks & {" ", "'"}
    points = marks & {".", ","}
    if len(spaced) > 1:
        return replace(told, kind=UNCLEAR, reason="a malformed number")
    if spaced:
        return _spaced(text, spaced.pop(), points, told)
    if len(points) == 2:
        last = max(points, key=text.rfind)
        (other,) = points - {last}
        whole, _, places = text.rpartition(last)
        if text.count(last) == 1 and (_groups(whole, other)):
            return replace(told, digits=f"{whole.replace(other, '')}.{places}", thousands=other, decimal=last)
        return replace(told, kind=UNCLEAR, reason="a malformed number")
    (mark,) = points
    if text.count(mark) > 1:
        if _groups(text, mark):
            return replace(told, digits=text.replace(mark, ""), thousands=mark)
        return replace(told, kind=UNCLEAR, reason="a malformed number")
    whole, _, places = text.partition(mark)
    if len(places) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        return replace(told, digits=text, open_mark=mark)
    return replace(told, digits=f"{whole or '0'}.{places}", decimal=mark)


def _spaced(text: str, space: str, points: set[str], told: Printed) -> Printed:
    whole, places, decimal = text, "", ""
    if len(points) == 1:
        (decimal,) = points
        whole, _, places = text.partition(decimal)
    if len(points) > 1 or (places and not places.isdigit()) or not _groups(whole, space):
        return replace(told, kind=UNCLEAR, reason="a malformed number, or two in one cell")
    digits = whole.replace(space, "") + (f".{places}" if places else "")
    return replace(told, digits=digits, thousands=SPACE, decimal=decimal)


def _groups(text: str, mark: str) -> bool:
    """Whether `mark` stands where thousands (or lakhs) are marked off."""
    if _WHOLE.fullmatch(text):
        return True
    found = _GROUPED.fullmatch(text)
    return (found is not None and found[1] == mark) or (mark == COMMA and _INDIAN.fullmatch(text) is not None)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the cells of a column, or of a table, show of their marks."""

    decimals: frozenset[str] = frozenset()
    thousands: frozenset[str] = frozenset()

    @property
    def mixed(self) -> bool:
        """Whether they contradict one another."""
        return len(self.decimals) > 1 or bool(self.decimals & self.thousands)

    def meaning(self, mark: str) -> str | None:
        """ "decimal" or "thousands" for a mark that alone would be open; None where nothing tells."""
        if self.mixed:
            return None
        if mark in self.decimals or (self.thousands & {POINT, COMMA}) - {mark}:
            return "decimal"
        if mark in self.thousands or self.decimals - {mark}:
            return "thousands"
        return "decimal" if self.thousands else None  # blanks between thousands: the mark is another


def marks_of(cells: Iterable[Printed]) -> Marks:
    """The marks that cells show beyond doubt."""
    decimals, thousands = set(), set()
    for cell in cells:
        if cell.kind == NUMBER:
            decimals.add(cell.decimal)
            thousands.add(cell.thousands)
    return Marks(frozenset(decimals - {""}), frozenset(thousands - {""}))


def settled(cell: Printed, column: Marks, table: Marks, default: Marks) -> Printed:
    """A number whose open mark is given the meaning of its column, else its table, else `default`; unclear without one."""
    if not cell.open_mark:
        return cell
    meaning = column.meaning(cell.open_mark)
    if meaning is None and not column.mixed:
        meaning = table.meaning(cell.open_mark) or default.meaning(cell.open_mark)
    if meaning is None:
        return replace(cell, kind=UNCLEAR, reason="its mark may stand before decimals or thousands")
    if meaning == "decimal":
        return replace(cell, digits=cell.digits.replace(cell.open_mark, "."), decimal=cell.open_mark, open_mark="")
    return replace(cell, digits=cell.digits.replace(cell.open_mark, ""), thousands=cell.open_mark, open_mark="")
