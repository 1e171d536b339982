"""What an explanation is written from and with: a checked run, names for codes, and a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.checks import Check, Run
from crosscheck.checking.levels import NONE
from crosscheck.checking.noticed import Noticed
from crosscheck.claims.codelists import CodeLists
from crosscheck.claims.model import AREA, COUNTERPART, INDICATOR, Claim
from crosscheck.reports.terminal import Style, harmless, wrapped
from crosscheck.reports.wording import message

# The name of a code for people, by dimension and code.
Names = Callable[[str, str], str]
# The text of a document by its path, None when it cannot be shown.
Sources = Callable[[str], str | None]

MAXIMUM_WIDTH = 100  # longer lines of prose are hard to read
VERDICT_WORDS = {
    CONSISTENT: "consistent",
    RECONCILABLE: "fits only by rounding",
    CONTRADICTION: "contradiction",
    UNVERIFIABLE: "cannot be checked",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What an explanation is written from, and how."""

    run: Run
    noticed: Sequence[Noticed]
    claims: Sequence[Claim]
    names: Names
    sources: Sources
    style: Style

    @property
    def width(self) -> int:
        """Columns for prose."""
        return min(self.style.width, MAXIMUM_WIDTH)

    def text(self, text: str, indent: int = 3, hang: int = 0) -> Iterator[str]:
        """A paragraph; `hang` is how much further its second line begins."""
        for line in wrapped(harmless(text), self.width - indent, " " * hang):
            yield f"{' ' * indent}{line}"

    def item(self, text: str, indent: int = 3) -> Iterator[str]:
        """An item of a list."""
        return self.text(f"- {text}", indent, 2)

    def heading(self, text: str) -> Iterator[str]:
        """A heading, with a line before it."""
        yield ""
        yield self.style.paint(text, "bold")

    def painted(self, lines: Iterable[str], kind: str) -> Iterator[str]:
        """Lines in a colour."""
        return (self.style.paint(line, kind) for line in lines)


def names_of(lists: CodeLists) -> Names:
    """Names of indicators and areas for the middle of a sentence; other codes as they are."""

    def name(dimension: str, code: str) -> str:
        found = lists.find(dimension, code) if dimension in (INDICATOR, AREA, COUNTERPART) else None
        if found is None or not found.name:
            return code
        is_word = dimension == INDICATOR and found.name[1:2].islower()
        return found.name[0].lower() + found.name[1:] if is_word else found.name

    return name


def listed(checks: Iterable[Check], page: Page, about: Claim | None = None) -> Iterator[str]:
    """Each check: level, verdict, its sentence, and its id; also the role of one claim in it."""
    for check in checks:
        level = f"{check.level}, " if check.level != NONE else ""
        roles = [role for role, operand in check.binding.operands() if about is not None and about in operand.claims]
        role = f", as {roles[0]}" if roles and len(check.rule.variables) > 1 else ""
        suppressed = f" (suppressed on {check.suppressed})" if check.suppressed is not None else ""
        verdict, sentence = VERDICT_WORDS[check.verdict], message(check)
        # The sentence of what cannot be checked says so itself.
        head = f"{level}{verdict}{role}: " if verdict not in sentence else f"{level}{role.removeprefix(', ')}: "
        yield from page.item(f"{head.removeprefix(': ')}{sentence}{suppressed}")
        yield from page.painted(page.text(check.id, 5), "dim")
