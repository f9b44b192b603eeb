"""The settings of the whole ledger: the model of `content/site.yml`."""

from typing import Any, Literal

from pydantic import Field

from ledger import vocabulary
from ledger.fields import (
    LIST_LENGTH,
    BaseUrl,
    ChallengePlace,
    Colour,
    Count,
    Date,
    Days,
    Flag,
    Id,
    Line,
    LinkPattern,
    Number,
    Picture,
    Step,
    Text,
    Total,
    Url,
)
from ledger.modelling import Common, Model, lists, may, needs, preset


class Editor(Model):
    """Someone whose judgements the ledger shows."""

    id: Id = needs("how records name them")
    name: Line = needs("how readers see them")


class Comparison(Model):
    """What the comparison of positions goes by."""

    apart_times: Total = preset(
        "2", "a figure of a position is flagged at more than this many times the others' median, or less by as much"
    )


class Alternative(Model):
    """A choice that a reasonable person might make otherwise: what is left out follows the method."""

    id: Id = needs("its name")
    says: Line = needs("what is chosen, in a few words")
    reporting: Step | None = may("how many steps down reporting causes: 0, 1 or 2")
    calculation: Step | None = may("how many a calculation from published figures causes")
    interests: Step | None = may("how many an interest in the matter causes")
    preprint: Step | None = may("how many a preprint causes")
    opinions: Flag | None = may("`false` leaves out opinions and anecdotes")
    only_seen: Flag | None = may("`true` counts only sources that an editor saw")
    abstracts_seen: Flag | None = may("`true` counts a source as seen if its abstract was read")
    medium: Count | None = may(
        "how many independent sources, one of them strong, make medium evidence; without a strong one, one more"
    )
    qualifying: Literal["ignored", "disputes"] | None = may("how sources that qualify a claim count")
    searches: Flag | None = may("`false` leaves out logged searches")


class Pair(Model):
    """How many items two readings gave these two values."""

    first: Line = needs("the value at the first reading")
    second: Line = needs("the value at the second")
    items: Count = needs("how many items")


class ReadTwice(Model):
    """What two readings said of one field of the same items."""

    field: Literal["relation", "directness"] = needs("the field of the items")
    pairs: tuple[Pair, ...] = Field(
        description="how often each pair of values met", min_length=1, max_length=LIST_LENGTH
    )
    both_differ: Number = preset("0", "in how many items both readings differ from the record")


class DoubleReading(Model):
    """Items drawn at random and read twice, the second time without knowing the first reading."""

    date: Date = needs("when")
    drawn: Text = needs("how the items were drawn and read, and what was done about those that were wrong")
    fields: tuple[ReadTwice, ...] = Field(description="what was read twice", min_length=1, max_length=2)


class Shades(Model):
    """A colour in both themes."""

    light: Colour = needs('on light paper, as `"#1f4e79"`')
    dark: Colour = needs('on dark paper, as `"#8fbce6"`')


class Colours(Model):
    """The site's own colours; those left out stay as they are."""

    ink: Shades | None = may("text")
    soft: Shades | None = may("text of less weight: dates, notes, labels")
    link: Shades | None = may("links")
    paper: Shades | None = may("the page behind the text")
    panel: Shades | None = may("boxes on the page")
    line: Shades | None = may("lines and borders")


class NavigationItem(Model):
    """One link of the navigation."""

    to: Line = needs(
        "where it leads: `debate`, `evidence`, `people` or `timeline`; a folder of records, as `claims`; `home`,"
        " `search`, `a-z`, or an overview, as `about`; or the id of a record, such as a page of your own"
    )
    label: Line | None = may("its words; those of the site, or the record's title, unless given")


class Site(Common):
    """The settings of the whole ledger: `content/site.yml`."""

    format: Literal["1"] = needs("the version of this record format: `1`")
    title: Line = needs("the ledger's name")
    tagline: Text | None = may("one sentence under the name")
    base_url: BaseUrl | None = may("where it is published; without it there are no canonical links")
    language: Line | None = may(
        "the language of the content, as `en` or `de`, and of the words around it, which are English in others"
    )
    licence: Line | None = may("the licence of the content: its SPDX identifier, as `CC-BY-4.0`, or its address")
    corrections_url: LinkPattern | None = may("where corrections go; `{id}` and `{path}` are filled in")
    challenges: ChallengePlace | None = may(
        "where readers challenge what a page says: `issues`, a form at the `repository` on GitHub, or a mail address"
    )
    repository: Url | None = may("where the files behind the site are; linked from the foot of every page")
    mark: Picture | None = may("the picture next to the title and in the browser's tab: a file of the folder `public`")
    colours: Colours | None = may("the site's own colours")
    navigation: tuple[NavigationItem, ...] = Field(
        default=(),
        max_length=20,
        description="the links at the top of every page, in this order; five unless given",
    )
    editors: tuple[Editor, ...] = lists("who edits")
    review_every_days: Days | None = may("how often a controversy should be reviewed, in days")
    exports: tuple[vocabulary.Export, ...] = Field(
        default=("sqlite",), description="which further files and pages are made; `[sqlite]` unless given"
    )
    search_periods: Total = preset("2", "for how many review periods a logged search counts")
    comparison: Comparison = Field(default=Comparison(), description="what the comparison of positions goes by")
    strip: tuple[Alternative, ...] = lists("further choices under which every verdict is computed again")
    readings: tuple[DoubleReading, ...] = lists(
        "samples of the evidence that were read twice, to see how far readings agree"
    )
    profile: dict[str, Any] | None = may("the weights of an earlier method, which are no longer read")
