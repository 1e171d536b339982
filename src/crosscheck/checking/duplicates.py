"""The short form `same`: claims about one quantity, equal in every dimension, against one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from crosscheck.checking.binding import Binding, begun, one_voice, settle_sources
from crosscheck.checking.index import Index, look_up_key
from crosscheck.checking.selecting import selects
from crosscheck.checking.stated import Stated, identity, stated, width
from crosscheck.claims.model import Claim
from crosscheck.figures.exact import Fraction
from crosscheck.figures.interval import Interval
from crosscheck.rules.model import Rule


def bind_duplicates(rule: Rule, operands: Iterable[Stated], index: Index) -> Iterator[Binding]:
    """The checks of a `same` rule: each quantity stated more than once, the least precise claim against the rest.

    Claims without a known source join those of each known one.
    """
    selector = rule.variables[rule.subject]
    quantities: dict[tuple[object, ...], list[Stated]] = defaultdict(list)
    for operand in operands:
        if selects(selector, operand, index):
            quantities[identity(operand.first, index.codelists)].append(operand)
    for same in quantities.values():
        unknown = [operand for operand in same if operand.source is None]
        known = [operand for operand in same if operand.source is not None]
        for voices in [[*unknown, operand] for operand in known] or [unknown]:
            yield from _agreements(rule, [claim for voice in voices for claim in voice.claims])


def _agreements(rule: Rule, claims: Sequence[Claim]) -> Iterator[Binding]:
    """Each document that contradicts itself by itself, as no other document excuses it; then the others together."""
    own: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        own[claim.document.id].append(claim)
    at_odds = {document for document, said in own.items() if stated(said).any_reading is None}
    if len(own) == 1:
        at_odds = set()
    for document in sorted(at_odds):
        yield agreement(rule, own[document])
    rest = [claim for claim in claims if claim.document.id not in at_odds]
    if len(rest) > 1:
        yield agreement(rule, rest)


def agreement(rule: Rule, claims: Sequence[Claim]) -> Binding:
    """The widest claim as the subject, the others as one operand; the pair that disagrees most when they do."""
    ordered = sorted(claims, key=lambda c: (not c.document.given, width(c.figure.strict), c.id))
    rest = stated(ordered[:-1])
    if rest.any_reading is None:
        # Of two that end at one number, the one that leaves it out is the farther one.
        low = min(ordered, key=lambda c: (*_upper(c.figure.any_reading), c.id))
        high = max(ordered, key=lambda c: (*_lower(c.figure.any_reading), c.id))
        widest = max(low, high, key=lambda c: (width(c.figure.strict), c.id))
        return Binding(rule, {"figure": stated([widest]), "again": stated([low if widest is high else high])})
    return Binding(rule, {"figure": stated([ordered[-1]]), "again": rest})


def _upper(interval: Interval) -> tuple[bool, Fraction | None, bool]:
    return interval.high is None, interval.high, interval.high_closed


def _lower(interval: Interval) -> tuple[bool, Fraction | None, bool]:
    return interval.low is not None, interval.low, not interval.low_closed


def bind_assumed_duplicate(rule: Rule, subject: Stated, index: Index) -> Iterator[Binding]:
    """An undated claim, taken to be about one period, against what other documents state of the same quantity then.

    A text that says of one figure when, and not of the other, tells of two times: "5.6 million tonnes. Last year 4.9".
    """
    assert subject.assumed is not None
    own = subject.first.document.id
    free: frozenset[str] = frozenset()
    key = look_up_key(subject.first.measure, subject.dimensions, free)
    same_whole = identity(subject.first, index.codelists)[2:]
    found = [
        operand
        for operand in index.table(free).get(key, ())
        if identity(operand.first, index.codelists)[2:] == same_whole
        and selects(rule.variables["again"], operand, index)
        and all(claim.document.id != own for claim in operand.claims)
    ]
    state = begun(rule, subject, index)
    for operand in settle_sources(state, found):
        voice = one_voice(state, operand)
        if voice is not None:
            yield Binding(rule, {"figure": subject, "again": voice})
