"""What a page reads, and so which pages another content changes."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import SMALL, ledger_at, site_of

from ledger import urls
from ledger.engine import traces
from ledger.engine.live import look_of, next_site
from ledger.engine.report import Options
from ledger.engine.state import changes, read_state, seen
from ledger.engine.store import Store
from ledger.engine.traces import Traces
from ledger.graph import COMPARED, Computed, Ledger
from ledger.pages import site_map
from ledger.records import Claim, read_by_readers


def test_a_newer_date_changes_the_pages_that_show_it_and_no_others(tmp_path: Path):
    """The newest date of the whole ledger stands on the home page, not around every page.

    By both clocks a prediction that came true before it was due counts from that date, as its history shows.
    """
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
        "controversies/harbour-clock/fairness.html",
        "controversies/harbour-clock/history.html",
    }


def test_an_edit_of_what_an_item_shows_leaves_the_lists_that_do_not_ask_for_it(tmp_path: Path):
    """Fewer than a third of all pages are made again: those that show the item, or what is computed of it."""
    content = tmp_path / "content"
    shutil.copytree(SMALL, content, ignore=shutil.ignore_patterns("unfinished.yml", "unread.yml"))  # drafts
    options = Options(content, tmp_path / "site", cache=False)
    look = look_of(options)
    before = next_site(options, look, None, {})
    shown = {key: before.get(key.removeprefix("page:")) for key in before.site.tasks if key.startswith("page:")}
    claim = content / "claims/clock-lags.yml"
    claim.write_text(claim.read_text("utf-8").replace("Two ships noted no lag", "Two ships saw no lag"), "utf-8")
    after = next_site(options, look, before, before.state.files)
    made = {key.removeprefix("page:"): after.get(key.removeprefix("page:")) is not data for key, data in shown.items()}
    again = {page for page, is_new in made.items() if is_new}
    assert "claims/clock-lags.html" in again
    assert len(again) < len(made) / 3
    lists = (
        "a-z",
        "claims/by",
        "claims/index",
        "events/by",
        "events/index",
        "method",
        "proponents",
        "search",
        "sources/by",
        "sources/index",
    )
    lists += ("tags", "terms", "threads", "whats-new")
    assert [page for page in sorted(again) if page.startswith(lists)] == []


def test_the_map_of_the_site_reads_no_field_of_a_record():
    """How many pages there are is told from edges and cards."""
    ledger = ledger_at(SMALL)
    with ledger.reading() as reads:
        assert list(site_map(ledger))
    keys = {key.partition(":")[0] for key in _read(ledger, reads)}
    assert keys.isdisjoint({"record", "records", "all"})


SHARED = {"kinds", "cut"}
"""What a record's page may read of the whole ledger: which kinds its navigation names, and which day is shown."""
WHOLE = {"records", "edges", "former", "as_of", "site", "files", "snapshots", "all", "members", "cards"} | SHARED


def _read(ledger: Ledger, reads: Iterable[str]) -> set[str]:
    """What was read, also by the results that were asked for; of a compared one the value alone is read."""
    found, waiting = set[str](), [*reads]
    compared = {key for key in ledger.traces if "\t".join(key.split("\t")[:2]) in COMPARED}
    while waiting:
        key = waiting.pop()
        if key not in found and key not in compared:
            found.add(key)
            waiting += ledger.traces[key].reads if key in ledger.traces else ()
    return found


def test_a_page_reads_only_what_it_shows():
    """No page of a record looks at every record, at all of a kind, or at the newest date."""
    ledger = ledger_at(SMALL)
    pages = {urls.of_record(record) for record in ledger.records.values()}
    places = [place for place in site_map(ledger) if place.url in pages]
    assert len(places) == len(pages)
    for place in places:
        with ledger.reading() as reads:
            place.make()
        whole = {key for key in _read(ledger, reads) if key.partition(":")[0] in WHOLE}
        assert whole <= SHARED, f"{place.url} reads {sorted(whole - SHARED)}"


def test_a_page_shows_others_by_their_cards():
    """A page of prose reads no other record, and a term's only what refers to it."""
    ledger = ledger_at(SMALL)
    for place in site_map(ledger):
        if place.url.startswith(("pages/", "terms/")) and "index" not in place.url:
            with ledger.reading() as reads:
                place.make()
            records = {key for key in _read(ledger, reads) if key.startswith("record:")}
            assert records == {f"record:{Path(place.url).stem}"}, place.url


def test_an_edit_of_words_for_readers_alone_is_none_of_what_is_computed_from(tmp_path: Path):
    assert "core:clock-lags" not in _edited(tmp_path / "words", "statement: ", "statement: Still, ")
    assert "core:clock-lags" in _edited(tmp_path / "type", "consulted: ", "limits: few ships\n    consulted: ")


def test_facets_and_predictions_do_not_depend_on_words_for_readers_alone():
    ledger = ledger_at(SMALL)
    for place in site_map(ledger):
        with ledger.reading():
            place.make()
    names = ("=ledger.facets\tfacets_of\t", "=ledger.facets\t_own\t", "=ledger.views.controversy\t_predictions\t")
    reads = {key for name, computed in ledger.traces.items() if name.startswith(names) for key in computed.reads}
    assert {key.partition(":")[0] for key in reads} >= {"core", "kind"}
    assert [key for key in reads if key.startswith("record:")] == []


def test_what_is_computed_from_lacks_the_words_for_readers():
    ledger = ledger_at(SMALL)
    core, record = ledger.core(Claim, "clock-lags"), ledger.record(Claim, "clock-lags")
    for fields in (core.fields, core.fields.model_copy(update={"evidence": ()})):
        assert (fields.type, fields.searches) == (record.fields.type, record.fields.searches)
        assert not [name for name in read_by_readers("claim") if hasattr(fields, name)]
    with pytest.raises(AttributeError):
        _ = core.title
    assert record.title == record.fields.statement


def _edited(folder: Path, before: str, after: str) -> set[str]:
    """The keys of what an edit of one claim changes."""
    shutil.copytree(SMALL, folder / "content")
    options = Options(folder / "content", folder / "site", cache=False)
    claim = folder / "content/claims/clock-lags.yml"
    old = read_state(options, {})
    claim.write_text(claim.read_text("utf-8").replace(before, after, 1), "utf-8")
    new = read_state(options, {})
    keys = changes(seen(old), seen(new), ())
    assert "record:clock-lags" in keys
    return keys


def stored(value: dict[str, Any]) -> Any:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "content", {})
        store.save("one", value)
        return store.load("one")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.frozensets(st.sampled_from("wxyz")), st.sampled_from(["", "asked", "stored"])
        )
    )
)
def test_who_has_read_a_key_is_found_whenever_it_is_asked(steps: list[tuple[str, frozenset[str], str]]):
    known, now, ever = Traces(), dict[str, frozenset[str]](), set[tuple[str, str]]()
    for name, reads, then in steps:
        known.add_results({name: Computed(reads)})
        now[name] = reads
        ever |= {(key, name) for key in reads}
        if then == "stored":
            known = traces.unpacked({**stored(traces.packed(known)), "in_use": len(known.words)})
        for key in "wxyz" if then else "":
            number = known.words.find(key)
            found = {known.words[one] for one in known.reached([] if number is None else [number])}
            assert {reader for reader, of in now.items() if key in of} <= found - {key}
            assert found - {key} <= {reader for read, reader in ever if read == key}
