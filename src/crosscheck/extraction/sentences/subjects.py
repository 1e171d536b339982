"""What a clause speaks of in its own words, where no code list names it: "registered users rose 20% to 5 million"."""

from __future__ import annotations

import re

from crosscheck.extraction.cues import generic_words, irregular, words_of
from crosscheck.extraction.model import MEASURE, Known, Name, Number
from crosscheck.extraction.sentences.tokens import NUMBERS, Token, lacks, letters
from crosscheck.inputs.values import replace, value

FIGURE_VERBS = "LUDCSlVYqe"
_FIGURE_VERB = re.compile(f"[{FIGURE_VERBS}]")
BOUNDARIES = ";u!:"
MAXIMUM_WORDS = 8
COMPLEMENT = 4  # words of what a subject is on, in or for


@value
class Own:
    """An indicator in the document's own words, with the area or entity named in its phrase, and what it is on or for."""

    indicator: Known
    area: Known | None = None
    of: Known | None = None


def own_indicator(tokens: list[Token], at: int, text: str, in_trade: bool = False) -> Own | None:
    """The noun phrase that the number at index `at` is told of, when its clause has one that no list names.

    None when the clause has an indicator of a list, or no noun of its own (then what came before goes on).
    """
    first = at
    while first > 0 and tokens[first - 1].letter not in NUMBERS and tokens[first - 1].letter not in BOUNDARIES:
        first -= 1
    first = _after_report(tokens, first, at)
    row = letters(tokens)[first:at]
    if tokens[at].letter == "x" and "I" in row and not has_object(tokens, at):
        first = max((index + 1 for index in range(first, at) if tokens[index].letter in ",a"), default=first)
        row = letters(tokens)[first:at]  # "… doubled its fleet, and traffic tripled"
    if "I" in row:
        return None
    verbs = [match.start() for match in _FIGURE_VERB.finditer(letters(tokens), first, at)]
    beside = _noun_before_of(tokens, first, at) or _thing_of_size(tokens, at)
    if beside:
        phrase = beside
    elif verbs:
        phrase = _what_was_changed(tokens, verbs[-1], at) or noun_phrase(tokens, first, verbs[0])
        if not phrase and len(verbs) > 1 and tokens[verbs[-1]].letter == "L":
            phrase = noun_phrase(tokens, verbs[0] + 1, verbs[-1])  # "signed contracts worth $5m"
        if not phrase and tokens[at - 1].letter == "o":
            phrase = noun_phrase(tokens, verbs[-1] + 1, at - 1)  # "has assets of $5m"
    elif tokens[at].letter == "x" and isinstance(multiple := tokens[at].mention, Number) and multiple.direction:
        # "Interest costs doubled", "the airline doubled its fleet": a number that is the verb
        phrase = _object_of(tokens, at) if has_object(tokens, at) else noun_phrase(tokens, first, at)
    elif at > 0 and tokens[at - 1].letter in "o-":
        phrase = noun_phrase(tokens, first, at - 1)
    else:
        phrase = []
    if not phrase and verbs:
        phrase = _subject_behind(tokens, first, verbs[0])
    if not phrase and verbs and tokens[verbs[0]].text in words_of("change_noun"):
        phrase = _what_changed(tokens, verbs[0], at)
    if not phrase and verbs and tokens[verbs[0] - 1].text in words_of("pronoun"):
        phrase = _noun_before_comma(tokens, first, verbs[0] - 1)
    if not phrase:
        phrase = _noun_after(tokens, at)
    if any(tokens[index].letter == "s" for index in phrase):
        return None
    phrase = _without_verb(tokens, phrase)
    words = [index for index in phrase if tokens[index].letter in ".XUDCTV"]
    telling = [tokens[index].text for index in words if _says_something(tokens[index])]
    if telling and words_of("extreme").issuperset(telling):
        return None  # "the previous peak was 5.8 million": of what the sentence before told
    if not any(_says_something(tokens[index]) for index in words) or (
        in_trade and all(tokens[index].letter == "X" for index in words)
    ):
        return None  # in a text on trade a product is what is traded: "Wheat accounted for half of exports"
    start, end = tokens[words[0]].start, tokens[words[-1]].end
    value = " ".join(text[start:end].split()).lower()
    known = Known(value, start=start, end=end)
    return Own(known, _area_in(tokens, phrase, at), complement(tokens, words[-1], text))


def _area_in(tokens: list[Token], phrase: list[int], at: int) -> Known | None:
    """The area or entity named in a phrase, or right behind it: "sales in Spain rose by 5%"."""
    last = phrase[-1] + 1
    where = [last + 1] if last + 1 < at and tokens[last].letter == "i" and tokens[last + 1].letter == "A" else []
    for token in [tokens[index] for index in (*phrase, *where)]:
        if token.letter in "AE" and isinstance(token.mention, Name):
            return Known(token.mention.code or token.text, start=token.start, end=token.end)
    return None


def has_object(tokens: list[Token], at: int) -> bool:
    """Whether the word of a multiple at index `at` tells what somebody did with a thing: "doubled its fleet"."""
    number = tokens[at].mention
    if tokens[at].letter != "x" or not isinstance(number, Number) or not number.direction or at + 2 >= len(tokens):
        return False
    behind = tokens[at + 1]
    return behind.letter == "j" or behind.text in words_of("article")


def _object_of(tokens: list[Token], at: int) -> list[int]:
    """The object of such a verb."""
    last = at + 1
    while last < len(tokens) and last < at + 2 + MAXIMUM_WORDS and tokens[last].letter in ".XTjo-":
        last += 1
    return [index for index in noun_phrase(tokens, at + 1, last) if tokens[index].letter != "j"]


def _without_verb(tokens: list[Token], phrase: list[int]) -> list[int]:
    """The phrase before a verb that no list has: "the generators provided a total", "the reforms brought about"."""
    for place, index in enumerate(phrase[1:], 1):
        word = tokens[index].text
        behind = tokens[phrase[place + 1]] if place + 1 < len(phrase) else None
        verb = word.endswith("ed") or word in irregular().values() or word in words_of("happened")
        if tokens[index].letter != "." or not verb or word in words_of("no_act"):
            continue
        if behind is None or behind.letter == "T" or behind.text in words_of("article") or behind.text in words_of("stop"):
            return phrase[:place]
    return phrase


def _after_report(tokens: list[Token], first: int, at: int) -> int:
    """Where what is told begins: "Announcing the results, he told journalists that services grew by 5%"."""
    for index in range(at - 1, first, -1) if not lacks(tokens, ("that",)) else ():
        before = tokens[max(index - 4, first) : index]
        if tokens[index].text == "that" and any(token.letter in "ey" for token in before):
            return index + 1
    return first


def _what_changed(tokens: list[Token], cue: int, at: int) -> list[int]:
    """The noun in "a fall was observed in the number of permits by 3%": behind the verb that only tells of the fall."""
    link = next((index for index in range(cue + 1, min(cue + 5, at)) if tokens[index].letter in "io"), None)
    between = tokens[cue + 1 : link] if link is not None else []
    light = words_of("passive") | words_of("observed")
    if link is None or not between or any(token.text not in light for token in between):
        return []
    last = next((index for index in range(link + 1, at) if tokens[index].letter in "iPBbL,"), at)
    return noun_phrase(tokens, link + 1, last) if last > link + 1 else []


def _what_was_changed(tokens: list[Token], verb: int, at: int) -> list[int]:
    """The object of "the law cut the number of permits by 5%": what became less, and not the law."""
    found = list(range(verb + 1, at - 1))
    if tokens[verb].letter not in "UD" or not 1 < len(found) <= MAXIMUM_WORDS or tokens[at - 1].letter not in "btf":
        return []
    if tokens[found[0]].text not in words_of("article") and tokens[found[0]].letter != "j":
        return []
    if any(tokens[index].letter not in ".XToj" for index in found) or (
        verb and tokens[verb - 1].text in words_of("passive")
    ):
        return []
    return noun_phrase(tokens, verb + 1, at - 1)


def _subject_behind(tokens: list[Token], first: int, verb: int) -> list[int]:
    """The subject in "On the Americas network traffic rose": what a clause names between its first words and its verb.

    Where the one ends and the other begins nothing tells, so it is the last word, with those between it and a name.
    """
    words = [index for index in range(first + 1, verb) if _says_something(tokens[index]) or tokens[index].letter in "AE"]
    if (
        len(words) < 2
        or tokens[first].letter not in "ibt"
        or any(tokens[n].letter not in ".XAET" for n in range(first + 1, verb))
    ):
        return []
    begin = verb - 1
    if tokens[begin].letter != "." or not _says_something(tokens[begin]):
        return []
    names = [index for index in words if tokens[index].letter in "AE"]
    if names and all(tokens[index].letter == "." for index in range(names[-1] + 1, verb)):
        begin = names[-1] + 1
    return list(range(begin, verb))


def _noun_before_comma(tokens: list[Token], first: int, pronoun: int) -> list[int]:
    """The noun in "the border, which is almost 1,800 km long", "industry which grew by 7%"."""
    if pronoun - 1 <= first or tokens[pronoun - 1].letter != ",":
        return _noun_before_of([*tokens[:pronoun], replace(tokens[pronoun], letter="o")], first, pronoun + 1)
    return _noun_before_of([*tokens[: pronoun - 1], replace(tokens[pronoun - 1], letter="o")], first, pronoun)


def _noun_before_of(tokens: list[Token], first: int, at: int) -> list[int]:
    """The noun in "on supply of 3 million tons", "with assets of $5m"."""
    if at - 1 <= first or (tokens[at - 1].letter != "o" and tokens[at - 1].text != "for"):
        return []
    found: list[int] = []
    for index in range(at - 2, first - 1, -1):
        if tokens[index].letter not in ".X" or tokens[index].text in words_of("stop"):
            break
        found.insert(0, index)
    return found if any(_says_something(tokens[index]) for index in found) else []


def _thing_of_size(tokens: list[Token], at: int) -> list[int]:
    """The noun in "the 1,800km-long border", "a 500 MW plant"."""
    number = tokens[at].mention
    if not isinstance(number, Number) or number.kind != MEASURE or number.shared or number.unit == "permille":
        return []
    found: list[int] = []
    for index in range(at + 1, min(at + 6, len(tokens))):
        if tokens[index].letter == "-" or tokens[index].text in words_of("extent"):
            continue
        if tokens[index].letter not in ".X" or tokens[index].text in words_of("stop"):
            break
        found.append(index)
    return found


def noun_phrase(tokens: list[Token], first: int, stop: int) -> list[int]:
    """The tokens of the noun phrase that ends before `stop`: head, what stands before it, and "of …" behind it."""
    begin = first
    if stop > first and tokens[stop - 1].letter == "," and tokens[stop].text == "at":
        stop -= 1  # "Soft Red Winter, at 466 million bushels, is"
    for index in range(first, stop):
        token = tokens[index]
        if token.letter in ',(")yPBZ' or token.text in words_of("relative") or token.letter in FIGURE_VERBS + NUMBERS:
            begin = index + 1
    if begin < stop and tokens[begin].text.endswith("ing") and begin > first and tokens[begin - 1].letter == ",":
        return []  # ", posting …": what the sentence began with goes on
    if stop > first and (tokens[stop - 1].text in words_of("relative")):
        return []
    found: list[int] = []
    for index in range(begin, stop):
        token = tokens[index]
        if token.letter in "itwfgb" and not found:
            return []  # "in a statement reached …": nothing to go by
        if token.letter in "itwfgb":
            break
        if token.letter == "a" and not found:
            continue
        if not found and (token.text in words_of("stop") or token.letter == "_"):
            continue
        found.append(index)
    while found and (tokens[found[-1]].text in words_of("stop") or tokens[found[-1]].letter in "oar-_"):
        found.pop()
    return found if len(found) <= MAXIMUM_WORDS else []


def complement(tokens: list[Token], head: int, text: str) -> Known | None:
    """What a subject that ends at index `head` is on, in, for, to or from: the roads of "spending on roads rose".

    None where anything else than the verb, the figure or a period follows, and for a place that no list has ("in Ashby").
    """
    first = last = head + 2
    if first > len(tokens) or tokens[head + 1].letter not in "itf":
        return None
    while last < len(tokens) and tokens[last].letter in ".X":
        last += 1
    ends = last < len(tokens) and tokens[last].letter in FIGURE_VERBS + NUMBERS + "PBi"
    words = [token for token in tokens[first:last] if token.text not in words_of("stop")]
    if not words or not ends or last - first > COMPLEMENT or words[-1].text in generic_words() | words_of("regions"):
        return None
    spoken = " ".join(text[words[0].start : words[-1].end].split())
    if not spoken.islower() or spoken.endswith("ly") or any(map(str.isdigit, spoken)):
        return None  # "on line 4": told apart by its number
    return Known(spoken, start=words[0].start, end=words[-1].end)


def _noun_after(tokens: list[Token], at: int) -> list[int]:
    """ "$5 million in damages", "$10bn of bonds", "£0.5 million a day in aid"."""
    if tokens[at].letter == "$" and [token.text in words_of("every") for token in tokens[at + 1 : at + 3]] == [True, True]:
        return [index + 2 for index in _noun_after([*tokens[: at + 1], *tokens[at + 3 :]], at)]
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    if behind is None or tokens[at].letter != "$" or not (behind.letter == "o" or behind.text in ("in", "on")):
        return []
    if behind.text == "on" and at and tokens[at - 1].letter == "t":
        return []  # "fell to $21 billion on weak demand": why
    found: list[int] = []
    for index in range(at + 2, min(at + 6, len(tokens))):
        if tokens[index].letter not in ".X":
            break
        found.append(index)
    while found and tokens[found[0]].text in words_of("stop"):
        found.pop(0)
    return found


def _says_something(token: Token) -> bool:
    if token.letter == "X":
        return True
    word = token.text
    return (
        token.letter == "."
        and len(word) > 2
        and word not in generic_words()
        and word not in words_of("stop")
        and word[0].isalpha()
        and (not word.endswith("ly") or word in words_of("noun_in_ly"))
    )


def label_before(tokens: list[Token], at: int, text: str) -> Known | None:
    """The label of an item of a list in the text's own words: "All five: 94.82"."""
    if at < 2 or tokens[at - 1].letter not in ":-":
        return None
    first = at - 1
    while first > 0 and tokens[first - 1].letter in ".TWXa":
        first -= 1
    words = [token for token in tokens[first : at - 1] if token.text not in words_of("stop")]
    if not words or (first > 0 and tokens[first - 1].letter not in ",;!)_-") or len(words) > 5:
        return None
    start, end = words[0].start, words[-1].end
    return Known(" ".join(text[start:end].split()).lower(), start=start, end=end)


def noun_of(number: Number, text: str) -> Known | None:
    """The things that a number counts, in the document's own words."""
    if number.noun is None:
        return None
    start, end = number.noun
    return Known(" ".join(text[start:end].split()).lower(), start=start, end=end)
