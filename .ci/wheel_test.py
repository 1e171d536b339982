"""Does the wheel alone do the work, outside the tree and without anything that only tests need?

Builds the source distribution and the wheel from it as a publisher does, looks into the wheel, installs it
into a fresh environment, and there plays somebody who has a claim file, a rule file and no article. Standard
library only; `build` must be importable by the Python that runs this.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("rules", "codelists")
TEST_TOOLS = ("hypothesis", "jsonschema", "pytest")

OWN_RULES = """\
rules:
  - id: budget-not-matching-its-categories
    title: The budget differs from what its categories add up to
    why: In this household all money goes to rent and food.
    variables:
      budget: {indicator: household-budget, category: none}
      rent: {indicator: household-budget, category: rent}
      food: {indicator: household-budget, category: food}
    assert: budget == rent + food
    examples:
      - {budget: 1500 EUR, rent: 900 EUR, food: 600 EUR, verdict: consistent}
      - {budget: 1500 EUR, rent: 900 EUR, food: 500 EUR, verdict: contradiction}
"""
OWN_CLAIMS = """\
defaults: {{reference_area: KZ, time_period: 2023}}
claims:
  - {{id: budget, indicator: household-budget, figure: "1,500 EUR"}}
  - {{id: rent, indicator: household-budget, category: rent, figure: 900 EUR}}
  - {{id: food, indicator: household-budget, category: food, figure: {food} EUR}}
  - {{id: exports, indicator: exports, figure: 31.5 billion USD}}
  - {{id: exports-before, indicator: exports, time_period: 2022, figure: 24 billion USD}}
  - {{id: exports-growth, indicator: exports, measure: growth, base_period: 2022, figure: 30.1 %}}
"""
OWN_RULE = "budget-not-matching-its-categories"
SHIPPED_RULE = "growth-not-matching-levels"


def main() -> None:
    """Runs every part in a temporary folder; leaves with a message at the first that does not hold."""
    with tempfile.TemporaryDirectory(prefix="wheel-test-") as name:
        folder = Path(name).resolve()
        wheel = built_wheel(folder / "dist")
        look_inside(wheel)
        commands = installed(wheel, folder / "venv")
        use(commands, folder / "outside")
    print("wheel test: all held")


def run(command: Sequence[str | Path], cwd: Path, expected: int = 0) -> str:
    """Standard output of a command, run with a home of its own and nothing of ours in the environment."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "CROSSCHECK", "VIRTUAL_ENV")) and name != "HOME"
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, "HOME": str(cwd), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    shown = " ".join([Path(command[0]).name, *map(str, command[1:])])
    if done.returncode != expected:
        sys.exit(f"{shown}: exit {done.returncode}, not {expected}\n{done.stdout}{done.stderr}")
    if "Traceback" in done.stderr:
        sys.exit(f"{shown}: a traceback\n{done.stderr}")
    print(f"exit {expected} as it must: {shown}")
    return done.stdout


def must(held: bool, message: str) -> None:
    """Leaves with the message unless something held."""
    if not held:
        sys.exit(f"wheel test: {message}")


def built_wheel(target: Path) -> Path:
    """The wheel, built by way of the source distribution."""
    target.mkdir()
    os.environ["PIP_CONSTRAINT"] = str(ROOT / "constraints.txt")  # the build backend, too, is a pinned one
    run([sys.executable, "-m", "build", "--outdir", target, ROOT], cwd=target)
    del os.environ["PIP_CONSTRAINT"]
    wheels = list(target.glob("*.whl"))
    must(len(wheels) == 1, f"one wheel expected, not {wheels}")
    return wheels[0]


def look_inside(wheel: Path) -> None:
    """The wheel must hold the package, each shipped rule file and code list, and the licence, and no more."""
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    wanted = {path.relative_to(ROOT / "src").as_posix() for path in package_files()}
    for folder in SHIPPED:
        files = [path for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
        must(bool(files), f"{folder}/ is empty")
        wanted |= {f"crosscheck/data/{path.relative_to(ROOT).as_posix()}" for path in files}
    must(not wanted - held, f"missing in the wheel: {sorted(wanted - held)}")
    others = {name for name in held - wanted if ".dist-info/" not in name}
    must(not others, f"nobody asked for these in the wheel: {sorted(others)}")
    must(any(name.endswith(".dist-info/licenses/LICENSE") for name in held), "no licence in the wheel")


def package_files() -> list[Path]:
    """What belongs to the package in the tree: sources and `py.typed`."""
    return [
        path for path in sorted((ROOT / "src/crosscheck").rglob("*")) if path.is_file() and "__pycache__" not in path.parts
    ]


def installed(wheel: Path, target: Path) -> Path:
    """The folder of commands of a fresh environment that holds the wheel and what it requires, no more."""
    venv.create(target, with_pip=True)
    commands = target / ("Scripts" if os.name == "nt" else "bin")
    python = commands / "python"
    run([python, "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel], cwd=target)
    run([python, "-m", "pip", "check"], cwd=target)
    look = f"from importlib.util import find_spec; print(*filter(find_spec, {TEST_TOOLS}))"
    must(not run([python, "-c", look], cwd=target).strip(), "the wheel alone brings tools of the tests")
    place = run([python, "-c", "import crosscheck; print(crosscheck.__file__)"], cwd=target).strip()
    must(Path(place).resolve().is_relative_to(target), f"not the wheel is imported but {place}")
    return commands


def use(commands: Path, outside: Path) -> None:
    """Somebody's own folder: a claim file, a rule file, no configuration, no document."""
    crosscheck = commands / "crosscheck"
    outside.mkdir()
    (outside / "rules.yaml").write_text(OWN_RULES, encoding="utf-8")
    (outside / "misspelt.yaml").write_text(OWN_RULES.replace("variables:", "varaibles:"), encoding="utf-8")
    (outside / "right.yaml").write_text(OWN_CLAIMS.format(food=600), encoding="utf-8")
    (outside / "wrong.yaml").write_text(OWN_CLAIMS.format(food=500), encoding="utf-8")

    must("check" in run([crosscheck, "--help"], outside), "the help does not name the command `check`")
    must(SHIPPED_RULE in run([crosscheck, "rules", "list"], outside), "the shipped rules are not listed")
    run([crosscheck, "test"], outside)
    run([crosscheck, "test", "--rules", "rules.yaml"], outside)

    own = ["--rules", "rules.yaml", "--format", "json"]
    right = verdicts(run([crosscheck, "check", "right.yaml", *own], outside))
    must((OWN_RULE, "consistent") in right, f"the right budget is not consistent: {right}")
    must((SHIPPED_RULE, "reconcilable") in right, f"the shipped rule for growth did not bind: {right}")
    run([crosscheck, "check", "right.yaml", *own, "--output", "html=page.html"], outside)
    must("Content-Security-Policy" in (outside / "page.html").read_text(encoding="utf-8"), "the page is not whole")
    wrong = verdicts(run([crosscheck, "check", "wrong.yaml", *own], outside, expected=1))
    must((OWN_RULE, "contradiction") in wrong, f"the wrong budget is not a contradiction: {wrong}")
    alone = verdicts(run([crosscheck, "check", "wrong.yaml", *own, "--isolated"], outside, expected=1))
    must({rule for rule, _ in alone} == {OWN_RULE}, f"other rules although isolated: {alone}")
    run([crosscheck, "check", "wrong.yaml", "--rules", "misspelt.yaml"], outside, expected=2)
    run([crosscheck, "check", "absent.yaml"], outside, expected=2)


def verdicts(output: str) -> set[tuple[str, str]]:
    """Rule and verdict of every check in a JSON report."""
    return {(check["rule"], check["verdict"]) for check in json.loads(output)["checks"]}


if __name__ == "__main__":
    main()
