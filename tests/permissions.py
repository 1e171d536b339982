"""Permissions that hold for root too, for tests that run as root, as in most containers."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_VERSION = 0x20080522  # of the structures of capget(2), for two words of capabilities
_OVERRIDES = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


@contextmanager
def permissions_hold() -> Iterator[None]:
    """Within it root may only do to files what their permissions say; skips the test where that cannot be had."""
    if sys.platform != "linux":
        if sys.platform == "win32" or os.geteuid() == 0:
            pytest.skip("permissions of files do not hold here")
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    before, fewer = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    if libc.capget(header, before) or libc.capget(header, fewer):
        pytest.skip("the capabilities of this process cannot be read")
    fewer[0] &= ~_OVERRIDES  # of the effective ones; those permitted stay, so that they can be taken again
    if libc.capset(header, fewer):
        pytest.skip("the capabilities of this process cannot be set")
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0
