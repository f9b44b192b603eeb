"""A ledger of The Ledger's format → drafts of records.

In: the files below its folder. Out: drafts, gaps and problems. Positions are lettered by their order. What the format
only implies is made: a claim for each position that has sources, and a stance for each registered proponent of one.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from ledger.identifiers import after, good_arxiv
from ledger.importers.cleaning import free_id, is_address, one_line, plain_line, slug, without_references
from ledger.importers.csl import TAG, TAGS, add_source, escape_references
from ledger.importers.dates import date_from_text
from ledger.importers.drafts import Fields, ForeignFile, Imported, Log, Ref, Run
from ledger.importers.the_ledger_files import Part, read_pages

KINDS = {"actor": "proponent"}
"""Kinds of record that have another name there."""
LONGEST_ID = 55
"""A controversy's id leaves room for what its positions and claims add."""
SHOWS = "Listed as a source of this position. What it shows was not recorded."
ATTESTS = "A source of the position. Whether it says that they hold it was not recorded."
_SECTION = re.compile(r"^#{1,2}[ \t]+(\S.*)$", re.MULTILINE)
_LISTED = re.compile(r"^(?:[-*+]|\d+[.)])[ \t]+", re.MULTILINE)
_HEADED = re.compile(r"^#{3,6}[ \t]+", re.MULTILINE)
_APART = re.compile(r"\n[ \t]*\n")
_BOLD = r"(?:\*\*|__)([^*_\n]{1,200}?)[:.]?(?:\*\*|__)[ \t]*[:.–—-]*\s*(\S.*)"
_FIRST_LINE = r"([^\n]{1,200})\n\s*(\S.*)"
_COLON = r"([^:\n]{1,100}):\s+(\S.*)"
"""How an entry may part its title from its text."""
_IMAGE = re.compile(r"!\[([^\]\[]*)\](?=\()")
_LINK = re.compile(r"\[([^\]\[]*)\]\((?!https?://|mailto:)([^()\s]*)(?:\s+\"[^\"]*\")?\)")


@dataclass(frozen=True, slots=True)
class _Context:
    """What every part needs to know of the whole: the run, the ids by folder, and the stances found so far by actor."""

    run: Run
    known: Mapping[str, set[str]]
    stances: defaultdict[str, list[Fields]]

    @property
    def day(self) -> str:
        return self.run.day.isoformat()

    def add(self, part: Part, kind: str, fields: Fields, id_: str, wish: str = "", within: str = "") -> None:  # noqa: PLR0913, PLR0917
        """A draft of what a part of the format says."""
        part.made.record(kind, f"{kind}:{id_}", part.where, fields | {"added": self.day}, wish=wish or id_,
                         within=within, implied=kind == "claim")  # fmt: skip


def read_the_ledger(files: list[ForeignFile], run: Run) -> Imported:
    """Every record of the folder."""
    made = Imported()
    pages = read_pages(files, made)
    if not any(pages.values()) and not made.refused:
        made.refuse("the folder", "it holds no records of this format")
    context = _Context(run, {sort: {page.id for page in found} for sort, found in pages.items()}, defaultdict(list))
    # Actors come after the controversies, which say where they stand.
    for folder, read in (("threads", _thread), ("controversies", _controversy), ("actors", _actor), ("events", _event)):
        for page in pages[folder]:
            read(page, context)
    return made


def _plain(part: Part, name: str, needed_by: str = "") -> str:
    """A field's text on one line, with nothing in it that reads as one of our references; refused if it is missing."""
    text = escape_references(one_line(part.text(name)), part.log)
    if not text and needed_by:
        part.refuse(f"{needed_by} needs a {name}")
    return text


def _date(part: Part, name: str) -> str:
    written = part.text(name)
    day = date_from_text(written)
    if written and not day:
        part.leave_out(f"'{written[:80]}' is not a date", "not a date: left out", written, name)
    return day


def _known(part: Part, name: str, id_: str, context: _Context) -> Ref | str:
    """A reference to an actor or thread of the same ledger; one that is not there is reported."""
    if not id_ or id_ in context.known[f"{name}s"]:
        return Ref(f"{KINDS.get(name, name)}:{id_}") if id_ else ""
    part.leave_out(f"there is no {name} '{id_[:80]}'", "it names a record that is not there: left out", id_, name)
    return ""


def _thread(page: Part, context: _Context) -> None:
    title, body = _plain(page, "title"), clean_markdown(page.body.strip(), page.log)
    summary = _plain(page, "summary") or _plain(page, "description")
    if page.text("summary") and page.text("description"):
        page.log.gap("threads.description", "there is a summary as well: left out", page.text("description"))
    if not summary:
        summary = plain_line(page.body.strip().split("\n\n")[0].lstrip("# ")) or title
        page.log.guess("threads.summary", "not said: the first paragraph, or the title", summary)
    if not title:
        page.refuse("a thread needs a title")
        return
    context.add(page, "thread", {"title": title, "summary": summary, "body": body}, page.id)


# Controversies


def _controversy(page: Part, context: _Context) -> None:
    title, id_ = _plain(page, "title", "a controversy"), page.id
    if not title:
        return
    body, tensions, section = split_body(page.body, page.log)
    day, status = _date(page, "last_updated"), one_line(section)
    if status and not day:
        page.log.gap("status", "it has no date: kept in the body", status)
        body, status = f"{body}\n\n## Status\n\n{section}", ""
    fields: Fields = {
        "title": title,
        "question": title if title.endswith("?") else f"{title}?",
        "thread": _known(page, "thread", page.text("thread"), context),
        "status": page.word("status", "active"),
        "status_note": {"text": without_references(status), "date": day} if status else "",
        "polarity": page.word("polarity"),
        "tensions": [{"id": tension, "title": without_references(name), "text": plain_line(text)}
                     for tension, (name, text) in zip(tension_ids(tensions), tensions, strict=True)],
        "body": clean_markdown(body.strip(), page.log),
        "note": f"Last updated on {day} where it was imported from." if day else "",
    }  # fmt: skip
    if not title.endswith("?"):
        page.log.guess("controversies.question", "the format has titles alone: made from the title", fields["question"])
    if len(id_) > LONGEST_ID:
        page.log.gap("id", "its positions would have ids that are too long: cut", id_)
    context.add(page, "controversy", fields, id_, id_[:LONGEST_ID].strip("-"))
    positions = page.parts("positions", "position", "claim")
    for letter, part in zip(ascii_uppercase, positions, strict=False):
        _position(part, id_, letter, day, context)
    for part in positions[len(ascii_uppercase) :]:
        part.refuse(f"a controversy has {len(ascii_uppercase)} positions at most")


def _position(part: Part, controversy: str, letter: str, day: str, context: _Context) -> None:
    statement = _plain(part, "claim", "a position")
    if not statement:
        return
    name = f"{controversy}-{letter}"
    position, sources = Ref(f"position:{name}"), _sources(part, context.run)
    missing = _stances(part, position, sources, day or context.day, context)
    fields: Fields = {
        "controversy": Ref(f"controversy:{controversy}"),
        "letter": letter,
        "statement": statement,
        "rests_on": [Ref(f"claim:{name}")] if sources else [],
        "key_sources": sources,
        "note": f"Proponents without a record when it was imported: {', '.join(missing)}." if missing else "",
    }
    context.add(part, "position", fields, name, letter.lower(), f"controversy:{controversy}")
    if sources:
        context.add(part, "claim", _claim(part, statement, position, sources), name, "claim", position.key)
    else:
        part.log.gap("position without sources", "no claim is made of it: a claim needs evidence", statement)


def _claim(part: Part, statement: str, position: Ref, sources: list[Ref]) -> Fields:
    """The claim that a position with sources implies."""
    part.log.guess("claim.type", "the format has no claims: set to empirical", statement)
    part.log.guess("evidence", "what a source shows, and how it was read, is not said: said so in each item", statement)
    evidence = [
        {"id": f"e{number}", "source": source, "relation": "supports", "shows": SHOWS, "consulted": "memory"}
        for number, source in enumerate(sources, start=1)
    ]
    bears_on = [{"position": position, "relation": "supports"}]
    return {"statement": statement, "type": "empirical", "bears_on": bears_on, "evidence": evidence}


def _stances(part: Part, position: Ref, sources: list[Ref], day: str, context: _Context) -> list[str]:
    """Note a stance of every registered proponent; the others are reported and returned."""
    missing = []
    for at, id_ in part.texts("proponents"):
        stances = context.stances[id_]
        if id_ not in context.known["actors"]:
            part.warn(f"no actor has the id '{id_[:80]}'", "proponents", at)
            part.log.gap("unregistered proponents", "no actor has this id: no stance is made", id_)
            missing.append(plain_line(id_))
        elif not sources:
            part.log.gap("stances without sources", "a stance needs a source that attests it: left out", id_)
        elif all(stance["position"] != position for stance in stances):
            attested = [{"date": f"../{day}", "source": source, "shows": ATTESTS} for source in sources]
            stance = {"position": position, "stance": "holds", "inferred": "true", "attested": attested}
            stances.append({"id": f"s{len(stances) + 1}", **stance})
            why = "the format names proponents alone: inferred, attested by the position's sources"
            part.log.guess("stances", why, id_)
    return missing


def _sources(part: Part, run: Run) -> list[Ref]:
    """The sources of a position or an event; planning finds out which of them are the same work."""
    return [ref for source in part.parts("sources", "source", "url") if (ref := _source(source, run))]


def _source(part: Part, run: Run) -> Ref | None:
    address, title = part.text("url"), one_line(part.text("title"))
    if not title and address:
        title = address
        part.log.guess("source.title", "not said: its address", address)
    kind = part.word("type", "webpage")
    number = after("arxiv", address).partition("?")[0].strip("/")
    item: dict[str, Any] = {"title": title, "type": kind, "URL": address}
    item |= {"custom": {"arxiv": number}} if good_arxiv(number) else {}
    draft = add_source(item, part.where, part.made, run)
    if draft is None:
        part.warn("a source needs a title or an address")
        return None
    return Ref(draft.key)


# Actors and events


def _actor(page: Part, context: _Context) -> None:
    name = _plain(page, "name", "an actor")
    if not name:
        return
    homepage = page.text("website")
    if homepage and not is_address(homepage):
        page.leave_out(f"'{homepage[:80]}' is not a web address", "not a web address: left out", homepage, "website")
        homepage = ""
    fields: Fields = {
        "name": name,
        "type": page.word("type", "organisation"),
        "other_names": [plain_line(text) for _, text in page.texts("aliases")],
        "homepage": homepage,
        "founded": _date(page, "founded"),
        "stances": context.stances.get(page.id, []),
    }
    context.add(page, "proponent", fields, page.id)


def _event(page: Part, context: _Context) -> None:
    title, day, sources = _plain(page, "title"), _date(page, "date"), _sources(page, context.run)
    actors = [_known(part, "actor", part.text("id"), context) for part in page.parts("actors", "event actor", "id")]
    threads = [_known(page, "thread", id_, context) for _, id_ in page.texts("threads")]
    for name, value in (("title", title), ("date", day), ("source", sources)):
        if not value:
            page.refuse(f"an event needs a {name}")
            return
    fields: Fields = {
        "title": title,
        "date": day,
        "type": page.word("category"),
        "sources": list(dict.fromkeys(sources)),
        "proponents": [actor for actor in dict.fromkeys(actors) if actor],
        "about": [thread for thread in threads if thread],
        "tags": _tags(page),
        "body": clean_markdown(page.body.strip(), page.log),
    }
    context.add(page, "event", fields, page.id)


def _tags(page: Part) -> list[str]:
    kept = [text for _, text in page.texts("tags") if len(text) <= TAG][:TAGS]
    for _, text in page.texts("tags"):
        if text not in kept:
            page.log.gap("events.tags", "too long or too many: left out", text)
    return list(dict.fromkeys(plain_line(text) for text in kept))


# Bodies


def split_body(body: str, log: Log) -> tuple[str, list[tuple[str, str]], str]:
    """A controversy's body without its tensions and status; the titles and texts of its tensions; its status.

    A section that cannot be taken apart stays in the body under its heading.
    """
    rest, tensions, status = [], list[tuple[str, str]](), ""
    parts = ["", *_SECTION.split(body)]
    for head, written in zip(parts[::2], parts[1::2], strict=True):
        heading, text = head.rstrip().rstrip("#").strip(), written.strip()
        name = heading.casefold()
        found = list(_tensions(text)) if name == "key tensions" else []
        if found and all(found):
            tensions += filter(None, found)
        elif name in ("status", "current status") and text and not status:
            status = text
        else:
            if name == "key tensions" and text:
                log.gap("key tensions", "not in the form of titles with texts: kept in the body", text)
            rest.append(text if name in ("", "context") else f"## {heading}\n\n{text}")
    return "\n\n".join(part for part in rest if part.strip()), tensions, status


def _tensions(text: str) -> Iterator[tuple[str, str] | None]:
    """Every entry of the section as a title and a text; None for one that has no title."""
    cut = next((form for form in (_LISTED, _HEADED) if form.search(text)), _APART)
    for item in filter(None, (part.strip() for part in cut.split(text))):
        forms = (_BOLD, _FIRST_LINE if cut is _HEADED else _COLON)
        match = next((found for form in forms if (found := re.fullmatch(form, item, re.DOTALL))), None)
        yield (one_line(match[1].strip("*_ ")), match[2].strip()) if match else None


def tension_ids(tensions: list[tuple[str, str]]) -> list[str]:
    """An id for each tension, after its title and unique among them."""
    ids: dict[str, None] = {}
    for title, _ in tensions:
        ids[free_id("-".join(slug(title).split("-")[:6]) or "tension", "", ids.__contains__)] = None
    return [*ids]


def clean_markdown(body: str, log: Log) -> str:
    """Markdown that can stand here: images become links, links within the other site become words."""
    text = _IMAGE.sub(lambda match: f"[{match[1] or 'image'}]", body)
    if text != body:
        log.gap("images", "pages show no images of other sites: kept as links", len(_IMAGE.findall(body)))
    for words, target in _LINK.findall(text):
        log.gap("links within the other site", "they lead nowhere here: only the words are kept", f"{words} ({target})")
    text = _LINK.sub(r"\1", text)
    disarmed = without_references(text, markdown=True)
    if disarmed != text:
        log.gap("brackets", "`[[` and `[@` are references here: a backslash is put before", body)
    return disarmed
