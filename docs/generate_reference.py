"""Writes docs/reference/: what the code and the shipped rules say of themselves, as pages.

`python docs/generate_reference.py` writes the pages, `--check` only says which of them are out of date (exit 1). A test
does the same, so a page cannot fall behind what it describes. The pages themselves are made in the modules beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from reference_claims import claim_files_page, code_lists_page, configuration_page, reading_page
from reference_output import commands_page, formats_page, report_page
from reference_parts import page
from reference_rule_pages import rule_pages, rules_page
from reference_rules import rule_files_page

FOLDER = Path(__file__).resolve().parent / "reference"

PAGES: Mapping[str, tuple[str, Callable[[], str]]] = {
    "rules.md": ("the rules that ship, with a page for each: why, formula, selectors, examples", rules_page),
    "rule-files.md": ("keys of rule files, selectors, expressions", rule_files_page),
    "claim-files.md": ("keys of claim files, figure text, units, periods", claim_files_page),
    "code-lists.md": ("keys of code lists, and the codes that ship", code_lists_page),
    "reading.md": ("the formats that are read, and what reading notices", reading_page),
    "configuration.md": ("keys of the configuration, and where it is found", configuration_page),
    "commands.md": ("commands, options, variables, exit codes", commands_page),
    "formats.md": ("the formats of reports: what each holds, who reads it", formats_page),
    "json-report.md": ("keys of the JSON reports", report_page),
}


def pages() -> dict[str, str]:
    """Every reference page by its file name."""
    index = "\n".join(f"- [{name.removesuffix('.md')}]({name}): {what}" for name, (what, _) in PAGES.items())
    intro = "What code and rules say of themselves. These pages are generated, and a test fails when they are out of date."
    return {
        "README.md": page("Reference", intro, index),
        **{name: make() for name, (_, make) in PAGES.items()},
        **rule_pages(),
    }


def main() -> None:
    """Writes the pages and removes those of rules that are gone, or with `--check` names those that are out of date."""
    made = pages()
    stale = [path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.md")]
    stale = sorted(name for name in stale if name not in made)
    if "--check" not in sys.argv:
        for name in stale:
            (FOLDER / name).unlink()
    for name, text in made.items():
        path = FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    print("\n".join(stale) or "nothing to do")
    sys.exit(1 if stale and "--check" in sys.argv else 0)


if __name__ == "__main__":
    main()
