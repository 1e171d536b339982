"""What somebody does with a quantity: "the refinery processes 90,000 barrels a day", "Denmark spent 41 billion kroner".

A verb that no list has, with an amount for its object, states a figure of its subject. The figure's indicator is the
subject with the verb, in the past tense whatever the tense in the text, so that "processed" and "processes" are one.
"""

from __future__ import annotations

import re

from crosscheck.claims.model import EXPLICIT
from crosscheck.extraction.cues import irregular, words_of
from crosscheck.extraction.model import BARE, MEASURE, MONEY, Known, Name, Number
from crosscheck.extraction.sentences.frame import Frame
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.subjects import BOUNDARIES, noun_phrase
from crosscheck.extraction.sentences.tokens import NUMBERS, Token
from crosscheck.inputs.values import replace

PRODUCT = "product"
LONGEST = 5  # words of what an amount is for
PARTICLES = frozenset(("out", "in", "up", "off", "back", "away", "down", "over"))
PER_HEAD = re.compile(r" per (?:head|person|capita|inhabitant|resident)$")
SIBILANT = re.compile(r"(?:ss|sh|ch|x|zz|o)es$")


def acted(state: Walk, at: int) -> Frame | None:
    """The frame of the amount at index `at` by the verb right before it; None where there is none, or no subject."""
    tokens, number = state.tokens, state.tokens[at].mention
    if not isinstance(number, Number) or number.kind not in (MONEY, MEASURE, BARE) or at == 0:
        return None
    verb = at - 1
    while verb > 1 and tokens[verb].text in ("a", "an", "record", "some", "another"):
        verb -= 1
    before_number = verb
    if tokens[verb].text in PARTICLES and verb:
        verb -= 1
    first = verb
    while first > 0 and tokens[first - 1].letter not in NUMBERS and tokens[first - 1].letter not in BOUNDARIES:
        first -= 1
    done = _done(tokens, first, verb)
    if done is None:
        return None
    if first and verb > first + 1 and tokens[first - 1].letter in NUMBERS and tokens[first].letter == "I":
        first += 1  # "with 5.6 million inhabitants, Denmark spent …"
    if any(token.letter == "I" for token in tokens[first:verb]):
        return None
    done = f"{done} {tokens[before_number].text}" if verb < before_number else done
    verb -= tokens[verb - 1].text in ("will", "would")  # "the state will pay": what it is to have paid
    subject = noun_phrase(tokens, first, verb)
    named = next((tokens[index] for index in subject if tokens[index].letter in "AE"), None)
    words = [index for index in subject if tokens[index].letter in ".XT"]
    spoken = tokens[verb - 1]
    pronoun = spoken.letter == "j"
    if pronoun:
        start, text = spoken.start, _subject_before(state)
    elif subject and (named is None or words):
        start = tokens[(words or subject)[0]].start
        text = " ".join(state.text[start : tokens[(words or subject)[-1]].end].split()).lower()
    elif named is not None:
        start, text = named.start, ""
    else:
        return None
    value = f"{text} {done}".strip()
    told = state.frame.indicator.value if state.frame.indicator is not None else ""
    same = pronoun and number.unit in state.context.units.get(told, ())
    if (number.kind == BARE or same) and value not in state.acts:
        return None  # "it carried 8.9 million": those that were carried before, however it was said
    known = Known(value, start=start, end=tokens[before_number].end)
    area = state.frame.area
    if named is not None and isinstance(named.mention, Name):
        area = Known(named.mention.code or named.text, start=named.start, end=named.end)
    elif pronoun or state.subject is not None:
        area = state.subject or state.owner
    elif text:
        area = None
    before = state.frame.indicator
    purpose = _purpose(state, at)
    if pronoun and before is not None and before.value == value:
        purpose = purpose or dict(state.frame.other)
    state.acts[value] = text
    return Frame(known, area, None, purpose, state.frame.source)


def priced(state: Walk, at: int) -> Frame | None:
    """ "Milk was 6% cheaper", "eggs cost 12% more", "a loaf cost €1.20": the price of what the clause names."""
    tokens = state.tokens
    first = verb = at - 1
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    compared = behind is not None and behind.letter in "Mm"
    costs = verb > 0 and tokens[verb].text in words_of("costs") and tokens[verb].letter != "I"
    dear = compared and behind is not None and behind.text in words_of("priced") and tokens[at].letter in "%xh"
    if not (dear or (costs and (compared or tokens[at].letter == "$"))):
        return None
    while first > 0 and tokens[first - 1].letter not in NUMBERS and tokens[first - 1].letter not in BOUNDARIES:
        first -= 1
    while not costs and verb > first and tokens[verb].letter != "L" and tokens[verb].text not in words_of("turned"):
        verb -= 1
    if verb <= first or (not costs and any(token.letter == "I" for token in tokens[first:verb])):
        return None
    subject = [index for index in noun_phrase(tokens, first, verb) if tokens[index].letter in ".XI"]
    while len(subject) > 1 and tokens[subject[0]].text in words_of("amounts_of"):
        subject.pop(0)  # "a litre of milk"
    known = Known("price", start=tokens[verb].start, end=tokens[verb].end)
    if not subject:
        same = state.frame.indicator is not None and state.frame.indicator.value == "price"
        return replace(state.frame, indicator=known) if same else None
    start, end = tokens[subject[0]].start, tokens[subject[-1]].end
    name = tokens[subject[-1]].mention
    only = name.code if len(subject) == 1 and isinstance(name, Name) and name.dimension == PRODUCT else None
    thing = Known(only or " ".join(state.text[start:end].split()).lower(), start=start, end=end)
    return Frame(known, state.frame.area, None, {PRODUCT: thing}, state.frame.source)


def act_goes_on(state: Walk, at: int) -> Frame:
    """ "… for its rival and $600 million for a factory": the same act for something else."""
    if state.frame.indicator is None or state.frame.indicator.value not in state.acts:
        return state.frame
    purpose = _purpose(state, at)
    return replace(state.frame, other={**state.frame.other, **purpose}) if purpose else state.frame


def _subject_before(state: Walk) -> str:
    """Who "it" is: the subject of what was done before."""
    before = state.frame.indicator
    return state.acts.get(before.value, "") if before is not None else ""


def _done(tokens: list[Token], first: int, verb: int) -> str | None:
    """The verb at index `verb` in the past tense; None where the word is none."""
    token = tokens[verb]
    if verb <= first or token.letter not in ".L" or token.text in words_of("no_act"):
        return None
    if token.letter == "L":
        return past(token.text) if past(token.text) in words_of("act") else None
    before = tokens[verb - 1]
    if before.text in words_of("article") or before.text in words_of("passive") or before.letter in "LyoibfT-":
        return None
    if token.text.endswith("ed") or token.text in irregular().values():
        return token.text
    if token.text in irregular():
        return irregular()[token.text]
    begins = tokens[first].text in words_of("article") or before.letter in "AEj"
    if token.text.endswith("s") and not token.text.endswith("ss") and begins and not before.text.endswith("s"):
        return past(token.text)
    return None


def past(verb: str) -> str:
    """The past tense of a verb: "processes" → "processed", "pays" → "paid"."""
    if verb in irregular():
        return irregular()[verb]
    if verb.endswith("ies"):
        return f"{verb[:-3]}ied"
    if SIBILANT.search(verb) or verb.endswith("es"):
        return f"{verb[:-2]}ed"
    return f"{verb[:-1]}ed" if verb.endswith("s") else verb


def _purpose(state: Walk, at: int) -> dict[str, Known]:
    """What an amount is for: "on defence", "for its rival", "from coffee"."""
    tokens = state.tokens
    first = at + 1
    if [token.text in words_of("every") for token in tokens[first : first + 2]] == [True, True]:
        first += 2
    if first < len(tokens) and tokens[first].letter == "(":
        closed = next((index for index in range(first, min(first + 6, len(tokens))) if tokens[index].letter == ")"), None)
        first = first if closed is None else closed + 1
    if first >= len(tokens) or tokens[first].text not in ("on", "for", "from"):
        return {}
    found: list[Token] = []
    for token in tokens[first + 1 : first + 1 + LONGEST]:
        if token.letter not in ".Xj":
            break
        if token.letter != "j" and token.text not in words_of("stop"):
            found.append(token)
    if not found:
        return {}
    start, end = found[0].start, found[-1].end
    if len(found) == 1 and isinstance(found[0].mention, Name) and found[0].mention.code:
        return {PRODUCT: Known(found[0].mention.code, start=start, end=end)}
    return {PRODUCT: Known(" ".join(state.text[start:end].split()).lower(), start=start, end=end)}


def act_named(state: Walk, own: Known) -> Frame | None:
    """ "Denmark spent 41 billion kroner. Spending per head was …": the noun of what was done before."""
    head = PER_HEAD.search(own.value)
    noun = own.value[: head.start()] if head is not None else own.value
    before = state.frame.indicator
    if not noun.endswith("ing") or " " in noun or before is None or before.value not in state.acts:
        return None
    if before.value.split()[-1] not in (past(noun[:-3]), f"{noun[:-3]}ed", past(f"{noun[:-3]}e")):
        return None
    known = replace(before, how=EXPLICIT, start=own.start, end=own.end)
    per = {} if head is None else {"per": Known("population", start=own.start, end=own.end)}
    return replace(state.frame, indicator=known, other={**state.frame.other, **per})
