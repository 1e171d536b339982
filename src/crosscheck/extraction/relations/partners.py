"""Partners that a text has left behind: after the trade of two countries it tells that of one with all.

"Trade with Turkey came to $1.1 billion. … Azerbaijan's trade turnover amounted to $6.6 billion": were that with Turkey too,
the text would contradict itself. So nobody is taken to be the partner of what that sentence tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crosscheck.claims.model import EXPLICIT
from crosscheck.extraction.model import Statement
from crosscheck.extraction.relations.apart import Seen
from crosscheck.extraction.sentences.frame import COUNTERPART, REFERENCE
from crosscheck.extraction.sentences.measures import LEVEL
from crosscheck.figures.exact import Fraction
from crosscheck.inputs.values import replace

FAR = Fraction(3, 2)  # what is so much more or less than what was told is no other rounding of it, nor a revision


def leave_partner(places: Mapping[int, int], statements: list[Statement], seen: Seen) -> bool:
    """Takes the partner that was only carried from the figures of a sentence that names one country alone, where one of
    them would contradict what was told before; whether it did. `places` gives the index of each number's statement."""
    indices = list(places.values())
    if not indices:
        return False
    seen.add(statements, min(indices))
    wrong = {
        statements[index].dimensions[COUNTERPART].value
        for index in indices
        if _is_carried(statements[index])
        and _contradicts(statements[index], seen.values.get(seen.traits(index, statements[index]).key, {}))
    }
    for index in indices if wrong else ():
        one = statements[index]
        partner = one.dimensions.get(COUNTERPART)
        if partner is not None and partner.how != EXPLICIT and partner.value in wrong:
            left = {name: known for name, known in one.dimensions.items() if name != COUNTERPART}
            whole = one.whole if one.whole != {COUNTERPART: None} else {}
            statements[index] = replace(one, dimensions=left, whole=whole)
    return bool(wrong)


def _is_carried(one: Statement) -> bool:
    """Whether a level names its country itself, and its partner does not stand in its sentence."""
    area, partner = one.dimensions.get(REFERENCE), one.dimensions.get(COUNTERPART)
    named = area is not None and area.how == EXPLICIT
    return named and one.measure == LEVEL and partner is not None and partner.how != EXPLICIT


def _contradicts(one: Statement, told: Iterable[Fraction]) -> bool:
    return any(value > 0 and one.value > 0 and max(one.value / value, value / one.value) > FAR for value in told)
