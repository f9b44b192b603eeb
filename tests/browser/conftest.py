"""What holds for every browser test: no page outlives it, or dozens of them slow the machine down."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def every_page_is_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test has opened in the browser that all tests of its module share."""
    browser = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    yield
    for context in browser.contexts if browser else ():
        context.close()
