"""What differs between the engines that run the compiled SQL: names of types, and how a number leads to another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from crosscheck.claims.fields import printable


class Engine(Protocol):
    """What runs SQL: a connection to DuckDB, or Spark behind the same two words."""

    def execute(self, query: str, /) -> Any:
        """Runs a query; what it gives has `fetchall`."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """An engine's words. `wide_limit` is the size that no value in its wide whole numbers may reach."""

    name: str
    narrow: str
    wide: str
    wide_limit: int
    double: str

    def cast(self, text: str, wide: bool) -> str:
        """A whole number in the type in which it is reckoned with."""
        return f"CAST({text} AS {self.wide if wide else self.narrow})"

    def total(self, text: str, wide: bool) -> str:
        """The sum of whole numbers over rows, in the type in which it is reckoned with; beyond it the engine raises."""
        kind = self.wide if wide else self.narrow
        return f"CAST(sum({self.cast(text, True) if wide else text}) AS {kind})"

    def divided(self, text: str, by: int) -> str:
        """A whole number over another one that divides it."""
        return text if by == 1 else f"(({text}) {'div' if self.name == 'spark' else '//'} {by})"

    def pick(self, numbers: Sequence[int | None], at: str) -> str:
        """The entry of a short list at a number from 0; NULL where it has none."""
        listed = ", ".join("NULL" if number is None else str(number) for number in numbers)
        if self.name == "spark":
            return f"element_at(array({listed}), CAST({at} AS INT) + 1)"
        return f"list_extract([{listed}], {at} + 1)"


NARROW_LIMIT = 2**62
DUCKDB = Dialect("duckdb", "BIGINT", "HUGEINT", 2**126, "DOUBLE")
SPARK = Dialect("spark", "BIGINT", "DECIMAL(38, 0)", 10**37, "DOUBLE")


def quoted_name(name: str) -> str:
    """A name in SQL."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def quoted_text(text: str) -> str:
    """A text in SQL."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def told(error: Exception) -> str:
    """What the engine says of a table that it cannot read."""
    return printable(f"cannot be read: {reason(error)}"[:300])


def reason(error: Exception) -> str:
    """The first line of what the engine says, without its prefix, and of what the system says only that."""
    line = str(error).splitlines()[0] if str(error) else type(error).__name__
    system = re.search(r'"exception_message":"(?:[^"\\]|\\.)*: ([^":]+)"', line)
    return system[1] if system else line.partition(": ")[2] or line
