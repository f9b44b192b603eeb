"""The words that the site puts around the content: every label, heading and phrase, in one place."""

from collections.abc import Mapping, Sequence

from ledger.dates import parse_date

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
    "unknown": "draws on",
}
HOW_UNKNOWN = "; how is not known"
"""What follows where nobody knows how a work derives from another."""
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
SOURCE_TYPES: Mapping[str, str] = {
    "article-journal": "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "entry-dictionary": "dictionary entry",
    "entry-encyclopedia": "encyclopedia entry",
    "paper-conference": "conference paper",
    "post-weblog": "blog post",
    "review-book": "book review",
}
"""The types of sources whose names in CSL are no English; the others are their own."""
ACTS: Mapping[str, str] = {
    "added": "added",
    "updated": "updated",
    "rated": "rated",
    "evidence": "given evidence",
    "withdrawn": "withdrawn",
}
"""What can happen to a record."""
BROWSE: Mapping[str, str] = {
    "tags": "Tags",
    "whats-new": "What’s new",
    "statistics": "Statistics",
    "gaps": "Open work",
    "divergences": "Where the two ratings differ",
    "single-points": "Single points of failure",
    "method": "How ratings are computed",
}
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
    "divergences": (
        "Claims whose two ratings part",
        (
            "claims have a rating by the editors and a computed one that are two bands or more apart or on different "
            "sides."
        ),
    ),
    "single-points": (
        "Claims that hang on a single work",
        "claims have nothing that counts on their heavier side without one work. A second, independent one is missing.",
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
    "controversy": "Controversy",
    "position": "Position",
    "type": "Type",
    "status": "Status",
    "rating": "Rating",
    "tier": "Tier of source",
    "year": "Year",
    "proponent": "Proponent",
}
"""What search and the lists can be narrowed by."""
PROPONENT_TYPES: Mapping[str, str] = {
    "person": "person",
    "organisation": "organisation",
    "group": "group",
    "publication": "publication",
}
EVENT_TYPES: Mapping[str, str] = {
    "publication": "publication",
    "release": "release",
    "statement": "statement",
    "funding": "funding",
    "result": "result",
    "policy": "policy",
}
LISTING: Mapping[str, str] = {
    "form": "Narrow and sort this list",
    "field": "Show those with the words",
    "hint": "Parts of words will do. Enter leads to the first that is left, Escape empties the field.",
    "filters": "Narrow and sort",
    "any": "any",
    "sort": "Sorted by",
    "reset": "Show all",
    "whole": "All {all}",
    "some": "{n} of {all}",
    "nothing": "None of the {all} fits. Other words or fewer filters may help.",
    "jumps": "Jump to",
    "withdrawn": "Withdrawn",
    "none": "There are none yet.",
    "reading": "The other pages are being read.",
    "page": "The other pages cannot be read here: {n} on this page.",
}
"""A list that is narrowed and sorted in place. `{all}` is how many there are, `{n}` how many are shown."""
SORTS: Mapping[str, str] = {
    "title": "title",
    "date": "oldest first",
    "-date": "newest first",
    "place": "controversy",
    "rating": "lowest rating",
    "-rating": "highest rating",
    "uses": "least used",
    "-uses": "most used",
    "-changed": "last changed",
}
"""What a list can be sorted by; a minus turns an order round."""
USES = ("no claim takes evidence from it", "evidence on one claim", "evidence on {} claims")
"""Of how many claims a source gives evidence."""
HOME_PAGE: Mapping[str, str] = {
    "lead": "Each controversy asks one question. Below it stand the positions that people hold, how well the evidence "
    "carries each in the editors’ judgement, and from there every claim leads to the sources it rests on.",
    "disputed": "What is in dispute",
    "none": "No controversy is recorded yet.",
    "status": "Status: {}",
    "positions": "The positions, and how well the evidence carries each",
    "rating": "Beside each position stands the editors’ rating: how well the evidence carries the position as worded.",
    "stands": "Where it stands:",
    "read": "How to read this ledger",
    "more": "More on how it is made:",
    "everything": "Everything in this ledger",
}
"""The home page. `{}` is the status of a controversy."""
HOW_TO_READ: tuple[tuple[str, str, str], ...] = (
    ("controversy", "Controversies", "ask one question, and set out the positions side by side."),
    ("position", "Positions", "are answers to it, in words that those who hold them would sign."),
    ("claim", "Claims", "are single sentences that can be checked. Positions rest on some and reject others."),
    ("source", "Sources", "are the works that the evidence is taken from; each says what it takes from others."),
    ("proponent", "Proponents", "are those who take part. A stance is recorded only where a source shows it."),
)
"""Kind, what it is called and what it is."""
RATINGS_READ = (
    "A rating says how well the evidence carries a position or a claim as it is worded, from very low to very high, "
    "with a date and a reason. It is the editors’ opinion on the evidence, no count of votes. Beside it a claim has a "
    "computed rating, by fixed rules that are the same for every claim: repeats of one origin count once, weight and "
    "independent origins enter, and a bare count of items does not."
)
TAGS_NOTE = "The figure is how many records carry the tag."
NO_TAG = "No record has a tag yet."
TAG = "Tag"
NEWS: Mapping[str, str] = {
    "summary": "What was added, updated, rated, given evidence or withdrawn, by the dates in the records themselves.",
    "more": "And {} more that day:",
    "index": "see all {}",
    "none": "No record says when it was added or changed.",
    "left_out": "{} earlier days with changes are left out here.",
    "undated": "Records that say nothing of when they were added or changed: {}.",
}
"""The page of what is new. `{}` is how many, or which kind."""
STATISTICS: Mapping[str, str] = {
    "summary": "How this ledger is doing: what is in it, how it was read, and what is still missing. A count is no "
    "verdict: many items on one side do not make it right.",
    "table": "The figures as a table",
    "share": "{} of {}",
    "which": "Which they are",
    "left": "And {} more.",
    "withdrawn": "Withdrawn records, counted nowhere above: {}.",
    "before": "{} and before",
}
"""The page of statistics. `{}` is a number, or a year."""
MOVED: Mapping[str, str] = {"title": "This record has a new address", "now": "is now"}
FROM_TO = "{} to {}"
"""From one date to another."""
POSITION_LETTER = "Position {}"
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
    "proponents": ("Proponents", "who takes which stance, by position and over time"),
    "evidence": ("Evidence by positions", "which evidence tells the positions apart, and how much speaks against each"),
    "cruxes": ("Cruxes", "what the dispute turns on, as the editors write it and as computed"),
    "fairness": ("Fairness", "what each position is given here, side by side"),
    "history": ("How the ratings came about", "what each rating was when, and what moved it, by two clocks"),
}
"""The further pages of a controversy → title, what is there."""
MORE_ON_THE_POSITION = (
    "",
    "One more claim matters to it: it is on its own page, and in the table of claims by positions.",
    "{} more claims matter to it: they are on its own page, and in the table of claims by positions.",
)
MAP_PAGE: Mapping[str, str] = {
    "summary": "What each position stands on: a drawing for each of them leads from the position to the claims that it "
    "rests on and those that it rejects, and from these to the works that give evidence on them. The list above a "
    "drawing says the same in words. Every box is a link.",
    "left_out": "Drawn are the claims that matter most widely and the works that speak to most of them, in a dashed "
    "frame. All the others are on the pages of the claims.",
    "positions": "The positions",
    "to_picture": "to the drawing",
    "picture": "Position {} as a drawing",
    "unfold": "The drawing",
    "between": "How these claims stand to each other",
    "zoom_in": "Larger",
    "zoom_out": "Smaller",
    "zoom_all": "Whole width",
    "keys": "In a drawing, + and − make it larger and smaller, 0 gives the whole width, the arrow keys move it, Tab "
    "goes from box to box and Escape ends the highlighting.",
}
"""The argument map. `{}` is the letter of a position."""
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
PICTURE = "The picture"
TO_THE_PICTURE = "To the picture"
MATRIX_CAPTION = (
    "What each claim does to each position. Under a claim stand the editors’ newest rating of it and the sources that "
    "speak for and against the claim itself. A dash means that nothing between the two is recorded."
)
NO_CLAIM_MATTERS = "No claim is tied to a position yet."
CONCERNS = "concerns:"
CONCERNS_NOTE = "The letters are those of the positions that an event concerns, or that its claims matter to:"
CONCERNS_WHOLE = "the whole question"
CLAIMS_CONCERNED = ("", "one claim", "{} claims")
"""How many claims an event concerns."""
TRACK_NOTE = (
    "The numbers are those of the list. A mark is as long as its date is open: a month or a year, where the day is "
    "not known. A dashed one is uncertain. Years without an event are left out where the dots are."
)
NO_EVENT = "No event of this controversy is recorded yet."
TOUCHES: tuple[str, str, str] = ("", "Claims that matter to one position", "Claims that matter to {} positions")
"""How many positions the claims of a part of the table matter to."""

HOME = "Home"
MORE_ITEMS = ("", "One more item is on the claim’s own page.", "{} more items are on the claim’s own page.")
PAGING: Mapping[str, str] = {
    "pages": "Pages",
    "place": "Page {} of {}",
    "title": "{title} (page {number} of {pages})",
    "previous": "Previous page",
    "next": "Next page",
}
"""Where a list is too long for one page."""
FRAME: Mapping[str, str] = {
    "skip": "Skip to content",
    "site": "Site",
    "trail": "Breadcrumb",
    "browse": "Browse",
    "json": "This page as JSON",
    "data": "All data",
    "correct": "Suggest a correction",
    "origin": "Record:",
    "as_of": "As of",
    "licence": "Content: {}",
    "no_licence": "No licence is stated for the content.",
}
"""What stands around every page. `{}` is the licence."""
SCRIPT_LENGTH = 4
"""How long the part of a language's tag is that names a script."""
RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"))
"""Languages whose lines begin on the right, unless their tag names another script."""
RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))
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
TAKE_AWAY: Mapping[str, str] = {
    "heading": "Take this page with you",
    "page": "The page that this text is taken from",
    "source": "More on this source",
}
"""A page in other formats, and what such a file says of where it comes from."""
FORMATS: Mapping[str, str] = {
    ".md": "Markdown",
    ".bib": "references as BibTeX",
    ".ris": "references as RIS",
    ".csl.json": "references as CSL-JSON",
    ".graphml": "graph as GraphML",
    ".dot": "map as DOT",
    ".argdown": "arguments as Argdown",
}
"""Ending of a file beside a page → what it holds."""
FEEDS: Mapping[str, str] = {"application/atom+xml": "Atom feed", "application/feed+json": "JSON Feed"}
"""Media type of a feed → what it is called."""
NOT_FOUND: Mapping[str, str] = {
    "title": "There is no such page",
    "why": "The address may have a slip in it, or the page never was. A record that got a new name leaves a page "
    "behind that leads on to it.",
    "instead": "What there is:",
}


def direction(language: str) -> str:
    """Where the lines of a language begin, given its tag: `ltr` or `rtl`."""
    first, *rest = language.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == SCRIPT_LENGTH and part.isalpha()]
    from_right = scripts[0] in RIGHT_TO_LEFT_SCRIPTS if scripts else first in RIGHT_TO_LEFT
    return "rtl" if from_right else "ltr"


def licence(named: str | None) -> str:
    """Under which licence the content stands, or that none is stated."""
    return FRAME["licence"].format(named) if named else FRAME["no_licence"]


CLAIM: Mapping[str, str] = {
    "kicker": "Claim · {type}",
    "why": "The reason given: {why}",
    "diverges": "Why it stands apart from the computed rating: {why}",
    "scope": "Scope",
    "first_stated": "First stated in",
    "decided_by": "Decided by",
    "resolves_by": "Should be known by",
    "outcome": "Outcome",
    "evidence": "Evidence",
    "order": "What bears on the claim most directly comes first, and among its like what was read most closely. "
    "Repeats of one origin count once. What an item weighs and how many independent origins there are enter the "
    "computed rating; a bare count of items does not.",
    "chain": "Where the evidence comes from",
    "chain_note": "The works behind the cited sources, each with what takes from it. A source as a whole takes from "
    "them: which of them stands behind a single item is not recorded, unless the item says so.",
    "chain_left": "These lead there by longer chains, which their own pages show: ",
    "positions": "Positions it matters to",
    "relations": "Related claims",
    "cruxes": "What would settle it",
    "ratings": "How its rating changed",
    "searches": "Searches",
    "all_searches": "All searches",
}
"""The page of a claim: its headings and notes."""
NEWEST_RATING = "The editors’ newest rating is {rating} ({by}, {date}); {sides}."
UNRATED = "No editor has rated this claim yet; {sides}."
RECORDED_SIDES: Mapping[tuple[bool, bool], str] = {
    (True, True): "evidence is recorded both for it and against it",
    (True, False): "evidence is recorded for it but none against it",
    (False, True): "evidence is recorded against it but none for it",
    (False, False): "no evidence is recorded for it or against it",
}
"""Whether there is evidence for a claim, and against it → how the sentence on where it stands goes on."""
LOOKED_FOR = ", and a search for more is logged ({date})"
NOT_LOOKED_FOR = ", and no search for any is logged"
RATED_UNSEARCHED = ". Rated on what is recorded; no search for the other side is logged"
LEFT_ASIDE = " (leaving aside sources that were withdrawn or retracted)"
NOTHING_RECORDED = "No evidence is recorded for this claim."
EMPTY_SIDES: Mapping[str, str] = {
    "supports": "Nothing that supports the claim is recorded.",
    "disputes": "Nothing that disputes the claim is recorded.",
}
"""What stands in the place of the evidence of a side that has none."""
SOMEBODY_LOOKED = "Somebody looked: {by}, {date}, for {sought}."
NOBODY_LOOKED = "No search is logged, so that says nothing yet."
DIRECTNESS: Mapping[str, str] = {
    "direct": "direct evidence",
    "indirect": "indirect evidence",
    "analogy": "evidence by analogy",
}
"""How closely an evidence item bears on its claim, the closest first."""
BASES: Mapping[str, str] = {
    "empirical": "from data",
    "theoretical": "from theory",
    "calculation": "from a calculation",
    "reporting": "from reporting",
    "statement": "from a statement",
    "opinion": "from opinion",
    "anecdote": "from an anecdote",
}
"""What an evidence item stands on; it may follow the words for its directness."""
CARD: Mapping[str, str] = {
    "limits": "Limits",
    "work": "The work",
    "archive": "Archived copy",
    "permalink": "Link to evidence {}",
    "rival": "This hurts a rival claim rather than deciding this one:",
    "recorded": "recorded {}",
    "recorded_by": "recorded {} by {}",
    "entered_by": "recorded by {}",
    "status": "This work is {}.",
}
"""An evidence item on a page."""
CHAIN_ENDS: Mapping[str, tuple[str, str]] = {
    "first-hand": ("first-hand", "first-hand"),
    "dead-end": ("nothing was found behind it", "nothing was found behind them"),
    "circular": ("leads back to itself, through works that take from each other", ""),
    "cut": ("goes further back, as its page shows", "go further back, as their pages show"),
    "gone": ("not followed, since its entry was withdrawn", "not followed, since their entries were withdrawn"),
    "untraced": ("nobody has traced yet what it takes from others", "nobody has traced yet what they take from others"),
}
"""How a chain of sources ends, of one work and of several, in the order in which the ends are shown."""
TAKES = ("{} it", "{} them")
"""What a later work does with one or several earlier ones."""
CHAIN: Mapping[str, str] = {
    "inferred": "(inferred)",
    "again": "(what takes from it is shown at its other place in this list)",
}
"""Beside a work in a chain of sources."""
CITED_IN: Mapping[str, str] = {
    "supports": "supports the claim in",
    "disputes": "disputes the claim in",
    "qualifies": "qualifies the claim in",
    "mentions": "mentions the claim in",
}
"""What a source does to a claim, before the evidence items in which it does so."""
WAYS_OF: Mapping[str, str] = {
    "rests_on": "carries",
    "rejects": "is rejected by",
    "supports": "counts for",
    "disputes": "counts against",
}
"""What stands between a claim and a position, seen from the claim."""
RATED: Mapping[str, str] = {
    "by": "Rated by {by}, {date}",
    "diverges": "{rated}. Stands apart from the computed rating because: {why}",
    "none": "No editor has rated this yet.",
}
LOGGED: Mapping[str, str] = {
    "search": "{date}, {by}: looked for {sought} in {where}.",
    "query": "{date}, {by}: looked for {sought} in {where}, with the words {query}.",
    "found": "Found that mattered: {}.",
    "none": "No search for evidence on this claim is logged.",
}
"""A logged search."""
RECORD: Mapping[str, str] = {
    "gone": "(withdrawn)",
    "withdrawn": "Withdrawn {}.",
    "merged": "It is now part of",
    "backlinks": "What refers here",
    "about": "About this record",
    "added": "Added",
    "updated": "Updated",
    "tags": "Tags",
    "former_ids": "Former ids",
    "excused": "Excused from the check {check}: {why}",
    "excused_until": "Excused from the check {check} until {until}: {why}",
}
"""What every record's page says of the record itself."""


AND, OR = "and", "or"


def listed(several: Sequence[str], last: str = AND) -> str:
    """Words in a row: `a, b and c`."""
    return ", ".join(several[:-1]) + f" {last} {several[-1]}" if len(several) > 1 else "".join(several)


def taken(hows: Sequence[str], many: int) -> str:
    """How a work takes from one or several earlier ones: `reviews and uses data from them`."""
    known = [how for how in hows if how != "unknown"]
    said = TAKES[many > 1].format(listed([HOW_DERIVED[how] for how in known or hows]))
    return said if known else said + HOW_UNKNOWN


def recorded(day: str, by: str) -> str:
    """When and through whom something entered the ledger, as far as that is known."""
    if day and by:
        return CARD["recorded_by"].format(day, by)
    return CARD["recorded"].format(day) if day else CARD["entered_by"].format(by) if by else ""


# The pages of sources, proponents, events, terms, threads, positions and controversies

IDENTIFIERS: Mapping[str, str] = {
    "url": "live page",
    "archive": "archived copy",
    "doi": "DOI",
    "arxiv": "arXiv",
    "pmid": "PubMed",
    "isbn": "ISBN",
    "homepage": "home page",
    "wikidata": "Wikidata",
    "orcid": "ORCID",
    "ror": "ROR",
}
"""Identifiers within a line of text."""
IDENTIFIER_FACTS: Mapping[str, str] = {
    **IDENTIFIERS,
    "url": "Live page",
    "archive": "Archived copy",
    "homepage": "Home page",
}
"""Identifiers in a list of facts."""
FACTS: Mapping[str, str] = {
    "authors": "Authors",
    "label": "Short form",
    "type": "Type",
    "issued": "Issued",
    "container_title": "Published in",
    "publisher": "Publisher",
    "volume": "Volume",
    "issue": "Issue",
    "pages": "Pages",
    "language": "Language",
    "accessed": "Read on",
    "tier": "Tier",
    "status": "Status",
    "checked": "Author, title and date compared with",
    "other_names": "Other names",
    "opened": "Opened",
    "last_review": "Last reviewed",
    "review_every": "To be reviewed every",
}
"""What a record says of itself, as the names of a list."""
UNKNOWN = "unknown"
INFERRED = "inferred"
SOURCE_PAGE: Mapping[str, str] = {
    "status": "This work is {}.",
    "status_since": "This work is {}, as of {}.",
    "notice": "The notice: {}",
    "as_of": "as of {}",
    "caveat": "Unsure in this entry",
    "how_sure": "(how sure: {})",
    "others": "{} others",
    "and_others": "{} and {} others",
    "and_more": "{} and at least {} others",
    "based_on": "What it is based on",
    "base_of": "What is based on it",
    "takes": "it {how} {source}",
    "gives": "{source} {how} it",
    "traced": "Traced: nothing stands behind it.",
    "first_hand": "First-hand: its results are its own.",
    "untraced": "Nobody has traced yet what this source takes from others.",
    "interests": "Interests",
    "uses": "Where it is used",
    "unused": "Nothing in this ledger uses this source yet.",
}
"""The page of a source. `{}` is a status, a date, a degree of confidence, or a link."""
USES_OF_SOURCE: Mapping[str, str] = {
    "evidence": "Evidence taken from it",
    "stances": "Stances it attests",
    "conditions": "What it says would change a mind",
    "events": "Events it tells of",
    "definitions": "Terms it defines",
    "searches": "Searches that found it",
    "citations": "Texts that cite it",
}
USE_COUNTS: Mapping[str, tuple[str, str, str]] = {
    "evidence": ("", "one evidence item", "{} evidence items"),
    "stances": ("", "one attested stance", "{} attested stances"),
    "conditions": ("", "one condition that would change a mind", "{} conditions that would change a mind"),
    "events": ("", "one event", "{} events"),
    "definitions": ("", "one term", "{} terms"),
    "searches": ("", "one search", "{} searches"),
    "citations": ("", "one text that cites it", "{} texts that cite it"),
}
"""Sort of use of a source → how many of it, as a link to its part of the page."""
CONDITION: Mapping[str, str] = {
    "by": "Should be known by {}.",
    "outcome": "Outcome: {}.",
}
SEARCHED = "looked for {}"
IN_CAPACITY = "as {}"
ATTESTED_SINCE = "first attested {}"
LATER = "later: {}"
BEFORE = "before: {}"
NO_DATE = "date not known"
INFERRED_FROM_ACTS = "inferred from acts, not words"
PROPONENT_PAGE: Mapping[str, str] = {
    "stances": "Stances, in order of time",
    "none": "No stance is attested by a source in this ledger. Being cited or having written evidence is not a stance.",
    "track": "The same on a line of time",
    "affiliations": "Affiliations",
    "members": "Members",
    "interests": "Interests",
    "wrote": "Sources they wrote",
}
PERIODS: Mapping[str, str] = {"from": "since {}", "until": "until {}"}
STANCE_OUTLINES: Mapping[str, str] = {
    "holds": "holds the position",
    "leans": "leans to it",
    "rejects": "rejects it",
    "left": "has left it",
}
"""Stance → what its outline means."""
LANES_NOTE = (
    "The letter is that of the position. A hollow mark is inferred from acts, not words; a question mark stands where "
    "the date is uncertain or open. A mark is as long as its date is open: a month or a year, where the day is not "
    "known. Nothing is drawn between marks, since nothing is attested there. Years without one are left out where the "
    "dots are."
)
PROPONENTS_PAGE: Mapping[str, str] = {
    "summary": "Who takes which stance, each attested by a source. How many stand on a side says nothing about who "
    "is right, nor does this list hold everybody who does.",
    "by_position": "By position",
    "over_time": "Over time",
    "nobody": "No source in this ledger attests who holds this position.",
    "none": "No source in this ledger attests a stance on these positions.",
}
EVENT_PAGE: Mapping[str, str] = {
    "told": "Where it is told",
    "involved": "Who took part",
    "concerns": "What it concerns",
    "gave": "Evidence it gave",
}
TERM_PAGE: Mapping[str, str] = {"also": "Also: {}", "sources": "Where the definition comes from"}
THREAD_PAGE: Mapping[str, str] = {"none": "No controversy belongs to this thread yet."}
POSITION_ON = "Position {letter} on {controversy}"
POSITION_PARTS: Mapping[str, str] = {
    "parts": "Two things in one letter",
    "steelman": "Its best case",
    "proponents": "Proponents",
    "rests_on": "Claims it rests on",
    "rejects": "Claims it rejects",
    "supports": "Other claims that count for it",
    "disputes": "Other claims that count against it",
    "objections": "Objections",
    "cruxes": "What would settle it",
    "minds": "What its holders said would change their minds",
    "relations": "How it stands to the other positions",
    "sources": "Sources to read first",
}
"""The parts of a position's page."""
CONTROVERSY_PAGE: Mapping[str, str] = {
    "kicker": "A controversy",
    "kicker_polarity": "A {} controversy",
    "in_thread": "in the thread {}",
    "as_of": "as of {}",
    "positions": "The positions",
    "no_position": "No position is recorded yet.",
    "standing": "Where it stands",
    "days": "{} days",
    "context": "Context",
    "tensions": "Key tensions",
    "turns_on": "Claims it turns on ({})",
    "own_page": "The whole position: all claims with their evidence",
    "objection": "An objection to it",
    "all_objections": "All objections ({})",
    "rests_on": "Claims it rests on ({})",
    "rejects": "Claims it rejects ({})",
    "proponents": "Proponents ({})",
    "contents": "On this page",
    "of_position": "On position {}",
    "all_cruxes": "The claims that would move the positions furthest apart, as computed",
    "more": "and {} more",
    "drawn": "The whole map, drawn and in words",
    "latest_events": "The latest events, the newest first.",
    "stances": "Each is attested by a source. How many stand on a side says nothing about who is right.",
    "over_time": "Who said what when, with the source of each",
    "further": "Further pages",
    "references_note": "Everything cited on this page, and for the claims that the positions rest on or reject.",
    "cruxes": "What would settle it",
    "searches": "Searches",
    "references": "References",
    "no_reference": "No source is cited here yet.",
    "see_also": "See also",
}
ALL_EVENTS = ("", "The whole timeline, with one event", "The whole timeline, with {} events")
ALL_REFERENCES = ("", "One reference", "{} references")
LAST_CHANGE: Mapping[str, str] = {
    "last": "Last change, {day}: {change}",
    "opened": "Opened in this ledger on {}; nothing has changed since.",
    "opened_in": "Opened in this ledger in {}; nothing has changed since.",
    "many": "{} records",
    "more": "and {} more here on that day",
    "rated": "{by}: {why}",
    "evidence": "from {source}: {shows}",
    "latest": "Latest changes",
    "everything": "Everything that is new",
}
"""What changed last, and by what."""
BIBTEX = "BibTeX"


# Comparisons of positions: the evidence that tells them apart, cruxes, fairness, open work

VERDICTS: Mapping[str, tuple[str, str]] = {
    "consistent": ("+", "consistent"),
    "inconsistent": ("−", "inconsistent"),
    "mixed": ("±", "mixed"),
    "neutral": ("·", "neutral"),
    "untested": ("?", "untested"),
}
"""What an evidence item does to a position → its sign and its word."""
EVIDENCE_PAGE: Mapping[str, str] = {
    "summary": "Evidence that agrees with every position decides nothing between them. This table puts what tells the "
    "positions apart first, and asks of each position how much speaks against it. It compares only what is recorded "
    "here, and positions need not exclude each other.",
    "fares": "How much of the evidence speaks against each",
    "fares_note": "From the items alone that tell positions apart: of the weight of those that could have gone against "
    "a position, how much did. Where under half of them have tested a position, little can be read from its share. "
    "This is no ranking, and the positions stand in the order of their letters.",
    "against": "Speaks against it",
    "against_of": "{} of a weight of {}",
    "share": "Share",
    "tested": "Tested by",
    "tested_of": "{} of {} telling items, from {}",
    "untested": "tested by under half of it",
    "no_test": "no test",
    "telling": "Evidence that tells positions apart",
    "telling_note": "The most telling first. A measure is the item’s weight in the rating of its claim times the "
    "share of the pairs of positions that it tells apart.",
    "legend": "What the words mean",
    "silent": "Evidence that proves nothing here",
    "silent_note": "It does the same to every position that it touches, touches only one side, or does not count in "
    "the rating of its claim. It may be true and matter elsewhere.",
    "item": "Evidence",
    "weight": "weight {}",
    "no_weight": "does not count",
    "measure": "tells {} of {} pairs apart: {}",
    "tells_nothing": "tells no two positions apart",
    "why": "Why",
    "why_above": "Why: see above",
    "none": "No evidence bears on a position of this controversy yet.",
    "none_telling": "No evidence tells two of these positions apart yet.",
}
"""The evidence by positions. `{}` are figures."""
VERDICTS_READ: Mapping[str, str] = {
    "consistent": "what leads from the item to the position speaks for it",
    "inconsistent": "what leads there speaks against it",
    "mixed": "some of it speaks for the position, some against",
    "neutral": "something leads there, but carries nothing for or against",
    "untested": "nothing leads from the item to the position",
}
WAYS_READ: Mapping[int, str] = {1: "for {}", -1: "against {}", 0: "nothing for {}"}
"""Which way the sign of a way goes, of a position."""
TIES_OF_POSITION: Mapping[str, str] = {
    "rests_on": "it rests on {claim}",
    "rejects": "it rejects {claim}",
    "objected_to_by": "it meets an objection in {claim}",
    "supports": "it is supported by {claim}",
    "disputes": "it is disputed by {claim}",
}
"""How a position is tied to a claim."""
THIS_CLAIM = "this claim"
ONTO = "{tie}, which {relation} {claim}"
"""How a claim leads on to another one that is tied to a position."""
SOURCES_COUNTED = ("no source", "one source", "{} sources")
LESS_THAN = "less than {}"
PERCENT = "{}\u00a0%"
CRUXES_PAGE: Mapping[str, str] = {
    "summary": "Two lists that are made in different ways. The editors write down what they were told or judge would "
    "settle the matter. The computed cruxes are read from the records alone: the claims that would move the positions "
    "furthest apart, if they were known to be true or false. Where the two differ, it is worth asking why.",
    "authored": "As the editors write them",
    "whole": "On the whole",
    "of_position": "On position {}",
    "turns_on": "Claims that the tensions turn on",
    "no_authored": "No editor has written down a crux yet.",
    "computed": "As computed from the records",
    "measure": "The measure, from 0 to 1, is the mean over all pairs of positions of how far a pair is moved apart.",
    "of_fact": "Of fact",
    "of_fact_note": "Evidence can settle these.",
    "of_meaning": "Of meaning and value",
    "of_meaning_note": "No evidence settles these: they ask what a word means or what ought to count.",
    "none": "No claim of this sort parts two positions.",
    "said": "If true, it speaks {}; if false, {}.",
    "reversed": "If true, it speaks {}; if false, the reverse.",
    "figures": "{apart} apart (if true: {true}; if false: {false})",
    "mirrored": "{apart} apart (if true: {true})",
    "for": "for {}",
    "against": "against {}",
    "neither": "for none and against none",
    "named": "also named by the editors",
    "more": "{} further claims part the positions less",
}
"""The cruxes. `{}` are figures, letters of positions with how far they are moved, or a letter."""


def speaks(for_: Sequence[str], against: Sequence[str]) -> str:
    """For which positions something speaks and against which, by their letters."""
    sides = (
        CRUXES_PAGE[side].format(listed(letters)) for side, letters in (("for", for_), ("against", against)) if letters
    )
    return listed([*sides]) or CRUXES_PAGE["neither"]


FAIRNESS_PAGE: Mapping[str, str] = {
    "summary": "What this ledger gives each position, side by side. A figure far from those of the other positions is "
    "flagged. Asymmetries are reported here, not equalised: a flag asks for a look, and positions differ in how much "
    "there is to say for them.",
    "caption": "The evidence counted for a position is what speaks for it directly: items that support a claim that "
    "counts for it, or dispute one that counts against it. A flag compares with the median of the other positions: "
    "more than {times} times that, or less by as much.",
    "measure": "Figure",
    "of": "{2} ({0} of {1})",
    "none_of": "0 of {}",
    "none": "none",
    "yes": "yes",
    "no": "no",
    "unknown": "not known",
    "empty": "No position is recorded yet.",
    "figure": "{name}: {value}",
    "alike": "The same for all: {}.",
}
"""The page of fairness. `{times}` is a figure."""
MEASURES: Mapping[str, str] = {
    "items": "Evidence items for it",
    "sources": "Works they are taken from",
    "origins": "Origins these go back to",
    "quoted": "Items with a quote",
    "verified-share": "Items with a verified quote",
    "own-words-share": "Items in its holders’ own words",
    "tiers": "Works by tier",
    "median-age": "Median age of the works, in days",
    "words": "Words of statement, best case and text",
    "steelman": "Its best case is written",
    "assessed-days": "Days since it was last rated",
    "holders": "Registered holders",
    "unregistered": "Holders without a record",
    "searches": "Searches logged on its claims",
}
"""What is counted for a position, in the order of the table."""
FLAGS: Mapping[str, str] = {
    "low": "low: the others’ median is {}",
    "high": "high: the others’ median is {}",
    "missing": "missing: another position has it",
}
BOARD: Mapping[str, str] = {
    "summary": "What is missing in this ledger, in order of how much it matters, with a task that would close each "
    "gap. A score is importance times thinness; what both are made of stands with it. A gap says what nobody has done "
    "yet, not that a claim is doubtful.",
    "filter": "Show the work of",
    "everything": "Everything",
    "elsewhere": "No controversy",
    "first": "The highest scores",
    "none": "Nothing is missing by these measures.",
    "place": "No. {} of {}",
    "score": "score {}",
    "exact": "How the score is made",
    "product": "Score {score} = importance {importance} × thinness {thinness}.",
    "more": "{} more",
    "importance": "Importance {}: 1",
    "load": "{} for the positions that rest on it or reject it",
    "crux": "{} for how far it parts them",
    "whole": "Importance {}, as every position and controversy has",
    "thinness": "Thinness {}:",
    "points": "{gap} {points}",
    "start": "Send what you found",
    "start_for": "Send what you found on: {}",
}
"""The board of open work. `{}` are figures."""
GAP_NAMES: Mapping[str, str] = {
    "no-evidence": "no evidence counts",
    "one-origin": "rests on one origin",
    "one-sided": "one-sided",
    "not-searched": "no standing search",
    "not-rated": "not rated",
    "old-evidence": "old evidence",
    "thin-position": "thin position",
    "old-position": "old evidence",
    "events-since-review": "events since the last review",
    "review-overdue": "review overdue",
}
"""What is missing."""
TASKS: Mapping[str, str] = {
    "find-evidence": "Find evidence",
    "find-second-origin": "Find a second origin",
    "search-other-side": "Look for the other side",
    "log-search": "Search, and log it",
    "rate": "Rate",
    "find-newer-evidence": "Find newer evidence",
    "strengthen-claims": "Strengthen what a position rests on",
    "review-events": "Take in what has happened",
    "review": "Review",
}
"""What would close a gap, as a heading, in the order of the board."""
TASK_SENTENCES: Mapping[str, tuple[str, str, str]] = {
    "no-evidence": (
        "Find evidence for or against it: nothing is recorded.",
        "Find evidence for or against it: the one item that is recorded does not count.",
        "Find evidence for or against it: none of the {} items that are recorded counts.",
    ),
    "one-origin": (
        "",
        "Find evidence that goes back to another work: one item counts, and so one origin.",
        "Find evidence that goes back to another work: the {} items that count all go back to one.",
    ),
    "not-searched": (
        "Search for evidence on both sides and log the search, even if it finds nothing: none is logged.",
        "Search again for evidence on both sides and log it: the one search that is logged no longer stands.",
        "Search again for evidence on both sides and log it: none of the {} that are logged still stands.",
    ),
    "thin-position": (
        "Say what it rests on: no claim is named.",
        "Add evidence to the claim that it rests on: its evidence is limited.",
        "Add evidence to the claims that it rests on: that of {} is limited.",
    ),
    "events-since-review": (
        "",
        "Review it in the light of one event since its last review.",
        "Review it in the light of {} events since its last review.",
    ),
}
"""Gap → the task for none, one or several of what it counts."""
OTHER_SIDE: Mapping[str, str] = {
    "disputes": "Look for evidence that disputes it: all that counts supports it.",
    "supports": "Look for evidence that supports it: all that counts disputes it.",
}
"""The side that has no evidence → the task."""
DATED_TASKS: Mapping[str, str] = {
    "old-evidence": "Look for evidence newer than {newest} and log the search: the review period began on {since}.",
    "old-position": "Look for newer evidence on the claims that it rests on: the newest is of {newest}, and the review "
    "period began on {since}.",
    "not-rated": "Rate it, with a reason: no editor has.",
    "review-overdue": "Review it: the last review was on {last}, and one is due every {every_days} days.",
    "never-reviewed": "Review it: no review is recorded, and one is due every {every_days} days.",
}
RESTS_ON: tuple[str, str] = ("The one claim it rests on", "Of the {} claims it rests on,")
RATED_OF_ONE = ("has no computed rating", "has a computed rating: {which}")
RATED_OF_MANY = (
    "none has a computed rating",
    "one has a computed rating: {which}",
    "{many} have a computed rating: {which}",
)
RATED_ALL = (
    "Both claims it rests on have a computed rating: {1}.",
    "All {0} claims it rests on have a computed rating: {1}.",
)
WITHOUT_RATING: Mapping[str, tuple[str, str, str]] = {
    "not computed": (
        "it waits for a logged search of the other side",
        "one waits for a logged search of the other side",
        "{} wait for a logged search of the other side",
    ),
    "not rated": (
        "it is a question of words or values",
        "one is a question of words or values",
        "{} are questions of words or values",
    ),
    "unrated": ("it has no evidence that counts", "one has no evidence that counts", "{} have no evidence that counts"),
}
"""How the reason for no computed rating begins → how that is said of the only claim, of one, of several."""
BAND_OF: Mapping[str, str] = {
    "for": "{count} {computed}",
    "against": "{count} {computed} against the claim",
    "split": "{count} split",
}
"""Direction → how many claims of a position came out alike."""
BAND_COUNT: Mapping[str | None, str] = {
    None: "{count} {computed}",
    "for": "{count} {computed} (for)",
    "against": "{count} {computed} (against)",
    "split": "{count} {computed} (split)",
}
"""How many claims came out alike."""

HISTORY_PAGE: Mapping[str, str] = {
    "summary": "What the computed ratings were on earlier days, and what moved them. The rules and weights are "
    "today’s, and so are the words of the claims: what changes is which evidence there was.",
    "weakest": "Weakest:",
    "picture": "For each position, one column a point: how many of the claims that it rests on came out how. The "
    "points stand in order, not in proportion to time; each leads to its place in the list. The newest is at the "
    "end; where the picture is wider than the screen, it is shown first, and earlier ones are reached by scrolling. A "
    "question mark stands below a point at which only works came in whose date is not known exactly.",
    "positions": "The positions at each point, as a table",
    "claims": "The claims, as a table",
    "points": "Point by point",
    "time": "When",
    "claim": "Claim",
    "course": "Computed rating",
    "first": "at first:",
    "unsure": "Date not known exactly",
    "unsure_note": "What moved these has a date that is not known exactly. It counts from here, and may well be older.",
    "unsure_mark": "?",
    "unsure_column": "{} (date not known exactly)",
    "left": "{} more changes are in the data of this page.",
    "none": "Nothing has changed yet: there is nothing with a date.",
}
"""The page of what a controversy’s ratings were when."""
CLOCKS: Mapping[str, tuple[str, str]] = {
    "happened": (
        "What had happened",
        (
            "By the world’s clock: a source counts from the day it came out, a retraction from its day. What the "
            "editors know today of how these works are read and what they take from others is kept. A date without a "
            "day counts from its end, or from when the ledger had it if that was earlier."
        ),
    ),
    "believed": (
        "What the ledger held",
        (
            "By the ledger’s clock: a claim counts from the day it was added, an item from the day it was recorded, a "
            "search from the day it was logged and as long as it stands. What carries no date was always there."
        ),
    ),
}
"""Clock → its heading, and what it shows."""
CUT: Mapping[str, str] = {
    "happened": "This is what had happened by {day}, as the ledger knows it now: what came out or was said later is "
    "left out everywhere.",
    "believed": "This is the ledger as it stood on {day}: what was added, recorded or rated later is left out "
    "everywhere.",
}
"""What stands on every page of the site of an earlier day."""
TOGETHER: Mapping[str, str] = {
    "month": "Changes are put together by month, since there were too many for single days.",
    "quarter": "Changes are put together by quarter of a year, since there were too many for single months.",
    "year": "Changes are put together by year, since there were too many for single quarters.",
    "decade": "Changes are put together by decade, since there were too many for single years.",
}
"""What a point stands for, if it is more than a day."""
QUARTERS = ("January to March {}", "April to June {}", "July to September {}", "October to December {}")
DECADE = "the {}s"
MANY_MOVES = "{} claims changed"
MORE_MOVERS = "and {} more"
NOT_THERE = "not there"
WITHOUT_BAND = "{} without a band"
MOVERS: Mapping[str, str] = {
    "added": "added:",
    "withdrawn": "withdrawn from the ledger:",
    "issued": "came out:",
    "recorded": "item recorded:",
    "status": "status became “{}”:",
    "searched": "search logged:",
    "lapsed": "search no longer stands:",
    "read": "text checked:",
}
"""What can move a rating, before the name of what moved it."""
STACKED: Mapping[str, str] = {
    "strong": "high or very high (for)",
    "medium": "medium (for)",
    "weak": "low or very low (for)",
    "split": "split",
    "against": "against",
    "none": "without a band",
}
"""The parts of a column, from the bottom."""


def number(count: int) -> str:
    """A number as a text has it: written out up to twelve."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def opened(day: str, *, whole: bool) -> str:
    """When something was entered that has not changed since: on a day, or in a whole month or year."""
    return LAST_CHANGE["opened_in" if whole else "opened"].format(day)


def rests_on(rated: int, which: Sequence[str], without: Mapping[str, int]) -> str:
    """How many of a position's claims have a computed rating, which, and why the others have none; one at least."""
    of_all, several = rated + sum(without.values()), ", ".join(which)
    reasons = [(WITHOUT_RATING[reason.partition(":")[0]], many) for reason, many in without.items()]
    if of_all == 1:
        said = f"{RESTS_ON[0]} {RATED_OF_ONE[rated].format(which=several.removeprefix(f'{number(1)} '))}"
        return f"{said}: {reasons[0][0][0]}." if reasons else f"{said}."
    if not reasons:
        return RATED_ALL[of_all > 2].format(number(of_all), several)  # noqa: PLR2004 - two are both
    said = RATED_OF_MANY[min(rated, 2)].format(many=number(rated), which=several)
    rest = "; ".join(forms[min(many, 2)].format(number(many)) for forms, many in reasons)
    return f"{RESTS_ON[1].format(number(of_all))} {said}. {rest[:1].upper()}{rest[1:]}."


def count(forms: tuple[str, str, str], many: int) -> str:
    """The form for none, one or several, with the number in its place; one at the beginning gets a capital."""
    form = forms[min(many, 2)]
    said = form.format(number(many))
    return said[:1].upper() + said[1:] if form.startswith("{}") and form.endswith(".") else said


def from_to(start: str, end: str) -> str:
    """A stretch of time, or a day where there is no end."""
    return FROM_TO.format(start, end) if end else start


def period(start: str, end: str) -> str:
    """How long somebody was somewhere, as far as it is known."""
    if start and end:
        return FROM_TO.format(start, end)
    return PERIODS["from"].format(start) if start else PERIODS["until"].format(end) if end else ""


def statement(date: str, stance: str, position: str, *, inferred: bool) -> str:
    """Who said what when, as the name of a mark."""
    return f"{date}: {stance} {position}" + (f" ({INFERRED})" if inferred else "")


# What was computed: the two ratings, origins, quotes, what hangs on a source

FALLEN_WORK = "({})"
"""Beside a work that no longer stands: its status."""
TWO_RATINGS: Mapping[str, str] = {
    "heading": "Two ratings",
    "editors": "The editors’ rating",
    "computed": "The computed rating",
    "band": "{computed}, {direction}.",
    "none": "{computed}.",
    "axes": "Evidence: {evidence}. Agreement: {agreement}.",
    "leaning": "What counts so far is {direction}.",
    "note": "The editors rate the sentence as it is worded. The computed rating adds up what is recorded, by rules "
    "that are the same for every claim, and says how sure that makes us of the direction named beside it. It is no "
    "verdict, and neither changes the other.",
    "summary": "How this was computed",
    "rules": "The rules and all weights",
    "withdrawn": "This claim was withdrawn: nothing is computed for it.",
}
"""The two ratings of a claim."""
DIRECTIONS: Mapping[str, str] = {
    "for": "for the claim",
    "against": "against the claim",
    "split": "split between both sides",
}
APART: Mapping[str, str] = {
    "bands": "The two part: they are {} bands apart.",
    "sides": "The two part: what counts speaks against the claim, and the editors rate it medium or higher.",
    "because": "The written reason: {}",
    "no_reason": "No reason is written down yet.",
}
"""Where the ratings of a claim part. `{}` is a number, or the reason."""
RECKONING: Mapping[str, str] = {
    "item": "Item",
    "side": "Side",
    "weight": "Weight",
    "counts": "Counts for",
    "caption": "What each item weighs, and for which of its origins it counts. On each side an origin counts once, and "
    "of items with the same origins the heaviest.",
    "none": "No item is cited.",
    "no_side": "neither",
    "for": "For the claim",
    "against": "Against the claim",
    "nothing": "nothing counts",
    "total": "Together",
    "origins": "Origins",
    "origins_of": "{}, for which the items of both sides can count together",
    "evidence": "Evidence",
    "evidence_of": "{word}. Medium takes a sum of {medium} and {medium_origins} origins, robust a sum of {robust} and "
    "{robust_origins} origins; here the sum is {total}, with {origins}.",
    "agreement": "Agreement",
    "agreement_of": "{word}. Medium takes {medium_times} × {lighter} = {medium}, high {high_times} × {lighter} = "
    "{high}; the heavier side has {heavier}.",
    "alone": "{word}. Nothing counts on the other side, and a search of this claim is logged that still stands.",
    "not_assessed": "{word}. Nothing counts on the other side, and no search of this claim is logged that still stands."
    "",
    "direction": "Direction",
    "band": "Band",
    "band_of": "{evidence} evidence and {agreement} agreement meet at {band}",
    "cap": "Cap",
    "cap_of": "what rests on one origin is rated {} at most",
    "result": "Result",
}
"""The arithmetic of a computed rating, step by step."""
REASONS: Mapping[str, str] = {
    "no side": "nothing: what qualifies or mentions a claim weighs nothing",
    "source dropped": "nothing: the work no longer stands",
    "origin dropped": "nothing: what it goes back to no longer stands",
    "no weight": "nothing: it has no weight",
    "origin counted already": "nothing: what it goes back to is counted already",
}
"""Why an item does not count."""
FACTOR_WORDS: Mapping[str, str] = {
    "own words": "first-hand statement on their own acts",
    "directness": "directness not said",
    "rival": "hurts a rival",
    "untraced": "no first-hand origin",
}
"""A factor without a word of its own."""
QUOTE_FACTORS: Mapping[str, str] = {
    "exact": "quote verified",
    "normalised": "quote verified",
    "not-found": "quote not found",
}
QUOTE_UNVERIFIED = "quote not verified"
FACTOR = "{} {}"
"""A factor and its weight."""
CITED_COUNT = (
    "",
    "One item is cited; its source goes back, as a whole work, to {}",
    "{} items are cited; their sources go back, as whole works, to {}",
)
FIRST_HAND_COUNT = ("no first-hand work", "one first-hand work", "{} first-hand works")
NO_ORIGIN = "no work that stands"
GROUP_COUNT = (
    "",
    "They stand behind the same items: they are one group.",
    "They fall into {} groups that share no work.",
)
ENDS_COUNTED: Mapping[str, tuple[str, str, str]] = {
    "untraced": ("no chain ends untraced", "one chain ends untraced", "{} chains end untraced"),
    "dead-end": ("", "one chain leads nowhere", "{} chains lead nowhere"),
    "circular": ("", "one chain leads back to itself", "{} chains lead back to themselves"),
}
"""How many of the origins end otherwise than first-hand."""
ORIGINS: Mapping[str, str] = {
    "ties": "These go back to different works, but are not known to be independent:",
    "tie": "{origins} share {shared}",
    "loop": "These take from each other: {}.",
    "drawing": "The same, drawn",
    "drawing_note": "An arrow leads from a work to what takes from it. A work with a heavy frame is cited here.",
    "title": "Where the evidence comes from, drawn",
    "more": "Not drawn, but in the list above: {}.",
    "cited": "cited in {}",
    "loop_node": "in a circle",
}
"""What a claim's items go back to."""
SHARED: Mapping[str, tuple[str, str, str]] = {
    "author": ("", "the author", "the authors"),
    "dataset": ("", "the data set", "the data sets"),
    "employer": ("", "the employer", "the employers"),
    "publisher": ("", "the publisher", "the publishers"),
}
OUTLINES: Mapping[str, str] = {
    "first-hand": "first-hand",
    "untraced": "untraced",
    "dead-end": "nothing behind it",
    "circular": "circular",
    "cut": "goes further back",
    "gone": "entry withdrawn",
}
"""How a chain ends at a drawn work."""
WORKS_COUNTED = ("", "one work", "{} works")
MORE_COUNTED = ("", "and one more", "and {} more")
QUOTE_VERDICTS: Mapping[str, str] = {
    "exact": "Found word for word in the text as it was read, {captured}, line {line}.",
    "normalised": "Found in the text as it was read, {captured}, line {line}, setting aside {foldings}.",
    "ambiguous": "These words stand at more than one place of the text that was read, {captured}.",
    "not-found": "These words were not found in the text that was read, {captured}.",
    "no-snapshot": "Not verified: no text of the work is kept here.",
    "text-not-kept": "Not verified: the text that was read, {captured}, is not kept here.",
    "recorded": "Found on {recorded} in the text that was read, {captured}. That text is not kept here, so that it "
    "can’t be checked again: it counts as not verified.",
}
"""What became of a quote."""
QUOTE_CHECK: Mapping[str, str] = {
    "place": "The words in their place",
    "kept": "What is known of the text",
    "hash": "SHA-256 of the text that was read:",
    "short": "text {}…",
    "live": "These words on the live page",
}
FOLDINGS: Mapping[str, str] = {
    "composition": "how accents are encoded",
    "quotes": "the shape of quotation marks",
    "spaces": "spaces and line breaks",
    "soft-hyphens": "soft hyphens",
    "invisible": "marks without width",
    "hyphenation": "hyphens at a line’s end",
    "ligatures": "ligatures",
    "dashes": "the length of dashes",
    "ellipsis": "how dots are written",
}
"""What was set aside to find a quote."""
RATED_AS: Mapping[str | None, str] = {
    None: "{}",
    "for": "{} (for)",
    "against": "{} (against)",
    "split": "{} (split)",
}
"""Direction → a computed rating in a list."""
FROM_BAND_TO = "{} → {}"
BANDS_NONE = "no claim"
IF_IT_FELL: Mapping[str, str] = {
    "heading": "If this work fell",
    "note": "What would change in the computed ratings if it were retracted, withdrawn or corrected. In brackets "
    "stands which way the evidence goes.",
    "nothing": "No computed rating would change if it were retracted, withdrawn or corrected.",
    "claims": "Claims",
    "positions": "Positions, by the claims they rest on",
    "carries": "it carries alone what counts on the heavier side",
    "fallen_heading": "What fell with this work",
    "fallen": "Its evidence no longer counts. What that changed:",
    "fallen_nothing": "Its evidence no longer counts. No computed rating has changed by that.",
    "weakest": "the weakest for it: {} → {}",
}
"""What hangs on a source."""
CHANGED_BY: Mapping[str, str] = {
    "claim": "The computed rating of this claim changed from {} to {}, since evidence no longer counts:",
    "position": "The computed ratings of the claims that this position rests on changed from {} to {}, since evidence "
    "no longer counts:",
    "weakest": "The weakest for it changed, since evidence no longer counts:",
    "source": "{source}",
    "source_since": "{source}, as of {date}",
    "notice": "the notice: {}",
}
"""A notice on a claim or position: from what to what, and because of which works."""
WEAKEST = "The weakest for it:"
NO_WEAKEST = "None of them has a band."
DIVERGENCES: Mapping[str, str] = {
    "summary": "Every claim whose newest rating by the editors and computed rating part: two bands or more, or to "
    "different sides. The editors’ rating is of the sentence as it is worded. Neither is a verdict on the other; what "
    "is worth reading is the reason.",
    "none": "The two ratings part at no claim.",
    "editors": "the editors: {}",
    "computed": "computed: {}",
    "some": "{} of the {} claims that have both ratings part.",
    "left": "{} more are not listed here; the page of each claim has both of its ratings.",
}
"""The page of divergences."""
SINGLE_POINTS: Mapping[str, str] = {
    "summary": "Works that alone carry everything that counts on the heavier side of a claim: if one fell, nothing "
    "would be left there. Those on which most claims hang come first. That says nothing about how good a work is; it "
    "says where a second, independent one is missing.",
    "none": "No claim hangs on a single work.",
    "some": "{} of {} claims with a computed weight hang on a single work.",
    "left": "{} more works, on which fewer claims hang, are not listed here; their own pages say which.",
}
"""The page of single points of failure."""
SINGLE_POINTS_COUNT = ("", "one claim hangs on it", "{} claims hang on it")
METHOD_PAGE: Mapping[str, str] = {
    "summary": "The weights and thresholds with which this ledger computes its ratings. They are the same for every "
    "claim, and an editor’s rating is never one of them.",
    "weights": "What an item weighs",
    "weights_note": "The weight of an item is the product of these. Of tier and basis only the lower one counts, since "
    "both discount the same thing.",
    "sums": "From weights to words",
    "evidence": "Evidence is medium from a sum of {medium_sum} on both sides together and {medium_origins} origins, "
    "robust from {robust_sum} and {robust_origins} origins; else it is limited.",
    "agreement": "Agreement is medium if the heavier side weighs at least {medium_times} times the lighter, high if it "
    "weighs at least {high_times} times; else it is low, and the direction split.",
    "not_assessed": "If nothing counts on one side and no search of the claim is logged, agreement is not assessed, "
    "and there is no band: that the other side is empty says nothing then.",
    "not_assessed_days": "If nothing counts on one side and no search of the claim is logged within the last {days} "
    "days, agreement is not assessed, and there is no band: that the other side is empty says nothing then.",
    "bands": "Where the two axes meet",
    "evidence_axis": "Evidence",
    "agreement_axis": "Agreement",
    "cap": "What rests on one origin is rated {} at most.",
    "dropped": "Evidence from a work that is {} does not count, nor does what rests on such works alone.",
    "dropped_none": "Evidence from every work counts, whatever its status.",
    "no_band": "Definitional and normative claims have no computed rating: evidence does not settle them. Positions "
    "have none either: their pages show those of the claims that they rest on.",
    "part": "The two ratings part if they are {} bands or more apart, or if what counts speaks against a claim that "
    "the editors rate medium or higher. All such claims:",
    "page": "How this ledger is made, and what its words mean:",
    "word": "Word",
    "weight": "Weight",
}
"""The page of the rules. `{}` are figures of the profile."""
WEIGHT_TABLES: Mapping[str, str] = {
    "tier": "Tier of the source",
    "basis": "What the item stands on",
    "directness": "How directly it bears on the claim",
    "consulted": "How the source was read",
    "quote": "Its quote, if it has one",
    "other": "In some cases",
}
OTHER_WEIGHTS: Mapping[str, str] = {
    "own_words": "a first-hand statement on their own acts, for a historical claim, in place of tier and basis",
    "rival": "it hurts a rival rather than this claim",
    "untraced": "no chain reaches a first-hand source",
}
WEIGHT_WORDS: Mapping[str, str] = {
    "unsaid": "not said",
    "verified": "found in the text that is kept",
    "unverified": "not verified",
    "not-found": "not found",
}


def origins_said(cited: int, origins: int, groups: int, ends: Mapping[str, int]) -> str:
    """To how many works how many items go back, how their chains end, and how these hang together, in sentences.

    What a source takes from others is recorded of the whole work: which of them stands behind an item is not known.
    """
    to = count(FIRST_HAND_COUNT, origins - sum(ends.values())) if origins else NO_ORIGIN
    start = CITED_COUNT[min(cited, 2)]
    first = start.format(to) if cited == 1 else start.format(number(cited).capitalize(), to)
    counted = [count(forms, ends[end]) for end, forms in ENDS_COUNTED.items()] if origins else []
    together = count(GROUP_COUNT, groups) if origins > 1 else ""
    return f"{'; '.join([first, *filter(None, [listed([*filter(None, counted)])])])}. {together}".strip()


def rated_as(computed: str, direction: str | None) -> str:
    """A computed rating with its direction, in a list."""
    return RATED_AS[direction].format(computed)


SERVING: Mapping[str, str] = {
    "errors": "Not shown yet: something is wrong",
    "findings": "What was found",
    "close": "Close",
    "hint": "Hint:",
    "more": "… and {} more: `ledger check` tells of all",
    "none": "There is no site yet",
    "waiting": "It is built as soon as what is wrong has been put right.",
    "failed": "This page could not be made",
    "not_here": "There is no such page",
    "refused": "Refused",
}
"""What `ledger serve` says in the browser."""
SERVED_COUNTS = {"error": ("{} error", "{} errors"), "warning": ("{} warning", "{} warnings")}


COUNTED = {"no-evidence": "items", "one-origin": "items", "not-searched": "searches", "events-since-review": "events"}
"""Gap → the figure that its sentence counts."""
DAYS = ("newest", "since", "last")
"""Figures of a gap that are days."""


def task(gap: str, figures: Mapping[str, str]) -> str:
    """The task that would close a gap, ready to be taken up."""
    if gap == "one-sided":
        return OTHER_SIDE[figures["missing"]]
    if gap == "thin-position":
        return count(TASK_SENTENCES[gap], int(figures["thin"]))
    if gap in COUNTED:
        return count(TASK_SENTENCES[gap], int(figures[COUNTED[gap]]))
    kind = "never-reviewed" if gap == "review-overdue" and not figures["last"] else gap
    days = {name: parse_date(figures[name]).in_words() for name in DAYS if figures.get(name)}
    return DATED_TASKS[kind].format(**{name.replace("-", "_"): value for name, value in {**figures, **days}.items()})
