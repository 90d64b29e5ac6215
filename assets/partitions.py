"""Days of ingest: the partitions of every document-local asset."""

import dagster as dg

from assets.settings import FIRST_DAY

# `end_offset=1` makes today's partition exist from its first minute.
ingest_days = dg.DailyPartitionsDefinition(start_date=FIRST_DAY.isoformat(), timezone="UTC", end_offset=1)
