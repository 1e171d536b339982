"""`extract`: read documents, print their claims, write or bring up to date their claim files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crosscheck import __version__
from crosscheck.claims.links import ClaimFile
from crosscheck.cli.check import FINDINGS, INPUT, OK, configuration_of, date_of_option, documents_of, standard_input
from crosscheck.cli.output import complain, say, show_faults
from crosscheck.extraction.claim_files.claims import slug
from crosscheck.inputs.disk import real
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.project.claim_files import (
    Update,
    claim_file_beside,
    claim_files_of,
    claims_folder,
    conflict_lines,
    is_up_to_date,
    new_file,
    stored_path,
    updated,
    write,
)
from crosscheck.project.configuration import Configuration
from crosscheck.project.lists import codelists_of, quantities_of
from crosscheck.project.pipeline import content_hash, document_path
from crosscheck.project.reading import STANDARD_INPUT, DocumentRead, Names, Tools, read_many, read_one, with_document
from crosscheck.reports import extract_json

FORMATS = ("json", "yaml")


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """What the command was asked to do, in the words of the command line."""

    format: str = "json"
    write: bool = False
    again: bool = False
    published: str | None = None
    gold: Path | None = None
    isolated: bool = False
    config: Path | None = None


def run_extract(paths: Sequence[str], options: ExtractOptions) -> int:
    """Reads documents and prints or writes their claims; 2 where one cannot be read, 1 where merging met conflicts."""
    try:
        if options.format not in FORMATS:
            hint = did_you_mean(options.format, FORMATS) or f"one of {', '.join(FORMATS)}"
            raise InputFaults([Fault("--format", None, None, f'unknown value "{options.format[:60]}"', hint)])
        settings = configuration_of(options.config, options.isolated)
        documents = documents_of(paths, settings)
        lists = codelists_of(settings, options.isolated)
        tools = Tools(settings, lists, quantities_of(settings), date_of_option(options.published))
        if options.write:
            return _write(documents, tools, options.again)
        data = standard_input() if any(str(path) == STANDARD_INPUT for path in documents) else None
        read, faults = read_many(documents, tools, Names(), data)
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    if options.gold is not None:
        code = _score(read, options.gold)
    else:
        say(_yaml(read) if options.format == "yaml" else extract_json.text(content(read)))
        code = OK
    for fault in (fault for one in read for fault in one.remarks):
        complain(f"crosscheck: {fault}")
    if faults:
        show_faults(faults)
        return INPUT
    return code


def _yaml(read: Sequence[DocumentRead]) -> str:
    """Claim files, one below the other; each is a file of its own."""
    from crosscheck.extraction.claim_files.text import file_text, named_fields

    texts = [file_text(one.document, named_fields(one.claims, one.texts)) for one in read]
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"# {one.document.path}\n{text}" for one, text in zip(read, texts, strict=True))


def _write(documents: Sequence[Path], tools: Tools, again: bool) -> int:
    """Writes claim files for documents that have none, and merges into those of documents that changed."""
    settings = tools.settings
    if any(str(path) == STANDARD_INPUT for path in documents):
        hint = "save it to a file, and name that"
        raise InputFaults([Fault(STANDARD_INPUT, None, None, "standard input has no claim file", hint)])
    known = {document_path(file, settings.root): file for file in claim_files_of(settings)}
    names = Names({file.document.id for file in known.values()})
    faults: list[Fault] = []
    conflicts = 0
    for path in documents:
        try:
            file = claim_file_of(path, known, settings)
            if file is not None and not again and is_up_to_date(file, content_hash(path)):
                say(f"{file.path}: up to date\n")
                continue
            one, update = update_for(path, file, names, tools)
            for fault in one.remarks:
                complain(f"crosscheck: {fault}")
            changed = write(update)
        except InputFaults as error:
            faults += error.faults
            continue
        except OSError as error:
            faults.append(Fault(str(path), None, None, f"its claim file cannot be written: {error.strerror or error}"))
            continue
        say(f"{update.path}: {_what_came(update, changed)}\n")
        for line in conflict_lines(str(update.path), update.conflicts):
            conflicts += 1
            complain(line)
    if faults:
        show_faults(faults)
        return INPUT
    return FINDINGS if conflicts else OK


def claim_file_of(path: Path, known: Mapping[Path | None, ClaimFile], settings: Configuration) -> ClaimFile | None:
    """The claim file of a document, among the configured ones or where a new one would go; raises InputFaults."""
    return known.get(real(path)) or claim_file_beside(path, slug(path.stem, 80), settings)


def update_for(path: Path, file: ClaimFile | None, names: Names, tools: Tools) -> tuple[DocumentRead, Update]:
    """What a document makes of its claim file, or of a new one; raises InputFaults."""
    if file is not None:
        one = read_one(path, None, file.document.id, tools)
        return one, updated(one, file, tools.settings)
    folder = claims_folder(path, tools.settings)
    target = folder / f"{names.name(str(path))}.yaml"
    while os.path.exists(target):  # the claims of another document
        target = folder / f"{names.name(str(path))}.yaml"
    one = read_one(path, None, target.stem, tools)
    stored = stored_path(path, folder, tools.settings)
    return one, new_file(with_document(one, replace(one.document, path=stored)), target)


def _what_came(update: Update, changed: bool) -> str:
    """What writing a claim file came to, in a few words."""
    unresolved = len(update.memory.open_figures)
    open_figures = f", {unresolved} not understood" if unresolved else ""
    merged = update.merged
    if merged is None:
        return f"written, {_counted(len(update.memory.entries), 'figure')}{open_figures}"
    parts = [
        f"{len(ids)} {word}"
        for ids, word in ((merged.added, "new"), (merged.changed, "changed"), (merged.removed, "gone"))
        if ids
    ]
    parts += [f"{_counted(merged.edited, 'edit')} of yours kept"] if merged.edited else []
    parts += [f"gone from the document, though kept as it was edited: {', '.join(merged.kept)}"] if merged.kept else []
    done = "brought up to date" if changed else "nothing changed"
    return f"{done}{': ' if parts else ''}{', '.join(parts)}{open_figures}"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def content(read: Sequence[DocumentRead]) -> dict[str, object]:
    """The JSON document of what was read."""
    readings = [
        extract_json.Reading(one.document, one.claims, one.unresolved, one.made.no_statistic, one.made.asides)
        for one in read
    ]
    return extract_json.content(readings, [found for one in read for found in one.noticed], __version__)


def _score(read: Sequence[DocumentRead], gold: Path) -> int:
    """Prints how well documents were read, against a file marked by hand."""
    import json

    from crosscheck.extraction.scoring.score import report, score
    from crosscheck.inputs.disk import read_limited

    try:
        marked = json.loads(read_limited(gold, 64 * 1024 * 1024))
        text = read[0].extract.source.text if len(read) == 1 else None
        found = report(score(content(read), marked, text))
    except InputFaults as error:
        show_faults(error.faults)
        return INPUT
    except (ValueError, KeyError, TypeError) as error:
        show_faults([Fault(str(gold), None, None, f"not a file marked by hand: {error}")])
        return INPUT
    say(found if found.endswith("\n") else found + "\n")
    return OK
