"""Suppressions on claims that are over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Claim


def without_expired(files: Sequence[ClaimFile], today: date | None) -> tuple[tuple[ClaimFile, ...], tuple[str, ...]]:
    """Claim files in which a `suppress` that is over silences nothing any more, and a sentence for each such one.

    Without a day nothing is over.
    """
    told: list[str] = []
    found = []
    for file in files:
        over = [
            one
            for one in file.suppressions
            if today is not None and one.expires is not None and date.fromisoformat(one.expires) <= today
        ]
        told += [f"{file.path}: `suppress` of {one.rule} on {one.claim} expired on {one.expires}" for one in over]
        gone = {(one.claim, one.rule) for one in over}
        found.append(replace(file, claims=tuple(_without(claim, gone) for claim in file.claims)) if gone else file)
    return tuple(found), tuple(told)


def _without(claim: Claim, gone: set[tuple[str, str]]) -> Claim:
    kept = tuple(rule for rule in claim.suppress if (claim.id, rule) not in gone)
    return claim if kept == claim.suppress else replace(claim, suppress=kept)
