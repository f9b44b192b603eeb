"""The pictures in the documentation: `make screenshots` builds the flagship ledger and photographs it in Chromium.

In: perhaps a folder to write to. Out: for each view a picture in light, in dark and at the width of a phone, in
`docs/images/` where no folder is given.
"""

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from ledger import cli

HERE = Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
VIEWS = {
    "controversy": "controversies/scaling-laws-wall.html",
    "claim": "claims/chinchilla-equal-scaling.html",
    "source": "sources/hoffmann-2022.html",
    "search": "search.html?q=chinchila",
}
"""Name of the picture → page, with what is searched for."""
FORMS = (("", "light", 1100), ("-dark", "dark", 1100), ("-phone", "light", 375))
"""End of the picture's name, theme, width in pixels."""


def main() -> int:
    """Write every picture."""
    images = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "images"
    images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        if code := cli.main(["build", "--content", str(HERE.parent / "content"), "--output", str(site)]):
            return code
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for (name, address), (ending, theme, width) in product(VIEWS.items(), FORMS):
            page = browser.new_page(viewport={"width": width, "height": 860}, color_scheme=theme)
            page.goto(f"{site.as_uri()}/{address}")
            if "?q=" in address:
                page.locator("#search-results mark").first.wait_for()
            page.screenshot(path=images / f"{name}{ending}.png")
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
