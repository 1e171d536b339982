"""Which blocks are not the document's own statement: lists of other articles, calls to share, what stands there twice."""

from __future__ import annotations

import re
from dataclasses import replace

from crosscheck.extraction.readers.dates import is_stamp
from crosscheck.extraction.source import ASIDE, HEADING, ITEM, PARAGRAPH, TITLE, Block

# Headings of what follows an article: from there on, nothing is its own.
SECTION = frozenset(
    name.strip()
    for name in """
    related | related articles | related article | related stories | related news | related posts | related content
    related links | related topics | see also | editor's choice | editors' choice | editor's pick | editor's picks
    editors' picks | popular | popular news | popular articles | popular stories | popular posts | most popular | most read
    most viewed | most shared | trending | trending now | top stories | top news | latest | latest news | latest stories
    latest articles | latest posts | recent posts | recent news | recent articles | recommended | recommended for you
    recommended articles | recommended stories | recommended reading | you may also like | you might also like
    you may also be interested in | more from this section | more news | more stories | more on this story
    more on this topic | more on this | more from us | other news | other stories | also in the news | news feed
    don't miss | read next | up next | what to read next | further reading | similar articles | similar news | comments
    leave a comment | leave a reply | add a comment | post a comment | about the author | about author | tags
    share this article | share this story | sponsored content | around the web | from the web | promoted content
    newsletter | sign up for our newsletter | subscribe to our newsletter | join the conversation
    читайте также | похожие новости | другие новости | последние новости | самое читаемое
    mehr zum thema | das könnte sie auch interessieren | lire aussi | sur le même sujet | lea también
    noticias relacionadas
    """.replace("\n", "|").split("|")
    if name.strip()
)
# Lines that point to one other article, alone or with its headline after a colon.
POINTER = re.compile(
    r"(?:(?:also )?read(?: also| more| next| this)?|see also|related(?: article| story| news)?|more(?: on this)?|"
    r"watch(?: also)?|don['’]t miss|recommended|editor['’]?s pick|читайте также|lesen sie auch|"
    r"lire aussi)\s*(?:[:|–—>»]|$)",
    re.IGNORECASE,
)
# Short lines around an article.
SMALL = re.compile(
    "|".join(
        (
            r"advertise(?:ment)?s?|ads? by .{0,40}|sponsored|tweet|follow us.{0,80}|copy link|click here.{0,80}",
            r"share(?: this.{0,30}| on .{0,60}| via .{0,40})?|print(?: this.{0,30})?|e-?mail(?: this.{0,30})?",
            r"subscribe(?: to .{0,80}| now| here)?|sign up(?: for .{0,80}| here| now)?|join (?:us|our) .{0,80}",
            r"back to top|skip to (?:main )?content|home|menu|search|load more|show more|read more.{0,3}|loading\.{0,3}",
            r"all rights reserved.{0,120}|(?:copyright|©|\(c\)).{0,160}",
            r"comments? \(\d+\)|\d+ comments?|\d+ min(?:ute)?s? read|(?:reading time|read time):? .{0,20}",
            r"(?:photo|image|picture|source|cover|illustration)(?: credit| by)?s?:.{0,120}",
            r"(?:tags|topics|keywords|categories|category|filed under):.{0,300}",
            r"cookie (?:policy|settings).{0,60}|privacy policy.{0,60}|download (?:our|the) app.{0,60}",
        )
    ),
    re.IGNORECASE,
)
REPEATED = 24  # characters from which a second printing of the same text counts as a repetition
ENDS_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]*\s*$")


def set_aside(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks with those that are not the document's own turned into ASIDE; titles stay."""
    shown = [" ".join(text[block.start : block.end].split()) for block in blocks]
    first: dict[str, int] = {}
    for index, (block, line) in enumerate(zip(blocks, shown, strict=True)):
        if block.kind != ASIDE:
            first.setdefault(line, index)
    repeated = [len(line) >= REPEATED and first.get(line, index) != index for index, line in enumerate(shown)]
    prose = [
        len(line) if block.kind in (PARAGRAPH, ITEM) and not again else 0
        for line, block, again in zip(shown, blocks, repeated, strict=True)
    ]
    total, before = sum(prose), 0
    pointing, ending, level = False, False, 0
    result = []
    for index, (block, line) in enumerate(zip(blocks, shown, strict=True)):
        before += prose[index]
        if block.kind in (TITLE, ASIDE):
            result.append(block if block.kind == TITLE else replace(block, level=0))
            continue
        if line.rstrip(":").lower().replace("’", "'") in SECTION and before:
            # The rest is not the article's if it is the smaller part; else just the headlines that follow.
            pointing, ending, level = True, ending or total - before <= before, block.level or level
        elif ending and block.kind == HEADING and 0 < block.level <= level:
            pointing = ending = False  # a section of the document begins
        elif POINTER.match(line) and not _has_sentences(line):
            pointing = pointing or line.rstrip(":|–—>» ").count(" ") <= 2  # headlines follow in lines of their own
        elif pointing and (
            (block.kind == HEADING and block.level) or _has_sentences(line) or ENDS_SENTENCE.search(line[-20:])
        ):
            pointing = False
        aside = ending or pointing or repeated[index] or _is_small(line)
        result.append(replace(block, kind=ASIDE, level=0) if aside else block)
    return tuple(result)


def _is_small(line: str) -> bool:
    if len(line) > 300:
        return False
    return bool(SMALL.fullmatch(line) or is_stamp(line) or (POINTER.match(line) and not _has_sentences(line)))


def _has_sentences(line: str) -> bool:
    return len(line) > 250 or line.count(". ") > 0
