"""The words that the site puts around the content: every label, heading and phrase, in one place."""

from collections.abc import Mapping

KINDS: Mapping[str, tuple[str, str]] = {
    "thread": ("Thread", "Threads"),
    "controversy": ("Controversy", "Controversies"),
    "position": ("Position", "Positions"),
    "claim": ("Claim", "Claims"),
    "source": ("Source", "Sources"),
    "proponent": ("Proponent", "Proponents"),
    "event": ("Event", "Events"),
    "term": ("Term", "Terms"),
    "page": ("Page", "Pages"),
}
"""Kind → one of it, several of it."""

RATINGS: Mapping[str, str] = {
    "very-low": "very low confidence",
    "low": "low confidence",
    "medium": "medium confidence",
    "high": "high confidence",
    "very-high": "very high confidence",
}
EFFECTS: Mapping[str, str] = {
    "supports": "Supports the claim",
    "disputes": "Disputes the claim",
    "qualifies": "Qualifies the claim",
    "mentions": "Mentions the claim",
}
"""What an evidence item does, as the heading of its group, in the order of the groups."""
CONSULTED: Mapping[str, str] = {
    "full-text": "read in full",
    "abstract": "read as an abstract",
    "excerpt": "read in part",
    "notes": "read through someone else's detailed notes",
    "coverage": "read through reporting about it",
    "memory": "from memory, not re-read",
}
STANCES: Mapping[str, str] = {"holds": "holds", "leans": "leans to", "rejects": "rejects", "left": "has left"}
TIERS: Mapping[str, str] = {
    "peer-reviewed": "peer-reviewed work",
    "preprint": "preprint",
    "dataset": "dataset",
    "primary-document": "primary document",
    "official-statement": "official statement",
    "synthesis": "synthesis",
    "reporting": "reporting",
    "commentary": "commentary",
    "social": "social media",
}
STATUSES: Mapping[str, str] = {
    "active": "actively contested",
    "dormant": "dormant",
    "resolved": "resolved",
    "current": "current",
    "corrected": "corrected",
    "concern": "under an expression of concern",
    "retracted": "retracted",
    "withdrawn": "withdrawn",
    "superseded": "superseded",
    "open": "open",
    "met": "met",
    "not-met": "not met",
    "binary": "two-sided",
    "multi-axis": "multi-axis",
}
HOW_DERIVED: Mapping[str, str] = {
    "reports": "reports on",
    "reviews": "reviews",
    "uses-data": "uses data from",
    "syndicates": "syndicates",
    "copies": "copies",
    "summarises": "summarises",
    "replicates": "replicates",
    "replies": "replies to",
    "unknown": "takes from (how is not known)",
}
RELATIONS: Mapping[str, tuple[str, str]] = {
    "part_of": ("belongs to", "holds the controversy"),
    "turns_on": ("turns on", "is what a tension turns on in"),
    "kept": ("found in a search", "was found in a search for"),
    "see_also": ("see also", "is recommended by"),
    "answers": ("answers", "is answered by"),
    "rests_on": ("rests on", "carries"),
    "rejects": ("rejects", "is rejected by"),
    "key_source": ("key source", "is a key source of"),
    "objected_to_by": ("is objected to by", "is an objection to"),
    "mind_of": ("would change the mind of", "said what would change their mind on"),
    "stated_in": ("stated in", "is where this was stated:"),
    "narrows": ("narrows", "is narrowed by"),
    "excludes": ("excludes", "is excluded by"),
    "compatible": ("is compatible with", "is compatible with"),
    "bears_on": ("bears on", "is borne on by"),
    "supports": ("supports", "is supported by"),
    "disputes": ("disputes", "is disputed by"),
    "undercuts": ("undercuts", "is undercut by"),
    "qualifies": ("qualifies", "is qualified by"),
    "depends-on": ("depends on", "is depended on by"),
    "supersedes": ("supersedes", "is superseded by"),
    "restates": ("restates", "is restated by"),
    "shown_in": ("has evidence from", "gives evidence on"),
    "about_rival": ("has evidence that hurts", "is hurt by evidence of"),
    "first_stated_in": ("was first stated in", "first stated"),
    "written_by": ("was written by", "wrote"),
    "derived_from": ("derives from", "is the base of"),
    "interest_of": ("notes an interest of", "has an interest noted in"),
    "noted_in": ("notes an interest shown in", "shows an interest noted in"),
    "notice": ("was changed by the notice", "is the notice about"),
    "affiliated_with": ("is affiliated with", "is an affiliation of"),
    "has_member": ("has as a member", "is a member of"),
    "holds": ("holds", "is held by"),
    "leans": ("leans to", "is leaned to by"),
    "left": ("has left", "was left by"),
    "told_in": ("is told in", "tells of"),
    "involves": ("involves", "took part in"),
    "about": ("concerns", "is concerned by"),
    "gave": ("gave evidence for", "got evidence from"),
    "defined_in": ("is defined in", "defines"),
    "merged_into": ("was merged into", "took in"),
    "mentions": ("mentions", "is mentioned by"),
    "cites": ("cites", "is cited by"),
}
"""Edge → how a page names it from its start, and from its end."""
CLAIM_TYPES: Mapping[str, str] = {
    "empirical": "empirical",
    "predictive": "predictive",
    "definitional": "definitional",
    "normative": "normative",
    "historical": "historical",
}
ACTS: Mapping[str, str] = {
    "added": "added",
    "updated": "updated",
    "rated": "rated",
    "evidence": "given evidence",
    "withdrawn": "withdrawn",
}
"""What can happen to a record."""
BROWSE: Mapping[str, str] = {"tags": "Tags", "whats-new": "What’s new", "statistics": "Statistics"}
"""The pages that lead across the kinds."""
NOT_RATED = "not rated"
HOW_MANY = "How many"
BAR_CHART = "Bar chart"
CHARTS: Mapping[str, tuple[str, str, str]] = {
    "records": (
        "Records by kind",
        "Kind",
        "How much is written down here, by kind. It says nothing about how well.",
    ),
    "tiers": (
        "Sources by tier",
        "Tier",
        "What sorts of works are cited. A tier says what kind of authority a work claims, not whether it is right.",
    ),
    "years": (
        "Sources by year",
        "Year",
        (
            "When the cited works came out. Years without one are left out. The chart shows what was cited here, "
            "not how much was written on the matter."
        ),
    ),
    "reading": (
        "How evidence was read",
        "How it was read",
        (
            "Each evidence item says how its source was read. What was read in full was checked most closely; "
            "the other bars are work that remains."
        ),
    ),
    "types": (
        "Claims by type",
        "Type",
        "What sorts of sentences are examined. A prediction or a norm is decided by other means than a measurement.",
    ),
    "ratings": (
        "Claims by rating",
        "Newest rating",
        (
            "How sure the editors are of each claim now. Claims of all positions are counted together, those for and "
            "those against, so the bars do not say who is right."
        ),
    ),
}
"""Chart → its heading, what its bars stand for, and what it shows and does not."""
GAPS: Mapping[str, tuple[str, str]] = {
    "one-sided": (
        "One-sided claims",
        (
            "claims have no evidence that disputes them and no logged search for any. That is work not yet done; "
            "it does not make a claim doubtful, nor certain."
        ),
    ),
    "untraced": (
        "Untraced sources",
        (
            "sources have not been traced to what they take from others. Until they are, two of them may stand on "
            "the same ground."
        ),
    ),
}
"""Gap → its heading, and the end of a sentence that begins with how many of how many."""
FACETS: Mapping[str, str] = {
    "kind": "Kind",
    "position": "Position",
    "rating": "Rating",
    "tier": "Tier of source",
    "year": "Year",
    "proponent": "Proponent",
}
"""What search can be narrowed by."""
LISTED_BY: Mapping[str, str] = {
    "position": "by position",
    "rating": "by rating",
    "tier": "by tier",
    "year": "by year",
    "type": "by type",
}
NO_POSITION = "no position"
ELSEWHERE = "Elsewhere"
A_TO_Z = "Everything from A to Z"
ON_THIS_PAGE = "On this page"
NO_LETTER = "0–9"
"""What a title without a letter at its start is listed under."""
SEARCH: Mapping[str, str] = {
    "search": "Search",
    "field": "Words to search for",
    "hint": "The beginning of a word is enough, and a slip of the finger does no harm. Down and Up go through the "
    "results, Escape comes back to the field.",
    "any": "any",
    "filters": "Filters",
    "clear": "Clear all filters",
    "more": "Show more",
    "reading": "Reading the ledger …",
    "start": "Type, or choose a filter.",
    "one": "1 result",
    "many": "{n} results",
    "nothing": "Nothing found. A shorter word or fewer filters may help.",
    "some": "No record holds all of these words. {n} hold some of them.",
    "facets": "A claim has the tier, year and proponents of the sources of its evidence; a source has the positions of "
    "the claims it gives evidence on.",
    "keys": "/ opens search from every page (Ctrl-K always does)",
    "without": "Searching needs JavaScript. Everything there is to find stands in the lists below too.",
    "lists": "Lists of everything",
}
"""The search page. `{n}` is the number of results."""
NO_EVIDENCE = "no evidence recorded"
NUMBERS = (
    *("none", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
"""The numbers that are written out."""
SOURCES: Mapping[str, tuple[str, str, str]] = {
    "supports": ("no source for", "one source for", "{} sources for"),
    "disputes": ("none against", "one against", "{} against"),
    "qualifies": ("", "one qualifies it", "{} qualify it"),
}
"""What sources do to a claim → how that is said of none, of one, of several."""
WAYS: Mapping[str, str] = {
    "rests_on": "rests on it",
    "rejects": "rejects it",
    "supports": "counts for",
    "disputes": "counts against",
}
"""What stands between a position and a claim, as a table says it."""
WAY_HEADINGS: Mapping[str, str] = {
    "rests_on": "It rests on",
    "rejects": "It rejects",
    "supports": "Also counts for it",
    "disputes": "Counts against it",
}
"""The same as a heading over claims, under a position."""
OVERVIEWS: Mapping[str, tuple[str, str]] = {
    "map": ("Argument map", "the positions, the claims that carry them, and what ties them together"),
    "matrix": ("Claims by positions", "what each claim does to each position, with how strong the case for it is"),
    "timeline": ("Timeline", "what happened, in order"),
}
"""The further pages of a controversy → title, what is there."""
MORE_ON_THE_MAP = (
    "",
    "One more claim is not drawn: it is in the table of claims by positions and on the pages of the claims.",
    "{} more claims are not drawn: they are in the table of claims by positions and on the pages of the claims.",
)
MORE_ON_THE_POSITION = (
    "",
    "One more claim matters to it and is on its own page.",
    "{} more claims matter to it and are on its own page.",
)
LINES: Mapping[str, str] = {
    "rests-on": "the position rests on the claim",
    "rejects": "the position’s holders deny the claim",
    "supports": "counts for, or supports",
    "disputes": "counts against, disputes or undercuts",
    "other": "qualifies, narrows, depends on, restates or supersedes",
}
"""The shape of a line on the map → what it means."""
MORE_IN_THE_TABLE = ("", "One more claim is in the full table.", "{} more claims are in the full table.")
FURTHER_PAGES = "This controversy"
WHOLE_PAGE = "The whole controversy"
AT_A_GLANCE = "At a glance"
OUTLINE = "The map in words"
PICTURE = "The picture"
TO_THE_PICTURE = "To the picture"
BETWEEN_CLAIMS = "How the claims stand to each other"
ZOOM_IN = "Larger"
ZOOM_OUT = "Smaller"
ZOOM_ALL = "Whole width"
MATRIX_CAPTION = (
    "What each claim does to each position. Under a claim stand the editors’ newest rating of it and the sources that "
    "speak for and against the claim itself. A dash means that nothing between the two is recorded."
)
NO_CLAIM_MATTERS = "No claim is tied to a position yet."
CONCERNS = "What it concerns and where it is told"
TOLD_IN = "Told in"
TRACK_NOTE = (
    "The numbers are those of the list. A mark is as long as its date is open: a month or a year, where the day is "
    "not known. A dashed one is uncertain. Years without an event are left out where the dots are."
)
NO_EVENT = "No event of this controversy is recorded yet."
OTHERS_FOR = ("{} count", "{} counts")
POSITION_PAGE = "They are on the page of the position, with their evidence."
TOUCHES: tuple[str, str, str] = ("", "Claims that matter to one position", "Claims that matter to {} positions")
"""How many positions the claims of a part of the table matter to."""

HOME = "Home"
CITING: Mapping[str, str] = {
    "page": "Cite this page",
    "source": "Cite this source",
    "as_of": ", as of {}",
    "files": "For a reference manager",
    "references": "These references",
    "copy": "Copy",
    "copy_bibtex": "Copy BibTeX",
    "copied": "Copied",
}
"""How a page or a source is cited. `{}` is the date of the ledger."""
FEEDS: Mapping[str, str] = {"application/atom+xml": "Atom feed", "application/feed+json": "JSON Feed"}
"""Media type of a feed → what it is called."""
NOT_FOUND: Mapping[str, str] = {
    "title": "There is no such page",
    "why": "The address may have a slip in it, or the page never was. A record that got a new name leaves a page "
    "behind that leads on to it.",
    "instead": "What there is:",
}


def number(count: int) -> str:
    """A number as a text has it: written out up to twelve."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def other_claims(for_: int, against: int) -> str:
    """What else counts for and against a position."""
    return f"Of the other claims, {OTHERS_FOR[for_ == 1].format(number(for_))} for it and {number(against)} against."


def count(forms: tuple[str, str, str], many: int) -> str:
    """The form for none, one or several, with the number in its place; one at the beginning gets a capital."""
    form = forms[min(many, 2)]
    said = form.format(number(many))
    return said[:1].upper() + said[1:] if form.startswith("{}") and form.endswith(".") else said
