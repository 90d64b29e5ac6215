"""The stages joined to the lake, in plain Python: each reads what is not done yet, does it, and writes it whole.

A stage function takes settings (and the ingest day where it is document-local) and a report; it returns counts.
Dagster's assets and the tests call these functions and nothing below them.
"""
