"""Shares of people who say or do something: "56% of respondents said that they …, while 30% …"."""

from __future__ import annotations

import re
from dataclasses import replace

from crosscheck.claims.model import INDICATOR
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.model import Known, Number
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.phrases import known_name
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import NUMBERS, Row, Token

RESPONDENTS = "respondents"
PRODUCT = "product"
SOME = re.compile(
    r"(?:Among|Of|For|And among|But among) (?:(?:those|people|respondents) (?:who )?)?(?P<who>[^\n;:]{3,60}?),\s"
)
ALL_ASKED = re.compile(
    r"(?i)(?:all )?(?:of )?(?:those |the |people )?(?:surveyed|polled|asked|interviewed|questioned|respondents|them)"
)
DETAIL = "detail"  # what a part does, in the words of the document, where no name tells it from its whole
FEWEST = 50  # people whom a survey asks
LONGEST = 12  # words of what they say
BEGINS = re.compile(r"(?:^|[,;a\"u!])(?:[.]?|[.MT]{1,2}\()$")  # what stands before a number that begins a clause
OF_THOSE = re.compile(
    r"(?:(?:survey|poll|sample) (?:of|among)|(?:survey|poll|interview|question)(?:ed|ing)|asked)"
    r"(?: (?:about|some|over|nearly))?\s*$",
    re.IGNORECASE,
)
SAYS = r"[.]?[yqeVYLS.j]"


def is_survey(tokens: Row) -> bool:
    """Whether a sentence tells of a survey."""
    return not words_of("survey").isdisjoint(" ".join(tokens.texts).lower().split())


def asked(text: str, start: int) -> bool:
    """Whether the number at `start` is one of people who were asked: "a poll of 1,200 voters", "interviewed 800 firms"."""
    return OF_THOSE.search(text[max(start - 40, 0) : start]) is not None


def note_people(state: Walk, frame: Frame, count: Number | None = None) -> None:
    """Remembers the people asked, of whom the shares that follow are told; a survey of eight questions has more."""
    many = count is not None and count.value >= FEWEST and is_survey(state.tokens)
    if frame.indicator is not None and (frame.indicator.value == RESPONDENTS or many):
        state.population = Frame(frame.indicator, frame.area)


def read_people(state: Walk, at: int, after: int, whole: Frame) -> bool:
    """Whether the share at index `at` is one of people, whose words or deeds begin at index `after`: they name the part."""
    first = state.tokens[after] if after < len(state.tokens) else None
    flows = first is not None and first.letter == "S" and first.text not in words_of("saying")  # "63% of exports go to …"
    part = predicate(state, after) if _is_of_people(state, whole) and not flows else None
    if part is None or not (BEGINS.search(state.row[:at]) or state.tokens[at - 1].text in words_of("tells_that")):
        return False
    state.population = whole
    state.of_people.add(at)
    some = _some_of_them(state, at)
    whole = replace(whole, other={**whole.other, PRODUCT: some}) if some is not None else whole
    state.wholes[at] = whole
    state.frames[at] = state.frame = replace(whole, indicator=part)
    state.nameless.discard(at)
    return True


def _some_of_them(state: Walk, at: int) -> Known | None:
    """ "Among women, 62% …, while 30% …", "For those under 30, half …": some of the people asked."""
    found = SOME.match(state.text, state.tokens[0].start, state.tokens[at].start)
    if found is None or ALL_ASKED.fullmatch(found["who"]) is not None:
        return None
    return Known(" ".join(found["who"].lower().split()), start=found.start("who"), end=found.end("who"))


def _is_of_people(state: Walk, whole: Frame) -> bool:
    """Whether a whole may be people, firms or the like: those that a list names, or a noun that none has."""
    code = state.lists.find(INDICATOR, whole.indicator.value) if whole.indicator is not None else None
    return whole.indicator is not None and (code is None or code.nature == "stock")


def read_share_alone(state: Walk, at: int) -> bool:
    """The same of those told of before: "…, and 12% had not"."""
    whole = state.population
    begins = BEGINS.search(state.row[:at]) or (at and state.tokens[at - 1].text in words_of("tells_that"))
    if whole is None or not begins or re.match(SAYS, state.row[at + 1 :]) is None:
        return False
    if not read_people(state, at, at + 1, whole):
        state.nameless.add(at)  # "and 12% had not": what, the words before say
        state.frames[at] = whole
    return True


def predicate(state: Walk, after: int) -> Known | None:
    """What is said of people: the words up to the next mark or number, without "said that they"."""
    tokens = state.tokens
    while after < len(tokens) and (tokens[after].letter in "yj" or tokens[after].text in words_of("saying")):
        after += 1
    last = after
    while last < len(tokens) and last - after < LONGEST and tokens[last].letter not in ",;!u()" + NUMBERS:
        last += 1
    while last > after and (tokens[last - 1].letter in "aPB" or tokens[last - 1].text in words_of("stop") - {"not"}):
        last -= 1
    words = tokens[after:last]
    says = (token.letter in ".XIqeVYUD" and token.text not in words_of("stop") for token in words)
    if not any(says) and not any(token.text == "against" for token in words):
        return None
    start, end = words[0].start, words[-1].end
    return Known(" ".join(state.text[start:end].split()).lower(), start=start, end=end)


def share_of_words(state: Walk, at: int) -> None:
    """ "45% of respondents said they …", "39% of global power comes from …": the whole in the text's own words."""
    tokens = state.tokens
    first = at + 1 + (state.row[at + 1 : at + 2] == ")")  # "a third (34%) of firms"
    if state.row[first : first + 1] != "o":
        return
    if tokens[first].start == tokens[first].end and state.population is not None:
        begin = tokens[first + 1] if first + 1 < len(tokens) else None
        if (
            begin is not None
            and begin.text in words_of("people_do")
            and read_people(state, at, first + 1, state.population)
        ):
            return  # "one in three oppose it": of those who were asked
    last = first + 1
    while last < len(tokens) and last < first + 9 and tokens[last].letter in ".TXAEjk-":
        last += 1
    words = tokens[first + 1 : last]
    content = [token for token in words if token.letter in ".X" and token.text not in words_of("stop")]
    while content and content[0].text in generic_words():
        content.pop(0)  # "of small firms"
    areas = [known_name(token) for token in words if token.letter in "AE"]
    if not content and len(words) == 1 and areas and words[0].letter == "A" and tokens[last - 1].text.endswith("s"):
        everybody = Known("population", start=words[0].start, end=words[0].end)  # "a third of Danes"
        read_people(state, at, last, Frame(everybody, areas[0], None, {}, state.frame.source))
        return
    if not content or (last < len(tokens) and tokens[last].letter == "I"):
        return
    whole = Known(_between(state, content[0], content[-1]), start=content[0].start, end=content[-1].end)
    frame = Frame(whole, areas[0] if areas else state.subject or state.frame.area, None, {}, state.frame.source)
    if read_people(state, at, last, replace(frame, area=areas[0] if areas else frame.area)):
        return
    if state.subject is None:
        return
    state.wholes[at] = replace(frame, area=areas[0] if areas else None)
    state.frames[at] = state.frame = frame


def _between(state: Walk, first: Token, last: Token) -> str:
    return " ".join(state.text[first.start : last.end].split()).lower()
