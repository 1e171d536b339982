"""What the figures of a sentence are to one another."""

from __future__ import annotations

from crosscheck.extraction.model import Observed, Statement
from crosscheck.extraction.relations.among import tie_among
from crosscheck.extraction.relations.directions import against_levels
from crosscheck.extraction.relations.listed_shares import shares_listed
from crosscheck.extraction.relations.lists import close_lists, close_shares
from crosscheck.extraction.relations.open_lists import tie_open_lists
from crosscheck.extraction.relations.paces import paces
from crosscheck.extraction.relations.ranks import mark_first
from crosscheck.extraction.relations.records import mark_records
from crosscheck.extraction.relations.sums import close_sums
from crosscheck.extraction.relations.undated import of_one_time
from crosscheck.extraction.sentences.belonging import give_to_worth
from crosscheck.extraction.sentences.measures import Measured
from crosscheck.extraction.sentences.state import Walk
from crosscheck.extraction.sentences.tokens import Row


def tie(
    text: str,
    tokens: Row,
    numbers: list[int],
    measured: dict[int, Measured],
    state: Walk,
    stated: dict[int, int],
    statements: list[Statement],
) -> list[Observed]:
    """What the figures of a sentence are to one another: items of a list, of one time, a record. Gives what is noticed."""
    observed = list(against_levels(tokens, measured, statements, stated))
    observed += shares_listed(tokens, measured, statements, stated)
    observed += paces(text, tokens, numbers, statements, stated)
    of_one_time(tokens, numbers, statements, stated)
    tie_among(state, statements, stated)
    tie_open_lists(text, tokens, numbers, statements, stated)
    close_sums(tokens, numbers, statements, stated)
    close_lists(text, tokens, numbers, statements, stated)
    give_to_worth(tokens, numbers, statements, stated)
    close_shares(tokens, numbers, statements, stated)
    mark_records(text, tokens, numbers, statements, stated)
    mark_first(text, tokens, numbers, statements, stated)
    return observed
