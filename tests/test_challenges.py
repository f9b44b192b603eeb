"""Challenges: from a reader's issue to a record, an answer and a verdict that moved, on pages, in feeds and as data."""

import json
import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from making import CLAIM, ROOT, SOURCE, data_of, ledger_of, seen_from, site_of

from ledger import cli, texts
from ledger.analysis import analyse, challenges
from ledger.analysis.as_of import seen_on
from ledger.analysis.wording import hash_of
from ledger.editing import issue
from ledger.graph import Ledger
from ledger.rating_words import verdict_words
from ledger.views.challenges import counted, view_challenged

BASE_URL = "https://led.example/er"
SITE = f"format: 1\ntitle: Test\neditors: [{{id: ann, name: Ann}}]\nbase_url: {BASE_URL}\n"
ON_GITHUB = SITE + "repository: https://github.com/ann/led.ger.git\nchallenges: issues\n"
STUDY = SOURCE.replace("type: report", "type: article-journal").replace("tier: reporting", "tier: peer-reviewed")
ITEM = (
    "{{id: e{0}, source: s{0}, relation: {1}, shows: A gap., consulted: full-text, directness: direct,"
    " basis: empirical{2}}}"
)
FILES = {
    "site.yml": ON_GITHUB,
    "controversies/c.yml": "title: C\nquestion: C?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Say A.\nrests_on: [x]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: Say B.\nrejects: [x]\n",
    **{f"sources/s{at}.yml": STUDY.replace("Maps", f"Maps {at}") + f"citation_key: k{at}\n" for at in (1, 2, 3)},
    "claims/x.yml": CLAIM + f"added: 2020-01-01\nevidence: [{ITEM.format(1, 'supports', '')}]\n",
}
BODY = """### What you challenge

x@0123456789

### Its page

https://led.example/er/claims/x.html

### What sort of fault it is

a source is missing

### What is wrong

Two studies found <b>otherwise</b>, see [[nowhere]] and [@nobody].
\u202e### What is wrong

### How you know

Studies 2 and 3.

### Your name

_No response_
"""
ISSUE = {
    "author": {"login": "octo-cat"},
    "body": BODY.replace("\n", "\r\n"),
    "createdAt": "2020-03-01T10:00:00Z",
    "title": "x: Two studies are [[missing]]",
    "url": "https://github.com/ann/led.ger/issues/12",
}
RULING = """resolution:
  date: 2020-03-11
  outcome: upheld
  reason: Both studies are sound.
  effect: Both studies were added.
  changed: [x/e2, x/e3]
"""
OPEN = "title: '{0}'\ntarget: {1}\ntype: other\nsays: No.\nby: anonymous\ndate: {2}\n"
RULED = "resolution: {{date: {}, outcome: {}, reason: So.{}}}\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def from_issue(folder: Path, made: object, *more: str) -> int:
    (folder / "issue.json").write_text(json.dumps(made), encoding="utf-8")
    given = ["--content", str(folder / "content"), "--from-issue", str(folder / "issue.json"), "--date", "2020-03-02"]
    return cli.main(["new", *given, *more])


def test_an_issue_becomes_a_challenge_whose_answer_moves_a_verdict_on_page_feed_and_data(tmp_path: Path):
    written = challenge_from(tmp_path)
    is_shown_as_open(FILES | {CHALLENGE: written})
    items = ", ".join(ITEM.format(at, "disputes", ", recorded: 2020-03-11") for at in (2, 3))
    claim = FILES["claims/x.yml"].replace("]\n", f", {items}]\n")
    ledger = ledger_of(FILES | {CHALLENGE: written + RULING, "claims/x.yml": claim})
    before, after = (verdict_words(analyse(one).ratings["x"]) for one in (ledger_of(FILES), ledger))
    assert before != after
    pages_show_the_answer(ledger, after)
    data_and_feeds_have_the_answer(ledger, f"changed from “{before}” to “{after}”")


CHALLENGE = "challenges/two-studies-missing.yml"


def challenge_from(folder: Path) -> str:
    write(folder / "content", FILES)
    assert from_issue(folder, ISSUE) == cli.BUILT
    written = (folder / "content" / CHALLENGE).read_text(encoding="utf-8")
    fields = yaml.safe_load(written)
    assert {name: str(value) for name, value in fields.items() if name != "says"} == {
        "title": "Two studies are [ [missing]]",
        "target": "x",
        "wording": "0123456789",
        "type": "missing-source",
        "by": "octo-cat",
        "date": "2020-03-01",
        "url": ISSUE["url"],
        "added": "2020-03-02",
    }
    return written


def is_shown_as_open(files: dict[str, str]) -> None:
    open_ = site_of(ledger_of(files), BASE_URL)
    assert "Two studies found &lt;b&gt;otherwise&lt;/b&gt;, see [[nowhere]]" in open_["claims/x.html"].decode()
    assert "Challenged once. There is no answer yet." in open_["claims/x.html"].decode()
    assert "Two studies are" in open_["gaps.html"].decode()


def pages_show_the_answer(ledger: Ledger, verdict: str) -> None:
    site = {path: data.decode(errors="replace") for path, data in site_of(ledger, BASE_URL).items()}
    page, raised = site["claims/x.html"], site["challenges/two-studies-missing.html"]
    assert verdict in unescape(page)
    assert "Challenged once, and something was changed." in page
    for shown in (page, raised):
        assert "Upheld, 11 March 2020, after 10 days. Both studies are sound." in shown
        assert "Both studies were added." in shown
    assert "One has been answered: one led to a change." in site["controversies/c/audit.html"]
    assert "Challenges without an answer" not in site["gaps.html"]


def data_and_feeds_have_the_answer(ledger: Ledger, moved: str) -> None:
    names = ("claims/x.json", "gaps.json", "whats-new.json", "*.atom", "news/ledger.feed.json")
    files = {path: data.decode() for path, data in data_of(ledger, *names, base_url=BASE_URL).items()}
    assert json.loads(files["claims/x.json"])["challenged"] == {
        "raised": 1,
        "answered": 1,
        "moved": 1,
        "median_days": "10",
    }
    assert json.loads(files["gaps.json"])["challenges"] == []
    news = [one["what"] for one in json.loads(files["whats-new.json"])["here"]]
    assert news == ["verdict", "answered", "evidence", "challenged", "added"]
    for feed in ("feed.atom", "controversies/c.atom"):
        said = unescape(files[feed])
        assert "was upheld" in said
        assert moved in said
    assert "New challenge to “It moves”: “Two studies are" in files["news/ledger.feed.json"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"body": BODY.replace("x@0123456789", "xx")}, "no record with the id 'xx'"),
        ({"body": BODY.replace("x@0123456789", "c-aa")}, "did you mean 'c-a'"),
        ({"body": BODY.replace("x@0123456789", "_No response_")}, "does not say what it challenges"),
        ({"body": "### What you challenge\n\nx\n\n### What is wrong\n\n \u200b\n"}, "does not say what is wrong"),
        ({"body": "It is wrong."}, "does not say what it challenges"),
        ({"body": 7}, "no `body`"),
        ({"createdAt": "soon"}, "does not say when"),
        ({"body": "a" * issue.MOST_BYTES}, "more than 1,000,000 bytes"),
    ],
)
def test_an_issue_that_makes_no_challenge_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, object], why: str
):
    write(tmp_path / "content", FILES)
    assert from_issue(tmp_path, ISSUE | changed) == cli.USAGE
    assert why in capsys.readouterr().err
    assert not (tmp_path / "content/challenges").exists()


def test_an_issue_makes_one_challenge_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    write(tmp_path / "content", FILES)
    assert from_issue(tmp_path, ISSUE, "challenge", "mine", "--set", "target=x/e1") == cli.BUILT
    before = (tmp_path / "content/challenges/mine.yml").read_bytes()
    assert b"target: x/e1" in before
    assert from_issue(tmp_path, ISSUE) == cli.USAGE
    assert (
        from_issue(tmp_path, ISSUE | {"url": "https://github.com/ann/led.ger/issues/13"}, "challenge", "mine")
        == cli.USAGE
    )
    assert from_issue(tmp_path, ISSUE, "claim") == cli.USAGE
    said = capsys.readouterr().err
    assert "recorded already, as challenges/mine.yml" in said
    assert "the id 'mine' is taken" in said
    assert [path.read_bytes() for path in (tmp_path / "content/challenges").iterdir()] == [before]


def test_what_a_stranger_wrote_is_cut_to_what_the_fields_hold():
    rest = {
        "user": {"login": "x\n- evil: [[x]]"},
        "created_at": "2020-03-01",
        "html_url": "https://github.com.evil.example/a/b/issues/1",
        "title": "x" * 9_000,
        "body": BODY.replace("Two studies", "\x00\u202eTwo " * 9_000).replace("a source is missing", "{{ x }}")
        .replace("x@0123456789", "https://led.example/er/claims/x.html#e1"),
    }  # fmt: skip
    found = issue.fields_of(json.dumps(rest).encode())
    assert len(found["title"]) < 300
    assert len(found["says"]) < 8_000
    assert not set("\x00\u202e") & set(found["says"])
    assert (found["target"], found["type"], found["by"], found["date"]) == ("x", "other", "anonymous", "2020-03-01")
    assert "url" not in found


def test_without_a_title_of_its_own_a_challenge_is_called_by_the_first_sentence_of_what_is_wrong():
    made = ISSUE | {"title": "x: ", "body": BODY.replace("Two studies", "It moves. Two studies")}
    assert issue.fields_of(json.dumps(made).encode())["title"] == "It moves."


def test_the_form_of_a_new_ledger_has_the_headings_and_faults_that_are_read():
    path = ROOT / "ledger/skeleton/dot-github/ISSUE_TEMPLATE/challenge.yml"
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    parts = {part["id"]: part["attributes"] for part in form["body"]}
    assert {id_: part["label"] for id_, part in parts.items()} == issue.HEADINGS
    with texts.spoken(texts.english()):
        assert parts["type"]["options"] == list(texts.Group("fault").values())


# The link


def link(site: str, kind: str = "claims/x") -> str:
    context = seen_from(ledger_of(FILES | {"site.yml": site}), f"{kind}.html")
    found = view_challenged(context, context.ledger.records[kind.split("/")[1]])
    return found.link if found else ""


def test_a_page_leads_to_a_form_that_is_filled_in():
    page = site_of(ledger_of(FILES), BASE_URL)["claims/x.html"].decode()
    [written] = re.findall(
        r'<p class="corrections"><a href="([^"]*issues/new[^"]*)" rel="nofollow">Challenge this</a></p>', page
    )
    assert len(written) < 300
    address = urlsplit(unescape(written))
    assert (address.netloc, address.path) == ("github.com", "/ann/led.ger/issues/new")
    assert parse_qs(address.query) == {
        "template": ["challenge.yml"],
        "title": ["x: "],
        "target": [f"x@{hash_of(ledger_of(FILES).records['x'])}"],
        "page": [f"{BASE_URL}/claims/x.html"],
    }


def test_a_mail_is_begun_in_the_same_way_and_without_a_setting_there_is_nothing():
    address = urlsplit(link(SITE + "challenges: ann+ledger@led.example\n", "sources/s1"))
    assert (address.scheme, address.path) == ("mailto", "ann%2Bledger@led.example")
    said = parse_qs(address.query)
    assert said["subject"] == ["Challenge: s1"]
    assert said["body"][0].startswith("About: s1\r\nPage: sources/s1.html\r\n\r\nWhat is wrong:")
    assert link(SITE) == ""
    assert "Challenge" not in site_of(ledger_of(FILES | {"site.yml": SITE}))["claims/x.html"].decode()


# What is counted


def scored(files: dict[str, str]) -> list[str]:
    context = seen_from(ledger_of(FILES | files), "statistics.html")
    return [*counted(context, context.ledger.standing("challenge"), context.ledger.standing("claim"))]


def test_challenges_and_predictions_are_counted():
    prediction = "statement: It {}.\ntype: predictive\nresolution: {{condition: A look., outcome: {}}}\n"
    some = {
        "challenges/a.yml": OPEN.format("A", "x", "2020-01-01")
        + RULED.format("2020-01-03", "upheld", ", effect: Done."),
        "challenges/b.yml": OPEN.format("B", "x/e1", "2020-01-01") + RULED.format("2020-01-08", "rejected", ""),
        "challenges/c1.yml": OPEN.format("C", "s1", "2020-01-02"),
        "claims/p.yml": prediction.format("rose", "held"),
        "claims/q.yml": prediction.format("fell", "failed"),
    }
    assert scored(some) == [
        "There have been 3 challenges.",
        "2 have been answered: one led to a change.",
        "Median time until an answer, in days: 4.5.",
        "2 predictions are recorded.",
        "2 have been decided. Came true: 1. Failed: 1.",
    ]
    assert scored({}) == ["Nobody has challenged anything here yet.", "No prediction is recorded."]
    ledger = ledger_of(FILES | some)
    [waits] = challenges.open_challenges(ledger)
    assert (waits.id, waits.target, waits.days) == ("c1", "s1", 6)
    view = view_challenged(seen_from(ledger, "claims/x.html"), ledger.records["x"])
    assert view
    assert (view.said, [one.ref.id for one in view.entries]) == ("Challenged twice: one led to a change.", ["b", "a"])


def test_on_an_earlier_day_a_challenge_has_no_answer_yet_or_is_not_there():
    files = {
        "challenges/a.yml": OPEN.format("A", "x", "2020-03-01")
        + RULED.format("2020-03-11", "upheld", ", effect: Done.")
    }
    loaded = ledger_of(FILES | files).index.loaded
    early, late = (seen_on(loaded, "believed", date(2020, month, day)).records for month, day in ((2, 1), (3, 5)))
    assert "a" not in early
    assert late["a"].fields.resolution is None


ASKED = OPEN.format("A", "x", "2020-03-01")


@pytest.mark.parametrize(
    ("files", "check"),
    [
        ({"a": ASKED + RULED.format("2020-03-11", "upheld", ", effect: Done.")}, ""),
        ({"a": ASKED + RULED.format("2020-03-11", "rejected", "")}, ""),
        ({"a": ASKED + RULED.format("2020-03-11", "partly-upheld", "")}, "warning[upheld-without-effect]"),
        ({"a": ASKED + "resolution: {date: 2020-03-11, outcome: rejected}\n"}, "error[missing-field]"),
        ({"a": ASKED + RULED.format("2020-02-11", "rejected", "")}, "error[dates-out-of-order]"),
        ({"a": OPEN.format("A", "xy", "2020-03-01")}, "error[unknown-id]"),
        ({"a": OPEN.format("A", "a", "2020-03-01")}, "error[self-reference]"),
        ({"a": ASKED + "url: http://led.example/1\n"}, "error[bad-url]"),
        ({"site": SITE + "challenges: issues\n"}, "error[nowhere-to-challenge]"),
        ({"site": SITE + "challenges: here\n"}, "error[bad-value]"),
        ({"gone": "withdrawn: {date: 2020-03-11, why: It was wrong.}\n", "a": ASKED}, ""),
    ],
)
def test_what_is_found_of_a_challenge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], check: str
):
    claim = FILES["claims/x.yml"] + files.get("gone", "")
    made = {"challenges/a.yml": files["a"]} if "a" in files else {}
    write(tmp_path, FILES | {"site.yml": files.get("site", SITE), "claims/x.yml": claim} | made)
    cli.main(["check", "--content", str(tmp_path)])
    at = r"(?:challenges/a|site)\.yml:\d+:\d+: ((?:error|warning)\[[a-z-]+\])"
    assert set(re.findall(at, capsys.readouterr().out)) == ({check} if check else set())
