"""The documentation, held to what it says: commands run, links lead somewhere, what stands in backticks exists.

A page's transcripts are its fenced blocks marked `console`: a line `$ command` followed by what it prints. They run in
order, in a folder of the page's own; blocks that carry `title="path"` are written there first. After a change of the tool,

    CROSSCHECK_UPDATE_DOCS=1 python -m pytest tests/test_docs.py

writes the real outputs into the pages, and the pages of docs/reference/ anew. Read the difference before it goes in.
"""

from __future__ import annotations

import difflib
import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from crosscheck.checking.noticed import NOTICED, OBSERVED
from crosscheck.checking.slips import SLIPS
from crosscheck.claims import codelists, keys
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.cli.app import app, main
from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.yaml_tree import read_text
from crosscheck.project import configuration
from crosscheck.project.lists import lists_codes
from crosscheck.rules.examples import OUTCOME_KEYS
from crosscheck.rules.files import RULE_KEYS, read_rule_files
from crosscheck.rules.model import Rule
from crosscheck.rules.selectors import PROPERTIES

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
PACKAGE = ROOT / "src" / "crosscheck"
REFERENCE = ROOT / "docs" / "reference"
UPDATE = os.environ.get("CROSSCHECK_UPDATE_DOCS") == "1"
# Pages whose commands run in a copy of what the project checks; those of all others begin in an empty folder.
IN_THE_PROJECT = {"README.md", "docs/method.md"}
IN_THE_PROJECT |= {f"docs/how-to/{name}.md" for name in ("check-a-draft", "take-figures-together", "the-page")}
PROJECT = ("documents", "claims", "crosscheck.toml")
# Makes an environment or uses it for more than crosscheck: README's two commands, which .ci/run runs as printed.
OF_THE_ENVIRONMENT = re.compile(r"python3|\.venv/")
FENCE = re.compile(r"(?P<ticks>```+)(?P<info>.*)")
TITLE = re.compile(r'title="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: what its first line says, and the lines inside it, which begin at index `first` of the page."""

    info: str
    first: int
    lines: tuple[str, ...]

    @property
    def title(self) -> str | None:
        """The file that the block shows."""
        found = TITLE.search(self.info)
        return found[1] if found else None


def name_of(page: Path) -> str:
    """The page relative to the project."""
    return page.relative_to(ROOT).as_posix()


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page."""
    opened: tuple[str, str, int] | None = None
    lines = text.split("\n")
    for index, line in enumerate(lines):
        fence = FENCE.fullmatch(line)
        if opened is None and fence:
            opened = fence["ticks"], fence["info"].strip(), index + 1
        elif opened is not None and line == opened[0]:
            yield Block(opened[1], opened[2], tuple(lines[opened[2] : index]))
            opened = None
    assert opened is None, f"a block is opened in line {opened[2]} and never closed"


def prose(text: str) -> str:
    """The page without its fenced blocks and comments."""
    lines = text.split("\n")
    for block in blocks(text):
        lines[block.first - 1 : block.first + len(block.lines) + 1] = [""] * (len(block.lines) + 2)
    return re.sub(r"<!--.*?-->", "", "\n".join(lines), flags=re.DOTALL)


# --- transcripts ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Shell:
    """Runs the commands of one page in its folder; crosscheck itself in this process."""

    folder: Path
    code: int = 0

    def run(self, command: str) -> str:
        """What a command prints, standard output and standard error as they come."""
        if command == "echo $?":
            return f"{self.code}\n"
        if OF_THE_ENVIRONMENT.match(command):
            last = command.rpartition("&& ")[2]
            assert last.startswith(".venv/bin/"), f"not run by this test, and not by .ci/run: {command}"
            command = last.removeprefix(".venv/bin/")
        words = shlex.split(command)
        if words[0] == "crosscheck" and not {"|", ">", "<", "&&", ";"} & set(words):
            return self.crosscheck(words)
        if words[0] == "crosscheck" and words[-2] == ">":
            (self.folder / words[-1]).write_text(self.crosscheck(words[:-2]), encoding="utf-8")
            return ""
        assert "crosscheck" not in words, f"not run by this test, as no crosscheck need be on the path: {command}"
        done = subprocess.run(
            command, shell=True, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True
        )
        self.code = done.returncode
        return done.stdout

    def crosscheck(self, words: list[str]) -> str:
        """What `main` prints with these arguments."""
        printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
        sys.argv = words
        with redirect_stdout(printed), redirect_stderr(printed):
            try:
                main()
                self.code = 0
            except SystemExit as end:
                self.code = end.code if isinstance(end.code, int) else int(end.code is not None)
        printed.seek(0)
        return printed.read()


def replayed(text: str, shell: Shell) -> str:
    """The page with what its commands really print."""
    lines = text.split("\n")
    real: list[str] = []
    done = 0
    for block in blocks(text):
        if block.title is not None:
            path = shell.folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(block.lines) + "\n", encoding="utf-8")
        if block.info.partition(" ")[0] == "console":
            real += [*lines[done : block.first], *_transcript(block, shell)]
            done = block.first + len(block.lines)
    return "\n".join([*real, *lines[done:]])


def _transcript(block: Block, shell: Shell) -> Iterator[str]:
    assert block.lines, "an empty transcript"
    assert block.lines[0].startswith("$ "), f"a transcript begins with a command, not with {block.lines[0]}"
    for line in block.lines:
        if not line.startswith("$ "):
            continue
        yield line
        command = line.removeprefix("$ ")
        if not (OF_THE_ENVIRONMENT.match(command) and "-m pytest" in command):
            printed = shell.run(command)
            assert str(shell.folder) not in printed, f"{command}: prints a path of this machine:\n{printed}"
            yield from printed.rstrip("\n").split("\n") if printed.strip() else ()


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """An empty folder, a narrow terminal without colour, and nothing of what somebody has set for their own shell."""
    for name in [name for name in os.environ if name.startswith("CROSSCHECK_")]:
        monkeypatch.delenv(name)
    for name, value in {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80", "LC_ALL": "C.UTF-8"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", sys.argv)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()  # the search for a configuration ends here
    return Shell(tmp_path)


def with_commands() -> list[Path]:
    """The pages that show commands."""
    found = []
    for page in PAGES:
        if any(block.info.startswith("console") for block in blocks(page.read_text(encoding="utf-8"))):
            found.append(page)
    return found


@pytest.mark.parametrize("page", with_commands(), ids=name_of)
def test_commands_print_what_the_page_shows(page: Path, shell: Shell) -> None:
    if name_of(page) in IN_THE_PROJECT:
        for name in PROJECT:
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, shell.folder / name)
    shown = page.read_text(encoding="utf-8")
    real = replayed(shown, shell)
    if UPDATE:
        page.write_text(real, encoding="utf-8")
    elif real != shown:
        difference = difflib.unified_diff(shown.split("\n"), real.split("\n"), "shown", "printed", lineterm="", n=1)
        pytest.fail("CROSSCHECK_UPDATE_DOCS=1 writes what is printed now:\n" + "\n".join(difference))


def test_readme_and_tutorial_show_commands() -> None:
    assert {"README.md", "docs/tutorial.md", "docs/method.md"} <= {name_of(page) for page in with_commands()}


def test_transcripts_are_compared(shell: Shell) -> None:
    page = '```yaml title="a/b.txt"\n1\n```\n\n```console\n$ cat a/b.txt\n2\n$ echo $?\n$ crosscheck check\n```\n'
    told = replayed(page, shell)
    assert told.startswith('```yaml title="a/b.txt"\n1\n```\n\n```console\n$ cat a/b.txt\n1\n$ echo $?\n0\n$ crosscheck')
    assert told.endswith("crosscheck.toml\n```\n")
    assert shell.code == 2


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_files_on_a_page_can_be_read(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        text, kind = "\n".join(block.lines), block.info.partition(" ")[0]
        if kind == "yaml":
            assert read_text(text, name_of(page)).kind != "text"
        elif kind == "toml":
            assert tomllib.loads(text)


# --- the reference -------------------------------------------------------------------------------------------------


@cache
def generator() -> ModuleType:
    """docs/generate_reference.py, with the modules beside it that it imports."""
    sys.path.insert(0, str(ROOT / "docs"))
    spec = importlib.util.spec_from_file_location("generate_reference", ROOT / "docs" / "generate_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_code_and_rules_say() -> None:
    pages: Mapping[str, str] = generator().pages()
    if UPDATE:
        for name, text in pages.items():
            (REFERENCE / name).parent.mkdir(exist_ok=True)
            (REFERENCE / name).write_text(text, encoding="utf-8")
    paths = REFERENCE.rglob("*.md")
    found = {path.relative_to(REFERENCE).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    stale = sorted(name for name in found.keys() | pages.keys() if found.get(name) != pages.get(name))
    assert not stale, f"run python docs/generate_reference.py; out of date: {', '.join(stale)}"


# --- links and names -----------------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """What the headings of a page are called in links."""
    headings = re.findall(r"^#{1,6} (.+)$", prose(page.read_text(encoding="utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    wrong = []
    for target in re.findall(r"\]\(([^()\s]+)\)", prose(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            wrong.append(target)
    assert not wrong, f"{name_of(page)}: {', '.join(wrong)}"


def test_every_page_of_docs_is_linked() -> None:
    linked = {
        (page.parent / target.partition("#")[0]).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^()\s:]+)\)", prose(page.read_text(encoding="utf-8")))
    }
    assert not [name_of(page) for page in PAGES if page.resolve() not in linked and page.name != "README.md"]


@cache
def commands() -> Mapping[str, Any]:
    """By its words, each command; the metadata is typer's."""
    found: dict[str, Any] = {}
    waiting: list[tuple[str, Any]] = [("crosscheck", typer.main.get_command(app))]
    while waiting:
        path, command = waiting.pop()
        found[path] = command
        waiting += [(f"{path} {name}", inner) for name, inner in getattr(command, "commands", {}).items()]
    return found


def options_of(command: str) -> set[str]:
    """The options of a command."""
    own = {name for parameter in commands()[command].params for name in parameter.opts}
    return {name for name in own if name.startswith("-")} | {"--help", "-h"}


@cache
def options() -> set[str]:
    """Every option of every command."""
    return set().union(*map(options_of, commands()))


@cache
def variables() -> set[str]:
    """Every environment variable."""
    found = {parameter.envvar for command in commands().values() for parameter in command.params if parameter.envvar}
    return {*found, "CROSSCHECK_UPDATE_DOCS", "CROSSCHECK_…"}


@cache
def lists() -> CodeLists:
    """The shipped code lists."""
    return load_codelists([path for path in sorted(shipped("codelists").glob("*.yaml")) if lists_codes(path)])


@cache
def rules() -> tuple[Rule, ...]:
    """The shipped rules."""
    return read_rule_files([shipped("rules")], shipped=True)


@cache
def known_names() -> set[str]:
    """The ids of shipped rules, of what reading notices, of slips, and of indicators."""
    slips = {slip.name for slip in SLIPS}
    return {rule.id for rule in rules()} | set(NOTICED + OBSERVED) | slips | set(lists().names("indicator"))


@cache
def known_keys() -> set[str]:
    """Every key of every kind of file."""
    of_claims = (keys.ROOT_KEYS, keys.DOCUMENT_KEYS, keys.CLAIM_KEYS, keys.FIGURE_KEYS, keys.LIST_KEYS, keys.VALUE_KEYS)
    parts_of_claims = (keys.AT_NUMBERS, keys.AT_TEXTS, keys.SUPPRESS_KEYS, keys.READINGS)
    of_rules = (RULE_KEYS, PROPERTIES, OUTCOME_KEYS, ("rules", "within", "not", "total", "parts", "lower", "upper"))
    of_lists = (
        codelists._FILE_KEYS,
        codelists._LIST_KEYS,
        codelists._CODE_KEYS,
        ("quantities", "window", "bound", "cues", "words"),
    )
    of_projects = (configuration.KEYS, configuration.RULE_KEYS)
    dimensions = {name for rule in rules() for selector in rule.variables.values() for name in selector.dimensions}
    return set().union(*of_claims, *parts_of_claims, *of_rules, *of_lists, *of_projects, dimensions)


OF_OTHERS = {"--hypothesis-profile", "--quick", "--check", "-n", "-c", "-m"}  # options of other tools and our scripts
IN_THE_WHEEL = {"crosscheck/data/"}
FILE = re.compile(r"(?:[\w.-]+/)+(?:[\w.-]+\.[a-z]+)?")


def trouble(span: str, shown: str) -> str | None:
    """What is wrong with a piece of code in the prose of a page; `shown` is what the page's blocks show."""
    first, *rest = span.split()
    used = [word.partition("=")[0] for word in span.split() if re.match(r"--?[a-z]", word)]
    if first == "crosscheck":
        named = [word for word in rest if re.fullmatch(r"[a-z]+", word)]
        lengths = range(len(named), -1, -1)
        command = next(found for n in lengths if (found := " ".join([first, *named[:n]])) in commands())
        if command == "crosscheck" and named:
            return f"no command {named[0]}"
        return next((f"no option {name}" for name in used if name not in options_of(command)), None)
    if used and first.startswith("-"):
        return next((f"no option {name}" for name in used if name not in options() | OF_OTHERS), None)
    if first.startswith("CROSSCHECK_"):
        return None if first.partition("=")[0] in variables() else "no such variable"
    if FILE.fullmatch(span):
        found = span in shown or span in IN_THE_WHEEL or any((folder / span).exists() for folder in (ROOT, PACKAGE))
        return None if found else "no such file"
    if re.fullmatch(r"[a-z]+(?:-[a-z]+){3,}|reading/[a-z-]+", span):
        return None if span in known_names() or span in shown else "no such rule or code"
    key = re.match(r"([a-z_]+): ", span)
    if key and key[1] not in known_keys() and f"{key[1]}:" not in shown:
        return f"no key {key[1]}"
    return None


@pytest.mark.parametrize("page", [page for page in PAGES if REFERENCE not in page.parents], ids=name_of)
def test_what_stands_in_backticks_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = "\n".join("\n".join((block.info, *block.lines)) for block in blocks(text))
    wrong = []
    for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", prose(text)):
        what = trouble(span.strip(), shown) if span.strip() else None
        if what:
            wrong.append(f"`{span}`: {what}")
    assert not wrong, f"{name_of(page)}: " + "; ".join(wrong)


def test_names_that_do_not_exist_are_found() -> None:
    wrong = ("crosscheck chekc", "crosscheck all --fail-onn", "--frozenn", "CROSSCHECK_FROZENN", "rules/none.yaml")
    right = ("crosscheck rules list", "--fail-on warning", "CROSSCHECK_RULES", "rules/general.yaml", "measure: growth")
    assert all(trouble(span, "") for span in (*wrong, "growth-not-matching-level", "mesure: growth"))
    assert not any(trouble(span, "") for span in (*right, "growth-not-matching-levels", "31.5 billion USD"))
