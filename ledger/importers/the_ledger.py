"""A ledger of The Ledger's format → drafts of records.

In: the files below its folder. Out: drafts, gaps and problems. Positions are lettered by their order. What the format
only implies is made: a claim for each position that has sources, and a stance for each registered proponent of one.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from ledger.checks.bad_identifier import good_arxiv
from ledger.identifiers import after
from ledger.importers.cleaning import one_line, without_references
from ledger.importers.foreign import Draft, Fields, ForeignFile, Imported, Ref, Run
from ledger.importers.foreign_dates import date_from_text
from ledger.importers.sources import TAG, TAGS, add_source
from ledger.importers.the_ledger_bodies import own_markdown, take_apart, tension_ids
from ledger.importers.the_ledger_format import ACTOR_TYPES, EVENT_TYPES, POLARITIES, SOURCE_TYPES, STATUSES
from ledger.importers.the_ledger_reading import Part, id_of, read_pages
from ledger.importers.validity import is_address

LONGEST_ID = 55
"""A controversy's id leaves room for what its positions and claims add."""
SHOWS = "Listed as a source of this position. What it shows was not recorded."
ATTESTS = "A source of the position. Whether it says that they hold it was not recorded."


@dataclass(frozen=True, slots=True)
class _Whole:
    """What every part needs to know of the whole: the run, the ids by folder, and the stances found so far by actor."""

    run: Run
    known: Mapping[str, set[str]]
    stances: defaultdict[str, list[Fields]]

    @property
    def day(self) -> str:
        return self.run.day.isoformat()


def read_the_ledger(files: list[ForeignFile], run: Run) -> Imported:
    """Every record of the folder."""
    made = Imported()
    pages = read_pages(files, made)
    if not any(pages.values()) and not made.refused:
        made.refuse("the folder", "it holds no records of this format")
    whole = _Whole(run, {sort: {id_of(page) for page in found} for sort, found in pages.items()}, defaultdict(list))
    # Actors come after the controversies, which say where they stand.
    for folder, read in (("threads", _thread), ("controversies", _controversy), ("actors", _actor), ("events", _event)):
        for page in pages[folder]:
            read(page, whole)
    return made


def _add(part: Part, kind: str, fields: Fields, *, key: str, wish: str, within: str = "") -> None:  # noqa: PLR0913
    """A draft of what a part of the format says; empty fields are left out."""
    filled = {name: value for name, value in fields.items() if value not in ("", [], None)}
    said = frozenset(filled) - {"added"}
    part.made.drafts.append(Draft(kind, key, part.where, filled, said, wish, within, implied=kind == "claim"))


def _plain(part: Part, name: str) -> str:
    """A field's text on one line, with nothing in it that reads as one of our references."""
    text = one_line(part.text(name))
    free = without_references(text)
    if free != text:
        part.log.gap("brackets", "`[[` and `[@` are references here: a space is put between", text)
    return free


def _date(part: Part, name: str) -> str:
    written = part.text(name)
    day = date_from_text(written)
    if written and not day:
        part.tell(f"'{written[:80]}' is not a date", name)
        part.log.gap(f"{part.sort}.{name}", "not a date: left out", written)
    return day


def _thread(page: Part, whole: _Whole) -> None:
    title, body = _plain(page, "title"), own_markdown(page.body.strip(), page.log)
    summary = _plain(page, "summary") or _plain(page, "description")
    if page.text("summary") and page.text("description"):
        page.log.gap("threads.description", "there is a summary as well: left out", page.text("description"))
    if not summary:
        summary = one_line(without_references(page.body.strip().split("\n\n")[0].lstrip("# "))) or title
        page.log.guess("threads.summary", "not said: the first paragraph, or the title", summary)
    if not title:
        page.refuse("a thread needs a title")
        return
    fields = {"title": title, "summary": summary, "body": body, "added": whole.day}
    _add(page, "thread", fields, key=f"thread:{id_of(page)}", wish=id_of(page))


# Controversies


def _controversy(page: Part, whole: _Whole) -> None:
    title, id_ = _plain(page, "title"), id_of(page)
    if not title:
        page.refuse("a controversy needs a title")
        return
    sections, day = take_apart(page.body, page.log), _date(page, "last_updated")
    body, status = sections.body, one_line(sections.status)
    if status and not day:
        page.log.gap("status", "it has no date: kept in the body", status)
        body, status = f"{body}\n\n## Status\n\n{sections.status}", ""
    ids = tension_ids([name for name, _ in sections.tensions])
    fields: Fields = {
        "title": title,
        "question": title if title.endswith("?") else f"{title}?",
        "thread": _known(page, "thread", page.text("thread"), whole.known["threads"]),
        "status": page.word("status", STATUSES, "active"),
        "status_note": {"text": without_references(status), "date": day} if status else "",
        "polarity": page.word("polarity", POLARITIES, ""),
        "tensions": [
            {"id": tension, "title": without_references(name), "text": without_references(one_line(text))}
            for tension, (name, text) in zip(ids, sections.tensions, strict=True)
        ],
        "body": own_markdown(body.strip(), page.log),
        "added": whole.day,
        "note": f"Last updated on {day} where it was imported from." if day else "",
    }
    if not title.endswith("?"):
        page.log.guess("controversies.question", "the format has titles alone: made from the title", fields["question"])
    if len(id_) > LONGEST_ID:
        page.log.gap("id", "its positions would have ids that are too long: cut", id_)
    _add(page, "controversy", fields, key=f"controversy:{id_}", wish=id_[:LONGEST_ID].strip("-"))
    positions = page.parts("positions", "position", "claim")
    for letter, part in zip(ascii_uppercase, positions, strict=False):
        _position(part, id_, letter, day, whole)
    for part in positions[len(ascii_uppercase) :]:
        part.refuse(f"a controversy has {len(ascii_uppercase)} positions at most")


def _known(part: Part, name: str, id_: str, known: set[str]) -> Ref | str:
    """A reference to a record of the same ledger; one that is not there is told and reported."""
    if not id_:
        return ""
    if id_ in known:
        return Ref(f"{name}:{id_}")
    part.tell(f"there is no {name} '{id_[:80]}'", name)
    part.log.gap(f"{part.sort}.{name}", "it names a record that is not there: left out", id_)
    return ""


def _position(part: Part, controversy: str, letter: str, day: str, whole: _Whole) -> None:
    statement = _plain(part, "claim")
    if not statement:
        part.refuse("a position needs a claim")
        return
    key = f"position:{controversy}-{letter}"
    sources = [ref for source in part.parts("sources", "source", "url") if (ref := _source(source, whole.run))]
    claim = Ref(f"claim:{controversy}-{letter}") if sources else None
    missing = _stances(part, Ref(key), sources, day or whole.day, whole)
    fields: Fields = {
        "controversy": Ref(f"controversy:{controversy}"),
        "letter": letter,
        "statement": statement,
        "rests_on": [claim] if claim else [],
        "key_sources": sources,
        "note": f"Proponents without a record when it was imported: {', '.join(missing)}." if missing else "",
        "added": whole.day,
    }
    _add(part, "position", fields, key=key, wish=letter.lower(), within=f"controversy:{controversy}")
    if claim:
        _claim(part, statement, Ref(key), sources, whole)
    else:
        part.log.gap("position without sources", "no claim is made of it: a claim stands on evidence", statement)


def _claim(part: Part, statement: str, position: Ref, sources: list[Ref], whole: _Whole) -> None:
    """The claim that a position with sources implies."""
    part.log.guess("claim.type", "the format has no claims: set to empirical", statement)
    part.log.guess("evidence", "what a source shows, and how it was read, is not said: said so in each item", statement)
    evidence = [
        {"id": f"e{number}", "source": source, "relation": "supports", "shows": SHOWS, "consulted": "memory"}
        for number, source in enumerate(sources, start=1)
    ]
    bears_on = [{"position": position, "relation": "supports"}]
    fields = {"statement": statement, "type": "empirical", "bears_on": bears_on, "evidence": evidence}
    key = position.key.replace("position:", "claim:", 1)
    _add(part, "claim", fields | {"added": whole.day}, key=key, wish="claim", within=position.key)


def _stances(part: Part, position: Ref, sources: list[Ref], day: str, whole: _Whole) -> list[str]:
    """Note a stance of every registered proponent; the others are told, reported and given back."""
    missing = []
    for at, id_ in part.texts("proponents"):
        if id_ not in whole.known["actors"]:
            part.tell(f"no actor has the id '{id_[:80]}'", "proponents", at)
            part.log.gap("unregistered proponents", "no actor has this id: no stance is made", id_)
            missing.append(one_line(without_references(id_)))
        elif not sources:
            part.log.gap("stances without sources", "a stance needs a source that attests it: left out", id_)
        elif all(stance["position"] != position for stance in whole.stances[id_]):
            attested = [{"date": f"../{day}", "source": source, "shows": ATTESTS} for source in sources]
            number = len(whole.stances[id_]) + 1
            whole.stances[id_].append(
                {"id": f"s{number}", "position": position, "stance": "holds", "inferred": "true", "attested": attested}
            )
            part.log.guess(
                "stances", "the format names proponents alone: inferred, attested by the position's sources", id_
            )
    return missing


def _source(part: Part, run: Run) -> Ref | None:
    """A source of a position or an event; planning finds out which of them are the same work."""
    address, title = part.text("url"), one_line(part.text("title"))
    if not title and address:
        title = address
        part.log.guess("source.title", "not said: its address", address)
    kind = part.word("type", SOURCE_TYPES, "webpage")
    number = after("arxiv", address).partition("?")[0].strip("/")
    item: dict[str, Any] = {"title": title, "type": kind, "URL": address}
    item |= {"custom": {"arxiv": number}} if good_arxiv(number) else {}
    draft = add_source(item, part.where, part.made, run)
    if draft is None:
        part.tell("a source needs a title or an address")
        return None
    return Ref(draft.key)


# Actors and events


def _actor(page: Part, whole: _Whole) -> None:
    name = _plain(page, "name")
    if not name:
        page.refuse("an actor needs a name")
        return
    homepage = page.text("website")
    if homepage and not is_address(homepage):
        page.tell(f"'{homepage[:80]}' is not a web address", "website")
        page.log.gap("actors.website", "not a web address: left out", homepage)
        homepage = ""
    fields: Fields = {
        "name": name,
        "type": page.word("type", ACTOR_TYPES, "organisation"),
        "other_names": [without_references(one_line(text)) for _, text in page.texts("aliases")],
        "homepage": homepage,
        "stances": whole.stances.get(id_of(page), []),
        "added": whole.day,
    }
    _add(page, "proponent", fields, key=f"actor:{id_of(page)}", wish=id_of(page))


def _event(page: Part, whole: _Whole) -> None:
    title, day = _plain(page, "title"), _date(page, "date")
    sources = [ref for source in page.parts("sources", "source", "url") if (ref := _source(source, whole.run))]
    actors = [
        _known(part, "actor", part.text("id"), whole.known["actors"])
        for part in page.parts("actors", "event actor", "id")
    ]
    threads = [_known(page, "thread", id_, whole.known["threads"]) for _, id_ in page.texts("threads")]
    needed = {"title": title, "date": day, "source": sources}
    if not all(needed.values()):
        page.refuse(f"an event needs a {next(name for name, value in needed.items() if not value)}")
        return
    tags = [text for _, text in page.texts("tags") if len(text) <= TAG][:TAGS]
    for _, text in page.texts("tags"):
        if text not in tags:
            page.log.gap("events.tags", "too long or too many: left out", text)
    fields: Fields = {
        "title": title,
        "date": day,
        "type": page.word("category", EVENT_TYPES, ""),
        "sources": list(dict.fromkeys(sources)),
        "proponents": [actor for actor in dict.fromkeys(actors) if actor],
        "about": [thread for thread in threads if thread],
        "tags": list(dict.fromkeys(without_references(one_line(text)) for text in tags)),
        "body": own_markdown(page.body.strip(), page.log),
        "added": whole.day,
    }
    _add(page, "event", fields, key=f"event:{id_of(page)}", wish=id_of(page))
