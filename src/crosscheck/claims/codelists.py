"""Code lists: what the codes of a dimension are called and how they hang together, as data.

A file of a code list is YAML:

    codelist: {dimension: indicator}        # or a list of dimensions; `title` and `source` are for people
    codes:
      - id: trade-turnover
        name: Trade turnover
        aliases: [foreign trade, trade volume]
        sum: [exports, imports]             # a leading - takes away: [exports, -imports]
        symmetric: true                     # the same when reference and counterpart area change places
        ratio: [exports, gdp]               # it is the one over the other
        nature: flow                        # flow, stock, price, index or rate
        non_negative: true                  # it cannot be below zero, ever
      - {id: exports, mirror: imports}      # what one side exports the other imports
      - {id: CN-XJ, name: Xinjiang, part_of: CN}
      - {id: EAEU, name: Eurasian Economic Union, members: [AM, BY, KG, KZ, RU]}
    aliases: {exports: [shipments abroad]}  # more names for codes of any file

    table: |                                # codes again, one a line under the names of the columns, for long lists
      id | name | adjectives | capital
      UY | Uruguay | Uruguayan | Montevideo
      # a line that begins with # is for people, one that is indented goes on with the line before

`codes` may also be a mapping from id to the other keys; a cell of a table that is a list has commas between its items.
`adjectives` (Kazakh) and `generic` (words that name the code only where the text is about it: sales) are names too.
`negative` (trade deficit) and `capital` are not: the one is what the code is below zero, the other stands for its country
only as in "Beijing's imports". `area` is the country whose office a source is. `additive` (figures of the parts add up to
that of the whole) is true unless the nature is price, index or rate. `members: ["*"]` is everything. `note` is for
people. A later file adds to the same dimension; it may repeat a code of an earlier file but not change it.

Countries and their subdivisions (ISO 3166) are known in the area dimensions without a file, from a library
that loads only when a code is asked for that no file has.

A file in XML or JSON is a structure message of SDMX: see `sdmx_codes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crosscheck.claims.codes import ALPHA_2, AREA_DIMENSIONS, EVERYTHING, NATURES, Code, CodeLists
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.yaml_tree import Node, is_null, read_file

__all__ = ["AREA_DIMENSIONS", "EVERYTHING", "NATURES", "Code", "CodeLists", "load_codelists"]

SDMX_SUFFIXES = (".xml", ".json")
_FILE_KEYS = ("codelist", "codes", "table", "aliases")
_LIST_KEYS = ("dimension", "title", "source")
_TEXTS = ("name", "part_of", "mirror", "nature", "capital", "area", "note")
_LISTS = ("aliases", "adjectives", "generic", "negative", "sum", "members", "ratio")
_FLAGS = ("symmetric", "non_negative", "additive")
_CODE_KEYS = ("id", *_TEXTS, *_LISTS, *_FLAGS)

# What claim and rule files give a meaning of its own where a code may stand.
_RESERVED = ("unstated", "none", "any", "_U", "_T", EVERYTHING)
_DIMENSION = re.compile(r"[a-z][a-z0-9_]*")


def load_codelists(paths: Sequence[Path], own: Sequence[Path] = ()) -> CodeLists:
    """The code lists in the files, later ones adding to earlier ones; without files only ISO 3166 is known.

    A name that one of `own`, the project's among the files, gives to a code counts, whatever a shipped list calls so.
    Raises InputFaults with the faults of all files.
    """
    reader = _Reader(own=frozenset(str(path) for path in own))
    for path in paths:
        try:
            if path.name.lower().endswith(SDMX_SUFFIXES):
                reader.take(path)
            else:
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

    own: frozenset[str] = frozenset()  # files of the project
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
        for draft in self._table(root.get("table")):
            for dimension in dimensions:
                self._add(dimension, draft)
        aliases = root.get("aliases")
        if aliases is not None and aliases.entries is None:
            self.faults.append(aliases.fault(f"`aliases` is {aliases.kind}, not a mapping from code to names"))
        for _, key, value in aliases.pairs() if aliases is not None else ():
            phrases = self._texts(value, "aliases")
            self.names += [(dimension, key, phrases) for dimension in dimensions]

    def take(self, path: Path) -> None:
        """Adds the code lists of SDMX in a file; a code that is known already gets just its name from there."""
        from crosscheck.claims.sdmx_codes import read_structure  # few projects have one

        for found in read_structure(path):
            for dimension in found.dimensions:
                for code in found.codes:
                    node = Node(str(path), 1, 1, text=code.id)
                    if code.id in self.drafts.get(dimension, {}):
                        self.names.append((dimension, Node(str(path), 1, 1, text=code.id), (code.name,)))
                    elif self._can_be_id(code.id, node):
                        self._add(dimension, _Draft(Code(code.id, code.name, part_of=code.parent), node))

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
        if not self._can_be_id(id, place):
            return None
        if is_null(properties):
            return Code(id, id)
        if not self._has_keys(properties, _CODE_KEYS, "a code"):
            return None
        given: dict[str, Any] = {}
        for key, _, value in properties.pairs():
            if key == "id" or key not in _CODE_KEYS:
                continue
            if key in _LISTS:
                given[key] = self._texts(value, key)
            else:
                given[key] = self._flag(value, key) if key in _FLAGS else self._text(value, key)
        return self._made(id, properties.get("nature") or place, given)

    def _can_be_id(self, id: str, place: Node) -> bool:
        if id in _RESERVED or not id.strip() or id[0] in "-=" or not id.isprintable():
            hint = "it has a meaning of its own in claims, rules or sums"
            self.faults.append(place.fault(f'"{id}" cannot be a code', hint))
            return False
        return True

    def _made(self, id: str, place: Node, given: Mapping[str, Any]) -> Code:
        """The code with those properties by their keys in files; `place` is where its nature stands."""
        fields = dict(given)
        nature, terms, additive = fields.get("nature"), fields.pop("sum", ()), fields.pop("additive", None)
        if nature is not None and nature not in NATURES:
            hint = did_you_mean(nature, NATURES) or f"one of {', '.join(NATURES)}"
            self.faults.append(place.fault(f'unknown nature "{nature}"', hint))
        fields.pop("note", None)
        if len(fields.get("ratio", ())) not in (0, 2):
            self.faults.append(place.fault(f'`ratio` of "{id}" names two codes', "such as `ratio: [gdp, population]`"))
            fields.pop("ratio")
        fields["name"] = fields.get("name") or id
        fields["additive"] = nature not in ("price", "index", "rate") if additive is None else additive
        if terms:
            fields["terms"] = tuple((_unsigned(term), -1 if term.startswith("-") else 1) for term in terms)
        return Code(id, **fields)

    def _table(self, table: Node | None) -> Iterator[_Draft]:
        """The codes of a table: a text, since a thousand small nodes of YAML take longer to read than a document."""
        if table is None:
            return
        if table.text is None or is_null(table):
            self.faults.append(table.fault(f"`table` is {table.kind}, not lines of text", "write `table: |`"))
            return
        columns: list[str] = []
        for number, line in _lines(table):
            cells = [cell.strip() for cell in line.split("|")]
            place = Node(table.file, number, table.column, text=cells[0])
            if not columns:
                columns = cells
                known = all(column in _CODE_KEYS for column in columns)
                if not known or columns[0] != "id" or len({*columns}) < len(columns):
                    hint = f"begin with a line such as `id | name | aliases`; known: {', '.join(_CODE_KEYS)}"
                    self.faults.append(place.fault("a table needs a line that names its columns", hint))
                    return
            elif len(cells) > len(columns):
                self.faults.append(place.fault(f"{len(cells)} cells where the table has {len(columns)} columns"))
            else:
                code = self._row(place, dict(zip(columns[1:], cells[1:], strict=False)))
                if code is not None:
                    yield _Draft(code, place)

    def _row(self, place: Node, cells: Mapping[str, str]) -> Code | None:
        """The code of one line of a table."""
        id = place.text or ""
        if not self._can_be_id(id, place):
            return None
        given: dict[str, Any] = {}
        for key, cell in cells.items():
            if not cell:
                continue
            if key in _LISTS:
                items = [" ".join(item.split()) for item in cell.split(",")]
                given[key] = tuple(dict.fromkeys(items))
                if len(given[key]) < len(items) or "" in items:
                    self.faults.append(place.fault(f"an item of `{key}` stands there twice or is empty"))
            elif key in _FLAGS:
                given[key] = cell == "true"
                if cell not in ("true", "false"):
                    self.faults.append(place.fault(f"`{key}` is true or false"))
            else:
                given[key] = " ".join(cell.split())
        return self._made(id, place, given)

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
        if first is not draft and first.code != draft.code:
            hint = f"first defined at {first.node.file}:{first.node.line}; `aliases` adds names to a code"
            self.faults.append(draft.node.fault(f'"{draft.code.id}" is defined differently before', hint))

    def result(self) -> CodeLists:
        """Everything read, checked as a whole; raises InputFaults."""
        codes = {name: {id: d.code for id, d in drafts.items()} for name, drafts in self.drafts.items()}
        dimensions = dict.fromkeys([*codes, *(dimension for dimension, _, _ in self.names)])
        same = self._same(dimensions)
        written: dict[str, dict[str, str]] = {}
        spellings: dict[str, dict[str, str]] = {}
        for dimension in dimensions:
            if dimension in same:
                written[dimension], spellings[dimension] = written[same[dimension]], spellings[same[dimension]]
            else:
                written[dimension], spellings[dimension] = self._written(dimension)
        lists = CodeLists(codes, written, spellings)
        for dimension, drafts in self.drafts.items():
            if dimension in same:
                continue
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

    def _same(self, dimensions: Iterable[str]) -> dict[str, str]:
        """The dimensions with the codes and names of an earlier one, as the two of areas have: read and checked once."""
        firsts: dict[tuple[object, ...], str] = {}
        same = {}
        for dimension in dimensions:
            names = [(key.text, phrases) for name, key, phrases in self.names if name == dimension]
            drafts = self.drafts.get(dimension, {}).values()
            first = firsts.setdefault((dimension in AREA_DIMENSIONS, *map(id, drafts), *names), dimension)
            if first != dimension:
                same[dimension] = first
        return same

    def _check_references(self, lists: CodeLists, dimension: str, draft: _Draft) -> None:
        code, drafts = draft.code, self.drafts[dimension]
        if not (code.part_of or code.terms or code.mirror or code.members or code.ratio):
            return
        for key in ("part_of", "sum", "mirror", "members", "ratio"):
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
            if not getattr(draft.code, "terms" if key == "sum" else key):
                continue
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

    def _written(self, dimension: str) -> tuple[dict[str, str], dict[str, str]]:
        """From each name and alias as the files have it, and from the form that is looked up, to its code.

        A name of two codes is a fault.
        """
        written: dict[str, str] = {}
        owners: dict[str, str] = {}
        ours: set[str] = set()  # names that the project's own files give
        drafts = self.drafts.get(dimension, {})
        entries = [(d.code.id, d.node, _names_of(d.code)) for d in drafts.values()]
        entries += [(key.text or "", key, phrases) for name, key, phrases in self.names if name == dimension]
        for id, node, phrases in entries:
            for phrase in phrases:
                spelling = phrase if phrase.isupper() else phrase.casefold()
                if node.file in self.own and spelling not in ours and phrase not in drafts:
                    owners[spelling] = id
                    ours.add(spelling)
                other = owners.setdefault(spelling, id)
                if phrase in drafts:
                    other = phrase
                if other != id:
                    self.faults.append(node.fault(f'"{phrase}" names both "{other}" and "{id}"'))
                written[phrase] = id
        return written, owners


def _lines(table: Node) -> Iterator[tuple[int, str]]:
    """The lines of a table with their numbers; what is indented goes on, and lines that begin with # are for people."""
    first, text = 0, ""
    for number, line in enumerate((table.text or "").splitlines(), table.line + 1):  # a block begins below its key
        if line[:1] == " " and text:
            text += line
            continue
        if text:
            yield first, text
        first, text = number, "" if line.startswith("#") else line.rstrip()
    if text:
        yield first, text


def _country_unseen(dimension: str, id: str) -> bool:
    """Two capitals that a file only lists pass for a country, or every run would load the library."""
    return dimension in AREA_DIMENSIONS and ALPHA_2.fullmatch(id) is not None


def _references(code: Code, key: str) -> tuple[str, ...]:
    """The codes that a code names under a key of its file."""
    if key == "sum":
        return tuple(id for id, _ in code.terms)
    if key in ("members", "ratio"):
        return code.members if key == "members" else code.ratio
    other = code.part_of if key == "part_of" else code.mirror
    return (other,) if other else ()


def _names_of(code: Code) -> tuple[str, ...]:
    """The words that name a code, whatever kind they are of."""
    return (code.name, *code.aliases, *code.adjectives, *code.generic)


def _unsigned(term: str) -> str:
    return term.removeprefix("-").strip()
