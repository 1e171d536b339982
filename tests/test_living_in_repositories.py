"""The GitHub action, the workflow, the GitLab component and the pre-commit hooks: valid by their schemas, and run."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from commands import write

from crosscheck.project.scaffold import CI_FILES

ROOT = Path(__file__).resolve().parents[1]
WRONG = (
    "Published: 2 February 2024\n\nNorthwind Ltd said revenue grew 9% to €8.4 million in 2023 from €8.0 million in 2022.\n"
)
RIGHT = WRONG.replace("9%", "5%")
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def schema(name: str) -> Mapping[str, Any]:
    """A schema as check-jsonschema carries it; the test is skipped without that."""
    found = importlib.util.find_spec("check_jsonschema")
    if found is None or found.origin is None:
        pytest.skip("check-jsonschema, which carries the official schemas, is not installed")
    path = Path(found.origin).parent / "builtin_schemas" / "vendor" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def load(text: str) -> Any:
    """YAML in which `on` is a word, as GitHub reads it."""
    content = yaml.safe_load(text)
    if isinstance(content, dict) and True in content:
        content["on"] = content.pop(True)
    return content


def valid(text: str, name: str) -> None:
    """Raises what is wrong with a file by the schema of its kind."""
    import jsonschema

    kind = jsonschema.validators.validator_for(schema(name))
    kind(schema(name)).validate(load(text))


def test_action_and_workflows_are_valid() -> None:
    valid((ROOT / "action.yml").read_text(), "github-actions")
    valid((ROOT / ".github" / "workflows" / "checks.yml").read_text(), "github-workflows")
    valid(CI_FILES["github"][".github/workflows/figures.yml"], "github-workflows")
    valid(CI_FILES["gitlab"][".gitlab-ci.yml"], "gitlab-ci")
    with pytest.raises(Exception, match="beige"):
        valid((ROOT / "action.yml").read_text().replace("color: blue", "color: beige"), "github-actions")


def gitlab_job(**given: str) -> tuple[str, Mapping[str, Any]]:
    """The job of the component with its inputs filled in, as text and content."""
    head, body = list(yaml.safe_load_all((ROOT / "templates" / "crosscheck.yml").read_text()))
    inputs = {name: given.get(name, spec["default"]) for name, spec in head["spec"]["inputs"].items()}
    text = yaml.safe_dump(body)
    text = re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", lambda found: inputs[found[1]], text)
    assert "$[[" not in text
    return text, yaml.safe_load(text)


def test_the_gitlab_component_is_valid() -> None:
    valid(gitlab_job()[0], "gitlab-ci")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of somebody with a wrong figure."""
    folder = tmp_path / "project"
    write(folder, {"documents/results.md": WRONG, ".git/HEAD": "ref: refs/heads/main\n"})
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    """That of a runner, with the crosscheck of these tests on its path, and no settings of anybody's shell."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CROSSCHECK_", "GITHUB_", "GIT_"))}
    files = {"GITHUB_OUTPUT": str(folder.parent / "output"), "GITHUB_STEP_SUMMARY": str(folder.parent / "summary")}
    return {**kept, **files, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}", **more}


class Action:
    """action.yml, run step by step as a runner would."""

    def __init__(self, project: Path, **inputs: str) -> None:
        self.content = load((ROOT / "action.yml").read_text())
        given = {name: spec["default"] for name, spec in self.content["inputs"].items()}
        assert set(inputs) <= set(given)
        self.inputs = {**given, **inputs}
        self.project = project

    def value(self, text: str) -> str:
        """Text with its expressions worked out: inputs, the folder of the action, and `or`."""

        def of(expression: str) -> str:
            names = {"github.action_path": str(ROOT), **{f"inputs.{name}": v for name, v in self.inputs.items()}}
            return next((names[part] for part in expression.split(" || ") if names[part]), "")

        return EXPRESSION.sub(lambda found: of(found[1]), text)

    def is_wanted(self, step: Mapping[str, Any]) -> bool:
        """The condition of a step: `inputs.name == 'text'` or `!=`."""
        if "if" not in step:
            return True
        found = re.fullmatch(r"inputs\.([a-z-]+) (==|!=) '([^']*)'", step["if"])
        assert found, step["if"]
        return (self.inputs[found[1]] == found[3]) == (found[2] == "==")

    def run(self, *, install: bool = False) -> subprocess.CompletedProcess[str]:
        """The steps that are scripts, until one fails; what the last one did."""
        steps = [step for step in self.content["runs"]["steps"] if "run" in step and self.is_wanted(step)]
        chosen = [step for step in steps if ("pip install" in step["run"]) == install]
        assert chosen
        for step in chosen:
            assert step["shell"] == "bash"
            assert "${{" not in step["run"]  # no text of an input becomes a command
            variables = {name: self.value(value) for name, value in step.get("env", {}).items()}
            folder = self.project / self.value(step.get("working-directory", "."))
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            environ = environment(self.project, **variables)
            done = subprocess.run(
                command, cwd=folder, env=environ, capture_output=True, text=True, timeout=120, check=False
            )
            if done.returncode:
                break
        return done


def output(project: Path) -> str:
    """The output `exit-code` of the action."""
    return (project.parent / "output").read_text().strip()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
class TestAction:
    """The steps of the action."""

    def test_red_on_the_line_of_the_document_and_green_when_it_is_mended(self, project: Path) -> None:
        done = Action(project).run()
        assert done.returncode == 1, done.stderr
        assert "::error " in done.stdout
        assert "file=documents/results.md,line=3" in done.stdout
        assert output(project) == "exit-code=1"
        assert "9%" in (project.parent / "summary").read_text()
        write(project, {"documents/results.md": RIGHT})
        assert Action(project).run().returncode == 0
        assert output(project).endswith("exit-code=0")

    def test_inputs(self, project: Path) -> None:
        write(project, {"one/a.md": RIGHT, "two folders/b.md": RIGHT})
        assert Action(project, paths="one\ntwo folders/b.md\n").run().returncode == 0
        assert Action(project, **{"fail-on": "never"}).run().returncode == 0
        assert Action(project, strict="own-rules\nsuppressions", paths="one").run().returncode == 0
        Action(project, output="sarif=out/a.sarif\nhtml=a b.html\n").run()
        assert json.loads((project / "out" / "a.sarif").read_text())["version"] == "2.1.0"
        assert (project / "a b.html").is_file()
        assert Action(project, **{"working-directory": "one", "paths": "."}).run().returncode == 0
        write(project, {"rules/bad.yaml": "rules: 5"})
        assert Action(project).run().returncode == 2

    def test_a_baseline(self, project: Path) -> None:
        command = [sys.executable, "-m", "crosscheck", "baseline", "write", "--baseline", "known.yaml"]
        subprocess.run(command, cwd=project, env=environment(project), check=True, capture_output=True)
        assert Action(project).run().returncode == 1
        assert Action(project, baseline="known.yaml").run().returncode == 0

    def test_no_text_of_an_input_is_run(self, project: Path) -> None:
        bad = '$(touch pwned)"; touch pwned; `touch pwned`'
        for name in ("paths", "fail-on", "strict", "baseline", "output"):
            assert Action(project, **{name: bad}).run().returncode == 2
        assert not (project / "pwned").exists()

    def test_what_it_installs(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if importlib.util.find_spec("hatchling") is None:
            pytest.skip("hatchling, which builds the package, is not installed")
        # The package is built and nothing is installed: these tests have no network, and keep their environment.
        for name, value in {"NO_INDEX": "1", "NO_DEPS": "1", "DRY_RUN": "1", "NO_BUILD_ISOLATION": "false"}.items():
            monkeypatch.setenv(f"PIP_{name}", value)
        done = Action(project).run(install=True)
        assert done.returncode == 0, done.stderr
        assert Action(project, requirement=str(project)).run(install=True).returncode != 0

    def test_steps_that_can_be_left_out(self, project: Path) -> None:
        action = Action(project, requirement="none", test="false", **{"python-version": "none"})
        wanted = [step["name"] for step in action.content["runs"]["steps"] if action.is_wanted(step)]
        assert wanted == ["Check the figures"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_gitlab_job_writes_its_reports(project: Path) -> None:
    _, content = gitlab_job(**{"fail-on": "warning"})
    lines = [line for line in content["crosscheck"]["script"] if "pip install" not in line]
    assert len(lines) == 2
    script = "\n".join(lines)
    done = subprocess.run(
        ["bash", "-e", "-c", script], cwd=project, env=environment(project), capture_output=True, check=False
    )
    assert done.returncode == 1, done.stderr
    for name in content["crosscheck"]["artifacts"]["reports"].values():
        assert (project / name).stat().st_size > 100
    (issue,) = json.loads((project / "gl-code-quality-report.json").read_text())
    assert issue["location"]["path"] == "documents/results.md"
    assert issue["location"]["lines"]["begin"] == 3


# --- pre-commit -------------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Git in a folder, by nobody in particular."""
    who = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "nobody")
    who |= dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "nobody@example.org")
    environ = environment(folder, **who, PRE_COMMIT_HOME=str(folder.parent / "cache"), GIT_CONFIG_GLOBAL=os.devnull)
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """A repository with the hooks of this one."""
    if shutil.which("git") is None or importlib.util.find_spec("pre_commit") is None:
        pytest.skip("git or pre-commit is not installed")
    folder = tmp_path / "hooks"
    folder.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "hooks")
    return folder


def test_a_commit_with_a_wrong_figure_is_refused(hooks: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    # The language is that of the hook but here: its own would be installed into an environment, from the network.
    entries = "".join(f"      - {{id: {name}, language: system}}\n" for name in ("crosscheck", "crosscheck-rules"))
    config = f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n{entries}"
    write(folder, {".pre-commit-config.yaml": config, "documents/results.md": RIGHT})
    git(folder, "init", "--quiet")
    subprocess.run(
        [sys.executable, "-m", "pre_commit", "install"],
        cwd=folder,
        env=environment(folder, PRE_COMMIT_HOME=str(tmp_path / "cache")),
        check=True,
        capture_output=True,
    )
    git(folder, "add", ".")
    git(folder, "commit", "-m", "right")
    write(folder, {"documents/results.md": WRONG})
    refused = git(folder, "commit", "-a", "-m", "wrong", code=1)
    assert "figures fit together" in refused.stderr
    assert "9% does not follow" in refused.stderr
    write(folder, {"documents/results.md": RIGHT + "\nThat is all.\n"})
    git(folder, "commit", "-a", "-m", "right again")


def test_the_hooks_are_valid(hooks: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    done = subprocess.run(command, cwd=hooks, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    for hook in yaml.safe_load((hooks / ".pre-commit-hooks.yaml").read_text()):
        assert hook["pass_filenames"] is False
