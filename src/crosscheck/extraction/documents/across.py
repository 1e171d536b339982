"""What the sentences of a text tell of the figures of one another, when all of them are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from crosscheck.extraction.model import Mentions, Observed, Statement
from crosscheck.extraction.relations.across_lists import lists_across
from crosscheck.extraction.relations.across_orders import orders_across
from crosscheck.extraction.relations.across_paces import paces_across
from crosscheck.extraction.relations.across_parts import parts_across, shares_of_counts
from crosscheck.extraction.relations.across_steps import annualised_across, steps_across
from crosscheck.extraction.relations.lives import lives_told
from crosscheck.extraction.relations.slots import Told, lines_of
from crosscheck.extraction.sentences.belonging import give_only_one_to_headline, give_to_head, give_to_headline
from crosscheck.extraction.sentences.splitting import sentences
from crosscheck.extraction.source import ASIDE, Block, Source

GOES_ON = re.compile(
    r"(?:He|She|It|They|Founded|Established|Born|The (?:firm|company|business|club|school|society|shop|house))\b"
)


def tie_across(source: Source, read: Sequence[tuple[Block, Mentions]], statements: list[Statement]) -> list[Observed]:
    """Ties figures that one sentence tells of those of another, and adds those that make sense by that alone.

    Gives what is noticed. Of the headline at last: it is told by the figures below it.
    """
    blocks = [block for block, _ in read]
    give_to_headline(source.text, blocks, statements)
    give_to_head(source.text, statements)
    lines = list(lines_of(source, read))
    told = Told(source, statements)
    steps_across(lines, told)
    annualised_across(lines, told)
    parts_across(lines, told)
    shares_of_counts(lines, told)
    orders_across(lines, told)
    observed = lists_across(lines, told)
    observed += paces_across(lines, told)
    _lives_across(source, blocks, told)
    give_only_one_to_headline(source.text, blocks, statements)
    return observed


def _lives_across(source: Source, blocks: Sequence[Block], told: Told) -> None:
    """ "… is celebrating its 125th anniversary. It was founded in 1900": of whom the next sentence goes on to tell."""
    for block in blocks:
        if block.kind == ASIDE:
            continue
        for (start, middle), (begin, end) in pairwise(sentences(source.text, block.start, block.end)):
            if GOES_ON.match(source.text, begin) is None or any(True for _ in lives_told(source, start, middle)):
                continue
            if not any(True for _ in lives_told(source, begin, end)):
                for one in lives_told(source, start, end):
                    if one.start not in told.by_start:
                        told.add(one)
