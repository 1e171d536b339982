"""One cell of a table with the headings of its row, its column and the whole table: a statement, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import (
    AREA,
    CARRIED,
    COUNTERPART,
    EXPLICIT,
    INDICATOR,
    INFERRED,
    NOT_STATED,
    PERIOD,
    UNSTATED,
    Place,
)
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.periods.meaning import same_part
from crosscheck.extraction.tables.axes import Axis
from crosscheck.extraction.tables.cells import Printed
from crosscheck.extraction.tables.headings import GROWTH, MULTIPLE, PRIOR, SHARE, YEAR_BEFORE
from crosscheck.extraction.tables.periods import ended_on, joined
from crosscheck.extraction.tables.units import PERCENT, POINT, UnitSaid
from crosscheck.extraction.tables.words import words
from crosscheck.figures.exact import Fraction
from crosscheck.figures.periods import PeriodError, contains, normal_form, parse_period, prior, year_before

LEVEL, CHANGE, RATE = "level", "change", "rate"
SCALE_WORDS = {2: "hundred", 3: "thousand", 5: "lakh", 6: "million", 7: "crore", 9: "billion", 12: "trillion"}
RATIOS = (PERCENT, POINT, "basis_point", "permille", "times")
WHOLE_ITSELF = "the whole of a share itself"


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a cell gives no statement; `skipped` where it is understood and says nothing."""

    reason: str
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What a column of changes compares when it does not say so itself: the columns of levels to its left."""

    period: Known | None = None
    base: Known | None = None


def statement(
    cell: Printed, row: Axis, column: Axis, around: Axis, run: Run, place: Place, lists: CodeLists
) -> Statement | Refused:
    """The statement of a number cell, or why it gives none."""
    trouble = row.trouble or column.trouble
    if trouble:
        return Refused(trouble)
    dimensions = _dimensions(row, column, around, lists)
    if isinstance(dimensions, Refused):
        return dimensions
    found = _measured(cell, row, column, around)
    if isinstance(found, Refused):
        return found
    measure, unit, owner = found
    vague = _vague(column, row, unit, measure, dimensions[INDICATOR], lists)
    if vague:
        return vague
    when = _when(row, column, around, run, measure)
    if isinstance(when, Refused):
        return when
    period, base = when
    dimensions[PERIOD] = period
    if measure == GROWTH and unit.unit == PERCENT and _is_rate(dimensions[INDICATOR], lists):
        if owner is column:
            return Refused("a change of a rate, in percent or in points: the headings do not say")
        measure, base = RATE, None  # "Inflation, % y/y" is the rate itself
    whole = _whole(owner, dimensions, row, lists) if measure == SHARE else None
    if measure == SHARE and row.total and owner.whole == "total" and not owner.dimensions.get("whole"):
        return Refused(WHOLE_ITSELF, skipped=True)
    if measure == RATE and _is_amount(dimensions[INDICATOR], lists):
        return Refused("a percentage: of what, or since when, the headings do not say")
    modality = _modality(cell, row, column, around)
    return _stated(cell, unit, measure, dimensions, base, whole, modality, place)


def _dimensions(row: Axis, column: Axis, around: Axis, lists: CodeLists) -> dict[str, Known] | Refused:
    found = dict(row.dimensions)
    for name, value in column.dimensions.items():
        old = found.get(name)
        if old is None:
            found[name] = value
        elif old.value != value.value:
            if (
                name == AREA
                and COUNTERPART not in found
                and _is_trade(found.get(INDICATOR) or column.dimensions.get(INDICATOR), lists)
            ):
                found[COUNTERPART] = replace(value, how=INFERRED)
            elif name == INDICATOR and _holds(lists, value.value, old.value):
                continue
            else:
                return Refused(f"its row and its column name two values of {name}")
    for name, value in around.dimensions.items():
        old = found.get(name)
        if old is None:
            found[name] = value
        elif name == AREA and old.value != value.value:
            trouble = _two_areas(found, old, value, lists)
            if trouble:
                return trouble
    by_area = AREA in found and COUNTERPART not in found and around.by and AREA not in around.dimensions
    if by_area and _is_trade(found.get(INDICATOR), lists):
        found[AREA] = replace(found[AREA], how=INFERRED)  # "Exports by country": of these, or to these
    if INDICATOR not in found and around.words:
        found[INDICATOR] = around.words[0]
    if INDICATOR not in found:
        return Refused("no heading says what is measured")
    return found


def _vague(column: Axis, row: Axis, unit: UnitSaid, measure: str, indicator: Known, lists: CodeLists) -> Refused | None:
    """Headings that say too little: a letter or two, or only "%"."""
    short = len(indicator.value) < 3 or (len(indicator.value) == 3 and not set("aeiou") & set(indicator.value.lower()))
    if short and indicator.value not in lists.codes.get(INDICATOR, {}):
        return Refused("an abbreviation that no list has")
    if (
        row.unit is None
        and column.unit is None
        and unit.unit is not None
        and unit.unit.isupper()
        and indicator.value in words_of("heads")
    ):
        return Refused("people, in a table of money: the headings do not say in what")
    bare = column.unit is not None and not (column.periods or column.parts or column.had_words)
    if measure == RATE and unit.unit == PERCENT and bare and INDICATOR not in column.dimensions and not row.unit:
        known = row.dimensions.get(INDICATOR)
        if known is None or known.how == CARRIED:
            return Refused("a percentage: of what, or since when, the headings do not say")
    return None


def _is_amount(indicator: Known, lists: CodeLists) -> bool:
    """Whether an indicator is counted in something, so that a bare percentage of it says nothing."""
    code = lists.codes.get(INDICATOR, {}).get(indicator.value)
    return code is not None and code.nature in ("flow", "stock", "price")


def _is_rate(indicator: Known, lists: CodeLists) -> bool:
    code = lists.codes.get(INDICATOR, {}).get(indicator.value)
    return code is not None and code.nature == "rate" and code.id.endswith("-rate")


def _two_areas(found: dict[str, Known], inner: Known, outer: Known, lists: CodeLists) -> Refused | None:
    """An area of a row or column beside that of the caption: a part of it, or in trade the other side."""
    if lists.within(AREA, inner.value, outer.value):
        return None
    if _is_trade(found.get(INDICATOR), lists) and COUNTERPART not in found:
        found[AREA], found[COUNTERPART] = outer, inner
        return None
    return Refused("its headings name two areas")


def _is_trade(indicator: Known | None, lists: CodeLists) -> bool:
    code = lists.codes.get(INDICATOR, {}).get(indicator.value) if indicator else None
    if code is None:
        return False
    return code.mirror is not None or code.symmetric or not {"exports", "imports"}.isdisjoint(dict(code.terms))


def _holds(lists: CodeLists, whole: str, part: str) -> bool:
    """Whether an indicator of a column is the sum that the row's is a term of: "Foreign trade" over "Exports"."""
    return whole in lists.codes.get(INDICATOR, {}) and lists.within(INDICATOR, part, whole)


def _measured(cell: Printed, row: Axis, column: Axis, around: Axis) -> tuple[str, UnitSaid, Axis] | Refused:
    """The measure, the unit and the axis that names the measure."""
    owner = next((axis for axis in (column, row, around) if axis.measure or axis.open_ratio), None)
    if owner is around and around.measure and (column.unit or row.unit) and not around.measure_unit:
        owner = None
    if owner is not None and column.measure and row.measure and column.measure != row.measure:
        return Refused("its row and its column name two measures")
    unit = _unit(cell, row, column, around, owner)
    if isinstance(unit, Refused):
        return unit
    if owner is None:
        return (RATE if unit.unit in RATIOS and unit.unit != "times" else LEVEL), unit, column
    if owner.open_ratio and not owner.measure:
        return Refused("growth, or percent of the base period: the heading does not say")
    if owner.measure == GROWTH:
        if unit.unit in (PERCENT, "times", "permille"):
            return GROWTH, unit, owner
        return (
            (CHANGE, unit, owner)
            if unit.unit or unit.power
            else Refused("a change in percent or in units: the headings do not say")
        )
    if owner.measure == CHANGE:
        return CHANGE, unit, owner
    if owner.measure in (SHARE, MULTIPLE):
        if unit.unit in (PERCENT, "times", "") or unit.unit == "permille":
            return owner.measure, unit, owner
        return Refused(f"a {owner.measure} in {unit.unit}")
    return Refused(f"a {owner.measure} is not understood")


def _unit(cell: Printed, row: Axis, column: Axis, around: Axis, owner: Axis | None) -> UnitSaid | Refused:
    own = cell.unit
    heading: UnitSaid | None
    if owner is not None and owner.measure in (GROWTH, SHARE, MULTIPLE):
        heading = owner.unit if owner.unit is not None else None
        if heading is None and own is None:
            others = [axis.unit for axis in (column, row, around) if axis.unit is not None]
            if others and others[0].unit in RATIOS:
                heading = others[0]
            elif owner.measure == GROWTH:
                return Refused("a change in percent or in units: the headings do not say")
            else:
                heading = UnitSaid("")
        if own is not None and (heading is None or own.unit in RATIOS):
            return own
        return _scaled(own, heading or UnitSaid(""))
    said = [axis.unit for axis in (column, row) if axis.unit is not None]
    if len(said) == 2 and said[0] != said[1]:
        if said[0].alone and not said[1].alone and not said[1].power and said[1].unit not in RATIOS:
            said = [replace(said[1], power=said[0].power)]
        elif said[1].alone and not said[0].alone and not said[0].power and said[0].unit not in RATIOS:
            said = [replace(said[0], power=said[1].power)]
        elif said[1].unit == said[0].unit and said[1].power == said[0].power:
            said = said[:1]
        else:
            return Refused("its row and its column name two units")
    if own is not None and own.unit in RATIOS:
        return own
    heading = said[0] if said else None
    if heading is None and around.unit is not None:
        heading = around.unit
        scaled_ratio = (
            (row.ratio or column.ratio) and (heading.power or len(heading.unit) == 3) and heading.unit not in RATIOS
        )
        if scaled_ratio and (own is None or own.alone):
            return Refused("a ratio, whose unit the table does not say")
        if scaled_ratio:
            return own if own is not None else heading  # "€ 0.43" a share, in a table in millions
    elif heading is not None and around.unit is not None and heading.unit not in RATIOS:
        heading = _joined(heading, around.unit)
    return _scaled(own, heading or UnitSaid(""))


def _joined(near: UnitSaid, far: UnitSaid) -> UnitSaid:
    """ "thousand" below "USD", or "USD" below "in thousands"."""
    if near.alone and not far.alone and not far.power:
        return replace(far, power=near.power)
    if far.alone and not near.alone and not near.power and not near.unit.startswith("{") and near.unit not in RATIOS:
        return replace(near, power=far.power)
    return near


def _scaled(own: UnitSaid | None, heading: UnitSaid) -> UnitSaid | Refused:
    """The unit of a cell that carries a sign or a scale of its own."""
    if own is None:
        return heading
    if own.alone:
        return (
            replace(heading, power=own.power)
            if not heading.power
            else Refused("a scale in the cell and another in the headings")
        )
    if not heading.unit or heading.alone:
        return replace(own, power=own.power or heading.power)
    if own.unit != heading.unit:
        return own if heading.unit in RATIOS else Refused("a unit in the cell and another in the headings")
    if own.power and heading.power and own.power != heading.power:
        return Refused("a scale in the cell and another in the headings")
    return replace(heading, power=own.power or heading.power)


def _when(row: Axis, column: Axis, around: Axis, run: Run, measure: str) -> tuple[Known, Known | None] | Refused:
    period = _period(row, column, around)
    if isinstance(period, Refused):
        return period
    compared = measure in (GROWTH, CHANGE, MULTIPLE)
    owner = column if column.measure or column.open_ratio else row
    base = (column.base or row.base or around.base) if compared else None
    if (
        compared
        and run.period is not None
        and not column.periods
        and not column.parts
        and not row.periods
        and not row.parts
    ):
        period = run.period
        base = base or (run.base if not owner.compare else None)
    if period is None:
        return Known(UNSTATED, NOT_STATED), base or (Known(UNSTATED, NOT_STATED) if compared else None)
    if base is not None:
        part = same_part(base.value, period.value)
        return period, base if part == base.value else replace(base, value=part, how=INFERRED)
    if not compared:
        return period, None
    return period, _compared(period, owner.compare or around.compare)


def _compared(period: Known, compare: str | None) -> Known:
    """The base of a change: a year before where the heading says so, or says nothing."""
    try:
        found = parse_period(period.value)
        base = prior(found) if compare == PRIOR else year_before(found)
    except PeriodError:
        return Known(UNSTATED, NOT_STATED)
    how = {YEAR_BEFORE: EXPLICIT, PRIOR: EXPLICIT}.get(compare or "", INFERRED)
    return Known(normal_form(base), how, period.start, period.end)


def _period(row: Axis, column: Axis, around: Axis) -> Known | Refused | None:
    parts = [part for axis in (column, row, around) for part in axis.parts]
    periods = [known for axis in (column, row) for known in axis.periods]
    if parts:
        part, at = parts[0]
        if any(other != part for other, _ in parts[1:]):
            return Refused("its headings name two periods")
        if column.parts or row.parts or not periods:
            years = periods or around.periods
            for known in years:
                value = joined(part, known.value)
                if value is not None:
                    how = CARRIED if known.how != EXPLICIT else EXPLICIT
                    return Known(
                        value,
                        how,
                        at.start if at.start is not None else known.start,
                        at.end if at.end is not None else known.end,
                    )
            return Refused("a part of a year that no heading names") if column.parts or row.parts else None
        value = joined(part, periods[0].value)
        return replace(periods[0], value=value, how=CARRIED) if value else periods[0]
    if not periods:
        periods = around.periods[:1]
    months = column.months or row.months or around.months
    if months and periods:
        value = ended_on(months, periods[0].value)
        if value is None:
            return Refused("months that end on no date that a heading names")
        return replace(periods[0], value=value)
    if not periods:
        return None
    narrow = periods[0]
    for known in periods[1:]:
        if known.value == narrow.value:
            continue
        try:
            one, other = parse_period(narrow.value), parse_period(known.value)
        except PeriodError:
            return Refused("its headings name two periods")
        if contains(one, other):
            narrow = known
        elif not contains(other, one):
            return Refused("its headings name two periods")
    return narrow


def _whole(owner: Axis, dimensions: dict[str, Known], row: Axis, lists: CodeLists) -> dict[str, str | None] | None:
    """The dimensions in which the whole of a share differs; None where that cannot be told."""
    of = owner.whole or "total"
    code = lists.find(INDICATOR, of)
    if code is not None and code.id in lists.codes.get(INDICATOR, {}):
        return {INDICATOR: code.id}
    if of.lower().removeprefix("the ") not in words("total"):
        return None
    own = [name for name, value in row.dimensions.items() if name not in (INDICATOR, PERIOD) and value.how == EXPLICIT]
    return {own[0]: None} if len(own) == 1 else None


def _modality(cell: Printed, row: Axis, column: Axis, around: Axis) -> str:
    if cell.flag in words("estimate_flags"):
        return "estimate"
    return column.modality or row.modality or around.modality or "fact"


def _stated(
    cell: Printed,
    unit: UnitSaid,
    measure: str,
    dimensions: dict[str, Known],
    base: Known | None,
    whole: dict[str, str | None] | None,
    modality: str,
    place: Place,
) -> Statement:
    power = unit.power
    value = cell.value * 10**power
    return Statement(
        start=-1,
        end=-1,
        figure=figure_text(cell, unit),
        value=value,
        unit=unit.unit,
        measure=measure,
        dimensions=dimensions,
        place=place,
        qualifier=cell.bound,
        base_period=base,
        whole=whole,
        modality=modality,
        decimals=None if cell.bound else cell.decimals - power,
    )


def figure_text(cell: Printed, unit: UnitSaid) -> str:
    """The figure as text: "-5.2 %", "31.5 billion USD"."""
    digits, scale = cell.digits, SCALE_WORDS.get(unit.power, "")
    if unit.power and not scale:
        digits = _decimal(Fraction(cell.digits) * 10**unit.power)
    name = {PERCENT: "%"}.get(unit.unit, unit.unit)
    parts = [cell.bound or "", f"-{digits}" if cell.negative else digits, scale, name]
    return " ".join(part for part in parts if part)


def _decimal(value: Fraction) -> str:
    whole, rest = divmod(value.numerator, value.denominator)
    places = ""
    while rest and len(places) < 40:
        digit, rest = divmod(rest * 10, value.denominator)
        places += str(digit)
    return f"{whole}.{places}" if places else str(whole)
