"""The ledger as tables: what each is for, its columns, its key, and how its rows are made from the records.

In: the ledger as its pages see it. Out: rows of cells, in a fixed order. The database, the CSV files, both their
descriptions and the tables of the documentation all follow from `TABLES`; columns that are fields of records follow
from the models.
"""

from collections.abc import Callable, Iterator

from ledger import citations, records, urls
from ledger.edges import RECORD
from ledger.exports.columns import Cell, Column, Placed, model_columns
from ledger.exports.other_tables import OTHER_TABLES
from ledger.exports.table_shapes import (
    Filled,
    Table,
    all_records,
    anchored_table,
    inside,
    list_table,
    own,
    part_table,
)
from ledger.records import KINDS, Common, Kind
from ledger.views.viewing import Viewing


def fill(viewing: Viewing) -> tuple[Filled, ...]:
    """Every table with its rows."""
    return tuple(Filled(table, tuple(_cells(viewing, table))) for table in TABLES)


def _cells(viewing: Viewing, table: Table) -> Iterator[tuple[Cell, ...]]:
    for item in table.rows(viewing):
        values = (column.read(viewing, item) for column in table.columns)
        yield tuple(None if value == "" else value for value in values)


RECORDS = Table(
    "records",
    "Every record that is published: what all kinds have.",
    (
        own("id", "the record's id, unique in the ledger", lambda _, row: row.record.id, required=True),
        own("number", "its row in the full-text table", lambda _, row: row.number, type="integer", required=True),
        own(
            "kind",
            "its kind",
            lambda _, row: row.record.kind.name,
            choices=tuple(kind.name for kind in KINDS),
            required=True,
        ),
        own("title", "what readers call it, without markup", lambda at, row: at.plain(row.record.title)),
        own("url", "its page, from the site's root", lambda _, row: urls.of_record(row.record), required=True),
        own("json", "its data", lambda _, row: urls.twin(urls.of_record(row.record)), required=True),
        *model_columns(Common, RECORD, leave=("note", "draft")),
    ),
    all_records,
    facets=("kind", "added", "updated"),
    label="title",
)
_ID = own("id", "the record's id", lambda _, row: row.record.id, references="records", required=True)


def _of_kind(kind: Kind) -> Callable[[Viewing], Iterator[Placed]]:
    return lambda viewing: (Placed(record, record.fields) for record in viewing.ledger.of_kind(kind.name))


def _kind_table(kind: Kind, facets: tuple[str, ...]) -> Table:
    said = " ".join((kind.model.__doc__ or "").split("\n")[0].split())
    columns = (_ID, *model_columns(kind.model, kind.name, leave=Common.model_fields), *COMPUTED.get(kind.name, ()))
    return Table(kind.folder, said, columns, _of_kind(kind), facets=facets, label=kind.title_field)


# What is computed


def _newest_rating(_: Viewing, row: Placed) -> Cell:
    return row.item.assessments[-1].rating if row.item.assessments else None


def _computed(viewing: Viewing, row: Placed) -> Cell:
    rating = viewing.analysis.ratings.get(row.record.id)
    return rating.band.replace(" ", "-") if rating and rating.band else None


def _why_not(viewing: Viewing, row: Placed) -> Cell:
    rating = viewing.analysis.ratings.get(row.record.id)
    return rating.computed if rating and not rating.band else None


def _rated(name: str) -> Callable[[Viewing, Placed], Cell]:
    return lambda viewing, row: getattr(viewing.analysis.ratings.get(row.record.id), name, None)


def _counted(name: str) -> Callable[[Viewing, Placed], Cell]:
    """How many; `cited` is a number already."""

    def read(viewing: Viewing, row: Placed) -> Cell:
        origins = viewing.analysis.origins.get(row.record.id)
        found = getattr(origins, name) if origins else None
        return len(found) if isinstance(found, tuple) else found

    return read


COMPUTED: dict[str, tuple[Column, ...]] = {
    "claim": (
        own("rating", "the editors' newest rating", _newest_rating, references="bands"),
        own("computed", "the rating that follows from the evidence", _computed, references="bands"),
        own("not_computed_because", "why there is no computed rating", _why_not),
        own("direction", "where the evidence points: `for`, `against` or `split`", _rated("direction")),
        own("cited", "how many sources its evidence cites", _counted("cited"), type="integer"),
        own("origins", "how many works these go back to", _counted("origins"), type="integer"),
        own("untraced", "how many of these origins nobody has traced", _counted("untraced"), type="integer"),
    ),
    "position": (own("rating", "the editors' newest rating", _newest_rating, references="bands"),),
    "source": (
        own("label", "a short label, as `Kaplan et al. 2020`", lambda _, row: citations.label(row.item)),
        own(
            "reference",
            "the whole reference in one line",
            lambda at, row: citations.in_full(row.item, at.plain(row.item.title)),
        ),
        own("dropped", "whether its status takes it out", lambda at, row: row.record.id in at.analysis.traced.fallen,
             type="flag"),
    ),
}  # fmt: skip
FACETS = {
    "controversy": ("status", "thread"),
    "position": ("controversy", "rating"),
    "claim": ("type", "rating", "computed", "direction"),
    "source": ("type", "tier", "status", "first_hand"),
    "proponent": ("type",),
    "event": ("type",),
}


PART_TABLES = (
    anchored_table("evidence", records.Evidence, "What sources show for and against claims.", ("claim", "evidence[]"),
                facets=("relation", "basis", "directness", "consulted")),
    part_table("assessments", records.Assessment, "The editors' ratings, oldest first.",
                ("claim", "assessments[]"), ("position", "assessments[]"), ("position", "parts[].assessments[]"),
                within=inside("part", "parts"), facets=("rating", "by")),
    part_table("searches", records.Search, "What was looked for, also when nothing was found.",
                ("claim", "searches[]"), ("controversy", "searches[]")),
    part_table("bears_on", records.BearsOn, "Which way claims count for positions, if true.",
                ("claim", "bears_on[]"), facets=("relation", "position")),
    part_table("claim_relations", records.ClaimRelation, "How claims stand to claims: this claim *type* the target.",
                ("claim", "relations[]"), facets=("type",)),
    anchored_table("tensions", records.Tension, "Where the positions of a controversy part.",
                ("controversy", "tensions[]")),
    part_table("see_also", records.SeeAlso, "What is worth reading next.", ("controversy", "see_also[]")),
    anchored_table("parts", records.Part, "The things that a position holds together.", ("position", "parts[]")),
    part_table("objections", records.Objection, "What is said against positions.", ("position", "objections[]")),
    part_table("mind_changes", records.MindChange, "What holders said would change their minds.",
                ("position", "would_change_mind[]"), facets=("outcome",)),
    part_table("position_relations", records.PositionRelation, "How positions stand to each other.",
                ("position", "relations[]"), facets=("type",)),
    part_table("authors", records.Author, "Who wrote the sources, in order.", ("source", "authors[]"),
                facets=("proponent",)),
    part_table("derivations", records.Derivation, "What sources take from earlier ones.",
                ("source", "derived_from[]"), facets=("how", "inferred")),
    part_table("interests", records.Interest, "What someone stands to gain.",
                ("source", "interests[]"), ("proponent", "interests[]")),
    part_table("affiliations", records.Tie, "Where proponents work or belong.", ("proponent", "affiliations[]")),
    part_table("members", records.Tie, "Who belongs to a proponent.", ("proponent", "members[]")),
    anchored_table("stances", records.Stance, "Where proponents stand on positions.", ("proponent", "stances[]"),
                facets=("stance", "position")),
    part_table("attestations", records.Attestation, "Where stances were stated.", ("proponent", "stances[].attested[]"),
                within=inside("stance", "stances", required=True)),
    part_table("exceptions", records.CheckException, "Checks that a record breaks for a reason.",
                (RECORD, "exceptions[]"), facets=("check_id",)),
)  # fmt: skip


LIST_TABLES = (
    list_table("rests_on", "claim", "The claims that carry positions.", ("position", "rests_on[]"), target="claims"),
    list_table("rejects", "claim", "The claims that a position's holders deny.", ("position", "rejects[]"),
                target="claims"),
    list_table("key_sources", "source", "The sources to read first.", ("position", "key_sources[]"),
                target="sources"),
    list_table("cruxes", "text", "What would settle it.",
                *((kind, "cruxes[]") for kind in ("controversy", "position", "claim"))),
    list_table("tags", "tag", "Words to find records by.", (RECORD, "tags[]")),
    list_table("other_names", "name", "Other names of proponents and terms.",
                ("proponent", "other_names[]"), ("term", "other_names[]")),
    list_table("former_ids", "former_id", "Ids that records had before.", (RECORD, "former_ids[]")),
)  # fmt: skip


TABLES = (
    RECORDS,
    *(_kind_table(kind, FACETS.get(kind.name, ())) for kind in KINDS),
    *PART_TABLES,
    *LIST_TABLES,
    *OTHER_TABLES,
)
"""Every table, the records first."""
