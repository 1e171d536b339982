"""Documents' claims and rules in, a checked run out: the one path that every command takes."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crosscheck.checking.checks import Run, check_claims
from crosscheck.checking.noticed import NOTICED, OBSERVED, Noticed, noticed
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.files import ClaimFile, check_codes, read_claim_files
from crosscheck.claims.model import Claim
from crosscheck.claims.table_kinds import is_xbrl
from crosscheck.inputs.disk import YAML_SUFFIXES, files_in, read_limited, real
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.shipped import shipped
from crosscheck.project.configuration import Configuration
from crosscheck.project.expired import without_expired
from crosscheck.project.joint import Joint, reconciled
from crosscheck.project.lists import codelists_of, quantities_of
from crosscheck.project.read import DOCUMENT_SUFFIXES, NOTHING_READ, Read, remembered
from crosscheck.project.rule_status import in_force, same_ids, status_remarks, with_former_names
from crosscheck.project.tables import clashes, is_claim_table, is_table, read_table_claims, tables_in
from crosscheck.project.what_if import changed
from crosscheck.reconciliation.model import Reconciliation
from crosscheck.rules.codes import unknown_names
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

SUPPRESSION = "suppression"  # the kind of remark
Progress = Callable[[str], None]
MAXIMUM_TEXT = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the run that is no finding: a document left out, claims older than their document."""

    kind: str  # "stale", "left-out", "untouched", "rule-status" or "suppression"
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
    texts: Mapping[str, str] = field(default_factory=dict)  # of documents that were read, by the path that claims name
    codelists: CodeLists | None = None  # with the names of what the codes of claims stand for
    open_figures: tuple[Noticed, ...] = ()  # that were not understood, with the reason as the message
    reconciliation: Reconciliation | None = None  # the figures taken together, where that was asked for


def rules_of(settings: Configuration, extra: Sequence[Path], isolated: bool, examples: bool = True) -> tuple[Rule, ...]:
    """Shipped rules, configured ones and those named on the command line, which may be XBRL reports with calculation links.

    Raises InputFaults with all faults.
    """
    own = real(shipped("rules"))
    named = [path for path in (*settings.rule_files, *extra) if isolated or not real(path).is_relative_to(own)]
    faults: list[Fault] = []
    rules: list[Rule] = []
    reports = [path for path in named if is_xbrl(path)]
    named = [path for path in named if path not in reports]
    for report in reports:
        from crosscheck.rules.calculations import calculation_rules  # few have such reports

        try:
            rules += (rule for rule in calculation_rules(report) if rule.id not in {other.id for other in rules})
        except InputFaults as error:
            faults += error.faults
    for paths, is_shipped in (([] if isolated else [own], True), (named, False)):
        try:
            rules += read_rule_files(paths, is_shipped, examples or not is_shipped)
        except InputFaults as error:
            faults += error.faults
    faults += [] if faults else same_ids(rules)
    if faults:
        raise InputFaults(faults)
    return tuple(_configured(rule, settings) for rule in _known_settings(with_former_names(rules), settings))


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
    own = next((settings.rules[name] for name in (rule.id, *rule.formerly) if name in settings.rules), None)
    if own is None:
        return rule
    return replace(
        rule,
        level=rule.level if own.level is None else own.level,
        material=rule.material if own.material is None else own.material,
        strain=rule.strain if own.strain is None else own.strain,
    )


@dataclass(frozen=True, slots=True)
class Request:
    """What to check: claim files and folders, and how."""

    claims: tuple[Path, ...]
    rules: tuple[Path, ...] = ()
    isolated: bool = False
    only: frozenset[Path] | None = None  # keep the claims of these documents and claim files
    against: tuple[Path, ...] = ()  # claim files and documents that are given: operands, never reported against
    published: datetime.date | None = None  # for documents that carry no date
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    documents: tuple[Path, ...] = ()  # read where no claim file tells their figures, or where they changed since
    folders: tuple[Path, ...] = ()  # where the documents were looked for
    data: bytes | None = None  # what the document `-` stands for
    joint: Joint | None = None  # also take the figures together
    frozen: bool = False  # claims are used as they stand though their document changed
    today: datetime.date | None = None  # from when on suppressions on claims are over
    progress: Progress | None = None  # told before each document that is read, and before checking
    whole: bool = True  # all of the project, so that what silences nothing can be told


def check_files(request: Request, settings: Configuration) -> Outcome:
    """Reads claim files, documents and rules and checks them.

    Raises InputFaults with every fault of claims, documents, rules, code lists and configuration together.
    """
    faults: list[Fault] = []
    rules: tuple[Rule, ...] = ()
    told: tuple[str, ...] = ()
    lists = load_codelists([])
    try:
        lists = codelists_of(settings, request.isolated)
    except InputFaults as error:
        faults += error.faults
    request, given = _parted(request, settings)
    files = _read_claims(request, settings, lists, faults)
    try:
        extra = (*request.rules, *(path for path in claim_paths(request.claims) if is_xbrl(path)))
        rules = rules_of(settings, extra, request.isolated, examples=False)
    except InputFaults as error:
        faults += (fault for fault in error.faults if fault not in faults)
    if not faults:
        faults += check_codes(files, lists)
    read = NOTHING_READ if faults else _read_documents(request, given, settings, lists, files, faults)
    files = (*_chosen(files, settings.root, request.only, read.merged), *read.files)
    files, over = without_expired(files, request.today)
    claims = [claim for file in files for claim in file.claims]
    if not faults:
        faults += unknown_names([rule for rule in rules if not rule.shipped], claims, lists)
        try:
            silenced = {name for claim in claims for name in claim.suppress}
            told = tuple(status_remarks(rules, settings, request.select, request.ignore, silenced))
            rules = selected(rules, request.select, request.ignore, {found.rule for found in read.noticed})
            rules = in_force(rules, settings, request.select)
        except InputFaults as error:
            faults += error.faults
    if faults:
        raise InputFaults(faults)
    outcome = _outcome(request, settings, lists, rules, files, read)
    remarks = (*(Remark("rule-status", text) for text in told), *(Remark(SUPPRESSION, text) for text in over))
    return replace(outcome, remarks=(*outcome.remarks, *remarks))


def gathered(request: Request, settings: Configuration) -> tuple[ClaimFile, ...]:
    """The claims that `check_files` would check; raises InputFaults."""
    faults: list[Fault] = []
    lists = codelists_of(settings, request.isolated)
    request, given = _parted(request, settings)
    files = _read_claims(request, settings, lists, faults)
    faults += [] if faults else check_codes(files, lists)
    read = NOTHING_READ if faults else _read_documents(request, given, settings, lists, files, faults)
    if faults:
        raise InputFaults(faults)
    return (*_chosen(files, settings.root, request.only, read.merged), *read.files)


def _outcome(
    request: Request,
    settings: Configuration,
    lists: CodeLists,
    rules: tuple[Rule, ...],
    files: tuple[ClaimFile, ...],
    read: Read,
) -> Outcome:
    claims = [claim for file in files for claim in file.claims]
    if request.joint is not None:
        claims = changed(claims, request.joint, quantities_of(settings))
    if request.progress is not None:
        request.progress(f"checking {len(claims):,} figures")
    run = check_claims(claims, rules, lists)
    stale = _stale(files, settings.root, {file.path for file in read.merged})
    untouched = _untouched(run.figures, claims) if rules else ()
    remarks = (*untouched, *stale, *_refused(request, files, settings), *(Remark(*remark) for remark in read.remarks))
    sources = {
        file.document.path: path
        for file in files
        if file.document.path is not None and (path := document_path(file, settings.root)) is not None
    }
    kept = {file.document.id for file in files}
    seen = tuple(
        found
        for found in (*noticed(claims), *read.noticed)
        if not found.document.given
        and found.document.id in kept
        and _wanted(found.rule, (), request.select, request.ignore)
    )
    own = [file for file in files if not file.document.given]
    counts = read.counts({file.document.id for file in own})
    figures = {key: run.figures[key] + counts.get(key, 0) for key in run.figures}
    if request.joint is not None and request.progress is not None:
        request.progress("taking them together")
    together = None if request.joint is None else reconciled(request.joint, run, claims, rules, lists)
    run = replace(run, figures=figures)
    documents = {file.document.id for file in own}
    unclear = tuple(figure for figure in read.open_figures if figure.document.id in documents)
    return Outcome(run, seen, len(own), tuple(claims), rules, remarks, sources, read.texts, lists, unclear, together)


def _parted(request: Request, settings: Configuration) -> tuple[Request, tuple[Path, ...]]:
    """The request with claim files only in `against`, and the documents that stood there."""
    claims = [path for path in request.against if tells_claims(path, settings)]
    given = tuple(path for path in request.against if path not in claims)
    return replace(request, against=tuple(claims)), given


def tells_claims(path: Path, settings: Configuration) -> bool:
    """True for a claim file or a table of claims, and for a folder with some."""
    return any(
        file.name.lower().endswith(YAML_SUFFIXES)
        or os.path.isdir(file)  # the parts of one table
        or (is_table(file) and is_claim_table(file, settings))
        for file in claim_paths([path])
    )


def _read_documents(
    request: Request,
    given: tuple[Path, ...],
    settings: Configuration,
    lists: CodeLists,
    files: Sequence[ClaimFile],
    faults: list[Fault],
) -> Read:
    """What is read afresh: documents without a claim file, and those that changed since theirs was written."""
    told = {path for file in files if (path := document_path(file, settings.root)) is not None}
    unread = [path for path in request.documents if real(path) not in told]
    changed = [] if request.frozen or not request.documents else list(_changed(files, settings.root, request))
    if not (unread or changed or given):
        return remembered(files)
    from crosscheck.project.afresh import read_afresh  # most runs read nothing
    from crosscheck.project.reading import Tools

    tools = Tools(settings, lists, quantities_of(settings), request.published, request.progress)
    found = read_afresh(unread, given, changed, files, tools, request.data)
    faults += found.faults
    return found


def _changed(files: Iterable[ClaimFile], root: Path, request: Request) -> Iterator[tuple[ClaimFile, Path]]:
    """Claim files of the request's documents whose document is not any more what they were written from."""
    documents = {real(path) for path in request.documents}
    for file in files:
        path = document_path(file, root)
        if path in documents and path is not None and file.document.sha256 not in (None, content_hash(path)):
            yield file, path


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
    found: list[Path] = []
    for path in paths:
        if os.path.isdir(path):
            found += [*files_in(path, ignored, YAML_SUFFIXES), *tables_in([path], ignored)]
        else:
            found.append(path)
    return found


def known_claims(settings: Configuration, lists: CodeLists) -> tuple[Claim, ...]:
    """The claims of a project's claim files; none where they cannot be read, which the commands that use them tell."""
    faults: list[Fault] = []
    files = _read_claims(Request(settings.claims), settings, lists, faults)
    return () if faults else tuple(claim for file in files for claim in file.claims)


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


def selected(
    rules: Sequence[Rule], select: Sequence[str], ignore: Sequence[str], seen: Iterable[str] = ()
) -> tuple[Rule, ...]:
    """The rules that `select` keeps (all when empty) and `ignore` does not drop: by id, by prefix of it, or by tag.

    `seen` are ids of findings of reading beside those that are always known. Raises InputFaults for a word that matches
    no rule; of those that may be about findings of reading only it says nothing.
    """
    known = [(rule.id, (*rule.tags, *rule.formerly)) for rule in rules] + [
        (name, ()) for name in dict.fromkeys((*NOTICED, *OBSERVED, *seen))
    ]
    unknown = [word for word in (*select, *ignore) if not any(_matches(*rule, word) for rule in known)]
    if unknown:
        names = [name for identifier, tags in known for name in (identifier, *tags)]
        raise InputFaults(
            Fault("--select", None, None, f'no rule has the id, prefix or tag "{word[:60]}"', did_you_mean(word, names, 4))
            for word in unknown
        )
    return tuple(rule for rule in rules if _wanted(rule.id, (*rule.tags, *rule.formerly), select, ignore))


def _wanted(identifier: str, tags: Sequence[str], select: Sequence[str], ignore: Sequence[str]) -> bool:
    if any(_matches(identifier, tags, word) for word in ignore):
        return False
    return not select or any(_matches(identifier, tags, word) for word in select)


def _matches(identifier: str, tags: Sequence[str], word: str) -> bool:
    return identifier.startswith(word) or word in tags


def document_text(outcome: Outcome, path: str) -> str | None:
    """The text of a document of the run, as its claims count code points; None when it cannot be shown."""
    if path in outcome.texts:
        return outcome.texts[path]
    found = outcome.sources.get(path)
    if found is None:
        return None
    try:
        return read_limited(found, MAXIMUM_TEXT).decode("utf-8-sig")
    except InputFaults:
        return None
    except UnicodeDecodeError:
        from crosscheck.project.reading import text_in  # a format or an encoding that readers of documents know

        return text_in(found)


def _chosen(
    files: Sequence[ClaimFile], root: Path, only: frozenset[Path] | None, merged: Sequence[ClaimFile]
) -> tuple[ClaimFile, ...]:
    """The claim files of the documents in `only` and those named there, with what was merged in the place of the old."""
    fresh = {file.path: file for file in merged}
    kept = [file for file in files if only is None or document_path(file, root) in only or real(Path(file.path)) in only]
    return tuple(fresh.get(file.path, file) for file in kept)


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


def _stale(files: Iterable[ClaimFile], root: Path, merged: Collection[str]) -> Iterator[Remark]:
    """Documents that changed since their claims were written, and those that are not there; not those read afresh."""
    for file in files:
        document = file.document
        if document.path is None or document.sha256 is None or document.claim_file is None or file.path in merged:
            continue
        path = document_path(file, root)
        found = None if path is None else content_hash(path)
        if found is None:
            what = "is not there" if path is None else "cannot be read"
            yield Remark("left-out", f"{document.path} {what}; its claims were used as they stand")
        elif found != document.sha256:
            yield Remark("stale", f"{document.path} changed since its claims were written in {file.path}")


def _refused(request: Request, files: Iterable[ClaimFile], settings: Configuration) -> Iterator[Remark]:
    """Documents in the folders of a run that are of a kind which is not read, and that no claim file tells of."""
    others = [
        file
        for folder in request.folders
        for file in files_in(folder, [])
        if file.suffix.lower() not in (*DOCUMENT_SUFFIXES, *YAML_SUFFIXES)
    ]
    if not others:
        return
    from crosscheck.extraction.readers.reading import REFUSED

    told = {document_path(file, settings.root) for file in files}
    for file in others:
        if file.suffix.lower() in REFUSED and real(file) not in told:
            what, hint = REFUSED[file.suffix.lower()]
            yield Remark("left-out", f"{file}: {what} cannot be read, so its figures were not checked; {hint}")


def content_hash(path: Path) -> str | None:
    """The SHA-256 of a file, None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
