"""Goes through a sentence from left to right and finds what each number speaks of."""

from __future__ import annotations

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import EXPLICIT, INDICATOR, INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Name
from crosscheck.extraction.names.finding import area_of_source
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.sentences.about import is_valuation
from crosscheck.extraction.sentences.areas import (
    bought_of_ours,
    expect_partners,
    find_partner,
    give_pair,
    name_parts,
    names_partners,
    read_area,
    same_name,
    without_dateline,
)
from crosscheck.extraction.sentences.compared_again import read_again
from crosscheck.extraction.sentences.differences_told import read_differences, read_then
from crosscheck.extraction.sentences.frame import (
    COUNTERPART,
    REFERENCE,
    Context,
    Frame,
    carried,
    carry,
    differences,
    is_bilateral,
    place_area,
)
from crosscheck.extraction.sentences.in_passing import set_aside
from crosscheck.extraction.sentences.left_out import exclusions, leave_out
from crosscheck.extraction.sentences.measures import LEVEL, SHARE, Measured
from crosscheck.extraction.sentences.number_frames import read_number
from crosscheck.extraction.sentences.parts import items_in
from crosscheck.extraction.sentences.phrases import EXPORTS, IMPORTS, Phrase, frame_of, known_name, outside
from crosscheck.extraction.sentences.shares_in import part_in, same_of_another, share_owner, share_product, whole_in
from crosscheck.extraction.sentences.state import Walk, context_of, last_number, set_pair, take_phrase
from crosscheck.extraction.sentences.surveys import DETAIL, RESPONDENTS, note_people, predicate, read_people
from crosscheck.extraction.sentences.tokens import NUMBERS, Row, places
from crosscheck.inputs.values import replace

PER_MANY = compiled(r"\b(?:per|every) (?:1,?000|10,?000|100,?000|(?:1 )?million|thousand) (?:[a-z]+ )?\Z")
POINTS_BACK = compiled(r"[.j]L[.]?[#$%xh][^,;!]{0,2}[Mm]")
IN_LIST_OF_GOODS = compiled(r"X[.,(:-]{0,2}[bLUD.]{0,2}[(]?[$%#xp]")  # "wheat ($5 million)", "tea worth $2 million"
BESIDE = compiled(r"[$#](?:o[.X]{1,4})?[,(][.]?[UD][.]{0,2}(?=%)")  # a level with its growth
ALIAS = compiled(r"%,?r[.]?\$")  # "64% or $20 billion"
MADE_UP = compiled(r"[.]S[.]{0,2}%(?:,?r[.]?\$)?o[.T]{0,3}I,?[UD][.]?b?[.]?%")  # "which made up 84% of exports fell by 7%"
VERBS = {"V": EXPORTS, "Y": IMPORTS}
TELLING = "IAEVYXj" + NUMBERS  # letters of what the frame of a figure is made of, and of figures


def walk(text: str, tokens: Row, measured: dict[int, Measured], lists: CodeLists, context: Context) -> Walk:
    """The frames of the numbers of a sentence."""
    tokens = without_dateline(text, tokens, lists)
    state = Walk(text, tokens, measured, lists, context, carry(context.frame))
    state.owner, state.varying, state.pair, state.group = context.owner, context.varying, context.pair, context.group
    state.population = context.population
    state.acts = dict(context.acts)
    expect_partners(state)
    _at_home(state)
    if POINTS_BACK.match(state.row) and tokens[0].text in words_of("pointer") and context.wholes:
        # "That is 30 more than in 2023": than what was counted just before
        state.frame, state.of_things = carry(context.wholes[-1]), True
    find_partner(state)
    left_out = list(exclusions(text, tokens))
    state.consumed |= set_aside(tokens) | {at for one in left_out for at in range(one.first, one.last + 1)}
    for at, (item, span) in items_in(text, tokens, measured, lists).items():
        state.items[at] = item
        state.consumed |= {index for index in span if tokens[index].letter == "I"}
    again = words_of("same_again") & tokens.texts
    for at, letter in enumerate(state.row):
        if (letter not in TELLING and not again) or at in state.consumed:
            continue
        if letter == "I":
            _indicator(state, at)
        elif letter in "AE":
            read_area(state, at)
        elif letter in VERBS:
            _verb(state, at)
        elif letter == "X":
            _product(state, at)
        elif tokens[at].text in again and state.row[at + 1 : at + 2] in tuple("oft"):
            _same_again(state, at)
        elif letter == "j" and tokens[at].text in words_of("owner"):
            state.subject = state.owner
        elif letter in NUMBERS:
            read_number(state, at)
    read_differences(state)
    read_then(state)
    read_again(state)
    give_pair(state)
    name_parts(state)
    if "Z" in state.row:
        source = known_name(tokens[state.row.rindex("Z")])
        state.frames = {at: replace(frame, source=source) for at, frame in state.frames.items()}
        _give_reporter(state, source)
        _sell(state, source)
    _give_goods(state)
    _give_aliases(state)
    _leave_parts(state)
    leave_out(state, left_out)
    return state


def _give_goods(state: Walk) -> None:
    """ "… with nearly $189 billion of machinery, up 22%": a growth beside its level is of the same goods."""
    for match in BESIDE.finditer(state.row):
        one, other = state.frames.get(match.start()), state.frames.get(match.end())
        if one is None or other is None or one.indicator != other.indicator or "product" in other.other:
            continue
        if "product" in one.other and is_bilateral(state.lists, one.indicator):
            state.frames[match.end()] = replace(other, other={**other.other, "product": one.other["product"]})


def _give_aliases(state: Walk) -> None:
    """ "Exports of steel, which made up 84% or $102 billion of total exports, fell 7%": all three are of that part."""
    for match in ALIAS.finditer(state.row):
        share, amount = match.start(), match.end() - 1
        one, other = state.frames.get(share), state.frames.get(amount)
        if one is None or other is None or one.indicator is None or other.indicator is None:
            continue
        measures = [state.measured[at].measure for at in (share, amount) if at in state.measured]
        if measures != [SHARE, LEVEL]:
            continue
        if (one.indicator.start or 0) < state.tokens[0].start:
            state.frames[share] = one = replace(one, indicator=other.indicator)  # "… 12% or $2 billion of imports"
        if one.indicator is not None and one.indicator.value == other.indicator.value:
            state.frames[amount] = replace(one, indicator=other.indicator, source=other.source)
    for match in MADE_UP.finditer(state.row):
        part = state.frames.get(state.row.index("%", match.start()))
        if part is not None and state.tokens[match.start()].text in ("which", "that"):
            state.frames[match.end() - 1] = part


def _at_home(state: Walk) -> None:
    """ "The club sold 42,000 tickets": who sells and buys where no country is told of, neither exports nor imports."""
    sold = [at for at in places(state.tokens, "VY") if state.tokens[at].text in words_of("at_home")]
    if not sold or "A" in state.row or is_bilateral(state.lists, state.frame.indicator):
        return
    abroad = not words_of("abroad").isdisjoint(state.tokens.texts)
    if abroad or is_bilateral(state.lists, state.context.outline.topic):
        return
    for at in sold:
        if state.context.pair is not None and state.row[at - 1 : at] != "E":
            continue  # in a text on two countries
        state.tokens.mean(at, ".")
    state.row = state.tokens.letters


def _leave_parts(state: Walk) -> None:
    """ "… stands for $41bn, of which $25bn bought and $16bn sold": the next sentence goes on with the whole."""
    first = state.row.find("W")
    before = [number for number in state.frames if number < first]
    after = [frame.indicator.value for number, frame in state.frames.items() if number > first and frame.indicator]
    whole = state.frames[before[-1]] if before else None
    if whole is None or whole.indicator is None or not after or not is_bilateral(state.lists, whole.indicator):
        return
    if whole.indicator.value not in after and not compiled(r"[;!][^!]").search(state.row[first:]):
        state.frame = whole


def _sell(state: Walk, source: Known) -> None:
    """ "Turkey began to buy more copper from Kazakhstan, its ministry says": told by the seller, of what it exports."""
    row, reporter = state.row, area_of_source(source.value, state.lists)
    bought = compiled(r"A(?:[^A;!]*aA)?[^A;!]*Y[^A;!]*f[.]?A").search(row)
    if bought is None or compiled(r"[$%#xp]").search(row):
        return
    seller = known_name(state.tokens[bought.end() - 1])
    if seller.value == reporter:
        buyer = known_name(state.tokens[bought.start()]) if bought[0].count("A") == 2 else None
        state.frame = Frame(Known(EXPORTS, INFERRED), seller, buyer, {}, state.frame.source)
        state.owner = buyer


def _give_reporter(state: Walk, source: Known) -> None:
    """ "Chinese customs counted $89bn of trade with Central Asia": whose office it is, reports its own trade."""
    area = area_of_source(source.value, state.lists)
    if area is None:
        return
    reporter = Known(area, INFERRED, source.start, source.end)

    def given(frame: Frame) -> Frame:
        alone = frame.area is None and frame.counterpart is not None and frame.counterpart.value != area
        return replace(frame, area=reporter) if alone and is_bilateral(state.lists, frame.indicator) else frame

    state.frames = {at: given(frame) for at, frame in state.frames.items()}
    state.frame = given(state.frame)


def _indicator(state: Walk, at: int) -> None:
    row = state.row
    if row[at + 1 : at + 2] == "K" or (
        names_partners(state, at) and is_bilateral(state.lists, known_name(state.tokens[at]))
    ):  # "foreign trade partner"
        return
    if is_valuation(state.tokens, at) or _is_source_of(state, at):
        return
    if PER_MANY.search(state.text, max(state.tokens[at].start - 24, 0), state.tokens[at].start):
        return  # "9.2 per 1,000 people"
    last = max((index for index in state.measured if index < at), default=None)
    before = state.frame
    phrase, frame = take_phrase(state, at)
    between = row[last + 1 : phrase.first] if last is not None else ""
    if (
        last is not None
        and state.measured[last].measure == SHARE
        and compiled(r"[.s]{0,2}\)?o[.TjoAEXkiPG-]*").fullmatch(between + row[phrase.first : at])
    ):
        part = state.frames.get(last)
        known = part.counterpart if part is not None else None
        if known is not None and known.how == EXPLICIT and phrase.counterpart is None and not phrase.is_pair:
            frame = replace(frame, counterpart=None)  # "exports to China … of Kazakhstan's exports": of all of them
        if not phrase.other:  # the subject is the part: "Wheat accounted for half of exports"
            frame = replace(
                frame, other={key: value for key, value in frame.other.items() if key not in state.subject_other}
            )
        state.wholes[last], state.whole_end = frame, phrase.last
        _part_of_whole(state, last, frame, phrase.last + 1)
        return
    part = part_in(state, phrase, before)
    if part is not None:
        state.pending_whole = whole_in(state, frame, phrase, part)
        state.frame = part
        return
    owner = share_owner(state, phrase.first)
    if owner is not None:
        if frame.counterpart is not None and frame.counterpart.how != EXPLICIT:
            frame = replace(frame, counterpart=None)
        state.pending_whole = frame
        state.frame, state.varying = place_area(state.lists, frame, owner, COUNTERPART)
        return
    goods = share_product(state, phrase.first)
    if goods is not None:
        state.pending_whole = frame
        state.frame = replace(frame, other={**frame.other, **goods})
        return
    frame = _price_of(state, phrase, frame) or _in_full(state, phrase, frame)
    state.frame = frame
    if phrase.indicator.value == RESPONDENTS:
        note_people(state, frame)
    state.pending_whole = None
    if phrase.areas_role:
        state.varying = phrase.areas_role


def _same_again(state: Walk, at: int) -> None:
    """ "Tea exports rose 5% while those of coffee fell", "those to Spain": the same, of other goods or partners."""
    indicator = state.frame.indicator
    if indicator is None or not is_bilateral(state.lists, indicator) or at + 2 >= len(state.tokens):
        return
    if state.tokens[at + 2].letter not in "AX." or state.tokens[at + 2].text in words_of("relative"):
        return
    token, before = state.tokens[at], state.frame
    told = replace(carried(indicator) or indicator, start=token.start, end=token.end)
    phrase, frame = take_phrase(state, at, told)
    if phrase.other and phrase.counterpart is None:
        frame = replace(frame, area=before.area, counterpart=before.counterpart)
    state.frame = frame
    if phrase.areas:
        state.varying = phrase.areas_role


def _price_of(state: Walk, phrase: Phrase, frame: Frame) -> Frame | None:
    """ "Prices of apartments", "the cost of electricity": the second name is what the price is of, and no indicator."""
    before = state.phrases[-2] if len(state.phrases) > 1 else None
    code = state.lists.find(INDICATOR, before.indicator.value) if before is not None else None
    if (
        before is None
        or code is None
        or code.nature != "price"
        or state.row[before.last + 1 : phrase.first] not in ("", "o")
        or before.other
    ):
        return None
    spoken = state.text[phrase.indicator.start or 0 : phrase.indicator.end or 0].lower()
    thing = Known(" ".join(spoken.split()), start=phrase.indicator.start, end=phrase.indicator.end)
    state.phrases.pop()
    before.last = phrase.last
    return replace(frame, indicator=before.indicator, other={**frame.other, "product": thing})


def _in_full(state: Walk, phrase: Phrase, frame: Frame) -> Frame:
    """ "Retail sales grew by 4%. … Sales were €20 billion": a word that what was told before ends in is short for it."""
    before, own = state.context.frame.indicator, phrase.indicator
    if before is None or before.start is None or own.start is None or before.value == own.value or phrase.other:
        return frame
    word = state.text[own.start : own.end].lower()
    full = " ".join(state.text[before.start : before.end].lower().split())
    named = state.lists.find(INDICATOR, before.value)
    ends = full.endswith(f" {word}") or full.endswith(f" {word.removesuffix('s')}")
    listed = (
        compiled(r"[^$%#xph]*\([$%#xph]").match(state.row[phrase.last + 1 :]) is not None
    )  # "prices rose for transport (3.8%)"
    index = named is not None and named.nature == "index" and not listed and f" {word.removesuffix('s')} " in full
    if named is None or " " in word or not (ends or index) or is_bilateral(state.lists, before):
        return frame
    if is_bilateral(state.lists, own):
        return frame  # "gas exports … exports": all of them
    area = phrase.area or frame.area or state.context.frame.area
    other = {**carry(state.context.frame).other, **frame.other}
    known = replace(before, how=EXPLICIT, start=own.start, end=own.end)
    return replace(frame, indicator=known, area=area, other=other)


def _is_source_of(state: Walk, at: int) -> bool:
    """ "Net sales from physical stores": what follows tells where the figures come from, and is no indicator of its own."""
    before = state.phrases[-1] if state.phrases else None
    number = max(state.frames, default=-1)
    if before is None or number > before.last or is_bilateral(state.lists, before.indicator):
        return False
    own = known_name(state.tokens[at])
    head = next((n for n, token in enumerate(state.tokens) if token.start == before.indicator.start), at)
    if is_bilateral(state.lists, own) or compiled(r"f[.Xj-]{0,4}").fullmatch(state.row[head + 1 : at]) is None:
        return False
    words = [token for token in state.tokens[head + 2 : at + 1] if token.text.lower() not in words_of("stop")]
    spoken = " ".join(state.text[words[0].start : words[-1].end].split()).lower()
    product = Known(spoken, start=words[0].start, end=words[-1].end)
    state.frame = replace(state.frame, other={**state.frame.other, "product": product})
    before.last = at
    return True


def _is_first(state: Walk, number: int) -> bool:
    """Whether no indicator stands before the number in its sentence: "Wheat accounted for half of exports"."""
    return not any(phrase.last < number for phrase in state.phrases)


def _part_of_whole(state: Walk, number: int, whole: Frame, phrase_end: int) -> None:
    """ "The share of Xinjiang exceeds 40% of the trade between A and B": the part is the whole's, with its own area."""
    part = state.frames.get(number)
    if part is None:
        return
    row = state.row[:number]
    areas = [at for at in range(len(row)) if row[at] in "AE"]
    free = [at for at in areas if at not in state.consumed]
    last = max((phrase.last for phrase in state.phrases if phrase.last < number), default=-1)
    if part.area is None and whole.area is not None:
        part = state.frames[number] = replace(part, area=whole.area)
    if state.subject_other and _is_first(state, number):
        state.frames[number] = state.frame = replace(whole, other={**whole.other, **state.subject_other})
        return
    again = same_of_another(state, number, whole)
    if again is not None:
        state.frames[number] = state.frame = again
        return
    own = part.indicator
    if own is not None and own.how == EXPLICIT and state.lists.find("indicator", own.value) is None:
        return  # the clause's own words name the part
    if last >= 0 and ("," not in row[last:] or not any(at > last for at in free)):
        return  # the clause names the part itself
    areas = free or areas
    frame = replace(whole, other={**whole.other, **{k: v for k, v in part.other.items() if v.how == "explicit"}})
    if state.partner is not None or areas:
        area = state.partner or known_name(state.tokens[areas[-1]])
        if frame.counterpart is not None and frame.counterpart.how == EXPLICIT and frame.counterpart.value == area.value:
            state.frames[number] = frame
            same_name(state, area, {number})  # "Uganda accounted for 60% of Kenya's exports to Uganda"
            state.frame = state.frames[number]
            return
        frame, _ = place_area(state.lists, frame, area, COUNTERPART)
        if state.subject is not None and frame.area is not None and frame.area.value == state.subject.value:
            state.varying = REFERENCE
    elif part.counterpart is not None and part.counterpart.how == EXPLICIT and is_bilateral(state.lists, whole.indicator):
        frame = replace(frame, area=part.area, counterpart=part.counterpart)
    if differences(frame, whole) == {} and _points_back(state, number) and state.context.wholes:
        frame = carry(state.context.wholes[-1])  # "That was 45% of its exports": what the sentence before told
        state.frames[number] = frame
        return
    if differences(frame, whole) == {}:
        if read_people(state, number, phrase_end, whole):
            return
        told = predicate(state, phrase_end)
        if told is None:
            state.nameless.add(number)
        else:  # "67% of parcels arrived within two days": what they do is what tells them from the others
            frame = replace(whole, other={**whole.other, DETAIL: told})
    state.frames[number] = frame
    state.frame = frame


def _points_back(state: Walk, number: int) -> bool:
    """ "That was 45% of …", "This represents a third of …": a pronoun and a verb are all that stands before the share."""
    words = state.tokens[:number]
    return (
        bool(words)
        and words[0].text in words_of("pointer")
        and compiled(r"[.j][LSl.]{1,2}").fullmatch(state.row[:number]) is not None
    )


def _verb(state: Walk, at: int) -> None:
    """ "Uzbekistan exported goods worth $640 million to Kazakhstan": the verb is the indicator."""
    token = state.tokens[at]
    if state.row[at - 1 : at] in ("K",) or names_partners(state, at) or not compiled(r"[$%#xp]").search(state.row):
        return
    if state.context.main is not None and "A" not in state.row:
        return  # "it proposed buying a 40% stake": a company's purchase, and no trade of a country
    indicator = Known(VERBS[token.letter], start=token.start, end=token.end)
    phrase = Phrase(indicator, at, at)
    last = last_number(state, at)
    # "$5 billion of goods were exported", "$5 billion (up 4%) of goods were exported"
    between = state.row[last + 1 : at] if last is not None else ""
    beside = last is not None and compiled(r"\)?(?:o[.X]{1,3})?L?").fullmatch(between) is not None
    follows = compiled(r"[VY][^SUD;,]{0,8}[$%#]").match(state.row[at:])
    if (not beside and not follows) or last in state.of_people:
        return
    of_goods = beside and "o" in between
    told = state.frame.indicator
    if of_goods and told is not None and told.value == indicator.value and told.how == EXPLICIT:
        return  # "Most imports came from Spain, with $5 billion of goods imported from there"
    state.phrases.append(phrase)
    if state.subject is None and not of_goods:
        before = [index for index in range(max(at - 12, 0), at) if state.row[index] in "AE" and index not in state.consumed]
        phrase.area = known_name(state.tokens[before[-1]]) if before else None
    _verb_areas(state, at, phrase)
    if state.row[at - 1 : at] == "j" and told is not None and told.value == indicator.value:
        phrase.other = dict(carry(state.frame).other)  # "18 million tonnes of wheat …, when it exported 16.7 million"
    frame = bought_of_ours(state, phrase) or frame_of(phrase, context_of(state), state.subject, state.lists)
    if beside and last is not None and not (follows and state.subject is not None and state.row[last + 1 : at].count(",")):
        goods = state.frames[last].other.get("product")
        if of_goods and goods is not None and (goods.start or 0) > state.tokens[last].start:
            frame = replace(frame, other={**frame.other, "product": goods})
        for number in (last, last_number(state, last) if state.row[last - 1] == "(" else None):
            if number is not None:
                state.frames[number] = frame
    state.frame = frame


def _verb_areas(state: Walk, at: int, phrase: Phrase) -> None:
    """Where it went and whence it came, as far as the clause says."""
    row, last = state.row, None
    for match in compiled(r"([tfb])[.o]*([A])").finditer(row[at:]):
        if compiled(r"[;uW]").search(row[at : at + match.start()]):
            break
        if last is not None and compiled(r"[$%#]").search(row[at + last : at + match.start()]):
            break  # "worth $2 billion to Germany and $1 billion to Italy"
        last = match.end()
        area = outside(state.tokens, state.tokens[at + match.start(2)])
        if match[1] == "b":
            phrase.area = area  # "were exported by Peru"
            continue
        goes_out = (match[1] == "t") == (phrase.indicator.value == EXPORTS)
        if goes_out and phrase.counterpart is None:
            phrase.counterpart = area
        elif not goes_out and phrase.area is None:
            phrase.area = area
        state.consumed.add(at + match.start(2))
    direct = compiled(r"[VY]A").match(row[at:])
    if direct and phrase.counterpart is None:
        phrase.counterpart = known_name(state.tokens[at + 1])
        state.consumed.add(at + 1)
    if phrase.area is not None and phrase.counterpart is not None:
        set_pair(state, phrase.area, phrase.counterpart)


def _product(state: Walk, at: int) -> None:
    """A product directly before its number, or after "of" behind it, runs through a list."""
    token = state.tokens[at]
    assert isinstance(token.mention, Name)
    dimension = token.mention.dimension
    segment = token.mention.code == token.text  # "the Aerospace segment", which no list names
    if "I" not in state.row[:at] and (
        at == 0
        or (state.row[:at] in (".", ",", "a") or compiled(r"(?:i?P)?[,.]*").fullmatch(state.row[:at]))
        or (segment and compiled(r"[,.jiE]*").fullmatch(state.row[:at]))
    ):
        state.subject_other = {dimension: known_name(token)}
        state.subject_is_segment = segment
        if segment or is_bilateral(state.lists, state.frame.indicator):
            state.frame = replace(state.frame, other={**state.frame.other, **state.subject_other})
    elif state.row[max(at - 2, 0) : at] == ".a":
        return  # "industrial and agricultural products": more than the one that a list names
    elif (segment and state.frame.indicator is not None and compiled(r"X[^I$%#xph]*[$%#xp]").match(state.row[at:])) or (
        IN_LIST_OF_GOODS.match(state.row, at)
        and state.frame.indicator is not None
        and not compiled(r"[$#]o[.]?$").search(state.row[:at])  # "$2 billion of copper, up 22%"
    ):
        state.frame = replace(state.frame, other={**state.frame.other, dimension: known_name(token)})
    else:
        match = compiled(r"([$%#])o[.]?$").search(state.row[:at])
        if match and match.start() in state.frames and state.frames[match.start()].indicator is not None:
            frame = state.frames[match.start()]
            state.frames[match.start()] = replace(frame, other={**frame.other, dimension: known_name(token)})
