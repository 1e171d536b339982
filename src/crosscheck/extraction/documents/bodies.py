"""Companies and other bodies that no code list has: whose figures a document tells, and which it only mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from operator import itemgetter

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INDICATOR, SOURCE
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.documents.issuer import issuer_of
from crosscheck.extraction.documents.mentions import meets
from crosscheck.extraction.documents.topic import without_scopes
from crosscheck.extraction.model import Mentions, Name
from crosscheck.extraction.names.firms import COMPOUND, HEADLINE_VERB, employers_in, firms_in, is_introduced, teller
from crosscheck.extraction.names.lexicon import ordinary_words
from crosscheck.extraction.names.lexicon import words_of as words_in
from crosscheck.extraction.sentences.frame import REFERENCE
from crosscheck.extraction.sentences.phrases import without_legal_form
from crosscheck.extraction.source import ASIDE, Block, Table
from crosscheck.inputs.values import replace, value

ENTITY = "entity"
OFTEN = 4  # weight of mentions from which on a document is about a body
OF_RESULTS = 2  # the same in a text that tells the results of companies
ROWS = 40  # of a table, by which a report of a company is known
HEADS = 40  # paragraphs in which words in small letters are looked for
TITLES = 3  # paragraphs: above a title may stand a date, a place and whose release it is
HEADING = 60  # characters of a line that is one, where no mark ends it
HEAD, OPENING = 300, 800  # characters from the beginning in which a body is named that a document is about
CHILD = re.compile(r"(?:['’]s)? (?:parent|owner)\b")
NEXT = re.compile(r" (\w+)")
LISTED = re.compile(r"(?:,? (?:Inc|Ltd|plc|PLC|AG|AB|SA|SE|NV|Corp)\.?)?,? \((?:[A-Za-z ]{2,20}: ?)?[A-Z][A-Z.]{0,5}\)")
GIVEN = re.compile(r" \([\"“']?([A-Z][\w&.-]{1,11})[\"”']?\)")
LABEL = re.compile(r"((?:[A-Z][\w&.’'-]*[ ]){0,3}[A-Z][\w&.’'-]+)(?: Ltd| Limited| Inc)?\.? \| ")
# "Acme: sales for the first half", "Acme key figures 2022", "Acme H1 2024 results" at the head of a document.
TITLED = re.compile(
    r"\s*((?:[A-Z][\w&.’'-]*[ ]){0,3}?[A-Z][\w&.’'-]+)(?:,? (?:Inc|Ltd|plc|PLC|AG|AB|SA|SE|NV|Corp|Oyj|ASA)\.?)?"
    r"(?::| \||,? (?:[Rr]eports?|[Pp]osts?|[Aa]nnounces?|[Kk]ey figures|[Rr]esults|[Ii]nterim|[QH][1-4]|[Ff]irst[ -]|"
    r"[Ss]econd[ -]|[Tt]hird[ -]|[Ff]ourth[ -]|[Ff]ull[ -]year|[Hh]alf[ -]year))"
)


_FORM = re.compile(
    r"(?: \([A-Z]{1,3}\))?,? "
    r"(?:Inc\.?|Ltd\.?|Limited|plc|PLC|AG|AB|ASA|A/S|SE|Corp\.?|Corporation|Co\.|Oyj|Bhd|Berhad|LLC|N\.V\.|S\.A\.|"
    r"S\.p\.A\.)(?![\w-])"
)
_TURNOVER = re.compile(r"(?i:turnover)")
# What a part of a body stands after, and how a text speaks of the company that it is about.
WITHIN = re.compile(r"\b(?:in|at|for|from|of|the|according to)\s$")
ROUND_UP = re.compile(r"\b(?:[Ee]arnings|[Rr]esults) (?:[Ww]rap|[Rr]ound-?[Uu]p)\b|\b[Rr]ound-?up\b")
SPOKEN_OF = re.compile(r"\b[Tt]he (?:company|group|firm|bank|retailer|chain|lender|airline|maker|carmaker|manufacturer)\b")
HEADED = re.compile(r"\s*(?:[A-Z][\w.]{1,14}['’]s? )?(?P<name>(?:[A-Z][\w&.-]* ){0,2}[A-Z][\w&-]+)(?:['’]s)?,? [a-z]")


@value
class Bodies:
    """The body that a document is about, and what other names stand for it or for another body: "TI" for "Texas
    Instruments", and the companies that the text names as sold, polled or quoted have none."""

    main: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)  # by the start of a paragraph, the one that it is about
    is_issuer: bool = False  # the document says itself that it tells the results of `main`


def tells_of_several(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the title of a document says that it is a round-up of several companies' results."""
    heads = [block for block in blocks if block.kind != ASIDE][:TITLES]
    return any(ROUND_UP.search(text, head.start, min(head.end, head.start + HEAD)) for head in heads)


@lru_cache(maxsize=1)
def _central_banks() -> frozenset[str]:
    """The names of central banks, which tell figures of a country and have none in the news."""
    banks = re.compile(r"\b(?:bank|banco|banque|banca|bangko|mongolbank|riksbank|bundesbank)\b|monetary authority")
    return frozenset(name for names in words_in("institutions").values() for name in names if banks.search(name))


def _is_nobodys(name: str, lists: CodeLists) -> bool:
    """Whether a name is none of the lists': of an area, a source or an indicator."""
    return not any(lists.named(kind, name) for kind in (REFERENCE, SOURCE, INDICATOR))


def bodies_of(text: str, read: Sequence[tuple[Block, Mentions]], lists: CodeLists, tables: Sequence[Table] = ()) -> Bodies:
    """The bodies of a document."""
    told = [(block, mentions) for block, mentions in read if block.kind != ASIDE]
    once = list(_without_repeats(text, told))
    names = [name for _, mentions in once for name in mentions.names if _is_body(text, name, mentions, lists)]
    results = sum(name.code in words_of("results") for _, mentions in told for name in mentions.names)
    results += sum(_is_result(row[0].text, lists) for table in tables for row in table.rows[:ROWS] if row)
    earned = any(name.code in words_of("results") - {"revenue"} for _, mentions in told for name in mentions.names)
    spoken = SPOKEN_OF.search(text) is not None
    firms = list(_firms(text, once, lists)) if spoken or (results >= 2 and earned) else []
    aliases = _aliases({name_of(text, name) for name in names}) | _short_forms(text, names, firms)
    begin = once[0][0].start if once else 0
    counts: Counter[str] = Counter()
    early: dict[str, int] = {}
    evident: set[str] = set()
    children: set[str] = set()
    free_of: set[str] = set()  # those that stand somewhere without "in" or "the" before them
    for name in names:
        body = name_of(text, name)
        body = aliases.get(body, body)
        named = _is_company(text, name) or WITHIN.search(text, max(name.start - 14, 0), name.start) is None
        free_of |= {body} if named else set()
        children |= {body} if CHILD.match(text, name.end) else set()
        listed = _is_listed(text, name) or text[max(name.start - 8, 0) : name.start].endswith("parent ")
        company = _is_company(text, name)
        early.setdefault(body, name.start - begin)
        evident |= {body} if listed or company or name.possessive or _acts(text, name) else set()
        counts[body] += 1 + company + 2 * listed
    for body, where in firms:
        body = aliases.get(body, body)
        early[body] = min(early.get(body, where), where - begin)
        evident.add(body)
        free_of.add(body)
        counts[body] += 1
    for body, where in early.items():
        counts[body] += 2 * (where < HEAD)
    free = [body for body, _ in counts.most_common() if early[body] < OPENING and body not in children]
    least = {body: _least(body, body in evident, body in free_of, results + 2 * spoken) for body in free}
    areas = Counter(name.code for _, mentions in once for name in mentions.names if name.dimension == REFERENCE)
    if not results and not spoken and areas:  # an institute that speaks of a country, and no company
        least = {body: max(weight, areas.most_common(1)[0][1] + 1) for body, weight in least.items()}
    issuer = issuer_of([text[block.start : block.end] for block, _ in once[:HEADS]], results)
    if issuer is not None and _is_nobodys(issuer.name, lists):
        aliases |= {short: issuer.name for short in issuer.shorts if _is_nobodys(short, lists)}
        labels = _labels(text, told, issuer.name, lists) if results >= 2 else {}
        return Bodies(issuer.name, aliases, labels, is_issuer=True)
    main = next((body for body in free if counts[body] >= least[body]), None)
    if main is None and results >= 2 and once and spoken:
        main = _at_the_head(text, once[0], lists)
    if main is None and results >= 2:
        main = _employer(text, once, lists)
    if main is None and results:
        heads = ((TITLED.match(text, block.start, block.end), block, mentions) for block, mentions in once[:3])
        free_heads = (head[1] for head, block, own in heads if head is not None and _is_free(head[1], own, block.start))
        main = next((head for head in free_heads if not _is_of_common_words(text, head)), None)
    main, aliases = _as_titled(text, once, main, aliases)
    return Bodies(main, aliases, _labels(text, told, main, lists) if results >= 2 else {})


def _as_titled(
    text: str, read: Sequence[tuple[Block, Mentions]], main: str | None, aliases: dict[str, str]
) -> tuple[str | None, dict[str, str]]:
    """The body by the name that the title gives it, where the text says so: "AS Sadam (Port of Acme)" in one on that."""
    if main is None or not read or main in text[read[0][0].start : read[0][0].end]:
        return main, aliases
    beside = re.search(rf"\b{re.escape(main)} \((?:the )?([A-Z][\w’'&.-]{{1,30}}(?: [\w’'&.-]{{1,30}}){{1,4}})\)", text)
    if beside is None or beside[1] not in text[read[0][0].start : read[0][0].end]:
        return main, aliases
    return beside[1], {**{name: beside[1] if to == main else to for name, to in aliases.items()}, main: beside[1]}


def _least(body: str, is_evident: bool, is_free: bool, results: int) -> float:
    """The weight from which on a body may be the one that a text is about."""
    if is_evident and is_free:
        return OF_RESULTS if results >= 2 else OFTEN
    return OFTEN if " " in body and is_free and results else float("inf")


def _at_the_head(text: str, first: tuple[Block, Mentions], lists: CodeLists) -> str | None:
    """The name that the title of a text on "the company" begins with: "Acme trims losses"; no word of everyday."""
    block, mentions = first
    match = HEADED.match(text, block.start, block.end)
    if match is None or not _is_free(match["name"], mentions, match.start("name")):
        return None
    name = without_legal_form(match["name"])
    common = re.search(rf"\b{re.escape(name.split()[0].lower())}(?:s|es)?\b", text)
    return None if common or any(lists.named(kind, name) for kind in (REFERENCE, SOURCE, INDICATOR)) else name


def _is_of_common_words(text: str, name: str) -> bool:
    """Whether the last word of what may be a name stands in the text as a common word: "Additional Data: …"."""
    last = name.split()[-1].lower()
    return " " in name and (re.search(rf"\b{re.escape(last)}\b", text) is not None or last in ordinary_words())


def _is_result(heading: str, lists: CodeLists) -> bool:
    """Whether a row of a table is one that companies report."""
    code = lists.named(INDICATOR, heading.partition("(")[0].strip())
    return code is not None and code.id in words_of("results")


def _employer(text: str, read: Sequence[tuple[Block, Mentions]], lists: CodeLists) -> str | None:
    """The one company whose officers a text quotes, where it does not begin with its name."""
    plain = words_of("stop") | generic_words() | words_in("words")["function"] | ordinary_words()
    found: Counter[str] = Counter()
    for block, _ in read:
        for words, _ in employers_in(text, block.start, block.end):
            name = without_legal_form(words)
            if name.split()[0].lower() not in plain and not any(lists.named(kind, name) for kind in (REFERENCE, SOURCE)):
                found[name] += 1
    return next(iter(found)) if len(found) == 1 else None


def _firms(text: str, read: Sequence[tuple[Block, Mentions]], lists: CodeLists) -> Iterator[tuple[str, int]]:
    """The names that act as companies do, without those of areas, sources and small words."""
    kinds = words_in("words")
    plain = words_of("stop") | generic_words() | kinds["function"] | kinds["dates"]
    no_firms = kinds["outlet"] | ordinary_words() | _central_banks()
    titles = kinds["title"]
    for number, (block, mentions) in enumerate(read):
        known = {name.start for name in mentions.names if name.dimension != ENTITY}
        for words, where in firms_in(text, block.start, block.end, number == 0):
            introduced = is_introduced(text, where)
            while words and words.split()[0].lower() in plain and not introduced:
                where += len(words.split()[0]) + 1
                words = words.partition(" ")[2]
            name = without_legal_form(words)
            around = text[max(where - 40, 0) : where].lower().split()[-2:] + name.lower().split()
            if (
                name.lower() in no_firms | ordinary_words() | _central_banks()
                or not titles.isdisjoint(around)
                or COMPOUND.match(name)
            ):
                continue
            if name and where not in known and not any(lists.named(kind, name) for kind in (REFERENCE, SOURCE, INDICATOR)):
                yield name, where


def _labels(text: str, read: Sequence[tuple[Block, Mentions]], main: str | None, lists: CodeLists) -> dict[int, str]:
    """The companies that paragraphs are about, and not the text: those at the heads of a round-up's ("Amber Mills | The
    company reported …"), or further ones than the one that it begins with."""
    matches = ((block.start, LABEL.match(text, block.start, block.end)) for block, _ in read)
    found = {start: without_legal_form(match[1]) for start, match in matches if match is not None}
    return found if len(found) > 1 else _sections(text, read, main, lists) if main is not None else {}


def _sections(text: str, read: Sequence[tuple[Block, Mentions]], main: str, lists: CodeLists) -> dict[int, str]:
    """By paragraph, companies that a text on another turns to: "Amber Mills on Monday reported net profit of …", and all
    that stands under a heading such as "Amber net up 8%"."""
    found: dict[int, str] = {}
    section: list[int] = []  # the paragraphs under the heading of a company, with that heading
    for block, mentions in read[1:]:
        is_heading = block.end - block.start < HEADING and text[block.start : block.end].rstrip()[-1:] not in ".!?:;"
        section = [] if is_heading else section
        told = teller(text, block.start, block.end, is_heading) if mentions.numbers or section else None
        if told is not None and (told.split()[0] == main.split()[0] or not _is_nobodys(told, lists)):
            section = []
        elif section and (told is None or told.split()[0] == found[section[0]].split()[0]):
            section.append(block.start)
            name = max(told or "", found[section[0]], key=len)  # the heading has a shorter one
            found |= dict.fromkeys(section, name)
        elif told is not None and (is_heading or any(name.code in words_of("results") for name in mentions.names)):
            found[block.start] = told
            section = [block.start] if is_heading else []
    return found


def _acts(text: str, name: Name) -> bool:
    """Whether the body does something with figures: "Acme reported"."""
    following = NEXT.match(text, name.end)
    return following is not None and following[1] in words_in("words")["acts"]


def _is_listed(text: str, name: Name) -> bool:
    """Whether a share's symbol follows: "Texas Instruments Inc (TXN)"; "the Consumer Price Index (CPI)" is only short."""
    found = LISTED.match(text, name.end)
    if found is None:
        return False
    words = re.findall(r"[^\W_]+", text[max(name.end - 80, 0) : name.end])
    short = found[0].rstrip(")").rpartition("(")[2]
    return short.lower() != "".join(word[0] for word in words[-len(short) :]).lower()


def _is_body(text: str, name: Name, mentions: Mentions, lists: CodeLists) -> bool:
    """Whether a proper name may be a body with figures: not a unit behind a number, nor who compiled them."""
    if name.dimension != ENTITY or meets(mentions.numbers, name.start - 2, name.start):
        return False
    body = name_of(text, name)
    none = words_of("legal_form") | _central_banks()
    return body.rstrip(".").lower() not in none and lists.named(SOURCE, body) is None


def _without_repeats(text: str, read: Sequence[tuple[Block, Mentions]]) -> Iterator[tuple[Block, Mentions]]:
    """The blocks, those that repeat an earlier one left out: a title often stands twice."""
    seen: set[str] = set()
    for block, mentions in read:
        words = text[block.start : block.end].strip()
        if words not in seen:
            seen.add(words)
            yield block, mentions


def _is_free(words: str, mentions: Mentions, start: int) -> bool:
    """Whether no name of the lists stands at the head of a document, as in "Japan: first-quarter results"."""
    plain = words_of("stop") | generic_words() | ordinary_words()
    return words.split()[0].lower() not in plain and not any(
        name.start < start + len(words) and name.dimension != ENTITY for name in mentions.names
    )


def _aliases(bodies: set[str]) -> dict[str, str]:
    """Short names by what they are short for: initials, and the first words of a longer name."""
    found: dict[str, str] = {}
    for body in sorted(bodies, key=lambda name: (len(name), name)):
        words = body.split()
        initials = "".join(word[0] for word in words if word[0].isupper())
        if len(words) > 1 and initials in bodies and initials != body:
            found[initials] = body
    return found


def _short_forms(text: str, names: Sequence[Name], firms: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Names within that of a firm ("Motion" of "Research In Motion"), and those in brackets: "Frankfurt Airport (FRA)"."""
    found: dict[str, str] = {}
    bodies = {name_of(text, name) for name in names}
    places = sorted((where, firm) for firm, where in firms)
    for name in names:
        body = name_of(text, name)
        where, firm = places[at - 1] if (at := bisect_right(places, name.start, key=itemgetter(0))) else (0, "")
        if name.start < where + len(firm) and firm.endswith(f" {body}"):
            found[body] = firm
        given = GIVEN.match(text, name.end)
        if given is not None and given[1] in bodies and given[1] != body:
            found[given[1]] = body
    return found


def name_of(text: str, name: Name) -> str:
    """The name of a body, without its legal form."""
    return name.code or without_legal_form(HEADLINE_VERB.sub("", " ".join(text[name.start : name.end].split())))


def without_passing(text: str, block: Block, mentions: Mentions, bodies: Bodies, lists: CodeLists) -> Mentions:
    """The mentions without proper names of which nothing says that they are bodies with figures of their own, and short
    names as what they are short for."""
    names = []
    bodies = replace(bodies, main=bodies.labels.get(block.start, bodies.main))
    again = [bodies.main, *(short for short, full in bodies.aliases.items() if bodies.is_issuer and full == bodies.main)]
    more = _apart([name for body in again for name in _named_again(text, block, mentions, body, bodies.is_issuer)])
    for name in (*(name for name in mentions.names if not meets(more, name.start, name.end)), *more):
        if name.possessive and name.dimension == REFERENCE and any(0 < one.start - name.end <= 3 for one in more):
            continue  # "Norway's Acme": where it has its seat
        if name.dimension == ENTITY:
            full = bodies.aliases.get(name_of(text, name))
            if full is not None:
                name = replace(name, code=full)
            elif not _has_figures(text, name, bodies.main) or lists.named(SOURCE, name_of(text, name)) is not None:
                continue
        elif bodies.main is not None and name.code == "trade-turnover" and _TURNOVER.fullmatch(text, name.start, name.end):
            name = replace(name, code="revenue")  # what a company turns over is what it sells
        names.append(name)
    return without_scopes(text, replace(mentions, names=tuple(sorted(names, key=lambda name: name.start))), lists)


def _named_again(text: str, block: Block, mentions: Mentions, main: str | None, is_issuer: bool) -> Iterator[Name]:
    """Where the body that a document is about stands and was not taken for a name: "eBay", "H&M"; with its legal form, and
    over names that are a part of it, where the document says that it is its own: "Acme Companies, Inc."."""
    if main is None:
        return
    for match in re.finditer(rf"(?<![\w&]){re.escape(main)}(?![\w&])", text[block.start : block.end]):
        start, end = match.start() + block.start, match.end() + block.start
        formed = _FORM.match(text, end) if is_issuer else None
        end = formed.end() if formed is not None else end
        if is_issuer or not meets(mentions.names, start, end):
            yield Name(start, end, ENTITY, main if is_issuer else None, possessive=text[end : end + 1] in ("'", "’"))


def _apart(names: Sequence[Name]) -> list[Name]:
    """Names none of which lies within another: the longer ones."""
    found: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not found or name.start >= found[-1].end:
            found.append(name)
    return found


def _is_company(text: str, name: Name) -> bool:
    words = text[name.start : name.end].lower().replace(".", "").split()
    return words[-1] in words_of("company")


def _has_figures(text: str, name: Name, main: str | None) -> bool:
    return name.possessive or name_of(text, name) == main or _is_company(text, name)
