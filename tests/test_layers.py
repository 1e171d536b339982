"""The architecture, checked on the syntax trees: who imports whom, who prints, how long things get."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "crosscheck"

# In the order of the pipeline: each imports only itself and those before it.
LAYERS = (
    "inputs",
    "figures",
    "claims",
    "extraction",
    "rules",
    "checking",
    "reconciliation",
    "tables",
    "reports",
    "project",
    "cli",
)
# The same within `extraction`: beside the modules of its root, which hold what all of them use, and the one way in.
EXTRACTION = (
    "readers",
    "numbers",
    "names",
    "periods",
    "tables",
    "sentences",
    "relations",
    "documents",
    "claim_files",
    "scoring",
)
WAY_IN = "reading.py"
VERSION_READERS = {"reports", "project", "cli"}  # may say `from crosscheck import __version__`
# Where verdicts are made: no floats there, and only frozen, slotted dataclasses.
OPTIONAL = ("solver", "spark", "xbrl")  # extras that the package itself imports, where they are installed
DECIDING = {"figures", "claims", "rules", "checking", "reconciliation"}
# Floating point says where to look, and what is found there is proved in rationals.
LOOKING = {"reconciliation/propagating.py", "reconciliation/highs.py"}
ONE_FILE = {"pint", "pycountry"}  # each imported in one file at most, so that it can be replaced
# The borders, where data of unknown shape comes in or leaves under a schema.
PYDANTIC_FILES = {"claims/schema.py", "project/schema.py", "reports/schema.py", "rules/schema.py"}
HEAVY = {"charset_normalizer", "pypdfium2", "pint", "pycountry", "pydantic"}
HEAVY |= {"numpy", "pandas", "polars", "duckdb", "scipy", "highspy", "ibis", "pyspark", "arelle"}
IMPORT_NAMES = {"pyyaml": "yaml", "arelle-release": "arelle"}  # where the import is not called like the distribution
MAXIMUM_MODULE_LINES = 499
MAXIMUM_FUNCTION_LINES = 60


def sources() -> list[Path]:
    """The modules of the package, sorted."""
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    """`file:line` for a message."""
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 1)}"


def layer_of(path: Path) -> str:
    """The package of a module, or "" for the modules of the root."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imported(path: Path) -> Iterator[tuple[ast.stmt, str, str]]:
    """Every import in a module, at any depth: statement, absolute module, the name taken from it or ""."""
    package = ("crosscheck", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            yield from ((node, module, alias.name) for alias in node.names)


def users_of(library: str) -> set[str]:
    """The modules that import a library, relative to the package."""
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in sources()
        for _, module, _ in imported(path)
        if module.split(".")[0] == library
    }


def test_packages_are_those_of_the_list() -> None:
    found = {path.parent.relative_to(PACKAGE).parts[0] for path in sources() if path.parent != PACKAGE}
    assert found <= set(LAYERS), "a new package needs its place in LAYERS"
    assert {path.name for path in PACKAGE.glob("*.py")} <= {"__init__.py", "__main__.py"}


def test_imports_go_one_way() -> None:
    wrong = []
    for path in sources():
        layer = layer_of(path)
        if not layer:
            continue  # the root: see the test below
        allowed = LAYERS[: LAYERS.index(layer) + 1]
        for node, module, _ in imported(path):
            parts = module.split(".")
            if parts[0] == "crosscheck" and len(parts) > 1 and parts[1] not in allowed:
                wrong.append(f"{place(path, node)}: {layer} imports {parts[1]}, which comes after it")
    assert not wrong, "\n".join(wrong)


def test_imports_within_extraction_go_one_way() -> None:
    wrong = []
    for path in sources():
        if layer_of(path) != "extraction" or (path.name == WAY_IN and path.parent.name == "extraction"):
            continue
        group = path.relative_to(PACKAGE / "extraction").parts[0]
        allowed = EXTRACTION[: EXTRACTION.index(group) + 1] if group in EXTRACTION else ()
        for node, module, _ in imported(path):
            inner = module.removeprefix("crosscheck.extraction.").split(".")[0]
            if module.startswith("crosscheck.extraction.") and inner in EXTRACTION and inner not in allowed:
                wrong.append(f"{place(path, node)}: {group} imports {inner}, which comes after it")
    assert not wrong, "\n".join(wrong)
    assert {path.name for path in (PACKAGE / "extraction").iterdir() if path.is_dir()} - {"__pycache__"} == set(EXTRACTION)


def test_nothing_imports_the_root_but_for_the_version() -> None:
    wrong = [
        f"{place(path, node)}: imports the package root"
        for path in sources()
        for node, module, name in imported(path)
        if module == "crosscheck" and not (name == "__version__" and layer_of(path) in VERSION_READERS)
    ]
    assert not wrong, "\n".join(wrong)
    assert not [*imported(PACKAGE / "__init__.py")], "the root imports nothing: importing a part stays cheap"


def test_no_cycle_of_imports() -> None:
    names = {path: dotted(path) for path in sources()}
    known = set(names.values())
    graph: dict[str, set[str]] = {}
    for path, name in names.items():
        pairs = [(module, f"{module}.{item}") for _, module, item in imported(path)]
        graph[name] = {inner if inner in known else module for module, inner in pairs} & known - {name}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" <- ".join(error.args[1])) from None


def dotted(path: Path) -> str:
    """The import name of a module."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_libraries_stay_where_they_belong() -> None:
    for library in sorted(ONE_FILE):
        users = users_of(library)
        assert len(users) <= 1, f"{library} is imported in {sorted(users)}"
    assert users_of("pydantic") <= PYDANTIC_FILES, "pydantic is for the borders; a new one goes into the list"
    assert all(name.startswith("cli/") for name in users_of("typer"))


def test_declared_dependencies_are_those_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    requirements = [*project["dependencies"], *(one for extra in OPTIONAL for one in extras[extra])]
    names = [re.split(r"[^A-Za-z0-9_-]", requirement)[0].lower() for requirement in requirements]
    declared = {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}
    own = {*sys.stdlib_module_names, "crosscheck"}
    used = {module.split(".")[0] for path in sources() for _, module, _ in imported(path)} - own
    assert used - declared == set(), "imported and not declared in pyproject.toml"
    assert declared - used == set(), "declared in pyproject.toml and never imported"


def test_only_cli_prints_and_exits() -> None:
    names = {"print", "exit", "quit", "input", "SystemExit"}
    attributes = {("sys", "exit"), ("sys", "stdout"), ("sys", "stderr"), ("os", "_exit")}
    wrong = []
    for path in sources():
        if layer_of(path) == "cli":
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found = (node.value.id, node.attr) in attributes
            else:
                found = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names
            if found:
                wrong.append(f"{place(path, node)}: {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


def test_no_floats_where_verdicts_are_made() -> None:
    wrong = []
    for path in sources():
        if layer_of(path) not in DECIDING or path.relative_to(PACKAGE).as_posix() in LOOKING:
            continue
        for node in ast.walk(tree_of(path)):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            if literal or call:
                wrong.append(f"{place(path, node)}: {ast.unparse(node)}")
    assert not wrong, "\n".join(wrong)


def test_engine_dataclasses_are_frozen_and_slotted() -> None:
    wrong = []
    for path in sources():
        if layer_of(path) not in DECIDING:
            continue
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_"):
                continue  # a private one is a module's scratch paper, such as a collector of faults
            for decorator in node.decorator_list:
                if ast.unparse(decorator).partition("(")[0] not in {"dataclass", "dataclasses.dataclass"}:
                    continue
                options = decorator.keywords if isinstance(decorator, ast.Call) else []
                given = {option.arg: ast.unparse(option.value) for option in options}
                if not given.get("frozen") == given.get("slots") == "True":
                    wrong.append(f"{place(path, node)}: {node.name}")
    assert not wrong, "\n".join(wrong)


def test_modules_and_functions_stay_short() -> None:
    wrong = []
    for path in sources():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAXIMUM_MODULE_LINES:
            wrong.append(f"{place(path, tree_of(path))}: {lines} lines, {MAXIMUM_MODULE_LINES} at most")
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAXIMUM_FUNCTION_LINES:
                    wrong.append(f"{place(path, node)}: {node.name}: {lines} lines, {MAXIMUM_FUNCTION_LINES} at most")
    assert not wrong, "\n".join(wrong)


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from crosscheck.cli.app import main\n"
        "sys.argv = ['crosscheck', '--help']\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as stop:\n"
        "    assert not stop.code, stop.code\n"
        "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.rpartition("LOADED")[2].split())
    assert "typer" in loaded
    assert loaded & HEAVY == set()
