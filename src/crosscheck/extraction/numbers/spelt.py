"""Numbers in words that are no plain number words: fractions, multiples, "one in five", indefinite ones, ordinals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosscheck.extraction.numbers import skips
from crosscheck.extraction.numbers.text import word_set
from crosscheck.figures.exact import Fraction
from crosscheck.figures.quantities import Quantities

DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10,
    "tenths": 10,
}  # fmt: skip
ORDINALS = word_set(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth hundredth"
)
INDEFINITE = word_set("tens dozens hundreds thousands millions billions trillions lakhs crores scores")
_SMALL = "one|two|three|four|five|six|seven|eight|nine"
_FRACTION = re.compile(rf"(?:(?P<n>{_SMALL})(?P<glue>[ \n-]))?(?P<d>{'|'.join(DENOMINATORS)})(?![a-z0-9_])")
_PERIOD_AFTER = re.compile(
    r"[ \n-]?(?:of[ \n])?(?:the[ \n])?(?:(?:current|last|this|next|previous|fiscal|past|same)[ \n])?(?:year|(?:19"
    r"|20)[0-9]{2}|fy|"
    r"fiscal|financial|month|decade|century|hour|day|a year|an hour|day|season|match|game|time|life"
    r"|season)\w{0,2}(?![a-z])"
)
_THIS_PERIOD = re.compile(
    r"(?<![a-z])(?:first|second|third|fourth|1st|2nd|3rd|4th|last|previous|next|each|every|per|this|that|latter"
    r"|same|fiscal|"
    r"final|current|other|opening|closing|recent|past|preceding|prior|the|summer|winter|back|front|i|ii)[ \n-]\Z"
)
_SHARE_AFTER = re.compile(
    r"[ \n]of[ \n](?!growth|decline|contraction|losses|expansion|recession|gains|profit|earnings|consecutive"
    r"|negative|positive)"
    r"|[ \n](?:more|less|higher|lower|fewer|larger|smaller|bigger|greater|as|above|below|up|down|from|compared|that|"
    r"its|their|our|his|her|to|cheaper|faster)(?![a-z])|[ ]?[,.;)]|[ \n]the[ \n]|[ \n](?:a|an)[ \n]|\Z|[ \n](?:in"
    r"|on|since|over|between|last|this|from|per)[ \n]"
)
# "Fell by a quarter last year", "a drop of half": whatever follows, it is no part of a period.
_BY = re.compile(
    r"(?<![a-z])(?:by(?:[ \n](?:about|almost|nearly|around|roughly|over|just[ \n](?:over|under)"
    r"|more[ \n]than))?|(?:drop|fall|cut|rise"
    r"|increase|decrease|decline|reduction|jump|growth|saving|gain|loss)[ \n]of)[ \n](?:an?[ \n])?\Z"
)
_THEN_WHEN = re.compile(r"[ \n](?:last|this|in|from|since|over)[ \n]|[,.;]|\Z")
_ASIDE = re.compile(
    r",[ \n](?:(?:about|almost|nearly|around|roughly|just[ \n](?:over|under)|exactly)[ \n])?\Z"
)  # "180 of 600, a third, …"
_HEDGED = re.compile(
    r"(?<![a-z])(?:by|almost|nearly|about|around|over|under|than|roughly|some|up to|at least|exceed(?:s|ed|ing)?"
    r"|only|just|"
    r"approximately|close to|fully|least|most|to|or|well over|reached|account(?:s|ed|ing)? for|ma(?:kes?|de"
    r"|king) up|represent(?:s|ed|ing)?|"
    r"was|were|is|are|constitut(?:es?|ed|ing)|compris(?:es?|ed|ing)|cut|lost|fell|rose|grew|dropped"
    r"|with)[ \n](?:a[ \n])?\Z"
)
_OF_OR_MORE = word_set("of more less higher lower fewer larger smaller")
_SCALE_AFTER = re.compile(r"(?:[ \n-]|[ \n](?:of[ \n])?an?[ \n])(?P<scale>[a-z]{4,})(?![a-z])")
_POINT_AFTER = re.compile(
    r"[ \n](?:of[ \n])?(?:an?|one|1)(?=[ \n](?:percent|per[ -]cent|percentage|basis|point|pct))|(?=-percentage[ -]point)"
)
_DURATION_AFTER = re.compile(r"(?:[ \n]an?[ \n]|-|[ \n])(?:hour|year|day|month|century|decade|week|yearly|minute)(?![a-z])")
_IN_EVERY = re.compile(r"[ \n](?:in|out of)[ \n](?:every[ \n])?(?P<of>[a-z]{3,6}|[0-9]{1,3})(?![a-z0-9%-])(?![.,][0-9])")
_MORE = re.compile(
    r"[ \n]-?(?:as[ \n](?:much|many|high|large|big|great|fast)|more|higher|larger|greater|bigger|faster|up|above"
    r"|increase|rise|"
    r"growth|jump|gain|surge|expansion|leap|spike|boost)(?![a-z])"
)
_LESS = re.compile(
    r"[ \n](?:less|lower|fewer|smaller|below|down|cheaper|decrease|decline|drop|fall|reduction|cut|slump|plunge"
    r"|contraction)(?![a-z])"
)
_DOUBLE_BEFORE = re.compile(
    r"(?<![a-z])(?:to|will|would|than|nearly|almost|could|may|might|can|must|should|not|and|about|roughly|is|are"
    r"|was|were|at)[ \n]\Z"
)
_DOUBLE_AFTER = re.compile(
    r"[ \n](?:the|that|its|their|in|by|from|to|over|of|last|what|within|since|on|year|output|every)(?![a-z])|[,.;]"
)
_DOUBLE_OF = re.compile(r"[ \n](?:the|its|their|that|what|last)(?![a-z])")
_TWICE_AFTER = re.compile(
    r"[ \n](?:as|the|that|more|its|their|higher|larger|what|bigger|greater|lower|less|last|over|of)(?![a-z])"
)
_CHANGE_BEFORE = re.compile(
    r"(?<![a-z])(?:increas|grew|grow|ros[et]|rise|risen|jump|surg|expand|multipl|differ|exceed|soar|climb|decreas"
    r"|declin|fell|"
    r"fall|drop|reduc|by|up|down|higher|more|lower|shr[aiu]nk|swell|rocket|quicken|boost|outpac|outnumber|leap|scal"
    r"|valu|trad|"
    r"worth|cover|subscrib|earnings|ebitda|multipl|ratio|rais|almost|nearly|was|is|were|are|over|become|became|to)"
)
BY_A_FACTOR = re.compile(
    r"(?<![a-z])by[ \n]an?[ \n]factor[ \n]of[ \n](?:[a-z]{2,13}[ \n]){0,2}\Z"
)  # "rose by a factor of about 2.5"
_MOST = re.compile(
    r"(?P<words>majority|most)[ \n]of[ \n](?:(?:the|its|their|our|all|this|these|those)[ \n])?(?P<next>[a-z]+)"
)
_NOT_NOUNS = word_set(
    "which whom them it us you that this these those him her me the a an time day year way rest past last being my "
    "your century decade week month season world"
)
_ARTICLE = re.compile(r"(?<![a-z0-9])(?:a|an|the)[ \n]\Z")


@dataclass(frozen=True, slots=True)
class Spelt:
    """What words at a place mean: a number (`value` with its figure text), or a reason why there is none."""

    start: int
    end: int
    value: Fraction | None = None
    figure: str = ""
    reason: str = ""
    scale: Fraction | None = None
    scale_word: str = ""
    multiple: bool = False
    direction: int = 0


def fraction(lower: str, start: int, limit: int, table: Quantities) -> Spelt | None:
    """A fraction in words at `start`, or why "half", "quarter" or "third" is none there."""
    match = _FRACTION.match(lower, start, limit)
    if not match:
        return None
    numerator, denominator, end = match["n"], match["d"], match.end()
    article = ""
    if not numerator:
        found = _ARTICLE.search(lower, max(0, start - 5), start)
        article = found[0].strip() if found else ""
    begin = start - 2 if article == "a" else start
    by = DENOMINATORS[denominator]
    count = int(table.numbers[numerator]) if numerator else 1
    value = Fraction(count, by)
    words = f"{numerator} {denominator}" if numerator else denominator if by == 2 else f"a {denominator}"
    figure = words if table.fractions.get(words) == value else f"{count}/{by}"
    if half_point(lower, end) is not None and (by in (2, 4)) and count < by:
        return Spelt(begin, end, value, figure)
    reason = _no_fraction(lower, start, end, match, article)
    if reason:
        last = _DURATION_AFTER.match(lower, end) if reason == skips.DURATION else None
        return Spelt(begin if last else start, last.end() if last else end, reason=reason)
    scaled = _scaled_fraction(lower, end, table)
    if scaled and count < by:
        return Spelt(begin, scaled[2], value, _single(figure, denominator), "", scaled[0], scaled[1])
    if not _is_share(lower, begin, start, end, match, by, count):
        if by == 4:
            reason = skips.DURATION if numerator else skips.PERIOD_PART
        else:
            reason = skips.COMPOUND if lower[end : end + 1] == "-" else skips.ORDINAL if by > 2 else skips.PERIOD_PART
        return Spelt(begin, end, reason=reason)
    if count >= by:
        return Spelt(begin, end, reason=skips.NO_COUNT)
    direction = 1 if _MORE.match(lower, end) else -1 if _LESS.match(lower, end) else 0
    return Spelt(begin, end, value, figure, direction=direction)


def _no_fraction(lower: str, start: int, end: int, match: re.Match[str], article: str) -> str:
    """Why "half", "third" or "quarter" is a period, an ordinal or a duration where it stands, else ""."""
    numerator, by = match["n"], DENOMINATORS[match["d"]]
    if by != 2 and not numerator and article != "a":
        return skips.PERIOD_PART if by == 4 else skips.ORDINAL
    if match["d"] == "halves":
        return skips.PERIOD_PART
    if start and lower[start - 1] == "-":
        return skips.COMPOUND
    if _DURATION_AFTER.match(lower, end):
        return skips.DURATION
    if _PERIOD_AFTER.match(lower, end) and not _is_extent(lower, start, end, article):
        return skips.PERIOD_PART
    if not numerator and not article and _THIS_PERIOD.search(lower, max(0, start - 12), start):
        return skips.PERIOD_PART
    return ""


def _is_extent(lower: str, start: int, end: int, article: str) -> bool:
    """ "Fell by a quarter last year", "a drop of half this year": by how much, and then when."""
    begin = start - 2 if article == "a" else start
    return _THEN_WHEN.match(lower, end) is not None and _BY.search(lower, max(0, begin - 32), begin) is not None


def _single(figure: str, denominator: str) -> str:
    return "quarter" if figure == "a quarter" else denominator if figure == f"a {denominator}" else figure


def _scaled_fraction(lower: str, end: int, table: Quantities) -> tuple[Fraction, str, int] | None:
    match = _SCALE_AFTER.match(lower, end)
    if not match:
        return None
    word = match["scale"]
    by = Fraction(12) if word == "dozen" else table.scales.get(word)
    return (by, word, match.end()) if by and word != "hundred" else None


def _is_share(lower: str, begin: int, start: int, end: int, match: re.Match[str], by: int, count: int) -> bool:
    """Whether the words around say that the fraction is one, and no period or ordinal."""
    if lower[end : end + 1] == "-":
        return False
    after = _SHARE_AFTER.match(lower, end)
    hedged = _HEDGED.search(lower, max(0, begin - 24), begin)
    said = after[0].strip() if after else ""
    if after and _BY.search(lower, max(0, begin - 32), begin):
        return True
    if by > 2 and begin < start and said in (",", ".", ";", ")") and _ASIDE.search(lower, max(0, begin - 16), begin):
        return True
    if by > 2 and match["n"] and (by != 4 or (match["glue"] == "-" and count == 3)):
        return True
    if by > 2:
        return said in _OF_OR_MORE or bool(hedged and after and (by != 4 or count in (1, 3)))
    return bool(match["n"] or (hedged and after)) or said in ("of", "the", "its", "their", "our", "that", "as")


def in_every(lower: str, end: int, count: Fraction, table: Quantities) -> tuple[int, Fraction] | None:
    """The end and the value of "one in five" where its first number ends at `end`."""
    match = _IN_EVERY.match(lower, end)
    if not match:
        return None
    of = match["of"]
    whole = Fraction(of) if of.isdigit() else table.numbers.get(of)
    if whole is None or whole > 100 or whole <= count or count < 1 or count.denominator != 1:
        return None
    if skips.duration_end(lower, match.end(), len(lower)):
        return None
    if re.match(r"[ -](?:million|billion|thousand|percent|per|hundred)|[ ]?%", lower[match.end() : match.end() + 10]):
        return None
    return match.end(), Fraction(count, whole)


def half_point(lower: str, end: int) -> int | None:
    """The end of "a" in "half a percent"."""
    match = _POINT_AFTER.match(lower, end)
    return match.end() if match else None


def direction_after(lower: str, end: int) -> int:
    """+1 where "higher", "as much" or a noun of rise follows, -1 for "lower" and nouns of fall, else 0."""
    return 1 if _MORE.match(lower, end) else -1 if _LESS.match(lower, end) else 0


def multiple(lower: str, start: int, word: str, table: Quantities) -> Spelt | None:
    """A word such as "tripled", "twofold" or "twice" that is a multiple where it stands."""
    value = table.multiples.get(word)
    if value is None:
        return None
    end = start + len(word)
    if lower[end : end + 1] == "-":
        return Spelt(start, end, reason=skips.COMPOUND)
    if start and lower[start - 1] == "-":
        return Spelt(start, end, reason=skips.COMPOUND)
    if word in ("twice", "thrice"):
        if not _TWICE_AFTER.match(lower, end):
            return Spelt(start, end, reason=skips.FREQUENCY)
        return Spelt(start, end, value, word, multiple=True, direction=direction_after(lower, end))
    if word.endswith("fold"):
        return Spelt(start, end, value, word, multiple=True, direction=direction_after(lower, end))
    if word in ("double", "triple", "treble", "quadruple", "quintuple", "halve"):
        before = _DOUBLE_BEFORE.search(lower, max(0, start - 9), start)
        if (
            not before
            and lower.endswith((", ", ", about ", ", nearly ", ", almost "), 0, start)
            and _DOUBLE_OF.match(lower, end)
        ):
            return Spelt(start, end, value, word, multiple=True)  # "18,000 in 2024, double the 12,000 of 2022"
        if not before or (
            before[0].strip() in ("is", "are", "was", "were", "at", "and") and not _DOUBLE_AFTER.match(lower, end)
        ):
            return Spelt(start, end, reason=skips.COMPOUND)
        direction = 0 if before[0].strip() in ("is", "are", "was", "were", "at") else 1
        return Spelt(start, end, value, word, multiple=True, direction=direction if value > 1 else -direction)
    return Spelt(start, end, value, word, multiple=True, direction=1 if value > 1 else -1)


def times_is_multiple(lower: str, start: int, end: int, decimals: bool) -> bool:
    """Whether "times" after a number compares, and does not say how often."""
    if decimals or direction_after(lower, end) or _TWICE_AFTER.match(lower, end):
        return True
    before = lower[max(0, start - 40) : start]
    clause = re.split(r"[.;:!?]\s", before)[-1]
    last = clause.split()[-4:]
    return any(_CHANGE_BEFORE.match(word) for word in last)


def most(lower: str, start: int) -> Spelt | None:
    """ "the majority of exports", "most of the exports"."""
    match = _MOST.match(lower, start)
    if not match or match["next"] in _NOT_NOUNS:
        return None
    return Spelt(start, start + len(match["words"]), Fraction(3, 4), match["words"])
