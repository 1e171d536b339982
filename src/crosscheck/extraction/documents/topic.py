"""The country, group of countries or world that a text is about, for the figures of which it names none.

What a text says of this is weighed: its own office, who owns what is told ("Estonia's exports", "exports from Peru"), the
place where it was written and money that one country has count most; a partner, one of several examples, and an area among
which something is the largest count nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INDICATOR, SOURCE
from crosscheck.extraction.model import MONEY, Mentions, Name
from crosscheck.extraction.names.cities import country_of_city
from crosscheck.extraction.names.finding import area_of_source, offices
from crosscheck.extraction.names.lexicon import words_of
from crosscheck.extraction.numbers.currencies import COUNTRIES, LOCAL, NAMES
from crosscheck.extraction.patterns import any_of
from crosscheck.extraction.sentences.frame import REFERENCE
from crosscheck.extraction.sentences.splitting import sentences
from crosscheck.extraction.source import ASIDE, Block
from crosscheck.inputs.values import replace

OPENING = 300  # characters from the beginning in which a text names what it is about
LINES = 5  # paragraphs in which it says where it was written
WORLD = "WORLD"
# Money in which figures of many countries are told, and what is nobody's.
EVERYBODYS = ("USD", "EUR", "XAF", "XOF", "XCD", "XDR", "XAU", "BTC")
TRADED = ("CNY", "JPY", "RUB", "GBP", "AED", "SAR", "KRW", "ZAR")  # of which texts on other countries speak as well
WORLDWIDE = re.compile(
    r"\b(?:[Gg]lobal(?:ly)?|GLOBAL|[Ww]orldwide|[Ww]orld(?:['’]s)?(?= [a-z])|[Ii]nternational tourist)\b"
)
# "TAIPEI: …", "DALLAS – …", "MANILA, Philippines (AP) — …", "Dodoma — …": where a report was written.
_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}"
DATELINE = re.compile(
    rf"\s*(?:date [\d-]{{10}} )?({_PLACE})(?:, [A-Z][\w. ]{{2,20}})?(?: ?\([^()]{{2,40}}\))?"
    r"(?= ?[:–—|]| -|--|\. [A-Z]{3}|, (?:\d{1,2} )?[A-Z][a-z]+\.? \d)"
)
LATER = re.compile(rf"\s*([A-Z][A-Z.'’-]{{2,}}(?: [A-Z.'’-]{{2,}}){{0,2}}|{_PLACE}(?=\s*\Z)|{_PLACE}(?= ?\([A-Z]))")
# "Ontario Premier", "Andhra Finance Minister": part of a title, and yet whose figures follow.
RULED = re.compile(
    r"\b([A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30})?) "
    r"(?:(?:Finance|Chief) Minister|Premier|Governor|Treasurer|Cabinet|Assembly)\b"
)
OF_SEVERAL: dict[str, dict[str, str]] = {"INR": LOCAL["Rs"]}  # money whose sign others have as well: Rs
_IN_THEIR_OWN_WAY = re.compile(r"\b(?:[Cc]rores?|[Ll]akhs?|INR|India)|₹")  # what tells that rupees are India's
SURVEY = re.compile(r"\b(?:[Ss]urvey(?:ed)?|[Pp]oll(?:ed)?|[Rr]espondents)\b")
MANY = 3  # words of a survey, from which on a text is on one
# "exports to France", "markets such as France": not of it; "exports from Peru", "visitors to Peru": of it all the same.
PARTNER = re.compile(
    r"\b(?:to|with|from|than|against|including|includes?|included|such as|like|followed by|led by|overt[ao]kes?|overtaking|"
    r"markets? of|replac(?:es?|ed|ing)|surpass(?:es|ed|ing)?) (?:the )?$"
)
BUYERS = re.compile(
    r" (?:buyers?|importers?|consumers?|customers?|shoppers?|demand|markets?|tourists?|visitors?|travell?ers?)\b"
)
# "Kenya (4%)", "Kenya, $5 million": an item of a list of partners, or of several.
ITEM = re.compile(r"(?:,|:)? ?(?:with |at |\()?(?:US|[A-Z])?[$€£¥+-]?\d")
OWN = re.compile(
    r"\b(?i:exports?|shipments?)\b[^.;,\n]{0,40}\bfrom (?:the )?$|"
    r"\b(?i:imports?|visitors?|arrivals?|tourists?|travell?ers?)\b[^.;,\n]{0,40}\b(?:in)?to (?:the )?$"
)
AND = re.compile(r"(?: ?\([^()]{1,60}\))?(?:,|,? (?:and|or)) (?:the )?")
# "the largest port in Asia", "Asia's largest port": what it is large among, and not whose figures follow.
LARGEST = r"(?:largest|biggest|top|busiest|leading|highest|lowest|fastest|best|worst|number|most)"
AMONG = re.compile(rf"\b{LARGEST}(?: (?!of\b|in\b)[\w-]+){{0,3}} (?:in|of) (?:the )?$")
OF_ALL = re.compile(rf"['’]s? (?:[\w-]+[ -])?{LARGEST}\b")
ECONOMY = re.compile(rf"{OF_ALL.pattern}[ -](?:[\w-]+ )?economy")
# "Peru's third-largest market", "Peru's largest trading partner": whose trade is told of.
ROLE = re.compile(
    rf"{OF_ALL.pattern}(?:[ -][\w-]+){{0,2}}[ -](?:markets?|partners?|buyers?|customers?|suppliers?|sources?|destinations?|"
    r"exports?|imports?)\b"
)
NO_SUBJECT = re.compile(r"(?:\b(?:from|to|with|by|in|of|as|is|was|than|for)|,) (?:the )?$")
REACH = 60  # characters before a name in which its role stands
# How much each kind of evidence says.
OFFICE, PLACE, INSTITUTION, MONEY_OF_ONE, OWNED, NAMED, IN_LIST = 6, 4, 4, 4, 4, 2, 1
Read = Sequence[tuple[Block, Mentions]]


@dataclass(slots=True)
class _Told:
    """What a text names: how much speaks for each country, and for each area as it is; groups; where which stands."""

    weights: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    early: set[str] = field(default_factory=set)
    head: set[str] = field(default_factory=set)  # in the title and the first sentence
    place: str | None = None  # where it was written
    signs: set[str] = field(default_factory=set)  # countries for which more than their name speaks

    def add(self, code: str, weight: int, in_head: bool) -> None:
        """A mention of a country or of a part of one."""
        if weight:
            self.weights[code.split("-")[0]] += weight * (1 + in_head)
            self.exact[code] += weight
            self.head |= {code} if in_head else set()


def home_of(text: str, read: Read, lists: CodeLists) -> str | None:
    """The area that a text speaks of where it names none.

    A group of countries or the world where the title and the first sentence name it and no country; else the country for
    which most of the evidence speaks, or the part of it that the text is about.
    """
    told = _told(text, read, lists)
    group = _group(told, lists)
    if group is not None:
        return group
    country = _country(told)
    if country is None:
        return None
    named = Counter({code: weight for code, weight in told.exact.items() if code.split("-")[0] == country})
    part, weight = next(iter(named.most_common(1)), (country, 0))
    if "-" in part and lists.part_of(REFERENCE, part) and part in told.early and weight * 2 > named.total():
        return part  # of a text on California's budget, and not on that of the United States
    return country


def _country(told: _Told) -> str | None:
    """The country for which most speaks: the only one of the head, where no other has twice as much; one that has three
    fifths of all, or twice as much as any other; of the two first, the one for which more speaks than its name."""
    first, second = (*told.weights.most_common(2), ("", 0), ("", 0))[:2]
    head = {code.split("-")[0] for code in told.head if code not in told.groups}
    if len(head) == 1 and told.weights[code := min(head)] * 2 >= first[1]:
        return code  # "India's oil output fell …": whatever other countries come after
    if first[1] * 5 >= told.weights.total() * 3 or (first[1] > NAMED and first[1] >= 2 * second[1]):
        return first[0] or None
    signed = told.signs & {first[0], second[0]}
    if told.place in (first[0], second[0]):
        return told.place
    return min(signed) if len(signed) == 1 else None


def _told(text: str, read: Read, lists: CodeLists) -> _Told:
    told = _Told()
    own = [(block, mentions) for block, mentions in read if block.kind != ASIDE]
    begin = own[0][0].start if own else 0
    head = _head_end(text, [block for block, _ in own])
    pattern, areas = offices(lists)
    for block, mentions in own:
        line = DATELINE.match(text, block.start, block.end)
        for name, weight in _weighed(text, mentions):
            if line is not None and name.start < line.end() and "-" in (name.code or ""):
                continue  # where it was written
            if _is_group(lists, name.code or ""):
                told.groups[name.code or ""] += weight > 0
                told.head |= {name.code or ""} if weight and name.start < head else set()
                continue
            told.add(name.code or "", weight, name.start < head)
            told.early |= {name.code or ""} if name.start < begin + OPENING else set()
        cited = {match.start(): areas[match[0]] for match in pattern.finditer(text, block.start, block.end)}
        sources = ((one.start, area_of_source(one.code or "", lists)) for one in mentions.names if one.dimension == SOURCE)
        for start, area in (cited | {start: area for start, area in sources if area is not None}).items():
            if not _is_group(lists, area):  # Eurostat has the figures of many
                told.weights[area] += (NAMED if area in told.signs else OFFICE) * (1 + (start < head))
                told.head |= {area} if start < head else set()
                told.signs.add(area)
        for match in RULED.finditer(text, block.start, min(block.end, head)):
            ruled = lists.named(REFERENCE, match[1])
            if ruled is not None and "-" in ruled.id:
                told.add(ruled.id, OWNED, True)
                told.early.add(ruled.id)
        told.currencies.update(number.unit for number in mentions.numbers if number.kind == MONEY)
        worldwide = [
            m.start() for m in WORLDWIDE.finditer(text, block.start, block.end) if not OF_ALL.match(text, m.end() - 2)
        ]
        told.groups[WORLD] += len(worldwide)
        told.head |= {WORLD} if worldwide and worldwide[0] < head else set()
    told.place = _written_in(text, [block for block, _ in own][:LINES], lists)
    for country, weight in _hinted(text, own, told):
        told.weights[country] += weight
        told.signs |= {country} if weight > NAMED else set()
    return told


def _weighed(text: str, mentions: Mentions) -> Iterator[tuple[Name, int]]:
    """The areas that a paragraph names, each with how much it says of whose figures the text tells."""
    starts = [name.start for name in mentions.names if name.dimension == INDICATOR]
    end, last = -1, 0  # of the area before
    for name in mentions.names:
        if name.dimension != REFERENCE or name.code is None:
            continue
        before = max(name.start - REACH, 0)
        if _is_scope(text, name) or BUYERS.match(text, name.end):
            weight = 0
        elif end >= 0 and AND.fullmatch(text, end, name.start):
            weight = min(last, IN_LIST)
        elif OWN.search(text, before, name.start):
            weight = OWNED
        elif PARTNER.search(text, before, name.start):
            weight = 0
        else:
            apart = "-" not in (
                text[name.start - 1 : name.start],
                text[name.end : name.end + 1],
            )  # "the US-China trade war"
            owns = name.possessive or (name.adjective and any(0 < start - name.end < REACH // 2 for start in starts))
            weight = OWNED if owns else NAMED if apart and not ITEM.match(text, name.end) else IN_LIST
        end, last = name.end, weight
        yield name, weight


def _is_scope(text: str, name: Name) -> bool:
    """Whether a name only tells among what something is the largest: "Asia's largest port", "the top port in Asia"."""
    if ROLE.match(text, name.end) is not None:
        return False
    scope = AMONG.search(text, max(name.start - REACH, 0), name.start) or OF_ALL.match(text, name.end)
    return scope is not None


def without_scopes(text: str, mentions: Mentions, lists: CodeLists) -> Mentions:
    """The mentions without continents and other groups among which something is only the largest, and without "economy"
    in such a name of a country: "imports from Africa's largest economy" are no figure of Africa, nor of GDP."""
    groups = [one for one in mentions.names if one.dimension == REFERENCE and _is_group(lists, one.code or "")]
    scopes = [one for one in groups if _is_scope(text, one)]
    if not scopes:
        return mentions
    called = [one.end for one in scopes if NO_SUBJECT.search(text, max(one.start - REACH, 0), one.start)]
    economy = {found.end() for end in called if (found := ECONOMY.match(text, end)) is not None}
    return replace(mentions, names=tuple(one for one in mentions.names if one not in scopes and one.end not in economy))


def _hinted(text: str, own: Read, told: _Told) -> Iterator[tuple[str, int]]:
    """What speaks for a country without naming it: where the text was written, institutions and money that it alone has."""
    if told.place is not None:
        yield told.place, PLACE
    small = [text[block.start : block.end].lower() for block, _ in own]
    kinds = [("parties", INSTITUTION)] if SURVEY.search(text) is not None else []
    if len(SURVEY.findall(text)) < MANY:  # who asks people tells nothing of where they live; whom they would vote for does
        kinds += [("institutions", INSTITUTION), ("money", NAMED)]
    for kind, weight in kinds:
        names, of = _moneys() if kind == "money" else _named_in_one(kind)
        for country in sorted({of[name] for words in small for name in names.findall(words)}):
            yield country, weight
    used = [(unit, times) for unit, times in told.currencies.most_common(1) if unit.isalpha() and unit not in EVERYBODYS]
    for unit, times in used:
        if unit in OF_SEVERAL and _IN_THEIR_OWN_WAY.search(text) is None:
            continue  # "Rs" alone may be anybody's of them
        if told.place in OF_SEVERAL.get(unit, ()):
            continue  # rupees, in a report from Karachi
        if times >= 2 and times * 3 >= told.currencies.total() * 2:
            yield unit[:2], MONEY_OF_ONE  # ISO 4217 begins with the country's code


@lru_cache(maxsize=1)
def _moneys() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Names of money that one country alone has, as a pattern for a text in small letters, and that country by name."""
    of_one = words_of("words")["money"] - COUNTRIES.keys()
    codes = {name: NAMES[name][:2] for name in of_one if name in NAMES and NAMES[name] not in (*EVERYBODYS, *TRADED)}
    return re.compile(rf"\b{any_of(codes)}\b"), codes


def _head_end(text: str, blocks: Sequence[Block]) -> int:
    """Where the title and the first sentence after it end."""
    spans = (span for block in blocks for span in sentences(text, block.start, block.end))
    first = next(spans, (0, 0))
    if first[1] < len(text) and text[first[1] - 1 : first[1]] in ".!?":
        return first[1]
    return next(spans, first)[1]


def _group(told: _Told, lists: CodeLists) -> str | None:
    """The group that the title and the first sentence name, where they name no country."""
    head = [code for code in told.groups if code in told.head]
    if not head or any(code not in told.groups for code in told.head):
        return None
    best = max(head, key=lambda code: (code != WORLD, told.groups[code]))
    most = max(told.weights.values(), default=0)
    if best == WORLD:
        return best if told.groups[best] * NAMED > most else None  # "World Trade Month": then a text on one country
    return best if told.groups[best] >= 2 else None


@lru_cache(maxsize=2)
def _named_in_one(kind: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Institutions or parties that one country alone has, as a pattern for a text in small letters, and it by name."""
    areas = {name: country.upper() for country, names in words_of(kind).items() for name in names}
    return re.compile(rf"\b{any_of(areas)}\b"), areas


def _written_in(text: str, blocks: Sequence[Block], lists: CodeLists) -> str | None:
    """The country of the place line, which may stand under a title and a date."""
    for at, block in enumerate(blocks):
        match = DATELINE.match(text, block.start, block.end)
        match = match if at == 0 or match is None or LATER.match(text, block.start, block.end) else None
        match = match or (LATER.match(text, block.start, block.end) if at else None)
        place = match[1] if match is not None else ""
        found = _country_of(place.title() if place.isupper() else place, lists) if place else None
        if found is not None:
            return found
    return None


def _country_of(place: str, lists: CodeLists) -> str | None:
    """The country of a city or a region by its name."""
    city = country_of_city(place)
    if city is not None:
        return city
    area = lists.named(REFERENCE, place)
    if area is not None:
        return area.id.split("-")[0]
    codes = lists.codes[REFERENCE].values()
    return next((code.id for code in codes if code.capital is not None and code.capital.lower() == place.lower()), None)


def _is_group(lists: CodeLists, code: str) -> bool:
    """Whether an area is more than a country: a bloc, a continent, "OPEC"."""
    found = lists.find(REFERENCE, code)
    return (found is not None and bool(found.members)) or len(code.split("-")[0]) > 2
