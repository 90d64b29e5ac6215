"""Days of ingest: the partitions of every document-local asset."""

import dagster as dg

# `end_offset=1` makes today's partition exist from its first minute.
ingest_days = dg.DailyPartitionsDefinition(start_date="2024-01-01", timezone="UTC", end_offset=1)
