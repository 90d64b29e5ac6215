"""The Dagster code location: `dagster dev -w workspace.yaml` and the command line load the same definitions."""

import dagster as dg

from assets.lake_assets import clean_assets, ingest_assets, mention_assets
from assets.resolution_assets import resolution_assets
from assets.resources import Home, log_report
from assets.schedules import alert_sensor, daily_job, daily_schedule, dead_runs_sensor, documents_job, landing_sensor
from assets.warehouse_assets import release_asset, warehouse_assets

defs = dg.Definitions(
    assets=[ingest_assets, clean_assets, mention_assets, resolution_assets, warehouse_assets, release_asset],
    jobs=[daily_job, documents_job],
    schedules=[daily_schedule],
    sensors=[landing_sensor, alert_sensor, dead_runs_sensor],
    resources={"home": Home(), "report": log_report},
    # The multiprocess executor costs 2 s and more a step; a stage parallelises inside itself instead.
    executor=dg.in_process_executor,
)
