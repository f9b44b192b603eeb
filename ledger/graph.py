"""The index → the ledger, through which everything that follows reads the records.

In: an Index. Out: a Ledger, which notes what is read through it as keys, such as `record:ID`: "What a task may read" in
`docs/architecture.md` lists them all.

`result` does the same for what was computed: a result is computed once, what it read is noted under its own key, and
who reads the result notes that key. So the keys of a task lead to everything that its output depends on.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, ValuesView
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property, wraps
from operator import attrgetter
from typing import Any, Concatenate, Generic, NamedTuple, ParamSpec, TypeVar, cast, get_type_hints, overload

from pydantic import TypeAdapter

from ledger import structure, texts
from ledger.diagnostics import Span
from ledger.edges import Card, Edge, owner_id, parts_of
from ledger.indexing import Index, index_of, published_index
from ledger.loading import Loaded, Record, is_a, kept_text, site_fields
from ledger.modelling import Common
from ledger.records import Snapshot, Stance, kind_of, read_by_readers
from ledger.settings import Site
from ledger.wordings import Then

Parameters = ParamSpec("Parameters")
COMPARED: dict[str, Callable[..., Any]] = {}
"""The results whose values are compared, by the key under which they are noted, without arguments."""
PASSING: set[str] = set()
"""The results of which only the last is kept in memory, by the same key."""
UNKNOWN = object()
"""In place of a value from before a change that is not known, or no longer true."""
Value = TypeVar("Value")
Model = TypeVar("Model", bound=Common)


class Computed(NamedTuple):
    """What is noted of a result."""

    reads: Collection[str]
    value: str = ""
    """The value of a compared result, as JSON."""


class _Noted(Generic[Value]):
    """What a Ledger gives of its Index under a name; to ask for it is noted as a key."""

    def __init__(self, key: str, read: Callable[[Index], Value]) -> None:
        self._key, self._read = key, read

    def __get__(self, ledger: "Ledger", _: type) -> Value:
        ledger.note(self._key)
        return self._read(ledger.index)


class Ledger:
    """An Index as it is read: what is read through it is noted, and what is computed of it is remembered.

    A ledger is equal only to itself.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self._reads: set[str] = set()
        self._remembered: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        """The values of each function, by its key and then by the arguments."""
        self.traces: dict[str, Computed] = {}
        """What each result that was computed lately has read."""
        self.earlier: Callable[[str], Any] = lambda _: UNKNOWN
        """The value of a result before a change, by its key, if it is still true; else UNKNOWN."""
        self.records = Records(index, self.note)
        """Every record by id."""
        self._cores: dict[str, Record[Any]] = {}
        self._sorted: dict[str, Mapping[str, tuple[Edge, ...]]] = {}
        self.settings = cast(Site, Settings(site_fields(index.loaded.site), self.note))
        """The site's settings, or what holds without them; each that is read is noted."""

    # What is noted, and what is remembered

    def note(self, key: str) -> None:
        """Say that something was read."""
        self._reads.add(key)

    def remembered_of(self, names: Iterable[str]) -> dict[str, Any]:
        """The values of results by their keys, as far as they were computed."""
        found = ((name, *_parts(name)) for name in names)
        return {name: self._remembered[key][rest] for name, key, rest in found if rest in self._remembered[key]}

    def inherit(self, before: "Ledger", changed: Iterable[str]) -> None:
        """Take over what was computed of the ledger before a change, but for the results with these keys."""
        known = {key: dict(values) for key, values in before._remembered.items()}
        for key, rest in map(_parts, changed):
            known.get(key, {}).pop(rest, None)
        for key, values in known.items():
            values.update(self._remembered[key])
            self._remembered[key] = values

    def take_traces(self) -> dict[str, Computed]:
        """What the results that are new since the last call have read."""
        taken, self.traces = self.traces, {}
        return taken

    @contextmanager
    def reading(self) -> Iterator[set[str]]:
        """Collect the keys of what is read meanwhile; if that comes to nothing, whoever asked for it has read them."""
        before, self._reads = self._reads, set()
        try:
            with texts.spoken(self._texts, self._reads.add):
                yield self._reads
        except BaseException:
            before |= self._reads
            raise
        finally:
            self._reads = before

    def find(self, key: str, rest: str, function: Callable[..., Any], arguments: tuple[str, ...]) -> Any:
        """A result that is not remembered: as it was before a change, if that is still true, or computed."""
        name, known = f"{key}\t{rest}" if arguments else key, self._remembered[key]
        if key in PASSING:
            known.clear()
        value = self.earlier(name)
        if value is not UNKNOWN:
            known[rest] = value
        elif rest not in known:  # to ask whether it is still true may have computed it
            known[rest] = self._computed(name, key, function, arguments)
        return known[rest]

    def _computed(self, name: str, key: str, function: Callable[..., Any], arguments: Iterable[str]) -> Any:
        with self.reading() as reads:
            value = function(self, *arguments)
        self.traces[name] = Computed(tuple(reads), _packed(function, value) if key in COMPARED else "")
        return value

    def again(self, name: str) -> str:
        """A compared result as it is now, as JSON; the empty text for one that is not compared or cannot be computed.

        Its record may be gone or be another; whoever still asks for it is told what is wrong.
        """
        found = _compared(name)
        if found is None:
            return ""
        try:
            with self.reading():
                key, rest = _parts(name)
                self._remembered[key][rest] = self._computed(name, key, found, name.split("\t")[2:])
        except Exception:
            return ""
        return self.traces[name].value

    # Records

    def record(self, model: type[Model], id_: str) -> Record[Model]:
        """The record of that model with an id. KeyError where there is none, TypeError where it is of another kind."""
        return _of_model(model, id_, self.records.get(id_))

    def core_of(self, id_: str) -> Record[Any] | None:
        """A record as computations see it, without the fields that only readers read: asking for one of them is a bug.

        So an edit of such a field makes no result again.
        """
        self._reads.add(f"core:{id_}")
        if id_ not in self._cores:
            record = self.index.loaded.records.get(id_)
            if record is None:
                return None
            self._cores[id_] = record.without(read_by_readers(record.kind.name))
        return self._cores[id_]

    def core(self, model: type[Model], id_: str) -> Record[Model]:
        """The same of the record of that model with an id. KeyError and TypeError as for `record`."""
        return _of_model(model, id_, self.core_of(id_))

    @overload
    def of_kind(self, kind: type[Model]) -> tuple[Record[Model], ...]: ...

    @overload
    def of_kind(self, kind: str) -> tuple[Record[Any], ...]: ...

    def of_kind(self, kind: type[Common] | str) -> tuple[Record[Any], ...]:
        """The records of one kind, by id, given its model or its name."""
        kind = kind if isinstance(kind, str) else kind_of(kind)
        self._reads.add(f"all:{kind}")
        return tuple(self.index.loaded.records[card.id] for card in self._by_kind.get(kind, ()))

    def members(self, kind: str) -> tuple[str, ...]:
        """The ids of the records of one kind."""
        self._reads.add(f"members:{kind}")
        return tuple(card.id for card in self._by_kind.get(kind, ()))

    def standing(self, kind: str) -> tuple[str, ...]:
        """The ids of the records of one kind that were not withdrawn."""
        self._reads.add(f"standing:{kind}")
        return tuple(card.id for card in self._by_kind.get(kind, ()) if not card.withdrawn)

    def cards(self, kind: str) -> tuple[Card, ...]:
        """What others see of the records of one kind, by id."""
        self._reads.add(f"cards:{kind}")
        return self._by_kind.get(kind, ())

    def card(self, id_: str) -> Card | None:
        """What others see of a record, given any id that it ever had; None where there is none."""
        self._reads.add(f"card:{id_}")
        present = self.index.former.get(id_)
        if present is None:
            return self.index.cards.get(id_)
        self._reads.add(f"card:{present}")
        return self.index.cards[present]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that have a record."""
        self._reads.add("kinds")
        return frozenset(self._by_kind)

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Card, ...]]:
        found: defaultdict[str, list[Card]] = defaultdict(list)
        for card in self.index.cards.values():
            found[card.kind].append(card)
        return {kind: tuple(cards) for kind, cards in found.items()}

    def present_id(self, written: str) -> str:
        """The id that a record, or a part of one, has now, given any that the record ever had."""
        id_, slash, part = written.partition("/")
        self._reads.add(f"kind:{id_}")
        return f"{self.index.former.get(id_, id_)}{slash}{part}"

    def stands(self, id_: str) -> bool:
        """Whether an id means a record, and that was not withdrawn."""
        present = self.present_id(id_)
        self._reads.add(f"kind:{present}")
        card = self.index.cards.get(present)
        return card is not None and not card.withdrawn

    former = _Noted("former", lambda index: index.former)
    """Every id that a record had before: the one that it has now."""

    # Edges

    def edges_from(self, node: str) -> tuple[Edge, ...]:
        """The edges that start at a record or part, in the order in which they were written."""
        return self._at("from", self.index.edges, attrgetter("start"), node)

    def edges_to(self, node: str) -> tuple[Edge, ...]:
        """The edges that end at a record or part, in order of the record that wrote them."""
        return self._at("to", self.index.incoming, attrgetter("target"), node)

    def _at(
        self, way: str, edges: Mapping[str, tuple[Edge, ...]], node_of: Callable[[Edge], str], node: str
    ) -> tuple[Edge, ...]:
        """The edges at a node: those of its record are sorted once for it and all its parts."""
        owner = owner_id(node)
        self._reads.add(key := f"{way}:{owner}")
        if key not in self._sorted:
            found: defaultdict[str, list[Edge]] = defaultdict(list)
            for edge in edges.get(owner, ()):
                found[node_of(edge)].append(edge)
            self._sorted[key] = {one: tuple(made) for one, made in found.items()}
        return self._sorted[key].get(node, ())

    def edges_of(self, id_: str) -> tuple[Edge, ...]:
        """The edges that start at a record or any of its parts."""
        self._reads.add(f"from:{id_}")
        return self.index.edges.get(id_, ())

    def edges_into(self, id_: str) -> tuple[Edge, ...]:
        """The edges that end at a record or any of its parts."""
        self._reads.add(f"to:{id_}")
        return self.index.incoming.get(id_, ())

    def all_edges(self) -> Iterator[Edge]:
        """Every edge, in order of the record that wrote it."""
        self._reads.add("edges")
        return (edge for made in self.index.edges.values() for edge in made)

    def node_kind(self, node: str) -> str | None:
        """What a node is: a kind of record, `evidence` or `stance`; None for an id that nothing has."""
        self._reads.add(f"kind:{owner_id(node)}")
        card = self.index.cards.get(node)
        return card.kind if card else structure.node_kind(self.index.cards, node)

    def nodes_of(self, id_: str) -> tuple[str, ...]:
        """A record's own node and those of its parts."""
        self._reads.add(f"kind:{id_}")
        return (id_, *(f"{id_}/{part}" for part in self.index.cards[id_].parts))

    def node_title(self, node: str) -> str:
        """What a node is called: a record by its title, an item by what it shows, a stance by what it says."""
        id_, _, part = node.partition("/")
        if not part:
            card = self.card(id_)
            return card.title if card else node
        found = next(one for one in parts_of(self.records[id_].fields) if one.id == part)
        return f"{found.stance} {self.present_id(found.position)}" if isinstance(found, Stance) else found.shows

    def span(self, edge: Edge) -> Span:
        """Where an edge was written."""
        record = self.index.loaded.records.get(edge.owner) or next(one for one in self.broken if one.id == edge.owner)
        self._reads.add(f"record:{edge.owner}")
        document = record.document
        return document.inner_span(edge.path, edge.words, edge.nth) if edge.words else document.span((*edge.path, "id"))

    # What claims said before, the site, and what was kept beside the records

    pasts = _Noted("pasts", lambda index: tuple(index.past.said) if index.past else ())
    """The claims of which git has anything, those that are gone included; none where the site does not show it."""

    def said_before(self, claim: str) -> tuple[Then, ...]:
        """All that git has of a claim, the newest first, what it says now included."""
        self._reads.add(f"past:{claim}")
        return self.index.past.said.get(claim, ()) if self.index.past else ()

    @cached_property
    def _texts(self) -> texts.Texts:
        """What is said while the ledger is read; each group of texts that is used is noted as `texts:GROUP`."""
        return texts_of(self.index.loaded)

    own_texts = _Noted("own_texts", lambda index: index.loaded.texts)
    """Words of one's own for those of the site, as they were written."""
    site = _Noted("site", lambda index: index.loaded.site)
    """The site's settings as they were written."""

    def snapshot(self, source: str) -> Record[Snapshot] | None:
        """What is known of the text that was read of a source."""
        self._reads.add(f"snapshot:{source}")
        return self.index.loaded.snapshots.get(source)

    def snapshot_text(self, source: str) -> str | None:
        """The text that was read of a source, if it is kept and is still the one that was read."""
        self._reads.add(f"snapshot:{source}")
        return kept_text(self.index.loaded, source)

    snapshots = _Noted("snapshots", lambda index: index.loaded.snapshots)
    """Everything that is known of texts, by source."""
    kept_texts = _Noted("snapshots", lambda index: index.loaded.kept)
    """The texts themselves, by source, whether or not they are still those that were read."""
    as_of = _Noted("as_of", lambda index: index.as_of)
    """The newest editorial date."""

    def has_reached(self, day: date) -> bool:
        """Whether the newest editorial date is that day or a later one."""
        self._reads.add(f"reached:{day.isoformat()}")
        return self.index.as_of is not None and self.index.as_of >= day

    is_dated = _Noted("dated", lambda index: index.as_of is not None)
    """Whether there is any editorial date."""
    cut = _Noted("cut", lambda index: index.loaded.cut)
    """The earlier day that the records are of, if they are."""
    failed = _Noted("files", lambda index: index.loaded.failed)
    """Paths of the files that gave no record."""
    unsound = _Noted("unsound", lambda index: index.unsound)
    """The records with a structural error, from which nothing is computed."""
    broken = _Noted("files", lambda index: index.loaded.broken)
    """Records whose fields have errors."""


def _of_model(model: type[Model], id_: str, found: Record[Any] | None) -> Record[Model]:
    if found is None:
        raise KeyError(id_)
    if not is_a(found, model):
        raise TypeError(f"{id_} is a {found.kind.name}, not a {kind_of(model)}")
    return found


def texts_of(loaded: Loaded) -> texts.Texts:
    """The texts of a ledger, in its language, with those of its own."""
    language = site_fields(loaded.site).language or texts.ENGLISH
    return texts.texts_in(language, loaded.texts.fields.model_extra or {} if loaded.texts else {})


class Settings:
    """The site's settings; reading one is noted."""

    def __init__(self, site: Site, note: Callable[[str], None]) -> None:
        self._site, self._note = site, note

    def __getattr__(self, name: str) -> Any:
        self._note(f"setting:{name}")
        return getattr(self._site, name)


class Records(Mapping[str, Record[Any]]):
    """The records by id, in order of id; reading one, or going through all, is noted."""

    def __init__(self, index: Index, note: Callable[[str], None]) -> None:
        self._found, self._note = index.loaded.records, note

    def __getitem__(self, id_: str) -> Record[Any]:
        self._note(f"record:{id_}")
        return self._found[id_]

    def __contains__(self, id_: object) -> bool:
        self._note(f"kind:{id_}")
        return id_ in self._found

    def __iter__(self) -> Iterator[str]:
        self._note("records")
        return iter(self._found)

    def __len__(self) -> int:
        self._note("records")
        return len(self._found)

    def values(self) -> ValuesView[Record[Any]]:
        """Every record, in order of id."""
        self._note("records")
        return self._found.values()

    def items(self) -> ItemsView[str, Record[Any]]:
        """Every id with its record, in order of id."""
        self._note("records")
        return self._found.items()


def result(
    function: Callable[Concatenate[Ledger, Parameters], Value],
) -> Callable[Concatenate[Ledger, Parameters], Value]:
    """Mark a function of a ledger and some ids as one that is computed once: the decorator of every result."""
    key = _name(function)
    start = f"{key}\t"

    @wraps(function)
    def remembered(ledger: Ledger, *arguments: str) -> Any:
        rest = arguments[0] if len(arguments) == 1 else "\t".join(arguments)
        ledger._reads.add(start + rest if arguments else key)
        found = ledger._remembered[key].get(rest, UNKNOWN)
        return ledger.find(key, rest, function, arguments) if found is UNKNOWN else found

    return cast("Callable[Concatenate[Ledger, Parameters], Value]", remembered)


def compared(
    function: Callable[Concatenate[Ledger, Parameters], Value],
) -> Callable[Concatenate[Ledger, Parameters], Value]:
    """Mark a result whose value is compared: who reads it depends on that, not on what it read.

    It is stored, as JSON, so its annotation says what it is, and in the same order in every process.
    """
    COMPARED[_name(function)] = function
    return result(function)


def passing(function: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
    """Mark a result that is asked for at one time, or costs little for its size: only the last stays. It goes first."""
    PASSING.add(_name(function))
    return function


def unpacked(name: str, value: str) -> Any:
    """The value of a compared result from its JSON; UNKNOWN if it cannot be one."""
    found = _compared(name)
    try:
        return _adapter(found).validate_json(value) if found else UNKNOWN
    except ValueError:
        return UNKNOWN


def _compared(name: str) -> Callable[..., Any] | None:
    """The compared function of a result, by the key of the result."""
    return COMPARED.get(_parts(name)[0])


def _parts(name: str) -> tuple[str, str]:
    """The key of a function, and the arguments, from the key of a result of it."""
    module, _, rest = name.partition("\t")
    function, _, arguments = rest.partition("\t")
    return f"{module}\t{function}", arguments


def _packed(function: Callable[..., Any], value: object) -> str:
    return _adapter(function).dump_json(value).decode()


@cache
def _adapter(function: Callable[..., Any]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(function, include_extras=True)["return"])


def get_ready() -> None:
    """Make all that packs and unpacks the values of compared results."""
    for function in COMPARED.values():
        _adapter(function)


def _name(function: Callable[..., Any]) -> str:
    """Under which key a result is noted, without its arguments."""
    return f"={function.__module__}\t{function.__qualname__}"


def build_graph(loaded: Loaded, *, as_of: date | None = None) -> Ledger:
    """Resolve the loaded records."""
    return Ledger(index_of(loaded, as_of=as_of))


def published(ledger: Ledger) -> Ledger:
    """The same ledger without its drafts, for the site."""
    index = published_index(ledger.index)
    return ledger if index is ledger.index else Ledger(index)
