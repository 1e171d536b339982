"""What a run takes from documents themselves, beside the claim files that tell of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crosscheck.claims.links import ClaimFile
from crosscheck.inputs.disk import real
from crosscheck.inputs.faults import Fault
from crosscheck.project.claim_files import conflict_lines, merged_afresh
from crosscheck.project.read import Read, noted, open_figure, remembered
from crosscheck.project.reading import Names, Tools, documents_in, read_many, text_of, with_document


def read_afresh(
    unread: Sequence[Path],
    given: Sequence[Path],
    changed: Sequence[tuple[ClaimFile, Path]],
    files: Sequence[ClaimFile],
    tools: Tools,
    data: bytes | None,
) -> Read:
    """What a run takes from documents themselves: `unread` have no claim file, `given` are operands only, `changed` are not
    any more what their claim file was written from.
    """
    faults: list[Fault] = []
    names = Names({file.document.id for file in files})
    documents, found = read_many(documents_in(unread, faults), tools, names, data)
    own = {real(one.path) for one in documents}
    others = [path for path in documents_in(given, faults) if real(path) not in own]
    operands, more = read_many(others, tools, names, data)
    operands = tuple(with_document(one, replace(one.document, given=True)) for one in operands)
    faults += [*found, *more]
    everything = (*documents, *operands)
    merged, wrong = merged_afresh(changed, tools)
    faults += wrong
    again = {file.path for file, _, _ in merged}
    rest = remembered([file for file in files if file.path not in again])
    remarks = [("left-out", str(fault)) for one in (*everything, *(one for _, one, _ in merged)) for fault in one.remarks]
    for file, one, update in merged:
        kept = f", with {_counted(update.merged.edited, 'edit')} of yours" if update.merged and update.merged.edited else ""
        text = f"{one.document.path} changed since its claims were written in {file.path}: it was read afresh{kept}"
        remarks.append(("stale", f"{text}; `crosscheck extract --write` brings the file up to date"))
        remarks += [("conflict", line) for line in conflict_lines(file.path, update.conflicts)]
    afresh = [noted(file, update.memory) for file, _, update in merged]
    texts = {one.document.path: text_of(one.extract.source) for one in everything if one.document.path is not None}
    texts |= {file.document.path: text_of(one.extract.source) for file, one, _ in merged if file.document.path is not None}
    return Read(
        tuple(one.claim_file for one in everything),
        tuple(file for file, _, _ in merged),
        (*rest.noticed, *(n for one in documents for n in one.noticed), *(n for one in afresh for n in one.noticed)),
        {
            **rest.uncounted,
            **{one.document.id: (len(one.unresolved), one.made.no_statistic) for one in documents},
            **{key: counts for one in afresh for key, counts in one.uncounted.items()},
        },
        tuple(remarks),
        texts,
        tuple(faults),
        (
            *rest.open_figures,
            *(open_figure(one.document, figure.place, figure.reason) for one in documents for figure in one.unresolved),
            *(figure for one in afresh for figure in one.open_figures),
        ),
    )


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
