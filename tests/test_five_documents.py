"""The five documents: what their claims must lead to, line by line, and that digests and claim files keep in step."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from crosscheck.checking.assessment import CONSISTENT, CONTRADICTION, RECONCILABLE, UNVERIFIABLE
from crosscheck.checking.checks import Check, Run, check_claims, faults
from crosscheck.checking.levels import ERROR, NONE, NOTE, WARNING
from crosscheck.checking.noticed import noticed
from crosscheck.checking.solving import Operand
from crosscheck.claims.codelists import CodeLists, load_codelists
from crosscheck.claims.files import check_codes, read_claim_files
from crosscheck.claims.links import ClaimFile
from crosscheck.claims.model import Claim
from crosscheck.figures.figure import BOUND, HEDGE, interval_from_base
from crosscheck.figures.interval import Interval
from crosscheck.figures.text import parse_figure
from crosscheck.rules.files import read_rule_files
from crosscheck.rules.model import Rule

ROOT = Path(__file__).resolve().parents[1]
OFFERS = "commercial-agreements"
URUMQI = "urumqi-2024-06-26"
MISSION = "urumqi-trade-mission"
MEETING = "xinjiang-meeting-2025-08-26"
VISIT = "xinjiang-visit-2023-10-19"

GROWTH, SHARE, SUM = "growth-not-matching-levels", "share-not-matching-levels", "total-not-sum-of-terms"
SAME, MULTIPLE, LIST = "same-figure-twice", "multiple-not-matching-levels", "list-not-adding-up"
NAMED_LIKE_WHOLE, UNNAMED_SOURCES = "part-named-like-its-whole", "levels-of-unnamed-sources"


@cache
def claim_files() -> tuple[ClaimFile, ...]:
    return read_claim_files([ROOT / "claims"])


@cache
def claims() -> dict[str, Claim]:
    return {claim.id: claim for file in claim_files() for claim in file.claims}


@cache
def rules() -> tuple[Rule, ...]:
    return read_rule_files([ROOT / "rules"], shipped=True)


@cache
def codelists() -> CodeLists:
    return load_codelists([ROOT / "codelists" / name for name in ("areas.yaml", "indicators.yaml")])


@cache
def run() -> Run:
    return check_claims(list(claims().values()), rules(), codelists())


def check(rule: str, subject: str, among: Run | None = None) -> Check:
    """The one check of a rule about a figure."""
    found = [
        check
        for check in (among or run()).checks
        if check.rule.id == rule and subject in {claim.id for claim in check.subject.claims}
    ]
    assert len(found) == 1, f"{len(found)} checks of {rule} about {subject}"
    return found[0]


def operands(found: Check) -> dict[str, set[str]]:
    """Ids of claims by role."""
    roles: dict[str, set[str]] = {}
    for role, operand in found.binding.operands():
        roles.setdefault(role, set()).update(claim.id for claim in operand.claims)
    return roles


def operands_of(found: Check) -> set[str]:
    """Ids of all claims that take part."""
    return set().union(*operands(found).values())


def printed_unit(found: Check, interval: Interval | None) -> str:
    """An interval of the subject in the unit that its figure is printed in."""
    assert interval is not None
    return str(interval_from_base(interval, found.subject.first.figure.unit))


def implied(found: Check, role: str) -> str:
    return str(found.assessment.implied[Operand(role)])


# --- what the claims must lead to ---------------------------------------------------------------------------------


def test_growth_of_30_1_percent_does_not_follow() -> None:
    found = check(GROWTH, f"{URUMQI}#turnover-2023-growth")
    assert (found.verdict, found.level, found.assessment.reading) == (RECONCILABLE, WARNING, "strict")
    assert operands(found) == {
        "growth": {f"{URUMQI}#turnover-2023-growth"},
        "now": {f"{URUMQI}#turnover-2023", f"{MISSION}#turnover-2023"},
        "then": {f"{OFFERS}#turnover-2022"},
    }
    assert printed_unit(found, found.assessment.stated) == "[601/20, 603/20]"  # 30.05 to 30.15
    assert printed_unit(found, found.assessment.computed_face) == "[125/4, 125/4]"  # 31.25
    assert printed_unit(found, found.assessment.computed) == "[1390/49, 1610/47]"  # 28.37 to 34.26
    assert implied(found, "then") == "[62900000000000/2603, 63100000000000/2601]"  # 24.164 to 24.260 billion
    assert found.assessment.gap == Fraction("0.0115")
    assert found.assessment.material
    assert found.assessment.strained
    assert found.assessment.strain is not None
    assert round(float(found.assessment.strain), 3) == 0.387
    assert found.assessment.room is not None
    assert round(float(found.assessment.room), 3) == 0.095  # of 23.5 to 24.5: its next digit is told


def test_almost_half_is_not_64_percent() -> None:
    """Undated, so that it is taken to be about 2023, the last full year when it was said; hence a warning at most."""
    share = f"{URUMQI}#xinjiang-share"
    twice, levels = check(SAME, share), check(SHARE, share)
    for found in (twice, levels):
        assert (found.verdict, found.level) == (CONTRADICTION, WARNING)
        assert [(a.claim, a.dimension, a.value) for a in found.assumptions] == [(share, "time_period", "2023")]
        assert str(found.assessment.stated) == "[9/20, 1/2)"
    assert operands(twice) == {"figure": {share}, "again": {f"{MISSION}#xinjiang-share-2023"}}
    assert str(twice.assessment.computed) == "[127/200, 129/200]"
    assert operands(levels)["part"] == {f"{MISSION}#turnover-xinjiang-2023"}
    assert operands(levels)["whole"] == {f"{URUMQI}#turnover-2023", f"{MISSION}#turnover-2023"}
    assert str(levels.assessment.computed) == "[405/631, 11/17]"  # 64.18 to 64.71 percent


def test_a_part_is_named_like_its_whole() -> None:
    """The claim is corrected to Xinjiang and the warning stays, as what is printed still says China."""
    share = f"{MISSION}#xinjiang-share-2023"
    found = check(NAMED_LIKE_WHOLE, share)
    assert (found.verdict, found.level) == (CONTRADICTION, WARNING)
    assert claims()[share].dimensions["counterpart_area"] == "CN-XJ"
    assert claims()[share].printed_dimensions()["counterpart_area"] == "CN"
    mended = replace(claims()[share], known={})
    assert not [c for c in rerun({share: mended}).checks if c.rule.id == NAMED_LIKE_WHOLE]


def test_10_3_percent_names_no_direction() -> None:
    (found,) = noticed(claims().values())
    assert (found.claim.id, found.level) == (f"{URUMQI}#turnover-2024-january-april-growth", WARNING)
    assert str(found.if_up) == "[17000000000000/2207, 3800000000000/441]"  # 7.70 to 8.62 billion
    assert str(found.if_down) == "[3400000000000/359, 19000000000000/1793]"  # 9.47 to 10.60 billion
    assert not bindings_with(found.claim.id)


def test_growth_of_12_6_percent_fits_by_rounding() -> None:
    found = check(GROWTH, f"{URUMQI}#exports-2023-growth")
    assert (found.verdict, found.level, found.assessment.reading) == (RECONCILABLE, NOTE, "strict")
    assert operands(found)["now"] == {f"{URUMQI}#exports-2023"}
    assert operands(found)["then"] == {f"{OFFERS}#exports-2022"}
    assert printed_unit(found, found.assessment.computed_face) == "[170/13, 170/13]"  # 13.08
    assert printed_unit(found, found.assessment.computed) == "[230/27, 18]"  # 8.52 to 18.00
    assert not found.assessment.material
    assert not found.assessment.strained


def test_no_growth_is_computed_across_unnamed_sources() -> None:
    found = check(UNNAMED_SOURCES, f"{MEETING}#turnover-2024")
    assert (found.verdict, found.level) == (UNVERIFIABLE, NOTE)
    assert operands(found)["earlier"] == {f"{URUMQI}#turnover-2023", f"{MISSION}#turnover-2023"}
    assert found.binding.missing is not None
    assert found.binding.missing.role == "growth"
    both = {f"{MEETING}#turnover-2024", f"{URUMQI}#turnover-2023"}
    assert [other.rule.id for other in run().checks if both <= operands_of(other)] == [UNNAMED_SOURCES]


@pytest.mark.parametrize(
    ("rule", "subject", "others"),
    [
        (SHARE, f"{MISSION}#xinjiang-share-2023", {f"{MISSION}#turnover-xinjiang-2023", f"{URUMQI}#turnover-2023"}),
        (SUM, f"{OFFERS}#turnover-2022", {f"{OFFERS}#exports-2022", f"{OFFERS}#imports-2022"}),
        (
            LIST,
            f"{OFFERS}#documents-signed",
            {f"{OFFERS}#interregional-agreements", f"{OFFERS}#memoranda", f"{OFFERS}#commercial-agreements-signed"},
        ),
        (SAME, f"{MISSION}#turnover-2023", {f"{URUMQI}#turnover-2023"}),
        (SAME, f"{OFFERS}#agreements-value-headline", {f"{OFFERS}#agreements-value"}),
    ],
    ids=["64 percent", "24 = 11 + 13", "16 = 6 + 5 + 5", "31.5 twice", "565 twice"],
)
def test_consistent_and_counted_as_checked(rule: str, subject: str, others: set[str]) -> None:
    found = check(rule, subject)
    assert (found.verdict, found.level) == (CONSISTENT, NONE)
    assert operands_of(found) >= others | {subject}
    assert found.rule.is_equality


SIZES = [
    (f"{VISIT}#turnover-xinjiang-2023-january-june", f"{MISSION}#turnover-xinjiang-2023"),
    (f"{URUMQI}#turnover-2024-january-april", f"{MEETING}#turnover-2024"),
    (f"{MEETING}#turnover-xinjiang-2024", f"{MEETING}#turnover-2024"),
    (f"{MEETING}#agricultural-exports-2024", f"{MEETING}#turnover-2024"),
    (f"{MISSION}#turnover-xinjiang-2023", f"{MISSION}#turnover-2023"),
]


@pytest.mark.parametrize(("smaller", "larger"), SIZES)
def test_consistent_for_size_only(smaller: str, larger: str) -> None:
    found = [
        found
        for found in run().checks
        if smaller in {claim.id for claim in found.subject.claims}
        and not found.rule.is_equality
        and larger in operands_of(found)
    ]
    assert len(found) == 1
    assert (found[0].verdict, found[0].level) == (CONSISTENT, NONE)


@pytest.mark.parametrize(
    ("rule", "subject", "low", "high"),
    [
        # 4.507 to 4.584, 1.298 to 1.308, 7.86 to 8.62, 3.57 to 5.40 billion
        (GROWTH, f"{VISIT}#turnover-xinjiang-2023-january-june-growth", "13520000000/3", "1710000000000/373"),
        (GROWTH, f"{MEETING}#agricultural-exports-2024-growth", "2870000000000/2211", "2890000000000/2209"),
        (GROWTH, f"{OFFERS}#imports-2022-growth", "21000000000000/2671", "23000000000000/2669"),
        (MULTIPLE, f"{OFFERS}#exports-2022-multiple", "25000000000/7", "5400000000"),
    ],
    ids=["87 percent", "10.5 percent", "33.5 percent", "tripled"],
)
def test_a_missing_base_is_implied(rule: str, subject: str, low: str, high: str) -> None:
    found = check(rule, subject)
    assert (found.verdict, found.level) == (UNVERIFIABLE, NONE)
    assert found.binding.missing is not None
    assert found.binding.missing.role == "then"
    assert str(found.assessment.missing) == f"[{low}, {high}]"


def test_more_than_40_percent_is_never_tried_on_a_year_to_come() -> None:
    """Said in October 2023, when there was no full 2023: against 2022 a part is missing."""
    found = check(SHARE, f"{VISIT}#xinjiang-share")
    assert (found.verdict, found.level) == (UNVERIFIABLE, NONE)
    assert [a.value for a in found.assumptions] == ["2022"]
    assert printed_unit(found, found.assessment.stated) == "(40, inf)"
    about = [found for found in run().checks if f"{VISIT}#xinjiang-share" in operands_of(found)]
    assert {found.verdict for found in about if len(found.rule.variables) > 1} == {UNVERIFIABLE}


def bindings_with(identifier: str) -> list[Check]:
    return [found for found in run().checks if identifier in operands_of(found)]


def test_plans_and_offers_are_never_operands() -> None:
    kept = [claim for claim in claims().values() if claim.modality in ("plan", "offer")]
    printed = sorted(claim.printed for claim in kept)
    assert printed == ["$1 billion", "135", "250,000 tons", "3 million tons", "500 thousand tons"]
    assert not [found for claim in kept for found in bindings_with(claim.id)]


def test_no_error_three_warnings_of_rules_two_kinds_of_notes() -> None:
    found = [(group[0].level, group[0].rule.id, group[0].subject.first.id) for group in faults(run().checks)]
    assert Counter(level for level, _, _ in found) == {WARNING: 3, NOTE: 3}
    assert not [check for check in run().checks if check.level == ERROR]
    warnings = {(rule, subject) for level, rule, subject in found if level == WARNING}
    assert warnings == {
        (GROWTH, f"{URUMQI}#turnover-2023-growth"),
        (SAME, f"{URUMQI}#xinjiang-share"),
        (NAMED_LIKE_WHOLE, f"{MISSION}#xinjiang-share-2023"),
    }
    notes = {(rule, subject) for level, rule, subject in found if level == NOTE}
    assert notes == {
        (GROWTH, f"{URUMQI}#exports-2023-growth"),
        (UNNAMED_SOURCES, f"{MEETING}#turnover-2024"),
        (UNNAMED_SOURCES, f"{MEETING}#turnover-xinjiang-2024"),  # 22 beside 20.3, the same remark on the part
    }


def test_one_fault_is_one_message() -> None:
    group = next(g for g in faults(run().checks) if g[0].subject.first.id == f"{URUMQI}#xinjiang-share")
    assert [found.rule.id for found in group] == [SAME, SHARE]
    assert group[0].related == (group[1].id,)


def test_what_was_done_with_each_figure() -> None:
    figures = run().figures
    assert (figures["found"], figures["checked"], figures["size_only"], figures["plans"]) == (35, 17, 5, 5)
    assert figures["nothing_to_compare"] + figures["alone"] == 8
    verdicts = run().verdicts
    assert (verdicts[RECONCILABLE], verdicts[CONTRADICTION]) == (2, 3)
    assert not run().stopped_rules


# --- another figure, another verdict ------------------------------------------------------------------------------


def rerun(changed: dict[str, Claim]) -> Run:
    """The run with some claims changed."""
    return check_claims(list({**claims(), **changed}.values()), rules(), codelists())


def with_figure(identifier: str, text: str) -> Run:
    claim = claims()[identifier]
    return rerun({identifier: replace(claim, figure=parse_figure(text, claim.measure))})


def test_a_finer_level_settles_the_growth() -> None:
    growth = f"{URUMQI}#turnover-2023-growth"
    within = check(GROWTH, growth, with_figure(f"{OFFERS}#turnover-2022", "24.2 billion USD"))
    assert (within.verdict, within.level) == (RECONCILABLE, NOTE)
    assert check(GROWTH, growth, with_figure(f"{OFFERS}#turnover-2022", "24.21 billion USD")).verdict == CONSISTENT
    beyond = check(GROWTH, growth, with_figure(f"{OFFERS}#turnover-2022", "24.0 billion USD"))
    assert (beyond.verdict, beyond.level) == (CONTRADICTION, WARNING)  # two documents of different dates


def test_a_list_with_one_more_document_contradicts_its_total() -> None:
    total = f"{OFFERS}#documents-signed"
    found = check(LIST, total, with_figure(total, "17 {documents}"))
    assert (found.verdict, found.level) == (CONTRADICTION, ERROR)


@pytest.mark.parametrize(
    "change",
    [
        lambda claim: replace(claim, modality="estimate"),
        lambda claim: replace(claim, dimensions={**claim.dimensions, "time_period": "_U"}),
        lambda claim: replace(claim, figure=parse_figure("5 t")),
    ],
    ids=["an estimate", "undated", "of another kind of unit"],
)
def test_a_complete_list_is_not_added_without_one_of_its_items(change: Callable[[Claim], Claim]) -> None:
    item = f"{OFFERS}#memoranda"
    found = rerun({item: change(claims()[item])})
    assert not [check for check in found.checks if check.rule.id == LIST]


def test_a_complete_list_is_not_added_when_an_item_contradicts_itself() -> None:
    item = claims()[f"{OFFERS}#memoranda"]
    again = replace(item, id=f"{OFFERS}#memoranda-again", figure=parse_figure("7 {memoranda}"), list_item=None)
    found = rerun({again.id: again})
    assert not [check for check in found.checks if check.rule.id == LIST]
    twice = [check for check in found.checks if check.rule.id == SAME and again.id in operands_of(check)]
    assert [(check.verdict, check.level) for check in twice] == [(CONTRADICTION, ERROR)]


def test_the_order_of_claims_and_rules_makes_no_difference() -> None:
    backwards = check_claims(list(claims().values())[::-1], rules()[::-1], codelists())
    assert [signature(check) for check in backwards.checks] == [signature(check) for check in run().checks]
    assert backwards.figures == run().figures


def signature(found: Check) -> tuple[object, ...]:
    return found.id, found.fingerprint, found.verdict, found.level, found.related, operands(found)


# --- digests and claim files keep in step -------------------------------------------------------------------------

DIGESTS = pytest.mark.parametrize("file", claim_files(), ids=lambda file: file.document.id)


def text_of(file: ClaimFile) -> str:
    """The digest as places count it: code points, newlines untouched."""
    assert file.document.path is not None
    return (ROOT / file.document.path).read_bytes().decode("utf-8-sig")


def test_every_digest_has_its_claim_file() -> None:
    paths = {path.relative_to(ROOT).as_posix() for path in (ROOT / "documents").iterdir()}
    assert {file.document.path for file in claim_files()} == paths
    assert len(claim_files()) == 5
    assert not check_codes(claim_files(), codelists())


@DIGESTS
def test_the_digest_is_the_one_that_was_read(file: ClaimFile) -> None:
    assert file.document.path is not None
    content = (ROOT / file.document.path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == file.document.sha256
    head = text_of(file).split("---\n")[1]
    assert f"title: {file.document.title}\n" in head
    assert f"publisher: {file.document.publisher}\n" in head
    assert ("published:" in head) == (file.document.published is not None)
    assert file.document.published is None or f"published: {file.document.published}\n" in head


@DIGESTS
def test_every_place_leads_to_what_is_printed_there(file: ClaimFile) -> None:
    text = text_of(file)
    for claim in file.claims:
        place = claim.place
        assert place.start is not None, claim.id
        assert place.end is not None, claim.id
        assert text[place.start : place.end] == place.printed, claim.id
        before = text[: place.start]
        assert place.line == before.count("\n") + 1, claim.id
        assert place.column == len(before) - (before.rfind("\n") + 1) + 1, claim.id
        for dimension, known in claim.known.items():
            if known.start is not None:
                assert text[known.start : known.end].strip(), f"{claim.id} {dimension}"


# Words of the digests that say what a qualifier of figure text says.
SYNONYMS = {"exceeds": "over"}


@DIGESTS
def test_every_figure_is_what_the_digest_prints(file: ClaimFile) -> None:
    text = text_of(file)
    for claim in file.claims:
        assert claim.place.printed is not None
        printed = parse_figure(claim.place.printed, claim.measure)
        assert printed.face == claim.figure.face, claim.id
        assert printed.unit.kind == claim.figure.unit.kind, claim.id
        if printed.strict != claim.figure.strict:
            assert claim.figure.kind in (BOUND, HEDGE), claim.id
            before = text[: claim.place.start].split()
            said = [" ".join(before[-words:]) for words in (2, 1)]
            hedged = [parse_figure(f"{SYNONYMS.get(w, w)} {claim.place.printed}") for w in said if is_hedge(w)]
            assert hedged, f"{claim.id}: {said}"
            assert hedged[0].strict == claim.figure.strict, claim.id


def is_hedge(words: str) -> bool:
    return words in ("almost", "some", "over", "more than", "up to", *SYNONYMS)


# The documents of the corpus and the digests that tell the same facts.
CORPUS = {"000": MEETING, "001": MISSION, "002": URUMQI, "003": VISIT, "004": OFFERS}
NO_STATISTIC = ("duration",)
NO_STATISTIC_UNITS = ("regions", "nations", "states", "countries")
UNITS = {"documents": "", "agreements": "", "memoranda": "", "products": "", "kilometre": "km", "ton": "t"}
KINDS = {"count": "level", "growth_factor": "multiple"}


def test_claims_are_all_the_figures_of_the_marked_documents(shared: Path) -> None:
    marked = json.loads((shared / "corpus" / "gold.json").read_text(encoding="utf-8"))["quantities"]
    assert len(marked) == 45
    expected = Counter(
        (CORPUS[q["doc"]], KINDS.get(q["kind"], q["kind"]), face(q["value"], q["unit"]), is_plan(q.get("modality")))
        for q in marked
        if q["kind"] not in NO_STATISTIC and q["unit"] not in NO_STATISTIC_UNITS
    )
    found = Counter(
        (claim.document.id, claim.measure, float(claim.figure.face), claim.modality != "fact")
        for claim in claims().values()
    )
    # what is offered for export is a plan of ours, and no modality in the marks
    products = (OFFERS, "level", 135.0)
    assert expected[*products, False] == found[*products, True] == 1
    assert minus(expected, [(*products, False)]) == minus(found, [(*products, True)])


def face(value: float, unit: str) -> float:
    return float(parse_figure(f"{value:.10f} {UNITS.get(unit, unit)}").face)


def is_plan(modality: str | None) -> bool:
    return modality in ("plan", "proposal")


def minus(counts: Counter[tuple[str, str, float, bool]], less: Iterable[tuple[str, str, float, bool]]) -> object:
    return counts - Counter(less)
