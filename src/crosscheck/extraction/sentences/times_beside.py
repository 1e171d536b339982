"""Periods that are not those of the figures around them: of comparison, of a clause beside, of other times, said twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crosscheck.claims.model import INFERRED, NOT_STATED, UNSTATED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Period
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.periods.meaning import is_base_cue, same_part
from crosscheck.extraction.sentences.measures import CHANGE, GROWTH, LEVEL, MULTIPLE_OF, RATE, SHARE, Measured, times_of
from crosscheck.extraction.sentences.tokens import NUMBERS, Token, lacks, lacks_first, letters
from crosscheck.figures.periods import PeriodError, months, normal_form, parse_period, year_before
from crosscheck.inputs.values import replace

COMPARED = (GROWTH, CHANGE, MULTIPLE_OF)
_WITH_WORDS = ("as", "=")  # "the same as in June", "2015=100"
_JOINED, _A_RISE = re.compile(r"i?Pa[.]?"), re.compile(r"i?P,a?[.]{0,2}[UD]?o?")
# Between a change and a level; also "a 36% rise in exports from …", "down 3% against imports of …"
BETWEEN = re.compile(r"(?:[UDC][io][^;!uI]*I)?[^;!uI]*(?:v[.T]{0,2}Io)?")
_TOLD = ("day:+0", "day:-1", "week:+0", "week:-1")  # when something may have been published
IN_BRACKETS = re.compile(r"[PB]\([$#%xp][.IXo]{0,4},[.LIo]{0,4}$")
EVENT = re.compile(r"[.LeU]{1,3}i?")  # between "that" and when something happened
BASE_CUES = frozenset(
    (
        "from",
        "over",
        "on",
        "than",
        "than in",
        "against",
        "versus",
        "vs",
        "since",
        "than for",
        "above",
        "below",
        "up on",
        "down on",
    )
)

LAST_TIME = re.compile(
    r"\b(?:since|than|against|with|from|after|on) (?:the |its |our |a )?(?:last|latest|previous|preceding|prior|earlier) "
    r"(?:[\w-]{1,20} ){1,3}(?:in|of|for|from)?$"
    r"|\b(?:compared (?:to|with)|against|than) (?:in )?the (?:same |like )?(?:period|months?|time|result)(?: of| in| for)?$"
)


def is_base(tokens: list[Token], at: int, token: Token, measured: Mapping[int, Measured], numbers: list[int]) -> bool:
    """Whether a period can only be what something is compared with."""
    mention = token.mention
    if not isinstance(mention, Period) or is_of_record(tokens, at):
        return False
    if mention.compares or is_behind_than(tokens, at):
        return True
    beaten = words_of("beats") | words_of("trails")
    if not beaten.isdisjoint([one.text for one in tokens[max(at - 9, 0) : at]]) and _of_a_mark(tokens, at):
        return True  # "surpassing by 0.6% the figure of 2019", "beating figures from 2019 by 1.9%"
    if at and tokens[at - 1].text in beaten and tokens[at + 1 : at + 2] and tokens[at + 1].letter in ".IXT":
        return True  # "exceeding last year's volume by 1.5 million tons"
    if LAST_TIME.search(" ".join([one.text for one in tokens[max(at - 7, 0) : at]])) is not None:
        return True  # "up four points since the last poll in July", "than the previous count in 2019"
    last = next((number for number in reversed(numbers) if number < at), None)
    if last is not None and last in measured and measured[last].measure == MULTIPLE_OF and times_of(tokens, last) == at:
        return True
    if mention.cue == "from" and compiled(r"[PB]t[.]?[$%#xp]").match(letters(tokens)[at : at + 4]) and not token.is_span:
        return True  # "a 4.1% fall in sown acres from 2015 to 6.1 million"
    if mention.cue == "from" and any(one.text in words_of("unchanged") for one in tokens[max(at - 3, 0) : at]):
        return True  # "forecast at 78 million acres, unchanged from June"
    if last is not None and last in measured and measured[last].is_base and points_back(mention):
        return True  # "down from 15.3 million at the same date a year ago"
    if last is not None and last in measured and measured[last].measure in COMPARED:
        behind = tokens[last + 1 : at]
        if behind and behind[0].letter in "Mm" and any(one.text in words_of("mark") for one in behind):
            return True  # "0.9% above the level at the end of March"
        if stands_for_level(behind):
            return True
    if not (mention.cue in BASE_CUES or is_base_cue(mention.cue)) or (mention.cue == "from" and token.is_span):
        return False
    if at and points_back(mention) and tokens[at - 1].letter in "UD" and tokens[at - 1].text in words_of("change_noun"):
        return True  # "eight districts showed an increase from last week"
    if last is None:  # "increased from 2023 totals: …"
        return mention.cue != "on" and compiled(r"[UDC][^LSs]{0,3}$").search(letters(tokens)[:at]) is not None
    if last not in measured:
        return False
    between = letters(tokens)[last + 1 : at]
    between = compiled(r"^[.]{0,3}[UD](?=[.]?$|[.]?[fv])").sub("", between)  # "(a 2.5% rise over July)"
    return measured[last].measure in COMPARED and not compiled(r"[LUD;]").search(between)


def stands_for_level(tokens: Sequence[Token]) -> bool:
    """Whether words between a change and a period end with a comparison with the same thing then: "5.1% higher than that
    recorded for 2018", "4% lower than those of June", "3% more than what was achieved in 2020"."""
    for place, token in enumerate(tokens):
        if token.letter in NUMBERS + ";!":
            return False
        if token.text.endswith("than") or token.letter == "v":
            rest = tokens[place + 1 :]
            return bool(rest) and rest[0].text in words_of("same_thing") and all(one.letter in ".LyioT" for one in rest[1:])
    return False


def is_behind_than(tokens: Sequence[Token], at: int) -> bool:
    """ "Greater than they were in 2023", "faster than it had in April", "fewer than there had been in 2019": the clause
    behind "than" has nothing but a pronoun, its verb and the period."""
    index = at - 1
    while index >= 0 and at - index < 6 and (tokens[index].letter == "i" or tokens[index].text in words_of("again_there")):
        index -= 1
    return 0 <= index < at - 2 and tokens[index].text.split(" ")[-1] == "than"


def _of_a_mark(tokens: list[Token], at: int) -> bool:
    """Whether a period says of when a figure is that another is compared with: "the figure of 2019"."""
    before = {one.text for one in tokens[max(at - 4, 0) : at]}
    return not before.isdisjoint(words_of("mark") | words_of("like_then") - words_of("article"))


def is_of_something_else(tokens: list[Token], at: int) -> bool:
    """Whether a period is none of the figures of its sentence, and nothing that they are compared with."""
    if is_bygone(tokens[at]) or is_gloss(tokens, at) or is_when_told(tokens, at) or is_year_of_part(tokens, at):
        return True
    return (
        (not lacks_first(tokens, words_of("subordinate")) and is_aside(tokens, at))
        or (not lacks(tokens, _WITH_WORDS) and (is_alike(tokens, at) or is_of_index(tokens, at)))
        or (not lacks(tokens, words_of("issue")) and is_of_issue(tokens, at))
        or (not lacks(tokens, words_of("pronoun")) and is_of_event(tokens, at))
    )


def is_aside(tokens: list[Token], at: int) -> bool:
    """Whether a period stands in a clause beside the main one, before or behind it: "Since the pact was signed in
    February, trade has …", "the lowest since records began in 1919"."""
    first = at
    while first > 0 and tokens[first - 1].letter not in ",;" and not is_number(tokens[first - 1]):
        first -= 1
    begins = next((index for index in range(first, at) if _is_subordinate(tokens, index)), None)
    if begins is None:
        return False
    if begins > first:
        return any(is_number(token) for token in tokens[:begins]) and at - begins > 1
    return any(token.letter == "," for token in tokens[at:]) or (first > 0 and is_number(tokens[first - 1]))


def _is_subordinate(tokens: list[Token], at: int) -> bool:
    return tokens[at].text.split(" ")[0] in words_of("subordinate")


def is_alike(tokens: list[Token], at: int) -> bool:
    """ "1.3%, the same as in June": a period that only says what another figure was like."""
    before = at - 1 if at and tokens[at - 1].letter == "i" else at
    return before > 0 and tokens[before - 1].text == "as"


def is_when_told(tokens: list[Token], at: int) -> bool:
    """ "Today reported", "announced today": the day on which figures are told, and none of theirs."""
    mention = tokens[at].mention
    if not isinstance(mention, Period) or mention.pointing is None or mention.pointing.what not in _TOLD:
        return False
    if tokens[at + 1].letter in "eq" and tokens[at].start == mention.start:
        return True  # "now expects to sell 400"
    beside = [*tokens[max(at - 1, 0) : at], *tokens[at + 1 : at + 2]]
    return any(token.text in words_of("tells") for token in beside)


def is_gloss(tokens: list[Token], at: int) -> bool:
    """Whether a period in parentheses says the one before it again: "fiscal 2023 (FY23)"."""
    return at > 1 and tokens[at - 1].letter == "(" and tokens[at - 2].letter in "PB"


def first_in_brackets(tokens: list[Token], at: int) -> int:
    """The first number in the brackets behind a period, for another in them: "2022 (11%, 38 TWh)"; else the number."""
    found = IN_BRACKETS.search(letters(tokens[max(at - 12, 0) : at]))
    return at - len(found[0]) + 2 if found is not None else at


def is_told_of_two(tokens: list[Token], left: int, right: int, at: int) -> bool:
    """ "Was 121.0 in 2024 and 113.0 in 2023, a rise of 7.1%": of two levels joined by "and", each with its period."""
    behind, between = letters(tokens[right + 1 : at]), letters(tokens[left + 1 : right])
    return _A_RISE.fullmatch(behind) is not None and _JOINED.fullmatch(between) is not None


def is_told_of(tokens: list[Token], at: int, index: int) -> bool:
    """Whether a participle follows a number, or what it counts: "14,100 registered", "the 336 deaths recorded"."""
    told = index <= at + 2 and tokens[index].letter == "L" and tokens[index - 1].letter in NUMBERS + "I"
    return told and tokens[index].text in words_of("told_of")


def from_earlier(one: Known | None, other: Known | None) -> tuple[Known, Known] | None:
    """The later of two periods, and the earlier that it is compared with; None where that cannot be told."""
    if one is None or other is None or not (last_day(one.value) and last_day(other.value)) or one.value == other.value:
        return None
    return (one, other) if last_day(one.value) > last_day(other.value) else (other, one)


def has_own_base(tokens: Sequence[Token], at: int) -> bool:
    """ "Up 4% from 2023", "a rise of 4% on the year": a comparison of its own right behind a number."""
    for index in range(at + 1, min(at + 4, len(tokens))):
        if tokens[index].letter in "PB":
            return tokens[index].letter == "B" or tokens[index - 1].text in ("from", "on", "against", "versus")
        if tokens[index].letter not in "fvi.":
            return False
    return False


def is_of_index(tokens: list[Token], at: int) -> bool:
    """ "CPI (2015=100)": the year in which an index is 100."""
    return at + 1 < len(tokens) and tokens[at + 1].text == "="


def is_year_of_part(tokens: list[Token], at: int) -> bool:
    """ "The second quarter, July-September, of this financial year": a year that says of which the part before is."""
    mention = tokens[at].mention
    what = mention.pointing.what if isinstance(mention, Period) and mention.pointing is not None else ""
    return what.startswith("fy:") and compiled(r"P,?P,?o$").search(letters(tokens)[max(at - 5, 0) : at]) is not None


def is_of_issue(tokens: list[Token], at: int) -> bool:
    """ "Based on August 1 conditions", "the July forecast", "the estimate issued in July": when a figure was told, and not
    of when it is."""
    before = [token.text for token in tokens[max(at - 4, 0) : at]]
    if not (words_of("issue").isdisjoint(before) or words_of("tells").isdisjoint(before)):
        return True
    return any(token.text in words_of("issue") for token in tokens[at + 1 : at + 3]) and tokens[at + 1].letter in ".#$M"


def is_of_record(tokens: list[Token], at: int) -> bool:
    """ "The slowest pace since 2020": how long a record stood, and nothing that the figure is compared with."""
    mention = tokens[at].mention
    if not isinstance(mention, Period) or not mention.cue.startswith("since"):
        return False
    for token in reversed(tokens[max(at - 8, 0) : at]):
        if token.letter in ",;(!" or is_number(token):
            return False
        if any(word in words_of("records") for word in token.text.lower().split()):
            return True
    return False


def points_back(mention: Period) -> bool:
    """ "The same date a year ago", "the year before": said from where the figures of now stand."""
    what = mention.pointing.what if mention.pointing is not None else ""
    return what.startswith(("same", "before", "previous"))


def is_of_event(tokens: list[Token], at: int) -> bool:
    """ "The decline that began in 2014 went on": a period in a clause on something else than what the sentence tells."""
    words = tokens[max(at - 6, 0) : at]
    begins = next((index for index, token in enumerate(words) if index and token.text in words_of("pronoun")), 0)
    if not begins or begins + 1 >= len(words) or words[begins - 1].letter not in ".XIUD,":
        return False
    happened = any(token.text.endswith("ed") or token.text in words_of("happened") for token in words[begins + 1 :])
    return happened and EVENT.fullmatch(letters(words[begins + 1 :])) is not None


def is_since(tokens: list[Token], at: int) -> bool:
    """Whether a period is where a growth begins: "since 2019", "since the pact was signed in 2019"."""
    mention = tokens[at].mention
    if isinstance(mention, Period) and mention.cue.startswith("since"):
        return not is_of_record(tokens, at)
    if lacks_first(tokens, words_of("subordinate")):
        return False
    first = at
    while first > 0 and tokens[first - 1].letter not in ",;":
        first -= 1
    return is_aside(tokens, at) and tokens[first].text.endswith("since")


def is_dated(tokens: list[Token], at: int, period: Known | None) -> bool:
    """ "From last year's $19 million": the period of a number stands right before it."""
    return at > 0 and period is not None and period.start == tokens[at - 1].start


def told_for_then(tokens: list[Token], at: int | None) -> bool:
    """Whether the period that belongs to a number is one before: "in the year-ago quarter"."""
    mention = tokens[at].mention if at is not None else None
    return isinstance(mention, Period) and (mention.compares or points_back(mention))


def is_bygone(token: Token) -> bool:
    """ "The highest since April 1980": a period that tells of other times than the figures'."""
    mention = token.mention
    return isinstance(mention, Period) and mention.cue.split(" ")[0] in words_of("bygone")


def is_number(token: Token) -> bool:
    return token.letter in NUMBERS


def year_beside(tokens: list[Token], at: int) -> str | None:
    """The year that a part of one is told of: "it went on in 2024, with the first five months bringing …"."""
    for token in reversed(tokens[:at]):
        mention = token.mention
        if is_number(token):
            return None
        if isinstance(mention, Period):
            return mention.value if compiled(r"\d{4}").fullmatch(mention.value or "") and not mention.compares else None
    return None


# "The monthly average of 2019", "the 2019 average"; "the whole of 2019", "full-year 2019", "2019 as a whole".
_PACE = r"(?:daily|weekly|monthly|quarterly)"
_AVERAGE = re.compile(
    rf"\b(?:averages?|mean|norm)(?: level)?(?: (?:of|for|in|during|over))?(?: the)?(?: year)? *$"
    rf"|\A(?:['’]s)?(?: {_PACE})? (?:averages?|mean|norm)\b",
    re.I,
)
_WHOLE = re.compile(
    r"\b(?:whole|entire|full|all|total|annual)[ \-](?:of |year |the |calendar )*(?:FY ?|fiscal )?(?:\d{4}|year)?$", re.I
)
_AS_A_WHOLE = re.compile(r"(?:['’]s)? (?:as a whole|overall|in full|in total|full[ \-]year|annual|total)\b", re.I)


def base_within(text: str, token: Token, base: Known, period: Known) -> Known | None:
    """What a bare year means that something is compared with: the same part of it, "all of 2019", or no figure of its own.

    A month above "the monthly average of 2019" has a base that no total of the year tells: it is unstated.
    """
    before, after = text[max(token.start - 40, 0) : token.start], text[token.end : token.end + 30]
    part = same_part(base.value, period.value)
    if part == base.value:
        return base
    if _AVERAGE.search(before) or _AVERAGE.search(after):
        return Known(UNSTATED, NOT_STATED)
    if _WHOLE.search(before + text[token.start : token.end]) or _AS_A_WHOLE.match(after):
        return base
    return Known(part, INFERRED, base.start, base.end)


def in_the_same_part(then: Known | None, now: Known | None) -> Known | None:
    """ "In October 2022 141,517 came, compared to 92,345 in 2021": a year beside a part of another is that part of it."""
    if then is None or now is None or not last_day(now.value) or not compiled(r"\d{4}").fullmatch(then.value):
        return then
    told = parse_period(now.value)
    if months(told) == 12 and "/" in now.value and now.value[-7:-3] == str(int(then.value) + 1):
        return replace(then, value=normal_form(year_before(told)), how=INFERRED)  # "(2020: 428.6)" in years to June
    part = same_part(then.value, now.value) if (months(told) or 12) < 12 else then.value
    return then if part == then.value else replace(then, value=part, how=INFERRED)


def is_label(tokens: list[Token], index: int, at: int) -> bool:
    """Whether a period stands directly before another number, as its own: "94.8 (2023: 89.4)"."""
    match = compiled(r"P(?:[(:]{1,2}|:[.IoTUD]{1,4})[$%#]").match(letters(tokens)[index : index + 7])
    if index and tokens[index - 1].letter == "i":
        return False  # "In 2023: …"
    return match is not None and index + match.end() - 1 != at


def is_beyond(tokens: list[Token], at: int, index: int) -> bool:
    """ "Up 14%, after a rise of 80% when 2020 saw a loss": a period that begins another clause, behind another number."""
    begins = tokens[index - 1].text in words_of("subordinate") or tokens[index - 1].text == "when"
    return begins and any(is_number(token) for token in tokens[at + 1 : index])


def cut_off(tokens: list[Token], at: int, index: int) -> bool:
    """Whether a period further on belongs to another number only: across a comma and a verb, or behind "from".

    It holds for all of a list: "to Spain 5%, to France 3% and to Italy 2% in 2023".
    """
    depth, comma = 0, False
    for place, token in enumerate(tokens[at + 1 : index], at + 1):
        depth = max(depth + (token.letter == "(") - (token.letter == ")"), 0)
        of_partner = token.letter == "f" and tokens[place + 1].letter in "APB"
        if depth == 0 and not of_partner and (token.letter in ";fvu" or (comma and token.letter in "LUDCSr")):
            return True
        comma = comma or (depth == 0 and token.letter == ",")
    return comma and not any(is_number(token) for token in tokens[at + 1 : index])


def last_day(period: str) -> int:
    """The ordinal of the last day of a period in normal form; 0 where it is none."""
    try:
        return parse_period(period).last
    except PeriodError:
        return 0


def first_day(period: str) -> int:
    """The ordinal of the first day of a period in normal form; 0 where it is none."""
    try:
        return parse_period(period).first
    except PeriodError:
        return 0


def is_quoted(text: str, at: int) -> bool:
    """Whether a place stands in words that somebody is quoted with: behind a mark that is not closed in its paragraph."""
    before = text[text.rfind("\n", 0, at) + 1 : at + 1]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


def is_long_before(base: str, period: str) -> bool:
    """Whether a period is the like part of a year that is more than one back: no base that goes without saying."""
    then, now = (compiled(r"\d{4}").search(value) for value in (base, period))
    alike = compiled(r"FY|\d").sub("", base) == compiled(r"FY|\d").sub("", period)
    return alike and then is not None and now is not None and int(now[0]) > int(then[0]) + 1


def is_unusual_base(base: str, period: str) -> bool:
    """Whether a period is of the kind of another, a month, a quarter, and before it, but not by the year that goes without
    saying."""
    alike = compiled(r"\d").sub("0", base) == compiled(r"\d").sub("0", period)
    try:
        return alike and base < period and base != normal_form(year_before(parse_period(period)))
    except PeriodError:
        return False


def is_of_number_before(tokens: list[Token], base: int, at: int, then: str, now: str) -> bool:
    """ "Fell 5% from the first quarter, and in the first half by 7%": a base that only the number before it can have."""
    if base > at or not any(is_number(token) for token in tokens[:base]):
        return False
    sizes = []
    for period in (then, now):
        try:
            sizes.append(months(parse_period(period)))
        except PeriodError:
            return False
    return None not in sizes and sizes[0] != sizes[1]


def counted_from(
    tokens: list[Token],
    at: int,
    measured: Mapping[int, Measured],
    own: Mapping[int, int | None],
) -> int | None:
    """ "Rose 36% from 86 million tonnes in 2014 to 117 million": the period that the change is counted from."""
    low = next((other for other in sorted(measured) if other > at), at)
    if own.get(low) is None or not measured[low].is_base or measured[low].measure not in (LEVEL, RATE, SHARE):
        return None
    return own[low] if BETWEEN.fullmatch(letters(tokens[at + 1 : low])) else None


def named_at_start(tokens: list[Token], at: int, bases: set[int]) -> int | None:
    """ "The previous year, trade was nearly $5 billion": before anything is compared, it is the period itself."""
    opening = [index for index in bases if index <= 1 and index < at and tokens[index + 1].letter == ","]
    if tokens[0].letter == "v":
        return None  # "Compared with May 2023, exports rose by 4% to $43 billion": what it is compared with
    return opening[0] if opening else None


def is_span_of_change(tokens: list[Token], place: int) -> bool:
    """ "From 2020 to 2024, trade increased 2.8 times, reaching …": levels are those of the end."""
    mention = tokens[place].mention
    return isinstance(mention, Period) and mention.cue == "from" and any(token.letter in "UD" for token in tokens)
