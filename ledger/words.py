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

RATINGS: Mapping[str, Mapping[str, str]] = {
    "claim": {
        "very-low": "likely wrong",
        "low": "leans wrong",
        "medium": "open",
        "high": "leans right",
        "very-high": "likely right",
    },
    "position": {
        "very-low": "very low confidence",
        "low": "low confidence",
        "medium": "medium confidence",
        "high": "high confidence",
        "very-high": "very high confidence",
    },
}
"""Kind → an editor's rating → how it is shown: of a claim in the words of the verdicts, of a position as confidence."""
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
    "asks": ("asks about", "is a question of"),
    "kept": ("found in a search", "was found in a search for"),
    "became": ("has a find that became", "came from a search for"),
    "hit": ("found in a search", "was found in a search for"),
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
    "retells": ("has evidence retold from", "is retold in evidence on"),
    "about_rival": ("has evidence that hurts", "is hurt by evidence of"),
    "first_stated_in": ("was first stated in", "first stated"),
    "written_by": ("was written by", "wrote"),
    "derived_from": ("derives from", "is the base of"),
    "version_of": ("is another version of", "has another version:"),
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
    "divergences": "Where editors and evidence differ",
    "single-points": "Single points of failure",
    "method": "How verdicts are computed",
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
    "verdicts": (
        "Claims by verdict",
        "Verdict",
        (
            "What follows from the evidence that is recorded. Where nobody has looked for the other side, the verdict "
            "is a range."
        ),
    ),
    "ratings": (
        "Claims by the editors’ rating",
        "Newest rating",
        "How sure the editors are that each sentence is right as it stands.",
    ),
    "solidity": (
        "How much there is to weigh",
        "Evidence",
        (
            "How much evidence the stronger side of each claim has: a single good work is little, two independent ones "
            "are some, three are strong. It says how much there is, not which way it points."
        ),
    ),
}
"""Chart → its heading, what its bars stand for, and what it shows and does not."""
GAPS: Mapping[str, tuple[str, str]] = {
    "one-sided": (
        "Nobody has looked for the other side",
        (
            "claims with a verdict wait for a search: nobody has looked for evidence on their weaker side. That is "
            "work not yet done; it makes a claim neither doubtful nor certain."
        ),
    ),
    "divergences": (
        "Where editors and evidence differ",
        "claims with both ratings have two that lie two words or more apart.",
    ),
    "single-points": (
        "Claims that depend on a single work",
        (
            "claims with a verdict have nothing left on their stronger side without one work. A second, independent "
            "one is missing."
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
NO_VERDICT: Mapping[str, str] = {
    "no evidence": "not rated: no evidence",
    "no question of evidence": "not rated: words or values",
}
"""Why a claim has no verdict → how it is counted."""
CHOICES: Mapping[str, str] = {"without": "one work is left out, with all that is tied to it"}
"""Alternatives that are called otherwise where no single claim is in question."""
CHOICE = "If we chose otherwise"
CHANGED_BY_CHOICE: Mapping[str, str] = {
    "flips": "Changes sides",
    "opens": "Becomes open",
    "tips": "Was open, leans",
}
"""Effect → the heading over how many verdicts it changes so."""
STEADY: Mapping[str, str] = {
    "on_a_side": "Claims whose verdict is on one side: {claims}. Of these, {steady} stay there under every other "
    "choice.",
    "open": "Claims whose verdict is open: {claims}. Of these, {steady} stay open under every other choice.",
}
ALL_CHOICES = "Of the {many} verdicts under other choices, {what}."
EFFECTS_TOGETHER: Mapping[tuple[str, str], str] = {
    ("on_a_side", "keeps"): "{} keep the side",
    ("on_a_side", "opens"): "{} leave the claim open",
    ("on_a_side", "flips"): "{} turn the verdict to the other side",
    ("open", "keeps"): "{} leave the claim open",
    ("open", "tips"): "{} tip it to one side",
}
"""Which verdicts, and what other choices do to them."""
NO_VERDICT_YET = "No claim has a verdict yet."
AGREEMENT: Mapping[str, str] = {
    "none": "No claim has both ratings yet.",
    "same": "Claims with both a verdict and a rating by the editors: {claims}. On {same} the two are the same word, on "
    "{near} they are one word apart. For a range, the word nearest to the editors’ counts.",
    "kappa": "Quadratic weighted kappa is {}, where 1 is full agreement and 0 is what chance alone would give. It says "
    "how much alike rules and editors judge. It does not say that either is right: both judge the same "
    "records.",
    "corner": "Editors ↓ evidence →",
}
"""How far rules and editors agree."""
FACETS: Mapping[str, str] = {
    "kind": "Kind",
    "controversy": "Controversy",
    "position": "Position",
    "type": "Type",
    "status": "Status",
    "rating": "Editors’ rating",
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
    "lead": "Under each question: the main positions, how strong the evidence is for each, and links to the sources.",
    "also": "Also in dispute",
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
    "Each claim has a verdict: likely right, leans right, open, leans wrong or likely wrong. It follows from the "
    "evidence that is recorded, by rules that are the same for every claim. Reports of one study count once, and no "
    "number of opinions makes up for a study. Beside it stand how much evidence there is, and how sure the editors "
    "are, with a date and a reason."
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
    "summary": "How this ledger is doing: what its verdicts are and how far they can be trusted, what is in it, and "
    "what is still missing.",
    "verdicts": "Verdicts",
    "verdicts_note": "Claims of all positions are counted together, those for and those against, so the bars do not "
    "say which position is right.",
    "choices": "How much the verdicts depend on our choices",
    "choices_note": "Every verdict is computed again under other choices that a reasonable person might make.",
    "choices_table": "The choices that change most verdicts",
    "agreement": "Do rules and editors agree?",
    "agreement_table": "How many claims have which two ratings",
    "method": "How the verdicts are computed",
    "content": "What is in the ledger",
    "missing": "What is missing",
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
    "field": "Words or a question",
    "hint": "Typos are fine.",
    "hint_keys": "The Up and Down keys go through the results, and Escape comes back here.",
    "any": "any",
    "filters": "Filters",
    "clear": "Clear all filters",
    "more": "Show more",
    "reading": "Loading …",
    "start": "Type a word or a question, or choose a filter.",
    "one": "1 result",
    "many": "{n} results",
    "nothing": "Nothing found. Try another word, or fewer filters.",
    "some": "Closest matches",
    "facets": "A claim has the tier, year and proponents of the sources of its evidence; a source has the positions of "
    "the claims it gives evidence on.",
    "keys": "Press / on any page to search (Ctrl-K always works)",
    "without": "Search needs JavaScript. Without it, the lists below show everything there is.",
    "lists": "Lists of everything",
    "part": "{page}: {title}",
}
"""The search page. `{n}` is the number of results; `part` is a further page of a controversy among them."""
SEARCH_LANGUAGE: Mapping[str, str] = {
    "stops": "a about again all already also am an and any are as at be because been being both but by can could did "
    "do does doing done down each else enough even ever every few find for from further get give go got had has have "
    "having he her here hers him his i if in into is it its itself just know ll m made make many may me might "
    "more most much must my no nor not of off on once one only or other our out over own please re really s said "
    "same say saying says shall she should show so some still such t tell than that the their them then there "
    "these they thing this those through to too under until up us ve very was we were what whatever which while "
    "will with would yet you your",
    "asking": "how when where who whom whose why",
    "endings": "ies ing ed es s e y",
}
"""What search has to know of the language: words that say nothing, words that ask (each finds the pages of
`SEARCH_PAGES` that name it), and endings that make another form of the same word, the longest first."""
SEARCH_PAGES: Mapping[str, tuple[str, ...]] = {
    "tags": ("topics", "keywords"),
    "map": ("arguments", "diagram", "picture", "overview"),
    "matrix": ("table", "comparison", "agree", "disagree", "common ground"),
    "timeline": ("history of the debate", "chronology", "events", "what happened"),
    "proponents": (
        *("who says so", "who believes it", "people", "supporters", "critics", "experts", "camps", "sides"),
        *("conflict of interest", "stake", "stakes", "money", "funding", "bias", "motive", "who profits"),
    ),
    "evidence": ("strongest evidence", "best evidence", "proof", "studies", "for and against", "pros and cons"),
    "cruxes": ("what would settle it", "what would change minds", "open questions", "deciding"),
    "fairness": ("balance", "neutral", "bias of this site"),
    "history": ("changes of verdicts", "past ratings"),
    "whats-new": ("news", "latest", "recent", "updates"),
    "statistics": ("numbers", "figures", "counts"),
    "gaps": ("contribute", "to do", "missing evidence", "unanswered"),
    "divergences": ("disagreement", "editors’ ratings"),
    "single-points": ("fragile", "one source", "retracted"),
    "method": (
        *("how sure", "certainty", "confidence", "reliable", "trust", "rating", "ratings", "score", "grades"),
        *("likely right", "likely wrong", "leans", "contested", "method", "methodology"),
    ),
}
"""The pages that are no record's → what readers type who look for them. `who`, `how` and the like stand only where a
question that begins so is about that page."""
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
    "history": ("How the verdicts came about", "what each verdict was when, and what moved it, by two clocks"),
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
    "repository": "The files behind this site",
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
    "copy_apa": "Copy APA",
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
    ".svg": "the picture as SVG",
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
    "diverges": "Why it differs from the verdict of the evidence: {why}",
    "scope": "Scope",
    "question": "Asked plainly",
    "no": "No means",
    "yes": "Yes means",
    "first_stated": "First stated in",
    "decided_by": "Decided by",
    "resolves_by": "Should be known by",
    "outcome": "Outcome",
    "evidence": "Evidence",
    "order": "The best evidence comes first.",
    "loop": "These take from each other: {}.",
    "chain": "Where the evidence comes from",
    "chain_note": "The works behind the cited sources, each with what takes from it.",
    "chain_left": "These lead there by longer chains, which their own pages show: ",
    "positions": "Positions it matters to",
    "relations": "Related claims",
    "cruxes": "What would settle it",
    "ratings": "How its rating changed",
    "searches": "Searches",
    "all_searches": "All searches",
}
"""The page of a claim: its headings and notes."""
UNRATED = "No editor has rated this claim yet."
OUTCOMES: Mapping[str, str] = {"held": "the prediction came true", "failed": "the prediction did not come true"}
"""What came of a prediction."""
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
    "grade": "Grade",
    "aside": "Does not count",
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
    "diverges": "{rated}. Why it differs from the verdict of the evidence: {why}",
    "none": "No editor has rated this yet.",
}
LOGGED: Mapping[str, str] = {
    "search": "{date}, {by}: looked for {sought} in {where}.",
    "query": "{date}, {by}: looked for {sought} in {where}, with the words {query}.",
    "found": "Found that mattered: {}.",
    "for": "It was a search for evidence that supports the claim.",
    "against": "It was a search for evidence against the claim.",
    "became": "{source} became evidence {item}.",
    "dropped": "{source} was dropped.",
    "why": "{said} {why}",
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
QUESTION_ENDS: tuple[tuple[str, str], tuple[str, str]] = (("Wrong", "Right"), ("No", "Yes"))
"""The two ends of a claim that is shown by its statement, and of one that asks a question."""
QUESTIONS: Mapping[str, str] = {
    "title": "Where they split",
    "legend": "Dot: where the evidence points. Bar: how far other reasonable choices would move it. Ring: too little "
    "evidence to say. Letters: the answer that a position needs (small: leans on).",
    "positions": "The positions",
    "says": "The evidence: {verdict}.",
    "needs": "{answer}: {who}.",
    "weakly": "{} (leans)",
    "contested": "open, with solid evidence on both sides",
    "too_little": "too little evidence to say",
    "no_question": "evidence does not settle this",
    "table": "The same as a table",
    "question": "Question",
    "evidence": "The evidence",
    "needing": "Needs {}",
    "nobody": "–",
    "ends": "No: {no}. Yes: {yes}.",
    "image": "This picture to share",
}
"""The picture of a dispute: its questions, and who needs which answer."""
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

CONSISTENCY: Mapping[str, tuple[str, str]] = {
    "consistent": ("+", "for"),
    "inconsistent": ("−", "against"),
    "mixed": ("±", "both ways"),
    "neutral": ("○", "neither"),
    "untested": ("?", "not tested"),
}
"""What a work does to a position → its sign and its word."""
CONSISTENCY_READ: Mapping[str, str] = {
    "consistent": "it speaks for the position",
    "inconsistent": "it speaks against the position",
    "mixed": "part of it speaks for the position, part against",
    "neutral": "it touches the position and speaks neither for nor against it",
    "untested": "nothing leads from the work to the position",
    "weakly": "it does so by a weak tie: through a claim that counts for or against the position without carrying it, "
    "or by way of another claim",
}
WEAKLY, WEAK_SIGN = "weakly {}", "({})"
"""What is said of a work that does something to a position by weak ties alone."""
WORKS_APART: Mapping[str, tuple[str, str, str]] = {
    "telling": (
        "No work tells two of these positions apart.",
        "One work tells these positions apart: it speaks for one and against another.",
        "{} works tell these positions apart: each speaks for one and against another.",
    ),
    "strongly": ("None does so by a strong tie.", "One does so by a strong tie.", "{} do so by strong ties."),
    "all strongly": ("", "It does so by a strong tie.", "All do so by strong ties."),
    "more": ("", "One more does not tell them apart.", "{} more do not tell them apart."),
    "all": ("", "One work bears on them.", "{} works bear on them."),
    "alone": ("", "One work bears on it.", "{} works bear on it."),
}
"""How many works tell positions apart, how many of them strongly, and how many others bear on several or on one."""
STRONG_AGAINST: Mapping[str, str] = {
    "every": "Strong evidence speaks against every position.",
    "some": "Strong evidence speaks against {}; none is recorded against {}.",
    "none": "No strong evidence speaks against any of them.",
    "it": "Strong evidence speaks against it.",
    "not it": "No strong evidence speaks against it.",
}
"""Against which positions strong works speak. `{}` are letters."""
WORKS_AGAINST: Mapping[str, tuple[str, str, str]] = {
    "strong": ("", "one strong work", "{} strong works"),
    "moderate": ("", "one moderate work", "{} moderate works"),
    "weak": ("", "one weak work", "{} weak works"),
}
"""Grade → how many works of it speak against a position."""
EVIDENCE_PAGE: Mapping[str, str] = {
    "read": "Read along a row: a work that speaks for one position and against another helps to decide between them; "
    "one that does the same to all decides nothing.",
    "alone": "There is only one position here, and nothing to tell it apart from.",
    "little_tested": "Fewer than half of the telling works test {}, so a short list against it says little.",
    "little_tested_each": "Fewer than half of the telling works test {}, so a short list against these says little.",
    "little_tested_all": "No position is tested by half of the telling works, so a short list against one says little.",
    "fares": "What speaks against each position",
    "fares_alone": "What speaks against it",
    "fares_note": "A work counts here if it speaks against a claim that the position rests on, for a claim that it "
    "rejects, or for one that by the editors’ reasons counts strongly against it. Each work counts once, on however "
    "many claims.",
    "no_ranking": "The positions stand in the order of their letters: this is no ranking.",
    "against": "Works against it",
    "nothing_against": "none recorded",
    "tested": "Tested by",
    "tested_of": "{} of the {} telling works",
    "tested_of_one": "{} of the one telling work",
    "untested": "little tested",
    "telling": "Evidence that tells positions apart",
    "telling_note": "Each row is one work, however many claims it speaks to. A tie is strong where the position rests "
    "on the claim or rejects it, or where the editors call it strong and say why. Better evidence stands first.",
    "strong": "Told apart by strong ties",
    "weak": "Told apart by weak ties alone",
    "legend": "What the words mean",
    "silent": "Evidence that tells none apart",
    "silent_alone": "Evidence that bears on it",
    "silent_note": "It does the same to every position that it touches, or touches only one side. It may be true and "
    "matter elsewhere.",
    "item": "Work",
    "through": "{} (as told in {})",
    "none": "No evidence bears on a position of this controversy yet.",
}
"""The evidence by positions. `{}` are letters or numbers."""
WAYS_READ: Mapping[int, str] = {1: "for {}", -1: "against {}", 0: "neither for nor against {}"}
"""Which way the sign of a way goes, of a position."""
TIES_OF_POSITION: Mapping[str, str] = {
    "rests_on": "{}, which rests on it",
    "rejects": "{}, which rejects it",
    "objected_to_by": "{}, to which it is an objection",
    "supports": "{}, which it counts for",
    "disputes": "{}, which it counts against",
}
"""How a position is tied to a claim, after what a work does to the position."""
ONTO = "It {relation} {other} That speaks {said}."
DIRECTLY = "That speaks {said}."
"""How a claim leads to positions, by way of another claim or directly."""
MORE_AND_WHY = ("Why", "And one more item, with the reasons", "And {} more items, with the reasons")
"""What is folded below a work, with how many of its items."""
LESS_THAN = "less than {}"
PERCENT = "{}\u00a0%"
CRUXES_COUNTED = (
    "No open question of fact pushes two of these positions apart.",
    "One claim that is not settled would push these positions apart.",
    "{} claims that are not settled would push these positions apart.",
)
FIRST_CRUXES = ("", "First among them:", "{} of them share the first place.")
ALIKE_CRUXES = "None of them comes before another."
"""How many computed cruxes there are, and how many come first; a single one of several is named after that."""
CRUXES_PAGE: Mapping[str, str] = {
    "alone": "There is only one position here, and nothing that could push it apart from another.",
    "read": "A crux is an unsettled claim that would push positions apart if we knew it to be right; what is settled "
    "is no crux, however much depends on it.",
    "authored": "As the editors write them",
    "whole": "On the whole",
    "of_position": "On position {}",
    "turns_on": "Claims that the tensions turn on",
    "no_authored": "No editor has written down a crux yet.",
    "computed": "As the records give them",
    "measure": "Worked out from the verdicts and from how claims are tied to positions. The claims that push furthest "
    "and are most open come first. Where this list and the editors’ differ, it is worth asking why.",
    "if_right": "If it is right:",
    "named": "the editors name it too",
    "apart": "It pushes {} apart {}",
    "away": "It pushes {} away from {} {}",
    "others": "the others",
    "because": "{apart}; {open}.",
    "score": "score {score} of 2: leverage {leverage} × openness {openness}",
    "more": "{} further claims push less, or are less open",
}
"""The cruxes. `{}` are figures, letters of positions, or how far these are pushed."""
PUSHES: Mapping[str, tuple[str, str]] = {
    "1": ("+", "strongly for {}"),
    "1/2": ("(+)", "weakly for {}"),
    "-1/2": ("(−)", "weakly against {}"),
    "-1": ("−", "strongly against {}"),
}
"""How a claim moves positions → its sign, and how that is said with their letters."""
LEVERAGE: Mapping[str, str] = {"2": "strongly", "3/2": "clearly", "1": "somewhat", "1/2": "a little"}
"""How far a claim pushes positions apart."""
OPENNESS: Mapping[str, str] = {
    "no evidence": "there is no evidence yet whether it is right",
    "contested": "still open, with solid evidence on both sides",
    "open": "still open",
    "unsearched": "half open, since nobody has looked for the other side",
    "leans": "half open, since it only leans",
}
"""How open a claim is."""


def pushed_apart(first: Sequence[str], last: Sequence[str], *, others: bool, how: str) -> str:
    """Which positions a claim pushes apart and how far, by their letters; the last ones may be all the others."""
    if len(first) == len(last) == 1 and not others:
        return CRUXES_PAGE["apart"].format(listed([*first, *last]), how)
    return CRUXES_PAGE["away"].format(listed(first), CRUXES_PAGE["others"] if others else listed(last), how)


FAIRNESS_PAGE: Mapping[str, str] = {
    "read": "Asymmetries are reported here, not equalised: positions differ in how much there is to say for them, and "
    "a flag is only a reason to look.",
    "floors": "What every position should have",
    "lacking": "missing for {}",
    "lacking_every": "missing for every position",
    "lacking_it": "missing",
    "lacking_none": "every position has it",
    "not_lacking": "there",
    "figures": "What each position is given",
    "caption": "The evidence counted for a position is what speaks for it directly: items that support a claim that "
    "counts for it, or dispute one that counts against it. A flag compares with the median of the other positions: "
    "more than {times} times that, or less by as much.",
    "caption_alone": "The evidence counted for the position is what speaks for it directly: items that support a claim "
    "that counts for it, or dispute one that counts against it.",
    "measure": "Figure",
    "of": "{0} of {1}",
    "none_of": "none of {}",
    "none": "none",
    "yes": "yes",
    "no": "no",
    "unknown": "not known",
    "never": "never",
    "empty": "No position is recorded yet.",
    "figure": "{name}: {value}",
    "alike": "The same for all: {}.",
}
"""The page of fairness. `{times}` is a figure, `{}` are letters or figures."""
FALL_SHORT: Mapping[str, str] = {
    "every": "Every position lacks something that each should have.",
    "some": "{} lack something that each position should have.",
    "one": "{} lacks something that each position should have.",
    "none": "No position lacks what each should have.",
    "it": "The only position lacks something that each should have.",
    "not it": "The only position has what each should have.",
}
"""Which positions lack something. `{}` are letters."""
STAND_APART: tuple[str, str, str] = (
    "In no figure does one of them stand apart.",
    "In one figure at least one of them stands apart.",
    "In {} figures at least one of them stands apart.",
)
FLOORS: Mapping[str, str] = {
    "no-holder": "Somebody who holds it",
    "no-steelman": "Its best case, in words that its holders would sign",
    "no-checked-quote": "A quote for it that anybody can check",
    "no-search": "A search for what speaks against it",
    "few-teams": "Three independent teams behind it",
}
"""What each position should have, by the word for its lack."""
MEASURES: Mapping[str, str] = {
    "items": "Evidence items for it",
    "sources": "Sources that they are taken from",
    "works": "Separate works behind these",
    "teams": "Independent teams behind these",
    "quoted": "Items with a quote",
    "verified-share": "Items with a quote that can be checked",
    "own-words-share": "Items in its holders’ own words",
    "tiers": "Sources by tier",
    "median-age": "Median age of the sources",
    "words": "Words of statement, best case and text",
    "steelman": "Its best case is written",
    "assessed-days": "Last rated",
    "holders": "Registered holders",
    "unregistered": "Holders without a record",
    "searches": "Searches logged on its claims",
    "searches-against": "Searches for what speaks against it",
}
"""What is counted for a position, in the order of the table."""
FLAGS: Mapping[str, str] = {
    "low": "low: the others’ median is {}",
    "high": "high: the others’ median is {}",
    "missing": "missing: another position has it",
}
AGES: Mapping[str, tuple[str, str, str]] = {
    "days": ("less than a day", "one day", "{} days"),
    "months": ("", "one month", "{} months"),
    "years": ("", "one year", "{} years"),
}
AGO = "{} ago"
HALF = "½"
BOARD: Mapping[str, str] = {
    "summary": "What is missing in this ledger, in order of how much it matters, with a task that would close each "
    "gap. A score is how much a record matters times how much it lacks; the breakdown is shown with it. A gap "
    "says what nobody has done yet, not that a claim is doubtful.",
    "filter": "Show the work of",
    "everything": "Everything",
    "elsewhere": "No controversy",
    "first": "The highest scores",
    "none": "Nothing is missing by these measures.",
    "place": "No. {} of {}",
    "score": "score {}",
    "exact": "How the score is made",
    "product": "Score {score} = importance {importance} × missing {thinness}.",
    "more": "{} more",
    "importance": "Importance {}: 1",
    "load": "{} for the positions that rest on it or reject it",
    "crux": "{} as a crux between the positions",
    "whole": "Importance {}, as every position and controversy has",
    "thinness": "Missing {}:",
    "points": "{gap} {points}",
    "start": "Send what you found",
    "start_for": "Send what you found on: {}",
    "campaign": "One campaign of searches",
    "campaign_order": "First come those that would narrow most: over how many words the verdict ranges now, times how "
    "much the claim matters. Log each search with its claim, even if it finds nothing.",
    "campaign_left": "{} more are in the data of this page.",
}
"""The board of open work. `{}` are figures."""
CAMPAIGN = (
    "",
    "For one claim nobody has looked for evidence on the weaker side, or not lately.",
    "For {} claims nobody has looked for evidence on the weaker side, or not lately. One campaign can do it for all.",
)
"""What begins the list of searches that a controversy lacks."""
SOUGHT: Mapping[str, str] = {
    "for": "look for evidence that supports it",
    "against": "look for evidence against it",
    "both": "look for evidence for and against it",
}
"""Which evidence nobody has looked for → the search."""
GAP_NAMES: Mapping[str, str] = {
    "no-evidence": "no evidence counts",
    "one-team": "one team only",
    "one-sided": "one-sided",
    "not-searched": "nobody looked",
    "not-rated": "not rated",
    "old-evidence": "old evidence",
    "thin-position": "little evidence",
    "old-position": "old evidence",
    "events-since-review": "events since the last review",
    "review-overdue": "review overdue",
}
"""What is missing."""
TASKS: Mapping[str, str] = {
    "find-evidence": "Find evidence",
    "find-second-team": "Find a second team",
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
    "one-team": (
        "",
        "Find evidence by another team: only one item counts.",
        "Find evidence by another team: the {} items that count all come from one.",
    ),
    "not-searched": (
        "Search for evidence on the weaker side and log the search, even if it finds nothing: none is logged.",
        (
            "Search for evidence on the weaker side and log it: the one search that is logged was for something else, "
            "or is too old."
        ),
        (
            "Search for evidence on the weaker side and log it: none of the {} searches that are logged was for that, "
            "or they are too old."
        ),
    ),
    "thin-position": (
        "Say what it rests on: no claim is named.",
        "Add evidence to the claim that it rests on: there is little.",
        "Add evidence to the claims that it rests on: {} have little.",
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
RESTS_ON: tuple[str, str] = (
    "The verdict on the one claim it rests on: {which}.",
    "The verdicts on the {many} claims it rests on: {which}.",
)
"""What a position rests on: how many claims, and which verdicts these have."""

HISTORY_PAGE: Mapping[str, str] = {
    "summary": "What the verdicts were on earlier days, and what moved them. The rules are today’s, and so are the "
    "words of the claims: what changes is which evidence there was.",
    "weakest": "Weakest:",
    "picture": "Each position has a column for each point: how many of the claims that it rests on had which verdict. "
    "A range counts by its end nearest to the middle. The points stand in order, not in proportion to time, and each "
    "leads to its place in the list. Where the picture is wider than the screen, the newest are shown first. A "
    "question mark means that only works came in whose date is not known exactly.",
    "positions": "The positions at each point, as a table",
    "claims": "The claims, as a table",
    "points": "Point by point",
    "time": "When",
    "claim": "Claim",
    "course": "Verdict",
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
        "What the world knew",
        (
            "By the world’s clock: a source counts from the day on which it came out, a retraction from its own day, a "
            "claim from the first work that states it, a search from the day on which it was made, the outcome of a "
            "prediction from the day on which it was due. What the editors know today of these works is kept. A date "
            "without a day counts from its end, or from when the ledger had it if that was earlier."
        ),
    ),
    "believed": (
        "What this ledger said",
        (
            "By the ledger’s own clock: a claim counts from the day on which it was added, an item from the day on "
            "which it was recorded, a retraction from the day on which the editors noted it, a search from its day and "
            "for as long as it stands. What carries no date was always there."
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
RESTS_ON_NOTHING = "no claim at that time"
MOVERS: Mapping[str, str] = {
    "added": "added:",
    "withdrawn": "withdrawn from the ledger:",
    "issued": "came out:",
    "stated": "first stated in",
    "recorded": "item recorded:",
    "traced": "traced to an earlier work:",
    "status": "status became “{}”:",
    "searched": "search logged:",
    "lapsed": "search too old from here on:",
    "read": "text checked:",
    "resolved": "outcome known:",
}
"""What can move a rating, before the name of what moved it."""
STACKED: Mapping[str, str] = {
    "likely-right": "likely right",
    "leans-right": "leans right",
    "open": "open",
    "wrong": "leans wrong or likely wrong",
    "none": "not rated",
}
"""The parts of a column, from the bottom."""


def number(count: int) -> str:
    """A number as a text has it: written out up to twelve."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def opened(day: str, *, whole: bool) -> str:
    """When something was entered that has not changed since: on a day, or in a whole month or year."""
    return LAST_CHANGE["opened_in" if whole else "opened"].format(day)


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
VERDICTS: Mapping[str, str] = {
    "likely-right": "likely right",
    "leans-right": "leans right",
    "open": "open",
    "leans-wrong": "leans wrong",
    "likely-wrong": "likely wrong",
}
VERDICT_RANGE = "{} to {}"
VERDICT_BETWEEN = "between {} and {}"
"""A range by itself, and in a row of verdicts."""
SOLIDITY: Mapping[str, str] = {"little": "little evidence", "some": "some evidence", "strong": "strong evidence"}
"""How much evidence the stronger side of a claim has."""
VERDICT_REMARKS: Mapping[str, str] = {
    "against": "Nobody has looked for evidence against it.",
    "for": "Nobody has looked for evidence that supports it.",
    "both": "Nobody has looked for better evidence on both sides.",
    "contested": "There is solid evidence on both sides.",
    "both ways": "There is a little solid evidence on each side.",
    "nothing solid": "What is recorded is too weak to decide anything.",
    "in part": "It holds only in part: part of the evidence limits it.",
    "held": "The prediction came true.",
    "failed": "The prediction did not come true.",
    "prediction": "A prediction leans at most until its outcome is known.",
    "no evidence": "No evidence is recorded that counts.",
    "definitional": "It asks what a word means. Evidence does not settle that.",
    "normative": "It asks what ought to be. Evidence alone does not settle that.",
}
"""What a reader must know beside a verdict."""
LEVELS: Mapping[str, str] = {
    "none": "no evidence",
    "weak": "weak evidence only",
    "limited": "limited evidence",
    "medium": "medium evidence",
    "robust": "robust evidence",
}
"""How much evidence one side has."""
GRADES: Mapping[str, str] = {"strong": "strong", "moderate": "moderate", "weak": "weak"}
GRADE = "{grade} evidence"
"""How good an evidence item is; its reasons follow."""
GRADE_REASONS: Mapping[tuple[str, str], str] = {
    ("directness", "indirect"): "it bears on the claim indirectly",
    ("directness", "analogy"): "it argues by analogy",
    ("directness", "not said"): "how closely it bears on the claim is not recorded",
    ("basis", "calculation"): "it is a calculation from published figures",
    ("basis", "reporting"): "it is reporting",
    ("basis", "commentary"): "it is commentary",
    ("basis", "opinion"): "it is an opinion",
    ("basis", "anecdote"): "it is an anecdote",
    ("basis", "statement"): "it is a statement, not a finding",
    ("basis", "social"): "it is a post on social media",
    ("basis", "preprint"): "it is a preprint",
    ("basis", "not said"): "what it rests on is not recorded",
    ("voice", "official statement"): "it is an official statement",
    ("voice", "own interest"): "its author has an interest in the matter",
    ("reading", "coverage"): "the editor read it only through reporting",
    ("reading", "memory"): "the editor cites it from memory",
    ("tracing", "not traced to a first-hand work"): "nobody has traced it to a first source",
    ("status", "expression of concern"): "the work is under an expression of concern",
    ("status", "corrected"): "the work was corrected",
    ("status", "most works behind it have fallen"): "most works behind it were retracted",
}
"""Family and reason → why an evidence item is no better."""
RETOLD_REASONS: Mapping[str, str] = {
    "commentary": "it goes back to commentary",
    "reporting": "it goes back to reporting",
    "social": "it goes back to a post on social media",
    "preprint": "it goes back to a preprint",
    "official statement": "it goes back to an official statement",
    "own interest": "it goes back to somebody with an interest in the matter",
    "expression of concern": "it goes back to a work under an expression of concern",
    "corrected": "it goes back to a work that was corrected",
}
"""The same, where the reason lies with what the item retells."""
TWO_STEPS = "{} (two steps)"
DOES_NOT_COUNT: Mapping[str, str] = {
    "no side": "only mentions the claim",
    "about a rival": "speaks against a rival claim only",
    "left out": "left out",
    "fallen": "the work, or what it rests on, was retracted or withdrawn",
    "quote not found": "its quote is not in the text that is kept",
}
"""Why an item does not count."""
COUNTS: Mapping[str, tuple[str, str, str]] = {
    "sources": ("no source", "1 source", "{} sources"),
    "works": ("no work", "1 separate work", "{} separate works"),
    "for": ("none for it", "1 for it", "{} for it"),
    "against": ("none against", "1 against", "{} against"),
    "qualifies": ("", "1 limits it", "{} limit it"),
    "teams": ("no team", "1 independent team", "{} independent teams"),
    "datasets": ("", "1 data set", "{} data sets"),
}
"""What counts once: in figures, since they stand in a row."""
VERDICT: Mapping[str, str] = {
    "computed": "Verdict of the evidence",
    "editors": "The editors: {rating}",
    "summary": "How this verdict came about",
    "for": "For the claim",
    "against": "Against the claim",
    "qualifies": "What limits it",
    "item": "Evidence",
    "side": "Side",
    "grade": "How good",
    "work": "Counts as",
    "strip_table": "The verdict under other choices",
    "choice": "If we chose otherwise",
    "then": "Verdict",
    "counts_as_itself": "a work of its own",
    "items": "Every item, how good it is, and the work that it counts for. Items with the same work count once.",
    "none": "No item is cited.",
    "ties": "These works are no independent witnesses:",
    "seen": "the work itself was read",
    "unseen": "the work itself was not read",
    "rules": "How verdicts are computed",
    "withdrawn": "This claim was withdrawn: nothing is computed for it.",
}
"""The verdict on a claim and how it came about."""
SIDES_OF: Mapping[str, str] = {"for": "for", "against": "against", "qualifies": "limits it"}
TIES: Mapping[str, str] = {
    "author": "{works} have an author in common: {by}",
    "data": "{works} use the same data: {by}",
    "work": "{works} go back to the same work: {by}",
}
"""Why works are tied."""
STRIP: Mapping[str, str] = {
    "title": "If we chose otherwise",
    "steady": "The verdict stays on this side under all {many} other choices.",
    "steady_open": "The verdict stays open under all {many} other choices.",
    "some": "Under {many} other choices the verdict {what}.",
    "between": "The verdicts lie between {} and {}.",
    "turns": "It turns on: {}.",
}
"""How much a verdict depends on choices."""
EFFECTS_OF_CHOICES: Mapping[str, tuple[str, str]] = {
    "keeps": ("keeps its side {}", "stays open {}"),
    "opens": ("becomes open {}", ""),
    "flips": ("changes sides {}", ""),
    "tips": ("", "leans to one side {}"),
}
"""Effect → what a verdict on one side does under a number of choices, and an open one."""
MORE_CHOICES = ("", "One more choice changes nothing.", "{} more choices change nothing.")
TIMES = ("never", "once", "twice", "{} times")
ALTERNATIVES: Mapping[str, str] = {
    "reporting-two-steps": "reporting steps down twice",
    "reporting-no-step": "reporting does not step down",
    "without-opinions": "opinions are left out",
    "only-seen": "only works that were read count",
    "abstracts-as-seen": "abstracts count as read",
    "calculations-as-measurements": "calculations count as measurements",
    "interests-ignored": "interests are ignored",
    "preprints-one-step": "preprints step down",
    "one-for-medium": "one strong work is enough for medium evidence",
    "three-for-medium": "medium evidence takes three works",
    "qualifies-ignored": "what limits the claim is ignored",
    "qualifies-as-disputes": "what limits the claim speaks against it",
    "searches-ignored": "searches are ignored",
    "without": "leaving out {}",
}
"""Alternative → the choice that it makes."""
APART: Mapping[str, str] = {
    "apart": "Editors and evidence differ here by {} steps of five.",
    "because": "The editors’ reason: {}",
    "no_reason": "No reason is written down yet.",
}
"""Where the ratings of a claim part. `{}` is a number, or the reason."""
ORIGINS: Mapping[str, str] = {
    "drawing": "The same, drawn",
    "drawing_note": "An arrow leads from a work to what takes from it. A work with a heavy frame is cited here.",
    "title": "Where the evidence comes from, drawn",
    "more": "Not drawn, but in the list above: {}.",
    "cited": "cited in {}",
    "loop_node": "in a circle",
}
"""What a claim's items go back to."""
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
FROM_VERDICT_TO = "{} → {}"
NO_CLAIM = "no claim"
IF_IT_FELL: Mapping[str, str] = {
    "heading": "If this work were retracted",
    "note": "These verdicts would change.",
    "nothing": "No verdict would change.",
    "claims": "Claims",
    "positions": "Positions, by the claims that they rest on",
    "carries": "nothing else carries the stronger side of this claim",
    "fallen_heading": "What this work’s fall changed",
    "fallen": "Its evidence no longer counts. That changed these verdicts:",
    "fallen_nothing": "Its evidence no longer counts. That changed no verdict.",
    "weakest": "the weakest: {} → {}",
}
"""What depends on a source."""
CHANGED_BY: Mapping[str, str] = {
    "claim": "The verdict on this claim changed from “{}” to “{}”, because evidence no longer counts:",
    "position": "The verdicts on the claims that this position rests on changed from {} to {}, because evidence no "
    "longer counts:",
    "weakest": "The weakest claim that this position rests on changed, because evidence no longer counts:",
    "source": "{source}",
    "source_since": "{source}, as of {date}",
    "notice": "the notice: {}",
}
"""A notice on a claim or position: from what to what, and because of which works."""
WEAKEST = "The weakest:"
NO_WEAKEST = "None of them has a verdict."
DIVERGENCES: Mapping[str, str] = {
    "summary": "Claims on which the editors’ newest rating and the verdict of the evidence lie two words or more "
    "apart. Neither is the judge of the other. What is worth reading is the reason.",
    "none": "Editors and evidence differ on no claim.",
    "editors": "the editors: {}",
    "computed": "the evidence: {}",
    "some": "They differ on {} of the {} claims that have both.",
    "left": "{} more are not listed here; the page of each claim has both.",
}
"""The page of divergences."""
SINGLE_POINTS: Mapping[str, str] = {
    "summary": "Works that alone carry the stronger side of a claim: if one of them fell, nothing would be left there. "
    "Those that carry most claims come first. That says nothing about how good a work is. It says where a second, "
    "independent one is missing.",
    "none": "No claim hangs on a single work.",
    "some": "{} of {} claims with a verdict hang on a single work.",
    "left": "{} more works, which carry fewer claims, are not listed here; their own pages say which.",
}
"""The page of single points of failure."""
SINGLE_POINTS_COUNT = ("", "one claim depends on it", "{} claims depend on it")
METHOD_PAGE: Mapping[str, str] = {
    "summary": "How this ledger gets from the evidence in its records to a verdict on each claim. The rules are the "
    "same for every claim, and an editor’s rating is never one of them.",
    "caution": "A verdict is not the truth. It says which way the recorded evidence points, and beside it stands how "
    "much of that depends on the rules. Every step can be followed on the page of the claim.",
    "page": "How the ledger is made, and what its other words mean:",
    "once": "What counts once",
    "grades": "How good a piece of evidence is",
    "grades_note": "Every piece of evidence starts as strong and steps down for reasons with names. One step makes it "
    "moderate, two or more make it weak. Each of these questions counts once, with its largest reason.",
    "why": "Reason",
    "steps": "Steps down",
    "unless": "But",
    "levels": "How much evidence a side has",
    "levels_note": "No number of weak works makes more than weak evidence, and a further work never lowers its side.",
    "verdicts": "The verdict",
    "verdicts_note": "The verdict follows from how much evidence the two sides have. The table is for a claim with the "
    "stronger side for it; where the stronger side is against it, wrong stands for right.",
    "stronger": "The stronger side has",
    "other": "The other side has",
    "choices": "If we chose otherwise",
    "choices_note": "Rules are choices. So every verdict is computed again with each of these made otherwise, one at a "
    "time. The page of each claim shows what that changes, and the statistics show it for all claims.",
    "further": "How far to trust it",
}
"""The page of the method: headings, and the texts that stand under them."""
METHOD_POINTS: Mapping[str, tuple[str, ...]] = {
    "once": (
        (
            "Three articles about one study are one work: evidence that a source retells counts for the work that it "
            "retells."
        ),
        "Versions of a work, such as a preprint and the article that it became, are one work.",
        (
            "Works that share an author, an organisation as author, or the data that they measured are tied: they are "
            "no independent witnesses. The number of independent teams is the largest number of works of which no two "
            "are tied."
        ),
        (
            "What was retracted or withdrawn counts for nothing, and neither does what only retells it or stands on "
            "its data."
        ),
    ),
    "grades": (
        "What a record does not say is taken for the worst, so leaving something out never helps.",
        "For a claim about who said or did what, the person’s own words step down for nothing but how they were read.",
        (
            "A quote that is not in the text that is kept takes its evidence out. A quote that was checked costs "
            "nothing; having none costs nothing either."
        ),
    ),
    "verdicts": (
        (
            "Where nobody has looked for evidence on the weaker side, there is no single word but a range: from what "
            "the verdict would be if one strong work stood there, to what it is if nothing does."
        ),
        (
            "Where many works say that the claim holds only with limits, more than one for three that support it or "
            "enough for medium evidence of their own, a verdict on the right-hand side moves one step towards the "
            "middle."
        ),
        "A prediction leans at most, until its outcome decides.",
        "What a word means, or what ought to be, is no question of evidence and gets no verdict.",
        (
            "A position gets none either. Its page shows the verdicts on the claims that it rests on, and names the "
            "weakest."
        ),
        (
            "The editors rate claims too, in the same five words. Where the two lie two words or more apart, the "
            "editors say why."
        ),
    ),
}
"""What is said in a list on that page, by section."""
SEARCH_COUNTS = "A search answers for one side of a claim if it says what became of all that it found, for {} days."
FAMILIES: Mapping[str, str] = {
    "directness": "How close is it?",
    "basis": "What does it stand on?",
    "voice": "Whose voice is it?",
    "reading": "How did the editor read it?",
    "tracing": "Where does it come from?",
    "status": "What became of the work?",
}
"""Family of reasons → the question that it answers."""
NO_STEP = "none"
STEPS_FOR: Mapping[str, str] = {
    "predictive": "{} for a prediction",
    "historical": "{} for a claim about who said or did what",
}
"""Type of claim → how many steps a reason causes there, where that differs."""
NOTES_ON_REASONS: Mapping[tuple[str, str], str] = {
    ("basis", "commentary"): "one if it measures, proves or calculates something itself",
    ("status", "corrected"): "none if the correction does not touch what is cited",
}
LEVEL_TAKES: Mapping[str, str] = {
    "robust": "Three strong works, no two of them tied; or two strong and two moderate ones, likewise. One of the "
    "strong ones must have been read.",
    "medium": "Two works that are not tied, one strong and one at least moderate; or three moderate ones, no two tied. "
    "One strong work that was read is enough if it is a synthesis or a proof, if another team has repeated it, or, for "
    "a claim about who said or did what, if it is the document itself or the speaker’s own words.",
    "limited": "One work that is at least moderate.",
    "weak": "Weak works only, however many.",
    "none": "Nothing that counts.",
}
"""Level → what it takes."""
NONE_OR_WEAK = "none, or weak evidence only"


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


COUNTED = {"no-evidence": "items", "one-team": "items", "not-searched": "searches", "events-since-review": "events"}
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
