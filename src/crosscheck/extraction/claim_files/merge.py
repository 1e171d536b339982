"""A claim file meets a new reading: what was read last time, what a person changed, what is read now, field by field.

A person's change wins where reading says the same as last time; where both changed, the person's value stays and the
conflict is told. What a person added stays, what a person took out stays out. Without a memory of the last reading every
difference counts as a person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from crosscheck.claims import entries as claim_entries
from crosscheck.claims.entries import COMPARED, DIRECTED, RATIOS
from crosscheck.claims.fields import Border
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Claim, Knowledge
from crosscheck.extraction.claim_files.claims import ReadClaims
from crosscheck.extraction.claim_files.following import (
    Mine,
    ReadEntry,
    around,
    final_ids,
    followed,
    known_now,
    relisted,
    renamed,
)
from crosscheck.extraction.claim_files.lines import (
    ClaimLines,
    Entry,
    change_document,
    change_entry,
    insert_entries,
    plain,
    read_lines,
    remove_entry,
    rewrite_claims,
)
from crosscheck.extraction.claim_files.text import (
    BASE,
    END,
    START,
    Defaults,
    Fields,
    document_fields,
    fields_of,
    named_fields,
)
from crosscheck.figures.quantities import Quantities
from crosscheck.figures.text import FigureError, parse_figure
from crosscheck.inputs.yaml_tree import Node, read_text

T = TypeVar("T")

PERSON_ONLY = ("weight", "readings", "suppress", "note")  # keys that reading never writes


@dataclass(frozen=True, slots=True)
class LastReading:
    """What was read from a document: when it was, what a claim file says without a person's changes."""

    entries: tuple[ReadEntry, ...]
    document: Fields


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that a person and the document (or the reader) changed in different ways; the person's value stays."""

    entry: str  # an id, or "" for the document
    field: str
    yours: Any
    read: Any
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of a claim file after a new reading; ids of entries that came, changed, went, and that stay though gone.

    One that only moved in the text has not changed. `reading` is what to remember for the next time.
    """

    text: str
    reading: LastReading
    conflicts: tuple[Conflict, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    edited: int = 0  # entries with a person's changes that stay, and those that a person took out


@dataclass(slots=True)
class _Result:
    final: dict[str, Fields] = field(default_factory=dict)  # by id, of entries that were there
    conflicts: list[Conflict] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    edited: set[str] = field(default_factory=set)


def reading_of(made: ReadClaims, text: str) -> LastReading:
    """What is to be remembered of a reading; `text` is that in which the places of the claims count code points."""
    entries = tuple(
        ReadEntry(identity, fields, *around(text, claim.place.start, claim.place.end))
        for (identity, fields), claim in zip(named_fields(made.claims, made.texts), made.claims, strict=True)
    )
    return LastReading(entries, document_fields(made.document))


def merge(
    text: str,
    file: ClaimFile,
    last: LastReading | None,
    now: LastReading,
    table: Quantities,
    same_document: bool = False,
) -> Merged:
    """The text of a claim file merged with what is read now.

    `file` is the text loaded, `last` what was read when it was written or merged. With `same_document` a figure that is
    read now, though the file lacks it and nothing is remembered, was taken out by a person.
    """
    root = read_text(text, file.path)
    found = read_lines(text, root)
    mine = _mine(root, file, found)
    defaults = defaults_of(root, file, table)
    read_before = renamed(last.entries if last is not None else (), mine)
    old_now = followed(read_before, now.entries)
    now_mine = known_now(read_before, old_now, mine, now.entries)
    ids = final_ids(read_before, old_now, now_mine, now.entries, mine)
    fresh = [replace(one, id=ids[at], fields=relisted(one.fields, now.entries, ids)) for at, one in enumerate(now.entries)]
    result = _Result()
    _merge_known(read_before, old_now, fresh, mine, result, table)
    for at, identity in now_mine.items():
        one = mine[identity]
        result.final[identity] = one.fields if same_document else _unremembered(one.fields, fresh[at].fields)
        result.edited.add(identity)
    for identity in mine.keys() - result.final.keys() - set(result.gone):
        result.final[identity] = mine[identity].fields
        result.edited.add(identity)
    known = set(old_now.values()) | set(now_mine)
    dropped = set() if last is not None or not same_document else {at for at in range(len(fresh)) if at not in known}
    new = [at for at in range(len(fresh)) if at not in known and at not in dropped]
    _keep_referenced(mine, fresh, new, result)
    merged = _written(found, mine, fresh, new, result, defaults, _document(root, last, now, result))
    reading = LastReading(tuple(fresh), now.document)
    taken_out = len(dropped) + sum(1 for at, one in enumerate(read_before) if one.id not in mine and at in old_now)
    changed = [identity for identity, fields in result.final.items() if _said(fields) != _said(mine[identity].fields)]
    return Merged(
        merged,
        reading,
        _placed(result.conflicts, merged, file.path),
        tuple(fresh[at].id for at in new),
        tuple(changed),
        tuple(result.gone),
        tuple(result.kept),
        len(result.edited) + taken_out,
    )


def _mine(root: Node, file: ClaimFile, found: ClaimLines) -> dict[str, Mine]:
    """The entries of the file by id, with the fields that their claims have and what only a person writes."""
    nodes = {(node.get("id") or node).text: node for node in (root.get("claims") or root).items or []}
    places = {id(entry.node): entry for entry in found.entries}
    mine = {}
    for claim in (*file.claims, *file.history):
        identity = claim.id.partition("#")[2]
        node = nodes[identity] if identity in nodes else next(n for k, n in nodes.items() if k and k.strip() == identity)
        mine[identity] = Mine(identity, mine_fields(claim, node), places.get(id(node)))
    return mine


def mine_fields(claim: Claim, node: Node) -> Fields:
    """The fields of an entry of a claim file; its figure, and what only a person writes, as they stand there."""
    figure = node.get("figure")
    fields = fields_of(claim, claim.figure.printed)
    if figure is not None:
        fields["figure"] = plain(figure)
    return fields | {key: plain(value) for key in PERSON_ONLY if (value := node.get(key)) is not None}


def defaults_of(root: Node, file: ClaimFile, table: Quantities) -> Defaults:
    """What the file's `defaults` give."""
    border = Border(table, [], [], [], {})
    found = claim_entries.read_defaults(root, border)
    dimensions = {
        name: ("unstated" if value.code == "_U" else value.code, value.known or Knowledge())
        for name, value in found.dimensions.items()
        if value.code is not None
    }
    base = found.base_period.code if found.base_period is not None else None
    return Defaults(dimensions, found.measure, found.modality, base)


# --- field by field ---------------------------------------------------------------------------------------------------


def _without_span(value: Any) -> Any:
    """A dimension without the place of the words that show it."""
    if isinstance(value, Mapping) and "value" in value:
        return {key: inner for key, inner in value.items() if key not in (START, END)}
    return value


def _said(fields: Fields) -> Fields:
    """An entry without the places where its words stand."""
    return {key: _without_span(value) for key, value in fields.items() if key != "at"}


def _merge_known(
    read: Sequence[ReadEntry],
    old_now: Mapping[int, int],
    fresh: Sequence[ReadEntry],
    mine: Mapping[str, Mine],
    result: _Result,
    table: Quantities,
) -> None:
    """Entries that reading gave before: merged with what it gives now, or gone."""
    for at, before in enumerate(read):
        own = mine.get(before.id)
        if own is None:
            continue
        touched = own.fields != before.fields or (own.entry is not None and own.entry.has_comment)
        if at in old_now:
            result.final[own.id] = _merged(own, before.fields, fresh[old_now[at]].fields, result, table)
        elif touched:
            result.final[own.id] = own.fields
            result.kept.append(own.id)
        else:
            result.gone.append(own.id)
            continue
        if own.fields != before.fields:
            result.edited.add(own.id)


def _merged(own: Mine, before: Fields, now: Fields, result: _Result, table: Quantities) -> Fields:
    """One entry; conflicts go to the result."""
    merged: Fields = {}
    for key in dict.fromkeys((*own.fields, *now, *before)):
        mine, last, read = own.fields.get(key), before.get(key), now.get(key)
        chosen, conflict = _chosen(mine, last, read)
        if conflict:
            result.conflicts.append(Conflict(own.id, key, mine, read))
        if chosen is not None:
            merged[key] = chosen
    measure = merged.get("measure", "level")
    allowed = {BASE: measure in COMPARED, "direction": measure in DIRECTED, "whole": measure == "share"}
    for key, may in allowed.items():
        if key in merged and not may:
            del merged[key]
    figure = merged.get("figure")
    if figure != own.fields.get("figure") and isinstance(figure, str) and not _fits(figure, measure, table):
        result.conflicts.append(Conflict(own.id, "figure", own.fields.get("figure"), figure))
        merged["figure"] = own.fields["figure"]
    return merged


def _fits(figure: str, measure: str, table: Quantities) -> bool:
    """Whether a figure can be one of a measure."""
    try:
        unit = parse_figure(figure, measure, table).unit
    except FigureError:
        return False
    return measure not in RATIOS or unit.kind == "ratio" or not unit.name


def _chosen(mine: Any, last: Any, read: Any) -> tuple[Any, bool]:
    """The value to keep of one field, and whether a person's value stays against another change."""
    plain_mine, plain_last, plain_read = _without_span(mine), _without_span(last), _without_span(read)
    if plain_mine == plain_last:
        if read is None or mine is None or mine == last or plain_read != plain_mine:
            return read, False
        return _with_span(mine, last, read), False  # the person moved or took out a span
    if plain_read in (plain_last, plain_mine):
        return _with_span(mine, last, read), False
    return _with_span(mine, last, read), True


def _with_span(mine: Any, last: Any, read: Any) -> Any:
    """A person's value with its span moved to where the words stand now, if it is the one that was read."""
    if not isinstance(mine, Mapping) or not isinstance(read, Mapping) or START not in mine or START not in read:
        return mine
    held = last if isinstance(last, Mapping) else {}
    if any(mine.get(name) != held.get(name) for name in (START, END)):
        return mine
    return {**mine, START: read[START], END: read[END]}


def _unremembered(mine: Fields, read: Fields) -> Fields:
    """An entry of which nothing is remembered: all of it is a person's, but for the places, which the document moves."""
    merged = dict(mine)
    for key, value in mine.items():
        now = read.get(key)
        if now is None or not isinstance(value, Mapping):
            continue
        if START in value and START in now and (key == "at" or _without_span(value) == _without_span(now)):
            merged[key] = {**value, **now} if key == "at" else now
    return merged


def _keep_referenced(mine: Mapping[str, Mine], fresh: Sequence[ReadEntry], new: Sequence[int], result: _Result) -> None:
    """Totals that an entry still names stay; what is read of a list whose total is not there goes."""
    waiting = list(result.final)
    while waiting:
        listed = result.final[waiting.pop()].get("list")
        if listed is not None and listed["of"] in result.gone:
            result.gone.remove(listed["of"])
            result.final[listed["of"]] = mine[listed["of"]].fields
            result.kept.append(listed["of"])
            waiting.append(listed["of"])
    there = {*result.final, *(fresh[at].id for at in new)}
    for identity, fields in result.final.items():
        own = mine[identity].fields.get("list")
        if "list" in fields and fields["list"] != own and fields["list"]["of"] not in there:
            result.final[identity] = {key: value for key, value in fields.items() if key != "list"}
        result.final[identity] = _without_lost(result.final[identity], there)


# --- writing ----------------------------------------------------------------------------------------------------------


def _document(root: Node, last: LastReading | None, now: LastReading, result: _Result) -> dict[str, Any]:
    """What changes in `document`; the hash is always that of what was read now."""
    node = root.get("document")
    held = {key: value for key, value in plain(node).items() if isinstance(value, str)} if node and node.entries else {}
    changes: dict[str, Any] = {}
    for key in ("title", "publisher", "published"):
        mine, read = held.get(key), now.document.get(key)
        before = last.document.get(key) if last is not None else None if mine is None else object()
        chosen, conflict = _chosen(mine, before, read)
        if conflict and last is not None:
            result.conflicts.append(Conflict("", key, mine, read))
        if chosen != mine and (last is not None or mine is None):
            changes[key] = chosen
    for key in ("path", "sha256"):
        if held.get(key) != now.document.get(key) and (key == "sha256" or key not in held):
            changes[key] = now.document.get(key)
    return changes


def _written(
    found: ClaimLines,
    mine: Mapping[str, Mine],
    fresh: Sequence[ReadEntry],
    new: Sequence[int],
    result: _Result,
    defaults: Defaults,
    document: Mapping[str, Any],
) -> str:
    """The text with all changes."""
    change_document(found, document)
    there = {identity for identity in mine if identity in result.final}
    present = {*there, *(fresh[at].id for at in new)}
    added = {at: _without_lost_list(fresh[at].fields, present) for at in new}
    in_place = found.in_block and all(mine[identity].entry is not None for identity in mine) and bool(there)
    if not in_place:
        entries = [(identity, result.final[identity]) for identity in mine if identity in there]
        if entries != [(one.id, one.fields) for one in mine.values()] or new:
            rewrite_claims(found, [*entries, *((fresh[at].id, added[at]) for at in new)], defaults)
        return found.text
    for identity, one in mine.items():
        assert one.entry is not None
        if identity not in there:
            remove_entry(found, one.entry)
        else:
            change_entry(found, one.entry, identity, one.fields, result.final[identity], defaults)
    after: Entry | None = None
    for at, entry in enumerate(fresh):
        if at in added:
            insert_entries(found, after, [(entry.id, added[at])], defaults)
        elif entry.id in there:
            after = mine[entry.id].entry
    return found.text


def _without_lost_list(fields: Fields, present: set[str]) -> Fields:
    if "list" in fields and fields["list"]["of"] not in present:
        fields = {key: value for key, value in fields.items() if key != "list"}
    return _without_lost(fields, present)


def _without_lost(fields: Fields, present: set[str]) -> Fields:
    """What a figure was set beside goes where one of those is not there any more."""
    if present.issuperset(fields.get("beside", {}).values()):
        return fields
    return {key: value for key, value in fields.items() if key != "beside"}


def _placed(conflicts: Sequence[Conflict], text: str, file: str) -> tuple[Conflict, ...]:
    """The conflicts with the lines on which a person's values stand in the new text."""
    if not conflicts:
        return ()
    root = read_text(text, file)
    nodes: dict[str, Node] = {"": root.get("document") or root}
    for node in (root.get("claims") or root).items or []:
        identity = node.get("id")
        nodes[(identity.text or "").strip() if identity is not None else ""] = node
    placed = []
    for one in conflicts:
        found = nodes.get(one.entry, root)
        placed.append(replace(one, line=(found.get(one.field) or found).line))
    return tuple(placed)
