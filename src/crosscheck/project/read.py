"""What a run knows from reading documents beside their claims: kept light, as most runs read none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crosscheck.checking.noticed import Noticed
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Document, Place
from crosscheck.inputs.disk import YAML_SUFFIXES
from crosscheck.inputs.faults import Fault
from crosscheck.project.memory import Memory, load_memory, noticed_from, place_from, unresolved_key

# What readers of documents read, written down here as they take a while to load; a test keeps the two in step.
DOCUMENT_SUFFIXES = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"),
    *(".pdf", ".docx", ".csv", ".tsv", ".xlsx"),
)
NO_STATISTIC, UNRESOLVED, FOUND = "no_statistic", "unresolved", "found"


@dataclass(frozen=True, slots=True)
class Read:
    """What reading gave: claims of documents without a claim file, claim files merged with what is read now, and the rest.

    `uncounted` are, by document id, figures that are no claims: those not understood, and those that are no statistic.
    `remarks` are kinds and texts of what is to be said about the run.
    """

    files: tuple[ClaimFile, ...] = ()
    merged: tuple[ClaimFile, ...] = ()
    noticed: tuple[Noticed, ...] = ()
    uncounted: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # unresolved, no statistic
    remarks: tuple[tuple[str, str], ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    open_figures: tuple[Noticed, ...] = ()  # those not understood, with their place and the reason as the message

    def counts(self, documents: Collection[str]) -> Mapping[str, int]:
        """What the tally adds for figures of some documents that are no claims."""
        total: Counter[str] = Counter()
        for document, (unresolved, no_statistic) in self.uncounted.items():
            if document in documents:
                total[UNRESOLVED] += unresolved
                total[NO_STATISTIC] += no_statistic
                total[FOUND] += unresolved + no_statistic
        return total


NOTHING_READ = Read()


def remembered(files: Iterable[ClaimFile]) -> Read:
    """What was noted beside claim files when their documents were read, as long as the documents are the same."""
    noticed: list[Noticed] = []
    uncounted: dict[str, tuple[int, int]] = {}
    unclear: list[Noticed] = []
    for file in files:
        if file.document.sha256 is None or not file.path.lower().endswith(YAML_SUFFIXES):
            continue
        memory = load_memory(Path(file.path))
        if memory is None or memory.sha256 != file.document.sha256:
            continue
        found = noted(file, memory)
        noticed += found.noticed
        uncounted |= found.uncounted
        unclear += found.open_figures
    return Read(noticed=tuple(noticed), uncounted=uncounted, open_figures=tuple(unclear))


def noted(file: ClaimFile, memory: Memory) -> Read:
    """What is remembered of one document; a figure that a person made a claim of is not counted again."""
    claims = (*file.claims, *file.history)
    ids = {claim.id.partition("#")[2] for claim in claims}
    taken_out = sum(entry["id"] not in ids for entry in memory.entries)  # a person says that they are no figures
    places = {place for claim in claims for place in _places(claim.place.start, claim.place.line, claim.place.column)}
    left = [one for one in memory.unresolved if places.isdisjoint(_places(*map(one.get, ("start", "line", "column"))))]
    unclear = [one for one in left if unresolved_key(one) not in memory.accepted]
    counts = {file.document.id: (len(unclear), memory.no_statistic + len(left) - len(unclear) + taken_out)}
    figures = (open_figure(file.document, place_from(one), str(one.get("reason", ""))) for one in unclear)
    return Read(noticed=tuple(noticed_from(memory, file, file.document)), uncounted=counts, open_figures=tuple(figures))


def open_figure(document: Document, place: Place, reason: str) -> Noticed:
    """A figure that was not understood, and why."""
    return Noticed(UNRESOLVED, "none", None, message=reason, in_document=document, at=place)


def _places(start: int | None, line: int | None, column: int | None) -> Iterator[tuple[int, ...]]:
    """What tells where a figure stands: its start, or for people its line and column."""
    if start is not None:
        yield (start,)
    if line is not None and column is not None:
        yield line, column
