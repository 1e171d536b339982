"""Whose results a release tells, as its title and first sentences say it: "Acme Plc Reports Half-Year Results",
"ESPOO – Acme Oyj (HEL: ACM) today announced", "Acme AB: Interim report", "Acme Ltd ("Acme" or the "Company")".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crosscheck.extraction.cues import words_of
from crosscheck.extraction.names.lexicon import ordinary_words
from crosscheck.extraction.names.lexicon import words_of as words_in
from crosscheck.extraction.sentences.phrases import without_legal_form
from crosscheck.inputs.values import value

HEAD = 5  # paragraphs in which a release says who issues it
REACH = 600  # characters of each of them
LONGEST = 60  # characters of a name
_WORD = r"(?:[A-Z\d](?:[\w&.’'/]|-(?!-))*|&|[a-z][A-Z]\w*)"
_NAME = rf"(?P<name>{_WORD}(?: (?:of |and |de |for |van |von |of the )?{_WORD}){{0,6}}?)"
_FORM = (
    r"(?P<form>(?: \([A-Z]{1,3}\))?,? "
    r"(?:Inc|Incorporated|Ltd|Limited|LTD|plc|PLC|Plc|AG|AB|ASA|A/S|A\.S|SA|S\.A|S\.p\.A|SpA|SE|NV|N\.V|Corp|"
    r"Corporation|Co|Company|Oyj|Oy|Bhd|Berhad|Tbk|PJSC|OJSC|JSC|QPSC|KGaA|GmbH|Pty|Pte|L\.P|LP|LLC|REIT|Trust|Bancorp|ADR)"
    r"\b\.?)"
)
_ASIDE = r"(?:\s?\([^()\n]{2,120}\))"
_SAYS = (
    r"(?:announce|report|post|publishe|release|deliver|declare|record|achieve|provide|issue|book|generate|"
    r"present|log|swing|return|beat|raise|lift|increase|reduce|register|see)(?:s|d|ed)?\b"
)
_TITLE_SAYS = (
    r"(?i:announces?|reports?|posts?|publishes|releases|released|delivers|declares|records|achieves|provides|issues|books|logs|swings|"
    r"returns|beats|raises|lifts|increases|reduces|registers|sees|narrows|widens|doubles|announced|reported|posted|said)\b"
)
_PART = (
    r"(?:[QH][1-4]|FY|[1-4][QH]|9M|(?i:first|second|third|fourth|half|full|nine|six|interim|annual|quarterly|preliminary|"
    r"final))"
)
_OF_RESULTS = re.compile(
    r"(?i)\b(?:results?|earnings|quarter|half|profit|loss|sales|revenues?|dividend|fiscal|trading (?:update|statement)|"
    r"interim|full[ -]year|annual|production|guidance|income|FY ?\d\d|[QH][1-4])"
)
# "SYDNEY--", "TORONTO, Aug. 14, 2024 (GLOBE NEWSWIRE) -- ": where and when a release is written.
_DATELINE = re.compile(r"\s*[A-Z][^\n:]{1,100}?(?:\s?[-–—]{2}|\s[-–—]|--\(\)--)\s?(?=[A-Z])")
# The strongest first: listed or called "the Company", the verb of a title, a title of parts, a legal form before a verb.
_LISTED = re.compile(
    rf"{_NAME}{_FORM}?(?:, the [^()\n]{{2,80}})?{_ASIDE}{{0,2}}\s?\("
    r"(?:[“\"'‘]?[A-Za-z.]+[A-Za-z. ]{0,24}: ?[A-Z0-9][A-Z0-9.]{0,9}\b|[A-Z0-9]{1,6}\.[A-Z]{1,3}[,)]|"
    r"[^()\n]{0,80}[“\"‘']?(?i:the|our)\s[“\"‘']?(?:Company|Group|Bank|Corporation|Firm|Trust|Partnership|REIT|Fund|Issuer)[”\"’']?)"
)
_TITLED = re.compile(
    rf"\s*(?:[A-Z]\w+['’]s )?{_NAME}{_FORM}?{_ASIDE}?(?: group| bank)?,? (?:today |just |has |on \w+day )?{_TITLE_SAYS}"
)
_LABELLED = re.compile(
    rf"\s*{_NAME}{_FORM}?{_ASIDE}?(?:\s?[:|–—-]\s|,? )(?:(?i:unaudited|audited|strong|solid|record)\s)?{_PART}"
)
_FORMED = re.compile(rf"(?<![\w.]){_NAME}{_FORM}{_ASIDE}{{0,3}}[^.\n]{{0,100}}?\s(?:today |on \w+day )?{_SAYS}")
_KIND = (
    r"(?:maker|group|giant|company|retailer|bank|airline|firm|chain|automaker|carmaker|manufacturer|producer|operator|insurer|"
    r"lender|supplier|developer|conglomerate|utility|brewer|drugmaker|chipmaker|miner)"
)
_INTRODUCED = re.compile(rf"\b{_KIND} {_NAME}{_FORM}?{_ASIDE}?,? (?:has |just |on \w+day )?{_TITLE_SAYS}")
_OWNED = re.compile(rf"(?<![\w.]){_NAME}{_FORM}['’]s (?:[a-z-]+ ){{0,2}}(?:net |profit|revenue|sales|earnings|operating )")
# Without what there is nothing to find, which is quickly seen.
_NEEDED = {_LISTED: re.compile(r"\("), _FORMED: re.compile(_FORM), _OWNED: re.compile(_FORM)}
_BESIDE = re.compile(r"\([“\"‘'](?P<short>[A-Z][\w&.’' -]{1,30}?)[”\"’']|\(“?(?P<bare>[A-Z][A-Za-z0-9&]{1,14})”?\)")
_COMPOUND = re.compile(r"[A-Z][a-z]+-[a-z]+(?: |$)")
_LOWER = re.compile(r"(?<![\w'’-])[a-z]{3,}")
_CALLED = frozenset(
    ("the", "our", "company", "group", "bank", "corporation", "firm", "trust", "partnership", "q1", "q2", "q3", "q4")
)
OF_TITLE = 2  # names of results from which on a title may be that of a release


OTHERS = ((_INTRODUCED, False), (_OWNED, False))


@value
class Issuer:
    """The name of who issues a release, without its legal form, and shorter names by which the text calls it."""

    name: str
    shorts: tuple[str, ...] = ()


def issuer_of(blocks: Sequence[str], results: int) -> Issuer | None:
    """Who issues the release that begins with these paragraphs, or None where they do not say it plainly.

    `results` is how many names of what companies report the text has: a title alone tells it only where there are some.
    """
    head = [block[:REACH] for block in blocks[:HEAD]]
    lower: frozenset[str] = frozenset()
    for pattern, of_title in ((_LISTED, False), (_TITLED, True), (_LABELLED, True), (_FORMED, False), *OTHERS):
        if results < OF_TITLE and (of_title or pattern in (_INTRODUCED, _OWNED)):
            continue
        for block in head[:3] if of_title else head:
            if pattern in _NEEDED and not _NEEDED[pattern].search(block):
                continue
            dateline = _DATELINE.match(block)
            match = pattern.match(block, dateline.end() if dateline else 0) if of_title else pattern.search(block)
            if match is None or (of_title and not _OF_RESULTS.search(block, match.end("name"))):
                continue
            if of_title and not lower:
                lower = frozenset(word for block in blocks for word in _LOWER.findall(block))
            name = _name(match["name"], lower if of_title else frozenset(), match["form"] is not None)
            if name is not None:
                return Issuer(name, _shorts(name, block[match.end("name") : match.end("name") + REACH]))
    return None


def _name(words: str, lower: frozenset[str], formed: bool) -> str | None:
    """The words as a name, without those that belong to none at their beginning; None where they are nobody's.

    `formed` tells that a legal form follows; `lower` are the words that stand in the text in small letters too, of which no
    name in a title is made.
    """
    plain, kinds = ordinary_words(), words_in("words")
    pieces = words.replace("’", "'").split()
    while pieces and pieces[0].lower().strip(".,") in kinds["function"] | kinds["dates"]:
        pieces.pop(0)
    name = without_legal_form(" ".join(pieces)).strip(".,&-/ ")
    said = [word.lower().strip(".,") for word in name.split()]
    if (
        not said
        or "'s" in pieces[-1]
        or len(name) > LONGEST
        or len(name) < 2
        or not name[0].isalnum()
        or _COMPOUND.match(name)
        or name.isdecimal()
    ):
        return None
    of_company = formed or "&" in said or "and" in said or not kinds["organisation"].isdisjoint(said)
    if (not of_company and not kinds["title"].isdisjoint(said)) or all(
        word in plain or word in words_of("generic") for word in said
    ):
        return None
    if lower and not formed and (not kinds["office"].isdisjoint(said) or _is_common(said, lower)):
        return None
    return name


def _is_common(words: Sequence[str], lower: frozenset[str]) -> bool:
    """Whether words in capitals are those of everyday: the last one, or the only one, stands in small letters as well."""
    return (words[-1] in lower and words[-1] not in words_of("company")) or _OF_RESULTS.fullmatch(words[-1]) is not None


def _shorts(name: str, behind: str) -> tuple[str, ...]:
    """Shorter names: in brackets behind it ("Acme" or the "Company"), and its first word if that is nobody else's."""
    first = behind.split("\n")[0]
    found = [match["short"] or match["bare"] for match in _BESIDE.finditer(first[:160])]
    shorts = [short for short in found if short and short.split()[0].lower() not in _CALLED and short != name]
    head = name.split()[0]
    if " " in name and len(head) > 3 and head.lower() not in ordinary_words() | words_in("words")["organisation"]:
        shorts.append(head)
    return tuple(dict.fromkeys(shorts))
