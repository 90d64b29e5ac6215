"""The version of each stage: its own code and rules, its settings, and the version of the stage before it.

A changed rule or model changes the version of its stage and of all that follow, and those alone are done again.
Raw documents have a fixed version: what was once read is kept, the files may be gone.
"""

from __future__ import annotations

from pipeline.versions import room_sha256, rules_sha256, version_of

RAW = "raw"
ROOMS = ("ingest", "clean", "entities", "resolve", "schema", "warehouse")


def clean_version() -> str:
    return version_of("clean", room_sha256("clean"), room_sha256("schema"))


def mentions_version(model: str) -> str:
    from pipeline.entities import model_identity

    return version_of("mentions", room_sha256("entities"), *model_identity(model), clean_version())


def all_rules_sha256() -> str:
    """What the `runs` table records: one hash over the code, rules and weights of every stage."""
    return rules_sha256(ROOMS)
