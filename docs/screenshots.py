"""The pictures in the documentation: `make screenshots` builds the flagship ledger and photographs it in Chromium.

In: perhaps a folder to write to. Out: for each view a picture in light, in dark and at the width of a phone, in
`docs/images/` where no folder is given; and for each example in `customising.md` a part of a page that shows it.
"""

import re
import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import cli

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).resolve().parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
VIEWS = {
    "controversy": "controversies/scaling-laws-wall.html",
    "evidence": "controversies/scaling-laws-wall/evidence.html",
    "people": "controversies/scaling-laws-wall/people.html",
    "story": "controversies/scaling-laws-wall/story.html",
    "claim": "claims/training-returns-flattening.html",
    "chart": "charts/text-stock.html",
    "search": "search.html?q=chinchila",
}
"""Name of the picture → page, with what is searched for."""
FORMS = (("", "light", 1100), ("-dark", "dark", 1100), ("-phone", "light", 375))
"""End of the picture's name, theme, width in pixels."""


CUSTOMISING = HERE / "customising.md"
SKELETON = HERE.parent / "ledger/skeleton/content"
CLAIM = "claims/hot-water-can-freeze-first.html"
TOP, FOOT = {"x": 0, "y": 0, "width": 1100, "height": 260}, ".site-footer"
LOOKS: dict[str, tuple[str, str, str, object]] = {
    "own-repository": ("A link to the repository", CLAIM, "light", FOOT),
    "own-mark": ("A mark", CLAIM, "light", TOP),
    "own-colours": ("Colours", "index.html", "light", TOP),
    "own-colours-dark": ("Colours", "index.html", "dark", TOP),
    "own-navigation": ("Navigation", "pages/about-us.html", "light", TOP),
    "own-line": ("A line of your own on every page", CLAIM, "light", FOOT),
    "own-page": ("One sort of page", CLAIM, "light", TOP),
}
"""Name of the picture → section with the example, page, theme, and which part of it is shown."""


def examples() -> dict[str, dict[str, str]]:
    """Section of `customising.md` → the files that it shows, by path."""
    sections = re.split(r"^## ", CUSTOMISING.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    form = re.compile(r"^In `([^`\n]+)`:\n\n```[a-z]+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
    return {section.partition("\n")[0]: dict(form.findall(section)) for section in sections}


def customised(folder: Path, files: dict[str, str]) -> list[str]:
    """Lay the files of an example over a new ledger in a folder. Out comes how its site is built."""
    shutil.copytree(SKELETON, folder / "content")
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        before = place.read_text(encoding="utf-8") if place.exists() else ""
        place.write_text(before + text, encoding="utf-8")
    own = ["--templates", str(folder / "own")] if (folder / "own").exists() else []
    return ["build", "--content", str(folder / "content"), "--output", str(folder / "site"), *own]


def photograph_looks(browser: "Browser", images: Path) -> int:
    """Write the pictures of `customising.md`."""
    for name, (section, address, theme, part) in LOOKS.items():
        with tempfile.TemporaryDirectory() as folder:
            if code := cli.main(customised(Path(folder), examples()[section])):
                return code
            page = browser.new_page(viewport={"width": 1100, "height": 860}, color_scheme=theme)
            page.goto(f"{(Path(folder) / 'site').as_uri()}/{address}")
            target = images / f"{name}.png"
            page.locator(part).screenshot(path=target) if isinstance(part, str) else page.screenshot(
                path=target, clip=part
            )
            page.close()
    return 0


def main() -> int:
    """Write every picture."""
    from playwright.sync_api import sync_playwright

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
        code = photograph_looks(browser, images)
        browser.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
