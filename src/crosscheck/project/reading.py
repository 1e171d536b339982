"""Documents read while a command runs: their claims, what reading noticed, and what it could not tell."""

from __future__ import annotations

import bisect
import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crosscheck.checking.noticed import NOTICED, Noticed
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Claim, Document
from crosscheck.extraction.claim_files.claims import FigureText, ReadClaims, claims_of, slug
from crosscheck.extraction.model import Extract, Unresolved
from crosscheck.extraction.readers.reading import SUFFIXES, read_document
from crosscheck.extraction.reading import read
from crosscheck.extraction.source import Source
from crosscheck.figures.quantities import Quantities
from crosscheck.inputs.disk import files_in, real
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.project.configuration import Configuration

STANDARD_INPUT = "-"
TITLE_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading works with: the project's settings, code lists and table of number words, the date for the undated."""

    settings: Configuration
    lists: CodeLists
    table: Quantities
    published: datetime.date | None = None
    progress: Callable[[str], None] | None = None  # told before each document


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A document as read: its claims, and for each the figure as a claim file writes it."""

    path: Path
    extract: Extract
    made: ReadClaims
    noticed: tuple[Noticed, ...]
    remarks: tuple[Fault, ...] = ()

    @property
    def document(self) -> Document:
        """The document that the claims stand in."""
        return self.made.document

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims, in the order of the text."""
        return self.made.claims

    @property
    def texts(self) -> tuple[FigureText, ...]:
        """The figures as claim files write them."""
        return self.made.texts

    @property
    def unresolved(self) -> tuple[Unresolved, ...]:
        """Figures whose meaning is not known."""
        return self.made.unresolved

    @property
    def claim_file(self) -> ClaimFile:
        """The claims in the shape of a claim file that was read."""
        return ClaimFile(str(self.path), self.document, self.claims)


@dataclass(slots=True)
class Names:
    """Ids for documents that have none: the stem of the file's name, with its folder where that is taken."""

    taken: set[str] = field(default_factory=set)

    def name(self, path: str) -> str:
        """An id that no other document has."""
        parts = [part for part in Path(path).with_suffix("").parts if part not in ("/", "..")]
        words = [slug(part, 80) for part in parts]
        words = [word for word in words if word] or ["standard-input" if path == STANDARD_INPUT else "document"]
        for count in range(1, len(words) + 1):
            name = "-".join(words[-count:])
            if name not in self.taken:
                break
        base, number = name, 1
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        self.taken.add(name)
        return name


def read_one(path: Path, data: bytes | None, identity: str, tools: Tools) -> DocumentRead:
    """The document at `path` (or `data` under that name) as read; raises InputFaults where it cannot be read."""
    extract = read(path, data, tools.lists, tools.table, tools.published)
    if extract.faults:
        raise InputFaults(extract.faults)
    source = extract.source
    name = shown_name(path, tools.settings)
    document = Document(
        id=identity,
        path=name,
        title=_line(source.title),
        publisher=_line(source.publisher, 200),
        published=source.published,
        sha256=source.sha256 or None,
        area_unstated=True,
    )
    made = claims_of(extract, document, tools.table, tools.settings.readings_off(name))
    return DocumentRead(path, extract, made, tuple(_noticed(extract, made)), source.remarks)


def read_many(
    documents: Sequence[Path], tools: Tools, names: Names, data: bytes | None = None
) -> tuple[tuple[DocumentRead, ...], list[Fault]]:
    """The documents as read, and the faults of those that cannot be; `data` is what `-` stands for."""
    found: list[DocumentRead] = []
    faults: list[Fault] = []
    for number, path in enumerate(documents, 1):
        if tools.progress is not None:
            tools.progress(f"reading {number:,} of {len(documents):,}: {path}")
        standard = str(path) == STANDARD_INPUT
        try:
            found.append(read_one(path, (data or b"") if standard else None, names.name(str(path)), tools))
        except InputFaults as error:
            faults += error.faults
    return tuple(found), faults


def _line(text: str | None, limit: int = TITLE_LIMIT) -> str | None:
    """Text of a document's head on one line, or None."""
    if text is None:
        return None
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:limit].strip() or None


def _noticed(extract: Extract, made: ReadClaims) -> Iterator[Noticed]:
    """What reading noticed, without what the claims themselves tell."""
    for found in extract.observed:
        index = None if found.statement is None else made.of_statement[found.statement]
        if index is not None and found.rule in NOTICED:
            continue
        claim = None if index is None else made.claims[index]
        yield Noticed(found.rule, found.level, claim, message=found.message, in_document=made.document, at=found.place)


def shown_name(path: Path, settings: Configuration) -> str:
    """The path of a document as claim files and reports have it: from the root of the project on, where it lies there."""
    if str(path) == STANDARD_INPUT:
        return STANDARD_INPUT
    own, root = real(path), real(settings.root)
    return own.relative_to(root).as_posix() if own.is_relative_to(root) else path.as_posix()


def documents_in(paths: Iterable[Path], faults: list[Fault]) -> list[Path]:
    """Files as they are, folders by the documents in them, each once; folders that cannot be read go to `faults`."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in files_in(path, faults, SUFFIXES) if os.path.isdir(path) else [path]:
            found.setdefault(real(file), file)
    return list(found.values())


def with_document(one: DocumentRead, document: Document) -> DocumentRead:
    """The same with another document in all its claims."""
    claims = tuple(replace(claim, document=document) for claim in one.claims)
    return replace(one, made=replace(one.made, document=document, claims=claims))


def text_in(path: Path) -> str | None:
    """The text of a document as claims count code points in it; None where it cannot be read."""
    try:
        return text_of(read_document(path))
    except InputFaults:
        return None


def shown_span(source: Source, start: int, end: int) -> tuple[int, int] | None:
    """Where `source.text` has what stands between two code points of the file; None where it has nothing of it."""
    if text_of(source) is source.text:
        return start, end
    starts = [segment.file_start if segment.file_start is not None else -1 for segment in source.segments]
    found = []
    for at, side in ((start, bisect.bisect_right), (end, bisect.bisect_left)):
        index = side(starts, at) - 1
        if index < 0:
            return None
        segment = source.segments[index]
        whole = segment.file_end is not None and side is bisect.bisect_left
        following = source.segments[index + 1].start if index + 1 < len(source.segments) else len(source.text)
        offset = 0 if segment.file_end is not None else at - starts[index]
        found.append(following if whole else min(segment.start + offset, following))
    return (found[0], found[1]) if found[0] < found[1] else None


def text_of(source: Source) -> str:
    """The text that the places of a document's claims count code points in."""
    in_file = any(segment.file_start is not None for segment in source.segments)
    return source.file_text if in_file and source.file_text is not None else source.text
