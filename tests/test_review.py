"""`review`: figures one by one from piped input; every answer is saved at once, and the next review goes on from there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from commands import INPUT, OK, run
from plain_reader import repository

from crosscheck.claims.files import read_claim_file
from crosscheck.claims.model import Claim

ARTICLE = """\
A report

Exports of KZ in 2023 were 14.7 billion USD. Imports of KZ were 13 billion USD.

Exports of KZ in 2023 were up 22.6 %. Something about 15 things.
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one document, read by the plain reader."""
    return repository(tmp_path, monkeypatch, ARTICLE)


def review(*answers: str, arguments: tuple[str, ...] = ()) -> str:
    """What the command prints when it is answered so."""
    ran = run("review", *arguments, stdin="".join(f"{answer}\n" for answer in answers))
    assert (ran.code, ran.err) == (OK, "")
    return ran.out


def claims() -> dict[str, Claim]:
    """The claims that were written, by id."""
    return {claim.id.partition("#")[2]: claim for claim in read_claim_file(Path("claims/a.yaml")).claims}


def headings(text: str) -> list[str]:
    """The figures that were shown, in their order."""
    return [line.split()[1] for line in text.splitlines() if line.startswith("[") and "]" in line]


def test_the_unsure_come_first_with_the_text_in_view() -> None:
    out = review("s", "s", "s", "s")
    assert headings(out) == ["not", "imports-kz", "exports-kz-2023", "exports-kz-2023-growth"]
    assert "Something about [15] things." in out
    assert "not understood: what is counted is not known" in out
    assert "Imports of KZ were [13 billion USD]." in out
    assert 'reference_area    KZ                                carried    "KZ"' in out
    assert "4 skipped" in out
    assert not Path("claims").exists()


def test_accepted_figures_are_remembered() -> None:
    assert "2 left to review" in review("a", "", "q")
    out = review("a", "a")
    assert headings(out) == ["exports-kz-2023", "exports-kz-2023-growth"]
    assert "nothing to review" in review()
    assert len(headings(review("s", "s", "s", "s", arguments=("--all",)))) == 4
    Path("documents/a.md").write_text("Moved.\n" + ARTICLE.replace("14.7", "14.8"), encoding="utf-8")
    assert headings(review("s")) == ["exports-kz-2023"]


def test_a_field_is_mended_and_what_was_printed_is_kept() -> None:
    review("s", "time_period 2023", "a", "reference_area CN # the table is about China", "measure level", "", "q")
    found = claims()
    period = found["imports-kz"].known["time_period"]
    assert (found["imports-kz"].dimensions["time_period"], period.how, period.printed) == ("2023", "corrected", None)
    area = found["exports-kz-2023"].known["reference_area"]
    assert (area.how, area.printed, area.why) == ("corrected", None, "the table is about China")
    review("s", "s", "s", "indicator oil-exports", "entity none", "product crude oil", "q", arguments=("--all",))
    found = claims()
    growth = found["exports-kz-2023-growth"]
    assert growth.dimensions == {"indicator": "oil-exports", "product": "crude oil", "time_period": "2023"}
    assert growth.known["indicator"].printed == "exports"
    assert growth.printed_dimensions()["indicator"] == "exports"


def test_a_misreading_leaves_no_trace_of_a_correction() -> None:
    review("s", "s", "r indicator imports", "r time_period 2022", "a")
    found = claims()["exports-kz-2023"]
    assert found.dimensions["indicator"] == "imports"
    assert found.how("indicator") == found.how("time_period") == "explicit"


def test_values_are_checked() -> None:
    out = review("s", "time_period 20x3", "figure many", "colour", "measur growth", "id other", "unit USD", "q")
    for words in (
        "is no period",
        "is not a number",
        "not understood; ? for help",
        'did you mean "measure"?',
        "not mended here",
    ):
        assert words in out
    assert not Path("claims").exists()


def test_no_figure_and_plans() -> None:
    out = review("n", "n", "p", "q")
    assert "2 no figures, 1 mended" in out
    found = claims()
    assert found.keys() == {"exports-kz-2023", "exports-kz-2023-growth"}
    assert found["exports-kz-2023"].modality == "plan"
    Path("documents/a.md").write_text("Moved.\n" + ARTICLE, encoding="utf-8")
    assert run("extract", "--write").code == OK
    assert claims().keys() == found.keys()
    assert headings(review("q")) == ["exports-kz-2023-growth"]


def test_undo() -> None:
    out = review("s", "n", "u", "time_period 2023", "u", "u", "s", "s", "s")
    assert "nothing to undo" in out
    assert headings(out).count("imports-kz") >= 3
    assert claims()["imports-kz"].dimensions["time_period"] == "_U"


def test_a_figure_that_was_not_understood_becomes_a_claim() -> None:
    review("indicator things", "figure 15 {things}", "time_period 2023", "a", "q")
    found = claims()["figure-15"]
    assert (found.dimensions, found.figure.printed) == ({"indicator": "things", "time_period": "2023"}, "15 {things}")
    assert found.place.printed == "15"
    Path("documents/a.md").write_text("Moved.\n" + ARTICLE, encoding="utf-8")
    assert run("extract", "--write").code == OK
    assert "figure-15" in claims()


def test_what_a_person_wrote_in_the_file_stays() -> None:
    run("extract", "--write")
    path = Path("claims/a.yaml")
    text = path.read_text(encoding="utf-8").replace("    figure: 13", "    # from the annex\n    figure: 13")
    path.write_text("# ours\n" + text, encoding="utf-8")
    review("s", "time_period 2023", "q")
    now = path.read_text(encoding="utf-8")
    assert now.startswith("# ours\n")
    assert "    # from the annex\n    figure: 13 billion USD\n" in now
    assert now.replace("time_period: {value: 2023, how: corrected}", "time_period: unstated").count("\n") == (
        ("# ours\n" + text).count("\n")
    )


def test_nothing_to_read_is_2() -> None:
    ran = run("review", "absent.md")
    assert (ran.code, ran.out) == (INPUT, "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_control_c_loses_nothing(folder: Path) -> None:
    """In a process of its own, which is interrupted while it waits for the third answer."""
    tests = Path(__file__).parent
    program = (
        f"import sys; sys.path.insert(0, {str(tests)!r}); import plain_reader; from crosscheck.extraction import reading; "
        "reading._prose = plain_reader.read_plain; from crosscheck.cli.app import main; "
        "sys.argv = ['crosscheck', 'review']; main()"
    )
    command = [sys.executable, "-c", program]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = subprocess.Popen(command, cwd=folder, **pipes)  # type: ignore[call-overload]
    started.stdin.write(b"n\nn\n")
    started.stdin.flush()
    shown = b""
    while b"[3/" not in shown:
        shown += started.stdout.read1(4096)
    started.send_signal(2)
    _, err = started.communicate(timeout=60)
    assert started.returncode == 130
    assert b"Traceback" not in err
    assert claims().keys() == {"exports-kz-2023", "exports-kz-2023-growth"}
