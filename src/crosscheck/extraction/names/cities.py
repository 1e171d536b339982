"""The country of a city from which a report is dated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from crosscheck.extraction.names.lexicon import without_accents
from crosscheck.inputs.shipped import shipped
from crosscheck.inputs.yaml_tree import read_file

_NO_LETTER = re.compile(r"[\W_]+")


def country_of_city(name: str) -> str | None:
    """The country (ISO 3166) of a large city, however it is spelt ("Hanoi", "HÀ NỘI", "Ha Noi"), or None."""
    return _countries().get(_key(name))


@cache
def _countries() -> Mapping[str, str]:
    """Countries by the keys of their cities, read when the first is asked for."""
    root = read_file(shipped("codelists") / "cities.yaml").get("cities")
    assert root is not None
    return {_key(city): country for country, _, node in root.pairs() for city in (node.text or "").split(",")}


def _key(name: str) -> str:
    return _NO_LETTER.sub("", without_accents(name).lower())
