"""The documents of a run as the page shows them: read once more for their paragraphs, tables and the places of figures."""

from __future__ import annotations

from collections.abc import Iterator

from crosscheck.claims.model import Claim, Document, Place
from crosscheck.extraction.readers.reading import read_document
from crosscheck.extraction.source import Source
from crosscheck.inputs.faults import InputFaults
from crosscheck.project.pipeline import Outcome, document_text
from crosscheck.project.reading import shown_span
from crosscheck.reports.html.placing import Sheet


def sheets_of(outcome: Outcome) -> Iterator[Sheet]:
    """Each document that the run knows, in the order of its paths; without a text where it cannot be read any more."""
    documents: dict[str, Document] = {}
    claims: dict[str, list[Claim]] = {}
    for claim in outcome.claims:
        documents.setdefault(claim.document.id, claim.document)
        claims.setdefault(claim.document.id, []).append(claim)
    for found in outcome.noticed:
        documents.setdefault(found.document.id, found.document)
    for document in sorted(documents.values(), key=lambda document: (document.path or "", document.id)):
        source = _source(document, outcome)
        yield Sheet(document, source, _spans(source, claims.get(document.id, [])))


def _source(document: Document, outcome: Outcome) -> Source | None:
    if document.path is None:
        return None
    path = outcome.sources.get(document.path)
    if path is not None:
        try:
            return read_document(path)
        except InputFaults:
            pass  # it could be read for its claims, or did not need to be: its text alone may still be there
    text = document_text(outcome, document.path)
    return None if text is None else Source(document.path, text)


def _spans(source: Source | None, claims: list[Claim]) -> dict[Place, tuple[int, int]]:
    """Where the text that is shown has what stands at the places of claims."""
    spans: dict[Place, tuple[int, int]] = {}
    if source is None:
        return spans
    for claim in claims:
        place = claim.place
        if place.start is not None and place.end is not None:
            span = shown_span(source, place.start, place.end)
            if span is not None:
                spans[place] = span
    return spans
