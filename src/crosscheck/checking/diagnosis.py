"""Why a check fails, where one known slip explains it (DESIGN: verdicts)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A known slip that alone, on one operand, makes a check consistent: its name, the operand's role, a sentence."""

    slip: str
    role: str
    message: str
