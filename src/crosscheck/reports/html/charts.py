"""Drawings that show what a check is about: growth as two levels and a slope, a share as part of its whole, a waterfall.

Which drawing suits is told from what the figures are, not from the names of a rule's variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosscheck.checking.checks import Check
from crosscheck.checking.stated import Stated
from crosscheck.claims.model import PERIOD
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import Figure
from crosscheck.figures.interval import Interval
from crosscheck.reports.derivation import Term, worked_out
from crosscheck.reports.html.markup import Markup, element, together
from crosscheck.reports.html.scale import Scale, axis_figure, ends_of, scale_for, spot, ticks, unit_words
from crosscheck.reports.numbers import interval_like, value_like
from crosscheck.reports.wording import printed, shown_figure
from crosscheck.reports.working import inputs_of, side_of

WIDTH = 360
MAXIMUM_STEPS = 14


def chart(check: Check) -> Markup | None:
    """The drawing that suits a check; None where there is none."""
    if check.binding.missing is not None or check.assessment.computed is None or check.rule.duplicates:
        return None
    return _growth(check) or _share(check) or _waterfall(check)


def _levels(check: Check, count: int) -> list[Stated]:
    """The operands beside the subject, where they are so many levels of one kind of unit."""
    others = [operand for _, operand in check.binding.operands() if operand is not check.subject]
    alike = {operand.first.figure.unit.dimension for operand in others}
    if len(others) != count or len(alike) != 1 or any(operand.first.measure != "level" for operand in others):
        return []
    return others


def _svg(title: str, description: str, height: int, kind: str, *content: Markup | None) -> Markup:
    head = (element("title", title), element("desc", description))
    return element("svg", head, content, viewBox=f"0 0 {WIDTH} {height}", class_=f"chart {kind}", role="img")


# --- growth ----------------------------------------------------------------------------------------------------------


def _growth(check: Check) -> Markup | None:
    """Two levels as columns, the slope between them, and where the stated growth would lead."""
    levels = _levels(check, 2)
    claim = check.subject.first
    if claim.measure not in ("growth", "change", "multiple") or not levels:
        return None
    then, now = sorted(
        levels, key=lambda operand: (operand.dimensions.get(PERIOD, "") != claim.base_period, _when(operand))
    )
    if then.dimensions.get(PERIOD) == now.dimensions.get(PERIOD):
        return None
    led = led_to(claim.measure, then.face, check.subject.face)
    scale = scale_for([then.face, now.face, led, *ends_of(o.face_range for o in (then, now))], 150, 22, zero=True)
    if scale is None:
        return None
    like = shown_figure(now)
    gives = _face(check)
    stated, period = printed(check.subject), (then.dimensions.get(PERIOD, ""), now.dimensions.get(PERIOD, ""))
    description = (
        f"{printed(then)} in {period[0]}, {printed(now)} in {period[1]}; the text states {stated}, "
        f"which would lead to {value_like(led, like, like.decimals + 1)}."
    )
    xs, zero, end = (52, 212), scale.at(Fraction(0)), scale.at(led)
    columns = (_column(o, x, scale, zero) for o, x in zip((then, now), xs, strict=True))
    left, right = xs[0] + 52, xs[1]
    start = scale.at(then.face)
    return _svg(
        f"From {printed(then)} to {printed(now)}: {gives}, stated {stated}",
        description,
        186,
        "growth",
        element("path", d=f"M0 {spot(zero)}H{WIDTH}", class_="base"),
        together(columns),
        element("path", d=f"M{left} {spot(start)}L{right} {spot(scale.at(now.face))}", class_="slope computed"),
        element("path", d=f"M{left} {spot(start)}L{right} {spot(end)}H{right + 54}", class_="slope stated"),
        element("text", f"the levels give {gives}", x=130, y=182, class_="name computed"),
        element(
            # ends at the edge, so that a wider font reaches over the column and not out of the drawing
            "text",
            f"stated {stated}",
            x=WIDTH - 1,
            y=spot(_clear(end, scale.at(now.face)) + 4),
            class_="name stated right",
        ),
    )


def led_to(measure: str, then: Fraction, stated: Fraction) -> Fraction:
    """The level that a stated growth, multiple or change makes of the earlier one."""
    if measure == "growth":
        return then * (1 + stated)
    return then * stated if measure == "multiple" else then + stated


def _clear(place: float, other: float) -> float:
    """The place of a label, moved a little where it would lie upon another line."""
    if abs(place - other) >= 12:
        return place
    return max(place + (8 if place >= other else -8), 10)


def _when(operand: Stated) -> str:
    return operand.dimensions.get(PERIOD, "")


def _column(operand: Stated, x: int, scale: Scale, zero: float) -> Markup:
    """A level as a column, with what its rounding allows as a bracket at its top."""
    top = scale.at(operand.face)
    high, low = max(zero, top), min(zero, top)
    return element(
        "g",
        element("rect", x=x, y=spot(low), width=52, height=spot(max(high - low, 1)), class_="column"),
        _bracket(operand.face_range if operand.strict is None else operand.strict, x + 26, scale),
        element("text", printed(operand)[:26], x=x + 26, y=spot(max(low - 7, 10)), class_="amount"),
        element("text", operand.dimensions.get(PERIOD, "")[:18], x=x + 26, y=166, class_="name"),
    )


def _bracket(interval: Interval, x: int, scale: Scale) -> Markup | None:
    if interval.low is None or interval.high is None or interval.is_point:
        return None
    low, high = scale.at(interval.low), scale.at(interval.high)
    return element(
        "path", d=f"M{x - 5} {spot(high)}h10M{x} {spot(high)}V{spot(low)}M{x - 5} {spot(low)}h10", class_="error"
    )


def _face(check: Check) -> str:
    """What the others give at face value."""
    found = check.assessment
    interval = found.computed_face or found.computed
    return "" if interval is None else interval_like(interval, shown_figure(check.subject))


# --- share -----------------------------------------------------------------------------------------------------------


def _share(check: Check) -> Markup | None:
    """The whole as a bar, the part inside of it, and where the stated share would end."""
    levels = _levels(check, 2)
    if check.subject.first.measure != "share" or not levels:
        return None
    part, whole = sorted(levels, key=lambda operand: (operand.dimensions != check.subject.dimensions, abs(operand.face)))
    if whole.face <= 0 or part.face < 0:
        return None
    scale = scale_for([Fraction(0), whole.face, part.face, whole.face * check.subject.face], 2, WIDTH - 2, zero=True)
    if scale is None:
        return None
    stated, gives = printed(check.subject), _face(check)
    zero, right, inner = scale.at(Fraction(0)), scale.at(whole.face), scale.at(part.face)
    window = check.subject.strict or check.subject.face_range
    left, end = (scale.at(whole.face * (Fraction(0) if v is None else v)) for v in (window.low, window.high or window.low))
    marked = max(end - left, 2)
    return _svg(
        f"{printed(part)} of {printed(whole)} is {gives}, stated {stated}",
        f"The part {printed(part)} is {gives} of the whole, {printed(whole)}; the text states {stated}.",
        112,
        "share",
        element("rect", x=spot(zero), y=30, width=spot(right - zero), height=34, class_="whole"),
        element("rect", x=spot(zero), y=30, width=spot(max(inner - zero, 1)), height=34, class_="part"),
        element("rect", x=spot(left), y=24, width=spot(marked), height=46, class_="window"),
        element("text", f"part {printed(part)}, {gives}"[:54], x=spot(zero + 2), y=86, class_="part-words"),
        element("text", f"whole {printed(whole)}"[:44], x=spot(max(right, 120)), y=104, class_="name right"),
        element("text", f"stated {stated}"[:30], x=spot(_within((left + end) / 2)), y=17, class_="name stated"),
    )


def _within(place: float) -> float:
    return min(max(place, 60), WIDTH - 60)


# --- waterfall -------------------------------------------------------------------------------------------------------


def _waterfall(check: Check) -> Markup | None:
    """The parts of a sum as steps, one on another, beside the total that is stated."""
    relation = check.assessment.relation
    side = None if relation is None or relation.operator != "==" else side_of(relation, check.rule.subject)
    if side is None:
        return None
    term = worked_out(side, inputs_of(check))
    like = shown_figure(check.subject)
    if term.operator != "+" or term.value is None or not _is_plain(term.parts, like):
        return None
    steps = _steps(term)
    tops = [top for step in steps for top in step[1:]]
    scale = scale_for([*tops, check.subject.face, *ends_of([check.subject.face_range])], 8, WIDTH - 8, zero=True)
    if scale is None:
        return None
    height = 24 * (len(steps) + 2) + 34
    gives, stated = value_like(term.value, like), printed(check.subject)
    return _svg(
        f"The parts give {gives}, stated {stated}",
        "; ".join(words for words, _, _ in steps),
        height,
        "waterfall",
        together(_step(step, index, scale) for index, step in enumerate(steps)),
        _total(f"together {gives}", term.value, len(steps), scale, "computed"),
        _total(f"stated {stated}", check.subject.face, len(steps) + 1, scale, "stated"),
        _apart(term.value, check.subject.face, 24 * len(steps) + 2, scale),
        _bounds(check.subject, 24 * (len(steps) + 1) + 16, scale),
        _values(scale, like, 24 * (len(steps) + 2) + 4),
    )


def _is_plain(parts: Sequence[Term], like: Figure) -> bool:
    """True when every part is a figure of the total's kind of unit, and nothing computed."""
    kinds = {part.like.unit.dimension for part in parts if part.like is not None and not part.operator}
    return len(parts) > 1 and all(p.value is not None and not p.operator for p in parts) and kinds == {like.unit.dimension}


def _steps(term: Term) -> list[tuple[str, Fraction, Fraction]]:
    """Each part with its words and where it begins and ends; those beyond a dozen are put into one."""
    found: list[tuple[str, Fraction, Fraction]] = []
    at = Fraction(0)
    for part, sign in zip(term.parts, term.signs, strict=True):
        value = part.value or Fraction(0)
        after = at - value if sign == "-" else at + value
        found.append((f"{'− ' if sign == '-' else '+ ' if found else ''}{part.text}", at, after))
        at = after
    if len(found) > MAXIMUM_STEPS:
        rest = len(found) - MAXIMUM_STEPS + 1
        found[MAXIMUM_STEPS - 1 :] = [(f"+ {rest} more", found[MAXIMUM_STEPS - 1][1], at)]
    return found


def _step(step: tuple[str, Fraction, Fraction], index: int, scale: Scale) -> Markup:
    words, before, after = step
    left, right = sorted((scale.at(before), scale.at(after)))
    top = 24 * index + 6
    return element(
        "g",
        element("rect", x=spot(left), y=top, width=spot(max(right - left, 1)), height=16, class_="step"),
        element("path", d=f"M{spot(scale.at(after))} {top}v24", class_="thread"),
        _beside(words, left, right, top + 12),
    )


def _total(words: str, value: Fraction, index: int, scale: Scale, kind: str) -> Markup:
    left, right = sorted((scale.at(Fraction(0)), scale.at(value)))
    top = 24 * index + 6
    return element(
        "g",
        element("rect", x=spot(left), y=top, width=spot(max(right - left, 1)), height=16, class_=f"total {kind}"),
        _beside(words, left, right, top + 12),
    )


def _apart(one: Fraction, other: Fraction, top: int, scale: Scale) -> Markup | None:
    """The stretch by which two totals differ."""
    if one == other:
        return None
    left, right = sorted((scale.at(one), scale.at(other)))
    return element("rect", x=spot(left), y=top, width=spot(max(right - left, 1)), height=48, class_="apart")


def _beside(words: str, left: float, right: float, y: int) -> Markup:
    """The words of a bar: inside where they fit, else on the side that has more room."""
    room = len(words) * 6.5 + 10
    if right - left >= room:
        return element("text", words, x=spot(left + 5), y=y, class_="inside")
    if WIDTH - right >= room:
        return element("text", words, x=spot(right + 5), y=y, class_="left")
    return element("text", words, x=spot(left - 5), y=y, class_="right")


def _bounds(operand: Stated, middle: int, scale: Scale) -> Markup | None:
    own = operand.strict or operand.face_range
    if own.low is None or own.high is None or own.is_point:
        return None
    low, high = scale.at(own.low), scale.at(own.high)
    shape = f"M{spot(low)} {middle - 10}v16M{spot(low)} {middle - 2}H{spot(high)}M{spot(high)} {middle - 10}v16"
    return element("path", d=shape, class_="error")


def _values(scale: Scale, like: Figure, top: int) -> Markup:
    return element("g", _ticks(scale, like, top), class_="axis", aria_hidden="true")


def _ticks(scale: Scale, like: Figure, top: int) -> Iterator[Markup]:
    like = axis_figure(scale, like)
    unit = unit_words(like)
    yield element("path", d=f"M0 {top}H{WIDTH}")
    marks = ticks(scale, like, 4)
    for index, (value, label) in enumerate(marks):
        is_last = index == len(marks) - 1
        text = f"{label} {unit}" if is_last else label
        yield element("text", text, x=spot(scale.at(value)), y=top + 16, class_="last" if is_last else None)
