"""A small ledger with one record of each kind: what the examples in the schemas are made of."""

from collections.abc import Mapping

EXAMPLE: Mapping[str, str] = {
    "site.yml": """
format: 1
title: Tides and clocks
editors: [{id: ann, name: Ann Other}]
""",
    "threads/time.yml": "{title: Time, summary: How time is told.}",
    "controversies/clocks.yml": """
title: Clocks
question: Does the tower clock keep time?
thread: time
status: active
""",
    "positions/clocks-a.yml": """
controversy: clocks
letter: A
statement: The tower clock keeps time.
rests_on: [small-error]
""",
    "positions/clocks-b.yml": """
controversy: clocks
letter: B
statement: The tower clock has been slow for years.
rejects: [small-error]
""",
    "claims/small-error.yml": """
statement: The tower clock is wrong by less than a minute a week.
type: empirical
bears_on: [{position: clocks-a, relation: supports, strength: strong, why: That is what keeping time means.}]
evidence:
  - id: e1
    source: survey-1901
    relation: supports
    shows: A mean error of 20 seconds a week.
    consulted: full-text
    directness: direct
    basis: empirical
    quantity: {measure: mean error, value: 20, unit: seconds a week, as_of: 1901}
  - id: e2
    source: tide-table-1902
    relation: supports
    shows: The table's foreword says that the clock was found right within a minute a week.
    consulted: excerpt
    directness: direct
    basis: reporting
    via: survey-1901
    quantity: {measure: mean error, high: 10, unit: seconds a week, as_of: 1901}
assessments: [{rating: medium, by: ann, date: 2024-02-01, why: One good survey.}]
searches:
  - date: 2024-02-01
    by: ann
    side: against
    for: complaints about a slow clock
    where: [the town's newspaper, 1895 to 1905]
    found: 1
    hits: [{source: tide-table-1902, became: small-error/e2, why: It says the contrary.}]
added: 2024-01-10
""",
    "sources/survey-1901.yml": """
type: report
title: Survey of public clocks
authors: [{family: Brass, given: Ada, proponent: ada-brass}]
issued: 1901
tier: dataset
first_hand: true
derived_from: []
""",
    "sources/tide-table-1902.yml": """
type: book
title: Tide table for 1902
authors: unknown
issued: 1901-12
tier: reporting
derived_from: [{source: survey-1901, how: reports, recorded: 2024-02-01}]
""",
    "proponents/ada-brass.yml": """
name: Ada Brass
type: person
former_ids: [brass-ada]
stances: [{id: s1, position: clocks-a, stance: holds, attested: [{date: 1901, source: survey-1901}]}]
""",
    "events/survey.yml": "{title: The survey of clocks, date: 1901, sources: [survey-1901], about: [small-error]}",
    "charts/clock-error.yml": """
title: How large is the clock's mean error?
form: range
controversy: clocks
measure: mean error
""",
    "challenges/no-method.yml": """
title: The survey gives no method
target: small-error/e1
wording: 0123456789
type: not-in-source
says: It does not say how it was measured.
by: Ann
date: 1902-03-04
resolution: {date: 1902-03-09, outcome: partly-upheld, reason: It names the instrument alone., changed: [small-error]}
""",
    "challenges/unanswered.yml": (
        "{title: Out of date, target: small-error, type: outdated, says: There are newer clocks., by: anonymous,"
        " date: 1903-01-01}"
    ),
    "terms/rate.yml": "{term: rate, definition: How much a clock gains or loses.}",
    "pages/about.yml": "{title: About, body: A ledger of clocks.}",
}  # fmt: skip
