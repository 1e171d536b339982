"""What claim files say about one another: ids that must differ, lists, superseded documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crosscheck.claims.fields import CodeUse, Suppression, quoted
from crosscheck.claims.model import Claim, Document
from crosscheck.inputs.faults import Fault, did_you_mean
from crosscheck.inputs.yaml_tree import Node

# Looking for the word that was meant takes time for each candidate; beyond these bounds a fault has no
# suggestion.
MAXIMUM_CANDIDATES = 5_000
MAXIMUM_SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """A claim file that has been read.

    `claims` take part in matching. `history` holds the claims of a superseded document, which do not. `codes`
    are the uses of codes that look like ISO 3166, for `check_codes`; `suppressions` say why rules are silent
    on claims.
    """

    path: str
    document: Document
    claims: tuple[Claim, ...]
    history: tuple[Claim, ...] = ()
    codes: tuple[CodeUse, ...] = ()
    suppressions: tuple[Suppression, ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """What other claims may refer to in one file, and what it refers to; kept even when the file has faults.

    `document_node` is where the id of the document stands. `lists` maps the full id of a claim to that of its
    total.
    """

    file: str
    document_id: str
    document_node: Node
    claim_nodes: Mapping[str, Node] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, Node]] = field(default_factory=dict)
    supersedes: tuple[tuple[str, Node], ...] = ()
    named: tuple[tuple[str, Node], ...] = ()  # other claims that an entry names, in full


def faults_between(files: Sequence[Linked], all_read: bool) -> list[Fault]:
    """Faults of references and ids, within files and between them.

    `all_read` is False when a file could not be read at all: then nothing is said about ids that it may hold.
    """
    faults: list[Fault] = []
    documents: dict[str, Linked] = {}
    for file in files:
        first = documents.setdefault(file.document_id, file)
        if first is not file:
            message = f"the document id {quoted(file.document_id)} is taken"
            faults.append(file.document_node.fault(message, f"{first.file} has it; give one of the two another `id`"))
    claims = {claim: file for file in files for claim in file.claim_nodes}
    suggestions = 0
    for file in files:
        for claim, (target, node) in file.lists.items():
            own = target.startswith(f"{file.document_id}#")
            if target not in claims and (all_read or own):
                suggestions += 1
                known = claims if suggestions <= MAXIMUM_SUGGESTIONS else ()
                faults.append(
                    node.fault(
                        f"{claim} is said to be an item of {quoted(target)}, which is no claim",
                        _near(target, known),
                    )
                )
        for target, node in file.named:
            if target not in claims and (all_read or target.startswith(f"{file.document_id}#")):
                suggestions += 1
                known = claims if suggestions <= MAXIMUM_SUGGESTIONS else ()
                faults.append(node.fault(f"{quoted(target)} is no claim", _near(target, known)))
        for superseded, node in file.supersedes:
            if superseded == file.document_id:
                faults.append(node.fault("a document cannot supersede itself"))
            elif superseded not in documents and all_read:
                known_documents = documents if len(documents) <= MAXIMUM_CANDIDATES else ()
                hint = did_you_mean(superseded, known_documents) or "read its claim file as well, or leave it out"
                faults.append(node.fault(f"no document has the id {quoted(superseded)}", hint))
    return faults + _cycles_of_lists(files) + _cycles_of_documents(files)


def _near(target: str, claims: Mapping[str, object] | tuple[()]) -> str | None:
    if len(claims) > MAXIMUM_CANDIDATES:
        return None
    document, _, _ = target.partition("#")
    own = [claim for claim in claims if claim.startswith(f"{document}#")]
    return did_you_mean(target, own or claims)


def _cycles_of_lists(files: Sequence[Linked]) -> list[Fault]:
    """A fault for each list that contains itself, through any number of others."""
    lists = {claim: link for file in files for claim, link in file.lists.items()}
    faults = []
    done: set[str] = set()
    for start in lists:
        path: dict[str, None] = {}  # in order, and quick to look into
        claim = start
        while claim in lists and claim not in done and claim not in path:
            path[claim] = None
            claim = lists[claim][0]
        if claim in path:
            cycle = [*path][[*path].index(claim) :]
            node = lists[claim][1]
            faults.append(node.fault(f"a list that contains itself: {_chain(cycle)}", "an item cannot hold its own total"))
        done.update(path)
    return faults


def _cycles_of_documents(files: Sequence[Linked]) -> list[Fault]:
    """A fault at each document that supersedes, through others, one that supersedes it."""
    nodes = {file.document_id: dict(file.supersedes) for file in files}
    faults = []
    state: dict[str, int] = {}  # 1: on the way, 2: done
    for start in nodes:
        stack = [(start, iter(nodes[start]))] if start not in state else []
        state.setdefault(start, 1)
        while stack:
            document, following = stack[-1]
            other = next((name for name in following if name in nodes and name != document), None)
            if other is None:
                state[document] = 2
                stack.pop()
            elif state.get(other) == 1:
                chain = [name for name, _ in stack]
                cycle = chain[chain.index(other) :]
                faults.append(nodes[document][other].fault(f"documents that supersede one another: {_chain(cycle)}"))
            elif other not in state:
                state[other] = 1
                stack.append((other, iter(nodes[other])))
    return faults


def _chain(names: list[str]) -> str:
    shown = [*names, names[0]] if len(names) <= 6 else [*names[:5], "…", names[0]]
    return " → ".join(shown)


def without_superseded(files: Sequence[ClaimFile]) -> tuple[ClaimFile, ...]:
    """The files, with the claims of superseded documents moved to their history."""
    superseded = {name for file in files for name in file.document.supersedes}
    return tuple(
        replace(file, claims=(), history=file.history + file.claims) if file.document.id in superseded else file
        for file in files
    )
