"""The pictures in the documentation: `make screenshots` builds the flagship ledger and photographs it in Chromium."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from ledger import cli

HERE = Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PICTURES = (
    ("controversy", "controversies/scaling-laws-wall.html", "light", 1100),
    ("claim", "claims/chinchilla-equal-scaling.html", "light", 1100),
    ("claim-dark-phone", "claims/chinchilla-equal-scaling.html", "dark", 390),
    ("source", "sources/hoffmann-2022.html", "light", 1100),
)
"""Name of the picture, page, theme, width in pixels."""


def main() -> int:
    """Write every picture to docs/images/."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        if code := cli.main(["build", "--content", str(HERE.parent / "content"), "--output", str(site)]):
            return code
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, address, theme, width in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": 860}, color_scheme=theme)
            page.goto((site / address).as_uri())
            page.screenshot(path=HERE / "images" / f"{name}.png")
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
