"""Codes and code lists: what the codes of a dimension are called and how they hang together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from crosscheck.figures.units import iso_library
from crosscheck.inputs.faults import did_you_mean

AREA_DIMENSIONS = ("reference_area", "counterpart_area")
NATURES = ("flow", "stock", "price", "index", "rate")
EVERYTHING = "*"
ALPHA_2 = re.compile(r"[A-Z]{2}")

_ALPHA_3 = re.compile(r"[A-Z]{3}")
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its properties; `terms` is its `sum`, each with the sign +1 or -1."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    part_of: str | None = None
    terms: tuple[tuple[str, int], ...] = ()
    symmetric: bool = False
    mirror: str | None = None
    nature: str | None = None
    non_negative: bool = False
    additive: bool = True
    members: tuple[str, ...] = ()
    ratio: tuple[str, ...] = ()  # what it is a quotient of: above, below
    adjectives: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    capital: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CodeLists:
    """The code lists of a run, by dimension.

    `written` leads from each name and alias as the files have it to the id, `spellings` from the form that is
    looked up: in lower case, or as written when there is no lower-case letter in it (US, BRICS).
    """

    codes: Mapping[str, Mapping[str, Code]]
    written: Mapping[str, Mapping[str, str]]
    spellings: Mapping[str, Mapping[str, str]]
    _holders: dict[str, Mapping[str, frozenset[str]]] = field(default_factory=dict, init=False, repr=False)

    def find(self, dimension: str, code: str) -> Code | None:
        """The code with that id, name or alias (KZ, KAZ, Kazakhstan), or None.

        An alias in capitals matches as written, any other in any case, so that "us" is not the United States.
        """
        codes, spellings = self.codes.get(dimension, {}), self.spellings.get(dimension, {})
        if code in codes:
            return codes[code]
        written = " ".join(code.split())
        id = spellings.get(written) or spellings.get(written.casefold()) or code
        if id in codes or dimension not in AREA_DIMENSIONS:
            return codes.get(id)
        area = _iso_area(id)
        return codes.get(area.id, area) if area else None

    def named(self, dimension: str, phrase: str) -> Code | None:
        """As `find`, and in an area dimension by the ISO name of a country that no file has (Uruguay)."""
        found = self.find(dimension, phrase)
        if found is None and dimension in AREA_DIMENSIONS:
            alpha_2 = _iso_names().get(" ".join(phrase.split()).casefold())
            found = self.find(dimension, alpha_2) if alpha_2 else None
        return found

    def phrases(self, dimension: str) -> Iterator[tuple[str, str]]:
        """Each name and alias, as the files write it, with its id, for a reader of text to look for."""
        yield from self.written.get(dimension, {}).items()

    def names(self, dimension: str) -> tuple[str, ...]:
        """The ids of the codes that the files give for a dimension, in their order."""
        return tuple(self.codes.get(dimension, {}))

    def part_of(self, dimension: str, code: str) -> str | None:
        """The id of the next larger code that this one is a part of, or None."""
        found = self.find(dimension, code)
        return found.part_of if found else None

    def ancestors(self, dimension: str, code: str) -> tuple[str, ...]:
        """The ids of all larger codes by `part_of`, the nearest first."""
        found: dict[str, None] = {}
        parent = self.part_of(dimension, code)
        while parent is not None and parent not in found:
            found[parent] = None
            parent = self.part_of(dimension, parent)
        return tuple(found)

    def within(self, dimension: str, code: str, whole: str) -> bool:
        """Whether `code` is `whole`, or at any distance a part of it, a member of it or a term of its sum."""
        return whole == code or whole in self.wholes(dimension, code)

    def overlaps(self, dimension: str, one: str, other: str) -> bool:
        """Whether two codes have anything in common, so that adding their figures would count it twice."""
        if self.within(dimension, one, other) or self.within(dimension, other, one):
            return True
        return not self.parts(dimension, one).isdisjoint(self.parts(dimension, other))

    def wholes(self, dimension: str, code: str) -> set[str]:
        """The ids of all codes that hold this one, at any distance, as parts, members or terms."""
        holders = self._holders.get(dimension)
        if holders is None:  # asked for every figure of a text: gone through once
            holders = self._holders[dimension] = _holders_of(self.codes.get(dimension, {}))

        def direct(part: str) -> set[str]:
            parent = self.part_of(dimension, part)
            found = holders.get(part, frozenset())
            return {*found, parent} if parent else set(found)

        return _reached(code, direct) | holders.get(EVERYTHING, frozenset())

    def parts(self, dimension: str, code: str) -> set[str]:
        """The ids of all codes of the files that this one holds, at any distance."""
        codes = self.codes.get(dimension, {})

        def direct(whole: str) -> set[str]:
            return {part.id for part in codes.values() if part.part_of == whole} | _listed_in(codes.get(whole))

        return _reached(code, direct)

    def is_known(self, dimension: str, code: str, used: set[str]) -> bool:
        """Whether a list, ISO 3166 for areas, or the codes that the run's claims use have this one."""
        return code in used or self.find(dimension, code) is not None

    def suggestion(self, dimension: str, code: str, used: Iterable[str] = ()) -> str | None:
        """A "did you mean" for a code that is not known, or None."""
        candidates = (*self.names(dimension), *used)
        if len(code) <= 3:  # two edits away lies every other country
            near = next((name for name in candidates if name.casefold() == code.casefold()), None)
            return f'did you mean "{near}"?' if near else None
        return did_you_mean(code, (*candidates, *self.spellings.get(dimension, {})))


def _listed_in(code: Code | None) -> set[str]:
    """Members and terms of a code."""
    return {*code.members, *dict(code.terms)} - {EVERYTHING} if code else set()


def _holders_of(codes: Mapping[str, Code]) -> dict[str, frozenset[str]]:
    """The ids of the codes that list each code as a member or term, and under `EVERYTHING` of those that hold all."""
    found: dict[str, set[str]] = {}
    for id, whole in codes.items():
        for part in _listed_in(whole):
            found.setdefault(part, set()).add(id)
        if EVERYTHING in whole.members:
            found.setdefault(EVERYTHING, set()).add(id)
    return {part: frozenset(ids) for part, ids in found.items()}


def _reached(start: str, direct: Callable[[str], set[str]]) -> set[str]:
    """What can be reached from `start` in any number of steps, itself left out."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = direct(waiting.pop()) - found
        found |= new
        waiting += new
    return found - {start}


@lru_cache(maxsize=8192)
def _iso_area(code: str) -> Code | None:
    """A country by its alpha-2 or alpha-3 code or a subdivision by its own, from ISO 3166; else None."""
    if ALPHA_2.fullmatch(code) or _ALPHA_3.fullmatch(code):
        country = iso_library().countries.get(**{"alpha_2" if len(code) == 2 else "alpha_3": code})
        if country is None:
            return None
        return Code(country.alpha_2, getattr(country, "common_name", country.name), (country.alpha_3,))
    if _SUBDIVISION.fullmatch(code):
        area = iso_library().subdivisions.get(code=code)
        return Code(code, area.name, part_of=area.parent_code or area.country_code) if area else None
    return None


@lru_cache(maxsize=1)
def _iso_names() -> Mapping[str, str]:
    """Alpha-2 codes by each ISO name of a country, in lower case."""
    names: dict[str, str] = {}
    for country in iso_library().countries:
        for key in ("name", "common_name", "official_name"):
            name = getattr(country, key, None)
            if name:
                names.setdefault(name.casefold(), country.alpha_2)
    return names
