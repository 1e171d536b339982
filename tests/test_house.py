"""House rules that hold for every file of the project, sources or not."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Written so that no pattern matches itself. Only folders that hold one machine's own things.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|farm|root|home|Users|tmp/(?:venv|bash_jobs))/")
REGISTRY_HOST = re.compile(
    r"\bpypi\.org|\bpythonhosted\.org|\bnpmjs\.(?:org|com)|\byarnpkg\.com|\banaconda\.(?:org|com)"
    r"|\bproxy\.golang\.org|\bcrates\.io|\bdeb\.debian\.org|\barchive\.ubuntu\.com"
)
CATCH_ALL = {"Exception", "BaseException"}
RUN_OF_WORDS = 9  # so many words in a row are a quotation, not a coincidence


@cache
def project_files() -> tuple[Path, ...]:
    """The files that are tracked, or would be: everything that Git does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a Git checkout")
    return tuple(path for name in run.stdout.split("\0") if name and (path := ROOT / name).is_file())


@cache
def texts() -> dict[str, str]:
    """Content by name of the project's files that are text."""
    found = {}
    for path in project_files():
        data = path.read_bytes()
        if b"\0" not in data:
            try:
                found[path.relative_to(ROOT).as_posix()] = data.decode("utf-8")
            except UnicodeDecodeError:
                continue
    return found


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """`file:line: text` of each line that a pattern is found in."""
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_listing_is_not_empty() -> None:
    assert {"pyproject.toml", "tests/test_house.py"} <= set(texts())


def test_no_path_of_a_machine() -> None:
    assert not (found := lines_with(MACHINE_PATH)), "\n".join(found)


def test_no_registry_host() -> None:
    assert not (found := lines_with(REGISTRY_HOST)), "\n".join(found)


def test_patterns_find_what_they_are_for() -> None:
    for wrong in ("see {}work/main/x", "file://{}home/me/", "cd {}root/a", "`{}Users/me/`"):
        assert MACHINE_PATH.search(wrong.format("/"))
    for right in ("src/work/x", "https://example.org/home/x", "./root/", "a /dev/null b"):
        assert not MACHINE_PATH.search(right)
    for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "com")):
        assert REGISTRY_HOST.search("https://files." + ".".join(host))


def test_nothing_catches_everything() -> None:
    wrong = []
    for name, text in texts().items():
        if not name.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(text, filename=name)):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or caught(node.type) & CATCH_ALL):
                wrong.append(f"{name}:{node.lineno}: catches everything")
    assert not wrong, "\n".join(wrong)


def caught(node: ast.expr) -> set[str]:
    """The names that an `except` clause gives, without their modules."""
    kinds = node.elts if isinstance(node, ast.Tuple) else [node]
    return {ast.unparse(kind).rpartition(".")[2] for kind in kinds}


def test_constraints_pin_what_is_declared_and_nothing_else_stands_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    runtime, build = project["project"]["dependencies"], project["build-system"]["requires"]
    requirements = [*runtime, *build, *chain.from_iterable(extras)]
    declared = {normal(re.split(r"[^A-Za-z0-9._-]", requirement)[0]) for requirement in requirements}
    pin = re.compile(r"([A-Za-z0-9._-]+)==[A-Za-z0-9.]+(?: ; [a-z_]+ [^#@/]+)?")
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [pin.fullmatch(line) for line in lines]
    assert all(pins), [line for line, match in zip(lines, pins, strict=True) if not match]
    pinned = {normal(match[1]) for match in pins if match}
    assert declared - pinned - {project["project"]["name"]} == set()


def normal(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_sentence_of_the_corpus(shared: Path) -> None:
    corpus = {run for path in sorted((shared / "corpus").rglob("*.txt")) for run in runs(path.read_text(encoding="utf-8"))}
    assert corpus
    wrong = [f"{name}: {' '.join(run)}" for name, text in texts().items() for run in runs(text) & corpus]
    assert not wrong, "\n".join(wrong)


def runs(text: str) -> set[tuple[str, ...]]:
    """Each run of words in a text, in lower case."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[i : i + RUN_OF_WORDS]) for i in range(len(words) - RUN_OF_WORDS + 1)}
