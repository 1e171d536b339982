"""What if a figure were another one, or one more were known? Claims changed and added for one run; no file is written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace

from crosscheck.checking.homes import is_of_nobody
from crosscheck.checking.relations import shifted
from crosscheck.checking.stated import BASED
from crosscheck.claims.model import MEASURES, PERIOD, Claim, Document, Place
from crosscheck.figures.figure import Figure
from crosscheck.figures.periods import PeriodError, normal_form, parse_period
from crosscheck.figures.quantities import Quantities
from crosscheck.figures.text import FigureError, parse_figure
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.project.joint import Joint

WHAT_IF = Document("what-if")
KEY = re.compile(r"([a-z][a-z0-9_]*)=(.*)", re.DOTALL)
MAXIMUM_SHOWN = 80


def changed(claims: Sequence[Claim], wanted: Joint, table: Quantities) -> list[Claim]:
    """The claims with the figures that `--set` gives and those that `--add` adds; raises InputFaults with all faults."""
    found = list(claims)
    faults: list[Fault] = []
    for text in wanted.set:
        try:
            found = _with_figure(found, text, table)
        except InputFaults as error:
            faults += error.faults
    for number, text in enumerate(wanted.add, 1):
        try:
            found.append(_added(found, text, number, table))
        except InputFaults as error:
            faults += error.faults
    if faults:
        raise InputFaults(faults)
    return found


def _fault(option: str, message: str, hint: str | None = None) -> InputFaults:
    return InputFaults([Fault(option, None, None, message, hint)])


def _named(claims: Sequence[Claim], name: str, option: str) -> Claim:
    """The claim with this id, with or without the document's, or the one at this place: `draft.md:6:107`."""
    exact = [claim for claim in claims if claim.id == name] or [c for c in claims if c.id.partition("#")[2] == name]
    exact = exact or [claim for claim in claims if _stands_at(claim, name)]
    if len(exact) == 1:
        return exact[0]
    if exact:
        ids = ", ".join(claim.id for claim in exact[:6])
        raise _fault(option, f'{len(exact)} figures are called "{name[:MAXIMUM_SHOWN]}"', f"name one of them: {ids}")
    known = [*(c.id.partition("#")[2] for c in claims), *(c.id for c in claims)]
    raise _fault(option, f'no figure is called "{name[:MAXIMUM_SHOWN]}"', did_you_mean(name, known, 4))


def _stands_at(claim: Claim, name: str) -> bool:
    """True when `name` is the place of a claim as reports tell it, with the whole path or its end."""
    own = f"{claim.document.path}:{claim.place.line}:{claim.place.column or 1}"
    return claim.document.path is not None and claim.place.line is not None and (own == name or own.endswith(f"/{name}"))


def _figure(text: str, measure: str, option: str, table: Quantities) -> Figure:
    try:
        return parse_figure(text, measure, table)
    except FigureError as error:
        raise _fault(option, f'"{text[:MAXIMUM_SHOWN]}": {error}', getattr(error, "hint", None)) from None


def _with_figure(claims: Sequence[Claim], text: str, table: Quantities) -> list[Claim]:
    name, equals, figure = text.partition("=")
    if not equals or not name.strip() or not figure.strip():
        hint = 'write --set CLAIM=FIGURE, such as --set turnover-2022="24.2 billion USD"'
        raise _fault("--set", f'"{text[:MAXIMUM_SHOWN]}" is not understood', hint)
    claim = _named(claims, name.strip(), "--set")
    place = replace(claim.place, start=None, end=None, printed=figure.strip(), row=None)
    other = replace(claim, figure=_figure(figure.strip(), claim.measure, "--set", table), place=place)
    return [other if one is claim else one for one in claims]


def _added(claims: Sequence[Claim], text: str, number: int, table: Quantities) -> Claim:
    try:
        words = shlex.split(text)
    except ValueError:
        words = text.split()
    keys: dict[str, str] = {}
    while words and (match := KEY.fullmatch(words[0])):
        keys[match[1]] = match[2]
        words.pop(0)
    figure = " ".join(words)
    hint = 'write --add like=CLAIM time_period=2022 "24.2 billion USD"'
    if "like" not in keys or not figure:
        what = "a figure that it is like" if "like" not in keys else "the figure itself"
        raise _fault("--add", f'"{text[:MAXIMUM_SHOWN]}" lacks {what}', hint)
    like = _named(claims, keys.pop("like"), "--add")
    measure = keys.pop("measure", like.measure)
    if measure not in MEASURES:
        raise _fault("--add", f'unknown measure "{measure[:MAXIMUM_SHOWN]}"', did_you_mean(measure, MEASURES))
    based = keys.pop("base_period", None)
    dimensions = {**like.dimensions, **{key: _period(value) if key == PERIOD else value for key, value in keys.items()}}
    dimensions = {key: value for key, value in dimensions.items() if value != "none"}
    return Claim(
        f"what-if#{number}",
        WHAT_IF,
        _figure(figure, measure, "--add", table),
        dimensions,
        measure,
        base_period=_base(like, measure, dimensions, based),
        whole=like.whole if measure == "share" else None,
        modality=like.modality,
        place=Place(printed=figure),
        home=frozenset({like.document.id}) if is_of_nobody(like) else None,
    )


def _base(like: Claim, measure: str, dimensions: Mapping[str, str], given: str | None) -> str | None:
    """The base period: as given, that of the like claim where the period is the same, else a year before."""
    if measure not in BASED:
        return None
    if given is not None:
        return _period(given)
    if like.base_period is not None and like.dimensions.get(PERIOD) == dimensions.get(PERIOD):
        return like.base_period
    return shifted("year_before", dimensions.get(PERIOD, ""))


def _period(text: str) -> str:
    try:
        return normal_form(parse_period(text))
    except PeriodError as error:
        raise _fault(
            "--add", f'"{text[:MAXIMUM_SHOWN]}" is no period: {error}', "write 2022, 2023-Q1, 2024-01/2024-04 …"
        ) from None
