"""What goes from workers and lies in the store in short comes out again as it was."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.checks.rendered import PageLinks
from ledger.engine import done as parcels
from ledger.engine import words
from ledger.engine.done import Done, Output
from ledger.engine.rows import ROOM, Rows
from ledger.engine.store import Store
from ledger.engine.tasks import Made
from ledger.engine.traces import Trace, Traces
from ledger.engine.words import MOST_AT_HAND, MOST_BEGINNINGS, Words
from ledger.graph import Computed

KEYS = st.sampled_from(
    ["card:x", "card:y", "=m\tf\tx", "=m\tf\tx\ty", "=m\tf", "=", ":", "", "x", "../a.html#x", "a:b:c"]
)


def stored(value: dict[str, object]) -> dict[str, object]:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "content", {})
        store.save("one", value)
        return store.load("one")  # type: ignore[no-any-return]


@given(st.lists(KEYS | st.text()), KEYS | st.text())
def test_a_text_has_one_number_and_a_number_one_text(texts: list[str], other: str):
    known, expected = Words(), list(dict.fromkeys(texts))
    assert [known.numbers[text] for text in texts] == [expected.index(text) for text in texts]
    for found in (known, words.unpacked(stored(known.packed()))):
        assert list(found) == expected
        assert [found.find(text) for text in expected] == list(range(len(expected)))
        assert (found.find(other) is None) == (other not in expected)
        assert found.numbers[other] == (expected.index(other) if other in expected else len(expected))


def test_any_number_of_texts_and_of_beginnings_is_known():
    known, texts = Words(), [f"{at % (2 * MOST_BEGINNINGS)}:{at}" for at in range(MOST_AT_HAND + 10)]
    assert [known.numbers[text] for text in texts] == [*range(len(texts))]
    assert [known.numbers[text] for text in texts] == [*range(len(texts))]
    assert [*known] == texts


def test_what_tasks_gave_comes_from_a_worker_as_it_was():
    computed = {"=m\tf\tx": Computed(frozenset({"card:x", "card:y"}), "[1]"), "=m\tg\tx": Computed(frozenset())}
    links = {"x.html": PageLinks(("a.html", "b.html#c"), ("top", "top")), "y.html": PageLinks((), ())}
    page = Made("page:x", frozenset({"card:x", "=m\tf\tx"}), value={"problems": []})
    given = [Done(page, (Output("x.html", "00", 3),), links, computed), Done(Made("check:x", frozenset()), (), {}, {})]
    for from_worker in (given, parcels.unpacked(parcels.packed(iter(given)))):
        known = Traces()
        for done in from_worker:
            known.add(done, {"json": "00"})
        assert {key: {*known.texts_read(key)} for key in ("page:x", "check:x")} == {
            "page:x": page.reads,
            "check:x": set(),
        }
        assert {name: {*known.texts_read(name)} for name in computed} == {
            name: {*of.reads} for name, of in computed.items()
        }
        assert [known.value(known.words.find(name) or 0) for name in computed] == ["[1]", ""]
        assert known.tasks["page:x"] == Trace((Output("x.html", "00", 3),), {"json": "00"}, {"problems": []})
        assert known.page_links(known.tasks["page:x"]) == {"x.html": links["x.html"]}


def test_rows_from_the_store_are_read_and_replaced_and_stored_again():
    rows = Rows()
    rows[3], rows[1] = b"three", b"x" * (ROOM + 5)
    for _ in range(2):
        rows = Rows(stored({"rows": rows.pieces()})["rows"])  # type: ignore[arg-type]
        rows[2] = rows[2] + b"two"
    copy = rows.copy()
    copy[3] = b"other"
    assert [rows[at] for at in range(5)] == [b"", b"x" * (ROOM + 5), b"twotwo", b"three", b""]
    assert copy[3] == b"other"


def test_rows_that_lie_in_a_file_are_read_and_replaced_and_stored(monkeypatch: pytest.MonkeyPatch):
    for has_room in (True, False):
        rows, expected = Rows(), {at: bytes([at % 251]) * (ROOM // 9 + at) for at in range(40)}
        for at, row in expected.items():
            rows[at] = row
        if not has_room:
            monkeypatch.setattr("os.pwrite", lambda _, data, __: len(data) // 2)  # the disk is full
        rows[7] = expected[7] = b"seven"
        for at in range(40, 60):
            rows[at] = expected[at] = bytes([at]) * (ROOM // 9)
        for found in (rows, rows.copy(), Rows(stored({"rows": rows.pieces()})["rows"])):  # type: ignore[arg-type]
            assert {at: found[at] for at in expected} == expected
        monkeypatch.undo()
