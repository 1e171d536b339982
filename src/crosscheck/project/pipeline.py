"""Documents' claims and rules in, a checked run out: the one path that every command takes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from crosscheck.checking.checks import Run, check_claims
from crosscheck.checking.noticed import Noticed, noticed
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.files import ClaimFile, check_codes, read_claim_files
from crosscheck.claims.model import Claim
from crosscheck.figures.quantities import Quantities, read_quantities, shipped_quantities
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.shipped import shipped
from crosscheck.project.configuration import Configuration
from crosscheck.rules.codes import unknown_names
from crosscheck.rules.files import duplicate_ids, read_rule_files
from crosscheck.rules.material import read_amount
from crosscheck.rules.model import LEVELS, Material, Rule

QUANTITIES = "quantities.yaml"
YAML = (".yaml", ".yml")


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


def rules_of(settings: Configuration, extra: Sequence[Path], isolated: bool) -> tuple[Rule, ...]:
    """Shipped rules, configured ones and those named on the command line; raises InputFaults with all faults."""
    own = shipped("rules").resolve()
    faults: list[Fault] = []
    rules: list[Rule] = []
    sources = [] if isolated else [([own], True)]
    sources.append(([path for path in (*settings.rule_files, *extra) if path.resolve() != own], False))
    for paths, is_shipped in sources:
        try:
            rules += read_rule_files(paths, is_shipped)
        except InputFaults as error:
            faults += error.faults
    faults += [] if faults else duplicate_ids(rules)
    if faults:
        raise InputFaults(faults)
    return tuple(_configured(rule, settings) for rule in _known_settings(rules, settings))


def _known_settings(rules: Sequence[Rule], settings: Configuration) -> Sequence[Rule]:
    known = {rule.id for rule in rules}
    unknown = [name for name in settings.rules if name not in known]
    if unknown:
        file = str(settings.file)
        raise InputFaults(
            Fault(file, None, None, f"[rules.{name}]: no rule has this id", did_you_mean(name, known, 4))
            for name in unknown
        )
    return rules


def _configured(rule: Rule, settings: Configuration) -> Rule:
    """The rule with the level, material and strain that the configuration gives it."""
    own = settings.rules.get(rule.id)
    if not own:
        return rule
    file = str(settings.file)
    level = own.get("level", rule.level)
    if level is not None and level not in LEVELS:
        hint = did_you_mean(level, LEVELS) or f"one of {', '.join(LEVELS)}"
        raise InputFaults([Fault(file, None, None, f'[rules.{rule.id}]: unknown level "{level}"', hint)])
    material, strain = rule.material, rule.strain
    if "material" in own:
        amount = read_amount(own["material"])
        if isinstance(amount, str):
            raise InputFaults([Fault(file, None, None, f"[rules.{rule.id}] material: {amount}")])
        material = Material(*amount, text=own["material"])
    if "strain" in own:
        try:
            strain = Fraction(own["strain"])
        except (ValueError, ZeroDivisionError):
            strain = Fraction(-1)
        if not 0 <= strain <= 1:
            raise InputFaults([Fault(file, None, None, f"[rules.{rule.id}]: strain is a number from 0 to 1")])
    return replace(rule, level=level, material=material, strain=strain)


def codelists_of(settings: Configuration, isolated: bool) -> CodeLists:
    """Shipped code lists and the project's own."""
    own = shipped("codelists").resolve()
    folders = [] if isolated else [own]
    folders += [path for path in settings.code_lists if path.resolve() != own]
    files = [file for folder in folders for file in _yaml_files(folder)]
    skipped = {settings.quantities} if settings.quantities else set()
    return load_codelists([file for file in files if file.name != QUANTITIES and file not in skipped])


def _yaml_files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(p for p in path.rglob("*") if p.suffix in YAML and p.is_file())
    return [path]


def quantities_of(settings: Configuration) -> Quantities:
    """The table of hedges and number words, with the project's additions."""
    base = shipped_quantities()
    return base if settings.quantities is None else read_quantities(settings.quantities, base)


def check_files(
    claim_paths: Sequence[Path],
    settings: Configuration,
    rule_paths: Sequence[Path] = (),
    isolated: bool = False,
    only: frozenset[Path] | None = None,
) -> Outcome:
    """Reads claim files and rules and checks them; `only` keeps the claims of these documents.

    Raises InputFaults with every fault of claims, rules, code lists and configuration together.
    """
    faults: list[Fault] = []
    files: tuple[ClaimFile, ...] = ()
    rules: tuple[Rule, ...] = ()
    lists = load_codelists([])
    try:
        files = read_claim_files(claim_paths, quantities_of(settings), settings.readings_off)
    except InputFaults as error:
        faults += error.faults
    try:
        rules = rules_of(settings, rule_paths, isolated)
    except InputFaults as error:
        faults += error.faults
    try:
        lists = codelists_of(settings, isolated)
    except InputFaults as error:
        faults += error.faults
    if not faults:
        faults += check_codes(files, lists)
        claims = [claim for file in files for claim in file.claims]
        faults += unknown_names([rule for rule in rules if not rule.shipped], claims, lists)
    if faults:
        raise InputFaults(faults)
    files = _chosen(files, settings.root, only)
    claims = [claim for file in files for claim in file.claims]
    run = check_claims(claims, rules, lists)
    remarks = tuple(_stale(files, settings.root))
    return Outcome(run, tuple(noticed(claims)), len(files), tuple(claims), rules, remarks)


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
        if path.is_file():
            return path.resolve()
    return None


def _stale(files: Iterable[ClaimFile], root: Path) -> Iterator[Remark]:
    """Documents that changed since their claims were written, and those that are not there."""
    for file in files:
        document = file.document
        if document.path is None or document.sha256 is None:
            continue
        path = document_path(file, root)
        if path is None:
            yield Remark("left-out", f"{document.path} is not there; its claims were used as they stand")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != document.sha256:
            yield Remark("stale", f"{document.path} changed since its claims were written in {file.path}")
