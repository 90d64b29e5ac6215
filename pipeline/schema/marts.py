"""Tables derived for analysts: the calendar, and counts by outlet, pair and day."""

from pipeline.schema.table import Layer, Table, count, day, flag, text

DATES = Table(
    "dates",
    Layer.MARTS,
    "calendar day",
    "Every day from the first to the last that a published table names, also those without news.",
    (
        day("day", "The day: what published_date, ingest_date, first_seen and last_seen join to.", key=True),
        count("year", "Calendar year."),
        count("quarter", "Quarter of the year, 1 to 4."),
        count("month", "Month of the year, 1 to 12."),
        text("year_month", "Year and month, for example 2031-05: sorts as time does.", required=True),
        text("month_name", "The month's name in English.", required=True),
        count("day_of_month", "Day of the month, 1 to 31."),
        count("day_of_week", "Day of the week, 1 (Monday) to 7 (Sunday)."),
        text("day_name", "The weekday's name in English.", required=True),
        flag("is_weekend", "Whether it is a Saturday or a Sunday."),
        day("week_start", "The Monday of its week.", required=True),
        count("iso_year", "Year of its week by ISO 8601."),
        count("iso_week", "Week of iso_year by ISO 8601, 1 to 53."),
    ),
)

OUTLET_SPELLINGS = Table(
    "outlet_spellings",
    Layer.MARTS,
    "outlet x entity x spelling",
    "How each outlet spells a name.",
    (
        text("outlet_id", "Outlet.", key=True),
        text("entity_id", "Entity.", key=True),
        text("alias", "Spelling.", key=True),
        count("mention_count", "Mentions."),
    ),
)

ENTITY_PAIRS = Table(
    "entity_pairs",
    Layer.MARTS,
    "two entities named in one paragraph",
    "Who is named with whom; entity_id_a sorts before entity_id_b.",
    (
        text("entity_id_a", "One entity.", key=True),
        text("entity_id_b", "The other entity.", key=True),
        count("paragraph_count", "Paragraphs that name both."),
        count("document_count", "Documents with such a paragraph."),
        count("outlet_count", "Outlets with such a paragraph."),
    ),
)

ENTITY_DAYS = Table(
    "entity_days",
    Layer.MARTS,
    "entity x published day x outlet",
    "How often an entity is named, by day and outlet; documents without a stated date are left out.",
    (
        text("entity_id", "Entity.", key=True),
        day("published_date", "Day of publication.", key=True),
        text("outlet_id", "Outlet.", key=True),
        count("mention_count", "Mentions."),
        count("document_count", "Documents."),
    ),
)
