"""Fixtures and Hypothesis profiles for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# `ci` is the default everywhere: the same examples on every machine and in every run, so that a red build can
# be repeated. A slow machine is no reason to fail: no deadline, and no complaint about slow generation.
SLOW_IS_FINE = [HealthCheck.too_slow]
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=40,
    suppress_health_check=SLOW_IS_FINE,
    print_blob=True,
)
# New examples in every run, for who looks for trouble: `pytest --hypothesis-profile=search`.
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=SLOW_IS_FINE)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the repository (corpus, outside judges); the test is skipped without it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "corpus").is_dir() or not (folder / "judges").is_dir():
        pytest.skip("no folder `shared` with corpus and judges beside the repository")
    return folder
