"""The pages of the records in `content/`, a page of every sort: what a browser finds wrong in each.

The same is tried of the medium ledger, test by test; here the words and lengths are those that editors wrote.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import OF_THE_FLAGSHIP, barriers, widths, wrong_on_paper
from playwright.sync_api import Page

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.content]


@pytest.mark.parametrize("address", OF_THE_FLAGSHIP)
def test_a_page_has_no_barrier_and_fits_every_window_and_paper(
    page_with: Callable[..., Page], flagship_folder: Path, address: str
) -> None:
    page = page_with(reduced_motion="reduce")
    errors: list[str] = []
    page.once("pageerror", lambda error: errors.append(str(error)))
    page.goto((flagship_folder / address).as_uri())
    assert (widths(page), wrong_on_paper(page), barriers(page), errors) == ([], [], [], [])


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_every_page_fits_every_window(page_with: Callable[..., Page], flagship_folder: Path) -> None:
    page, broad = page_with(java_script_enabled=False), {}
    for path in sorted(flagship_folder.rglob("*.html")):
        if b'http-equiv="refresh"' not in path.read_bytes():
            page.goto(path.as_uri())
            broad |= {path.name: found} if (found := widths(page)) else {}
    assert broad == {}
