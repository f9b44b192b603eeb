"""Recompute every verdict, strip, work and team of a built site from its JSON: `python tests/recompute.py output`.

It reads nothing else, shares no code with the program, and does by trying out what the program does by algorithm.
It follows `docs/method.md` and, to the letter, "Computing it again" in `docs/json.md`. It prints how much it
recomputed, and everything in which the site says something else.
"""

import copy
import json
import sys
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

RETELLING = {"reports", "summarises", "copies", "syndicates"}
ANSWERING = {"replicates": {"empirical"}, "replies": {"empirical", "theoretical"}}
GONE = {"retracted", "withdrawn"}
GRADES = ["weak", "moderate", "strong"]
LEVELS = ["none", "weak", "limited", "medium", "robust"]
WEAK, LIMITED, MEDIUM, ROBUST = 1, 2, 3, 4
WORDS = ["probably-false", "perhaps-false", "open", "perhaps-true", "probably-true"]
OPEN = WORDS.index("open")
EDITORS = ["very-low", "low", "medium", "high", "very-high"]
SIDES = {"supports": "for", "disputes": "against", "qualifies": "qualifies"}
EXACT_TO = 30

Choices = Mapping[str, Any]
Span = tuple[int, int] | None


def latest(written: Any) -> date:
    """The last day of a date as it was written: of `2024` the last of the year, of an interval that of its end."""
    end = str(written).rpartition("/")[2] or str(written)
    if end == "..":
        return date.max
    year, *rest = (int(part) for part in end.rstrip("~?%").split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else monthrange(year, month)[1])


class Site:
    """The records of a built site, and what follows from how its sources stand to each other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        index = self.read("index.json")
        self.as_of = date.fromisoformat(index["as_of"]) if index["as_of"] else None
        self.method = self.read(index["method"])
        self.settle([self.read(summary["json"]) for summary in index["records"]])

    def read(self, address: str) -> Any:
        """One file of the site, its numbers exact."""
        return json.loads((self.folder / address).read_text(encoding="utf-8"), parse_float=Decimal)

    def settle(self, twins: list[Any]) -> None:
        """Which records stand, and which sources have fallen."""
        self.twins = twins
        self.present = {old: twin["id"] for twin in twins for old in twin["record"].get("former_ids", [])}
        self.present |= {twin["id"]: twin["id"] for twin in twins}
        standing = [twin for twin in twins if "withdrawn" not in twin["record"]]
        self.claims = {twin["id"]: twin for twin in standing if twin["kind"] == "claim"}
        self.positions = {twin["id"]: twin for twin in standing if twin["kind"] == "position"}
        self.people = {twin["id"]: twin["record"] for twin in standing if twin["kind"] == "proponent"}
        self.sources = {twin["id"]: twin["record"] for twin in standing if twin["kind"] == "source"}
        self.derived = {id_: self._derived(id_) for id_ in self.sources}
        self.walks = {}
        self._fall()

    def changed(self, change: Callable[[str, Any], Any]) -> "Site":
        """The same site with other sources: id and record → record."""
        other = copy.copy(self)
        other.settle(
            [
                twin | {"record": change(twin["id"], twin["record"])} if twin["kind"] == "source" else twin
                for twin in self.twins
            ]
        )
        return other

    def named(self, id_: str | None) -> str:
        """The id that a record has now."""
        return self.present.get(id_ or "", id_ or "")

    # Chains

    def _derived(self, id_: str) -> list[tuple[str, str]]:
        """What a source takes from others that stand: how, and from which."""
        listed = self.sources[id_]["derived_from"]
        found = [(one["how"], self.named(one["source"])) for one in listed] if listed != "unknown" else []
        return [(how, other) for how, other in found if other in self.sources and other != id_]

    def retold(self, id_: str) -> set[str]:
        """What a source reports, summarises, copies or syndicates."""
        return {other for how, other in self.derived[id_] if how in RETELLING}

    def steps(self, id_: str) -> set[str]:
        """Where a chain goes on from a source."""
        if self.retold(id_) or self.sources[id_].get("first_hand"):
            return self.retold(id_)
        return {other for _, other in self.derived[id_]}

    def speaks(self, id_: str) -> bool:
        """Whether chains end at a source because it says something of its own."""
        answers = any(how in ANSWERING for how, _ in self.derived[id_])
        return not self.retold(id_) and bool(self.sources[id_].get("first_hand") or answers)

    def data(self, id_: str) -> set[str]:
        """The data that a source uses."""
        return {other for how, other in self.derived[id_] if how == "uses-data"}

    def _fall(self) -> None:
        """Find what was retracted or withdrawn, what came before it as a version, and what stands on its data alone."""
        retracted = {id_ for id_, record in self.sources.items() if record.get("status") == "retracted"}
        more = {id_ for id_, record in self.sources.items() if record.get("status") in GONE}
        more |= {id_ for id_ in self.sources if retracted & set(self.later(id_))}
        self.fallen: set[str] = set()
        while more:
            self.fallen |= more
            self.walks: dict[tuple[str, bool], set[str]] = {}
            standing = {id_ for id_ in self.sources if self.ends(id_, standing=True)}
            more = {
                id_ for id_ in self.sources.keys() - self.fallen if self.data(id_) and not self.data(id_) & standing
            }

    def stands(self, id_: str) -> bool:
        """Whether a source leads to anything that has not fallen."""
        return bool(self.ends(id_, standing=True))

    def later(self, id_: str) -> list[str]:
        """The versions that came after a source, the next first."""
        found = [id_]
        while (other := self.named(self.sources[found[-1]].get("version_of"))) in self.sources and other not in found:
            found.append(other)
        return found[1:]

    def work(self, id_: str) -> str:
        """The last version of a source; of a circle of versions the first by id."""
        last = [id_, *self.later(id_)][-1]
        again = self.named(self.sources[last].get("version_of"))
        return min([last, *self.later(last)]) if again in self.sources else last

    def walk(self, start: str, *, standing: bool) -> set[str]:
        """Every source in the chains from one, itself included; not through what has fallen, if so asked."""
        if (start, standing) not in self.walks:
            seen, waiting = set(), [start]
            while waiting:
                id_ = waiting.pop()
                if id_ not in seen and not (standing and id_ in self.fallen):
                    seen.add(id_)
                    waiting += self.steps(id_)
            self.walks[start, standing] = seen
        return self.walks[start, standing]

    def loop(self, id_: str) -> set[str]:
        """The circle of sources without a way out that a source is in; none if it is in none."""
        reached = self.walk(id_, standing=False)
        alike = all(id_ in self.walk(other, standing=False) and not self.speaks(other) for other in reached)
        return reached if len(reached) > 1 and alike else set()

    def ends(self, start: str, *, standing: bool) -> set[str]:
        """Where the chains from a source end."""
        found = set()
        for id_ in self.walk(start, standing=standing):
            circle = self.loop(id_)
            if circle and not (standing and circle & self.fallen):
                found.add(min(circle))
            elif not circle and (self.speaks(id_) or not self.steps(id_)):
                found.add(id_)
        return found

    def at(self, end: str) -> set[str]:
        """The sources at an end: a circle of them, or one."""
        return self.loop(end) or {end}

    def way(self, start: str) -> set[str]:
        """Every source that a source comes by: the chains, and what those that retell take from otherwise."""
        found, waiting = set(), [start]
        while waiting:
            id_ = waiting.pop()
            if id_ not in found:
                found.add(id_)
                if self.retold(id_) or not self.sources[id_].get("first_hand"):
                    waiting += [other for _, other in self.derived[id_]]
        return found

    def authors(self, id_: str) -> set[str]:
        """Who wrote a source: their records, or the names as printed."""
        listed = self.sources[id_]["authors"]
        return {self._name(author) for author in listed} if listed != "unknown" else set()

    def people_behind(self, id_: str) -> set[str]:
        """The authors of a source that have a record."""
        listed = self.sources[id_]["authors"]
        return {self.named(one["proponent"]) for one in listed if "proponent" in one} if listed != "unknown" else set()

    def _name(self, author: Any) -> str:
        if "proponent" in author:
            return self.named(author["proponent"])
        return author.get("literal") or f"{author.get('given', '')} {author.get('family', '')}".strip()


# Items


class Item(NamedTuple):
    """An evidence item of a claim, or one of another claim that speaks against it as its rival."""

    id: str
    side: str | None
    written: Any
    quote: str
    source: str
    own: bool
    way: frozenset[str]
    ends: frozenset[str]
    left: frozenset[str]


def items_of(site: Site, claim: str) -> Iterator[Item]:
    """Every item of a claim, and the items of others that are about it as their rival."""
    for written in site.claims[claim]["record"].get("evidence", []):
        yield _item(site, claim, written["id"], SIDES.get(written["relation"]), written)
    for other in site.claims:
        for written in site.claims[other]["record"].get("evidence", []) if other != claim else ():
            if site.named(written.get("about_rival")) == claim:
                yield _item(site, other, f"{other}/{written['id']}", "against", written)


def _item(site: Site, claim: str, id_: str, side: str | None, written: Any) -> Item:
    source = site.named(written["source"])
    quote = site.claims[claim].get("quotes", {}).get(written["id"], {}).get("verdict", "")
    if source not in site.sources:
        return Item(id_, side, written, quote, source, False, frozenset(), frozenset(), frozenset())  # noqa: FBT003
    own = _is_own(site, source, written)
    named = _named(site, written)
    way = {source} if own else site.way(named or source)
    through = {source} if own else {named} if named else site.steps(source) or {source}
    ends = {source} if own else {end for one in through for end in site.ends(one, standing=False)}
    left = ends if own else {end for one in through for end in site.ends(one, standing=True)}
    standing = frozenset() if source in site.fallen else frozenset(left)
    return Item(id_, side, written, quote, source, own, frozenset(way), frozenset(ends), standing)


def _is_own(site: Site, source: str, item: Any) -> bool:
    """Whether the content of an item is its source's own."""
    if "via" in item:
        return bool(item["via"] == "own")
    answers = any(item.get("basis") in ANSWERING.get(how, ()) for how, _ in site.derived[source])
    return not site.retold(source) and bool(site.sources[source].get("first_hand") or answers)


def _named(site: Site, item: Any) -> str:
    """The source that an item says it retells; empty without one."""
    via = site.named(item.get("via"))
    return via if via in site.sources else ""


# Grades


def reasons_of(site: Site, claim: Any, item: Item, choices: Choices) -> dict[str, int]:
    """Family → how many steps down."""
    written = item.written
    own = voice_of(site, claim, item.source, written, choices)
    own["basis"] = max(own["basis"], _basis(claim, written, choices, shown=shows_who(site, claim, item.source)))
    own["status"] = max(own["status"], int(2 * len(item.left) < len(item.ends)))
    left = [id_ for end in item.left for id_ in (site.at(end) if not item.own else {end})]
    retold = [(voice_of(site, claim, id_, written, choices), site.sources[id_]["title"]) for id_ in left]
    best = [(sum(worse(own, one).values()), sum(one.values()), title, worse(own, one)) for one, title in retold]
    found = {
        "directness": {"direct": 0, "indirect": 1}.get(written.get("directness"), 2),
        "reading": {"coverage": 1, "memory": 2}.get(written["consulted"], 0),
        "tracing": 0 if item.own or any(site.speaks(end) for end in item.ends) else 1,
        **(min(best, key=lambda one: one[:3])[3] if best and not item.own else own),
    }
    return {family: steps for family, steps in found.items() if steps}


def worse(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """The larger steps of each family."""
    return {family: max(steps, other[family]) for family, steps in one.items()}


def voice_of(site: Site, claim: Any, source: str, item: Any, choices: Choices) -> dict[str, int]:
    """The steps down for a source's type, for its voice, and for what became of it."""
    record, mine = site.sources[source], own_words(site, claim, source)
    touched = record.get("status") == "corrected" and item.get("correction") != "unaffected"
    return {
        "basis": 0 if mine else _tier(record["tier"], item, choices),
        "voice": 0 if mine else _voice(site, source, choices),
        "status": int(touched or record.get("status") == "concern"),
    }


def own_words(site: Site, claim: Any, source: str) -> bool:
    """Whether a source is by somebody whom a historical claim is about."""
    about = {site.named(id_) for id_ in claim.get("about", [])}
    return claim["type"] == "historical" and bool(site.people_behind(source) & about)


def shows_who(site: Site, claim: Any, source: str) -> bool:
    """Whether a source is proof of who said or did something: by them, or a document of it."""
    document = claim["type"] == "historical" and site.sources[source]["tier"] == "primary-document"
    return document or own_words(site, claim, source)


def _basis(claim: Any, item: Any, choices: Choices, *, shown: bool) -> int:
    steps = {
        "empirical": 0,
        "theoretical": 0,
        "calculation": 0 if claim["type"] == "predictive" else choices["calculation"],
        "reporting": choices["reporting"],
        "statement": 0 if shown else 1 if claim["type"] == "historical" else 2,
    }
    return int(steps.get(item.get("basis"), 2))


def _tier(tier: str, item: Any, choices: Choices) -> int:
    measured = item.get("basis") in {"empirical", "theoretical", "calculation"}
    commentary = 1 if measured else 2
    steps = {"reporting": choices["reporting"], "preprint": choices["preprint"], "commentary": commentary, "social": 2}
    return int(steps.get(tier, 0))


def _voice(site: Site, source: str, choices: Choices) -> int:
    if site.sources[source]["tier"] == "official-statement":
        return 1
    interested = any(site.people.get(name, {}).get("interests") for name in site.people_behind(source))
    return int(choices["interests"]) if site.sources[source].get("interests") or interested else 0


def is_seen(item: Item, choices: Choices) -> bool:
    """Whether the editor saw the work itself."""
    read, quoted = item.written["consulted"], item.written.get("quote_role") == "result"
    whole = read == "full-text" or (choices["abstracts_seen"] and read == "abstract")
    part = read in {"excerpt", "abstract"} and quoted and item.quote in {"exact", "normalised", "recorded"}
    return bool(item.own and (whole or part))


def why_not(item: Item) -> str:
    """`counts`, or why an item counts for nothing under any choice."""
    if not item.side:
        return "no side"
    if "about_rival" in item.written and "/" not in item.id:
        return "about a rival"
    return "fallen" if not item.left else "quote not found" if item.quote == "not-found" else "counts"


class Graded(NamedTuple):
    """An item that counts, with its grade."""

    item: Item
    reasons: dict[str, int]
    grade: int
    seen: bool
    decides: bool


def graded(site: Site, claim: Any, items: Iterable[Item], choices: Choices) -> list[Graded]:
    """The items that count under some choices."""
    found = []
    for item in items:
        seen = why_not(item) == "counts" and is_seen(item, choices)
        held_out = item.written.get("basis") in {"opinion", "anecdote"} and not choices["opinions"]
        if why_not(item) == "counts" and not held_out and (seen or not choices["only_seen"]):
            reasons = reasons_of(site, claim, item, choices)
            grade = max(0, 2 - sum(reasons.values()))
            found.append(Graded(item, reasons, grade, seen, grade == 2 and seen and _decides(site, claim, item)))
    return found


def _decides(site: Site, claim: Any, item: Item) -> bool:
    tier = site.sources[item.source]["tier"]
    proof = claim["type"] == "historical" and (tier == "primary-document" or own_words(site, claim, item.source))
    return proof or tier == "synthesis" or item.written.get("basis") == "theoretical"


# Works


class Work(NamedTuple):
    """What one item or several of a side go back to."""

    name: str
    works: frozenset[str]
    met: frozenset[str]
    marks: frozenset[str]
    grade: int
    seen: bool
    decides: bool
    items: tuple[str, ...]


def tied(one: Work, other: Work) -> bool:
    """Whether two works are no independent witnesses."""
    return bool(one.met & other.met or one.marks & other.marks)


def behind_it(site: Site, item: Item) -> set[str]:
    """The sources that an item goes back to."""
    return set(item.ends) if item.own else {id_ for end in item.ends for id_ in site.at(end)}


def marks_of(site: Site, item: Item) -> set[str]:
    """What ties the works behind an item to others: their authors, the data that they use, and themselves as data."""
    sources = behind_it(site, item)
    data = {f"data {site.work(one)}" for id_ in sources for one in {id_, *site.data(id_)}}
    return data | {f"author {name}" for id_ in sources for name in site.authors(id_)}


def goes_back_to(site: Site, item: Item) -> frozenset[str]:
    """The works that an item goes back to."""
    return frozenset(site.work(id_) for id_ in behind_it(site, item))


def works_of(site: Site, found: Iterable[Graded], own: set[str], behind: set[str]) -> list[Work]:
    """The works of one side; `own`: those that an item speaks for; `behind`: every source in the claim's chains."""
    groups: dict[Any, list[Graded]] = {}
    for one in found:
        met = frozenset(site.work(id_) for id_ in one.item.way)
        marks = frozenset(marks_of(site, one.item))
        groups.setdefault((one.item.own, goes_back_to(site, one.item), met, marks), []).append(one)
    made = [
        Work(
            name=min(works & own or works),
            works=works,
            met=met,
            marks=marks,
            grade=max(one.grade for one in of),
            seen=any(one.seen for one in of),
            decides=any(one.decides for one in of),
            items=tuple(one.item.id for one in of),
        )
        for (_, works, met, marks), of in groups.items()
    ]
    return [one._replace(decides=one.decides or _is_repeated(site, one, made, behind)) for one in made]


def _is_repeated(site: Site, work: Work, side: list[Work], behind: set[str]) -> bool:
    """Whether a strong work that was seen is repeated by a work of another team on its side."""
    again = {
        site.work(id_)
        for id_ in behind
        for how, other in site.derived[id_]
        if how == "replicates" and site.work(other) in work.works
    }
    return work.grade == 2 and work.seen and any(again & one.works and not tied(one, work) for one in side)


def behind(site: Site, items: Iterable[Item]) -> set[str]:
    """Every source in the chains of some items, and the data of these."""
    found: set[str] = set()
    waiting = [id_ for one in items for id_ in (one.source, site.named(one.written.get("via")))]
    while waiting:
        id_ = waiting.pop()
        if id_ in site.sources and id_ not in found:
            found.add(id_)
            waiting += site.steps(id_) | site.data(id_)
    return found


def most(works: Iterable[Work], *, by_team: bool) -> int | None:
    """How many can be chosen so that no two are tied, or, not by team, are one; None where that is too long to try."""
    listed = list(works)
    shared = {id_ for one in listed for other in listed if one.works != other.works for id_ in one.met & other.met}
    kinds = {(one.works | one.met & shared, one.marks if by_team else frozenset()) for one in listed}
    left = [Work("", *kind[:1], *kind, 0, False, False, ()) for kind in kinds]  # noqa: FBT003
    total = 0
    while left:
        group = [left.pop()]
        for one in group:
            group += [other for other in left if tied(one, other)]
            left = [other for other in left if not tied(one, other)]
        if len(group) > EXACT_TO:
            return None
        total += _most(group)
    return total


def _most(group: list[Work]) -> int:
    """The first is chosen, or one that is tied to it."""
    if not group:
        return 0
    near = sorted((one for one in group if tied(one, group[0])), key=lambda one: one is not group[0])
    return max(1 + _most([other for other in group if not tied(other, one)]) for one in near)


# Levels


def can_choose(works: list[Work], wanted: list[int], *, seen: bool = False) -> bool:
    """Whether works of some grades or better can be chosen, no two tied; the first of them seen, if so asked."""
    if not wanted:
        return True
    return any(
        can_choose([other for other in works if not tied(one, other)], wanted[1:])
        for one in works
        if one.grade >= wanted[0] and (one.seen or not seen)
    )


def level_of(works: list[Work], choices: Choices) -> int:
    """How much evidence a side has."""
    kinds = list({(one.met, one.marks, one.grade, one.seen): one for one in works}.values())
    others = [1] * max(int(choices["medium"]) - 1, 0)
    if can_choose(kinds, [2, 2, 2], seen=True) or can_choose(kinds, [2, 2, 1, 1], seen=True):
        return ROBUST
    if any(one.decides for one in works) or can_choose(kinds, [2, *others]) or can_choose(kinds, [*others, 1, 1]):
        return MEDIUM
    return LIMITED if any(one.grade for one in works) else WEAK if works else 0


# The verdict


class Result(NamedTuple):
    """What follows from the works of both sides."""

    levels: tuple[int, int]
    span: Span
    looked: bool
    in_part: bool


def looked_for(site: Site, claim: Any) -> set[str]:
    """The sides that were looked for by a search that still stands."""
    every, periods = site.method["review_every_days"], site.method["search_periods"]
    found = set()
    for search in claim.get("searches", []):
        days = int(every * periods) if every is not None else None
        known = site.as_of is None or days is None or (site.as_of - latest(search["date"])).days <= days
        if known and search["found"] <= len(search.get("hits", [])):
            found.add(search.get("side", ""))
    return found


def balance(support: int, dispute: int) -> int:
    """The table of verdicts."""
    stronger, other = max(support, dispute), min(support, dispute)
    if stronger <= WEAK or other >= MEDIUM or stronger == other:
        return OPEN
    steps = 2 if stronger >= MEDIUM and other <= WEAK else 1
    return OPEN + steps if support > dispute else OPEN - steps


def span_of(support: int, dispute: int, looked: set[str]) -> tuple[Span, bool]:
    """The verdict or the range, and whether the weaker side was looked for."""
    if not support and not dispute:
        return None, False
    found, other = balance(support, dispute), "against" if support >= dispute else "for"
    if max(support, dispute) == WEAK:
        return (OPEN, OPEN), other in looked if support != dispute else looked >= {"for", "against"}
    if min(support, dispute) >= LIMITED or other in looked:
        return (found, found), True
    one = balance(support, LIMITED) if other == "against" else balance(LIMITED, dispute)
    return (min(found, one), max(found, one)), False


def result_of(site: Site, claim: Any, sides: Mapping[str, list[Work]], choices: Choices) -> Result | None:
    """What follows; None for a claim that is no question of evidence."""
    if claim["type"] in {"definitional", "normative"}:
        return None
    looked = looked_for(site, claim) if choices["searches"] else set()
    found = _weighed(sides, looked, choices)
    outcome = claim.get("resolution", {}).get("outcome")
    if claim["type"] != "predictive":
        return found
    if outcome in {"held", "failed"}:
        end = {"held": 4, "failed": 0}[outcome]
        return found._replace(span=(end, end), looked=True, in_part=False)
    low, high = found.span or (OPEN, OPEN)
    return found._replace(span=found.span and (min(max(low, 1), 3), min(max(high, 1), 3)))


def _weighed(sides: Mapping[str, list[Work]], looked: set[str], choices: Choices) -> Result:
    support = level_of(sides["for"], choices)
    disputing = sides["against"] + (sides["qualifies"] if choices["qualifying"] == "disputes" else [])
    dispute = level_of(disputing, choices)
    span, answered = span_of(support, dispute, looked)
    if span is None or choices["qualifying"] != "in part" or not sides["qualifies"]:
        return Result((support, dispute), span, answered, False)  # noqa: FBT003
    worst, _ = span_of(support, level_of(sides["against"] + sides["qualifies"], choices), looked)
    step = _in_part(sides, choices)
    low, high = (min(one - (step and one > OPEN), bad + 1) for one, bad in zip(span, worst or span, strict=True))
    return Result((support, dispute), (low, high), answered, (low, high) != span and span[1] > OPEN)


def _in_part(sides: Mapping[str, list[Work]], choices: Choices) -> bool:
    """Whether works that qualify are more than one for three that support, or medium evidence themselves."""
    solid = {side: most([one for one in sides[side] if one.grade], by_team=False) or 0 for side in sides}
    many = bool(solid["for"]) and 3 * solid["qualifies"] > solid["for"]
    return many or level_of(sides["qualifies"], choices) >= MEDIUM


def side_of(span: Span) -> int:
    """On which side of the middle a verdict is: of a range the end nearest to it."""
    if not span:
        return 0
    return 1 if span[0] > OPEN else -1 if span[1] < OPEN else 0


# A claim


class Rated(NamedTuple):
    """A claim with everything that its verdict follows from."""

    items: list[Item]
    counted: list[Graded]
    sides: dict[str, list[Work]]
    result: Result | None


def sides_of(site: Site, counted: Iterable[Graded], every: set[str]) -> dict[str, list[Work]]:
    """The works of each side."""
    listed = list(counted)
    own = {site.work(one.item.source) for one in listed if one.item.own}
    return {
        side: works_of(site, [one for one in listed if one.item.side == side], own, every) for side in SIDES.values()
    }


def rate(site: Site, claim: str, choices: Choices | None = None) -> Rated:
    """A claim under some choices, or those of the method."""
    record, items = site.claims[claim]["record"], list(items_of(site, claim))
    made = site.method["choices"] if choices is None else choices
    counted = graded(site, record, items, made)
    sides = sides_of(site, counted, behind(site, items))
    return Rated(items, counted, sides, result_of(site, record, sides, made))


def in_words(span: Span) -> dict[str, Any]:
    """A verdict or a range, as the data have it."""
    if not span:
        return {}
    low, high = (WORDS[one] for one in span)
    return {"verdict": low} if low == high else {"range": [low, high]}


def short(result: Result | None) -> dict[str, Any]:
    """A verdict or range and a direction, or why there is none."""
    if not result or not result.span:
        return {"not_rated": "no evidence" if result else "no question of evidence"}
    middle = "contested" if min(result.levels) >= MEDIUM else "open"
    return in_words(result.span) | {"direction": {1: "for", -1: "against", 0: middle}[side_of(result.span)]}


def rating_of(site: Site, claim: str) -> dict[str, Any]:
    """What the data of a claim should say of its rating; a count that is too long to try is None."""
    record, found = site.claims[claim]["record"], rate(site, claim)
    levels = found.result.levels if found.result else (0, 0)
    outcome = record.get("resolution", {}).get("outcome")
    return {
        "verdict": None, "range": None, "direction": None, "not_rated": None, **short(found.result),
        "evidence": {"for": LEVELS[levels[0]], "against": LEVELS[levels[1]]},
        "solidity": [None, "little", "little", "some", "strong"][max(levels)],
        "looked_for": bool(found.result and found.result.looked),
        "holds_in_part": bool(found.result and found.result.in_part),
        "decided": record["type"] == "predictive" and outcome in {"held", "failed"},
        "divergence": _divergence(record, found.result),
        "counts": _counts(site, found),
        "items": sorted(_items(site, found), key=lambda one: str(one["id"])),
    }  # fmt: skip


def _divergence(claim: Any, result: Result | None) -> int | None:
    """How many words the editors' newest rating is from the nearer end, from two on."""
    if not result or not result.span or not claim.get("assessments"):
        return None
    at = EDITORS.index(claim["assessments"][-1]["rating"])
    apart = max(result.span[0] - at, at - result.span[1])
    return apart if apart >= 2 else None


def _counts(site: Site, found: Rated) -> dict[str, Any]:
    works = [one for side in found.sides.values() for one in side]
    used = {f"data {site.work(one)}" for id_ in behind(site, found.items) for one in site.data(id_)}
    named = {mark.removeprefix("data ") for one in works for mark in one.marks & used}
    sources = {one.item.source for one in found.counted}
    return {
        "sources": len(sources),
        "works": most(works, by_team=False),
        "teams": most(works, by_team=True),
        "sides": {side: most(found.sides[side], by_team=False) for side in ("for", "against")},
        "datasets": len(named | {site.work(id_) for id_ in sources if site.sources[id_]["tier"] == "dataset"}),
    }


def _items(site: Site, found: Rated) -> Iterator[dict[str, Any]]:
    """Every item, with its grade, its work and the first of all works tied to that one, also through others."""
    works = [one for side in found.sides.values() for one in side]
    counted = {one.item.id: one for one in found.counted}
    for item in found.items:
        one = counted.get(item.id)
        work = next((work for work in works if one and item.id in work.items), None)
        yield {
            "id": item.id, "source": item.source, "side": item.side, "counts": why_not(item),
            "grade": GRADES[one.grade] if one else None, "seen": bool(one and one.seen),
            "reasons": one.reasons if one else {},
            "work": work.name if work else None, "team": _team(work, works) if work else None,
        }  # fmt: skip


def _team(work: Work, works: list[Work]) -> str:
    team = [work]
    for one in team:
        team += [other for other in works if tied(one, other) and other not in team]
    return min(one.name for one in team)


def strip_of(site: Site, claim: str) -> list[dict[str, Any]]:
    """What the data of a claim should say of the alternatives under which its verdict is another."""
    base = rate(site, claim)
    if not base.result or not base.result.span:
        return []
    chosen = [(name, rate(site, claim, choices).result) for name, choices in site.method["strip"].items()]
    marks = [_mark(base.result, name, result) for name, result in chosen]
    marks += [_mark(base.result, "without", left, name) for name, left in _without_each(site, claim, base)]
    now = in_words(base.result.span)
    return [mark for mark in marks if {key: mark[key] for key in ("verdict", "range") if key in mark} != now]


def _without_each(site: Site, claim: str, base: Rated) -> Iterator[tuple[str, Result | None]]:
    """Each work with what is left without it and all that is tied to it."""
    works = [one for side in base.sides.values() for one in side]
    every = behind(site, base.items)
    for out in _in_turn(works):
        gone = {id_ for one in works if any(tied(one, other) for other in out) for id_ in one.items}
        left = sides_of(site, [one for one in base.counted if one.item.id not in gone], every)
        yield (
            min(one.name for one in out),
            result_of(site, site.claims[claim]["record"], left, site.method["choices"]),
        )


def _in_turn(works: list[Work]) -> Iterator[list[Work]]:
    """Each work; then what goes back to several, none of which is there by itself, with all that overlaps."""
    single = {id_ for one in works if len(one.works) == 1 for id_ in one.works}
    yield from ([one for one in works if one.works == {id_}] for id_ in single)
    left = [one for one in works if not one.works & single]
    while left:
        group = [left.pop()]
        for one in group:
            group += [other for other in left if one.works & other.works]
            left = [other for other in left if other not in group]
        yield group


def _mark(base: Result, name: str, found: Result | None, without: str | None = None) -> dict[str, Any]:
    span = found.span if found else None
    before, after = side_of(base.span), side_of(span)
    effect = "keeps" if before == after else "tips" if not before else "flips" if after else "opens"
    return {"alternative": name, "effect": effect} | in_words(span) | ({"without": without} if without else {})


# What the site says


def said_of(rating: Any) -> dict[str, Any]:
    """What the data of a claim say, in the same shape."""
    keys = ("verdict", "range", "direction", "not_rated", "evidence", "solidity", "looked_for", "holds_in_part")
    items = [
        {
            **{key: item.get(key) for key in ("id", "source", "side", "counts", "grade", "seen", "work", "team")},
            "reasons": {reason["family"]: reason["steps"] for reason in item.get("reasons", [])},
        }
        for item in rating.get("items", [])
    ]
    divergence = rating["divergence"]["steps"] if "divergence" in rating else None
    found = {key: rating.get(key) for key in (*keys, "decided", "counts")}
    return {**found, "divergence": divergence, "items": items}


def apart(computed: Any, said: Any, at: str = "") -> Iterator[str]:
    """Where two values part; a count that was not computed agrees with any."""
    if isinstance(computed, dict) and isinstance(said, dict):
        for key in sorted({*computed, *said}):
            yield from apart(computed.get(key), said.get(key), f"{at} {key}".strip())
    elif isinstance(computed, list) and isinstance(said, list) and len(computed) == len(said):
        for number, pair in enumerate(zip(computed, said, strict=True)):
            yield from apart(*pair, f"{at} {number}")
    elif computed != said and not (computed is None and at.startswith("counts")):
        yield f"{at} is {computed}, and the site says {said}"


def differences(folder: Path) -> Iterator[str]:
    """Everything in which the site says something else."""
    site = Site(folder)
    for id_, twin in site.claims.items():
        yield from (f"{id_}: {found}" for found in apart(rating_of(site, id_), said_of(twin["rating"])))
        yield from (
            f"{id_}: strip {found}" for found in apart(_by_name(strip_of(site, id_)), _by_name(twin.get("strip", [])))
        )
    for id_, twin in site.positions.items():
        for found in apart(position_of(site, id_), {key: twin.get(key, []) for key in ("verdicts", "weakest")}):
            yield f"{id_}: {found}"


def _by_name(strip: list[Any]) -> dict[str, Any]:
    return {f"{mark['alternative']} {mark.get('without', '')}": mark for mark in strip}


# Positions


def position_of(site: Site, position: str, ratings: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The verdicts on what a position rests on, the likeliest first, and the claims that are least probably true."""
    listed = {site.named(id_) for id_ in site.positions[position]["record"].get("rests_on", [])}
    known = {id_: short(rate(site, id_).result) for id_ in listed & site.claims.keys()} if ratings is None else ratings
    alike: dict[str, list[str]] = {}
    for id_ in sorted(listed & known.keys()):
        alike.setdefault(json.dumps(known[id_], sort_keys=True), []).append(id_)
    ordered = sorted(((json.loads(text), ids) for text, ids in alike.items()), key=lambda one: _likelihood(one[0]))
    rated = [ids for rating, ids in ordered if "not_rated" not in rating]
    verdicts = [{"rating": rating, "claims": ids} for rating, ids in reversed(ordered)]
    return {"verdicts": verdicts, "weakest": rated[0] if rated else []}


def _likelihood(rating: Any) -> tuple[int, int, str]:
    if "not_rated" in rating:
        return -1, -1, rating["not_rated"]
    low, high = rating.get("range") or [rating["verdict"]] * 2
    return WORDS.index(low), WORDS.index(high), rating["direction"]


def main(folder: Path) -> int:
    """Print how much was recomputed, and the differences."""
    found, site = list(differences(folder)), Site(folder)
    marks = sum(len(twin.get("strip", [])) for twin in site.claims.values())
    said = f"recomputed {len(site.claims)} claims, {marks} alternatives, {len(site.positions)} positions"
    sys.stdout.write("\n".join([*found, f"{said}; {len(found)} differences", ""]))
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
