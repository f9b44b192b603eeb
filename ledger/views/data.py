"""The page that says how to use the data: the files, the words in them, where things are, and a first query.

In: the ledger as the page sees it. Out: the files that there are, the words by which verdicts and ratings are written,
and programs that run as they are, on a controversy of this ledger.
"""

from ledger import urls
from ledger.analysis.ratings import EDITORS
from ledger.context import PageContext
from ledger.views import View

SHELL = """curl -s "{site}/claims/index.json" | jq -r '
  .records[] | select(any(.controversies[]?; . == "{controversy}"))
  | [(.verdict // (.range // ["not-rated"] | join(" to "))), .title] | @tsv'"""
PYTHON = """import json, urllib.request

with urllib.request.urlopen("{site}/claims/index.json") as file:
    claims = json.load(file)["records"]
for claim in claims:
    if "{controversy}" in claim.get("controversies", ()):
        print(claim.get("verdict") or claim.get("range"), claim["title"], sep="\\t")"""
SQL = """sqlite3 -readonly -tabs ledger.sqlite "
  SELECT verdict_low, verdict_high, title FROM rated_claims ORDER BY high_rank DESC, id" """.rstrip()
ELSEWHERE = "https://example.org"
"""Where the site is, as long as nobody has said it."""


def view_data(context: PageContext) -> View:
    """Everything on the page."""
    exports = context.ledger.settings.exports
    database = (urls.DATABASE,) if "sqlite" in exports else ()
    tables = {"data/*.csv": "tables"} if "csv" in exports else {}
    many = {"claims/index.json": "lists", "claims/<id>.json": "record", **tables, "schema/*.json": "schemas"}
    files = {name: name for name in (urls.MANIFEST, urls.LINES, *database)} | many
    site, main = context.base_url.rstrip("/") or ELSEWHERE, context.analysis.main_controversy or ""
    programs = (("curl, jq", SHELL), ("Python", PYTHON), *((("SQL", SQL),) if database else ()))
    return View(
        # The files, each with what it is; a name with `<id>` or `*` stands for many.
        files=tuple(files.items()),
        # The editors' ratings, each with the verdict of the same word.
        words=tuple(EDITORS.items()),
        # The same question in several languages.
        programs=tuple((name, of.replace("{site}", site).replace("{controversy}", main)) for name, of in programs),
    )
