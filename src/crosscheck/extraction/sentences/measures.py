"""What each number of a sentence measures: a level, a growth, a change, a share, a multiple or a rate, and up or down.

Decided by patterns over the letters of the tokens around it (see cues.LETTERS and tokens.NUMBERS).
"""

from __future__ import annotations

import re

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import BARE, COUNT, FRACTION, MULTIPLE, PERCENT, POINTS, Number
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.surroundings import Surroundings, is_gap, outside_brackets, passes, surroundings
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import replace, value

LEVEL, GROWTH, CHANGE, SHARE, MULTIPLE_OF, RATE = "level", "growth", "change", "share", "multiple", "rate"
UP_OR_DOWN = {"U": 1, "M": 1, "D": -1, "m": -1, "C": 0}
# Before an amount that another one is compared with.
BASE = re.compile(r"v[.T]{0,3}o?$|f[.PB]{1,3}[.TI]{0,2}o?$|vB?[.TI]{0,3}o?$|B[.TI]{0,3}o$")
PEOPLE = re.compile(r"o[.TXAEIjk-]{1,6}[yqeLS.]")  # "56% of respondents said"


@value
class Measured:
    """A measure with its direction (+1, −1, or 0 where the text does not say).

    `is_base` marks the earlier of two levels ("from $23.8 billion"); `is_to` the later one ("to $25.7 billion").
    """

    measure: str
    direction: int = 1
    is_base: bool = False
    is_to: bool = False
    by_context: bool = False  # as the figure before it, or for lack of anything else
    is_item: bool = False  # one of a list of items, each before its number: "fuel ($4 billion) and food ($2 billion)"
    bound: str = ""  # of a range: its lower end is "at least", its upper one "at most"


def measures(
    tokens: list[Token], numbers: list[int], previous: str | None = None, of_people: bool = False
) -> dict[int, Measured]:
    """The measure of each number of a sentence, by token index; those that cannot be told are left out.

    `previous` is the measure of the last ratio before the sentence: "… 55%. It is followed by Kyrgyzstan (35%)".
    `of_people` tells that shares of people were told before: "12% had not".
    """
    found: dict[int, Measured] = {}
    around = {at: surroundings(tokens, at) for at in numbers}
    for at in numbers:
        own = alone(tokens, at, around[at])
        if own is not None:
            found[at] = own
    for position, at in enumerate(numbers):
        of_people = of_people or (at in found and found[at].measure == SHARE and PEOPLE.match(around[at].after) is not None)
        people = of_people and _is_ratio(tokens, at) and _says(tokens, at, around[at])
        if people and (at not in found or (at + 1 < len(tokens) and tokens[at + 1].text in words_of("people_do"))):
            found[at] = Measured(SHARE)
            continue
        if at not in found and (item := _item(tokens, at, around[at])) is not None:
            found[at] = item
            continue
        linked = _linked(tokens, numbers, position, found, around)
        if linked is not None:
            found[at] = linked
        elif at not in found and (told := _in_a_list(tokens, at, around[at])) is not None:
            found[at] = told
        elif previous == SHARE and compiled(r"[AEX][(]$|[AEX][.]?[wL-]$").search(letters(tokens)[max(at - 4, 0) : at]):
            found[at] = Measured(SHARE, by_context=True)
    for at, measure in found.items():
        if measure.measure == GROWTH and around[at].in_parentheses and compiled(r"[.UD]?").fullmatch(around[at].before):
            found[at] = replace(measure, is_item=compiled(r"[.X]$").search(around[at].outside) is not None)
    return found


def _says(tokens: list[Token], at: int, around: Surroundings) -> bool:
    """Whether a number begins its clause and something that people say or do follows: "and 12% had not"."""
    begins = compiled(r"(?:^|[,a\"u])[.]?$").search(around.before) is not None
    begins = begins or (at > 0 and tokens[at - 1].text in words_of("tells_that"))
    return begins and compiled(r"[yqejLS.]").match(around.after) is not None


def alone(tokens: list[Token], at: int, around: Surroundings) -> Measured | None:
    """What a number measures by the words around it; None where they do not tell."""
    number = tokens[at].mention
    assert isinstance(number, Number)
    if number.kind in (PERCENT, POINTS):
        return _ratio(tokens, number, around)
    if number.kind == MULTIPLE:
        return _multiple(tokens, number, around)
    if number.kind == FRACTION:
        return _fraction(tokens, around)
    return _amount(tokens, number, around)


def _ratio(tokens: list[Token], number: Number, around: Surroundings) -> Measured | None:
    before, after = around.before, around.after
    if number.sign < 0 and not compiled("[UDC]").search(before) and compiled(r"o[.Tj]{0,2}I").match(after):
        return Measured(SHARE)  # "-7.8% of turnover"
    if number.sign:
        return Measured(GROWTH, number.sign, is_item=compiled(r"[.X]b?$").search(before) is not None)
    if compiled(r"\.?s").match(after):
        return Measured(SHARE)
    if around.after_at and tokens[around.after_at[0]].text in words_of("filled"):
        return Measured(RATE)  # "86.5% full"
    if passes(number, around):
        return Measured(SHARE if "s" in before else RATE, is_to=True)  # "the share rose above 98%"
    ratio = _from_to(tokens, around) if not compiled(r"[UDC]").match(after) else None
    if ratio is not None:
        return ratio
    for found in (_noun_after(tokens, around), _comparative(around), _cue_before(tokens, around)):
        if found is not None:
            return replace(found, measure=CHANGE if number.kind == POINTS else GROWTH)
    if number.kind == POINTS:
        return None if is_gap(tokens, around) else Measured(CHANGE, 0)
    against = compiled(r"^[^UD]*v[.]?$").search(before)  # "2.6%, compared to 1.6% a year ago"
    if not against and compiled(r"\.?B|[.I]?v[.]*[PB]").match(after):
        return Measured(GROWTH, _direction(tokens, around))
    if compiled(r"o").match(after) or _of_it(tokens, around) or compiled(r"[Sl][.i]{0,3}$").search(before) or "s" in before:
        return Measured(SHARE)
    if compiled(r"S[^$%#x]{0,6}$").search(before):
        return Measured(SHARE)
    return None


def _from_to(tokens: list[Token], around: Surroundings) -> Measured | None:
    """A ratio that is itself the level: "rose to 8.5%", "from 17.7% to 24.1%"; growth itself may slow from 6% to 5%."""
    before, after = around.before, around.after
    is_base = bool(compiled(r"f[.]{0,2}$").search(before)) and ("t" in after or bool(compiled(r"[UDC]").search(before)))
    is_to = bool(compiled(r"t[.]?$").search(before)) and bool(compiled(r"[UDCf]").search(before[:-1]))
    if not (is_base or is_to):
        return None
    if "s" in before or compiled(r"o[.Tj]{0,3}I").match(around.after):
        return Measured(SHARE, 1, is_base, is_to)
    nouns = words_of("growth_noun")
    cues = [tokens[index] for index in around.before_at if tokens[index].letter in "UDC"]
    slows = any(tokens[index].text in words_of("tempo") for index in around.before_at)
    if cues and cues[0].text in nouns and (len(cues) >= 2 or slows):
        return Measured(GROWTH, UP_OR_DOWN[cues[0].letter], is_base, is_to)
    return Measured(RATE, 1, is_base, is_to)


def _noun_after(tokens: list[Token], around: Surroundings) -> Measured | None:
    """ "a 19.4% rise", "a $900 million decline"."""
    match = compiled(r"[.BP]{0,4}([UDC])(?![ob]?[.]?[$%#xp])").match(around.after)
    if match is None:
        return None
    between = [tokens[index].text for index in around.after_at[: match.start(1)] if tokens[index].letter == "."]
    if not words_of("stop").isdisjoint(between):
        return None  # "up 35% amid the yen's fall"
    cue = tokens[around.after_at[match.start(1)]]
    beside = match.end() == 1 and cue.text in ("up", "down") and not re.match(r"[UD][.]?[tf]", around.after)
    if cue.text not in words_of("change_noun") and not beside:
        return None  # "37% up year on year"
    return Measured(CHANGE, -1 if "negative" in between else UP_OR_DOWN[cue.letter])


def _comparative(around: Surroundings) -> Measured | None:
    """ "34.1 percent more than", "$5.0 billion fewer", "higher by 5%"."""
    match = compiled(r"\.?([Mm])").match(around.after) or compiled(r"([Mm])b[.]?$").search(around.before)
    return Measured(CHANGE, UP_OR_DOWN[match[1]]) if match else None


def _cue_before(tokens: list[Token], around: Surroundings) -> Measured | None:
    """ "increased over the year by 34.7%", "an increase of $5.4 billion", "up 5%", "growth rate – 14.3%"."""
    before = around.before
    at_a_rate = bool(before) and tokens[around.before_at[-1]].text == "at"
    match = (
        compiled(r"([UDC])[.R]{0,2}[ob:-]?[.]{0,2}$").search(before)
        or (compiled(r"([UDC])[.]?L$").search(before) if at_a_rate else None)
        or (compiled(r"([UDC])[.]?L[.T]{1,4}o?$").search(before) if _at_a_rate(tokens, around) else None)
        or compiled(r"([UDC])[oi][.TXAEIPj-]{1,8}L[.]?$").search(before)  # "the growth of exports was 5%"
        or (compiled(r"([UDC])[.PB]{0,3}L[.]?$").search(before) if _of_growth(tokens, around) else None)
        or compiled(r"([UDC])[.]?[iPB]{1,3}[b]?[.]?$").search(before)
        or compiled(r"([UDC])[^UDC$%#xpSLs;]*[bo:-][.]?$").search(before)
        or compiled(r"([UDC])[^UDCLSy;]{0,16}b[.]?$").search(before)
        or compiled(r"([UD])[^UDC$%#xpS;]*[PB]b[.]?$").search(before)
        or (compiled(r"([UD])(?=[.]?[PBofiv]|[,!)]|$)").match(around.after) if not before.endswith("b") else None)
    )
    if match is None:
        return None
    turned = (
        match.start(1) > 0 and match.string is before and tokens[around.before_at[match.start(1) - 1]].text == "negative"
    )
    return Measured(CHANGE, -1 if turned else UP_OR_DOWN[match[1]])  # "a negative growth of 0.7%"


def _of_growth(tokens: list[Token], around: Surroundings) -> bool:
    """ "GDP growth was 3.1%", "the increase in 2024 reached 5%": the noun, and no verb before "to have been"."""
    cues = [tokens[index].text for index in around.before_at if tokens[index].letter in "UDC"]
    return bool(cues) and cues[-1] in words_of("growth_noun") | words_of("change_noun") and not around.after.startswith("o")


def _at_a_rate(tokens: list[Token], around: Surroundings) -> bool:
    """ "Grew at an annualised rate of 2.4%", "shrank at an annual pace of 1%"."""
    words = [tokens[index].text for index in around.before_at[-6:]]
    return "at" in words and not words_of("pace").isdisjoint(words)


def _direction(tokens: list[Token], around: Surroundings) -> int:
    """Up or down by the nearest cue of the clause, 0 where there is none."""
    cues = compiled(r"[UD]").findall(around.before)
    if not cues and around.in_parentheses:
        cues = compiled(r"[UD]").findall(around.outside)
    return UP_OR_DOWN[cues[-1]] if cues else 0


def _multiple(tokens: list[Token], number: Number, around: Surroundings) -> Measured | None:
    if "s" in around.before[-4:]:
        return None  # "their share doubled from 4.6%": a multiple of the share, and not of what it is of
    if number.direction:
        return Measured(MULTIPLE_OF, number.direction)
    match = compiled(r"([UD])[^$%#xp;]{0,8}$").search(around.before) or compiled(r"[.]?([UDMm])").match(around.after)
    if match or compiled(r"[.]{0,2}[vB]").match(around.after) or _times_of(tokens, around) is not None:
        return Measured(MULTIPLE_OF, UP_OR_DOWN[match[1]] if match else 1)
    return None


def _of_it(tokens: list[Token], around: Surroundings) -> bool:
    """ "28% of them", "a third of this amount": of what was told before."""
    return around.after.startswith("W") and tokens[around.after_at[0]].text.startswith("of ")


def times_of(tokens: list[Token], at: int) -> int | None:
    """The period of the level that the number at index `at` is a multiple of: "three times the level of 2019"."""
    return _times_of(tokens, surroundings(tokens, at)) if tokens[at].letter in "xh" else None


def _times_of(tokens: list[Token], around: Surroundings) -> int | None:
    match = compiled(r"(?:[.jToMmiLAX]{1,6}[.]i?|[.jToMmiLA]{1,7})[PB]").match(around.after)
    if match is None:
        return None
    words = {tokens[index].text for index in around.after_at[: match.end() + 1]}
    return None if words.isdisjoint(words_of("like_then")) else around.after_at[match.end() - 1]


def _fraction(tokens: list[Token], around: Surroundings) -> Measured | None:
    changed = _comparative(around) or (_cue_before(tokens, around) if around.before.endswith("b") else None)
    if changed is not None:
        return replace(changed, measure=GROWTH)
    fallen = compiled(r"([UD])[^$%#xp;]{0,3}t[.]?$").search(around.before)
    if fallen is not None and _times_of(tokens, around) is not None:
        return Measured(MULTIPLE_OF, UP_OR_DOWN[fallen[1]])  # "fell to a third of its 2022 level"
    if around.after.startswith("o") or _of_it(tokens, around) or compiled(r"[Sls][.L]{0,3}$").search(around.before):
        return Measured(SHARE)
    return None


def _amount(tokens: list[Token], number: Number, around: Surroundings) -> Measured | None:
    before = around.before
    if number.unit == "permille" and compiled(r"[UDC][.]?L[.]?$").search(before):
        return Measured(GROWTH, number.sign or 1)  # "the natural growth rate was 4.1 per 1,000 people"
    if number.sign:
        return _signed(number, around)
    if _comes_after(tokens, around):
        return Measured(LEVEL, 1, is_base=True)
    if _is_once(tokens, around):
        return None
    if (number.qualifier == "up to" and compiled(r"[UD]").search(before)) or passes(number, around):
        return Measured(LEVEL, 1, is_to=True)
    verb = tokens[around.before_at[-1]] if around.before_at else None
    if verb is not None and verb.letter in "LS" and verb.text in words_of("amount"):
        return Measured(LEVEL, 1, is_to=True)
    if BASE.search(before):
        return Measured(LEVEL, 1, is_base=True)
    if compiled(r"[Mm][.TX]{0,3}Io$").search(before):
        return Measured(LEVEL)  # "resulted from a higher average yield of 53 bushels"
    if around.in_parentheses and not before and _is_like_outside(tokens, number, around):
        return Measured(LEVEL, 1, is_base=True)  # "€17.2 million (€16.1 million)", "€17.2 million (16.1)"
    if compiled(r"[%h]i[.T]?$").search(before) and tokens[around.before_at[before.rindex("i")]].text == "on":
        return Measured(LEVEL, 1, is_base=True)  # "up 5% on the 14,100 registered in 2022"
    if compiled(r"[%h$#][Mm][.T]{0,2}$").search(before):
        return Measured(LEVEL, 1, is_base=True)  # "7% above the €571 million of 2024"
    if compiled(r"t[.T]{0,3}o?[.]?$").search(before):
        # "(+32,000, to 4 million)"
        return Measured(LEVEL, 1, is_to=bool(compiled(r"[UDCfx]|[$#%],?t[.]?$").search(before)))
    if compiled(r"f[.]{0,2}$").search(before) and ("t" in around.after or compiled(r"[UDCx]").search(before)):
        return Measured(LEVEL, 1, is_base=True)
    changed = _listed_change(tokens, around)
    if changed is not None:
        return changed
    return _noun_after(tokens, around) or _comparative(around) or _by(tokens, around) or Measured(LEVEL)


def _comes_after(tokens: list[Token], around: Surroundings) -> bool:
    """ "The index stood at 106.0, after 105.2 in May": what it was before."""
    last = around.before_at[-1] if around.before_at else 0
    told = tokens[last].text == "after" and re.search(r"[$#%][.]?,?[.]$", around.before) is not None
    return told and re.match(r"[.]?i?[.T]?[PB]", around.after) is not None


def _signed(number: Number, around: Surroundings) -> Measured:
    """What has a sign is a change, but where it is what something is compared with: "$5 million, against -$3 million"."""
    if BASE.search(around.before) or compiled(r"[UD][^$%#xp;,]{0,6}f[.T]{0,2}$").search(around.before):
        return Measured(LEVEL, number.sign, is_base=True)
    if number.sign < 0 and not around.in_parentheses and compiled(r"L[.T]?$").search(around.before):
        return Measured(LEVEL, number.sign)
    if compiled(r"P:$").search(around.before) and around.in_parentheses:
        return Measured(LEVEL, number.sign)  # "a surplus of €15.9 bn (January 2014: + €14.7 bn)"
    return Measured(CHANGE, number.sign)


def _is_once(tokens: list[Token], around: Surroundings) -> bool:
    """ "A gain of 4 cents per share from the sale of a plant": what something brought, and no change of a series."""
    gain = compiled(r"[UD]o?[.]?$").search(around.before)
    if gain is None or tokens[around.before_at[gain.start()]].text not in words_of("once"):
        return False
    return compiled(r"[.s]{0,3}[fi][.T]{1,2}o?[.TXIE]").match(around.after) is not None and "sale" in {
        tokens[index].text for index in around.after_at[:8]
    }


def _is_like_outside(tokens: list[Token], number: Number, around: Surroundings) -> bool:
    """Whether all that a parenthesis holds is an amount like the one before it: that of the year before, in accounts."""
    if around.after or not around.outside or around.outside[-1] not in "$#":
        return False
    at = next((index for index, token in enumerate(tokens) if token.mention is number), 0)
    other = tokens[at - 2].mention if at > 1 and tokens[at - 1].letter == "(" else None
    same = isinstance(other, Number) and other.unit == number.unit and number.kind not in (BARE, COUNT)
    return isinstance(other, Number) and same and other.value < 5 * number.value and number.value < 5 * other.value


def _by(tokens: list[Token], around: Surroundings) -> Measured | None:
    """Amounts need a closer link to the cue than ratios: "up $5.4 billion", "increased by $2 billion"."""
    if compiled(r"f[.MmTX]{1,4}I[.]?o$").search(around.before):
        return None  # "the increase resulted from a higher mean yield of 51.4 bushels": the level
    on = bool(around.before_at) and tokens[around.before_at[-1]].text == "on"
    if around.before_at and tokens[around.before_at[-1]].text == "raised":
        return None  # "auditors raised 17 findings", "the fund raised $5 million"
    match = (
        compiled(r"([UDC])[.]?[ob]?[.]?$").search(around.before)
        or (compiled(r"([UD])i$").search(around.before) if on else None)  # "decreased on $2 billion"
        or compiled(r"([UDC])[^UDC$%#xpSLs;]*b[.]?$").search(around.before)
        or compiled(r"([UDC])[io][^UDC$%#xpSLs,;]*o[.]?$").search(around.before)
        # "the increase in exports was $5bn"
        or compiled(r"(?:^|[.,;u!\"iPT])([UDC])[oi][.TXAEIj-]{1,6}L$").search(around.before)
    )
    return Measured(CHANGE, UP_OR_DOWN[match[1]]) if match else None


def _linked(
    tokens: list[Token], numbers: list[int], position: int, found: dict[int, Measured], around: dict[int, Surroundings]
) -> Measured | None:
    """What a number is by the number that it stands beside: "$12 billion, or 23.9% more"; "64% or 20.3 billion"."""
    at = numbers[position]
    own = found.get(at)
    other_at = _partner(tokens, numbers, position)
    other = found.get(other_at) if other_at is not None else None
    if _is_ratio(tokens, at):
        if own is None and (between := _between_ends(tokens, numbers, position, found)) is not None:
            return between
        if own is None and _is_at_a_rate_too(tokens, numbers, position, found):
            return replace(found[numbers[position - 1]], by_context=True)
        if own is not None:
            before = found.get(numbers[position - 1]) if position else None
            if before is not None and own.direction == 0 and before.measure in (RATE, SHARE) and _told_against(tokens, at):
                return replace(before, is_base=True, is_to=False)  # "86% full, compared to 98% a year earlier"
            share = own.measure == RATE and any(found[n].measure == SHARE for n in numbers[:position] if n in found)
            return replace(own, measure=SHARE) if share else own  # "35% of …, up from 28%"
        by_points = other_at is not None and tokens[other_at].letter == "p" != tokens[at].letter
        if other is not None and other_at is not None and not by_points:  # "61%, 1.5 points higher": no growth of 61%
            if _is_ratio(tokens, other_at):
                return replace(other, by_context=True)
            return Measured(GROWTH, other.direction) if other.measure == CHANGE else Measured(SHARE, by_context=True)
        return _listed(tokens, numbers, position, found)
    if own is not None and own.measure == LEVEL and other is not None and other_at is not None and not own.is_to:
        growing = other.measure == GROWTH and _is_ratio(tokens, other_at)
        if growing and "r" in letters(tokens)[min(at, other_at) + 1 : max(at, other_at)]:
            return Measured(CHANGE, other.direction)
    last = numbers[position - 1] if position else at
    as_before = compiled(r",?r[.]?|[.]?i?[.T]{0,2}P,?a[.T]?").fullmatch(letters(tokens)[last + 1 : at]) is not None
    if own == Measured(LEVEL) and as_before and last in found and found[last].measure == LEVEL and found[last].is_base:
        # "rising from $305 million, or 51 cents a share", "against $305 million in May and $290 million in June"
        return replace(own, is_base=True)
    of_period = compiled(r"[PB]\($").search(letters(tokens)[max(at - 3, 0) : at])
    if own is not None and own.measure == LEVEL and not (own.is_base or own.is_to or of_period):
        listed = _listed(tokens, numbers, position, found)
        if listed is not None and listed.measure == CHANGE:
            return listed
    return own


def _between_ends(tokens: list[Token], numbers: list[int], position: int, found: dict[int, Measured]) -> Measured | None:
    """ "Climbed from 110.0 in 2022 to 118.8 in 2024, or 8%": by how much, where two levels are all that is told."""
    if position < 2 or tokens[numbers[position]].letter != "%":
        return None
    then, now = (found.get(numbers[position - back]) for back in (2, 1))
    last = numbers[position - 1]
    row = letters(tokens[last + 1 : numbers[position]])
    if then is None or now is None or not (then.is_base and now.is_to and then.measure == now.measure == LEVEL):
        return None
    cue = re.search(r"([UD])[^UD]*$", letters(tokens[: numbers[position - 2]]))
    return Measured(GROWTH, UP_OR_DOWN[cue[1]]) if cue and re.fullmatch(r"[.]{0,2}(?:i?P)?,?r[.]?", row) else None


def _is_at_a_rate_too(tokens: list[Token], numbers: list[int], position: int, found: dict[int, Measured]) -> bool:
    """ "Expanded 0.6%, or at an annualised rate of 2.4%": the same growth, told another way."""
    if not position or tokens[numbers[position]].letter != "%":
        return False
    before = found.get(numbers[position - 1])
    words = {token.text for token in tokens[numbers[position - 1] + 1 : numbers[position]]}
    annual = {"annualised", "annualized"} & words or {"annual", "rate"} <= words
    return before is not None and before.measure == GROWTH and bool(annual)


def _told_against(tokens: list[Token], at: int) -> bool:
    """Whether a number is what the one before it is compared with."""
    return compiled(r"v[.]?$").search(letters(tokens)[max(at - 2, 0) : at]) is not None


def _item(tokens: list[Token], at: int, around: Surroundings) -> Measured | None:
    """An item of a list of rises or falls: "prices rose for transport (3.8%); housing (1.3%)", "(3.8% from 3.6%)"."""
    if tokens[at].letter != "%" or not around.in_parentheses:
        return None
    earlier = compiled(r"%[.]?f[.]?").fullmatch(around.before) is not None
    if not (around.before in ("", ".") or earlier) or compiled(r"[.X]$").search(around.outside) is None:
        return None
    outside = outside_brackets(tokens, at)
    match = compiled(r"[UD](?=[^UDSs$%#xph]*$)").search(letters(outside))
    return Measured(GROWTH, UP_OR_DOWN[match[0]], is_base=earlier, is_item=not earlier) if match else None


def _in_a_list(tokens: list[Token], at: int, around: Surroundings) -> Measured | None:
    """ "Food with 6.2% and rents with 7.7% were the groups in which high increases were seen": of these, each of them."""
    if tokens[at].letter != "%" or not compiled(r"[.X]w[.]?$").search(around.before):
        return None
    kinds = {token.letter for token in tokens if token.letter in "Ss" or _is_change(token)}
    return Measured(GROWTH, UP_OR_DOWN[kinds.pop()], by_context=True, is_item=True) if kinds in ({"U"}, {"D"}) else None


def _is_change(token: Token) -> bool:
    """Whether a word is a noun of change: "increases"."""
    return token.letter in "UD" and token.text.removesuffix("s") in words_of("change_noun") - {"expansion"}


def _listed_change(tokens: list[Token], around: Surroundings) -> Measured | None:
    """ "Increases in fuel ($4.1 billion) and food ($2 billion)", "the largest decrease was in wages ($1.2 billion)".

    With "by" a verb does as well: "exports fell the most to Italy (by €7 million)".
    """
    if not around.in_parentheses or around.before not in ("", "b") or around.after:
        return None
    outside = outside_brackets(tokens, around.at)
    if around.before and (told := compiled(r"[UD](?=[^UDSs$%#xph]*$)").search(letters(outside))):
        return Measured(CHANGE, UP_OR_DOWN[told[0]], is_item=True)
    match = compiled(r"([UD]|[Mm]I(?=[.]?L))(?:[.]?L[.L]{0,2})?[io][^UDSsq$%#xph]*$").search(letters(outside))
    if match is None or not ((match[1] in "UD" and _is_change(outside[match.start()])) or match[1][0] in "Mm"):
        return None
    return Measured(CHANGE, -1 if match[1][0] in "Dm" else 1, is_item=True)  # "higher imports were recorded in food ($2m)"


def _is_ratio(tokens: list[Token], at: int) -> bool:
    return tokens[at].letter in "%ph"


def _partner(tokens: list[Token], numbers: list[int], position: int) -> int | None:
    """The number joined to this one by "or" or by a parenthesis."""
    at = numbers[position]
    for other in (
        numbers[position - 1] if position else None,
        numbers[position + 1] if position + 1 < len(numbers) else None,
    ):
        if other is None:
            continue
        low, high = min(at, other), max(at, other)
        first = tokens[low].mention
        behind = first.noun[1] if isinstance(first, Number) and first.noun is not None else 0  # "20,753 persons or 3%"
        row = letters(tokens)[low + 1 : high]
        row = row[sum(token.start < behind for token in tokens[low + 1 : high]) :] if behind else row
        if row in ("r", ",r", "(", ",") or compiled(r"W?,?r[.]?|\(r?[.]?|[BP]?\(|[UD][oi][.TXAEIo]{1,8},?r").fullmatch(row):
            if row == "," and tokens[low].letter == tokens[high].letter:
                continue
            return other
    return None


def _listed(tokens: list[Token], numbers: list[int], position: int, found: dict[int, Measured]) -> Measured | None:
    """As the number of its kind before it, where only a list stands between: "by 12%, chemicals – 9%"."""
    at = numbers[position]
    for other in reversed(numbers[max(position - 3, 0) : position]):
        if tokens[other].letter != tokens[at].letter:
            continue
        row = letters(tokens)[other + 1 : at]
        if compiled(r"[LUDCSMm;!]").search(row) or other not in found:
            return None
        before = found[other]
        return replace(before, by_context=True) if not (before.is_base or before.is_to) else None
    return None
