"""The closed lists of words that fields accept. The ratings stand in order, lowest first."""

from typing import Literal, get_args

Rating = Literal["very-low", "low", "medium", "high", "very-high"]
Effect = Literal["supports", "disputes", "qualifies", "mentions"]
EFFECTS: tuple[str, ...] = get_args(Effect)
ClaimType = Literal["empirical", "predictive", "definitional", "normative", "historical"]
ClaimRelationType = Literal[
    "supports", "disputes", "undercuts", "narrows", "qualifies", "depends-on", "supersedes", "restates"
]
Verdict = Literal["probably-false", "perhaps-false", "open", "perhaps-true", "probably-true"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Stance = Literal["holds", "leans", "rejects", "left"]
STANCES: tuple[str, ...] = get_args(Stance)
PositionRelationType = Literal["narrows", "excludes", "compatible"]
BETWEEN_POSITIONS: tuple[str, ...] = get_args(PositionRelationType)
Consulted = Literal["full-text", "abstract", "excerpt", "notes", "coverage", "memory"]
Basis = Literal["empirical", "theoretical", "calculation", "reporting", "statement", "opinion", "anecdote"]
Tier = Literal[
    "peer-reviewed", "preprint", "dataset", "primary-document", "official-statement", "synthesis", "reporting",
    "commentary", "social",
]  # fmt: skip
SourceStatus = Literal["current", "corrected", "concern", "retracted", "withdrawn", "superseded"]
Fault = Literal[
    "wrong-figure", "not-in-source", "missing-source", "wrong-relation", "outdated", "unfair-wording", "other"
]
"""What a challenge says is wrong."""
ChallengeOutcome = Literal["upheld", "partly-upheld", "rejected", "withdrawn"]
ChartForm = Literal["range", "bars", "slope", "series"]
Export = Literal["sqlite", "csv", "graphml", "dot", "argdown", "jsonld", "history", "embed"]
"""Large files, pages of what claims said before, and cards for other sites: a site has those that its settings name."""
How = Literal[
    "reports", "reviews", "uses-data", "syndicates", "copies", "summarises", "replicates", "replies", "unknown"
]
Folding = Literal[
    "composition", "quotes", "spaces", "soft-hyphens", "invisible", "hyphenation", "ligatures", "dashes", "ellipsis",
    "markup",
]  # fmt: skip
"""What is taken for the same when a quote is looked for: see `analysis/folding.py`."""
SourceType = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical",
    "personal_communication", "post", "post-weblog", "regulation", "report", "review", "review-book", "software",
    "song", "speech", "standard", "thesis", "treaty", "webpage",
]  # fmt: skip
"""The item types of the Citation Style Language, version 1.0.2."""
