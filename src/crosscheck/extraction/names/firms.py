"""Companies by what is said of them in texts on results: "Acme on Tuesday posted", "Acme's profit", "shares in Acme".

A name alone is hard to tell from other words with a capital letter. In a text that tells results, these words around it
show whose they are, whatever shape the name has: "eBay", "H&M", "3M", "UPM".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crosscheck.extraction.cues import generic_words, words_of
from crosscheck.extraction.names.lexicon import words_of as words_in

WORD = r"(?:[A-Z][\w&\-]*(?:['’][A-Z]\w+)?(?:\.com)?|[a-z][A-Z]\w+|\d[A-Z]\w*)"
NAME = rf"(?P<name>{WORD}(?: (?:& |and |of )?{WORD}){{0,3}})"
DAY = r"(?: on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?"
DOES = (
    r"(?:has )?(?:reported|posted|announced|booked|earned|beat|missed|expects|swung|logged|generated|reports|posts|beats|"
    r"sees|records|recorded|registers|registered|delivers|delivered|swings|lifts|raises)\b"
)
FORM = r"(?:,? (?:Inc|Ltd|Limited|plc|PLC|AG|AB|A\.B|SA|S\.A|SE|NV|N\.V|Corp|Oyj|ASA|A/S|SpA|Bhd|Tbk)\b\.?)"
OF_RESULTS = (
    r"(?:net|operating|gross|sales|revenues?|profits?|earnings|results?|turnover|order|shares?|stock|income|quarterly|annual|"
    r"adjusted|underlying|ebitda|ebit|comparable|organic|(?:first|second|third|fourth|full|half|Q[1-4]|H[12])[- ])"
)
KIND = (
    r"(?:maker|group|giant|company|retailer|bank|airline|firm|chain|brand|parent|automaker|carmaker|manufacturer|producer|"
    r"operator|insurer|lender|supplier|developer|conglomerate|startup|utility|brewer|drugmaker|chipmaker|miner)"
)
CASES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.]){NAME}{FORM}?{DAY},? {DOES}",
        rf"(?<![\w.]){NAME}{FORM}(?! \w+ (?:of|for)\b)",
        rf"(?<![\w.]){NAME}{FORM}?{DAY},? said{DAY} (?:its|that its|{OF_RESULTS})",
        rf"(?<![\w.]){NAME}['’]s? {OF_RESULTS}",
        rf"\b[Ss]hares (?:of|in) {NAME}\b",
        rf"\bsaid {NAME} in its\b",
        rf"\b{KIND} {NAME}\b",
        rf"(?<![\w.]){NAME} {OF_RESULTS}",
    )
)
_OFFICER = (
    r"(?:(?:chief executive|chief financial|chief operating)(?: officer)?|chief executive|CEO|CFO|COO|president|chairman|"
    r"chairwoman|chair|managing director|group chief)"
)
OFFICERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.]){NAME}['’]s? (?:\w+ ){{0,2}}{_OFFICER}\b",
        rf"\b(?:{_OFFICER}|[Cc]hief [Ee]xecutive [Oo]fficer|[Cc]hief [Ee]xecutive|Chief Financial Officer|President)"
        rf"(?: and \w+)?,? (?:of|at) (?:the )?{NAME}",
        rf"(?<![\w.]){NAME} (?:CEO|CFO|COO|chief executive|chairman|president)\b",
    )
)
# Who a paragraph begins with, and the same of a heading: "Amber Mills (Amber) on Monday reported", "Amber net up 8%".
_TELLS = re.compile(
    rf"(?:(?:[\w'’-]+ ){{0,4}}{KIND} )?{NAME}{FORM}?(?: \([^()\n]{{2,40}}\))?{DAY},? "
    rf"(?:{DOES}|said{DAY} (?:its|that its|{OF_RESULTS}))"
)
_HEADS = re.compile(rf"{NAME} {OF_RESULTS}")
# "Fourth-quarter", "Single-family": no name goes on with a small letter after its hyphen.
COMPOUND = re.compile(r"[A-Z][a-z]+-[a-z]+(?: |$)")
HEADLINE_VERB = re.compile(r" (?:Reports|Posts|Announces|Delivers|Sees|Books|Logs|Results)(?: .*)?$")
_OF_A_KIND = re.compile(rf"\b{KIND} $")
# As long as a text on one company may be before its name is said; what is longer is no name of one.
LONGEST = 40


def firms_in(text: str, start: int, end: int, is_title: bool) -> Iterator[tuple[str, int]]:
    """Names that act as companies do in a stretch of text, each with its place; the last case in titles only."""
    for case in CASES if is_title else CASES[:-1]:
        for match in case.finditer(text, start, end):
            if len(match["name"]) <= LONGEST:
                yield HEADLINE_VERB.sub("", match["name"]), match.start("name")


def teller(text: str, start: int, end: int, is_heading: bool) -> str | None:
    """The company with whose report a paragraph or a heading begins; None where it begins otherwise."""
    match = _TELLS.match(text, start, end) or (_HEADS.match(text, start, end) if is_heading else None)
    name = match["name"] if match is not None and len(match["name"]) <= LONGEST else ""
    kinds = words_in("words")
    plain = words_of("stop") | generic_words() | kinds["function"] | kinds["dates"] | kinds["common"] | kinds["office"]
    return None if not name or COMPOUND.match(name) or not plain.isdisjoint(name.lower().split()) else name


def is_introduced(text: str, start: int) -> bool:
    """Whether what kind of company it is stands before a name, whatever words that is made of: "retailer For You"."""
    return _OF_A_KIND.search(text, max(start - 20, 0), start) is not None


def employers_in(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Companies whose officers a stretch of text quotes: "said Ada Berg, Acme's chief executive"."""
    for case in OFFICERS:
        for match in case.finditer(text, start, end):
            if len(match["name"]) <= LONGEST:
                yield match["name"], match.start("name")
