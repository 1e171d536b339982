"""Which role an area plays that stands apart from the phrase of an indicator."""

from __future__ import annotations

import re

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import EXPLICIT, INDICATOR, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Name, Period
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE, Frame, comes_from, is_bilateral, place_area
from crosscheck.extraction.sentences.phrases import EXPORTS, IMPORTS, Phrase, known_name
from crosscheck.extraction.sentences.state import Walk, set_pair
from crosscheck.extraction.sentences.tokens import Row
from crosscheck.inputs.values import replace

NUMBER = r"[$%#xph]"
IN_LIST = re.compile(rf"[AE][.]?[(:-]{{1,2}}[fUDb]?[_.-]{{0,2}}{NUMBER}")  # "Uzbekistan ($13.7 billion", "China — $5bn"
BESIDE = re.compile(rf"[AE][.]?[,(:-]{{0,2}}[.wLt]{{0,2}}[(]?[_.-]{{0,2}}{NUMBER}")  # "Kyrgyzstan with $19.8bn"
SUBJECT = re.compile(r"[AE](?:[.,PBia\"AE-]|k){0,8}[LUDSVYyqIsj]")
MULTIPLE_IN = re.compile(r"xo[.X]{1,2}i[.]?$")
HERE = re.compile(r"([$%#p])(?:(L)b|(W)?i)[.]?$")
IN_EACH = re.compile(r"[$%#p]i[.]?A")
PEOPLE_THERE = re.compile(r"(?:^|[,;u!])[.]{1,3}i[.]?$")
PREPOSITIONS = "owtfig"
_OF_PARTNER = re.compile(r"[.K][.KoijtAIXPw]{0,8}L[.]?$")
_CLAUSE = re.compile(r"[LUDCSV.iPBM]{1,8}[wtf][.]?")


def read_area(state: Walk, at: int) -> None:
    """Takes the area at index `at` into the frame in force, as item of a list, counterpart or subject."""
    row, tokens = state.row, state.tokens
    if tokens[at].letter == "E" and is_bilateral(state.lists, state.frame.indicator):
        return  # companies and cities do not trade as countries do
    area = known_name(tokens[at])
    code = state.lists.find(REFERENCE, area.value)
    if code is not None and code.members:
        state.group = area
    before = at - 2 if at > 1 and tokens[at - 1].text == "the" else at - 1
    preposition = row[before] if before >= 0 else ""
    name = tokens[at].mention
    adjective = isinstance(name, Name) and name.adjective
    if _joined(state, at, area) or (not _has_number(row[:at]) and _goes(state, area, before, preposition)):
        return
    if not adjective and _is_first_partner(state, at):
        own = state.frame.area or (
            Known(state.context.outline.home, INFERRED) if state.context.outline.home is not None else None
        )
        own = None if own is not None and own.value == area.value else own
        state.frame, state.varying = replace(state.frame, area=own, counterpart=area), COUNTERPART
        return
    if not adjective and _in_list(state, at, area, preposition):
        return
    if _right_of_number(state, at, area, before, preposition) or _goes(state, area, before, preposition):
        return
    if preposition == "i" and row[at + 1 : at + 2] in (",", "j") and (before == 0 or row[before - 1] in ",;ua"):
        # "In Germany, inflation rose", "while in Spain it fell": where all of the clause is
        state.subject = state.owner = area
        state.frame, state.varying = place_area(state.lists, state.frame, area, state.varying)
        return
    if preposition == "i" and PEOPLE_THERE.search(row[:at]) and row[at + 1 : at + 2] in tuple("LUDSq"):
        state.subject = state.owner = area  # "Similarly, farmers in Saskatchewan reported …"
        state.frame, state.varying = place_area(state.lists, state.frame, area, state.varying)
        return
    if state.context.main is not None and at + 1 < len(tokens) and tokens[at + 1].text in ("market", "region"):
        state.subject = area  # "The Japanese market saw a decline in net sales": the company's there
        state.frame, state.varying = place_area(state.lists, state.frame, area, state.varying)
        return
    if adjective and at + 1 < len(tokens) and tokens[at + 1].text == "side":
        state.subject = state.owner = area  # "The Kyrgyz side puts its trade at $5.1 billion"
        return
    if not adjective and _is_partner(state, at, preposition):
        state.frame = replace(state.frame, counterpart=area)  # "The largest turnover of Peru was recorded with China"
        return
    if adjective or (preposition and preposition in PREPOSITIONS):
        buys = before > 0 and preposition == "i" and tokens[before - 1].text in words_of("buying")
        if buys and state.frame.indicator is not None and state.frame.indicator.value == EXPORTS:
            state.frame = replace(state.frame, counterpart=area)  # "demand in Turkey doubled"
            return
        country = state.lists.part_of(REFERENCE, area.value)
        if preposition == "i" and state.frame.area is not None and country == state.frame.area.value:
            state.frame = replace(state.frame, area=area)  # "a share of the country's trade is recorded in Tashkent"
        return
    begins = at == 0 or (row[at - 1] in ',"' and "I" not in row[:at])
    if begins or SUBJECT.match(row, at):
        _speak_of(state, area)
        told = compiled(rf"[AE][^{NUMBER[1:-1]}]*[IVY]").match(row[at:])
        if (told is None or names_partners(state, at + told.end() - 1)) and state.frame.indicator is not None:
            state.frame, state.varying = place_area(state.lists, state.frame, area, state.varying)


def _has_number(row: str) -> bool:
    return compiled(NUMBER).search(row) is not None


def _speak_of(state: Walk, area: Known) -> None:
    """Takes an area as what the clause speaks of; a partner in a list owns nothing of what is told after it."""
    frame, state.subject = state.frame, area
    if state.varying != COUNTERPART or frame.area is None or not is_bilateral(state.lists, frame.indicator):
        state.owner = area


def without_dateline(text: str, tokens: Row, lists: CodeLists) -> Row:
    """The tokens of a sentence without the name of the place where it was written: "BEIJING: …", "Hanoi – …"."""
    if len(tokens) < 2:
        return tokens
    first, mark = tokens[0], tokens[1].letter
    if first.letter not in "AE" or mark not in ":-(,":
        return tokens
    capitals = first.text.isupper() and len(first.text) > 3
    city = lists.part_of(REFERENCE, known_name(first).value) is not None and text[first.end] != "-"
    return Row([replace(first, letter="_"), *tokens[1:]]) if capitals or (city and mark in ":-") else tokens


def _joined(state: Walk, at: int, area: Known) -> bool:
    """ "Kazakhstan and China sign …", "continue between A and B": a pair that the whole sentence is about."""
    row = state.row
    joined = compiled(r"[AE](?:a|-)[.]?[AE]").match(row[at:])
    ranked = state.varying == COUNTERPART and is_bilateral(state.lists, state.frame.indicator)
    if joined is None or ranked or compiled(r"[AE],?[.]?$").search(row[:at]):
        return False  # the end of a list of three and more is no pair
    last = at + joined.end() - 1
    set_pair(state, area, known_name(state.tokens[last]))
    day = state.tokens[at - 1].mention if at else None
    dated = isinstance(day, Period) and len(day.value or "") == len("2024-03-12")  # "On 12 March 2024 A and B signed …"
    if at > 0 and not dated and (row[at - 1] not in 'g,u!".yo' or row[last + 1 : last + 2] == "I"):
        return False
    state.between = state.pair or (area, known_name(state.tokens[last]))
    state.consumed.add(last)
    state.subject = state.between[0]
    return True


def _in_list(state: Walk, at: int, area: Known, preposition: str) -> bool:
    """An area directly before its number, as in a list."""
    tight = IN_LIST.match(state.row, at) is not None
    gapped = _gapped(state, at, area, preposition)
    if gapped is not None:
        state.frame = gapped
        return True
    if tight and MULTIPLE_IN.search(state.row[:at]):
        return False  # "a doubling of demand in Italy (from 6.6 to 13 thousand tons)"
    if (
        not tight
        and compiled(rf"{NUMBER}[twf][.]?$").search(state.row[:at])
        and is_bilateral(state.lists, state.frame.indicator)
    ):
        return False  # "$30 billion with Russia, $31.5 billion with China"
    if not tight and (preposition in ("i", "f", "o", "g") or BESIDE.match(state.row, at) is None):
        return False
    comes = state.varying == COUNTERPART and comes_from(state.frame.indicator)
    in_list = preposition == "w" or (tight and state.frame.counterpart is None and state.frame.area is not None)
    # "Trade with Germany (up 4.1%) and France (down 2%)": the list runs in the role that its first item had
    # so does that of "Exports to Japan rose 4%, India 12% and Chile 9%"
    runs_on = preposition in ("a", ",") and state.frame.counterpart is not None
    runs_on = runs_on and ((tight and preposition == "a" and state.frame.area is None) or _behind_partner(state, at))
    if preposition in ("", ",", ".", "a", ")") and not tight and not comes and not runs_on:
        _speak_of(state, area)
    own = state.frame.indicator.value if state.frame.indicator is not None else ""
    goes = (preposition, own) in (("t", EXPORTS), ("f", IMPORTS))  # "…, those to Norway 0.22 billion"
    varying = COUNTERPART if in_list or runs_on or goes or _among_partners(state, at) else state.varying
    state.frame, state.varying = place_area(state.lists, state.frame, area, varying)
    return True


def _is_partner(state: Walk, at: int, preposition: str) -> bool:
    """Whether an area is whom the trade that the clause began with is with: no other is, and no figure stands between."""
    indicator, told = state.frame.indicator, state.phrases[-1] if state.phrases else None
    if told is None or indicator is None or told.counterpart is not None or not is_bilateral(state.lists, indicator):
        return False
    way = preposition == "w" or (preposition, indicator.value) in (("t", EXPORTS), ("f", IMPORTS))
    between = state.row[told.last + 1 : at]
    return way and state.tokens[at - 1].text in ("with", "to", "from", "the") and _CLAUSE.fullmatch(between) is not None


def _among_partners(state: Walk, at: int) -> bool:
    """ "Exports to emerging markets fell 7%, including Ghana (-4%)": one of the partners that the clause named together."""
    partner = state.frame.counterpart
    told = partner is not None and partner.start is not None and partner.start >= state.tokens[0].start
    first = next((index for index, token in enumerate(state.tokens) if token.start == (partner and partner.start)), at)
    return told and compiled(r"[^;!u]*W[A,(%)a$]*").fullmatch(state.row, first, at) is not None


def _behind_partner(state: Walk, at: int) -> bool:
    """ "In exports to Sweden (by €9 million) and Denmark (by €7 million)": the name before is that of a partner."""
    before = next((token for token in reversed(state.tokens[:at]) if token.letter == "A"), None)
    partner = state.frame.counterpart
    return before is not None and partner is not None and before.start == partner.start


def _gapped(state: Walk, at: int, area: Known, preposition: str) -> Frame | None:
    """ "Exports to Germany rose 5%, to France 3% and from Spain by 2%": what the clause before said, of another partner."""
    number = compiled(rf"A[.b]{{0,2}}{NUMBER}").match(state.row[at:])
    before = compiled(rf"{NUMBER}[P]?,?a?[twf][.]?$").search(state.row[:at])
    indicator = state.frame.indicator.value if state.frame.indicator is not None else ""
    if number is None or before is None or not is_bilateral(state.lists, state.frame.indicator):
        return None
    if preposition == "f" and indicator == EXPORTS:
        return replace(state.frame, area=area)
    if preposition == "t" and indicator == IMPORTS:
        return None
    return replace(state.frame, counterpart=area)


def _right_of_number(state: Walk, at: int, area: Known, before: int, preposition: str) -> bool:
    """ "31% goes to Türkiye", "4% to Latvia", "64% or $20.3 billion falling on China"."""
    row = state.row
    if _where(state, at, area):
        return True
    match = compiled(r"([$%#hx])(?:[SL.]{0,2}[ti]|S|[SL]t?|oT?[.X]*ISt?|o[.X]{1,2}i)[.]?$").search(row[:at]) or compiled(
        r"([$%#h])[wf][.]?$"
    ).search(row[:at])
    if match is None or match.start() not in state.frames:
        return False
    if preposition in "wf" and preposition:
        return _traded_with(state, match.start(), area, preposition)
    right = match.start()
    frame, state.varying = place_area(
        state.lists, state.frames[right], area, COUNTERPART if preposition == "t" else state.varying
    )
    goes_to = preposition in ("t", "i") or (preposition == "S" and state.tokens[before].text.endswith(" to"))
    if goes_to and frame.indicator is not None and frame.indicator.value == EXPORTS:
        frame = replace(state.frames[right], counterpart=area)
        state.nameless.discard(right)
    if preposition == "S" and not goes_to and _is_counterpart(state.frames[right], area):
        numbers = {number for number in state.frames if row[number] in "%h" and right - number <= 3}
        same_name(state, area, {*numbers, right})
        return True
    state.frames[right] = frame
    if row[right] == "x":
        state.frame = frame  # "a doubling of demand in Italy (from 6.6 to 13 thousand tons)"
    return True


def _where(state: Walk, at: int, area: Known) -> bool:
    """ "Fell by 56,000 in the EU and by 5,000 in the euro area", "6.9 million tons produced by Japan"."""
    match = HERE.search(state.row[:at])
    frame = state.frames.get(match.start()) if match is not None else None
    if match is None or frame is None or frame.indicator is None or is_bilateral(state.lists, frame.indicator):
        return False
    if comes_from(frame.indicator) or state.context.main is not None:
        return False
    told = frame.area is not None and frame.area.how == EXPLICIT
    if told and match[2] is None and match[3] is None and len(IN_EACH.findall(state.row)) < 2:
        return False  # "Norway's output rose by 4% in Sweden"
    state.frames[match.start()] = state.frame = replace(frame, area=area)
    return True


def _traded_with(state: Walk, number: int, area: Known, preposition: str) -> bool:
    """ "$43.8 billion with China", "€5 billion from Norway": the partner of the amount directly before it."""
    frame = state.frames[number]
    indicator = frame.indicator.value if frame.indicator is not None else ""
    if not is_bilateral(state.lists, frame.indicator) or (preposition == "f" and indicator != IMPORTS):
        return False
    if frame.area is not None and frame.area.value == area.value:
        return False
    state.frames[number] = replace(frame, counterpart=area)
    return True


def same_name(state: Walk, area: Known, numbers: set[int]) -> None:
    """A share, and what is told beside it, of an area that is the whole itself: "64% or $20.3 billion falling on China".

    It cannot be its own part: the one part of it that the document names is meant, or else nobody can tell.
    """
    part = state.context.outline.parts.get(area.value)
    shares = {number for number in numbers if state.row[number] in "%h"}
    if part is None:
        state.same_named |= shares
        return
    meant = replace(area, value=part.value, how=INFERRED, printed=area.value)
    for number in numbers:
        whole = state.frames[number]
        state.frames[number] = replace(whole, counterpart=meant)
        if number in shares:
            state.wholes[number] = whole


def name_parts(state: Walk) -> None:
    """The same where the area stands before: "with China accounting for 64% or $20.3 billion"."""
    for match in compiled(r"([AE])S[.]?([%h])(?:r([$#]))?").finditer(state.row):
        area = known_name(state.tokens[match.start(1)])
        before = [state.context.frame.counterpart, *(phrase.counterpart for phrase in state.phrases)]
        if area.value not in [known.value for known in before if known is not None]:
            continue  # "Trade with China …. Xinjiang accounted for 64%": the part of it
        numbers = {match.start(group) for group in (2, 3) if match[group] is not None} & state.frames.keys()
        if numbers and match.start(2) not in state.wholes and _is_counterpart(state.frames[min(numbers)], area):
            same_name(state, area, numbers)


def _is_counterpart(frame: Frame, area: Known) -> bool:
    return frame.counterpart is not None and frame.counterpart.value == area.value


def _goes(state: Walk, area: Known, before: int, preposition: str) -> bool:
    """ "Most German exports went to the United States", "most imports came from China"."""
    indicator = state.frame.indicator.value if state.frame.indicator is not None else ""
    way = state.tokens[before].text.rsplit(" ", 1)[-1] if preposition == "S" else ""
    if (way, indicator) not in (("to", EXPORTS), ("from", IMPORTS)):
        return False
    state.frame, state.varying = replace(state.frame, counterpart=area), COUNTERPART
    return True


def expect_partners(state: Walk) -> None:
    """A sentence that ranks those with whom somebody trades tells of partners, and goes on with what was traded.

    "Germany was the top destination with $2 billion" is of exports, "Chile is the largest supplier" of imports, whatever
    the sentence before spoke of.
    """
    words = {*state.tokens.texts, *" ".join(state.tokens.texts).split()}
    ranks = not words_of("ranking").isdisjoint(words)
    side = _side_told(state) if not words_of("places").isdisjoint(words) else None
    before, trade = state.frame, state.context.trade
    if not (ranks or side) or state.context.main is not None:
        return
    if is_bilateral(state.lists, before.indicator) and side in (None, _side_of(state, before)):
        frame = before
    elif side is not None and trade.indicator is not None:
        told = trade.indicator if _side_of(state, trade) == side else Known(side, INFERRED)
        area = trade.area if is_bilateral(state.lists, before.indicator) or before.area is None else before.area
        frame = replace(trade, indicator=told, area=area, source=before.source)
    else:
        return
    home = state.context.outline.home
    area = frame.area
    if home is not None and side is not None and (area is None or area.value != home):
        area = Known(home, INFERRED)
    named = [known_name(token).value for token in state.tokens if token.letter == "A"]
    is_told = frame.counterpart is not None and (side is None or frame.counterpart.value in named)
    if area is None or (is_told and not _goes_on_ranking(state)):
        return
    if not state.varying or side is not None or is_told:
        kept = {name: known for name, known in frame.other.items() if _begins_with(state, name, known)}
        state.frame, state.varying = replace(frame, area=area, counterpart=None, other=kept), COUNTERPART


def _is_first_partner(state: Walk, at: int) -> bool:
    """ "The main partner country for Turkish exports was Germany", "the top market is Peru": whom one trades with."""
    told = _OF_PARTNER.search(state.row, 0, at)
    if told is None or not is_bilateral(state.lists, state.frame.indicator):
        return False
    kinds = words_of("buyers") | words_of("sellers") | {"country"}
    before = range(max(told.start() - 1, 1), at)
    named = [index for index in before if state.row[index] == "K" or state.tokens[index].text in kinds]
    return any(state.tokens[index - 1].text in words_of("places") for index in named)


def _goes_on_ranking(state: Walk) -> bool:
    """ "Germany was followed by Italy with $777 million": the partner told of last, and those behind it."""
    return compiled(r"AL?y").match(state.row) is not None and "followed" in state.tokens.texts


def _begins_with(state: Walk, name: str, known: Known) -> bool:
    """Whether the figures of trade began with these goods: then the text is about them, and partners are ranked in them."""
    begun = state.context.begun
    return begun is not None and name in begun.other and begun.other[name].value == known.value


def names_partners(state: Walk, at: int) -> bool:
    """Whether the word behind the token at index `at` names those who buy or sell."""
    return at + 1 < len(state.tokens) and state.tokens[at + 1].text in words_of("buyers") | words_of("sellers")


def _side_told(state: Walk) -> str | None:
    """Whether partners are told of as those who buy or as those from whom is bought."""
    words = [word for token in state.tokens if token.letter in ".K" for word in token.text.split()]
    buys = not words_of("buyers").isdisjoint(words)
    sells = not words_of("sellers").isdisjoint(words)
    return None if buys == sells else EXPORTS if buys else IMPORTS


def _side_of(state: Walk, frame: Frame) -> str | None:
    """Whether a frame is of exports or of imports: of all goods or of some."""
    code = frame.indicator.value if frame.indicator is not None else ""
    for side in (EXPORTS, IMPORTS):
        if code == side or state.lists.within(INDICATOR, code, side):
            return side
    return None


def find_partner(state: Walk) -> None:
    """ "Kazakhstan ranks as Uzbekistan's third leading trade partner": the subject is a counterpart."""
    row = state.row
    match = compiled(r"K").search(row)
    if match is None or "q" in row[: match.start()]:
        return
    before = [at for at in range(match.start()) if row[at] in "AE"]
    possessors = [at for at in before if (name := state.tokens[at].mention) and isinstance(name, Name) and name.possessive]
    own = "j" in row[: match.start()]
    if not before:
        return
    partner = known_name(state.tokens[before[0]])
    if possessors and possessors[-1] != before[0]:
        reference: Known | None = known_name(state.tokens[possessors[-1]])
    elif own:
        reference = state.owner
    elif (after := compiled(r"Ko[.]?[AE]").match(row[match.start() :])) is not None:
        possessors = [match.start() + after.end() - 1]
        reference = known_name(state.tokens[possessors[0]])
    elif state.tokens[match.start() - 1].text in words_of("places") and state.context.outline.home is not None:
        reference = Known(state.context.outline.home, INFERRED)  # "Germany was the main partner country for exports"
    else:
        return
    if reference is None or reference.value == partner.value:
        return
    state.frame = replace(state.frame, area=reference, counterpart=partner)
    set_pair(state, reference, partner)
    state.varying = COUNTERPART
    state.owner = reference
    state.partner = partner
    state.consumed |= {before[0], *possessors}


def give_pair(state: Walk) -> None:
    """ "52 projects continue between A and B", "A and B sign …": the pair belongs to all of the sentence."""
    if state.between is None:
        return
    area, counterpart = state.between
    for at, frame in state.frames.items():
        stated = [known for known in (frame.area, frame.counterpart) if known is not None and known.how == EXPLICIT]
        if not stated or (stated == [area] and frame.counterpart is None):
            state.frames[at] = replace(frame, area=area, counterpart=counterpart)
    state.frame = replace(state.frame, area=area, counterpart=counterpart)


def ranks_partners(state: Walk, own: Known) -> bool:
    """ "Other main destinations were Italy (2 million) …": what the list is of, is what was told of before."""
    listed = state.varying == COUNTERPART and is_bilateral(state.lists, state.frame.indicator)
    return listed and own.value.split()[-1] in words_of("buyers") | words_of("sellers") | words_of("partners")


def bought_of_ours(state: Walk, phrase: Phrase) -> Frame | None:
    """ "Exports to Uzbekistan reached 3.2 million tons, while Tajikistan bought 1.1 million": told of the same exports."""
    before, buyer = state.frame, state.subject or state.partner
    if before.indicator is None or before.area is None or buyer is None or phrase.counterpart is not None:
        return None
    if (before.indicator.value, phrase.indicator.value) not in ((EXPORTS, IMPORTS), (IMPORTS, EXPORTS)):
        return None
    if buyer.value == before.area.value:
        return None
    state.owner, state.varying = before.area, COUNTERPART
    return replace(before, counterpart=buyer)
