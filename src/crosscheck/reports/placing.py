"""Where a figure stands, for people."""

from __future__ import annotations

from typing import Protocol

from crosscheck.claims.model import Document, Place
from crosscheck.claims.table_kinds import PARQUET_SUFFIXES
from crosscheck.reports.terminal import harmless


class Placed(Protocol):
    """A claim, or something noticed in a text: what a report shows at its place."""

    @property
    def id(self) -> str:
        """The claim's id, or the document's."""

    @property
    def document(self) -> Document:
        """Where it stands."""

    @property
    def place(self) -> Place:
        """Where in the document."""

    @property
    def printed(self) -> str:
        """As it stands there."""


def place(claim: Placed) -> str:
    """Where a claim stands: `path:line:column`, or the claim's id where the document has no place for it."""
    path = harmless(claim.document.path or claim.document.claim_file or "") or None
    if path is None or claim.place.line is None:
        name = claim.id.partition("#")[2]
        part = claim.place.sheet
        if path is not None and part is not None and part.lower().endswith(PARQUET_SUFFIXES):  # of a folder of parts
            path = f"{path}/{harmless(part)}"
            name = f"row-{claim.place.row}" if name.startswith("row-") else name
        return claim.id if path is None else f"{path} ({name})" if name else path
    return f"{path}:{claim.place.line}:{claim.place.column or 1}"
