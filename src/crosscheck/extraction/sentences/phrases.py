"""The phrase around an indicator: whose it is, with whom, of what ("Kazakhstan's exports of copper to China in 2023")."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import AREA, CARRIED, INFERRED
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.model import Known, Name
from crosscheck.extraction.periods.words import NUMBER_WORDS
from crosscheck.extraction.sentences.frame import Context, Frame, carried, carry, comes_from, is_bilateral, place_area
from crosscheck.extraction.sentences.subjects import complement
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import replace

LEFT = "AETjkKX.-IPG"  # what may stand before an indicator in its phrase
EXPORTS, IMPORTS = "exports", "imports"
PRODUCT = "product"
_OF_TIME = re.compile(
    r"\b(?:week|month|quarter|year)s?\b.*\bperiod$|\b\d+-(?:week|month|year)s?\b|^(?:week|month|quarter|half|year|period)$"
)  # "13-week period"
WORLDWIDE = ("global", "world")


@dataclass(slots=True)
class Phrase:
    """What a phrase says itself; what it does not say is None."""

    indicator: Known
    first: int
    last: int  # indices of its first and last token
    area: Known | None = None
    counterpart: Known | None = None
    other: dict[str, Known] = field(default_factory=dict)
    is_total: bool = False  # "total", "foreign": with all partners
    is_earned: bool = False  # "export earnings"
    is_pair: bool = False  # "bilateral", "between the two countries"
    areas: tuple[Known, ...] = ()  # several areas in one role: "exports to the EU, the US and Japan"
    areas_role: str = ""  # also where partners are named in words alone: "exports to emerging markets"


def known_name(token: Token) -> Known:
    """The code that a name stands for; a proper name stands for itself."""
    mention = token.mention
    assert isinstance(mention, Name)
    value = mention.code or (without_legal_form(token.text) if token.letter == "E" else token.text)
    return Known(value, start=token.start, end=token.end)


def without_legal_form(name: str) -> str:
    """The name of a company without "Inc." and the like."""
    words = name.split()
    while len(words) > 1 and words[-1].strip(".,").replace(".", "").lower() in words_of("legal_form"):
        words.pop()
    return " ".join(words).rstrip(",")


def read_phrase(tokens: list[Token], at: int, indicator: Known, context: Context, lists: CodeLists, text: str) -> Phrase:
    """The phrase around the words at index `at` that name an indicator, or stand for one."""
    phrase = Phrase(indicator, at, at)
    _left(tokens, at, phrase, context, lists, text)
    _coordinate(tokens, at, phrase, lists, text)
    _right(tokens, at, phrase, context, lists, text)
    return phrase


def _left(tokens: list[Token], at: int, phrase: Phrase, context: Context, lists: CodeLists, text: str) -> None:
    first = at
    while first > 0 and tokens[first - 1].letter in LEFT and at - first < 8:
        if tokens[first - 1].letter == "I" or _is_subject(tokens, first - 1, at):
            break
        first -= 1
        if (
            first > 1
            and first < at
            and tokens[first].letter in ".X"
            and tokens[first - 1].letter == "a"
            and tokens[first - 2].letter in ".X"
        ):
            first -= 1  # "cellphone and accessory exports"
    left = tokens[first:at]
    row = letters(left)
    kinds = "A" if is_bilateral(lists, phrase.indicator) else "AE"
    areas = [token for token in left if token.letter in kinds]
    if len(areas) >= 2 and _joined(left):
        phrase.area, phrase.counterpart = known_name(areas[-2]), known_name(areas[-1])
    elif areas and _is_origin(tokens[at], areas[-1], phrase, context, lists):
        phrase.counterpart = known_name(areas[-1])
    elif areas:
        phrase.area = known_name(areas[-1])
    elif "G" in row:
        phrase.area = context.group
    elif "j" in row:
        phrase.area = owner_of(left, context, lists)
        phrase.is_pair = any(token.text in ("their", "our") for token in left)
    elif kinds == "AE" and context.main is None and any(token.text in WORLDWIDE for token in left):
        world = next(token for token in left if token.text in WORLDWIDE)
        phrase.area = Known("WORLD", start=world.start, end=world.end)
    spoken = set(tokens[at].text.lower().split())
    phrase.is_pair = phrase.is_pair or "k" in row or bool(spoken & words_of("pair"))
    phrase.is_total = ("T" in row or _starts_with_total(tokens[at].text)) and not _points_back(tokens, at)
    phrase.is_earned = not spoken.isdisjoint(words_of("earnings"))  # "export earnings from Uganda": what it pays
    if first == 0 or not _is_subject(tokens, first - 1, at):
        _product_before(left, phrase, text)
    phrase.first = first


def _is_origin(indicator: Token, area: Token, phrase: Phrase, context: Context, lists: CodeLists) -> bool:
    """ "British tourists", "EU arrivals": where those come from who are counted; a union of countries receives none."""
    name = area.mention
    if not isinstance(name, Name) or name.possessive or name.code == context.outline.home:
        return False
    if not comes_from(phrase.indicator) or context.main is not None:
        return False
    spoken = indicator.text.lower().split()
    code = lists.find(AREA, name.code) if name.code is not None else None
    union = code is not None and bool(code.members) and spoken[-1] == "arrivals"
    return union or (name.adjective and spoken[-1] in words_of("guests"))


def owner_of(tokens: list[Token], context: Context, lists: CodeLists) -> Known | None:
    """Whose "its" and "the country's" is: of a region told of last, "the country" is the one that it is a part of."""
    owner = context.owner
    word = next((token for token in tokens if token.letter == "j"), None)
    if word is None or word.text.split("'")[0] not in words_of("state"):
        return owner
    named = lists.find(AREA, owner.value) if owner is not None else None
    country = named.part_of or named.id if named is not None else context.outline.home
    if country is None or (owner is not None and owner.value == country):
        return owner
    return Known(country, INFERRED, word.start, word.end)


def _coordinate(tokens: list[Token], at: int, phrase: Phrase, lists: CodeLists, text: str) -> None:
    """ "wind and solar generation": the generation of both, where a name is that of one alone."""
    name = tokens[at].text.split()
    if at < 2 or tokens[at - 1].letter != "a" or tokens[at - 2].letter not in ".X" or len(name) < 2:
        return
    rest = " ".join(name[1:])
    other = lists.named("indicator", f"{tokens[at - 2].text} {rest}")
    both = lists.named("indicator", rest) or lists.named("indicator", f"electricity {rest}")
    if other is None or both is None or other.id == phrase.indicator.value:
        return
    start, end = tokens[at - 2].start, tokens[at].start + len(name[0])
    spoken = " ".join(text[start:end].split()).lower()
    phrase.indicator = replace(phrase.indicator, value=both.id)
    phrase.other[PRODUCT] = Known(spoken, start=start, end=end)
    phrase.first = min(phrase.first, at - 2)


def _is_subject(tokens: list[Token], index: int, at: int) -> bool:
    """Whether an area before words is none of the phrase: "China seals agreements", not "China's copper exports"."""
    name = tokens[index].mention
    if tokens[index].letter != "A" or not isinstance(name, Name) or name.adjective or name.possessive:
        return False
    return any(token.letter == "." and token.text not in generic_words() for token in tokens[index + 1 : at])


def _points_back(tokens: list[Token], at: int) -> bool:
    """ "Out of the total turnover, exports made up …": the total that was told before, and no other."""
    return at < 5 and [token.text for token in tokens[:3]] in (
        ["out", "of", "the"],
        ["of", "the", "total"],
        ["of", "that", "total"],
    )


def _starts_with_total(words: str) -> bool:
    """ "total trade", "foreign trade": with all partners."""
    return any(word in words_of("total") for word in words.lower().split()[:3])


def _joined(left: list[Token]) -> bool:
    """ "Kazakh-Chinese", "Kazakhstan–China"."""
    row = letters(left)
    return "A-A" in row or "E-E" in row or "A-E" in row or "E-A" in row


def _product_before(left: list[Token], phrase: Phrase, text: str) -> None:
    """ "copper cathode exports": a name of a product, or words that are not general."""
    for token in left:
        if token.letter == "X" and isinstance(token.mention, Name):
            phrase.other[token.mention.dimension] = known_name(token)
    if PRODUCT in phrase.other:
        return
    words: list[Token] = []
    for token in reversed(left):
        if token.letter == "a" and words:
            words.insert(0, token)
            continue
        if (
            token.letter != "."
            or token.text in generic_words()
            or token.text in words_of("stop")
            or token.text in words_of("records")
            or token.text in words_of("hollow")
            or token.text in words_of("outdoes")
            or token.text in words_of("beats")
            or token.text[0].isdigit()
        ):
            break
        words.insert(0, token)
    while words and words[0].letter == "a":
        words.pop(0)
    if (
        phrase.indicator.value in words_of("results")
        and words
        and {token.text for token in words} <= words_of("of_accounts")
    ):
        if not {token.text for token in words} <= words_of("of_all"):
            reckoned = " ".join(text[words[0].start : phrase.indicator.end].split()).lower()
            phrase.indicator = replace(phrase.indicator, value=reckoned, start=words[0].start)
        return
    if words and words[-1].text in words_of("makers"):
        return
    if words and not phrase.other and not any(token.letter in "jk" for token in words):
        spoken = _own_words(words, text)
        if spoken is not None:
            phrase.other[PRODUCT] = spoken


def _own_words(words: list[Token], text: str) -> Known | None:
    value = " ".join(text[words[0].start : words[-1].end].split()).lower()
    if len(value) < 3 or value.endswith(("ly", "'s", "’s")) or value in NUMBER_WORDS or _OF_TIME.search(value):
        return None
    return Known(value, start=words[0].start, end=words[-1].end)


def _right(tokens: list[Token], at: int, phrase: Phrase, context: Context, lists: CodeLists, text: str) -> None:
    """The prepositional phrases after the indicator, until something else comes."""
    index = at + 1
    while index < len(tokens):
        letter = tokens[index].letter
        if letter in "PB" or (letter == "." and index == at + 1 and tokens[index].text in generic_words()):
            index += 1  # "trade volume between A and B"
            continue
        if letter == "i" and index + 1 < len(tokens) and tokens[index + 1].letter in "PB":
            index += 2
            continue
        if letter == "i" and phrase.areas_role and not phrase.areas:
            break  # "exports to some markets in Asia": where these are
        if letter not in "oftwig" or index + 1 >= len(tokens):
            break
        taken = _prepositional(tokens, index, phrase, context, lists, text)
        if taken == 0:
            break
        index += taken
        phrase.last = index - 1


def _prepositional(tokens: list[Token], at: int, phrase: Phrase, context: Context, lists: CodeLists, text: str) -> int:
    """Reads one prepositional phrase at index `at`; returns how many tokens it took, 0 when it is none of this phrase."""
    preposition = tokens[at].letter
    index = at + 1
    areas, words, named = list[Token](), list[Token](), list[Token]()
    own = pair = group = False
    while index < len(tokens):
        token = tokens[index]
        if token.letter in "AE":
            areas.append(token)
        elif token.letter == "X":
            named.append(token)
        elif token.letter == "j":
            own = True
        elif token.letter == "k":
            pair = True
        elif token.letter == "G":
            group = True
        elif (token.letter in ",a" and areas and index + 1 < len(tokens) and _goes_on(tokens, index + 1)) or (
            token.letter == "a" and preposition == "g" and len(areas) == 1 and _more_words(tokens, index + 1)
        ):
            pass
        elif token.letter in ".T-" or (token.letter == "a" and words and _more_words(tokens, index + 1)):
            words.append(token)
        else:
            break
        index += 1
    if not (areas or named or own or pair or group or words) or index - at > 14:
        return 0
    if pair and not areas:
        phrase.is_pair = True
        return index - at
    if words and not (areas or named or own or group) and _take_partners(tokens[at], words, phrase, lists, text):
        return index - at
    owner = owner_of(tokens[at:index], context, lists) if own and not areas and tokens[index - 1].letter == "j" else None
    if owner is not None:
        areas_known = _pointed_at(context, owner, preposition, phrase)
    else:
        kinds = "A" if is_bilateral(lists, phrase.indicator) else "AE"
        areas_known = [outside(tokens, token) for token in areas if token.letter in kinds]
    if group and context.group is not None:
        areas_known.append(context.group if context.group.how == INFERRED else replace(context.group, how=CARRIED))
    elif _lacks_side(preposition, len(areas_known), bool(words), group, phrase, lists):
        areas_known += _in_words_beside(tokens[at + 1 : index], text)
    if own and not areas and not is_bilateral(lists, phrase.indicator):
        _take_named(named, phrase)  # "revenue from its cloud segment"
    if areas_known:
        whose = areas[-1].mention if preposition == "o" and areas and phrase.indicator.value == IMPORTS else None
        of_origin = isinstance(whose, Name) and whose.adjective
        _place(areas_known, "f" if of_origin else preposition, phrase, lists)  # "imports of Chinese cars"
        if preposition == "o" and areas and (of_goods := [token for token in named if token.start > areas[-1].end]):
            _take_named(of_goods, phrase)  # "supplies of Russian grain"
    elif preposition in "oif":
        _take_named(named, phrase)
        from_what = preposition == "f" and not is_bilateral(lists, phrase.indicator)
        if not named and (tokens[at].text in ("of", "for") or from_what):
            _take_words(words, phrase, text)
    if words and not (areas_known or named or own) and not is_bilateral(lists, phrase.indicator):
        _take_use(tokens, at - 1, phrase, text)
    return index - at


def _lacks_side(preposition: str, areas: int, words: bool, group: bool, phrase: Phrase, lists: CodeLists) -> bool:
    """Whether one who trades is told in words that no list has: "between Peru and others", "trade with the region"."""
    if preposition == "g":
        return areas == 1 and (words or group)
    return group and areas == 0 and preposition in "wtf" and is_bilateral(lists, phrase.indicator)


def _take_partners(preposition: Token, words: list[Token], phrase: Phrase, lists: CodeLists, text: str) -> bool:
    """ "Exports to emerging markets", "imports from neighbouring countries": partners, and no list names them.

    "Foreign countries" are all of them, and of which "these countries" are is not told here.
    """
    while len(words) > 1 and (words[-1].text in words_of("stop") or words[-1].text.endswith("ly")):
        words = words[:-1]  # "exports to these markets also rose"
    way = preposition.letter == "w" or preposition.letter == ("f" if phrase.indicator.value == IMPORTS else "t")
    told = [word for word in words if word.text not in words_of("stop")]
    if way and told and _is_name(told, text) and is_bilateral(lists, phrase.indicator):
        phrase.areas_role, phrase.counterpart = "counterpart_area", _own_words(told, text)  # "trade with Ruritania"
        return True
    if not (way and words[-1].text in words_of("partners") and is_bilateral(lists, phrase.indicator)):
        return False
    if any(word.text in words_of("told_before") for word in words):
        return False
    phrase.areas_role = "counterpart_area"
    told = told[1:] if len(told) > 1 and told[0].text in words_of("some") else told
    if len(told) > 1 and not any(word.letter == "T" or word.text in words_of("abroad") for word in told):
        phrase.counterpart = _own_words(told, text)
    return True


def _in_words_beside(tokens: list[Token], text: str) -> list[Known]:
    """The one of two sides that no list names, in words of its own."""
    others = [token for token in tokens if token.letter in ".G" and token.text not in words_of("stop")]
    spoken = _own_words(others, text) if others else None
    return [spoken] if spoken is not None else []


def _take_use(tokens: list[Token], head: int, phrase: Phrase, text: str) -> None:
    """ "Visits to the museum", "investment in roads": what an indicator of a list is to, in or for."""
    of = complement(tokens, head, text)
    if of is not None and not (of.value.endswith("operations") and phrase.indicator.value in words_of("results")):
        phrase.other.setdefault(PRODUCT, of)


def _pointed_at(context: Context, owner: Known, preposition: str, phrase: Phrase) -> list[Known]:
    """ "Exports of the country"; "imports from these countries": not of those who import, but of their partners."""
    partner = preposition == ("f" if phrase.indicator.value == IMPORTS else "t") or preposition == "w"
    area = context.frame.area
    other = partner and area is not None and area.value == owner.value
    meant = carried(context.frame.counterpart) if other else owner
    return [meant] if meant is not None else []


def _is_name(words: list[Token], text: str) -> bool:
    """Whether words are a name by their capitals; one of capitals alone may be short for what is sold."""
    return all(text[word.start].isupper() and not text[word.start : word.end].isupper() for word in words)


def _take_words(words: list[Token], phrase: Phrase, text: str) -> None:
    """What it is of in the text's own words; "revenue from continuing operations" is of all, a kilo of nothing."""
    content = [token for token in words if token.text not in words_of("stop")]
    if len(content) == 1 and content[0].text in words_of("amounts_of"):
        return
    if content and content[-1].text == "operations" and phrase.indicator.value in words_of("results"):
        return
    spoken = _own_words(content, text) if content and content[0].text not in generic_words() else None
    told = text[phrase.indicator.start : phrase.indicator.end].lower()
    results = phrase.indicator.value in words_of("results") and "sales" not in told  # those may be of a brand
    if spoken is not None and results and _is_name(content, text):
        whose = text[content[0].start : content[-1].end]  # "the profit of Sandvik"
        phrase.area = phrase.area or replace(spoken, value=" ".join(whose.split()))
    elif spoken is not None:
        phrase.other.setdefault(PRODUCT, spoken)


def _take_named(named: list[Token], phrase: Phrase) -> None:
    """Products by name; several of them are one in the text's own words: "meats, fish and eggs"."""
    for token in named:
        if isinstance(token.mention, Name):
            phrase.other.setdefault(token.mention.dimension, known_name(token))


def outside(tokens: list[Token], token: Token) -> Known:
    """The area of a token; "countries outside the EU" are not the EU."""
    known = known_name(token)
    at = tokens.index(token)
    before = {other.text for other in tokens[max(at - 2, 0) : at]}
    return replace(known, value=f"non-{known.value}") if before & words_of("outside") else known


def _goes_on(tokens: list[Token], index: int) -> bool:
    """Whether a list of areas goes on at `index`, and not a new clause begins: no verb follows the next area."""
    while index < len(tokens) and (tokens[index].letter in "a" or tokens[index].text == "the"):
        index += 1
    return index < len(tokens) and tokens[index].letter in "AE"


def _more_words(tokens: list[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].letter in ".XG"


def _place(areas: list[Known], preposition: str, phrase: Phrase, lists: CodeLists) -> None:
    """Puts the areas of a prepositional phrase into their roles by the preposition and the indicator."""
    indicator = phrase.indicator.value
    code = lists.find("indicator", indicator)
    if len(areas) >= 2 and (preposition == "g" or (preposition == "o" and len(areas) == 2 and code and code.symmetric)):
        phrase.area, phrase.counterpart = areas[0], areas[1]
        return
    if preposition in "ti" and phrase.area is not None and phrase.counterpart is None and comes_from(phrase.indicator):
        phrase.area, phrase.counterpart = areas[0], phrase.area  # "Japanese visitors to India"
        return
    if preposition == "f" and phrase.counterpart is None and comes_from(phrase.indicator):
        phrase.counterpart = areas[0]
        phrase.areas, phrase.areas_role = tuple(areas), "counterpart_area"
        return
    if not is_bilateral(lists, phrase.indicator):
        if phrase.area is None and preposition in "oift":
            phrase.area = areas[0]
            phrase.areas, phrase.areas_role = tuple(areas), "reference_area"
        return
    if preposition == "w":
        role = "counterpart_area"
    elif preposition == "t":
        role = "reference_area" if indicator == IMPORTS else "counterpart_area"
    elif preposition == "f":
        role = "counterpart_area" if indicator == IMPORTS or phrase.is_earned else "reference_area"
    else:
        role = "reference_area"
    if role == "counterpart_area" and phrase.counterpart is None:
        phrase.counterpart = areas[0]
    elif role == "reference_area" and phrase.area is None:
        phrase.area = areas[0]
    elif phrase.area is not None and phrase.counterpart is None and phrase.area.value != areas[0].value:
        phrase.counterpart = areas[0]  # "China's trade of Kazakhstan"
    if len(areas) > 1 and preposition != "g":
        phrase.areas, phrase.areas_role = tuple(areas), role


def frame_of(phrase: Phrase, context: Context, subject: Known | None, lists: CodeLists) -> Frame:
    """The frame of a phrase, completed from the clause's subject and from what came before."""
    before = carry(context.frame)
    bilateral = is_bilateral(lists, phrase.indicator)
    if bilateral and before.indicator is not None and not is_bilateral(lists, before.indicator):
        before = replace(carry(context.trade), source=before.source)
    area, counterpart = phrase.area, phrase.counterpart
    if bilateral and area is None and counterpart is None and subject is not None and before.area is not None:
        placed = replace(before, indicator=phrase.indicator)
        if subject.start not in [known.start for known in (before.area, before.counterpart) if known is not None]:
            placed, _ = place_area(lists, placed, subject, context.varying)
        area, counterpart = placed.area, placed.counterpart
        return Frame(phrase.indicator, area, None if phrase.is_total else counterpart, phrase.other, before.source)
    if area is None and subject is not None and (counterpart is None or counterpart.value != subject.value):
        area = subject
    if not bilateral:
        # "A and B signed 16 agreements … Five agreements are worth $565m": what two did together stays theirs
        together = area is None and not is_bilateral(lists, before.indicator) and not comes_from(before.indicator)
        counterpart = phrase.counterpart or (before.counterpart if together else None)
        return Frame(phrase.indicator, area or before.area, counterpart, phrase.other, before.source)
    if phrase.is_pair and context.pair is not None and (area is None or counterpart is None):
        one, other = (carried(known) for known in context.pair)
        assert one is not None and other is not None
        if area is None:
            area, counterpart = (
                (one, other) if counterpart is None or counterpart.value != one.value else (other, counterpart)
            )
        elif counterpart is None:
            counterpart = other if area.value == one.value else one
    keeps_pair = phrase.is_pair or not phrase.is_total
    if area is None:
        area = _other_side(lists, before, counterpart) if keeps_pair else before.area
        if area is not None and counterpart is not None and area.value == counterpart.value:
            area = None
    if counterpart is None and keeps_pair:
        counterpart = _other_side(lists, before, area, prefer_counterpart=True)
    return Frame(phrase.indicator, area, counterpart, phrase.other, before.source)


def _other_side(lists: CodeLists, before: Frame, given: Known | None, prefer_counterpart: bool = False) -> Known | None:
    """Of the pair before, the area that the given one does not replace; it may be a part of what it replaces."""
    wanted, same = (before.counterpart, before.area) if prefer_counterpart else (before.area, before.counterpart)
    if given is None or (same is not None and lists.within("reference_area", given.value, same.value)):
        return wanted
    if wanted is not None and lists.within("reference_area", given.value, wanted.value):
        return same
    return wanted
