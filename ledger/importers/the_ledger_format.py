"""The format of The Ledger: every field it has, and where each goes.

In: nothing. Out: tables. What stands in `LEFT_OUT` is reported for each record that has it.
"""

FOLDERS = ("threads", "controversies", "actors", "events")
"""Folders of records, in the order in which they are read."""

GOES_TO: dict[str, dict[str, str]] = {
    "controversies": {
        "id": "its id",
        "title": "`title`, and `question` with a question mark",
        "thread": "`thread`",
        "status": "`status`",
        "polarity": "`polarity`",
        "last_updated": "the date of `status_note`, and `note`",
        "positions": "a position each, lettered A, B, C … by order",
    },
    "position": {
        "claim": "`statement`, and a claim that the position rests on",
        "proponents": "a stance of each, inferred and attested by the position's sources",
        "sources": "a source each, an evidence item of the claim, and `key_sources`",
    },
    "source": {"url": "`url`", "title": "`title`", "type": "`type`"},
    "events": {
        "id": "its id",
        "title": "`title`",
        "date": "`date`",
        "category": "`type` where there is such a type",
        "actors": "`proponents`",
        "tags": "`tags`",
        "threads": "`about`",
        "sources": "a source each, and `sources`",
    },
    "event actor": {"id": "`proponents`"},
    "threads": {"id": "its id", "title": "`title`", "summary": "`summary`", "description": "`summary`"},
    "actors": {
        "id": "its id",
        "name": "`name`",
        "type": "`type`",
        "website": "`homepage`",
        "aliases": "`other_names`",
    },
}
"""By part of the format: what becomes of each field."""

_NO_RATING = "a bare word without author, date and reason is no rating here"
LEFT_OUT: dict[str, dict[str, str]] = {
    "position": {"confidence": _NO_RATING},
    "source": {"confidence": _NO_RATING},
    "events": {
        "significance": "events are not ranked here",
        "confidence": _NO_RATING,
        "regions": "records have no regions here",
    },
    "event actor": {"role": "an event lists who took part, not as what"},
    "actors": {"founded": "a proponent has no such field; say it in `summary`"},
}
"""By part of the format: fields that have no place here, and why."""

STATUSES = {"active": "active", "dormant": "dormant", "resolved": "resolved", "open": "active", "ongoing": "active",
            "emerging": "active", "stale": "dormant", "settled": "resolved", "closed": "resolved"}  # fmt: skip
POLARITIES = {"binary": "binary", "multi-axis": "multi-axis", "multi_axis": "multi-axis", "multiaxis": "multi-axis"}
ACTOR_TYPES = {
    **dict.fromkeys(("person", "individual", "researcher", "people", "executive", "politician"), "person"),
    **dict.fromkeys(("organisation", "organization", "company", "lab", "government", "university"), "organisation"),
    **dict.fromkeys(("nonprofit", "non-profit", "agency", "institution", "startup", "regulator"), "organisation"),
    **dict.fromkeys(("publication", "media", "newspaper", "outlet", "journal"), "publication"),
}
EVENT_TYPES = {
    **dict.fromkeys(("publication", "research", "paper"), "publication"),
    **dict.fromkeys(("release", "product", "launch", "model-release", "model"), "release"),
    **dict.fromkeys(("statement", "announcement"), "statement"),
    **dict.fromkeys(("funding", "investment"), "funding"),
    **dict.fromkeys(("result", "benchmark", "milestone"), "result"),
    **dict.fromkeys(("policy", "regulation", "legal", "governance"), "policy"),
}
SOURCE_TYPES = {
    **dict.fromkeys(("paper", "preprint", "arxiv"), "article"),
    **dict.fromkeys(("journal", "journal-article"), "article-journal"),
    **dict.fromkeys(("blog", "blog-post", "blog_post", "essay", "newsletter"), "post-weblog"),
    **dict.fromkeys(("news", "article", "journalism", "press"), "article-newspaper"),
    **dict.fromkeys(("website", "webpage", "official", "announcement", "press-release", "documentation"), "webpage"),
    **dict.fromkeys(("report", "whitepaper", "system-card"), "report"),
    **dict.fromkeys(("video", "podcast", "interview", "broadcast"), "broadcast"),
    **dict.fromkeys(("tweet", "social", "social-media", "post"), "post"),
    "book": "book",
    "dataset": "dataset",
    "speech": "speech",
    "talk": "speech",
    "legislation": "legislation",
}
"""Words of the format's fields, and ours; any other word is reported."""
