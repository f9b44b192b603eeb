"""What a foreign file is: by its first bytes, whatever its name says, and refused by name if nothing reads it."""

from pathlib import Path

import pytest
from making import SITE
from making import run_here as run

from ledger.importers.drafts import ForeignFile
from ledger.importers.formats import Unreadable, format_of

RIS = b"TY  - JOUR\r\nTI  - Tides\r\nER  - \r\n"
NBIB = b"PMID- 12345678\nTI  - Tides.\nAU  - Doe J\n"
IS = {
    "a.txt": (
        (RIS, "ris"), (b"\xef\xbb\xbf\n" + RIS, "ris"), (b"TY - JOUR\nTI - A\n", "ris"),
        (b"AU  - Doe, J\nTI  - Tides\nTY  - JOUR\nER  - \n", "ris"), (NBIB, "pubmed"),
        (b"@article{a,\n  title = {Tides}}\n", "bibtex"), (b"% JabRef\n\n% 2\n@book{b, title={T}}", "bibtex"),
        (b'[{"id": "a", "title": "Tides"}]', "csl-json"), (b'{"items": []}\n', "csl-json"),
        (b"An article of words.\n\nTY  - is a tag of RIS.\n", "article"), (b"[a link](x) and [[more]]\n", "article"),
        (b"Alas, said the author, a year has passed.\n", "article"), (b"@doe said so.\n", "article"),
        (b"{ braces } in a text", "article"), (b"", "article"), (b"A title\n=======\n", "article"),
        (b"FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\n", "ISI"), (b"PT J\nAU Doe, J\n", "ISI"),
        (b"%0 Journal Article\n%T Tides\n", "EndNote"), (b"RT Journal Article\nT1 Tides\n", "RefWorks"),
        (b'<?xml version="1.0"?>\n<xml><records><record>', "EndNote XML"), (b'<?xml version="1.0"?><a/>', "XML"),
        (b'<?xml version="1.0"?>\n<!-- Zotero -->\n<rdf:RDF xmlns="x">', "RDF"), (b"<PubmedArticleSet>", "PubMed XML"),
        (b"---\nreferences:\n- id: a\n", "YAML"), (b"- id: a\n  title: b\n", "YAML"), (b"cff-version: 1.2.0\n", "YAML"),
        (b'"Key","Item Type","Publication Year","Author"\n', "CSV"), (b"Title\tAuthors\tDOI\nA\tB\tC\n", "TSV"),
        (b"PK\x03\x04\x14\0\x06\0word/document.xml", "zip"), (b"%PDF-1.7\n", "PDF"), (b"junk\n%PDF-1.4", "PDF"),
        (b"{\\rtf1 a}", "RTF"), (b"\x1f\x8b\x08", "gzip"), (b"\xd0\xcf\x11\xe0\xa1", "Word"), (b"a\0b", "no text"),
        (b"\\documentclass{article}\n", "LaTeX"), (b"SQLite format 3\0", "SQLite"),
    ),
    "a.bib": ((b"Encoding: x\n@a{b,}", "bibtex"), (RIS, "ris"), (b"PK\x03\x04", "zip")),
    "a.ris": ((b"PT J\nAU Doe, J\n", "ISI"), (b"junk\n" + RIS, "ris")),
    "a.md": (
        (b'{\n  "title": "A"\n}\n\nText.\n', "article"), (b"---\nreferences:\n---\n# A\n", "article"),
        (b"Title, author, year\n", "article"), (b"<svg>\n", "article"), (b"%PDF-1.7", "PDF"),
    ),
    "a.html": ((b"<!doctype html><p>", "article"), (b'<?xml version="1.0"?><html xmlns="x">', "article")),
    "a.xml": ((b"<html><body>", "article"), (b"<odd>", "XML")),
    "a.csv": ((b"1,2\n", "CSV"),), "a.nbib": ((b"\n", "pubmed"),), "a.json": ((b"{broken", "csl-json"),),
    "a.yml": ((b"a: b\n", "YAML"),), "a.enw": ((b"x", "EndNote"),), "a.docx": ((b"x", "Word"), (b"PK\x03\x04", "Word")),
    "a.ods": ((b"PK\x03\x04", "spreadsheet"),), "a.odd": ((b"PK\x03\x04", "zip"),),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "what"), [(name, *one) for name, rows in IS.items() for one in rows])
def test_a_file_is_what_its_first_bytes_say(name: str, data: bytes, what: str):
    found = format_of(ForeignFile(name, data))
    assert (what in found.name) if isinstance(found, Unreadable) else found == what


def test_what_cannot_be_read_is_named_counted_and_no_success(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text(SITE, encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(RIS)
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7\n\xe2\xe3")
    (tmp_path / "c.bib").write_bytes(b"\n")
    done = run("import", "a.txt", "b.txt", "c.bib", cwd=tmp_path)
    assert done.returncode == 1
    assert "c.bib:1:1: error[import]: there is nothing in this file\n" in done.stdout
    assert "\nskipped b.txt: it is a PDF file\nskipped c.bib: it is empty\n" in done.stdout
    assert "b.txt:1:1: error[import]: this is a PDF file: not read\n  hint: save its text" in done.stdout
    assert "read 3 = created 1 + unchanged 0 + skipped 2 (it is a PDF file: 1, it is empty: 1)" in done.stdout
