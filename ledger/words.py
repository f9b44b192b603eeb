"""The words around the content that are not in `texts/` yet: those of the pages that have still to be converted."""

from collections.abc import Mapping, Sequence

from ledger.texts import Columns, Group, from_to, in_words, listed, period

number = in_words
__all__ = ["from_to", "listed", "number", "period"]

KINDS = Columns("kind", "kinds")
"""Kind → one of it, several of it."""

RATINGS: Mapping[str, Mapping[str, str]] = {"claim": Group("claim_rating"), "position": Group("position_rating")}
"""Kind → an editor's rating → how it is shown: of a claim in the words of the verdicts, of a position as confidence."""
EFFECTS: Mapping[str, str] = {
    "supports": "Supports the claim",
    "disputes": "Disputes the claim",
    "qualifies": "Qualifies the claim",
    "mentions": "Mentions the claim",
}
"""What an evidence item does, as the heading of its group, in the order of the groups."""
CONSULTED = Group("consulted")
STANCES: Mapping[str, str] = {"holds": "holds", "leans": "leans to", "rejects": "rejects", "left": "has left"}
TIERS = Group("tier")
STATUSES = Group("status")
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
    "illustrates": ("is a chart for", "has the chart"),
    "draws": ("shows a figure of", "has a figure in the chart"),
    "defined_in": ("is defined in", "defines"),
    "merged_into": ("was merged into", "took in"),
    "mentions": ("mentions", "is mentioned by"),
    "cites": ("cites", "is cited by"),
}
"""Edge → how a page names it from its start, and from its end."""
CLAIM_TYPES = Group("claim_type")
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
BROWSE = Group("browse")
"""The pages that lead across the kinds."""
FACETS = Group("facet")
"""What search and the lists can be narrowed by."""
PROPONENT_TYPES = Group("proponent_type")
EVENT_TYPES = Group("event_type")
LISTING: Mapping[str, str] = {
    "form": "Narrow and sort this list",
    "field": "With the words",
    "hint": "Filter as you type.",
    "filters": "Filter and sort",
    "any": "any",
    "sort": "Sorted by",
    "reset": "Show all",
    "whole": "All {all}",
    "some": "{n} of {all}",
    "nothing": "None of the {all} fits. Try other words, or fewer filters.",
    "jumps": "Jump to",
    "withdrawn": "Withdrawn",
    "none": "There are none yet.",
    "reading": "Loading …",
    "page": "{n} on this page. The other pages can’t be loaded here.",
}
"""A list that is narrowed and sorted in place. `{all}` is how many there are, `{n}` how many are shown."""
SORTS: Mapping[str, str] = {
    "importance": "most important",
    "evidence": "most evidence",
    "statements": "most statements",
    "links": "most linked to",
    "size": "largest",
    "title": "title",
    "date": "oldest first",
    "-date": "newest first",
    "place": "controversy",
    "rating": "lowest rating",
    "-rating": "highest rating",
    "-changed": "last changed",
}
"""What a list can be sorted by; a minus turns an order round."""
USES = ("no claim takes evidence from it", "evidence on one claim", "evidence on {} claims")
"""Of how many claims a source gives evidence."""
HOME_PAGE: Mapping[str, str] = {
    "about": "About {}",
    "lead": "Under each question: the main positions, how strong the evidence is for each, and links to the sources.",
    "read": "How to read it, and all that is in it",
    "also": "Also in dispute",
    "none": "No controversy is recorded yet.",
    "camps": "What the sides say",
    "positions": "The positions, and how sure the editors are of each",
    "whole": "The whole dispute",
    "story": "The story so far",
}
"""The home page. `{}` is the name of the site."""
NEWS: Mapping[str, str] = {
    "summary": "What happened in the world and how it changed our verdicts, and what we changed in this ledger.",
    "world": "In the world",
    "world_note": "Events by their own date, the latest first. Verdicts are those of the day, by what was out then.",
    "none_in_world": "No event is recorded yet.",
    "touches": "Positions it touches in {title}",
    "touches_here": "Positions it touches:",
    "all_events": "All events",
    "here": "In this ledger",
    "here_note": "New records, corrections and ratings, the latest first. Many edits of one sort on one day are one "
    "line.",
    "none_here": "No record says when it was added or changed.",
    "among": "Among them:",
    "data": "Every change, one by one, as data",
    "latest_world": "Latest in the world",
    "latest_here": "Latest in this ledger",
    "everything": "All news",
    "contents": "On this page",
    "follow": "Follow:",
    "atom": "Atom",
    "json": "JSON Feed",
}
"""The page of what is new, and the short lists on other pages."""
NEWS_FEEDS = ("All news", "In the world", "In this ledger")
"""The feeds of the whole site, in the order of their addresses."""
NEWS_EARLIER = ("", "One earlier event is not shown here.", "{} earlier events are not shown here.")
NEWS_LEFT_OUT = ("", "One earlier day is not shown here.", "{} earlier days are not shown here.")
NEWS_MORE_CLAIMS = ("", "One more claim got evidence.", "{} more claims got evidence.")
NEWS_WORLD: Mapping[str, str] = {
    "supports": "Evidence for “{title}”.",
    "disputes": "Evidence against “{title}”.",
    "qualifies": "Evidence that limits “{title}”.",
    "mixed": "Mixed evidence on “{title}”.",
    "first": "It was the first to say so. Verdict: {after}.",
    "moved": "The verdict changed from “{before}” to “{after}”.",
    "stayed": "The verdict stayed “{after}”.",
}
"""What an event did to a claim."""
NEWS_HERE: Mapping[str, str] = {
    "status": "“{title}” is now marked as {after}.",
    "withdrawn": "“{title}” was withdrawn: {why}",
    "verdict": "The verdict on “{title}” changed from “{before}” to “{after}”: {causes}.",
    "verdict-bare": "The verdict on “{title}” changed from “{before}” to “{after}”.",
    "rerated-down": "“{title}” was rated down from “{before}” to “{after}”: {why}",
    "rerated-up": "“{title}” was rated up from “{before}” to “{after}”: {why}",
    "rated": "“{title}” was rated for the first time, “{after}”: {why}",
    "added": "New: “{title}” ({kind}).",
    "evidence": "New evidence on “{title}”: {why}",
    "evidence-several": "“{title}” has {count} new items of evidence, the first: {why}",
    "updated": "“{title}” was updated.",
    "rated-again": "“{title}” was read again and is still rated “{after}”.",
}
"""One change in this ledger."""
NEWS_MANY: Mapping[str, str] = {
    "status": "The status of {count} {kinds} changed.",
    "withdrawn": "{count} {kinds} were withdrawn.",
    "verdict": "The verdicts on {count} {kinds} changed.",
    "rerated": "{count} {kinds} were rated anew, {up} up and {down} down.",
    "rerated-up": "{count} {kinds} were rated up.",
    "rerated-down": "{count} {kinds} were rated down.",
    "rated": "{count} {kinds} were rated for the first time.",
    "added": "{count} {kinds} were added.",
    "evidence": "{count} {kinds} have new evidence.",
    "updated": "{count} {kinds} were updated.",
    "rated-again": "{count} {kinds} were read again; their ratings stay.",
}
"""Many changes of one sort on one day."""
NEWS_CAUSES: Mapping[str, str] = {
    "added": "{title} was added",
    "withdrawn": "{title} was withdrawn",
    "issued": "{title} came out",
    "stated": "{title} was stated",
    "recorded": "new evidence from {title}",
    "traced": "{title} was traced to an earlier source",
    "status": "{title} is now marked as {status}",
    "searched": "a search was logged",
    "lapsed": "a search is too old to count",
    "read": "the text of {title} was checked",
    "resolved": "the outcome is known",
}
"""What moved a verdict."""
LISTED_BY = Group("listed_by")
NO_POSITION = "no position"
ELSEWHERE = "Elsewhere"
NO_EVIDENCE = "no evidence recorded"
SOURCES: Mapping[str, tuple[str, str, str]] = {
    "supports": ("no source for", "one source for", "{} sources for"),
    "disputes": ("none against", "one against", "{} against"),
    "qualifies": ("", "one qualifies it", "{} qualify it"),
}
"""What sources do to a claim → how that is said of none, of one, of several."""
OVERVIEWS = Columns("overview", "overview_note")
"""The further pages of a controversy → title, what is there; the tabs first."""
AUDIT_PAGE: Mapping[str, str] = {
    "summary": "These pages are for readers who want to check the work: how the verdicts came about, whether each "
    "position is treated alike, and where a verdict depends on little.",
    "across": "For the whole ledger",
    "upkeep": "Upkeep",
    "days": "{} days",
    "searches": "Searches that were made",
}
STORY_PAGE: Mapping[str, str] = {
    "note": "Beside the text: what the evidence says of each claim, and which positions object.",
    "against": "{} would object.",
    "none": "Nobody has written the story of this dispute yet.",
    "read": "Read the story",
}
MINUTES = ("", "one minute", "{} minutes")
PICTURE = "The picture"
BY_POSITION: Mapping[str, str] = {"for": "For {}.", "against": "Against {}.", "leans": "{} (leans)"}
"""What a claim or an item counts for and against; the letters of positions in the places."""
SHARED_CLAIMS: Mapping[str, str] = {
    "title": "Which positions share which claims",
    "filters": "Show only",
    "position": "Position",
    "verdict": "Verdict",
    "any": "all",
    "for": "For",
    "against": "Against",
    "head_for": "Counts for",
    "head_against": "Counts against",
    "some": "Shown: the {shown} most shared of {every} claims, with the verdict on each.",
    "all": "Shown: all {every} claims that positions share, with the verdict on each.",
    "one": "Shown: the one claim that positions share, with the verdict on it.",
    "none_shared": "No two positions share a claim yet. Shown: the claims that matter most to one.",
    "legend": "Solid line or filled letter: the position depends on the answer. Dashed or outlined: it leans on it.",
    "none": "No claim is linked to a position yet.",
}
"""The picture of the claims that positions share."""
HIGHLIGHTS: Mapping[str, str] = {
    "title": "The strongest evidence",
    "choose": "The strongest evidence by position",
    "for": "For",
    "against": "Against",
    "for_letter": "For {}",
    "against_letter": "Against {}",
    "all": "Show all",
    "title_for": "The strongest evidence for {letter}: {name}",
    "title_against": "The strongest evidence against {letter}: {name}",
    "no_for": "No evidence for {letter} ({name}) is recorded yet.",
    "no_against": "No evidence against {letter} ({name}) is recorded yet.",
    "supports": "For the claim",
    "disputes": "Against the claim",
    "how": "Best evidence first: first-hand and independent, then what the positions depend on most. Each source "
    "appears once.",
    "everything": "All evidence by position",
    "none": "No evidence is linked to a position yet.",
}
ALIKE: tuple[str, str, str] = ("", "One other source says the same.", "{} other sources say the same.")
"""How many other sources say the same of a claim."""
HIGHLIGHT_WHY: Mapping[tuple[str, str], str] = {
    ("supports", "needed"): "It supports a claim that counts for {needing}.",
    ("supports", "denied"): "It supports a claim that counts against {denying}.",
    ("supports", "both"): "It supports a claim that counts for {needing} and against {denying}.",
    ("disputes", "needed"): "It counts against a claim that {needing} cannot do without.",
    ("disputes", "denied"): "It counts against a claim that {denying} cannot accept.",
    ("disputes", "both"): "It counts against a claim that {needing} cannot do without and {denying} cannot accept.",
}
"""Why an item matters: what it does to its claim, and which positions need the claim or need it to be wrong."""
CLAIMS_TABLE: Mapping[str, str] = {
    "title": "All claims by position",
    "caption": "+ counts for the position if the claim is right, − counts against it. In brackets: the position only "
    "leans on it.",
    "claim": "Claim",
    "verdict": "Verdict",
}
CELLS: Mapping[tuple[str, bool], tuple[str, str]] = {
    ("for", True): ("+", "for"),
    ("for", False): ("(+)", "leans for"),
    ("against", True): ("−", "against"),
    ("against", False): ("(−)", "leans against"),
}
"""What a claim does to a position → its sign and its words."""
TIMELINE_PAGE: Mapping[str, str] = {
    "title": "Events on a line of years",
    "note": "Every event is a tick. Those that most claims here concern have their names. Dots show which positions it "
    "matters to. Years without an event are left out.",
}
NO_EVENT = "No event of this controversy is recorded yet."
CITING: Mapping[str, str] = {
    "page": "Cite this page",
    "chart": "Cite this chart",
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
    ".csv": "the figures as CSV",
    ".bib": "references as BibTeX",
    ".ris": "references as RIS",
    ".csl.json": "references as CSL-JSON",
    ".graphml": "graph as GraphML",
    ".dot": "map as DOT",
    ".argdown": "arguments as Argdown",
}
"""Ending of a file beside a page → what it holds."""


CLAIM: Mapping[str, str] = {
    "kicker": "Claim · {type}",
    "applies_to": "Applies to: {scope}",
    "scope": "Scope",
    "type": "Type of claim",
    "question": "As a question",
    "no": "No means",
    "yes": "Yes means",
    "first_stated": "First stated in",
    "decided_by": "Decided by",
    "resolves_by": "Should be known by",
    "outcome": "Outcome",
    "verdict": "Verdict",
    "evidence": "Evidence",
    "further": "More evidence",
    "positions": "Which positions need it",
    "relations": "Related claims",
    "cruxes": "What would settle it",
    "strip": "If we judged it differently",
    "audit": "Audit",
    "audit_note": "how each piece of evidence was graded, where it comes from, what was searched for, and when the "
    "editors said what",
    "loop": "These take from each other: {}.",
    "chain": "Where the evidence comes from",
    "chain_note": "The original sources, each with the sources that draw on it.",
    "chain_left": "These lead there by longer chains, which their own pages show: ",
    "ratings": "What the editors said, newest first",
    "items": "How each piece of evidence was graded",
    "quotes": "Quotations in the text that was read",
    "searches": "Searches",
    "all_searches": "All searches",
    "file": "File",
}
"""The page of a claim: its headings and notes."""
EXHIBIT_SIDES: Mapping[str, str] = {
    "supports": "For",
    "disputes": "Against",
    "qualifies": "Limits it",
    "mentions": "Also cited",
}
"""What an evidence item does to its claim, over the item."""
EXHIBIT: Mapping[str, str] = {
    "no_quote": "No quotation yet",
    "limits": "What it leaves open: {limits}",
    "rival": "This counts against a rival claim instead: {claim}",
    "status": "This source is {status}.",
    "archive": "archived copy",
    "permalink": "Link to evidence {item}",
    "also": "Also said, without new evidence, by {sources}.",
    "also_said": "What they say",
    "cited": "Also cited: {sources}.",
    "cited_for": "What they say",
    "uncounted": "Left out of the verdict: {sources}.",
    "uncounted_why": "What they say, and why they are left out",
    "left_out": "Left out: {why}.",
}
"""An evidence item on a page, and those that are named in a line."""
MORE_EXHIBITS = ("", "One more piece of evidence", "{} more pieces of evidence")
NOT_PRINTED = (
    "",
    "One more piece of evidence is on the page itself.",
    "{} more pieces of evidence are on the page itself.",
)
"""Further items in a fold, and what stands in their place on paper."""
EXHIBIT_GRADES: Mapping[str, str] = {
    "strong": "strong evidence",
    "moderate": "moderate evidence",
    "weak": "weak evidence",
}
QUOTES_IN_SHORT: Mapping[str, str] = {
    "exact": "Words checked in the text of {captured}",
    "normalised": "Words checked in the text of {captured}",
    "ambiguous": "Words found more than once in the text of {captured}",
    "not-found": "Words not found in the text of {captured}",
    "no-snapshot": "Words not checked yet",
    "recorded": "Words found in the text on {recorded}",
}
"""Verdict on a quote → the same in a few words."""
NEEDS: Mapping[str, str] = {
    "rests_on": "needs it to be right",
    "rejects": "needs it to be wrong",
    "supports": "is helped by it",
    "disputes": "is hurt by it",
}
"""What ties a claim to a position, seen from the position."""
CLAIM_TIES: Mapping[str, tuple[str, str]] = {
    "supports": ("This claim counts for", "For this claim"),
    "disputes": ("This claim counts against", "Against this claim"),
    "undercuts": ("This claim counts against", "Against this claim"),
    "qualifies": ("This claim limits", "Limits this claim"),
    "narrows": ("This claim limits", "Limits this claim"),
    "depends-on": ("This claim builds on", "Builds on this claim"),
    "supersedes": ("This claim builds on", "Builds on this claim"),
    "restates": ("Same as", "Same as"),
}
"""How a claim stands to another: seen from the one in which that is written, and from the other."""
MORE_RELATED = ("", "One more related claim", "{} more related claims")
VERDICT_LINES: Mapping[str, str] = {
    "likely-right": "Likely right.",
    "leans-right": "Leans right.",
    "open": "Open.",
    "contested": "Contested.",
    "leans-wrong": "Leans wrong.",
    "likely-wrong": "Likely wrong.",
    "range": "Between {low} and {high}.",
    "none": "Not rated.",
}
"""The verdict on a claim as a sentence."""
UNRATED = "No editor has rated this claim yet."
OUTCOMES: Mapping[str, str] = {"held": "the prediction came true", "failed": "the prediction did not come true"}
"""What came of a prediction."""
NOTHING_RECORDED = "No evidence is recorded for this claim."
EMPTY_SIDES: Mapping[str, str] = {
    "supports": "No evidence for it is recorded.",
    "disputes": "No evidence against it is recorded.",
}
"""What stands in the place of the evidence of a side that has none."""
SOMEBODY_LOOKED = "Last search: {date}, by {by}, for {sought}."
NOBODY_LOOKED = "No search is recorded, so this says nothing yet."
RECORDED: Mapping[str, str] = {
    "recorded": "recorded {}",
    "recorded_by": "recorded {} by {}",
    "entered_by": "recorded by {}",
}
"""When and through whom an evidence item was entered."""
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
    "supports": "for the claim in",
    "disputes": "against the claim in",
    "qualifies": "limits the claim in",
    "mentions": "cited in",
}
"""What a source does to a claim, before the evidence items in which it does so."""
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
    "backlinks": "Linked from",
    "about": "About this record",
    "added": "Added",
    "updated": "Updated",
    "tags": "Tags",
    "former_ids": "Former ids",
    "excused": "Excused from the check {check}: {why}",
    "excused_until": "Excused from the check {check} until {until}: {why}",
}
"""What every record's page says of the record itself."""


FOR, AGAINST = "for", "against"
LINKED_FROM: Mapping[str, str] = {
    "for": "For it",
    "against": "Against it",
    "limits": "Limits it",
    "builds_on": "Builds on it",
    "same_as": "Same as this",
    "cited": "Also cited",
}
"""What the records do that link to a record, as headings over them."""
MORE_LINKS = "All others ({})"


def taken(hows: Sequence[str], many: int) -> str:
    """How a work takes from one or several earlier ones: `reviews and uses data from them`."""
    known = [how for how in hows if how != "unknown"]
    said = TAKES[many > 1].format(listed([HOW_DERIVED[how] for how in known or hows]))
    return said if known else said + HOW_UNKNOWN


def recorded(day: str, by: str) -> str:
    """When and through whom something entered the ledger, as far as that is known."""
    if day and by:
        return RECORDED["recorded_by"].format(day, by)
    return RECORDED["recorded"].format(day) if day else RECORDED["entered_by"].format(by) if by else ""


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
    "type": "Form",
    "issued": "Published",
    "container_title": "Published in",
    "publisher": "Publisher",
    "volume": "Volume",
    "issue": "Issue",
    "pages": "Pages",
    "language": "Language",
    "accessed": "Read on",
    "tier": "Type of source",
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
    "status": "This source is {}.",
    "status_since": "This source is {}, as of {}.",
    "notice": "The notice: {}",
    "as_of": "as of {}",
    "caveat": "Unsure in this entry",
    "how_sure": "(how sure: {})",
    "others": "{} others",
    "and_others": "{} and {} others",
    "and_more": "{} and at least {} others",
    "base_of": "What draws on it",
    "takes": "It {how} {source}",
    "gives": "{source} {how} it",
    "own_too": "It also has results of its own.",
    "nothing_found": "No source behind it was found.",
    "untraced": "We have not checked yet what this source draws on.",
    "interests": "Interests",
    "shows": "What it shows here",
    "unused": "Nothing here uses this source yet.",
    "further": "Also used for",
    "about": "About this entry",
}
"""The page of a source. `{}` is a status, a date, a degree of confidence, or a link."""
ORIGINALS: Mapping[str, str] = {
    "reporting": "Original reporting.",
    "primary-document": "Original document.",
    "official-statement": "Original statement.",
    "commentary": "First-hand account.",
    "social": "First-hand account.",
}
ORIGINAL = "Original research."
"""Type of source → what one is that draws on no other; the second is for all other types."""
QUOTES_OF_CLAIM = "The words quoted on “{claim}”:"
MORE_SHOWN = ("", "One more thing it shows here", "{} more things it shows here")
USES_OF_SOURCE: Mapping[str, str] = {
    "evidence": "Evidence taken from it",
    "stances": "Who takes which position in it",
    "conditions": "What it says would change a mind",
    "events": "Events it reports",
    "definitions": "Terms it defines",
    "searches": "Searches that found it",
    "citations": "Pages that cite it",
}
USE_COUNTS: Mapping[str, tuple[str, str, str]] = {
    "evidence": ("", "one piece of evidence", "{} pieces of evidence"),
    "stances": ("", "one statement of a position", "{} statements of a position"),
    "conditions": ("", "one thing that would change a mind", "{} things that would change a mind"),
    "events": ("", "one event", "{} events"),
    "definitions": ("", "one term", "{} terms"),
    "searches": ("", "one search", "{} searches"),
    "citations": ("", "one page that cites it", "{} pages that cite it"),
}
"""Sort of use of a source → how many of it."""
CONDITION: Mapping[str, str] = {
    "by": "Should be known by {}.",
    "outcome": "Outcome: {}.",
}
SEARCHED = "looked for {}"
IN_CAPACITY = "as {}"
LATER = "later: {}"
BEFORE = "before: {}"
NO_DATE = "date not known"
INFERRED_FROM_ACTS = "inferred from acts, not words"
PROPONENT_PAGE: Mapping[str, str] = {
    "holds": "What they hold",
    "moved": "before that, {stance} ({date})",
    "interests": "What they stand to gain",
    "inferred": "the editors’ reading",
    "no_interest": "No stake is recorded.",
    "stances": "What they said",
    "paraphrase": "Words without quotation marks are the editors’ summary.",
    "none": "No source in this ledger shows what they hold. Being cited or having written evidence is not a stance.",
    "affiliations": "Affiliations",
    "members": "Members",
    "wrote": "Evidence by them",
}
"""The page of a proponent. The places hold a stance and the date of a statement."""
PEOPLE_PAGE: Mapping[str, str] = {
    "narrow": "Show only",
    "no_stake": "Only people with no known stake",
    "moved_only": "Only people who changed their mind",
    "leans": "leans this way",
    "stake": "Stake:",
    "inferred": "read from what they do, not from what they say",
    "before": "Changed: before {date} it was “{stance}”.",
    "left": "Changed: left {position}, {date}.",
    "others": "Against it, or no longer for it:",
    "nobody": "No source in this ledger shows who holds this position.",
    "none": "No source in this ledger shows who takes a side.",
    "note": "Everybody is listed for what a source shows, most recent words first. How many people are on a side says "
    "nothing about who is right, and the list is not complete. A stake without a source is noted by the editors.",
}
"""The People tab. `{}` are a former stance, a position's letter and dates."""
EVENT_PAGE: Mapping[str, str] = {
    "changed": "What it changed",
    "supports": "Evidence for it: {shows}",
    "disputes": "Evidence against it: {shows}",
    "qualifies": "Evidence that limits it: {shows}",
    "mentions": "{shows}",
    "involved": "Who took part",
    "sources": "Sources",
}
"""The page of an event. `{shows}` is what an evidence item shows."""
TERM_PAGE: Mapping[str, str] = {
    "also": "Also: {}",
    "exactly": "More exactly",
    "sources": "Where the definition comes from",
    "used": "Used in",
}
THREAD_PAGE: Mapping[str, str] = {
    "questions": "The questions",
    "none": "No controversy belongs to this thread yet.",
}
POSITION_ON = "Position {letter} on {controversy}"
POSITION_PAGE: Mapping[str, str] = {
    "confidence": "The editors have {confidence} in it.",
    "unrated": "No editor has judged it yet.",
    "verdicts": "The evidence on the claims it builds on: for {for}, against {against}, open {open}, not rated "
    "{unrated}.",
    "case": "The case for it",
    "pillars": "What it builds on most",
    "no_pillar": "No claim that it builds on is recorded yet.",
    "best": "Best evidence: {source}",
    "best_against": "Best evidence against it: {source}",
    "no_evidence": "No evidence for it is recorded yet.",
    "problems": "Its biggest problems",
    "no_problem": "Nothing against it is recorded yet.",
    "rejects": "Its holders deny this, and the evidence points to it.",
    "disputes": "This is against it, and the evidence points to it.",
    "rests_on": "It builds on this, and the evidence points the other way.",
    "holders": "Who holds it",
    "leaning": "Leaning to it",
    "stake": "Stake: {stake}",
    "stake_shown": "Stake: {stake} ({source})",
    "stakes_note": "A stake without a source is the editors’ reading.",
    "since": "first said so {date}",
    "acted": "inferred from acts since {date}, not from words",
    "minds": "What would change minds",
    "minds_of_editors": "The editors would look at:",
    "claims": "All claims about it ({many})",
    "next": "More of these claims",
    "body": "More about it",
    "relations": "And the other positions",
    "sources": "Read first",
    "audit": "Audit: how it was judged, and when",
    "ratings": "How the editors’ confidence changed",
}
"""The page of a position. The places hold a word, a number, a link or a text."""
OTHER_PROBLEMS = "Other objections ({})"
CLAIMS_OF_POSITION: Mapping[str, str] = {
    "rests_on": "For it: it builds on these",
    "rejects": "Against it: its holders deny these",
    "disputes": "Against it",
    "supports": "For it as well",
}
"""How claims stand to a position → the heading over them in its table."""
POSITION_TABLE: Mapping[str, str] = {
    "claim": "Claim",
    "verdict": "The evidence",
    "for": "Sources for",
    "against": "Sources against",
}
"""The columns of that table."""
BETWEEN_POSITIONS: Mapping[str, tuple[str, str]] = {
    "narrows": ("A narrower form of", "Has a narrower form:"),
    "excludes": ("Can’t be right together with", "Can’t be right together with"),
    "compatible": ("Can be right together with", "Can be right together with"),
}
"""How a position relates to another, before the other’s name: as its own record says, and as the other’s does."""
OTHER_STANCES: Mapping[str, str] = {"rejects": "Against it: {}.", "left": "Held it once: {}."}
"""Stance → those who take it, in a sentence."""
POSITION_PARTS: Mapping[str, str] = {
    "parts": "What it says, one by one",
    "steelman": "Its best case",
    "proponents": "Proponents",
    "rests_on": "Claims it rests on",
    "rejects": "Claims it rejects",
    "objections": "Objections",
    "cruxes": "What would settle it",
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
    "in_thread": "Part of: {}",
    "as_of": "as of {}",
    "positions": "The positions",
    "no_position": "No position is recorded yet.",
    "question": "The question in full: {}",
    "holders": "Who says so:",
    "nobody": "Nobody is recorded as holding it.",
    "sources": "Main sources:",
    "own_page": "The case, and its problems",
    "standing": "Where the dispute is now",
    "settling": "What would settle it",
    "known_by": "Should be known by {}.",
    "all_cruxes": "All questions that would move the positions apart",
    "tensions": "The questions inside the question",
    "turns_on": "Claims behind it:",
    "story": "The story so far",
    "references_note": "Everything cited on this page, and for the claims that the positions rest on or reject.",
    "references": "References",
    "no_reference": "No source is cited here yet.",
    "see_also": "See also",
    "about": "Linked from, and about this record",
}
MORE_HOLDERS = ("", "and one more", "and {} more")
ALL_REFERENCES = ("", "One reference", "{} references")
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
    "consistent": "it counts for the position",
    "inconsistent": "it counts against the position",
    "mixed": "part of it counts for the position, part against",
    "neutral": "it concerns the position and counts neither for nor against it",
    "untested": "nothing links the source to the position",
    "weakly": "only through a claim that the position does not depend on, or by way of another claim",
}
WEAKLY, WEAK_SIGN = "weakly {}", "({})"
"""What is said of a work that does something to a position by weak ties alone."""
WORKS_APART: Mapping[str, tuple[str, str, str]] = {
    "telling": (
        "No source separates two of these positions.",
        "One source separates these positions: it counts for one and against another.",
        "{} sources separate these positions: each counts for one and against another.",
    ),
    "strongly": ("None does so strongly.", "One does so strongly.", "{} do so strongly."),
    "all strongly": ("", "It does so strongly.", "All do so strongly."),
    "more": ("", "One more does not separate them.", "{} more do not separate them."),
    "all": ("", "One source concerns them.", "{} sources concern them."),
    "alone": ("", "One source concerns it.", "{} sources concern it."),
}
"""How many works tell positions apart, how many of them strongly, and how many others bear on several or on one."""
STRONG_AGAINST: Mapping[str, str] = {
    "every": "There is strong evidence against every position.",
    "some": "There is strong evidence against {}; none is recorded against {}.",
    "none": "There is no strong evidence against any of them.",
    "it": "There is strong evidence against it.",
    "not it": "There is no strong evidence against it.",
}
"""Against which positions strong works speak. `{}` are letters."""
WORKS_AGAINST: Mapping[str, tuple[str, str, str]] = {
    "strong": ("", "one strong source", "{} strong sources"),
    "moderate": ("", "one moderate source", "{} moderate sources"),
    "weak": ("", "one weak source", "{} weak sources"),
}
"""Grade → how many works of it speak against a position."""
EVIDENCE_PAGE: Mapping[str, str] = {
    "read": "Read along a row: a source that counts for one position and against another helps to decide between "
    "them; one that does the same to all decides nothing.",
    "alone": "There is only one position here, and nothing to compare it with.",
    "little_tested": "Fewer than half of the deciding sources test {}, so a short list against it says little.",
    "little_tested_each": "Fewer than half of the deciding sources test {}, so short lists against these say little.",
    "little_tested_all": "No position is tested by half of the deciding sources, so short lists say little.",
    "fares": "Evidence against each position",
    "fares_alone": "Evidence against it",
    "fares_note": "A source is listed here if it counts against a claim that the position depends on, for a claim "
    "that it rejects, or for one that the editors say counts strongly against it. Each source is listed once.",
    "no_ranking": "The positions are in the order of their letters: this is no ranking.",
    "against": "Sources against it",
    "nothing_against": "none recorded",
    "tested": "Tested by",
    "tested_of": "{} of the {} deciding sources",
    "tested_of_one": "{} of the one deciding source",
    "untested": "little tested",
    "telling": "Evidence that separates positions",
    "telling_note": "Each row is one source, on however many claims. A link is strong where the position depends on "
    "the claim or rejects it, or where the editors call it strong and say why. Better evidence comes first.",
    "strong": "Separated strongly",
    "weak": "Separated weakly",
    "legend": "What the words mean",
    "silent": "Evidence that fits every position",
    "silent_alone": "Evidence on it",
    "silent_note": "It does the same to every position that it concerns, or concerns only one side. It may be true and "
    "matter elsewhere.",
    "item": "Source",
    "through": "{} (as reported in {})",
    "none": "No evidence is linked to a position of this controversy yet.",
}
"""The evidence by positions. `{}` are letters or numbers."""
WAYS_READ: Mapping[int, str] = {1: "for {}", -1: "against {}", 0: "neither for nor against {}"}
"""Which way the sign of a way goes, of a position."""
TIES_OF_POSITION: Mapping[str, str] = {
    "rests_on": "{}, which depends on it",
    "rejects": "{}, which rejects it",
    "objected_to_by": "{}, to which it is an objection",
    "supports": "{}, which it counts for",
    "disputes": "{}, which it counts against",
}
"""How a position is tied to a claim, after what a work does to the position."""
ONTO = "It {relation} {other} That counts {said}."
DIRECTLY = "That counts {said}."
"""How a claim leads to positions, by way of another claim or directly."""
MORE_AND_WHY = ("Why", "And one more item, with the reasons", "And {} more items, with the reasons")
"""What is folded below a work, with how many of its items."""
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
    "caption": "Evidence for a position means items that support a claim that counts for it, or dispute one that "
    "counts against it. A flag compares with the median of the other positions: more than {times} times that, or less "
    "by as much.",
    "caption_alone": "Evidence for the position means items that support a claim that counts for it, or dispute one "
    "that counts against it.",
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
    "In no figure does one of them differ much from the others.",
    "In one figure at least one of them differs much from the others.",
    "In {} figures at least one of them differs much from the others.",
)
FLOORS: Mapping[str, str] = {
    "no-holder": "Somebody who holds it",
    "no-steelman": "Its best case, in words that its holders would sign",
    "no-checked-quote": "A quote for it that anybody can check",
    "no-search": "A search for evidence against it",
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
    "tiers": "Sources by type",
    "median-age": "Median age of the sources",
    "words": "Words of statement, best case and text",
    "steelman": "Its best case is written",
    "assessed-days": "Last rated",
    "holders": "Registered holders",
    "unregistered": "Holders without a record",
    "searches": "Searches logged on its claims",
    "searches-against": "Searches for evidence against it",
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
HISTORY_PAGE: Mapping[str, str] = {
    "summary": "What the verdicts were on earlier days, and what moved them. The rules are today’s, and so are the "
    "words of the claims: what changes is which evidence there was.",
    "weakest": "Weakest:",
    "picture": "Each position has a column for each point: how many of the claims that it builds on had which verdict. "
    "A range counts by its end nearest to the middle. The points are in order, not in proportion to time, and each "
    "leads to its place in the list. Where the picture is wider than the screen, the newest are shown first. A "
    "question mark means that the only new sources were those whose date is not known exactly.",
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
            "for as long as it is recent enough. What has no date was always there."
        ),
    ),
}
"""Clock → its heading, and what it shows."""
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


def count(forms: tuple[str, str, str], many: int) -> str:
    """The form for none, one or several, with the number in its place; one at the beginning gets a capital."""
    form = forms[min(many, 2)]
    said = form.format(in_words(many))
    return said[:1].upper() + said[1:] if form.startswith("{}") and form.endswith(".") else said


# What was computed: verdicts, origins, quotes, what depends on a source

FALLEN_WORK = "({})"
"""Beside a work that no longer stands: its status."""
VERDICTS = Group("verdict")
SOLIDITY = Group("solidity")
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
LEVELS = Group("level")
"""How much evidence one side has."""
GRADES: Mapping[str, str] = {"strong": "strong", "moderate": "moderate", "weak": "weak"}
GRADE = "{grade} evidence"
"""How good an evidence item is; its reasons follow."""
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
    "about a rival": "is against a rival claim only",
    "left out": "left out",
    "fallen": "the work, or what it rests on, was retracted or withdrawn",
    "quote not found": "its quote is not in the text that is kept",
}
"""Why an item does not count."""
COUNTS: Mapping[str, tuple[str, str, str]] = {
    "sources": ("no source", "1 source", "{} sources"),
    "works": ("no separate study", "1 separate study", "{} separate studies"),
    "for": ("none for it", "1 for it", "{} for it"),
    "against": ("none against", "1 against", "{} against"),
    "qualifies": ("", "1 limits it", "{} limit it"),
    "teams": ("no team", "1 independent team", "{} independent teams"),
    "datasets": ("", "1 data set", "{} data sets"),
}
"""What counts once: in figures, since they stand in a row."""
VERDICT: Mapping[str, str] = {
    "computed": "Verdict of the evidence",
    "editors": "The editors say: {rating}.",
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
    "counts_as_itself": "itself",
    "items": "Every piece of evidence, how good it is, and the source that it counts for. Those that count for the "
    "same source count once.",
    "none": "No evidence is cited.",
    "ties": "These sources are not independent of each other:",
    "seen": "the source itself was read",
    "unseen": "the source itself was not read",
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
ALTERNATIVES = Group("alternative")
"""Alternative → the choice that it makes."""
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
    "ambiguous": "These words appear more than once in the text that was read, {captured}.",
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
    "heading": "If this source were retracted",
    "note": "These verdicts would change.",
    "nothing": "No verdict would change.",
    "carries": "nothing else is on the stronger side of this claim",
    "fallen_heading": "What the retraction of this source changed",
    "fallen": "Its evidence no longer counts. That changed these verdicts:",
    "fallen_nothing": "Its evidence no longer counts. That changed no verdict.",
    "weakest": "the weakest: {} → {}",
}
"""What depends on a source."""
POSITIONS_CHANGED = ("", "one position needs these claims", "{} positions need these claims")
MORE_CHANGES = ("", "One more", "{} more")
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


# Charts and the figures that sources give

UNITS: Mapping[str, str] = {"us dollars": "${}"}
"""Units that are written otherwise than after the number, in small letters."""
QUANTITIES: Mapping[str, str] = {
    "power": "{digits} × 10{power}",
    "with_ends": "{value} ({ends})",
    "at_least": "at least {}",
    "at_most": "at most {}",
}
CHART: Mapping[str, str] = {
    "aloud": "{label}: {value}, {detail}",
    "disputed": "≠ {}",
    "measured": "{measure}, in {unit}",
    "in": "In {}",
    "log": "Each step of the axis is ten times the one before.",
    "sign": "≠ marks figures of the same thing that cannot both be right.",
    "left": "{} more figures are in the CSV file.",
    "covers": "What it covers",
    "table": "The figures",
    "measure": "Draws every figure of",
    "unit": "In the unit",
    "shown": "What",
    "value": "Value",
    "when": "As of",
    "source": "Source",
    "credit": "Sources: {sources}",
    "whole": "Table, sources and how to cite this chart",
    "none": "None of its items gives a figure that can be drawn.",
}
"""The page of a chart, and a chart in the text of another page."""
CHART_SAYS: Mapping[str, str] = {
    "nothing": "No source gives a figure yet.",
    "one": "One source gives {amount}.",
    "several": "{sources} sources give {low} to {high}",
    "single": "one source gives {low} to {high}, in {figures} figures",
    "named": "from {low_unit} ({lowest}) to {high} ({highest})",
    "times": "; the highest is {} times the lowest",
    "of": "{measure}: {change}",
    "above": "; the highest is {} above the lowest",
    "same": "unchanged at {after}, from {then} to {now}",
    "up": "up from {before} ({then}) to {after} ({now})",
    "down": "down from {before} ({then}) to {after} ({now})",
    "up_points": "up from {before} ({then}) to {after} ({now}): {points} percentage points more",
    "down_points": "down from {before} ({then}) to {after} ({now}): {points} percentage points less",
    "up_share": "up from {before} ({then}) to {after} ({now}): {share} times as much",
    "down_share": "down from {before} ({then}) to {after} ({now}): {share} of what it was",
}
"""What a chart shows, computed from its figures."""
NUMBERS_PAGE: Mapping[str, str] = {
    "summary": "Figures from different sources that measure the same thing and cannot both be right. Each pair has the "
    "same measure, unit and scope, holds at the same time, and does not overlap.",
    "none": "No two sources contradict each other in a figure.",
    "says": "{measure}: sources give {low} and {high}.",
    "here": "Sources disagree on a number.",
    "all": "All numbers in conflict",
    "left": "{} more are in the data of their claims.",
    "scope": "covers {}",
}
"""Numbers in conflict: the list of all, and what stands on the page of a claim or a chart."""
