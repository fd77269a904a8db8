"""A real browser for the tests: Chromium through Playwright, and the checker of accessibility that runs in it.

Where one of them is missing the tests are skipped, and say why; with PATHWAYS_BROWSER=required, as in CI, they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Without these Chromium asks for hosts of its own at every start, and as root it does not start at all.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def needed(what: str, there: object) -> None:
    """Skip the test where something is not there, or fail where it has to be."""
    if there:
        return
    if os.environ.get("PATHWAYS_BROWSER") == "required":
        pytest.fail(f"{what} is not here, and PATHWAYS_BROWSER=required asks for it")
    pytest.skip(f"{what} is not here")


def program(*names: str) -> str:
    """The first of these programs that is installed."""
    found = next((path for name in names if (path := shutil.which(name))), "")
    needed(names[0], found)
    return found


@contextmanager
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        needed("playwright", there=False)
        raise
    path = program(*NAMES)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
