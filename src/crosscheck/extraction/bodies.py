"""Companies and other bodies that no code list has: whose figures a document tells, and which it only mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INDICATOR, SOURCE
from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.firms import firms_in
from crosscheck.extraction.frame import REFERENCE
from crosscheck.extraction.lexicon import ordinary_words
from crosscheck.extraction.lexicon import words_of as words_in
from crosscheck.extraction.mentions import meets
from crosscheck.extraction.model import Mentions, Name
from crosscheck.extraction.phrases import without_legal_form
from crosscheck.extraction.source import ASIDE, Block, Table

ENTITY = "entity"
OFTEN = 4  # weight of mentions from which on a document is about a body
OF_RESULTS = 2  # the same in a text that tells the results of companies
ROWS = 40  # of a table, by which a report of a company is known
HEAD, OPENING = 300, 800  # characters from the beginning in which a body is named that a document is about
CHILD = re.compile(r"(?:['’]s)? (?:parent|owner)\b")
NEXT = re.compile(r" (\w+)")
LISTED = re.compile(r"(?:,? (?:Inc|Ltd|plc|PLC|AG|AB|SA|SE|NV|Corp)\.?)?,? \((?:[A-Za-z ]{2,20}: ?)?[A-Z][A-Z.]{0,5}\)")
LABEL = re.compile(r"((?:[A-Z][\w&.’'-]*[ ]){0,3}[A-Z][\w&.’'-]+)(?: Ltd| Limited| Inc)?\.? \| ")
# "Acme: sales for the first half", "Acme key figures 2022", "Acme H1 2024 results" at the head of a document.
TITLED = re.compile(
    r"\s*((?:[A-Z][\w&.’'-]*[ ]){0,3}?[A-Z][\w&.’'-]+)(?:,? (?:Inc|Ltd|plc|PLC|AG|AB|SA|SE|NV|Corp|Oyj|ASA)\.?)?"
    r"(?::| \||,? (?:reports?|posts?|announces?|[Kk]ey figures|[Rr]esults|[Ii]nterim|[QH][1-4]|[Ff]irst[ -]|"
    r"[Ss]econd[ -]|[Tt]hird[ -]|[Ff]ourth[ -]|[Ff]ull[ -]year|[Hh]alf[ -]year))"
)


@dataclass(frozen=True, slots=True)
class Bodies:
    """The body that a document is about, and what other names stand for it or for another body: "TI" for "Texas
    Instruments", and the companies that the text names as sold, polled or quoted have none."""

    main: str | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)  # by the start of a paragraph, the one that it is about


def bodies_of(text: str, read: Sequence[tuple[Block, Mentions]], lists: CodeLists, tables: Sequence[Table] = ()) -> Bodies:
    """The bodies of a document."""
    told = [(block, mentions) for block, mentions in read if block.kind != ASIDE]
    once = list(_without_repeats(text, told))
    names = [name for _, mentions in once for name in mentions.names if _is_body(text, name, mentions, lists)]
    aliases = _aliases({name_of(text, name) for name in names})
    begin = once[0][0].start if once else 0
    counts: Counter[str] = Counter()
    early: dict[str, int] = {}
    evident: set[str] = set()
    children: set[str] = set()
    for name in names:
        body = name_of(text, name)
        body = aliases.get(body, body)
        children |= {body} if CHILD.match(text, name.end) else set()
        listed = _is_listed(text, name) or text[max(name.start - 8, 0) : name.start].endswith("parent ")
        company = _is_company(text, name)
        early.setdefault(body, name.start - begin)
        evident |= {body} if listed or company or name.possessive or _acts(text, name) else set()
        counts[body] += 1 + company + 2 * listed
    results = sum(name.code in words_of("results") for _, mentions in told for name in mentions.names)
    results += sum(_is_result(row[0].text, lists) for table in tables for row in table.rows[:ROWS] if row)
    earned = any(name.code in words_of("results") - {"revenue"} for _, mentions in told for name in mentions.names)
    if results >= 2 and earned:
        for body, where in _firms(text, once, lists):
            body = aliases.get(body, body)
            early[body] = min(early.get(body, where), where - begin)
            evident.add(body)
            counts[body] += 1
    for body, where in early.items():
        counts[body] += 2 * (where < HEAD)
    enough = OF_RESULTS if results >= 2 else OFTEN
    free = [body for body, _ in counts.most_common() if early[body] < OPENING and body not in children]
    least = {body: enough if body in evident else OFTEN if " " in body else len(text) for body in free}
    main = next((body for body in free if counts[body] >= least[body]), None)
    if main is None and results:
        heads = ((TITLED.match(text, block.start, block.end), block, mentions) for block, mentions in once[:3])
        main = next(
            (head[1] for head, block, own in heads if head is not None and _is_free(head[1], own, block.start)), None
        )
    return Bodies(main, aliases, _labels(text, told) if results >= 2 else {})


def _is_result(heading: str, lists: CodeLists) -> bool:
    """Whether a row of a table is one that companies report."""
    code = lists.named(INDICATOR, heading.partition("(")[0].strip())
    return code is not None and code.id in words_of("results")


def _firms(text: str, read: Sequence[tuple[Block, Mentions]], lists: CodeLists) -> Iterator[tuple[str, int]]:
    """The names that act as companies do, without those of areas, sources and small words."""
    kinds = words_in("words")
    plain, no_firms = words_of("stop") | generic_words() | kinds["function"] | kinds["dates"], kinds["outlet"]
    titles = kinds["title"]
    for number, (block, mentions) in enumerate(read):
        known = {name.start for name in mentions.names if name.dimension != ENTITY}
        for words, where in firms_in(text, block.start, block.end, number == 0):
            while words and words.split()[0].lower() in plain:
                where += len(words.split()[0]) + 1
                words = words.partition(" ")[2]
            name = without_legal_form(words)
            around = text[max(where - 40, 0) : where].lower().split()[-2:] + name.lower().split()
            if name.lower() in no_firms | ordinary_words() or not titles.isdisjoint(around):
                continue
            if name and where not in known and not any(lists.named(kind, name) for kind in (REFERENCE, SOURCE, INDICATOR)):
                yield name, where


def _labels(text: str, read: Sequence[tuple[Block, Mentions]]) -> dict[int, str]:
    """The companies at the heads of paragraphs of a round-up: "Amber Mills | The company reported …"."""
    found = {
        block.start: without_legal_form(match[1])
        for block, _ in read
        if (match := LABEL.match(text, block.start, block.end))
    }
    return found if len(found) > 1 else {}


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
    return body.rstrip(".").lower() not in words_of("legal_form") and lists.named(SOURCE, body) is None


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


def name_of(text: str, name: Name) -> str:
    """The name of a body, without its legal form."""
    return name.code or without_legal_form(" ".join(text[name.start : name.end].split()))


def without_passing(text: str, block: Block, mentions: Mentions, bodies: Bodies, lists: CodeLists) -> Mentions:
    """The mentions without proper names of which nothing says that they are bodies with figures of their own, and short
    names as what they are short for."""
    names = []
    for name in (*mentions.names, *_named_again(text, block, mentions, bodies.main)):
        if name.dimension == ENTITY:
            full = bodies.aliases.get(name_of(text, name))
            if full is not None:
                name = replace(name, code=full)
            elif not _has_figures(text, name, bodies.main) or lists.named(SOURCE, name_of(text, name)) is not None:
                continue
        names.append(name)
    return replace(mentions, names=tuple(sorted(names, key=lambda name: name.start)))


def _named_again(text: str, block: Block, mentions: Mentions, main: str | None) -> Iterator[Name]:
    """Where the body that a document is about stands and was not taken for a name: "eBay", "H&M"."""
    if main is None:
        return
    for match in re.finditer(rf"(?<![\w&]){re.escape(main)}(?![\w&])", text[block.start : block.end]):
        start, end = match.start() + block.start, match.end() + block.start
        if not meets(mentions.names, start, end):
            yield Name(start, end, ENTITY, None, possessive=text[end : end + 1] in ("'", "’"))


def _is_company(text: str, name: Name) -> bool:
    words = text[name.start : name.end].lower().replace(".", "").split()
    return words[-1] in words_of("company")


def _has_figures(text: str, name: Name, main: str | None) -> bool:
    return name.possessive or name_of(text, name) == main or _is_company(text, name)
