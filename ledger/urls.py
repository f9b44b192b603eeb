"""Where pages are: id → address. The only place that knows the shape of one.

Addresses are relative to the site's root, with `/` and without a leading one: `claims/<id>.html`.
"""

from ledger.loading import Record
from ledger.records import Kind

HOME = "index.html"
MANIFEST = "index.json"
STYLE = "static/style.css"


def page(kind: Kind, id_: str) -> str:
    """The page of a record."""
    return f"{kind.folder}/{id_}.html"


def of_record(record: Record, part: str = "") -> str:
    """The page of a record, or the place of a part on it."""
    return page(record.kind, record.id) + (f"#{part}" if part else "")


def index(kind: Kind) -> str:
    """The page that lists a kind."""
    return f"{kind.folder}/index.html"


def twin(address: str) -> str:
    """The JSON file beside a page."""
    return address.partition("#")[0].removesuffix(".html") + ".json"


def relative(start: str, target: str) -> str:
    """How a page refers to another: `../sources/x.html` seen from `claims/y.html`."""
    here, there = start.split("/")[:-1], target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]])
