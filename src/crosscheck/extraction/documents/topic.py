"""The country, group of countries or world that a text is about, for the figures of which it names none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import SOURCE
from crosscheck.extraction.model import MONEY, Mentions
from crosscheck.extraction.names.cities import country_of_city
from crosscheck.extraction.names.finding import area_of_source, offices
from crosscheck.extraction.names.lexicon import words_of
from crosscheck.extraction.numbers.currencies import LOCAL
from crosscheck.extraction.patterns import any_of
from crosscheck.extraction.sentences.frame import REFERENCE
from crosscheck.extraction.sentences.splitting import sentences
from crosscheck.extraction.source import ASIDE, Block

OPENING = 300  # characters from the beginning in which a text names what it is about
WORLD = "WORLD"
# Money in which figures of many countries are told, and what is nobody's.
EVERYBODYS = ("USD", "EUR", "XAF", "XOF", "XCD", "XDR", "XAU", "BTC")
WORLDWIDE = re.compile(
    r"\b(?:[Gg]lobal(?:ly)?|GLOBAL|[Ww]orldwide|[Ww]orld(?:['’]s)?(?= [a-z])|[Ii]nternational tourist)\b"
)
# "TAIPEI: …", "DALLAS – …", "MANILA, Philippines (AP) — …", "Dodoma — …": where a report was written.
_PLACE = r"[A-Z][\w.'’]+(?: [A-Z][\w.'’]+){0,2}"
DATELINE = re.compile(
    rf"\s*(?:date [\d-]{{10}} )?({_PLACE})(?:, [A-Z][\w. ]{{2,20}})?(?: ?\([^()]{{2,40}}\))?"
    r"(?= ?[:–—|]| -|, [A-Z][a-z]+ \d)"
)
# "Ontario Premier", "Andhra Finance Minister": part of a title, and yet whose figures follow.
RULED = re.compile(
    r"\b([A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30})?) "
    r"(?:(?:Finance|Chief) Minister|Premier|Governor|Treasurer|Cabinet|Assembly)\b"
)
LINES = 3  # paragraphs in which a place line is looked for
OF_SEVERAL: dict[str, dict[str, str]] = {"INR": LOCAL["Rs"]}  # money whose sign others have as well: Rs
SURVEY = re.compile(r"\b(?:[Ss]urvey(?:ed)?|[Pp]oll(?:ed)?|[Rr]espondents)\b")
MANY = 3  # words of a survey, from which on a text is on one
PARTNER = re.compile(r"\b(?:to|with|from|than|against) (?:the )?$")  # "exports to France": not of it
# "to Germany (€5 billion) and France": a partner as well.
ONLY_PARTNER = re.compile(r"\b(?:to|with|than|against) (?:the )?$")
AND = re.compile(r"(?: ?\([^()]{1,40}\))?(?:,|,? (?:and|or)) (?:the )?")
Read = Sequence[tuple[Block, Mentions]]


@dataclass(slots=True)
class _Told:
    """What a text names: countries with their offices and regions, these as they are, groups, money, institutions."""

    countries: Counter[str] = field(default_factory=Counter)
    exact: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)
    hints: Counter[str] = field(default_factory=Counter)
    early: set[str] = field(default_factory=set)
    head: set[str] = field(default_factory=set)  # in the title and the first sentence
    own: set[str] = field(default_factory=set)  # countries that are named elsewhere, too, than behind "to" or "with"


def home_of(text: str, read: Read, lists: CodeLists) -> str | None:
    """The area that a text speaks of where it names none.

    A group of countries or the world where the title and the first sentence name it and no country; else the country that
    it names most by far, with its offices; else the one whose money it counts in, whose institutions it names, or where it
    was written.
    """
    told = _told(text, read, lists)
    group = _group(told, lists)
    if group is not None:
        return group
    countries, best = told.countries, told.countries.most_common(1)
    first = {code.split("-")[0] for code in told.head if code not in told.groups}
    if len(first) == 1 and "-" not in (code := min(told.head - told.groups.keys())) and countries[code] * 2 >= best[0][1]:
        return code  # "India's oil output fell …": whatever other countries come after
    part, times = next(iter(told.exact.most_common(1)), ("", 0))
    alone = part in told.head and len(told.exact) == 1  # the one area that is named, in the title or at once
    often = alone or (times >= 2 and times * 2 >= countries.total())
    if "-" in part and lists.part_of(REFERENCE, part) and part in told.early and often:
        return part  # of a text on California's budget, and not on that of the United States
    if best and best[0][0] not in told.own:
        return _written_in(text, read, lists)  # "exports came to $8 billion, including $2 billion to Germany"
    if best and (len(countries) == 1 or (best[0][1] >= 2 and best[0][1] * 10 >= countries.total() * 6)):
        return best[0][0]
    written_in = _written_in(text, read, lists)
    if best and best[0][0] == written_in and best[0][1] >= 2:
        return written_in
    used = told.currencies.most_common(1)
    if used and written_in in OF_SEVERAL.get(used[0][0], ()):
        return written_in  # rupees, in a report from Karachi
    if (
        used
        and used[0][0].isalpha()
        and used[0][0] not in EVERYBODYS
        and used[0][1] >= 2
        and used[0][1] * 3 >= told.currencies.total() * 2
    ):
        country = used[0][0][:2]  # ISO 4217 begins with the country's code
        return country if not countries or country in countries else None
    if countries:
        return None
    hinted = told.hints.most_common(1)
    return hinted[0][0] if len(told.hints) == 1 else written_in


def _told(text: str, read: Read, lists: CodeLists) -> _Told:
    told = _Told()
    own = [(block, mentions) for block, mentions in read if block.kind != ASIDE]
    begin = own[0][0].start if own else 0
    head = _head_end(text, [block for block, _ in own])
    pattern, areas = offices(lists)
    of_a_survey = len(SURVEY.findall(text)) >= MANY
    # who asks people tells nothing of where they live; whom they would vote for does
    kinds = [*(["institutions"] if not of_a_survey else []), *(["parties"] if SURVEY.search(text) is not None else [])]
    hints = [_named_in_one(kind) for kind in kinds]
    for block, mentions in own:
        partner = block.end  # where the last partner was named
        for name in mentions.names:
            if name.code is None:
                continue
            if name.dimension == REFERENCE:
                if PARTNER.search(text, max(name.start - 12, 0), name.start) or AND.fullmatch(text, partner, name.start):
                    partner = name.end
                if partner != name.end or not ONLY_PARTNER.search(text, max(name.start - 12, 0), name.start):
                    told.own.add(name.code.split("-")[0])
                told.head |= {name.code} if name.start < head and partner != name.end else set()
                if _is_group(lists, name.code):
                    told.groups[name.code] += 1
                    continue
                told.countries[name.code.split("-")[0]] += 1
                told.exact[name.code] += 1
                told.early |= {name.code} if name.start < begin + OPENING else set()
            elif name.dimension == SOURCE and (area := area_of_source(name.code, lists)) is not None:
                told.countries[area] += 1
                told.own.add(area)
                told.head |= {area} if name.start < head else set()
        for match in pattern.finditer(text, block.start, block.end):
            told.countries[areas[match[0]]] += 1
            told.own.add(areas[match[0]])
            told.head |= {areas[match[0]]} if match.start() < head else set()
        for names, of in hints:
            told.hints.update([of[name] for name in names.findall(text[block.start : block.end].lower())])
        told.currencies.update(number.unit for number in mentions.numbers if number.kind == MONEY)
        for match in RULED.finditer(text, block.start, min(block.end, head)):
            ruled = lists.named(REFERENCE, match[1])
            if ruled is not None and "-" in ruled.id:
                told.countries[ruled.id.split("-")[0]] += 1
                told.exact[ruled.id] += 1
                told.own.add(ruled.id.split("-")[0])
                told.early.add(ruled.id)
                told.head.add(ruled.id)
        worldwide = [match.start() for match in WORLDWIDE.finditer(text, block.start, block.end)]
        told.groups[WORLD] += len(worldwide)
        told.head |= {WORLD} if worldwide and worldwide[0] < head else set()
    return told


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
    most = max(told.countries.values(), default=0)
    if best == WORLD:
        return best if told.groups[best] > most else None  # "World Trade Month": then a text on one country
    return best if told.groups[best] >= 2 else None


@lru_cache(maxsize=2)
def _named_in_one(kind: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Institutions or parties that one country alone has, as a pattern for a text in small letters, and it by name."""
    areas = {name: country.upper() for country, names in words_of(kind).items() for name in names}
    return re.compile(rf"\b{any_of(areas)}\b"), areas


def _written_in(text: str, read: Read, lists: CodeLists) -> str | None:
    """The country of the place line, which stands below the title where there is one."""
    for block in [block for block, _ in read if block.kind != ASIDE][:LINES]:
        match = DATELINE.match(text, block.start)
        country = _country_of(match[1].title() if match[1].isupper() else match[1], lists) if match is not None else None
        if country is not None:
            return country
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
