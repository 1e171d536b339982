"""Reviewing what was read: figures one by one, the unsure ones first, each accepted, mended or taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from crosscheck.claims.entries import COMPARED, DIRECTED
from crosscheck.claims.files import read_claim_text
from crosscheck.claims.keys import CLAIM_KEYS, ENTITY, UNSTATED_WORD, key_trouble
from crosscheck.claims.model import AREA, CORRECTED, EXPLICIT, INFERRED, NOT_STATED, Claim
from crosscheck.extraction.claim_files.claims import slug
from crosscheck.extraction.claim_files.lines import (
    change_entry,
    insert_entries,
    plain,
    read_lines,
    remove_entry,
    rewrite_claims,
)
from crosscheck.extraction.claim_files.merge import defaults_of, mine_fields
from crosscheck.extraction.claim_files.text import BASE, PROPERTIES, Fields
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.yaml_tree import read_text
from crosscheck.project.claim_files import Update, write
from crosscheck.project.memory import Memory, place_from, unresolved_key
from crosscheck.project.reading import Tools

NOT_MENDED = ("id", "at", "known", "list", "suppress", "readings")
UNRESOLVED, UNSURE, GUESSED, PLAIN = range(4)  # the order in which figures are shown


@dataclass(frozen=True, slots=True)
class Item:
    """A figure to look at: a claim, or one that was not understood. `key` is what remembers that it was accepted."""

    key: str
    rank: int
    position: int
    claim: Claim | None = None
    figure: Mapping[str, Any] | None = None  # one that was not understood
    is_accepted: bool = False


@dataclass(slots=True)
class Review:
    """The review of one document. Every change is a new text and memory; the old ones are kept for undoing it."""

    update: Update
    tools: Tools
    past: list[Update] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """The claim file."""
        return self.update.path

    def items(self) -> list[Item]:
        """What there is to look at, the unsure first, each kind in the order of the text."""
        memory = self.update.memory
        file = read_claim_text(self.update.text, self.path, self.tools.table, self.tools.settings.readings_off)
        found = []
        for claim in (*file.claims, *file.history):
            key = claim.id.partition("#")[2]
            position = claim.place.start if claim.place.start is not None else 1 << 60
            found.append(Item(key, _rank(claim), position, claim, is_accepted=key in memory.accepted))
        for figure in memory.unresolved:
            key = unresolved_key(figure)
            position = place_from(figure).start or 0
            found.append(Item(key, UNRESOLVED, position, figure=figure, is_accepted=key in memory.accepted))
        return sorted(found, key=lambda item: (item.rank, item.position, item.key))

    def accept(self, item: Item) -> None:
        """Remembers that a figure is as it should be; of one that was not understood, that it is none."""
        memory = _accepting(self.update.memory, item.key)
        if memory is not self.update.memory:
            self._change(self.update.text, memory)

    def take_out(self, item: Item) -> None:
        """Takes a claim out of the file, which is remembered; a figure that was not understood is remembered as none."""
        if item.claim is None:
            self.accept(item)
            return
        root = read_text(self.update.text, str(self.path))
        found = read_lines(self.update.text, root)
        entry = next((one for one in found.entries if _id_of(one.node) == item.key), None)
        if entry is not None and len(found.entries) > 1:
            remove_entry(found, entry)
        else:
            file = read_claim_text(self.update.text, self.path, self.tools.table)
            rest = [(key, fields) for key, fields in self._entries().items() if key != item.key]
            rewrite_claims(found, rest, defaults_of(root, file, self.tools.table))
        self._checked(found.text, self.update.memory)

    def mend(self, item: Item, key: str, value: str, misread: bool = False, why: str | None = None) -> Item:
        """Gives one field of a figure another value, and accepts what comes out; raises InputFaults where that is no claim.

        A dimension is recorded as corrected, with what was printed; with `misread` as printed so, but read wrongly. A
        figure that was not understood becomes a claim.
        """
        name = AREA if key == ENTITY else key
        trouble = key_trouble(name)
        if trouble is not None or name in NOT_MENDED:
            message, hint = trouble or (f"`{name}` is not mended here", "edit the claim file")
            raise InputFaults([Fault(str(self.path), None, None, message, hint)])
        if item.claim is None:
            return self._understood(item, name, value)
        old = self._entries()[item.key]
        new = mended(old, name, value, misread, why)
        root = read_text(self.update.text, str(self.path))
        found = read_lines(self.update.text, root)
        file = read_claim_text(self.update.text, self.path, self.tools.table)
        entry = next((one for one in found.entries if _id_of(one.node) == item.key), None)
        defaults = defaults_of(root, file, self.tools.table)
        if entry is not None:
            change_entry(found, entry, item.key, old, new, defaults)
        else:
            rewrite_claims(found, list({**self._entries(), item.key: new}.items()), defaults)
        self._checked(found.text, _accepting(self.update.memory, item.key))
        return item

    def _understood(self, item: Item, key: str, value: str) -> Item:
        """A claim for a figure that was not understood."""
        assert item.figure is not None
        place = place_from(item.figure)
        entries = self._entries()
        identity, number = slug(f"figure-{place.printed}") or "figure", 1
        while identity in entries:
            number += 1
            identity = f"{slug(f'figure-{place.printed}')}-{number}"
        at = {name: str(text) for name, text in plain_place(item.figure).items()}
        fields: Fields = {"figure": str(item.figure.get("printed", "")), "at": at}
        fields = mended(fields, key, value, misread=True, why=None)
        root = read_text(self.update.text, str(self.path))
        found = read_lines(self.update.text, root)
        file = read_claim_text(self.update.text, self.path, self.tools.table)
        defaults = defaults_of(root, file, self.tools.table)
        named = [(identity, fields)]
        if found.entries:
            insert_entries(found, found.entries[-1], named, defaults)
        else:
            rewrite_claims(found, [*entries.items(), *named], defaults)
        memory = self.update.memory
        self._checked(found.text, replace(memory, accepted=(*memory.accepted, item.key, identity)))
        return next(one for one in self.items() if one.key == identity)

    def undo(self) -> bool:
        """Takes the last change back; False where there is none."""
        if not self.past:
            return False
        self.update = self.past.pop()
        return True

    def save(self) -> None:
        """Writes claim file and memory; raises OSError."""
        write(self.update)

    def _entries(self) -> dict[str, Fields]:
        """The fields of the entries, by id."""
        root = read_text(self.update.text, str(self.path))
        file = read_claim_text(self.update.text, self.path, self.tools.table)
        nodes = {_id_of(node): node for node in (root.get("claims") or root).items or []}
        claims = {claim.id.partition("#")[2]: claim for claim in (*file.claims, *file.history)}
        return {key: mine_fields(claims[key], node) for key, node in nodes.items() if key in claims}

    def _checked(self, text: str, memory: Memory) -> None:
        read_claim_text(text, self.path, self.tools.table, self.tools.settings.readings_off)
        self._change(text, memory)

    def _change(self, text: str, memory: Memory) -> None:
        self.past.append(self.update)
        self.update = replace(self.update, text=text, memory=memory)


def _id_of(node: Any) -> str:
    found = node.get("id")
    return "" if found is None else str(plain(found))


def _rank(claim: Claim) -> int:
    hows = {known.how for known in claim.known.values()}
    if NOT_STATED in hows or claim.direction_unstated or "indicator" not in claim.dimensions:
        return UNSURE
    guessed = {name for name, known in claim.known.items() if known.how == INFERRED}
    # A base period that a claim file leaves out is a year before: a convention rather than a guess.
    return GUESSED if guessed - {BASE} or (BASE in guessed and claim.known[BASE].start is not None) else PLAIN


def _accepting(memory: Memory, key: str) -> Memory:
    return memory if key in memory.accepted else replace(memory, accepted=(*memory.accepted, key))


def plain_place(figure: Mapping[str, Any]) -> dict[str, Any]:
    """`at` for a figure that was not understood."""
    place = place_from(figure)
    names = ("start", "end", "line", "column", "page", "sheet", "cell", "table", "row", "printed")
    return {name: value for name in names if (value := getattr(place, name)) is not None}


def mended(fields: Fields, key: str, value: str, misread: bool, why: str | None) -> Fields:
    """The fields with one that a person changed; those that the new measure does not have go."""
    new = dict(fields)
    if key in PROPERTIES:
        if value == "none":
            new.pop(key, None)
        else:
            new[key] = _mapping(value) if key == "whole" else value
        measure = new.get("measure", "level")
        for name, allowed in ((BASE, COMPARED), ("direction", DIRECTED), ("whole", ("share",))):
            if measure not in allowed:
                new.pop(name, None)
        return new
    old = fields.get(key)
    if value == "none":
        new.pop(key, None)
    elif value in (UNSTATED_WORD, "_U"):
        new[key] = {"value": UNSTATED_WORD}
    elif misread:
        new[key] = {"value": value}
    else:
        new[key] = {"value": value, "how": CORRECTED}
        if old is not None:
            printed = old.get("printed") or (old["value"] if old.get("how", EXPLICIT) == EXPLICIT else None)
            new[key] |= {"printed": printed} if printed not in (None, UNSTATED_WORD, value) else {}
            new[key] |= {name: old[name] for name in ("start", "end") if name in old}
        new[key] |= {"why": why} if why else {}
    return new


def _mapping(text: str) -> Any:
    """`whole` as people type it: `counterpart_area: CN, product: none`, or `unstated`."""
    if text in (UNSTATED_WORD, "{}"):
        return {} if text == "{}" else text
    pairs = (part.partition(":") for part in text.strip("{} ").split(","))
    return {key.strip(): value.strip() for key, colon, value in pairs if colon}


FIELDS = tuple(key for key in CLAIM_KEYS if key not in NOT_MENDED)
