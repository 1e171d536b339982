"""Code lists: what the codes of a dimension are called and how they hang together, as data.

A file of a code list is YAML:

    codelist: {dimension: indicator}        # or a list of dimensions; `title` and `source` are for people
    codes:
      - id: trade-turnover
        name: Trade turnover
        aliases: [foreign trade, trade volume]
        sum: [exports, imports]             # a leading - takes away: [exports, -imports]
        symmetric: true                     # the same when reference and counterpart area change places
        nature: flow                        # flow, stock, price, index or rate
        non_negative: true                  # it cannot be below zero, ever
      - {id: exports, mirror: imports}      # what one side exports the other imports
      - {id: CN-XJ, name: Xinjiang, part_of: CN}
      - {id: EAEU, name: Eurasian Economic Union, members: [AM, BY, KG, KZ, RU]}
    aliases: {exports: [shipments abroad]}  # more names for codes of any file

`codes` may also be a mapping from id to the other keys. `additive` (figures of the parts add up to that of
the whole) is true unless the nature is price, index or rate. `members: ["*"]` is everything. `note` is for
people. A later file adds to the same dimension; it may repeat a code of an earlier file but not change it.

Countries and their subdivisions (ISO 3166) are known in the area dimensions without a file, from a library
that loads only when a code is asked for that no file has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from crosscheck.figures.units import iso_library
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.yaml_tree import Node, is_null, read_file

AREA_DIMENSIONS = ("reference_area", "counterpart_area")
NATURES = ("flow", "stock", "price", "index", "rate")
EVERYTHING = "*"

_FILE_KEYS = ("codelist", "codes", "aliases")
_LIST_KEYS = ("dimension", "title", "source")
_TEXTS = ("name", "part_of", "mirror", "nature", "note")
_LISTS = ("aliases", "sum", "members")
_FLAGS = ("symmetric", "non_negative", "additive")
_CODE_KEYS = ("id", *_TEXTS, *_LISTS, *_FLAGS)

# What claim and rule files give a meaning of its own where a code may stand.
_RESERVED = ("unstated", "none", "any", "_U", "_T", EVERYTHING)
_DIMENSION = re.compile(r"[a-z][a-z0-9_]*")
_ALPHA_2, _ALPHA_3 = re.compile(r"[A-Z]{2}"), re.compile(r"[A-Z]{3}")
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


@dataclass(frozen=True, slots=True, eq=False)
class CodeLists:
    """The code lists of a run, by dimension.

    `written` leads from each name and alias as the files have it to the id, `spellings` from the form that is
    looked up: in lower case, or as written when there is no lower-case letter in it (US, BRICS).
    """

    codes: Mapping[str, Mapping[str, Code]]
    written: Mapping[str, Mapping[str, str]]
    spellings: Mapping[str, Mapping[str, str]]

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
        codes = self.codes.get(dimension, {})

        def direct(part: str) -> set[str]:
            parent = self.part_of(dimension, part)
            found = {whole.id for whole in codes.values() if part in _listed_in(whole)}
            return found | {parent} if parent else found

        return _reached(code, direct) | {id for id, whole in codes.items() if EVERYTHING in whole.members}

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


def _reached(start: str, direct: Callable[[str], set[str]]) -> set[str]:
    """What can be reached from `start` in any number of steps, itself left out."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = direct(waiting.pop()) - found
        found |= new
        waiting += new
    return found - {start}


def load_codelists(paths: Sequence[Path]) -> CodeLists:
    """The code lists in the files, later ones adding to earlier ones; without files only ISO 3166 is known.

    Raises InputFaults with the faults of all files.
    """
    reader = _Reader()
    for path in paths:
        try:
            reader.read(read_file(path))
        except InputFaults as error:
            reader.faults += error.faults
    return reader.result()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A code and where its file gives it."""

    code: Code
    node: Node


@dataclass(slots=True)
class _Reader:
    """Collects codes and faults file by file; what codes say of each other is checked when all are read."""

    faults: list[Fault] = field(default_factory=list)
    drafts: dict[str, dict[str, _Draft]] = field(default_factory=dict)  # by dimension and id
    names: list[tuple[str, Node, tuple[str, ...]]] = field(default_factory=list)  # dimension, id, aliases

    def read(self, root: Node) -> None:
        if not self._has_keys(root, _FILE_KEYS, "a code list"):
            return
        head = root.get("codelist")
        if head is None:
            self.faults.append(root.fault("no `codelist`", "begin with `codelist: {dimension: …}`"))
            return
        dimensions = self._dimensions(head)
        for id, place, properties in self._entries(root.get("codes")):
            code = self._code(id, place, properties)
            if code is not None:
                for dimension in dimensions:
                    self._add(dimension, _Draft(code, place))
        aliases = root.get("aliases")
        if aliases is not None and aliases.entries is None:
            self.faults.append(aliases.fault(f"`aliases` is {aliases.kind}, not a mapping from code to names"))
        for _, key, value in aliases.pairs() if aliases is not None else ():
            phrases = self._texts(value, "aliases")
            self.names += [(dimension, key, phrases) for dimension in dimensions]

    def _has_keys(self, node: Node, allowed: Sequence[str], what: str) -> bool:
        """Whether the node is a mapping; keys that are not allowed are faults."""
        if node.entries is None:
            self.faults.append(node.fault(f"{what} is a mapping, not {node.kind}"))
            return False
        for key, key_node, _ in node.pairs():
            if key not in allowed:
                hint = did_you_mean(key, allowed) or f"known keys: {', '.join(allowed)}"
                self.faults.append(key_node.fault(f'unknown key "{key}" of {what}', hint))
        return True

    def _dimensions(self, head: Node) -> tuple[str, ...]:
        if not self._has_keys(head, _LIST_KEYS, "`codelist`"):
            return ()
        node = head.get("dimension")
        if node is None:
            self.faults.append(head.fault("no `dimension`", "such as `codelist: {dimension: indicator}`"))
            return ()
        found = []
        for item in node.items if node.items is not None else [node]:
            if item.text is None or not _DIMENSION.fullmatch(item.text):
                self.faults.append(item.fault("a dimension is named in lower case, such as reference_area"))
            else:
                found.append(item.text)
        return tuple(found)

    def _entries(self, codes: Node | None) -> Iterator[tuple[str, Node, Node]]:
        """Id, its place and the node of the properties, for both forms of `codes`."""
        if codes is None or is_null(codes):
            return
        if codes.entries is None and codes.items is None:
            self.faults.append(codes.fault(f"`codes` is {codes.kind}, not a list or a mapping"))
        for id, key, value in codes.pairs():
            inner = value.get("id")
            if inner is not None:
                self.faults.append(inner.fault("the id stands before the colon already"))
            yield id, key, value
        for item in codes.items or ():
            place = item.get("id")
            if place is not None and place.text:
                yield place.text, place, item
            elif self._has_keys(item, _CODE_KEYS, "a code"):
                self.faults.append(item.fault("a code without an `id`"))

    def _code(self, id: str, place: Node, properties: Node) -> Code | None:
        if id in _RESERVED or not id.strip() or id[0] in "-=" or not id.isprintable():
            hint = "it has a meaning of its own in claims, rules or sums"
            self.faults.append(place.fault(f'"{id}" cannot be a code', hint))
            return None
        if is_null(properties):
            return Code(id, id)
        if not self._has_keys(properties, _CODE_KEYS, "a code"):
            return None
        texts = {key: self._text(properties.get(key), key) for key in _TEXTS}
        lists = {key: self._texts(properties.get(key), key) for key in _LISTS}
        flags = {key: self._flag(properties.get(key), key) for key in _FLAGS}
        nature, additive = texts["nature"], flags["additive"]
        if nature is not None and nature not in NATURES:
            hint = did_you_mean(nature, NATURES) or f"one of {', '.join(NATURES)}"
            self.faults.append((properties.get("nature") or place).fault(f'unknown nature "{nature}"', hint))
        return Code(
            id=id,
            name=texts["name"] or id,
            aliases=lists["aliases"],
            part_of=texts["part_of"],
            terms=tuple((_unsigned(term), -1 if term.startswith("-") else 1) for term in lists["sum"]),
            symmetric=bool(flags["symmetric"]),
            mirror=texts["mirror"],
            nature=nature,
            non_negative=bool(flags["non_negative"]),
            additive=nature not in ("price", "index", "rate") if additive is None else additive,
            members=lists["members"],
        )

    def _text(self, node: Node | None, key: str) -> str | None:
        if node is None:
            return None
        if node.text is None or is_null(node) or not node.text.strip():
            self.faults.append(node.fault(f"`{key}` is {node.kind} where a text belongs"))
            return None
        return " ".join(node.text.split())

    def _texts(self, node: Node | None, key: str) -> tuple[str, ...]:
        if node is None:
            return ()
        if node.items is None:
            self.faults.append(node.fault(f"`{key}` is {node.kind}, not a list", f"write `{key}: [a, b]`"))
            return ()
        found: dict[str, str] = {}
        for item in node.items:
            text = self._text(item, key)
            bare = _unsigned(text or "") if key == "sum" else text
            if bare and bare in found:
                self.faults.append(item.fault(f'"{text}" is named twice in `{key}`'))
            elif text and bare:
                found[bare] = text
        return tuple(found.values())

    def _flag(self, node: Node | None, key: str) -> bool | None:
        if node is not None and node.text not in ("true", "false"):
            self.faults.append(node.fault(f"`{key}` is true or false"))
        return None if node is None else node.text == "true"

    def _add(self, dimension: str, draft: _Draft) -> None:
        first = self.drafts.setdefault(dimension, {}).setdefault(draft.code.id, draft)
        if first.code != draft.code:
            hint = f"first defined at {first.node.file}:{first.node.line}; `aliases` adds names to a code"
            self.faults.append(draft.node.fault(f'"{draft.code.id}" is defined differently before', hint))

    def result(self) -> CodeLists:
        """Everything read, checked as a whole; raises InputFaults."""
        codes = {name: {id: d.code for id, d in drafts.items()} for name, drafts in self.drafts.items()}
        dimensions = dict.fromkeys([*codes, *(dimension for dimension, _, _ in self.names)])
        written = {dimension: self._written(dimension) for dimension in dimensions}
        lists = CodeLists(
            codes,
            written,
            {name: {_spelling(phrase): id for phrase, id in found.items()} for name, found in written.items()},
        )
        for dimension, drafts in self.drafts.items():
            for draft in drafts.values():
                self._check_references(lists, dimension, draft)
            for key in ("part_of", "sum", "members"):
                self._check_circles(lists, dimension, key)
        for dimension, node, _ in self.names:
            id = node.text or ""
            if not _country_unseen(dimension, id) and lists.find(dimension, id) is None:
                self.faults.append(node.fault(f'unknown code "{id}"', lists.suggestion(dimension, id)))
        if self.faults:
            raise InputFaults(dict.fromkeys(self.faults))
        return lists

    def _check_references(self, lists: CodeLists, dimension: str, draft: _Draft) -> None:
        code, drafts = draft.code, self.drafts[dimension]
        for key in ("part_of", "sum", "mirror", "members"):
            for id in _references(code, key):
                if id in drafts or (key == "members" and id == EVERYTHING):
                    continue
                if key == "members" and _country_unseen(dimension, id):
                    continue
                found = lists.find(dimension, id) if key in ("part_of", "members") else None
                if found is None or found.id != id:
                    hint = f'write "{found.id}"' if found else lists.suggestion(dimension, id)
                    self.faults.append(draft.node.fault(f'unknown code "{id}" in `{key}` of "{code.id}"', hint))
        other = drafts.get(code.mirror or "")
        if other is not None and other.code.mirror != code.id:
            hint = f'write `mirror: {code.id}` at "{other.code.id}" too'
            self.faults.append(draft.node.fault(f'"{other.code.id}" does not mirror "{code.id}"', hint))

    def _check_circles(self, lists: CodeLists, dimension: str, key: str) -> None:
        """A fault for each code from which a walk along `key` comes back to a code that it has passed."""
        done: set[str] = set()
        for start, draft in self.drafts[dimension].items():
            path: list[str] = []
            waiting = [(start, 0)]
            while waiting:
                id, depth = waiting.pop()
                del path[depth:]
                if id in path:
                    circle = " → ".join([*path[path.index(id) :], id])
                    self.faults.append(draft.node.fault(f"`{key}` goes in a circle: {circle}"))
                elif id not in done:
                    done.add(id)
                    path.append(id)
                    # Only `part_of` leads on from what ISO has and the files have not.
                    code = lists.codes[dimension].get(id)
                    code = lists.find(dimension, id) if code is None and key == "part_of" else code
                    waiting += [(to, depth + 1) for to in _references(code, key)] if code else []

    def _written(self, dimension: str) -> dict[str, str]:
        """From each name and alias as the files have it to its code; a name of two codes is a fault."""
        written: dict[str, str] = {}
        owners: dict[str, str] = {}
        drafts = self.drafts.get(dimension, {})
        entries = [(d.code.id, d.node, (d.code.name, *d.code.aliases)) for d in drafts.values()]
        entries += [(key.text or "", key, phrases) for name, key, phrases in self.names if name == dimension]
        for id, node, phrases in entries:
            for phrase in phrases:
                other = owners.setdefault(_spelling(phrase), id)
                other = phrase if phrase in drafts else other
                if other != id:
                    self.faults.append(node.fault(f'"{phrase}" names both "{other}" and "{id}"'))
                written[phrase] = id
        return written


def _country_unseen(dimension: str, id: str) -> bool:
    """Two capitals that a file only lists pass for a country, or every run would load the library."""
    return dimension in AREA_DIMENSIONS and _ALPHA_2.fullmatch(id) is not None


def _references(code: Code, key: str) -> tuple[str, ...]:
    """The codes that a code names under a key of its file."""
    if key == "sum":
        return tuple(id for id, _ in code.terms)
    if key == "members":
        return code.members
    other = code.part_of if key == "part_of" else code.mirror
    return (other,) if other else ()


def _unsigned(term: str) -> str:
    return term.removeprefix("-").strip()


def _spelling(phrase: str) -> str:
    return phrase if phrase == phrase.upper() else phrase.casefold()


@lru_cache(maxsize=8192)
def _iso_area(code: str) -> Code | None:
    """A country by its alpha-2 or alpha-3 code or a subdivision by its own, from ISO 3166; else None."""
    if _ALPHA_2.fullmatch(code) or _ALPHA_3.fullmatch(code):
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
