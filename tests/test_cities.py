"""The list of cities from which reports are dated."""

from __future__ import annotations

import pytest

from crosscheck.extraction.names.cities import country_of_city
from crosscheck.extraction.names.lexicon import without_accents


@pytest.mark.parametrize(
    ("city", "country"),
    [
        ("Mombasa", "KE"),
        ("HÀ NỘI", "VN"),
        ("Ha Noi", "VN"),
        ("SAO PAULO", "BR"),
        ("São Paulo", "BR"),
        ("Łódź", "PL"),
        ("Lagos", "NG"),
    ],
)
def test_however_it_is_spelt(city: str, country: str) -> None:
    assert country_of_city(city) == country


@pytest.mark.parametrize("name", ["", "Georgia", "Nowhere in Particular", "Victoria"])
def test_what_is_none_or_of_several_countries(name: str) -> None:
    assert country_of_city(name) is None


@pytest.mark.parametrize("text", ["Казахстан", "Київ", "plain", "中国", "Ελλάδα"])
def test_other_scripts_stay_as_they_are(text: str) -> None:
    assert without_accents(text) == text
