"""Publishing a site: what it makes, what it keeps, what it refuses to touch."""

import errno
import hashlib
import json
import os
import stat
import threading
from pathlib import Path

import pytest
from faults import NEW, OLD, publish, tree

from ledger import system, write
from ledger.engine.report import site_stats
from ledger.outfile import OutFile
from ledger.write import MANIFEST, Refused, publishing, recover

PAGE = OutFile("index.html", b"home")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "site.yml").write_bytes(b"format: 1\n")
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def paths(folder: Path) -> set[str]:
    return {path for path, digest in (tree(folder) or {}).items() if digest}


# What is made


def test_files_of_nested_folders_are_written_byte_for_byte(output, content):
    page = OutFile("claims/deep/er/a.html", b"\x00\r\n\xff")
    stats = publish([PAGE, page], output, content=content)
    assert stats == site_stats(output)
    assert stats["claims/deep/er/a.html"][0] == 4
    assert (output / "claims/deep/er/a.html").read_bytes() == b"\x00\r\n\xff"
    assert paths(output) == {"index.html", "claims/deep/er/a.html", MANIFEST}


def test_missing_parents_of_the_output_are_made(tmp_path, content):
    publish([PAGE], tmp_path / "a/b/site", content=content)
    assert paths(tmp_path / "a/b/site") == {"index.html", MANIFEST}


def test_the_manifest_lists_each_file_with_its_hash_sorted_and_without_a_clock(output, content):
    publish([OutFile("é.html", b"2"), OutFile("a.html", b"1")], output, content=content)
    one, two = (hashlib.sha256(data).hexdigest() for data in (b"1", b"2"))
    assert (output / MANIFEST).read_bytes().decode() == (
        f'{{\n "files": {{\n  "a.html": "{one}",\n  "é.html": "{two}"\n }},\n'
        ' "format": 1,\n "generator": "ledger"\n}\n'
    )


def test_a_second_publish_leaves_no_stale_file_and_nothing_beside(output, content):
    publish(OLD, output, content=content)
    publish(NEW, output, content=content)
    assert paths(output) == {file.path for file in NEW} | {MANIFEST}
    assert not (output / "old").exists()
    assert {path.name for path in output.parent.iterdir()} == {"content", "output"}


def test_what_the_system_says_of_files_is_the_same_behind_the_exchange(output, content):
    publish(OLD, output, content=content)
    before = site_stats(output)
    stats = publish(NEW, output, content=content)
    assert stats == site_stats(output)
    assert stats["claims/a.html"] == before["claims/a.html"]


def test_the_same_files_in_another_order_give_the_same_tree(output, content):
    publish(OLD, output, content=content)
    first = tree(output)
    publish(reversed(OLD), output, content=content)
    assert tree(output) == first


def test_names_and_folders_may_hold_any_script_and_glob_characters(tmp_path, content):
    output = tmp_path / "sítio [новый]*"
    for _ in range(2):
        publish([OutFile("论文/é ü.html", b"x")], output, content=content)
    assert paths(output) == {"论文/é ü.html", MANIFEST}
    assert {path.name for path in tmp_path.iterdir()} == {"content", output.name}


def test_a_web_server_can_read_the_site_under_any_umask(output, content):
    """The folder itself keeps the mode that it was given."""
    before = os.umask(0o077)
    try:
        for expected in (0o755, 0o711):
            publish([OutFile("a/b.html", b"")], output, content=content)
            modes = [stat.S_IMODE((output / path).stat().st_mode) for path in ("", "a", "a/b.html", MANIFEST)]
            assert modes == [expected, 0o755, 0o644, 0o644]
            output.chmod(0o711)
            (output / "a/b.html").chmod(0o600)
    finally:
        os.umask(before)


def test_a_symlink_to_the_output_stays_and_its_target_is_exchanged(tmp_path, content):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to("real")
    for _ in range(2):
        publish([PAGE], link, content=content)
    assert link.is_symlink()
    assert paths(tmp_path / "real") == {"index.html", MANIFEST}


# What is free, what is kept


def test_a_gitkeep_is_carried_on_from_site_to_site(output, content):
    output.mkdir()
    (output / ".gitkeep").write_bytes(b"kept\n")
    for _ in range(2):
        publish([PAGE], output, content=content)
    assert paths(output) == {"index.html", MANIFEST, ".gitkeep"}
    assert (output / ".gitkeep").read_bytes() == b"kept\n"


def test_what_a_gitkeep_leads_to_is_not_published(output, content):
    output.mkdir()
    (output.parent / "secret").write_bytes(b"secret\n")
    (output / ".gitkeep").symlink_to(output.parent / "secret")
    publish([PAGE], output, content=content)
    assert paths(output) == {"index.html", MANIFEST}


def test_no_gitkeep_appears_where_none_was(output, content):
    output.mkdir()
    publish([PAGE], output, content=content)
    assert paths(output) == {"index.html", MANIFEST}


def test_listed_files_that_were_edited_or_deleted_by_hand_are_replaced(output, content):
    publish(OLD, output, content=content)
    whole = tree(output)
    (output / "index.html").write_bytes(b"edited")
    (output / "claims/a.html").unlink()
    publish(OLD, output, content=content)
    assert tree(output) == whole


def test_what_a_file_manager_leaves_is_nobodys_work(output, content):
    publish(OLD, output, content=content)
    (output / "claims/.DS_Store").write_bytes(b"x")
    publish(NEW, output, content=content)
    assert paths(output) == {file.path for file in NEW} | {MANIFEST}


def test_a_file_that_is_shared_and_not_wanted_goes_with_its_folder(output, content):
    publish(OLD, output, content=content)
    before = tree(output)
    with publishing(output, content) as work:
        kept = work.keep_all()
        assert kept == (site_stats(output), set(), set())
        work.drop(kept.stats.keys() - {"claims/a.html"})
        assert tree(work.folder / "new").keys() == {"claims", "claims/a.html"}
    assert tree(output) == before


def test_nothing_is_written_to_a_file_that_both_sites_have(output, content):
    publish(OLD, output, content=content)
    with publishing(output, content) as work:
        work.keep_all()
        with pytest.raises(OSError, match="exists"):
            work.put("index.html", b"another home")
    assert (output / "index.html").read_bytes() == b"old home"


def test_where_files_cannot_be_shared_there_is_nothing_to_let_go(output, content, monkeypatch):
    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    publish(OLD, output, content=content)
    monkeypatch.setattr(os, "link", link)
    with publishing(output, content) as work:
        kept = work.keep_all()
        assert kept.stats.keys() == kept.left == paths(output)
        assert tree(work.folder / "new") == {}
        assert work.keep(["claims/a.html"]) == []
        assert (work.folder / "new/claims/a.html").read_bytes() == b"the same"


# What is refused


def refused(files: list[OutFile], output: Path, content: Path) -> Refused:
    """Everything around is as it was."""
    around = content.parent
    before = tree(around)
    with pytest.raises(Refused) as refusal:
        publish(files, output, content=content)
    assert tree(around) == before
    assert refusal.value.hint
    return refusal.value


@pytest.mark.parametrize("place", ["content", "content/site", "content/not/yet", ".", "content/../content", "link/x"])
def test_the_content_folder_what_is_in_it_and_what_holds_it_are_refused(place, tmp_path, content):
    (tmp_path / "link").symlink_to("content")
    assert "content folder" in refused([PAGE], tmp_path / place, content).message


def test_a_link_as_content_folder_protects_what_it_points_to(tmp_path, content):
    (tmp_path / "link").symlink_to("content")
    assert "content folder" in refused([PAGE], content / "site", tmp_path / "link").message


def test_two_spellings_of_the_content_folder_are_one(tmp_path, content, monkeypatch):
    """As on a file system that ignores case."""
    (tmp_path / "Content").mkdir()
    monkeypatch.setattr(Path, "samefile", lambda one, other: str(one).casefold() == str(other).casefold())
    assert "content folder" in refused([PAGE], tmp_path / "Content/site", content).message


def test_a_file_as_output_is_refused(output, content):
    output.write_bytes(b"mine")
    assert "is not a folder" in refused([PAGE], output, content).message


def test_a_symlink_to_itself_is_refused(output, content):
    output.symlink_to("output")
    assert "leads back to itself" in refused([PAGE], output, content).message


def test_a_mount_point_is_refused(output, content, monkeypatch):
    output.mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == output.resolve())
    assert "mount point" in refused([PAGE], output, content).message


def test_a_folder_with_files_and_no_manifest_is_refused(output, content):
    output.mkdir()
    (output / "index.html").write_bytes(b"somebody's")
    assert MANIFEST in refused([PAGE], output, content).message


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"format": 1, "files": {}}',
        b'{"format": 2, "generator": "ledger", "files": {}}',
        b'{"format": 1, "generator": "other", "files": {}}',
        b'{"format": 1, "generator": "ledger"}',
        b'{"format": 1, "generator": "ledger", "files": ["index.html"]}',
        b'{"format": 1, "generator": "ledger", "files": {"index.html": 1}}',
    ],
    ids=range(11),
)
def test_a_manifest_that_is_not_ours_marks_nothing(manifest, output, content):
    output.mkdir()
    (output / MANIFEST).write_bytes(manifest)
    assert "not an earlier site" in refused([PAGE], output, content).message


def test_a_link_in_the_place_of_the_manifest_marks_nothing(output, content):
    """A proposal can bring one, and what it leads to may have no end."""
    output.mkdir()
    (output / MANIFEST).symlink_to("/dev/zero")
    assert "not an earlier site" in refused([PAGE], output, content).message


def test_files_that_no_build_made_are_named_and_stay(output, content):
    publish(OLD, output, content=content)
    for name in ("z", "claims/mine", "b", "CNAME", "y"):
        (output / name).write_bytes(b"mine")
    assert refused([PAGE], output, content).message.endswith("no build made: CNAME, b, claims/mine and 2 more")


def test_a_symlink_put_into_the_site_is_somebodys_work_too(output, content):
    publish(OLD, output, content=content)
    (output / "mine").symlink_to("claims", target_is_directory=True)
    assert refused([PAGE], output, content).message.endswith("no build made: mine")


def test_an_odd_name_is_shown_safely(output, content):
    publish(OLD, output, content=content)
    (output / "\x1b[31m\udcff").write_bytes(b"mine")
    assert refused([PAGE], output, content).message.endswith("no build made: �[31m�")


def test_an_empty_site_never_replaces_a_full_one(output, content):
    publish(OLD, output, content=content)
    before = tree(output)
    with pytest.raises(Refused, match="nothing to publish"):
        publish([], output, content=content)
    assert tree(output) == before


@pytest.mark.parametrize("free", ["absent", "empty", ".gitkeep", ".DS_Store", "ours"])
def test_a_site_that_is_given_up_leaves_a_free_folder_as_it_is(free, output, content):
    if free != "absent":
        output.mkdir()
    if free.startswith("."):
        (output / free).touch()
    if free == "ours":
        publish(OLD, output, content=content)
    before = tree(output)
    with publishing(output, content) as work:
        work.put("index.html", b"home")
    assert tree(output) == before


UNSAFE = ["", "/etc/x", "../x", "a/../x", "a//b", "a/", "./a", "a\\b", "C:x", "a\0b", "\ud800", ".gitkeep", MANIFEST]


@pytest.mark.parametrize("path", UNSAFE)
def test_an_unsafe_address_is_a_bug(path, output, content):
    with pytest.raises(ValueError, match="unsafe address"):
        publish([PAGE, OutFile(path, b"")], output, content=content)
    assert not output.exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [("a", "a"), ("a/b", "A/b"), ("é", "e\u0301"), ("straße", "STRASSE"), ("a", "a/b"), ("A", "a/b/c"), ("a/b", "a")],
)
def test_addresses_that_some_file_system_cannot_keep_apart_are_a_bug(one, other, output, content):
    with pytest.raises(ValueError, match="of the site"):
        publish([OutFile(one, b"1"), OutFile(other, b"2")], output, content=content)
    assert not output.exists()


# What the system says no to


def test_an_error_of_the_system_names_the_file_it_was_meant_for(output, content, monkeypatch):
    def full(file: str, data: bytes) -> None:
        if file.endswith("/a.html"):
            raise OSError(errno.ENOSPC, "No space left on device")
        put(file, data)

    put = write._write
    monkeypatch.setattr(write, "_write", full)
    with pytest.raises(OSError, match="No space left") as caught:
        publish(OLD, output, content=content)
    assert (caught.value.errno, caught.value.filename) == (errno.ENOSPC, str(output / "claims/a.html"))


def test_a_parent_that_cannot_be_written_is_named(output, content, monkeypatch):
    def denied(**_: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", "a name nobody knows")

    monkeypatch.setattr(write.tempfile, "mkdtemp", denied)
    with pytest.raises(PermissionError) as caught:
        publish(OLD, output, content=content)
    assert caught.value.filename == str(output.parent.resolve())


def test_a_lock_that_the_file_system_lacks_is_no_obstacle(output, content, monkeypatch):
    def unlockable(handle: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(system.fcntl, "flock", unlockable)
    publish(OLD, output, content=content)
    assert (output / "index.html").read_bytes() == b"old home"


def test_a_system_without_a_call_to_flush_one_disk_flushes_all(output, content, monkeypatch):
    flushed = []
    monkeypatch.setattr(system, "libc", lambda name: None)
    monkeypatch.setattr(os, "sync", lambda: flushed.append(sorted(path.name for path in output.parent.iterdir())))
    publish(OLD, output, content=content)
    assert [len(names) for names in flushed] == [2]  # beside the content, the work folder and no site yet
    assert (output / "index.html").read_bytes() == b"old home"


# Two builds, and what a dead one left


def test_a_second_build_waits_for_the_first(output, content, monkeypatch):
    """The second starts while the first is writing; without waiting it would clear the first one's work away."""
    second = threading.Thread(target=publish, args=(NEW, output), kwargs={"content": content})
    waited = []

    def put_and_start_second(file: str, data: bytes) -> None:
        if file.endswith("/index.html") and second.ident is None:
            second.start()
            second.join(timeout=0.3)
            waited.append(second.is_alive())
        put(file, data)

    put = write._write
    monkeypatch.setattr(write, "_write", put_and_start_second)
    publish(OLD, output, content=content)
    second.join(timeout=60)
    assert waited == [True]
    assert paths(output) == {file.path for file in NEW} | {MANIFEST}


def test_only_marked_or_empty_work_folders_are_cleared(output, content):
    beside = output.parent
    others = {".output.new-mine_is_long", ".output.new-somebody", "1output.new-01234567"}
    for name in (".output.new-01234567", ".output.new-abcdefgh", *others):
        (beside / name).mkdir()
    (beside / ".output.new-01234567" / write.MARKER).touch()
    (beside / ".output.new-somebody" / "new").mkdir()
    recover(output)
    assert {path.name for path in beside.iterdir()} == {"content", *others}
    assert (beside / ".output.new-somebody" / "new").exists()


def half_exchanged(output: Path, content: Path) -> Path:
    """What a kill between the two renames leaves; out comes the work folder."""
    publish(OLD, output, content=content)
    work = output.parent / ".output.new-01234567"
    (work / "new").mkdir(parents=True)
    (work / write.MARKER).touch()
    output.rename(work / "old")
    return work


def test_a_site_that_was_set_aside_comes_back(output, content):
    work = half_exchanged(output, content)
    recover(output)
    assert paths(output) == {file.path for file in OLD} | {MANIFEST}
    assert not work.exists()


def test_a_site_does_not_come_back_over_somebodys_files(output, content):
    work = half_exchanged(output, content)
    output.mkdir()
    (output / "thesis.tex").write_bytes(b"mine")
    with pytest.raises(Refused, match=r"thesis\.tex"):
        publish(NEW, output, content=content)
    assert paths(output) == {"thesis.tex"}
    assert paths(work / "old") == {file.path for file in OLD} | {MANIFEST}


def test_recovering_where_nothing_happened_changes_nothing(tmp_path, output, content):
    publish(OLD, output, content=content)
    before = tree(tmp_path)
    recover(output)
    recover(tmp_path / "no/such/folder")
    assert tree(tmp_path) == before


def test_the_manifest_is_strict_json_of_what_is_there(output, content):
    publish(NEW, output, content=content)
    listed = json.loads((output / MANIFEST).read_bytes())["files"]
    assert listed == {file.path: hashlib.sha256(file.data).hexdigest() for file in NEW}
