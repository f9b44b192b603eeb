"""What an editor can write: one frozen model per kind, in the order an editor meets them.

Records name each other by id; only the graph finds out what an id means. The settings of the ledger are in
`settings.py`.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, Tag, field_validator

from ledger import vocabulary
from ledger.fields import (
    LIST_LENGTH,
    UNKNOWN,
    UNKNOWN_OR_LIST,
    Date,
    DateSpan,
    Days,
    Flag,
    Id,
    Issued,
    Line,
    LineNumber,
    Number,
    Reference,
    SecureUrl,
    Text,
    Url,
)
from ledger.identifiers import cited_arxiv
from ledger.modelling import Assessment, Common, Model, Search, lists, may, needs
from ledger.settings import Site


class Thread(Common):
    """A line of debate that holds several controversies."""

    title: Line = needs("its title")
    summary: Text = needs("what it is about, in a sentence or two")


class StatusNote(Model):
    """Where the dispute is, on a date."""

    text: Text = needs("where the dispute is now")
    date: Date = needs("as of when")


class Review(Model):
    """When the record was last read as a whole."""

    last: Date | None = may("the last review")
    every_days: Days | None = may("how often it should be read again, in days")


class Tension(Model):
    """A question on which the positions differ."""

    id: Id = needs("its anchor on the page")
    title: Line = needs("the two sides in a few words")
    text: Text = needs("what is at issue")
    claims: tuple[Reference, ...] = lists("the claims it turns on")


class SeeAlso(Model):
    """Another record worth reading."""

    id: Reference = needs("the record")
    why: Text | None = may("what it adds")


class Controversy(Common):
    """A question on which informed people hold different positions."""

    title: Line = needs("its title")
    question: Text = needs("the question, ending with `?`")
    thread: Reference | None = may("the thread it belongs to")
    status: Literal["active", "dormant", "resolved"] = needs("whether it is still argued")
    status_note: StatusNote | None = may("where the dispute is now")
    polarity: Literal["binary", "multi-axis"] | None = may("two sides, or more than one axis")
    opened: DateSpan | None = may("when the dispute began")
    review: Review | None = may("when it was last read as a whole")
    summary: Text | None = may("the dispute in a few sentences")
    tensions: tuple[Tension, ...] = lists("where the positions differ")
    board: tuple[Reference, ...] = lists("the claims whose questions make the picture of the dispute, in order")
    cruxes: tuple[Text, ...] = lists("what would settle it")
    searches: tuple[Search, ...] = lists("what was looked for")
    see_also: tuple[SeeAlso, ...] = lists("records worth reading next")


class Part(Model):
    """One of the things that a position's letter holds together."""

    id: Id = needs("its anchor on the page")
    statement: Text = needs("what this part says")
    assessments: tuple[Assessment, ...] = lists("how sure the editors are of this part")


class Objection(Model):
    """What is said against a position."""

    text: Text = needs("the objection")
    claims: tuple[Reference, ...] = lists("the claims behind it")


class MindChange(Model):
    """What a holder said would change their mind."""

    by: Reference = needs("the proponent who said so")
    condition: Text = needs("what would have to happen")
    source: Reference = needs("where they said so")
    locator: Line | None = may("the place in the source")
    quote: Text | None = may("their words")
    resolves_by: Date | None = may("when it should be known")
    outcome: Literal["open", "met", "not-met"] | None = may("what came of it")


class PositionRelation(Model):
    """How a position relates to another."""

    position: Reference = needs("the other position")
    type: vocabulary.PositionRelationType = needs("this position … that one")
    why: Text | None = may("the reason")


class Position(Common):
    """One answer to a controversy's question. Its file is named `<controversy>-<letter>`."""

    controversy: Reference = needs("the controversy it answers")
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")] = needs("its letter, A to Z")
    statement: Text = needs("what its holders say, in a sentence")
    label: Line | None = may("a few words, for places with little room")
    steelman: Text | None = may("its best case, in words its holders would sign")
    parts: tuple[Part, ...] = lists("the separate things it holds together")
    rests_on: tuple[Reference, ...] = lists("the claims that it builds on")
    rejects: tuple[Reference, ...] = lists("the claims its holders deny")
    key_sources: tuple[Reference, ...] = lists("the sources to read first")
    objections: tuple[Objection, ...] = lists("what is said against it")
    cruxes: tuple[Text, ...] = lists("what would settle it")
    assessments: tuple[Assessment, ...] = lists("how sure the editors are")
    would_change_mind: tuple[MindChange, ...] = lists("what its holders said would change their minds")
    relations: tuple[PositionRelation, ...] = lists("how it relates to the other positions")


class BearsOn(Model):
    """Which way a claim would count for a position, if true."""

    position: Reference = needs("the position")
    relation: Literal["supports", "disputes"] = needs("which way it counts")
    why: Text | None = may("the reason")
    strength: Literal["strong", "weak"] | None = may("how far it counts; `strong` needs a reason, `weak` unless given")


class ClaimRelation(Model):
    """How a claim relates to another: this claim *type* that one."""

    claim: Reference = needs("the other claim")
    type: vocabulary.ClaimRelationType = needs("this claim … that one")
    why: Text | None = may("the reason")


class Quantity(Model):
    """A figure that an evidence item gives."""

    measure: Line = needs("what is measured")
    value: Number | None = may("the value")
    low: Number | None = may("the lower end")
    high: Number | None = may("the upper end")
    unit: Line | None = may("the unit")
    as_of: DateSpan | None = may("when it held")
    scope: Line | None = may("what it covers")


ClaimHash = Annotated[str, Field(pattern=r"^[0-9a-f]{10}$")]
"""What `analysis.wording` makes of a claim."""


class Evidence(Model):
    """What one source shows for or against a claim."""

    id: Id = needs("its anchor: e1, e2 …, never reused")
    source: Reference = needs("the cited source")
    relation: vocabulary.Effect = needs("what it does to the claim")
    shows: Text = needs("what the source shows, in your own words, with its figures")
    consulted: vocabulary.Consulted = needs("how you read the source")
    locator: Line | None = may("the place in the source")
    quote: Text | None = may("the source's exact words")
    quote_prefix: Text | None = may("the words just before the quote")
    quote_suffix: Text | None = may("the words just after it")
    directness: Literal["direct", "indirect", "analogy"] | None = may(
        "how closely it concerns the claim; left out, the item counts as weak"
    )
    basis: vocabulary.Basis | None = may("what kind of evidence it is; left out, the item counts as weak")
    limits: Text | None = may("what it does not show")
    quantity: Quantity | None = may("the figure it gives")
    quantities: tuple[Quantity, ...] = lists("further figures that it gives")
    about_rival: Reference | None = may("the rival claim that it counts against, instead of this one")
    via: Reference | Literal["own"] | None = may(
        "where its content comes from: `own` for the source's own finding, or the source that it retells"
    )
    quote_role: Literal["result", "background", "context"] | None = may("whether the quoted words state the result")
    correction: Literal["affected", "unaffected"] | None = may(
        "of a corrected source: whether the correction touches what this item uses"
    )
    recorded: Date | None = may("when it entered the ledger")
    by: Reference | None = may("the editor who entered it, as listed in site.yml")


class Resolution(Model):
    """How a prediction will be decided."""

    condition: Text = needs("what decides it")
    resolves_by: Date | None = may("when it should be known")
    outcome: Literal["held", "failed"] | Line | None = may("what came of it: `held` or `failed`; no other words count")

    @property
    def held(self) -> bool | None:
        """Whether the prediction came true; None as long as nothing is decided."""
        return {"held": True, "failed": False}.get(self.outcome or "")


class SameClaim(Model):
    """A claim of another ledger that says the same, and what it said when `ledger links --same-as` last read it."""

    url: Url = needs("its page there")
    hash: ClaimHash = needs("the hash that it had when an editor found the two to be the same: its citation has it")
    latest: ClaimHash | None = may("the hash that it had when it was last read")
    statement: Text | None = may("what it said then")
    verdict: vocabulary.Verdict | None = may("the verdict on it then")
    seen: Date | None = may("when it was last read")


class Claim(Common):
    """One checkable sentence."""

    statement: Text = needs("the sentence")
    type: vocabulary.ClaimType = needs("what sort of claim it is")
    scope: Text | None = may("what it covers")
    question: Line | None = may("the plain question to which the sentence answers yes, ending with `?`")
    no: Line | None = may("the answer at the other end in a few words, where `No` is not plain enough")
    yes: Line | None = may("the answer that the sentence gives in a few words, where `Yes` is not plain enough")
    bears_on: tuple[BearsOn, ...] = lists("the positions it counts for or against")
    relations: tuple[ClaimRelation, ...] = lists("how it relates to other claims")
    evidence: tuple[Evidence, ...] = lists("what sources show for and against it")
    assessments: tuple[Assessment, ...] = lists("how sure the editors are")
    searches: tuple[Search, ...] = lists("what was looked for")
    cruxes: tuple[Text, ...] = lists("what would settle it")
    resolution: Resolution | None = may("how a prediction will be decided")
    first_stated: Reference | None = may("the source that said it first")
    same_as: tuple[SameClaim, ...] = lists("claims of other ledgers that say the same")
    about: tuple[Reference, ...] = lists("of a historical claim: whose words or acts it is about")
    about_positions: Flag | None = may("`true` when it is about the positions themselves, and so no evidence for them")


READ_BY_READERS = frozenset(("body", "tags", "search_words", "updated", "note", "exceptions"))
"""Fields of which nothing is computed."""
CLAIM_READ_BY_READERS = READ_BY_READERS | {"statement", "scope", "question", "no", "yes", "same_as"}


def read_by_readers(kind: str) -> frozenset[str]:
    """The names of the fields that a kind has for readers alone: nothing is computed of them."""
    return CLAIM_READ_BY_READERS if kind == "claim" else READ_BY_READERS


def ratings_in(fields: Common) -> Iterator[tuple[tuple[str | int, ...], tuple[Assessment, ...]]]:
    """The lists of ratings in a record, each with its place: the record's own, and those of a position's parts."""
    if isinstance(fields, Claim | Position):
        yield ("assessments",), fields.assessments
    if isinstance(fields, Position):
        yield from ((("parts", at, "assessments"), part.assessments) for at, part in enumerate(fields.parts))


class Author(Model):
    """One author: a person's names, or a name as it is written."""

    family: Line | None = may("family name")
    given: Line | None = may("given names")
    literal: Line | None = may("the whole name, of an organisation or as printed")
    proponent: Reference | None = may("their record, where there is one")


class Derivation(Model):
    """A source that this one takes from."""

    source: Reference = needs("the earlier source")
    how: vocabulary.How = needs("what was taken, and how")
    inferred: Flag | None = may("`true` when the source does not say so itself")
    recorded: Date | None = may("when this was entered")


class Interest(Model):
    """What someone stands to gain."""

    proponent: Reference | None = may("whose interest it is")
    note: Text = needs("what it is")
    source: Reference | None = may("where it is shown")


class SourceCheck(Model):
    """How the entry itself was checked."""

    confidence: Literal["high", "medium", "low"] = needs("how sure the author, title, date and address are")
    against: tuple[Text, ...] = lists("what it was compared with")


class Source(Common):
    """A cited source: a paper, a report, an article, a post."""

    type: vocabulary.SourceType = needs(
        "what sort of work it is, in a word of the Citation Style Language: `article-journal`, `paper-conference`,"
        " `article` (a preprint), `report`, `book`, `webpage`, `post-weblog` …"
    )
    title: Text = needs("its title")
    authors: Annotated[UNKNOWN | Annotated[tuple[Author, ...], Tag("listed")], UNKNOWN_OR_LIST] = needs(
        "who wrote it, or `unknown`"
    )
    et_al: Flag | None = may("`true` when the list of authors is cut")
    issued: Issued = needs("when it came out, as far as known; `unknown` for a work without a date")
    container_title: Line | None = may("the journal, site or book it is in")
    publisher: Line | None = may("its publisher")
    volume: Line | None = may("volume")
    issue: Line | None = may("issue")
    pages: Line | None = may("pages")
    url: Url | None = may("its address")
    doi: Line | None = may("its DOI, as 10.…")
    arxiv: Line | None = may("its arXiv number, as 2001.08361")
    isbn: Line | None = may("its ISBN")
    pmid: Line | None = may("its PubMed number")
    archive_url: Url | None = may("the address of an archived copy")
    accessed: Date | None = may("when it was read")
    language: Line | None = may("the tag of its language, as `en` or `pt-BR`")
    citation_key: Line | None = may("the key by which it is cited elsewhere, as in `\\cite{kaplan2020}`")
    csl: dict[str, Line] | None = may("any other variable of the Citation Style Language")
    tier: vocabulary.Tier = needs("what sort of authority it has")
    first_hand: Flag | None = may("`true` when it is the first to say what it says")
    derived_from: Annotated[UNKNOWN | Annotated[tuple[Derivation, ...], Tag("listed")], UNKNOWN_OR_LIST] = needs(
        "what it takes from: `unknown`, `[]` when traced and nothing is behind it, or a list"
    )
    interests: tuple[Interest, ...] = lists("what its authors or publisher stand to gain")
    status: vocabulary.SourceStatus | None = may("what became of it")
    status_date: Date | None = may("since when")
    status_recorded: Date | None = may("when the status was entered")
    status_why: Text | None = may("why, in a sentence or two")
    version_of: Reference | None = may("the source of which this is another version: a preprint's article")
    notice: Reference | None = may("the source that says so")
    notice_url: Url | None = may("the address of what says so, if that is no source here")
    summary: Text | None = may("what it finds, in a sentence or two")
    caveat: Text | None = may("what is unsure about this entry")
    checked: SourceCheck | None = may("how the entry itself was checked")

    @property
    def named_authors(self) -> tuple[Author, ...]:
        """The authors that are named."""
        return () if self.authors == "unknown" else self.authors

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """What it takes from, as far as that is known."""
        return () if self.derived_from == "unknown" else self.derived_from

    @field_validator("arxiv", mode="before")
    @classmethod
    def _arxiv_number(cls, value: Any) -> Any:
        """The number alone of `arXiv:2001.08361v1 [cs.LG]`, as arXiv asks to be cited."""
        return cited_arxiv(value) if isinstance(value, str) else value


class Tie(Model):
    """A membership or post."""

    id: Reference | None = may("the other proponent's record")
    name: Line | None = may("its name, where there is no record")
    role: Line | None = may("as what")
    from_: Date | None = Field(default=None, alias="from", description="since when")
    until: Date | None = may("until when")


class Attestation(Model):
    """Where a stance was stated."""

    date: DateSpan = needs("when it was stated")
    source: Reference = needs("where")
    shows: Text | None = may("what was said, in your own words")
    locator: Line | None = may("the place in the source")
    quote: Text | None = may("the exact words")


class Stance(Model):
    """What a proponent holds of a position, with proof."""

    id: Id = needs("its anchor on the page")
    position: Reference = needs("the position")
    stance: vocabulary.Stance = needs("whether they hold it")
    in_capacity: Line | None = may("as what they spoke")
    inferred: Flag | None = may("`true` when it is read from acts rather than words")
    attested: tuple[Attestation, ...] = lists("where they said so")


class Proponent(Common):
    """A person, organisation, group or publication that takes part."""

    name: Line = needs("the name")
    type: Literal["person", "organisation", "group", "publication"] = needs("what it is")
    summary: Text | None = may("who that is, in a sentence")
    other_names: tuple[Line, ...] = lists("other names")
    homepage: Url | None = may("their own site")
    wikidata: Line | None = may("Wikidata number, as Q42")
    orcid: Line | None = may("ORCID")
    ror: Line | None = may("ROR id of an organisation")
    founded: DateSpan | None = may("when an organisation was founded")
    affiliations: tuple[Tie, ...] = lists("where they work or belong")
    members: tuple[Tie, ...] = lists("who belongs to it")
    interests: tuple[Interest, ...] = lists("what they stand to gain")
    stances: tuple[Stance, ...] = lists("which positions they take, with proof")


class Event(Common):
    """Something that happened."""

    title: Line = needs("what happened")
    date: DateSpan = needs("when")
    end_date: Date | None = may("when it ended")
    type: Literal["publication", "release", "statement", "funding", "result", "policy"] | None = may("what sort")
    summary: Text | None = may("a sentence or two")
    sources: tuple[Reference, ...] = Field(description="what reports it", min_length=1, max_length=LIST_LENGTH)
    proponents: tuple[Reference, ...] = lists("who took part")
    about: tuple[Reference, ...] = lists("records it concerns")
    evidence_for: tuple[Reference, ...] = lists("evidence items it gave, as `claim/e1`")


class Chart(Common):
    """Figures that sources give, drawn to be compared."""

    title: Line = needs("the question that it answers, ending with `?`")
    form: vocabulary.ChartForm = needs(
        "how it is drawn: `range`, a dot and a range for each figure; `bars`; `slope`, before and after; `series`, over"
        " time"
    )
    controversy: Reference | None = may("the controversy it belongs to")
    items: tuple[Reference, ...] = lists("the evidence items whose figures it draws, as `claim/e1`")
    measure: Line | None = may("draws only the figures of this measure; without `items`, those of all claims")
    unit: Line | None = may("draws only the figures in this unit")
    axis: Literal["linear", "log"] | None = may("the scale of the figures; of `bars` it is `log` unless given")
    scope: Text | None = may("what the figures cover and leave out, for readers")


class Term(Common):
    """A word that readers may not know."""

    term: Line = needs("the word")
    definition: Text = needs("what it means here")
    other_names: tuple[Line, ...] = lists("other words for it")
    sources: tuple[Reference, ...] = lists("where the definition comes from")


class Ruling(Model):
    """What the editors decided on a challenge."""

    date: Date = needs("when it was answered")
    outcome: vocabulary.ChallengeOutcome = needs("what came of it; `withdrawn` by the challenger")
    reason: Text = needs("why, for readers")
    effect: Text | None = may("what was changed because of it, in a sentence or two")
    changed: tuple[Reference, ...] = lists("the records, or evidence items as `claim/e1`, that were changed")

    @property
    def moved(self) -> bool:
        """Whether something was changed because of the challenge."""
        return bool(self.effect or self.changed)


class Challenge(Common):
    """What somebody says is wrong in the ledger, and what was answered."""

    title: Line = needs("what is wrong, in a few words")
    target: Reference = needs("what is challenged: the id of a record, or an evidence item as `claim/e1`")
    wording: Line | None = may("of a claim: the hash of the wording that was challenged, as its page gives it")
    type: vocabulary.Fault = needs("what sort of fault it is")
    says: Text = needs("what the challenger says, in their words; no markup or link in it is followed")
    by: Line = needs("who challenges: a name, or `anonymous`")
    proponent: Reference | None = may("their record, where there is one")
    date: Date = needs("when it was raised")
    sources: tuple[Reference, ...] = lists("the sources that they give")
    url: SecureUrl | None = may("where it was raised")
    resolution: Ruling | None = may("what was answered; without it the challenge is open")


class Page(Common):
    """A page of prose."""

    title: Line = needs("its title")


class SnapshotVerdict(Model):
    """What was found of one quote while the text was here."""

    quote: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = needs(
        "the SHA-256 hash of the quote's words, and of those beside them where some are given"
    )
    verdict: Literal["exact", "normalised", "ambiguous", "not-found"] = needs("what was found")
    foldings: tuple[vocabulary.Folding, ...] = lists("what had to be taken for the same")
    date: Date = needs("when")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = may(
        "the hash of the text, where that is an earlier one than the snapshot's"
    )


class Snapshot(Model):
    """What was read, on a day: `content/snapshots/<source-id>.yml`, with the text beside it where it may be kept."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = needs(
        "the hash of the text, as UTF-8 with LF line breaks"
    )
    captured: Date = needs("when it was read")
    url: Url | None = may("from where")
    how: Text | None = may("how the text was taken")
    pages: tuple[LineNumber, ...] = lists("the line on which each page begins, if it has pages")
    verdicts: tuple[SnapshotVerdict, ...] = lists("whether each quote was found")


class OwnTexts(BaseModel):
    """Words of one's own for those of the site: `content/texts.yml`, group → name → text."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)


class Kind(NamedTuple):
    """A kind of record: its name, the folder it lives in, its model, and the field that names it to readers."""

    name: str
    folder: str
    model: type[Common] | type[Snapshot] | type[OwnTexts]
    title_field: str = "title"
    is_prose: bool = False
    """Whether a record is mostly text: front matter and a body, in a `.md` file."""

    def path(self, id_: str) -> str:
        """Where a new record stands below the content folder."""
        return f"{self.folder}/{id_}.{'md' if self.is_prose else 'yml'}"


SITE = Kind("site", "", Site)
SNAPSHOT = Kind("snapshot", "snapshots", Snapshot, "")
TEXTS = Kind("texts", "", OwnTexts, "")
BESIDE = (SITE, TEXTS, SNAPSHOT)
"""What is kept beside the records."""
KINDS = (
    Kind("thread", "threads", Thread, is_prose=True),
    Kind("controversy", "controversies", Controversy, is_prose=True),
    Kind("position", "positions", Position, "statement", is_prose=True),
    Kind("claim", "claims", Claim, "statement"),
    Kind("source", "sources", Source),
    Kind("proponent", "proponents", Proponent, "name"),
    Kind("event", "events", Event),
    Kind("chart", "charts", Chart),
    Kind("term", "terms", Term, "term"),
    Kind("challenge", "challenges", Challenge),
    Kind("page", "pages", Page, is_prose=True),
)
"""The kinds that have pages, in the order an editor meets them."""
FOLDER_OF = {kind.name: kind.folder for kind in KINDS}
FOLDERS = {kind.folder: kind for kind in (*KINDS, SNAPSHOT)}
ROOT_FILES = {"site.yml": SITE, "texts.yml": TEXTS}
"""The files that lie in no folder."""
_NAMES = {kind.model: kind.name for kind in KINDS}


def kind_at(path: str) -> Kind:
    """The kind of the record in a file of the content folder."""
    return ROOT_FILES.get(path) or FOLDERS.get(path.rpartition("/")[0], SITE)


def kind_of(model: type[Common]) -> str:
    """The name of the kind whose records have that model."""
    return _NAMES[model]
