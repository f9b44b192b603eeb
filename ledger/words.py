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
