"""Ledger: sourced knowledge bases of controversies, as a website and as data."""
