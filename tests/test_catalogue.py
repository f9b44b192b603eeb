"""The catalogue: every check has a page, its bad example is found out, its good one is not, and it can be printed.

The examples are files laid over the base site; their notation is explained in `cases.py`.
"""

import re

import pytest
from cases import CHECK, HERE, blocks_in, check_output, lay_over_base

from ledger import cli, decoding, explanations
from ledger.bugs import BUGS
from ledger.checks import IDS, SITE_IDS
from ledger.diagnostics import Level
from ledger.loading import READING_CHECKS
from ledger.public import CHECKS as PUBLIC_CHECKS
from ledger.slips import TEMPLATE_ERROR

PAGES = {id_: explanations.explain(id_) for id_ in explanations.known()}
EXAMPLES = {id_: page for id_, page in PAGES.items() if id_ not in (*BUGS, TEMPLATE_ERROR)}
"""The pages of checks of the content; no content shows a bug of the program, or a slip in a template."""
BUILD = ("build", "--output", "site", "--workers", "1", "--base-url", "https://example.org/")
EMITTED = {*READING_CHECKS, *IDS, *SITE_IDS, *BUGS, *PUBLIC_CHECKS, TEMPLATE_ERROR}


def section(page, heading):
    """The text below one heading."""
    return re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)[1]


def title_levels(page):
    """The levels that the title names: one, or an error and the warning that it sometimes is."""
    words = re.fullmatch(r"# [a-z0-9-]+ \((error|warning|error; warning [a-z ]+)\)", page.split("\n")[0])[1]
    return {Level(word) for word in re.findall("error|warning", words)}


def found_levels(text, check):
    """The levels at which the output names a check."""
    return {Level(level) for level in re.findall(rf": (error|warning)\[{check}\]: ", text)}


@pytest.fixture
def output_for(tmp_path, monkeypatch, capsys):
    def output(markdown, command=CHECK):
        shut = lay_over_base(tmp_path / "content", blocks_in(markdown))
        return check_output(tmp_path, shut, monkeypatch, capsys, command)

    return output


def test_nothing_is_wrong_with_the_base(output_for):
    assert output_for("") == ""


def test_every_check_has_a_page_and_every_page_a_check():
    assert set(PAGES) == EMITTED


OF_FOREIGN_FILES = {"import"}
"""What is wrong with a file in another format: no check of the content, so that no page explains it."""


def test_no_module_names_a_check_that_is_not_registered():
    named = set()
    for module in sorted((HERE.parent / "ledger").rglob("*.py")):
        text = module.read_text(encoding="utf-8")
        callers = r"(?<!token\.)\berror|\bwarning|report|stop|Fault|PydanticCustomError|check|_TAB: Final = "
        calls = rf'(?:{callers})\(\s*"([a-z0-9-]+)",'
        named |= set(re.findall(calls + r'|^ID = "([a-z0-9-]+)"', text, re.MULTILINE))
    unseen = {decoding._suspect(sign, 1)[1] for sign in "\x07\u2028\u200b"}
    ids = {id_ for pair in named for id_ in pair if id_} | unseen
    assert ids <= EMITTED | OF_FOREIGN_FILES
    assert ids >= {*READING_CHECKS, *IDS, *SITE_IDS}


@pytest.mark.parametrize("check", PAGES)
def test_page_has_its_parts(check):
    page = PAGES[check]
    assert page.startswith(f"# {check} (")
    parts = ["Bad", "Good", "Fix"] if check in EXAMPLES else ["Fix"]
    assert re.findall("^## (.*)", page, re.MULTILINE) == parts
    assert re.match(r"[A-Z].+\.", page.split("\n\n")[1], re.DOTALL)
    assert all(blocks_in(section(page, part)) for part in parts[:-1])
    assert section(page, "Fix").strip()


@pytest.mark.parametrize("check", EXAMPLES)
def test_bad_example_is_found_out_and_built_where_it_is_only_warned_of(check, output_for, tmp_path):
    wanted = title_levels(PAGES[check])
    command = CHECK if Level.ERROR in wanted else BUILD
    assert found_levels(output_for(section(PAGES[check], "Bad"), command), check) == wanted
    assert (tmp_path / "site/index.html").exists() is (command is BUILD)


@pytest.mark.parametrize("check", EXAMPLES)
def test_nothing_is_wrong_with_the_good_example(check, output_for):
    assert output_for(section(PAGES[check], "Good")) == ""


@pytest.mark.parametrize("check", PAGES)
def test_explain_prints_the_page(check, capsys):
    assert cli.main(["explain", check]) == cli.BUILT
    assert capsys.readouterr().out == PAGES[check] + "\n"


def test_explain_lists_every_check(capsys):
    assert cli.main(["explain"]) == cli.BUILT
    listed = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == sorted(PAGES)
