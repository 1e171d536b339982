"""Cases: Markdown files with texts and the findings that they must lead to, each run like a small project of its own.

Every heading begins a case. Its fenced blocks are files (documents, claims, rules, configuration), and one block
`findings` says what must come of them; all else is for people.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from crosscheck.checking.checks import Check, faults
from crosscheck.checking.levels import ORDER
from crosscheck.checking.noticed import OBSERVED, Noticed
from crosscheck.claims.model import Claim, Place
from crosscheck.inputs.disk import files_in, read_limited
from crosscheck.inputs.faults import Fault, InputFaults, did_you_mean
from crosscheck.inputs.writing import write_text
from crosscheck.project.configuration import Configuration, load
from crosscheck.project.pipeline import Outcome, Request, check_files
from crosscheck.rules.model import LEVELS, VERDICTS

CASE_SUFFIXES = (".md", ".markdown")
MAXIMUM_BYTES = 4 * 1024 * 1024
FINDINGS, NOTHING, CONFIGURATION = "findings", "nothing", "crosscheck.toml"
# Kinds of blocks, and the file that a block without a title is.
FILES = {
    "text": "document.txt",
    "txt": "document.txt",
    "markdown": "document.md",
    "md": "document.md",
    "html": "document.html",
    "csv": "document.csv",
    "yaml": "claims.yaml",
    "toml": CONFIGURATION,
}
FENCE = re.compile(r" {0,3}(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`]*)")
HEADING = re.compile(r" {0,3}#{1,6}\s+(?P<title>.*?)[\s#]*")
SETTING = re.compile(r"(title|published)=(?:\"([^\"]*)\"|(\S+))")
EXPECTED = re.compile(
    r"(?:(?P<file>[^\s:\"]+):)?(?:(?P<line>[1-9][0-9]{0,5})|\"(?P<printed>[^\"]+)\")\s+(?P<level>\S+)\s+(?P<rule>\S+)"
    r"(?P<slips>(?:\s+[a-z0-9-]+)*)"
)
EXAMPLE = 'such as `1 error growth-not-matching-levels`, or `"30.1%" consistent growth-not-matching-levels`'
SPEAKS = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Block:
    """A file of a case; its first line is `line` of the case file."""

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that must come: its place (a line of a file, or the figure as printed), level or verdict, rule, slips."""

    file: str | None
    at_line: int | None
    printed: str | None
    level: str
    rule: str
    slips: tuple[str, ...]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Case:
    """Files, and what must come of them. `line` is that of its heading."""

    file: str
    name: str
    line: int
    blocks: tuple[Block, ...]
    expected: tuple[Expected, ...]
    published: date | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case got: lines of the case file with what is wrong there; none when all came as expected."""

    case: Case
    differences: tuple[tuple[int, str], ...]


def case_files(paths: Iterable[Path], faults: list[Fault]) -> list[Path]:
    """The Markdown files among the paths and in the folders among them."""
    return [file for path in paths for file in (files_in(path, faults, CASE_SUFFIXES) if path.is_dir() else [path])]


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of one file, in its order; raises InputFaults with everything that is wrong in it.

    A heading without a `findings` block is one of sections, or of prose.
    """
    try:
        lines = read_limited(path, MAXIMUM_BYTES, " as cases").decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputFaults([Fault(str(path), None, None, "this is not UTF-8 text", "save the file as UTF-8")]) from None
    reader = _Reader(str(path))
    index = 0
    while index < len(lines):
        fence, heading = FENCE.fullmatch(lines[index]), HEADING.fullmatch(lines[index])
        if fence:
            index = reader.block(lines, index, fence["ticks"], fence["info"].strip())
        elif heading:
            reader.finish()
            reader.begin(heading["title"], index + 1)
        index += 1
    reader.finish()
    if reader.faults:
        raise InputFaults(reader.faults)
    return tuple(reader.cases)


class _Reader:
    """What stands between two headings, gathered."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.cases: list[Case] = []
        self.faults: list[Fault] = []
        self.begin("", 1)

    def begin(self, name: str, line: int) -> None:
        self.name, self.line = name, line
        self.published: date | None = None
        self.blocks: list[Block] = []
        self.expected: list[Expected] | None = None

    def finish(self) -> None:
        if self.expected is None:
            return
        if not self.blocks:
            self.fault(self.line, "this case has findings, and no text that could lead to them", "put a block `text` above")
        case = Case(self.file, self.name, self.line, tuple(self.blocks), tuple(self.expected), self.published)
        self.cases.append(case)

    def fault(self, line: int, message: str, hint: str | None = None) -> None:
        self.faults.append(Fault(self.file, line, 1, message, hint))

    def block(self, lines: Sequence[str], index: int, ticks: str, info: str) -> int:
        """The index of the line that closes the block which line `index` opens."""
        end = next((i for i in range(index + 1, len(lines)) if _closes(lines[i], ticks)), None)
        if end is None:
            self.fault(index + 1, "this block is never closed", f"end it with {ticks}")
            return len(lines)
        kind = info.partition(" ")[0]
        inside = lines[index + 1 : end]
        if kind == FINDINGS:
            if self.expected is not None:
                self.fault(index + 1, "a second `findings` in one case", "begin another case with a heading")
            self.expected = list(self.findings(inside, index + 2))
        elif kind in FILES:
            self.content(kind, info, inside, index + 2)
        return end

    def content(self, kind: str, info: str, inside: Sequence[str], line: int) -> None:
        text = "".join(f"{each}\n" for each in inside)
        settings = {match[1]: match[2] if match[2] is not None else match[3] for match in SETTING.finditer(info)}
        default = "rules.yaml" if kind == "yaml" and re.search(r"^rules:", text, re.MULTILINE) else FILES[kind]
        name = settings.get("title", default)
        if Path(name).is_absolute() or ".." in Path(name).parts or not name.strip("./ "):
            self.fault(line - 1, f'"{name[:60]}" cannot name a file of a case', 'such as `title="release.md"`')
        elif any(block.name == name for block in self.blocks):
            self.fault(line - 1, f'a second file "{name[:60]}" in one case', 'give it a name of its own with `title="…"`')
        else:
            self.blocks.append(Block(name, text, line))
        if "published" in settings:
            try:
                self.published = date.fromisoformat(settings["published"])
            except ValueError:
                self.fault(line - 1, f'"{settings["published"][:40]}" is no date', "write published=YYYY-MM-DD")

    def findings(self, inside: Sequence[str], first: int) -> Iterator[Expected]:
        for line, text in enumerate(inside, first):
            text = text.partition(" #")[0].strip()
            if not text or text.startswith("#") or text == NOTHING:
                continue
            match = EXPECTED.fullmatch(text)
            if match is None:
                self.fault(line, f'not understood: "{text[:80]}"', EXAMPLE)
            elif match["level"] not in (*LEVELS[:-1], *VERDICTS):
                words = (*LEVELS[:-1], *VERDICTS)
                hint = did_you_mean(match["level"], words) or f"one of {', '.join(words)}"
                self.fault(line, f'unknown level or verdict "{match["level"][:40]}"', hint)
            else:
                number = None if match["line"] is None else int(match["line"])
                slips = tuple(match["slips"].split())
                yield Expected(match["file"], number, match["printed"], match["level"], match["rule"], slips, text, line)


def _closes(line: str, ticks: str) -> bool:
    return line.strip().startswith(ticks) and not line.strip().strip(ticks[0])


def run_case(case: Case) -> CaseResult:
    """The case as a project in a folder of its own, checked with the shipped rules and its own.

    Raises InputFaults with the faults of its files, at their lines of the case file.
    """
    with tempfile.TemporaryDirectory(prefix="crosscheck-case-") as name:
        folder = Path(name)
        try:
            outcome = _outcome(case, folder)
        except InputFaults as error:
            raise InputFaults(_in_case(fault, case, folder) for fault in error.faults) from None
    _check_names(case, outcome)
    return CaseResult(case, tuple(sorted(_differences(case, outcome))))


def _outcome(case: Case, folder: Path) -> Outcome:
    for block in case.blocks:
        write_text(folder / block.name, block.text)
    configured = folder / CONFIGURATION
    settings = load(configured) if configured.is_file() else Configuration(folder)
    yaml = [block for block in case.blocks if block.name.endswith((".yaml", ".yml"))]
    listed = [block.name for block in yaml if re.search(r"^codelist:", block.text, re.MULTILINE)]
    rules = [block.name for block in yaml if re.search(r"^rules:", block.text, re.MULTILINE)]
    claims = [block.name for block in yaml if block.name not in (*listed, *rules)]
    others = [block.name for block in case.blocks if block not in yaml and block.name != CONFIGURATION]
    settings = replace(
        settings, code_lists=(*settings.code_lists, *(folder / name for name in listed)), claims=(), rule_files=()
    )
    request = Request(
        claims=tuple(folder / name for name in claims),
        rules=tuple(folder / name for name in rules),
        documents=tuple(folder / name for name in others),
        published=case.published,
    )
    return check_files(request, settings)


def _in_case(fault: Fault, case: Case, folder: Path) -> Fault:
    """The fault at its line of the case file."""
    for block in case.blocks:
        if Path(fault.file) == folder / block.name:
            return replace(fault, file=case.file, line=block.line - 1 + (fault.line or 1))
    return replace(fault, file=case.file, line=case.line, column=None)


def _check_names(case: Case, outcome: Outcome) -> None:
    """Raises InputFaults for a rule or file that the case expects something of and that is not there."""
    rules = [
        *(rule.id for rule in outcome.rules),
        *OBSERVED,
        *(found.rule for found in outcome.noticed),
        "reading/no-direction",
    ]
    wrong = []
    for expected in case.expected:
        if expected.rule not in rules:
            hint = did_you_mean(expected.rule, rules, 4)
            wrong.append(Fault(case.file, expected.line, 1, f'no rule has the id "{expected.rule[:60]}"', hint))
        if expected.file is not None and all(block.name != expected.file for block in case.blocks):
            hint = did_you_mean(expected.file, [block.name for block in case.blocks], 4)
            wrong.append(Fault(case.file, expected.line, 1, f'no file "{expected.file[:60]}" in this case', hint))
    if wrong:
        raise InputFaults(wrong)


def _differences(case: Case, outcome: Outcome) -> Iterator[tuple[int, str]]:
    """What was expected and did not come, and every error or warning that nobody expected."""
    checks, read = outcome.run.checks, outcome.noticed
    for expected in case.expected:
        if any(_fits(expected, check) for check in checks) or any(_was_noticed(expected, found) for found in read):
            continue
        near = [_told(check) for check in checks if check.rule.id == expected.rule]
        near += [_told_noticed(found) for found in read if found.rule == expected.rule]
        instead = f"there is: {'; '.join(near[:3])}" if near else f"{expected.rule} was not checked on anything"
        yield expected.line, f"expected `{expected.text}`; {instead}"
    for group in faults(checks):
        if group[0].level in SPEAKS and not any(_fits(e, check) for e in case.expected for check in group):
            yield case.line, f"not expected: {_told(group[0])}"
    for found in read:
        if found.level in SPEAKS and not any(_was_noticed(expected, found) for expected in case.expected):
            yield case.line, f"not expected: {_told_noticed(found)}"


def _fits(expected: Expected, check: Check) -> bool:
    if check.rule.id != expected.rule or expected.level not in (check.level, check.verdict):
        return False
    if not set(expected.slips) <= set(slips_of(check)):
        return False
    return any(_is_at(expected, claim, claim.place) for claim in check.in_doubt.claims)


def slips_of(check: Check) -> tuple[str, ...]:
    """The known slips that explain a check."""
    return tuple(found.slip for found in getattr(check, "diagnosis", ()))


def _was_noticed(expected: Expected, found: Noticed) -> bool:
    if found.rule != expected.rule or found.level != expected.level:
        return False
    place = found.place
    in_file = expected.file is None or found.document.path == expected.file
    return in_file and (place.line == expected.at_line if expected.printed is None else found.printed == expected.printed)


def _is_at(expected: Expected, claim: Claim, place: Place) -> bool:
    if expected.file is not None and claim.document.path != expected.file:
        return False
    if expected.printed is not None:
        return " ".join(claim.printed.split()) == expected.printed
    return place.line == expected.at_line


def _told(check: Check) -> str:
    claim = check.in_doubt.first
    level = check.level if ORDER.index(check.level) else check.verdict
    slips = "".join(f" {slip}" for slip in slips_of(check))
    return f"`{_where(claim.place, claim.printed)} {level} {check.rule.id}{slips}`"


def _told_noticed(found: Noticed) -> str:
    return f"`{_where(found.place, found.printed)} {found.level} {found.rule}`"


def _where(place: Place, printed: str) -> str:
    return f'"{" ".join(printed.split())}"' if printed else str(place.line)
