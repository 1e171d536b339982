"""What a run knows from reading documents beside their claims: kept light, as most runs read none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crosscheck.checking.noticed import Noticed
from crosscheck.claims.links import ClaimFile
from crosscheck.inputs.disk import YAML_SUFFIXES
from crosscheck.inputs.faults import Fault
from crosscheck.project.memory import Memory, load_memory, noticed_from

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
    for file in files:
        if file.document.sha256 is None or not file.path.lower().endswith(YAML_SUFFIXES):
            continue
        memory = load_memory(Path(file.path))
        if memory is None or memory.sha256 != file.document.sha256:
            continue
        found = noted(file, memory)
        noticed += found.noticed
        uncounted |= found.uncounted
    return Read(noticed=tuple(noticed), uncounted=uncounted)


def noted(file: ClaimFile, memory: Memory) -> Read:
    """What is remembered of one document."""
    ids = {claim.id.partition("#")[2] for claim in (*file.claims, *file.history)}
    taken_out = sum(entry["id"] not in ids for entry in memory.entries)  # a person says that they are no figures
    unresolved = len(memory.open_figures)
    no_figures = len(memory.unresolved) - unresolved + taken_out
    counts = {file.document.id: (unresolved, memory.no_statistic + no_figures)}
    return Read(noticed=tuple(noticed_from(memory, file, file.document)), uncounted=counts)
