"""The filings end to end: written as xBRL-JSON, read and checked by the command, against the judges' verdicts."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from commands import run
from judges.test_filings import WORDS, Filing, read_filing, rule_text

from crosscheck.checking.assessment import UNVERIFIABLE
from crosscheck.claims.sdmx_csv import dimension_called
from crosscheck.claims.xbrl_json import period_of

NAMESPACES = {"us-gaap": "http://fasb.org/us-gaap/2023", "iso4217": "http://www.xbrl.org/2003/iso4217"}


def dimensions_of(fact: dict[str, Any]) -> dict[str, str]:
    """The dimensions of a fact of the judges in the words of xBRL-JSON; a moment is the midnight after the day."""
    entity, period, *axes = fact["context"].split("|")
    days = [f"{midnight(day, not (number == 0 and '/' in period))}" for number, day in enumerate(period.split("/"))]
    found = {"concept": fact["concept"], "entity": f"cik:{entity}", "period": "/".join(days)}
    found |= dict(axis.split("=", 1) for axis in axes)
    return found if fact["unit"] == "xbrli:pure" else {**found, "unit": fact["unit"]}


def midnight(day: str, is_end: bool) -> str:
    import datetime

    date = datetime.date.fromisoformat(day) + datetime.timedelta(days=int(is_end))
    return f"{date.isoformat()}T00:00:00"


def report_of(path: Path) -> str:
    content = json.loads(path.read_text(encoding="utf-8"))
    facts = {
        f"f{number}": {"value": fact["value"], "decimals": decimals(fact), "dimensions": dimensions_of(fact)}
        for number, fact in enumerate(content["facts"])
    }
    for fact in facts.values():
        if fact["decimals"] is None:
            del fact["decimals"]
    info = {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": NAMESPACES, "taxonomy": []}
    return json.dumps({"documentInfo": info, "facts": facts})


def decimals(fact: dict[str, Any]) -> int | None:
    return None if fact["decimals"] is None or fact["decimals"].upper() == "INF" else int(fact["decimals"])


def key_of(claim: dict[str, Any]) -> str:
    """A claim's dimensions without its concept, as one text."""
    return json.dumps(sorted((k, v) for k, v in claim.items() if k != "indicator"))


def context_key(fact: dict[str, Any]) -> str:
    own = dict(dimensions_of(fact))
    del own["concept"]
    own.pop("unit", None)
    found = {"reference_area": own.pop("entity"), "time_period": period_of(own.pop("period"))}
    return key_of({**found, **{dimension_called(name): text for name, text in own.items()}})


def checked(filing: Filing, path: Path, folder: Path) -> tuple[int, list[str], Counter[str]]:
    """How many strict entries there are, what of them disagrees, and the verdicts of those with a missing item."""
    sums = {f"sum-{number}": found for number, found in enumerate(dict.fromkeys(map(filing.sum_of, filing.expected)))}
    (folder / f"{filing.name}.json").write_text(report_of(path), encoding="utf-8")
    rules = folder / f"{filing.name}.yaml"
    rules.write_text("rules:\n" + "\n".join(rule_text(*item) for item in sums.items()) + "\n", encoding="utf-8")
    # What no fact reports is known from the calculations alone, as a taxonomy would tell it.
    concepts = sorted({item for _, items in sums.values() for item, _ in items})
    codes = "".join(f'  "{concept}": {{}}\n' for concept in concepts)
    (folder / "concepts.yaml").write_text(f"codelist: {{dimension: indicator}}\ncodes:\n{codes}", encoding="utf-8")
    (folder / "crosscheck.toml").write_text('code_lists = ["concepts.yaml"]\n', encoding="utf-8")
    arguments = ("check", folder / f"{filing.name}.json", "--rules", rules, "--select", "sum-", "--format", "jsonl")
    ran = run(*arguments, "--fail-on", "never", seconds=60)
    assert ran.code == 0, ran.all[:2000]
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for check in filter(lambda entry: entry["type"] == "check", map(json.loads, ran.out.splitlines())):
        subject = next(claim for claim in check["claims"] if claim["role"] == check["subject"])
        found[check["rule"], key_of(subject["dimensions"]), check["stated"]["unit"]].append(check["verdict"])
    names = {whole: name for name, whole in sums.items()}
    wrong, loose, count = [], Counter(), 0
    for entry in filing.expected:
        unit = {"iso4217:USD": "USD", "xbrli:shares": "{shares}"}.get(entry["unit"], "")
        context = context_key({"concept": "", "context": entry["context"], "unit": entry["unit"]})
        verdicts = found[names[filing.sum_of(entry)], context, unit] if unit else None
        if entry["missing_items"] == 0 and verdicts is not None:
            count += 1
            if [WORDS.get(verdict) for verdict in verdicts] != [entry["verdict"]]:
                wrong.append(f"{filing.name} {entry['total']} {entry['context']}: {verdicts}, not {entry['verdict']}")
        elif entry["missing_items"] == 1 and verdicts is not None:
            loose.update(verdicts)
    return count, wrong, loose


def test_filings_from_xbrl_json(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = sorted((shared / "judges" / "filings").glob("*.json"))
    total, faults, loose = 0, [], Counter[str]()
    for path in paths:
        filing = read_filing(path)
        if filing.expected:
            count, wrong, missing = checked(filing, path, tmp_path)
            total, loose = total + count, loose + missing
            faults += wrong
    assert not faults, "\n".join(faults[:20])
    assert total > 1100, "nearly all of the 1,167 strict entries are in dollars or shares"
    assert set(loose) == {UNVERIFIABLE}
