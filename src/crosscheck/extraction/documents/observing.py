"""What reading notices about a document: findings `reading/…`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosscheck.claims.model import NOT_STATED
from crosscheck.extraction.model import Known, Observed, Skipped, Statement
from crosscheck.extraction.source import Source, place_of

NOTHING = Known("")
MALFORMED = "reading/malformed-number"
NO_DATE = "reading/no-date"
MALFORMED_REASON = "a malformed number"


def observe(source: Source, statements: Sequence[Statement], skipped: Sequence[Skipped]) -> Iterator[Observed]:
    """Findings about numbers that cannot be read, and about a document whose date would be needed."""
    for number in skipped:
        if number.reason == MALFORMED_REASON:
            place = place_of(source, number.start, number.end)
            message = f'"{place.printed}" is not a number that can be read: its marks contradict one another'
            yield Observed(MALFORMED, "warning", message, place)
    if source.published is None:
        undated = [at for at, one in enumerate(statements) if one.dimensions.get("time_period", NOTHING).how == NOT_STATED]
        if undated:
            message = f"the document carries no date; the period of {len(undated)} of its figures is not known without one"
            yield Observed(NO_DATE, "note", message, statements[undated[0]].place, undated[0])
