"""Documents' claims and rules in, a checked run out: the one path that every command takes."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crosscheck.checking.checks import Run, check_claims
from crosscheck.checking.noticed import NOTICED, Noticed, noticed
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.files import ClaimFile, check_codes, read_claim_files
from crosscheck.claims.model import Claim
from crosscheck.figures.quantities import Quantities, read_quantities, shipped_quantities
from crosscheck.inputs.disk import YAML_SUFFIXES, files_in, read_limited, real, yaml_files_in
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.shipped import shipped
from crosscheck.project.configuration import Configuration
from crosscheck.project.tables import TABLE_SUFFIXES, clashes, is_table, read_table_claims
from crosscheck.rules.codes import unknown_names
from crosscheck.rules.files import duplicate_ids, read_rule_files
from crosscheck.rules.model import Rule

MAXIMUM_TEXT = 32 * 1024 * 1024
QUANTITIES = "quantities.yaml"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the run that is no finding: a document left out, claims older than their document."""

    kind: str  # "stale" or "left-out"
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A checked run: what was read, what was found."""

    run: Run
    noticed: tuple[Noticed, ...]
    documents: int
    claims: tuple[Claim, ...]
    rules: tuple[Rule, ...]
    remarks: tuple[Remark, ...] = ()
    sources: Mapping[str, Path] = field(default_factory=dict)  # where the documents lie, by the path that claims name


def rules_of(settings: Configuration, extra: Sequence[Path], isolated: bool, examples: bool = True) -> tuple[Rule, ...]:
    """Shipped rules, configured ones and those named on the command line; raises InputFaults with all faults."""
    own = real(shipped("rules"))
    named = [path for path in (*settings.rule_files, *extra) if isolated or not real(path).is_relative_to(own)]
    faults: list[Fault] = []
    rules: list[Rule] = []
    for paths, is_shipped in (([] if isolated else [own], True), (named, False)):
        try:
            rules += read_rule_files(paths, is_shipped, examples or not is_shipped)
        except InputFaults as error:
            faults += error.faults
    faults += [] if faults else duplicate_ids(rules)
    if faults:
        raise InputFaults(faults)
    return tuple(_configured(rule, settings) for rule in _known_settings(rules, settings))


def _known_settings(rules: Sequence[Rule], settings: Configuration) -> Sequence[Rule]:
    known = {rule.id for rule in rules}
    unknown = {name: own for name, own in settings.rules.items() if name not in known}
    if unknown:
        raise InputFaults(
            Fault(own.file, own.line, None, f"[rules.{name[:60]}]: no rule has this id", did_you_mean(name, known, 4))
            for name, own in unknown.items()
        )
    return rules


def _configured(rule: Rule, settings: Configuration) -> Rule:
    """The rule with the level, material and strain that the configuration gives it."""
    own = settings.rules.get(rule.id)
    if own is None:
        return rule
    return replace(
        rule,
        level=rule.level if own.level is None else own.level,
        material=rule.material if own.material is None else own.material,
        strain=rule.strain if own.strain is None else own.strain,
    )


def codelists_of(settings: Configuration, isolated: bool) -> CodeLists:
    """Shipped code lists and the project's own."""
    own = real(shipped("codelists"))
    paths = [path for path in settings.code_lists if isolated or not real(path).is_relative_to(own)]
    faults: list[Fault] = []
    files = [file for named in ([] if isolated else [own], paths) for file in _yaml_files(named, faults)]
    if faults:
        raise InputFaults(faults)
    skipped = real(settings.quantities) if settings.quantities else None
    return load_codelists([file for file in files if file.name != QUANTITIES and real(file) != skipped])


def _yaml_files(paths: Iterable[Path], faults: list[Fault]) -> list[Path]:
    """The files among the paths, and the YAML files in the folders among them."""
    return [file for path in paths for file in (yaml_files_in(path, faults) if os.path.isdir(path) else [path])]


def quantities_of(settings: Configuration) -> Quantities:
    """The table of hedges and number words, with the project's additions."""
    base = shipped_quantities()
    return base if settings.quantities is None else read_quantities(settings.quantities, base)


@dataclass(frozen=True, slots=True)
class Request:
    """What to check: claim files and folders, and how."""

    claims: tuple[Path, ...]
    rules: tuple[Path, ...] = ()
    isolated: bool = False
    only: frozenset[Path] | None = None  # keep the claims of these documents
    against: tuple[Path, ...] = ()  # claim files that are given: operands, never reported against
    published: datetime.date | None = None  # for documents that carry no date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    all_documents: bool = False  # say which configured documents have no claim file


def check_files(request: Request, settings: Configuration) -> Outcome:
    """Reads claim files and rules and checks them.

    Raises InputFaults with every fault of claims, rules, code lists and configuration together.
    """
    faults: list[Fault] = []
    rules: tuple[Rule, ...] = ()
    lists = load_codelists([])
    try:
        lists = codelists_of(settings, request.isolated)
    except InputFaults as error:
        faults += error.faults
    files = _read_claims(request, settings, lists, faults)
    try:
        rules = selected(
            rules_of(settings, request.rules, request.isolated, examples=False), request.select, request.ignore
        )
    except InputFaults as error:
        faults += error.faults
    if not faults:
        faults += check_codes(files, lists)
        claims = [claim for file in files for claim in file.claims]
        faults += unknown_names([rule for rule in rules if not rule.shipped], claims, lists)
    if faults:
        raise InputFaults(faults)
    files = _chosen(files, settings.root, request.only)
    claims = [claim for file in files for claim in file.claims]
    run = check_claims(claims, rules, lists)
    remarks = (*_untouched(run.figures, claims), *_stale(files, settings.root), *_unread(request, files, settings))
    sources = {
        file.document.path: path
        for file in files
        if file.document.path is not None and (path := document_path(file, settings.root)) is not None
    }
    seen = tuple(
        found
        for found in noticed(claims)
        if not found.claim.document.given and _wanted(found.rule, (), request.select, request.ignore)
    )
    own = [file for file in files if not file.document.given]
    return Outcome(run, seen, len(own), tuple(claims), rules, remarks, sources)


def _read_claims(request: Request, settings: Configuration, lists: CodeLists, faults: list[Fault]) -> tuple[ClaimFile, ...]:
    """The claim files and tables of a request, those of `against` marked as given and kept only once."""
    named = [*request.claims, *request.against]
    files: list[ClaimFile] = []
    try:
        files += read_claim_files(
            [path for path in named if not is_table(path)], quantities_of(settings), settings.readings_off
        )
    except InputFaults as error:
        faults += error.faults
    try:
        files += read_table_claims(named, settings, lists)
    except InputFaults as error:
        faults += error.faults
    if not faults:
        faults += clashes(files)
    given = {real(path) for path in claim_paths(request.against)}
    own = {real(path) for path in request.claims if not os.path.isdir(path)}
    return tuple(
        _with_document(file, request.published, given=real(Path(file.path)) in given and real(Path(file.path)) not in own)
        for file in files
    )


def claim_paths(paths: Iterable[Path]) -> list[Path]:
    """The claim files and tables among files and in folders."""
    ignored: list[Fault] = []  # said when they are read
    return [
        file
        for path in paths
        for file in (files_in(path, ignored, (*YAML_SUFFIXES, *TABLE_SUFFIXES)) if os.path.isdir(path) else [path])
    ]


def _with_document(file: ClaimFile, published: datetime.date | None, given: bool) -> ClaimFile:
    """The claim file with its document marked as given, or dated where it carries no date."""
    document = file.document
    if given:
        document = replace(document, given=True)
    elif published is not None and document.published is None and not document.given:
        document = replace(document, published=published)
    if document == file.document:
        return file
    return replace(file, document=document, claims=tuple(replace(claim, document=document) for claim in file.claims))


def selected(rules: Sequence[Rule], select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that `select` keeps (all when empty) and `ignore` does not drop: by id, by prefix of it, or by tag.

    Raises InputFaults for a word that matches no rule.
    """
    known = [(rule.id, rule.tags) for rule in rules] + [(name, ()) for name in NOTICED]
    unknown = [word for word in (*select, *ignore) if not any(_matches(*rule, word) for rule in known)]
    if unknown:
        names = [name for identifier, tags in known for name in (identifier, *tags)]
        raise InputFaults(
            Fault("--select", None, None, f'no rule has the id, prefix or tag "{word[:60]}"', did_you_mean(word, names, 4))
            for word in unknown
        )
    return tuple(rule for rule in rules if _wanted(rule.id, rule.tags, select, ignore))


def _wanted(identifier: str, tags: Sequence[str], select: Sequence[str], ignore: Sequence[str]) -> bool:
    if any(_matches(identifier, tags, word) for word in ignore):
        return False
    return not select or any(_matches(identifier, tags, word) for word in select)


def _matches(identifier: str, tags: Sequence[str], word: str) -> bool:
    return identifier.startswith(word) or word in tags


def document_text(outcome: Outcome, path: str) -> str | None:
    """The text of a document of the run, as its claims count code points; None when it cannot be shown."""
    found = outcome.sources.get(path)
    if found is None:
        return None
    try:
        return read_limited(found, MAXIMUM_TEXT).decode("utf-8-sig")
    except (InputFaults, UnicodeDecodeError):
        return None


def _chosen(files: Sequence[ClaimFile], root: Path, only: frozenset[Path] | None) -> tuple[ClaimFile, ...]:
    """The claim files of the documents in `only`; raises InputFaults for a document that has none."""
    if only is None:
        return tuple(files)
    by_document = {path: file for file in files if (path := document_path(file, root)) is not None}
    missing = sorted(path for path in only if path not in by_document)
    if missing:
        hint = "write its figures down in a claim file with `document: {path: …}`"
        raise InputFaults(
            Fault(str(path), None, None, "no claim file tells the figures of this document", hint) for path in missing
        )
    return tuple(file for path, file in by_document.items() if path in only)


def document_path(file: ClaimFile, root: Path) -> Path | None:
    """Where the document of a claim file lies, relative to the project or to the claim file; None when it is not there."""
    if file.document.path is None:
        return None
    for folder in (root, Path(file.path).parent):
        path = folder / file.document.path
        if os.path.isfile(path):
            return real(path)
    return None


def _untouched(figures: Mapping[str, int], claims: Sequence[Claim]) -> Iterator[Remark]:
    """A word when no figure met another one: a run without findings would look like a clean one."""
    if not claims or figures["found"] != figures["alone"]:
        return
    lacking = [name for name in ("indicator", "time_period") if not any(name in claim.dimensions for claim in claims)]
    why = (
        f"no claim has `{'` or `'.join(lacking)}`" if lacking else "they differ in some dimension, or no rule is about them"
    )
    yield Remark("untouched", f"none of the {figures['found']} figures was compared with another: {why}")


def _stale(files: Iterable[ClaimFile], root: Path) -> Iterator[Remark]:
    """Documents that changed since their claims were written, and those that are not there."""
    for file in files:
        document = file.document
        if document.path is None or document.sha256 is None:
            continue
        path = document_path(file, root)
        found = None if path is None else _hash(path)
        if found is None:
            what = "is not there" if path is None else "cannot be read"
            yield Remark("left-out", f"{document.path} {what}; its claims were used as they stand")
        elif found != document.sha256:
            yield Remark("stale", f"{document.path} changed since its claims were written in {file.path}")


def _unread(request: Request, files: Iterable[ClaimFile], settings: Configuration) -> Iterator[Remark]:
    """Configured documents of which no claim file of the run tells the figures."""
    if not request.all_documents:
        return
    told = {document_path(file, settings.root) for file in files}
    for path in settings.documents:
        for document in files_in(path, []) if os.path.isdir(path) else [path]:
            if real(document) not in told:
                yield Remark("left-out", f"{document}: no claim file tells its figures, so none were checked")


def _hash(path: Path) -> str | None:
    """The SHA-256 of a file, None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
