"""`ledger fmt`: fields in the order of the schema, one layout, and nothing lost."""

import json
import random
from pathlib import Path

import pytest
from chance_ledgers import texts_of
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CLAIM, MEDIUM, ROOT, SITE, SMALL, SOURCE, run_here, tree
from mutating import mutant
from scrawling import scrawled

from ledger import cli, files
from ledger.decoding import decode_text
from ledger.diagnostics import has_errors
from ledger.documents import read_document
from ledger.editing import new, replacing
from ledger.editing.layout import Left, laid_out
from ledger.editing.yamltext import record_text
from ledger.files import TextFile
from ledger.loading import load_record
from ledger.records import KINDS

FEW = 60
SEARCHES = "searches:\n    # the first\n  - date: 2020\n    # by: ann\n  # more\n# the end\n"
CASES = {
    "fields in the order of the schema, the body last": (
        "body: |\n  Words.\nadded: 2020\ntype: empirical\nstatement: It.\n",
        "statement: It.\ntype: empirical\nadded: 2020\nbody: |\n  Words.\n",
    ),
    "a field that nobody knows comes last": (
        "mood: good\ntype: empirical\nstatement: It.\n",
        "statement: It.\ntype: empirical\nmood: good\n",
    ),
    "fields of a part too, and no list is sorted": (
        "statement: It.\ntags: [b, a]\nevidence:\n- source: s\n  id: e2\n- source: r\n  id: e1\n",
        "statement: It.\nevidence:\n  - id: e2\n    source: s\n  - id: e1\n    source: r\ntags: [b, a]\n",
    ),
    "a comment goes with the field below it, those below a part stay there": (
        "# Ann's.\n\n# On the type.\ntype: empirical # so\n# On it.\nstatement: It.\n" + SEARCHES,
        "# Ann's.\n\n# On it.\nstatement: It.\n# On the type.\ntype: empirical # so\n" + SEARCHES,
    ),
    "quotes only where they are needed": (
        "statement: 'It.'\nscope: \"1984\"\nnote: 'a: b'\ntags:\n  - 'a'\n  - \"#b\"\n  - 'no'\n  - '1e3'\n",
        "statement: It.\nscope: \"1984\"\ntags:\n  - a\n  - \"#b\"\n  - 'no'\n  - '1e3'\nnote: 'a: b'\n",
    ),
    "spaces and blank lines": (
        "\n\nstatement :   It.  \n\n\n\ntype:\tempirical\nevidence:  # two\n    -   id: e1\n        source:   s\n\n\n",
        "statement: It.\n\ntype: empirical\nevidence:  # two\n  - id: e1\n    source: s\n",
    ),
    "texts of several lines keep their lines": (
        "statement: It\n     moves.\ntype: empirical\nnote: |\n    One.\n\n      # two\n\n\nbody: >-\n a\n b\n",
        "statement: It\n  moves.\ntype: empirical\nnote: |\n  One.\n\n    # two\n\nbody: >-\n  a\n  b\n",
    ),
    "a text that keeps its last blank lines": (
        "body: |+\n    a\n\n\ntype: empirical\n",
        "type: empirical\nbody: |+\n  a\n\n\n",
    ),
    "what is in brackets stays as it is": (
        "type: empirical\nevidence: [{source: s,   id: e1},\n    {id: e2}]\nstatement: It.\n",
        "statement: It.\ntype: empirical\nevidence: [{source: s,   id: e1},\n    {id: e2}]\n",
    ),
}  # fmt: skip
LEFT = {
    "braces": ("{type: empirical, statement: It.}\n", 1, "all of it is in braces"),
    "errors": ("statement: It.\ntype: [\n", 3, "it has errors"),
    "an anchor": ("statement: It.\ntype: &a empirical\n", 2, "it has errors"),
    "a marker": ("---\nstatement: It.\n", 1, "this is neither a field nor a comment"),
    "a comment that may be about several fields": (
        "type: empirical\n\n# From here on: hers.\n\nstatement: It.\n", 1, "a comment with a blank line below it"
    ),
    "a comment in an item": (
        "evidence:\n  - source: s\n    # the first\n    id: e1\n", 2, "a comment above the field that should begin"
    ),
    "a comment before a value": ("statement:\n  # so\n  It.\n", 2, "a comment between a field and its value"),
    "an item below its dash": ("evidence:\n  -\n    id: e1\n", 3, "does not begin on the line of its dash"),
    "a question mark": ("? statement\n: It.\n", 1, "not written as `field: value`"),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_a_file_is_laid_out(what: str):
    before, after = CASES[what]
    assert laid_out(TextFile("claims/c.yml", before)) == after
    assert laid_out(TextFile("claims/c.yml", after)) == after


@pytest.mark.parametrize("what", LEFT)
def test_what_cannot_be_laid_out_is_left_and_it_is_said_why(what: str):
    text, line, why = LEFT[what]
    with pytest.raises(Left, match=why) as left:
        laid_out(TextFile("claims/c.yml", text))
    assert left.value.line == line


def test_the_body_of_a_page_stays_byte_for_byte():
    body = "\n\n  # One\n\n* a  \n\n\n---\n\ttext: x\n   "
    text = laid_out(TextFile("pages/p.md", f"---\ndraft: true\ntitle:  'A page'\n---{body}"))
    assert text == f"---\ntitle: A page\ndraft: true\n---{body}"


def unharmed(file: TextFile) -> bool:
    """Whether a file was laid out; if so, its record, comments and all else are what they were, and it is done."""
    try:
        text = laid_out(file)
    except Left:
        return False
    again = TextFile(file.path, text)
    assert laid_out(again) == text
    (before, _), (after, _) = load_record(file), load_record(again)
    assert (before and before.fields) == (after and after.fields)
    assert (document := read_document(file)[0])
    assert (anew := read_document(again)[0])
    assert document.data == anew.data
    assert text.count("#") == file.text.count("#")
    return True


@settings(max_examples=FEW)
@given(st.integers(0, 1 << 32))
def test_whatever_is_laid_out_says_what_it_said(seed: int):
    chance = random.Random(seed)
    for path, text in chance.sample([*texts_of(chance).items()], 3):
        file = TextFile(path, scrawled(json.loads(text), chance))
        _, found = read_document(file)
        assert not has_errors(found)
        unharmed(file)


@settings(max_examples=FEW)
@given(st.integers(0, 1 << 32))
def test_a_file_with_any_slip_is_laid_out_or_left(seed: int):
    chance = random.Random(seed)
    texts = [file for file in files.read(SMALL).files if file.path != "site.yml"]
    one, other = chance.choice(texts), chance.choice(texts)
    text, found = decode_text(one.path, mutant(one.text.encode(), other.text.encode(), chance))
    if text is not None and not has_errors(found):
        unharmed(TextFile(one.path, text))


def test_what_the_program_writes_is_laid_out():
    for file in (*files.read(SMALL).files, *files.read(MEDIUM).files):
        assert unharmed(file), file.path
    assert all(laid_out(file) == file.text for file in files.read(ROOT / "ledger/skeleton/content").files)
    for kind in KINDS:
        skeleton = TextFile(f"{kind.folder}/a.yml", new.skeleton(kind))
        assert laid_out(skeleton) == skeleton.text
    data = {"statement": "It: so.", "type": "empirical", "tags": ["a", "b"], "note": "One.\nTwo.\n"}
    assert laid_out(TextFile("claims/c.yml", record_text(data))) == record_text(data)


# The command


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(replacing, "flush", lambda folder: None)
    texts = {
        "site.yml": SITE,
        "sources/s.yml": SOURCE,
        "claims/c.yml": "type: empirical\r\nstatement: It moves.\r\n",
        "claims/d.yml": "{type: empirical, statement: It.}\n",
        "claims/e.yml": "type: empirical\r\nstatement: It.\n",
        "claims/f.yml": "\ufeff" + CLAIM + "tpye: x\n\n",
    }
    for path, text in texts.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_bytes(text.encode())
    return tmp_path


def test_check_says_what_would_change_and_changes_nothing(place: Path):
    before = tree(place)
    checked, dry = run_here("fmt", "--check", cwd=place), run_here("fmt", "--dry-run", cwd=place)
    assert (checked.returncode, dry.returncode) == (cli.CONTENT_ERRORS, cli.BUILT)
    assert checked.stdout.splitlines() == [
        "would format content/claims/c.yml",
        "would format content/claims/f.yml",
        "left content/claims/d.yml:1: all of it is in braces, or indented",
        "left content/claims/e.yml:1: it mixes line breaks of several systems",
        "2 files to format, 2 as they should be, 2 left as they are",
    ]
    assert "+statement: It moves.\n type: empirical\n-statement: It moves.\n" in dry.stdout
    assert tree(place) == before


def test_files_are_formatted_with_their_own_line_breaks(place: Path):
    before = tree(place)
    done = run_here("fmt", "content/claims/c.yml", cwd=place)
    assert (done.returncode, done.stderr) == (cli.BUILT, "")
    assert done.stdout.splitlines()[0] == "formatted content/claims/c.yml"
    changed = {"content/claims/c.yml": b"statement: It moves.\r\ntype: empirical\r\n"}
    assert tree(place) == before | changed
    run_here("fmt", cwd=place)
    changed["content/claims/f.yml"] = before["content/claims/f.yml"][:-1]
    assert tree(place) == before | changed
    assert run_here("fmt", "--check", cwd=place).returncode == cli.BUILT


@pytest.mark.parametrize("path", ["content/claims/nowhere.yml", "content", "paper.txt"])
def test_what_is_no_file_of_a_record_is_refused(path: str, place: Path):
    (place / "paper.txt").write_text("Words.", encoding="utf-8")
    assert f"'{path}' is no file in 'content'" in run_here("fmt", path, cwd=place).stderr
