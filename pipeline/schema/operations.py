"""Tables about the pipeline itself: its runs and the checks they passed."""

from pipeline.schema.table import Layer, Table, count, day, flag, instant, text

RUNS = Table(
    "runs",
    Layer.CORE,
    "run",
    "Every run that changed the warehouse: when, with what code, model and rules, from what to what.",
    (
        text("run_id", "Run.", key=True),
        instant("started_at", "Start, UTC.", required=True),
        instant("finished_at", "End, UTC.", required=True),
        day("ingest_date", "Day of the ingest partition.", required=True),
        text("code_version", "Version of the package.", required=True),
        text("model_name", "Language model.", required=True),
        text("model_version", "Version of the language model.", required=True),
        text("rules_sha256", "SHA-256 over every rule, word list and weight the stages used.", required=True),
        count("landing_file_count", "Files taken from the landing folder, all runs together."),
        count("document_count", "Documents in the warehouse after the run."),
        count("new_document_count", "Documents that this run added."),
        count("rejected_count", "Rows of rejected_documents after the run."),
        count("block_count", "Blocks after the run."),
        count("raw_chars", "Characters of raw text after the run."),
        count("kept_chars", "Characters kept after the run."),
        count("mention_count", "Mentions after the run."),
        count("entity_count", "Entities after the run."),
        count("alias_count", "Spellings after the run."),
    ),
)

CHECK_RESULTS = Table(
    "check_results",
    Layer.CORE,
    "data check of the last run",
    "What the data checks found in this warehouse before it was published.",
    (
        text("check_name", "Check: a file of sql/checks.", key=True),
        text("severity", "error (stops the release) or warning.", required=True),
        flag("passed", "Whether no row offended."),
        count("offending_count", "Rows that offended."),
        text("description", "What the check holds.", required=True),
        text("example", "One offending row, as JSON."),
    ),
)
