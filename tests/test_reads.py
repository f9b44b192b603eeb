"""What a page reads, and so which pages another content changes."""

import shutil
from pathlib import Path

from making import SMALL, ledger_at, site_of


def test_a_newer_date_changes_the_pages_that_show_it_and_no_others(tmp_path: Path):
    """The newest date of the whole ledger stands on the home page, not around every page."""
    content = tmp_path / "content"
    shutil.copytree(SMALL, content)
    dated = content / "claims/late-is-bad.md"
    text = dated.read_text("utf-8")
    before = site_of(ledger_at(content))
    dated.write_text(text.replace("added: 1903-01-02\n", "added: 1903-01-02\nupdated: 1903-02-10\n"), "utf-8")
    after = site_of(ledger_at(content))
    assert {path for path in before if path.endswith(".html") and before[path] != after[path]} == {
        "index.html",
        "whats-new.html",
        "gaps.html",
        "claims/index.html",
        "claims/late-is-bad.html",
        "controversies/harbour-clock.html",
        "controversies/harbour-clock/fairness.html",
    }
