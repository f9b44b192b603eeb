"""The site of the records in `content/`: what holds for every page and file, in the words that editors wrote.

The program is tested on the medium ledger; here an editor sees that what was written fits.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import recompute
import recompute_changes
import recompute_comparisons
from test_every_page import LARGEST_PAGE, LARGEST_UNPACKED, Offences, compressed
from test_json import unreached
from test_schemas import kept_to

from ledger import texts, urls

pytestmark = pytest.mark.content


@pytest.fixture(scope="module")
def html(flagship_site: Mapping[str, bytes]) -> dict[str, str]:
    """All pages but the cards for other sites, which have tests of their own."""
    pages = (path for path in flagship_site if path.endswith(".html") and not path.startswith(urls.EMBED))
    return {path: flagship_site[path].decode() for path in pages}


def test_no_page_has_an_id_twice_a_style_or_script_of_its_own_or_a_file_of_another_host(html: Mapping[str, str]):
    assert {path: found for path, page in html.items() if (found := Offences(page).found)} == {}


def test_the_largest_page_is_small(html: Mapping[str, str]):
    sizes = {path: compressed(page.encode()) for path, page in html.items() if len(page) > LARGEST_PAGE}
    assert {path: size for path, size in sizes.items() if size >= LARGEST_PAGE} == {}
    assert [path for path, page in html.items() if len(page.encode()) >= LARGEST_UNPACKED] == []


def test_every_page_leads_to_corrections_and_names_its_licence(html: Mapping[str, str]):
    assert [path for path, page in html.items() if texts.say("frame.correct") not in page] == []
    assert [path for path, page in html.items() if "Content: CC BY 4.0" not in page] == []


def test_every_page_is_reached_from_the_first_by_plain_links(flagship_site: Mapping[str, bytes]):
    """Empty lists, cards, and what claims said before they were deleted are for those who have the address."""
    found = {path for path in unreached(flagship_site) if not urls.is_apart(path)}
    assert [path for path in found if json.loads(flagship_site[urls.twin(path)])["records"]] == []


def test_every_file_keeps_to_its_published_schema(flagship_site: Mapping[str, bytes]):
    assert kept_to(flagship_site) == {}


def test_every_figure_can_be_computed_again_from_the_data(flagship_folder: Path):
    for script in (recompute, recompute_changes, recompute_comparisons):
        assert list(script.differences(flagship_folder)) == []
