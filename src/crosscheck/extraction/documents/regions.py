"""Groups of countries that a text does not name, but all of whose members it does: "the countries of the region"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import INFERRED
from crosscheck.extraction.model import Known, Mentions, Statement
from crosscheck.extraction.periods.words import NUMBER_WORDS
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE
from crosscheck.inputs.values import replace

_COUNTRIES = r"(?:countries|states|nations|republics|economies|neighbou?rs)"
_GROUP = re.compile(rf"(?:the |all )?(?:{_COUNTRIES} of )?(?:the|this) region|all (?:the )?{_COUNTRIES}", re.IGNORECASE)
_ALL = re.compile(rf"(?:all|the) (?:the )?(?P<count>[a-z]+)(?: {_COUNTRIES})?(?: (?:together|combined))?", re.IGNORECASE)
_REGION = re.compile(r"\bthe region\b", re.IGNORECASE)
FEWEST = 3  # members of a group that is told by naming them all


def region_of(read: Iterable[Mentions], lists: CodeLists, text: str) -> Known | None:
    """The group that "the region" stands for in a text that names all its members, and no other such group."""
    if _REGION.search(text) is None:
        return None
    groups = _groups(_named(read), lists)
    return Known(groups[0][0], INFERRED) if len(groups) == 1 else None


def _named(read: Iterable[Mentions]) -> set[str]:
    """The areas that a text names."""
    return {name.code for mentions in read for name in mentions.names if name.dimension == REFERENCE and name.code}


def with_regions(read: Iterable[Mentions], lists: CodeLists, statements: list[Statement]) -> None:
    """Puts the group whose members a text names, all of them, in the place of "the region" and "all five" (inferred)."""
    unknown = [
        (index, role)
        for index, one in enumerate(statements)
        for role in (REFERENCE, COUNTERPART)
        if role in one.dimensions and _says_group(one.dimensions[role].value)
    ]
    if not unknown:
        return
    groups = _groups(_named(read), lists)
    for index, role in unknown:
        one = statements[index]
        known = one.dimensions[role]
        fitting = [group for group, size in groups if _says_group(known.value, size)]
        if len(fitting) == 1:
            group = replace(known, value=fitting[0], how=INFERRED)
            statements[index] = replace(one, dimensions={**one.dimensions, role: group})


def _groups(named: set[str], lists: CodeLists) -> Sequence[tuple[str, int]]:
    """The groups all of whose members are named, those within a larger one left out, with how many members they have."""
    found = [
        code
        for code in lists.codes.get(REFERENCE, {}).values()
        if len(code.members) >= FEWEST and named.issuperset(code.members)
    ]
    largest = [one for one in found if not any(set(one.members) < set(other.members) for other in found)]
    return [(one.id, len(one.members)) for one in largest]


def _says_group(words: str, size: int | None = None) -> bool:
    """Whether words stand for a group of countries, of so many members."""
    if _GROUP.fullmatch(words):
        return True
    counted = _ALL.fullmatch(words)
    number = NUMBER_WORDS.get(counted["count"].lower()) if counted is not None else None
    return number is not None and (size is None or number == size)
