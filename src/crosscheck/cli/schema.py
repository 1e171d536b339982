"""`schema`: the JSON Schemas of the file formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from crosscheck.cli.check import INPUT, OK
from crosscheck.cli.output import say, show_faults
from crosscheck.inputs.faults import Fault, did_you_mean


def _claims() -> dict[str, Any]:
    from crosscheck.claims.schema import claim_file_schema

    return claim_file_schema()


def _rules() -> dict[str, Any]:
    from crosscheck.rules.schema import rule_file_schema

    return rule_file_schema()


def _config() -> dict[str, Any]:
    from crosscheck.project.schema import configuration_schema

    return configuration_schema()


def _output() -> dict[str, Any]:
    from crosscheck.reports.schema import output_schema

    return output_schema()


def _extract() -> dict[str, Any]:
    from crosscheck.reports.schema import extract_schema

    return extract_schema()


SCHEMAS: dict[str, Callable[[], dict[str, Any]]] = {
    "claims": _claims,
    "rules": _rules,
    "config": _config,
    "output": _output,
    "extract": _extract,
}


def run_schema(what: str) -> int:
    """Prints one schema."""
    if what not in SCHEMAS:
        hint = did_you_mean(what, SCHEMAS) or f"one of {', '.join(SCHEMAS)}"
        show_faults([Fault("schema", None, None, f'there is no schema "{what[:40]}"', hint)])
        return INPUT
    say(schema_text(what))
    return OK


def schema_text(what: str) -> str:
    """One schema as a file holds it."""
    return json.dumps(SCHEMAS[what](), indent=2, ensure_ascii=False) + "\n"
