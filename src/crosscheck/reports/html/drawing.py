"""The number line of a check: one bar a reading, its width the interval, the gap or the overlap shaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION
from crosscheck.checking.checks import Check
from crosscheck.checking.stated import stated
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, HEDGE, STRICT, Figure
from crosscheck.figures.interval import Interval, intersect
from crosscheck.reports.html.markup import Markup, element, together
from crosscheck.reports.html.scale import Scale, axis_figure, ends_of, scale_for, spot, ticks, unit_words
from crosscheck.reports.meaning import limits
from crosscheck.reports.numbers import gap_like
from crosscheck.reports.terminal import cells
from crosscheck.reports.wording import printed, shown_figure
from crosscheck.reports.working import allowed_loosely

WIDTH, ROW, TOP = 360, 38, 6
MAXIMUM_BARS = 8
READING_NAMES = {"zeros": "if the zeros are no digits", "cut": "if digits were cut"}
FITTING = 50  # characters of a label and a value that stand beside one another


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a number line: what it shows, the interval, a face value; `kind` is stated, computed or loose."""

    name: str
    interval: Interval
    face: Fraction | None
    kind: str
    window: bool = False  # of a hedge or a bound: not what rounding gives


def number_line(check: Check) -> Markup | None:
    """The number line of a check with its text alternative; None where there is nothing to lay side by side."""
    rows, like = bars(check), shown_figure(check.subject)
    if len(rows) < 2:
        return None
    scale = scale_for(
        [*ends_of(row.interval for row in rows), *(r.face for r in rows if r.face is not None)], 12, WIDTH - 12
    )
    if scale is None:
        return None
    shade = shaded(check, rows, like)
    height = TOP + ROW * len(rows) + 46
    described = "; ".join(f"{row.name}: {limits(row.interval, like)}" for row in rows)
    return element(
        "svg",
        element("title", f"Number line: {shade.words if shade else describe_verdict(check)}"),
        element("desc", described),
        _shading(shade, scale, len(rows)),
        (_row(row, index, scale, like) for index, row in enumerate(rows)),
        _axis(scale, like, TOP + ROW * len(rows)),
        viewBox=f"0 0 {WIDTH} {height}",
        class_="line",
        role="img",
    )


def bars(check: Check) -> list[Bar]:
    """What the number line of a check shows, row by row; no rows where the check compares nothing."""
    found = check.assessment
    if found.computed is None or len(check.rule.variables) == 1:
        return []
    if check.rule.duplicates:
        return list(_claims(check))
    subject = check.subject
    window = subject.narrowest.figure.kind in (BOUND, HEDGE)
    rows = [Bar(f"stated {printed(subject)}", found.stated, None if window else subject.face, "stated", window)]
    if found.reading != STRICT or found.verdict == CONTRADICTION:
        rows += [
            Bar(READING_NAMES.get(loose.name, loose.name), loose.interval, None, "loose")
            for loose in subject.narrowest.figure.loose
        ]
    face = found.computed_face
    point = face.low if face is not None and face.is_point else None
    rows.append(Bar(_gives(check), found.computed, point, "computed"))
    loosely = allowed_loosely(check)
    if loosely is not None and loosely != found.computed:
        rows.append(Bar("the others, read loosely", loosely, None, "loose computed"))
    return rows


def _gives(check: Check) -> str:
    relation = check.assessment.relation
    if relation is None or relation.operator == "==":
        return "the other figures give" if len(list(check.binding.operands())) > 2 else "the other figure gives"
    return "the limit that the others set"


def _claims(check: Check) -> Iterator[Bar]:
    """Each claim about one quantity: every one is stated, none computed."""
    claims = [claim for _, operand in check.binding.operands() for claim in operand.claims]
    for index, claim in enumerate(claims[:MAXIMUM_BARS]):
        figure = claim.figure
        window = figure.kind in (BOUND, HEDGE)
        kind = "stated" if index == 0 else "computed"
        yield Bar(printed(stated([claim])), figure.strict, None if window else figure.face, kind, window)


@dataclass(frozen=True, slots=True)
class Shade:
    """The stretch between what is stated and what follows: a gap between them, or what they share."""

    low: Fraction | None
    high: Fraction | None
    kind: str  # gap, overlap or room
    words: str


def shaded(check: Check, rows: Sequence[Bar], like: Figure) -> Shade | None:
    """What lies between the first two strict rows, and in words."""
    strict = [row for row in rows if not row.kind.startswith("loose")]
    if len(strict) < 2:
        return None
    one, other = strict[0].interval, strict[1].interval
    common = intersect(one, other)
    relation = check.assessment.relation
    if relation is not None and relation.operator not in ("==", "!=") and check.verdict == CONSISTENT:
        return Shade(*_between(one, other), "room", "the figure keeps within the limit")
    if common is not None:
        words = "they meet in one value" if common.is_point else f"they share {limits(common, like)}"
        return Shade(common.low, common.high, "overlap", words)
    low, high = _between(one, other)
    if low is None or high is None:
        return None
    return Shade(low, high, "gap", f"{gap_like(high - low, like)} between them")


def _between(one: Interval, other: Interval) -> tuple[Fraction | None, Fraction | None]:
    """The stretch between two intervals that do not meet; none where they do."""
    first, last = (one, other) if _before(one, other) else (other, one)
    if first.high is None or last.low is None or first.high > last.low:
        return None, None
    return first.high, last.low


def _before(one: Interval, other: Interval) -> bool:
    return one.high is not None and other.low is not None and one.high <= other.low


def describe_verdict(check: Check) -> str:
    """A number line in a few words where nothing is shaded."""
    return f"{printed(check.subject)} beside what the other figures give"


def _shading(shade: Shade | None, scale: Scale, rows: int) -> Markup | None:
    if shade is None or shade.low is None or shade.high is None:
        return None
    left, right = scale.at(shade.low), scale.at(shade.high)
    width = max(right - left, 1.5)
    height = ROW * rows + 6
    half = 3.2 * cells(shade.words)
    middle = min(max((left + right) / 2, half), WIDTH - half)
    return together(
        element("rect", x=spot(left), y=TOP, width=spot(width), height=height, class_=f"shade {shade.kind}"),
        element("path", d=f"M{spot(left)} {TOP}v{height}M{spot(left + width)} {TOP}v{height}", class_=f"edge {shade.kind}"),
        element("text", shade.words, x=spot(middle), y=TOP + ROW * rows + 40, class_=f"said {shade.kind}"),
    )


def _row(row: Bar, index: int, scale: Scale, like: Figure) -> Markup:
    top = TOP + ROW * index
    value = limits(row.interval, like)
    long = cells(row.name) + cells(value) > FITTING
    return element(
        "g",
        element("text", _cut(row.name, 34), x=4, y=top + 12, class_="small" if long else None),
        element("text", _cut(value, 44), x=WIDTH - 4, y=top + 12, class_="small value" if long else "value"),
        _bar(row, scale, top + 24),
        class_=row.kind,
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _bar(row: Bar, scale: Scale, middle: int) -> Markup:
    """The interval as a bar: upright ends belong to it, hollow rings do not, an arrow has no end."""
    own = row.interval
    left, right = scale.ends(own)
    parts: list[Markup] = []
    if own.is_point:
        parts.append(element("path", d=f"M{spot(left)} {middle - 9}v18", class_="end"))
    else:
        width = max(right - left, 2)
        shape = "window" if row.window else "bar"
        parts.append(element("rect", x=spot(left), y=middle - 5, width=spot(width), height=10, class_=shape))
        for place, value, closed, turn in (
            (left, own.low, own.low_closed, -1),
            (left + width, own.high, own.high_closed, 1),
        ):
            parts.append(_end(place, middle, value is None, closed, turn))
    if row.face is not None:
        at = scale.at(row.face)
        parts.append(
            element("path", d=f"M{spot(at)} {spot(middle - 4)}l4 4l-4 4l-4 -4z", class_="face"),
        )
    return together(parts)


def _end(place: float, middle: int, endless: bool, closed: bool, turn: int) -> Markup:
    if endless:
        return element("path", d=f"M{spot(place)} {middle - 5}l{6 * turn} 5l{-6 * turn} 5", class_="arrow")
    if closed:
        return element("path", d=f"M{spot(place)} {middle - 7}v14", class_="end")
    return element("circle", cx=spot(place), cy=middle, r=4, class_="ring")


def _axis(scale: Scale, like: Figure, top: int) -> Markup:
    like = axis_figure(scale, like)
    marks = ticks(scale, like, 4)
    unit = unit_words(like)
    last = len(marks) - 1
    return element(
        "g",
        element("path", d=f"M0 {top + 6}H{WIDTH}" + "".join(f"M{spot(scale.at(v))} {top + 6}v4" for v, _ in marks)),
        (
            element(
                "text",
                f"{label}{unit}" if unit == "%" else f"{label} {unit}" if index == last and unit else label,
                x=spot(scale.at(value)),
                y=top + 21,
                class_="last" if index == last and unit and unit != "%" else None,
            )
            for index, (value, label) in enumerate(marks)
        ),
        class_="axis",
        aria_hidden="true",
    )
