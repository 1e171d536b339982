"""`explain`: names found or refused, checks of the five documents and of all examples told, and their arithmetic true."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import NoValue, evaluate, intervals

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE, assess
from crosscheck.checking.checks import Check, Run, check_claims
from crosscheck.checking.examples import example_binding
from crosscheck.checking.levels import NONE, level_of, reasons
from crosscheck.checking.noticed import noticed
from crosscheck.checking.ranges import Undecidable, value_range
from crosscheck.checking.solving import Operand
from crosscheck.claims.codelists import load_codelists
from crosscheck.claims.files import read_claim_files
from crosscheck.claims.model import Claim
from crosscheck.cli.app import main
from crosscheck.figures.figure import Figure
from crosscheck.figures.interval import Interval, hull
from crosscheck.figures.text import parse_figure
from crosscheck.reports.derivation import PLAIN, Given, extreme, inline, steps, worked_out
from crosscheck.reports.explain import check_page, claim_page, noticed_page, rule_page
from crosscheck.reports.meaning import amount, limits, strict_reading
from crosscheck.reports.page import Page
from crosscheck.reports.terminal import Style, cells
from crosscheck.rules.expression import Binary, Comparison, Expression, Number, Variable, parse_condition
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

ROOT = Path(__file__).resolve().parents[1]
GROWTH = "growth-not-matching-levels:c8c0c20609a1"
WIDTHS = (60, 80, 160)


@cache
def rules() -> tuple[Rule, ...]:
    return read_rule_files([ROOT / "rules"], shipped=True)


@cache
def claims() -> tuple[Claim, ...]:
    return tuple(claim for file in read_claim_files([ROOT / "claims"]) for claim in file.claims)


@cache
def run() -> Run:
    lists = load_codelists([ROOT / "codelists" / f"{name}.yaml" for name in ("areas", "indicators")])
    return check_claims(claims(), rules(), lists)


def text_of(path: str) -> str | None:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else None


def page(width: int = 80, **changes: object) -> Page:
    made = Page(run(), tuple(noticed(claims())), claims(), lambda dimension, code: code, text_of, Style(width))
    return replace(made, **changes)  # type: ignore[arg-type]


def explained(check: Check, width: int = 80) -> str:
    return "\n".join(check_page(check, page(width)))


def the(name: str) -> Check:
    (found,) = [check for check in run().checks if check.id.startswith(name)]
    return found


@cache
def example_checks() -> tuple[Check, ...]:
    """The examples of all shipped rules as checks."""
    made = []
    for rule in rules():
        for number, example in enumerate(rule.examples):
            binding = example_binding(rule, example)
            if binding is not None:
                found = assess(binding)
                made.append(Check(f"{rule.id}:{number}", rule, binding, found, level_of(binding, found), ""))
    return tuple(made)


# --- a check -------------------------------------------------------------------------------------------------------


def test_a_growth_is_derived_step_by_step() -> None:
    text = explained(the(GROWTH), 100)
    for line in (
        "   growth: 30.1%, the figure in doubt",
        "      growth of trade-turnover, KZ–CN, 2023 against 2022",
        "      documents/urumqi-2024-06-26.md:26:60 (Kazinform News Agency, 2024-06-26)",
        "      taken against 2022, a year earlier, as the text names no other base",
        "      printed to 0.1 points, so 30.05–30.15%",
        "      or, if its digits were cut, not rounded: 30.10 to just under 30.20%",
        "      together: 31.45–31.55 billion USD",
        "   here: growth == now / then - 1",
        "   now / then = $31.5 billion / $24 billion = 1.3125",
        "   now / then - 1 = 1.3125 - 1 = 0.3125, that is 31.25%",
        "   As printed, 30.1% is 1.15 points away from 31.25%.",
        "   The rule calls a gap material from 0.5 points on: this one is.",
        "   level: warning",
        "   growth = 30.15%, for 30.1% (30.05–30.15%)",
        "   now = 31.5 billion USD, for $31.5 billion, as printed",
        "   then = about 24.2028 billion USD, for $24 billion (23.50–24.50 billion USD)",
        "   check: 31.5 billion USD / 24.2028 billion USD - 1 = 30.15%, the growth; it holds exactly",
        "     fall-below-nothing:a247ecbcf169",
    ):
        assert line in text.split("\n"), line
    words = " ".join(text.split())
    assert "at the least, with now at its lowest and then at its highest: 31.45 billion USD / 24.5 billion USD - 1" in words
    assert "= about 28.37% at the most, with now at its highest and then at its lowest" in words
    assert "So the others give 28.37–34.26%, and 30.1% stands for 30.05–30.15%. In common: 30.05–30.15%." in words
    assert "Strain 0.387: for the rule to hold, figures must be off by up to 39% of what their rounding allows" in words
    assert "- then: 24.164–24.260 billion USD, which leaves 24.164–24.260 billion USD of what $24 billion" in words


def test_what_softens_a_contradiction_is_said() -> None:
    check = the("same-figure-twice:40991")
    words = " ".join(explained(check).split())
    assert "taken to be about 2023: an assumption, as the text does not say when" in words
    assert 'counterpart area is taken to be CN-XJ where the text says "CN"' in words
    assert '"almost" opens a window: 45.00 to just under 50.00%' in words
    assert "Read loosely (zeros that are no digits, digits that were cut) the others allow 63.50 to just under" in words
    assert "still nothing in common" in words
    assert list(reasons(check.binding, check.assessment)) == [
        "a contradiction is an error",
        "the counterpart area of figure and again agrees by inference only: one step lower, a warning",
    ]


def test_the_missing_figure_is_told_as_printed_and_with_rounding() -> None:
    words = " ".join(explained(the("total-not-sum-of-terms:26540")).split())
    assert "terms: imports, KZ–CN, 2023. No figure of this run states it." in words
    assert "With the other figures as printed it would have to be 16.8 billion USD." in words
    assert "With all that their digits allow, it would have to be 16.70–16.90 billion USD." in words


def test_words_that_show_a_dimension_are_quoted_from_an_unchanged_document() -> None:
    check = the("list-not-adding-up:aa04a")
    assert 'reference area comes from the text around ("Kazakhstan")' in explained(check)
    assert 'time period is inferred ("28 March")' in explained(check)
    changed = page(sources=lambda path: f"x{text_of(path)}")
    assert '("' not in "\n".join(check_page(check, changed))


def test_what_is_given_is_not_in_doubt() -> None:
    check = the(GROWTH)
    claims = tuple(replace(c, document=replace(c.document, given=True)) for c in check.subject.claims)
    roles = {**check.binding.roles, "growth": replace(check.subject, claims=claims)}
    text = explained(replace(check, binding=replace(check.binding, roles=roles)))
    assert "   growth: 30.1%, which the rule computes\n" in text
    assert "   now: $31.5 billion, the figure in doubt\n" in text
    assert "not to be doubted" in text


@pytest.mark.parametrize("width", WIDTHS)
def test_every_check_of_the_five_documents_is_explained(width: int) -> None:
    assert len(run().checks) > 40
    for check in run().checks:
        looks_good(explained(check, width), width)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_example_is_explained(width: int) -> None:
    seen = set()
    for check in example_checks():
        text = explained(check, width)
        looks_good(text, width)
        words = " ".join(text.split())
        seen.add(check.verdict)
        if check.verdict == UNVERIFIABLE:
            assert "What is missing" in text
            assert "it would have to be" in words
        elif len(check.rule.variables) > 1:
            assert ("it holds exactly" in words or "holds exactly" in words) == (check.verdict != CONTRADICTION), text
        assert f"level: {check.level if check.level != NONE else 'none'}" in text
    assert seen == {CONSISTENT, RECONCILABLE, CONTRADICTION, UNVERIFIABLE}


def test_both_ends_are_shown_wherever_there_is_something_to_work_out() -> None:
    shown = 0
    for check in example_checks():
        computed = check.assessment.computed
        words = " ".join(explained(check).split())
        stands_alone = re.search(rf"\b{check.rule.subject} [<=>]=|[<=>]= {check.rule.subject}$", check.rule.assertion)
        if (
            computed is not None
            and not computed.is_point
            and stands_alone
            and re.search(r"[-+*/]|sum", check.rule.assertion)
        ):
            assert "at the least" in words, words
            assert "at the most" in words, words
            shown += 1
    assert shown > 20


def looks_good(text: str, width: int) -> None:
    """No line is wider than the terminal unless one word is, none ends in blanks, sections are counted without a gap."""
    for line in text.split("\n"):
        words = line.split()
        indent = len(line) - len(line.lstrip())
        assert cells(line) <= width or len(words) <= 2 or cells(words[0]) + indent > width, line
        assert line == line.rstrip()
        assert "\x1b" not in line
    numbers = [int(number) for number in re.findall(r"^(\d)\. ", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_colour_only_paints() -> None:
    check = the(GROWTH)
    painted = "\n".join(check_page(check, page(style=Style(80, colour=True))))
    assert "\x1b[1m1. The figures\x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == explained(check)


def test_figures_with_control_characters_do_nothing_to_a_terminal() -> None:
    claim = replace(claims()[0], place=replace(claims()[0].place, printed="\u202e\x1b[31m24"))
    assert "\x1b" not in "\n".join(claim_page(claim, page()))


# --- rules and figures ----------------------------------------------------------------------------------------------


def test_every_rule_and_figure_has_a_page() -> None:
    for width in WIDTHS:
        for rule in rules():
            looks_good("\n".join(rule_page(rule, page(width))), width)
        for claim in claims():
            text = "\n".join(claim_page(claim, page(width)))
            looks_good(text, width)
            assert claim.id in text


def test_a_rule_lists_its_checks() -> None:
    (rule,) = [rule for rule in rules() if rule.id == "total-not-sum-of-terms"]
    text = "\n".join(rule_page(rule, page()))
    assert rule.why in " ".join(text.split())
    assert "Checks of this rule (2)" in text
    assert "     total-not-sum-of-terms:265407a5cfe0" in text
    unbound = next(rule for rule in rules() if rule in run().unbound_rules)
    assert "no figures of this run are what its variables ask for" in "\n".join(rule_page(unbound, page()))
    stopped = page(run=replace(run(), checks=(), stopped_rules=(rule,)))
    assert "so it was stopped" in "\n".join(rule_page(rule, stopped))


def test_what_reading_notices_has_a_page() -> None:
    text = "\n".join(noticed_page("reading/no-direction", page()))
    assert "urumqi-2024-06-26#turnover-2024-january-april-growth" in text


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("urumqi-2024-06-26#grain-export-offer", "only facts are, and this is a plan"),
        ("urumqi-2024-06-26#beef-export-plan", "only facts are, and this is a plan"),
        ("urumqi-2024-06-26#turnover-2024-january-april-growth", "does not say whether it means a rise or a fall"),
        ("commercial-agreements#border-length", "the text does not say when, and there is no period to try"),
        ("xinjiang-visit-2023-10-19#xinjiang-share", "the text does not say when. Tried as 2022"),
    ],
)
def test_why_a_figure_is_not_compared(claim: str, why: str) -> None:
    (found,) = [one for one in claims() if one.id == claim]
    assert why in " ".join("\n".join(claim_page(found, page())).split())


def test_unknown_dimensions_keep_a_figure_from_being_compared() -> None:
    claim = replace(claims()[0], dimensions={"indicator": "exports", "reference_area": "_U"}, id="x#y")
    words = " ".join("\n".join(claim_page(claim, page())).split())
    assert "the text does not say the reference area" in words


@pytest.mark.parametrize(
    ("text", "measure", "reading"),
    [
        ("31.5 billion USD", "level", "printed to 0.1 billion USD, so 31.45–31.55 billion USD"),
        ("30.1 %", "growth", "printed to 0.1 points, so 30.05–30.15%"),
        ("64 %", "share", "printed to 1 point, so 63.50–64.50%"),
        ("0.00012 t", "level", "printed to 0.00001 t, so 0.000115–0.000125 t"),
        ("16 {documents}", "level", "a count in whole numbers, so exactly 16 documents"),
        ("over 100 million USD", "level", '"over" sets a bound: more than 100.00 million USD'),
        ("up to 3 million t", "level", '"up to" sets a bound: at most 3.00 million t'),
        ("tripled", "multiple", "said in words: 2.50–3.50 times"),
        ("about 171.2 billion USD", "level", '"about" opens a window: 170.70–171.70 billion USD'),
    ],
)
def test_strict_readings_have_a_reason(text: str, measure: str, reading: str) -> None:
    figure = parse_figure(text, measure)
    assert strict_reading(figure, figure) == reading


def test_ends_that_are_left_out_are_said() -> None:
    figure = parse_figure("1.5 billion USD")
    assert limits(Interval(F(10**9), F(2 * 10**9), False, True), figure) == "just over 1.00 to 2.00 billion USD"
    assert limits(Interval(F(-2 * 10**9), F(10**9), True, False), figure) == "-2.00 to just under 1.00 billion USD"
    assert limits(Interval(None, F(10**9), False, False), figure) == "less than 1.00 billion USD"
    assert amount(F(1, 10**7), parse_figure("1 t")) == "0.0000000001 t"


# --- the arithmetic -------------------------------------------------------------------------------------------------

VALUES = st.builds(F, st.integers(-60, 60), st.sampled_from([1, 2, 3, 7]))
PLAINLY = replace(PLAIN, decimals=30)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> Expression:
    """Expressions over the variables a, b and c."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        if draw(st.booleans()):
            return Variable(draw(st.sampled_from("abc")))
        return Number(F(draw(st.integers(0, 9))))
    operator = draw(st.sampled_from("+-*/"))
    return Binary(operator, draw(expressions(depth=depth - 1)), draw(expressions(depth=depth - 1)))


def values_like(values: dict[str, F]) -> dict[str, Given | tuple[Given, ...]]:
    return {name: Given(f"({value})", value, PLAINLY) for name, value in values.items()}


@given(expressions(), st.fixed_dictionaries(dict.fromkeys("abc", VALUES)))
def test_arithmetic_has_the_right_value_and_reads_back(node: Expression, values: dict[str, F]) -> None:
    term = worked_out(node, values_like(values))
    try:
        expected: F | None = evaluate(node, values)
    except NoValue:
        expected = None
    assert term.value == expected
    if expected is None:
        return
    again = parse_condition(f"{inline(term)} == 0")
    assert isinstance(again, Comparison)
    assert evaluate(again.left, {}) == expected
    lines = list(steps(term))
    assert bool(lines) == isinstance(node, Binary)


SIDES = (
    "now / then - 1",
    "part / whole",
    "sum(terms) - sum(less)",
    "2 * now - then",
    "sum(terms) / sum(terms / (1 + less))",
)


@given(st.sampled_from(SIDES), st.data())
def test_extremes_are_where_they_are_said_to_be(side: str, data: st.DataObject) -> None:
    condition = parse_condition(f"{side} == 0")
    assert isinstance(condition, Comparison)
    node = condition.left
    names = sorted(set(re.findall("[a-z]+", side)) - {"sum"})
    size = data.draw(st.integers(1, 3))
    box = {
        name: tuple(data.draw(intervals()) for _ in range(size)) if name in ("terms", "less") else data.draw(intervals())
        for name in names
    }
    addressed: dict[Operand, Interval] = {}
    for name, own in box.items():
        members = [(None, own)] if isinstance(own, Interval) else list(enumerate(own))
        addressed |= {Operand(name, index): member for index, member in members}
    try:
        whole = hull(value_range(node, box))
    except Undecidable:
        return
    for wanted in (whole.low, whole.high):
        corner = None if wanted is None else extreme(node, addressed, wanted)
        if corner is None:
            continue
        at = {o: own.high if corner.at_high.get(o, False) else own.low for o, own in addressed.items()}
        values = {
            name: at[Operand(name)] if isinstance(own, Interval) else tuple(at[Operand(name, i)] for i in range(size))
            for name, own in box.items()
        }
        assert evaluate(node, values) == wanted  # type: ignore[arg-type]


def test_units_that_nobody_would_know_are_not_shown() -> None:
    def figure(text: str) -> Figure:
        return parse_figure(text)

    price, tons = figure("500 USD/t"), figure("3 t")
    condition = parse_condition("revenue == price * tons + 1")
    assert isinstance(condition, Comparison)
    given_values = {
        "price": Given("$500/t", price.face, price),
        "tons": Given("3 t", tons.face, tons),
    }
    lines = list(steps(worked_out(condition.right, given_values), figure("1,500 USD")))
    assert lines == ["price * tons + 1 = ($500/t * 3 t) + 1 = 1,501 USD"]


def test_the_ends_of_very_many_figures_are_not_looked_for() -> None:
    condition = parse_condition("total == sum(parts)")
    assert isinstance(condition, Comparison)

    def lowest(count: int) -> object:
        parts = {Operand("parts", index): Interval(F(1), F(2)) for index in range(count)}
        return extreme(condition.right, parts, F(count))

    assert lowest(100) is not None
    assert lowest(5000) is None


def test_long_sums_are_cut_short() -> None:
    condition = parse_condition("total == sum(parts)")
    assert isinstance(condition, Comparison)
    one = parse_figure("1 t")
    term = worked_out(condition.right, {"parts": tuple(Given("1 t", one.face, one) for _ in range(40))})
    assert inline(term).endswith("1 t + 30 more")
    assert list(steps(term)) == [f"sum(parts) = {inline(term)} = 40 t"]


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the five documents to work in."""
    for name in ("documents", "claims"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


Explain = Callable[..., tuple[int, str, str]]


@pytest.fixture
def explain(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Explain:
    """The command: exit code, stdout, stderr."""

    def run_it(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["crosscheck", "explain", *words])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        return int(stopped.value.code or 0), out, err

    return run_it


@pytest.mark.parametrize("name", [GROWTH, GROWTH[:-4], "c8c0c20609a1", "c8c0"])
def test_a_check_is_found_by_a_prefix_of_its_id(explain: Explain, name: str) -> None:
    code, out, err = explain(name)
    assert (code, err) == (0, "")
    assert out.split("\n")[1] == GROWTH
    assert "growth of trade turnover, Kazakhstan–China, 2023 against 2022" in out


@pytest.mark.parametrize(
    "name",
    [
        "urumqi-2024-06-26#turnover-2023-growth",
        "turnover-2023-growth",
        "documents/urumqi-2024-06-26.md:26:60",
        "urumqi-2024-06-26.md:26:60",
        "./documents/urumqi-2024-06-26.md:26:60",
    ],
)
def test_a_figure_is_found_by_id_and_by_place(explain: Explain, name: str) -> None:
    code, out, err = explain(name)
    assert (code, err) == (0, "")
    assert "urumqi-2024-06-26#turnover-2023-growth\n" in out
    assert f"     {GROWTH}\n" in out


def test_a_rule_and_a_finding_of_reading_are_found(explain: Explain) -> None:
    out = explain("same-figure-twice")[1]
    assert out.startswith("same-figure-twice (stable")
    assert "\nExamples:\n" in out
    assert explain("reading/no-direction")[1].startswith("reading/no-direction\n")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("turnover-2023", "urumqi-2024-06-26#turnover-2023, urumqi-trade-mission#turnover-2023"),
        ("documents/urumqi-2024-06-26.md:26", "urumqi-2024-06-26#turnover-2023-growth, urumqi-2024-06-26#turnover-2023"),
        ("same-figure-twice:", "same-figure-twice:40991e741ec5"),
        ("turnovr-2023-growth", 'did you mean "turnover-2023-growth"?'),
        ("same-figur", "did you mean same-figure-twice?"),
        ("growth-not-maching-levels", 'did you mean "growth-not-matching-levels"?'),
        ("nothing-of-the-kind", "`crosscheck rules list`"),
        ("documents/nowhere.md:1:1", "`crosscheck rules list`"),
        ("", "`crosscheck rules list`"),
    ],
)
def test_names_of_several_things_or_of_none_are_refused(explain: Explain, name: str, says: str) -> None:
    code, out, err = explain(name)
    assert (code, out) == (2, "")
    assert says in err


def test_options(explain: Explain, project: Path) -> None:
    assert explain("same-figure-twice", "--isolated")[0] == 2
    own = "rules: [{id: own-rule, title: T, why: W, variables: {a: {indicator: exports}}, assert: a >= 0, subject: a}]"
    (project / "own.yaml").write_text(own, encoding="utf-8")
    code, out, _ = explain("own-rule", "--rules", "own.yaml", "--isolated")
    assert code == 0
    assert "Checks of this rule (0)" in out
    assert explain("own-rule", "--rules", "own.yaml")[1].count("own-rule:") > 3
    code, _, err = explain(GROWTH, "--color", "alway")
    assert code == 2
    assert 'did you mean "always"?' in err
    assert "\x1b[1m" in explain(GROWTH, "--color", "always")[1]
    (project / "claims" / "broken.yaml").write_text("claims: [{}]", encoding="utf-8")
    assert explain(GROWTH)[0] == 2


def test_levels_and_their_reasons_cannot_drift_apart() -> None:
    for check in (*run().checks, *example_checks()):
        said = list(reasons(check.binding, check.assessment))
        words = {"error": "error", "warning": "warning", "note": "note", "none": "not reported"}[check.level]
        assert words in said[-1], said
