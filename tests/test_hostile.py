"""What people (and others) put into files: every case ends soon, with a clear error at its place or an honest verdict."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import FINDINGS, INPUT, OK, SECONDS, Ran, one_rule, repository, run, two_claims, within, write
from permissions import permissions_hold

from crosscheck.checking import checks
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.files import ClaimFile, read_claim_file
from crosscheck.inputs.shipped import shipped
from crosscheck.rules.files import read_rule_file

if sys.platform == "win32":
    pytest.skip("pipes, links and timers of Unix", allow_module_level=True)

MEGABYTE = 1024 * 1024
BOUND = 400  # megabytes that all of this together may take beyond what was taken before


def peak() -> int:
    """The most memory that this process ever took, in megabytes."""
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (MEGABYTE if sys.platform == "darwin" else 1024)


@pytest.fixture(autouse=True, scope="module")
def memory() -> Iterator[None]:
    before = peak()
    yield
    assert peak() - before < BOUND


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository to work in, with a good claim file and a good rule file."""
    return repository(tmp_path, monkeypatch, {"good-claims.yaml": two_claims(), "good-rules.yaml": one_rule()})


def check_rules(name: str = "rules.yaml") -> Ran:
    """The good claims checked with a rule file."""
    return run("check", "good-claims.yaml", "--isolated", "--rules", name)


def check_claims(name: str = "claims.yaml") -> Ran:
    """A claim file checked with the good rules."""
    return run("check", name, "--isolated", "--rules", "good-rules.yaml")


def with_rules(folder: Path, content: str | bytes) -> Ran:
    write(folder, {"rules.yaml": content})
    return check_rules()


def with_claims(folder: Path, content: str | bytes, rules: str = one_rule()) -> Ran:
    write(folder, {"claims.yaml": content, "good-rules.yaml": rules})
    return check_claims()


def is_fault(ran: Ran, place: str, words: str) -> None:
    """An input error (exit 2) at a place `file:line:column`, which says some words."""
    assert ran.code == INPUT, ran.all
    assert ran.out == ""
    lines = [line for line in ran.err.splitlines() if re.match(rf"{re.escape(place)}: error: ", line)]
    assert lines, ran.err[:2000]
    assert words in ran.err[:20_000], ran.err[:2000]


def only_check(ran: Ran) -> Any:
    """The one check of a JSON report."""
    (check,) = json.loads(ran.out)["checks"]
    return check


def verdict(folder: Path, a: str, b: str, assertion: str) -> Any:
    """The check of two figures with an assertion."""
    own = one_rule(assertion, variables="{a: {indicator: x, unit: any}, b: {indicator: y, unit: any}}", subject="a")
    write(folder, {"claims.yaml": two_claims(a, b), "own.yaml": own})
    return only_check(run("check", "claims.yaml", "--isolated", "--rules", "own.yaml", "--format", "json"))


def test_good_files_are_good(folder: Path) -> None:
    assert check_rules("good-rules.yaml").code == OK


# Files that are no files of ours: the same for rules and claims

LAUGHS = "a: &a [ha, ha]\n" + "".join(f"{chr(i + 1)}: &{chr(i + 1)} [*{chr(i)}, *{chr(i)}]\n" for i in range(97, 107))


NO_FILE_OF_OURS: dict[str, tuple[bytes | str, str, str]] = {
    "empty": (b"", "1:1", "the file is empty"),
    "only a mark": (b"\xef\xbb\xbf", "1:1", "the file is empty"),
    "only a comment": ("# nothing\n", "1:1", "the file is empty"),
    "text": ("hello\n", "1:1", ""),
    "list": ("[1, 2]\n", "1:1", ""),
    "null": ("~\n", "1:1", ""),
    "binary": (bytes(range(256)) * 400, "2:118", "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 1000, "1:1", "binary"),
    "UTF-16": (one_rule().encode("utf-16"), "1:1", "save the file as UTF-8"),
    "Latin-1": ("rules: ö\nclaims: ö".encode("latin-1"), "1:8", "UTF-8"),
    "NUL": ("rules: [\0]\n", "1:9", "U+0000"),
    "escape": ("rules: [\x1b]\n", "1:9", "U+001B"),
    "laughs": (f"{LAUGHS}rules: *k\nclaims: *k\n", "2:8", "aliases (*a) are not allowed"),
    "list in itself": ("rules: &r [*r]\nclaims: &c [*c]\n", "1:12", "aliases (*r) are not allowed"),
    "mapping in itself": ("rules: &r {rules: *r}\nclaims: &c {a: *c}\n", "1:19", "aliases (*r) are not allowed"),
    "merge": ("rules: [{<<: {a: b}}]\nclaims: [{<<: {a: b}}]\n", "1:10", "merge keys are not allowed"),
    "tags": ("rules: [!!python/object/apply:os.system [x]]\n", "1:9", "are not allowed"),
    "deep lists": ("rules: " + "[" * 10_000, "1:71", "nested more than 64 deep"),
    "deep mappings": ("{rules: " * 10_000, "1:513", "nested more than 64 deep"),
    "deep indents": ("".join(" " * i + "a:\n" for i in range(300)), "65:65", "nested more than 64 deep"),
    "two documents": ("rules: []\nclaims: []\n---\nx: y\n", "3:1", "only one YAML document"),
    "tabs": ("rules:\n\t- id: x\n", "2:1", "indent with spaces"),
    "not closed": ('rules: ["x\n', "2:1", "not closed"),
    "duplicate keys": ("rules: []\nrules: []\nclaims: []\nclaims: []\n", "2:1", 'duplicate key "rules"'),
    "misspelt": ("rulez: []\nclaimz: []\n", "1:1", 'unknown key "rulez"'),
    "the other": ("document: {}\nrules: []\nclaims: []\nx: y\n", "4:1", 'unknown key "x"'),
    "wrong sort": ("rules: {}\nclaims: {}\n", "1:8", ""),
}


@pytest.mark.parametrize("kind", ["rules", "claims"])
@pytest.mark.parametrize("case", NO_FILE_OF_OURS)
def test_what_is_no_file_of_ours(folder: Path, kind: str, case: str) -> None:
    content, place, words = NO_FILE_OF_OURS[case]
    ran = (with_rules if kind == "rules" else with_claims)(folder, content)
    if case == "wrong sort" and kind == "claims":
        place = "2:9"
    is_fault(ran, f"{kind}.yaml:{place}", words)


CHANGES: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "byte-order mark": lambda text: "\ufeff" + text,
}


@pytest.mark.parametrize("change", CHANGES)
def test_ends_of_lines_and_marks_change_nothing(folder: Path, change: str) -> None:
    changed = CHANGES[change]
    for ran in (with_rules(folder, changed(one_rule())), with_claims(folder, changed(two_claims()))):
        assert ran.code == OK
        assert "1 consistent" in ran.out
    is_fault(with_rules(folder, changed(one_rule().replace("assert", "asert"))), "rules.yaml:6:5", "did you mean")
    is_fault(with_claims(folder, changed(two_claims(c="figura: 5"))), "claims.yaml:4:13", "did you mean")


# Paths that are no files


def no_files(folder: Path) -> dict[str, str]:
    """By name, what is said of it."""
    os.mkfifo(folder / "pipe.yaml")
    (folder / "circle.yaml").symlink_to("circle.yaml")
    (folder / "dangling.yaml").symlink_to("nowhere.yaml")
    with (folder / "large.yaml").open("wb") as file:
        file.truncate(50_000_000)
    return {
        "pipe.yaml": "a pipe or a device",
        "circle.yaml": "",
        "dangling.yaml": "",
        "large.yaml": "50,000,000 bytes",
        "absent.yaml": "no such",
        "x" * 300 + ".yaml": "",
        "x/" * 3000 + "y.yaml": "",
        "/dev/zero": "",
        "/dev/null/x.yaml": "",
    }


def test_paths_that_are_no_files(folder: Path) -> None:
    for name, words in no_files(folder).items():
        for ran in (check_rules(name), check_claims(name), run("all", name), run("test", name)):
            assert ran.code == INPUT, name[:20]
            assert words in ran.err
        assert run("check", "good-claims.yaml", "--config", name).code == INPUT


def test_folders_with_what_is_no_file(folder: Path) -> None:
    write(folder, {"rules/r.yaml/good.yaml": one_rule(), "claims/c.yaml/good.yaml": two_claims()})
    (folder / "rules" / "self").symlink_to(".")
    (folder / "claims" / "self").symlink_to(".")
    ran = run("check", "claims", "--isolated", "--rules", "rules")
    assert (ran.code, ran.err) == (OK, "")
    assert "1 consistent" in ran.out
    for kind in ("rules", "claims"):
        os.mkfifo(folder / kind / "pipe.yaml")
        (folder / kind / "circle.yml").symlink_to("circle.yml")
    ran = run("check", "claims", "--isolated", "--rules", "rules")
    for kind in ("rules", "claims"):
        is_fault(ran, f"{kind}/pipe.yaml", "a pipe or a device")
        is_fault(ran, f"{kind}/circle.yml", "cannot be read")


def test_hidden_files_are_left_alone(folder: Path) -> None:
    write(folder, {f"rules/{name}": "x" for name in (".hidden.yaml", ".git/x.yaml", "swap.yaml~", "notes.txt")})
    write(folder, {"rules/good.yaml": one_rule(), "claims/.x.yaml": "x", "claims/good.yaml": two_claims()})
    assert run("check", "claims", "--isolated", "--rules", "rules").code == OK


@pytest.fixture
def deep(folder: Path) -> Iterator[Callable[[str], None]]:
    """Writes a file 1,050 folders down in `deep`; it is removed step by step, as nobody else can do it."""
    parts = ["deep", *["d"] * 1049]
    for part in parts:
        os.mkdir(part)
        os.chdir(part)
    bottom = os.open(".", os.O_RDONLY)

    def put(text: str) -> None:
        os.chdir(bottom)
        Path("x.yaml").write_text(text, encoding="utf-8")
        os.chdir(folder)

    yield put
    os.chdir(bottom)
    os.close(bottom)
    os.unlink("x.yaml")
    for part in reversed(parts):
        os.chdir("..")
        os.rmdir(part)


def test_a_deep_folder(deep: Callable[[str], None]) -> None:
    deep(one_rule())
    assert check_rules("deep").code == OK
    deep(two_claims())
    assert check_claims("deep").code == OK


def test_files_and_folders_without_permission(folder: Path) -> None:
    write(folder, {"rules.yaml": one_rule(), "claims.yaml": two_claims(), "crosscheck.toml": "", "closed/r.yaml": ""})
    for name in ("rules.yaml", "claims.yaml", "crosscheck.toml", "closed"):
        (folder / name).chmod(0)
    try:
        with permissions_hold():
            assert check_rules().code == check_claims().code == INPUT
            assert run("check", "good-claims.yaml").code == INPUT
            assert check_rules("closed").code == check_claims("closed").code == INPUT
    finally:
        (folder / "closed").chmod(0o700)


NO_DOCUMENTS = (
    *("pipe", "circle", "binary", "utf-16", "long", "rows", "empty", "absent", "x" * 300, "x/" * 400, "/dev/zero", ".."),
)
PLACES = ("{start: 3, end: 8, line: 1, column: 4, printed: 5 USD}", "{line: 999999, column: 99999}", "{page: 3}")


def test_documents_that_are_no_text(folder: Path) -> None:
    """The document behind a claim is only shown; its figures count whatever it is."""
    os.mkfifo(folder / "pipe")
    (folder / "circle").symlink_to("circle")
    write(folder, {"binary": bytes(range(256)), "utf-16": "5 USD".encode("utf-16"), "empty": ""})
    write(folder, {"long": "x" * 10 * MEGABYTE, "rows": "x\n" * 5 * MEGABYTE})
    for name in NO_DOCUMENTS:
        for place in PLACES:
            text = two_claims("5 USD", "8 USD").replace("x,", f"x, at: {place},")
            ran = with_claims(folder, f"document: {{path: {name}, sha256: {'0' * 64}}}\n{text}")
            assert ran.code == FINDINGS, (name[:20], ran.err)
            assert "8 USD" in ran.out


# Rules


def test_many_wrong_rules_are_named_and_not_all(folder: Path) -> None:
    rules = "".join(f"  - {{id: a{i}, titel{i}: x, wyh{i}: y}}\n" for i in range(20_000))
    ran = with_rules(folder, f"rules:\n{rules}")
    is_fault(ran, "rules.yaml:2:5", "a rule needs `why`")
    assert "more than 1,000 faults: from here on the file was not read" in ran.err
    assert ran.err.count("\n") < 5_000


EXPRESSIONS: dict[str, tuple[str, str, str]] = {
    "parentheses ten thousand deep": ("(" * 10_000 + "a" + ")" * 10_000 + " == b", "6:13", "20,006 characters"),
    "parentheses 140 deep": ("(" * 140 + "a" + ")" * 140 + " == b", "6:53", "nested more than 40 deep"),
    "not": ("not " * 200 + "a == b", "6:173", "nested more than 40 deep"),
    "minus": ("'" + "-" * 200 + "a == b'", "6:54", "nested more than 40 deep"),
    "functions": ("abs(" * 70 + "a" + ")" * 70 + " == b", "6:173", "nested more than 40 deep"),
    "ten megabytes": ("a == b + " + "1 + " * (10 * MEGABYTE // 4) + "1", "6:13", "at most 2,000"),
    "ten megabytes of digits": ("a == " + "9" * 10 * MEGABYTE, "6:13", "at most 2,000"),
    "many signs": ("a == b" + " + 1" * 150, "6:13", "more than 300"),
    "fractions in fractions": ("a == " + "b / (1 + " * 38 + "b" + ")" * 38, "6:15", "fractions within fractions"),
    "alternatives": (" and ".join(f"(a == {i} or b == {i})" for i in range(28)), "6:32", "more than 16 alternatives"),
    "powers of powers": ("a == " + "(" * 6 + "b" + " ^ 64)" * 6, "6:50", "powers of more than 256"),
    "many powers": ("a == " + " * ".join(["2 ^ 64"] * 20), "6:", "powers of more than 256"),
    "a large power": ("a == b ^ 999999999", "6:20", "a whole number from 0 to 64"),
    "a power of ten thousand digits": ("a == b ^ " + "9" * 1900, "6:20", "a whole number from 0 to 64"),
    "a tower": ("a == b ^ 9 ^ 9 ^ 9", "6:20", "a whole number from 0 to 64"),
    "a variable as power": ("a == 2 ^ b", "6:20", "a whole number from 0 to 64"),
    "zero as divisor": ("a == b / 0", "6:20", "a division by zero"),
    "a huge exponent": ("a == b + 1e999999999", "6:23", 'unknown unit "e999999999"'),
    "an unknown unit": ("a == b + 5 dollarz", "6:24", 'did you mean "dollar"?'),
    "code": ("a == b + 5 __import__", "6:24", 'unknown unit "__import__"'),
    "a unit as code": ("a == __import__('os')", "6:18", 'unknown function "__import__"'),
    "an attribute": ("a == b.__class__", "6:19", '"." does not belong here'),
    "not a number": ("a == nan", "6:18", 'unknown variable "nan"'),
    "assignment": ("a = b", "6:15", "equality is `==`"),
    "chained": ("a <= b <= 5", "6:20", "write `a <= b and b <= c`"),
    "Cyrillic": ("a == б", "6:18", '"б" does not belong here'),
    "right to left": ("a == א", "6:18", "does not belong here"),
    "a missing sign": ("a == 3 b", "6:20", "a product is written with `*`"),
    "a sum of variables": ("a == sum(a, b)", "6:18", "write a + b"),
    "a sum of one": ("a == sum(b)", "6:18", "`collect:`"),
    "no end": ("'a == (b'", "6:21", '")" is missing'),
    "a list": ("[a, b]", "6:13", "a rule needs `assert`"),
    "nothing": ("''", "6:13", "a rule needs `assert`"),
}


@pytest.mark.parametrize("case", EXPRESSIONS)
def test_expressions(folder: Path, case: str) -> None:
    expression, place, words = EXPRESSIONS[case]
    ran = with_rules(folder, one_rule(expression))
    if place.endswith(":"):
        assert re.search(rf"^rules\.yaml:{place}\d+: error: ", ran.err)
        assert words in ran.err
    else:
        is_fault(ran, f"rules.yaml:{place}", words)


def test_expressions_without_a_subject(folder: Path) -> None:
    is_fault(with_rules(folder, one_rule("a ^ 64 == b ^ 64")), "rules.yaml:6:13", "`subject: a`")
    is_fault(with_rules(folder, one_rule("1 == 1")), "rules.yaml:6:13", "a rule needs `subject`")


RULE_CHANGES: dict[str, tuple[dict[str, str], str, str]] = {
    "misspelt key": ({"titel": "x"}, "7:5", 'did you mean "title"?'),
    "misspelt selector": ({"variables": "{a: {indicater: x}, b: {}}"}, "5:21", 'did you mean "indicator"?'),
    "misspelt measure": ({"variables": "{a: {measure: grwoth}, b: {}}"}, "5:30", 'did you mean "growth"?'),
    "misspelt function": ({"variables": "{a: {time_period: =bsae(b)}, b: {}}"}, "5:34", 'did you mean "base"?'),
    "misspelt variable": ({"assert": "a == bb"}, "6:18", 'did you mean "b"?'),
    "misspelt subject": ({"subject": "aa"}, "7:14", 'did you mean "a"?'),
    "misspelt dimension": ({"when": "'sorce(a) == source(b)'"}, "7:12", 'did you mean "source"?'),
    "misspelt status": ({"status": "stabel"}, "7:13", 'did you mean "stable"?'),
    "misspelt level": ({"level": "eror"}, "7:12", 'did you mean "error"?'),
    "misspelt verdict": ({"examples": "[{a: 5, b: 5, verdict: consistant}]"}, "7:38", 'did you mean "consistent"?'),
    "misspelt figure": ({"examples": "[{a: {valeu: 5}, b: 5, verdict: consistent}]"}, "7:20", "mapping here has `figure`"),
    "unknown unit": ({"material": "5 dollarz"}, "7:15", 'unknown unit "dollarz"'),
    "unknown unit in an example": ({"examples": "[{a: 5 metrez, b: 5, verdict: consistent}]"}, "7:20", "metre"),
    "a comma in braces": ({"examples": "[{a: 24,600 EUR, b: 5, verdict: consistent}]"}, "7:23", "quotes"),
    "a figure in two": ({"examples": "[{a: [1, 2], b: 5, verdict: consistent}]"}, "7:20", "a stands for one claim"),
    "a huge number": ({"material": "1e999999999 %"}, "7:15", "unknown unit"),
    "a number of many digits": ({"material": "9" * 100_000}, "7:15", "unknown unit"),
    "a huge strain": ({"strain": "1e999999999"}, "7:13", "a number from 0 to 1"),
    "a strain that is no number": ({"strain": "nan"}, "7:13", "a number from 0 to 1"),
    "decimals": ({"examples": "[{a: {value: 5, decimals: -999999999}, b: 5, verdict: consistent}]"}, "7:20", "decimals"),
    "value": ({"examples": "[{a: {value: 1e999999999, decimals: 0}, b: 5, verdict: consistent}]"}, "7:20", "plain number"),
    "figure of a megabyte": ({"examples": f"[{{a: {'9' * MEGABYTE}, b: 5, verdict: consistent}}]"}, "7:20", "at most 200"),
    "identifier of a megabyte": ({"id": "a-" * (MEGABYTE // 2)}, "2:9", "at most 2,000"),
    "title of a megabyte": ({"title": "a " * (MEGABYTE // 2)}, "3:12", "at most 2,000"),
    "measure of a megabyte": ({"variables": f"{{a: {{measure: {'x' * MEGABYTE}}}, b: {{}}}}"}, "5:30", "unknown measure"),
    "period of a megabyte": ({"variables": f"{{a: {{time_period: {'9' * MEGABYTE}}}, b: {{}}}}"}, "5:34", "at most 32"),
    "call of a megabyte": ({"variables": f"{{a: {{x: ={'(' * MEGABYTE}}}, b: {{}}}}"}, "5:24", "such as `=base(growth)`"),
    "control characters": ({"title": '"a\\e[31m\\0"'}, "3:12", "U+001B"),
    "control characters in a value": ({"variables": '{a: {team: "\\a"}, b: {}}'}, "5:27", "U+0007"),
    "no text": ({"title": "[a]"}, "3:12", "`title` is text, not a list"),
    "empty": ({"why": "''"}, "4:10", "`why` is empty"),
    "no list": ({"tags": "trade"}, "7:11", "a list of words"),
    "tolerance without reason": ({"tolerance": "{within: 1 %}"}, "7:16", "`within` and `why`"),
    "a name of a function": ({"variables": "{a: {}, count: {}}"}, "5:24", "cannot name a variable"),
    "a name of an outcome": ({"variables": "{a: {}, verdict: {}}"}, "5:24", "cannot name a variable"),
    "a variable for nothing": ({"variables": "{a: {}, b: {}, c: {}}"}, "5:31", "used nowhere"),
    "a variable as text": ({"variables": "{a: wins, b: {}}"}, "5:20", "`{indicator: wins}`"),
    "a message about nothing": ({"message": '"{c} is wrong"'}, "7:14", 'unknown variable "c"'),
    "a condition that is none": ({"when": "[a]"}, "7:11", "`when` is a condition, not a list"),
    "two ways": ({"growth": "{}"}, "7:13", "give just one of them"),
}  # fmt: skip


@pytest.mark.parametrize("case", RULE_CHANGES)
def test_rules(folder: Path, case: str) -> None:
    changes, place, words = RULE_CHANGES[case]
    assertion = changes.get("assert", "a == b")
    others = {key: value for key, value in changes.items() if key != "assert"}
    is_fault(with_rules(folder, one_rule(assertion, **others)), f"rules.yaml:{place}", words)


def test_duplicate_ids(folder: Path) -> None:
    again = one_rule().replace("rules:\n", "")
    is_fault(with_rules(folder, one_rule() + again), "rules.yaml:7:5", 'duplicate rule id "own-rule"')
    write(folder, {"own/a.yaml": one_rule(), "own/b.yaml": one_rule()})
    is_fault(check_rules("own"), "own/b.yaml:2:5", "first given at own/a.yaml:2")
    taken = one_rule(id="growth-not-matching-levels")
    write(folder, {"rules.yaml": taken})
    is_fault(run("check", "good-claims.yaml", "--rules", "rules.yaml"), "rules.yaml:2:5", "duplicate rule id")
    copies = {f"copy/{name}": (shipped("rules") / name).read_text() for name in ("energy.yaml", "trade.yaml")}
    write(folder, copies)  # a checkout of another crosscheck: one fault for all its files, which says what to do
    result = run("check", "good-claims.yaml", "--rules", "copy")
    is_fault(result, "copy/energy.yaml:3:5", "and of 1 more file are those that ship with the crosscheck that runs")
    assert "run its own one" in result.err
    assert result.err.count("error:") == 1
    write(folder, {"codelists/cues.yaml": (shipped("codelists") / "cues.yaml").read_text()})
    is_fault(run("check", "good-claims.yaml"), "codelists/cues.yaml", "a table of words that ships with crosscheck")
    is_fault(with_claims(folder, two_claims() + two_claims().replace("claims:\n", "")), "claims.yaml:4:10", "is taken")


def test_text_from_right_to_left(folder: Path) -> None:
    hebrew = "\u202eשלום\u202c عام"
    ran = with_rules(folder, one_rule("a == b + 5 USD", title=hebrew, why=hebrew))
    assert ran.code == FINDINGS
    assert run("rules", "show", "own-rule", "--isolated", "--rules", "rules.yaml").code == OK
    text = f"document: {{title: {hebrew}, publisher: عام}}\n" + two_claims("15 USD").replace("x,", f"x, team: {hebrew},")
    assert with_claims(folder, text).code == OK
    is_fault(with_claims(folder, two_claims("\u202e5\u202c USD")), "claims.yaml:2:35", "is not a number")


EVERYTHING = {
    "two": ("{a: {}, b: {time_period: any, indicator: any, product: any}}", "a <= b * 100"),
    "three": (
        "{a: {time_period: any, indicator: any, product: any}, b: {time_period: any, indicator: any, product: any}, "
        "c: {time_period: any, indicator: any, product: any}}",
        "a == b + c",
    ),
    "a collection": (
        "{a: {time_period: any, indicator: any, product: any}, b: {collect: [time_period, indicator, product]}}",
        "a <= sum(b)",
    ),
    "nested periods": ("{a: {time_period: any, indicator: any, product: any}, b: {collect: [time_period]}}", "a <= sum(b)"),
}


MANY = "claims:\n" + "".join(
    f"  - {{id: c{i}, indicator: i{i % 50}, time_period: {1900 + i % 100}, product: p{i}, figure: {i + 100} USD}}\n"
    for i in range(3_000)
)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> ClaimFile:
    """Three thousand claims."""
    path = tmp_path_factory.mktemp("many") / "claims.yaml"
    path.write_text(MANY, encoding="utf-8")
    return read_claim_file(path)


@pytest.mark.parametrize("case", EVERYTHING)
def test_everything_with_everything_is_cut_short(folder: Path, many: ClaimFile, case: str) -> None:
    selectors, assertion = EVERYTHING[case]
    write(folder, {"own.yaml": one_rule(assertion, variables=selectors, subject="a")})
    rules = read_rule_file(folder / "own.yaml")
    with within(SECONDS):
        found = checks.check_claims(many.claims, rules, load_codelists([]))
    assert (found.stopped_rules, found.checks) == (rules, ())


def test_what_is_cut_short_is_said(folder: Path) -> None:
    selectors, assertion = EVERYTHING["two"]
    write(folder, {"claims.yaml": MANY, "own.yaml": one_rule(assertion, variables=selectors, subject="a")})
    ran = run("check", "claims.yaml", "--isolated", "--rules", "own.yaml", seconds=2 * SECONDS)
    assert ran.code == OK
    assert "rule own-rule compares nearly everything with everything and was cut short" in ran.out


# Claims

FIGURES: dict[str, tuple[str, str]] = {
    "a megabyte": ("9" * MEGABYTE, "1,048,576 characters; at most 200"),
    "a huge exponent": ("1e999999999", 'unknown unit "e999999999"'),
    "a power": ("10**100000", "unknown unit"),
    "parentheses": ("(" * 150, "is not a number"),
    "thousands": ("'1" + ",111" * 45 + ",1'", "malformed number"),
    "a fraction of nothing": ("1/0", "malformed number"),
    "a long fraction": ("1/" + "0" * 100, "malformed number"),
    "a long unit": ("1 " + "a" * 70, "unknown unit"),
    "a long compound": ("1 " + "a/" * 39 + "a", "unknown unit"),
    "a product of powers": ("1 " + "m^9*" * 18 + "m", "longer than any that means something"),
    "a power of a unit": ("1 m^999999999", "an exponent is from 1 to 9"),
    "an unknown unit": ("5 dollarz", 'did you mean "dollar"?'),
    "code": ('\'1 __import__("os").system("id")\'', "unknown unit"),
    "repeated words": ("half " * 30, "unit"),
    "repeated hedges": ("about " * 30 + "5", "is not a number"),
    "Arabic digits": ("٣ USD", "is not a number"),
    "wide digits": ("５ USD", "is not a number"),
    "a date": ("2023-12-31", "unknown unit"),
    "a truth": ("yes", "is not a number"),
    "nothing": ("~", "is empty"),
    "a list": ("[1, 2]", "text, not a list"),
    "a mapping": ("{a: 1}", "needs `value`"),
    "few decimals": ("{value: 5, decimals: -999999999, unit: USD}", "decimals"),
    "many decimals": ("{value: 5, decimals: 999999999, unit: USD}", "decimals"),
    "decimals with an exponent": ("{value: 5, decimals: 1e9, unit: USD}", "decimals"),
    "digits beyond the decimals": ("{value: 5, decimals: -999, unit: USD}", "digits beyond its decimals"),
    "a value with an exponent": ("{value: 1e999999999, decimals: 0, unit: USD}", "is not a plain number"),
    "a value of a megabyte": ("{value: " + "9" * MEGABYTE + ", decimals: 0, unit: USD}", "characters"),
    "a comma in braces": ("24,600 USD", "quotes around text that holds one"),
}


@pytest.mark.parametrize("case", FIGURES)
def test_figures(folder: Path, case: str) -> None:
    text, words = FIGURES[case]
    ran = with_claims(folder, two_claims(text))
    assert ran.code == INPUT
    assert re.match(r"claims\.yaml:2:\d+: error: ", ran.err)
    assert words in ran.err
    assert len(ran.err) < 2_000


def test_a_claim_that_is_an_item_of_itself(folder: Path) -> None:
    in_itself = "claims:\n  - {id: a, indicator: x, figure: 5, list: {of: a, complete: true}}\n"
    is_fault(with_claims(folder, in_itself), "claims.yaml:2:49", "a list that contains itself: claims#a → claims#a")
    circle = two_claims("5", "5").replace("x,", "x, list: {of: b},").replace("y,", "y, list: {of: a},")
    is_fault(with_claims(folder, circle), "claims.yaml:2:38", "a list that contains itself")


# Figures that are no trouble to write and much to decide

HUGE, TINY = "9" * 180 + " USD", "0." + "0" * 170 + "1 USD"


def test_bases_that_hold_zero_or_are_zero(folder: Path) -> None:
    """An interval around zero is decided with zero left out; an exact zero leaves nothing to divide by."""
    growth = "a == 10 USD / b - 1"
    near = verdict(folder, "24", "0 USD", growth)  # 0 USD is printed for up to 0.5 USD: from 20 times on
    assert near["verdict"] == "reconcilable"
    assert verdict(folder, "8", "0 USD", growth)["verdict"] == "contradiction"
    assert verdict(folder, "-26", "0 USD", growth)["verdict"] == "reconcilable"
    for assertion in ("a == 10 / b", "a == b / b", "a == 10 / (b + 0)", "a == 10 / b ^ 2"):
        check = verdict(folder, "5", "0", assertion)
        assert check["verdict"] == "unverifiable", assertion
        assert "cannot be checked: a divisor is exactly zero" in check["message"]
    check = verdict(folder, "5 USD", "7 USD", "a == b / (1 - 1)")
    assert (check["verdict"], check["level"]) == ("unverifiable", "none")


def test_growth_from_nothing(folder: Path) -> None:
    """The shipped rule, with a base whose interval holds zero, and with one that is exactly zero."""
    claims = (
        "claims:\n"
        "  - {{id: g, indicator: x, measure: growth, time_period: 2023, base_period: 2022, figure: {0} %}}\n"
        "  - {{id: now, indicator: x, time_period: 2023, figure: {1}}}\n"
        "  - {{id: then, indicator: x, time_period: 2022, figure: {2}}}\n"
    )
    for values, wanted in {
        ("2000", "10 million USD", "0.4 million USD"): "reconcilable",
        ("2000", "10 million USD", "0.0 million USD"): "contradiction",
        ("25000", "10 million USD", "0.0 million USD"): "reconcilable",
        ("50", "10", "0"): "unverifiable",
    }.items():
        write(folder, {"claims.yaml": claims.format(*values)})
        report = json.loads(run("check", "claims.yaml", "--select", "growth-not-matching-levels", "--format", "json").out)
        assert [check["verdict"] for check in report["checks"]] == [wanted], values


@pytest.mark.parametrize(
    ("a", "b", "assertion"),
    [
        (HUGE, HUGE, "a == b ^ 64 / 1 USD"),
        (HUGE, HUGE, "a == (b ^ 8) ^ 8"),
        (HUGE, TINY, "a == 1 USD / b ^ 64"),
        (TINY, HUGE, "a == b / 7"),
        (TINY, TINY, "a == b ^ 64 / 3"),
        (TINY, HUGE, "a == b ^ 3 / 7 ^ 64"),
        ("{value: 0, decimals: -999, unit: USD}", TINY, "a == b"),
        ("{value: 5, decimals: 999, unit: USD}", HUGE, "a == b"),
        ("5", "7", "a == " + " * ".join(["b"] + ["9" * 90] * 20)),
        ("5", "7", "a == " + " + ".join(["b"] * 100)),
        ("5", "7", "a == " + " + ".join(f"b / {i}" for i in range(1, 60))),
    ],
)
@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_huge_and_tiny_numbers(folder: Path, a: str, b: str, assertion: str, form: str) -> None:
    """They have thousands of digits, more than Python turns to text without being asked."""
    write(folder, {"claims.yaml": two_claims(a, b), "own.yaml": one_rule(assertion, subject="a")})
    ran = run("check", "claims.yaml", "--isolated", "--rules", "own.yaml", "--format", form)
    assert ran.code in (OK, FINDINGS)
    if form == "json":
        assert only_check(ran)["verdict"] in ("consistent", "contradiction", "unverifiable")


def test_units_that_do_not_go_together(folder: Path) -> None:
    """60 EUR is neither more nor less than 50 USD, or than 5 km: no verdict, and the reason."""
    for a, b, assertion, why in (
        ("60 EUR", "5 EUR", "a <= 50 USD + b", "50 USD is USD and b is EUR"),
        ("60 EUR", "5 EUR", "a == b + 5 km", "b is EUR and 5 km is length"),
        ("60 EUR", "5 EUR", "a == b ^ 2", "a is EUR and b ^ 2 is EUR^2"),
        ("60 EUR", "5 EUR", "a == b + 5", "b is EUR and 5 is a plain number"),
        ("60 EUR", "5 EUR", "a == 5 %  / b", "a is EUR and 5 % / b is 1/EUR"),
        ("60 EUR", "5 kg", "max(a, b) >= 0", "a is EUR and b is mass"),
        ("60 EUR", "5 km", "a == b", "a is EUR and b is length"),
    ):
        check = verdict(folder, a, b, assertion)
        assert (check["verdict"], check["level"]) == ("unverifiable", "none"), assertion
        assert why in check["message"]
    assert verdict(folder, "60 EUR", "5 EUR", "a >= 0 and b >= 0")["verdict"] == "consistent"
    assert verdict(folder, "60 EUR", "5 EUR", "a == 12 * b")["verdict"] == "consistent"


# Configuration

CONFIGURATIONS: dict[str, tuple[bytes | str, str, str]] = {
    "misspelt": ("claimz = []", ":1:1", 'did you mean "claims"?'),
    "binary": (bytes(range(256)), "", "UTF-8"),
    "UTF-16": ("claims = []".encode("utf-16"), "", "UTF-8"),
    "NUL": (b"claims = []\0", ":1:12", "not readable as TOML"),
    "not closed": ("claims = [\n", "", "not readable as TOML"),
    "duplicate": ("claims = []\nclaims = []\n", ":2:12", "not readable as TOML"),
    "a megabyte and more": ("#" * 2 * MEGABYTE, "", "at most 1,048,576"),
    "deep lists": ("a = " + "[" * 100_000, "", "nested too deep"),
    "deep tables": ("a = " + "{a = " * 20_000, "", "nested too deep"),
    "deep keys": ("a" + ".a" * 100_000 + " = 1", ":1:1", "nested too deep"),
    "deep heading": ("[a" + ".a" * 100_000 + "]", ":1:1", "nested too deep"),
    "hidden deep keys": ('"\\""' + ".a" * 100_000 + '."x" = 1', ":1:1", "nested too deep"),
    "many digits": ("strain = " + "9" * 100_000, "", "not readable as TOML"),
    "many keys": ("".join(f"a{i} = 1\n" for i in range(60_000)), ":1:1", 'unknown key "a0"'),
    "a list of numbers": ("claims = [1]", ":1:1", "a list of paths"),
    "a path with NUL": ('claims = ["a\\u0000b"]', ":1:1", "does not exist"),
    "a long path": (f'claims = ["{"a" * 5000}"]', ":1:1", "does not exist"),
    "an escape": ('claims = ["\\u001b[31m"]', ":1:1", "\ufffd[31m"),
    "extends itself": ('extend = "crosscheck.toml"', ":1:1", "in a circle"),
    "a huge strain": ('[rules.own-rule]\nstrain = "1e999999999"', ":2:1", "a number from 0 to 1"),
    "no number": ("[rules.own-rule]\nstrain = nan", ":2:1", "a number from 0 to 1"),
    "a huge amount": ('[rules.own-rule]\nmaterial = "1e999999999 %"', ":2:1", "unknown unit"),
    "an unknown unit": ('[rules.own-rule]\nmaterial = "1 dollarz"', ":2:1", "unknown unit"),
    "a deep value": ("rules.x.level = " + "[" * 90 + "]" * 90, ":1:1", "unknown level"),
}


@pytest.mark.parametrize("case", CONFIGURATIONS)
def test_configurations(folder: Path, case: str) -> None:
    content, place, words = CONFIGURATIONS[case]
    write(folder, {"crosscheck.toml": content})
    ran = run("check", "good-claims.yaml")
    is_fault(ran, f"crosscheck.toml{place}", words)
    assert ran.err.count("error:") < 200


def test_patterns_like_bombs(folder: Path) -> None:
    write(folder, {"crosscheck.toml": f'[readings."{"*a" * 5000}"]\ncut = "error"\n'})
    document = f"document: {{path: {'a' * 900}b}}\n"
    write(folder, {"claims.yaml": document + two_claims()})
    assert run("check", "claims.yaml").code == OK


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "[]", "x: y", "quantities:", "quantities: []", "quantities: {numbers: [1]}", "quantities: {numbers: x}",
        "quantities: {widths: []}", "quantities: {widths: {units: ²}}", "quantities: {widths: {units: " + "9" * 5000 + "}}",
        "quantities: {widths: {share: " + "9" * 5000 + " %}}", "quantities: {ranges: {x: '[1/0, 2]'}}",
        "quantities: {ranges: {x: '[.., 2]'}}", "quantities: {ranges: {x: '[2, 1]'}}", "quantities: {scales: {x: 0}}",
        "quantities: {ranges: {x: '[1" + "0" * 5000 + ", 2]'}}", "quantities: {numbers: {x: 1e999999999}}",
        "quantities: {qualifiers: {x: above}}", "quantities: {qualifierz: {x: above}}", "quantities: &a [*a]",
    ],
)  # fmt: skip
def test_tables_of_number_words(folder: Path, text: str) -> None:
    write(folder, {"words.yaml": text, "crosscheck.toml": 'quantities = "words.yaml"'})
    ran = run("check", "good-claims.yaml")
    assert ran.code == INPUT
    assert re.match(r"words\.yaml:\d+:\d+: error: ", ran.err)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "[]", "codes: []", "codelist: {dimension: indicator}\ncodes: [{id: a, part_of: a}]",
        "codelist: {dimension: indicator}\ncodes: [{id: a, part_of: b}, {id: b, part_of: a}]",
        "codelist: {dimension: indicator}\ncodes: [{id: a, sum: [a]}]", "codelist: {dimension: team}\ncodes: &a [*a]",
        "codelist: {dimension: team}\ncodes: [{id: a, nmae: b}]",
    ],
)  # fmt: skip
def test_code_lists(folder: Path, text: str) -> None:
    write(folder, {"codes.yaml": text, "crosscheck.toml": 'code_lists = ["codes.yaml"]'})
    ran = run("check", "good-claims.yaml")
    assert ran.code == INPUT
    assert re.match(r"codes\.yaml:\d+:\d+: error: ", ran.err)
