"""Claim files that reading writes: where they lie, whether they are up to date, and what a new reading makes of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crosscheck import __version__
from crosscheck.claims.files import read_claim_file, read_claim_files, read_claim_text
from crosscheck.claims.links import ClaimFile
from crosscheck.extraction.claim_files.following import around
from crosscheck.extraction.claim_files.merge import Conflict, Merged, merge, reading_of
from crosscheck.extraction.claim_files.text import file_text, named_fields
from crosscheck.inputs.disk import YAML_SUFFIXES, files_in, read_limited, real
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.writing import write_text
from crosscheck.inputs.yaml_tree import MAXIMUM_BYTES
from crosscheck.project.configuration import Configuration
from crosscheck.project.lists import quantities_of
from crosscheck.project.memory import Memory, load_memory, noticed_values, place_values, save_memory
from crosscheck.project.reading import DocumentRead, Tools, read_one, text_of

CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Update:
    """What a reading makes of a claim file: its text, what to remember, and what came of merging (None: it is new)."""

    path: Path
    text: str
    memory: Memory
    merged: Merged | None = None

    @property
    def conflicts(self) -> Sequence[Conflict]:
        """What a person and the document changed in different ways."""
        return self.merged.conflicts if self.merged is not None else ()


def claim_files_of(settings: Configuration) -> tuple[ClaimFile, ...]:
    """The configured claim files; raises InputFaults."""
    faults: list[Fault] = []
    paths = [
        file
        for path in settings.claims
        for file in (files_in(path, faults, YAML_SUFFIXES) if os.path.isdir(path) else [path])
        if file.name.lower().endswith(YAML_SUFFIXES)
    ]
    if faults:
        raise InputFaults(faults)
    return read_claim_files(paths, quantities_of(settings), settings.readings_off)


def claims_folder(document: Path, settings: Configuration) -> Path:
    """Where a new claim file goes: the first configured folder of claims, `claims` at the root of the project, or where the
    document lies outside of it, `claims` beside the document.
    """
    if not real(document).is_relative_to(real(settings.root)):
        return document.parent / CLAIMS
    return next((path for path in settings.claims if os.path.isdir(path)), settings.root / CLAIMS)


def claim_file_beside(document: Path, name: str, settings: Configuration) -> ClaimFile | None:
    """The claim file of a document that lies where a new one would go, though nothing names it; raises InputFaults."""
    target = claims_folder(document, settings) / f"{name}.yaml"
    if not target.is_file():
        return None
    file = read_claim_file(target, quantities_of(settings), settings.readings_off)
    own = real(document)
    folders = (settings.root, target.parent)
    return file if file.document.path and any(real(f / file.document.path) == own for f in folders) else None


def stored_path(document: Path, folder: Path, settings: Configuration) -> str:
    """The path of a document as a claim file in `folder` names it: from the root of the project, else from the folder."""
    own, root = real(document), real(settings.root)
    if own.is_relative_to(root):
        return own.relative_to(root).as_posix()
    return Path(os.path.relpath(own, real(folder))).as_posix()


def memory_of(one: DocumentRead) -> Memory:
    """What to remember of a reading."""
    text = text_of(one.extract.source)
    unresolved = []
    for figure in one.unresolved:
        before, after = around(text, figure.place.start, figure.place.end)
        words = {"printed": figure.printed, "reason": figure.reason, "before": before, "after": after}
        unresolved.append({**place_values(figure.place), **words})
    memory = Memory(
        __version__,
        one.document.sha256,
        {},
        unresolved=tuple(unresolved),
        noticed=noticed_values(one.noticed),
        no_statistic=one.made.no_statistic,
    )
    return memory.with_reading(reading_of(one.made, text))


def new_file(one: DocumentRead, path: Path) -> Update:
    """A claim file for a document that has none."""
    return Update(path, file_text(one.document, named_fields(one.claims, one.texts)), memory_of(one))


def claim_text(file: ClaimFile) -> str:
    """The text of a claim file; raises InputFaults."""
    return read_limited(Path(file.path), MAXIMUM_BYTES, " as YAML").decode("utf-8-sig")


def updated(one: DocumentRead, file: ClaimFile, settings: Configuration) -> Update:
    """A claim file merged with what is read now; raises InputFaults where what comes out could not be read again."""
    path, table = Path(file.path), quantities_of(settings)
    text = claim_text(file)
    memory, now = load_memory(path), memory_of(one)
    same = one.document.sha256 == file.document.sha256
    merged = merge(text, file, memory.reading if memory is not None else None, now.reading, table, same)
    read_claim_text(merged.text, path, table, settings.readings_off)
    kept = now.with_reading(merged.reading)
    if memory is not None:
        kept = replace(kept, accepted=tuple(name for name in memory.accepted if name not in merged.changed))
    renamed = {read.id: entry.id for read, entry in zip(now.reading.entries, merged.reading.entries, strict=True)}
    noticed = tuple({**found, "claim": renamed.get(found["claim"], found["claim"])} for found in kept.noticed)
    return Update(path, merged.text, replace(kept, noticed=noticed), merged)


def is_up_to_date(file: ClaimFile, sha256: str | None) -> bool:
    """Whether a claim file is what this version of crosscheck would write from a document with that hash."""
    if file.document.sha256 is None or file.document.sha256 != sha256:
        return False
    memory = load_memory(Path(file.path))
    return memory is None or memory.reader == __version__


def write(update: Update) -> bool:
    """Writes a claim file and what is remembered of it; says whether the claim file changed. Raises OSError."""
    try:
        old: str | None = update.path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        old = None
    if old != update.text:
        write_text(update.path, update.text)
    save_memory(update.path, update.memory)  # last: without it, what was written counts as a person's, and nothing is lost
    return old != update.text


def merged_afresh(
    changed: Sequence[tuple[ClaimFile, Path]], tools: Tools
) -> tuple[list[tuple[ClaimFile, DocumentRead, Update]], list[Fault]]:
    """Claim files whose documents changed, merged with what is read now, and the faults of those that cannot be."""
    found: list[tuple[ClaimFile, DocumentRead, Update]] = []
    faults: list[Fault] = []
    for file, path in changed:
        try:
            one = read_one(path, None, file.document.id, tools)
            update = updated(one, file, tools.settings)
            loaded = read_claim_text(update.text, update.path, tools.table, tools.settings.readings_off)
            found.append((_in_place_of(file, loaded, tools), one, update))
        except InputFaults as error:
            faults += error.faults
    return found, faults


def _in_place_of(old: ClaimFile, new: ClaimFile, tools: Tools) -> ClaimFile:
    """A claim file as the run has it: given, dated and superseded as the one that it replaces."""
    document = replace(new.document, given=old.document.given, published=new.document.published or tools.published)
    claims = tuple(replace(claim, document=document) for claim in new.claims)
    superseded = bool(old.history) and not old.claims
    return replace(new, document=document, claims=() if superseded else claims, history=claims if superseded else ())


def conflict_lines(path: str, conflicts: Iterable[Conflict]) -> list[str]:
    """Conflicts for people: the file and line, the value that stays, and what is read."""
    return [
        f"{path}:{one.line or 1}: conflict: {one.entry + ': ' if one.entry else ''}{one.field} stays {_shown(one.yours)}; "
        f"read now: {_shown(one.read)}"
        for one in conflicts
    ]


def _shown(value: object) -> str:
    """A field in a few words."""
    from crosscheck.extraction.claim_files.text import flow

    if value is None:
        return "absent"
    if isinstance(value, dict) and "value" in value:
        known = f" ({value['how']})" if "how" in value else ""
        return f"{value['value']}{known}"
    return flow(value)
