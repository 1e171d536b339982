"""On which basis a growth is told: one that is cleared of exchange rates or of what was bought and sold does not follow
from the amounts as they were reported."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from crosscheck.claims.model import INDICATOR
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, RATE
from crosscheck.extraction.sentences.rates import BASIS
from crosscheck.extraction.sentences.valued import with_prices
from crosscheck.inputs.values import replace

ORGANIC, LIKE_FOR_LIKE, COMPARABLE = "organic", "like-for-like", "comparable"
UNDERLYING, CONSTANT_RATES, ADJUSTED = "underlying", "constant-rates", "adjusted"
# Without a word of these nothing is said of a basis.
SAID = re.compile(
    r"organic|comparable|like|LFL|underlying|constant|unchanged|local|exclud|adjust|currency|net of|CER", re.I
)
_GROWTH = (
    r"(?=[ ](?:(?:net|group|total)[ ])?(?:(?:sales|revenues?|turnover)[ ])?(?:growth|increase|decrease|decline|rise|fall"
    r"|drop|change|expansion|improvement|progression)s?\b)"
)
_WITHOUT = r"(?:excluding|adjust(?:ed|ing) for|net of|stripping out|disregarding|before)[ ](?:the[ ]|any[ ])?"
_EFFECT = r"(?:(?:impacts?|effects?|influence|movements?|changes|fluctuations|swings)[ ](?:of|in|from)[ ](?:the[ ])?)?"
_EFFECTS = r"(?:[ ](?:impacts?|effects?|movements?|changes|fluctuations|swings))?"
_MONEY = r"(?:currenc(?:y|ies)|(?:foreign[ -])?exchange(?:[ -]rates?)?|FX|forex)\b"
_BOUGHT = r"(?:acquisitions?|disposals?|divest(?:ments?|itures?)|M&A|businesses[ ](?:bought|sold)|scope|perimeter)\b"
_ADVERBS: Sequence[tuple[str, str]] = (
    (ORGANIC, r"organically|on[ ]an[ ]organic[ ]basis|in[ ]organic[ ]terms"),
    (LIKE_FOR_LIKE, r"(?:on[ ]a[ ])?like[- ]for[- ]like(?:[ ](?:basis|terms))?|LFL"),
    (
        COMPARABLE,
        r"on[ ]an?[ ](?:fully[ ])?comparable[ ](?:and[ ]\w+[ ])?basis|in[ ]comparable[ ]terms|at[ ]constant[ ](?:group[ ])?"
        r"(?:scope|perimeter|structure|consolidation)\b",
    ),
    (UNDERLYING, r"on[ ]an[ ]underlying[ ]basis|in[ ]underlying[ ]terms"),
    (
        CONSTANT_RATES,
        r"(?:at|in|on|using|under|with)[ ](?:an?[ ])?(?:constant|fixed|unchanged|comparable)[ -](?:exchange[ -]rates?"
        r"|currenc(?:y|ies)|rates|FX)(?:[ -](?:rates?|basis|terms))?"
        r"|(?:in|on[ ]an?)[ ]local[ -]currenc(?:y|ies)(?:[ ]basis|[ ]terms)?|currency[ -](?:adjusted|neutral)|CER"
        rf"|{_WITHOUT}{_EFFECT}(?:(?:adverse|favou?rable|unfavou?rable|negative)[ ])?{_MONEY}{_EFFECTS}",
    ),
    (ADJUSTED, rf"{_WITHOUT}{_EFFECT}{_BOUGHT}{_EFFECTS}"),
)
_ADJECTIVES = (
    rf"{ORGANIC}{_GROWTH}|{COMPARABLE}{_GROWTH}|like-for-like{_GROWTH}|{UNDERLYING}{_GROWTH}|constant[ -]currency{_GROWTH}"
)
_ADVERB = re.compile("|".join(rf"(?P<v{n}>\b(?:{words}))(?!\w)" for n, (_, words) in enumerate(_ADVERBS)), re.I)
_ADJECTIVE = re.compile(rf"\b(?:{_ADJECTIVES})", re.I)
_REPORTED = re.compile(r"\b(?:reported|published|nominal|actual|headline)\b", re.I)
_BEHIND = re.compile(r"[ ,(–-]*(?:(?!and\b|but\b|while\b|or\b|when\b)[\w'’/-]+[ ,(]+){0,5}\Z")
_TO_LEVEL = re.compile(r"[ ,]*(?:\w+[ ]){0,3}?(?:to|reaching|at|totalling|totaling)[ ]\Z")
SAID_AGAIN = re.compile(r"(?:, ?|[ ])\(?or[ ](?:by[ ])?[+-]?")
# What some call by a name of its own is revenue, reckoned so.
OWN = {"organic-growth": ("revenue", ORGANIC), "organic-revenue": ("revenue", ORGANIC)}


def with_basis(text: str, start: int, end: int, statements: list[Statement], stated: Collection[int]) -> None:
    """Tells at whose prices, at which rates of exchange and for which parts of a company the figures of a sentence are
    told; `stated` are their indices in `statements`, the sentence is `text[start:end]`."""
    with_prices(text, start, end, statements, stated)
    _clear(text, start, end, statements, stated)


def _clear(text: str, start: int, end: int, statements: list[Statement], stated: Collection[int]) -> None:
    """Marks the growths and changes of a sentence that are told as if rates of exchange, or what there was of the company,
    had stayed the same."""
    changes = sorted(index for index in stated if statements[index].measure in (GROWTH, CHANGE, RATE))
    if not changes or SAID.search(text, start, end) is None:
        return
    figures = sorted((statements[index] for index in stated), key=lambda one: one.start)
    before: Statement | None = None
    taken: set[int] = set()  # where words begin that are said of the figure before them
    for index in changes:
        own = _as_revenue(statements[index])
        if own.measure == RATE or (BASIS in own.dimensions and own == statements[index]):
            continue
        statements[index] = own
        known = _behind(text, end, own, figures, taken) or _before(text, start, own, figures, taken)
        if known is None and before is not None and SAID_AGAIN.fullmatch(text, before.end, own.start):
            known = before.dimensions.get(BASIS)
        if known is not None:
            statements[index] = replace(own, dimensions={**own.dimensions, BASIS: known})
        before = statements[index]


def _as_revenue(one: Statement) -> Statement:
    """ "Organic growth of 5.3%", "organic sales rose 5.3%": both are the growth of revenue, told on one basis."""
    known = one.dimensions.get(INDICATOR)
    if known is None or known.value not in OWN:
        return one
    indicator, basis = OWN[known.value]
    measure = GROWTH if one.measure == RATE and one.unit == "percent" else CHANGE if one.measure == LEVEL else one.measure
    named = {INDICATOR: replace(known, value=indicator), BASIS: Known(basis, start=known.start, end=known.end)}
    return replace(one, measure=measure, dimensions={**one.dimensions, **named})


def _behind(text: str, end: int, own: Statement, figures: Sequence[Statement], taken: set[int]) -> Known | None:
    """ "Rose 5% at constant exchange rates", "5% organic growth", "rose 5% to €8 billion on a comparable basis"."""
    first, after = own.end, [one for one in figures if one.start >= own.end]
    if after and after[0].measure == LEVEL and _TO_LEVEL.match(text[own.end : after[0].start]):
        found = _first(text, after[0].end, after[1].start if len(after) > 1 else end)
        if found is not None and not text[after[0].end : found.start or 0].strip(" ,("):
            taken.add(found.start or 0)
            return found
    found = _first(text, first, after[0].start if after else end)
    if found is None or found.start is None or _BEHIND.fullmatch(text, first, found.start) is None:
        return None
    said = text[first : found.start].strip(" -–")
    if _REPORTED.search(said) or (said and _ADJECTIVE.match(text, found.start)):
        return None  # "rose 8%, with organic growth of 5%"
    taken.add(found.start)
    return found


def _before(text: str, start: int, own: Statement, figures: Sequence[Statement], taken: set[int]) -> Known | None:
    """ "Organic growth of 5%", "sales increased like-for-like by 5%"; at the head of a sentence, of all its growths."""
    first = max((one.end for one in figures if one.end <= own.start), default=start)
    found = _last(text, first, own.start)
    if found is None:
        head = _ADVERB.match(text, start)
        found = _known(head) if head is not None and text[head.end() : head.end() + 1] == "," else None
    if found is None or found.start is None or found.start in taken or ";" in text[found.start : own.start]:
        return None
    return None if _REPORTED.search(text, found.end or 0, own.start) else found


def _first(text: str, start: int, end: int) -> Known | None:
    found = [match for pattern in (_ADVERB, _ADJECTIVE) if (match := pattern.search(text, start, end)) is not None]
    return _known(min(found, key=lambda match: match.start())) if found else None


def _last(text: str, start: int, end: int) -> Known | None:
    found = [match for pattern in (_ADVERB, _ADJECTIVE) for match in pattern.finditer(text, start, end)]
    return _known(max(found, key=lambda match: match.start())) if found else None


def _known(match: re.Match[str]) -> Known:
    """The basis that words name, with its place."""
    named = [int(name[1:]) for name, words in match.groupdict().items() if words is not None]
    word = match[0].lower().replace(" ", "-")
    value = _ADVERBS[named[0]][0] if named else CONSTANT_RATES if word.startswith("constant") else word
    return Known(value, start=match.start(), end=match.end())
