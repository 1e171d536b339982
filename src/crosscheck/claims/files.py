"""Claim files: YAML in, claims out, and every fault at once with its place. The format is a contract
(FORMATS).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.entries import Context, read_claim, read_defaults
from crosscheck.claims.fields import (
    MAXIMUM_TEXT,
    Border,
    choice,
    date_of,
    is_mapping,
    printable,
    quoted,
    readings,
    short_text,
)
from crosscheck.claims.keys import DOCUMENT_KEYS, ROOT_KEYS, UNSTATED_WORD, near_key
from crosscheck.claims.links import ClaimFile, Linked, faults_between, without_superseded
from crosscheck.claims.model import Document
from crosscheck.figures.quantities import Quantities, shipped_quantities
from crosscheck.inputs.disk import real, yaml_files_in
from crosscheck.inputs.faults import Fault, InputFaults
from crosscheck.inputs.yaml_tree import Node, read_file, read_text

__all__ = ["ClaimFile", "check_codes", "read_claim_file", "read_claim_files", "read_claim_text"]

HouseStyle = Callable[[str | None], frozenset[str]]

SUFFIXES = (".yaml", ".yml")


def _no_house_style(path: str | None) -> frozenset[str]:
    return frozenset()


def read_claim_file(
    path: Path, quantities: Quantities | None = None, house_style: HouseStyle = _no_house_style
) -> ClaimFile:
    """The claims of the file at `path`.

    `house_style` gives, for the path of a document, the names of the loose readings ("cut", "zeros") that
    configuration switches off. References to other documents are not looked at. Raises InputFaults with all
    faults of the file.
    """
    file, linked, faults = _read(path, quantities or shipped_quantities(), house_style)
    if linked is not None:
        faults += faults_between([linked], all_read=False)
    if file is None or faults:
        raise InputFaults(_in_order(faults))
    return file


def read_claim_text(
    text: str, path: Path, quantities: Quantities | None = None, house_style: HouseStyle = _no_house_style
) -> ClaimFile:
    """The claims of a text that stands, or will stand, in the file at `path`; as `read_claim_file`."""
    file, linked, faults = _read(path, quantities or shipped_quantities(), house_style, text)
    if linked is not None:
        faults += faults_between([linked], all_read=False)
    if file is None or faults:
        raise InputFaults(_in_order(faults))
    return file


def read_claim_files(
    paths: Sequence[Path], quantities: Quantities | None = None, house_style: HouseStyle = _no_house_style
) -> tuple[ClaimFile, ...]:
    """The claims of files, and of the `.yaml` and `.yml` files in folders at any depth (hidden ones left
    out).

    Claims of superseded documents are in the `history` of their file only. Raises InputFaults with all faults
    of all files and of what they say about one another.
    """
    table = quantities or shipped_quantities()
    files: list[ClaimFile] = []
    links: list[Linked] = []
    faults: list[Fault] = []
    all_read = True
    for path in _claim_paths(paths, faults):
        file, linked, found = _read(path, table, house_style)
        faults += found
        if file is not None:
            files.append(file)
        if linked is not None:
            links.append(linked)
        all_read = all_read and linked is not None
    faults += faults_between(links, all_read)
    if faults:
        raise InputFaults(_in_order(faults))
    return without_superseded(files)


def check_codes(files: Iterable[ClaimFile], codelists: CodeLists) -> tuple[Fault, ...]:
    """A fault for each use of an area's code that looks like ISO 3166 (KZ, CN-XJ) and that no code list
    knows.

    Other codes of claims are free: that a claim uses them makes them known.
    """
    uses = [(file.path, use) for file in files for use in file.codes]
    distinct = dict.fromkeys((use.dimension, use.code) for _, use in uses)
    unknown = {key for key in distinct if codelists.find(*key) is None}
    known = [code for dimension, code in distinct if (dimension, code) not in unknown]
    hints = {key: codelists.suggestion(*key, known) for key in unknown}
    entity = "a company or another entity is named by `entity`"
    return tuple(
        Fault(path, use.line, use.column, f'no code list knows the area "{use.code}"', hint or entity)
        for path, use in uses
        if (hint := hints.get((use.dimension, use.code), "")) != ""
    )


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    unique = dict.fromkeys(faults)
    return sorted(unique, key=lambda fault: (fault.file, fault.line or 0, fault.column or 0))


def _claim_paths(paths: Iterable[Path], faults: list[Fault]) -> list[Path]:
    """Files as they are, folders by the YAML files in them, sorted; each file once."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in yaml_files_in(path, faults) if os.path.isdir(path) else [path]:
            found.setdefault(real(file), file)
    return list(found.values())


def _read(
    path: Path, quantities: Quantities, house_style: HouseStyle, text: str | None = None
) -> tuple[ClaimFile | None, Linked | None, list[Fault]]:
    try:
        root = read_file(path) if text is None else read_text(text, str(path))
    except InputFaults as error:
        return None, None, list(error.faults)
    border = Border(quantities, [], [], [], {})
    stem = printable(path.stem).replace("#", "_")
    if root.entries is None:
        border.fault(root, f"a claim file is a mapping, not {root.kind}", "with the keys document, defaults and claims")
        return None, Linked(str(path), stem, root), border.faults
    is_mapping(root, "a claim file", tuple(ROOT_KEYS), border)
    document, document_node, supersedes, allowed = _document(root, str(path), stem, border)
    off = {name for name in house_style(document.path) if allowed.get(name) is not True}
    off |= {name for name, on in allowed.items() if not on}
    context = Context(border, document, read_defaults(root, border), frozenset(off), {}, {}, [])
    claims = [read_claim(node, context) for node in _claim_list(root, border)]
    linked = Linked(str(path), document.id, document_node, context.nodes, context.lists, supersedes, tuple(context.named))
    if border.faults:
        return None, linked, border.faults
    kept = tuple(claim for claim in claims if claim is not None)
    codes, suppressions = tuple(border.codes), tuple(border.suppressions)
    return ClaimFile(str(path), document, kept, (), codes, suppressions), linked, []


def _claim_list(root: Node, border: Border) -> list[Node]:
    node = root.get("claims")
    if node is None:
        misspelt = any(near_key(key, ("claims",)) for key, _, _ in root.pairs())
        if not misspelt:
            border.fault(root, "a claim file needs a list of `claims`", "`claims: []` when there are none")
        return []
    if node.items is None:
        border.fault(node, f"`claims` is a list, not {node.kind}", "each item begins with `- id:`")
        return []
    return node.items


def _document(
    root: Node, file: str, stem: str, border: Border
) -> tuple[Document, Node, tuple[tuple[str, Node], ...], dict[str, bool]]:
    """The document, the node of its id, what it supersedes, and which loose readings it allows or not."""
    node = root.get("document")
    if node is None or not is_mapping(node, "`document`", tuple(DOCUMENT_KEYS), border):
        return Document(stem, claim_file=file), root, (), {}
    texts: dict[str, str | None] = {}
    for key in ("id", "path", "title", "publisher", "published", "sha256"):
        value, limit = node.get(key), 1000 if key in ("path", "title") else MAXIMUM_TEXT
        texts[key] = short_text(value, f"`{key}`", border, limit) if value is not None else None
    identity, id_node = texts["id"], node.get("id")
    if id_node is not None and identity and "#" in identity:
        border.fault(id_node, "the id of a document cannot hold #", "it stands between document and claim")
    published_node = node.get("published")
    published = date_of(texts["published"]) if texts["published"] else None
    if published_node is not None and texts["published"] and published is None:
        hint = "write the full date, YYYY-MM-DD, or leave it out when the document carries none"
        border.fault(published_node, f"`published` is {quoted(texts['published'])}, not a date", hint)
    sha256_node = node.get("sha256")
    if sha256_node is not None and texts["sha256"] and not re.fullmatch("[0-9a-fA-F]{64}", texts["sha256"]):
        border.fault(sha256_node, "`sha256` is 64 hexadecimal digits")
    trust = node.get("trust")
    given = trust is not None and choice(trust, "`trust`", ("given",), border) == "given"
    nobodys = node.get("without_area")
    area_unstated = nobodys is not None and choice(nobodys, "`without_area`", (UNSTATED_WORD,), border) is not None
    supersedes = _supersedes(node, border)
    readings_node = node.get("readings")
    document = Document(
        id=identity or stem,
        path=texts["path"],
        title=texts["title"],
        publisher=texts["publisher"],
        published=published,
        sha256=texts["sha256"] and texts["sha256"].lower(),
        given=given,
        supersedes=tuple(dict.fromkeys(name for name, _ in supersedes)),
        claim_file=file,
        area_unstated=area_unstated,
    )
    return document, id_node or node, supersedes, readings(readings_node, border) if readings_node else {}


def _supersedes(document: Node, border: Border) -> tuple[tuple[str, Node], ...]:
    node = document.get("supersedes")
    if node is None:
        return ()
    items = [node] if node.items is None else node.items
    named = [(short_text(item, "a document id in `supersedes`", border), item) for item in items]
    return tuple((name, item) for name, item in named if name is not None)
