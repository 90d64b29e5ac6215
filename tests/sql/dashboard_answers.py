"""What the dashboard questions answer in the small world, worked out by hand from its pages."""

from __future__ import annotations

from datetime import date
from typing import Any

# Question, its settings, columns to look at, the rows expected.
DASHBOARD_ANSWERS: list[tuple[str, dict[str, Any], list[str], list[tuple[Any, ...]]]] = [
    (
        "corpus_totals",
        {},
        ["document_count", "reprint_count", "outlet_count", "entity_count", "mention_count", "last_published"],
        [(4, 1, 2, 5, 15, date(2031, 5, 14))],
    ),
    (
        "documents_by_week",
        {},
        ["week_start", "document_count"],
        [(date(2031, 5, 5), 2), (date(2031, 5, 12), 1)],
    ),
    ("documents_by_week", {"outlet": "post"}, ["week_start", "document_count"], [(date(2031, 5, 5), 1)]),
    (
        "outlet_profile",
        {},
        ["outlet_id", "document_count", "reprint_count", "undated_count", "last_seen"],
        [
            ("ledger", 2, 0, 0, date(2031, 5, 14)),
            ("post", 1, 0, 0, date(2031, 5, 7)),
            ("unknown", 1, 1, 1, date(2031, 5, 20)),
        ],
    ),
    (
        "most_named",
        {},
        ["name", "document_count", "mention_count"],
        [("Ilsa Marendt", 4, 5), ("Tomáš Okvel", 3, 4), ("Brunhild Aske", 1, 1)],
    ),
    ("most_named", {"label": "ORG"}, ["name", "document_count"], [("Sorrel Bay Port Authority", 3)]),
    (
        "named_lately",
        {},
        ["name", "document_count"],
        [("Brunhild Aske", 1), ("Ilsa Marendt", 1), ("Sorrel Bay", 1)],
    ),
    (
        "named_lately",
        {"days": 10},
        ["name", "document_count"],
        [
            ("Ilsa Marendt", 3),
            ("Sorrel Bay", 2),
            ("Sorrel Bay Port Authority", 2),
            ("Tomáš Okvel", 2),
            ("Brunhild Aske", 1),
        ],
    ),
    (
        "entity_timeline",
        {"entity": "I. Marendt"},
        ["name", "week_start", "document_count", "mention_count"],
        [("Ilsa Marendt", date(2031, 5, 5), 2, 3), ("Ilsa Marendt", date(2031, 5, 12), 1, 1)],
    ),
    (
        "entity_outlets",
        {"entity": "marendt"},
        ["outlet", "mention_count", "usual_spelling"],
        [
            ("The Harbor Ledger", 3, "Ilsa Marendt"),
            ("Norwick Post", 1, "I. Marendt"),
            ("unknown", 1, "I. Marendt"),
        ],
    ),
    ("country_map", {}, ["country_code", "mention_count", "nationality_mention_count"], [("NZ", 2, 0)]),
    (
        "label_mix",
        {},
        ["outlet_id", "label", "mention_count", "share"],
        [
            ("ledger", "PERSON", 6, 0.667),
            ("ledger", "GPE", 2, 0.222),
            ("ledger", "ORG", 1, 0.111),
            ("post", "PERSON", 2, 0.667),
            ("post", "ORG", 1, 0.333),
            ("unknown", "PERSON", 2, 0.667),
            ("unknown", "ORG", 1, 0.333),
        ],
    ),
    (
        "strongest_pairs",
        {},
        ["name_a", "name_b", "document_count"],
        [("Ilsa Marendt", "Tomáš Okvel", 3), ("Brunhild Aske", "Ilsa Marendt", 1)],
    ),
]
