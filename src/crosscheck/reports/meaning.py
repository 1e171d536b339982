"""What a figure is and what it may stand for, in words for people who have read no documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crosscheck.checking.stated import stated
from crosscheck.claims.model import (
    AREA,
    CARRIED,
    CORRECTED,
    COUNTERPART,
    EXPLICIT,
    INDICATOR,
    INFERRED,
    NOT_STATED,
    PERIOD,
    SOURCE,
    UNSTATED,
    Claim,
    Knowledge,
)
from crosscheck.figures.exact import Fraction
from crosscheck.figures.figure import BOUND, CUT, EXACT, HEDGE, ZEROS, Figure
from crosscheck.figures.interval import Interval
from crosscheck.reports.numbers import exact, gap_like, interval_like
from crosscheck.reports.page import Names, Sources
from crosscheck.reports.wording import shown_figure

MAXIMUM_QUOTE = 60
LOOSE_WORDS = {ZEROS: "its last zeros are no digits", CUT: "its digits were cut, not rounded"}
MODALITY_WORDS = {"plan": "a plan", "offer": "an offer", "estimate": "an estimate"}
HOW_WORDS = {
    CARRIED: "comes from the text around",
    INFERRED: "is inferred",
    NOT_STATED: "is not stated",
}


def what(claim: Claim, names: Names) -> str:
    """What a claim is about: `growth of trade turnover, Kazakhstan–China, 2023 against 2022`."""
    about = subject(claim.dimensions, names)
    if claim.measure != "level":
        about = f"{claim.measure} of {about}"
    if claim.measure == "share":
        about = f"{about}, in {_whole(claim, names)}"
    if claim.base_period is not None:
        about = f"{about} against {claim.base_period}"
    modality = MODALITY_WORDS.get(claim.modality)
    return f"{modality}: {about}" if modality else about


def subject(dimensions: Mapping[str, str], names: Names) -> str:
    """Dimensions in words: `exports, Kazakhstan–China, agricultural, 2023, by Chinese customs`."""
    indicator = dimensions.get(INDICATOR)
    areas = "–".join(_value(name, dimensions[name], names) for name in (AREA, COUNTERPART) if name in dimensions)
    known = (INDICATOR, AREA, COUNTERPART, PERIOD, SOURCE)
    others = [
        f"{_called(name)} {_value(name, value, names)}" for name, value in sorted(dimensions.items()) if name not in known
    ]
    period = dimensions.get(PERIOD)
    source = dimensions.get(SOURCE)
    parts = [
        "something" if indicator is None else _value(INDICATOR, indicator, names),
        areas,
        *others,
        "" if period is None else ("period not stated" if period == UNSTATED else period),
        "" if source is None or source == UNSTATED else f"by {_value(SOURCE, source, names)}",
    ]
    return ", ".join(part for part in parts if part)


def _value(dimension: str, code: str, names: Names) -> str:
    return "(not stated)" if code == UNSTATED else names(dimension, code)


def _called(dimension: str) -> str:
    return dimension.replace("_", " ")


def _whole(claim: Claim, names: Names) -> str:
    if claim.whole is None:
        return "a whole that is not stated"
    whole: dict[str, str | None] = {**claim.dimensions, **claim.whole}
    return subject({name: value for name, value in whole.items() if value is not None}, names)


def how_known(claim: Claim, sources: Sources) -> Iterator[str]:
    """A sentence for each dimension that the sentence with the figure does not give itself."""
    for dimension, known in sorted(claim.known.items()):
        if known.how == EXPLICIT:
            continue
        if dimension == "base_period":
            if known.how == INFERRED and claim.base_period is not None:
                yield f"taken against {claim.base_period}, a year earlier, as the text names no other base"
            elif claim.base_period is None:
                yield "the text does not say against what"
            continue
        if known.how == CARRIED and claim.place.row is not None:
            yield f"{_called(dimension)} is given for the table as a whole"
        elif known.how == CORRECTED:
            yield _corrected(claim, dimension, known)
        elif known.printed is not None:
            meant = claim.dimensions.get(dimension, "?")
            yield f'{_called(dimension)} is taken to be {meant} where the text says "{known.printed}"'
        else:
            yield f"{_called(dimension)} {HOW_WORDS[known.how]}{_quoted(claim, known, sources)}"


def _corrected(claim: Claim, dimension: str, known: Knowledge) -> str:
    printed = f' from "{known.printed}"' if known.printed else ""
    why = f": {known.why}" if known.why else ""
    return f"{_called(dimension)} is corrected by a person{printed} to {claim.dimensions.get(dimension, '?')}{why}"


def _quoted(claim: Claim, known: Knowledge, sources: Sources) -> str:
    """The words that show a dimension; nothing when the document is not what was read."""
    place = claim.place
    text = sources(claim.document.path) if claim.document.path and known.how != NOT_STATED else None
    if text is None or known.start is None or known.end is None or place.start is None or place.end is None:
        return ""
    if text[place.start : place.end] != place.printed:
        return ""
    words = " ".join(text[known.start : known.end].split())
    return f' ("{words}")' if 0 < len(words) <= MAXIMUM_QUOTE else ""


def readings(claim: Claim) -> Iterator[str]:
    """What a figure may stand for: its strict reading with the reason, then the loose ones."""
    like = shown_figure(stated([claim]))
    yield strict_reading(claim.figure, like)
    for reading in claim.figure.loose:
        how = LOOSE_WORDS.get(reading.name, f"it is read as {reading.name}")
        yield f"or, if {how}: {limits(reading.interval, like)}"


def strict_reading(figure: Figure, like: Figure) -> str:
    """The strict reading and its reason: `printed to 0.1 billion USD, so 31.45–31.55 billion USD`."""
    own, shown = figure.strict, limits(figure.strict, like)
    if figure.kind == BOUND:
        return f'"{figure.qualifier}" sets a bound: {shown}'
    if figure.kind == HEDGE:
        return f'"{figure.qualifier}" opens a window: {shown}' if figure.qualifier else f"said in words: {shown}"
    if figure.kind == EXACT or own.low is None or own.high is None:
        return f"a count in whole numbers, so exactly {shown}" if figure.counts else f"exactly {shown}"
    step = amount(own.high - own.low, like)
    if figure.face in (own.low, own.high):
        return f"cut off at {step}, so {shown}"
    return f"printed to {step}, so {shown}"


def limits(interval: Interval, figure: Figure) -> str:
    """An interval for people; an end that is not part of it is said to be nearly reached."""
    text = interval_like(interval, figure)
    if interval.low is None or interval.high is None or interval.is_point:
        return text
    if interval.low_closed and interval.high_closed:
        return text
    low, dash, high = text.partition("–") if "–" in text else text.partition(" to ")
    if not dash:
        return text
    return f"{'' if interval.low_closed else 'just over '}{low} to {'' if interval.high_closed else 'just under '}{high}"


def amount(gap: Fraction, figure: Figure) -> str:
    """A difference, with as many places as it takes."""
    scaled = gap / (figure.unit.factor * figure.scale)
    text = exact(scaled)
    if "/" in text or len(text.partition(".")[2]) <= 3:
        return "1 point" if (shown := gap_like(gap, figure)) == "1 points" else shown
    return f"{text} {'points' if figure.unit.name == 'percent' else figure.unit.name}".strip()
