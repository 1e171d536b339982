"""What the headings of a row, or of a column, say together: one `Axis` each, the nearest heading first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from crosscheck.claims.keys import KEY, key_trouble
from crosscheck.claims.model import AREA, CARRIED, COUNTERPART, EXPLICIT, INDICATOR, INFERRED, NAMED_DIMENSIONS
from crosscheck.extraction.model import Known
from crosscheck.extraction.source import Cell
from crosscheck.extraction.tables.cells import printed
from crosscheck.extraction.tables.headings import Heading, Reader, cleaned, code_of
from crosscheck.extraction.tables.layout import STUB, UNIT, Layout, filled, header_text, kind
from crosscheck.extraction.tables.periods import Part
from crosscheck.extraction.tables.units import UnitSaid, unit_said
from crosscheck.extraction.tables.words import indentation, plain, words

PERIODS, AREAS, PARTNERS, INDICATORS, OPEN, UNDECIDED = "periods", "areas", "partners", "indicators", "open", "undecided"
MAXIMUM_OUTER = 4  # headings of rows that others are set in under, each in the next
ITEM, GROUP, PRODUCT = "item", "group", "product"


@dataclass(slots=True)
class Axis:
    """A row, a column or the whole table. `words` are those that no role has taken yet, with their cells."""

    dimensions: dict[str, Known] = field(default_factory=dict)
    words: list[Known] = field(default_factory=list)
    periods: list[Known] = field(default_factory=list)
    parts: list[tuple[Part, Known]] = field(default_factory=list)
    months: int | None = None
    base: Known | None = None
    compare: str | None = None
    unit: UnitSaid | None = None
    measure: str | None = None
    measure_unit: bool = False  # the heading that names the measure names its unit
    open_ratio: bool = False
    whole: str | None = None
    modality: str | None = None
    total: bool = False
    subtotal: bool = False
    of_which: bool = False
    had_words: bool = False
    own_words: bool = False  # its indicator is in the document's own words
    by: bool = False  # of a caption: "by country"
    ratio: bool = False  # its words say a ratio, which a unit of the whole table does not fit
    trouble: str | None = None
    index: int = -1
    level: int = 0  # of a row: how far it is set in
    section: int = 0
    parent: int | None = None  # index of the row that it is set in under


def take(axis: Axis, heading: Heading, cell: Cell | None, how: str, located: bool) -> None:
    """Adds what a heading says where nearer ones say nothing."""
    start = cell.start if cell is not None and located else None
    end = cell.end if cell is not None and located else None

    def known(value: str) -> Known:
        return Known(value, how, start, end)

    for name, value in (
        (INDICATOR, heading.indicator),
        (AREA, heading.area),
        (COUNTERPART, heading.counterpart),
        *heading.extra,
    ):
        if value is not None:
            _add(axis, name, known(value))
    if heading.words:
        axis.words.append(known(heading.words))
        axis.had_words = True
    if heading.period:
        axis.periods.append(known(heading.period))
    if heading.part:
        axis.parts.append((heading.part, known("")))
    axis.months = axis.months or heading.months
    if heading.base and axis.base is None:
        axis.base = known(heading.base)
    axis.compare = axis.compare or heading.compare
    axis.trouble = axis.trouble or heading.trouble
    axis.modality = axis.modality or heading.modality
    axis.of_which = axis.of_which or heading.of_which
    axis.open_ratio = axis.open_ratio or heading.open_ratio
    axis.by = axis.by or heading.by
    _take_unit(axis, heading)
    if heading.measure and axis.measure is None:
        axis.measure, axis.whole = heading.measure, heading.whole
        axis.measure_unit = heading.unit is not None


def _add(axis: Axis, name: str, value: Known) -> None:
    """A dimension; a second value of it is another breakdown of the same, kept in words."""
    if name not in axis.dimensions:
        axis.dimensions[name] = value
    elif axis.dimensions[name].value != value.value and name == INDICATOR:
        axis.trouble = axis.trouble or "its headings name two indicators"


def _take_unit(axis: Axis, heading: Heading) -> None:
    unit = heading.unit
    if unit is None:
        return
    if axis.unit is None:
        axis.unit = unit
    elif axis.unit.alone and not unit.alone and not unit.power:  # "thousand" below "USD"
        axis.unit = replace(unit, power=axis.unit.power)


def slug(text: str) -> str:
    """The name of an open dimension after a heading of the stub: "Products" is product; "item" where it cannot be one."""
    said = re.sub(r"[^a-z0-9]+", "_", plain(text).lower()).strip("_")
    if said.endswith("ies"):
        said = said[:-3] + "y"
    elif said.endswith("s") and not said.endswith(("ss", "us", "is")):
        said = said[:-1]
    usable = (
        KEY.fullmatch(said)
        and not key_trouble(said)
        and said not in NAMED_DIMENSIONS
        and len(said) <= 30
        and said.count("_") < 3
    )
    return (
        said
        if usable and said not in ("entity", "figure", "note", "known", "list", "at", "id", "measure", "whole")
        else ITEM
    )


@dataclass(frozen=True, slots=True)
class Role:
    """What a column of the stub holds; `dimension` of an open one."""

    kind: str
    dimension: str = ITEM


def role_of(layout: Layout, column: int, headings: Sequence[Heading], reader: Reader) -> Role:
    """The role of a column of the stub, by its own heading and by what stands in it."""
    lower = re.sub(r"\s*[(\[,].*$", "", header_text(layout, column).lower()).strip(" .:*")
    for table, role in (("periods", PERIODS), ("partners", PARTNERS), ("areas", AREAS)):
        if lower in words(table):
            return Role(role)
    if lower in words("indicators") and lower not in words("items"):
        return Role(INDICATORS)
    own = [heading for heading in headings if not heading.total and heading.text.strip()]
    count = len(own) or 1
    if sum(1 for h in own if (h.period or h.part) and not h.words and not h.indicator) * 2 > count:
        return Role(PERIODS)
    areas = sum(1 for h in own if h.area and not h.indicator and not h.words)
    indicators = sum(1 for h in own if h.indicator)
    if areas * 2 >= count and areas and not indicators:
        return Role(AREAS)
    says = reader.heading(lower, True) if lower else None
    if (
        lower
        and lower not in words("items")
        and lower not in words("generic")
        and says is not None
        and says.words
        and not says.unit
    ):
        name = slug(lower)
        return Role(OPEN, PRODUCT if name in words("products") else name)
    if indicators * 2 >= count:
        return Role(INDICATORS)
    return Role(UNDECIDED, ITEM)


def with_role(heading: Heading, role: Role, reader: Reader) -> Heading:
    """A heading of the stub as the role of its column has it."""
    if (heading.total and not heading.words) or role.kind in (UNDECIDED, PERIODS):
        return heading
    if role.kind in (AREAS, PARTNERS):
        area = heading.area
        if area is None and not heading.period:
            said = heading.words or (cleaned(heading.text) if not heading.unit else "")
            code = reader.lists.named(AREA, said) if said and len(said) <= 60 else None
            area = code.id if code is not None and (len(said) > 3 or said == code.id) else said or None
        if role.kind == AREAS:
            return replace(heading, area=area, indicator=None, words="")
        return replace(heading, counterpart=area, area=None, indicator=None, words="")
    if role.kind == INDICATORS:
        if heading.words and not heading.indicator and not heading.area:
            return replace(heading, indicator=heading.words, words="")
        return heading
    said = heading.words
    if heading.unit and not (
        said or heading.indicator or heading.area or heading.period
    ):  # "US dollar" is what it is about
        said, heading = cleaned(heading.text), replace(heading, unit=None)
    if heading.indicator or heading.area:
        said = re.split(r"\s*[,(]", cleaned(heading.text))[0] if heading.unit else cleaned(heading.text)
    if not said:
        return heading
    if role.dimension == PRODUCT:
        said = code_of(said, PRODUCT, reader.lists) or said
    return replace(
        heading, indicator=None, area=None, counterpart=None, words="", extra=(*heading.extra, (role.dimension, said))
    )


def columns_of(layout: Layout, data: Sequence[int], reader: Reader, located: bool) -> dict[int, Axis]:
    """The axis of each column of figures, from its headings, the lowest first."""
    header = [_spread(row, data, layout, last=index == len(layout.header) - 1) for index, row in enumerate(layout.header)]
    axes: dict[int, Axis] = {}
    for column in data:
        axis = axes[column] = Axis(index=column)
        seen: set[tuple[int, int]] = set()
        totals: list[bool] = []
        for row in reversed(header):
            cell, carried = row.get(column, (None, False))
            if cell is None or not cell.text.strip() or (cell.row, cell.column) in seen:
                continue
            seen.add((cell.row, cell.column))
            heading = reader.heading(cell.text, True)
            totals.append(heading.total)
            take(axis, heading, cell, CARRIED if carried else EXPLICIT, located)
            axis.ratio = axis.ratio or _is_ratio(heading, reader)
        axis.total = bool(totals) and totals[0]
    return axes


def _spread(row: Sequence[Cell], data: Sequence[int], layout: Layout, last: bool) -> dict[int, tuple[Cell, bool]]:
    """The headings of a row by column; where the format shows no spans, an upper one reaches to the next."""
    found: dict[int, tuple[Cell, bool]] = {}
    current: Cell | None = None
    for column in data:
        if column >= len(row):
            continue
        cell = row[column]
        if cell.text.strip():
            current = cell
            found[column] = (cell, False)
        elif current is not None and not last and not layout.spans:
            found[column] = (current, True)
    return found


@dataclass(slots=True)
class Rows:
    """The rows of figures with their axes, and the headings of the sections that they stand in."""

    axes: list[tuple[tuple[Cell, ...], Axis]] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    style: tuple[int, bool, bool]
    heading: Heading
    cell: Cell
    number: int


def rows_of(layout: Layout, data: Sequence[int], reader: Reader, located: bool, roles: dict[int, Role]) -> Rows:
    """The axis of each row with figures: its headings, the rows that it is set in under, its sections."""
    found = Rows()
    stub, units = layout.of_kind(STUB), layout.of_kind(UNIT)
    sections: list[_Section] = []
    parents: list[tuple[int, int]] = []  # indentation and index of rows
    above: dict[int, Cell] = {}
    after_section = False
    count = 0
    hanging: int | None = None  # the row that "of which:" stands below
    for row in layout.body:
        if not _has_figures(row, data):
            section = _section_of(row, reader)
            if section is None:
                continue
            if section.heading.of_which and not section.heading.words and found.axes:
                hanging = len(found.axes) - 1
                continue
            hanging = None
            count += 1
            section.number = count
            _push(sections, section, after_section)
            after_section, parents = True, []
            above.clear()
            continue
        after_section = False
        axis = Axis(index=len(found.axes), section=sections[-1].number if sections else 0)
        axis.level = _level(row, stub)
        while parents and parents[-1][0] >= axis.level:
            parents.pop()
        hanging = _own_headings(axis, row, stub, above, reader, located, roles, hanging)
        if parents:
            axis.parent = parents[-1][1]
        elif hanging is not None and hanging != axis.index:
            axis.parent, axis.of_which = hanging, True
        if axis.parent is not None and not axis.total:
            _under(axis, found.axes[axis.parent][1])
        for section in reversed(sections):
            heading = section.heading
            inner = axis.dimensions.get(INDICATOR)
            if heading.indicator and inner is not None:
                if axis.own_words and ITEM not in axis.dimensions:  # "Non-current" in the section "Assets"
                    axis.dimensions[ITEM] = inner
                    del axis.dimensions[INDICATOR]
                else:
                    heading = replace(heading, indicator=None)
            take(axis, replace(heading, words="", total=False), section.cell, CARRIED, located)
            if heading.words:
                _section_words(axis, heading, section.cell, located)
        _unit_columns(axis, row, units, reader)
        parents.append((axis.level, axis.index))
        found.axes.append((row, axis))
    return found


def _own_headings(
    axis: Axis,
    row: Sequence[Cell],
    stub: Sequence[int],
    above: dict[int, Cell],
    reader: Reader,
    located: bool,
    roles: dict[int, Role],
    hanging: int | None,
) -> int | None:
    """The headings in the stub of a row; a blank one repeats that above where there are several columns."""
    right = False  # whether a heading stands to the right of a blank one: only then it repeats that above
    for column in reversed(stub):
        cell, how = row[column], EXPLICIT
        if not cell.text.strip():
            if not right or column not in above:
                continue
            cell, how = above[column], CARRIED
        else:
            above[column], right = cell, True
        heading = with_role(reader.heading(cell.text), roles.get(column, Role(UNDECIDED)), reader)
        if heading.total and not heading.indicator and not heading.words:
            axis.total = True
        axis.subtotal = axis.subtotal or heading.subtotal
        axis.ratio = axis.ratio or _is_ratio(heading, reader)
        axis.own_words = axis.own_words or (
            heading.indicator is not None and heading.indicator not in reader.lists.codes.get(INDICATOR, {})
        )
        if hanging is not None and (heading.indicator or heading.total) and how == EXPLICIT:
            hanging = None
        take(axis, heading, cell, how, located)
    return hanging


def _is_ratio(heading: Heading, reader: Reader) -> bool:
    code = reader.lists.codes.get(INDICATOR, {}).get(heading.indicator or "")
    if code is not None:
        return code.nature in ("rate", "index")
    return any(word in words("ratio") for word in re.findall(r"[a-z]+", heading.text.lower()))


def _has_figures(row: Sequence[Cell], data: Sequence[int]) -> bool:
    return any(column < len(row) and kind(row[column]) in ("number", "missing", "unclear", "year") for column in data)


def _level(row: Sequence[Cell], stub: Sequence[int]) -> int:
    for column in stub:
        if row[column].text.strip():
            return indentation(row[column].text)
    return 0


def _section_of(row: Sequence[Cell], reader: Reader) -> _Section | None:
    cells = filled(tuple(row))
    if len(cells) != 1 or len(cells[0].text) > 200:
        return None
    cell = cells[0]
    text = plain(cell.text)
    style = (indentation(cell.text), cell.bold, text.isupper())
    return _Section(style, reader.heading(cell.text), cell, 0)


def _push(sections: list[_Section], section: _Section, directly: bool) -> None:
    """A section replaces those of its own style and those below them; directly under another it is a part of it."""
    for index, old in enumerate(sections):
        if old.style == section.style and not (directly and index == len(sections) - 1):
            del sections[index:]
            break
    else:
        if not directly:
            while sections and section.style[0] <= sections[-1].style[0]:
                sections.pop()
    sections.append(section)


def _under(axis: Axis, parent: Axis) -> None:
    """A row that is set in under another is a part of what that one is."""
    for name, value in parent.dimensions.items():
        if name not in axis.dimensions:
            axis.dimensions[name] = replace(value, how=CARRIED)
        elif name == INDICATOR and value.value != axis.dimensions[name].value:
            if axis.own_words and ITEM not in axis.dimensions:  # "Cloud" under "Revenue"
                axis.dimensions[ITEM] = axis.dimensions[name]
                axis.dimensions[name] = replace(value, how=CARRIED)
            elif axis.own_words:
                axis.dimensions.setdefault(GROUP, replace(value, how=CARRIED))
    axis.words += [replace(value, how=CARRIED) for value in parent.words[:MAXIMUM_OUTER]]
    axis.periods += [replace(value, how=CARRIED) for value in parent.periods[:MAXIMUM_OUTER]]
    axis.parts += parent.parts[:MAXIMUM_OUTER]
    axis.unit = axis.unit or parent.unit


def _section_words(axis: Axis, heading: Heading, cell: Cell, located: bool) -> None:
    """Words of a section that are in no list: a group of rows."""
    start, end = (cell.start, cell.end) if located else (None, None)
    name = GROUP if GROUP not in axis.dimensions else "section"
    axis.dimensions.setdefault(name, Known(heading.words, CARRIED, start, end))


def _unit_columns(axis: Axis, row: Sequence[Cell], units: Sequence[int], reader: Reader) -> None:
    for column in units:
        text = row[column].text if column < len(row) else ""
        said = unit_said(text) if text.strip() else None
        heading = reader.heading(text) if text.strip() else Heading("")
        if heading.measure and heading.unit is not None and not heading.words:
            axis.unit, axis.measure, axis.whole = heading.unit, heading.measure, heading.whole
            axis.compare, axis.measure_unit = axis.compare or heading.compare, True
        elif said is not None:
            axis.unit = said
        elif column < len(row) and row[column].text.strip() and printed(row[column].text).kind == "text":
            axis.trouble = axis.trouble or f'the unit "{plain(row[column].text)[:30]}" is not known'


def of_products(axes: Sequence[Axis], reader: Reader) -> str:
    """The dimension of the words of rows: product where most of them are names of products, which become codes."""
    said = [value for axis in axes for value in axis.words]
    codes = {value.value: code_of(value.value, PRODUCT, reader.lists) for value in said}
    if not said or sum(1 for value in said if codes[value.value]) * 2 < len(said):
        return ITEM
    for axis in axes:
        axis.words = [replace(value, value=codes[value.value] or value.value) for value in axis.words]
    return PRODUCT


def settle_words(axes: Iterable[Axis], dimension: str, how: str = EXPLICIT) -> None:
    """Gives the words of rows or columns to a dimension; further words to the next free one."""
    for axis in axes:
        names = [dimension, *(name for name in (ITEM, GROUP, "part", "detail") if name != dimension)]
        for value in axis.words:
            name = next((name for name in names if name not in axis.dimensions), None)
            if name is None:
                axis.trouble = axis.trouble or "it has more headings than are understood"
                break
            axis.dimensions[name] = value if value.how != EXPLICIT or how == EXPLICIT else replace(value, how=INFERRED)
        axis.words = []
