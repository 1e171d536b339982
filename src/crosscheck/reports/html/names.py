"""Names in the address of the page: stable from run to run, the same whatever the figures say."""

from __future__ import annotations

import hashlib
import re

from crosscheck.checking.checks import Check
from crosscheck.claims.model import Claim, Document

HASH = 16  # of 64 hexadecimal digits
PLAIN = re.compile(r"[A-Za-z][\w./-]{0,120}")


def finding_name(check: Check) -> str:
    """The address of a finding, by the fingerprint of its check."""
    return f"finding-{check.fingerprint[:HASH]}"


def noticed_name(fingerprint: str) -> str:
    """The address of a finding of reading, by its fingerprint."""
    return f"finding-{fingerprint[:HASH]}"


def conflict_name(conflict: str) -> str:
    """The address of a joint conflict."""
    return f"finding-{_hash(conflict)}"


def check_name(check: Check) -> str:
    """The address of a check."""
    return f"check-{check.fingerprint[:HASH]}"


def figure_name(claim: Claim) -> str:
    """The address of a figure."""
    return f"figure-{_hash(claim.id)}"


def place_name(claim: Claim) -> str:
    """The address of a figure's place in its document."""
    return f"at-{_hash(claim.id)}"


def document_name(document: Document) -> str:
    """The address of a document."""
    return f"document-{_hash(document.id)}"


def rule_name(rule: str) -> str:
    """The address of a rule."""
    return f"rule-{rule}" if PLAIN.fullmatch(rule) else f"rule-{_hash(rule)}"


def _hash(*parts: str) -> str:
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:HASH]
