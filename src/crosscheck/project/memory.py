"""What reading gave last time, kept beside the claim files in a folder `.read`, so that a person's edits can be told.

It may be missing or broken: then every difference between a claim file and a new reading counts as a person's edit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crosscheck.checking.noticed import Noticed
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Document, Place
from crosscheck.inputs.disk import read_limited
from crosscheck.inputs.faults import InputFaults
from crosscheck.inputs.writing import write_text

if TYPE_CHECKING:  # most runs only ask what was noticed, and need not know how claims are merged
    from crosscheck.extraction.claim_files.merge import LastReading

FOLDER = ".read"
FORMAT = 1
MAXIMUM_BYTES = 256 * 1024 * 1024
PLACE_KEYS = ("start", "end", "line", "column", "printed", "page", "sheet", "cell", "table", "row")


@dataclass(frozen=True, slots=True)
class Memory:
    """What was read of a document whose content had the hash `sha256`, by the version `reader` of crosscheck.

    `entries` are the figures as a claim file says them, with the words around; `unresolved` and `noticed` are plain values.
    """

    reader: str
    sha256: str | None
    document: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...] = ()
    unresolved: tuple[Mapping[str, Any], ...] = ()
    noticed: tuple[Mapping[str, Any], ...] = ()
    no_statistic: int = 0
    accepted: tuple[str, ...] = ()  # ids of entries that a person looked at, and keys of unresolved figures that are none

    @property
    def reading(self) -> LastReading:
        """As merging needs it."""
        from crosscheck.extraction.claim_files.following import ReadEntry
        from crosscheck.extraction.claim_files.merge import LastReading

        entries = (ReadEntry(e["id"], e["fields"], e.get("before", ""), e.get("after", "")) for e in self.entries)
        return LastReading(tuple(entries), dict(self.document))

    @property
    def open_figures(self) -> tuple[Mapping[str, Any], ...]:
        """Figures that were not understood, without those that a person called none."""
        return tuple(one for one in self.unresolved if unresolved_key(one) not in self.accepted)

    def with_reading(self, reading: LastReading) -> Memory:
        """The same with other figures."""
        entries = tuple(
            {"id": one.id, "fields": one.fields, "before": one.before, "after": one.after} for one in reading.entries
        )
        return replace(self, entries=entries, document=reading.document)


def unresolved_key(figure: Mapping[str, Any]) -> str:
    """What a figure that was not understood is known by from one reading to the next: it and the words around."""
    return "?" + "|".join(str(figure.get(name, "")) for name in ("before", "printed", "after"))


def memory_path(claim_file: Path) -> Path:
    """Where the memory of a claim file lies."""
    return claim_file.parent / FOLDER / f"{claim_file.stem}.json"


def load_memory(claim_file: Path) -> Memory | None:
    """What is remembered of a claim file; None where nothing is, or nothing that can be understood."""
    path = memory_path(claim_file)
    if not path.is_file():
        return None
    try:
        found = json.loads(read_limited(path, MAXIMUM_BYTES))
        if found["format"] != FORMAT:
            return None
        entries = tuple(found["claims"])
        if not all(isinstance(one["id"], str) and isinstance(one["fields"], dict) for one in entries):
            return None
        return Memory(
            str(found["reader"]),
            found["sha256"],
            dict(found["document"]),
            entries,
            tuple(found["unresolved"]),
            tuple(found["reading"]),
            int(found["no_statistic"]),
            tuple(str(one) for one in found["accepted"]),
        )
    except (InputFaults, ValueError, KeyError, TypeError, RecursionError):
        return None


def save_memory(claim_file: Path, memory: Memory) -> None:
    """Writes what is remembered, a figure a line; raises OSError."""
    head = {
        "format": FORMAT,
        "reader": memory.reader,
        "sha256": memory.sha256,
        "document": memory.document,
        "no_statistic": memory.no_statistic,
        "accepted": list(memory.accepted),
    }
    lists = {"unresolved": memory.unresolved, "reading": memory.noticed, "claims": memory.entries}
    lines = [f" {json.dumps(key)}: {_line(value)}," for key, value in head.items()]
    for number, (key, values) in enumerate(lists.items()):
        inner = ",\n".join(f"  {_line(value)}" for value in values)
        comma = "" if number == len(lists) - 1 else ","
        lines.append(f' "{key}": [\n{inner}\n ]{comma}' if values else f' "{key}": []{comma}')
    write_text(memory_path(claim_file), "{\n" + "\n".join(lines) + "\n}\n")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False)


def place_values(place: Place) -> dict[str, Any]:
    """A place as plain values."""
    return {key: value for key in PLACE_KEYS if (value := getattr(place, key)) is not None}


def place_from(values: Mapping[str, Any]) -> Place:
    """A place from plain values; what is no part of one is left out."""
    texts = ("printed", "sheet", "cell")
    kept = {key: values[key] for key in PLACE_KEYS if isinstance(values.get(key), str if key in texts else int)}
    return Place(**kept)


def noticed_values(found: Iterable[Noticed]) -> tuple[dict[str, Any], ...]:
    """Findings of reading as plain values."""
    return tuple(
        {
            "rule": one.rule,
            "level": one.level,
            "message": one.message,
            "claim": None if one.claim is None else one.claim.id.partition("#")[2],
            "at": place_values(one.place),
        }
        for one in found
    )


def noticed_from(memory: Memory, file: ClaimFile, document: Document) -> Iterable[Noticed]:
    """The findings that are remembered, about the claims as they are now; without those whose claim is gone."""
    claims = {claim.id.partition("#")[2]: claim for claim in (*file.claims, *file.history)}
    for one in memory.noticed:
        claim = claims.get(str(one.get("claim")))
        if one.get("claim") is not None and claim is None:
            continue
        place = place_from(one.get("at", {}))
        yield Noticed(
            str(one.get("rule")),
            str(one.get("level")),
            claim,
            message=str(one.get("message")),
            in_document=document,
            at=place,
        )
