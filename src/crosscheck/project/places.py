"""Where settings stand in a TOML file: its reader gives values and no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

KEY = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
HEADING = re.compile(r"\s*\[\[?")

Path = tuple[str, ...]


def places_of(text: str) -> Mapping[Path, int]:
    """By path of keys, the line (from 1) on which a table or setting is first named, alone or as part of a path."""
    places: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        heading = HEADING.match(line)
        if heading:
            table = tuple(_keys(line, heading.end(), "]"))
            found = table
        else:
            keys = tuple(_keys(line, 0, "="))
            found = (*table, *keys) if keys else ()
        for length in range(1, len(found) + 1):
            places.setdefault(found[:length], number)
    return places


def _keys(line: str, position: int, end: str) -> Iterator[str]:
    """The parts of a dotted key that `end` follows; none when that is not what stands there."""
    found: list[str] = []
    while match := KEY.match(line, position):
        found.append(next(part for part in match.groups() if part is not None))
        position = match.end()
        if line[position : position + 1] != ".":
            break
        position += 1
    if line[position : position + 1] == end:
        yield from found


def line_of(places: Mapping[Path, int], path: Sequence[str]) -> int | None:
    """The line of a setting, or of the nearest table around it; None when nothing of it is found."""
    for length in range(len(path), 0, -1):
        line = places.get(tuple(path[:length]))
        if line is not None:
            return line
    return None
