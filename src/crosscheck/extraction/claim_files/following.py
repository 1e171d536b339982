"""Which figure is which: those read before, those in the claim file, those read now; by their words and those around."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from crosscheck.extraction.claim_files.lines import Entry
from crosscheck.extraction.claim_files.text import END, START, Fields

WORDS = re.compile(r"[^\W_]+")
WORDS_AROUND, CHARACTERS_AROUND = 4, 80


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """A figure as reading gave it, with the words around it by which it is found again."""

    id: str
    fields: Fields
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Mine:
    """An entry of the claim file as it is."""

    id: str
    fields: Fields
    entry: Entry | None


def around(text: str, start: int | None, end: int | None) -> tuple[str, str]:
    """The words before and after a figure, without case, with 0 for every number."""
    if start is None or end is None:
        return "", ""
    before = WORDS.findall(text[max(start - CHARACTERS_AROUND, 0) : start])[-WORDS_AROUND:]
    after = WORDS.findall(text[end : end + CHARACTERS_AROUND])[:WORDS_AROUND]
    return _masked(before), _masked(after)


def _masked(words: Sequence[str]) -> str:
    return " ".join("0" if word[0].isdigit() else word.lower() for word in words)


def _pairs(old: Mapping[int, Hashable], new: Mapping[int, Hashable], strict: bool = False) -> dict[int, int]:
    """Those with equal keys, the first with the first; `strict` pairs only keys that as many old as new ones have."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for at, key in new.items():
        waiting[key].append(at)
    held: dict[Hashable, list[int]] = defaultdict(list)
    for at, key in old.items():
        held[key].append(at)
    return {
        one: other
        for key, ones in held.items()
        if not strict or len(ones) == len(waiting.get(key, ()))
        for one, other in zip(ones, waiting.get(key, ()), strict=False)
    }


def _printed(fields: Fields) -> str:
    printed = fields.get("at", {}).get("printed")
    return " ".join(str(printed if printed is not None else fields.get("figure", "")).split())


def followed(old: Sequence[ReadEntry], new: Sequence[ReadEntry]) -> dict[int, int]:
    """Index of a figure read before → index of the same figure as read now, by its words and those around it."""
    passes: tuple[tuple[Callable[[ReadEntry], Hashable], bool], ...] = (
        (lambda one: (_printed(one.fields), one.before, one.after, one.id), False),
        (lambda one: (_printed(one.fields), one.before, one.after) if one.before or one.after else None, False),
        (lambda one: (_printed(one.fields), one.id), False),
        (lambda one: (_printed(one.fields), one.before) if one.before else None, True),
        (lambda one: (_printed(one.fields), one.after) if one.after else None, True),
        (lambda one: (one.before, one.after) if one.before and one.after else None, True),
        (lambda one: one.id, True),
    )
    found: dict[int, int] = {}
    for key, strict in passes:
        taken = set(found.values())
        left = {at: k for at, one in enumerate(old) if at not in found and (k := key(one)) is not None}
        right = {at: k for at, one in enumerate(new) if at not in taken and (k := key(one)) is not None}
        found |= _pairs(left, right, strict)
    return found


def renamed(read: Sequence[ReadEntry], mine: Mapping[str, Mine]) -> list[ReadEntry]:
    """What was read before, by the ids that a person gave since."""
    known = {one.id for one in read}
    strangers: dict[str, list[str]] = defaultdict(list)
    for identity, one in mine.items():
        if identity not in known and "at" in one.fields:
            strangers[str(one.fields["at"])].append(identity)
    names = {}
    for entry in read:
        if entry.id not in mine and len(same := strangers.get(str(entry.fields.get("at")), [])) == 1:
            names[entry.id] = same[0]
    found = [replace(one, id=names.get(one.id, one.id)) for one in read]
    if not names:
        return found
    return [replace(one, fields=list_named(one.fields, names)) for one in found]


def list_named(fields: Fields, names: Mapping[str, str]) -> Fields:
    listed, beside = fields.get("list"), fields.get("beside")
    if beside is not None:
        fields = fields | {"beside": {role: names.get(one, one) for role, one in beside.items()}}
    if listed is None or listed["of"] not in names:
        return fields
    return fields | {"list": {**listed, "of": names[listed["of"]]}}


def known_now(
    read: Sequence[ReadEntry], old_now: Mapping[int, int], mine: Mapping[str, Mine], now: Sequence[ReadEntry]
) -> dict[int, str]:
    """Index of a figure read now → id of an entry that no reading gave and that is about it."""
    remembered = {one.id for one in read}
    own = [one for identity, one in mine.items() if identity not in remembered]
    taken = set(old_now.values())
    found: dict[int, int] = {}

    def place(fields: Fields) -> Hashable:
        at = fields.get("at", {})
        where = tuple(at.get(name) for name in (START, END, "sheet", "cell", "table", "row"))
        return (_printed(fields), where) if any(where) else None

    def meaning(fields: Fields) -> Hashable:
        held = tuple(str(fields.get(name, {}).get("value")) for name in ("indicator", "time_period"))
        return (_printed(fields), fields.get("measure", "level"), held)

    passes: tuple[Callable[[str, Fields], Hashable], ...] = (
        lambda identity, fields: place(fields),
        lambda identity, fields: (identity, _printed(fields)),
        lambda identity, fields: meaning(fields),
        lambda identity, fields: _printed(fields),
    )
    for key in passes:
        left = {
            at: k
            for at, one in enumerate(now)
            if at not in taken and at not in found and (k := key(one.id, one.fields)) is not None
        }
        used = set(found.values())
        right = {at: k for at, one in enumerate(own) if at not in used and (k := key(one.id, one.fields)) is not None}
        found |= _pairs(left, right, strict=True)
    return {at: own[index].id for at, index in found.items()}


def final_ids(
    read: Sequence[ReadEntry],
    old_now: Mapping[int, int],
    now_mine: Mapping[int, str],
    now: Sequence[ReadEntry],
    mine: Mapping[str, Mine],
) -> list[str]:
    """The ids that the figures read now have in the file: those they had, else their own where nobody has it."""
    ids: dict[int, str] = {at: read[before].id for before, at in old_now.items()} | dict(now_mine)
    taken = {*mine, *ids.values()}
    for at, one in enumerate(now):
        if at in ids:
            continue
        name, number = one.id, 1
        while name in taken:
            number += 1
            name = f"{one.id}-{number}"
        taken.add(name)
        ids[at] = name
    return [ids[at] for at in range(len(now))]


def relisted(fields: Fields, now: Sequence[ReadEntry], ids: Sequence[str]) -> Fields:
    if fields.keys().isdisjoint(("list", "beside")):
        return fields
    return list_named(fields, {one.id: name for one, name in zip(now, ids, strict=True)})
