"""Two levels and what lies between them, told in one breath: "from £1.60 to £2.00, an increase of 25%".

The grammar alone says which figure starts, which one ends and which one is the step between them, whatever they are
figures of and whenever that was. So they are set beside one another (`Statement.beside`), and no dimension is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crosscheck.claims.model import CARRIED, EXPLICIT, INDICATOR, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import BARE, MEASURE, MONEY, Known, Number, Period, Statement
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, MULTIPLE_OF, RATE, SHARE, UP_OR_DOWN, Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.times_beside import has_own_base
from crosscheck.extraction.sentences.tokens import Row, letters
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.values import replace, value

N = "[$#%]"
STEP = r"(?P<step>[$#%hxp])"
NOW, THEN = rf"(?P<now>{N})", rf"(?P<then>{N})"
GAP = "[.TXAEIiPBoLjG-]{0,9}"
WIDE = "[.TXAEIiPBLjGoW-]{0,10}"  # "41,200 of them at the end of May"
FROM_TO = (
    rf"f[.jT]{{0,2}}{THEN}{GAP}t[.jT]{{0,2}}{NOW}",
    rf"t[.jT]{{0,2}}{NOW}{GAP},?f[.jT]{{0,3}}{THEN}",
)
AFTERWARDS = (  # "…, an increase of 25%", "… (up 25%)", "…, or 25%", "…, a 25% rise"
    rf"{GAP}[,(-]?[.]{{0,3}}[UDC][.T]{{0,2}}[ob]?[.]?{STEP}",
    rf"{GAP},?r[.]{{0,2}}{STEP}",
    rf"{GAP}\({STEP}\)",
    rf"{GAP}[,(-]?[.]{{0,2}}{STEP}[.]?[UDC]",
)
# "…, which means that food is 18% dearer", "…, so that prices went up by 18%"
MEANS = r"[.XAEIoiBPjLG-]{0,6}(?:\([^()]{0,8}\))?[,;](?P<means>[.XIyjLaP]{1,8})"
# "140 at the end of 2023 and 172 a year later, an increase of 32"
DATED = r"[.TXAEIioLG-]{0,6}(?P<first>[PB])"
LATER = r"[.TXAEIioLG-]{0,6}(?:(?P<last>[PB])|(?P<later>[.]{1,3}))"
AND_THEN = rf"[.XI]{{0,3}}[a,;]{{1,2}}[.i]{{0,3}}(?P<last>P){GAP}"
AN_INCREASE = r"[,(-]?[.]{0,3}[UDC][.T]{0,2}[ob]?[.]?(?P<step>[$#%hxp])"
PATTERNS = tuple(
    re.compile(one)
    for one in (
        *(f"{two}{after}" for two in FROM_TO for after in AFTERWARDS),
        *(rf"[UDC][.T]?b?[.]?{STEP}{GAP},?[.a]?{two}" for two in FROM_TO),
        *(rf"[UDC][.T]?b?[.]?{STEP}{GAP},(?P<bringing>[.q]){GAP}{two}" for two in FROM_TO),
        # "a 36% rise in output from … to …": amounts, as a rise in prices may itself go from 2% to 3%
        *(rf"{STEP}[.]?(?P<cue>[UD])[io][.TXAEIP-]{{1,7}},?{two}" for two in (one.replace(N, "[$#]") for one in FROM_TO)),
        *(rf"{STEP}{GAP}:{GAP}{two}" for two in (*FROM_TO, rf"{NOW}{GAP},?v[.jT]{{0,3}}{THEN}")),
        *(rf"(?P<step>x){GAP},?[.a]?{two}" for two in FROM_TO),
        rf"{NOW}{GAP},?[.]{{0,2}}{STEP}(?P<than>[.UDMmv])v?[.jTI]{{0,3}}o?[.jT]?{THEN}",
        rf"{NOW}{GAP},?v[.jT]{{0,3}}{THEN}{MEANS}{STEP}[.T]?[UDMm]",
        rf"{NOW}{GAP},?v[.jT]{{0,3}}{THEN}{MEANS}[UD][.]?b[.]?{STEP}",
        rf"{THEN}{DATED}(?:a|,a?|,?u)(?:[.TXAEIioLG-]{{0,4}}P,?)?{GAP}{NOW}{LATER}{AN_INCREASE}",
        rf"(?P<first>P){GAP}{THEN}{AND_THEN}{NOW}{AN_INCREASE}",
        rf"{THEN}{DATED}{AND_THEN}{NOW}{AN_INCREASE}",
        *(rf"{NOW}{GAP},?v[.jT]{{0,3}}{THEN}{GAP}{after.removeprefix(GAP)}" for after in AFTERWARDS),
        rf"{NOW}{GAP}[,(]?[.]{{0,2}}(?P<cue>[UD])[.]?b?[.]?{STEP}{GAP}[fvi][.jT]{{0,3}}{THEN}",
        rf"{NOW}{GAP},?[.]{{0,2}}{STEP}[.T]?(?P<cue>[Mm])v?[.jTIo]{{0,4}}{THEN}",
        rf"{NOW}{WIDE},?[.]{{0,2}}(?P<step>[x])(?P<like>[.TMj]{{1,4}}){THEN}",
        rf"{NOW}{WIDE},?[.]{{0,2}}{STEP}[.]?(?P<cue>[MmUD])[vi]{{0,2}}[.]?[iPB]{{1,3}},(?P<when>[.])[.jLAXIi]{{0,5}}{THEN}",
    )
)
_LENGTHS = {"minute", "hour", "day", "week"}
ALIKE = frozenset(("the", "as", "much", "many", "its", "their", "of", "number", "amount", "roughly", "some"))
CLAUSES = frozenset(("as", "while", "whereas", "although", "though", "but"))
THEN_WORDS = frozenset(("when", "against"))
# Behind a step: another base, or a rate in time. Then it does not lie between the two levels.
OTHER_BASE = compiled(r"[.]{0,2}(?:v|f|[Mm])")
A_YEAR = frozenset(("a", "an", "per", "each", "every", "annually", "yearly", "monthly", "real", "constant", "annual"))
REAL = frozenset(("real", "inflation", "inflation-adjusted", "constant", "annualised", "annualized"))
LEVELS = (LEVEL, RATE, SHARE)


@value
class Comparison:
    """Token indices of the earlier and the later level, and of the step between them."""

    then: int
    now: int
    step: int
    follows: bool = False  # the text says that the step comes of the two levels, whatever it is told of


def compared(state: Walk, numbers: Sequence[int], measured: dict[int, Measured]) -> list[Comparison]:
    """The comparisons of a sentence; gives their figures measures and a subject where they have none of their own."""
    found: list[Comparison] = []
    for one, direction in _found(state.tokens):
        if any({one.then, one.now, one.step} & {other.then, other.now, other.step} for other in found):
            continue
        if _measure(state, one, direction, measured) and name_alike(state, (one.now, one.then, one.step)):
            found.append(one)
    return found


def _found(tokens: Row) -> Iterator[tuple[Comparison, int]]:
    """Comparisons with the direction of their step, where its words tell it; the nearest reading of a step first."""
    if not tokens.texts.isdisjoint(REAL):
        return
    row = letters(tokens)
    matches = [match for pattern in PATTERNS for match in pattern.finditer(row)]
    for match in sorted(matches, key=lambda match: match.end() - match.start()):
        follows = match.groupdict().get("means") is not None
        one = Comparison(match.start("then"), match.start("now"), match.start("step"), follows)
        if _is_sound(tokens, row, match, one):
            yield one, _direction(tokens, row, match)


def _is_sound(tokens: Row, row: str, match: re.Match[str], one: Comparison) -> bool:
    """Whether the three figures can be two amounts of a kind and what lies between them."""
    then, now, step = (tokens[at].mention for at in (one.then, one.now, one.step))
    if not (isinstance(then, Number) and isinstance(now, Number) and isinstance(step, Number)):
        return False
    if row[one.step] in "%h" and row[one.step + 1 : one.step + 2] == "o":
        return False  # "back to 96% of their level of 2019: 4.8 million against 5.0 million"
    alike = then.unit == now.unit or (row[one.then] == row[one.now] and "" in (then.unit, now.unit))
    alike = alike or {then.unit, now.unit} <= _LENGTHS  # "2 hours 10 minutes, 50 minutes less than the 3 hours"
    if not alike or (row[one.then] == "%" and row[one.step] in "$#"):
        return False
    if row[one.step] in "$#" and not (step.unit in (then.unit, now.unit) or (row[one.step] == "#" and step.unit == "")):
        return False
    named = match.groupdict()
    if named.get("like") and not ALIKE.issuperset(token.text for token in tokens[match.start("like") : match.end("like")]):
        return False
    if named.get("bringing") and tokens[match.start("bringing")].text not in words_of("bringing"):
        return False
    if named.get("than") and tokens[match.start("than")].text not in words_of("higher") | words_of("lower"):
        return False
    if named.get("means") and words_of("meaning").isdisjoint(
        token.text for token in tokens[match.start("means") : match.end("means")]
    ):
        return False
    if named.get("first") and not _is_later(tokens, match):
        return False
    if named.get("when") and tokens[match.start("when")].text not in THEN_WORDS:
        return False
    if _begins_anew(tokens, max(one.then, one.now) + 1, one.step):
        return False
    ends = one.step == match.end() - 1 or row[one.step + 1] in ")UDC."
    ends = ends and one.step > max(one.then, one.now)
    if ends and (OTHER_BASE.match(row, match.end()) or has_own_base(tokens, one.step)):
        return False
    behind = [token.text for token in tokens[one.step + 1 : one.step + 3]]
    before = [token.text for token in tokens[max(one.step - 3, 0) : one.step]]
    return A_YEAR.isdisjoint(behind[:1]) and (A_YEAR.isdisjoint(before) or _is_article(before))


def _is_later(tokens: Row, match: re.Match[str]) -> bool:
    """Whether the second of two dated levels is the later one: "140 at the end of 2023 and 172 a year later"."""
    if match.groupdict().get("later"):
        return not {"later", "afterwards"}.isdisjoint(
            token.text for token in tokens[match.start("later") : match.end("later")]
        )
    one, other = (tokens[match.start(name)].mention for name in ("first", "last"))
    if not (isinstance(one, Period) and isinstance(other, Period)):
        return False
    return one.value is not None and other.value is not None and one.value < other.value


def _begins_anew(tokens: Row, start: int, end: int) -> bool:
    """Whether between two levels and the step behind them another clause begins: "… to $5 million as costs rose by 19%"."""
    words = [token.text for token in tokens[start:end]]
    return any(word in CLAUSES and after not in ("much", "many") for word, after in pairwise([*words, ""]))


def _is_article(before: Sequence[str]) -> bool:
    """ "An increase of 25%": the article is no "per"."""
    return bool({"a", "an"} & {*before}) and A_YEAR.difference(("a", "an")).isdisjoint(before)


def _direction(tokens: Row, row: str, match: re.Match[str]) -> int:
    """Up or down by the cue beside the step, else by the last one before it; 0 where none tells."""
    cue = match.groupdict().get("cue")
    if cue:
        return UP_OR_DOWN[cue]
    if match.groupdict().get("than"):
        return 1 if tokens[match.start("than")].text in words_of("higher") else -1
    near = [letter for letter in row[match.start() : match.end()] if letter in "UDC"]
    if near:
        return UP_OR_DOWN[near[-1]]
    before = re.findall(r"[UD]", row[: match.start()])
    return UP_OR_DOWN[before[-1]] if before else 0


def _measure(state: Walk, one: Comparison, direction: int, measured: dict[int, Measured]) -> bool:
    """Gives the three their measures; False where what is known of them is something else."""
    row = state.row
    ratio = row[one.then] == "%"
    own = measured.get(one.step)
    kind = row[one.step]
    step = GROWTH if kind in "%h" else MULTIPLE_OF if kind == "x" else CHANGE
    if own is None or own.measure not in (GROWTH, CHANGE, MULTIPLE_OF) or own.direction == 0:
        if direction == 0:
            direction = 1 if _value(state, one.now) >= _value(state, one.then) else -1
        measured[one.step] = Measured(step, direction)
    elif own.measure != step and (step != CHANGE or kind != "p"):
        return False
    kinds = {measured[at].measure for at in (one.then, one.now) if at in measured}
    alike = RATE if ratio else LEVEL
    for at, is_base in ((one.then, True), (one.now, False)):
        told = measured.get(at)
        if told is None or told.measure not in LEVELS:
            measured[at] = Measured(alike, 1, is_base=is_base, is_to=not is_base)
        elif ratio and (len(kinds) > 1 or step == GROWTH):
            measured[at] = replace(told, measure=RATE)
    return True


def _value(state: Walk, at: int) -> Fraction:
    number = state.tokens[at].mention
    assert isinstance(number, Number)
    return number.value


def name_alike(state: Walk, told: Sequence[int]) -> bool:
    """What one of some numbers is a figure of, all are where they say nothing of their own; False where nobody says."""
    frames = [state.frames[at] for at in told if at in state.frames]
    named = [frame for frame in frames if frame.indicator is not None]
    named.sort(key=lambda frame: frame.indicator is not None and frame.indicator.how == CARRIED)
    if not named:
        spoken = _in_its_words(state, min(told))
        if spoken is None:
            return False
        named = [Frame(spoken, state.subject)]
    for at in told:
        frame = state.frames.get(at)
        if frame is None or frame.indicator is None:
            state.frames[at] = named[0]
    return True


def _in_its_words(state: Walk, first: int) -> Known | None:
    """What the figures are of where nobody says: the words before the first of them, or behind it ("in 2019 it had …")."""
    start = max((at + 1 for at in range(first) if state.row[at] in ",;:!"), default=0)
    words = [
        token
        for token in state.tokens[start:first]
        if token.letter in ".XTLIVtE" and token.text.lower() not in words_of("stop") | words_of("pronoun")
    ]
    while words and words[-1].letter in "LVt":
        words.pop()
    if not words:
        return None
    begin, end = words[0].start, words[-1].end
    return Known(" ".join(state.text[begin:end].split()).lower(), INFERRED, begin, end)


def with_units_compared(found: Sequence[Comparison], said: Mapping[int, Number]) -> dict[int, Number]:
    """ "Made 64,000 kilowatt-hours, 28% more than the 50,000 of 2023": two levels have one unit."""
    given = dict(said)
    for one in found:
        now, then = given[one.now], given[one.then]
        for at, bare, other in ((one.then, then, now), (one.now, now, then)):
            if bare.kind == BARE and not bare.unit and other.unit and other.kind in (MONEY, MEASURE):
                given[at] = replace(bare, unit=other.unit, figure=f"{bare.figure} {other.unit}", kind=other.kind)
    return given


def tie_compared(found: Sequence[Comparison], statements: list[Statement], stated: Mapping[int, int]) -> None:
    """Sets the step of each comparison beside its two levels."""
    for one in found:
        if not all(at in stated for at in (one.then, one.now, one.step)):
            continue
        step, now, then = (statements[stated[at]] for at in (one.step, one.now, one.then))
        if not one.follows and _is_of_another(step, now):
            continue
        if step.measure in (GROWTH, CHANGE, MULTIPLE_OF) and now.measure in LEVELS and now.measure == then.measure:
            statements[stated[one.step]] = replace(
                step, beside={"now": stated[one.now], "then": stated[one.then]}, direction_unstated=False
            )


def _is_of_another(step: Statement, level: Statement) -> bool:
    """ "Profit fell to $5bn from $9bn as sales rose 6%": what is named just before a step is what it is told of."""
    own, told = step.dimensions.get(INDICATOR), level.dimensions.get(INDICATOR)
    if own is None or told is None or own.how != EXPLICIT or own.value == told.value:
        return False
    return own.start is not None and level.end < own.start < step.start
