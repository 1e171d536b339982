"""A part, its whole and the share that it is; a total, a number and what is left for each: told in one breath.

"Three quarters of the 1,600 households, or 1,200", "24 of the 36 matches, two thirds", "£2.4 million for six buses, or
£400,000 each": the grammar says which of the three is which, and so they are set beside one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from crosscheck.claims.model import INDICATOR, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Number, Statement
from crosscheck.extraction.relations.comparisons import Comparison, compared, name_alike, tie_compared
from crosscheck.extraction.relations.dealt import Dealt, dealt_out, tie_dealt
from crosscheck.extraction.sentences.measures import LEVEL, SHARE, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import Row, Token
from crosscheck.inputs.values import replace, value

N = "[$#]"
SHARE_OF, PART, WHOLE = "(?P<share>[%h])", rf"(?P<part>{N})", rf"(?P<whole>{N})"
GAP = "[.TXAEIiPBLjGwtv12-]{0,9}"
OF = "o[.TjGAI]{0,3}(?:o[.Tj]?)?"
WHOM = "(?:W|o[.])"
LONG = "[.TXAEIiPBLUDjGwtv12y-]{0,14}"
PORTIONS = tuple(
    re.compile(one)
    for one in (
        rf"{SHARE_OF}{OF}{WHOLE}{GAP},?r{PART}",  # "a third of the 600 hives, or 200"
        rf"{PART}{OF}{WHOLE}{GAP},r{SHARE_OF}",  # "60 of the 150 plots, or 40%"
        rf"{PART}{OF}{WHOLE}{GAP},(?P<close>){SHARE_OF}",  # "60 of the 150 plots, 40%, are …"
        rf"{PART}{OF}{WHOLE}{GAP}\({SHARE_OF}\)",  # "60 of the 150 plots (40%)"
        rf"{SHARE_OF}{GAP}[:,(][.]{{0,2}}{PART}[.IX]{{0,2}}{OF}{WHOLE}",  # "Turnout was 42%: 4,200 of 10,000 voted"
        rf"{WHOLE}{GAP},?{WHOM}{PART}{GAP},?[(r]{SHARE_OF}",  # "2 million users, of whom 500,000, or 25%, pay"
        rf"{SHARE_OF}{OF}{WHOLE}{GAP},(?P<shut>){PART}[.IX]{{0,2}}[,!)]",  # "one in five of the 600 hives, 120, …"
        rf"(?:^|[,;:\"!])o[.Tj]{{0,2}}{WHOLE}{LONG}{PART}{GAP},?r?[(]?[.]?{SHARE_OF}(?:W|o[.j]|[,!;)])",  # of 36 it won 24
        rf"{PART}{GAP},r?[.]?{SHARE_OF}{OF}{WHOLE}(?![.P]{{0,2}}[SLVyq])",  # "€84 million, 35% of its income of €240m"
        rf"{PART}f[.jT]?{WHOLE}{GAP},?r[.]?{SHARE_OF}o[.j]",  # "fees of $2 million from a $20 million sale, or 10% of it"
        rf"{SHARE_OF}o[.TjGAP]{{1,5}}{GAP}:{PART}{GAP}v[.jT]?{WHOLE}",  # "96% of the level of 2019: 48,000 against 50,000"
        rf"{PART}{GAP},?[.]{{0,2}}{OF}{WHOLE}{GAP},(?P<so>[.XIPAEjy]{{1,8}})S[.b]?[.]?{SHARE_OF}(?:o[.TjI]|[,!;.])",
    )
)
EACH = "(?P<each>[$#])"
TOTAL, NUMBER = "(?P<total>[$#])", "(?P<number>#)"
AVERAGES = tuple(
    re.compile(one)
    for one in (
        rf"{NUMBER}[.XIAE]{{1,3}}[LS.]{{0,2}}{TOTAL}{GAP},(?:r|[.]?[.]o)[.]?{EACH}",  # "six buses cost £2m, or … each"
        rf"{NUMBER}{LONG}{TOTAL}{LONG},(?:[.]?[.]o)[.]?{EACH}",  # "1,250 runners collected £97,500, an average of £78 each"
        rf"{TOTAL}[.XI]{{1,3}}a{NUMBER}{GAP},r[.]?{EACH}",  # "11,400 patients and six doctors, or 1,900 for each doctor"
        rf"{TOTAL}[;,]{GAP}{NUMBER}{GAP},?[.]?[L.]{{1,2}}{EACH}",  # "£500 million; over 25 million people that is £20 each"
        rf"{NUMBER}{GAP}[Liw.][.]?{EACH}[.X]{{1,2}},(?:r|[.]{{1,2}}i?|[.]?L){TOTAL}",  # "1,800 shirts at £45 each, or …"
        rf"{TOTAL}{GAP}[aofit]{{1,2}}[.jT]?{NUMBER}{GAP},(?:r|[.]?[.]o)?[.]?{EACH}",  # "£9 million for 30 pools, or … each"
        rf"{NUMBER}{GAP}[.iw][.]?{EACH},r{TOTAL}",  # "240 cows give 25 litres each, or 6,000"
    )
)
LEAST = 2


@value
class Portion:
    """Token indices of a figure and of those beside it, by role."""

    subject: int
    beside: Mapping[str, int]


@value
class Beside:
    """What a sentence sets beside one another."""

    comparisons: Sequence[Comparison] = ()
    portions: Sequence[Portion] = ()
    dealt: Sequence[Dealt] = ()


def told_beside(state: Walk, numbers: Sequence[int], measured: dict[int, Measured]) -> Beside:
    """The figures of a sentence that its grammar ties; gives them measures and a subject where they have none."""
    if len(numbers) < 3:
        return Beside()
    comparisons = compared(state, numbers, measured)
    taken = {at for one in comparisons for at in (one.then, one.now, one.step)}
    shares = portions(state, measured, taken)
    taken |= {at for one in shares for at in (one.subject, *one.beside.values())}
    return Beside(comparisons, shares, dealt_out(state, numbers, measured, taken))


def tie_beside(text: str, tokens: Row, beside: Beside, statements: list[Statement], stated: Mapping[int, int]) -> None:
    """Sets each figure beside those that its sentence ties it to."""
    tie_compared(beside.comparisons, statements, stated)
    tie_portions(beside.portions, statements, stated)
    tie_dealt(text, tokens, beside.dealt, statements, stated)


def portions(state: Walk, measured: dict[int, Measured], taken: set[int]) -> list[Portion]:
    """The portions of a sentence; gives their figures measures and a subject where they have none of their own."""
    found: list[Portion] = []
    for one in _found(state.tokens):
        told = {one.subject, *one.beside.values()}
        if told & taken or not name_alike(state, (*one.beside.values(), one.subject)):
            continue
        _measure(one, measured)
        taken |= told
        found.append(one)
    return found


def _found(tokens: Row) -> Iterator[Portion]:
    row = tokens.letters
    matches = [match for pattern in PORTIONS for match in pattern.finditer(row)]
    for match in sorted(matches, key=lambda match: match.end() - match.start()):
        one = Portion(match.start("share"), {"part": match.start("part"), "whole": match.start("whole")})
        if _is_portion(tokens, row, one, match):
            yield one
    averages = [match for pattern in AVERAGES for match in pattern.finditer(row)]
    for match in sorted(averages, key=lambda match: match.end() - match.start()):
        one = Portion(match.start("each"), {"total": match.start("total"), "number": match.start("number")})
        if _is_each(tokens, one, match):
            yield one


def _number(token: Token) -> Number:
    assert isinstance(token.mention, Number)
    return token.mention


def _is_portion(tokens: Row, row: str, one: Portion, match: re.Match[str]) -> bool:
    part, whole, share = (_number(tokens[at]) for at in (one.beside["part"], one.beside["whole"], one.subject))
    if row[one.beside["part"]] != row[one.beside["whole"]]:
        return False
    if part.unit != whole.unit and not (part.unit in ("", whole.unit) or part.unit.startswith("{") or whole.unit == ""):
        return False
    behind = row[one.subject + 1 : one.subject + 3]
    last = one.subject > max(one.beside.values())
    if "close" in match.groupdict() and match["close"] is not None and not re.match(r"[,!)]|Wh?[,!]", behind):
        return False  # "24 of the 36 members, 40% of the women among them"
    pointed = tokens[one.subject + 2] if behind.startswith("o") and len(behind) > 1 else None
    named = match.groupdict()
    if named.get("so") is not None:
        said = {token.text for token in tokens[match.start("so") : match.end("so")]}
        return not words_of("meaning").isdisjoint(said) and share.value <= 100
    if last and pointed is not None and pointed.letter != "T" and pointed.text not in words_of("it"):
        return False
    return share.kind != "percent" or share.value <= 100


def _is_each(tokens: Row, one: Portion, match: re.Match[str]) -> bool:
    """Whether the third is said to be that of each, and is counted like the total."""
    each, total, number = (_number(tokens[at]) for at in (one.subject, one.beside["total"], one.beside["number"]))
    said = _says_each([token.text for token in tokens[one.subject + 1 : one.subject + 5]], number)
    if not said or number.unit.startswith("/") or number.kind not in ("count", "bare") or number.value < LEAST:
        return False
    return each.unit == total.unit or (each.kind in ("bare", "count") and total.kind in ("bare", "count"))


def _says_each(behind: Sequence[str], number: Number) -> bool:
    """ "Each", "apiece", "for each doctor", "a match"; not "£50,000 each to six of them"."""
    for at, word in enumerate(behind[:2]):
        if word in ("each", "apiece") and (at == 0 or behind[0] not in ("for", "to", "from", "of")):
            return (behind[at + 1 :] or ["."])[0] in ".,;!)"
        if word in ("for", "to", "from", "per", "a", "an"):
            what = [one for one in behind[at + 1 :] if one not in ("each", "every")][:1]
            return bool(what) and (what[0] in words_of("a_head") or number.unit.startswith(f"{{{what[0][:4]}"))
    return False


def _measure(one: Portion, measured: dict[int, Measured]) -> None:
    """Gives the three their measures, where they have others."""
    kind = SHARE if "part" in one.beside else LEVEL
    for at, wanted in ((one.subject, kind), *((at, LEVEL) for at in one.beside.values())):
        told = measured.get(at)
        if told is None or told.measure != wanted:
            measured[at] = Measured(wanted)


def tie_portions(found: Sequence[Portion], statements: list[Statement], stated: Mapping[int, int]) -> None:
    """Sets the share or average of each portion beside its two amounts."""
    for one in found:
        if not all(at in stated for at in (one.subject, *one.beside.values())):
            continue
        subject = statements[stated[one.subject]]
        others = [statements[stated[at]] for at in one.beside.values()]
        if any(other.measure != LEVEL for other in others) or subject.measure not in (SHARE, LEVEL):
            continue
        dimensions = dict(subject.dimensions)
        if "number" in one.beside:
            number = statements[stated[one.beside["number"]]].dimensions.get(INDICATOR)
            dimensions.setdefault("per", Known(number.value if number is not None else "each", INFERRED))
        beside = {role: stated[at] for role, at in one.beside.items()}
        statements[stated[one.subject]] = replace(subject, dimensions=dimensions, beside=beside)
