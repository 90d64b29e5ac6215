"""Tables derived for analysts: counts by outlet, pair and day."""

from pipeline.schema.table import Layer, Table, count, day, text

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
