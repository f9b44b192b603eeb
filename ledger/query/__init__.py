"""The query language: `claims where teams < 2 and rating >= high`.

In: a Ledger and a query. Out: an Answer, or a Problem that points at the column. `docs/query-language.md` is the
grammar. Nothing of a query is ever run as code, and a query takes time in proportion to the ledger's size.
"""
