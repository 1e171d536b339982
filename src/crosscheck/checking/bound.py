"""A binding as data: which operands a rule compares, and which one of them is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crosscheck.checking.stated import Stated
from crosscheck.rules.model import Rule

Role = Stated | tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The one operand that is not stated: its role, and the dimensions that it would have.

    `place` is where it would stand among the members of a collection; None for the end.
    """

    role: str
    dimensions: Mapping[str, str]
    place: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """One check to be made: operands by role. `missing` when just one of them is not stated anywhere."""

    rule: Rule
    roles: Mapping[str, Role]
    missing: Missing | None = None

    @property
    def subject(self) -> Stated:
        """The operand in doubt."""
        found = self.roles[self.rule.subject]
        assert isinstance(found, Stated)
        return found

    def operands(self) -> Iterator[tuple[str, Stated]]:
        """Role and operand, members of collections one by one."""
        for role, found in self.roles.items():
            if isinstance(found, Stated):
                yield role, found
            else:
                yield from ((role, member) for member in found)
