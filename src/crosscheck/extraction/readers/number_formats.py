"""Numbers of workbooks as their formats show them: "0.0" rounds 31.4571 to 31.5, "#,##0,," shows millions."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
# The formats that files name by number alone. Those of money (5 to 8, 42, 44) have no sign here: it is the reader's own.
_MONEY, _CENTS = '#,##0;(#,##0);"-"', '#,##0.00;(#,##0.00);"-"'
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: "#,##0;-#,##0", 6: "#,##0;-#,##0", 7: "#,##0.00;-#,##0.00", 8: "#,##0.00;-#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "d-mmm-yyyy", 16: "d-mmm", 17: "mmm-yyyy",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
    41: _MONEY, 42: _MONEY, 43: _CENTS, 44: _CENTS,
    45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
SIGNIFICANT = 10  # digits that a number without a format shows where it has more
MAXIMUM_DIGITS = 40

_PIECE = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]\-]*)(?:-[^\]]*)?\]|\[([^\]]*)\]|(General)|([0#?][0#?,.]*|\.[0#?]+)|(E[+-]0+)'
    r"|([%@/])|([ymdhsYMDHS]+)|(.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a format: what stands before and after the digits, and how these are shown."""

    before: str = ""
    after: str = ""
    digits: str | None = None
    percent: int = 0
    condition: tuple[str, Decimal] | None = None
    date: str = ""  # the letters of a date, in their order
    plain: bool = False  # General, fractions and powers: as the number is


def shown(number: Decimal, code: str, from_1904: bool = False) -> tuple[str, bool]:
    """A number as a format shows it, and whether it is one there (a date is none).

    Halves are rounded away from zero, as spreadsheets do.
    """
    sections = _sections(code)
    section, magnitude = _chosen(sections, number)
    if section.date:
        return _date(number, section.date, from_1904)
    if section.plain:
        return f"{section.before}{general(magnitude)}{section.after}", True
    if section.digits is None or (number == 0 and "0" not in section.digits and section.after + section.before):
        said = (section.before + section.after).strip()
        return ("-" if said.endswith("-") else said), False
    return f"{section.before}{_digits(magnitude, section)}{section.after}".strip(), True


def general(number: Decimal) -> str:
    """A number without a format: as many digits as a cell has room for."""
    digits = number.as_tuple().digits
    if len(digits) > SIGNIFICANT and number != number.to_integral_value():
        places = SIGNIFICANT - 1 - number.adjusted()
        number = _rounded(number, max(places, 0))
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(text: str) -> Decimal | None:
    """The number that a file stores, in its shortest form: 31.457100000000001 is the double that 31.4571 stands for."""
    try:
        stored = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not stored.is_finite() or abs(stored.adjusted()) > 300:
        return None
    if len(stored.as_tuple().digits) > 15:
        stored = Decimal(repr(float(stored)))  # files hold doubles; their shortest form is what was typed
    if stored.adjusted() > MAXIMUM_DIGITS or stored.adjusted() < -MAXIMUM_DIGITS:
        return Decimal(0) if stored.adjusted() < 0 else None
    return stored


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    parts: list[str] = [""]
    for piece in _PIECE.finditer(code[:255]):
        if piece[0] == ";":
            parts.append("")
        else:
            parts[-1] += piece[0]
    return tuple(_section(part) for part in parts[:4])


def _section(part: str) -> Section:
    before, after, digits, percent, date, plain = "", "", None, 0, "", False
    condition: tuple[str, Decimal] | None = None
    for quoted, escaped, currency, bracket, general_, placeholder, power, mark, letters, other in _PIECE.findall(part):
        literal = quoted or escaped or currency or other
        if bracket:
            found = _CONDITION.fullmatch(bracket)
            condition = (found[1], Decimal(found[2])) if found else condition
            if re.fullmatch(r"[hms]+", bracket, re.IGNORECASE):
                date += bracket.lower()
            continue
        if general_ or power or mark == "/":
            plain = True
        elif placeholder:
            digits = (digits or "") + placeholder
        elif letters:
            date += letters.lower()
        else:
            percent += mark == "%"
            literal += "%" if mark == "%" else ""
            if digits is None and not plain:
                before += literal
            else:
                after += literal
    plain = (plain and not date) or (part.strip() == "@")
    return Section(
        before,
        after.rstrip(","),
        digits,
        percent,
        condition,
        "" if plain or (digits and "0" in digits and not date) else date,
        plain,
    )


def _chosen(sections: tuple[Section, ...], number: Decimal) -> tuple[Section, Decimal]:
    """The section for a number, and the number as that section shows it."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(number, *section.condition):
                return section, number
        return sections[-1], number
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _holds(number: Decimal, sign: str, other: Decimal) -> bool:
    signs = {"<": number < other, ">": number > other, "<=": number <= other, ">=": number >= other, "=": number == other}
    return signs.get(sign, number != other)


def _digits(number: Decimal, section: Section) -> str:
    pattern = section.digits or "0"
    scaled = pattern.rstrip(".").endswith(",")
    body = pattern.rstrip(",") if scaled else pattern
    thousands = len(pattern) - len(body)
    whole, _, places = body.partition(".")
    if whole.endswith(",") and not scaled:
        thousands, whole = len(whole) - len(whole.rstrip(",")), whole.rstrip(",")
    number = number.scaleb(2 * section.percent - 3 * thousands)
    places = places.replace(",", "")
    rounded = _rounded(number, len(places))
    text = format(rounded, "f")
    least = len(places.rstrip("#?"))
    head, _, tail = text.partition(".")
    while len(tail) > least and tail.endswith("0"):
        tail = tail[:-1]
    if "," in whole:
        sign, head = ("-", head[1:]) if head.startswith("-") else ("", head)
        head = sign + f"{int(head):,}"
    if rounded == 0:
        head = head.lstrip("-")
    return f"{head}.{tail}" if tail else head


def _date(number: Decimal, letters: str, from_1904: bool) -> tuple[str, bool]:
    """A date as far as its format shows one: "2024-01-31", "2024-01", "2024"."""
    days = int(number)
    if not 0 < days < 2_900_000:
        return general(number), False
    first = datetime.date(1904, 1, 1) if from_1904 else datetime.date(1899, 12, 30 if days > 59 else 31)
    try:
        day = first + datetime.timedelta(days=days)
    except OverflowError:
        return general(number), False
    has_hours = "h" in letters or "s" in letters
    if "y" not in letters:
        return (
            day.strftime("%d %b")
            if "d" in letters
            else day.strftime("%B")
            if "m" in letters and not has_hours
            else "time of day"
        ), False
    if "d" in letters:
        return day.isoformat(), False
    return (f"{day.year:04d}-{day.month:02d}" if "m" in letters else f"{day.year:04d}"), False
