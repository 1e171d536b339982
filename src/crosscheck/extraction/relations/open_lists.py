"""Parts that a text lists of a total without saying that they are all: "… fruit, including 1.9 million tons of grapes"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crosscheck.claims.model import INFERRED
from crosscheck.extraction.cues import words_of
from crosscheck.extraction.model import Known, Statement
from crosscheck.extraction.patterns import compiled
from crosscheck.extraction.relations.apart import DETAIL
from crosscheck.extraction.relations.lists import INDICATOR, ITEM
from crosscheck.extraction.sentences.frame import carried
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.extraction.sentences.tokens import Token, letters
from crosscheck.inputs.values import replace

INCLUDING = ("including", "included", "includes", "among them", "among which", "of which")
BETWEEN = re.compile(r"S?[.XIAEoiftwgTjb-]{0,10}(?:,|a|,a)[.XIAEoiftwgTj-]{0,6}")
# "Of which 41 are run by the council, 15 by volunteers and 6 by schools": what is said once holds of each.
FIRST = re.compile(rf"{BETWEEN.pattern}|L[.]?(?=[bifotw])[.XIAEoiftwgTjb-]{{1,10}}(?:,|a|,a)")


def tie_open_lists(
    text: str, tokens: Sequence[Token], numbers: Sequence[int], statements: list[Statement], stated: Mapping[int, int]
) -> None:
    """Ties the amounts behind "including" to the one before it, of which they are no more than all."""
    row = letters(tokens)
    marks = [at for at, token in enumerate(tokens) if token.letter == "W" and token.text in INCLUDING] if "W" in row else []
    if len(marks) != 1:
        return
    before = [at for at in numbers if at < marks[0] and row[at] in "$#" and row.count("(", 0, at) <= row.count(")", 0, at)]
    items = [at for at in numbers if at > marks[0]]
    if not before or not items or before[-1] not in stated or compiled(r"[;!u]").search(row[before[-1] : items[0]]):
        return
    total = statements[stated[before[-1]]]
    run = [items[0]]
    for at in items[1:]:
        between = row[run[-1] + 1 : at]
        if (FIRST if len(run) == 1 else BETWEEN).fullmatch(between) is None:
            break
        run.append(at)
    if row[marks[0] + 1 : items[0]].strip(".jT") or any(at not in stated for at in run):
        return
    for at in run:
        statements[stated[at]] = _counted_like(statements[stated[at]], total)
    parts = [statements[stated[at]] for at in run]
    if not all(_is_part(one, total) for one in (total, *parts)):
        return
    for at in run:
        part = _named_behind(statements[stated[at]], total, _label_behind(text, tokens, at))
        statements[stated[at]] = replace(part, list_of=stated[before[-1]], list_open=True)


def _counted_like(part: Statement, total: Statement) -> Statement:
    """ "4.1 million nights, of which 2.6 million fell in June": what is counted of a number of things are such things."""
    if part.unit or not total.unit.startswith("{") or part.measure != LEVEL:
        return part
    return replace(part, unit=total.unit, figure=f"{part.figure} {total.unit}")


def _label_behind(text: str, tokens: Sequence[Token], at: int) -> Known | None:
    """What a part went to: "£5.4 million went to the roof"."""
    words = []
    for token in tokens[at + 1 : at + 9]:
        if token.letter in ",a;!u($%#":
            break
        if token.letter in ".XE" and token.text not in words_of("stop"):
            words.append(token)
    if not words or not any(token.letter in "toif" or token.letter == "S" for token in tokens[at + 1 : at + 3]):
        return None
    return Known(" ".join(text[words[0].start : words[-1].end].split()).lower(), start=words[0].start, end=words[-1].end)


def _named_behind(part: Statement, total: Statement, label: Known | None) -> Statement:
    """ "Invested $48 million, including 29 million in the Leeds bakery": what stands behind a part is what it is for."""
    own, whole = part.dimensions.get(INDICATOR), total.dimensions.get(INDICATOR)
    if own is None or whole is None or own.value in words_of("results"):
        return part
    behind = own.start is not None and own.start >= part.end and own.value != whole.value
    plain = {name: known.value for name, known in part.dimensions.items() if name != DETAIL}
    same = plain == {name: known.value for name, known in total.dimensions.items() if name != DETAIL}
    itself = Known(part.place.printed or part.figure, INFERRED, part.start, part.end)
    item = own if behind else (label or itself) if same else None
    if item is None:
        return part
    dimensions = {name: known for name, value in total.dimensions.items() if (known := carried(value)) is not None}
    return replace(part, dimensions={**dimensions, ITEM: item})


def _is_part(one: Statement, total: Statement) -> bool:
    """Whether an amount may be one part of a total: a level of the same unit and kind, that is no end of a range."""
    return (
        one.measure == LEVEL
        and one.unit == total.unit
        and one.modality == total.modality
        and one.list_of is None
        and not one.is_end
        and one.value > 0
    )
